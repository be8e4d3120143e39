"""What a percentage is a part of: "12% of new car sales" is a market share, "12% of the flights" some share; and what
those answered whom a poll asked.

>>> from extract.analysis import analyse, document
>>> [c.metric for c in analyse(document("Phone maker Lumina holds 12% of new car sales.")).claims]
['market_share']
>>> [c.metric for c in analyse(document("Phone maker Lumina counts 12% of the flights.")).claims]
['share']
"""
import re
from functools import cache

from .. import schema
from ..grammar import lexicon
from ..subjects import subject
from .evidence import ELSEWHERE, PART, WHOLE, Evidence
from .scene import Scene

OF = re.compile(r"[+)]?\s+of\s+")
OF_NUMBER = re.compile(r"(?:(?:the|its|their|those|all|some|about|over|more|than|nearly)\s+){0,4}(?=#)")
NOUNS = re.compile(r"(?:[\w@][\w@’'&-]* ?)+")
ONE_IN = re.compile(r" (?:in|out of) ")
BEHIND = re.compile(r"\s+(?=[a-z]+s\b|people\b|(?:wo)?men\b)")         # "four in ten drivers"
POSSESSIVE = re.compile(r"[’']s?\s")
OF_ALL = {"market_share", "production_share"}
OWN = {"its", "their", "our", "his", "her"}
DETERMINERS = {"the", "a", "an", "this", "that", "these", "those", "its", "their", "his", "her", "no", "more", "less"}
PLURAL = re.compile(r"\w+s$|people$|(?:wo)?men$|children$")
ASKED = 5           # words behind the percentage among which those who answer are looked for


@cache
def no_noun() -> frozenset[str]:
    """Words that end a noun phrase: prepositions, auxiliaries, conjunctions."""
    words = schema.words("subject")
    return frozenset((*words["prepositions"], *words["clause"], *schema.words("frame")["link"], "of", "will", "would",
                      "can", "could", "may", "do", "not"))


def add(scene: Scene, start: int, end: int, way: str | None, pieces: dict[str, list[Evidence]]) -> None:
    """Adds what the noun behind a percentage says, and weakens what speaks for metrics that are no part of it."""
    of = OF.match(scene.masked, end) or ONE_IN.search(scene.lower, start, end) and BEHIND.match(scene.lower, end)
    if not of:
        return
    if scene.talk.polled and not way:
        _add_asked(scene, of.end(), pieces)
    phrase = NOUNS.match(scene.masked, of.end())
    if not phrase:
        return
    words = scene.lower[phrase.start():phrase.end()].split()
    size = _noun_ends(words)
    if not size or size == len(words) and scene.masked.startswith("#", phrase.end()):
        return              # "of its 350,000 employees"
    noun, parts = _parts(words, size, _owner(scene, words, *phrase.span()), way, pieces)
    if scene.talk.polled and not way and not parts:
        noun, parts = _who_answers(words) or (noun, parts)
    cue = end + 1, phrase.start() + len(noun)
    for metric in parts:
        pieces[metric].append(Evidence(WHOLE, f"part of '{noun}'", cue))
    named = scene.masked[phrase.start() + len(" ".join(words[:size])) - 1] == "@"
    if not way and (parts or scene.talk.polled or not named):       # "12% of Veldt" is owned, but in a poll
        pieces["share"].append(Evidence(PART, f"part of '{noun}'", cue))
    if not parts:
        _weaken_others(way, pieces)


def answered(scene: Scene, end: int) -> Evidence | None:
    """What a percentage says that those who were asked gave as their answer: "In a poll, 40% said so"."""
    answer = subject.ANSWER.match(scene.masked, end) if scene.talk.polled else None
    return Evidence(PART, f"answer '{answer[1]}'") if answer and answer[1] in subject.answers() else None


def _add_asked(scene: Scene, at: int, pieces: dict[str, list[Evidence]]) -> None:
    """"7% of the 1,200 adults"."""
    number = OF_NUMBER.match(scene.masked, at)
    counted = number and next((q.counted for q in scene.open if q.counted and scene.span(q)[0] == number.end()), None)
    if counted and "survey_share" in lexicon.of_counted(counted, lexicon.lexicon().wholes):
        pieces["survey_share"].append(Evidence(WHOLE, f"part of '{counted}'"))


def _noun_ends(words: list[str]) -> int:
    """How many words a noun phrase has; after a plural noun stands a verb: "of drivers interviewed", "of drivers own a
    truck"."""
    for at, word in enumerate(words):
        if word in no_noun() or at and (
                word in DETERMINERS or word.endswith(("ed", "ing")) and PLURAL.match(words[at - 1])):
            return at
    return len(words)


def _owner(scene: Scene, words: list[str], start: int, end: int) -> str | None:
    """The word for whose the whole is: "its", also for a firm's name; None where it is nobody's."""
    if words[0] in OWN:
        return words[0]
    return "its" if any(c.start is not None and start <= c.start < end and c.entity.kind == "company"
                        and POSSESSIVE.match(scene.masked, c.end) for c in scene.candidates) else None


def _parts(words: list[str], size: int, owner: str | None, way: str | None,
           pieces: dict[str, list[Evidence]]) -> tuple[str, tuple[str, ...]]:
    """The noun of a phrase, the longest of which a metric knows parts, and the metrics of these; "cut 5% of its
    workforce" is of what else speaks for a metric."""
    lex = lexicon.lexicon()
    shorter = (n for n in range(size - 1, 0, -1) if PLURAL.match(words[n - 1]) and not PLURAL.match(words[n]))
    for cut in (size, *shorter):
        noun = " ".join(words[:cut])
        wholes = () if way else lexicon.of_counted(noun, lex.wholes)
        if owner and not OF_ALL.isdisjoint(wholes):         # "half of its sales" is no part of a market
            wholes = lex.wholes.get(f"{owner} {words[cut - 1]}", ())
        if parts := (*wholes, *(m for m in lexicon.of_counted(noun, lex.things) if m in pieces)):
            return noun, parts
    return " ".join(words[:size]), ()


def _who_answers(words: list[str]) -> tuple[str, tuple[str, ...]] | None:
    """Those who answer a poll, whom no metric lists: "50% of barristers say"."""
    for size in range(1, min(len(words), ASKED)):
        said = subject.ANSWER.match(" " + " ".join(words[size:])) if PLURAL.match(words[size - 1]) else None
        if said and said[1] in subject.answers():
            return " ".join(words[:size]), ("survey_share",)
    return None


def _weaken_others(way: str | None, pieces: dict[str, list[Evidence]]) -> None:
    """Of what a percentage is says more than other nouns do: "a gain of 5% of GDP", "shares worth 6% of the debts"."""
    for metric in list(pieces):
        if schema.metrics()[metric].moves_are_levels:
            del pieces[metric]              # "lost half of his savings"
        elif not way and (metric in ("growth", "cost")
                          or schema.metrics()[metric].wholes and metric != "production_share"):
            for piece in pieces[metric]:
                piece.score *= ELSEWHERE
