"""The names of a document: from the gazetteer, by fuzzy match, and discovered in the text itself.

What may be a name is cut out (`mention`), known spellings are told from words (`sense`), unknown names get a kind
(`discovery`, `kind`). Known names: `schemas/entities/*.csv`; words that tell kinds apart: `schemas/words/entity.toml`.

>>> from extract import sentence
>>> text = "Chip startup Brightwell raised $5 million. Nvidia has a stake in Brightwell."
>>> [(n.entity.name, n.entity.kind) for n in find(text, sentence.find(text), [])]
[('Brightwell', 'company'), ('Nvidia', 'company'), ('Brightwell', 'company')]
>>> text = "Revenue rose."
>>> find(text, sentence.find(text), [])
[]
"""
import re
from collections.abc import Generator, Iterator
from dataclasses import replace

from .. import step
from ..model import Entity, Name, Period, Sentence
from .accessory import with_accessories
from .acronym import Acronyms
from .boundary import completed_titles
from .candidate import Candidate, hits
from .cue import currency
from .discovery import discover
from .gazetteer import entity_id, gazetteer, is_place
from .mention import candidates
from .sense import Senses
from .variant import with_variants
from .word import POSSESSIVE, TOKEN

LONGEST = 16        # words of a name in a headline
JOINED = re.compile(r",? (?:and|or|&) ")

SMALL = re.compile(r"[a-z]|[0-9]+(?:-[a-z]|/)")       # the beginning of a name that no run of capitals has
# "LUND, May 3 (Reuters) - "
DATELINE = re.compile(r"^[ \t]*(?P<where>[A-Z][\w.’'-]*(?:[ /,]{1,2}[A-Z][\w.’'-]*){0,4})?(?:,? [A-Z][a-z]{2,8}\.? "
                      r"[0-9]{1,2})?,? ?(?:\((?P<who>[A-Z][\w. ]{1,24})\)(?: ?(?:--?|[–—]))?|(?:--?|[–—])) ?"
                      r"(?=[A-Z“\"])", re.M)
AGENCIES = {"news agency", "news network", "publisher"}


def find(text: str, sentences: list[Sentence], periods: list[Period]) -> list[Name]:
    """Every mention of a named entity, in text order, not overlapping.

    `periods` are spans that hold no names ("May 2025"). Discovered entities get an id made of kind and name,
    so that the same name in two documents is the same entity.
    """
    return step.alone(steps(text, sentences, periods))


def steps(text: str, sentences: list[Sentence], periods: list[Period]) -> Generator:
    """`find` in steps."""
    text = text.replace("\u00a0", " ")
    blocked = sorted([(p.start, p.end) for p in periods] + [m.span() for m in currency().finditer(text)]
                     + list(_datelines(text)))
    known = hits(text, blocked)
    yield
    # "battery-grade lithium carbonate", "10-year Treasuries", "24/7 Wall St.": no run is cut in them.
    blocked = sorted(blocked + [(hit.start, hit.end) for hit in known if SMALL.match(text, hit.start)])
    acronyms = Acronyms(text)
    found = completed_titles(text, candidates(text, sentences, blocked, known))
    found = acronyms.joined(found)
    yield
    senses = Senses(text, found, acronyms)
    names = senses.found + _unknown(text, senses, acronyms)
    names.sort(key=lambda name: (name.start, -name.end))
    _share_kinds(text, names)
    return with_accessories(text, with_variants(text, _with_makers(text, names), sentences), sentences)


def _datelines(text: str) -> Iterator[tuple[int, int]]:
    """Places and agencies at the beginning of an article, which say from where it was sent and by whom.

    >>> list(_datelines("LONDON (Reuters) - Exports rose.")), list(_datelines("Norvik (Lund) - Exports rose."))
    ([(0, 6), (8, 15)], [])
    """
    for match in DATELINE.finditer(text):
        agency, where = match["who"] and gazetteer().get(match["who"]), match["where"] or ""
        if agency and not AGENCIES.isdisjoint(agency[0].descriptors) or match["who"] is None and where.isupper() \
                and is_place(where.partition(",")[0].title()):
            yield from (match.span(part) for part in ("where", "who") if match[part])


def _unknown(text: str, senses: Senses, acronyms: Acronyms) -> list[Name]:
    """The names that nobody knows."""
    entities = discover(text, senses.unknown, senses.found, senses.sure, acronyms)
    entities |= {named: known for named, known in senses.doubted.items() if entities.get(named, known)[1] != "short"}
    names = []
    for named, mentions in senses.unknown.items():
        if named in entities:
            names += [Name(c.start, c.end, *entities[named]) for c in mentions]
        else:
            names += [name for c in mentions if c.titled for name in _in_headline(text, c, entities)]
    return names


def _in_headline(text: str, candidate: Candidate, entities: dict[str, tuple[Entity, str]]) -> Iterator[Name]:
    """The names of the text that stand among the other capitals of a headline: "Regulator Fines Brightwell"."""
    spans = [token.span() for token in TOKEN.finditer(text, candidate.start, candidate.end)]
    at = 0
    while at < len(spans):
        for last in range(min(len(spans), at + LONGEST), at, -1):
            start = spans[at][0]
            named = POSSESSIVE.sub("", text[start:spans[last - 1][1]])
            if named in entities:
                yield Name(start, start + len(named), *entities[named])
                at = last - 1
                break
        at += 1


def _share_kinds(text: str, names: list[Name]) -> None:
    """Names that are listed are of one kind: what "Norvik and Veldt" tells of one it tells of the other."""
    told: dict[str, Entity] = {}
    for one, two in zip(names, names[1:]):
        untold, told_of = (one, two) if one.entity.kind == "other" else (two, one)
        if untold.entity.kind != "other" or told_of.entity.kind == "other" \
                or not JOINED.fullmatch(text, one.end, two.start):
            continue
        untold, kind = untold.entity, told_of.entity.kind
        if not untold.known and kind in ("company", "place", "product"):
            told.setdefault(untold.entity_id, replace(untold, entity_id=entity_id(kind, untold.name), kind=kind))
    for name in names if told else ():
        name.entity = told.get(name.entity.entity_id, name.entity)


def _with_makers(text: str, found: list[Name]) -> list[Name]:
    """The names, a maker right before its product one with it: Volkswagen ID.Buzz."""
    names: list[Name] = []
    for name in found:
        before = names[-1] if names else None
        if before and name.entity.kind == "product" and name.entity.maker_id == before.entity.entity_id \
                and text[before.end:name.start] == " ":
            names.pop()
            name.start = before.start
        names.append(name)
    return names
