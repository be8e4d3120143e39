"""Which spellings are one name: measured on the pairs of `data/name_pairs.csv`, labelled by hand."""
import csv
from collections import Counter
from pathlib import Path

import pytest

from extract import sentence
from extract.names import entity

PAIRS = list(csv.DictReader((Path(__file__).parent / "data" / "name_pairs.csv").open(encoding="utf-8", newline="")))
PRECISION, RECALL = 0.99, 0.95      # reached: 0.994, 0.953


def outcome(pair: dict) -> str:
    found, true = entity.same(pair["one"], pair["other"]), pair["same"] == "yes"
    return ("right" if true else "false") if found else ("missed" if true else "refused")


def test_precision_and_recall_on_labelled_pairs():
    counts = Counter(outcome(pair) for pair in PAIRS)
    wrong = [(pair["one"], pair["other"]) for pair in PAIRS if outcome(pair) in ("false", "missed")]
    assert counts["right"] / (counts["right"] + counts["false"]) >= PRECISION, wrong
    assert counts["right"] / (counts["right"] + counts["missed"]) >= RECALL, wrong


def test_the_pairs_are_many_distinct_and_of_both_kinds():
    labels = Counter(pair["same"] for pair in PAIRS)
    assert labels.keys() == {"yes", "no"} and min(labels.values()) >= 100
    assert len({frozenset((pair["one"], pair["other"])) for pair in PAIRS}) == len(PAIRS)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['one']} / {pair['other']}")
def test_the_order_of_two_names_says_nothing(pair):
    assert entity.same(pair["one"], pair["other"]) == entity.same(pair["other"], pair["one"])


@pytest.mark.parametrize("text, names", [
    ("Volkswagon sold 300 cars. Shares in Volkswagen fell 3%.", ["Volkswagen", "Volkswagen"]),
    ("It makes 300 cars in Ruesselsheim.", ["Rüsselsheim"]),
    ("Revenue of Lumina-Tech Inc. rose 5%. LuminaTech Inc. has 300 shops.", ["Lumina-Tech", "LuminaTech"]),
])
def test_spellings_are_met_in_texts(text, names):
    found = entity.find(text, sentence.find(text), [])
    assert [n.entity.name for n in found] == names
    assert len({n.entity.entity_id for n in found}) == 1


def test_a_near_miss_alone_in_a_text_is_another_name():
    text = "The mines of Catamarca grew 5%, said Campbell."
    assert not any(n.entity.known for n in entity.find(text, sentence.find(text), []))
