"""Calendar arithmetic: the first and last days of weeks, months, quarters and years, moved and labelled.

>>> around(date(2025, 8, 27), "quarter", -1)
(datetime.date(2025, 4, 1), datetime.date(2025, 6, 30))
>>> usual_label(*months(2025, 4, 3))
'2025-Q2'
>>> around(date(2025, 8, 27), "fortnight")
Traceback (most recent call last):
    ...
KeyError: 'fortnight'
"""
from datetime import date, timedelta

DAY = timedelta(days=1)
YEAR = timedelta(days=372)      # the longest that still counts as one: companies close theirs on a weekend
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}
DAYS = {"day": 1, "week": 7}


def day_of(year: int, month: int, day: int) -> date | None:
    """That day, or None where the calendar has none: February 30."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def months(year: int, month: int, count: int = 1) -> tuple[date, date]:
    """First and last day of `count` months from a month on, which may lie outside 1 to 12."""
    first = year * 12 + month - 1
    after = first + count
    return date(first // 12, first % 12 + 1, 1), date(after // 12, after % 12 + 1, 1) - DAY


def ends_month(day: date) -> bool:
    return (day + DAY).day == 1


def shift(day: date, count: int) -> date:
    """The same day some months on; the last day of a month stays one."""
    first, last = months(day.year, day.month + count)
    return last if ends_month(day) or day.day > last.day else first.replace(day=day.day)


def around(day: date, unit: str, steps: int = 0) -> tuple[date, date]:
    """The calendar unit that holds the day, or one some steps away."""
    if unit == "day":
        day += steps * DAY
        return day, day
    if unit in ("week", "weekend"):
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=steps)
        return monday + timedelta(days=5 if unit == "weekend" else 0), monday + timedelta(days=6)
    length = MONTHS[unit]
    month = day.year * 12 + day.month - 1
    return months(0, month - month % length + length * steps + 1, length)


def count_from(day: date, unit: str, count: int) -> date:
    """The day so many units away."""
    return day + count * DAYS[unit] * DAY if unit in DAYS else shift(day, count * MONTHS[unit])


def ending(last: date, unit: str, count: int) -> tuple[date, date]:
    """So many units that end on a day: whole months where it is the last of a month."""
    return count_from(last, unit, -count) + DAY, last


def usual_label(first: date | None, last: date | None) -> str | None:
    """2025, 2025-Q2, 2025-H1, 2025-08 or 2025-08-25 where the dates are exactly that."""
    if not first or not last:
        return None
    if first == last:
        return first.isoformat()
    if first.day != 1 or first.year != last.year or not ends_month(last):
        return None
    length, before = last.month - first.month + 1, first.month - 1
    if length == 1:
        return f"{first.year}-{first.month:02}"
    if before % length or length not in (3, 6, 12):
        return None
    return f"{first.year}" if length == 12 else f"{first.year}-{'Q' if length == 3 else 'H'}{before // length + 1}"
