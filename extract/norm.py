"""Values in the canonical unit of their metric; money in USD at reference rates of the European Central Bank.

Rates come with the package currencyconverter (ECB, daily since 1999). A stock figure (debt, market value)
takes the rate of the end of its period, a flow (revenue) the average of the period's business days, a
forecast or plan the rate of the day of publication. A closed day takes the last rate before it, at most a
week old; where ECB has none, the value stays empty and the note says why: never a guess.

>>> from datetime import date
>>> normalize(6, None, "mi", "km", "stock", None, None, None, "actual").value
9.656064
>>> normalize(100, None, "TWD", "currency", "flow", None, None, date(2025, 5, 2), "actual").note
'no ECB rate for TWD'
"""
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from .numbers import unit as units

OLDEST_RATE = 7                 # days; a currency that ECB has dropped must not keep its last rate
# What a change or a multiple is stated in, whatever the metric measures.
RELATIVE = frozenset({"percent", "percentage_point", "ratio"})
COUNTS = frozenset({"count", "person"})


class Norm(NamedTuple):
    """A value in its canonical unit, and how it came there."""
    value: float | None
    value_max: float | None
    unit: str | None
    fx_rate: float | None = None    # USD for one unit of the stated currency
    fx_date: date | None = None     # day of the rate; last day of the period where it is an average
    note: str | None = None         # why there is no value, or how it was converted


class Rate(NamedTuple):
    """USD for one unit of a currency, or the reason why there is none."""
    usd: float | None
    day: date | None
    note: str | None = None


def normalize(value, value_max, unit: str, canonical: str, time: str, period_start: date | None,
              period_end: date | None, published: date | None, modality: str) -> Norm:
    """`value` (and the range end) of `unit` in the metric's `canonical` unit, e.g. "kW|hp"."""
    targets = canonical.split("|")
    if units.kind(unit.split("/")[0]) == "money":
        return _money(value, value_max, unit, targets, time, period_start, period_end, published, modality)
    if unit in targets or unit in RELATIVE or canonical == "any":
        return Norm(_float(value), _float(value_max), unit)
    for target in targets:
        converted = units.convert(_exact(value), unit, target)
        if converted is not None:
            ends = [converted] if value_max is None else sorted(
                (converted, units.convert(_exact(value_max), unit,
                        target)))    # mpg to L/100km turns the range
            return Norm(float(ends[0]), float(ends[1]) if len(ends) > 1 else None, target)
        if unit in COUNTS and target in COUNTS:
            return Norm(_float(value), _float(value_max), target)
    return Norm(None, None, None, note=f"{unit} does not convert to {canonical}")


def _money(value, value_max, unit, targets, time, period_start, period_end, published, modality) -> Norm:
    currency, _, per = unit.partition("/")
    if not per:     # "earnings per share of $4.99": the metric says what it is per
        per = next((target.partition("/")[2] for target in targets if target.startswith("currency/")), "")
    symbol = f"USD/{per}" if per else "USD"
    if currency == "USD":
        return Norm(_float(value), _float(value_max), symbol, 1.0, period_end or published)
    if modality in ("forecast", "planned") or not (period_end or period_start):
        found = on_day(currency, published)
    elif time == "stock" or not (period_start and period_end):
        found = on_day(currency, period_end or published)
    else:
        last = min(period_end, published) if published and published >= period_start else period_end
        found = average(currency, period_start, last)
    if found.usd is None:
        return Norm(None, None, None, note=found.note)
    rate = _exact(found.usd)
    return Norm(float(_exact(value) * rate), None if value_max is None else float(_exact(value_max) * rate),
                symbol, found.usd, found.day, found.note)


def _exact(value) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _float(value) -> float | None:
    return None if value is None else float(value)


@cache
def _converter():
    from currency_converter import CurrencyConverter
    return CurrencyConverter()


@cache
def _usd(currency: str, day: date) -> float | None:
    """The rate of exactly that day; None where ECB published none."""
    from currency_converter import RateNotFoundError
    try:
        return float(f"{_converter().convert(1, currency, 'USD', date=day):.10g}")
    except RateNotFoundError:
        return None


@cache
def on_day(currency: str, day: date | None) -> Rate:
    """The rate of `day`, or of the last business day before it."""
    if day is None:
        return Rate(None, None, "no date")
    if currency not in _converter().currencies:
        return Rate(None, None, f"no ECB rate for {currency}")
    for back in range(OLDEST_RATE + 1):
        earlier = day - timedelta(days=back)
        if usd := _usd(currency, earlier):
            return Rate(usd, earlier)
    return Rate(None, None, f"no ECB rate for {currency} in the {OLDEST_RATE} days up to {day}")


@cache
def average(currency: str, first: date, last: date) -> Rate:
    """The mean of the rates of all business days from `first` to `last`."""
    end = on_day(currency, last)
    if end.usd is None:
        return end
    rates = [usd for offset in range((last - first).days + 1)
             if (usd := _usd(currency, first + timedelta(days=offset)))]
    if len(rates) < 2:              # a day, a weekend
        return end
    return Rate(float(f"{sum(rates) / len(rates):.10g}"), last, f"average of {len(rates)} daily rates")
