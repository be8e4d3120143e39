"""Each line of data/stance.toml: a sentence with one [number], how sure it is, or who is cited for it."""
import re
import tomllib
from pathlib import Path
from time import process_time

import pytest

from extract import sentence
from extract.context.modality import in_future, modality
from extract.context.stance import Voices, is_speaker
from extract.model import Entity, Name, Sentence, Stance

DATA = tomllib.loads((Path(__file__).parent / "data" / "stance.toml").read_text(encoding="utf-8"))


def marked(line) -> tuple[str, int, int]:
    """The text without its brackets, and where the number stands in it."""
    before, number, after = re.split(r"[\[\]]", line["text"])
    return before + number + after, len(before), len(before) + len(number)


@pytest.mark.parametrize("line", DATA["modality"], ids=lambda line: line["text"][:60])
def test_modality(line):
    assert modality(*marked(line), line.get("metric", "")) == line["is"]


@pytest.mark.parametrize("line", DATA["attribution"], ids=lambda line: line["text"][:60])
def test_attribution(line):
    text, start, end = marked(line)
    sentences = sentence.find(text)
    index = next(i for i, s in enumerate(sentences) if s.start <= start < s.end)
    assert Voices(text, sentences, []).of(index, start, end).attribution == (line["by"] or None)


def test_what_lies_ahead_is_no_fact():
    assert in_future(Stance("actual", None), "revenue").modality == "forecast"
    assert in_future(Stance("actual", None), "growth").modality == "forecast"
    assert in_future(Stance("actual", "Norvik"), "investment") == Stance("planned", "Norvik")
    assert in_future(Stance("estimate", None), "investment").modality == "forecast"
    assert in_future(Stance("hypothetical", None), "revenue").modality == "hypothetical"


def test_speakers_are_no_subjects():
    text = "according to norvik, alder said that brightwell sold vans"
    cited = {name: is_speaker(text, text.index(name), text.index(name) + len(name))
             for name in ("norvik", "alder", "brightwell")}
    assert cited == {"norvik": True, "alder": True, "brightwell": False}


@pytest.mark.parametrize("piece", [
    "Said ", "A ", "said, ", "Ann, ", "according to ", "A's ", "“", "if ", "will ", "; ", "1,"])
def test_hostile_text_takes_linear_time(piece):
    text = piece * (40_000 // len(piece)) + "said 5 people"
    sentences = sentence.find(text)
    start = process_time()
    Voices(text, sentences, []).of(len(sentences) - 1, len(text) - 8, len(text) - 7)
    assert process_time() - start < 2


def test_the_company_has_a_name():
    """"The company" is the subject, or the last company before; "the federation" the last name with that word."""
    norvik, van = Entity("norvik", "Norvik", "company"), Entity("van", "Pico", "product")
    guild = Entity("guild", "National Baking Federation", "organisation")
    text = "Norvik and the National Baking Federation met. The company said the Pico costs $9. The federation said $8."
    names = [Name(0, 6, norvik, "exact"), Name(15, 41, guild, "exact")]
    voices = Voices(text, sentence.find(text), names)
    nine, eight = text.index("$9"), text.index("$8")
    assert voices.of(1, nine, nine + 2, "price", norvik).attribution == "Norvik"
    assert voices.of(1, nine, nine + 2, "price", van).attribution == "Norvik"
    assert voices.of(2, eight, eight + 2, "price", van).attribution == "National Baking Federation"


@pytest.mark.parametrize("text, metric, said", [
    ("Norvik to cut 40 jobs", "layoffs", "planned"), ("Norvik and Veldt to pay $40", "spending", "planned"),
    ("Norvik takes 40 jobs to Oslo", "headcount", "actual"), ("Norvik to Oslo in 40 minutes", "duration", "actual"),
])
def test_what_a_headline_says_is_to_come(text, metric, said):
    voices = Voices(text, [Sentence(0, len(text), 0, "title")], [])
    start = text.index("40")
    assert voices.of(0, start, start + 2, metric).modality == said
