"""The cue words of all metrics, compiled once: which words of a sentence speak for which metric.

A metric file lists nouns, verbs and counted nouns in their basic form; every inflected form is found.

>>> sorted(inflect("sell for"))
['sell for', 'selling for', 'sells for', 'sold for']
>>> sorted(plural("subsidy"))
['subsidies', 'subsidy']
"""
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from .. import schema

OBJECT = " ... "        # the place of the object in a verb with a preposition: "value ... at"


@dataclass(slots=True)
class Cue:
    """Words of a text that speak for metrics: offsets, the role of the words, the metrics."""
    start: int
    end: int
    role: str                   # name, verb, move_up, move_down, ...
    metrics: tuple[str, ...]
    negative: bool = False      # turns the sign: "net loss"
    within: "Cue | None" = None # the longer cue that holds it: "profit" in "operating profit"
    grows: bool = False         # "profit growth": the number is a change


def inflect(verb: str) -> set[str]:
    """All forms of a verb; of a phrase, the first word is inflected."""
    first, _, rest = verb.partition(" ")
    irregular = schema.words("verb")["irregular"].get(first)
    if first.endswith(("s", "x", "z", "ch", "sh", "o")):
        third = first + "es"
    elif first.endswith("y") and first[-2:-1] not in "aeiou":
        third = first[:-1] + "ies"
    else:
        third = first + "s"
    if first.endswith("e"):
        past, going = first + "d", first + "ing" if first.endswith("ee") else first[:-1] + "ing"
    elif first.endswith("y") and first[-2:-1] not in "aeiou":
        past, going = first[:-1] + "ied", first + "ing"
    elif _doubles(first):
        past, going = first + first[-1] + "ed", first + first[-1] + "ing"
    else:
        past, going = first + "ed", first + "ing"
    forms = {first, third, going, *(irregular or [past])}
    if first == "be":
        forms = {"be", *irregular}
    return {f"{form} {rest}".strip() for form in forms}


def past_forms() -> set[str]:
    """Past and participle of the irregular verbs that don't look like their present."""
    return {form for verb, forms in schema.words("verb")["irregular"].items() for form in forms
            if form not in (verb, "are") and not form.endswith(("ed", "ing", "s"))}


def participles() -> set[str]:
    """Participles of the irregular verbs that don't look like their present."""
    return {forms[-1] for verb, forms in schema.words("verb")["irregular"].items() if forms[-1] != verb}


def _doubles(verb: str) -> bool:
    """One short vowel before one last consonant: ship, cut, drop; and the few longer ones that do the same."""
    vowels = "aeiou"
    short = (len(verb) >= 3 and verb[-1] not in vowels + "wxy" and verb[-2] in vowels and verb[-3] not in vowels)
    return short and (sum(c in vowels for c in verb) == 1 or verb in ("commit", "admit", "refer", "transfer", "regret"))


def plural(noun: str) -> set[str]:
    """A noun phrase in singular and plural; the last word is inflected."""
    if noun.endswith(("ss", "x", "z", "ch", "sh")):
        return {noun, noun + "es"}
    if noun.endswith("s"):
        return {noun}
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return {noun, noun[:-1] + "ies"}
    return {noun, noun + "s"}


GROWING = ("growth", "increase", "rise", "gain")


class Sense(NamedTuple):
    """What a phrase may speak for in one role."""
    role: str
    metrics: tuple[str, ...]
    ties: bool                  # as a name or verb, which a frame may tie to a number
    negative: bool              # turns the sign for one of the metrics
    may_grow: bool              # "growth" behind it makes the number a change


@dataclass(slots=True)
class Lexicon:
    """Phrases of all metrics and what they speak for."""
    phrases: list[str]
    meaning: list[list[Sense]]                  # of each phrase
    negative: set[tuple[str, str]]              # (phrase, metric)
    changing: set[tuple[str, str]]              # the same, of verbs that make the number a change
    counted: dict[str, tuple[str, ...]]         # counted noun -> metrics
    things: dict[str, tuple[str, ...]]          # the same, where a name or verb of the metric stands too
    wholes: dict[str, tuple[str, ...]]          # noun of which a percentage is a part -> metrics
    verbs: set[str]                             # in their basic form
    of_unit: dict[str, tuple[str, ...]]         # unit -> metrics that it implies
    automaton: object


@cache
def lexicon() -> Lexicon:
    import ahocorasick_rs
    meaning: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    counted, things, wholes, of_unit = (defaultdict(list) for _ in range(4))
    negative, changing = set(), set()
    for metric in schema.metrics().values():
        for name in metric.names:
            for form in plural(name):
                meaning[form]["name"].append(metric.id)
        for verb in metric.verbs:
            first, _, particle = verb.partition(OBJECT)
            for form in inflect(first):
                meaning[form][f"verb{OBJECT}{particle}" if particle else "verb"].append(metric.id)
        for noun in metric.counted:
            for form in plural(noun.replace("-", " ")):
                counted[form].append(metric.id)
        for noun in metric.things:
            for form in plural(noun.replace("-", " ")):
                things[form].append(metric.id)
        for noun in metric.wholes:
            for form in plural(noun):
                wholes[form].append(metric.id)
        for unit in metric.units:
            of_unit[unit].append(metric.id)
        for word in metric.negative:
            for form in plural(word) | inflect(word):
                negative.add((form, metric.id))
                if metric.id not in meaning[form]["name"] + meaning[form]["verb"]:
                    meaning[form]["name"].append(metric.id)
        for verb in metric.changes:
            changing |= {(form, metric.id) for form in inflect(verb)}
        for word in metric.unless:
            meaning[word]["unless"].append(metric.id)
        for word in metric.needs:
            for form in plural(word):
                meaning[form]["needs"].append(metric.id)
    phrases = sorted(meaning)
    senses = [[Sense(role, tuple(dict.fromkeys(ids)), role in ("name", "verb") or OBJECT in role,
                     any((p, m) in negative for m in ids),
                     role == "name" and not p.endswith(GROWING)) for role, ids in meaning[p].items()] for p in phrases]
    once = [{k: tuple(dict.fromkeys(v)) for k, v in table.items()} for table in (counted, things, wholes, of_unit)]
    verbs = {verb.partition(" ")[0] for metric in schema.metrics().values() for verb in metric.verbs}
    return Lexicon(phrases, senses, negative, changing, *once[:3], verbs, once[3],
                   ahocorasick_rs.AhoCorasick(phrases or ["\0"]))


GROWTH = re.compile(r"[ -](?:growth(?: rate)?|(?:increase|rise|gain)(?= of ))s?\b")


def find(lower: str, masked: str | None = None) -> list[Cue]:
    """The cues of a lower-case sentence, in order.

    Where `masked` is given, names and verbs that touch a number or a name of it (#, @) are none, but for phrases with
    a digit of their own ("0-60 mph"), nor are verbs of a period (~: "last May"); nor does a part of a name rule metrics
    out (the Dodge Charger charges nothing).
    """
    lex = lexicon()
    hits = []
    size = len(lower)
    for index, start, end in lex.automaton.find_matches_as_indexes(lower, overlapping=True):
        if start and (lower[start - 1].isalnum() or lower[start - 1] == "_"):
            continue
        if end < size and (lower[end].isalnum() or lower[end] == "_"):
            continue
        hits.append((start, -end, index))
    hits.sort()
    cues: list[Cue] = []
    longest: Cue | None = None
    for start, end, index in hits:
        end = -end
        words = masked[start:end] if masked is not None else ""
        blotted = "@" in words or "#" in words and not any(map(str.isdigit, lex.phrases[index]))
        for role, metrics, ties, negative, may_grow in lex.meaning[index]:
            if ties and (blotted or role == "verb" and words[:1] == "~") or role == "unless" and "@" in words:
                continue
            held = longest if ties and longest and end <= longest.end and (start, end) != (longest.start, longest.end) \
                    else None
            grown = GROWTH.match(lower, end) if may_grow else None
            cue = Cue(start, grown.end() if grown else end, role, metrics, negative, held, grown is not None)
            cues.append(cue)
            if ties and held is None and (longest is None or cue.end > longest.end):
                longest = cue
    return _without_overlaps(lower, cues)


OF = re.compile(r"\s(?:of|in|on|for|to|at|by|with|from|the|an?)\b|\b(?:of|in|on|for|to|at|by|with|from)\s")


def _without_overlaps(lower: str, cues: list[Cue]) -> list[Cue]:
    """Of two cues that share a word, the longer: "tax credits" in "$185 million in tax credits", not "in tax"; of one
    noun phrase, the one with its last word: "price target" in "average price target"."""
    tying = [c for c in cues if c.role in ("name", "verb") and c.within is None]
    dropped = {id(short) for one, two in zip(tying, tying[1:]) if one.start < two.start < one.end < two.end
               for short in ((one,) if one.end - one.start <= two.end - two.start
                             or OF.search(lower, one.start, two.end) is None else (two,))}
    return [c for c in cues if id(c) not in dropped]


def of_counted(noun: str, table: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Metrics that a counted noun speaks for: the longest ending of it that some metric lists in `table`."""
    words = noun.lower().replace("-", " ").split()
    for at in range(len(words)):
        if found := table.get(" ".join(words[at:])):
            return found
    return ()
