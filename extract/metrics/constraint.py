"""What a metric asks of a number: its kind and unit, limits, words that must or must not stand near, whose it may be.

>>> accepts("revenue", "money", "USD", False), accepts("revenue", "measure", "km", False)
(True, False)
"""
from functools import cache

from .. import schema
from ..grammar import lexicon
from ..model import Entity, Quantity
from ..numbers import unit
from ..schema import Metric
from .scene import Scene

USUAL_PRICE = 500_000   # above it, money beside a product is not taken for its price without a word that says so
MANY = 40               # number words above it do not count in passing
CLAUSE = 70             # characters around a number in which an `unless` word counts
BEHIND = 35             # and behind the number, where another clause begins sooner
PERCENT_MOVES = {"growth", "cost", "amount", "count"}       # general metrics whose moves in percent are their own
NEAR_DOLLAR = {"EUR", "GBP", "CHF", "CAD", "AUD", "NZD", "SGD"}     # currencies worth about a dollar
TIMES = {"year", "day", "hour", "minute", "s"}      # units of metrics that no percentage is said of


@cache
def accepts(metric_id: str, kind: str, stated: str | None, moved: bool) -> bool:
    """Whether a number of this kind and unit can be a value of the metric, or by how much it moved."""
    metric = schema.metrics()[metric_id]
    wanted = metric.unit.split("|")
    if kind == "age":
        return metric_id == "age"
    if kind == "ratio":
        return "ratio" in wanted or metric_id in PERCENT_MOVES or not metric.catch_all
    if moved and "change" not in metric.aspects and not metric.moves_are_levels:
        return False
    if stated == "percentage_point" and metric_id != "growth" and "percent" not in wanted:
        return False            # money and things move by percentages
    if kind == "percent" and moved:
        return metric_id in PERCENT_MOVES or not metric.catch_all and not TIMES & set(wanted)
    if kind == "number":        # of a unit, nothing but what it is of tells
        target = next((t for t in wanted if t not in ("any", "percent") and not t.startswith("currency")), None)
        return target in ("count", "person", "ratio", "point") or metric_id == "age"
    return any(_holds(target, kind, stated) for target in wanted)


def _holds(target: str, kind: str, stated: str | None) -> bool:
    """Whether a value of this kind and unit can be kept in a unit of a metric."""
    if target == "any":
        return kind in ("measure", "percent", "duration")
    if target.startswith("currency"):
        _, _, per = (stated or "").partition("/")
        asked = (f"currency/{per}",) if per in ("share", "Mtoken") else ("currency", "currency/share")
        return kind == "money" and target in asked
    if target == "percent":
        return kind == "percent"
    if target in ("count", "person"):
        return kind == "count" and stated in ("count", "person", None)
    return stated is not None and (stated == target or unit.converts(stated, target))


def allowed(scene: Scene, metric: Metric, start: int, end: int, need: bool = True, since: int = 0,
            until: int = -1) -> bool:
    """Whether no word rules the metric out near the number, between `since` and `until`, and one of the words that it
    needs stands in the sentence."""
    first, last = max(start - CLAUSE, since), end + BEHIND if until < 0 else min(end + BEHIND, until)
    if metric.unless and any(c.end > first and c.start < last and metric.id in c.metrics for c in scene.barring):
        return False
    return not need or not metric.needs or metric.id in scene.needed


def plausible(metric: Metric, q: Quantity, way: str | None = None) -> bool:
    """Whether the stated level lies in the metric's limits, whichever sign the text will give it.

    A value may move (`way`) by any percentage, but by no more than its limit.
    """
    if q.kind in ("number", "ratio") or q.value is None or way and q.kind in ("percent", "measure"):
        return True
    low, high = metric.plausible
    target = metric.unit.split("|")[0]
    value = q.value
    if not target.startswith("currency") and q.unit and q.unit != target:
        converted = unit.convert(value, q.unit, target)
        value = value if converted is None else converted
    # Money is judged in its own currency, with room: exchange rates come later.
    currency = (q.unit or "").partition("/")[0]
    room = 1 if not target.startswith("currency") or currency == "USD" else 2 if currency in NEAR_DOLLAR else 2000
    if way:
        return abs(value) <= high * room
    floor = low / min(room, 4)      # no state has money worth more than four dollars
    return min(low, floor) <= value <= high * room or low < 0 and low * room <= -abs(value)


def fits(metric_id: str, q: Quantity, way: str | None = None) -> bool:
    """Whether kind, unit and size of a number are those of the metric, or of a move of it."""
    return accepts(metric_id, q.kind, q.unit, way is not None) and plausible(schema.metrics()[metric_id], q, way)


def counts(metric_id: str, noun: str) -> bool:
    """Whether a metric of counts can count this noun: one that it lists, or any where it lists none."""
    metric, lex = schema.metrics()[metric_id], lexicon.lexicon()
    if not metric.counted and not metric.things:
        return True
    return metric_id in lexicon.of_counted(noun, lex.counted) or metric_id in lexicon.of_counted(noun, lex.things)


def thing(scene: Scene, q: Quantity) -> str:
    """The noun that is counted; of a product's own name, what a product is: "2.3 million Macs"."""
    start, end = scene.span(q)
    named = any(c.start is not None and start < c.start and end - len("es") <= c.end <= end
                and c.entity.kind == "product" for c in scene.near_candidates(start, end))
    return "phone" if named and (not q.in_words or q.value > MANY) else q.counted


def is_of(entity: Entity, kinds: tuple[str, ...]) -> bool:
    """Whether an entity is of one of the kinds; "other:index" asks for a descriptor too."""
    # a name of which nothing is told
    kind = "company" if entity.kind == "other" and not entity.known and not entity.descriptors else entity.kind
    nouns = asked(kinds).get(kind)
    if not nouns or "" in nouns or kind != "market" and not entity.known and not entity.descriptors:
        return bool(nouns)
    named = entity.name.lower().split() if kind == "market" else ()         # "auto market" is one of autos
    return not nouns.isdisjoint(entity.descriptors) or not nouns.isdisjoint(named)


@cache
def asked(kinds: tuple[str, ...]) -> dict[str, set[str]]:
    """The descriptors asked for of each kind, an empty one where any will do."""
    found: dict[str, set[str]] = {}
    for each in kinds:
        kind, _, noun = each.partition(":")
        found.setdefault(kind, set()).add(noun)
    return found
