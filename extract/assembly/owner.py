"""Who of all that a sentence and its text speak of owns a number, given the metric."""
import re
from dataclasses import replace
from typing import NamedTuple

from ..context import timing
from ..grammar import clause, frame
from ..metrics.evidence import Evidence
from ..metrics.scene import Scene
from ..model import Entity, Quantity
from ..schema import Metric
from ..subjects import subject
from ..subjects.fit import score
from .exclusion import MADE, OF_SHARES, Figure, owns_none

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
# Between a firm and its goods: "Norvik said it plans to raise average van prices"
REPRICES = re.compile(r"['’]?s?(?: (?:has|have|had|is|was|will|would|may|could|said|says|it|they|that|plans?|planned|"
                      r"wants?|intends?|decided|begun|began|started|again|also|to|be|been|on|[a-z]+ly|~+))* "
                      r"(?:rais|increas|hik|lift|cut|lower|slash|reduc|trim|bump)[a-z]* (?:[a-z@.-]+ ){0,3}")
# "The shares", "cut the price target"
STOCK = re.compile(r"\A(?:shares|stock)\b(?! (?:of|in|at) )|"
                   r"\b(?:the (?:shares?|stock)|(?:the|his|her|their) (?:price )?targets?)\b(?! (?:of|in|at|for) @)")
BEHIND = re.compile(r" (?:[\w@-]+ ){0,3}?(?:are|were|was|is|will|would|have|had|could|may|can|live|own|remain|lack|"
                    r"work)\b")
POSSESSED = re.compile(r"['’]s (?:[\w-]+ ){0,3}")
PEOPLE = re.compile(r"\b(?:population|people|residents|households|electorate|adults)\b")
OF_COUNTRIES = ("growth", "unemployment_rate", "share", "amount", "count")     # not interest rates, a bank's own
TARGET = re.compile(r" (?:[a-z]+ ){0,2}(?:target|goal|objective|aim)\b")
AIMED = re.compile(rf"\b(?:target|goal|objective|aim) (?:of|is|was|at) {frame.near()}$")
# "tariffs on $300m of Velmoran goods", "worth of goods from Velmora": Velmora's
TARIFFS_ON = re.compile(rf"\b(?:tariffs?|dut(?:y|ies)|lev(?:y|ies)) (?:on|against) "
                        rf"(?:an(?:other)? |additional |further )*{frame.near()}$")
TARIFFED = re.compile(r" (?:worth )?(?:of|in) (?:(?:the )?@+|(?:[a-z]+ ){1,2}(?:from|made in) @+)")
TRAINED = re.compile(r"\btrained (?:on|with|using) (?:[a-z]+ ){0,4}$")
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
    figure = Figure(scene, q, number, cue, metric, near)
    for candidate in near:
        if owns_none(figure, candidate):
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
                and subject.word_lists()["banks"].isdisjoint(firm.descriptors) and not subject.publishes(firm):
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
    trained: bool                   # what a model was trained on
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
        trained=TRAINED.search(scene.masked, 0, number[0]) is not None,
        led=any((c.part == "subject" or c.part != "speaker" and subject.acts(c)) and c.end is not None
                and c.end <= number[0] for c in near),
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


def _reports_on(scene: Scene, cue: tuple[int, int] | None, metric: Metric) -> bool:
    """Whether a sentence goes on with the results of the firm before: "Veldt earned $3m. Revenue was $9m"."""
    return cue is not None and bool(scene.before) and metric.family == "financials" \
        and OF_RESULTS.fullmatch(scene.masked, 0, cue[0]) is not None \
        and all(claim.metric in RESULTS and claim.entity.kind == "company" for claim in scene.before)


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
    if view.trained and kind == "company":
        fit -= OF_FIRM          # "Quantara released Lumen. It was trained on 3 trillion tokens": the model was
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
