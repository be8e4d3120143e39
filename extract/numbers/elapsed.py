"""How long something took, written as on a stopwatch: 2:03:15, 1:18.4; so many seconds.

With hundredths it is no time of day; without them the words in front have to tell, as 14:06 may be one.

>>> from extract import sentence
>>> from extract.numbers.quantity import find as all_of
>>> def told(text): return [(q.value, q.unit) for q in all_of(text, sentence.find(text), [])]
>>> told("She won in 2:03:15."), told("It begins at 14:06.")
([(Decimal('7395'), 's')], [(None, None)])
"""
import re
from decimal import Decimal

from . import unit
from .draft import Part
from .window import Window

STOPWATCH = re.compile(r"(?:([0-9]{1,2}):)?([0-9]{1,3}):([0-5][0-9])(?:\.([0-9]{1,3}))?(?![0-9:/-]|[.,][0-9]|"
                       r" ?[AaPp]\.?[Mm]\b| (?:GMT|BST|UTC|CES?T|E[SD]?T|PT|IST)\b)")
CLOCKED = re.compile(r"(?i)\b(?:clock(?:ed|ing|s)|tim(?:e|ed|ing)(?: of| was| in| to| at)?|best of|record of|"
                     r"in an? [a-z-]+|run(?:ning)?|ran)(?: an?| just| about| under)? $")
IN_TIME = re.compile(r"(?i)(?:\b(?:in|an?|of|under|to|with|from|by)|\() ?$")
HOURS_OF_DAY, SIXTY = 24, 60


def find(w: Window) -> Part | None:
    """The time that begins at `w.at`; None where it may be one of day, or a score."""
    if ":" not in w.text[w.at + 1:w.at + 4] or not (found := STOPWATCH.match(w.text, w.at, w.high)):
        return None
    hours, minutes, seconds = (int(found[group] or 0) for group in (1, 2, 3))
    no_clock = found[1] is not None or minutes >= HOURS_OF_DAY
    if found[1] and minutes >= SIXTY or not (
            found[4] or w.search_before(CLOCKED, w.at, 30) or no_clock and w.search_before(IN_TIME, w.at, 8)):
        return None
    value = Decimal(f"{(hours * SIXTY + minutes) * SIXTY + seconds}" + (f".{found[4]}" if found[4] else ""))
    part = Part(w.at, found.end(), "number", raw=value, value=value, first=w.at, last=found.end(),
                decimals=len(found[4] or ""))
    part.measure(unit.read("seconds"))
    return part
