"""What differs between two builds, and the command that shows it."""
import json
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from extract import cli, difference, table
from extract.build import build

NORVIK = "Norvik Foods Inc. reported revenue of $7 million in 2024."
MORE = " The plant in Sandford employs 80 people."

# --- rows of facts -----------------------------------------------------------------------------------------

FACT = {"entity": "Marlow", "metric": "revenue", "aspect": "level", "value": 5e6, "unit": "USD",
        "comparator": "=", "modality": "actual", "source": "news.jsonl",
        "quote": "Marlow and Tidemark sold pumps for $5 million.", "mention": "$5 million",
        "start": 35, "end": 45, "confidence": 0.9, "rule": "r", "entity_kind": "company", "entity_id": "e1",
        "doc_id": "d1", "fact_id": "f1", "mentions": 1}
TIDEMARK = {"entity": "Tidemark"}
LATER = {"start": 60, "end": 70}


def compare(folder, before: list[dict], after: list[dict]) -> list[dict]:
    """The differences of two folders that hold these facts; only what differs from FACT is given."""
    for name, rows in (("before", before), ("after", after)):
        (folder / name).mkdir()
        facts = pa.Table.from_batches([table.batch("facts", [FACT | row for row in rows])])
        pq.write_table(facts, folder / name / "facts.parquet")
    return difference.compare(folder / "before", folder / "after")


@pytest.mark.parametrize("before, after, changes", [
    pytest.param([{}], [{}], [], id="the same"),
    pytest.param([], [], [], id="none at all"),
    pytest.param([], [{}], ["new"], id="new"),
    pytest.param([{}], [], ["gone"], id="gone"),
    pytest.param([{}], [LATER], ["gone", "new"], id="other characters"),
    pytest.param([{}], [{"doc_id": "d2"}], ["gone", "new"], id="another article"),
    pytest.param([LATER, {}], [LATER, {"value": 6e6}], ["changed"], id="one of two changed"),
    pytest.param([{}, TIDEMARK], [TIDEMARK, {}], [], id="two subjects of one number, the same"),
    pytest.param([{}, TIDEMARK], [TIDEMARK | {"value": 6e6}, {"value": 6e6}], ["changed", "changed"],
                 id="two subjects, changed"),
    pytest.param([{"fact_id": "f2"}, TIDEMARK], [{"fact_id": "f3"}, TIDEMARK | {"fact_id": "f4"}], [],
                 id="two subjects, other ids"),
    pytest.param([{}], [{}, TIDEMARK], ["new"], id="a second subject"),
    pytest.param([{}], [{}, {"entity": "Albion", "end": 50}], ["new"], id="characters that begin alike"),
    pytest.param([{}, TIDEMARK], [{}], ["gone"], id="a second subject less"),
    pytest.param([{}], [{"fact_id": "f2", "rule": "other", "confidence": 0.6, "mentions": 2}], [],
                 id="what is no part of the claim"),
])
def test_changes(tmp_path, before, after, changes):
    assert [row["change"] for row in compare(tmp_path, before, after)] == changes


OTHER = {"entity": "Tidemark", "metric": "amount", "aspect": "change", "value": 6e6, "value_max": 7e6,
         "unit": "EUR", "comparator": "~", "period_start": date(2025, 5, 1), "period_end": date(2025, 5, 31),
         "modality": "forecast", "attribution": "Reuters"}


@pytest.mark.parametrize("field", difference.FIELDS)
def test_each_field_is_compared(tmp_path, field):
    """Also where it was null before."""
    (row,) = compare(tmp_path, [{}], [{field: OTHER[field]}])
    assert row["change"] == "changed"
    assert (row[f"old_{field}"], row[f"new_{field}"]) == (FACT.get(field), OTHER[field])
    assert row["mention"] == "$5 million" and row["quote"] == FACT["quote"]
    assert f"{field} {FACT.get(field)} -> {OTHER[field]}" in difference.render([row], 9)


def test_differences_come_in_the_order_of_the_text(tmp_path):
    rows = compare(tmp_path, [LATER, {"doc_id": "d2"}], [{}])
    found = [(row["doc_id"], row["start"], row["change"]) for row in rows]
    assert found == [("d1", 35, "new"), ("d1", 60, "gone"), ("d2", 35, "gone")]


# --- the command on two builds ---------------------------------------------------------------------------

@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Four builds of one article, known by its address: short, longer, with another figure, without any."""
    folder = tmp_path_factory.mktemp("builds")
    texts = {"short": NORVIK, "long": NORVIK + MORE, "other": NORVIK.replace("$7", "$8"),
             "empty": "Nothing was reported."}
    for name, text in texts.items():
        (folder / name).mkdir()
        source = folder / name / "news.jsonl"
        source.write_text(json.dumps({"url": "https://example.org/norvik", "text": text}) + "\n")
        build([str(source)], folder / name / "facts", jobs=1)
    return {name: folder / name / "facts" for name in texts}


def diff(*arguments):
    return CliRunner().invoke(cli.main, ["diff", *map(str, arguments)])


@pytest.mark.parametrize("old, new, counts, line", [
    ("short", "short", "0 new, 0 gone, 0 changed", ""),
    ("short", "long", "1 new, 0 gone, 0 changed", "new      '80 people'"),
    ("long", "short", "0 new, 1 gone, 0 changed", "gone     '80 people'"),
    ("short", "other", "0 new, 0 gone, 1 changed", "changed  '$8 million'  value 7000000.0 -> 8000000.0"),
    ("empty", "short", "1 new, 0 gone, 0 changed", "new      '$7 million'  Norvik Foods, revenue, level, 7"),
])
def test_diff_of_two_builds(folders, old, new, counts, line):
    done = diff(folders[old], folders[new])
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == counts
    assert line in done.stdout


@pytest.mark.parametrize("most, shown", [(0, 0), (1, 1), (2, 2)])
def test_diff_prints_so_many(folders, most, shown):
    done = diff(folders["empty"], folders["long"], "--most", most)
    assert done.stdout.count("new      '") == shown
    assert (f"... and {2 - shown} more" in done.stdout) == (shown < 2)


@pytest.mark.parametrize("side", [0, 1])
def test_folder_without_facts(folders, tmp_path, side):
    pair = [folders["short"], folders["short"]]
    pair[side] = tmp_path / "nowhere"
    done = diff(*pair)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == (f"Error: {tmp_path / 'nowhere' / 'facts.parquet'} does not exist; "
                           f"make it with: facts build SOURCE -o {tmp_path / 'nowhere'}\n")
