"""How alike two spellings are: what counts as the same name, a slip of the pen, or another name.

>>> key("Micro-Soft") == key("MICROSOFT"), key("Nestlé") == key("Nestle"), key("AT & T") == key("AT&T")
(True, True, True)
>>> slip("Volkswagon", "Volkswagen"), slip("Austria", "Australia"), slip("Aster 15", "Aster 16")
(True, False, False)
"""
import re
import unicodedata

from .. import schema

KEY = re.compile(r"[^a-z0-9+]+")
DIGITS = re.compile(r"[0-9]+")
SHORTEST = 8        # letters of a word from which one wrong letter is a slip; below, another word is too near
LONG = 10           # and from which two are


def key(name: str) -> str:
    """What two spellings of one name share: letters, digits and plus signs, lower case, no accents."""
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return KEY.sub("", name.casefold().replace("&", "and"))


def shorter(name: str) -> list[str]:
    """The name, and what is left of it as one legal form after the other is taken from its end.

    >>> shorter("Norvik Motors Co., Ltd.")
    ['Norvik Motors Co., Ltd.', 'Norvik Motors Co', 'Norvik Motors']
    """
    legal, words, found = schema.words("entity")["legal_form"], name.replace(",", " ").split(), [name]
    while len(words) > 1 and words[-1].replace(".", "") in legal:
        words.pop()
        found.append(" ".join(words).rstrip("."))
    return found


def slip(one: str, other: str) -> bool:
    """Whether two names differ in a letter or two of one long word alone: by no digit, and by no word more."""
    mine, yours = one.casefold().split(), other.casefold().split()
    if len(mine) != len(yours) or DIGITS.findall(one) != DIGITS.findall(other):
        return False
    differing = [(a, b) for a, b in zip(mine, yours) if a != b]
    if len(differing) != 1:
        return not differing
    return near(*differing[0], SHORTEST - (len(mine) > 1))


def near(one: str, other: str, shortest: int = SHORTEST) -> bool:
    """Whether one word is the other with a letter added, lost, changed or two swapped; two such in a long word."""
    longer = max(len(one), len(other))
    if longer < shortest or longer - min(len(one), len(other)) > 2:
        return False
    from rapidfuzz.distance import OSA
    return OSA.distance(one, other, score_cutoff=2) <= 1 + (longer >= LONG)
