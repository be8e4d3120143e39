"""Accessories, which a text names by their nouns and sells beside the device that they are for: "the leather sleeve",
"Linnet cases", "the white one".

>>> from extract import sentence
>>> from extract.names import entity
>>> text = "The Linnet 3 phone costs $600, a silicone case for it $30. The white one is $8 off. In this case,"
>>> [(text[n.start:n.end], n.entity.name) for n in entity.find(text, sentence.find(text), [])]
[('Linnet 3', 'Linnet 3'), ('silicone case', 'Linnet 3 silicone case'), ('white one', 'Linnet 3 silicone case')]
"""
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache

from .. import schema
from ..grammar import clause, noun
from ..model import Entity, Name, Sentence
from ..pattern import any_of
from .gazetteer import entity_id

HOW = "accessory"
MONEY = re.compile("[$€£¥]")
LONGEST = 5                 # words between what determines an accessory and its noun
REACH = 8                   # sentences back in which the device is named that an accessory without a name is for
POSSESSIVE = ("'s", "’s", "'", "’")
FOR = re.compile(r" (?:(?:made |designed |available )?for|of) (?:(?:the|your|its|a|an|my|their) )?(?:(?:new|latest) )?")
IN_CASE = re.compile(r"\b(?:in|which|if) (?:(?:the|this|that|any|either|each|some|many|most) )?$")
ENDED = re.compile(r"[^\w\s'’&+-]|\s*$|\n|['’]s?\b| [^a-z]")
NEXT = re.compile(r" ([a-z][a-z'’-]*)")
A_NAME = re.compile(r"[A-Z][\w+-]{2,}")


@cache
def _lists() -> dict[str, frozenset[str]]:
    lists = schema.words("subject")
    return {key: frozenset(lists[key]) for key in ("accessories", "accessory_kind", "hosts", "colours", "determiners")}


@cache
def _pattern() -> re.Pattern:
    nouns = any_of(_lists()["accessories"], behind=r"[\w-]")
    colour = any_of(_lists()["colours"])
    return re.compile(rf"(?P<noun>{nouns})s?(?![\w-])|\b(?:the|a|an) (?P<like>(?:[a-z]+ ){{0,2}}?{colour}"
                      rf"(?: and {colour})? (?:one|model|version|option)s?)\b|\bthe (?P<one>one)s? for (?=the )", re.I)


@cache
def _determiners() -> frozenset[str]:
    return _definite() | {"a", "an", "my", "your", "his", "her", "our", "another", "one", "any", "every"}


@cache
def _definite() -> frozenset[str]:
    return _lists()["determiners"].union(["its", "their", "these", "those"])


@cache
def _ends() -> frozenset[str]:
    """Words that go on behind a noun phrase."""
    lists = noun.word_lists()
    return frozenset().union(*(lists[key] for key in ("stop", "base", "third", "past", "going"))) | {
        "that", "which", "who", "meanwhile", "too", "also", "again", "alone", "itself", "instead", "now", "today"}


def with_accessories(text: str, names: list[Name], sentences: list[Sentence]) -> list[Name]:
    """The names, in order, and those of accessories of the devices among them, in paragraphs that tell a price."""
    if not MONEY.search(text) or not any(name.entity.kind == "product" for name in names):
        return names
    found = _Accessories(text, names, sentences)
    found.find()
    return found.names


class _Accessories:
    """The accessories that one text names."""

    def __init__(self, text: str, names: list[Name], sentences: list[Sentence]) -> None:
        self.text, self.lower, self.names, self.sentences = text, text.lower(), list(names), sentences
        if len(self.lower) != len(text):
            self.lower = text
        self.told: list[tuple[int, Entity, Entity]] = []    # the sentence, each accessory, and its device
        self.named: dict[str, Entity] = {}                  # what is itself called an accessory, by that noun
        self._priced: dict[int, bool] = {}                  # by paragraphs
        self._hosting: dict[str, bool] = {}                 # by ids of products

    def find(self) -> None:
        for match in _pattern().finditer(self.lower):
            i = bisect_right(self.sentences, match.start(), key=lambda s: s.start) - 1
            if i < 0 or match.end() > self.sentences[i].end or not self._is_priced(i):
                continue
            if match["noun"]:
                self._phrase(i, match)
            elif self.told and self.told[-1][0] >= i - 2:
                self._alike(i, match)

    def _is_priced(self, i: int) -> bool:
        """Whether the paragraph of a sentence tells a price."""
        paragraph = self.sentences[i].paragraph
        if paragraph not in self._priced:
            low = bisect_left(self.sentences, paragraph, key=lambda s: s.paragraph)
            high = bisect_right(self.sentences, paragraph, key=lambda s: s.paragraph)
            self._priced[paragraph] = MONEY.search(
                self.text, self.sentences[low].start, self.sentences[high - 1].end) is not None
        return self._priced[paragraph]

    def _add(self, i: int, start: int, end: int, accessory: Entity, device: Entity) -> None:
        low = bisect_right(self.names, start, key=lambda n: n.end)
        high = bisect_left(self.names, end, key=lambda n: n.start)
        self.names[low:high] = [Name(start, end, accessory, HOW)]
        self.told.append((i, accessory, device))

    # "the white one"

    def _alike(self, i: int, match: re.Match) -> None:
        """Adds one more of the accessory that was told of last, if no other product was named since: "the white one",
        "the one for the Linnet Pro"."""
        last, accessory, device = self.told[-1]
        if match["one"]:
            host = self._starting(match.end() + len("the "))
            if host is not None and self._may_host(host):
                kind = accessory.name.removeprefix(device.name + " ")
                self._add(i, match.start("one"), host.end, _accessory(host.entity, kind), host.entity)
            return
        start, end = match.span("like")
        at = bisect_right(self.names, start, key=lambda n: n.end)
        if at < len(self.names) and self.names[at].start < end:
            return
        since = [n for n in self.names[:at] if n.entity.kind == "product" and n.start >= self.sentences[last].start]
        if since and since[-1].how == HOW:
            self._add(i, start, end, accessory, device)

    # "the leather case"

    def _phrase(self, i: int, match: re.Match) -> None:
        """Adds an accessory by its noun and the words before it."""
        singular, (start, end) = match["noun"], match.span()
        if not self._ends_phrase(end):
            return
        capital = self.text[match.start()].isupper()
        at = bisect_right(self.names, match.start(), key=lambda n: n.end)
        over = self.names[at] if at < len(self.names) and self.names[at].start < end else None
        if over is not None and (over.entity.known or over.start < start or over.end > end):
            if not (over.entity.known or over.end > end):
                start = over.start          # "Smart Keyboard Cover"
            else:
                return
        first, kept, before, determiner = self._left(i, start, match.start())
        plural = match.end() > match.end("noun")
        if before is not None and self._is_host(before, singular, kept):
            device = before.entity
            first = before.start
        else:
            if before is not None and before.entity.kind == "product" or not determiner and not plural:
                return
            host = self._for(end)
            if host is not None:
                end = host.end
            elif singular in self.named and not kept and determiner in _definite():
                self.names.insert(at, Name(match.start(), end, self.named[singular], "short"))
                return
            device = host.entity if host is not None else self._device(i, first)
        if device is None or singular == "case" and not kept and IN_CASE.search(self.lower, max(0, first - 16), first):
            return
        if determiner in _definite() and (same := self._same(singular, kept, device)) is not None:
            self._add(i, first, end, same, device)
        else:
            named = capital and bool(kept)      # "Smart Keyboard Cover"
            kind = [word if named or word.lower() not in _lists()["accessory_kind"] else word.lower() for word in kept]
            kind.append(self.text[match.start("noun"):match.end("noun")] if named else singular)
            self._add(i, first, end, _accessory(device, " ".join(kind)), device)

    def _ends_phrase(self, end: int) -> bool:
        """Whether the phrase ends here: not in "cable company", "the charger port"."""
        follows = NEXT.match(self.lower, end)
        if follows is None or ENDED.match(self.text, end):
            return follows is None or follows[1] not in _lists()["accessories"]
        return follows[1] in _ends() or follows[1].endswith(("ed", "ly")) or clause.acts(self.lower, end)

    def _left(self, i: int, start: int, at: int) -> tuple[int, list[str], Name | None, str | None]:
        """Where a phrase begins, those of its words that tell which accessory it is, the name that it begins with, and
        what determines it."""
        low, stop = self.sentences[i].start, noun.word_lists()["stop"]
        words = self.text[start:at].split()
        kept, undetermined, last = list(words), start, start
        for _ in range(LONGEST + 1):
            if last <= low or self.text[last - 1] not in " -":
                break
            before = self._name_before(last)
            if before is not None:
                return last, words, before, "'s"
            begin = max(low, self.text.rfind(" ", low, last - 1) + 1, self.text.rfind("\n", low, last - 1) + 1)
            word = self.text[begin:last - 1].strip("\"“‘(")
            lower = word.lower()
            if not word or not word[-1].isalnum() or word[0] in "$€£¥":
                return last, words, None, "a" if word and word[0] in "$€£¥" else None
            if lower in _determiners() or lower.endswith(("'s", "’s")):
                return last, words, None, lower if lower in _determiners() else "'s"
            if lower in stop:
                break
            if lower in _lists()["accessory_kind"] or begin > low and A_NAME.fullmatch(word) \
                    and not lower.endswith(("ed", "ing")):
                words.insert(0, word)
                if undetermined == last:
                    undetermined, kept = begin, list(words)
            last = begin
        return undetermined, kept, None, None

    def _name_before(self, at: int) -> Name | None:
        """The name that ends right before a word, be it in the possessive."""
        last = bisect_right(self.names, at, key=lambda n: n.end) - 1
        if last < 0:
            return None
        name = self.names[last]
        return name if self.text[name.end:at].rstrip() in ("", *POSSESSIVE) and name.end < at else None

    def _starting(self, start: int) -> Name | None:
        """The name that starts there."""
        at = bisect_left(self.names, start, key=lambda n: n.start)
        return self.names[at] if at < len(self.names) and self.names[at].start == start else None

    def _is_host(self, name: Name, singular: str, kept: list[str]) -> bool:
        """Whether the name that a phrase begins with is that of the device: not of the "Veldt One mouse", which is a
        mouse."""
        if self._may_host(name) and (kept or name.entity.descriptors or self.text[name.end] != " "
                                     or self._is_told_host(name.entity)):
            return True
        if name.entity.kind == "product" and not name.entity.known and not kept and self.text[name.end] == " ":
            self.named[singular] = name.entity
        return False

    def _may_host(self, name: Name) -> bool:
        """Whether a product may be one that accessories are sold for."""
        entity = name.entity
        if entity.kind != "product" or name.how == HOW or entity.name.islower() \
                or entity.name.rpartition(" ")[2].lower() in _lists()["accessories"]:
            return False
        if entity.descriptors or entity.known:
            return not _lists()["hosts"].isdisjoint(entity.descriptors)
        return any(map(str.isdigit, entity.name)) or self._is_told_host(entity)

    def _is_told_host(self, entity: Entity) -> bool:
        """Whether the text says that a product is a phone or the like."""
        known = entity.entity_id
        if known not in self._hosting:
            self._hosting[known] = _says_host(entity.name.lower()).search(self.lower) is not None
        return self._hosting[known]

    def _for(self, end: int) -> Name | None:
        """The device of the "case for the Linnet"."""
        match = FOR.match(self.text, end)
        if match is None:
            return None
        name = self._starting(match.end())
        return name if name is not None and self._may_host(name) else None

    def _device(self, i: int, start: int) -> Entity | None:
        """The device that the sentence or those before it are on, in whose section it stands, or the title's."""
        sentences, steps = self.sentences, 0
        for j in range(i, -1, -1):
            names = list(self._hosts(j, start))
            told = next((device for at, _, device in reversed(self.told) if at == j), None)
            if told is not None or names:
                return told or names[0].entity
            if sentences[j].kind in ("heading", "title") and j < i:
                break
            steps += sentences[j].kind == "body"
            if steps > REACH:
                break
        return next((n.entity for n in self._hosts(0, start)), None)

    def _hosts(self, i: int, end: int) -> Iterator[Name]:
        """The devices that sentence i names before `end`."""
        low = bisect_left(self.names, self.sentences[i].start, key=lambda n: n.start)
        for name in self.names[low:]:
            if name.start >= self.sentences[i].end or name.end > end:
                return
            if self._may_host(name) and not self._is_family(name.entity) and name.entity not in self.named.values():
                yield name

    def _is_family(self, entity: Entity) -> bool:
        """Whether a device was told of that the name of an entity is only the beginning of."""
        return any(device.name.startswith(f"{entity.name} ") for _, _, device in self.told)

    def _same(self, singular: str, kept: list[str], device: Entity) -> Entity | None:
        """The accessory of the device that was told of before and may be called so."""
        own = {word.lower() for word in kept}
        for _, accessory, host in reversed(self.told):
            if host is device and accessory.descriptors == (singular,) and own.issubset(accessory.name.lower().split()):
                return accessory
        return None


def _says_host(called: str) -> re.Pattern:
    """Beside the name of a device: that it is a phone or the like."""
    hosts, called = any_of(_lists()["hosts"]), re.escape(called)
    return re.compile(rf"\b{called}(?:,| is| was)? (?:(?:an?|the) )?(?:[\w-]+ ){{0,3}}?{hosts}\b|"
                      rf"{hosts}s?,? (?:called |named )?(?:the )?{called}\b")


def _accessory(device: Entity, kind: str) -> Entity:
    """The accessory of a device."""
    name, what = f"{device.name} {kind}", kind.rpartition(" ")[2].lower()
    return Entity(entity_id("product", name), name, "product", descriptors=(what,), known=False)
