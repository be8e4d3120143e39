"""Where names may stand: the known names that a text has, and the nouns of the search for others.

>>> [(hit.entity.name, hit.start, hit.end) for hit in hits("Nvidia’s GPT-4.5 and GPT-4o", [])]
[('Nvidia', 0, 6), ('GPT-4.5', 9, 16), ('GPT-4o', 21, 27)]
>>> hits("Brightwell and AppleTree", [])
[]
"""
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ..model import Entity
from .cue import words
from .gazetteer import gazetteer
from .glue import is_glued_before, is_glued_behind

FAR = 100_000       # how far into a text other mentions of a name are looked for
TAIL = re.compile(r"-[a-z]+")
THOUSANDS = re.compile(r",[0-9]{3}(?![0-9])")


class Hit(NamedTuple):
    """A known name where it stands."""
    start: int
    end: int
    spelling: str
    entity: Entity      # the first that has the spelling
    how: str            # exact, demonym, opening: only where it opens a sentence
    ambiguous: bool     # the spelling is also that of words


@dataclass(slots=True)
class Candidate:
    """Capitalised words, or a known name, that may be a name."""
    start: int
    end: int
    opens: bool             # first word of its sentence
    titled: bool            # in a headline where every word has a capital
    known: Hit | None = None
    maker: Entity | None = None
    base: Entity | None = None      # the known product whose name goes on in it
    told: str | None = None         # the kind that its label tells: "Brand: Norvik"

    @property
    def product(self) -> Entity | None:
        """The known product whose name it is, or goes on."""
        if self.known is None:
            return self.base
        return self.known.entity if self.known.entity.kind == "product" else None


def occurrences(text: str, named: str) -> Iterator[int]:
    """Where a text has the same characters, as far as names are looked for.

    >>> list(occurrences("The Linnet 3, a Linnet.", "Linnet")), list(occurrences("", "Linnet"))
    ([4, 16], [])
    """
    at = -1
    while (at := text.find(named, at + 1, FAR)) >= 0:
        yield at


def as_known(spelling: str, start: int) -> Hit | None:
    """What a spelling means that stands at `start`."""
    names = gazetteer()
    meant = names.get(spelling)
    return meant and Hit(start, start + len(spelling), spelling, *meant, spelling in names.ambiguous)


def hits(text: str, blocked: list[tuple[int, int]]) -> list[Hit]:
    """The known names, leftmost and longest, at word boundaries and outside of the spans `blocked`, in order."""
    names = gazetteer()
    found = sorted((start, -end, index) for index, start, end in names.find(text)
                   if _is_whole(text, start, end, names.spellings[index], names.spellings[index] in names.ambiguous)
                   or _is_several(text, start, end) and _is_made(text, names.meant[index][0]))
    chosen, reach = [], 0
    for start, end, index in found:
        if start >= reach and not overlaps(start, -end, blocked):
            spelling = names.spellings[index]
            chosen.append(Hit(start, -end, spelling, *names.meant[index], spelling in names.ambiguous))
            reach = -end
    return chosen


def _is_made(text: str, entity: Entity) -> bool:
    """Whether it is a product whose maker the text names, which the Avengers of a text without Jeep are not."""
    maker = gazetteer().entities.get(entity.maker_id) if entity.kind == "product" else None
    return maker is not None and any(name in text for name in (maker.name, *maker.aliases) if len(name) > 2)


def _is_several(text: str, start: int, end: int) -> bool:
    """Whether a word is more than one of what a spelling names, and opens no sentence: "sold 300 Passports"."""
    return text[end:end + 1] == "s" and end - start > 3 and not text[end + 1:end + 2].isalnum() \
        and text[end - 1].islower() and text[start - 1:start] == " " \
        and (text[start - 2].islower() or text[start - 2].isdigit())


def _is_whole(text: str, start: int, end: int, spelling: str, ambiguous: bool) -> bool:
    """Whether a spelling stands by itself in a text: in no longer word, code or number."""
    before, behind = text[max(0, start - 2):start], text[end:end + 2]
    if before[-1:].isalnum() or before[-1:] in ("@", "#", "_", "/"):
        if not is_glued_behind(text, start, end):
            return False
    elif before[1:] == "-" and before[0].isalnum() and (before[0].isdigit() or ambiguous):
        return False        # no Medium in Qwen3.5-Medium
    if not behind:
        return True
    if behind[0] == "-" and behind[1:].islower() and (tail := TAIL.match(text, end)) and tail[0] in words()["apart"]:
        return False        # a cobalt-free cell
    if behind[0] in "$€£¥" or end - start == 1 and behind[0] == "-":       # US$52 billion, X-rays
        return False
    if behind[0].isalnum():
        return not ambiguous and end - start > 3 and (
            is_glued_before(text, start, end)
            or behind[0] == "s" and not behind[1:].isalnum() and text[end - 1].isalnum())       # Kestrels
    if text[end - 1].isdigit() and (behind[0] in "+%" or THOUSANDS.match(text, end)):
        return False        # the S7 is not the S7+; "Norvik had 20%, Veldt 14%", "Veldt 4,100"
    if behind[0] in ".-" and behind[1:].isdigit():
        return False        # GPT-4 is not in GPT-4.5, Qwen3 not in Qwen3-235B
    return not (spelling.endswith(" market") and text.startswith(" share", end))        # "BEV market share" is of BEVs


def overlaps(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """Whether a span and one of several, which are in order and apart, share a character.

    >>> overlaps(3, 5, [(0, 2), (4, 9)]), overlaps(2, 4, [(0, 2), (4, 9)])
    (True, False)
    """
    place = bisect_right(spans, (start, 1 << 60)) - 1
    return place >= 0 and spans[place][1] > start or (place + 1 < len(spans) and spans[place + 1][0] < end)
