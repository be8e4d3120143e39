"""Who of all that a sentence and its text speak of owns a number, given the metric."""
import re
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from .. import schema
from ..context import timing
from ..grammar import clause, frame, lexicon, noun
from ..metrics.evidence import Evidence
from ..metrics.scene import Scene
from ..model import Entity, Quantity
from ..pattern import any_of
from ..schema import Metric
from ..subjects import subject
from ..subjects.fit import score
from ..subjects.part import BANKS

OF_MAKER = {"financials"}       # families in which a product's figure is its maker's
UNNAMED = 0.8           # factor for who is in another sentence where no noun names the metric; for what befell a place
TOLD = 0.05             # what somebody of another sentence loses where one named before the number acts
WHOLE = 0.2             # what the whole of a share, or the maker of what is counted, loses to who acts before it
OF_FIRM = 0.2           # what all of a kind loses to a firm that acts before it, and a founder to the firm
OF_RIVAL = 0.15         # what a product of another sentence loses where another maker acts
OF_GOODS = 0.1          # what a maker of another sentence loses to its product, for what products have
RAISED = {"capital_raised", "valuation"}       # of whom an investor backs, not the investor's
BACKED = 0.4            # what who leads a round loses to whom it is for
LEADS = re.compile(r"(?:,? (?:and|with) @+)*(?: (?:has|have|had|also|will))* (?:(?:co-)?le(?:d|ads|ad|ading)|"
                   r"join(?:ed|s)|back(?:ed|s)|anchored|participated)\b")
# "from investors including Sequoia", "led by Sequoia": who gives it; "for start-up Tidemark": who gets it
GIVERS = re.compile(r"\b(?:from|(?<!raised )by|includ(?:es?|ed|ing)|such as)"
                    r"(?:,? (?!(?:for|to|into|in|at|of|on|[a-z]+ing)\b)[\w@'’&-]+)*,? $")
GETTER = re.compile(r" (?:(?!(?:from|by|to)\b)[a-z-]+ ){0,3}for (?:(?!(?:from|by|to|in|into|of|at|on|with)\b)[a-z-]+ )"
                    r"{0,4}")
GETS_IT = 0.9
GOES_ON = 0.25          # what whose figure the sentence before told gains where this one goes on about it
OF_MAIN = 0.15          # what the firm that a text is on gains where a sentence opens with "the shares"
APPOSED, OF_NAMED = re.compile(r"@, (?:now )?an? $"), 0.5      # what a noun loses to the name before it
RESULTS = {"revenue", "net_income", "operating_income", "ebitda", "earnings_per_share", "gross_margin", "profit_margin"}
OF_RESULTS = re.compile(r"(?:(?:the|net|total|adjusted|operating|quarterly|annual|underlying|overall|group) )*")
WEALTH = ("fortune", "net worth", "wealth")
HERE = 0.72             # how well a place owns what is counted there
OPENED = 0.15           # what those before lose to a number that opens a clause
OPENS = re.compile(r"(?:^|[,;“\"] ?|\bthat )" + frame.near() + "$")
OF_THINGS = ("vehicle", "chip", "ai")        # families of metrics that no place has
MADE = ("units_produced", "units_shipped", "production_capacity")       # by firms
OF_SHARES = ("share_price", "price_target")
# Between a firm and its goods: "Norvik said it plans to raise average van prices"
REPRICES = re.compile(r"['’]?s?(?: (?:has|have|had|is|was|will|would|may|could|said|says|it|they|that|plans?|planned|"
                      r"wants?|intends?|decided|begun|began|started|again|also|to|be|been|on|[a-z]+ly|~+))* "
                      r"(?:rais|increas|hik|lift|cut|lower|slash|reduc|trim|bump)[a-z]* (?:[a-z@.-]+ ){0,3}")
# Who only says what shares may be worth: "cut its price target"; not "fell after Harrow Bank cut its target"
SETS = re.compile(r"\b(?:cut|rais|lift|hik|lower|trim|slash|boost|bump|increas|reduc|reiterat|maintain|kept|keep|set|"
                  r"has|assign)[a-z]* (?:its|his|her|their|an?) (?:(?:[a-z-]+|[#~]+) ){0,3}$")
SETTING = ("subject", "owner", "speaker", "agent")
ANEW = re.compile(r"\b(?:after|as|when|while|because|since|before|and|but)\b")
# "The shares", "cut the price target"
STOCK = re.compile(r"\A(?:shares|stock)\b(?! (?:of|in|at) )|"
                   r"\b(?:the (?:shares?|stock)|(?:the|his|her|their) (?:price )?targets?)\b(?! (?:of|in|at|for) @)")
BEHIND = re.compile(r" (?:[\w@-]+ ){0,3}?(?:are|were|was|is|will|would|have|had|could|may|can|live|own|remain|lack|"
                    r"work)\b")
POSSESSED = re.compile(r"['’]s (?:[\w-]+ ){0,3}")
PEOPLE = re.compile(r"\b(?:population|people|residents|households|electorate|adults)\b")
GETS = re.compile(r"\b(?:get|buy|grab|purchase|order|save|score|snag|pick up)\b")
OF_COUNTRIES = ("growth", "unemployment_rate", "share", "amount", "count")     # not interest rates, a bank's own
SOLD_AT = re.compile(r"\b(?:sold|available)\b[^;#]{0,200}\b(?:at|on|by|through|via|from|like|including|and|or|as)\b"
                     r"[^;#]*$")
FOR_SUM = re.compile(rf"[^;#]*\b(?:for|at) {frame.near()}")
LABEL = re.compile(r" ?(?:\([^()]*\))?: [^.;:#@]{0,30}#")
# A line that its first name labels: "Ana Ruiz, Norvik director (#): #"
LABELLED = re.compile(r"@[@ .'’-]*+(?:, [^:#()]{0,60})?(?: \((?=\Z)|(?: \([^()]*\))?: )")
AGED = re.compile(r" ([a-z]+)(?: ([a-z]+))?(?![\w'’])")
A_NOUN = re.compile(r" [a-z]{3}")
IS_A = re.compile(r"(?:[,(:]|[-–—]+|\b(?:is|was|became|becomes|as|like|be|of|being|remains?)|['’]s)"
                  r"(?: (?:now|then|only|just|also|still|not|who))* an? \Z")
TARGET = re.compile(r" (?:[a-z]+ ){0,2}(?:target|goal|objective|aim)\b")
AIMED = re.compile(rf"\b(?:target|goal|objective|aim) (?:of|is|was|at) {frame.near()}$")
# "tariffs on $300m of Velmoran goods", "worth of goods from Velmora": Velmora's
TARIFFS_ON = re.compile(rf"\b(?:tariffs?|dut(?:y|ies)|lev(?:y|ies)) (?:on|against) "
                        rf"(?:an(?:other)? |additional |further )*{frame.near()}$")
TARIFFED = re.compile(r" (?:worth )?(?:of|in) (?:(?:the )?@+|(?:[a-z]+ ){1,2}(?:from|made in) @+)")
OF_GOODS_OF = 0.93
NAMING = ("name ", "answer", "carried", "heading")


def is_named(proof: Evidence) -> bool:
    """Whether a noun of the sentence, or of the lines above, says what is measured.

    "Sales rose 3%" goes on about whose sales they are; who "sold 300 vans" or has "300 users" is told in the clause
    itself.
    """
    return proof.why.removeprefix("parallel: ").removeprefix("follows: ").startswith(NAMING) or "name " in proof.why


def is_economic(scene: Scene, cue: tuple[int, int] | None) -> bool:
    """Whether the noun of a metric names what a country has and no firm."""
    return cue is not None and subject.is_economic(scene.lower[cue[0]:cue[1]])


def best_owner(scene: Scene, q: Quantity, cue: tuple[int, int] | None, metric: Metric, named: bool = True):
    """The best subject for a metric at this number: (candidate, score, evidence, how far ahead of the next); None where
    nobody fits.

    Whether a noun `named` the metric tells how well somebody of another sentence fits.
    """
    number = scene.span(q)
    near = scene.near_candidates(*number)
    view = _view(scene, number, cue, metric, near)
    best, fits, public = None, {}, metric.family in ("policy", "people")
    labelled = LABELLED.match(scene.masked, 0, number[0]) is not None and any(
        c.start == 0 and c.entity.kind == "person" for c in near)
    of_them = metric.id in MADE and scene.masked.startswith((" of them", " of these", " of those"), number[1]) \
        and any(c.entity.kind == "product" for c in near)
    of_kind = max((c.start for c in near if c.start is not None and c.end <= number[0] and subject.is_goods(c.entity)),
                  default=-1) if cue is not None and "share" in scene.lower[slice(*cue)] else -1
    for candidate in near:
        if candidate.entity.kind == "place" and (candidate.start or 0) < of_kind:
            continue            # "France saw an EV record of 27% market share": the share of EVs there
        if labelled and candidate.start is None:
            continue            # "Ana Ruiz, Norvik director (300 shares): $9m" is hers
        if of_them and candidate.entity.kind == "company":
            continue            # "The Linnet is popular. Norvik sold 300 of them": Linnets
        if _is_none(scene.masked, candidate, q, number, cue, metric) \
                or metric.id == "price_target" and _sets_target(scene, candidate, cue):
            continue
        far = public and candidate.start is None and (
            candidate.entity.kind not in metric.about if metric.family == "policy"
            else "central bank" in candidate.entity.descriptors)        # whoever added jobs
        if (view.national or far) and (country := subject.country(candidate.entity)) is not None:
            candidate = replace(candidate, entity=country)
            if candidate.part == "speaker":
                candidate = replace(candidate, part="subject", worth=subject.NAMED)     # who tells of its own country
        if candidate.entity.kind == "person" and metric.id in MADE and (
                firm := scene.talk.people.works_for(candidate.entity)) is not None \
                and BANKS.isdisjoint(firm.descriptors) and not subject.publishes(firm):
            candidate = replace(candidate, entity=firm)     # "Norvik chief Ana Ruiz fell. Ruiz will build 300 vans"
        fit, why = score(candidate, scene.masked, number, cue, _kinds(view, candidate, metric), metric.role,
                                 named)
        fit = _weighed(view, candidate, fit, why)
        if not named and candidate.start is None and scene.sentence.kind == "body":
            fit *= UNNAMED
        if _is_maker(view, candidate):
            fit -= OF_GOODS
        if best is None or fit > best[1]:
            best = candidate, fit, why
        if fit > fits.get(candidate.entity.entity_id, 0):
            fits[candidate.entity.entity_id] = fit
    if best is None or best[1] <= 0.15:
        return None
    fits.pop(best[0].entity.entity_id)
    return *best, best[1] - max(fits.values(), default=0)


class _View(NamedTuple):
    """What the sentence tells about all candidates for one number and metric."""
    scene: Scene
    number: tuple[int, int]
    cue: tuple[int, int] | None
    metric: Metric
    near: list[subject.Candidate]
    products: list[Entity]          # where the metric is one of products
    makers: list[Entity]            # the firms that act before the number, where the metric is one of products
    goes_on: set[str]               # of whom the sentence before told, where this one goes on: "That is 20% more"
    opens: bool                     # the number opens a clause, and those it counts act
    located: bool                   # a count where a place says where
    told: bool                      # somebody acts before the number
    led: bool                       # somebody is the subject before it
    is_whole: bool                  # the noun behind the number is the whole of which it is a part
    economic: bool                  # the noun is one of economies: inflation
    national: bool                  # and no national body has it: "the Fed expects inflation", not "its 2% target"
    main: Entity | None             # the firm that the text is on, where the shares are nobody else's


def _view(scene: Scene, number: tuple[int, int], cue: tuple[int, int] | None, metric: Metric,
          near: list[subject.Candidate]) -> _View:
    goes_on = timing.RETOLD.match(scene.masked) and not scene.masked.startswith("it")
    told = any(subject.acts(c) and c.end <= number[0] for c in near)
    economic = is_economic(scene, cue)
    return _View(
        scene, number, cue, metric, near,
        products=[c.entity for c in near if c.entity.kind == "product"] if metric.about[0] == "product" else [],
        makers=[c.entity for c in near if c.entity.kind == "company" and c.part == "subject" and subject.acts(c)
                and c.end <= number[0]] if metric.about[0] == "product" else [],
        goes_on={claim.entity.entity_id for claim in scene.before}
        if goes_on or _reports_on(scene, cue, metric) else set(),
        opens=metric.id == "count" and OPENS.search(scene.masked, max(0, number[0] - 40), number[0]) is not None
        and BEHIND.match(scene.masked, number[1]) is not None,
        located=metric.id == "count" and any(c.entity.kind == "place" and c.part == "located" for c in near),
        told=told,
        led=told or any(c.part == "subject" and c.end is not None and c.end <= number[0] for c in near),
        # but for "71% of drivers agree", "15% of the population of Velmora"
        is_whole=metric.id != "survey_share" and cue is not None and number[1] < cue[0]
        and not clause.acts(scene.masked, cue[1]) and not PEOPLE.search(scene.masked, *cue),
        economic=economic,
        national=economic and metric.id in OF_COUNTRIES and TARGET.match(scene.masked, number[1]) is None
        and AIMED.search(scene.masked, 0, number[0]) is None,
        # "The shares fell 3%": of whom the text is on, whoever the sentence before told of
        main=scene.talk.topic.dominant(("company",))
        if metric.id in OF_SHARES and STOCK.search(scene.masked) and not any(
            c.start is not None and c.entity.kind == "company" and c.part in ("subject", "owner", "object", "held")
            for c in near) else None)


@cache
def _buyers() -> re.Pattern:
    """Behind the name of what people have, or are members of, who buy something else."""
    return re.compile(rf" {any_of(f'{noun}s' for noun in schema.words('noun')['related'])} ")


def _reports_on(scene: Scene, cue: tuple[int, int] | None, metric: Metric) -> bool:
    """Whether a sentence goes on with the results of the firm before: "Veldt earned $3m. Revenue was $9m"."""
    return cue is not None and bool(scene.before) and metric.family == "financials" \
        and OF_RESULTS.fullmatch(scene.masked, 0, cue[0]) is not None \
        and all(claim.metric in RESULTS and claim.entity.kind == "company" for claim in scene.before)


def _is_none(masked: str, candidate: subject.Candidate, q: Quantity, number: tuple[int, int],
             cue: tuple[int, int] | None, metric: Metric) -> bool:
    """Whether a candidate is no owner of such a figure, however it stands."""
    kind, lex = candidate.entity.kind, lexicon.lexicon()
    if q.kind == "ratio" and candidate.start is not None and candidate.start >= number[1]:
        return True             # "three times the price of the X" is not the X's
    if metric.id in OF_SHARES and kind == "organisation" and candidate.start is not None \
            and candidate.start >= number[1]:
        return True             # "fell to 11p on the London Stock Exchange"
    if metric.id == "price" and candidate.end is not None and candidate.end <= number[0] \
            and (buys := _buyers().match(masked, candidate.end)) and GETS.search(masked, buys.end(), number[0]):
        return True             # "Linnet owners get the case for $9"
    if q.kind == "age" and candidate.start is not None and candidate.start >= number[1] \
            and (aged := AGED.match(masked, candidate.end)) and any(map(noun.is_person, filter(None, aged.groups()))):
        return True             # "a 25-year-old Norvik bus driver"
    if q.kind == "age" and kind == "person" and candidate.how != "phrase" and candidate.end is not None \
            and candidate.end <= number[0] and A_NOUN.match(masked, number[1]) \
            and masked.endswith((" a ", " an "), 0, number[0]) and not IS_A.search(masked, candidate.end, number[0]):
        return True             # "Jo Roe lives in a 200-year-old house", but "Ana Ruiz, a 30-year-old nurse"
    if kind == "place" and candidate.start is None and metric.family in OF_THINGS:
        return True
    if candidate.how == "priced" and metric.id != "price" or kind == "place" and q.kind == "age" and cue is None:
        return True             # in "Kyoto, 83-year-old Jo Roe" it is no age of Kyoto
    if metric.id == "price" and kind in ("company", "place") and candidate.end is not None \
            and FOR_SUM.fullmatch(masked, candidate.end, number[0]) and SOLD_AT.search(masked, 0, candidate.start):
        return True             # "the heaters were sold at Marlow and on Tidemark.com from 2020 to 2023 for $90"
    if candidate.how == "priced" and candidate.part == "held" and candidate.end <= number[0]:
        return True             # "3% for beef, 4% for pork": beef has the 3%
    if candidate.how == "phrase" and not metric.catch_all and any(
            metric.id in lexicon.of_counted(candidate.entity.name, table) for table in (lex.counted, lex.things)):
        return True             # workers have no headcount
    if candidate.start is not None and candidate.start >= number[1] and LABEL.match(masked, candidate.end):
        return True             # "Norvik: 300 vans Veldt: 200 vans"
    return bool(metric.never) and not set(metric.never).isdisjoint((kind, *candidate.entity.descriptors))


def _sets_target(scene: Scene, candidate: subject.Candidate, cue: tuple[int, int] | None) -> bool:
    """Whether somebody only says what the shares of another firm may be worth: "Harrow Bank cut its price target"."""
    if cue is None or candidate.part not in SETTING or candidate.start >= cue[0]:
        return False
    sets = SETS.search(scene.masked, 0, cue[0])
    return sets is not None and (
        candidate.start >= sets.start() or candidate.part == "agent" or clause.acts(scene.masked, candidate.end)
    ) and not ANEW.search(scene.masked, candidate.end, sets.start())


def _kinds(view: _View, candidate: subject.Candidate, metric: Metric) -> tuple[str, ...]:
    """The kinds of entity that the metric is of, for this candidate."""
    kind = candidate.entity.kind
    if view.economic and (kind == "place" or candidate.start is None or candidate.part == "speaker"):
        return ("place",)       # "Inflation stood at 3%, Norvik said"
    if metric.id == "amount" and view.cue and (candidate.start is not None or view.scene.sentence.kind != "body") \
            and view.scene.lower[slice(*view.cue)].endswith(WEALTH):
        return ("person", *metric.about)        # "Veldt founder Ana Ruiz has a $3bn fortune"
    if kind == "product" and (metric.family in OF_MAKER and candidate.entity.maker_id
                              or metric.id in RAISED and candidate.start is not None
                              and candidate.end <= view.number[0] and candidate.part in ("subject", "owner")
                              and candidate.how not in ("phrase", "descriptor")):
        # the maker's, with the product as the segment; "the insurance platform Tidemark raised $5m"
        return (*metric.about[:1], "product", *metric.about[1:])
    return metric.about


def _weighed(view: _View, candidate: subject.Candidate, fit: float, why: str) -> float:
    """How well a candidate fits beside what the sentence tells of the others."""
    metric, number, masked, kind = view.metric, view.number, view.scene.masked, candidate.entity.kind
    here = candidate.start is not None
    if metric.id == "age" and candidate.how == "phrase" and (APPOSED.search(masked, 0, number[0]) or any(
            c.how == "descriptor" and c.start < number[0] < c.end for c in view.scene.candidates)):
        fit -= OF_NAMED         # "Ana, a 27-year-old baker, said", "the 27-year-old baker" of whom was told
    if metric.id in RAISED:
        # "Ana Ruiz raised $5m for her start-up"
        gives = here and (LEADS.match(masked, candidate.end) or GIVERS.search(masked, number[1], candidate.start))
        fit -= BACKED if gives \
            else OF_FIRM if kind == "person" else OF_GOODS * subject.invests(candidate.entity)
        if here and kind == "company" and candidate.how not in ("phrase", "pronoun") \
                and GETTER.fullmatch(masked, number[1], candidate.start):
            fit = max(fit, GETS_IT)
    if kind == "place" and here and view.products:
        fit -= OF_GOODS         # "the Linnet van in Norway, each with a 60 kWh battery"
    if kind == "product" and not here and candidate.entity.maker_id and view.makers \
            and not any(subject.is_made_by(candidate.entity, maker) for maker in view.makers):
        fit -= OF_RIVAL         # "Norvik will raise the range of its vans to 300 km": no van of another maker
    if view.opens and here:
        if kind == "place" and candidate.start >= number[1] and candidate.part in ("located", "held", "object"):
            fit = max(fit, HERE)
        elif candidate.end <= number[0]:
            fit -= OPENED
    if kind == "place" and here and candidate.start >= number[1] and TARIFFED.match(masked, number[1]) \
            and TARIFFS_ON.search(masked, 0, number[0]):
        fit = max(fit, OF_GOODS_OF)
    if view.located and candidate.how == "phrase" and kind == "other":
        fit *= UNNAMED          # "the fire left 2,000 injured in Norway"
    fit -= TOLD if view.told and (not here or candidate.part == "located" and not view.located) else 0
    # "Norvik has 30% of the car market", "Norvik launched 23 Veldt cars": the whole and what is counted own nothing
    if view.led and here and (
            view.is_whole and view.cue[0] <= candidate.start < view.cue[1]
            or kind == "company" and number[0] < candidate.start and candidate.end < number[1]):
        fit -= WHOLE
    if candidate.how == "priced" and here and any(
            c.entity.kind == "company" and c.part in subject.ACTING and c.end is not None and c.end <= candidate.start
            and REPRICES.fullmatch(masked, c.end, candidate.start) for c in view.near):
        return 0.0              # "Norvik will raise van prices by 3%": Norvik's
    if why in ("owner", "of") and subject.is_goods(candidate.entity) and any(
            c.entity.kind == "company" and subject.acts(c) and c.end <= candidate.start
            and not clause.NEW.search(masked[c.end:candidate.start]) for c in view.near):
        fit -= OF_FIRM          # "Norvik had car sales of 300 units": Norvik's
    fit += GOES_ON if not here and candidate.entity.entity_id in view.goes_on else 0
    if view.main is not None and not here and candidate.entity is view.main:
        fit += OF_MAIN
    if metric.family == "people" and view.told and candidate.part == "located" \
            and masked.startswith(" that ", candidate.end):
        fit -= WHOLE            # "Norvik plans a plant in Lund that will employ 300": Norvik
    return fit


def _is_maker(view: _View, candidate: subject.Candidate) -> bool:
    """Whether a firm only makes the product whose figure this is."""
    if not view.products or candidate.entity.kind != "company":
        return False
    if candidate.start is None:
        return any(not p.known or subject.is_made_by(p, candidate.entity) for p in view.products)
    # "the price of Norvik's compact Linnet"
    return any(c.start is not None and c.entity in view.products
               and POSSESSED.fullmatch(view.scene.masked, candidate.end, c.start) for c in view.near)
