"""Claims that check each other: each case of data/checks.toml through the whole program and the views on it."""
import json
import tomllib
from pathlib import Path

import pytest

from extract import database
from extract.build import build

CASES = tomllib.loads((Path(__file__).parent / "data" / "checks.toml").read_text(encoding="utf-8"))["case"]
DAY = "2025-08-27"


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Of each case, by its number: what the view says of articles in it."""
    folder = tmp_path_factory.mktemp("checks")
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as file:
        for number, case in enumerate(CASES):
            for place, article in enumerate(case["articles"]):
                day, text = article.split(": ", 1) if article[:2] == "20" else (DAY, article)
                file.write(json.dumps({"id": f"{number}-{place}", "url": f"https://example.org/{number}/{place}",
                                       "published": day, "text": text}) + "\n")
    build([str(folder / "articles.jsonl")], folder / "out", jobs=1)
    with database.connect(folder / "out") as db:
        def rows(query: str) -> dict[int, list]:
            several = {}
            for url, *row in db.execute(f"select url, found.* exclude (doc_id) from ({query}) as found "
                                        "join documents using (doc_id) order by all").fetchall():
                several.setdefault(int(url.split("/")[3]), []).append(row)
            return several
        yield rows


# What a row of each view is called in the cases.
ROW = {"checks": "test || ' ' || status", "conflicts": "figure || ', ' || other_figure || ': ' || guess",
       "revisions": "former_figure || ', ' || figure || ': ' || direction"}


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: CASES[number]["articles"][0][:60])
def test_case(found, number):
    for view, row in ROW.items():
        rows = found(f"select doc_id, {row}, quote from {view}").get(number, [])
        assert [row[0] for row in rows] == sorted(CASES[number].get(view, [])), rows


def test_a_check_tells_the_amount(found):
    message = "Stated is +697 million USD, but from 153 million USD to 850 million USD it is +697,000,000 USD"
    assert [message] in [row for rows in found("select doc_id, message from checks").values() for row in rows]


@pytest.mark.parametrize("number", [n for n, case in enumerate(CASES) if "guidance" in case],
                         ids=lambda number: CASES[number]["articles"][0][:60])
def test_guidance(found, number):
    rows = found("select doc_id, concat_ws(', ', coalesce(guidance, 'None'), coalesce(forecast, 'None'), "
                 "coalesce(actual, 'None')) from guidance join facts on facts.fact_id = fact_ids[1]")
    assert [row[0] for row in rows.get(number, [])] == CASES[number]["guidance"]


# What the seeds hold: all that is wrong or odd in them, and what agrees.
SEEDS = {
    "checks": {"bound fail China tariff_rate", "currency fail Cambricon capital_raised",
               "fall warn Qwen derivative_models",
               "fall warn Qwen downloads", "market_cap fail Nvidia share_price", "pe_ratio info Cambricon pe_ratio",
               "period warn Tencent net_income", "period warn Tencent revenue", "target fail Cambricon price_target",
               "twice warn iPhone production_value"},
    "conflicts": {"Cambricon share_price +11.6 % +11.4 %"},
    "revisions": {"Micron earnings_per_share 2.5 USD/share 2.78 to 2.92 USD/share",
                  "Micron gross_margin 41 to 43 % 44.5 %", "Micron revenue 10.7 billion USD 11.2 billion USD"}}
AGREEING = {"change Apple units_shipped", "charging Huawei charging_power", "move WeChat users",
            "parts Cambricon capital_raised",
            "conversion Xpeng G7 driving_range", "conversion Cambricon revenue", "conversion Alibaba investment",
            "conversion Tencent revenue"}
EACH = {"checks": "select distinct concat_ws(' ', test, status, entity, metric) from checks where status <> 'pass'",
        "conflicts": "select concat_ws(' ', entity, metric, figure, other_figure) from conflicts",
        "revisions": "select concat_ws(' ', entity, metric, former_figure, figure) from revisions"}


@pytest.mark.parametrize("view", SEEDS)
def test_what_does_not_agree_in_the_seeds(built, view):
    with database.connect(built("seeds")) as db:
        assert {row for row, in db.execute(EACH[view]).fetchall()} == SEEDS[view]


def test_what_agrees_in_the_seeds(built):
    with database.connect(built("seeds")) as db:
        passed = db.execute("select concat_ws(' ', test, entity, metric) from checks where status = 'pass'").fetchall()
        assert AGREEING <= {row for row, in passed}
        assert len([row for row, in passed if row.startswith("conversion")]) >= 14
        said = db.execute("select coalesce(guidance, forecast), forecast, actual from guidance "
                          "where entity = 'Nvidia'").fetchall()
        assert ("46.06 billion USD", "46.06 billion USD", "46.74 billion USD") in said
        assert ("~ 54 billion USD", "53.14 billion USD", None) in said
