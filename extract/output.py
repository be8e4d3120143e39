"""Rows of a query on a terminal, or for other programs: table, CSV, JSON.

>>> import duckdb
>>> show(duckdb.connect(), "select 'Acme' as entity, 1.5 as value, null as unit", form="csv")
entity,value,unit
Acme,1.5,
>>> show(duckdb.connect(), "select 'Acme' as entity, {'per': 'car'} as dims", form="json")
[{"entity": "Acme", "dims": {"per": "car"}}]
>>> rows(["metric", "facts"], [{"metric": "revenue", "facts": 3}], "csv")
metric,facts
revenue,3
>>> show(duckdb.connect(), "from nowhere", form="csv")  # doctest: +ELLIPSIS, +IGNORE_EXCEPTION_DETAIL
Traceback (most recent call last):
    ...
extract.output.QueryError: Catalog Error: Table with name nowhere does not exist!
"""
import csv
import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, time
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import TextIO

import duckdb

from extract.error import UserError

MOST_ROWS = 100         # of a table; csv and json hold all
# A text that spreadsheets take for a formula, unless it is a number; a sign alone computes nothing.
FORMULA = re.compile(r"[=+\-@\t\n\uff1d\uff0b\uff0d\uff20].", re.DOTALL)
NUMBER = re.compile(r"[+-]?[\d,]*\.?\d+(?:e[+-]?\d+)?(?: ?%)?", re.IGNORECASE)


class QueryError(UserError):
    """DuckDB refuses a query; the message is its own."""


def rows(columns: Iterable[str], found: Iterable[Mapping], form: str) -> None:
    """Print rows that are no result of a query."""
    import pyarrow as pa
    found = list(found)
    table(pa.table({column: pa.array([row[column] for row in found]) for column in columns}), form)


def table(rows, form: str) -> None:
    """Print a table of Arrow."""
    with duckdb.connect() as db:
        db.register("printed", rows)
        show(db, "from printed", form=form)


def show(db: duckdb.DuckDBPyConnection, query: str, parameters: dict | None = None,
         form: str = "table") -> None:
    """Run the query and print its rows as a table, csv or json."""
    if form != "table":
        write(sys.stdout, db, query, parameters, form)
        return
    try:
        relation = db.sql(query, params=parameters)
        if relation is not None:        # a statement that gives rows
            relation.show(max_width=shutil.get_terminal_size((160, 40)).columns, max_rows=MOST_ROWS)
    except duckdb.Error as error:
        raise QueryError(str(error)) from None


def write(file: TextIO, db: duckdb.DuckDBPyConnection, query: str, parameters: dict | None, form: str) -> int:
    """Write the rows of a query as csv, json or jsonl, and tell how many there are."""
    try:
        result = db.execute(query, parameters)
        rows = chain.from_iterable(iter(lambda: result.fetchmany(1000), []))
        return WRITERS[form](file, [column[0] for column in result.description or ()], rows)
    except duckdb.Error as error:
        raise QueryError(str(error)) from None


@contextmanager
def file(path: Path) -> Iterator[TextIO]:
    """A file to write, beside its place; it is moved there when it is whole."""
    if not path.parent.is_dir():
        raise UserError(f"{path.parent}: no such folder; make it first")
    if path.is_dir():
        raise UserError(f"{path} is a folder; give the path of a file")
    new = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with new.open("w", encoding="utf-8", newline="") as opened:
            yield opened
        os.replace(new, path)
    except OSError as error:
        if error.filename != str(new):
            raise
        raise UserError(f"{path}: {error.strerror}; name another file with -o") from None
    finally:
        new.unlink(missing_ok=True)


def _write_csv(file: TextIO, names: list[str], rows: Iterable[tuple]) -> int:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(map(_cell, names))
    return sum(bool(writer.writerow(map(_cell, row))) for row in rows)


def _write_json(file: TextIO, names: list[str], rows: Iterable[tuple]) -> int:
    number = 0
    for number, row in enumerate(rows, 1):
        file.write((",\n " if number > 1 else "[") + _line(names, row))
    file.write("]\n" if number else "[]\n")
    return number


def _write_jsonl(file: TextIO, names: list[str], rows: Iterable[tuple]) -> int:
    return sum(bool(file.write(_line(names, row) + "\n")) for row in rows)


WRITERS = {"csv": _write_csv, "json": _write_json, "jsonl": _write_jsonl}


def _line(names: list[str], row: tuple) -> str:
    return json.dumps(dict(zip(names, map(plain, row))), ensure_ascii=False, default=str)


def _cell(value):
    """Lists and maps as JSON, the rest as it is; but a spreadsheet must not run a text as a formula.

    >>> [_cell(text) for text in ("=1+1", "-3 days", "-3.5", "+12 %", "=", "Acme")]
    ["'=1+1", "'-3 days", '-3.5', '+12 %', '=', 'Acme']
    """
    if isinstance(value, (dict, list)):
        return json.dumps(plain(value), ensure_ascii=False, default=str)
    if not isinstance(value, str):
        return value
    value = value.replace("\r\n", "\n").replace("\r", "\n")      # the module csv puts no quotes around \r
    return f"'{value}" if FORMULA.match(value) and not NUMBER.fullmatch(value) else value


def plain(value):
    """What JSON has no word for: dates in ISO form, decimals as numbers, not-a-number as null."""
    match value:
        case date() | time():
            return value.isoformat()
        case Decimal():
            return float(value)
        case float() if value != value or value in (float("inf"), float("-inf")):
            return None
        case dict():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
    return value
