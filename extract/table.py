"""The tables as Arrow schemas, read from schemas/tables.sql: no column is defined twice.

DuckDB runs the file, and what it then knows of each column (type, not null, comment) becomes a field.

>>> schema("facts").field("value").type
DataType(double)
>>> schema("facts").field("value").nullable
False
>>> schema("prices")
Traceback (most recent call last):
    ...
KeyError: 'prices'
"""
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from extract import schema as schemas

# Columns of facts that the core leaves null and the build fills, and what norm.Norm calls them.
NORM = {"value_norm": "value", "value_norm_max": "value_max", "unit_norm": "unit", "norm_note": "note",
        "fx_rate": "fx_rate", "fx_date": "fx_date"}


@cache
def tables() -> dict[str, pa.Schema]:
    """Every table by name, in the order of tables.sql; comments stand in the metadata."""
    db = duckdb.connect()
    db.execute(definition())
    found = {}
    names = db.execute("select table_name, comment from duckdb_tables() order by table_oid").fetchall()
    for table, comment in names:
        columns = db.execute("select column_name, is_nullable, comment from duckdb_columns() "
                             "where table_name = ? order by column_index", [table]).fetchall()
        arrow = db.sql(f"from {table} limit 0").to_arrow_table().schema
        fields = [arrow.field(name).with_nullable(nullable).with_metadata({"comment": text or ""})
                  for name, nullable, text in columns]
        found[table] = pa.schema(fields, metadata={"comment": comment or ""})
    return found


def schema(name: str) -> pa.Schema:
    """Columns of a table."""
    return tables()[name]


def batch(name: str, rows: list[dict]) -> pa.RecordBatch:
    """Rows as a batch of the table; a missing column is null, a null in a `not null` column an error."""
    made = pa.RecordBatch.from_pylist(rows, schema=schema(name))
    made.validate()
    for field, column in zip(made.schema, made.columns):
        if column.null_count and not field.nullable:
            raise ValueError(f"{name}.{field.name} is null in row {column.is_null().index(True).as_py()}")
    return made


@contextmanager
def writer(path: Path, columns: pa.Schema, **options) -> Iterator[pq.ParquetWriter]:
    """A Parquet file to write row groups into."""
    made = pq.ParquetWriter(path, columns, compression="zstd", **options)
    try:
        yield made
        made.close()
    except BaseException:
        made.is_open = False        # else it ends the file once more when collected, and prints a traceback
        raise


def definition() -> str:
    """The text of tables.sql."""
    return (schemas.FOLDER / "tables.sql").read_text(encoding="utf-8")
