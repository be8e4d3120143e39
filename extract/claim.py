"""Quantities, names, periods and stances of a document to claims: who, what, how much.

Candidates and few ordered tiers of evidence. For each open number of a sentence, every metric that accepts its unit
collects evidence: its nouns and verbs tied to the number by a frame, the counted noun, the unit itself, what stands
beside it, a heading above, a parallel number. The best metrics are joined with the best subjects; the winner's
evidence is kept as the claim's rule. What finds neither stays in the ledger with the reason.
"""
import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache

from . import entity, frame, lexicon, narrow, schema, stance, subject, timing, unit
from .model import Claim, Document, Entity, Name, Period, Quantity, Sentence
from .schema import Metric

MEASURES = {"money", "percent", "ratio", "measure", "count", "duration", "age", "number"}
ENOUGH = 0.22           # evidence under which no metric is taken
NAME, VERB, COUNTED, UNIT, BESIDE, MOVES, HEADING, PARALLEL, THING, FOLLOWS = 1.0, 0.9, 0.85, 0.85, 0.62, 0.6, 0.45, 0.85, 0.7, 0.95
HEADING_WHY = "heading"
SURE = 0.85             # a frame that ties number and noun directly
SECOND = 0.3            # worth of a second, different piece of evidence for one metric
CLAUSE = 70             # characters around a number in which an `unless` word counts
TIMES = {"year", "day", "hour", "minute", "s"}      # units of metrics that no percentage is said of
OF_MAKER = {"financials"}       # families in which a product's figure is its maker's
IMPOSED = {"tariff_rate", "duty_threshold", "fee", "tax"}   # metrics whose other party is who imposes them
USUAL_PRICE = 500_000   # above it, money beside a product is not taken for its price without a word that says so
SMALL = 11              # number words below it count in passing


@dataclass(slots=True)
class Evidence:
    """What speaks for one metric at one number."""
    score: float
    why: str
    cue: tuple[int, int] | None = None
    negative: bool = False
    unit: str | None = None         # of the parallel number, for a number without a unit of its own


@dataclass(slots=True)
class Scene:
    """One sentence, ready for matching: offsets count from its start."""
    index: int
    sentence: Sentence
    lower: str
    masked: str
    open: list[Quantity]
    cues: list[lexicon.Cue]
    candidates: list[subject.Candidate]
    above: list[lexicon.Cue]            # cues of the heading or lead-in line
    evidence: list[dict[str, Evidence]] = field(default_factory=list)

    def span(self, quantity: Quantity) -> tuple[int, int]:
        return quantity.start - self.sentence.start, quantity.end - self.sentence.start


@dataclass(slots=True)
class Trace:
    """What was weighed at one number, best first; for people who ask why."""
    quantity: Quantity
    metrics: list[tuple[float, str, str]]       # score, metric, evidence
    entities: list[tuple[float, str, str]]      # score, entity, evidence; for the metric that won


def find(document: Document, sentences: list[Sentence], names: list[Name], periods: list[Period],
         quantities: list[Quantity], trace: list[Trace] | None = None) -> list[Claim]:
    """All claims of a document, in text order; settles the outcome of every quantity.

    What was weighed is appended to `trace` where one is given.
    """
    claims: list[Claim] = []
    talk = subject.Discourse(document.text, sentences, names)
    clock = timing.Clock(document.text, document.published, sentences, periods)
    voices = stance.Voices(document.text, sentences, names)
    starts = [q.start for q in quantities]
    cues_of: dict[int, list[lexicon.Cue]] = {}

    def cues(i: int) -> list[lexicon.Cue]:
        if i not in cues_of:
            s = sentences[i]
            cues_of[i] = lexicon.find(subject.lowered(document.text[s.start:s.end]))
        return cues_of[i]

    for i, s in enumerate(sentences):
        inside = quantities[bisect_left(starts, s.start):bisect_left(starts, s.end)]
        opened = [q for q in inside if q.outcome is None and q.kind in MEASURES]
        if not opened:
            continue
        lower = subject.lowered(document.text[s.start:s.end])
        masked = _mask(lower, s, inside, talk.of_sentence[i], periods)
        here = lexicon.find(lower, masked)
        over = talk.heading[i]
        above = cues(over) if over is not None and sentences[over].kind == "heading" else []
        if s.kind == "bullet" and i and sentences[i - 1].kind != "bullet":
            above = [*above, *cues(i - 1)]
        opened = _without_qualifiers(opened, here, s)
        scene = Scene(i, s, lower, masked, opened, here, talk.candidates(i, lower), above)
        claims += _sentence_claims(scene, clock, voices)
        if trace is not None:
            trace += _traced(scene, claims)
    for q in quantities:
        if q.outcome is None:
            q.outcome = "bare" if q.kind == "number" else "no_metric"
    return _without_repeats(claims)


def _without_qualifiers(quantities: list[Quantity], cues: list[lexicon.Cue], s: Sentence) -> list[Quantity]:
    """The numbers that are no part of a metric's own name ("0-60 mph in 5 seconds"); the others qualify it."""
    spans = [(s.start + c.start, s.start + c.end) for c in cues if c.role in ("name", "verb")]
    for q in quantities:
        if any(start <= q.start < end for start, end in spans):
            q.outcome = "qualifier"
    return [q for q in quantities if q.outcome is None]


def _mask(lower: str, s: Sentence, quantities: list[Quantity], names: list[Name], periods: list[Period]) -> str:
    """The sentence with quantities, names and periods blotted out, so that frames can be matched against it."""
    chars = list(lower)
    for p in periods:
        if s.start <= p.start and p.end <= s.end:
            chars[p.start - s.start:p.end - s.start] = "~" * (p.end - p.start)
    for n in names:
        chars[n.start - s.start:n.end - s.start] = "@" * (min(n.end, s.end) - n.start)
    for q in quantities:
        if q.outcome in (None, "equivalent"):
            chars[q.start - s.start:q.end - s.start] = "#" * (min(q.end, s.end) - q.start)
    return "".join(chars)


# How a value moved ------------------------------------------------------------------------------------------------

@cache
def _move_patterns() -> dict[str, re.Pattern]:
    moves = frame.moves()
    exact = r"(?:(?:about|around|roughly|nearly|almost|over|more than|less than|under|up to|at least|as much as|approximately|some|just|" \
            r"only|an estimated|a record|another|an additional|well over|slightly|a|an|the|its|by|a further|a whopping|a staggering|" \
            r"as many as|close to|fewer than|in excess of|off)\s+){0,4}"
    patterns = {}
    for way in ("up", "down"):
        verbs, words, nouns = moves[f"{way}_verb"], moves[f"{way}_word"], moves[f"{way}_noun"]
        ahead = moves[f"{way}_ahead"]
        patterns[f"{way}_before"] = re.compile(
            rf"\b(?:{verbs}|{ahead})(?:\s+\w+ly)?(?:\s+(?:in value|in price|[@~]+))?\s+{exact}$")
        patterns[f"{way}_verb_before"] = re.compile(rf"\b(?:{verbs})(?:\s+\w+ly)?(?:\s+(?:in value|in price|[@~]+))?\s+{exact}$")
        patterns[f"{way}_far"] = re.compile(rf"\b(?:{verbs})\s+(?:[\w@~’'%$-]+\s+){{1,6}}?by\s+{exact}$")
        patterns[f"{way}_noun_before"] = re.compile(rf"\b(?:{nouns})\s+(?:of|by|at|was|is|rate of)?\s*{exact}$")
        patterns[f"{way}_after"] = re.compile(rf"[\s-]+(?:[\w@~’'/-]+\s+){{0,3}}?(?:{nouns}|{words})\b")
        compared = "|".join(w for w in schema.words("change")[way]["words"] if w.endswith("er") and w not in ("over", "under"))
        patterns[f"{way}_measure_after"] = re.compile(rf"\s+(?:{compared})\b")
        patterns[f"{way}_money_after"] = re.compile(r"\s+(?:more|higher|increase|rise|hike)\b" if way == "up" else
                                                    r"\s+(?:less|lower|cheaper|decrease|drop|cut|reduction|off)\b")
    patterns["to"] = re.compile(r"\b(?:to|from|at|of)\s+(?:(?:about|around|roughly|nearly|almost|over|more than|less than|just|only|some|"
                                r"a record|an estimated|approximately|under|as much as|up to|a|an|the)\s+){0,3}$")
    return patterns


def _move(scene: Scene, q: Quantity) -> str | None:
    """'up' or 'down' where the number says by how much something moved; None where it is a level."""
    if q.kind not in ("percent", "money", "count", "number", "measure", "duration"):
        return None
    patterns = _move_patterns()
    start, end = scene.span(q)
    before, after = scene.masked[max(0, start - 70):start], scene.masked[end:end + 50]
    share_like = q.kind == "percent"
    level = patterns["to"].search(before)
    if not level or before.rstrip().endswith(" of"):
        for way in ("up", "down"):
            if not level and patterns[f"{way}_before" if share_like else f"{way}_verb_before"].search(before):
                if share_like or not _raised(before):
                    return way
            if share_like and patterns[f"{way}_noun_before"].search(before):
                return way
    for way in ("up", "down"):
        if not level and share_like and patterns[f"{way}_far"].search(before):
            return way
        behind = "after" if share_like else "measure_after" if q.kind in ("measure", "duration") else "money_after"
        if patterns[f"{way}_{behind}"].match(after):
            return way
    return None


def _direction(scene: Scene, q: Quantity) -> str | None:
    """Up or down where the metric itself says that the number is a change: "lost $589 billion in market value"."""
    before = scene.masked[max(0, scene.span(q)[0] - 70):scene.span(q)[0]]
    return next((way for way in ("down", "up") if _move_patterns()[f"{way}_verb_before"].search(before)
                 or re.search(rf"\b(?:{frame.moves()[way + '_verb']})\b", before)), None)


# Verbs of change with the number as their object, for metrics that are nothing but changes.
CHANGING = re.compile(r"\b(?:lost|los\w+|add\w*|gain\w*|shed\w*|wip\w+|eras\w+|cut\w*|slash\w*|knock\w*|drop\w*|r[io]se\w*|fell|fall\w*|grew|grow\w*|"
                      r"increas\w+|decreas\w+|rise|drop|loss|gain|surge\w*|jump\w*|plung\w+|evaporat\w+|destroy\w*)\b[^#;]{0,25}$")
RAISED = re.compile(r"\b(?:lost|lose|loses|losing|cut|cuts|cutting|shed|boost\w*|lift\w*|hik\w+|more|less|lower|above|below|ahead|off|save\w*|"
                    r"advance\w*|better|discount\w*|fewer|reduc\w+|slash\w*)\s+(?:\w+\s+){0,3}$")


def _raised(before: str) -> bool:
    """Words of change that take money or things as plain objects: "lost $3 billion", "cut 500 jobs"."""
    return bool(RAISED.search(before))


# Which metrics a number can be of ------------------------------------------------------------------------------

@cache
def _accepts(metric_id: str, kind: str, stated: str | None, moved: bool) -> bool:
    """Whether a number of this kind and unit can be a value of the metric, or by how much it moved."""
    metric = schema.metrics()[metric_id]
    wanted = metric.unit.split("|")
    if kind == "ratio":
        return "ratio" in wanted or not metric.catch_all and moved is not None
    if kind == "percent" and moved:
        return metric_id == "growth" or not metric.catch_all and not TIMES & set(wanted)
    for target in wanted:
        if target == "any":
            if kind in ("measure", "percent", "ratio", "duration"):
                return True
        elif target.startswith("currency"):
            if kind == "money":
                _, _, per = (stated or "").partition("/")
                if per in ("share", "Mtoken"):
                    if target == f"currency/{per}":
                        return True
                elif target == "currency" or target == "currency/share":
                    return True
        elif target == "percent":
            if kind == "percent":
                return True
        elif target in ("count", "person"):
            if kind == "count" and stated in ("count", "person", "share", None) or kind == "number":
                return True
        elif kind == "number":
            return target in ("year", "ratio", "point")
        elif stated and (stated == target or unit.convert(Decimal(1), stated, target) is not None):
            return True
    return False


def _evidence(scene: Scene, q: Quantity, moved: str | None) -> dict[str, Evidence]:
    """All metrics that something speaks for at this number, with the best of it."""
    start, end = scene.span(q)
    pieces: dict[str, list[Evidence]] = {}
    lex = lexicon.lexicon()
    for cue in scene.cues:
        if cue.role not in ("name", "verb"):
            continue
        # "profit" in "operating profit" speaks only for numbers that the longer phrase cannot mean.
        if cue.within and any(_accepts(m, q.kind, q.unit, moved is not None) for m in cue.within.metrics):
            continue
        tied = None
        for metric in cue.metrics:
            if not _accepts(metric, q.kind, q.unit, moved is not None):
                continue
            if q.counted and q.kind == "count" and not moved and not _counts(metric, q.counted):
                continue
            tied = tied or frame.tie(scene.masked, cue.start, cue.end, start, end)
            if tied is None:
                break
            if q.kind == "number" and tied[0] < SURE:
                continue        # a bare number has a noun only right beside it
            words = scene.lower[cue.start:cue.end]
            worth = (NAME if cue.role == "name" else VERB) + min(len(words), 24) / 400     # longer phrases say more
            pieces.setdefault(metric, []).append(
                Evidence(tied[0] * worth, f"{cue.role} '{words}' ({tied[1]})", (cue.start, cue.end), (words, metric) in lex.negative))
    if q.counted:
        for metric in lexicon.of_counted(q.counted, lex.counted):
            if _accepts(metric, q.kind, q.unit, moved is not None):
                pieces.setdefault(metric, []).append(Evidence(COUNTED, f"counted '{q.counted}'"))
        for metric in lexicon.of_counted(q.counted, lex.things):
            if metric in pieces:
                pieces[metric].append(Evidence(THING, f"counted '{q.counted}'"))
    for metric in lex.of_unit.get(q.unit, ()):
        pieces.setdefault(metric, []).append(Evidence(UNIT, f"unit {q.unit}"))
    for cue in scene.above if not q.counted else ():
        if cue.role == "name":
            for metric in cue.metrics:
                if _accepts(metric, q.kind, q.unit, moved is not None) and not moved:
                    pieces.setdefault(metric, []).append(Evidence(HEADING, HEADING_WHY))
    if not q.counted:
        _add_neighbours(scene, q, moved, pieces)
    best = {}
    for metric, found in pieces.items():
        if schema.metrics()[metric].aspects == ("change",) and not (moved or CHANGING.search(scene.masked[max(0, start - 40):start])):
            continue
        if not _allowed(scene, schema.metrics()[metric], start, end) or not (
                moved or _plausible(schema.metrics()[metric], q)):
            continue
        found.sort(key=lambda e: -e.score)
        second = next((e for e in found[1:] if e.cue != found[0].cue), None)
        cue = next((e.cue for e in found if e.cue), None)
        best[metric] = Evidence(found[0].score + (SECOND * second.score if second else 0),
                                found[0].why + (f" + {second.why}" if second else ""), cue,
                                found[0].negative)
    return best


@cache
def _neighbourly() -> list[Metric]:
    """The metrics that an entity beside a number can imply."""
    return [m for m in schema.metrics().values() if m.moves or m.beside]


MOVED_GAP = re.compile(r"[^#,;:]{1,45}|, which [^#,;:]{1,30}")


def _is_of(entity: Entity, kinds: tuple[str, ...]) -> bool:
    """Whether an entity is of one of the kinds; "other:index" asks for a descriptor too."""
    return any(entity.kind == kind and (not noun or noun in entity.descriptors) for kind, _, noun in (k.partition(":") for k in kinds))


def _counts(metric_id: str, noun: str) -> bool:
    """Whether a metric of counts can count this noun: one that it lists, or any where it lists none."""
    metric, lex = schema.metrics()[metric_id], lexicon.lexicon()
    if not metric.counted and not metric.things:
        return True
    return metric_id in lexicon.of_counted(noun, lex.counted) or metric_id in lexicon.of_counted(noun, lex.things)


def _add_neighbours(scene: Scene, q: Quantity, moved: str | None, pieces: dict[str, list[Evidence]]) -> None:
    """Metrics that the kind of the entity beside the number implies: "YU7 ($35,000)", "Nvidia rose 3%"."""
    start, end = scene.span(q)
    for metric in _neighbourly():
        kinds = metric.moves if moved and q.kind == "percent" else metric.beside if q.kind in ("money", "measure") else ()
        if not kinds or not _accepts(metric.id, q.kind, q.unit, moved is not None):
            continue
        for c in scene.candidates:
            if c.start is None or c.how == "demonym" or not _is_of(c.entity, kinds):
                continue
            _, why = subject.score(c, scene.masked, (start, end), None, (c.entity.kind,))
            if why in ("beside", "which") or moved and c.part in ("subject", "owner") and c.end <= start and MOVED_GAP.fullmatch(
                    scene.masked[c.end:start]) and not any(k.role == "name" and c.end <= k.start < start for k in scene.cues):
                pieces.setdefault(metric.id, []).append(
                    Evidence(MOVES if moved else BESIDE, f"{c.entity.kind} {'moved' if moved else 'beside'}"))
                break


def _allowed(scene: Scene, metric: Metric, start: int, end: int, need: bool = True) -> bool:
    roles = [(c.role, c) for c in scene.cues if metric.id in c.metrics]
    if metric.unless and any(role == "unless" and c.end > start - CLAUSE and c.start < end + CLAUSE for role, c in roles):
        return False
    if need and metric.needs and not any(role == "needs" for role, _ in roles):
        return any(c.role == "needs" and metric.id in c.metrics for c in scene.above)
    return True


GAP_TOKEN = re.compile(r"[@~#]+|[\w.]+|[;:!?]")
PARALLEL_GAP = 70           # characters
PARALLEL_WORDS = 7


def _is_parallel(gap: str) -> bool:
    """Whether only words that list or compare stand between two numbers (masked sentence)."""
    if len(gap) > PARALLEL_GAP:
        return False
    joining = schema.words("subject")["parallel"]
    tokens = GAP_TOKEN.findall(gap)
    return len(tokens) <= PARALLEL_WORDS and all(t[0] in "@~#" or t in joining for t in tokens)


def _same_kinds(quantities: list[Quantity]) -> list[tuple[int, int]]:
    """Pairs of neighbours of one kind and unit, left to right and then right to left; other kinds may stand between."""
    last: dict[tuple, int] = {}
    pairs = []
    for i, q in enumerate(quantities):
        kinds = [(q.kind, q.unit)] if q.kind != "number" else [k for k in last if k[0] in ("count", "measure", "money")]
        for kind in kinds[-1:]:
            if kind in last:
                pairs.append((last[kind], i))
            last[kind] = i
    pairs += [(two, one) for one, two in reversed(pairs)]
    # "$0.86 per million tokens in and $3.44 out": the second is per million tokens too.
    return pairs + [(i, i + 1) for i, (a, b) in enumerate(zip(quantities, quantities[1:])) if a.unit and b.unit and a.value and b.value
                    and a.unit.startswith(f"{b.unit}/") and a.value / 100 < b.value < a.value * 100]


def _share_parallels(scene: Scene) -> None:
    """A number that is parallel to its neighbour ("from 51.8m in 2023 to 42.9m") shares the neighbour's metrics."""
    for one, two in _same_kinds(scene.open):
        a, b = scene.open[one], scene.open[two]
        if a.counted and b.counted and a.counted.split()[-1] != b.counted.split()[-1]:
            continue
        left, right = (a, b) if a.start < b.start else (b, a)
        gap = scene.masked[scene.span(left)[1]:scene.span(right)[0]]
        if not _is_parallel(gap):
            continue
        for metric, found in scene.evidence[one].items():
            worth = found.score * PARALLEL
            mine = scene.evidence[two].get(metric)
            if worth > (mine.score if mine else 0):
                scene.evidence[two][metric] = Evidence(worth, f"parallel: {found.why.removeprefix('parallel: ')}", found.cue,
                                                       found.negative, found.unit or a.unit)


FOLLOWING = re.compile(r"[,(\s–—-]*(?:(?:which|is|was|representing|reflecting|marking|a|an|the|for|or|in|and|by|~++|[@#]++|[(),])\s*){0,6}"
                       r"(?:(?:up|down|increase|decrease|decline|drop|rise|jump|gain|growth|increas\w+|declin\w+|rising|falling|gaining|dropping|"
                       r"growing|jumping|annual|\+|of|by|nearly|about|more than|over|almost|roughly|around)\s*){0,4}$")


REACHING = re.compile(r"(?:\s+(?:year[ -](?:on|over)[ -]year|yoy|~+|in ~+|in @+|compared [\w\s~]{1,30}))?,?\s+(?:to|reaching|hitting|at|to reach)\s+"
                      r"(?:(?:about|around|nearly|almost|more than|over|just|only|some|a|record|roughly|approximately|an estimated)\s+){0,3}")


def _follow_levels(scene: Scene, moved: list[str | None]) -> None:
    """A change right behind a level is of the same metric: "$14.25 billion, down 41%"."""
    for at in range(1, len(scene.open)):
        level, change = scene.open[at - 1], scene.open[at]
        if moved[at - 1] and not moved[at] and level.kind == "percent" and change.kind in ("money", "count", "measure", "number"):
            # "rose 24% to £896m": the level is of what rose.
            if REACHING.fullmatch(scene.masked[scene.span(level)[1]:scene.span(change)[0]]):
                for metric, found in scene.evidence[at - 1].items():
                    if found.why != HEADING_WHY and _accepts(metric, change.kind, change.unit, False) and found.score > 0.4:
                        mine = scene.evidence[at].get(metric)
                        if mine is None or mine.score < found.score * FOLLOWS:
                            scene.evidence[at][metric] = Evidence(found.score * FOLLOWS, f"follows: {found.why}", found.cue)
            continue
        if not moved[at] or moved[at - 1] or change.kind != "percent" or level.kind == "percent":
            continue
        if FOLLOWING.fullmatch(scene.masked[scene.span(level)[1]:scene.span(change)[0]]):
            for metric, found in scene.evidence[at - 1].items():
                if not schema.metrics()[metric].catch_all and found.why != HEADING_WHY:
                    scene.evidence[at][metric] = Evidence(found.score * FOLLOWS + 0.1, f"follows: {found.why}", found.cue)


# Claims of one sentence -----------------------------------------------------------------------------------------

def _sentence_claims(scene: Scene, clock: timing.Clock, voices: stance.Voices) -> list[Claim]:
    moved = [_move(scene, q) for q in scene.open]
    scene.evidence = [_evidence(scene, q, m) for q, m in zip(scene.open, moved)]
    _follow_levels(scene, moved)
    _share_parallels(scene)
    claims = []
    chosen = [c for c in (_choose(scene, q, way, e) for q, way, e in zip(scene.open, moved, scene.evidence)) if c]
    for claim in _for_each_subject(scene, chosen):
        q, evidence = claim.quantity, scene.evidence[scene.open.index(claim.quantity)]
        claim.stance = voices.of(scene.index, q.start, q.end, claim.metric)
        expected = claim.stance.modality in ("forecast", "planned")
        claim.period = clock.of(scene.index, q.start, q.end, claim.entity, claim.metric, claim.aspect, expected)
        if clock.ahead(claim.period):
            claim.stance = stance.in_future(claim.stance, claim.metric)
        _narrow(scene, claim, evidence.get(claim.metric))
        claims.append(claim)
    return claims


def _for_each_subject(scene: Scene, claims: list[Claim]) -> list[Claim]:
    """One claim for each of several subjects: "Nvidia and AMD will pay 15%"; with "respectively", one each in order."""
    spread: list[Claim] = []
    in_turn = "respectively" in scene.lower
    for claim in claims:
        owner = next((c for c in scene.candidates if c.start is not None and c.entity.entity_id == claim.entity.entity_id), None)
        number = scene.span(claim.quantity)
        group = subject.joined(scene.candidates, owner, scene.lower) if (
            owner is not None and owner.end <= number[0] and owner.part in ("subject", "object")) else []
        alike = [c for c in claims if (c.metric, c.aspect, c.quantity.unit) == (claim.metric, claim.aspect, claim.quantity.unit)]
        if len(group) < 2 or any(o.start <= number[0] < o.end for o in group):
            spread.append(claim)
        elif in_turn and len(alike) == len(group):
            claim.entity = group[next(i for i, c in enumerate(alike) if c is claim)].entity
            spread.append(claim)
        elif len(alike) == 1:
            spread += [replace(claim, entity=member.entity, dims={}) for member in group]
        else:
            spread.append(claim)
    return spread


def _narrow(scene: Scene, claim: Claim, proof: Evidence | None) -> None:
    """Fills the columns that narrow the claim."""
    q, (start, end) = claim.quantity, scene.span(claim.quantity)
    others = [c for c in scene.candidates if c.start is not None and c.entity.entity_id != claim.entity.entity_id]
    places = [(c.entity.name, c.start, c.end) for c in others if c.entity.kind == "place" and c.how != "demonym"]
    parties = [(c.entity.name, c.start, c.end) for c in others if c.entity.kind != "place" and c.how != "demonym"]
    claim.geo = narrow.place(scene.masked, places, start)
    claim.counterparty = narrow.counterparty(scene.masked, parties)
    if claim.metric in IMPOSED and claim.counterparty is None:
        claim.counterparty = next((c.entity.name for c in others if c.entity.kind == "place"), None)
    claim.segment = claim.segment or narrow.segment(scene.lower, scene.masked, proof.cue if proof else None)
    if q.kind == "percent":
        claim.part_of = narrow.part_of(scene.lower, scene.masked, end)
    if claim.aspect != "level":
        claim.basis = narrow.basis(scene.lower, start, end)
    dims = {"per": narrow.per(scene.masked, end) if q.kind == "money" else None,
            "test_cycle": narrow.test_cycle(scene.lower, start, end) if claim.metric == "driving_range" else None,
            "price_type": narrow.price_type(scene.masked, start) if claim.metric == "price" else None}
    if claim.metric in ("charge_added", "charging_time"):
        other = next((o for o in scene.open if o is not q and o.kind in ("duration", "percent", "measure")), None)
        if other is not None:
            dims["charge_time" if other.kind == "duration" else "charge"] = scene.lower[slice(*scene.span(other))]
    claim.dims = {k: v for k, v in sorted(dims.items()) if v}


def _traced(scene: Scene, claims: list[Claim]) -> list[Trace]:
    metric_of = {id(c.quantity): c.metric for c in claims}
    traced = []
    for q, evidence in zip(scene.open, scene.evidence):
        metrics = sorted(((e.score, m, e.why) for m, e in evidence.items()), reverse=True)
        entities = []
        if metric := metric_of.get(id(q)):
            cue = evidence[metric].cue if metric in evidence else None
            scores = ((c, subject.score(c, scene.masked, scene.span(q), cue, schema.metrics()[metric].about))
                      for c in scene.candidates)
            entities = sorted(((fit, c.entity.name, f"{c.how} {why}") for c, (fit, why) in scores), reverse=True)
        traced.append(Trace(q, metrics, entities))
    return traced


def _choose(scene: Scene, q: Quantity, way: str | None, evidence: dict[str, Evidence]) -> Claim | None:
    """The best metric and subject together; None, with the outcome set, where there are none."""
    metrics = schema.metrics()
    ranked = sorted(((e.score, m) for m, e in evidence.items() if not metrics[m].catch_all), reverse=True)[:4]
    ranked = [(s, m) for s, m in ranked if s >= ENOUGH]
    if q.in_words and q.kind == "count" and q.value is not None and q.value < SMALL:
        ranked = [(s, m) for s, m in ranked if not evidence[m].why.startswith("counted")]      # two employees in passing
    if not ranked:
        fallback = _catch_all(scene, q, way, evidence)
        if fallback is None:
            return None
        ranked = [fallback]
        evidence = {**evidence, fallback[1]: evidence.get(fallback[1]) or Evidence(fallback[0], "what is left")}
    best = None
    for worth, metric_id in ranked:
        found = _owner(scene, q, evidence[metric_id].cue, metrics[metric_id])
        if found is None:
            continue
        candidate, fit, why = found
        joint = worth * (0.4 + 0.6 * fit)
        if best is None or joint > best[0]:
            best = joint, metric_id, candidate, worth, fit, why
    if best is None:
        q.outcome = "no_entity"
        return None
    _, metric_id, candidate, worth, fit, why = best
    if metric_id == "market_cap" and way and q.kind == "money":
        evidence["market_cap_change"], metric_id = evidence[metric_id], "market_cap_change"
    metric, proof = metrics[metric_id], evidence[metric_id]
    aspect = "multiple" if q.kind == "ratio" and "ratio" not in metric.unit.split("|") else "change" if way else "level"
    if aspect not in metric.aspects:
        aspect = metric.aspects[0]
    if aspect == "change" and way is None:
        way = _direction(scene, q)
    value, value_max = q.value, q.value_max
    if way == "down" and aspect == "change" or proof.negative and aspect == "level" and metric.plausible[0] < 0:
        value, value_max = (-value, None) if value_max is None else (-value_max, -value)
    _settle_unit(q, metric, aspect, proof)
    confidence = round(0.4 + 0.5 * (min(worth, 1.1) * fit) ** 0.5, 2)
    q.outcome = "fact"
    owner, part = candidate.entity, None
    if metric.family in OF_MAKER and owner.kind == "product" and owner.maker_id in entity.gazetteer().entities:
        owner, part = entity.gazetteer().entities[owner.maker_id], owner.name
    return Claim(quantity=q, sentence=scene.sentence, entity=owner, segment=part, metric=metric_id, aspect=aspect, period=None,
                 stance=None, confidence=confidence, rule=f"{proof.why}; {candidate.how} {why}", value=value, value_max=value_max)


def _catch_all(scene: Scene, q: Quantity, way: str | None, evidence: dict[str, Evidence]) -> tuple[float, str] | None:
    """The general metric that takes what no other has evidence for, or the outcome for the ledger."""
    if q.vague or q.in_words and q.kind == "count" and q.value is not None and q.value < SMALL:
        q.outcome = "vague"
        return None
    if q.kind == "number" or q.value is None:
        q.outcome = "bare"
        return None
    if q.kind == "count" and q.decimals is not None and q.decimals > 0:
        q.outcome = "code"          # things are counted in whole numbers: "Firefox 1.0 browser" is a version
        return None
    if q.kind == "duration":
        found = evidence.get("duration")
        if found and found.score >= ENOUGH:
            return found.score, "duration"
        start, _ = scene.span(q)
        q.outcome = "qualifier" if re.search(r"\b(?:in|within|for|over|after|every|per|of)\s+(?:\w+\s+){0,2}$", scene.masked[:start]) else "no_metric"
        return None
    general = {"money": "amount", "count": "count", "ratio": "measure", "measure": "measure", "age": "age",
               "percent": "growth" if way else "share"}[q.kind]
    special = max(((e.score, m) for m, e in evidence.items() if schema.metrics()[m].catch_all and e.score >= ENOUGH), default=None)
    usual = _default(scene, q) if special is None and not way else None
    return special or (0.5, usual or general)


def _default(scene: Scene, q: Quantity) -> str | None:
    """The metric that a number of this unit means where its likeliest owner is of some kind: km of a car is its range."""
    for metric in schema.metrics().values():
        if not metric.default or not _accepts(metric.id, q.kind, q.unit, False) or not _plausible(metric, q):
            continue
        found = _owner(scene, q, None, metric)
        usual = q.kind != "money" or q.value <= USUAL_PRICE
        if found is not None and found[1] >= 0.5 and usual and _is_of(found[0].entity, metric.default) and _allowed(
                scene, metric, *scene.span(q), need=False):
            return metric.id
    return None


def _owner(scene: Scene, q: Quantity, cue: tuple[int, int] | None, metric: Metric):
    """The best subject for a metric at this number: (candidate, score, evidence); None where nobody fits."""
    number = scene.span(q)
    best = None
    for candidate in scene.candidates:
        if q.kind == "ratio" and candidate.start is not None and candidate.start >= number[1]:
            continue        # "three times the price of the X" is not the X's
        about = metric.about
        if metric.family in OF_MAKER and candidate.entity.kind == "product" and candidate.entity.maker_id:
            about = ("product", *about)     # the maker's, with the product as the segment
        fit, why = subject.score(candidate, scene.masked, number, cue, about, metric.role)
        if best is None or fit > best[1]:
            best = candidate, fit, why
    return best if best and best[1] > 0.15 else None


def _plausible(metric: Metric, q: Quantity) -> bool:
    """Whether the stated level lies in the metric's limits, whichever sign the text will give it."""
    if q.kind in ("number", "ratio") or q.value is None:
        return True
    low, high = metric.plausible
    target = metric.unit.split("|")[0]
    value = q.value
    if not target.startswith("currency") and q.unit and q.unit != target:
        converted = unit.convert(value, q.unit, target)
        value = value if converted is None else converted
    # Money is judged in its own currency with wide room: exchange rates come later.
    room = 2000 if target.startswith("currency") and not (q.unit or "").startswith("USD") else 1
    return min(low, low / room) <= value <= high * room or low < 0 and low * room <= -abs(value)


def _settle_unit(q: Quantity, metric: Metric, aspect: str, proof: Evidence) -> None:
    """What only the metric can tell: people are persons in a headcount, earnings are per share."""
    wanted = metric.unit.split("|")
    if "person" in wanted and q.unit == "count":
        q.unit = "person"
    elif wanted == ["currency/share"] and q.kind == "money" and "/" not in q.unit:
        q.unit = f"{q.unit}/share"
    elif proof.unit and q.kind == "money" and proof.unit.partition("/")[0] == q.unit:
        q.unit = proof.unit         # "$0.86 per million tokens in and $3.44 out"
    elif q.kind == "number" and q.unit is None:
        q.unit = proof.unit or wanted[0]


def _without_repeats(claims: list[Claim]) -> list[Claim]:
    """Marks later statements of the same claim; they point to the first."""
    first: dict[tuple, list[Claim]] = {}
    for claim in claims:
        same = (claim.entity.entity_id, claim.metric, claim.aspect, claim.value, claim.value_max, claim.quantity.unit)
        for earlier in first.setdefault(same, []):
            if _agree(earlier.period, claim.period) and earlier.stance.modality == claim.stance.modality:
                claim.restates = earlier
                claim.quantity.outcome = "restatement"
                break
        else:
            first[same].append(claim)
    return claims


def _agree(one: Period | None, two: Period | None) -> bool:
    """Whether two periods can be the same: equal, or one of them not known."""
    known = [p for p in (one, two) if p and (p.first or p.last)]
    return len(known) < 2 or (one.first, one.last) == (two.first, two.last)
