"""What a fuzzer found stays mended, spans and ledger hold for any text, and the fuzzer itself finds what is broken."""
import re
import sys
import tomllib
import unicodedata
from pathlib import Path

import fuzz
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import analysis, batch, read

FINDS = tomllib.loads((Path(__file__).parent / "data/fuzz.toml").read_text(encoding="utf-8"))["find"]
# Bytes that gave an article which no file can hold, and what its reject says.
BROKEN = {"a NUL that stands as two bytes, brought to light with mojibake": (b"The plant employs 80\xc0\x80 people "
                                                                             b"\xe2\x80\x99", "binary")}


@pytest.mark.parametrize("find", FINDS, ids=[find["why"] for find in FINDS])
def test_what_was_found_stays_mended(find):
    text = find["text"] * find.get("times", 1) + find.get("end", "")
    assert fuzz.problem(fuzz.wrong_of_text, text) is None
    if find.get("times", 0) > 400:          # was slow: far slower than articles of its length
        once = min(fuzz.seconds(fuzz.wrong_of_text, text[:len(text) // 4]) for _ in range(2))
        assert min(fuzz.seconds(fuzz.wrong_of_text, text) for _ in range(2)) < 9 * max(once, 0.02)


@pytest.mark.parametrize("why", BROKEN)
def test_bytes_that_were_found_stay_rejected(why, tmp_path):
    data, reason = BROKEN[why]
    (tmp_path / "a.txt").write_bytes(data)
    source, = read.sources([str(tmp_path / "a.txt")])
    reject, = read.documents(source)
    assert reason in reject.reason


# Any text -----------------------------------------------------------------------------------------------

MARKS = st.sampled_from([
    "\U0001f680", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f1f3\U0001f1f4", "\u200b", "\u200d", "\u2060",
    "\ufeff", "\u202b", "\u202e",
    "\u2067", "\u2069", "e\u0301", "\u0301", "\u20e3", "\U0001d40d\U0001d428", "\U0001d7d5", "\u05e9\u05dc\u05d5\u05dd",
    "\u0665", "İ", "ſ", "\u212a",
    "ß", "ﬁ", "\u2028", "\x85", "\x1c", "\u00a0", "\u3000", "五"])
CLAUSES = st.sampled_from([
    "Norvik Motors Inc. reported revenue of $5.3 million", "up 12% from a year earlier",
    "It sold 41,300 cars in the second quarter of 2025",
    "said chief Ilse Brandt on Monday", "the Kestrel 2 has a 60 kWh battery and a range of 410 km",
    "between €3.5 and €4 billion",
    "two-thirds of its twenty-five plants", "380 billion yuan (US$52 billion)", "by the end of 2026", "at 10:30",
    "on August 25", "at http://norvik.example/2",
    "its 1.990.000 shares", "GPT-4.5", "half a million tokens", "3bn yuan ($365m; £190m)",
    "Veldt and Norvik cut 300 jobs each", "#3"])
JOINTS = st.sampled_from([" ", " ", " ", ", ", ". ", ".\n\n", "; ", " – ", " (", ") ", "\n", "", " and "])
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@settings(max_examples=250, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.one_of(CLAUSES, CLAUSES, MARKS, ANY), JOINTS), max_size=10))
def test_spans_and_ledger_hold_for_any_text(pieces):
    text = "".join(piece + joint for piece, joint in pieces)
    assert fuzz.wrong_of_text(text) == []


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.one_of(MARKS, st.sampled_from(["5", "$", "1,234.5", " million", "twenty-", "five", " ", "%", "Q3 ",
                                                  "2025", "May "]), ANY), max_size=20))
def test_spans_and_ledger_hold_without_words_around(pieces):
    assert fuzz.wrong_of_text("".join(pieces)) == []


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(MARKS, min_size=1, max_size=6).map("".join), CLAUSES)
def test_what_stands_before_moves_spans_by_its_code_points(marks, clause):
    """In a line of its own, so that it changes nothing but places."""
    lead = "".join(mark for mark in marks if unicodedata.category(mark) not in ("Nd", "Zl", "Cc")) + "\n"
    plain, moved = (analysis.analyse(analysis.document(text)).quantities for text in (clause, lead + clause))
    moved = [q for q in moved if q.start >= len(lead)]
    assert [(q.start, q.end, q.value) for q in plain] == [
            (q.start - len(lead), q.end - len(lead), q.value) for q in moved]


# The fuzzer ---------------------------------------------------------------------------------------------

@pytest.fixture(scope="module")
def fuzzer():
    return fuzz.Fuzzer(seed=5, real=False)


def test_a_few_cases(fuzzer):
    assert [(number, found) for number in range(90)
            if (found := fuzzer.run(number)) and not found.startswith("slow")] == []


def test_cases_are_the_same_by_seed(fuzzer):
    again = fuzz.Fuzzer(seed=5, real=False)
    assert [fuzzer.case(number) for number in range(20)] == [again.case(number) for number in range(20)]
    assert fuzz.Fuzzer(seed=6, real=False).case(1) != fuzzer.case(1)


def test_it_finds_what_is_broken(monkeypatch):
    """An error, a wrong span, a number that is lost; and cuts the text to what shows it."""
    text = "Norvik Motors Inc. sold 300 cars in May. It hopes for 400 in June, said its chief."
    real = batch.extract

    def changed(change):
        def extract(documents):
            made = real(documents)
            rows = change(made["quantities"].to_pylist())
            return made | {"quantities": made["quantities"].from_pylist(rows, schema=made["quantities"].schema)}
        monkeypatch.setattr(batch, "extract", extract)
        return fuzz.problem(fuzz.wrong_of_text, text)

    assert changed(lambda rows: rows) is None
    assert changed(lambda rows: rows[1:]).startswith("ledger")
    assert changed(lambda rows: [row | {"mention": row["mention"] + "."} for row in rows]).startswith("mention")
    assert changed(lambda rows: [row | {"sentence_end": row["start"]} for row in rows]).startswith("sentence")
    assert changed(lambda rows: [row | {"value": float("inf")} for row in rows]).startswith("infinite")
    assert changed(lambda rows: [row | {"outcome": "date"} for row in rows]).startswith("outcome")
    assert changed(lambda rows: [][0]) == "IndexError in ?: list index out of range"
    assert fuzz.smallest(text, lambda less: re.search("300.*June", less) is not None) == "300June"


def test_a_process_that_dies_is_a_find(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["fuzz.py", "--seconds", "60", "--case", "7"])
    monkeypatch.setattr(fuzz, "Fuzzer", lambda seed: [][0])
    with pytest.raises(SystemExit) as ended:
        fuzz.main()
    assert ended.value.code and "died: exit code 1" in capsys.readouterr().out
