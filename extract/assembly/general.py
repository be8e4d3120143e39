"""The metric of a number for which no special metric has evidence.

It goes on about the metric of the sentence before or of the number before, or has a general one (count, amount,
measure, share, growth), or is left in the ledger.

>>> from extract.analysis import analyse, document
>>> [c.metric for c in analyse(document("Retailer Marlow has 300 kiosks.")).claims]
['count']
>>> analyse(document("Retailer Marlow has three kiosks.")).claims
[]
"""
import re
from functools import cache

from .. import schema
from ..grammar import frame, lexicon, move, noun
from ..metrics.constraint import USUAL_PRICE, accepts, allowed, is_of, plausible
from ..metrics.evidence import RETURNED, Evidence
from ..metrics.parallel import is_parallel
from ..metrics.payment import EARNS
from ..metrics.scene import MANY_TIMES, NAME_REACH, Scene
from ..model import Claim, Quantity
from ..numbers import unit
from ..pattern import any_of
from .owner import best_owner

ENOUGH = 0.22           # evidence under which no metric is taken
LEFT = "what is left"   # evidence of a metric for which nothing speaks but the unit
MANY = 40               # from which a number without a noun may count what the one before it counts
DIRECT = 0.88           # how directly a catch-all metric must be named beside the number
CARRIED = 0.48          # evidence of a metric that the sentence before spoke of
ALIKE = 5               # times by which prices of one list differ at most
SMALL_CHANGE = 10_000    # money below it that nothing explains is nearly always a price
SMALL = 11              # number words below it count in passing
USUAL = 0.5             # evidence of what a number of such a kind usually is
FAR_BEHIND = re.compile(r"[^(+]*\(N \.\.\.")        # the frames of a noun behind the number, with other words between
Found = tuple[float, str]       # evidence and metric


def metric(scene: Scene, q: Quantity, way: str | None, evidence: dict[str, Evidence],
           chosen: list[Claim]) -> Found | None:
    """How strongly which metric is meant where no special one has evidence; None, with the outcome set, where none is.

    `way` is up or down for a change, `chosen` are the claims of the sentence so far.
    """
    if (own := evidence.get("amount")) is not None and own.why == RETURNED:
        return own.score, "amount"
    return _carried(scene, q, way) or _alike(scene, q, way, evidence, chosen) or _catch_all(scene, q, way, evidence)


def proof(worth: float) -> Evidence:
    """What speaks for such a metric where nothing else does."""
    return Evidence(worth, "carried" if worth == CARRIED else LEFT)


GOES_ON = re.compile(r"[\"“‘]?(?:it|that|this|they|these|the figure|the number|the total)(?:'s| (?:is|was|are|were|"
                     r"could|would|will|compares?|"
                     r"compared|represents?|marks?|has|had|may|might|should|amounts?|rose|fell|grew|dropped|reached|"
                     r"can))\b"
                     # "Analysts polled by Newswire had expected $4bn"
                     r"|(?:analysts|economists|wall street|forecasters|the market|investors)\b[^;#]{0,80}?\b"
                     r"(?:expect|forecast|predict|estimat|anticipat|project|look|hop)[a-z]*\b(?: [a-z]+){0,4} #")


# "Veldt's was 9%", "That of Veldt fell to 9%": what the sentence before told of somebody else
ELLIPTIC = re.compile(r"(?:that of (?:the )?@+|(?:[a-z-]+ ){0,2}@+['’]s?) (?:is|was|has|had|stands|stood|came|rose|"
                      r"fell|grew|dropped|slipped|hit|reached|remains|remained)\b")


def _carried(scene: Scene, q: Quantity, way: str | None) -> Found | None:
    """The metric of the sentence before, where this one goes on about the same subject: "It could reach 25% by
    2027."."""
    another = ELLIPTIC.match(scene.masked) is not None
    if q.kind not in ("percent", "money", "ratio") or q.vague or not (another or GOES_ON.match(scene.masked)):
        return None
    for claim in reversed(scene.before):
        metric = schema.metrics()[claim.metric]
        alike = not metric.catch_all \
                and (claim.quantity.unit == q.unit and (claim.aspect == "change") == (way is not None) or (
            claim.aspect == "level" and way is not None and q.kind == "percent" and "change" in metric.aspects))
        if alike and allowed(scene, metric, *scene.span(q), need=False):
            found = best_owner(scene, q, None, metric)
            if found is not None and (another or found[0].entity.entity_id == claim.entity.entity_id):
                return CARRIED, claim.metric
    return None


ALONE = re.compile(r"\s*(?:[.,;)]|$|(?:and|on|in|at|by|from|others|(?:it|they|we|he|she|"
                   r"(?:analysts|economists)(?: had)?) [a-z]+)\b|~)")
# "killed 254 people and wounded 837", "will close 40 shops and open 12": the second verb leaves out its object
AND_DID = re.compile(rf"[^#;:]{{0,60}}?(?:,|,? and|,? but|, while) (?:[a-z]+ly |will |then |also |to ){{0,2}}"
                     rf"(?=[a-z]){frame.PLAIN} {frame.near()}")
AFTER_VERB = re.compile(r"\b(?:has|have|had|includ(?:e|es|ed|ing)|reached|to|from|than|with|"
                        r"against)\s+(?:[a-z]+\s+){0,2}$")
# "grew by 4,000 to 130,000", "90,000, but last year that number was 216,000"
BY_TO = re.compile(rf"(?: [a-z~]+){{0,2}} (?:to|from) {frame.near()}")
THAT_NUMBER = re.compile(r"\b(?:that|the|this) (?:number|figure|total|tally|count|toll)(?: [a-z]+){1,3} "
                         rf"{frame.near()}$")
COUNTS = frozenset({"count", "person"})         # units of numbers that count though no noun stands beside them


def _counted_before(scene: Scene, q: Quantity, evidence: dict[str, Evidence], chosen: list[Claim]) -> Claim | None:
    """The claim that a number without a noun goes on about, for it counts the same."""
    if q.value is None or q.in_words or q.value < SMALL:
        return None
    start, end = scene.span(q)
    that = THAT_NUMBER.search(scene.masked, max(0, start - NAME_REACH), start) is not None
    last = chosen[-1] if chosen else scene.before[-1] if that and scene.before else None
    counted = last is not None and (last.quantity.kind == "count" or last.quantity.unit in COUNTS)
    if that or last is None or last.sentence is not scene.sentence:
        return last if that and counted else None
    low, between = scene.span(last.quantity), scene.masked[scene.span(last.quantity)[1]:start]
    measured = last.quantity.kind == "measure"
    if q.value >= MANY and (counted or measured) and _counts_alone(scene, q) and LARGE.match(scene.lower, *low):
        return last         # "35 billion parameters, of which 3 billion are active"
    if counted and BY_TO.fullmatch(between):
        return last
    if evidence or not ALONE.match(scene.masked, end):
        return None
    if AND_DID.fullmatch(between) and (counted or measured and LARGE.match(scene.lower, start, end)):
        return last
    goes_on = is_parallel(between) or not schema.metrics()[last.metric].catch_all \
        and AFTER_VERB.search(scene.masked[max(0, start - 60):start])      # "gained 2 million users and has 41 million"
    return last if counted and q.value >= MANY and goes_on else None


def _alike(scene: Scene, q: Quantity, way: str | None, evidence: dict[str, Evidence],
           chosen: list[Claim]) -> Found | None:
    """The metric of the last number of the same kind in the sentence, for one that nothing else speaks for:
    "its share is 48%, followed by Veldt with 9%", "Harrow fell 3% and Alderpeak shed 4%"."""
    if q.kind == "number":
        last = _counted_before(scene, q, evidence, chosen)
        if last is None:
            return None
        q.kind, q.unit, q.counted = last.quantity.kind, last.quantity.unit, last.quantity.counted
        return CARRIED, last.metric
    if q.kind != "percent" or q.vague or any(e.score >= ENOUGH for e in evidence.values()):
        return None
    last = next((c for c in reversed(chosen) if c.quantity.kind == q.kind), None)
    if last is None or (last.aspect == "change") != (way is not None) or schema.metrics()[last.metric].catch_all or (
            not plausible(schema.metrics()[last.metric], q, way)):
        return None
    return CARRIED, last.metric


def _catch_all(scene: Scene, q: Quantity, way: str | None, evidence: dict[str, Evidence]) -> Found | None:
    """The general metric that takes what no other has evidence for, or the outcome for the ledger."""
    if q.vague or q.in_words and q.kind == "count" and q.value is not None and q.value < SMALL:
        return _none(q, "vague")
    if q.kind == "number" or q.value is None:
        return _of_bare(scene, q, evidence)
    if q.kind == "duration":
        return _of_duration(scene, q, evidence)
    if (unit.kind(q.unit) or "").startswith("coin"):     # 300 bitcoins are money
        return DIRECT, "amount"
    named = max(((e.score, m) for m, e in evidence.items() if schema.metrics()[m].catch_all and e.score >= ENOUGH),
                default=None)
    # "Bitcoin neared $70,000, as many hold bets": what stands far behind says less than whose the number is
    far = named is not None and FAR_BEHIND.match(evidence[named[1]].why) is not None
    if q.kind == "money":
        return _of_money(scene, q, way, named, far)
    if q.kind == "measure":
        return _of_measure(scene, q, way, named, far)
    if q.kind == "ratio":
        return _of_ratio(scene, q, way, named)
    if q.kind == "percent":
        return _of_percent(scene, q, way, named)
    if q.kind == "count" and named is None and _no_count(scene, q):
        return _none(q, "bare")
    return named or (USUAL, q.kind)         # count or age


def _none(q: Quantity, outcome: str) -> None:
    """No metric takes the number: what the ledger says of it."""
    q.outcome = outcome


PASSED = re.compile(r"\b(?:above|below|past|over|under|through|near|topp(?:ed|ing)|cross(?:ed|ing)|pass(?:ed|ing)|hit|"
                    rf"hitting|reach(?:ed|ing)|broke|surpass(?:ed|ing))\s+{frame.near()}$")


def _of_bare(scene: Scene, q: Quantity, evidence: dict[str, Evidence]) -> Found | None:
    """A number without unit and noun counts where a noun elsewhere or its size says so: "a population of 270,000"."""
    if not q.in_words:
        if named := evidence.get("count"):
            return named.score, "count"
        start, _ = scene.span(q)
        passed = PASSED.search(scene.masked, max(0, start - 40), start) is not None
        if (passed or move.at_level(scene.masked, start)) and (usual := _default(scene, q)) \
                and (not passed or schema.metrics()[usual].unit == "point"):
            return USUAL, usual         # "the index closed at 1,011.15", "passed 2,000"
    if _counts_alone(scene, q):
        q.kind, q.unit = "count", "count"
        return USUAL, "count"
    return _none(q, "bare")


DATES = re.compile(r"\b(?:in|within|for|over|after|every|per|of)\s+(?:\w+\s+){0,2}$")


def _of_duration(scene: Scene, q: Quantity, evidence: dict[str, Evidence]) -> Found | None:
    """A length of time is told, or only says when or how often something else was."""
    found = evidence.get("duration")
    if found and found.score >= ENOUGH:
        return found.score, "duration"
    return _none(q, "qualifier" if DATES.search(scene.masked[:scene.span(q)[0]]) else "no_metric")


def _of_money(scene: Scene, q: Quantity, way: str | None, named: Found | None, far: bool) -> Found:
    """Money is a price where it is small, stands at goods or goes on a list of prices; else some amount."""
    if way or named and not far:
        return named or (USUAL, "amount")
    end = scene.span(q)[1]
    usual = _default(scene, q)
    priced = (q.value < SMALL_CHANGE or q.value <= USUAL_PRICE and _of_goods(scene, end)) and not _is_pay(scene, end)
    if usual is None and (priced or _goes_on_list(scene, q)):
        usual = "price"
    elif usual is None and q.value > SMALL_CHANGE and _facility().match(scene.masked, end):
        usual = "cost"              # "a $450 million wind farm"
    return (USUAL, usual) if usual else named or (USUAL, "amount")


@cache
def _facility() -> re.Pattern:
    """Behind money: what was or will be built for it."""
    return re.compile(rf"[\s-]+(?:{frame.PLAIN}[\s-]+){{0,3}}?{any_of(schema.words('noun')['facility'])}"
                      r"\b(?![-'’])(?! (?:contract|deal|loan|fund|expansion|investment|upgrade|order|operator)s?\b)")


def _goes_on_list(scene: Scene, q: Quantity) -> bool:
    """Whether the lines above a line of a list give prices of about as much."""
    last = scene.listed and scene.listed.quantity
    return last is not None and last.unit == q.unit and last.value / ALIKE < q.value < last.value * ALIKE


def _of_measure(scene: Scene, q: Quantity, way: str | None, named: Found | None, far: bool) -> Found | None:
    """A measure is what such things are measured by, or some measure; but no rate or name: "$6 for 1,000 litres",
    "8-in-1"."""
    usual = _default(scene, q) if (named is None or far) and (not way or q.unit == "point") else None
    if usual:
        return USUAL, usual
    if named is None and _is_rate(scene, q):
        return _none(q, "qualifier")
    return named or (USUAL, "measure")


def _of_ratio(scene: Scene, q: Quantity, way: str | None, named: Found | None) -> Found | None:
    """A multiple says how many times as much or as many; not how often: "cut rates three times", "double trouble"."""
    end = scene.span(q)[1]
    higher = COMPARED.match(scene.masked, end) is not None
    if not higher and (named is None or named[0] < DIRECT) \
            and not HIGHER.match(scene.masked, end) and not _multiplies(scene, q):
        return _none(q, "no_metric")
    usual = _of_mover(scene, q, way or "up") if named is None and not higher else None
    as_many = AS_MANY.match(scene.masked, end) is not None
    if named is None and (_no_count(scene, q) if as_many else usual is None and _is_rate(scene, q)):
        return _none(q, "bare" if as_many else "qualifier")
    return named or (USUAL, usual or ("count" if as_many else "measure"))


def _of_percent(scene: Scene, q: Quantity, way: str | None, named: Found | None) -> Found | None:
    """A percentage is by how much something grew or differs, or some part; not how full a battery is: "from 10 to 80%",
    "to 80% in half an hour"."""
    end = scene.span(q)[1]
    if way and q.unit == "percent":         # by percentage points, a share moved
        if not COMPARED.match(scene.masked, end):
            return named or (USUAL, _of_mover(scene, q, way) or "growth")
        fewer = "count" if FEWER.match(scene.masked, end) else "measure"
        return _none(q, "qualifier") if named is None and _is_rate(scene, q) else named or (USUAL, fewer)
    if CHARGE.search(scene.lower, max(0, end - NAME_REACH), end + NAME_REACH) \
            and (q.value_max is not None or any(o.kind == "duration" for o in scene.open)):
        return _none(q, "qualifier")
    if named is None and q.value == 100 and WHOLLY.match(scene.masked, end):
        return _none(q, "vague")            # "100% electric"
    if named is None and _is_ranked(scene, q):
        return CARRIED, "market_share"
    return named or (USUAL, _default(scene, q) or "share")


RANKED = re.compile(r"\b(?:first|second|third|fourth|fifth|sixth|last|leads?|led|leading|tops|topped|ranked|"
                    r"followed by|ahead of)\b[^#;]{0,40}$")
SHIPPED = re.compile(r"\b(?:shipments|registrations|deliveries|market)\b")


def _is_ranked(scene: Scene, q: Quantity) -> bool:
    """Whether a part of a market is told whose sales stand in front: "phone shipments fell 3%, with Lumina first at
    24%"."""
    before = scene.talk.sentences[max(0, scene.index - 1)].start
    return RANKED.search(scene.masked, 0, scene.span(q)[0]) is not None \
        and SHIPPED.search(scene.talk.lower, before, q.start) is not None


GOODS = re.compile(r"[\s-]+(?:[a-z@-]+\s+){0,2}?([a-z-]+)\b")


def _of_goods(scene: Scene, end: int) -> bool:
    """Whether goods that are sold by the piece stand behind money: "the £26,140 model"."""
    behind = GOODS.match(scene.masked, end)
    return behind is not None and (
        behind[1] in schema.words("subject")["versions"]
        or "units_shipped" in lexicon.lexicon().things.get(behind[1], ()))


PER_TIME = re.compile(r"\s(?:an?|per|each)\s(?:hour|day|week|month|year)\b")


def _is_pay(scene: Scene, end: int) -> bool:
    """Whether money per hour or week is what somebody earns: "is paid $9 an hour"."""
    return PER_TIME.match(scene.masked, end) is not None and EARNS.search(scene.masked, 0, end) is not None


RATE = re.compile(r"# (?:for|per) (?:an? |each |every )?$")


def _is_rate(scene: Scene, q: Quantity) -> bool:
    """Whether a number only says for how much something else is: "$6 for 1,000 litres", "8-in-1"."""
    start, end = scene.span(q)
    return RATE.search(scene.masked[:start]) is not None or scene.masked.startswith("-#", end)


GLUED = re.compile(r"(?:\d[+-]|\b(?:in|for|to|under)-)$")


ILLUSTRATES = re.compile(rf"\b(?:equivalent (?:of|to)|equal to|comparable to|the (?:size|length|height|weight) of|as "
                         rf"(?:big|heavy|high|large|long|tall|wide) as) {frame.near()}$")


def _no_count(scene: Scene, q: Quantity) -> bool:
    """Whether a number in front of a noun counts nothing: "a 4-1 win", "a 3+1 body", "an 8-in-1 module", "10 Things
    You Can Do" as a headline; or only shows how much that is: "the equivalent of 20 football pitches"."""
    start, _ = scene.span(q)
    words = (q.counted or "").split()
    return GLUED.search(scene.lower[max(0, start - 8):start]) is not None \
            or ILLUSTRATES.search(scene.lower, max(0, start - 40), start) is not None or bool(words) \
            and scene.sentence.kind in ("title", "heading") and start == 0 and (
        words[0] == "best" or words[-1] in schema.words("subject")["items"])


# A large number as a word of its own, whose noun stands elsewhere: "the number of inmates was 7,570", "nearly 63,000
# Kestrel 2 cars".
LARGE = re.compile(r"[~+]?(?:\d{1,3}(?:,\d{3})+|.*[ -](?:thousand|million|billion|trillion))")
STANDS_ALONE = re.compile(r"\s*(?:[.,;:)\]\"”–—]|$|-\s)|\s(?:@{4}|~|(?:and|or|on|in|at|by|from|to|for|of|with|as|less|"
                          r"more|were|was|are|is|will|have|has|had|"
                          r"who|that|which|when|last|this|these|those|during|since|after|before|compared|than|down|up|"
                          r"over|across|[a-z]+ed|[a-z]+ly|getting|going|being|model|"
                          r"(?:[a-z]+ )?(?:target|mark|milestone|goal|threshold|barrier|run rate))\b)")
NO_COUNT = re.compile(r"(?:[@#$€£¥/×x*=]|\b(?:per|iso|no|number|code|at|index|page|row|line|model|room|flight|form|"
                      r"section|score|points?)\b\.?)\s*(?:(?!numbered|numbering|totall?ed|reached|hit|topped|exceeded|"
                      r"to )[a-z]+ )?$")


def _counts_alone(scene: Scene, q: Quantity) -> bool:
    """Whether a number without a noun beside it is large enough, and stands as a number does that counts."""
    start, end = scene.span(q)
    return q.value is not None and abs(q.value) >= MANY_TIMES and LARGE.fullmatch(scene.lower, start, end) is not None \
            and STANDS_ALONE.match(scene.masked, end) is not None \
            and NO_COUNT.search(scene.masked, max(0, start - 30), start) is None


# What a multiple multiplies: "five times the capacity", "twice that of", "double what it was", "18 times Veldt's".
MULTIPLIED = re.compile(r"[\s-]+(?:the|its|their|his|her|our|my|your|that|those|what|as (?:much|many)|@+[’']s?|"
                        r"[a-z]+[’']s?)\s")
AS_MANY = re.compile(r"\s+(?:as many|the number)\b")
MULTIPLYING = re.compile(r"(?:doubl|tripl|quadrupl|quintupl)(?:ed|ing)")
AUXILIARY = re.compile(rf"\b(?:to|will|would|can|could|may|might|should|must|helped?|helps)\s+(?:(?:also|even|soon|"
                       rf"then|again)\s+)?{frame.near()}$")
PARTICLE = re.compile(r"\s+(?:down|back|as(?! much| many)|up|check\w*|over|and (?:triple|quadruple)|take|dip)\b")
MULTIPLIED_BY = re.compile(rf"\bmultipl(?:y|ies|ied|ying) (?:[a-z@]+ ){{0,4}}by {frame.near()}$")
BY = re.compile(rf"\b(?:by|up|down)\s+{frame.near()}$")
BASED = re.compile(r"\s+(?:from|since|in|to|by|over|~|year)\b")


# How often something was done is no multiple: "cut rates three times in 2025"; nor is a second use: "doubles as a
# stand".
OFTEN = re.compile(r"\s*(?:[.,;:)–—]|$|~|(?:in|since|between|last|this|over|during|before|by|with|to|for|on|at|from|"
                   r"and|but|already|so far|when|while|a|per|each|every)\b)")
SO_MUCH = re.compile(rf"\b(?:at|to|of|by|is|was|were|are|be|been|for|\w*subscribed|covered|or|than|trad\w+|worth|"
                     rf"earn\w+|valu\w+)\s+(?:[a-z]+\s+)?{frame.near()}$")
CONTEST = re.compile(r"\b(?:win|wins|won|winning|lose|loses|lost|losing|rates|costs|prices|fees)\s+$")
SERVES_AS = re.compile(r"\s+(?:up\s+)?as\s+(?:an?|your|its)\s")


def is_no_multiple(scene: Scene, q: Quantity) -> bool:
    """Whether a number that looks like a multiple says how often, or that a thing has a second use."""
    start, end = scene.span(q)
    words = scene.lower[start:end]
    if words.startswith("doubl"):
        return SERVES_AS.match(scene.masked, end) is not None and not scene.masked[:start].endswith("more than ")
    return words.endswith((" times", "twice")) and OFTEN.match(scene.masked, end) is not None \
            and SO_MUCH.search(scene.masked, 0, start) is None and (
        move.of(scene.masked, start, end, "percent") is None or CONTEST.search(scene.masked, 0, start) is not None)


def _multiplies(scene: Scene, q: Quantity) -> bool:
    """Whether a multiple says how many times more there is of something; not how often ("three times") or what kind
    ("double chokes")."""
    start, end = scene.span(q)
    words = scene.lower[start:end]
    if PARTICLE.match(scene.masked, end):
        return False
    if MULTIPLYING.fullmatch(words) or MULTIPLIED.match(scene.masked, end) or MULTIPLIED_BY.search(
            scene.masked, max(0, start - 60), start) or (
            words in ("double", "triple", "quadruple", "quintuple")
            and AUXILIARY.search(scene.masked, max(0, start - 60), start)):
        return True
    grown = move.of(scene.masked, start, end, "percent") is not None \
            and (not words.endswith(" times") or BY.search(scene.masked, 0, start))
    return grown or words.endswith("fold") and BASED.match(scene.masked, end) is not None


# A number that says by how much more a thing is of some quality: "30% faster", "twice as bright", "9% less energy
# than".
HIGHER = re.compile(r"[\s-]+(?:higher|lower|greater|stronger|weaker|cheaper)\b")
COMPARED = re.compile(r"[\s-]+(?:as (?!much\b|many\b)|more (?!than\b)|(?:less|fewer) (?!than\b)|(?!other|over|under|"
                      r"after|later|earlier|higher|lower|"
                      r"cheaper|greater|stronger|weaker|per|year|quarter|number|member|user|customer|order|power|water|paper|computer|"
                      r"another|however|whether|either)[a-z]{2,}er\b)")
FEWER = re.compile(r" fewer (?!than\b)")      # "9% fewer returns" were counted
WHOLLY = re.compile(r"[\s-]+(?!(?:of|in|on|for|to|by|as|and|or|with|from|at|than|over|under|after|since|when|if|"
                    r"tariffs?|dut(?:y|ies)|stake|ownership|share)\b)[a-z@]")
CHARGE = re.compile(r"\b(?:re)?charg")
FOLLOWER = re.compile(r" ([a-z]+)")


@cache
def _moved_things() -> tuple[schema.Metric, ...]:
    """The metrics that are meant where some kind of thing moves: coins, indices."""
    return tuple(m for m in schema.metrics().values() if any(kind.startswith("other:") for kind in m.moves))


@cache
def _usual(kind: str, stated: str | None) -> tuple[schema.Metric, ...]:
    """The metrics that a number of this unit means where some kind of owner is beside it."""
    return tuple(m for m in schema.metrics().values() if m.default and accepts(m.id, kind, stated, False))


def _of_mover(scene: Scene, q: Quantity, way: str) -> str | None:
    """The metric that a move of such a thing means: of a coin its price, of an index its level. Who else grows may do
    so in many ways."""
    for metric in _moved_things():
        found = best_owner(scene, q, None, metric)
        if found is not None and found[1] >= 0.5 and found[0].entity.known and found[0].entity.kind == "other" \
                and is_of(found[0].entity, metric.moves) and plausible(metric, q, way) \
                and not _is_measured(scene, found[0].end):
            return metric.id
    return None


def _is_measured(scene: Scene, end: int | None) -> bool:
    """Whether the noun behind a name says what of it is measured: "oil demand", "copper exports"."""
    follower = end is not None and FOLLOWER.match(scene.masked, end)
    return bool(follower) and noun.singular(follower[1]) in schema.words("noun")["of_goods"]


def _default(scene: Scene, q: Quantity) -> str | None:
    """The metric that a number of this unit means where its likeliest owner is of some kind: km of a car is its
    range."""
    for metric in _usual(q.kind, q.unit):
        if not plausible(metric, q):
            continue
        found = best_owner(scene, q, None, metric)
        usual = q.kind != "money" or q.value <= USUAL_PRICE
        if found is not None and found[1] >= 0.5 and usual and is_of(found[0].entity, metric.default) and allowed(
                scene, metric, *scene.span(q), need=not found[0].entity.descriptors):
            return metric.id
    return None
