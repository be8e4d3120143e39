"""Numerals as texts write them, to exact Decimals: digits with separators of all kinds, and number words.

Spellings stand in `schemas/words/number.toml`. A comma or a point may group thousands or begin the
decimals; where one numeral leaves it open, the rest of the document decides (`votes`), or of the sentence
where both notations stand in the document.

>>> read("1,234.5"), read("1.990", european=True), read("two hundred and fifty")
(Decimal('1234.5'), Decimal('1990'), Decimal('250'))
>>> read("several") is None
True
"""
import re
from decimal import Decimal
from functools import cache, lru_cache
from math import prod

from .. import schema
from ..pattern import any_of

# What may stand between a number and its unit or magnitude.
SPACE, HYPHEN = "[ \u00a0\u202f\u2009]", "[-‑–]"
# Spaces that group digits and never separate words: no-break, thin, narrow no-break.
GROUP = "[\u00a0\u2009\u202f]"
FRACTION_SIGNS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
FRACTION = "[½¼¾]"

# Powers of ten: 3.2 × 10^5, 10⁻⁹, 1.6e-22. An exponent that lost its place (105 for 10⁵) can't be told but by its
# sign: 3.2 × 10−5.
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−–", "0123456789-+--")
POWER = re.compile(r"""
    (?:(?P<times>[0-9]+(?:\.[0-9]+)?)[\x20\xa0]?[x×·∙⋅*][\x20\xa0]?)?10
        (?:\^(?P<plain>[-−–+]?[0-9]{1,3})|(?P<raised>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))(?![0-9])
  | (?P<factor>[0-9]+(?:\.[0-9]+)?)[\x20\xa0]?[×·∙⋅][\x20\xa0]?10(?P<flat>[-−–][0-9]{1,2})(?![0-9.,]*[0-9])
  | (?P<mantissa>[0-9](?:\.[0-9]+)?)[eE](?P<e>[-−+][0-9]{1,3}|(?<=\.[0-9][eE])[0-9]{1,2}|(?<=\.[0-9]{2}[eE])[0-9]{1,2})
    (?![0-9A-Za-z])
""", re.VERBOSE)
# "3/4 inch", "2 1/2 cups"; what is no fraction its surroundings tell
SLASHED = re.compile(r"(?:(?P<whole>[0-9]{1,2})[\x20\xa0-])?(?P<above>[1-9][0-9]?)[/⁄]"
                     r"(?P<below>2|3|4|5|6|8|10|16|32|64)(?![0-9/⁄.,-])")

# Units behind a numeral with a comma that no list would have without a space
MEASURED = r"%|[kMG]Wh?|Wh|k[gm]|Ah|[VLh]|mm|seconds"
# Digits with separators. Each form ends where no further group follows, so "1,234" is never cut to "1,2".
ENGLISH = re.compile(rf"""
    [0-9]{{1,3}}(?:\.[0-9]{{3}})+,[0-9]{{2}}(?![0-9.,])              # 1.234,50 leaves no doubt
  | [0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])(?:\.[0-9]+)?             # 1,234,567.8
  | [0-9]{{1,2}}(?:,[0-9]{{2}})+,[0-9]{{3}}(?![0-9])(?:\.[0-9]+)?  # 12,34,567 of India
  | [0-9]{{1,3}}(?:{GROUP}[0-9]{{3}})+(?![0-9])(?:[.,][0-9]+)?     # 1 234 567 with no-break spaces
  | [0-9]{{1,3}}(?:\x20[0-9]{{3}}){{2,}}(?![0-9])(?:[.,][0-9]+)?   # 1 234 567: two groups leave no doubt
  | [0-9]{{1,3}}(?:['’][0-9]{{3}})+(?![0-9])(?:[.,][0-9]+)?         # 1'234 of Switzerland
  | [0-9]{{1,2}}\x20{FRACTION}|{FRACTION}                             # 1 ½, ½
  | (?<![0-9][.,])[0-9]{{1,3}},[0-9]{{1,2}}(?=\x20?(?:{MEASURED})(?![\w-]))        # 6,8 seconds: no list
  | [0-9]+(?:\.[0-9]+)?{FRACTION}?                                # 1234.5, 1½
""", re.VERBOSE)
EUROPEAN = re.compile(rf"""
    [0-9]{{1,3}}(?:,[0-9]{{3}})+\.[0-9]{{2}}(?![0-9.,])              # 1,234.50
  | [0-9]{{1,3}}(?:[.\x20]|{GROUP})[0-9]{{3}}(?:(?:[.\x20]|{GROUP})[0-9]{{3}})*(?![0-9])(?:,[0-9]+)?
  | [0-9]{{1,3}}(?:,[0-9]{{3}}){{2,}}(?![0-9])                     # 1,234,567: two groups leave no doubt
  | [0-9]{{1,3}}(?:['’][0-9]{{3}})+(?![0-9])(?:[.,][0-9]+)?
  | [0-9]{{1,2}}\x20{FRACTION}|{FRACTION}                             # 1 ½, ½
  | [0-9]+(?:[.,][0-9]+)?{FRACTION}?                              # 50,12 and, all the same, 20.5
""", re.VERBOSE)

# What a list of others leaves out is counted there too: "sold 300 cars, Veldt 200 and Orrin 100".
ITEM = r"(?:the )?[A-Z][^0-9,.;:!?\n]{1,30} [0-9][0-9,.]*"
COUNTED_LIST = re.compile(rf"(?<![\w.,$€£])[0-9][0-9.,]* (?:million |billion )?[a-z][^0-9.,;:!?\n]{{2,50}}"
                          rf"(?: [0-9]{{4}})?(?:,(?: and)? {ITEM}){{0,4}}(?:,|,? and|,? while|;) "
                          r"(?:the )?(?P<name>[A-Z][^0-9,.;:!?\n]{1,30}) $")
LIST_REACH = 200
ENDS_ITEM = re.compile(r"[,.;](?![0-9])| and |$")

# What only one of the two notations writes.
ONLY_EUROPEAN = re.compile(r"""(?<![0-9.,/'’])(?:
    [0-9]{1,3}(?:\.[0-9]{3})*,[0-9]{1,2}(?![0-9,.]|\.[0-9])        # 50,12 or 1.234,5
  | [0-9]{1,3}(?:\.000)+(?![0-9,.])                                # 10.000
  | [0-9]{1,3}(?:\.[0-9]{3}){2,}(?![0-9.])                         # 1.234.567
  | [1-9][0-9]{0,2}\.[0-9]{3}(?=\ (?:euros?|yuan|€)(?!\ per))      # 59.800 euros: money has two decimals
  | [1-9][0-9]{0,2}\.[0-9]{3}(?=\ ?(?:mm|lbs?)\b)                  # 4.270 mm: nobody measures cars so finely
  | (?<=[A-Za-z0-9)]:\ )(?<!/[A-Z]{3}:\ )[1-9][0-9]{1,2}\.[0-9]{3}(?=\s*(?:\n|\Z))   # a line "Aster: 12.345"
)""", re.VERBOSE)

# Single numerals that say themselves what groups their thousands, whatever the rest of the document writes.
BY_POINT = re.compile(r"""
    [1-9][0-9]{0,2}\.000(?=\ (?:k[gm]|mm|[a-z]{3,}s)\b)            # 1.000 km: nobody writes decimals of zeros
  | [1-9][0-9]{0,2}\.[0-9]{3}(?=\ mm\b)
  | [1-9][0-9]{0,2}\.[0-9][05]0(?=\ (?:[a-z/-]{1,30}\ ){0,2}cycles\b)
  | (?<=[0-9]{3}[-–])[1-9][0-9]?\.000(?![0-9.,])                   # 900-1.000
  | [1-9][0-9]{1,2}\.[0-9]{3}(?=\ (?:euros?|yuan|EUR|USD|GBP|CHF|units|vehicles|cars|registrations)\b|\ ?€)
  | (?:(?<=€)|(?<=€\ ))[1-9][0-9]{1,2}\.[0-9]{3}(?![0-9.,])       # € 47.990
""", re.VERBOSE)
BY_COMMA = re.compile(r"""
    (?:(?<=[€$£¥])|(?<=[€$£¥]\ ))[1-9][0-9]{1,2},[0-9]{3}(?![0-9.,]*[0-9])    # € 47,990: money has two decimals
  | [1-9][0-9]{0,2},[0-9]00(?=\ (?:k[gm]|mm|[a-z]{3,}s)\b)          # 1,400 litres: no decimals end in zeros
  | [1-9][0-9]{1,2},[0-9]{3}(?=\ (?:euros?|yuan|dollars|EUR|USD|GBP|CHF)\b|\ ?€)
""", re.VERBOSE)
PERHAPS_EUROPEAN = re.compile(r",[0-9]{1,2}(?![0-9])|\.[0-9]{3}(?![0-9])")
ONLY_ENGLISH = re.compile(r"""(?<![0-9.,/'’])(?:
    [0-9]{1,3}(?:,[0-9]{3})+(?![0-9,])                             # 1,234
  | [0-9]+\.[0-9]{1,2}(?![0-9.,]|,[0-9])                           # 20.5
)""", re.VERBOSE)


def votes(text: str, sure: bool = False) -> tuple[int, int]:
    """How many numerals only the European notation writes ("1.990.000"), and how many only the English.

    In a text that is mostly European, 155,925 is no vote for the English one; `sure` leaves such numerals out.

    >>> votes("It weighs 1.990.000 g, or 12,5 t; 20.5 %"), votes("1,200 kg")
    ((2, 1), (0, 1))
    """
    ours = sum(1 for _ in ONLY_EUROPEAN.finditer(text)) if PERHAPS_EUROPEAN.search(text) else 0
    return ours, sum(1 for found in ONLY_ENGLISH.finditer(text) if not (sure and found[0].count(",") == 1))


def form(european: bool) -> re.Pattern:
    """The numerals of a notation."""
    return EUROPEAN if european else ENGLISH


def is_european(text: str, start: int, document: bool) -> bool:
    """The notation of the numeral that begins at `start`: its own where that is sure, else the document's.

    >>> is_european("from 47.990 euros", 5, False), is_european("a rate of 1.364", 10, False)
    (True, False)
    """
    return not BY_COMMA.match(text, start) if document else BY_POINT.match(text, start) is not None


@cache
def lists() -> dict[str, dict[str, Decimal]]:
    """The tables of number.toml with exact values."""
    data = schema.words("number")
    tables = {key: {word: Decimal(str(value)) for word, value in table.items()}
              for key, table in data.items() if key not in ("fractions", "words")}
    fractions = {}
    for word, text in data["fractions"].items():
        above, below = text.split("/")
        fractions[word] = Decimal(above) / Decimal(below)
    tables["fractions"] = fractions
    return tables


@cache
def words(name: str) -> frozenset[str]:
    """The list of words of that name in number.toml."""
    return frozenset(schema.words("number")["words"][name])


def below_hundred() -> str:
    """Source of a pattern: a number below a hundred in words."""
    table = lists()
    small_one = any_of(word for word, value in table["ones"].items() if value < 10)
    teen = any_of(word for word, value in table["ones"].items() if value >= 10)
    return rf"(?:{any_of(table['tens'])}(?:[-\x20‑]{small_one})?|{teen}|{small_one})\b"


def _magnitude() -> str:
    return rf"{any_of(lists()['magnitudes'])}\b"


@cache
def _words_pattern() -> re.Pattern:
    """A whole number in words, "two hundred and fifty million", or several in a row."""
    below, magnitude = below_hundred(), _magnitude()
    group = rf"{below}(?:[-\x20]{magnitude}){{1,2}}"
    more = rf"(?:,?\x20(?:and\x20)?{group}){{0,9}}"
    rest = rf"(?:\x20(?:and\x20)?{below}(?![-\x20]{magnitude}))?"
    return re.compile(rf"(?i)({group}{more}{rest}|{below})(?![A-Za-z])")


@cache
def _group_pattern() -> re.Pattern:
    return re.compile(rf"(?i)({below_hundred()})((?:[-\x20]{_magnitude()})*)")


def match_words(text: str, at: int = 0, end: int = 1 << 60) -> re.Match | None:
    """The number in words that begins at `at`; group 1 is all of it."""
    found = _words_pattern().match(text, at, end)
    if found and (length := _in_words(found[1])[1]) < len(found[1]):
        found = _words_pattern().match(text, at, at + length)
    return found


@lru_cache(1 << 14)
def read(text: str, european: bool = False) -> Decimal | None:
    """The value of a numeral in digits or words, without magnitude letters; None if it is not one."""
    if text[:1].isdigit() or text[:1] == "." or text[:1] in FRACTION_SIGNS:
        return _digits(text, european)
    return _words(text)


def _digits(text: str, european: bool) -> Decimal | None:
    fraction = FRACTION_SIGNS.get(text[-1:], Decimal(0))
    if fraction:
        text = text[:-1] or "0"
    plain = re.sub(r"[\s'’]", "", text)
    commas, points = plain.count(","), plain.count(".")
    if commas and points:                       # the later one begins the decimals
        last = max(plain.rfind(","), plain.rfind("."))
        plain = re.sub(r"[.,]", "", plain[:last]) + "." + plain[last + 1:]
    elif commas > 1 or points > 1:
        plain = re.sub(r"[.,]", "", plain)
    elif commas:
        grouped = re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", plain) and not european
        # Nobody writes a decimal part of zeros, so 3,000 is three thousand in any notation.
        plain = plain.replace(",", "" if grouped or re.fullmatch(r"[1-9][0-9]{0,2},000", plain) else ".")
    elif points and european and re.fullmatch(r"[0-9]{1,3}\.[0-9]{3}", plain):
        plain = plain.replace(".", "")
    if not re.fullmatch(r"[0-9]*\.?[0-9]+", plain, re.ASCII):
        return None
    return Decimal(plain) + fraction


def power(found: re.Match) -> tuple[Decimal, int]:
    """Value, and digits behind the decimal mark, of a match of POWER.

    >>> power(POWER.match("3.2 × 10^5")), power(POWER.match("10⁻⁹")), power(POWER.match("1.6e-22"))
    ((Decimal('3.2E+5'), -4), (Decimal('1E-9'), 9), (Decimal('1.6E-22'), 23))
    """
    times = Decimal(found["times"] or found["factor"] or found["mantissa"] or 1)
    exponent = int((found["plain"] or found["raised"] or found["flat"] or found["e"]).translate(SUPERSCRIPTS))
    return times.scaleb(exponent), -times.as_tuple().exponent - exponent


def fraction(found: re.Match) -> Decimal | None:
    """Value of a match of SLASHED; None where it is none below one: 24/8.

    >>> fraction(SLASHED.match("2 1/2 cups")), fraction(SLASHED.match("9/4"))
    (Decimal('2.5'), None)
    """
    above, below = int(found["above"]), int(found["below"])
    return int(found["whole"] or 0) + Decimal(above) / below if above < below else None


def _words(text: str) -> Decimal | None:
    value, length = _in_words(text)
    return value if 0 < length == len(text) else None


@lru_cache(1 << 12)
def _in_words(text: str) -> tuple[Decimal, int]:
    """The number in words with which a text begins, and how long it is.

    Magnitudes fall within a number: "two million, three million" are two.

    >>> _in_words("two million, three hundred thousand"), _in_words("two million, three million")
    ((Decimal('2300000'), 35), (Decimal('2000000'), 11))
    """
    table = lists()
    small = table["tens"] | table["ones"]
    total = current = Decimal(0)            # what has its magnitude, and what may still get one
    last, closed, length = None, (total, 0), 0
    for group in _group_pattern().finditer(text):
        below = sum(small[word] for word in re.findall("[a-z]+", group[1].lower()))
        sizes = [table["magnitudes"][word.removesuffix("s")] for word in re.findall("[a-z]+", group[2].lower())]
        if sizes[:1] == [100]:              # "two hundred thousand": hundred waits for thousand
            below *= sizes.pop(0)
        if current and below >= 100 or current % 100:
            break
        if sizes:
            size = prod(sizes)
            if last and size >= last:
                return closed
            total, current, last = total + (current + below) * size, Decimal(0), size
            closed = total, group.end()
        else:
            current += below
        length = group.end()
    return total + current, length


def places(text: str, value: Decimal) -> int:
    """Digits behind the decimal mark of a numeral in digits whose value has been read."""
    if text.isdigit():
        return 0
    digits = sum(map(str.isdigit, text))
    whole = max(len(str(int(value))), 1) if digits else 0
    return max(-value.as_tuple().exponent, 0) if digits >= whole else 0


def lists_count(text: str, start: int, end: int) -> bool:
    """Whether the number at start:end counts what the list before it counts, and is no part of the name before it.

    >>> text = "Brightwell sold 300 vans in May, Tidemark 200 and Orrin 100."
    >>> lists_count(text, text.index("200"), text.index("200") + 3), lists_count("It sells Kestrel 200.", 17, 20)
    (True, False)
    """
    found = COUNTED_LIST.search(text, max(0, start - LIST_REACH), start) if ENDS_ITEM.match(text, end) else None
    # "has 16 cores, Slate 5 and Slate 7": the name of one list would be that of all
    return found is not None and len(re.findall(
            rf"{re.escape(found['name'])} [0-9]", text[found.start():end + LIST_REACH])) == 1
