"""Same in, same out: bytes of Parquet and rows of DuckDB, whatever the machine is set to; ids that stay."""
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from extract import database, publish
from extract.build import build

ROOT = Path(__file__).resolve().parents[1]
TEXT = ("Carmaker Veldt said revenue rose {0}% to €{0}.5 billion in the second quarter. It hired {0}00 people, "
        "and Norvik Motors plans to spend $1.{0} billion on a plant in Lund by 2027.\n\nBank Harrow expects the "
        "Kestrel 2 to sell for about {0}2,000 euros; its battery holds between 60 and 80 kWh.\n")
# Everything but the input that could have a say: seed of hashes, language, time zone, folder, processes.
MACHINES = [
    ({"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"}, "a", 1),
    ({"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
     "b/c", 2),
    ({"PYTHONHASHSEED": "3", "TZ": "America/Adak", "LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1",
      "ARROW_NUM_THREADS": "1"}, "é f", 3),
]
SMALL = ("import sys; from extract import build, database, read, shard, cli; read.PART = 700\n"
         "if sys.argv[-1] == '2': build.POOL_FROM = 0; shard.BATCH = 900; database.PART = 900; build.TOGETHER = 4000\n"
         "if sys.argv[-1] == '3': build.POOL_FROM = build.TOGETHER = 0\n"
         "if __name__ == '__main__': cli.main()")


def hashes(out: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in out.glob("*.*")
            if path.suffix in (".parquet", ".json")}


def tables(out: Path) -> dict[str, list]:
    """The rows of all tables, in the order in which they come, and of all views, which have none."""
    with database.connect(out) as db:
        names = db.execute("select table_name, table_type from information_schema.tables order by all").fetchall()
        rows = {name: db.execute(f"from {name}").fetchall() for name, _ in names}
        return {name: rows[name] if kind == "BASE TABLE" else sorted(rows[name], key=repr) for name, kind in names}


def test_same_bytes_and_rows_on_every_machine(tmp_path):
    made = []
    for environment, folder, jobs in MACHINES:
        here = tmp_path / folder
        (here / "news").mkdir(parents=True)
        numbers = range(1, 10) if jobs % 2 else range(9, 0, -1)         # files are listed in another order
        for number in numbers:
            (here / "news" / f"{number}.txt").write_text(TEXT.format(number), encoding="utf-8")
        (here / "news" / "many.jsonl").write_text("".join(
            json.dumps({"text": TEXT.format(number), "published": f"2025-0{number}-01T23:30:00+05:00",
                        "url": f"https://veldt.example/{number}"}) + "\n" for number in range(1, 10)))
        (here / "news" / "half.jsonl").write_text('{"text": "half a li')
        (here / "run.py").write_text(SMALL)
        done = subprocess.run([sys.executable, "run.py", "build", "news", "-o", "facts", "--jobs", str(jobs)], cwd=here,
                              env=os.environ | environment | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
        assert done.returncode == 3, done.stderr
        made.append(here / "facts")
    first, *others = made
    for other in others:
        assert hashes(other) == hashes(first)
        assert tables(other) == tables(first)
    assert len(tables(first)["facts"]) > 50 and len(tables(first)["rejects"]) == 1


@pytest.mark.long
def test_same_bytes_from_real_articles(tmp_path):
    news = ROOT.parent / "shared" / "corpus" / "news.jsonl"
    if not news.exists():
        pytest.skip("../shared/corpus is not there")
    for name, seed, jobs in (("one", "1", "1"), ("two", "2", "2")):
        subprocess.run([sys.executable, "-m", "extract.cli", "build", str(news), "-o", str(tmp_path / name), "--jobs",
                        jobs], check=True, cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed})
    assert hashes(tmp_path / "one") == hashes(tmp_path / "two")
    assert tables(tmp_path / "one") == tables(tmp_path / "two")


# Ids ----------------------------------------------------------------------------------------------------

PAGE = ("<html><head><title>Veldt grows</title><link rel='canonical' "
        "href='https://news.example/veldt'></head><body>{}<article>"
        "<h1>Veldt grows</h1><p>{}</p></article>{}</body></html>")
CLAIM = ("Carmaker Veldt said that its revenue rose 12% to €3.5 billion in the second quarter of 2025, and that it "
         "hired 400 people for the plant near Lund, which opened in the spring.")


def ids(folder: Path, name: str, content: str) -> tuple[set, set]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / name).write_text(content, encoding="utf-8")
    build([str(folder / name)], folder / "facts", jobs=1)
    with database.connect(folder / "facts") as db:
        return (set(db.execute("select doc_id from documents").fetchall()),
                set(db.execute("select fact_id from facts").fetchall()))


@pytest.mark.parametrize("name, before, after", [
    ("a.html", PAGE.format("", CLAIM, ""), PAGE.format("<nav>News Sport</nav>", CLAIM, "<footer>Sign up to our "
                                                                                       "newsletter</footer>")),
    ("a.txt", CLAIM, "Advertisement\n\n" + CLAIM + "\n\nAdvertisement\n"),
    ("a.jsonl", json.dumps({"text": CLAIM, "url": "u"}), json.dumps({"text": "News at noon.\n\n" + CLAIM, "url": "u"})),
])
def test_ids_stay_when_boilerplate_changes(tmp_path, name, before, after):
    documents, facts = ids(tmp_path / "a", name, before)
    assert (documents, facts) == ids(tmp_path / "a", name, after)
    assert len(documents) == 1 and len(facts) >= 2


def test_the_version_stands_in_every_file(tmp_path):
    (tmp_path / "a.txt").write_text(CLAIM)
    out = tmp_path / "facts"
    build([str(tmp_path / "a.txt")], out, jobs=1)
    package = json.loads((out / publish.LAST).read_text())
    made = package["made_with"]
    for path in out.glob("*.parquet"):
        metadata = pq.read_schema(path).metadata
        assert {name: metadata[name.encode()].decode() for name in made} == made
    with database.connect(out) as db:
        assert db.execute("from build").fetchall() == [(made["schema"], made["tool"], made["rules"], made["build"])]
    assert package["version"] == made["schema"] == database.SCHEMA_VERSION
