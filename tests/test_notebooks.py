"""The notebooks run, show what they show here, and leave the repository as it is."""
import hashlib

import pytest

pytest.importorskip("nbclient", reason="nbclient is not installed; make test installs it")
import nbformat
from readme import workspace

import notebooks

NAMES = [path.stem for path in notebooks.NOTEBOOKS]


@pytest.fixture(scope="module")
def folder(built, tmp_path_factory):
    return workspace(tmp_path_factory.mktemp("notebooks"), built("samples"))


def files(folder):
    return {path: hashlib.sha256(path.read_bytes()).digest() for path in folder.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts}


@pytest.mark.parametrize("path", notebooks.NOTEBOOKS, ids=NAMES)
def test_notebook_shows_what_it_gives(path, folder):
    before = files(folder)
    now = notebooks.shown(notebooks.execute(path, folder))
    kept = notebooks.shown(nbformat.read(path, as_version=4))
    for number, (one, other) in enumerate(zip(kept, now, strict=True)):
        assert one == other, f"cell {number}: run `make samples` and look at what has changed"
    assert files(folder) == before


@pytest.mark.parametrize("path", notebooks.NOTEBOOKS, ids=NAMES)
def test_every_cell_has_run_and_tells_nothing_of_a_machine(path):
    text = path.read_text(encoding="utf-8")
    assert not [place for place in ("/home/", "/root/", "/tmp/", "/Users/", "site-packages") if place in text]
    cells = [cell for cell in nbformat.reads(text, as_version=4).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert "error" not in {output.output_type for cell in cells for output in cell.outputs}
