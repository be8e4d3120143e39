"""The stance of a number: how sure it is (`modality.py`), and who says so. Words: `schemas/words/stance.toml`.

>>> from extract import sentence
>>> text = "Norvik expects revenue of $5 million, according to Brightwell."
>>> voices = Voices(text, sentence.find(text), [])
>>> voices.of(0, 26, 36)
Stance(modality='forecast', attribution='Brightwell')
>>> Voices("Revenue was $5 million.", sentence.find("Revenue was $5 million."), []).of(0, 12, 22)
Stance(modality='actual', attribution=None)
"""
import re
from bisect import bisect_left
from collections.abc import Callable
from functools import cache

from .. import schema
from ..grammar.lexicon import inflect
from ..model import Entity, Name, Sentence, Stance
from ..pattern import any_of, holding
from .modality import in_future, modality

# ---- who says so -----------------------------------------------------------------------------------

WORD = r"[\w&.-]*(?:['’](?!s\b)\w*)?"
NAME = rf"[A-Z](?<![\w-].){WORD}(?: (?:(?:of|and|for|de|van|von|the|&) )?[A-Z0-9]{WORD}){{0,9}}"
ASIDE = r"(?:, [^.;:“”\"\n]{3,90}?,| \([^)\n]{1,30}\))?"     # ", head of research at Brightwell,"
HAS = (r"(?: (?:itself|himself|herself|themselves|also|first|has|had|have|then|later|now|recently|previously|initially|"
       r"still|already|reportedly)){0,2}"
       r"(?: (?:on|in|late|early|earlier|last|this) (?:[A-Z][a-z]+(?: [0-9]{1,2})?|(?:this |last )?(?:week|month|"
       r"year)))?(?: (?:also|had|has|first))?")
MONTHS = "|".join(names[0] for names in schema.words("period")["months"])


def _forms(verbs: list[str], base: bool = False) -> list[str]:
    """Forms in which somebody speaks: says, said; and "say" after a plural."""
    forms = (form for verb in verbs for form in inflect(verb) if base or form != verb)
    return [form for form in forms if not form.endswith("ing")]


@cache
def _speech() -> dict[str, re.Pattern]:
    data = schema.words("stance")["attribution"]
    speaking = [*data["past"], *_forms(data["says"])]
    citing = [*speaking, *_forms(data["says"] + data["gives"], base=True)]
    says, gives, said = any_of(speaking), any_of(["forecast", *_forms(data["gives"])]), any_of(citing)
    cues = [*citing, "added", *data["before"], *data["studies"], *data["guesses"], "per", "citing"]
    before, studies = any_of(data["before"]), any_of(data["studies"])
    nouns = rf"(?:{any_of(data['nouns'])}|(?:the|a|an) (?:(?-i:[a-z-]+) ){{0,2}}?{any_of(data['bodies'])})"
    body = rf"(?P<body> {any_of(data['bodies'])})?"       # "the Ruritanian government", "Iranian officials"
    return {
        "verb": re.compile(any_of(cues, behind=r"\w") + r"\b"),
        # "Brightwell said", "Ana Ruiz, its head of sales, told", "Norvik expects"
        "says": re.compile(rf"(?P<name>{NAME}){body}(?:['’]s(?: [^.,;:\n]{{3,40}}?)?)?{ASIDE}(?: who)?{HAS}"
                           rf" (?:{says}|added(?=[:,]))\b"),
        "gives": re.compile(rf"(?P<name>{NAME}){body}(?:['’]s)?{ASIDE}{HAS} {gives}\b"),
        # ", said Ana Ruiz", "says analyst Ana Ruiz"
        "said": re.compile(rf"[,”\"’'?!] (?!told |tells ){says}"
                           rf"(?: (?!(?:how|that|why|what|he|she|it|they|to|about)\b)[a-z][\w’'-]*){{0,4}} "
                           rf"(?P<name>{NAME})"),
        # "according to the latest data from Brightwell"
        "according": re.compile(rf"\b(?:(?i:{before})(?: (?:[a-z][\w-]*|{MONTHS})){{0,5}}?"
                                rf"|per|citing(?: the| a)?)"
                                rf" (?P<name>{NAME})"),
        "phrase": re.compile(r"\b(?i:according to) (?P<name>(?:the |a |an |its |our )?[A-Za-z](?:[^,.;:()'’\n–—-]|"
                             r"(?<=\w)-(?=\w)){3,60})(?![\w-])"),
        # "a Brightwell survey found", "Brightwell's data"
        "study": re.compile(rf"(?P<name>{NAME})(?:['’]s?)?(?: [a-z][\w-]*){{0,2}}"
                            rf" {studies}\b(?! cent)"),
        # "Wall Street estimates of", "Norvik's guidance"
        "guess": re.compile(rf"(?P<name>{NAME})(?:['’]s?)?(?: [a-z][\w-]*)? {any_of(data['guesses'])}\b"),
        "noun": re.compile(rf"\b(?P<name>(?i:{nouns})){ASIDE}{HAS} {said}\b"
                           rf"|\b(?i:{before}) (?P<cited>{nouns})\b"),
        "pronoun": re.compile(rf"\b(?P<who>(?i:he|she|they|it)){HAS} (?:{says}|added(?=[:,]))\b"),
    }


@cache
def _needed() -> dict[str, frozenset[str]]:
    """The longest words of the phrases of which each pattern of _speech needs one."""
    data = schema.words("stance")["attribution"]
    speaking = {*data["past"], *_forms(data["says"]), "added"}
    phrases = {"says": speaking, "said": speaking, "gives": {"forecast", *_forms(data["gives"])},
               "according": {*data["before"], "per", "citing"},
               "phrase": {"according"}, "study": data["studies"], "guess": data["guesses"],
               "noun": {*data["nouns"], *data["bodies"]}}
    return {how: frozenset(max(WORDS.findall(phrase), key=len) for phrase in every) for how, every in phrases.items()}


WORDS = re.compile(r"\w+")
# Behind these a sentence has left what somebody said of his own figures.
OTHER = re.compile(r"\b(?:above|below|(?<!more )(?<!less )(?<!fewer )than|ahead of|beating|topping|short of|but|while|"
                   r"whereas)\b|;|, [^,]*[0-9]$")
OWN = ("gives", "guess", "noun")
LAST = re.compile(r"[^,;.]{0,25}[.”\"]")       # behind ", the company announced" at the end of a sentence
ANY = ("says", "said", "according", "study", "gives", "guess", "noun", "phrase")


# "Sales: $5m versus $6m expected"
EXPECTED_NEXT = re.compile(r",? (?:versus|vs\.?|against|compared (?:to|with)) ")


class Voices:
    """Who is cited in a document, worked out sentence by sentence where a claim asks for it."""

    def __init__(self, text: str, sentences: list[Sentence], names: list[Name]):
        self.text, self.sentences, self.names = text, sentences, names
        self.name_starts = [n.start for n in names]
        self.known: dict[int, list[tuple[str, str, int, int]]] = {}
        self.full: dict[str, str] = {}

    def of(self, index: int, start: int, end: int, metric: str = "", subject: Entity | None = None) -> Stance:
        """Stance of the number at start:end of the text, in the sentence of that index, told of the subject."""
        s = self.sentences[index]
        sure = modality(self.text[s.start:s.end], start - s.start, end - s.start, metric)
        if sure == "actual" and s.kind in ("title", "heading") and TO_COME.match(self.text, s.start, start):
            sure = in_future(Stance(sure, None), metric).modality if metric else "planned"
        speaker = self._speaker(index, start, end, metric)
        lead = self._lead(index)
        if lead is not None:
            above = self.sentences[lead]
            if sure == "actual" and not EXPECTED_NEXT.match(self.text, end):
                sure = modality(self.text[above.start:above.end], *[above.end - above.start] * 2, metric)
            speaker = speaker or self._speaker(lead, s.start, s.start)
        return Stance(sure, speaker and self._in_person(speaker, start, subject))

    def _in_person(self, speaker: str, start: int, subject: Entity | None) -> str:
        """The name of who is cited as "the company": the subject, or the last one named with that noun in it."""
        words = speaker.lower().split(" ")
        if words[0] not in ("the", "a", "an"):
            return speaker
        if words[-1] in schema.words("stance")["attribution"]["companies"]:
            before = reversed(self.names[:bisect_left(self.name_starts, start)][-RECENT:])
            company = subject if subject is not None and subject.kind in ("company", "organisation") else next(
                (name.entity for name in before if name.entity.kind == "company"), None)
            return company.name if company else speaker
        if words[0] == "the":
            noun = words[-1].capitalize()
            for name in reversed(self.names[:bisect_left(self.name_starts, start)][-RECENT:]):
                if noun in name.entity.name.split(" "):
                    return name.entity.name     # "the federation" of the National Baking Federation
        return speaker

    def _lead(self, index: int) -> int | None:
        """The line that ends with a colon above a list, for its items: "Candy: $2.6 billion"."""
        for i in range(index, max(-1, index - 12), -1):
            s = self.sentences[i]
            if i < index and self.text[s.end - 1] == ":":
                return i
            if s.kind not in ("bullet", "heading") and not ITEM.match(self.text, s.start, s.end):
                return None
        return None

    def _speaker(self, index: int, start: int, end: int, metric: str = "") -> str | None:
        cited = self._cited(index)
        best, least = None, None
        for how, name, first, last in cited:
            gap = self.text[last:start] if last <= start else self.text[end:first]
            if how in OWN and not (last > start and gap.endswith(", ") and LAST.match(self.text, last)):
                if OTHER.search(gap) or last > start and len(gap) > 30:
                    continue
            cost = len(gap) + 40 * (how == "study") + 20 * (how == "noun")
            if least is None or cost < least:
                best, least = name, cost
        if best is None and metric in schema.words("stance")["attribution"]["polls"]:
            best = self._of_poll(index)
        return best or self._of_quote(index, start)

    def _of_poll(self, index: int) -> str | None:
        for i in range(index - 1, max(-1, index - 15), -1):
            for how, name, _, _ in self._cited(i):
                if how in ("study", "according"):
                    return name
        return None

    def _of_quote(self, index: int, start: int) -> str | None:
        """The speaker of a quotation that holds the number: cited in its paragraph, or before it."""
        paragraph = self.sentences[index].paragraph
        first = last = index
        while first and self.sentences[first - 1].paragraph == paragraph and index - first < 6:
            first -= 1
        lead = self.text[self.sentences[first].start:start]
        if lead.count("“") <= lead.count("”") and lead.count('"') % 2 == 0:
            return None
        ends = min(len(self.sentences) - 1, index + 4)
        while last < ends and self.sentences[last + 1].paragraph == paragraph:
            last += 1
        whole = self.text[self.sentences[first].start:self.sentences[last].end]
        if whole.count("“") != whole.count("”") and not whole.startswith("“"):
            return None             # a mark is missing
        for i in (*range(index - 1, first - 1, -1), *range(index + 1, last + 1),
                  *range(first - 1, max(-1, first - 4), -1)):
            for how, name, _, _ in self._cited(i):
                if how in ("says", "said", "pronoun"):
                    return name
        return None

    def _cited(self, index: int) -> list[tuple[str, str, int, int]]:
        """Everybody cited in a sentence: how, name, span of the words that say so."""
        if index not in self.known:
            s = self.sentences[index]
            self.known[index] = []
            low = self.text[s.start:s.end].lower()
            if _speech()["verb"].search(low):
                self.known[index] = self._search(index, s)
        return self.known[index]

    def _search(self, index: int, s: Sentence) -> list[tuple[str, str, int, int]]:
        found = []
        words = frozenset(WORDS.findall(self.text[s.start:s.end].lower()))
        for how in ANY:
            if words.isdisjoint(_needed()[how]) or how == "phrase" and any(f[0] == "according" for f in found):
                continue
            for match in _speech()[how].finditer(self.text, s.start, s.end):
                group = "name" if match["name"] else "cited"
                if how in ("phrase", "noun"):
                    name = match[group][0].lower() + match[group][1:] if how == "noun" else match[group]
                else:
                    name = self._called(*match.span(group), how)
                if match.groupdict().get("body"):
                    name = (self._without_starters(match["name"]) or "the") + match["body"]
                if name:
                    found.append((how, name, match.start(), match.end()))
        if not any(how in ("says", "said") for how, *_ in found):
            for match in _speech()["pronoun"].finditer(self.text, s.start, s.end):
                if name := self._last_cited(index, match["who"].lower() != "it"):
                    found.append(("pronoun", name, match.start(), match.end()))
                break
        return found

    def _last_cited(self, index: int, person: bool) -> str | None:
        """Who "he said" is: the last person who was cited; for "it said" the last company."""
        for i in range(index - 1, max(-1, index - 8), -1):
            for how, name, _, _ in reversed(self._cited(i)):
                named = how in ("says", "said", "pronoun") and " " in name
                if named if person else how in ("says", "gives"):
                    return name
        return None

    def _without_starters(self, name: str) -> str:
        """The name without words of the sentence in front of it."""
        words = LOCATED.sub("", name).split(" ")
        while words and words[0] \
                and (words[0] in _starters()[0] or words[0][0].isdigit() or NO_NAME.fullmatch(words[0])):
            words.pop(0)
        return " ".join(words)

    def _called(self, start: int, end: int, how: str = "") -> str | None:
        """The usual name of who stands at start:end, without titles and words of the sentence."""
        name = self._without_starters(self.text[start:end].rstrip("."))
        start, words = self.text.rindex(name, start, end), name.split(" ") if name else []
        titles = _starters()[1]
        for i in range(len(words) - 1, 0, -1):
            if words[i - 1].lower() in titles:
                start += len(" ".join(words[:i])) + 1
                words = words[i:]
                break
        if not words:
            return None
        name = " ".join(words)
        at = bisect_left(self.name_starts, start)
        known = self.names[at] if at < len(self.names) and self.names[at].start == start else None
        if known and known.end >= start + len(name):
            of_place = known.how == "demonym" or how in ("study", "guess") and known.entity.kind == "place"
            return None if of_place else known.entity.name      # "UK figures" are not told by the UK
        return self._in_full(name, start) if len(words) == 1 else name

    def _in_full(self, surname: str, start: int) -> str:
        """The name of a person as it stood before: "Ana Ruiz" for "Ruiz"."""
        if surname not in self.full:
            starters, titles = _starters()
            first, at = None, self.text.find(surname, 0, start)
            while at >= 0 and first is None:
                if not self.text[at + len(surname):at + len(surname) + 1].isalnum():
                    first = FIRST_NAME.search(self.text, max(0, at - FIRST_REACH), at)
                at = self.text.find(surname, at + 1, start)
            is_name = first and first[1] not in starters and first[1].lower() not in titles
            self.full[surname] = first[0] + surname if is_name else surname
        return self.full[surname]


# "Norvik to cut 40 jobs": what a headline says is to come
TO_COME = re.compile(r"(?:[A-Z0-9][\w&.'’-]*,? (?:and |& )?){1,5}to (?!the |a |an |its |date |[^a-z])[a-z]+ "
                     r"|(?:(?!(?:[a-z]+ed|has|have|is|are|was|were|be|due|how|why|way|able|helps?|needs?|fails?|as|from)\b)"
                     r"[\w&.'’-]+ ){1,5}['‘]?to (?:reach|hit|cut|invest|build|open|buy|sell|close|spend|pay|raise|"
                     r"launch|hire|add|axe|shed|lay|create|top|fall|rise|grow|exceed|cost|get|deploy)['’]? ")
FIRST_NAME = re.compile(r"\b([A-Z][a-zé]+) (?:[A-Z]\. )?\Z")
FIRST_REACH = 30    # characters of a first name and an initial
RECENT = 60         # names back that "the federation" may mean
LOCATED = re.compile(r"^.{0,40}?-based ?")
# "We've", "AI-assisted", "Q1" and kinds of things are nobody's name
NO_NAME = re.compile(r"(?:We|I|It|He|She|They|That|There|What|You)['’]\w+|[\w.]+-(?:assisted|party|backed|owned|led|"
                     r"powered)|AI|EVs?|BEVs?|PHEVs?|IT|PhD|CEO|CFO|IPO|GDP|Q[1-4]|PC|TV")


ITEM = re.compile(r"[^.:\n]{2,40}: [^\n]{1,80}$|[•*–-] ")


@cache
def _starters() -> tuple[frozenset[str], frozenset[str]]:
    titles = {title.split()[-1].lower() for title in schema.words("first_name")["titles"]}
    return frozenset(schema.words("stance")["attribution"]["starters"]), frozenset(titles)


ADDS = re.compile(r" add(?:s|ed) (?:(?:about|around|nearly|almost|over|more than|some|another|just|only) )?[$€£0-9#]")


def is_speaker(lower: str, start: int, end: int) -> bool:
    """Whether the name at start:end of a lower-case sentence is cited rather than spoken of.

    >>> is_speaker("norvik's own safety data states that", 0, 6), is_speaker("norvik's own cars sell well", 0, 6)
    (True, False)
    """
    if ADDS.match(lower, end):
        return False            # "the US adds 142,000 jobs"
    return bool(is_source(lower, start, end) or _cited_after().match(lower, end)
                or lower[end:end + 1] in ENDS_CITED and _cited_inverse().search(lower, max(0, start - 60), start))


def is_source(lower: str, start: int, end: int) -> bool:
    """Whether figures are told to be from whom the name at start:end is of, whoever they are on.

    >>> is_source("data from norvik show that", 10, 16), is_source("norvik said that", 0, 6)
    (True, False)
    """
    before = lower[max(0, start - 60):start]
    return bool(_citing()(before) and _cited_before().search(before) or _studied().match(lower, end))


ENDS_CITED = (".", ",", "")


@cache
def _cited_inverse() -> re.Pattern:
    """Behind what was said, before who says so: "players need more, says Norvik." """
    return re.compile(rf"[,”\"’'] ?(?:{said_forms()}) $")


def _before() -> list[str]:
    return [*schema.words("stance")["attribution"]["before"], "told", "reported by"]


@cache
def _citing() -> Callable[[str], bool]:
    return holding(_before())


@cache
def _cited_before() -> re.Pattern:
    before = any_of(_before(), behind=r"\w")
    return re.compile(rf"{before}\b(?: (?:the|a|an|its|data|new|latest))*(?: (?!that\b)[\w-]+){{0,6}}? ?$")


@cache
def said_forms() -> str:
    """A pattern for the forms of verbs with which somebody is cited."""
    data = schema.words("stance")["attribution"]
    return any_of(form for verb in data["speaking"] for form in [*inflect(verb), *data["past"]])


@cache
def _cited_after() -> re.Pattern:
    # Numerator, a data firm, says
    apposition = (r", (?:an?|the|its|chief|head|senior|co-founder|ceo|analyst|economist)\b[^,.;:]{3,70}"
                  r"(?<! is)(?<! are)(?<! was)(?<! were)(?<! be)")      # not "In Japan, the number is expected"
    studies = any_of(schema.words("stance")["attribution"]["studies"])
    return re.compile(rf"(?:(?:['’]s?)? (?:[a-z-]+ ){{0,3}}?{studies})?['’]?s?(?:{apposition})?,?(?: on [a-z]+day|"
                      rf" (?:this|last|earlier this) (?:week|month|year))? "
                      rf"(?:(?:itself|also|has|have|had|now|later|then|since|first|[a-z]+ly) ){{0,2}}"
                      rf"(?:{said_forms()})\b")


@cache
def _studied() -> re.Pattern:
    """Behind a name: what it has found out. "A Brightwell study of 300 homes in May found"."""
    studies = any_of(schema.words("stance")["attribution"]["studies"])
    return re.compile(rf"(?:['’]s?)? (?:[a-z-]+ ){{0,3}}?{studies}"
                      r"(?: (?!(?:that|which|is|was|are|were|has|have|had)\b)[\w'’-]+){0,6}? "
                      r"(?:show|suggest|find|found|reveal|conclude)(?:s|ed|ing|n)?\b")
