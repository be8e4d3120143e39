"""Kills builds at random moments (SIGKILL), looks at what is left, and goes on: `python -m tests.crash 60`.

Two states of some articles, each with a shard of its own, are built in turn. After each kill the folder must hold one
of the two, whole; the next build must make the one that it was asked for, byte for byte, without reading again what the
killed one had read.
"""
import hashlib
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from extract import build as building
from extract import publish

FILES, LINES = 8, 12


def write(folder: Path, state: int) -> None:
    """The articles of a state: every second one differs between the two."""
    for number in range(FILES):
        growth = 10 + state if number % 2 else 10
        lines = [f"Carmaker Veldt {number}: report {line}. Norvik Motors said revenue rose {growth}% to ${line + 2} "
                 f"million in 2024, and bank Harrow hired {line + 12} people.\n" for line in range(LINES)]
        path = folder / f"{number}.txt"
        if not path.exists() or path.read_text() != "\n".join(lines):
            path.write_text("\n".join(lines))


def apart(function, *arguments):
    """What a function gives in a process of its own, so that this one stays without threads and can fork."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        result = function(*arguments)
        os.write(writing, json.dumps(result).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        result = answer.read()
    os.waitpid(child, 0)
    assert result, f"{function.__name__}{arguments} failed"
    return json.loads(result)


def build(articles: Path, out: Path, jobs: int) -> int:
    """Files that were read."""
    building.TOGETHER, building.POOL_FROM = 0, 0 if jobs > 1 else 1_000_000     # of one, this process does all
    done = building.build([str(articles)], out, jobs)
    return 0 if done.unchanged else done.read_again


def found(out: Path) -> dict:
    """What a reader finds who knows nothing of builds: hashes, digests of the build, whether all is one."""
    import duckdb
    import pyarrow.parquet as pq
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in out.glob("*.parquet")}
    builds = {pq.read_schema(out / name).metadata[b"build"].decode() for name in files}
    for name in files:
        pq.read_table(out / name)
    with duckdb.connect(str(out / publish.DATABASE), read_only=True) as db:
        builds.add(db.execute("select build from build").fetchall()[0][0])
        rows = db.execute("select count(*), sum(hash(facts)) from facts").fetchall()
        db.execute("from latest").fetchall()
    package = json.loads((out / publish.LAST).read_text())
    builds.add(package["made_with"]["build"])
    listed = {one["path"]: one["hash"].removeprefix("sha256:") for one in package["resources"] if "hash" in one}
    return {"files": files, "rows": str(rows), "one": len(builds) == 1 and listed == files}


def shards(out: Path) -> set[str]:
    return {path.name for path in (out / ".shards").iterdir() if path.is_dir() and "." not in path.name}


def main(kills: int, jobs: int, seed: int = 1) -> dict:
    """How many builds were killed, and at which step; raises AssertionError where something was lost."""
    chance, met = random.Random(seed), Counter()
    with tempfile.TemporaryDirectory() as folder:       # what is loaded now, each child has
        Path(folder, "a.txt").write_text("Norvik Motors said revenue rose 10% to 3 million euros in 2024.\n")
        build(Path(folder, "a.txt"), Path(folder, "out"), 1)
        found(Path(folder, "out"))
    with tempfile.TemporaryDirectory() as folder:
        articles, out = Path(folder, "articles"), Path(folder, "out")
        articles.mkdir()
        wanted, took = [], 0.0
        for state in (0, 1):
            write(articles, state)
            apart(build, articles, Path(folder, str(state)), 1)
            wanted.append(apart(found, Path(folder, str(state))))
        write(articles, 0)
        apart(build, articles, out, jobs)
        state, whole = 0, True
        while sum(met.values()) < kills:
            state = 1 - state if whole else state
            write(articles, state)
            before, started = shards(out), time.monotonic()
            if not (child := os.fork()):
                os.setpgid(0, 0)
                build(articles, out, jobs)
                os._exit(0)
            time.sleep(chance.uniform(0, took or 1))
            ended, _ = os.waitpid(child, os.WNOHANG)
            if ended:           # it was faster
                took, whole = time.monotonic() - started, True
                continue
            os.kill(child, signal.SIGKILL) if chance.random() < 0.5 else os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            left = apart(found, out)
            ready, staged = (out / publish.READY).is_dir(), (out / publish.NEW).is_dir()
            met["between two renames" if ready else "storing" if staged else "done" if left == wanted[state] and whole
                else
                "reading"] += 1
            assert ready or left in wanted, "mixed or broken"
            done = len(shards(out) - before)
            if whole or chance.random() < 0.5:          # else it is killed again
                started = time.monotonic()
                again = apart(build, articles, out, jobs)
                took = max(took, time.monotonic() - started)
                assert apart(found, out) == wanted[state], "the next build made something else"
                assert not whole or again in (0, FILES // 2 - done), "what was read already was read again"
                assert not {path.name for path in out.glob(".*")} - {".shards", publish.LOCK}, "something was left"
                whole = True
            else:
                whole = False
    return dict(met)


if __name__ == "__main__":
    print(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1))
