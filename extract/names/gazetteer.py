"""All known names, compiled once: those of schemas/entities/*.csv, and before them those of the user's file.
What a spelling stands for, and which two are one name.

The user may have a million: these stay columns, and the entity of one is made when a text has its name.

>>> names = gazetteer()
>>> entity, how = names.meant[names.index["Germans"]]
>>> entity.name, how, names.meant[names.by_key["nvidia"]][0].name
('Germans', 'exact', 'Nvidia')
>>> names.index["Brightwell"]
Traceback (most recent call last):
    ...
KeyError: 'Brightwell'
"""
import hashlib
import re
from array import array
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .. import schema
from ..model import Entity
from .cue import words
from .spelling import SHORTEST, key, near, shorter, slip

# The first who claims a spelling has it.
ORDER = ["company", "product", "organisation", "other", "place", "person", "market", "policy"]
UMLAUT = str.maketrans({
    "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ø": "oe", "å": "aa"})
WORD = re.compile(r"[^\W_]+")
# A word that begins with no small letter, also behind one: "saysNvidia", where a page lost its links' spaces.
LARGE_WORD = re.compile(r"(?:(?<![^\W_])|(?<=[a-z]))[^\W_a-z][^\W_]*")
SMALL_WORD = re.compile(r"(?<![^\W_])[a-z][^\W_]*")
PLAIN = r"^[^\p{Ll}'’][^'’]*$"      # a name that is written in one way: a capital or digit first, no apostrophe
KEPT = 1 << 16                      # entities of the user's names that are kept once made


@dataclass(slots=True)
class Gazetteer:
    """What each spelling stands for. Those of the user have the first places."""
    entities: dict[str, Entity]             # by id; of the user's, makers and kinds of goods
    spellings: list[str]
    index: dict[str, int]                   # of each spelling in that list
    meant: Sequence[tuple[Entity, str]]     # entity and how (exact, demonym, opening), for each spelling
    ambiguous: set[str]
    homonyms: dict[str, list[tuple[Entity, str]]]   # what else a spelling may mean: Frontier, Tucson
    by_key: dict[str, int]                  # index of a spelling by what the spellings of a name share
    automaton: object                       # finds the spellings of schemas/entities
    own: "_Own | None" = None               # finds those of the user

    def get(self, spelling: str) -> tuple[Entity, str] | None:
        """What a spelling means first, and how."""
        place = self.index.get(spelling)
        return None if place is None else self.meant[place]

    def alike(self, name: str) -> str | None:
        """The spelling, not ambiguous, that a name has but for case, accents, hyphens and spaces."""
        place = self.by_key.get(key(name))
        return None if place is None else self.spellings[place]

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Where spellings stand in a text, also in words and in each other: (index, start, end)."""
        found = self.automaton.find_matches_as_indexes(text, overlapping=True)
        if self.own is None:
            return found
        size = len(self.own)
        return [*self.own.find(text), *((index + size, start, end) for index, start, end in found)]


def gazetteer() -> Gazetteer:
    """The names in use."""
    return _compiled(schema.added())


@lru_cache(4)
def _compiled(added: schema.Names) -> Gazetteer:
    return _with(added) if len(added) else _of_schemas()


def _of_schemas(without: Container[str] = ()) -> Gazetteer:
    """The names of schemas/entities, but those of some ids."""
    import ahocorasick_rs
    entities, meant, ambiguous, homonyms = {}, {}, set(), defaultdict(list)
    for kind in ORDER:
        for row in schema.rows(kind):
            if row["id"] in without:
                continue
            source = f"schemas/entities/{kind}.csv"
            entity = entities[row["id"]] = _entity(row, row["id"], kind, row["maker"], source)
            ambiguous.update(_parts(row["ambiguous"]))
            for spelling, how in _writings(row["name"], row["aliases"], row.get("demonyms")):
                first, _ = meant.setdefault(spelling, _meaning(entity, spelling, how))
                if first is not entity and how in ("exact", "demonym"):
                    homonyms[spelling].append((entity, how))
    spellings = sorted(meant)
    index = {spelling: place for place, spelling in enumerate(spellings)}
    by_key = {}
    for place, spelling in enumerate(spellings):
        if meant[spelling][1] == "exact" and spelling not in ambiguous:
            by_key.setdefault(key(spelling), place)
    for entity in entities.values():
        for spelled in _umlauts(entity.name, *entity.aliases):
            by_key.setdefault(spelled, index[entity.name])
    return Gazetteer(entities, spellings, index, [meant[s] for s in spellings], ambiguous, homonyms, by_key,
                     ahocorasick_rs.AhoCorasick(spellings or ["\0"]))


# The user's names ----------------------------------------------------------------------------------------

def _with(added: schema.Names) -> Gazetteer:
    """The user's names before the others; one with the id of another replaces it."""
    others = _of_schemas(set(added.columns["id"].unique().to_pylist()))
    ambiguous = others.ambiguous.union(*map(_parts, added.columns["ambiguous"].unique().to_pylist()))
    own = _Own(added)
    size, index, homonyms = len(own), own.index, others.homonyms | own.homonyms
    for place, spelling in enumerate(others.spellings, size):
        if index.setdefault(spelling, place) != place:
            homonyms[spelling] = [*own.homonyms.get(spelling, ()), others.meant[place - size],
                                  *others.homonyms.get(spelling, ())]
    by_key: dict[str, int] = {}
    for place, spelling in enumerate(own.spellings):
        if place not in own.how and spelling not in ambiguous:
            by_key.setdefault(key(spelling), place)
            for spelled in _umlauts(spelling):
                by_key.setdefault(spelled, place)
    for spelled, place in others.by_key.items():
        by_key.setdefault(spelled, place + size)
    entities = others.entities | {one.entity_id: one for one in map(own.entity, own.asked_by_id())}
    return Gazetteer(entities, own.spellings + others.spellings, index, _Meant(own, others.meant), ambiguous, homonyms,
                     by_key, others.automaton, own)


class _Own(Sequence):
    """What the spellings of the user's names mean, and where they stand in a text.

    No automaton, for one of a million names takes a gigabyte and longer than all else: each word of a text leads to
    the names that begin with it.
    """

    def __init__(self, names: schema.Names) -> None:
        self.names = names
        self.entity = lru_cache(KEPT)(self._entity)
        self.spellings: list[str] = []
        self.index: dict[str, int] = {}
        self.lines = array("I")                 # of the file, from 0, for each spelling
        self.how: dict[int, str] = {}           # of the spellings that are not exact
        self.homonyms = defaultdict(list)
        for line, spelling, how in self._spelled():
            place = len(self.spellings)
            if self.index.setdefault(spelling, place) != place:
                self.homonyms[spelling].append(_meaning(self.entity(line), spelling, how))
                continue
            self.spellings.append(spelling)
            self.lines.append(line)
            if how != "exact":
                self.how[place] = how
        self.led = self._led()
        self.words = [LARGE_WORD, *[SMALL_WORD] * any(word[0].islower() for word in self.led)]

    def _spelled(self) -> Iterator[tuple[int, str, str]]:
        """Line, spelling and how, in the order of the lines: who stands first has a spelling."""
        import pyarrow.compute as pc
        columns = [self.names.columns[name] for name in ("name", "aliases", "demonyms")]
        name, aliases, demonyms = columns
        plain = pc.and_(pc.match_substring_regex(name, PLAIN),
                        pc.equal(pc.binary_join_element_wise(aliases, demonyms, ""), ""))
        for line, (simple, *cells) in enumerate(zip(*(column.to_pylist() for column in (plain, *columns)))):
            if simple:
                yield line, cells[0], "exact"
            else:
                for spelling, how in _writings(*cells):
                    yield line, spelling, how

    def _led(self) -> dict[str, tuple[tuple[int, int], ...]]:
        """For the first word of spellings: how far before the word they begin, and their lengths."""
        led: dict[str, tuple] = {}
        shared: dict[tuple, tuple] = {}         # most words have the same few
        for spelling in self.spellings:
            if word := WORD.search(spelling):
                known, one = led.get(word[0], ()), (word.start(), len(spelling))
                if one not in known:
                    known = (*known, one)
                    led[word[0]] = shared.setdefault(known, known)
        return led

    def find(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Where spellings stand that begin with a word: (index, start, end)."""
        led, index = self.led, self.index
        for pattern in self.words:
            for word in pattern.finditer(text):
                shapes = led.get(word[0])
                if shapes is None and word[0].endswith("s"):        # "Kestrels"
                    shapes = led.get(word[0][:-1])
                for before, length in shapes or ():
                    start = word.start() - before
                    place = index.get(text[start:start + length]) if start >= 0 else None
                    if place is not None:
                        yield place, start, start + length

    def __len__(self) -> int:
        return len(self.spellings)

    def __getitem__(self, place: int) -> tuple[Entity, str]:
        return _meaning(self.entity(self.lines[place]), self.spellings[place], self.how.get(place, "exact"))

    def _entity(self, line: int) -> Entity:
        row = self.names.row(line)
        maker = row["maker"] and (self.names.makers[row["maker"]] or entity_id("company", row["maker"]))
        identity = row["id"] or entity_id(row["kind"], row["name"])
        return _entity(row, identity, row["kind"], maker, self.names.source)

    def asked_by_id(self) -> list[int]:
        """Lines that others lead to: makers, and kinds of goods, which are looked through."""
        import pyarrow as pa
        import pyarrow.compute as pc
        columns, makers = self.names.columns, pa.array({*self.names.makers, *self.names.makers.values()}, pa.string())
        makes = pc.and_(pc.equal(columns["kind"], "company"), pc.or_(
            pc.is_in(columns["name"], makers), pc.is_in(columns["id"], makers)))
        goods = pc.and_(pc.not_equal(columns["descriptors"], ""), pc.and_(
            pc.equal(columns["maker"], ""), pc.is_in(columns["kind"], pa.array(["other", "product"]))))
        return pc.indices_nonzero(pc.or_(makes, goods)).to_pylist()


class _Meant(Sequence):
    """What the user's spellings mean, and behind them the others."""

    def __init__(self, own: _Own, others: list[tuple[Entity, str]]) -> None:
        self.own, self.others, self.size = own, others, len(own)

    def __getitem__(self, place: int) -> tuple[Entity, str]:
        return self.own[place] if place < self.size else self.others[place - self.size]

    def __len__(self) -> int:
        return self.size + len(self.others)


# Of both -------------------------------------------------------------------------------------------------

def resolve(name: str) -> Entity | None:
    """The entity that a spelling stands for, if need be without its legal form or with a letter wrong.

    >>> resolve("Volkswagon").name, resolve("Nvidia Corp.").name, resolve("Brightwell")
    ('Volkswagen', 'Nvidia', None)
    """
    names = gazetteer()
    entity, how = names.get(name) or (None, None)
    found = entity if how == "exact" else spelled(name)
    if found or name.split()[0] in words()["first_name"]:
        return found
    wanted = key(shorter(name)[-1])
    close = {e.entity_id: e for known in like(wanted) if abs(len(known) - len(wanted)) < 3
             and ((e := names.meant[names.by_key[known]][0])
                  and (near(wanted, known) if " " not in name else slip(name, e.name)))}
    return next(iter(close.values())) if len(close) == 1 else None


def spelled(name: str) -> Entity | None:
    """The entity whose name this is but for case, accents, hyphens, spaces and legal forms.

    >>> spelled("NVIDIA Corp.").name, spelled("Volkswagon")
    ('Nvidia', None)
    """
    names = gazetteer()
    for part in shorter(name):
        wanted = key(part)
        place = names.by_key.get(wanted) if len(wanted) > 2 else None
        found = names.meant[place][0] if place is not None else None
        # Capitals inside a short name are all that tells PaLM from Palm.
        if found and (len(wanted) > 4 or _is_even(part) and any(map(_is_even, (found.name, *found.aliases)))):
            return found
    return None


def same(one: str, other: str) -> bool:
    """Whether two spellings stand for one entity, known or not.

    >>> same("GM", "General Motors"), same("Norvik Motors Inc.", "Norvik Motors"), same("Delta", "Delta Electronics")
    (True, True, False)
    """
    mine, yours = resolve(one), resolve(other)
    if mine or yours:
        return mine is yours
    return key(shorter(one)[-1]) == key(shorter(other)[-1]) \
        or one.split()[0] not in words()["first_name"] and slip(one, other)


def is_known(name: str, kind: str) -> bool:
    """Whether a spelling means one of a kind first.

    >>> is_known("Norway", "place"), is_known("Nvidia", "place"), is_known("Brightwell", "place")
    (True, False, False)
    """
    entity, _ = gazetteer().get(name) or (None, None)
    return entity is not None and entity.kind == kind


def is_place(name: str) -> bool:
    """Whether a spelling means a place first."""
    return is_known(name, "place")


def _is_even(name: str) -> bool:
    """Whether no capital stands inside among small letters."""
    return name.isupper() or name[1:].islower()


def like(spelled: str) -> list[str]:
    """The keys of `by_key` that begin as this one, and may be the same name with a letter wrong."""
    return _blocks(schema.added()).get(spelled[:2], [])


@lru_cache(4)
def _blocks(added: schema.Names) -> dict[str, list[str]]:
    blocks = defaultdict(list)
    for known in _compiled(added).by_key:
        if len(known) >= SHORTEST - 1 and known.isalpha():
            blocks[known[:2]].append(known)
    return dict(blocks)


@lru_cache(1 << 14)
def entity_id(kind: str, name: str) -> str:
    """Id of an entity that schemas/ does not have: the same for the same kind and name in every document."""
    return "e" + hashlib.sha256(f"{kind}\0{key(name)}".encode()).hexdigest()[:16]


def _writings(name: str, aliases: str, demonyms: str | None = None) -> Iterator[tuple[str, str]]:
    """Each way in which a name is written, and how it is meant.

    >>> sorted(_writings("rapeseed oil", ""))
    [('Rapeseed oil', 'opening'), ('rapeseed oil', 'exact')]
    """
    for how, spellings in (("exact", (name, *_parts(aliases))), ("demonym", _parts(demonyms or ""))):
        for spelling in spellings:
            first = spelling[:2]
            if how == "demonym" and spelling.endswith("s") and not spelling.endswith(("ss", "ois")):
                yield spelling, "people"
            if how == "exact" and first.isalpha() and first.islower() and (spelling.isalpha() or " " in spelling):
                yield spelling[0].upper() + spelling[1:], "opening"        # "Gold fell $12"
            for written in {spelling, spelling.replace("'", "’"), spelling.replace("’", "'"),
                            spelling.replace(" & ", " and ")}:
                yield written, how


def _meaning(entity: Entity, spelling: str, how: str) -> tuple[Entity, str]:
    """Entity and how. Who lives in a place, as surveys count them, is another: Americans are not the US."""
    if how != "people":
        return entity, how
    identity = entity_id("other", spelling)
    return Entity(identity, spelling, "other", country=entity.country, source=entity.source), "exact"


def _umlauts(*names: str) -> set[str]:
    """Keys of the spellings with ae for ä: Ruesselsheim.

    >>> sorted(_umlauts("Rüsselsheim", "Lund"))
    ['ruesselsheim']
    """
    return {key(spelled) for name in names if not name.isascii() and (spelled := name.translate(UMLAUT)) != name}


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _entity(row: Mapping[str, str], identity: str, kind: str, maker: str, source: str) -> Entity:
    return Entity(entity_id=identity, name=row["name"], kind=kind, maker_id=maker or None,
                  country=row.get("country") or None, ticker=row.get("ticker") or None,
                  descriptors=tuple(_parts(row["descriptors"])), aliases=tuple(_parts(row["aliases"])), known=True,
                  source=source)
