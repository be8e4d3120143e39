"""Sources to one shard on many machines: the same core, run by Spark over batches of Arrow.

Every machine must see the sources and the output under the same path, and have this package. Each stage is
written when it is whole, so that a build that was stopped goes on where it was. docs/cluster.md tells how to run it.

>>> key([], "rules")
'6c621d1a05138a7888d37d92'
>>> key([read.Source("no/such/file", "file", 3)], "rules")
Traceback (most recent call last):
    ...
FileNotFoundError: [Errno 2] No such file or directory: 'no/such/file'
"""
import hashlib
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path

import pyarrow as pa

from extract import read, schema, shard, table
from extract.model import Reject

ROWS = 200              # articles that a process works on at a time
READ = ("documents", "rejects")
FOUND = ("documents", "quantities", "facts", "entities", "rejects")


def key(sources: list[read.Source], rules: str) -> str:
    """Name of the shard: of the names, lengths and times of the files, for digests of a crawl take too long."""
    digest = hashlib.sha256(rules.encode())
    for source in sources:
        state = os.stat(source.path)
        digest.update(f"{source.name}\0{state.st_size}\0{state.st_mtime_ns}\0".encode())
    return digest.hexdigest()[:24]


def write(sources: list[read.Source], folder: Path, jobs: int | None, entities: Path | None) -> None:
    """Write the shard of all sources: of each table a folder of Parquet files."""
    try:
        from pyspark.sql import Window, functions
    except ImportError:
        raise read.InputError("Spark is not installed; install it with: pip install 'figurebase[spark]'") from None
    spark = _session(jobs)
    stages = folder.with_name(f"{folder.name}.stages").absolute()
    names = entities and str(Path(entities).absolute())

    def stage(name: str, frame):
        """What a stage made, kept on disk."""
        path = stages / name
        if not (path / "_SUCCESS").exists():
            frame.write.mode("overwrite").parquet(str(path))
        return spark.read.parquet(str(path))

    files = spark.createDataFrame([(str(Path(s.path).absolute()), s.name, s.size) for s in sources],
                                  "path string, name string, size long").repartition(len(sources))
    got = stage("read", files.mapInArrow(_read, _spark_schema(READ)))
    rank = functions.row_number().over(Window.partitionBy("doc_id").orderBy("source", "item"))
    met = got.where("documents is not null").select("documents.*").withColumn("rank", rank)
    firsts = stage("kept", met.where("rank = 1").drop("rank"))
    found = stage("found", firsts.mapInArrow(partial(_extract, names), _spark_schema(FOUND)))
    tables = {name: found.where(f"{name} is not null").select(f"{name}.*") for name in FOUND}
    tables["rejects"] = tables["rejects"].union(got.where("rejects is not null").select("rejects.*"))
    tables["repeats"] = met.where("rank > 1").select("doc_id", "source", "item")
    for name, frame in tables.items():
        frame.write.mode("overwrite").parquet(str(stages / f"{name}.parquet"))
    for name in ("read", "kept", "found"):
        shutil.rmtree(stages / name)
    os.replace(stages, folder)


def _session(jobs: int | None):
    """The session of spark-submit, or one on this machine."""
    from pyspark.sql import SparkSession
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("figurebase")
    if "SPARK_REMOTE" not in os.environ and "MASTER" not in os.environ and not SparkSession.getActiveSession():
        builder = builder.master(f"local[{jobs or '*'}]").config("spark.ui.enabled", "false")
    spark = builder.getOrCreate()
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", ROWS)
    return spark


# On the machines of the cluster ------------------------------------------------------------------------------

def _columns(name: str) -> pa.Schema:
    """Columns of a table in a shard, of types that Spark knows."""
    columns = pa.schema([field.with_nullable(True).remove_metadata() for field in table.schema(name)])
    return columns.append(pa.field("signature", pa.binary())) if name == "documents" else columns


def _arrow_schema(names: Iterable[str]) -> pa.Schema:
    """One column for each table, which holds its rows: a stage gives rows of several tables."""
    return pa.schema([(name, pa.struct(list(_columns(name)))) for name in names])


def _spark_schema(names: Iterable[str]):
    from pyspark.sql.pandas.types import from_arrow_schema
    return from_arrow_schema(_arrow_schema(names))


def _rows(name: str, rows: pa.Table | pa.RecordBatch, names: Iterable[str]) -> Iterator[pa.RecordBatch]:
    """Rows of one table as rows of a stage."""
    rows = pa.table(rows)
    columns = _columns(name)
    if "signature" in columns.names and "signature" not in rows.column_names:
        rows = rows.append_column("signature", pa.nulls(len(rows), pa.binary()))
    for batch in rows.cast(columns).combine_chunks().to_batches():
        packed = pa.StructArray.from_arrays(batch.columns, fields=list(columns))
        schema_ = _arrow_schema(names)
        yield pa.RecordBatch.from_arrays(
            [packed if field.name == name else pa.nulls(len(batch), field.type) for field in schema_],
            schema=schema_)


def _read(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The articles of files."""
    for batch in batches:
        for row in batch.to_pylist():
            rows: dict[str, list[dict]] = {"documents": [], "rejects": []}
            for found in read.documents(read.Source(**row)):
                name = "rejects" if isinstance(found, Reject) else "documents"
                rows[name].append(asdict(found))
                if len(rows[name]) >= ROWS:
                    yield from _rows(name, table.batch(name, rows[name]), READ)
                    rows[name] = []
            for name, left in rows.items():
                yield from _rows(name, table.batch(name, left), READ)


def _extract(names: str | None, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """All that is told from articles alone: shard.work on each batch."""
    schema.add_names(Path(names) if names else None)
    documents = table.schema("documents")
    for batch in batches:
        given = pa.Table.from_batches([batch]).select(documents.names).cast(documents).combine_chunks()
        for part in given.to_batches():
            for name, rows in shard.work(part).items():
                if len(rows):
                    yield from _rows(name, rows, FOUND)
