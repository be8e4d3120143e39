"""What a number counts: the noun phrase behind it, "4,000 travel agencies", or one that is understood, "45 of them"."""
import re
from decimal import Decimal
from functools import cache

from ..pattern import any_of
from . import number, unit
from .number import SPACE
from .draft import ONE, Part
from .window import Window

MOST_WORDS = 6      # of a counted noun phrase
NOUN_WORD = re.compile(rf"{SPACE}([A-Za-z][A-Za-z0-9.&'’‑-]*)")
HYPHEN_WORD = re.compile(r"[-‑]([A-Za-z][A-Za-z-]{1,30})(?![A-Za-z-])")     # never half a word
NOTE = re.compile(r"([a-z]{4,})[0-9]{1,2}")      # "40 countries3"
MORE = re.compile(r" more(?= [a-z])| most(?= [a-z-]+ )")
QUOTED = re.compile(rf"{SPACE}[\"“‘'](?!to )(?:[A-Za-z][A-Za-z-]* ){{0,3}}([A-Za-z][A-Za-z-]*)[\"”’'](?![A-Za-z])")
NO_QUOTES = str.maketrans("", "", "\"“”‘")
QUOTED_NOUN = re.compile(rf"{SPACE}(?!(?:of|in|on|at|to|and|or|for|from|by|with|that|which|as|during)\b)[A-Za-z]")
ALSO = re.compile(r" (?:and|&|or)(?= [A-Za-z])")
SLASHED = re.compile(rf"{SPACE}([a-z-]{{2,}})/([a-z-]{{2,}})(?= [a-z])")
HEADING_REACH = 40
HEADING = re.compile(r"(?:\A|(?<=[\n|•;,.)])|(?<=[|•;,.)*-] )|(?<=[a-z0-9] )(?=[A-Z]))"             # "Seats: 5"
                     r"(?:[A-Z][a-z]+ (?:[a-z]+ ){0,2})?([A-Za-z][a-z]+): $")
ENDS_CELL = re.compile(r"\s*(?:$|[\n|;,(•]| [0-9])")
POSSESSIVE = ("'s", "’s")
# "beat the 6.5 million analysts had forecast": who foresaw it is not counted
FORESEEN = re.compile(r" (?:[a-z]+ )?(?:analysts|economists|experts|investors|forecasters|officials)"
                      r"(?: (?:polled|surveyed)(?: by [^,.;]{2,30})?)?(?: had| have| were)? (?:forecast|expect|predict|"
                      r"anticipat|project|pencil|hop)")
OF_WHOM = re.compile(
    r" (?:out of (?!(?:[2-9]|1[02]|[25]0|1,?0?00) )(?=[0-9])|of )"
    r"(?:(them|these|those|which|whom)\b|(?:(?:the|its|his|her|their|our|your|those|these|"
    r"[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,2}['’]s?)(?: [0-9][0-9,.]*)?|[0-9][0-9,]*) )")
FREQUENCY = re.compile(r"(?i) (?:an?|per|every|each) (?:second|minute|hour|day|week|month|quarter|year|decade)\b")
LABEL_WORDS = 3
FREQUENT = 100      # a number that is so large at least is of something when it is per month
# Nouns that are units of their own.
UNITS = frozenset({"parameters", "tokens", "shares", "days", "quarters", "years", "hours", "months", "weeks", "barrels",
                   "minutes", "seconds", "miles", "decades"})


def take(w: Window, part: Part) -> None:
    """Take the counted noun: 4,000 travel agencies, a 100-person team."""
    if found := HYPHEN_WORD.match(w.text, part.last, w.high):
        _take_hyphened(part, found)
    elif noun := _phrase_behind(w, part):
        _name(w, part, *noun)
    elif w.text[part.start - 1] != "-" and (found := _parts_behind().match(w.text, part.last, w.high)):
        part.count(found[1], found.end(1))
    elif not take_heading(w, part):
        _take_whole(w, part)


def _take_hyphened(part: Part, found: re.Match) -> None:
    word = found[1].lower()
    if word in number.words("designs"):
        part.settle("name", "name")                                 # 3-phase current
    elif word.split("-")[0] not in number.words("stop"):
        part.count(word, found.end())


@cache
def _parts_behind() -> re.Pattern:
    """What a thing has so many of, in the singular in front of it: a 5 seat version, a 7 seater."""
    then_noun = rf"(?= (?!{any_of(number.words('stop'))}\b)[a-z])"
    return re.compile(rf" (seater|{any_of(number.words('attributes'))}{then_noun})(?![A-Za-z])")


def take_heading(w: Window, part: Part) -> bool:
    """Take the noun in front of a bare number in a table of figures, "Seats: 5"; whether there is one."""
    if w.text[part.start - 2:part.start] != ": ":
        return False
    found = HEADING.search(w.text, max(w.begin, part.start - HEADING_REACH), part.start)
    if not found or part.before or part.size % 1 or not ENDS_CELL.match(w.text, part.last) \
            or not is_plural(found[1].lower()) or found[1].lower() in number.words("no_headings"):
        return False
    if spelling := unit.read(found[1]):
        part.measure(spelling)
    else:
        part.count(found[1].lower())
    return True


def _phrase_behind(w: Window, part: Part) -> tuple[int, str] | None:
    if w.text[max(0, part.start - 4):part.start] == "the " and FORESEEN.match(w.text, part.last, w.high):
        return None
    found = phrase(w, part.last, part.size)
    if found and found[1][0].isupper() and w.text.startswith(": ", found[0]) \
            and w.text.count(" ", part.last, found[0]) < LABEL_WORDS:
        return None         # the next label, which a page has in the same line: "Seats: 4 Dimensions: 300 mm"
    return found


def _name(w: Window, part: Part, end: int, head: str) -> None:
    """Let the phrase up to `end` with the last word `head` be what is counted."""
    if head.lower() in UNITS:
        part.measure(unit.read(head), end)
    else:
        part.count(w.text[part.last:end].strip().lower().translate(NO_QUOTES), end)


def _take_whole(w: Window, part: Part) -> None:
    """Count without a noun of its own: 45 of them, 12 of its 50 shops, 30,000 per month."""
    high = w.beyond
    if part.size >= FREQUENT and FREQUENCY.match(w.text, part.last, high):
        part.count(part.counted)
    found = OF_WHOM.match(w.text, part.last, high)
    if not found or part.size % 1 or part.raw == 1:
        return
    noun = None if found[1] else phrase(w, found.end() - 1)
    if found[1] or noun or not (found[0].startswith(" of the ") or found[0][-2].isdigit()):
        part.count(w.text[found.end():noun[0]].strip().lower() if noun else None)


def of_many(w: Window, part: Part) -> None:
    """Take the noun behind "of" and a vague number: dozens of companies."""
    if part.vague and w.text.startswith(" of ", part.end) and (noun := phrase(w, part.end + 3)):
        part.value = part.size
        part.count(w.text[part.end + 4:noun[0]].lower(), noun[0])


def phrase(w: Window, at: int, value: Decimal | None = None) -> tuple[int, str] | None:
    """End and last word of the counted noun phrase at `at`: a few words that end in a plural, in any word where the
    number counts one; or in a people, "700 million Chinese"."""
    text, high = w.text, w.beyond
    best = last = people = None
    if more := MORE.match(text, at, high):                          # 120 more years, the 10 most sold cars
        at = more.end()
    if quote := QUOTED.match(text, at, high):                       # 14 "bunker buster" bombs, 178 "sound recordings"
        if QUOTED_NOUN.match(text, quote.end(), high) is None:
            return (quote.end(), quote[1]) if is_plural(quote[1].lower()) else None
        at = quote.end()
    for _ in range(MOST_WORDS):
        word, end, at = _next_name(w, at, high) or _next_word(w, at, high)
        if word is None or best and not is_plural(word.lower()):
            break
        if not word.endswith(POSSESSIVE):
            if is_plural(word.lower()):
                best = end, word
            elif also := ALSO.match(text, end, high):               # 400 oil and gas wells
                end = at = also.end()
            last = end, word
            if word[0].isupper() and word.endswith("ese"):
                people = end, word
        if at is None:
            break
    return best or people or (last if value == ONE else None)


def _next_name(w: Window, at: int, high: int) -> tuple[str, int, int] | None:
    """The last word of the name that begins behind `at`, its end, where the phrase goes on: "300 Veldt owners"."""
    end = w.held.name_from(at + 1) if at < high else None
    if end is None:
        return None
    if compound := HYPHEN_WORD.match(w.text, end, high):
        return compound[1], compound.end(), compound.end()          # 49,000 Chinese-made cars
    return w.text[at + 1:end].rpartition(" ")[2], end, end


def _next_word(w: Window, at: int, high: int) -> tuple[str | None, int, int | None]:
    """The word behind `at`, its end, where the phrase goes on; no word where the phrase ends before."""
    if (found := SLASHED.match(w.text, at, high)) and not is_plural(found[1]) \
            and not {found[1], found[2]} & number.words("stop"):
        return found[2], found.end(), found.end()                   # 500 charge/discharge cycles
    found = NOUN_WORD.match(w.text, at, high)
    if not found:
        return None, at, None
    word = found[1].rstrip(".'’-")
    if note := NOTE.fullmatch(word):
        word = note[1]
    if word.lower() in number.words("stop"):
        return None, at, None
    end = found.start(1) + len(word)
    if end == found.end():
        return word, end, end
    return word, end, found.end() if "." in word else None          # U.S. firms; but a full stop ends the phrase


def is_plural(word: str) -> bool:
    """Whether a word in lower case can be a counted noun.

    >>> [is_plural(word) for word in ("cars", "people", "gas", "buses", "status")]
    [True, True, False, True, False]
    """
    if word in number.words("plurals"):
        return True
    return len(word) > 2 and word[-1] == "s" and word[-2] not in "siu" and word not in number.words("not_plurals")


def follows(w: Window, at: int) -> bool:
    """Whether a noun follows: "a double murder", but "with double the range"."""
    found = NOUN_WORD.match(w.text, at, w.high)
    return found is not None and found[1].lower() not in number.words("stop")
