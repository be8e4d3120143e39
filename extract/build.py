"""Sources to database, incrementally: only what changed is read again.

Each source file, part of a large one, or some small ones together, becomes a shard: its documents, quantities,
facts, entities and rejects as Parquet in `<out>/.shards/<key>/`. The key is a digest of the content and name of the
files, of every rule, and of the version of this tool, so a shard is never wrong, only missing. What needs all documents
is done by database.store.

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
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from dataclasses import asdict, astuple, dataclass, field, replace
from functools import cached_property, partial
from importlib import metadata
from itertools import chain, islice
from multiprocessing import forkserver
from pathlib import Path

from extract import limit, publish, read, schema

TOGETHER = 250_000              # bytes of the small sources that share a shard, on average
OPENING = 1_000                 # bytes of text that are read in the time in which a file is opened
POOL_FROM = 500_000             # bytes of input below which starting processes costs more than it saves
KILLED = ("the process that read it was killed, and once more with nothing beside it: it takes too much memory "
          "or time; cut it in parts; the next build tries it again")
SETTLED = 2_000_000_000         # nanoseconds after which an unchanged time of change can be trusted


@dataclass
class Summary:
    """What a build did, for people to read."""
    sources: int = 0
    read_again: int = 0                 # sources that were new or had changed, or share a shard with one
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
    gone: int = 0                       # sources of the former build that are not among these
    kept: bool = False                  # nothing could be read, so the former database stays


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
          tell: Callable[[str], None] = lambda message: None, limits: limit.Limits = limit.DEFAULT,
          engine: str = "local") -> Summary:
    """Build the database in `out`. `progress` is told of each step.

    `entities` is a CSV file of names to be known beside those of schemas/entities. One build at a time works in a
    folder; `tell` is told when another one is waited for. `limits` bound what one file or article can cost. The engine
    is local or spark, by which all sources become one shard, without progress.
    """
    schema.add_names(entities)
    limit.use(limits)
    out = Path(out)
    found = read.sources(sources, but=out)      # what an earlier build wrote is no source
    with publish.alone(out, tell), _Processes(jobs or _processors(), entities) as processes:
        return _build(found, out, processes, progress, engine)


def _build(found: list[read.Source], out: Path, processes: "_Processes", progress, engine: str) -> Summary:
    shards = out / ".shards"
    shards.mkdir(exist_ok=True)
    found = _keep_standard_input(found, shards)
    manifest = Manifest(shards / "manifest.json")
    if engine == "spark":
        from extract import cluster
        keys = {"all": cluster.key(found, manifest.rules)}
        groups = {shards / keys["all"]: found}
    else:
        keys = {part: manifest.key(part) for source in found for part in manifest.parts(source, processes)}
        groups = {shards / _short("".join(map(keys.get, group)), 24): group for group in _groups(keys)}
    state = _short("\0".join([*sorted(set(keys.values())), _storing_hash()]), 16)       # however they are grouped
    if manifest.built == state and _complete(out, state):
        manifest.save()                 # a file may have been touched
        return replace(Summary(**manifest.summary), unchanged=True)
    stale = {folder: group for folder, group in groups.items() if group and not folder.is_dir()}
    if engine == "local" and _apart(stale):
        processes.prepare()
    from extract import database, shard  # only here: loading DuckDB takes longer than finding nothing to do
    apart = []
    if stale and engine == "spark":
        cluster.write(found, *stale, processes.jobs, processes.entities)
    elif stale:
        apart = _Reader(stale, processes, progress).run()
        state = _short(f"{state}{[folder.name for folder in apart]}", 16) if apart else state
    made = {"tool": f"figurebase {version()}", "rules": schema.rule_hash(), "build": state}
    read_again = {source.path for group in stale.values() for source in group}
    summary = Summary(sources=len(found), read_again=len(read_again), gone=manifest.gone() if engine == "local" else 0)
    try:
        with publish.new(out) as files:
            whole = [folder for folder in groups if folder.is_dir()] + apart
            summary = replace(summary, **database.store(whole, files, made, processes.jobs))
            if not summary.documents and (out / publish.DATABASE).exists():
                raise publish.Kept
            open_elsewhere = publish.held(out)
    except publish.Kept:
        return replace(summary, kept=True)
    manifest.built, manifest.summary = state, asdict(summary)
    manifest.save()
    # Of removed sources, of former rules, of a build that was killed, and what is to be tried again.
    for folder in shards.iterdir():
        if folder.is_dir() and folder not in groups:
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


def _keep_standard_input(found: list[read.Source], shards: Path) -> list[read.Source]:
    """The sources sorted, standard input as a file."""
    for place, source in enumerate(found):
        if source.path == read.STANDARD_INPUT:
            kept = shards / "standard input"
            with kept.open("wb") as file:
                shutil.copyfileobj(sys.stdin.buffer, file)
            found[place] = replace(source, path=str(kept), size=kept.stat().st_size)
    return sorted(found, key=lambda source: (source.name, source.path))


def _groups(sources: Iterable[read.Source]) -> Iterator[list[read.Source]]:
    """Sources by the shard that they share: five files of Parquet for each of many small ones would cost more than
    to read it; a large one has its own.

    The name and size of a source say whether a group ends behind it, so one that is new, changed or gone has an effect
    on its own group, and at most the next one.
    """
    group = []
    for source in sources:
        weight = source.size + OPENING
        if weight >= TOGETHER:
            yield [source]
            continue
        group.append(source)
        if int(hashlib.sha256(source.name.encode()).hexdigest()[:8], 16) * TOGETHER < weight << 32:
            yield group
            group = []
    if group:
        yield group


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
        # path: size, time of change, and the parts as they stand in read.Source
        self.known = known.get("sources", {})
        self.sources = {}
        self.rules = f"{schema.rule_hash()}\0{version()}\0{limit.now()}"

    def parts(self, source: read.Source, processes: "_Processes") -> list[read.Source]:
        """What is read of a source, with the digest of its content."""
        path = str(source.path)
        try:
            state = os.stat(path)
            size, changed, parts = self.known.get(path, (None, None, None))
            # A file that changed just before the manifest was written may have changed again since, in one tick.
            if (size, changed) != (state.st_size, state.st_mtime_ns) or changed > self.written - SETTLED:
                parts = [astuple(part)[2:] for part in processes.parts(source)]
            self.sources[path] = (state.st_size, state.st_mtime_ns, parts)
            return [read.Source(source.path, source.name, *part) for part in parts]
        except OSError as error:        # it will be rejected, and looked for again by the next build
            return [replace(source, digest=str(error.errno))]

    def gone(self) -> int:
        """How many sources the last build had that this one has not."""
        return len(self.known.keys() - self.sources.keys())

    def key(self, part: read.Source) -> str:
        """Digest of all that a shard of the part depends on."""
        return _short(f"{part.digest}\0{part.name}\0{part.before}\0{part.count}\0{self.rules}", 24)

    def save(self) -> None:
        text = json.dumps({"built": self.built, "summary": self.summary, "sources": self.sources})
        new = self.path.with_suffix(f".{os.getpid()}")
        new.write_text(text, encoding="utf-8")
        os.replace(new, self.path)


def _short(text: str, length: int) -> str:
    """A digest as a name."""
    return hashlib.sha256(text.encode()).hexdigest()[:length]


# Reading -------------------------------------------------------------------------------------------------

class _Reader:
    """Makes shards, many at a time, each by one process."""

    def __init__(self, groups: dict[Path, list[read.Source]], processes: "_Processes",
                 progress: Callable[[Progress], None]) -> None:
        self.groups, self.progress = groups, progress
        self.now = Progress(sum(map(_size, groups.values())))
        self.processes = processes if _apart(groups) else _Here()
        self.counts = self.processes.counts

    def run(self) -> list[Path]:
        """The shards, beside those that were asked for, of sources of which a process was killed."""
        apart, left = [], [*self.groups]
        while left:
            suspect = self._together(left)
            for folder in suspect:
                apart += self._apart(folder)
            left = [folder for folder in left if folder not in suspect and not folder.is_dir()]
        self.now.read, self.now.storing = self.now.total, True
        self.progress(self.now)
        return apart

    def _together(self, folders: list[Path]) -> list[Path]:
        """Make shards, until all are there or a process is killed; those that it may have worked on."""
        waiting, tasks = iter(folders), {}
        try:
            while True:
                for folder in islice(waiting, self.processes.jobs + 1 - len(tasks)):
                    tasks[folder] = self.processes.submit(_write, self.groups[folder], folder)
                if not tasks:
                    return []
                wait(tasks.values(), 0.2, FIRST_COMPLETED)
                for folder in [folder for folder, task in tasks.items() if task.done()]:
                    tasks[folder].result()
                    del tasks[folder]
                self._tell()
        except BrokenProcessPool:
            return [*tasks]

    def _apart(self, folder: Path) -> list[Path]:
        """Make a shard once more, with nothing beside it; of one that fails, that of each source."""
        from extract import shard
        group = self.groups[folder]
        if folder.is_dir() or self._comes_back(group, folder):
            return []
        found = []
        for place, source in enumerate(group):
            one = folder.with_name(f"{folder.name}-{place}")
            if not (one.is_dir() or len(group) > 1 and self._comes_back([source], one)):
                shard.reject(source, one, KILLED)
            found.append(one)
        return found

    def _comes_back(self, group: list[read.Source], folder: Path) -> bool:
        """Make a shard, and tell whether its process lived."""
        try:
            task = self.processes.submit(_write, group, folder)
            while wait([task], 0.2).not_done:
                self._tell()
            task.result()
        except BrokenProcessPool:
            return False
        return True

    def _tell(self) -> None:
        self.now.read, self.now.documents, self.now.text, self.now.facts = self.counts
        self.progress(self.now)


# Of this process, or shared by those of a pool: bytes read, documents, bytes of text, facts.
_counts: list[int] = [0] * 4


def _apart(groups: dict[Path, list[read.Source]]) -> bool:
    """Whether other processes read them. A library in C hears no alarm and may crash: never in this process, which
    could tell nobody."""
    return sum(map(_size, groups.values())) > POOL_FROM or any(map(read.by_library, chain(*groups.values())))


def _size(group: list[read.Source]) -> int:
    return sum(source.size for source in group)


def _write(group: list[read.Source], folder: Path) -> None:
    """Make a shard in this process."""
    from extract import shard  # only here, as with the database: loading it takes a while
    shard.write(group, folder, partial(_count, 0))
    _count(_size(group), 0, 0, 0)


def _count(*more: int) -> None:
    with getattr(_counts, "get_lock", nullcontext)():
        for place, number in enumerate(more):
            _counts[place] += number


class _Here:
    """Stands in for other processes where this one is enough."""
    jobs = 0

    def __init__(self) -> None:
        global _counts
        self.counts = _counts = [0] * 4

    def submit(self, function, *arguments) -> Future:
        task = Future()
        task.set_result(function(*arguments))
        return task


class _Processes:
    """Processes to work with, begun when they are needed, and anew when one of them was killed."""

    def __init__(self, jobs: int, entities: Path | None) -> None:
        self.jobs, self.entities = jobs, entities
        self.pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "_Processes":
        return self

    def __exit__(self, *error) -> None:
        if self.pool:
            self.pool.shutdown(cancel_futures=True)     # after an error or Ctrl-C nothing more is begun

    def prepare(self) -> None:
        """Let the process that they are forked from load what they need, while this one goes on."""
        if self.context.get_start_method() == "forkserver":
            forkserver.ensure_running()

    def submit(self, function, *arguments) -> Future:
        try:
            if self.pool:
                return self.pool.submit(function, *arguments)
        except BrokenProcessPool:
            self.pool.shutdown()
        begin = _begin, (self.entities, self.counts, limit.now())
        self.pool = ProcessPoolExecutor(self.jobs, self.context, *begin)
        return self.pool.submit(function, *arguments)

    @cached_property
    def context(self):
        # Not fork: DuckDB and Arrow run threads, which a forked process would find half alive.
        method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        context = multiprocessing.get_context(method)
        if sys.platform == "linux":         # elsewhere, libraries of the system do not bear it
            context.set_forkserver_preload(["extract.ready"])
            os.environ[schema.FILE_OF_NAMES] = str(self.entities.absolute()) if self.entities else ""
        return context

    @cached_property
    def counts(self) -> Iterable[int]:
        """What they have counted up to now."""
        return self.context.Array("q", [0] * 4)

    def parts(self, source: read.Source) -> list[read.Source]:
        """The parts of a file; libraries that look into it do so in another process."""
        if not (read.large(source) and read.by_library(source)):
            return read.parts(source)
        try:
            return self.submit(read.parts, source).result()
        except BrokenProcessPool:
            return [read.whole(source)]


def _begin(entities: Path | None, counts, limits: limit.Limits) -> None:
    """What a new process does first."""
    global _counts
    # Ctrl-C ends it at once and without a word; the first process says that it was stopped.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _counts = counts
    # It waits for work for ever; where the build was killed, nobody would end it.
    first = multiprocessing.parent_process()
    threading.Thread(target=lambda: (first.join(), os._exit(1)), daemon=True).start()
    schema.add_names(entities)
    limit.use(limits)
    gc.freeze()         # what is looked through for garbage is written to, and no longer shared
