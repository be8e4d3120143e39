"""Figures of a database for other programs: a view, or a part of it, as CSV or as JSON lines.

>>> import duckdb
>>> db = duckdb.connect()
>>> _ = db.execute("create table metrics as select 'revenue' as metric, 'financials' as family")
>>> _ = db.execute("create view figures as select 'Acme' as entity, 'revenue' as metric, 5 as value")
>>> export(db, None, "csv", metrics=["revenue"])[0]
entity,metric,value
Acme,revenue,5
1
>>> export(db, None, "csv", metrics=["revenues"])
Traceback (most recent call last):
    ...
extract.lookup.Unknown: there is no metric 'revenues'; did you mean revenue?
"""
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb

from extract import lookup, output
from extract.error import UserError

ORDER = ("entity", "metric", "as_of", "fact_id")


def export(db: duckdb.DuckDBPyConnection, path: Path | None, form: str, view: str = "figures",
           entities: Sequence[str] = (), metrics: Sequence[str] = (), families: Sequence[str] = (),
           since: date | None = None) -> tuple[int, int]:
    """Write the rows of a view or table to a file, or to standard output, as csv or jsonl.

    Of entities by any of their names, of metrics, of families of metrics, published on a day or later.
    Tells how many rows there are, and how many were left out because their article has no date.
    """
    lookup.check(db, "view", [view])
    columns = db.sql(f'from "{view}" limit 0').columns
    tests, parameters = _tests(db, view, columns, entities, metrics, families)
    undated = 0
    if since:
        _need(view, columns, "published")
        where = " and ".join([*tests, "published is null"])
        undated, = db.execute(f'select count(*) from "{view}" where {where}', parameters).fetchone()
        tests.append("published >= $since")
        parameters["since"] = since
    query = f'from "{view}"'
    if tests:
        query += f" where {' and '.join(tests)}"
    if "fact_id" in columns:        # other views come in an order of their own
        query += f" order by {', '.join(column for column in ORDER if column in columns)}"
    return _write(db, query, parameters, path, form), undated


def _tests(db: duckdb.DuckDBPyConnection, view: str, columns: list[str], entities: Sequence[str],
           metrics: Sequence[str], families: Sequence[str]) -> tuple[list[str], dict]:
    """What rows must fulfil, as SQL, and its parameters."""
    tests, parameters = [], {}
    if entities:
        _need(view, columns, "entity_id")
        parameters["ids"] = [each["entity_id"] for name in entities for each in lookup.entities(db, name)]
        tests.append("list_contains($ids::varchar[], entity_id)")
    for column, wanted in (("metric", metrics), ("family", families)):
        if wanted:
            _need(view, columns, "metric")
            lookup.check(db, column, wanted)
            parameters[column] = list(wanted)
            tests.append("metric in (select metric from metrics "
                         f"where list_contains(${column}::varchar[], {column}))")
    return tests, parameters


def _need(view: str, columns: list[str], column: str) -> None:
    if column not in columns:
        raise UserError(f"{view} has no column {column!r} to choose by; its columns are {', '.join(columns)}")


def _write(db: duckdb.DuckDBPyConnection, query: str, parameters: dict, path: Path | None, form: str) -> int:
    """A file is written beside its place, and moved there when it is whole."""
    if path is None:
        return output.write(sys.stdout, db, query, parameters, form)
    if not path.parent.is_dir():
        raise UserError(f"{path.parent}: no such folder; make it first")
    new = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with new.open("w", encoding="utf-8", newline="") as file:
            number = output.write(file, db, query, parameters, form)
        os.replace(new, path)
    finally:
        new.unlink(missing_ok=True)
    return number
