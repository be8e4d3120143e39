"""One sentence as the rules of evidence see it: names, numbers and periods blotted out, the numbers that are open, the
words that may speak for a metric, and who may own a figure.

Offsets count from the start of the sentence, but those of quantities and periods, which count from that of the text.
"""
import re
from bisect import bisect_left
from dataclasses import dataclass, field

from .. import schema
from ..grammar import lexicon, move
from ..grammar.lexicon import Cue
from ..model import Claim, Name, Period, Quantity, Sentence
from ..subjects.discourse import Discourse
from ..subjects.subject import Candidate
from . import qualifier
from .evidence import Evidence

CUE_REACH = 200         # characters between a noun and its number, at most
NAME_REACH = 400        # characters between a name and its number, at most
MEASURES = {"money", "percent", "ratio", "measure", "count", "duration", "age", "number"}
LISTED = ("bullet", "line")
LONG_LIST = 12          # items of a list for which its lead-in still speaks
MANY_TIMES = 1_000      # so many times is a count, not a multiple
# families whose nouns are said of a thing with "of": the price of a home
OF_THING = {"product", "other", "vehicle", "dimensions"}


@dataclass(slots=True)
class Scene:
    """A sentence with open numbers; of each of them, `ways` and `evidence` say the rest in the same order."""
    index: int
    sentence: Sentence
    lower: str
    masked: str
    open: list[Quantity]
    cues: list[Cue]
    above: list[Cue]                    # cues of the heading or lead-in line
    talk: Discourse                     # who is spoken of in the document
    charges: dict[int, Quantity]        # id of what a charge adds -> the time it takes
    candidates: list[Candidate] = field(default_factory=list)       # who may own the numbers
    ways: list[str | None] = field(default_factory=list)            # up or down for a number that is a change
    evidence: list[dict[str, Evidence]] = field(default_factory=list)       # by metric
    before: list[Claim] = field(default_factory=list)       # claims of the sentence before, in the same paragraph
    listed: Claim | None = None         # the last price in the lines above, for a line of a list
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)         # of quantities, as `span` gives them
    tying: list[Cue] = field(init=False)            # names and verbs of metrics, in order
    starts: list[int] = field(init=False)           # of them
    needed: frozenset[str] = field(init=False)      # metrics one of whose needed words stands here or above
    barring: list[Cue] = field(init=False)          # words that rule metrics out

    def __post_init__(self) -> None:
        self.tying = [c for c in self.cues if c.role in ("name", "verb") or lexicon.OBJECT in c.role]
        self.starts = [c.start for c in self.tying]
        self.needed = frozenset(m for c in (*self.cues, *self.above) if c.role == "needs" for m in c.metrics)
        self.barring = [c for c in self.cues if c.role == "unless"]

    def near_cues(self, start: int, end: int) -> list[Cue]:
        """The names and verbs from which a frame can reach the number at start:end."""
        return self.tying[bisect_left(self.starts, start - CUE_REACH):bisect_left(self.starts, end + CUE_REACH)]

    def near_candidates(self, start: int, end: int) -> list[Candidate]:
        """Who may own the number at start:end: those who are carried over, and those who stand not too far off."""
        if len(self.lower) <= NAME_REACH:
            return self.candidates
        return [c for c in self.candidates if c.start is None or start - NAME_REACH < c.start < end + NAME_REACH]

    def span(self, quantity: Quantity) -> tuple[int, int]:
        """Where the number stands in the sentence, with its restatement in another unit: "$676m (£352m)"."""
        if (known := self.spans.get(id(quantity))) is not None:
            return known
        end = quantity.end - self.sentence.start
        if quantity.equivalent is not None:
            rest = self.masked[end:]
            end += len(rest) - len(rest.lstrip("#"))
        span = self.spans[id(quantity)] = quantity.start - self.sentence.start, end
        return span

    def between(self, one: Quantity, two: Quantity) -> tuple[int, int]:
        """Where the words between two numbers stand."""
        return self.span(one)[1], self.span(two)[0]

    def measured(self) -> frozenset[int]:
        """Ends of the nouns that measure what follows with "of": the price of a home; not whoever sells it: sales of
        homes."""
        metrics = schema.metrics()
        return frozenset(c.end for c in self.cues if c.role == "name" and any(
            metrics[m].family in OF_THING for m in c.metrics))

    def read_moves(self) -> None:
        """Fills `ways`, and tells the multiples that count how often something was done."""
        for q in self.open:
            _count_of_times(self, q)
        self.ways = [move.of(self.masked, *self.span(q), q.kind) or _signed(self, q) for q in self.open]


def find(sentences: list[Sentence], talk: Discourse, periods: list[Period], quantities: list[Quantity]) -> list[Scene]:
    """The sentences with numbers that may become facts."""
    scenes: list[Scene] = []
    starts, period_starts = [q.start for q in quantities], [p.start for p in periods]
    cues_of: dict[int, list[Cue]] = {}

    def cues(i: int) -> list[Cue]:
        if i not in cues_of:
            s = sentences[i]
            cues_of[i] = lexicon.find(talk.lower[s.start:s.end])
        return cues_of[i]

    for i, s in enumerate(sentences):
        first = bisect_left(starts, s.start)
        if first == len(starts):
            break
        if starts[first] >= s.end:
            continue
        inside = quantities[first:bisect_left(starts, s.end, first)]
        opened = [q for q in inside if q.outcome is None and q.kind in MEASURES]
        if not opened:
            continue
        lower = talk.lower[s.start:s.end]
        there = periods[bisect_left(period_starts, s.start):bisect_left(period_starts, s.end)]
        masked = _mask(lower, s, inside, talk.cast.of_sentence[i], there)
        here = lexicon.find(lower, masked)
        charges = qualifier.charges(opened, s, masked)
        for time in charges.values():
            time.outcome = "qualifier"
        opened = qualifier.settle([q for q in opened if q.outcome is None], here, s, masked)
        above = [cue for line in _lines_above(sentences, i, talk.topic.heading[i]) for cue in cues(line)]
        scenes.append(Scene(i, s, lower, masked, opened, here, above, talk, charges))
    return scenes


def _lines_above(sentences: list[Sentence], i: int, heading: int | None) -> list[int]:
    """The heading over a sentence, and for an item of a list what leads into it: "The building blocks of its
    revenue:"."""
    lines = [heading] if heading is not None and sentences[heading].kind == "heading" else []
    if sentences[i].kind not in LISTED:
        return lines
    lead = next((j for j in range(i - 1, max(-1, i - LONG_LIST), -1) if sentences[j].kind not in LISTED), None)
    if lead is None:
        return lines
    lines.append(lead)
    if lead and sentences[lead - 1].paragraph == sentences[lead].paragraph:
        lines.append(lead - 1)
    return lines


RESTATED = re.compile(r"\s?\((?:[^()#@]{0,20}#++)+[^()#@]{0,20}\)")
MEASURING = (" price", " prices", " tariff", " tariffs")


def _mask(lower: str, s: Sentence, quantities: list[Quantity], names: list[Name], periods: list[Period]) -> str:
    """The sentence with quantities, names and periods blotted out, so that frames can be matched against it."""
    chars = list(lower)
    for p in periods:
        chars[p.start - s.start:p.end - s.start] = "~" * (p.end - p.start)
    for n in names:
        start, end = n.start - s.start, min(n.end, s.end) - s.start
        if lower.endswith(MEASURING, start, end):       # "oil prices" name a metric too
            end = lower.rindex(" ", start, end)
        chars[start:end] = "@" * (end - start)
    for q in quantities:
        if q.outcome in (None, "equivalent"):
            chars[q.start - s.start:q.end - s.start] = "#" * (min(q.end, s.end) - q.start)
    masked = "".join(chars)
    for q in quantities:
        if q.equivalent is not None and (bracket := RESTATED.match(masked, q.end - s.start)):
            # "$676m (£352m) loss": one number
            masked = masked[:bracket.start()] + "#" * len(bracket[0]) + masked[bracket.end():]
    return masked


def _signed(scene: Scene, q: Quantity) -> str | None:
    """"France (+52%)" says by how much more, "halved" by how much less; a minus is part of the value already."""
    if q.counted:
        return "down" if q.counted.startswith("fewer ") else None
    if q.kind not in ("percent", "measure"):
        return None
    start, _ = scene.span(q)
    if q.kind == "percent":
        if scene.lower.startswith("halv", start):
            return "down"
        return "up" if scene.lower[start] in "+-−–" and not move.at_level(scene.masked, start) else None
    if q.unit == "point" and move.lost(scene.masked, start):
        return "down"           # "the Dow lost 557 points"
    return "up" if scene.lower[start] == "+" and not q.unit.startswith(("°", "degree")) else None


DONE = re.compile(r"\b(?:[a-z]+ed|seen|read|run|shown)\s+(?:(?!to\b|at\b|by\b)[a-z]+\s+){0,3}$")


def _count_of_times(scene: Scene, q: Quantity) -> None:
    """"viewed 3.2 million times" counts; "4,463 times earnings" and "three times faster" are multiples."""
    if q.kind == "ratio" and q.value is not None and q.value >= MANY_TIMES:
        start, end = scene.span(q)
        if scene.lower.endswith(" times", start, end) and DONE.search(scene.masked, 0, start):
            q.kind, q.unit, q.counted = "count", "count", "times"
