"""What the word for a metric means of such an owner: sales of a carmaker are cars, what a firm is worth is its market
value; and the unit that only metric and owner tell.

>>> from extract.analysis import analyse, document
>>> [c.metric for c in analyse(document("Retailer Marlow said sales rose 5%.")).claims]
['revenue']
>>> [c.metric for c in analyse(document("Carmaker Veldt said sales rose 5% to 41,300 cars.")).claims]
['units_shipped', 'units_shipped']
"""
import re
from collections.abc import Callable
from typing import NamedTuple

from .. import schema
from ..grammar import clause, frame, lexicon, noun
from ..metrics.constraint import accepts, is_of
from ..metrics.evidence import Evidence
from ..metrics.payment import EARNS
from ..metrics.scene import MANY_TIMES, Scene
from ..model import Claim, Entity, Quantity
from ..numbers import unit
from ..schema import Metric
from ..subjects import subject
from .general import PER_TIME, SMALL_CHANGE


class _Told(NamedTuple):
    """A figure whose owner is known."""
    scene: Scene
    q: Quantity
    way: str | None
    metric: str
    proof: Evidence
    owner: subject.Candidate

    @property
    def kind(self) -> str:
        return self.owner.entity.kind

    @property
    def why(self) -> str:
        """What speaks for the metric, be it of a parallel number."""
        return self.proof.why.removeprefix("parallel: ")

    def ahead(self, pattern: re.Pattern) -> bool:
        """Whether the pattern is found in front of the number."""
        return pattern.search(self.scene.masked, 0, self.scene.span(self.q)[0]) is not None

    def behind(self, pattern: re.Pattern) -> bool:
        """Whether the pattern matches right behind the number."""
        return pattern.match(self.scene.masked, self.scene.span(self.q)[1]) is not None


def by_owner(scene: Scene, q: Quantity, way: str | None, metric_id: str, proof: Evidence,
             owner: subject.Candidate) -> str:
    """What a metric is of such an owner: the sales of a carmaker are cars, what a person earns is no profit."""
    told = _Told(scene, q, way, of_stock(metric_id, owner.entity) if q.kind == "percent" else metric_id, proof, owner)
    for rule in (*OF_METRIC.get(told.metric, ()), *OF_ANY):
        if meant := rule(told):
            return meant
    return told.metric


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


# What a metric is of some owners: each rule gives the metric that is meant, or None ------------------------------

def _lost_value(told: _Told) -> str | None:
    """"shed $3bn in market value"."""
    return "market_cap_change" if told.way and told.q.kind == "money" else None


CARS = {"carmaker", "automaker", "ev"}      # besides vehicles, what by its last word sells cars or is some
SALES_OF = re.compile(r"\bsales of ((?:[a-z-]+ ){0,3}?[a-z]+)(?=[,.]|\s(?:in|at|for|of|to|from|by|with|over|~|@|has|"
                      r"have|had|were|will|are|"
                      r"rose|fell|grew|climbed|dropped|declined|jumped|slid|surged|plunged|slumped|soared|increased|"
                      r"decreased)\b)")
NEXT_TO = 25            # characters between a change and the level that it led to


def _in_pieces(told: _Told) -> str | None:
    """Sales that moved are those of cars, or stand beside their number: "sales rose 3.5% to 2.7 million"."""
    scene, q = told.scene, told.q
    if "sales" not in told.proof.why or q.kind not in ("percent", "ratio") or "by revenue" in scene.lower \
            or any(o.kind == "money" for o in scene.open):
        return None
    at = scene.open.index(q)
    for other in scene.open[max(0, at - 1):at + 2]:
        between = abs(scene.span(other)[0] - scene.span(q)[1]) if other.start > q.start \
                else scene.span(q)[0] - scene.span(other)[1]
        if other is not q and other.kind in ("count", "number") and other.value is not None \
                and other.value >= MANY_TIMES and between <= NEXT_TO:
            return "units_shipped"
    sold = SALES_OF.search(scene.masked, 0, scene.span(q)[0])
    pieces = sold is not None and "units_shipped" in lexicon.of_counted(sold[1], lexicon.lexicon().things)
    vehicles, called = subject.word_lists()["vehicles"], {d.split()[-1] for d in told.owner.entity.descriptors}
    cars = not (vehicles | CARS).isdisjoint(map(noun.singular, called))
    return "units_shipped" if pieces or cars else None


def _is_pay(told: _Told) -> str | None:
    """What people earn is no profit of a firm."""
    people = told.proof.why.startswith("verb") and subject.is_person(told.owner.entity) \
        or told.kind in ("place", "person") and told.why.startswith(("verb 'earn", "verb 'los"))
    return "amount" if people or told.ahead(EARNS) and told.behind(PER_TIME) else None


MADE = re.compile(r"verb '(?:ma[dk]|earn)")
BOX_OFFICE = re.compile(r"\b(?:box[ -]office|(?:movie )?theat(?:er|re)s|opening weekend|cinemas|screens)\b")


def _of_film(told: _Told) -> str | None:
    """"The film made $3m": takings, no profit."""
    return "revenue" if told.q.kind == "money" and MADE.match(told.why) and (
        told.kind in ("product", "market") or BOX_OFFICE.search(told.scene.lower)) else None


FROM_GOODS = re.compile(r" from (?:[a-z-]+ ){0,4}?(?:sales|ads|advertis\w+|licen[cs]\w+|royalties|subscri\w+|fees|"
                        r"credits|tickets)\b")


def _is_taken(told: _Told) -> str | None:
    """"It earned $3m from ticket sales": no profit."""
    return "revenue" if MADE.match(told.why) and told.kind == "company" and told.behind(FROM_GOODS) else None


TRADES = re.compile(r"\b(?:trad|valued|priced|sell)[a-z]*\s(?:at|for|on|near|above|below|around|close to)\s"
                    r"[^#;]{0,25}$")
OF_EARNINGS = re.compile(r"\s(?:[a-z-]+\s){0,3}(?:earnings|profits?)\b")


def _of_earnings(told: _Told) -> str | None:
    """"The stock trades at 12 times annual profit"."""
    return "pe_ratio" if told.q.kind == "ratio" and told.ahead(TRADES) and told.behind(OF_EARNINGS) else None


SOLD = re.compile(r"market|sales|sold|registr|shipment|deliver|\b[bp]?h?evs?\b|hybrid|electric|diesel|petrol|cars?\b")


def _of_people(told: _Told) -> str | None:
    """"The share of adults with a degree is 40%": of no market."""
    people = told.kind == "place" or subject.is_person(told.owner.entity)
    return "share" if people and "name 'share" in told.proof.why and not SOLD.search(told.scene.lower) else None


TAXES = re.compile(r"\b(?:tax(?:es|ation)?|lev(?:y|ies)|dut(?:y|ies)|tariffs?)\b")


def _of_tax(told: _Told) -> str | None:
    """What a tax raises is no capital."""
    return "amount" if told.kind in ("place", "policy") and TAXES.search(told.scene.lower) else None


OUTPUT = re.compile(r"'(?:(?:industrial|manufacturing|factory) (?:output|production)|output)'")


def _of_economy(told: _Told) -> str | None:
    """The output of an economy is not one of things."""
    return "growth" if told.kind == "place" and told.q.kind == "percent" and OUTPUT.search(told.proof.why) else None


SOLD_OFF = re.compile(r"\b(?:sales?|deals?|discount\w*|list price|usual price|coupon|bundles?|retails?)\b|"
                      r"\b(?:on|at|down to|costs?|for) (?:just |only )?[$€£]|"
                      r"\bsav(?:e|es|ing|ings)(?: of)? (?:up to )?[$€£#\d.,%]+ (?:on|off)\b")


def _of_buyer(told: _Told) -> str | None:
    """What a buyer saves or pays: "save 20% on it", "the $300 cost of the Finch"."""
    q, small = told.q, told.q.kind == "money" and told.q.value < SMALL_CHANGE
    if told.proof.negative and (q.kind == "percent" or small) and SOLD_OFF.search(told.scene.lower):
        return "price"
    return "price" if small and told.kind == "product" and told.proof.why.startswith("name 'cost'") else None


PAID = re.compile(r"\b(?:i|we|you|he|she|they|who|people|buyers?|customers?|drivers?|owners?|fans?) (?:[a-z'’]+ ){0,3}?"
                  r"(?:pay|paid|paying|spen[dt]|spending|shell\w* out|fork\w* (?:out|over)|splurged?) "
                  rf"(?:{frame.near()})$")
FOR_ONE = re.compile(r" (?:for|on) (?:an?|my|your|his|her|their|our|the|this|that|one|each|every) (?:[a-z-]+ ){0,2}")


def _of_customer(told: _Told) -> str | None:
    """"I paid $3,000 for my Finch": its price, and no outlay of its maker."""
    start, end = told.scene.span(told.q)
    return "price" if told.kind == "product" and (at := told.owner.start) is not None and at > end \
        and FOR_ONE.fullmatch(told.scene.masked, end, at) and told.ahead(PAID) else None


ATTENTION = re.compile(r"name 'interest in' \(noun")


def _is_attention(told: _Told) -> str | None:
    """"Interest in vans fell 3%": nobody holds it."""
    return "growth" if told.way and ATTENTION.match(told.why) else None


DEAREST_SHARE = 10_000
SHARES = re.compile(r"(?<!in )(?<!out of )\b(?:shares?|stocks?|adrs?|depositary|depository|ipo|listing)\b")
# What parts a share from a price of something else: "the stock rose after it said the plan would cost $13".
OF_ELSE = re.compile(r"\b(?:said|says|after|because|while|plans?|subscri[a-z]+|customers?|users?|dividends?|"
                     r"prices? (?:of|for) (?=[a-z]))\b|[;:]")
BY_MONTH = re.compile(r"'(?:a|per) month|subscri|monthly|annual|yearly")


def _of_share(told: _Told) -> str | None:
    """What looks like a price is one of a share: "its stock is down 14% from its debut price of $72"."""
    q, scene = told.q, told.scene
    if told.kind != "company" or BY_MONTH.search(told.proof.why) or not (
            q.kind == "money" and "/" not in q.unit and q.value <= DEAREST_SHARE or q.kind == "percent" and told.way):
        return None
    start = scene.span(q)[0]
    ends = [found.end() for found in SHARES.finditer(scene.masked, 0, start)]
    ends += [scene.span(o)[1] for o in scene.open if o.unit == "share" and o.start < q.start]
    return "share_price" if ends and not OF_ELSE.search(scene.masked, max(ends), start) else None


BEHIND_OTHER = re.compile(r"parallel|name '[^']+' \(noun , N")


def _of_target(told: _Told) -> str | None:
    """"With a target of $20, holders take home 14%"."""
    return "share_price" if told.q.kind == "percent" and BEHIND_OTHER.match(told.proof.why) else None


def _of_barrel(told: _Told) -> str | None:
    """"Brent fell to $97 before closing at $99"."""
    return "price" if unit.sold_by(told.owner.entity.name) else None


WORTHS = ("market_size", "market_cap", "valuation")
IS_WORTH = re.compile(r"\b(?:is|are|was|were|be|been|being|(?<=, )(?:now|once|already|today))\s+(?:(?:now|still|"
                      r"already|once|last|itself|to|be|estimated|thought|said|believed|reported|[a-z]+ly)\s+)*(?:worth|"
                      r"valued at)$")
# Between a firm or market and that: "Veldt, which analysts say is worth", "the coffee market could be worth".
WHOLE = re.compile(r"(?:,? (?:which|that)|,)?(?: (?:will|would|could|may|might|has|have|had|[a-z]+ly))*\s+")
DEAL = re.compile(r"\b(?:deal|takeover|offer|bid|acqui\w+|merger|round|raised|raising|funding|ipo|debut|listing)\b")


def _of_whole(told: _Told) -> str | None:
    """What a firm as a whole is worth: "Nvidia is worth $4 trillion"."""
    scene, owner, cue = told.scene, told.owner, told.proof.cue
    said = not told.way and cue and owner.start is not None and is_of(owner.entity, ("company",)) \
        and IS_WORTH.search(scene.masked, owner.end, cue[1])
    if not said or not WHOLE.fullmatch(clause.without_asides(scene.masked[owner.end:said.start() + 1])[:-1]):
        return None
    return "market_cap" if owner.entity.ticker and not DEAL.search(scene.masked) else "valuation"


def _of_wind(told: _Told) -> str | None:
    """"In Wales it will reach 130 km/h": a place has nothing that only products have."""
    return "measure" if told.kind == "place" and told.q.kind == "measure" and told.proof.why.startswith("verb") \
        and schema.metrics()[told.metric].about == ("product",) else None


SIZE = ("length", "width", "height")
SIZES = (*SIZE, "screen_size", "measure")       # what the numbers of a size alone are taken for
TIMES = r"#++\s?[x×*]\s?"


def _in_size(told: _Told) -> str | None:
    """Which of the three numbers of a size it is: "14 x 9 x 3 cm"."""
    if told.metric not in SIZES or not accepts("length", told.q.kind, told.q.unit, False):
        return None
    start, end = told.scene.span(told.q)
    before = re.search(rf"(?:{TIMES})*$", told.scene.masked[:start])[0]
    behind = re.match(r"(?:\s?[x×*]\s?#+)*", told.scene.masked[end:])[0]
    place = len(re.findall(TIMES, before))
    return SIZE[place] if place + len(re.findall("#+", behind)) == len(SIZE) - 1 else None


BUSINESS = re.compile(r" business(?! (?:deal|plan|loan|trip|case|park|jet|"
                      r"class|school|tax|district)s?\b)")


def _of_business(told: _Told) -> str | None:
    """"It has become a $3bn business"."""
    owned = told.kind in ("company", "product") and told.q.kind == "money"
    return "revenue" if owned and told.behind(BUSINESS) else None


OF_METRIC: dict[str, tuple[Callable[[_Told], str | None], ...]] = {
    "amount": (_of_whole, _of_business),
    "capital_raised": (_of_tax,),
    "cost": (_of_buyer,),
    "earnings_per_share": (_of_earnings,),
    "market_cap": (_lost_value,),
    "market_share": (_of_people,),
    "net_income": (_is_pay, _of_film, _of_earnings, _is_taken),
    "ownership_stake": (_is_attention,),
    "price": (_of_share,),
    "price_target": (_of_target,),
    "revenue": (_in_pieces,),
    "share_price": (_of_barrel, _of_earnings),
    "spending": (_of_customer,),
    "units_produced": (_of_economy,),
    "valuation": (_of_whole,),
}
OF_ANY = _of_wind, _in_size


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
