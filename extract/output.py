"""Rows of a query on a terminal, or for other programs: table, CSV, JSON.

>>> import duckdb
>>> show(duckdb.connect(), "select 'Acme' as entity, 1.5 as value, null as unit", "csv")
entity,value,unit
Acme,1.5,
>>> show(duckdb.connect(), "select 'Acme' as entity, {'per': 'car'} as dims", "json")
[{"entity": "Acme", "dims": {"per": "car"}}]
>>> rows(["metric", "facts"], [{"metric": "revenue", "facts": 3}], "csv")
metric,facts
revenue,3
>>> show(duckdb.connect(), "from nowhere", "csv")  # doctest: +ELLIPSIS, +IGNORE_EXCEPTION_DETAIL
Traceback (most recent call last):
    ...
extract.output.QueryError: Catalog Error: Table with name nowhere does not exist!
"""
import csv
import json
import shutil
import sys
from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import Decimal

import duckdb
import pyarrow as pa

from extract.error import UserError

MOST_ROWS = 100         # of a table; csv and json hold all


class QueryError(UserError):
    """DuckDB refuses a query; the message is its own."""


def rows(columns: Iterable[str], found: Iterable[Mapping], form: str) -> None:
    """Print rows that are no result of a query."""
    found = list(found)
    table = pa.table({column: pa.array([row[column] for row in found]) for column in columns})
    with duckdb.connect() as db:
        db.register("found", table)
        show(db, "from found", form)


def show(db: duckdb.DuckDBPyConnection, query: str, form: str = "table") -> None:
    """Run the query and print its rows as a table, csv or json."""
    try:
        _show(db, query, form)
    except duckdb.Error as error:
        raise QueryError(str(error)) from None


def _show(db: duckdb.DuckDBPyConnection, query: str, form: str) -> None:
    if form == "table":
        relation = db.sql(query)
        if relation is not None:        # a statement that gives rows
            relation.show(max_width=shutil.get_terminal_size((160, 40)).columns, max_rows=MOST_ROWS)
        return
    result = db.execute(query)
    names = [column[0] for column in result.description or ()]
    rows = iter(lambda: result.fetchmany(1000), [])
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        for some in rows:
            writer.writerows([_cell(value) for value in row] for row in some)
    else:
        separator = "["
        for some in rows:
            for row in some:
                line = json.dumps(dict(zip(names, map(_plain, row))), ensure_ascii=False, default=str)
                sys.stdout.write(separator + line)
                separator = ",\n "
        sys.stdout.write("[]\n" if separator == "[" else "]\n")


def _cell(value):
    """Lists and maps as JSON, the rest as it is."""
    if isinstance(value, (dict, list)):
        return json.dumps(_plain(value), ensure_ascii=False, default=str)
    return value


def _plain(value):
    """What JSON has no word for: dates in ISO form, decimals as numbers, not-a-number as null."""
    match value:
        case date() | time():
            return value.isoformat()
        case Decimal():
            return float(value)
        case float() if value != value or value in (float("inf"), float("-inf")):
            return None
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
    return value
