"""What is found in samples/, against the facts that people read in it."""
import csv
import difflib

import pytest

import samples

# Never lower these: a change of the rules that needs it loses more than it wins.
FLOORS = {"recall quantity": 0.88, "precision quantity": 0.90,
          "recall metric": 0.69, "precision metric": 0.70,
          "recall entity": 0.52, "precision entity": 0.53,
          "recall full": 0.36, "precision full": 0.36}


@pytest.fixture(scope="module")
def rows(built):
    return samples.compare(samples.read_facts(), samples.built_facts(built("samples")))


def test_comparison_is_up_to_date(rows):
    """Every change of what is found shows as a diff of samples/built.csv."""
    kept, now = samples.BUILT.read_text(encoding="utf-8").splitlines(), samples.written(rows).splitlines()
    diff = "\n".join(difflib.unified_diff(kept, now, "samples/built.csv", "built now", n=0, lineterm=""))
    assert not diff, f"what is found has changed; if it is right, run `make samples`\n{diff}"


@pytest.mark.parametrize("share", FLOORS)
def test_share_is_not_under_its_floor(rows, share):
    assert samples.shares(rows)[share] >= FLOORS[share]


def test_every_fact_that_people_read_stands_in_its_article(built):
    from extract import database
    with database.connect(built("samples")) as db:
        found = db.execute("select parse_filename(source), text from documents").fetchall()
    for row in samples.read_facts():
        assert row["mention"] in row["quote"], row
        quote = " ".join(row["quote"].split())
        assert any(quote in " ".join(text.split()) for source, text in found if source == row["source"]), row


def wanted(**more):
    return {"source": "a.txt", "quote": "Sales rose to $5 m.", "mention": "$5 m", "entity": "Acme",
            "metric": "revenue", "aspect": "level", "value": "5", "value_max": "", "unit": "USD",
            "comparator": "=", "period_start": "", "period_end": "", "modality": "actual"} | more


def fact(**more):
    return wanted(value=5.0, value_max=None, period_start=None, period_end=None) | more


@pytest.mark.parametrize("read, made, result", [
    ([wanted()], [fact()], [("full", "")]),
    ([wanted()], [], [("missing", "")]),
    ([wanted()], [fact(modality="planned")], [("entity", "modality planned")]),
    ([wanted()], [fact(entity="Bolt")], [("metric", "entity Bolt")]),
    ([wanted()], [fact(metric="cost", entity="Bolt")], [("quantity", "metric cost; entity Bolt")]),
    ([wanted()], [fact(unit="EUR")], [("missing", ""), ("extra", "level 5 EUR")]),
    ([wanted()], [fact(quote="Other words.")], [("missing", ""), ("extra", "level 5 USD")]),
    ([wanted()], [fact(entity="Bolt"), fact()], [("full", ""), ("extra", "level 5 USD")]),
    ([wanted(entity="Acme and Bolt")], [fact(), fact(entity="Bolt")], [("full", "")]),
])
def test_comparison(read, made, result):
    assert [(row["found"], row["built"]) for row in samples.compare(read, made)] == result


def test_header_says_how_to_write_it():
    first, *rest = samples.BUILT.read_text(encoding="utf-8").splitlines()
    assert "make samples" in first
    assert set(next(csv.reader(rest))) == set(samples.COLUMNS)
