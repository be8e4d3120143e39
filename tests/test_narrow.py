"""Each line of data/narrow.toml: what narrows the claim of one [number]."""
import re
import tomllib
from pathlib import Path

import pytest

from extract import analysis, schema

DATA = tomllib.loads((Path(__file__).parent / "data" / "narrow.toml").read_text(encoding="utf-8"))
COLUMNS = ("segment", "geo", "counterparty", "part_of")
CHECKED = ("answer", "condition", "definition", "item", "per", "purpose", "round")     # of the keys of dims


@pytest.mark.parametrize("line", DATA["claims"], ids=lambda line: line["text"][-60:])
def test_narrowed(line):
    before, number, after = re.split(r"[\[\]]", line["text"])
    found = analysis.analyse(analysis.document(before + number + after))
    claim = next(c for c in found.claims if c.quantity.start == len(before))
    told = {name: getattr(claim, name) or "" for name in COLUMNS}
    told |= {key: value for key, value in claim.dims.items() if key in CHECKED}
    wanted = dict.fromkeys(COLUMNS, "") | {key: value for key, value in line.items() if key != "text"}
    assert told == wanted


def test_metrics_that_are_named_are_there():
    for name, metrics in schema.words("narrow")["metrics"].items():
        assert set(metrics) <= set(schema.metrics()), name
