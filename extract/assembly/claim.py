"""Quantities, names, periods and stances of a document to claims: who, what, how much.

Candidates and few ordered tiers of evidence: the best metrics of a number (evidence.py, else general.py) are joined
with the best subjects (owner.py); the winner's evidence is kept as the claim's rule. The numbers of a sentence are
assigned together. What finds neither metric nor subject stays in the ledger with the reason.
"""
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Generator
from dataclasses import dataclass, replace

from .. import schema
from ..context import modality, scope, stance, timing
from ..grammar import clause, frame, lexicon, move
from ..metrics.evidence import (
    CLOSE,
    FOLLOWING,
    OF,
    REACHING,
    Evidence,
    Scene,
    accepts,
    allowed,
    collect,
    is_of,
    plausible,
)
from ..model import Claim, Document, Entity, Name, Period, Quantity, Sentence
from ..names.gazetteer import gazetteer
from ..numbers import unit
from ..schema import Metric
from ..subjects import discourse, subject
from . import confidence, general, narrow
from .general import CARRIED, DIRECT, ENOUGH, MANY_TIMES, SMALL, SMALL_CHANGE
from .owner import OF_MAKER, best_owner, is_named

LEFT = "what is left"   # evidence of a metric for which nothing speaks but the unit
MEASURES = {"money", "percent", "ratio", "measure", "count", "duration", "age", "number"}
FAR = 0.5               # evidence of a noun or verb from which other numbers, or another clause, part the number
WEAK = 0.7              # the best evidence of a special metric under which a general one wins that is named directly
MOVED = 0.84            # how well who moved owns the move
# families whose nouns are said of a thing with "of": the price of a home
OF_THING = {"product", "other", "vehicle", "dimensions"}
HOME = 0.5              # share of mentions from which a text is on one place, and what it counts is counted there
SUBJECT = 0.3           # the same, from which it is on a firm or product, and what it measures is theirs
LONG_LIST = 12          # items of a list for which its lead-in still speaks


@dataclass(slots=True)
class Trace:
    """What was weighed at one number, best first; for people who ask why."""
    quantity: Quantity
    metrics: list[tuple[float, str, str]]       # score, metric, evidence
    entities: list[tuple[float, str, str]]      # score, entity, evidence; for the metric that won


def steps(document: Document, sentences: list[Sentence], names: list[Name], periods: list[Period],
          quantities: list[Quantity], trace: list[Trace] | None = None) -> Generator:
    """All claims of a document, in text order; settles the outcome of every quantity.

    What was weighed is appended to `trace` where one is given.
    """
    talk = discourse.Discourse(document.text, sentences, names)
    yield
    scenes = _scenes(document.text, sentences, talk, periods, quantities)
    yield
    for scene in scenes:
        scene.candidates = talk.candidates(scene.index, scene.lower, scene.masked, _measured(scene.cues))
    yield
    moved = []
    for scene in scenes:
        for q in scene.open:
            _count_of_times(scene, q)
        for one, two in zip(scene.open, scene.open[1:]):
            _like_money(scene, one, two)
        moved.append([move.of(scene.masked, *scene.span(q), q.kind) or _signed(scene, q) for q in scene.open])
        _move_again(scene, moved[-1])
    yield
    told: list[tuple[Scene, Claim]] = []
    before: list[Claim] = []        # of the sentence with claims before
    listed, listed_at = None, 0     # the last price among the lines of a list, and its sentence
    for scene, ways in zip(scenes, moved):
        collect(scene, ways)
    yield
    for scene, ways in zip(scenes, moved):
        if before and before[0].sentence is sentences[scene.index - 1] \
                and before[0].sentence.paragraph == scene.sentence.paragraph:
            scene.before = before
        scene.listed = listed if scene.sentence.kind != "body" and scene.index - listed_at <= LONG_LIST else None
        before = _sentence_claims(scene, ways)
        listed = next((claim for claim in before if claim.quantity.kind == "money" and claim.metric == "price"),
                      scene.listed)
        listed_at = scene.index if listed is not scene.listed else listed_at
        told += [(scene, claim) for claim in before]
    _as_elsewhere(told)
    yield
    voices = stance.Voices(document.text, sentences, names)
    for scene, claim in told:
        claim.stance = voices.of(scene.index, claim.quantity.start, claim.quantity.end, claim.metric, claim.entity)
    yield
    clock = timing.Clock(document.text, document.published, sentences, periods)
    for scene, claim in told:
        _date(scene, claim, clock)
    yield
    titled = {name.entity.name for name in talk.of_sentence[0] if name.entity.kind == "place"} if sentences else ()
    home = min(titled) if len(titled) == 1 else None
    for scene, claim in told:
        narrow.fill(scene, claim, scene.evidence[scene.open.index(claim.quantity)].get(claim.metric), home)
    claims = [claim for _, claim in told]
    if trace is not None:
        for scene in scenes:
            trace += _traced(scene, claims)
    for q in quantities:
        if q.outcome is None:
            q.outcome = "bare" if q.kind == "number" else "no_metric"
    return _without_repeats(claims)


def _scenes(text: str, sentences: list[Sentence], talk: discourse.Discourse, periods: list[Period],
            quantities: list[Quantity]) -> list[Scene]:
    """The sentences with numbers that may become facts, each with its cues."""
    scenes: list[Scene] = []
    starts, period_starts = [q.start for q in quantities], [p.start for p in periods]
    cues_of: dict[int, list[lexicon.Cue]] = {}

    def cues(i: int) -> list[lexicon.Cue]:
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
        masked = _mask(lower, s, inside, talk.of_sentence[i], there)
        here = lexicon.find(lower, masked)
        over = talk.heading[i]
        above = cues(over) if over is not None and sentences[over].kind == "heading" else []
        charges = _charges(opened, s, masked)
        for time in charges.values():
            time.outcome = "qualifier"
        opened = _without_qualifiers([q for q in opened if q.outcome is None], here, s, masked)
        if s.kind in LISTED and (lead := _lead_in(sentences, i)) is not None:
            above = [*above, *cues(lead)]
            if lead and sentences[lead - 1].paragraph == sentences[lead].paragraph:
                above += cues(lead - 1)
        scenes.append(Scene(i, s, lower, masked, opened, here, above, talk, charges=charges))
    return scenes


# "a 46-year low" tells when it was so last; a ten-year note is so named
RECORD = re.compile(r"[\s-]+(?:low|high|record|peak|best|trough|anniversary|gain|loss|drop|rally|(?:moving )?average|"
                    r"(?:[a-z.@]+[\s-]+)?(?:treasur(?:y|ie)|note|bond|gilt|bund|yield|mortgage))s?\b")
LISTED = ("bullet", "line")


def _lead_in(sentences: list[Sentence], i: int) -> int | None:
    """The sentence that the list of item i stands under: "The building blocks of its revenue:"."""
    for j in range(i - 1, max(-1, i - LONG_LIST), -1):
        if sentences[j].kind not in LISTED:
            return j
    return None


def _measured(cues: list[lexicon.Cue]) -> frozenset[int]:
    """Ends of the nouns that measure what follows with "of": the price of a home; not whoever sells it: sales of
    homes."""
    metrics = schema.metrics()
    return frozenset(c.end for c in cues if c.role == "name" and any(metrics[m].family in OF_THING for m in c.metrics))


IN = re.compile(r" in (?:[a-z]+ ){0,3}")
CHARGED = re.compile(r"(?P<from>#+)(?: to |-)(?P<to>#+) in (?:[a-z]+ ){0,3}#")
# What a charge of some minutes adds: "adds 200 km in 10 minutes", "in ten minutes, up to 260 km can be recharged".
ADDS = (r"\b(?:add|gain|regain|replenish|restore|recover|recharge|charge|provide|deliver|give|top|boost|pick|"
        r"get)[a-z]*\b")
RECHARGED = (r"(?: of [^#;,]{0,30})? (?:can|could|may|will) be (?:added|gained|regained|replenished|restored|(?:re|"
             r"quick-|fast-)?charged)\b")
ADDED = re.compile(rf"(?:{ADDS}[^#;:]{{0,70}}?(?P<size>#+)(?: of [^#;,]{{0,30}})?|(?P<passive>#+){RECHARGED})"
                   r"(?: (?!and )[^#;,]{0,50}?)? (?:in|within|after) (?:[a-z]+ ){0,4}(?P<time>#+)")
ADDED_AFTER = re.compile(rf"\b(?:in|within|after|only|just|takes|needs) (?:[a-z]+ ){{0,4}}(?P<time>#+)"
                         rf"(?=(?P<gap>[^#;]{{1,110}}?)(?P<size>#+)(?P<passive>{RECHARGED})?)")
LONGEST_CHARGE = 120        # minutes


def _charges(quantities: list[Quantity], s: Sentence, masked: str) -> dict[int, Quantity]:
    """Id of a distance or energy that a charge adds, and the time that it takes."""
    if "charg" not in masked:
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


def _without_qualifiers(quantities: list[Quantity], cues: list[lexicon.Cue], s: Sentence,
                        masked: str) -> list[Quantity]:
    """The numbers that are no part of a metric's own name ("0-60 mph in 5 seconds"); the others qualify it."""
    spans = [(s.start + c.start, s.start + c.end) for c in cues if c.role in ("name", "verb")]
    for q in quantities:
        if any(start <= q.start < end for start, end in spans) or q.kind == "duration" \
                and RECORD.match(masked, q.end - s.start) \
                or q.value_max is not None and not q.value and unit.kind(q.unit) == "speed":
            q.outcome = "qualifier"         # "from 0 to 100 km/h in 5 seconds"
    for speed, time in zip(quantities, quantities[1:]):
        if unit.kind(speed.unit) == "speed" and time.kind == "duration" and time.unit == "s" \
                and IN.fullmatch(masked, speed.end - s.start, time.start - s.start):
            speed.outcome = "qualifier"     # "reaches 100 km/h in 2.9 seconds"
    for span in CHARGED.finditer(masked) if "# to #" in masked or "#-#" in masked else ():
        if any(q.kind != "percent" and q.start - s.start == span.start("to") for q in quantities):
            continue                        # "up 13% to $3bn in the first six months"
        for q in quantities:
            if q.kind == "percent" and span.start("from") <= q.start - s.start < span.end("to"):
                q.outcome = "qualifier"         # "from 10% to 80% in 27 minutes"
    return [q for q in quantities if q.outcome is None]


RESTATED = re.compile(r"\s?\((?:[^()#@]{0,20}#++)+[^()#@]{0,20}\)")


MEASURING = (" price", " prices", " tariff", " tariffs")


def _mask(lower: str, s: Sentence, quantities: list[Quantity], names: list[Name], periods: list[Period]) -> str:
    """The sentence with quantities, names and periods blotted out, so that frames can be matched against it."""
    chars = list(lower)
    for p in periods:
        if p.end <= s.end:
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


def _sentence_claims(scene: Scene, moved: list[str | None]) -> list[Claim]:
    """Who and which metric each number of a sentence is of; `moved` says of each in which direction it tells of a
    move."""
    if earlier := _in_turn(scene):
        return earlier
    chosen: list[Claim] = []
    for q, way, evidence in zip(scene.open, moved, scene.evidence):
        if claim := _choose(scene, q, way, evidence, chosen):
            chosen.append(claim)
    _share_subjects(scene, chosen)
    _share_general(scene, chosen)
    return _for_each_subject(scene, chosen)


def _share_general(scene: Scene, claims: list[Claim]) -> None:
    """A change right behind a level that no special metric names is of the same, and the other way round: "carried 8
    million passengers, up 9%"."""
    for level, change in zip(claims, claims[1:]):
        if change.metric in ("growth", "measure") and change.aspect == "change" and change.rule.startswith(LEFT) \
                and (level.metric, level.aspect) in LEVELS and level.quantity.unit != "percent" \
                and FOLLOWING.fullmatch(scene.masked, scene.span(level.quantity)[1], scene.span(change.quantity)[0]):
            change.metric, change.entity = level.metric, level.entity
            change.rule = f"follows: {level.rule}"
    for change, level in zip(claims, claims[1:]):
        q = level.quantity
        if change.aspect == "level" or (level.metric, level.aspect) not in LEVELS \
                or not REACHING.fullmatch(scene.masked, scene.span(change.quantity)[1], scene.span(q)[0]):
            continue
        if change.metric in ("growth", "measure") and change.rule.startswith(LEFT):
            change.metric, change.rule = level.metric, f"follows: {level.rule}"     # "births rose 9% to 52,000"
        elif change.aspect == "change" and level.rule.startswith(LEFT) \
                and accepts(change.metric, q.kind, q.unit, False) and plausible(schema.metrics()[change.metric], q):
            # "while those in Europe grew 6% to $980 million"
            level.metric, level.entity, level.segment = change.metric, change.entity, change.segment
            level.rule = f"follows: {change.rule}"
            _settle_unit(q, schema.metrics()[level.metric], level.entity)


COMPARES = re.compile(r"(?:this|that|these|those)(?: [a-z]+){0,3} (?:compares?|compared|(?:is|are|was|were) (?:up|"
                      r"down)|follows?|followed)\b")


def _in_turn(scene: Scene) -> list[Claim]:
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


def _date(scene: Scene, claim: Claim, clock: timing.Clock) -> None:
    """Fills the time, and what only the time tells of how sure the claim is."""
    q = claim.quantity
    claim.period = clock.of(scene.index, q.start, q.end, claim.entity, claim.metric, claim.aspect,
                            claim.stance.modality)
    if scope.told_then(claim.period, claim.stance.modality, clock.published) and not scope.HAD_PLANNED.search(
            clock.text, scene.sentence.start, q.start):
        claim.stance = replace(claim.stance, modality="actual")     # the old figure of a plan
    if clock.ahead(claim.period):
        if claim.stance.modality == "actual" and q.kind == "count" and modality.is_given(
                clock.text, scene.sentence.start, q.start, q.end, claim.metric):
            claim.period = None
            return
        claim.stance = modality.in_future(claim.stance, claim.metric)


def _signed(scene: Scene, q: Quantity) -> str | None:
    """"France (+52%)" says by how much more, "halved" by how much less; a minus is part of the value already."""
    start, _ = scene.span(q)
    if q.kind == "measure" and scene.lower[start] == "+" and not q.unit.startswith(("°", "degree")):
        return "up"
    if q.unit == "point" and move.lost(scene.masked, start):
        return "down"           # "the Dow lost 557 points"
    if q.kind == "percent" and scene.lower.startswith("halv", start) or (q.counted or "").startswith("fewer "):
        return "down"
    return "up" if q.kind == "percent" and scene.lower[start] in "+-−–" and not move.at_level(scene.masked, start) \
            else None


# "sales rose 5% and profit 12%": the second verb is left out
AGAIN = re.compile(rf"(?:,| and|, and|, while| but|, but) (?:(?:the|its|their|his|her) )?(?:{frame.PLAIN} ){{1,4}}"
                   rf"{frame.near()}")


def _move_again(scene: Scene, ways: list[str | None]) -> None:
    """A percentage right behind the noun of a metric that a move stands before tells of the same kind of move."""
    for at, (one, two) in enumerate(zip(scene.open, scene.open[1:])):
        start, end = scene.span(one)[1], scene.span(two)[0]
        if ways[at] and ways[at + 1] is None and one.kind == two.kind == "percent" \
                and AGAIN.fullmatch(scene.masked, start, end) and not move.at_level(scene.masked, end) \
                and any(c.role == "name" and start < c.start and c.end == end - 1 and not accepts(
                    c.metrics[0], two.kind, two.unit, False) for c in scene.cues):
            ways[at + 1] = ways[at]


THEREOF = re.compile(r"\b(?:of which|another|a further)\b")
LARGE = re.compile(r".*\d[\s-]?(?:million|billion|trillion|bn|m|tn)")


def _like_money(scene: Scene, one: Quantity, two: Quantity) -> None:
    """Millions of nothing that are a part of money, or come on top of it, are money: "$86bn, of which 45bn is here"."""
    if one.kind == "money" and two.kind == "number" and THEREOF.search(
            scene.masked, scene.span(one)[1], scene.span(two)[0]) and LARGE.fullmatch(scene.lower, *scene.span(two)) \
            and general.STANDS_ALONE.match(scene.masked, scene.span(two)[1]):
        two.kind, two.unit = "money", one.unit.partition("/")[0]


DONE = re.compile(r"\b(?:[a-z]+ed|seen|read|run|shown)\s+(?:(?!to\b|at\b|by\b)[a-z]+\s+){0,3}$")


def _count_of_times(scene: Scene, q: Quantity) -> None:
    """"viewed 3.2 million times" counts; "4,463 times earnings" and "three times faster" are multiples."""
    start, end = scene.span(q)
    if q.kind == "ratio" and q.value is not None and q.value >= MANY_TIMES \
            and scene.lower[start:end].endswith(" times") and (DONE.search(scene.masked[:start])):
        q.kind, q.unit, q.counted = "count", "count", "times"


def _choose(scene: Scene, q: Quantity, way: str | None, evidence: dict[str, Evidence],
            chosen: list[Claim]) -> Claim | None:
    """The best metric and subject together; None, with the outcome set, where there are none.

    `chosen` are the claims of the sentence so far.
    """
    metrics = schema.metrics()
    if q.vague and q.kind == "number":
        q.outcome = "vague"         # "it can cost users thousands"
        return None
    if q.kind == "ratio" and general.is_no_multiple(scene, q):
        q.outcome = "no_metric"
        return None
    ranked = sorted(((e.score, m) for m, e in evidence.items() if not metrics[m].catch_all and e.score >= ENOUGH),
                    reverse=True)[:4]
    # "under the settlement it took a charge of $618m": the noun right beside it says more
    if ranked and ranked[0][0] < WEAK and not q.vague:
        ranked = [(e.score, m) for m, e in evidence.items()
                  if metrics[m].catch_all and e.cue and e.score >= DIRECT
                  and (not e.why.startswith("verb") or ranked[0][0] < FAR and m in ("share", "cost")
                       or ranked[0][1] not in WORTHS
                       and IS_WORTH.search(scene.masked, 0, e.cue[1]))] or ranked
    # two employees in passing, three of the makers
    if q.in_words and q.kind == "count" and q.value is not None and q.value < SMALL:
        ranked = [] if OF.match(scene.masked, scene.span(q)[1]) else [
            (s, m) for s, m in ranked if s >= CLOSE and not evidence[m].why.startswith(("counted", "parallel"))]
    stated = q.kind, q.unit
    if not ranked:
        fallback = general.metric(scene, q, way, evidence, chosen)
        if fallback is None:
            return None
        ranked = [fallback]
        evidence = {**evidence, fallback[1]: evidence.get(fallback[1])
                    or Evidence(fallback[0], "carried" if fallback[0] == CARRIED else LEFT)}
    best = None
    for worth, metric_id in ranked:
        mover = evidence[metric_id].mover
        found = (mover, MOVED, "moved", MOVED) if mover \
                else best_owner(scene, q, evidence[metric_id].cue, metrics[metric_id], is_named(evidence[metric_id]))
        if found is None:
            continue
        candidate, fit, why, lead = found
        if q.kind == "measure" and metrics[metric_id].about == ("product",) and candidate.entity.kind == "place" \
                and evidence[metric_id].why.startswith("verb"):
            evidence["measure"], metric_id = evidence[metric_id], "measure"     # "in Wales it will reach 130 km/h"
        joint = worth * (0.4 + 0.6 * fit)
        if best is None or joint > best[0]:
            best = joint, metric_id, candidate, worth, fit, why, lead
    if best is None:
        q.kind, q.unit = stated
        q.outcome = "bare" if q.kind == "number" else "no_entity"
        return None
    _, metric_id, candidate, worth, fit, why, lead = best
    clear = worth - max((e.score for m, e in evidence.items() if m != metric_id), default=0)
    finer = _by_owner(scene, q, way, metric_id, evidence, candidate)
    if finer != "headcount":
        evidence[finer] = evidence[metric_id]
    metric_id = finer
    metric, proof = metrics[metric_id], evidence[metric_id]
    aspect = "multiple" if q.kind == "ratio" and "ratio" not in metric.unit.split("|") else "change" if way else "level"
    if aspect == "level" and (proof.changing or q.kind == "percent" and not accepts(metric_id, q.kind, q.unit, False)):
        aspect, way = "change", "down" if proof.negative or move.lost(scene.masked, scene.span(q)[0]) else "up"
    if aspect not in metric.aspects:
        aspect = metric.aspects[0]
    if aspect == "change" and way is None and not move.at_level(scene.masked, scene.span(q)[0]):
        way = move.direction(scene.masked, scene.span(q)[0])
    value, value_max = q.value, q.value_max
    if way == "down" and aspect == "change" or proof.negative and aspect == "level" and metric.plausible[0] < 0:
        value, value_max = (-value, None) if value_max is None else (-value_max, -value)
    _settle_unit(q, metric, candidate.entity, proof.unit)
    behind = candidate.how in ("pronoun", "descriptor") and candidate.start >= scene.span(q)[1] and not any(
        c.entity is candidate.entity and c.start is not None and c.how not in ("pronoun", "descriptor")
        for c in scene.candidates)      # "Drivers paid $300, it said"
    if (candidate.start is None or behind) and (own := scene.talk.own(
            scene.index, scene.masked, scene.span(q)[0], _measured(scene.cues), candidate, scene.candidates,
            proof.why != LEFT)):
        candidate, fit, lead, why = own, own.worth, 0.0, own.part
    loose = candidate.start is None and not _carries(scene, q, metric, proof, candidate, chosen)
    sure = confidence.of(confidence.order(worth, fit, lead, clear, candidate.share, metric.catch_all, loose,
                                           _doubts(scene, q, candidate, proof)))
    if candidate.part == "speaker" and fit < WITNESS or scene.talk.is_apart(scene.index, candidate) \
            and not _is_age_of(scene, q):
        sure = min(sure, UNKNOWN)
    q.outcome = "fact"
    owner, part = candidate.entity, None
    if metric.family in OF_MAKER and owner.kind == "product" and owner.maker_id in gazetteer().entities:
        owner, part = gazetteer().entities[owner.maker_id], owner.name
    return Claim(quantity=q, sentence=scene.sentence, entity=owner, segment=part, metric=metric_id, aspect=aspect,
                 period=None, stance=None, confidence=sure, rule=f"{proof.why}; {candidate.how} {why}", value=value,
                 value_max=value_max)


def _doubts(scene: Scene, q: Quantity, owner: subject.Candidate, proof: Evidence) -> list[str]:
    """What makes the subject and the metric of a claim less sure than their evidence."""
    seen = {"unknown": not owner.entity.known, "referred": owner.how in ("descriptor", "pronoun"),
            "behind": owner.start is not None and owner.end > scene.span(q)[0],
            "headline": scene.sentence.kind == "title", "beside": "(N N)" in proof.why.partition(" + ")[0]}
    return [doubt for doubt, holds in seen.items() if holds]


def _by_owner(scene: Scene, q: Quantity, way: str | None, metric_id: str, evidence: dict[str, Evidence],
              owner: subject.Candidate) -> str:
    """What a metric is of such an owner: the sales of a carmaker are cars, what a person earns is no profit."""
    kind, proof = owner.entity.kind, evidence[metric_id]
    if metric_id == "market_cap" and way and q.kind == "money":
        return "market_cap_change"
    if metric_id == "revenue" and "sales" in proof.why and _in_pieces(scene, q, owner):
        return "units_shipped"
    if metric_id == "net_income" and (
            proof.why.startswith("verb") and subject.is_person(owner.entity)
            or kind in ("place", "person") and proof.why.removeprefix("parallel: ").startswith("verb 'earn")):
        return "amount"         # what people earn is no profit of a firm
    if metric_id == "layoffs" and kind == "place" and "headcount" in evidence and evidence["headcount"].changing:
        return "headcount"      # an economy lost jobs: nobody decided it
    if metric_id == "units_produced" and kind == "place" and q.kind == "percent" and OUTPUT.search(proof.why):
        return "growth"         # an economy's, not of things
    if metric_id == "cost" and q.kind in ("money", "percent") and proof.negative and SOLD_OFF.search(scene.lower) \
            and (q.kind == "percent" or q.value < SMALL_CHANGE):
        return "price"          # what a buyer saves
    if metric_id == "price" and kind == "place" and way and q.kind == "percent" and "'prices'" in proof.why \
            and PRICES.search(scene.masked):
        return "growth"         # all prices of a place are its inflation
    if metric_id in SIZES and accepts("length", q.kind, q.unit, False) \
            and (place := _place_in_size(scene, q)) is not None:
        return SIZE[place]
    if metric_id in ("amount", "valuation") and not way:
        return _worth(scene, proof, owner) or metric_id
    return metric_id


PRICES = re.compile(r"^(?:[a-z ]+, )?prices (?:in|across) @")
OUTPUT = re.compile(r"'(?:(?:industrial|manufacturing|factory) (?:output|production)|output)'")
SOLD_OFF = re.compile(r"\b(?:sales?|deals?|discount\w*|list price|usual price|coupon|bundles?|retails?)\b|"
                      r"\b(?:on|at|down to|costs?|for) (?:just |only )?[$€£]|"
                      r"\bsav(?:e|es|ing|ings)(?: of)? (?:up to )?[$€£#\d.,%]+ (?:on|off)\b")
WORTHS = ("market_size", "market_cap", "valuation")
IS_WORTH = re.compile(r"\b(?:is|are|was|were|be|been|being|(?<=, )(?:now|once|already|today))\s+(?:(?:now|still|"
                      r"already|once|last|itself|to|be|estimated|thought|said|believed|reported|[a-z]+ly)\s+)*(?:worth|"
                      r"valued at)$")
# Between a firm or market and that: "Veldt, which analysts say is worth", "the coffee market could be worth".
WHOLE = re.compile(r"(?:,? (?:which|that)|,)?(?: (?:will|would|could|may|might|has|have|had|[a-z]+ly))*\s+")
DEAL = re.compile(r"\b(?:deal|takeover|offer|bid|acqui\w+|merger|round|raised|raising|funding|ipo|debut|listing)\b")


def _worth(scene: Scene, proof: Evidence, owner: subject.Candidate) -> str | None:
    """The metric of what a firm or a market as a whole is worth: "Nvidia is worth $4 trillion"."""
    said = proof.cue and owner.start is not None and IS_WORTH.search(scene.masked, owner.end, proof.cue[1])
    if not said or not WHOLE.fullmatch(clause.without_asides(scene.masked[owner.end:said.start() + 1])[:-1]):
        return None
    if is_of(owner.entity, ("company",)):
        return "market_cap" if owner.entity.ticker and not DEAL.search(scene.masked) else "valuation"
    return "market_size" if owner.entity.kind == "market" else None


SIZE = ("length", "width", "height")
SIZES = (*SIZE, "screen_size", "measure")       # what the numbers of a size alone are taken for
TIMES = r"#++\s?[x×*]\s?"


def _place_in_size(scene: Scene, q: Quantity) -> int | None:
    """Which of the three numbers of a size it is: "14 x 9 x 3 cm"."""
    start, end = scene.span(q)
    before = re.search(rf"(?:{TIMES})*$", scene.masked[:start])[0]
    behind = re.match(r"(?:\s?[x×*]\s?#+)*", scene.masked[end:])[0]
    place = len(re.findall(TIMES, before))
    return place if place + len(re.findall("#+", behind)) == len(SIZE) - 1 else None


# Subjects whose sales are counted in pieces, by the last word of what they are called.
VEHICLES = {"carmaker", "automaker", "car", "cars", "suv", "suvs", "hatchback", "sedan", "crossover", "truck", "pickup",
            "van", "ev", "evs"}
SALES_OF = re.compile(r"\bsales of ((?:[a-z-]+ ){0,3}?[a-z]+)(?=[,.]|\s(?:in|at|for|of|to|from|by|with|over|~|@|has|"
                      r"have|had|were|will|are|"
                      r"rose|fell|grew|climbed|dropped|declined|jumped|slid|surged|plunged|slumped|soared|increased|"
                      r"decreased)\b)")
NEXT_TO = 25            # characters between a change and the level that it led to


GENERAL = {("amount", "level"), ("share", "level"), ("growth", "change"), ("count", "level")}
LEVELS = {("count", "level"), ("amount", "level"), ("measure", "level")}
USUAL = 0.6             # share of a document's figures from which their metric is its usual one
OFTEN = 2               # figures that show what is usual, at least
WITNESS = 0.3           # who says so, and is no likelier a subject than that, is none
UNKNOWN = 0.3           # confidence where nothing tells what grew, or a sentence has a subject that nobody named


def _as_elsewhere(told: list[tuple[Scene, Claim]]) -> None:
    """Figures that nothing names are what the text below a heading says that they are: "lands $48m" was raised; or what
    most of their unit are in the document: prices moved, market shares."""
    named: dict[tuple, Counter] = defaultdict(Counter)
    same = {_figure(claim): claim.metric for _, claim in told if (claim.metric, claim.aspect) not in LEVELS}
    left = []
    for scene, claim in told:
        if scene.sentence.kind in ("title", "heading") and (claim.metric, claim.aspect) in LEVELS \
                and (known := same.get(_figure(claim))):
            claim.metric, claim.rule = known, f"as told below: {claim.rule}"
        elif (claim.metric, claim.aspect) in GENERAL and not claim.quantity.counted and (
                claim.metric == "share" and "part of" not in claim.rule
                or claim.rule.startswith((LEFT, "carried"))):
            left.append((scene, claim))
        elif not claim.rule.startswith(LEFT):
            named[claim.aspect, claim.quantity.unit][claim.metric] += 1
    for scene, claim in left:
        q = claim.quantity
        [(usual, times)] = named[claim.aspect, q.unit].most_common(1) or [("", 0)]
        if times < OFTEN or times < USUAL * named[claim.aspect, q.unit].total():
            continue
        metric, way = schema.metrics()[usual], None if claim.aspect == "level" else "up"
        if not metric.catch_all and accepts(usual, q.kind, q.unit, way is not None) and plausible(metric, q, way) \
                and allowed(scene, metric, *scene.span(q), need=False):
            claim.metric, claim.rule = usual, f"as elsewhere: {claim.rule}"
    for _, claim in left:
        # an economy may just grow; of anything else, what grew is not known
        if claim.metric == "growth" and claim.entity.kind != "place":
            claim.confidence = min(claim.confidence, UNKNOWN)


def _figure(claim: Claim) -> tuple:
    return claim.entity.entity_id, claim.aspect, claim.quantity.unit, claim.value, claim.value_max


def _in_pieces(scene: Scene, q: Quantity, owner: subject.Candidate) -> bool:
    """Whether sales that moved are those of cars, or stand beside their number: "sales rose 3.5% to 2.7 million"."""
    if q.kind not in ("percent", "ratio") or any(o.kind == "money" for o in scene.open) or "by revenue" in scene.lower:
        return False
    at = scene.open.index(q)
    for other in scene.open[max(0, at - 1):at + 2]:
        between = abs(scene.span(other)[0] - scene.span(q)[1]) if other.start > q.start \
                else scene.span(q)[0] - scene.span(other)[1]
        if other is not q and other.kind in ("count", "number") and other.value is not None \
                and other.value >= MANY_TIMES and between <= NEXT_TO:
            return True
    sold = SALES_OF.search(scene.masked, 0, scene.span(q)[0])
    pieces = sold is not None and "units_shipped" in lexicon.of_counted(sold[1], lexicon.lexicon().things)
    return pieces or not VEHICLES.isdisjoint(d.split()[-1] for d in owner.entity.descriptors)


TIED = (" beside", " of", " owner", " which")
ELSEWHERE = (" topic", " title", " dominant", " market")       # whom only other sentences name
ALIKE = ("parallel: ", "follows: ")      # evidence of a number that goes on about the one before it


def _share_subjects(scene: Scene, claims: list[Claim]) -> None:
    """A number that goes on about the one before it has its subject too, unless another name takes turns with it."""
    for one, two in zip(claims, claims[1:]):
        if one.metric == two.metric and one.quantity.unit == two.quantity.unit and (other := subject.in_turn(
                scene.candidates, scene.masked, scene.span(one.quantity), scene.span(two.quantity), one.entity)):
            two.entity, two.segment = other.entity, None
            continue
        goes_on = two.rule.startswith(ALIKE) and not two.rule.endswith(TIED) or two.rule.endswith(ELSEWHERE) \
                and not one.rule.endswith(ELSEWHERE)
        if one.metric == two.metric and goes_on \
                and "@" not in scene.masked[scene.span(one.quantity)[1]:scene.span(two.quantity)[0]]:
            two.entity, two.segment = one.entity, one.segment


# "The 33-year-old told us", "in the 12-year-old's room", "Now 80, she": whom the text spoke of last, by their age
BY_AGE = re.compile(r"\bthe #+(?=[’',.;]|\s(?:is|was|has|had|who|said|told|will|would|can|could|also|from|now|then|"
                    r"went|came|took|began|left|won|lost|made|[a-z]+ed|[a-z]{3,}s)\b)|^now #+,")


def _is_age_of(scene: Scene, q: Quantity) -> bool:
    """Whether an age stands for the person whom the text spoke of last."""
    start, end = scene.span(q)
    found = BY_AGE.search(scene.masked, max(0, start - len("the ")), end + 12) if q.kind == "age" else None
    return found is not None and found.start() < start


def _carries(scene: Scene, q: Quantity, metric: Metric, proof: Evidence, owner: subject.Candidate,
             chosen: list[Claim]) -> bool:
    """Whether a figure can be of somebody whom only another sentence names.

    Of what nothing names, nothing says that the talk is still of the same; but growth and deficits are a country's.
    """
    if scene.sentence.kind != "body" or owner.how == "title" and owner.entity.kind == metric.about[0] == "product":
        return True             # of a text on one product all that products have is its
    if owner.entity.kind == "person" and _is_age_of(scene, q) or proof.why == "carried" and any(
            c.entity is owner.entity and c.confidence > UNKNOWN for c in (*chosen, *scene.before)):
        return True
    if q.kind == "count" and scene.before and all(
            c.entity is owner.entity and c.confidence > UNKNOWN for c in scene.before):
        return True             # whose figures the sentence before told
    economic = owner.entity.kind == "place" and q.kind in ("money", "percent") \
            and proof.why.removeprefix("parallel: ").startswith("name ")
    # "40,000 farms are yet to be inspected", "exports are 12% of output"
    at_home = owner.entity.kind == "place" and owner.how != "dominant" and owner.share > HOME \
        and q.kind not in ("duration", "age")
    # what a firm's or product's text measures is mostly its own; what it counts, and says of money and parts, is not
    if owner.entity.kind in ("company", "product") and q.kind in ("measure", "duration") and owner.share > SUBJECT:
        return True
    # "Veldt makes vans. More than 300 were stolen"; but whose money it is and what a share is of, that does not tell
    firm = owner.entity.kind == "company"
    told = owner.share > HOME and owner.worth > subject.DOMINANT and (firm or owner.share < 1) \
        and q.kind not in (("money", "percent", "ratio") if firm else ("money", "duration", "age")) \
        and owner.entity.kind not in ("person", "place") and scene.talk.tells_of(scene.index - 1, owner.entity)
    if at_home or told or proof.why == LEFT or metric.catch_all and not economic:
        return at_home or told
    return (is_named(proof) or metric.id == "survey_share" or owner.share > discourse.MAIN or owner.how == "heading"
            and owner.entity.kind == "product"
            or any(c.entity is owner.entity and "name " in c.rule for c in chosen))


def _settle_unit(q: Quantity, metric: Metric, owner: Entity, stated: str | None = None) -> None:
    """What only metric and subject can tell: people are persons in a headcount, earnings are per share."""
    wanted = metric.unit.split("|")
    if q.kind == "number" and q.unit is None:
        q.unit = stated or wanted[0]
    if "person" in wanted and q.unit == "count":
        q.unit = "person"
    elif wanted == ["currency/share"] and q.kind == "money" and "/" not in q.unit:
        q.unit = f"{q.unit}/share"
    elif metric.id == "price" and q.kind == "money" and "/" not in q.unit and (coin := unit.coin(owner.name)):
        q.unit = f"{q.unit}/{coin}"
    elif stated and q.kind == "money" and stated.partition("/")[0] == q.unit:
        q.unit = stated             # "$0.86 per million tokens in and $3.44 out"


def _for_each_subject(scene: Scene, claims: list[Claim]) -> list[Claim]:
    """One claim for each of several subjects: "Nvidia and AMD will pay 15%"; with "respectively", one each in order."""
    spread: list[Claim] = []
    owners: dict[str, subject.Candidate] = {}
    for c in scene.candidates:
        if c.start is not None:
            owners.setdefault(c.entity.entity_id, c)
    same: dict[tuple, list[Claim]] = {}
    for claim in claims:
        same.setdefault((claim.metric, claim.aspect, claim.quantity.unit), []).append(claim)
    in_turn = "respectively" in scene.lower
    for claim in claims:
        owner = owners.get(claim.entity.entity_id)
        number = scene.span(claim.quantity)
        group = subject.joined(scene.candidates, owner, scene.lower) if (
            owner is not None and owner.end <= number[0] and owner.part in ("subject", "object", "located")) else []
        alike = same[claim.metric, claim.aspect, claim.quantity.unit]
        if len(group) < 2 or any(o.start <= number[0] < o.end for o in group):
            spread.append(claim)
        elif in_turn and len(alike) == len(group):
            claim.entity = group[next(i for i, c in enumerate(alike) if c is claim)].entity
            spread.append(claim)
        elif [c for c in alike if any(c.entity is member.entity for member in group)] == [claim]:
            spread += [replace(claim, entity=member.entity, dims={}) for member in group]
        else:
            spread.append(claim)
    return spread


def _traced(scene: Scene, claims: list[Claim]) -> list[Trace]:
    metric_of = {id(c.quantity): c.metric for c in claims}
    traced = []
    for q, evidence in zip(scene.open, scene.evidence):
        metrics = sorted(((e.score, m, e.why) for m, e in evidence.items()), reverse=True)
        entities = []
        if metric := metric_of.get(id(q)):
            cue = evidence[metric].cue if metric in evidence else None
            about, role = schema.metrics()[metric].about, schema.metrics()[metric].role
            scores = ((c, subject.score(c, scene.masked, scene.span(q), cue, about, role)) for c in scene.candidates)
            entities = sorted(((fit, c.entity.name, f"{c.how} {why}") for c, (fit, why) in scores), reverse=True)
        traced.append(Trace(q, metrics, entities))
    return traced


def _without_repeats(claims: list[Claim]) -> list[Claim]:
    """Marks later statements of the same claim; they point to the first."""
    first: dict[tuple, list[Claim]] = {}
    for claim in claims:
        same = (claim.entity.entity_id, claim.metric, claim.aspect, claim.value, claim.value_max, claim.quantity.unit)
        for earlier in first.setdefault(same, []):
            if _agree(earlier.period, claim.period) and earlier.stance.modality == claim.stance.modality \
                    and {earlier.quantity.comparator[0], claim.quantity.comparator[0]} != {"<", ">"}:
                # "up to 30%" and "at least 30%" are two
                claim.restates = earlier
                break
        else:
            first[same].append(claim)
    told = {id(claim.quantity) for claim in claims if claim.restates is None}      # of several subjects, one may be new
    for claim in claims:
        if id(claim.quantity) not in told:
            claim.quantity.outcome = "restatement"
    return claims


def _agree(one: Period | None, two: Period | None) -> bool:
    """Whether two periods can be the same: equal, or one of them not known."""
    known = [p for p in (one, two) if p and (p.first or p.last)]
    return len(known) < 2 or (one.first, one.last) == (two.first, two.last)
