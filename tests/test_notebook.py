"""The claims of a text as a DataFrame, and what Jupyter shows of it."""
import subprocess
import sys

import pandas as pd
import pytest

import extract
from extract import table


@pytest.fixture(scope="module")
def found():
    text = "Tidemark Inc. reported a profit of $5 million & revenue of $5 million <i>in 2024</i>."
    return extract.claims(text, published="2025-02-01", title="Profit of <b>Tidemark</b>")


def test_columns_are_those_of_the_table(found):
    assert list(found.columns) == table.schema("facts").names
    assert found.value_norm.tolist() == [5e6, 5e6]      # also what a build fills at its end


def test_number_is_marked_where_the_claim_stands(found):
    cells = [cell.partition("</td>")[0] for cell in found._repr_html_().split("<td")]
    sentences = [cell.partition(">")[2] for cell in cells if "<mark>" in cell]
    end = " &lt;i&gt;in 2024&lt;/i&gt;."
    assert sentences == [
        "Tidemark Inc. reported a profit of <mark>$5 million</mark> &amp; revenue of $5 million" + end,
        "Tidemark Inc. reported a profit of $5 million &amp; revenue of <mark>$5 million</mark>" + end]


def test_markup_of_names_is_escaped(found):
    shown = found.assign(entity="<script>")._repr_html_()
    assert "<script>" not in shown and "&lt;script&gt;" in shown


def test_choice_of_rows_is_shown_alike_and_of_columns_as_pandas_does(found):
    assert found[found.metric == "revenue"]._repr_html_().count("<mark>") == 1
    assert "<mark>" not in found[["entity", "value"]]._repr_html_()


def test_long_frame_tells_what_it_leaves_out(found):
    with pd.option_context("display.max_rows", 1):
        assert found._repr_html_().endswith("<p>1 more</p>")


@pytest.mark.parametrize("published", ["2025-03-10", pd.Timestamp("2025-03-10 08:00")])
def test_published_resolves_periods(published):
    found = extract.claims("Retailer Marlow hired 300 people last month.", published=published)
    assert found.period_start.astype(str).tolist() == ["2025-02-01"]


def test_other_language_is_a_warning():
    with pytest.warns(UserWarning, match="'de'"):
        found = extract.claims("Der Umsatz des Unternehmens ist im letzten Jahr um 12 Prozent gestiegen.")
    assert found.empty


def test_names_of_the_user(tmp_path):
    (tmp_path / "names.csv").write_text("name,kind\nBlaukran,company\n")
    found = extract.claims("Blaukran sold 300 cars.", entities=tmp_path / "names.csv")
    assert found.entity.tolist() == ["Blaukran"]
    extract.claims("")      # without the names again


def test_import_is_fast():
    """The libraries are loaded by the first call."""
    loaded = subprocess.run([sys.executable, "-c", "import sys, extract; print(*sys.modules)"],
                            capture_output=True, text=True, check=True).stdout.split()
    assert "extract" in loaded and not {"pandas", "numpy", "pyarrow"} & {*loaded}
