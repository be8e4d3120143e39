"""Acronyms of a text: what each is short for where the text spells it out.

>>> acronyms = Acronyms("The Norvik Union of Students (NUS) uses a thermal management system (TMS).")
>>> acronyms.spelled_out("NUS"), acronyms.is_term("TMS"), acronyms.is_term("NUS")
('Norvik Union of Students', True, False)
>>> acronyms.spelled_out("FBI")
''
"""
import re
from collections.abc import Iterator
from functools import lru_cache

from ..model import Entity
from .candidate import FAR, Candidate, as_known
from .cue import words
from .gazetteer import gazetteer
from .spelling import slip
from .word import SMALL

BRACKETED = re.compile(r"\(([A-Z][A-Za-z]{1,6})\)")
WORD = re.compile(r"[^\W_][^\s(]*|&")
WORD_GAP = re.compile(r"[\s-]+")
INITIAL = re.compile(r"(?<![^\W_])[^\W\d_]")        # of each word, the parts of "cell-to-pack" too
TERM_BEHIND = re.compile(r"\(([A-Za-z][A-Za-z -]{3,60})\)")
UNMARKED = SMALL | {"and", "in", "to", "on"}        # words that give an acronym no letter


@lru_cache(1 << 12)
def _main(name: str) -> str:
    """The words that give an acronym its letters: not "of", "the", "and"."""
    return " ".join(word for word in WORD_GAP.split(name) if word.lower() not in UNMARKED)


def initials(name: str) -> str:
    """The letters of which an acronym of a name is made.

    >>> initials("Bank of Norvik and Tarnwick"), initials("cell-to-pack"), initials("of")
    ('BNT', 'cp', '')
    """
    return "".join(INITIAL.findall(_main(name)))


class Acronyms:
    """The acronyms of one text, and where each is spelled out."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: dict[str, tuple[int, int]] = {}

    def spelled_out(self, acronym: str) -> str:
        """The words that stand before "(NUS)" and begin with its letters."""
        if acronym not in self.spans:
            self.spans[acronym] = self._ahead(acronym, self.text.find(f"({acronym})", 0, FAR))
        return self.text[slice(*self.spans[acronym])]

    def _ahead(self, acronym: str, at: int) -> tuple[int, int]:
        """The span of the words right before `at` that begin with the letters of an acronym."""
        ahead = list(WORD.finditer(self.text, max(0, at - 90), max(0, at)))
        for first in ahead[-2::-1]:
            if initials(self.text[first.start():at]).upper() == acronym:
                return first.start(), ahead[-1].end()
        return 0, 0

    def is_other(self, acronym: str, entity: Entity) -> bool:
        """Whether the text spells an acronym out, and as something else than the entity that has it: the NUS of a
        text on the Norvik Union of Students."""
        said = _main(self.spelled_out(acronym))
        if not said:
            return False
        # Only where it is known what the acronym usually stands for.
        usual = [_main(name) for name in (entity.name, *entity.aliases)
                 if " " in name and initials(name).upper().endswith(acronym)]
        return bool(usual) and not any(slip(said, name) for name in usual)

    def is_term(self, acronym: str) -> bool:
        """Whether the text introduces it as short for ordinary words: "thermal management system (TMS)"."""
        if not acronym.isalpha():
            return False
        behind = TERM_BEHIND.match(self.text, self.text.find(f"{acronym} (") + len(acronym) + 1)
        parts = WORD_GAP.split(behind[1]) if behind else ()
        if parts and (behind[1].islower() or parts[-1].lower() in words()["common_noun"]) \
                and "".join(word[:1] for word in parts).lower().startswith(acronym.lower()):
            return True         # "SOC (state of charge)", "CTP (cell-to-pack ratio)", "TMS (Thermal Management System)"
        at = self.text.find(f"({acronym})")
        if at < 0:
            return False
        ahead = WORD_GAP.split(self.text[max(0, at - 80):at].strip())[-len(acronym):]
        return "".join(word[:1] for word in ahead) == acronym.lower()

    def _names(self) -> Iterator[tuple[int, int]]:
        """Where names stand that an acronym in brackets is short for, but those of known acronyms."""
        for match in BRACKETED.finditer(self.text):
            acronym = match[1]
            if not acronym.isupper() or len(acronym) < 3 or acronym in self.spans:
                continue
            known, _ = gazetteer().get(acronym) or (None, None)
            if known is None or self.is_other(acronym, known):
                start, end = self.spans[acronym] = self._ahead(acronym, match.start())
                if end and all(word[0].isupper() for word in _main(self.text[start:end]).split()):
                    yield start, end

    def joined(self, candidates: list[Candidate]) -> list[Candidate]:
        """The candidates, those together that an acronym makes one: "the Columbia Management Advisors (CAM)"."""
        for start, end in list(self._names()):
            inside = [c for c in candidates if c.start < end and start < c.end]
            if inside and all(start <= c.start and c.end <= end for c in inside) \
                    and (inside[0].start, inside[0].end) != (start, end):
                known = as_known(self.text[start:end], start)
                candidates = [c for c in candidates if c not in inside]
                candidates.append(Candidate(start, end, False, inside[0].titled, known))
        return sorted(candidates, key=lambda c: c.start)
