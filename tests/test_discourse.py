"""Each line of data/discourse.toml: a text with one [number], and whose figure it is."""
import re
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
