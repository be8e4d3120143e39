"""The unit behind a number: percent, inches, degrees, points, times, any unit of the lists, and what it is per.

Where there is none, money.py and counted.py look for a currency or for what is counted. Spellings stand in
`schemas/words/unit.toml`.
"""
import re

from . import comparator, counted, identifier, money, number, unit
from .draft import HUNDRED, Part
from .unit import Spelling
from .window import Window

HYPHENS = ("-", "‑", "–")
NOTHING = frozenset([",", ".", ";", ":", ")", "\n", ""])      # behind a number that has no unit
PERCENT = re.compile(rf"{number.SPACE}?[%％](?![- ]points?)")
INTERVAL = re.compile(r" (?:CI\b|confidence\b)")     # "95% CI", of a statistic
FEET_MARK = re.compile(r"['’′] ?(1[01]|[0-9])(?: ?(?:[\"”″]|[’']{2}))?(?![0-9A-Za-z%]|\.[0-9])")
HEIGHT, FOOT = 10, 12           # feet of a height are fewer; inches of a foot
INCH_MARK = re.compile(r"(?:[\"”″]|[’']{2})(?![A-Za-z0-9])")
NEAR = 150                      # characters around a sign in which a word may tell that it is a unit
BELOW_ZERO = (" -", " −", " –")
YEAR_LIKE = re.compile(r"(?:19|20)[0-9]{2} ")     # "in 2010 A new plant" lost a full stop
BEFORE_REACH = 40
HEADED = re.compile(r"\(([^\s()0-9][^()0-9]{0,11})\) ?: ?$")
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
OF_PITCH = re.compile(r" (?:box|line|area)\b")         # the six-yard box
TOLD_UNIT = re.compile(r"[ -](?:peak|total|combined|metric|brake|usable|gross|net|wheel)(?= )")
OVER_TIME = re.compile(r"[ -]o(?:ver|n)[ -](?:year|quarter|month|week)\b")
POINT_PLAN = re.compile(r"(?: [a-z-]+)? (?:plans?|proposals?|program(?:me)?s?|agendas?|list|strategy|agreements?|"
                        r"checks?|inspection)\b")


def take(w: Window, part: Part, places: int = 0) -> None:
    """Take a currency, unit, ratio or counted noun behind the number, which has `places` behind its decimal mark."""
    if w.text[part.last:part.last + 1] in NOTHING:
        if part.kind == "number" and part.outcome is None and not money.take_rate(w, part):
            counted.take_heading(w, part)
        return
    if part.kind != "money" and _take_percent(w, part) or money.take_behind(w, part):
        return
    if part.kind == "money":
        money.take_per(w, part)
        return
    if _take_length_mark(w, part):
        return
    spelled = _near(w, part) or _behind(w, part, places) or _glued(w, part)
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


OF_TORQUE = re.compile(r" (?:of )?(?:[a-z]+ )?torque\b")        # behind "120 nm"
# A resolution: two numbers with a cross. Numbers of such a size may be the sides of a box, too.
CROSS_BEHIND = re.compile(r" ?[x×] ?([0-9]{3,5})(?![0-9]|[.,][0-9])")
CROSS_BEFORE = re.compile(r"(?<![0-9.,])([0-9]{3,5}) ?[x×] ?$")
SIDE_OF_SCREEN = re.compile(r"[1-9][0-9]{2,4}(?![0-9]|[.,][0-9])")
USUAL_SIDES = frozenset(["480", "720", "1080", "1280", "1366", "1440", "1536", "1600", "1920", "2160", "2560", "2880",
                         "3440", "3840"])
SCREEN = re.compile(r"(?i)\b(?:resolution|display|screen|pixel|monitor|panel|video|webcam|image|photo)s?\b")
SCREEN_REACH = 80
PIXELS = re.compile(rf"{number.SPACE}?(?:pixels?|px)(?![A-Za-z])")


def side_of_screen(w: Window) -> Part | None:
    """Either number of a resolution, 2560 x 1600: so many pixels."""
    text, at = w.text, w.at
    around = text[max(w.begin, at - 8):at + 8]
    if "x" not in around and "×" not in around:
        return None
    found = SIDE_OF_SCREEN.match(text, at)
    if not found or not (other := CROSS_BEFORE.search(text, max(w.begin, at - 9), at)
                         or CROSS_BEHIND.match(text, found.end())):
        return None
    behind = max(found.end(), other.end())
    pixels = PIXELS.match(text, behind)
    if not pixels and (unit.behind().match(text, behind, w.high)
                       or not USUAL_SIDES.intersection((found[0], other[1]))
                       and not SCREEN.search(text, max(w.begin, at - SCREEN_REACH), min(w.end, behind + SCREEN_REACH))):
        return None
    end = pixels.end() if pixels and behind == found.end() else found.end()
    raw = number.read(found[0])
    part = Part(at, end, "number", raw=raw, value=raw, first=at, last=found.end(), decimals=0)
    part.measure(unit.read("pixels"))
    return part


# --- units ------------------------------------------------------------------------------------------------


def take_before(w: Window, part: Part) -> bool:
    """Take the unit in front of the number, pH 7.4, a magnitude of 6.1, "Kerb weight (kg): 1,420"; whether there is
    one."""
    low = max(w.begin, part.start - BEFORE_REACH)
    if ":" in w.text[max(low, part.start - 2):part.start] and (found := HEADED.search(w.text, low, part.start)):
        spelling = unit.read(found[1])
    elif part.raw < HUNDRED and (found := unit.before().search(w.text, low, part.start)):
        spelling = unit.read_before(found[1], part.raw)
    else:
        return False
    if spelling is None or PERCENT.match(w.text, part.last) or unit.behind().match(w.text, part.last, w.high):
        return False
    part.measure(spelling)
    part.value, part.before = part.raw * spelling.times, True
    return True


def _near(w: Window, part: Part) -> tuple[Spelling, int] | None:
    """The unit whose sign is a word or letter of its own, where what stands around tells of it: 10 A, 22C."""
    found = unit.near_behind().match(w.text, part.last, w.high)
    if found is None or part.in_words or identifier.label().search(w.text, max(w.begin, part.first - 16), part.first) \
            or YEAR_LIKE.fullmatch(w.text, part.first, found.start(1)):
        return None
    low, high = max(0, part.start - NEAR), found.end() + NEAR
    for near in unit.near()[found[1]]:
        if (near.most is None or abs(part.raw) <= near.most) and (
                near.spelling.kind == "temperature" and w.text[part.start - 2:part.start] in BELOW_ZERO
                or near.words.search(w.text, low, part.start) or near.words.search(w.text, found.end(), high)):
            return near.spelling, found.end()
    return None


def _behind(w: Window, part: Part, places: int) -> tuple[Spelling, int] | None:
    """The unit behind the number, and its end."""
    found = unit.behind().match(w.text, part.last, w.high)
    if found is None and w.high < w.end:
        found = unit.behind().match(w.text, part.last, w.end)               # 1,786 bitcoins, 3,500 ANSI lumens
        if found and w.held.cuts(w.high, found.end()):
            return None
    if found is None and (told := TOLD_UNIT.match(w.text, part.last, w.high)):
        found = unit.behind().match(w.text, told.end(), w.high)             # 121 peak horsepower
        if found and unit.kind(unit.read(found[1] or found[2]).symbol) not in ("power", "energy", "torque"):
            return None
    if found and OVER_TIME.match(w.text, found.end()):
        return None                                                         # rose to 7,972 year-over-year
    if found is None or found[1] == "in." and part.in_words \
            or found[1] == "s" and found.start(1) == part.last and _is_plural_s(w.text, part.start, places):
        return None                                                         # he smuggled one in.
    if found[1] == "nm" and OF_TORQUE.match(w.text, found.end()):
        return unit.read("Nm"), found.end()
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
    if spelling.symbol == "yd" and OF_PITCH.match(w.text, end, w.high) \
            or spelling.symbol == "m" and identifier.is_race(w, part, end):
        part.reach(end)
        part.settle("name", "name")
        return
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
    elif text.startswith(" scale", part.end):
        part.outcome = "qualifier"                                      # 666 on a 1,000-point scale
    elif part.in_words and not plain or POINT_PLAN.match(text, part.end):
        part.count("points")
