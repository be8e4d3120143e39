"""Canonical units and exchange rates, recomputed here with pint and the ECB history on other ways."""
import csv
import io
import sys
import zipfile
from datetime import date
from pathlib import Path
from subprocess import run

import pint
import pytest

from extract import norm, schema
from extract.numbers import unit

Y2024 = (date(2024, 1, 1), date(2024, 12, 31))


@pytest.fixture(scope="module")
def ecb():
    """Rows of the ECB file itself, by day: units of each currency for one euro."""
    import currency_converter
    folder = Path(currency_converter.__file__).parent
    with zipfile.ZipFile(next(folder.glob("eurofxref*.zip"))) as archive:
        text = archive.read(archive.namelist()[0]).decode()
    return {date.fromisoformat(row["Date"]): row for row in csv.DictReader(io.StringIO(text))}


def usd(ecb, currency, day):
    """USD for one unit of the currency; None on closed days and where ECB has no rate."""
    row = ecb.get(day)
    if row is None or row["USD"] in ("", "N/A") or currency != "EUR" and row.get(currency, "N/A") in ("",
            "N/A"):
        return None
    return float(row["USD"]) / (1 if currency == "EUR" else float(row[currency]))


@pytest.mark.parametrize("value, given, canonical, wanted, pint_from, pint_to", [
    (373, "mi", "km", "km", "mile", "km"),
    (1006, "hp", "kW|hp", None, None, None),
    (400, "lb*ft", "N*m", "N*m", "force_pound*foot", "N*m"),
    (64, "MWh", "kWh", "kWh", "MWh", "kWh"),
    (5300, "lb", "kg", "kg", "pound", "kg"),
    (30, "minute", "hour", "hour", "minute", "hour"),
    (62, "mph", "km/h", "km/h", "mile/hour", "km/h"),
    (2, "acre", "m^2", "m^2", "acre", "m^2"),
    (250, "PS", "kW", "kW", "metric_horsepower", "kW"),
])
def test_physical_units_agree_with_pint(value, given, canonical, wanted, pint_from, pint_to):
    found = norm.normalize(value, None, given, canonical, "stock", None, None, None, "actual")
    if wanted is None:      # the stated unit is one of the canonical ones
        assert (found.value, found.unit) == (value, given)
        return
    factor = pint.UnitRegistry().Quantity(1.0, pint_from).to(pint_to).magnitude
    assert found.unit == wanted
    assert found.value == pytest.approx(value * factor, rel=1e-9)


def test_plain_relations_come_out_exactly():
    assert norm.normalize(30, 45, "minute", "hour", "stock", None, None, None, "actual")[:3] == (0.5, 0.75,
            "hour")


def test_reciprocal_units_turn_the_range():
    found = norm.normalize(2, 4, "mi/kWh", "kWh/100km", "stock", None, None, None, "actual")
    assert found.value == pytest.approx(100 / (4 * 1.609344))
    assert found.value_max == pytest.approx(100 / (2 * 1.609344))


def test_what_does_not_convert_is_empty_with_the_reason():
    found = norm.normalize(5, None, "kg", "km", "stock", None, None, None, "actual")
    assert found.value is None and found.note == "kg does not convert to km"


def test_relative_values_stay_as_stated():
    assert norm.normalize(-17, None, "percent", "currency", "flow", None, None, None, "actual")[:3] == (-17,
            None, "percent")


@pytest.mark.parametrize("currency", ["CNY", "EUR", "GBP", "JPY", "INR", "KRW"])
def test_stock_takes_the_rate_of_period_end(ecb, currency):
    found = norm.normalize(1_000_000, None, currency, "currency", "stock", *Y2024, date(2025, 3, 1), "actual")
    assert found.fx_date == date(2024, 12, 31)
    assert found.value == pytest.approx(1_000_000 * usd(ecb, currency, date(2024, 12, 31)), rel=1e-8)


@pytest.mark.parametrize("currency", ["CNY", "EUR", "JPY"])
def test_flow_takes_the_average_of_business_days(ecb, currency):
    days = [rate for day in sorted(ecb) if Y2024[0] <= day <= Y2024[1] and (rate := usd(ecb, currency, day))]
    found = norm.normalize(64.1e9, None, currency, "currency", "flow", *Y2024, date(2025, 3, 1), "actual")
    assert found.fx_rate == pytest.approx(sum(days) / len(days), rel=1e-8)
    assert found.value == pytest.approx(64.1e9 * sum(days) / len(days), rel=1e-8)
    assert found.note == f"average of {len(days)} daily rates"


@pytest.mark.parametrize("modality", ["forecast", "planned"])
def test_forecast_takes_the_rate_of_publication(ecb, modality):
    found = norm.normalize(1, 2, "GBP", "currency", "flow", *Y2024, date(2023, 11, 14), modality)
    assert found.value == pytest.approx(usd(ecb, "GBP", date(2023, 11, 14)), rel=1e-8)
    assert found.value_max == pytest.approx(2 * found.value)


def test_closed_day_takes_the_last_rate(ecb):
    found = norm.normalize(1, None, "EUR", "currency", "stock", None, date(2024, 12, 29), None,
            "actual")   # a Sunday
    assert (found.fx_date, found.value) == (date(2024, 12, 27),
            pytest.approx(usd(ecb, "EUR", date(2024, 12, 27)), rel=1e-8))


@pytest.mark.parametrize("currency, day, note", [
    ("TWD", date(2025, 1, 2), "no ECB rate for TWD"),
    ("SAR", date(2025, 1, 2), "no ECB rate for SAR"),
    ("AED", date(2025, 1, 2), "no ECB rate for AED"),
    ("RUB", date(2023, 5, 5), "no ECB rate for RUB in the 7 days up to 2023-05-05"),
    ("EUR", date(2199, 1, 2), "no ECB rate for EUR in the 7 days up to 2199-01-02"),
    ("EUR", None, "no date"),
])
def test_no_rate_is_never_guessed(currency, day, note):
    found = norm.normalize(1, None, currency, "currency", "stock", None, day, None, "actual")
    assert (found.value, found.fx_rate, found.note) == (None, None, note)


def test_prices_keep_what_they_are_per():
    assert norm.normalize(3, None, "USD/bbl", "currency", "stock", None, None, date(2025, 1, 2),
            "actual").unit == "USD/bbl"
    assert norm.normalize(3, None, "JPY/share", "currency/share", "stock", None, None, date(2025, 1, 2),
            "actual").unit == "USD/share"


def test_dollars_need_no_rate():
    found = norm.normalize(5e9, None, "USD", "currency", "flow", None, None, None, "actual")
    assert (found.value, found.unit, found.fx_rate, found.note) == (5e9, "USD", 1.0, None)


def test_every_unit_of_a_kind_converts_to_its_canonical_unit():
    for row in unit.rows():
        if row["kind"] != "money":
            two = unit.convert(2, row["unit"], row["canonical"])
            assert two is not None, row
            if row["factor"] is not None:
                assert float(two) == pytest.approx(2 * row["factor"])


def test_canonical_units_of_metrics_are_known():
    for metric in schema.metrics().values():
        for target in metric.unit.split("|"):
            if target not in ("currency", "any", "score", "ratio") and not target.startswith("currency/"):
                assert unit.kind(target), f"{metric.id}: {target}"


def test_pint_and_rates_load_only_when_needed():
    code = "import extract.norm, extract.unit, extract.quantity, sys;" \
        "print({'pint', 'currency_converter'} & set(sys.modules))"
    assert run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "set()\n"
