"""Who of all that a sentence and its text speak of owns a number, given the metric."""
import re
from dataclasses import dataclass, field

from . import clause, frame, lexicon, subject, timing
from .evidence import Evidence
from .model import Entity, Quantity
from .scene import Scene
from .schema import Metric
from .subject import Candidate

OF_MAKER = {"financials"}       # families in which a product's figure is its maker's
LEAST = 0.15            # up to which nobody owns it
UNNAMED = 0.8           # factor for who is in another sentence where no noun names the metric; for what befell a place
TOLD = 0.05             # what somebody of another sentence loses where one named before the number acts
WHOLE = 0.2             # what the whole of a share, or the maker of what is counted, loses to who acts before it
OF_FIRM = 0.2           # what all of a kind loses to a firm that acts before it, and a founder to the firm
OF_GOODS = 0.1          # what a maker of another sentence loses to its product, for what products have
RAISED = {"capital_raised", "valuation"}       # of whom an investor backs, not the investor's
BACKED = 0.4            # what who leads a round loses to whom it is for
LEADS = re.compile(r"(?:,? (?:and|with) @+)*(?: (?:has|have|had|also|will))* (?:(?:co-)?le(?:d|ads|ad|ading)|"
                   r"join(?:ed|s)|back(?:ed|s)|anchored|participated)\b")
GOES_ON = 0.25          # what whose figure the sentence before told gains where this one goes on about it
OF_MAIN = 0.15          # what the firm that a text is on gains where a sentence opens with "the shares"
HERE = 0.72             # how well a place owns what is counted there
OPENED = 0.15           # what those before lose to a number that opens a clause
OPENS = re.compile(r"(?:^|[,;“\"] ?|\bthat )" + frame.near() + "$")
STOCK = re.compile(r"(?:the )?(?:shares|stock)\b(?! (?:of|in|at) )")
BEHIND = re.compile(r" (?:[\w@-]+ ){0,3}?(?:are|were|was|is|will|would|have|had|could|may|can|live|own|remain|lack|"
                    r"work)\b")
POSSESSED = re.compile(r"['’]s (?:[\w-]+ ){0,3}")
PEOPLE = re.compile(r"\b(?:population|people|residents|households|electorate|adults)\b")
NAMING = ("name ", "answer", "carried", "heading")


def is_named(proof: Evidence) -> bool:
    """Whether a noun of the sentence, or of the lines above, says what is measured.

    "Sales rose 3%" goes on about whose sales they are; who "sold 300 vans" or has "300 users" is told in the clause
    itself.
    """
    return proof.why.removeprefix("parallel: ").removeprefix("follows: ").startswith(NAMING) or "name " in proof.why


@dataclass(slots=True)
class Asked:
    """Whose a number is, given a metric, and what the sentence as a whole says of that."""
    scene: Scene
    q: Quantity
    cue: tuple[int, int] | None         # of the noun or verb that speaks for the metric
    metric: Metric
    named: bool                         # whether a noun names the metric
    number: tuple[int, int] = field(init=False)
    near: list[Candidate] = field(init=False)
    products: list[Entity] = field(init=False)      # where the metric is one of products
    opens: bool = field(init=False)     # "300 people live in Lund": what is counted opens its clause
    located: bool = field(init=False)   # a place has what is counted
    told: bool = field(init=False)      # somebody acts in front of the number
    led: bool = field(init=False)       # or is the subject there
    whole: bool = field(init=False)     # the cue behind the number is that of which it is a part
    economic: bool = field(init=False)  # the metric is named as only countries have it

    def __post_init__(self) -> None:
        masked, cue, metric = self.scene.masked, self.cue, self.metric
        self.number = start, end = self.scene.span(self.q)
        self.near = self.scene.near_candidates(start, end)
        self.products = [c.entity for c in self.near if c.entity.kind == "product"] \
            if metric.about[0] == "product" else []
        counts = metric.id == "count"
        self.opens = counts and OPENS.search(masked, max(0, start - 40), start) is not None \
            and BEHIND.match(masked, end) is not None
        self.located = counts and any(c.entity.kind == "place" and c.part == "located" for c in self.near)
        self.told = any(subject.acts(c) and c.end <= start for c in self.near)
        self.led = self.told or any(c.part == "subject" and c.end is not None and c.end <= start for c in self.near)
        # but for "71% of drivers agree", "15% of the population of Velmora"
        self.whole = metric.id != "survey_share" and cue is not None and end < cue[0] \
            and not clause.acts(masked, cue[1]) and not PEOPLE.search(masked, *cue)
        self.economic = cue is not None and subject.is_economic(self.scene.lower[cue[0]:cue[1]])


def best_owner(scene: Scene, q: Quantity, cue: tuple[int, int] | None, metric: Metric,
               named: bool = True) -> tuple[Candidate, float, str, float] | None:
    """The best subject for a metric at this number: (candidate, score, evidence, how far ahead of the next); None where
    nobody fits.

    Whether a noun `named` the metric tells how well somebody of another sentence fits.
    """
    asked = Asked(scene, q, cue, metric, named)
    # "That is 20% more": of whom the sentence before told
    goes_on = {claim.entity.entity_id for claim in scene.before} \
        if timing.RETOLD.match(scene.masked) and not scene.masked.startswith("it") else ()
    # "The shares fell 3%": of whom the text is on, whoever the sentence before told of
    main = scene.talk.dominant(("company",)) if metric.id == "share_price" and STOCK.match(scene.masked) else None
    best, fits = None, {}
    for candidate in asked.near:
        if _has_none(asked, candidate):
            continue
        about = _kinds(asked, candidate)
        fit, why = subject.score(candidate, scene.masked, asked.number, cue, about, metric.role, named)
        if metric.id in RAISED:
            fit -= _backing(scene, candidate)
        if metric.id == "count":
            fit = _counted_here(asked, candidate, fit)
        if asked.led or why in ("owner", "of"):
            fit = _before_acting(asked, candidate, why, fit)
        if candidate.start is None:
            fit += GOES_ON if candidate.entity.entity_id in goes_on else 0
            fit += OF_MAIN if main is not None and candidate.entity is main else 0
            if not named and scene.sentence.kind == "body":
                fit *= UNNAMED
        if asked.products and candidate.entity.kind == "company" and _is_maker(asked, candidate):
            fit -= OF_GOODS
        if best is None or fit > best[1]:
            best = candidate, fit, why
        if fit > fits.get(candidate.entity.entity_id, 0):
            fits[candidate.entity.entity_id] = fit
    if best is None or best[1] <= LEAST:
        return None
    fits.pop(best[0].entity.entity_id)
    return *best, best[1] - max(fits.values(), default=0)


def _has_none(asked: Asked, c: Candidate) -> bool:
    """Whether somebody can't have such a figure at all."""
    metric, q = asked.metric, asked.q
    if q.kind == "ratio" and c.start is not None and c.start >= asked.number[1]:
        return True             # "three times the price of the X" is not the X's
    if c.how == "priced" and metric.id != "price":
        return True
    if c.entity.kind == "place" and q.kind == "age" and asked.cue is None:
        return True             # in "Kyoto, 83-year-old Jo Roe" it is no age of Kyoto
    lex = lexicon.lexicon()
    if c.how == "phrase" and not metric.catch_all and any(
            metric.id in lexicon.of_counted(c.entity.name, table) for table in (lex.counted, lex.things)):
        return True             # workers have no headcount
    return bool(metric.never) and not set(metric.never).isdisjoint(c.entity.descriptors)


def _kinds(asked: Asked, c: Candidate) -> tuple[str, ...]:
    """The kinds that the metric is said of, the likeliest first."""
    if asked.economic and (c.entity.kind == "place" or c.start is None or c.part == "speaker"):
        return ("place",)       # "Inflation stood at 3%, Norvik said"
    about = asked.metric.about
    if asked.metric.family in OF_MAKER and c.entity.kind == "product" and c.entity.maker_id:
        return (*about[:1], "product", *about[1:])      # the maker's, with the product as the segment
    return about


def _backing(scene: Scene, c: Candidate) -> float:
    """What those lose who raise money for somebody else: "Ana Ruiz raised $5m for her start-up"."""
    if c.end is not None and LEADS.match(scene.masked, c.end):
        return BACKED
    return OF_FIRM if c.entity.kind == "person" else OF_GOODS * subject.invests(c.entity)


def _counted_here(asked: Asked, c: Candidate, fit: float) -> float:
    """Places own what is counted there, before those who stand in front of it."""
    if asked.opens and c.start is not None:
        if c.entity.kind == "place" and c.start >= asked.number[1] and c.part in ("located", "held", "object"):
            fit = max(fit, HERE)
        elif c.end <= asked.number[0]:
            fit -= OPENED
    if asked.located and c.how == "phrase" and c.entity.kind == "other":
        fit *= UNNAMED          # "the fire left 2,000 injured in Norway"
    return fit


def _before_acting(asked: Asked, c: Candidate, why: str, fit: float) -> float:
    """What is left of the fit of somebody beside those who act in front of the number."""
    masked, (start, end) = asked.scene.masked, asked.number
    if asked.told and (c.start is None or c.part == "located" and not asked.located):
        fit -= TOLD
    # "Norvik has 30% of the car market", "Norvik launched 23 Veldt cars": the whole and what is counted own nothing
    if asked.led and c.start is not None and (
            asked.whole and asked.cue[0] <= c.start < asked.cue[1]
            or c.entity.kind == "company" and start < c.start and c.end < end):
        fit -= WHOLE
    if why in ("owner", "of") and subject.is_goods(c.entity) and any(
            a.entity.kind == "company" and subject.acts(a) and a.end <= c.start
            and not clause.NEW.search(masked[a.end:c.start]) for a in asked.near):
        fit -= OF_FIRM          # "Norvik had car sales of 300 units": Norvik's
    if asked.told and asked.metric.family == "people" and c.part == "located" and masked.startswith(" that ", c.end):
        fit -= WHOLE            # "Norvik plans a plant in Lund that will employ 300": Norvik
    return fit


def _is_maker(asked: Asked, c: Candidate) -> bool:
    """Whether a firm only makes the product that has what is measured: "the price of Norvik's compact Linnet"."""
    if c.start is None:
        return any(not p.known or subject.is_made_by(p, c.entity) for p in asked.products)
    return any(p.start is not None and p.entity in asked.products
               and POSSESSED.fullmatch(asked.scene.masked, c.end, p.start) for p in asked.near)
