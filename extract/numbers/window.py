"""What is known where a number stands: who holds the text around it, its notation, what the whole text tells.

>>> reading = Reading("The Aster 5 costs 300 euros.", [(4, 11, "name")], [10, 18])
>>> reading.held.free(18, 0, 28), reading.held.free(10, 0, 28)
((11, 28, None), (0, 28, 11))
"""
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property

from . import number, scan
from .draft import Part, settled

MIXED = 3           # numerals in the European notation from which an English text is thought to quote another
# What a text holds in which "113.5p" is a price in pence, and a pound no weight.
BRITISH = re.compile(r"£|\b(?:pence|FTSE|London Stock Exchange|London Stock Market|sterling)\b|"
                     r"\b[Ss]hares? [^.\n]{0,60}?\b[0-9]+(?:\.[0-9]+)?p\b|\b[0-9]{2,4}p a share\b")
# In a text of dollars that speaks of no Britons, millions of pounds are a weight too.
OF_BRITONS = re.compile(r"£|\b(?:Brit(?:ain|ish|ons?)|UK|U\.K|London|Engl(?:and|ish)|Scot(?:land|s|tish)|Wales|Welsh|"
                        r"Ir(?:eland|ish)|[Ss]terling)\b")
OF_DOLLARS = re.compile(r"\$|\bdollars\b|\bU\.?S\b")
# What a text holds in which "m" behind bare digits may be a million.
MILLIONS_AS_M = re.compile(r"[£$€][0-9][0-9.,]{0,8}m\b|[0-9]bn\b")
LINKS = ("://", "www.", "@", "#", ".com", ".org", ".net", ".io", ".ai", ".zip", ".exe")
ROWS = {"name": ("name", "name"), "date": ("date", "date"), "time": ("time", "date"), "period": ("date", "period"),
        "code": ("code", "code")}
PLURAL_S = re.compile(r"s(?![A-Za-z])")


class Held:
    """The spans of a text that other finders hold, none inside another. No number is read there."""

    def __init__(self, text: str, spans: Iterable[tuple[int, int, str]]) -> None:
        self.text = text
        self.spans: list[tuple[int, int, str]] = []
        for span in sorted(spans, key=lambda span: (span[0], -span[1])):
            if not self.spans or span[0] >= self.spans[-1][1]:     # not the M5 of "MacBook Air with M5"
                self.spans.append(span)
        self.starts = [start for start, _, _ in self.spans]

    def rows(self, places: list[int]) -> Iterator[Part]:
        """Rows of the ledger for the spans that hold a number; `places` are where numbers are proposed."""
        for start, end, kind in self.spans:
            at = bisect_left(places, start)
            while at < len(places) and self.text[places[at]] in "zZ":       # Net Zero Alliance
                at += 1
            if at < len(places) and places[at] < end:
                yield settled(start, end, *ROWS[kind])

    def free(self, at: int, start: int, end: int) -> tuple[int, int, int | None]:
        """The stretch around `at` that nobody holds, and the end of a span that holds `at`."""
        index = bisect_right(self.starts, at) - 1
        if index >= 0:
            held_to = self.spans[index][1]
            if held_to > at:
                return start, end, held_to
            start = max(start, held_to)
        if index + 1 < len(self.spans):
            end = min(end, self.starts[index + 1])
        return start, end, None

    def name_from(self, at: int) -> int | None:
        """Where the name ends that begins at `at`, its plural included."""
        index = bisect_left(self.starts, at)
        if index == len(self.starts) or self.starts[index] != at or self.spans[index][2] != "name" \
                or self.text[at - 1] not in " \u00a0":
            return None
        end = self.spans[index][1]
        return end + 1 if PLURAL_S.match(self.text, end) else end

    def cuts(self, start: int, end: int) -> bool:
        """Whether one of the spans from `start` on is no name, or goes on behind `end`."""
        index = bisect_left(self.starts, start)
        return any(span[1] > end or span[2] != "name" for span in self.spans[index:bisect_left(self.starts, end)])

    def before(self, at: int) -> tuple[int, int, str] | None:
        """Start, end and kind of the span that ends last before `at`."""
        index = bisect_right(self.starts, at) - 1
        return self.spans[index] if index >= 0 and self.spans[index][1] <= at else None

    def end_before(self, at: int) -> int:
        """Where the last span ends before `at`: the Max of "the Aria 5 Max $1,149" tells nothing of the price."""
        held = self.before(at)
        return held[1] if held else 0

    def name_to(self, at: int) -> bool:
        """Whether a name ends at `at`."""
        index = bisect_right(self.starts, at) - 1
        return index >= 0 and self.spans[index][1:] == (at, "name")

    def past_names(self, at: int, end: int) -> int:
        """`at`, or, where names begin there, where what follows them begins, at most `end`."""
        index = bisect_left(self.starts, at)
        while index < len(self.starts) and self.starts[index] == at and self.spans[index][2] == "name":
            index += 1
            at = min(self.starts[index], end) if index < len(self.starts) else end
        return at


class Reading:
    """One text whose numbers are read, and what all of it tells, each asked once."""

    def __init__(self, text: str, spans: list[tuple[int, int, str]], places: list[int]) -> None:
        """`spans` (start, end, kind) are those of other finders, `places` where numbers are proposed."""
        self.text = text
        self.held = Held(text, [span for span in spans if not scan.cuts_number(text, places, span)])
        ours, theirs = number.votes(text) if number.PERHAPS_EUROPEAN.search(text) else (0, 0)
        self.mostly_european, self.mixed = ours > theirs, ours >= MIXED and theirs > 0
        self.has_links = any(mark in text for mark in LINKS)
        self.rate: tuple[str, Decimal, int] | None = None       # currency, value and end of the last exchange rate
        self.currency: dict[str, str] = {}      # sign or word that several currencies share -> that of this text

    @cached_property
    def is_british(self) -> bool:
        return BRITISH.search(self.text) is not None

    @cached_property
    def weighs_in_pounds(self) -> bool:
        return OF_DOLLARS.search(self.text) is not None and OF_BRITONS.search(self.text) is None

    @cached_property
    def has_boeing(self) -> bool:
        return "Boeing" in self.text

    @cached_property
    def has_millions_as_m(self) -> bool:
        return MILLIONS_AS_M.search(self.text) is not None

    def is_european(self, start: int, end: int) -> bool:
        """Whether the numerals of a sentence are in the European notation: 1.234,5."""
        if self.mixed:
            ours, theirs = number.votes(self.text[start:end], sure=self.mostly_european)
            if ours != theirs:
                return ours > theirs
        return self.mostly_european


class Window:
    """The stretch of a sentence around one number that nobody else holds: from `low` to `high`.

    `beyond` is where it ends when the names behind it count as free: "300 Veldt owners".
    """
    __slots__ = ("reading", "text", "held", "at", "low", "high", "beyond", "begin", "end", "european")

    def __init__(self, reading: Reading, at: int, low: int, high: int, begin: int, end: int,
                 european: bool = False) -> None:
        """The number is proposed at `at`, the sentence goes from `begin` to `end`."""
        self.reading, self.text, self.held = reading, reading.text, reading.held
        self.at, self.low, self.high, self.begin, self.end = at, low, high, begin, end
        self.beyond = high if high == end else self.held.past_names(high, end)
        self.european = european

    def before(self, at: int, reach: int) -> str:
        """At most `reach` free characters in front of `at`."""
        return self.text[max(self.low, at - reach):at]

    def search_before(self, pattern: re.Pattern, at: int, reach: int) -> re.Match | None:
        """What `pattern` finds in at most `reach` free characters in front of `at`."""
        return pattern.search(self.text, max(self.low, at - reach), at)

    def settled(self, start: int, end: int, kind: str, outcome: str) -> Part:
        """A row that measures nothing."""
        # A form has a greatest length, a number has none; digits behind a word are the next number: "third5two".
        text = self.text
        while "0" <= text[end:end + 1] <= "9" and not text[end - 1].isalpha() and end not in self.held.starts:
            end += 1
        return settled(start, end, kind, outcome)
