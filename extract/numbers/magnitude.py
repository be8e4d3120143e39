"""The magnitude behind a numeral: million, bn, K, or the m of 5m users; a letter may be part of a name, 4K and 3M.

Spellings stand in `schemas/words/number.toml`.
"""
import re
from decimal import Decimal
from functools import cache

from ..pattern import any_of
from . import counted, identifier, money, number, unit
from .number import SPACE
from .draft import ONE, Part
from .window import Window

SMALL_M, BIG_T = re.compile(r"m(?![A-Za-z0-9²³/])"), re.compile(r"T(?= (?:tokens?|parameters?)\b)")
# "m" behind bare digits is a million where the text writes "£5m" or "2bn" and nothing behind tells of a length.
NO_LENGTH = re.compile(r"(?: ?[.,;:)–—]| -|$| (?:by|but|to|on|and|at|this|last|next|a|for|more|fewer|less|since|over"
                       r"|in (?!length|height|width|diameter|depth))\b)")
LONG_UNIT = re.compile(r" (?:km|kg|tons?|tonnes?|hectares?|acres?|barrels?|litres?|liters?|sq)\b")
SCREENS = re.compile(r"(?: [\w-]+){0,2} (?:screens?|TVs?|displays?|monitors?|videos?|cameras?|panels?|projectors?|"
                     r"movies)\b")
SCREEN_K, OTHER_K = (4, 8), (2, 4, 5, 8, 10)


@cache
def source() -> str:
    """Source of a pattern: a word for a magnitude."""
    # A link that was cut out may have left the next word glued: "$1.2 billionin".
    return rf"(?:{any_of(number.lists()['magnitudes'])}" \
        r"(?:s?\b|(?=(?:in|to|from|for|of|on|by|at|as|and|with)\b)|(?<=illion)(?=(?!aire|th)[a-z]{4})))"


@cache
def _first_letter() -> re.Pattern:
    """A first look: no magnitude begins with another letter."""
    lists = number.lists()
    words = [*lists["magnitudes"], *lists["groups"], *lists["suffixes"], *lists["letters"], *lists["money_letters"]]
    return re.compile(rf"(?i)\+?{SPACE}?[-‑]?[{''.join(sorted({word[0].lower() for word in words}))}]")


@cache
def word() -> re.Pattern:
    """A magnitude behind a number; also two, "lakh crore"."""
    return re.compile(rf"(?i)\+?{SPACE}?[-‑]?({source()}|dozen\b)(?:[ -]({source()}))?")


@cache
def _suffix() -> re.Pattern:
    return re.compile(rf"{SPACE}?({any_of(number.lists()['suffixes'])})(?![A-Za-z0-9])")


@cache
def _letter() -> re.Pattern:
    return re.compile(rf"({any_of(number.lists()['letters'])})(?![A-Za-z0-9'’])")


@cache
def _money_letter() -> re.Pattern:
    """"$5 b", but not the T of "$10 T-shirt"; "$5b-$6b" is a range."""
    letters = any_of([*number.lists()["letters"], *number.lists()["money_letters"]])
    return re.compile(rf"{SPACE}?({letters})(?![A-Za-z0-9]|[-‑][A-Za-z])")


def singular(text: str) -> str:
    return text.lower().rstrip("s")


def size(*words: str | None) -> Decimal:
    """What words for magnitudes are worth together.

    >>> size("Millions", None), size("lakh", "crore"), size("dozen")
    (Decimal('1000000'), Decimal('1000000000000'), Decimal('12'))
    """
    table, product = number.lists(), ONE
    for text in filter(None, words):
        product *= table["magnitudes"].get(singular(text)) or table["groups"][singular(text)]
    return product


def take(w: Window, part: Part) -> None:
    """Take the magnitude behind the numeral."""
    text, at, high, table = w.text, part.last, w.high, number.lists()
    if not _first_letter().match(text, at):
        return
    if (found := word().match(text, at, high)) and not (part.before and found[1] == "dozen"):   # a $1 dozen of buns
        part.scale = size(found[1], found[2])
        if found[0][0] == "+":
            part.comparator = ">="                                  # 15+ million
    elif found := _suffix().match(text, at, high):
        part.scale = table["suffixes"][found[1]]
    elif part.kind == "money" and (found := _money_letter().match(text, at, high)):
        part.scale = table["letters"].get(found[1]) or table["money_letters"][found[1]]
    elif (found := _letter().match(text, at, high)) and not _is_name(w, part, found):
        part.scale = table["letters"][found[1]]
    elif (found := SMALL_M.match(text, at, high)) and _m_is_million(w, found.end()):
        part.scale = table["money_letters"]["m"]                    # 5m users, but a 5m wall
    elif found := BIG_T.match(text, at, high):
        part.scale = table["money_letters"]["T"]                    # 15T tokens
    else:
        return
    part.reach(found.end())


def _is_name(w: Window, part: Part, letter: re.Match) -> bool:
    """4K and 8K are screens, 3M a company, unless a noun shows that something is counted."""
    if identifier.ADDRESS.match(w.text, letter.end()):
        return True                                                 # 221B Baker Street
    if part.raw in SCREEN_K and letter[1] == "K" and SCREENS.match(w.text, letter.end()):
        return True
    if counted.phrase(w, letter.end()) or unit.behind().match(w.text, letter.end()):
        return False
    return part.raw in OTHER_K and letter[1] == "K" or part.raw == 3 and letter[1] == "M"


def _m_is_million(w: Window, at: int) -> bool:
    """Whether the "m" that ends at `at` is a million: what is counted, money or a longer unit follows."""
    text, high = w.text, w.high
    return not identifier.STYLE.match(text, at) and bool(
                counted.phrase(w, at) or money.word_behind().match(text, at, high) or money.per().match(text, at, high)
                or LONG_UNIT.match(text, at, high)
                or NO_LENGTH.match(text, at, high) and w.reading.has_millions_as_m)
