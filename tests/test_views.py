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


def fill(facts, quantities=(), documents=(), entities=()) -> duckdb.DuckDBPyConnection:
    """A database in memory with all views, filled with these rows."""
    db = duckdb.connect()
    db.execute("attach ':memory:' as facts; use facts")
    db.execute(table.definition())
    facts = [FACT | {"fact_id": f"f{number}"} | fact for number, fact in enumerate(facts)]
    metrics = [{"metric": m.id, "family": m.family, "title": m.title, "meaning": m.meaning, "unit": m.unit,
                "about": list(m.about)} for m in schema.metrics().values()]
    tables = {"facts": facts, "quantities": quantities, "documents": documents, "metrics": metrics,
              "entities": entities}
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


def test_every_metric_that_a_view_names_exists():
    for view in VIEWS:
        text = (schema.FOLDER / "views" / f"{view}.sql").read_text()
        named = re.findall(r"metric (?:=|<>) '(\w+)'", text)
        for several in re.findall(r"metric in \(([^)]+)\)", text):
            named += re.findall(r"'(\w+)'", several)
        assert set(named) <= set(schema.metrics()), view


@pytest.mark.parametrize("fact, words", [
    ({"value": 2_900_000_000.0, "unit": "CNY", "comparator": "~"}, "~ 2.9 billion CNY"),
    ({"value": 240e6, "value_max": 328e6, "unit": "CNY", "comparator": "range"}, "240 to 328 million CNY"),
    ({"value": 0.5e6, "value_max": 1.2e6, "unit": "USD", "comparator": "range"}, "0.5 to 1.2 million USD"),
    ({"value": -17.0, "unit": "percent"}, "-17 %"),
    ({"value": 4000.0, "unit": "count", "counted": "schools", "comparator": ">"}, "> 4,000 schools"),
    ({"value": 15.0, "unit": "percent", "aspect": "change"}, "+15 %"),
    ({"value": 44.0, "unit": "ratio"}, "44 times"),
    ({"value": 0.861, "unit": "USD/Mtoken"}, "0.861 USD per million tokens"),
    ({"value": 512e9, "unit": "byte"}, "512 GB"),
    ({"value": 4.0, "value_max": 5.0, "unit": "year", "comparator": "range"}, "4 to 5 years"),
    ({"value": 1.0, "unit": "hour"}, "1 hour"),
    ({"value": 2500.0, "unit": "person"}, "2,500 people"),
    ({"value": 1384.93, "unit": "CNY/share"}, "1,384.93 CNY/share"),
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
    assert db.execute("select fact_id from levels").fetchall() == [("f0",)]
    assert db.execute("select family, fact_id from changes order by 2").fetchall() == [
        ("financials", "f1"), ("financials", "f2")]


def test_latest_is_the_newest_actual_level():
    old, new = {"as_of": date(2024, 5, 31)}, {"as_of": date(2025, 5, 31), "segment": None}
    db = fill([old, new, new | {"modality": "forecast", "as_of": date(2026, 1, 1)}, {"as_of": None},
               old | {"segment": "cloud"}, old | {"entity_id": "e2"}, old | {"dims": {"kind": "net"}}])
    kept = db.execute("select fact_id from latest order by 1").fetchall()
    assert kept == [("f1",), ("f4",), ("f5",), ("f6",)]


# Which of two facts of one company and metric is its key figure: the first of each pair.
@pytest.mark.parametrize("better, worse", [
    ({"confidence": 0.7}, {"confidence": 0.69, "as_of": date(2025, 7, 1)}),
    ({"as_of": date(2025, 6, 1)}, {"confidence": 0.95}),
    ({"as_of": date(2020, 6, 1)}, {"segment": "cloud"}),
    ({"confidence": 0.5}, {"geo": "China"}),
    ({"confidence": 0.5}, {"dims": {"per": "hour"}}),
    ({"period": "2025-05"}, {"confidence": 0.95, "period": None}),
    ({"mentions": 2}, {}),
    ({}, {"period_start": date(2025, 5, 31), "period_end": date(2025, 5, 31), "confidence": 0.95}),
], ids=lambda fact: " ".join(fact))
def test_key_figure(better, worse):
    for facts in ([better, worse], [worse, better]):
        wanted = f"f{facts.index(better)}"
        assert fill(facts).execute("select fact_id from key_figures").fetchall() == [(wanted,)]


def test_what_is_and_what_is_expected_are_two_key_figures():
    db = fill([{}, {"modality": "forecast", "value": 6e6}, {"modality": "hypothetical", "confidence": 0.95}])
    found = db.execute("select figure, actual from key_figures order by fact_id").fetchall()
    assert found == [("5 million USD", True), ("6 million USD (forecast)", False)]


CAR = {"entity": "Kestrel 2", "entity_id": "p1", "entity_kind": "product", "confidence": 0.8}
KESTREL = {"entity_id": "p1", "name": "Kestrel 2", "kind": "product", "maker_id": "e1", "known": True,
           "descriptors": ["electric SUV", "SUV"]}
ACME = {"entity_id": "e1", "name": "Acme", "kind": "company", "known": True, "country": "NO"}


def measured(metric: str, value: float, unit: str, **more) -> dict:
    return {"metric": metric, "value": value, "unit": unit, "value_norm": value, "unit_norm": unit, "quote": f"{value}",
            **CAR, **more}


def test_vehicle_has_one_row_with_its_variants():
    db = fill([measured("battery_capacity", 60.5, "kWh"), measured("battery_capacity", 49.9, "kWh"),
               measured("battery_capacity", 90.0, "kWh", confidence=0.6),                   # less sure than the others
               measured("battery_capacity", 40.0, "kWh", doc_id="d0", as_of=date(2020, 1, 1)),     # an older article
               measured("driving_range", 480.0, "km", dims={"test_cycle": "WLTP"}, modality="forecast"),
               # the same power
               measured("power_output", 100.0, "kW", confidence=0.85), measured("power_output", 150.0, "hp"),
               measured("length", 45.0, "mm"),         # of a cell
               measured("price", 30_000.0, "USD"), measured("price", 0.3, "USD/kWh")], entities=[KESTREL, ACME])
    found = db.execute('select vehicle, maker, battery, battery_kwh, "range", range_km, power, power_kw, length, price '
                       'from vehicles')
    assert found.fetchall() == [("Kestrel 2", "Acme", "49.9 kWh | 60.5 kWh", 60.5, "480 km WLTP (forecast)", 480.0,
                                 "100 kW", 100.0, None, "30,000 USD")]


def test_only_what_drives_is_a_vehicle():
    names = [KESTREL | {"entity_id": "p2", "descriptors": ["battery"]},
             KESTREL | {"entity_id": "p3", "descriptors": []},
             KESTREL | {"entity_id": "p4", "descriptors": []}, KESTREL | {"entity_id": "p5", "descriptors": []},
             KESTREL | {"entity_id": "p6", "name": "cars"}]
    facts = [measured("driving_range", 900.0, "km", entity_id=name) for name in ("p2", "p3", "p4", "p5", "p6")]
    facts += [measured("top_speed", 90.0, "km/h", entity_id=name) for name in ("p3", "p5")]
    facts += [measured("energy_density", 200.0, "Wh/kg", entity_id="p5")]
    assert fill(facts, entities=names).execute("select entity_id from vehicles").fetchall() == [("p3",)]


def test_what_is_expected_is_shown_where_nothing_surer_is_known():
    db = fill([measured("parameter_count", 1e12, "parameter", confidence=0.55),
               measured("parameter_count", 5e12, "parameter", modality="estimate")])
    assert db.execute("select variants from specifications").fetchall() == [("5 trillion parameters (estimate)",)]


def test_model_has_input_and_output_price():
    price = {"unit": "USD/Mtoken"}
    db = fill([measured("token_price", 0.5, **price, dims={"kind": "input"}),
               measured("token_price", 2.5, **price, dims={"kind": "output"}),
               measured("benchmark_score", 80.0, "percent", entity_id="p9")], entities=[KESTREL, ACME])
    found = db.execute("select entity_id, input_price, output_price, output_price_usd from ai_models").fetchall()
    assert found == [("p1", "0.5 USD per million tokens", "2.5 USD per million tokens", 2.5)]


def test_chip_is_known_by_its_noun_or_its_process():
    names = [KESTREL | {"entity_id": "p1", "descriptors": ["AI chip", "chip"]},
             KESTREL | {"entity_id": "p2", "descriptors": []}, KESTREL | {"entity_id": "p3", "descriptors": ["phone"]}]
    facts = [measured("memory_capacity", 8e9, "byte", entity_id=name) for name in ("p1", "p2", "p3")]
    facts += [measured("process_node", 3.0, "nm", entity_id="p2")]
    found = fill(facts, entities=names).execute(
        "select entity_id, memory, memory_gb, process from chips order by 1").fetchall()
    assert found == [("p1", "8 GB", 8.0, None), ("p2", "8 GB", 8.0, "3 nm")]


def test_company_has_figures_with_their_periods():
    db = fill([{"period": "2025-05", "value_norm": 5e6},
               {"modality": "forecast", "value": 9e6, "as_of": date(2026, 1, 1)},
               {"metric": "headcount", "value": 40.0, "unit": "person",
                "confidence": 0.6}, {"entity_id": "e2", "metric": "age", "unit": "year"}],
              entities=[ACME, ACME | {"entity_id": "e2"}])
    found = db.execute("select company, country, revenue, revenue_period, revenue_usd, headcount, headcount_period, "
                       "profit from companies")
    assert found.fetchall() == [("Acme", "NO", "5 million USD", "2025-05", 5e6, "40 people ?", "2025-05-31", None)]


def test_market_has_what_is_and_what_is_expected():
    market = {"entity": "drone market", "entity_id": "m1", "entity_kind": "market", "metric": "market_size"}
    db = fill([market, market | {"modality": "forecast", "value": 9e9, "period": "by 2030"},
               market | {"aspect": "change", "value": 12.0, "unit": "percent"}, {"metric": "market_size"},
               market | {"entity": "shoppers", "entity_id": "m2"}],
              entities=[{"entity_id": "m1", "name": "drone market", "kind": "market", "known": False,
                         "descriptors": []}, {"entity_id": "m2", "name": "shoppers", "kind": "market", "known": True,
                         "descriptors": ["people"]}])
    found = db.execute("select market, size, expected, expected_period, growth from markets").fetchall()
    assert found == [("drone market", "5 million USD", "9 billion USD (forecast)", "by 2030", "+12 %")]


def test_tariff_has_one_row_however_many_articles_state_it():
    tariff = {"metric": "tariff_rate", "entity": "China", "unit": "percent", "value": 34.0,
              "counterparty": "United States"}
    db = fill([tariff, tariff | {"doc_id": "d2", "modality": "planned", "confidence": 0.95},
               tariff | {"segment": "chips"}, tariff | {"comparator": "<="}, {"metric": "budget", "entity": "China"}])
    found = db.execute("select on_whom, by_whom, on_what, rate, since, fact_id from tariffs "
                       "order by fact_id").fetchall()
    day = FACT["published"]
    assert found == [("China", "United States", None, "34 %", day, "f0"),
                     ("China", "United States", "chips", "34 %", day, "f2"),
                     ("China", "United States", None, "<= 34 %", day, "f3")]


def test_maker_of_a_variant_is_the_maker_of_the_product():
    variant = KESTREL | {"entity_id": "p2", "name": "Kestrel 2 Pro", "maker_id": "p1"}
    db = fill([], entities=[KESTREL, ACME, variant])
    assert db.execute("select product, maker from makers order by 1").fetchall() == [
            ("Kestrel 2", "Acme"), ("Kestrel 2 Pro", "Acme")]


DOCUMENT = {"doc_id": "d1", "source": "a.txt", "item": 0, "lang": "en", "text": TEXT}


def quantity(outcome: str, mention: str, **more) -> dict:
    start = TEXT.index(mention)
    return {"doc_id": "d1", "start": start, "end": start + len(mention), "sentence_start": 4,
            "sentence_end": 59, "mention": mention, "kind": "number", "outcome": outcome} | more


def test_evidence_marks_the_number_in_its_sentence():
    db = fill([{}], [quantity("fact", "$5 million")], [DOCUMENT])
    (sentence, figure), = db.execute("select sentence, figure from evidence").fetchall()
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
