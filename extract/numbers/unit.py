"""Units: how they are written, what kind they are, how they convert. The only module that imports pint.

Spellings stand in `schemas/words/unit.toml` and `currency.toml`, what pint lacks in `schemas/units.txt`.
pint converts, it does not read; it is loaded on the first conversion only.

>>> read("kilowatt-hours").symbol, convert(Decimal(64), "kWh", "MWh")
('kWh', Decimal('0.064'))
>>> convert(Decimal(1), "kWh", "km") is None
True
"""
import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from .. import schema
from ..pattern import any_of
from .number import HYPHEN, SPACE

BLANK = "[ \u00a0]"


class Spelling(NamedTuple):
    """What a written unit stands for: "GHz" is 1,000,000,000 Hz."""
    symbol: str
    times: Decimal
    kind: str

    @property
    def quantity(self) -> str:
        """Kind of the quantities that are measured in it.

        >>> read("basis points").quantity, read("tokens").quantity, read("kWh").quantity
        ('percent', 'count', 'measure')
        """
        return QUANTITY.get(self.kind, "measure")


QUANTITY = {"percent": "percent", "percentage_point": "percent", "ratio": "ratio", "duration": "duration",
            "token": "count", "parameter": "count", "share": "count"}
FIELDS = {"kind", "signs", "words", "scaled", "glued", "near", "before", "most", "pint", "prefixes"}
LARGEST_BEFORE = 14     # of pH and magnitude, which stand in front of their number
TABLES = ("prefix", "per_unit", "per", "sold_by")      # of unit.toml that are no units


@cache
def _units() -> dict[str, dict]:
    """Symbol -> entry of unit.toml; a unit with prefixes gives one for each of them too."""
    data, units = schema.words("unit"), {}
    for symbol, entry in data.items():
        if symbol in TABLES:
            continue
        if unknown := entry.keys() - FIELDS:
            raise schema.SchemaError(
                f"schemas/words/unit.toml: [{symbol}] has unknown field {sorted(unknown)[0]!r}")
        units[symbol] = entry
        for prefix in entry.get("prefixes", ()):
            units[prefix + symbol] = {"kind": entry["kind"],
                                      "signs": [prefix + sign for sign in entry.get("signs", ())],
                                      "words": [data["prefix"][prefix] + word for word in entry.get("words", ())]}
    return units


def _parts(symbol: str) -> tuple[str, str] | None:
    """Above and below the line of a unit per another one that has no entry of its own: mg/dL.

    >>> _parts("mg/dL"), _parts("km/h") is None
    (('mg', 'dL'), True)
    """
    above, line, below = symbol.rpartition("/")
    return (above, below) if line and symbol not in _units() and {above, below} <= _units().keys() else None


@cache
def _spellings() -> tuple[dict[str, Spelling], dict[str, Spelling], dict[str, Spelling]]:
    """Spellings that count as written, in any case, and only glued to the digits."""
    exact, folded, glued = {}, {}, {}
    one = Decimal(1)
    for symbol, entry in _units().items():
        plain = Spelling(symbol, one, entry["kind"])
        for sign in entry.get("signs", ()):
            exact[sign] = plain
            if "µ" in sign:                 # the Greek letter looks the same
                exact[sign.replace("µ", "μ")] = plain
        for sign in entry.get("glued", ()):
            glued[sign] = plain
        for word in entry.get("words", ()):
            folded[word.lower()] = plain
            if " " in word and word.split()[0] in exact:        # "kWh per 100 km": the sign alone would be read first
                exact[word] = plain
            if not word.endswith("s"):
                folded[word.lower() + "s"] = plain
        for word, times in entry.get("scaled", {}).items():
            # Signs with capitals are exact (GB is not gb); words are read in any case.
            (folded if len(word) > 4 and word.islower() else exact)[word] = Spelling(
                symbol, Decimal(str(times)), entry["kind"])
    return exact, folded, glued


@cache
def exact_pattern() -> str:
    """Source of a pattern: signs, as written ("kWh", "GB")."""
    return any_of(_spellings()[0], space=BLANK)


@cache
def folded_pattern() -> str:
    """Source of a pattern for any case: words ("kilowatt-hours"); to be matched on lower case too."""
    return any_of(_spellings()[1], space=BLANK)


@cache
def glued_pattern() -> str:
    """Source of a pattern: signs that count only right behind digits or hyphen ("2.3x", "15-in")."""
    return any_of(_spellings()[2], space=BLANK)


@cache
def behind() -> re.Pattern:
    """A unit behind a number: group 1 as written, group 2 in any case."""
    return re.compile(rf"(?:{SPACE}|{HYPHEN})?(?:({exact_pattern()})(?![A-Za-z0-9²³Ω\u2126]|[−⁻][1¹])"
                      rf"|(?i:({folded_pattern()}))(?![A-Za-z0-9]))")


@cache
def glued() -> re.Pattern:
    """A unit right behind a number, or behind its hyphen."""
    return re.compile(rf"{HYPHEN}?({glued_pattern()})(?![A-Za-z0-9])")


@cache
def below() -> re.Pattern:
    """What a measure is per: 5 mg/kg, 30 litres per minute; group 2 in powers, 4 g cm−3."""
    units = per_unit()
    return re.compile(
        rf"(?: ?CO2e?)?(?:{SPACE}?/{SPACE}?|{SPACE}per{SPACE}|{HYPHEN}per{HYPHEN}"
        rf"|{SPACE}an?{SPACE}(?=(?:second|minute|hour|[a-z]+(?:lit|met)(?:er|re))\b))"
        rf"({units})(?![A-Za-z0-9²³])|{SPACE}({units})(?:[-−–]1|⁻¹)(?![0-9])")


class Near(NamedTuple):
    """A sign that is a unit only near words that speak of it: the A of "a 10 A fuse"."""
    spelling: Spelling
    words: re.Pattern
    most: Decimal | None


@cache
def near() -> dict[str, list[Near]]:
    """Sign -> what it may be, where one of the words stands near."""
    found: dict[str, list[Near]] = {}
    for symbol, entry in _units().items():
        if "near" in entry:
            stems = any_of(word for word in entry["near"]["words"] if word.islower())
            signs = any_of(word for word in entry["near"]["words"] if not word.islower())
            most = entry["near"].get("most")
            for sign in entry["near"]["signs"]:
                found.setdefault(sign, []).append(Near(
                    Spelling(symbol, Decimal(1), entry["kind"]),
                    re.compile(rf"(?<![A-Za-z])(?i:{stems})|[0-9]{SPACE}?{signs}(?![A-Za-z0-9])"),
                    None if most is None else Decimal(most)))
    return found


@cache
def near_behind() -> re.Pattern:
    """A sign behind a number that may be a unit; no article, no "A&E", no "A levels", no "A-share"."""
    other = r" (?:level|grade|star|share|team|road|list|product|mark|device)s?\b"
    return re.compile(rf"(?:{SPACE}|{HYPHEN})?({any_of(near())})(?![A-Za-z0-9&'’*+²³]|[-‑–][A-Za-z]|{other})")


def words_before() -> str:
    """Source of a pattern: words in front of a number that are its unit."""
    return any_of(_of_before())


@cache
def before() -> re.Pattern:
    """A unit in front of a number: pH 7.4, a magnitude of 6.1."""
    return re.compile(rf"(?<![A-Za-z])({words_before()})(?: (?:values?|levels?))?(?:{SPACE}|{HYPHEN}| ?[=:] ?"
                      r"| (?:of|is|was|at|to|between|from|below|above|around|about)"
                      r"(?: (?:about|around|at least|up to|roughly))? )$")


@cache
def _of_before() -> dict[str, tuple[Spelling, Decimal]]:
    return {word: (Spelling(symbol, Decimal(1), entry["kind"]), Decimal(entry.get("most", LARGEST_BEFORE)))
            for symbol, entry in _units().items() for word in entry.get("before", ())}


def read_before(text: str, value: Decimal) -> Spelling | None:
    """The unit that stands in front of a number as `text`; None where the number is too large for it.

    >>> read_before("pH", Decimal(7)).symbol, read_before("pH", Decimal(300)) is None
    ('pH', True)
    """
    spelling, most = _of_before()[text]
    return spelling if value <= most else None


def read(text: str) -> Spelling | None:
    """What the written unit `text` stands for, or None."""
    exact, folded, glued = _spellings()
    text = text.replace("\u00a0", " ")
    return exact.get(text) or glued.get(text) or folded.get(text.lower())


@cache
def denominators() -> tuple[str, dict[str, str]]:
    """Pattern source for what a price may be per, and spelling (lower case) -> symbol."""
    table = {word.lower(): symbol for symbol, words in schema.words("unit")["per"].items() for word in words}
    return any_of(table, space=BLANK), table


@cache
def per_unit() -> str:
    """Source of a pattern: what a measure may be per, signs as written and words in any case."""
    units = set(schema.words("unit")["per_unit"]["units"])
    exact, folded, _ = _spellings()
    signs, words = ([text for text, found in table.items() if found.symbol in units and found.times == 1]
                    for table in (exact, folded))
    return rf"(?:{any_of(signs, space=BLANK)}|(?i:{any_of(words, space=BLANK)}))"


def per(symbol: str, below: str) -> str:
    """The symbol of a unit per another one, by its own name where it has one.

    >>> per("mg", "dL"), per("km", "hour")
    ('mg/dL', 'km/h')
    """
    both = f"{symbol}/{below}"
    return schema.words("unit")["per_unit"]["named"].get(both, both)


@cache
def coin(name: str) -> str | None:
    """The coin of that name that prices are per: USD/BTC."""
    symbol = denominators()[1].get(name.lower())
    return symbol if kind(symbol) == "coin" else None


@cache
def sold_by(name: str) -> str | None:
    """By what goods of that name are sold in dollars: oil by the barrel."""
    return schema.words("unit")["sold_by"].get(name.lower())


@cache
def currencies() -> frozenset[str]:
    """ISO 4217 codes that texts are read for."""
    return frozenset(code for code in schema.words("currency") if code != "ambiguous")


@cache
def kind(symbol: str | None) -> str | None:
    """Kind of a unit: length, energy, money, price, count, ...; units of one kind convert."""
    if symbol is None:
        return None
    if symbol in currencies():
        return "money"
    if "/" in symbol and symbol.split("/")[0] in currencies():
        return "price/" + symbol.split("/", 1)[1]
    if symbol in ("count", "person"):
        return "count"
    if symbol in _units():
        return _units()[symbol]["kind"]
    parts = _parts(symbol)
    return f"{kind(parts[0])}/{kind(parts[1])}" if parts else None


@cache
def _registry():
    import pint
    registry = pint.UnitRegistry()
    registry.load_definitions(str(schema.FOLDER / "units.txt"))
    return registry


def _one(symbol: str):
    """One `symbol` as a quantity of pint; some are no plain units: kWh per 100 km."""
    if parts := _parts(symbol):
        return _one(parts[0]) / _one(parts[1])
    try:
        return _registry().parse_expression(_units()[symbol].get("pint") or symbol.replace("^", "**"))
    except Exception as error:      # of pint, or of what its parser makes of other signs
        raise schema.SchemaError(f"schemas/words/unit.toml, [{symbol}]: pint does not know this unit ({error}): name "
                                 "one that it knows with pint = \"...\", or define it in schemas/units.txt") from None


@cache
def _factor(unit: str, to: str) -> Decimal:
    ratio = _one(unit) / _one(to)
    if not ratio.is_compatible_with("dimensionless"):
        raise schema.SchemaError(f"schemas/words/unit.toml: [{unit}] and [{to}] are both of the kind {kind(unit)!r}, "
                                 f"but measure different things ({ratio.dimensionality}): mend the kind or the pint of "
                                 "one")
    return _exact(ratio.to("dimensionless").magnitude)


def _exact(number: float) -> Decimal:
    return Decimal(f"{number:.12g}")


def convert(value: Decimal, unit: str | None, to: str | None) -> Decimal | None:
    """`value` of `unit` in `to`; None where they measure different things, and for money (see norm)."""
    if unit == to:
        return value
    if not converts(unit, to):
        return None
    if unit in DEGREES:
        (times, zero), (to_times, to_zero) = DEGREES[unit], DEGREES[to]
        return (value - zero) * times / to_times + to_zero
    if (unit in RECIPROCAL) != (to in RECIPROCAL):
        return _exact((1 / _one(unit) / _one(to)).to("dimensionless").magnitude) / value if value else None
    # A small factor is the rounded reciprocal of a plain number: 30 minutes are 30 / 60 hours.
    factor = _factor(unit, to)
    return value * factor if factor >= 1 else value / _factor(to, unit)


def converts(unit: str | None, to: str | None) -> bool:
    """Whether `convert` gives a value: told without pint, which takes most of a second to load."""
    return unit == to or kind(unit) == kind(to) is not None and _is_measure(unit) and _is_measure(to)


def _is_measure(symbol: str) -> bool:
    return symbol in _units() or _parts(symbol) is not None


# What a degree is worth in kelvins, as a fraction of ninths that stays exact, and where the freezing point lies.
DEGREES = {"°C": (Decimal(9), Decimal(0)), "°F": (Decimal(5), Decimal(32)), "K": (Decimal(9), Decimal("273.15"))}
# Distance per energy or fuel, where the kind is otherwise energy or fuel per distance.
RECIPROCAL = frozenset({"mi/kWh", "km/kWh", "mpg", "km/L"})


# What the units of a kind are shown in by the table `units`, where it is not the SI unit below.
CANONICAL = {
    "length": "km", "area": "m^2", "volume": "L", "mass": "kg", "duration": "hour", "speed": "km/h", "energy": "kWh",
    "power": "kW", "torque": "N*m", "force": "N", "pressure": "bar", "temperature": "°C", "angle": "degree",
    "frequency": "Hz", "voltage": "V", "charge": "Ah", "data": "byte", "data_rate": "bit/s", "consumption": "kWh/100km",
    "fuel": "L/100km", "concentration": "ppm", "amount": "mol", "activity": "Bq", "dose": "Sv", "absorbed_dose": "Gy"}


def rows() -> list[dict]:
    """Rows of the table `units`."""
    found = []
    for symbol, entry in _units().items():
        to = CANONICAL.get(entry["kind"], symbol)
        factor = Decimal(1) if symbol == to else _linear(symbol, to)
        found.append({"unit": symbol, "kind": entry["kind"], "canonical": to,
                      "factor": None if factor is None else float(factor)})
    found += [{"unit": unit, "kind": "count", "canonical": unit, "factor": 1.0} for unit in ("count",
            "person")]
    found += [{"unit": code, "kind": "money", "canonical": "USD", "factor": None}
            for code in sorted(currencies())]
    return found


def _linear(symbol: str, to: str) -> Decimal | None:
    """The factor, or None where it takes more than a factor (temperatures, reciprocals)."""
    curved = kind(symbol) == "temperature" or (symbol in RECIPROCAL) != (to in RECIPROCAL)
    return None if curved else convert(Decimal(1), symbol, to)
