"""What a known spelling stands for in a text: which of its entities, another name that nobody knows, or a mere word.

>>> from extract.names.acronym import Acronyms
>>> from extract.names.candidate import Candidate, hits
>>> def names(text):
...     found = [Candidate(hit.start, hit.end, hit.start == 0, False, hit) for hit in hits(text, [])]
...     return [name.entity.name for name in Senses(text, found, Acronyms(text)).found]
>>> names("Target, the retailer, sold 300 lamps."), names("Target prices rose.")
(['Target'], [])
"""
import re
from collections import defaultdict

from ..model import Entity, Name
from .acronym import Acronyms
from .candidate import FAR, Candidate
from .cue import cues, words
from .gazetteer import gazetteer, is_place
from .word import is_ordinary

FLANK_BEFORE = re.compile(r"(?<![.!?:] )(?<!^)(?<!\n)\b[A-Z][a-z]+ $")
FLANK_BEHIND = re.compile(r" (?:[A-Z][a-z]{2,}|Co\b)")
DETERMINER = re.compile(r"(?<![^\W_])(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Yy]our|[Mm]y|[Tt]his|[Tt]hat|"
                        r"[Ee]very|[Ee]ach) $")
# behind the name of a firm that is the subject of its clause, or one of several
ACTS = re.compile(r" (?:will|would|has|could|wants|plans|hopes|spent|paid|told) (?!been\b)[a-z]"
                  r"| was (?:first|second|third|fourth|fifth) (?:with|at|in) "
                  r"| (?:[a-z]+ed|sold|made|won|lost|cut|has|had|owns|owes|earns|employs|rose|fell|sank) (?:about |"
                  r"around |nearly |almost |more than |over |up to )?[$€£¥]?[0-9]")
LISTED = re.compile(r"(?:,? and|,) (?=[A-Z])")
PRICED = re.compile(r" (?:crude )?(?:for [A-Z][a-z]+ (?:delivery|settlement) )?(?:up|down|rose|fell|gained|lost|was|is|"
                    r"stood|traded|settled|closed)(?: (?:up|down|by|at))? (?:about |around |nearly )?[$€£]?[0-9]")
COIN = "cryptocurrency"
METALS = frozenset({"gold", "silver"})
AWARDED = re.compile(r"(?i)\b(?:w[io]ns?|winning|took|takes?|taking|claim(?:s|ed|ing)?|secur(?:es|ed)|grabbed|olympic|"
                     r"consecutive|individual|team) $")
APPOSED = re.compile(r", (?:the|an?) (?:[\w’'-]+ ?){1,6}")


def is_preceded(text: str, candidate: Candidate) -> bool:
    """Whether a capitalised word stands right before."""
    return FLANK_BEFORE.search(text, max(0, candidate.start - 30), candidate.start) is not None


def is_made_known(text: str, product: Entity, spelling: str) -> bool:
    """Whether a text has the maker of a product, or its full name, as one as short as W1 or as common as Passport
    needs it; MG4 has the one in it, and no other name is written like iOS."""
    maker = gazetteer().entities.get(product.maker_id)
    if maker is None or spelling[0].islower() or spelling.startswith(maker.name):
        return True
    if len(maker.name) <= 3 and re.search(rf"\b{re.escape(maker.name)}\b", text):
        return True
    return any(name in text for name in (product.name, maker.name, *maker.aliases) if len(name) > 3)


class Senses:
    """What the candidates of one text stand for that are known names."""

    def __init__(self, text: str, candidates: list[Candidate], acronyms: Acronyms) -> None:
        self.text, self.candidates, self.acronyms = text, candidates, acronyms
        self.sure: set[str] = set()             # names that stand inside a sentence: their capitals say something
        self.surnames: dict[str, int] = {}      # of persons, and where they are named in full
        self.endings: dict[str, Entity] = {}    # last words of known firms
        self.beginnings: set[str] = set()       # first words of names that nobody knows
        self._relate()
        self.found: list[Name] = []
        self.unknown: dict[str, list[Candidate]] = defaultdict(list)     # by what they are called
        self.doubted: dict[str, tuple[Entity, str]] = {}    # what of these is known if it is short for nobody
        for candidate in candidates:
            self._sort(candidate)

    def _relate(self) -> None:
        """What the names of the text tell of each other."""
        given = words()["first_name"]
        for c in self.candidates:
            named = self.text[c.start:c.end]
            if not c.opens and not c.titled:
                self.sure.add(named)
            first, _, last = named.rpartition(" ")
            if not first:       # "Ford said its chairman, Bill Ford, ...": the firm was there before
                self.surnames.setdefault(last, FAR)
            elif c.known is None:
                parts = named.split(" ", 1)
                self.beginnings.add(parts[0])
                if parts[0] in given:
                    self.surnames.setdefault(last, c.start)
            elif c.known.entity.kind == "company":
                self.endings.setdefault(last, c.known.entity)

    # The decision

    def _sort(self, candidate: Candidate) -> None:
        named, hit = self.text[candidate.start:candidate.end], candidate.known
        if hit is None or self._is_surname(candidate, named):
            self.unknown[named].append(candidate)
            return
        entity, how = self._which(candidate)
        if entity.kind == "company" and hit.ambiguous and entity.name not in self.text:
            if named in self.beginnings and hit.spelling not in self.endings:
                self.unknown[named].append(candidate)       # the United of a text on United Breweries
                self.doubted[named] = entity, how
                return
            entity = self.endings.get(hit.spelling, entity)     # the United of a text on Manchester United
        if self._is_other(candidate, entity, how, named):
            self.unknown[named].append(candidate)
        elif not self._is_word(candidate, entity, named):
            self.found.append(Name(candidate.start, candidate.end, entity, "exact" if how == "opening" else how))
        elif entity.kind == "product" and len(named) > 1 and any(map(str.isdigit, named)):
            self.unknown[named].append(candidate)       # the V3 of somebody else

    def _is_surname(self, candidate: Candidate, named: str) -> bool:
        """Whether it is somebody of the text: the Lincoln of one about Jane Lincoln, but not "in Lincoln"."""
        return self.surnames.get(named, candidate.start) < candidate.start and not self._is_located(candidate)

    def _which(self, candidate: Candidate) -> tuple[Entity, str]:
        """Of several entities with this spelling the one that the text also calls by another name, else the first."""
        _, _, spelling, entity, how, _ = candidate.known
        homonyms = gazetteer().homonyms
        others = [other for other in homonyms[spelling] if other[1] == "exact"] if spelling in homonyms else None
        if not others:
            return entity, how
        for one, its in ((entity, how), *others):
            if any(len(name) > len(spelling) and name in self.text for name in (one.name, *one.aliases)):
                return one, its
        if entity.kind == "product":        # the R2 of a text on Rivian
            for one, its in ((entity, how), *others):
                maker = gazetteer().entities.get(one.maker_id)
                if maker and maker.name in self.text:
                    return one, its
        place = next((other for other in others if other[0].kind == "place"), None)
        if place and entity.kind != "place" and (entity.kind == "product" or self._is_located(candidate)):
            return place
        body = next((other for other in others if other[0].kind == "organisation"), None)
        return body if body and entity.kind == "product" else (entity, how)     # the G7 of a text without Xpeng

    def _is_located(self, candidate: Candidate) -> bool:
        """Whether something is said to be there: "in Lincoln", "the Lincoln-based", but not "shares in Santander"."""
        before = self.text[max(0, candidate.start - 40):candidate.start]
        return self.text.startswith("-based", candidate.end) \
            or cues()["place_before"].search(before) is not None and not cues()["held_before"].search(before)

    def _is_other(self, candidate: Candidate, entity: Entity, how: str, named: str) -> bool:
        """Whether it is the name of another, whom nobody knows."""
        if how == "opening" and not candidate.opens:
            return True
        if entity.kind in ("company", "product", "place") \
                and cues()["formal"].search(self.text, max(0, candidate.start - 8), candidate.start):
            return True         # Mr Sears
        return named.isupper() and self.acronyms.is_other(named, entity)

    def _is_word(self, candidate: Candidate, entity: Entity, named: str) -> bool:
        """Whether it names nobody and nothing."""
        spelling, ambiguous = candidate.known.spelling, candidate.known.ambiguous
        if ambiguous and not self._is_meant(candidate, entity, named):
            return True
        if (spelling.islower() or COIN in entity.descriptors) and entity.kind in ("other", "product") \
                and cues()["category_of"].match(self.text, candidate.end):
            return True         # "electric car chargers" are no electric cars, "Bitcoin miners" no coins
        if spelling in METALS and AWARDED.search(self.text, max(0, candidate.start - 14), candidate.start):
            return True         # "won gold"
        return entity.kind == "product" and (ambiguous or len(spelling) <= 3) \
            and not is_made_known(self.text, entity, spelling)

    # Whether an ambiguous spelling is a name

    def _is_meant(self, candidate: Candidate, entity: Entity, named: str) -> bool:
        """An ambiguous name (Target, Apple, Meta) needs a capital inside a sentence, or a company's words after it."""
        if named[0].islower():
            return self._is_of_maker(candidate, entity) or self._is_determined(candidate) and self._has_maker(entity)
        if self._is_of_another(candidate, entity, named):
            return False
        determined = entity.kind in ("company", "person") and self._is_determined(candidate)
        # No word has the letters of TSB or B&Q, no words are New York, also where they open the sentence.
        if not candidate.titled and not determined and len(named) > 2 and (
                named.isupper() or " " in named and not is_ordinary(named)):
            return True
        if named in self.sure and not determined \
                or any(alias in self.sure for alias in (entity.name, *entity.aliases) if alias != named):
            return True
        if determined and any(self.text[c.start:c.end] == named and not (c.opens or c.titled or self._is_determined(c))
                              for c in self.candidates):
            return True         # "the Target case" where Target stands alone too
        return self._is_shown(candidate, entity, named)

    def _has_maker(self, entity: Entity) -> bool:
        """Whether the text names who makes it."""
        maker = gazetteer().entities.get(entity.maker_id)
        return maker is not None and maker.name in self.text

    def _is_of_maker(self, candidate: Candidate, entity: Entity) -> bool:
        """Whether a small letter begins what its maker is said to have: BMW's i7."""
        maker = gazetteer().entities.get(entity.maker_id)
        return maker is not None and self.text.endswith((f"{maker.name}'s ", f"{maker.name}’s "), 0, candidate.start)

    def _is_of_another(self, candidate: Candidate, entity: Entity, named: str) -> bool:
        """Whether it is only a word or a letter of something longer."""
        ahead = (" and ", " or ", "/", "degrees ", "°") if len(named) == 1 else ("degrees ", "°")
        if self.text.endswith(ahead, 0, candidate.start):
            return True         # the X of "Model S and X", 27 degrees Celsius
        if len(named) == 1:
            return self._is_flanked(candidate) or not self._is_platform(named, entity)     # "the seller, X, got £900"
        if named.lower() not in words()["common"]:
            return False
        if entity.kind == "company":
            return self._ends_name(candidate)
        return entity.kind in ("place", "organisation") and self._is_flanked(candidate)   # "Data Science"

    def _ends_name(self, candidate: Candidate) -> bool:
        """Whether a word ends the name of something else, of which a text has no more: "the Marlow Box", but not
        "Apple and Meta", "on Monday Target said"."""
        ahead = FLANK_BEFORE.search(self.text, max(0, candidate.start - 30), candidate.start)
        return ahead is not None and not candidate.titled and ahead[0].strip() not in words()["never"] \
            and not any(c.end + 1 == candidate.start and c.known and c.known.entity.kind != "product"
                        for c in self.candidates)

    def _is_platform(self, letter: str, entity: Entity) -> bool:
        """Whether a text that has a letter for a name means the firm: by another name too, as "on X", beside its
        like."""
        return any(len(name) > 3 and name in self.text for name in (entity.name, *entity.aliases)) or any(
            f"{word} {letter}" in self.text for word in ("on", "On", "platform", "network", "site", "’s", "'s")) or any(
            not set(entity.descriptors[:2]).isdisjoint(c.known.entity.descriptors) for c in self.candidates
            if c.known and c.known.entity is not entity)

    def _is_flanked(self, candidate: Candidate) -> bool:
        """Whether a capitalised word stands right before or behind: the word is one of a longer name."""
        return is_preceded(self.text, candidate) or FLANK_BEHIND.match(self.text, candidate.end) is not None

    def _is_determined(self, candidate: Candidate) -> bool:
        """Whether an article or the like stands before it, as no company's name has it: "the Delta variant", "his
        Arm"."""
        return DETERMINER.search(self.text, max(0, candidate.start - 8), candidate.start) is not None

    def _is_shown(self, candidate: Candidate, entity: Entity, named: str) -> bool:
        """Whether what stands behind it shows that it is the entity."""
        after = self.text[candidate.end:candidate.end + 40]
        if entity.ticker and after.startswith(" (") and entity.ticker.rpartition(":")[2] in after.partition(")")[0]:
            return True         # "Target (TGT)"
        if after.startswith(("’s", "'s")) \
                or cues()["product_after" if entity.kind == "product" else "company_after"].match(after):
            return True
        if entity.kind in ("company", "place") and named not in words()["no_subject"] and (
                ACTS.match(after) or self._is_listed(candidate, after)):
            return True         # "Shell will", where a word would have an article; "Meta and Alphabet"
        if entity.kind == "other" and PRICED.match(after):
            return True         # "Brent up 2%", "Brent was at $73"
        where = entity.kind == "place" and cues()["place_after"].match(after)
        if where and where[1] and is_place(where[1]):
            return True         # "Mobile, Alabama"
        apposed = APPOSED.match(after)      # "Orange, the telecoms company"
        return apposed is not None and any(
            word in noun.split() for word in apposed[0].split() for noun in entity.descriptors)

    def _is_listed(self, candidate: Candidate, after: str) -> bool:
        """Whether a known firm is named in one breath with it, behind it."""
        joined = LISTED.match(after)
        return joined is not None and any(
            c.start == candidate.end + joined.end() and c.known is not None and c.known.entity.kind == "company"
            for c in self.candidates)
