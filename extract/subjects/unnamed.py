"""Who is spoken of without a name: "a trader made", "the tunnel will cut", "84% of consumers", those a survey asked.

>>> from extract import sentence
>>> text = "A tram derailed. It cost $9 million. Most drivers pay $9."
>>> phrases = Phrases(Cast(text, sentence.find(text), []))
>>> phrases.before(1, "it").entity.name, phrases.before(1, "they")
('tram', None)
>>> [c.entity.name for c in phrases.find(2, "most drivers pay ##.", frozenset())]
['drivers']
"""
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from ..grammar import noun
from ..model import Entity, Name
from ..names.gazetteer import entity_id
from ..pattern import any_of, holding
from .part import DEFINITE, Cast
from .subject import ANSWER, NAMED, SUBJECT, Candidate, answers, lowered, word_lists

UNNAMED = 0.1               # lost by a phrase without a name in it
FRONT = 15                  # characters within which an unnamed subject opens a sentence
SHORT = 4                   # characters of the shortest such subject
AHEAD = 75                  # and behind them, in which its verb stands
INTRODUCED = 400            # characters back in which a text may have told of a thing first
INTRODUCES = re.compile(r"(?<!, )(?<!is )(?<!was )(?<!as )\b(?:an?|another) (?:[\w.-]+ ){0,3}\Z")
A_PHRASE = 80               # characters before a noun in which its article stands
IN = re.compile(r" (?:in|across|of) (?:the )?")
DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
# The pronoun that a sentence opens with: "On average they spend"
IT = re.compile(r"[\"“]?(?:(?:but|and|yet|so|still|now|then|today|together|(?:on|in|by|at|for|since|after|last|this|"
                r"each|every) [^,;]{1,40}?),? )?(?P<it>it|its|they|their)\b")
MANY = ("they", "their")
GOODS = ("product", "other")
THEIR_OWNERS = ("product", "company")       # of whom "the kit" may be a part, or made by them

ASKED = 0.86                # how well those whom a survey asked own a number that stands for them
POLL_REACH = 900            # characters back in which a text says who was polled
POLLS = ("survey", "poll")
POLLED = re.compile(r"\b(?:[Ss]urvey|[Pp]oll)(?:s|ed)?\b")
NUMBERS = re.compile(r"#+")
OF_THEM = re.compile(r"(?:\A|\bof (?:the )?)#+\Z")      # "7% of the 900 adults"
OF_ASKED = re.compile(r"#+ of (?:all |the )?\Z")
QUESTIONED = re.compile(r" (?:surveyed|polled|interviewed|questioned)\b")
LISTED = ("of ", "of all ", "and ", ", ")       # in front of a group that is told of


class Phrases:
    """Subjects of one document that nobody named."""

    def __init__(self, cast: Cast):
        self.cast = cast
        self._owns: dict[int, Candidate | None] = {}
        self._leads: dict[int, Candidate | None] = {}

    def find(self, i: int, masked: str, measured: frozenset[int], named: bool = True) -> list[Candidate]:
        """The unnamed subjects of sentence i: "hyperscalers will spend", "a trader made"; in a text without names "the
        film" too."""
        s, found = self.cast.sentences[i], []
        names = self.cast.of_sentence[i]
        text, headline = self.cast.text[s.start:s.end], s.kind in ("title", "heading")
        for phrase in noun.subjects(masked, text, measured, headline, named):
            inside = [n for n in names if phrase.start <= n.start - s.start < phrase.end]
            if phrase.tied:
                if any(n.entity.kind == "place" for n in inside):
                    continue        # what Norway's president does, Norway does
            elif phrase.kind in ("company", "organisation", "product") and (
                    any(n.entity.kind != "place" or phrase.plural for n in inside)
                    or phrase.plural and _is_in_place(masked, phrase.end, s.start, names)):
                continue            # goods of a firm are the firm's, firms of a country the country's
            entity = Entity(entity_id(phrase.kind, phrase.name), phrase.name, phrase.kind, descriptors=(phrase.noun,),
                            known=False)
            worth = SUBJECT - 0.02 - UNNAMED * (not inside)
            found.append(Candidate(entity, phrase.start, phrase.end, "phrase", worth, "subject", reach=phrase.reach))
        return found

    def own(self, i: int, masked: str, at: int, measured: frozenset[int], candidate: Candidate,
            near: list[Candidate], named: bool) -> Candidate | None:
        """The unnamed subject that sentence i opens with, if it owns the number at `at`, and not another sentence's
        candidate: "the rocket rose 41 feet".

        `near` are all candidates of the sentence; where nothing in it has `named` the metric, it says less of whose
        goods they may be.
        """
        others = [c for c in near if c.start is not None and c.how not in ("phrase", "group")]
        if self.cast.sentences[i].kind != "body" or any(c.start <= 3 for c in others):
            return None         # somebody else opens it
        own = self._opens(i, masked, measured)
        if own is None or IT.match(masked, own.start):
            return own
        if own.start > FRONT or any(c.start < own.end for c in others) \
                or noun.is_of_others(own.entity.descriptors[0]) or _is_number(masked, own, at):
            return None
        # "the kit costs $9" may be a part of a product, and a firm's
        goods = own.entity.kind in GOODS and DEFINITE.search(masked, 0, own.start) is not None \
            and not self.introduced(i, own.entity.descriptors[0], candidate.entity)
        return None if goods and named and candidate.entity.kind in THEIR_OWNERS else own

    def _opens(self, i: int, masked: str, measured: frozenset[int]) -> Candidate | None:
        """The unnamed subject near the beginning of sentence i, or the one before that its "it" means."""
        if i not in self._owns:
            self._owns[i] = next(iter(self.find(i, masked[:FRONT + AHEAD], measured, named=False)), None)
            if (pronoun := IT.match(masked)) and (led := self.before(i, pronoun["it"])) is not None:
                self._owns[i] = replace(led, start=pronoun.start("it"), end=pronoun.end())
        return self._owns[i]

    def introduced(self, i: int, what: str, by: Entity | None = None) -> bool:
        """Whether a text has told of a thing or body by no name, so that "the tunnel" of sentence i is that one:
        "a rail tunnel under Lund". What somebody is told to have is his: "Norvik has a tunnel"."""
        lower, start = self.cast.lower, self.cast.sentences[i].start
        low, match = max(0, start - INTRODUCED), None
        at = lower.find(what, low, start)
        while at >= 0 and match is None:
            end = at + len(what)
            if not lower[end].isalnum():
                match = INTRODUCES.search(lower, max(low, at - A_PHRASE), at)
            at = lower.find(what, end, start)
        return match is not None and not (by and self._is_told_of(by, match.start(), i))

    def _is_told_of(self, entity: Entity, at: int, i: int) -> bool:
        """Whether an entity is named before `at` in the sentence around it, one of those before sentence i."""
        return any(name.entity is entity and name.end <= at
                   for j in range(i) if self.cast.sentences[j].start <= at < self.cast.sentences[j].end
                   for name in self.cast.of_sentence[j])

    def before(self, i: int, pronoun: str) -> Candidate | None:
        """Whom "it" or "they" of sentence i means where the one before was on somebody by no name: "A bridge opened in
        Lund. It cost"."""
        if not i or self.cast.sentences[i - 1].kind != "body":
            return None
        if i - 1 not in self._leads:
            self._leads[i - 1] = self._lead(i - 1)
        led = self._leads[i - 1]
        return led if led is not None and _is_plural(led) == (pronoun in MANY) else None

    def _lead(self, i: int) -> Candidate | None:
        """The unnamed subject of sentence i, or whom its "it" means."""
        s, names = self.cast.sentences[i], self.cast.of_sentence[i]
        lower = self.cast.lower[s.start:s.end]
        if (pronoun := IT.match(lower)) is not None:
            return self.before(i, pronoun["it"])
        led = next(iter(self.find(i, masked_head(self.cast, i), frozenset(), named=False)), None)
        if led is None or led.start > SHORT or any(n.start - s.start < led.end for n in names):
            return None
        what = led.entity.descriptors[0]
        known = noun.is_of_others(what) and not _is_plural(led) \
            or DEFINITE.search(lower, 0, led.start) and not self.introduced(i, what)
        return None if known else led


def masked_head(cast: Cast, i: int) -> str:
    """The beginning of sentence i with numbers and names blotted out."""
    s = cast.sentences[i]
    head = list(DIGITS.sub(lambda m: "#" * len(m[0]), cast.lower[s.start:min(s.end, s.start + FRONT + AHEAD)]))
    for name in cast.of_sentence[i]:
        start, end = name.start - s.start, min(name.end - s.start, len(head))
        head[start:end] = "@" * (end - start)
    return "".join(head)


def _is_in_place(masked: str, end: int, first: int, names: list[Name]) -> bool:
    """Whether the next place behind `end` tells where a phrase is: "hospitals in Velmora"."""
    start = next((n.start - first for n in names if n.entity.kind == "place" and n.start - first >= end), 0)
    return IN.fullmatch(masked, end, start) is not None


def _is_plural(phrase: Candidate) -> bool:
    return noun.is_plural(phrase.entity.name.split()[-1])


def _is_number(masked: str, phrase: Candidate, at: int) -> bool:
    """Whether a phrase is what a number counts or names: "300 drivers", "model 300", "drivers of 300"."""
    return masked[:phrase.start].endswith("# ") or masked.startswith(" #", phrase.end) \
        or masked.startswith(" of #", phrase.end) and at == phrase.end + len(" of ")


@cache
def _group() -> re.Pattern:
    return re.compile(any_of(word_lists()["demand"] | word_lists()["groups"], behind=r"\w") + r"\b")


@cache
def _speaks_of_groups() -> Callable[[str], bool]:
    return holding(word_lists()["demand"] | word_lists()["groups"])


def groups(text: str, start: int, lower: str, masked: str) -> Iterator[Candidate]:
    """People and firms that the sentence at `start` of a text speaks of as a group: "84% of consumers", "shoppers plan
    to spend"."""
    lists = word_lists()
    for match in _group().finditer(lower) if _speaks_of_groups()(lower) else ():
        name = text[start + match.start():start + match.end()]
        if match[0] in lists["polled"]:     # who the respondents are stands further up
            above = [m[0] for m in _group().finditer(lowered(text[max(0, start - POLL_REACH):start]))]
            name = next((g for g in reversed(above) if g not in lists["polled"]), name)
        kind = "market" if match[0] in lists["demand"] else "other"
        # not in "the hospital treated 300 patients"
        first = match.start() < 30 and (masked[match.start()] != "#" or OF_THEM.search(masked, 0, match.start()))
        subject = first or lower.endswith(LISTED, 0, match.start())
        yield Candidate(Entity(entity_id(kind, name), name, kind, known=False), match.start(), match.end(), "group",
                        (SUBJECT if subject else NAMED) - 0.1, "subject" if subject else "object")


class Survey:
    """Whom the polls that a document tells of asked."""

    def __init__(self, cast: Cast):
        self.cast = cast
        self.polled = any(word in cast.lower for word in POLLS) and POLLED.search(cast.text) is not None
        self._asked: tuple[int, Entity] | None = None       # whom a survey asked, and where they stood last

    def find(self, i: int, masked: str, found: list[Candidate]) -> list[Candidate]:
        """Those a survey asked, among them who was `found` in sentence i, where a number alone stands for them: "72% of
        drivers own one, and 47% want another"."""
        start, answering = self.cast.sentences[i].start, []
        asked = sorted(((c.start, c.entity) for c in found if _is_asked(c, masked)), key=lambda a: a[0])
        for number in NUMBERS.finditer(masked):
            while asked and asked[0][0] < number.start():
                self._asked = start + asked[0][0], asked.pop(0)[1]
            answer = ANSWER.match(masked, number.end())
            if answer and answer[1] in answers() and self._asked \
                    and start + number.start() - self._asked[0] < POLL_REACH:
                who = self._asked[1]
                worth = ASKED if who.name not in word_lists()["polled"] else ASKED / 2
                answering.append(Candidate(who, number.start(), number.start(), "asked", worth, "object"))
        for at, entity in asked:
            self._asked = start + at, entity
        return answering


def _is_asked(c: Candidate, masked: str) -> bool:
    """Whether those of a candidate answered: "72% of drivers", "drivers surveyed"."""
    return bool(c.start) and (
        c.how in ("phrase", "group") or c.entity.kind not in ("company", "product", "organisation")) and bool(
        OF_ASKED.search(masked, max(0, c.start - 60), c.start) or QUESTIONED.match(masked, c.end))
