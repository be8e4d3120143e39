"""Dating: every date, clock time and period expression of a text, resolved with the day it was published.

One scan proposes the places where such an expression may begin (a digit run, or a word of
schemas/words/period.toml); anchored forms decide there. Doubt is a None: a fiscal quarter whose months the text does
not give, or a month without any year, keeps its words as label and has no dates.

>>> from datetime import date
>>> text = "In Q2 2025 sales rose from a year earlier; by 2027 they may double."
>>> [(text[p.start:p.end], p.label) for p in find(text, date(2025, 8, 1))]
[('Q2 2025', '2025-Q2'), ('a year earlier', '2024-Q2'), ('by 2027', 'by 2027')]
>>> find("May I march on with 2,025 people and 2000 mm of rain?", date(2025, 8, 1))
[]
"""
import re
from datetime import date

from ahocorasick_rs import AhoCorasick, Implementation

from .. import pattern
from ..model import Period
from . import bound, day, quarter, relative, year
from .calendar import usual_label
from .timex import Context, Forms, Found, S

# Where two forms accept the same words, the first of these is asked first: "May quarter" before "May".
FORMS = Forms(quarter.FORMS, day.FORMS, year.FORMS, relative.FORMS, bound.FORMS)

FISCAL = re.compile(
    r"(?i:fiscal)[ -](?:Q[1-4]|(?i:first|second|third|fourth|year\b|quarter|20[0-9]{2}))"
    r"|(?i:(?:first|second|third|fourth)[ -]fiscal)|\bFY ?(?:20)?[0-9]{2}\b|F20[0-9]{2}")


def find(text: str, published: date | None) -> list[Period]:
    """Every date, clock time and period expression of the text, in text order and not overlapping."""
    # The plain search first: most texts hold none of these, and the pattern is slow to say so.
    fiscal = any(mark in text for mark in ("iscal", "ISCAL", "FY", "F20")) and FISCAL.search(text) is not None
    now = Context(text, published, FORMS, fiscal)
    _scan(now)
    if now.quarter_ends:        # "second-quarter" in a title stands before what says when it ended
        now.found.clear()
        _scan(now)
    periods = [_period(text, found) for found in now.found]
    _name_quarters(text, periods)
    return periods


def _period(text: str, found: Found) -> Period:
    label = found.label or usual_label(found.first, found.last) or " ".join(text[found.start:found.end].lower().split())
    return Period(found.start, found.end, label, found.first, found.last, found.kind)


# ---- where an expression may begin ------------------------------------------------------------------


def _starters() -> AhoCorasick:
    """One automaton for all openings of forms, in the usual capitalisations."""
    words = {opening for opening in FORMS.openings if not opening[0].isdigit()}
    capital = {word.capitalize() for word in words if word.islower()}
    return AhoCorasick(sorted(words | capital | set(map(str.upper, words))), implementation=Implementation.DFA)


STARTERS = _starters()


# What a digit run must look like to be tried at all.
DATE_DIGITS = re.compile(rf"""(?x:
      (?:1[5-9]|20)[0-9]{{2}}(?:['’]?s)?(?![0-9,])
    | 2100 | (?:19|20)[0-9]{{2}},(?![0-9])
    | [0-9]{{1,2}}(?:[:/-][0-9]|\.[0-9]{{1,2}}(?:\.[0-9]|{S}?[apAP]\.?[mM])|st|nd|rd|th|[QH]
      |{S}?(?:[apAP]\.?[mM]|o['’]c))
    | [0-9]{{1,3}}(?:{S}?(?:[-–—&]|to|and){S}?[0-9]{{1,2}})?
      (?:{S}|-)(?:of{S}[A-Z]|[JFMASOND][A-Za-z]{{2}}|day|week|month|quarter|year|decade|[ap]\.?m)
    )""")


def _positions(text: str) -> list[int]:
    """Where an expression may begin, ascending."""
    starts = {start for _, start, end in STARTERS.find_matches_as_indexes(text, overlapping=True)
              if (start == 0 or not text[start - 1].isalnum())
              and not (text[end:end + 1].isalpha() and text[end - 1].isalpha())}
    starts.update(start for start in pattern.digit_runs(text) if DATE_DIGITS.match(text, start))
    return sorted(starts)


INSIDE_NUMBER = re.compile(r"[A-Za-z0-9]$|[0-9][.,]$")      # "2.5 years ago", "3,000 years ago"
TENS = re.compile(r"(?i:\b(?:twen|thir|for|fif|six|seven|eigh|nine)ty-)$")      # "seventy-five years later"


def _is_inside_number(text: str, start: int) -> bool:
    """Whether what begins there is the end of a number."""
    if text[start].isdigit() and INSIDE_NUMBER.search(text[max(0, start - 2):start]):
        return True
    return text[start - 1:start] == "-" and TENS.search(text, max(0, start - 8), start) is not None


# ---- the scan ---------------------------------------------------------------------------------------

LINK_AFTER = re.compile(rf"{S}(?:to|through|until|till|-|–|—){S}?|[-–—]")


def _scan(now: Context) -> None:
    """Reads at every place that lies behind what was found last."""
    done = 0
    for start in _positions(now.text):
        if start < done or _is_inside_number(now.text, start):
            continue
        found = now.read(start)
        if found is None:
            continue
        _say_which(now, found)
        if found.kind != "time" and LINK_AFTER.match(now.text, found.end):
            found = bound.range_to(now, found) or found
        elif found.kind == "date":
            found = bound.two_months(now, found) or found
        now.found.append(found)
        done = found.end


def _say_which(now: Context, found: Found) -> None:
    """Takes the dates of a time in brackets behind: "over the last five years (2020 to 2024)"."""
    said = now.read(found.end + 2) if now.text.startswith(" (", found.end) else None
    said = said and (bound.range_to(now, said) or said)
    if said and said.first and now.text.startswith(")", said.end):
        found.first, found.last, found.end = said.first, said.last, said.end + 1


# ---- what the text said elsewhere -------------------------------------------------------------------

BESIDE_OTHER = re.compile(r"\b(?:from|than|with|to|against|versus|over|on|since|and) (?:the )?$")
BARE_QUARTER = re.compile(r"(?i:q[1-4]|(?:first|second|third|fourth)[ -]quarter)")
WITH_YEAR, OF_QUARTER = re.compile(r"[0-9]{4}"), re.compile(r"[0-9]{4}-(Q[1-4])")


def _name_quarters(text: str, periods: list[Period]) -> None:
    """A bare quarter is that of which the text has said the year: "Q2" behind "its Q2 2024 earnings call"."""
    said: dict[str, Period] = {}
    for period in periods:
        named = OF_QUARTER.fullmatch(period.label)
        if named and WITH_YEAR.search(text, period.start, period.end):
            if not BESIDE_OTHER.search(text, max(0, period.start - 20), period.start):
                said[named[1]] = period
        elif named and named[1] in said and BARE_QUARTER.fullmatch(text, period.start, period.end):
            of_year = said[named[1]]
            period.label, period.first, period.last = of_year.label, of_year.first, of_year.last
