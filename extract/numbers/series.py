"""Bare numbers that go on with what stands before them: Windows 95, 98 and 2000; the 147 and 156; May 12 to 14; the
sides of a box, whose unit stands once, behind the last.
"""
import re
from functools import cache

from . import unit
from .identifier import YEAR
from .draft import Part
from .number import SPACE
from .window import Reading

LONGEST_ITEM = 4            # characters of a number with which a name or label goes on
AND = re.compile(r",? (?:and|or|&) |/")
COMMA = re.compile(r", ?")
THEN_ITEM = re.compile(r"(?: [A-Z][a-z]+)?(?:,? (?:and|or|&) |, [0-9A-Z])")
THROUGH = re.compile(r" ?(?:to|through|and|or|&|-|–|—) ?")
DAY = re.compile(r"\b[A-Z][a-z]{2,8}\.? [0-9]{1,2}$")
LAST_DAY = 31
# "the Kestrel 5 and 12 of them"
COUNTS = re.compile(r" (?:of|died|more|others?|per)\b")
LONGEST_NAME = 40
PLAIN = re.compile(r"[0-9.]+")
ENDS_IN_LETTER = re.compile(r"[A-Za-z]{2} [A-Z]$")          # Model S and 3
LONGEST_LETTERED = 1
VARIANT, VARIANTS = re.compile(r" [A-Z]"), re.compile(r"(?: [A-Z][A-Za-z]*){1,3},? (?:and|or|&) ")
MODEL = re.compile(r"[1-9][0-9]{2,3}")
SIDE = re.compile(r"(?: \([a-z ]{1,15}\))? ?[x×] ?|-? by ")      # "575 (length) x 118 (height) mm"


def join(reading: Reading, parts: list[Part], start: int) -> None:
    """Settle or measure the bare numbers among the `parts` of a sentence, which begins at `start`, by those beside."""
    for index, part in enumerate(parts):
        if not _is_bare(part):
            continue
        previous = parts[index - 1] if index else None
        if told := _as_before(reading, previous, part, start):
            part.settle(*told)
        elif _begins_models(reading, parts, index):
            part.settle("name", "name")
    _measure_sides(reading, parts)


def _is_bare(part: Part) -> bool:
    return part.kind == "number" and part.outcome is None and part.unit is None and part.scale == 1 \
        and not part.in_words and part.raw == part.value


@cache
def _unit_behind() -> re.Pattern:
    """A unit of length that stands behind a bracket: "45) mm", "118 (height) mm"."""
    return re.compile(rf"(?: \([a-z ]{{1,15}}\)|\)){SPACE}(mm|cm|m|in\.?|inch(?:es)?|ft|km)(?![A-Za-z0-9²³])")


# --- names, labels, days ------------------------------------------------------------------------------------


def _as_before(reading: Reading, previous: Part | None, part: Part, start: int) -> tuple[str, str] | None:
    """Kind and outcome of a number that goes on with the name, label or day in front of it."""
    text, at = reading.text, part.start
    if previous is not None and previous.outcome == "name" and VARIANT.match(text, part.end) \
            and VARIANTS.fullmatch(text, previous.end, at):
        return "name", "name"                                       # the 17 Pro Max and 17 Pro
    if previous is not None and previous.outcome in ("name", "code", "date") and at - previous.end <= 6:
        low, high, kind = previous.start, previous.end, previous.outcome
    elif held := reading.held.before(at):
        low, high, kind = held
    else:
        return None
    gap, name = text[high:at], text[max(low, high - LONGEST_NAME):high]
    if kind in ("date", "period"):
        if not THROUGH.fullmatch(gap) and not (COMMA.fullmatch(gap) and THEN_ITEM.match(text, part.end)):
            return None
        day = DAY.search(name) or kind == "date" and PLAIN.fullmatch(name) and len(name) < LONGEST_ITEM
        year = YEAR.fullmatch(text, part.first, part.last) and YEAR.fullmatch(name)
        return ("date", "date") if day and part.raw <= LAST_DAY or year else None
    if kind == "code" and gap == " of " and PLAIN.fullmatch(name):
        return "code", "code"                                       # page 3 of 12
    if part.last - part.first > LONGEST_ITEM or kind == "name" and COUNTS.match(text, part.end) or not (
            AND.fullmatch(gap) or COMMA.fullmatch(gap) and THEN_ITEM.match(text, part.end)):
        return None
    if kind == "code":
        return ("code", "code") if PLAIN.fullmatch(name) else None
    digits = text[part.first:part.last]
    goes_on = name[-1:].isdigit() or VARIANT.match(text, part.end) and digits in name.split() \
        or ENDS_IN_LETTER.search(name) and len(digits) == LONGEST_LETTERED
    return ("name", "name") if goes_on else None


def _begins_models(reading: Reading, parts: list[Part], index: int) -> bool:
    """Whether numbers with an article and no noun are models, "the 147, 156 and 166": all as long, all bare."""
    text, part = reading.text, parts[index]
    if not text.endswith(("the ", "The "), 0, part.start) or not MODEL.fullmatch(text, part.first, part.last):
        return False
    following = parts[index + 1] if index + 1 < len(parts) else None
    if following is None or not _is_bare(following) or following.last - following.first != part.last - part.first:
        return False
    gap = text[part.end:following.start]
    return bool(AND.fullmatch(gap) or COMMA.fullmatch(gap) and THEN_ITEM.match(text, following.end))


# --- sides --------------------------------------------------------------------------------------------------


def _measure_sides(reading: Reading, parts: list[Part]) -> None:
    """Give the sides of a thing the unit behind the last: 575 (length) x 118 (height) mm, (125 x 173 x 45) mm."""
    text = reading.text
    for index in range(len(parts) - 1, 0, -1):
        last, side = parts[index], parts[index - 1]
        if not _is_bare(side) or not SIDE.fullmatch(text, side.end, last.start):
            continue
        if _is_bare(last) and (found := _unit_behind().match(text, last.end)):
            last.measure(unit.read(found[1]))
        if unit.kind(last.unit) == "length" and not last.outcome:
            side.kind, side.unit, side.value = last.kind, last.unit, side.raw * (last.value / last.raw)
