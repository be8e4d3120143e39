"""Scores and ratings: 93/100, 4.5 out of 5 stars, a credit score of 720; the scale is no number of its own.

"8 out of 10 drivers" is no score but a share of them, which quantity.py tells.
"""
import re
from decimal import Decimal

from ..pattern import holding
from . import counted, number, unit
from .draft import Part
from .window import Window

# a first look: most digits go on otherwise
SCALE_FOLLOWS = re.compile(r"[0-9]+(?:[.,][0-9]+)?(?: ?/ ?[0-9]| (?:stars? |points? )?out of )")
OUT_OF = re.compile(r"""
    ([0-9]{1,3}(?:[.,][0-9]{1,2})?)(?P<apart>\ ?/\ ?|\ (?:stars?\ |points?\ )?out\ of\ (?:a\ possible\ )?)
    (5|6|10|20|30|100|five|six|ten)(?![0-9A-Za-z/]|[.,][0-9]|-[0-9])
""", re.VERBOSE)
STARS = re.compile(r"([0-9]\.[0-9]{1,2})[- ]stars?(?![a-z-])")        # half a star is none of a flag or a hotel
OF_WHOLE = re.compile(r" of (?!a )")
POINTS = re.compile(r"(?:[- ](?:stars?|points?|marks?))(?![a-z-])")
JUDGED = re.compile(r"(?i)\b(?:rat(?:e[ds]?|ings?)|scor(?:e[ds]?|ing)|review(?:ed|s|er|ers)?|stars?|marks?|verdict|"
                    r"recommends|grad(?:e[ds]?|ing)|gave|gives|given|awarded|earn(?:s|ed)|metacritic|imdb|ncap)\b")
# Those behind which so many out of so many are a score, and not a part of some: "8 out of 10 said yes".
GIVEN = re.compile(r"\b(?:[Ss]cor(?:e[ds]?|ing)|[Rr]at(?:e[ds]?|ing)|[Gg]rad(?:e[ds]?|ing)|gave|gives?|awarded|"
                   r"earn(?:s|ed)|gets?|got|receiv(?:es?|ed)|call(?:s|ed)|verdict)\b[^.;:]*$")
NO_VERB = re.compile(r"(?:[.,;:)\n\"”]|$| -| –| (?:mark|rating|score|for|on|in|from|by|and|but|with|at)s?\b)")
JUDGED_BEFORE, JUDGED_AFTER = 80, 30        # characters around a score in which a word tells that it is one
DATED = re.compile(r"\b(?:on|dated|by|until|since) $")
SURE_SCALE = 100                            # no day of a month, and no fraction
# "a credit score of 720", "its safety rating fell to 3.5"; a share of those asked, or an age, is no score
SCORE_OF = re.compile(r"""
    (?<!approval\ )(?<!favorability\ )(?<!favourability\ )(?<!age\ )\b(?:scores?|ratings?|iq|gpa)
    (?:\ for\ [^,.;:0-9]{2,50}?)?(?:\ [a-z]{2,12}){0,2}?
    \ (?:of|to|at|is|was|were|are|above|below|over|under|from|than)
    (?:\ (?:at\ (?:least|most)|about|around|nearly|almost|just|only|exactly|over|under|up\ to|as\ (?:high|low)\ as|
       an?))?\ $
""", re.VERBOSE)
SCORED = re.compile(r"\b(?:scor(?:e[ds]?|ing))(?: (?:an?|just|only|about|around))? $")
ON_TEST = re.compile(r" (?:on|in) (?:(?:the|its|an?|this|that|our|their) )?"
                     r"(?:[A-Z]|[a-z-]* ?(?:tests?|exams?|benchmarks?)\b)")
SCALE = re.compile(r"\bscale (?:of|from)(?: [0-9]+ (?:to|through)| between)? $"
                   r"|\bout of a (?:possible|maximum(?: of)?) $")
# "the index eased to 52.7": decimals tell that nothing is counted
INDEX_AT = re.compile(r"\b(?:index|pmi|gauge|barometer)\b[^.;:0-9]{0,80}(?: (?:to|at) [0-9.,]{1,8}(?: [a-z]+){0,3},?)?"
                      r" (?:to|at|of|from|above|below|was) (?:about |around )?$")
TELLS, TELLS_OF_INDEX = holding(["scor", "rating", "iq ", "gpa ", "scale ", "out of a"]), holding(
    ["index", "pmi", "gauge", "barometer"])
REACH = 120
GOES_ON = re.compile(r"[-–/:][0-9]")


def find(w: Window) -> Part | None:
    """A score with its scale, 93/100 or 4.5 out of 5 stars: its value the score, its unit the point."""
    if found := STARS.match(w.text, w.at, w.high):
        return _points(w.at, found.end(), found[1])
    if not SCALE_FOLLOWS.match(w.text, w.at) or not (found := OUT_OF.match(w.text, w.at, w.high)):
        return None
    raw, scale = (number.read(found[group].replace(",", ".")) for group in (1, 3))
    points = POINTS.match(w.text, found.end())
    if raw > scale or not points and _is_of_something(w, found) or not _is_score(w, found, scale, points is not None):
        return None
    return _points(w.at, points.end() if points else found.end(), found[1])


def _points(start: int, end: int, numeral: str) -> Part:
    raw = number.read(numeral.replace(",", "."))
    part = Part(start, end, "number", raw=raw, value=raw, first=start, last=end, decimals=number.places(numeral, raw))
    part.measure(unit.read("points"))
    return part


def _is_of_something(w: Window, found: re.Match) -> bool:
    """Whether a noun or unit behind the scale is what is counted or measured: 8 out of 10 drivers, 6.5/100 km."""
    if OF_WHOLE.match(w.text, found.end()) or unit.behind().match(w.text, found.end(), w.high):
        return True
    return "/" not in found["apart"] and counted.phrase(w, found.end()) is not None


def _is_score(w: Window, found: re.Match, scale: Decimal, points: bool) -> bool:
    """Whether something is judged by the number: no share, date or fraction is meant."""
    text, slash = w.text, "/" in found["apart"]
    if slash and w.search_before(DATED, w.at, 12):
        return False
    if slash and (scale == SURE_SCALE or not found[1].isdigit()) or points and not slash:
        return True
    low = max(w.begin, w.at - JUDGED_BEFORE)
    if not slash:
        return GIVEN.search(text, low, w.at) is not None and NO_VERB.match(text, found.end()) is not None
    if JUDGED.search(text, low, w.at) or JUDGED.search(text, found.end(), min(w.end, found.end() + JUDGED_AFTER)):
        return True
    return len(re.findall(rf"[0-9]/{found[3]}(?![0-9])", text[w.begin:w.end])) > 1     # Noise 4/5; Value 5/5


def tell(w: Window, part: Part) -> bool:
    """Make points of a bare number that a text calls a score, and a qualifier of the scale that it names; whether it
    does."""
    if part.kind != "number" or part.scale != 1 or GOES_ON.match(w.text, part.last):
        return False
    before = w.text[max(w.begin, part.start - REACH):part.start].lower()
    if not (TELLS(before) or part.decimals and TELLS_OF_INDEX(before)):
        return False
    if SCALE.search(before):
        part.outcome = "qualifier"
    elif SCORE_OF.search(before) or SCORED.search(before) and ON_TEST.match(w.text, part.last) \
            or part.decimals and INDEX_AT.search(before):
        part.measure(unit.read("points"))
    else:
        return False
    return True
