"""Whose the figures of "it", "its", "the company", "we", "he" and "the striker" may be: candidates for whom they stand.

>>> from extract import sentence
>>> from extract.names import entity
>>> from extract.subjects.anaphor import Anaphors, Descriptions
>>> from extract.subjects.part import Cast
>>> text = "Carmaker Norvik fell. Founder Ana Ruiz left. Its sales grew, and she has 30% of the company."
>>> sentences = sentence.find(text)
>>> cast = Cast(text, sentences, entity.find(text, sentences, []))
>>> topic, phrases, descriptions = Topic(cast), Phrases(cast), Descriptions(cast)
>>> anaphors = Anaphors(cast, phrases, descriptions)
>>> people = People(topic)
>>> references = References(Antecedents(topic, anaphors, descriptions), phrases, people)
>>> lower = cast.lower[sentences[2].start:]
>>> [(lower[c.start:c.end], c.entity.name) for c in references.find(2, lower, [], [])[0]]
[('its', 'Norvik'), ('the company', 'Norvik')]
>>> [(lower[c.start:c.end], c.entity.name) for c in people.find(2, lower)]
[('she', 'Ana Ruiz')]
"""
import re
from collections.abc import Iterator
from functools import cache

from .. import schema
from ..context.stance import is_source, is_speaker, said_forms
from ..grammar import clause, lexicon
from ..model import Entity, Name
from ..names.gazetteer import entity_id
from ..pattern import any_of
from .anaphor import BODIES, CALLED, Anaphor, may_be, meant_kinds
from .antecedent import Antecedents, Found
from .part import APART, FIRMS, GOVERNS, WITNESS, end_of, leads, role
from .subject import ACTING, NAMED, SUBJECT, TAKEN, Candidate, is_goods, publishes, word_lists
from .topic import THING, Topic
from .unnamed import Phrases

REFERENCE = SUBJECT - 0.05  # how well whom a word stands for owns a number
OF_MANY, OF_QUOTED = 0.3, 0.1       # lost by "they" and "we", who may be others
AFTER_SAYING = 40           # characters behind somebody in which he says what "it" did, himself
OF_ITSELF = re.compile(r"\b(?:it|they|its|their|we|our)\b")
OBJECT = 0.3                # lost by "behind it"
FARTHER = 0.1               # lost for each sentence that an antecedent is farther back than another
PLACES = 2                  # such sentences for a place that does not act
MANY, OWNERS = ("they", "their"), ("its", "their", "our")
AFTER_PREPOSITION = re.compile(r"\b(?:behind|in|on|of|with|from|by|at|into|about|around|against|to|under|over|inside|"
                               r"beside) \Z")
WITHIN = re.compile(r"\b(?:in|across|within|inside) \Z")       # "sales in the country"
A_PREPOSITION = 8           # characters of the longest
DONE_TO = re.compile(r", [a-z]+ing \Z")       # "bid for Tidemark, valuing it at $9m": Tidemark

DOES = re.compile(r" (?:(?:is|was|has|have|had|will|would|can|could|now|also|still|currently|already) )*[a-z]+ ")
OPENING_PHRASE = re.compile(r"[\"“]?(?:after|with|in|despite|since|for|before|following|by|at|on|from|thanks to|"
                            r"because of|amid|as|under|over|during|given|using|through|unlike|besides|beyond) ")
OWN_CLAUSE = re.compile(r", (?:the )?(?:new |big |small )?")
LEADS_IN = re.compile(r"[^@,;:]*\b(?:as|when|while|after|before|since|though|although|once|until|if|because|in|with|"
                      r"despite|for|by|of|on) (?:[a-z]+ )?\Z")
HE = re.compile(r"\b(?:he|she|his|her)\b")
AGED = re.compile(r" [\w-]+-year-old\b")
THE_AGED = re.compile(r"\bthe [0-9]+-year-old\b(?= (?P<noun>[a-z]+))?")        # "the 23-year-old striker" was named
ANALYST = re.compile(r"\b(?:analyst|economist|strategist)\b")
QUOTED = re.compile(r",?[”\"]")

Parts = list[tuple[Name, str]]


class References:
    """Whom pronouns and nouns of one document stand for."""

    def __init__(self, antecedents: Antecedents, phrases: Phrases, people: "People"):
        self.antecedents, self.cast = antecedents, antecedents.cast
        self.anaphors, self.descriptions = antecedents.anaphors, antecedents.descriptions
        self.phrases, self.people = phrases, people

    def find(self, i: int, lower: str, covered: list[tuple[int, int]],
             asides: list[tuple[int, int]]) -> tuple[list[Candidate], bool]:
        """Who "it", "its" and "the company" of sentence i may be, and whether it speaks of people as "they".

        `covered` are the spans of phrases that own numbers themselves. Of "the regions - Alder and Harrow - that it
        left" it is not Alder, for that stands in one of the `asides`.
        """
        found: list[Candidate] = []
        people = False
        # whom the first "the company" of the sentence is: a later "its" is the same; and the verb of the last one
        acting: Entity | None = None
        acting_at, first = 0, self.cast.sentences[i].start
        for a in self.anaphors.find(i, lower, covered):
            before = self._before(i, a, asides)
            personal = a.pronoun is not None and a.pronoun not in word_lists()["we"]
            named = _actor(lower, first, before) or self._ahead(i, lower, a) or _explained(lower, first, before, a) \
                if personal else None
            end = end_of(named, first, lower) if named is not None else 0
            if a.pronoun == "it" and named is not None and DOES.fullmatch(lower, end, a.start) \
                    and not (clause.acts(lower, a.end) or _tells().match(lower, end)):
                before, named = [], None        # "Norvik has it for $9": it is not Norvik
            # "Norvik fears that the German group may raise its bid": the one who acts last before it
            late = named is not None and acting is not None and named.start - first < acting_at
            actor = acting if late else named.entity if named else None
            if actor is None and personal and acting is None and self.phrases.before(i, a.pronoun) is not None:
                continue        # "A bridge opened in Lund. It cost"
            if actor is None and a.pronoun in MANY:
                goods = self._goods(i) if a.start < 2 else None
                if goods is not None:
                    found.append(Candidate(goods, a.start, a.end, "pronoun", REFERENCE,
                                           "owner" if a.pronoun in OWNERS else "subject"))
                people = people or goods is None and a.pronoun == "they"
                continue        # "people ... they": seldom a company that another sentence named
            referents = self._referents(i, lower, a, before, actor, acting, first=not found)
            behind = AFTER_PREPOSITION.search(lower, max(0, a.start - A_PREPOSITION), a.start) is not None
            acts = (behind or a.noun is not None) and clause.acts(lower, a.end)
            for entity, farther in referents:
                self.descriptions.learn(entity, a.noun)
                if a.noun and acts and not behind:
                    acting, acting_at = entity, a.start
                acting = acting or (entity if a.noun else None)
                found.append(_candidate(a, entity, farther, behind and not acts))
                if a.noun and entity.kind == "place" and WITHIN.search(lower, max(0, a.start - A_PREPOSITION), a.start):
                    found[-1].part, found[-1].worth = "located", found[-1].worth - OBJECT
                elif a.noun and found[-1].part == "subject" and is_speaker(lower, a.start, a.end) \
                        and not OF_ITSELF.search(lower, a.end, a.end + AFTER_SAYING) \
                        or a.pronoun in OWNERS and is_source(lower, a.start, a.end):
                    # "the agency now says 300 people fell ill", "its analysis showed that 300 are for sale"
                    found[-1].part = "speaker"
        return found, people

    def _ahead(self, i: int, lower: str, a: Anaphor) -> Name | None:
        """The subject of sentence i that "its" in the phrase before it speaks of: "With its $9 price, the Linnet"."""
        comma = lower.find(", ", a.end)
        if a.pronoun not in ("its", "it") or comma < 0 or not OPENING_PHRASE.match(lower):
            return None
        first = self.cast.sentences[i].start
        for n, part in self.cast.parts(i):
            start = n.start - first
            if start > comma and part == "subject" and n.entity.kind != "person" \
                    and OWN_CLAUSE.fullmatch(lower, lower.rfind(",", comma, start), start) \
                    and clause.acts(lower, end_of(n, first, lower)):
                return n
        return None

    def _before(self, i: int, a: Anaphor, asides: list[tuple[int, int]]) -> Parts:
        """The names in front of a word of sentence i with their parts, the last one first, but for those of asides that
        end before it."""
        first = self.cast.sentences[i].start
        ended = [(low, high) for low, high in asides if high <= a.start]
        return [(n, part) for n, part in self.cast.before(i, a.start)
                if not any(low < n.start - first < high for low, high in ended)]

    def _referents(self, i: int, lower: str, a: Anaphor, before: Parts, actor: Entity | None, acting: Entity | None,
                   first: bool) -> list[Found]:
        """Whom a word of sentence i may mean, and how much farther each is than the nearest of them.

        `actor` acts before a pronoun, `acting` is whom "the company" of the sentence meant; `first` where no word
        before it meant anybody.
        """
        if a.pronoun in word_lists()["we"] and self.people.is_witness(i, lower):
            return []           # "'We forecast a fleet of 300,' a Harrow Bank analyst said"
        found = self._meant(i, lower, a, before, actor, acting, first)
        nearest = min((back for entity, back in found if entity), default=0)
        referents = []
        for entity, back in found:
            if entity is None:
                continue
            if entity.kind == "place" and not a.noun:
                if not back == 1 == nearest:
                    continue        # a place is seldom more than where something happens, but where it acts
                back += 0 if self._just_acted(i, entity) else PLACES
            referents.append((entity, back - nearest))
        return referents

    def _meant(self, i: int, lower: str, a: Anaphor, before: Parts, actor: Entity | None, acting: Entity | None,
               first: bool) -> list[tuple[Entity | None, int]]:
        """The one whom a word means of each kind that it can mean, and how many sentences back."""
        lists = word_lists()
        if a.noun in lists["company"] and (other := self._done_to(i, lower, a.start)) is not None:
            return [(other, 0)]
        we = a.pronoun in lists["we"]
        place = self.cast.place_in(i, a.start, a.end) if a.noun else None
        said = (actor or acting) if a.pronoun else None     # "Norvik expects ... with its cells": its own
        kinds = [(said.kind,)] if said is not None and not we else meant_kinds(a)
        if we:
            said = self.people.employer(i, lower, a.end) or said
        elif place is not None and a.noun in lists["place"] and (a.noun not in CALLED or may_be(place, a.noun)):
            said, kinds = place, [("place",)]      # "the French economy", not "the French city"
        if (a.noun or a.pronoun == "it") and DONE_TO.search(lower, 0, a.start):
            start = self.cast.sentences[i].start
            said = next((n.entity for n, _ in before if TAKEN.search(lower, 0, n.start - start)), said)
        if said is None and a.pronoun and not we and acting is None and first:
            said = self._thing(before)
        country = place.country if place is not None else None
        found = [(said, 0) if said is not None and said.kind in group else
                 self.antecedents.find(i, group, a.noun, a.start if before else None, country) for group in kinds]
        if actor is not None and actor.kind in FIRMS:       # "Norvik showed the Linnet; it has ..."
            found.append((next((n.entity for n, part in before
                                if n.entity.kind == "product" and part == "object"), None), 1))
        # "the central bank" is its country where nobody names the bank
        return found[:1] if kinds[0] == BODIES and found[0][0] is not None else found

    def _goods(self, i: int) -> Entity | None:
        """All of a kind, who acted last in the sentence before sentence i: "Hybrids sell well. They took 30%."."""
        for j in self.antecedents.topic.back(i):
            acting = [n.entity for n, part in self.cast.parts(j) if part in ACTING and n.entity.kind != "person"]
            return acting[-1] if acting and is_goods(acting[-1]) else None
        return None

    def _thing(self, before: Parts) -> Entity | None:
        """A product of the same sentence, where nobody acts: "In the Linnet pack, the cells used in it weigh ..."."""
        return next((n.entity for n, part in before
                     if n.entity.kind == "product" and part in THING and not self.cast.is_small(n)), None)

    def _done_to(self, i: int, lower: str, at: int) -> Entity | None:
        """Whom "the company" behind a preposition means where somebody acts in the same clause: he would be "it".

        "Norvik owns Tidemark and holds 30% of the company": 30% of Tidemark.
        """
        if not AFTER_PREPOSITION.search(lower, max(0, at - A_PREPOSITION), at):
            return None
        first, before = self.cast.sentences[i].start, self.cast.before(i, at)
        if not any(clause.acts(lower, end_of(n, first, lower)) for n, _ in before):
            return None
        return next((n.entity for n, part in before
                     if part in ("object", "held") and n.entity.kind in ("company", "other")), None)

    def _just_acted(self, i: int, entity: Entity) -> bool:
        """Whether an entity is the subject of a verb in the sentence before sentence i: "Norway wants"."""
        return any(name.entity.entity_id == entity.entity_id and part == "subject"
                   and clause.acts(self.cast.lower, name.end) for name, part in self.cast.parts(i - 1))


def _actor(lower: str, first: int, before: Parts) -> Name | None:
    """Who acts in front of a pronoun."""
    return next((n for n, part in before
                 if part in ACTING and (n.how != "demonym" or GOVERNS.match(lower, n.end - first))
                 and n.entity.kind != "person" and not publishes(n.entity)), None)


def _explained(lower: str, first: int, before: Parts, a: Anaphor) -> Name | None:
    """Whom an aside goes on about with "it": "at Norvik — it has 300 workers —"."""
    if not lower.endswith(("— ", "– ", " - ", "-- "), 0, a.start) or a.pronoun not in ("it", "its"):
        return None
    return next((n for n, _ in before if n.entity.kind not in ("person", "place")), None)


def _candidate(a: Anaphor, entity: Entity, farther: int, inert: bool) -> Candidate:
    """Somebody for whom a word stands; `inert` where it stands behind a preposition and does nothing."""
    doubt = OF_MANY if a.pronoun in MANY else OF_QUOTED if a.pronoun in word_lists()["we"] else 0
    worth = REFERENCE - doubt - FARTHER * farther
    part = "owner" if a.pronoun in OWNERS or a.owns else "subject"
    if inert and a.pronoun == "it":
        worth, part = worth - OBJECT, "object"        # "behind it we have"
    return Candidate(entity, a.start, a.end, "descriptor" if a.noun else "pronoun", worth, part)


@cache
def _heads() -> re.Pattern:
    """Between somebody and the firm that he speaks for: "Ana Ruiz, head of sales at Norvik"."""
    return re.compile(rf",? (?:[a-z’'-]+ ){{0,5}}{any_of(word_lists()['roles'])}(?:,? [a-z-]+){{0,4}} (?:of|at|for) "
                      r"(?:the )?(?:[a-z-]+ ){0,3}")


@cache
def _tells() -> re.Pattern:
    """Behind "he" or "she": he is cited, or only says what others do."""
    telling = any_of(form for verb in schema.words("noun")["telling"] for form in lexicon.inflect(verb))
    return re.compile(rf"(?: (?:also|did|had|has|have|then|later|once))* (?:{said_forms()}|{telling})\b")


@cache
def _the_person() -> re.Pattern:
    """Opens a sentence for somebody who was named: "The striker"."""
    lists = schema.words("noun")
    others = {*lists["quoted"], *lists["several"], *lists["related"], *lists["tied"]}       # "the buyer" may be a firm
    people = any_of(set(lists["people"]) - others)
    return re.compile(rf"[\"“]?the (?P<noun>{people})\b(?!['’-])")


class People:
    """Whom "he" and "she" of one document mean, and for which firm somebody speaks."""

    def __init__(self, topic: Topic):
        self.topic, self.cast = topic, topic.cast
        self._someone: tuple[int, Entity] | None = None     # the sentence that spoke last of a person by no name
        self._firms: dict[str, Entity] | None = None        # whom each person of the text speaks for
        self._witnesses: set[str] = set()                   # those of them who are analysts

    def find(self, i: int, lower: str) -> Iterator[Candidate]:
        """Who "he" and "her" of sentence i are, and "the striker" at its head: the person named last before."""
        for match in HE.finditer(lower):
            owns = match[0] in ("his", "her")
            if (AGED if owns else _tells()).match(lower, match.end()):
                continue            # "he said", "his 18-year-old brother"
            who = self._acting(i, match.start()) or self._behind(i, lower, *match.span()) or self._before(i)
            if who is not None:
                yield Candidate(who, *match.span(), "pronoun", *(
                    (NAMED - 0.2, "owner") if owns else (REFERENCE, "subject")))
        for match in THE_AGED.finditer(lower):
            who = None if self._acting(i, match.start()) else self._before(i)       # who acts himself is another
            acts = clause.acts(lower, match.end())
            if who is None or not acts and match["noun"] and match["noun"] not in schema.words("noun")["people"]:
                continue            # "the 23-year-old law"
            yield Candidate(who, match.start(), match.end() if acts else max(match.end(), match.end("noun")),
                            "descriptor", *((REFERENCE, "subject") if acts else (NAMED, "object")))
        match = _the_person().match(lower)
        if match and clause.acts(lower, match.end()) and not _tells().match(lower, match.end()):
            who = self._by_noun(i, match["noun"])
            if who is not None:
                yield Candidate(who, *match.span(), "descriptor", REFERENCE, "subject")

    def _by_noun(self, i: int, noun: str) -> Entity | None:
        """Whom "the striker" that opens sentence i means: who was named before, else a striker without a name."""
        who = self._before(i) if noun not in word_lists()["unnamed"] else None
        if who is None and noun:
            return Entity(entity_id("person", noun), noun, "person", descriptors=(noun,), known=False)
        return who

    def _acting(self, i: int, at: int) -> Entity | None:
        """The person who acts last in sentence i before `at`."""
        return next((n.entity for n, part in self.cast.before(i, at)
                     if n.entity.kind == "person" and part in ACTING), None)

    def _behind(self, i: int, lower: str, start: int, end: int) -> Entity | None:
        """The person whom "he" points forward to: "As he crossed the line in 2:09, Jo Roe waved"."""
        comma = lower.find(", ", end)
        if comma < 0 or not LEADS_IN.match(lower, 0, start):
            return None
        first = self.cast.sentences[i].start
        return next((n.entity for n, part in self.cast.parts(i) if n.start - first == comma + 2 and part in ACTING
                     and n.entity.kind == "person"), None)

    def _before(self, i: int) -> Entity | None:
        """The person who acted last in the sentences before sentence i, by name or as "a man"."""
        for j in self.topic.back(i):
            people = [name.entity for name, part in self.topic.of(j)
                      if name.entity.kind == "person" and part in ACTING]
            if people:
                return people[0]
            if self._someone and self._someone[0] == j:
                return self._someone[1]
        return None

    def tell(self, i: int, phrases: list[Candidate]) -> None:
        """Notes whom the phrases of sentence i speak of by no name."""
        someone = next((c.entity for c in phrases if c.entity.kind == "person"), None)
        if someone:
            self._someone = i, someone

    def employer(self, i: int, lower: str, at: int) -> Entity | None:
        """The firm of whom sentence i quotes from before `at` on: '"We sold 300," Norvik chief Ana Ruiz said', or of
        the person quoted, whose firm another sentence tells."""
        first, names = self.cast.sentences[i].start, self.cast.of_sentence[i]
        for name in names:
            start = name.start - first
            if start > at and name.entity.kind in FIRMS and QUOTED.search(lower, at, start) \
                    and role().match(lower, name.end - first):
                return name.entity
        firms = self._work()
        return next((firms[who.entity_id] for who in self._quoted(i) if who.entity_id in firms), None)

    def is_witness(self, i: int, lower: str) -> bool:
        """Whether whom sentence i quotes is an analyst, who speaks of others."""
        first = self.cast.sentences[i].start
        return any(name.entity.kind in FIRMS and WITNESS.match(lower, name.end - first)
                   for name in self.cast.of_sentence[i]) \
            or any(self._work() and who.entity_id in self._witnesses for who in self._quoted(i))

    def _quoted(self, i: int) -> list[Entity]:
        """The people of sentence i, else the one who acted before it."""
        people = [n.entity for n in self.cast.of_sentence[i] if n.entity.kind == "person"]
        before = None if people else self._before(i)
        return people if before is None else [before]

    def works_for(self, person: Entity) -> Entity | None:
        """The firm that a person speaks for, where the text says so."""
        return self._work().get(person.entity_id)

    def _work(self) -> dict[str, Entity]:
        """The firm that each person speaks for of whom the text says so: "Norvik chief Ana Ruiz"."""
        if self._firms is None:
            self._firms = {}
            lower = self.cast.lower
            for one, two in (pair for names in self.cast.of_sentence for pair in zip(names, names[1:])):
                gap = one.end, two.start
                person = None
                if one.entity.kind in FIRMS and two.entity.kind == "person":
                    if leads().fullmatch(lower, *gap):
                        person, firm = two.entity, one.entity
                elif one.entity.kind == "person" and two.entity.kind in FIRMS:
                    if _heads().fullmatch(lower, *gap) or APART.fullmatch(lower, *gap) and role().match(lower, two.end):
                        person, firm = one.entity, two.entity
                if person is not None:
                    self._firms.setdefault(person.entity_id, firm)
                    if ANALYST.search(lower, *gap):
                        self._witnesses.add(person.entity_id)
        return self._firms
