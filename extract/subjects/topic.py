"""What a text is about: whom it names how often, under which heading, and of whom a sentence leaves the next to go on.

>>> from extract import sentence
>>> from extract.names import entity
>>> text = "Norvik Motors Inc. bought Tidemark Inc. in May. Norvik Motors Inc. makes cars."
>>> sentences = sentence.find(text)
>>> topic = Topic(Cast(text, sentences, entity.find(text, sentences, [])))
>>> [name.entity.name for name, part in topic.of(0)], topic.dominant(("company",)).name, list(topic.back(1))
(['Norvik Motors', 'Tidemark'], 'Norvik Motors', [0])
>>> topic.dominant(("product",)) is None
True
"""
import re
from bisect import bisect_left
from collections.abc import Iterator

from ..context.stance import is_source, is_speaker
from ..model import Entity, Name
from ..names.accessory import is_accessory
from ..names.entry import BRACKET, PRICE
from ..names.variant import is_earlier
from .listing import Lists
from .part import Cast
from .subject import ACTING, DOMINANT, country, is_goods, publishes

# Of whom a later sentence goes on: the lower, the likelier.
LIKELY = {"subject": 0, "owner": 1, "speaker": 2, "held": 3, "object": 3, "compared": 4, "example": 4, "agent": 4,
          "located": 4, "modifier": 5}
SALIENCE = 0.12             # how much a topic gains where the document is mostly about it
REACH = 4                   # sentences back
FIRST = 3                   # names of a sentence that the next ones may go on about
MAIN = 0.65                 # share of mentions from which a document is about one entity alone
# and of all mentions, from which it is about one at all; places are spoken of without being named
ABOUT = 0.15
LINES = 3                   # headings one after another that are lines of a list
IN_TITLE, EARLY, PEOPLE = 3, 1.5, 0.4       # what a mention counts: in the title, near the beginning, "the Norwegians"
BEGINNING = 4               # sentences that are the beginning
LABEL = re.compile(rf"{BRACKET}(?:{PRICE})?{BRACKET}: ")
THING = ("object", "compared", "held")      # parts of a product that "it" may mean where nobody acts
# "a car, the Finch"
KINDS = ("company", "product", "place", "market", "other", "organisation")


class Topic:
    """What one document is about, as a whole and from sentence to sentence."""

    def __init__(self, cast: Cast):
        self.cast = cast
        self.entities: dict[str, Entity] = {}
        self.first: dict[str, int] = {}         # sentence in which it is named first
        self.weight: dict[str, float] = {}
        for i, names in enumerate(cast.of_sentence):
            factor = IN_TITLE if i == 0 else EARLY if i < BEGINNING else 1
            for name in names:
                known = name.entity.entity_id
                self.weight[known] = self.weight.get(known, 0) + factor * (PEOPLE if name.how == "demonym" else 1)
                self.entities[known] = name.entity
                self.first.setdefault(known, i)
        self.titled = [name.entity for name in cast.of_sentence[0]] if cast.sentences else []
        self.variant = self._titled_variant()
        self.lists = Lists(cast)
        self.heading = self._headings()
        self._before = self._sentences_before()
        self._topics: dict[int, list[tuple[Name, str]]] = {}
        self._salience: dict[int, list[tuple[Entity, float, bool, bool]]] = {}
        self._dominant: dict[tuple[tuple[str, ...], bool], Entity | None] = {}
        self._total: dict[tuple[str, ...], float] = {}
        self._shares: dict[str, float] = {}
        self._sources: dict[str, bool] = {}
        self._leading: list[tuple[Entity, int, float]] | None = None

    def _titled_variant(self) -> dict[str, Entity]:
        """What a shorter name means where the title names its only variant, and no sentence tells the two apart: the
        Linnet of a text on the Linnet GT."""
        if not self.titled or self.cast.sentences[0].kind == "body":
            return {}
        titled = {e.entity_id: e for e in self.titled if e.kind == "product"}
        found = {}
        for short in self.entities.values() if titled else ():
            longer = [e for e in self.entities.values() if e.name.startswith(f"{short.name} ") and not is_accessory(e)]
            if len(longer) == 1 and longer[0].entity_id in titled and short.kind in ("product", "other") \
                    and not any({short.entity_id, longer[0].entity_id} <= {n.entity.entity_id for n in names}
                                for names in self.cast.of_sentence):
                found[short.entity_id] = longer[0]
        return found

    def _headings(self) -> list[int | None]:
        """The heading or title that each sentence stands under; headings one after another are lines of a list."""
        headings: list[int | None] = []
        above, run = None, 0
        for i, s in enumerate(self.cast.sentences):
            run = run + 1 if s.kind == "heading" else 0
            if s.kind in ("heading", "title"):
                above = i if run < LINES else None
            headings.append(above if above != i else None)
        return headings

    def _sentences_before(self) -> list[int]:
        """The nearest sentence before each that may name a topic, -1 where there is none.

        Lines of a specification list name none, however many there are, but for the sentence that goes on behind one;
        nor do headings and bullets without a name.
        """
        before, latest = [], -1
        for i, s in enumerate(self.cast.sentences):
            goes_on = i > 0 and self.cast.sentences[i - 1].paragraph == s.paragraph and self.cast.of_sentence[i - 1]
            before.append(i - 1 if goes_on else latest)
            if s.kind not in ("line", "heading", "bullet") or s.kind != "line" and self.cast.of_sentence[i] \
                    or i in self.lists.names:
                latest = i
        return before

    def of(self, i: int) -> list[tuple[Name, str]]:
        """The names of sentence i that a later sentence may go on about, with their parts, the likeliest first."""
        if i not in self._topics:
            earlier = {n.entity.entity_id for n in self.cast.of_sentence[i]
                       if n.entity.kind == "product" and is_earlier(self.cast.text, n)}
            # "Its predecessor, the Linnet 2, had 60 kWh": the next one goes on about the Linnet 3
            named = [(name, "compared" if name.entity.entity_id in earlier else
                      "agent" if part in ACTING and self.cast.is_aside(i, name) else part)
                     for name, part in self.cast.parts(i) if name.how != "demonym"]
            self._topics[i] = sorted(named, key=lambda p: LIKELY[p[1]]) if len(named) > 1 else named
        return self._topics[i]

    def back(self, i: int) -> Iterator[int]:
        """The sentences before i that a topic may come from, nearest first, not beyond a heading that names
        something."""
        for _ in range(REACH):
            i = self._before[i]
            if i < 0:
                return
            yield i
            if i in self.lists.names or self.cast.sentences[i].kind == "heading" \
                    and any(n.entity.kind in ("product", "company") for n in self.cast.of_sentence[i]):
                return

    def labelled(self, i: int) -> Entity | None:
        """The product with whose name and price, or a colon, the paragraph of sentence i begins before it: "Norvik
        Kettle for $70: It is small."."""
        sentences = self.cast.sentences
        j = bisect_left(sentences, sentences[i].paragraph, key=lambda s: s.paragraph)
        name = self.cast.of_sentence[j][0] if j < i and self.cast.of_sentence[j] else None
        if name is None or name.start != sentences[j].start or name.entity.kind != "product":
            return None
        return name.entity if LABEL.match(self.cast.text, name.end) else None

    def salient(self, i: int) -> list[tuple[Entity, float, bool, bool]]:
        """The first of the topic of sentence i: how much each gains by its share of the text, whether it leads its
        clause, and whether it is the only thing of its kind there, though it leads none."""
        if i not in self._salience:
            names = self.cast.of_sentence[i]
            self._salience[i] = [
                (name.entity, SALIENCE * (self.own_share(name.entity) - 0.3), part in ("subject", "owner"),
                 part in THING and sum(n.entity.kind == name.entity.kind for n in names) == 1)
                for name, part in self.of(i)[:FIRST] if part != "speaker" or not self.is_source(name.entity)]
        return self._salience[i]

    def is_source(self, entity: Entity) -> bool:
        """Whether a text only ever tells that figures are from somebody: "data from Brightwell show"."""
        if entity.entity_id not in self._sources:
            national = entity.kind == "place" or country(entity) is not None     # a ministry's data are of its country
            self._sources[entity.entity_id] = not national and not self.is_titled(entity) and self._is_cited(entity)
        return self._sources[entity.entity_id]

    def _is_cited(self, entity: Entity) -> bool:
        """Whether every sentence that names somebody cites him, and one of them for its figures."""
        source = False
        for i, names in enumerate(self.cast.of_sentence):
            s = self.cast.sentences[i]
            for name in names:
                if name.entity.entity_id == entity.entity_id:
                    spot = self.cast.lower[s.start:s.end], name.start - s.start, name.end - s.start
                    if not is_speaker(*spot):
                        return False
                    source = source or is_source(*spot)
        return source

    def own_share(self, entity: Entity) -> float:
        """Part of the document's mentions of its kind that are of the entity."""
        if entity.entity_id not in self._shares:
            self._shares[entity.entity_id] = self.share(entity, (entity.kind,))
        return self._shares[entity.entity_id]

    def is_titled(self, entity: Entity) -> bool:
        """Whether the title names an entity."""
        return any(titled.entity_id == entity.entity_id for titled in self.titled)

    def share(self, entity: Entity, kinds: tuple[str, ...]) -> float:
        """Part of the document's mentions of these kinds that are of the entity."""
        if kinds not in self._total:
            self._total[kinds] = sum([w for eid, w in self.weight.items() if self.entities[eid].kind in kinds])
        return self.weight.get(entity.entity_id, 0) / self._total[kinds] if self._total[kinds] else 0.0

    def dominant(self, kinds: tuple[str, ...], one: bool = False) -> Entity | None:
        """The entity of these kinds that the document names most, its title above all; but for names of all of a kind
        where `one` is sought."""
        if (kinds, one) not in self._dominant:
            titled = {e.entity_id for e in self.titled}
            ranked = [(w, eid) for eid, w in self.weight.items() if self.entities[eid].kind in kinds and (
                eid in titled or not publishes(self.entities[eid])) and not (one and is_goods(self.entities[eid]))]
            found = (self.entities[eid] for _, eid in sorted(ranked, reverse=True))
            self._dominant[kinds, one] = next((e for e in found if not self.is_source(e)), None)
        return self._dominant[kinds, one]

    def leaders(self) -> list[tuple[Entity, int, float]]:
        """The entity of each kind that the document is about, where it is named first, and what that is worth."""
        if self._leading is None:
            self._leading, every = [], sum(self.weight.values())
            for kind in KINDS:
                entity = self.dominant((kind,))
                weight = self.weight[entity.entity_id] / every if entity else 0
                if entity and (kind == "place" or weight > ABOUT):
                    self._leading.append((entity, self.first[entity.entity_id],
                                          DOMINANT - 0.15 + 0.3 * min(0.5, weight)))
        return self._leading

    def whole(self, entity: Entity) -> Entity | None:
        """Of which an entity is a variant by its name, if the document names that more often."""
        found = [e for e in self.entities.values()
                 if entity.name.startswith(f"{e.name} ") and e.entity_id != entity.maker_id
                 and self.weight[e.entity_id] > self.weight.get(entity.entity_id, 0)]
        return max(found, key=lambda e: len(e.name)) if found else None

    def place(self) -> Entity | None:
        """The place that the title names, or that the text is on where the title names no firm or product."""
        named = next((e for e in self.titled if e.kind == "place"), None)
        return named or (None if any(e.kind in ("company", "product") for e in self.titled)
                         else self.dominant(("place",)))
