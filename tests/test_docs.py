"""The generated documentation is what the schemas, the queries and the samples give now."""
import re

import pytest
from click.testing import CliRunner

import docs
from extract import cli, schema, table


@pytest.fixture(scope="module")
def pages(built):
    return docs.pages(built("samples"))


KEPT = [docs.ROOT / "facts" / "README.md", docs.ROOT / "docs" / "metrics.md", docs.ROOT / "docs" / "cookbook.md",
        *(path.with_suffix(".csv") for path in docs.queries())]


@pytest.mark.parametrize("path", KEPT, ids=lambda path: str(path.relative_to(docs.ROOT)))
def test_generated_file_is_up_to_date(pages, path):
    if not path.parent.exists():
        pytest.skip("the documentation is part of the repository, not of the package")
    assert path.exists() \
            and path.read_text(encoding="utf-8") == pages[path], "run `make docs` and look at what has changed"


def test_nothing_else_is_generated(pages):
    assert {*pages} == {*KEPT}
    assert {*docs.QUERIES.glob("*.csv")} <= {*pages}, "output without a query"


def test_every_view_has_a_query_that_reads_it():
    for path in (schema.FOLDER / "views").glob("*.sql"):
        query = docs.QUERIES / f"{path.stem}.sql"
        assert query.exists(), f"docs/queries/{path.stem}.sql is missing"
        assert re.search(rf"from {path.stem}\b", query.read_text(encoding="utf-8")), query


def test_every_query_stands_in_the_cookbook_once():
    shown = [name for names in docs.PARTS.values() for name in names]
    assert sorted(shown) == [path.stem for path in docs.queries()]


@pytest.mark.parametrize("path", docs.queries(), ids=lambda path: path.stem)
def test_query_asks_something_and_gets_an_answer(pages, path):
    asked, _, query = docs.question(path.read_text(encoding="utf-8"))
    assert asked.endswith("?") and query.endswith(";") and query.count(";") == 1
    assert pages[path.with_suffix(".csv")].count("\n") > 1


def test_query_runs_as_the_cookbook_says(built):
    command, = re.findall(r"^facts (.+)$", docs.COOKBOOK, re.MULTILINE)
    path = docs.ROOT / command.split()[-1]
    done = CliRunner().invoke(cli.main, ["sql", str(path), "-d", str(built("samples")), "--csv"])
    assert done.output == path.with_suffix(".csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["facts/README.md", "docs/metrics.md", "docs/cookbook.md"])
def test_links_lead_somewhere(name):
    page = docs.ROOT / name
    text = page.read_text(encoding="utf-8")
    headings = [f"#{docs._anchor(line.lstrip('# '))}" for line in text.splitlines() if line.startswith("#")]
    assert len({*headings}) == len(headings), "two headings of one name"
    for link in re.findall(r"\]\(([^):]+)\)", text):
        assert link in headings if link.startswith("#") else (page.parent / link).exists(), link


def test_dictionary_names_every_table_and_column(pages):
    text = pages[docs.ROOT / "facts" / "README.md"]
    for name, columns in table.tables().items():
        described = text.split(f"### {name}\n")[1].split("###")[0]
        assert [column for column in columns.names if f"| `{column}` |" not in described] == [], name


def test_catalogue_names_every_metric(pages):
    text = pages[docs.ROOT / "docs" / "metrics.md"]
    assert [name for name in schema.metrics() if f"| [`{name}`]" not in text] == []
