"""The gazetteer and its word lists: unique ids, known makers and countries, names that can be told apart."""
import re
from collections import Counter, defaultdict

import pytest
from babel import Locale

from extract import schema

KINDS = {"company": "c-", "organisation": "o-", "market": "m-", "person": "h-", "other": "x-", "policy": "y-"}
COLUMNS = ["id", "name", "aliases", "maker", "country", "descriptors", "ambiguous", "note"]
COUNTRIES = set(Locale("en").territories)
PLAIN_WORD = re.compile(r"[a-z][a-z-]*")    # matches everywhere in a text
GENERIC = ("market", "other", "policy")     # kinds that have no proper names


def cell(row: dict, column: str) -> list[str]:
    return row[column].split("|") if row[column] else []


def spellings(row: dict) -> list[str]:
    return [row["name"], *cell(row, "aliases")]


def every_row() -> list[dict]:
    files = sorted(p.stem for p in (schema.FOLDER / "entities").glob("*.csv"))
    return [row for name in files for row in schema.rows(name)]


def test_ids_are_unique_over_all_files():
    count = Counter(row["id"] for row in every_row())
    assert [i for i, times in count.items() if times > 1] == []


@pytest.mark.parametrize("kind", KINDS)
def test_columns(kind):
    assert [column for column in schema.rows(kind)[0] if column != "ticker" or kind != "company"] == COLUMNS


def test_tickers():
    """Exchange and symbol, one company each."""
    tickers = [row["ticker"] for row in schema.rows("company") if row["ticker"]]
    assert len(tickers) == len(set(tickers)) > 700
    assert [t for t in tickers if not re.fullmatch(r"[A-Z]{3,6}:[A-Z0-9]+([.-][A-Z]+)?", t)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_sorted_by_id_with_the_prefix_of_the_kind(kind):
    ids = [row["id"] for row in schema.rows(kind)]
    assert ids == sorted(ids)
    assert [i for i in ids if not re.fullmatch(KINDS[kind] + "[a-z0-9]+(-[a-z0-9]+)*", i)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_cells_are_tidy(kind):
    for row in schema.rows(kind):
        assert row["name"], row["id"]
        for column in ("aliases", "descriptors", "ambiguous"):
            parts = cell(row, column)
            assert parts == [part.strip() for part in parts] and all(parts), (row["id"], column)
            assert len(parts) == len(set(parts)), (row["id"], column)
        assert row["name"] not in cell(row, "aliases"), row["id"]
        assert len(cell(row, "descriptors")) <= 6, row["id"]
        assert set(cell(row, "ambiguous")) <= set(spellings(row)), row["id"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_spelling_stands_for_one_entity_unless_it_is_ambiguous(kind):
    owners = defaultdict(list)
    for row in schema.rows(kind):
        for spelling in spellings(row):
            if spelling not in cell(row, "ambiguous"):
                owners[spelling].append(row["id"])
    assert {s: ids for s, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_makers_exist_and_countries_are_iso_codes(kind):
    ids = {row["id"] for row in every_row()}
    for row in schema.rows(kind):
        assert not row["maker"] or row["maker"] in ids - {row["id"]}, row["id"]
        assert not row["country"] or row["country"] in COUNTRIES and row["country"].isupper(), row["id"]


@pytest.mark.parametrize("kind", [k for k in KINDS if k not in GENERIC])
def test_no_proper_name_is_a_plain_word(kind):
    assert [s for row in schema.rows(kind) for s in spellings(row) if PLAIN_WORD.fullmatch(s)] == []


@pytest.mark.parametrize("kind, name", [
    ("company", "Apple"), ("company", "Meta"), ("company", "Target"), ("company", "Shell"), ("company", "Orange"),
    ("company", "Nothing"), ("company", "Gap"), ("company", "Visa"), ("company", "Block"), ("company", "Arm"),
    ("company", "X"), ("company", "HP"), ("organisation", "WHO"), ("other", "lithium"), ("person", "Cook"), (
            "person", "Jobs"),
])
def test_names_that_are_words_need_evidence(kind, name):
    assert any(name in cell(row, "ambiguous") for row in schema.rows(kind))


@pytest.mark.parametrize("kind, name", [("company", "Intel"), ("company", "Nvidia"), ("company", "BYD"),
                                        ("organisation", "Reuters"), ("person", "Elon Musk"), ("other", "Bitcoin"),
                                        ("other", "Nasdaq")])
def test_unmistakable_names_need_none(kind, name):
    row, = (row for row in schema.rows(kind) if row["name"] == name)
    assert name not in cell(row, "ambiguous")


@pytest.mark.parametrize("kind, alias, name", [
    ("company", "General Motors", "GM"), ("company", "JPMorgan", "JPMorgan Chase"), ("company", "Zhipu AI", "Z.ai"),
    ("company", "Amazon Web Services", "AWS"), ("company", "Samsung Electronics", "Samsung"),
    ("organisation", "Commerce Department", "US Commerce Department"), (
            "organisation", "IEA", "International Energy Agency"),
    ("other", "Dow Jones Industrial Average", "Dow"), ("other", "WTI", "US crude"), ("person", "Musk", "Elon Musk"),
    ("policy", "reciprocal tariffs", "US reciprocal tariffs"), (
            "market", "European BEV market", "BEV market in Europe"),
])
def test_aliases_lead_to_the_usual_name(kind, alias, name):
    assert [row["name"] for row in schema.rows(kind) if alias in cell(row, "aliases")] == [name]


LISTS = ["company_suffix", "company_cue_before", "company_cue_after", "product_cue_before", "product_cue_after",
         "organisation_suffix", "never", "generic_company", "generic_product", "generic_place"]


@pytest.mark.parametrize("file, name", [*(("entity", name) for name in LISTS),
                                        ("first_name", "names"), ("first_name", "titles")])
def test_word_lists_hold_each_word_once(file, name):
    words = schema.words(file)[name]
    assert words and all(word == word.strip() and word for word in words)
    assert sorted({word for word in words if words.count(word) > 1}) == []


def test_a_noun_stands_for_one_kind():
    words = schema.words("entity")
    company, product, place = (set(words[f"generic_{kind}"]) for kind in ("company", "product", "place"))
    assert sorted(company & product | company & place | product & place) == []


def test_descriptors_of_companies_can_be_referred_to():
    """At least one descriptor of nearly every company is a noun that the text may use for it later on."""
    known = set(schema.words("entity")["generic_company"])
    without = [row["id"] for row in schema.rows("company") if not known & set(cell(row, "descriptors"))]
    assert len(without) < 0.25 * len(schema.rows("company")), without[:20]


def test_what_is_never_an_entity_is_no_unmistakable_name():
    never = set(schema.words("entity")["never"])
    clash = {s for kind in KINDS if kind not in GENERIC for row in schema.rows(kind) for s in spellings(row)
             if s in never and s not in cell(row, "ambiguous")}
    assert clash == set()
