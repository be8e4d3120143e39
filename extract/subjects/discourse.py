"""Who is spoken of: everybody who may own a number of a sentence, be he named, meant, or carried over from others.

`Discourse.candidates` gives them all; subject.py weighs them.

>>> from extract import sentence
>>> from extract.names import entity
>>> text = "Norvik Motors Inc. makes cars. The company sold 300."
>>> sentences = sentence.find(text)
>>> talk = Discourse(text, sentences, entity.find(text, sentences, []))
>>> [(c.entity.name, c.how) for c in talk.candidates(1, "the company sold 300.", "the company sold ###.")][0]
('Norvik Motors', 'descriptor')
"""
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache

from .. import schema
from ..context.stance import is_source, said_forms
from ..grammar import clause, lexicon, noun
from ..model import Entity, Name, Sentence
from ..pattern import any_of
from .anaphor import Anaphors, Descriptions, opens_with_rival
from .antecedent import Antecedents
from .market import Markets, Prices
from .part import GOVERNS, NEXT, Cast, end_of, says_for
from .resort import Resort
from .reference import People, References
from .subject import (
    DOMINANT, HEADING, HOLDER, NAMED, NO_AVERAGE, SUBJECT, TOPIC, Candidate, is_goods, joined, publishes)
from .topic import EARLY, FIRST, Topic
from .unnamed import FRONT, Phrases, Survey, groups

PART_WORTH = {"subject": SUBJECT, "owner": HOLDER, "held": HOLDER, "object": NAMED, "compared": NAMED - 0.15,
              "example": NAMED - 0.15, "speaker": NAMED + 0.06,
              "agent": NAMED - 0.2, "located": NAMED - 0.2, "modifier": NAMED - 0.4}
OF_PEOPLE = 0.3             # lost by a place of which only its people are named: "Velmoran"
CITED = 0.25                # lost by who is usually cited
ONE_OF = 0.25               # lost by all of a kind where one is meant
FIRM_SPEAKS, SPEAKS = 0.11, 0.31        # lost by who only says something: "according to Norvik" is often a witness
SEVERAL = 0.06              # lost where a heading names several
BACK, RANK = 0.04, 0.05     # lost by a topic for each sentence back, and for each name before it there
OF_LINES = 0.08            # gained over the title by who stands right above a list
VARIED = ("company", "product")            # kinds of what a list may give the same for again, for each variant
SAME_LIST = 0.1             # lost by what another bullet of the same list names
SOLE, NO_LEAD = 0.07, 0.15  # lost by the only thing of its kind that the sentence before told of, and by any other
TITLED, LEAD = 0.66, 0.64  # how well a line is of whom its title, or what leads into its list, names
PAST = 0.1                  # lost by whoever is told of before that
HAS_OWN = 0.1               # lost by the latter where the line names somebody itself
FIRST_WORDS = 30            # characters within which a sentence names on what the list behind it is
OWN_PARTS = ("subject", "owner", "object", "held")
SPECIFIED = 0.57            # how well the one product of the title fits a line of a list
THEY = 0.25                 # lost by everybody who is no people where "they" do something
SAYS_SO = re.compile(r"(?P<says> (?:analysts? |economists? )?(?:says?|said|finds?|shows?|warns?|reports?))?\s*")
DETERMINED = re.compile(rf"\b(?:the|this|that|a|an|its|each|every|his|her|our|their)\s+"
                        rf"(?:{NO_AVERAGE}[\w-]+\s+){{0,2}}$")
A_DETERMINER = 30           # characters before a name in which it stands
PERSONAL = re.compile(r"\b(?:he|she|his|her|him|i|my)\b")        # where somebody is spoken of
TEASES = re.compile(r"(?:(?:read |see )?(?:more|also)|related)(?: on [a-z ]+)?: ?|[►▶]")       # another article
APPOSED = re.compile(r", (?:(?:the|its|an?) )?(?:(?:all-)?new )?")     # between a noun and the name of whom it means
AND_BEHIND = re.compile(r"(?: [a-z-]+){0,2}?,? (?:and|but)(?= )")
# a list, or one name of two parts
TOGETHER = re.compile(r"(?: \([^()]*\))?(?:, |,? (?:and|or|&) | of | )(?:(?:the|a|an|its) )?")


class Discourse:
    """Who is spoken of, sentence by sentence, in one document."""

    def __init__(self, text: str, sentences: list[Sentence], names: list[Name]):
        self.cast = Cast(text, sentences, names)
        self.lower, self.sentences = self.cast.lower, sentences
        self.topic = Topic(self.cast)
        self.phrases = Phrases(self.cast)
        self.markets, self.prices = Markets(self.topic), Prices(self.cast)
        self.survey = Survey(self.cast)
        self.resort = Resort(self.cast)
        self.polled = self.survey.polled
        descriptions = Descriptions(self.cast)
        anaphors = Anaphors(self.cast, self.phrases, descriptions)
        self.people = People(self.topic)
        self.references = References(Antecedents(self.topic, anaphors, descriptions), self.phrases, self.people)

    def candidates(self, i: int, lower: str, masked: str, measured: frozenset[int] = frozenset()) -> list[Candidate]:
        """Everybody who may own a number of sentence i; `lower` is its text in lower case, `masked` with numbers and
        names blotted out.

        `measured` are the ends of nouns of metrics that may be said of what follows with "of".
        """
        phrases = self.phrases.find(i, masked, measured)
        covered = [(c.start, c.end) for c in phrases if not _is_counted(c, masked)]
        asides = self.cast.asides(i)
        references, they = self.references.find(i, lower, covered, asides)
        found = [*phrases, *self._named(i, lower, covered, references), *references, *self.people.find(i, lower)]
        found += [c for c in groups(self.cast.text, self.sentences[i].start, lower, masked)
                  if not any(start <= c.start < end for start, end in covered)]
        found += self.markets.find(i, lower)
        found += self.prices.find(i, lower)
        _limit([c for c in found if c.end is not None], lower, asides)
        if self.polled:
            found += self.survey.find(i, masked, found)
        found += self._far(i, {c.entity.entity_id for c in found if c.how != "pronoun" or c.part != "owner"}, they)
        if all(_is_counted(c, masked) or _only_there(c) for c in found):
            # "the temperature in Velmora" is Velmora's
            found += [c for c in self.phrases.find(i, masked, measured, named=False)
                      if not found or c.entity.descriptors[0] not in schema.words("noun")["qualities"]]
        for c in found:
            c.entity = self.topic.variant.get(c.entity.entity_id, c.entity)
            c.share = self.topic.own_share(c.entity)
        self.people.tell(i, phrases)
        return found

    def _named(self, i: int, lower: str, covered: list[tuple[int, int]],
               references: list[Candidate]) -> Iterator[Candidate]:
        """Who is named in sentence i; `covered` are the spans of phrases that own numbers themselves."""
        first = self.sentences[i].start
        for name, part in self.cast.parts(i):
            start, end = name.start - first, end_of(name, first, lower)
            how = "exact" if name.how == "demonym" and GOVERNS.match(lower, end) else name.how
            if any(low <= start < high for low, high in covered):
                part = "modifier"       # "a Vistaro trader" is no figure of Vistaro
            if how == "demonym" and any(r.how == "descriptor" and r.start < start < r.end for r in references):
                part, worth = "modifier", PART_WORTH["modifier"] - OF_PEOPLE      # "the American firm's planes"
            else:
                worth = self._worth(name, part, how, lower, start, end)
            yield Candidate(self.markets.local(name.entity, lower[start:end]), start, end, how, worth, part)

    def _worth(self, name: Name, part: str, how: str, lower: str, start: int, end: int) -> float:
        """How well somebody who is named and plays that part owns a number."""
        worth = PART_WORTH[part] - (OF_PEOPLE if how == "demonym" else 0)
        if publishes(name.entity):
            worth -= CITED
        if self.cast.is_small(name) and DETERMINED.search(lower[max(0, start - A_DETERMINER):start]):
            worth -= ONE_OF         # "this small electric car" is one car, not all electric cars
        firm = name.entity.kind == "company"
        if part == "speaker" and how != "demonym" and not (firm and (
                clause.acts(lower, end) and not is_source(lower, start, end) or says_for().match(lower, end))) \
                and not _says_of_itself().match(lower, end):
            worth -= FIRM_SPEAKS if firm else SPEAKS
        return worth

    def _far(self, i: int, seen: set[str], they: bool) -> list[Candidate]:
        """Who is named in other sentences only, each with its best reason; `they` where "they" of this one are
        people."""
        first, lost = self.sentences[i].start, i in self.topic.lists.lost
        others = ("company", "organisation", "product",
                  *["place"] * ("they" in self.lower[first:first + FRONT])) if they else ()
        carried: dict[str, tuple[Entity, str, float]] = {}
        for entity, how, worth in self._carried(i):
            known = entity.entity_id
            if known in seen or lost and not (entity.kind in VARIED and entity in self.topic.titled):
                continue
            if entity.kind in others:
                worth -= THEY
            if known not in carried or worth > carried[known][2]:
                carried[known] = entity, how, worth
        return [Candidate(entity, None, None, how, worth, "far") for entity, how, worth in carried.values()]

    def _carried(self, i: int) -> Iterator[tuple[Entity, str, float]]:
        """Entities of other sentences: heading, topic so far, title, dominant ones."""
        listed = list(self._listed(i))
        yield from listed
        past = PAST if listed and self.topic.lists.is_row(i) else 0
        for entity, how, worth in self._told(i):
            yield entity, how, worth - past

    def _told(self, i: int) -> Iterator[tuple[Entity, str, float]]:
        """Entities of other sentences than what leads into a list."""
        s, topic = self.sentences[i], self.topic
        if s.kind == "body" and (labelled := topic.labelled(i)) is not None:
            yield labelled, "heading", HEADING
        above = topic.heading[i]
        if above is not None and above > 0 and (above not in topic.lists.names or topic.lists.title[i] == above):
            names = self.cast.of_sentence[above]
            several = len({n.entity.entity_id for n in names}) > 1
            for name in names:
                yield name.entity, "heading", HEADING - SEVERAL * several + OF_LINES * (s.kind == "line")
        for back, j in enumerate(topic.back(i)):
            # A list under a lead-in line: every bullet goes on about what the lead-in names.
            value = TOPIC - BACK * back - SAME_LIST * (s.kind == self.sentences[j].kind == "bullet")
            meant = self.references.antecedents.opening(j)
            if meant is not None and meant.kind == "product" and topic.weight.get(meant.entity_id, 0) > EARLY:
                yield meant, "topic", value     # "It runs Android": what it means goes on being spoken of
            for rank, (entity, salience, leads, sole) in enumerate(topic.salient(j)):
                less = 0 if leads else SOLE if sole and s.kind == "body" else NO_LEAD
                yield entity, "topic", value - RANK * rank + salience - less
        market = self.markets.before(i)
        if market is not None:
            yield market, "market", TOPIC - 0.05
        titled = [(name, part) for name, part in topic.of(0)[:FIRST] if not self._only_says(name)] \
            if self.sentences else ()
        specified = self._specified(i)
        for name, _ in titled:
            if name.entity is specified:
                yield name.entity, "lead", SPECIFIED
            else:
                yield name.entity, "title", DOMINANT + 0.05
        for entity, first, value in topic.leaders():
            if first <= i:
                yield entity, "dominant", value

    def _only_says(self, name: Name) -> bool:
        """Whether a title names somebody as its source alone: "Exports to Fall, Norvik Says", "Exports to Fall:
        Norvik"."""
        s = self.sentences[0]
        said = SAYS_SO.fullmatch(self.lower, name.end, s.end)
        return said is not None and name.entity.kind != "place" and len(self.topic.titled) > 1 \
            and self.lower.endswith((", ", ": ") if said["says"] else ": ", s.start, name.start)

    def _listed(self, i: int) -> Iterator[tuple[Entity, str, float]]:
        """Whose the list is in which a line stands: whom its title names, or the heading or sentence that leads into
        it."""
        lists = self.topic.lists
        title, lead = lists.title[i], lists.lead[i]
        if not lists.is_row(i):
            if lists.behind[i] is not None:
                for name in self._introduced(lists.behind[i])[:1]:
                    yield name.entity, "topic", TOPIC
            return
        led = self._introduced(lead) if lead is not None and (title is None or lead > title) else []
        own = any(part in OWN_PARTS for _, part in self.cast.parts(i))
        ranks: dict[str, int] = {}
        for name in led:
            rank = ranks[name.entity.kind] = ranks.get(name.entity.kind, -1) + 1
            yield name.entity, "lead", LEAD - RANK * rank - HAS_OWN * own
        if title is not None and self._rules(title, lead):
            for rank, name in enumerate(lists.names[title]):
                yield name.entity, "titled", TITLED - RANK * rank

    def _rules(self, title: int, lead: int | None) -> bool:
        """Whether a list is of whom the title above it names: not where a sentence between them names another such, nor
        where a text on a product or firm has a place for a title."""
        kind = self.topic.lists.names[title][0].entity.kind
        if kind == "place" and any(e.kind in ("product", "company") for e in self.topic.titled):
            return False
        return lead is None or lead < title or all(n.entity.kind != kind for n in self.cast.of_sentence[lead])

    def _specified(self, i: int) -> Entity | None:
        """Whose the lines of a list are where nobody else is told: the only product of the title, or all that it
        names but for places and people."""
        if not self.topic.lists.is_row(i):
            return None
        named = list({e.entity_id: e for e in self.topic.titled if e.kind not in ("place", "person")}.values())
        products = [e for e in named if e.kind == "product"]
        return products[0] if len(products) == 1 else named[0] if len(named) == 1 else None

    def _introduced(self, i: int) -> list[Name]:
        """On whom a list behind sentence i is, the likeliest first: whom one names that leads into a list, or the
        product that it is on or introduces."""
        heading, named = self.sentences[i].kind == "heading", self.topic.of(i)
        if self.topic.lists.leads(i):
            return [name for name, part in named if part not in ("compared", "example") and (
                heading or part != "agent" and (part != "speaker" or name.entity.kind == "product"))]
        if heading:
            return []
        first, titled = self.sentences[i].start, {e.entity_id for e in self.topic.titled}
        if any(name.entity.kind == "product" and name.entity.entity_id in titled for name, _ in named):
            return []
        return [name for name, part in named if name.entity.kind == "product" and not is_goods(name.entity) and (
            part == "subject" and name.start - first < FIRST_WORDS
            or part in ("subject", "object") and _introduces().search(self.lower, first, name.start))][:1]

    def tells_of(self, i: int, entity: Entity) -> bool:
        """Whether sentence i names an entity."""
        return i >= 0 and any(name.entity.entity_id == entity.entity_id for name in self.cast.of_sentence[i])

    def listed(self, i: int, entity: Entity) -> list[Candidate]:
        """The names of sentence i that are listed with an entity, in order, itself among them."""
        lower = self.lower[self.sentences[i].start:self.sentences[i].end]
        named = list(self._named(i, lower, [], []))
        one = next((c for c in named if c.entity.entity_id == entity.entity_id), None)
        return [] if one is None else joined(named, one, lower)

    def is_apart(self, i: int, candidate: Candidate) -> bool:
        """Whether somebody whom only another sentence names owns nothing in sentence i: no person where nobody is "he"
        or "she" or the list is his, nobody where "its rival" is told of, or another article."""
        if candidate.start is not None:
            return False
        s = self.sentences[i]
        first = self.sentences[bisect_left(self.sentences, s.paragraph, key=lambda one: one.paragraph)]
        if TEASES.match(self.lower, first.start):
            return True
        if candidate.how in ("titled", "lead"):
            return False
        lower = self.lower[s.start:s.end]
        return opens_with_rival(lower) or candidate.entity.kind == "person" and PERSONAL.search(lower) is None


@cache
def _says_of_itself() -> re.Pattern:
    """Behind a name: it tells of itself. "Norway said it"."""
    return re.compile(rf" (?:[a-z]+ )?{said_forms()}(?: on [a-z]+day)?(?: that)? (?:it|its|they|their)\b")


@cache
def _introduces() -> re.Pattern:
    """Between the beginning of a sentence and what is introduced: "Veldt also unveiled a larger van, the"."""
    return re.compile(rf"{any_of(f for verb in schema.words('noun')['introducing'] for f in lexicon.inflect(verb))}\b"
                      r"[^;:]*\Z")


def _is_counted(c: Candidate, masked: str) -> bool:
    """Whether a candidate is itself what a number counts."""
    return c.start is not None and masked.startswith("#", c.start)


def _only_there(c: Candidate) -> bool:
    """Whether somebody only says where or to whom something happens, so that "the drug" stands for nobody else."""
    return c.start is not None and (c.part == "object" if c.how == "group" else
                                    c.entity.kind == "place" and c.part in ("located", "modifier"))


def _does(lower: str, end: int) -> bool:
    """Whether who ends there is the subject of a verb, be it behind the noun that says what it is."""
    what = NEXT.match(lower, end)
    return clause.acts(lower, what.end() if what and noun.is_thing(what[1]) else end)


def _goes_on(lower: str, c: Candidate) -> int | None:
    """Where a sentence goes on about its subject behind an object: "the Veldt runs Android and costs $9"."""
    joined = AND_BEHIND.match(lower, c.end)
    return joined.end() if joined and clause.acts(lower, joined.end()) else None


def _limit(found: list[Candidate], lower: str, asides: list[tuple[int, int]]) -> None:
    """Notes up to where each candidate can own a number: the next clause's subject, the end of its aside."""
    acting = [c.start for c in found
              if c.part == "subject" and c.how != "pronoun" and c.entity.kind != "person" and clause.acts(lower, c.end)]
    for c in found:
        c.until = c.until or next((at for at in acting if at > c.end and not TOGETHER.fullmatch(lower, c.end, at)
                        and not any(low < at < high and not low < c.start < high for low, high in asides)), None)
    ends = sorted(c.end for c in found if c.part == "subject" and c.end is not None) if len(found) > 1 else ()
    for c in found:
        if c.start is None or c.part != "object" or c.until is not None or not (on := _goes_on(lower, c)):
            continue
        before = bisect_right(ends, c.start)
        if before and _does(lower, ends[before - 1]) and not clause.NEW.search(lower, ends[before - 1], c.start):
            c.until = on
    ended = {c.end for c in found} if asides else ()
    for start, end in asides:
        for c in found:
            # nor is "plug-in hybrids (PHEVs)" one, nor "its sibling, the Linnet, sold 300"
            if start < c.start < end and c.end - c.start < end - start - 2 and (
                    start in ended or lower[c.end:end].strip() != "," or not APPOSED.fullmatch(lower, start, c.start)):
                c.within = start, end
