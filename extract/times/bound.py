"""What bounds a time: "by 2027", "since May", "from 2018 to 2023", "May and June", "early 2025", "the end of the year".

These words stand before or between other expressions, which are read first.

>>> from extract.times import day, year
>>> now = Context("By 2027, and from May to July, after years", date(2025, 8, 1), Forms(day.FORMS, year.FORMS, FORMS))
>>> told = now.read(0)
>>> told.first, told.last, told.label
(None, datetime.date(2027, 12, 31), 'by 2027')
>>> now.read(13).first, now.read(31)
(datetime.date(2025, 5, 1), None)
"""
import re
from dataclasses import replace
from datetime import date, timedelta

from .calendar import DAY, around, months, shift
from .timex import BEEN, DASH, EDGES, OPENERS, THE, Context, Forms, Found, S, found, phrase

FORMS = Forms()
BLANKS = re.compile(r"[\s-]+")

# ---- from one to another ----------------------------------------------------------------------------

RANGE_LINK = re.compile(rf"{S}(?:to|through|until|till|and){S}(?:in{S})?{THE}|-to-|{S}?{DASH}{S}?")


def range_to(now: Context, first: Found, link: str | None = None) -> Found | None:
    """`first` joined with what follows "to" or a dash, or "and" where that is the link; a year of one end holds for
    the other."""
    join = RANGE_LINK.match(now.text, first.end)
    if not join or (join.group().strip() == "and") != (link == "and") or now.text.startswith("Today", join.end()):
        return None                 # "OSLO, June 18, 2025 – Today, Norvik began"
    last = now.read(join.end())
    if not last or last.kind == "time" or last.end == join.end():
        return None
    if not first.year_given and last.year_given and last.last:
        first = _first_before(now, first, last)
    elif first.first and last.last and not last.year_given and last.last < first.first:
        last = now.read_of_year(join.end(), first.first.year) or last
        if last.last and last.last < first.first and not first.year_given:
            first.first = shift(first.first, -12)
    if not first.first and not last.last and not first.year_given and not last.year_given:
        return Found(first.start, last.end, kind=first.kind, year_given=False, anchor=False)
    if not (first.first and last.last) or first.first >= last.last:
        return None
    return Found(first.start, last.end, first.first, last.last, first.kind)


def _first_before(now: Context, first: Found, last: Found) -> Found:
    """The first end in the year of the last, or the year before: "from November to January 2025"."""
    first = now.read_of_year(first.start, last.last.year) or first
    if first.first and first.first > last.last:
        first = now.read_of_year(first.start, last.last.year - 1) or first
    return first


ONWARDS = re.compile(r" (?:onwards?|on|forward)\b")


@FORMS.add(phrase("(?P<link>from|between|across) (in )?<the>"), "from", "between", "across")
def from_to(match, now):
    """From 2010 to 2012, between May and July; from March 1."""
    first = now.read(match.end())
    if first is None or first.kind == "time":
        return None
    link = match["link"].lower()
    joined = range_to(now, first, "to" if link == "from" else "and")
    if joined:
        joined.start = match.start()
        return joined
    # A form that holds its own range ("2018–2023") stays as it is; "from 2023" alone is a comparison,
    # unless it opens the sentence or lies ahead: "From March 1, it costs", "will cost $5 from March 1".
    onwards = ONWARDS.match(now.text, first.end)
    if link != "from" or not (onwards or _opens(match, now, first) or _to_come(match, now, first)):
        return None
    end = onwards.end() if onwards else first.end
    return Found(match.start(), end, first.first, None, first.kind, now.text[match.start():end].lower(),
                 first.year_given, anchor=False)


def _opens(match: re.Match, now: Context, first: Found) -> bool:
    low, _ = now.sentence(match.start())
    return not now.text[low:match.start()].strip() and now.text.startswith(",", first.end)


def _to_come(match: re.Match, now: Context, first: Found) -> bool:
    return bool(first.first and now.published and first.first > now.published and now.ahead(match.start()))


AND_MONTH = re.compile(r" and [A-Z]")
RESPECTIVELY = re.compile(r",? respectively")


def two_months(now: Context, first: Found) -> Found | None:
    """"in May and June": two months, the second right behind the first."""
    if not AND_MONTH.match(now.text, first.end):
        return None
    now.depth += 1              # behind another month "June" is no name
    both = range_to(now, first, "and")
    now.depth -= 1
    if both is None or both.first is None or RESPECTIVELY.match(now.text, both.end):
        return None
    return both if (both.first, both.last) == months(both.first.year, both.first.month, 2) else None


# ---- open on one side: by, since, as of -------------------------------------------------------------

SINCE = re.compile("(?i:(?:ever )?since)")
ROLLS = re.compile(r"(?i:past|last|trailing) (?:[0-9]|[a-z]+ (?:month|week|year))")
NOT = re.compile(r"(?:\bnot|n['’]t) $")
MIDDLE, HALF_LONG = re.compile(r"(?i:(?:the )?mid)"), timedelta(days=150)


@FORMS.add(phrase("(?P<opener><openerword>) <the>"), *OPENERS)
def opened(match, now):
    """By the end of 2025, since May, as of July."""
    inner = now.read(match.end())
    if inner is None or inner.kind == "time":
        return None
    opener = OPENERS[BLANKS.sub(" ", match["opener"].lower())]
    words = now.text[match.start():inner.end].lower()
    if opener == "at":
        label = inner.label if inner.first == inner.last else None
        return replace(inner, start=match.start(), label=label, anchor=True)
    if opener == "until" and (ROLLS.match(now.text, inner.start) or now.preceded(match.start(), NOT)):
        return None                 # "ranked by trailing 12 months", "it was not until July that it opened"
    first, last = (_begun(match, now, inner), None) if opener == "since" else (None, _due(now, inner))
    return replace(inner, start=match.start(), first=first, last=last, label=words, anchor=False)


def _begun(match: re.Match, now: Context, inner: Found) -> date | None:
    """The first day since which: nothing goes on since a day to come."""
    first = inner.first
    if first and now.published and now.published < first and SINCE.match(now.text, match.start()):
        return None if inner.year_given else shift(first, -12)
    return first


def _due(now: Context, inner: Found) -> date | None:
    """The last day until which: "by mid-2026" is by the end of June."""
    first, last = inner.first, inner.last
    if first and last and last - first > HALF_LONG and MIDDLE.match(now.text, inner.start):
        return shift(first, 3) - DAY
    return last


# ---- a part of it: early, late, the end of, so far ---------------------------------------------------

@FORMS.add(phrase("year~to~date<end>"), "year")
def year_to_date(match, now):
    today = now.published
    return found(match, today and date(today.year, 1, 1), today, anchor=False)


@FORMS.add(r"(?i:to date)(?![A-Za-z]| (?:the|a|my|his|her)\b)", "to date")
def to_date(match, now):
    return found(match, None, now.published, anchor=False)


@FORMS.add(phrase("(year~end|end~(of~)?(the )?year)<end>( <year>)?"), "year", "end")
def year_end(match, now):
    """Year-end 2025, the end of the year."""
    number = int(match["year"]) if match["year"] else now.this_year()
    if not match["year"] and now.published and now.published.month <= 3 and not now.ahead(match.start()) \
            and BEEN.search(now.text, now.sentence(match.start())[0], match.start()):
        number -= 1                 # "it had 40 shops by the end of the year", told in January
    last = date(number, 12, 31) if number else None
    return found(match, last, last)


TO_END = re.compile(r"\b(?:to|will|would|could|may|might) $")
BARE_UNIT = re.compile(phrase("(year|quarter|month|decade|century|week)<end>"))
ONE_YEAR = range(360, 373)      # days
THIS_DECADE = date(2020, 1, 1), date(2029, 12, 31)     # of a text without a date


@FORMS.add(phrase("(?P<edge><edgeword>)( <the>|~)"), *EDGES)
def edge(match, now):
    """Early 2025, late May, mid-2025, the end of the quarter, so far this year."""
    which = EDGES[BLANKS.sub(" ", match["edge"].lower())]
    if match["edge"].lower() == "end" and now.preceded(match.start(), TO_END):
        return None                 # "forecast to end 2025 at 3%"
    whole = _bare_unit(match, now, which) or now.read(match.end())
    if whole is None or whole.kind == "time":
        return None
    told = replace(whole, start=match.start(), label=None, anchor=True)
    if not told.first or not told.last:
        return told
    if which in ("sofar", "rest"):
        return _until_or_from_now(told, now, which)
    days = told.length.days + 1
    if which in ("start", "end"):
        told.first = told.last = told.first if which == "start" else told.last
    elif days < 20:
        return None
    elif days <= 31:
        told.first, told.last = _part_of_month(which, told.first, told.last)
    elif days in ONE_YEAR and told.first.day == 1:
        told.first, told.last = _part_of_year(which, told.first, told.last)
        told.label = now.text[told.start:told.end].lower()
    return told


def _bare_unit(match: re.Match, now: Context, which: str) -> Found | None:
    """The unit of publication that the text only calls "the quarter": "the end of the quarter"."""
    unit = BARE_UNIT.match(now.text, match.end())
    if not unit or not (which in ("end", "start") or match.group().lower().endswith("the ")):
        return None
    name, first, last = unit.group().lower(), None, None
    if now.published and name != "century":
        first, last = around(now.published, name)
    elif name == "decade":
        first, last = THIS_DECADE
    return found(unit, first, last)


def _until_or_from_now(told: Found, now: Context, which: str) -> Found | None:
    if not now.published or not told.first <= now.published <= told.last:
        return told if which == "sofar" else None
    if which == "sofar":
        told.last = now.published
    else:
        told.first = now.published
    told.anchor = False
    return told


def _part_of_month(which: str, first: date, last: date) -> tuple[date, date]:
    middle = first.replace(day=15)
    return {"early": (first, first.replace(day=10)), "mid": (middle, middle),
            "late": (first.replace(day=21), last)}[which]


def _part_of_year(which: str, first: date, last: date) -> tuple[date, date]:
    return {"early": months(first.year, first.month, 3), "mid": months(first.year, first.month + 3, 6),
            "late": months(last.year, last.month - 2, 3)}[which]
