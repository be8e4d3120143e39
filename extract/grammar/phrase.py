"""The noun phrase that a number is said of, by the order of words alone: for numbers that nobody owns whom a name, a
listed noun or a word that stands for them tells of.

A sentence is parted into clauses, and what stands before the verb of one is its subject, whatever its noun. So this
finds more than `noun.subjects`, and is right less often. Words: `schemas/words/phrase.toml`.

>>> Sentence("the reaction yields #########.", "The reaction yields 35 kJ/mol.").of(20).name
'reaction'
>>> Sentence("the weight of the pumpkin was ######.", "The weight of the pumpkin was 300 kg.").of(30).name
'pumpkin'
>>> Sentence("a ######### snake fled", "A 3.5-metre snake fled").of(2).name
'snake'
>>> Sentence("up ##.", "Up 5%.").of(3) is None
True
"""
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache

from .. import schema
from . import lexicon, noun
from .noun import TOKEN, Token

LONGEST = 6             # words of a phrase; of a longer one the last
REACH = 30              # words in front of a number in which its noun and verb stand
DEEP = 3                # of what a measure may be: "the weight of a cup of tea"
AHEAD = 6               # clauses behind it in which its subject follows: "at #, in the end, the peak is"
POSSESSIVE = ("'s", "’s", "s'", "s’")
APOSTROPHES = ("'", "’")
BLOTTED = ("#", "@", "~")
OF_MEASURE = ("of", "in", "on", "for", "at", "among")   # between what is measured and of what
INTO = ("at", "to", "from", "by", "on", "between")      # behind a verb that no list has: "sprints at 60 km/h"
POINTING = ("this", "that", "these", "those", "such", "other")      # back to what was told of
GERUNDS = ("before", "after", "since", "than", "once")     # in front of one: "before making changes"
PARTICLES = ("up", "down", "out", "off", "back")
BRACKETS = {"(": ")", ",": ","}
AGED = re.compile(r"-olds?$")
SHORT = re.compile(r"[a-z]+(?=['’])")


@dataclass(slots=True)
class Phrase:
    """A noun phrase without its determiner; offsets count from the start of the sentence."""
    start: int
    end: int
    name: str
    pronoun: str | None = None      # what stands for whom it is of, where that can be told: "it", "its" of "its speed"
    acts: bool = False              # it is the subject of a verb in the clause of the number, before that
    general: bool = False           # it has no "the" or "its": somebody or something of a kind


@dataclass(slots=True)
class _Noun:
    """The words of a noun phrase; numbers are places of tokens."""
    words: list[int]
    end: int                # where to read on
    owner: list[int] | None = None      # whose it is: "the river's", "its"
    opened: bool = True     # it has a determiner
    verb: bool = False      # its verb follows


@dataclass(slots=True)
class _Clause:
    """What stands between two marks or conjunctions; numbers are places of tokens."""
    start: int
    end: int
    subject: _Noun | None
    owner: _Noun | None         # its subject, or whom it goes on about


@cache
def _words() -> dict[str, frozenset[str]]:
    """The lists that tell nouns from verbs, and both from the words that hang them together."""
    lists = noun.word_lists()
    own = {key: frozenset(words) for key, words in schema.words("phrase").items()}
    determiners = (lists["definite"] | lists["general"] | own["possessives"]) - lists["empty"]
    adverbs = own["adverbs"] | noun.ADVERBS | noun.NEAR
    verbs = lists["base"] | lists["third"] | lists["past"] | own["pasts"]
    stop = lists["stop"] - verbs - lists["empty"] | adverbs | noun.RELATIVE
    return own | {key: lists[key] for key in (
        "auxiliary", "base", "third", "empty", "change", "portion", "adjectives")} | {
        "determiner": determiners,
        "object": determiners | noun.NEAR - {"at", "to", "up", "and"},
        "adverb": adverbs,
        "past": own["pasts"] | lists["past"] - lists["base"],
        "either": lists["past"] & lists["base"],        # "cost" and "cut" are nouns as well
        "quality": lists["measure"] | lists["qualities"],
        "measure": lists["measure"] | lists["qualities"] | lists["change"] | lists["metric"],
        "opener": noun.MARKS | noun.OPENERS - {"with"} | noun.RELATIVE | {"and", "or", "nor", ")"},
        "stop": stop | lists["auxiliary"] | own["pronouns"] | determiners,
        "preposition": stop - lists["auxiliary"] - own["pronouns"] - determiners - adverbs | lists["preposition"],
        "finding": frozenset(form for verb in own["finding"] for form in lexicon.inflect(verb)),
        "telling": lists["telling"].union(*map(lexicon.inflect, own["finding"])),
        "finder": own["finders"] | lists["people"] | lists["quoted"],
    }


class Sentence:
    """The words of a sentence and its clauses; `masked` has #, @ and ~ for numbers, names and periods."""

    def __init__(self, masked: str, text: str):
        self.text = text
        self.tokens: list[Token] = [_token(m[0], m.start(), m.end()) for m in TOKEN.finditer(masked)]
        self.verbs = [n for n in range(len(self.tokens)) if self._is_finite(n)]
        self.may_be_verbs = [n for n in range(len(self.tokens)) if self._is(n, "third") and not self._measures(n)]
        self.asks = False       # it says what to do: "heat the oven to #"
        self.led = False        # a clause with a subject and its verb was read
        self.clauses: list[_Clause] = []
        start = 0
        for at in range(len(self.tokens) + 1):
            if at == len(self.tokens) or self._is(at, "opener") or self._is_told(at):
                subject = self._subject(start, at)
                owner = subject or self._related(start) or (self.clauses[-1].owner if self.clauses else None)
                self.clauses.append(_Clause(start, at, subject, owner))
                self.led = self.led or subject is not None and subject.verb
                start = at + 1

    def subject(self) -> Phrase | None:
        """Its first subject."""
        found = next((c.subject for c in self.clauses if c.subject), None)
        return found and self._phrase(found)

    def of(self, at: int, counts: bool = False) -> Phrase | None:
        """What the number at an offset is said of; `counts` tells that it ends with the noun that it counts."""
        number = bisect_right(self.tokens, at, key=lambda token: token[1]) - 1
        n = bisect_left(self.clauses, number, key=lambda clause: clause.end)
        opens = self._opens(n, number, counts)
        if self._is_aged(number):
            return self._own(number)            # "the 12-year-old"
        if counts and self._is_among(number):
            return self._counted(number)        # "Finland is one of # states"
        if opens and (counts or self._is_finite(number + 1)):
            # "# trees fell", but neither "# said" nor the title "# best trees"
            return self._counted(number) if counts and self._goes_on(number + 1, len(self.tokens), True) else None
        owner = self._modified(number, counts) or self._apposed(number) or counts and self._that_has(number) \
            or opens and self._behind(number) \
            or self._owner(n)
        found = self._phrase(owner) if owner else None
        if found and owner is self.clauses[n].subject:
            found.acts, found.general = self._leads(n, number), self._is_general(owner)
        tells = owner is not None and self._only_tells(owner, number)
        if found and tells:
            found.acts = False
        if found and not tells and (self.led or not self.asks) and (
                found.pronoun != found.name or self._is(owner.words[0], "somebody")):
            return found
        stuff = self._measured(number, self.clauses[n].start) or self._behind(number, counts)
        meant = self._phrase(stuff) if stuff else self._counted(number) if counts else None
        if found and found.name == "there":
            return meant
        if found and found.pronoun and not tells and meant:
            return Phrase(meant.start, meant.end, meant.name, found.pronoun)
        return meant or found

    def _leads(self, n: int, number: int) -> bool:
        """Whether the subject of a clause has its verb there and stands before a number; not where "and" only joins it
        to what is no clause: "sales to farmers and bakers fell"."""
        subject = self.clauses[n].subject
        joined = self.word(self.clauses[n].start - 1) in ("and", ",")       # "the new, large phones"
        before = [c.subject.verb for c in self.clauses[:n] if c.subject and joined]
        told = any(self._is(at, "telling") and self.word(at + 1).startswith("#") for at in range(subject.end, number))
        pointed = any(self.word(at) in POINTING for at in range(self.clauses[n].start, subject.words[0])) \
            or self.word(0) in POINTING and subject.words[0] == 1
        return subject.verb and subject.end <= number and not told and not pointed and (not before or any(before))

    def _is_general(self, found: _Noun) -> bool:
        """Whether a noun phrase has no determiner that makes it one that is known."""
        lists, (first, last) = noun.word_lists(), (found.words[0], found.words[-1])
        if found.owner and self._measures(last) and not self._is(found.owner[0], "possessives"):
            first, last = found.owner[0], found.owner[-1]       # "many drivers' fees"
        elif found.owner:
            return False
        at, usual = first - 1, False
        while self._is(at, "empty") or self._is_adverb(at) or self._is(at, "adjectives"):
            usual, at = usual or self.word(at) in lists["usual"], at - 1
        if self._is(at, "determiner"):
            return usual or self.word(at) in lists["general"]
        return self._is_plural(last) or at < 0 and not (
            self._is(found.end, "third") and (self._is(found.end + 1, "base") or self._is_finite(found.end + 1)))

    def _phrase(self, found: _Noun) -> Phrase | None:
        """What a noun phrase stands for: of "the price of wheat" wheat, of "its price" whose it is."""
        for _ in range(DEEP):
            found = self._whole(found) or found
        first, last, pronoun = found.words[0], found.words[-1], None
        if self._is_pronoun(first):
            word, start, end = self.tokens[first]
            return Phrase(start, end, "I" if word == "i" else word, word)
        if self.word(first).startswith("#"):
            return self._own(first) if self._is_aged(first) else self._counted(first)
        if found.owner and self._measures(last):
            if self._is(found.owner[0], "possessives"):
                pronoun = self.word(found.owner[0])
            elif not self.word(found.owner[0]).startswith("@"):
                first, last = found.owner[0], found.owner[-1]       # "the river's length"
        start, end = self.tokens[first][1], self.tokens[last][2]
        name = self.text[start:end].removesuffix("'s").removesuffix("’s")
        if name[:1].isupper() and name[1:2].islower() and start == self.tokens[0][1]:
            name = name[0].lower() + name[1:]
        return Phrase(start, end, name, pronoun)

    def _whole(self, found: _Noun) -> _Noun | None:
        """Of what a noun phrase names a measure or part: "the price of wheat", "a cup of coffee"."""
        last, between = found.words[-1], self.word(found.end)
        if found.owner or not (between in OF_MEASURE and self._measures(last, "quality")
                               or between == "of" and self._measures(last, "portion")
                               or between == "in" and self._is(last, "change")):
            return None
        whole = self._noun(found.end + 1, len(self.tokens))
        return None if whole is None or self.word(whole.words[0]).startswith(BLOTTED) else whole

    # Nouns and verbs.

    def word(self, at: int) -> str:
        return self.tokens[at][0] if 0 <= at < len(self.tokens) else ""

    def _is(self, at: int, kind: str) -> bool:
        return self.word(at) in _words()[kind]

    def _is_content(self, at: int) -> bool:
        word = self.word(at)
        return (word[:1].isalpha() or word[:1] == "@") and word not in ("s", "x") and not word.endswith("ly") \
            and not self._is(at, "stop")

    def _is_adverb(self, at: int) -> bool:
        return self._is(at, "adverb") or self.word(at).endswith("ly")

    def _is_pronoun(self, at: int) -> bool:
        return self._is(at, "pronouns") and not (
            self._is_content(at + 1) and (self._is(at, "determiner") or self.word(at) in noun.ONE)
            and not (self._is(at, "it") and self._is(at + 1, "third") and self._is_object(at + 2)))     # "this takes #"

    def _is_plural(self, at: int) -> bool:
        return noun.is_plural(self.word(at))

    def _measures(self, at: int, kind: str = "measure") -> bool:
        return self._is(at, kind) or noun.singular(self.word(at)) in _words()[kind]

    def _is_object(self, at: int) -> bool:
        """Whether the object of a verb may begin here."""
        return self.word(at).startswith(BLOTTED) or self._is(at, "object")

    def _is_finite(self, at: int) -> bool:
        return self._is(at, "auxiliary") or self._is(at, "past") or noun.is_past(self.word(at))

    def _acts(self, at: int, end: int) -> bool:
        """Whether a word that is a verb wherever it stands is among these."""
        return _any_within(self.verbs, at, end)

    def _is_told(self, at: int) -> bool:
        """Whether a verb opens a clause that says what somebody told: "officials say the fire", "says 300 fell ill"."""
        before = at - 1 - (self._is_adverb(at - 1))
        return self._is(at, "telling") and (self._is_content(before) or self._is_pronoun(before)) and (
            self._is(at + 1, "determiner") or self._is_pronoun(at + 1)
            or self._is_content(at + 1) and not self._is_finite(at + 1)
            or self.word(at + 1).startswith("#") and self._is_counted(at + 1)
            and self._goes_on(at + 2, len(self.tokens), True))

    def _is_verb(self, at: int, end: int) -> bool:
        """Whether a word behind a noun is its verb, in a clause up to `end`."""
        word, many = self.word(at), self._is_plural(at - 1)
        if self._is(at, "past") or noun.is_past(word):      # but not in "high powered lasers were"
            return not (self._is_content(at + 1) and self._acts(at + 1, end))
        if word.endswith("ing") and many and not self._is_content(at + 1):
            return not self._is_finite(at + 1)              # "adults looking to move are"
        if not self._is_object(at + 1):
            return False
        if word.endswith("s"):
            return not many or self._is(at, "third")
        return many or word.endswith("ing") or self._is(at, "either")

    def _may_be_verb(self, at: int, end: int) -> bool:
        """The same where no other word of the clause can be the verb."""
        word, many = self.word(at), self._is_plural(at - 1)
        if self._acts(at + 1, end):
            return False
        if word.endswith("s") and not many:
            return self.word(at + 1) in INTO or self._is(at, "third") and not (
                self._measures(at, "quality") and self.word(at + 1) in OF_MEASURE)
        return self._is(at, "either") or many and (self._is(at, "base") or not self._measures(at) and (
                self._is(at, "third") or self._is(at + 1, "preposition") or self.word(at + 1) in PARTICLES)) \
            or word.endswith("ing") and self.word(at + 1) != "" and not self._is_content(at + 1)

    def _noun(self, at: int, end: int) -> _Noun | None:
        """The noun phrase that begins at a token, without the verb that may follow it."""
        owner, opened = None, False
        while at < end and (self._is_adverb(at) or self._is(at, "determiner") or self.word(at) in noun.ONE
                            or opened and self.word(at)[0] in "#~"):
            if self._is_counted(at):
                return _Noun([at], at + 1, verb=self._is_finite(at + 1))     # "the 300 trees were"
            opened = opened or self._is(at, "determiner") or self.word(at) in noun.ONE
            owner = [at] if self._is(at, "possessives") else owner
            at += 1
        words: list[int] = []
        while at < end and self._is_content(at):
            words.append(at)
            if self.word(at).endswith(POSSESSIVE) and self._is_content(at + 1):
                owner, words = words, []
            elif self.word(at + 1) in APOSTROPHES and (self.word(at + 2) == "s" or self._is_content(at + 2)):
                owner, words, at = words, [], at + 1 + (self.word(at + 2) == "s")
            elif self.word(at + 1).startswith("#") and self.word(words[0] - 1) in noun.ONE and at + 2 < end \
                    and self._is_content(at + 2) and not (self._is(at + 2, "sizes") or self._is_finite(at + 2)):
                words, at = [], at + 1      # "an enormous # battery"
            at += 1
        places = [n for n in range(1, len(words))       # "the full set", but "the old died"
                  if self._is_finite(words[n]) or not self._is(words[n - 1], "adjectives")]
        verb = next((n for test in (self._is_verb, self._may_be_verb) for n in places if test(words[n], end)), None)
        if verb is not None:
            at, words = words[verb], words[:verb]
        while words and self._is(words[0], "empty"):
            words.pop(0)
        while words and self._is(words[-1], "adjectives"):
            words.pop()         # "people aware of it"
        if not words or not opened and (self._is(words[0], "past")
                                        or len(words) == 1 and self.word(words[0]).endswith("ed")):
            return None         # "# said", "announced plans"
        return _Noun(words[-LONGEST:], at, owner, opened, verb is not None)

    def _noun_before(self, end: int) -> _Noun | None:
        """The noun phrase that ends right before a token: "a boy (#", "winds of #"; not "killed boys (#"."""
        at = end
        while self._is_content(at - 1) and end - at < LONGEST and (
                at == end or not (self._is_finite(at - 1) or self.word(at - 1).endswith("ing")
                                  or self.word(at - 1).endswith("s") and self.word(at - 2).startswith("@"))):
            at -= 1
        return self._noun(at, end) if at < end else None

    # The subjects of clauses.

    def _subject(self, start: int, end: int) -> _Noun | None:
        """The subject of a clause; those before it are known."""
        at = start
        while at < end:
            if self._is_pronoun(at):
                return _Noun([at], at + 1, verb=True)
            if self.word(at).startswith("~"):
                at += 1         # "in May inflation eased"
            elif self._is(at, "preposition"):
                behind = self._noun(at + 1, end)
                at = behind.end if behind else at + 1
            else:
                break
        if at == end or self.word(at).startswith("@"):
            return None
        if self.word(at).startswith("#"):
            return _Noun([at], at + 1, verb=True) if self._is_counted(at) and self._goes_on(at + 1, end, True) else None
        found = self._noun(at, end)
        if found and not self.led and self._is_order(found):
            self.asks, found = True, self._noun(found.end, end)
        if found is None or not self._is_subject(found, end):
            return None
        before = self.clauses[-1].subject if self.clauses else None
        if before is not None and before.end == start - 1 and self.word(start - 1) == "and" and found.verb:
            found.words = [*before.words, start - 1, *found.words]      # "cows and goats produce"
        return found

    def _is_order(self, found: _Noun) -> bool:
        """Whether what looks like a noun is a verb in front of its object: "heat the oven", "mix # of flour"."""
        if found.opened or len(found.words) > 1 or self._is_plural(found.words[0]):
            return False
        return self._is(found.end, "determiner") or not self._measures(found.words[0]) \
            and self.word(found.end).startswith("#") and self.word(found.end + 1) == "of"

    def _is_subject(self, found: _Noun, end: int) -> bool:
        """Whether a noun phrase that a clause begins with is its subject."""
        at, alone = found.words[0], len(found.words) == 1
        first = self.word(at)
        if first.endswith("ing") and self.word(at - 1) in GERUNDS:
            return False        # "before making changes"
        if not found.opened and not found.verb and not self._is_finite(found.end):
            if first.endswith("ing") and (self.led or self._is_object(found.end)) or alone and (
                    noun.is_past(first) or self.word(at - 1) in noun.RELATIVE and not self._is(at - 2, "telling")
                    or self._is(at, "base") and not self._is_plural(at) and not self._goes_on(found.end, end, False)):
                return False    # "weighing #", "heated to #", "which yields #", "add #"
        if at and not found.opened and (self._is_finite(at) and (
                self.led and alone or self.word(at - 1) in noun.RELATIVE) or self._is(at, "third") and not (
                self._measures(at) or alone and self._acts(found.end, end))):
            return False        # "and carries goods"
        behind = found.end
        while self._is_adverb(behind):
            behind += 1
        found.verb = found.verb or self._goes_on(behind, end, self._is_plural(found.words[-1]))
        behind += self.word(behind) in INTO and self._is_plural(found.words[-1])      # "and deer on #"
        return found.verb or self.word(behind).startswith("#") or not self.led and (     # "its mast #"
            at == 0 or found.opened or not alone or self._is_plural(at))

    def _goes_on(self, at: int, end: int, plural: bool) -> bool:
        """Whether the verb of a noun stands from a token on."""
        return self._acts(at, end) or plural and self._is(at, "base") or _any_within(self.may_be_verbs, at, end)

    def _related(self, start: int) -> _Noun | None:
        """Whom a relative clause speaks of: "a tree that was"."""
        opener = start - 1
        verb = self._is_finite(start) or self._is(start, "third") or self._is(start, "base")
        return self._noun_before(opener - (self.word(opener - 1) == ",")) \
            if verb and self.word(opener) in noun.RELATIVE and not self._is(opener - 1, "telling") else None

    def _owner(self, n: int) -> _Noun | None:
        """The subject of a clause, or whom it goes on about; in front of the first subject that."""
        return self.clauses[n].owner or next((c.subject for c in self.clauses[n:n + AHEAD] if c.subject), None)

    # What a number may be said of.

    def _modified(self, number: int, counts: bool) -> _Noun | None:
        """The noun that a number says the size of: "a # snake", "the #-mile course"."""
        if not self._is_content(number + 1) or self._is(number + 1, "sizes") or self._is_finite(number + 1):
            return None
        _, start, end = self.tokens[number]
        glued = "-" in self.text[max(0, start - 1):end] and (self.text[start].isdigit() or self.text[start - 1] == "-")
        before = number - 1
        while self._is_content(before) and number - before < LONGEST:
            before -= 1         # "a huge # snake"
        if not glued and (counts or not self._is(before, "determiner")):
            return None
        found = self._noun(number + 1, len(self.tokens))
        return None if found and self._measures(found.words[-1]) and self.word(found.end) not in OF_MEASURE else found

    def _apposed(self, number: int) -> _Noun | None:
        """The noun beside which a number stands in brackets or between commas: "a boy, 12, said"."""
        opened = self.word(number - 1)
        return self._noun_before(number - 1) if opened and BRACKETS.get(opened) == self.word(number + 1) else None

    def _is_among(self, number: int) -> bool:
        """Whether somebody is only one of those that a number counts: "one of just # states", "among the # makers"."""
        at = number - 1
        while self.word(at) in noun.NEAR or self._is(at, "determiner") or self._is_adverb(at):
            at -= 1
        return self.word(at) == "among" or self.word(at) == "of" and self.word(at - 1) == "one" \
            and not self.word(at - 2).startswith("@")

    def _that_has(self, number: int) -> _Noun | None:
        """The noun that has what a number counts: "ferries with over # seats", "a survey of # adults"."""
        at = number - 1
        while self.word(at) in noun.NEAR:
            at -= 1
        last = at - 1
        if self.word(at) == "of" and noun.singular(self.word(last)) in _words()["finders"] \
                or self.word(at) == "with" and self._is_content(last) and self._is_plural(last):
            return _Noun([last], at)
        return None

    def _opens(self, n: int, number: int, counts: bool) -> bool:
        """Whether a number is the subject of its clause: "# of crops are", "a record # of rain fell"."""
        at = max(self.clauses[n].start, number - REACH)
        while at < number and (self._is_adverb(at) or self._is(at, "determiner") or self._is(at, "empty")
                               or self.word(at) == "of"):
            at += 1             # "a total of #"
        if at + 1 == number and self.word(at - 1) in noun.ONE and (counts or self.word(number + 1) == "of"):
            at = number         # "a record # of rain fell"
        if at != number or n == 0:
            return at == number
        behind = self._behind(number)
        return self._is_finite(behind.end if behind else number + 1) or behind is not None and behind.verb

    def _behind(self, number: int, counts: bool = False) -> _Noun | None:
        """The noun of which a number gives so much: "# of water"; one that `counts` ends with its own."""
        of = self.word(number + 1) == "of"
        return self._noun(number + 1 + of, len(self.tokens)) \
            if of or not counts and self._is_content(number + 1) and not (
                self._is(number + 1, "sizes") or self._is_finite(number + 1)) else None

    def _only_tells(self, owner: _Noun, number: int) -> bool:
        """Whether a subject tells of somebody else's figure: "doctors measured"."""
        return (noun.singular(self.word(owner.words[-1])) in _words()["finder"] or self._is_pronoun(owner.words[0])) \
            and any(self._is(at, "finding") for at in range(max(owner.end, number - REACH), number))

    def _measured(self, number: int, start: int) -> _Noun | None:
        """Of what the noun before a number is: "the cost of the bridge at #"; or that noun, as in "a weight of #"."""
        at = number - 1
        while self.word(at) in noun.NEAR:
            at -= 1
        if self.word(at) == "of":
            return self._noun_before(at)
        for at in range(number - 1, max(start, number - REACH), -1):
            if self.word(at) == "of" and self._measures(at - 1):
                return self._noun(at + 1, number)
        return None

    def _own(self, number: int) -> Phrase:
        """Somebody whom only his age names."""
        _, start, end = self.tokens[number]
        return Phrase(start, end, self.text[start:end])

    def _is_aged(self, at: int) -> bool:
        """Whether a number stands for somebody of that age: "the 12-year-old won"; not "the 12-year-old boy"."""
        aged = AGED.search(self.text, *self.tokens[at][1:])
        return aged is not None and (not self._is_content(at + 1) or self._is(at + 1, "past")
                                     or self._is(at + 1, "base" if aged[0].endswith("s") else "third"))

    def _is_counted(self, at: int) -> bool:
        """Whether a number with the noun that it counts may be a subject: "300 trees fell", not "300 kg of wheat"."""
        if self._is_aged(at):
            return True
        if not self.word(at).startswith("#") or self.word(at + 1) == "of":
            return False
        counted = self._counted(at)
        return counted is not None and noun.is_plural(counted.name.split()[-1]) and (
            not self._is_content(at + 1) or self._is(at + 1, "base") or self._is(at + 1, "third")
            or self._is_finite(at + 1) or self.word(at + 1).endswith("ing"))

    def _counted(self, number: int) -> Phrase | None:
        """The noun with which a number ends: "300 trees"."""
        _, start, end = self.tokens[number]
        counted = noun.NUMBERED.match(self.text, start, end)
        return counted and Phrase(counted.start("name"), end, counted["name"])


def _token(word: str, start: int, end: int) -> Token:
    """A word; of "it's" and "you've" the pronoun."""
    pronoun = SHORT.match(word)
    return (pronoun[0], start, start + pronoun.end()) if pronoun and pronoun[0] in _words()["pronouns"] \
        else (word, start, end)


def _any_within(places: list[int], start: int, end: int) -> bool:
    """Whether one of the places, in order, lies in a span."""
    first = bisect_left(places, start)
    return first < len(places) and places[first] < end
