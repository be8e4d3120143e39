"""Fractions: half, a third, two-thirds, 3/4 of it, one in 10; as a percentage, or of a unit, "half a million"."""
import re
from decimal import Decimal
from functools import cache

from ..pattern import any_of
from . import comparator, counted, magnitude, measure, money, number, unit
from .identifier import name_head
from .draft import HUNDRED, Part, in_words
from .window import Window

HALF = Decimal("0.5")
LARGEST_ABOVE = 20          # "nineteen twentieths"; larger numbers in front of a fraction are numbers of their own
ARTICLE = re.compile(r"(?i)(?<![A-Za-z])(an?) $")
HALF_A, A_UNIT = re.compile(r"(?i)half(?: an?|-an?)?(?=[- ])"), re.compile(r"(?i) of (?:an?|one)(?= )")
AND_A_HALF = re.compile(r"(?i)(?<![A-Za-z])(?:an?|one) ([a-z]+(?: [a-z]+)?) and a $")
PART_OF = frozenset({"measure", "duration", "percent"})    # kinds of units that have halves
RATE_STEP = re.compile(r"(?i)(?:half|quarter)[- ](?:an? )?(?:percentage[- ]point\b|point(?=[- ](?:cut|hike|rise|"
                       r"increase|reduction|decrease|move)))")
HALF_OF_GAME = re.compile(r"(?i)(?:^|[ (])(?:each|either|first|second|opening|last|other) $")
OF_SIZE = re.compile(r"(?i) of (?:an?|one) (million|billion|trillion)\b")
TIMES_AS = re.compile(r"(?i) as (?:many|much|high|low|large|big|fast|long|often|expensive)\b")
OF_SHARE = (" of ", " more", " less", " fewer", " higher", " lower", " the ", " as ")
ONE_IN = re.compile(r"(?i)(?<![A-Za-z])(?<!first )(?<!only )one(?: in|-in-| out of)(?: every)? ?$")
# What a share is of: "8 in 10"; of others only one is: "one in 250 births"
ONE_OF_IN = re.compile(r"(?i)(?<![A-Za-z])(?:one|1) [a-z]+ (?:in|out of)(?: every)? $")
IN_SO_MANY = (" in ", "-in-", " of ", "every ", " in", " of", "every")      # ends of the next two patterns
WHOLES = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 50, 100, 1000})
YEARS = range(1500, 2100)
OF_TIME = re.compile(r"[- ](?:year|month|week|day|hour|minute|decade|generation|centur)")
# a first look, for hardly any number goes on so
POWER_OR_SLASH = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[ \xa0]?[x×·∙⋅*][ \xa0]?10[\^⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−–-]|[\^⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺eE/⁄]"
                            r"|[ \xa0-][0-9]{1,2}[/⁄])")
OF_WHOLE = re.compile(r" of (?:the|all|its|their|our|his|her|those|these|[a-z]+s)\b|[ -]majority\b")
CLOCK_OR_DATE = re.compile(r"\b(?:on|at|dated|by|until|since) $")


@cache
def _word() -> re.Pattern:
    singular = any_of(word for word in number.lists()["fractions"] if word != "half")
    return re.compile(rf"(?i)(?:{singular}s?|half)(?![A-Za-z])")


@cache
def _behind_number() -> re.Pattern:
    """The thirds of "two-thirds"."""
    return re.compile(rf"(?i)[-‑ ]({any_of(number.lists()['fractions'])}s?)(?![A-Za-z])")


@cache
def _half_of_magnitude() -> re.Pattern:
    return re.compile(rf"(?i)half(?: a|-a)?[ -]({magnitude.source()}|dozen\b)")


# --- in words -----------------------------------------------------------------------------------------------


def find(w: Window, spelled: re.Match | None) -> Part | None:
    """half, a third, two-thirds, half a million, half an hour; a quarter of the year. `spelled` is the number in words
    here."""
    if found := _half_of_magnitude().match(w.text, w.at, w.high):
        return _half_million(w, found)
    if spelled:
        return _of_number(w, spelled)
    found = _word().match(w.text, w.at, w.high)
    if not found:
        return None
    word = found[0].lower()
    if step := RATE_STEP.match(w.text, w.at, w.high):
        return in_words(w.at, step.end(), number.lists()["fractions"][word], "percent", "percentage_point")
    return _half(w, found.end()) if word == "half" else _share(w, word, found.end())


def _half_million(w: Window, found: re.Match) -> Part:
    part = Part(w.at, found.end(), "number", first=w.at, last=found.end(), in_words=True)
    part.raw, part.scale = HALF, magnitude.size(found[1])
    part.value = part.size
    measure.take(w, part)
    return part


def _of_number(w: Window, spelled: re.Match) -> Part | None:
    """two-thirds, three quarters of"""
    text, end, above = w.text, spelled.end(), number.read(spelled[1])
    below = _behind_number().match(text, end, w.high) if above < LARGEST_ABOVE else None
    if not below:
        return None
    name = below[1].lower()
    if name == "half" or (above > 1) != name.endswith("s"):
        return None
    if name.startswith("quarter") and text[end] == " " and not text.startswith(" of", below.end()):
        return None                                             # three quarters of growth
    return share(w, w.at, below.end(), above * number.lists()["fractions"][name.removesuffix("s")])


def _half(w: Window, end: int) -> Part:
    if (half := HALF_A.match(w.text, w.at, w.high)) and (found := _unit(w, half.end())):
        return _of_unit(w.at, *found, HALF)
    if (whole := w.search_before(AND_A_HALF, w.at, 24)) and (spelling := unit.read(whole[1])) \
            and spelling.quantity in PART_OF:
        return _of_unit(whole.start(), spelling, end, 1 + HALF)      # a tonne and a half
    if w.search_before(HALF_OF_GAME, w.at, 10):
        return w.settled(w.at, end, "number", "idiom")          # scored in each half
    return share(w, w.at, end, HALF)


def _share(w: Window, word: str, end: int) -> Part:
    """a third of, a quarter more; but the third quarter."""
    article = w.search_before(ARTICLE, w.at, 4)
    is_share = article and w.text.startswith(OF_SHARE, end)
    if word == "quarters" or word == "quarter" and not is_share:
        return w.settled(w.at, end, "date", "period")
    if word[-1] != "s" and not is_share and not (article and not counted.NOUN_WORD.match(w.text, end, w.high)):
        return w.settled(w.at, end, "ordinal", "ordinal")
    if word == "thirds":
        return w.settled(w.at, end, "number", "vague")
    return share(w, article.start(1) if article else w.at, end, number.lists()["fractions"][word.removesuffix("s")])


def share(w: Window, start: int, end: int, part_of_one: Decimal, vague: bool = True) -> Part:
    """A fraction as a percentage, as a ratio where it compares, or in the unit of what it is a fraction of."""
    if TIMES_AS.match(w.text, end):                             # half as many as before
        return in_words(start, end, part_of_one, "ratio", "ratio")
    if size := OF_SIZE.match(w.text, end, w.high):
        return _of_size(w, start, size, part_of_one)
    if (whole := A_UNIT.match(w.text, end, w.high)) and (found := _unit(w, whole.end())):
        return _of_unit(start, *found, part_of_one)
    part = in_words(start, end, percentage(part_of_one), "percent", "percent", vague=vague)
    part.decimals = None
    return part


def percentage(part_of_one: Decimal) -> Decimal:
    """A part in percent, rounded to two decimals, or a small one to three digits.

    >>> percentage(Decimal(1) / 3), percentage(Decimal(1) / 7000)
    (Decimal('33.33'), Decimal('0.0143'))
    """
    found = part_of_one * HUNDRED
    return round(found, max(2, 2 - found.adjusted())).normalize() + 0


def _unit(w: Window, at: int) -> tuple[unit.Spelling, int] | None:
    """The unit in words that is parted and stands behind "half a", and its end."""
    found = unit.behind().match(w.text, at, w.high)
    if found is None or found[2] is None or found[2].endswith("s"):
        return None
    spelling = unit.read(found[2])
    return (spelling, found.end()) if spelling.quantity in PART_OF else None


def _of_unit(start: int, spelling: unit.Spelling, end: int, part_of_one: Decimal) -> Part:
    """half a mile, a quarter of a percentage point."""
    part = in_words(start, end, part_of_one * spelling.times, spelling.quantity, spelling.symbol)
    part.decimals = None
    return part


def _of_size(w: Window, start: int, size: re.Match, part_of_one: Decimal) -> Part:
    """three quarters of a million."""
    part = in_words(start, size.end(), part_of_one, "number", None)
    part.scale = number.lists()["magnitudes"][size[1].lower()]
    part.value, part.decimals = part.size, None
    measure.take(w, part)
    return part


def one_in(w: Window, whole: Decimal, end: int) -> Part | None:
    """one in 10 adults, one out of every five; `whole` is the number that ends at `end`."""
    if not w.text.endswith(IN_SO_MANY, 0, w.at):
        return None
    one = w.search_before(ONE_IN, w.at, 20)
    if one is None and whole in WHOLES and counted.phrase(w, end) is None:
        one = w.search_before(ONE_OF_IN, w.at, 40)              # one patient in 50 relapsed
    if one is None or OF_TIME.match(w.text, end) or whole not in WHOLES and "every" not in one[0] and (
            whole in YEARS or counted.phrase(w, end) is None):
        return None
    return share(w, one.start(), end, 1 / whole, vague=False)


# --- in digits ----------------------------------------------------------------------------------------------


def find_digits(w: Window) -> Part | None:
    """3.2 × 10^5 cells, 2 1/2 cups, 3/4 of the time."""
    text, at, high = w.text, w.at, w.high
    if not POWER_OR_SLASH.match(text, at):
        return None
    if found := number.POWER.match(text, at, high):
        raw, places = number.power(found)
    elif (found := number.SLASHED.match(text, at, high)) and (raw := number.fraction(found)):
        if not found["whole"] and OF_WHOLE.match(text, found.end()):
            return share(w, at, found.end(), raw)
        if not _is_fraction(w, found):
            return None
        places = None
    else:
        return None
    part = Part(at, found.end(), "number", raw=raw, first=at, last=found.end(), decimals=places)
    money.take_before(w, part)
    if not part.before and name_head(w, at) is not None:
        return None
    magnitude.take(w, part)
    measure.take(w, part)
    if part.value is None:
        part.value = part.size
    comparator.sign(w, part)
    return part


def _is_fraction(w: Window, found: re.Match) -> bool:
    """Whether 3/4 is a fraction: of a unit or, behind a whole number, of what is counted; not "on 1/2", and "2/3 years"
    are two or three."""
    if w.search_before(CLOCK_OR_DATE, w.at, 12):
        return False
    measured = unit.behind().match(w.text, found.end(), w.high)
    if found["whole"]:
        return measured is not None or counted.phrase(w, found.end()) is not None
    return measured is not None and not (measured[2] and measured[2].endswith("s"))
