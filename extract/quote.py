"""The sentence of a fact, as it is kept and as it is shown.

>>> split("It took 5 hours, then 5 hours.", "5 hours", 122, "-" * 100 + "It took 5 hours, then 5 hours.")
('It took 5 hours, then ', '5 hours', '.')
>>> split("It took 5 hours.", "5 days", 8, "")
('It took 5 hours.', '', '')
"""
import re
import unicodedata
from functools import lru_cache
from string import ascii_letters, digits

WORD = re.compile(r"[A-Za-z0-9]+(?:[.,][0-9]+)*")
PIECE = re.compile(r"\S+")
LETTERS = (ascii_letters + digits).encode()
QUOTE_WORDS = 80


def quoted(text: str, start: int, end: int, at: int, until: int) -> str:
    """The sentence start:end, cut to at most 80 words around at:until.

    >>> quoted("word " * 100 + "5 cars.", 0, 507, 500, 506).count("word")
    78
    """
    whole = text[start:end]
    if _gaps(whole) < QUOTE_WORDS or _words(whole) <= QUOTE_WORDS:
        return whole
    spans = [(w.start(), w.end()) for w in PIECE.finditer(text, start, end)]
    first = next(i for i, (_, stop) in enumerate(spans) if stop > at)
    last = next(i for i, (_, stop) in enumerate(spans) if stop >= until)
    low, high = first, last
    while True:         # word by word, on the side where the quote is shorter
        left = low and (high == len(spans) - 1 or first - low <= high - last)
        grown = (low - 1, high) if left else (low, high + 1)
        if grown[1] >= len(spans) or _words(text[spans[grown[0]][0]:spans[grown[1]][1]]) > QUOTE_WORDS:
            return text[min(at, spans[low][0]):max(until, spans[high][1])]
        low, high = grown


def _gaps(text: str) -> int:
    """At least as many as there are gaps between words, counted faster than these."""
    if "+" in text or not unicodedata.is_normalized("NFKC", text):
        return len(text)
    return len(text.encode("utf-8", "replace").translate(None, LETTERS))


@lru_cache(64)          # the facts of a sentence come one after the other
def _words(text: str) -> int:
    """Words of a quote, by whichever way of counting gives more: between spaces, or as letters and digits."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    plain = plain.replace("+", " plus ")
    return max(len(WORD.findall(plain)), len(text.split()))


def split(quote: str, mention: str, start: int, text: str) -> tuple[str, str, str]:
    """A quote before, in and after its number, which begins at `start` of `text`: it may hold it twice."""
    begin = place(quote, start, text)
    at = start - begin if begin >= 0 else quote.find(mention)
    if at < 0:
        return quote, "", ""
    return quote[:at], quote[at:at + len(mention)], quote[at + len(mention):]


def place(quote: str, start: int, text: str) -> int:
    """Where in `text` the quote begins that holds the place `start`; -1 where it does not."""
    begin = text.rfind(quote, 0, start + len(quote))
    return begin if begin + len(quote) > start else -1
