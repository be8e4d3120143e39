"""Quarters, halves, other parts of a year and fiscal years: "Q2 2025", "the first nine months of 2024", "fiscal 2026".

A fiscal quarter whose months the text does not tell keeps its words and has no dates.

>>> now = Context("Q2 2025 beat the fiscal third quarter", date(2025, 8, 1), FORMS)
>>> now.read(0).first, now.read(17).first
(datetime.date(2025, 4, 1), None)
>>> Context("A quarter of them left", date(2025, 8, 1), FORMS).read(2)
"""
import re
from datetime import date

from .calendar import DAY, MONTHS, count_from, ending, months, shift, usual_label
from .timex import (
    COUNTS, DASH, FIGURE, FOUR_DIGITS, HYPHEN, MONTH_NAMES, NO_LETTER, OF_YEAR, ORDINALS, POSSESSIVE, STEPS, WORDS,
    Context, Forms, Found, S, Year, any_of, found, month_number, number, phrase, year_number)

FORMS = Forms()
STALE = 75      # days for each month of a quarter or half


def part(match: re.Match, now: Context, n: int, what: str, year: Year) -> Found:
    """The n-th quarter or half of a year; a negative n counts from the end of it."""
    length = MONTHS[what]
    n = n if n > 0 else 12 // length + 1 + n
    if what == "quarter" and not year.given and n in now.quarter_ends:
        return found(match, *ending(now.quarter_ends[n], "month", 3))
    if n * length > 12 or year.fiscal or (now.fiscal and not year.given):
        return found(match)
    number = year.number if year.given else _year_of_part(match, now, n, length)
    if number is None:
        return found(match, year_given=False)
    first, last = months(number, (n - 1) * length + 1, length)
    # "fourth quarter" in a September is a fiscal one, or still to come: nobody speaks of one so long past
    if not year.given and not now.pinned and (now.published - last).days > STALE * length:
        return found(match, year_given=False)
    return found(match, first, last, year_given=year.given)


def _year_of_part(match: re.Match, now: Context, n: int, length: int) -> int | None:
    """The year of a quarter or half without one: the last that has begun, or the next to end where that lies ahead."""
    if now.pinned or not now.published:
        return now.pinned
    year, before = now.published.year, now.published.month - 1      # months of the year that are over
    if now.ahead(match.start()):
        last = months(year if n * length <= before else year - 1, (n - 1) * length + 1, length)[1]
        if _is_of_results(now, match) and (now.published - last).days <= AWAITED:
            return last.year            # "in January, analysts expect fourth-quarter sales of $3bn"
        return year if n * length > before else year + 1
    return year if (n - 1) * length <= before else year - 1


RESULTS = re.compile(r"(?i)\b(?:revenues?|sales|earnings|profits?|results|eps|analysts|(?:per|a) share|subscribers)\b")
AWAITED = 45       # days after its end in which results of a quarter are still awaited


def _is_of_results(now: Context, match: re.Match) -> bool:
    """Whether results are spoken of, which are told when their quarter is over."""
    low, high = now.sentence(match.start(), 80)
    return RESULTS.search(now.text, low, high) is not None


# ---- quarters and halves ----------------------------------------------------------------------------

NOT_QUARTER = re.compile(rf"[- ](?:{any_of(WORDS['not_quarter'])})(?![a-z])")


@FORMS.add(rf"(?P<n>[1-4])(?P<what>[QH])"
           rf"(?:{S}?['’]?(?:FY{S}?)?(?P<year>(?:19|20)[0-9]{{2}}|[0-9]{{2}}))?{NO_LETTER}", FIGURE)
@FORMS.add(rf"(?P<what>[QH])(?P<n>[1-4])"
           rf"(?:{S}?{DASH}?{OF_YEAR}|(?:{S}|(?=['’]))(?P<short>['’]?[0-9]{{2}}){NO_LETTER})?{NO_LETTER}",
           "Q1", "Q2", "Q3", "Q4", "H1", "H2")
def coded(match, now):
    """2Q25, 1H2025, 3Q 2024, 4Q; Q2 2025, Q2 FY26, H1'25."""
    n, what = int(match["n"]), "quarter" if match["what"] == "Q" else "half"
    if n * MONTHS[what] > 12:
        return None
    year = now.year_of(match)
    if short := match.groupdict().get("short"):
        year = Year(year_number(short.lstrip("'’")), True)
    if "FY" in match.group():
        year = year._replace(fiscal=True)
    if not year.given and NOT_QUARTER.match(now.text, match.end()):
        return None
    # "H1" and "H2" alone are chips, vitamins and visas, "H1's sales" are not
    if what == "half" and not (year.given or year.fiscal) and not POSSESSIVE.match(now.text, match.end()):
        return None
    return part(match, now, n, what, year)


@FORMS.add(rf"""(?x: (?P<year>(?:19|20)[0-9]{{2}}|2100)
    (?: ['’]s )? (?:{S}|{DASH})? (?:
        (?P<code>[QH])(?P<n>[1-4])
      | (?i:(?P<ord>{any_of(ORDINALS)}){HYPHEN}(?:(?P<fiscal>fiscal|financial){HYPHEN})?
            (?P<what>quarter|half))
      | (?i:(?P<fy>fiscal|financial){S}year)
    ){NO_LETTER})""", FOUR_DIGITS)
def behind_year(match, now):
    """2024 Q3, 2024's second quarter, 2024 fiscal year."""
    if match["fy"]:
        return found(match)
    year = Year(int(match["year"]), True, bool(match["fiscal"]))
    if match["code"]:
        return part(match, now, int(match["n"]), "quarter" if match["code"] == "Q" else "half", year)
    return part(match, now, ORDINALS[match["ord"].lower()], match["what"].lower(), year)


@FORMS.add(phrase("(?P<yearstep>this|last) year['’]s <ordinal>~(?P<what>quarter|half)<end>"), "this", "last")
def of_this_or_last_year(match, now):
    if not now.published:
        return None
    year = Year(now.published.year + STEPS[match["yearstep"].lower()], True, now.fiscal)
    return part(match, now, ORDINALS[match["ord"].lower()], match["what"].lower(), year)


REPORTED = re.compile(rf"(?i:\b{any_of(WORDS['saying']['reporting'])}\b)")
SUM = re.compile(r"[$€£¥₹][0-9]|[0-9]%| (?:million|billion|per cent|percent) ")     # unlike what a team does in a half
FRACTION = re.compile(rf"{S}of{S}(?!the{S}(?:fiscal|financial))")


@FORMS.add(phrase("((?P<fiscal0>fiscal|financial|full)~)?<ordinal>~((?P<fiscal1>fiscal|financial)~)?"
                  "(?P<what>quarter|half)(?![a-z])(<ofyear>)?"), *ORDINALS, "fiscal", "financial", "full")
def ordinal(match, now):
    """The second quarter, its fiscal third quarter of 2024, the first half ended June 30."""
    what, n = match["what"].lower(), ORDINALS[match["ord"].lower()]
    year = now.year_of(match)
    if match["ord"].lower() == "last" and not (year.given or year.fiscal):
        return None             # "last quarter" counts from now
    # "half of" a thing is a fraction; "the second half" alone may be one of a match
    if what == "half" and FRACTION.match(now.text, match.end()):
        return None
    if match["fiscal0"] or match["fiscal1"]:
        year = year._replace(fiscal=True)
    if not (year.given or year.fiscal) and (sibling := _beside_named(match, now, n, what)):
        return sibling
    if what == "half" and not year.given and not _of_business(match, now):
        return found(match, anchor=False)
    told = part(match, now, n, what, year)
    if ended := end_of(now, match.end(), "month", MONTHS[what]):
        told.end, told.year_given, told.first, told.last = ended.end, ended.year_given, ended.first, ended.last
        if what == "quarter" and ended.last:
            now.quarter_ends.setdefault(n, ended.last)
    return told


def _of_business(match: re.Match, now: Context) -> bool:
    low, high = max(0, match.start() - 60), match.end() + 60
    return bool(REPORTED.search(now.text, low, high) or SUM.search(now.text, low, high))


IN_THE = re.compile(r"\b(?:in|from|of|for|with) the $")


@FORMS.add(phrase("(?P<ord>first|second|third|fourth)(?=[.,;)]| (?:showing|at|bringing|seeing)<end>)"),
           "first", "second", "third", "fourth")
def ordinal_alone(match, now):
    """The quarter or half that an ordinal leaves out: "3% in the second quarter from 2% in the first"."""
    if not now.preceded(match.start(), IN_THE):
        return None
    return _beside_named(match, now, ORDINALS[match["ord"].lower()], "quarter or half", False)


def _beside_named(match: re.Match, now: Context, n: int, what: str, with_year: bool = True) -> Found | None:
    """The nth quarter or half, told by another one that the sentence has named."""
    low, _ = now.sentence(match.start())
    labels = [usual_label(f.first, f.last) or "" for f in now.recent
              if f.start >= low and f.year_given >= with_year]
    named = [label for label in labels if label[-2:-1] in ("Q", "H")]
    if not named:
        return None
    year, code = named[-1].split("-")
    kind, length = ("quarter", 3) if code[0] == "Q" else ("half", 6)
    if kind not in what or n < 1 or n * length > 12:
        return None
    year_before = n > int(code[1]) + (kind == "quarter")    # "from 2% in the fourth", in the first quarter
    return found(match, *months(int(year) - year_before, length * (n - 1) + 1, length), anchor=False)


@FORMS.add(phrase("<month> quarter(<ofyear>)?"), *MONTH_NAMES)
def month_quarter(match, now):
    """The June quarter: the one that ends with it."""
    month = month_number(match["month"])
    year = now.year_of(match)
    if year.number is None or year.fiscal:
        year = year._replace(number=now.year_of_month(match.start(), month))
    if year.number is None:
        return found(match)
    return found(match, *months(year.number, month - 2, 3), year_given=year.given)


# ---- what ended on a day ----------------------------------------------------------------------------

ENDED = re.compile(phrase(",? (that |which )?(ended|ending|ends|to|through|up to) (on |in )?<the>"
                          "(end~of |end-)?"))


OVER = re.compile(r",? (?:that |which )?end(?:ed|ing) ")
RUNS = re.compile(r"(?i:ending|ends|\bto|through)")
LONG_OVER = 200         # days


def end_of(now: Context, position: int, unit: str, count: int) -> Found | None:
    """What follows "the quarter": "ended June 30", "that ended Nov. 26", "to the end of March"."""
    match = ENDED.match(now.text, position)
    day = now.read(match.end()) if match else None
    if day is None or day.kind != "date":
        return None
    last = day.last
    # "in the year ending in March", told in February: of this year
    if last and now.published and not day.year_given and RUNS.search(match[0]) \
            and (now.published - last).days > LONG_OVER:
        last = shift(last, 12)
    first, last = ending(last, unit, count) if last else (None, None)
    return Found(position, day.end, first, last, year_given=day.year_given)


@FORMS.add(phrase("((fiscal|financial)~)?(?P<unit>quarter|half|year|month|week|period)<endcomes>"),
           "quarter", "half", "year", "month", "week", "period", "fiscal", "financial")
def unit_ended(match, now):
    """The quarter ended June 30, its financial year to March."""
    unit = match["unit"].lower()
    if unit == "period":                # of results: a quarter
        unit = "quarter" if OVER.match(now.text, match.end()) else unit
    ended = None if unit == "period" else end_of(now, match.end(), "week", 1) if unit == "week" \
        else end_of(now, match.end(), "month", MONTHS[unit])
    if ended:
        ended.start = match.start()
    return ended


@FORMS.add(phrase("<number>~(?P<unit>month|week|quarter|year)s?<end>( period)?<endcomes>"), FIGURE, *COUNTS)
def units_ended(match, now):
    """Three months ended June 30, the 52-week period that ended on January 3."""
    ended = end_of(now, match.end(), match["unit"].lower(), number(match["n"]))
    if ended:
        ended.start = match.start()
    return ended


# ---- other parts of a year --------------------------------------------------------------------------

LAST_OF = ("last", "final", "closing")


@FORMS.add(phrase("(?P<ord>first|last|final|opening|closing) (<number> )?(?P<unit>day|week)s?<end> (of|in) (the )?"),
           "first", "last", "final", "opening", "closing")
def days_of(match, now):
    """"the last two weeks of July": of a month, a quarter or a year that is named."""
    whole = now.read(match.end())
    if whole is None or not whole.first or not whole.last or not 27 <= whole.length.days <= 372:
        return None
    unit, count = match["unit"].lower(), number(match["n"] or "1")
    if match["ord"].lower() in LAST_OF:
        first, last = ending(whole.last, unit, count)
    else:
        first, last = whole.first, count_from(whole.first, unit, count) - DAY
    return Found(match.start(), whole.end, first, last, year_given=whole.year_given)


@FORMS.add(phrase("(?P<ord>first|last|final|opening|closing|initial|early) "
                  "(<number> )?(?P<unit>month|week|quarter|day)(?P<many>s)?<end>(<ofyear>)?"),
           "first", "last", "final", "opening", "closing", "initial", "early")
def months_of_year(match, now):
    """First nine months of 2024, final three months of 2022, first three quarters of the year."""
    at_end = match["ord"].lower() in LAST_OF
    unit, count = match["unit"].lower(), number(match["n"] or ("3" if match["many"] else "1"))
    year = now.year_of(match)
    if not (year.given or year.fiscal):
        if at_end:
            return None             # "the last three months" counts from now
        if unit in ("day", "week") or not now.published or count == 12 or not match["n"]:
            return None
        year = Year(now.published.year, False)
    year_given = year.given and not match["theyear"]
    if year.number is None or year.fiscal:
        return found(match, year_given=year_given)
    if at_end:
        first, last = ending(date(year.number, 12, 31), unit, count)
    else:
        first = date(year.number, 1, 1)
        last = count_from(first, unit, count) - DAY
    return found(match, first, last, year_given=year_given)


@FORMS.add(phrase("full(-year<end>| year(?= (?:profit|sales|revenue|earning|result|guidance|outlook|forecast)))"
                  "(?! (?:19|20)[0-9])"), "full")
def full_year(match, now):
    """"full-year sales": of the year that is just over, or the one that runs."""
    year = now.this_year()
    return found(match, *(months(year, 1, 12) if year else ()), year_given=False)


# ---- fiscal years -----------------------------------------------------------------------------------

@FORMS.add(phrase("((fiscal|financial)~(years?~)?|FY ?)[0-9]{2,4}([-/–][0-9]{2,4})?<nofigure>"
                  "( (?P<part>Q[1-4]|(first|second|third|fourth)~quarter))?"), "fiscal", "financial", "fy")
@FORMS.add(phrase("(fiscal|financial) Q[1-4](?P<part><ofyear>)?<end>"), "fiscal", "financial")
def fiscal_year(match, now):
    """Fiscal 2026, FY2025-26, fiscal Q3: without dates, unless the text says when it ended."""
    ended = end_of(now, match.end(), "month", 12)
    if ended and not match.groupdict().get("part"):
        ended.start = match.start()
        return ended
    return found(match)
