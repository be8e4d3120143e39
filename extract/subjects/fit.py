"""Whose figure it is: how likely somebody who is spoken of owns a number.

Evidence comes in tiers: tied to the metric's noun ("Nvidia's revenue", "the price of the YU7"), beside the number
("Galaxy Buds ($170)"), subject of the clause, named in the sentence, a pronoun or "the company", the heading above, the
topic of the sentences before. The kinds of entity that a metric is said of weigh each tier.
"""
import re
from functools import cache

from .. import schema
from ..grammar import clause
from ..grammar.frame import near
from .position import KIND_STEP, NUMBERS, telling, tier
from .subject import ACTING, OF_NOUN, OWNER, OWNING, TAKEN, Candidate, is_goods

OTHER_SIDE, DOER = 0.35, 0.3        # who sells or holds what is bought; who imposes what others pay
FAR_KIND_STEP = 0.1         # the same for who is named in another sentence, of whom the grammar says nothing
TOLD_OF = 0.25              # lost by a firm that says something for what only goods and places have
UNTOLD = 0.6                # factor for a discovered name of which the text does not tell the kind
RELATED = 0.9               # factor for a name that a relative clause with the number speaks of, at least
FAR_GOODS = 0.65            # factor for all of a kind ("electric cars") that another sentence spoke of
LABELLED = 0.3              # lost by a place that a line begins with, by what goods have
HE_REACHES = 30             # characters from which on "he" loses what no noun or verb ties to him
PERSON = 0.7                # factor for a person who does what the number tells, at least
THEIR_OWN = re.compile(r" (?:[a-z-]+ ){0,2}")
RIGHT_BEFORE = re.compile(r" (?:(?:will|would|has|had|have|can|could|also|now|[a-z]+ly) )*")     # a verb
OTHERS = re.compile(r"\b(?:which|that|who|whose)\b|@|[,;:] \S")
OTHER_KIND = 0.4           # factor for a kind that the metric does not list
RECEIVING = re.compile(r"\b(?:(?:bought|acquired|purchased|taken (?:over|private)|snapped up|"
                       r"(?:buyout|takeover|acquisition|purchase)(?: of (?:[\w@-]+ ){0,2}@+)?) by|"
                       r"s(?:old|ell|ells|elling|ale of) (?:[\w@-]+ ){0,4}to|sale to)\s+(?:(?:the|its|rival) )?"
                       r"(?:[\w@'’-]+ ){0,2}$")
STAKE_OF = re.compile(rf"['’]s? (?:[a-z]+ )?{near()}")
OF_HIS = re.compile(r" (?:worth )?(?:of|in) ")
STAKE = re.compile(r" (?:stake|holding|shareholding|share|interest)\b")
SELLER = re.compile(r"\bfrom (?:the |its )?(?:[\w@'’-]+ ){0,3}$")
BOUGHT = re.compile(r"\b(?:bought|buys?|buying|acquir\w+|purchas\w+)\b")
BID = re.compile(r"\b(?:offer|bid|proposal)s?\b")
OWNED_BY = re.compile(r"[ -](?:owned|held|controlled) by (?:the )?(?:[a-z-]+ ){0,2}")
RECEIVED = re.compile(r"\s+to\s+(?:[\w@-]+\s+){0,4}")
SELLING = re.compile(r"\b(?:sold|sale|sell\w*)\b[^#;]{0,40}$")
TAXED = re.compile(r" (?:on|for) (?:[a-z-]+ ){1,3}(?:made by|built by|exported by|from) ")     # "17% on cars made by X"
FACING = re.compile(r"(?:['’]s(?: [a-z-]+){1,2}?)?(?:,? --? [^#;]{1,80} --?|, [^#;,]{1,80},)?,?(?: --?)?"
                    r"(?: (?:which|that|who))?(?: (?:will|would|could|also|now|already))? (?:face[sd]?|facing|pays?|"
                    r"paying|hit with|subject to) ")
LABEL = re.compile(r" ?(?:\([^()]*\))?: ?")
RELATIVE = re.compile(r", (?:which|who|where) (?!(?:he|she|they|we|it) )")
IMPOSED_ON = re.compile(r"\b(?:imposed|levied|slapped) (?:by (?:the )?@+ )?(?:on|against) (?:the |its )?"
                        r"(?:[\w@'’-]+ ){0,2}$")
OTHER_OBJECT = re.compile(r"[#@,;]|\b(?:by|from|with|for|in|over)\b")
HELD = re.compile(r"\s+(?:\w+\s+){0,2}(?:of|in|for)\s(?!~+, )")
# On whom a tariff is, and who only imposes it
ON_PLACE = re.compile(r"\b(?:on|from|against|for)\s+(?:all\s+|most\s+|the\s+)?(?:[\w-]+\s+){0,2}$")
ITS_GOODS = re.compile(r"['’]?s?\s+(?:[\w-]+\s+)?(?:goods|imports?|exports?|products?|shipments?|steel|cars|vehicles|"
                       r"evs|chips|companies)\b")
FACES = re.compile(r"\s+(?:[\w-]+\s+){0,2}?(?:fac\w+|pegged|hit|subject|pays?|at)\b")
INTO_PLACE = re.compile(r"\b(?:by|into|to|enter\w*)\s+(?:the\s+)?$")
IMPOSES = re.compile(r"['’]?s?\s+(?:[\w#-]+\s+)?(?:tariffs?|dut(?:y|ies)|impos|slap|lev(?:y|ie)|introduc|has|will|"
                     r"would|said|plans)")
FINER = re.compile(r"(?:['’]s(?: [a-z-]+){1,3}|(?: (?:has|had|have|also|will))*) (?!settle)[a-z]+ (?:the |its )?"
                   r"(?:[\w-]+ ){0,3}@+(?:['’]s? [\w-]+)? (?:for |at )?" + near())


PAYS = re.compile(r" (?:[a-z]+ ){0,4}(?:ow(?:e|es|ed)|pays?|paid|hand(?:s|ed)?|gives?|gave) (?:[a-z]+ ){0,2}@+ "
                  + near())


@cache
def _within() -> re.Pattern:
    """Between people and a number that only says which of them are meant."""
    return re.compile(rf" (?:of|in|from|across) {near()}")


def score(candidate: Candidate, masked: str, number: tuple[int, int], cue: tuple[int, int] | None,
          about: tuple[str, ...], role: str = "subject", named: bool = True) -> tuple[float, str]:
    """How likely the candidate owns the number, 0 to 1, and the evidence in a word.

    `masked` is the sentence with # @ ~ for quantities, names and periods; `cue` the span of the metric's noun; `about`
    the kinds of entity and `role` the part that the metric is said of; `named` tells that a noun names the metric.
    """
    if candidate.how == "asked":
        return (candidate.worth if candidate.start == number[0] and about[0] == "other" else 0), "asked"
    if candidate.how == "phrase" and (number[0] < candidate.start < number[1] or candidate.end < number[0]
                                      and _within().fullmatch(masked, candidate.end, number[0])):
        return 0.0, "counted"       # "three climbers", "ministers from 12 countries"
    fit = _kind_fit(candidate, masked, number, cue, about)
    if candidate.start is None:
        return candidate.worth * fit, candidate.how
    if role == "on" and (facing := FACING.match(masked, candidate.end, number[0])) \
            and "#" not in masked[facing.end():number[0]]:
        return OF_NOUN, role            # whoever it is: "Norvik, which faces a tariff of 7%"
    if role == "on" and candidate.start >= number[1] and TAXED.fullmatch(masked, number[1], candidate.start):
        return OWNER, role
    if role != "subject":
        value = _by_role(candidate, masked, number, cue, role)
        if value is not None:
            # whatever it is that something is sold to
            untold = role == "holder" and value == OWNER and candidate.entity.kind == "other" \
                and not candidate.entity.known
            value *= 1 if role == "whole" else max(fit, RELATED) if untold else fit
            return (value - 0.05 * len(NUMBERS.findall(masked, candidate.end, number[0]))
                    - 0.2 * (clause.NEW.search(masked, candidate.end, number[0]) is not None)), role
    return _by_place(candidate, masked, number, cue, about, fit, named)


def _by_place(candidate: Candidate, masked: str, number: tuple[int, int], cue: tuple[int, int] | None,
              about: tuple[str, ...], fit: float, named: bool) -> tuple[float, str]:
    """How likely a candidate of the sentence owns the number, by where it stands."""
    kind = candidate.entity.kind
    value, why = tier(candidate, masked, number, cue, about)
    if kind == "place" and about[0] == "product" and candidate.start == 0 and LABEL.match(masked, candidate.end):
        value -= LABELLED       # "Velmora (with tax): $300"
    if why == "speaker" and kind == "company" and about[0] in ("product", "place"):
        value -= TOLD_OF        # "Norvik Bank said prices rose"
    if why == "which" and candidate.how not in ("descriptor", "pronoun") and about[0] != "person" \
            and RELATIVE.match(masked, candidate.end):
        fit = max(fit, RELATED)     # whatever it is: "the Quillon, which sold 300"
    if kind == "person" and cue and candidate.end <= cue[0] < number[0] \
            and _does(candidate, masked, cue, number, named):
        fit = max(fit, PERSON)      # whatever it is: "Ana Ruiz earned $300", "her rent was $300"
    elif kind == "person" and PAYS.fullmatch(masked, candidate.end, number[0]):
        fit = max(fit, PERSON)      # "Ana Ruiz would owe Norvik a $300 fee"
    elif kind == "person" and candidate.how == "pronoun" and not cue:
        value -= max(0, number[0] - candidate.end - HE_REACHES) / 200     # "she was glad of the 14-year-old boat"
    if candidate.how == "demonym" and why in ("owner", "of"):
        value *= 1 if about[0] == "place" else 0.6
    return value * fit, why


def _kind_fit(candidate: Candidate, masked: str, number: tuple[int, int], cue: tuple[int, int] | None,
              about: tuple[str, ...]) -> float:
    """How well a candidate of its kind owns what the kinds `about` own."""
    kind = candidate.entity.kind
    goods = kind in ("other", "product") and is_goods(candidate.entity)
    said_before = candidate.start is None or candidate.how in ("pronoun", "descriptor")
    if goods and not said_before and candidate.part in ACTING:
        kind = "product"        # "hybrids grew"; from other sentences they take little that a product has
    step = KIND_STEP if candidate.start is not None else FAR_KIND_STEP
    # governments have what countries have; hospitals spend and use as firms do
    if kind == "organisation" and kind not in about:
        kind = ("place" if "government" in candidate.entity.descriptors and candidate.how == "exact" else "company"
                if candidate.how == "phrase" or candidate.how in ("pronoun", "descriptor") and cue
                and about[0] == "company" and candidate.end <= number[0] else kind)
    fit = 1 - step * about.index(kind) if kind in about else OTHER_KIND - 0.1 * (kind == "other")
    if kind == "person" and kind in about and candidate.part == "subject" and candidate.start is not None \
            and candidate.end <= number[0] and clause.acts(masked, candidate.end) \
            and not telling().match(masked, candidate.end):
        fit = max(fit, 1 - step)    # "Ana Ruiz holds a lead of 48 seconds"
    if kind == "other" and not candidate.entity.known:
        fit = max(fit, UNTOLD)
    if kind == "person" and "person" not in about or kind == "market" and about[0] != "market" \
            and candidate.how not in ("group", "phrase"):
        fit *= 0.6
    if candidate.how == "phrase" and kind in ("other", "person"):
        peopled = about[0] not in ("product", "place") and not {"other", "person", "market"}.isdisjoint(about) \
            or "other" in about and candidate.entity.descriptors[0] not in schema.words("noun")["people"]
        fit = 1 if about[0] == "other" else 0.85 if peopled else 0.6
    if candidate.how == "group" and about[0] not in ("other", "market"):
        fit *= 0.5      # shoppers have no price
    if goods and said_before:
        fit *= FAR_GOODS
    if candidate.how == "titled" or candidate.how == "lead" and kind == "other" and not candidate.entity.known:
        return max(fit, RELATED)        # whatever it is whose list it is
    return fit


def _does(candidate: Candidate, masked: str, cue: tuple[int, int], number: tuple[int, int], named: bool) -> bool:
    """Whether somebody does what the number tells, or has what it measures: "Ana Ruiz spent #", "her rent was #"."""
    gap = clause.without_asides(masked[candidate.end:cue[0]])
    if candidate.part == "owner" and candidate.how == "pronoun":
        return THEIR_OWN.fullmatch(gap) is not None
    return clause.acts(masked, candidate.end) and not OTHERS.search(gap + masked[cue[0]:number[0]]) \
        and (not named or RIGHT_BEFORE.fullmatch(gap) is not None)


def _by_role(candidate: Candidate, masked: str, number: tuple[int, int], cue: tuple[int, int] | None,
             role: str) -> float | None:
    """Who is fined, valued or taxed stands behind the verb or behind "on" and "from"; None where this says nothing."""
    if role == "holder":
        return _held(candidate, masked, number)
    if role == "whole":
        return _counted_in(candidate, masked, number)
    if role == "object":
        return _done_to(candidate, masked, number, cue)
    return _imposed_on(candidate, masked) if role == "on" and candidate.entity.kind == "place" else None


def _held(candidate: Candidate, masked: str, number: tuple[int, int]) -> float | None:
    """Of whom a stake is: "Dunmore owns 14.9% of Swiftlane" and bought it: the other one is what is held."""
    before, ahead, behind = masked[max(0, candidate.start - 60):candidate.start], candidate.end <= number[0], \
        candidate.start >= number[1]
    if ahead and STAKE_OF.fullmatch(masked, candidate.end, number[0]) and STAKE.match(masked, number[1]):
        return OWNER            # "wants to buy Dunmore's 14.9% stake"
    if behind and OWNED_BY.fullmatch(masked, number[1], candidate.start):
        return OWNER            # "Swiftlane is 14.9% owned by Dunmore"
    if candidate.how != "pronoun" and (ahead and RECEIVING.search(before) or behind and RECEIVED.fullmatch(
            masked[number[1]:candidate.start]) and SELLING.search(masked[:number[0]])):
        return OWNER            # "sold to Norvik for $9m", "sold for $9m to the oil firm Norvik"
    if behind and candidate.how == "pronoun" and candidate.part == "owner" \
            and OF_HIS.fullmatch(masked, number[1], candidate.start):
        return OWNER            # "sold $9m of his shares"
    if behind and before.endswith(", ") and clause.acts(masked, candidate.end):
        return None             # "after selling $9m of her Tidemark shares, Ana Ruiz left"
    if SELLER.search(before) and BOUGHT.search(masked, 0, candidate.start) and not BID.search(before):
        return OTHER_SIDE       # "bought a stake in it from Norvik for $9m"
    if behind and HELD.match(masked[number[1]:candidate.start]) \
            or (taken := TAKEN.search(before)) and (candidate.part != "subject" or "," not in taken[0]):
        return OTHER_SIDE
    return None


def _counted_in(candidate: Candidate, masked: str, number: tuple[int, int]) -> float | None:
    """The whole that what is counted is part of: "65 million doses of Curazil", "the union's 200 members"."""
    if candidate.how == "pronoun" or (candidate.how, candidate.part) == ("demonym", "modifier"):
        return None
    if candidate.start >= number[1] and _whole().fullmatch(masked, number[1], candidate.start) \
            or candidate.end <= number[0] and OWNING.fullmatch(masked[candidate.end:number[0]]) \
            and not clause.acts(masked, masked.rindex(" ", 0, number[0] - 1)):     # "Norvik's economist said 300 vans"
        return OF_NOUN
    return None


@cache
def _whole() -> re.Pattern:
    """Between what is counted and the whole that it is part of."""
    return re.compile(r"\s+of\s+(?:(?:the|its|their|all|our)\s+)?(?:(?!(?:from|to|by|with|in|on|for|at|than|into|after|"
                      r"behind|before|them|which|whom)\b)[\w-]+,?\s+){0,3}")


def _done_to(candidate: Candidate, masked: str, number: tuple[int, int], cue: tuple[int, int] | None) -> float | None:
    """To whom something is done: "fined Norvik $5m"."""
    if cue and 0 < candidate.start - cue[1] < 25 and not OTHER_OBJECT.search(masked[cue[1]:candidate.start]):
        return OWNER
    if IMPOSED_ON.search(masked[max(0, candidate.start - 60):candidate.start]):
        return OWNER            # "the fine that Velmora imposed on Norvik"
    if candidate.how == "demonym" or cue and candidate.end <= cue[0] < number[0] \
            and FINER.fullmatch(masked, candidate.end, number[0]):
        return DOER             # "Velmora fined Norvik $5m"
    return None


def _imposed_on(place: Candidate, masked: str) -> float | None:
    """On whose goods a tariff is: "a tariff on Velmora", "Velmoran steel", not "Norland imposes"."""
    before, after = masked[max(0, place.start - 60):place.start], masked[place.end:place.end + 40]
    if ON_PLACE.search(before):
        return OF_NOUN
    if ITS_GOODS.match(after):
        return OF_NOUN - 0.03
    if FACES.match(after):
        return OF_NOUN - 0.01
    if INTO_PLACE.search(before) or IMPOSES.match(after):
        return DOER
    return None
