"""Days and clock times: "May 22, 2025", "8/25/2025", "May 5-7", "Tuesday", "by Christmas", "at 9:30 a.m.".

A day without a year, and a weekday, is the last one before publication, or the next where the words around lie ahead.

>>> now = Context("Nov. 26, or Monday", date(2025, 1, 10), FORMS)
>>> now.read(0).first, now.read(12).first
(datetime.date(2024, 11, 26), datetime.date(2025, 1, 6))
>>> Context("February 30, 2025", date(2025, 1, 10), FORMS).read(0)
"""
import re
from datetime import date, timedelta

from .calendar import day_of, shift
from .timex import (
    DASH, FIGURE, FOUR_DIGITS, FULL_WEEKDAYS, MONTH, MONTH_NAMES, WEEKDAY, WEEKDAY_NAMES, WEEKDAY_NUMBER, WORDS, YEAR,
    Context, Forms, Found, S, any_of, found, month_number, phrase, year_number)

FORMS = Forms()

# ---- in figures -------------------------------------------------------------------------------------

# 2:00:35 is a race, at 2:30 a time
CLOCK_24 = (r"(?:[01][0-9]|2[0-3]|(?<=at )[0-9]|(?<=by )[0-9]|(?<=T)[0-9])"
            r":[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?(?![0-9:])")
TOOK = re.compile(r"\b(?:time of|best of|record of|clock(?:ed|ing)(?: an?)?) $")      # a race of 14:06
ZONE = (rf"(?:[A-Z][a-z]+{S}(?:[Ss]tandard{S}|[Dd]aylight{S})?[Tt]ime\b|local{S}time\b|Z\b"
        r"|[+-][0-9]{2}:?[0-9]{2}\b"
        r"|(?:[ECMPBIJKH][SD]?T|AEST|AEDT|CEST|GMT|UTC|Eastern|Pacific|Central)\b)")
TIME_TAIL = rf"(?:[T,]?{S}?{CLOCK_24}(?:{S}?{ZONE})?)?"


@FORMS.add(r"(?P<year>(?:19|20)[0-9]{2})[-/](?P<month>[01]?[0-9])[-/](?P<day>[0-3]?[0-9])(?![0-9-/])"
           + TIME_TAIL, FOUR_DIGITS)
def iso(match, now):
    day = day_of(int(match["year"]), int(match["month"]), int(match["day"]))
    before = now.text[match.start() - 1] if match.start() else " "
    return found(match, day, day, "date") if day and before not in "/-=_" else None


@FORMS.add(r"(?P<a>[0-3]?[0-9])(?P<sep>[/.])(?P<b>[0-3]?[0-9])(?P=sep)(?P<year>(?:19|20)?[0-9]{2})"
           r"(?![0-9]|[./][0-9])", FIGURE)
def slashed(match, now):
    """8/25/2025 is American unless it can't be; 25.8.2025 is never American."""
    a, b, year = int(match["a"]), int(match["b"]), match["year"]
    if match["sep"] == "." and len(year) == 2:
        return None             # a version: 1.2.25
    day = day_of(year_number(year), a, b) if match["sep"] == "/" else None
    day = day or day_of(year_number(year), b, a)
    return found(match, day, day, "date") if day else None


@FORMS.add(rf"""(?x:
      (?:(?P<range>(?:1[0-2]|0?[1-9])(?::[0-5][0-9])?){S}?(?:{DASH}|to){S}?)?
      (?:1[0-2]|0?[1-9])(?:[:.][0-5][0-9])?{S}?
      (?:[ap]\.m\.|[ap]m\b|[AP]\.M\.|[AP]M\b|o['’]clock\b)(?:{S}{ZONE})?
    | {CLOCK_24}(?:{S}?{ZONE})? (?!{S}(?:minutes|hours|seconds|per|ratio|aspect)) (?![0-9A-Za-z]|\.[0-9])
    )""", FIGURE)
def clock(match, now):
    """At 9:30 a.m., 14:00 GMT."""
    before = now.text[match.start() - 1:match.start()]
    if before and (before in "$.,:/" or before.isalnum()) or now.preceded(match.start(), TOOK):
        return None
    return found(match, kind="time", anchor=False)


# ---- of a month -------------------------------------------------------------------------------------

ONE_DAY = r"(?P<day>3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![0-9A-Za-z]|[.,:][0-9]|[ ]?%)"
LAST_DAY = r"(?P<last_day>3[01]|[12][0-9]|0?[1-9])"
NOT_MONTH = re.compile(rf"{any_of(WORDS['before_month_name'])}[ -]$")       # "Long March 10" is a rocket
SOON = timedelta(days=31)


@FORMS.add(rf"{ONE_DAY}(?:{S}?(?:{DASH}|to|and|&){S}?{LAST_DAY}(?:st|nd|rd|th)?)?"
           rf"{S}(?:of{S})?{MONTH}(?:,?{S}{YEAR})?{TIME_TAIL}", FIGURE, "1st", "2nd", "3rd", "4th")
def day_month(match, now):
    """22 May 2025, the 5th of May, 5 to 8 May."""
    if now.text[match.start() - 1:match.start()] in ("$", "-", "."):
        return None
    return _days(match, now)


@FORMS.add(rf"{MONTH}{S}{ONE_DAY}(?:{S}?{DASH}{S}?{LAST_DAY}(?![0-9]))?(?:,?{S}{YEAR}{TIME_TAIL})?", *MONTH_NAMES)
def month_day(match, now):
    """May 22, 2025, Nov. 26, May 5-7."""
    return None if now.preceded(match.start(), NOT_MONTH) else _days(match, now)


def _days(match: re.Match, now: Context) -> Found | None:
    """A day of a month, or several, with or without a year."""
    month, day, given = month_number(match["month"]), int(match["day"]), match["year"] is not None
    year = int(match["year"]) if given else now.year_of_month(match.start(), month)
    if year is None:
        leap_year = 2024
        return found(match, kind="date", year_given=False) if day_of(leap_year, month, day) else None
    first = day_of(year, month, day)
    if first and not given and not now.pinned:
        first = nearest(first, now.published, now.ahead(match.start()))
    last = day_of(first.year, month, int(match["last_day"])) if first and match["last_day"] else first
    return found(match, first, last, "date", year_given=given) if first and last else None


def nearest(day: date, published: date, ahead: bool) -> date:
    """The day in the year that is meant: one soon to come, else the last that was, where none lies ahead."""
    following = shift(day, 12)
    if published < following <= published + SOON:
        return following
    return day if ahead or day <= published + SOON else shift(day, -12)


# ---- of a week --------------------------------------------------------------------------------------

@FORMS.add(rf"{WEEKDAY},?{S}(?:the{S})?(?=[A-Z0-9])", *WEEKDAY_NAMES)
def weekday_and_date(match, now):
    """"Mon, 08 Sep 2025 08:45:59 +0000", "Tuesday, May 6"."""
    day = now.read(match.end())
    if day is None or day.kind != "date" or not day.first or day.first != day.last:
        return None
    return Found(match.start(), day.end, day.first, day.last, "date", year_given=day.year_given)


OPENED_BEFORE = re.compile(r"(?i:(?:start|beginn?)(?:ing|s)|through|until|till|by|no later than) (?:on )?$")
UP_TO = re.compile(r"(?i:\b(?:year|month|quarter|week|ipo|listing|debut) through )$")     # "this year through Tuesday"
NOT_WEEKDAY = re.compile(rf"{any_of(WORDS['before_weekday_name'])}[ -]$")
HABIT = re.compile(r"(?i:every|each)[ ]$")


@FORMS.add(phrase("<weekday><daypart>"), *FULL_WEEKDAYS)
def weekday(match, now):
    """Tuesday, Friday morning; every Friday has no date."""
    if now.preceded(match.start(), NOT_WEEKDAY):
        return None
    if now.preceded(match.start(), HABIT):
        return found(match, kind="date", anchor=False)
    ahead = not now.preceded(match.start(), UP_TO) and (
        now.preceded(match.start(), OPENED_BEFORE) or now.ahead(match.start()))
    return on_weekday(match, now.published, 1 if ahead else 0)


def on_weekday(match: re.Match, told: date | None, step: int) -> Found:
    """The weekday of the day on which it was told, or the last before it; -1: before it; 1: from that day on."""
    if not told:
        return found(match, kind="date", year_given=False, anchor=False)
    back = (told.weekday() - WEEKDAY_NUMBER[match["weekday"].lower()]) % 7
    day = told - timedelta(days=back)
    if step < 0 and back == 0:
        day -= timedelta(weeks=1)
    if step > 0 and back:
        day += timedelta(weeks=1)
    return found(match, day, day, "date", anchor=False)


# ---- with a name of their own -----------------------------------------------------------------------

HOLIDAYS = WORDS["holidays"]
ON_DAY = re.compile(r"(?i:\b(?:by|on|before|until|since|at|last|this|next) $)")


@FORMS.add(rf"(?P<name>{any_of(HOLIDAYS)})(?![A-Za-z])(?:,?{S}{YEAR})?", *HOLIDAYS)
def holiday(match, now):
    """"by Christmas", "on New Year's Eve 2024"; "the Christmas season" is none."""
    if match["year"]:
        day = date(int(match["year"]), *HOLIDAYS[match["name"]])
    elif now.published and now.preceded(match.start(), ON_DAY):
        this_year = date(now.published.year, *HOLIDAYS[match["name"]])
        day = nearest(this_year, now.published, now.ahead(match.start()))
    else:
        return None
    return found(match, day, day, "date", anchor=False)
