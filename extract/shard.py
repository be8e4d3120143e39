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
import signal
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from extract import batch, norm, read, schema, story, table
from extract.model import Document, Reject

BATCH = 500_000               # code points of text that one process works on at a time
GROUP = 8_000_000             # bytes of a table that are written to a file together
LEFT_OUT = 10_000             # rejects and repeats that may wait in memory
LAST = 100_000                # ids of articles that wait to be sorted
REPEATS = pa.schema([("doc_id", pa.string()), ("source", pa.string()), ("item", pa.int32())])


@dataclass(slots=True)
class Step:
    """What a further batch of some sources gave."""
    place: int                  # bytes of the files that were read up to now
    documents: int
    text: int                   # bytes
    facts: int


def write(sources: list[read.Source], folder: Path, apply: Callable[[Iterable], Iterable[dict]]) -> Iterator[Step]:
    """Write the shard of some sources batch by batch. It is moved to its place when whole."""
    new = folder.with_name(f"{folder.name}.{os.getpid()}")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    found = _Reading(sources)
    with Files(new) as files:
        for tables in apply(found.batches()):
            documents, facts = tables["documents"], tables["facts"]
            tables["rejects"] = pa.concat_tables([tables["rejects"], found.rejects()])
            tables["repeats"] = found.repeats()
            for name, rows in tables.items():
                files.add(name, rows)
            yield Step(found.place, len(documents), documents["text"].nbytes, len(facts))
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
        self.sources, self.before, self.place = sources, 0, 0       # bytes of the sources that are done, and of all
        self._rejects: list[dict] = []
        self._repeats: list[dict] = []

    def batches(self) -> Iterator[pa.RecordBatch]:
        """About BATCH code points at a time; an article met before is a repeat."""
        rows, size, seen = [], 0, _Seen()
        for found in self._documents():
            if isinstance(found, Reject):
                self._rejects.append(asdict(found))
            elif seen.before(found.doc_id):
                self._repeats.append({"doc_id": found.doc_id, "source": found.source, "item": found.item})
            else:
                rows.append(asdict(found))
                size += len(found.text)
            if size >= BATCH or len(self._rejects) + len(self._repeats) >= LEFT_OUT:
                yield table.batch("documents", rows)
                rows, size = [], 0
        yield table.batch("documents", rows)

    def _documents(self) -> Iterator[Document | Reject]:
        for source in self.sources:
            yield from self._of(source)
            self.before += source.size
            self._tell(0)

    def _of(self, source: read.Source) -> Iterator[Document | Reject]:
        """What `read` finds in a source; where the rest of it can't be read, that is a reject too."""
        found = read.documents(source, self._tell)
        while True:
            try:
                with _in_time():
                    one = next(found, None)
            except read.InputError as error:
                one, found = Reject(source.name, None, str(error)), iter(())
            except TooLong as error:
                one, found = Reject(source.name, None, f"{error}: the rest of it was not read"), iter(())
            if one is None:
                return
            yield one

    def _tell(self, place: int) -> None:
        self.place = max(self.place, self.before + place)

    def rejects(self) -> pa.Table:
        """Those since the last call."""
        rows, self._rejects = self._rejects, []
        return pa.Table.from_batches([table.batch("rejects", rows)])

    def repeats(self) -> pa.Table:
        """Those since the last call."""
        rows, self._repeats = self._repeats, []
        return pa.Table.from_pylist(rows, REPEATS)


class _Seen:
    """The ids that were met, in eight bytes each: a sorted array, and a set of the last ones.

    >>> seen = _Seen()
    >>> [seen.before(name) for name in ("d00ff", "d1234", "d00ff")]
    [False, False, True]
    """

    def __init__(self) -> None:
        self.last: set[int] = set()
        self.sorted = np.empty(0, np.uint64)

    def before(self, doc_id: str) -> bool:
        """Whether an id was met, which now it is."""
        number = int(doc_id[1:], 16)
        at = int(self.sorted.searchsorted(np.uint64(number)))
        if number in self.last or at < len(self.sorted) and self.sorted[at] == number:
            return True
        self.last.add(number)
        if len(self.last) >= LAST:
            last = np.fromiter(self.last, np.uint64, len(self.last))
            self.sorted = np.sort(np.concatenate([self.sorted, last]))
            self.last.clear()
        return False


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
        with _in_time():
            parts.append(batch.extract(documents))
    except schema.SchemaError:
        raise
    except (Exception, TooLong):                # find the document that it was
        for row in range(documents.num_rows):
            one = documents.slice(row, 1)
            doc = one.select(["source", "item"]).to_pylist()[0]
            try:
                with _in_time():
                    parts.append(batch.extract(one))
            except TooLong as error:
                rejects.append(doc | {"reason": f"{error}: it is kept without its figures"})
            except Exception as error:
                place = traceback.extract_tb(error.__traceback__)[-1]
                rejects.append(doc | {"reason": "an error of this program, please report it: "
                                                f"{error!r} in {Path(place.filename).name}, {place.name}"})
    return {name: pa.Table.from_batches([part[name] for part in parts], table.schema(name))
            for name in ("quantities", "facts", "entities")}, rejects


class TooLong(BaseException):
    """An article takes too much time. No Exception, for libraries catch those."""

    def __str__(self) -> str:
        return f"the article takes more than {read.limits().seconds} seconds (--max-seconds)"


@contextmanager
def _in_time() -> Iterator[None]:
    """Ends what is done in it with TooLong. Only the main thread of a process has an alarm."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    def ring(*_):
        raise TooLong
    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, read.limits().seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


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
