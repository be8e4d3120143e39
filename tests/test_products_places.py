"""The gazetteer of products and places: complete, sorted, and honest about what is ambiguous."""
import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest
from babel import Locale

from extract import analysis, schema, sentence
from extract.names import entity
from extract.names.maker import makers

PRODUCT_COLUMNS = ["id", "name", "aliases", "maker", "country", "descriptors", "ambiguous", "note"]
PLACE_COLUMNS = [*PRODUCT_COLUMNS[:3], "demonyms", *PRODUCT_COLUMNS[3:]]
FILES = [("product", "p-", PRODUCT_COLUMNS), ("place", "g-", PLACE_COLUMNS)]

# Two-letter territories of CLDR that nobody, or hardly anybody, calls home, and groupings.
NOT_COUNTRIES = set("AC AQ BV CP CQ DG EA EU EZ GS HM IC QO TA TF UM UN XA XB ZZ".split())
COUNTRIES = sorted(code for code in Locale("en").territories
                   if re.fullmatch("[A-Z]{2}", code) and code not in NOT_COUNTRIES)

# What texts write, and the entity that alone is meant.
CLEAR = [
    ("product", "Model 3", "Tesla Model 3"),
    ("product", "Mach-E", "Ford Mustang Mach-E"),
    ("product", "F-150 Lightning", "Ford F-150 Lightning"),
    ("product", "VW ID.4", "Volkswagen ID.4"),
    ("product", "Yuan Plus", "BYD Atto 3"),
    ("product", "YU7", "Xiaomi YU7"),
    ("product", "Zoe R110", "Renault ZOE"),
    ("product", "Macan EV", "Porsche Macan Electric"),
    ("product", "iPhones", "iPhone"),
    ("product", "iPhone 17 Pro Max", "iPhone 17 Pro Max"),
    ("product", "Samsung Galaxy S25 Ultra", "Galaxy S25 Ultra"),
    ("product", "S25 Ultra", "Galaxy S25 Ultra"),
    ("product", "GB200 NVL72", "GB200"),
    ("product", "Nvidia H20", "H20"),
    ("product", "Instinct MI300X", "MI300X"),
    ("product", "GPT 4.5", "GPT-4.5"),
    ("product", "DeepSeek V3.1", "DeepSeek-V3.1"),
    ("product", "Qwen 3", "Qwen3"),
    ("product", "Qwen3-Max", "Qwen-3-Max-Preview"),
    ("product", "Claude Sonnet 3.5", "Claude 3.5 Sonnet"),
    ("product", "Meta Facebook", "Facebook"),
    ("product", "GTA VI", "Grand Theft Auto VI"),
    ("place", "U.S.", "United States"),
    ("place", "Americans", "United States"),
    ("place", "mainland China", "China"),
    ("place", "British", "United Kingdom"),
    ("place", "Emirati", "United Arab Emirates"),
    ("place", "Türkiye", "Turkey"),
    ("place", "European", "Europe"),
    ("place", "EU", "European Union"),
    ("place", "Calif.", "California"),
    ("place", "Bangalore", "Bengaluru"),
    ("place", "Kiev", "Kyiv"),
]
AMBIGUOUS = {
    "product": "Spring Air Gravity Bolt Seal Dolphin Threads Switch Claude Gemini V3 R1 M4 Surface".split(),
    "place": "Georgia Jordan Chad Washington Mobile Reading Nice Orange Phoenix Victoria world".split(),
}


def cell(row: dict, column: str) -> list[str]:
    """The list in one cell."""
    return row[column].split("|") if row.get(column) else []


def forms(row: dict) -> list[str]:
    """Every form under which a text may name the entity."""
    return [row["name"], *cell(row, "aliases"), *cell(row, "demonyms")]


def named(kind: str) -> dict[str, set[str]]:
    """Entities by the forms that are flagged as ambiguous nowhere."""
    found = defaultdict(set)
    for row in schema.rows(kind):
        for form in set(forms(row)) - set(cell(row, "ambiguous")):
            found[form].add(row["name"])
    return found


@pytest.mark.parametrize("kind, prefix, columns", FILES)
def test_rows_are_well_formed(kind, prefix, columns):
    rows = schema.rows(kind)
    assert list(rows[0]) == columns
    ids = [row["id"] for row in rows]
    assert ids == sorted(set(ids)), "ids are sorted and unique"
    assert len({row["name"] for row in rows}) == len(rows), "names are unique"
    for row in rows:
        assert None not in row and None not in row.values(), f"{row['id']}: as many cells as columns"
        assert re.fullmatch(prefix + "[a-z0-9]+(-[a-z0-9]+)*", row["id"]), row["id"]
        assert re.fullmatch("([A-Z]{2})?", row["country"]), row["id"]
        assert re.fullmatch("(c-[a-z0-9-]+)?", row["maker"]), row["id"]
        for value in row.values():
            assert value == value.strip() and "||" not in value and not value.endswith("|"), row["id"]
        for said in ([row["name"], *cell(row, "aliases")], cell(row, "demonyms")):
            assert len(set(said)) == len(said), f"{row['id']}: a form stands there twice"


@pytest.mark.parametrize("kind", ["product", "place"])
def test_what_is_ambiguous_is_a_form(kind):
    wrong = [(row["id"], form) for row in schema.rows(kind) if row["id"] != "g-world"
             for form in cell(row, "ambiguous") if form not in forms(row)]
    assert wrong == []


@pytest.mark.parametrize("kind", ["product", "place"])
def test_a_form_of_two_entities_is_ambiguous(kind):
    owners = defaultdict(list)
    for row in schema.rows(kind):
        for form in set(forms(row)):
            owners[form].append(row)
    wrong = [(form, row["id"]) for form, rows in owners.items() if len(rows) > 1
             for row in rows if form not in cell(row, "ambiguous")]
    assert wrong == []


def test_a_product_that_reads_as_a_place_is_ambiguous():
    places = {form for row in schema.rows("place") for form in forms(row)}
    wrong = [(row["id"], form) for row in schema.rows("product") for form in forms(row)
             if form in places and form not in cell(row, "ambiguous")]
    assert wrong == []


def test_codes_of_two_characters_are_ambiguous():
    wrong = [(row["id"], form) for row in schema.rows("product") for form in forms(row)
             if len(form) < 3 and form not in cell(row, "ambiguous")]
    assert wrong == []


@pytest.mark.parametrize("kind", ["product", "place"])
def test_no_form_is_a_bare_number(kind):
    wrong = [(row["id"], form) for row in schema.rows(kind) for form in forms(row)
             if not re.search("[^0-9.,]", form)]
    assert wrong == []


def test_every_maker_is_a_company():
    companies = {row["id"] for row in schema.rows("company")}
    assert {row["maker"] for row in schema.rows("product") if row["maker"]} - companies == set()


def test_products_have_descriptors():
    assert [row["id"] for row in schema.rows("product") if not row["descriptors"]] == []


def test_aliases_of_places_are_capitalised():
    small = {"g-eurozone"}      # as newspapers write it
    wrong = [(row["id"], form) for row in schema.rows("place") if row["id"] not in small
             for form in [*cell(row, "aliases"), *cell(row, "demonyms")]
             if not any(letter.isupper() for letter in form)]
    assert wrong == []


@pytest.mark.parametrize("code", COUNTRIES)
def test_every_country_is_there_with_its_people(code):
    rows = [row for row in schema.rows("place") if row["country"] == code
            and set(cell(row, "descriptors")) & {"country", "territory", "island", "nation"}]
    assert rows, f"no country for {code}, {Locale('en').territories[code]}"
    assert any(cell(row, "demonyms") for row in rows), f"no demonym for {code}"


@pytest.mark.parametrize("kind, form, name", CLEAR, ids=lambda value: str(value))
def test_a_clear_form_names_one_entity(kind, form, name):
    assert named(kind)[form] == {name}


@pytest.mark.parametrize("kind", AMBIGUOUS)
def test_ordinary_words_are_ambiguous(kind):
    flagged = {form for row in schema.rows(kind) for form in cell(row, "ambiguous")}
    assert set(AMBIGUOUS[kind]) - flagged == set()
    assert set(AMBIGUOUS[kind]) & named(kind).keys() - {"world"} == set()


def listed(file: str) -> list[dict]:
    with (Path(__file__).parent / "data" / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def lacking(rows: list[dict], names: list[str], people: str) -> list[str]:
    """Which of these names, and whether these people, no row has."""
    known = {form for row in rows for form in [row["name"], *cell(row, "aliases")]}
    peoples = {form for row in rows for form in cell(row, "demonyms")}
    return [name for name in names if name not in known] + ([people] if people and people not in peoples else [])


@pytest.mark.parametrize("country", listed("places.csv"), ids=lambda row: row["country"])
def test_countries_have_their_people_and_main_cities(country):
    rows = [row for row in schema.rows("place") if row["country"] == country["code"]]
    assert lacking(rows, [country["country"], *cell(country, "cities")], country["people"]) == []


@pytest.mark.parametrize("state", listed("states.csv"), ids=lambda row: row["name"])
def test_states_of_the_us_have_their_people(state):
    rows = [row for row in schema.rows("place") if row["country"] == "US"]
    assert lacking(rows, [state["name"]], state["people"]) == []


@pytest.mark.parametrize("country", listed("places.csv"), ids=lambda row: row["country"])
def test_a_country_and_its_cities_are_found_in_a_text(country):
    for name in [country["country"], *cell(country, "cities")]:
        name = name.split(" (")[0]
        text = f"Sales in {name} rose 5%."
        assert [(n.start, n.end, n.entity.kind) for n in entity.find(
                text, sentence.find(text), [])] == [(9, 9 + len(name), "place")]


@pytest.mark.parametrize("text, maker", [
    ("AI lab Quantara released Lumen 3, a model with 70 billion parameters.", "Quantara"),
    ("Brightmind's Sage 2 has 40 billion parameters.", "Brightmind"),
    ("The Terra X by Norvik Motors has a range of 500 km.", "Norvik Motors"),
    ("Lumeo Halo 9 costs $999. Lumeo sold 2 million phones.", "Lumeo"),
    ("Lumen 3 has 70 billion parameters.", None),
    ("Norvik Motors said the Terra X has a range of 500 km.", None),
])
def test_who_makes_a_product_that_nobody_knows(text, maker):
    found = analysis.analyse(analysis.document(text))
    [product] = {claim.entity.entity_id: claim.entity for claim in found.claims
                 if claim.entity.kind == "product"}.values()
    told = makers(text, found.names).get(product.entity_id)
    assert (told and told.name, product.maker_id) == (maker, None)
