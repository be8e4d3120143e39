"""The names of a text and their kinds, as `data/entity.toml` lists them, and what holds for every text."""
import tomllib
from pathlib import Path

import pytest
from conftest import takes_linear_time

from extract import sentence
from extract.names import entity
from extract.times import period

CASES = tomllib.loads((Path(__file__).parent / "data" / "entity.toml").read_text(encoding="utf-8"))["case"]


def find(text: str) -> list:
    return entity.find(text, sentence.find(text), period.find(text, None))


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_names(case):
    assert [f"{n.entity.name}: {n.entity.kind}" for n in find(case["text"])] == case["names"]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_mentions_do_not_overlap_and_stand_in_the_text(case):
    names, at = find(case["text"]), 0
    for name in names:
        assert at <= name.start < name.end <= len(case["text"])
        assert case["text"][name.start:name.end].strip()
        at = name.end


def test_a_discovered_entity_has_the_same_id_in_every_document():
    one, = {n.entity.entity_id for n in find("Norvik Motors Inc. sold 300 cars.")}
    other, = {n.entity.entity_id for n in find("In May, shares of Norvik Motors fell 3%.")}
    assert one == other == entity.entity_id("company", "Norvik Motors")


def test_known_entities_come_from_the_gazetteer():
    name, = find("Nvidia grew 5%.")
    assert name.entity.known and name.entity.source == "schemas/entities/company.csv" and name.how == "exact"


@pytest.mark.parametrize("hostile", ["A" * 100_000, "Aa " * 30_000, "A&" * 50_000, "(A)" * 30_000, "X of the " * 10_000,
                                     "9" * 100_000])
def test_hostile_text_takes_linear_time(hostile):
    assert takes_linear_time(find, hostile)
