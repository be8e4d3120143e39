"""Digits that name or date something and measure nothing: links, phone numbers, versions, ordinals, GPT-4.5, Model 3.

Some are told by their form (`find`), some by the words around a bare number (`settle`).
"""
import re
from functools import cache

from .. import schema
from ..pattern import any_of
from . import comparator, number, scan, unit
from .number import SPACE
from .draft import Part
from .window import Window

LETTER = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏͰ-Ͽ]")
LETTERS = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏͰ-Ͽ]+")
# A token that is no number though it holds digits. Matched where the token begins.
WITHOUT_SPACE, LINK_SIGN = re.compile(r"\S{0,2000}"), re.compile(r"://|www\.|[@#]|\.[a-z]", re.IGNORECASE)
TOKEN_REACH = 200
URL = re.compile(r"""
    (?:https?://|www\.|ftp://)[^\s<>"]{1,2000}
  | [\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,200}           # an e-mail address
  | [\#@]\w{1,200}(?:[./-]\w{1,200}){0,20}               # a hashtag or handle, a path below one
""", re.VERBOSE | re.IGNORECASE)
DOMAIN = re.compile(r"""
    [\w-]{1,64}(?:\.[\w-]{1,64}){0,4}
    \.(?:com|org|net|io|ai|co|gov|edu|html?|php|pdf|zip|exe)\b[^\s]{0,500}
""", re.VERBOSE | re.IGNORECASE)
AFTER_LINK = ".,;:!?)]}\"'”’"
NUMBERING = re.compile(r"[0-9]{1,3}(?:[.)](?=\s|$)|\.(?=[A-Z]))")
IN_SQUARE = re.compile(r"([0-9]{1,3})\]")
IN_BRACKETS = re.compile(r"([0-9]{1,2})\) ?(?!(?:and|or|in|at|on|of)\b)[A-Za-z]")
OPENS_ITEM = re.compile(r"(?:^|[:;,.]|\b(?:and|or)) ?$")
DOTTED_ITEM = re.compile(r"([0-9]{1,2})\.(?= [A-Z]|\s*$|\n)")
ORDINAL = re.compile(r"[0-9][0-9,]{0,12}(?:(?<=1)(?<!11)st|(?<=2)nd|(?<=3)rd|th)(?![A-Za-z0-9])")   # 11st is a weight
# Codes that begin with the digits. Behind the digits each of them goes on so:
GOES_ON = re.compile(r"[0-9]+(?:[-–/.:x(kKoOV)]| [oO(0-9ABC])|0[0-9]")
FIXED = re.compile(r"""(?:
    [0-9]{3}/[0-9]{2}[ ]?Z?R[ ]?[0-9]{2}                  # a tyre
  | 10-[QK] | 8-K | 20-F | 24/7 | 24x7 | 9/11 | 50/50 | 50-50 | 80/20 | 20/20 | 4x4 | 7-Eleven | [0-9]{1,2}-in-1
  | [1-9]-on-[1-9]
  | [0-9]{2}V-?[0-9]{3}(?:[0-9]{3})?                    # the recall of a car
  | 401\(?k\)? | 7[0-8]7-[1-9]00
)(?![0-9A-Za-z])""", re.VERBOSE)
YEAR_PAIR = re.compile(r"(?:19|20)[0-9]{2}[-–/](?:[0-9]{2}|(?:19|20)[0-9]{2})(?![0-9A-Za-z.,][0-9]?)")
CLOCK = re.compile(r"[0-2]?[0-9][:.][0-5][0-9](?:[:.][0-5][0-9])?(?:\s?[ap]\.?m\b\.?)|[0-2]?[0-9] ?o['’]clock\b", re.I)
PHONE = re.compile(r"(?:[0-9][-. ])?\(?[0-9]{3}\)?[-. ][0-9]{3}[-. ][0-9]{4}(?![0-9])")
# 6/17, updated 6/30; no fraction, and no score: those are of 16, 20 or 30
MONTH_DAY = re.compile(r"(?:0?[1-9]|1[0-2])/(?:1[34579]|18|2[1-9]|31)(?![0-9/]|\.[0-9])"
                       r"|(?<=[Uu]pdated )(?:0?[1-9]|1[0-2])/[0-3]?[0-9](?![0-9/]|\.[0-9])")
DATE_LIKE = re.compile(r"[0-9]{1,4}([-/.])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})(?![0-9/-])")
CHAIN = re.compile(r"[0-9]+(?:-[0-9]+){2,}(?![0-9])")
DOTTED = re.compile(r"[0-9]+(?:\.[0-9]+){2,}")
COLON = re.compile(r"[0-9]+(?::[0-9]+)+(?:\.[0-9]+|(?:,[0-9]{3})+)?")
TIME_OF_DAY = 5         # characters of 10:30, where 3:1 is a score
# 13-for-17 of a shooter, a 3-for-1 split, 6-of-16 shooting
OUT_OF = re.compile(r"[0-9]{1,3}-(?:for|of)-[0-9]{1,3}(?![0-9A-Za-z-])")
ERA = re.compile(r"[0-9]{1,5} (?:B\.C\.(?:E\.)?|A\.D\.|BCE(?![A-Za-z]))")
# No number that measures something begins so: 0800 028 9276, 007.
LEADING_ZERO = re.compile(r"(?<![0-9][-–/:.,])(?<![.,])0[0-9]{1,10}(?:[ -][0-9]{3,6}){0,3}"
                          r"(?![0-9A-Za-z]|[.,:/-][0-9]| (?:GMT|BST|UTC|CES?T|E[SD]?T|PT|IST|hours|local time)\b)")
# In this order: form, kind, outcome.
FORMS = ((FIXED, "name", "name"), (YEAR_PAIR, "date", "period"), (CLOCK, "time", "date"), (PHONE, "code", "code"),
         (DATE_LIKE, "date", "date"), (MONTH_DAY, "date", "date"), (CHAIN, "code", "code"), (OUT_OF, "code", "code"),
         (ERA, "date", "date"))

# The rest of a name that began before the digits or with them: H20, S800, 235B-A22B, 5G, 3D.
NAME_TAIL = re.compile(r"[A-Za-z0-9]*(?:[-./+&][A-Za-z0-9]+)*\+?")
NAME_HEAD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏͰ-Ͽ0-9.&/_-]{1,60}$")
SHORTEST_HEAD, SUBSTANCE = 4, re.compile(r"[0-9]{1,3}(?![0-9%]|[.,][0-9]| (?:percent|million|billion|trillion)\b)")
MORE_NAME = re.compile(r"-[A-Z]+[0-9]")
LETTERS_AFTER = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]+")
CAPITAL_WORD = re.compile(r"[A-Z][a-z]{2}")
WORD_BEFORE = re.compile(r"(?<![A-Za-zÀ-ÖØ-öø-ɏ])([A-Za-zÀ-ÖØ-öø-ɏ][A-Za-zÀ-ÖØ-öø-ɏ'’&-]{0,40})\s?$")
MODEL_BEHIND = re.compile(r" (?:Pro|Max|Ultra|Mini|Lite)\b")
VARIANT = re.compile(r" ([A-Z][A-Za-z0-9]*)")
# but not in "of NCM 811 cells"
PLACE_BEFORE = re.compile(r"(?:^| )(?:[Ii]n|[Oo]f|[Ff]or) (?:[A-Z][a-z]+|U[KS]|EU|UAE|USA) $")
OWNERS = ("'s", "’s", "s'", "s’")

# A space was lost: "there were4,316,233 births", "it forecast50% growth"
PLAIN_WORD = re.compile(r"(?:^|[ \u00a0])[a-z]{2,20}$")
FUNCTION_WORD = re.compile(r"(?:[ \u00a0](?:for|only|than|over|about|with|from|were|was|have|has|had|this|the|nearly|"
                           r"around|almost|least|just|some)|[a-z][’']s)$")
GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
NOUN_OR_SIZE = re.compile(r" [a-z]|[KMGT]B\b")
PERCENT_OR_SIZE = re.compile(r"%| (?:per ?cent|million|billion|trillion)\b")

# A race is named by its length: the 100 metres, the women's 1,500m final, 200m freestyle.
RACES = frozenset({50, 60, 100, 110, 200, 400, 800, 1500, 3000, 5000, 10_000})
STYLE = re.compile(r" (?:freestyle|butterfly|backstroke|breaststroke|(?:individual )?medley|hurdles|steeplechase|dash|"
                   r"sprint|relay|final|heats?)\b")
THE_RACE, AFTER_RACE = re.compile(r"(?:\b[Tt]he|[’']s) $"), re.compile(
    r" ?(?:[.,;)]|$)| (?:in|at|and|on|with|by|title|gold|silver|bronze|record|champion|world|event|run|crown)\b")

AIRLINER = re.compile("7[0-8]7")
YEAR = re.compile(r"(?:1[5-9]|20)[0-9]{2}")
OLD_YEAR_BEFORE = re.compile(r"(?i)(?:^|[ (])(?:in|since|of|from|until|by|around|before|after|the|an|early|late|mid|"
                             r"between) $")
HOURS_AFTER = re.compile(r" (?:GMT|BST|UTC|CES?T|E[SD]?T|PT|IST|local time)\b")
PLACE_REACH = 28
LABEL_REACH = 16        # characters, more than the longest label and what stands between it and the number
LEAD = 60                # characters in front of a number that tell of it
APOSTROPHES, APOSTROPHE = ("'", "’", "‘"), re.compile("['’]")
CLOSES_QUOTE = re.compile(r"(?<! )['’](?![A-Za-z0-9])")
EMERGENCY = frozenset(["999", "112", "101", "111", "988", "1669"])
CALLED = re.compile(r"\b(?:[Cc]all|[Dd]ial|[Rr]ing|[Rr]ang|[Pp]hon)[a-z]* $")
SUB, CODE_IS = ("sub-", "Sub-"), re.compile(r"\bcode (?:is|was|of) \+?$")
P_VALUE = re.compile(r"(?<![A-Za-z])[Pp](?:[- ]?values?)? ?(?:=|<|>|≤|≥|of) ?$")
IN_THE_MORNING = re.compile(r" (?:in the (?:morning|afternoon|evening)|at night)\b")
PHONE_GROUPS = re.compile(r"[0-9]{3,6}(?: [0-9]{3,6}){0,3}(?![0-9.,]*[0-9])")
BY_PHONE = re.compile(r"""
    \b(?:[Cc]all|[Pp]hone|[Rr]ing|[Dd]ial|[Tt]ext|[Tt]elephon(?:e|ing)|WhatsApp|Whatsapp)\b[^.;:0-9]{0,40}\ (?:on|at)\ $
  | \b(?:Call|Dial|Ring|Phone)\ $
  | \b[Tt]ext(?:ing)?\ (?:the\ words?\ )?["'“‘]?[A-Z]{2}[^.;:0-9]{0,30}\ to\ $
""", re.VERBOSE)
ADDRESS = re.compile(r"""
    \ (?:[NSEW]\.?\ |(?:North|South|East|West)\ )?(?:[0-9]{1,3}(?:st|nd|rd|th)|[A-Z][\w'’.-]{1,30})
    (?:\ [A-Z][\w'’.-]{1,30}){0,2}
    \ (?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Lane|Parkway|Terrace|Close|Crescent)\b(?!\ [a-z]+s\b)
""", re.VERBOSE)
ROUND, BLOCK = re.compile(r"[1-9][0-9]{0,2}00"), re.compile(r" block of\b")
RELEASE = re.compile(r"[1-9]\.0")
LONGEST_NAMING = 4      # characters of a number with which a name may end


# --- by form ----------------------------------------------------------------------------------------------


def find(w: Window) -> Part | None:
    """Digits that measure nothing by their form."""
    text, at = w.text, w.at
    if w.reading.has_links and (link := _link(w)):
        return link
    if at - w.begin < 3 and text[w.begin:at].strip() in ("", "(") and (found := NUMBERING.match(text, at, w.high)):
        return w.settled(at, found.end(), "code", "code")
    if end := _enumerator(w):
        return w.settled(at, end, "code", "code")
    if not text[at - 1:at].isalpha() and (found := ORDINAL.match(text, at, w.high)):
        return w.settled(at, found.end(), "ordinal", "ordinal")
    return _form(w) if GOES_ON.match(text, at) else None


def _link(w: Window) -> Part | None:
    """An address, an e-mail, a handle: anything without a space around the digits."""
    text, head = w.text, w.at
    while head > w.low and head > w.at - TOKEN_REACH and not text[head - 1].isspace():
        head -= 1
    tail = WITHOUT_SPACE.match(text, w.at, w.high).end()
    found = LINK_SIGN.search(text, head, tail) and (URL.search(text, head, tail) or DOMAIN.search(text, head, tail))
    if found and found.start() <= w.at < found.end():
        end = max(found.start() + len(found[0].rstrip(AFTER_LINK)), w.at + 1)
        return w.settled(found.start(), end, "code", "code")
    return None


def _enumerator(w: Window) -> int | None:
    """The end of a number in front of an item within a sentence: "(1) vans, (2) cars", "Costs; 2. Sales; 3."

    In "Elm Street (2), Oak Road (1)" the number in brackets is of what stands before it.
    """
    text, at = w.text, w.at
    if text[at - 1:at] == "[" and (found := IN_SQUARE.match(text, at, w.high)):
        return found.end(1)                                             # a note
    if text[at - 1:at] == "(" and (found := IN_BRACKETS.match(text, at, w.high)):
        around = {f"({int(found[1]) + step})" for step in (-1, 1)}
        items = text[w.begin:w.end]
        return found.end(1) if OPENS_ITEM.search(text, max(w.begin, at - 8), at - 1) \
            or any(other in items for other in around) else None
    if text[max(w.begin, at - 6):at].endswith(("; ", "; and ", ": ", ") ")) and (found := DOTTED_ITEM.match(text, at)):
        last = not text[found.end():w.end].strip()
        return found.end(1) if text[at - 2] not in ":)" or text[at - 2] == ":" and found[1] == "1" \
            or text[at - 2] == ")" and last else None
    return None


def _form(w: Window) -> Part | None:
    """24/7, 2024-25, 10.30 am, 555-123-4567, 12/10/2025, 1.2.3, 3:1."""
    text, at = w.text, w.at
    for form, kind, outcome in FORMS:
        if found := form.match(text, at, w.beyond if form in (CLOCK, ERA) else w.high):      # 10 O'clock News, 72 B.C.
            return w.settled(at, found.end(), kind, outcome)
    if text[at] == "0" and (found := LEADING_ZERO.match(text, at, w.high)):
        return w.settled(at, found.end(), "code", "code")
    found = DOTTED.match(text, at, w.high)
    if found and number.form(w.european).match(text, at, w.high).end() < found.end():
        return w.settled(at, found.end(), "code", "code")
    if found := COLON.match(text, at, w.high):
        return w.settled(at, found.end(), *(("time", "date") if len(found[0]) == TIME_OF_DAY else ("code", "code")))
    return None


# --- by the letters around ----------------------------------------------------------------------------------


def name_around(w: Window, first: int, last: int) -> Part | None:
    """The name whose digits stand at first:last, where it begins with letters: GPT-4.5, H20."""
    head = name_head(w, first)
    if head is None or _glued_to_word(w, first, last):
        return None
    return w.settled(head, NAME_TAIL.match(w.text, last, w.high).end(), "name", "name")


def name_head(w: Window, first: int) -> int | None:
    """Where the name begins whose digits begin at `first`, or None."""
    text = w.text
    previous = text[first - 1] if first > w.low else " "
    glued = LETTER.match(previous)
    if not glued and (previous not in "-‑" or first - 1 <= w.low or not text[first - 2].isalnum()):
        return None
    head = w.search_before(NAME_HEAD, first, 60)
    if head is None or glued:
        return head and head.start()
    # With a hyphen: F-150, GPT-4.5, Covid-19, carbon-13; but "mid-20s" and "a-5" are no names.
    letters = LETTERS.match(head[0])
    if letters is None or letters[0].islower() and not (
            letters.end() == len(head[0]) - 1 and _is_substance(w, letters[0], first)):
        return None
    return head.start()


def _is_substance(w: Window, word: str, first: int) -> bool:
    """Whether a small word and the digits behind its hyphen are a name: carbon-13; but "plus-20", "under-16s"."""
    if len(word) < SHORTEST_HEAD or word in number.words("stop") or word in number.words("no_name_heads") \
            or comparator.before(f"{word} ")[0] != "=" or scan.proposed().match(word):
        return False
    found = SUBSTANCE.match(w.text, first, w.high)
    return found is not None and not unit.behind().match(w.text, found.end(), w.high)


def _glued_to_word(w: Window, first: int, last: int) -> bool:
    """Whether a plain word stands in front whose space was lost: "it forecast50% growth"."""
    before = w.before(first, 24)
    if FUNCTION_WORD.search(before) and NOUN_OR_SIZE.match(w.text, last, w.high):
        return True             # "there were4,316,233 births", "the agency’s32 members"
    word = PLAIN_WORD.search(before)
    return word is not None and not scan.proposed().search(word[0]) and (
        PERCENT_OR_SIZE.match(w.text, last, w.high) is not None
        or GROUPED.fullmatch(w.text, first, last) is not None)


def name_behind(w: Window, part: Part, last: int) -> Part | None:
    """The name that begins with the digits that end at `last`, by letters behind them that mean nothing: 5G, 3D; or
    that go on: 35B-A3B."""
    text = w.text
    if part.end == part.last > last:
        goes_on = MORE_NAME.match(text, part.last, w.high)
    else:
        goes_on = part.end == last and (letters := LETTERS_AFTER.match(text, last, w.high)) and not (
            part.before and CAPITAL_WORD.match(letters[0]))             # "the $599Aster 5" lost a space
    if not goes_on:
        return None
    return w.settled(part.start, NAME_TAIL.match(text, last, w.high).end(), "name", "name")


# --- by the words around ------------------------------------------------------------------------------------


@cache
def label() -> re.Pattern:
    """What makes a code of the number behind it: "Section 321"."""
    words = any_of(number.words("labels") | number.words("small_labels"))
    return re.compile(rf"(?i)(?<![A-Za-z])({words})(\.?){SPACE}?#?$")


@cache
def _trims() -> frozenset[str]:
    """Words behind a name that tell of a variant: Max, Pro."""
    return frozenset(schema.words("entity")["trim"])


def settle(w: Window, part: Part, before: str) -> bool:
    """Settle a bare number in digits that names or dates something by the words around it; whether it does."""
    text = w.text
    if part.kind not in ("number", "count", "duration"):
        return False
    lead = text[max(w.begin, part.start - LEAD):part.start]     # a name may stand in it: "Linux kernel 5.16"
    digits = text[part.first:part.last]
    if len(digits) == 4 and digits.isdigit() and HOURS_AFTER.match(text, part.last, w.high):
        part.settle("time", "date")                                     # 1330 GMT
    elif part.kind == "duration":
        return False
    elif part.scale == 1 and _is_code(w, lead, digits):
        part.settle("code", "code")
    elif YEAR.fullmatch(digits) and _is_year(part, before, digits):
        part.settle("date", "date")
    elif part.kind == "number" and part.scale == 1 and (told := _told(w, part, lead, digits)):
        part.settle(*told)
    else:
        return False
    return True


def settle_word(w: Window, part: Part, before: str) -> None:
    """Settle a small number in words that is a label or clock time: part two, on day three, four in the morning."""
    if part.kind == "number" and IN_THE_MORNING.match(w.text, part.last):
        part.settle("time", "date")
    elif part.kind == "number" and part.scale == 1 and ((found := label().search(before[-LABEL_REACH:]))
                                                      and found[1].lower() in number.words("small_labels")
                                                      or _at_place().search(before[-PLACE_REACH:])):
        part.settle("code", "code")


def _told(w: Window, part: Part, lead: str, digits: str) -> tuple[str, str] | None:
    """Kind and outcome of a bare number that the characters or words around it tell to measure nothing."""
    text, first, last = w.text, part.first, part.last
    glued = text[first - 1:first] or " "
    if glued == "." and LETTER.match(text[first - 2]) or first == w.low and LETTER.match(glued):
        return "code", "code"                           # a handle, ann.22; a note behind a word, "40 countries3"
    if glued in APOSTROPHES:
        return ("date", "date") if _is_short_year(w, first, digits) else None
    if P_VALUE.search(lead):
        return "number", "qualifier"
    if lead.endswith(SUB):
        return "name", "name"                           # sub-6 networks; "sub-6 GHz" has a unit
    if IN_THE_MORNING.match(text, last):
        return "time", "date"
    if BY_PHONE.search(lead) and (found := PHONE_GROUPS.match(text, first)):
        part.reach(found.end())
        return "code", "code"
    if digits in EMERGENCY and CALLED.search(lead) or CODE_IS.search(lead) \
            or "," not in digits and ADDRESS.match(text, last) or ROUND.fullmatch(digits) and BLOCK.match(text, last):
        return "code", "code"
    if RELEASE.fullmatch(digits) and ((word := WORD_BEFORE.search(lead)) and _is_released(word[1])
                                      or lead.endswith(") ")):
        return "name", "name"                                   # farming 4.0
    return None


def _is_short_year(w: Window, first: int, digits: str) -> bool:
    """Whether two digits behind an apostrophe are a year, '85; a quote may begin so too."""
    if len(digits) != 2 or not digits.isdigit() or first > w.begin + 1 and w.text[first - 2] not in " (\u00a0—–-":
        return False
    other = APOSTROPHE.search(w.text, first, min(w.end, first + 60))
    return w.text[first - 1] == "’" or other is None or not CLOSES_QUOTE.match(w.text, other.start())


def _is_released(word: str) -> bool:
    """Whether a word can be what a release is of: farming 4.0; but "to 4.0", "averaged 4.0"."""
    return word.islower() and len(word) > 2 and not word.endswith("ed") and not any(
        word in number.words(name) for name in ("stop", "not_names", "moves"))


def _is_code(w: Window, before: str, digits: str) -> bool:
    return is_labelled(before, digits) or digits in number.words("formats") or digits in number.words("called") \
        or w.reading.has_boeing and AIRLINER.fullmatch(digits) is not None


@cache
def _at_place() -> re.Pattern:
    """What makes a code of the number behind it by a preposition: "on day 35", "(year 11"."""
    behind = any_of(number.words("place_prepositions"))
    return re.compile(rf"(?:^|[(,] ?|(?<![A-Za-z])(?i:{behind}) |(?<![A-Za-z])to (?=day|week|year|lap|mile))"
                      rf"{any_of(number.words('places'))} $")


def is_race(w: Window, part: Part, end: int) -> bool:
    """Whether metres that end at `end` name a race."""
    return part.scale == 1 and part.raw in RACES and (
        STYLE.match(w.text, end) is not None
        or w.search_before(THE_RACE, part.start, 6) is not None and AFTER_RACE.match(w.text, end) is not None)


def is_labelled(before: str, digits: str) -> bool:
    """Section 321, Grade 12, No. 5; but "no 5", "in act 300 people".

    >>> is_labelled("under Section ", "321"), is_labelled("of No. ", "5"), is_labelled("in act ", "300")
    (True, True, False)
    >>> is_labelled("on day ", "35"), is_labelled("the last day ", "35")
    (True, False)
    """
    if "," not in digits and _at_place().search(before[-PLACE_REACH:]):
        return True
    found = label().search(before[-LABEL_REACH:])
    if not found:
        return False
    word = found[1]
    if word.lower() in ("no", "nos"):
        return bool(found[2]) or word[0] == "N"
    if "," in digits:
        return False
    return word[0].isupper() or word in number.words("small_labels")


def _is_year(part: Part, before: str, digits: str) -> bool:
    """Whether 1500 to 2099 is a year: not in "more than 2010 people", and before 1900 only behind "in" or the like."""
    if digits < "1900" and not OLD_YEAR_BEFORE.search(before):
        return False
    return part.kind != "count" or digits != "2000" and comparator.before(before)[0] == "="


def settle_name(w: Window, part: Part, before: str) -> None:
    """Settle a small bare number behind a capitalised word, which it names: Model 3, Windows 11, Boeing 737."""
    if part.kind in ("number", "count") and part.scale == 1 and _ends_name(w, part):
        word = WORD_BEFORE.search(before)
        if word and any(c.isupper() for c in word[1]):
            part.start -= len(before) - word.start(1)
        part.settle("name", "name")


def _ends_name(w: Window, part: Part) -> bool:
    text = w.text
    if part.last - part.first > LONGEST_NAMING or part.value < 0 or text[part.first - 1] != " " \
            or not (word := WORD_BEFORE.search(text[max(w.begin, part.start - 44):part.start])):
        return False
    if word[1] in ("the", "its", "a", "new") and _is_variant(w, part) \
            or part.kind == "number" and MODEL_BEHIND.match(text, part.last):
        return True
    if not any(c.isupper() for c in word[1]) or word[1].lower() in number.words("not_names"):
        return False
    follows = text[part.last:part.last + 2]
    if word[1].endswith(OWNERS) or follows[:1] in "-–/" and follows[1:].isdigit():
        return False
    if part.kind == "number":
        return not (w.held.name_to(part.first - 1) and number.lists_count(text, part.first, part.last))
    if _counts_again(text[w.begin:part.start], part.counted):
        return False            # "Norvik sold 300 vans, Veldt 200 vans"
    # Ioniq 6 sales; but "Tesla Opens 50 Stores" and "In Japan 300 shops closed" count.
    return follows[1:].islower() and not PLACE_BEFORE.search(text[max(w.begin, part.start - 60):part.start])


ANOTHER = re.compile(r"(?:[,;]|,? (?:and|while|but))(?: the)?(?: [A-Z][\w.&'’-]*){1,3} ")


def _counts_again(ahead: str, counted: str | None) -> bool:
    """Whether nothing but a name stands between a number with the same noun and this one."""
    at = ahead.rfind(f" {counted}") if counted else -1
    return at > 0 and ahead[at - 1].isdigit() and ANOTHER.fullmatch(ahead, at + 1 + len(counted)) is not None


def _is_variant(w: Window, part: Part) -> bool:
    """Whether the words behind go on with a name: the new 990 Pro, the 737 MAX."""
    variant = VARIANT.match(w.text, part.last)
    return variant is not None and (variant[1] in _trims()
                                    or part.kind == "number" and not unit.behind().match(w.text, part.last))
