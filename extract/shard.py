"""A source to a shard: its documents, quantities, facts, entities and rejects as Parquet, in one folder.

A shard holds all that can be told from its source alone: facts with normalized values, and of each document a
signature by which copies are found later. `work` is what processes share.

>>> document = {"doc_id": "d1", "source": "a", "item": 0, "lang": "en", "text": "No figures."}
>>> work(table.batch("documents", [document]))["quantities"].num_rows
0
>>> work(table.batch("documents", [{"doc_id": "d1"}]))
Traceback (most recent call last):
    ...
ValueError: documents.source is null in row 0
"""
import os
import shutil
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from extract import batch, norm, read, schema, story, table
from extract.model import Document, Reject

BATCH = 500_000               # code points of text that one process works on at a time


def write_all(tasks: list[tuple[read.Source, Path]]) -> None:
    for source, folder in tasks:
        for _ in write(source, folder, lambda batches: map(work, batches)):
            pass


def write(source: read.Source, folder: Path, apply: Callable[[Iterable], Iterable[dict]]) -> Iterator[int]:
    """Write the shard of a source, telling the bytes of each batch. It is moved to its place when whole."""
    new = folder.with_name(f"{folder.name}.{os.getpid()}")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    repeats, rejects, writers = [], [], {}
    for tables in apply(_batches(source, repeats, rejects)):
        rejects += tables.pop("rejects").to_pylist()
        for name, rows in tables.items():
            if name not in writers:
                writers[name] = pq.ParquetWriter(new / f"{name}.parquet", rows.schema, compression="zstd")
            writers[name].write(rows)
        yield tables["documents"].nbytes
    for writer in writers.values():
        writer.close()
    if repeats:
        pq.write_table(pa.Table.from_pylist(repeats), new / "repeats.parquet")
    if rejects:
        pq.write_table(pa.Table.from_batches([table.batch("rejects", rejects)]), new / "rejects.parquet")
    shutil.rmtree(folder, ignore_errors=True)
    os.replace(new, folder)


def _batches(source: read.Source, repeats: list[dict], rejects: list[dict]) -> Iterator:
    """The articles of a source, about BATCH code points at a time; one met before goes to `repeats`."""
    rows, size, seen = [], 0, set()
    for found in _documents(source):
        if isinstance(found, Reject):
            rejects.append(asdict(found))
        elif found.doc_id in seen:
            repeats.append({"doc_id": found.doc_id, "source": found.source, "item": found.item})
        else:
            seen.add(found.doc_id)
            rows.append(asdict(found))
            size += len(found.text)
        if size >= BATCH:
            yield table.batch("documents", rows)
            rows, size = [], 0
    if rows:
        yield table.batch("documents", rows)


def _documents(source: read.Source) -> Iterator[Document | Reject]:
    """What `read` finds in the source; where the rest of it can't be read, that is a reject too."""
    try:
        yield from read.documents(source)
    except read.InputError as error:
        yield Reject(source.name, None, str(error))


def work(documents: pa.RecordBatch) -> dict[str, pa.Table]:
    """Everything that can be told from these documents alone: runs in any process, in any order."""
    tables, rejects = _extract(documents)
    signatures = [story.signature(text) for text in documents["text"].to_pylist()]
    tables["documents"] = pa.Table.from_batches([documents]).append_column(
        "signature", pa.array(signatures, pa.binary(len(signatures[0]))))
    tables["facts"] = normalized(tables["facts"])
    tables["rejects"] = table.batch("rejects", rejects)
    return tables


def _extract(documents: pa.RecordBatch) -> tuple[dict[str, pa.Table], list[dict]]:
    """The core's tables. A document that it fails on is left out and reported, and stops no other."""
    parts, rejects = [], []
    try:
        parts.append(batch.extract(documents))
    except schema.SchemaError:
        raise
    except Exception:                           # find the document that it was
        for row in range(documents.num_rows):
            one = documents.slice(row, 1)
            try:
                parts.append(batch.extract(one))
            except Exception as error:
                doc = one.select(["source", "item"]).to_pylist()[0]
                place = traceback.extract_tb(error.__traceback__)[-1]
                rejects.append(doc | {"reason": "an error of this program, please report it: "
                                                f"{error!r} in {Path(place.filename).name}, {place.name}"})
    return {name: pa.Table.from_batches([part[name] for part in parts], table.schema(name))
            for name in ("quantities", "facts", "entities")}, rejects


def normalized(facts: pa.Table) -> pa.Table:
    """Facts with their values in the canonical unit of the metric."""
    metrics = schema.metrics()
    given = facts.select(["metric", "value", "value_max", "unit", "period_start", "period_end", "published",
                          "modality"])
    rows = []
    for metric, value, value_max, unit, *rest in zip(*(column.to_pylist() for column in given.columns)):
        rows.append(norm.normalize(value, value_max, unit, metrics[metric].unit, metrics[metric].time, *rest))
    for name, attribute in table.NORM.items():
        field = table.schema("facts").field(name)
        values = pa.array([getattr(row, attribute) for row in rows], field.type)
        facts = facts.set_column(facts.schema.get_field_index(name), field, values)
    return facts
