"""Who of all that a sentence and its text speak of owns a number, given the metric."""
import re

from ..context import timing
from ..grammar import clause, frame, lexicon
from ..metrics.evidence import Evidence, Scene
from ..model import Quantity
from ..schema import Metric
from ..subjects import subject

OF_MAKER = {"financials"}       # families in which a product's figure is its maker's
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


def best_owner(scene: Scene, q: Quantity, cue: tuple[int, int] | None, metric: Metric, named: bool = True):
    """The best subject for a metric at this number: (candidate, score, evidence, how far ahead of the next); None where
    nobody fits.

    Whether a noun `named` the metric tells how well somebody of another sentence fits.
    """
    number = scene.span(q)
    best, fits, lex = None, {}, lexicon.lexicon()
    near = scene.near_candidates(*number)
    products = [c.entity for c in near if c.entity.kind == "product"] if metric.about[0] == "product" else ()
    # "That is 20% more": of whom the sentence before told
    goes_on = {claim.entity.entity_id for claim in scene.before} \
        if timing.RETOLD.match(scene.masked) and not scene.masked.startswith("it") else ()
    opens = metric.id == "count" and OPENS.search(scene.masked, max(0, number[0] - 40), number[0]) is not None \
            and BEHIND.match(scene.masked, number[1]) is not None
    located = metric.id == "count" and any(c.entity.kind == "place" and c.part == "located" for c in near)
    told = any(subject.acts(c) and c.end <= number[0] for c in near)
    led = told or any(c.part == "subject" and c.end is not None and c.end <= number[0] for c in near)
    # but for "71% of drivers agree", "15% of the population of Velmora"
    is_whole = metric.id != "survey_share" and cue is not None and number[1] < cue[0] \
        and not clause.acts(scene.masked, cue[1]) and not PEOPLE.search(scene.masked, *cue)
    economic = cue is not None and subject.is_economic(scene.lower[cue[0]:cue[1]])
    # "The shares fell 3%": of whom the text is on, whoever the sentence before told of
    main = scene.talk.dominant(("company",)) if metric.id == "share_price" and STOCK.match(scene.masked) else None
    for candidate in near:
        if q.kind == "ratio" and candidate.start is not None and candidate.start >= number[1]:
            continue        # "three times the price of the X" is not the X's
        if candidate.how == "priced" and metric.id != "price" \
                or candidate.entity.kind == "place" and q.kind == "age" and cue is None:
            continue        # in "Kyoto, 83-year-old Jo Roe" it is no age of Kyoto
        if candidate.how == "phrase" and not metric.catch_all and any(
                metric.id in lexicon.of_counted(candidate.entity.name, table) for table in (lex.counted, lex.things)):
            continue        # workers have no headcount
        if metric.never and not set(metric.never).isdisjoint(candidate.entity.descriptors):
            continue
        about = metric.about
        if metric.family in OF_MAKER and candidate.entity.kind == "product" and candidate.entity.maker_id:
            about = (*about[:1], "product", *about[1:])     # the maker's, with the product as the segment
        if economic and (candidate.entity.kind == "place" or candidate.start is None or candidate.part == "speaker"):
            about = ("place",)      # "Inflation stood at 3%, Norvik said"
        fit, why = subject.score(candidate, scene.masked, number, cue, about, metric.role, named)
        if metric.id in RAISED:
            # "Ana Ruiz raised $5m for her start-up"
            fit -= BACKED if candidate.end is not None and LEADS.match(scene.masked, candidate.end) \
                else OF_FIRM if candidate.entity.kind == "person" else OF_GOODS * subject.invests(candidate.entity)
        if opens and candidate.start is not None:
            if candidate.entity.kind == "place" and candidate.start >= number[1] \
                    and candidate.part in ("located", "held", "object"):
                fit = max(fit, HERE)
            elif candidate.end <= number[0]:
                fit -= OPENED
        if located and candidate.how == "phrase" and candidate.entity.kind == "other":
            fit *= UNNAMED          # "the fire left 2,000 injured in Norway"
        fit -= TOLD if told and (candidate.start is None or candidate.part == "located" and not located) else 0
        # "Norvik has 30% of the car market", "Norvik launched 23 Veldt cars": the whole and what is counted own nothing
        if led and candidate.start is not None and (
                is_whole and cue[0] <= candidate.start < cue[1]
                or candidate.entity.kind == "company" and number[0] < candidate.start and candidate.end < number[1]):
            fit -= WHOLE
        if why in ("owner", "of") and subject.is_goods(candidate.entity) and any(
                c.entity.kind == "company" and subject.acts(c) and c.end <= candidate.start
                and not clause.NEW.search(scene.masked[c.end:candidate.start]) for c in near):
            fit -= OF_FIRM          # "Norvik had car sales of 300 units": Norvik's
        fit += GOES_ON if candidate.start is None and candidate.entity.entity_id in goes_on else 0
        if main is not None and candidate.start is None and candidate.entity is main:
            fit += OF_MAIN
        if metric.family == "people" and told and candidate.part == "located" and scene.masked.startswith(" that ",
                                                                                                        candidate.end):
            fit -= WHOLE            # "Norvik plans a plant in Lund that will employ 300": Norvik
        if not named and candidate.start is None and scene.sentence.kind == "body":
            fit *= UNNAMED
        if products and candidate.entity.kind == "company" and (
                candidate.start is None
                and any(not p.known or subject.is_made_by(p, candidate.entity) for p in products)
                # "the price of Norvik's compact Linnet"
                or any(c.start is not None and c.entity in products and candidate.start is not None
                       and POSSESSED.fullmatch(scene.masked, candidate.end, c.start) for c in near)):
            fit -= OF_GOODS
        if best is None or fit > best[1]:
            best = candidate, fit, why
        if fit > fits.get(candidate.entity.entity_id, 0):
            fits[candidate.entity.entity_id] = fit
    if best is None or best[1] <= 0.15:
        return None
    fits.pop(best[0].entity.entity_id)
    return *best, best[1] - max(fits.values(), default=0)
