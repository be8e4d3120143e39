"""Each line of data/period.toml: a text, its date, and every expression that is found in it."""
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import takes_linear_time

from extract import schema, sentence
from extract.context.scope import nearest, told_then
from extract.context.timing import Clock, reporting
from extract.model import Entity
from extract.times.period import find

DATA = tomllib.loads((Path(__file__).parent / "data" / "period.toml").read_text(encoding="utf-8"))


def described(text, published):
    return [[text[p.start:p.end], p.label, p.first, p.last] for p in find(text, published)]


@pytest.mark.parametrize("line", DATA["find"], ids=lambda line: line["text"][:60])
def test_find(line):
    """What is found, with label, first and last day; "" stands for None."""
    expected = [[words, label, first or None, last or None] for words, label, first, last in line["found"]]
    assert described(line["text"], line.get("published")) == expected


@pytest.mark.parametrize("line", DATA["time"], ids=lambda line: line["text"][:60])
def test_clock_time(line):
    found = find(line["text"], None)
    assert [line["text"][p.start:p.end] for p in found if p.kind == "time"] == line["found"]


@pytest.mark.parametrize("line", DATA["nearest"], ids=lambda line: line["text"][:60])
def test_nearest(line):
    text = line["text"]
    periods = find(text, line["published"])
    for number, words in line["numbers"].items():
        period = nearest(text, periods, 0, len(text), text.index(number), line["published"])
        assert (period and text[period.start:period.end]) == (words or None), number


@pytest.mark.parametrize("line", DATA["reporting"], ids=lambda line: line["text"][:60])
def test_reporting(line):
    period = reporting(line["text"], find(line["text"], line["published"]), line["published"])
    assert (period.label if period else "") == line["label"]


@pytest.mark.parametrize("line", DATA["claim"], ids=lambda line: line["text"][:60])
def test_time_of_a_claim(line):
    """[number, metric, aspect, first day, last day], in text order; a sixth word says whose number it is."""
    text = line["text"]
    sentences = sentence.find(text)
    clock = Clock(text, line["published"], sentences, find(text, line["published"]))
    told = []
    for number, metric, aspect, _, _, *more in line["numbers"]:
        start = text.index(number)
        index = next(i for i, s in enumerate(sentences) if s.start <= start < s.end)
        subject = Entity(*more or ["norvik"], name="", kind="company")
        modality = "forecast" if "expect" in text else "planned" if "plans" in text else "actual"
        found = clock.of(index, start, start + len(number), subject, metric, aspect, modality)
        told.append([number, metric, aspect, found and found.first or "", found and found.last or "", *more])
    assert told == line["numbers"]


def test_what_lies_ahead():
    clock = Clock("", date(2025, 3, 1), [], [])
    text = "in 2024, in 2026, by 2027, since 2020"
    assert [clock.ahead(p) for p in find(text, date(2025, 3, 1))] == [False, True, True, False]
    assert [clock.ahead(p) for p in find("over the next two years, this month", date(2025, 3, 1))] == [True, False]
    text = "$5 off until May 2025"
    clock = Clock(text, date(2025, 3, 1), [], [])
    assert [clock.ahead(p) for p in find(text, date(2025, 3, 1))] == [False]


def test_when_a_plan_was_told():
    """A plan lies ahead of the day on which it was told; a forecast may be of a quarter that is over."""
    published = date(2025, 3, 1)
    past_day, past_quarter, to_come = find("on February 3, 2025, in the fourth quarter of 2024, in 2026", published)
    assert [told_then(past_day, m, published) for m in ("planned", "forecast", "actual")] == [True, True, False]
    assert [told_then(past_quarter, m, published) for m in ("planned", "forecast", "actual")] == [True, False, False]
    assert not told_then(to_come, "planned", published) and not told_then(None, "planned", published)


@pytest.mark.parametrize("example", schema.words("period")["example"], ids=lambda line: line["text"][:60])
def test_example_of_the_word_list(example):
    text = example["text"]
    assert [text[p.start:p.end] for p in find(text, date(2025, 8, 1))] == example["words"]


def test_times_beyond_the_calendar_are_no_error():
    assert described("999 decades ago, 3,000 years ago and 2.5 years ago.", date(2025, 9, 9)) == []


def test_spans_are_in_order_and_apart():
    text = " ".join(line["text"] for line in DATA["find"])
    found = find(text, date(2025, 9, 9))
    assert len(found) > 100
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("piece", [
    "1", "1,", "2024-", "2024 ", "May ", "the ", "by ", "from 2024 to ", "Q1 ", "12:", "first ", "early ",
    "in the year ", "a year earlier ", "that year ", "since ", "\u00a0"])
def test_hostile_text_takes_linear_time(piece):
    assert takes_linear_time(lambda text: find(text, date(2025, 9, 9)), piece * (60_000 // len(piece)))


@pytest.mark.parametrize("text, name, first", [
    ("In the second quarter of 2024 sales were $9 million.", "Nvidia", None),
    ("In the second quarter of 2024 sales were $9 million.", "Intel", date(2024, 4, 1)),
    ("In the three months ended June 30, 2024 sales were $9 million.", "Nvidia", date(2024, 4, 1)),
    ("In 2024 sales were $9 million.", "Nvidia", date(2024, 1, 1)),
])
def test_quarters_of_a_company_with_a_year_of_its_own(text, name, first):
    """They have dates only where the text gives the months."""
    clock = Clock(text, date(2025, 3, 1), sentence.find(text), find(text, date(2025, 3, 1)))
    start = text.index("$9")
    found = clock.of(0, start, start + 10, Entity("x", name, "company"), "revenue", "level", False)
    assert found.first == first
