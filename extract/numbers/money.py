"""Money: a currency in front of a number or behind it, in which currency the text writes it, what a price is per.

Spellings stand in `schemas/words/currency.toml`.
"""
import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from .. import schema
from ..pattern import any_of
from . import unit
from .number import HYPHEN, SPACE
from .draft import HUNDRED, ONE, Part
from .window import Reading, Window

FIELDS = {"signs", "after", "words", "minor"}
BIG_SUM, BIG_SCALE = 500, 1000      # from which on "won" and "real" are money
SURE_SUM = 1_000_000                # of pounds, that weigh nothing
LONGEST_SIGN, LONGEST_WORD = 8, 24
# After a sign that is a letter, or a word: R1 is a name, R4bn is rand, "euros 4bn" a sum.
MONEY_LIKE = re.compile(r"[0-9.,]{1,20} ?(?:bn|m|tn|million|billion|trillion|lakh|crore)\b|[0-9]{1,3}(?:,[0-9]{3})+")
LETTERS = ("R", "P", "L")
MEETING = 3                         # digits behind COP from which on it is Colombian: COP28
# Words for money that are other words too.
OTHER_WORDS = frozenset({"won", "real", "reals", "rand"})
CROWNS = ("crown", "crowns")
SCREEN_LINES = frozenset({480, 720, 1080, 1440, 2160})       # a 1080p screen costs no pence
PENNY = re.compile(r"p(?![A-Za-z0-9])")
POUND = re.compile(rf"(?i){SPACE}pounds?(?![A-Za-z])")
AT_PRICES = re.compile(r"(?i)\bin (?:(?:constant|real|fixed|inflation-adjusted) )?$")
WORDS_AFTER = re.compile(
    r"(?i)[- ](?:US[- ])?(dollar|pound|euro|yen|yuan|rupee|won)s?\b"
    r"|(?: of)? (dollars|pounds|euros|yen|yuan|rupees|won)\b")
RATE_OF = re.compile(r" (?:per|to the|against the|to one|for one) (?:US |U\.S\. )?"
                     r"(?P<other>dollar|euro|pound|greenback)\b")
OTHERS = {"dollar": "USD", "greenback": "USD", "euro": "EUR", "pound": "GBP"}
RATE_REACH, LAST_RATE = 1_500, 300      # characters before a rate for its currency, behind it for another one
RATE_BEFORE = re.compile(r" (?:to|at|from|of|near|above|below|around|about) $")
ALIKE = Decimal("0.8")                  # of the larger is the smaller of two rates of one currency at least
PRICE_BEFORE = re.compile(r"\b(?:prices?|priced|costs?|costing|paid|pays?|paying|worth|salar(?:y|ies)|wages?|rents?|"
                          r"fees?|fined?|earns?|earned|earning|spen[dt]|spends|spending|sold for|fetched|receives?|"
                          r"received)\b"
                          r"(?:[^.;:]|[.:](?=[0-9])){0,80}$")
WEIGHED = re.compile(r"\b(?:weigh\w*|heav\w+|lift\w*|lost|loaded|carr\w+|hold\w*)\b")
POUNDS_OF = re.compile(
    r" pounds of (?:thrust|force|[a-z]* ?(?:beef|butter|carbon|cargo|cheese|cocaine|coffee|copper|cotton|debris|"
    r"explosives?|fish|flour|food|fruit|fuel|gold|lithium|material|meat|ore|payload|pork|propellant|rice|rubble|"
    r"seafood|silver|steel|sugar|trash|uranium|waste|wheat))\b")


# "3 million pounds of products" weigh, unless the text is British; "of aid" does not
OF_THINGS = re.compile(
    r" pounds of (?!(?:[a-z'’-]+ ){0,3}?(?:aid|assets|benefits|bonds|borrowing|budget|business|capital|cash|contracts?|"
    r"costs?|cuts|damage|debts?|earnings|equity|exports|fees|fines|funding|funds|grants?|imports|income|investments?|"
    r"loans?|losses|money|orders|pay|profits?|revenues?|sales|savings|shares|spending|stock|subsid(?:y|ies)|support|"
    r"tax(?:es)?|trade|turnover|value|work)\b)[A-Za-z]")


class Spellings(NamedTuple):
    """How texts write currencies."""
    signs: dict[str, str]                       # in front -> ISO 4217 code
    words: dict[str, tuple[str, Decimal]]       # behind -> code, and how much of it one is
    shared: dict[str, dict[str, list[str]]]     # of several currencies -> code -> words of a text that speak for it


@cache
def spellings() -> Spellings:
    """The lists of currency.toml."""
    signs, words = {}, {}
    table = schema.words("currency")
    for code, entry in table.items():
        if code == "ambiguous":
            continue
        if unknown := entry.keys() - FIELDS:
            raise schema.SchemaError(
                f"schemas/words/currency.toml: [{code}] has unknown field {sorted(unknown)[0]!r}")
        signs |= {code: code} | dict.fromkeys(entry.get("signs", ()), code)
        words |= {code: (code, ONE)} | dict.fromkeys(entry.get("after", ()), (code, ONE))
        for field, worth in (("words", ONE), ("minor", 1 / HUNDRED)):
            for word in entry.get(field, ()):
                words |= {word.lower(): (code, worth), word.lower() + "s": (code, worth)}
    shared = table.get("ambiguous", {})
    return Spellings(signs | dict.fromkeys(shared, "?"), words, shared)


@cache
def _folded_words() -> list[str]:
    """Words behind a number that count in any case."""
    words, shared = spellings().words, spellings().shared
    return [word for word in words if word.islower()] + list(shared) \
        + [word + "s" for word in shared if word[-1].isalpha()] + ["kr"]


@cache
def sign_before() -> re.Pattern:
    """A currency in front of a number."""
    return re.compile(rf"({any_of(spellings().signs)}){SPACE}?$")


@cache
def _last_of_signs() -> frozenset[str]:
    return frozenset(sign[-1] for sign in spellings().signs)


@cache
def word_before() -> re.Pattern:
    """A currency in words in front of a number: "Australian dollars 648m"; not "3 euros, 40 million times"."""
    words = [word for word in _folded_words() if word.endswith("s") and word.islower()
             and word not in OTHER_WORDS] + ["pounds", "yen", "yuan"]
    return re.compile(rf"(?i)(?<![A-Za-z0-9])(?<![0-9] )({any_of(words)}) $")


@cache
def word_behind() -> re.Pattern:
    """A currency behind a number: group 1 as written, group 2 in any case."""
    exact = any_of((word for word in spellings().words if not word.islower()), space=unit.BLANK)
    return re.compile(rf"(?:{SPACE}|{HYPHEN})?(?:({exact})|(?i:({any_of(_folded_words(), space=unit.BLANK)})))"
                      r"(?![A-Za-z0-9])")


@cache
def _named() -> re.Pattern:
    """A currency that is named by a word."""
    return re.compile(rf"(?i)(?<![A-Za-z])({any_of(w for w in _folded_words() if len(w) > 2)})(?![A-Za-z])")


@cache
def per() -> re.Pattern:
    """What a price is per."""
    return re.compile(rf"(?i)(?:{SPACE}(?:per|an?|each|for each){SPACE}|-per-|{SPACE}?/{SPACE}?)"
                      rf"({unit.denominators()[0]})(?![A-Za-z])")


# --- which currency ---------------------------------------------------------------------------------------


def code_of(reading: Reading, spelling: str) -> str:
    """ISO 4217 code of a sign or word; the text decides where several currencies share it."""
    signs, words, shared = spellings()
    of_text = shared.get(spelling) or shared.get(spelling.removesuffix("s"))
    if of_text is None:
        return signs.get(spelling) or words[spelling if spelling in words else spelling.lower()][0]
    if spelling not in reading.currency:
        counts = {code: sum(reading.text.count(word) for word in speaking) for code, speaking in of_text.items()}
        reading.currency[spelling] = max(counts, key=counts.get)        # the first where none is named
    return reading.currency[spelling]


def _worth(reading: Reading, spelling: str) -> tuple[str, Decimal]:
    """Code of a word for money, and how much of that currency one is."""
    _, words, shared = spellings()
    if spelling in shared or spelling.removesuffix("s") in shared:
        return code_of(reading, spelling), ONE
    return words[spelling]


# --- in front ---------------------------------------------------------------------------------------------


def take_before(w: Window, part: Part) -> None:
    """Take a currency in front of the number: $5, US$ 5, $-5."""
    text, low, at = w.text, w.low, part.start
    if at > low and text[at - 1] in " \u00a0\u202f":
        at -= 1
    negative = at > low and at == part.start and text[at - 1] in "-−"
    if negative or at > low and at == part.start and text[at - 1] == "+":
        at -= 1
    if at > low and text[at:part.first] == " " and text[at - 1] in "sn" and MONEY_LIKE.match(text, part.first):
        _take_word_before(w, part)
    if part.before or at == low or text[at - 1] not in _last_of_signs():
        return
    found = sign_before().search(text, max(low, at - LONGEST_SIGN), at)
    if not found or _is_other_sign(w, part, found, glued=at == part.start):
        return
    part.unit, part.kind, part.before, part.start = code_of(w.reading, found[1]), "money", True, found.start(1)
    if negative:
        part.raw = -part.raw


def _take_word_before(w: Window, part: Part) -> None:
    """Take a currency in words in front of a sum: euros 4bn."""
    if found := word_before().search(w.text, max(w.begin, part.start - LONGEST_WORD), part.start):
        word = found[1].lower()
        code = "GBP" if word == "pounds" else _worth(w.reading, word)[0]
        part.unit, part.kind, part.before, part.start = code, "money", True, found.start(1)


def _is_other_sign(w: Window, part: Part, found: re.Match, glued: bool) -> bool:
    """Whether letters that could be a currency belong to a word or name."""
    spelling, start = found[1], found.start(1)
    if spelling[0].isalpha() and start > w.low and (w.text[start - 1].isalnum() or w.text[start - 1] in "-_"):
        return True
    if spelling in LETTERS:
        return not MONEY_LIKE.match(w.text, part.first)
    return spelling == "COP" and glued and part.last - part.first < MEETING


# --- behind -----------------------------------------------------------------------------------------------


def take_behind(w: Window, part: Part) -> bool:
    """Take a currency behind the number: 380 billion yuan, 10 cents, $32 million USD."""
    text, at, high = w.text, part.last, w.beyond                  # 5 million Swiss francs
    if found := word_behind().match(text, at, high):
        if 1900 < part.raw < 2100 and AT_PRICES.search(text, max(w.begin, part.start - 25), part.start):
            part.settle("name", "name")                                 # "in 2025 dollars"
            return True
        shared = spellings().shared
        spelling = found[1] or next((word for word in shared if word.lower() == found[2].lower()), found[2].lower())
        if _is_other_word(part, spelling):
            return False
        code, worth = _worth(w.reading, spelling)
    elif (found := POUND.match(text, at, high)) and _pounds_are_money(w, part):
        code, worth = "GBP", ONE
    elif (found := PENNY.match(text, at, high)) and part.raw not in SCREEN_LINES and (
            w.reading.is_british or part.raw % 1):
        code, worth = "GBP", 1 / HUNDRED
    else:
        return False
    part.unit, part.kind, part.end, part.value = code, "money", found.end(), part.size * worth
    take_per(w, part)
    return True


def _is_other_word(part: Part, spelling: str) -> bool:
    """Whether a word for money is another word here: "of 300 won two", "won two crowns", "$5 billion real estate"."""
    if spelling not in OTHER_WORDS and not (spelling in CROWNS and part.in_words):
        return False
    return part.before or part.scale < BIG_SCALE and part.raw < BIG_SUM


def _pounds_are_money(w: Window, part: Part) -> bool:
    """Whether pounds are no weight: 3 million pounds, a price of 300 pounds; but not 8 million pounds of thrust."""
    priced = PRICE_BEFORE.search(w.text, max(w.begin, part.start - 100), part.start)
    paid = part.scale >= SURE_SUM and not w.reading.weighs_in_pounds and not OF_THINGS.match(w.text, part.last) \
        or priced is not None and not WEIGHED.search(priced[0])
    return (paid or w.reading.is_british) and not POUNDS_OF.match(w.text, part.last)


def words_after(reading: Reading, at: int) -> tuple[str, int, str] | None:
    """Code, end and word of a currency behind a magnitude alone: "a million dollars", "billions of euros"."""
    found = WORDS_AFTER.match(reading.text, at)
    if not found:
        return None
    word = (found[1] or found[2]).lower()
    return "GBP" if word.startswith("pound") else code_of(reading, word), found.end(), word


def take_rate(w: Window, part: Part) -> bool:
    """Take a bare number as a rate in a currency that is named: "the rupee fell to 88.15 per dollar"; or as another one
    right behind: "it later strengthened to 87.95"."""
    found = RATE_OF.match(w.text, part.last, w.end)
    code = _currency_of_rate(w, part, found["other"]) if found else _last_rate(w, part)
    if code is None:
        return False
    part.unit, part.kind, part.value = code, "money", part.size
    w.reading.rate = code, part.value, part.last
    return True


def _currency_of_rate(w: Window, part: Part, other: str) -> str | None:
    """The currency of which so much is one dollar: the one named last before, or else next."""
    for low, high, nearest in ((w.begin, part.start, -1), (part.last, w.end, 0),
                               (max(0, w.begin - RATE_REACH), w.begin, -1)):
        named = [code for word in _named().findall(w.text, low, high)
                 if (code := _worth(w.reading, word.lower())[0]) != OTHERS[other]]
        if named:
            return named[nearest]
    return None


def _last_rate(w: Window, part: Part) -> str | None:
    """The currency of the rate that was told last, for a bare number that is about as much."""
    if w.reading.rate is None or part.scale != 1 or not w.search_before(RATE_BEFORE, part.start, 8):
        return None
    code, value, end = w.reading.rate
    near = 0 <= part.start - end <= LAST_RATE and "." in w.text[part.first:part.last]
    return code if near and min(value, part.size) >= ALIKE * max(value, part.size) else None


def take_per(w: Window, part: Part) -> None:
    """Take what a price is per, a unit of its own: $1.20 per share, $3 a barrel."""
    if found := per().match(w.text, part.end, w.high):
        part.unit += "/" + unit.denominators()[1][found[1].lower().replace("\u00a0", " ")]
        part.end = found.end()
