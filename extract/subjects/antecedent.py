"""Whom "it" or "the company" means that other sentences name: who acted last, is called so, or is what the text is on.

>>> from extract import sentence
>>> from extract.names import entity
>>> from extract.subjects.part import Cast
>>> from extract.subjects.unnamed import Phrases
>>> text = "Carmaker Norvik bought Tidemark. The carmaker fell. It sold 300."
>>> sentences = sentence.find(text)
>>> cast = Cast(text, sentences, entity.find(text, sentences, []))
>>> topic, descriptions = Topic(cast), Descriptions(cast)
>>> antecedents = Antecedents(topic, Anaphors(cast, Phrases(cast), descriptions), descriptions)
>>> antecedents.opening(1).name, antecedents.find(2, ("company",))[0].name
('Norvik', 'Norvik')
>>> antecedents.find(2, ("product",))
(None, 0)
"""
from ..model import Entity
from .anaphor import BODIES, CALLED, Anaphor, Anaphors, Descriptions, may_be, meant_kinds, specific
from .subject import ACTING, invests, is_goods, publishes, word_lists
from .topic import MAIN, REACH, Topic

PLAIN = ("company", "group")                # nouns that say nothing of whom they stand for but that he is a firm
PASSING = 3                 # times as often as somebody mentioned in passing is named whom the document is about
BACKING = ("firm", "fund", "investor", "group")
BOUND = (*ACTING, "object", "held", "located")      # parts of a place that "the country" of the same sentence may mean
IN_HEADING = ("subject", "owner", "speaker", "object")      # parts that act in a heading

Found = tuple[Entity, int]          # somebody, and how many sentences back he is spoken of


class Antecedents:
    """Whom the words of one document stand for."""

    def __init__(self, topic: Topic, anaphors: Anaphors, descriptions: Descriptions):
        self.topic, self.cast = topic, topic.cast
        self.anaphors, self.descriptions = anaphors, descriptions
        self._actors: dict[int, list[tuple[Entity, int, str]]] = {}
        self._opened: list[Entity | None] = []

    def find(self, i: int, kinds: tuple[str, ...], noun: str | None = None, before: int | None = None,
             country: str | None = None) -> tuple[Entity | None, int]:
        """Who "the company" or "it" of sentence i is, and how many sentences back: the last subject that fits, else who
        the document is about.

        Those whom the sentence names in front of `before` count; `country` is that of "the French carmaker".
        """
        fitting = self._fitting(i, kinds, noun, before, country)
        if noun:
            called = self._called(i, noun.replace("start-up", "startup"), kinds, country, fitting)
            if called or kinds == BODIES:
                return called[0] if called else (None, 0)
        if noun in CALLED:
            fitting = [found for found in fitting if may_be(found[0], noun)] or [
                found for found in self._told(i) if found[0].kind == "place" and may_be(found[0], noun)]
        if noun and fitting and (whole := self.topic.whole(fitting[0][0])) is not None:
            return whole, fitting[0][1]            # "the service" is Vistaplay, not its Vistaplay Basic
        main = self._main(i, kinds, noun, country, invested=bool(fitting))
        if not fitting:
            return (main, REACH + 1) if main is not None else (None, 0)
        first, back = fitting[0]
        if main is None:
            return first, back
        if back > 1 and self.topic.share(main, kinds) > MAIN:
            return main, REACH + 1
        weight = self.topic.weight
        if noun in PLAIN and main.kind == "company" and back > 0 \
                and weight[main.entity_id] >= PASSING * weight.get(first.entity_id, 0):
            return main, back       # the firm that the text is on, not a rival whom it only mentions
        return first, back

    def _fitting(self, i: int, kinds: tuple[str, ...], noun: str | None, before: int | None,
                 country: str | None) -> list[Found]:
        """Who acts in the sentence or those before it and may be meant, the likeliest first."""
        parts = BOUND if kinds == ("place",) else ACTING
        fitting = [(n.entity, 0) for n, part in self.cast.before(i, before)
                   if part in parts and n.how != "demonym" and n.entity.kind in kinds
                   and not publishes(n.entity)] if before is not None else []
        firm = "company" in kinds
        fitting += [(entity, back) for entity, back, part in self._acted(i)
                    if entity.kind in kinds
                    or noun and firm and part == "subject" and entity.kind == "other" and not entity.known]
        fitting = [found for found in fitting if not _is_no_vehicle(found[0], noun) and not is_goods(found[0])]
        fitting = [found for found in fitting if not country or found[0].country in (None, country)]
        if noun and firm and all(invests(found[0]) for found in fitting):
            fitting = self._apps(i) + fitting
        if firm and noun not in BACKING:       # who backs a firm is seldom meant
            fitting = [found for found in fitting if not invests(found[0])] or fitting
        return fitting

    def _apps(self, i: int) -> list[Found]:
        """Products before sentence i that are spoken of as the firm behind them, as an app is."""
        return [(n.entity, back) for back, j in enumerate(self.topic.back(i), 1) for n, part in self.topic.of(j)
                if part in ACTING and n.entity.kind == "product" and not n.entity.known]

    def _told(self, i: int) -> list[Found]:
        """Who is named in the sentences before sentence i, whatever part he played."""
        return [(n.entity, back) for back, j in enumerate(self.topic.back(i), 1) for n, _ in self.topic.of(j)]

    def _called(self, i: int, noun: str, kinds: tuple[str, ...], country: str | None,
                fitting: list[Found]) -> list[Found]:
        """Those of whom a text says that they are "the startup", the likeliest first; none where the one who acted
        last may as well be it."""
        descriptions = self.descriptions
        may = fitting
        if fitting and noun in specific():      # "Norvik bought hotel chain Marlow. The chain": it did nothing
            may = fitting + [found for found in self._told(i) if found[1] <= fitting[0][1]
                             and found[0].kind in kinds and noun in descriptions.told(found[0])]
        called = sorted([found for found in may if noun in descriptions.of(found[0])], key=lambda f: f[1])
        if called and called[0][1] > fitting[0][1] and noun not in descriptions.told(called[0][0]) \
                and not descriptions.is_other(fitting[0][0], noun):
            called = []
        called = called or [found for found in may if country and found[0].country == country]
        if not called and kinds != ("product",) and (
                kinds in (("place",), BODIES) or not may or descriptions.is_other(may[0][0], noun)):
            called = self._called_anywhere(i, noun, kinds, country)
        if not called and kinds == BODIES:       # "the charity" may be one of whom nothing is told
            called = [(entity, back) for entity, back in may
                      if entity.kind in ("organisation", "other") and not entity.known and back < 2
                      and specific().isdisjoint(descriptions.of(entity))]
        return called

    def _called_anywhere(self, i: int, noun: str, kinds: tuple[str, ...], country: str | None) -> list[Found]:
        """Who may be "the startup" of sentence i by his name or what he is known as, wherever he is named before."""
        first = self.topic.first
        every = [*self._told(i), *((e, REACH + 1) for e in self.topic.entities.values() if first[e.entity_id] < i)]
        every = [found for found in every if found[0].kind in kinds
                 and (not country or found[0].country in (None, country))]
        return [found for found in every if noun in found[0].name.lower().split()
                or noun in self.descriptions.of(found[0]) and kinds != ("place",)] \
            or [found for found in every if country and found[0].country == country]

    def _main(self, i: int, kinds: tuple[str, ...], noun: str | None, country: str | None,
              invested: bool) -> Entity | None:
        """Who the document is about, if he may be meant; no investor where somebody else is in whom he has
        `invested`."""
        main = self.topic.dominant(kinds, one=True)
        if main is None or _is_no_vehicle(main, noun) or self.topic.first[main.entity_id] >= i \
                or noun in CALLED and not may_be(main, noun) or country and main.country not in (None, country):
            return None         # nobody speaks of "the plan" before it is named
        backs = invested and noun not in BACKING and "company" in kinds and invests(main)
        return None if backs else main

    def _acted(self, i: int) -> list[tuple[Entity, int, str]]:
        """Who acts in the sentences before sentence i, how many of them back, and the part."""
        if i not in self._actors:
            actors = self._actors[i] = []
            for back, j in enumerate(self.topic.back(i), 1):
                parts = IN_HEADING if self.cast.sentences[j].kind == "heading" else ACTING
                if (meant := self.opening(j)) is not None:
                    actors.append((meant, back, "subject"))
                actors += [(n.entity, back, part) for n, part in self.topic.of(j) if part in parts
                           and not publishes(n.entity) and not self.cast.is_small(n)]
        return self._actors[i]

    def opening(self, i: int) -> Entity | None:
        """Whom the pronoun or "the company" that sentence i begins with stands for, where that is clear; a later "it"
        means the same rather than somebody further back."""
        while len(self._opened) <= i:       # in order, so that none waits for a long chain of others
            j = len(self._opened)
            anaphor = self.anaphors.opening(j)
            self._opened.append(None)
            if anaphor is not None:
                self._opened[j] = self._clear(j, anaphor)
        return self._opened[i]

    def _clear(self, i: int, a: Anaphor) -> Entity | None:
        """Whom a word of sentence i means, if that is one alone."""
        place = self.cast.place_in(i, a.start, a.end) if a.noun else None
        country = place.country if place is not None else None
        found = [(entity, back) for entity, back in (self.find(i, kinds, a.noun, country=country)
                                                     for kinds in meant_kinds(a))
                 if entity is not None]
        nearest = min((back for _, back in found), default=0)
        # "the service" is no firm that a later "the company" could be
        clear = [entity for entity, back in found if back == nearest and (
            entity.kind == "product" or a.noun not in word_lists()["product"])]
        return clear[0] if len({entity.entity_id for entity in clear}) == 1 else None


def _is_no_vehicle(entity: Entity, noun: str | None) -> bool:
    """Whether "the vehicle" can't be a product, which is known to be something else: its software."""
    vehicles = word_lists()["vehicles"]
    return noun in vehicles and entity.kind == "product" and entity.known and bool(entity.descriptors) \
        and vehicles.isdisjoint(entity.descriptors)
