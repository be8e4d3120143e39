"""A number in the making: its row of the ledger, with what reading it and joining it with its neighbours need.

>>> part = Part(10, 15, "number", raw=Decimal("2.5"), scale=Decimal(1000), first=10, last=15)
>>> part.count("cars", 20)
>>> (part.size, part.kind, part.unit, part.counted, part.end)
(Decimal('2500.0'), 'count', 'count', 'cars', 20)
"""
from dataclasses import dataclass, field
from decimal import Decimal

from ..model import Quantity
from .unit import Spelling

ONE, HUNDRED = Decimal(1), Decimal(100)


@dataclass(slots=True)
class Part(Quantity):
    """A quantity in the making. It may be joined with its neighbours unless it is settled."""
    first: int = 0                  # span of numeral and magnitude alone
    last: int = 0
    raw: Decimal | None = None      # numeral before magnitude
    scale: Decimal = ONE
    before: bool = False            # currency in front
    comparable: bool = True         # may be joined with neighbours
    # the list of which it is an item
    joined: "list[Part] | None" = field(default=None, repr=False, compare=False)

    @property
    def size(self) -> Decimal:
        """The number with its magnitude, whatever its unit is."""
        return self.raw * self.scale

    def reach(self, end: int) -> None:
        """Let numeral and magnitude go to `end`."""
        self.last = self.end = end

    def count(self, counted: str | None, end: int | None = None) -> None:
        """Let it count something, whose noun goes to `end`."""
        self.kind = self.unit = "count"
        self.counted = counted
        if end is not None:
            self.end = end

    def measure(self, spelling: Spelling, end: int | None = None) -> None:
        """Give it a unit, which goes to `end`."""
        self.kind, self.unit = spelling.quantity, spelling.symbol
        if end is not None:
            self.end = end

    def settle(self, kind: str, outcome: str) -> None:
        """Let it measure nothing: a name, a date, a code."""
        self.kind, self.outcome, self.value, self.unit, self.counted = kind, outcome, None, None, None
        self.end, self.comparable, self.decimals = self.last, False, None


def settled(start: int, end: int, kind: str, outcome: str) -> Part:
    """A number that measures nothing."""
    return Part(start, end, kind, outcome=outcome, comparable=False, first=start, last=end)


def in_words(start: int, end: int, value: Decimal, kind: str, symbol: str | None, vague: bool = False) -> Part:
    """A number in words whose value is known."""
    return Part(start, end, kind, value, unit=symbol, in_words=True, vague=vague, first=start, last=end, raw=value,
                decimals=0)


def zeros(value: Decimal, raw: Decimal) -> int:
    """Powers of ten between the numeral as written and its value; 0 where it is no power of ten.

    >>> zeros(Decimal(2_500_000), Decimal("2.5")), zeros(Decimal(24), Decimal(2))
    (6, 0)
    """
    if not raw or not value or value == raw:
        return 0
    digits = abs(value / raw).normalize().as_tuple()
    return digits.exponent if digits.digits == (1,) else 0
