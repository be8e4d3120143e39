"""How far a time reaches in its sentence: the period that governs a number, or None.

Each time of the sentence costs as many words as lie between, more over a comma or "while", and much more over "from" or
"compared with": "rose to 5m from 4m a year earlier" dates only the 4m. The cheapest governs, unless it says something
else: when somebody spoke, what a record is counted from, another clause.

>>> from datetime import date
>>> from extract.times.period import find
>>> text = "Sales rose to 5m in 2024 from 4m in 2023."
>>> periods = find(text, date(2025, 3, 1))
>>> [nearest(text, periods, 0, len(text), text.index(number)).label for number in ("5m", "4m")]
['2024', '2023']
>>> nearest("They sold 4m.", [], 0, 13, 10) is None
True
"""
import re
from bisect import bisect_left
from datetime import date, timedelta

from .. import schema
from ..grammar.lexicon import past_forms
from ..model import Period
from ..pattern import holding
from ..times.calendar import usual_label
from ..times.timex import any_of

SAYING = schema.words("period")["saying"]
SAID = any_of(SAYING["verbs"])
PAST = rf"(?:[a-z]{{2,}}ed|{any_of(past_forms())})"
TOO_FAR = 60                    # words
FARTHEST = 1_000                # characters; words may be without spaces between them
LEADING = 4                     # words before a time that begins a sentence
FEW_DAYS_LONG = timedelta(days=8)
MOMENT = timedelta(days=31)     # "In June, Micron said", but not "In the second quarter, Micron disclosed"
SEASON_LONG = timedelta(days=100)   # "told us this summer"


def is_over(period: Period, published: date | None) -> bool:
    return period.first is not None and period.last is not None and (published is None or period.last < published)


def _has_begun(period: Period, published: date | None) -> bool:
    return period.first is not None and published is not None and period.first < published


def _few_days(period: Period) -> bool:
    return bool(period.first and period.last and period.last - period.first < FEW_DAYS_LONG)


# ---- times of what was said or written --------------------------------------------------------------

SAID_BEFORE = re.compile(rf"(?i:\b{SAID}(?:[ ,](?!(?:that|is|are|was|were|has|have|had)\b)[a-z'’-]+){{0,6}}"
                         r"[ ,]+)$")
SAID_SO_FAR = re.compile(rf"(?i:\b{SAID} [^,;:]*)$")
SAID_AFTER = re.compile(rf"(?i:,?(?:[ ,][\w.&'’-]+){{0,5}} (?:{any_of(SAYING['spoken'])})\b)")
OPENS_CLAUSE = re.compile(r"(?:[,;:–—(“\"]|\b(?:and|but|while|when|because)) ?(?:[a-z]+ ){0,2}$")
SAID_NEXT = re.compile(
    rf" (?:showed|{any_of(v for v in SAYING['verbs'] if v.endswith('ed') or v in ('said', 'told'))})\b")
# "In 2023, Norvik predicted": however long that time is
FORETOLD_THEN = re.compile(rf"(?i:,(?: (?!(?:has|have|an?|was|were|is|are|been)\b)[\w.&'’-]+){{1,5}} "
                           rf"(?:{any_of(SAYING['foretold'])})\b)")
SAID_LAST = re.compile(rf", (?:[\w.&'’-]+ ){{1,5}}(?:showed|{any_of(SAYING['spoken'] + SAYING['foretold'])})"
                       r" (?:(?:in|on) )?(?:the )?$")
END = re.compile(r"[.”\"]|$")
QUARTER = re.compile(r"(?i:quarter|half|\bQ[1-4]|fiscal|months)(?<!few months)")
# The time of a text: "a May study by", "the 2025 Bakers' Index", "Friday's report"
TEXTS = any_of(SAYING["texts"])
OF_TEXT = re.compile(rf"(?: [\w&'’.-]+){{0,3}}? (?i:{TEXTS})\b")
OF_TEXT_OF_DAY = re.compile(rf"(?:['’]s?)?(?: [a-z]+){{0,2}} {TEXTS}\b")
ARTICLE = re.compile(r"\b(?i:an?|another|one|its|their) $|['’]s $")


def of_saying(text: str, period: Period, low: int, high: int) -> bool:
    """Whether it dates the saying: "said on Monday", "In June, Micron said"."""
    if not period.first or not period.last:
        return False
    leads = text.count(" ", low, period.start) <= 2
    if leads and FORETOLD_THEN.match(text, period.end, min(high, period.end + 60)):
        return True
    if SAID_LAST.search(text, max(low, period.start - 60), period.start) and END.match(text, period.end, high):
        return True             # "the bank estimated in 2022."
    if period.last - period.first > SEASON_LONG or QUARTER.search(text, period.start, period.end):
        return False            # "said prices in the final quarter": nobody says so for a quarter
    if SAID_BEFORE.search(text, max(low, period.start - 60), period.start):
        return True
    if period.last - period.first > MOMENT:
        return False
    if text.startswith(" that ", period.end) and SAID_SO_FAR.search(text, max(low, period.start - 60), period.start):
        return True             # "told the Oslo Post in May that"
    if period.first == period.last and SAID_NEXT.match(text, period.end, min(high, period.end + 30)):
        return True             # "Norvik on Tuesday reported"
    # "in June, Norvik said" where it opens a clause; in "rose in June, Norvik said" it does not
    opens = leads or OPENS_CLAUSE.search(text, low, period.start) or not text.startswith(",", period.end)
    return bool(opens) and SAID_AFTER.match(text, period.end, min(high, period.end + 60)) is not None


def of_text(text: str, period: Period, low: int) -> bool:
    """Whether it dates a study, report or filing that is cited: "a May study by Norvik found"."""
    if ARTICLE.search(text, max(low, period.start - 8), period.start) \
            and OF_TEXT.match(text, period.end, period.end + 60):
        return True
    return _few_days(period) and OF_TEXT_OF_DAY.match(text, period.end, period.end + 50) is not None


# "was supposed to get 20 jets last year": what had been planned for then
HAD_PLANNED = re.compile(r"\b(?:had|was|were)(?: been)? (?:supposed|planned|expected|hoped|meant|scheduled|due|"
                         r"forecast|projected|predicted|aimed|intended|promised)\b")


def told_then(of: Period | None, modality: str, published: date | None) -> bool:
    """Whether a time dates the plan or forecast, not what is planned: both lie ahead of when they are told."""
    if of is None or published is None or not is_over(of, published):
        return False
    return modality == "planned" or modality == "forecast" and of.last - of.first <= MOMENT


# ---- times of what a number is compared with --------------------------------------------------------

# "sold more than 5m" compares nothing, "more than in May" does
COMPARED = re.compile(rf"(?i:\b(?!(?:(?<=more )|(?<=less )|(?<=fewer ))than [^ ]*[0-9])"
                      rf"{any_of(SAYING['compared'])}\b)")
COMPARISON = re.compile(r"(?i:(?:an? |one )|(?:same|prior|previous|last year|comparable|corresponding"
                        r"|by|since|past|trailing|year[ -](?:ago|earlier))\b)")
# The number is what another is compared with: "up from 14.9%", "compared with $3.45 billion"
BASE = re.compile(r"(?i:\b(?:from|instead of|(?<!more )(?<!less )(?<!fewer )than|versus|vs\.?|against|"
                  r"compared (?:with|to)) "
                  r"(?:(?:about|just|only|nearly|around|roughly|almost|some|over|a|an|the) ){0,2}"
                  r"(?:[a-z-]+ (?:[a-z-]+ ){0,2}of )?"
                  r"|\bfrom (?:an?|the|its|their) (?:(?!to )[a-z-]+ ){1,3}"
                  r"|\b(?:from|versus|against|compared (?:with|to)) [^ ]*[0-9][^ ]*(?: [mbt]r?illion)?,? or "
                  r"|\b(?:twice|double|triple|times|half) (?:the|that|its) )$")
COMPARES = holding(["from", "instead of", "than", "versus", "vs", "against", "compared", "twice", "double",
                    "triple", "times", "half"])
# "These compare with 21.6% combined, with 15.7% BEV, year on year": every number of it
COMPARING = re.compile(r"(?:These|This|Those|That)(?: [a-z]+){0,3} compares?\b(?:[^.]*\b(?:with|against)\b| to\b)")
NEXT_TO = re.compile(r"(?: (?:it|they|we|he|she) [a-z]+)?"
                     r"(?:\s*\b(?:the|in|of|a|an|average|for|at|its|their|during|about|on|levels|period|worth)\b)*"
                     r"\s*"
                     r"|[^.;]*\b(?:same|equivalent|comparable|corresponding)\b[^.;]*")
DIGITS = re.compile(r"[0-9]+")
# "from 4m to 5m in 2024": behind the second number the comparison is over
CLAUSES, TO = re.compile(r"[.;]"), re.compile(r"\bto\b")


def base(text: str, sentence_start: int, position: int) -> re.Match | None:
    """The words that make the number at the position what another is compared with: "up from", or None."""
    low = max(sentence_start, position - 50)
    return COMPARES(text[low:position].lower()) and BASE.search(text, low, position) or (
        COMPARING.match(text, sentence_start, position))


def is_base(text: str, sentence_start: int, position: int) -> bool:
    return base(text, sentence_start, position) is not None


def _compared(gap: str) -> bool:
    """Whether the period behind the gap, or a number before it, is what something is compared with."""
    for cue in COMPARED.finditer(gap):
        tail = gap[cue.end():]
        if NEXT_TO.fullmatch(tail) or DIGITS.search(tail) and not _goes_back(tail):
            return True
    return False


def _goes_back(tail: str) -> bool:
    """Whether one number leads to another in a clause: "4m to 5m"."""
    for clause in CLAUSES.split(tail):
        numbers = list(DIGITS.finditer(clause))
        if len(numbers) > 1 and TO.search(clause, numbers[0].end(), numbers[-1].start()):
            return True
    return False


# ---- what governs -----------------------------------------------------------------------------------


class Number:
    """A number of a sentence, and all that decides on its time."""
    __slots__ = ("text", "low", "high", "position", "published", "modality", "is_base", "lead")

    def __init__(self, text: str, low: int, high: int, position: int, published: date | None, modality: str) -> None:
        self.text, self.low, self.high, self.position = text, low, high, position
        self.published, self.modality = published, modality
        self.is_base = is_base(text, low, position)
        self.lead = LEAD_CLAUSE.match(text, low, high)

    def before(self, period: Period, reach: int) -> int:
        """So many characters in front of a period, but in the sentence."""
        return max(self.low, period.start - reach)


def nearest(text: str, periods: list[Period], sentence_start: int, sentence_end: int, position: int,
            published: date | None = None, modality: str = "actual") -> Period | None:
    """The period of the sentence that governs the number at the position, or None."""
    at = bisect_left(periods, sentence_start, key=lambda p: p.start)
    if at == len(periods) or periods[at].start >= sentence_end:
        return None
    number = Number(text, sentence_start, sentence_end, position, published, modality)
    best, least = None, TOO_FAR
    for period in periods[at:]:
        if period.start >= sentence_end:
            break
        if period.kind == "time" or _too_far(number, period, least):
            continue
        cost = _distance(number, period)
        if cost < least and not any(of_other(number, period) for of_other in OF_OTHER):
            best, least = period, cost
    return best


def _too_far(number: Number, period: Period, least: float) -> bool:
    """Whether `_distance` cannot be below `least`, told without a look at the words: a sentence may be full of
    times."""
    text, position = number.text, number.position
    if period.start >= position:
        return period.start - position > FARTHEST or text.count(" ", position, period.start) >= least
    far = position - period.end > FARTHEST or text.count(" ", period.end, position) >= least
    return far and text.count(" ", number.low, period.start) > LEADING


BREAK = re.compile(rf"; |: |[,—–]\s|\s(?:{any_of(SAYING['joins'])})\s")
OVER_PREVIOUS = re.compile(r"(?i:\bover (?:the |its )?(?:previous|prior) (?:year|quarter|month)\b)")
# "November's nine-year low of 77,000", "the 2021 level of 77,000"; "the 2021 norm (77,000)"
OF_ITS_TIME = re.compile(rf"['’]s (?:[\w-]+ ){{0,5}}| {any_of(SAYING['levels'])} of (?:[a-z]+ ){{0,2}}")
BRACKETED, ALONE = re.compile(r"(?: [a-z-]+){0,2} \([~≈]?"), re.compile(r"(?:(?! from )[^()])*\)")
WHEN = re.compile(r",? when [^,;:.()0-9]{0,60}$")       # "compared to 2011, when oil crept up to $100"
# "In 2023 it made 5m, and it has forecast 6m in 2024"
OTHER_CLAUSE = re.compile(r", (?:and|but|while) (?:it|they|he|she|we) ")
# "up from $3m in 2023, and", "from a few today, and", but not "from 2023, it", "from 3% in 2023, to 2%"
OLD = re.compile(r"(?:\b(?:versus|against|compared (?:with|to)|(?:up|down|%) from) |\bfrom [^,;: ])[^,;:]{0,40}$")


def _distance(number: Number, period: Period) -> float:
    """What lies between a number and a time, in words."""
    text, position = number.text, number.position
    if period.start >= position:
        gap = text[position:period.start]
        compared = _compared(gap) or OVER_PREVIOUS.search(text, position, period.end)
        return _words(gap) + (60 if compared else 0)
    gap = text[period.end:position]
    cost = _words(gap)
    if OF_ITS_TIME.fullmatch(gap) or WHEN.match(gap) or BRACKETED.fullmatch(gap) and ALONE.match(text, position):
        return cost
    lead = text[number.low:period.start]
    # "In 2024, ..." holds for the whole sentence
    leads = lead.count(" ") <= LEADING and not OTHER_CLAUSE.search(gap)
    cost = min(cost, 11) if leads else cost
    if "; " in gap:
        cost += 15 if leads else TOO_FAR
    if number.is_base and COMPARISON.match(text, period.start) and gap.count(" ") <= 2:
        return cost                 # "versus a year-earlier loss of 4m"
    cost += 3 + 12 * number.is_base
    if not _compared(lead[-40:]):
        return cost
    # "$1.31, compared with $1.12 a year earlier, on revenue of $4.5 billion"
    over = BREAK.search(gap) and OLD.search(lead) and not gap.startswith((", to ", " to "))
    return TOO_FAR if not number.is_base and (over or COMPARISON.match(text, period.start)) else cost + 25


def _words(gap: str) -> int:
    return gap.count(" ") + 5 * len(BREAK.findall(gap))


# ---- what does not: the time is of something else ---------------------------------------------------

# "the highest since 2019": that time is no time of the value
RECORD = re.compile(rf"(?i:\b{any_of(SAYING['records'])}\b[^,.;]*\b(?:since|to date)\b)")
MORE_THEN = re.compile(r"(?: was| were| saw| had)? (?:[a-z]+er|worse|more|less)\b")


def only_then(text: str, period: Period) -> bool:
    """Whether it is only named as an exception: "43%, and only May was lower"."""
    return text.endswith("only ", 0, period.start) and MORE_THEN.match(text, period.end) is not None


def _of_words(number: Number, period: Period) -> bool:
    """Whether it is of an exception, a record, a saying or a text that is cited, or a time before it: "pre-2020"."""
    text, position = number.text, number.position
    if period.start > position and only_then(text, period) or of_text(text, period, number.low) \
            or text.endswith("pre-", number.low, period.start):
        return True
    if period.end <= position and WHEN.match(text, period.end, position):
        return False                # "said on Monday, when 4m came"
    low = position if position < period.start else number.low       # but "since a 9% rise in 2019"
    reach = 70 if position < period.start else 40
    return RECORD.search(text, max(low, period.start - reach), period.start + 8) is not None \
        or of_saying(text, period, number.low, number.high)


SINCE = re.compile(r"(?i:(?:ever )?since\b|same\b)")


def _of_plan(number: Number, period: Period) -> bool:
    """Whether it is when a plan or forecast was told, which lies ahead of it."""
    text = number.text
    if told_then(period, number.modality, number.published) and not (
            number.is_base and number.modality == "planned" or HAD_PLANNED.search(text, number.low, number.position)):
        return True
    return number.modality in ("planned", "forecast") and _has_begun(period, number.published) \
        and SINCE.match(text, period.start) is not None     # "has cut 40 jobs since May and will cut 9"


# What these words are said of began then; the number is not dated by it: "Founded by Rao in 2020"
BEGUN = re.compile(rf"(?i:\b{any_of(SAYING['begun'])}\b(?: [\w.&'’-]+){{0,4}} in )$")
WHEN_BEGUN = re.compile(r"\b(?:when|as) (?:[\w.&'’-]+ ){1,3}$")         # "had 14 shops when it was founded in 2006"
MATURES = re.compile(r"\b(?:due (?:in )?|matur(?:es|ing) in |dated |Act of )$")   # "notes due 2031", "dated May 3"


def _of_begin_or_end(number: Number, period: Period) -> bool:
    """Whether it is when a firm was founded or a loan falls due."""
    text = number.text
    if MATURES.search(text, number.before(period, 20), period.start):
        return True
    begun = BEGUN.search(text, number.before(period, 50), period.start)
    return begun is not None and not WHEN_BEGUN.search(text, max(number.low, begun.start() - 30), begun.start())


IS_NOW = re.compile(r",? (?:and|but|while|although|though) (?:it|they|he|she) (?:itself |also |now )?"
                    r"(?:is|are|has|have)\b")
# "Having spent $5m in Oslo, Norvik will spend $8m by 2030": that time is of the main clause
LEAD_CLAUSE = re.compile(r"(?:Having|After|(?P<if>If)) (?:[^,;]|,(?=[0-9])){5,}, (?!(?:but|and|or|which|who) )")
# A clause of its own that ends or begins between the two: "who left in May, has 5 shops", "and won a prize in May"
INSIDE = r"(?:[^,;–—()]|,(?=[0-9]))"
ASIDE_BEFORE = re.compile(rf"(?:(?P<comma>, (?:(?:[a-z]+ )?of whom|of which|which|"
                          r"(?:(?:an? |the )(?:[\w-]+ ){1,3})?who|"
                          r"whose|where|when|due|"
                          rf"built|made|sold|held|known|(?!compared)[a-z]+ed) )|(?P<dash>[–—]))"
                          rf"{INSIDE}*$")
ASIDE_CLOSED = {"comma": re.compile(rf"{INSIDE}{{0,60}}, "), "dash": re.compile(rf"{INSIDE}{{0,60}}[–—]")}
ASIDE_AFTER = re.compile(rf", (?:which|who|whose|where)\b|, (?:[a-z]+ )?of (?:which|whom) [^,;]*[0-9]"
                         rf"| (?:that|which) (?:it|they|he|she|we) [^,;]*$|[–—] [^–—]*$"
                         rf"|,? (?:and|but) (?:(?:it|they|he|she|also|then|later|has|have|had) ){{0,2}}{PAST}\b"
                         r"[^0-9]*$")
# "the 2024 Linnet", "9,400 of its 2023-2024 Linnet vans", "5m cars from the 2011 through 2016 model years"
MODEL_YEARS = re.compile(r"(?:from )?(?:(?i:the) )?(?:19|20)[0-9]{2}"
                         r"(?P<range>(?:[-–]| to | through )(?:19|20)[0-9]{2})?")
OF_MODEL = re.compile(r"(?i:\b(?:the|an?|new|used|your|our|certain|some|select|recall(?:s|ed|ing)?|"
                      r"of (?:its|their))) $")
OF_TIME = re.compile(r"(?i:\b(?:in|from|between|during|for|since|fiscal|season|years?)) $")
IN_YEAR = re.compile(r"\b(?:in|for|during)(?: the)? $")
MODEL_BEHIND = re.compile(r"[ -]model[ -]years?\b|(?P<name> (?=[A-Z])(?!(?:[\w'’]+ ){0,3}?(?:Olympi|World|Games|Super|"
                          r"Budget|Census|Cup|Euro|Season|Show|Expo|Fair|Conference|Festival|Championship|Election|"
                          r"Summit|Act\b|Open\b|Tour\b|School|Academic|Fiscal|N[BFH][AL]\b|crisis|war\b|pandemic|"
                          r"strike|season|election)))")
IN_ITS = re.compile(r"\b(?:in|at|during) $")
SESSION = re.compile(r"['’]s (?:close|closing|session|trading)\b")        # "up 9% this year through Tuesday's close"
FIGURE = re.compile(r"\S*[0-9][^ ]*")


def _of_other_clause(number: Number, period: Period) -> bool:
    """Whether it stands in a clause of its own, apart from the number, or is a model's year."""
    text, position, lead = number.text, number.position, number.lead
    if period.end <= position and IS_NOW.search(text, period.end, position) and is_over(period, number.published):
        return True                 # "It bid $9m on Tuesday, although it is worth $5m"
    if lead and position < lead.end() <= period.start and (lead["if"] or DIGITS.search(text, lead.end(), period.start)):
        return True
    if _of_model(number, period):
        return True
    before = text[number.before(period, 120):period.start]
    if opened := _inside_brackets(before):
        alone = opened <= 2 and text.startswith((")", ",", ";", ":"), period.end)   # "(in 2024)"
        bracket = period.start - len(before) + before.rfind("(")
        return not alone and (position < bracket or ")" in text[period.end:position])
    if period.end <= position:
        aside = ASIDE_BEFORE.search(before)
        return aside is not None and ASIDE_CLOSED[aside.lastgroup].match(text, period.end, position) is not None
    if text.startswith(("'s ", "’s "), period.end) and not SESSION.match(text, period.end) \
            and not IN_ITS.search(text, period.start - 10, period.start):
        return True                 # "added $10m, on top of last year's $5m", but "won 9 seats in Sunday's election"
    figure = FIGURE.match(text, position, period.start)
    return figure is not None and ASIDE_AFTER.search(text, figure.end(), period.start) is not None


def _of_model(number: Number, period: Period) -> bool:
    """Whether it is the year of a model."""
    text = number.text
    years = MODEL_YEARS.fullmatch(text, period.start, period.end)
    behind = years and MODEL_BEHIND.match(text, period.end)
    if not behind:
        return False
    low = number.before(period, 12)
    if not behind["name"]:          # "sold 300 in the 2024 model year"
        return IN_YEAR.search(text, low, period.start) is None
    return OF_MODEL.search(text, low, period.start) is not None \
        or bool(years["range"]) and OF_TIME.search(text, low, period.start) is None


def _inside_brackets(lead: str) -> int:
    """How many words stand between an open bracket and the end; 0 where none is open."""
    at = lead.rfind("(")
    return 0 if at <= lead.rfind(")") else lead[at:].count(" ") + 1


# "a loss of 60 cents and expects a profit of $2 in 2026": the time belongs to the next clause and its number
NEXT_CLAUSE = re.compile(rf" (?:which|who) [^,;]*[0-9]|(?:[;,]|,? (?:and|but|while)) (?:(?:it|they|also|now) ){{0,2}}"
                         rf"(?:(?:{any_of(SAYING['next_clause'])})\b[^;]*(?:[0-9]|\b(?:double|triple|halve)\b)"
                         rf"|(?:{any_of(SAYING['foretells'])})\b)")
# "sold 5m a month; last month it sold 3m", "has 5m; 3m were sold in May": what a semicolon divides has its own time
NEXT_STATEMENT = re.compile(r"(?:;|,? (?:while|whereas|although|but)) (?:(?:in|by|on|at|during|since|for|the) )"
                            r"{0,2}$"
                            rf"|;[^;]* (?:is|are|has|have|will|{PAST}) ")
# "will fly 4m miles before it lands in 2031"
OTHER_EVENT = re.compile(r" (?:before|until|after) (?:it|they|he|she) [^,;0-9]*$")


def _of_next_clause(number: Number, period: Period) -> bool:
    """Whether a clause with a figure of its own begins between the number and the time behind it."""
    text, position = number.text, number.position
    return period.start > position and any(
        clause.search(text, position, period.start) for clause in (NEXT_CLAUSE, NEXT_STATEMENT, OTHER_EVENT))


# "300m, twice as many as", "twice the level of", "triple the value ten years earlier": the time is of the other level
MULTIPLE_OF = re.compile(
    r"\b(?:twice|doubled?|tripled?|quadrupled?|half|[a-z0-9.]+ times) (?:(?:of )?(?:that|those|what) [^,;.0-9]{0,40}"
    r"|as [a-z]+ (?:[a-z-]+ ){0,3}?as [^,;.0-9]{0,30}"
    r"|(?:of )?(?:the|its|their) (?:(?:[a-z-]+ ){1,3}(?:of|from) (?:the )?)?)$")
MULTIPLE_OF_EARLIER = re.compile(r"(?:twice|double|triple|[a-z0-9]+ times) (?:the|its|their) [^,;.0-9]{0,40}")
MULTIPLIES = holding(["twice", "double", "triple", "quadruple", "half", "times"])
EARLIER_THAN = re.compile(r"(?:earlier|ago|before|(?:last|previous|prior) [a-z]+)$")
OVER_NAMED = re.compile(r"(?:doubled|tripled|halved|[^ ]*[0-9]%|[^ ]*[0-9] per ?cent) over ")
OVER = re.compile(r"[0-9%a-z] on (?:the )?(?:[a-z]+-)?$")


def _of_old_level(number: Number, period: Period) -> bool:
    """Whether it is what a change is counted from: "up 2.6% on 2003", "4% on a year earlier"."""
    text, position = number.text, number.position
    if period.start < position:
        return False
    if MULTIPLIES(text[position:period.start].lower()) and (
            MULTIPLE_OF.search(text, position, period.start)
            or MULTIPLE_OF_EARLIER.fullmatch(text, position, period.start)
            and EARLIER_THAN.search(text, period.start, period.end)):
        return True
    if OVER_NAMED.fullmatch(text, position, period.start):
        return usual_label(period.first, period.last) is not None       # "doubled over Q1", not "over two years"
    if not OVER.search(text, max(position, period.start - 25), period.start):
        return False
    return not _few_days(period) or COMPARISON.match(text, period.start) is not None


# Verbs of the present, last before a number: "now has", "has raised"; "is up" speaks of a move that is over
PRESENT = (rf"(?:has|have|[’']ve)\b(?! to\b)(?: (?:[a-z]+ly|now|also|already|since|been|not|just|"
           rf"so far)){{0,3}}(?: {PAST})?")
TENSE = re.compile(rf"(?i:\b(?P<present>{PRESENT}|can|now|currently|today)\b|\b(?:had|did|was|were|{PAST})\b)")
AS_OF = re.compile(r"[Aa]s of\b")
EARLIER = re.compile(r"(?i:earlier)\b")
SEPARATE = re.compile(r"(?:[,;–—] |\s(?:and|but|after|when|while)\s)[^0-9]*$")
SINCE_CLAUSE = re.compile(r"(?i:\bsince) (?:[\w'’-]+ ){1,8}?(?:(?:back )?(?:in|on) )?$")


def _of_the_past(number: Number, period: Period) -> bool:
    """Whether the verb of the number speaks of now, so that a time that is over can't be its own.

    "It was founded in 2019 and has raised $3m" and "has 40 shops and opened one in 2019", but not "has
    sold 5m in 2024".
    """
    text, position, published = number.text, number.position, number.published
    ended = period.first is None and period.last is not None and published is not None and period.last < published
    if not (ended or is_over(period, published) or EARLIER.match(text, period.start)) \
            or SINCE_CLAUSE.search(text, number.before(period, 70), period.start):
        return False
    verbs = list(TENSE.finditer(text, max(number.low, position - 90), position))
    if not verbs or not verbs[-1]["present"] or AS_OF.match(text, period.start):
        return False
    if period.end <= position:
        return period.end <= verbs[-1].start()
    return SEPARATE.search(text, position, period.start) is not None


# "It aims at 200 by 2030, and has orders for 56": what is so now is not of a time to come
NOW_TOLD = re.compile(r"(?:[,;–—]| and| but| while) (?:(?:it|they|now|also) ){0,2}(?:has|have|had|was|were"
                      r"|(?:is|are)(?! (?:expected|forecast|likely|set|due|to|planned|scheduled)\b)) ")
# "has sourced 70% of what it needs by 2030"
HAS_DONE = re.compile(rf"\b(?:has|have) (?:(?!{SAID})[a-z]+ )?(?!{SAID}){PAST} (?:[a-z]+ ){{0,3}}$")


def _of_the_future(number: Number, period: Period) -> bool:
    """Whether a time still to come stands beside a number that is so already."""
    text, position, published = number.text, number.position, number.published
    if number.modality != "actual" or not published or (period.last or published) <= published:
        return False
    if NOW_TOLD.search(text, period.end, max(position, period.end)):
        return True
    return position < period.start and not _has_begun(period, published) \
        and HAS_DONE.search(text, number.low, position) is not None


OF_OTHER = (_of_words, _of_plan, _of_begin_or_end, _of_other_clause, _of_next_clause, _of_old_level, _of_the_past,
            _of_the_future)
