"""Quantities: tests/data/quantity.toml, and what holds for every text."""
import re
import time
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extract import analysis, pattern, sentence
from extract.model import Sentence
from extract.numbers import identifier, number, quantity, scan

GROUPS = tomllib.loads((Path(__file__).parent / "data/quantity.toml").read_text(encoding="utf-8"))
CASES = [case for group in GROUPS.values() for case in group.items()]
NUMBER = re.compile(r"[0-9]+|(?<![A-Za-z])(?:two|three|five|twelve|forty|ninety|hundred|millions?|dozen|"
                    r"half|third|quarters?|double|twice)"
                    r"(?![A-Za-z])", re.I)


@pytest.mark.parametrize("text, wanted", CASES, ids=[text for text, _ in CASES])
def test_reads(text, wanted):
    rows = quantity.find(text, sentence.find(text), [])
    assert [text[row.start:row.end] for row in rows] == [line.split(" | ")[0] for line in wanted]
    for row, line in zip(rows, wanted):
        mention, value, *rest = line.split(" | ")
        if value.startswith("outcome: "):
            assert f"outcome: {row.outcome}" == value
            continue
        assert row.outcome is None
        low, _, high = value.partition("..")
        assert row.value == Decimal(low) and row.value_max == (Decimal(high) if high else None)
        for got, expected in zip((row.unit or "-", row.comparator, row.counted), [*rest,
                *["="][len(rest) - 1:]][:3]):
            assert got == expected


@pytest.mark.parametrize("text, wanted", CASES, ids=[text for text, _ in CASES])
def test_reads_the_same_between_names_and_periods(text, wanted):
    found = [(text[q.start:q.end], q) for q in analysis.analyse(analysis.document(text)).quantities]
    for line in wanted:
        mention, value, *rest = line.split(" | ")
        if value.startswith("outcome: "):
            taken = next((of, q) for of, q in found if mention in of or of in mention)
            assert taken[1].outcome not in ("fact", "bare")
            found.remove(taken)
            continue
        row = next(q for of, q in found if of == mention)
        found.remove((mention, row))
        low, _, high = value.partition("..")
        assert row.value == Decimal(low) and row.value_max == (Decimal(high) if high else None)
        assert row.comparator == (rest[1] if len(rest) > 1 else "=")
        # A metric may tell the unit better: of employees the unit is "person", of a bare number it is what is measured.
        assert (row.unit or "-") == rest[0] or row.outcome == "fact" and (
            rest[0] == "-" or row.unit.startswith(("person", rest[0])))


@pytest.mark.parametrize("text, decimals", [
    ("2.9 billion cars", -8), ("$12.50", 2), ("4,000 cars", 0), ("five million cars", -6), ("12 GB", -9),
            ("30%", 0)])
def test_decimals_as_in_xbrl(text, decimals):
    assert quantity.find(text, sentence.find(text), [])[0].decimals == decimals


def test_spans_of_other_finders_become_rows_and_stop_the_rest():
    text = "The iPhone 17 sold 5 million units in May 2025, in the third quarter, at 10:30."
    taken = [(4, 13, "name"), (text.index("May"), text.index("May") + 8, "date"),
             (text.index("the third"), text.index("the third") + 17, "period"), (text.index("10:30"),
                     len(text) - 1, "time")]
    rows = quantity.find(text, sentence.find(text), taken)
    assert [(row.kind, row.outcome) for row in rows] == [
        ("name", "name"), ("count", None), ("date", "date"), ("date", "period"), ("time", "date")]


def test_an_equivalent_is_a_row_and_hangs_on_its_quantity():
    text = "It paid 380 billion yuan (US$52 billion)."
    first, second = quantity.find(text, sentence.find(text), [])
    assert first.equivalent is second and second.outcome == "equivalent"


def test_no_quantity_crosses_a_sentence():
    text = "It sold 5. Million dollar deals came to 3. Km were driven."
    found = sentence.find(text)
    for row in quantity.find(text, found, []):
        assert any(s.start <= row.start and row.end <= s.end for s in found)


PIECES = st.lists(st.sampled_from([
    "5", "1,234.5", "1.234,5", "$", "US$", "€", "%", "-", "–", " ", " ", " ", ". ", ", ", "(", ")", "/",
            " to ", " and ", "between ",
    "from ", "two", "half", "third", "a quarter", "million", "hundred", "dozen", "double", "twice", "km",
            "kWh", "x", "GB", "K",
    "H20", "2025", "May", "people", "year-old", "th", "\n", "plus or minus ", "in ", "per share",
            "millions of ", "out of ", "forty-"]), max_size=25)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(PIECES)
@example(["third", "5", "two"])
@example(["5", "between ", "5", "-", "5"])
@example(["million", "5", "th"])
@example(["million", "5", "%"])
def test_every_number_lies_in_exactly_one_row(pieces):
    text = "".join(pieces)
    rows = quantity.find(text, sentence.find(text), [])
    spans = [(row.start, row.end) for row in rows]
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:]))
    for found in NUMBER.finditer(text):
        assert sum(start <= found.start() and found.end() <= end for start, end in spans) == 1, found


@pytest.mark.parametrize("piece", ["1", "1,", "1.", "1-", "1 ", "1 000 ", "two ", "million ", "$1 to ",
        "1/", "1 x ", "5 km (", "5%-",
                                   "half a ", "two-hundred-", "thousands of ", "a@1"])
def test_hostile_text_takes_linear_time(piece):
    def seconds(size):
        text = piece * (size // len(piece))
        start = time.process_time()
        quantity.find(text, [Sentence(0, len(text), 0, "body")], [])
        return time.process_time() - start
    # The fastest of three, as a collection of garbage can fall into one of them.
    small, large = (min(seconds(size) for _ in range(3)) for size in (6_000, 24_000))
    assert large < 0.05 + 12 * small


@pytest.mark.parametrize("text, european", [
    ("It costs 16.900 euros and weighs 1.990 kg; 50,12 % of 12,5 h.", True),
    ("It costs 1,234.50 dollars, $3.441 per million.", False), ("No. 5, 300 people", False), ("", False)])
def test_notation_is_decided_per_document(text, european):
    ours, theirs = number.votes(text)
    assert (ours > theirs) is european


@pytest.mark.parametrize("text, value", [
    ("Prices rose by 2.5% and 3.1%. It starts at 47.990 euros.", 47990),            # an English text
    ("It sold 48.006 vehicles, 12.5% more.", 48006),
    ("The pack lasts 1.000 cycles; it has 2.5 kWh and 3.5 kg.", 1000),
    ("The pack has 50,3 kWh and 61,1 kg, 4,5 h. It is sold from € 39,990.", 39990),    # a European one
    ("The pack has 50,3 kWh and 61,1 kg. The boot holds 1,400 litres.", 1400),
    ("The pack has 50,3 kWh and 61,1 kg. It costs 39,990 euros.", 39990),
    ("The euro stood at $1.364, up 2.5% and 3.1%.", 1.364),
    ("It has 50,3 kWh and 61,1 kg, in all 68,415 kWh.", 68.415)])
def test_a_numeral_that_shows_its_own_notation_keeps_it(text, value):
    rows = quantity.find(text, sentence.find(text), [])
    assert value in [row.value and float(row.value) for row in rows]


PIECES = ["one", "Twenty", "HUNDRED", "tens", "often", "millions", "fold", " a year", " an hour", "A year", "½", "12",
          "401", "_", "-", " ", "é", "/", ".", ":", "–", "x", "(", "k", "o’clock", ",", "00"]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
@example("It took a year and an hour, or twenty-five of 12 ½ days.")
@example("24/7 from 7 O’clock, 401(k), 1 (800) 555-0100 and 12-10-2025")
def test_fast_searches_find_what_the_patterns_find(text):
    assert scan.places(text) == [found.start() for found in scan.proposed().finditer(text)]
    forms = [form for form, _, _ in identifier.FORMS] + [identifier.DOTTED, identifier.COLON]
    for at in pattern.digit_runs(text):
        assert identifier.GOES_ON.match(text, at) or not any(form.match(text, at) for form in forms)


@pytest.mark.parametrize("piece", ["revenue of 1-2m, ", "a fee of 5p, "])
def test_what_the_whole_text_tells_is_asked_once(piece):
    """Whether m means million and p pence: the time grows as the text does."""
    def seconds(times):
        text = piece * times
        sentences, start = sentence.find(text), time.process_time()
        quantity.find(text, sentences, [])
        return time.process_time() - start
    small, large = (min(seconds(times) for _ in range(2)) for times in (1_500, 6_000))
    assert large < 0.1 + 8 * small
