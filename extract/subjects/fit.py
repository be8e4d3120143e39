"""Whose figure it is: how likely somebody who is spoken of owns a number.

Evidence comes in tiers: tied to the metric's noun ("Nvidia's revenue", "the price of the YU7"), beside the number
("Galaxy Buds ($170)"), subject of the clause, named in the sentence, a pronoun or "the company", the heading above, the
topic of the sentences before. The kinds of entity that a metric is said of weigh each tier.
"""
import re
from functools import cache
from typing import NamedTuple

from .. import schema
from ..context.stance import said_forms
from ..grammar import clause
from ..grammar.frame import near
from ..model import Entity
from ..pattern import any_of
from .subject import (
    ACTING, BESIDE, NAMED, OF_NOUN, OWNER, OWNING, SUBJECT, TAKEN, Candidate, is_goods, word_lists)

OTHER_SIDE, DOER = 0.35, 0.3        # who sells or holds what is bought; who imposes what others pay
KIND_STEP = 0.06            # lost for each place down in the metric's list of kinds
FAR_KIND_STEP = 0.1         # the same for who is named in another sentence, of whom the grammar says nothing
TOLD_OF = 0.25              # lost by a firm that says something for what only goods and places have
UNTOLD = 0.6                # factor for a discovered name of which the text does not tell the kind
RELATED = 0.9               # factor for a name that a relative clause with the number speaks of, at least
FAR_GOODS = 0.65            # factor for all of a kind ("electric cars") that another sentence spoke of
OUTSIDE, OTHER_CLAUSE = 0.2, 0.15       # lost by a name in an aside that the number is not in, further by its subject
COUNTED = 0.33              # lost by what is itself counted
LABELLED = 0.3              # lost by a place that a line begins with, by what goods have
HE_REACHES = 30             # characters from which on "he" loses what no noun or verb ties to him
PERSON = 0.7                # factor for a person who does what the number tells, at least
THEIR_OWN = re.compile(r" (?:[a-z-]+ ){0,2}")
RIGHT_BEFORE = re.compile(r" (?:(?:will|would|has|had|have|can|could|also|now|[a-z]+ly) )*")     # a verb
OTHERS = re.compile(r"\b(?:which|that|who|whose)\b|@|[,;:] \S")
ASKED_OF = 0.8              # how well "30% of older drivers" are those drivers'
OTHER_KIND = 0.4           # factor for a kind that the metric does not list
UNTIED = ("modifier", "agent", "compared")              # parts whose name says nothing of a noun right behind it
ASIDE = ("modifier", "agent", "compared", "located")     # parts that own no number, however near it they stand
NAMES, NUMBERS, NAMES_OR_NUMBERS = re.compile("@+"), re.compile("#+"), re.compile("[@#]+")
THAN = re.compile(r"[^;.]{0,30}\b(?:than|compared (?:to|with))\b")        # "300 g more than our favourite, the Linnet"
APPOSED_TO = re.compile(r" (?:[a-z-]+ ){1,3}")        # "its $9 smart speaker Finch"
# begins a clause of its own
LATER = re.compile(r";|,? (?:and|but|while|whereas|although|though|because|after|as)\b|, (?:of )?(?:which|whom|whose|"
                   r"where)\b")
THAT_HE = re.compile(r" (?:that|which) (?:the )?")      # between a number and who has, pays or makes it
POSSESSED = re.compile(r"['’]s? (?:[a-z-]+ ){0,2}@")                # "14% for Norvik's Linnet": the Linnet's
HERE = re.compile(r"\s+(?:in|at|across)\s+(?:the\s+)?")
IT_TAKES = re.compile(r"\b(?:that|said|says|,) it (?:(?:will|would|could|may|might|can|should|has|had) )?"
                      r"(?:(?:also|still|only|now) )?(?:takes?|took|taken)\b")
OPENED = re.compile(r"(?:,|\b(?:and|but|while|that|as)) (?:now |then |also |only |just |nearly |almost |about |around |"
                    r"more than |over |some )*$")
RECEIVING = re.compile(r"\b(?:(?:bought|acquired|purchased|taken over|snapped up|buyout|takeover|acquisition|"
                       r"purchase) by|s(?:old|ell|ells|elling|ale of) (?:[\w@-]+ ){0,4}to|sale to)\s+(?:(?:the|its|"
                       r"rival) )?(?:[\w@'’-]+ ){0,2}$")
STAKE_OF = re.compile(rf"['’]s? (?:[a-z]+ )?{near()}")
STAKE = re.compile(r" (?:stake|holding|shareholding|share|interest)\b")
SELLER = re.compile(r"\bfrom (?:the |its )?(?:[\w@'’-]+ ){0,3}$")
BOUGHT = re.compile(r"\b(?:bought|buys?|buying|acquir\w+|purchas\w+)\b")
BID = re.compile(r"\b(?:offer|bid|proposal)s?\b")
OWNED_BY = re.compile(r"[ -](?:owned|held|controlled) by (?:the )?(?:[a-z-]+ ){0,2}")
RECEIVED = re.compile(r"\s+to\s+(?:[\w@-]+\s+){0,4}")
SELLING = re.compile(r"\b(?:sold|sale|sell\w*)\b[^#;]{0,40}$")
TAXED = re.compile(r" (?:on|for) (?:[a-z-]+ ){1,3}(?:made by|built by|exported by|from) ")     # "17% on cars made by X"
GIVEN = re.compile(r"\b(?:pay\w*|paid|giv\w+|gave|offer\w*|lend\w*|lent|ow(?:e|es|ed|ing)|send\w*|sent|award\w*|"
                   r"promis\w*|hand\w*|"
                   r"grant\w*)\s+(?:[\w-]+\s+){0,3}$")
NEARLY = re.compile(rf" {near()}")
COMPRISES = re.compile(r"\b(?:compris(?:ed|es|ing)|consist(?:ed|s|ing) of|made up of|split (?:between|into)|"
                       r"divided into)\b[^;:.]*$")
FACING = re.compile(r"(?:['’]s(?: [a-z-]+){1,2}?)?(?:,? --? [^#;]{1,80} --?|, [^#;,]{1,80},)?,?(?: --?)?"
                    r"(?: (?:which|that|who))?(?: (?:will|would|could|also|now|already))? (?:face[sd]?|facing|pays?|"
                    r"paying|hit with|subject to) ")
AGED = re.compile(r"(?: [a-z][a-z-]*){1,4},? ")
WITH = re.compile(r"\bwith (?:the |its |rival )?$")
USED = re.compile(r"(?: (?:used|old|pre-owned|second-hand|original|base))* ")
AGAINST = re.compile(r"\b(?:against|compared with|compared to|versus|vs\.?|than|twice|double|instead of|"
                     r"(?:up|down) from) (?:[a-z]+ ){0,2}$")
# "3% recorded in Velmora", "6 GB in last year's Veldt Pad"
BEHIND = re.compile(r"(?: [a-z]+(?:ed|wn|de|ld))? (in|for|at|by|from|of|on|with) (?:(?:the|rival|~+['’]s|~+|its|"
                    r"original|older|smaller|larger|cheaper|standard|regular|base) ){0,3}(?:@+['’]s )?")
PLURAL = re.compile(r"s(?![\w'’])")
NEXT_ITEM = re.compile(rf"(?:,|;)? (?:and|while|but) {near()}")      # "a range of 300 km for the Linnet and 400 km"
LENT = re.compile(r"\b(?:gives?|gave|giving|lends?|lent) (?:the |its )?$")
MANAGED = re.compile(r" (?:that |which )?(?:the |its )?")        # "the 3.1 million the Solace managed"
WHOSE = re.compile(rf"['’]s? {near()}")
BODIES = ("company", "product", "organisation")
LARGER = re.compile(r"\b(?:than|ahead of)(?: (?:the|that of|those of|in|its|rival|@+['’]s))* $")
LABEL = re.compile(r" ?(?:\([^()]*\))?: ?")
RELATIVE = re.compile(r", (?:which|who|where) (?!(?:he|she|they|we|it) )")
# "a stake for $9m was cleared by Velmora"
WAS = re.compile(r" (?:was|were|is|are|has|have|had) ")
PAID_FOR = re.compile(r"\b(?:for|at|of|worth|in|with) $")
# "carmakers like Norvik and Veldt, which", "a carmaker like Norvik, which have": the carmakers
ARE = re.compile(r", (?:which|who) (?:have|are|were)\b")
EXAMPLES = re.compile(rf"\A(?:,? (?:like|such as|including))(?:(?:,? (?:and )?@+)*,? and @+| @+(?={ARE.pattern}))"
                      r"(?=, (?:which|who) (?!has\b|is\b|was\b))")
IMPOSED_ON = re.compile(r"\b(?:imposed|levied|slapped) (?:on|against) (?:the |its )?(?:[\w@'’-]+ ){0,2}$")
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
FINER = re.compile(r"(?:['’]s(?: [a-z-]+){1,3}|(?: (?:has|had|have|also|will))*) [a-z]+ (?:the |its )?"
                   r"(?:[\w-]+ ){0,3}@+(?:['’]s? [\w-]+)? (?:for |at )?" + near())
# Who sells something asks its price and does not have it: "at Marlow - $9", "$9 at Marlow", "Marlow has it for $9"
AT_SHOP = 0.2
SHOP = re.compile(r"\b(?:on|at|via|through|from) (?:the )?$")
SHOP_AHEAD = re.compile(r"(?:['’]s?)?(?: (?:for|at|from)|:| [-–—]| \()(?: (?:just|only))? ?")
# A part of a device has nothing that is listed behind it: "has a K3 processor, 8 GB of memory"
COMPONENT = 0.5
SOLD_AT = re.compile(r"(?: (?!and\b)[\w-]+| \([^()]*\)){0,4} (?:at|on|from|via|through) @+(?: (?:for|[-–—])|:) ")
SHOP_BEHIND = re.compile(r" (?:at|from|on|via|through) (?:the )?")
SELLS_IT = re.compile(r"(?: [a-z]+){0,3} (?:it|them|these|those|this|one)(?: [a-z]+){0,3} (?:for|at|to) (?:only )?")
# "Finch: $400 Linnet: $300", "Finch - $400 Linnet - $300": the name before is what the mark is behind
MARKED = re.compile(r"@(?P<mark> ?(?:[:|(]|[-–—]) ?)\Z")


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


@cache
def _said() -> re.Pattern:
    return re.compile(said_forms())


@cache
def _within() -> re.Pattern:
    """Between people and a number that only says which of them are meant."""
    return re.compile(rf" (?:of|in|from|across) {near()}")


@cache
def _beside() -> dict[str, re.Pattern]:
    before, said = near(), said_forms()
    return {"owner": re.compile(r"(?:['’]s?)?\s+(?:(?!(?:the|an?|its|their|his|her)\s)[\w~%#&’'/-]+\s+){0,3}"),
            "owner_near": re.compile(r"(?:['’]s?)?\s+(?:(?!(?:the|an?|after|before|while|until|since|"
                                     r"amid|despite|because|when|as|from|for|with|against|than|over|and|but|or)\s)"
                                     r"[\w~%&’'/-]+\s+){0,1}"),
            "whose": re.compile(r"\.?,?\s+whose\s+(?:[\w~'’-]+\s+){0,3}"),
            "where": re.compile(r",?\s+(?:where|whose)\s+(?!(?:it|they|he|she|we)\s)(?:[\w~'’-]+\s+){0,3}"),
            "of": re.compile(r"\s+(?:of|for|at)\s+(?:the\s+|its\s+|a\s+|an\s+)?(?:[\w-]+\s+){0,2}"),
            "of_place": re.compile(r"\s+(?:of|for|at|in|on|from)\s+(?:the\s+)?(?:[\w-]+\s+){0,1}"),
            "name_number": re.compile(rf"['’]?s?\s*(?:\(|:|–|—|-|,|\||at|for|from|=)?\s*{before}|\) ?(?:(?:some|about|"
                                      rf"around|nearly|almost|over|roughly) )?"),
            "name_bracket_number": re.compile(r"\.?\s*\([^()@]{0,60}"),
            "name_with_number": re.compile(rf"\s+(?:with|at|on)\s+{before}"),
            "name_verb_number": re.compile(rf"(?:\s+[\w~’'-]+){{0,3}}?\s+(?:at|for|from|has|have|had|gets|offers|with|"
                                           rf"packs|costs|is|was|are|were|to|of|by|about|on|in|up|down)\s+{before}"),
            "number_name": re.compile(r"\s*(?:for|at|of)?\s*(?:th(?:at|ose) of\s)?(?:@+['’]s\s)?"
                                      r"(?:(?:the|its|an?|each|new|every)\s)*"),
            "number_of_phrase": re.compile(r"\s*(?:of\s+)?(?:(?:all|most|any|every|these|those|the|its)\s+)*"),
            "number_of_group": re.compile(r" of (?:all |the )?(?:[\w@-]+ ){1,3}"),
            # "Norvik said prices rose by 3%"
            "telling": re.compile(rf"\s+(?:{said})\s+(?!(?:at|for|from|to|of|by|about|on|in|it|that it)\s)[\w-]"),
            # "Velmora saw hybrids take 21%", "helped Norvik reach 3 million"
            "name_verbs_number": re.compile(rf"\s+(?:take|reach|hit|hold|gain|lose|win|make|sell|earn|grow|rise|fall|"
                                            rf"climb|drop|jump|spend|pay|raise|(?:add|climb|dropp|earn|fall|gain|"
                                            rf"grow|jump|los|ris|shedd|slid|slipp|surg|tumbl)ing)"
                                            rf"\s+(?:by\s+|to\s+)?{before}"),
            "name_with_noun_number": re.compile(rf"(?: (?!and\b)[a-z-]+)??,?\s+with\s+(?:an?|its|their)\s+"
                                                rf"(?:[\w-]+\s+){{1,3}}of\s+{before}"),
            "name_doing_number": re.compile(rf"(?:\s+[\w-]+){{0,2}},\s+(?:now\s+|currently\s+)?[a-z]+(?:ing|"
                                            rf"ed)\s+(?:at|for|from|to|with|by|in|of)\s+{before}"),
            "name_which_number": re.compile(rf"\.?(?:\s*\([^()]{{1,12}}\)|\s(?:in|of)\s[@~]+(?=,\s)|\s#+(?=,\s))?"
                                            rf"(?:\s+(?!(?:{said})\b)[\w-]+){{0,2}}"
                                            rf"(?:,\s+(?:an?|the|its|their)\s+(?:[\w-]+,?\s+){{1,5}}|,?\s+)(?:of\s+)?"
                                            rf"(?:which|whom|that|who|where)\s+(?:(?:[\w~'’-]+\s+){{0,6}}|(?:pa(?:ys|id)|"
                                            rf"gave|gives|owe[sd]|sent|lent|offer(?:s|ed))\s+@+\s+){before}"),
            # "Norvik, a Lund-based firm that runs a fleet of turbines with more than 1 GW"
            "name_apposed_number": re.compile(r",\s+an?\s+(?:[\w@-]+\s+){1,6}(?:(?:that|which|who)\s+[^,;:#@]{3,110}|"
                                              rf"(?:with|employing)\s+{before})"),
            "number_for_name": re.compile(r"\s+(?:for|in|on|off?)\s+(?:the|its|a|an|each|every|@+['’]s)?\s*"
                                          r"(?:[\w#-]+\s){0,2}"),
            "number_noun_for_name": re.compile(r"(?:\s+[\w-]+){1,3}?\s+(?:for|in|on|of|called|named|dubbed)\s+"
                                               r"(?:(?:the|its|a|an)\s+)?"),
            "number_of_name": re.compile(r"\s+of\s+(?:(?:the|its|their|all|our)\s+)?(?:(?!(?:from|to|by|with|in|on|for|"
                                         r"at|than|into|after|behind|before|them|which|whom)\b)[\w-]+,?\s+){0,3}"),
            "number_of_units": re.compile(r"\s+of\s+(?:the\s+|its\s+)?(?:(?:new|latest|old|original|first)\s+)?"),
            "number_done_by": re.compile(r"\s+(?:[\w-]+\s+)?(?:(?:offer|bid|proposal)\s+from|"
                                         r"investment\s+(?:from|by)|(?!led|backed|owned|"
                                         r"driven|founded|followed|caused|estimated|expected|projected|predicted|"
                                         r"anticipated)(?:\w+ed|sold|paid|made|spent|held|won|built|"
                                         r"lost|set)\s+by)\s+(?:(?:the|its|rival)\s+)?(?:[\w-]+\s+){0,2}"),
            "number_bracket_name": re.compile(r"\s?\((?:the )?")}


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
    value, why = _tier(candidate, masked, number, cue, about)
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
            and not _beside()["telling"].match(masked, candidate.end):
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
    if candidate.start >= number[1] and _beside()["number_of_name"].fullmatch(masked[number[1]:candidate.start]) \
            or candidate.end <= number[0] and OWNING.fullmatch(masked[candidate.end:number[0]]):
        return OF_NOUN
    return None


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


class _Place(NamedTuple):
    """Where a candidate of a sentence stands to a number."""
    candidate: Candidate
    masked: str
    number: tuple[int, int]
    about: tuple[str, ...]      # kinds of whom the metric is
    outside: bool               # the candidate stands in a clause that ends before the number
    cited: bool                 # it only says so: "according to Brightwell up to 45% of ..."
    aside: bool                 # none of the sentence's own subjects and objects
    passed: bool                # another one acts between it and the number


def _tier(candidate: Candidate, masked: str, number: tuple[int, int], cue: tuple[int, int] | None,
          about: tuple[str, ...]) -> tuple[float, str]:
    """The tier of evidence that holds between a candidate of the sentence and the number, before kinds are weighed."""
    value = candidate.worth
    outside = candidate.within is not None and not candidate.within[0] <= number[0] <= candidate.within[1] + 1
    if outside:         # "Ana Ruiz, who led Norvik, raised $5m", "Ana Ruiz, whose firm Norvik failed, raised $5m"
        opened = masked[candidate.within[0]]
        # "sprints in 7 seconds (the Veldt Ion in 6), top speed 180 km/h"
        value -= OUTSIDE + OTHER_CLAUSE * (opened == "(") + OTHER_CLAUSE * (
            candidate.part == "subject" and candidate.how != "pronoun" and opened in ",(")
    cited = candidate.part == "speaker" and candidate.worth < NAMED
    aside = cited or candidate.part in ASIDE or candidate.how in ("demonym", "group") or outside
    if candidate.entity.kind == about[0] == "place" and candidate.part == "located":
        # "in India" says whose figure it is where the metric is one of places, "In India, ..." the more so.
        value, aside = SUBJECT, False
    elif candidate.part == "located" and "place" in about:
        value = NAMED + 0.02        # where nobody acts, as in "there are 300 shops in the town"
    passed = candidate.until is not None and candidate.until < number[0]
    place = _Place(candidate, masked, number, about, outside, cited, aside, passed)
    if cue is not None and (by_noun := _by_noun(place, cue)) is not None:
        return by_noun
    return (_before if candidate.end <= number[0] else _behind)(place, value, cue)


def _by_noun(place: _Place, cue: tuple[int, int]) -> tuple[float, str] | None:
    """The tier of whom the noun of the metric belongs to: "Norvik's revenue of #", "revenue of Norvik"."""
    candidate, masked, number, about, *_ = place
    kind, pattern, start, end = candidate.entity.kind, _beside(), candidate.start, candidate.end
    if end <= cue[0] and candidate.how != "group":
        gap = masked[end:cue[0]]
        possessive = candidate.part in ("owner", "held")
        tied = pattern["owner" if possessive else "owner_near"].fullmatch(gap) \
                and (possessive or candidate.part not in UNTIED
                     # "a tiger shot in Velmora weighed 220 kg"
                     and not (candidate.part == "located" and about[0] == "product")) or (
            pattern["where" if kind == "place" else "whose"].fullmatch(gap))
        if gap == " to " and WITH.search(masked, max(0, start - 12), start):
            tied = None         # "agreed with Tidemark to build 300 vans": who agreed builds them
        if len(gap) < 45 and tied \
                and (possessive or about[0] not in ("product", "place") or not _said().fullmatch(gap.strip())):
            between = masked[cue[1]:number[0]]
            worth = OWNER if possessive else OWNER - 0.03
            if candidate.how == "pronoun" and masked[start:end] in ("it", "its"):
                worth -= max(0, SUBJECT - 0.05 - candidate.worth)       # it is rather of the sentence right before
            # "with 300 units of the Linnet, this was Norvik's best year"
            worth -= 0.15 * ("," in masked[number[1]:start])
            # Another number between has the noun, and its subject, first; so has another clause.
            return worth - (0.1 if "#" in between else 0) \
                - 0.3 * (place.passed or bool(clause.NEW.search(between))), "owner"
    of = pattern["of_place" if kind == "place" and about[0] == "place" else "of"]
    if start >= cue[1] and candidate.part != "modifier" and len(masked[cue[1]:start]) < 40 \
            and of.fullmatch(masked[cue[1]:start]):
        between = masked[end:number[0]]
        apart = bool(clause.NEW.search(between)) or end <= number[0] and NEXT_ITEM.fullmatch(between) is not None
        return OF_NOUN - 0.3 * apart - 0.1 * ("@" in between), "of"
    return None


def _before(place: _Place, value: float, cue: tuple[int, int] | None) -> tuple[float, str]:
    """The tier of a candidate that stands before the number."""
    candidate, masked, number, about, outside, _, aside, passed = place
    kind, pattern = candidate.entity.kind, _beside()
    gap = masked[candidate.end:number[0]]
    if kind != "product" and IT_TAKES.search(gap):
        return value - 0.5, candidate.part      # "Norvik Bank said it would take 12 years"
    beside = max(value, BESIDE), "beside"
    if len(gap) < 70 and candidate.part not in ("modifier", "located") \
            and candidate.how not in ("demonym", "group") and (pattern["name_bracket_number"].fullmatch(gap)):
        # "Databricks (now valued at $100 billion)", "H&M ($22 billion)"
        return max(value, BESIDE + 0.05 * (gap == " (")), "beside"
    if len(gap) < 30 and candidate.part in ("agent", "compared") and pattern["name_with_number"].fullmatch(gap) \
            and (candidate.part == "compared" or " at " not in gap):
        return beside           # "led by Norvik with 11%", "like the Linnet with its 60 kWh battery"
    if kind == about[0] == "product" and LENT.search(masked[max(0, candidate.start - 20):candidate.start]) \
            and gap.startswith((" a ", " an ")):
        return OWNER + KIND_STEP, "given"       # "the K3 gives the Linnet a battery life of 18 hours"
    if kind != "person" and GIVEN.search(masked[max(0, candidate.start - 50):candidate.start]) \
            and NEARLY.fullmatch(gap):
        return value - 0.25, candidate.part     # "had to pay its former partner Norvik $5m"
    if kind == "company" and about[0] == "product" and (
            SHOP_AHEAD.fullmatch(gap) and SHOP.search(masked, max(0, candidate.start - 12), candidate.start)
            or SELLS_IT.fullmatch(gap)):
        return AT_SHOP, candidate.part          # "listed it on Norvik.com for $300"
    if about[0] == "product" and len(gap) < 120 and _listed_behind_chip(masked, candidate.end, gap):
        return value - COMPONENT, candidate.part
    if kind == about[0] == "product" and not aside and len(gap) < 60 and SOLD_AT.fullmatch(gap):
        return beside
    if len(gap) < 30 and not aside and pattern["name_number"].fullmatch(gap):
        # "twice as large as Norvik's $5m"
        return max(value, BESIDE + (0.05 if gap.startswith(("'", "’")) else 0.02)), "beside"
    if len(gap) < 45 and not aside and not passed and (kind != "place" or about[0] == "place") \
            and pattern["name_verb_number"].fullmatch(gap) and not pattern["telling"].match(gap):
        return beside
    if len(gap) < 30 and candidate.part == "object" and pattern["name_verbs_number"].fullmatch(gap):
        return BESIDE, "beside"
    if len(gap) < 45 and not aside and kind in about and kind != "place" \
            and pattern["name_with_noun_number"].fullmatch(gap):
        return beside           # "the Linnet, with a debut of 300 units"
    if len(gap) < 45 and kind == about[0] == "product" and not outside and pattern["name_doing_number"].fullmatch(gap):
        return beside           # "the Finch, selling for $349"
    if _is_related(candidate, masked, gap):
        return max(value, BESIDE), "which"
    # Other names and numbers between make it less likely, so does a long way, but not those of an aside.
    gap = clause.without_asides(gap)
    value -= 0.04 * len(NAMES.findall(gap) if "@" in gap
                        else ()) + 0.03 * len(NUMBERS.findall(gap) if "#" in gap else ()) + len(gap) / 2500
    value -= 0.2 * max(passed, len(clause.NEW.findall(gap)))
    if candidate.how == "phrase":
        value -= len(gap) / 400 + 0.4 * (number[0] > candidate.reach or OPENED.search(gap) is not None)
    return value, candidate.part


def _behind(place: _Place, value: float, cue: tuple[int, int] | None) -> tuple[float, str]:
    """The tier of a candidate that stands behind the number, or in what it counts."""
    candidate, masked, number, about, _, cited, aside, _ = place
    kind, how, part, pattern = candidate.entity.kind, candidate.how, candidate.part, _beside()
    start, end = candidate.start, candidate.end
    gap = masked[number[1]:start]       # empty where the name is part of what is counted: "300 Veldt owners"
    named = how not in ("pronoun", "descriptor")
    if masked[end:end + 1] == ")" and pattern["number_bracket_name"].fullmatch(gap):
        return BESIDE + 0.02, "beside"          # "700 km (E-30) or 668 km (E-50)"
    if kind == "company" and about[0] == "product" and SHOP_BEHIND.fullmatch(gap):
        return AT_SHOP, part
    if kind == about[0] == "product" and len(gap) < 30 and (
            pattern["number_for_name"].fullmatch(gap) or named and pattern["number_noun_for_name"].fullmatch(gap)):
        return BESIDE + 0.04, "beside"          # before "the Linnet, $300 for the Finch"
    counted = number[0] < start < number[1] or gap == " " and PLURAL.match(masked, end)
    if kind == "product" and kind in about[:2] and "other" not in about and counted \
            and named and not is_goods(candidate.entity):
        return OWNER + KIND_STEP, "of"          # "Norvik sold 300 Linnets", "300 Ioniq 5s"
    if kind == about[0] == "person" and AGED.fullmatch(gap) and not ("," in gap and clause.acts(masked, end)):
        return BESIDE, "beside"                 # "her 18-year-old brother, Jo Roe"
    if kind == "product" and about[0] == "person" and named and USED.fullmatch(gap):
        return BESIDE, "beside"                 # "dearer than a 3-year-old used Linnet"
    if kind == "product" and kind in about and how != "pronoun" and pattern["number_of_units"].fullmatch(gap):
        whole = named and gap and not is_goods(candidate.entity)
        return OWNER + KIND_STEP if whole else OF_NOUN, "of"        # "Norvik sold 3,000 units of the Linnet"
    if gap == " of " and cited and kind == about[0] == "other" \
            or how == "group" and pattern["number_of_group"].fullmatch(gap):
        return ASKED_OF, "of"                   # "9% of Velmorans say"
    if part == "agent" and pattern["number_done_by"].fullmatch(gap) \
            and not (WAS.match(gap) and PAID_FOR.search(masked, 0, number[0])):
        return BESIDE + 0.04, "agent"           # "the 125 points reached by the Linnet"
    if how == "descriptor" and kind == about[0] == "product" and start < number[0]:
        return BESIDE + 0.03, "beside"          # "the $300 phone"
    if part == "located" and "place" in about and HERE.fullmatch(gap):
        return max(value, NAMED + 0.06), "beside"       # "59 litres in France, 12 litres in Spain"
    if how == "pronoun" or how == "descriptor" and not pattern["number_of_phrase"].fullmatch(gap):
        return value - 0.3, part
    if how == "phrase":         # a subject stands before what is said of it, but for "35% of drivers"
        return (OF_NOUN, "of") if pattern["number_of_phrase"].fullmatch(gap) else (0.0, part)
    if gap == " " and not aside and kind != "place" and COMPRISES.search(masked, 0, number[0]):
        return BESIDE, "beside"                 # "the total comprised 16% vans and 9% trucks"
    if kind != "place" and part == "subject" and THAT_HE.fullmatch(gap) and clause.acts(masked, end) and named:
        return OWNER, "which"                   # "after the £9m that Veldt paid"
    if kind == "other" and number[1] - 1 <= end <= number[1] and how not in ("group", "phrase", "asked") \
            and not masked.startswith(" who ", end):
        return value - COUNTED, part            # "300 electric cars", "two million Velmorans": no owners
    if gap == " " and (marked := MARKED.search(masked, 0, number[0])) and masked.startswith(f"{marked['mark']}#", end):
        return value - OTHER_CLAUSE, part
    if (gap == " " or APPOSED_TO.fullmatch(gap) and gap.split()[-1] in word_lists()["product"]) \
            and not aside and kind == about[0] == "product" and named and how != "group":
        # "Norvik's $300 Linnet"; "Finch $400 Linnet $300" is a list
        return BESIDE + (0.01 if masked.endswith("@ ", 0, number[0]) else 0.03), "beside"
    if len(gap) < 40 and not POSSESSED.match(masked, end) and pattern["number_name"].fullmatch(gap):
        # "42 euros on average, against 58 euros at Marlow"
        against = kind != "place" and AGAINST.search(masked, max(0, number[0] - 30), number[0]) \
                or cue and 0 <= number[0] - cue[1] < 6 and gap == " at "        # "a loss of $3m at Norvik"
        return BESIDE + 0.06 if against else value if aside else max(value, 0.78), "beside"
    if part == "speaker" and candidate.worth >= NAMED:
        return value, part      # who says so may say it at the end
    value -= 0.12 + 0.04 * len(NAMES_OR_NUMBERS.findall(gap)) + len(gap) / 1500 + 0.2 * bool(THAN.match(gap))
    if part == "subject" and LATER.search(gap):
        value -= 0.4            # "sold 300 vans, and Brightwell ..."
    return value, part


@cache
def _chip() -> tuple[re.Pattern, re.Pattern]:
    """Behind the name of a chip: what it is; and up to a number what else the device has."""
    chips = any_of(word_lists()["chips"])
    return re.compile(rf" {chips}\b"), re.compile(
        rf" (?:with (?!an? |the |its ))?(?:(?!with )[\w@~-]+ ){{0,3}}{chips}\b"
        r"[^;:]*(?:,| and| plus| or) (?:[a-z0-9#-]+ ){0,3}")


def _listed_behind_chip(masked: str, end: int, gap: str) -> bool:
    """Whether a number is of the device that has the chip whose name ends there: "a K3 processor, 8 GB of memory"; not
    in "the K3 chip has 8 GB"."""
    chip, listed = _chip()
    if not listed.fullmatch(gap) or clause.acts(masked, end):
        return False
    own = chip.match(masked, end)
    return own is None or not clause.acts(masked, own.end())


def _is_related(candidate: Candidate, masked: str, gap: str) -> bool:
    """Whether a relative clause or an apposition that goes up to the number speaks of a name: "Norvik, which sold"."""
    if candidate.part == "modifier" \
            or candidate.part == "example" and (masked.endswith("@ and ", 0, candidate.start) or ARE.match(gap)) \
            or candidate.how in ("demonym", "group") and not EXAMPLES.match(gap) \
            or candidate.part == "agent" and gap.startswith(" that ") \
            or candidate.how == "pronoun" and ", who " in gap:      # "told Norvik that it", "its chief, who owns 13%"
        return False
    pattern = _beside()
    if gap.startswith(", who") and pattern["telling"].match(gap, len(", who")):
        return False            # "Ruiz, who says farmers sold 13%"
    return len(gap) < 110 and pattern["name_which_number"].fullmatch(EXAMPLES.sub("", gap, 1)) is not None \
        or len(gap) < 160 and pattern["name_apposed_number"].fullmatch(gap) is not None
