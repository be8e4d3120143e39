"""Figures of a database for other programs: a view, or a part of it, as CSV or as JSON lines.

>>> import duckdb
>>> db = duckdb.connect()
>>> _ = db.execute("create table metrics as select 'revenue' as metric, 'financials' as family")
>>> _ = db.execute("create view figures as select 'Acme' as entity, 'revenue' as metric, 5 as value")
>>> export(db, None, "csv", choice=Choice(metrics=["revenue"]))[0]
entity,metric,value
Acme,revenue,5
1
>>> export(db, None, "csv", choice=Choice(metrics=["revenues"]))
Traceback (most recent call last):
    ...
extract.lookup.Unknown: there is no metric 'revenues'; did you mean revenue?
"""
import sys
from pathlib import Path

import duckdb

from extract import lookup, output
from extract.choice import EVERYTHING, Choice

ORDER = ("entity", "metric", "as_of", "fact_id")


def export(db: duckdb.DuckDBPyConnection, path: Path | None, form: str, view: str = "figures",
           choice: Choice = EVERYTHING) -> tuple[int, int]:
    """Write the wanted rows of a view or table to a file, or to standard output, as csv or jsonl.

    Tells how many rows there are, and how many were left out because their article has no date.
    """
    lookup.check(db, "view", [view])
    condition, parameters = choice.condition(db, view)
    query = f'from "{view}" where {condition}'
    columns = db.sql(f'from "{view}" limit 0').columns
    if "fact_id" in columns:        # other views come in an order of their own
        query += f" order by {', '.join(column for column in ORDER if column in columns)}"
    undated = choice.undated(db, view)
    if path is None:
        return output.write(sys.stdout, db, query, parameters, form), undated
    with output.file(path) as file:
        return output.write(file, db, query, parameters, form), undated
