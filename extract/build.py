"""Sources to database, incrementally: only what changed is read again.

Each source file becomes a shard: its documents, quantities, facts, entities and rejects as Parquet in
`<out>/.shards/<key>/`. The key is a digest of the file's content and name, of every rule, and of the version
of this tool, so a shard is never wrong, only missing. What needs all documents is done by database.store.

>>> import tempfile
>>> build(["no/such/folder"], Path(tempfile.gettempdir()) / "facts")
Traceback (most recent call last):
    ...
extract.read.InputError: no/such/folder: no such file or folder; check the path
"""
import hashlib
import json
import os
import shutil
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field, replace
from importlib import metadata
from pathlib import Path

from extract import read, schema
from extract.model import Document, Reject

BATCH = 2_000_000               # code points of text that one process works on at a time
POOL_FROM = 500_000             # bytes of input below which starting processes costs more than it saves
SETTLED = 2_000_000_000         # nanoseconds after which an unchanged time of change can be trusted


@dataclass
class Summary:
    """What a build did, for people to read."""
    sources: int = 0
    read_again: int = 0                 # sources that were new or had changed
    documents: int = 0
    duplicates: int = 0                 # documents met again, read once
    stories: int = 0
    facts: int = 0
    families: dict[str, int] = field(default_factory=dict)      # facts by family of metric
    outcomes: dict[str, int] = field(default_factory=dict)      # numbers by what became of them
    rejects: dict[str, int] = field(default_factory=dict)       # what could not be read, by reason
    corrected: int = 0
    unknown_corrections: list[str] = field(default_factory=list)
    unchanged: bool = False


def build(sources: list[str], out: Path, jobs: int | None = None,
          progress: Callable[[int, int], None] = lambda done, total: None) -> Summary:
    """Build the database in `out`. `progress` is told the bytes that are done, and of how many."""
    out = Path(out)
    shards = out / ".shards"
    shards.mkdir(parents=True, exist_ok=True)
    found = _inputs(sources, out)
    manifest = Manifest(shards / "manifest.json")
    folders = {source.path: shards / manifest.key(source) for source in found}
    wanted = sorted({folder.name for folder in folders.values()})
    if manifest.built == wanted and _complete(out):
        manifest.save()                 # a file may have been touched
        return Summary(**manifest.summary, unchanged=True)
    stale = [source for source in found if not folders[source.path].is_dir()]
    _read(stale, folders, jobs or _processors(), progress)
    from extract import database        # only here: loading DuckDB takes longer than finding nothing to do
    counts = database.store([shards / key for key in wanted], out, version(), schema.rule_hash(), normalized)
    summary = Summary(sources=len(found), read_again=len(stale), **counts)
    manifest.built, manifest.summary = wanted, {k: v for k, v in asdict(summary).items() if k != "unchanged"}
    manifest.save()
    for folder in shards.iterdir():     # of removed sources and former rules
        if folder.is_dir() and folder.name not in wanted:
            shutil.rmtree(folder)
    return summary


def version() -> str:
    """Version of the tool, part of every key and of every file."""
    return metadata.version("figurebase")


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _inputs(paths: list[str], out: Path) -> list[read.Source]:
    """The files to read, without what an earlier build wrote among them. Standard input is kept as a file."""
    home = out.resolve()
    found = [s for s in read.sources(paths) if home not in Path(s.path).resolve().parents]
    for place, source in enumerate(found):
        if source.path == read.STANDARD_INPUT:
            kept = out / ".shards" / "standard input"
            with kept.open("wb") as file:
                shutil.copyfileobj(sys.stdin.buffer, file)
            found[place] = replace(source, path=str(kept), size=kept.stat().st_size)
    return sorted(found, key=lambda source: (source.name, source.path))


def _complete(out: Path) -> bool:
    """Whether every file of the last build is still there, as long as it was."""
    try:
        package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
        sizes = [((out / file["path"]).stat().st_size, file.get("bytes")) for file in package["resources"]]
    except (OSError, ValueError, KeyError):
        return False
    return all(size == noted or noted is None for size, noted in sizes)


class Manifest:
    """What the last build read and made, so that the next one need not look into the files."""

    def __init__(self, path: Path):
        self.path = path
        try:
            known, self.written = json.loads(path.read_text(encoding="utf-8")), path.stat().st_mtime_ns
        except (OSError, ValueError):
            known, self.written = {}, 0
        self.built = known.get("built")             # keys of the shards that the database holds
        self.summary = known.get("summary", {})
        self.known = known.get("files", {})         # path: [size, time of change, digest]
        self.files = {}
        self.rules = f"{schema.rule_hash()}\0{version()}"

    def key(self, source: read.Source) -> str:
        """Name of the shard of a source."""
        path = str(source.path)
        state = os.stat(path)
        size, changed, digest = self.known.get(path, (None, None, None))
        # A file that changed just before the manifest was written may have changed again since, in one tick.
        if (size, changed) != (state.st_size, state.st_mtime_ns) or changed > self.written - SETTLED:
            with open(path, "rb") as content:
                digest = hashlib.file_digest(content, "sha256").hexdigest()
        self.files[path] = (state.st_size, state.st_mtime_ns, digest)
        return hashlib.sha256(f"{digest}\0{source.name}\0{self.rules}".encode()).hexdigest()[:24]

    def save(self) -> None:
        text = json.dumps({"built": self.built, "summary": self.summary, "files": self.files})
        new = self.path.with_suffix(f".{os.getpid()}")
        new.write_text(text, encoding="utf-8")
        os.replace(new, self.path)


# Reading -------------------------------------------------------------------------------------------------

def _read(sources: list[read.Source], folders: dict[str, Path], jobs: int, progress) -> None:
    """Make the shards of all sources: small ones many at a time, a large one in batches."""
    total, done = sum(source.size for source in sources), 0
    small = [source for source in sources if source.size <= BATCH]
    large = [source for source in sources if source.size > BATCH]
    pool = _pool(jobs if total > POOL_FROM else 1)
    try:
        tasks = {}
        for group in _groups(small):
            task = pool.submit(_write_all, [(source, folders[source.path]) for source in group])
            tasks[task] = sum(source.size for source in group)
            if isinstance(pool, _Here):
                progress(done := done + tasks.pop(task), total)
        for source in large:
            seen = 0
            for written in _write(source, folders[source.path], lambda batches: _ahead(pool, batches, 2 * jobs)):
                seen = min(seen + written, source.size)
                progress(done + seen, total)
            progress(done := done + source.size, total)
        for task in as_completed(tasks):
            task.result()
            progress(done := done + tasks[task], total)
    finally:
        pool.shutdown(cancel_futures=True)      # after an error or Ctrl-C nothing more is begun


class _Here(Executor):
    """Stands in for a pool where one process is enough."""

    def submit(self, function, /, *args):
        task = Future()
        task.set_result(function(*args))
        return task


def _pool(jobs: int) -> Executor:
    if jobs == 1:
        return _Here()
    import multiprocessing
    # Not fork: DuckDB and Arrow run threads, which a forked process would find half alive.
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context(method))


def _groups(sources: list[read.Source]) -> Iterator[list[read.Source]]:
    """Small sources together, so that ten thousand files are not ten thousand tasks."""
    group, size = [], 0
    for source in sources:
        group.append(source)
        size += source.size
        if size >= BATCH // 4:
            yield group
            group, size = [], 0
    if group:
        yield group


def _ahead(pool: Executor, batches: Iterable, window: int) -> Iterator:
    """What the pool makes of the batches, in order, with at most `window` of them in memory."""
    tasks = deque()
    for batch in batches:
        tasks.append(pool.submit(work, batch))
        if len(tasks) >= window:
            yield tasks.popleft().result()
    while tasks:
        yield tasks.popleft().result()


def _write_all(tasks: list[tuple[read.Source, Path]]) -> None:
    for source, folder in tasks:
        for _ in _write(source, folder, lambda batches: map(work, batches)):
            pass


def _write(source: read.Source, folder: Path, apply: Callable[[Iterable], Iterable[dict]]) -> Iterator[int]:
    """Write the shard of a source, telling the bytes of text of each batch. It is moved to its place when whole."""
    import pyarrow as pa
    import pyarrow.parquet as pq
    from extract import table
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
    """The articles of a source, about BATCH code points at a time; one that was met before goes to `repeats`."""
    from extract import table
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


# Working -------------------------------------------------------------------------------------------------

def work(documents: "pa.RecordBatch") -> dict[str, "pa.Table"]:
    """Everything that can be told from these documents alone: runs in any process, in any order."""
    import pyarrow as pa
    from extract import story, table
    tables, rejects = _extract(documents)
    signatures = [story.signature(text) for text in documents["text"].to_pylist()]
    tables["documents"] = pa.Table.from_batches([documents]).append_column(
        "signature", pa.array(signatures, pa.binary(len(signatures[0]))))
    tables["facts"] = normalized(tables["facts"])
    tables["rejects"] = table.batch("rejects", rejects)
    return tables


def _extract(documents: "pa.RecordBatch") -> tuple[dict[str, "pa.Table"], list[dict]]:
    """The core's tables. A document that it fails on is left out and reported, and stops no other."""
    import pyarrow as pa
    from extract import batch, table
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
                rejects.append(doc | {"reason": f"an error of this program, please report it: {error!r}"})
    return {name: pa.Table.from_batches([part[name] for part in parts], table.schema(name))
            for name in ("quantities", "facts", "entities")}, rejects


def normalized(facts: "pa.Table") -> "pa.Table":
    """Facts with their values in the canonical unit of the metric."""
    import pyarrow as pa
    from extract import norm, table
    metrics = schema.metrics()
    given = facts.select(["metric", "value", "value_max", "unit", "period_start", "period_end", "published", "modality"])
    rows = []
    for metric, value, value_max, unit, *rest in zip(*(column.to_pylist() for column in given.columns)):
        rows.append(norm.normalize(value, value_max, unit, metrics[metric].unit, metrics[metric].time, *rest))
    for column, attribute in table.NORM.items():
        values = pa.array([getattr(row, attribute) for row in rows], table.schema("facts").field(column).type)
        facts = facts.set_column(facts.schema.get_field_index(column), table.schema("facts").field(column), values)
    return facts
