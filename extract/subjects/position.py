"""How well a name owns a number by where the two stand in a sentence: tied to the noun of the metric ("Norvik's revenue
of #"), beside the number ("the Linnet (#)"), before it, or behind it.

`BEFORE` and `BEHIND` are rules that are asked one after another; the first that knows the position decides. Where none
does, names, numbers and clauses in between tell how far apart the two are.
"""
import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from ..context.stance import said_forms
from ..grammar import clause
from ..grammar.frame import near
from ..pattern import any_of
from .subject import BESIDE, NAMED, OF_NOUN, OWNER, SUBJECT, Candidate, is_goods, word_lists

KIND_STEP = 0.06            # lost for each place down in the metric's list of kinds
OUTSIDE, OTHER_CLAUSE = 0.2, 0.15       # lost by a name in an aside that the number is not in, further by its subject
A_CONTRACT = 12             # characters of the shortest " contract of "
COUNTED = 0.33              # lost by what is itself counted
ASKED_OF = 0.8              # how well "30% of older drivers" are those drivers'
AT_SHOP = 0.2               # who sells something asks its price and does not have it
COMPONENT = 0.5             # lost by a part of a device: it has nothing that is listed behind it
UNTIED = ("modifier", "agent", "compared")              # parts whose name says nothing of a noun right behind it
ASIDE = ("modifier", "agent", "compared", "located")     # parts that own no number, however near it they stand
NAMES, NUMBERS, NAMES_OR_NUMBERS = re.compile("@+"), re.compile("#+"), re.compile("[@#]+")
THAN = re.compile(r"[^;.]{0,30}\b(?:than|compared (?:to|with))\b")        # "300 g more than our favourite, the Linnet"
POSSESSED = re.compile(r"['’]s? (?:[a-z-]+ ){0,2}@")                # "14% for Norvik's Linnet": the Linnet's
NEARLY = re.compile(rf" {near()}")
AGAINST = re.compile(r"\b(?:against|compared with|compared to|versus|vs\.?|than|twice|double|instead of|"
                     r"(?:up|down) from) (?:[a-z]+ ){0,2}$")

Tier = tuple[float, str]        # how likely the candidate owns the number, and the evidence in a word


class Position(NamedTuple):
    """Where a candidate of a sentence stands to a number.

    `masked` is the sentence with # @ ~ for quantities, names and periods; `gap` its words between the two, empty where
    the name is part of what is counted: "300 Veldt owners".
    """
    candidate: Candidate
    kind: str                       # of entity
    how: str                        # the candidate is spoken of
    part: str                       # that it plays
    worth: float                    # the tier of that part
    gap: str
    masked: str
    number: tuple[int, int]
    cue: tuple[int, int] | None     # the noun of the metric
    about: tuple[str, ...]          # kinds of whom the metric is
    outside: bool                   # the candidate stands in a clause that ends before the number
    cited: bool                     # it only says so: "according to Brightwell up to 45% of ..."
    aside: bool                     # none of the sentence's own subjects and objects
    passed: bool                    # another one acts between it and the number

    @property
    def named(self) -> bool:
        return self.how not in ("pronoun", "descriptor")

    @property
    def is_device(self) -> bool:
        """Whether a product has what only products have."""
        return self.kind == self.about[0] == "product"

    def least(self, worth: float = BESIDE) -> Tier:
        """Of who stands beside the number, whatever part it plays."""
        return max(self.worth, worth), "beside"


Rule = Callable[[Position], Tier | None]


def tier(candidate: Candidate, masked: str, number: tuple[int, int], cue: tuple[int, int] | None,
         about: tuple[str, ...]) -> Tier:
    """The tier of evidence that holds between a candidate of the sentence and the number, before kinds are weighed."""
    worth, kind, part = candidate.worth, candidate.entity.kind, candidate.part
    outside = candidate.within is not None and not candidate.within[0] <= number[0] <= candidate.within[1] + 1
    if outside:         # "Ana Ruiz, who led Norvik, raised $5m", "Ana Ruiz, whose firm Norvik failed, raised $5m"
        opened = masked[candidate.within[0]]
        # "sprints in 7 seconds (the Veldt Ion in 6), top speed 180 km/h"
        worth -= OUTSIDE + OTHER_CLAUSE * (opened == "(") + OTHER_CLAUSE * (
            part == "subject" and candidate.how != "pronoun" and opened in ",(")
    cited = part == "speaker" and candidate.worth < NAMED
    aside = cited or part in ASIDE or candidate.how in ("demonym", "group") or outside
    if kind == about[0] == "place" and part == "located":
        # "in India" says whose figure it is where the metric is one of places, "In India, ..." the more so.
        worth, aside = SUBJECT, False
    elif part == "located" and "place" in about and not outside:
        worth = NAMED + 0.02        # where nobody acts, as in "there are 300 shops in the town"
    passed = candidate.until is not None and candidate.until < number[0]
    ahead = candidate.end <= number[0]
    gap = masked[candidate.end:number[0]] if ahead else masked[number[1]:candidate.start]
    place = Position(candidate, kind, candidate.how, part, worth, gap, masked, number, cue, about,
                     outside, cited, aside, passed)
    if ahead and (bracketed := _has_bracket(place)) is not None:
        return bracketed
    if cue is not None and (by_noun := _by_noun(place, cue)) is not None:
        return by_noun
    for rule in BEFORE if ahead else BEHIND:
        if (known := rule(place)) is not None:
            return known
    return (_far_before if ahead else _far_behind)(place)


def _by_noun(place: Position, cue: tuple[int, int]) -> Tier | None:
    """The tier of whom the noun of the metric belongs to: "Norvik's revenue of #", "revenue of Norvik"."""
    candidate, kind, _, part, _, _, masked, number, _, about, *_ = place
    pattern, start, end = _beside(), candidate.start, candidate.end
    if end <= cue[0] and place.how != "group":
        gap = masked[end:cue[0]]
        possessive = part in ("owner", "held")
        tied = pattern["owner" if possessive else "owner_near"].fullmatch(gap) \
                and (possessive or part not in UNTIED
                     # "a tiger shot in Velmora weighed 220 kg"
                     and not (part == "located" and about[0] == "product")) or (
            pattern["where" if kind == "place" else "whose"].fullmatch(gap))
        if gap == " to " and WITH.search(masked, max(0, start - 12), start):
            tied = None         # "agreed with Tidemark to build 300 vans": who agreed builds them
        if len(gap) < 45 and tied \
                and (possessive or about[0] not in ("product", "place") or not _said().fullmatch(gap.strip())):
            between = masked[cue[1]:number[0]]
            worth = OWNER if possessive else OWNER - 0.03
            if place.how == "pronoun" and masked[start:end] in ("it", "its"):
                worth -= max(0, SUBJECT - 0.05 - candidate.worth)       # it is rather of the sentence right before
            # "with 300 units of the Linnet, this was Norvik's best year"
            worth -= 0.15 * ("," in masked[number[1]:start])
            # Another number between has the noun, and its subject, first; so has another clause.
            return worth - (0.1 if "#" in between else 0) \
                - 0.3 * (place.passed or bool(clause.NEW.search(between))), "owner"
    of = pattern["of_place" if kind == "place" and about[0] == "place" else "of"]
    shop = kind == "company" and about[0] == "product" and masked.startswith(" at ", cue[1])      # "$9 off at Marlow"
    if start >= cue[1] and part != "modifier" and not shop and len(masked[cue[1]:start]) < 40 \
            and of.fullmatch(masked[cue[1]:start]):
        between = masked[end:number[0]]
        apart = bool(clause.NEW.search(between)) or end <= number[0] and NEXT_ITEM.fullmatch(between) is not None
        return OF_NOUN - 0.3 * apart - 0.1 * ("@" in between), "of"
    return None


WITH = re.compile(r"\bwith (?:the |its |rival )?$")
NEXT_ITEM = re.compile(rf"(?:,|;)? (?:and|while|but) {near()}")      # "a range of 300 km for the Linnet and 400 km"


# Before the number

IT_TAKES = re.compile(r"\b(?:that|said|says|,) it (?:(?:will|would|could|may|might|can|should|has|had) )?"
                      r"(?:(?:also|still|only|now) )?(?:takes?|took|taken)\b")


def _tells_that_it_takes(p: Position) -> Tier | None:
    """ "Norvik Bank said it would take 12 years" """
    return (p.worth - 0.5, p.part) if p.kind != "product" and IT_TAKES.search(p.gap) else None


BRACKETED = re.compile(rf"(?: in (?:the )?@+)? \({near()}")


def _has_bracket(p: Position) -> Tier | None:
    """ "Norvik's sales were split between the Linnet (300 units) and the Finch (200)" """
    if p.kind == "product" and p.kind in p.about[:2] and p.named and p.part != "modifier" \
            and not is_goods(p.candidate.entity) and BRACKETED.fullmatch(p.gap) \
            and not p.masked.startswith((" for @", " for the @"), p.number[1]):
        return OWNER + 2 * KIND_STEP, "beside"


def _before_bracket(p: Position) -> Tier | None:
    """ "Norvik (now valued at $10 billion)", "Veldt ($22 billion)" """
    if len(p.gap) < 70 and p.part not in ("modifier", "located") and p.how not in ("demonym", "group") \
            and _beside()["name_bracket_number"].fullmatch(p.gap):
        return p.least(BESIDE + 0.05 * (p.gap == " ("))


def _leads_with(p: Position) -> Tier | None:
    """ "led by Norvik with 11%", "like the Linnet with its 60 kWh battery" """
    if len(p.gap) < 30 and p.part in ("agent", "compared") and _beside()["name_with_number"].fullmatch(p.gap) \
            and (p.part == "compared" or " at " not in p.gap):
        return p.least()


# "ahead of the Linnet, at 300 units", "followed by the Finch, with 200"
BESIDE_RIVAL = re.compile(r"\b(?:ahead of|behind|(?:followed|chased|trailed|beaten)(?: [a-z]+ly)? by|next to|"
                          r"in front of) (?:the |its )?(?:[a-z-]+ ){0,2}\Z")
PLACED = re.compile(rf",? \(?(?:at|with|on) {near()}")


def _is_placed(p: Position) -> Tier | None:
    """ "the Linnet led with 300 units, ahead of the Finch, at 200 units" """
    if p.named and p.kind in p.about and PLACED.fullmatch(p.gap) and "," in p.gap \
            and BESIDE_RIVAL.search(p.masked, max(0, p.candidate.start - 60), p.candidate.start):
        return OWNER + 3 * KIND_STEP, "beside"


LENT = re.compile(r"\b(?:gives?|gave|giving|lends?|lent) (?:the |its )?$")


def _is_lent(p: Position) -> Tier | None:
    """ "the K3 gives the Linnet a battery life of 18 hours" """
    start = p.candidate.start
    if p.is_device and p.gap.startswith((" a ", " an ")) and LENT.search(p.masked[max(0, start - 20):start]):
        return OWNER + KIND_STEP, "given"


GIVEN = re.compile(r"\b(?:pay\w*|paid|giv\w+|gave|offer\w*|lend\w*|lent|ow(?:e|es|ed|ing)|send\w*|sent|award\w*|"
                   r"promis\w*|hand\w*|"
                   r"grant\w*)\s+(?:[\w-]+\s+){0,3}$")


# What who is given it has, not who gives it: "awarded Norvik its first contract of $5m", "a $5m contract to Norvik"
CONTRACT = r"(?:[a-z@-]+ ){0,3}(?:contract|order|grant|award|licence|license)s?"
CONTRACT_OF = re.compile(rf" {CONTRACT} (?:of|worth|valued at) {near()}")
CONTRACT_BEHIND = re.compile(rf" {CONTRACT}\b")
CONTRACT_TO = re.compile(rf" {CONTRACT} to (?:the |its )?(?:[a-z-]+ )?")
AWARDS = re.compile(r"\b(?:award|hand|grant|giv|gave)[a-z]* (?:[\w@'’-]+ ){0,5}$")


def _is_given(p: Position) -> Tier | None:
    """ "had to pay its former partner Norvik $5m", but "awarded Norvik a $5m contract" """
    start = p.candidate.start
    if p.kind == "person" or not (NEARLY.fullmatch(p.gap) or CONTRACT_OF.fullmatch(p.gap)):
        return None
    before = p.masked[max(0, start - 50):start]
    if AWARDS.search(before) and (len(p.gap) > A_CONTRACT or CONTRACT_BEHIND.match(p.masked, p.number[1])):
        return OWNER, "given"
    return (min(p.worth, NAMED) - 0.25, p.part) if NEARLY.fullmatch(p.gap) and GIVEN.search(before) else None


def _is_awarded(p: Position) -> Tier | None:
    """ "awarded a $5m contract to Norvik" """
    if CONTRACT_TO.fullmatch(p.gap) and AWARDS.search(p.masked, max(0, p.number[0] - 50), p.number[0]):
        return OWNER, "given"


IN_DEAL = re.compile(r" (?:[a-z-]+ ){1,3}in an? ")


def _is_dealt_with(p: Position) -> Tier | None:
    """ "took Norvik private in a $5bn deal", by whoever did that """
    if p.kind != "product" and p.part != "speaker" and p.candidate.start and IN_DEAL.fullmatch(p.gap) \
            and not clause.acts(p.masked, p.candidate.end):
        return min(p.worth, NAMED) - 0.25, p.part


RECORD_OF = re.compile(rf"['’]s (?:[a-z-]+ ){{1,3}}(?:of|at) {near()}")


def _has_own(p: Position) -> Tier | None:
    """ "faster than Ana Ruiz's previous record of 2:00:35" """
    if p.part in ("compared", "held") and not p.outside and RECORD_OF.fullmatch(p.gap):
        return p.least(BESIDE + 0.05)


SHOP = re.compile(r"\b(?:on|at|via|through|from) (?:the )?$")
SHOP_AHEAD = re.compile(r"(?:['’]s?)?(?: (?:for|at|from)|:| [-–—]| \()(?: (?:just|only))? ?")
SELLS_IT = re.compile(r"(?: [a-z]+){0,3} (?:it|them|these|those|this|one)(?: [a-z]+){0,3} (?:for|at|to) (?:only )?")


def _is_shop(p: Position) -> Tier | None:
    """ "listed it on Marlow.com for $300", "at Marlow - $9", "Marlow has it for $9" """
    start = p.candidate.start
    if p.kind == "company" and p.about[0] == "product" and (
            SHOP_AHEAD.fullmatch(p.gap) and SHOP.search(p.masked, max(0, start - 12), start)
            or SELLS_IT.fullmatch(p.gap)):
        return AT_SHOP, p.part


def _is_component(p: Position) -> Tier | None:
    """ "has a K3 processor, 8 GB of memory" """
    if p.about[0] == "product" and len(p.gap) < 120 and _listed_behind_chip(p.masked, p.candidate.end, p.gap):
        return p.worth - COMPONENT, p.part


SOLD_AT = re.compile(r"(?: (?!and\b)[\w-]+| \([^()]*\)){0,4} (?:at|on|from|via|through) @+(?: (?:for|[-–—])|:) ")


def _is_sold_at(p: Position) -> Tier | None:
    """ "the Linnet case at Marlow for $9" """
    return p.least() if p.is_device and not p.aside and len(p.gap) < 60 and SOLD_AT.fullmatch(p.gap) else None


SO_OLD = re.compile(r", (?:(?:who is|who was|now|then|aged|only|an?|the) ){0,2}")


def _is_so_old(p: Position) -> Tier | None:
    """ "said Ana Ruiz, a 19-year-old nurse", whoever else acts """
    if p.kind == p.about[0] == "person" and p.named and SO_OLD.fullmatch(p.gap):
        return OWNER, "beside"


FOR = re.compile(r" (?:[a-z]+ ){0,3}?(?:for|at|to|from) (?:[a-z]+ ){0,5}")


def _is_sold_for(p: Position) -> Tier | None:
    """ "Marlow is selling the clear case for $32" """
    if p.how in ("priced", "accessory") and p.part == "object" and FOR.fullmatch(p.gap):
        return OWNER, "beside"


SOLD_BY = re.compile(rf"(?: \([^()]*\))?,? (?:which|that) (?:[@\w'’-]+ ){{1,8}}(?:sell|sold|offer|list|pric)[a-z]* "
                     rf"(?:[a-z]+ ){{0,3}}?(?:for|at|from) {near()}")


def _is_sold_by(p: Position) -> Tier | None:
    """ "the Linnet, which Norvik will go on selling for $300" """
    return (OWNER + KIND_STEP, "which") if p.is_device and p.named and SOLD_BY.fullmatch(p.gap) else None


def _right_before(p: Position) -> Tier | None:
    """ "the Linnet at $300", "twice as large as Norvik's $5m" """
    if len(p.gap) < 30 and not p.aside and _beside()["name_number"].fullmatch(p.gap):
        return p.least(BESIDE + (0.05 if p.gap.startswith(("'", "’")) else 0.02))


def _acts_before(p: Position) -> Tier | None:
    """ "the Linnet costs $300" """
    if len(p.gap) < 45 and not p.aside and not p.passed and (p.kind != "place" or p.about[0] == "place") \
            and _beside()["name_verb_number"].fullmatch(p.gap) and not telling().match(p.gap):
        return p.least()


def _is_made_to_act(p: Position) -> Tier | None:
    """ "Velmora saw hybrids take 21%", "helped Norvik reach 3 million" """
    if len(p.gap) < 30 and p.part == "object" and _beside()["name_verbs_number"].fullmatch(p.gap):
        return BESIDE, "beside"


def _has_noun(p: Position) -> Tier | None:
    """ "the Linnet, with a debut of 300 units" """
    if len(p.gap) < 45 and not p.aside and p.kind in p.about and p.kind != "place" \
            and _beside()["name_with_noun_number"].fullmatch(p.gap):
        return p.least()


def _does_so(p: Position) -> Tier | None:
    """ "the Finch, selling for $349" """
    if len(p.gap) < 45 and p.is_device and not p.outside and _beside()["name_doing_number"].fullmatch(p.gap):
        return p.least()


# "carmakers like Norvik and Veldt, which", "a carmaker like Norvik, which have": the carmakers
ARE = re.compile(r", (?:which|who) (?:have|are|were)\b")
EXAMPLES = re.compile(rf"\A(?:,? (?:like|such as|including))(?:(?:,? (?:and )?@+)*,? and @+| @+(?={ARE.pattern}))"
                      r"(?=, (?:which|who) (?!has\b|is\b|was\b))")


THAT = re.compile(r" (?:~+ )?that ")
WHERE_HE = re.compile(r",? where (?:he|she|it|they|we|i|his|her|its|their|@+)\b")
# "which, while still quick, has"
INSERTED = re.compile(r"(\b(?:which|who|that)), (?:while|although|though|despite|for|if|when|like|unlike|in|at|as) "
                      r"[^,;#]{1,60}, ")


def _is_related(p: Position) -> Tier | None:
    """A relative clause or an apposition that goes up to the number speaks of the name: "Norvik, which sold 300"."""
    gap = p.gap
    if p.part == "modifier" \
            or p.part == "example" and (p.masked.endswith("@ and ", 0, p.candidate.start) or ARE.match(gap)) \
            or p.how in ("demonym", "group") and not EXAMPLES.match(gap) \
            or p.part in ("agent", "speaker") and THAT.match(gap) \
            or p.how == "pronoun" and ", who " in gap \
            or p.kind in ("place", "product") and " who " in gap or WHERE_HE.match(gap):
        # "told Norvik that it", "its chief, who owns 13%", "in Norway, a blow to investors who lent"
        return None
    if gap.startswith(", who") and telling().match(gap, len(", who")):
        return None             # "Ruiz, who says farmers sold 13%"
    pattern, gap = _beside(), INSERTED.sub(r"\1 ", gap)
    if len(gap) < 110 and pattern["name_which_number"].fullmatch(EXAMPLES.sub("", gap, 1)) \
            or len(gap) < 160 and pattern["name_apposed_number"].fullmatch(gap):
        return max(p.worth, BESIDE), "which"


MEMBERS = re.compile(r"\b(?:gainers?|losers?|performers?|decliners?|advancers?|winners?|laggards?|stocks?) "
                     r"(?:in|on|of) (?:the )?$")


def _has_members(p: Position) -> Tier | None:
    """ "the biggest gainer in the S&P 500, up 12%" """
    if p.kind == "other" and MEMBERS.search(p.masked, 0, p.candidate.start):
        return p.worth - 0.5, p.part


BEFORE: tuple[Rule, ...] = (
    _has_members, _tells_that_it_takes, _before_bracket, _leads_with, _is_placed, _is_lent, _is_given, _is_dealt_with,
    _has_own, _is_shop, _is_component, _is_sold_at, _is_sold_for, _is_sold_by, _is_so_old, _right_before, _acts_before,
    _is_made_to_act, _has_noun, _does_so, _is_related)
OPENED = re.compile(r"(?:,|\b(?:and|but|while|that|as)) (?:now |then |also |only |just |nearly |almost |about |around |"
                    r"more than |over |some )*$")


def _far_before(p: Position) -> Tier:
    """Other names and numbers between make it less likely, so does a long way, but not those of an aside."""
    gap = clause.without_asides(p.gap)
    worth = p.worth - (0.04 * len(NAMES.findall(gap) if "@" in gap else ())
                       + 0.03 * len(NUMBERS.findall(gap) if "#" in gap else ()) + len(gap) / 2500)
    worth -= 0.2 * max(p.passed, len(clause.NEW.findall(gap)))
    if p.how == "phrase":
        worth -= len(gap) / 400 + 0.4 * (p.number[0] > p.candidate.reach or OPENED.search(gap) is not None)
    return worth, p.part


# Behind the number

def _in_bracket(p: Position) -> Tier | None:
    """ "700 km (E-30) or 668 km (E-50)" """
    end = p.candidate.end
    if p.masked[end:end + 1] == ")" and _beside()["number_bracket_name"].fullmatch(p.gap):
        return BESIDE + 0.02, "beside"


SHOP_BEHIND = re.compile(r" (?:at|from|on|via|through|in) (?:the |@+['’]s )?")


STORE = re.compile(r"(?: app)? (?:store|marketplace)\b")


def _is_shop_behind(p: Position) -> Tier | None:
    """ "$9 at Marlow", "downloaded 300 times on Google Play" """
    shop = p.kind == "company" or p.kind == "product" and (
        not word_lists()["stores"].isdisjoint(p.candidate.entity.descriptors) or STORE.match(p.masked, p.candidate.end))
    if shop and p.about[0] == "product" and SHOP_BEHIND.fullmatch(p.gap):
        return AT_SHOP, p.part


def _for_name(p: Position) -> Tier | None:
    """ "$300 for the Finch", "a price of $300 for the Finch"; before "the Linnet, $300 for the Finch" """
    if p.is_device and len(p.gap) < 30 and (_beside()["number_for_name"].fullmatch(p.gap)
                                            or p.named and _beside()["number_noun_for_name"].fullmatch(p.gap)):
        return BESIDE + 0.04, "beside"


GOT = re.compile(r",? (?:(?:i|we|you|they|he|she) (?:[a-z]+ ){1,3}|(?:apiece |each )?(?:for|off) )?"
                 r"(?:an?|the|this|that|its|my|your|these|another) ")


def _is_got(p: Position) -> Tier | None:
    """ "for $45, I bought a dongle", "$9 for the pen" """
    if p.how in ("priced", "accessory") and p.part == "object" and GOT.fullmatch(p.gap):
        return BESIDE + 0.04, "beside"


PLURAL = re.compile(r"s(?![\w'’])")


def _is_counted(p: Position) -> Tier | None:
    """ "Norvik sold 300 Linnets", "300 Ioniq 5s" """
    start, end = p.candidate.start, p.candidate.end
    if p.kind == "product" and p.kind in p.about[:2] and "other" not in p.about and p.named \
            and (p.number[0] < start < p.number[1] or p.gap == " " and PLURAL.match(p.masked, end)) \
            and not is_goods(p.candidate.entity):
        return OWNER + KIND_STEP, "of"


AGED = re.compile(r"(?: [a-z][a-z-]*){1,4},? ")


def _is_aged(p: Position) -> Tier | None:
    """ "her 18-year-old brother, Jo Roe" """
    if p.kind == p.about[0] == "person" and AGED.fullmatch(p.gap) \
            and not ("," in p.gap and clause.acts(p.masked, p.candidate.end)):
        return BESIDE, "beside"


USED = re.compile(r"(?: (?:used|old|pre-owned|second-hand|original|base))* ")


def _is_used(p: Position) -> Tier | None:
    """ "dearer than a 3-year-old used Linnet" """
    if p.kind == "product" and p.about[0] == "person" and p.named and USED.fullmatch(p.gap):
        return BESIDE, "beside"


def _units_of(p: Position) -> Tier | None:
    """ "Norvik sold 3,000 units of the Linnet" """
    if p.kind == "product" and p.kind in p.about and p.how != "pronoun" \
            and _beside()["number_of_units"].fullmatch(p.gap):
        whole = p.named and p.gap and not is_goods(p.candidate.entity)
        return OWNER + KIND_STEP if whole else OF_NOUN, "of"


def _asked_of(p: Position) -> Tier | None:
    """ "9% of Velmorans say" """
    if p.gap == " of " and p.cited and p.kind == p.about[0] == "other" \
            or p.how == "group" and _beside()["number_of_group"].fullmatch(p.gap):
        return ASKED_OF, "of"


# "a stake for $9m was cleared by Velmora"
WAS = re.compile(r" (?:was|were|is|are|has|have|had) ")
PAID_FOR = re.compile(r"\b(?:for|at|of|worth|in|with) $")


def _done_by(p: Position) -> Tier | None:
    """ "the 125 points reached by the Linnet" """
    if p.part == "agent" and _beside()["number_done_by"].fullmatch(p.gap) \
            and not (WAS.match(p.gap) and PAID_FOR.search(p.masked, 0, p.number[0])):
        return BESIDE + 0.04, "agent"


def _describes(p: Position) -> Tier | None:
    """ "the $300 phone" """
    if p.how == "descriptor" and p.is_device and p.candidate.start < p.number[0]:
        return BESIDE + 0.03, "beside"


HERE = re.compile(r"\s+(?:in|at|across)\s+(?:the\s+)?")


def _is_here(p: Position) -> Tier | None:
    """ "59 litres in Norland, 12 litres in Velmora" """
    return p.least(NAMED + 0.06) if p.part == "located" and "place" in p.about and HERE.fullmatch(p.gap) else None


def _refers_behind(p: Position) -> Tier | None:
    """Who is only referred to stands before what is said of him, but for "300 of its vans"."""
    if p.how == "pronoun" or p.how == "descriptor" and not _beside()["number_of_phrase"].fullmatch(p.gap):
        return p.worth - 0.3, p.part


def _of_phrase(p: Position) -> Tier | None:
    """A subject stands before what is said of it, but for "35% of drivers"."""
    if p.how == "phrase":
        return (OF_NOUN, "of") if _beside()["number_of_phrase"].fullmatch(p.gap) else (0.0, p.part)


COMPRISES = re.compile(r"\b(?:compris(?:ed|es|ing)|consist(?:ed|s|ing) of|made up of|split (?:between|into)|"
                       r"divided into)\b[^;:.]*$")


def _is_comprised(p: Position) -> Tier | None:
    """ "the total comprised 16% vans and 9% trucks" """
    if p.gap == " " and not p.aside and p.kind != "place" and COMPRISES.search(p.masked, 0, p.number[0]):
        return BESIDE, "beside"


# between a number and who has, pays or makes it
THAT_HE = re.compile(r" (?:that|which) (?:(?:the|an?|its) (?:[a-z-]+ ){0,2})?")


def _that_he_does(p: Position) -> Tier | None:
    """ "after the £9m that Veldt paid" """
    if p.kind != "place" and p.part == "subject" and THAT_HE.fullmatch(p.gap) and p.named \
            and clause.acts(p.masked, p.candidate.end):
        return OWNER, "which"


def _is_only_counted(p: Position) -> Tier | None:
    """ "300 electric cars", "two million Velmorans": no owners"""
    end = p.candidate.end
    if p.kind == "other" and p.number[1] - 1 <= end <= p.number[1] and p.how not in ("group", "phrase", "asked") \
            and not p.masked.startswith(" who ", end):
        return p.worth - COUNTED, p.part


# "Finch: $400 Linnet: $300", "Finch - $400 Linnet - $300": the name before is what the mark is behind
MARKED = re.compile(r"@(?P<mark> ?(?:[:|(]|[-–—]) ?)\Z")


def _has_next_mark(p: Position) -> Tier | None:
    if p.gap == " " and (marked := MARKED.search(p.masked, 0, p.number[0])) \
            and p.masked.startswith(f"{marked['mark']}#", p.candidate.end):
        return p.worth - OTHER_CLAUSE, p.part


APPOSED_TO = re.compile(r" (?:[a-z-]+ ){1,3}")        # "its $9 smart speaker Finch"


# before the number of what stands right behind it: "cheaper than the roughly $300 Linnet"
ARTICLED = re.compile(rf"\b(?:the|an?) {near()}\Z")


def _is_modified(p: Position) -> Tier | None:
    """ "Norvik's $300 Linnet"; "Finch $400 Linnet $300" is a list"""
    if p.gap == " " and p.is_device and p.named and p.how != "group" and not is_goods(p.candidate.entity) \
            and ARTICLED.search(p.masked, max(0, p.number[0] - 30), p.number[0]):
        return OWNER, "beside"
    if (p.gap in (" ", "-and-up ") or APPOSED_TO.fullmatch(p.gap) and p.gap.split()[-1] in word_lists()["product"]) \
            and not p.aside and p.is_device and p.named and p.how != "group":
        return BESIDE + (0.01 if p.masked.endswith("@ ", 0, p.number[0]) else 0.03), "beside"


def _right_behind(p: Position) -> Tier | None:
    """ "42 euros on average, against 58 euros at Marlow", "a loss of $3m at Norvik" """
    if len(p.gap) < 40 and not POSSESSED.match(p.masked, p.candidate.end) and _beside()["number_name"].fullmatch(p.gap):
        start = p.number[0]
        against = p.kind != "place" and AGAINST.search(p.masked, max(0, start - 30), start) \
            or p.cue and 0 <= start - p.cue[1] < 6 and p.gap == " at "
        return BESIDE + 0.06 if against else p.worth if p.aside else max(p.worth, 0.78), "beside"


OPENS = re.compile(r"\W*(?:with|at|for|thanks to|featuring|boasting|packing|offering|weighing|measuring|starting|"
                   r"priced) [^;:@]*\Z")
TO_SUBJECT = re.compile(r"(?!.*\b(?:but|while|whereas|although|though|because|when|since|until|which|whose|that|is|"
                        r"was|are|were|has|have|had)\b)[^;:@]*, (?:(?:the|its) )?(?:[a-z-]+ )?")


def _is_introduced(p: Position) -> Tier | None:
    """ "with a price of $300, a screen of 6 inches and 8 GB of memory, the Linnet is cheap" """
    if p.part == "subject" and p.is_device and p.named and TO_SUBJECT.fullmatch(p.gap) \
            and OPENS.match(p.masked, 0, p.number[0]) and clause.acts(p.masked, p.candidate.end):
        return SUBJECT - 0.1, "beside"


def _says_at_end(p: Position) -> Tier | None:
    """Who says so of himself may say it at the end."""
    return (p.worth, p.part) if p.part == "speaker" and p.candidate.worth >= NAMED else None


BEHIND: tuple[Rule, ...] = (
    _in_bracket, _is_shop_behind, _is_awarded, _for_name, _is_got, _is_counted, _is_aged, _is_used, _units_of,
    _asked_of, _done_by, _describes, _is_here, _refers_behind, _of_phrase, _is_comprised, _that_he_does,
    _is_only_counted, _has_next_mark, _is_modified, _right_behind, _is_introduced, _says_at_end)
# begins a clause of its own
LATER = re.compile(r";|,? (?:and|but|while|whereas|although|though|because|after|as|since|when|until)\b|"
                   r", (?:of )?(?:which|whom|whose|where)\b")


OWN_NUMBER = re.compile(r" (?:(?:about|some|nearly|almost|over|just|only) )?#")


def _far_behind(p: Position) -> Tier:
    worth = p.worth - (0.12 + 0.04 * len(NAMES_OR_NUMBERS.findall(p.gap)) + len(p.gap) / 1500
                       + 0.2 * bool(THAN.match(p.gap)))
    if p.part == "subject" and (LATER.search(p.gap) or OWN_NUMBER.match(p.masked, p.candidate.end)):
        worth -= 0.4            # "sold 300 vans, and Brightwell ...", "has 20 m of it, Velmora 22 m"
    return worth, p.part


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


@cache
def _said() -> re.Pattern:
    return re.compile(said_forms())


@cache
def telling() -> re.Pattern:
    """Behind a name: it says something. "Norvik said prices rose by 3%"."""
    return re.compile(rf"\s+(?:{said_forms()})\s+(?!(?:at|for|from|to|of|by|about|on|in|it|that it)\s)[\w-]")


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
            # with another number between: "makes 30% of its vans and 20% of its buses in Velmora"
            "of_place": re.compile(r"(?:\s+and #+ of (?:[\w-]+ )?[\w-]+)?\s+(?:of|for|at|in|on|from)\s+(?:the\s+)?"
                                   r"(?:[\w-]+\s+){0,1}"),
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
                                            rf"(?:,\s+(?:an?|the|its|their)\s+(?:(?!(?:{said})\b)[\w-]+,?\s+){{1,5}}"
                                            rf"|,?\s+)(?:of\s+)?(?:which|whom|that|who|where)\s+"
                                            rf"(?:(?:[\w~'’-]+\s+){{0,6}}|(?:pa(?:ys|id)|"
                                            rf"gave|gives|owe[sd]|sent|lent|offer(?:s|ed))\s+@+\s+){before}"),
            # "Norvik, a Lund-based firm that runs a fleet of turbines with more than 1 GW"
            "name_apposed_number": re.compile(r",\s+an?\s+(?:[\w@-]+\s+){1,6}(?:(?:that|which|who)\s+[^,;:#@]{3,110}|"
                                              rf"(?:with|employing)\s+{before})"),
            "number_for_name": re.compile(r"\s+(?:for|in|on|off?)\s+(?:the|its|a|an|each|every|@+['’]s)?\s*"
                                          r"(?:[\w#-]+\s){0,2}"),
            "number_noun_for_name": re.compile(r"(?:\s+[\w-]+){1,3}?\s+(?:for|in|on|of|called|named|dubbed)\s+"
                                               r"(?:(?:the|its|a|an)\s+)?"),
            "number_of_units": re.compile(r"\s+of\s+(?:the\s+|its\s+)?(?:(?:new|latest|old|original|first)\s+)?"),
            "number_done_by": re.compile(r"\s+(?:(?:of\s+)?[\w-]+\s+)?(?:(?:offer|bid|proposal)\s+from|"
                                         r"investment\s+(?:from|by)|(?!led|backed|owned|"
                                         r"driven|founded|followed|caused|estimated|expected|projected|predicted|"
                                         r"anticipated)(?:\w+ed|sold|paid|made|spent|held|won|built|"
                                         r"lost|set)\s+by)\s+(?:(?:the|its|rival)\s+)?(?:[\w-]+\s+){0,2}"),
            "number_bracket_name": re.compile(r"\s?\((?:the )?")}
