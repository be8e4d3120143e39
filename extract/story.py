"""Near duplicates: syndicated copies of one story, found by MinHash.

A signature is made of each document alone; stories need all signatures, so database makes them at storing.
Pairs that share a band of the signature are looked at, and those that are alike become one story.
Two documents are copies when half of their word runs are shared (A. Broder, "On the resemblance and
containment of documents", 1997). Nothing is drawn at random: the same texts give the same clusters.

>>> wire = "Acme said on Monday that it sold 40,000 pumps in May, a third more than a year before."
>>> copy = "UPDATE: " + wire
>>> other = "The council of Sandford has put off the vote on the new bridge until next spring."
>>> alike([signature(wire), signature(wire)], [signature(copy), signature(other)]).tolist()
[True, False]
>>> alike([b"too short"], [b"too short"])
Traceback (most recent call last):
    ...
ValueError: cannot reshape array of size 9 into shape (1,256)
"""
import string
import zlib

import numpy as np

RUN = 4                 # words that are compared together
SIZE = 64               # numbers in a signature: similarity is estimated to about 0.06
BAND = 8                # bytes, of two numbers, that must agree before two documents are compared at all
ALIKE = 0.5             # share of common runs from which two documents are one story

TO_SPACE = bytes.maketrans(string.punctuation.encode(), b" " * len(string.punctuation))
# Fixed odd multipliers and offsets: one hash function for each number of the signature.
_step = np.arange(1, SIZE + 1, dtype=np.uint64)
MULTIPLY = (_step * np.uint64(0x9E3779B97F4A7C15)) | np.uint64(1)
ADD = (_step * np.uint64(0xC2B2AE3D27D4EB4F)) ^ np.uint64(0x165667B19E3779F9)


def signature(text: str) -> bytes:
    """The MinHash signature of a text: equal for equal texts, alike for texts that share most words."""
    words = text.casefold().encode("utf-8", "replace").translate(TO_SPACE).split() or [b""]
    hashes = np.fromiter(map(zlib.crc32, words), np.uint64, len(words))
    runs = hashes[:max(1, len(hashes) - RUN + 1)].copy()
    for offset in range(1, min(RUN, len(hashes))):
        runs = runs * np.uint64(0x100000001B3) ^ hashes[offset:offset + len(runs)]
    smallest = np.full(SIZE, np.iinfo(np.uint64).max, np.uint64)
    for part in np.array_split(runs, len(runs) // 512 + 1):     # so much stays in the processor's cache
        mixed = part[:, None] * MULTIPLY
        mixed += ADD
        np.minimum(smallest, mixed.min(axis=0), out=smallest)
    return (smallest >> np.uint64(32)).astype(np.uint32).tobytes()


def alike(ones: list[bytes], others: list[bytes]) -> np.ndarray:
    """Of each pair of signatures, whether their documents are copies of one story."""
    return (_numbers(ones) == _numbers(others)).mean(axis=1) >= ALIKE


def _numbers(signatures: list[bytes]) -> np.ndarray:
    return np.frombuffer(b"".join(signatures), np.uint8).reshape(len(signatures), SIZE * 4).view(np.uint32)


class Stories:
    """Documents, known by number, joined into stories; a story is called after the lowest of its numbers.

    >>> found = Stories()
    >>> found.join(4, 7), found.join(7, 2)
    (None, None)
    >>> found.copies()
    {4: 2, 7: 2}
    """

    def __init__(self) -> None:
        self._lower: dict[int, int] = {}        # only of documents that have copies

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self._first(one), self._first(other)))
        if low != high:
            self._lower[high] = low

    def _first(self, place: int) -> int:
        lower = self._lower
        while (low := lower.get(place)) is not None:
            lower[place] = lower.get(low, low)
            place = low
        return place

    def copies(self) -> dict[int, int]:
        """The first document of its story for each that is not the first itself."""
        return {place: self._first(place) for place in sorted(self._lower)}
