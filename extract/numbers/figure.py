"""Each number of a text on its own: its value, its unit, what it counts, or why it measures nothing.

Small anchored patterns decide what stands at each place where digits or a number word were seen, in the modules above
this one; here stands in which order they are asked. What a number is together with its neighbours quantity.py tells.

>>> reading = Reading("It has 300 cars and a 40-kWh pack.", [], [7, 22])
>>> [(part.value, part.unit, part.counted) for part in find(reading, 0, 34, [7, 22])]
[(Decimal('300'), 'count', 'cars'), (Decimal('40'), 'kWh', None)]
"""
import re

from . import (age, comparator, elapsed, fraction, identifier, magnitude, measure, money, number, rating, series,
               tens, words)
from .draft import Part, zeros
from .window import Reading, Window

# A numeral longer than this measures nothing; it is an id, and reading it would cost time.
LONGEST_NUMERAL = 30
ODD = ("-odd ", "‑odd ")
OPENS_DECIMALS = (" ", "$", "€", "£", "(", "~", "<", ">")       # in front of the point of ".5 percent"
PRICED_UNIT = re.compile(r"(?: of [a-z -]{3,30}?)?(?: in [A-Z][a-z]+)? (?:now |then |still )?(?:costs?|equals?|"
                         r"(?:is|was) worth|fetch(?:es|ed)|sells|sold|buys|bought|weighs|contains) ")
RICHEST = re.compile(r"(?i)(?:\bthe|['’]s) (?:top|bottom|richest|poorest|wealthiest) $")
COUPON = re.compile(r" (?:[a-z]+ ){0,2}(?:notes|bonds|debentures|gilts) (?:due|maturing)\b")
LAST_OF_TOP = 100
LONGEST_BARE = 12       # characters of digits that may be a code, a date or an age


def find(reading: Reading, start: int, end: int, places: list[int]) -> list[Part]:
    """The numbers of the sentence from `start` to `end`, each on its own; `places` are where they are proposed."""
    parts, done = [], start
    european = reading.is_european(start, end)
    for at in places:
        if at < done:
            continue
        low, high, held_to = reading.held.free(at, max(start, done), end)
        if held_to is not None:
            done = held_to
        elif part := _read(Window(reading, at, low, high, start, end, european)):
            parts.append(part)
            done = part.end
    series.join(reading, parts, start)
    return parts


def _read(w: Window) -> Part | None:
    in_digits = "0" <= w.text[w.at] <= "9" or w.text[w.at] in number.FRACTION_SIGNS
    part = _digits(w) if in_digits else words.find(w)
    if part is not None and part.outcome is None:
        _look_around(w, part)
    return part


# --- digits -------------------------------------------------------------------------------------------------


def _digits(w: Window) -> Part:
    """What the digits at `w.at` are."""
    if part := elapsed.find(w) or tens.find(w):
        return part
    if settled := identifier.find(w):
        return settled
    if part := measure.side_of_screen(w) or rating.find(w) or fraction.find_digits(w):
        return part
    found = number.form(w.european).match(w.text, w.at, w.high)
    first, last = w.at, found.end()
    if last - first > LONGEST_NUMERAL:
        return w.settled(first, last, "code", "code")
    if first > w.low and w.text[first - 1] == "." and w.text[first].isdigit() and (
            first - 1 == w.low or w.text[first - 2] in OPENS_DECIMALS):
        first -= 1                                          # ".5 percent", but not ".½"
    numeral = w.text[first:last]
    raw = number.read(numeral, not numeral.isdigit() and number.is_european(w.text, first, w.european))
    if raw > 1 and (part := fraction.one_in(w, raw, last)):
        return part                                         # one in 10 adults
    part = Part(first, last, "number", raw=raw, first=first, last=last)
    money.take_before(w, part)
    if not part.before and (name := identifier.name_around(w, first, last)):
        return name
    places = number.places(numeral, raw)
    if measure.take_before(w, part):
        part.decimals = places
        return part
    _take_behind(w, part, places)
    if part.outcome is not None:
        return part
    if name := identifier.name_behind(w, part, last):
        return name
    comparator.sign(w, part)
    return part


def _take_behind(w: Window, part: Part, places: int) -> None:
    """Take magnitude and unit, and "-odd" or a plus sign between them; the value is known then."""
    magnitude.take(w, part)
    if w.text.startswith(ODD, part.last):
        part.reach(part.last + 4)
        part.comparator = "~"                               # 20-odd years
    measure.take(w, part, places)
    if part.outcome is not None:
        return
    if part.unit is None and w.text.startswith("+", part.last):
        _take_plus(w, part, places)                         # a 6+ month delay
    if part.value is None:
        part.value = part.size
    part.decimals = places - zeros(part.value, part.raw)


def _take_plus(w: Window, part: Part, places: int) -> None:
    """Take a plus sign that stands between number and unit."""
    part.last += 1
    measure.take(w, part, places)
    if part.unit is None or part.kind == "count":
        part.reach(part.last - 1)
        part.kind, part.unit, part.counted = "number", None, None
    else:
        part.comparator = ">="


# --- what stands around -------------------------------------------------------------------------------------


def _look_around(w: Window, part: Part) -> None:
    """Ages, years, names and labels: what only the words around a number tell."""
    before = w.before(part.start, 60)
    if age.tell(w, part, before) or rating.tell(w, part):
        return
    if _is_qualifier(w, part, before):
        part.outcome = "qualifier"
    elif part.kind in ("number", "count") and before[-4:].lower() == "top " and part.value <= LAST_OF_TOP:
        part.settle("ordinal", "ordinal")
    elif part.in_words:
        identifier.settle_word(w, part, before)
    elif _is_bare(part) and not identifier.settle(w, part, before) and not age.tell_apposed(w, part, before):
        identifier.settle_name(w, part, before)


def _is_qualifier(w: Window, part: Part, before: str) -> bool:
    """Whether a number only tells of what another is: one kilo of rice costs $2, the richest 1 percent own half, 6%
    notes due in 2034."""
    if part.kind in ("measure", "money"):
        return part.value == 1 and PRICED_UNIT.match(w.text, part.end) is not None
    return part.kind == "percent" and not part.vague and (
        RICHEST.search(before) is not None or COUPON.match(w.text, part.end) is not None)


def _is_bare(part: Part) -> bool:
    """Whether a number is digits that may name something: no sum, and not too long."""
    return not part.before and part.last - part.first <= LONGEST_BARE
