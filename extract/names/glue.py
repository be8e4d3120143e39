"""Words that lost the space between them, as where a page drops the spaces around its links: "BrightwellandLumen".

>>> from extract.names.word import RUN
>>> text = "TheVoltaris and ResearcherJane Roe like Parcelo’sLumen. Voltaris grew."
>>> [text[start:end] for run in RUN.finditer(text) for start, end, _ in Tokens(text).of(run)]
['Voltaris', 'Jane', 'Roe', 'Parcelo’s', 'Lumen.', 'Voltaris']
>>> text = "Chinatown"
>>> [text[start:end] for start, end, _ in Tokens(text).of(RUN.match(text))]
['Chinatown']
"""
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from .cue import words
from .gazetteer import gazetteer
from .word import POSSESSIVE, TOKEN

# where a capital, or nothing, follows inside a word
SEAM = re.compile(r"(?<=[\w]['’]s)(?=[A-Z])|(?<=[a-z0-9])(?=[A-Z])|$")
LONG = 60           # letters; no word of a language
BEHIND = re.compile(r"(?<![^\W_])[a-z]{2,}$")               # "saysNvidia"
BEFORE = re.compile(r"[a-z]{2,}(?![^\W_])")                 # "Nvidiasaid"
PRONOUNS = ("it", "he", "she", "they", "who", "we")
FAR = 100_000       # how far into a text a piece of a word is looked for


class Tokens:
    """Cuts runs of one text into words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.standing: dict[str, bool] = {}     # pieces of words, and whether they are names

    def of(self, run: re.Match) -> Iterable[tuple[int, int, bool]]:
        """The words of a run, and whether a lost space parts one from the word before."""
        at, whole = run.start(), run[0]
        if " " not in whole and not seams(whole):
            return [(at, run.end(), False)]
        spans, seamed = _tokens(whole)
        return self._parted(at, spans) if seamed else [(at + first, at + last, False) for first, last, _ in spans]

    def _parted(self, at: int, spans: tuple[tuple[int, int, tuple], ...]) -> Iterator[tuple[int, int, bool]]:
        """The words of a run that begins at `at`, cut at their seams where both sides stand by themselves."""
        text, parted = self.text, False
        for first, last, its_seams in spans:
            token = start = at + first
            end = at + last
            for stop, begin in its_seams:
                if not stop and _is_phrase(text[token:token + begin].lower()) \
                        or self._stands(text[start:token + stop] or text[token + begin:end]):
                    if stop:
                        yield start, token + stop, parted
                    start, parted = token + begin, True
            if start < end:
                yield start, end, parted
                parted = False

    def _stands(self, piece: str) -> bool:
        """Whether a piece of a word is a name that is known, ends as one, or stands elsewhere in the text by itself."""
        if piece not in self.standing:
            self.standing[piece] = self._stands_alone(POSSESSIVE.sub("", piece))
        return self.standing[piece]

    def _stands_alone(self, piece: str) -> bool:
        _, how = gazetteer().get(piece) or (None, None)
        if piece[-2:].isupper() or how == "exact" and piece not in gazetteer().ambiguous:
            return True
        if piece.lower() in words()["common"]:
            return False
        text, at = self.text, -1
        while (at := text.find(piece, at + 1, FAR)) >= 0:
            if not text[at + len(piece):at + len(piece) + 1].isalnum() and not text[max(0, at - 1):at].isalnum():
                return True
        return False


def is_glued_behind(text: str, start: int, end: int) -> bool:
    """Whether a known name stands behind a word that lost its space: "saysNvidia"."""
    large = end - start > 2 and (text[start].isupper() or text[start + 1].isupper())       # "theiPhone"
    before = BEHIND.search(text, max(0, start - 14), start) if large else None
    return before is not None and before[0] in words()["common" if len(before[0]) > 2 else "glued_before"]


def is_glued_before(text: str, start: int, end: int) -> bool:
    """Whether a word that lost its space stands behind a known name: "Nvidiasaid", but not in "Chinatown" and
    "Parameters"."""
    behind = BEFORE.match(text, end)
    return behind is not None and _is_glue(behind[0]) and (
        end - start > 5 or len(behind[0]) > 3 or not text[start + 1:end].islower()) \
        and text[start:behind.end()].lower() not in words()["common"]


@lru_cache(1 << 16)
def _tokens(run: str) -> tuple[tuple[tuple[int, int, tuple], ...], bool]:
    """The words of a capitalised run, each with its seams, and whether there are any."""
    found = tuple((*token.span(), seams(token[0])) for token in TOKEN.finditer(run))
    return found, any(seams for _, _, seams in found)


@lru_cache(1 << 16)
def seams(token: str) -> tuple[tuple[int, int], ...]:
    """Where a capitalised word may be several, by its letters alone: ends of names, and where the next one begins.

    >>> seams("BrightwellandLumen"), seams("Parcelo’sLumen"), seams("TheLumen"), seams("Lumen")
    (((10, 13),), ((9, 9),), ((0, 3),), ())
    """
    if len(token) >= LONG or token.lower() in words()["common"]:
        return ()
    found, begin = [], 0
    whole = token.isalpha() and token[1:].islower()      # most are: no seam but their end
    for at in (len(token),) if whole else [seam.start() for seam in SEAM.finditer(token)]:
        if token[at - 2:at] in ("'s", "’s") and at < len(token):
            found.append((at, at))
        elif at < len(token) and not begin and (
                (head := token[:at].lower()) in words()["glued_before"] or _is_phrase(head)):
            found.append((0, at))
        elif (cut := _cut(token, begin, at)) is not None and token[begin:cut].lower() not in words()["common"]:
            found.append((cut, at))
        if found:
            begin = found[-1][1]
    if not found and len(token) > 3 and token[0] == "A" and token[1].isupper() and token[2].islower():
        found.append((0, 1))        # "AYouGov poll"
    return tuple(found)


def _cut(token: str, begin: int, end: int) -> int | None:
    """Where the longest word of a sentence begins that leaves four letters, or two of an acronym, of what stands
    between a seam and the next: "BrightwellandVoltaris", "Brightwellsaid"."""
    glue, last = words()["glue"], token.endswith(_glued_last(), 0, end)
    capitals = next((at for at in range(begin, end) if token[at].islower()), end)
    for cut in range(min(begin + 4, max(begin + 2, capitals)), end - 1):
        if (token[cut:end] in glue or last and _is_glue(token[cut:end])) and token[cut - 2] != "-" and (
                token[cut - 1].isalnum() or token[:cut].count(".") > 1):     # no "resident" in Vice-President
            return cut
    return None


@lru_cache(1 << 16)
def _is_glue(tail: str) -> bool:
    """Whether small letters at the end of a name are a word of the sentence: "Nvidiasaid", but no Chinatown."""
    lists = words()
    return tail in lists["glue"] or tail.endswith(_glued_last()) and any(
        tail.endswith(small) and len(tail) > len(small) + 3 and tail[:-len(small)] in lists["common"]
        for small in lists["glued_last"])


@cache
def _glued_last() -> tuple[str, ...]:
    return tuple(words()["glued_last"])


def _is_phrase(letters: str) -> bool:
    """Whether small letters are what a person is, or a pronoun and a verb: "ResearcherJane Roe", "ItacquiredVoltaris".

    >>> _is_phrase("researcher"), _is_phrase("itacquired"), _is_phrase("item")
    (True, True, False)
    """
    if len(letters) > 4 and letters.capitalize() in words()["person_title"]:
        return True
    return any(letters.startswith(pronoun) and len(letters) > len(pronoun) + 3
               and letters[len(pronoun):] in words()["common"] for pronoun in PRONOUNS)
