"""Where a number may stand: digits, signs of fractions, number words. Nothing is read yet.

>>> places("Two of 12 ½-litre jugs, in a year; often alone.")
[0, 7, 10, 29]
"""
import re
from bisect import bisect_left
from collections.abc import Callable
from functools import cache
from string import ascii_letters

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from ..pattern import digit_runs
from . import number, unit

ASCII_LETTERS = frozenset(ascii_letters)
ASCII_WORD = ASCII_LETTERS | frozenset("_0123456789")
# in "about a year" and "a fifth of", not in "the year" and "the fifth"
AFTER_ARTICLE = frozenset([" a year", " a month", " a week", " a day", " an hour", " a fifth", " a sixth", " a tenth"])
SUM_AS_NAME, REST_OF_SUM = re.compile(r"[A-Z]{1,3}[0-9][0-9.,]*"), re.compile(r",[0-9]{3}(?![0-9])| (?:m|b|tr)illion\b")
LONGEST_WORD = 30           # more than a number word and what joins it with the next


def places(text: str) -> list[int]:
    """All places where `proposed` matches, found by searches that are faster than its own."""
    found = digit_runs(text)
    if any(sign in text for sign in number.FRACTION_SIGNS):
        found += [at for at, sign in enumerate(text) if sign in number.FRACTION_SIGNS]
    for _, start, end in _word_search().find_matches_as_indexes(text.lower()):
        if text[start] == " ":
            if text[start:end] in AFTER_ARTICLE and text[end:end + 1] not in ASCII_LETTERS:
                found.append(text.rindex(" ", start, end) + 1)
        elif text[end:end + 1] not in ASCII_LETTERS and text[start - 1:start] not in ASCII_WORD:
            found.append(start)
    found.sort()
    return found


def cuts_number(text: str, places: list[int], span: tuple[int, int, str]) -> bool:
    """Whether a name begins or ends within a number: the Twenty of "Twenty-eight people" is none, nor the P645 of
    "P645,000"."""
    start, end, kind = span
    if kind != "name":
        return False
    if text[start].isdigit() and _size().match(text, start, end):
        return True                                                 # the 48MP of "48MP Fusion"
    if text[end - 1].isdigit() and _led_by_unit().fullmatch(text, start, end):
        return True                                                 # pH 7.4
    if _within_number(text, places, start, _below_hundred().match) \
            or _within_number(text, places, end, number.match_words):
        return True
    return SUM_AS_NAME.fullmatch(text, start, end) is not None and REST_OF_SUM.match(text, end) is not None


def _within_number(text: str, places: list[int], at: int, words: Callable) -> bool:
    """Whether a place lies within a number: "in C Twenty-eight people", "a thirdS&P 500 fund"."""
    before = bisect_left(places, at) - 1
    if before < 0 or at - places[before] > LONGEST_WORD and not text[at - 1].isdigit():
        return False
    start = places[before]
    found = proposed().match(text, start)
    return at < found.end() or (found := words(text, start)) is not None and at < found.end()


@cache
def _words() -> list[str]:
    """The words that propose a number."""
    table = number.lists()
    alone = [*table["ones"], *table["tens"], *table["magnitudes"], *table["groups"], *table["multiples"],
             *table["halvings"], "half", "third", "quarter", "decade", "single-digit", "single digit"]
    plural = [word + "s" for word in (*table["magnitudes"], "dozen", "third", "quarter", "decade", "single digit",
                                      "single-digit")] + ["tens"]
    return alone + plural + [word + "fold" for word in (*table["ones"], "hundred", "thousand")]


@cache
def _word_search() -> AhoCorasick:
    return AhoCorasick(sorted({*_words(), *AFTER_ARTICLE}), MatchKind.LeftmostLongest,
                       implementation=Implementation.DFA)


@cache
def proposed() -> re.Pattern:
    """What proposes a number: digits, the sign of a fraction, a number word, the "year" of "about a year"."""
    return re.compile(rf"[0-9]+|{number.FRACTION}|\b(?:{_any_case(_words())}"
                      r"|(?<=\ a\ )(?:year|month|week|day|fifth|sixth|tenth)|(?<=\ an\ )hour)(?![A-Za-z])", re.ASCII)


def _any_case(words: list[str]) -> str:
    """As `any_of`, in any case: the first letter as a set, which a scan skips by fast."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"[{first}{first.upper()}](?i:{'|'.join(rests)})" for first, rests in by_first.items())


@cache
def _below_hundred() -> re.Pattern:
    return re.compile(rf"(?i){number.below_hundred()}")


@cache
def _led_by_unit() -> re.Pattern:
    return re.compile(rf"{unit.words_before()}[ -][0-9.]+")


@cache
def _size() -> re.Pattern:
    """Digits with a unit, and more behind them."""
    return re.compile(rf"[0-9][0-9.,]*{number.SPACE}?{unit.exact_pattern()}(?= )")
