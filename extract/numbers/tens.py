"""Tens that only tell about how much: highs in the mid-80s, in his early 40s; and parts of digits, low single digits.

A part of ten is so wide: low from 80 to 83, mid from 84 to 86, high from 87 to 89.

>>> from extract import sentence
>>> from extract.numbers.quantity import find as all_of
>>> def told(text): return [(q.value, q.value_max, q.unit) for q in all_of(text, sentence.find(text), [])]
>>> told("Highs will be in the mid-80s."), told("He wrote it in the mid-80s.")
([(Decimal('84'), Decimal('86'), 'degree')], [(None, None, None)])
"""
import re
from decimal import Decimal

from . import unit
from .draft import Part
from .window import Window

TENS = re.compile(r"([1-9]0)s(?![A-Za-z0-9-])")
PARTS = {"low": (0, 3), "lower": (0, 3), "early": (0, 3), "mid": (4, 6), "middle": (4, 6), "high": (7, 9),
         "upper": (7, 9), "late": (7, 9)}
WORD = "|".join(PARTS)
PART_OF_TEN = re.compile(rf"(?i)\b({WORD})(?:[- ](?:to|or)[- ]({WORD}))?[- ]$")
AGE = re.compile(r"\b(?:in|into|of|past) (?:his|her|their|my|our|your) "
                 rf"(?:(?:{WORD})[- ])?(?:(?:to|or)[- ](?:{WORD})[- ])?$")
HEAT = re.compile(r"(?i)\b(?:temperatures?|highs?|lows?|mercury|thermometers?|heat index|wind chills?|degrees)\b")
DEGREES = re.compile(r"[- ](?:°|degrees?)(?: ?[CF]| Celsius| Fahrenheit)?(?![A-Za-z])")
PERCENT = re.compile(r" ?%| per ?cent(?:ages?|iles?)?\b(?! range)")
HEAT_REACH = 60


def find(w: Window) -> Part | None:
    """The ten that begins at `w.at`, as a range; None for a decade, the 80s."""
    found = TENS.match(w.text, w.at, w.high)
    if not found:
        return None
    part = w.search_before(PART_OF_TEN, w.at, 20)
    low, high = ends(part)
    ten = Decimal(found[1])
    end, symbol, kind = _unit(w, found.end()) or (found.end(), None, None)
    if symbol is None and w.search_before(AGE, w.at, 30):
        symbol, kind = "year", "age"
    if symbol is None:
        return None
    return Part(part.start() if part else w.at, end, kind, ten + low, ten + high, symbol, None, "range", vague=True,
                first=w.at, last=found.end(), raw=ten, decimals=0, comparable=False)


def ends(part: re.Match | None) -> tuple[int, int]:
    """From where to where a part of ten goes: low, mid to high."""
    if part is None:
        return 0, 9
    return PARTS[part[1].lower()][0], PARTS[(part[2] or part[1]).lower()][1]


def _unit(w: Window, end: int) -> tuple[int, str, str] | None:
    """End, symbol and kind of the unit behind a ten, or of degrees that the words in front tell."""
    if percent := PERCENT.match(w.text, end, w.high):
        return percent.end(), "percent", "percent"
    if degrees := DEGREES.match(w.text, end, w.high):
        spelling = unit.read(degrees[0].strip(" -"))
        return degrees.end(), spelling.symbol if spelling else "degree", "measure"
    if HEAT.search(w.text, max(w.begin, w.at - HEAT_REACH), w.at):
        return end, "degree", "measure"
    return None
