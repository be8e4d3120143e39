"""Each line of data/subject.toml: a text with one [number], and whose figure it is."""
import re
import tomllib
from pathlib import Path

import pytest

from extract.analysis import analyse, document

DATA = tomllib.loads((Path(__file__).parent / "data" / "subject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("line", DATA["lines"], ids=lambda line: line["text"][-60:])
def test_subject(line):
    before, number, after = re.split(r"[\[\]]", line["text"].replace(" || ", " "))
    owners = [c.entity.name for c in analyse(document(before + number + after)).claims
              if c.quantity.start <= len(before) < c.quantity.end]
    assert " & ".join(owners) == line["is"]
