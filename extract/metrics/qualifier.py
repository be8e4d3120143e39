"""Numbers that only qualify another one: the time of a charge, the speed of a sprint, the span of a record.

>>> from extract.analysis import analyse, document
>>> [q.outcome for q in analyse(document("The Kestrel 2 SUV reaches 100 km/h in 2.9 seconds.")).quantities]
['name', 'qualifier', 'fact']
>>> [q.outcome for q in analyse(document("The Kestrel 2 SUV reaches 200 km/h.")).quantities]
['name', 'fact']
"""
import re

from ..grammar import noun
from ..grammar.lexicon import Cue
from ..model import Quantity, Sentence
from ..numbers import unit

# "a 46-year low" tells when it was so last; a ten-year note is so named
RECORD = re.compile(r"[\s-]+(?:low|high|record|peak|best|trough|anniversary|gain|loss|drop|rally|(?:moving )?average|"
                    r"(?:[a-z.@]+[\s-]+)?(?:treasur(?:y|ie)|note|bond|gilt|bund|yield|mortgage))s?\b")
# "over a 10-year period" tells when, not how long something is
SPAN = re.compile(r"[\s-]+(?:[a-z]+ )?(?:period|span|stretch|window|timeframe|time frame)s?\b")
OVER = re.compile(r"\b(?:over|during|within|in|for|through|throughout|across|of)\s+"
                  r"(?:an?|the|this|that|any|each|every)\s+$")
IN = re.compile(r" in (?:[a-z]+ ){0,3}")
CHARGED = re.compile(r"(?P<from>#+)(?: to |-)(?P<to>#+) in (?:[a-z]+ ){0,3}#")
# What a charge of some minutes adds: "adds 200 km in 10 minutes", "in ten minutes, up to 260 km can be recharged".
ADDS = (r"\b(?:add|gain|regain|replenish|restore|recover|recharge|charge|provide|deliver|give|top|boost|pick|"
        r"get)[a-z]*\b")
RECHARGED = (r"(?: of [^#;,]{0,30})? (?:can|could|may|will) be (?:added|gained|regained|replenished|restored|(?:re|"
             r"quick-|fast-)?charged)\b")
ADDED = re.compile(rf"(?:{ADDS}[^#;:]{{0,70}}?(?P<size>#+)(?: of [^#;,]{{0,30}})?|(?P<passive>#+){RECHARGED})"
                   r"(?: (?!and )[^#;,]{0,50}?)? (?:in|within|after) (?:[a-z]+ ){0,4}(?P<time>#+)")
ADDED_AFTER = re.compile(rf"\b(?:in|within|after|only|just|takes|needs|for|an?|every) (?:[a-z]+ ){{0,4}}(?P<time>#+)"
                         rf"(?=(?P<gap>[^#;]{{1,110}}?)(?P<size>#+)(?P<passive>{RECHARGED})?)")
CHARGES = ("charg", " of range", " plug", "top-up", "pit stop")       # where a charge is spoken of
LONGEST_CHARGE = 120        # minutes

# "people who earn more than $300", "firms with over 300 staff", "if your income was under $300"
OF_THOSE = re.compile(r"(?:\b(?P<those>people|those|anyone|everyone|everybody|men|women|children|[a-z]+[^\W\d_s]s),? "
                      r"(?:who|that|with|whose|earning|making|owning|employing)|\b(?:if|unless|when|whether) "
                      r"(?:your|you|they|their|filing|he|she|his|her|someone|somebody)) (?:[a-z'’-]+ ){0,5}$")
# "Velmora is one of just 23 countries"
ONE_OF = re.compile(r"\b(?:is|are|was|were|be|became|as|of|and|,) (?:one|two|three|among) (?:of )?"
                    r"(?:(?:just|only|the|about|some|nearly|more|than|around) )*$")
A_PHRASE = 70           # characters before a number in which that stands
BOUNDS = (">", "<", ">=", "<=", "range")


def selects(q: Quantity, start: int, masked: str) -> bool:
    """Whether a number only says which people or firms something is told of, or when it holds."""
    if q.kind == "count" and q.counted and ONE_OF.search(masked, max(0, start - A_PHRASE), start):
        return True
    if q.kind not in ("money", "count", "age") or q.comparator not in BOUNDS:
        return False
    found = OF_THOSE.search(masked, max(0, start - A_PHRASE), start)
    return found is not None and (found["those"] is None or not noun.is_thing(found["those"]))


def charges(quantities: list[Quantity], s: Sentence, masked: str) -> dict[int, Quantity]:
    """Id of a distance or energy that a charge adds, and the time that it takes."""
    if not any(word in masked for word in CHARGES):
        return {}
    at = {q.start - s.start: q for q in quantities}
    times: dict[int, Quantity] = {}
    for found in [*ADDED.finditer(masked), *ADDED_AFTER.finditer(masked)]:
        if found.re is ADDED_AFTER and not found["passive"] \
                and (" and " in found["gap"] or not re.search(ADDS, found["gap"])):
            continue
        size = at.get(found.start("size" if found["size"] else "passive"))
        time = at.get(found.start("time"))
        if size and time and time.kind == "duration" and unit.kind(size.unit) in ("length", "energy") and (
                unit.convert(time.value, time.unit, "minute") < LONGEST_CHARGE):
            times[id(size)] = time
    return times


def settle(quantities: list[Quantity], cues: list[Cue], s: Sentence, masked: str) -> list[Quantity]:
    """The numbers that are no part of a metric's own name ("0-60 mph in 5 seconds"); the others qualify it, which
    becomes their outcome."""
    spans = [(s.start + c.start, s.start + c.end) for c in cues if c.role in ("name", "verb")]
    for q in quantities:
        if any(start <= q.start < end for start, end in spans) \
                or q.kind == "duration" and (RECORD.match(masked, q.end - s.start)
                                             or SPAN.match(masked, q.end - s.start)
                                             and OVER.search(masked, 0, q.start - s.start)) \
                or q.value_max is not None and not q.value and unit.kind(q.unit) == "speed":
            q.outcome = "qualifier"         # "from 0 to 100 km/h in 5 seconds"
    for speed, time in zip(quantities, quantities[1:]):
        if unit.kind(speed.unit) == "speed" and time.kind == "duration" and time.unit == "s" \
                and IN.fullmatch(masked, speed.end - s.start, time.start - s.start):
            speed.outcome = "qualifier"     # "reaches 100 km/h in 2.9 seconds"
    if "# to #" in masked or "#-#" in masked:
        _settle_charged({q.start - s.start: q for q in quantities}, masked)
    return [q for q in quantities if q.outcome is None]


def _settle_charged(at: dict[int, Quantity], masked: str) -> None:
    """How full a battery is before and after a charge says nothing of its own: "from 10% to 80% in 27 minutes"."""
    for span in CHARGED.finditer(masked):
        last = at.get(span.start("to"))
        if last is not None and last.kind != "percent":
            continue                        # "up 13% to $3bn in the first six months"
        for start, q in at.items():
            if q.kind == "percent" and span.start("from") <= start < span.end("to"):
                q.outcome = "qualifier"
