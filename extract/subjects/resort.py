"""The last resort: of what a number is that nobody owns who has a name, by the plain noun that its clause is about.

>>> from extract import sentence
>>> text = "The glacier is melting. It lost 12 metres. Up 5%."
>>> resort = Resort(Cast(text, sentence.find(text), []))
>>> resort.find(1, "it lost #########.", 8).entity.name
'glacier'
>>> resort.find(2, "up ##.", 3) is None
True
"""
import re

from .. import schema
from ..grammar import noun
from ..grammar.phrase import Phrase, Sentence
from ..model import Entity
from ..names.gazetteer import entity_id
from ..numbers import unit
from .part import Cast
from .subject import Candidate
from .unnamed import masked_head

PRICED = re.compile(r"(.*[a-z]{3}) (?:prices?|costs?)")       # "apparel prices" are those of apparel
BACK = 3                # sentences in which a pronoun looks for its noun
WORTH = 0.5             # how well a plain noun owns a number


class Resort:
    """Plain nouns of one document that a number may be of."""

    def __init__(self, cast: Cast):
        self.cast = cast
        self._read: tuple[int, Sentence] | None = None      # the last sentence, for all of its numbers

    def find(self, i: int, masked: str, at: int, counts: bool = False) -> Candidate | None:
        """Of what the number at an offset of sentence i is; `masked` has numbers, names and periods blotted out.

        `counts` tells that the number ends with the noun that it counts.
        """
        if self._read is None or self._read[0] != i:
            self._read = i, self._sentence(i, masked)
        found = self._read[1].of(at, counts)
        if found is None or "@" in masked[found.start:found.end].split()[-1] \
                or masked[found.start - 1:found.start] == "-" or _is_change(masked, found):
            return None
        meant = found.pronoun and self._before(i, found.pronoun)
        if isinstance(meant, Entity):
            return Candidate(meant, None, None, "plain", WORTH, "subject")
        name, start, end = (meant.name, None, None) if meant else (found.name, found.start, found.end)
        priced = PRICED.fullmatch(name)
        if priced and priced[1].lower().split()[-1] not in schema.words("noun")["of_prices"]:
            name = priced[1]
        kind = "person" if found.pronoun == name.lower() and _is(found.pronoun, "persons") else noun.kind(name)
        entity = Entity(entity_id(kind, name), name, kind, descriptors=(noun.singular(name.split()[-1]),), known=False)
        return Candidate(entity, start, end, "plain", WORTH, "subject", acts=found.acts and not meant,
                         general=found.general)

    def _sentence(self, i: int, masked: str) -> Sentence:
        s = self.cast.sentences[i]
        return Sentence(masked, self.cast.text[s.start:s.end])

    def _before(self, i: int, pronoun: str) -> Phrase | Entity | None:
        """The noun of the sentences before for which a pronoun of sentence i stands; who it is, where it has a name."""
        for j in range(i - 1, max(-1, i - 1 - BACK), -1):
            head = masked_head(self.cast, j)
            found = self._sentence(j, head).subject()
            if found is not None and found.pronoun is None and found.end - found.start < len(head) - 1:     # no "Ouch."
                end = self.cast.sentences[j].start + found.end
                named = next((n.entity for n in self.cast.of_sentence[j] if n.end == end), None)
                if named is not None and named.kind != "person":
                    return named        # "the new Linnet"
                return found if _stands_for(pronoun, found.name.split()[-1].lower()) else None
        return None


def is_thing(name: str) -> bool:
    """Whether a plain noun says by itself of what a number is: "laptops"; not "level", "it", nor a verb read as a noun.

    >>> [is_thing(name) for name in ("small heater", "laptops", "it", "level", "include", "or so images")]
    [True, True, False, False, False, False]
    """
    parts, lists = name.lower().split(), noun.word_lists()
    last = noun.singular(parts[-1])
    vague = unit.read(last) or any(last in lists[kind] for kind in ("told", "figure", "measure", "portion"))
    vague = vague or last in schema.words("number")["magnitudes"] or len(parts) == 1 and last.endswith("est")
    verb = parts[0] in lists["going"] or not lists["third"].isdisjoint(parts) \
        or len(parts) == 1 and (last in lists["base"] or last.endswith("ing") or noun.is_past(last))
    return not vague and not verb and not _is(last, "pronouns") and lists["stop"].isdisjoint(parts)


def _is_change(masked: str, found: Phrase) -> bool:
    """Whether a noun only says which way something moved: "a significant jump of 57%"; not "the increase was 57%"."""
    return noun.singular(found.name.split()[-1].lower()) in noun.word_lists()["change"] \
        and masked.endswith((" a ", " an "), 0, found.start)


def _is(word: str, among: str) -> bool:
    return word in schema.words("phrase")[among]


def _stands_for(pronoun: str, last: str) -> bool:
    """Whether a pronoun may stand for a noun that ends with that word."""
    if _is(pronoun, "he"):
        return noun.is_person(last) and not noun.is_plural(last)
    return _is(pronoun, "they" if noun.is_plural(last) else "it")
