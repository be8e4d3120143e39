"""Whether a length of time is the point of the words around it, or only dates something else.

>>> from extract.analysis import analyse, document
>>> [q.outcome for q in analyse(document("The strike at Norvik Motors lasted 18 months.")).quantities]
['fact']
>>> [q.outcome for q in analyse(document("Norvik Motors Inc. was fined after three days.")).quantities]
['qualifier']
"""
import re
from functools import cache

from ..grammar import frame, move
from ..pattern import any_of
from .constraint import BEHIND
from .scene import Scene

# Where the length itself is told: "1 h 38 m", "2:03:15", "30 hours a week", "20 hours of lessons", "two years
# longer", "an 18-month fight", "it has been 34 years"; not where it only dates something: "over two years of
# war", "two years after", "the 3-month average".
COMPOUND = re.compile(r"\d:\d|\d\s?h\w*[, ].*\d|\d\s?m\w*[, ].*\ds|\b(?:hours?|minutes?)[, ].*\bseconds?$")
EACH = re.compile(r"\s(?:an?|per|each|every)\s(?:day|night|week|weekend|month|season|year|person|session|shift)\b")
LENGTH_OF = re.compile(r"\s(?:worth\s)?of\s(?!(?:the|its|their|his|her|our|my|this|that|these|those|each|being|age)\b|"
                       r"[@#~])[a-z]|['’]\s(?!(?:time|end|notice)\b)[a-z]")
COMPARED_LENGTH = re.compile(r"\s(?:longer|shorter|faster|slower|quicker|speedier|sooner|more|less|extra)\b")
LENGTH_NOUN = re.compile(r"[\s-](?!(?:picture|performance|top|spot|rank\w*|chart|average|moving|rolling|high|low|"
                         r"high\w*|low\w*|period|measures?|mark|"
                         r"basis|view|result\w*|figure\w*|tally|total|title|standings|volume\w*|anniversary|window|"
                         r"yields?|returns?|rates?|bonds?|notes?|"
                         r"fixed|treasury|treasuries|mortgages?|gilts?|bills?|futures|change|trailing|implied|old|only|"
                         r"long|a)\b)[a-z@][\w@-]*")
# "shrank from three months to ten days"
FROM, TO = re.compile(rf"\b[a-z]+\s+from\s+{frame.near()}$"), re.compile(rf"\s+to\s+{frame.near()}#")
FROM_TO = re.compile(rf"\b[a-z]+\s+from\s+{frame.near()}#+\s+to\s+{frame.near()}$")
BEEN = re.compile(rf"\b(?:(?:is|was|are|were|be|been)\s+(?:together\s+)?{frame.near()}|as long as\s+)$")
DATED = re.compile(r"\b(?:in|within|for|over|after|before|every|per|of|during|past|last|next|first|previous|through|"
                   r"since|until|from|another|by)\s+(?:(?!(?:is|was|are|were)\b)[a-z]+\s+){0,3}$")
# "by 0.12 seconds": nobody dates something so exactly
EXACT = re.compile(r"\d\.\d+[ -]?(?:s|secs?|seconds?|ms|milliseconds?)$")
DATES = re.compile(r"[\s-]+(?:ago|later|after|before|since|from|into|on|in|prior|earlier|early|late|away|old|older|"
                   r"younger|apart|running|back|behind|ahead|south|north|east|west|drive|or)\b")


def told(scene: Scene, start: int, end: int) -> str | None:
    """What shows that a length of time is the point of the words around it; None where it may only date them."""
    words = scene.lower[start:end]
    if COMPOUND.search(words):
        return "length in parts"
    if EXACT.search(words) and not scene.masked.endswith("every ", 0, start):
        return "length exact"
    if FROM.search(scene.masked, 0, start) and TO.match(scene.masked, end) or FROM_TO.search(scene.masked, 0, start):
        return "length from, to"
    if " to " in scene.masked[:start] and _moved().search(scene.masked, 0, start):
        return "length moved to"
    if DATED.search(scene.masked, max(0, start - 40), start):
        return None
    if EACH.match(scene.masked, end):
        return "length each"
    if LENGTH_OF.match(scene.masked, end):
        return "length of"
    if COMPARED_LENGTH.match(scene.masked, end):
        return "length compared"
    if "-" in words and LENGTH_NOUN.match(scene.lower, end):
        other = any(c.role == "name" and end < c.start <= end + BEHIND and "duration" not in c.metrics
                    for c in scene.near_cues(start, end))
        return None if other else "length N"        # a 12-month price target
    return "length is N" \
            if BEEN.search(scene.masked, max(0, start - 60), start) and not DATES.match(scene.masked, end) else None



@cache
def _moved() -> re.Pattern:
    """Behind what a length is what became of another one: "rose to three years"."""
    return re.compile(rf"\b{any_of(move.forms())} to {frame.near()}$")
