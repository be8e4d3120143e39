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
  | [\#@]\w{1,200}                                      # a hashtag or handle
""", re.VERBOSE | re.IGNORECASE)
DOMAIN = re.compile(r"""
    [\w-]{1,64}(?:\.[\w-]{1,64}){0,4}
    \.(?:com|org|net|io|ai|co|gov|edu|html?|php|pdf)\b[^\s]{0,500}
""", re.VERBOSE | re.IGNORECASE)
NUMBERING = re.compile(r"[0-9]{1,3}(?:[.)](?=\s|$)|\.(?=[A-Z]))")
ORDINAL = re.compile(r"[0-9][0-9,]{0,12}(?:(?<=1)(?<!11)st|(?<=2)nd|(?<=3)rd|th)(?![A-Za-z0-9])")   # 11st is a weight
# Codes that begin with the digits. Behind the digits each of them goes on so:
GOES_ON = re.compile(r"[0-9]+(?:[-–/.:x(kKoO)]| [oO(0-9])")
FIXED = re.compile(r"""(?:
    [0-9]{3}/[0-9]{2}[ ]?Z?R[ ]?[0-9]{2}                  # a tyre
  | 24/7 | 24x7 | 9/11 | 50/50 | 50-50 | 20/20 | 4x4 | 7-Eleven | 3-for-2 | 401\(?k\)? | 7[0-8]7-[1-9]00
)(?![0-9A-Za-z])""", re.VERBOSE)
YEAR_PAIR = re.compile(r"(?:19|20)[0-9]{2}[-–/](?:[0-9]{2}|(?:19|20)[0-9]{2})(?![0-9A-Za-z.,][0-9]?)")
CLOCK = re.compile(r"[0-2]?[0-9][:.][0-5][0-9](?:[:.][0-5][0-9])?(?:\s?[ap]\.?m\b\.?)|[0-2]?[0-9] ?o['’]clock\b", re.I)
PHONE = re.compile(r"(?:[0-9][-. ])?\(?[0-9]{3}\)?[-. ][0-9]{3}[-. ][0-9]{4}(?![0-9])")
DATE_LIKE = re.compile(r"[0-9]{1,4}([-/.])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})(?![0-9/-])")
CHAIN = re.compile(r"[0-9]+(?:-[0-9]+){2,}(?![0-9])")
DOTTED = re.compile(r"[0-9]+(?:\.[0-9]+){2,}")
COLON = re.compile(r"[0-9]+(?::[0-9]+)+(?:\.[0-9]+)?")
TIME_OF_DAY = 5         # characters of 10:30, where 3:1 is a score
# In this order: form, kind, outcome.
FORMS = ((FIXED, "name", "name"), (YEAR_PAIR, "date", "period"), (CLOCK, "time", "date"), (PHONE, "code", "code"),
         (DATE_LIKE, "date", "date"), (CHAIN, "code", "code"))

# The rest of a name that began before the digits or with them: H20, S800, 235B-A22B, 5G, 3D.
NAME_TAIL = re.compile(r"[A-Za-z0-9]*(?:[-./+&][A-Za-z0-9]+)*\+?")
NAME_HEAD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏͰ-Ͽ0-9.&/_-]{1,60}$")
MORE_NAME = re.compile(r"-[A-Z]+[0-9]")
LETTERS_AFTER = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]+")
CAPITAL_WORD = re.compile(r"[A-Z][a-z]{2}")
WORD_BEFORE = re.compile(r"(?<![A-Za-zÀ-ÖØ-öø-ɏ])([A-Za-zÀ-ÖØ-öø-ɏ][A-Za-zÀ-ÖØ-öø-ɏ'’&-]{0,40})\s?$")
VARIANT = re.compile(r" ([A-Z][A-Za-z0-9]*)")
PLACE_BEFORE = re.compile(r"(?i)(?:^| )(?:in|of|for) [A-Z][a-z]+ $")
OWNERS = ("'s", "’s", "s'", "s’")

# A space was lost: "there were4,316,233 births", "it forecast50% growth"
PLAIN_WORD = re.compile(r"(?:^|[ \u00a0])[a-z]{2,20}$")
FUNCTION_WORD = re.compile(r"(?:[ \u00a0](?:for|only|than|over|about|with|from|were|was|have|has|had|this|the|nearly|"
                           r"around|almost|least|just|some)|[a-z][’']s)$")
GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
NOUN_OR_SIZE = re.compile(r" [a-z]|[KMGT]B\b")
PERCENT_OR_SIZE = re.compile(r"%| (?:per ?cent|million|billion|trillion)\b")

AIRLINER = re.compile("7[0-8]7")
YEAR = re.compile(r"(?:1[5-9]|20)[0-9]{2}")
OLD_YEAR_BEFORE = re.compile(r"(?i)(?:^|[ (])(?:in|since|of|from|until|by|around|before|after|the) $")
HOURS_AFTER = re.compile(r" (?:GMT|BST|UTC|CET|CEST|EST|EDT|ET|PT|IST|local time)\b")
LABEL_REACH = 16        # characters, more than the longest label and what stands between it and the number
LONGEST_NAMING = 4      # characters of a number with which a name may end
# Labels that need no capital: "section 321"; but "in act 300 people"
SMALL_LABELS = frozenset({
    "section", "sections", "article", "page", "pages", "chapter", "grade", "grades", "version", "level", "step",
    "phase", "tier", "type", "class", "category", "route", "rule", "ranked", "number", "top", "season", "episode",
    "figure", "iso"})


# --- by form ----------------------------------------------------------------------------------------------


def find(w: Window) -> Part | None:
    """Digits that measure nothing by their form."""
    text, at = w.text, w.at
    if w.reading.has_links and (link := _link(w)):
        return link
    if at - w.begin < 3 and text[w.begin:at].strip() in ("", "(") and (found := NUMBERING.match(text, at, w.high)):
        return w.settled(at, found.end(), "code", "code")
    if not text[at - 1:at].isalpha() and (found := ORDINAL.match(text, at, w.high)):
        return w.settled(at, found.end(), "ordinal", "ordinal")
    return _form(w) if GOES_ON.match(text, at) else None


def _link(w: Window) -> Part | None:
    """An address, an e-mail, a handle: anything without a space around the digits."""
    text, head = w.text, w.at
    while head > w.low and head > w.at - TOKEN_REACH and not text[head - 1].isspace():
        head -= 1
    tail = WITHOUT_SPACE.match(text, w.at, w.high).end()
    found = LINK_SIGN.search(text, head, tail) and (URL.search(text, head, tail) or DOMAIN.match(text, head, tail))
    if found and found.start() <= w.at < found.end():
        return w.settled(found.start(), found.end(), "code", "code")
    return None


def _form(w: Window) -> Part | None:
    """24/7, 2024-25, 10.30 am, 555-123-4567, 12/10/2025, 1.2.3, 3:1."""
    text, at = w.text, w.at
    for form, kind, outcome in FORMS:
        if found := form.match(text, at, w.beyond if form is CLOCK else w.high):      # the 10 O'clock News
            return w.settled(at, found.end(), kind, outcome)
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
    # With a hyphen: F-150, GPT-4.5, Covid-19; but "mid-20s" and "a-5" are no names.
    letters = LETTERS.match(head[0])
    return head.start() if letters and not letters[0].islower() else None


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
    return re.compile(rf"(?i)(?<![A-Za-z])({any_of(number.words('labels'))})(\.?){SPACE}?#?$")


@cache
def _trims() -> frozenset[str]:
    """Words behind a name that tell of a variant: Max, Pro."""
    return frozenset(schema.words("entity")["trim"])


def settle(w: Window, part: Part, before: str) -> bool:
    """Settle a bare number in digits that names or dates something by the words around it; whether it does."""
    text = w.text
    if part.kind not in ("number", "count", "duration"):
        return False
    digits = text[part.first:part.last]
    if len(digits) == 4 and digits.isdigit() and HOURS_AFTER.match(text, part.last, w.high):
        part.settle("time", "date")                                     # 1330 GMT
    elif part.kind == "duration":
        return False
    elif part.scale == 1 and _is_code(w, before, digits):
        part.settle("code", "code")
    elif YEAR.fullmatch(digits) and _is_year(part, before, digits):
        part.settle("date", "date")
    else:
        return False
    return True


def _is_code(w: Window, before: str, digits: str) -> bool:
    return is_labelled(before, digits) or digits in number.words("formats") \
        or w.reading.has_boeing and AIRLINER.fullmatch(digits) is not None


def is_labelled(before: str, digits: str) -> bool:
    """Section 321, Grade 12, No. 5; but "no 5", "in act 300 people".

    >>> is_labelled("under Section ", "321"), is_labelled("of No. ", "5"), is_labelled("in act ", "300")
    (True, True, False)
    """
    found = label().search(before[-LABEL_REACH:])
    if not found:
        return False
    word = found[1]
    if word.lower() in ("no", "nos"):
        return bool(found[2]) or word[0] == "N"
    return "," not in digits if word[0].isupper() else word in SMALL_LABELS


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
    if word[1] in ("the", "its", "a", "new") and _is_variant(w, part):
        return True
    if not any(c.isupper() for c in word[1]) or word[1].lower() in number.words("not_names"):
        return False
    follows = text[part.last:part.last + 2]
    if word[1].endswith(OWNERS) or follows[:1] in "-–/" and follows[1:].isdigit():
        return False
    if part.kind == "number":
        return not (w.held.name_to(part.first - 1) and number.lists_count(text, part.first, part.last))
    # Ioniq 6 sales; but "Tesla Opens 50 Stores" and "In Japan 300 shops closed" count.
    return follows[1:].islower() and not PLACE_BEFORE.search(text[max(w.begin, part.start - 60):part.start])


def _is_variant(w: Window, part: Part) -> bool:
    """Whether the words behind go on with a name: the new 990 Pro, the 737 MAX."""
    variant = VARIANT.match(w.text, part.last)
    return variant is not None and (variant[1] in _trims()
                                    or part.kind == "number" and not unit.behind().match(w.text, part.last))
