"""The commands of README.md, run in a copy of the project; `make samples` writes their output into it.

Blocks of README.md: `console` holds commands behind a `$` with what they print, `sh` commands whose output is
not shown, `python` programs, `toml` a file of schemas/ that its first line names.

>>> blocks("text\\n```sh\\nmake\\n```\\nmore")
[('sh', 'make\\n')]
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"^```([a-z]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(text: str) -> list[tuple[str, str]]:
    """Language and content of each block."""
    return BLOCK.findall(text)


def workspace(folder: Path, built: Path) -> Path:
    """A copy of what the commands need, with the database `built` as facts/."""
    for name in ("extract", "schemas", "samples"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(built, folder / "facts")
    (folder / "facts.sh").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m extract.cli "$@"\n')
    (folder / "facts.sh").chmod(0o755)
    return folder


def write_files(text: str, folder: Path) -> None:
    """The toml blocks, where their first line says."""
    for language, content in blocks(text):
        if language == "toml":
            (folder / content.splitlines()[0].removeprefix("# ")).write_text(content)


def run(command: str, folder: Path) -> str:
    """What a command prints; a command that fails is an error. `make` is only asked what it would do."""
    if command.split()[0] == "make":
        command = command.replace("make", "make -n", 1)
    script = f'facts() {{ ./facts.sh "$@"; }}\n{command}'
    done = subprocess.run(["sh", "-c", script], cwd=folder, capture_output=True, text=True, timeout=120,
                          env=os.environ | {"COLUMNS": "120", "NO_COLOR": "1", "PYTHONPATH": str(folder)})
    if done.returncode:
        raise RuntimeError(f"{command}\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def refreshed(text: str, folder: Path) -> str:
    """The text of README.md with the output of each command of a console block as it is now."""
    def anew(block: re.Match) -> str:
        if block[1] != "console":
            return block[0]
        commands = [line for line in block[2].splitlines() if line.startswith("$ ")]
        shown = "".join(f"{line}\n{run(line[2:], folder).rstrip()}\n" for line in commands)
        return f"```console\n{shown}```"
    return BLOCK.sub(anew, text)


def main() -> None:
    from extract.build import build

    from tests.samples import articles
    text = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        build([str(path) for path in articles()], Path(name) / "built", jobs=1)
        folder = workspace(Path(name), Path(name) / "built")
        write_files(text, folder)
        README.write_text(refreshed(text, folder), encoding="utf-8")


if __name__ == "__main__":
    main()
