"""Databases that several tests read: built once for all worker processes of a test run."""
import fcntl
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from samples import ROOT, articles

SHARED = ROOT.parent / "shared"         # real articles and hand-read claims; not part of the project


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Callable[[str], Path]:
    """built(name) is the folder of a database: of samples, seeds, gold (its news) or news."""
    def make(name: str) -> Path:
        from extract.build import build
        # A worker of pytest-xdist has a folder of its own inside the one that all share.
        own = tmp_path_factory.getbasetemp()
        folder = own.parent if own.name.startswith("popen-") else own
        with (folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            # The first to come builds, the others find that nothing has changed.
            build([str(path) for path in sources(name, folder)], folder / name, jobs=1)
        return folder / name
    return make


def sources(name: str, folder: Path) -> list[Path]:
    """What the database of this name is built from; skips the test where it is not there."""
    if name == "samples":
        return articles()
    path = SHARED / {"seeds": "seeds", "gold": "gold/news/docs.jsonl", "news": "corpus/news.jsonl"}[name]
    if not path.exists():
        pytest.skip(f"../shared/{path.relative_to(SHARED)} is not there")
    if name == "news":          # every tenth article
        some = folder / "news.jsonl"
        if not some.exists():
            with path.open(encoding="utf-8") as lines:
                some.write_text("".join(islice(lines, 0, None, 10)), encoding="utf-8")
        return [some]
    return [path]


def takes_linear_time(work: Callable[[str], object], text: str) -> bool:
    """Whether four times the text takes about four times as long; were it the square, sixteen times."""
    def seconds(text: str) -> float:
        start = time.process_time()
        work(text)
        return time.process_time() - start
    return seconds(text) < 10 * seconds(text[:len(text) // 4]) + 0.5
