"""Names that nobody knows: which candidates are one, what each is called in full, and what may be short for it.

>>> from extract.names.candidate import Candidate
>>> text = "Chip startup Brightwell Labs (BWL) raised $5 million. Brightwell has 80 employees."
>>> mentions = {"Brightwell Labs": [Candidate(13, 28, False, False)], "Brightwell": [Candidate(54, 64, True, False)]}
>>> found = discover(text, mentions, [], {"Brightwell Labs"}, Acronyms(text))
>>> [(named, entity.name, entity.kind, how) for named, (entity, how) in found.items()]
[('Brightwell Labs', 'Brightwell Labs', 'company', 'discovered'), ('Brightwell', 'Brightwell Labs', 'company', 'short')]
>>> discover("Prices rose.", {"Prices": [Candidate(0, 6, True, False)]}, [], set(), Acronyms(text))
{}
"""
import re
from functools import cache

from .. import schema
from ..model import Entity, Name
from .acronym import BRACKETED, Acronyms, initials
from .candidate import Candidate
from .cue import cues, words
from .gazetteer import entity_id, gazetteer, is_place, spelled
from .kind import is_spoken_of, kind_of
from .spelling import near
from .word import POSSESSIVE, is_headed, is_odd, is_ordinary, is_rare

LABEL = re.compile(r"(?: \([^()]{1,20}\))?\s*[:：|]\s")     # "Torque: 415 lb-ft" names no Torque
# "Norvik: Will cut 300 jobs", "Norvik: Raised $9 million"
TOLD = re.compile(r": (?:Is|Was|Are|Were|Has|Had|Will|Would|Plans|Raised|Cut|Cuts|Laid|Sold|Bought|Announced|Lost|Grew|"
                  r"Fell|Rose|Hired|Reported|Posted) ")
# What stands behind a word that opens a sentence and is no ordinary one, which would be a plural or have an article:
# "has a", "cut 300 jobs", "may need $3m", ", a maker of"; and behind one that is no adjective either: "trades at 14"
OFTEN = r"(?: (?:now|also|still|[a-z]+ly))? "
SUBJECT = re.compile(r" (?:has|was|is|had|will) (?!it|he|she|they|you|we|there)[a-z0-9$€£¥]|"
                     rf"{OFTEN}(?:can|could|may|might|would|should|must|[a-z]{{3,}}ed|fell|rose|grew|shrank|slid|sank|"
                     r"ran|won|lost|sold|bought|built|made|took|got|saw|gave|kept|held|paid|spent|sent|struck|cut|hit|set|"
                     r"put) |"
                     r", (?:(?:a|an|the) (?!same|first|most|more|less|fewer)[\w’'-]+ |"
                     r"(?:based|headquartered) in |(?:backed|owned|led|founded|run|made) by |whose )")
DOES = re.compile(rf"{OFTEN}[a-z]{{2,}}s (?:"
                  r"(?:about|around|nearly|over|only|just|up to|more than|an?|the|its|another) |"
                  r"(?:at|for|by|on|with|in|to) (?=[0-9$€£¥])|(?:first|second|third|fourth|fifth) |(?=[0-9$€£¥]))")
ADJECTIVE = ("ic", "al", "ous", "ive", "able", "ible", "ful", "less")
ILLNESS = re.compile(r"['’]s?(?: and [A-Z][a-z]+['’]s?)? (?:disease|syndrome|disorder|palsy|dementia|"
                     r"lymphoma|sarcoma)s?\b")
ILLNESSES = (" Disease", " Syndrome", " Disorder")
LONG = 15               # letters of a word that is likelier two words without a space


def discover(text: str, unknown: dict[str, list[Candidate]], known: list[Name], sure: set[str],
             acronyms: Acronyms) -> dict[str, tuple[Entity, str]]:
    """Entity and how (discovered, short, fuzzy) by what it is called, for those of the candidates that are names.

    `unknown` holds the candidates by what they are called, `known` the names of the text that are known, `sure` what
    stands inside a sentence, where a capital says something.
    """
    found = _Discovery(text, unknown, known, sure, acronyms)
    for named in sorted(unknown, key=lambda name: (-len(name.split()), name)):
        found.add(named)
    return found.entities

INDICES, INDEX = ("Index", "Composite"), ("index",)     # what "the Velmora Shipping Index" is


class _Discovery:
    """The unknown names of one text, the longer ones first, since others may be short for them."""

    def __init__(self, text: str, unknown: dict[str, list[Candidate]], known: list[Name], sure: set[str],
                 acronyms: Acronyms) -> None:
        self.text, self.unknown, self.sure, self.acronyms = text, unknown, sure, acronyms
        self.entities: dict[str, tuple[Entity, str]] = {}
        self.short: dict[str, Entity | None] = {}       # None where it may be short for several: Pro, Turbo
        named = list({name.entity.entity_id: name.entity for name in known}.values())
        self.spelled = [(entity, entity.name.lower()) for entity in named]
        for entity in named:
            self._shorten(entity)
        for name in known:      # "Tesla (TSLA)"
            acronym = BRACKETED.match(text, name.end + 1)
            if acronym and acronym[1].isupper() \
                    and (name.entity.kind == "company" or acronym[1][0] == name.entity.name[0]):
                self.short.setdefault(acronym[1], name.entity)

    def add(self, named: str) -> None:
        """Finds out what some candidates are that are called the same."""
        mentions = self.unknown[named]
        if named in words()["eponym"] or named.endswith(ILLNESSES) or any(
                ILLNESS.match(self.text, mention.end) for mention in mentions):
            return              # Crohn's disease
        one = self.entities.get(named[:-1], (self.short.get(named[:-1]),))[0] if named.endswith("s") else None
        if (place := self._peopled(named)) is not None:
            self.entities[named] = place, "demonym"
        elif one is not None and one.kind == "product":
            self.entities[named] = one, "short"         # "sold 300 Linnets"
        elif self._is_short(named, mentions):
            if self.short[named]:
                self.entities[named] = self.short[named], "short"
        elif self._is_name(named, mentions) and not words()["trim"].issuperset(named.split()):
            if like := self._like(named):
                self.entities[named] = like, "fuzzy"
            else:
                self.entities[named] = self._new(named, mentions), "discovered"

    def _peopled(self, named: str) -> Entity | None:
        """The place of the text that nobody knows and whose people and goods are called so: Selvanian of Selvania."""
        place = self.entities.get(named[:-1]) if named.endswith("an") else None
        return place[0] if place and place[0].kind == "place" and not place[0].known else None

    def _has_people(self, named: str) -> bool:
        """Whether the text also has the word for the people and goods of a place: Selvania and Selvanian."""
        return named.endswith("a") and f"{named}n" in self.unknown and f"{named}n" not in words()["first_name"]

    def _shorten(self, entity: Entity) -> None:
        """Notes what may be short for an entity."""
        for form in short_forms(entity.name, entity.kind):
            if self.short.setdefault(form, entity) is not entity and words()["trim"].issuperset(form.split()):
                self.short[form] = None

    def _is_short(self, named: str, mentions: list[Candidate]) -> bool:
        """Whether a name is short for one that is longer; an ordinary word is if it is somebody's name, or a name by
        itself."""
        if named not in self.short:
            return False
        entity = self.short[named]
        return named.lower() not in words()["common"] or self._is_name(named, mentions) \
            or entity is not None and entity.kind == "person"

    def _like(self, named: str) -> Entity | None:
        """The known entity of which a name is another spelling: a slip of the pen where the text has the right name
        too."""
        if gazetteer().get(named):
            return None
        if (same := spelled(named)) or not named.isalpha():
            return same
        lower = named.lower()
        return next((entity for entity, name in self.spelled if near(lower, name)), None)

    def _new(self, named: str, mentions: list[Candidate]) -> Entity:
        """The entity of a name that nobody knows."""
        kind, maker, base = kind_of(self.text, named, mentions), None, None
        if kind in ("company", "other") and self._has_people(named):
            kind = "place"
        if kind == "product":
            maker = next((c.maker for c in mentions if c.maker), None)
            if maker and maker.name in gazetteer().ambiguous and all(maker is not one for one, _ in self.spelled):
                maker = None        # whatever "Lumen" is in a text that has no firm of that name
        tail = named.split()[-1]
        if kind in ("company", "other", "person") and tail != named and self._is_thing(self.unknown.get(tail, ())):
            kind = "product"        # "Vantera Solace" where "the Solace" has figures of its own
        if kind == "product":
            base = next((c.base for c in mentions if c.base), None)
        name = _usual(named) if kind == "company" else named if base is None else _in_full(named, base)
        entity = self.short.get(name) or Entity(
            entity_id(kind, name), name, kind, maker_id=maker and maker.entity_id,
            descriptors=base.descriptors if base else INDEX if tail in INDICES and kind == "other" else (), known=False)
        self.short.setdefault(name, entity)
        self._shorten(entity)
        acronym = next((m for c in mentions[:12] if (m := BRACKETED.match(self.text, c.end + 1))), None)
        if acronym and (acronym[1][0].lower() == name[0].lower() or initials(name).endswith(acronym[1])):
            self.short.setdefault(acronym[1], entity)
        return entity

    def _is_thing(self, mentions: list[Candidate]) -> bool:
        """Whether a word is mostly written with an article: "the Solace" is no firm and nobody."""
        articles = sum(self.text[max(0, c.start - 4):c.start].lower() == "the " for c in mentions)
        return 2 * articles > len(mentions)

    def _is_name(self, named: str, mentions: list[Candidate]) -> bool:
        """Capitals at the start of sentences and in headlines prove nothing by themselves, nor do those of ordinary
        words."""
        if is_ordinary(named) and not (any(c.base for c in mentions) or self._is_named(named, mentions)) \
                or self._is_label(named, mentions):
            return False
        alone, lists = " " not in named, words()
        if named in lists["adherent"] or named.isupper() and self.acronyms.is_term(named) or any(
                named in lists[f"{kind}_suffix"] for kind in ("organisation", "company", "other", "place")):
            return False        # "the Institute", "the Act": only where it is short for something
        if named in self.sure:
            return True
        if alone and f" {named.lower()} " in self.text:
            return False
        odd = is_odd(named)
        if all(c.titled for c in mentions):
            return alone and odd    # in a headline only a digit, a capital inside, an acronym
        return not alone or odd or is_spoken_of(self.text, mentions) or (
            named[1:].islower() and len(named) < LONG and not named.endswith(("ly", "ing", "s"))
            and not any(longer.startswith(f"{named} ") for longer in self.entities)     # who makes the "Solara Grand"
            and any(self._acts(named, c) for c in mentions))

    def _acts(self, named: str, mention: Candidate) -> bool:
        """Whether what stands behind the first word of a sentence shows that it is somebody."""
        return SUBJECT.match(self.text, mention.end) is not None or self._is_told(mention) \
            or cues()["aged"].match(self.text, mention.end) is not None \
            or not named.endswith(ADJECTIVE) and DOES.match(self.text, mention.end) is not None

    def _is_named(self, named: str, mentions: list[Candidate]) -> bool:
        """Whether ordinary words are a name: the startup Sesame, but not sesame; UK Coal."""
        parts = named.split()
        if len(parts) == 1:
            return sum(not (c.opens or c.titled) for c in mentions) > 1 \
                and is_spoken_of(self.text, mentions, ("company", "person"))
        national = parts[-1] in words()["national_company"] or is_headed(named) and is_place(parts[0])
        return national or is_spoken_of(self.text, mentions, ("company", "person"))

    def _is_told(self, c: Candidate) -> bool:
        """Whether what stands behind a label goes on about it: "Norvik: Will cut 300 jobs", "Norvik: The carmaker"."""
        return self.text[c.end:c.end + 1] == ":" and (TOLD.match(self.text, c.end) is not None or any(
            cues()[cue].match(self.text, c.end) for cue in ("apposed_company", "apposed_product")))

    def _is_label(self, named: str, mentions: list[Candidate]) -> bool:
        """Whether it stands before the colon of a table or list, "Torque: 415 lb-ft", and is none that is told of
        there: "Harrow Vantera: $99", "Norvik: Will cut 300 jobs"."""
        if len(mentions) > 2 or is_odd(named) or " " in named and is_rare(named) or any(c.told for c in mentions):
            return False
        return any((label := LABEL.match(self.text, c.end)) and not self._is_told(c)
                   and (c.opens or not label[0].endswith("\n")) for c in mentions)     # "Key results for Veltrane:"



def _usual(company: str) -> str:
    """A firm's name without its legal forms.

    >>> _usual("Norvik Motors Inc."), _usual("Brightwell & Co"), _usual("Group Veldt")
    ('Norvik Motors', 'Brightwell', 'Group Veldt')
    """
    parts = company.split()
    kept = 2 if parts[0] in words()["company_suffix"] else 1
    while len(parts) > kept and parts[-1].strip(".,") in words()["own_form"]:
        parts.pop()
    return " ".join(parts).rstrip(",") if parts[-1] != "&" else " ".join(parts[:-1])


@cache
def _led_without_maker() -> frozenset[str]:
    """The first words of the names of known products: a Pixel 10a is no Google Pixel 10a."""
    return frozenset(row["name"].split()[0] for row in schema.rows("product"))


def _in_full(named: str, base: Entity) -> str:
    """What goes on with the name of a known product, with the maker that the text leaves out: Model Y AWD.

    >>> base, _ = gazetteer().get("Model Y")
    >>> _in_full("Model Y AWD", base), _in_full("Tesla Model Y AWD", base)
    ('Tesla Model Y AWD', 'Tesla Model Y AWD')
    """
    head = next((alias for alias in base.aliases
                 if named.startswith(f"{alias} ") and base.name.endswith(f" {alias}")
                 and alias.split()[0] not in _led_without_maker()), "")
    return base.name + named[len(head):] if head else named


def short_forms(name: str, kind: str) -> list[str]:
    """What may be short for a name of several words.

    >>> short_forms("Maria Roe", "person"), short_forms("Norvik Motors", "company"), short_forms("Norvik", "company")
    (['Roe'], ['Norvik', 'Norvik', 'NM'], [])
    """
    parts, lists = name.split(), words()
    if len(parts) < 2:
        return []
    first, last = parts[0], parts[-1]
    if kind == "person":
        if first in lists["family_first"]:      # Lin Bin is Lin, but Lee Jones is Jones too
            return [first, last] if first in lists["first_name"] else [first]
        return [last]
    if kind == "product":
        tails = [" ".join(parts[at:]) for at in range(1, len(parts))]
        return [tail for tail in tails if tail.lower() not in lists["common"]]
    if kind not in ("company", "organisation"):
        return []
    letters = initials(name)        # British Airways is BA; BAT or Bat
    short = [letters, letters.capitalize()][:len(letters) - 1] if letters.isupper() else []
    if kind == "organisation":      # the Bank, the Commission
        return [w for w in (first, last) if w in lists["organisation_suffix"] or w == "Bank"] + short
    if len(first) > 2 and first not in lists["company_suffix"]:
        return [first, POSSESSIVE.sub("", first), *short]
    return short
