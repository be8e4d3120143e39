"""Times counted from another: from the day of publication ("last week", "over the past three years", "today"), or from
a time that the text told before ("a year earlier", "the same period last year", "that quarter").

Without that other time the words are found and have no dates.

>>> now = Context("It made 5m last year, from 4m a year ago", date(2025, 8, 1), FORMS)
>>> now.found.append(now.read(11))
>>> [now.read(at).first for at in (11, 30)]
[datetime.date(2024, 1, 1), datetime.date(2023, 1, 1)]
>>> Context("the year to come", date(2025, 8, 1), FORMS).read(0)
"""
import re
from datetime import date, timedelta

from .calendar import DAY, MONTHS, YEAR, around, count_from, ending, months, shift, usual_label
from .day import on_weekday
from .timex import (
    COUNTS, FIGURE, FULL_MONTHS, MONTH_NUMBER, NEAR, ROLLING, STEPS, UNITS, WORDS, YEAR_LONG, Context, Forms, Found, S,
    found, number, phrase)

FORMS = Forms()

# ---- from the day of publication --------------------------------------------------------------------


@FORMS.add(phrase("(this )?(?P<step><stepword>|past) (<month>|<weekday><daypart>)"), *STEPS, "past")
def step_named(match, now):
    """Last Friday, next May, this past June."""
    word = match["step"].lower()
    step = STEPS.get(word, -1)
    if not now.published:
        return found(match, kind="date", year_given=False)
    if match["weekday"] and word in ("previous", "prior"):
        return on_weekday(match, _last_day(now), step)
    if match["weekday"]:
        return on_weekday(match, now.published, 1 if word == "this" and now.ahead(match.start()) else step)
    name = match["month"].lower().rstrip(".")
    if name not in FULL_MONTHS or re.match(rf"{S}[0-9]", now.text[match.end():match.end() + 4]):
        return None
    year, distance = now.published.year, MONTH_NUMBER[name] - now.published.month
    if step < 0 and distance >= 0:
        year -= 1
    if step > 0 and distance <= 0:
        year += 1
    return found(match, *months(year, MONTH_NUMBER[name]), "date")


def _last_day(now: Context) -> date:
    """The last day that the text told, from which "the previous Friday" counts, else that of publication."""
    return next((f.first for f in reversed(now.recent) if f.first and f.first == f.last and f.anchor), now.published)


@FORMS.add(phrase("<rolling> ((roughly|about|nearly|almost) )?(<number>~|(?P<vague>few|couple of|several) )"
                  "((fiscal|calendar|full|consecutive|trading|business) )?<unit>s?<end>"), *ROLLING)
def rolling(match, now):
    """The past three years, next 18 months, trailing twelve months."""
    if match["vague"] or not now.published:
        return found(match, year_given=False, anchor=False)
    step, unit, count = match["step"].lower(), match["unit"].lower(), number(match["n"])
    base = now.governing(match.start()) if step in ("previous", "preceding") else None
    if base:                        # "from 3% in the previous three months"
        return found(match, *ending(base.first - DAY, unit, count), anchor=False)
    return _from_today(match, now, unit, ROLLING[step] * count)


def _from_today(match: re.Match, now: Context, unit: str, count: int) -> Found:
    first, last = sorted((count_from(now.published, unit, count), now.published))
    return found(match, first, last, anchor=False)


@FORMS.add(phrase("within (about |around )?<number>~<unit>s?<end>(?! of<end>)"), "within")
def within(match, now):
    """"within 90 days" of what is to come: from publication on."""
    if not now.published or not now.ahead(match.start()):
        return None
    return _from_today(match, now, match["unit"].lower(), number(match["n"]))


OVER_THE = re.compile(r"\b(?:[Oo]ver|[Aa]t|[Dd]uring|[Oo]n) the $")


@FORMS.add(phrase("weekend<end>"), "weekend")
def the_weekend(match, now):
    """"over the weekend": the last one, or the next one where it lies ahead."""
    if not now.published or not now.preceded(match.start(), OVER_THE):
        return None
    saturday = now.published - timedelta(days=(now.published.weekday() - 5) % 7)
    if now.ahead(match.start()) and now.published.weekday() < 5:
        saturday += timedelta(weeks=1)
    return found(match, saturday, saturday + DAY)


ROLLING_LEAD = re.compile(r"(?i:\b(?:over|in|during|within|for) the $)")


@FORMS.add(phrase("(?P<step>past) <unit><end>"), "past")
@FORMS.add(phrase("(?P<step>last|next|coming) <unit><end>(?!['’]s)"), "last", "next", "coming")
def rolling_one(match, now):
    """"in the past year", "over the next decade" roll; "the next month" does too."""
    step, unit = match["step"].lower(), match["unit"].lower()
    if step != "past" and not now.preceded(match.start(), ROLLING_LEAD):
        return None             # "last year" is a calendar year, "over the last year" rolls
    if not now.published:
        return found(match, year_given=False, anchor=False)
    if unit == "quarter" and step == "last" and not now.fiscal:
        return found(match, *around(now.published, "quarter", -1), anchor=False)
    return _from_today(match, now, unit, ROLLING[step])


ANY_UNIT = "(?P<unit>day|weekend|week|month|quarter|half|year|decade)"
THAT = [f"that {word}" for word in (*UNITS, "weekend", "half", "fiscal", "financial", "calendar", "school", "academic")]
KIND_OF_YEAR = "(?P<fiscal>(fiscal|financial) )?((calendar|school|academic) )?"
TO_STEP = {"this": 0, "current": 0, "last": -1, "past": -1, "next": 1, "coming": 1, "upcoming": 1}


@FORMS.add(phrase(f"(?P<step>{'|'.join(TO_STEP)}) {KIND_OF_YEAR}{ANY_UNIT}<end>"), *TO_STEP)
def step_unit(match, now):
    """Last week, this fiscal year, next quarter."""
    step, unit = match["step"].lower(), match["unit"].lower()
    if unit == "day":
        return None
    if not now.published or match["fiscal"] or unit == "quarter" and now.fiscal:
        return found(match, year_given=False)
    # the year of a statement may date "a year earlier" behind it
    anchor = unit not in ("week", "decade")
    return found(match, *around(now.published, unit, TO_STEP[step]), anchor=anchor)


NAMED_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


@FORMS.add(phrase("(earlier |later )?(?P<day>(?<!usa.)today|tonight|yesterday|tomorrow)<end>(?!['’]s)"),
           *NAMED_DAYS, "earlier", "later")
@FORMS.add(phrase("(earlier |later )?(?P<day>this|last) <partofday><end>"), "this", "last", "earlier", "later")
def named_day(match, now):
    """Today, earlier yesterday, last night."""
    step = NAMED_DAYS.get(match["day"].lower(), -1 if match["day"].lower() == "last" else 0)
    day = now.published + step * DAY if now.published else None
    return found(match, day, day, anchor=False)


# ---- from a time told before ------------------------------------------------------------------------

ENDS_THERE = re.compile(rf"[.,;:)]|{S}(?:that|but|and|while|when|though|as)\b|\s*$")


@FORMS.add(phrase("<number>~(full )?<unit>s?['’]? "
                  "(?P<way>ago|earlier|prior|previously|before|later|from now|hence)<end>(?! (to|than)<end>)"),
           FIGURE, *COUNTS)
def ago(match, now):
    """A year earlier, three years later, two months ago: from the time compared, else from publication."""
    way, unit, count = match["way"].lower(), match["unit"].lower(), number(match["n"])
    if way == "before" and not ENDS_THERE.match(now.text, match.end()):
        return None                 # "a year before the launch" has another start
    count = count if way in ("later", "from now", "hence") else -count
    base = _base(match, now, way, unit)
    if base and unit in MONTHS:
        months_on = count * MONTHS[unit]
        return found(match, shift(base.first, months_on), shift(base.last, months_on), anchor=False)
    if way in ("later", "before") or not now.published:
        return found(match, anchor=False)
    day = count_from(now.published, unit, count)
    return found(match, *around(day, "year" if unit == "decade" else unit), anchor=False)


def _base(match: re.Match, now: Context, way: str, unit: str) -> Found | None:
    """The time that "a year earlier" counts from, where that is not the day of publication."""
    start = match.start()
    if way in ("ago", "from now", "hence") and not (unit == "year" and _compares(now, start)):
        return None
    return now.governing(start) or (now.just_told(start, unit) if way == "later" else None)


@FORMS.add(phrase("(few|several|couple of|couple) (short |more )?<unit>s (ago|earlier|later)<end>"),
           "few", "several", "couple")
def vaguely_ago(match, now):
    return found(match, anchor=False)


AFTER_PART = re.compile(r"(?i:period|quarter|month|half),? $")


def _compares(now: Context, position: int) -> bool:
    """Whether "a year ago" at the position is the base of a comparison, so that it moves the period of
    its sentence rather than the day of publication."""
    low, _ = now.sentence(position)
    last_year = now.published and str(now.published.year - 1)
    for f in now.found[-6:]:
        if f.start >= low and f.anchor and f.first and f.last and (
                27 <= f.length.days <= 190 or last_year and usual_label(f.first, f.last) == last_year):
            return True
    return now.preceded(position, AFTER_PART)


@FORMS.add(phrase("(year~(ago|earlier)|prior~year)~((fiscal )?(first|second|third|fourth) )?"
                  "(quarter|period|month|half|level|figure|(net )?(loss|profit|income)|earning|revenue|sale|result)(s|"
                  "es)?<end>"),
           "year", "prior")
@FORMS.add(phrase("<same> ([a-z]+-)?(quarter|period|months?|half|time|(three|six|nine) months),? (of |in )?(the )?"
                  "(last year|(a|one) year (ago|earlier|before|prior)|(previous|prior) year"
                  "|year (before|earlier|ago))"),
           *WORDS["same"])
def same_period_year_ago(match, now):
    """The year-ago quarter, the same period last year."""
    base = now.governing(match.start())
    return _years_on(match, base, -1) if base else found(match, anchor=False)


def _years_on(match: re.Match, base: Found, years: int) -> Found:
    return found(match, shift(base.first, 12 * years), shift(base.last, 12 * years), anchor=False)


@FORMS.add(phrase("<same> (quarter|period|month|half),? (of|in) <year>"), *WORDS["same"])
def same_period_of(match, now):
    """The same quarter of 2023."""
    base = now.governing(match.start())
    return _years_on(match, base, int(match["year"]) - base.first.year) if base else None


@FORMS.add(phrase("<same> (period|time span|time frame|timeframe|timespan|stretch|window)<end>"), *WORDS["same"])
def same_period(match, now):
    told = next((f for f in reversed(now.recent) if f.first), None)
    return found(match, told.first, told.last, anchor=False) if told else None


@FORMS.add(phrase(f"(?P<step>same|that|previous|prior|following) {KIND_OF_YEAR}{ANY_UNIT}<end>"),
           "same", *THAT, "previous", "prior", "following")
def that_unit(match, now):
    """That year, the same week, the previous quarter."""
    step = STEPS.get(match["step"].lower(), 0)
    return _anaphor(found(match), now, match["unit"].lower(), step, bool(match["fiscal"]))


@FORMS.add(phrase("(?P<step>same|that) date<end>"), "same", "that date")
@FORMS.add(phrase("(?P<step>next) day<end>"), "next")
def that_day(match, now):
    """On the same date, the next day."""
    return _anaphor(found(match), now, "day", STEPS.get(match["step"].lower(), 0))


# how many days lie between the first and the last of a unit, at least and at most
LENGTHS = {"day": (0, 1), "week": (6, 8), "weekend": (1, 2), "month": (27, 31), "quarter": (80, 100),
           "half": (170, 190), "year": (360, 372), "decade": (3600, 3700)}


def _anaphor(here: Found, now: Context, unit: str, step: int, fiscal: bool = False) -> Found:
    """"that year", "the previous quarter", "the quarter": dated by the last one the text spoke of."""
    shortest, longest = LENGTHS[unit]
    for told in () if fiscal else now.anchors(here.start):
        fits = shortest <= told.length.days <= longest
        # "sold 5m in May, and that year"
        holds = unit == "year" and step == 0 and told.length < YEAR_LONG and here.start - told.end < NEAR
        if fits and step == 0:
            here.first, here.last = told.first, told.last
            return here
        if fits or holds:
            here.first, here.last = _stepped(told, unit, step)
            here.anchor = False
            return here
    here.anchor = False
    if step < 0 and now.published and unit not in ("quarter", "half"):
        here.first, here.last = around(now.published, unit, step)
    else:
        here.year_given = False
    return here


def _stepped(told: Found, unit: str, step: int) -> tuple[date, date]:
    """The unit some steps from one that was told; a quarter or year need not be one of the calendar."""
    if unit == "quarter" or unit == "year" and told.length >= YEAR_LONG:
        return shift(told.first, step * MONTHS[unit]), shift(told.last, step * MONTHS[unit])
    return around(told.first, unit, step)


ON_IT = re.compile(r"\bon $")


@FORMS.add(phrase("(the|its) ((full|entire|whole) )?(?P<fiscal>(fiscal|financial) )?"
                  "(?P<unit>quarter|year|half|month)<end>(?!['’-]| [0-9]"
                  "| (before|after|ahead|earlier|prior|ago|ended|ending|end|to(?! [^A-Za-z0-9])|through|that|of|"
                  "mile)<end>)"),
           *(f"the {word}" for word in ("quarter", "year", "half", "month", "full", "entire", "fiscal", "whole")),
           "its fiscal", "its financial", "its full")
def the_unit(match, now):
    """"for the quarter", "in the year": only where the text has told which."""
    if now.preceded(match.start(), ON_IT):
        return None                 # "a rise of 3% on the year"
    unit, fiscal = match["unit"].lower(), bool(match["fiscal"])
    here = Found(match.start() + len("the "), match.end())
    if unit == "year" and not fiscal and (year := _year_spoken_of(now, match.start())):
        here.first, here.last = months(year, 1, 12)
        return here
    return _anaphor(here, now, unit, 0, fiscal)


def _year_spoken_of(now: Context, position: int) -> int | None:
    """The last year of the sentence, else the last that is over: a text also names those it compares with."""
    low, _ = now.sentence(position)
    told = [f for f in now.recent if f.first and f.last and f.anchor and f.length <= YEAR]
    here = [f.last.year for f in told if f.start >= low]
    over = [f.last.year for f in told if not now.published or f.last <= now.published]
    return max(here or over, default=None)


@FORMS.add(phrase("the (?P<unit>year|quarter|month) (before|earlier|prior)<end>(?! (the|its|it|he|they)<end>)"),
           "the year", "the quarter", "the month")
def the_unit_before(match, now):
    """The year before, the quarter earlier."""
    unit = match["unit"].lower()
    base = now.governing(match.start()) if unit == "year" else None
    return _years_on(match, base, -1) if base else _anaphor(found(match), now, unit, -1)
