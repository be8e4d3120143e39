"""Dating: every date, clock time and period expression of a text, resolved with the day it was published.

One scan proposes the places where such an expression may begin (a digit run, or a word of
schemas/words/period.toml); anchored forms decide there. A form may read another form behind it: "by"
+ "the end of" + "2025". Doubt is a None: a fiscal quarter whose months the text does not give, or a
month without any year, keeps its words as label and has no dates.

>>> from datetime import date
>>> text = "In Q2 2025 sales rose from a year earlier; by 2027 they may double."
>>> [(text[p.start:p.end], p.label) for p in find(text, date(2025, 8, 1))]
[('Q2 2025', '2025-Q2'), ('a year earlier', '2024-Q2'), ('by 2027', 'by 2027')]
>>> find("May I march on with 2,025 people and 2000 mm of rain?", date(2025, 8, 1))
[]
"""
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from ahocorasick_rs import AhoCorasick, Implementation

from extract import pattern, schema
from extract.lexicon import past_forms
from extract.model import Period

# ---- pieces of patterns ---------------------------------------------------------------------------

WORDS = schema.words("period")


def any_of(words) -> str:
    """Any of the words, the longest first; a space in them is any blank or hyphen."""
    return pattern.any_of(words, space="[ \u00a0\u202f-]")


def _capital(table: list[list[str]]) -> str:
    """Names as they are written with a capital or in capitals; abbreviations may have a dot."""
    def spelled(names):
        return any_of(spelling for name in names for spelling in (name, name.upper()))
    full, short = [names[0] for names in table], [name for names in table for name in names[1:]]
    return f"(?:{spelled(full)}(?![A-Za-z])|{spelled(short)}(?![A-Za-z])\\.?)"


MONTH_NUMBER = {name.lower(): n for n, names in enumerate(WORDS["months"], 1) for name in names}
WEEKDAY_NUMBER = {name.lower(): n for n, names in enumerate(WORDS["weekdays"]) for name in names}
NUMBERS, ORDINALS, SEASONS = WORDS["numbers"], WORDS["ordinals"], WORDS["seasons"]
STEPS, ROLLING = WORDS["steps"], WORDS["rolling"]
FULL_WEEKDAYS = [names[0] for names in WORDS["weekdays"]]
EDGES = {phrase: edge for edge, phrases in WORDS["edges"].items() for phrase in phrases}
OPENERS = {phrase: opener for opener, phrases in WORDS["openers"].items() for phrase in phrases}

S = "(?:[ \t\u00a0\u202f]{1,3})"                 # space inside an expression
HYPHEN = "(?:[ \u00a0\u202f-]|\u2010|\u2011)"   # "second-quarter", "second quarter"
DASH = "[-\u2010-\u2015\u2212]"
NO_LETTER = "(?![A-Za-z0-9])"
THE = rf"(?:(?:the|its|their|our|his|her)\b{S})?"
MONTH = rf"(?P<month>{_capital(WORDS['months'])})"
WEEKDAY = _capital(WORDS["weekdays"])
DAY = r"(?P<day>3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![0-9A-Za-z]|[.,:][0-9]|[ ]?%)"
DAY_2 = r"(?P<day2>3[01]|[12][0-9]|0?[1-9])"
YEAR = r"(?P<year>(?:19|20)[0-9]{2}|2100)(?![0-9A-Za-z]|[.,:/][0-9])"
# 2:00:35 is a race, at 2:30 a time
CLOCK_24 = (r"(?:[01][0-9]|2[0-3]|(?<=at )[0-9]|(?<=by )[0-9]|(?<=T)[0-9])"
            r":[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?(?![0-9:])")
ZONE = (rf"(?:[A-Z][a-z]+{S}(?:[Ss]tandard{S}|[Dd]aylight{S})?[Tt]ime\b|local{S}time\b|Z\b"
        r"|[+-][0-9]{2}:?[0-9]{2}\b"
        r"|(?:[ECMPBIJKH][SD]?T|AEST|AEDT|CEST|GMT|UTC|Eastern|Pacific|Central)\b)")
UNIT = "(?P<unit>day|week|month|quarter|year|decade)"
NUMBER = rf"(?P<n>[0-9]{{1,3}}|{any_of(NUMBERS)})"
# The year of a quarter or month: "of 2024", "last year", "of its fiscal year 2026", "FY26", "'25".
OF_YEAR = rf"""(?x:
    (?:,?{S})? (?:(?:of|in|for|to){S})? {THE}
    (?: (?P<yearstep>{any_of(STEPS)}|same|that){S}(?P<stepfiscal>(?:fiscal|financial){S})?year\b
      | (?P<theyear>(?:(?:full|calendar){S})?(?P<thefiscal>(?:fiscal|financial){S})?year\b(?!{S}[12]))
      | (?P<calendar>calendar{S}(?:year{S})?)?
        (?P<fiscal>(?:fiscal|financial){S}(?:year{S})?|FY[ ]?|F(?=[12]))?
        (?P<year>(?:19|20)[0-9]{{2}}|(?:(?<=FY)|(?<=FY[ ])|(?<=['’]))[0-9]{{2}})
        (?:{DASH}(?:20)?[0-9]{{2}})?
        (?![0-9A-Za-z]|[.,:/][0-9]) (?P<yearfiscal>{S}(?:fiscal|financial){S}year\b)?
    ))"""
SENTENCE_END = re.compile(r"[.!?][\"”’')]?\s+(?=[\"“‘A-Z])|\n")
AHEAD = re.compile(rf"(?<![A-Za-z])(?:{any_of(WORDS['tense']['ahead'])}(?![A-Za-z])|[a-z]['’]ll\b"
                   r"|(?<![A-Za-z])(?:may|might|could)(?! have)\b)")
AHEAD_OF_IT = re.compile(rf"(?<![A-Za-z])(?:{any_of(WORDS['tense']['ahead_of_it'])})(?![A-Za-z-])(?! have)")
# "walked out on Friday, and more will": the clause of the day speaks of what is over
CLAUSE_START = re.compile(r"[,;:–—]|\b(?:and|but|which|who|that|when|while|where)\b")
BEEN = re.compile(rf"(?<!be )\b(?:was|were|had|did|[a-z]{{2,}}ed|{any_of(past_forms())})\b")

NEAR = 250      # so many characters back lies the sentence before
RECENT = 60     # so many expressions back a text may refer: bounds the work

# What stands for what in a phrase.
PIECES = {
    "number": NUMBER, "unit": UNIT, "the": THE, "ofyear": OF_YEAR, "end": NO_LETTER,
    "year": YEAR, "yearends": "(?![0-9A-Za-z]|[.,:/][0-9])", "month": f"(?-i:{MONTH})",
    "weekday": rf"(?P<weekday>(?-i:{any_of(FULL_WEEKDAYS + [name.upper() for name in FULL_WEEKDAYS])}))\b",
    "partofday": any_of(WORDS["day_parts"]), "daypart": rf"(?:{S}{any_of(WORDS['day_parts'])}\b)?",
    "ordinal": f"(?P<ord>{any_of(ORDINALS)})", "season": f"(?P<season>{any_of(SEASONS)})",
    "stepword": any_of(STEPS), "step": f"(?P<step>{any_of(STEPS)})",
    "rolling": f"(?P<step>{any_of(ROLLING)})",
    "same": any_of(WORDS["same"]), "edgeword": any_of(EDGES), "openerword": any_of(OPENERS),
    "endcomes": f"(?=,?{S}(?:that|which|end|to|through|up))",
}


def _phrase(phrase: str) -> str:
    """A pattern that ignores case: a space is any blank, ~ a blank or a hyphen, <name> one of PIECES."""
    pattern = re.sub(r"\((?!\?)", "(?:", phrase).replace(" ", S).replace("~", HYPHEN)
    return "(?i:" + re.sub(r"(?<!\?P)<([a-z]+)>", lambda piece: PIECES[piece[1]], pattern) + ")"


# ---- what a form finds ------------------------------------------------------------------------------


@dataclass(slots=True)
class _Found:
    """What a form read, before it becomes a Period."""
    start: int
    end: int
    first: date | None = None
    last: date | None = None
    kind: str = "period"
    label: str | None = None        # where the usual one does not do
    year_given: bool = True         # False where the year was taken from the date of publication
    anchor: bool = True             # may date a later "a year earlier" or "the quarter"


@dataclass(slots=True)
class _Now:
    """What resolves a relative expression: the text, its date, and what was found before."""
    text: str
    published: date | None
    found: list[_Found] = field(default_factory=list)
    pinned: int | None = None       # year given by the other end of a range
    ordinal_ends: dict[int, date] = field(default_factory=dict)     # "second quarter ended July 27"
    fiscal: bool = False            # the text speaks of fiscal quarters or years
    depth: int = 0

    def sentence(self, position: int, reach: int = 300) -> tuple[int, int]:
        """Rough limits of the sentence, at most `reach` characters each way."""
        low, high = max(0, position - reach), min(len(self.text), position + reach)
        for stop in SENTENCE_END.finditer(self.text, low, high):
            if stop.end() > position:
                return low, stop.start()
            low = stop.end()
        return low, high

    def ahead(self, position: int) -> bool:
        low, high = self.sentence(position, 60)
        far = max(self.sentence(position, 80)[0], self.text.rfind(";", low, position) + 1)
        if AHEAD_OF_IT.search(self.text, far, position):
            return True
        low, stop = max(low, far), self.text.find(";", position, high)
        high = stop if stop > 0 else high
        if AHEAD.search(self.text, low, high) is None:
            return False
        low = max((stop.end() for stop in CLAUSE_START.finditer(self.text, low, position)), default=low)
        return AHEAD.search(self.text, low, position) is not None or BEEN.search(self.text, low, position) is None

    def before(self, position: int, pattern: re.Pattern) -> re.Match | None:
        """Match of `pattern`, which ends with $, right in front of the position."""
        return pattern.search(self.text[max(0, position - 24):position])

    def governing(self, position: int) -> _Found | None:
        """The period to which "a year earlier" or "the quarter" refers: of this sentence, else the last
        quarter, half or year-end period of the text. A day counts only as the end of a month: "at the end of June"."""
        low, _ = self.sentence(position)
        here = [f for f in self.found[-RECENT:] if f.anchor and f.first and f.last and f.start < position]
        for f in reversed(here):
            month_end = f.first == f.last and (f.last + DAY_LONG).day == 1
            if f.start >= low and f.end <= position and ((f.last - f.first).days >= 27 or month_end):
                return f
        for f in reversed(here):
            if 80 <= (f.last - f.first).days <= 300:
                return f
        return None


    def just_told(self, position: int, unit: str) -> _Found | None:
        """The year of the sentence before, or its month: from which "three years later" counts."""
        for f in reversed(self.found[-RECENT:]):
            sure = not self.text[f.start].isdigit() or STRONG.search(self.text, max(0, f.start - 8), f.start)
            if sure and f.anchor and f.first and f.last and f.start < position and position - f.end < NEAR:
                return f if (f.last - f.first).days >= (360 if unit in ("year", "decade") else 27) else None
        return None


Read = Callable[[re.Match, _Now], "_Found | None"]
FORMS: dict[str, list[tuple[re.Pattern, Read]]] = {}    # first word, lower case, "0" for digits -> forms


def _form(pattern: str, *first_words: str):
    """Registers a form under the words that it may begin with. Forms are tried in the order of this file."""
    compiled = re.compile(pattern)

    def register(read: Read) -> Read:
        for word in {re.split("[ -]", word)[0].lower() for word in first_words}:
            FORMS.setdefault(word, []).append((compiled, read))
        return read
    return register


FIRST_WORD = re.compile(r"[A-Za-z]+|[0-9]+[A-Za-z]*|['’]")


def _read(now: _Now, position: int) -> _Found | None:
    """The expression that begins at the position, by the first form that accepts it."""
    word = FIRST_WORD.match(now.text, position)
    if word is None or now.depth > 3:
        return None
    key = word.group().lower()
    if key[0].isdigit():
        key = key if key in ORDINALS else "0"
    now.depth += 1
    try:
        for pattern, read in FORMS.get(key, ()):
            match = pattern.match(now.text, position)
            if match and (found := read(match, now)):
                return found
    except (ValueError, OverflowError):
        return None             # before year 1 or after 9999: "999 decades ago"
    finally:
        now.depth -= 1
    return None


# ---- calendar arithmetic ---------------------------------------------------------------------------

DAY_LONG = timedelta(days=1)
YEAR_LONG = timedelta(days=372)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months(year: int, month: int, count: int = 1) -> tuple[date, date]:
    """First and last day of `count` months from a month on, which may lie outside 1 to 12."""
    first, after = year * 12 + month - 1, year * 12 + month - 1 + count
    return date(first // 12, first % 12 + 1, 1), date(after // 12, after % 12 + 1, 1) - DAY_LONG


def shift(day: date, months: int) -> date:
    """The same day some months on; the last day of a month stays one."""
    first, last = _months(day.year, day.month + months)
    was_last = (day + DAY_LONG).day == 1
    return last if was_last or day.day > last.day else first.replace(day=day.day)


def _moved(found: _Found, years: int) -> tuple[date, date]:
    return shift(found.first, 12 * years), shift(found.last, 12 * years)


def _unit_around(day: date, unit: str, steps: int = 0) -> tuple[date, date]:
    """The calendar unit that holds the day, or one some steps away."""
    if unit == "day":
        day += timedelta(days=steps)
        return day, day
    if unit == "week":
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=steps)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        return _months(day.year, day.month + steps)
    if unit == "quarter":
        return _months(day.year, (day.month - 1) // 3 * 3 + 1 + 3 * steps, 3)
    if unit == "half":
        return _months(day.year, (day.month - 1) // 6 * 6 + 1 + 6 * steps, 6)
    if unit == "decade":
        return _months(day.year // 10 * 10 + 10 * steps, 1, 120)
    return _months(day.year + steps, 1, 12)


def _count_from(day: date, unit: str, count: int) -> date:
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    return shift(day, count * {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}[unit])


def _ending(last: date, unit: str, count: int) -> tuple[date, date]:
    """So many units that end on a day: whole months where it is the last of a month."""
    return _count_from(last, unit, -count) + DAY_LONG, last


def usual_label(first: date | None, last: date | None) -> str | None:
    """2025, 2025-Q2, 2025-H1, 2025-08 or 2025-08-25 where the dates are exactly that."""
    if not first or not last:
        return None
    if first == last:
        return first.isoformat()
    if first.day != 1 or first.year != last.year or (last + DAY_LONG).day != 1:
        return None
    length = last.month - first.month + 1
    names = {12: f"{first.year}", 1: f"{first.year}-{first.month:02}"}
    if first.month % 3 == 1:
        names[3] = f"{first.year}-Q{(first.month + 2) // 3}"
    if first.month % 6 == 1:
        names[6] = f"{first.year}-H{(first.month + 5) // 6}"
    return names.get(length)


def _year_number(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def _unmarked_year(now: _Now, position: int, month: int) -> int | None:
    """The year of a month without one: the last that has begun, or the next one where that lies ahead."""
    if now.pinned or not now.published:
        return now.pinned
    year, distance = now.published.year, month - now.published.month
    if now.ahead(position):
        return year if distance >= 0 else year + 1 if distance < -6 else year
    return year if distance <= 0 else year - 1


def _owner_year(match: re.Match, now: _Now) -> tuple[int | None, bool, bool]:
    """Year of an OF_YEAR group, whether one was given, and whether it is a fiscal one."""
    groups = match.groupdict()
    fiscal = any(groups.get(name) for name in ("fiscal", "thefiscal", "stepfiscal", "yearfiscal"))
    if groups.get("year"):
        return _year_number(groups["year"]), True, fiscal
    if step := groups.get("yearstep"):
        if step.lower() in ("same", "that"):
            found = now.governing(match.start())
            return (found.first.year if found else None), True, fiscal
        return (now.published.year + STEPS[step.lower()] if now.published else None), True, fiscal
    return None, False, fiscal


# ---- openers: by, since, as of, from ... to -----------------------------------------------------

BLANKS = re.compile(r"[\s-]+")
RANGE_LINK = re.compile(rf"{S}(?:to|through|until|till|and){S}(?:in{S})?{THE}|-to-|{S}?{DASH}{S}?")


def _range_to(now: _Now, first: _Found, link: str | None = None) -> _Found | None:
    """`first` joined with what follows "to" or a dash; a year of the second holds for the first."""
    join = RANGE_LINK.match(now.text, first.end)
    if not join or (join.group().strip() == "and") != (link == "and") or now.text.startswith("Today", join.end()):
        return None                 # "OSLO, June 18, 2025 – Today, Norvik began"
    second = _read(now, join.end())
    if not second or second.kind == "time" or second.end == join.end():
        return None
    if not first.year_given and second.year_given and second.last:
        now.pinned = second.last.year
        first = _read(now, first.start) or first
        if first.first and first.first > second.last:
            now.pinned -= 1
            first = _read(now, first.start) or first
        now.pinned = None
    elif first.first and second.last and not second.year_given and second.last < first.first:
        now.pinned = first.first.year
        second = _read(now, join.end()) or second
        now.pinned = None
        if second.last and second.last < first.first and not first.year_given:
            first.first = shift(first.first, -12)
    if not first.year_given and not second.year_given and not first.first and not second.last:
        return _Found(first.start, second.end, kind=first.kind, year_given=False, anchor=False)
    if not (first.first and second.last) or first.first >= second.last:
        return None
    return _Found(first.start, second.end, first.first, second.last, first.kind)


@_form(_phrase("(?P<link>from|between|across) (in )?<the>"), "from", "between", "across")
def _from_to(match, now):
    inner = _read(now, match.end())
    if inner is None or inner.kind == "time":
        return None
    joined = _range_to(now, inner, "to" if match["link"].lower() == "from" else "and")
    # A form that holds its own range ("2018–2023") stays as it is; "from 2023" alone is a comparison,
    # unless it opens the sentence or lies ahead: "From March 1, it costs", "will cost $5 from March 1".
    if joined is None:
        low, _ = now.sentence(match.start())
        opens = not now.text[low:match.start()].strip() and now.text[inner.end:inner.end + 1] == ","
        to_come = inner.first and now.published and inner.first > now.published and now.ahead(match.start())
        onwards = ONWARDS.match(now.text, inner.end)
        if match["link"].lower() != "from" or not (opens or to_come or onwards):
            return None
        inner.end = onwards.end() if onwards else inner.end
        label = now.text[match.start():inner.end].lower()
        return _Found(match.start(), inner.end, inner.first, None, inner.kind, label, inner.year_given, anchor=False)
    joined.start = match.start()
    return joined


SINCE = re.compile("(?i:(?:ever )?since)")
ONWARDS = re.compile(r" (?:onwards?|on|forward)\b")
ROLLS = re.compile(r"(?i:past|last|trailing) (?:[0-9]|[a-z]+ (?:month|week|year))")
NOT = re.compile(r"(?:\bnot|n['’]t) $")
MIDDLE, HALF_LONG = re.compile(r"(?i:(?:the )?mid)"), timedelta(days=150)


@_form(_phrase("(?P<opener><openerword>) <the>"), *OPENERS)
def _opened(match, now):
    inner = _read(now, match.end())
    if inner is None or inner.kind == "time":
        return None
    opener = OPENERS[BLANKS.sub(" ", match["opener"].lower())]
    first, last = inner.first, inner.last
    if opener == "until" and (ROLLS.match(now.text, inner.start) or now.before(match.start(), NOT)):
        return None                 # "ranked by trailing 12 months", "it was not until July that it opened"
    if opener == "since":
        last = None
        if SINCE.match(now.text, match.start()) and first and now.published and now.published < first:
            first = None if inner.year_given else shift(first, -12)     # nothing goes on since a day to come
    elif opener == "until":
        if MIDDLE.match(now.text, inner.start) and first and last and last - first > HALF_LONG:
            last = shift(first, 3) - timedelta(days=1)      # "by mid-2026"
        first = None
    label = None if opener == "at" else now.text[match.start():inner.end].lower()
    if opener == "at" and inner.first == inner.last:
        label = inner.label
    return _Found(match.start(), inner.end, first, last, inner.kind, label, inner.year_given,
                  anchor=opener == "at")


# ---- the year -------------------------------------------------------------------------------------

STRONG = re.compile(rf"(?i:\b{any_of(WORDS['year']['strong'])}[ \u00a0-]|\()$")
NOT_AFTER = re.compile(rf"(?i:\b{any_of(WORDS['year']['not_after'])}[ \u00a0])$")
YEAR_AHEAD = re.compile(rf"""(?x:
      [ \u00a0-](?:{any_of(WORDS['year']['not_before'])})(?![A-Za-z'’])
    | [ ]?(?:[%°²³×€£₹]|/(?![0-9])) | -[0-9]
    )""")
PLURAL = re.compile(r"[ \u00a0](?P<noun>[a-z]{2,}s)(?![A-Za-z])(?<!ss)")
YEAR_PLURALS = set(WORDS["year"]["plurals"])


def _is_year(now: _Now, start: int, end: int) -> bool:
    """Whether a four-digit number stands where only a year does."""
    text = now.text
    before = text[start - 1] if start else " "
    if before in "$€£¥₹#@.,:&_=+/\\" or before.isalnum() or (
            before in "-–" and start > 1
            and (text[start - 2].isdigit() or text[start - 2].isalpha() and not text[start - 3:start - 2].isalpha())):
        return False        # "2020-2025", "e-2008"; not "mid-2025"
    strong = now.before(start, STRONG)
    behind = YEAR_AHEAD.match(text, end)
    if behind and not (strong and behind.group().strip() in ("of", "new", "different", "such", "staff", "x")):
        return False
    if now.before(start, NOT_AFTER) and not now.depth > 1:
        return False
    plural = PLURAL.match(text, end)
    return not plural or strong is not None or plural["noun"] in YEAR_PLURALS


# ---- dates that begin with a digit -------------------------------------------------------------

TIME_TAIL = rf"(?:[T,]?{S}?{CLOCK_24}(?:{S}?{ZONE})?)?"


@_form(r"(?P<year>(?:19|20)[0-9]{2})[-/](?P<month>[01]?[0-9])[-/](?P<day>[0-3]?[0-9])(?![0-9-/])"
       + TIME_TAIL, "0")
def _iso_date(match, now):
    day = _date(int(match["year"]), int(match["month"]), int(match["day"]))
    before = now.text[match.start() - 1] if match.start() else " "
    return _Found(match.start(), match.end(), day, day, "date") if day and before not in "/-=_" else None


@_form(r"(?P<a>[0-3]?[0-9])(?P<sep>[/.])(?P<b>[0-3]?[0-9])(?P=sep)(?P<year>(?:19|20)?[0-9]{2})"
       r"(?![0-9]|[./][0-9])", "0")
def _slashed_date(match, now):
    """8/25/2025 is American unless it can't be; 25.8.2025 is never American."""
    a, b, year = int(match["a"]), int(match["b"]), match["year"]
    if match["sep"] == "." and len(year) == 2:
        return None             # a version: 1.2.25
    day = _date(_year_number(year), a, b) if match["sep"] == "/" else None
    day = day or _date(_year_number(year), b, a)
    return _Found(match.start(), match.end(), day, day, "date") if day else None


SOON = timedelta(days=31)


def _nearest_day(day: date, published: date, ahead: bool) -> date:
    """The day in the year that is meant: one soon to come, else the last that was, where none lies ahead."""
    following = shift(day, 12)
    if published < following <= published + SOON:
        return following
    return day if ahead or day <= published + SOON else shift(day, -12)


def _day_found(now, match, day: str, end_day: str | None, end: int | None = None) -> _Found | None:
    """A day of a month, or several, with or without a year."""
    month = MONTH_NUMBER[match["month"].lower().rstrip(".")]
    end = end or match.end()
    given = match["year"] is not None
    year = int(match["year"]) if given else _unmarked_year(now, match.start(), month)
    if year is None:
        valid = _date(2024, month, int(day))
        return _Found(match.start(), end, None, None, "date", year_given=False) if valid else None
    first = _date(year, month, int(day))
    if first and not given and not now.pinned:
        first = _nearest_day(first, now.published, now.ahead(match.start()))
    last = _date(first.year, month, int(end_day)) if first and end_day else first
    return _Found(match.start(), end, first, last, "date", year_given=given) if first and last else None


@_form(rf"{DAY}(?:{S}?(?:{DASH}|to|and|&){S}?{DAY_2}(?:st|nd|rd|th)?)?"
       rf"{S}(?:of{S})?{MONTH}(?:,?{S}{YEAR})?{TIME_TAIL}",
       "0", "1st", "2nd", "3rd", "4th")
def _day_month(match, now):
    if now.text[match.start() - 1:match.start()] in ("$", "-", "."):
        return None
    return _day_found(now, match, match["day"], match["day2"])


@_form(rf"""(?x:
      (?:(?P<range>(?:1[0-2]|0?[1-9])(?::[0-5][0-9])?){S}?(?:{DASH}|to){S}?)?
      (?:1[0-2]|0?[1-9])(?:[:.][0-5][0-9])?{S}?
      (?:[ap]\.m\.|[ap]m\b|[AP]\.M\.|[AP]M\b|o['’]clock\b)(?:{S}{ZONE})?
    | {CLOCK_24}(?:{S}?{ZONE})? (?!{S}(?:minutes|hours|seconds|per|ratio|aspect)) (?![0-9A-Za-z])
    )""", "0")
def _clock(match, now):
    before = now.text[match.start() - 1:match.start()]
    if before and (before in "$.,:/" or before.isalnum()):
        return None
    return _Found(match.start(), match.end(), kind="time", anchor=False)


NOT_QUARTER = re.compile(rf"[- ](?:{any_of(WORDS['not_quarter'])})(?![a-z])")


# 2Q25, 1H2025, 3Q 2024, 4Q; Q2 2025, Q2 FY26, H1'25
@_form(rf"(?P<n>[1-4])(?P<what>[QH])"
       rf"(?:{S}?['’]?(?:FY{S}?)?(?P<year>(?:19|20)[0-9]{{2}}|[0-9]{{2}}))?{NO_LETTER}", "0")
@_form(rf"(?P<what>[QH])(?P<n>[1-4])"
       rf"(?:{S}?{DASH}?{OF_YEAR}|(?:{S}|(?=['’]))(?P<short>['’]?[0-9]{{2}}){NO_LETTER})?{NO_LETTER}",
       "Q", "H")
def _q2(match, now):
    what = "quarter" if match["what"] == "Q" else "half"
    groups = match.groupdict()
    if what == "half" and match["n"] in "34":
        return None
    short = groups.get("short")
    year, given, fiscal = _owner_year(match, now)
    if short:
        year, given = _year_number(short.lstrip("'’")), True
    if "FY" in match.group():
        fiscal = True
    if not given and NOT_QUARTER.match(now.text, match.end()):
        return None
    # "H1" and "H2" alone are chips, vitamins and visas, "H1's sales" are not
    if what == "half" and not given and not groups.get("theyear") and not POSSESSIVE.match(now.text, match.end()):
        return None
    if groups.get("theyear") and not fiscal:
        year, given = _this_or_past_year(now), True
    return _part(now, match.start(), match.end(), int(match["n"]), what, year, given, fiscal)


def _this_or_past_year(now: _Now) -> int | None:
    """"the first half of the year" speaks of the year of publication."""
    if now.published:
        return now.published.year
    return next((f.first.year for f in reversed(now.found[-RECENT:]) if f.first and f.year_given), None)


def _part(now, start, end, n, what, year, given, fiscal) -> _Found:
    """The n-th quarter or half of a year; a negative n counts from the end of it."""
    length = 3 if what == "quarter" else 6
    parts = 12 // length
    if n < 0:
        n = parts + 1 + n
    if what == "quarter" and not given and year is None and n in now.ordinal_ends:
        return _Found(start, end, *_ending(now.ordinal_ends[n], "month", 3))
    if n > parts or fiscal or (now.fiscal and not given):
        return _Found(start, end)
    if year is None and not given and (now.pinned or now.published):
        month = (n - 1) * length + 1
        if now.pinned:
            year = now.pinned
        elif now.ahead(start):
            year = now.published.year if month + length > now.published.month else now.published.year + 1
        else:
            year = now.published.year if month <= now.published.month else now.published.year - 1
    if year is None:
        return _Found(start, end, year_given=False)
    first, last = _months(year, (n - 1) * length + 1, length)
    # "fourth quarter" in a September is a fiscal one, or still to come: nobody speaks of one so long past
    if not given and not now.pinned and (now.published - last).days > STALE * length:
        return _Found(start, end, year_given=False)
    return _Found(start, end, first, last, year_given=given)


STALE = 75      # days for each month of a quarter or half


@_form(rf"""(?x: {YEAR.replace('(?![0-9A-Za-z]|[.,:/][0-9])', '')}
    (?: ['’]s )? (?:{S}|{DASH})? (?:
        (?P<q>[QH][1-4])
      | (?i:(?P<ord>{any_of(ORDINALS)}){HYPHEN}(?:(?P<fiscal>fiscal|financial){HYPHEN})?
            (?P<what>quarter|half))
      | (?i:(?P<fy>fiscal|financial){S}year)
    ){NO_LETTER})""", "0")
def _year_then_part(match, now):
    year, start, end = int(match["year"]), match.start(), match.end()
    if match["fy"]:
        return _Found(start, end)
    if match["q"]:
        what = "quarter" if match["q"][0] == "Q" else "half"
        return _part(now, start, end, int(match["q"][1]), what, year, True, False)
    n = ORDINALS[match["ord"].lower()]
    return _part(now, start, end, n, match["what"].lower(), year, True, bool(match["fiscal"]))


@_form(rf"(?P<year>(?:19|20)[0-9]{{2}}){S}?(?P<dash>{DASH}|/){S}?(?P<to>(?:19|20)[0-9]{{2}}|[0-9]{{2}})"
       r"(?![0-9A-Za-z]|[-.,/:–][0-9]|[ ]?%)", "0")
def _year_range(match, now):
    if not _is_year(now, match.start(), match.end()):
        return None
    first, to = int(match["year"]), match["to"]
    last = int(to) if len(to) == 4 else first // 100 * 100 + int(to)
    if last <= first:
        return None
    # "2026-27" and "2023/24" are seasons and school or fiscal years: which months, the text doesn't say.
    if len(to) == 2 and last == first + 1 or match["dash"] == "/":
        return _Found(match.start(), match.end(), None, None, "date")
    return _Found(match.start(), match.end(), date(first, 1, 1), date(last, 12, 31), "date")


@_form(r"(?P<decade>(?:1[5-9]|20)[0-9]0)['’]?s(?![A-Za-z0-9])", "0")
@_form(r"['’](?P<decade>[2-9]0)s(?![A-Za-z0-9])", "'", "’")
def _decade(match, now):
    year = int(match["decade"])
    year += 1900 if year < 100 else 0
    return _Found(match.start(), match.end(), date(year, 1, 1), date(year + 9, 12, 31))


YEARS = re.compile(rf"(?:,{S}(?:19|20)[0-9]{{2}})*,?{S}and{S}(?:19|20)[0-9]{{2}}"
                   r"(?![0-9A-Za-z]|[.,:/][0-9]|,? respectively)")


@_form(YEAR, "0")
def _bare_year(match, now):
    if not _is_year(now, match.start(), match.end()):
        return None
    year, end = int(match["year"]), match.end()
    if more := YEARS.match(now.text, end):      # "in 2024, 2025 and 2026"
        years = [year, *map(int, re.findall("[0-9]+", more.group()))]
        if years == list(range(year, year + len(years))):
            return _Found(match.start(), more.end(), date(year, 1, 1), date(years[-1], 12, 31), "date", anchor=False)
    return _Found(match.start(), end, date(year, 1, 1), date(year, 12, 31), "date")


NOT_MONTH = re.compile(rf"{any_of(WORDS['before_month_name'])}[ -]$")

# ---- months and weekdays ------------------------------------------------------------------------

@_form(rf"{MONTH}{S}{DAY}(?:{S}?{DASH}{S}?{DAY_2}(?![0-9]))?(?:,?{S}{YEAR}{TIME_TAIL})?", *MONTH_NUMBER)
def _month_day(match, now):
    if now.before(match.start(), NOT_MONTH):
        return None
    return _day_found(now, match, match["day"], match["day2"])


@_form(_phrase("<month>( | ?['’])(of )?(<year>"
               "|((of|in) )?(the )?(?P<yearstep><stepword>|same|that) year<end>"
               "|(?<=['’])(?P<short>[0-9]{2})<end>)"), *MONTH_NUMBER)
def _month_year(match, now):
    year, _, _ = _owner_year(match, now)
    if match["short"]:
        year = _year_number(match["short"])
    if year is None:
        return _Found(match.start(), match.end(), kind="date", year_given=False)
    first, last = _months(year, MONTH_NUMBER[match["month"].lower().rstrip(".")])
    return _Found(match.start(), match.end(), first, last, "date")


@_form(_phrase("<month> quarter(<ofyear>)?"), *MONTH_NUMBER)
def _month_quarter(match, now):
    month = MONTH_NUMBER[match["month"].lower().rstrip(".")]
    year, given, fiscal = _owner_year(match, now)
    if year is None or fiscal:
        year = _unmarked_year(now, match.start(), month)
    if year is None:
        return _Found(match.start(), match.end())
    return _Found(match.start(), match.end(), *_months(year, month - 2, 3), year_given=given)


MONTH_OR_NAME = {name.lower() for name in WORDS["month_or_name"]}
FULL_MONTHS = {names[0].lower() for names in WORDS["months"]}
BEFORE_MONTH = re.compile(rf"(?i:(?<![A-Za-z]){any_of(WORDS['before_month'])}{HYPHEN}|{DASH}|\()$")
AFTER_MONTH = re.compile(rf"(?:['’]s)?[ -](?:{any_of(WORDS['after_month'])}|(?:to|through)[ -]{MONTH})(?![A-Za-z])")


ITS = re.compile(r"(?:\b(?i:its|their|the)|['’]s) $")
POSSESSIVE = re.compile(r"['’]s [a-z]")


def _speaks_of(text: str, found: _Found, month: str) -> bool:
    return found.kind == "date" and text.find(month, found.start, found.end) >= 0


@_form(MONTH, *MONTH_NUMBER)
def _bare_month(match, now):
    name = match["month"].lower().rstrip(".")
    end = match.end()
    if now.before(match.start(), NOT_MONTH):
        return None
    uncertain = name in MONTH_OR_NAME or name not in FULL_MONTHS
    if uncertain and (POSSESSIVE.match(now.text, end) or now.before(match.start(), ITS)):
        # "May's sales", "its May sales" of a text that spoke of the month before
        uncertain = not any(_speaks_of(now.text, f, match["month"]) for f in now.found[-RECENT:])
    if uncertain and now.depth == 1 and not now.before(match.start(), BEFORE_MONTH) and not AFTER_MONTH.match(
            now.text, end):
        return None
    year = _unmarked_year(now, match.start(), MONTH_NUMBER[name])
    if year is None:
        return _Found(match.start(), end, kind="date", year_given=False)
    return _Found(match.start(), end, *_months(year, MONTH_NUMBER[name]), "date", year_given=False)


@_form(rf"{WEEKDAY},?{S}(?:the{S})?(?=[A-Z0-9])", *WEEKDAY_NUMBER)
def _weekday_date(match, now):
    """"Mon, 08 Sep 2025 08:45:59 +0000", "Tuesday, May 6"."""
    inner = _read(now, match.end())
    if inner is None or inner.kind != "date" or not inner.first or inner.first != inner.last:
        return None
    return _Found(match.start(), inner.end, inner.first, inner.last, "date", year_given=inner.year_given)


OPENED_BEFORE = re.compile(r"(?i:(?:start|beginn?)(?:ing|s)|through|until|till|by|no later than) (?:on )?$")
WEEKDAY_NAME = re.compile(rf"{any_of(WORDS['before_weekday_name'])}[ -]$")
HABIT = re.compile(r"(?i:every|each)[ ]$")


@_form(_phrase("<weekday><daypart>"), *FULL_WEEKDAYS)
def _weekday(match, now):
    if now.before(match.start(), WEEKDAY_NAME):
        return None
    if now.before(match.start(), HABIT):
        return _Found(match.start(), match.end(), kind="date", anchor=False)
    ahead = now.before(match.start(), OPENED_BEFORE) or now.ahead(match.start())
    return _on_weekday(match, now, 1 if ahead else 0)


def _on_weekday(match, now, step: int) -> _Found:
    """The weekday of publication or the last before it; -1: before it; 1: from the day of publication on."""
    if not now.published:
        return _Found(match.start(), match.end(), kind="date", year_given=False, anchor=False)
    back = (now.published.weekday() - WEEKDAY_NUMBER[match["weekday"].lower()]) % 7
    day = now.published - timedelta(days=back)
    if step < 0 and back == 0:
        day -= timedelta(weeks=1)
    if step > 0 and back:
        day += timedelta(weeks=1)
    return _Found(match.start(), match.end(), day, day, "date", anchor=False)


HOLIDAYS = WORDS["holidays"]
ON_DAY = re.compile(r"(?i:\b(?:by|on|before|until|since|at|last|this|next) $)")


@_form(rf"(?P<name>{any_of(HOLIDAYS)})(?![A-Za-z])(?:,?{S}{YEAR})?", *HOLIDAYS)
def _holiday(match, now):
    """"by Christmas", "on New Year's Eve 2024"; "the Christmas season" is none."""
    if not match["year"] and (not now.published or not now.before(match.start(), ON_DAY)):
        return None
    year = int(match["year"]) if match["year"] else now.published.year
    day = date(year, *HOLIDAYS[match["name"]])
    if not match["year"]:
        day = _nearest_day(day, now.published, now.ahead(match.start()))
    return _Found(match.start(), match.end(), day, day, "date", anchor=False)


# ---- quarters, halves and stretches in words ---------------------------------------------------

@_form(_phrase("(?P<yearstep>this|last) year['’]s <ordinal>~(?P<what>quarter|half)<end>"), "this", "last")
def _part_of_step(match, now):
    if not now.published or match["ord"].lower() == "last":
        return None
    year = now.published.year + STEPS[match["yearstep"].lower()]
    return _part(now, match.start(), match.end(), ORDINALS[match["ord"].lower()], match["what"].lower(), year, True,
                 now.fiscal)


@_form(_phrase("((?P<fiscal0>fiscal|financial|full)~)?<ordinal>~((?P<fiscal1>fiscal|financial)~)?"
               "(?P<what>quarter|half)(?![a-z])(<ofyear>)?"), *ORDINALS, "fiscal", "financial", "full")
def _ordinal_part(match, now):
    what, n = match["what"].lower(), ORDINALS[match["ord"].lower()]
    year, given, fiscal = _owner_year(match, now)
    fiscal = bool(fiscal or match["fiscal0"] or match["fiscal1"])
    if match["ord"].lower() == "last" and not given and not match["theyear"]:
        return None             # "last quarter" counts from now
    # "half of" a thing is a fraction; "the second half" alone may be one of a match
    if what == "half" and FRACTION.match(now.text, match.end()):
        return None
    if match["theyear"] and not fiscal:
        year, given = _this_or_past_year(now), True
    if not given and not fiscal and (sibling := _beside_named(now, match, n, what)):
        return sibling
    low, high = max(0, match.start() - 60), match.end() + 60
    if what == "half" and not given and not (REPORTED.search(now.text, low, high) or SUM.search(now.text, low, high)):
        return _Found(match.start(), match.end(), anchor=False)
    part = _part(now, match.start(), match.end(), n, what, year, given, fiscal)
    if ended := _ended(now, match.end(), "month", 3 if what == "quarter" else 6):
        part.end, part.year_given = ended.end, ended.year_given
        part.first, part.last = ended.first, ended.last
        if what == "quarter" and ended.last:
            now.ordinal_ends.setdefault(n, ended.last)
    return part


IN_THE = re.compile(r"\b(?:in|from|of|for|with) the $")


@_form(_phrase("(?P<ord>first|second|third|fourth)(?=[.,;)]| (?:showing|at|bringing|seeing)<end>)"),
       "first", "second", "third", "fourth")
def _ordinal_alone(match, now):
    """The quarter or half that an ordinal leaves out: "3% in the second quarter from 2% in the first"."""
    if not now.before(match.start(), IN_THE):
        return None
    return _beside_named(now, match, ORDINALS[match["ord"].lower()], "quarter or half", False)


def _beside_named(now: _Now, match: re.Match, n: int, what: str, with_year: bool = True) -> _Found | None:
    """The nth quarter or half, told by another one that the sentence has named."""
    low, _ = now.sentence(match.start())
    named = [f for f in now.found[-RECENT:] if f.start >= low and f.first and f.last and f.year_given >= with_year
             and (usual_label(f.first, f.last) or "")[-2:-1] in ("Q", "H")]
    if not named:
        return None
    year, part = usual_label(named[-1].first, named[-1].last).split("-")
    kind, months = ("quarter", 3) if part[0] == "Q" else ("half", 6)
    if kind not in what or n < 1 or n * months > 12:
        return None
    first, last = _months(int(year) - (n > int(part[1]) + (kind == "quarter")), months * (n - 1) + 1, months)
    return _Found(match.start(), match.end(), first, last, anchor=False)


REPORTED = re.compile(rf"(?i:\b{any_of(WORDS['saying']['reporting'])}\b)")
SUM = re.compile(r"[$€£¥₹][0-9]|[0-9]%| (?:million|billion|per cent|percent) ")     # unlike what a team does in a half
FRACTION = re.compile(rf"{S}of{S}(?!the{S}(?:fiscal|financial))")
ENDED = re.compile(_phrase(",? (that |which )?(ended|ending|ends|to|through|up to) (on |in )?<the>"
                           "(end~of |end-)?"))


def _ended(now: _Now, position: int, unit: str, count: int) -> _Found | None:
    """What follows "the quarter": "ended June 30", "that ended Nov. 26", "to the end of March"."""
    match = ENDED.match(now.text, position)
    inner = _read(now, match.end()) if match else None
    if inner is None or inner.kind != "date":
        return None
    found = _Found(position, inner.end, year_given=inner.year_given)
    if inner.last:
        # "the 12 months ended March" of an article in May ended already
        found.first, found.last = _ending(inner.last, unit, count)
    return found


@_form(_phrase("((fiscal|financial)~)?(?P<unit>quarter|half|year|month|week)<endcomes>"),
       "quarter", "half", "year", "month", "week", "fiscal", "financial")
def _unit_ended(match, now):
    unit = match["unit"].lower()
    found = _ended(now, match.end(), unit if unit in ("week", "month") else "month",
                   {"quarter": 3, "half": 6, "year": 12}.get(unit, 1))
    if found:
        found.start = match.start()
    return found


@_form(_phrase("<number>~(?P<unit>month|week|quarter|year)s?<end>( period)?<endcomes>"), "0", *NUMBERS)
def _units_ended(match, now):
    unit, count = match["unit"].lower(), _number(match["n"])
    if unit == "quarter":
        unit, count = "month", 3 * count
    found = _ended(now, match.end(), unit, count)
    if found:
        found.start = match.start()
    return found


ENDS_THERE = re.compile(rf"[.,;:)]|{S}(?:that|but|and|while|when|though|as)\b|\s*$")


@_form(_phrase("<number>~(full )?<unit>s?['’]? "
               "(?P<way>ago|earlier|prior|previously|before|later|from now|hence)<end>(?! (to|than)<end>)"),
       "0", *NUMBERS)
def _ago(match, now):
    way, unit, count = match["way"].lower(), match["unit"].lower(), _number(match["n"])
    start, end = match.start(), match.end()
    if way == "before" and not ENDS_THERE.match(now.text, end):
        return None                 # "a year before the launch" has another start
    forward = way in ("later", "from now", "hence")
    sign = 1 if forward else -1
    base = None
    if way not in ("ago", "from now", "hence") or unit == "year" and _compares(now, start):
        base = now.governing(start) or way == "later" and now.just_told(start, unit)
    if base and unit in ("year", "decade", "quarter", "month"):
        months = {"year": 12, "decade": 120, "quarter": 3, "month": 1}[unit]
        first, last = (shift(d, sign * count * months) for d in (base.first, base.last))
        return _Found(start, end, first, last, anchor=False)
    if way in ("later", "before") or not now.published:
        return _Found(start, end, anchor=False)
    day = _count_from(now.published, unit, sign * count)
    around = "year" if unit == "decade" else unit
    return _Found(start, end, *_unit_around(day, around), anchor=False)


@_form(_phrase("(few|several|couple of|couple) (short |more )?<unit>s (ago|earlier|later)<end>"),
       "few", "several", "couple")
def _vaguely_ago(match, now):
    return _Found(match.start(), match.end(), anchor=False)


def _compares(now: _Now, position: int) -> bool:
    """Whether "a year ago" at the position is the base of a comparison, so that it moves the period of
    its sentence rather than the day of publication."""
    low, _ = now.sentence(position)
    dated = [f for f in now.found[-6:] if f.start >= low and f.anchor and f.first and f.last]
    in_sentence = any(27 <= (f.last - f.first).days <= 190 or now.published and f.last.year == now.published.year - 1
                      and usual_label(f.first, f.last) == str(f.first.year) for f in dated)
    return in_sentence or now.before(position, re.compile(r"(?i:period|quarter|month|half),? $")) is not None


@_form(_phrase("(year~(ago|earlier)|prior~year)~((fiscal )?(first|second|third|fourth) )?"
               "(quarter|period|month|half|level|figure|(net )?(loss|profit|income)|earning|revenue|sale|result)(s|"
               "es)?<end>"),
       "year", "prior")
@_form(_phrase("<same> ([a-z]+-)?(quarter|period|months?|half|time|(three|six|nine) months),? (of |in )?(the )?"
               "(last year|(a|one) year (ago|earlier|before|prior)|(previous|prior) year"
               "|year (before|earlier|ago))"),
       *WORDS["same"])
def _same_period_year_ago(match, now):
    base = now.governing(match.start())
    first, last = _moved(base, -1) if base else (None, None)
    return _Found(match.start(), match.end(), first, last, anchor=False)


@_form(_phrase("<same> (quarter|period|month|half),? (of|in) <year>"), *WORDS["same"])
def _same_period_of(match, now):
    base = now.governing(match.start())
    first, last = _moved(base, int(match["year"]) - base.first.year) if base else (None, None)
    if not base:
        return None
    return _Found(match.start(), match.end(), first, last, anchor=False)


@_form(_phrase("<same> (period|time span|time frame|timeframe|timespan|stretch|window)<end>"), *WORDS["same"])
def _same_period(match, now):
    for f in reversed(now.found[-RECENT:]):
        if f.first:
            return _Found(match.start(), match.end(), f.first, f.last, anchor=False)
    return None


@_form(_phrase("(?P<ord>first|last|final|opening|closing) (<number> )?(?P<unit>day|week)s?<end> (of|in) (the )?"),
       "first", "last", "final", "opening", "closing")
def _part_of_month(match, now):
    """"the last two weeks of July": of a month, a quarter or a year that is named."""
    whole = _read(now, match.end())
    if whole is None or not whole.first or not whole.last or not 27 <= (whole.last - whole.first).days <= 372:
        return None
    unit, count = match["unit"].lower(), _number(match["n"] or "1")
    if match["ord"].lower() in ("first", "opening"):
        first, last = whole.first, _count_from(whole.first, unit, count) - DAY_LONG
    else:
        first, last = _ending(whole.last, unit, count)
    return _Found(match.start(), whole.end, first, last, year_given=whole.year_given)


# "first nine months of 2024", "final three months of 2022", "first three quarters of the year"
@_form(_phrase("(?P<ord>first|last|final|opening|closing|initial|early) "
               "(<number> )?(?P<unit>month|week|quarter|day)(?P<many>s)?<end>(<ofyear>)?"),
       "first", "last", "final", "opening", "closing", "initial", "early")
def _months_of_year(match, now):
    year, given, fiscal = _owner_year(match, now)
    last_words = match["ord"].lower() in ("last", "final", "closing")
    unit, count = match["unit"].lower(), _number(match["n"] or ("3" if match["many"] else "1"))
    if not given and not match["theyear"]:
        if last_words:
            return None             # "the last three months" counts from now
        if unit in ("day", "week") or not now.published or count == 12 or not match["n"]:
            return None
        year = now.published.year
    elif not given:
        year = _this_or_past_year(now)
    if year is None or fiscal:
        return _Found(match.start(), match.end(), year_given=given)
    if last_words:
        first, last = _ending(date(year, 12, 31), unit, count)
    else:
        first = date(year, 1, 1)
        last = _count_from(first, unit, count) - DAY_LONG
    return _Found(match.start(), match.end(), first, last, year_given=given)


@_form(_phrase("((fiscal|financial)~(years?~)?|FY ?)[0-9]{2,4}([-/–][0-9]{2,4})?<yearends>"
               "( (?P<part>Q[1-4]|(first|second|third|fourth)~quarter))?"), "fiscal", "financial", "FY")
@_form(r"FY(?:20)?[0-9]{2}(?:[-/–](?:20)?[0-9]{2})?(?![0-9A-Za-z]|[.,:/][0-9])", "FY")
@_form(_phrase("(fiscal|financial) Q[1-4](?P<part><ofyear>)?<end>"), "fiscal", "financial")
def _fiscal_year(match, now):
    ended = _ended(now, match.end(), "month", 12)
    if ended and not match.groupdict().get("part"):
        ended.start = match.start()
        return ended
    return _Found(match.start(), match.end())


@_form(_phrase("(calendar|full|whole|model)~(year )?<year>"), "calendar", "full", "whole", "model")
@_form(_phrase("year <year>"), "year")
def _calendar_year(match, now):
    year = int(match["year"])
    return _Found(match.start(), match.end(), date(year, 1, 1), date(year, 12, 31), "date")


# ---- relative ---------------------------------------------------------------------------------


def _season(season: str, year: int) -> tuple[date, date]:
    return _months(year, SEASONS[season.lower()], 3)


@_form(_phrase("<season> (of )?(<year>|<step> year<end>)"), *SEASONS)
def _season_of(match, now):
    year = int(match["year"]) if match["year"] else (
        now.published.year + STEPS[match["step"].lower()] if now.published else None)
    return _Found(match.start(), match.end(), *(_season(match["season"], year) if year else (None, None)))


IN_SEASON = re.compile(r"(?i:\b(?:in|by|until|since|during the) (?:the )?)$")


@_form(_phrase("(spring|summer|autumn)<end>"), "spring", "summer", "autumn")
def _bare_season(match, now):
    """"in spring": the last one that has begun, or the next one. "In winter" is mostly every one."""
    if not now.before(match.start(), IN_SEASON):
        return None
    if not now.published:
        return _Found(match.start(), match.end(), year_given=False)
    first, last = _season(match.group(), now.published.year)
    if now.ahead(match.start()):
        years = 1 if last < now.published else 0
    else:
        years = -1 if first > now.published else 0
    return _Found(match.start(), match.end(), shift(first, 12 * years), shift(last, 12 * years), year_given=False)


@_form(_phrase("(<step>|past) <season><end>"), *STEPS, "past")
def _step_season(match, now):
    if not now.published:
        return _Found(match.start(), match.end(), year_given=False)
    step = STEPS.get((match["step"] or "past").lower(), -1)
    first, last = _season(match["season"], now.published.year)
    if step < 0 and last >= now.published:
        first, last = _season(match["season"], now.published.year - 1)
    if step > 0 and last < now.published or step > 0 and first <= now.published:
        first, last = _season(match["season"], now.published.year + 1)
    return _Found(match.start(), match.end(), first, last)


@_form(_phrase("(this )?(?P<step><stepword>|past) (<month>|<weekday><daypart>)"), *STEPS, "past")
def _step_named(match, now):
    step = STEPS.get(match["step"].lower(), -1)
    if not now.published:
        return _Found(match.start(), match.end(), kind="date", year_given=False)
    if match["weekday"]:
        if match["step"].lower() == "this":
            step = 1 if now.ahead(match.start()) else 0
        return _on_weekday(match, now, step)
    name = match["month"].lower().rstrip(".")
    if name not in FULL_MONTHS or re.match(rf"{S}[0-9]", now.text[match.end():match.end() + 4]):
        return None
    year, distance = now.published.year, MONTH_NUMBER[name] - now.published.month
    if step < 0 and distance >= 0:
        year -= 1
    if step > 0 and distance <= 0:
        year += 1
    return _Found(match.start(), match.end(), *_months(year, MONTH_NUMBER[name]), "date")


@_form(_phrase("<rolling> ((roughly|about|nearly|almost) )?(<number>~|(?P<vague>few|couple of|several) )"
               "((fiscal|calendar|full|consecutive|trading|business) )?<unit>s?<end>"), *ROLLING)
def _rolling(match, now):
    step = ROLLING[match["step"].lower()]
    if match["vague"] or not now.published:
        return _Found(match.start(), match.end(), year_given=False, anchor=False)
    base = now.governing(match.start()) if match["step"].lower() in ("previous", "preceding") else None
    if base:                        # "from 3% in the previous three months"
        last = base.first - DAY_LONG
        first, last = _ending(last, match["unit"].lower(), _number(match["n"]))
        return _Found(match.start(), match.end(), first, last, anchor=False)
    edge = _count_from(now.published, match["unit"].lower(), step * _number(match["n"]))
    first, last = sorted((edge, now.published))
    return _Found(match.start(), match.end(), first, last, anchor=False)


@_form(_phrase("within (about |around )?<number>~<unit>s?<end>(?! of<end>)"), "within")
def _within(match, now):
    """"within 90 days" of what is to come: from publication on."""
    if not now.published or not now.ahead(match.start()):
        return None
    last = _count_from(now.published, match["unit"].lower(), _number(match["n"]))
    return _Found(match.start(), match.end(), now.published, last, anchor=False)


@_form(_phrase("full(-year<end>| year(?= (?:profit|sales|revenue|earning|result|guidance|outlook|forecast)))"
               "(?! (?:19|20)[0-9])"), "full")
def _full_year(match, now):
    """"full-year sales": of the year that is just over, or the one that runs."""
    year = _this_or_past_year(now)
    return _Found(match.start(), match.end(), *(_months(year, 1, 12) if year else (None, None)), year_given=False)


@_form(_phrase("weekend<end>"), "weekend")
def _the_weekend(match, now):
    """"over the weekend": the last one, or the next one where it lies ahead."""
    if not now.published or not now.before(match.start(), OVER_THE):
        return None
    last = now.published - timedelta(days=(now.published.weekday() - 5) % 7)
    saturday = last + timedelta(weeks=1) if now.ahead(match.start()) and now.published.weekday() < 5 else last
    return _Found(match.start(), match.end(), saturday, saturday + DAY_LONG)


OVER_THE = re.compile(r"\b(?:[Oo]ver|[Aa]t|[Dd]uring|[Oo]n) the $")
ROLLING_LEAD = re.compile(r"(?i:\b(?:over|in|during|within|for) the $)")


@_form(_phrase("past <unit><end>"), "past")
@_form(_phrase("(?P<step>last|next|coming) <unit><end>(?!['’]s)"), "last", "next", "coming")
def _past_year(match, now):
    """"in the past year", "over the next decade" roll; "the next month" does too."""
    step = match.groupdict().get("step") or "past"
    if step != "past" and not now.before(match.start(), ROLLING_LEAD):
        return None             # "last year" is a calendar year, "over the last year" rolls
    if not now.published:
        return _Found(match.start(), match.end(), year_given=False, anchor=False)
    if match["unit"].lower() == "quarter" and step.lower() == "last" and not now.fiscal:
        return _Found(match.start(), match.end(), *_unit_around(now.published, "quarter", -1), anchor=False)
    edge = _count_from(now.published, match["unit"].lower(), ROLLING[step.lower()])
    first, last = sorted((edge, now.published))
    return _Found(match.start(), match.end(), first, last, anchor=False)


@_form(_phrase("(?P<step><stepword>|same|that|past) (?P<fiscal>(fiscal|financial) )?"
               "((calendar|school|academic) )?"
               "(?P<unit>day|date|weekend|week|month|quarter|half|year|decade)<end>"),
       *STEPS, "same", "that", "past")
def _step_unit(match, now):
    step, unit = match["step"].lower(), match["unit"].lower()
    if unit == "date":
        if step not in ("same", "that"):
            return None
        unit = "day"
    start, end = match.start(), match.end()
    if unit == "day" and step in ("this", "current", "coming"):
        return None
    if step in ("same", "that", "previous", "prior", "following") or unit == "day" and step == "next":
        return _anaphor(now, start, end, unit, STEPS.get(step, 0), bool(match["fiscal"]))
    if not now.published or match["fiscal"]:
        return _Found(start, end, year_given=False)
    if unit == "quarter" and now.fiscal:
        return _Found(start, end, year_given=False)
    step = STEPS.get(step, -1)
    if unit == "weekend":
        sunday = _unit_around(now.published, "week", step)[1]
        return _Found(start, end, sunday - DAY_LONG, sunday)
    # the year of a statement may date "a year earlier" behind it
    anchor = unit in ("year", "quarter", "half", "month")
    return _Found(start, end, *_unit_around(now.published, unit, step), anchor=anchor)


def _anaphor(now, start, end, unit: str, step: int, fiscal: bool) -> _Found:
    """"that year", "the previous quarter", "the quarter": counted from the last one the text spoke of."""
    days = {"day": (0, 1), "week": (6, 8), "weekend": (1, 2), "month": (27, 31), "quarter": (80, 100),
            "half": (170, 190), "year": (360, 372), "decade": (3600, 3700)}[unit]
    for f in reversed(now.found[-RECENT:]):
        if not (f.first and f.last and f.anchor) or f.start >= start or fiscal:
            continue
        length = (f.last - f.first).days
        fits = days[0] <= length <= days[1]
        if fits or unit == "year" and length < 360 and step == 0 and start - f.end < 250:
            if step == 0 and fits:
                return _Found(start, end, f.first, f.last)
            if unit == "quarter" or unit == "year" and length >= 360:
                months = step * (3 if unit == "quarter" else 12)
                return _Found(start, end, shift(f.first, months), shift(f.last, months), anchor=False)
            return _Found(start, end, *_unit_around(f.first, unit, step), anchor=False)
    if step < 0 and now.published and unit not in ("quarter", "half"):
        return _Found(start, end, *_unit_around(now.published, unit, step), anchor=False)
    return _Found(start, end, year_given=False, anchor=False)


ON_IT = re.compile(r"\bon $")


@_form(_phrase("(the|its) ((full|entire|whole|reporting) )?(?P<fiscal>(fiscal|financial) )?"
               "(?P<unit>quarter|year|half|month)<end>(?!['’-]| [0-9]"
               "| (before|after|ahead|earlier|prior|ago|ended|ending|end|to(?! [^A-Za-z0-9])|through|that|of|"
               "mile)<end>)"), "the", "its")
def _the_unit(match, now):
    """"for the quarter", "in the year": only where the text has told which."""
    if now.before(match.start(), ON_IT):
        return None                 # "a rise of 3% on the year"
    if match["unit"].lower() == "year" and not match["fiscal"]:
        low, _ = now.sentence(match.start())
        told = [f for f in now.found[-RECENT:] if f.first and f.last and f.anchor and f.last - f.first <= YEAR_LONG]
        year = max((f.last.year for f in told if f.start >= low), default=0) or max(
            (f.last.year for f in told if not now.published or f.last <= now.published), default=0)
        if year:                    # the last one that is over: a text also names those it compares with
            return _Found(match.start() + 4, match.end(), date(year, 1, 1), date(year, 12, 31))
    return _anaphor(now, match.start() + 4, match.end(), match["unit"].lower(), 0, bool(match["fiscal"]))


@_form(_phrase("the (?P<unit>year|quarter|month) (before|earlier|prior)<end>(?! (the|its|it|he|they)<end>)"),
       "the")
def _the_year_before(match, now):
    base = now.governing(match.start()) if match["unit"].lower() == "year" else None
    if base:
        return _Found(match.start(), match.end(), *_moved(base, -1), anchor=False)
    return _anaphor(now, match.start(), match.end(), match["unit"].lower(), -1, False)


NAMED_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


@_form(_phrase("(earlier |later )?(?P<day>today|tonight|yesterday|tomorrow)<end>(?!['’]s)"),
       *NAMED_DAYS, "earlier", "later")
@_form(_phrase("(earlier |later )?(?P<day>this|last) <partofday><end>"), "this", "last", "earlier", "later")
def _named_day(match, now):
    step = NAMED_DAYS.get(match["day"].lower(), -1 if match["day"].lower() == "last" else 0)
    day = now.published + step * DAY_LONG if now.published else None
    return _Found(match.start(), match.end(), day, day, anchor=False)


# ---- edges: early, late, the end of, so far ---------------------------------------------------------

@_form(_phrase("year~to~date<end>"), "year")
def _year_to_date(match, now):
    day = now.published
    return _Found(match.start(), match.end(), day and date(day.year, 1, 1), day, anchor=False)


@_form(r"(?i:to date)(?![A-Za-z]| (?:the|a|my|his|her)\b)", "to")
def _to_date(match, now):
    return _Found(match.start(), match.end(), None, now.published, anchor=False)


@_form(_phrase("(year~end|end~(of~)?(the )?year)<end>( <year>)?"), "year", "end")
def _year_end(match, now):
    year = int(match["year"]) if match["year"] else _this_or_past_year(now)
    if not match["year"] and now.published and now.published.month <= 3 and not now.ahead(match.start()) \
            and BEEN.search(now.text, now.sentence(match.start())[0], match.start()):
        year -= 1                   # "it had 40 shops by the end of the year", told in January
    day = date(year, 12, 31) if year else None
    return _Found(match.start(), match.end(), day, day)


TO_END = re.compile(r"\b(?:to|will|would|could|may|might) $")
BARE_UNIT = re.compile(_phrase("(year|quarter|month|decade|century|week)<end>"))


@_form(_phrase("(?P<edge><edgeword>)( <the>|~)"), *EDGES)
def _edge(match, now):
    edge = EDGES[BLANKS.sub(" ", match["edge"].lower())]
    if match["edge"].lower() == "end" and now.before(match.start(), TO_END):
        return None                 # "forecast to end 2025 at 3%"
    # "mid-2025" and "end-2025" but "end-of"
    inner, bare = None, BARE_UNIT.match(now.text, match.end())
    if bare and (edge in ("end", "start") or match.group().lower().endswith("the ")):
        unit = bare.group().lower()
        inner = _Found(match.end(), match.end() + len(unit))
        if now.published and unit != "century":
            inner.first, inner.last = _unit_around(now.published, unit)
        elif unit == "decade" and not now.published:
            inner.first, inner.last = date(2020, 1, 1), date(2029, 12, 31)
    inner = inner or _read(now, match.end())
    if inner is None or inner.kind == "time":
        return None
    found = _Found(match.start(), inner.end, inner.first, inner.last, inner.kind, year_given=inner.year_given)
    first, last = inner.first, inner.last
    if not first or not last:
        return found
    days = (last - first).days + 1
    if edge == "sofar" or edge == "rest":
        if not now.published or not first <= now.published <= last:
            return found if edge == "sofar" else None
        found.first, found.last = (first, now.published) if edge == "sofar" else (now.published, last)
        found.anchor = False
    elif edge == "end":
        found.first = found.last = last
    elif edge == "start":
        found.first = found.last = first
    elif days < 20:
        return None
    elif days <= 31:
        found.first, found.last = {
            "early": (first, first.replace(day=10)),
            "mid": (first.replace(day=15), first.replace(day=15)),
            "late": (first.replace(day=21), last)}[edge]
    elif 360 <= days <= 372 and first.day == 1:
        found.first, found.last = {
            "early": _months(first.year, first.month, 3),
            "mid": _months(first.year, first.month + 3, 6),
            "late": _months(last.year, last.month - 2, 3)}[edge]
        found.label = now.text[match.start():inner.end].lower()
    return found


# ---- find -------------------------------------------------------------------------------------------

LINK_AFTER = re.compile(rf"{S}(?:to|through|until|till|-|–|—){S}?|[-–—]")


def _starters() -> AhoCorasick:
    """One automaton for every word that a form may begin with, in the usual capitalisations."""
    words = {word for word in FORMS if word.isalpha() and word not in ("a", "an", "the", "its", "to", "new")}
    units = ("day", "week", "month", "quarter", "year", "decade")
    words |= {f"{article} {unit}" for article in ("a", "an") for unit in units} | {"to date"}
    named = ("quarter", "year", "half", "month", "full", "entire", "fiscal", "whole")
    words |= {f"the {what}" for what in named}
    words |= {f"its {what}" for what in ("fiscal", "full", "financial")}
    words -= {word for word in words if word in MONTH_NUMBER or word in WEEKDAY_NUMBER}
    spelled = {form for word in words for form in (word, word.capitalize(), word.upper())}
    for name in (*MONTH_NUMBER, *WEEKDAY_NUMBER):
        spelled |= {name.capitalize(), name.upper()}
    return AhoCorasick(sorted(spelled | {"New Year"}), implementation=Implementation.DFA)


def _positions(text: str) -> list[int]:
    """Where an expression may begin, ascending."""
    starts = {start for _, start, end in STARTERS.find_matches_as_indexes(text, overlapping=True)
              if (start == 0 or not text[start - 1].isalnum())
              and not (text[end:end + 1].isalpha() and text[start:end].isalpha())}
    starts.update(pattern.digit_runs(text))
    starts.update(m.start() for m in APOSTROPHE_DECADE.finditer(text))
    return sorted(starts)


APOSTROPHE_DECADE = re.compile(r"['’][2-9]0s")
# What a digit run must look like to be tried at all.
DATE_DIGITS = re.compile(rf"""(?x:
      (?:1[5-9]|20)[0-9]{{2}}(?:['’]?s)?(?![0-9,])
    | 2100 | (?:19|20)[0-9]{{2}},(?![0-9])
    | [0-9]{{1,2}}(?:[:/.-][0-9]|st|nd|rd|th|[QH]|{S}?(?:[apAP]\.?[mM]|o['’]c))
    | [0-9]{{1,3}}(?:{S}?(?:[-–—&]|to|and){S}?[0-9]{{1,2}})?
      (?:{S}|-)(?:of{S}[A-Z]|[JFMASOND][A-Za-z]{{2}}|day|week|month|quarter|year|decade|[ap])
    )""")
INSIDE_NUMBER = re.compile(r"[A-Za-z0-9]$|[0-9][.,]$")      # "2.5 years ago", "3,000 years ago"
TENS = re.compile(r"(?i:\b(?:twen|thir|for|fif|six|seven|eigh|nine)ty-)$")      # "seventy-five years later"
STARTERS = _starters()
FISCAL = re.compile(
    r"(?i:fiscal)[ -](?:Q[1-4]|(?i:first|second|third|fourth|year\b|quarter|20[0-9]{2}))"
    r"|(?i:(?:first|second|third|fourth)[ -]fiscal)|\bFY ?(?:20)?[0-9]{2}\b|F20[0-9]{2}")


def find(text: str, published: date | None) -> list[Period]:
    """Every date, clock time and period expression of the text, in text order and not overlapping."""
    # The plain search first: most texts hold none of these, and the pattern is slow to say so.
    fiscal = any(mark in text for mark in ("iscal", "ISCAL", "FY", "F20")) and FISCAL.search(text) is not None
    now = _Now(text, published, fiscal=fiscal)
    _scan(now)
    if now.ordinal_ends:        # "second-quarter" in a title stands before what says when it ended
        now.found.clear()
        _scan(now)
    periods = [_period(text, found) for found in now.found]
    _name_quarters(text, periods)
    return periods


BESIDE_OTHER = re.compile(r"\b(?:from|than|with|to|against|versus|over|on|since|and) (?:the )?$")
BARE_QUARTER = re.compile(r"(?i:q[1-4]|(?:first|second|third|fourth)[ -]quarter)")
WITH_YEAR, OF_QUARTER = re.compile(r"[0-9]{4}"), re.compile(r"[0-9]{4}-(Q[1-4])")


def _name_quarters(text: str, periods: list[Period]) -> None:
    """A bare quarter is that of which the text has said the year: "Q2" behind "its Q2 2024 earnings call"."""
    said: dict[str, Period] = {}
    for period in periods:
        if quarter := OF_QUARTER.fullmatch(period.label):
            if WITH_YEAR.search(text, period.start, period.end):
                if not BESIDE_OTHER.search(text, max(0, period.start - 20), period.start):
                    said[quarter[1]] = period
            elif bare := said.get(quarter[1]):
                if BARE_QUARTER.fullmatch(text, period.start, period.end):
                    period.label, period.first, period.last = bare.label, bare.first, bare.last


def _say_which(now: _Now, found: _Found) -> None:
    """Takes the dates of a time in brackets behind: "over the last five years (2020 to 2024)"."""
    said = _read(now, found.end + 2) if now.text.startswith(" (", found.end) else None
    said = said and (_range_to(now, said) or said)
    if said and said.first and now.text.startswith(")", said.end):
        found.first, found.last, found.end = said.first, said.last, said.end + 1


AND_MONTH = re.compile(r" and [A-Z]")
RESPECTIVELY = re.compile(r",? respectively")


def _two_months(now: _Now, first: _Found) -> _Found | None:
    """"in May and June": two months, the second right behind the first."""
    now.depth += 1              # behind another month "June" is no name
    both = _range_to(now, first, "and")
    now.depth -= 1
    if both is None or both.first is None or RESPECTIVELY.match(now.text, both.end):
        return None
    return both if (both.first, both.last) == _months(both.first.year, both.first.month, 2) else None


def _scan(now: _Now) -> None:
    text, done = now.text, 0
    for start in _positions(text):
        if start < done:
            continue
        if text[start].isdigit() and (INSIDE_NUMBER.search(text[max(0, start - 2):start])
                                      or not DATE_DIGITS.match(text, start)):
            continue
        if text[start - 1:start] == "-" and TENS.search(text, max(0, start - 8), start):
            continue
        now.pinned = None
        found = _read(now, start)
        if found is None:
            continue
        _say_which(now, found)
        if found.kind != "time" and LINK_AFTER.match(text, found.end):
            found = _range_to(now, found) or found
        elif found.kind == "date" and AND_MONTH.match(text, found.end):
            found = _two_months(now, found) or found
        now.found.append(found)
        done = found.end


def _period(text: str, found: _Found) -> Period:
    words = " ".join(text[found.start:found.end].lower().split())
    label = found.label or usual_label(found.first, found.last) or words
    return Period(found.start, found.end, label, found.first, found.last, found.kind)
