"""The notebooks, executed in a copy of the project; `make samples` writes their outputs into them.

>>> essence(nbformat.v4.new_output("stream", text="2 of 2 examples as expected"))
['2', 'of', '2', 'examples', 'as', 'expected']
"""
import html
import os
import re
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LABEL = re.compile(r"<text[^>]*>([^<]*)</text>")        # of a chart
TAG = re.compile(r"<style.*?</style>|<[^>]*>", re.DOTALL)


def execute(path: Path, folder: Path) -> nbformat.NotebookNode:
    """A notebook with its outputs as they are now, in a copy of the project; a failing cell is an error."""
    (folder / "notebooks").mkdir(exist_ok=True)
    notebook = nbformat.read(path, as_version=4)
    environment = os.environ | {"PYTHONPATH": str(folder), "COLUMNS": "120", "NO_COLOR": "1"}
    client = NotebookClient(notebook, timeout=120, record_timing=False, kernel_name="python3",
                            resources={"metadata": {"path": str(folder / "notebooks")}})
    client.execute(env=environment)
    notebook.metadata = nbformat.read(path, as_version=4).metadata      # without the version of Python
    return notebook


def essence(output: nbformat.NotebookNode) -> list[str]:
    """What matters of an output: its words, and the labels of a chart, without how they are drawn."""
    if output.output_type == "stream":
        return output.text.split()
    data = output.get("data", {})
    if chart := data.get("image/svg+xml"):
        return html.unescape(" ".join(LABEL.findall(chart))).split()
    if rich := data.get("text/html"):
        return html.unescape(TAG.sub(" ", rich)).split()
    return data.get("text/plain", "").split()


def shown(notebook: nbformat.NotebookNode) -> list[list[list[str]]]:
    """What matters of each cell."""
    return [[essence(output) for output in cell.get("outputs", ())] for cell in notebook.cells]


def main() -> None:
    from extract.build import build
    from tests.readme import workspace
    from tests.samples import articles
    with tempfile.TemporaryDirectory() as name:
        build([str(path) for path in articles()], Path(name) / "built", jobs=1)
        folder = workspace(Path(name), Path(name) / "built")
        for path in NOTEBOOKS:
            new = execute(path, folder)
            if shown(new) != shown(nbformat.read(path, as_version=4)):
                nbformat.write(new, path)


if __name__ == "__main__":
    main()
