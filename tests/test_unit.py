"""Units: spellings, kinds, conversions."""
from decimal import Decimal

import pytest

from extract.numbers import unit


@pytest.mark.parametrize("text, symbol, times", [
    ("kWh", "kWh", 1), ("Kilowatt-Hours", "kWh", 1), ("Nm", "N*m", 1), ("nm", "nm", 1), ("GHz", "Hz",
            10**9), ("GB", "byte", 10**9),
    ("TFLOPS", "FLOPS", 10**12), ("per cent", "percent", 1), ("basis points", "percentage_point",
            Decimal("0.01")),
    ("decades", "year", 10), ("square feet", "ft^2", 1), ("lb-ft", "lb*ft", 1)])
def test_read(text, symbol, times):
    assert unit.read(text)[:2] == (symbol, times)


@pytest.mark.parametrize("text", ["", "gb", "cubit", "NM2", "Kwhs"])
def test_unknown_spellings_are_none(text):
    assert unit.read(text) is None


@pytest.mark.parametrize("symbol, kind", [("USD", "money"), ("USD/bbl", "price/bbl"), ("km", "length"),
        ("count", "count"), ("cubit", None)])
def test_kind(symbol, kind):
    assert unit.kind(symbol) == kind


@pytest.mark.parametrize("value, given, to, wanted", [
    (600, "km", "mi", "372.8"), (100, "°F", "°C", "37.8"), (1, "t", "kg", "1000"), (2, "year", "month",
            "24"), (8, "bit", "byte", "1"),
    (30, "mpg", "L/100km", "7.84"), (7.84, "L/100km", "mpg", "30.0"), (5, "km", "kg", None), (5, "token",
            "parameter", None),
    (5, "USD", "EUR", None), (5, None, "km", None), (300, "K", "°C", "26.85"), (50, "mg/dL", "kg/m^3", "0.5"),
    (2, "MPa", "bar", "20"), (5, "mg/dL", "mg/kg", None)])
def test_convert(value, given, to, wanted):
    found = unit.convert(Decimal(str(value)), given, to)
    assert found is None if wanted is None else float(found) == pytest.approx(float(wanted), rel=2e-3)


def test_no_spelling_stands_for_two_units():
    seen = {}
    for symbol, entry in unit._units().items():
        for spelling in [*entry.get("signs", ()), *entry.get("glued", ()), *entry.get("scaled", {})]:
            assert seen.setdefault(spelling, symbol) == symbol, spelling


def test_what_a_measure_may_be_per_are_units():
    assert set(unit.schema.words("unit")["per_unit"]["units"]) <= unit._units().keys()
