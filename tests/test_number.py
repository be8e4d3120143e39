"""Numerals to exact values."""
from decimal import Decimal

import pytest

from extract.numbers import number


@pytest.mark.parametrize("text, value", [
    ("1,234.5", "1234.5"), ("12,34,567", "1234567"), ("1\u00a0234,5", "1234.5"), ("1'234", "1234"),
            ("50,12", "50.12"),
    (".5", "0.5"), ("1½", "1.5"), ("007", "7"), ("3,000", "3000"),
    ("twenty-five", "25"), ("two hundred and fifty million", "250000000"), ("three hundred thousand",
            "300000"),
    ("a", None), ("several", None), ("", None)])
def test_read(text, value):
    assert number.read(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize("text, value", [("1.990", "1990"), ("161,27", "161.27"), ("20.5", "20.5"),
        ("3,000", "3000"),
                                         ("68,415", "68.415"), ("1.234,5", "1234.5")])
def test_read_european(text, value):
    assert number.read(text, european=True) == Decimal(value)


@pytest.mark.parametrize("text, places", [("12.50", 2), ("4,000", 0), ("2.9", 1), ("0.861", 3)])
def test_places(text, places):
    assert number.places(text, number.read(text)) == places
