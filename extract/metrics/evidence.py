"""What speaks for a metric at a number, and how much it is worth: ordered tiers, not weights to be tuned one by one."""
from dataclasses import dataclass

from ..subjects.subject import Candidate

# What each kind of evidence is worth.
OBJECT = 1.25           # a verb and its object: "trimmed its staff by 6%"
CHARGE = 1.2            # a distance or energy beside the time of its charge
WHOLE = 1.08            # that of which a percentage is a part, where a metric lists it
NAME, VERB = 1.0, 0.9   # a noun or verb that a frame ties to the number; times the strength of the frame
PART = 0.9              # that of which it is some part
COUNTED = UNIT = 0.85
THING = 0.7             # the counted noun, where a name or verb of the metric stands too
BESIDE = 0.62           # a name of the kind that the metric is said of
MOVES = 0.6             # the same of who moved
HEADING = 0.45
# What evidence that is handed on keeps of its worth.
FOLLOWS, PARALLEL = 0.95, 0.85
SPENT = 0.75            # of a noun that stands right behind one number, for further ones
ELSEWHERE = 0.6         # of other nouns, for a percentage of something that they do not know
SECOND = 0.3            # of a second, different piece for one metric
# From where on it is called so.
SURE = 0.85             # a frame that ties number and noun directly
CLOSE = 0.7             # a name or verb to which the thing that is counted adds
NEARBY = 0.55
LESS = 0.5              # a noun of which money is only a part
# Beginnings of `why` by which other rules know it.
HEADING_WHY = "heading"
RETURNED = "returned to owners"
WORTH = "worth of"         # the noun that money right before it is the worth of
IN_TURN = "(in turn)"


@dataclass(slots=True)
class Evidence:
    """What speaks for one metric at one number."""
    score: float
    why: str
    cue: tuple[int, int] | None = None
    negative: bool = False
    changing: bool = False          # the cue makes the number a change: "hired 300"
    unit: str | None = None         # of the parallel number, for a number without a unit of its own
    mover: Candidate | None = None  # who moved: "the auto market grew 4%"
