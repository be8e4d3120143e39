"""The command `facts` as a shell sees it: output, messages, exit codes."""
import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from extract import cli
from extract.check import Result

ARTICLE = "Norvik Foods Inc. reported revenue of $7 million.\n\nThe plant in Sandford employs 80 people.\n"
COMMANDS = sorted(cli.main.commands)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A built database."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "norvik.txt").write_text(ARTICLE)
    done = CliRunner().invoke(cli.main, ["build", str(folder / "norvik.txt"), "-o", str(folder / "facts")])
    assert done.exit_code == 0, done.output
    return folder / "facts"


def facts(*arguments, **more):
    return CliRunner().invoke(cli.main, list(map(str, arguments)), **more)


def shell(*arguments, **environment):
    """The command in a process of its own, with nothing on a terminal."""
    return subprocess.run([sys.executable, "-m", "extract.cli", *map(str, arguments)], capture_output=True,
                          text=True, env=os.environ | environment, timeout=60)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(command):
    done = facts(command, "--help")
    assert done.exit_code == 0
    assert f"Example:\n    facts {command}" in done.stdout


def test_help_loads_nothing_large():
    loaded = subprocess.run([sys.executable, "-c", "import sys, extract.cli; print(*sys.modules)"],
                            capture_output=True, text=True).stdout.split()
    assert "click" in loaded
    assert not {"duckdb", "pyarrow", "numpy", "pandas", "pint", "trafilatura"} & set(loaded)


def test_reading_a_database_loads_no_rules():
    program = "import sys, extract.database, extract.show, extract.export; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout.split()
    assert "duckdb" in loaded and not {"extract.analysis", "extract.claim", "pandas"} & set(loaded)


def test_version_names_the_rules():
    done = facts("--version")
    assert done.exit_code == 0
    name, version, _, digest = done.stdout.split()
    assert name == "facts" and version[0].isdigit() and len(digest) == 17


def test_build_reports_on_standard_error(made, tmp_path):
    done = facts("build", made.parent / "norvik.txt", "-o", tmp_path / "facts", "--jobs", 1)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "1 article in 1 story from 1 source" in done.stderr
    assert "facts by family" in done.stderr and "numbers by what became of it" in done.stderr


def test_build_again_says_that_nothing_changed(made):
    done = facts("build", made.parent / "norvik.txt", "-o", made)
    assert done.exit_code == 0
    assert done.stderr.startswith(f"Nothing changed: {made} is up to date (1 article,")


def test_build_that_reads_something_but_not_all_says_so(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": ARTICLE}) + '\n{"text": "half a li')
    done = facts("build", tmp_path / "a.jsonl", "-o", tmp_path / "facts")
    assert done.exit_code == 3
    assert "not read (table rejects)" in done.stderr


def test_build_that_reads_nothing_fails(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "half a li')
    done = facts("build", tmp_path / "a.jsonl", "-o", tmp_path / "facts")
    assert done.exit_code == 1
    assert "Nothing could be read." in done.stderr


@pytest.mark.parametrize("arguments, message", [
    (["build", "no/such/file"], "no/such/file: no such file or folder"),
    (["build"], "Missing argument"),
    (["build", ".", "--jobs", "0"], "not in the range"),
    (["sql", "from facts", "-d", "no/such/folder"], "make it with: facts build"),
    (["sql"], "Missing argument"),
    (["check", "no_such_metric"], "no_such_metric"),
    (["explain", "Sales rose.", "--published", "May"], "does not match the format"),
    (["dance"], "No such command"),
])
def test_wrong_use(arguments, message):
    done = facts(*arguments)
    assert done.exit_code == 2
    assert message in done.stderr
    assert done.stdout == ""


def test_table(made):
    done = facts("sql", "select entity, metric from figures where metric = 'revenue'", "-d", made)
    assert done.exit_code == 0
    assert "Norvik Foods" in done.stdout and "│" in done.stdout


def test_csv(made):
    query = "select entity, value, dims, published, ['a', 'b'] as many from figures where metric = 'revenue'"
    done = facts("sql", query, "-d", made, "--csv")
    header, row = csv.reader(io.StringIO(done.stdout))
    assert header == ["entity", "value", "dims", "published", "many"]
    assert row == ["Norvik Foods", "7000000.0", "", "", '["a", "b"]']


@pytest.mark.parametrize("query, expected", [
    ("select 1 as a, 'b' as b", [{"a": 1, "b": "b"}]),
    ("select date '2025-05-01' as day, null as nothing", [{"day": "2025-05-01", "nothing": None}]),
    ("select map {'per': 'car'} as dims, 1.5::decimal(4, 2) as p", [{"dims": {"per": "car"}, "p": 1.5}]),
    ("select 'nan'::double as a, ['x'] as l, true as t", [{"a": None, "l": ["x"], "t": True}]),
    ("select i from range(2) t(i)", [{"i": 0}, {"i": 1}]),
    ("from facts where false", []),
])
def test_json(made, query, expected):
    done = facts("sql", query, "-d", made, "--json")
    assert json.loads(done.stdout) == expected


@pytest.mark.parametrize("form", [[], ["--csv"], ["--json"]])
@pytest.mark.parametrize("query, message", [
    ("selec 1", 'syntax error at or near "selec"'),
    ("from nowhere", "nowhere does not exist"),
    ("select 'a'::int", "Could not convert string 'a'"),
    ("delete from facts", "read-only"),
])
def test_wrong_query(made, query, message, form):
    done = facts("sql", query, "-d", made, *form)
    assert done.exit_code == 2
    assert message in done.stderr
    assert "Traceback" not in done.output


def test_query_without_rows_prints_nothing_wrong(made):
    for query in ("/* only a comment */", "show tables", "describe figures"):
        assert facts("sql", query, "-d", made).exit_code == 0


def test_file_that_is_no_database(tmp_path):
    (tmp_path / "facts.duckdb").write_text("no database at all" * 1000)
    done = facts("sql", "from facts", "-d", tmp_path)
    assert done.exit_code == 2
    assert "facts.duckdb" in done.stderr


RIGHT = Result(True, "revenue", "Sales rose.", "")
WRONG = Result(False, "revenue", "Sales rose.", "found nothing")


@pytest.mark.parametrize("form, results, code, out", [
    ([], [RIGHT], 0, ""),
    ([], [RIGHT, WRONG], 1, "revenue: Sales rose.\n  found nothing\n"),
    (["--csv"], [RIGHT, WRONG], 1, "ok,metric,text,message,todo\n"
     "True,revenue,Sales rose.,,False\nFalse,revenue,Sales rose.,found nothing,False\n"),
])
def test_check(monkeypatch, form, results, code, out):
    from extract import check
    monkeypatch.setattr(check, "check", lambda metric: results)
    done = facts("check", *form)
    assert (done.exit_code, done.stdout) == (code, out)
    assert f"1 of {len(results)} example" in done.stderr


def test_diff_as_rows(made, tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE.replace("$7", "$9"))
    facts("build", tmp_path / "a.txt", "-o", tmp_path / "facts")
    other, same = (facts("diff", made, new, "--json") for new in (tmp_path / "facts", made))
    assert (other.exit_code, same.exit_code) == (0, 0)
    assert {row["change"] for row in json.loads(other.stdout)} == {"new", "gone"}
    assert json.loads(same.stdout) == []


@pytest.mark.parametrize("arguments", [["check", "revenue", "--csv"], ["--help"], ["explain", "Sales rose."]])
def test_full_disk(arguments):
    """Neither a traceback nor the complaint of Python about what could not be written at its end."""
    if not os.path.exists("/dev/full"):
        pytest.skip("this system has no /dev/full")
    with open("/dev/full", "w") as full:
        done = subprocess.run([sys.executable, "-m", "extract.cli", *arguments], stdout=full,
                              stderr=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": ""})
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == "Error: output: No space left on device"
    assert "Traceback" not in done.stderr and "Exception" not in done.stderr


def test_no_color_is_respected():
    source = ("from extract import check, cli; import types; "
              "r = types.SimpleNamespace(ok=False, metric='revenue', text='t', message='m'); "
              "check.check = lambda metric: [r]; cli.main(['check'])")

    def run(**environment):
        command = [sys.executable, "-c", source]
        return subprocess.run(command, capture_output=True, env=os.environ | environment).stdout

    assert b"\x1b[" not in run() and b"\x1b[" not in run(NO_COLOR="1")


def test_explain_names_what_was_found():
    done = facts("explain", "Norvik Foods Inc. reported revenue of $7 million.", "--published", "2025-02-01")
    assert done.exit_code == 0
    assert "revenue" in done.stdout and "Norvik Foods" in done.stdout


def test_explain_as_rows():
    done = facts("explain", "Norvik Foods Inc. reported revenue of $7 million.", "--json")
    row, = json.loads(done.stdout)
    assert (row["entity"], row["metric"], row["value_norm"]) == ("Norvik Foods", "revenue", 7e6)


def test_evaluate_as_rows():
    done = facts("evaluate", Path(__file__).parent / "gold", "--csv")
    table = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["level"] for row in table] == ["quantity", "metric", "entity", "full"]
    assert all(0 < float(row["f1"]) <= 1 for row in table)


def test_no_traceback_in_a_shell(tmp_path):
    done = shell("build", tmp_path / "missing", "-o", tmp_path / "facts")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"Error: {tmp_path / 'missing'}: no such file or folder; check the path\n"
    assert not (tmp_path / "facts").exists()


def test_encoding_that_lacks_a_letter(made):
    done = shell("sql", "select '€' as a", "-d", made, "--csv", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 2
    assert done.stderr == "Error: the encoding ascii has no '\\u20ac'; set PYTHONUTF8=1\n"


def test_diff_with_a_broken_file(made, tmp_path):
    (tmp_path / "facts.parquet").write_text("no parquet")
    done = facts("diff", made, tmp_path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"{tmp_path / 'facts.parquet'} cannot be read" in done.stderr


def test_reader_that_stops_early(made):
    """facts sql ... | head -1"""
    query = "select range as number from range(200000)"
    with subprocess.Popen([sys.executable, "-m", "extract.cli", "sql", query, "-d", made, "--csv"],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "number\n"
        process.stdout.close()
        assert "Traceback" not in process.stderr.read()


def test_query_may_stand_in_a_file(made, tmp_path):
    (tmp_path / "staff.sql").write_text("-- Who employs how many?\nselect value from facts where metric = "
                                        "'headcount';\n")
    assert facts("sql", tmp_path / "staff.sql", "-d", made, "--csv").output == "value\n80.0\n"
    query = (tmp_path / "staff.sql").read_text()       # a comment is no option
    assert facts("sql", query, "-d", made, "--csv").output == "value\n80.0\n"
    done = facts("sql", tmp_path / "no.sql", "-d", made)
    assert done.exit_code and "no.sql: No such file or directory; give a query" in done.output
