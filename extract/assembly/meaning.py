"""What the word for a metric means of such an owner: sales of a carmaker are cars, what a firm is worth is its market
value; and the unit that only metric and owner tell.

>>> from extract.analysis import analyse, document
>>> [c.metric for c in analyse(document("Retailer Marlow said sales rose 5%.")).claims]
['revenue']
>>> [c.metric for c in analyse(document("Carmaker Veldt said sales rose 5% to 41,300 cars.")).claims]
['units_shipped', 'units_shipped']
"""
import re

from .. import schema
from ..grammar import clause, lexicon
from ..metrics.constraint import accepts, is_of
from ..metrics.evidence import Evidence
from ..metrics.payment import EARNS
from ..metrics.scene import MANY_TIMES, Scene
from ..model import Claim, Entity, Quantity
from ..numbers import unit
from ..schema import Metric
from ..subjects import subject
from .general import PER_TIME, SMALL_CHANGE

OUTPUT = re.compile(r"'(?:(?:industrial|manufacturing|factory) (?:output|production)|output)'")
SOLD_OFF = re.compile(r"\b(?:sales?|deals?|discount\w*|list price|usual price|coupon|bundles?|retails?)\b|"
                      r"\b(?:on|at|down to|costs?|for) (?:just |only )?[$€£]|"
                      r"\bsav(?:e|es|ing|ings)(?: of)? (?:up to )?[$€£#\d.,%]+ (?:on|off)\b")

TAXES = re.compile(r"\b(?:tax(?:es|ation)?|lev(?:y|ies)|dut(?:y|ies)|tariffs?)\b")
SOLD = re.compile(r"market|sales|sold|registr|shipment|deliver|\b[bp]?h?evs?\b|hybrid|electric|diesel|petrol|cars?\b")
STOCKS = ("share_price", "index_level")


def of_stock(metric_id: str, owner: Entity) -> str:
    """What it is of a firm or an index that moved by 3%.

    >>> of_stock("index_level", Entity("c-norvik", "Norvik", "company")), of_stock("revenue", Entity("", "", "company"))
    ('share_price', 'revenue')
    """
    if metric_id not in STOCKS or owner.kind != "company" and not owner.descriptors \
            or is_of(owner, schema.metrics()[metric_id].moves):
        return metric_id
    return next((other for other in STOCKS if is_of(owner, schema.metrics()[other].moves)), metric_id)


def by_owner(scene: Scene, q: Quantity, way: str | None, metric_id: str, proof: Evidence,
             owner: subject.Candidate) -> str:
    """What a metric is of such an owner: the sales of a carmaker are cars, what a person earns is no profit."""
    kind, metric, why = owner.entity.kind, schema.metrics()[metric_id], proof.why.removeprefix("parallel: ")
    if q.kind == "percent":
        metric_id = of_stock(metric_id, owner.entity)
    if metric_id == "market_cap" and way and q.kind == "money":
        return "market_cap_change"
    if metric_id == "revenue" and "sales" in proof.why and _in_pieces(scene, q, owner):
        return "units_shipped"
    if metric_id == "net_income" and (
            proof.why.startswith("verb") and subject.is_person(owner.entity)
            or EARNS.search(scene.masked, 0, scene.span(q)[0]) and PER_TIME.match(scene.masked, scene.span(q)[1])
            or kind in ("place", "person") and why.startswith(("verb 'earn", "verb 'los"))):
        return "amount"         # what people earn is no profit of a firm
    if metric_id == "market_share" and "name 'share" in proof.why \
            and (kind == "place" or subject.is_person(owner.entity)) and SOLD.search(scene.lower) is None:
        return "share"          # "the share of adults with a degree is 40%"
    if metric_id == "capital_raised" and kind in ("place", "policy") and TAXES.search(scene.lower):
        return "amount"         # what a tax raises is no capital
    if metric_id == "units_produced" and kind == "place" and q.kind == "percent" and OUTPUT.search(proof.why):
        return "growth"         # an economy's, not of things
    if kind == "place" and metric.about == ("product",) and q.kind == "measure" and proof.why.startswith("verb"):
        return "measure"        # "in Wales it will reach 130 km/h": the wind
    if metric_id == "cost" and q.kind in ("money", "percent") and proof.negative and SOLD_OFF.search(scene.lower) \
            and (q.kind == "percent" or q.value < SMALL_CHANGE):
        return "price"          # what a buyer saves
    if metric_id == "cost" and kind == "product" and q.kind == "money" and q.value < SMALL_CHANGE \
            and proof.why.startswith("name 'cost'"):
        return "price"          # "the $300 cost of the Finch"
    if metric_id == "price" and kind == "company" and _is_of_share(scene, q, way, proof):
        return "share_price"
    if metric_id == "net_income" and q.kind == "money" and MADE.match(why) and (
            kind in ("product", "market") or BOX_OFFICE.search(scene.lower)):
        return "revenue"        # what a film makes
    if metric_id in ("net_income", "share_price", "earnings_per_share") and q.kind == "ratio" \
            and TRADES.search(scene.masked, 0, scene.span(q)[0]) and OF_EARNINGS.match(scene.masked, scene.span(q)[1]):
        return "pe_ratio"       # "the stock trades at 12 times annual profit"
    if metric_id == "price_target" and q.kind == "percent" and BEHIND_OTHER.match(proof.why):
        return "share_price"    # "with a target of $20, holders take home 14%"
    if metric_id in SIZES and accepts("length", q.kind, q.unit, False) \
            and (place := _place_in_size(scene, q)) is not None:
        return SIZE[place]
    if metric_id in ("amount", "valuation") and not way:
        return _worth(scene, proof, owner) or metric_id
    return metric_id


BEHIND_OTHER = re.compile(r"parallel|name '[^']+' \(noun , N")
MADE = re.compile(r"verb '(?:ma[dk]|earn)")
BOX_OFFICE = re.compile(r"\bbox[ -]office\b")
TRADES = re.compile(r"\b(?:trad|valued|priced|sell)[a-z]*\s(?:at|for|on|near|above|below|around|close to)\s"
                    r"[^#;]{0,25}$")
OF_EARNINGS = re.compile(r"\s(?:[a-z-]+\s){0,3}(?:earnings|profits?)\b")
SHARES = re.compile(r"(?<!in )(?<!out of )\b(?:shares?|stocks?|adrs?|depositary|depository|ipo|listing)\b")
# What parts a share from a price of something else: "the stock rose after it said the plan would cost $13".
OF_ELSE = re.compile(r"\b(?:said|says|after|because|while|plans?|subscri[a-z]+|customers?|users?|dividends?|"
                     r"prices? (?:of|for) (?=[a-z]))\b|[;:]")
BY_MONTH = re.compile(r"'(?:a|per) month|subscri|monthly|annual|yearly")


def _is_of_share(scene: Scene, q: Quantity, way: str | None, proof: Evidence) -> bool:
    """Whether what looks like a price is one of a share: "its stock is down 14% from its debut price of $72"."""
    if BY_MONTH.search(proof.why) or not (q.kind == "money" and "/" not in q.unit and q.value <= DEAREST_SHARE
                                          or q.kind == "percent" and way):
        return False
    start = scene.span(q)[0]
    ends = [found.end() for found in SHARES.finditer(scene.masked, 0, start)]
    ends += [scene.span(o)[1] for o in scene.open if o.unit == "share" and o.start < q.start]
    return bool(ends) and not OF_ELSE.search(scene.masked, max(ends), start)


WORTHS = ("market_size", "market_cap", "valuation")
IS_WORTH = re.compile(r"\b(?:is|are|was|were|be|been|being|(?<=, )(?:now|once|already|today))\s+(?:(?:now|still|"
                      r"already|once|last|itself|to|be|estimated|thought|said|believed|reported|[a-z]+ly)\s+)*(?:worth|"
                      r"valued at)$")
# Between a firm or market and that: "Veldt, which analysts say is worth", "the coffee market could be worth".
WHOLE = re.compile(r"(?:,? (?:which|that)|,)?(?: (?:will|would|could|may|might|has|have|had|[a-z]+ly))*\s+")
DEAL = re.compile(r"\b(?:deal|takeover|offer|bid|acqui\w+|merger|round|raised|raising|funding|ipo|debut|listing)\b")


def _worth(scene: Scene, proof: Evidence, owner: subject.Candidate) -> str | None:
    """The metric of what a firm as a whole is worth: "Nvidia is worth $4 trillion"."""
    said = proof.cue and owner.start is not None and is_of(owner.entity, ("company",)) \
        and IS_WORTH.search(scene.masked, owner.end, proof.cue[1])
    if not said or not WHOLE.fullmatch(clause.without_asides(scene.masked[owner.end:said.start() + 1])[:-1]):
        return None
    return "market_cap" if owner.entity.ticker and not DEAL.search(scene.masked) else "valuation"


SIZE = ("length", "width", "height")
SIZES = (*SIZE, "screen_size", "measure")       # what the numbers of a size alone are taken for
TIMES = r"#++\s?[x×*]\s?"


def _place_in_size(scene: Scene, q: Quantity) -> int | None:
    """Which of the three numbers of a size it is: "14 x 9 x 3 cm"."""
    start, end = scene.span(q)
    before = re.search(rf"(?:{TIMES})*$", scene.masked[:start])[0]
    behind = re.match(r"(?:\s?[x×*]\s?#+)*", scene.masked[end:])[0]
    place = len(re.findall(TIMES, before))
    return place if place + len(re.findall("#+", behind)) == len(SIZE) - 1 else None


# Subjects whose sales are counted in pieces, by the last word of what they are called.
VEHICLES = {"carmaker", "automaker", "car", "cars", "suv", "suvs", "hatchback", "sedan", "crossover", "truck", "pickup",
            "van", "ev", "evs"}
SALES_OF = re.compile(r"\bsales of ((?:[a-z-]+ ){0,3}?[a-z]+)(?=[,.]|\s(?:in|at|for|of|to|from|by|with|over|~|@|has|"
                      r"have|had|were|will|are|"
                      r"rose|fell|grew|climbed|dropped|declined|jumped|slid|surged|plunged|slumped|soared|increased|"
                      r"decreased)\b)")
DEAREST_SHARE = 10_000
NEXT_TO = 25            # characters between a change and the level that it led to


def _in_pieces(scene: Scene, q: Quantity, owner: subject.Candidate) -> bool:
    """Whether sales that moved are those of cars, or stand beside their number: "sales rose 3.5% to 2.7 million"."""
    if q.kind not in ("percent", "ratio") or any(o.kind == "money" for o in scene.open) or "by revenue" in scene.lower:
        return False
    at = scene.open.index(q)
    for other in scene.open[max(0, at - 1):at + 2]:
        between = abs(scene.span(other)[0] - scene.span(q)[1]) if other.start > q.start \
                else scene.span(q)[0] - scene.span(other)[1]
        if other is not q and other.kind in ("count", "number") and other.value is not None \
                and other.value >= MANY_TIMES and between <= NEXT_TO:
            return True
    sold = SALES_OF.search(scene.masked, 0, scene.span(q)[0])
    pieces = sold is not None and "units_shipped" in lexicon.of_counted(sold[1], lexicon.lexicon().things)
    return pieces or not VEHICLES.isdisjoint(d.split()[-1] for d in owner.entity.descriptors)


def settle_unit(q: Quantity, metric: Metric, owner: Entity, stated: str | None = None) -> None:
    """What only metric and subject can tell: people are persons in a headcount, earnings are per share."""
    wanted = metric.unit.split("|")
    if q.kind == "number" and q.unit is None:
        q.unit = stated or wanted[0]
    if "person" in wanted and q.unit == "count":
        q.unit = "person"
    elif wanted == ["currency/share"] and q.kind == "money" and "/" not in q.unit:
        q.unit = f"{q.unit}/share"
    elif metric.id == "price" and q.kind == "money" and "/" not in q.unit and (coin := unit.coin(owner.name)):
        q.unit = f"{q.unit}/{coin}"
    elif stated and q.kind == "money" and stated.partition("/")[0] == q.unit:
        q.unit = stated             # "$0.86 per million tokens in and $3.44 out"


def settle_measure(claim: Claim) -> None:
    """What a price of oil or fuel is per, which its text need not say; prices of a list were compared before."""
    if claim.metric == "price" and claim.quantity.unit == "USD" and (measure := unit.sold_by(claim.entity.name)):
        claim.quantity.unit = f"USD/{measure}"
