"""Who may own a number, and what nouns and lists tell of all of them.

A `Candidate` is somebody who may own a number; discourse.py finds them, fit.py says how likely each is.

>>> lowered("Marlow’s BEV–maker")
"marlow's bev-maker"
"""
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from .. import schema
from ..grammar import lexicon
from ..model import Entity
from ..names.gazetteer import gazetteer

# How much each kind of evidence is worth; ordered tiers, not weights to be tuned one by one.
OWNER, OF_NOUN, BESIDE, SUBJECT, HOLDER = 1.0, 0.95, 0.9, 0.85, 0.7
NAMED, HEADING, TOPIC, DOMINANT = 0.6, 0.57, 0.55, 0.45
PUBLISHERS = {"publisher", "newspaper", "news agency", "research firm", "data provider", "market research firm",
              "analysis firm", "data firm", "analytics firm", "news network", "statistics office", "statistics agency",
              "wire service", "news site", "magazine", "broadcaster", "website", "publication", "pollster",
              "rating agency", "ratings agency"}
GOODS = {"cars", "phones", "homes"}       # last words of descriptors of names that stand for all of a kind
# in front of a noun for all of a kind: "the average new car" is none that was named
NO_AVERAGE = r"(?!average |typical |median )"
BANK = " central bank"       # as in "euro zone central bank"
ACTING = ("subject", "owner", "speaker")
OWNING = re.compile(r"['’]s?\s+(?:[a-z-]+\s+){0,2}")
# "Norvik, Velmora's Marlow and the Lund-based Tidemark"
LISTED = re.compile(r"(?: \([^()]*\))?(?:, |,? (?:and|or|&) | ?/ ?)(?:(?:the|a|an|its|[\w.-]+['’]s) )?")
JOINED = re.compile(r"(?: \([^()]*\))?(?:,? (?:and|or|&) | ?/ ?)(?:(?:the|a|an|[\w.-]+['’]s) )?")
TAKEN = re.compile(r"\b(?:buy\w*|bought|acquir\w+|purchas\w+|take over|takeover of|acquisition of|purchase of|"
                   r"merg\w+ with|stake in|shares in|offer for|bid for|absorb\w*|"
                   r"sell\w*|sold|owns?|owned)\s+(?:#+ of )?(?:the |its |rival )?(?:[\w@'’-]+,? ){0,6}$")


@dataclass(slots=True)
class Candidate:
    """Somebody who may own a number; start is None where the name stands in another sentence."""
    entity: Entity
    start: int | None       # in the sentence
    end: int | None
    # exact, short, fuzzy, discovered, demonym, descriptor, pronoun, phrase, group, asked, heading, topic, dominant,
    # plain
    how: str
    worth: float            # of the tier, before it is tied to a number
    part: str               # subject, owner, object, compared, speaker, far
    within: tuple[int, int] | None = None       # the aside in which it stands
    until: int | None = None                    # where the next name begins that is the subject of a verb
    reach: int | None = None    # up to where the clause of an unnamed subject goes
    acts: bool = False          # a plain noun that is the subject of the clause of the number,
    general: bool = False       # and that speaks of a kind
    share: float = 0.0          # part of the document's mentions of its kind that are of it


@cache
def word_lists() -> dict[str, frozenset]:
    data = {k: frozenset(v) for k, v in schema.words("subject").items()}
    entity = schema.words("entity")
    for kind in ("company", "product", "place"):
        data[kind] = frozenset(w.lower() for w in entity[f"generic_{kind}"])
    data["market_break"] |= frozenset(schema.words("number")["words"]["stop"])
    data["market_empty"] |= data["market_break"]
    data["beating"] |= data["comparing"]
    data["components"] |= data["chips"]
    return data


# A share of those asked is the subject of what they said: "47% believe", "most (62%) would not buy".
ANSWER = re.compile(r"[\s),]+(?:(?:also|would|will|do|did|not|don’t|don't|now|still|even|only|are|were|have|had|who|"
                    r"never|most|in(?= favou?r)|\w+ly)\s+){0,3}([a-z]+)\b")


@cache
def answers() -> set[str]:
    return {form for verb in schema.words("subject")["answers"] for form in lexicon.inflect(verb)}


PLAIN = [("–", "-"), ("‑", "-"), ("’", "'"), ("\u00a0", " "), ("\u202f", " ")]


@lru_cache(1 << 12)
def is_economic(noun: str) -> bool:
    """Whether a metric's noun names what a country has and no firm: inflation, GDP."""
    return any(word in noun for word in word_lists()["economic"])


@cache
def _countries() -> dict[str, str]:
    """The id of each country by its ISO code."""
    return {row["country"]: row["id"] for row in schema.rows("place") if "country" in row["descriptors"].split("|")}


def country(entity: Entity) -> Entity | None:
    """The country, or the bloc, of which a law or a national body is: the Federal Reserve's is the United States.

    >>> from extract.names.gazetteer import gazetteer
    >>> known = gazetteer().entities
    >>> [country(known[o]).name for o in ("o-federal-reserve", "o-european-central-bank", "y-social-security")]
    ['United States', 'Eurozone', 'United States']
    >>> country(known["o-international-monetary-fund"]) is None
    True
    """
    national = entity.kind == "policy" or entity.kind == "organisation" \
        and not word_lists()["national"].isdisjoint(entity.descriptors)
    if not national or entity.country is None:
        return None
    gaz = gazetteer()
    for bank in entity.descriptors:
        if bank.endswith(BANK) and (place := gaz.index.get(bank.removesuffix(BANK))) is not None:
            return gaz.meant[place][0]
    return gaz.entities.get(_countries().get(entity.country, ""))


def publishes(entity: Entity) -> bool:
    """Whether an entity is usually cited rather than spoken of: newspapers, research firms, pollsters."""
    return _publishes(entity.name, entity.descriptors)


@lru_cache(1 << 14)
def _publishes(name: str, descriptors: tuple[str, ...]) -> bool:
    return not PUBLISHERS.isdisjoint(descriptors) or name.split()[-1] in word_lists()["publishers"]


@lru_cache(1 << 14)
def _invests(name: str, descriptors: tuple[str, ...]) -> bool:
    return name.split()[-1] in word_lists()["investors"] or any(
        d.endswith(("venture capital firm", "venture firm")) for d in descriptors)


def invests(entity: Entity) -> bool:
    """Whether an entity is one that backs others: "the company" is seldom it."""
    return entity.kind in ("company", "other") and _invests(entity.name, entity.descriptors)


def lowered(text: str) -> str:
    """The text in lower case, with plain hyphens, apostrophes and spaces, and every character at its place.

    The few characters whose lower case is longer stay as they are.
    """
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for written, plain in PLAIN:
        if written in lower:
            lower = lower.replace(written, plain)
    return lower


def acts(candidate: Candidate) -> bool:
    """Whether a name is of the sentence and does something in it that a figure may be of."""
    return (candidate.start is not None and candidate.part in ACTING and candidate.how not in ("demonym", "pronoun")
            and candidate.entity.kind not in ("place", "person") and not publishes(candidate.entity))


def is_made_by(product: Entity, company: Entity) -> bool:
    """Whether a product is known to be a company's, or bears its name."""
    return product.maker_id == company.entity_id or product.maker_id is None \
            and product.name.startswith(company.name.split()[0] + " ")


def joined(candidates: list[Candidate], one: Candidate, lower: str) -> list[Candidate]:
    """The names that are listed with one, in order, itself among them: "Nvidia and AMD", "Nvidia, AMD and Intel"."""
    named = [c for c in candidates if c.start is not None and c.how not in ("pronoun", "descriptor", "market")
             and not (c.part == "modifier" and lower.startswith(("'s ", "’s "), c.end))]
    if one not in named:
        return [one]
    between = [lower[a.end:b.start] if a.entity.kind == b.entity.kind else "" for a, b in zip(named, named[1:])]
    low = high = named.index(one)
    while low and LISTED.fullmatch(between[low - 1]):
        low -= 1
    while high < len(between) and LISTED.fullmatch(between[high]):
        high += 1
    return named[low:high + 1] if any(JOINED.fullmatch(gap) for gap in between[low:high]) else [one]


def is_person(entity: Entity) -> bool:
    """Whether an entity is somebody, or people, rather than a firm."""
    return entity.kind == "person" or entity.kind == "other" and not entity.known and bool(entity.descriptors) \
        and entity.descriptors[0] in schema.words("noun")["people"]


def is_goods(entity: Entity) -> bool:
    """Whether a name stands for all of a kind."""
    return bool(entity.descriptors) and _are_goods(entity.descriptors)


@lru_cache(1 << 12)
def _are_goods(descriptors: tuple[str, ...]) -> bool:
    return any(d.split()[-1] in GOODS for d in descriptors)
