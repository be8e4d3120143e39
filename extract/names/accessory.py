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
from typing import NamedTuple

from .. import schema
from ..grammar import clause, noun
from ..model import Entity, Name, Sentence
from ..pattern import any_of
from .gazetteer import entity_id, is_known
from .variant import heads_of

HOW = "accessory"
MONEY_SIGNS = "$€£¥"
MONEY = re.compile(f"[{MONEY_SIGNS}]")
LONGEST = 5                 # words between what determines an accessory and its noun
REACH = 8                   # sentences back in which the device is named that an accessory without a name is for
A_NOUN = 40                 # characters before a name in which the noun for it stands
FARTHEST = 30               # with bullets and lines
FEW = 9                     # accessories of a kind that are looked at
VEHICLES = frozenset(["car", "vehicle"])
OF_VEHICLES = ("charger", "charging station", "adapter", "adaptor", "cable")
POSSESSIVE = ("'s", "’s", "'", "’")
FOR = re.compile(r" (?:(?:made |designed |available )?for|of) (?:(?:the|your|its|a|an|my|their) )?(?:(?:new|latest) )?")
IN_CASE = re.compile(r"\b(?:in|which|if) (?:(?:the|this|that|any|either|each|some|many|most) )?$")
ENDED = re.compile(r"[^\w\s'’&+-]|\s*$|\n|['’]s?\b| [^a-z]")
NEXT = re.compile(r" ([a-z][a-z'’-]*)")


@cache
def _lists() -> dict[str, frozenset[str]]:
    lists = schema.words("subject")
    return {key: frozenset(lists[key]) for key in (
        "accessories", "accessory_kind", "accessory_any", "universal", "hosts", "colours", "determiners")}


@cache
def _pattern() -> re.Pattern:
    nouns = any_of(_lists()["accessories"], behind=r"[\w-]")
    colour = any_of(_lists()["colours"])
    return re.compile(rf"(?P<noun>{nouns})s?(?![\w-])|\b(?:the|a|an) (?P<like>(?:[a-z]+ ){{0,2}}?{colour}"
                      rf"(?: and {colour})? (?:one|model|version|option)s?)\b|\bthe (?P<one>one)s? for (?=the )")


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


class _Ahead(NamedTuple):
    """What stands before the noun of an accessory."""
    start: int              # of the words that belong to it
    kept: list[str]         # those that tell it from others
    name: Name | None       # that the phrase begins with
    by: str                 # what determines it, "'s" behind a name, else nothing


class _Accessories:
    """The accessories that one text names."""

    def __init__(self, text: str, names: list[Name], sentences: list[Sentence]) -> None:
        self.text, self.lower, self.names, self.sentences = text, text.lower(), list(names), sentences
        if len(self.lower) != len(text):
            self.lower = text       # few characters are longer in lower case
        self.last: tuple[int, Entity, Entity] | None = None     # the accessory told of last: its sentence and device
        self.told: dict[int, Entity] = {}                   # the device of the last one of each sentence
        self.kinds: dict[tuple[str, str], list[Entity]] = {}    # by the ids of their devices and their nouns
        self.families: set[str] = set()                     # what the names of these devices begin with
        self.named: dict[str, Entity] = {}                  # what is itself called an accessory, by that noun
        self.called = {n.entity.name for n in names if n.entity.kind == "product" and self._is_called_host(n)}
        self.devices = {n.entity.name for n in names if self._may_host(n)}
        self._priced: dict[int, bool] = {}                  # by paragraphs

    def find(self) -> None:
        """Adds them to the names."""
        for match in _pattern().finditer(self.lower):
            i = bisect_right(self.sentences, match.start(), key=lambda s: s.start) - 1
            if i < 0 or match.end() > self.sentences[i].end or not self._is_priced(i):
                continue
            if match["noun"]:
                self._phrase(i, match)
            elif self.last is not None and self.last[0] >= i - 2:
                self._alike(i, match, *self.last)

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
        self.last, self.told[i] = (i, accessory, device), device
        kinds = self.kinds.setdefault((device.entity_id, accessory.descriptors[0]), [])
        if accessory not in kinds[-FEW:]:
            kinds.append(accessory)
        self.families.update(heads_of(device.name))

    # "the white one"

    def _alike(self, i: int, match: re.Match, last: int, accessory: Entity, device: Entity) -> None:
        """Adds one more of the accessory that was told of last, if no other product was named since: "the white one",
        "the one for the Linnet Pro"."""
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
        low = bisect_left(self.names, self.sentences[last].start, key=lambda n: n.start)
        since = next((n for n in reversed(self.names[low:at]) if n.entity.kind == "product"), None)
        if since is not None and since.how == HOW:
            self._add(i, start, end, accessory, device)

    # "the leather case"

    def _phrase(self, i: int, match: re.Match) -> None:
        """Adds an accessory by its noun and the words before it."""
        singular, (start, end) = match["noun"], match.span()
        if not self._ends_phrase(end):
            return
        at = bisect_right(self.names, start, key=lambda n: n.end)
        over = self.names[at] if at < len(self.names) and self.names[at].start < end else None
        if over is not None and (over.entity.known or over.end > end
                                 or is_known(over.entity.name.split()[0], "company")
                                 or any(is_known(head, "product") for head in heads_of(over.entity.name))):
            return              # "the Veldt Grip Controller" has its own name
        start = min(start, over.start) if over is not None else start       # "Smart Keyboard Cover"
        ahead = self._ahead(i, start, self.text[match.start()].isupper())
        kept = [*self.text[start:match.start()].split()] if ahead is None else \
            [*ahead.kept, *self.text[start:match.start()].split()]
        if ahead is None or singular == "case" and not kept and (
                IN_CASE.search(self.lower, max(0, ahead.start - 16), ahead.start)
                or self.lower.startswith(" with ", end)):
            return              # "in this case", "the case with vans"
        plural, first, host = match.end() > match.end("noun"), ahead.start, ahead.name
        if host is None or host.entity.kind == "company" or host.entity.kind == "other" and ahead.by in POSSESSIVE:
            if not ahead.by and not plural:
                return
            host = self._for(end)
            end = host.end if host is not None else end
            if host is None and singular in self.named and not kept and ahead.by in _definite():
                self.names.insert(at, Name(match.start(), end, self.named[singular], "short"))
                return
            if host is None and plural and not ahead.by and not kept and singular in noun.word_lists()["base"]:
                return          # "sales stand at $9"
        elif self._is_host(host, singular, kept) and not (
                plural and not kept and singular in noun.word_lists()["base"] and self.text[host.end] == " "):
            first = host.start
        else:
            return              # "the Veldt One mouse", "the Veldt charger"
        device = host.entity if host is not None else self._device(i, first, singular)
        if device is None or host is None and not self._suits(i, singular, device, ahead) \
                or over is not None and not set(over.entity.name.split()).isdisjoint(device.name.split()):
            return
        accessory = self._same(singular, kept, device) if ahead.by in _definite() else None
        if accessory is None:
            if host is None and not self._is_introduced(i, end):
                return
            written = self.text[match.start():match.end("noun")]
            if not (kept and kept[-1][0].isupper() and written[0].isupper()):       # no "Smart Keyboard Cover"
                kept, written = [word.lower() for word in kept], singular
            accessory = _accessory(device, " ".join([*kept, written]))
        self._add(i, first, end, accessory, device)

    def _ends_phrase(self, end: int) -> bool:
        """Whether the phrase ends here: not in "cable company", "the charger port"."""
        follows = NEXT.match(self.lower, end)
        if follows is None or ENDED.match(self.text, end) or follows[1] in _lists()["accessories"]:
            return follows is None or follows[1] not in _lists()["accessories"]
        return follows[1] in _ends() or follows[1].endswith(("ed", "ly")) or clause.acts(self.lower, end)

    def _ahead(self, i: int, start: int, capital: bool) -> "_Ahead | None":
        """What stands before the noun at `start`; None where other words say what it is: "the witness stand"."""
        low, lists = self.sentences[i].start, _lists()
        first, kept, other = start, [], False
        for at, word in self._words_before(low, start):
            name = self._name_before(at + len(word) + 1)
            if name is not None:
                by = self.text[name.end:at + len(word)] or "'s"
                return None if other else _Ahead(first, kept, name, by)
            lower = word.lower()
            if word[0] in MONEY_SIGNS or lower in _determiners() or lower.endswith(("'s", "’s")):
                by = lower if lower in _determiners() else "a" if word[0] in MONEY_SIGNS else "'s"
                return None if other else _Ahead(first, kept, None, by)
            if not word[-1].isalnum() or lower in noun.word_lists()["stop"]:
                break
            if word[0].isdigit() or len(word) < 3:
                continue        # "a 30 W charger"
            telling = lower in lists["accessory_kind"] or capital and word[0].isupper() and at > low
            if telling or lower in lists["colours"] or lower in lists["accessory_any"]:
                if not other:
                    first = at
                    kept = [word, *kept] if telling else kept
            else:
                other = True
        return _Ahead(first, kept, None, "")

    def _words_before(self, low: int, at: int) -> Iterator[tuple[int, str]]:
        """The words of a sentence before a noun, the last one first, and where each begins."""
        for _ in range(LONGEST):
            if at <= low or self.text[at - 1] != " ":
                return
            begin = max(low, *(self.text.rfind(space, low, at - 1) + 1 for space in " \n("))
            if begin >= at - 1:
                return
            yield begin, self.text[begin:at - 1]
            at = begin

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
        if self._may_host(name):
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
        return not self.called.isdisjoint((entity.name, *heads_of(entity.name)))

    def _is_called_host(self, name: Name) -> bool:
        """Whether the text says beside a name that it is a phone or the like."""
        behind, ahead = _says_host()
        return behind.match(self.lower, name.end) is not None \
            or ahead.search(self.lower, max(0, name.start - A_NOUN), name.start) is not None

    def _for(self, end: int) -> Name | None:
        """The device of the "case for the Linnet"."""
        match = FOR.match(self.text, end)
        if match is None:
            return None
        name = self._starting(match.end())
        return name if name is not None and self._may_host(name) else None

    def _device(self, i: int, start: int, singular: str) -> Entity | None:
        """The device that the sentence or those before it are on, in whose section it stands, or the title's; of what
        fits many devices, the only one of the text."""
        sentences, steps = self.sentences, 0
        if singular in _lists()["universal"] and len(self.devices) > 1:
            return None
        for j in range(i, max(-1, i - FARTHEST), -1):
            device = self.told.get(j) or self._host(j, start)
            if device is not None:
                return device
            if sentences[j].kind in ("heading", "title") and j < i:
                break
            steps += sentences[j].kind == "body"
            if steps > REACH:
                break
        return self._host(0, start)

    def _host(self, i: int, end: int) -> Entity | None:
        """The first device that sentence i names before `end`, but for a family of which another one was told."""
        low, high = (bisect_left(self.names, at, key=lambda n: n.start)
                     for at in (self.sentences[i].start, min(end, self.sentences[i].end)))
        return next((n.entity for n in self.names[low:high]
                     if self._may_host(n) and n.entity.name not in self.families
                     and n.entity not in self.named.values()), None)

    def _suits(self, i: int, singular: str, device: Entity, ahead: "_Ahead") -> bool:
        """Whether a device may have such an accessory: no phone has a lens, and "its" is of the firm that acts."""
        if not VEHICLES.isdisjoint(device.descriptors) and not singular.endswith(OF_VEHICLES) \
                or singular == "lens" and device.known and "camera" not in device.descriptors:
            return False
        low = bisect_left(self.names, self.sentences[i].start, key=lambda n: n.start)
        high = bisect_left(self.names, ahead.start, key=lambda n: n.start)
        return ahead.by != "its" or device.maker_id is None or all(
            n.entity.kind != "company" or n.entity.entity_id == device.maker_id for n in self.names[low:high])

    def _is_introduced(self, i: int, end: int) -> bool:
        """Whether the sentence tells a price, or ends with the accessory: "The other option is a case. It costs $9"."""
        return MONEY.search(self.text, self.sentences[i].start, self.sentences[i].end) is not None \
            or self.text[end:self.sentences[i].end].strip(" .:!") == ""

    def _same(self, singular: str, kept: list[str], device: Entity) -> Entity | None:
        """The accessory of the device that was told of before and may be called so."""
        own = {word.lower() for word in kept}
        return next((accessory for accessory in self.kinds.get((device.entity_id, singular), [])[:-FEW - 1:-1]
                     if own.issubset(accessory.name.lower().split())), None)


@cache
def _says_host() -> tuple[re.Pattern, re.Pattern]:
    """Behind and before the name of a device: that it is a phone or the like."""
    hosts = any_of(_lists()["hosts"])
    return (re.compile(rf"(?:,| is| was)? (?:(?:an?|the) )?(?:[\w-]+ ){{0,3}}?{hosts}\b"),
            re.compile(rf"\b{hosts}s?,? (?:called |named )?(?:the )?\Z"))


def is_accessory(entity: Entity) -> bool:
    """Whether an entity was named by what it is sold for."""
    return not entity.known and not _lists()["accessories"].isdisjoint(entity.descriptors)


def _accessory(device: Entity, kind: str) -> Entity:
    """The accessory of a device."""
    name, what = f"{device.name} {kind}", kind.rpartition(" ")[2].lower()
    return Entity(entity_id("product", name), name, "product", descriptors=(what,), known=False)
