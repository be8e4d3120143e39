"""Every command, program and file of README.md and of docs/ works, and prints what is shown there."""
import re
import subprocess
import sys

import pytest
import readme
from test_gold import score

PAGES = {page.relative_to(readme.ROOT).as_posix(): page.read_text(encoding="utf-8") for page in readme.PAGES}
TEXT = PAGES["README.md"]


def parts(language: str) -> list:
    """The blocks of a language, with the page that each stands in."""
    return [pytest.param(page, content, id=f"{page}: {content.splitlines()[0]}")
            for page, text in PAGES.items() for kind, content in readme.blocks(text) if kind == language]


@pytest.fixture(scope="module")
def folder(built, tmp_path_factory):
    folder = readme.workspace(tmp_path_factory.mktemp("readme"), built("samples"))
    for text in PAGES.values():
        readme.write_files(text, folder)
    return folder


def words(text: str) -> list[str]:
    """Without the lines of tables, which each version of DuckDB draws in its own way."""
    return re.sub(r"[─-╿]", " ", text).split()


@pytest.mark.parametrize("page", PAGES)
def test_output_is_as_shown(folder, page):
    now = readme.refreshed(PAGES[page], folder)
    assert words(now) == words(PAGES[page]), f"run `make samples` and look at what has changed in {page}"


@pytest.mark.parametrize("page, commands", parts("sh"))
def test_commands_work(folder, page, commands):
    for command in commands.splitlines():
        assert readme.run(command.partition("#")[0], folder)


@pytest.mark.parametrize("page, program", parts("python"))
def test_program_works(folder, page, program):
    subprocess.run([sys.executable, "-c", program], cwd=folder, check=True, timeout=60)


@pytest.mark.parametrize("page, content", [part for part in parts("toml") if "# in " in part.values[1]])
def test_part_of_a_file_stands_in_it(page, content):
    first, _, rest = content.partition("\n")
    assert rest in (readme.ROOT / first.removeprefix("# in ")).read_text(encoding="utf-8")


def test_no_other_kinds_of_blocks():
    assert {kind for text in PAGES.values() for kind, _ in readme.blocks(text)} == readme.KINDS


@pytest.mark.parametrize("page, path", [(page, path) for page, text in PAGES.items()
                                        for path in re.findall(r"\]\(([^):#]+)[^):]*\)", text)])
def test_link_leads_somewhere(page, path):
    assert (readme.ROOT / page).parent.joinpath(path).exists()


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
