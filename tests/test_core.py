"""The core, documents in and tables out: exact, the same in any batch, and only for languages it reads."""
import json
import time
from datetime import date

import pyarrow as pa
import pytest

from extract import batch, table

ARTICLES = [
    ("Norvik Motors Inc. reported revenue of 64.1 billion euros for 2024.\n\n"
     "Its profit fell 17% to 2.9 billion.", "en"),
    ("Nvidia and AMD will pay 15% of their revenue from chips in China to the government.", "en"),
    ("Alibaba will invest 380 billion yuan (US$52 billion) over the next three years.", "en"),
    ("Der Umsatz von Norvik stieg im zweiten Quartal um 12 Prozent auf 3,4 Milliarden Euro.", "de"),
    ("The Kestrel 2 SUV has a 60 kWh battery and a range of 410 km.\n\nIt costs from $35,000.", "en"),
    ("", "und"),
    ("Nothing to count here.", "en"),
    ("12,5 % (2024)", "und"),
]


def documents(articles=ARTICLES) -> pa.RecordBatch:
    return table.batch("documents", [
        {"doc_id": f"d{text[:12]}", "source": "made.txt", "item": item, "lang": lang, "text": text,
         "published": date(2025, 9, 15)} for item, (text, lang) in enumerate(articles)])


def rows(found: dict[str, pa.RecordBatch], name: str) -> list[dict]:
    return found[name].to_pylist()


def extracted(text: str, lang: str = "en") -> tuple[list[dict], list[dict]]:
    """Facts and ledger of one text."""
    found = batch.extract(documents([(text, lang)]))
    return rows(found, "facts"), rows(found, "quantities")


@pytest.fixture(scope="module")
def whole():
    return batch.extract(documents())


def key(row: dict) -> str:
    return json.dumps(row, sort_keys=True, default=str)


@pytest.mark.parametrize("name", ["facts", "quantities", "entities"])
@pytest.mark.parametrize("batches", [[[i] for i in range(8)], [[7, 6, 5], [4, 3, 2, 1, 0]],
                                     [[3, 1, 4, 0, 5, 2, 7, 6]]], ids=["one by one", "backwards", "shuffled"])
def test_batches_and_order_do_not_matter(whole, name, batches):
    everything = documents()
    parts = [batch.extract(everything.take(pa.array(indexes))) for indexes in batches]
    found = {key(row) for part in parts for row in rows(part, name)}
    assert rows(whole, name)
    if name == "entities":      # a batch names each entity once, with the source that it met first
        ids = {row["entity_id"] for row in rows(whole, name)}
        assert {json.loads(row)["entity_id"] for row in found} == ids
    else:
        assert found == {key(row) for row in rows(whole, name)}


def test_twice_the_same(whole):
    again = batch.extract(documents())
    assert all(again[name].equals(whole[name]) for name in whole)


def test_tables_have_the_columns_of_their_definition(whole):
    for name, found in whole.items():
        assert found.schema.equals(table.schema(name)), name


def test_no_documents():
    found = batch.extract(documents([]))
    assert {name: part.num_rows for name, part in found.items()} == dict.fromkeys(found, 0)


@pytest.mark.parametrize("lang", ["de", "zh", "fr"])
def test_other_languages_are_measured_and_not_read(lang):
    facts, numbers = extracted(ARTICLES[3][0], lang)
    assert facts == []
    assert numbers and {row["outcome"] for row in numbers} == {"language"}


def test_german_text_is_known_as_such(tmp_path):
    from extract import read
    (tmp_path / "text.txt").write_text(f"{ARTICLES[3][0]}\n")
    source, = read.sources([str(tmp_path / "text.txt")])
    found, = read.documents(source)
    assert found.lang == "de"


def test_joint_subject_is_a_fact_for_each():
    facts, numbers = extracted(ARTICLES[1][0])
    assert {fact["entity"] for fact in facts} == {"Nvidia", "AMD"}
    assert {(fact["value"], fact["unit"], fact["mention"]) for fact in facts} == {(15.0, "percent", "15%")}
    assert len({fact["fact_id"] for fact in facts}) == 2
    assert [row["outcome"] for row in numbers] == ["fact"]


@pytest.mark.parametrize("words, value", [
    ("64.1 billion euros", 64_100_000_000), ("2.3 million euros", 2_300_000), ("1.1 trillion euros", 1.1e12),
    ("EUR 0.07 billion", 70_000_000), ("€4.35bn", 4_350_000_000), ("€1,234,567.89", 1_234_567.89)])
def test_values_are_exact(words, value):
    """A float times a magnitude gives 64,099,999,999.99999."""
    facts, _ = extracted(f"Norvik Motors Inc. reported revenue of {words}.")
    assert [(fact["value"], fact["unit"]) for fact in facts] == [(value, "EUR")]


def test_equivalent_hangs_on_its_fact():
    facts, numbers = extracted(ARTICLES[2][0])
    fact, = (fact for fact in facts if fact["unit"] == "CNY")
    assert (fact["value"], fact["equivalent_value"], fact["equivalent_unit"]) == (380e9, 52e9, "USD")
    assert {row["outcome"]: row["fact_id"] for row in numbers if row["unit"] in ("CNY", "USD")} == {
        "fact": fact["fact_id"], "equivalent": fact["fact_id"]}


@pytest.mark.parametrize("piece", ["Nvidia rose 3% ", "Nvidia sold 500 cars and ", "revenue of $5 million, ",
                                   "Kestrel Motors Inc. ", "the company ", "May 2025 ", "1,", "said ", "X-"])
def test_an_endless_sentence_takes_linear_time(piece):
    def seconds(size):
        start = time.process_time()
        extracted(piece * (size // len(piece)))
        return time.process_time() - start
    # The fastest of three, as a collection of garbage can fall into one of them.
    small, large = (min(seconds(size) for _ in range(3)) for size in (1000, 4000))
    assert large < 0.1 + 8 * small


def test_ids_do_not_depend_on_the_place_in_the_text():
    text = "Norvik Motors Inc. reported revenue of €64 billion."
    one, later = extracted(text)[0], extracted(text[:-1] + ".\n\nThe weather was fine.")[0]
    assert [fact["fact_id"] for fact in one] == [fact["fact_id"] for fact in later]
