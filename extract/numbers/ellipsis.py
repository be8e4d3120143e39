"""Numbers that leave out their noun or unit, as it stands elsewhere: "81 days, from 53", "of these, 14 were rapid".

>>> from extract import sentence
>>> from extract.numbers.quantity import find
>>> def told(text): return [(text[q.start:q.end], q.unit, q.counted) for q in find(text, sentence.find(text), [])]
>>> told("It took 81 days, down from 97. Of the pumps in Lund, 69 were new.")
[('81 days', 'day', None), ('97', 'day', None), ('69', 'count', 'pumps')]
>>> told("He chose 42.")
[('42', None, None)]
"""
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ..pattern import any_of
from . import counted, number
from .draft import Part
from .window import Reading, Window

REACH = 80              # characters in front of a number that are looked at
SUM, SUM_GAP = 1_000_000, 60        # what a sum without a currency is at least, and characters from its noun
FAR_OFF = 1000          # times by which sums that are compared differ at most
ALIKE = 50              # times by which other numbers do
CENTS, OF_CENTS = re.compile(r"(?i:cents?)$"), ("EUR", "AUD", "CAD", "NZD", "SGD", "HKD", "ZAR", "KES")
RATE = re.compile(r"\b(?:per|(?:for|of) every) $")       # in front of a number that only says per how many
HEDGE = r"(?:(?:just|only|about|around|nearly|almost|roughly|some|over|at least|more than|fewer than|up to) ){0,2}"


def fill(reading: Reading, parts: list[Part], start: int, end: int) -> None:
    """Give the bare numbers of a sentence the noun or unit that they leave out."""
    _share_money(reading, parts, start)
    noun = last = None
    for part in parts:
        if part.kind == "number" and part.unit is None and not part.outcome:
            _fill(Bare(reading, part, start, end, noun, last))
        if not part.outcome and part.kind in ("number", "count", "money") \
                and RATE.search(reading.text, max(start, part.start - 20), part.start):
            part.outcome = "qualifier"
        if part.outcome or part.value is None:
            continue
        if part.kind == "count" and part.counted:
            if noun is not None and part.counted == "others" and noun.counted != "times":
                part.count(noun.counted)        # "300 shops and 40 others"
            noun = part
        if part.unit is not None:
            last = part


@dataclass(slots=True)
class Bare:
    """A number without noun and unit, and what its sentence told before."""
    reading: Reading
    part: Part
    start: int
    end: int
    noun: Part | None           # the last number that counts, with its noun
    last: Part | None           # the last number with a unit

    def after(self, pattern: re.Pattern) -> re.Match | None:
        """What `pattern` matches right behind it."""
        return pattern.match(self.reading.text, self.part.end, self.end)

    @property
    def low(self) -> int:
        """Where the text in front of it begins that is looked at."""
        return max(self.start, self.part.start - REACH)

    def before(self, pattern: re.Pattern) -> re.Match | None:
        """What `pattern`, which ends in $, finds right in front of it; offsets count from `low`."""
        return pattern.search(self.reading.text[self.low:self.part.start])

    def gap(self, other: Part) -> str:
        """The text between another number and it."""
        return self.reading.text[other.end:self.part.start]

    def phrase(self, at: int, end: int) -> str | None:
        """The counted noun phrase at `at`, a space, that ends before `end`."""
        found = counted.phrase(Window(self.reading, at, at, end, self.start, end), at)
        return self.reading.text[at + 1:found[0]].lower() if found else None


def _fill(bare: Bare) -> None:
    # 10^30 has no remainder in Decimal; 1.2 per 100,000 counts too
    if bare.part.value == bare.part.value.to_integral_value() or bare.after(PER_DIGITS):
        for rule in COUNTS if not bare.part.vague else (_people,):
            if (noun := rule(bare)) is not None:
                bare.part.count(noun or None)
                return
    if not bare.part.vague and not _multiply(bare) and bare.last is not None and _is_compared(bare):
        bare.part.kind, bare.part.unit, bare.part.counted = bare.last.kind, bare.last.unit, bare.last.counted


# --- sums -----------------------------------------------------------------------------------------------------

# "$3bn, including 700m for vans", "more than the 2bn of last year", where nothing behind is counted
SET_AGAINST = re.compile(r"(?i:\b(?:against|versus|vs\.?|than|above|below|compared (?:with|to)|including|"
                         r"of which|of that|plus|from|earned|spent|raised|paid|borrowed|invested|lost|another|"
                         r"a further|an additional|which (?:could|may|might|will|would) [a-z]+ to) "
                         r"(?:(?:the|an?|its|about|around|some|nearly|just|earlier|previous) )*"
                         r"(?:(?:guidance|forecasts?|estimates?|expectations|targets?|goal|consensus) (?:of|for) )?$)")


@cache
def _money_noun() -> re.Pattern:
    """A noun for a sum of money, nothing but words behind it."""
    return re.compile(rf"(?i)(?<![A-Za-z]){any_of(number.words('money_nouns'))}(?![A-Za-z])[^.;@]*$")


@cache
def _compared_with() -> re.Pattern:
    """Words between an amount per share and one that is compared with it."""
    return re.compile(rf"(?i)(?<![A-Za-z]){any_of(number.words('compared'))}(?![A-Za-z])")


def _share_money(reading: Reading, parts: list[Part], start: int) -> None:
    """Give an amount that is compared with one per share the same "per", $2.85 a share, against $2.50 a year before;
    and a sum without a currency that of the sum before: a profit of $1.7 billion, while sales rose to 35.4 billion."""
    text = reading.text
    for index, part in enumerate(parts[1:], 1):
        if part.kind == "number" and part.scale >= SUM and not part.outcome and (money := next(
                (p for p in reversed(parts[:index]) if p.kind == "money" and p.scale >= SUM
                 and text.rfind("(", start, p.start) <= text.rfind(")", start, p.start)), None)) \
                and (_money_noun().search(text, max(money.end, part.start - SUM_GAP), part.start)
                     or SET_AGAINST.search(text, money.end, part.start) and FAR_OFF > part.value / money.value
                     > 1 / FAR_OFF):
            part.kind, part.unit = "money", money.unit.partition("/")[0]
            continue
        if part.kind != "money" or part.scale != 1 or part.value is None or part.outcome:
            continue
        if part.unit == "USD" and CENTS.search(text, part.last, part.end) and (whole := next(
                (p.unit for p in reversed(parts[:index]) if p.kind == "money" and p.unit in OF_CENTS), None)):
            part.unit = whole           # "costs 1.05 euros, 10 cents more"
        for earlier in reversed(parts[max(0, index - 3):index]):
            if earlier.kind == "money" and earlier.unit == f"{part.unit}/share" and earlier.value:
                near = Decimal("0.1") < abs(part.value / earlier.value) < 10
                if near and _compared_with().search(text, earlier.end, part.start):
                    part.unit = earlier.unit
                break


# --- counts ---------------------------------------------------------------------------------------------------
# Each rule tells the noun that is left out, "" where it counts and nothing is said of what, or None.

# "50 jets, of which 12", "another 40", "a fleet that totals"
SAME_BEFORE = re.compile(r"(?i:\b(?:of (?:which|whom|these|those|them)|another|an? (?:further|additional)|"
                         r"the other|the remaining|totals? (?:[a-z]+ ){0,6}(?:to|at))"
                         r"(?: [a-z]+){0,2} $)")
OF_WHICH = re.compile(r"(?i:\bof (?:which|whom|these|those)(?:,| there (?:are|were)(?: now)?) $)")
# "40 more.", "2,000 patients, 300 fewer than in May"
MORE_OF_IT = re.compile(r" (?:(?:more|others)(?= ?[.,;]| (?:in|on|for|to|were|are|have|had|will|by)\b)|"
                        r"(?:more|(?P<fewer>fewer|less)) than (?:in|a|the|last|expected)\b)")
DID = re.compile(r"(?: and [0-9][0-9,]*)? (?:are|were|have|had|will|would|could|may|might|did|do|went|came|said|say|"
                 r"remain|showed|took|got|(?!need)[a-z]{2,}ed)\b")
CLAUSE_OPENS = re.compile(rf"(?:[,;:]|\b(?:and|but|while))(?: {HEDGE.rstrip(' ')})? $")
# "with 17 at its Leeds office and 22 in Cambridge"
AND_SO_MANY = re.compile(rf"(?:\b(?:and|with|but|while|including)|[,;(]) {HEDGE}$")
SOMEWHERE = re.compile(r" (?:(?:in|at|on|from|under|during|across|against|last|this)\b(?! (?:a|the) (?:row|time)\b)"
                       r"|[a-z]+ing\b)")
# "seven firms in May to 17", "42 in total"
FROM_TO = re.compile(r"\bfrom (?:about |some |just )?$")
TO = re.compile(rf"[^.;:0-9]{{0,60}}(?:(?:19|20)[0-9]{{2}}[^.;:0-9]{{0,20}})? to {HEDGE}$")
IN_TOTAL = re.compile(r" (?:in total|total\b|altogether|in all\b|overall\b)")
OUT_OF = re.compile(r" out of (?:a total of )?$")
PER_DIGITS = re.compile(r" per [1-9]")
PER_SO_MANY = re.compile(r" per (?:[0-9]|[a-z]{3,}\b)")


def _as_before(bare: Bare) -> str | None:
    """What the number before it in the sentence counts: "50 jets, of which 12", "87 were hired", "42 in total"."""
    if bare.noun is None:
        return "" if bare.after(IN_TOTAL) or bare.before(OF_WHICH) else None
    noun, gap = bare.noun.counted, bare.gap(bare.noun)
    if more := bare.after(MORE_OF_IT):
        return f"fewer {noun}" if more["fewer"] and not noun.startswith("fewer ") else noun
    if SAME_BEFORE.search(gap) or CLAUSE_OPENS.search(gap) and bare.after(DID) or OUT_OF.fullmatch(gap) \
            or bare.after(IN_TOTAL) or AND_SO_MANY.search(gap) and (bare.after(SOMEWHERE) or bare.after(PER_SO_MANY)) \
            or TO.fullmatch(gap) and FROM_TO.search(bare.reading.text, bare.start, bare.noun.start):
        return noun
    return None


# "Of the pumps installed in Lund, 69 were new", "Among those cases, 24 have", "brought to 49 the number of banks"
OF_THE = re.compile(r"(?:(?:^|[.;:] |[\"“])(?:Of|Among)|, (?:of|among))(?: all)?"
                    r"(?: (?:the|its|their|these|those|our|his|her)(?P<noun> [a-z][^.;:,]{2,60})?)?"
                    rf", {HEDGE}$")
# "the number of vacancies last year was 128"
AMOUNTS = r"is|was|were|are|be|had been|stood at|came to|reached|hit|topped|passed|totall?ed|exceeds?|exceeded"
NUMBER_OF = re.compile(r"(?i:\b(?:number|total|count|tally) of(?P<noun>(?: [a-z-]+){1,4}?)"
                       r"(?:,? (?:who|that|which|in|on|at|for|with|since|last|this|to|from|by)\b[^.;:0-9]{0,50})?"
                       rf"(?: (?:{AMOUNTS})|(?: (?:[a-z]+ )?[a-z]+)? (?:to|at|from|than)) {HEDGE}$)")
THE_NUMBER_OF = re.compile(r" the (?:total )?number of(?= [a-z])")
LEVEL = re.compile(r"(?i:\b(?:(?:the|that|this|its|their) (?:[a-z]+ ){0,2}(?:number|tally|count|toll|highest|lowest)"
                   rf" (?:{AMOUNTS}|(?:[a-z]+ ){{1,3}}(?:to|at))|(?:a|the) total of|totall?ing) "
                   rf"(?:as (?:many|much|high|few) as )?{HEDGE}$)")
ALONE = re.compile(r" ?(?:[.,;:)]|$|[-–—] |[”\"])|"
                   r" (?:in|on|at|by|for|from|since|last|this|and|but|or|who|that|which|of)\b")
# "the 40 taken to hospital", "all 5,000 they took"
THOSE = re.compile(r"\b(?:[Oo]f|[Aa]ll|[Ff]or|[Tt]o) (?:the )?$")
WHO_DID = re.compile(r" (?:who|that|they|he|she|taken|sent|held|found|currently|[a-z]{2,}ed)\b")
FEWEST = 11             # that are counted there


def _of_the(bare: Bare) -> str | None:
    """What the front of its clause or the words behind it tell: "Of the pumps in Lund, 69", "the number of vacancies
    was 128", "brought to 49 the number of banks"."""
    if found := bare.before(OF_THE):
        noun = found["noun"] and bare.phrase(bare.low + found.start("noun"), bare.low + found.end("noun"))
        return noun or ("" if bare.after(DID) else None)
    if inverse := bare.after(THE_NUMBER_OF):
        return bare.phrase(inverse.end(), bare.end)
    if not bare.after(ALONE):
        return None
    if found := bare.before(NUMBER_OF):
        return bare.phrase(bare.low + found.start("noun"), bare.low + found.end("noun"))
    return "" if bare.before(LEVEL) else None


def _somebody(bare: Bare) -> str | None:
    """What must count, whatever is counted: "an average of 22 per surveyor", "45 more to space", "the 40 taken to
    hospital"."""
    if bare.after(PER_SO_MANY) or bare.after(MORE_OF_IT) \
            or bare.noun is None and bare.part.value >= FEWEST and bare.before(THOSE) and bare.after(WHO_DID):
        return ""
    return None


EMPLOYS = re.compile(rf"\bemploy(?:s|ed|ing)? {HEDGE}$")


@cache
def _of_people() -> tuple[re.Pattern, re.Pattern, re.Pattern]:
    """Before a number without a noun: what befell so many people, or a noun for a crowd; and the former behind it."""
    stems = any_of(word.removesuffix("ed") for word in number.words("befell"))
    near = r"(?:(?:at (?:least|most)|more than|up to|as many as|(?!in|on|at|by|for|from|to|of|with|under)[a-z]+) ){0,2}"
    many = any_of(number.words("crowds"))
    return (re.compile(rf"(?i:\b({stems})(?:e?[sd]|ing|e|) {near}$)"),
            re.compile(rf"(?i:\b({many}) (?:of|(?:[a-z]+ ){{0,3}}(?:from|to|at)|totals|numbers) {near}$)"),
            re.compile(rf" (?:people )?(?:were|was|are|have been|had been|has been) ({stems})(?:e?d|)\b"))


def _people(bare: Bare) -> str | None:
    """Whom a number without a noun counts: "killing 14", "14 were killed", "a crowd of 300", "employs 40"."""
    befalls, crowd, befell = _of_people()
    if bare.before(EMPLOYS) and bare.after(ALONE):
        return "employees"
    if found := bare.before(befalls) or bare.after(befell):
        return next(w for w in number.words("befell") if w.removesuffix("ed") == found[1].lower())
    found = bare.before(crowd)
    return found and found[1].lower()


COUNTS: tuple[Callable[[Bare], str | None], ...] = (_people, _as_before, _of_the, _somebody)

# --- multiples and other units ---------------------------------------------------------------------------------

FACTOR = re.compile(rf"(?i:\b(a factor of|multipl(?:y|ies|ied|ying) (?:[a-z]+ ){{0,4}}by) {HEDGE}$)")


def _multiply(bare: Bare) -> bool:
    """Make a multiple of it where it says how many times: "rose by a factor of 10", the words before belong to it."""
    found = bare.before(FACTOR)
    if found is None:
        return False
    bare.part.kind = bare.part.unit = "ratio"
    if found[1].lower().endswith("of"):
        bare.part.start = bare.low + found.start()
    return True


# "81 days from 53", "7.5 lines per 100 people, compared to 6.7", "dropped six points to minus 37"
COMPARED = re.compile(r"(?: per [0-9][0-9,]*)?[^.;:?!0-9)]{0,70}?\b"
                      r"(?:from|compared (?:to|with)|against|versus|vs\.?|instead of|rather than|than|and|or even) "
                      r"(?:the )?(?:an? (?:average|high|low|record|earlier) (?:high |low )?of )?"
                      rf"{HEDGE}$")
ADDED = re.compile(r"\b(?:and|or even) ")       # needs to be told where or when
LOW_OF = re.compile(r"[^.;:?!0-9]{0,50}\b(?:high|low|peak|average) of $")
POINTS_TO = re.compile(rf"(?: [a-z]+){{0,4}} to {HEDGE}$")
ENDS = re.compile(r" ?(?:[.,;:)]|$|[-–—] |[”\"])|(?: (?:just|only))? (?:in|on|at|by|for|since|last|a|the|this|earlier|"
                  r"previously|before|and|but|or|when|if|during|while|as|per)\b")
TO_THE_LEVEL = re.compile(r"(?:\b(?:to|at|of|was|is|were|are|reached|hit|stood at) )$")
LEVELS = ("count", "measure", "duration", "point", "age")


def _is_compared(bare: Bare) -> bool:
    """Whether it is what the last number is compared with, or goes on from: "rose to 81 days from 53"."""
    last, gap = bare.last, bare.gap(bare.last)
    if not bare.after(ENDS):
        return False
    if last.unit == "point" and POINTS_TO.fullmatch(gap):
        return True
    if LOW_OF.fullmatch(gap) and last.kind == "measure":
        return True
    if not COMPARED.fullmatch(gap) or ADDED.search(gap) and "from" not in gap \
            and not bare.after(SOMEWHERE):
        return False
    if last.kind == "percent":
        return TO_THE_LEVEL.search(bare.reading.text, bare.start, last.start) is not None
    return (last.kind in LEVELS or last.unit == "person") and bool(last.value) \
        and ALIKE > abs(bare.part.value / last.value) > 1 / ALIKE
