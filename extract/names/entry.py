"""Names that their place alone tells: behind the label of a row, "Model: Quillon 5", or on a line above such rows.

>>> from extract import sentence
>>> text = "Best vans\\nBrand: Norvik United Vans (Lund)\\nRange: 300 km\\nHarrow Courier\\nRange: 400 km"
>>> [(text[e.start:e.end], e.kind) for e in entries(text, sentence.find(text))]
[('Norvik United Vans', 'company'), ('Harrow Courier', None)]
>>> entries("Norvik United Vans sold 300 vans.", [])
[]
"""
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from .. import schema
from ..model import Sentence
from ..pattern import any_of
from .cue import words
from .word import LARGE, PARTICLE, is_ordinary, is_rare

RANK = re.compile(r"(?:#?\d{1,3}[.):]?|[•●▪◦·*‣–—-])\s+")
WORD = rf"[{LARGE}0-9][\w&'’.+/\-]*"
NAMED = re.compile(rf"{WORD}(?: (?:(?:of|the|and|&|{PARTICLE}) )?{WORD}){{0,6}}")
ENDS = re.compile(r"\s*(?:$|[(\[,;|–—]|-\s)")
PARTS = re.compile(r"\s*(?:,|;|/| and | & )\s*")
BRACKET, PRICE = r"(?: \([^()]*\))?", r" for [$€£][0-9][0-9,.]*"       # behind a name, before a colon
FOR_PRICE, PRICED = re.compile(rf"{PRICE}{BRACKET}: "), re.compile(PRICE)
IN_BRACKETS = re.compile(r" \([$€£][0-9][0-9,.]*[;,)]")
GET = re.compile(r"(?:Get|Buy|Shop|Grab|Snag|Order) (?:the |an? )")
GIVES = re.compile(r"(?: \([^()]*\))?(?::|\s[–—-])\s[^.!?\n]{0,20}?\d")
NUMBER = re.compile(r"#?\d{1,3}[.):]?(?:\s+|$)")
LABEL = re.compile(rf"(?P<what>[{LARGE}][a-z'’-]+(?:,? [a-z][a-z'’-]*){{1,10}}){GIVES.pattern}")
ROW = re.compile(r"[^:.!?]{2,60}:\s[^.!?]{0,30}\d")


class Entry(NamedTuple):
    """A name where it stands, with its kind where its label tells it."""
    start: int
    end: int
    kind: str | None


@cache
def labels() -> re.Pattern:
    """In front of the name that the rows below are of; in the group "best" where that is something tested."""
    lists = schema.words("sentence")
    kinds = "|".join(f"(?P<{kind}>{any_of(forms)})" for kind, forms in lists["naming"].items())
    return re.compile(rf"(?:(?P<best>{any_of(lists['praising'])}\b[^:.!?]{{0,45}})|{kinds}):\s+", re.IGNORECASE)


def rows(text: str, sentences: list[Sentence]) -> Iterator[list[tuple[int, int]]]:
    """The lists of a text whose rows give a figure behind a label that may be a name: where these labels stand."""
    run: list[tuple[int, int]] = []
    for s in sentences:
        rank = RANK.match(text, s.start, s.end)
        at = rank.end() if rank else s.start
        found = NAMED.match(text, at, s.end) if s.kind in ("line", "bullet") else None
        if found and GIVES.match(text, found.end(), s.end):
            run.append(found.span())
        elif s.kind != "bullet" or s.end - s.start > len("100."):
            if len(run) > 1:
                yield run
            run = []
    if len(run) > 1:
        yield run


def ranked(text: str, sentences: list[Sentence]) -> Iterator[tuple[int, int]]:
    """Where in the rows of a numbered list that which has the figure stands: "3. Key lime pie: 9%"."""
    run: dict[str, tuple[int, int]] = {}
    for before, s in zip([None, *sentences], sentences):
        rank = NUMBER.match(text, s.start, s.end)
        at = rank.end() if rank else s.start
        if at == s.end:
            continue            # a number that stands alone
        apart = before is not None and NUMBER.fullmatch(text, before.start, before.end)
        row = LABEL.match(text, at, s.end) if (rank or apart) and s.kind in ("line", "bullet", "heading") else None
        if row and row["what"] not in run:
            run[row["what"]] = row.span("what")
            continue
        if len(run) > 2:
            yield from run.values()
        run = {}
    if len(run) > 2:
        yield from run.values()


def priced(text: str, sentences: list[Sentence]) -> Iterator[tuple[int, int]]:
    """Where the names of goods stand that a guide recommends: "Norvik Smart Kettle for $70: A solid option", or lists:
    "Norvik Smart Kettle ($70)", "Get the Norvik Smart Kettle for $70"."""
    for s in sentences:
        if s.kind == "title":
            continue
        get, listed = GET.match(text, s.start, s.end), s.kind != "body"
        lead = get or (RANK.match(text, s.start, s.end) if listed else None)
        found = NAMED.match(text, lead.end() if lead else s.start, s.end)
        behind = (PRICED,) if get else (FOR_PRICE, IN_BRACKETS) if listed else (FOR_PRICE,)
        if found and any(p.match(text, found.end(), s.end) for p in behind) and not is_ordinary(found[0]):
            yield found.span()


def entries(text: str, sentences: list[Sentence]) -> list[Entry]:
    """The names of the lines of a text that are told by their place, in order."""
    return [entry for i, s in enumerate(sentences) if s.kind not in ("body", "title")
            for entry in _of_line(text, s, sentences[i + 1] if i + 1 < len(sentences) else None)]


def _of_line(text: str, s: Sentence, below: Sentence | None) -> Iterator[Entry]:
    rank = RANK.match(text, s.start, s.end)
    at, kind = rank.end() if rank else s.start, None
    label = labels().match(text, at, s.end)
    if label:
        at, kind = label.end(), label.lastgroup
    elif s.kind == "line" or below is None or not ROW.match(text, below.start, below.end) \
            or ROW.match(text, s.start, s.end):
        return
    found = NAMED.match(text, at, s.end)
    if found is None or not ENDS.match(text, found.end(), s.end):
        return
    for part in PARTS.split(found[0]) if label and kind not in ("best", "company") else [found[0]]:
        start = text.index(part, at)
        at = start + len(part)
        if part not in words()["never"] and not part.isdigit() and (not is_ordinary(part) if label else is_rare(part)):
            yield Entry(start, at, None if kind in ("best", "other") else kind)
