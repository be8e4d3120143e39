"""Every command, program and file of README.md works, and prints what is shown there."""
import re
import subprocess
import sys

import pytest
import readme
from test_gold import score

TEXT = readme.README.read_text(encoding="utf-8")
BLOCKS = readme.blocks(TEXT)
SHELL = [content for language, content in BLOCKS if language == "sh"]
PROGRAMS = [content for language, content in BLOCKS if language == "python"]


@pytest.fixture(scope="module")
def folder(built, tmp_path_factory):
    folder = readme.workspace(tmp_path_factory.mktemp("readme"), built("samples"))
    readme.write_files(TEXT, folder)
    return folder


def words(text: str) -> list[str]:
    """Without the lines of tables, which each version of DuckDB draws in its own way."""
    return re.sub(r"[─-╿]", " ", text).split()


def test_output_is_as_shown(folder):
    now = readme.refreshed(TEXT, folder)
    assert words(now) == words(TEXT), "run `make samples` and look at what has changed in README.md"


@pytest.mark.parametrize("commands", SHELL)
def test_commands_work(folder, commands):
    for command in commands.splitlines():
        assert readme.run(command.partition("#")[0], folder)


@pytest.mark.parametrize("program", PROGRAMS)
def test_program_works(folder, program):
    subprocess.run([sys.executable, "-c", program], cwd=folder, check=True, timeout=60)


def test_all_kinds_of_blocks_are_there():
    assert {language for language, _ in BLOCKS} == {"sh", "console", "python", "text", "toml"}


@pytest.mark.parametrize("path", re.findall(r"\]\(([^):]+)\)", TEXT))
def test_link_leads_somewhere(path):
    assert (readme.ROOT / path).exists()


def test_new_metric_proves_something(folder):
    """Its last sentence fails without the word that README.md says it needs."""
    path = folder / "schemas" / "metrics" / "other" / "patents.toml"
    whole = path.read_text()
    path.write_text(whole.replace(', "filed"', ""))
    try:
        with pytest.raises(RuntimeError, match="1 of 2 examples"):
            readme.run("facts check patents", folder)
    finally:
        path.write_text(whole)


@pytest.mark.parametrize("row, name", [("102 of", "news"), ("18 on", "dev")])
def test_limits_are_not_prettier_than_measured(row, name, built):
    cells = re.search(rf"\| {row}[^|]*\|([^\n]*)\|\n", TEXT)[1].split("|")
    measured = score(built, name)
    for shown, level in zip(map(float, cells), ("quantity", "metric", "entity"), strict=True):
        assert shown <= measured[level]["f1"] + 0.01, level
