"""A build that is killed, finds no room or meets another one: the folder holds the last complete build, and the next
one goes on from there."""
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from extract import build as building
from extract import database, publish

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("documents.parquet", "facts.duckdb", "facts.parquet", "datapackage.json")
ARTICLE = "Carmaker Veldt said revenue rose {}% to $3 million in 2024.\n"


def kills(number: int, jobs: int) -> str:
    run = subprocess.run([sys.executable, "-m", "tests.crash", str(number), str(jobs)], cwd=ROOT, capture_output=True,
                         text=True, timeout=3000)
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_builds_killed_at_random_moments():
    assert "storing" in kills(5, 1)


@pytest.mark.long
def test_many_builds_killed_at_random_moments():
    assert "storing" in kills(60, 2)


# At every step of the way into the folder ---------------------------------------------------------------

def stage(out: Path, build: str) -> None:
    with publish.alone(out), publish.new(out) as files:
        for name in NAMES:
            (files / name).write_text(build)


def killed(function, *arguments, step: int) -> bool:
    """Whether the process was killed at this step: one is a file or folder made, renamed or removed."""
    if not (child := os.fork()):
        steps = iter(range(step))
        watched = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree"}

        def hook(event, _):
            if event in watched and next(steps, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
        sys.addaudithook(hook)
        try:
            function(*arguments)
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL)
    return status != 0


def read(out: Path) -> list[str]:
    return [(out / name).read_text() for name in NAMES]


def test_killed_at_every_step(tmp_path):
    """Before `.ready` is there all files are of the old build; from then on the next command makes them all new."""
    stage(tmp_path, "old")
    step, seen = 0, []
    while killed(stage, tmp_path, f"new {step}", step=step):
        ready, mixed = (tmp_path / publish.READY).is_dir(), len(set(read(tmp_path))) > 1
        assert ready or not mixed
        publish.finish(tmp_path)
        now = read(tmp_path)
        assert len(set(now)) == 1
        seen.append((ready, mixed, now[0] == f"new {step}"))
        shutil.rmtree(tmp_path / publish.NEW, ignore_errors=True)     # else the next one has other steps
        step += 1
    assert read(tmp_path) == [f"new {step}"] * len(NAMES)
    assert set(seen) == {(False, False, False), (True, False, True), (True, True, True)}
    assert {path.name for path in tmp_path.iterdir()} == {*NAMES, publish.LOCK}


def test_what_a_killed_build_left_ready_is_seen_by_the_next_query(tmp_path):
    """The old files are in their places, the new ones in `.ready`, as after a kill between two renames."""
    out = made(tmp_path, 10)
    new = made(tmp_path, 20)
    (out / publish.READY).mkdir()
    for path in new.glob("*.*"):
        if path.name[0] != "." and path.name != "entities.parquet":
            path.rename(out / publish.READY / path.name)
    (new / "entities.parquet").rename(out / "entities.parquet")
    with database.connect(out) as db:
        assert db.execute("select value from facts where aspect = 'change'").fetchall() == [(20,)]
    assert not (out / publish.READY).exists()


def test_the_log_of_a_former_database_is_not_applied_to_the_new_one(tmp_path):
    out = made(tmp_path, 10)
    other = ("import duckdb, os; db = duckdb.connect('facts.duckdb'); db.execute('create table mine (a int)'); "
             "os._exit(0)")
    subprocess.run([sys.executable, "-c", other], cwd=out, check=True)
    assert (out / "facts.duckdb.wal").exists()
    made(tmp_path, 20, out)
    with database.connect(out) as db:
        assert "mine" not in str(db.execute("show tables").fetchall())


def made(folder: Path, growth: int, out: Path | None = None) -> Path:
    (folder / "articles").mkdir(exist_ok=True)
    (folder / "articles" / "veldt.txt").write_text(ARTICLE.format(growth))
    out = out or folder / str(growth)
    building.build([str(folder / "articles")], out, jobs=1)
    return out


# Shards -------------------------------------------------------------------------------------------------

def test_a_shard_that_was_being_removed_is_made_again(tmp_path):
    """Killed while a shard is removed, and then wanted again: what has its name is whole."""
    from extract import shard
    out = made(tmp_path, 10)
    folder, = (path for path in (out / ".shards").iterdir() if path.is_dir())
    files = {path.name for path in folder.iterdir()}
    steps = 0
    while folder.exists():
        assert {path.name for path in folder.iterdir()} == files and killed(shard.remove, folder, step=steps)
        steps += 1
    assert any(path.suffix == ".gone" for path in folder.parent.iterdir())
    (out / "facts.parquet").unlink()                # so that it is built again
    assert made(tmp_path, 10) == out
    with database.connect(out) as db:
        assert db.execute("select count(*) from facts").fetchall() == [(2,)]
    assert not any(path.suffix == ".gone" for path in folder.parent.iterdir())


# No room ------------------------------------------------------------------------------------------------

def facts(*arguments, bytes_per_file: int | None = None, cwd: Path = ROOT):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_per_file, bytes_per_file))
    return subprocess.run([sys.executable, "-m", "extract.cli", *map(str, arguments)], capture_output=True, text=True,
                          timeout=300, cwd=cwd, env=os.environ | {"PYTHONPATH": str(ROOT)},
                          preexec_fn=limit if bytes_per_file is not None else None)


@pytest.mark.parametrize("size", [0, 3_000, 300_000])        # no lock file, no shard, no database
def test_no_room(tmp_path, size):
    out = made(tmp_path, 10)
    before = {path.name: path.read_bytes() for path in out.glob("[!.]*")}
    (tmp_path / "articles" / "veldt.txt").write_text(ARTICLE.format(20))
    done = facts("build", tmp_path / "articles", "-o", out, bytes_per_file=size)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False), done.stderr
    assert f"{out}: " in done.stderr and "holds the last complete build" in done.stderr
    assert {path.name: path.read_bytes() for path in out.glob("[!.]*")} == before
    summary = building.build([str(tmp_path / "articles")], out, jobs=1)
    assert summary.read_again == (size < 300_000)           # what was read is kept
    assert {path.name for path in out.glob(".*")} == {".shards", publish.LOCK}


@pytest.fixture(scope="module")
def disk(tmp_path_factory):
    """A disk of 32 MB, where one may be mounted."""
    folder = tmp_path_factory.mktemp("disk")
    mount = ["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True) if shutil.which("mount") else None
    if not done or done.returncode:
        pytest.skip(f"no disk may be mounted here: {done.stderr.strip() if done else 'no mount'}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("free", [pytest.param(0, marks=pytest.mark.long), 100_000, 3_000_000])     # of bytes
def test_a_disk_that_fills_up(tmp_path, disk, free):
    out = disk / str(free)
    made(tmp_path, 10, out)
    before = {path.name: path.read_bytes() for path in out.glob("[!.]*")}
    with (disk / "filler").open("wb") as filler:
        filler.write(bytes(shutil.disk_usage(disk).free - free))
    (tmp_path / "articles" / "veldt.txt").write_text(ARTICLE.format(20))
    done = facts("build", tmp_path / "articles", "-o", out)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False), done.stderr
    assert f"{out}: " in done.stderr and "holds the last complete build" in done.stderr
    assert {path.name: path.read_bytes() for path in out.glob("[!.]*")} == before
    (disk / "filler").unlink()
    made(tmp_path, 20, out)
    with database.connect(out) as db:
        assert db.execute("select value from facts where aspect = 'change'").fetchall() == [(20,)]
    assert {path.name for path in out.glob(".*")} == {".shards", publish.LOCK}
    shutil.rmtree(out)


# Processes ----------------------------------------------------------------------------------------------

BUSY = """
import time
from extract import batch, build, cli

def extract(documents):
    print("at work", flush=True)
    time.sleep(600)

batch.extract = extract
if __name__ == "__main__":
    build.POOL_FROM = build.TOGETHER = 0
    cli.main()
"""


def test_no_process_outlives_a_build_that_was_killed(tmp_path):
    """All of them write to one pipe, which ends when the last of them does."""
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(ARTICLE.format(10))
    (tmp_path / "busy.py").write_text(BUSY)
    build = subprocess.Popen([sys.executable, tmp_path / "busy.py", "build", tmp_path / "a.txt", tmp_path / "b.txt",
                              "-o", tmp_path / "out", "--jobs", "2"], stdout=subprocess.PIPE, text=True, cwd=ROOT,
                             env=os.environ | {"PYTHONPATH": str(ROOT)}, start_new_session=True)
    try:
        assert [build.stdout.readline() for _ in "ab"] == ["at work\n"] * 2
        build.kill()
        build.communicate(timeout=20)
    finally:
        if build.poll() is None or not build.stdout.closed:
            os.killpg(build.pid, signal.SIGKILL)


# Readers and other builds -------------------------------------------------------------------------------

READER = """
import duckdb, sys
db = duckdb.connect(sys.argv[1], read_only=True)
for line in sys.stdin:
    print(db.execute("select value from facts where aspect = 'change'").fetchall(), flush=True)
"""


def test_a_notebook_holds_the_database_open(tmp_path):
    out = made(tmp_path, 10)
    with subprocess.Popen([sys.executable, "-c", READER, str(out / "facts.duckdb")], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True, bufsize=1) as notebook:
        def ask():
            notebook.stdin.write("\n")
            return notebook.stdout.readline()
        assert ask() == "[(10.0,)]\n"
        (tmp_path / "articles" / "veldt.txt").write_text(ARTICLE.format(20))
        summary = building.build([str(tmp_path / "articles")], out, jobs=1)
        assert summary.open_elsewhere
        assert ask() == "[(10.0,)]\n"
        with duckdb.connect(str(out / "facts.duckdb"), read_only=True) as db:
            assert db.execute("select value from facts where aspect = 'change'").fetchall() == [(20,)]
        notebook.stdin.close()
    (tmp_path / "articles" / "veldt.txt").write_text(ARTICLE.format(30))
    assert not building.build([str(tmp_path / "articles")], out, jobs=1).open_elsewhere


def test_a_second_build_waits_and_says_for_whom(tmp_path):
    """Each of two builds stops with the lock in its hand; the second gets it when the first is killed."""
    out, hold = tmp_path / "out", ("import sys, time; from pathlib import Path; from extract import publish\n"
                                   "with publish.alone(Path(sys.argv[1]), lambda text: print(text, flush=True)):\n"
                                   "    print('mine', flush=True); time.sleep(600)")
    both = [subprocess.Popen([sys.executable, "-c", hold, str(out)], stdout=subprocess.PIPE, text=True, cwd=ROOT)
            for _ in range(1)]
    try:
        assert both[0].stdout.readline() == "mine\n"
        both.append(subprocess.Popen(both[0].args, stdout=subprocess.PIPE, text=True, cwd=ROOT))
        assert both[1].stdout.readline() == (
            f"{out}: another build is at work here (process {both[0].pid}); waiting for its end\n")
        time.sleep(0.2)
        both[0].kill()
        assert both[1].stdout.readline() == "mine\n"
    finally:
        for process in both:
            process.kill()
            process.wait()
            process.stdout.close()


def test_two_builds_at_once_do_not_mix(tmp_path):
    """Of different articles into one folder: what is left is all of the one or all of the other."""
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(ARTICLE.format(ord(name)))
    out = tmp_path / "out"
    both = [subprocess.Popen([sys.executable, "-m", "extract.cli", "build", str(tmp_path / name), "-o", str(out)],
                             stderr=subprocess.PIPE, text=True, cwd=ROOT) for name in "ab"]
    told = [process.communicate(timeout=300)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    package = json.loads((out / publish.LAST).read_text())
    with database.connect(out) as db:
        assert db.execute("select build from build").fetchall() == [(package["made_with"]["build"],)]
        (value,), = db.execute("select value from facts where aspect = 'change'").fetchall()
    waited = ["another build is at work here" in text for text in told]
    assert value in (97, 98) and any(waited)
    assert value == (97 if waited[0] else 98)


# Versions -----------------------------------------------------------------------------------------------

@pytest.mark.parametrize("version, message", [
    ("1000", "made by a newer figurebase (tables in version 1000"),
    ("0", "made by an older figurebase (tables in version 0"),
    (None, "made by an older figurebase (tables in version 1"),
])
def test_a_database_of_another_version_says_what_to_do(tmp_path, version, message):
    with duckdb.connect(str(tmp_path / "facts.duckdb")) as db:
        if version:
            db.execute("create table build as select ? as schema_version", [version])
    done = facts("sql", "from facts", "-d", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr and f"facts build SOURCE -o {tmp_path}" in done.stderr


def test_a_column_that_goes_raises_the_version():
    """tests/data/columns.txt: the columns of the last version. A renamed or dropped one needs a new SCHEMA_VERSION."""
    from extract import table
    version, *columns = (ROOT / "tests" / "data" / "columns.txt").read_text().split()
    now = {f"{name}.{column}" for name, columns in table.tables().items() for column in columns.names}
    assert set(columns) <= now or version != database.SCHEMA_VERSION
    assert version == database.SCHEMA_VERSION, "write columns.txt anew"
