"""What the claims of a sentence and of a document owe each other: a subject that one number shares with the next, a
metric that another one names, one claim for each of several subjects, and which claims say the same twice.

>>> from extract.analysis import analyse, document
>>> [(c.entity.name, int(c.value)) for c in analyse(document("Norvik Motors Inc. and Brightwell Inc. "
...     "earned $3m and $5m respectively.")).claims]
[('Norvik Motors', 3000000), ('Brightwell', 5000000)]
>>> [(c.entity.name, int(c.value)) for c in analyse(document("Norvik Motors Inc. and Brightwell Inc. "
...     "each paid 15% of revenue.")).claims]
[('Norvik Motors', 15), ('Brightwell', 15)]
"""
import re
from collections import Counter, defaultdict
from dataclasses import replace

from .. import schema
from ..grammar import noun
from ..metrics.constraint import allowed, fits, is_of
from ..metrics.parallel import FOLLOWING, REACHING
from ..metrics.scene import Scene
from ..model import Claim, Entity, Period
from ..subjects import subject, turn
from . import narrow, segment
from .confidence import UNKNOWN
from .general import LEFT
from .meaning import of_stock, settle_unit
from .owner import OF_MAKER

# What is left where nothing names a metric: metric and aspect of such a level, and of any such figure.
LEVELS = {("count", "level"), ("amount", "level"), ("measure", "level")}
GENERAL = {("amount", "level"), ("share", "level"), ("growth", "change"), ("count", "level")}
RATE = re.compile(r" (?:(?!interest|tax|tariff|growth|inflation)[a-z-]+ ){1,2}rates?\b")      # "a 48% overcharge rate"
USUAL = 0.6             # share of a document's figures from which their metric is its usual one
DEARER = 20             # times by which the price of one model may be that of another
# "reached just", "still managed", "holds": what a product does that has a figure like others
REACHES = re.compile(r"\b(?:reach(?:es|ed)|manag(?:es|ed)|achiev(?:es|ed)|holds?|held|hits?|gets?|got|peaks? at|"
                     r"tops? out at) (?:[a-z]+ ){0,2}$")
OFTEN = 2               # figures that show what is usual, at least

COMPARES = re.compile(r"(?:this|that|these|those)(?: [a-z]+){0,3} (?:compares?|compared|(?:is|are|was|were) (?:up|"
                      r"down)|follows?|followed)\b")


def in_turn(scene: Scene) -> list[Claim]:
    """The earlier figures of all that the sentence before told, in its order: "These compare with 20%, 12% and 8% a
    year ago"."""
    told = [c for c in scene.before if c.aspect == "level"]
    least = 2 if scene.lower.startswith(("these", "those")) or "respective" in scene.lower else 3
    if len(told) < least or len(told) != len(scene.open) or not COMPARES.match(scene.lower) or any(
            q.unit != c.quantity.unit or q.kind == "money" for q, c in zip(scene.open, told)):
        return []
    for q in scene.open:
        q.outcome = "fact"
    return [replace(c, quantity=q, sentence=scene.sentence, value=q.value, value_max=q.value_max,
                    rule=f"in turn: {c.rule}", dims={})
            for q, c in zip(scene.open, told)]


TIED = (" beside", " of", " owner", " which")
ELSEWHERE = (" topic", " title", " dominant", " market")       # whom only other sentences name
PLAIN = " plain subject"    # of a noun that alone can have grown
ALIKE = ("parallel: ", "follows: ")      # evidence of a number that goes on about the one before it


def share_subjects(scene: Scene, claims: list[Claim]) -> None:
    """A number that goes on about the one before it has its subject too, unless another name takes turns with it."""
    for one, two in zip(claims, claims[1:]):
        if one.metric == two.metric and one.quantity.unit == two.quantity.unit and (other := turn.in_turn(
                scene.candidates, scene.masked, scene.span(one.quantity), scene.span(two.quantity), one.entity)):
            two.entity, two.segment = other.entity, None
            continue
        goes_on = two.rule.startswith(ALIKE) and not two.rule.endswith(TIED) or two.rule.endswith(ELSEWHERE) \
                and not one.rule.endswith(ELSEWHERE)
        if one.metric != two.metric:
            continue
        gap = scene.between(one.quantity, two.quantity)
        if goes_on and "@" not in scene.masked[slice(*gap)] or _is_of_counted(scene, one, two, gap):
            two.entity, two.segment = one.entity, one.segment


def _is_of_counted(scene: Scene, level: Claim, change: Claim, gap: tuple[int, int]) -> bool:
    """Whether a change is of the goods that the number before it counts: "sold 300 Linnets in Lund, up 9%"."""
    return level.rule.endswith(" of") and level.entity.kind == "product" and level.aspect == "level" != change.aspect \
        and (change.rule.startswith(ALIKE) or FOLLOWING.fullmatch(scene.masked, *gap) is not None) and not any(
            c.start is not None and gap[0] <= c.start < gap[1] and c.entity.kind != "place" for c in scene.candidates)


def share_general(scene: Scene, claims: list[Claim]) -> None:
    """A change right behind a level that no special metric names is of the same, and the other way round: "carried 8
    million passengers, up 9%"."""
    for level, change in zip(claims, claims[1:]):
        if change.metric in ("growth", "measure") and change.aspect == "change" and change.rule.startswith(LEFT) \
                and (level.metric, level.aspect) in LEVELS and level.quantity.unit != "percent" \
                and FOLLOWING.fullmatch(scene.masked, *scene.between(level.quantity, change.quantity)):
            change.metric, change.entity = level.metric, level.entity
            change.rule = f"follows: {level.rule}"
    for change, level in zip(claims, claims[1:]):
        q = level.quantity
        if change.aspect == "level" or (level.metric, level.aspect) not in LEVELS \
                or not REACHING.fullmatch(scene.masked, *scene.between(change.quantity, q)):
            continue
        if change.metric in ("growth", "measure") and change.rule.startswith(LEFT):
            change.metric, change.rule = level.metric, f"follows: {level.rule}"     # "births rose 9% to 52,000"
        elif change.aspect == "change" and level.rule.startswith(LEFT) and fits(change.metric, q):
            # "while those in Europe grew 6% to $980 million"
            level.metric, level.entity, level.segment = change.metric, change.entity, change.segment
            level.rule = f"follows: {change.rule}"
            settle_unit(q, schema.metrics()[level.metric], level.entity)


def of_parts(scene: Scene, claims: list[Claim]) -> None:
    """What a plain noun brings in, where the revenue of a firm was just told, is revenue of the firm: "Revenue was $9
    billion. Services contributed $2 billion"."""
    told: list[Claim] = [*scene.before]
    for at, claim in enumerate(claims):
        source = next((c for c in reversed(told) if c.metric == "revenue" and c.aspect == "level"
                       and c.entity.kind == "company" and c.segment is None), None)
        told.append(claim)
        if source is None or claim.quantity.kind != "money" or claim.aspect != "level" or "name '" in claim.rule:
            continue
        part = segment.contributor(scene.lower, scene.masked, scene.span(claim.quantity)[0])
        if part is None:
            continue
        plain, change = claim.entity, claims[at + 1] if at + 1 < len(claims) else None
        claim.metric, claim.entity, claim.segment = "revenue", source.entity, part
        claim.rule = f"part of: {source.rule}"
        if change and change.aspect == "change" and (change.entity is plain or change.entity is source.entity) \
                and FOLLOWING.fullmatch(scene.masked, *scene.between(claim.quantity, change.quantity)):
            change.metric, change.entity, change.segment = "revenue", source.entity, part
            change.rule = f"follows: {claim.rule}"


def of_tokens(scene: Scene, claims: list[Claim]) -> None:
    """Prices of a model right behind prices per token are per token too, input before output: "The mini costs $0.10 and
    $0.40"."""
    per_token = [c for c in scene.before if c.metric == "token_price" and c.aspect == "level"]
    left = [c for c in claims if c.metric == "price" and c.aspect == "level"]
    if not per_token or len(left) != len(claims) or len(left) > len(per_token):
        return
    for claim, model in zip(left, per_token):
        q, unit = claim.quantity, model.quantity.unit
        if claim.entity.kind != "product" or not unit.startswith(f"{q.unit}/") \
                or q.value > DEARER * model.quantity.value or narrow.per(scene.masked, scene.span(q)[1]):
            return
    for claim, model in zip(left, per_token):
        claim.metric, claim.quantity.unit = "token_price", model.quantity.unit
        claim.rule = f"in turn: {model.rule}"
        if (kind := narrow.token_kind(
                scene.talk.lower[model.quantity.start:model.quantity.end])) is not None:
            claim.dims = {"kind": kind}


def for_each_subject(scene: Scene, claims: list[Claim]) -> list[Claim]:
    """One claim for each of several subjects: "Nvidia and AMD will pay 15%"; with "respectively", one each in order."""
    spread: list[Claim] = []
    turns: list[tuple[Claim, Entity]] = []
    for claim in claims:
        group = _listed_with(scene, claim) or "respectively" in scene.lower and _listed_before(scene, claim)
        kind = claim.metric, claim.aspect, claim.quantity.unit
        alike = [c for c in claims if (c.metric, c.aspect, c.quantity.unit) == kind
                 and any(c.entity is member.entity for member in group)] if group else []
        if group and "respectively" in scene.lower and len(alike) == len(group):
            turns.append((claim, group[next(i for i, c in enumerate(alike) if c is claim)].entity))
            spread.append(claim)
        elif alike == [claim]:
            spread += [replace(claim, entity=member.entity, dims={}) for member in group]
        else:
            spread.append(claim)
    for claim, entity in turns:
        claim.entity = entity
    return spread


def _listed_with(scene: Scene, claim: Claim) -> list[subject.Candidate]:
    """The subjects of the sentence, in order, that stand in one list with a claim's before its number."""
    start, _ = scene.span(claim.quantity)
    owner = next((c for c in scene.candidates if c.start is not None
                  and c.entity.entity_id == claim.entity.entity_id), None)
    if owner is None or owner.end > start or owner.part not in ("subject", "object", "located"):
        return []
    group = subject.joined(scene.candidates, owner, scene.lower)
    return group if len(group) > 1 and not any(
        c.start <= start < c.end or c.part == "object" != owner.part for c in group) else []


def _listed_before(scene: Scene, claim: Claim) -> list[subject.Candidate]:
    """The subjects, in order, that a sentence before lists together with a claim's: "The Note20 and Note20 Ultra are
    out. They cost ..., respectively"."""
    if any(c.start is not None and c.entity is claim.entity and c.how not in ("pronoun", "descriptor")
           for c in scene.candidates):
        return []
    talk = scene.talk
    for j in talk.topic.back(scene.index):
        if talk.tells_of(j, claim.entity):
            group = talk.listed(j, claim.entity)
            return group if len(group) > 1 else []
    return []


def as_elsewhere(told: list[tuple[Scene, Claim]]) -> None:
    """Figures that nothing names are what the text below a heading says that they are: "lands $48m" was raised; or what
    most of their unit are in the document: prices moved, market shares."""
    named: dict[tuple, Counter] = defaultdict(Counter)
    same = {_figure(claim): claim.metric for _, claim in told if (claim.metric, claim.aspect) not in LEVELS}
    left = []
    for scene, claim in told:
        if scene.sentence.kind in ("title", "heading") and (claim.metric, claim.aspect) in LEVELS \
                and (known := same.get(_figure(claim))):
            claim.metric, claim.rule = known, f"as told below: {claim.rule}"
        elif (claim.metric, claim.aspect) == ("measure", "level") and claim.entity.kind == "product" \
                and claim.rule.startswith(LEFT) and REACHES.search(scene.masked, 0, scene.span(claim.quantity)[0]):
            left.append((scene, claim))     # "The Linnet has a range of 500 km. The Tern reached just 430 km"
        elif (claim.metric, claim.aspect) in GENERAL and not claim.quantity.counted and (
                claim.metric == "share" and "part of" not in claim.rule
                or claim.rule.startswith((LEFT, "carried"))):
            left.append((scene, claim))
        elif not claim.rule.startswith(LEFT):
            named[claim.aspect, claim.quantity.unit][claim.metric] += 1
    for scene, claim in left:
        q = claim.quantity
        [(usual, times)] = named[claim.aspect, q.unit].most_common(1) or [("", 0)]
        if times < (OFTEN if claim.metric != "measure" else 1) or times < USUAL * named[claim.aspect, q.unit].total():
            continue
        usual = of_stock(usual, claim.entity)
        metric, way = schema.metrics()[usual], None if claim.aspect == "level" else "up"
        may = is_of(claim.entity, metric.about) or metric.family in OF_MAKER and claim.entity.maker_id or any(
            other.metric == usual for of, other in told if of is scene and other is not claim)
        # the rate of one thing says nothing of another's
        if may and not metric.catch_all and not usual.endswith("_rate") and fits(usual, q, way) \
                and allowed(scene, metric, *scene.span(q), need=False):
            claim.metric, claim.rule = usual, f"as elsewhere: {claim.rule}"
    for scene, claim in left:
        # an economy may just grow, or what is a noun of its own; of anything else, what grew is not known, nor of what
        # it is a share, but for a rate
        if claim.metric == "growth" and claim.entity.kind != "place" and not claim.rule.endswith(PLAIN) and not (
                claim.rule.endswith("phrase subject") and _is_thing(claim.entity)) \
                or claim.metric == "share" and claim.rule.startswith(LEFT) and not claim.rule.endswith(" lead") \
                and not RATE.match(scene.masked, scene.span(claim.quantity)[1]):
            claim.confidence = min(claim.confidence, UNKNOWN)


def _is_thing(entity: Entity) -> bool:
    """Whether a noun is for what may grow by itself: "homicides fell 17%"; not "the drug", "drivers"."""
    return entity.kind == "other" and not noun.is_person(entity.name.split()[-1].lower())


def _figure(claim: Claim) -> tuple:
    return claim.entity.entity_id, claim.aspect, claim.quantity.unit, claim.value, claim.value_max


def mark_repeats(claims: list[Claim]) -> None:
    """Marks later statements of the same claim; they point to the first."""
    first: dict[tuple, list[Claim]] = {}
    for claim in claims:
        same = (claim.entity.entity_id, claim.metric, claim.aspect, claim.value, claim.value_max, claim.quantity.unit)
        for earlier in first.setdefault(same, []):
            if _agree(earlier.period, claim.period) and earlier.stance.modality == claim.stance.modality \
                    and {earlier.quantity.comparator[0], claim.quantity.comparator[0]} != {"<", ">"} \
                    and (claim.quantity.vague or not earlier.quantity.vague):
                # "up to 30%" and "at least 30%" are two; "one trillion" is more than "trillion-dollar"
                claim.restates = earlier
                break
        else:
            first[same].append(claim)
    told = {id(claim.quantity) for claim in claims if claim.restates is None}      # of several subjects, one may be new
    for claim in claims:
        if id(claim.quantity) not in told:
            claim.quantity.outcome = "restatement"


def _agree(one: Period | None, two: Period | None) -> bool:
    """Whether two periods can be the same: equal, or one of them not known."""
    known = [p for p in (one, two) if p and (p.first or p.last)]
    return len(known) < 2 or (one.first, one.last) == (two.first, two.last)
