"""Which metric a number is of: what speaks for each metric at each number of a sentence, and how strongly.

For each open number, every metric that accepts its unit collects evidence: its nouns and verbs tied to the number by
a frame, the counted noun, the unit itself, what stands beside it, a heading above, a number that it follows or is
parallel to. Ordered tiers, not weights to be tuned one by one.
"""
import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from itertools import takewhile

from .. import schema
from ..grammar import clause, frame, lexicon, move
from ..grammar.noun import is_firm, singular
from ..model import Claim, Entity, Quantity, Sentence
from ..numbers import unit
from ..pattern import any_of
from ..schema import Metric
from ..subjects import discourse, subject

NAME, VERB, COUNTED, UNIT, BESIDE, MOVES, HEADING = 1.0, 0.9, 0.85, 0.85, 0.62, 0.6, 0.45
PARALLEL, THING, FOLLOWS, WHOLE, PART, OBJECT = 0.85, 0.7, 0.95, 1.08, 0.9, 1.25
USUAL_PRICE = 500_000   # above it, money beside a product is not taken for its price without a word that says so
MONTHLY = 20_000        # the same for money per month
CHARGE = 1.2            # a distance or energy beside the time of its charge
WORTH_WORDS = 4         # behind money, among which the noun is looked for that it is the worth of
NARROWER = 0.02         # what a metric of some such things has ahead of one of all of their kind
HEADING_WHY = "heading"
CUE_REACH = 200         # characters between a noun and its number, at most
NAME_REACH = 400        # characters between a name and its number, at most
NEARBY = 0.55
CLOSE = 0.7             # evidence of a name or verb from which the thing that is counted adds to it
SURE = 0.85             # a frame that ties number and noun directly
LESS = 0.5              # a noun of which money is only a part
SECOND = 0.3            # worth of a second, different piece of evidence for one metric
BEHIND = 35             # and behind the number, where another clause begins sooner
BEHIND_VERB = 4         # words behind a verb among which its object is looked for
ELSEWHERE = 0.6         # what other nouns are worth for a percentage of something that they do not know
SPENT = 0.75            # what a noun is worth for further numbers when it stands right behind one
MANY = 40               # number words above it do not count in passing
CLAUSE = 70             # characters around a number in which an `unless` word counts
PERCENT_MOVES = {"growth", "cost", "amount", "count"}       # general metrics whose moves in percent are their own
NEAR_DOLLAR = {"EUR", "GBP", "CHF", "CAD", "AUD", "NZD", "SGD"}     # currencies worth about a dollar
TIMES = {"year", "day", "hour", "minute", "s"}      # units of metrics that no percentage is said of


@dataclass(slots=True)
class Evidence:
    """What speaks for one metric at one number."""
    score: float
    why: str
    cue: tuple[int, int] | None = None
    negative: bool = False
    changing: bool = False          # the cue makes the number a change: "hired 300"
    unit: str | None = None         # of the parallel number, for a number without a unit of its own
    mover: subject.Candidate | None = None      # who moved: "the auto market grew 4%"


@dataclass(slots=True)
class Scene:
    """One sentence, ready for matching: offsets count from its start."""
    index: int
    sentence: Sentence
    lower: str
    masked: str
    open: list[Quantity]
    cues: list[lexicon.Cue]
    above: list[lexicon.Cue]            # cues of the heading or lead-in line
    talk: discourse.Discourse           # who is spoken of in the document
    candidates: list[subject.Candidate] = field(default_factory=list)       # who may own the numbers
    before: list[Claim] = field(default_factory=list)       # claims of the sentence before, in the same paragraph
    listed: Claim | None = None     # the last price in the lines above, for a line of a list
    charges: dict[int, Quantity] = field(default_factory=dict)      # id of what a charge adds -> the time it takes
    evidence: list[dict[str, Evidence]] = field(default_factory=list)
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)         # of quantities, as `span` gives them
    tying: list[lexicon.Cue] = field(init=False)            # names and verbs of metrics, in order
    starts: list[int] = field(init=False)                   # of them
    needed: frozenset[str] = field(init=False)              # metrics one of whose needed words stands here or above
    barring: list[lexicon.Cue] = field(init=False)          # words that rule metrics out

    def __post_init__(self) -> None:
        self.tying = [c for c in self.cues if c.role in ("name", "verb") or lexicon.OBJECT in c.role]
        self.starts = [c.start for c in self.tying]
        self.needed = frozenset(m for c in (*self.cues, *self.above) if c.role == "needs" for m in c.metrics)
        self.barring = [c for c in self.cues if c.role == "unless"]

    def near_cues(self, start: int, end: int) -> list[lexicon.Cue]:
        """The names and verbs from which a frame can reach the number at start:end."""
        return self.tying[bisect_left(self.starts, start - CUE_REACH):bisect_left(self.starts, end + CUE_REACH)]

    def near_candidates(self, start: int, end: int) -> list[subject.Candidate]:
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


def collect(scene: Scene, moved: list[str | None]) -> list[dict[str, Evidence]]:
    """For each open number of the sentence, what speaks for which metric; `moved` says which of them are changes."""
    _fill_gaps(scene, moved)
    scene.evidence = [_evidence(scene, q, way) for q, way in zip(scene.open, moved)]
    _take_turns(scene, moved)
    _share_parallels(scene, moved)
    _follow_levels(scene, moved)
    _share_parallels(scene, moved)     # again: what follows a number is handed on to its parallels too
    return scene.evidence


def _evidence(scene: Scene, q: Quantity, moved: str | None) -> dict[str, Evidence]:
    """All metrics that something speaks for at this number, with the best of it."""
    start, end = scene.span(q)
    pieces: dict[str, list[Evidence]] = defaultdict(list)
    verb = BEFORE.search(scene.masked[max(0, start - 40):start]) if q.counted or moved and q.kind == "percent" else None
    for cue in scene.near_cues(start, end):
        if not _is_barred(scene, q, cue, moved):
            _add_cue(scene, q, cue, moved, verb, pieces)
    if id(q) in scene.charges:
        pieces["charge_added"].append(Evidence(CHARGE, "added by a charge"))
    if q.counted:
        _add_counted(scene, q, moved, verb, pieces)
    if q.kind == "money" and not moved:
        _add_worth(scene, q, end, pieces)
        if "deal_value" in pieces and (traded := next((m for m in GOODS.finditer(scene.masked)
                                                       if start in (m.end("sold"), m.end("bought"))), None)):
            pieces["revenue" if traded["sold"] is not None else "spending"] += pieces.pop("deal_value")
        if "deal_value" in pieces and SOLD_DEBT.match(scene.masked, end):
            pieces["capital_raised"] += pieces.pop("deal_value")
    if q.kind == "percent":
        _add_whole(scene, start, end, moved, pieces)
        if scene.talk.polled and not moved and (answer := subject.ANSWER.match(scene.masked, end)) \
                and answer[1] in subject.answers():
            pieces["survey_share"].append(Evidence(PART, f"answer '{answer[1]}'"))
    if q.kind == "duration" and (why := length(scene, start, end)):
        pieces["duration"].append(Evidence(CLOSE, why))
    for metric in lexicon.lexicon().of_unit.get(q.unit, ()):
        pieces[metric].append(Evidence(UNIT, f"unit {q.unit}"))
    prose = scene.sentence.kind == "body"
    for cue in scene.above if not (q.counted or moved) and q.kind != "number" else ():
        for metric in cue.metrics if cue.role == "name" else ():
            # a heading names what a line or item gives; prose has words of its own, but for "the figure is close to 5%"
            if accepts(metric, q.kind, q.unit, False) and (not prose or metric == "growth" and q.kind == "percent"):
                pieces[metric].append(Evidence(HEADING, HEADING_WHY))
    if not q.counted:
        _add_neighbours(scene, q, moved, pieces)
    return _best(scene, q, moved, pieces)


# "sold $9m worth of boots", "sold boots worth $9m", "spend £4bn buying gifts"; not "sold $9m worth of shares"
STOCK = (r"(?! (?:[a-z-]+ ){0,2}(?:shares?|stocks?|stakes?|bonds?|assets|debt|equity|loans|land|property|notes|firms|"
         r"companies|businesses)\b)")
GOODS = re.compile("|".join((
    rf"\b(?P<sold>s[eo]l[dl][a-z]*\b(?:[^#;@]{{0,25}}(?=#+['’]?s?[ -]worth of{STOCK})|"
    rf"{STOCK} (?:[a-z-]+ ){{1,3}}worth (?=#)))",
    rf"\b(?P<bought>b[uo][uy][a-z]*\b[^#;@]{{0,25}}(?=#+['’]?s?[ -]worth of{STOCK})|"
    rf"spen[dt][a-z]* (?:[a-z]+ ){{0,3}}(?=#+ (?:on )?buying{STOCK} (?:[a-z-]+ ){{0,2}}[a-z]+s\b))")))


SOLD_DEBT = re.compile(r"\s(?:worth\s)?of\s(?:[a-z-]+\s){0,2}(?:bonds|notes|debt|bills)\b")


def _is_barred(scene: Scene, q: Quantity, cue: lexicon.Cue, moved: str | None) -> bool:
    """Whether a noun or verb says nothing of this number, whatever its metrics are."""
    start, end = scene.span(q)
    if cue.role == "verb" and cue.end < start and OF_ITS.search(scene.masked, 0, start):
        return True         # "will cut 14,000 of its 86,000 staff": 86,000 are not cut
    # "40% of its revenue growth"
    if _is_other_class(scene, cue) or cue.grows \
            and (q.kind != "percent" or cue.start >= end and OF.match(scene.masked, end)):
        return True
    # "profit" in "operating profit" speaks only for numbers that the longer phrase cannot mean.
    if cue.within and any(accepts(m, q.kind, q.unit, moved is not None) and plausible(schema.metrics()[m], q, moved)
                          for m in cue.within.metrics):
        return True
    if cue.role == "verb" and cue.start >= end and not THAT_HE.fullmatch(scene.masked, end, cue.start) \
            and not (PARTICIPLE.match(scene.lower[cue.start:cue.end]) and frame_of(scene, cue, q) >= SURE and (
            q.kind != "money" or RIGHT_BEHIND.fullmatch(scene.masked, end, cue.start))):
        return True         # behind the number, only "$3bn raised" and "$3bn was raised" are of the number
    # "trailing 12-month earnings", "pledged to halve its debt": of the noun behind
    return cue.end <= start and (q.kind == "duration" and ATTRIBUTE.search(scene.lower, start, end) is not None
                                 or HALVING.match(scene.lower, start) is not None)


def _add_cue(scene: Scene, q: Quantity, cue: lexicon.Cue, moved: str | None, verb: re.Match | None,
             pieces: dict[str, list[Evidence]]) -> None:
    """What a noun or verb of metrics says of the number that a frame ties it to; `verb` is the word of change before
    the number."""
    start, end = scene.span(q)
    lex, words = lexicon.lexicon(), scene.lower[cue.start:cue.end]
    # "cut its sales outlook to 3%": to a growth of 3%
    change = moved is not None or cue.grows or q.kind == "percent" and cue.role == "name" \
        and FORESEEN.search(scene.masked, cue.start + 1, cue.end + 10) is not None
    possible = [m for m in cue.metrics if accepts(m, q.kind, q.unit, change) and not (
        # "5,000 people lost their savings"
        cue.start >= end and schema.metrics()[m].moves_are_levels and ACTIVE.match(scene.masked, cue.end))
        and (not q.counted or q.kind != "count" or moved or _counts(m, _thing(scene, q)))]
    _, split, particle = cue.role.partition(lexicon.OBJECT)
    tied = possible and (frame.around(scene.masked[cue.end:start], particle) if split
                         else frame.tie(scene.masked, cue.start, cue.end, start, end))
    if tied and cue.role == "verb" and THAT_HE.fullmatch(scene.masked, end, cue.start):
        tied = max(tied, (SURE, "N that it verbs"))
    if tied and tied[0] < VERB and cue.role == "verb" and q.kind == "money" \
            and WHOM.fullmatch(scene.masked, cue.end, start):
        tied = VERB, "verb whom N"          # "cost Melbourne $7m", "paid its chief executive $3m"
    if possible and cue.role == "name" and THEN_NOUN.fullmatch(scene.masked, end, cue.start) \
            and FRONTED.search(scene.masked, max(0, start - 40), start):
        tied = NAME, "at N, noun"           # "At 2.6%, inflation is low"
    if tied and q.kind == "number" and "count" in cue.metrics and cue.end < start \
            and "#" not in scene.masked[cue.end:start] and AT_LEVEL.search(scene.masked, max(0, start - 20), start):
        tied = max(tied, (SURE, tied[1]))
    if not tied or _is_of_other(scene, q, cue, moved, verb, tied[0]):
        return
    if q.kind == "money" and cue.start > end and PARTITIVE.match(scene.masked, end):
        tied = min(tied, (LESS, "N of the noun"))       # "$1.5bn of its latest raise" is a part of what was raised
    for metric in possible:
        if metric == "growth" and not change and (scene.masked.endswith("# of ", 0, cue.start) or tied[0] < SURE
                                                  and tied[1] != "noun , N , N" and not IS_GROWTH.search(words)):
            # "were sceptical of the economy, while 41% were hopeful": nothing grew; nor in "2.9% of GDP, up from 2.1%"
            continue
        if _is_unfit(scene, q, cue, metric, tied) or metric in PARTS_OF_MARKETS and words.endswith("shares") and (
                moved or IN_FIRM.match(scene.masked, cue.end)):
            continue            # "shares in the club slipped 7%" are stock
        changed = cue.role == "verb" and moved and cue.end < start
        objects = scene.lower[cue.end:start].split()[:BEHIND_VERB] if changed else ()
        if any(metric in lexicon.of_counted(word, lex.things) for word in objects):
            pieces[metric].append(Evidence(OBJECT, f"verb '{words}' (and its object)"))    # "trimmed its staff by 6%"
        if words in SHARES and cue.end <= start:
            for whole in _wholes_behind(scene, cue):        # "its share of the world's oil output fell to 9%"
                pieces[whole].append(Evidence(tied[0] * WHOLE, f"name '{words}' ({tied[1]})", (cue.start, cue.end)))
        worth = (VERB if cue.role == "verb" else NAME) + min(len(words), 24) / 400     # longer phrases say more
        if AT_A.fullmatch(scene.masked, cue.end, start):
            worth *= SPENT      # "a round at a $5bn valuation"
        if IN_A.fullmatch(scene.masked, end, cue.start) and VALUED.search(scene.masked, 0, start):
            worth *= SPENT      # "was valued at $3bn in a funding round"
        if not change and cue.end <= start and TAKEN.search(scene.masked, max(0, cue.start - 10), cue.start):
            worth *= SPENT      # "20% youth unemployment and 10% inflation": it is of another number already
        pieces[metric].append(Evidence(tied[0] * worth, f"{cue.role} '{words}' ({tied[1]})", (cue.start, cue.end),
                                       (words, metric) in lex.negative, (words, metric) in lex.changing or cue.grows))


RELATIVE = re.compile(r", (?:[a-z]+ )?(?:who|whom|whose|which|where)\b")


def _is_apart(scene: Scene, one: int, two: int) -> bool:
    """Whether the first of two offsets lies in a relative clause behind which, before the second one, the clause that
    it parts goes on: "Norvik, which had sales of $640 million, rose"."""
    return ", " in scene.masked[one:two] and "wh" in scene.masked and any(
        start < one < end <= two and RELATIVE.match(scene.masked, start) and clause.acts(scene.masked, start)
        for start, end in clause.asides(scene.masked))


def _is_of_other(scene: Scene, q: Quantity, cue: lexicon.Cue, moved: str | None, verb: re.Match | None,
                 tied: float) -> bool:
    """Whether a noun or verb that a frame reaches is of something else all the same."""
    start, end = scene.span(q)
    words = scene.lower[cue.start:cue.end]
    if moved and q.kind == "percent":
        if cue.start >= end and tied < CLOSE and not IN.fullmatch(scene.masked, end, cue.start):
            return True     # what moved stands before by how much it moved, or behind "in"
        if NOT_IN.match(scene.masked, end) if cue.start >= end else (
                cue.role == "verb" and tied < SURE and verb and verb[1] in _moving() and not verb[1].endswith("ing")):
            return True     # "fell 2% as the market opened", "shares of the firm, which is building a stadium, fell 2%"
    if cue.role == "name" and _is_apart(scene, cue.start, start):
        return True         # "Norvik, which had sales of $640 million, rose 31% to $39.80"
    if words.endswith(PLACES) \
            and (cue.start >= end and tied < SURE or PLACED.search(scene.masked[max(0, cue.start - 40):cue.start])):
        return True         # "sold for $9,000 in some markets"
    if cue.role == "name" and cue.start >= end:
        if OF_NEXT.match(scene.masked, cue.end):
            return True         # "$300m on revenue of $2bn", "$9bn Profit: $2bn": it is of the number behind it
        if LEFT_OUT.search(scene.masked, end, cue.start):
            return True         # "valued at $4bn including debt"
        if scene.masked.startswith(" on ", end) and LOST.search(scene.masked, 0, start):
            return True         # "lost $3m on its investments"
    if cue.role == "name" and cue.end <= start and _is_of_noun(scene, q, cue):
        return True         # "the write-down of its stake came to $3bn"
    # a bare number has a noun only right beside it
    return q.kind == "number" and tied < SURE or q.kind == "ratio" and tied < NEARBY


def _is_of_noun(scene: Scene, q: Quantity, cue: lexicon.Cue) -> bool:
    """Whether a noun only says what the noun in front of it, which names the number itself, is of."""
    return any(c.role == "name" and c.end < cue.start and OF_WHAT.fullmatch(scene.masked, c.end, cue.start)
               and scene.lower[c.start:c.end] not in schema.words("frame")["transparent"]
               and any(accepts(m, q.kind, q.unit, False) for m in c.metrics) for c in scene.tying)


# "the death toll from the flood in Velmora rose to 670"
AT_LEVEL = re.compile(rf"\b(?:to|at|is|was|were|reached|hit|stood at|passed|topped|from|by) {frame.near()}$")


def _is_unfit(scene: Scene, q: Quantity, cue: lexicon.Cue, metric_id: str, tied: tuple[float, str]) -> bool:
    """Whether this metric can't be what the noun or verb says of such a number."""
    metric, words = schema.metrics()[metric_id], scene.lower[cue.start:cue.end]
    start, end = scene.span(q)
    if any(b.start <= cue.start and cue.end <= b.end and metric_id in b.metrics for b in scene.barring):
        return True             # "budget airline" says nothing of a budget
    if metric_id == "duration" and cue.role == "name" and (tied[0] < NEARBY or DATING.match(scene.masked, end)):
        return True         # "on a flight three days after": it only dates what the noun stands for
    if metric_id == "price" and q.value > USUAL_PRICE and (lexicon.OBJECT in cue.role or cue.role == "verb"
                                                           and words.startswith("cost") and tied[1] != "noun of N"):
        return True             # "the storm cost the state $2bn", "sold its mines for $2bn"
    if metric_id == "price" and lexicon.OBJECT in cue.role and "@" in scene.masked[cue.end:start]:
        return True             # "sells the Aster 5 for $649": the name beside it says so
    if cue.role == "verb":
        if metric_id == "investment" and words.startswith("put") and not INTO.match(scene.masked, end):
            return True         # "puts $40m into a plant", not "put the loss at $40m"
        if metric_id == "spending" and words == "paid" and cue.end < start and IS_PAID.search(
                scene.masked, max(0, cue.start - 40), cue.start):
            return True         # "was paid $40m": who is paid spends nothing
        if cue.start >= end and q.kind == "percent" and ACTIVE.match(scene.masked, cue.end) \
                and not THAT_HE.fullmatch(scene.masked, end, cue.start):
            return True         # "1% of readers produced a link": who did it is counted
        if (metric_id == "net_income" and MAKING.match(words) or metric_id == "revenue" and TAKING.fullmatch(words)) \
                and (q.kind != "money" or tied[1] != "noun of N" or not EARNED.match(scene.masked, end)):
            return True         # "made $3bn last year", "took $3bn in May"; not "made a $3m gift"
        if metric_id == "revenue" and TAKING.fullmatch(words) \
                and (scene.masked.startswith(",", end) or " to " in scene.masked[cue.end:start]):
            return True         # "took $1bn, a third more than its rival", "takes its total to $1bn"
        if metric_id == "net_income" and words.startswith("los") and cue.end <= start \
                and THING_LOST.match(scene.masked, end):
            return True         # "lost her $3m case"
        if metric_id == "price" and words.startswith("charg") and (
                q.kind != "money" or tied[1] not in ("noun of N", "verb whom N")):
            return True         # "charges students $9,000", not "charged with the theft of $9,000"
        if metric_id == "count" and (q.counted or tied[1] != "noun of N"):
            return True         # only "killed 43" needs the verb
        if metric_id == "production_capacity" and MADE.match(words):
            return True         # what was made is no capacity
        if metric_id == "ownership_stake" and HOLDING.match(words) and (
                cue.start >= end or not _is_paid_for(scene, end, "company", OF_FIRM)):
            return True         # "holds 8% of Veldt", not "holds 8% of the votes"
        if metric_id == "deal_value" and NEW_STOCK.match(scene.masked, cue.end):
            return True         # "by selling new shares" raises capital
        if metric_id == "duration" and LATER.match(scene.masked, end):
            return True     # "took off 15 minutes later"
        if metric.about == ("company",) and _by_people().search(scene.masked, 0, cue.start):
            return True     # "investors lost $3bn" is no loss of a firm
        if metric_id == "production_share" and not (OF_WORLD.match(scene.masked, end) if MAKING.match(words) else tied[
                0] >= CLOSE or any(OF.match(scene.masked, scene.span(o)[1]) for o in scene.open)):
            return True         # "trust it to produce summaries, rising to half", "makes 20% of its money from toys"
        if q.kind == "ratio" and not AS_MANY.match(scene.masked, end) and "," not in scene.masked[cue.end:start] and (
                unit.kind(metric.unit.split("|")[0]) not in (None, "percent")):
            return True     # "delivers twice the output" says nothing of what it delivers, "sold twice as many" does
        if q.kind in ("percent", "ratio") and CHANGE_VERB.match(words) and "percent" not in metric.unit:
            return True     # "lost 7%" says how it moved, not what was lost
    if metric_id == "units_shipped" and words in ("sales", "sales growth") and q.kind in ("percent", "ratio"):
        return True         # sales are money, but where pieces are counted
    if words in USING and (not q.counted or not RIGHT_AFTER.fullmatch(scene.masked[end:cue.start])):
        return True         # "six million Britons now using it", not "found 300 accounts by using it"
    if cue.role == "name" and cue.end < start and scene.masked.startswith(",", cue.end) \
            and IS_ASIDE.search(scene.masked, 0, cue.start) and clause.acts(scene.masked, cue.end + 1):
        return True             # "exports to Velmora, its largest market, fell"
    if words.startswith("shareholder") and scene.masked[start - 1:start] != "(" and (
            tied[0] < CLOSE or OF.fullmatch(scene.masked, end, cue.start)):
        return True             # "30% of shareholders" are people
    if words.startswith(("per ", "a ")) and (q.kind in ("percent", "ratio") or q.value > MONTHLY
                                             or EARNS.search(scene.masked, 0, start)):
        return True         # "0.5% a month" is no price, nor is "$700,000 a month", nor what people earn
    if q.kind == "percent" and cue.role == "name" and cue.start > end and OF.fullmatch(scene.masked, end, cue.start) \
            and not scene.lower.startswith("halv", start):
        return True         # "scraps 95% of tariffs" is a part of them
    if q.kind == "percent" and metric.catch_all and cue.start >= end and tied[0] < CLOSE:
        return True         # "undervalued by 40%, which has given its economy"
    if q.kind in ("ratio", "percent") and cue.role == "name" and words.endswith("s") \
            and unit.kind(metric.unit) in PHYSICAL:
        return True         # "50% more chargers" are counted, not measured
    # "a 2 m wide bed", "20% off", "20% off at $40", but no "long battle of 70 km", "made off with $3m"
    off = words == "off" and (q.kind == "percent" or not scene.masked.endswith("# ", 0, cue.start))
    return (words in DIMENSIONS or off) and tied[1] != "N N"


def _add_counted(scene: Scene, q: Quantity, moved: str | None, verb: re.Match | None,
                 pieces: dict[str, list[Evidence]]) -> None:
    """What the counted noun says: 300 jobs."""
    lex = lexicon.lexicon()
    for metric in lexicon.of_counted(q.counted, lex.counted):
        if accepts(metric, q.kind, q.unit, moved is not None):
            grown = q.counted.startswith(ADDED) and schema.metrics()[metric].time == "stock"
            changing = verb is not None and (verb[1] + (verb[2] or ""), metric) in lex.changing or grown
            pieces[metric].append(Evidence(COUNTED, f"counted '{q.counted}'", changing=changing))
    if "layoffs" in lexicon.of_counted(q.counted, lex.things) and JOBLESS.match(scene.masked, scene.span(q)[1]):
        pieces["layoffs"].append(Evidence(COUNTED, f"who go: '{q.counted}'"))
    if moved is None and (who := _uses(scene, q)):
        pieces[who].append(Evidence(COUNTED, f"who use it: '{q.counted}'"))
    for metric in lexicon.of_counted(_thing(scene, q), lex.things):
        if metric in pieces and max(e.score for e in pieces[metric]) >= CLOSE:
            pieces[metric].append(Evidence(THING, f"counted '{q.counted}'"))


def _add_worth(scene: Scene, q: Quantity, end: int, pieces: dict[str, list[Evidence]]) -> None:
    """What money right in front of it is the worth of: "a $3bn battery plant", "a €75m fund"."""
    behind = NOUNS.match(scene.masked, end + 1)
    words = list(takewhile(lambda word: word not in _no_noun(), behind[0].split()[:WORTH_WORDS])) if behind else []
    for size in range(1, len(words) + 1):
        noun = " ".join(words[:size])
        if found := lexicon.of_counted(noun, lexicon.lexicon().counted):
            for metric in found:
                if accepts(metric, q.kind, q.unit, False):
                    pieces[metric].append(Evidence(COUNTED, f"worth of '{noun}'"))
            return


# Behind those who are let go: "5,000 positions would go", "50 people will lose their jobs".
JOBLESS = re.compile(r"(?: [–-] [^#]{1,40}#+ [–-])?(?:\s(?:will|would|could|may|might|have|has|had|to)){0,2}\s(?:"
                     r"los[et] their jobs|(?:be|been|are|were) (?:lost|axed|cut|laid off|made redundant)|"
                     r"go(?= (?:(?:at|in|as|by|over|from|under)\b|~)))")
USES = re.compile(r"(?:\s(?:in|across)\s[#@~a-z ]{1,30})?\s(?:(?:now|already|currently|have|has)\s){0,2}"
                  r"(?:us(?:e|es|ed|ing)|rely|relies|relied|trust|subscribe)\b")
A_SERVICE = re.compile(r"\s(?:it\b|@|(?:the|its|their) (?:[a-z@]+ )?(?:app|service|site|website|platform|product|tool|"
                       r"network|system|feature|assistant|chatbot)s?\b)")
SERVES = re.compile(r"\b(?:used by|signed(?: up)?|serv(?:e|es|ed|ing)|onboarded|sells? to|"
                    rf"trusted by)\s+{frame.near()}$")


def _uses(scene: Scene, q: Quantity) -> str | None:
    """Whether those are counted who use what somebody sells: firms, as in "2,300 clinics now use the app", "it serves
    40 banks", are customers; people, as in "3 million people used Vireo", are users."""
    start, end = scene.span(q)
    nouns = schema.words("noun")
    used = USES.match(scene.masked, end)
    if singular(q.counted.split()[-1]) in nouns["bodies"] + nouns["public"]:
        return "customers" if used or SERVES.search(scene.masked, max(0, start - 60), start) else None
    people = used and "users" in lexicon.of_counted(q.counted, lexicon.lexicon().things)
    return "users" if people and A_SERVICE.match(scene.masked, used.end()) else None


def _best(scene: Scene, q: Quantity, moved: str | None, pieces: dict[str, list[Evidence]]) -> dict[str, Evidence]:
    """One evidence for each metric that the sentence allows: the strongest piece, and a part of the next one."""
    start, end = scene.span(q)
    best = {}
    for metric, found in pieces.items():
        if schema.metrics()[metric].aspects == ("change",) \
                and not (moved or move.CHANGING.search(scene.masked[max(0, start - 40):start])):
            continue
        asked = metric == "survey_share" and scene.talk.polled
        found.sort(key=lambda e: -e.score)
        own = found[0].cue if found[0].score >= CLOSE else None
        # "second by market value, posted a net profit of $3bn": what stands before the comma rules nothing out
        # and what stands behind the next one neither
        since = scene.masked.rfind(", ", 0, own[0]) if own and own[1] <= start else 0
        if own and own[1] <= start and scene.masked.endswith(" and ", 0, own[0]):
            since = own[0]      # "sprints to 60 mph in 4 seconds and tops out at 155 mph"
        until = scene.masked.find(", ", end) if own and own[1] <= start else -1
        if not allowed(scene, schema.metrics()[metric], start, end, need=not asked, since=since, until=until) \
                or not plausible(schema.metrics()[metric], q, moved):
            continue
        second = next((e for e in found[1:] if e.cue != found[0].cue), None)
        saves = second is not None and second.changing and second.why.startswith("verb")       # "save $3m in costs"
        cue = next((e.cue for e in found if e.cue), None)
        best[metric] = Evidence(found[0].score + (SECOND * second.score if second else 0),
                                found[0].why + (f" + {second.why}" if second else ""), cue,
                                found[0].negative or (second is not None and second.negative
                                                      and (found[0].cue is None or saves)),
                                found[0].changing or second is not None and second.changing
                                and (saves or not second.negative),
                                mover=found[0].mover)
    deal = best.get("deal_value")
    large = q.kind == "money" and q.value > USUAL_PRICE
    if q.kind == "money" and (not deal or deal.score < VERB) and (
            large and OFFER.match(scene.masked, end) or OFFERS.search(scene.masked, max(0, start - 60), start)
            and (_is_paid_for(scene, end, "company") or large and _is_paid_for(scene, end, "product"))):
        best["deal_value"] = Evidence(VERB, "offered for a firm")
    if q.kind == "money" and STAKE_FOR.search(scene.masked, max(0, start - 90), start):
        best["deal_value"] = Evidence(VERB, "paid for a stake")
    if spent := best.get("spending"):       # "paid $9bn for Veldt", "spent $9bn to buy it": who spends buys
        deal = best.get("deal_value")
        if deal and deal.cue and deal.cue[0] >= end and deal.score > spent.score:
            deal.cue = spent.cue
        elif not deal and _is_paid_for(scene, end, "company"):
            best["deal_value"] = Evidence(spent.score * WHOLE, f"paid for a firm: {spent.why}", spent.cue)
        elif q.kind == "money" and q.value <= USUAL_PRICE and _is_paid_for(scene, end, "product"):
            best["price"] = Evidence(spent.score * WHOLE, f"paid for a product: {spent.why}")
    return best


OFFER = re.compile(r"\s(?:@+\s)?(?:takeover\s)?(?:offer|bid)\b(?!-)(?! (?:of|price))")    # "$5bn Veldt offer"
OFFERS = re.compile(rf"\b(?:offer|bid)(?:s|ed|ing)?\s+(?:@+\s+)?{frame.near()}$")
STAKE_FOR = re.compile(rf"\bstakes?(?:\s+of\s+#+)?(?:\s+in\s+(?:[@a-z’'-]+\s+){{1,5}}?|\s+)for\s+{frame.near()}$")
OF_FIRM = re.compile(r"\s+of\s+(?:(?:the|its|their)\s+)?(?:(?!(?:to|in|for|from|at|on|by|with)\s)[a-z@-]+\s+){0,2}")
FOR_A = re.compile(r"(?:\s+in\s+cash|,\s+or\s+#+,)?\s+for\s+(?:an?|the|its|their)\s+(?:[a-z@-]+\s+){0,2}?([a-z-]+)"
                   r"(?=[.,;]|$|\s(?:that|which|in|of|called|based|and|from|with|to)\b|\s@)")
PAID_FOR = re.compile(r"(?:\s+in\s+cash|,\s+or\s+#+,)?\s+for\s+(?:(?:the|its|rival)\s+)?(?:@+['’]s\s+)?")


def _is_paid_for(scene: Scene, end: int, kind: str, link: re.Pattern = PAID_FOR) -> bool:
    """Whether the money that ends at `end` buys somebody or something of a kind: "paid $9bn for Veldt"."""
    if kind == "company" and link is PAID_FOR and (of := FOR_A.match(scene.masked, end)) and is_firm(of[1]):
        return True             # "paid $9m for a start-up"
    return any(c.start is not None and c.entity.kind == kind and scene.masked.startswith("@", c.start)
               and link.fullmatch(scene.masked, end, c.start) and scene.masked[c.end:c.end + 1] not in ("'", "’")
               for c in scene.candidates)


# Where the length itself is told: "1 h 38 m", "30 hours a week", "20 hours of lessons", "two years longer", "an
# 18-month fight",
# "it has been 34 years"; not where it only dates something: "over two years of war", "two years after", "the 3-month
# average".
COMPOUND = re.compile(r"\d\s?h\w*[, ].*\d|\d\s?m\w*[, ].*\ds|\b(?:hours?|minutes?)[, ].*\bseconds?$")
EACH = re.compile(r"\s(?:an?|per|each|every)\s(?:day|night|week|weekend|month|season|year|person|session|shift)\b")
LENGTH_OF = re.compile(r"\s(?:worth\s)?of\s(?!(?:the|its|their|his|her|our|my|this|that|these|those|each|being|age)\b|"
                       r"[@#~])[a-z]|['’]\s(?!(?:time|end|notice)\b)[a-z]")
COMPARED_LENGTH = re.compile(r"\s(?:longer|shorter|faster|slower|quicker|more|less|extra)\b")
LENGTH_NOUN = re.compile(r"[\s-](?!(?:picture|performance|top|spot|rank\w*|chart|average|moving|rolling|high|low|"
                         r"high\w*|low\w*|period|measures?|mark|"
                         r"basis|view|result\w*|figure\w*|tally|total|title|standings|volume\w*|anniversary|window|"
                         r"yields?|rates?|bonds?|notes?|"
                         r"fixed|treasury|treasuries|mortgages?|gilts?|bills?|futures|change|trailing|implied|old|only|"
                         r"long|a)\b)[a-z@][\w@-]*")
# "shrank from three months to ten days"
FROM, TO = re.compile(rf"\b[a-z]+\s+from\s+{frame.near()}$"), re.compile(rf"\s+to\s+{frame.near()}#")
FROM_TO = re.compile(rf"\b[a-z]+\s+from\s+{frame.near()}#+\s+to\s+{frame.near()}$")
BEEN = re.compile(rf"\b(?:(?:is|was|are|were|be|been)\s+(?:together\s+)?{frame.near()}|as long as\s+)$")
DATED = re.compile(r"\b(?:in|within|for|over|after|before|every|per|of|during|past|last|next|first|previous|through|"
                   r"since|until|from|another|by)\s+(?:[a-z]+\s+){0,3}$")
DATES = re.compile(r"[\s-]+(?:ago|later|after|before|since|from|into|on|in|prior|earlier|early|late|away|old|older|"
                   r"younger|apart|running|back|behind|ahead|south|north|east|west|drive|or)\b")


def length(scene: Scene, start: int, end: int) -> str | None:
    """What shows that a length of time is the point of the words around it; None where it may only date them."""
    words = scene.lower[start:end]
    if COMPOUND.search(words):
        return "length in parts"
    if FROM.search(scene.masked, 0, start) and TO.match(scene.masked, end) or FROM_TO.search(scene.masked, 0, start):
        return "length from, to"
    if DATED.search(scene.masked, max(0, start - 40), start):
        return None
    if EACH.match(scene.masked, end):
        return "length each"
    if LENGTH_OF.match(scene.masked, end):
        return "length of"
    if COMPARED_LENGTH.match(scene.masked, end):
        return "length compared"
    if "-" in words and LENGTH_NOUN.match(scene.lower, end):
        other = any(c.role == "name" and end < c.start <= end + BEHIND and "duration" not in c.metrics
                    for c in scene.near_cues(start, end))
        return None if other else "length N"        # a 12-month price target
    return "length is N" \
            if BEEN.search(scene.masked, max(0, start - 60), start) and not DATES.match(scene.masked, end) else None


AFTER_DETERMINER = re.compile(r"(?:[’'](?<!\bit.)(?<!\bhe.)(?<!\bshe.)(?<!\bwho.)(?<!\bthat.)s|s[’']|\b(?:the|an?|its|"
                              r"their|his|her|our|your|this|these|those|each|every|any|no|per|total|average|annual|of))\s+$")
AFTER_AUXILIARY = re.compile(r"\b(?:can|could|will|would|may|might|must|should|shall|cannot|not|to|did|does|"
                             r"do)\s+(?:(?:now|also|still|only|just|then)\s+)?$")


OF_A_KIND = ("low-", "lower-", "high-", "higher-", "half-", "cut-", "full-")
POSSESSIVE = re.compile(r"[’']s?\s")
JOINT = re.compile(r"(?: and |, | (?:in|at|across|from) )@+ $")


@cache
def _changing() -> re.Pattern:
    """A verb of changing something right before a word, which then is its object."""
    words = move.words()
    return re.compile(rf"\b(?:{words['up_verb']}|{words['down_verb']}|{words['up_only_by']}|"
                      rf"{words['down_only_by']})\s+(?:their\s+|its\s+)?$")


@cache
def _moves() -> re.Pattern:
    """A verb of moving in the past right behind a word, which then is its subject."""
    words = move.words()
    return re.compile(rf"\s+(?:(?:has|have|had)\s+)?(?:{words['up_verb']}|{words['down_verb']})(?<=ed|ew|ll|se|nk)\b")


def _is_other_class(scene: Scene, cue: lexicon.Cue) -> bool:
    """Whether a word that can be a noun or a verb is here not what the cue takes it for: "the cost of it", "will
    pay"."""
    before = scene.masked[max(0, cue.start - 20):cue.start]
    if cue.role.startswith("verb"):
        word = scene.lower[cue.start:cue.end]
        if before.endswith("-") and word.endswith("ing"):
            return True         # "its vehicle-carrying trains"
        return " " not in word and not word.endswith(("ed", "ing")) and (
            scene.masked.startswith(" of ", cue.end) or AFTER_DETERMINER.search(before) is not None
            or word.endswith("s") and _moves().match(scene.masked, cue.end) is not None     # "its stores fell 9%"
            or word in lexicon.lexicon().verbs and _changing().search(before) is not None       # "it cuts pay by 9%"
            # "the Vireo channel"
            or word in lexicon.lexicon().verbs and word not in schema.words("verb")["irregular"].get(word, ())
            and before.endswith("@ ") and not JOINT.search(before)
            and not (scene.lower[cue.start - 2] == "s" and any(     # "Americans owe"
                c.end == cue.start - 1 and c.entity.kind in ("person", "place", "other") for c in scene.candidates)))
    if scene.lower.startswith("of ", cue.start) and POSSESSIVE.match(scene.lower, cue.end):
        return True             # "20% of the group's plants"
    if before.endswith(OF_A_KIND) or cue.role == "name" and BODY.match(scene.masked, cue.end):
        return True             # "a low-cost airline", "an investment bank"
    return scene.lower[cue.start:cue.end] in lexicon.lexicon().verbs and AFTER_AUXILIARY.search(before) is not None


BODY = re.compile(r" (?:banks?|banking|firms?|compan(?:y|ies)|trusts?|funds?|agenc(?:y|ies)|managers?|advis[eo]rs?)\b")


def _is_general(cue: lexicon.Cue) -> bool:
    """Whether a cue speaks for general metrics only: "worth"."""
    return all(schema.metrics()[m].catch_all for m in cue.metrics)


FORESEEN = re.compile(r"\b(?:outlook|forecast|guidance|target)\b")
ADDED = ("new ", "additional ", "extra ")      # what is there already is not new
ATTRIBUTE = re.compile(r"-(?:second|minute|hour|day|week|month|quarter|year|decade)$")
HALVING = re.compile(r"halv(?:e|es|ing)\b")
WHOM = re.compile(rf"\s(?:(?:the|its|their|his|her|our|an?|each|every|all)\s)?(?:{frame.PLAIN}\s){{1,3}}{frame.near()}")
FRONTED = re.compile(rf"(?:^|[;,]\s)at\s+{frame.near()}$")
THEN_NOUN = re.compile(r",\s+(?:(?:the|its|their|his|her|@+(?:['’]s)?)\s+)?(?:[a-z-]+\s+){0,2}")
# Between a number and the verb whose object it is: "the $8bn that Ghana owes", "the 300 vans Veldt hopes to sell".
THAT_HE = re.compile(r"(?:\s(?!(?:if|when|as|with|while|on|in|of|and|or|than|before|after|because|but|so|for|by|to|at|"
                     r"from|since|where|until|is|are|was|were)\b)[a-z-]+){0,2}?(?:\s(?:that|which)(?:\s[a-z]+(?=\s@))?)?"
                     r"\s(?:@+|it|they|he|she|we)\s(?:(?:has|have|had|will|would|also|[a-z]+ly|"
                     r"(?:wants?|plans?|hopes?|aims?|expects?|needs?) to)\s)*")
RIGHT_BEHIND = re.compile(r"[\s-]+(?:(?!(?:of|in|on|for|to|by|as|and|or|with|from|at|than|that|which|the|"
                          r"an?)\b)[\w@~%'-]+[\s-]+){0,4}")
PLACED = re.compile(r"\b(?:in|on|into|across|within|among)\s+(?:[\w@’'-]+\s+){0,3}$")
PLACES = ("market", "markets", "industry", "sector")


BEFORE = re.compile(rf"\b([a-z]+)(\son)?(?:\s+by)?\s+{frame.near()}$")     # the verb in front of it: "added", "took on"
AS_MANY = re.compile(r"\s+(?:as (?:many|much)|more)\b")
TAKEN = re.compile(r"#(?: (?:in|of)(?: the| its| their)?)?[ -]$")
OF_WHAT = re.compile(r" of (?:(?:the|its|their|his|her|an?|this|that) )?(?:[a-z-]+ ){0,2}")
LOST = re.compile(rf"\blos(?:e|es|t|ing)\s+{frame.near()}$")
LEFT_OUT = re.compile(r"\b(?:including|excluding|plus|without|before|net of|not counting)\s+(?:[a-z-]+\s+){0,2}$")
OF_NEXT = re.compile(rf" of {frame.near()}#|(?: ?\([^()#]{{1,20}}\))?:\s*{frame.near()}#")
NOT_IN = re.compile(r"\s+(?:as|towards?|by|after|when|while)\s")
ACTIVE = re.compile(r"\s+(?:the|an?|their|his|her|its|our|my|some|any|money)\s")
IN = re.compile(r"[\s-]++(?:[\w@-]+\s+){0,3}(?:in|of|for|to)\s+(?:\S+\s+){0,4}")
PARTICIPLE = re.compile(rf"(?:(?:is|was|were|are|been|be) )?(?:\w+ed|put|cut|{any_of(lexicon.participles())})\b")
PHYSICAL = {"power", "energy", "data", "length", "mass", "voltage", "data_rate"}
DIMENSIONS = {"long", "longer", "shorter", "wide", "wider", "narrower", "high", "tall", "taller", "thick", "thin",
              "heavy"}
PARTITIVE = re.compile(r"\s+of\s+(?:its|their|his|her|our|the|this|that)\s")
USING = {"now using", "using it", "who use", "who uses"}
RIGHT_AFTER = re.compile(r"\s(?:(?:now|already|currently|regularly|are|were)\s)?")
IS_GROWTH = re.compile(r"growth|inflation|rise|raise|hike|increase|cut|offer|gdp|domestic product|prices")
EARNS = re.compile(r"\b(?:earn(?:s|ed|ing)?|wages?|salar(?:y|ies)|(?:is|are|was|were|been|be|being|get|gets|got) paid|"
                   r"pay (?:for|of|rates?|rise|deal)|(?:[a-z]+'s|their|raise|lift|cut|increase|starting) pay)\b")
PARTS_OF_MARKETS = {"market_share", "share"}
IN_FIRM = re.compile(r" in (?:@|the [a-z])")
DATING = re.compile(r"\s+(?:after|before|later|ago|earlier|prior)\b")
MADE = re.compile(r"made|produced|turned|churned")
HOLDING = re.compile(r"h[eo]ld|control|s[eo]l[dl]|ha[sdv]|t[ao]k|took")
EARNED = re.compile(r"\s*(?:[.,;)]|$|\s(?:~|(?:in|for) ~|(?:at|in) the @|on (?:revenues?|sales|turnover)\b|"
                    r"compared|against|a year ago))")
TAKING = re.compile(r"t(?:ak|ook)[a-z]*")
MAKING = re.compile(r"ma[dk]")
THING_LOST = re.compile(r"(?: \([^()]*\))? (?!(?:after|again|against|amid|among|and|as|at|because|before|between|but|"
                        r"by|compared|during|each|ever|every|following|for|from|if|in|instead|last|less|more|off|on|or|"
                        r"over|overall|per|since|so|than|that|the|this|through|to|under|when|while|with|within|"
                        r"worth|a|an|[a-z]+ly|due)\b)[a-z]")
OF_WORLD = re.compile(r"\s+of\s+(?:all\s|global\s|@+s?(?=[\s.,;]|$)|(?:the\s+)?(?:[a-z]+|@+)[’']s\s(?!(?:money|profit|"
                      r"revenue|sales|income)))")
INTO = re.compile(r"\s+in(?:to)?\s")
IS_ASIDE = re.compile(r", (?:the|its|their|an?|@+['’]s) (?:[\w-]+ ){0,3}\Z")
NEW_STOCK = re.compile(r" (?:new|fresh|more|additional) (?:shares?|stocks?|bonds?|equity)\b")
IS_PAID = re.compile(r"\b(?:is|are|was|were|be|been|being|get|gets|got|getting)\s+(?:(?:also|still|now|\w+ly)\s+)?$")
LATER = re.compile(r"\s+(?:later|ago|earlier|prior)\b")
CHANGE_VERB = re.compile(r"(?:los[tei]|add|gain|cut|shed|slash|trim|axe|shrink|shrank|rais|boost|lift)")


@cache
def _by_people() -> re.Pattern:
    """In front of a verb: people who are no name of the sentence."""
    lists = schema.words("subject")
    people = any_of({*lists["people"], *lists["demand"], *lists["groups"]})
    return re.compile(rf"\b(?:{people})\s+(?:(?:has|have|had|also|would|could|will|may|already|just|reportedly|"
                      rf"\w+ly)\s+){{0,3}}$")


def frame_of(scene: Scene, cue: lexicon.Cue, q: Quantity) -> float:
    """How strongly a cue is tied to a number; 0 where no frame fits."""
    tied = frame.tie(scene.masked, cue.start, cue.end, *scene.span(q))
    return tied[0] if tied else 0.0


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
            if kind == "count" and (stated in ("count", "person", None) or stated in wanted) or kind == "number":
                return True
        elif kind == "number":
            return target in ("ratio", "point") or metric_id == "age"
        elif stated and (stated == target or unit.converts(stated, target)):
            return True
    return False


def allowed(scene: Scene, metric: Metric, start: int, end: int, need: bool = True, since: int = 0,
            until: int = -1) -> bool:
    """Whether no word rules the metric out near the number, between `since` and `until`, and one of the words that it
    needs stands in the sentence."""
    first, last = max(start - CLAUSE, since), end + BEHIND if until < 0 else min(end + BEHIND, until)
    if metric.unless and any(c.end > first and c.start < last and metric.id in c.metrics for c in scene.barring):
        return False
    return not need or not metric.needs or metric.id in scene.needed


def plausible(metric: Metric, q: Quantity, moved: str | None = None) -> bool:
    """Whether the stated level lies in the metric's limits, whichever sign the text will give it.

    A value may move by any percentage, but by no more than its limit.
    """
    if q.kind in ("number", "ratio") or q.value is None or moved and q.kind in ("percent", "measure"):
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
    if moved:
        return abs(value) <= high * room
    floor = low / min(room, 4)      # no state has money worth more than four dollars
    return min(low, floor) <= value <= high * room or low < 0 and low * room <= -abs(value)


def _counts(metric_id: str, noun: str) -> bool:
    """Whether a metric of counts can count this noun: one that it lists, or any where it lists none."""
    metric, lex = schema.metrics()[metric_id], lexicon.lexicon()
    if not metric.counted and not metric.things:
        return True
    return metric_id in lexicon.of_counted(noun, lex.counted) or metric_id in lexicon.of_counted(noun, lex.things)


def _thing(scene: Scene, q: Quantity) -> str:
    """The noun that is counted; of a product's own name, what a product is: "2.3 million Macs"."""
    start, end = scene.span(q)
    named = any(c.start is not None and start < c.start and end - len("es") <= c.end <= end
                and c.entity.kind == "product" for c in scene.near_candidates(start, end))
    return "phone" if named and (not q.in_words or q.value > MANY) else q.counted


def is_of(entity: Entity, kinds: tuple[str, ...]) -> bool:
    """Whether an entity is of one of the kinds; "other:index" asks for a descriptor too."""
    # a name of which nothing is told
    kind = "company" if entity.kind == "other" and not entity.known and not entity.descriptors else entity.kind
    nouns = _asked(kinds).get(kind)
    if not nouns or "" in nouns or kind != "market" and not entity.known and not entity.descriptors:
        return bool(nouns)
    named = entity.name.lower().split() if kind == "market" else ()         # "auto market" is one of autos
    return not nouns.isdisjoint(entity.descriptors) or not nouns.isdisjoint(named)


@cache
def _asked(kinds: tuple[str, ...]) -> dict[str, set[str]]:
    """The descriptors asked for of each kind, an empty one where any will do."""
    asked: dict[str, set[str]] = {}
    for each in kinds:
        kind, _, noun = each.partition(":")
        asked.setdefault(kind, set()).add(noun)
    return asked


# "Enrollment at Norvik rose 3%"
ANOTHERS = re.compile(r"(?:the )?(?!shares?\b|stocks?\b)[a-z-]+(?: [a-z-]+){0,2} (?:of|at|in|for) (?:the )?(?=@)")

# What the number is a part of -----------------------------------------------------------------------------------

OF = re.compile(r"[+)]?\s+of\s+")
OF_NUMBER = re.compile(r"(?:(?:the|its|their|those|all|some|about|over|more|than|nearly)\s+){0,4}(?=#)")
NOUNS = re.compile(r"(?:[\w@][\w@’'&-]* ?)+")
WHOLE_BEHIND = re.compile(r"\s+(?=[a-z]+s\b|people\b|(?:wo)?men\b)")         # "four in ten drivers"
WHOLE_OF_ALL = {"market_share", "production_share"}
OWN = {"its", "their", "our", "his", "her"}
DETERMINERS = {"the", "a", "an", "this", "that", "these", "those", "its", "their", "his", "her", "no", "more", "less"}
PLURAL = re.compile(r"\w+s$|people$|(?:wo)?men$|children$")


@cache
def _no_noun() -> frozenset[str]:
    """Words that end a noun phrase: prepositions, auxiliaries, conjunctions."""
    words = schema.words("subject")
    return frozenset((*words["prepositions"], *words["clause"], *schema.words("frame")["link"], "of", "will", "would",
                      "can", "could", "may", "do", "not"))


def _add_whole(scene: Scene, start: int, end: int, moved: str | None, pieces: dict[str, list[Evidence]]) -> None:
    """What a percentage is a part of: "12% of new car sales" is a market share, "12% of the flights" some share."""
    of = OF.match(scene.masked, end) or " in " in scene.lower[start:end] and WHOLE_BEHIND.match(scene.lower, end)
    if scene.talk.polled and not moved and of and (whole := OF_NUMBER.match(scene.masked, of.end())):
        counted = next((o.counted for o in scene.open if o.counted and scene.span(o)[0] == whole.end()), None)
        # "7% of the 1,200 adults"
        for metric in lexicon.of_counted(counted, lexicon.lexicon().wholes) if counted else ():
            if metric == "survey_share":
                pieces[metric].append(Evidence(WHOLE, f"part of '{counted}'"))
    phrase = of and NOUNS.match(scene.masked, of.end())
    if not phrase:
        return
    words = scene.lower[phrase.start():phrase.end()].split()
    # After a plural noun stands a verb: "of drivers interviewed", "of drivers own a truck".
    size = next((i for i, word in enumerate(words) if word in _no_noun() or i and (
        word in DETERMINERS or word.endswith(("ed", "ing")) and PLURAL.match(words[i - 1]))), len(words))
    if not size or size == len(words) and scene.masked.startswith("#", phrase.end()):
        return              # "of its 350,000 employees"
    lex = lexicon.lexicon()
    own = words[0] if words[0] in OWN else "its" if any(
        c.start in range(*phrase.span()) and c.entity.kind == "company" and POSSESSIVE.match(scene.masked, c.end)
        for c in scene.candidates if c.start is not None) else None
    for cut in (size,
                *(n for n in range(size - 1, 0, -1) if PLURAL.match(words[n - 1]) and not PLURAL.match(words[n]))):
        noun = " ".join(words[:cut])
        taken = [m for m in lexicon.of_counted(noun, lex.things) if m in pieces]         # "cut 5% of its workforce"
        wholes = lexicon.of_counted(noun, lex.wholes)
        if own and not WHOLE_OF_ALL.isdisjoint(wholes):         # "half of its sales" is no part of a market
            wholes = lex.wholes.get(f"{own} {words[cut - 1]}", ())
        if parts := (*(() if moved else wholes), *taken):
            break
    else:
        noun = " ".join(words[:size])
    if scene.talk.polled and not moved and not parts:        # "50% of barristers say"
        size = next((n for n in range(1, min(len(words), 5)) if PLURAL.match(words[n - 1]) and (
            said := subject.ANSWER.match(" " + " ".join(words[n:]))) and said[1] in subject.answers()), 0)
        noun, parts = (" ".join(words[:size]), ("survey_share",)) if size else (noun, parts)
    cue = end + 1, phrase.start() + len(noun)
    for metric in parts:
        pieces.setdefault(metric, []).append(Evidence(WHOLE, f"part of '{noun}'", cue))
    if not moved and (parts or scene.masked[phrase.start() + len(" ".join(words[:size])) - 1] != "@"):
        pieces.setdefault("share", []).append(Evidence(PART, f"part of '{noun}'", cue))
    for metric in [m for m in pieces if schema.metrics()[m].moves_are_levels] if not parts else ():
        del pieces[metric]              # "lost half of his savings"
    # "a gain of 5% of GDP", "shares worth 6% of the debts": of what it is says more than other nouns
    if not moved and not parts:
        for metric in list(pieces):
            if metric in ("growth", "cost") or schema.metrics()[metric].wholes and metric != "production_share":
                for piece in pieces[metric]:
                    piece.score *= ELSEWHERE


# What stands beside the number ---------------------------------------------------------------------------------

AT = re.compile(r"\b(?:at|in|on|from|across)\s+(?:the\s+)?(?:[a-z@-]+\s+){0,2}$")
# "packs 28% more energy": no move of the firm
MORE_OF = re.compile(r"\s+(?!higher|lower|over|under|after|other)(?:more|less|fewer|\w+er)\s+(?!than\b)[a-z]")


@cache
def _moved_gap() -> re.Pattern:
    """Between an entity and by how much it moved: an adverb or auxiliary, a verb of change, "by"."""
    words = move.words()
    verbs = "|".join(words[k] for k in ("up_verb", "down_verb", "up_ahead", "down_ahead"))
    between = (r"\w+ly|also|has|have|had|was|were|is|are|will|could|may|might|would|shares|stock|futures|index|then|"
               r"briefly|to|(?:end|clos|finish|open|trad)\w+(?: the (?:day|session|week|month))?")
    return re.compile(rf"(?:, [^,#@;]{{1,40}},|,)?(?:\s+(?:{between}))*\s+(?:(?:{verbs})(?:\s+\w+ly)?"
                      rf"(?:\s+(?:yoy|year[ -]o(?:n|ver)[ -]year|~+))?(?:\s+by)?|is|are|was|were)\s+{frame.near()}")


@cache
def _implied(kind: str, stated: str | None, moved: bool) -> list[tuple[Metric, tuple[str, ...]]]:
    """The metrics that an entity beside such a number can imply, and of which kinds it must be."""
    found = []
    for metric in schema.metrics().values():
        kinds = metric.moves if moved and kind == "percent" else metric.beside if kind in ("money", "measure") else ()
        if kinds and accepts(metric.id, kind, stated, moved):
            found.append((metric, kinds))
    return found


SHARES = {"share", "share of"}
SHARE_OF = re.compile(r"(?: of)? ((?:[\w@][\w@’'&-]* )*?[a-z-]+) (?:has|have|had|is|was|were|are|will|would|could|may|"
                      r"might|fell|rose|grew|shrank|slid|sank|[a-z]+ed)\b")


def _wholes_behind(scene: Scene, cue: lexicon.Cue) -> tuple[str, ...]:
    """The metrics of parts of that of which a share is, where it stands behind the word."""
    whole = SHARE_OF.match(scene.masked, cue.end)
    found = lexicon.of_counted(scene.lower[slice(*whole.span(1))], lexicon.lexicon().wholes) if whole else ()
    return tuple(m for m in found if accepts(m, "percent", "percent", False))


def _add_neighbours(scene: Scene, q: Quantity, moved: str | None, pieces: dict[str, list[Evidence]]) -> None:
    """Metrics that the kind of the entity beside the number implies: "YU7 ($35,000)", "Nvidia rose 3%"."""
    start, end = scene.span(q)
    near = [c for c in scene.near_candidates(start, end) if c.start is not None and c.how != "demonym"]
    for metric, kinds in _implied(q.kind, q.unit, moved is not None) if near else ():
        for c in near:
            if not is_of(c.entity, kinds) or subject.is_person(c.entity) or moved and MORE_OF.match(scene.masked, end):
                continue
            if moved and (c.entity.kind == "product" and not c.entity.descriptors      # nobody tells what it is
                          or ANOTHERS.match(scene.masked) and ANOTHERS.match(scene.masked).end() == c.start):
                continue
            if q.kind == "money" and c.entity.kind == "other" and q.value > USUAL_PRICE:
                continue        # no coin costs $5 million
            if c.entity.kind == "market" and c.start >= end and not moved and AT.search(scene.masked, end, c.start):
                continue        # "took $5 million at the box office"
            _, why = subject.score(c, scene.masked, (start, end), None, (c.entity.kind,))
            if not moved and why in ("beside", "which") or moved and c.part in ("subject", "owner") and c.end <= start \
                    and _moved_gap().fullmatch(clause.without_asides(scene.masked[c.end:start])):
                # a stock exchange moves as an index does, not as a firm
                moves = MOVES + NARROWER * ("" not in _asked(kinds).get(c.entity.kind, {""}))
                pieces.setdefault(metric.id, []).append(
                    Evidence(moves if moved else BESIDE, f"{c.entity.kind} {'moved' if moved else 'beside'}", mover=c
                             if moved else None))
                break
            # A market is the noun of its size: "the e-bike market is expected to reach $52 billion".
            tied = frame.tie(scene.masked, c.start, c.end, start, end) if c.entity.kind == "market" and not moved \
                    else None
            # "drivers spend $3 billion"
            # and "paid the music industry $3 billion"
            acted = any(cue.role == "verb" and (c.end <= cue.start < start and not _is_general(cue)
                                                or scene.masked[cue.end:c.start] in (" ", " the "))
                        for cue in scene.cues)
            if tied and tied[0] >= SURE and c.end <= start and not acted:
                pieces.setdefault(metric.id, []).append(Evidence(
                        tied[0] * BESIDE / SURE, f"market ({tied[1]})", mover=c))
                break


# What the numbers of a sentence are to each other ---------------------------------------------------------------

GAP_TOKEN = re.compile(r"[@~#]+|[\w.]+|[;:!?]")
PARALLEL_GAP = 70           # characters
PARALLEL_WORDS = 7
APPOSED = re.compile(r"(?<=\bat)\s(?:[a-z’'-]+\s){1,5}(?=@)")       # "28% at clothing store @ and 32% at @"
# "3bn yuan in 2004 ($365m; £190m), compared with 1.4bn"
IN_BRACKETS = re.compile(r"\s\([^()#]{0,20}#[^()]{0,40}\)")
IN_A = re.compile(r"\s+(?:in|after|during|by)\s+(?:(?:an?|its|the|their)\s+)?(?:[\w@~-]+\s+){0,3}")
VALUED = re.compile(r"\b(?:valu|pric|trad|clos|open)(?:e|es|ed|ing)\s+(?:[@\w]+\s+){0,3}at\s+" + frame.near() + "$")
AT_A = re.compile(r"\s+at an?\s+(?:[a-z-]+\s+)?")
# "put in $4bn, taking its total to $8bn"
TOTAL = re.compile(r"[^#;]{0,40}, (?:taking|bringing|lifting|raising) (?:its|the|their) total (?:[a-z]+ ){0,2}to "
                   + frame.near())
# "rose 15% over the year, but by only 3% in its second half"
BY_AGAIN = re.compile(rf"\s(?:but|and|as well as)\s+by\s+{frame.near()}$")
COMPARED_WITH = re.compile(r"\b(?:with|against|versus|than|after)\s+(?:[a-z]+\s+){0,2}$")
LEVEL = re.compile(r"\b(?:to|from|of|at|than|with|versus)\s+(?:[a-z]+\s+){0,2}$")
UP_FROM = re.compile(r".{0,90}\b(?:(?:up|down|compared (?:with|to)|versus) (?:from )?(?:[a-z]+ ){0,2}|"
                     r"(?:above|below|against|beating|topping|exceeding|missing) the )", re.S)
FOLLOWING = re.compile(r"[,(\s–—-]*(?:(?:which|is|was|representing|reflecting|marking|a|an|the|for|or|in|and|by|~++|"
                       r"[@#]++|[(),])\s*){0,6}"
                       r"(?:(?:up|down|increase|decrease|decline|drop|rise|jump|gain|growth|increas\w+|declin\w+|"
                       r"rising|falling|gaining|dropping|"
                       r"growing|jumping|annual|\+|of|by|nearly|about|more than|over|almost|roughly|around)\s*){0,4}$")
REACHING = re.compile(r"(?:\s+(?:year[ -](?:on|over)[ -]year|yoy|(?:(?:in|during|over) (?:the )?)?~+|in @+|"
                      r"compared [\w\s~]{1,30}))?,?\s+(?:to|reaching|hitting|at|to reach)\s+"
                      r"(?:(?:about|around|nearly|almost|more than|over|just|only|some|a|record|roughly|approximately|"
                      r"an estimated)\s+){0,3}")

BASE = re.compile(rf"(?:\s+(?:(?:the|its|their)\s+)?(?:{frame.PLAIN}\s+){{0,2}}{frame.PLAIN})??(?:\s+(?:by|in|since|"
                  rf"over|within|during)\s+(?:the\s+)?~+|\s+~+)?,?\s+(?:to|from|reaching|"
                  rf"hitting)\s+(?:an?\s+)?{frame.near()}")
DOUBLED = re.compile(r"(?:\s+(?:in|for|by)\s+~+)?,?\s+(?:which|that)\s+(?:[\w@]+\s+){1,5}?(?:to|will|would|could|"
                     r"should|had|has|have)\s+" + frame.near())


@cache
def _moving() -> set[str]:
    """Verbs of change: "to 4.4%, but fall to 3.3%"."""
    return move.verb_forms("up") | move.verb_forms("down")


# "51% of new cars in Sweden, 14% in Poland"
OF_EACH = re.compile(r" of [^,;#@]{1,50} (?:in|for|at) @+, (?:and )?")
OF_ITS = re.compile(r"# of (?:its|their|his|her|the) $")


def is_parallel(gap: str) -> bool:
    """Whether only words that list or compare stand between two numbers (masked sentence)."""
    if OF_EACH.fullmatch(gap) or TOTAL.fullmatch(gap):
        return True
    gap = APPOSED.sub(" ", IN_BRACKETS.sub("", gap))
    if AT_A.fullmatch(gap):
        return False            # "raised $3m at a $90m valuation"
    if UP_FROM.fullmatch(gap) and "#" not in gap and ";" not in gap:
        return True
    if len(gap) > PARALLEL_GAP:
        return False
    joining = schema.words("subject")["parallel"]
    tokens = GAP_TOKEN.findall(gap)
    return len(tokens) <= PARALLEL_WORDS and all(t[0] in "@~#" or t in joining or t in _moving() for t in tokens)


ELLIPTIC = re.compile(r"[^@#;]{0,30}[;,]? (?:while |and |but |whereas |as )?(?P<owner>@+)['’]s")


def _is_elliptic(gap: str) -> bool:
    """Whether a clause on another one's figure leaves out its noun: "...; Brightwell's stands at"."""
    found = ELLIPTIC.match(gap)
    return found is not None and "@" not in gap[found.end():] and "," not in gap[found.end():] \
        and clause.acts(gap, found.end())


# "... sold 300 vans, while Veldt managed 200", "... and the Finch museum about 200"
GAPPED = re.compile(r"[^@#;,]{0,30}(?:;|,| and| while| but| whereas|, (?:and|while|but|whereas)) (?:the |its )?"
                    r"(?:[a-z-]+ ){0,2}"
                    r"@+(?: (?!of |in |to |by |for |from |with |up |down )[a-z]+)?? " + frame.near())


# "revenue rose 3% and net profit 5%"
NOUN_GAPPED = re.compile(r"(?:;|,| and| while| but|, (?:and|while|but)) (?:the |its )?(?P<noun>(?:[a-z-]+ ){1,4})"
                         r"(?:by )?" + frame.near())


def _fill_gaps(scene: Scene, moved: list[str | None]) -> None:
    """What a clause of another subject leaves out is counted there too; what one of another noun leaves out moved."""
    ends = {c.end for c in scene.tying if c.role == "name"}
    for at, (one, two) in enumerate(zip(scene.open, scene.open[1:])):
        if one.kind == two.kind == "percent" and moved[at] and not moved[at + 1] and (gap := NOUN_GAPPED.fullmatch(
                scene.masked, scene.span(one)[1], scene.span(two)[0])) and gap.end("noun") - 1 in ends:
            moved[at + 1] = moved[at]
        if two.kind == "number" and one.kind == "count" and one.counted \
                and GAPPED.fullmatch(scene.masked, scene.span(one)[1], scene.span(two)[0]):
            two.kind, two.unit, two.counted = one.kind, one.unit, one.counted


# "revenue, net profit and the dividend rose by 3%, 5% and 8%"
NOUN_LIST = re.compile(r"(?:,|,? and) (?:(?:the|its) )?(?:[a-z-]+ )?")
IN_TURN = "(in turn)"
NUMBER_LIST = re.compile(rf"(?:,|,? and) (?:(?:by|to|of) )?{frame.near()}")


def _take_turns(scene: Scene, moved: list[str | None]) -> None:
    """Of as many numbers as nouns, one list behind the other, each is of its own noun."""
    masked, names = scene.masked, [c for c in scene.tying if c.role == "name" and not c.within]
    numbers = _runs(scene.open, lambda a, b: a.kind == b.kind and NUMBER_LIST.fullmatch(
        masked, scene.span(a)[1], scene.span(b)[0]))
    if not numbers or len(names) < 2:
        return
    nouns = _runs(names, lambda a, b: NOUN_LIST.fullmatch(masked, a.end, b.start))
    for run, group in ((run, group) for run in numbers for group in nouns if len(run) == len(group)):
        last, first = group[-1], scene.span(run[0])[0]
        if last.end > first or "#" in masked[last.end:first] or any(last.end < c.start < first for c in names):
            continue
        tied, span = frame_of(scene, last, run[0]), (group[0].start, last.end)
        for q, cue in zip(run, group):
            at = scene.open.index(q)
            moved[at] = moved[at] or moved[scene.open.index(run[0])]
            mine, others = set(cue.metrics), {m for c in group for m in c.metrics}
            found = {m: e for m, e in scene.evidence[at].items() if m not in others - mine}
            for m in mine:
                if accepts(m, q.kind, q.unit, moved[at] is not None) and plausible(schema.metrics()[m], q, moved[at]):
                    found[m] = Evidence(tied, f"name '{scene.lower[cue.start:cue.end]}' {IN_TURN}", span)
            scene.evidence[at] = found


def _runs(items: list, joined) -> list[list]:
    """The longest stretches of at least two items of which each is joined to the next one."""
    runs: list[list] = []
    for one, two in zip(items, items[1:]):
        if joined(one, two):
            if runs and runs[-1][-1] is one:
                runs[-1].append(two)
            else:
                runs.append([one, two])
    return runs


def _same_kinds(quantities: list[Quantity]) -> list[tuple[int, int]]:
    """Pairs of neighbours of one kind and unit, left to right and then right to left; other kinds may stand between."""
    last: dict[tuple, int] = {}
    pairs = []
    for i, q in enumerate(quantities):
        kinds = [(q.kind, q.unit)] if q.kind != "number" else [
            k for k in last if k[0] in ("count", "measure", "money", "number")] or [("number", None)]
        for kind in kinds[-1:]:
            if kind in last:
                pairs.append((last[kind], i))
            last[kind] = i
    pairs += [(two, one) for one, two in reversed(pairs)]
    # "$0.86 per million tokens in and $3.44 out": the second is per million tokens too.
    return pairs + [(i, i + 1) for i, (a, b) in enumerate(zip(quantities, quantities[1:]))
                    if a.unit and b.unit and a.value and b.value
                    and a.unit.startswith(f"{b.unit}/") and a.value / 100 < b.value < a.value * 100]


def _share_parallels(scene: Scene, moved: list[str | None]) -> None:
    """A number that is parallel to its neighbour ("from 51.8m in 2023 to 42.9m") shares the neighbour's metrics."""
    for one, two in _same_kinds(scene.open):
        a, b = scene.open[one], scene.open[two]
        if a.counted and b.counted and a.counted.split()[-1] != b.counted.split()[-1] \
                or any(e.mover and e.mover.entity.kind == "other" for e in scene.evidence[two].values()):
            continue            # "the index rose 2%, with the yen gaining 1%": who moved by it is told
        left, right = (a, b) if a.start < b.start else (b, a)
        gap = scene.masked[scene.span(left)[1]:scene.span(right)[0]]
        if _is_apart(scene, scene.span(left)[0], scene.span(right)[0]):
            continue
        if not is_parallel(gap) and not (one < two and (
                _is_elliptic(gap) or moved[one] is not None and BY_AGAIN.search(gap)
                or not scene.evidence[two] and moved[two] is None and GAPPED.fullmatch(gap))):
            continue
        if one < two and moved[one] and not moved[two] and b.kind == "percent" \
                and not LEVEL.search(scene.masked[:scene.span(b)[0]]):
            moved[two] = moved[one]         # "rose 28% at one and 32% at the other"
        grown = moved[one] is not None and b.kind == "percent" \
                and COMPARED_WITH.search(scene.masked[:scene.span(b)[0]]) is not None
        own = scene.evidence[two].get("share")
        other = own is not None and own.why.startswith("part of") and not any(
                e.why.startswith("part of") for e in scene.evidence[one].values())
        # "exports rose 8% while imports were up 7%"
        renamed = {m for m, e in scene.evidence[two].items() if one < two and e.why.startswith("name ")
                   and e.score >= SURE and scene.span(left)[1] <= e.cue[0] < scene.span(right)[0]}
        told = any(IN_TURN in e.why for e in scene.evidence[two].values())
        for metric, found in scene.evidence[one].items():
            worth = found.score * PARALLEL
            mine = scene.evidence[two].get(metric)
            if renamed and metric not in renamed or IN_TURN in found.why and told \
                    or other and metric != "survey_share" \
                    or "verb" in found.why and one < two and OF_ITS.search(scene.masked, 0, scene.span(b)[0]):
                continue            # "a margin of 50%, with 20% of its customers", "will cut 40 of its 300 staff"
            if worth > (mine.score if mine else 0) and (
                    # "the economy grew 0.7%, compared with 0.5%": a growth too
                    b.kind == "percent" or plausible(schema.metrics()[metric], b, moved[two])):
                scene.evidence[two][metric] = Evidence(worth, f"parallel: {found.why.removeprefix('parallel: ')}",
                                                       found.cue,
                                                       found.negative, found.changing or grown and metric == "growth",
                                                       found.unit or a.unit)


OR = re.compile(rf"(?: of [^#;,.]{{1,40}})?, or {frame.near()}")
PER_SHARE = re.compile(r"[\s(#)]*+,?\s*(?:or|equal to|equivalent to)\s+(?:[a-z]+\s+){0,2}")


BUSINESS = re.compile(r"\b(?:unit|business|division|segment|arm|operation)s? (?:[a-z]+ly |has |have |had )?[a-z]+ "
                      + frame.near() + "$")


def _is_of_business(scene: Scene, change: int, level: int) -> bool:
    """Whether it is a firm or a part of one that moved to so much money: "its cloud unit grew 31% to $1.5 billion"."""
    moved, money = scene.evidence[change], scene.open[level]
    return money.kind == "money" and money.value > USUAL_PRICE and not any(
        e.score >= CLOSE for e in (*moved.values(), *scene.evidence[level].values())) and (
        "share_price" in moved and moved["share_price"].mover is not None
        or BUSINESS.search(scene.masked, 0, scene.span(scene.open[change])[0]) is not None)


def _follow_levels(scene: Scene, moved: list[str | None]) -> None:
    """A change right behind a level is of the same metric: "$14.25 billion, down 41%"."""
    for at in range(1, len(scene.open)):
        level, change = scene.open[at - 1], scene.open[at]
        between = scene.span(level)[1], scene.span(change)[0]
        if OR.fullmatch(scene.masked[scene.span(level)[1]:scene.span(change)[0]]):
            # "cut 6% of its staff, or roughly 200 employees": the same thing once more
            for metric, found in scene.evidence[at - 1].items():
                if found.why != HEADING_WHY and accepts(metric, change.kind, change.unit, moved[at] is not None):
                    mine, worth = scene.evidence[at].get(metric), found.score * FOLLOWS
                    if mine is None or mine.score < worth:
                        scene.evidence[at][metric] = Evidence(
                                worth, f"follows: {found.why}", found.cue, found.negative, found.changing)
            continue
        if moved[at - 1] and level.kind == change.kind == "money" and move.TAKEN_FROM.match(scene.masked, between[0]):
            for metric, found in scene.evidence[at].items():        # "cut $1bn from Veldt's $9bn valuation"
                mine, worth = scene.evidence[at - 1].get(metric), found.score * FOLLOWS
                if accepts(metric, level.kind, level.unit, True) and (mine is None or mine.score < worth):
                    scene.evidence[at - 1][metric] = Evidence(worth, f"follows: {found.why}", found.cue)
        if level.kind == "ratio" and BASE.fullmatch(scene.masked, *between):
            # "has more than doubled to 7.5 million", "up fivefold from 5 GWh": either is of what the other is of
            for one, two in ((at - 1, at), (at, at - 1)):
                for metric, found in scene.evidence[one].items():
                    worth = found.score * FOLLOWS
                    if found.why != HEADING_WHY and accepts(metric, scene.open[two].kind, scene.open[two].unit, False) \
                            and (metric not in scene.evidence[two] or scene.evidence[two][metric].score < worth):
                        scene.evidence[two][metric] = Evidence(
                                worth, f"follows: {found.why.removeprefix('follows: ')}", found.cue)
            continue
        if moved[at - 1] and not moved[at] and (level.kind == "percent" or level.kind == "count") \
                and change.kind in ("money", "count", "measure", "number"):
            # "rose 24% to £896m", "shrank by 500,000 to 12 million": the level is of what rose.
            if REACHING.fullmatch(scene.masked[scene.span(level)[1]:scene.span(change)[0]]):
                if _is_of_business(scene, at - 1, at):
                    scene.evidence[at - 1] = {"revenue": Evidence(MOVES, "a business moved to money")}
                for metric, found in scene.evidence[at - 1].items():
                    if metric == "revenue" and change.kind == "number" and "sales" in found.why:
                        metric = "units_shipped"        # "sales rose 30% to 44,400"
                    if found.why != HEADING_WHY and accepts(metric, change.kind, change.unit, False) \
                            and found.score > 0.4 and plausible(schema.metrics()[metric], change):
                        mine = scene.evidence[at].get(metric)
                        if mine is None or mine.score < found.score * FOLLOWS:
                            scene.evidence[at][metric] = Evidence(
                                    found.score * FOLLOWS, f"follows: {found.why}", found.cue)
                for metric, found in scene.evidence[at].items():        # "hybrids fell 19% to 1,354 units"
                    if found.why.startswith("counted") and not scene.evidence[at - 1] \
                            and not schema.metrics()[metric].catch_all and (
                            accepts(metric, level.kind, level.unit, True)):
                        scene.evidence[at - 1][metric] = Evidence(
                                found.score * FOLLOWS, f"follows: {found.why}", found.cue)
            continue
        if change.unit and change.unit.endswith("/share") and level.kind == "money" and PER_SHARE.fullmatch(
                scene.masked[scene.span(level)[1]:scene.span(change)[0]]):
            # "a net loss of $3 billion, or 60 cents a share"
            found = scene.evidence[at - 1].get("net_income")
            if found:
                scene.evidence[at]["earnings_per_share"] = Evidence(
                        found.score * FOLLOWS + 0.1, f"follows: {found.why}", found.cue, found.negative)
            continue
        # "31 million hours, 11 times as much"
        multiple = change.kind == "ratio" and level.kind in ("money", "count", "measure")
        if not multiple and (not moved[at] or moved[at - 1] or change.kind != "percent" or level.kind == "percent"):
            continue
        if FOLLOWING.fullmatch(scene.masked, *between) or multiple and DOUBLED.fullmatch(scene.masked, *between):
            for metric, found in scene.evidence[at - 1].items():
                if not schema.metrics()[metric].catch_all and found.why != HEADING_WHY:
                    scene.evidence[at][metric] = Evidence(
                            found.score * FOLLOWS + 0.1, f"follows: {found.why}", found.cue)
            if not scene.evidence[at - 1]:      # "carried 3 million people, 6% more": what names neither
                scene.evidence[at] = {metric: found for metric, found in scene.evidence[at].items()
                                      if found.score >= NEARBY or not found.cue or found.cue[1] > between[0]}
