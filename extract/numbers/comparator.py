"""How exact a number is by the words around it, about, over, up to, and whether it is below zero.

Spellings stand in `schemas/words/comparator.toml`.

>>> before("It grew by more than "), before("It sold about "), before("It sold ")
(('>', 10), ('~', 6), ('=', 0))
>>> before("It signed up to ")
('=', 0)
"""
import re
from functools import cache

from .. import schema
from ..pattern import any_of
from . import number
from .draft import Part
from .window import Window

SYMBOLS = frozenset("~≈∼<>≤≥")
FILLERS = frozenset({"just", "only", "a", "an", "even"})
QUOTES = "(\"“'‘—–"
SIGNS, BEFORE_SIGN = tuple("-−–+"), frozenset(" \n\t\u00a0([:,;/\"“‘'|")
WORD_SIGN = re.compile(r"(?i)(?<![A-Za-z])(minus|negative) $")
PLUS_OR_MINUS = ("plus or minus ", "plus-or-minus ")


@cache
def phrases() -> dict[str, str]:
    """Phrase in front of a number -> sign."""
    return {phrase: sign for sign, phrases in schema.words("comparator")["before"].items() for phrase in phrases}


@cache
def phrases_after() -> dict[str, str]:
    """Phrase behind a number -> sign."""
    return {phrase: sign for sign, phrases in schema.words("comparator")["after"].items() for phrase in phrases}


@cache
def after() -> re.Pattern:
    """A comparator behind a number: group 1 is the space, group 2 the phrase."""
    return re.compile(rf"(?i)({number.SPACE}?)({any_of(phrases_after())})(?![A-Za-z0-9])")


@cache
def _last_words() -> frozenset[str]:
    """Words with which a phrase may end: hardly any text in front of a number ends with one."""
    return frozenset(phrase.split(" ")[-1] for phrase in phrases()) | FILLERS


@cache
def _longest() -> int:
    return max(phrase.count(" ") + 1 for phrase in phrases())


@cache
def _others() -> tuple[tuple[str, ...], frozenset[str]]:
    """Words behind which "top" and "past" are no comparators, and those that take the "up" of "up to" with them."""
    others = schema.words("comparator")["other"]
    return tuple(others["never_after"]), number.words("moves") | frozenset(others["take_up"])


def before(text: str) -> tuple[str, int]:
    """The comparator at the end of `text`, and how many characters of it that takes."""
    stripped = text.rstrip(" \u00a0")
    if not stripped:
        return "=", 0
    if stripped[-1] in SYMBOLS:
        sign = phrases().get(stripped[-2:]) or phrases()[stripped[-1]]
        return sign, len(text) - len(stripped) + 1
    if len(text) == len(stripped) and stripped[-1] not in "-(":
        return "=", 0
    if stripped[stripped.rfind(" ") + 1:].lower().strip(QUOTES + "-") not in _last_words():
        return "=", 0
    longest = _longest()
    words = stripped.rstrip("-").lower().replace("\u00a0", " ").rsplit(" ", longest + 1)[-longest - 1:]
    if len(words) > 1 and words[-1] in FILLERS and " ".join(words[-2:]) not in phrases():
        words.pop()
    phrase = " ".join(words)
    for index in range(len(words)):
        phrase = phrase.lstrip(QUOTES + "-")
        if sign := phrases().get(phrase):
            return ("=", 0) if _is_other(words, index, phrase) else (sign, len(text) - len(stripped) + len(phrase))
        phrase = phrase.partition(" ")[2]
    return "=", 0


def _is_other(words: list[str], index: int, phrase: str) -> bool:
    """Whether the phrase from word `index` on belongs to what stands in front of it: "the top 5", "crept up to $100",
    "signed up to a $5m plan"."""
    if not index:
        return False
    never_after, take_up = _others()
    if words[index] in ("top", "past") and " ".join(words[:index]).endswith(never_after):
        return True
    return phrase == "up to" and words[index - 1] in take_up


def sign(w: Window, part: Part) -> None:
    """-5, −5, minus 5, +5; a dash inside a word, a range or a list is none."""
    text = w.text
    before = w.before(part.start, 16)
    if before[-1:] in SIGNS and (part.start < 2 or text[part.start - 2] in BEFORE_SIGN):
        part.start -= 1
        if text[part.start] != "+":
            part.value = -part.value
    elif (found := WORD_SIGN.search(before)) and not before.lower().endswith(PLUS_OR_MINUS):
        part.start -= len(found[0])
        part.value = -part.value
