"""What the nouns and verbs of a sentence say of a number: those that a frame ties to it, and nothing speaks against."""
import re

from .. import schema
from ..grammar import lexicon
from ..model import Quantity
from . import veto
from .constraint import accepts, counts, fits, thing
from .evidence import NAME, OBJECT, SPENT, VERB, Evidence
from .scene import Scene
from .tie import Tie

BEHIND_VERB = 4         # words behind a verb among which its object is looked for
LONGEST = 24            # characters of a noun or verb that count
ACTIVE = re.compile(r"\s+(?:the|an?|their|his|her|its|our|my|some|any|money)\s")
AT_A = re.compile(r"\s+at an?\s+(?:[a-z-]+\s+)?")
OF_IT = re.compile(r"\s(?:in|of|on|per|an?|each)\s")
TAKEN = re.compile(r"#(?: (?:in|of)(?: the| its| their)?)?[ -]$")


def add(scene: Scene, q: Quantity, way: str | None, verb: re.Match | None, pieces: dict[str, list[Evidence]]) -> None:
    """Adds what each noun and verb near a number says of it; `verb` is the word of change in front of the number."""
    start, end = scene.span(q)
    noun = thing(scene, q) if q.counted and not way else None
    for cue in scene.near_cues(start, end):
        tie = Tie(scene, q, start, end, way, verb, cue)
        possible = _possible(tie, noun)
        if not possible or veto.bars(tie) or not tie.bind() or veto.is_of_other(tie):
            continue
        tie.weaken()
        for metric in possible:
            if not veto.is_unfit(tie, schema.metrics()[metric]):
                pieces[metric] += _pieces(tie, metric)


def _possible(tie: Tie, noun: str | None) -> list[str]:
    """The metrics of a cue that can have such a number, which counts a noun."""
    change = tie.is_change()
    found = [m for m in tie.cue.metrics if accepts(m, tie.q.kind, tie.q.unit, change) and (
        noun is None or counts(m, noun))]
    if found and tie.behind and ACTIVE.match(tie.scene.masked, tie.cue.end):
        return [m for m in found if not schema.metrics()[m].moves_are_levels]       # "5,000 people lost their savings"
    return found


def _pieces(tie: Tie, metric: str) -> list[Evidence]:
    """What a cue says for a metric, and more where the object of a verb is one that the metric counts."""
    cue, lex, found = tie.cue, lexicon.lexicon(), []
    objects = tie.scene.lower[cue.end:tie.start].split()[:BEHIND_VERB] if tie.is_verb and tie.way else ()
    if any(metric in lexicon.of_counted(word, lex.things) for word in objects):
        found.append(Evidence(OBJECT, f"verb '{tie.words}' (and its object)"))      # "trimmed its staff by 6%"
    worth = (VERB if tie.is_verb else NAME) + min(len(tie.words), LONGEST) / 400    # longer phrases say more
    found.append(Evidence(tie.strength * worth * _share_left(tie, metric), f"{cue.role} '{tie.words}' ({tie.frame})",
                          (cue.start, cue.end), (tie.words, metric) in lex.negative,
                          (tie.words, metric) in lex.changing or cue.grows))
    return found


def _has_name(tie: Tie, metric: str) -> bool:
    """Whether a noun right behind the number names another metric of it."""
    return any(c.role == "name" and c.start == tie.end + 1 and not tie.goes_on(OF_IT) and metric not in c.metrics
               and any(not schema.metrics()[m].catch_all and fits(m, tie.q, tie.way) for m in c.metrics)
               for c in tie.scene.tying)


def _share_left(tie: Tie, metric: str) -> float:
    """How much of its worth a noun keeps that is of another number already, and a verb whose object names it."""
    if tie.behind:
        return 1
    masked, cue, left = tie.scene.masked, tie.cue, 1.0
    if tie.is_verb and _has_name(tie, metric):
        left *= SPENT       # "secured a $5bn valuation" raised nothing
    if tie.covers(AT_A):
        left *= SPENT       # "a round at a $5bn valuation"
    if TAKEN.search(masked, max(0, cue.start - 10), cue.start) and not tie.is_change():
        left *= SPENT       # "20% youth unemployment and 10% inflation"
    return left
