"""Sources to a shard: their documents, quantities, facts, entities and rejects as Parquet, in one folder.

A shard holds all that can be told from its sources alone: facts with normalized values, and of each document a
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
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from extract import batch, limit, norm, read, schema, story, table
from extract.model import Document, Reject

BATCH = 500_000               # code points of text that one process works on at a time
GROUP = 8_000_000             # bytes of a table that are written to a file together
LEFT_OUT = 10_000             # rejects and repeats that may wait in memory
REPEATS = pa.schema([("doc_id", pa.string()), ("source", pa.string()), ("item", pa.int32())])


def write(sources: list[read.Source], folder: Path, tell: Callable[[int, int, int], None]) -> None:
    """Write the shard of some sources batch by batch. It is moved to its place when whole.

    `tell` hears of each batch how many documents, bytes of text and facts it gave.
    """
    new = folder.with_name(f"{folder.name}.{os.getpid()}")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    found = _Reading(sources)
    with Files(new) as files:
        for batch_ in found.batches():
            tables = work(batch_)
            documents, facts = tables["documents"], tables["facts"]
            tables["rejects"] = pa.concat_tables([tables["rejects"], found.rejects()])
            tables["repeats"] = found.repeats()
            for name, rows in tables.items():
                files.add(name, rows)
            tell(len(documents), documents["text"].nbytes, len(facts))
    _place(new, folder)


def reject(source: read.Source, folder: Path, reason: str) -> None:
    """The shard of a source that nothing can be read of."""
    new = folder.with_name(f"{folder.name}.{os.getpid()}")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    with Files(new) as files:
        rows = [asdict(Reject(source.name, None, reason))]
        files.add("rejects", pa.Table.from_batches([table.batch("rejects", rows)]))
    _place(new, folder)


def _place(new: Path, folder: Path) -> None:
    try:
        os.rename(new, folder)
    except OSError:
        if not folder.is_dir():
            raise
        shutil.rmtree(new)          # a process of a killed build had it ready: it is the same


def remove(folder: Path) -> None:
    """Remove a shard. Who is killed meanwhile leaves no folder of its name: what has the name is whole."""
    gone = folder.with_name(f"{folder.name}.gone")
    shutil.rmtree(gone, ignore_errors=True)
    os.rename(folder, gone)
    shutil.rmtree(gone)


class Files:
    """The Parquet files of a folder, written in groups of some megabytes as they fill."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.opened = ExitStack()
        self.writers: dict[str, pq.ParquetWriter] = {}
        self.waiting: dict[str, list[pa.Table]] = {}
        self.size: dict[str, int] = {}          # bytes that wait

    def __enter__(self) -> "Files":
        return self

    def add(self, name: str, rows: pa.Table) -> None:
        if len(rows):
            self.waiting.setdefault(name, []).append(rows)
            self.size[name] = self.size.get(name, 0) + rows.nbytes
            if self.size[name] >= GROUP:
                self._write(name)

    def _write(self, name: str) -> None:
        rows = pa.concat_tables(self.waiting.pop(name)).combine_chunks()
        self.size[name] = 0
        if name not in self.writers:
            path = self.folder / f"{name}.parquet"
            self.writers[name] = self.opened.enter_context(table.writer(path, rows.schema))
        self.writers[name].write_table(rows)

    def __exit__(self, _, error: BaseException | None, __) -> None:
        with self.opened:
            if error:
                raise error
            for name in [*self.waiting]:
                self._write(name)


class _Reading:
    """The articles of some sources in batches, and beside them what gave none."""

    def __init__(self, sources: list[read.Source]) -> None:
        self.sources = sources
        self._rejects: list[dict] = []
        self._repeats: list[dict] = []

    def batches(self) -> Iterator[pa.RecordBatch]:
        """About BATCH code points at a time; an article met before is a repeat."""
        rows, size, seen = [], 0, set()
        for found in self._documents():
            if isinstance(found, Reject):
                self._rejects.append(asdict(found))
            elif found.doc_id in seen:
                self._repeats.append({"doc_id": found.doc_id, "source": found.source, "item": found.item})
            else:
                seen.add(found.doc_id)
                rows.append(asdict(found))
                size += len(found.text)
            if size >= BATCH or len(self._rejects) + len(self._repeats) >= LEFT_OUT:
                yield table.batch("documents", rows)
                rows, size = [], 0
        yield table.batch("documents", rows)

    def _documents(self) -> Iterator[Document | Reject]:
        """What `read` finds in the sources; where the rest of one can't be read, that is a reject too."""
        for source in self.sources:
            try:
                yield from limit.each(read.documents(source))
            except limit.TooMuch as error:
                yield Reject(source.name, None, f"{error}: the rest of it was not read")

    def rejects(self) -> pa.Table:
        """Those since the last call."""
        rows, self._rejects = self._rejects, []
        return pa.Table.from_batches([table.batch("rejects", rows)])

    def repeats(self) -> pa.Table:
        """Those since the last call."""
        rows, self._repeats = self._repeats, []
        return pa.Table.from_pylist(rows, REPEATS)


def work(documents: pa.RecordBatch) -> dict[str, pa.Table]:
    """Everything that can be told from these documents alone: runs in any process, in any order."""
    tables, rejects = _extract(documents)
    signatures = [story.signature(text) for text in documents["text"].to_pylist()]
    tables["documents"] = pa.Table.from_batches([documents]).append_column(
        "signature", pa.array(signatures, pa.binary(4 * story.SIZE)))
    tables["facts"] = normalized(tables["facts"])
    tables["rejects"] = pa.Table.from_batches([table.batch("rejects", rejects)])
    return tables


def _extract(documents: pa.RecordBatch) -> tuple[dict[str, pa.Table], list[dict]]:
    """The core's tables. A document that it fails on is left out and reported, and stops no other."""
    parts, rejects = [], []
    try:
        with limit.bounded():
            parts.append(batch.extract(documents))
    except schema.SchemaError:
        raise
    except (Exception, limit.TooMuch):                # find the document that it was
        for row in range(documents.num_rows):
            one = documents.slice(row, 1)
            doc = one.select(["source", "item"]).to_pylist()[0]
            try:
                with limit.bounded():
                    parts.append(batch.extract(one))
            except limit.TooMuch as error:
                rejects.append(doc | {"reason": f"{error}: it is kept without its figures"})
            except Exception as error:
                place = traceback.extract_tb(error.__traceback__)[-1]
                rejects.append(doc | {"reason": "an error of this program, please report it: "
                                                f"{error!r} in {Path(place.filename).name}, {place.name}"})
    return {name: pa.Table.from_batches([part[name] for part in parts], table.schema(name))
            for name in ("quantities", "facts", "entities")}, rejects


def normalized(facts: pa.Table) -> pa.Table:
    """Facts with their values in the canonical unit of the metric."""
    if not len(facts):
        return facts            # the rates of all days would take memory that storing has better use for
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
