"""What one hostile file or article can cost: length, time and memory. What is beyond is left out with a reason.

>>> use(Limits(seconds=1))
>>> with bounded():
...     while True:
...         pass
Traceback (most recent call last):
    ...
extract.limit.TooMuch: the article takes more than 1 seconds (--max-seconds)
>>> use(DEFAULT)
"""
import faulthandler
import multiprocessing
import os
import resource
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import IO


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits that can be set."""
    unpacked: int = 20_000_000_000      # bytes that a packed file may unpack to
    document: int = 1_000_000           # characters of an article; the rest of it is cut off
    seconds: int = 60                   # that reading an article, or looking for figures in it, may take
    memory: int = 4_000_000_000         # bytes that it may take beside what the process has
    piece: int = 50_000_000             # bytes that must be in memory at once: a text or page, a line of JSON


DEFAULT = Limits()
_limits = DEFAULT


def now() -> Limits:
    """The limits in use."""
    return _limits


def use(new: Limits) -> None:
    """Use other limits from now on."""
    global _limits
    _limits = new


class TooMuch(BaseException):
    """An article takes too much time or memory. No Exception, for libraries catch those."""


@contextmanager
def bounded() -> Iterator[None]:
    """Ends what is done in it with TooMuch, where it takes more time or memory than an article may.

    Code in C may hear no alarm: a process that was started for this work is ended then. Only the main thread of a
    process has an alarm; elsewhere nothing is bounded.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    def ring(*_):
        raise TooMuch(f"the article takes more than {_limits.seconds} seconds (--max-seconds)")
    before, memory = signal.signal(signal.SIGALRM, ring), resource.getrlimit(resource.RLIMIT_DATA)
    try:
        resource.setrlimit(resource.RLIMIT_DATA, _memory(*memory))
        if multiprocessing.parent_process():
            faulthandler.dump_traceback_later(2 * _limits.seconds, exit=True, file=_nowhere())
        signal.setitimer(signal.ITIMER_REAL, _limits.seconds)
        yield
    except MemoryError:
        raise TooMuch(f"the article takes more than {_limits.memory:,} bytes of memory (--max-memory)") from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        faulthandler.cancel_dump_traceback_later()
        resource.setrlimit(resource.RLIMIT_DATA, memory)
        signal.signal(signal.SIGALRM, before)


def each(found: Iterator) -> Iterator:
    """The same one by one, each bounded."""
    while True:
        with bounded():
            one = next(found, each)
        if one is each:
            return
        yield one


def _memory(soft: int, hard: int) -> tuple[int, int]:
    """The limit of the system for what this process may take from now on."""
    if sys.platform != "linux":         # elsewhere the system does not keep it
        return soft, hard
    with open("/proc/self/statm", "rb") as file:
        used = int(file.read().split()[5]) * resource.getpagesize()
    return min(most for most in (used + _limits.memory, soft, hard) if most != resource.RLIM_INFINITY), hard


@cache
def _nowhere() -> IO:
    return open(os.devnull, "w")
