"""A noun or verb of metrics and a number of its sentence: whether and how strongly a frame ties them."""
import re
from dataclasses import dataclass, field

from ..grammar import frame
from ..grammar.lexicon import OBJECT, Cue
from ..model import Quantity
from .evidence import LESS, NAME, SURE, VERB
from .scene import Scene

# "cut its sales outlook to 3%": to a growth of 3%
FORESEEN = re.compile(r"\b(?:outlook|forecast|guidance|target)\b")
# Between a number and the verb whose object it is: "the $8bn that Ghana owes", "the 300 vans Veldt hopes to sell".
THAT_HE = re.compile(r"(?:\s(?!(?:if|when|as|with|while|on|in|of|and|or|than|before|after|because|but|so|for|by|to|at|"
                     r"from|since|where|until|is|are|was|were)\b)[a-z-]+){0,2}?(?:\s(?:that|which)(?:\s[a-z]+(?=\s@))?)?"
                     r"\s(?:@+|it|they|he|she|we)\s(?:(?:has|have|had|will|would|also|[a-z]+ly|"
                     r"(?:wants?|plans?|hopes?|aims?|expects?|needs?) to)\s)*")
WHOM = re.compile(rf"\s(?:(?:the|its|their|his|her|our|an?|each|every|all)\s)?(?:{frame.PLAIN}\s){{1,3}}{frame.near()}")
FRONTED = re.compile(rf"(?:^|[;,]\s)at\s+{frame.near()}$")
THEN_NOUN = re.compile(r",\s+(?:(?:the|its|their|his|her|@+(?:['’]s)?)\s+)?(?:[a-z-]+\s+){0,2}")
# "the death toll from the flood in Velmora rose to 670"
AT_LEVEL = re.compile(rf"\b(?:to|at|is|was|were|reached|hit|stood at|passed|topped|from|by) {frame.near()}$")
PARTITIVE = re.compile(r"\s+of\s+(?:its|their|his|her|our|the|this|that)\s")


@dataclass(slots=True)
class Tie:
    """A noun or verb, and the number that it may speak of; with its frame once `bind` has found one."""
    scene: Scene
    q: Quantity
    start: int                  # of the number
    end: int
    way: str | None             # up or down where the number is a change
    verb: re.Match | None       # the word of change in front of it
    cue: Cue
    words: str = field(init=False)      # of the cue
    is_name: bool = field(init=False)
    is_verb: bool = field(init=False)   # one that has its object behind it, not between itself and the number
    behind: bool = field(init=False)    # whether the cue stands behind the number
    strength: float = 0.0
    frame: str = ""

    def __post_init__(self) -> None:
        cue = self.cue
        self.words = self.scene.lower[cue.start:cue.end]
        self.is_name, self.is_verb, self.behind = cue.role == "name", cue.role == "verb", cue.start >= self.end

    def is_change(self) -> bool:
        """Whether the number tells by how much what the cue names moved."""
        return self.way is not None or self.cue.grows or self.is_name and self.q.kind == "percent" \
            and FORESEEN.search(self.scene.masked, self.cue.start + 1, self.cue.end + 10) is not None

    def is_relative(self) -> bool:
        """Whether the cue is the verb of a clause on the number: "the $8bn that Ghana owes"."""
        return self.is_verb and self.behind and self.covers(THAT_HE)

    def covers(self, pattern: re.Pattern) -> bool:
        """Whether a pattern fits all that stands between cue and number."""
        first, last = (self.end, self.cue.start) if self.behind else (self.cue.end, self.start)
        return pattern.fullmatch(self.scene.masked, first, last) is not None

    def goes_on(self, pattern: re.Pattern) -> bool:
        """Whether a pattern fits what stands behind the number."""
        return pattern.match(self.scene.masked, self.end) is not None

    def bind(self) -> bool:
        """Finds the strongest frame between cue and number; False where there is none."""
        found = self._frame()
        if found:
            self.strength, self.frame = found
        return bool(found)

    def weaken(self) -> None:
        """Money in front of the noun that it is only a part of says less: "$1.5bn of its latest raise"."""
        if self.q.kind == "money" and self.cue.start > self.end and self.goes_on(PARTITIVE):
            self.strength, self.frame = min((self.strength, self.frame), (LESS, "N of the noun"))

    def _frame(self) -> tuple[float, str] | None:
        masked, cue, start = self.scene.masked, self.cue, self.start
        if self.is_name and masked.endswith("# (", 0, cue.start) and masked.startswith(")", cue.end):
            return (SURE, "N (noun)") if cue.start - self.end == len(" (") else None    # "2 m (length), 3 m (width)"
        _, splits, particle = cue.role.partition(OBJECT)
        found = frame.around(masked[cue.end:start], particle) if splits \
            else frame.tie(masked, cue.start, cue.end, start, self.end)
        if self.is_name and self.behind and self.covers(THEN_NOUN) \
                and FRONTED.search(masked, max(0, start - 40), start):
            found = NAME, "at N, noun"              # "At 2.6%, inflation is low"
        if not found:
            return None
        if self.is_relative():
            found = max(found, (SURE, "N that it verbs"))
        if self.is_verb and not self.behind and self.q.kind == "money" and found[0] < VERB and self.covers(WHOM):
            found = VERB, "verb whom N"             # "cost Melbourne $7m", "paid its chief executive $3m"
        if self.q.kind == "number" and cue.end < start and "count" in cue.metrics \
                and "#" not in masked[cue.end:start] and AT_LEVEL.search(masked, max(0, start - 20), start):
            found = max(found, (SURE, found[1]))
        return found


def strength(scene: Scene, cue: Cue, q: Quantity) -> float:
    """How strongly the shared frames alone tie a cue to a number; 0 where none fits."""
    found = frame.tie(scene.masked, cue.start, cue.end, *scene.span(q))
    return found[0] if found else 0.0
