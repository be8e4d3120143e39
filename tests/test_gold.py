"""Facts against hand-read claims, and their normalised values recomputed on another way."""
import json
import math
import subprocess
import sys
from datetime import date, timedelta
from functools import cache

import pytest
from conftest import SHARED

from extract import database, schema
from extract.numbers import unit

# Least F1 of who, what and how much. Never lower these.
FLOORS = {"dev": {"quantity": 0.95, "metric": 0.89, "entity": 0.77, "full": 0.73},
          "news": {"quantity": 0.90, "metric": 0.77, "entity": 0.59, "full": 0.50}}
DATABASE = {"dev": "seeds", "news": "gold"}
GOLD = SHARED / "gold"


def score(built, name: str) -> dict:
    """What score.py says of the facts built from the texts of dev or news."""
    if not GOLD.exists():
        pytest.skip("../shared/gold is not there")
    command = [sys.executable, GOLD / "score.py", built(DATABASE[name]), GOLD / name,
               "--aliases", GOLD / "aliases.csv", "--json"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.mark.parametrize("name", FLOORS)
def test_score_is_not_under_its_floor(name, built):
    result = score(built, name)
    for level, floor in FLOORS[name].items():
        assert result[level]["f1"] >= floor, result


# --- normalised values -------------------------------------------------------------------------------------

# What pint calls some of our units; it knows most by their symbol.
PINT = {"mi": "mile", "lb": "pound", "lb*ft": "force_pound * foot", "N*m": "newton * meter"}


@pytest.fixture(scope="module")
def usd():
    """usd(currency, day): USD for one unit; None where the European Central Bank published no rate."""
    from currency_converter import CurrencyConverter, RateNotFoundError
    converter = CurrencyConverter()

    def rate(currency: str, day: date) -> float | None:
        try:
            return converter.convert(1, currency, "USD", date=day)
        except (RateNotFoundError, ValueError):
            return None
    return rate


def dollars(fact: dict, usd) -> float:
    """A sum in USD, after the rules of DESIGN: stock, flow, forecast."""
    currency = fact["unit"].split("/")[0]
    first, last, published = fact["period_start"], fact["period_end"], fact["published"]
    flow = schema.metrics()[fact["metric"]].time == "flow"
    if currency == "USD":
        return fact["value"]
    if flow and first and last and fact["modality"] not in ("forecast", "planned"):
        last = min(last, published) if published and published >= first else last     # the year so far
        rates = [usd(currency, first + timedelta(days=n)) for n in range((last - first).days + 1)]
        rates = [rate for rate in rates if rate]
        if len(rates) > 1:
            return fact["value"] * sum(rates) / len(rates)
    day = published if fact["modality"] in ("forecast", "planned") else last or published
    return fact["value"] * next(rate for n in range(8) if (rate := usd(currency, day - timedelta(days=n))))


@cache
def registry():
    import pint
    return pint.UnitRegistry()


def converted(fact: dict) -> float:
    """A physical value in the canonical unit, by pint."""
    given, wanted = (PINT.get(fact[name], fact[name]) for name in ("unit", "unit_norm"))
    return registry().Quantity(fact["value"], given).to(wanted).magnitude


@pytest.mark.parametrize("name", ["samples", "seeds", "gold"])
def test_normalised_values(name, built, usd):
    with database.connect(built(name)) as db:
        result = db.execute("""select entity, metric, value, unit, value_norm, unit_norm, norm_note, modality,
                               period_start, period_end, published from facts""")
        names = [column[0] for column in result.description]
        facts = [dict(zip(names, row)) for row in result.fetchall()]
    assert sum(fact["value_norm"] is not None for fact in facts) > 100
    wrong = []
    for fact in facts:
        if fact["value_norm"] is None:
            assert fact["norm_note"], f"no value and no reason: {fact}"
            continue
        if unit.kind(fact["unit"].split("/")[0]) == "money":
            wanted = dollars(fact, usd)
        else:
            units = {fact["unit"], fact["unit_norm"]}
            wanted = fact["value"] if len(units) == 1 or units == {"count", "person"} else converted(fact)
        if not math.isclose(fact["value_norm"], wanted, rel_tol=1e-6):
            wrong.append((wanted, fact))
    assert wrong == []
