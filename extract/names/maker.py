"""Who makes the products of a text that no list knows: who released, made or owns them there.

>>> from extract.analysis import analyse, document
>>> found = analyse(document("AI lab Quantara released Lumen 3. Lumen 3 has 70 billion parameters."))
>>> [maker.name for maker in makers(found.document.text, found.names).values()]
['Quantara']
>>> makers("Lumen 3 is out.", [])
{}
"""
import re
from collections import Counter, defaultdict
from functools import cache

from ..model import Entity, Name
from ..pattern import any_of
from .cue import words

REACH = 60          # characters between a product and its maker
FIRMS = ("company", "organisation", "other")    # a firm may be named so briefly that nothing else tells what it is
NOUNS = r"(?: [A-Za-z0-9-]+){0,4}? "


@cache
def _patterns() -> dict[str, re.Pattern]:
    """What stands between a firm and its product, and between a product and its firm."""
    making = any_of(words()["making"])
    return {"ahead": re.compile(rf"['’]s?{NOUNS}|(?:,[^,;.]{{2,40}},)?(?: (?:has|had|have|will|also|recently|just))*? "
                                rf"{making}{NOUNS}"),
            "behind": re.compile(rf"(?: [a-z]+)?,?(?: (?:which|that))?(?: (?:is|was|are|were))? "
                                 rf"(?:{making} )?by{NOUNS}|"
                                 rf"(?: [a-z]+)? from{NOUNS}|,{NOUNS}(?:by|from|of){NOUNS}"),
            "relative": re.compile(rf"(?: [a-z]+)?, (?:which|that){NOUNS}"),
            "made": re.compile(rf"(?: (?:has|had|also))? {making}\b")}


def makers(text: str, names: list[Name]) -> dict[str, Entity]:
    """The maker of each product, by its entity_id, for those that nobody knows."""
    products = {n.entity.entity_id: n.entity for n in names if n.entity.kind == "product" and not n.entity.known}
    if not products:
        return {}
    firms = {n.entity.name: n.entity for n in names if n.entity.kind == "company"}
    votes: dict[str, Counter] = defaultdict(Counter)
    told: dict[str, Entity] = {}
    near = [n for n in names if n.entity.entity_id in products or n.entity.kind in FIRMS and (
        n.entity.kind != "other" or not n.entity.known)]
    for one, two in zip(near, near[1:]):
        if two.start - one.end > REACH:
            continue
        product, firm = (two, one) if two.entity.entity_id in products else (one, two)
        if product.entity.entity_id in products and firm.entity.entity_id not in products \
                and _is_made(text, one, two, product is two):
            votes[product.entity.entity_id][firm.entity.entity_id] += 1
            told[firm.entity.entity_id] = firm.entity
    found = {}
    for key, product in products.items():
        named = firms.get(product.name.split()[0])      # the "Lumeo Halo" of a text on the firm Lumeo
        if named is not None:
            found[key] = named
        elif votes[key]:
            found[key] = told[votes[key].most_common(1)[0][0]]
    for key, product in products.items():       # a variant is made by whoever makes the product
        longest = max((k for k in found if product.name.startswith(f"{products[k].name} ")), key=len, default=None)
        if key not in found and longest is not None:
            found[key] = found[longest]
    return found


def _is_made(text: str, one: Name, two: Name, firm_first: bool) -> bool:
    """Whether what stands between a firm and a product says that the one makes the other."""
    gap, patterns = text[one.end:two.start], _patterns()
    if firm_first:
        return patterns["ahead"].fullmatch(gap) is not None
    return patterns["behind"].fullmatch(gap) is not None or patterns["relative"].fullmatch(gap) is not None \
        and patterns["made"].match(text, two.end) is not None
