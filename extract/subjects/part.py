"""Which part a name plays in its sentence: subject, owner, object, speaker, or no more than a modifier of another word.

`RULES` are asked one after another; the first that knows a part decides.

>>> from extract import sentence
>>> from extract.names import entity
>>> text = "Norvik Motors Inc. bought Tidemark Inc. from Veldt Inc., according to Harrow Bank."
>>> sentences = sentence.find(text)
>>> [(name.entity.name, part) for name, part in Cast(text, sentences, entity.find(text, sentences, [])).parts(0)]
[('Norvik Motors', 'subject'), ('Tidemark', 'object'), ('Veldt', 'agent'), ('Harrow Bank', 'speaker')]

The parts are subject, owner ("Norvik's sales"), held ("of Norvik's vans"), object, compared, example, agent (does
something to another one, or speaks of him), speaker, located (where something happens) and modifier.
"""
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from .. import schema
from ..context.stance import is_speaker, said_forms
from ..grammar import clause, noun
from ..grammar.frame import near
from ..model import Entity, Name, Sentence
from ..names.cue import words
from ..pattern import any_of
from .subject import JOINED, LISTED, NO_AVERAGE, OWNING, is_goods, lowered, word_lists

Part = str | None

FIRST = 40                  # characters within which a sentence names its subject, if need be behind what it is
OPENING = 25                # and within which whoever is named is its subject
A_LOOK = 30                 # characters before a name in which its determiner and preposition stand
AN_APPOSITION = 4           # words before a name that may only say what it is
FIRMS = ("company", "organisation")
POSSESSIVES = ("’s", "'s")
NEXT = re.compile(r" ([a-z][\w-]*)")
WORD = re.compile(r"([\w'’-]+)(.?)")
DEFINITE = re.compile(rf"(?:\b(?:the|this|that|its|his|her|our|their)|['’]s)\s+(?:{NO_AVERAGE}[\w-]+\s+){{0,2}}\Z")
OWN_NUMBER = re.compile(r" (?:[$€£¥]|\d)")        # "fined by Norway and Tidemark $3m": not by both
OWN = re.compile(r"['’]s ")
OWNED = re.compile(r"(?:['’]s?)? (?:[a-z-]+ ){0,3}([a-z-]+) ")
DOES = re.compile(r" (?:to|in|as|and|with|for|of|at|from|by|over|plans|agrees|agreed|wants|may|[a-z]+ing) ")
# Words between a name and what stands before it that only say who it is: "its new rival Norvik"
SKIPPED = frozenset(["the", "a", "an", "its", "their", "new", "latest", "first", "maker", "giant", "group", "rival",
                     "fellow", "parent", "partner",
                     "previous", "original", "old", "older", "current", "outgoing", "existing", "standard", "regular",
                     "arm", "darling", "spin-off", "affiliate", "competitor", "client", "customer"])
# "like, say, the Linnet"
INSERTED = re.compile(r",? (?:say|for example|for instance|perhaps|maybe),?(?: |\Z)(?=(?:the|an?)?\Z)")
VARIANT = re.compile(r"[-–](?:[a-z]+ed|made|led|run|held|born|built|style|like|compatible|area|ready|type|class|"
                     r"grade)\b| (?:version|variant|trim|edition|grade)s?\b")
HAVING = ("claim", "add", "promis")        # what things do by having something, and people by saying so
EQUIPPED = re.compile(r"(?: [a-z-]+){0,2},? with (?:(?:the|its|an?) )?(?:[a-z-]+ ){0,2}")
APART = re.compile(r",\s+")       # "Hamilton, Ohio": the second place only says where the first one is
APPOSED = re.compile(r"\b(?:an?|the|its|their|his|her|our|['’]s) (?:[\w-]+ ){0,5}[\w-]+,\Z")
APPOSITIVE = re.compile(r"['’]s? (?:[\w-]+ ){0,6}[\w-]+,")
WITNESS = re.compile(r"(?: & co\.?)?(?:['’]s?)? (?:[a-z]+ ){0,2}(?:analyst|economist|strategist)s?\b")
WITNESS_AT = re.compile(r"\b(?:analyst|economist|strategist)s? (?:at|with|for|from) (?:the )?$")
WHO = re.compile(r", (?:[a-z]+ )?who [^,;]*\Z")
CENTRAL = "central bank"
OF_SOMEBODY = ("its", "their", "his", "her", "my", "our", "your")
SEARCHED = re.compile(r"\b(?:search(?:es)?|scans?|checks?|trawls?) (?:of|on|through)(?: the)?\Z")
TRADING = ("trading", "trade")
HOURS = re.compile(r"(?:\b[ap]\.?m\.?|[0-9]:[0-9]{2}|\btrad(?:ing|e))(?: local time)? in\Z")
LISTS = re.compile(r" (?:(?:has|have|had|also|now|so far) )*(?:counts|counted|lists|listed|records|recorded|logged|"
                   rf"registered|documented|confirmed|tallied) {near()}[0-9]")
TELLING = ("told", "tell", "tells", "telling")
WHOSE = ("his", "her", "its", "their", "my", "our")
HOLDINGS = ("shares", "stock", "stake", "holding", "holdings", "options", "bonds")
AT = ("of", "at", "for", "with")        # before whom somebody speaks for
A_ROLE = 40                 # characters before a name in which that stands
PUTS = re.compile(r"(?:, [^,;]{2,40},)? (?:has |have |had )?puts? (?:the|its|their|that|this|it) [^.;]{0,60}?\bat ")
# "Norvik, a broker, estimates that", "Norvik found that": and who speaks of himself
ESTIMATES = re.compile(r"(?:, [^,;]{2,60},)? (?:(?:has|have|had|also|now) )*(?:(?:estimate|predict|project|calculate|"
                       r"reckon)(?:e?d|s)(?: that)?|(?:found|finds) that) (?=[a-z])")
A_PHRASE = 4                # words of the subject of what he estimates
# begins what is his own: "its sales", "the recall", "operating profit"
OWN_DOING = frozenset(["it", "its", "they", "their", "he", "she", "his", "her", "we", "our", "the", "this", "that", "a",
                       "an", "of", "net", "operating", "adjusted", "total", "quarterly", "organic", "core"])
LIKENED = re.compile(r"\b(?:based on|similar to|modell?ed on|derived from)(?: the| its| an?)?\Z")
LOCATED = re.compile(r"\b(?:in|at|near|across|outside|from|into|off|around|along)\s+(?:the\s+)?(?:[\w-]+\s+)?$")
COPULAR = re.compile(r"\b(?:is|are|was|were|remains?|remained|became)(?: (?:once )?again| still| also)?"
                     r"(?: the| its)?\Z")
BEST = re.compile(r"(?:\b(?:[a-z-]+est|best|most|least|leading|top|second|third|fourth|fifth|next|only|other|another)|"
                  r"-selling|bestselling|seller|winner|newcomer|debutant)\b[^;:]*\Z")
GOES_ON = re.compile(r",? (?:and|but)(?= )")      # the subject with another verb
MODAL = re.compile(r" (?:will|would|can|could|may|might|must|should|to) ")
CLAUSE_ENDS = (",", ";", ":", "—", "–", "(", "-", "•", "*")
ENDS = (".", ";", ")", "")          # of a sentence or clause
NAMING = re.compile(r", (?:the|[\w.@-]+(?: [\w.-]+)?['’]s) ")       # opens an aside that may name who is spoken of
SITE = re.compile(r" [|*•–—-] (?P<name>[^|*•–—\n]{2,40}?)\s*$")
# "the German government" is Germany
GOVERNS = re.compile(r" (?:federal |central |military |new |interim )?(?:government|authorities|parliament|cabinet|"
                     r"treasury|state|economy)\b(?![-'’])")


def end_of(name: Name, first: int, lower: str) -> int:
    """Where a name ends in the sentence that begins at `first`, with the full stop of its "Inc."."""
    end = name.end - first
    return end + 1 if lower[end:end + 1] == "." and lower.startswith((". ", ".,", ".'", ".’"), end) else end


@cache
def _venues() -> frozenset[str]:
    """Last words of names of shows, buildings and the like."""
    return frozenset(words()["other_suffix"])


@cache
def role() -> re.Pattern:
    """Behind a firm: who speaks for it. "Norvik's finance chief"."""
    return re.compile(rf"(?:['’]s?)?,? (?:[a-z-]+ ){{0,3}}{any_of(word_lists()['roles'])}\b")


@cache
def heads() -> re.Pattern:
    """Before a firm: who speaks for it. "A spokesman for Norvik"."""
    return re.compile(rf"\b{any_of(word_lists()['roles'])} (?:of|at|for|with) (?:the )?\Z")


@cache
def says_so() -> re.Pattern:
    """Behind a firm or somebody of it: he says something. "Norvik, Ana Ruiz, said"."""
    return re.compile(rf"(?:,? [\w.-]+){{0,4}},? {said_forms()}\b")


@cache
def says_for() -> re.Pattern:
    """Behind a firm: somebody who speaks for it and says so."""
    return re.compile(rf"{role().pattern}(?: [\w.-]+){{0,5}}? {said_forms()}\b")


@cache
def leads() -> re.Pattern:
    """Between a firm and who speaks for it: "Norvik's finance chief, Ana Ruiz"."""
    return re.compile(rf"\.?(?:['’]s?)?,? (?:[a-z-]+ ){{0,4}}{any_of(word_lists()['roles'])}(?: [a-z-]+){{0,2}},? ")


def is_small(text: str, name: Name) -> bool:
    """Whether a name is a noun, in small letters throughout."""
    return name.how not in ("short", "accessory") and text[name.start:name.end].islower()


class Cast:
    """Who is named in each sentence of a text, and the part that he plays there."""

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
        if sentences and self.of_sentence[0] and (site := SITE.search(text, sentences[0].start, sentences[0].end)):
            # "... | Norvik Times": the name of the site behind the title is no part of what the text is on.
            self.of_sentence[0] = [n for n in self.of_sentence[0]
                                   if n.start != site.start("name") or n.end != site.end("name")]
        self._parts: dict[int, list[tuple[Name, str]]] = {}
        self._asides: dict[int, list[tuple[int, int]]] = {}

    def parts(self, i: int) -> list[tuple[Name, str]]:
        """Each name of sentence i with the part that it plays."""
        if i not in self._parts:
            names = self.of_sentence[i]
            self._parts[i] = _find(self.text, self.lower, self.sentences[i], names) if names else []
        return self._parts[i]

    def before(self, i: int, at: int) -> list[tuple[Name, str]]:
        """Those of them that end before `at` of the sentence, the last one first."""
        end = self.sentences[i].start + at
        return [(name, part) for name, part in reversed(self.parts(i)) if name.end <= end]

    def is_small(self, name: Name) -> bool:
        """Whether a name is written like a noun: "the electric car", but not "the iPhone"."""
        return is_small(self.text, name)

    def place_in(self, i: int, start: int, end: int) -> Entity | None:
        """The first place named between two characters of sentence i."""
        at = self.sentences[i].start
        return next((n.entity for n in self.of_sentence[i]
                     if n.entity.kind == "place" and start < n.start - at < end), None)

    def asides(self, i: int) -> list[tuple[int, int]]:
        """The spans of sentence i that only say more of what stands before them."""
        if i not in self._asides:
            s = self.sentences[i]
            self._asides[i] = clause.asides(self.lower[s.start:s.end])
        return self._asides[i]

    def is_aside(self, i: int, name: Name) -> bool:
        """Whether a name of sentence i stands only in a clause that says more of something else: "of which Veldt will
        pay $9m", "Jo Roe, who led Veldt, says"."""
        first = self.sentences[i].start
        # not in "last month's debutant, the new Linnet, was"
        return name.entity.kind != "place" and any(
            low < name.start - first < high and not NAMING.match(self.lower, first + low)
            for low, high in self.asides(i))


@dataclass(slots=True)
class _Spot:
    """A name in its sentence, with what the rules look at."""
    name: Name
    kind: str
    start: int
    end: int
    lower: str              # the sentence in lower case
    small: bool             # whether the name is written like a noun
    before: str             # between the name before and this one
    ahead: str              # what stands before it, without the quote or bracket it stands in
    words: list[str]        # the last words of that
    last: str               # the one that decides: "into" of "into software maker Tidemark"
    parts: list[tuple[Name, str]]       # of the names before, the last of them:
    prior: Name | None
    prior_part: str
    behind: Name | None     # the name after it, and where that begins
    behind_start: int
    first: int              # where the sentence begins

    def acts(self, end: int | None = None) -> bool:
        """Whether it is the subject of a verb right behind it, or behind the noun that says what it is and has that
        `end`."""
        return clause.acts(self.lower, self.end if end is None else end)

    def is_trim(self) -> bool:
        """Whether it names one variant of a product: "Linnet GT"."""
        return self.kind == "product" and self.name.entity.name.rpartition(" ")[2] in words()["trim"]

    def word_behind(self) -> str:
        """The word right behind it, if it is no name or number."""
        match = NEXT.match(self.lower, self.end)
        return match[1] if match else ""


def _find(text: str, lower: str, s: Sentence, names: list[Name]) -> list[tuple[Name, str]]:
    """Each name of a sentence with its part; `lower` is the whole text in lower case."""
    lower = lower[s.start:s.end]
    parts: list[tuple[Name, str]] = []
    ended = 0               # where the name before ends
    for name, behind in zip(names, [*names[1:], None]):
        spot = _spot(name, behind, is_small(text, name), lower, s, parts, ended)
        part = _part(spot)
        if parts and spot.kind in FIRMS and JOINED.fullmatch(spot.before) and _is_witness(spot):
            parts[-1], part = (parts[-1][0], "agent"), "agent"      # "Norvik Bank and Harrow Bank analysts"
        if parts and spot.kind in FIRMS:
            part = _behind_owner(spot, part)
        parts.append((name, part))
        ended = spot.end
    return parts


def _spot(name: Name, behind: Name | None, small: bool, lower: str, s: Sentence, parts: list[tuple[Name, str]],
          ended: int) -> _Spot:
    start, end = name.start - s.start, end_of(name, s.start, lower)
    ahead = lower[:start].rstrip(" \u00a0\"“‘'(")
    if parts and (owned := OWNING.fullmatch(lower, ended, start)) \
            and owned[0].split()[-1] not in word_lists()["prepositions"]:
        ahead = lower[:parts[-1][0].start - s.start].rstrip()       # "by Velmora's Norvik": by Norvik
    words = INSERTED.sub(" ", ahead[-A_LOOK:]).split()
    last = _deciding(words)
    if words == ["rival"] and clause.acts(lower, end):
        last = ""               # "Rival Norvik sold 300"
    prior, prior_part = parts[-1] if parts else (None, "")
    return _Spot(name, name.entity.kind, start, end, lower, small, lower[ended:start] if parts else "", ahead, words,
                 last, parts, prior, prior_part, behind, behind.start - s.start if behind else -1, s.start)


def _deciding(words: list[str]) -> str:
    """The last of the words before a name that says more than who it is."""
    if not words:
        return ""
    lists, last, back = word_lists(), words[-1], 2
    while (last.removesuffix("'s") in lists["company"] or last in lists["product"] or last in SKIPPED) \
            and back <= min(len(words), AN_APPOSITION):
        last, back = words[-back], back + 1
    if last not in lists["prepositions"] and words[-1] in lists["company"] and len(words) > back - 1 \
            and words[-back] in lists["prepositions"]:
        return words[-back]     # "into software maker Tidemark"
    return last


# The rules: each gives the part of a name, or None where it knows none.

def _is_the_named(spot: _Spot) -> Part:
    """Stands for one that was named: "the electric car", "its first BEV"."""
    if spot.lower[spot.end - 1] != "s" and is_goods(spot.name.entity) \
            and (one := DEFINITE.search(spot.lower, max(0, spot.start - A_LOOK), spot.start)) \
            and (spot.small and one[0][0] not in "'’" or spot.acts() or not spot.word_behind()):
        return "modifier"


def _is_kind_of(spot: _Spot) -> Part:
    """Says what the name before it is: "two Linnet BEVs"."""
    if spot.before == " " and spot.prior.entity.kind == "product" and is_goods(spot.name.entity):
        return "modifier"


def _is_joined(spot: _Spot) -> Part:
    """Plays the part of the name before it: "Nvidia and AMD"."""
    (one, part), before = spot.parts[-1], spot.before
    if OWN.fullmatch(before) and len(spot.parts) > 1 and spot.parts[-2][0].entity.kind == spot.kind != one.entity.kind:
        one, part = spot.parts[-2]          # "ahead of the Linnet and Veldt's Finch"
        before = spot.lower[one.end - spot.first:spot.start]
    if not JOINED.fullmatch(before) or OWN_NUMBER.match(spot.lower, spot.end):
        return None
    prior = one.entity.kind
    if part in ("subject", "object", "speaker", "example"):
        owns = spot.lower.startswith(POSSESSIVES, spot.end) and spot.kind == "place" != prior
        return None if owns else part       # not in "Norvik and Velmora's bank"
    return part if part in ("located", "agent", "compared") and prior == spot.kind else None


def _is_listed(spot: _Spot) -> Part:
    """The same in a longer list: "at Norvik, Veldt and Marlow"."""
    if not LISTED.fullmatch(spot.before):
        return None
    goes_on = spot.behind is not None and spot.prior.entity.kind == spot.kind == spot.behind.entity.kind \
        and LISTED.fullmatch(spot.lower, spot.end, spot.behind_start)
    return spot.prior_part if goes_on or spot.prior_part == "example" else None


def _is_example(spot: _Spot) -> Part:
    """One of several: "firms, including Norvik and Tidemark", "carmakers like Norvik"."""
    ahead = spot.words[-2] if len(spot.words) > 1 else ""
    if spot.last == "including" or spot.last == "as" and ahead == "such" \
            or spot.last == "like" and ahead and noun.is_plural(ahead):
        return "example"


def _is_hyphenated(spot: _Spot) -> Part:
    """The second half of a word: "Franco-Velmoran", "ID.4/ID.5"."""
    start = spot.start
    if start > 1 and spot.lower[start - 1] in "-/" and spot.lower[start - 2].isalnum():
        return spot.prior_part if spot.before in ("-", "/") else "modifier"


def _is_home(spot: _Spot) -> Part:
    """Where a body is from: "a Velmoran consortium", "UK retailer Marlow", "US Coast Guard"."""
    body = spot.name.how == "exact" and spot.behind is not None and spot.behind.start == spot.name.end + 1 \
        and spot.behind.entity.kind == "organisation"
    if body or spot.word_behind() in word_lists()["bodies"]:
        return "modifier"


@cache
def _cited_there() -> re.Pattern:
    """Behind a place: people of it who say something, seldom of themselves. "Velmoran media said"."""
    people = any_of(schema.words("noun")["quoted"] + schema.words("stance")["attribution"]["reporting"])
    return re.compile(rf" (?:[a-z]+ )?{people}s? (?:[a-z]+ly |also |later |now )?{said_forms()}\b")


def _is_home_of_cited(spot: _Spot) -> Part:
    """Whose people are cited: "Velmoran media said"."""
    if _cited_there().match(spot.lower, spot.end):
        return "speaker"


def _is_within_owner(spot: _Spot) -> Part:
    """Where something of a firm is: "Norvik's Velmora sales", "Norvik Velmora sales"."""
    if spot.prior.entity.kind == "company" and (OWN.fullmatch(spot.before) and spot.lower.startswith(" ", spot.end)
                                                or spot.before == " " and spot.word_behind() and not spot.acts()):
        return "modifier"


def _is_where_only(spot: _Spot) -> Part:
    """Where something of somebody is, "her Lund flat", or is traded, "by 10:30 a.m. in Lund", "in Lund trading"."""
    behind = spot.word_behind()
    if spot.words and spot.words[-1] in OF_SOMEBODY and behind and not spot.acts() \
            or spot.last == "in" and (behind in TRADING or HOURS.search(spot.ahead, max(0, len(spot.ahead) - A_LOOK))):
        return "modifier"


def _is_imposer(spot: _Spot) -> Part:
    """Fines or sues another one: "the FTC fine", "a $3bn EU penalty"."""
    if spot.word_behind() in word_lists()["imposed"] and not spot.acts():
        return "agent"


def _is_finder(spot: _Spot) -> Part:
    """Only tells what others have: "a Velmora University study in June found"."""
    if spot.word_behind() in schema.words("phrase")["finders"] and not spot.acts():
        return "agent"


def _is_share(spot: _Spot) -> Part:
    """What somebody holds a part of: "$3bn of his Norvik shares"."""
    if spot.words and spot.words[-1] in WHOSE and spot.word_behind() in HOLDINGS:
        return "modifier"


def _is_host(spot: _Spot) -> Part:
    """A platform of what somebody else has: "her Vistaplay channel"."""
    if spot.word_behind() in word_lists()["hosted"] and not spot.acts():
        return "modifier"


def _is_variant(spot: _Spot) -> Part:
    """Says something of another name: "Atlanta-based", "the Linnet version"."""
    found = VARIANT.match(spot.lower, spot.end)
    if found and not (found[0][0] == " " and spot.acts(found.end()) and spot.is_trim()):
        return "modifier"


def _is_around(spot: _Spot) -> Part:
    """Where the place before it is: "Lund, Sweden", but not in "According to Norvik, Sweden's exports"."""
    if spot.prior_part != "speaker" and APART.fullmatch(spot.lower, spot.prior.end - spot.first, spot.start):
        return "modifier"


def _is_in_apposition(spot: _Spot) -> Part:
    """Only says who acts: "Norvik, Tidemark's closest rival, sold", "Ana Ruiz, Norvik director: 300 shares"."""
    if spot.before == ", " and spot.prior.entity.kind == "person" and spot.kind != "place" \
            and role().match(spot.lower, spot.end):
        return "modifier"
    if spot.before == ", " and spot.prior.entity.kind != "person" \
            and (apposed := APPOSITIVE.match(spot.lower, spot.end)) and clause.acts(spot.lower, apposed.end()):
        return "modifier"


def _is_of_number(spot: _Spot) -> Part:
    """Explains a number: "60 kWh (SVOLT cells)"."""
    before, behind = spot.lower[:spot.start], spot.lower[spot.end:spot.end + 1]
    if before.endswith("(") and behind != ")" and any(c.isdigit() for c in before) and not spot.acts():
        return "modifier"


def _is_witness(spot: _Spot) -> Part:
    """Whose people speak of others: "Norvik Bank analyst Ana Ruiz", "Norvik Bank's Ruiz sees"."""
    if WITNESS.match(spot.lower, spot.end) or WITNESS_AT.search(spot.lower, max(0, spot.start - FIRST), spot.start):
        return "agent"
    who = spot.behind
    if who is not None and who.entity.kind in ("person", "other") \
            and not word_lists()["banks"].isdisjoint(spot.name.entity.descriptors) \
            and OWN.fullmatch(spot.lower, spot.end, spot.behind_start) \
            and clause.acts(spot.lower, who.end - spot.first):
        return "agent"


def _is_estimator(spot: _Spot) -> Part:
    """Puts a figure at something, or at what others do: "Norvik puts the average rent at $300", "Norvik estimates that
    data centers will need 3 GW"; its sales are its own."""
    if PUTS.match(spot.lower, spot.end):
        return "agent"
    told = ESTIMATES.match(spot.lower, spot.end) if spot.kind == "company" else None
    return "modifier" if told and _tells_of_others(spot.lower, told.end()) else None


def _tells_of_others(lower: str, at: int) -> bool:
    """Whether a clause begins with a subject that is nobody's in particular: "data centers will need"."""
    words: list[str] = []
    for match in WORD.finditer(lower, at):
        if match[1] in OWN_DOING:
            return False
        words.append(match[1])
        if clause.acts(lower, match.end(1)):
            lists = noun.word_lists()
            return words[-1] not in lists["metric"] or len(words) > 1 and words[-2] not in lists["adjectives"]
        if len(words) == A_PHRASE or match.end() < len(lower) and match[2] != " ":
            return False
    return False


@cache
def _guessing() -> re.Pattern:
    """Behind a place: what its people expect of others."""
    return re.compile(rf"(?:['’]s?)? (?:[a-z-]+ )?{any_of(schema.words('stance')['attribution']['guesses'])}\b")


def _is_guesser(spot: _Spot) -> Part:
    """Expects something of others: "above Wall Street's estimates"."""
    if spot.last in word_lists()["beating"] and _guessing().match(spot.lower, spot.end):
        return "agent"


def _is_spoken_for(spot: _Spot) -> Part:
    """Somebody speaks for it: "Norvik chief executive Ana Ruiz said 20% of drivers", "a spokesman for Norvik said"."""
    if CENTRAL in spot.name.entity.descriptors:
        return None             # "Fed officials expect": its own rates
    if says_for().match(spot.lower, spot.end) or spot.last in AT \
            and heads().search(spot.lower, max(0, spot.start - A_ROLE), spot.start) \
            and says_so().match(spot.lower, spot.end):
        return "speaker"


def _is_led(spot: _Spot) -> Part:
    """Somebody of it acts: "Norvik founder Ana Ruiz owns"."""
    person = spot.behind
    if person is not None and person.entity.kind == "person" \
            and leads().fullmatch(spot.lower, spot.end, spot.behind_start) \
            and clause.acts(spot.lower, person.end - spot.first):
        return "modifier"


def _is_searched(spot: _Spot) -> Part:
    """Only where somebody looked: "a search of LinkedIn shows"."""
    if SEARCHED.search(spot.ahead, max(0, len(spot.ahead) - A_LOOK)):
        return "modifier"


def _is_lister(spot: _Spot) -> Part:
    """Keeps count of what befell others: "the Red Cross lists 300 missing"."""
    if LISTS.match(spot.lower, spot.end):
        return "speaker"


def _is_told(spot: _Spot) -> Part:
    """Somebody only tells it something: "Norvik told Tidemark News that the company"."""
    if spot.last in TELLING:
        return "agent"


def _is_cited(spot: _Spot) -> Part:
    """Is cited: "according to Norvik", "Norvik said", but not "the Linnet claims 400 km", "adds a camera"."""
    if spot.kind == "product" and spot.word_behind().startswith(HAVING):
        return None
    if spot.lower.startswith(", ", spot.end) and WHO.search(spot.lower, 0, spot.start):
        return None             # "Ana Ruiz, who left Norvik, said"
    if is_speaker(spot.lower, spot.start, spot.end) and not clause.CONTROLS.match(spot.lower, spot.end):
        return "speaker"


def _is_possessive(spot: _Spot) -> Part:
    """Has something: "Norvik's vans"; behind a preposition, "with Norvik's vans", another one may act."""
    lower, end = spot.lower, spot.end
    plural = lower[end - 1] == "s" and lower[end:end + 1] in ("'", "’", "")     # so is a headline's last word
    if not plural and not lower.startswith(POSSESSIVES, end):
        return None
    those = spot.words[-2:-1] in (["that"], ["those"])        # "those of Norvik's vans fell"
    return "held" if spot.last in word_lists()["prepositions"] and not those else "owner"


@cache
def _version_of() -> re.Pattern:
    return re.compile(rf"\b(?:the|an?|its) (?:[\w-]+ ){{0,3}}(?:{any_of(word_lists()['versions'])}|generation|facelift|"
                      r"model)s? of(?: the| its)?\Z")


def _has_version(spot: _Spot) -> Part:
    """What a version of it does it does itself: "the base version of the Linnet costs $300"."""
    if _version_of().search(spot.ahead) and clause.acts(spot.lower, spot.end):
        return "subject"


def _is_compared(spot: _Spot) -> Part:
    """Something else is compared with it: "more than Norvik", "based on the Linnet"."""
    if spot.last in word_lists()["comparing"] or LIKENED.search(spot.ahead, max(0, len(spot.ahead) - 20)):
        return "compared"


@cache
def _component_behind() -> re.Pattern:
    """Behind a name: the part of a product that it made."""
    return re.compile(rf" (?:[a-z0-9-]+ ){{0,2}}{any_of(word_lists()['components'])}(?=[,.;:)]|\Z| (?:with|that|which|"
                      r"of|and|or|to|for|in|on|at|inside|from|delivering|producing|capable|behind|under)\b)")


def _is_within_product(spot: _Spot) -> Part:
    """What a product has in it that does something itself: "the Tern laptop with the new K3 chip costs $9", "the large
    model with a K3 chip"; and who made it: "the Linnet has a Brightwell camera with 12 megapixels"."""
    if spot.kind in ("company", "other") and _component_behind().match(spot.lower, spot.end) \
            and any(name.entity.kind == "product" for name, _ in spot.parts):
        return "modifier"
    if spot.last == "with" and spot.kind != "other" and spot.word_behind() in word_lists()["components"]:
        return "modifier"
    if spot.last == "with" and spot.prior and spot.prior.entity.kind == "product" \
            and spot.prior_part in ("subject", "owner") \
            and EQUIPPED.fullmatch(spot.before) and not clause.acts(spot.lower, spot.prior.end - spot.first):
        return "modifier"


def _is_agent(spot: _Spot) -> Part:
    """Does something to another one: "made by Norvik"."""
    if spot.last in word_lists()["agents"]:
        return "agent"


def _opens_with_noun(spot: _Spot) -> Part:
    """What is told of begins the sentence, and is its own: "Shares of Norvik ...", "Sales at Marlow ..."; not in
    "Norvik owns 3% of Marlow"."""
    last, first = spot.last, spot.words[:1]
    if spot.prior and clause.acts(spot.lower, spot.prior.end - spot.first):
        return None
    if last == "of":
        opens = spot.before.strip() != "of" and first != ["in"] and len(spot.lower[:spot.start].split()) <= 4
    else:
        opens = last in ("in", "at", "for") and first != [last] and len(spot.lower[:spot.start].split()) == 2
    return "subject" if opens else None


def _is_behind_preposition(spot: _Spot) -> Part:
    """Where or to whom something happens: "in Velmora", "to invest in Norvik", but not "with Norvik gaining 3%"."""
    if spot.last == "with" and spot.word_behind().endswith("ing"):
        return "subject"
    if spot.last.strip(",;:") in word_lists()["prepositions"]:
        where = spot.kind == "place" or spot.kind == "other" and spot.name.entity.name.split()[-1] in _venues()
        located = where and LOCATED.search(spot.lower[max(0, spot.start - 20):spot.start])
        return "located" if located else "object"


def _is_told_apart(spot: _Spot) -> Part:
    """Is what a description without a name means: "its bestselling van was the Linnet, with 300 units"."""
    if COPULAR.search(spot.ahead) and BEST.search(spot.ahead) \
            and all(part != "subject" or is_goods(name.entity) for name, part in spot.parts):
        return "subject"


def _is_named_late(spot: _Spot) -> Part:
    """Named behind what it is: "Norvik bought a young chipmaker, Tidemark, for $9m", "longer than its twin, the K3"."""
    closes = spot.start > FIRST and spot.lower[spot.end:spot.end + 1] in ENDS
    ahead = spot.ahead.removesuffix(" the") if closes and not spot.before.startswith(",") else spot.ahead
    if not ahead.endswith(",") or not APPOSED.search(ahead) or spot.acts():
        return None
    if closes or any(part in ("subject", "owner") and clause.acts(spot.lower, end_of(name, spot.first, spot.lower))
                     for name, part in spot.parts):
        return "object"


def _opens_clause(spot: _Spot) -> Part:
    """Stands where a clause begins: "Norvik sold", "sales fell, but Norvik"."""
    if not spot.ahead or spot.ahead[-1] in CLAUSE_ENDS or spot.last[-1:] in CLAUSE_ENDS \
            or spot.last in word_lists()["clause"]:
        return "subject"


def _is_near_verb(spot: _Spot) -> str:
    """Else whoever acts or stands near the beginning is the subject; not in "buying Norvik served its ends", and not K3
    in "the Linnet has a K3 chip", Norvik in "Veldt beat Norvik and paid"."""
    acts = spot.acts() and not spot.words[-1].endswith("ing")
    goes_on = (joined := GOES_ON.match(spot.lower, spot.end)) is not None and (
        clause.acts(spot.lower, joined.end()) or MODAL.search(spot.before)
        and (verb := NEXT.match(spot.lower, joined.end())) and verb[1] in noun.word_lists()["base"])
    return "subject" if acts or spot.start <= OPENING and not any(
        part == "subject" and (goes_on or name.entity.kind == spot.kind == "product")
        and clause.acts(spot.lower, end_of(name, spot.first, spot.lower)) for name, part in spot.parts) else "object"


# In this order, each with the kinds of name that it knows, if not all.
RULES: tuple[tuple[Callable[[_Spot], Part], tuple[str, ...]], ...] = (
    (_is_the_named, ()),
    (_is_kind_of, ()),
    (_is_joined, ()),
    (_has_version, ("product",)),
    (_is_listed, ()),
    (_is_example, ()),
    (_is_hyphenated, ()),
    (_is_home, ("place",)),
    (_is_home_of_cited, ("place",)),
    (_is_within_owner, ("place",)),
    (_is_where_only, ("place",)),
    (_is_imposer, ("organisation", "place")),
    (_is_finder, ("organisation",)),
    (_is_share, ("company",)),
    (_is_host, ("company", "product")),
    (_is_variant, ()),
    (_is_around, ("place",)),
    (_is_in_apposition, ()),
    (_is_of_number, ()),
    (_is_witness, FIRMS),
    (_is_estimator, ()),
    (_is_guesser, ("place",)),
    (_is_spoken_for, FIRMS),
    (_is_led, ("company",)),
    (_is_told, ()),
    (_is_searched, FIRMS),
    (_is_lister, ("organisation",)),
    (_is_cited, ()),
    (_is_possessive, ()),
    (_is_compared, ()),
    (_is_agent, ()),
    (_is_within_product, ("product", "company", "other")),
    (_opens_with_noun, ()),
    (_is_behind_preposition, ()),
    (_is_told_apart, ("product", "company")),
    (_is_named_late, ()),
    (_opens_clause, ()),
)
BEHIND_ANOTHER = (_is_kind_of, _is_joined, _is_listed, _is_within_owner, _is_around,
                  _is_in_apposition)


@cache
def _rules(kind: str, first: bool) -> list[Callable[[_Spot], Part]]:
    """The rules that may know a name of a kind, be it the first of its sentence."""
    return [rule for rule, kinds in RULES if (not kinds or kind in kinds) and not (first and rule in BEHIND_ANOTHER)]


def _part(spot: _Spot) -> str:
    for rule in _rules(spot.kind, spot.prior is None):
        if part := rule(spot):
            return part
    return _is_near_verb(spot)


def _behind_owner(spot: _Spot, part: str) -> str:
    """The part of a firm right behind another name that only says whose it is; that one becomes its modifier."""
    prior, before = spot.prior, spot.before
    if (held := OWNED.fullmatch(before)) and _is_relation(spot, held[1]):
        # "Marlow's battery supplier Tidemark", "Marlow rival Tidemark"
        acts = part == "object" and spot.prior_part == "owner" or spot.prior_part == "subject"
        spot.parts[-1] = prior, "modifier"
        return "subject" if acts else part
    if prior.entity.kind == "place" and spot.prior_part in ("owner", "held") and OWN.fullmatch(before):
        spot.parts[-1] = prior, "modifier"      # "Velmora's Norvik posted a profit"
    return part


def _is_relation(spot: _Spot, word: str) -> bool:
    """Whether the last word between two names says what the second one is to the first."""
    lists, before = word_lists(), spot.before
    if spot.prior_part == "owner" and (word in lists["company"] or word in SKIPPED):
        return True
    ended = spot.start - len(before)
    return word in lists["relations"] and spot.prior.entity.kind in ("company", "product", "organisation") \
        and not DOES.match(before) and not clause.acts(spot.lower, ended)
