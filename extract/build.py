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
import gc
import hashlib
import json
import multiprocessing
import os
import shutil
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from importlib import metadata
from pathlib import Path

from extract import publish, read, schema

SMALL = 2_000_000               # bytes up to which a source is read by one process; a larger one is cut
POOL_FROM = 500_000             # bytes of input below which starting processes costs more than it saves
KILLED = ("the process that read it was killed, and once more with nothing beside it: it takes too much memory "
          "or time; cut it in parts; the next build tries it again")
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
    open_elsewhere: bool = False        # another program goes on reading the former database


@dataclass
class Progress:
    """How far a build is."""
    total: int              # bytes of the sources to read
    read: int = 0           # bytes of them that were read
    documents: int = 0
    text: int = 0           # bytes of the articles in them
    facts: int = 0
    storing: bool = False   # everything is read


def build(sources: list[str], out: Path, jobs: int | None = None,
          progress: Callable[[Progress], None] = lambda now: None, entities: Path | None = None,
          tell: Callable[[str], None] = lambda message: None, limits: read.Limits = read.DEFAULT,
          engine: str = "local") -> Summary:
    """Build the database in `out`. `progress` is told of each step.

    `entities` is a CSV file of names to be known beside those of schemas/entities. One build at a time works in a
    folder; `tell` is told when another one is waited for. `limits` bound what one file or article can cost. The engine
    is local or spark, by which all sources become one shard, without progress.
    """
    schema.add_names(entities)
    read.limit(limits)
    out = Path(out)
    found = _inputs(sources, out)
    with publish.alone(out, tell):
        return _build(found, out, jobs or _processors(), progress, entities, engine)


def _build(found: list[read.Source], out: Path, jobs: int, progress, entities: Path | None, engine: str) -> Summary:
    shards = out / ".shards"
    shards.mkdir(exist_ok=True)
    found = _keep_standard_input(found, shards)
    manifest = Manifest(shards / "manifest.json")
    if engine == "spark":
        from extract import cluster
        whole = shards / cluster.key(found, manifest.rules)
        folders = {source.path: whole for source in found}
    else:
        folders = {source.path: shards / manifest.key(source) for source in found}
    wanted = sorted({folder.name for folder in folders.values()})
    state = hashlib.sha256("\0".join([*wanted, _storing_hash()]).encode()).hexdigest()[:16]
    if manifest.built == state and _complete(out, state):
        manifest.save()                 # a file may have been touched
        return replace(Summary(**manifest.summary), unchanged=True)
    from extract import database, shard     # only here: loading DuckDB takes longer than finding nothing to do
    stale = [source for source in found if not folders[source.path].is_dir()]
    lost = set()
    if stale and engine == "spark":
        cluster.write(found, whole, jobs, entities)
    elif stale:
        lost = _Reader(stale, folders, jobs, progress, entities).run()
        state = hashlib.sha256(repr((state, sorted(lost))).encode()).hexdigest()[:16] if lost else state
    made = {"tool": f"figurebase {version()}", "rules": schema.rule_hash(), "build": state}
    with publish.new(out) as files:
        counts = database.store([shards / key for key in wanted], files, made)
        open_elsewhere = publish.held(out)
    summary = Summary(sources=len(found), read_again=len(stale), **counts)
    manifest.built, manifest.summary = state, asdict(summary)
    manifest.save()
    # Of removed sources, of former rules, of a build that was killed, and what is to be tried again.
    for folder in shards.iterdir():
        if folder.is_dir() and (folder.name not in wanted or folder.name in lost):
            shard.remove(folder)
    return replace(summary, open_elsewhere=open_elsewhere)


def version() -> str:
    """Version of the tool, part of every key and of every file."""
    return metadata.version("figurebase")


def _storing_hash() -> str:
    """Digest of what matters at storing only: a changed view or correction makes no source be read again."""
    files = [schema.FOLDER / "tables.sql", schema.FOLDER / "corrections.csv",
             *(schema.FOLDER / "views").glob("*.sql")]
    digest = hashlib.sha256(schema.rule_hash().encode())
    for path in sorted(files):
        if path.exists():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _inputs(paths: list[str], out: Path) -> list[read.Source]:
    """The files to read, without what an earlier build wrote among them."""
    home = Path(os.path.realpath(out))
    return [s for s in read.sources(paths) if home not in Path(os.path.realpath(s.path)).parents]


def _keep_standard_input(found: list[read.Source], shards: Path) -> list[read.Source]:
    """The sources sorted, standard input as a file."""
    for place, source in enumerate(found):
        if source.path == read.STANDARD_INPUT:
            kept = shards / "standard input"
            with kept.open("wb") as file:
                shutil.copyfileobj(sys.stdin.buffer, file)
            found[place] = replace(source, path=str(kept), size=kept.stat().st_size)
    return sorted(found, key=lambda source: (source.name, source.path))


def _complete(out: Path, state: str) -> bool:
    """Whether every file of this build is there, as long as it was."""
    try:
        package = json.loads((out / publish.LAST).read_text(encoding="utf-8"))
        sizes = [((out / file["path"]).stat().st_size, file.get("bytes")) for file in package["resources"]]
        return package["made_with"]["build"] == state and all(size == noted or noted is None for size, noted in sizes)
    except (OSError, ValueError, KeyError):
        return False


class Manifest:
    """What the last build read and made, so that the next one need not look into the files."""

    def __init__(self, path: Path):
        self.path = path
        try:
            known, self.written = json.loads(path.read_text(encoding="utf-8")), path.stat().st_mtime_ns
        except (OSError, ValueError):
            known, self.written = {}, 0
        self.built = known.get("built")             # keys of the shards that were stored, and how
        self.summary = known.get("summary", {})
        self.known = known.get("files", {})         # path: [size, time of change, digest]
        self.files = {}
        self.rules = f"{schema.rule_hash()}\0{version()}\0{read.limits()}"

    def key(self, source: read.Source) -> str:
        """Name of the shard of a source."""
        path = str(source.path)
        try:
            state = os.stat(path)
            size, changed, digest = self.known.get(path, (None, None, None))
            # A file that changed just before the manifest was written may have changed again since, in one tick.
            if (size, changed) != (state.st_size, state.st_mtime_ns) or changed > self.written - SETTLED:
                digest = _digest(path)
            self.files[path] = (state.st_size, state.st_mtime_ns, digest)
        except OSError as error:        # it will be rejected, and looked for again by the next build
            digest = str(error.errno)
        return hashlib.sha256(f"{digest}\0{source.name}\0{self.rules}".encode()).hexdigest()[:24]

    def save(self) -> None:
        text = json.dumps({"built": self.built, "summary": self.summary, "files": self.files})
        new = self.path.with_suffix(f".{os.getpid()}")
        new.write_text(text, encoding="utf-8")
        os.replace(new, self.path)


def _digest(path: str) -> str:
    if not os.path.isfile(path):        # a pipe would wait for a writer
        return "no file"
    with open(path, "rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


# Reading -------------------------------------------------------------------------------------------------

class _Reader:
    """Makes the shards of sources: small ones many at a time, large ones each by one process, and one that is
    much of the whole in batches that all work on."""

    def __init__(self, sources: list[read.Source], folders: dict[str, Path], jobs: int,
                 progress: Callable[[Progress], None], entities: Path | None) -> None:
        self.folders, self.jobs, self.progress, self.entities = folders, jobs, progress, entities
        self.now = Progress(sum(source.size for source in sources))
        if self.now.total <= POOL_FROM:
            self.jobs = 1
        whole = max(SMALL, self.now.total // (4 * self.jobs))
        self.cut = [source for source in sources if source.size > whole]
        self.whole = [source for source in sources if source.size <= whole]
        self.pool, self.counts = _pool(self.jobs, entities) if self.jobs > 1 else _here()

    def run(self) -> set[str]:
        """The shards of the sources that could not be read, for the process that read them was killed."""
        lost = set()
        try:
            try:
                self._together()
            except BrokenProcessPool:
                lost = self._apart()
            self.now.read, self.now.storing = self.now.total, True
            self.progress(self.now)
        finally:
            self.pool.shutdown(cancel_futures=True)     # after an error or Ctrl-C nothing more is begun
        return lost

    def _together(self) -> None:
        tasks = set()
        for group in _groups(self.whole):
            tasks.add(self.pool.submit(_write, [(source, self.folders[source.path]) for source in group]))
            if self.jobs == 1:
                self._tell()
        for source in self.cut:
            for _ in _written(source, self.folders[source.path], self._spread):
                self._tell()
        while tasks:
            done, tasks = wait(tasks, 0.2, FIRST_COMPLETED)
            for task in done:
                task.result()
            self._tell()

    def _apart(self) -> set[str]:
        """One source after the other, in a process of its own, to find the one that kills it."""
        from extract import shard
        lost = set()
        for source in [*self.whole, *self.cut]:
            folder = self.folders[source.path]
            if folder.is_dir():
                continue
            try:
                self._read_apart(source, folder)
            except BrokenProcessPool:
                shard.reject(source, folder, KILLED)
                lost.add(folder.name)
        return lost

    def _read_apart(self, source: read.Source, folder: Path) -> None:
        if getattr(self.pool, "_broken", True):
            self.pool.shutdown()
            self.pool, self.counts = _pool(1, self.entities, self.counts)
        task = self.pool.submit(_write, [(source, folder)])
        while wait([task], 0.2).not_done:
            self._tell()
        task.result()

    def _spread(self, batches: Iterable) -> Iterator:
        """What the pool makes of the batches, in order; only a few of them are in memory."""
        from extract import shard
        tasks = deque()
        for batch in batches:
            tasks.append(self.pool.submit(shard.work, batch))
            if len(tasks) >= 2 * self.jobs:
                yield tasks.popleft().result()
        while tasks:
            yield tasks.popleft().result()

    def _tell(self) -> None:
        self.now.read, self.now.documents, self.now.text, self.now.facts = self.counts
        self.progress(self.now)


# Of this process, or shared by those of a pool: bytes read, documents, bytes of text, facts.
_counts: list[int] = [0] * 4


def _write(tasks: list[tuple[read.Source, Path]]) -> None:
    """Make the shards of some sources in this process."""
    from extract import shard
    for source, folder in tasks:
        for _ in _written(source, folder, partial(map, shard.work)):
            pass


def _written(source: read.Source, folder: Path, apply: Callable) -> Iterator[None]:
    """Write the shard of a source, counting at each step."""
    from extract import shard           # only here, as with the database: loading it takes a while
    place = 0
    for step in shard.write(source, folder, apply):
        _count(min(step.place, source.size) - place, step.documents, step.text, step.facts)
        place = min(step.place, source.size)
        yield
    _count(source.size - place, 0, 0, 0)


def _count(*more: int) -> None:
    with getattr(_counts, "get_lock", nullcontext)():
        for place, number in enumerate(more):
            _counts[place] += number


class _Here(Executor):
    """Stands in for a pool where one process is enough."""

    def submit(self, function, /, *args):
        task = Future()
        task.set_result(function(*args))
        return task


def _here() -> tuple[Executor, Iterable[int]]:
    global _counts
    _counts = [0] * 4
    return _Here(), _counts


def _pool(jobs: int, entities: Path | None, counts: Iterable[int] = (0,) * 4) -> tuple[Executor, Iterable[int]]:
    """Processes to work with, and what they have counted up to now."""
    global _counts
    # Not fork: DuckDB and Arrow run threads, which a forked process would find half alive.
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if sys.platform == "linux":         # elsewhere, libraries of the system do not bear it
        context.set_forkserver_preload(["extract.ready"])
        os.environ["FIGUREBASE_ENTITIES"] = str(entities.absolute()) if entities else ""
    _counts = context.Array("q", list(counts))
    return ProcessPoolExecutor(jobs, context, _begin, (entities, _counts, read.limits())), _counts


def _begin(entities: Path | None, counts, limits: read.Limits) -> None:
    """What a new process does first."""
    global _counts
    # Ctrl-C ends it at once and without a word; the first process says that it was stopped.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _counts = counts
    # It waits for work for ever; where the build was killed, nobody would end it.
    first = multiprocessing.parent_process()
    threading.Thread(target=lambda: (first.join(), os._exit(1)), daemon=True).start()
    schema.add_names(entities)
    read.limit(limits)
    gc.freeze()         # what is looked through for garbage is written to, and no longer shared


def _groups(sources: list[read.Source]) -> Iterator[list[read.Source]]:
    """Small sources together, so that ten thousand files are not ten thousand tasks."""
    group, size = [], 0
    for source in sources:
        group.append(source)
        size += source.size
        if size >= SMALL // 4:
            yield group
            group, size = [], 0
    if group:
        yield group
