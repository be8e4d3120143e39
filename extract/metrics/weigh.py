"""Which metrics each number of a sentence may be of: all that speaks for them, weighed.

For each open number, every metric that accepts its unit collects evidence: its nouns and verbs tied to the number
(attach), the noun that is counted or of which it is a part, what it pays for, the name beside it, its unit, a heading
above; then what the numbers take from each other (parallel).

>>> from extract.analysis import analyse, document
>>> [c.metric for c in analyse(document("Norvik Motors Inc. reported revenue of $5 million, up 8%.")).claims]
['revenue', 'revenue']
>>> [c.metric for c in analyse(document("Norvik Motors Inc. rose.")).claims]
[]
"""
import re
from collections import defaultdict

from .. import schema
from ..grammar import frame, lexicon, move
from ..model import Quantity
from . import attach, counting, length, neighbour, parallel, payment, whole
from .constraint import accepts, allowed, plausible
from .evidence import CHARGE, CLOSE, HEADING, HEADING_WHY, RETURNED, SECOND, UNIT, Evidence
from .scene import Scene

# the verb in front of it: "added", "took on", "shed a net"
BEFORE = re.compile(rf"\b([a-z]+)(\son)?(?:\s+by)?\s+(?:an?\s+[a-z-]+\s+)?{frame.near()}$")
CLAUSE = re.compile(r", | (?:and|but) (?=(?:it )?(?:can|could|will|would|may|might|has|have|had|is|are|was|were)\b)")
PARAMETERS = 100_000    # fewer are active in no model
ARE_ACTIVE = re.compile(r"(?: (?:of (?:them|these|those|which|it)|are|were|is|being|remain))* activ(?:e|ated)\b")
# "Norvik Linnet: 2,345": what is counted of a name tells the heading
ROW = re.compile(r"[^\w@#~]*@+(?:[ /]@+)*(?: [a-z-]+)?(?: ?\([^()]*\))?(?:: | [-–—|] ?)$")


def collect(scene: Scene) -> None:
    """Fills `scene.evidence`; a number that leaves out its noun or verb may change in kind and way."""
    several = len(scene.open) > 1
    for q in scene.open:
        _read_active(scene, q)
    if several:
        parallel.fill_gaps(scene)
    scene.evidence = [_evidence(scene, q, way) for q, way in zip(scene.open, scene.ways)]
    if several:
        parallel.take_turns(scene)
        parallel.share(scene)
        parallel.follow(scene)
        parallel.share(scene)       # again: what follows a number is handed on to its parallels too


def _read_active(scene: Scene, q: Quantity) -> None:
    """"28 billion are active", of the parameters that were told of before."""
    if q.kind in ("number", "count") and q.value is not None and q.value > PARAMETERS and (
            q.counted is None or q.counted == "active") and "parameter" in scene.talk.lower \
            and ARE_ACTIVE.match(scene.masked, scene.span(q)[1]):
        q.kind, q.unit, q.counted = "measure", "parameter", None


def _evidence(scene: Scene, q: Quantity, way: str | None) -> dict[str, Evidence]:
    """All metrics that something speaks for at this number, with the best of it."""
    start, end = scene.span(q)
    pieces: dict[str, list[Evidence]] = defaultdict(list)
    verb = BEFORE.search(scene.masked[max(0, start - 40):start]) if q.counted or way and q.kind == "percent" else None
    attach.add(scene, q, way, verb, pieces)
    if id(q) in scene.charges:
        pieces["charge_added"].append(Evidence(CHARGE, "added by a charge"))
    if q.counted:
        counting.add(scene, q, way, verb, pieces)
    if q.kind == "money" and not way:
        counting.add_worth(scene, q, pieces)
        if "deal_value" in pieces and (metric := payment.sold(scene, start, end)) != "deal_value":
            pieces[metric] += pieces.pop("deal_value")
    if q.kind == "percent":
        whole.add(scene, start, end, way, pieces)
        if not way and (answer := whole.answered(scene, end)):
            pieces["survey_share"].append(answer)
    if q.kind == "duration" and (why := length.told(scene, start, end)):
        pieces["duration"].append(Evidence(CLOSE, why))
    for metric in lexicon.lexicon().of_unit.get(q.unit, ()):
        pieces[metric].append(Evidence(UNIT, f"unit {q.unit}"))
    if not q.counted:
        if not way and scene.sentence.kind != "body" and (
                q.kind != "number" or not q.in_words and ROW.match(scene.masked, 0, start)):
            _add_heading(scene, q, pieces)
        neighbour.add(scene, q, way, pieces)
    for found in pieces.values():
        found.sort(key=lambda e: -e.score)
    best = {metric: _joined(found) for metric, found in pieces.items() if _stands(scene, q, way, metric, found[0])}
    if q.kind == "money":
        if not way and (metric := payment.returned(scene, start, end)):
            return {metric: Evidence(CLOSE, RETURNED)}
        payment.add_bought(scene, q, best)
    return best


def _add_heading(scene: Scene, q: Quantity, pieces: dict[str, list[Evidence]]) -> None:
    """Adds what a heading says, which names what a line or item gives; prose has words of its own. What is counted of a
    name is told by a verb too: "The best-selling cars"."""
    roles = ("name", "verb") if q.kind == "number" else ("name",)
    for cue in scene.above:
        for metric in cue.metrics if cue.role in roles else ():
            if accepts(metric, q.kind, q.unit, False):
                pieces[metric].append(Evidence(HEADING, HEADING_WHY))


def _stands(scene: Scene, q: Quantity, way: str | None, metric_id: str, first: Evidence) -> bool:
    """Whether a metric may have such a number here; `first` is the strongest of what speaks for it."""
    start, end = scene.span(q)
    metric = schema.metrics()[metric_id]
    if metric.aspects == ("change",) and not way and not move.CHANGING.search(scene.masked[max(0, start - 40):start]):
        return False
    asked = metric_id == "survey_share" and scene.talk.polled
    since, until = _clause(scene, first, start, end)
    return allowed(scene, metric, start, end, need=not asked, since=since, until=until) and plausible(metric, q, way)


def _clause(scene: Scene, first: Evidence, start: int, end: int) -> tuple[int, int]:
    """Between what offsets a word may rule out a metric that is named close before the number: "second by market value,
    posted a net profit of $3bn"."""
    if first.score < CLOSE or not first.cue or first.cue[1] > start:
        return 0, -1
    at = first.cue[0]
    # "sprints to 60 mph in 4 seconds and tops out at 155 mph", "weighs 900 kg and can tow 3 tons"
    since = at if scene.masked.endswith(" and ", 0, at) else max(
        (found.start() for found in CLAUSE.finditer(scene.masked, 0, at)), default=-1)
    ended = CLAUSE.search(scene.masked, end)
    return since, ended.start() if ended else -1


def _joined(found: list[Evidence]) -> Evidence:
    """The strongest piece and a part of the next one that is of other words; `found` begins with the strongest."""
    first = found[0]
    second = next((e for e in found[1:] if e.cue != first.cue), None)
    cue = next((e.cue for e in found if e.cue), None)
    if second is None:
        return Evidence(first.score, first.why, cue, first.negative, first.changing, mover=first.mover)
    saves = second.changing and second.why.startswith("verb")       # "save $3m in costs"
    return Evidence(first.score + SECOND * second.score, f"{first.why} + {second.why}", cue,
                    first.negative or second.negative and (first.cue is None or saves),
                    first.changing or second.changing and (saves or not second.negative), mover=first.mover)
