"""Who owns no such figure, however he stands to it.

Each of `RULES` is asked of every candidate; one that knows better is enough.
"""
import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from .. import schema
from ..grammar import clause, frame, lexicon, noun
from ..metrics.scene import Scene
from ..model import Quantity
from ..pattern import any_of
from ..schema import Metric
from ..subjects import subject
from ..subjects.subject import Candidate

OF_THINGS = ("vehicle", "chip", "ai")        # families of metrics that no place has
MADE = ("units_produced", "units_shipped", "production_capacity")       # by firms
OF_SHARES = ("share_price", "price_target")


class Figure(NamedTuple):
    """A number and the metric that it may be of."""
    scene: Scene
    q: Quantity
    number: tuple[int, int]         # its place in the sentence
    cue: tuple[int, int] | None     # that of the noun of the metric
    metric: Metric
    near: list[Candidate]           # who may own it

    @property
    def masked(self) -> str:
        return self.scene.masked

    def follows(self, candidate: Candidate) -> bool:
        """Whether the number stands behind the candidate."""
        return candidate.end is not None and candidate.end <= self.number[0]

    def leads(self, candidate: Candidate) -> bool:
        """Whether the number stands before the candidate."""
        return candidate.start is not None and candidate.start >= self.number[1]


Rule = Callable[[Figure, Candidate], object]


def owns_none(figure: Figure, candidate: Candidate) -> bool:
    """Whether a candidate is no owner of a figure."""
    return any(rule(figure, candidate) for rule in RULES)


def _is_multiplied(figure: Figure, candidate: Candidate) -> object:
    """ "three times the price of the Linnet" is not the Linnet's"""
    return figure.q.kind == "ratio" and figure.leads(candidate)


def _is_exchange(figure: Figure, candidate: Candidate) -> object:
    """ "fell to 11p on the London Stock Exchange" """
    return figure.metric.id in OF_SHARES and candidate.entity.kind == "organisation" and figure.leads(candidate)


# Who only says what shares may be worth: "cut its price target"; not "fell after Harrow Bank cut its target"
SETS = re.compile(r"\b(?:cut|rais|lift|hik|lower|trim|slash|boost|bump|increas|reduc|reiterat|maintain|kept|keep|set|"
                  r"has|assign)[a-z]* (?:its|his|her|their|an?) (?:(?:[a-z-]+|[#~]+) ){0,3}$")
SETTING = ("subject", "owner", "speaker", "agent")
ANEW = re.compile(r"\b(?:after|as|when|while|because|since|before|and|but)\b")


def _sets_target(figure: Figure, candidate: Candidate) -> object:
    """ "Harrow Bank cut its price target on Norvik to $9" """
    cue = figure.cue
    if figure.metric.id != "price_target" or cue is None or candidate.part not in SETTING or candidate.start >= cue[0]:
        return False
    sets = SETS.search(figure.masked, 0, cue[0])
    return sets is not None and (
        candidate.start >= sets.start() or candidate.part == "agent" or clause.acts(figure.masked, candidate.end)
    ) and not ANEW.search(figure.masked, candidate.end, sets.start())


IMPOSES = re.compile(r"\b(?:imposed|levied|issued|ordered|announced|proposed|sought|handed (?:down|out)|slapped \w+) "
                     r"by (?:the )?$")


def _imposes(figure: Figure, candidate: Candidate) -> object:
    """ "a $9m fine imposed by Norway" """
    return figure.metric.id == "fine" and figure.leads(candidate) and IMPOSES.search(figure.masked, 0, candidate.start)


GETS = re.compile(r"\b(?:get|buy|grab|purchase|order|save|score|snag|pick up)\b")


def _is_bought_for(figure: Figure, candidate: Candidate) -> object:
    """ "Linnet owners get the case for $9" """
    return figure.metric.id == "price" and figure.follows(candidate) \
        and (buys := _buyers().match(figure.masked, candidate.end)) \
        and GETS.search(figure.masked, buys.end(), figure.number[0])


@cache
def _buyers() -> re.Pattern:
    """Behind the name of what people have, or are members of, who buy something else."""
    return re.compile(rf" {any_of(f'{noun}s' for noun in schema.words('noun')['related'])} ")


SOLD_AT = re.compile(r"\b(?:sold|available)\b[^;#]{0,200}\b(?:at|on|by|through|via|from|like|including|and|or|as)\b"
                     r"[^;#]*$")
FOR_SUM = re.compile(rf"[^;#]*\b(?:for|at) {frame.near()}")


def _sells(figure: Figure, candidate: Candidate) -> object:
    """ "the heaters were sold at Marlow and on Tidemark.com from 2020 to 2023 for $90" """
    return figure.metric.id == "price" and candidate.entity.kind in ("company", "place") and candidate.end is not None \
        and FOR_SUM.fullmatch(figure.masked, candidate.end, figure.number[0]) \
        and SOLD_AT.search(figure.masked, 0, candidate.start)


def _has_only_price(figure: Figure, candidate: Candidate) -> object:
    """Of goods whose price is told nothing else is, nor the price before them: "3% for beef, 4% for pork"."""
    return candidate.how == "priced" and (
        figure.metric.id != "price" or candidate.part == "held" and candidate.end <= figure.number[0])


COMES_WITH = re.compile(r"\b(?:with|includ(?:es?|ed|ing)|plus|lacks?|without|has|gets?)\b[^;:#]*\Z")
OF_IT = re.compile(r",? \(?(?:for|at|from|costing|priced)\b| ?[:(]| [-–—] ")


def _comes_with(figure: Figure, candidate: Candidate) -> object:
    """ "the Linnet comes with a case and costs $300": a price is an accessory's own where it stands beside it, anything
    else where it is the subject"""
    if candidate.how != "accessory" or figure.follows(candidate) and OF_IT.match(figure.masked, candidate.end):
        return False
    if figure.metric.id != "price" and candidate.part not in subject.ACTING:
        return True
    return candidate.part == "object" and figure.follows(candidate) \
        and COMES_WITH.search(figure.masked, 0, candidate.start)


FOR_THE = re.compile(r" for (?:the|your|its) ")


def _is_what_for(figure: Figure, candidate: Candidate) -> object:
    """ "the keyboard is $300 for the Linnet" """
    return figure.leads(candidate) and FOR_THE.match(figure.masked, figure.number[1]) and any(
        c.how == "accessory" and figure.follows(c) and c.part in subject.ACTING for c in figure.near)


AGED = re.compile(r" ([a-z]+)(?: ([a-z]+))?(?![\w'’])")


def _employs(figure: Figure, candidate: Candidate) -> object:
    """ "a 25-year-old Norvik bus driver" """
    return figure.q.kind == "age" and figure.leads(candidate) \
        and (aged := AGED.match(figure.masked, candidate.end)) and any(map(noun.is_person, filter(None, aged.groups())))


A_NOUN = re.compile(r" [a-z]{3}")
KNOWN = re.compile(r"\b(?:an?|my|our|their|his|her)(?: now)? \Z")
IS_A = re.compile(r"(?:[,(:]|[-–—]+|\b(?:is|was|became|becomes|as|like|be|of|being|remains?)|['’]s)"
                  r"(?: (?:now|then|only|just|also|still|not|who))* an? \Z")


def _knows_aged(figure: Figure, candidate: Candidate) -> object:
    """ "Jo Roe lives in a 200-year-old house", but "Ana Ruiz, a 30-year-old nurse" """
    return figure.q.kind == "age" and candidate.entity.kind == "person" and candidate.how != "phrase" \
        and figure.follows(candidate) and A_NOUN.match(figure.masked, figure.number[1]) \
        and KNOWN.search(figure.masked, 0, figure.number[0]) \
        and not IS_A.search(figure.masked, candidate.end, figure.number[0])


def _is_far_place(figure: Figure, candidate: Candidate) -> object:
    """No place of another sentence has a range; in "Kyoto, 83-year-old Jo Roe" it is no age of Kyoto."""
    return candidate.entity.kind == "place" and (
        candidate.start is None and figure.metric.family in OF_THINGS or figure.q.kind == "age" and figure.cue is None)


SAW = re.compile(r" (?:has |have |had )?(?:saw|sees?|seen|seeing)\b")


def _is_where_goods_are(figure: Figure, candidate: Candidate) -> object:
    """ "France saw EVs take 27% market share", "Oslo saw EVs take 27% of sales": the share of EVs there"""
    return candidate.entity.kind == "place" and figure.cue is not None and (
        "share" in figure.scene.lower[slice(*figure.cue)]
        or figure.metric.id == "market_share" and candidate.end is not None
        and SAW.match(figure.masked, candidate.end)) \
        and any(c.start is not None and c.end <= figure.number[0] and (candidate.start or 0) < c.start
                and subject.is_goods(c.entity) for c in figure.near)


SYSTEM = "operating system"


def _runs_on_it(figure: Figure, candidate: Candidate) -> object:
    """ "The Linnet runs Android. It has 64 GB" of storage, which no system has but where it is said to need it"""
    return figure.metric.id == "memory_capacity" and SYSTEM in candidate.entity.descriptors \
        and (candidate.start is None or candidate.how in ("descriptor", "pronoun"))


OF_THEM = (" of them", " of these", " of those")


def _made_them(figure: Figure, candidate: Candidate) -> object:
    """ "The Linnet is popular. Norvik sold 300 of them": Linnets"""
    return candidate.entity.kind == "company" and figure.metric.id in MADE \
        and figure.masked.startswith(OF_THEM, figure.number[1]) and any(c.entity.kind == "product" for c in figure.near)


def _has_no_staff(figure: Figure, candidate: Candidate) -> object:
    """Workers have no headcount."""
    lex = lexicon.lexicon()
    return candidate.how == "phrase" and not figure.metric.catch_all and any(
        figure.metric.id in lexicon.of_counted(candidate.entity.name, table) for table in (lex.counted, lex.things))


LABEL = re.compile(r" ?(?:\([^()]*\))?: [^.;:#@]{0,30}#")


def _labels_next(figure: Figure, candidate: Candidate) -> object:
    """ "Norvik: 300 vans Veldt: 200 vans" """
    return figure.leads(candidate) and LABEL.match(figure.masked, candidate.end)


LABELLED = re.compile(r"@[@ .'’-]*+(?:, [^:#()]{0,60})?(?: \((?=\Z)|(?: \([^()]*\))?: )")


def _is_above_label(figure: Figure, candidate: Candidate) -> object:
    """ "Ana Ruiz, Norvik director (300 shares): $9m" is hers, whoever the lines above are on"""
    return candidate.start is None and LABELLED.match(figure.masked, 0, figure.number[0]) \
        and any(c.start == 0 and c.entity.kind == "person" for c in figure.near)


AMONG = re.compile(rf"\b(?:(?<!@ )one of|among) (?:(?:just|only|the|these|those|his|her|their) )*{frame.near()}\Z")


def _is_among(figure: Figure, candidate: Candidate) -> object:
    """ "Finland is one of 24 countries": it has none of them"""
    return figure.q.kind == "count" and (candidate.start is None or figure.follows(candidate)) \
        and AMONG.search(figure.masked, 0, figure.number[0])


EXAMPLES = re.compile(r"(?:,? and #+)?,? (?:including|such as|among them|notably|like) "
                      r"(?!the (?:company|firm|group)\b)[^;:#]*")


def _is_example(figure: Figure, candidate: Candidate) -> object:
    """ "300 cities, including Denver, will follow" are not Denver's"""
    return figure.q.kind == "count" and figure.cue is None and figure.leads(candidate) \
        and EXAMPLES.fullmatch(figure.masked, figure.number[1], candidate.start)


BESIDE = re.compile(rf"(?:, @+)*,? and {frame.near()}")


def _is_beside_others(figure: Figure, candidate: Candidate) -> object:
    """ "Lund and 12 other towns": what is counted stands beside it"""
    return figure.q.kind == "count" and figure.q.counted is not None and figure.cue is None \
        and figure.follows(candidate) and BESIDE.fullmatch(figure.masked, candidate.end, figure.number[0])


SAMPLE = re.compile(rf"\b(?:survey|poll|study|analysis|sample|review|interviews?|panel)s? (?:of|with|among) "
                    rf"{frame.near()}\Z")
SURVEYOR = re.compile(r"(?:['’]s?)?(?: [a-z-]+){0,2} ")         # "Tern's latest survey"
TAKEN_BY = re.compile(r"[^;:#]{0,60} (?:by|from|for|at) (?:the )?(?:[a-z-]+ ){0,3}")


def _is_not_surveyor(figure: Figure, candidate: Candidate) -> object:
    """ "40% of voters agree, says a poll of 900 adults by Tern": the poll is of Tern, whoever is named before"""
    sample = SAMPLE.search(figure.masked, 0, figure.number[0]) if figure.q.kind == "count" else None
    if sample is None or figure.leads(candidate) and TAKEN_BY.fullmatch(
            figure.masked, figure.number[1], candidate.start):
        return False
    return candidate.end is None or not SURVEYOR.fullmatch(figure.masked, candidate.end, sample.start())


@cache
def _rules_that() -> re.Pattern:
    """Behind who sets a rule: for whom. "Norway's government now requires ferries that"."""
    verbs = any_of(form for verb in schema.words("subject")["ruling"] for form in lexicon.inflect(verb))
    return re.compile(rf"['’]?s?(?: (?:laws?|rules?|regulations?|government|regulators?))?(?: [a-z]+)? {verbs} "
                      r"(?!(?:it|its|them|him|her|us)\b)[^;:@#]*? (?:that|which|who|whose|with|of|having|earning|"
                      r"making|selling) [^;:@#]*")


def _only_rules(figure: Figure, candidate: Candidate) -> object:
    """ "Norway requires ferries that carry 300 people to": who rules has not what is ruled"""
    return candidate.entity.kind in ("place", "organisation", "policy") and figure.follows(candidate) \
        and _rules_that().fullmatch(figure.masked, candidate.end, figure.number[0])


THERE = re.compile(r"(?:['’]s?)? [^;:#]*\bthere (?:(?:now|still|already) )?(?:is|are|was|were|has been|have been)\b")


def _is_only_where(figure: Figure, candidate: Candidate) -> object:
    """ "In Norvik's home town there are 40 shops": not Norvik's"""
    return candidate.part == "held" and figure.follows(candidate) \
        and THERE.match(figure.masked, candidate.end, figure.number[0])


HE = re.compile(r"\b(?:he|she|him|(?<!or )his|(?<!or )her|i)\b(?! or |.*(?:\b(?:which|who|where|that|while)\b|[,;:] ))")


def _is_where_he_is(figure: Figure, candidate: Candidate) -> object:
    """ "he ran 25 races before he came to Lund", "sued her in Lund for $3m": no figure of Lund"""
    return candidate.part == "located" and candidate.entity.kind == "place" != figure.metric.about[0] \
        and HE.search(figure.masked, 0, figure.number[0])


MEASURES = re.compile(rf"\b(?:measured|clocked|timed|weighed) {frame.near()}\Z")


def _only_measures(figure: Figure, candidate: Candidate) -> object:
    """ "Brightwell tested the Linnet and measured 70 dB": of the Linnet"""
    return figure.q.kind in ("measure", "duration") and candidate.entity.kind in ("organisation", "person") \
        and figure.follows(candidate) and MEASURES.search(figure.masked, candidate.end, figure.number[0])


RATING = re.compile(rf"(?: [a-z-]+){{1,5}}: {frame.near()}")


def _only_rates(figure: Figure, candidate: Candidate) -> object:
    """ "EPA range: 300 miles": who tells it by whose measure it is"""
    return candidate.start == figure.masked.find("@") and candidate.entity.kind == "organisation" \
        and figure.follows(candidate) and RATING.fullmatch(figure.masked, candidate.end, figure.number[0])


SENT = re.compile(r"[^;:#]*\b(?:sent|shipped|distributed|delivered|mailed|exported|donated|supplied)\b[^;:#]* to ")


def _is_sent_to(figure: Figure, candidate: Candidate) -> object:
    """ "300 crates were shipped to stores in Alabama" """
    return figure.q.kind == "count" and candidate.entity.kind == "place" and figure.leads(candidate) \
        and SENT.match(figure.masked, figure.number[1], candidate.start)


def _is_never(figure: Figure, candidate: Candidate) -> object:
    """What the file of a metric says: no index has a price."""
    never = figure.metric.never
    return never and not set(never).isdisjoint((candidate.entity.kind, *candidate.entity.descriptors))


RULES: tuple[Rule, ...] = (
    _is_multiplied, _is_exchange, _sets_target, _imposes, _is_bought_for, _sells, _has_only_price, _comes_with,
    _is_what_for, _employs, _knows_aged, _is_far_place, _is_where_goods_are, _runs_on_it, _made_them, _has_no_staff,
    _labels_next, _is_above_label, _is_among, _is_example, _is_beside_others, _is_not_surveyor, _only_rules,
    _only_measures, _only_rates, _is_only_where, _is_where_he_is, _is_sent_to, _is_never)
