"""Which words stand for somebody named elsewhere: "it", "its", "the company"; and which nouns can stand for whom.

>>> from extract import sentence
>>> from extract.names import entity
>>> text = "Carmaker Norvik fell. It seems that the company sold 300 at a trade show."
>>> sentences = sentence.find(text)
>>> cast = Cast(text, sentences, entity.find(text, sentences, []))
>>> anaphors = Anaphors(cast, Phrases(cast), Descriptions(cast))
>>> lower = cast.lower[sentences[1].start:]
>>> [lower[a.start:a.end] for a in anaphors.find(1, lower, [])]
['the company']
"""
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .. import schema
from ..context.stance import said_forms
from ..grammar import clause
from ..model import Entity
from ..pattern import any_of
from .part import NEXT, Cast
from .subject import ACTING, word_lists
from .unnamed import Phrases

BODIES = ("organisation", "company", "other", "place")      # kinds of whoever is "the club", if his name says so
NATIONAL = ("country", "nation", "government", "ministry", "central bank")
# What a place is that such a noun may stand for, by its descriptors.
CALLED = {"country": {"country"}, "nation": {"country"}, "government": {"country"}, "ministry": {"country"},
          "central bank": {"country"}, "state": {"state", "country"},
          "county": {"county"}, "province": {"province"},
          "city": {"city", "town", "capital"}, "town": {"city", "town", "village"}, "village": {"village", "town"}}
UNCLEAR = ("they", "their", "we", "our", "us")
# "On the new benchmark, it scored"
INTRODUCTION = re.compile(r"(?:in|on|at|with|for|during|under|like|unlike|compared (?:with|to)|despite|by|from|over) "
                          r"[^,;:.\n]{2,60}, ")
A_NAME = 40                 # characters before a name in which the noun for it ends
EXPLETIVE = re.compile(r" (?:rain|snow)(?:s|ed|ing)\b| means? (?:that|you|we|there)\b|"
                       r" (?:(?:is |was |would be |will be )?(?:seems?|seemed|appears?|appeared|turns out|turned out)|"
                       r"takes|took|(?:doesn't|does not|didn't|did not|won't) matter|"
                       r"(?:(?:will|would|could|may|might|can|should|has|had)(?: [a-z]+ly| still| also)? )?"
                       r"take[ns]?)\b|"
                       r"(?:'s| is| was| would be| will be| has been| becomes?| became) (?:(?!an?\b|the\b|its\b|"
                       r"their\b)[\w~#@.,%-]+ ){0,5}(?:that|whether|why|how|when|time)\b")
SUPERLATIVE = re.compile(r"\b(?:[a-z]+est|leading|main|top|only) ")
COPULA = re.compile(r"\b(?:is|are|was|were|be|been|remains?|remained|becomes?|became) \Z")
FAIR = re.compile(r"\b(?:trade|auto|motor|car|air|boat|fashion|electronics|gadget|consumer|tech) show")
OF_NAME = re.compile(r" (?:of|from|by|for) (?:the |its )?")
PRICED = re.compile(r"[$€£]")
AVERAGE = re.compile(r"\b(?:average|typical|median)\b")
OF_GOODS = re.compile(r" (?:market|segment|sector|industry|maker|cell|module|plant|factory|business|division|unit|"
                      r"shipment)s?\b")
PREDICATE = ("s", "ed", "ly")           # ends of words that may be said of "the state"


@cache
def specific() -> frozenset[str]:
    """Nouns of firms and products that say what they are."""
    lists = word_lists()
    return frozenset((lists["company"] | lists["product"] | lists["authorities"]) - lists["anybody"])


@cache
def _kin() -> list[frozenset[str]]:
    """Nouns, and last words of names, that say the same of a firm."""
    return [frozenset(words) for words in schema.words("subject")["kin"].values()]


@cache
def _called_before(kind: str) -> re.Pattern:
    """Right before a name: what it is. "Hotel chain Marlow"."""
    return re.compile(rf"\b({any_of(specific() & (word_lists()[kind] | word_lists()['authorities']))}) \Z")


@cache
def _called_behind(kind: str) -> re.Pattern:
    """The same behind it: "Norvik, a start-up that"."""
    return re.compile(rf"(?:,| is| was) (?:an?|the) (?:[\w'’-]+ ){{0,5}}?"
                      rf"({any_of(specific() & (word_lists()[kind] | word_lists()['authorities']))})"
                      r"(?=[,.;:)\n]| (?:that|which|who|whose|with|in|of|for|from|by|on|based|backed|owned|led|"
                      r"founded)\b)")


def may_be(place: Entity, noun: str) -> bool:
    """Whether "the country" or "the city" can stand for a place: a river is no country."""
    return not CALLED[noun].isdisjoint(place.descriptors) or not place.descriptors and noun not in NATIONAL


class Descriptions:
    """The nouns that may stand for whom a document names."""

    def __init__(self, cast: Cast):
        self.cast = cast
        self.entities = {n.entity.entity_id: n.entity for names in cast.of_sentence for n in names}
        self._told: dict[str, set[str]] | None = None       # what the text says that somebody is
        self._meant: dict[str, set[str]] = {}               # nouns that have stood for somebody
        self._of: dict[tuple[str, int], set[str]] = {}

    def of(self, entity: Entity) -> set[str]:
        """The nouns that may stand for an entity: what it is known as, what the text says that it is, what its name
        says."""
        meant = self._meant.get(entity.entity_id, ())
        if (entity.entity_id, len(meant)) not in self._of:
            last = entity.name.rpartition(" ")[2].lower()
            said = {*entity.descriptors, *self.told(entity), *meant}
            # "coffee chain", "Alder Club"
            said |= {words.rpartition(" ")[2] for words in [*said, last]} & specific()
            self._of[entity.entity_id, len(meant)] = said.union(*[
                kin for kin in _kin() if not kin.isdisjoint(said) or entity.kind == "company" and last in kin])
        return self._of[entity.entity_id, len(meant)]

    def told(self, entity: Entity) -> set[str]:
        """What the text says that somebody is: "hotel chain Marlow", "Norvik, a start-up that"."""
        if self._told is None:
            self._told = {}
            for name in self.cast.names:
                if name.entity.known or name.entity.kind in ("person", "place", "market"):
                    continue
                kind = "product" if name.entity.kind == "product" else "company"
                for found in (_called_before(kind).search(self.cast.lower, max(0, name.start - A_NAME), name.start),
                              _called_behind(kind).match(self.cast.lower, name.end)):
                    if found:
                        self._told.setdefault(name.entity.entity_id, set()).add(found[1].replace("start-up", "startup"))
        return self._told.get(entity.entity_id, set())

    def learn(self, entity: Entity, noun: str | None) -> None:
        """Notes that a noun has stood for somebody of whom no list tells what he is."""
        if noun in specific() and not entity.known:
            self._meant.setdefault(entity.entity_id, set()).add(noun)

    def is_other(self, entity: Entity, noun: str) -> bool:
        """Whether an entity that is not called so is something else than "the carmaker" says."""
        return entity.known or noun in specific() and not specific().isdisjoint(self.of(entity))

    def is_of_anybody(self, noun: str) -> bool:
        """Whether a noun may stand for one of those whom the document names."""
        return any(noun in self.of(entity) for entity in self.entities.values())


@dataclass(slots=True)
class Anaphor:
    """A pronoun or a noun that stands for somebody; offsets count from the start of the sentence."""
    start: int
    end: int
    pronoun: str | None
    noun: str | None
    owns: bool              # "the company's"
    what: str | None = None     # what it is said to be: "it was the bestselling van"


@cache
def _pattern() -> re.Pattern:
    lists = word_lists()
    nouns = any_of(lists["company"] | lists["product"] | lists["place"] | lists["authorities"] | lists["organisations"])
    return re.compile(rf"\b(?:(?P<pronoun>{any_of(lists['pronouns'] | lists['we'])})"
                      r"|(?P<this>this)(?=(?: is| was) )"
                      rf"|{any_of(lists['determiners'])} (?!an? |the |some |most |"
                      r"any |average |typical |usual |ordinary )"
                      r"(?:[$€£]?[\w.’'-]+(?:,[0-9]{3})* ){0,2}?"        # the $1,200 phone
                      rf"(?P<noun>{nouns})(?:(?P<own>['’]s)|(?! {nouns}\b)))"
                      r"\b(?![\w-]|['’](?!(?:s|ll|re|ve|d)\b)[\w-])")      # of "the island nation" the last noun


@cache
def _predicate() -> re.Pattern:
    """Behind "it": what it is. "It was once again the bestselling van"."""
    nouns = any_of((word_lists()["company"] | word_lists()["product"]) - word_lists()["anybody"])
    return re.compile(rf"(?:['’]s| is| was| remains| became) (?:[\w'’-]+ ){{0,2}}?(?:an?|the|another|[\w-]+['’]s) "
                      rf"(?:(?!(?:of|in|on|for|to|by|from|than|that|which|who|as)\b)[\w-]+ ){{0,4}}?(?P<noun>{nouns})\b"
                      r"(?! [a-z]*(?:maker|market|firm|company|shop|store|plant|chain|brand|platform)\b)(?![-'’])")


@cache
def _first_words() -> tuple[str, ...]:
    """What a match of the pattern begins with."""
    lists = word_lists()
    return tuple(sorted(lists["pronouns"] | lists["we"] | lists["determiners"]))


@cache
def _unnamed_said() -> re.Pattern:
    """In front of a pronoun that stands for a body that is cited, by no name: "The ministry said that"."""
    bodies = any_of(word_lists()["authorities"])
    return re.compile(rf"\W*(?:[a-z ]{{2,25}}, )?the (?:[a-z-]+ ){{0,2}}?{bodies} (?:(?:has|had|have|also) ){{0,2}}"
                      rf"{said_forms()}(?: that)? ")


@cache
def _other_firm() -> re.Pattern:
    """Behind "its": another firm, "its biggest rival"."""
    return re.compile(rf" (?:[a-z-]+ ){{0,2}}?{any_of(word_lists()['other_firms'])}\b")


def opens_with_rival(lower: str) -> bool:
    """Whether a sentence begins with somebody else of whom another one is told: "its biggest rival sold"."""
    return lower.startswith("its ") and _other_firm().match(lower, len("its")) is not None


class Anaphors:
    """The words of one document that stand for somebody."""

    def __init__(self, cast: Cast, phrases: Phrases, descriptions: Descriptions):
        self.cast, self.phrases, self.descriptions = cast, phrases, descriptions

    def find(self, i: int, lower: str, covered: list[tuple[int, int]]) -> Iterator[Anaphor]:
        """Those of sentence i; `covered` are the spans of phrases that own numbers themselves."""
        for match in _pattern().finditer(lower):
            anaphor = _anaphor(match)
            if self._refers(i, lower, anaphor, covered):
                yield anaphor

    def opening(self, i: int) -> Anaphor | None:
        """The one that sentence i begins with, where it is clear of how many it speaks."""
        s = self.cast.sentences[i]
        if s.kind != "body":
            return None
        phrase = INTRODUCTION.match(self.cast.lower, s.start, s.end)
        at = phrase.end() if phrase else s.start
        if not self.cast.lower.startswith(_first_words(), at):
            return None
        lower = self.cast.lower[s.start:s.end]
        match = _pattern().match(lower, at - s.start)
        if match is None or match["pronoun"] in UNCLEAR:
            return None
        anaphor = _anaphor(match)
        return anaphor if self._refers(i, lower, anaphor, []) else None

    def _refers(self, i: int, lower: str, a: Anaphor, covered: list[tuple[int, int]]) -> bool:
        """Whether a pronoun or a noun stands for somebody named before."""
        if a.pronoun:
            if a.what is None and lower.startswith("this", a.start):
                return False        # "This is why"; "This is a small van" goes on about one
            if a.start > 1 and lower.startswith("'", a.end):
                return False        # "..., it's hard to say"; "It's 3 cm long" opens its sentence
            return not (self._is_capital(i, a) or self._is_of_people(i, a, covered) or self._is_of_cited(i, lower, a)
                        or _is_expletive(lower, a) or self._is_writer(i, a) or _is_of_rival(lower, a))
        if self.cast.sentences[i].kind != "body" and PRICED.search(lower, a.start, a.end):
            return False        # "Why this $80 watch is better", which was not named before
        return not (_is_of_kind(lower, a) or _is_predicate(lower, a) or _is_idiom(lower, a) or self._is_introduced(i, a)
                    or _is_attributive(lower, a) or self._is_named(i, lower, a))

    # What a pronoun is that stands for nobody who was named:

    def _is_capital(self, i: int, a: Anaphor) -> bool:
        """Is an abbreviation: IT, US."""
        start = self.cast.sentences[i].start
        return self.cast.text[start + a.start:start + a.end].isupper()

    def _is_of_people(self, i: int, a: Anaphor, covered: list[tuple[int, int]]) -> bool:
        """Means those of a phrase: "most drivers ... their"."""
        if a.pronoun in word_lists()["we"] or not any(end < a.start for _, end in covered):
            return False
        at = self.cast.sentences[i].start + a.start
        return not any(n.end < at and part in ACTING for n, part in self.cast.parts(i))

    def _is_of_cited(self, i: int, lower: str, a: Anaphor) -> bool:
        """Means a body that is cited by no name: "The ministry said it"."""
        at = self.cast.sentences[i].start + a.start
        return a.pronoun in ("it", "its") and not any(n.end < at for n in self.cast.of_sentence[i]) \
            and _unnamed_said().fullmatch(lower, 0, a.start) is not None

    def _is_writer(self, i: int, a: Anaphor) -> bool:
        """Means who writes, not who is quoted: the quotation marks of the paragraph before "we" are paired."""
        if a.pronoun not in word_lists()["we"]:
            return False
        text, sentences = self.cast.text, self.cast.sentences
        first = bisect_left(sentences, sentences[i].paragraph, key=lambda s: s.paragraph)
        span = sentences[first].start, sentences[i].start + a.start
        return text.count("“", *span) <= text.count("”", *span) and text.count('"', *span) % 2 == 0

    # and a noun:

    def _is_introduced(self, i: int, a: Anaphor) -> bool:
        """Means a body of which the text told by no name: "A pension fund sued Norvik. The fund"."""
        return a.noun in specific() and a.noun not in word_lists()["product"] and self.phrases.introduced(i, a.noun) \
            and not self.descriptions.is_of_anybody(a.noun)

    def _is_named(self, i: int, lower: str, a: Anaphor) -> bool:
        """Says by a name who it is: "the Linnet car", "the chipmaker Brightwell", "the base model of the Linnet", but
        not "the Chinese carmaker"."""
        first = self.cast.sentences[i].start
        names = [(n, n.start - first) for n in self.cast.of_sentence[i] if n.start > first + a.start]
        if a.noun == "government" and any(start < a.end for _, start in names):
            return True         # "the Kenyan government"
        if not a.owns and (of := OF_NAME.match(lower, a.end)) and any(start == of.end() for _, start in names):
            return True
        return any(start <= a.end + 1 and not self.cast.is_small(n)
                   and (n.entity.kind != "place" or n.end - first > a.end) for n, start in names)


def _anaphor(match: re.Match) -> Anaphor:
    pronoun = "it" if match["this"] else match["pronoun"]
    what = _predicate().match(match.string, match.end()) if pronoun == "it" else None
    return Anaphor(match.start(), match.end(), pronoun, match["noun"], match["own"] is not None, what and what["noun"])


def _is_expletive(lower: str, a: Anaphor) -> bool:
    """Means nothing: "it seems that ..."."""
    return a.pronoun == "it" and EXPLETIVE.match(lower, a.end) is not None


def _is_of_rival(lower: str, a: Anaphor) -> bool:
    """Opens a sentence on another firm: "its rival sold 300"."""
    return a.pronoun in ("its", "their") and not a.start and _other_firm().match(lower, a.end) is not None


def _is_predicate(lower: str, a: Anaphor) -> bool:
    """Says what somebody is: "Norway is the biggest producer"."""
    return SUPERLATIVE.search(lower, a.start, a.end) is not None \
        and COPULA.search(lower, max(0, a.start - 12), a.start) is not None


def _is_of_kind(lower: str, a: Anaphor) -> bool:
    """Means all goods of a kind: "the average new car", "the electric van market"."""
    return a.noun in word_lists()["product"] and (
        AVERAGE.search(lower, a.start, a.end) is not None or OF_GOODS.match(lower, a.end) is not None)


def _is_idiom(lower: str, a: Anaphor) -> bool:
    """Means no place or product: "in the region of 300", "the trade show"."""
    return a.noun == "region" and lower.startswith(" of ", a.end) \
        or a.noun == "show" and FAIR.search(lower, a.start, a.end) is not None


def _is_attributive(lower: str, a: Anaphor) -> bool:
    """Belongs to the noun behind it: "the state attorney"."""
    lists = word_lists()
    if a.noun not in lists["place"] or a.owns or not (follows := NEXT.match(lower, a.end)):
        return False
    return not (follows[1].endswith(PREDICATE) or follows[1] in lists["prepositions"] or follows[1] in lists["clause"]
                or clause.acts(lower, a.end))


def meant_kinds(a: Anaphor) -> list[tuple[str, ...]]:
    """The kinds of entity that a noun or pronoun may stand for, a group for each candidate."""
    lists, noun, pronoun = word_lists(), a.noun or a.what, a.pronoun
    if noun in lists["place"]:
        return [("place",)]
    if noun in lists["authorities"]:
        return [BODIES, *[("company", "organisation")] * (noun in lists["company"]), *[("place",)] * (noun in CALLED)]
    if noun in lists["product"]:
        return [("product",)]
    if noun or pronoun in lists["we"]:
        return [("company", "organisation")]
    return [("company", "organisation"), ("product",), ("other", "policy"), ("place",)]
