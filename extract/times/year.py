"""Years, decades, months and seasons: "2025", "2018–2023", "the 1990s", "May 2023", "March", "last summer".

Most four-digit numbers are years and some are counts ("2025 people"); most "May"s are months and some are names. A
month or season without a year is the last one before publication, or the next where the words around lie ahead.

>>> now = Context("In 2024, and in March", date(2025, 2, 1), FORMS)
>>> now.read(3).first, now.read(16).first
(datetime.date(2024, 1, 1), datetime.date(2024, 3, 1))
>>> Context("2024 people", date(2025, 2, 1), FORMS).read(0)
"""
import re
from datetime import date

from .calendar import months, shift
from .day import NOT_MONTH
from .timex import (
    DASH, FOUR_DIGITS, FULL_MONTHS, HYPHEN, MONTH, MONTH_NAMES, POSSESSIVE, SEASONS, STEPS, WORDS, YEAR, YEAR_LEAD,
    Context, Forms, S, any_of, found, month_number, phrase, year_number)

FORMS = Forms()

# ---- years ------------------------------------------------------------------------------------------

NOT_AFTER = re.compile(rf"(?i:\b{any_of(WORDS['year']['not_after'])}[ \u00a0])$")
NOT_BEFORE = re.compile(rf"""(?x:
      [ \u00a0-](?P<word>{any_of(WORDS['year']['not_before'])})(?![A-Za-z'’])
    | [ ]?(?:[%°²³×€£₹]|/(?![0-9])) | -[0-9]
    )""")
BEHIND_IN = {"of", "new", "different", "such", "staff", "x"}        # "in 2025 new shops opened"
PLURAL = re.compile(r"[ \u00a0](?P<noun>[a-z]{2,}s)(?![A-Za-z])(?<!ss)")
YEAR_PLURALS = set(WORDS["year"]["plurals"])


def is_year(now: Context, start: int, end: int) -> bool:
    """Whether a four-digit number stands where only a year does."""
    if _joined(now.text, start):
        return False
    in_front = now.preceded(start, YEAR_LEAD)
    behind = NOT_BEFORE.match(now.text, end)
    if behind and not (in_front and behind["word"] in BEHIND_IN):
        return False
    if now.preceded(start, NOT_AFTER) and not now.behind_another:
        return False
    plural = PLURAL.match(now.text, end)
    return not plural or in_front or plural["noun"] in YEAR_PLURALS


def _joined(text: str, start: int) -> bool:
    """Whether something hangs on it in front: "$2025", "2020-2025", "e-2008"; not "mid-2025"."""
    before = text[start - 1] if start else " "
    if before in "-–" and start > 1:
        letter = text[start - 2].isalpha() and not text[start - 3:start - 2].isalpha()
        return letter or text[start - 2].isdigit()
    return before in "$€£¥₹#@.,:&_=+/\\" or before.isalnum()


@FORMS.add(rf"(?P<year>(?:19|20)[0-9]{{2}}){S}?(?P<dash>{DASH}|/){S}?(?P<to>(?:19|20)[0-9]{{2}}|[0-9]{{2}})"
           r"(?![0-9A-Za-z]|[-.,/:–][0-9]|[ ]?%)", FOUR_DIGITS)
def year_range(match, now):
    """2018–2023; 2026-27."""
    if not is_year(now, match.start(), match.end()):
        return None
    first, to = int(match["year"]), match["to"]
    last = int(to) if len(to) == 4 else first // 100 * 100 + int(to)
    if last <= first:
        return None
    # "2026-27" and "2023/24" are seasons and school or fiscal years: which months, the text doesn't say.
    if len(to) == 2 and last == first + 1 or match["dash"] == "/":
        return found(match, kind="date")
    return found(match, date(first, 1, 1), date(last, 12, 31), "date")


@FORMS.add(r"(?P<decade>(?:1[5-9]|20)[0-9]0)['’]?s(?![A-Za-z0-9])", FOUR_DIGITS)
@FORMS.add(r"['’](?P<decade>[2-9]0)s(?![A-Za-z0-9])", *(f"{quote}{tens}0s" for quote in "'’" for tens in range(2, 10)))
def decade(match, now):
    """The 1990s, the '90s."""
    year = int(match["decade"])
    year += 1900 if year < 100 else 0
    return found(match, date(year, 1, 1), date(year + 9, 12, 31))


YEARS = re.compile(rf"(?:,{S}(?:19|20)[0-9]{{2}})*,?{S}and{S}(?:19|20)[0-9]{{2}}"
                   r"(?![0-9A-Za-z]|[.,:/][0-9]|,? respectively)")


@FORMS.add(YEAR, FOUR_DIGITS)
def bare_year(match, now):
    if not is_year(now, match.start(), match.end()):
        return None
    year = int(match["year"])
    if more := YEARS.match(now.text, match.end()):      # "in 2024, 2025 and 2026"
        years = [year, *map(int, re.findall("[0-9]+", more.group()))]
        if years == list(range(year, year + len(years))):
            several = found(match, date(year, 1, 1), date(years[-1], 12, 31), "date", anchor=False)
            several.end = more.end()
            return several
    return found(match, date(year, 1, 1), date(year, 12, 31), "date")


@FORMS.add(phrase("((calendar|full|whole|model)~(year )?|year )<year>"), "calendar", "full", "whole", "model", "year")
def named_year(match, now):
    """Calendar 2025, full year 2025, model year 2025."""
    year = int(match["year"])
    return found(match, date(year, 1, 1), date(year, 12, 31), "date")


# ---- months -----------------------------------------------------------------------------------------

@FORMS.add(phrase("<month>( | ?['’])(of )?(<year>"
                  "|((of|in) )?(the )?(?P<yearstep><stepword>|same|that) year<end>"
                  "|(?<=['’])(?P<short>[0-9]{2})<end>)"), *MONTH_NAMES)
def month_of_year(match, now):
    """May 2023, March of last year, Jan '24."""
    year = year_number(match["short"]) if match["short"] else now.year_of(match).number
    if year is None:
        return found(match, kind="date", year_given=False)
    return found(match, *months(year, month_number(match["month"])), "date")


MONTH_OR_NAME = {name.lower() for name in WORDS["month_or_name"]}
BEFORE_MONTH = re.compile(rf"(?i:(?<![A-Za-z]){any_of(WORDS['before_month'])}{HYPHEN}|{DASH}|\()$")
AFTER_MONTH = re.compile(rf"(?:['’]s)?[ -](?:{any_of(WORDS['after_month'])}|(?:to|through)[ -]{MONTH})(?![A-Za-z])")
ITS = re.compile(r"(?:\b(?i:its|their|the)|['’]s) $")
TRADED = re.compile(r" (?:delivery|settlement|contracts?|futures)\b")     # a contract for that month, traded today


@FORMS.add(MONTH, *MONTH_NAMES)
def bare_month(match, now):
    if now.preceded(match.start(), NOT_MONTH) or _may_be_name(match, now):
        return None
    month = month_number(match["month"])
    year = now.year_of_month(match.start(), month)
    if year is None or TRADED.match(now.text, match.end()):
        return found(match, kind="date", year_given=False)
    return found(match, *months(year, month), "date", year_given=False)


def _may_be_name(match: re.Match, now: Context) -> bool:
    """Whether "May", "March" or "Mar" may be somebody's name or a verb: nothing around it says that it is a month."""
    start, end, name = match.start(), match.end(), match["month"]
    lower = name.lower().rstrip(".")
    if lower in FULL_MONTHS and lower not in MONTH_OR_NAME:
        return False
    # "May's sales", "its May sales" of a text that spoke of the month before
    if (POSSESSIVE.match(now.text, end) or now.preceded(start, ITS)) and any(
            told.kind == "date" and name in now.text[told.start:told.end] for told in now.recent):
        return False
    return not (now.behind_another or now.preceded(start, BEFORE_MONTH) or AFTER_MONTH.match(now.text, end))


# ---- seasons ----------------------------------------------------------------------------------------


def _season(season: str, year: int) -> tuple[date, date]:
    return months(year, SEASONS[season.lower()], 3)


@FORMS.add(phrase("<season> (of )?(<year>|<step> year<end>)"), *SEASONS)
def season_of_year(match, now):
    """Summer 2025, autumn of last year."""
    if match["year"]:
        return found(match, *_season(match["season"], int(match["year"])))
    if not now.published:
        return found(match)
    return found(match, *_season(match["season"], now.published.year + STEPS[match["step"].lower()]))


IN_SEASON = re.compile(r"(?i:\b(?:in|by|until|since|during the) (?:the )?)$")


@FORMS.add(phrase("(spring|summer|autumn)<end>"), "spring", "summer", "autumn")
def bare_season(match, now):
    """"in spring": the last one that has begun, or the next one. "In winter" is mostly every one."""
    if not now.preceded(match.start(), IN_SEASON):
        return None
    if not now.published:
        return found(match, year_given=False)
    first, last = _season(match.group(), now.published.year)
    if now.ahead(match.start()):
        years = 1 if last < now.published else 0
    else:
        years = -1 if first > now.published else 0
    return found(match, shift(first, 12 * years), shift(last, 12 * years), year_given=False)


@FORMS.add(phrase("(<step>|past) <season><end>"), *STEPS, "past")
def step_season(match, now):
    """Last summer, this past winter, next spring."""
    if not now.published:
        return found(match, year_given=False)
    step = STEPS.get((match["step"] or "past").lower(), -1)
    first, last = _season(match["season"], now.published.year)
    if step < 0 and last >= now.published:
        first, last = shift(first, -12), shift(last, -12)
    elif step > 0 and first <= now.published:
        first, last = shift(first, 12), shift(last, 12)
    return found(match, first, last)
