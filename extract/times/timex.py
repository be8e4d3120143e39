"""What an expression of time is (the field calls it a TIMEX): its form, what it finds, and what resolves it.

A form is a pattern that matches where an expression begins, and a function that reads the match: it gives what was
found, or None, and the next form is tried. Forms are looked up by the first word of the expression. A form may read
another one behind its own words: "by" + "the end of" + "2025".

>>> dawns = Forms()
>>> @dawns.add(phrase("<ordinal>~dawn<end>"), *ORDINALS)
... def dawn(match, now):
...     return found(match, now.published, now.published)
>>> now = Context("On the second-dawn", date(2025, 8, 1), dawns)
>>> now.read(7).end, now.read(3)
(18, None)
"""
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from .. import pattern, schema
from ..grammar.lexicon import past_forms
from .calendar import ends_month

# ---- words ------------------------------------------------------------------------------------------

WORDS = schema.words("period")
NUMBERS, ORDINALS, SEASONS = WORDS["numbers"], WORDS["ordinals"], WORDS["seasons"]
STEPS, ROLLING = WORDS["steps"], WORDS["rolling"]
MONTH_NUMBER = {name.lower(): n for n, names in enumerate(WORDS["months"], 1) for name in names}
FULL_MONTHS = {names[0].lower() for names in WORDS["months"]}
WEEKDAY_NUMBER = {name.lower(): n for n, names in enumerate(WORDS["weekdays"]) for name in names}
FULL_WEEKDAYS = [names[0] for names in WORDS["weekdays"]]
EDGES = {phrase: edge for edge, phrases in WORDS["edges"].items() for phrase in phrases}
OPENERS = {phrase: opener for opener, phrases in WORDS["openers"].items() for phrase in phrases}
UNITS = ("day", "week", "month", "quarter", "year", "decade")
ARTICLES = ("a", "an", "one")
# how "three years" may begin; these alone stand everywhere
COUNTS = [*(word for word in NUMBERS if word not in ARTICLES),
          *(f"{article} {unit}" for article in ARTICLES for unit in UNITS)]
MONTH_NAMES = [name for names in WORDS["months"] for name in names]
WEEKDAY_NAMES = [name for names in WORDS["weekdays"] for name in names]


def number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def month_number(name: str) -> int:
    return MONTH_NUMBER[name.lower().rstrip(".")]


def year_number(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


# ---- pieces of patterns -----------------------------------------------------------------------------


def any_of(words: Iterable[str]) -> str:
    """Any of the words, the longest first; a space in them is any blank or hyphen."""
    return pattern.any_of(words, space="[ \u00a0\u202f-]")


def _capital(table: list[list[str]]) -> str:
    """Names as they are written with a capital or in capitals; abbreviations may have a dot."""
    full, short = [names[0] for names in table], [name for names in table for name in names[1:]]
    full, short = (any_of([*names, *map(str.upper, names)]) for names in (full, short))
    return f"(?:{full}(?![A-Za-z])|{short}(?![A-Za-z])\\.?)"


S = "(?:[ \t\u00a0\u202f]{1,3})"                 # space inside an expression
HYPHEN = "(?:[ \u00a0\u202f-]|\u2010|\u2011)"   # "second-quarter", "second quarter"
DASH = "[-\u2010-\u2015\u2212]"
THE = rf"(?:(?:the|its|their|our|his|her)\b{S})?"
NO_LETTER = "(?![A-Za-z0-9])"
NO_FIGURE = "(?![0-9A-Za-z]|[.,:/][0-9])"       # behind a year: not "2025.5", "2025/07"
MONTH = rf"(?P<month>{_capital(WORDS['months'])})"
WEEKDAY = _capital(WORDS["weekdays"])
YEAR = rf"(?P<year>(?:19|20)[0-9]{{2}}|2100){NO_FIGURE}(?! (?:GMT|UTC)\b)"
# The year of a quarter or month: "of 2024", "last year", "of its fiscal year 2026", "FY26", "'25".
OF_YEAR = rf"""(?x:
    (?:,?{S})? (?:(?:of|in|for|to){S})? {THE}
    (?: (?P<yearstep>{any_of(STEPS)}|same|that){S}(?P<stepfiscal>(?:fiscal|financial){S})?year\b
      | (?P<theyear>(?:(?:full|calendar){S})?(?P<thefiscal>(?:fiscal|financial){S})?year\b(?!{S}[12]))
      | (?:calendar{S}(?:year{S})?)?
        (?P<fiscal>(?:fiscal|financial){S}(?:year{S})?|FY[ ]?|F(?=[12]))?
        (?P<year>(?:19|20)[0-9]{{2}}|(?:(?<=FY)|(?<=FY[ ])|(?<=['’]))[0-9]{{2}})
        (?:{DASH}(?:20)?[0-9]{{2}})?
        {NO_FIGURE} (?P<yearfiscal>{S}(?:fiscal|financial){S}year\b)?
    ))"""
POSSESSIVE = re.compile(r"['’]s [a-z]")

# What stands for what in a phrase.
PIECES = {
    "number": rf"(?P<n>[0-9]{{1,3}}|{any_of(NUMBERS)})", "unit": f"(?P<unit>{'|'.join(UNITS)})",
    "the": THE, "end": NO_LETTER, "year": YEAR, "ofyear": OF_YEAR, "nofigure": NO_FIGURE,
    "month": f"(?-i:{MONTH})",
    "weekday": rf"(?P<weekday>(?-i:{any_of([*FULL_WEEKDAYS, *map(str.upper, FULL_WEEKDAYS)])}))\b",
    "partofday": any_of(WORDS["day_parts"]), "daypart": rf"(?:{S}{any_of(WORDS['day_parts'])}\b)?",
    "ordinal": f"(?P<ord>{any_of(ORDINALS)})", "season": f"(?P<season>{any_of(SEASONS)})",
    "stepword": any_of(STEPS), "step": f"(?P<step>{any_of(STEPS)})",
    "rolling": f"(?P<step>{any_of(ROLLING)})",
    "same": any_of(WORDS["same"]), "edgeword": any_of(EDGES), "openerword": any_of(OPENERS),
    "endcomes": f"(?=,?{S}(?:that|which|end|to|through|up))",
}


def phrase(words: str) -> str:
    """A pattern that ignores case: a space is any blank, ~ a blank or a hyphen, <name> one of PIECES."""
    spaced = re.sub(r"\((?!\?)", "(?:", words).replace(" ", S).replace("~", HYPHEN)
    return "(?i:" + re.sub(r"(?<!\?P)<([a-z]+)>", lambda piece: PIECES[piece[1]], spaced) + ")"


# ---- what a form finds ------------------------------------------------------------------------------


@dataclass(slots=True)
class Found:
    """What a form read, before it becomes a Period."""
    start: int
    end: int
    first: date | None = None
    last: date | None = None
    kind: str = "period"
    label: str | None = None        # where the usual one does not do
    year_given: bool = True         # False where the year was taken from the date of publication
    anchor: bool = True             # may date a later "a year earlier" or "the quarter"

    @property
    def length(self) -> timedelta:
        """From the first to the last day, of what has both."""
        return self.last - self.first


def found(match: re.Match, first: date | None = None, last: date | None = None, kind: str = "period",
          year_given: bool = True, anchor: bool = True) -> Found:
    """What stands where the pattern of a form matched."""
    return Found(match.start(), match.end(), first, last, kind, None, year_given, anchor)


Read = Callable[[re.Match, "Context"], Found | None]
FIRST_WORD = re.compile(r"[A-Za-z]+|[0-9]+[A-Za-z]*|['’]")
FIGURE, FOUR_DIGITS = "0", "0000"       # stand for the opening of forms that begin with digits


class Forms:
    """Forms by their first word in lower case, FIGURE or FOUR_DIGITS. They are tried in the order in which they were
    added."""

    def __init__(self, *parts: "Forms") -> None:
        self.openings: set[str] = set()
        self.by_word: dict[str, list[tuple[re.Pattern, Read]]] = {}
        for part in parts:
            self.openings |= part.openings
            for word, forms in part.by_word.items():
                self.by_word.setdefault(word, []).extend(forms)

    def add(self, source: str, *openings: str) -> Callable[[Read], Read]:
        """Adds a form with its pattern. A text is read where one of the openings stands: a word or more ("as of"), with
        a capital where it must have one ("May")."""
        compiled = re.compile(source)

        def added(read: Read) -> Read:
            self.openings.update(openings)
            for word in {FIRST_WORD.match(opening).group().lower() for opening in openings}:
                self.by_word.setdefault(word, []).append((compiled, read))
            return read
        return added

    def at(self, text: str, position: int) -> Iterable[tuple[re.Pattern, Read]]:
        """The forms that may begin there."""
        word = FIRST_WORD.match(text, position)
        if word is None:
            return ()
        key = word.group().lower()
        if key[0].isdigit() and key not in self.by_word:        # but "1st quarter"
            key = FOUR_DIGITS if key[3:4].isdigit() and not key[4:5].isdigit() else FIGURE
        return self.by_word.get(key, ())


# ---- what resolves it -------------------------------------------------------------------------------

SENTENCE_END = re.compile(r"[.!?][\"”’')]?\s+(?=[\"“‘A-Z])|\n")
AHEAD = re.compile(rf"(?<![A-Za-z])(?:{any_of(WORDS['tense']['ahead'])}(?![A-Za-z])|[a-z]['’]ll\b"
                   r"|(?<![A-Za-z])(?:may|might|could)(?! have)\b)")
AHEAD_OF_IT = re.compile(rf"(?<![A-Za-z])(?:{any_of(WORDS['tense']['ahead_of_it'])})(?![A-Za-z-])(?! have)")
# "walked out on Friday, and more will": the clause of the day speaks of what is over
CLAUSE_START = re.compile(r"[,;:–—]|\b(?:and|but|which|who|that|when|while|where)\b")
BEEN = re.compile(rf"(?<!be )\b(?:was|were|had|did|[a-z]{{2,}}ed|{any_of(past_forms())})\b")
# what makes the number behind it a year: "in 1911"
YEAR_LEAD = re.compile(rf"(?i:\b{any_of(WORDS['year']['strong'])}[ \u00a0-]|\()$")

NEAR = 250      # so many characters back lies the sentence before
RECENT = 60     # so many expressions back a text may refer: bounds the work
DEEP = 3        # so many forms may stand behind each other: "by" + "the end of" + "July"
MONTH_LONG, YEAR_LONG = timedelta(days=27), timedelta(days=360)
PART_OF_YEAR = timedelta(days=80), timedelta(days=300)


class Year(NamedTuple):
    """The year that an expression names as its own."""
    number: int | None
    given: bool
    fiscal: bool = False


@dataclass(slots=True)
class Context:
    """What resolves a relative expression: the text, its date, and the times that it told before."""
    text: str
    published: date | None
    forms: Forms
    fiscal: bool = False            # the text speaks of fiscal quarters or years
    found: list[Found] = field(default_factory=list)
    pinned: int | None = None       # year given by the other end of a range
    quarter_ends: dict[int, date] = field(default_factory=dict)     # "second quarter ended July 27"
    depth: int = 0

    def read(self, position: int) -> Found | None:
        """The expression that begins at the position, by the first form that accepts it."""
        if self.depth > DEEP:
            return None
        self.depth += 1
        try:
            for form, read in self.forms.at(self.text, position):
                match = form.match(self.text, position)
                if match and (told := read(match, self)):
                    return told
        except (ValueError, OverflowError):
            return None             # before year 1 or after 9999: "999 decades ago"
        finally:
            self.depth -= 1
        return None

    def read_of_year(self, position: int, year: int) -> Found | None:
        """The same, where the other end of a range has told the year."""
        self.pinned = year
        told = self.read(position)
        self.pinned = None
        return told

    @property
    def behind_another(self) -> bool:
        """Whether what is read stands behind the words of another form."""
        return self.depth > 1

    # ---- where it stands

    def sentence(self, position: int, reach: int = 300) -> tuple[int, int]:
        """Rough limits of the sentence, at most `reach` characters each way."""
        low, high = max(0, position - reach), min(len(self.text), position + reach)
        for stop in SENTENCE_END.finditer(self.text, low, high):
            if stop.end() > position:
                return low, stop.start()
            low = stop.end()
        return low, high

    def preceded(self, position: int, words: re.Pattern) -> bool:
        """Whether a pattern, which ends with $, matches right in front of the position."""
        return words.search(self.text[max(0, position - 24):position]) is not None

    def ahead(self, position: int) -> bool:
        """Whether the words around speak of what is to come, so that "in May" is the next one."""
        low, high = self.sentence(position, 80)
        low = max(low, self.text.rfind(";", max(0, position - 60), position) + 1)
        if AHEAD_OF_IT.search(self.text, low, position):
            return True
        low, high = max(low, position - 60), min(high, position + 60)
        stop = self.text.find(";", position, high)
        if AHEAD.search(self.text, low, stop if stop > 0 else high) is None:
            return False
        low = max((stop.end() for stop in CLAUSE_START.finditer(self.text, low, position)), default=low)
        return AHEAD.search(self.text, low, position) is not None or BEEN.search(self.text, low, position) is None

    # ---- times told before

    @property
    def recent(self) -> list[Found]:
        return self.found[-RECENT:]

    def anchors(self, position: int) -> list[Found]:
        """Times before the position that another may be counted from, the last first."""
        return [f for f in reversed(self.recent) if f.anchor and f.first and f.last and f.start < position]

    def governing(self, position: int) -> Found | None:
        """The period to which "a year earlier" or "the quarter" refers: of this sentence, else the last
        quarter, half or year-end period of the text. A day counts only as the end of a month: "at the end of June"."""
        low, _ = self.sentence(position)
        anchors = self.anchors(position)
        for f in anchors:
            month_end = f.first == f.last and ends_month(f.last)
            if f.start >= low and f.end <= position and (f.length >= MONTH_LONG or month_end):
                return f
        shortest, longest = PART_OF_YEAR
        return next((f for f in anchors if shortest <= f.length <= longest), None)

    def just_told(self, position: int, unit: str) -> Found | None:
        """The year of the sentence before, or its month: from which "three years later" counts."""
        for f in self.anchors(position):
            sure = not self.text[f.start].isdigit() or YEAR_LEAD.search(self.text, max(0, f.start - 8), f.start)
            if sure and position - f.end < NEAR:
                return f if f.length >= (YEAR_LONG if unit in ("year", "decade") else MONTH_LONG) else None
        return None

    # ---- which year

    def this_year(self) -> int | None:
        """"the first half of the year" speaks of the year of publication."""
        if self.published:
            return self.published.year
        return next((f.first.year for f in reversed(self.recent) if f.first and f.year_given), None)

    def year_of_month(self, position: int, month: int) -> int | None:
        """The year of a month without one: the last that has begun, or the next one where that lies ahead."""
        if self.pinned or not self.published:
            return self.pinned
        year, distance = self.published.year, month - self.published.month
        if self.ahead(position):
            return year + 1 if distance < -6 else year
        return year if distance <= 0 else year - 1

    def year_of(self, match: re.Match) -> Year:
        """The year that OF_YEAR has matched: "of 2024", "last year", "of the year"."""
        groups = match.groupdict()
        fiscal = any(groups.get(name) for name in ("fiscal", "thefiscal", "stepfiscal", "yearfiscal"))
        if groups.get("year"):
            return Year(year_number(groups["year"]), True, fiscal)
        if groups.get("theyear"):
            return Year(None, False, True) if fiscal else Year(self.this_year(), True)
        step = (groups.get("yearstep") or "").lower()
        if step in ("same", "that"):
            told = next((f for f in reversed(self.recent) if f.first and f.year_given), None)
            return Year(told.first.year if told else None, True, fiscal)
        if step:
            return Year(self.published.year + STEPS[step] if self.published else None, True, fiscal)
        return Year(None, False, fiscal)
