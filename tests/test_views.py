"""The views of schemas/views on rows that are written here, so that each can be checked by hand."""
import html
import re
from datetime import date

import duckdb
import pytest

from extract import database, schema, table

TEXT = "R&D \U0001F697 news: at <Acme> sales rose to $5 million in May. Acme employs 40 people."
FACT = {
    "entity": "Acme", "metric": "revenue", "aspect": "level", "value": 5e6, "unit": "USD", "comparator": "=",
    "modality": "actual", "as_of": date(2025, 5, 31), "published": date(2025, 6, 2), "source": "a.txt",
    "quote": TEXT[:56], "mention": "$5 million", "confidence": 0.9, "rule": "test", "entity_kind": "company",
    "entity_id": "e1", "doc_id": "d1", "start": TEXT.index("$5"), "end": TEXT.index(" in May"), "mentions": 1}
VIEWS = sorted(path.stem for path in (schema.FOLDER / "views").glob("*.sql"))


def fill(facts, quantities=(), documents=()) -> duckdb.DuckDBPyConnection:
    """A database in memory with all views, filled with these rows."""
    db = duckdb.connect()
    db.execute("attach ':memory:' as facts; use facts")
    db.execute(table.definition())
    facts = [FACT | {"fact_id": f"f{number}"} | fact for number, fact in enumerate(facts)]
    metrics = [{"metric": m.id, "family": m.family, "title": m.title, "meaning": m.meaning, "unit": m.unit,
                "about": list(m.about)} for m in schema.metrics().values()]
    tables = {"facts": facts, "quantities": quantities, "documents": documents, "metrics": metrics}
    for name, rows in tables.items():
        db.register("rows", table.batch(name, list(rows)))
        db.execute(f"insert into {name} by name from rows")
        db.unregister("rows")
    database._add_views(db)
    return db


@pytest.fixture(scope="module")
def empty():
    return fill([])


@pytest.mark.parametrize("view", VIEWS)
def test_view_and_its_columns_are_described(empty, view):
    comment, = empty.execute("select comment from duckdb_views() where view_name = ?", [view]).fetchone()
    assert comment and len(comment) > 20
    columns = empty.execute(
        "select column_name, comment from duckdb_columns() where table_name = ?", [view]).fetchall()
    assert columns and [name for name, text in columns if not text] == []


@pytest.mark.parametrize("view", VIEWS)
def test_view_answers_without_rows(empty, view):
    assert empty.execute(f"from {view}").fetchall() == []


@pytest.mark.parametrize("path", sorted((schema.FOLDER / "views").glob("*.sql")), ids=lambda path: path.stem)
def test_view_is_one_file_in_sql_of_duckdb_1_2(path):
    text = path.read_text()
    assert re.findall(r"create view (\w+)", text) == [path.stem]
    assert not re.search(r"->\s|\blambda\b", text), "no lambda: old and new DuckDB write it differently"


def test_every_family_of_metrics_has_a_view(empty):
    shown = set()
    for view in VIEWS:
        shown.update(re.findall(r"family = '(\w+)'", (schema.FOLDER / "views" / f"{view}.sql").read_text()))
    assert {metric.family for metric in schema.metrics().values()} <= shown


@pytest.mark.parametrize("fact, words", [
    ({"value": 2_900_000_000.0, "unit": "CNY", "comparator": "~"}, "~ 2.9 billion CNY"),
    ({"value": 240e6, "value_max": 328e6, "unit": "CNY", "comparator": "range"}, "240 to 328 million CNY"),
    ({"value": 0.5e6, "value_max": 1.2e6, "unit": "USD", "comparator": "range"}, "0.5 to 1.2 million USD"),
    ({"value": -17.0, "unit": "percent"}, "-17 %"),
    ({"value": 4000.0, "unit": "count", "counted": "schools", "comparator": ">"}, "> 4,000 schools"),
    ({"value": 15.0, "unit": "percent", "aspect": "change"}, "+15 %"),
    ({"value": 44.0, "unit": "ratio"}, "44 times"),
    ({"value": 0.861, "unit": "USD/Mtoken"}, "0.861 USD/Mtoken"),
    ({"value": 1384.93, "unit": "CNY/share"}, "1384.93 CNY/share"),
    ({"value": 4.4e12, "unit": "USD"}, "4.4 trillion USD"),
    ({"value": 0.0, "unit": "percent"}, "0 %"),
])
def test_figure_in_words(fact, words):
    assert fill([fact]).execute("select figure from figures").fetchall() == [(words,)]


def test_figures_leave_out_what_is_not_sure():
    db = fill([{"confidence": 0.5}, {"confidence": 0.49}])
    assert db.execute("select fact_id from figures").fetchall() == [("f0",)]


def test_levels_and_changes_stand_apart():
    db = fill([{}, {"aspect": "change", "unit": "percent"}, {"aspect": "multiple", "unit": "ratio"}])
    assert db.execute("select fact_id from financials").fetchall() == [("f0",)]
    assert db.execute("select family, fact_id from changes order by 2").fetchall() == [
        ("financials", "f1"), ("financials", "f2")]


def test_latest_is_the_newest_actual_level():
    old, new = {"as_of": date(2024, 5, 31)}, {"as_of": date(2025, 5, 31), "segment": None}
    db = fill([old, new, new | {"modality": "forecast", "as_of": date(2026, 1, 1)}, {"as_of": None},
               old | {"segment": "cloud"}, old | {"entity_id": "e2"}, old | {"dims": {"kind": "net"}}])
    kept = db.execute("select fact_id from latest order by 1").fetchall()
    assert kept == [("f1",), ("f4",), ("f5",), ("f6",)]


def test_tariffs_say_who_imposes_them():
    if "tariff_rate" not in schema.metrics():
        pytest.fail("schemas/metrics has no tariff_rate")
    tariff = {"metric": "tariff_rate", "entity": "China", "unit": "percent", "value": 34.0}
    db = fill([tariff | {"counterparty": "United States"}, {"metric": "budget", "entity": "China"}])
    found = db.execute("select entity, figure, imposed_by from tariffs").fetchall()
    assert found == [("China", "34 %", "United States")]


DOCUMENT = {"doc_id": "d1", "source": "a.txt", "item": 0, "lang": "en", "text": TEXT}


def quantity(outcome: str, mention: str, **more) -> dict:
    start = TEXT.index(mention)
    return {"doc_id": "d1", "start": start, "end": start + len(mention), "sentence_start": 4,
            "sentence_end": 59, "mention": mention, "kind": "number", "outcome": outcome} | more


def test_evidence_marks_the_number_in_its_sentence():
    db = fill([{}], [quantity("fact", "$5 million")], [DOCUMENT])
    (sentence,), = db.execute("select sentence from evidence").fetchall()
    assert sentence.count("<mark>") == sentence.count("</mark>") == 1
    assert re.search("<mark>(.*)</mark>", sentence)[1] == "$5 million"
    assert "<Acme>" not in sentence and html.unescape(re.sub("</?mark>", "", sentence)) == TEXT[4:59]


def test_ledger_adds_up():
    numbers = [quantity("fact", "$5 million"), quantity("no_metric", "40 people"), quantity("date", "May"),
               quantity("made up later", "Acme")]
    db = fill([{}], numbers, [DOCUMENT, DOCUMENT | {"doc_id": "d2", "item": 1}])
    columns = "numbers, facts, parts, no_figures, left_out, outcomes"
    counted = db.execute(f"select {columns} from ledger").fetchall()
    one = {"date": 1, "fact": 1, "made up later": 1, "no_metric": 1}
    assert counted == [(4, 1, 0, 1, 1, one), (0, 0, 0, 0, 0, None)]
