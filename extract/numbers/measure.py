"""The unit behind a number: percent, inches, degrees, points, times, any unit of the lists, and what it is per.

Where there is none, money.py and counted.py look for a currency or for what is counted. Spellings stand in
`schemas/words/unit.toml`.
"""
import re

from . import comparator, counted, money, number, unit
from .draft import Part
from .unit import Spelling
from .window import Window

HYPHENS = ("-", "‑", "–")
NOTHING = frozenset([",", ".", ";", ":", ")", "\n", ""])      # behind a number that has no unit
PERCENT = re.compile(rf"{number.SPACE}?[%％](?![- ]points?)")
INTERVAL = re.compile(r" (?:CI\b|confidence\b)")     # "95% CI", of a statistic
FEET_MARK = re.compile(r"['’′] ?(1[01]|[0-9])(?: ?(?:[\"”″]|[’']{2}))?(?![0-9A-Za-z%]|\.[0-9])")
HEIGHT, FOOT = 10, 12           # feet of a height are fewer; inches of a foot
INCH_MARK = re.compile(r"(?:[\"”″]|[’']{2})(?![A-Za-z0-9])")
DEGREES = re.compile(r"(?i)\b(?:temperatures?|degrees|celsius|heatwave|warming|climate|weather)\b")
HOTTEST, WEATHER = 60, 150      # degrees that are written without their sign, at most; characters around them
MINUTES_BEFORE = re.compile(r"[0-9] ?m(?:in(?:ute)?s?)?\.?,? $")       # 2h 10m 35s
THEN_DIGIT = re.compile(r" ?[0-9]")
# Behind these words "four times" is a multiple: "up by four times", "trades at 20 times".
NOT_HAPPENED = frozenset({"by", "at", "to", "of", "is", "are", "was", "were", "be", "been", "from", "valued",
                          "oversubscribed", "subscribed", "multiplied", "with", "a", "the"})
AFTER_TIMES = re.compile(r"(?: ?[.,;:)—–]| -|\Z|\n| (?:on|in|since|before|during|this|last|between|while|when|for|"
                         r"until|already|by|and)\b)")
PERCENT_CHANGE = re.compile(r"(?i)(?:percent|per cent|%)[^.;]{0,60}$")
PLAIN_POINTS = re.compile(
    r"(?i)(?:up|down|rose|fell|gained|lost|dropped|higher|lower|by|added|climbed) "
    r"(?:about |nearly |around )?$")
POINT_PLAN = re.compile(r"(?: [a-z-]+)? (?:plans?|proposals?|program(?:me)?s?|agendas?|list|strategy|agreements?|"
                        r"checks?|inspection)\b")


def take(w: Window, part: Part, places: int = 0) -> None:
    """Take a currency, unit, ratio or counted noun behind the number, which has `places` behind its decimal mark."""
    if w.text[part.last:part.last + 1] in NOTHING or part.kind != "money" and _take_percent(w, part) \
            or money.take_behind(w, part):
        return
    if part.kind == "money":
        money.take_per(w, part)
        return
    if _take_length_mark(w, part) or _take_degrees(w, part):
        return
    spelled = _behind(w, part, places) or _glued(w, part)
    if spelled:
        _take_unit(w, part, *spelled)
    elif part.outcome is None and not money.take_rate(w, part):
        counted.take(w, part)


# --- signs ------------------------------------------------------------------------------------------------


def _take_percent(w: Window, part: Part) -> bool:
    found = PERCENT.match(w.text, part.last, w.high)
    if not found:
        return False
    part.kind, part.unit, part.end, part.value = "percent", "percent", found.end(), part.size
    if INTERVAL.match(w.text, part.end):
        part.outcome = "qualifier"
    return True


def _take_length_mark(w: Window, part: Part) -> bool:
    """5'10" of a man, a 9.2” screen."""
    if part.raw < HEIGHT and (found := FEET_MARK.match(w.text, part.last, w.high)):
        part.value = part.raw * FOOT + int(found[1])
        part.last = found.end()
    elif (found := INCH_MARK.match(w.text, part.last, w.high)) and _is_inch(w.text, part.last):
        part.value = part.raw
    else:
        return False
    part.kind, part.unit, part.end = "measure", "inch", found.end()
    return True


def _is_inch(text: str, at: int) -> bool:
    """Whether a mark like a closing quote is that of inches, as no quote was opened: 'a 9.2” screen'."""
    line = text[text.rfind("\n", 0, at) + 1:at]
    return line.count("“") <= line.count("”") and line.count('"') % 2 == 0


def _take_degrees(w: Window, part: Part) -> bool:
    """A peak of 22C, where the weather is spoken of."""
    text, at = w.text, part.last
    if not text.startswith("C", at) or text[at + 1:at + 2].isalnum() or abs(part.raw) >= HOTTEST \
            or not DEGREES.search(text, max(0, at - WEATHER), at + WEATHER):
        return False
    part.kind, part.unit, part.end, part.value = "measure", "°C", at + 1, part.raw
    return True


# --- units ------------------------------------------------------------------------------------------------


def _behind(w: Window, part: Part, places: int) -> tuple[Spelling, int] | None:
    """The unit behind the number, and its end."""
    found = unit.behind().match(w.text, part.last, w.high)
    if found is None and (name_end := w.held.name_from(part.last + 1)):     # 1,786 bitcoins
        found = unit.behind().match(w.text, part.last, w.beyond)
        if found and found.end() != name_end:
            return None
    if found is None or found[1] == "in." and part.in_words \
            or found[1] == "s" and found.start(1) == part.last and _is_plural_s(w.text, part.start, places):
        return None                                                         # he smuggled one in.
    return unit.read(found[1] or found[2]), found.end()


def _is_plural_s(text: str, start: int, places: int) -> bool:
    """Whether an s glued to a number that begins at `start` are no seconds: 747s, the 80s."""
    return places == 0 and not MINUTES_BEFORE.search(text, max(0, start - 10), start)


def _glued(w: Window, part: Part) -> tuple[Spelling, int] | None:
    """The unit glued to the number, and its end: 2.3x, 15-in."""
    found = unit.glued().match(w.text, part.last, w.high)
    if not found:
        return None
    end = found.end()
    if found[1] == "in" and w.text[end:end + 1] in HYPHENS:
        part.settle("name", "name")                                     # a 2-in-1 laptop
        return None
    spelling = unit.read(found[1])
    if spelling.symbol == "ratio" and THEN_DIGIT.match(w.text, end, w.high):
        return None                                                     # 1080x720
    return spelling, end


def _take_unit(w: Window, part: Part, spelling: Spelling, end: int) -> None:
    part.measure(spelling, end)
    part.value = part.size * spelling.times
    if part.kind == "measure":
        _take_per(w, part)
    if spelling.symbol == "point":
        _tell_points(w.text, part)
    elif spelling.symbol == "ratio" and (counted.FREQUENCY.match(w.text, part.end, w.high) or _happened(w, part)):
        part.count("times")                                             # 60 times per second


def _take_per(w: Window, part: Part) -> None:
    """Take what a measure is per: 5 mg/kg, 30 litres per minute, 4 g cm−3."""
    found = unit.below().match(w.text, part.end, w.high)
    if found and (below := unit.read(found[1] or found[2]).symbol) != part.unit:
        part.unit, part.end = unit.per(part.unit, below), found.end()


def _happened(w: Window, part: Part) -> bool:
    """Whether something is counted by its times: "searched 200 times since May"; but "rose four times"."""
    if not w.text.endswith("times", part.last, part.end) or part.in_words or part.value % 1 \
            or not AFTER_TIMES.match(w.text, part.end):
        return False
    before = w.text[max(w.begin, part.start - 60):part.start]
    words = re.findall(r"[a-z]+", before[:len(before) - comparator.before(before)[1]].lower())
    return bool(words) and words[-1] not in number.words("moves") and words[-1] not in NOT_HAPPENED


def _tell_points(text: str, part: Part) -> None:
    """Points behind a percentage are percentage points, "rose to 12 percent, up 3 points"; those of a talk or a plan
    are counted."""
    before = text[max(0, part.start - 80):part.start]
    plain = PLAIN_POINTS.search(before)
    if plain and PERCENT_CHANGE.search(before):
        part.unit = "percentage_point"
    elif part.in_words and not plain or POINT_PLAN.match(text, part.end):
        part.count("points")
