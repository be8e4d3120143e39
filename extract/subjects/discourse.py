"""Who is spoken of: the names of a sentence with the part they play, pronouns, unnamed subjects, headings, the topic so
far.

`Discourse.candidates` gives everybody who may own a number of a sentence; subject.py weighs them.

>>> from extract import entity, sentence
>>> text = "Norvik Motors Inc. makes cars. The company sold 300."
>>> sentences = sentence.find(text)
>>> talk = Discourse(text, sentences, entity.find(text, sentences, []))
>>> [(c.entity.name, c.how) for c in talk.candidates(1, text[31:].lower())][0]
('Norvik Motors', 'descriptor')
"""
import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from .. import schema
from ..context.stance import is_speaker, said_forms
from ..grammar import clause, lexicon, noun
from ..model import Entity, Name, Sentence
from ..names.gazetteer import entity_id, gazetteer
from ..names.spelling import key
from ..pattern import any_of, holding
from .subject import (
    ACTING,
    ANSWER,
    DOMINANT,
    HEADING,
    HOLDER,
    JOINED,
    LISTED,
    NAMED,
    OWNING,
    SUBJECT,
    TAKEN,
    TOPIC,
    Candidate,
    answers,
    invests,
    is_goods,
    lowered,
    publishes,
    word_lists,
)

PART_WORTH = {"subject": SUBJECT, "owner": HOLDER, "held": HOLDER, "object": NAMED, "compared": NAMED - 0.15,
              "example": NAMED - 0.15, "speaker": NAMED + 0.06,
              "agent": NAMED - 0.2, "located": NAMED - 0.2, "modifier": NAMED - 0.4}
# Of whom a later sentence goes on: the lower, the likelier.
LIKELY = {"subject": 0, "owner": 1, "speaker": 2, "held": 3, "object": 3, "compared": 4, "example": 4, "agent": 4,
          "located": 4, "modifier": 5}
SALIENCE = 0.12             # how much a topic gains where the document is mostly about it
TOPIC_REACH = 4             # sentences back
ASKED = 0.86                # how well those whom a survey asked own a number that stands for them
INTRODUCED = 400            # characters back in which a text may have told of a thing first
INTRODUCES = re.compile(r"(?<!, )(?<!is )(?<!was )(?<!as )\b(?:an?|another) (?:[\w.-]+ ){0,3}\Z")
A_PHRASE = 80               # characters before a noun in which its article stands
POLL_REACH = 900            # characters back in which a text says who was polled
MAIN = 0.65                 # share of mentions from which a document is about one entity alone
# and of all mentions, from which it is about one at all; places are spoken of without being named
ABOUT = 0.15
BODIES = ("organisation", "company", "other", "place")      # kinds of whoever is "the club", if his name says so
PLAIN = ("company", "group")                # nouns that say nothing of whom they stand for but that he is a firm
PASSING = 3                 # times as often as somebody mentioned in passing is named whom the document is about
BACKING = ("firm", "fund", "investor", "group")
NATIONAL = ("country", "nation", "government", "ministry", "central bank")
# What a place is that such a noun may stand for, by its descriptors.
CALLED = {"country": {"country"}, "nation": {"country"}, "government": {"country"}, "ministry": {"country"},
          "central bank": {"country"}, "state": {"state", "country"},
          "county": {"county"}, "province": {"province"},
          "city": {"city", "town", "capital"}, "town": {"city", "town", "village"}, "village": {"village", "town"}}
FIRST = 40                  # characters within which a sentence names its subject, if need be behind what it is
LINES = 3                   # headings one after another that are lines of a list
SPECIFIED = 0.57            # how well the one product of the title fits a line of a list
FARTHER = 0.1               # lost for each sentence that an antecedent is farther back than another
THING = ("object", "compared", "held")      # parts of a product that "it" of the same sentence may mean
BOUND = (*ACTING, "object", "held", "located")      # parts of a place that "the country" of the same sentence may mean
LIKENED = re.compile(r"\b(?:based on|similar to|modell?ed on|derived from)(?: the| its| an?)?\Z")
# "the German government" is Germany
GOVERNS = re.compile(r" (?:federal |central |military |new |interim )?(?:government|authorities|parliament|cabinet|"
                     r"treasury|state|economy)\b(?![-'’])")
WITH = re.compile(r",? with ")      # "the Ion with its 40 kWh battery"
# "by Norvik, which sold its", "the best is the Linnet, which costs $9; it"
RELATED = re.compile(r"\.?(?:, [^,;]{1,60})?,? (?:(?:which|who) [a-z]+|whose) [^,;:]*(?:[;,] (?:and |but )?)?")
# "Atlanta-based", "SoftBank-backed": says something of another name.
OWN = re.compile(r"['’]s ")
OWNED = re.compile(r"(?:['’]s?)? (?:[a-z-]+ ){0,3}([a-z-]+) ")
DOES = re.compile(r" (?:to|in|as|and|with|for|of|at|from|by|over|plans|agrees|agreed|wants|may|[a-z]+ing) ")
UNMARKETABLE = re.compile(r"[0-9]|['’]s?$|-(?:dollar|pound|euro|yuan)$|(?<!fami)(?<!supp)ly$")
MODIFIER = re.compile(r"[-–](?:[a-z]+ed|made|led|run|held|born|built|style|like|compatible|area|ready|type|class|"
                      r"grade)\b| (?:version|variant|trim|edition|grade)s?\b")        # a variant of another one
SKIPPED = frozenset(["the", "a", "an", "its", "their", "new", "latest", "first", "maker", "giant", "group", "rival",
                     "fellow", "parent", "partner",
                     "arm", "darling", "spin-off", "affiliate", "competitor", "client", "customer"])
OF_NAME = re.compile(r" (?:of|from|by|for) (?:the |its )?")
AFTER_PREPOSITION = re.compile(r"\b(?:behind|in|on|of|with|from|by|at|into|about|around|against|to|under|over|inside|"
                               r"beside) \Z")
CLAUSE_ENDS = (",", ";", ":", "—", "–", "(", "-", "•", "*")
NAMING = re.compile(r", (?:the|[\w.@-]+(?: [\w.-]+)?['’]s) ")       # opens an aside that may name who is spoken of
# begins a clause that says more of what stands before
MORE_OF = re.compile(r"(?:, (?:[a-z]+ )?(?:which|whom|whose|where)|(?:\d|%|\b(?:million|billion|trillion|percent)) "
                     r"that) (?:(?:the|its|rival) )?\Z")
# a list, or one name of two parts
TOGETHER = re.compile(r"(?: \([^()]*\))?(?:, |,? (?:and|or|&) | of | )(?:(?:the|a|an|its) )?")
DEFINITE = re.compile(r"\b(?:the|this|that|its|his|her|our|their)\s+(?:[\w-]+\s+){0,2}\Z")
DETERMINED = re.compile(r"\b(?:the|this|that|a|an|its|each|every|his|her|our|their)\s+(?:[\w-]+\s+){0,2}$")
APART = re.compile(r",\s+")       # "Hamilton, Ohio": the second place only says where the first one is
MARKET_FOR = re.compile(r"\b(?P<kind>market) for (?P<what>(?:[\w’'&/-]+ ?){1,3}?)(?= in | is | was | has | had | to |"
                        r" (?:w|c|sh)ould | (?:may|might|will|can) | (?:rose|fell|grew|shrank) | [a-z]+(?:ed|s) |"
                        r"[,.])")
MARKET = re.compile(r"(?<![\w’'&/-])(?P<what>(?:[\w’'&/-]++ ){1,5})(?P<kind>market|industry|sector)\b(?! (?:share|cap|"
                    r"value|price|capitali[sz]ation|leader|research))")
IN = re.compile(r" (?:in|across|of) (?:the )?")
CLAUSE = re.compile(r"\b(?:but|while|whereas|that|after|before|when|because|as|since|if|said|says|although)\b|;")
DONE_TO = re.compile(r", [a-z]+ing \Z")       # "bid for Tidemark, valuing it at $9m": Tidemark
IDIOM = re.compile(r"\bin the region$")
EXPLETIVE = re.compile(r" (?:rain|snow)(?:s|ed|ing)\b|"
                       r" (?:(?:is |was |would be |will be )?(?:seems?|seemed|appears?|appeared|turns out|turned out)|"
                       r"takes|took|(?:(?:will|would|could|may|might|can|should|has|had)(?: [a-z]+ly| still|"
                       r" also)? )?take[ns]?)\b|"
                       r"(?:'s| is| was| would be| will be| has been| becomes?| became) (?:(?!an?\b|the\b|its\b|"
                       r"their\b)[\w~#@.,%-]+ ){0,5}(?:that|whether|why|how|when|time)\b")
NEXT = re.compile(r" ([a-z][\w-]*)")
KIND = re.compile(r"\b([a-z]+)(?:-only)?\Z")
PRICES = re.compile(r"\b(?:(?P<kind>used|new|existing|second-hand) )?(?P<what>[a-z]+)(?: sales?| resale)? prices?\b")
BARE_PRICES = re.compile(r"(?:^|[,;“\"] |\b(?:that|and|but|said|as|while|when|because|although|though|if|average|of|in|"
                         r"the|overall) )prices?\b(?! (?:for|of) )")
QUOTED = re.compile(r",?[”\"]")
WITNESS = re.compile(r"(?:['’]s?)? (?:[a-z]+ ){0,2}(?:analyst|economist|strategist)s?\b")
WITNESS_AT = re.compile(r"\b(?:analyst|economist|strategist)s? (?:at|with|for|from) (?:the )?$")
SOLD = re.compile(r" (sales volumes?|volumes?|sales|registrations|shipments|share)\b(?! (?:price|chief|boss|manager|"
                  r"director|tax|team))")
WORLDWIDE = re.compile(r"\b(?:global(?:ly)?|worldwide),? (?:(?P<what>(?:[a-z]+ )?[a-z]+) )?"
                       r"(?:sales|shipments|deliveries|registrations)(?(what)|(?: of (?P<of>(?:[a-z]+ )??[a-z]+s)))\b")
# What is the whole world's: "global growth", "the world economy", "the world is warmer"
OF_WORLD = re.compile(r"\b(?:global|worldwide|world|world['’]s) (?:[a-z]+ )?(?:economy|growth|gdp|trade|output|"
                      r"population|inflation|debt|emissions|temperatures?|warming)\b|"
                      r"(?<!in )(?<!of )(?<!across )(?<!around )(?<!over )(?<!from )(?<!to )"
                      r"the (?:world|globe)(?= (?:is|was|has|had|will|would|could|may|must|"
                      r"[a-z]+[a-z](?<!s)s|[a-z]+ed)\b)")
OWN_NUMBER = re.compile(r" (?:[$€£¥]|\d)")        # "fined by Norway and Tidemark $3m": not by both
FRONT = 15                  # characters within which an unnamed subject opens a sentence
SHORT = 4                   # characters of the shortest such subject
AHEAD = 75                 # and behind them, in which its verb stands
FRONTED = re.compile(r"in (?:the )?\Z")
PERSONAL = re.compile(r"\b(?:he|she|his|her|him|i|my)\b")        # where somebody is spoken of
AGED = re.compile(r" [\w-]+-year-old\b")
DONE = re.compile(r"(?:[a-z]+ed|built|made|sold|shown|sent|held|led) (?:on|by|with|in|from|at|as|for|alongside) ")
# The pronoun that a sentence opens with: "On average they spend"
IT = re.compile(r"[\"“]?(?:(?:but|and|yet|so|still|now|then|today|together|(?:on|in|by|at|for|since|after|last|this|"
                r"each|every) [^,;]{1,40}?),? )?(?P<it>it|its|they|their)\b")
DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
HE = re.compile(r"\b(?:he|she|his|her)\b")
SUPERLATIVE = re.compile(r"\b(?:[a-z]+est|leading|main|top|only) ")
COPULA = re.compile(r"\b(?:is|are|was|were|be|been|remains?|remained|becomes?|became) \Z")
PUTS = re.compile(r"(?:, [^,;]{2,40},)? (?:has |have |had )?puts? (?:the|its|their|that|this|it) [^.;]{0,60}?\bat ")
# "The maker of Vistaplay has"
MAKER_OF = re.compile(r"(?:\A|[,;] |\b(?:and|but|while) )(?:the |its )?(?:[a-z-]+ ){0,2}?(?:maker|owner|parent|creator|"
                      r"developer|operator) (?:of|behind) (?:the )?\Z")
FAIR = re.compile(r"\b(?:trade|auto|motor|car|air|boat|fashion|electronics|gadget|consumer|tech) show")
UNCLEAR = ("they", "their", "we", "our", "us")
SOLD_WORDS = ("volume", "sales", "registrations", "shipments", "share")      # one of them stands in each match of SOLD
OVERALL = re.compile(r"\b(?:overall|total|new) (?P<what>auto|car|vehicle|passenger car|light vehicle|truck|smartphone|"
                     r"phone|tablet|pc|home|house)(?: market)?\Z")
# or a part of them
OWNS = re.compile(r"(?:['’]s?|\b(?:its|their|our|his|her|whose)) (?:[a-z-]+ ){0,2}\Z|\bof (?:the |all )?\Z")
APPOSED = re.compile(r"\b(?:an?|the|its|their|his|her|our|['’]s) (?:[\w-]+ ){0,5}[\w-]+,\Z")
APPOSITIVE = re.compile(r"['’]s? (?:[\w-]+ ){0,6}[\w-]+,")
TRADED_WITH = (" market,", " customer,", " partner,", " buyer,", " destination,", " supplier,", " base,")
SITE = re.compile(r" [|*•–—-] (?P<name>[^|*•–—\n]{2,40}?)\s*$")
LOCATED = re.compile(r"\b(?:in|at|near|across|outside|from|into|off|around|along)\s+(?:the\s+)?(?:[\w-]+\s+)?$")


@cache
def _group() -> re.Pattern:
    return re.compile(any_of(word_lists()["demand"] | word_lists()["groups"], behind=r"\w") + r"\b")


@cache
def _speaks_of_groups() -> Callable[[str], bool]:
    return holding(word_lists()["demand"] | word_lists()["groups"])


@cache
def _role() -> re.Pattern:
    """Behind a firm: who speaks for it. "Norvik's finance chief"."""
    return re.compile(rf"(?:['’]s?)?,? (?:[a-z-]+ ){{0,3}}{any_of(word_lists()['roles'])}\b")


@cache
def _says_for() -> re.Pattern:
    """Behind a firm: somebody who speaks for it and says so."""
    return re.compile(rf"{_role().pattern}(?: [\w.-]+){{0,5}}? {said_forms()}\b")


@cache
def _tells() -> re.Pattern:
    """Behind "he" or "she": he is cited, or only says what others do."""
    telling = any_of(form for verb in schema.words("noun")["telling"] for form in lexicon.inflect(verb))
    return re.compile(rf"(?: (?:also|did|had|has|have|then|later|once))* (?:{said_forms()}|{telling})\b")


@cache
def _the_person() -> re.Pattern:
    """Opens a sentence for somebody who was named: "The striker", "The 23-year-old"."""
    lists = schema.words("noun")
    others = {*lists["quoted"], *lists["several"], *lists["related"], *lists["tied"]}       # "the buyer" may be a firm
    people = any_of(set(lists["people"]) - others)
    return re.compile(rf"[\"“]?the (?:[0-9]+-year-old|(?P<noun>{people}))\b(?!['’-])")


@cache
def _unnamed_said() -> re.Pattern:
    """In front of a pronoun that stands for a body that is cited, by no name: "The ministry said that"."""
    bodies = any_of(word_lists()["authorities"])
    return re.compile(rf"\W*(?:[a-z ]{{2,25}}, )?the (?:[a-z-]+ ){{0,2}}?{bodies} (?:(?:has|had|have|also) ){{0,2}}"
                      rf"{said_forms()}(?: that)? ")


@cache
def _leads() -> tuple[re.Pattern, re.Pattern]:
    """Between a firm and who speaks for it, and the other way round: "Norvik's finance chief, Ana Ruiz", "Ana Ruiz,
    head of sales at Norvik"."""
    roles = any_of(word_lists()["roles"])
    return (re.compile(rf"\.?(?:['’]s?)?,? (?:[a-z-]+ ){{0,4}}{roles}(?: [a-z-]+){{0,2}},? "),
            re.compile(rf",? (?:[a-z’'-]+ ){{0,5}}{roles}(?:,? [a-z-]+){{0,4}} (?:of|at|for) (?:the )?"
                       r"(?:[a-z-]+ ){0,3}"))


@cache
def _role_at() -> re.Pattern:
    """The same in front of it: "head of sales at Norvik"."""
    return re.compile(rf"\b{any_of(word_lists()['roles'])}(?:,? [a-z-]+){{0,4}} (?:of|at|for) (?:the )?$")


@cache
def _reference() -> re.Pattern:
    lists = word_lists()
    nouns = any_of(lists["company"] | lists["product"] | lists["place"] | lists["authorities"] | lists["organisations"])
    return re.compile(rf"\b(?:(?P<pronoun>{any_of(lists['pronouns'] | lists['we'])})"
                      rf"|{any_of(lists['determiners'])} (?!an? |the |some |most |"
                      rf"any )(?:[\w.’'-]+ ){{0,2}}?(?P<noun>{nouns})(?:(?P<own>['’]s)|(?! {nouns}\b)))"
                      r"\b(?!['’]?[\w-])")         # of "the island nation" the last noun


@cache
def _other_firm() -> re.Pattern:
    """Behind "its": another firm, "its biggest rival"."""
    return re.compile(rf" (?:[a-z-]+ ){{0,2}}?{any_of(word_lists()['other_firms'])}\b")


@cache
def _referring() -> tuple[str, ...]:
    """What a match of `_reference` begins with."""
    lists = word_lists()
    return tuple(sorted(lists["pronouns"] | lists["we"] | lists["determiners"]))


@cache
def _specific() -> frozenset[str]:
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
    return re.compile(rf"\b({any_of(_specific() & (word_lists()[kind] | word_lists()['authorities']))}) \Z")


@cache
def _called_behind(kind: str) -> re.Pattern:
    """The same behind it: "Norvik, a start-up that"."""
    return re.compile(rf"(?:,| is| was) (?:an?|the) (?:[\w'’-]+ ){{0,5}}?"
                      rf"({any_of(_specific() & (word_lists()[kind] | word_lists()['authorities']))})"
                      r"(?=[,.;:)\n]| (?:that|which|who|whose|with|in|of|for|from|by|on|based|backed|owned|led|"
                      r"founded)\b)")


POLLED = re.compile(r"\b(?:[Ss]urvey|[Pp]oll)(?:s|ed)?\b")
POLLS = ("survey", "poll")
OF_THEM = re.compile(r"(?:\A|\bof (?:the )?)#+\Z")      # "7% of the 900 adults"
OF_ASKED = re.compile(r"#+ of (?:all |the )?\Z")
QUESTIONED = re.compile(r" (?:surveyed|polled|interviewed|questioned)\b")


def _end(name: Name, s: Sentence, lower: str) -> int:
    """Where a name of a sentence ends, with the full stop of its "Inc."."""
    end = name.end - s.start
    return end + 1 if lower[end:end + 1] == "." and lower.startswith((". ", ".,", ".'", ".’"), end) else end


class Discourse:
    """Who is spoken of, sentence by sentence, in one document."""

    def __init__(self, text: str, sentences: list[Sentence], names: list[Name]):
        self.text, self.sentences, self.names = text, sentences, names
        self.lower = lowered(text)
        self.of_sentence: list[list[Name]] = []
        at = 0
        for s in sentences:         # each name stands in one of them
            first = at
            while at < len(names) and names[at].start < s.end:
                at += 1
            self.of_sentence.append(names[first:at])
        weight: dict[str, float] = {}
        self.entities: dict[str, Entity] = {}
        self.first: dict[str, int] = {}         # sentence in which it is named first
        if sentences and self.of_sentence[0] and (site := SITE.search(text, sentences[0].start, sentences[0].end)):
            # "... | Norvik Times": the name of the site behind the title is no part of what the text is on.
            self.of_sentence[0] = [n for n in self.of_sentence[0]
                                   if n.start != site.start("name") or n.end != site.end("name")]
        for i, group in enumerate(self.of_sentence):
            for name in group:
                factor = 3 if i == 0 else 1.5 if i < 4 else 1
                known = name.entity.entity_id
                weight[known] = weight.get(known, 0) + factor * (0.4 if name.how == "demonym" else 1)
                self.entities[known] = name.entity
                self.first.setdefault(known, i)
        self.weight = weight
        self.variant = self._titled_variant()
        self._all = sum(weight.values()) or 1
        self.heading: list[int | None] = []
        above, run = None, 0        # run: headings one after another; from three on they are lines of a list
        for i, s in enumerate(sentences):
            run = run + 1 if s.kind == "heading" else 0
            if s.kind in ("heading", "title"):
                above = i if run < LINES else None
            self.heading.append(above if above != i else None)
        # Lines of a specification list name no topic, however many there are; nor do headings and bullets without a
        # name.
        self._before: list[int] = []
        latest = -1
        for i, s in enumerate(sentences):
            self._before.append(latest)
            if s.kind not in ("line", "heading", "bullet") or s.kind != "line" and self.of_sentence[i]:
                latest = i
        self.polled = any(word in self.lower for word in POLLS) and POLLED.search(text) is not None
        self._asked: tuple[int, Entity] | None = None       # whom a survey asked, and where they stood last
        self._described: list[tuple[int, Entity]] | None = None
        self.worldwide = ("global" in self.lower or "world" in self.lower) and (
            WORLDWIDE.search(self.lower) is not None or OF_WORLD.search(self.lower) is not None)
        self._calls: dict[str, set[str]] | None = None      # what the text says that somebody is
        self._meant: dict[str, set[str]] = {}               # nouns that have stood for somebody
        self._called_so: dict[tuple[str, int], set[str]] = {}
        self._someone: tuple[int, Entity] | None = None     # the sentence that spoke last of a person by no name
        self._firms: dict[str, Entity] | None = None        # whom each person of the text speaks for
        self._goods: Entity | None = None       # goods without a name whose price was told last
        self._parts_of: dict[int, list[tuple[Name, str]]] = {}
        self._dominant: dict[tuple[str, ...], Entity | None] = {}
        self._total: dict[tuple[str, ...], float] = {}
        self._shares: dict[str, float] = {}
        self._leading: list[tuple[Entity, int, float]] | None = None
        self._asides: dict[int, list[tuple[int, int]]] = {}     # by sentence, those of its clauses that only say more
        self._topics: dict[int, list[tuple[Name, str]]] = {}
        self._actors: dict[int, list[tuple[Entity, int, str]]] = {}
        self._opened: list[Entity | None] = []
        self._owns: dict[int, Candidate | None] = {}
        self._leads: dict[int, Candidate | None] = {}
        self._salience: dict[int, list[tuple[Entity, float, bool, bool]]] = {}

    def _titled_variant(self) -> dict[str, Entity]:
        """What a shorter name means where the title names its only variant, and no sentence tells the two apart: the
        Linnet of a text on the Linnet GT."""
        titled = {n.entity.entity_id: n.entity for n in self.of_sentence[0] if n.entity.kind == "product"} \
                if self.sentences else {}
        found = {}
        for short in self.entities.values() if titled else ():
            longer = [e for e in self.entities.values() if e.name.startswith(f"{short.name} ")]
            if len(longer) == 1 and longer[0].entity_id in titled and short.kind in ("product", "other") \
                    and short.entity_id not in titled and not any(
                    {short.entity_id, longer[0].entity_id} <= {n.entity.entity_id for n in names}
                    for names in self.of_sentence):
                found[short.entity_id] = longer[0]
        return found

    def _parts(self, i: int) -> list[tuple[Name, str]]:
        """Each name of sentence i with the part that it plays."""
        if i in self._parts_of:
            return self._parts_of[i]
        lists, s = word_lists(), self.sentences[i]
        lower = self.lower[s.start:s.end]
        parts = self._parts_of[i] = []
        ended, end = 0, 0       # where the name before ends, and this one
        names = self.of_sentence[i]
        for at, name in enumerate(names):
            ended, start, end = end, name.start - s.start, _end(name, s, lower)
            ahead = lower[:start].rstrip(" \u00a0\"“‘'(")
            if parts and (owned := OWNING.fullmatch(lower, ended, start)) \
                    and owned[0].split()[-1] not in lists["prepositions"]:
                ahead = lower[:parts[-1][0].start - s.start].rstrip()       # "by Velmora's Norvik": by Norvik
            words = ahead[-30:].split()
            last = words[-1] if words else ""
            back = 2
            while (last.removesuffix("'s") in lists["company"] or last in lists["product"] or last in SKIPPED) \
                    and back <= min(len(words), 4):
                last, back = words[-back], back + 1
            if last not in lists["prepositions"] and words and words[-1] in lists["company"] and len(words) > back - 1:
                if words[-back] in lists["prepositions"]:       # "into software maker Tidemark"
                    last = words[-back]
            if last == "rival" and len(words) <= 3 and start < FIRST and clause.acts(lower, end):
                last = ""               # "Its rival Norvik sold 300"
            follows = lower[end:end + 2]
            before = lower[ended:start] if parts else ""
            if self.text[name.start].islower() and lower[end - 1] != "s" and is_goods(name.entity) \
                    and DEFINITE.search(lower, max(0, start - 30), start):
                part = "modifier"           # "the electric car" stands for one that was named
            elif parts and before == " " and is_goods(name.entity) and parts[-1][0].entity.kind == "product":
                part = "modifier"           # "two Linnet BEVs" are Linnets
            elif parts and JOINED.fullmatch(before) and not OWN_NUMBER.match(lower, end) and (
                    parts[-1][1] in ("subject", "object", "speaker", "example")
                    and not (follows in ("’s", "'s") and (
                        name.entity.kind == "place" != parts[-1][0].entity.kind
                        or at + 1 < len(names) and names[at + 1].start == name.end + 3))     # "and Norvik's Linnet"
                    or (parts[-1][1] in ("located", "agent", "compared")
                        and parts[-1][0].entity.kind == name.entity.kind)):
                part = parts[-1][1]         # "Nvidia and AMD" play one part
            elif parts and LISTED.fullmatch(before) and (parts[-1][1] == "example" or at + 1 < len(names)
                    and parts[-1][0].entity.kind == name.entity.kind == names[at + 1].entity.kind
                    and LISTED.fullmatch(lower, end, names[at + 1].start - s.start)):
                part = parts[-1][1]         # "at Norvik, Veldt and Marlow"
            elif last == "including" or last == "as" and words[-2:-1] == ["such"] \
                    or last == "like" and words[-2:-1] and noun.is_plural(words[-2]) \
                    and words[-2] not in lists["likening"]:
                part = "example"            # "firms, including Norvik and Tidemark"
            elif lower[start - 1:start] in ("-", "/") and start > 1 and lower[start - 2].isalnum():
                # "Franco-Velmoran", "ID.4/ID.5"
                part = parts[-1][1] if parts and before in ("-", "/") else "modifier"
            elif name.entity.kind == "place" and (
                    (body := NEXT.match(lower, end)) and body[1] in lists["bodies"]
                    or name.how == "exact" and at + 1 < len(names) and names[at + 1].start == name.end + 1
                    and names[at + 1].entity.kind == "organisation"):
                part = "modifier"       # "a Velmoran consortium", "UK retailer Marlow", "US Coast Guard"
            elif name.entity.kind == "place" and parts and OWN.fullmatch(before) \
                    and parts[-1][0].entity.kind == "company" and follows[:1] == " ":
                part = "modifier"       # "Norvik's Velmora sales"
            elif name.entity.kind in ("company", "product") and (body := NEXT.match(lower, end)) \
                    and body[1] in lists["hosted"] and not lower.startswith(" for ", body.end()) \
                    and not clause.acts(lower, end):
                part = "modifier"       # "her Vistaplay channel"
            elif MODIFIER.match(lower, end) or parts and APART.fullmatch(lower, parts[-1][0].end - s.start, start) and (
                    name.entity.kind == "place" and parts[-1][1] != "speaker"):
                part = "modifier"       # "Lund, Sweden", not "According to Norvik, Sweden's exports"
            elif parts and before == ", in " and name.entity.kind == "place" and lower[end:end + 1] == "," \
                    and parts[-1][1] in ACTING and clause.acts(lower, end + 1):
                part = "modifier"       # "Norvik Hall, in Velmora, had 300 visitors"
            elif parts and before == ", " and parts[-1][0].entity.kind != "person" \
                    and (apposed := APPOSITIVE.match(lower, end)) and clause.acts(lower, apposed.end()):
                part = "modifier"       # "Norvik, Tidemark's closest rival, sold"
                if parts[-1][0].entity.kind == "place" and lower.endswith(TRADED_WITH, end, apposed.end()) \
                        and AFTER_PREPOSITION.search(lower, 0, parts[-1][0].start - s.start):
                    # "sales in Velmora, Norvik's main market, fell"
                    parts[-1], part = (parts[-1][0], "located"), "owner"
            elif lower[start - 1:start] == "(" and lower[end:end + 1] != ")" \
                    and any(c.isdigit() for c in lower[:start]):
                part = "modifier"       # "60 kWh (SVOLT cells)"
            elif start == 0 and name.entity.kind in ("company", "organisation") and lower.startswith(": ", end) and any(
                    other.start == name.end + 2 for other in self.of_sentence[i]):
                part = "speaker"        # "Norvik: Tidemark lost 3,000 files"
            elif name.entity.kind in ("company", "organisation") and (
                    WITNESS.match(lower, end) or WITNESS_AT.search(lower, max(0, start - 40), start)):
                part = "agent"          # "Norvik Bank analyst Ana Ruiz": speaks of others
            elif PUTS.match(lower, end):
                part = "agent"          # "Norvik puts the average rent at $300"
            elif name.entity.kind == "company" and _says_for().match(lower, end):
                part = "speaker"        # "Norvik chief executive Ana Ruiz said 20% of drivers"
            elif name.entity.kind == "company" and at + 1 < len(names) and names[at + 1].entity.kind == "person" \
                    and _leads()[0].fullmatch(lower, end, names[at + 1].start - s.start) \
                    and clause.acts(lower, names[at + 1].end - s.start):
                part = "modifier"       # "Norvik founder Ana Ruiz owns"
            elif is_speaker(lower, start, end) and not clause.CONTROLS.match(lower, end):
                part = "speaker"
            elif follows in ("’s", "'s") or (follows[:1] in "’'" and lower[end - 1:end] == "s"):
                # "those of Norvik's vans fell"
                part = "held" if last in lists["prepositions"] and words[-2:-1] not in (["that"], ["those"]) \
                    else "owner"
            elif last in lists["comparing"] or LIKENED.search(ahead, max(0, len(ahead) - 20)):
                part = "compared"
            elif last in lists["agents"]:
                part = "agent"
            elif last == "of" and words[-2:-1] in (["that"], ["those"]) and words[-3:-2] \
                    and (words[-3] in lists["clause"] or words[-3] in ("for", "as")):
                part = "owner"          # "while that of Velmora grew"
            elif last == "of" and before.strip() != "of" and "in" not in words[:1] and len(lower[:start].split()) <= 4 \
                    or last in ("in", "at", "for") and words[:1] != [last] and len(lower[:start].split()) == 2:
                part = "subject"        # "Shares of Carnival ...", "Sales at Marlow ..."
            elif last.strip(",;:") in lists["prepositions"]:
                located = name.entity.kind == "place" and LOCATED.search(lower[max(0, start - 20):start])
                part = "located" if located else "object"
            elif ahead.endswith(",") and APPOSED.search(ahead) and not clause.acts(lower, end) and (
                    start > FIRST and lower[end:end + 1] in (".", ";", ")", "")
                    or any(p in ("subject", "owner") and clause.acts(lower, _end(n, s, lower)) for n, p in parts)):
                part = "object"         # "Norvik bought a young chipmaker, Tidemark, for $9m"
            elif not ahead or ahead[-1] in CLAUSE_ENDS or last[-1:] in CLAUSE_ENDS or last in lists["clause"] \
                    or name.start == s.start:
                part = "subject"
            else:
                # not in "buying Norvik served its ends"
                acts = clause.acts(lower, end) and not words[-1].endswith("ing")
                part = "subject" if start <= 25 or acts else "object"
            if parts and name.entity.kind in ("company", "organisation") and (held := OWNED.fullmatch(before)) and (
                    parts[-1][1] == "owner" and (held[1] in lists["company"] or held[1] in SKIPPED)
                    or held[1] in lists["relations"] and not DOES.match(before) and not clause.acts(lower, ended)
                    and parts[-1][0].entity.kind in ("company", "product", "organisation")):
                holder, its = parts[-1]             # "Marlow's battery supplier Tidemark", "Marlow rival Tidemark"
                part = "subject" if its in ("owner", "subject") and (
                    part == "object" and holder.start - s.start <= 25 or its == "subject") else part
                parts[-1] = holder, "modifier"
            elif parts and parts[-1][1] in ("owner", "held") and parts[-1][0].entity.kind == "place" \
                    and OWN.fullmatch(before) and name.entity.kind in ("company", "organisation"):
                parts[-1] = parts[-1][0], "modifier"        # "Velmora's Norvik posted a profit"
            parts.append((name, part))
        return parts

    def topic(self, i: int) -> list[tuple[Name, str]]:
        """The names of sentence i that a later sentence may go on about, with their parts, the likeliest first."""
        if i not in self._topics:
            named = [(name, "agent" if part in ACTING and self._is_aside(i, name) else part)
                     for name, part in self._parts(i) if name.how != "demonym"]
            self._topics[i] = sorted(named, key=lambda p: LIKELY[p[1]]) if len(named) > 1 else named
        return self._topics[i]

    def _is_aside(self, i: int, name: Name) -> bool:
        """Whether a name of sentence i stands only in a clause that says more of something else: "of which Veldt will
        pay $9m", "Jo Roe, who led Veldt, says"."""
        s = self.sentences[i]
        start = name.start - s.start
        if name.entity.kind == "place":
            return False
        # not in "last month's debutant, the new Linnet, was"
        return any(low < start < high and not NAMING.match(self.lower, s.start + low)
                   for low, high in self._asides_of(i)) \
            or MORE_OF.search(self.lower, max(s.start, name.start - 40), name.start) is not None

    def _asides_of(self, i: int) -> list[tuple[int, int]]:
        """The spans of sentence i that only say more of what stands before them."""
        if i not in self._asides:
            s = self.sentences[i]
            self._asides[i] = clause.asides(self.lower[s.start:s.end])
        return self._asides[i]

    def _salient(self, i: int) -> list[tuple[Entity, float, bool, bool]]:
        """The first of the topic of sentence i: how much each gains by its share of the text, whether it leads its
        clause, and whether it is the only thing of its kind there, though it leads none."""
        if i not in self._salience:
            self._salience[i] = [
                (name.entity, SALIENCE * (self.own_share(name.entity) - 0.3), part in ("subject", "owner"),
                 part in THING and sum(n.entity.kind == name.entity.kind for n in self.of_sentence[i]) == 1)
                for name, part in self.topic(i)[:3]]
        return self._salience[i]

    def resolve(self, i: int, kinds: tuple[str, ...], noun: str | None = None, before: int | None = None,
                country: str | None = None) -> tuple[Entity | None, int]:
        """Who "the company" or "it" is, and how many sentences back: the last subject that fits, else who the document
        is about.

        `country` is that of "the French carmaker".
        """
        s = self.sentences[i]
        fitting: list[tuple[Entity, int]] = []
        if before is not None:
            fitting += [(n.entity, 0) for n, part in reversed(self._parts(i))
                        if n.end - s.start <= before and part in (BOUND if kinds == ("place",) else ACTING)
                        and n.how != "demonym" and n.entity.kind in kinds and not publishes(n.entity)]
        fitting += [(entity, back) for entity, back, part in self._acted(i)
                    if entity.kind in kinds or noun and "company" in kinds and part == "subject"
                    and entity.kind == "other" and not entity.known]
        fitting = [found for found in fitting if not country or found[0].country in (None, country)]
        if noun and "company" in kinds and not any(not invests(found[0]) for found in fitting):
            # an app that is spoken of as the firm behind it
            fitting = [(n.entity, back) for back, j in enumerate(self._back(i), 1) for n, part in self.topic(j)
                       if part in ACTING and n.entity.kind == "product" and not n.entity.known] + fitting
        if noun not in BACKING and "company" in kinds:       # who backs a firm is seldom meant
            fitting = [found for found in fitting if not invests(found[0])] or fitting
        if noun:
            called = noun.replace("start-up", "startup")
            if fitting and called in _specific():       # "Norvik bought hotel chain Marlow. The chain": it did nothing
                fitting += [(n.entity, back) for back, j in enumerate(self._back(i), 1) for n, _ in self.topic(j)
                            if back <= fitting[0][1] and n.entity.kind in kinds
                            and called in self._called_by_text(n.entity)]
            named = sorted([found for found in fitting if called in self.called(found[0])], key=lambda f: f[1])
            if fitting and named and named[0][1] > fitting[0][1] and called not in self._called_by_text(named[0][0]) \
                    and not self._is_other(fitting[0][0], called, country):
                named = []
            named = named or [found for found in fitting if country and found[0].country == country]
            if not named and kinds != ("product",) and (
                    kinds in (("place",), BODIES) or not fitting or self._is_other(fitting[0][0], called, country)):
                named = self._called(i, called, kinds, country)
            if not named and kinds == BODIES:       # "the charity" may be one of whom nothing is told
                named = [found for found in fitting if found[0].kind in ("organisation", "other")
                         and not found[0].known and found[1] < 2 and _specific().isdisjoint(self.called(found[0]))]
            if named or kinds == BODIES:
                return named[0] if named else (None, 0)
        if noun in CALLED:
            lists = word_lists()
            fitting = [found for found in fitting if _may_be(found[0], noun)] or [
                (n.entity, back) for back, j in enumerate(self._back(i), 1) for n, part in self.topic(j)
                if n.entity.kind == "place" and _may_be(n.entity, noun)
                and (part != "modifier" or noun in lists["authorities"])]
        main = self.dominant(kinds)
        if main is not None and noun in CALLED and not _may_be(main, noun):
            main = None
        if main is not None and self.first[main.entity_id] >= i:
            main = None             # nobody speaks of "the plan" before it is named
        if main is not None and country and main.country not in (None, country):
            main = None
        if main is not None and fitting and noun not in BACKING and "company" in kinds and invests(main):
            main = None
        if noun and fitting and (whole := self._whole(fitting[0][0])) is not None:
            return whole, fitting[0][1]            # "the service" is Vistaplay, not its Vistaplay Basic
        if main is not None and (not fitting or fitting[0][1] > 1 and self.share(main, kinds) > MAIN):
            return main, TOPIC_REACH + 1
        if main is not None and noun in PLAIN and main.kind == "company" and fitting[0][1] > 0 \
                and noun not in fitting[0][0].name.lower().split() \
                and self.weight[main.entity_id] >= PASSING * self.weight.get(fitting[0][0].entity_id, 0):
            return main, fitting[0][1]      # the firm that the text is on, not a rival whom it only mentions
        return fitting[0] if fitting else (None, 0)

    def _called(self, i: int, noun: str, kinds: tuple[str, ...], country: str | None) -> list[tuple[Entity, int]]:
        """Who may be "the startup" of sentence i by his name or what he is known as, whatever part he played."""
        every = [(n.entity, back) for back, j in enumerate(self._back(i), 1) for n, _ in self.topic(j)]
        every += [(e, TOPIC_REACH + 1) for e in self.entities.values() if self.first[e.entity_id] < i]
        every = [found for found in every if found[0].kind in kinds
                 and (not country or found[0].country in (None, country))]
        return [found for found in every if noun in found[0].name.lower().split()
                or noun in self.called(found[0]) and kinds != ("place",)] \
            or [found for found in every if country and found[0].country == country]

    def called(self, entity: Entity) -> set[str]:
        """The nouns that may stand for an entity: what it is known as, what the text says that it is, what its name
        says."""
        meant = self._meant.get(entity.entity_id, ())
        if (entity.entity_id, len(meant)) not in self._called_so:
            last = entity.name.rpartition(" ")[2].lower()
            said = {*entity.descriptors, *self._called_by_text(entity), *meant}
            # "coffee chain", "Alder Club"
            said |= {words.rpartition(" ")[2] for words in [*said, last]} & _specific()
            self._called_so[entity.entity_id, len(meant)] = said.union(*[
                kin for kin in _kin() if not kin.isdisjoint(said) or entity.kind == "company" and last in kin])
        return self._called_so[entity.entity_id, len(meant)]

    def _called_by_text(self, entity: Entity) -> set[str]:
        """What the text says that somebody is: "hotel chain Marlow", "Norvik, a start-up that"."""
        if self._calls is None:
            self._calls = {}
            for name in self.names:
                kind = "product" if name.entity.kind == "product" else "company"
                if name.entity.known or name.entity.kind in ("person", "place", "market"):
                    continue
                for found in (_called_before(kind).search(self.lower, max(0, name.start - 40), name.start),
                              _called_behind(kind).match(self.lower, name.end)):
                    if found:
                        noun = found[1].replace("start-up", "startup")
                        self._calls.setdefault(name.entity.entity_id, set()).add(noun)
        return self._calls.get(entity.entity_id, set())

    def _is_other(self, entity: Entity, noun: str, country: str | None) -> bool:
        """Whether an entity is something else than "the French carmaker" says."""
        said = self.called(entity)
        return noun not in said and bool(said & _specific()) and noun in _specific() or _is_other(entity, country)

    def _acted(self, i: int) -> list[tuple[Entity, int, str]]:
        """Who acts in the sentences before sentence i, how many of them back, and the part."""
        if i not in self._actors:
            actors = self._actors[i] = []
            for back, j in enumerate(self._back(i), 1):
                parts = ("subject", "owner", "speaker", "object") if self.sentences[j].kind == "heading" else ACTING
                if (meant := self._opening(j)) is not None:
                    actors.append((meant, back, "subject"))
                actors += [(n.entity, back, part) for n, part in self.topic(j) if part in parts
                           and not publishes(n.entity) and not self.text[n.start].islower()]
                # "In Norway, the share is 30%": nobody acts but there
                actors += [(n.entity, back, part) for n, part in self.topic(j)[:1] if part == "located"
                           and FRONTED.match(self.lower, self.sentences[j].start, n.start)]
        return self._actors[i]

    def _opening(self, i: int) -> Entity | None:
        """Whom the pronoun or "the company" that sentence i begins with stands for, where that is clear; a later "it"
        means the same rather than somebody further back."""
        while len(self._opened) <= i:       # in order, so that none waits for a long chain of others
            j = len(self._opened)
            s = self.sentences[j]
            if s.kind != "body" or not self.lower.startswith(_referring(), s.start):
                self._opened.append(None)
                continue
            lower = self.lower[s.start:s.end]
            match = _reference().match(lower)
            found: list[tuple[Entity | None, int]] = []
            if match and match["pronoun"] not in UNCLEAR and self._refers(j, lower, match, []):
                self._opened.append(None)
                found = [self.resolve(j, kinds, match["noun"], country=self._country(j, match))
                         for kinds in _meant_kinds(match["noun"], match["pronoun"])]
                self._opened.pop()
            found = [(entity, back) for entity, back in found if entity is not None]
            nearest = min((back for _, back in found), default=0)
            # "the service" is no firm that a later "the company" could be
            clear = [entity for entity, back in found if back == nearest and (
                entity.kind == "product" or match["noun"] not in word_lists()["product"])]
            self._opened.append(clear[0] if len({entity.entity_id for entity in clear}) == 1 else None)
        return self._opened[i]

    def _country(self, i: int, match: re.Match) -> str | None:
        """Of "the French carmaker", a match in sentence i."""
        start = self.sentences[i].start
        return next((n.entity.country for n in self.of_sentence[i] if n.entity.kind == "place"
                     and match.start() < n.start - start < match.end()), None) if match["noun"] else None

    def _just_acted(self, i: int, entity: Entity) -> bool:
        """Whether an entity is the subject of a verb in the sentence before sentence i: "Norway wants"."""
        return i > 0 and any(name.entity.entity_id == entity.entity_id and part == "subject"
                             and clause.acts(self.lower, name.end) for name, part in self._parts(i - 1))

    def _quoted(self, i: int, at: int) -> bool:
        """Whether somebody is quoted at `at` of sentence i: the marks of its paragraph before it are not paired."""
        first = bisect_left(self.sentences, self.sentences[i].paragraph, key=lambda s: s.paragraph)
        span = self.sentences[first].start, self.sentences[i].start + at
        return self.text.count("“", *span) > self.text.count("”", *span) or self.text.count('"', *span) % 2 == 1

    def _employer(self, i: int, lower: str, at: int) -> Entity | None:
        """The firm of whom sentence i quotes from before `at` on: '"We sold 300," Norvik chief Ana Ruiz said', or of
        the person quoted, whose firm another sentence tells."""
        s = self.sentences[i]
        for name in self.of_sentence[i]:
            start = name.start - s.start
            if start > at and (name.entity.kind in ("company", "organisation") or not name.entity.known
                               and name.entity.kind == "other") and QUOTED.search(lower, at, start) \
                    and (_role().match(lower, name.end - s.start) or _role_at().search(lower, at, start)):
                return name.entity
        people = [n.entity.entity_id for n in self.of_sentence[i] if n.entity.kind == "person"] \
            or [who.entity_id for who in (self._person_before(i),) if who]
        return next((firm for who in people if (firm := self._works_for(who)) is not None), None)

    def _works_for(self, person: str) -> Entity | None:
        """The firm that a person speaks for, where the text says so: "Norvik chief Ana Ruiz"."""
        if self._firms is None:
            self._firms = {}
            for names in self.of_sentence:
                for one, two in zip(names, names[1:]):
                    gap = self.lower[one.end:two.start]
                    kinds = one.entity.kind, two.entity.kind
                    if kinds in (("company", "person"), ("organisation", "person")) and _leads()[0].fullmatch(gap):
                        self._firms.setdefault(two.entity.entity_id, one.entity)
                    elif kinds in (("person", "company"), ("person", "organisation")) and (
                            _leads()[1].fullmatch(gap) or APART.fullmatch(gap) and _role().match(self.lower, two.end)):
                        self._firms.setdefault(one.entity.entity_id, two.entity)
        return self._firms.get(person)

    def _whole(self, entity: Entity) -> Entity | None:
        """Of which an entity is a variant by its name, if the document names that more often."""
        found = [e for e in self.entities.values()
                 if entity.name.startswith(f"{e.name} ") and e.entity_id != entity.maker_id
                 and self.weight[e.entity_id] > self.weight.get(entity.entity_id, 0)]
        return max(found, key=lambda e: len(e.name)) if found else None

    def _back(self, i: int):
        """The sentences before i that a topic may come from, nearest first, not beyond a heading that names
        something."""
        for _ in range(TOPIC_REACH):
            i = self._before[i]
            if i < 0:
                return
            yield i
            if self.sentences[i].kind == "heading" \
                    and any(n.entity.kind in ("product", "company") for n in self.of_sentence[i]):
                return

    def own_share(self, entity: Entity) -> float:
        """Part of the document's mentions of its kind that are of the entity."""
        if entity.entity_id not in self._shares:
            self._shares[entity.entity_id] = self.share(entity, (entity.kind,))
        return self._shares[entity.entity_id]

    def share(self, entity: Entity, kinds: tuple[str, ...]) -> float:
        """Part of the document's mentions of these kinds that are of the entity."""
        if kinds not in self._total:
            self._total[kinds] = sum([w for eid, w in self.weight.items() if self.entities[eid].kind in kinds])
        return self.weight.get(entity.entity_id, 0) / self._total[kinds] if self._total[kinds] else 0.0

    def dominant(self, kinds: tuple[str, ...]) -> Entity | None:
        """The entity of these kinds that the document names most, its title above all."""
        if kinds not in self._dominant:
            titled = {n.entity.entity_id for n in self.of_sentence[0]} if self.sentences else ()
            ranked = [(w, eid) for eid, w in self.weight.items() if self.entities[eid].kind in kinds and (
                eid in titled or not publishes(self.entities[eid]))]
            self._dominant[kinds] = self.entities[max(ranked)[1]] if ranked else None
        return self._dominant[kinds]

    def candidates(self, i: int, lower: str, masked: str | None = None,
                   measured: frozenset[int] = frozenset()) -> list[Candidate]:
        """Everybody who may own a number of sentence i; `lower` is its text in lower case, `masked` with numbers and
        names blotted out.

        `measured` are the ends of nouns of metrics that may be said of what follows with "of".
        """
        found = self._phrases(i, masked, measured) if masked else []
        someone = next((c.entity for c in found if c.entity.kind == "person"), None)
        covered = [(c.start, c.end) for c in found if not _is_counted(c, masked)]
        found += self._named(i, lower, covered)
        asides = self._asides_of(i)
        references, people = self._references(i, lower, covered, asides)
        for c in found:
            if c.how == "demonym" and any(r.how == "descriptor" and r.start < c.start < r.end for r in references):
                c.part, c.worth = "modifier", PART_WORTH["modifier"] - 0.3      # "the American firm's planes"
        found += references
        found += self._people(i, lower)
        found += [c for c in self._groups(i, lower, masked or lower)
                  if not any(start <= c.start < end for start, end in covered)]
        if _speaks_of_markets(lower):
            found += self._markets(i, lower)
        found += self._volumes(i, lower)
        if self.worldwide:
            found += self._worldwide(i, lower)
        found += self._priced(i, lower)
        _limit([c for c in found if c.end is not None], lower, asides)
        if self.polled and masked:
            found += self._answering(i, masked, found)
        named = {c.entity.entity_id for c in found if c.how != "pronoun" or c.part != "owner"}
        found += self._far(i, named, people)
        if masked and all(_is_counted(c, masked) or _only_there(c) for c in found):
            seen = {c.start for c in found}
            # "the temperature in Velmora" is Velmora's
            found += [c for c in self._phrases(i, masked, measured, named=False) if c.start not in seen and not (
                seen and c.entity.descriptors[0] in schema.words("noun")["qualities"])]
        for c in found:
            c.entity = self.variant.get(c.entity.entity_id, c.entity)
            c.share = self._shares[c.entity.entity_id] if c.entity.entity_id in self._shares \
                    else self.own_share(c.entity)
        if someone:
            self._someone = i, someone
        return found

    def _named(self, i: int, lower: str, covered: list[tuple[int, int]]):
        """Who is named in the sentence; `covered` are the spans of phrases that own numbers themselves."""
        s = self.sentences[i]
        for name, part in self._parts(i):
            start, end = name.start - s.start, _end(name, s, lower)
            if any(low <= start < high for low, high in covered):
                part = "modifier"       # "a Vistaro trader" is no figure of Vistaro
            how = "exact" if name.how == "demonym" and GOVERNS.match(lower, end) else name.how
            value = PART_WORTH[part] - (0.3 if how == "demonym" else 0)
            if publishes(name.entity):
                value -= 0.25
            if self.text[name.start].islower() and DETERMINED.search(lower[max(0, start - 30):start]):
                value -= 0.25       # "this small electric car" is one car, not all electric cars
            if part == "speaker" and (name.entity.kind != "company" or not clause.acts(lower, end)
                                      and not _says_for().match(lower, end)):
                value -= 0.11 if name.entity.kind == "company" else 0.31      # "according to Norvik": often a witness
            maker = gazetteer().entities.get(name.entity.maker_id) if name.entity.kind == "product" else None
            if maker is not None and MAKER_OF.search(lower, max(0, start - 40), start):
                yield Candidate(maker, start, end, "descriptor", SUBJECT - 0.05, "subject")
            else:
                yield Candidate(self._local(name.entity, lower[start:end]), start, end, how, value, part)

    def _references(self, i: int, lower: str, covered: list[tuple[int, int]],
                    asides: list[tuple[int, int]]) -> tuple[list[Candidate], bool]:
        """Who "it", "its" and "the company" may be, and whether the sentence speaks of people as "they".

        Of "the regions - Alder and Harrow - that it left" it is not Alder, for that stands in one of the `asides`.
        """
        s, lists, found = self.sentences[i], word_lists(), []
        people = False
        # whom the first "the company" of the sentence is: a later "its" is the same; and the verb of the last one
        acting: Entity | None = None
        acting_at = 0
        for match in _reference().finditer(lower):
            noun, pronoun = match["noun"], match["pronoun"]
            if not self._refers(i, lower, match, covered):
                continue
            before = [(n, p) for n, p in reversed(self._parts(i)) if n.end - s.start <= match.start()
                      and not any(low < n.start - s.start < high <= match.start() for low, high in asides)]
            personal = pronoun if pronoun not in lists["we"] else None
            named = next((n for n, p in before
                          if (p in ACTING or WITH.fullmatch(lower, n.end - s.start, match.start())
                              or n.entity.kind != "place" and RELATED.fullmatch(lower, n.end - s.start, match.start()))
                          and (n.how != "demonym" or GOVERNS.match(lower, n.end - s.start))
                          and n.entity.kind != "person" and not publishes(n.entity)),
                          None) if personal else None
            # "Norvik fears that the German group may raise its bid": the one who acts last before it
            named = acting if named and acting and named.start - s.start < acting_at else named and named.entity
            if named is None and personal and acting is None and self._unnamed(i, pronoun) is not None:
                continue        # "A bridge opened in Lund. It cost"
            if named is None and pronoun in ("they", "their"):
                people = people or pronoun == "they"
                continue        # "people ... they": seldom a company that another sentence named
            # "Norvik expects ... with its cells": its own
            said = named or acting if pronoun else None
            kinds = [(said.kind,)] if said is not None and personal else _meant_kinds(noun, pronoun)
            if pronoun == "our" and (follows := NEXT.match(lower, match.end())) and follows[1] in lists["place"]:
                kinds = [("place",)]        # "our economy"
            elif pronoun in lists["we"]:
                said = self._employer(i, lower, match.end()) or said
            # "In the Linnet pack, the cells used in it weigh ...": a thing of the same sentence, where nobody acts
            inner = None
            if personal and acting is None and not found and not DONE.match(lower):
                inner = next((n.entity for n, p in before
                              if n.entity.kind == "product" and p in THING and not self.text[n.start].islower()), None)
            whose = next((n.entity for n in self.of_sentence[i] if match.start() < n.start - s.start < match.end()
                          and n.entity.kind == "place"), None) if noun else None
            if whose is not None and noun in lists["place"]:
                said, kinds = whose, [("place",)]      # "the French economy"
            country = whose.country if whose is not None else None
            if (noun or pronoun == "it") and DONE_TO.search(lower, 0, match.start()):
                said = next((n.entity for n, p in before if p == "object" and n.entity.kind in ("company", "other")
                             and TAKEN.search(lower, 0, n.start - s.start)), said)
            referents = [(one, 0) if (one := said or inner) is not None and one.kind in group else
                         self.resolve(i, group, noun, match.start(), country) for group in kinds]
            if noun in lists["company"] and (other := self._done_to(i, lower, match.start())) is not None:
                referents = [(other, 0)]
            # "Norvik showed the Linnet; it has ..."
            if named is not None and named.kind in ("company", "organisation"):
                referents.append((next((n.entity for n, p in before if n.entity.kind == "product" and p == "object"),
                                       None), 1))
            if kinds[0] == BODIES and referents[0][0] is not None:
                referents = referents[:1]       # "the central bank" is its country where nobody names the bank
            nearest = min((back for entity, back in referents if entity), default=0)
            for entity, back in referents:
                if entity and (entity.kind != "place" or noun or back == 1 == nearest):
                    # a place is seldom more than where something happens, but where it acts
                    back += 2 * (entity.kind == "place" and not noun and not self._just_acted(i, entity))
                    if noun in _specific() and not entity.known:
                        self._meant.setdefault(entity.entity_id, set()).add(noun)
                    if noun and clause.acts(lower, match.end()) \
                            and not AFTER_PREPOSITION.search(lower, max(0, match.start() - 8), match.start()):
                        acting, acting_at = entity, match.start()
                    acting = acting or (entity if noun else None)
                    value = SUBJECT - 0.05 - (0.3 if pronoun in ("they", "their") else 0.1 if pronoun in lists["we"]
                                              else 0) - FARTHER * (back - nearest)
                    part = "owner" if pronoun in ("its", "their", "our") or match["own"] else "subject"
                    if pronoun == "it" and AFTER_PREPOSITION.search(lower, max(0, match.start() - 8), match.start()) \
                            and not clause.acts(lower, match.end()):
                        value, part = value - 0.3, "object"        # "behind it we have"
                    found.append(Candidate(entity, match.start(), match.end(), "descriptor" if noun else "pronoun",
                                           value, part))
        return found, people

    def _people(self, i: int, lower: str):
        """Who "he" and "her" are, and "the striker" at the head of a sentence: the person named last before."""
        s = self.sentences[i]
        for match in HE.finditer(lower):
            owns = match[0] in ("his", "her")
            if not owns and _tells().match(lower, match.end()) or owns and AGED.match(lower, match.end()):
                continue            # "he said", "his 18-year-old brother"
            here = [(n.entity, part) for n, part in reversed(self._parts(i))
                    if n.entity.kind == "person" and n.end - s.start <= match.start()]
            who = next((entity for entity, part in here if part in ACTING), None) or self._person_before(i)
            if who is not None:
                yield Candidate(who, match.start(), match.end(), "pronoun", *(
                    (NAMED - 0.2, "owner") if owns else (SUBJECT - 0.05, "subject")))

        match = _the_person().match(lower)
        if match and clause.acts(lower, match.end()) and not _tells().match(lower, match.end()):
            who = self._person_before(i) if match["noun"] not in word_lists()["unnamed"] else None
            if who is None and match["noun"]:
                who = Entity(entity_id("person", match["noun"]), match["noun"], "person", descriptors=(match["noun"],),
                             known=False)
            if who is not None:
                yield Candidate(who, match.start(), match.end(), "descriptor", SUBJECT - 0.05, "subject")

    def _person_before(self, i: int) -> Entity | None:
        """The person who acted last in the sentences before sentence i, by name or as "a man"."""
        unnamed = self._someone if self._someone and self._someone[0] < i else None
        for j in self._back(i):
            people = [name.entity for name, part in self.topic(j) if name.entity.kind == "person" and part in ACTING]
            if people or unnamed and unnamed[0] == j:
                return people[0] if people else unnamed[1]
        return None

    def _done_to(self, i: int, lower: str, at: int) -> Entity | None:
        """Whom "the company" behind a preposition means where somebody acts in the same clause: he would be "it".

        "Norvik owns Tidemark and holds 30% of the company": 30% of Tidemark.
        """
        s = self.sentences[i]
        if not AFTER_PREPOSITION.search(lower, max(0, at - 8), at):
            return None
        before = [(n, p) for n, p in reversed(self._parts(i)) if n.end - s.start <= at]
        doer = next((n for n, p in before if p != "speaker" and clause.acts(lower, _end(n, s, lower))
                     and not AFTER_PREPOSITION.search(lower, 0, n.start - s.start)), None)
        if doer is None or CLAUSE.search(clause.without_asides(lower[_end(doer, s, lower):at])):
            return None
        return next((n.entity for n, p in before if p in ("object", "held") and n.entity.kind in ("company", "other")
                     and n.entity.entity_id != doer.entity.entity_id and not publishes(n.entity)), None)

    def _refers(self, i: int, lower: str, match: re.Match, covered: list[tuple[int, int]]) -> bool:
        """Whether a pronoun or "the company" stands for somebody named before."""
        s, lists, noun, pronoun = self.sentences[i], word_lists(), match["noun"], match["pronoun"]
        if pronoun and self.text[s.start + match.start():s.start + match.end()].isupper():
            return False        # IT and US
        if pronoun and pronoun not in lists["we"] and any(end < match.start() for _, end in covered) and not any(
                n.end - s.start < match.start() and p in ACTING for n, p in self._parts(i)):
            return False        # "most drivers ... their"
        if pronoun in ("it", "its") and not any(n.end - s.start < match.start() for n in self.of_sentence[i]) \
                and _unnamed_said().fullmatch(lower, 0, match.start()):
            return False        # "The ministry said it"
        if pronoun == "it" and EXPLETIVE.match(lower, match.end()) or pronoun in lists["we"] \
                and not self._quoted(i, match.start()):
            return False        # "It seems that ..."; who writes says "we" too
        if pronoun in ("its", "their") and not match.start() and _other_firm().match(lower, match.end()):
            return False        # "its rival sold 300"
        if noun and SUPERLATIVE.search(match[0]) and COPULA.search(lower, max(0, match.start() - 12), match.start()):
            return False        # "Norway is the biggest producer"
        if noun == "show" and FAIR.search(match[0]):
            return False
        if noun in _specific() and noun not in lists["product"] and self._introduced(i, noun) \
                and not any(noun in self.called(e) or noun in e.name.lower().split() for e in self.entities.values()):
            return False        # "A pension fund sued Norvik. The fund"
        if noun == "region" and IDIOM.search(lower, 0, match.end()) and lower.startswith(" of ", match.end()):
            return False        # "in the region of 300"
        if noun in lists["place"] and not match["own"] and (follows := NEXT.match(lower, match.end())) and not (
                follows[1].endswith(("s", "ed", "ly")) or follows[1] in lists["prepositions"]
                or follows[1] in lists["clause"]
                or clause.acts(lower, match.end())):
            return False        # "the state attorney"
        if noun == "government" and any(match.start() < n.start - s.start < match.end() for n in self.of_sentence[i]):
            return False        # "the Kenyan government" names itself
        if noun and not match["own"] and (owned := OF_NAME.match(lower, match.end())) and any(
                n.start - s.start == owned.end() for n in self.of_sentence[i]):
            return False        # "the base model of the Linnet"
        inside = [n for n in self.of_sentence[i] if match.start() < n.start - s.start <= match.end() + 1
                  and not self.text[n.start].islower()] if noun else []
        # "the Linnet car" and "the chipmaker Brightwell" name themselves, "the Chinese carmaker" doesn't
        return not any(n.entity.kind != "place" or n.end - s.start > match.end() for n in inside)

    def _far(self, i: int, seen: set[str], people: bool):
        """Who is named in other sentences only, each with its best reason; `people` where "they" of this one are
        people."""
        carried: dict[str, tuple[Entity, str, float]] = {}
        opens = people and "they" in self.lower[self.sentences[i].start:self.sentences[i].start + FRONT]
        for found in self._carried(i):
            entity, how, value = found
            if entity.entity_id in seen:
                continue
            if people and entity.kind in ("company", "organisation", "product", *["place"] * opens):
                found = entity, how, value - 0.25
            best = carried.get(entity.entity_id)
            if best is None or found[2] > best[2]:
                carried[entity.entity_id] = found
        return [Candidate(entity, None, None, how, value, "far") for entity, how, value in carried.values()]

    def _market_before(self, i: int) -> Entity | None:
        """The market that the document described last: "shipments fell" are its shipments."""
        if self._described is None:
            self._described = []
            for j, s in enumerate(self.sentences if _speaks_of_markets(self.lower) or self.worldwide else ()):
                lower = self.lower[s.start:s.end]
                if self.worldwide:
                    self._described += [(j, c.entity) for c in self._worldwide(j, lower) if c.entity.kind == "market"]
                if _speaks_of_markets(lower):
                    self._described += [(j, c.entity) for c in self._markets(j, lower)]
        return next((entity for j, entity in reversed(self._described) if j < i), None)

    def _phrases(self, i: int, masked: str, measured: frozenset[int], named: bool = True) -> list[Candidate]:
        """Subjects that nobody named: "hyperscalers will spend", "a trader made"; in a text without names "the film"
        too."""
        s, found = self.sentences[i], []
        for phrase in noun.subjects(masked, self.text[s.start:s.end], measured, s.kind in ("title", "heading"), named):
            named = [n for n in self.of_sentence[i] if phrase.start <= n.start - s.start < phrase.end]
            located = phrase.plural and IN.fullmatch(masked, phrase.end, next(
                (n.start - s.start for n in self.of_sentence[i]
                 if n.start - s.start >= phrase.end and n.entity.kind == "place"), 0))
            if phrase.kind in ("company", "organisation", "product") and not phrase.tied \
                    and (located or any(n.entity.kind != "place" or phrase.plural for n in named)):
                continue        # goods of a firm are the firm's, firms of a country the country's
            if phrase.tied and any(n.entity.kind == "place" for n in named):
                continue        # what Norway's president does, Norway does
            entity = Entity(entity_id(phrase.kind, phrase.name), phrase.name, phrase.kind, descriptors=(phrase.noun,),
                            known=False)
            worth = SUBJECT - 0.02 - 0.1 * (not named)
            found.append(Candidate(entity, phrase.start, phrase.end, "phrase", worth, "subject", reach=phrase.reach))
        return found

    def tells_of(self, i: int, entity: Entity) -> bool:
        """Whether sentence i names an entity."""
        return i >= 0 and any(name.entity.entity_id == entity.entity_id for name in self.of_sentence[i])

    def is_apart(self, i: int, candidate: Candidate) -> bool:
        """Whether somebody whom only another sentence names owns nothing in sentence i: no person where nobody is "he"
        or "she", nobody where "its rival" is told of."""
        s = self.sentences[i]
        lower = self.lower[s.start:s.end]
        return candidate.start is None and (candidate.entity.kind == "person" and PERSONAL.search(lower) is None
                                            or lower.startswith("its ") and _other_firm().match(lower, 3) is not None)

    def own(self, i: int, masked: str, at: int, measured: frozenset[int], candidate: Candidate,
            near: list[Candidate], named: bool) -> Candidate | None:
        """The unnamed subject that sentence i opens with, if it owns the number at `at`, and not another sentence's
        candidate: "the rocket rose 41 feet".

        `near` are all candidates of the sentence; where nothing in it has `named` the metric, it says less of whose
        goods they may be.
        """
        others = [c for c in near if c.start is not None and c.how not in ("phrase", "group")]
        if self.sentences[i].kind != "body" or any(c.start <= 3 for c in others):
            return None         # somebody else opens it
        if i not in self._owns:
            self._owns[i] = next(iter(self._phrases(i, masked[:FRONT + AHEAD], measured, named=False)), None)
            if (pronoun := IT.match(masked)) and (led := self._unnamed(i, pronoun["it"])) is not None:
                self._owns[i] = replace(led, start=pronoun.start("it"), end=pronoun.end())
        own = self._owns[i]
        if own is not None and IT.match(masked, own.start):
            return own
        if own is None or own.start > FRONT \
                or any(c.start < own.end for c in others) \
                or noun.is_of_others(own.entity.descriptors[0]) or masked[:own.start].endswith("# ") \
                or masked.startswith(" #", own.end) \
                or masked.startswith(" of #", own.end) and at == own.end + len(" of "):
            return None
        # "the kit costs $9" may be a part of a product, and a firm's
        goods = own.entity.kind in ("product", "other") and DEFINITE.search(masked, 0, own.start) is not None \
            and not self._introduced(i, own.entity.descriptors[0], candidate.entity)
        return None if goods and named and candidate.entity.kind in ("product", "company") else own

    def _introduced(self, i: int, noun: str, by: Entity | None = None) -> bool:
        """Whether a text has told of a thing or body by no name, so that "the tunnel" of sentence i is that one:
        "a rail tunnel under Lund". What somebody is told to have is his: "Norvik has a tunnel"."""
        start = self.sentences[i].start
        low, match = max(0, start - INTRODUCED), None
        at = self.lower.find(noun, low, start)
        while at >= 0 and match is None:
            end = at + len(noun)
            if end < start and not self.lower[end].isalnum():
                match = INTRODUCES.search(self.lower, max(low, at - A_PHRASE), at)
            at = self.lower.find(noun, end, start)
        return match is not None and not (by and any(
            name.entity is by and name.end <= match.start()
            for j in range(i) if self.sentences[j].start <= match.start() < self.sentences[j].end
            for name in self.of_sentence[j]))

    def _unnamed(self, i: int, pronoun: str) -> Candidate | None:
        """Whom "it" or "they" of sentence i means where the one before was on somebody by no name: "A bridge opened in
        Lund. It cost"."""
        if not i or self.sentences[i - 1].kind != "body":
            return None
        if i - 1 not in self._leads:
            self._leads[i - 1] = self._lead(i - 1)
        led = self._leads[i - 1]
        many = pronoun in ("they", "their")
        return led if led is not None and noun.is_plural(led.entity.name.split()[-1]) == many else None

    def _lead(self, i: int) -> Candidate | None:
        """The unnamed subject of sentence i, or whom its "it" means."""
        s = self.sentences[i]
        lower = self.lower[s.start:s.end]
        if (pronoun := IT.match(lower)) is not None:
            return self._unnamed(i, pronoun["it"])
        head = list(DIGITS.sub(lambda m: "#" * len(m[0]), lower[:FRONT + AHEAD]))
        for name in self.of_sentence[i]:
            start, end = name.start - s.start, min(name.end - s.start, len(head))
            head[start:end] = "@" * (end - start)
        led = next(iter(self._phrases(i, "".join(head), frozenset(), named=False)), None)
        if led is None or led.start > SHORT or any(n.start - s.start < led.end for n in self.of_sentence[i]):
            return None
        what = led.entity.descriptors[0]
        known = noun.is_of_others(what) and not noun.is_plural(led.entity.name.split()[-1]) \
            or DEFINITE.search(lower, 0, led.start) and not lower.startswith((" that ", " who "), led.end) \
            and not self._introduced(i, what)
        return None if known else led

    def _answering(self, i: int, masked: str, found: list[Candidate]) -> list[Candidate]:
        """Those a survey asked, where a number alone stands for them: "72% of drivers own one, and 47% want
        another"."""
        start, answering = self.sentences[i].start, []
        asked = sorted(((c.start, c.entity) for c in found if c.start and (
            c.how in ("phrase", "group") or c.entity.kind not in ("company", "product", "organisation")) and (
            OF_ASKED.search(masked, max(0, c.start - 60), c.start) or QUESTIONED.match(masked, c.end))),
            key=lambda a: a[0])
        for number in re.finditer(r"#+", masked):
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

    def _groups(self, i: int, lower: str, masked: str):
        """People and firms that are spoken of as a group: "84% of consumers", "shoppers plan to spend"."""
        start = self.sentences[i].start
        for match in _group().finditer(lower) if _speaks_of_groups()(lower) else ():
            name = self.text[start + match.start():start + match.end()]
            if match.group() in word_lists()["polled"]:     # who the respondents are stands further up
                above = [m.group() for m in _group().finditer(lowered(self.text[max(0, start - POLL_REACH):start]))]
                name = next((g for g in reversed(above) if g not in word_lists()["polled"]), name)
            kind = "market" if match.group() in word_lists()["demand"] else "other"
            before = lower[:match.start()]
            # not in "the hospital treated 300 patients"
            first = match.start() < 30 and (masked[match.start()] != "#" or OF_THEM.search(masked, 0, match.start()))
            part = "subject" if first or before.endswith(("of ", "of all ", "and ", ", ")) else "object"
            yield Candidate(Entity(entity_id(kind, name), name, kind, known=False), match.start(), match.end(), "group",
                            SUBJECT - 0.1 if part == "subject" else NAMED - 0.1, part)

    def _markets(self, i: int, lower: str):
        """Markets that a sentence describes rather than names: "the expanding Chinese AI-semiconductor market"."""
        s, lists = self.sentences[i], word_lists()
        names = {(n.start - s.start, n.end - s.start): n for n in self.of_sentence[i]}
        for match in [*MARKET.finditer(lower), *MARKET_FOR.finditer(lower)]:
            start, where, words = match.start("what"), None, []
            for word in re.finditer(r"\S+", match["what"]):
                at = start + word.start()
                name = names.get((at, at + len(word.group())))
                if name is not None and name.entity.kind == "place":
                    where = name.entity.name
                elif UNMARKETABLE.search(word.group()):     # "54m", "June's", "billion-dollar", "fiercely"
                    words = []
                elif word.group() not in lists["market_empty"]:
                    words.append(self.text[s.start + at:s.start + at + len(word.group())])
                else:
                    words = words if word.group() not in lists["market_break"] else []
            after = next((n for (a, b), n in names.items() if n.entity.kind == "place" and (
                0 < a - match.end() < 9 and LOCATED.search(lower[match.end():a])
                or start < b < match.end() and OWNING.match(lower, b, match.end()))), None)     # "Sri Lanka's market"
            where = after.entity.name if after else where
            if words or where:
                name = " ".join([*words, match["kind"]]) + (f" in {where}" if where else "")
                yield Candidate(_market(name), match.start(), match.end(), "market",
                                SUBJECT, "subject")

    def _volumes(self, i: int, lower: str):
        """Markets of which a sentence tells how much they sold, in a text on a place: "BEV sales", "overall auto
        volume"."""
        s = self.sentences[i]
        sold = list(SOLD.finditer(lower)) if any(word in lower for word in SOLD_WORDS) else ()
        if not sold:
            return
        where, kinds = self._titled(), _kinds()
        ends = {n.end - s.start: n for n in self.of_sentence[i] if is_goods(n.entity)}
        for match in sold:
            name, goods, overall = ends.get(match.start()), None, None
            if name is not None:
                start, goods = name.start - s.start, name.entity
            elif kind := KIND.search(lower, max(0, match.start() - 30), match.start()):
                start, goods = kind.start(1), kinds.get(kind[1])
            if goods is None and (overall := OVERALL.search(lower, max(0, match.start() - 40), match.start())):
                start = overall.start("what")
            if goods is None and overall is None:
                continue
            if OWNS.search(lower, max(0, start - 30), start) \
                    or any(n.end - s.start == start - 1 for n in self.of_sentence[i]):
                continue        # a firm's
            if match[1] == "share":         # of a kind itself; as a name that stands there it is found already
                if name is None and goods is not None:
                    yield Candidate(goods, start, match.start(), "exact", SUBJECT, "subject")
                continue
            if where is None:
                continue
            before = [n.entity for n in self.of_sentence[i] if n.entity.kind == "place" and n.end - s.start <= start]
            here = next((n.entity for n, part in self._parts(i)
                         if part == "located" and n.start - s.start > match.end()), [where, *before][-1])
            what = goods.name.removesuffix("s") if goods else overall["what"]
            yield Candidate(_market(f"{what} market in {here.name}", here.country), start, match.end(), "phrase",
                            SUBJECT, "subject", reach=len(lower))

    def _priced(self, i: int, lower: str):
        """Goods that nobody named but whose price is told: "oil fell to $60", "house prices", and after that "prices"
        alone."""
        s = self.sentences[i]
        taken = [(n.start - s.start, n.end - s.start) for n in self.of_sentence[i]]
        for match in _commodity().finditer(lower) if _speaks_of_commodities()(lower) else ():
            what = _of_goods().match(lower, match.end())
            if not _overlap(match.span(), taken) and (
                    what and what["grows"] or clause.acts(lower, what.end("what") if what else match.end())):
                gaz = gazetteer()
                yield Candidate(gaz.meant[gaz.index[match[0]]][0], *match.span(), "exact", SUBJECT, "subject")
        for match in PRICES.finditer(lower) if "price" in lower else ():
            start, end, what = match.start("kind" if match["kind"] else "what"), match.end("what"), match["what"]
            acronym = self.text[s.start + start:s.start + end].isupper()
            if _overlap((start, end), taken) or not (acronym or noun.is_thing(what)):
                continue
            name = self.text[s.start + start:s.start + end] if acronym else \
                    lower[start:end] + ("" if noun.is_plural(what) else "s")
            self._goods = Entity(entity_id("product", name), name, "product", descriptors=(what,), known=False)
            yield Candidate(self._goods, start, end, "priced", SUBJECT, "owner")
            return
        if self._goods is not None and BARE_PRICES.search(lower) \
                and not any(n.entity.kind == "place" for n in self.of_sentence[i]):
            yield Candidate(self._goods, None, None, "priced", SUBJECT, "far")

    def _worldwide(self, i: int, lower: str):
        """The whole world, and its markets of which a sentence tells how much they sold: "global growth", "global
        kettle shipments"."""
        for match in OF_WORLD.finditer(lower) if "world" in lower or "glob" in lower else ():
            if not OWNS.search(lower, max(0, match.start() - 30), match.start()):
                yield Candidate(gazetteer().entities["g-world"], *match.span(), "exact", SUBJECT, "owner")
        for match in WORLDWIDE.finditer(lower):
            what = match["what"] or match["of"]
            if noun.is_thing(what.split()[-1]):
                what = what.removesuffix(what.split()[-1]) + noun.singular(what.split()[-1])
                yield Candidate(_market(f"global {what} market"), match.start(), match.end(), "phrase", SUBJECT,
                                "subject", reach=len(lower))

    def _local(self, entity: Entity, said: str) -> Entity:
        """The market of the place that the text is on, where a name stands for the market of the whole world as
        well."""
        if entity.kind != "market" or not entity.name.startswith("global ") or "global" in said \
                or (where := self._titled()) is None:
            return entity
        return _market(f"{said} in {where.name}", where.country, entity.descriptors)

    def _titled(self) -> Entity | None:
        """The place that the title names, or that the text is on where the title names nobody else."""
        titled = [n.entity for n in self.of_sentence[0]] if self.sentences else []
        named = next((e for e in titled if e.kind == "place"), None)
        return named or (self.dominant(("place",))
                         if all(e.kind not in ("company", "product") or is_goods(e) for e in titled) else None)

    def _carried(self, i: int):
        """Entities of other sentences: heading, topic so far, title, dominant ones."""
        s = self.sentences[i]
        above = self.heading[i]
        if above is not None and above > 0:
            several = len({n.entity.entity_id for n in self.of_sentence[above]}) > 1
            for name in self.of_sentence[above]:
                yield name.entity, "heading", HEADING - 0.06 * several
        for back, j in enumerate(self._back(i), 1):
            # A list under a lead-in line: every bullet goes on about what the lead-in names.
            same_list = s.kind == "bullet" and self.sentences[j].kind == "bullet"
            for rank, (entity, salience, leads, sole) in enumerate(self._salient(j)):
                value = TOPIC - 0.04 * (back - 1) - 0.05 * rank - (0.1 if same_list else 0) + salience
                yield entity, "topic", value if leads else value - (0.07 if sole and s.kind == "body" else 0.15)
        market = self._market_before(i)
        if market is not None:
            yield market, "market", TOPIC - 0.05
        titled = self.topic(0)[:3] if self.sentences else ()
        only = sum(name.entity.kind == "product" for name, _ in titled) == 1
        for name, _ in titled:
            specified = only and s.kind in ("line", "bullet") and name.entity.kind == "product"
            yield name.entity, "title", SPECIFIED if specified else DOMINANT + 0.05
        for entity, first, value in self._leaders():
            if first <= i:
                yield entity, "dominant", value

    def _leaders(self) -> list[tuple[Entity, int, float]]:
        """The entity of each kind that the document is about, where it is named first, and what that is worth."""
        if self._leading is None:
            self._leading = []
            for kind in ("company", "product", "place", "market", "other", "organisation"):
                entity = self.dominant((kind,))
                weight = self.weight[entity.entity_id] / self._all if entity else 0
                if entity and (kind == "place" or weight > ABOUT):
                    self._leading.append((entity, self.first[entity.entity_id],
                                          DOMINANT - 0.15 + 0.3 * min(0.5, weight)))
        return self._leading


def _is_counted(c: Candidate, masked: str) -> bool:
    """Whether a candidate is itself what a number counts."""
    return c.start is not None and masked.startswith("#", c.start)


def _only_there(c: Candidate) -> bool:
    """Whether somebody only says where or to whom something happens, so that "the drug" stands for nobody else."""
    return c.start is not None and (c.part == "object" if c.how == "group" else
                                    c.entity.kind == "place" and c.part in ("located", "modifier"))


def _overlap(span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in spans)


@cache
def _commodities() -> frozenset[str]:
    """Names of goods in small letters that are ordinary words as well: oil, steel."""
    gaz = gazetteer()
    return frozenset(word for word in gaz.ambiguous if word.isalpha() and word.islower() and word in gaz.index
                     and gaz.meant[gaz.index[word]][0].kind == "other")


@cache
def _commodity() -> re.Pattern:
    return re.compile(any_of(_commodities(), behind=r"[\w-]") + r"(?![\w-])")


@cache
def _of_goods() -> re.Pattern:
    """What is measured of goods: "oil demand rose", "expects oil demand to grow"."""
    return re.compile(rf"(?P<what> {any_of(schema.words('noun')['of_goods'])})(?P<grows> to [a-z]| [a-z]+ing\b)?")


@cache
def _speaks_of_commodities() -> Callable[[str], bool]:
    return holding(_commodities())


def _speaks_of_markets(lower: str) -> bool:
    """Whether a lower-case text has one of the nouns of MARKET."""
    return "market" in lower or "industry" in lower or "sector" in lower


def _may_be(place: Entity, noun: str) -> bool:
    """Whether "the country" or "the city" can stand for a place: a river is no country."""
    return not CALLED[noun].isdisjoint(place.descriptors) or not place.descriptors and noun not in NATIONAL


def _is_other(entity: Entity, country: str | None) -> bool:
    """Whether an entity is known as something else than such a noun says, or of another country."""
    return entity.known and (bool(entity.descriptors) or bool(country)) \
        or bool(country) and entity.country not in (None, country)


def _meant_kinds(noun: str | None, pronoun: str | None) -> list[tuple[str, ...]]:
    """The kinds of entity that a noun or pronoun may stand for, a group for each candidate."""
    lists = word_lists()
    if noun in lists["place"]:
        return [("place",)]
    if noun in lists["authorities"]:
        return [BODIES, *[("company", "organisation")] * (noun in lists["company"]), *[("place",)] * (noun in CALLED)]
    if noun in lists["product"]:
        return [("product",)]
    if noun or pronoun in lists["we"] or pronoun in ("they", "their"):
        return [("company", "organisation")]
    return [("company", "organisation"), ("product",), ("other", "policy"), ("place",)]


def _limit(found: list[Candidate], lower: str, asides: list[tuple[int, int]]) -> None:
    """Notes up to where each candidate can own a number: the next clause's subject, the end of its aside."""
    acting = [c.start for c in found
              if c.part == "subject" and c.how != "pronoun" and c.entity.kind != "person" and clause.acts(lower, c.end)]
    for c in found:
        c.until = next((at for at in acting if at > c.end and not TOGETHER.fullmatch(lower, c.end, at)
                        and not any(low < at < high and not low < c.start < high for low, high in asides)), None)
    for start, end in asides:
        for c in found:
            # "plug-in hybrids (PHEVs)" is no aside
            if start < c.start < end and c.end - c.start < end - start - 2:
                c.within = start, end


def _market(name: str, country: str | None = None, descriptors: tuple[str, ...] = ()) -> Entity:
    """The market of that name: the known one, else one of the text.

    >>> _market("French auto market").entity_id, _market("auto market").known
    ('m-auto-market-in-france', False)
    """
    place = gazetteer().by_key.get(key(name))
    known = gazetteer().meant[place][0] if place is not None else None
    if known is not None and known.kind == "market" and (not known.name.startswith("global ") or "global" in name):
        return known
    return Entity(entity_id("market", name), name, "market", country=country, descriptors=descriptors, known=False)


@cache
def _kinds() -> dict[str, Entity]:
    """Nouns that say in front of another which kind of goods is meant: "diesel share", "hybrid sales"."""
    kinds = {}
    for entity in gazetteer().entities.values():
        if entity.kind in ("other", "product") and not entity.maker_id and is_goods(entity):
            word = entity.name.removesuffix(" cars").removesuffix("s")
            if word.isalpha() and not word.endswith(("ed", "ic", "new")):
                kinds.setdefault(word.lower(), entity)
    return kinds
