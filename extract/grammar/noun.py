"""Noun phrases that are the subject of a clause and that no name stands for: "hyperscalers will spend ...".

There is no dictionary of English here. A phrase begins where a clause begins, holds no function word and ends before a
verb; a plural, an article or a quantifier shows that it speaks of a kind, and of nobody who was named before. Words:
`schemas/words/noun.toml`.

>>> [(p.name, p.kind) for p in subjects("a @@@@@@@ trader made ########", "A Vistaro trader made $300,000")]
[('Vistaro trader', 'person')]
>>> subjects("the company made ########", "The company made $300,000")
[]
>>> [p.name for p in subjects("most of the older drivers who pay ####", "Most of the older drivers who pay $300")]
['older drivers']
"""
import re
from dataclasses import dataclass
from functools import cache

from .. import schema
from . import lexicon

TOKEN = re.compile(r"[a-z]++(?![\w&+./'’-])|[@#~]+|[^\W_](?:[\w&+./'’-]*\w)?|[^\s\w]")
LONGEST = 6         # words of a phrase
AHEAD = 12          # words between a phrase and its verb
OPENERS = frozenset(["that", "but", "while", "whilst", "as", "if", "when", "because", "where", "since", "although",
                     "though", "whereas", "so", "with", "whether", "until", "than", "before", "after", "once"])
MARKS = frozenset(",;:—–-(•*\"“”‘")
RELATIVE = frozenset(["who", "that", "which", "whose"])
PASSIVE = frozenset(["is", "are", "was", "were", "be", "been"])
ADVERBS = frozenset(["not", "also", "already", "still", "now", "only", "be", "been"])
# Words between a verb and its number or object.
OBJECT = frozenset(["about", "around", "over", "more", "less", "nearly", "almost", "roughly", "up", "at", "to", "under",
                    "only", "just", "a", "an", "the", "its", "their", "between", "as"])
# Words between the beginning of a clause and the number that is its subject.
NEAR = frozenset(["nearly", "almost", "about", "around", "roughly", "approximately", "some", "only", "just", "over",
                  "more", "less", "fewer", "than", "up", "to", "at", "least", "most", "an", "estimated", "and"])
ONE = frozenset(["a", "an", "another", "one"])
TO_NAME = frozenset(["of", "at", "in", "to", "for", "with", "behind", "from"])
OPENING = 4         # words of "For instance, " and the like
PERCENT = re.compile(r"(?:%|per ?cent|percentage|half|thirds?|quarters?|fifths?)$", re.I)
BREAK = re.compile(r"; |, (?:but|while|whereas|and) ")

Token = tuple[str, int, int]


FIRST = re.compile(r"(?:[a-z]+-)?(?:[a-z]+est|main|top|leading|only)")


@dataclass(slots=True)
class Phrase:
    """A subject in the words of the text, without its determiner; offsets count from the start of the sentence."""
    start: int
    end: int
    name: str
    kind: str | None    # company, organisation, product, person, other; None for nouns that are not listed
    noun: str           # the last word, in the singular
    plural: bool
    reach: int = 0      # up to where the clause goes on about it
    tied: bool = False  # it says by a name whose it is, and is not of whom that names


@cache
def _words() -> dict:
    data, entity, number = schema.words("noun"), schema.words("entity"), schema.words("number")["words"]
    lists = {key: frozenset(words) for key, words in data.items() if isinstance(words, list)}
    change = [schema.words("change")[way] for way in ("up", "down")]
    verbs = {v.split()[0] for v in [*data["verbs"], *schema.words("verb")["finite"]["verbs"],
                                    *(v for c in change for v in c["verbs"]),
                                    *(v for m in schema.metrics().values() for v in m.verbs)]}
    prepositions = frozenset(w for w in schema.words("subject")["prepositions"] if w.isalpha())
    lists["tied"] = frozenset(form for n in data["tied"] for form in lexicon.plural(n))
    lists["preposition"] = prepositions - verbs - lists["tied"]
    lists["stop"] = lists["preposition"].union(number["stop"], data["auxiliary"], OPENERS,
                                               ["and", "or"]) - lists["general"]
    lists["base"] = frozenset(verbs) - lists["preposition"] - OPENERS
    lists["third"] = frozenset(form for v in verbs for form in lexicon.inflect(v) if form.endswith("s") and form != v)
    lists["going"] = frozenset(form for v in verbs for form in lexicon.inflect(v) if form.endswith("ing"))
    lists["past"] = frozenset(form for forms in schema.words("verb")["irregular"].values() for form in forms)
    lists["telling"] = frozenset(form for v in data["telling"] for form in lexicon.inflect(v))
    lists["opening"] = MARKS | OPENERS | lists["telling"] - set(lexicon.inflect("add"))     # "it adds heated seats"
    lists["change"] = frozenset(n for c in change for n in c["nouns"])
    lists["plurals"], lists["not_plurals"] = frozenset(number["plurals"]), frozenset(number["not_plurals"])
    lists["company"] = frozenset([*data["bodies"], *(w.lower() for w in entity["generic_company"])])
    lists["organisation"] = lists["public"]
    lists["product"] = frozenset([*data["things"], *(w.lower() for w in entity["generic_product"])])
    lists["singular"] = data["irregular"]
    lists["measuring"] = frozenset(form for m in schema.metrics().values() if m.about[0] in ("product", "other")
                                   for v in m.verbs for form in lexicon.inflect(v.split()[0]))
    lists["metric"] = frozenset(form for m in schema.metrics().values() for n in m.names
                                for form in lexicon.plural(n.split()[-1]))
    # without what takes time and is no figure itself: "the strike"
    lists["figure"] = frozenset(form for m in schema.metrics().values() if m.id != "duration" for n in m.names
                                for form in lexicon.plural(n.split()[-1]))
    return lists


def word_lists() -> dict:
    """The lists of `schemas/words/noun.toml`, and those of verbs and metrics that tell nouns from verbs."""
    return _words()


def is_plural(word: str) -> bool:
    lists = _words()
    return word in lists["plurals"] or len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) \
            and word not in lists["not_plurals"]


def is_thing(word: str) -> bool:
    """Whether a word is a noun for goods."""
    return not {word, singular(word)}.isdisjoint(_words()["product"])


def is_person(word: str) -> bool:
    """Whether a word is a noun for people: driver, adults."""
    return singular(word) in _words()["people"]


def is_firm(word: str) -> bool:
    """Whether a word is a noun for a firm."""
    return singular(word) in _words()["company"]


def kind(name: str) -> str:
    """What a phrase of any noun stands for, by its last words; other where no list has them.

    >>> kind("older drivers"), kind("older driver"), kind("12-year-old"), kind("washing machine"), kind("density")
    ('other', 'person', 'person', 'product', 'other')
    """
    words = name.lower().split()[-2:]
    last = singular(words[-1])
    if last.endswith("-old"):
        return "other" if is_plural(words[-1]) else "person"
    return _kind({last, " ".join([*words[:-1], last])}, last, is_plural(words[-1]), False, True)


def is_of_others(word: str) -> bool:
    """Whether a noun, in the singular, is for what somebody has or for what was told: user, share, move."""
    lists = _words()
    return any(word in lists[kind] for kind in ("related", "part", "metric", "told"))


def singular(word: str) -> str:
    """The basic form of a noun, near enough to look it up."""
    if word in _words()["singular"]:
        return _words()["singular"][word]
    if not is_plural(word) or not word.endswith("s"):
        return word
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ches", "shes", "xes", "sses")) else word[:-1]


def subjects(masked: str, text: str, measured: frozenset[int] = frozenset(), headline: bool = False,
             named: bool = True) -> list[Phrase]:
    """The general subjects of a sentence whose nouns are listed; `masked` has #, @ and ~ for numbers, names and
    periods.

    `measured` are the ends of nouns of metrics: what stands behind "of" there is whom they measure. A `headline` has no
    articles. Nouns that are not listed count where the words around them leave no doubt: "each lesson costs $60", "35%
    of dentists say". Where nobody is `named` whom it could stand for, "the film" is a subject too.

    >>> subjects("the price of a new home rose", "The price of a new home rose", frozenset([9]))[0].name
    'new home'
    """
    tokens = [(m[0], m.start(), m.end()) for m in TOKEN.finditer(masked)]
    found: list[Phrase] = []
    at, opened, of = 0, True, False
    opening, size = _words()["opening"], len(tokens)
    while at < size:
        word = tokens[at][0]
        if not opened:
            if word in opening or word[0] == "~":       # most words are looked at here, so _opens is written out
                opened, of = True, False
            elif word == "of":
                of = at > 0 and tokens[at - 1][2] in measured
                opened = of or _counts(tokens, at - 1, found)
            elif word[0] == "#":
                opened = _is_age(tokens[at], text)
            at += 1
        elif _opens(word) or word.endswith("ly") or word in NEAR and _before_number(tokens, at):
            at += 1
        elif word[0] == "#":
            if people := _numbered(tokens, at, text):
                found.append(people)
            opened, of, at = _is_age(tokens[at], text), False, at + 1
        else:
            phrase, after = _phrase(tokens, at, text, of, headline and at == 0, named)
            if phrase is not None:
                for earlier in found:
                    earlier.reach = min(earlier.reach, phrase.start)
                clause = BREAK.search(masked, phrase.end)
                phrase.reach = clause.start() if clause else len(masked)
                found.append(phrase)
            opened, of, at = False, False, max(after, at + 1)
    return [p for p in found if p.kind]


def _opens(word: str) -> bool:
    """Whether a clause may begin behind a word."""
    return word in _words()["opening"] or word[0] == "~"


def _counts(tokens: list[Token], at: int, found: list[Phrase]) -> bool:
    """Whether a number is the subject of its clause: "nearly 35% of drivers say", not "sold 35% of cars"."""
    if tokens[at][0][0] != "#":
        return False
    while at > 0 and tokens[at - 1][0] in NEAR:
        at -= 1
    before = tokens[at - 1]
    # "29% of men and 35% of women"
    return at == 0 or _opens(before[0]) or before[0] in RELATIVE or bool(found) and found[-1].end == before[2]


def _is_age(token: Token, text: str) -> bool:
    """Whether a number is the age of whom the next word names: "17-year-old boys"."""
    return token[0][0] == "#" and text[token[1]:token[2]].endswith("-old")


NUMBERED = re.compile(r"(?i)(?:[\d.,]+|[a-z-]+)(?:-odd)?"
                      r"(?:(?: few| couple of| quarters?)?(?: of)?(?: an?)? "
                      r"(?:hundred|thousand|million|billion|trillion)){0,2} "
                      r"(?P<name>(?!of )(?:[a-z-]+ ){0,3}(?P<noun>[a-z]+))$")


def _numbered(tokens: list[Token], at: int, text: str) -> Phrase | None:
    """People whose number opens a clause: "Three climbers, aged between 19 and 24, died"."""
    _, start, end = tokens[at]
    counted = NUMBERED.match(text, start, end)
    if counted is None or counted["noun"] == "people" or not is_plural(counted["noun"]) \
            or singular(counted["noun"]) not in _words()["people"] \
            or at + 1 < len(tokens) and tokens[at + 1][0] == "and" \
            or _verb_after(tokens, _behind_aside(tokens, at + 1)) is None:
        return None
    return Phrase(counted.start("name"), end, counted["name"], "other", singular(counted["noun"]), True, len(text))


def _phrase(tokens: list[Token], at: int, text: str, measured: bool, headline: bool,
            named: bool) -> tuple[Phrase | None, int]:
    """The general phrase that begins at a token, if it is measured or has a verb, and where to read on."""
    lists, start = _words(), at
    if text[max(0, tokens[at][1] - 1):tokens[at][1]] == "-":
        return None, at             # the "run prisons" of "Kurdish-run prisons"
    aged = at > 0 and _is_age(tokens[at - 1], text)
    at, general = (at, True) if aged else _determiner(tokens, at)
    if general is not None and at < len(tokens) and (tokens[at][0][0] == "~" or not named and tokens[at][0][0] == "#"):
        at += 1                     # "the 2.2-mile bridge", "a 1962 car"
    if tokens[start][0] in ("these", "those") and at < len(tokens) and tokens[at][0] in lists["base"]:
        return None, at             # "these look like"
    if aged and at < len(tokens) and _lives(tokens, at):
        return None, at             # "a 20-year-old lives with her parents"
    words, owner, at = _collected(tokens, at, text)
    tied = _tied(tokens, at, owner, words)
    whose = tied or _outstanding(owner, words)
    if owner and not whose and owner not in words:
        return None, at
    general = True if whose else general
    if general is False and named or _apposition(tokens, start, text) or not words or len(words) > LONGEST \
            or words[-1][0][0] == "@" or aged and words[0][0][0] == "@":
        return None, at
    last = words[-1][0]
    noun, plural = singular(last), is_plural(last)
    one = general and tokens[start][0] in ONE and not plural
    if headline and noun in lists["people"] and not general and not plural:
        general = one = True
    if general is None and not plural or noun in lists["change"] \
            or not named and at < len(tokens) and tokens[at][0] == "of" and (
                noun in lists["portion"] or noun in lists["measure"]):
        return None, at         # "a cup of coffee" is coffee, and "the density of gold" gold's
    if last in lists["measure"] and at < len(tokens) and tokens[at][0][0] == "#":
        return None, at         # "a magnitude 6.4 earthquake"
    verb = _verb_of(tokens, at, plural, named) or ("is" if aged or measured else None)
    if one and start > OPENING and tokens[start - 1][0] in MARKS and verb in RELATIVE:
        return None, at         # "the port, a big employer that ...", not "For instance, a driver who ..."
    part = start > 1 and tokens[start - 1][0] == "of"
    counted = aged or measured or part      # "35% of households said" is of them, whatever they say
    if verb is None or not counted and (verb in lists["telling"] or noun in lists["quoted"] and verb not in RELATIVE):
        return None, at
    nouns = {noun, f"{words[-2][0]} {noun}" if len(words) > 1 else noun}
    if named and not nouns.isdisjoint(lists["part"]) or not general and words[0][0] in lists["going"]:
        return None, at
    if noun in lists["related"] and not aged and named and not whose and (
            len(words) == 1 or noun in lists["people"] and not one):
        return None, at
    # nouns that are not listed: "the dam grew" where nobody is named, "35% of dentists", "each lesson costs #"
    clear = aged or last not in lists["metric"] and (
        not named and (general is not None or start == 0 and plural)
        or part and not measured and plural and PERCENT.search(text[tokens[start - 2][1]:tokens[start - 2][2]])
        or general and _measures(tokens, at) and text[words[-1][1]:words[-1][2]].islower())
    kind = _kind(nouns, noun, plural, bool(whose), bool(clear))
    if aged and kind in ("company", "product"):
        return None, at         # "the five-year-old company" is one that was named
    if whose:
        words = sorted({*words, whose}, key=lambda token: token[1])
    name = text[words[0][1]:words[-1][2]]
    if words[0][0][0] != "@" and name[:1].isupper() and name[1:2].islower():
        if any(token[0] not in MARKS for token in tokens[:start]):
            return None, at         # a name that nobody knows
        name = name[0].lower() + name[1:]
    return Phrase(words[0][1], words[-1][2], name, kind, noun, plural, tied=bool(tied)), at


def _lives(tokens: list[Token], at: int) -> bool:
    """Whether a verb stands at a token, whatever noun it might be: the "lives" of "a 20-year-old lives with"."""
    lists, word = _words(), tokens[at][0]
    return word in lists["third"] or word in lists["past"] or is_past(word) or word in lists["base"] \
        and at + 1 < len(tokens) and tokens[at + 1][0] in OBJECT


def _collected(tokens: list[Token], at: int, text: str) -> tuple[list[Token], Token | None, int]:
    """The words of a phrase from a token on, but for those that say nothing; the name of whose it is ("Norvik's
    founder"), and where to read on."""
    lists = _words()
    words: list[Token] = []
    owner: Token | None = None
    while at < len(tokens) and len(words) <= LONGEST:
        word = tokens[at][0]
        if word[0] == "@":
            if at + 1 < len(tokens) and tokens[at + 1][0] in ("'", "’"):
                owner, words = tokens[at], []
                at += 3 if at + 2 < len(tokens) and tokens[at + 2][0] == "s" else 2
                continue
            if text.endswith(("'s", "’s"), tokens[at][1], tokens[at][2]):
                owner = tokens[at]          # "Macy's owner"
        elif not word[0].isalpha() or "'" in word or "’" in word or word in lists["stop"] or words \
                and (word == "such" or _is_verb(words[-1][0], tokens, at) or owner and word in lists["third"]):
            break
        words.append(tokens[at])
        at += 1
    while words and (words[-1][0].endswith("ly") or words[-1][0] in lists["empty"]
                     or words[-1][0] in lists["adjectives"]):
        words.pop()
    while words and (words[0][0] in lists["empty"] or words[0][0] in lists["general"]):
        words.pop(0)
    return words, owner, at


def _verb_of(tokens: list[Token], at: int, plural: bool, named: bool) -> str | None:
    """The main verb of a phrase that ends before a token, behind what only says more of it."""
    behind = at if named else _behind_aside(tokens, at)
    if behind == at and plural:
        behind = _behind_examples(tokens, at)
    return _verb_after(tokens, behind)


def _kind(nouns: set[str], noun: str, plural: bool, whose: bool, clear: bool) -> str | None:
    """What a phrase stands for, by its noun alone and with the word before it; None where no list has it."""
    lists = _words()
    if noun in lists["people"]:
        return "other" if plural else "person"
    for kind in ("organisation", "company", "product"):
        if not nouns.isdisjoint(lists[kind]):
            return kind
    return "company" if whose else "other" if clear or not nouns.isdisjoint(lists["nature"]) else None


def _tied(tokens: list[Token], at: int, owner: Token | None, words: list[Token]) -> Token | None:
    """The name by which a phrase that ends before a token says who somebody is, for whom it has no name itself:
    "Norvik's founder", "a supplier to Norvik"."""
    if not words or not owner and (at + 1 >= len(tokens) or tokens[at][0] not in TO_NAME) \
            or _words()["tied"].isdisjoint((words[-1][0], " ".join(word for word, _, _ in words[-2:]))):
        return None
    if owner:
        return owner
    at += 2 if tokens[at + 1][0] == "the" else 1
    behind = tokens[at + 1][0] if at + 1 < len(tokens) else ""
    return tokens[at] if at < len(tokens) and tokens[at][0][0] == "@" and behind not in ("'", "’") else None


def _outstanding(owner: Token | None, words: list[Token]) -> Token | None:
    """The name by which a phrase says where somebody is the first of his kind: "Norway's largest bank"."""
    lists = _words()
    first = owner is not None and len(words) > 1 and FIRST.fullmatch(words[0][0])
    return owner if first and not is_plural(words[-1][0]) and any(
        words[-1][0] in lists[kind] for kind in ("company", "organisation", "people")) else None


def _measures(tokens: list[Token], at: int) -> bool:
    """Whether a verb that measures things and its number stand at a token: "will cost about $60"."""
    lists = _words()
    while at < len(tokens) and (tokens[at][0] in lists["auxiliary"] or tokens[at][0] in ADVERBS):
        at += 1
    return at < len(tokens) and tokens[at][0] in lists["measuring"] and _before_number(tokens, at + 1)


def _before_number(tokens: list[Token], at: int) -> bool:
    """Whether nothing but words that say how exact it is stands from a token to a number."""
    while at < len(tokens) and tokens[at][0] in NEAR.union(OBJECT):
        at += 1
    return at < len(tokens) and tokens[at][0][0] == "#"


def _apposition(tokens: list[Token], at: int, text: str) -> bool:
    """Whether an article opens what only says who a name is: "Corvane, a robot maker"."""
    if tokens[at][0] not in ("a", "an", "another") or not at or tokens[at - 1][0] not in MARKS:
        return False
    # 'the "Tern," a taxi'
    before = next((t for t in reversed(tokens[max(0, at - 3):at]) if t[0] not in MARKS), None)
    return before is not None \
            and (before[0][0] == "@" or before[0][0] != "~" and text[before[1]].isupper() or before[0] == ")")


def _determiner(tokens: list[Token], at: int) -> tuple[int, bool | None]:
    """Where the phrase goes on behind its determiner, and whether that makes it general; None where there is none."""
    lists, word = _words(), tokens[at][0]
    ahead = [t[0] for t in tokens[at + 1:at + 3]]
    if word in lists["definite"]:
        return at + 1, bool(ahead) and ahead[0] in lists["usual"]
    if word not in lists["general"]:
        return at, None
    of = len(ahead) == 2 and ahead[0] == "of" and ahead[1] in lists["definite"]
    return at + (3 if of else 1), True


def _behind_examples(tokens: list[Token], at: int) -> int:
    """Where a phrase goes on behind its examples: "drugs like @ and @ cost"."""
    ahead = [word for word, _, _ in tokens[at:at + 2]]
    end = at + 1 if ahead[:1] in (["like"], ["including"]) else at + 2 if ahead == ["such", "as"] else at
    begun = end
    while begun > at and end < len(tokens) and (tokens[end][0][0] == "@" or tokens[end][0] in (",", "and", "or")):
        end += 1
    return end if end > begun else at


def _is_verb(before: str, tokens: list[Token], at: int) -> bool:
    """Whether a word behind a noun is its verb."""
    lists, word = _words(), tokens[at][0]
    if "-" in word:
        return False
    if word in lists["past"] or is_past(word):
        return True
    if before in lists["adjectives"]:
        return False            # "the full set costs"
    if is_plural(before):
        return word in lists["base"] or word.endswith("ing")
    following = tokens[at + 1][0] if at + 1 < len(tokens) else ""
    if following[:1] == "#" and word.endswith(("ing", "s")) and not word.endswith("ss"):
        return True         # "a rack houses 72 of them", "a bus carrying 43 of them"
    return word in lists["third"] and (following[:1] in ("#", "@") or following in OBJECT or following == "that")


def is_past(word: str) -> bool:
    """Whether a word has the form of a regular past."""
    return len(word) > 3 and word.endswith("ed") and not word.endswith("eed") and "-" not in word


def _behind_aside(tokens: list[Token], at: int) -> int:
    """Where a subject that ends before a token goes on: "the rocket, 121 metres tall, can carry"."""
    if at == len(tokens) or tokens[at][0] != ",":
        return at
    return next((n + 1 for n in range(at + 1, min(at + AHEAD, len(tokens))) if tokens[n][0] == ","), at)


def _verb_after(tokens: list[Token], at: int) -> str | None:
    """The main verb of a subject that ends before a token; None where another clause begins first."""
    lists, auxiliary, inside = _words(), None, False        # inside: in a phrase that a preposition begins
    passive = None      # a participle that only says which one is meant: "a planet found by Norvik is"
    for n, (word, _, _) in enumerate(tokens[at:at + AHEAD], at + 1):
        inside = inside and word[0] not in "@#~"        # a name ends it
        if word in lists["auxiliary"]:
            auxiliary = word
        elif auxiliary is not None:
            if word not in ADVERBS and not word.endswith("ly"):
                # "the fossil was found" is told of, and tells nothing
                return auxiliary if auxiliary in PASSIVE and (word in lists["past"] or is_past(word)) else word
        elif word in RELATIVE:
            return word
        elif word in lists["preposition"]:
            inside = True
        elif not word[0].isalpha() and word[0] not in "@#~" or not inside and word in OPENERS:
            return passive
        elif word in lists["past"] or is_past(word):
            if passive or n == len(tokens) or tokens[n][0] not in lists["preposition"]:
                return word
            passive = word
        elif not inside and (word in lists["base"] or word in lists["third"] or word.endswith("ing")) \
                or word in lists["measuring"] and word in lists["third"] and _before_number(tokens, n):
            return word         # "a ticket for the final costs at least $300"
    return auxiliary or passive
