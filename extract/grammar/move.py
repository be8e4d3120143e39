"""By how much something moved, or how much it is: words of rising and falling around a number.

Offsets are those of a masked sentence: lower case, with #, @ and ~ for quantities, names and periods.

>>> of("revenue rose ### to ####", 13, 16, "percent"), of("revenue rose ### to ####", 20, 24, "money")
('up', None)
>>> of("users grew by ###, or ##", 22, 24, "percent")
'up'
>>> of("it sank ###, or ####, to ####", 16, 20, "money"), of("a loss of ####, or ### a share", 19, 22, "money")
('down', None)
>>> of("it lifts output by up to ###", 25, 28, "percent"), of("a rise in costs of ###", 19, 22, "percent")
('up', 'up')
>>> of("it goes ## more than the old one", 8, 10, "measure")
'up'
>>> of("the price fell by more than ####", 28, 32, "money"), of("it is ## seconds faster", 6, 16, "duration")
('down', 'down')
>>> of("profit was ####, up nearly ### from ~~~~", 27, 30, "money"), of("a fall of ####", 10, 14, "count")
('up', 'down')
>>> of("the slide cut about ### from its #### valuation", 20, 23, "money"), of("it cut ### of costs", 7, 10, "money")
('down', None)
>>> of("it cut prices by an average of ###", 31, 34, "percent"), of("sales rose to an average of ###", 28, 31, "count")
('down', None)
>>> of("the index fell an average of roughly ###", 37, 40, "percent")
'down'
>>> of("it raises its prices ###", 21, 24, "percent"), of("debt is growing at about ###", 25, 28, "percent")
('up', 'up')
>>> of("output rose a seasonally adjusted ###", 34, 37, "percent")
'up'
>>> of("it added ## points to ####", 9, 18, "measure"), of("it added ### to the bill", 9, 12, "money")
('up', None)
>>> of("a margin above ###", 15, 18, "percent") is None
True
"""
import re
from collections.abc import Callable
from functools import cache

from .. import schema
from ..pattern import any_of, holding
from .lexicon import inflect

# Verbs of change with the number as their object, for metrics that are nothing but changes.
CHANGING = re.compile(r"\b(?:lost|los\w+|add\w*|gain\w*|shed\w*|wip\w+|eras\w+|cut\w*|slash\w*|knock\w*|drop\w*|"
                      r"r[io]se\w*|fell|fall\w*|grew|grow\w*|"
                      r"increas\w+|decreas\w+|rise|drop|loss|gain|surge\w*|jump\w*|plung\w+|evaporat\w+|"
                      r"destroy\w*)\b[^#;]{0,25}$")
# Verbs of change that take money or things as plain objects: "lost $3 billion", "cut 500 jobs".
TAKING = re.compile(r"\b(?:lost|lose|loses|losing|cut|cuts|cutting|shed|boost\w*|lift\w*|hik\w+|(?:more|less)(?! than)|"
                    r"lower|above|below|ahead|off|save\w*|"
                    r"advance\w*|better|discount\w*|fewer|reduc\w+|slash\w*)\s+(?:\w+\s+){0,3}$")


def verb_forms(direction: str) -> set[str]:
    """All forms of the verbs of moving up or down."""
    return {form for verb in schema.words("change")[direction]["verbs"] for form in inflect(verb)}


@cache
def forms() -> set[str]:
    """All forms of the verbs of moving."""
    return verb_forms("up") | verb_forms("down")


@cache
def _lists(direction: str) -> dict[str, set[str]]:
    """The words that say a value moved up or down, by the part that they play."""
    data = schema.words("change")[direction]
    return {"verb": verb_forms(direction), "word": set(data["words"]), "ahead": set(data["ahead"]),
            "noun": {n for noun in data["nouns"] for n in (noun, noun + "s")},
            "time": set(data["time"]),
            "only_by": {form for verb in data["only_by"] for form in inflect(verb)},
            "by": {n for noun in data["by"] for n in (noun, noun + "s")}}


def _every() -> set[str]:
    return {"up", "down"}.union(*(forms for way in ("up", "down") for forms in _lists(way).values()))


@cache
def _told() -> Callable[[str], bool]:
    return holding(_every())


@cache
def words() -> dict[str, str]:
    """Sources of patterns of those words: up_verb, down_noun, ..."""
    return {f"{way}_{part}": any_of(forms) for way in ("up", "down") for part, forms in _lists(way).items()}


# "made up 38%" is a level
SET_UP = re.compile(r"\b(?:mak\w+|made|tak\w+|took|set(?:s|ting)?|sign\w*|pick\w*|eat\w*|ate|com\w+|"
                    r"came)\s+up\s+(?:[a-z]+\s+){0,3}$")
# The same move in another unit: "up $3, or 4%", "fell 12 points (1.5%)".
RESTATED = re.compile(r"#+(?:(?: [a-z]+)?,? (?:[–—-] ?)?or | ?\()(?:(?:about|around|roughly|nearly|almost|over|"
                      r"more than|some)\s+){0,2}$")
ASIDE = {"up": "up|higher", "down": "down|lower|off"}
CLOSE_TO = re.compile(r"\bcloser? to $")       # "rose close to 9%"; "rose close to $9" is a level
FAR = 140       # characters before a move's restatement in which its verb stands
# "is down in volume (by 6%)", "sales keep falling: by 37% in July"
BY_ASIDE = re.compile(r"[(:–—]\s*by\s+(?:[a-z]+\s+){0,3}$")
# What is taken from a level: "cut $1bn from Veldt's $9bn valuation".
TAKEN_FROM = re.compile(r"\s+(?:from|off)\s+(?:[\w@~’'-]+\s+){0,3}#")
# "may slide under 10%" is a level
# and what is cut off something: "cut $68m from its target", "shave $3m off the bill"
OFF_IT = re.compile(r"(?:cut|slash|shav|knock|trim)\w*\s+(?:[a-z]+\s+){0,3}#+\s+(?:from|off)\s")
UNDER = re.compile(r"\b(?:slid\w*|fall\w*|fell|dip\w*|drop\w*|s[aiu]nk\w*|slip\w*|go|goes|"
                   r"went)\s+(?:[a-z]+\s+)?under\s+$")
GAPPED = re.compile(r"\s+to\s+(?:[a-z]+\s+){0,2}#")


@cache
def _patterns() -> dict[str, re.Pattern]:
    moves = words()
    exact = r"(?:(?:about|around|roughly|nearly|almost|over|more than|less than|under|up to|at least|as much as|" \
            r"approximately|some|just|only|another|well over|slightly|(?:an? )?average of|an? (?:[a-z]+ly )?[a-z]+|" \
            r"a|an|the|its|by|as many as|closer? to|fewer than|in excess of|off)\s+){0,4}"
    patterns = {}
    for way in ("up", "down"):
        verbs, adverbs, nouns = moves[f"{way}_verb"], moves[f"{way}_word"], moves[f"{way}_noun"]
        ahead = moves[f"{way}_ahead"]
        patterns[f"{way}_before"] = re.compile(
            rf"\b(?:{verbs}|{ahead})(?:\s+\w+ly)?(?:\s+(?:in (?:value|price|volume|size),?|volumes?|yoy|year[ -]o(?:n|"
            rf"ver)[ -]year|[@~]+))?\s+{exact}$")
        patterns[f"{way}_verb_before"] = re.compile(rf"\b(?:{verbs})(?:\s+\w+ly)?(?:\s+(?:in value|in price|"
                                                    rf"[@~]+))?\s+{exact}$")
        patterns[f"{way}_far"] = re.compile(rf"\b(?:{verbs}|"
                                            rf"{moves[way + '_only_by']})\s+(?:[\w@~’'%$-]+\s+){{1,10}}?(?<!ed "
                                            rf")by\s+{exact}$")
        patterns[f"{way}_object"] = re.compile(rf"\b(?:{verbs}|{moves[way + '_only_by']})\s+(?:[\w@’'-]+\s+){{0,4}}?"
                                               rf"(?:(?:price|rate|fee|cost|fare|rent|wage|premium|tariff|emission|"
                                               rf"forecast|share)s|stocks?|revenues?|sales|profits?|earnings|output)\s+{exact}$")
        patterns[f"{way}_noun_before"] = re.compile(rf"\b(?:{nouns})\s+(?:of|by|at|was|is|rate of|"
                                                    rf"in (?:[a-z]+ ){{1,3}}of)?\s*{exact}$")
        patterns[f"{way}_after"] = re.compile(
            rf"[\s-]+(?!of\b)(?:(?:(?!(?:no|is|are|was|were|for|from|and|or|to|with|than|"
            rf"on(?! (?:year|quarter|month)))\b)[\w@~’'/][\w@~’'/-]*\s+){{0,3}}?(?:{nouns}|{adverbs})\b)")
        compared = "|".join(w for w in schema.words("change")[way]["words"]
                            if w.endswith("er") and w not in ("over", "under"))
        patterns[f"{way}_measure_after"] = re.compile(rf"\s+(?:{compared}|{'more' if way == 'up' else 'less|fewer'} "
                                                      rf"than)\b")
        patterns[f"{way}_duration_after"] = re.compile(rf"\s+{moves[way + '_time']}\b")
        compared = r"more|higher|pricier|costlier|dearer|above" if way == "up" else r"less|lower|cheaper|off|below"
        patterns[f"{way}_money_after"] = re.compile(rf"\s+(?:{compared}|{moves[way + '_by']})\b")
        patterns[f"{way}_by_before"] = re.compile(rf"\b(?:{moves[way + '_by']})\s+of\s+{exact}$")
        patterns[f"{way}_any"] = re.compile(rf"\b(?:{verbs}|{adverbs}|{nouns})\b")
        patterns[f"{way}_aside"] = re.compile(rf"(?:[#~@,(–—]\s*|\s-\s+|\b(?:is|was|are|were|settled|closed|ended|"
                                              rf"finished|opened|traded)\s+)(?:{ASIDE[way]})\s+(?:by\s+)?{exact}$")
        patterns[f"{way}_by"] = re.compile(rf"\b{way}\s+by\s+{exact}$")
    patterns["up_rate"] = re.compile(rf"\b(?:grow(?:s|n|ing)?|grew|ris(?:es|en|ing)|increasing|expand(?:s|ed|ing)?)\s+"
                                     rf"(?:\w+ly\s+)?at\s+(?:[a-z-]+\s+){{0,4}}?{exact}$")
    patterns["any"] = re.compile(any_of(_every(), behind=r"\w"))
    patterns["to"] = re.compile(r"\b(?:(?<!up )to|from|at|(?<!average )of)\s+(?:(?:about|(?:an )?average of|"
                                r"around|roughly|nearly|almost|over|more than|less than|just|only|some|"
                                r"a record|an estimated|approximately|under|as much as|up to|a|an|the)\s+){0,3}$")
    return patterns


def of(masked: str, start: int, end: int, kind: str) -> str | None:
    """'up' or 'down' where the number at start:end says by how much something moved; None where it is a level."""
    if kind not in ("percent", "money", "count", "number", "measure", "duration"):
        return None
    patterns = _patterns()
    before, after = masked[max(0, start - 70):start], masked[end:end + 50]
    share_like = kind == "percent"
    restated = RESTATED.search(before) if "#" in before and ("or " in before or "(" in before) else None
    if restated and (share_like or not restated.group().endswith("(")):
        before = masked[max(0, start - FAR):start - (len(before) - restated.start())]
    # for most numbers, no word of moving stands before it
    stands = _told()(before) and patterns["any"].search(before) is not None
    if stands and (SET_UP.search(before) or UNDER.search(before)):
        return None
    level = (stands or share_like) and patterns["to"].search(before) and not (share_like and CLOSE_TO.search(before))
    if stands and (not level or before.rstrip().endswith(" of")):
        for way in ("up", "down"):
            if not level and patterns[f"{way}_before" if share_like or restated
                                      else f"{way}_verb_before"].search(before):
                if share_like or not TAKING.search(before) or kind == "money" and (
                        TAKEN_FROM.match(after) or OFF_IT.search(masked, max(0, start - 40), end + 8)):
                    return way
            if not level and not share_like and GAPPED.match(after) and patterns[f"{way}_before"].search(before):
                return way          # "the index added 88 points to 11,387"
            if not level and not share_like and (patterns[f"{way}_aside"].search(before) or kind != "count"
                                                 and patterns[f"{way}_by"].search(before)):
                return way          # "net income was $3.5bn - up nearly $3bn", "put its price up by $2"
    for way in ("up", "down") if stands else ():
        if patterns[f"{way}_noun_before" if share_like else f"{way}_by_before"].search(before):
            return way              # "a decline of about 34%", "a gain of 400 points"
    if share_like and stands and BY_ASIDE.search(before):
        return max(("up", "down"), key=lambda way: max((w.end() for w in patterns[f"{way}_any"].finditer(before)),
                                                       default=0))
    if share_like and not level and GAPPED.match(after):
        return direction(masked, start) or "up"     # "revenue rose 15% to $3bn and profit 11% to $1bn"
    if stands and share_like and patterns["up_rate"].search(before):
        return "up"                 # "debt is growing at 15% a year"
    for way in ("up", "down") if kind == "duration" else ():
        if patterns[f"{way}_duration_after"].match(after):
            return way              # "half a second faster": a shorter time
    for way in ("up", "down"):
        if stands and not level and (patterns[f"{way}_far"].search(before)
                                     or share_like and patterns[f"{way}_object"].search(before)):
            return way
        behind = "after" if share_like else "measure_after" if kind in ("measure", "duration") else "money_after"
        if patterns[f"{way}_{behind}"].match(after):
            return way
    return None


def lost(masked: str, start: int) -> bool:
    """Whether a verb of falling stands right before the number: "lost 300,000 users".

    >>> lost("it lost ###, or ## points", 16), lost("it has ###, or ## points", 15)
    (True, False)
    """
    restated = RESTATED.search(masked, max(0, start - 40), start)
    start = restated.start() if restated else start
    return _patterns()["down_verb_before"].search(masked[max(0, start - 70):start]) is not None


def at_level(masked: str, start: int) -> bool:
    """Whether "to", "at", "of" or the like stands before the number, which then is a level."""
    return _patterns()["to"].search(masked[max(0, start - 70):start]) is not None


def direction(masked: str, start: int) -> str | None:
    """Up or down where the metric itself says that the number is a change: "lost $589 billion in market value"."""
    before = masked[max(0, start - 70):start]
    return next((way for way in ("down", "up") if _patterns()[f"{way}_verb_before"].search(before)
                 or re.search(rf"\b(?:{words()[way + '_verb']})\b", before)), None)
