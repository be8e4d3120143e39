"""Each number of a text on its own: its value, its unit, what it counts, or why it measures nothing.

Small anchored patterns decide what stands at each place where digits or a number word were seen. Spellings stand in
`schemas/words/`: number.toml, unit.toml, currency.toml, comparator.toml. What a number is together with its neighbours
quantity.py tells.

>>> reader = Reader("It has 300 cars and a 40-kWh pack.", [], [7, 22])
>>> [(part.value, part.unit, part.counted) for part in reader.sentence(0, 34, [7, 22])]
[(Decimal('300'), 'count', 'cars'), (Decimal('40'), 'kWh', None)]
"""
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from string import ascii_letters

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from .. import schema
from ..model import Quantity
from ..pattern import any_of, digit_runs
from . import number, unit

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
SPACE = "[ \u00a0\u202f\u2009]"
HYPHEN = "[-‑–]"
LETTER = re.compile(r"[A-Za-zÀ-ɏͰ-Ͽ]")
# A numeral longer than this measures nothing; it is an id, and reading it would cost time.
LONGEST_NUMERAL = 30
MIXED = 3           # numerals in the European notation from which an English text is thought to quote another
# What a text holds in which "113.5p" is a price in pence, and a pound no weight.
BRITISH = re.compile(r"£|\b(?:pence|FTSE|London Stock Exchange|London Stock Market|sterling)\b")
SETTLED_KINDS = {"name": ("name", "name"), "date": ("date", "date"), "time": ("time", "date"),
                 "period": ("date", "period"), "code": ("code", "code")}


@dataclass(slots=True)
class Part(Quantity):
    """A quantity in the making: what joining it with its neighbours needs to know."""
    first: int = 0                  # span of numeral and magnitude alone
    last: int = 0
    raw: Decimal | None = None      # numeral before magnitude
    scale: Decimal = ONE
    before: bool = False            # currency in front
    comparable: bool = True         # may be joined with neighbours
    # the list of which it is an item
    joined: "list[Part] | None" = field(default=None, repr=False, compare=False)


def _any_case(words) -> str:
    """As `any_of`, in any case: the first letter as a set, which the scan skips by fast."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda w: (-len(w), w)):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"[{first}{first.upper()}](?i:{'|'.join(rests)})" for first, rests in by_first.items())


@cache
def patterns() -> "_Patterns":
    return _Patterns()


class _Patterns:
    """Everything that is compiled from the word lists, once."""

    def __init__(self):
        table, words = number.lists(), schema.words("number")["words"]
        money = {code: entry for code, entry in schema.words("currency").items() if code != "ambiguous"}
        # A link that was cut out may have left the next word glued: "$1.2 billionin".
        magnitudes = rf"(?:{any_of(table['magnitudes'])}(?:s?\b|(?=(?:in|to|from|for|of|on|by|at|as|and|with)\b)" \
                     r"|(?<=illion)(?=(?!aire|th)[a-z]{4})))"
        fractions = any_of(w for w in table["fractions"] if w != "half") + "s?|half|halves"

        # 1. What proposes: digits, or a number word.
        proposing = [*table["ones"], *table["tens"], *table["magnitudes"], *table["groups"],
                *table["multiples"],
                     *table["halvings"], "half", "third", "quarter", "decade"]
        plural = [w + "s" for w in (*table["magnitudes"], "dozen", "third", "quarter", "decade")] + ["tens"]
        folds = [w + "fold" for w in (*table["ones"], "hundred", "thousand")]
        self.number_words = AhoCorasick(sorted({*proposing, *plural, *folds, *AFTER_ARTICLE}),
                                        MatchKind.LeftmostLongest, implementation=Implementation.DFA)
        self.propose = re.compile(rf"[0-9]+|{number.FRACTION}|\b(?:{_any_case([*proposing, *plural, *folds])}"
                                  r"|(?<=\ a\ )(?:year|month|week|day)|(?<=\ an\ )hour)(?![A-Za-z])",
                                          re.ASCII)
        self.below_hundred = re.compile(rf"(?i){number.below_hundred()}")
        self.fold = re.compile(rf"(?i)({any_of(table['ones'])}|hundred|thousand)fold\b")

        # 2. Numbers in words, from the proposed word on.
        digit = any_of(word for word, value in table["ones"].items() if value < 10)
        self.point = re.compile(rf"(?i) point ({digit}(?: {digit}){{0,3}})(?![A-Za-z-])")
        self.half_more = re.compile(r"(?i)([- ]and[- ]a[- ](?:half|quarter)| and three quarters)\b")
        self.thirds = re.compile(rf"(?i)[-‑ ]({any_of(table['fractions'])}s?)(?![A-Za-z])")
        self.magnitude = re.compile(rf"(?i)\+?{SPACE}?[-‑]?({magnitudes}|dozen\b)(?:[ -]({magnitudes}))?")
        self.bare_magnitude = re.compile(rf"(?i)({magnitudes})(?:[ -]({magnitudes}))?")
        self.of_magnitude = re.compile(rf"(?i) of ({magnitudes})(?: of ({magnitudes}))?")
        self.fraction = re.compile(rf"(?i)(?:{fractions})(?![A-Za-z])")
        self.half_of_magnitude = re.compile(rf"(?i)half(?: a|-a)?[ -]({magnitudes}|dozen\b)")
        self.article = re.compile(
            rf"(?i)(?<![A-Za-z])((?:an?|one|{any_of(table['vague'])}|a (?:few|couple of|couple|single)|"
            r"tens of|hundreds of|"
            rf"thousands of|single[- ]digit|double[- ]digit|triple[- ]digit)[- ])$")
        self.suffix = re.compile(rf"{SPACE}?({any_of(table['suffixes'])})(?![A-Za-z0-9])")
        self.letter = re.compile(rf"({any_of(table['letters'])})(?![A-Za-z0-9'’])")
        money_letters = any_of([*table["letters"], *table["money_letters"]])
        # "$5 b", but not the T of "$10 T-shirt"; "$5b-$6b" is a range.
        self.money_letter = re.compile(rf"{SPACE}?({money_letters})(?![A-Za-z0-9]|[-‑][A-Za-z])")
        self.stated_digits = re.compile(rf"(?i)({any_of(table['stated_digits'])})[- ](digit|figure)s?\b")
        self.multiples = table["multiples"]
        self.halvings = table["halvings"]

        # 3. Units behind the number.
        gap = rf"(?:{SPACE}|{HYPHEN})?"
        self.size = re.compile(rf"[0-9][0-9.,]*{SPACE}?{unit.exact_pattern()}(?= )")
        self.unit = re.compile(
            rf"{gap}(?:({unit.exact_pattern()})(?![A-Za-z0-9²³Ω\u2126])|(?i:({unit.folded_pattern()}))(?![A-Za-z0-9]))")
        self.sign = re.compile(
            rf"{SPACE}?([%％])(?![- ]points?)|{HYPHEN}?({unit.glued_pattern()})(?![A-Za-z0-9])")
        per, self.per_symbol = unit.denominators()
        self.per = re.compile(
            rf"(?i)(?:{SPACE}(?:per|an?|each|for each){SPACE}|{SPACE}?/{SPACE}?)({per})(?![A-Za-z])")

        below = unit.per_unit()
        self.per_unit = re.compile(
            rf"(?: ?CO2e?)?(?:{SPACE}?/{SPACE}?|{SPACE}per{SPACE}"
            rf"|{SPACE}an?{SPACE}(?=(?:second|minute|hour|[a-z]+(?:lit|met)(?:er|re))\b))"
            rf"({below})(?![A-Za-z0-9²³])|{SPACE}({below})(?:[-−–]1|⁻¹)(?![0-9])")

        # 4. Money before and behind.
        self.signs, self.money_words = {}, {}
        for code, entry in money.items():
            if unknown := entry.keys() - {"signs", "after", "words", "minor"}:
                raise schema.SchemaError(
                    f"schemas/words/currency.toml: [{code}] has unknown field {sorted(unknown)[0]!r}")
            self.signs |= {code: code} | dict.fromkeys(entry.get("signs", ()), code)
            self.money_words |= {code: (code, ONE)} | dict.fromkeys(entry.get("after", ()), (code, ONE))
            for word in entry.get("words", ()):
                self.money_words |= {word.lower(): (code, ONE), word.lower() + "s": (code, ONE)}
            for word in entry.get("minor", ()):
                self.money_words |= {word.lower(): (code, 1 / HUNDRED), word.lower() + "s": (code,
                        1 / HUNDRED)}
        self.ambiguous = schema.words("currency").get("ambiguous", {})
        self.signs |= dict.fromkeys(self.ambiguous, "?")
        exact_words = [w for w in self.money_words if not w.islower()]
        folded_words = [w for w in self.money_words if w.islower()] + list(self.ambiguous)
        folded_words += [w + "s" for w in self.ambiguous if w[-1].isalpha()] + ["kr"]
        self.sign_before = re.compile(rf"({any_of(self.signs)}){SPACE}?$")
        self.sign_last = frozenset(sign[-1] for sign in self.signs)
        self.money_after = re.compile(rf"(?:{SPACE}|{HYPHEN})?(?:({any_of(exact_words, space=unit.BLANK)})|"
            rf"(?i:({any_of(folded_words, space=unit.BLANK)})))(?![A-Za-z0-9])")
        self.currency_named = re.compile(rf"(?i)(?<![A-Za-z])({any_of(w for w in folded_words if len(w) > 2)})"
                                         r"(?![A-Za-z])")
        self.pound = re.compile(rf"(?i){SPACE}pounds?(?![A-Za-z])")
        self.penny = re.compile(r"p(?![A-Za-z0-9])")

        # 5. Words around it.
        self.formats, self.designs = frozenset(words["formats"]), frozenset(words["designs"])
        self.trims = frozenset(schema.words("entity")["trim"])
        self.first_names = frozenset(schema.words("first_name")["names"])
        self.idiom = re.compile(rf"(?i){any_of(words['idioms'])}(?![A-Za-z])")
        self.idiom_before = re.compile(rf"(?i)(?<![A-Za-z]){any_of(words['idioms_before'])} $")
        self.label = re.compile(rf"(?i)(?<![A-Za-z])({any_of(words['labels'])})(\.?){SPACE}?#?$")
        self.not_names = frozenset(words["not_names"])
        self.stop = frozenset(words["stop"])
        self.plurals, self.not_plurals = frozenset(words["plurals"]), frozenset(words["not_plurals"])
        self.moves, self.scores = frozenset(words["moves"]), frozenset(words["scores"])
        self.money_noun = re.compile(rf"(?i)(?<![A-Za-z]){any_of(words['money_nouns'])}(?![A-Za-z])[^.;@]*$")
        self.compared = re.compile(rf"(?i)(?<![A-Za-z]){any_of(words['compared'])}(?![A-Za-z])")
        compare = schema.words("comparator")
        self.comparators = {phrase: sign for sign, phrases in compare["before"].items() for phrase in phrases}
        self.last_words = frozenset(phrase.split(" ")[-1] for phrase in self.comparators) | FILLERS
        self.longest = max(phrase.count(" ") + 1 for phrase in self.comparators)
        self.symbols = frozenset("~≈∼<>≤≥")
        self.suffixes = {phrase: sign for sign, phrases in compare["after"].items() for phrase in phrases}
        self.comparator_after = re.compile(rf"(?i)({SPACE}?)({any_of(self.suffixes)})(?![A-Za-z0-9])")
        self.take_up = frozenset(compare["other"]["take_up"])
        self.never_after = tuple(compare["other"]["never_after"])

    def places(self, text: str) -> list[int]:
        """All places where `propose` matches, found by searches that are faster than its own.

        >>> patterns().places("Two of 12 ½-litre jugs, in a year; often alone.")
        [0, 7, 10, 29]
        """
        places = digit_runs(text)
        if any(sign in text for sign in number.FRACTION_SIGNS):
            places += [at for at, sign in enumerate(text) if sign in number.FRACTION_SIGNS]
        for _, start, end in self.number_words.find_matches_as_indexes(text.lower()):
            if text[start] == " ":
                if text[start:end] in AFTER_ARTICLE and text[end:end + 1] not in ASCII_LETTERS:
                    places.append(text.rindex(" ", start, end) + 1)
            elif text[end:end + 1] not in ASCII_LETTERS and text[start - 1:start] not in ASCII_WORD:
                places.append(start)
        places.sort()
        return places


ASCII_LETTERS = frozenset(ascii_letters)
ASCII_WORD = ASCII_LETTERS | frozenset("_0123456789")
# in "about a year", not in "the year"
AFTER_ARTICLE = frozenset([" a year", " a month", " a week", " a day", " an hour"])
# A token that is no number though it holds digits. Matched where the token begins.
WITHOUT_SPACE, LINK_SIGN = re.compile(r"\S{0,2000}"), re.compile(r"://|www\.|[@#]|\.[a-z]", re.IGNORECASE)
URL = re.compile(r"""
    (?:https?://|www\.|ftp://)[^\s<>"]{1,2000}
  | [\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,200}           # an e-mail address
  | [\#@]\w{1,200}                                      # a hashtag or handle
""", re.VERBOSE | re.IGNORECASE)
DOMAIN = re.compile(r"""
    [\w-]{1,64}(?:\.[\w-]{1,64}){0,4}
    \.(?:com|org|net|io|ai|co|gov|edu|html?|php|pdf)\b[^\s]{0,500}
""", re.VERBOSE | re.IGNORECASE)
# Codes that begin with the digits. Behind the digits each of them goes on so:
GOES_ON = re.compile(r"[0-9]+(?:[-–/.:x(kKoO)]| [oO(0-9])")
# a first look, for hardly any number goes on so
POWER_OR_FRACTION = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[ \xa0]?[x×·∙⋅*][ \xa0]?10[\^⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]|[\^⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺eE/⁄]"
                               r"|[ \xa0-][0-9]{1,2}[/⁄])")
RICHEST = re.compile(r"(?i)(?:\bthe|['’]s) (?:top|bottom|richest|poorest|wealthiest) $")
SCREENS = re.compile(r"(?: [\w-]+){0,2} (?:screens?|TVs?|displays?|monitors?|videos?|cameras?|panels?|projectors?|"
                     r"movies)\b")
AIRLINER = re.compile("7[0-8]7")
INTERVAL = re.compile(r" (?:CI\b|confidence\b)")     # "95% CI", of a statistic
OF_WHOLE = re.compile(r" of (?:the|all|its|their|our|his|her|those|these|[a-z]+s)\b|[ -]majority\b")
CLOCK_OR_DATE = re.compile(r"\b(?:on|at|dated|by|until|since) $")
PHONE = re.compile(r"(?:[0-9][-. ])?\(?[0-9]{3}\)?[-. ][0-9]{3}[-. ][0-9]{4}(?![0-9])")
DATE_LIKE = re.compile(r"[0-9]{1,4}([-/.])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})(?![0-9/-])")
CHAIN = re.compile(r"[0-9]+(?:-[0-9]+){2,}(?![0-9])")
CLOCK = re.compile(r"[0-2]?[0-9][:.][0-5][0-9](?:[:.][0-5][0-9])?(?:\s?[ap]\.?m\b\.?)|[0-2]?[0-9] ?o['’]clock\b", re.I)
COLON = re.compile(r"[0-9]+(?::[0-9]+)+(?:\.[0-9]+)?")
DOTTED = re.compile(r"[0-9]+(?:\.[0-9]+){2,}")
NUMBERING = re.compile(r"[0-9]{1,3}(?:[.)](?=\s|$)|\.(?=[A-Z]))")
FIXED = re.compile(r"""(?:
    [0-9]{3}/[0-9]{2}[ ]?Z?R[ ]?[0-9]{2}                  # a tyre
  | 24/7 | 24x7 | 9/11 | 50/50 | 50-50 | 20/20 | 4x4 | 7-Eleven | 3-for-2 | 401\(?k\)? | 7[0-8]7-[1-9]00
)(?![0-9A-Za-z])""", re.VERBOSE)
ORDINAL = re.compile(r"[0-9][0-9,]{0,12}(?:(?<=1)(?<!11)st|(?<=2)nd|(?<=3)rd|th)(?![A-Za-z0-9])")   # 11st is a weight
YEAR = re.compile(r"(?:1[5-9]|20)[0-9]{2}")
OLD_YEAR_BEFORE = re.compile(r"(?i)(?:^|[ (])(?:in|since|of|from|until|by|around|before|after|the) $")
HOURS_AFTER = re.compile(r" (?:GMT|BST|UTC|CET|CEST|EST|EDT|ET|PT|IST|local time)\b")
CLOCK_HOURS = re.compile(r" (?:hrs|hours)\b")
AT_HOURS = re.compile(r"(?i)(?:^|[ (])(?:at|by|from|until|till|before|after|since|to|around) $")
YEAR_PAIR = re.compile(r"(?:19|20)[0-9]{2}[-–/](?:[0-9]{2}|(?:19|20)[0-9]{2})(?![0-9A-Za-z.,][0-9]?)")
# The rest of a name that began before the digits or with them: H20, S800, 235B-A22B, 5G, 3D.
NAME_TAIL = re.compile(r"[A-Za-z0-9]*(?:[-./+&][A-Za-z0-9]+)*\+?")
LETTERS_AFTER = re.compile(r"[A-Za-zÀ-ɏ]+")
DEGREES = re.compile(r"(?i)\b(?:temperatures?|degrees|celsius|heatwave|warming|climate|weather)\b")
HOTTEST, WEATHER = 60, 150      # degrees that are written without their sign, at most; characters around them
FEET_MARK, HEIGHT = re.compile(r"['’′] ?(1[01]|[0-9])(?: ?(?:[\"”″]|[’']{2}))?(?![0-9A-Za-z%]|\.[0-9])"), 10    # feet
VARIANT = re.compile(r" ([A-Z][A-Za-z0-9]*)")
INCH_MARK = re.compile(r"(?:[\"”″]|[’']{2})(?![A-Za-z0-9])")
MORE_NAME = re.compile(r"-[A-Z]+[0-9]")
NAME_HEAD = re.compile(r"[A-Za-zÀ-ɏͰ-Ͽ0-9.&/_-]{1,60}$")
WORD_BEFORE = re.compile(r"([A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’&-]{0,40})\s?$")
# "m" behind bare digits is a million where the text writes "£5m" or "2bn" and nothing behind tells of a length.
MILLIONS_AS_M = re.compile(r"[£$€][0-9][0-9.,]{0,8}m\b|[0-9]bn\b")
NO_LENGTH = re.compile(r"(?: ?[.,;:)–—]| -|$| (?:by|but|to|on|and|at|this|last|next|a|for|more|fewer|less|since|over"
                       r"|in (?!length|height|width|diameter|depth))\b)")
LONG_UNIT = re.compile(r" (?:km|kg|tons?|tonnes?|hectares?|acres?|barrels?|litres?|liters?|sq)\b")
SMALL_M, BIG_T = re.compile(r"m(?![A-Za-z0-9²³/])"), re.compile(r"T(?= (?:tokens?|parameters?)\b)")
PLAIN_WORD = re.compile(r"(?:^|[ \u00a0])[a-z]{2,20}$")
FUNCTION_WORD = re.compile(r"(?:[ \u00a0](?:for|only|than|over|about|with|from|were|was|have|has|had|this|the|nearly|"
                           r"around|almost|least|just|some)|[a-z][’']s)$")
GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
NOUN_OR_SIZE = re.compile(r" [a-z]|[KMGT]B\b")
CAPITAL_WORD = re.compile(r"[A-Z][a-z]{2}")
PERCENT_OR_SIZE = re.compile(r"%| (?:per ?cent|million|billion|trillion)\b")
HYPHENS = ("-", "‑", "–")
THEN_DIGIT = re.compile(r" ?[0-9]")
ARTICLE = re.compile(r"(?i)(?<![A-Za-z])(an?) $")
GROUP_ARTICLE = re.compile(r"(?i)(?<![A-Za-z])(an?|half a|several|a few|one) $")
HALF_SPAN = re.compile(
    r"(?i)half(?: an?|-an?)?[- ]"
    r"(hour|day|year|century|decade|mile|inch|minute|second|percent|percentage point|point)\b")
RATE_STEP = re.compile(r"(?i)(?:half|quarter)[- ](?:an? )?(?:percentage[- ]point\b|point(?=[- ](?:cut|hike|rise|"
                       r"increase|reduction|decrease|move)))")
HALF_OF_GAME = re.compile(r"(?i)(?:^|[ (])(?:each|either|first|second|opening|last|other) $")
PART_OF_UNIT = re.compile(r"(?i) of (?:an?|one) (percentage point|percent|per cent|mile|inch|second|hour|million|"
                          r"billion|trillion)\b")
MONEY_LIKE = re.compile(r"[0-9.,]{1,20} ?(?:bn|m|million|billion|trillion)\b|[0-9]{1,3}(?:,[0-9]{3})+")
SUM_AS_NAME, REST_OF_SUM = re.compile(r"[A-Z]{1,3}[0-9][0-9.,]*"), re.compile(r",[0-9]{3}(?![0-9])| (?:m|b|tr)illion\b")
# "the founder, Ann Lee, 52,": a name of two words, or one that a word leads up to.
SAID_NAME = re.compile(r"(?:^|[\s”\"])(?:says?|said|adds?|added|told|explain(?:s|ed)|recall(?:s|ed)) "
                       r"(?:[A-Z][a-z'’-]{1,30} ?){1,2}, $")
# "Capt. Ann B. Lee, then 31": who has a first name has an age
GIVEN_NAME = re.compile(r"((?:[A-Z][\w'’.-]{0,30} ){0,3}[A-Z][\w'’-]{1,30}), (?:also |then |now |only |just )?$")
AGE_ENDS = re.compile(r"(?:[,.;)]| [-–—])(?! ?[0-9])")
ALONE_NAME = re.compile(r"(?:^|[.!?”\"] |^[A-Z][^.,;]{0,30}, )[A-Z][a-z'’-]{1,30}, $")
AGED_NAME = re.compile(r"(?:[a-z] ?[A-Z][a-z'’-]{1,30}|^[A-Z][a-z]{1,30} [A-Z][a-z'’-]{1,30}), (?:also )?$")
AGED_THEN = re.compile(r", (?:who|from|is|was|has|had|told|said|did|[a-z]{2,7}(?:ed|s|n['’]t))\b")
AGED_NOUN = re.compile(
    r"(?i)\b(?:girl|boy|man|woman|child|teen|teenager|toddler|student|mother|father|mum|mom|dad|son|daughter|brother|"
    r"sister|wife|husband|grandmother|grandfather|widow|pensioner|victim|suspect|driver), (?:now )?$")
AGE_AFTER = re.compile(r"(?i)[-‑ ](year|month|week|day)s?[-‑ ]olds?\b")
AGE_BEFORE = re.compile(
    r"(?i)(?:\bag(?:ed?|es|ing)(?: of| from| between)? |"
    r"\bas (?:young|old) as |\bunder the age of |\bturned )$")
USUAL_AGE = re.compile(r"\b(?:average|median|mean|retirement|typical) age\b[^.,;:0-9]{0,60} "
                       r"(?:is|was|at|to|of|from|by) $")
# "when she was 61,": a person's age, if nothing follows that could be counted.
AGE_OF = re.compile(r"(?:\b(?:[Hh]e|[Ss]he|I|who)(?:['’](?:s|m)| was| is| am)(?: now| only| just| already| still)?|"
                    r"(?:^|[.;,(] ?)Now|[A-Z][a-z'’-]{1,30}(?:, now| (?:was|is) (?:just|only|now|still))|"
                    r"[Ww]hen [A-Z][a-z'’-]{1,30} was) $")
# "who was 20 when she left", "Ana Ruiz was 17 when she left and 23 when", "became a bishop at 41", "died at 84"
WAS_AGED = re.compile(r"(?:\b(?:who|he|she|I|[A-Z][a-z'’-]{1,30}) (?:was|is|were)(?: just| only| still)?|"
                      r" when (?:he|she|I|they) [^,.;:0-9]{2,60} and(?: just| only)?) $")
WHEN = re.compile(r" when\b")
IN_LIFE = (r"(?:died|dies|retired|retires|married|became|becomes|become|becoming|turned professional|turned pro|"
           r"graduated|emigrated|orphaned|widowed|left (?:home|school)|started (?:work|school|painting|acting|singing)|"
           r"ordained|enlisted|made (?:his|her) debut)")
DONE_AT = re.compile(rf"\b{IN_LIFE}\b(?:(?! and )[^.;:,0-9$%]){{0,70}}(?: at [0-9]{{2}}(?:,| and)"
                     r"[^.;:,0-9$%]{2,40})? at(?: just| only)? $")
ENDS_CLAUSE = re.compile(r"[.,;)](?![0-9])| (?:when|and|but|at the time)\b")
PRICED_UNIT = re.compile(r"(?: of [a-z -]{3,30}?)?(?: in [A-Z][a-z]+)? (?:now |then |still )?(?:costs?|equals?|"
                         r"(?:is|was) worth|fetch(?:es|ed)|sells|sold|buys|bought|weighs|contains) ")
FREQUENCY = re.compile(
    r"(?i) (?:an?|per|every|each) (?:second|minute|hour|day|week|month|quarter|year|decade)\b")
NOUN_WORD = re.compile(rf"{SPACE}([A-Za-z][A-Za-z0-9.&'’‑-]*)")
MINUTES_BEFORE = re.compile(r"[0-9] ?m(?:in(?:ute)?s?)?\.?,? $")       # 2h 10m 35s
PLURAL_S = re.compile(r"s(?![A-Za-z])")
NOTE = re.compile(r"([a-z]{4,})[0-9]{1,2}")      # "40 countries3"
MORE = re.compile(r" more(?= [a-z])")
ALSO = re.compile(r" (?:and|&|or)(?= [A-Za-z])")
# "beat the 6.5 million analysts had forecast": who foresaw it is not counted
FORESEEN = re.compile(r" (?:[a-z]+ )?(?:analysts|economists|experts|investors|forecasters|officials)"
                      r"(?: (?:polled|surveyed)(?: by [^,.;]{2,30})?)?(?: had| have| were)? (?:forecast|expect|predict|"
                      r"anticipat|project|pencil|hop)")
COUNT_OF = re.compile(
    r" (?:out of (?!(?:[2-9]|1[02]|[25]0|1,?0?00) )(?=[0-9])|of )"
    r"(?:(them|these|those|which|whom)\b|(?:(?:the|its|his|her|their|our|your|those|these|"
    r"[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,2}['’]s?)(?: [0-9][0-9,.]*)?|[0-9][0-9,]*) )")
HYPHEN_WORD = re.compile(r"[-‑]([A-Za-z][A-Za-z-]{1,30})(?![A-Za-z-])")     # never half a word
DOLLAR_AFTER = re.compile(
    r"(?i)[- ](?:US[- ])?(dollar|pound|euro|yen|yuan|rupee|won)s?\b"
    r"|(?: of)? (dollars|pounds|euros|yen|yuan|rupees|won)\b")
PERCENT_CHANGE = re.compile(r"(?i)(?:percent|per cent|%)[^.;]{0,60}$")
PLAIN_POINTS = re.compile(
    r"(?i)(?:up|down|rose|fell|gained|lost|dropped|higher|lower|by|added|climbed) "
    r"(?:about |nearly |around )?$")
POINTS_OF = re.compile(r" of (?:sales?|presence|interest|contact|entry|access|care|delivery|service|distribution)\b")
POINT_PLAN = re.compile(r"(?: [a-z-]+)? (?:plans?|proposals?|program(?:me)?s?|agendas?|list|strategy|agreements?|"
                        r"checks?|inspection)\b")
PRICE_BEFORE = re.compile(r"\b(?:prices?|priced|costs?|costing|paid|pays?|paying|worth|salar(?:y|ies)|wages?|rents?|"
                          r"fees?|fined?|earns?|earned|earning|spen[dt]|spends|spending|sold for|fetched|receives?|"
                          r"received)\b"
                          r"(?:[^.;:]|[.:](?=[0-9])){0,80}$")
WEIGHED = re.compile(r"\b(?:weigh\w*|heav\w+|lift\w*|lost|loaded|carr\w+|hold\w*)\b")
RATE_OF = re.compile(r" (?:per|to the|against the|to one|for one) (?:US |U\.S\. )?(?:dollar|euro|pound|greenback)\b")
AT_PRICES = re.compile(r"(?i)\bin (?:(?:constant|real|fixed|inflation-adjusted) )?$")
POUNDS_OF = re.compile(
    r" pounds of (?:thrust|force|[a-z]* ?(?:beef|butter|carbon|cargo|cheese|cocaine|coffee|copper|cotton|debris|"
    r"explosives?|fish|flour|food|fruit|fuel|gold|lithium|material|meat|ore|payload|pork|propellant|rice|rubble|"
    r"seafood|silver|steel|sugar|trash|uranium|waste|wheat))\b")
SIGNS, BEFORE_SIGN = tuple("-−–+"), frozenset(" \n\t\u00a0([:,;/\"“‘'|")
WORD_SIGN = re.compile(r"(?i)(?<![A-Za-z])(minus|negative) $")


def _apart(taken: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The spans without those that begin inside another: the M5 of "MacBook Air with M5"."""
    apart: list[tuple[int, int, str]] = []
    for span in sorted(taken, key=lambda span: (span[0], -span[1])):
        if not apart or span[0] >= apart[-1][1]:
            apart.append(span)
    return apart


class Reader:
    """One document: its text, its notation, and what is taken."""

    def __init__(self, text: str, taken: list[tuple[int, int, str]], places: list[int]):
        self.text, self.places = text, places
        self.patterns = patterns()
        self.taken = _apart([span for span in taken if not self.cuts_number(*span)])
        self.starts = [start for start, _, _ in self.taken]
        ours, theirs = number.votes(text) if number.PERHAPS_EUROPEAN.search(text) else (0, 0)
        self.mostly_european, self.mixed = ours > theirs, ours >= MIXED and theirs > 0
        self.notation(self.mostly_european)
        self.has_links = any(mark in text for mark in ("://", "www.", "@", "#", ".com", ".org", ".net",
                ".io"))
        self.currency: dict[str, str] = {}

    @cached_property
    def is_british(self) -> bool:
        return BRITISH.search(self.text) is not None

    @cached_property
    def has_boeing(self) -> bool:
        return "Boeing" in self.text

    @cached_property
    def has_millions_as_m(self) -> bool:
        return MILLIONS_AS_M.search(self.text) is not None

    def notation(self, european: bool) -> None:
        self.european = european
        self.numeral = number.EUROPEAN if european else number.ENGLISH

    def cuts_number(self, start: int, end: int, kind: str) -> bool:
        """The Twenty of "Twenty-eight people" is no name, nor the P645 of "P645,000"."""
        if kind != "name":
            return False
        if self.text[start].isdigit() and self.patterns.size.match(self.text, start, end):
            return True                                                 # the 48MP of "48MP Fusion"
        if self.within_number(start, self.patterns.below_hundred.match) or self.within_number(end, number.match_words):
            return True
        return SUM_AS_NAME.fullmatch(self.text, start, end) is not None \
            and REST_OF_SUM.match(self.text, end) is not None

    def within_number(self, at: int, words: Callable) -> bool:
        """Whether a place lies within a number: "in C Twenty-eight people", "a thirdS&P 500 fund"."""
        before = bisect_left(self.places, at) - 1
        if before < 0:
            return False
        proposed = self.patterns.propose.match(self.text, self.places[before])
        return proposed is not None and at < proposed.end() or (
            found := words(self.text, self.places[before])) is not None and at < found.end()

    def settled(self, places: list[int]):
        """Rows for the spans of other finders that hold a number; `places` are where numbers are proposed."""
        for start, end, kind in self.taken:
            at = bisect_left(places, start)
            while at < len(places) and self.text[places[at]] in "zZ":       # Net Zero Alliance
                at += 1
            if at < len(places) and places[at] < end:
                row_kind, outcome = SETTLED_KINDS[kind]
                yield Part(start, end, row_kind, outcome=outcome, comparable=False, first=start, last=end)

    def free(self, at: int, start: int, end: int) -> tuple[int, int, int | None]:
        """The stretch around `at` that nobody holds, and the end of a span that holds `at`."""
        index = bisect_right(self.starts, at) - 1
        if index >= 0:
            held_to = self.taken[index][1]
            if held_to > at:
                return start, end, held_to
            start = max(start, held_to)
        if index + 1 < len(self.taken):
            end = min(end, self.starts[index + 1])
        return start, end, None

    def sentence(self, start: int, end: int, places: list[int]) -> list[Part]:
        """The numbers of one sentence, each on its own."""
        parts, done = [], start
        self.begin, self.end = start, end
        if self.mixed:
            ours, theirs = number.votes(self.text[start:end], sure=self.mostly_european)
            self.notation(ours > theirs if ours != theirs else self.mostly_european)
        for at in places:
            if at < done:
                continue
            low, high, held_to = self.free(at, max(start, done), end)
            if held_to is not None:
                done = held_to
                continue
            in_digits = "0" <= self.text[at] <= "9" or self.text[at] in number.FRACTION_SIGNS
            part = self.digits(at, low, high, start) if in_digits else self.word(at, low, high)
            if part is None:
                continue
            parts.append(part)
            done = part.end
        return parts

    # --- digits -----------------------------------------------------------------------------------------

    def digits(self, at: int, low: int, high: int, sentence_start: int) -> Part:
        """What the digits at `at` are; low and high are where a neighbour or the sentence begins or ends."""
        text = self.text
        code = self.code(at, low, high, sentence_start)
        if code:
            return code
        if written := self.power_or_fraction(at, low, high):
            return written
        found = self.numeral.match(text, at, high)
        first, last = at, found.end()
        if last - first > LONGEST_NUMERAL:
            return self.fixed(first, last, "code", "code")
        if at - 1 >= low and text[at - 1] == "." and text[at].isdigit() \
                and (at - 2 < low or text[at - 2] in " $€£(~<>"):
            first = at - 1                                      # ".5 percent"
        raw = number.read(text[first:last], number.is_european(text, first, self.european))
        if raw in WHOLES and (one := ONE_IN.search(text, max(low, at - 20), at)):
            return self.share_of(one.start(), last, 1 / raw, low, high, vague=False)     # one in 10 adults
        part = Part(first, last, "number", raw=raw, first=first, last=last)
        places = number.places(text[first:last], raw)
        self.money_before(part, low)
        glued = LETTERS_AFTER.match(text, last, high)
        if not part.before and not self.glued_to_word(first, last, low, high) \
                and (head := self.name_head(first, low)) is not None:
            tail = NAME_TAIL.match(text, last, high)
            return self.fixed(head, tail.end(), "name", "name")
        part.scale = self.magnitude(part, high)
        if text.startswith(("-odd ", "‑odd "), part.last):
            part.last, part.comparator = part.last + 4, "~"             # 20-odd years
            part.end = part.last
        if part.unit is None or part.kind == "money":
            self.unit_after(part, places, high)
        if part.unit is None and text.startswith("+", part.last):           # a 6+ month delay
            self.or_more(part, places, high)
        if part.before and glued and part.last == last and CAPITAL_WORD.match(glued[0]):
            glued = None            # "the $599Aster 5" lost a space
        if part.last == last and glued and part.end == last or part.end == part.last > last \
                and MORE_NAME.match(text, part.last, high):
            # Letters that mean nothing: 5G, 3D; or that go on: 35B-A3B.
            return self.fixed(part.start, NAME_TAIL.match(text, last, high).end(), "name", "name")
        if part.value is None:
            part.value = part.raw * part.scale
        part.decimals = places - _zeros(part.value, part.raw)
        self.sign(part, low)
        self.finish(part, low, high)
        return part

    def power_or_fraction(self, at: int, low: int, high: int) -> Part | None:
        """3.2 × 10^5 cells, 2 1/2 cups, 3/4 of the time."""
        text = self.text
        if not POWER_OR_FRACTION.match(text, at):
            return None
        if found := number.POWER.match(text, at, high):
            raw, places = number.power(found)
        elif (found := number.SLASHED.match(text, at, high)) and (raw := number.fraction(found)):
            if OF_WHOLE.match(text, found.end()) and not found["whole"]:
                return self.share_of(at, found.end(), raw, low, high)
            measured = self.patterns.unit.match(text, found.end(), high)
            if not (measured or found["whole"] and self.noun(found.end(), high, raw)) \
                    or CLOCK_OR_DATE.search(text, max(low, at - 12), at) \
                    or not found["whole"] and measured[2] and measured[2].endswith("s"):
                return None                                             # on 1/2 m; "2/3 years" are two or three
            places = None
        else:
            return None
        part = Part(at, found.end(), "number", raw=raw, first=at, last=found.end())
        self.money_before(part, low)
        if not part.before and self.name_head(at, low) is not None:
            return None
        part.scale = self.magnitude(part, high)
        self.unit_after(part, 0, high)
        if part.value is None:
            part.value = raw * part.scale
        part.decimals = places
        self.sign(part, low)
        self.finish(part, low, high)
        return part

    def or_more(self, part: Part, places: int, high: int) -> None:
        """Take a plus sign that stands between number and unit."""
        part.last += 1
        self.unit_after(part, places, high)
        if part.unit is None or part.kind == "count":
            part.last, part.end, part.kind, part.unit, part.counted = part.last - 1, part.last - 1, "number", None, None
        else:
            part.comparator = ">="

    def code(self, at: int, low: int, high: int, sentence_start: int) -> Part | None:
        """Digits that measure nothing by their form: links, phone numbers, dates, versions, ordinals."""
        text = self.text
        if self.has_links:
            head = at
            while head > low and head > at - 200 and not text[head - 1].isspace():
                head -= 1
            tail = WITHOUT_SPACE.match(text, at, high).end()
            token = LINK_SIGN.search(text, head, tail) and (
                URL.search(text, head, tail) or DOMAIN.match(text, head, tail))
            if token and token.start() <= at < token.end() and not text[token.start():at].isspace():
                if all(not c.isspace() for c in text[head:token.start()]):
                    return self.fixed(token.start(), token.end(), "code", "code")
        if at - sentence_start < 3 and text[sentence_start:at].strip() in ("", "(") \
                and (found := NUMBERING.match(text, at, high)):
            return self.fixed(at, found.end(), "code", "code")
        if not text[at - 1:at].isalpha() and (found := ORDINAL.match(text, at, high)):
            return self.fixed(at, found.end(), "ordinal", "ordinal")
        if GOES_ON.match(text, at):
            if found := FIXED.match(text, at, high):
                return self.fixed(at, found.end(), "name", "name")
            if found := YEAR_PAIR.match(text, at, high):
                return self.fixed(at, found.end(), "date", "period")
            if found := CLOCK.match(text, at, self.past_names(high)):
                return self.fixed(at, found.end(), "time", "date")
            if found := PHONE.match(text, at, high):
                return self.fixed(at, found.end(), "code", "code")
            if found := DATE_LIKE.match(text, at, high):
                grouped = self.european and self.numeral.match(text, at, high).end() == found.end()
                if not grouped:
                    return self.fixed(at, found.end(), "date", "date")
            if found := CHAIN.match(text, at, high):
                return self.fixed(at, found.end(), "code", "code")
            if (found := DOTTED.match(text, at, high)) and self.numeral.match(text, at,
                    high).end() < found.end():
                return self.fixed(at, found.end(), "code", "code")
            if found := COLON.match(text, at, high):
                return self.fixed(at, found.end(), "time", "date") if len(found[0]) == 5 else self.fixed(
                    at, found.end(), "code", "code")
        return None

    def fixed(self, start: int, end: int, kind: str, outcome: str) -> Part:
        # A form has a greatest length, a number has none; digits behind a word are the next number: "third5two".
        while "0" <= self.text[end:end + 1] <= "9" and not self.text[end - 1].isalpha() and end not in self.starts:
            end += 1
        return Part(start, end, kind, outcome=outcome, comparable=False, first=start, last=end)

    def name_head(self, first: int, low: int) -> int | None:
        """Where the name begins whose digits begin at `first` ("GPT-4.5", "H20"), or None."""
        text = self.text
        previous = text[first - 1] if first > low else " "
        if LETTER.match(previous) or (previous in "-‑._/&" and first - 1 > low and text[first - 2].isalnum()):
            head = NAME_HEAD.search(text, max(low, first - 60), first)
            if head is None:
                return None
            token = head[0]
            if LETTER.match(previous):
                return head.start()
            # A hyphen or slash: F-150, GPT-4.5, Covid-19; but "mid-20s", "a-5", "and/2" are no names.
            letters = re.match(r"[A-Za-zÀ-ɏͰ-Ͽ]+", token)
            if letters and previous in "-‑" and not letters[0].islower():
                return head.start()
            if token[:1].isdigit() and re.search("[A-Za-z]", token) and previous in "-‑":
                return None
        return None

    def glued_to_word(self, first: int, last: int, low: int, high: int) -> bool:
        """Whether a plain word stands in front whose space was lost: "it forecast50% growth"."""
        before = self.text[max(low, first - 24):first]
        if FUNCTION_WORD.search(before) and NOUN_OR_SIZE.match(self.text, last, high):
            return True             # "there were4,316,233 births", "the agency’s32 members"
        word = PLAIN_WORD.search(before)
        return word is not None and not self.patterns.propose.search(word[0]) and (
            PERCENT_OR_SIZE.match(self.text, last, high) is not None
            or GROUPED.fullmatch(self.text, first, last) is not None)

    def money_before(self, part: Part, low: int) -> None:
        """Take a currency in front of the number."""
        text, p = self.text, self.patterns
        at = part.start
        while at > low and text[at - 1] in " \u00a0\u202f":
            at -= 1
            if part.start - at > 1:
                return
        sign_gap = ""
        if at > low and text[at - 1] in "-−+" and at == part.start:     # $-5
            sign_gap, at = text[at - 1], at - 1
        if at == low or text[at - 1] not in p.sign_last:
            return
        found = p.sign_before.search(text, max(low, at - 8), at)
        if not found:
            return
        spelling = found[1]
        start = found.start(1)
        if spelling[0].isalpha() and start > low and (text[start - 1].isalnum() or text[start - 1] in "-_"):
            return
        if spelling in ("R", "P", "L") and not MONEY_LIKE.match(text, part.first):
            return                                                      # R1 is a name, R4bn is rand
        if spelling == "COP" and at == part.start and part.last - part.first < 3:
            return                                                      # COP28 is a meeting
        if spelling[-1].isalpha() and len(spelling) <= 2 and at != part.start and spelling not in ("RM",
                "Rs", "Tk", "Rp"):
            return
        part.unit, part.kind, part.before, part.start = self.code_of(spelling), "money", True, start
        if sign_gap == "-" or sign_gap == "−":
            part.raw = -part.raw

    def code_of(self, spelling: str) -> str:
        """ISO 4217 code of a sign or word; the text decides where several currencies share it."""
        p = self.patterns
        shared = p.ambiguous.get(spelling) or p.ambiguous.get(spelling.removesuffix("s"))
        if shared is None:
            code = p.signs.get(spelling)
            return code or p.money_words[spelling if spelling in p.money_words else spelling.lower()][0]
        if spelling not in self.currency:
            counts = {code: sum(self.text.count(word) for word in words) for code, words in shared.items()}
            self.currency[spelling] = max(counts, key=counts.get)       # the first where none is named
        return self.currency[spelling]

    def magnitude(self, part: Part, high: int) -> Decimal:
        """Take a magnitude behind the numeral; its size."""
        text, p, table = self.text, self.patterns, number.lists()
        at = part.last
        if (found := p.magnitude.match(text, at, high)) and not (part.before and found[1] == "dozen"):
            size = self.size_of(found)
            if found[0][0] == "+":
                part.comparator = ">="                                  # 15+ million
        elif found := p.suffix.match(text, at, high):
            size = table["suffixes"][found[1]]
        elif part.kind == "money" and (found := p.money_letter.match(text, at, high)):
            size = table["letters"].get(found[1]) or table["money_letters"][found[1]]
        elif (found := p.letter.match(text, at, high)) and not self.letter_is_name(part, found):
            size = table["letters"][found[1]]
        elif text.startswith("m", at) and (found := SMALL_M.match(text, at, high)) \
                and (self.noun(found.end(), high, ONE + 1) or p.money_after.match(text, found.end(), high)
                     or p.per.match(text, found.end(), high) or LONG_UNIT.match(text, found.end(), high)
                     or text.startswith("-strong", found.end())
                     or NO_LENGTH.match(text, found.end(), high) and self.has_millions_as_m):
            size = table["money_letters"]["m"]                          # 5m users, but a 5m wall
        elif text.startswith("T", at) and (found := BIG_T.match(text, at, high)):
            size = table["money_letters"]["T"]
        else:
            return ONE
        part.last = part.end = found.end()
        return size

    def size_of(self, found: re.Match) -> Decimal:
        table = number.lists()
        size = table["magnitudes"].get(_singular(found[1])) or table["groups"][_singular(found[1])]
        return size * table["magnitudes"][_singular(found[2])] if found[2] else size

    def letter_is_name(self, part: Part, letter: re.Match) -> bool:
        """4K and 8K are screens, 3M a company, unless a noun shows that something is counted."""
        if part.raw in (4, 8) and letter[1] == "K" and SCREENS.match(self.text, letter.end()):
            return True
        if self.noun(letter.end(), part.end + 80, ONE + 1) or self.patterns.unit.match(self.text,
                letter.end()):
            return False
        return part.raw in (2, 4, 5, 8, 10) and letter[1] == "K" or part.raw == 3 and letter[1] == "M"

    # --- units ------------------------------------------------------------------------------------------

    def unit_after(self, part: Part, places: int, high: int) -> None:
        """Take a currency, unit, ratio or counted noun behind the number."""
        text, p = self.text, self.patterns
        at = part.last
        if self.money_behind(part, high):
            return
        if part.kind == "money":
            self.price_per(part, high)
            return
        found = p.sign.match(text, at, high)
        spelling = None
        if found and found[1]:
            part.kind, part.unit, part.end = "percent", "percent", found.end()
            if part.value is None:
                part.value = part.raw * part.scale
            if INTERVAL.match(text, part.end):
                part.outcome = "qualifier"
            return
        if part.value is None and part.raw < HEIGHT and (inches := FEET_MARK.match(text, at, high)):
            part.kind, part.unit, part.end, part.last = "measure", "inch", inches.end(), inches.end()
            part.value = part.raw * 12 + int(inches[1])
            return
        if (mark := INCH_MARK.match(text, at, high)) and part.value is None and self.is_inch(at):
            part.kind, part.unit, part.end, part.value = "measure", "inch", mark.end(), part.raw
            return
        if text.startswith("C", at) and not text[at + 1:at + 2].isalnum() and abs(part.raw) < HOTTEST \
                and DEGREES.search(text, max(0, at - WEATHER), at + WEATHER):
            part.kind, part.unit, part.end, part.value = "measure", "°C", at + 1, part.raw      # a peak of 22C
            return
        other = p.unit.match(text, at, high)
        if other is None and self.name_at(at + 1):                      # 1,786 bitcoins
            other = p.unit.match(text, at, self.past_names(high))
            other = other if other and other.end() == self.name_at(at + 1) else None
        if other:
            spelling, found = unit.read(other[1] or other[2]), other
            glued = other[1] is not None and other.start(1) == at
            if other[1] == "in." and part.in_words:
                spelling = None                                         # he smuggled one in.
            elif other[1] == "s" and glued and places == 0 \
                    and not MINUTES_BEFORE.search(text, max(0, part.start - 10), part.start):
                spelling = None                                         # 747s, 80s
            elif other[1] in ("h", "t", "g", "l", "A", "W", "V", "J", "m", "s") and text[at:at + 1] in "-‑–":
                spelling = None
        elif found and found[2]:
            spelling = unit.read(found[2])
            if found[2] == "in" and text[found.end():found.end() + 1] in HYPHENS:
                return self.settle(part, "name", "name")                # a 2-in-1 laptop
            if spelling.symbol == "ratio" and THEN_DIGIT.match(text, found.end(), high):
                spelling = None                                         # 1080x720
        if spelling is None:
            if not self.exchange_rate(part):
                self.count(part, high)
            return
        part.end = found.end()
        part.unit, part.kind = spelling.symbol, kind(spelling)
        part.value = part.raw * part.scale * spelling.times
        if part.kind == "measure":
            self.measure_per(part, high)
        if spelling.symbol == "point":
            self.points(part)
        elif spelling.symbol == "ratio" and (FREQUENCY.match(text, part.end, high) or self.happened(part, found)):
            part.kind, part.unit, part.counted = "count", "count", "times"      # 60 times per second

    def is_inch(self, at: int) -> bool:
        """Whether a mark like a closing quote is that of inches, as no quote was opened: 'a 9.2” screen'."""
        line = self.text[self.text.rfind("\n", 0, at) + 1:at]
        return line.count("“") <= line.count("”") and line.count('"') % 2 == 0

    def happened(self, part: Part, times: re.Match) -> bool:
        """Whether something is counted by its times: "searched 200 times since May"; but "rose four times"."""
        if not times[0].endswith("times") or part.in_words or part.value % 1 \
                or not AFTER_TIMES.match(self.text, part.end):
            return False
        before = self.text[max(self.begin, part.start - 60):part.start]
        words = re.findall(r"[a-z]+", before[:len(before) - self.comparator_before(before)[1]].lower())
        return bool(words) and words[-1] not in self.patterns.moves and words[-1] not in NOT_HAPPENED

    def points(self, part: Part) -> None:
        """Points behind a percentage are percentage points: "rose to 12 percent, up 3 points"."""
        before = self.text[max(0, part.start - 80):part.start]
        if PERCENT_CHANGE.search(before) and PLAIN_POINTS.search(before):
            part.unit = "percentage_point"
        elif part.in_words and not PLAIN_POINTS.search(before) or POINTS_OF.match(self.text, part.end) \
                or POINT_PLAN.match(self.text, part.end):
            part.kind, part.unit, part.counted = "count", "count", "points"     # two points of a talk

    def money_behind(self, part: Part, high: int) -> bool:
        """Take a currency behind the number: 380 billion yuan, 10 cents, $32 million USD."""
        text, p = self.text, self.patterns
        at, high = part.last, self.past_names(high)                     # 5 million Swiss francs
        found = p.money_after.match(text, at, high)
        if found and 1900 < part.raw < 2100 and AT_PRICES.search(text, max(self.begin, part.start - 25), part.start):
            self.settle(part, "name", "name")                           # "in 2025 dollars"
            return True
        if found:
            spelling = found[1] or next((w for w in p.ambiguous if w.lower() == found[2].lower()), found[2].lower())
            shared = spelling in p.ambiguous or spelling.removesuffix("s") in p.ambiguous
            code, times = (self.code_of(spelling), ONE) if shared else p.money_words[spelling]
            big = at > part.first and part.scale >= 1000 or part.raw >= 500
            if spelling in ("crown", "crowns") and part.in_words and not big:
                return False                                            # won two crowns
            if spelling == "won" and not big or spelling in ("real", "reals", "rand") and not big:
                return False
            if part.before and spelling.isalpha() and code == part.unit or not part.before \
                    or spelling in unit.currencies():
                pass
            elif code != part.unit and times == ONE and not spelling.isupper() and spelling not in ("rmb",
                    "yuan"):
                part.unit = code
        elif (found := p.pound.match(text, at, high)) and self.pounds_are_money(part):
            code, times = "GBP", ONE
        elif (found := p.penny.match(text, at, high)) and part.raw not in SCREEN_LINES and self.is_british:
            code, times = "GBP", 1 / HUNDRED
        else:
            return False
        part.unit, part.kind, part.end = code, "money", found.end()
        part.value = part.raw * part.scale * times
        self.price_per(part, high)
        return True

    def exchange_rate(self, part: Part) -> bool:
        """Take a bare number as a rate in the currency that was named last: "the rupee fell to 88.15 per dollar"."""
        text = self.text
        if not RATE_OF.match(text, part.last, self.end):
            return False
        named = self.patterns.currency_named.findall(text, self.begin, part.start)
        if not named:
            return False
        word = named[-1].lower()
        shared = word in self.patterns.ambiguous
        part.unit = self.code_of(word) if shared else self.patterns.money_words[word][0]
        part.kind, part.value = "money", part.raw * part.scale
        return True

    def pounds_are_money(self, part: Part) -> bool:
        """Whether pounds are no weight: 3 million pounds, a price of 300 pounds; but not 8 million pounds of thrust."""
        priced = PRICE_BEFORE.search(self.text, max(self.begin, part.start - 100), part.start)
        paid = part.scale >= 1_000_000 or priced is not None and not WEIGHED.search(priced[0])
        return (paid or self.is_british) and not POUNDS_OF.match(self.text, part.last)

    def price_per(self, part: Part, high: int) -> None:
        """Take a denominator with a unit of its own: $1.20 per share, $3 a barrel."""
        if found := self.patterns.per.match(self.text, part.end, high):
            part.unit += "/" + self.patterns.per_symbol[found[1].lower().replace("\u00a0", " ")]
            part.end = found.end()

    def measure_per(self, part: Part, high: int) -> None:
        """Take what a measure is per: 5 mg/kg, 30 litres per minute, 4 g cm−3."""
        if (found := self.patterns.per_unit.match(self.text, part.end, high)) \
                and (below := unit.read(found[1] or found[2]).symbol) != part.unit:
            part.unit, part.end = unit.per(part.unit, below), found.end()

    def count(self, part: Part, high: int) -> None:
        """Take the counted noun: 4,000 travel agencies, 100-person team."""
        text, p = self.text, self.patterns
        at = part.last
        if found := HYPHEN_WORD.match(text, at, high):
            word = found[1].lower()
            if word.split("-")[0] in p.stop or word.startswith("plus"):
                return
            if word in p.designs:
                self.settle(part, "name", "name")                       # 3-phase current
                return
            part.kind, part.unit, part.counted, part.end = "count", "count", word, found.end()
            return
        value = part.raw * part.scale
        foreseen = text[max(0, part.start - 4):part.start] == "the " and FORESEEN.match(text, at, high)
        noun = None if foreseen else self.noun(at, high, value)
        if noun is None:
            self.count_of(part, high)
            return
        end, head = noun
        spelled = unit.read(head) if head.lower() in COUNTED_UNITS else None
        part.end = end
        if spelled:
            part.unit, part.kind = spelled.symbol, kind(spelled)
            return
        part.kind, part.unit, part.counted = "count", "count", text[at:end].strip().lower()

    def count_of(self, part: Part, high: int) -> None:
        """Count without a noun of its own: 45 of them, 12 of its 50 shops."""
        high = self.past_names(high)
        found = COUNT_OF.match(self.text, part.last, high)
        if FREQUENCY.match(self.text, part.last, high) and part.raw * part.scale >= HUNDRED:
            part.kind, part.unit = "count", "count"                     # 30,000 per month
        if not found or part.raw * part.scale % 1 or part.raw == 1:
            return
        noun = None if found[1] else self.noun(found.end() - 1, high, ZERO)
        if found[1] or noun or not (found[0].startswith(" of the ") or found[0][-2].isdigit()):
            part.kind, part.unit = "count", "count"
            part.counted = self.text[found.end():noun[0]].strip().lower() if noun else None

    def noun(self, at: int, high: int, value: Decimal) -> tuple[int, str] | None:
        """End and last word of the counted noun phrase at `at`: up to five words that end in a plural."""
        text, p = self.text, self.patterns
        best = last_end = people = None
        head = ""
        high = self.past_names(high)
        if more := MORE.match(text, at, high):                  # 120 more years
            at = more.end()
        for _ in range(6):
            if at < high and (name_end := self.name_at(at + 1)):    # 300 Veldt owners, 40 Linnet cars
                word = text[at + 1:name_end].rpartition(" ")[2]
                if compound := HYPHEN_WORD.match(text, name_end, high):
                    word, name_end = compound[1], compound.end()        # 49,000 Chinese-made cars
                if best and not self.plural(word.lower()):
                    break
                at = last_end = name_end
                last_word = word
                if self.plural(word.lower()):
                    best, head = at, word
                elif word.endswith("ese"):
                    people = at, word
                elif also := ALSO.match(text, at, high):        # 300 Veldt and Norvik owners
                    at = also.end()
                continue
            found = NOUN_WORD.match(text, at, high)
            if not found:
                break
            word = found[1].rstrip(".'’-")
            if note := NOTE.fullmatch(word):
                word = note[1]
            folded = word.lower()
            if folded in p.stop or (best and not self.plural(folded)):
                break
            at = found.start(1) + len(word)
            if folded.endswith(("'s", "’s")):
                continue
            if self.plural(folded):
                best, head = at, word
            elif also := ALSO.match(text, at, high):            # 400 oil and gas wells
                at = also.end()
            last_end, last_word = at, word
            if word[0].isupper() and word.endswith("ese"):
                people = at, word
            if len(word) < len(found[1]):                       # a full stop or apostrophe ends the phrase
                if "." not in word and not (len(word) == 1):
                    break
                at = found.end()
        if best or people:
            return (best, head) if best else people             # 700 million Chinese listen
        if value == 1 and last_end:
            return last_end, last_word
        return None

    def name_at(self, at: int) -> int | None:
        """Where the name ends that begins at `at`."""
        index = bisect_right(self.starts, at) - 1
        if index >= 0 and self.taken[index][0] == at and self.taken[index][2] == "name" \
                and self.text[at - 1] in " \u00a0":
            end = self.taken[index][1]
            return end + 1 if PLURAL_S.match(self.text, end) else end
        return None

    def ends_name(self, at: int) -> bool:
        """Whether a name ends at `at`."""
        index = bisect_right(self.starts, at) - 1
        return index >= 0 and self.taken[index][1:] == (at, "name")

    def past_names(self, high: int) -> int:
        """`high`, or, where a name begins there, where the sentence or what else follows begins."""
        index = bisect_left(self.starts, high)
        while index < len(self.starts) and self.starts[index] == high and self.taken[index][2] == "name":
            index += 1
            high = min(self.starts[index], self.end) if index < len(self.starts) else self.end
        return high

    def plural(self, word: str) -> bool:
        p = self.patterns
        if word in p.plurals:
            return True
        return len(word) > 2 and word[-1] == "s" and word[-2] not in "siu" and word not in p.not_plurals

    # --- words ------------------------------------------------------------------------------------------

    def word(self, at: int, low: int, high: int) -> Part | None:
        """What the number word at `at` is; None for a word that is part of no number ("one", "decade")."""
        text, p, table = self.text, self.patterns, number.lists()
        if found := p.idiom.match(text, at, high):
            return self.fixed(at, found.end(), "number", "idiom")
        if p.idiom_before.search(text, max(low, at - 16), at):
            return self.fixed(at, p.propose.match(text, at, high).end(), "number", "idiom")
        word = p.propose.match(text, at, high)[0].lower()
        if (one := ONE_IN.search(text, max(low, at - 20), at)) and (share := table["ones"].get(word, 0)) > 1:
            return self.share_of(one.start(), at + len(word), 1 / share, low, high, vague=False)
        if found := p.stated_digits.match(text, at, high):
            return self.stated_digits(at, found, high)
        if found := p.fold.match(text, at, high):
            value = table["ones"].get(found[1].lower()) or table["magnitudes"][found[1].lower()]
            return self.in_words(at, found.end(), value, "ratio", "ratio")
        if word in p.multiples:
            return self.multiple(at, at + len(word), p.multiples[word], high)
        if word in p.halvings:
            return self.in_words(at, at + len(word), p.halvings[word], "percent", "percent")
        spelled = number.match_words(text, at, high)
        if part := self.fraction_word(at, low, high, spelled):
            return part
        if text[at].isupper() and word.endswith("ions") and text[at - 1:at] == " " and (
                named := WORD_BEFORE.search(text, max(low, at - 30), at)) and named[1][0].isupper() \
                and named[1].lower() not in p.not_names:
            return self.fixed(named.start(1), at + len(word), "name", "name")       # Mega Millions
        part = Part(at, at, "number", first=at, in_words=True)
        if word in PLAIN_TIMES:
            return self.about_a(part, word, low, high)
        if word.rstrip("s") in ("dozen", "couple", "decade") or word == "tens":
            part = self.group_word(part, word, low, high)
        elif found := p.bare_magnitude.match(text, at, high):
            self.bare_magnitude(part, found, low, high)
        elif spelled:
            self.spelled_out(part, spelled, high)
        else:
            return None
        if part is None:
            return None
        if part.unit is None:
            self.unit_after(part, 0, high)
        if word in ("zero", "one") and self.text[part.first:part.last].lower() == word:
            # They count nothing, unless in front of a unit: one percent, one year.
            if part.unit in (None, "point", "ratio") or part.kind == "count" \
                    or word == "zero" and text.startswith(("-", "‑"), part.last):
                return None                                             # a zero-day flaw
        if part.value is None:
            part.value = part.raw * part.scale
        if part.decimals is None:
            part.decimals = -_zeros(part.value, part.raw)
        self.sign(part, low)
        self.finish(part, low, high)
        return part

    def spelled_out(self, part: Part, found: re.Match, high: int) -> None:
        """five, five million, two and a half, twenty-five."""
        text, p = self.text, self.patterns
        part.last = part.end = found.end()
        value = number.read(found[1])
        if (decimals := p.point.match(text, part.last, high)) and (
                p.magnitude.match(text, decimals.end(), high) or p.unit.match(text, decimals.end(), high)):
            digits = "".join(str(number.read(word)) for word in decimals[1].split())        # six point five percent
            part.raw, part.last, part.end = value + Decimal(f"0.{digits}"), decimals.end(), decimals.end()
            part.scale = self.magnitude(part, high)
            return
        if more := p.half_more.match(text, part.last, high):
            value += {"half": Decimal("0.5"), "quarter": Decimal("0.25")}.get(re.split("[- ]", more[1])[-1].lower(),
                    Decimal("0.75"))
            part.last = part.end = more.end()
            if size := p.magnitude.match(text, part.last, high):
                part.scale = number.lists()["magnitudes"][_singular(size[1])]
                part.last = part.end = size.end()
        elif dozen := p.magnitude.match(text, part.last, high):        # three dozen
            part.scale, part.raw = self.size_of(dozen), value
            part.last = part.end = dozen.end()
            return
        # five million: raw 5, scale a million, so that "five to seven million" can share it
        text_value = found[1].lower()
        for name, size in number.lists()["magnitudes"].items():
            if text_value.endswith(name) and value % size == 0 and size > 100:
                part.scale = size
        part.raw = value / part.scale if part.scale > 1 and not more else value

    def bare_magnitude(self, part: Part, found: re.Match, low: int, high: int) -> None:
        """a million, several hundred, millions of, trillion-parameter, hundreds of thousands."""
        text, p, table = self.text, self.patterns, number.lists()
        many = found[1].lower().endswith("s")
        size = table["magnitudes"][_singular(found[1])]
        if found[2]:
            size *= table["magnitudes"][_singular(found[2])]
        end = found.end()
        if many and (more := p.of_magnitude.match(text, end, high)):
            size *= table["magnitudes"][_singular(more[1])]
            end = more.end()
        start = part.start
        if article := p.article.search(text, max(low, start - 18), start):
            start = article.start(1)
            words = article[1].lower().strip(" -")
            if words.startswith(("tens", "double")):
                size *= 10
            elif words.startswith(("hundreds", "triple")):
                size *= 100
            elif words.startswith("thousands"):
                size *= 1000
            if words not in ("a", "an", "one", "a single"):
                many = True
            exact = not many
        else:
            exact = False
        part.start = part.first = start
        part.raw, part.scale, part.last, part.end = ONE, size, end, end
        part.vague = not exact
        if many:
            part.comparator, part.vague = ">=", True
        if money := DOLLAR_AFTER.match(text, end, high):
            word = (money[1] or money[2]).lower()
            if word != "won" or many or exact:
                part.unit = "GBP" if word.startswith("pound") else self.code_of(word)
                part.kind, part.end, part.value = "money", money.end(), size
        elif many and text.startswith(" of ", end):
            if noun := self.noun(end + 3, high, size):
                part.kind, part.unit, part.counted = "count", "count", text[end + 4:noun[0]].lower()
                part.end, part.value = noun[0], size

    def group_word(self, part: Part, word: str, low: int, high: int) -> Part | None:
        """a dozen, dozens of, a couple of, tens of, decades."""
        text, p, table = self.text, self.patterns, number.lists()
        end = part.start + len(word)
        if word == "tens":
            more = p.of_magnitude.match(text, end, high)
            if not more and not text.startswith(" of ", end):
                return None
            size = Decimal(10) * (table["magnitudes"][_singular(more[1])] if more else 1)
            part.raw, part.scale, part.last = ONE, size, more.end() if more else end
            part.end, part.comparator, part.vague = part.last, ">=", True
            self.vague_of(part, high)
            return part
        if article := GROUP_ARTICLE.search(text, max(low, part.start - 8), part.start):
            part.start = part.first = article.start(1)
            if article[1].lower() == "half a":
                part.scale = Decimal("0.5")
        singular = word.removesuffix("s")
        if singular == "decade":
            if word != "decade":
                return None
            part.raw, part.last, part.end = Decimal(10) * part.scale, end, end
            part.scale, part.unit, part.kind, part.vague, part.value = ONE, "year", "duration", True, part.raw
            return part
        part.raw, part.last, part.end = table["groups"][singular] * part.scale, end, end
        part.scale = ONE
        if word != singular:
            part.comparator, part.vague = ">=", True
        if singular == "couple":
            part.vague = True
            if not text.startswith(" of ", end):
                return None
            part.last = part.end = end + 3
        self.vague_of(part, high)
        return part

    def about_a(self, part: Part, word: str, low: int, high: int) -> Part | None:
        """about a year; but "twice a year", "$5 a year"."""
        article = 3 if self.text[part.start - 2] == "n" else 2
        if self.comparator_before(self.text[max(low, part.start - 40):part.start - article])[0] == "=":
            return None
        part.first = part.start = part.start - article
        part.raw = part.value = ONE
        part.last = part.end = part.first + article + len(word)
        part.kind, part.unit, part.decimals = "duration", word, 0
        return part

    def vague_of(self, part: Part, high: int) -> None:
        """The noun behind "of": dozens of companies."""
        if part.vague and self.text.startswith(" of ", part.end):
            if noun := self.noun(part.end + 3, high, part.raw * part.scale):
                part.kind, part.unit, part.value = "count", "count", part.raw * part.scale
                part.counted, part.end = self.text[part.end + 4:noun[0]].lower(), noun[0]

    def stated_digits(self, at: int, found: re.Match, high: int) -> Part:
        """triple-digit growth: at least 100 percent; a six-figure sum: at least 100,000."""
        text = self.text
        digits = found[2].lower() == "digit"
        value = number.lists()["stated_digits"][found[1].lower()]
        end = found.end()
        behind = text[end:min(high, end + 16)].lower()
        for word in (" percentages", " percentage", " percent"):
            if behind.startswith(word):
                end += len(word)
                break
        if text[end:end + 1] == " " and self.patterns.bare_magnitude.match(text, end + 1, high):
            size = self.patterns.bare_magnitude.match(text, end + 1, high)
            value *= number.lists()["magnitudes"][_singular(size[1])]
            part = self.in_words(at, size.end(), value, "number", None, vague=True)
            if money := DOLLAR_AFTER.match(text, part.end, high):
                part.kind, part.unit, part.end = "money", self.code_of((money[1]
                        or money[2]).lower()), money.end()
        else:
            part = self.in_words(at, end, value, "percent" if digits else "number", "percent" if digits
                    else None, vague=True)
        part.comparator = ">="
        return part

    def multiple(self, start: int, end: int, value: Decimal, high: int) -> Part:
        """doubled, twice, double the."""
        part = self.in_words(start, end, value, "ratio", "ratio")
        if FREQUENCY.match(self.text, end, high) or self.text[start:end].lower() == "twice" \
                and not TWICE_WHAT.match(self.text, end):               # twice a week, rose twice
            part.kind, part.unit, part.outcome, part.vague = "count", "count", "vague", True
        elif self.text[start:end].lower() in ("double", "triple", "quadruple") and (
                self.text[end:end + 1] in "-‑" or ADJECTIVE.search(self.text[max(0, start - 12):start])
                and self.thing_after(end, high)):
            part.outcome, part.comparable = "idiom", False              # double-breasted, a double murder
        return part

    def thing_after(self, at: int, high: int) -> bool:
        """Whether a noun follows: "a double murder", but "with double the range"."""
        found = NOUN_WORD.match(self.text, at, high)
        return found is not None and found[1].lower() not in self.patterns.stop

    def fraction_word(self, at: int, low: int, high: int, spelled: re.Match | None) -> Part | None:
        """half, a third, two-thirds, half a million, half an hour; a quarter of the year. `spelled` is the number in
        words here."""
        text, p, table = self.text, self.patterns, number.lists()
        if found := p.half_of_magnitude.match(text, at, high):
            singular = _singular(found[1])
            size = table["magnitudes"].get(singular) or table["groups"][singular]
            part = Part(at, found.end(), "number", first=at, last=found.end(), in_words=True)
            part.raw, part.scale = Decimal("0.5"), size
            part.value = part.raw * size
            self.unit_after(part, 0, high)
            self.finish(part, low, high)
            return part
        if found := spelled:                                                # two-thirds
            value = number.read(found[1])
            below = p.thirds.match(text, found.end(), high) if value < 20 else None
            if not below or below[1].lower() == "half" or (value > 1) != below[1].lower().endswith("s"):
                return None
            if below[1].lower() in ("quarters", "quarter") and text[found.end()] == " " \
                    and not text.startswith(" of", below.end()):
                return None                                             # three quarters of growth
            name = below[1].lower()
            share = table["fractions"][name if name in table["fractions"] else name.removesuffix("s")]
            return self.share_of(at, below.end(), value * share, low, high)
        found = p.fraction.match(text, at, high)
        if not found:
            return None
        word = found[0].lower()
        if step := RATE_STEP.match(text, at, high):
            value = table["fractions"][word]
            return self.in_words(at, step.end(), value, "percent", "percentage_point")
        if word == "half":
            if span := HALF_SPAN.match(text, at, high):
                spelling = unit.read(span[1])
                part = self.in_words(at, span.end(), Decimal("0.5") * spelling.times, kind(spelling),
                        spelling.symbol)
                self.finish(part, low, high)
                return part
            if HALF_OF_GAME.search(text[max(low, at - 10):at]):
                return self.fixed(at, found.end(), "number", "idiom")   # scored in each half
            return self.share_of(at, found.end(), Decimal("0.5"), low, high)
        article = ARTICLE.search(text, max(low, at - 4), at)
        following = text.startswith((" of ", " more", " less", " fewer", " higher", " lower", " the ",
                " as "), found.end())
        if word == "quarter" and not (article and following):
            return self.fixed(at, found.end(), "date", "period")
        if word == "third" and not (article and (following or not NOUN_WORD.match(text, found.end(), high))):
            return self.fixed(at, found.end(), "ordinal", "ordinal")
        if word in ("quarters", "thirds"):
            return self.fixed(at, found.end(), "date" if word == "quarters" else "number",
                              "period" if word == "quarters" else "vague")
        start = article.start(1) if article else at
        return self.share_of(start, found.end(), table["fractions"][word.removesuffix("s")], low, high)

    def share_of(self, start: int, end: int, share: Decimal, low: int, high: int, vague: bool = True) -> Part:
        if TIMES_AS.match(self.text, end):          # half as many as before
            return self.in_words(start, end, share, "ratio", "ratio")
        if whole := PART_OF_UNIT.match(self.text, end, high):
            return self.part_of_unit(start, whole, share, low, high)
        part = self.in_words(start, end, round(share * 100, 2).normalize() + 0, "percent", "percent",
                vague=vague)
        part.decimals = None
        return part

    def part_of_unit(self, start: int, whole: re.Match, share: Decimal, low: int, high: int) -> Part:
        """a quarter of a percentage point, three quarters of a million."""
        part = self.in_words(start, whole.end(), share, "number", None)
        size = number.lists()["magnitudes"].get(whole[1].lower())
        if size:
            part.scale, part.value = size, share * size
            self.unit_after(part, 0, high)
        else:
            spelling = unit.read(whole[1])
            part.value, part.kind, part.unit = share * spelling.times, kind(spelling), spelling.symbol
        part.decimals = None
        self.finish(part, low, high)
        return part

    def in_words(self, start: int, end: int, value: Decimal, kind: str, symbol: str | None,
            vague: bool = False) -> Part:
        return Part(start, end, kind, value, unit=symbol, in_words=True, vague=vague, first=start, last=end,
                raw=value,
                    decimals=0)

    # --- what stands around -------------------------------------------------------------------------------

    def sign(self, part: Part, low: int) -> None:
        """-5, −5, minus 5, +5; a dash inside a word, a range or a list is none."""
        text = self.text
        before = text[max(low, part.start - 16):part.start]
        if before[-1:] in SIGNS and (part.start < 2 or text[part.start - 2] in BEFORE_SIGN):
            part.start -= 1
            if text[part.start] != "+":
                part.value = -part.value
        elif (found := WORD_SIGN.search(before)) and not before.lower().replace("-", " ").endswith("plus or minus "):
            part.start -= len(found[0])
            part.value = -part.value
        elif part.raw is not None and part.raw < 0 < part.value:
            part.value = -part.value

    def finish(self, part: Part, low: int, high: int) -> None:
        """Ages, years, names and labels: what only the surroundings of a number tell."""
        text = self.text
        if part.kind in ("duration", "count", "number") and (found := AGE_AFTER.match(text, part.last, high)):
            part.kind, part.unit, part.counted, part.end = "age", found[1].lower(), None, found.end()
            part.value = part.raw * part.scale
            return
        if part.value == 1 and part.kind in ("measure", "money") and PRICED_UNIT.match(text, part.end):
            part.outcome = "qualifier"                                  # one kilo of rice costs $2
            return
        before = text[max(low, part.start - 60):part.start]
        if part.kind in ("number", "duration") and AGE_BEFORE.search(before) and part.raw < 120 \
                and part.unit in (None, "year"):
            part.kind, part.unit = "age", "year"
            return
        if part.kind == "number" and part.scale == 1 and 10 <= part.raw < 120 and self.is_age(part):
            part.kind, part.unit = "age", "year"
            return
        if part.kind == "percent" and RICHEST.search(before):
            part.outcome = "qualifier"                                  # the richest 1 percent
            return
        if before[-4:].lower() == "top " and part.kind in ("number", "count") and part.value <= 100:
            self.settle(part, "ordinal", "ordinal")
            return
        if part.in_words or part.before or part.last - part.first > 12:
            return
        digits = text[part.first:part.last]
        if part.kind in ("number", "count") and part.scale == 1 and (
                before[-1:] == "#" or self.labelled(before, digits) or digits in self.patterns.formats
                or self.has_boeing and AIRLINER.fullmatch(digits)):
            self.settle(part, "code", "code")
        elif len(digits) == 4 and digits.isdigit() and part.kind in ("number", "count", "duration") and (
                HOURS_AFTER.match(text, part.last, high)
                or CLOCK_HOURS.match(text, part.last, high) and AT_HOURS.search(before)):
            self.settle(part, "time", "date")                           # 1330 GMT
        elif part.kind in ("number", "count") and YEAR.fullmatch(digits) and (digits >= "1900"
                or OLD_YEAR_BEFORE.search(before)) \
                and not (part.kind == "count" and (digits == "2000" or self.counts_up(before))):
            self.settle(part, "date", "date")
        elif part.kind == "number" and text.startswith(",", part.last) and part.raw < 110 and AGED_NOUN.search(before):
            part.kind, part.unit = "age", "year"
        elif part.kind == "number" and 1 < part.raw < 100 and self.is_aged(part):
            part.kind, part.unit = "age", "year"
        elif part.kind in ("number", "count") and part.scale == 1 and self.named(
                text[max(self.begin, part.start - 60):part.start], part):
            word = WORD_BEFORE.search(before)
            if word and any(c.isupper() for c in word[1]):
                part.start -= len(before) - word.start(1)
            self.settle(part, "name", "name")

    def is_age(self, part: Part) -> bool:
        """Whether a number is how old somebody was: "when she was 61,", "was 20 when", "became a bishop at 41.", "the
        average age of mothers is 31.6"."""
        text = self.text
        before = text[max(self.begin, part.start - 130):part.start]
        return USUAL_AGE.search(before) is not None \
            or WHEN.match(text, part.last) is not None and WAS_AGED.search(before) is not None \
            or ENDS_CLAUSE.match(text, part.last) is not None and (
                AGE_OF.search(before[-60:]) is not None or DONE_AT.search(before) is not None)

    def is_aged(self, part: Part) -> bool:
        """Whether a number behind a name is an age: "Ana Ruiz, 44, said", "says Ana, 63."; not "Ohio, 44"."""
        before = self.text[max(self.begin, part.start - 60):part.start]
        rest = self.text[part.last:part.last + 12]
        if (name := GIVEN_NAME.search(before)) and AGE_ENDS.match(rest) \
                and not self.patterns.first_names.isdisjoint(name[1].split()):
            return True
        if part.raw < 14 or not before.endswith((", ", ", also ")):
            return False
        if rest.startswith((",", " and his ", " and her ")) and AGED_NAME.search(before):
            return True
        return rest[:1] in (".", ",") and not rest[1:2].isdigit() and SAID_NAME.search(before) is not None \
            or AGED_THEN.match(rest) is not None and ALONE_NAME.search(before) is not None

    def settle(self, part: Part, kind: str, outcome: str) -> None:
        part.kind, part.outcome, part.value, part.unit, part.counted = kind, outcome, None, None, None
        part.end, part.comparable, part.decimals = part.last, False, None

    def labelled(self, before: str, digits: str) -> bool:
        """Section 321, Grade 12, No. 5; but "no 5", "in act 300 people"."""
        found = self.patterns.label.search(before)
        if not found:
            return False
        word = found[1]
        if word.lower() in ("no", "nos"):
            return bool(found[2]) or word[0] == "N"
        if word[0].isupper():
            return "," not in digits
        return word in ("section", "sections", "article", "page", "pages", "chapter", "grade", "grades",
                "version", "level",
                        "step", "phase", "tier", "type", "class", "category", "route", "rule", "ranked",
                                "number", "top",
                        "season", "episode", "figure", "iso")

    def counts_up(self, before: str) -> bool:
        return self.comparator_before(before)[0] != "="

    def named(self, before: str, part: Part) -> bool:
        """A capitalised word and a small bare number: Model 3, Windows 11, Boeing 737."""
        text = self.text
        if part.last - part.first > 4 or part.value < 0 or text[part.first - 1] != " " \
                or not (word := WORD_BEFORE.search(before[-44:])):
            return False
        follows = text[part.last:part.last + 2]
        variant = VARIANT.match(text, part.last)
        if variant and word[1] in ("the", "its", "a", "new") and (
                variant[1] in self.patterns.trims
                or part.kind == "number" and not self.patterns.unit.match(text, part.last)):
            return True                                                 # the new 990 Pro, the 737 MAX
        if not any(c.isupper() for c in word[1]) or word[1].lower() in self.patterns.not_names:
            return False
        if word[1].endswith(("'s", "’s", "s'", "s’")) or follows[:1] in "-–/" and follows[1:].isdigit():
            return False
        if part.kind == "number":
            return not (self.ends_name(part.first - 1) and number.lists_count(text, part.first, part.last))
        # Ioniq 6 sales; but "Tesla Opens 50 Stores" and "In Japan 300 shops closed" count.
        return follows[1:].islower() and not re.search(r"(?i)(?:^| )(?:in|of|for) [A-Z][a-z]+ $", before)

    def comparator_before(self, window: str) -> tuple[str, int]:
        """The comparator at the end of `window`, and how many characters of it that takes."""
        p = self.patterns
        stripped = window.rstrip(" \u00a0")
        if not stripped:
            return "=", 0
        if stripped[-1] in p.symbols:
            sign = p.comparators.get(stripped[-2:]) or p.comparators[stripped[-1]]
            return sign, len(window) - len(stripped) + 1
        if len(window) == len(stripped) and stripped[-1] not in "-(":
            return "=", 0
        if stripped[stripped.rfind(" ") + 1:].lower().strip("(\"“'‘—–-") not in p.last_words:
            return "=", 0
        words = stripped.rstrip("-").lower().replace("\u00a0", " ").rsplit(" ", p.longest + 1)[-p.longest - 1:]
        if len(words) > 1 and words[-1] in FILLERS and " ".join(words[-2:]) not in p.comparators:
            words.pop()
        for index in range(len(words)):
            phrase = " ".join(words[index:]).lstrip("(\"“'‘—–-")
            if sign := p.comparators.get(phrase):
                if index and " ".join(words[:index]).endswith(p.never_after) and words[index] in ("top",
                        "past"):
                    return "=", 0
                if phrase == "up to" and index and (words[index - 1] in p.moves or words[index - 1] in p.take_up):
                    return "=", 0                               # crept up to $100, signed up to a $5m plan
                return sign, len(window) - len(stripped) + len(phrase)
        return "=", 0


TIMES_AS = re.compile(r"(?i) as (?:many|much|high|low|large|big|fast|long|often|expensive)\b")
TWICE_WHAT = re.compile(
    r"(?i)[ -](?:as|the|that|those|this|these|its|their|his|her|our|your|my|what|last|more|over|normal|usual|"
    r"[a-z]+['’]s?|(?:[A-Z][a-z]+ )?[A-Z][\w]*['’]s?|[0-9$£€])(?![a-z])")
ADJECTIVE = re.compile(r"(?i)(?:^|[ \"“‘(])(?:an?|the|his|her|their|its|of|in|with|as|by|for|[a-z]*,) $")
PLAIN_TIMES = frozenset({"year", "month", "week", "day", "hour"})
ONE_IN = re.compile(r"(?i)(?<![A-Za-z])(?<!first )(?<!only )one(?: in|-in-| out of)(?: every)? ?$")
WHOLES = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 50, 100, 1000})
SCREEN_LINES = frozenset({480, 720, 1080, 1440, 2160})       # a 1080p screen costs no pence
# Behind these words "four times" is a multiple: "up by four times", "trades at 20 times".
NOT_HAPPENED = frozenset({"by", "at", "to", "of", "is", "are", "was", "were", "be", "been", "from", "valued",
                          "oversubscribed", "subscribed", "multiplied", "with", "a", "the"})
AFTER_TIMES = re.compile(r"(?: ?[.,;:)—–]| -|\Z|\n| (?:on|in|since|before|during|this|last|between|while|when|for|"
                         r"until|already|by|and)\b)")
FILLERS = frozenset({"just", "only", "a", "an", "even"})
COUNTED_UNITS = frozenset({"parameters", "tokens", "shares", "days", "quarters", "years", "hours", "months",
        "weeks", "barrels",
                           "minutes", "seconds", "miles", "decades"})


def kind(spelling: unit.Spelling) -> str:
    """Kind of quantity for a unit."""
    if spelling.kind in ("percent", "percentage_point"):
        return "percent"
    if spelling.kind in ("ratio", "duration"):
        return spelling.kind
    if spelling.kind in ("token", "parameter", "share"):
        return "count"
    return "measure"


def _singular(word: str) -> str:
    return word.lower().rstrip("s")


def _zeros(value: Decimal, raw: Decimal) -> int:
    """Powers of ten between the numeral as written and its value; 0 where it is no power of ten."""
    if not raw or not value or value == raw:
        return 0
    ratio = abs(value / raw)
    digits = ratio.normalize().as_tuple()
    return digits.exponent + len(digits.digits) - 1 if digits.digits == (1,) else 0
