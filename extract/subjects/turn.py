"""Whose the second of two numbers for one metric is: a name beside it takes turns with the owner of the first."""
import re
from functools import cache

from ..grammar import clause
from ..grammar.frame import near
from ..model import Entity
from .position import AGAINST, NEARLY, POSSESSED, THAN
from .subject import Candidate

# "3% recorded in Velmora", "6 GB in last year's Veldt Pad"
BEHIND = re.compile(r"(?: [a-z]+(?:ed|wn|de|ld))? (in|for|at|by|from|of|on|with) (?:(?:the|rival|~+['’]s|~+|its|"
                    r"original|older|smaller|larger|cheaper|standard|regular|base) ){0,3}(?:@+['’]s )?")
MANAGED = re.compile(r" (?:that |which )?(?:the |its )?")        # "the 3.1 million the Solace managed"
WHOSE = re.compile(rf"['’]s? {near()}")
BODIES = ("company", "product", "organisation")
LARGER = re.compile(r"\b(?:than|ahead of)(?: (?:the|that of|those of|in|its|rival|@+['’]s))* $")


def in_turn(candidates: list[Candidate], masked: str, one: tuple[int, int], two: tuple[int, int],
            owner: Entity) -> Candidate | None:
    """Whose the second of two numbers for one metric is, where a name beside it or one compared takes turns with the
    `owner` of the first: "300 vans, compared with 200 for Marlow", "fined Norvik $9m and Marlow $5m", "grew faster
    than Marlow, by 9% against 5%"; None where nobody does."""
    named = [c for c in candidates if c.start is not None and c.how not in ("pronoun", "descriptor", "phrase", "group")]
    before, gap = _in_turn()["before"], masked[one[1]:two[0]]
    taker = next((c for c in named if before.fullmatch(masked, c.end, one[0])), None)
    kinds = BODIES if taker and taker.entity is owner and owner.kind in BODIES else (owner.kind,)
    named = [c for c in named if c.entity.kind in kinds or c.entity.kind == "other" and not c.entity.known]
    named = [c for c in named if not POSSESSED.match(masked, c.end)]
    left = [c for c in named if one[1] <= c.start and c.end <= two[0]]
    if left and (WHOSE.fullmatch(masked, left[-1].end, two[0])
                 or _in_turn()["joins"].fullmatch(masked, one[1], left[-1].start) and (
                     before.fullmatch(masked, left[-1].end, two[0]) or THAN.search(masked, one[1], left[-1].start)
                     and _in_turn()["with"].fullmatch(masked, left[-1].end, two[0]))):
        if taker is None or taker.entity is owner:
            return left[-1]
        # "paid Norvik $9m and Marlow $5m"
        return next((c for c in candidates if c.entity is owner), None) if NEARLY.fullmatch(masked, taker.end, one[0]) \
            and NEARLY.fullmatch(masked, left[-1].end, two[0]) else None
    behind = [next(((c, found[1]) for c in named if c.start >= number[1]
                    and (found := BEHIND.fullmatch(masked, number[1], c.start))), (None, "")) for number in (one, two)]
    (first, first_by), (second, second_by) = behind
    if second is None and AGAINST.search(masked, one[1], two[0]):
        second = next((c for c in named if c.start >= two[1] and MANAGED.fullmatch(masked, two[1], c.start)
                       and clause.acts(masked, c.end)), None)
    if second is not None:
        compared = first is None and AGAINST.search(masked, one[1], two[0]) is not None
        return second if compared or first and first.entity is owner and first_by == second_by else None
    if _in_turn()["against"].fullmatch(gap) and "~" not in masked[two[1]:two[1] + 8]:
        return next((c for c in named if c.end <= one[0] and LARGER.search(masked, 0, c.start)), None)
    return None


@cache
def _in_turn() -> dict[str, re.Pattern]:
    near_number = near()
    return {"before": re.compile(rf"(?:['’]s?)?(?: (?!(?:of|in|to|by|for|from|with|up|down|at|on)\b)[a-z]+)?? "
                                 rf"{near_number}"),
            "joins": re.compile(r"[^#;]{0,60}?(?:;|,| and| while| but| whereas| against| versus| than| compared with| "
                                r"compared to)(?: (?:the|its|rival|those of|those on|that of|in|for|at|on|from|by|as|"
                                r"and|while|but|with))* (?:@+['’]s )?(?:[a-z-]+ )?"),
            "with": re.compile(rf",? (?:with|at|on) {near_number}"),
            "against": re.compile(rf",? (?:against|versus|compared (?:with|to)|to) {near_number}")}
