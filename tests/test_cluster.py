"""Spark gives the rows that one machine gives."""
import json
import shutil

import pytest
from click.testing import CliRunner
from test_cuts import ARTICLES, rows

from extract import cli
from extract.build import build

pytest.importorskip("pyspark", reason="Spark is not installed: pip install 'figurebase[spark]'")
if not shutil.which("java"):
    pytest.skip("Spark needs Java, which is not here", allow_module_level=True)


@pytest.mark.long
def test_same_rows_as_on_one_machine(tmp_path):
    """With a copy in another file, a line that cannot be read, and names of one's own."""
    lines = [json.dumps({"text": text, "published": "2025-09-03"}) for text in ARTICLES]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.jsonl").write_text("\n".join([*lines[:6], '{"half', lines[0]]))
    (tmp_path / "in" / "two.jsonl").write_text("\n".join(lines[4:]))
    names = tmp_path / "names.csv"
    names.write_text("name,kind,aliases\nBrightwell,company,Brightwell Corp.\n")
    here = build([str(tmp_path / "in")], tmp_path / "here", jobs=1, entities=names)
    done = CliRunner().invoke(cli.main, ["build", str(tmp_path / "in"), "-o", str(tmp_path / "there"), "--jobs", "2",
                                         "--engine", "spark", "--entities", str(names)])
    assert done.exit_code == 3, done.output         # a line was not read
    one, other = rows(tmp_path / "here"), rows(tmp_path / "there")
    assert {name: len(found) for name, found in one.items()} == {name: len(found) for name, found in other.items()}
    assert one == other
    assert here.facts > 12 and here.duplicates == 3 and len(one["rejects"]) == 1
    again = build([str(tmp_path / "in")], tmp_path / "there", jobs=2, entities=names, engine="spark")
    assert again.unchanged and (again.facts, again.duplicates) == (here.facts, here.duplicates)
