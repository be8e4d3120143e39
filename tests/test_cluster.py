"""Spark gives the rows that one machine gives."""
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from test_cuts import ARTICLES, rows

from extract import cli
from extract.build import build

pytest.importorskip("pyspark", reason="Spark is not installed: pip install 'figurebase[spark]'")
if not shutil.which("java"):
    pytest.skip("Spark needs Java, which is not here", allow_module_level=True)

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.long
def test_same_rows_as_on_one_machine(tmp_path):
    """With a copy in another file, a line that cannot be read, and names of one's own."""
    lines = [json.dumps({"text": text, "published": "2025-09-03"}) for text in ARTICLES]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.jsonl").write_text("\n".join([*lines[:6], '{"half', lines[0]]))
    (tmp_path / "in" / "two.jsonl").write_text("\n".join(lines[4:]))
    names = tmp_path / "names.csv"
    names.write_text("name,kind,aliases\nBrightwell,company,Brightwell Corp.\n")
    here = build([str(tmp_path / "in")], tmp_path / "here", jobs=1, entities=names)
    done = CliRunner().invoke(cli.main, ["build", str(tmp_path / "in"), "-o", str(tmp_path / "there"), "--jobs", "2",
                                         "--engine", "spark", "--entities", str(names)])
    assert done.exit_code == 3, done.output         # a line was not read
    one, other = rows(tmp_path / "here"), rows(tmp_path / "there")
    assert {name: len(found) for name, found in one.items()} == {name: len(found) for name, found in other.items()}
    assert one == other
    assert here.facts > 12 and here.duplicates == 3 and len(one["rejects"]) == 1
    again = build([str(tmp_path / "in")], tmp_path / "there", jobs=2, entities=names, engine="spark")
    assert again.unchanged and (again.facts, again.duplicates) == (here.facts, here.duplicates)


@pytest.mark.long
def test_a_killed_build_goes_on_behind_the_last_whole_stage(tmp_path):
    """After the kill the source says something else, with the length and time that it had: only the stages know."""
    source, out = tmp_path / "in.jsonl", tmp_path / "there"
    source.write_text("\n".join(json.dumps({"text": text, "published": "2025-09-03"}) for text in ARTICLES))
    build([str(source)], tmp_path / "here", jobs=1)
    command = [sys.executable, "-m", "extract.cli", "build", str(source), "-o", str(out), "--jobs", "2", "--engine",
               "spark"]
    first = subprocess.Popen(command, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    while not (whole := list(out.glob(".shards/*.stages/read/_SUCCESS"))) and first.poll() is None:
        time.sleep(0.05)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    assert whole and not (out / "facts.duckdb").exists()
    state = source.stat()
    source.write_bytes(b"x" * state.st_size)
    os.utime(source, ns=(state.st_atime_ns, state.st_mtime_ns))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert rows(out) == rows(tmp_path / "here") and len(rows(out)["facts"]) > 12
