"""Each line of data/discourse.toml: a text with one [number], and whose figure it is."""
import re
import time
import tomllib
from pathlib import Path

import pytest

from extract.analysis import analyse, document

DATA = tomllib.loads((Path(__file__).parent / "data" / "discourse.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("line", DATA["lines"], ids=lambda line: line["text"][-60:])
def test_owner_over_sentences(line):
    before, number, after = re.split(r"[\[\]]", line["text"].replace(" || ", "\n"))
    owners = [c.entity.name for c in analyse(document(before + number + after)).claims
              if c.quantity.start <= len(before) < c.quantity.end and c.confidence >= 0.5]
    assert " & ".join(owners) == line["is"]


@pytest.mark.parametrize("piece", ["Norvik Motors Inc. rose 3% ", "most drivers who pay $3 say ",
                                   "the company said its price is 3% and ",
                                   "Norvik Inc., which sold 5 cars, ", "20 hours of work ",
                                   "the rate of 9 cars of the rate of it ", "wool, 3 km and its cost "])
def test_endless_sentence_takes_linear_time(piece):
    """Everything is weighed against everything in a sentence, so that none may be without end."""
    def seconds(size):
        start = time.process_time()
        analyse(document(piece * (size // len(piece))))
        return time.process_time() - start
    small, large = (min(seconds(size) for _ in range(2)) for size in (6_000, 36_000))
    assert large < 0.1 + 12 * small
