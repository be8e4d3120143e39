"""Near duplicates: syndicated copies of one story, found by MinHash.

A signature is made of each document alone; clusters need all signatures, so they are made at storing.
Two documents are copies when half of their word runs are shared (A. Broder, "On the resemblance and
containment of documents", 1997). Nothing is drawn at random: the same texts give the same clusters.

>>> wire = "Acme said on Monday that it sold 40,000 pumps in May, a third more than a year before."
>>> copy = "UPDATE: " + wire
>>> other = "The council of Sandford has put off the vote on the new bridge until next spring."
>>> clusters([signature(wire), signature(copy), signature(other)], ["doc-1", "doc-2", "doc-3"])
['doc-1', 'doc-1', 'doc-3']
>>> clusters([b"too short"], ["doc-1"])
Traceback (most recent call last):
    ...
ValueError: cannot reshape array of size 9 into shape (1,256)
"""
import string
import zlib

import numpy as np

RUN = 4                 # words that are compared together
SIZE = 64               # numbers in a signature: similarity is estimated to about 0.06
BAND = 2                # numbers that must agree before two documents are compared at all
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
    runs = np.unique(runs)
    smallest = np.full(SIZE, np.iinfo(np.uint32).max, np.uint32)
    for part in np.array_split(runs, len(runs) // 4096 + 1):     # bounds the memory of a very long text
        mixed = (part[:, None] * MULTIPLY + ADD) >> np.uint64(32)
        smallest = np.minimum(smallest, mixed.min(axis=0).astype(np.uint32))
    return smallest.tobytes()


def clusters(signatures: list[bytes], names: list[str]) -> list[str]:
    """For each document the name of the first of its copies (itself where it has none)."""
    if not signatures:
        return []
    rows = np.frombuffer(b"".join(signatures), np.uint8).reshape(len(signatures), SIZE * 4).view(np.uint32)
    first = list(range(len(rows)))

    def root(row: int) -> int:
        while first[row] != row:
            first[row] = row = first[first[row]]
        return row

    for start in range(0, SIZE, BAND):
        for one, two in _neighbours(rows[:, start:start + BAND]):
            low, high = sorted((root(one), root(two)))
            if low != high and np.mean(rows[one] == rows[two]) >= ALIKE:
                first[high] = low
    return [names[root(row)] for row in range(len(rows))]


def _neighbours(band: np.ndarray):
    """Pairs (first, other) of rows that agree in all numbers of the band."""
    key = band[:, 0].astype(np.uint64) << np.uint64(32) | band[:, 1]
    order = np.argsort(key, kind="stable")
    same = key[order][1:] == key[order][:-1]
    leader = None
    for place in np.flatnonzero(same).tolist():
        if leader is None or place == 0 or not same[place - 1]:
            leader = int(order[place])
        yield leader, int(order[place + 1])
