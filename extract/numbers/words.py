"""Numbers in words: forty-two, five million, several hundred, dozens of, six-figure, twofold, doubled, about a year.

Spellings stand in `schemas/words/number.toml`; what is no number though a word says so, "third party", too.
"""
import re
from decimal import Decimal
from functools import cache

from ..pattern import any_of
from . import comparator, counted, fraction, magnitude, measure, money, number, scan, tens, unit
from .identifier import WORD_BEFORE
from .draft import HUNDRED, ONE, Part, in_words, zeros
from .window import Window

# An article and the year behind it are one number where a comparator stands in front: "about a year".
PERIODS = frozenset({"year", "month", "week", "day", "hour"})
GROUPS = frozenset({"dozen", "dozens", "couple", "decade", "decades", "tens"})
GROUP_ARTICLE = re.compile(r"(?i)(?<![A-Za-z])(an?|several|a few|one) $")
EXACT_ARTICLES = ("a", "an", "one", "a single")
HALF_MORE = re.compile(r"(?i)([- ]and[- ]a[- ](?:half|quarter)| and three quarters)\b")
MORE = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "quarters": Decimal("0.75")}
PERCENT = re.compile(r"(?i) percent(?:ages?)?")
TWICE_WHAT = re.compile(
    r"(?i)[ -](?:as|the|that|those|this|these|its|their|his|her|our|your|my|what|last|more|over|normal|usual|"
    r"[a-z]+['’]s?|(?:[A-Z][a-z]+ )?[A-Z][\w]*['’]s?|[0-9$£€])(?![a-z])")
ADJECTIVE = re.compile(r"(?i)(?:^|[ \"“‘(])(?:an?|the|his|her|their|its|of|in|with|as|by|for|[a-z]*,) $")
ADJECTIVES = ("double", "triple", "quadruple")
ALONE_NO_NUMBER = ("zero", "one")


@cache
def _idiom() -> re.Pattern:
    return re.compile(rf"(?i){any_of(number.words('idioms'))}(?![A-Za-z])")


@cache
def _idiom_before() -> re.Pattern:
    return re.compile(rf"(?i)(?<![A-Za-z]){any_of(number.words('idioms_before'))} $")


@cache
def _stated_digits() -> re.Pattern:
    return re.compile(rf"(?i)({any_of(number.lists()['stated_digits'])})[- ](digit|figure)s?\b")


@cache
def _point() -> re.Pattern:
    """The decimals of "six point five"."""
    digit = any_of(word for word, value in number.lists()["ones"].items() if value < 10)
    return re.compile(rf"(?i) point ({digit}(?: {digit}){{0,3}})(?![A-Za-z-])")


@cache
def _magnitude() -> re.Pattern:
    return re.compile(rf"(?i)({magnitude.source()})(?:[ -]({magnitude.source()}))?")


@cache
def _of_magnitude() -> re.Pattern:
    return re.compile(rf"(?i) of ({magnitude.source()})")


@cache
def _article() -> re.Pattern:
    """What stands in front of a magnitude: "several hundred"."""
    return re.compile(rf"(?i)(?<![A-Za-z])((?:an?|one|{any_of(number.lists()['vague'])}|"
                      r"a (?:few|couple of|couple|single)|single[- ]digit)[- ])$")


def find(w: Window) -> Part | None:
    """What the number word at `w.at` is; None for a word that is part of no number ("one", "decades")."""
    if found := _idiom().match(w.text, w.at, w.high):
        return w.settled(w.at, found.end(), "number", "idiom")
    proposed = scan.proposed().match(w.text, w.at, w.high)
    if w.text[proposed.end():proposed.end() + 1] != "-" and not _stated_digits().match(w.text, w.at, w.high) \
            and _idiom_before().search(w.text, max(w.begin, w.at - 16), w.at):
        return w.settled(w.at, proposed.end(), "number", "idiom")
    word, end = proposed[0].lower(), proposed.end()
    if part := _relation(w, word, end):
        return part
    spelled = number.match_words(w.text, w.at, w.high)
    if part := fraction.find(w, spelled) or _lottery(w, word, end):
        return part
    if word in PERIODS:
        return _about_a(w, end)
    part = _amount(w, word, end, spelled)
    return part and _measured(w, part, word)


def _relation(w: Window, word: str, end: int) -> Part | None:
    """Words that say how many times, how many of how many, how many digits: one in five, six-figure, twofold, doubled,
    halved."""
    table = number.lists()
    if (whole := table["ones"].get(word, 0)) > 1 and (part := fraction.one_in(w, whole, end)):
        return part
    if found := _stated_digits().match(w.text, w.at, w.high):
        return _digits_stated(w, found)
    if word.endswith("fold"):
        times = (table["ones"] | table["magnitudes"])[word.removesuffix("fold")]
        return in_words(w.at, end, times, "ratio", "ratio")
    if word in table["multiples"]:
        return _multiple(w, word, end)
    if word in table["halvings"]:
        return in_words(w.at, end, table["halvings"][word], "percent", "percent")
    return None


def _lottery(w: Window, word: str, end: int) -> Part | None:
    """Mega Millions"""
    if not w.text[w.at].isupper() or not word.endswith("ions") or w.text[w.at - 1:w.at] != " ":
        return None
    before = w.search_before(WORD_BEFORE, w.at, 30)
    if not before or not before[1][0].isupper() or before[1].lower() in number.words("not_names"):
        return None
    return w.settled(before.start(1), end, "name", "name")


def _about_a(w: Window, end: int) -> Part | None:
    """about a year, about a year and a half; but "twice a year", "$5 a year"."""
    start = w.at - (3 if w.text[w.at - 2] == "n" else 2)
    if comparator.before(w.text[max(w.low, w.at - 40):start])[0] == "=":
        return None
    more = HALF_MORE.match(w.text, end, w.high)
    value = ONE + MORE[re.split("[- ]", more[1].lower())[-1]] if more else ONE
    return in_words(start, more.end() if more else end, value, "duration", w.text[w.at:end].lower())


def _amount(w: Window, word: str, end: int, spelled: re.Match | None) -> Part | None:
    """The number, without a unit but that of vague ones."""
    if word in GROUPS:
        return _group(w, word, end)
    if found := _magnitude().match(w.text, w.at, w.high):
        return _magnitude_alone(w, found)
    return spelled and _spelled_out(w, spelled)


def _measured(w: Window, part: Part, word: str) -> Part | None:
    """The number with its unit and sign; None for "zero" and "one" that count nothing: one percent, but "one of"."""
    if part.unit is None:
        measure.take(w, part)
    if word in ALONE_NO_NUMBER and part.last - part.first == len(word) and (
            part.unit in (None, "point", "ratio") or part.kind == "count"
            or word == "zero" and w.text.startswith(("-", "‑"), part.last)):
        return None                                                 # a zero-day flaw
    if part.outcome is not None:
        return part
    if part.value is None:
        part.value = part.size
    if part.decimals is None:
        part.decimals = -zeros(part.value, part.raw)
    comparator.sign(w, part)
    return part


# --- amounts ------------------------------------------------------------------------------------------------


def _spelled_out(w: Window, found: re.Match) -> Part:
    """five, five million, two and a half, twenty-five, three dozen."""
    part = Part(w.at, found.end(), "number", first=w.at, last=found.end(), raw=number.read(found[1]), in_words=True)
    if _take_decimals(w, part):
        return part
    # five million: raw 5, scale a million, so that "five to seven million" can share it
    size = number.lists()["magnitudes"].get(re.split("[- ]", found[1].lower())[-1], ONE)
    if size > HUNDRED:
        part.raw, part.scale = part.raw / size, size
    if more := HALF_MORE.match(w.text, part.last, w.high):
        part.raw += MORE[re.split("[- ]", more[1].lower())[-1]]
        part.reach(more.end())
    if behind := magnitude.word().match(w.text, part.last, w.high):
        part.scale *= magnitude.size(behind[1], behind[2])
        part.reach(behind.end())
    return part


def _take_decimals(w: Window, part: Part) -> bool:
    """six point five percent"""
    found = _point().match(w.text, part.last, w.high)
    if not found or not (magnitude.word().match(w.text, found.end(), w.high)
                         or unit.behind().match(w.text, found.end(), w.high)):
        return False
    digits = "".join(str(number.read(word)) for word in found[1].split())
    part.raw += Decimal(f"0.{digits}")
    part.reach(found.end())
    magnitude.take(w, part)
    return True


def _magnitude_alone(w: Window, found: re.Match) -> Part:
    """a million, several hundred, millions of, trillion-parameter, hundreds of thousands."""
    text, end = w.text, found.end()
    part = Part(w.at, end, "number", first=w.at, raw=ONE, in_words=True)
    part.scale = magnitude.size(found[1], found[2])
    many, exact = found[1].lower().endswith("s"), False
    if many and (more := _of_magnitude().match(text, end, w.high)):
        part.scale *= magnitude.size(more[1])
        end = more.end()
    if article := w.search_before(_article(), w.at, 18):
        part.start = part.first = article.start(1)
        exact = not many and article[1].lower().strip(" -") in EXACT_ARTICLES
        many = not exact
    part.reach(end)
    part.vague = not exact
    if many:
        part.comparator = ">="
    sum_of = money.words_after(w.reading, end)
    if sum_of and (sum_of[2] != "won" or many or exact):
        part.unit, part.kind, part.end, part.value = sum_of[0], "money", sum_of[1], part.scale
    elif not sum_of and many:
        counted.of_many(w, part)
    return part


def _group(w: Window, word: str, end: int) -> Part | None:
    """a dozen, dozens of, a couple of, tens of, a decade."""
    if word == "tens":
        return _tens(w, end)
    if word == "decades":
        return None
    part = Part(w.at, end, "number", first=w.at, in_words=True)
    if article := w.search_before(GROUP_ARTICLE, w.at, 8):
        part.start = part.first = article.start(1)
    part.reach(end)
    if word == "decade":
        part.raw = part.value = Decimal(10)
        part.unit, part.kind, part.vague = "year", "duration", True
        return part
    part.raw = magnitude.size(word)
    if word == "dozens":
        part.comparator, part.vague = ">=", True
    if word == "couple":
        if not w.text.startswith(" of ", end):
            return None
        part.vague = True
        part.reach(end + len(" of"))
        if size := magnitude.word().match(w.text, part.last, w.high):
            part.scale = magnitude.size(size[1], size[2])
            part.reach(size.end())
            part.value = part.size
            measure.take(w, part)
            return part
    counted.of_many(w, part)
    return part


def _tens(w: Window, end: int) -> Part | None:
    """tens of shops, tens of thousands"""
    more = _of_magnitude().match(w.text, end, w.high)
    if not more and not w.text.startswith(" of ", end):
        return None
    part = Part(w.at, end, "number", first=w.at, raw=ONE, comparator=">=", vague=True, in_words=True)
    part.scale = 10 * (magnitude.size(more[1]) if more else ONE)
    part.reach(more.end() if more else end)
    counted.of_many(w, part)
    return part


# --- relations ----------------------------------------------------------------------------------------------


def _digits_stated(w: Window, found: re.Match) -> Part:
    """triple-digit growth: at least 100 percent; a six-figure sum: at least 100,000."""
    value, end = number.lists()["stated_digits"][found[1].lower()], found.end()
    if percent := PERCENT.match(w.text, end, w.high):
        end = percent.end()
    if w.text[end:end + 1] == " " and (size := _magnitude().match(w.text, end + 1, w.high)):
        part = in_words(w.at, size.end(), value * magnitude.size(size[1]), "number", None, vague=True)
        if sum_of := money.words_after(w.reading, part.end):
            part.kind, part.unit, part.end = "money", *sum_of[:2]
    else:
        kind, symbol = ("percent", "percent") if found[2].lower() == "digit" else ("number", None)
        part = in_words(w.at, end, value, kind, symbol, vague=True)
    part.comparator = ">="
    if value == 1:                                              # low single digits: 1 to 3 percent
        article = w.search_before(tens.PART_OF_TEN, w.at, 20)
        low, high = tens.ends(article)
        part.start = article.start() if article else part.start
        scale = part.value
        part.value, part.value_max, part.comparator = scale * max(low, 1), scale * high, "range"
    return part


def _multiple(w: Window, word: str, end: int) -> Part:
    """doubled, twice, double the."""
    part = in_words(w.at, end, number.lists()["multiples"][word], "ratio", "ratio")
    if counted.FREQUENCY.match(w.text, end, w.high) or word == "twice" and not TWICE_WHAT.match(w.text, end):
        part.kind, part.unit, part.outcome, part.vague = "count", "count", "vague", True    # twice a week, rose twice
    elif word in ADJECTIVES and (w.text[end:end + 1] in "-‑" or ADJECTIVE.search(w.text[max(0, w.at - 12):w.at])
                                 and counted.follows(w, end)):
        part.outcome, part.comparable = "idiom", False              # double-breasted, a double murder
    return part
