"""Names of variants and generations of a product that a text cuts short: "the Ultra", "the 17 Pro", "Corvo S and GT",
"the long-range version", "its predecessor".

>>> from extract import sentence
>>> from extract.names import entity
>>> def short(text):
...     return [(text[n.start:n.end], n.entity.name) for n in entity.find(text, sentence.find(text), [])][2:]
>>> short("The Kestrel 12 and Kestrel 12 Ultra are new. The Ultra phone weighs 230 grams. The base model is smaller.")
[('Ultra phone', 'Kestrel 12 Ultra'), ('base model', 'Kestrel 12')]
>>> short("The Kestrel 12 and Kestrel 12 Ultra are new. An ultra-light case is sold too.")
[]
"""
import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterator
from functools import cache

from ..model import Entity, Name, Sentence
from ..pattern import any_of
from .boundary import shows_number
from .cue import words
from .gazetteer import entity_id, gazetteer

CODE = re.compile(r"[0-9]{1,3}[A-Za-z]?")           # of the "17 Pro" and "15T Pro"
# What a list goes on with whose names have their beginning in common: "Model 3 and Y", "ID.4/ID.5"
LISTED = re.compile(rf"(?:,? (?:and|or|&) |, | ?/ ?)((?:{CODE.pattern}|[A-Z][A-Za-z]*[0-9]*\+?)"
                    r"(?: [A-Z][A-Za-z]*\+?){0,3})(?![\w&+-])")
BRACKETED = re.compile(r" \(([A-Z][A-Z0-9]{1,3}|20[0-9]{2})\)")
# before and behind a tail that stands for its variant: "the Ultra", "the Ultra 84%", not "The Ultra Bowl", "the Pro 14"
AHEAD = re.compile(r"(?:[a-z0-9%,;(–—]|\b(?:The|Its|This|An?)) $")
DETERMINER = re.compile(r"\b(?:[Tt]he|[Ii]ts|[Tt]his|[Aa]n?) (?:[a-z]+ )?$")
ARTICLE = re.compile(r"\b(?:[Tt]he|[Ii]ts|[Tt]his) $")
GOES_ON = re.compile(r"(?!['’]s\b)['’]?[\w&+]|-[\w&+]| [A-Z&]| [0-9]{1,2}(?=[ ,;)]|\.?$)")
# behind a name, the words of a variant that the text writes small: "Linnet Long range Dual motor"
IN_SMALL = re.compile(r"(?:(?:(?<= Long)|(?<= Standard)|(?<= Extended)| (?:Long|Standard|Extended))[ -]range|"
                      r" (?:Single|Dual|Twin|Tri|Quad)[ -]motor)+(?![\w-])")
AXLES = {"RWD": "rear wheel drive", "FWD": "front wheel drive", "AWD": "all wheel drive", "4WD": "four wheel drive"}
DECIMAL = re.compile(r"(.+) [0-9]\.[0-9]")
THE_DECIMAL = re.compile(r"\b[Tt]he (?:[$€£][\w.,-]+ |[a-z]+ )?([0-9]\.[0-9])(?![\w%])")
BASE = ("base", "standard", "regular", "basic", "entry level", "vanilla")
SMALLER, LARGER = ("smaller",), ("larger", "bigger")
SMALL, LARGE = ("Mini", "mini", "Lite"), ("Plus", "Max", "Ultra", "XL", "Pro")
APPOSED = re.compile(r",? (?:the )?")
RELATIVE = re.compile(r",? (?:which|that) ")
REACH = 600                 # characters before "its predecessor" within which the product stands that it came before
LONGEST = 60                # characters of a product's name; longer ones are runs of a page in capitals
NUMERAL = re.compile(r"[0-9]{1,6}")
# the number of a generation: Aster 9, Note20
GENERATION = re.compile(r"(?<=[a-z])(?P<gap> ?)(?P<number>[0-9]{1,2})(?![0-9])")
CARS = ("car", "vehicle")


def with_variants(text: str, names: list[Name], sentences: list[Sentence]) -> list[Name]:
    """The names, in order, and those of variants and generations of the products among them."""
    products = [name for name in names if name.entity.kind == "product" and _is_proper(text, name)]
    if not products:
        return names
    found = _Variants(text, names, products, sentences)
    found.extend()
    found.bracket()
    found.join()
    found.cut_short()
    found.count()
    found.number()
    found.describe()
    found.look_back()
    return found.names


def _is_proper(text: str, name: Name) -> bool:
    """Whether a name is no mere noun, as electric cars and BEVs are."""
    written = text[name.start:name.end]
    if len(written) > LONGEST:
        return False
    return any(c.isupper() or c.isdigit() for c in written) and not written.endswith("s") or " " in written


@cache
def _kinds() -> frozenset[str]:
    """Words at the end of names that say of what kind they are, and tell no variant: EV."""
    return words()["never"] - words()["variant_code"]


@cache
def _nouns() -> str:
    """Nouns that stand behind what tells a variant: "the Pro version"."""
    return any_of(words()["variant_noun"] | words()["generic_product"])


@cache
def _trims() -> re.Pattern:
    """Two trims or more where a name may stand, with the code before them: "the Pro XL"."""
    trim = any_of(word for word in words()["trim"] - _kinds() if word.isalpha())
    return re.compile(rf"(?<=\b[Tt]he )(?:{CODE.pattern} )?{trim}(?: {trim})*(?!{GOES_ON.pattern})")


@cache
def _noun_behind() -> re.Pattern:
    return re.compile(rf" {any_of(words()['variant_noun'])}(?![\w-])")


@cache
def _plural_behind() -> re.Pattern:
    """Behind the last of several models, what all of them are."""
    return re.compile(rf" {any_of(words()['generic_product'])}s\b")


@cache
def _described() -> re.Pattern:
    """A variant by what it has: "the long-range version", "its smaller phone"."""
    nouns = _nouns()
    return re.compile(rf"\b(?:[Tt]he|[Ii]ts|[Aa]n?) (?:new |cheaper |pricier )?(?P<span>"
                      rf"(?P<what>[\w-]+(?: (?!{nouns}\b)[\w-]+){{0,2}}) {nouns})(?![\w’'-]| of (?:the |its )?[A-Z])")


@cache
def _earlier() -> re.Pattern:
    """A generation before: "its predecessor", "the previous edition", "last year's model"."""
    before = any_of(words()["previous"])
    return re.compile(rf"\b(?:[Ii]ts (?:immediate |direct )?predecessor|[Tt]he (?:immediate |direct )?predecessor|"
                      rf"(?:[Tt]he|[Ii]ts) {before}[- ](?:gen(?:eration)?(?:[- ]{_nouns()})?|{_nouns()})|"
                      rf"[Ll]ast year['’]s {_nouns()})(?![\w-])(?! (?:of|[A-Z]))")


def is_earlier(text: str, name: Name) -> bool:
    """Whether a product is named by no more than that it came before: "its predecessor"."""
    return text[name.start] in "ITLitl" and _earlier().match(text, name.start) is not None


class _Variants:
    """The variants that one text names."""

    def __init__(self, text: str, names: list[Name], products: list[Name], sentences: list[Sentence]) -> None:
        self.text, self.names, self.products, self.sentences = text, list(names), products, sentences
        self.entities: dict[str, Entity] = {}           # by their ids, in the order of the text
        self.written: dict[str, list[str]] = {}         # the spellings of each
        self.ends: dict[str, list[int]] = {}            # where those of a name end
        for p in products:
            self._note(p)

    def _note(self, product: Name) -> None:
        known, entity = product.entity.entity_id, product.entity
        self.entities.setdefault(known, entity)
        spellings = self.written.setdefault(known, [])
        if (spelled := self.text[product.start:product.end]) not in spellings:
            spellings.append(spelled)
        insort(self.ends.setdefault(entity.name, []), product.end)

    def _add(self, start: int, end: int, entity: Entity) -> None:
        """Adds a name in place of those within it, where none goes on beyond it."""
        low = bisect_right(self.names, start, key=lambda n: n.end)
        high = bisect_left(self.names, end, key=lambda n: n.start)
        if any(n.start < start or n.end > end for n in self.names[low:high]):
            return
        name = Name(start, end, entity, "short")
        self.names[low:high] = [name]
        low, high = (bisect_left(self.products, at, key=lambda n: n.start) for at in (start, end))
        self.products[low:high] = [name]
        insort(self.ends.setdefault(entity.name, []), end)
        self.entities.setdefault(entity.entity_id, entity)

    # What goes on right behind a name

    def extend(self) -> None:
        """"i7 xDrive60", "Linnet Long range": a name that goes on with another one that nobody knows, or in small
        letters."""
        for p in list(self.products):
            at = bisect_left(self.products, p.end, key=lambda n: n.start)
            behind = self.products[at] if at < len(self.products) else None
            small = IN_SMALL.match(self.text, p.end)
            if small is not None:
                end = small.end()
            elif p.entity.known and behind is not None and behind.start == p.end + 1 and not behind.entity.known \
                    and self.text[p.end] == " " and any(map(str.isdigit, behind.entity.name)):
                end = behind.end
            else:
                continue
            variant = _product(p.entity.name + self.text[p.end:end], p.entity)
            self._add(p.start, end, variant)
            self._note(Name(p.start, end, variant, "exact"))

    # Brackets

    def bracket(self) -> None:
        """"the iPad (A16)": a known variant by the code behind the name."""
        for p in list(self.products):
            if (code := BRACKETED.match(self.text, p.end)) is None:
                continue
            named = self.text[p.start:p.end]
            variant = _known(f"{named} {code[1]}") or _known(f"{code[1]} {named}") or _known(f"{named} ({code[1]})")
            if variant is not None:
                self._add(p.start, code.end(), variant)
                self._note(Name(p.start, code.end(), variant, "exact"))

    # Lists

    def join(self) -> None:
        """"the Model 3 and Y": names of which a list says the beginning only once."""
        for first in list(self.products):
            last, at = first, first.end
            while (item := LISTED.match(self.text, at)) and (
                    variant := self._listed(self.text[first.start:first.end], last, item[1], item.end())):
                self._add(item.start(1), item.end(1), variant)
                at = item.end()
                last = Name(item.start(1), at, variant, "short")
                self._note(last)

    def _listed(self, first: str, last: Name, tail: str, end: int) -> Entity | None:
        """The product that the beginning of the first name of a list makes with what the list goes on with."""
        at = bisect_left(self.products, last.end, key=lambda n: n.start)
        if at < len(self.products) and self.products[at].start <= end - len(tail):
            return None         # "the Note20 and Note20 Ultra"
        parts = first.split()
        if tail.isdigit() and not shows_number(self.text, end):
            counts = not _plural_behind().match(self.text, end)     # "Model S, X and 3 vehicles"
            return None if counts else next(filter(None, (_known(f"{head} {tail}") for head in heads_of(first))), None)
        heads = [" ".join(parts[:at]) + " " for at in range(len(parts), 0, -1)] + [first.rstrip("0123456789")]
        for head in heads:
            known = _known(head + tail)
            if known is not None and head.strip() != known.name:
                return known
        own = tail.split()
        trims = own[1:] if CODE.fullmatch(own[0]) else own
        if not trims or not all(word in words()["trim"] and word not in words()["never"] for word in trims):
            return None
        at = parts.index(own[0]) if own[0] in parts else len(parts) - 1 if parts[-1] in words()["trim"] else len(parts)
        if not at or own[0].isdigit() and own[0] not in parts:
            return None
        return _product(" ".join([*parts[:at], tail]), last.entity)

    # Tails

    def cut_short(self) -> None:
        """"the Ultra", "the RWD version", "the 17 Pro": a variant by the end of its name."""
        text = self.text
        for match in _trims().finditer(text):
            if self._is_free(*match.span()) and (variant := self._untold(match[0], match.start())):
                self._add(*match.span(), variant)
        for tail, variants in sorted(self._tails().items(), key=lambda t: -len(t[0])):
            at = -1
            while (at := text.find(tail, at + 1)) >= 0:
                end = at + len(tail)
                ahead = AHEAD if " " in tail else DETERMINER if len(tail) > 1 else ARTICLE
                if not ahead.search(text, max(0, at - 16), at) or GOES_ON.match(text, end) \
                        or not self._is_free(at, end) or self._is_behind_name(at):
                    continue
                noun = _noun_behind().match(text, end)
                self._add(at, noun.end() if noun else end, self._nearest(at, variants))

    def count(self) -> None:
        """"32,711 Expeditions": what is counted, by the last word of its name."""
        last = {tail: known for known, names in self.written.items() for name in names
                if (tail := name.rpartition(" ")[2]).istitle() and tail.isalpha()
                and tail not in _kinds() and tail not in words()["trim"]}
        for tail, known in last.items():
            at = -1
            while (at := self.text.find(f" {tail}s", at + 1)) >= 0:
                end = at + len(tail) + 2
                if self.text[at - 1].isdigit() and not self.text[end:end + 1].isalnum() and self._is_free(at + 1, end):
                    self._add(at + 1, end, self.entities[known])

    def number(self) -> None:
        """"the 4.2", where the text has a Slate 3.2."""
        heads = {family[1]: known for known, names in self.written.items() for name in names
                 if (family := DECIMAL.fullmatch(name))}
        if not heads:
            return
        head, known = next(reversed(heads.items()))
        for match in THE_DECIMAL.finditer(self.text):
            if shows_number(self.text, match.end()) and self._is_free(*match.span(1)):
                self._add(*match.span(1), _product(f"{head} {match[1]}", self.entities[known]))

    def _untold(self, tail: str, at: int) -> Entity | None:
        """The known variant, by the end of its name, of the product that is named last before: the Pixel 10 and then
        "the Pro XL"."""
        before = bisect_left(self.products, at, key=lambda n: n.start) - 1
        if before < 0 or at - self.products[before].end > REACH:
            return None
        last = self.products[before].entity
        known = next(filter(None, (_known(f"{head} {tail}") for head in (last.name, *heads_of(last.name)))), None)
        if known is None and CODE.match(tail) and CODE.fullmatch(last.name.rpartition(" ")[2]):
            return _product(f"{last.name.rpartition(' ')[0]} {tail}", last)         # "the 9 Plus", of an Aster 9
        return known

    def _tails(self) -> dict[str, list[str]]:
        """What the names of variants end with, and the ids of those that do."""
        tails: dict[str, list[str]] = {}
        written = [(name, known) for known, names in self.written.items() for name in names]
        counts = Counter(head for name, _ in written for head in heads_of(name) if any(map(str.isdigit, head)))
        wholes = {name for name, _ in written}
        for name, known in written:
            for head in heads_of(name):
                tail = name[len(head) + 1:]
                trims = tail.split()[1:] if CODE.match(tail) else tail.split()
                telling = [word for word in trims if word[0].isupper() and word not in _kinds()]
                if telling and (words()["trim"].issuperset(trims) or head in wholes or counts[head] > 1) \
                        or self._is_whole(tail, known) or self._is_word(tail):
                    tails.setdefault(tail, []).append(known)
        return tails

    def _is_whole(self, tail: str, known: str) -> bool:
        """Whether the end of a product's name is known as another product's, which the text names by no more than
        that: the e-tron of a text on the Q6 e-tron."""
        other = _known(tail)
        return other is not None and other.entity_id != known and self.written.get(other.entity_id, [tail]) == [tail]

    def _is_word(self, tail: str) -> bool:
        """Whether the end of a name is an ordinary word, which with an article and a capital is the product all the
        same: the Buzz."""
        return len(tail) > 3 and tail.istitle() and tail.isalpha() and tail.lower() in words()["common"] \
            and tail not in _kinds() and tail not in words()["trim"] and tail.lower() not in words()["generic_product"]

    def _is_free(self, start: int, end: int) -> bool:
        """Whether no name stands here that means somebody else for sure."""
        at = bisect_right(self.names, start, key=lambda n: n.end)
        if at == len(self.names) or self.names[at].start >= end:
            return True
        name = self.names[at]
        return name.start >= start and name.end <= end and (
            name.how != "exact" or name.entity.kind in ("company", "product")
            and ARTICLE.search(self.text, max(0, start - 6), start) is not None)

    def _is_behind_name(self, at: int) -> bool:
        """Whether a name ends right before: "the BYD Song Plus EV"."""
        last = bisect_right(self.names, at, key=lambda n: n.end) - 1
        return last >= 0 and self.names[last].end == at - 1

    def _nearest(self, at: int, variants: list[str]) -> Entity:
        """Of several variants the one of the product that is named last before a place, else first behind it."""
        fitting = [self.entities[known] for known in variants]
        return fitting[0] if len(fitting) == 1 else max(fitting, key=lambda variant: self._last(variant, at))

    def _last(self, variant: Entity, at: int) -> tuple[int, int]:
        """Where a variant, or what its name goes on from, is named last before a place, and the variant itself."""
        ends = []
        for name in (variant.name, *heads_of(variant.name)):
            its = self.ends.get(name, ())
            before = bisect_right(its, at)
            ends.append(its[before - 1] if before else -1)
        return max(ends), ends[0]

    # What a variant has

    def describe(self) -> None:
        """"the long-range version", "the base model", "the larger phone"."""
        by_what = None
        for match in _described().finditer(self.text):
            if by_what is None:
                by_what = self._by_what()
            what = match["what"].replace("-", " ")
            what = what if what[0].isdigit() else what[0].lower() + what[1:]
            variants = by_what.get(what)
            meant = self._nearest(match.start(), variants) if variants else \
                self._untrimmed(match.start()) if what in words()["told_apart"] else None
            if meant is not None and self._is_free(*match.span("span")):
                self._add(*match.span("span"), meant)

    def _untrimmed(self, at: int) -> Entity | None:
        """What the product that is named last before a place is a variant of: "the long-range version" of a text on the
        Linnet RWD is another variant."""
        before = bisect_left(self.products, at, key=lambda n: n.start) - 1
        if before < 0 or at - self.products[before].end > REACH:
            return None
        name = self.products[before].entity.name
        named = {entity.name: entity for entity in self.entities.values()}
        for head in heads_of(name):
            if (whole := named.get(head) or _known(head)) is not None:
                return whole if words()["trim"].issuperset(name[len(head):].split()) else None
        return None

    def _by_what(self) -> dict[str, list[str]]:
        """The words that tell a variant, and the ids of those of which they may be said."""
        found: dict[str, dict[str, None]] = {}
        for tail, variants in self._tails().items():
            found.setdefault(AXLES.get(tail, tail.lower().replace("-", " ")), {}).update(dict.fromkeys(variants))
        bases = {entity.name: entity for entity in self.entities.values()}
        for entity in self.entities.values():
            base = next((bases[head] for head in heads_of(entity.name) if head in bases), None)
            if base is None:
                continue
            last = entity.name.rpartition(" ")[2]
            small, large = (entity, base) if last in SMALL else (base, entity)
            sized = (last in SMALL or last in LARGE) and not base.name.isalpha()        # no Mac mini
            for whats, one in ((BASE, base), *[(SMALLER, small), (LARGER, large)] * sized):
                for what in whats:
                    found.setdefault(what, {})[one.entity_id] = None
        return {what: list(variants) for what, variants in found.items()}

    # Generations

    def look_back(self) -> None:
        """"its predecessor", "the previous edition", "last year's model"."""
        products = list(self.products)
        for match in _earlier().finditer(self.text):
            start, end = match.span()
            replaced = self._replaced(products, start, end)
            if replaced is not None and self._is_free(start, end):
                self._add(start, end, replaced)

    def _replaced(self, products: list[Name], start: int, end: int) -> Entity | None:
        """The product that came before the one that is spoken of: the one behind it in apposition, one of which the
        text names the older generation, else the family that it is of."""
        at = bisect_left(products, start, key=lambda n: n.start)
        if at < len(products) and APPOSED.fullmatch(self.text, end, products[at].start):
            return products[at].entity
        if not at or start - products[at - 1].end > REACH:
            return None
        last = products[at - 1]
        sentence = self.sentences[max(0, bisect_right(self.sentences, last.start, key=lambda s: s.start) - 1)]
        first = bisect_left(products, max(sentence.start, start - REACH), key=lambda n: n.start)
        told = [p.entity for p in products[first:at]] or [last.entity]
        if sentence.end > start and RELATIVE.match(self.text, last.end):
            told = told[-1:]        # "has the K3 chip, which is faster than its predecessor"
        return next(filter(None, map(self._generation_before, told)), None) or self._family(told[0])

    def _generation_before(self, later: Entity) -> Entity | None:
        """The newest of the generations that the text names and that are older."""
        older = [(number, entity) for entity in self.entities.values()
                 if (number := _older(entity.name, later.name)) is not None]
        return max(older, key=lambda o: o[0])[1] if older else None

    def _family(self, later: Entity) -> Entity | None:
        """What all generations of a product are."""
        number = GENERATION.search(later.name)
        if number is None or not set(CARS).isdisjoint(later.descriptors):
            return None
        family = later.name[:number.start()]
        known, _ = gazetteer().get(family) or (None, None)
        if known is not None:
            return known if known.kind == "product" else None
        return None if later.known else _product(family, later)


def heads_of(name: str) -> Iterator[str]:
    """What a name may go on from, the longest first.

    >>> list(heads_of("Kestrel 12 Pro Max"))
    ['Kestrel 12 Pro', 'Kestrel 12', 'Kestrel']
    """
    parts = name.split()
    return (" ".join(parts[:at]) for at in range(len(parts) - 1, 0, -1))


def _older(one: str, other: str) -> int | None:
    """The number of a generation that is older than another one of the same product; 1 for the one without a number.

    >>> _older("Aster 8", "Aster 9"), _older("Solace", "Solace 2"), _older("Aster 9", "Aster 8"), _older("X 8", "Y 9")
    (8, 1, None, None)
    """
    mine, its = NUMERAL.findall(one), NUMERAL.findall(other)
    if NUMERAL.sub("#", one) == NUMERAL.sub("#", other):
        differing = [(int(a), int(b)) for a, b in zip(mine, its) if a != b]
        return differing[0][0] if len(differing) == 1 and differing[0][0] < differing[0][1] else None
    number = GENERATION.search(other)
    return 1 if not mine and number and one == other[:number.start()] + other[number.end():] else None


def _product(name: str, sibling: Entity) -> Entity:
    """A product of the maker of another one."""
    return _known(name) or Entity(entity_id("product", name), name, "product", maker_id=sibling.maker_id,
                                  descriptors=sibling.descriptors, known=False)


def _known(name: str) -> Entity | None:
    """The product that a name is known to be."""
    entity, how = gazetteer().get(name) or (None, None)
    return entity if entity is not None and entity.kind == "product" and how == "exact" else None
