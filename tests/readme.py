"""The commands of README.md and docs/, run in a copy of the project; `make samples` writes their output.

Blocks: `console` holds commands behind a `$` with what they print, `pycon` the same of Python,
`sh` commands whose output is not shown, `python` programs. The first line of a `toml` or `csv` block names the
file that it is, or (`# in`) of which it is a part. `text`, `json`, `sql` and `r` are only to be read.

>>> blocks("text\\n```sh\\nmake\\n```\\nmore")
[('sh', 'make\\n')]
>>> python("\\n".join((">>> for n in (1, 2):", "...     n", ">>> 'a' + str(n)")), {})
">>> for n in (1, 2):\\n...     n\\n1\\n2\\n>>> 'a' + str(n)\\n'a2'\\n"
"""
import contextlib
import doctest
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Other pages of docs/ are generated as a whole, or have tests of their own.
PAGES = [ROOT / "README.md", *(ROOT / "docs" / f"{name}.md" for name in (
    "README", "start", "adding", "how-a-fact-is-made"))]
BLOCK = re.compile(r"^```([a-z]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
KINDS = {"console", "pycon", "sh", "python", "toml", "csv", "text", "json", "sql", "r"}


def blocks(text: str) -> list[tuple[str, str]]:
    """Language and content of each block."""
    return BLOCK.findall(text)


def workspace(folder: Path, built: Path) -> Path:
    """A copy of what the commands need, with the database `built` as facts/."""
    for name in ("extract", "schemas", "samples", "benchmarks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(built, folder / "facts")
    (folder / "facts.sh").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m extract.cli "$@"\n')
    (folder / "facts.sh").chmod(0o755)
    return folder


def write_files(text: str, folder: Path) -> None:
    """The toml and csv blocks, where their first line says."""
    for language, content in blocks(text):
        first, _, rest = content.partition("\n")
        if language in ("toml", "csv") and not first.startswith("# in "):
            (folder / first.removeprefix("# ")).write_text(rest, encoding="utf-8")


def run(command: str, folder: Path) -> str:
    """What a command prints; a command that fails is an error. `make` is only asked what it would do."""
    if command.split()[0] == "make":
        command = command.replace("make", "make -n", 1)
    script = f'facts() {{ ./facts.sh "$@"; }}\npython() {{ "{sys.executable}" "$@"; }}\n{command}'
    done = subprocess.run(["sh", "-c", script], cwd=folder, capture_output=True, text=True, timeout=120,
                          env=os.environ | {"COLUMNS": "120", "NO_COLOR": "1", "PYTHONPATH": str(folder)})
    if done.returncode:
        raise RuntimeError(f"{command}\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def python(block: str, names: dict) -> str:
    """A session of Python with what each statement prints now; the next block of the page knows its names."""
    shown = ""
    for example in doctest.DocTestParser().get_examples(block):
        first, *rest = example.source.splitlines()
        shown += "".join(f"{line.rstrip()}\n" for line in (f">>> {first}", *(f"... {line}" for line in rest)))
        with contextlib.redirect_stdout(io.StringIO()) as output:
            exec(compile(example.source, "<page>", "single"), names)
        shown += "".join(f"{line.rstrip()}\n" for line in output.getvalue().splitlines())
    return shown


def refreshed(text: str, folder: Path) -> str:
    """The text of a page with the output of each command and statement as it is now."""
    names: dict = {}

    def anew(block: re.Match) -> str:
        if block[1] == "pycon":
            return f"```pycon\n{python(block[2], names)}```"
        if block[1] != "console":
            return block[0]
        commands = [line for line in block[2].splitlines() if line.startswith("$ ")]
        shown = "".join(f"{line}\n{run(line[2:], folder).rstrip()}\n" for line in commands)
        return f"```console\n{shown}```"
    return BLOCK.sub(anew, text)


def main() -> None:
    from extract.build import build
    from tests.samples import articles
    with tempfile.TemporaryDirectory() as name:
        build([str(path) for path in articles()], Path(name) / "built", jobs=1)
        folder = workspace(Path(name), Path(name) / "built")
        for page in PAGES:
            text = page.read_text(encoding="utf-8")
            write_files(text, folder)
            page.write_text(refreshed(text, folder), encoding="utf-8")


if __name__ == "__main__":
    main()
