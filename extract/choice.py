"""Which facts are wanted: of some entities, metrics or families, published since a day, at least so sure.

>>> import duckdb
>>> db = duckdb.connect()
>>> _ = db.execute("create table metrics as select 'revenue' as metric, 'financials' as family")
>>> _ = db.execute("create view figures as select 'Acme' as entity, 'revenue' as metric, 0.9 as confidence")
>>> Choice(metrics=["revenue"], confidence=0.7).condition(db, "figures")[1]
{'metric': ['revenue'], 'confidence': 0.7}
>>> Choice(metrics=["revenues"]).condition(db, "figures")
Traceback (most recent call last):
    ...
extract.lookup.Unknown: there is no metric 'revenues'; did you mean revenue?
"""
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import duckdb

from extract import lookup
from extract.error import UserError


@dataclass(frozen=True)
class Choice:
    """Of several values of one kind any may be met; of the kinds, each must be."""
    entities: Sequence[str] = ()        # by any of their names
    metrics: Sequence[str] = ()
    families: Sequence[str] = ()        # of metrics
    since: date | None = None           # of publication, inclusive
    confidence: float | None = None     # at least

    def condition(self, db: duckdb.DuckDBPyConnection, view: str) -> tuple[str, dict]:
        """What the rows of a view must meet, as SQL, and its parameters.

        Raises UserError where the view lacks the column, Unknown where the database lacks a name.
        """
        columns = db.sql(f'from "{view}" limit 0').columns
        tests, parameters = ["true"], {}

        def need(column: str) -> None:
            if column not in columns:
                raise UserError(f"{view} has no column {column!r} to choose by; "
                                f"its columns are {', '.join(columns)}")

        if self.entities:
            need("entity_id")
            parameters["ids"] = [each["entity_id"] for name in self.entities
                                 for each in lookup.entities(db, name)]
            tests.append("list_contains($ids::varchar[], entity_id)")
        for column, wanted in (("metric", self.metrics), ("family", self.families)):
            if wanted:
                need("metric")
                lookup.check(db, column, wanted)
                parameters[column] = list(wanted)
                tests.append("metric in (select metric from metrics "
                             f"where list_contains(${column}::varchar[], {column}))")
        for column, least in (("published", self.since), ("confidence", self.confidence)):
            if least is not None:
                need(column)
                parameters[column] = least
                tests.append(f"{column} >= ${column}")
        return " and ".join(tests), parameters

    def undated(self, db: duckdb.DuckDBPyConnection, view: str) -> int:
        """How many rows are left out for the only reason that their article has no date."""
        if self.since is None:
            return 0
        condition, parameters = replace(self, since=None).condition(db, view)
        return db.execute(f'select count(*) from "{view}" where published is null and {condition}',
                          parameters).fetchone()[0]

    def options(self) -> str:
        """The options of the command line that say the same; empty where everything is wanted.

        >>> Choice(entities=["Kestrel Motors"], since=date(2025, 1, 1)).options()
        '--entity "Kestrel Motors" --since 2025-01-01'
        """
        said = (("entity", self.entities), ("metric", self.metrics), ("family", self.families),
                ("since", [self.since]), ("confidence", [self.confidence]))
        return " ".join(f'--{name} "{value}"' if " " in str(value) else f"--{name} {value}"
                        for name, values in said for value in values if value is not None)


EVERYTHING = Choice()
