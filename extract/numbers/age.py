"""Whether a number is how old somebody is, by the words around it: "Ana Ruiz, 44, said", "when she was 61,"."""
import re
from functools import cache

from .. import schema
from ..grammar import noun
from .draft import Part
from .window import Window

YOUNGEST, OLDEST, OLDEST_NAMED = 10, 120, 110       # of whom no name with commas tells, of anybody, behind a noun
AFTER = re.compile(r"(?i)[-‑ ](year|month|week|day)s?[-‑ ]olds?\b")
BEFORE = re.compile(
    r"(?i)(?:\bag(?:ed?|es|ing)(?: of| from| between)? |"
    r"\bas (?:young|old) as |\bunder the age of |\bturn(?:ed|s|ing)? )$")
USUAL = re.compile(r"\b(?:average|median|mean|retirement|typical) age\b[^.,;:0-9]{0,60} "
                   r"(?:is|was|at|to|of|from|by) $")
# "when she was 61,": a person's age, if nothing follows that could be counted.
SHE_WAS = re.compile(r"(?:\b(?:[Hh]e|[Ss]he|I|who)(?:['’](?:s|m)| was| is| am)(?: now| only| just| already| still)?|"
                     r"(?:^|[.;,(] ?)Now|[A-Z][a-z'’-]{1,30}(?:, now| (?:was|is) (?:just|only|now|still))|"
                     r"[Ww]hen [A-Z][a-z'’-]{1,30} was) $")
# "children under 16", "anyone over 75", "Norvians over sixty"; "adults 65 and over", "must be 18 or older"
OF_AGE = re.compile(r"\b([A-Za-z]{3,})(?: who are| aged)? (?:under|over|above|below|younger than|older than) $")
SO_OLD = re.compile(r"(?:\b(?:be|is|are|who is|who are)|\b([A-Za-z]{3,})) $")
AND_OLDER = re.compile(r" (?:and|or) (?:over|older|above|under|younger|up)\b(?! [0-9])")
ANYBODY = frozenset({"anyone", "anybody", "everyone", "everybody", "those", "someone", "people"})
ENDS_CLAUSE = re.compile(r"[.,;)](?![0-9])| (?:when|and|but|at the time)\b")
# "who was 20 when she left", "Ana Ruiz was 17 when she left and 23 when", "became a bishop at 41", "died at 84"
WAS_WHEN = re.compile(r"(?:\b(?:who|he|she|I|[A-Z][a-z'’-]{1,30}) (?:was|is|were)(?: just| only| still)?|"
                      r" when (?:he|she|I|they) [^,.;:0-9]{2,60} and(?: just| only)?) $")
WHEN = re.compile(r" when\b")
IN_LIFE = (r"(?:died|dies|retired|retires|married|became|becomes|become|becoming|turned professional|turned pro|"
           r"graduated|emigrated|orphaned|widowed|left (?:home|school)|started (?:work|school|painting|acting|singing)|"
           r"ordained|enlisted|made (?:his|her) debut)")
DONE_AT = re.compile(rf"\b{IN_LIFE}\b(?:(?! and )[^.;:,0-9$%]){{0,70}}(?: at [0-9]{{2}}(?:,| and)"
                     r"[^.;:,0-9$%]{2,40})? at(?: just| only)? $")

# "the striker, 27, signed"
NOUN = re.compile(r"\b([A-Za-z]?[a-z]+), (?:now )?$")
# "the founder, Ann Lee, 52,": a name of two words, or one that a word leads up to.
NAME = re.compile(r"(?:[a-z] ?[A-Z][a-z'’-]{1,30}|^[A-Z][a-z]{1,30} [A-Z][a-z'’-]{1,30}), (?:also )?$")
# "Capt. Ann B. Lee, then 31": who has a first name has an age
GIVEN_NAME = re.compile(r"((?:[A-Z][\w'’.-]{0,30} ){0,3}[A-Z][\w'’-]{1,30}), (?:also |then |now |only |just )?$")
ENDS = re.compile(r"(?:[,.;)]| [-–—])(?! ?[0-9])")
SAID_NAME = re.compile(r"(?:^|[\s”\"])(?:says?|said|adds?|added|told|explain(?:s|ed)|recall(?:s|ed)) "
                       r"(?:[A-Z][a-z'’-]{1,30} ?){1,2}, $")
LONE_NAME = re.compile(r"(?:^|[.!?”\"] |^[A-Z][^.,;]{0,30}, )[A-Z][a-z'’-]{1,30}, $")
THEN_VERB = re.compile(r", (?:who|from|is|was|has|had|told|said|did|[a-z]{2,7}(?:ed|s|n['’]t))\b")
YOUNGEST_NAMED = 14     # where no first name is known
GO_ON = (",", " and his ", " and her ")


def tell(w: Window, part: Part, before: str) -> bool:
    """Make an age of a number, in digits or words, where the words around it say so."""
    if part.kind in ("duration", "count", "number") and (found := AFTER.match(w.text, part.last, w.high)):
        part.kind, part.unit, part.counted, part.end = "age", found[1].lower(), None, found.end()
        part.value = part.size
        return True
    if part.kind in ("number", "duration") and part.unit in (None, "year") and part.raw < OLDEST \
            and BEFORE.search(before):
        return _is_years(part)
    if part.kind == "number" and part.scale == 1 and YOUNGEST <= part.raw < OLDEST and (
            _is_told(w, part) or _is_limit(w, part)):
        return _is_years(part)
    return False


def tell_apposed(w: Window, part: Part, before: str) -> bool:
    """Make an age of a bare number that stands between commas behind a name or a noun: "Ana Ruiz, 44, said"."""
    if part.kind != "number":
        return False
    if part.raw < OLDEST_NAMED and w.text.startswith(",", part.last) and (found := NOUN.search(before)) \
            and noun.is_person(found[1].lower()) and not noun.is_plural(found[1].lower()) \
            or 1 < part.raw < 100 and _follows_name(w, part):
        return _is_years(part)
    return False


def _is_years(part: Part) -> bool:
    part.kind, part.unit = "age", "year"
    return True


def _is_told(w: Window, part: Part) -> bool:
    """Whether a number is how old somebody was: "when she was 61,", "was 20 when", "became a bishop at 41.", "the
    average age of mothers is 31.6"."""
    text = w.text
    before = text[max(w.begin, part.start - 130):part.start]
    if USUAL.search(before) or WHEN.match(text, part.last) and WAS_WHEN.search(before):
        return True
    return ENDS_CLAUSE.match(text, part.last) is not None and (
        SHE_WAS.search(before[-60:]) is not None or DONE_AT.search(before) is not None)


def _is_limit(w: Window, part: Part) -> bool:
    """Whether a number is the age below or above which people are spoken of: "children under 16", "adults 65 and
    over"."""
    before = w.text[max(w.begin, part.start - 40):part.start]
    if found := OF_AGE.search(before):
        return _is_people(found[1])
    found = AND_OLDER.match(w.text, part.last) and SO_OLD.search(before)
    return bool(found) and (found[1] is None or _is_people(found[1]))


def _is_people(word: str) -> bool:
    """Whether a word is for people: adults, anyone, Norvians."""
    return word.lower() in ANYBODY or noun.is_person(word.lower()) or word[0].isupper() and word.endswith("ns")


@cache
def _first_names() -> frozenset[str]:
    return frozenset(schema.words("first_name")["names"])


def _follows_name(w: Window, part: Part) -> bool:
    """Whether a number behind a name is an age: "Ana Ruiz, 44, said", "says Ana, 63."; not "Ohio, 44"."""
    before = w.text[max(w.begin, part.start - 60):part.start]
    rest = w.text[part.last:part.last + 12]
    if ENDS.match(rest) and (name := GIVEN_NAME.search(before)) and not _first_names().isdisjoint(name[1].split()):
        return True
    if part.raw < YOUNGEST_NAMED or not before.endswith((", ", ", also ")):
        return False
    if rest.startswith(GO_ON) and NAME.search(before):
        return True
    return rest[:1] in (".", ",") and not rest[1:2].isdigit() and SAID_NAME.search(before) is not None \
        or THEN_VERB.match(rest) is not None and LONE_NAME.search(before) is not None
