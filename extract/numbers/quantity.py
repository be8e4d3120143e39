"""Quantities: every number of a text, with its unit, range end, comparator and counted noun.

A cheap scan proposes digit runs and number words, figure.py decides what each one is alone, and a pass over neighbours
makes ranges, lists, equivalents. How mentions are cut follows the gold guidelines.

>>> from extract import sentence
>>> text = "It raised over $3.1bn (2.7 billion euros)."
>>> [(text[q.start:q.end], q.value, q.unit, q.comparator) for q in find(text, sentence.find(text), [])]
[('$3.1bn', Decimal('3100000000.0'), 'USD', '>'), ('2.7 billion euros', Decimal('2700000000.0'), 'EUR', '=')]
>>> find("No figures here.", sentence.find("No figures here."), [])
[]
"""
import re
from bisect import bisect_right
from dataclasses import replace
from decimal import Decimal
from functools import cache

from ..grammar import lexicon
from ..model import Quantity, Sentence
from . import comparator, counted, ellipsis, figure, number, scan, unit
from .fraction import WHOLES, percentage
from .draft import ONE, Part
from .window import Reading, Window

LONGEST_LIST = 50


def find(text: str, sentences: list[Sentence], taken: list[tuple[int, int, str]]) -> list[Quantity]:
    """One row for every number of `text`, in order. `taken` are spans (start, end, kind) of other finders."""
    places = scan.places(text)
    stretches = list(_stretches(text, sentences, places))
    reading = Reading(text, _within(taken, stretches), places)
    rows: list[Part] = list(reading.held.rows(places))
    for start, end, proposals in stretches:
        if parts := figure.find(reading, start, end, proposals):
            rows += _join(reading, parts, start, end)
    rows.sort(key=lambda row: row.start)
    return _outermost(rows)


def _outermost(rows: list[Part]) -> list[Part]:
    """The rows without the names that stand inside a counted noun: the Ion 5 of "300 Veldt Ion 5 owners"."""
    kept: list[Part] = []
    for row in rows:
        if not kept or row.start >= kept[-1].end:
            kept.append(row)
    return kept


def _within(taken: list[tuple[int, int, str]],
            stretches: list[tuple[int, int, list[int]]]) -> list[tuple[int, int, str]]:
    """The spans where a number is proposed: most stand in other sentences."""
    ends = [end for _, end, _ in stretches]
    return [span for span in taken if (at := bisect_right(ends, span[0])) < len(ends) and stretches[at][0] < span[1]]


def _stretches(text: str, sentences: list[Sentence], places: list[int]):
    """Sentences that hold one of the places where a number is proposed, with these; a number between sentences has its
    row too."""
    index, start, end = 0, 0, -1
    here: list[int] = []
    for at in places:
        if at >= end:
            if here:
                yield start, end, here
            start, here = max(end, 0), []
            while index < len(sentences) and sentences[index].end <= at:
                start = sentences[index].end
                index += 1
            end = sentences[index].start if index < len(sentences) else len(text)
            if at >= end:
                start, end = sentences[index].start, sentences[index].end
        here.append(at)
    if here:
        yield start, end, here


DASH = re.compile(r"\s?[-–—‐‑~〜]\s?")
# "$13/month to $18/month"
TO = re.compile(
    r"(?i)(?: ?/ ?[a-z]{1,12}| (?:per|an?) [a-z]{1,12}|-)?(?: to (?:just |only )?| up to | and up to )|-to-| through ")
OUT_OF = re.compile(r"(?i) (?:times )?(?:in|out of)(?: every)? |-in-")
LISTED = re.compile(r"(?i)(?:, ?(?:and |or )?|[-,]? and |[-,]? or | & | ?/ ?| ?[x×] ?| by |, and | and/or )")
LAST_GAP = re.compile(r"(?i)(?:[-,]? and |[-,]? or | & | ?/ ?| ?[x×] ?| by | and/or )")
CROSS = re.compile(r"(?i) ?[x×/] ?| by ")
PLUS_MINUS = re.compile(r"(?i),? (?:plus or minus|plus-or-minus|give or take) | ?(?:±|\+/-|\+/−) ?")
SIXTY = 60
FAR = 4                 # times the lower end from which "rose A to B" is no range
BY_REACH = 4            # words between a verb and "by": "cut its workforce by"
BY_FROM = re.compile(r",? (?:up |down )?from (?!(?:19|20)[0-9]{2}\b)(?:[a-z]+ ){0,2}[$€£¥]?[0-9]")
MOVED_TO = ("up", "down", "higher", "lower")
EXPECTED = re.compile(r"(?i)\b(?:will|would|could|may|might|can|should|likely|(?:seen?|sees|seeing|expect|forecast|"
                      r"project|predict|estimate|plan|aim|typical)[a-z]*) ")
PERCENTS = ("percent", "percentage_point")
# Of what is a percentage itself, a level may be told in percent
OF_RATE = re.compile(r"(?i)\b(?:rates?|inflation|unemployment|joblessness|yields?|shares?|stakes?|holdings?|margins?|"
                     r"support|ratings?|approval|turnout|tariffs?|tax|taxes|duty|duties|vat|quotas?|occupancy) ")
INCHES, IN_HIGH = re.compile(r"(?:-| )(?:1[01]|[0-9])"), re.compile(r" in (?:high|tall|long|wide|deep|thick)\b")
COMPOUND = re.compile(r"(?i)(?: and |, | |, and )?")
ROUGHLY = (r"about|around|approximately|approx\.?|roughly|some|nearly|over|almost|just[ ]over|just[ ]under|"
           r"at[ ]least|up[ ]to|more[ ]than")
AS_MUCH_AS = r"or|equivalent[ ]to|equal[ ]to|i\.e\.,?|which[ ]is|that[ ]is"
RESTATED = re.compile(rf"""(?i)
    (?:[-\ ](?:tall|long|wide|high|deep|thick|away))?             # 322-foot-tall (98-meter)
    \s?\\?[(\[](?:(?:{ROUGHLY}|{AS_MUCH_AS}|[~≈=])\s*){{0,2}}      # 380 billion yuan (about US$52 billion)
  | ,?[ ](?:{AS_MUCH_AS})[ ](?:(?:{ROUGHLY})[ ])?              # 600 km, or about 373 miles
  | \s?[—–/]\s?(?:or[ ])?(?:(?:{ROUGHLY})[ ])?                # 600 km / 373 miles
""", re.VERBOSE)
ALSO_RESTATED = re.compile(r"[;,/] ?(?:or )?| or ")
# Words between an amount and the same in another currency: "3bn yuan in 2004 ($365m)".
IN_BRACKETS = re.compile(r" [^()0-9;:.,]{1,30}(?:[0-9]{4})? ?\(")
SHARE_OF = re.compile(r" of [A-Za-z' ’-]{1,30} \(")
BETWEEN = re.compile(r"(?i)(?<![A-Za-z0-9])(between (?:the ages of )?) ?$")
FROM = re.compile(r"(?i)(?<![A-Za-z0-9])(from )$")
TO_SOME = re.compile(rf"(?i) to (?:{ROUGHLY}) ")       # from 400 to over 500 units: a move, no range
# Units of which a compound is made, and how many of the smaller one are one of the larger; an "m" behind hours is
# minutes.
LARGER = {"stone": {"lb": 14}, "year": {"month": 12}, "month": {"day": 31}, "week": {"day": 7}, "day": {"hour": 24},
          "hour": {"minute": 60, "m": 60, "s": 3600}, "minute": {"s": 60}, "ft": {"inch": 12}, "lb": {"oz": 16}}


def _join(reading: Reading, parts: list[Part], start: int, end: int) -> list[Part]:
    """Make ranges, lists, compounds and equivalents of the numbers of one sentence; set comparators."""
    for step in (_ranges, _lists, _compounds):
        parts = step(reading, parts, start)
    ellipsis.fill(reading, parts, start, end)
    _comparators(reading, parts, start, end)
    _equivalents(reading, parts)
    for part, following in zip(parts, parts[1:]):
        if part.kind == "number" and part.outcome is None and following.kind in ("measure", "duration") \
                and following.start == part.end + 1 and reading.text[part.end] == " ":
            part.outcome = "qualifier"                      # two 11 kW chargers
    return parts


def _ranges(reading: Reading, parts: list[Part], start: int) -> list[Part]:
    joined: list[Part] = []
    for part in parts:
        if joined and (made := _range(reading, joined[-1], part, start)):
            joined[-1] = made
        else:
            joined.append(part)
    return joined


def _range(reading: Reading, low: Part, high: Part, start: int) -> Part | None:
    """The two as one range, or None."""
    text = reading.text
    gap_size = high.start - low.end
    if gap_size > 22 or not low.comparable or not high.comparable or low.value_max is not None \
            or low.counted and not high.counted:
        return None
    if low.value is None or high.value is None or low.outcome or high.outcome:
        return None
    gap = text[low.last:high.start]
    if OUT_OF.fullmatch(gap) and (made := _out_of(low, high)):
        return made
    gap = text[low.end:high.start]
    if PLUS_MINUS.fullmatch(gap):
        return _plus_minus(low, high)
    dash, to = DASH.fullmatch(gap), TO.fullmatch(gap)
    before = text[max(start, low.start - 60):low.start]
    between, origin = BETWEEN.search(before), FROM.search(before)
    sign, taken = comparator.before(before)
    plain = before[:len(before) - taken] if taken else before          # between about 5 and 10, from around 5 to 10
    between, origin = between or BETWEEN.search(plain), origin or FROM.search(plain)
    in_words = low.in_words and high.in_words and low.raw is not None and high.raw is not None and \
        gap.lower() == " or " and low.raw < high.raw <= low.raw + 5 and low.unit is None
    rough = None if to or not origin else TO_SOME.fullmatch(gap)
    if not (dash or to or rough or in_words or (between and re.fullmatch(r"(?i),? and ", gap))):
        return None
    if dash and len(gap) > 1 and low.end > low.last and high.end > high.last and not low.before:
        return None                                         # 308 L - 1,004 L: two figures of a table
    carried = _carry(low, high, tight=bool(dash))
    if carried is None:
        return None
    low_value, high_value, symbol, kind = carried
    swapped = low_value > high_value
    counts_one = dash and swapped and kind == "count" and high.raw == 1 and not low.counted     # a 3-1 deficit
    if counts_one or dash and symbol is None and _is_score(reading, low, high, before, swapped):
        low.end = low.last = high.end
        low.settle("code", "code")
        low.end = high.end
        return low
    if rough or to and (swapped or _moved(reading, before, low, high, low_value, high_value, bool(origin))):
        low.value = low_value                               # "from $3 to nearly $5 million"
        if low.unit is None:                                # "from 42 to 44 percent": both are levels
            low.unit, low.kind = symbol, kind
        return None
    if swapped and not (dash and symbol and low.end == low.last and gap.strip() != "—"):
        return None                                         # 161-160 Wh/kg is a range, a 50%-49% vote is none
    made = Part(low.start, high.end, kind, min(low_value, high_value), max(low_value, high_value), symbol,
                high.counted or low.counted, "range", first=low.first, last=high.last, raw=high.raw,
                        scale=high.scale,
                before=low.before, vague=low.vague or high.vague, in_words=low.in_words and high.in_words)
    made.decimals = min((d for d in (low.decimals, high.decimals) if d is not None), default=None)
    if between:
        made.start = low.start - (len(before) - between.start(1))
    elif origin and to:
        made.start = low.start - (len(before) - origin.start(1))
    return made


def _out_of(low: Part, high: Part) -> Part | None:
    """nine out of 10, 8 in 10 Democrats: a percentage."""
    if low.scale != 1 or high.scale != 1 or low.unit not in (None, "ratio") or high.unit not in (None,
            "count") \
            or not 0 < low.raw < high.raw or high.raw not in WHOLES and (low.raw > 1 or not high.counted):
        return None
    return Part(low.start, high.last, "percent", percentage(low.raw / high.raw), unit="percent",
            comparator=low.comparator,
                in_words=low.in_words, first=low.first, last=high.last, raw=low.raw)


def _plus_minus(middle: Part, margin: Part) -> Part | None:
    if middle.unit is None and margin.kind == "measure":       # 450 ± 5 °C
        middle.unit, middle.kind = margin.unit, margin.kind
        middle.value *= margin.value / margin.raw if margin.raw else ONE
        away = margin.value
    elif margin.unit == "percent" and middle.unit != "percent":
        away = abs(middle.value) * margin.value / 100
    elif margin.unit is None or margin.unit == (middle.unit or "").partition("/")[0] or margin.unit == middle.unit:
        away = margin.value
    elif middle.unit == "percent" and margin.unit == "percentage_point":
        away = margin.value
    else:
        return None
    return Part(middle.start, margin.end, middle.kind, middle.value - away, middle.value + away,
            middle.unit, middle.counted,
                "range", first=middle.first, last=margin.last, raw=middle.raw, scale=middle.scale,
                        before=middle.before,
                decimals=middle.decimals)


def _carry(low: Part, high: Part, tight: bool) -> tuple[Decimal, Decimal, str | None, str] | None:
    """Values of both ends in their common unit; None where they have none."""
    low_value, high_value, symbol, kind = low.value, high.value, high.unit, high.kind
    if low.kind == "age" and low.unit == "year" and high.kind == "duration" and low.end == low.last:
        kind = "age"                                        # aged six to 59 months
    elif low.unit is None:
        if high.before:
            return None
        factor = high.value / (high.raw * high.scale) if high.raw and high.scale else ONE
        low_value = low_value * abs(factor)
    elif high.unit is None or high.kind == "count" and low.before and high.counted and not low.counted:
        if not (low.before or tight and low.unit == "percent" or low.kind == "age") or high.counted:
            return None
        symbol, kind = low.unit, low.kind
    elif low.unit != high.unit and not high.unit.startswith(low.unit + "/"):
        return None
    if low.scale == 1 and high.scale > 1 and low.raw is not None and high.raw is not None and low.raw < 1000 \
            and low.raw < high.raw:
        low_value = low_value * high.scale
    return low_value, high_value, symbol, kind


def _is_score(reading: Reading, low: Part, high: Part, before: str, swapped: bool) -> bool:
    """3-2 is a score or vote, 18-24 perhaps a range."""
    if low.in_words or high.in_words or low.before or high.before:
        return False
    words = re.findall(r"[a-z]+", before.lower())[-4:]
    return swapped or low.value == high.value or any(word in number.words("scores") for word in words)


BY_ADDED = re.compile(r"\bby an? (?:average(?: of)?|estimated|further|additional|extra|total of) $")


def _moved(reading: Reading, before: str, low: Part, high: Part, low_value: Decimal, high_value: Decimal,
           origin: bool) -> bool:
    """Whether "from A to B" or "A to B" tells of a move, not of a range."""
    words = re.findall(r"[a-z]+|[.;:]", before.lower())
    if origin:
        clause: list[str] = []
        if words[-2:-1] in (["anywhere"], ["ranging"], ["ranges"], ["range"], ["vary"], ["varying"],
                ["varies"], ["ranged"]):
            return False
        for word in reversed(words[:-1]):
            if word in ".;:":
                break
            clause.append(word)
        return any(word in number.words("moves") for word in clause[:8])
    # "rose $2 to $45": the end has a unit of its own and a verb stands right in front.
    before = BY_ADDED.sub("by ", before)
    sign, taken = comparator.before(before)
    words = re.findall(r"[a-z]+", before[:len(before) - taken].lower())
    if words[-1:] == ["by"]:
        return _moved_by(reading, before, words, low, high, low_value, high_value)
    verb = words[-1] if words else ""
    if low.kind == "money" and low.value * FAR < high.value and verb in number.words("moves"):
        return True             # "lost 30 cents to $61"
    # Without a unit "rose 2 to 5 percent" may be a range, "rose 32,000 to 1.4 million" is none.
    return (low.unit is not None or low.value * FAR < high.value) and _is_past(verb) and verb in number.words("moves")


def _is_past(verb: str) -> bool:
    """Whether a word of moving tells of a move that was made, or is."""
    return verb.endswith(("ed", "ing")) or verb in MOVED_TO or verb in _pasts()


@cache
def _pasts() -> set[str]:
    return lexicon.past_forms()


def _moved_by(reading: Reading, before: str, words: list[str], low: Part, high: Part, low_value: Decimal,
              high_value: Decimal) -> bool:
    """Whether "by A to B" tells of a move to B: B is far from A, what rose from was told, or it has happened.

    "Will fall by 2% to 3%", "rose by 10 to 15 percent" are ranges, "rose by 3,000 to 40,000", "its share fell by 2% to
    3%" are none.
    """
    if low_value * FAR < high_value or BY_FROM.match(reading.text, high.end):
        return True
    at = next((at for at in range(len(words) - 2, max(len(words) - 3 - BY_REACH, -1), -1)
               if words[at] in number.words("moves")), None)
    if at is None or low.unit is None and high.unit and not high.counted \
            or high.unit in PERCENTS and not OF_RATE.search(before):
        return False
    if at and words[at - 1] in ("to", "be") or EXPECTED.search(before):
        return False
    return _is_past(words[at]) or words[at] == "cut"


def _lists(reading: Reading, parts: list[Part], start: int) -> list[Part]:
    """Give the items of a list the unit that stands once: six, eight and 12 GB; 301/351/405 km."""
    text = reading.text
    for index in range(len(parts) - 2, -1, -1):
        item, following = parts[index], parts[index + 1]
        if following.start - item.end > 10 or not item.comparable or not following.comparable:
            continue
        gap = text[item.end:following.start]
        if not LISTED.fullmatch(gap) or item.value is None or following.value is None:
            continue
        group = following.joined or [following]
        if len(group) >= LONGEST_LIST:
            continue
        if item.unit is None and item.kind == "number" and following.unit is not None \
                and not following.before:
            if following.unit == "percent" and item.scale > following.scale:
                continue                                    # 40 million or 3% more
            if CROSS.fullmatch(gap) and "/" not in gap and unit.kind(following.unit) not in ("length",
                    "pixel"):
                item.kind = item.unit = "count"             # 96 x 3.7 V
                continue
            if not (LAST_GAP.fullmatch(gap) or len(group) > 1 or _again(text, parts, index)):
                continue
            factor = following.value / (following.raw * following.scale) if following.raw \
                    and following.scale else ONE
            item.value = item.value * abs(factor)
            if item.scale == 1 and following.scale > 1 and item.raw < 1000 and item.raw < following.raw * 20 \
                    and not item.in_words ^ following.in_words:
                item.value *= following.scale
                item.decimals = following.decimals
            item.unit, item.kind, item.counted = following.unit, following.kind, following.counted
        elif item.unit is not None and following.unit is not None:
            if _shares_magnitude(text, parts, index, gap):
                item.scale = following.scale
                item.value *= item.scale
            if following.unit.startswith(item.unit + "/") and abs(item.value) < 20 * abs(following.value):
                item.unit = following.unit
            elif not _are_items(item, following, gap):
                continue
        elif not (item.unit is not None and following.unit is None and CROSS.fullmatch(gap)):
            continue
        item.joined = following.joined = group
        group.insert(0, item)
    # 4,800 mm x 1,900 x 1,500; aged 34 and 76
    for item, following in zip(parts, parts[1:]):
        if item.kind == "age" and item.end == item.last and following.kind == "number" and not following.outcome \
                and (following.raw or 120) < 120 and LISTED.fullmatch(text[item.end:following.start]):
            following.kind, following.unit = "age", item.unit
        if following.unit is None and item.unit is not None and following.comparable \
                and following.kind == "number" \
                and unit.kind(item.unit) == "length" and CROSS.fullmatch(text[item.end:following.start]):
            following.unit, following.kind = item.unit, item.kind
    return parts


def _shares_magnitude(text: str, parts: list[Part], index: int, gap: str) -> bool:
    """Whether a sum leaves out the million of the next one: $1.5 or $2 million; $5, $6 and $7 million."""
    item, following = parts[index:index + 2]
    if not (item.before and item.kind == following.kind == "money" and item.unit == following.unit
            and item.scale == 1 < following.scale and item.raw < min(1000, following.raw * 20)):
        return False
    listed = index > 0 and parts[index - 1].before and text[parts[index - 1].end:item.start] == ", "
    return gap == " or " or listed or len(following.joined or ()) > 1 or item.raw % 1 != 0


def _are_items(item: Part, following: Part, gap: str) -> bool:
    """Whether numbers are items of one list: "over 90 km and 3 kg"; not "over 90 km/h, and 3 cm fell"."""
    return item.unit == following.unit or item.kind == following.kind and (
        "," not in gap or unit.kind(item.unit) == unit.kind(following.unit))


def _again(text: str, parts: list[Part], index: int) -> bool:
    """Whether a third bare number stands before: 301, 351, 405 km."""
    return index > 0 and parts[index - 1].kind == "number" and parts[index - 1].unit is None \
            and parts[index - 1].comparable \
        and text[parts[index - 1].end:parts[index].start] in (", ", ",")


def _compounds(reading: Reading, parts: list[Part], start: int) -> list[Part]:
    """10 minutes and 46 seconds; 2 hours and 24 seconds; 1 h 38 m; 5 ft 10 in."""
    joined: list[Part] = []
    for part in parts:
        large = joined[-1] if joined else None
        many = LARGER.get(large.unit, {}).get(part.unit) if large and part.start - large.end <= 6 else None
        if large and large.unit == "ft" and not large.outcome and large.value_max is None and part.kind == "number" \
                and not part.outcome and INCHES.fullmatch(reading.text[large.end:part.end]):
            many, part.unit = 12, "inch"                    # 6-foot-2, 6 ft 8 in high
            part.end = part.last = part.end + 3 * bool(IN_HIGH.match(reading.text, part.end))
        if many and large.value_max is None and part.value_max is None and 0 <= part.value < min(many, SIXTY) \
                and not large.outcome and COMPOUND.fullmatch(reading.text[large.end:part.start].replace("-", " ")):
            large.value = large.value * many + part.value
            large.unit = "minute" if part.unit == "m" else part.unit
            large.end, large.last, large.decimals = part.end, part.last, part.decimals
        else:
            joined.append(part)
    return joined


# Words of prices before "from", where another number stands near: "(from $5)", "an MSRP from $5"
PRICED = re.compile(r"(?i:(?:\(|\b(?:pric(?:es?|ed|ing)|MSRP|available|on sale|offered|and|,) )from $)")
STARTING = re.compile(r"(?i:\b(?:start(?:s|ing)?|entry|base) (?:from an? |at an? )?(?:price|MSRP|pricing)"
                      r"(?: (?:of|for|in)\b[^.;:0-9]{1,30}| \([^)0-9]*\))?(?: is| was|:| of| at)? (?:just |only )?$"
                      r"|\bstarts? (?:from|at) an? (?:price|MSRP) of $)")
# "caps penalties at", "a maximum fine of"
CAPPED = re.compile(r"(?i:\b(?:cap(?:s|ped|ping)?|limit(?:s|ed|ing)?) [^.;:,0-9]{1,30} (?:at|to) $"
                    r"|\bmaximum (?:[a-z]+ )?(?:penalty|fine|sentence|term|award|payout|loan|grant|subsidy)"
                    r"(?: of|:) $)")
# "passed the $5bn mark"
PASSED = re.compile(r"(?i:\b(?:(?:pass|cross|breach|top|exceed|surpass|clear|break)(?:es|ed|ing|s)?|beyond|past|above|"
                    r"over|broken?)(?: through)? (?:the|its|a) $)")
MARK = re.compile(r"[ -](?:mark|milestone|threshold|barrier)\b")
FOR_AND = re.compile(r" for (?:[^.;:,$€£]|,(?! )){1,40},? and ")
# The tolerance of a number that stands further in front: "$11 billion revenue, plus or minus $100 million"
TOLERANCE = re.compile(r"(?i: (?:plus or minus|plus-or-minus|give or take) | ?(?:±|\+/-|\+/−) ?)$")
NAMED_PLAN = re.compile(r"(?:Max|Plus) [A-Za-z]")      # the $200 Max plan
OVER_A = re.compile(r"(?i:\b(?:over|under|above|below|beyond|past) an? )$")
SPAN = re.compile(r"(?i:\bover (?:an?|the|its|their) )$")      # "over a two-year period" is no more than two


def _comparators(reading: Reading, parts: list[Part], start: int, end: int) -> None:
    text = reading.text
    previous_end = start
    for index, part in enumerate(parts):
        if part.value is None or part.outcome:
            previous_end = part.end
            continue
        window = text[max(previous_end, start, part.start - 40):part.start]
        if index and TOLERANCE.search(window):
            part.outcome = "qualifier"
            continue
        sign, _ = comparator.before(text[max(part.start - len(window), reading.held.end_before(part.start)):part.start])
        if sign in "<>" and OVER_A.search(window) and "-" in text[part.start:part.end]:
            sign = "="                                                      # recalled over a 12-inch display
        if part.kind == "duration" and SPAN.search(window) or index and window.strip().lower() == "over":
            sign = "="                                                      # 2% over five years, 3 km over 21 stages
        if sign == "=" and part.kind == "money" and _starting_price(
                reading, window, part, end, index > 0 and part.start - parts[index - 1].end <= 40):
            sign = ">="
        if sign == "=" and CAPPED.search(window):
            sign = "<="
        if sign == "=" and MARK.match(text, part.end) and PASSED.search(window):
            sign = ">"
        if sign == "=" and part.kind == "money":
            sign = _parallel(text, parts[:index], part)
        if sign == "=" and (found := comparator.after().match(text, part.end, end)) \
                and not NAMED_PLAN.match(text, found.start(2)):
            follows = found[2].lower()
            spaced = bool(found[1])
            if follows != "plus" and follows != "+" or follows == "plus" and not spaced or follows == "+" \
                    and not spaced \
                    or follows == "plus" and not re.match(r" (?:an?|the|[0-9$£€¥])",
                            text[found.end():found.end() + 4]):
                sign = comparator.phrases_after()[follows]
                if part.kind == "number" and not part.counted:
                    _count_after(reading, part, found.end(),
                                 parts[index + 1].start if index + 1 < len(parts) else end, end)
        if sign != "=" and part.comparator in ("=",):
            part.comparator = sign
        elif part.comparator == "=" and part.joined and part is not part.joined[0]:
            first = part.joined[0]
            if first.comparator != "range":
                part.comparator = first.comparator
        elif part.comparator == "=" and index and re.fullmatch(r"(?i),? and |,? or ",
                text[parts[index - 1].end:part.start]) \
                and parts[index - 1].comparator in (">", "<", ">=", "<=", "~") and not parts[index - 1].vague \
                and _are_items(parts[index - 1], part, text[parts[index - 1].end:part.start]):
            part.comparator = parts[index - 1].comparator
        previous_end = part.end


def _count_after(reading: Reading, part: Part, at: int, end: int, sentence_end: int) -> None:
    """The noun behind a sign: 6,000-plus used EVs."""
    _, high, held = reading.held.free(at, at, end)
    noun = counted.phrase(Window(reading, at, at, high, at, sentence_end), at, part.value) if held is None else None
    if noun and noun[1] in counted.UNITS:
        part.measure(unit.read(noun[1]), noun[0])           # 10 or so years
    elif noun and noun[1] != "times":
        part.count(reading.text[at:noun[0]].strip().lower(), noun[0])


def _starting_price(reading: Reading, window: str, part: Part, end: int, near: bool) -> bool:
    """from $599 is a starting price, unless something moved from there, also from a number near it, or a range follows.

    Millions are no price: "in the first half of 2025, from $5 million a year earlier".
    """
    if STARTING.search(window):
        return True
    if part.scale > 1 or not FROM.search(window) or near and not PRICED.search(window):
        return False
    words = re.findall(r"[a-z]+", window.lower())[:-1]
    if any(word in number.words("moves") for word in words[-5:]):
        return False
    return not re.search(r" to ", reading.text[part.end:min(end, part.end + 40)])


def _parallel(text: str, before: list[Part], part: Part) -> str:
    """The comparator of the price before, where both are for one of two things: "from $5 for a bun and $9 for a
    pie"."""
    for other in reversed(before[-3:]):
        if other.kind == "money" and other.unit == part.unit:
            return (other.comparator if other.comparator != "range" and FOR_AND.fullmatch(text, other.end, part.start)
                    else "=")
    return "="


def _equivalents(reading: Reading, parts: list[Part]) -> None:
    """Attach a restatement in another unit: 380 billion yuan (US$52 billion)."""
    text = reading.text
    parts = [part for part in parts if part.outcome not in ("date", "period")]
    index = 0
    while index + 1 < len(parts):
        part, other = parts[index], parts[index + 1]
        index += 1
        if other.outcome or part.unit is None or other.unit is None or other.start - part.end > 50:
            continue
        if part.outcome == "equivalent" and part.kind == other.kind == "money" and part.unit != other.unit \
                and ALSO_RESTATED.fullmatch(text, part.end, other.start):
            other.outcome = "equivalent"                    # 3bn yuan ($365m; £190m)
            continue
        if index > 1 and _restates_move(parts[index - 2], part, other) and RESTATED.fullmatch(
                text, part.end, other.start):
            other.outcome = "equivalent"                    # from 400 to 500 km (249 to 311 miles)
            continue
        if part.outcome or not RESTATED.fullmatch(text, part.end, other.start) and not (
                part.vague and other.unit == "percent" and SHARE_OF.fullmatch(text, part.end, other.start)) and not (
                part.kind == other.kind == "money" and IN_BRACKETS.fullmatch(text, part.end, other.start)
                and text[other.end:other.end + 1] in ");,/"):
            continue
        wholes = _list_before(parts, index - 1)
        restated = _list_after(parts, index)
        pairs = list(zip(wholes, restated)) if len(wholes) == len(restated) > 1 else [(part, other)]
        for whole, restatement in pairs:
            _tell_scale(whole, restatement)
            if _same_thing(whole, restatement):
                further = parts[index + 1] if index + 1 < len(parts) else None
                if further and not further.outcome and text[restatement.end:further.start] == "; " \
                        and _same_thing(whole, further):
                    further.outcome = "equivalent"      # "2.4bn rupees ($55m; £29m)"
                # two-thirds (65%): the exact figure is the fact
                if whole.vague and not restatement.vague:
                    whole, restatement = restatement, whole
                whole.equivalent, restatement.outcome = restatement, "equivalent"


# of degrees and of what restates them
OTHER_SCALE = {"°C": "°F", "°F": "°C"}


def _tell_scale(part: Part, other: Part) -> None:
    """Tells of which scale degrees are by their restatement: "180 degrees (356°F)"."""
    if part.unit == "degree" and (scale := OTHER_SCALE.get(other.unit)) \
            and _same_thing(replace(part, unit=scale), other):
        part.unit = scale


def _list_before(parts: list[Part], index: int) -> list[Part]:
    group = parts[index].joined
    return group if group and group[-1] is parts[index] else [parts[index]]


def _list_after(parts: list[Part], index: int) -> list[Part]:
    group = parts[index].joined
    return group if group and group[0] is parts[index] else [parts[index]]


def _restates_move(first: Part, last: Part, span: Part) -> bool:
    """Whether a range is the two levels between which something moved, in another unit."""
    return span.value_max is not None and first.value is not None and first.unit == last.unit != span.unit \
        and first.value_max is None and last.value_max is None and not first.outcome and not last.outcome \
        and _same_thing(first, replace(span, value_max=None)) \
        and _same_thing(last, replace(span, value=span.value_max, value_max=None))


def _same_thing(part: Part, other: Part) -> bool:
    """Whether the two can be one quantity in two units."""
    if part.unit == other.unit:
        return part.unit == "percent" and part.vague != other.vague and abs(part.value - other.value) < 5
    one, two = unit.kind(part.unit), unit.kind(other.unit)
    if {one, two} == {"percent", "ratio"}:
        return True
    if one is None or one != two:
        return False
    if one == "money" or one.startswith("price/"):
        return True
    # "0 to 100 km/h (62 mph)" has the upper end alone in the other unit
    value = part.value if part.value_max is None or other.value_max is not None else part.value_max
    converted = [unit.convert(value, part.unit, other.unit)]
    if one == "temperature":            # warmer by 2°C (3.6°F): without the zero of the scale
        converted.append(converted[0] - unit.convert(Decimal(0), part.unit, other.unit))
    # Restatements are rounded.
    return any(value is not None and abs(value - other.value) <= abs(other.value) * Decimal("0.06") + Decimal("0.5")
               for value in converted)
