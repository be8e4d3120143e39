"""A build enters its folder whole: readers find the last complete one, whenever the writer is killed.

A build writes its files into `.new`. When all are there and on the disk the folder is renamed to `.ready`: from
that moment the new build counts. Then its files take their places one after the other, `datapackage.json` last.
Who is killed in between leaves `.ready` behind, and the next command that opens the folder moves the rest. Each
file is replaced by a rename: who holds an old one open goes on reading it.

>>> import tempfile
>>> out = Path(tempfile.mkdtemp())
>>> with alone(out), new(out) as files:
...     _ = (files / "facts.parquet").write_text("rows")
>>> (out / "facts.parquet").read_text()
'rows'
>>> with alone(out), new(out) as files:
...     (files / "facts.parquet").write_text(1 / 0)
Traceback (most recent call last):
    ...
ZeroDivisionError: division by zero
>>> (out / "facts.parquet").read_text()
'rows'
"""
import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from extract.error import UserError

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
NEW, READY, LOCK = ".new", ".ready", ".lock"
LAST = "datapackage.json"       # tells lengths and hashes of the others
DATABASE = "facts.duckdb"


class Kept(Exception):
    """A build that is not to count: the folder stays as it was."""


class NoRoom(UserError):
    """The folder takes no more; the message says what became of the build."""


@contextmanager
def alone(out: Path, tell: Callable[[str], None] = lambda message: None) -> Iterator[None]:
    """Nobody else builds in the folder meanwhile. Waits for who does, and tells so.

    The system gives a lock back when its process ends, however it ends, so none is ever stale.
    """
    try:
        with _locked(out, tell):
            yield
    except OSError as error:
        if error.errno in FORBIDDEN:
            raise UserError(f"{error.filename or out}: {error.strerror}. The folder of the database must be yours to "
                            "write: mend its permissions, or name another one with -o") from None
        if error.errno not in NO_ROOM:
            raise
        raise NoRoom(f"{out}: {error.strerror}. The folder holds the last complete build, and what was read since is "
                     "kept: make room and build again") from None


@contextmanager
def _locked(out: Path, tell: Callable[[str], None]) -> Iterator[None]:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except FileNotFoundError as error:      # a file system that takes no folders
        raise UserError(f"{out}: the folder cannot be made ({error.strerror}); name another one with -o") from None
    with (out / LOCK).open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            process = file.read().strip() or "unknown"
            tell(f"{out}: another build is at work here (process {process}); waiting for its end")
            fcntl.flock(file, fcntl.LOCK_EX)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        _move(out)
        yield


@contextmanager
def new(out: Path) -> Iterator[Path]:
    """A folder to write the files of a build into. They take their places at the end, if no error comes."""
    staged = out / NEW
    shutil.rmtree(staged, ignore_errors=True)       # of a build that was killed
    staged.mkdir()
    try:
        yield staged
        for path in (*staged.iterdir(), staged):
            _to_disk(path)
        os.rename(staged, out / READY)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    _to_disk(out)
    _move(out)


def finish(out: Path) -> None:
    """Move what a killed build left ready. Does nothing where a build is at work, which moves it itself."""
    if not (out / READY).is_dir():
        return
    try:
        with (out / LOCK).open("a+") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _move(out)
    except (BlockingIOError, PermissionError):      # the database itself is one file, and whole
        return


def held(out: Path) -> bool:
    """Whether another process has the database open: DuckDB locks it."""
    try:
        with (out / DATABASE).open("rb+") as file:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as error:
        return isinstance(error, BlockingIOError)
    except OSError:
        return False
    return False


def _move(out: Path) -> None:
    ready = out / READY
    if not ready.is_dir():
        return
    for path in sorted(ready.iterdir(), key=lambda path: (path.name == LAST, path.name)):
        if path.name == DATABASE:       # what somebody wrote into the old database is no part of the new one
            (out / f"{DATABASE}.wal").unlink(missing_ok=True)
        os.replace(path, out / path.name)
    ready.rmdir()


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
