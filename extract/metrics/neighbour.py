"""What the name beside a number implies by its kind: "YU7 ($35,000)" a price, "Nvidia rose 3%" a share price, "the
e-bike market is expected to reach $52 billion" its size.

>>> from extract.analysis import analyse, document
>>> [c.metric for c in analyse(document("The Loadmaster 7 ($35,000) is a truck.")).claims]
['price']
>>> [c.metric for c in analyse(document("Enrolment at Norvik Motors Inc. rose 3%.")).claims]
['growth']
"""
import re
from functools import cache

from .. import schema
from ..grammar import clause, frame, move
from ..model import Quantity
from ..schema import Metric
from ..subjects import fit, subject
from ..subjects.subject import Candidate
from .constraint import USUAL_PRICE, accepts, asked, is_of
from .evidence import BESIDE, MOVES, SURE, Evidence
from .scene import Scene

NARROWER = 0.02         # what a metric of some such things has ahead of one of all of their kind
AT = re.compile(r"\b(?:at|in|on|from|across)\s+(?:the\s+)?(?:[a-z@-]+\s+){0,2}$")
# "packs 28% more energy": no move of the firm
MORE_OF = re.compile(r"\s+(?!higher|lower|over|under|after|other)(?:more|less|fewer|\w+er)\s+(?!than\b)[a-z]")
HIS = re.compile(r"['’]s? (?:[a-z]+ ){0,2}")            # "Norvik's 3% intraday loss"
LOSS = re.compile(r" (?:[a-z]+ )?(?:loss|gain|drop|fall|decline|slide|slump|plunge|tumble|advance|rally|jump|surge)\b"
                  r"(?! (?:in|of|for|from)\b)")
STOCKS = re.compile(r"\b(?:stocks?|shares?|gains|losses|gainers|losers|decliners|rall(?:y|ied)|in the (?:red|green)|"
                    r"(?:were|was) (?:also )?(?:up|down))\b")
UP_OR_DOWN = re.compile(r"\b(?:(?P<down>down|loss(?:es)?|losers?|los(?:t|ing)|fell|fall(?:ing|s)?|declin\w+|drop\w*|"
                        r"slid\w*|slump\w*|red|lower|worst)|up|gain\w*|ros?e|rising|climb\w*|higher|rall\w+|advanc\w+|"
                        r"jump\w*|surg\w+|green|best)\b")
# "Enrollment at Norvik rose 3%"
ANOTHERS = re.compile(r"(?:the )?(?!shares?\b|stocks?\b)[a-z-]+(?: [a-z-]+){0,2} (?:of|at|in|for) (?:the )?(?=@)")


@cache
def _implied(kind: str, stated: str | None, moved: bool) -> list[tuple[Metric, tuple[str, ...]]]:
    """The metrics that an entity beside such a number can imply, and of which kinds it must be."""
    found = []
    for metric in schema.metrics().values():
        # "Norvik rose 3%", and "fell $2 to $140", which of a firm is its share too
        by_itself = kind == "percent" or kind == "money" and metric.unit == "currency/share"
        kinds = metric.moves if moved and by_itself else metric.beside if kind in ("money", "measure") else ()
        if kinds and accepts(metric.id, kind, stated, moved):
            found.append((metric, kinds))
    return found


def add(scene: Scene, q: Quantity, way: str | None, pieces: dict[str, list[Evidence]]) -> None:
    """Adds the metrics that the kind of the name beside the number implies, the first one that fits for each."""
    implied = _implied(q.kind, q.unit, way is not None or _is_listed(scene, q))
    if not implied or way and MORE_OF.match(scene.masked, scene.span(q)[1]):
        return
    dear = q.kind == "money" and q.value > USUAL_PRICE      # no coin costs $5 million
    near = [c for c in scene.near_candidates(*scene.span(q)) if c.start is not None and c.how != "demonym"
            and not subject.is_person(c.entity) and not (dear and c.entity.kind in ("other", "company"))]
    for metric, kinds in implied:
        for c in near:
            if is_of(c.entity, kinds) and (found := _moved(scene, q, c, kinds) if way
                                           else _listed(scene, q, c) if q.kind == "percent" else _beside(scene, q, c)):
                pieces[metric.id].append(found)
                break


@cache
def _moved_gap() -> re.Pattern:
    """Between an entity and by how much it moved: an adverb or auxiliary, a verb of change, "by"."""
    words = move.words()
    verbs = "|".join(words[k] for k in ("up_verb", "down_verb", "up_ahead", "down_ahead"))
    between = (r"\w+ly|also|has|have|had|was|were|is|are|will|could|may|might|would|shares|stock|futures|index|then|"
               r"briefly|to|(?:end|clos|finish|open|trad)\w+(?: the (?:day|session|week|month))?")
    return re.compile(rf"(?:, [^,#@;]{{1,40}},|,)?(?:\s+(?:{between}))*\s+(?:(?:{verbs})(?:\s+\w+ly)?"
                      rf"(?:\s+(?:yoy|year[ -]o(?:n|ver)[ -]year|~+))?(?:\s+by)?|is|are|was|were)\s+{frame.near()}")


def _moved(scene: Scene, q: Quantity, c: Candidate, kinds: tuple[str, ...]) -> Evidence | None:
    """The move of a name itself: "Nvidia rose 3%", no move of a product of which nobody tells what it is."""
    start, end = scene.span(q)
    if c.end > start or c.part not in ("subject", "owner") or c.entity.kind == "product" and not c.entity.descriptors:
        return None
    anothers, gap = ANOTHERS.match(scene.masked), scene.masked[c.end:start]
    if anothers and anothers.end() == c.start or not (
            _moved_gap().fullmatch(clause.without_asides(gap)) or HIS.fullmatch(gap) and LOSS.match(scene.masked, end)):
        return None
    # a stock exchange moves as an index does, not as a firm
    narrower = NARROWER * ("" not in asked(kinds).get(c.entity.kind, {""}))
    return Evidence(MOVES + narrower, f"{c.entity.kind} moved", mover=c)


def _is_listed(scene: Scene, q: Quantity) -> bool:
    """Whether a share stands in brackets where a sentence is on stocks."""
    start, end = scene.span(q)
    return q.kind == "percent" and scene.masked.startswith(")", end) and scene.masked.endswith(" (", 0, start) \
        and STOCKS.search(scene.masked) is not None


def _listed(scene: Scene, q: Quantity, c: Candidate) -> Evidence | None:
    """By how much a stock moved that a sentence lists: "the losers were Norvik (2%) and Veldt (3%)"."""
    start, _ = scene.span(q)
    if scene.masked[c.end:start] not in (" (", ", ("):
        return None
    words = [*UP_OR_DOWN.finditer(scene.masked)]
    said = next((m for m in reversed(words) if m.end() <= start), None) or next(iter(words), None)
    return Evidence(MOVES, f"{c.entity.kind} listed", mover=c,
                    negative=q.value > 0 and said is not None and said["down"] is not None)


def _beside(scene: Scene, q: Quantity, c: Candidate) -> Evidence | None:
    """What is measured of a name that stands right beside the number, or is a market and so the noun of its size."""
    start, end = scene.span(q)
    kind = c.entity.kind
    if kind == "market" and c.start >= end and AT.search(scene.masked, end, c.start):
        return None         # "took $5 million at the box office"
    _, why = fit.score(c, scene.masked, (start, end), None, (kind,))
    if why in ("beside", "which"):
        return Evidence(BESIDE, f"{kind} beside")
    tied = frame.tie(scene.masked, c.start, c.end, start, end) if kind == "market" and c.end <= start else None
    if tied and tied[0] >= SURE and not _is_acted_on(scene, c, start):
        return Evidence(tied[0] * BESIDE / SURE, f"market ({tied[1]})", mover=c)
    return None


def _is_acted_on(scene: Scene, market: Candidate, start: int) -> bool:
    """Whether a verb says what the money did: "drivers spend $3 billion", "paid the music industry $3 billion"."""
    return any(cue.role == "verb" and (
        market.end <= cue.start < start and not all(schema.metrics()[m].catch_all for m in cue.metrics)
        or scene.masked[cue.end:market.start] in (" ", " the ")) for cue in scene.cues)
