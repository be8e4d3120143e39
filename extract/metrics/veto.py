"""What speaks against it that a noun or verb says something of a number, though a frame may tie them.

Each reason is a function whose first line shows what it sees. The tables say of which words it is asked: UNTIED before
a frame is looked for, TIED once it is found, OF_ROLE and OF_METRIC for each metric that the words may speak of.

>>> from extract.analysis import analyse, document
>>> [c.metric for c in analyse(document("The budget of Sunward is $3 million.")).claims]
['budget']
>>> [c.metric for c in analyse(document("Budget airline Sunward is worth $3 million.")).claims]
['valuation']
"""
import re
from collections.abc import Callable
from functools import cache

from .. import schema
from ..grammar import clause, frame, lexicon, move
from ..numbers import unit
from ..pattern import any_of
from ..schema import Metric
from .constraint import USUAL_PRICE, accepts, counts, fits
from .evidence import CLOSE, NEARBY, SURE
from .payment import EARNS, leads_to
from .tie import Tie, strength
from .whole import OF, POSSESSIVE

MONTHLY = 20_000        # money per month above it is no price


def bars(tie: Tie) -> bool:
    """Whether a noun or verb says nothing of a number, however they are tied."""
    for reason in UNTIED.get(tie.cue.role, UNTIED_SPLIT):
        if reason(tie):
            return True
    return False


def is_of_other(tie: Tie) -> bool:
    """Whether a noun or verb that a frame reaches is of something else all the same."""
    for reason in TIED.get(tie.cue.role, TIED_SPLIT):
        if reason(tie):
            return True
    return False


def is_unfit(tie: Tie, metric: Metric) -> bool:
    """Whether this metric can't be what the noun or verb says of such a number."""
    for reason in (*OF_METRIC.get(metric.id, ()), *OF_ROLE.get(tie.cue.role, (_is_ruled_out,))):
        if reason(tie, metric):
            return True
    return False


# Before a frame is looked for -----------------------------------------------------------------------------------

OF_ITS = re.compile(r"# of (?:its|their|his|her|the) $")


def is_of_its(tie: Tie) -> bool:
    """"will cut 14,000 of its 86,000 staff": 86,000 are not cut."""
    return tie.cue.end < tie.start and OF_ITS.search(tie.scene.masked, 0, tie.start) is not None


AFTER_DETERMINER = re.compile(r"(?:[’'](?<!\bit.)(?<!\bhe.)(?<!\bshe.)(?<!\bwho.)(?<!\bthat.)s|s[’']|\b(?:the|an?|its|"
                              r"their|his|her|our|your|this|these|those|each|every|any|no|per|total|average|annual|of))\s+$")
AFTER_AUXILIARY = re.compile(r"\b(?:can|could|will|would|may|might|must|should|shall|cannot|not|to|did|does|"
                             r"do)\s+(?:(?:now|also|still|only|just|then)\s+)?$")
OF_A_KIND = ("low-", "lower-", "high-", "higher-", "half-", "cut-", "full-", "heavy-", "light-",
             "medium-")
BODY = re.compile(r" (?:banks?|banking|firms?|compan(?:y|ies)|trusts?|funds?|agenc(?:y|ies)|managers?|advis[eo]rs?)\b")
OF_COMPOUND = re.compile(r"-(?!cutting|saving)(?:[a-z]+ed|[a-z]+ing|side|laden|heavy|free|led)\b")
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


def is_no_verb(tie: Tie) -> bool:
    """A word that can be a noun or a verb is a noun: "the cost of it"."""
    scene, cue, word = tie.scene, tie.cue, tie.words
    before = scene.masked[max(0, cue.start - 20):cue.start]
    if scene.masked.startswith("-", cue.end):
        return True                         # "buy-rated shares"
    if word.endswith("ing"):
        return before.endswith(("-", "est ", "top "))       # "its vehicle-carrying trains", "its best selling van"
    if " " in word or word.endswith("ed"):
        return False
    if scene.masked.startswith(" of ", cue.end) or AFTER_DETERMINER.search(before):
        return True
    if word.endswith("s") and _moves().match(scene.masked, cue.end):
        return True                         # "its stores fell 9%"
    if word not in lexicon.lexicon().verbs:
        return False
    if _changing().search(before):
        return True                         # "it cuts pay by 9%"
    if not before.endswith("@ ") or JOINT.search(before) or word in schema.words("verb")["irregular"].get(word, ()):
        return False
    # "the Vireo channel", but "Americans owe"
    return scene.lower[cue.start - 2] != "s" or not any(
        c.end == cue.start - 1 and c.entity.kind in ("person", "place", "other") for c in scene.candidates)


def is_no_noun(tie: Tie) -> bool:
    """A word that can be a noun or a verb is a verb, or a noun is of another one: "will pay", "an investment bank"."""
    scene, cue = tie.scene, tie.cue
    before = scene.masked[max(0, cue.start - 20):cue.start]
    if OF_COMPOUND.match(scene.masked, cue.end):
        return True                         # "buy-rated"
    if tie.words.startswith("of ") and POSSESSIVE.match(scene.lower, cue.end):
        return True                         # "20% of the group's plants"
    if before.endswith(OF_A_KIND) or BODY.match(scene.masked, cue.end):
        return True                         # "a low-cost airline"
    return (tie.words in lexicon.lexicon().verbs or tie.words in move.forms()) \
        and AFTER_AUXILIARY.search(before) is not None      # "the economy will contract by 3%"


def is_of_growth(tie: Tie) -> bool:
    """"40% of its revenue growth": a part of it; nor is a sum or count what something grew by."""
    return tie.cue.grows and (tie.q.kind != "percent" or tie.behind and tie.goes_on(OF))


def is_in_longer(tie: Tie) -> bool:
    """"profit" in "operating profit" speaks only for numbers that the longer phrase cannot mean."""
    return tie.cue.within is not None and any(fits(m, tie.q, tie.way) for m in tie.cue.within.metrics)


PARTICIPLE = re.compile(rf"(?:(?:is|was|were|are|been|be) )?(?:\w+ed|put|cut|{any_of(lexicon.participles())})\b")
RIGHT_BEHIND = re.compile(r"[\s-]+(?:(?!(?:of|in|on|for|to|by|as|and|or|with|from|at|than|that|which|the|"
                          r"an?)\b)[\w@~%'-]+[\s-]+){0,4}")


def is_verb_behind(tie: Tie) -> bool:
    """Of the verbs behind a number, only "$3bn raised" and "$3bn was raised" are of it, and "the $3bn it owes"."""
    if not tie.behind or tie.is_relative():
        return False
    return not PARTICIPLE.match(tie.words) or strength(tie.scene, tie.cue, tie.q) < SURE \
        or tie.q.kind == "money" and not tie.covers(RIGHT_BEHIND)


def is_of_source(tie: Tie) -> bool:
    """"makes $3m, according to an equity research note": what a source is called says nothing of the number."""
    return tie.behind and tie.scene.masked.find(" according to ", tie.end, tie.cue.start) > 0


ATTRIBUTE = re.compile(r"-(?:second|minute|hour|day|week|month|quarter|year|decade)$")
HALVING = re.compile(r"halv(?:e|es|ing)\b")


def is_of_next_noun(tie: Tie) -> bool:
    """"trailing 12-month earnings", "pledged to halve its debt": the number is of the noun behind it."""
    if tie.cue.end > tie.start:
        return False
    return tie.q.kind == "duration" and ATTRIBUTE.search(tie.scene.lower, tie.start, tie.end) is not None \
        or HALVING.match(tie.scene.lower, tie.start) is not None


UNTIED: dict[str, tuple[Callable[[Tie], bool], ...]] = {
    "name": (is_no_noun, is_of_growth, is_in_longer, is_of_next_noun, is_of_source),
    "verb": (is_no_verb, is_of_its, is_in_longer, is_of_next_noun, is_verb_behind),
}
UNTIED_SPLIT = is_no_verb, is_in_longer, is_of_next_noun       # of verbs that have their object before the number


# Once a frame is found ------------------------------------------------------------------------------------------

IN = re.compile(r"[\s-]++(?:[\w@-]+\s+){0,3}(?:in|of|for|to)\s+(?:\S+\s+){0,4}")
NOT_IN = re.compile(r"\s+(?:as|towards?|by|after|when|while)\s")


def is_not_what_moved(tie: Tie) -> bool:
    """What moved stands before by how much it moved, or behind "in"; not in "fell 2% as the market opened", nor in
    "shares of the firm, which is building a stadium, fell 2%"."""
    if not tie.way or tie.q.kind != "percent":
        return False
    if tie.behind:
        return tie.strength < CLOSE and not tie.covers(IN) or tie.goes_on(NOT_IN)
    return tie.is_verb and tie.strength < SURE and tie.verb is not None \
        and tie.verb[1] in move.forms() and not tie.verb[1].endswith("ing")


def is_of_aside(tie: Tie) -> bool:
    """"Norvik, which had sales of $640 million, rose 31% to $39.80"."""
    return clause.is_apart(tie.scene.masked, tie.cue.start, tie.start)


PLACED = re.compile(r"\b(?:in|on|into|across|within|among)\s+(?:[\w@’'-]+\s+){0,3}$")
PLACES = ("market", "markets", "industry", "sector")


def is_where(tie: Tie) -> bool:
    """"sold for $9,000 in some markets"."""
    return tie.words.endswith(PLACES) and (
        tie.behind and tie.strength < SURE
        or PLACED.search(tie.scene.masked[max(0, tie.cue.start - 40):tie.cue.start]) is not None)


OF_NEXT = re.compile(rf" of {frame.near()}#|(?: ?\([^()#]{{1,20}}\))?:\s*{frame.near()}#")
LEFT_OUT = re.compile(r"\b(?:including|excluding|plus|without|before|net of|not counting)\s+(?:[a-z-]+\s+){0,2}$")
LOST = re.compile(rf"\blos(?:e|es|t|ing)\s+{frame.near()}$")


def is_of_next_number(tie: Tie) -> bool:
    """"$300m on revenue of $2bn", "$9bn Profit: $2bn": the noun is of the number behind it."""
    return tie.behind and OF_NEXT.match(tie.scene.masked, tie.cue.end) is not None


def is_left_out(tie: Tie) -> bool:
    """"valued at $4bn including debt", "lost $3m on its investments": the noun only says what goes into the sum."""
    masked = tie.scene.masked
    return tie.behind and (
        LEFT_OUT.search(masked, tie.end, tie.cue.start) is not None
        or masked.startswith(" on ", tie.end) and LOST.search(masked, 0, tie.start) is not None)


OF_WHAT = re.compile(r" of (?:(?:the|its|their|his|her|an?|this|that) )?(?:[a-z-]+ ){0,2}")


def is_of_noun(tie: Tie) -> bool:
    """"the write-down of its stake came to $3bn": the noun only says of what the noun is that names the number."""
    if tie.cue.end > tie.start:
        return False
    scene, cue, q = tie.scene, tie.cue, tie.q
    return any(c.role == "name" and c.end < cue.start and OF_WHAT.fullmatch(scene.masked, c.end, cue.start)
               and scene.lower[c.start:c.end] not in schema.words("frame")["transparent"]
               and any(accepts(m, q.kind, q.unit, False) for m in c.metrics) for c in scene.tying)


def is_far_from_bare(tie: Tie) -> bool:
    """A number without a unit has its noun right beside it."""
    return tie.q.kind == "number" and tie.strength < SURE or tie.q.kind == "ratio" and tie.strength < NEARBY


THEN = re.compile(r"\b(?:after|as|when|while|because|on news)\b")


def is_session(tie: Tie) -> bool:
    """"rose in extended trading after it said sales fell 3%": the session is not of what was said."""
    return tie.words.endswith(("trading", "trade")) \
        and THEN.search(tie.scene.masked, tie.cue.end, tie.start) is not None


USING = {"now using", "using it", "who use", "who uses"}
RIGHT_AFTER = re.compile(r"\s(?:(?:now|already|currently|regularly|are|were)\s)?")


def is_no_user(tie: Tie) -> bool:
    """"six million Britons now using it" are users, but not "found 300 accounts by using it"."""
    return tie.words in USING and (not tie.q.counted or not tie.behind or not tie.covers(RIGHT_AFTER))


def is_no_rate(tie: Tie) -> bool:
    """"0.5% a month" is no price, nor is "$700,000 a month", nor what people earn."""
    q = tie.q
    return tie.words.startswith(("per ", "a ")) and (
        q.kind in ("percent", "ratio") or q.value > MONTHLY or EARNS.search(tie.scene.masked, 0, tie.start) is not None)


def is_part_of_noun(tie: Tie) -> bool:
    """"scraps 95% of tariffs" is a part of them."""
    return tie.q.kind == "percent" and tie.cue.start > tie.end and tie.covers(OF) \
        and not tie.scene.lower.startswith("halv", tie.start)


DIMENSIONS = {"long", "longer", "shorter", "wide", "wider", "narrower", "high", "tall", "taller", "thick", "thin",
              "heavy"}


def is_no_dimension(tie: Tie) -> bool:
    """"a 2 m wide bed", "20% off", "20% off at $40", but no "long battle of 70 km", "made off with $3m"."""
    if tie.frame == "N N":
        return False
    return tie.words in DIMENSIONS or tie.words == "off" and (
        tie.q.kind == "percent" or not tie.scene.masked.endswith("# ", 0, tie.cue.start))


TIED: dict[str, tuple[Callable[[Tie], bool], ...]] = {
    "name": (is_not_what_moved, is_far_from_bare, is_of_aside, is_where, is_of_next_number, is_left_out, is_of_noun,
             is_no_user, is_no_rate, is_part_of_noun, is_no_dimension, is_session),
    "verb": (is_not_what_moved, is_far_from_bare),
}
TIED_SPLIT = (is_far_from_bare,)


# For a metric ---------------------------------------------------------------------------------------------------

AS_MANY = re.compile(r"\s+(?:as (?:many|much)|more)\b")
AS_MANY_OF = re.compile(r"\s+as many\s+((?!as\b)(?:[a-z-]+\s){0,2}?[a-z-]+s)(?=\s(?:as|than|in|this|last)\b|[.,;]|$)")
CHANGE_VERB = re.compile(r"(?:los[tei]|add|gain|cut|shed|slash|trim|axe|shrink|shrank|rais|boost|lift)")
PHYSICAL = {"power", "energy", "data", "length", "mass", "voltage", "data_rate"}


def _is_ruled_out(tie: Tie, metric: Metric) -> bool:
    """"budget airline" says nothing of a budget."""
    return any(b.start <= tie.cue.start and tie.cue.end <= b.end and metric.id in b.metrics for b in tie.scene.barring)


@cache
def _people() -> re.Pattern:
    """In front of a verb: people who are no name of the sentence."""
    lists = schema.words("subject")
    people = any_of({*lists["people"], *lists["demand"], *lists["groups"]})
    return re.compile(rf"\b(?:{people})\s+(?:(?:has|have|had|also|would|could|will|may|already|just|reportedly|"
                      rf"\w+ly)\s+){{0,3}}$")


def _is_of_people(tie: Tie, metric: Metric) -> bool:
    """"investors lost $3bn" is no loss of a firm."""
    return metric.about == ("company",) and _people().search(tie.scene.masked, 0, tie.cue.start) is not None


def _multiplies_other(tie: Tie, metric: Metric) -> bool:
    """"delivers twice the output" says nothing of what it delivers, "sold twice as many" does."""
    return tie.q.kind == "ratio" and not tie.goes_on(AS_MANY) \
        and "," not in tie.scene.masked[tie.cue.end:tie.start] \
        and unit.kind(metric.unit.split("|")[0]) not in (None, "percent")


def _is_of_as_many(tie: Tie, metric: Metric) -> bool:
    """"sold twice as many shares" says how many shares, not how many of its goods or for how much."""
    many = AS_MANY_OF.match(tie.scene.masked, tie.end) if tie.q.kind == "ratio" else None
    return many is not None and (metric.unit.startswith("currency") or not counts(metric.id, many[1]))


def _only_moved(tie: Tie, metric: Metric) -> bool:
    """"lost 7%" says how it moved, not what was lost."""
    return tie.q.kind in ("percent", "ratio") and "percent" not in metric.unit \
        and CHANGE_VERB.match(tie.words) is not None


def _only_stands_behind(tie: Tie, metric: Metric) -> bool:
    """"undervalued by 40%, which has given its economy"."""
    return tie.q.kind == "percent" and metric.catch_all and tie.behind and tie.strength < CLOSE


def _is_counted(tie: Tie, metric: Metric) -> bool:
    """"50% more chargers" are counted, not measured."""
    return tie.q.kind in ("ratio", "percent") and tie.words.endswith("s") and unit.kind(metric.unit) in PHYSICAL


DATING = re.compile(r"\s+(?:after|before|later|ago|earlier|prior)\b")
LATER = re.compile(r"\s+(?:later|ago|earlier|prior)\b")


def _only_dates(tie: Tie, metric: Metric) -> bool:
    """"on a flight three days after", "took off 15 minutes later": the length only dates what the cue stands for."""
    return tie.is_name and (tie.strength < NEARBY or tie.goes_on(DATING)) or tie.is_verb and tie.goes_on(LATER)


CHARGED = ("noun of N", "verb whom N")


def _is_no_price(tie: Tie, metric: Metric) -> bool:
    """"the storm cost the state $2bn", "sold its mines for $2bn", "charged with the theft of $9,000"; nor is it by its
    verb where a name beside it says so: "sells the Aster 5 for $649"."""
    splits, costs = lexicon.OBJECT in tie.cue.role, tie.is_verb and tie.words.startswith("cost")
    if tie.q.value > USUAL_PRICE and (splits or costs and tie.frame != "noun of N"):
        return True
    if splits:
        return "@" in tie.scene.masked[tie.cue.end:tie.start]
    return tie.is_verb and tie.words.startswith("charg") and (tie.q.kind != "money" or tie.frame not in CHARGED)


INTO = re.compile(r"\s+in(?:to)?\s")


def _is_not_put_into(tie: Tie, metric: Metric) -> bool:
    """"puts $40m into a plant", not "put the loss at $40m"."""
    return tie.is_verb and tie.words.startswith("put") and not tie.goes_on(INTO)


IS_PAID = re.compile(r"\b(?:is|are|was|were|be|been|being|get|gets|got|getting)\s+(?:(?:also|still|now|\w+ly)\s+)?$")


def _is_paid(tie: Tie, metric: Metric) -> bool:
    """"was paid $40m": who is paid spends nothing."""
    cue = tie.cue
    return tie.is_verb and tie.words == "paid" and cue.end < tie.start \
        and IS_PAID.search(tie.scene.masked, max(0, cue.start - 40), cue.start) is not None


EARNED = re.compile(r"\s*(?:[.,;)]|$|\s(?:~|(?:in|for) ~|(?:at|in) the @|on (?:revenues?|sales|turnover)\b|"
                    r"compared|against|a year ago))")
TAKING = re.compile(r"t(?:ak|ook)[a-z]*")
MAKING = re.compile(r"ma[dk]")
THING_LOST = re.compile(r"(?: \([^()]*\))? (?!(?:after|again|against|amid|among|and|as|at|because|before|between|but|"
                        r"by|compared|during|each|ever|every|following|for|from|if|in|instead|last|less|more|off|on|or|"
                        r"over|overall|per|since|so|than|that|the|this|through|to|under|when|while|with|within|"
                        r"worth|a|an|[a-z]+ly|due)\b)[a-z]")


def _is_not_earned(tie: Tie, metric: Metric) -> bool:
    """"made $3bn last year", "took $3bn in May"; not "made a $3m gift"."""
    return tie.q.kind != "money" or tie.frame != "noun of N" or not tie.goes_on(EARNED)


CHARGE = re.compile(r" (?:[a-z-]+ )?(?:charge|hit|write-?down|write-?off|impairment|provision)s?\b")
LOSS = re.compile(r"loss(?:es)?")


def _is_no_profit(tie: Tie, metric: Metric) -> bool:
    """"made $3bn last year", not "made a $3m gift", "lost her $3m case", "a loss after a $3m charge"; nor is a loss of
    so many percent."""
    if tie.cue.end <= tie.start and tie.goes_on(CHARGE):
        return True
    if not tie.is_verb:
        return tie.q.kind == "percent" and (tie.behind or tie.frame == "noun of N") \
            and LOSS.fullmatch(tie.words) is not None
    if tie.words.startswith("los") and tie.cue.end <= tie.start:
        return tie.goes_on(THING_LOST)
    return MAKING.match(tie.words) is not None and _is_not_earned(tie, metric)


def _is_no_revenue(tie: Tie, metric: Metric) -> bool:
    """"took $3bn in May"; not "took $1bn, a third more than its rival", "takes its total to $1bn"."""
    if not tie.is_verb or not TAKING.fullmatch(tie.words):
        return False
    masked = tie.scene.masked
    return _is_not_earned(tie, metric) or masked.startswith(",", tie.end) or " to " in masked[tie.cue.end:tie.start]


def _needs_no_verb(tie: Tie, metric: Metric) -> bool:
    """Only "killed 43" needs the verb to count."""
    return tie.is_verb and (bool(tie.q.counted) or tie.frame != "noun of N")


TRADED = re.compile(r"\bfor ~+ $")


SETTLED = re.compile(r"(?: (?:up|down|higher|lower))?(?: (?:by )?#+,?)? at ")


def _closes(tie: Tie, metric: Metric) -> bool:
    """"Brent settled at $80": it closed there."""
    return tie.is_verb and tie.words.startswith("settl") and not tie.behind and (
        SETTLED.match(tie.scene.masked, tie.cue.end) is not None or tie.words.endswith(" up"))


def _is_traded(tie: Tie, metric: Metric) -> bool:
    """"oil for May delivery", "wheat for March settlement": a contract for that month."""
    return tie.is_name and TRADED.search(tie.scene.masked, max(0, tie.cue.start - 30), tie.cue.start) is not None


MADE = re.compile(r"made|produced|turned|churned")


def _is_made(tie: Tie, metric: Metric) -> bool:
    """What was made is no capacity."""
    return tie.is_verb and MADE.match(tie.words) is not None


HOLDING = re.compile(r"h[eo]ld|control|s[eo]l[dl]|ha[sdv]|t[ao]k|took")
OF_FIRM = re.compile(r"\s+of\s+(?:(?:the|its|their)\s+)?(?:(?!(?:to|in|for|from|at|on|by|with)\s)[a-z@-]+\s+){0,2}")


def _is_not_of_firm(tie: Tie, metric: Metric) -> bool:
    """"holds 8% of Veldt", not "holds 8% of the votes"."""
    return tie.is_verb and HOLDING.match(tie.words) is not None and (
        tie.behind or not leads_to(tie.scene, tie.end, "company", OF_FIRM))


OF_WORLD = re.compile(r"\s+of\s+(?:all\s|global\s|@+s?(?=[\s.,;]|$)|(?:the\s+)?(?:[a-z]+|@+)[’']s\s(?!(?:money|profit|"
                      r"revenue|sales|income)))")


def _is_not_of_world(tie: Tie, metric: Metric) -> bool:
    """"trust it to produce summaries, rising to half", "makes 20% of its money from toys"."""
    if not tie.is_verb:
        return False
    if MAKING.match(tie.words):
        return not tie.goes_on(OF_WORLD)
    scene = tie.scene
    return tie.strength < CLOSE and not any(OF.match(scene.masked, scene.span(q)[1]) for q in scene.open)


def _is_money(tie: Tie, metric: Metric) -> bool:
    """Sales are money, but where pieces are counted."""
    return tie.words.startswith("sales") and (tie.words == "sales" or tie.cue.grows or tie.words == "sales growth") \
        and tie.q.kind in ("percent", "ratio")


def _is_sold_goods(tie: Tie, metric: Metric) -> bool:
    """"sold three times as many": pieces, and no firm."""
    return tie.is_verb and tie.q.kind == "ratio"


def _only_makes_so(tie: Tie, metric: Metric) -> bool:
    """"make it 4% larger" makes nothing."""
    return tie.is_verb and tie.words.startswith("ma") and tie.q.kind in ("percent", "ratio")


def _is_together(tie: Tie, metric: Metric) -> bool:
    """"petrol and diesel cars combined lost 39%": by how much together, of whatever it was."""
    return tie.words == "combined" and tie.is_change()


IS_GROWTH = re.compile(r"growth|inflation|rise|raise|hike|increase|cut|offer|gdp|domestic product|prices")


def _is_no_growth(tie: Tie, metric: Metric) -> bool:
    """"were sceptical of the economy, while 41% were hopeful": nothing grew; nor in "2.9% of GDP, up from 2.1%"."""
    if tie.is_change():
        return False
    return tie.scene.masked.endswith("# of ", 0, tie.cue.start) \
        or tie.strength < SURE and tie.frame != "noun , N , N" and not IS_GROWTH.search(tie.words)


OF_STOCK = re.compile(r"[ -](?:price|sale|offer|offering|issue|buyback|repurchase|capital|class|count|rally|bounce|"
                      r"slide|holder|option|swap|split)s?\b")
WERE = re.compile(rf"\b(?:are|were|stood at) {frame.near()}$")
HAS_SHARES = ("noun of N", "noun ( N )", "N N", "N adjective noun")
MOVED_BY = re.compile(rf" {frame.near()}")


def _is_stock(tie: Tie, metric: Metric) -> bool:
    """"shares in the club slipped 7%", "earnings-per-share growth of 7%" are no part of a market."""
    masked, cue = tie.scene.masked, tie.cue
    if tie.words.endswith("shares"):
        if not tie.behind and not tie.words.startswith("market") and MOVED_BY.fullmatch(masked, cue.end, tie.start):
            return True         # "boosted its shares more than 5%"
        return tie.way is not None or not (tie.words.startswith("market") or tie.frame in HAS_SHARES
                                           or WERE.search(masked, 0, tie.start))
    return tie.words.startswith("share") and (masked.endswith(("per ", "per-"), 0, cue.start)
                                              or OF_STOCK.match(masked, cue.start + len("share")) is not None)


def _is_holder(tie: Tie, metric: Metric) -> bool:
    """"30% of shareholders" are people."""
    return tie.words.startswith("shareholder") and not tie.scene.masked.startswith("(", tie.start - 1) and (
        tie.strength < CLOSE or tie.behind and tie.covers(OF))


def _is_of_points(tie: Tie, metric: Metric) -> bool:
    """"growth was trimmed by two percentage points": no staff is counted in them."""
    return tie.q.unit == "percentage_point"


CASH_PAID = re.compile(r"[ -](?:settlement|payment|prize|bonus|deal|offer|bid|injection|infusion|award|reward|handout|"
                       r"grant|gift|payout|dividend|transfer|incentive|rebate|purchase|acquisition|consideration|"
                       r"advance|component|portion|option)(?:e?s)?\b")


def _is_cash_paid(tie: Tie, metric: Metric) -> bool:
    """"a $3m cash settlement" is paid, not held."""
    return CASH_PAID.match(tie.scene.masked, tie.cue.end) is not None


OF_METRIC: dict[str, tuple[Callable[[Tie, Metric], bool], ...]] = {
    "cash": (_is_cash_paid,),
    "count": (_needs_no_verb,),
    "deal_value": (_is_sold_goods,),
    "duration": (_only_dates,),
    "fine": (_is_traded, _closes),
    "growth": (_is_no_growth,),
    "investment": (_is_not_put_into,),
    "layoffs": (_is_of_points,),
    "market_share": (_is_stock, _is_together),
    "net_income": (_is_no_profit,),
    "ownership_stake": (_is_not_of_firm, _is_holder),
    "price": (_is_no_price,),
    "production_capacity": (_is_made,),
    "production_share": (_is_not_of_world,),
    "revenue": (_is_no_revenue,),
    "share": (_is_stock,),
    "spending": (_is_paid,),
    "units_produced": (_only_makes_so,),
    "units_shipped": (_is_money, _is_traded),
}
OF_ROLE: dict[str, tuple[Callable[[Tie, Metric], bool], ...]] = {
    "verb": (_is_ruled_out, _is_of_people, _multiplies_other, _is_of_as_many, _only_moved, _only_stands_behind),
    "name": (_is_ruled_out, _only_stands_behind, _is_counted, _is_of_as_many),
}
