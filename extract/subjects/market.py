"""Markets and goods that a sentence describes rather than names: "the Velmoran chip market", "global kettle shipments",
"house prices".

>>> from extract import sentence
>>> text = "The kettle market grew by 6%. Used car prices fell."
>>> cast = Cast(text, sentence.find(text), [])
>>> [c.entity.name for c in Markets(Topic(cast)).find(0, "the kettle market grew by 6%.")]
['kettle market']
>>> [c.entity.name for c in Prices(cast).find(1, "used car prices fell.")]
['used cars']
"""
import re
from collections.abc import Callable, Iterator
from functools import cache

from .. import schema
from ..grammar import clause, move, noun
from ..grammar.lexicon import plural
from ..model import Entity, Name
from ..names.gazetteer import entity_id, gazetteer
from ..names.spelling import key
from ..pattern import any_of, holding
from .part import LOCATED, Cast
from .resort import is_thing
from .subject import NAMED, OWNING, SUBJECT, Candidate, is_goods, word_lists
from .topic import Topic

MARKET = re.compile(r"(?<![\w’'&/-])(?P<what>(?:[\w’'&/-]++ ){1,5})(?P<kind>market|industry|sector)\b(?! (?:share|cap|"
                    r"value|price|capitali[sz]ation|leader|research))")
MARKET_FOR = re.compile(r"\b(?P<kind>market) for (?P<what>(?:[\w’'&/-]+ ?){1,3}?)(?= in | is | was | has | had | to |"
                        r" (?:w|c|sh)ould | (?:may|might|will|can) | (?:rose|fell|grew|shrank) | [a-z]+(?:ed|s) |"
                        r"[,.])")
WORD = re.compile(r"\S+")
# "54m", "June's", "billion-dollar", "fiercely"
UNMARKETABLE = re.compile(r"[0-9]|['’]s?$|-(?:dollar|pound|euro|yuan)$|(?<!fami)(?<!supp)ly$")
A_PLACE = 9                 # characters behind "market" before which its place stands
SOLD_WORDS = ("volume", "sales", "registrations", "shipments", "share")      # one of them stands in each match of SOLD
SOLD = re.compile(r" (sales volumes?|volumes?|sales|registrations|shipments|(?:market )?share|(?:record|high|record "
                  r"high)(?= (?:of|at) \S+ (?:market )?share))\b(?! (?:price|chief|boss|manager|director|tax|team))")
KIND = re.compile(r"\b([a-z]+)(?:-only)?\Z")
OVERALL = re.compile(r"\b(?:overall|total|new) (?P<what>auto|car|vehicle|passenger car|light vehicle|truck|smartphone|"
                     r"phone|tablet|pc|home|house)(?: market)?\Z")
WHOLE = re.compile(r"\b(?:overall|total|whole|entire) market\Z")
# whose sales they are, or a part of them
OWNS = re.compile(r"(?:['’]s?|\b(?:its|their|our|his|her|whose)) (?:[a-z-]+ ){0,2}\Z|\bof (?:the |all )?\Z")
WORLDWIDE = re.compile(r"\b(?:global(?:ly)?|worldwide),? (?:(?P<what>(?:[a-z]+ )?[a-z]+) )?"
                       r"(?:sales|shipments|deliveries|registrations)(?(what)|(?: of (?P<of>(?:[a-z]+ )??[a-z]+s)))\b")
# What is the whole world's: "global growth", "the world economy", "the world is warmer"
OF_WORLD = re.compile(r"\b(?:global|worldwide|world|world['’]s) (?:[a-z]+ )?(?:economy|growth|gdp|trade|output|"
                      r"population|inflation|debt|emissions|temperatures?|warming)\b|"
                      r"(?<!in )(?<!of )(?<!across )(?<!around )(?<!over )(?<!from )(?<!to )"
                      r"the (?:world|globe)(?= (?:is|was|has|had|will|would|could|may|must|"
                      r"[a-z]+[a-z](?<!s)s|[a-z]+ed)\b)")
MONEY = "$€£¥"
# "shoppers can get a clear case for $9", "buy turkeys at £9"; not "the case", which was told of before
BOUGHT = re.compile(r"\b(?:buy|get|grab|pick up|purchase|score|order|snag|bag|nab) (?:(?:yourself|up) )?(?:an? )?"
                    r"(?P<what>(?!(?:the|this|that|its?|them|one|any|all|more|an?) )(?:[a-z-]+ ){0,3}(?P<noun>[a-z]+)) "
                    r"(?:for|at|from) (?:(?:just|only|about|around|under|as little as|less than) )?[$€£¥]")
# Words of a noun phrase
QUALIFIED = r"(?:(?!(?:for|with|of|to|and|or|in|on|from|that|which|is|at|the|an?) )[a-z0-9][a-z0-9-]*+ ){0,3}?"
PRICES = re.compile(r"\b(?:(?P<kind>used|new|existing|second-hand|battery|solar|memory|lithium|electric|hybrid|diesel|"
                    r"wind) )?(?P<what>[a-z]+)(?P<asked> (?:list(?:ing)?|asking|sticker|transaction|retail|selling))?"
                    r"(?: sales?| resale)? prices?\b")
PERCENT = r"[0-9][0-9.]*(?:%| percent)"
LISTED = re.compile(r"(?:[;,]|,? (?:and|while|but)) (?:(?:that|those|prices) (?:of|for) )?(?P<what>[a-z-]{3,}"
                    r"(?: [a-z-]{3,})?) (?:by )?(?:(?:about|nearly|almost|around|just|only|over|more than) )?"
                    rf"{PERCENT}|{PERCENT} (?:[a-z]+ly )?for (?P<of>[a-z-]{{3,}}(?: [a-z-]{{3,}})?)"
                    r"(?=[,.;]| and | while | from | in | since )")
BARE_PRICES = re.compile(r"(?:^|[,;“\"] |\b(?:that|and|but|said|as|while|when|because|although|though|if|average|of|in|"
                         r"the|overall) )prices?\b(?! (?:for|of) )")


class Markets:
    """Markets of one document, and where they are."""

    def __init__(self, topic: Topic):
        self.topic, self.cast = topic, topic.cast
        self._told: list[tuple[int, Entity]] | None = None

    def find(self, i: int, lower: str) -> Iterator[Candidate]:
        """The markets of sentence i; `lower` is its text in lower case."""
        if _speaks_of_markets(lower):
            yield from self._described(i, lower)
        if any(word in lower for word in SOLD_WORDS):
            yield from self._by_volume(i, lower)
        if _speaks_of_world(lower):
            yield from _of_world(lower)

    def before(self, i: int) -> Entity | None:
        """The market that the document described last: "shipments fell" are its shipments."""
        if self._told is None:
            self._told = list(self._tell())
        return next((entity for j, entity in reversed(self._told) if j < i), None)

    def _tell(self) -> Iterator[tuple[int, Entity]]:
        """Each market with the sentence that describes it."""
        text = self.cast.lower
        for j, s in enumerate(self.cast.sentences if _speaks_of_markets(text) or _speaks_of_world(text) else ()):
            lower = text[s.start:s.end]
            if _speaks_of_world(lower):
                yield from ((j, c.entity) for c in _of_world(lower) if c.entity.kind == "market")
            if _speaks_of_markets(lower):
                yield from ((j, c.entity) for c in self._described(j, lower))

    def local(self, entity: Entity, said: str) -> Entity:
        """The market of the place that the text is on, where a name stands for the market of the whole world as
        well."""
        if entity.kind != "market" or not entity.name.startswith("global ") or "global" in said \
                or (where := self.topic.place()) is None:
            return entity
        return _market(f"{said} in {where.name}", where.country, entity.descriptors)

    def _described(self, i: int, lower: str) -> Iterator[Candidate]:
        """Markets told by what they sell: "the expanding Chinese AI-semiconductor market"."""
        first = self.cast.sentences[i].start
        places = {(n.start - first, n.end - first): n for n in self.cast.of_sentence[i] if n.entity.kind == "place"}
        for match in [*MARKET.finditer(lower), *MARKET_FOR.finditer(lower)]:
            words, where = self._what(first, match, places)
            after = next((n for (start, end), n in places.items() if _is_of_market(lower, match, start, end)), None)
            where = after.entity.name if after else where
            if words or where:
                name = " ".join([*words, match["kind"]]) + (f" in {where}" if where else "")
                yield Candidate(_market(name), *match.span(), "market", SUBJECT, "subject")

    def _what(self, first: int, match: re.Match, places: dict[tuple[int, int], Name]) -> tuple[list[str], str | None]:
        """The words that belong to a market's name, and the place among them."""
        lists, words, where = word_lists(), [], None
        for word in WORD.finditer(match["what"]):
            start, end = match.start("what") + word.start(), match.start("what") + word.end()
            if (start, end) in places:
                where = places[start, end].entity.name
            elif UNMARKETABLE.search(word[0]) or word[0] in lists["market_break"]:
                words = []
            elif word[0] not in lists["market_empty"]:
                words.append(self.cast.text[first + start:first + end])
        return words, where

    def _by_volume(self, i: int, lower: str) -> Iterator[Candidate]:
        """Markets of which a sentence tells how much they sold, in a text on a place: "BEV sales", "overall auto
        volume"; and all goods of a kind where it tells their share."""
        sold = list(SOLD.finditer(lower))
        if not sold:
            return
        first, names = self.cast.sentences[i].start, self.cast.of_sentence[i]
        named = {n.end - first: n for n in names if is_goods(n.entity)}
        ends = {n.end - first for n in names}
        places = {n.end - first for n in names if n.entity.kind == "place"}
        place = self.topic.place()
        for match in sold:
            name = named.get(match.start())
            if place is not None and (whole := WHOLE.search(lower, 0, match.start())):
                here = self._where(i, *whole.span(), place)
                yield Candidate(here, whole.start(), match.end(), "phrase", SUBJECT, "subject", reach=len(lower))
                continue
            shares = match[1].endswith(("share", "record", "high"))
            start, what, goods = _goods_sold(lower, match.start(), name, first, shares)
            owned = OWNS.search(lower, max(0, start - 30), start)
            if what is None or start - 1 in ends or owned and not (shares and owned.start() in places):
                continue        # a firm's, but "Norway's EV share" is that of EVs
            if shares:          # of a kind itself; as a name that stands there it is found already
                if name is None and goods is not None:
                    yield Candidate(goods, start, match.start(), "exact", SUBJECT, "subject")
            elif place is not None:
                here = self._where(i, start, match.end(), place)
                yield Candidate(_market(f"{what} market in {here.name}", here.country), start, match.end(), "phrase",
                                SUBJECT, "subject", reach=len(lower))

    def _where(self, i: int, start: int, end: int, place: Entity) -> Entity:
        """Where what stands at start:end of sentence i was sold, in a text on a `place`."""
        first = self.cast.sentences[i].start
        behind = next((n.entity for n, part in self.cast.parts(i) if part == "located" and n.start - first > end), None)
        before = [n.entity for n in self.cast.of_sentence[i] if n.entity.kind == "place" and n.end - first <= start]
        return behind or [place, *before][-1]


def _speaks_of_markets(lower: str) -> bool:
    """Whether a lower-case text has one of the nouns of MARKET."""
    return "market" in lower or "industry" in lower or "sector" in lower


def _speaks_of_world(lower: str) -> bool:
    """Whether a lower-case text has one of the words of WORLDWIDE and OF_WORLD."""
    return "glob" in lower or "world" in lower


def _is_of_market(lower: str, match: re.Match, start: int, end: int) -> bool:
    """Whether the place at start:end says where a market is: "the market in Velmora", "Velmora's market"."""
    return 0 < start - match.end() < A_PLACE and LOCATED.search(lower[match.end():start]) is not None \
        or match.start("what") < end < match.end() and OWNING.match(lower, end, match.end()) is not None


def _goods_sold(lower: str, end: int, name: Name | None, first: int,
                shares: bool) -> tuple[int, str | None, Entity | None]:
    """What the sales, or `shares`, at `end` are of: where it begins, what it is called, and the kind of goods where
    that is known, be it by a `name`; None where nothing tells."""
    if name is not None:
        return name.start - first, name.entity.name.removesuffix("s"), name.entity
    kind = KIND.search(lower, max(0, end - 30), end)
    if kind and kind[1] in (kinds := _kinds(shares)):
        return kind.start(1), kinds[kind[1]].name.removesuffix("s"), kinds[kind[1]]
    if overall := OVERALL.search(lower, max(0, end - 40), end):
        return overall.start("what"), overall["what"], None
    return 0, None, None


def _of_world(lower: str) -> Iterator[Candidate]:
    """The whole world, and its markets of which a sentence tells how much they sold: "global growth", "global kettle
    shipments"."""
    for match in OF_WORLD.finditer(lower):
        if not OWNS.search(lower, max(0, match.start() - 30), match.start()):
            yield Candidate(gazetteer().entities["g-world"], *match.span(), "exact", SUBJECT, "owner")
    for match in WORLDWIDE.finditer(lower):
        what = match["what"] or match["of"]
        last = what.split()[-1]
        if noun.is_thing(last):
            what = what.removesuffix(last) + noun.singular(last)
            yield Candidate(_market(f"global {what} market"), *match.span(), "phrase", SUBJECT, "subject",
                            reach=len(lower))


def _market(name: str, country: str | None = None, descriptors: tuple[str, ...] = ()) -> Entity:
    """The market of that name: the known one, else one of the text.

    >>> _market("French auto market").entity_id, _market("auto market").known
    ('m-auto-market-in-france', False)
    """
    place = gazetteer().by_key.get(key(name))
    known = gazetteer().meant[place][0] if place is not None else None
    if known is not None and known.kind == "market" and (not known.name.startswith("global ") or "global" in name):
        return known
    return Entity(entity_id("market", name), name, "market", country=country, descriptors=descriptors, known=False)


@cache
def _kinds(others: bool) -> dict[str, Entity]:
    """Nouns that say in front of another which kind of goods is meant: "diesel share", "hybrid sales"; with the
    `others` by which such goods are called: "EV share"."""
    kinds = {}
    for entity in gazetteer().entities.values():
        if entity.kind in ("other", "product") and not entity.maker_id and is_goods(entity):
            called = [alias for alias in entity.aliases if alias.endswith("s") and alias != "gas"] if others else []
            for word in (alias.removesuffix(" cars").removesuffix("s") for alias in (entity.name, *called)):
                if word.isalpha() and not word.endswith(("ed", "ic", "new")):
                    kinds.setdefault(word.lower(), entity)
    return kinds


class Prices:
    """Goods of one document that nobody named but whose price or demand is told."""

    def __init__(self, cast: Cast):
        self.cast = cast
        self._last: Entity | None = None        # goods whose price was told last

    def find(self, i: int, lower: str) -> Iterator[Candidate]:
        """The goods of sentence i: "oil fell to $60", "house prices", and after that "prices" alone."""
        first, names = self.cast.sentences[i].start, self.cast.of_sentence[i]
        taken = [(n.start - first, n.end - first) for n in names]
        if _speaks_of_commodities()(lower):
            yield from _commodities_in(lower, taken)
        for start, end in _sold(lower) if any(sign in lower for sign in MONEY) else ():
            if not _overlap((start, end), taken):
                taken.append((start, end))
                what = self.cast.text[first + start:first + end]
                goods = Entity(entity_id("product", what), what, "product",
                               descriptors=(noun.singular(what.split()[-1]),), known=False)
                yield Candidate(goods, start, end, "priced", NAMED, "object")
        if "price" not in lower:
            return
        told, listed = False, list(self._listed(lower))
        for match in [*PRICES.finditer(lower), *_moved_prices().finditer(lower)]:
            start, end = match.start("kind" if match["kind"] else "what"), match.end("what")
            named = next((n.entity for n in names if n.end - first == end and is_goods(n.entity)), None)
            if match.re is PRICES and match["asked"] and named is not None:         # "the average used car list price"
                yield Candidate(named, start, end, "priced", SUBJECT, "owner")
                return
            goods = self._goods(match["what"], lower[start:end], self.cast.text[first + start:first + end],
                                match.re is not PRICES)
            if goods is not None and not _overlap((start, end), taken):
                self._last, told = goods, True
                taken.append((start, end))
                others = _others_move().search(lower, end)
                ends = [c.start for c in listed if c.start > end] + ([others.start()] if others else [])
                yield Candidate(goods, start, end, "priced", SUBJECT, "owner", until=min(ends, default=None))
        yield from (c for c in listed if not _overlap((c.start, c.end), taken))
        if told:
            return
        if self._last is not None and BARE_PRICES.search(lower) and not any(n.entity.kind == "place" for n in names):
            yield Candidate(self._last, None, None, "priced", SUBJECT, "far")

    def _listed(self, lower: str) -> Iterator[Candidate]:
        """The further goods of a sentence on prices: "flour prices rose 14% and coffee 9%", "3% for pork"."""
        for match in LISTED.finditer(lower, lower.index("price")):
            what, span = match["what"] or match["of"], match.span("what" if match["what"] else "of")
            known = gazetteer().index.get(what)
            goods = gazetteer().meant[known][0] if known is not None else self._goods(what, what, what, True)
            if goods is not None and goods.kind in ("other", "product") and not noun.is_person(what.split()[-1]) \
                    and move.forms().isdisjoint(what.split()):
                yield Candidate(goods, *span, "priced", SUBJECT, "subject" if match["what"] else "held")

    def _goods(self, what: str, lower: str, text: str, moved: bool) -> Entity | None:
        """The goods that the words before "prices" mean, if the last is a noun for goods: "house", "used car", "DRAM";
        or any noun where the prices `moved`: "apparel"."""
        lists, parts = schema.words("noun"), what.split()
        if text.isupper():
            known, _ = gazetteer().get(f"{text}s") or (None, None)
            if known is not None and is_goods(known):
                return known        # "EV prices"
            name = text
        elif noun.is_thing(what) and what not in lists["stuff"]:
            name = lower if noun.is_plural(what) else max(plural(lower), key=len)
        elif what in lists["stuff"] or moved and not noun.word_lists()["stop"].intersection(parts) and not any(
                part in lists["of_prices"] or part.endswith(("ed", "ing", "ly", "er")) for part in parts):
            name = lower
        else:
            return None
        return Entity(entity_id("product", name), name, "product", descriptors=(what,), known=False)


def _sold(lower: str) -> Iterator[tuple[int, int]]:
    """Where goods without a name stand beside their price."""
    yield from (match.span("what") for match in BOUGHT.finditer(lower) if is_thing(match["what"]))
    yield from (match.span(match.lastgroup) for match in _accessory().finditer(lower))


@cache
def _accessory() -> re.Pattern:
    """An accessory and its price: "a $9 cable", "$9 for the cable", "is selling this cable for $9", "for $9, I got a
    cable"."""
    nouns = any_of(word_lists()["accessories"])
    sum_, what = r"[$€£¥][0-9](?:[0-9.,]*[0-9])?", rf"{QUALIFIED}{nouns}s?(?! {nouns})"
    a = r"(?:the|an?|this|that|its|my|your|these|another) "
    return re.compile(rf"{sum_} (?:(?:apiece |each )?(?:for|off) {a})?(?P<beside>{what})\b|"
                      rf"\b(?:sell|sells|selling|sold|offer|offers|offering|has|have|get|grab|buy|bought|find|found|list|"
                      rf"lists|listed|or|and|plus) {a}(?P<sold>{what}) (?:[a-z]+ ){{0,3}}?(?:for|at|to|from) "
                      rf"(?:[a-z]+ ){{0,5}}(?={sum_})|"
                      rf"{sum_},? (?:(?:i|we|you|they|he|she) (?:[a-z]+ )?(?:bought|got|get|grabbed|picked up) )?"
                      rf"{a}(?P<got>{what})\b")


@cache
def _moved_prices() -> re.Pattern:
    """Prices that are the subject of a clause and move: "apparel prices rose", "and auto insurance prices leaped"."""
    words = move.words()
    return re.compile(rf"(?:\A|[,;:] |\b(?:and|but|as|while|that|when|although|though|said|says|because) )(?P<kind>)"
                      rf"(?P<what>[a-z]{{3,}}(?: [a-z]{{3,}})?) prices (?:(?:both|also|have|has|had|were|was|are|will|"
                      rf"would|could|may|all) )*(?:{words['up_verb']}|{words['down_verb']}|up|down|higher|lower)\b")


@cache
def _others_move() -> re.Pattern:
    """Where a further clause of goods begins: "; cookies dipped"."""
    words = move.words()
    return re.compile(rf"(?:[;,]|[;,]? (?:and|but|while)) (?!prices)(?:(?:the|and|but|while) )?(?:[a-z]+ ){{1,2}}"
                      rf"(?:has |have |had |was |were )?(?:{words['up_verb']}|{words['down_verb']}|up|down)\b")


def _overlap(span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in spans)


def _commodities_in(lower: str, taken: list[tuple[int, int]]) -> Iterator[Candidate]:
    """Commodities that do something in a sentence, or of which something is measured that does."""
    gaz = gazetteer()
    for match in _commodity().finditer(lower):
        what = _of_goods().match(lower, match.end())
        if not _overlap(match.span(), taken) and (
                what and what["grows"] or clause.acts(lower, what.end("what") if what else match.end())):
            yield Candidate(gaz.meant[gaz.index[match[0]]][0], *match.span(), "exact", SUBJECT, "subject")


@cache
def _commodities() -> frozenset[str]:
    """Names of goods in small letters that are ordinary words as well: oil, steel."""
    gaz = gazetteer()
    return frozenset(word for word in gaz.ambiguous if word.isalpha() and word.islower() and word in gaz.index
                     and gaz.meant[gaz.index[word]][0].kind == "other")


@cache
def _commodity() -> re.Pattern:
    return re.compile(any_of(_commodities(), behind=r"[\w-]") + r"(?![\w-])")


@cache
def _of_goods() -> re.Pattern:
    """What is measured of goods: "oil demand rose", "expects oil demand to grow"."""
    return re.compile(rf"(?P<what> {any_of(schema.words('noun')['of_goods'])})(?P<grows> to [a-z]| [a-z]+ing\b)?")


@cache
def _speaks_of_commodities() -> Callable[[str], bool]:
    return holding(_commodities())
