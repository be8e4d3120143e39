"""Document text to sentences, headings, bullets and table lines, as spans.

A line is a paragraph; sentences never cross lines. Rules after the usual abbreviation lists of rule-based
splitters; `schemas/words/sentence.toml` holds the words.

>>> text = "Norvik Motors Inc. sold 3.5 million cars. It expects more."
>>> [text[s.start:s.end] for s in find(text)]
['Norvik Motors Inc. sold 3.5 million cars.', 'It expects more.']
>>> text = "Vans rose 3%.In Oslo they fell, as in the U.S.The rest held at example.com."
>>> [text[s.start:s.end] for s in find(text)]
['Vans rose 3%.', 'In Oslo they fell, as in the U.S.', 'The rest held at example.com.']
>>> len(find("Shares of C.C. Veldt 500 slid 5.8%.")), len(find("The Dow rose 0.3%Japan’s Topix fell 1%"))
(1, 1)
>>> len(find("Here they are. The Dow rose 0.3%Japan’s Topix fell 1%, the Nikkei too."))
3
>>> find("")
[]
"""
import re
from functools import cache
from string import ascii_letters, ascii_uppercase

from . import schema
from .model import Sentence

# A full stop, question or exclamation mark, closing quotes or brackets, space, and what may begin a sentence.
END = re.compile(r"""(?P<mark>[.!?…]+)["'”’)\]]*"""
                 r"""(?:[ \t\u00a0]+(?=["'“‘(\[]*[$€£¥#]?(?:[A-Z0-9À-Ý]|[a-z]{1,2}[A-Z]))|$)""")
# No space where pages were flattened: "offerings.The company", "3%.In Oslo".
GLUED = re.compile(r"[.!?](?<=[a-z0-9)%]{2}.)[”\"]?(?=[A-Z][a-z]+ [a-z])"
                   r"|[.!?](?<=[.A-Za-z0-9)%][A-Za-z0-9)%].)[”\"]?(?=(?:The|In|It|Its|But|For|Here|That|This|They|He|"
                   r"She|On|At)(?:['’]s)? )"
                   r"|%(?<=[0-9]%)(?=[A-Z][a-z]+(?:['’]s)? )")       # a list of markets in one line: "up 3%Japan rose"
NO_UNIT = frozenset(ascii_uppercase) - frozenset("VWLK")    # letters that are nothing behind a number: initials
IN_WORD = ascii_letters + "."
INITIALS = re.compile(r"[a-z](?:\.[a-z])+")          # "C.C. Veldt slid 5.8%"
NAMED = re.compile(r"(?:[A-Z][\w’'-]*|[0-9][\w-]*) [A-Z][a-z]+$")     # Aster Max, the Aster 5 Max
NEXT_WORD = re.compile(r"[\s\"'“‘(\[]*([A-Za-z]+)")
BULLET = re.compile(r"(?:[•●▪◦·*‣]|[-–—](?=\s)|\(?[0-9]{1,2}[.)](?=\s))\s*")
CLOSED = tuple(".!?…:;,")
HEADING_WORDS = 14
LINE_WORDS = 25
LONGEST = 2_000             # characters of a sentence
# Where a longer one is cut: between words; where there is no space for as long again, behind a word, then a number.
BETWEEN = [re.compile(r"(?<=\ )"), re.compile(r"(?<=[^\W\d])(?=\W)"), re.compile(r"(?<=\w)(?=\W)")]
LABELLED = re.compile(r"[^:.!?]{2,60}:\s*\S")       # "Battery capacity: 60 kWh"
QUESTION_WORDS = 10         # a short question on a line of its own is a heading too


@cache
def _lists() -> tuple[frozenset, ...]:
    data = schema.words("sentence")
    return tuple(frozenset(data[name]) for name in ("never_ends", "may_end", "starters", "ending_names"))


def find(text: str, title: str | None = None) -> list[Sentence]:
    """All sentences of `text` in order; blank lines give none. The first line is the title if it equals `title`."""
    found = []
    paragraph = 0
    for line in re.finditer(r"[^\n\r\u2028]+", text):
        start, end = line.span()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start == end:
            continue
        body = text[start:end]
        if paragraph == 0 and title and body.casefold() == title.strip().casefold():
            kind = "title"
        else:
            kind = _kind(body)
        cuts = [] if kind in ("title", "heading") else _cuts(body)
        at = 0
        for cut in _bounded([*cuts, len(body)], body):
            piece = body[at:cut]
            lead = len(piece) - len(piece.lstrip())
            piece = piece.strip()
            if piece:
                first = start + at + lead
                found.append(Sentence(first, first + len(piece), paragraph, kind))
            at = cut
        paragraph += 1
    return found


def _bounded(cuts: list[int], line: str) -> list[int]:
    """The cuts, and more of them, between words, where a piece would be longer than any sentence is.

    What is weighed between the names and numbers of a sentence grows with the square of its length.

    >>> _bounded([5, 2 * LONGEST], "rose " * LONGEST), _bounded([2 * LONGEST], "$12" * LONGEST)
    ([5, 2010, 4000], [2001, 4000])
    """
    bounded, at = [], 0
    for cut in cuts:
        while cut - at > LONGEST and (place := next((
                found.start() for most in (2 * LONGEST, len(line)) for between in BETWEEN
                if (found := between.search(line, at + LONGEST + 1, min(at + most, cut - 1)))), None)):
            at = place
            bounded.append(at)
        at = cut
        bounded.append(at)
    return bounded


def _kind(line: str) -> str:
    if BULLET.match(line):
        return "bullet"
    labelled, closed = LABELLED.match(line), line.rstrip("\"”’)'").endswith(CLOSED)
    if closed and not labelled and not line.endswith("?"):
        return "body"
    words = len(line.split())
    if labelled and words <= LINE_WORDS:
        return "line"
    if not closed and words <= HEADING_WORDS or line.endswith("?") and words <= QUESTION_WORDS:
        return "heading"
    return "body"


def _cuts(line: str) -> list[int]:
    never_ends, may_end, starters, ending_names = _lists()
    cuts = []
    for match in END.finditer(line):
        if match.end() == len(line):
            break
        if match["mark"] == ".":
            before = line[max(0, match.start() - 20):match.start()]
            stem = before.rstrip(IN_WORD)
            word = before[len(stem):].lstrip(".").lower()
            if word in never_ends or len(word) == 1 and word != "i" and not (
                    before[-1] not in NO_UNIT and stem.rstrip()[-1:].isdigit()):    # "J. D. Power"; not "$5m.", "4 V."
                continue
            following = NEXT_WORD.match(line, match.end())
            if (word in may_end or INITIALS.fullmatch(word)) and not (following and (
                    following[1] in starters or word in ending_names and NAMED.search(stem + before[len(stem):]))):
                continue
        cuts.append(match.end())
    cuts += [match.end() for match in GLUED.finditer(line)]
    return sorted(set(cuts))
