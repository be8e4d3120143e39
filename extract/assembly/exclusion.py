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


AGED = re.compile(r" ([a-z]+)(?: ([a-z]+))?(?![\w'’])")


def _employs(figure: Figure, candidate: Candidate) -> object:
    """ "a 25-year-old Norvik bus driver" """
    return figure.q.kind == "age" and figure.leads(candidate) \
        and (aged := AGED.match(figure.masked, candidate.end)) and any(map(noun.is_person, filter(None, aged.groups())))


A_NOUN = re.compile(r" [a-z]{3}")
IS_A = re.compile(r"(?:[,(:]|[-–—]+|\b(?:is|was|became|becomes|as|like|be|of|being|remains?)|['’]s)"
                  r"(?: (?:now|then|only|just|also|still|not|who))* an? \Z")


def _knows_aged(figure: Figure, candidate: Candidate) -> object:
    """ "Jo Roe lives in a 200-year-old house", but "Ana Ruiz, a 30-year-old nurse" """
    return figure.q.kind == "age" and candidate.entity.kind == "person" and candidate.how != "phrase" \
        and figure.follows(candidate) and A_NOUN.match(figure.masked, figure.number[1]) \
        and figure.masked.endswith((" a ", " an "), 0, figure.number[0]) \
        and not IS_A.search(figure.masked, candidate.end, figure.number[0])


def _is_far_place(figure: Figure, candidate: Candidate) -> object:
    """No place of another sentence has a range; in "Kyoto, 83-year-old Jo Roe" it is no age of Kyoto."""
    return candidate.entity.kind == "place" and (
        candidate.start is None and figure.metric.family in OF_THINGS or figure.q.kind == "age" and figure.cue is None)


def _is_where_goods_are(figure: Figure, candidate: Candidate) -> object:
    """ "France saw EVs take 27% market share": the share of EVs there"""
    return candidate.entity.kind == "place" and figure.cue is not None \
        and "share" in figure.scene.lower[slice(*figure.cue)] \
        and any(c.start is not None and c.end <= figure.number[0] and (candidate.start or 0) < c.start
                and subject.is_goods(c.entity) for c in figure.near)


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


def _is_never(figure: Figure, candidate: Candidate) -> object:
    """What the file of a metric says: no index has a price."""
    never = figure.metric.never
    return never and not set(never).isdisjoint((candidate.entity.kind, *candidate.entity.descriptors))


RULES: tuple[Rule, ...] = (
    _is_multiplied, _is_exchange, _sets_target, _imposes, _is_bought_for, _sells, _has_only_price, _employs,
    _knows_aged, _is_far_place, _is_where_goods_are, _made_them, _has_no_staff, _labels_next, _is_above_label,
    _is_never)
