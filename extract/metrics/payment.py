"""What money in a sentence pays for: a firm, goods, bonds or work; so prices, deals and revenues are told apart.

>>> from extract.analysis import analyse, document
>>> [c.metric for c in analyse(document("Retailer Marlow sold $9m worth of boots.")).claims]
['revenue']
>>> [c.metric for c in analyse(document("Retailer Marlow sold $9m worth of bonds.")).claims]
['capital_raised']
"""
import re

from ..grammar import frame
from ..grammar.noun import is_firm
from ..model import Quantity
from .constraint import USUAL_PRICE
from .evidence import VERB, WHOLE, Evidence
from .scene import Scene

EARNS = re.compile(r"\b(?:earn(?:s|ed|ing)?|wages?|salar(?:y|ies)|(?:is|are|was|were|been|be|being|get|gets|got) paid|"
                   r"pay (?:for|of|rates?|rise|deal)|(?:[a-z]+'s|their|raise|lift|cut|increase|starting) pay)\b")
# "sold $9m worth of boots", "sold boots worth $9m", "spend £4bn buying gifts"; not "sold $9m worth of shares"
STOCK = (r"(?! (?:[a-z@-]+ ){0,2}(?:shares?|stocks?|stakes?|bonds?|assets|debt|equity|loans|land|property|notes|firms|"
         r"companies|businesses|securities|treasuries|paper|equities|holdings?|receivables|mortgages|options|tokens|coins|"
         r"cash|bills)\b)")
GOODS = re.compile("|".join((
    rf"\b(?P<sold>s[eo]l[dl][a-z]*\b(?:[^#;@]{{0,25}}(?=#+['’]?s?[ -]worth of{STOCK})|"
    rf"{STOCK} (?:[a-z-]+ ){{1,3}}worth (?=#)| {frame.near()}(?=#+ (?:in|of){STOCK} [a-z])))",
    rf"\b(?P<bought>b[uo][uy][a-z]*\b[^#;@]{{0,25}}(?=#+['’]?s?[ -]worth of{STOCK})|"
    rf"spen[dt][a-z]* (?:[a-z]+ ){{0,3}}(?=#+ (?:on )?buying{STOCK} (?:[a-z-]+ ){{0,2}}[a-z]+s\b))")))
SOLD_DEBT = re.compile(r"\s(?:worth\s)?of\s(?:[a-z-]+\s){0,2}(?:bonds|notes|debt|bills)\b")


OWN_STOCK = re.compile(r"\s(?:worth\s)?of\s(?:its|their)\s(?:own\s)?(?:[a-z-]+\s)?(?:stock|shares?)\b")
BOUGHT = re.compile(r"\bb(?:uy|ought)[a-z]*\b[^#;]{0,30}$")


def sold(scene: Scene, start: int, end: int) -> str:
    """The metric of what was sold or bought for the money at start:end: goods, debt, its own shares or else a firm."""
    for found in GOODS.finditer(scene.masked):
        if start == found.end("sold"):
            return "revenue"
        if start == found.end("bought"):
            return "spending"
    if OWN_STOCK.match(scene.masked, end) and BOUGHT.search(scene.masked, 0, start):
        return "share_buyback"
    return "capital_raised" if SOLD_DEBT.match(scene.masked, end) else "deal_value"


OFFER = re.compile(r"\s(?:@+\s)?(?:takeover\s)?(?:offer|bid)\b(?!-)(?! (?:of|price))")    # "$5bn Veldt offer"
# "subscribers will pay $9 a month", "you’d have to shell out $9": a price, no spending of a firm
BUYERS = re.compile(r"\b(?:you|customers|users|subscribers|members|viewers|readers|buyers|owners)(?:['’](?:ll|d|ve))?"
                    r"(?: (?:can|could|will|would|have|had|to|need|only|also|each|then|now|just|may|might|must))* \Z")
OFFERS = re.compile(rf"\b(?:offer|bid)(?:s|ed|ing)?\s+(?:@+\s+)?{frame.near()}$")
FOR_A = re.compile(r"(?:\s+in\s+cash|,\s+or\s+#+,)?\s+for\s+(?:an?|the|its|their)\s+(?:[a-z@-]+\s+){0,2}?([a-z-]+)"
                   r"(?=[.,;]|$|\s(?:that|which|in|of|called|based|and|from|with|to)\b|\s@)")
FOR = re.compile(r"(?:\s+in\s+cash|,\s+or\s+#+,)?\s+for\s+(?:(?:the|its|rival)\s+)?(?:@+['’]s\s+)?")


def is_for(scene: Scene, end: int, kind: str) -> bool:
    """Whether the money that ends at `end` buys a company or product: "paid $9bn for Veldt", "$9m for a start-up"."""
    if kind == "company" and (of := FOR_A.match(scene.masked, end)) and is_firm(of[1]):
        return True
    return leads_to(scene, end, kind, FOR)


def leads_to(scene: Scene, end: int, kind: str, link: re.Pattern) -> bool:
    """Whether the words of a link stand between a number that ends at `end` and the name of a company or product."""
    return any(c.start is not None and c.entity.kind == kind and scene.masked.startswith("@", c.start)
               and link.fullmatch(scene.masked, end, c.start) and scene.masked[c.end:c.end + 1] not in ("'", "’")
               for c in scene.candidates)


# "return $9m to shareholders": what a firm hands to its owners is no revenue
RETURNS = re.compile(rf"\b(?:return|hand|g[ia]v|distribut|pa(?:y|id))[a-z]*(?: (?:back|out))?\s{frame.near()}$")
TO_OWNERS = re.compile(r"(?: (?:of|in) (?:(?:excess|surplus|spare) )?(?:capital|cash))?(?: back)? to "
                       r"(?:(?:its|their|the|all) )?(?:(?:share|stock)holders|investors|owners)\b"
                       r"(?P<buyback> (?:through|via|by|in) (?:(?:share|stock) )?"
                       r"(?:buy-?backs?|buying back|repurchas[a-z]+)(?! and))?")


def returned(scene: Scene, start: int, end: int) -> str | None:
    """The metric of money at start:end that a firm hands to its owners."""
    found = TO_OWNERS.match(scene.masked, end)
    if found is None or not RETURNS.search(scene.masked, max(0, start - 60), start):
        return None
    return "share_buyback" if found["buyback"] else "amount"


def add_bought(scene: Scene, q: Quantity, best: dict[str, Evidence]) -> None:
    """Who spends or offers money for a firm buys it: "offers $3bn for Veldt", "paid $9bn for Veldt"."""
    start, end = scene.span(q)
    large = q.value > USUAL_PRICE
    deal = best.get("deal_value")
    if (not deal or deal.score < VERB) and (
            large and OFFER.match(scene.masked, end) or OFFERS.search(scene.masked, max(0, start - 60), start)
            and (is_for(scene, end, "company") or large and is_for(scene, end, "product"))):
        deal = best["deal_value"] = Evidence(VERB, "offered for a firm")
    spent = best.get("spending")
    if not spent:
        return
    if spent.cue and spent.cue[1] <= start and q.value < USUAL_PRICE and best.keys() <= {"spending", "price"} \
            and BUYERS.search(scene.masked, 0, spent.cue[0]):
        best["price"] = Evidence(spent.score, f"paid by buyers: {spent.why}")
        del best["spending"]
        return
    if deal and deal.cue and deal.cue[0] >= end and deal.score > spent.score:
        deal.cue = spent.cue            # "spent $9bn to buy it"
    elif not deal and is_for(scene, end, "company"):
        best["deal_value"] = Evidence(spent.score * WHOLE, f"paid for a firm: {spent.why}", spent.cue)
    elif q.value <= USUAL_PRICE and is_for(scene, end, "product"):
        best["price"] = Evidence(spent.score * WHOLE, f"paid for a product: {spent.why}")
