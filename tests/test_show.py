"""`facts show` and `facts export` on the samples, and the completion of names in a shell."""
import csv
import io
import json

import duckdb
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from extract import cli, database, show


@pytest.fixture(scope="module")
def folder(built):
    return built("samples")


def facts(*arguments, **more):
    return CliRunner().invoke(cli.main, list(map(str, arguments)), **more)


def rows(folder, query):
    with database.connect(folder) as db:
        return db.execute(query).fetchall()


# An entity ------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("name", [["Kestrel Motors"], ["kestrel", "MOTORS"]])
def test_entity_by_name(folder, name):
    done = facts("show", *name, "-d", folder)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "Kestrel Motors (company)"
    assert lines[lines.index("units_shipped") + 1].split()[:3] == ["41,300", "cars", "2025-Q2"]
    assert lines[lines.index("gross_margin") + 1].split()[:4] == ["14.2", "%", "?", "2025-Q2"]


def test_entity_by_alias(folder):
    alias, name = rows(folder, "select aliases[1], name from entities where name = 'Nvidia'")[0]
    assert alias != name
    assert facts("show", alias, "-d", folder).stdout == facts("show", name, "-d", folder).stdout


def test_newest_of_each_series_unless_all_are_asked_for(folder):
    """Revenue of the last quarter, not that of the year before."""
    newest, every = (facts("show", "Kestrel Motors", "-d", folder, *more).stdout for more in ([], ["--all"]))
    assert "1.84 billion EUR" in newest and "1.64 billion EUR" not in newest
    assert "1.84 billion EUR" in every and "1.64 billion EUR" in every


def test_few_of_a_metric_unless_it_is_asked_for(folder, monkeypatch):
    monkeypatch.setattr(show, "MOST", 1)
    some, all_ = (facts("show", "Kestrel Motors", "-d", folder, *more).stdout
                  for more in ([], ["--metric", "revenue"]))
    assert "  ... and 2 more: --metric revenue" in some
    assert "more" not in all_ and "headcount" not in all_ and "7.2 to 7.5 billion EUR" in all_


def test_doubt_has_a_question_mark(folder):
    lines = facts("show", "Kestrel Motors", "-d", folder, "--all").stdout.splitlines()
    shown = {line.split()[-1]: " ?  " in line for line in lines if line.startswith("  ")}
    sure = dict(rows(folder, "select fact_id, confidence < 0.7 from figures where entity = 'Kestrel Motors'"))
    assert shown == sure and set(sure.values()) == {True, False}


def test_quotes(folder):
    text = " ".join(facts("show", "Kestrel Motors", "-d", folder, "-m", "cash", "--quotes").stdout.split())
    assert '"We have **€1.1 billion** in cash and nobody' in text


@pytest.mark.parametrize("form, read", [
    ("--csv", lambda text: list(csv.DictReader(io.StringIO(text)))), ("--json", json.loads)])
def test_entity_as_rows(folder, form, read):
    found = read(facts("show", "Kestrel Motors", "-d", folder, "-m", "headcount", form).stdout)
    assert [(row["metric"], float(row["value"])) for row in found] == [("headcount", 14600)]


# A fact ---------------------------------------------------------------------------------------------------

def test_fact_tells_everything(folder):
    query = "select fact_id, title, rule, doc_id from facts where metric = 'cash'"
    parts = rows(folder, query)[0]
    done = facts("show", parts[0], "-d", folder, env={"COLUMNS": "300"})
    assert done.exit_code == 0
    assert done.stdout.startswith("Kestrel Motors, cash: 1.1 billion EUR\n\n  \"We have **€1.1 billion** in cash")
    for part in (*parts, "1,100,000,000", "Ilse Brandt"):
        assert part in done.stdout


def test_fact_by_the_beginning_of_its_id(folder):
    ids = sorted(found for found, in rows(folder, "select fact_id from facts"))
    whole, short = (facts("show", given, "-d", folder) for given in (ids[0], ids[0][:9]))
    assert whole.stdout == short.stdout != ""


def test_fact_below_the_confidence_of_views(folder):
    fact_id, = rows(folder, "select fact_id from facts where confidence < 0.5 order by fact_id")[0]
    assert facts("show", fact_id, "-d", folder).exit_code == 0


def test_fact_tells_what_agrees(folder):
    """Two articles give the same revenue."""
    query = "select unnest(fact_ids) from consensus where entity = 'Cambricon' and agree and n_docs = 2"
    ids = [found for found, in rows(folder, query)]
    for one, other in (ids, ids[::-1]):
        shown = facts("show", one, "-d", folder, env={"COLUMNS": "300"}).stdout
        assert other in shown.partition("\nagrees\n")[2] and "\nconflicts\n" not in shown


def test_fact_tells_what_contradicts_it_and_how_its_checks_came_out(folder):
    one, other = rows(folder, "select fact_id, other_fact_id from conflicts where metric = 'net_income'")[0]
    shown = facts("show", one, "-d", folder, env={"COLUMNS": "300"}).stdout
    conflicts, _, checks = shown.partition("\nconflicts\n")[2].partition("\nchecks\n")
    assert other in conflicts and "\nagrees\n" not in shown
    assert checks.startswith("  fail  conversion  310 million CNY")
    row, = json.loads(facts("show", other, "-d", folder, "--json").stdout)
    assert [each["fact_id"] for each in row["conflicts"]] == [one] and row["agrees"] is None


# Export ---------------------------------------------------------------------------------------------------

def exported(folder, *arguments):
    done = facts("export", "-d", folder, *arguments, "--jsonl")
    assert done.exit_code == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_export_of_all_is_all(folder):
    assert len(exported(folder)) == rows(folder, "select count(*) from figures")[0][0]
    assert len(exported(folder, "--view", "facts")) == rows(folder, "select count(*) from facts")[0][0]


@pytest.mark.parametrize("arguments, test", [
    (["--entity", "nvidia", "--entity", "Kestrel Motors"],
     "figures where entity in ('Nvidia', 'Kestrel Motors')"),
    (["--metric", "revenue", "-m", "headcount"], "figures where metric in ('revenue', 'headcount')"),
    (["--family", "vehicle"], "figures join metrics using (metric) where metrics.family = 'vehicle'"),
    (["--since", "2025-08-27"], "figures where published >= '2025-08-27'"),
    (["-e", "nvidia", "-m", "revenue", "--since", "2025-08-27"],
     "figures where entity = 'Nvidia' and metric = 'revenue' and published >= '2025-08-27'"),
    (["--view", "latest", "--metric", "revenue"], "latest where metric = 'revenue'"),
])
def test_export_of_some(folder, arguments, test):
    wanted = sorted(found for found, in rows(folder, f"select fact_id from {test}"))
    assert sorted(row["fact_id"] for row in exported(folder, *arguments)) == wanted != []


def test_export_tells_what_has_no_date(folder):
    done = facts("export", "-d", folder, "--since", "2025-01-01")
    left = rows(folder, "select count(*) from figures where published is null")[0][0]
    assert left and f"{left} rows left out: no date of publication" in done.stderr


def test_export_to_a_file(folder, tmp_path):
    for name in ("a.csv", "a.jsonl"):
        done = facts("export", "-d", folder, "-m", "headcount", "-o", tmp_path / name)
        assert (done.exit_code, done.stdout) == (0, "")
        assert done.stderr.endswith(f"in {tmp_path / name}\n")
    from_csv = list(csv.DictReader((tmp_path / "a.csv").open(encoding="utf-8")))
    from_json = [json.loads(line) for line in (tmp_path / "a.jsonl").open(encoding="utf-8")]
    assert [row["fact_id"] for row in from_csv] == [row["fact_id"] for row in from_json] != []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "a.jsonl"]


@pytest.mark.parametrize("text, cell", [
    ('=HYPERLINK("http://example.com")', '\'=HYPERLINK("http://example.com")'),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("+49 30 12", "'+49 30 12"), ("-3 days", "'-3 days"), ("\tx", "'\tx"), ("\rx", "'\nx"), ("＝1+1", "'＝1+1"),
    ("-3.5", "-3.5"), ("+1,200.5", "+1,200.5"), ("-1e-07", "-1e-07"), ("+12 %", "+12 %"), ("=", "="),
    ("~ 5", "~ 5"), (">= 5", ">= 5"), ("'=1", "'=1"), ("a=1", "a=1"),
])
def test_spreadsheet_runs_no_cell(folder, text, cell):
    query = "select '" + text.replace("'", "''") + "' as a"
    done = facts("sql", query, "-d", folder, "--csv")
    assert next(csv.DictReader(io.StringIO(done.stdout, newline="")))["a"] == cell
    assert json.loads(facts("sql", query, "-d", folder, "--json").stdout) == [{"a": text}]


# Mistakes -------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("arguments, message", [
    (["show", "Kestrl Motor"], "there is no entity 'Kestrl Motor'; did you mean Kestrel Motors"),
    (["show", "qqqqqqqq"], "there is no entity 'qqqqqqqq'\n"),
    (["show", "f0000000000000000"], "there is no fact f0000000000000000"),
    (["show", "f00d1e"], "there is no fact f00d1e\n"),
    (["show", "facade"], "there is no entity 'facade'"),
    (["show", "Nvidia", "-m", "revenues"], "there is no metric 'revenues'; did you mean revenue"),
    (["export", "--entity", "Nvidea"], "did you mean Nvidia"),
    (["export", "--metric", "revenues"], "did you mean revenue"),
    (["export", "--family", "vehicles"], "did you mean vehicle?"),
    (["export", "--view", "figure"], "did you mean figures"),
    (["export", "--view", "ledger", "--metric", "revenue"], "ledger has no column 'metric'"),
    (["export", "--since", "May"], "does not match the format"),
    (["export", "-o", "no/such/folder/a.csv"], "no/such/folder: no such folder"),
])
def test_mistake(folder, arguments, message):
    done = facts(*arguments, "-d", folder)
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in done.stderr


def test_several_facts_begin_alike():
    with duckdb.connect() as db:
        db.execute("create table facts as select unnest(['fabcdef12', 'fabcdef34', 'fabcde0']) as fact_id")
        with pytest.raises(show.Unknown, match="several facts begin with fabcdef: fabcdef12, fabcdef34, ..."):
            show.fact_id(db, "fabcdef")
        assert show.fact_id(db, "fabcde0") == "fabcde0"


# Completion -----------------------------------------------------------------------------------------------

@pytest.mark.parametrize("typed, beginning, wanted", [
    (["show"], "kes", "Kestrel Motors"),
    (["show", "Kestrel"], "mo", "Motors"),
    (["show", "-m"], "rev", "revenue"),
    (["export", "--view"], "lat", "latest"),
    (["export", "--family"], "veh", "vehicle"),
    (["export", "--entity"], "Nv", "Nvidia"),
])
def test_completion(folder, typed, beginning, wanted):
    command, *rest = typed
    shell = ShellComplete(cli.main, {}, "facts", "_FACTS_COMPLETE")
    found = shell.get_completions([command, "-d", str(folder), *rest], beginning)
    assert wanted in [item.value for item in found]


def test_completion_without_a_database_offers_nothing(tmp_path):
    shell = ShellComplete(cli.main, {}, "facts", "_FACTS_COMPLETE")
    assert shell.get_completions(["show", "-d", str(tmp_path)], "kes") == []
