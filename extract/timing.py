"""Which time a claim speaks of: the period that governs its number, else the one the text goes on with.

What a metric measures decides how far a time may be: a car's range has one only where it stands beside
the number, revenue takes that of its sentence, of those before, or the quarter that the story reports on.

>>> from datetime import date
>>> from extract.period import find
>>> text = "Sales rose to 5m in 2024 from 4m in 2023."
>>> periods = find(text, date(2025, 3, 1))
>>> [nearest(text, periods, 0, len(text), text.index(number)).label for number in ("5m", "4m")]
['2024', '2023']
>>> nearest("They sold 4m.", [], 0, 13, 10) is None
True
"""
import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date, timedelta

from . import schema
from .calendar import shift, usual_label
from .lexicon import past_forms
from .model import Entity, Period, Sentence
from .pattern import holding
from .quarter import REPORTED
from .timex import any_of

WORDS = schema.words("period")

# ---- which period of a sentence governs a number ---------------------------------------------------

SAID = any_of(WORDS["saying"]["verbs"])
SAID_BEFORE = re.compile(rf"(?i:\b{SAID}(?:[ ,](?!(?:that|is|are|was|were|has|have|had)\b)[a-z'’-]+){{0,6}}"
                         r"[ ,]+)$")
SAID_SO_FAR = re.compile(rf"(?i:\b{SAID} [^,;:]*)$")
SAID_AFTER = re.compile(rf"(?i:,?(?:[ ,][\w.&'’-]+){{0,5}} (?:{any_of(WORDS['saying']['spoken'])})\b)")
OPENS_CLAUSE = re.compile(r"(?:[,;:–—(“\"]|\b(?:and|but|while|when|because)) ?(?:[a-z]+ ){0,2}$")
SAID_NEXT = re.compile(
        rf" (?:{any_of(v for v in WORDS['saying']['verbs'] if v.endswith('ed') or v in ('said', 'told'))})\b")
# "sold more than 5m" compares nothing, "more than in May" does
COMPARED = re.compile(rf"(?i:\b(?!(?:(?<=more )|(?<=less )|(?<=fewer ))than [^ ]*[0-9])"
                      rf"{any_of(WORDS['saying']['compared'])}\b)")
BREAK = re.compile(rf"; |: |[,—–]\s|\s(?:{any_of(WORDS['saying']['joins'])})\s")
FEW_DAYS_LONG = timedelta(days=8)
MOMENT = timedelta(days=31)     # "In June, Micron said", but not "In the second quarter, Micron disclosed"
SEASON_LONG = timedelta(days=100)   # "told us this summer"
# "In 2023, Norvik predicted": however long that time is
FORETOLD_THEN = re.compile(rf"(?i:,(?: (?!(?:has|have|an?|was|were|is|are|been)\b)[\w.&'’-]+){{1,5}} "
                           rf"(?:{any_of(WORDS['saying']['foretold'])})\b)")
SAID_LAST = re.compile(rf", (?:[\w.&'’-]+ ){{1,5}}(?:{any_of(WORDS['saying']['spoken'] + WORDS['saying']['foretold'])})"
                       r" (?:(?:in|on) )?(?:the )?$")
END = re.compile(r"[.”\"]|$")
# The time of a text: "a May study by", "the 2025 Bakers' Index", "Friday's report"
TEXTS = any_of(WORDS["saying"]["texts"])
OF_TEXT = re.compile(rf"(?: [\w&'’.-]+){{0,3}}? (?i:{TEXTS})\b")
OF_TEXT_OF_DAY = re.compile(rf"(?:['’]s?)?(?: [a-z]+){{0,2}} {TEXTS}\b")
ARTICLE = re.compile(r"\b(?i:an?|another|one|its|their) $|['’]s $")
# "a loss of 60 cents and expects a profit of $2 in 2026": the time belongs to the next clause and its number
NEXT_CLAUSE = re.compile(rf" (?:which|who) [^,;]*[0-9]|(?:[;,]|,? (?:and|but|while)) (?:(?:it|they|also|now) ){{0,2}}"
                         rf"(?:(?:{any_of(WORDS['saying']['next_clause'])})\b[^;]*(?:[0-9]|\b(?:double|triple|halve)\b)"
                         rf"|(?:{any_of(WORDS['saying']['foretells'])})\b)")
# "It aims at 200 by 2030, and has orders for 56": what is so now is not of a time to come
NOW_TOLD = re.compile(r"(?:[,;–—]| and| but| while) (?:(?:it|they|now|also) ){0,2}(?:has|have|had|was|were"
                      r"|(?:is|are)(?! (?:expected|forecast|likely|set|due|to|planned|scheduled)\b)) ")
# "Having spent $5m in Oslo, Norvik will spend $8m by 2030": that time is of the main clause
LEAD_CLAUSE = re.compile(r"(?:Having|After|(?P<if>If)) (?:[^,;]|,(?=[0-9])){5,}, (?!(?:but|and|or|which|who) )")
PAST = rf"(?:[a-z]{{2,}}ed|{any_of(past_forms())})"
# "has sourced 70% of what it needs by 2030"
HAS_DONE = re.compile(rf"\b(?:has|have) (?:(?!{SAID})[a-z]+ )?(?!{SAID}){PAST} (?:[a-z]+ ){{0,3}}$")
TOO_FAR = 60                    # words
FARTHEST = 1_000                # characters; words may be without spaces between them
LEADING = 4                     # words before a time that begins a sentence
# "the highest since 2019": that time is no time of the value
RECORD = re.compile(rf"(?i:\b{any_of(WORDS['saying']['records'])}\b[^,.;]*\b(?:since|to date)\b)")
MORE_THEN = re.compile(r"(?: was| were| saw| had)? (?:[a-z]+er|worse|more|less)\b")
# "was supposed to get 20 jets last year": what had been planned for then
HAD_PLANNED = re.compile(r"\b(?:had|was|were)(?: been)? (?:supposed|planned|expected|hoped|meant|scheduled|due|"
                         r"forecast|projected|predicted|aimed|intended|promised)\b")
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
OVER_PREVIOUS = re.compile(r"(?i:\bover (?:the |its )?(?:previous|prior) (?:year|quarter|month)\b)")
# What these words are said of began then; the number is not dated by it: "Founded by Rao in 2020"
BEGUN = re.compile(rf"(?i:\b{any_of(WORDS['saying']['begun'])}\b(?: [\w.&'’-]+){{0,4}} in )$")
WHEN_BEGUN = re.compile(r"\b(?:when|as) (?:[\w.&'’-]+ ){1,3}$")         # "had 14 shops when it was founded in 2006"
FROM_THEN = re.compile(r"[^ ]+(?: [a-z]+){0,3} from ")     # "4% more from May" that is to come
FORMER = re.compile(r"[^,;:]{0,40} (?:previously|before),? and ")      # "against 4m previously and 3m in 2025"
MATURES = re.compile(r"\b(?:due (?:in )?|matur(?:es|ing) in |dated |Act of )$")   # "notes due 2031", "dated May 3"
IS_NOW = re.compile(r",? (?:and|but|while|although|though) (?:it|they|he|she) (?:itself |also |now )?"
                    r"(?:is|are|has|have)\b")
DELAYED = re.compile(r"\b(?:delayed|postponed|deferred|pushed back|put off|brought forward) (?:to )?$")
DIGITS = re.compile(r"[0-9]+")
# "from 4m to 5m in 2024": behind the second number the comparison is over
CLAUSES, TO = re.compile(r"[.;]"), re.compile(r"\bto\b")


def _only_then(text: str, period: Period) -> bool:
    """Whether it is only named as an exception: "43%, and only May was lower"."""
    return text.endswith("only ", 0, period.start) and MORE_THEN.match(text, period.end) is not None


def _of_text(text: str, period: Period, low: int) -> bool:
    """Whether it dates a study, report or filing that is cited: "a May study by Norvik found"."""
    if ARTICLE.search(text, max(low, period.start - 8), period.start) \
            and OF_TEXT.match(text, period.end, period.end + 60):
        return True
    a_day = period.first and period.last and period.last - period.first < FEW_DAYS_LONG
    return bool(a_day) and OF_TEXT_OF_DAY.match(text, period.end, period.end + 50) is not None


def _of_saying(text: str, period: Period, low: int, high: int) -> bool:
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


def nearest(text: str, periods: list[Period], sentence_start: int, sentence_end: int, position: int,
            published: date | None = None, modality: str = "actual") -> Period | None:
    """The period of the sentence that governs the number at the position, or None.

    Each period of the sentence costs as many words as lie between, more over a comma or "while", and
    much more over "from" or "compared with": "rose to 5m from 4m a year earlier" dates only the 4m.
    """
    best, least = None, TOO_FAR
    at = bisect_left(periods, sentence_start, key=lambda p: p.start)
    is_base = _is_base(text, sentence_start, position)
    lead = LEAD_CLAUSE.match(text, sentence_start, sentence_end)
    for period in periods[at:]:
        if period.start >= sentence_end:
            break
        if period.kind == "time" or _too_far(text, period, sentence_start, position, least):
            continue
        low = position if position < period.start else sentence_start     # but "since a 9% rise in 2019"
        when = period.end <= position and WHEN.match(text, period.end, position)    # "said on Monday, when 4m came"
        if position < period.start and _only_then(text, period):
            continue
        if not when and RECORD.search(text, max(low, period.start - 40), period.start + 8):
            continue
        if not when and _of_saying(text, period, sentence_start, sentence_end):
            continue
        if _of_text(text, period, sentence_start):
            continue
        if period.start > position and FORMER.match(text, position):
            continue
        if told_then(period, modality, published) and not (
                is_base and modality == "planned" or HAD_PLANNED.search(text, sentence_start, position)):
            continue
        if modality in ("planned", "forecast") and SINCE.match(text, period.start) and _has_begun(period, published):
            continue                # "has cut 40 jobs since May and will cut 9"
        begun = BEGUN.search(text, max(sentence_start, period.start - 50), period.start)
        if begun and not WHEN_BEGUN.search(text, max(sentence_start, begun.start() - 30), begun.start()) \
                or MATURES.search(text, max(sentence_start, period.start - 20), period.start):
            continue
        if period.end <= position and IS_NOW.search(text, period.end, position) and _is_over(period, published):
            continue                # "It bid $9m on Tuesday, although it is worth $5m"
        if period.end <= position and DELAYED.search(text, max(sentence_start, period.start - 20), period.start):
            continue                # "it was delayed to 2028 and costs $5m"
        if _elsewhere(text, period, sentence_start, sentence_end, position) or _over(text, period, position):
            continue
        if lead and position < lead.end() <= period.start and (
                lead["if"] or DIGITS.search(text, lead.end(), period.start)):
            continue
        since = SINCE_CLAUSE.search(text, max(sentence_start, period.start - 70), period.start)
        over = _is_over(period, published) or EARLIER.match(text, period.start) or (
            period.first is None and period.last is not None and published is not None and period.last < published)
        if not since and over and _still_so(text, period, sentence_start, position):
            continue
        if modality == "actual" and published and (period.last or published) > published and (
                NOW_TOLD.search(text, period.end, max(position, period.end))
                or position < period.start and not _has_begun(period, published)
                and HAS_DONE.search(text, sentence_start, position)):
            continue
        cost = _distance(text, period, sentence_start, position, is_base)
        if published and period.first and period.first > published \
                and FROM_THEN.fullmatch(text, position, period.start):
            cost = BESIDE
        if period.start > position and (NEXT_CLAUSE.search(text, position, period.start)
                                        or NEXT_STATEMENT.search(text, position, period.start)
                                        or OTHER_EVENT.search(text, position, period.start)):
            continue
        if cost < least:
            best, least = period, cost
    return best


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
# "sold 5m a month; last month it sold 3m", "has 5m; 3m were sold in May": what a semicolon divides has its own time
NEXT_STATEMENT = re.compile(r"(?:;|,? (?:while|whereas|although|but)) (?:(?:in|by|on|at|during|since|for|the) )"
                            r"{0,2}$"
                            rf"|;[^;]* (?:is|are|has|have|will|{PAST}) ")
# "will fly 4m miles before it lands in 2031"
OTHER_EVENT = re.compile(r" (?:before|until|after) (?:it|they|he|she) [^,;0-9]*$")
MODEL_YEAR = re.compile(r"(?i:\b(?:the|an?|new|used|your|our) )(?:19|20)[0-9]{2} "
                        r"(?=[A-Z])(?!(?:[\w'’]+ ){0,3}?(?:Olympi|World|Games|Super|Budget|Census|Cup|Euro|Season|Show|"
                        r"Expo|Fair|Conference|Festival|Championship|Election|Summit|Act\b|Open\b|Tour\b|crisis|war\b|"
                        r"pandemic|strike|season|election))")
IN_ITS = re.compile(r"\b(?:in|at|during) $")
FIGURE = re.compile(r"\S*[0-9][^ ]*")
# Verbs of the present, last before a number: "now has", "has raised"; "is up" speaks of a move that is over
PRESENT = (rf"(?:has|have|[’']ve)\b(?! to\b)(?: (?:[a-z]+ly|now|also|already|since|been|not|just|"
           rf"so far)){{0,3}}(?: {PAST})?")
TENSE = re.compile(rf"(?i:\b(?P<present>{PRESENT}|can|now|currently|today)\b|\b(?:had|did|was|were|{PAST})\b)")


def _elsewhere(text: str, period: Period, low: int, high: int, position: int) -> bool:
    """Whether a time stands in a clause of its own, apart from the number at the position, or is a model's."""
    model = MODEL_YEAR.search(text, max(low, period.start - 5), period.end + 60)
    if model and model.end() == period.end + 1:
        return True
    lead = text[max(low, period.start - 120):period.start]
    if opened := _inside_brackets(lead):
        alone = opened <= 2 and text.startswith((")", ",", ";", ":"), period.end)   # "(in 2024)"
        return not alone and (position < period.start - len(lead) + lead.rfind("(") or ")" in text[period.end:position])
    if period.end <= position:
        aside = ASIDE_BEFORE.search(lead)
        return aside is not None and ASIDE_CLOSED[aside.lastgroup].match(text, period.end, position) is not None
    if text.startswith(("'s ", "’s "), period.end) and not IN_ITS.search(text, period.start - 10, period.start):
        return True                 # "added $10m, on top of last year's $5m", but "won 9 seats in Sunday's election"
    figure = FIGURE.match(text, position, period.start)
    return figure is not None and ASIDE_AFTER.search(text, figure.end(), period.start) is not None


def _over(text: str, period: Period, position: int) -> bool:
    """Whether it is what a change is counted from: "up 2.6% on 2003", "4% on a year earlier"."""
    if period.start < position:
        return False
    if MULTIPLE_OF.fullmatch(text, position, period.start) and EARLIER_THAN.search(text, period.start, period.end):
        return True                 # "triple the value ten years earlier"
    if OVER_NAMED.fullmatch(text, position, period.start):
        return usual_label(period.first, period.last) is not None       # "doubled over Q1", not "over two years"
    if not OVER.search(text, max(position, period.start - 25), period.start):
        return False
    a_day = period.first and period.last and period.last - period.first < FEW_DAYS_LONG
    return not a_day or COMPARISON.match(text, period.start) is not None


def _inside_brackets(lead: str) -> int:
    """How many words stand between an open bracket and the end; 0 where none is open."""
    at = lead.rfind("(")
    return 0 if at <= lead.rfind(")") else lead[at:].count(" ") + 1


def told_then(of: Period | None, modality: str, published: date | None) -> bool:
    """Whether a time dates the plan or forecast, not what is planned: both lie ahead of when they are told."""
    if of is None or published is None or not _is_over(of, published):
        return False
    return modality == "planned" or modality == "forecast" and of.last - of.first <= MOMENT


def _has_begun(period: Period, published: date | None) -> bool:
    return period.first is not None and published is not None and period.first < published


def _is_over(period: Period, published: date | None) -> bool:
    return period.first is not None and period.last is not None and (published is None or period.last < published)


def _still_so(text: str, period: Period, low: int, position: int) -> bool:
    """Whether the verb of the number speaks of now, so that a time that is over can't be its own.

    "It was founded in 2019 and has raised $3m" and "has 40 shops and opened one in 2019", but not "has
    sold 5m in 2024".
    """
    verbs = list(TENSE.finditer(text, max(low, position - 90), position))
    if not verbs or not verbs[-1]["present"] or AS_OF.match(text, period.start):
        return False
    if period.end <= position:
        return period.end <= verbs[-1].start()
    return SEPARATE.search(text, position, period.start) is not None


MULTIPLE_OF = re.compile(r"(?:twice|double|triple|[a-z0-9]+ times) (?:the|that|what|its|their|as) [^,;.0-9]{0,40}")
EARLIER_THAN = re.compile(r"(?:earlier|ago|before|(?:last|previous|prior) [a-z]+)$")
OVER_NAMED = re.compile(r"(?:doubled|tripled|halved|[^ ]*[0-9]%|[^ ]*[0-9] per ?cent) over ")
OVER = re.compile(r"[0-9%a-z] on (?:the )?(?:[a-z]+-)?$")
AT_TIME = re.compile(r"(?i:\b(?:in|during|on|of|by|for|since|throughout|at)(?: the| its| their)?|[,(]|^) ?$")
THIS = re.compile(r"(?i:last|this|earlier|yesterday|today)\b")
# A past verb right before a number: "paid", "were about"; not "said" and "founded"
HAPPENED = re.compile(rf"(?i:\b(?!(?:{SAID}|{any_of(WORDS['saying']['begun'])})\b)(?:was|were|{PAST}) "
                      r"(?:(?!(?:to|of|for|with|from|in|at|on|by|as|into|and|or)\b)[a-z-]+ ){0,3}(?:to |of )?)$")
AS_OF = re.compile(r"[Aa]s of\b")
EARLIER = re.compile(r"(?i:earlier)\b")
SEPARATE = re.compile(r"(?:[,;–—] |\s(?:and|but|after|when|while)\s)[^0-9]*$")


def _base(text: str, sentence_start: int, position: int) -> re.Match | None:
    """The words that make the number at the position what another is compared with: "up from", or None."""
    low = max(sentence_start, position - 50)
    return COMPARES(text[low:position].lower()) and BASE.search(text, low, position) or (
        COMPARING.match(text, sentence_start, position))


def _is_base(text: str, sentence_start: int, position: int) -> bool:
    return _base(text, sentence_start, position) is not None


def _too_far(text: str, period: Period, sentence_start: int, position: int, least: int) -> bool:
    """Whether `_distance` cannot be below `least`, told without a look at the words: a sentence may be full of
    times."""
    if period.start >= position:
        return period.start - position > FARTHEST or text.count(" ", position, period.start) >= least
    far = position - period.end > FARTHEST or text.count(" ", period.end, position) >= least
    return far and text.count(" ", sentence_start, period.start) > LEADING


# "November's nine-year low of 77,000", "the 2021 level of 77,000"; "the 2021 norm (77,000)"
OF_ITS_TIME = re.compile(r"['’]s (?:[\w-]+ ){0,5}"
                         rf"| {any_of(WORDS['saying']['levels'])} of (?:[a-z]+ ){{0,2}}")
BRACKETED, ALONE = re.compile(r"(?: [a-z-]+){0,2} \([~≈]?"), re.compile(r"(?:(?! from )[^()])*\)")
WHEN = re.compile(r",? when [^,;:.()0-9]{0,60}$")       # "compared to 2011, when oil crept up to $100"
# "In 2023 it made 5m, and it has forecast 6m in 2024"
OTHER_CLAUSE = re.compile(r", (?:and|but|while) (?:it|they|he|she|we) ")


# "up from $3m in 2023, and", "from a few today, and", but not "from 2023, it", "from 3% in 2023, to 2%"
OLD = re.compile(r"(?:\b(?:versus|against|compared (?:with|to)|(?:up|down|%) from) |\bfrom [^,;: ])[^,;:]{0,40}$")


def _distance(text: str, period: Period, sentence_start: int, position: int, is_base: bool) -> float:
    after = period.start >= position
    gap = text[position:period.start] if after else text[period.end:position]
    cost = gap.count(" ") + 5 * len(BREAK.findall(gap))
    if after:
        base = _compared(gap) or OVER_PREVIOUS.search(text, position, period.end)
        return cost + (60 if base else 0)
    if OF_ITS_TIME.fullmatch(gap) or WHEN.match(gap) or BRACKETED.fullmatch(gap) and ALONE.match(text, position):
        return cost
    lead = text[sentence_start:period.start]
    # "In 2024, ..." holds for the whole sentence
    leads = lead.count(" ") <= LEADING and not OTHER_CLAUSE.search(gap)
    cost = min(cost, 11) if leads else cost
    if "; " in gap:
        cost += 15 if leads else TOO_FAR
    if is_base and COMPARISON.match(text, period.start) and gap.count(" ") <= 2:
        return cost                 # "versus a year-earlier loss of 4m"
    cost += 3 + 12 * is_base
    if _compared(lead[-40:]):       # "$1.31, compared with $1.12 a year earlier, on revenue of $4.5 billion"
        over = BREAK.search(gap) and OLD.search(lead) and not gap.startswith((", to ", " to "))
        return TOO_FAR if not is_base and (over or COMPARISON.match(text, period.start)) else cost + 25
    return cost


def _goes_back(tail: str) -> bool:
    """Whether one number leads to another in a clause: "4m to 5m"."""
    for clause in CLAUSES.split(tail):
        numbers = list(DIGITS.finditer(clause))
        if len(numbers) > 1 and TO.search(clause, numbers[0].end(), numbers[-1].start()):
            return True
    return False


def _compared(gap: str) -> bool:
    """Whether the period behind the gap, or a number before it, is what something is compared with."""
    for cue in COMPARED.finditer(gap):
        tail = gap[cue.end():]
        if NEXT_TO.fullmatch(tail) or DIGITS.search(tail) and not _goes_back(tail):
            return True
    return False


# ---- what the document reports on ------------------------------------------------------------------

COMPARISON = re.compile(r"(?i:(?:an? |one )|(?:same|prior|previous|last year|comparable|corresponding"
                        r"|by|since|past|trailing|year[ -](?:ago|earlier))\b)")
YEAR_END = re.compile(r"(?i:(?:quarter|months?|year|period|weeks?) (?:that |which )?end(?:ed|ing))")
QUARTER = re.compile(r"(?i:quarter|half|\bQ[1-4]|fiscal|months)(?<!few months)")
OPENING = 1500      # characters: the title and a few sentences
PART_OF_YEAR = re.compile(
    r"(?i:quarter|half|months|\bfiscal|\bQ[1-4]|[1-4]Q|[1-2]H|\bH[12]|full[ -]year|ended|\bFY)")


def reporting(text: str, periods: list[Period], published: date | None) -> Period | None:
    """The quarter, half or year that an earnings story reports on, else None.

    It is the first one of the opening that stands beside a word such as "results" or "revenue" and that
    was over when the story appeared. It may have no dates: "fiscal third quarter".
    """
    undated = None
    for period in periods:
        if undated and period.first and period.last and YEAR_END.search(text, period.start, period.end):
            return period       # "fiscal fourth quarter" was "the three months that ended Nov. 26"
        if period.start > OPENING:
            continue
        if period.kind == "time" or COMPARISON.match(text, period.start):
            continue
        if not REPORTED.search(text, max(0, period.start - 60), period.end + 60):
            continue
        if not period.first or not period.last:
            if QUARTER.search(text, period.start, period.end):
                undated = undated or period
            continue
        length = (period.last - period.first).days
        if undated or not 80 <= length <= 372 or published and period.last > published:
            continue
        if PART_OF_YEAR.search(text, period.start, period.end):
            return period
    return undated


# ---- the time of a claim ---------------------------------------------------------------------------

NEXT_OF_LIST = 60   # characters between two numbers of one list
BESIDE = 4          # words between a number and the time of a thing's property
FORETOLD = re.compile(r"(?i:\banalysts?\b|\bwall street\b|\bconsensus\b|\bestimates?\b"
                      r"|\bhad (?:expected|forecast|predicted|guided|projected|anticipated|been expect))")
FEW_DAYS = timedelta(days=3)
FROM_TO = re.compile(r"[^,;.0-9]{0,30} to [^,;.0-9]{0,20}[0-9]")        # "from 700 to 900 in April"
OWN_YEAR = frozenset(name for names in WORDS["fiscal_years"].values() for name in names)
MONTH_NAMED = re.compile("|".join(names[0] for names in WORDS["months"]) + "|(?i:calendar)")
MONTHS_TOLD = re.compile(rf"{YEAR_END.pattern}|(?i:\b(?:three|six|nine|twelve) months)")
FULL_YEAR = re.compile(r"(?i:(?:the |its )?(?:full[ -]|fiscal |whole )?year)$")
SCENE = 2           # sentences back in a paragraph that tells of one event
NOT_THEN = re.compile(r"\b(?:is|are|had|will|would)\b")
# "At least 12 people died"
SUBJECT_DID = re.compile(r"(?:(?!(?:are|is|be|has|have|will|can) )[^ ,;:]+ ){1,5}?"
                         rf"(?!{SAID}\b)(?:was|were|had|{PAST})\b")
# "That is 20% more": of what the sentence before told
RETOLD = re.compile(r"(?i:that|this|it)(?:['’]s| (?:is|was|means|meant|marks|marked|represents|represented|compares)) ")
LIST_LONG = 15      # lines
KEPT = 6            # sentences over which a text goes on speaking of one time
LASTING = re.compile(r"(?i:until|till|through)\b")      # what ends then is there already: "$5 off until May"
PAIR = re.compile(r" to [^ ]*[0-9][^ ]*")
NOW = re.compile(r" (?:now|currently)\b")        # "from 53% in 2013 to 33% now"
WORD_GAP = re.compile(r"[^,;:.()0-9]*")
OF_THING = re.compile(r"(?:['’]s)? (?:[\w-]+ ){0,2}?(?:model|models|version|edition|generation)\b|['’]s ")
SINCE = re.compile(r"(?i:(?:ever )?since\b|same\b)")
# "100 since its launch."
SINCE_THEN = re.compile(r"[^,;.0-9]{0,20}\bsince (?:its|their|the|then|his|her|it|they)\b[^0-9,;]*(?:[,;.]|$)")
YEAR_ITSELF = re.compile(r" (?:19|20)[0-9]{2}$")
SINCE_CLAUSE = re.compile(r"(?i:\bsince) (?:[\w'’-]+ ){1,8}?(?:(?:back )?(?:in|on) )?$")
YOY = re.compile(r"(?i:\b(?:year[- ]on[- ]year|year[- ]over[- ]year|yoy|y/y)\b)")
YEAR_ON_YEAR = re.compile(rf"(?:,?[^.;:,#0-9]{{0,40}}?)(?:{YOY.pattern})")
YEAR_BEFORE = re.compile(rf"{YOY.pattern},? (?:up |down )?from $")
LAST_YEAR = re.compile(r"(?i:last year|(?:the )?(?:previous|prior) year|(?:a|one) year (?:ago|earlier|before))")
ENDPOINT = re.compile(r"\b(?P<end>from|to) "
                      r"(?:(?:about|around|nearly|almost|over|more than|just|only|some|roughly|a|record) ){0,2}$")
FROM = re.compile(r"\bfrom [^,;:]{1,45}$")
YEAR_LONG = timedelta(days=372)
WEEK = timedelta(days=7)
SHORT_MONTH = timedelta(days=27)
# "5m, up from 4m", but not "4m, revised from 3m", "from an earlier estimate of 4m"
MOVED = re.compile(r"(?:\b(?:up|down|higher|lower)|\b(?!(?:19|20)[0-9]{2}\b)[0-9][^ ]{0,15}(?: [\w%-]+){0,4}),? $")
SAME_TIME = re.compile(r"\brevis(?:ed|es|ing|ion)\b")
ESTIMATE = re.compile(r"estimate|forecast|reading|prelim|expected")
OLDER, CLAUSE_ENDS = re.compile(r"versus|vs|against|compared"), re.compile(r"(?: (?:a|per) [a-z]+)?[,;.)](?![0-9])")
SEASON, HALF_YEAR = timedelta(days=80), timedelta(days=190)


@dataclass(slots=True)
class _Topic:
    """The time that a text was last told to speak of, and where."""
    index: int
    period: Period
    entity: Entity


class Clock:
    """The times of one document, asked claim by claim in text order."""

    def __init__(self, text: str, published: date | None, sentences: list[Sentence], periods: list[Period]):
        self.text, self.published, self.sentences, self.periods = text, published, sentences, periods
        self.topics: dict[tuple[str, bool], _Topic] = {}
        # The last change of a property that was dated; the subject of the first figure of business that was.
        self.moved: tuple[int, str, Period | None] = -1, "", None
        self.happened, self.happened_to = self.moved, 0     # the last property told of as over, and where it ends
        self.subject: Entity | None = None
        self.yearly = -2        # the last paragraph in which a figure was compared with that of the year before
        self.months_told: bool | None = None    # whether the text gives the months of a quarter
        self.dated: dict[int, Period] = {}      # sentences with a number that has a time, and the first such time

    def of(self, index: int, start: int, end: int, entity: Entity, metric: str, aspect: str,
           modality: str = "actual") -> Period | None:
        """The time of the number at start:end of the text, in the sentence of that index.

        A plan has one that is over only where the number is the old figure: "from 5m in 2024".
        """
        found = self._found(index, start, end, entity, metric, aspect, modality)
        if found is None and schema.metrics()[metric].family not in WORDS["timing"]["beside"]:
            found = self._of_lead(index)
        low = self.sentences[index].start
        if told_then(found, modality, self.published) and not (
                modality == "planned" and _is_base(self.text, low, start)
                or HAD_PLANNED.search(self.text, low, start)):
            return None
        if modality == "actual" and self.ahead(found) and _is_base(self.text, self.sentences[index].start, start) \
                and (found.first in (None, found.last) or FROM_TO.match(self.text, end)):
            return None             # "to 35% from 10% on May 1", "by 2030": that is when the new figure holds
        money = schema.metrics()[metric].family == "financials"
        return self._fiscal(found) if found and money and entity.name in OWN_YEAR else found

    def _fiscal(self, of: Period) -> Period:
        """A quarter of a company with a year of its own has no dates, where the text does not give the months."""
        words = self.text[of.start:of.end]
        label = usual_label(of.first, of.last) or ""
        if self.months_told is None:
            self.months_told = any(MONTHS_TOLD.search(self.text, p.start, p.end)
                                   for p in self.periods if p.first and p.last)
        if self.months_told or MONTH_NAMED.search(words) \
                or not ("Q" in label or "H" in label or FULL_YEAR.match(words)):
            return of
        return replace(of, first=None, last=None, label=words.lower())

    def _found(self, index: int, start: int, end: int, entity: Entity, metric: str, aspect: str,
               modality: str) -> Period | None:
        s, rules = self.sentences[index], WORDS["timing"]
        expected = modality in ("forecast", "planned")      # no fact
        found = nearest(self.text, self.periods, s.start, s.end, start, self.published, modality)
        if found and entity.kind == "company" and metric in rules["flows"] \
                and schema.metrics()[metric].family == "financials" and self._is_today(found):
            found = None                # "revenue fell 9% on Tuesday": that is when it was told
        if found and found.start < start and SINCE_THEN.match(self.text, end, s.end):
            return None
        if found and metric in rules["moving"] and self.text[found.start:found.end].lower().startswith("full"):
            found = None                # "shares fell 9% after it cut its full-year outlook"
        found = found and not NOW.match(self.text, end) and self._since(found, s.start, start) or None
        base = _is_base(self.text, s.start, start)
        if found and not expected and not base:
            self.dated.setdefault(index, found)
        family = schema.metrics()[metric].family
        if found and (family in rules["beside"] or metric in rules["beside_metrics"]):
            if aspect != "level":
                self.moved = index, metric, found
            elif self.moved[:2] == (index, metric) and not WHEN.match(self.text[found.end:start]) and not (
                    found.start >= end and self._beside(found, start, end, expected)):  # "up 10% on Tuesday to $105"
                found = self.moved[2]
            elif metric not in rules["lasting"] and self._happened(found, s.start, start, end):
                self.happened, self.happened_to = (index, metric, found), end
            elif (index, metric, found) == self.happened and start - self.happened_to <= NEXT_OF_LIST:
                self.happened_to = end      # "paid $5 for A and $7 for B in 2024"
            elif not self._beside(found, start, end, expected, metric in rules["lasting"]):
                return None
        elif family in rules["beside"] or metric in rules["beside_metrics"]:
            if aspect == "level":
                return self.moved[2] if self.moved[:2] == (index, metric) else None
            found = None if expected else self._of_scene(index, start, metric in rules["moving"])
            self.moved = index, metric, found
        # "Rents fell 1% in May. In Oslo they fell 2%": of what a place pays, not of what one thing costs
        monthly = metric == "price" and aspect == "change" and entity.kind in ("place", "market")
        flow = metric in rules["flows"] or monthly
        new = base and not expected and self._of_new(found, s, start, end)
        if new and not flow:
            return self._before_new(found, family)
        if not flow:
            found = found or (None if base or expected else self._of_scene(index, start, metric in rules["moving"]))
            return found and self._closed(self._endpoint(found, start), metric, aspect, modality)
        key = (family if family in ("financials", "market") else metric, expected)
        topic = self.topics.get(key)
        if base:
            main = topic.period if topic else self._of_title()
            if expected:
                return found        # an old forecast is of the time of the new one
            old = self._of_base(found and self._endpoint(found, start), main, s, start, end)
            if old is None and topic and index - topic.index <= KEPT and self._of_new(topic.period, s, start, end):
                return self._before_new(topic.period, family)
            return self._before_new(found, family) if new and old is found else old
        if found:
            found = self._endpoint(found, start)
            passing = monthly and found.first and found.last and found.last - found.first < SHORT_MONTH
            if self._is_topic(found) and not passing and not (topic and topic.index == index):
                self.topics[key] = _Topic(index, found, entity)
                if family == "financials" and self.subject is None:
                    self.subject = entity
            return self._closed(found, metric, aspect, modality)
        if expected and FORETOLD.search(self.text, s.start, s.end):
            key = key[0], False         # "Analysts had expected $4m": for the quarter that was reported
        kept = self._kept(index, start, key, entity)
        return kept or (None if expected or family == "financials" else self._of_scene(index, start))

    def _is_today(self, of: Period) -> bool:
        """Whether it is one of the last days before publication, too short for what a firm earns."""
        return of.first is not None and of.first == of.last and self.published is not None \
            and timedelta(0) <= self.published - of.first < WEEK

    def _since(self, found: Period, low: int, start: int) -> Period:
        """A time with the clause that it ends, "since its launch in 2021": from then on."""
        if found.end <= start and "," not in self.text[found.end:start]:
            return found            # "since it came out in May at $799"
        if WHEN.match(self.text[found.end:start]) and SINCE.match(self.text, found.start) and found.first:
            whole = YEAR_ITSELF.search(self.text, found.start, found.end)       # "the most since 1992, when it sold 5m"
            return replace(found, last=shift(found.first, 12) - timedelta(days=1)) if whole else found
        clause = SINCE_CLAUSE.search(self.text, max(low, found.start - 70), found.start)
        return replace(found, start=clause.start(), last=None) if clause else found

    def ahead(self, of: Period | None) -> bool:
        """Whether a time lies wholly in the future, or runs until a day in it."""
        if of is None or self.published is None:
            return False
        if of.first == self.published and of.last and not usual_label(of.first, of.last):
            return of.last > of.first       # "over the next three years"
        if of.first:
            return of.first > self.published
        return of.last is not None and of.last > self.published and not LASTING.match(self.text, of.start)

    def _is_topic(self, found: Period) -> bool:
        """Whether a text may go on with a time: not with what is only compared with, nor with many years."""
        compared = COMPARISON.match(self.text, found.start)
        return bool(found.first and found.last and found.last - found.first <= YEAR_LONG
                    and (compared is None or compared[0].lower() == "last year")
                    and not _only_then(self.text, found))

    def _beside(self, found: Period, start: int, end: int, expected: bool, lasting: bool = False) -> bool:
        """Whether a time stands so near to a number that it dates a property; "2024 models" do not."""
        if OF_THING.match(self.text, found.end):
            return False
        still = found.end <= start and not lasting and found.last and self.published and found.last > self.published
        if expected and (self.ahead(found) or still):
            return True
        gap = self.text[end:found.start] if found.start >= end else self.text[found.end:start]
        if gap.startswith(",") and self.text.startswith("as of", found.start):      # "past $90, as of Wednesday"
            gap = gap[1:]
        if found.start >= end and (pair := PAIR.match(gap)):        # "from $40 to $35 in 2024"
            gap = gap[pair.end():]
        if found.end <= start and WHEN.match(gap):
            return True
        return gap.count(" ") <= BESIDE + 1 - lasting and WORD_GAP.fullmatch(gap) is not None

    def _happened(self, found: Period, low: int, start: int, end: int) -> bool:
        """Whether a verb right before a number tells of what is over, so that the time of its sentence is its own."""
        verb = _is_over(found, self.published) and HAPPENED.search(self.text, max(low, start - 60), start)
        when = THIS.match(self.text, found.start) or AT_TIME.search(self.text, max(low, found.start - 20), found.start)
        return bool(verb and when) and "-" not in self.text[start:end] and not OF_THING.match(self.text, found.end)

    def _kept(self, index: int, start: int, key: tuple[str, bool], entity: Entity) -> Period | None:
        """The time of the sentences before, for the same measure and subject; else the one reported on."""
        money = key[0] == "financials"
        topic = self.topics.get(key) or (None if money else self._of_results(key[1], entity))
        if topic and index - topic.index <= KEPT and (not money or _same(topic.entity, entity)):
            return not key[1] and self._opened_since(topic.index, index) or topic.period
        of_story = money if self.subject is None else _same(self.subject, entity)
        if of_story and not key[1]:
            whole = reporting(self.text, self.periods, self.published)
            if whole and whole.start < start:
                return whole
        return None if money else self._of_title()

    def _opened_since(self, topic: int, index: int) -> Period | None:
        """The time with which a sentence of the paragraph begins, told since the topic: "August saw new models." """
        paragraph = self.sentences[index].paragraph
        for i in range(index - 1, topic, -1):
            if self.sentences[i].paragraph != paragraph:
                return None
            low, times = self.sentences[i].start, self._within(i)
            if len(times) == 1 and self.text.count(" ", low, times[0].start) <= 1:
                time = times[0]
                told = self._is_topic(time) and _is_over(time, self.published) and time.last - time.first > FEW_DAYS
                return time if told and not _of_saying(self.text, time, low, self.sentences[i].end) else None
        return None

    def _of_results(self, expected: bool, entity: Entity) -> _Topic | None:
        """The time of the results that a text tells of a firm, for what it sold."""
        topic = self.topics.get(("financials", expected))
        return topic if topic and _same(topic.entity, entity) else None

    def _of_scene(self, index: int, start: int, moving: bool = False) -> Period | None:
        """The time of what a paragraph tells, for a sentence without one that goes on telling it.

        "On Friday the dam broke. Some 40 people drowned." The sentence must speak of the past, or of
        what was said before ("That is 20% more"); the time must open the one before, or date its numbers.
        What moves from day to day takes at most a month, and also the day of publication, on which most else
        is only told.
        """
        s = self.sentences[index]
        if index == 0 or self.sentences[index - 1].paragraph != s.paragraph:
            return None
        low = max(s.start, start - 200)
        verbs = list(TENSE.finditer(self.text, low, start))
        opens = self.text.count(" ", s.start, start) <= LEADING and SUBJECT_DID.match(self.text, start)
        told = opens or verbs and verbs[0].start() > s.start and not verbs[-1]["present"] \
                and not NOT_THEN.search(self.text, low, start)
        if not (told or RETOLD.match(self.text, s.start)):
            return None
        if any(p.first or p.last for p in self._within(index) if not COMPARED.search(self.text, start, p.start)):
            return None
        for i in range(index - 1, max(-1, index - 1 - SCENE), -1):
            if self.sentences[i].paragraph != s.paragraph:
                return None
            low, high = self.sentences[i].start, self.sentences[i].end
            times = [p for p in self._within(i) if not _of_saying(self.text, p, low, high)
                     and not COMPARISON.match(self.text, p.start) and not _of_text(self.text, p, low)]
            first = self.dated.get(i)
            if len(times) > 1 and not (first and first.first and first.last and first.last - first.first < SEASON_LONG):
                return None
            if times:
                time = times[0] if len(times) == 1 else first
                if ASIDE_BEFORE.search(self.text[low:time.start]):
                    return None
                leads = self.text.count(" ", low, time.start) <= 2
                day = time.first and time.last and time.last - time.first <= FEW_DAYS
                past = _is_over(time, self.published) or moving and time.first == time.last == self.published
                brief = not moving or self._is_topic(time) and time.last - time.first <= MOMENT
                scene = (leads or day or i in self.dated) and self._is_topic(time) and past and brief
                return time if scene else None
        return None

    def _within(self, index: int) -> list[Period]:
        s = self.sentences[index]
        low = bisect_left(self.periods, s.start, key=lambda p: p.start)
        here = self.periods[low:bisect_left(self.periods, s.end, key=lambda p: p.start)]
        return [p for p in here if p.kind != "time"
                and not RECORD.search(self.text, max(s.start, p.start - 40), p.start + 8)]

    def _of_lead(self, index: int) -> Period | None:
        """The one time of the heading or lead-in line above the lines of a list: "Deliveries in May 2024:"."""
        if self.sentences[index].kind not in ("line", "bullet") or self._within(index):
            return None
        above = index
        while above > 0 and index - above < LIST_LONG and self.sentences[above].kind in ("line", "bullet"):
            above -= 1
        s = self.sentences[above]
        if s.kind != "heading" and not self.text.endswith(":", s.start, s.end):
            return None
        times = self._within(above)
        return times[0] if len(times) == 1 and (times[0].first or times[0].last) else None

    def _of_title(self) -> Period | None:
        """The month or quarter in the title of a report on a market: "May 2024: electric cars in Norway"."""
        for period in self.periods:
            if not self.sentences or period.start >= self.sentences[0].end:
                break
            dated = period.first and period.last and not self.ahead(period)
            if dated and 27 <= (period.last - period.first).days <= 190:
                return period
        return None

    def _endpoint(self, found: Period, start: int) -> Period:
        """One end of "from 2018 to 2023" for one end of "from $5 to $66": the first or last year of it."""
        if not found.first or not found.last or found.last - found.first <= YEAR_LONG or found.first.day != 1:
            return found
        side = ENDPOINT.search(self.text, max(0, start - 40), start)
        if side is None:
            return found
        if side["end"] == "to" and not FROM.search(self.text, max(0, side.start() - 60), side.start()):
            return found
        first = found.first if side["end"] == "from" else shift(found.last + timedelta(days=1), -12)
        last = shift(first, 12) - timedelta(days=1)
        return replace(found, first=first, last=last, label=usual_label(first, last) or found.label)

    def _of_base(self, found: Period | None, topic: Period | None, s: Sentence, start: int,
                 end: int) -> Period | None:
        """The time of what a figure is compared with, which is not that of the figure.

        "Up from 16% year on year" is a year before; so is "$27 billion last year" in a report on a quarter.
        """
        of_figure = found if found and found.end <= start else topic
        yearly = (YEAR_ON_YEAR.match(self.text, end, s.end)
                  or YEAR_BEFORE.search(self.text, max(0, start - 40), start)
                  or COMPARING.match(self.text, s.start, start) and YOY.search(self.text, s.start, s.end))
        if of_figure and yearly:
            self.yearly = s.paragraph
            return self._year_before(of_figure, of_figure)
        shared = found is None or topic is not None and (found.first, found.last) == (topic.first, topic.last)
        if of_figure and shared and s.paragraph - 1 <= self.yearly <= s.paragraph:
            return self._year_before(of_figure, of_figure)      # "grew from 12%", as what was compared before it
        if found and LAST_YEAR.fullmatch(self.text, found.start, found.end):
            self.yearly = s.paragraph
        part = topic and topic.first and topic.last and topic.last - topic.first < timedelta(days=300)
        year_before = part and found and usual_label(found.first, found.last) == str(topic.first.year - 1)
        if found and part and (year_before or LAST_YEAR.fullmatch(self.text, found.start, found.end)):
            return self._year_before(found, topic)
        return found

    def _of_new(self, found: Period | None, s: Sentence, start: int, end: int) -> bool:
        """Whether a time dates the new figure alone: "4m in May, up from 3m", not "4m of men against 3m of women"."""
        base = _base(self.text, s.start, start)
        if base is None or found is None or SAME_TIME.search(self.text, s.start, base.start()) \
                or ESTIMATE.search(base[0]):
            return False
        moved = base[0].lower().startswith("from") and (MOVED.search(self.text, s.start, base.start())
                                                        or FROM_TO.match(self.text, end))
        old = moved or OLDER.match(base[0]) and CLAUSE_ENDS.match(self.text, end)
        return bool(found.first and found.last and old and found.end <= base.start()
                    and not self.ahead(found) and not COMPARISON.match(self.text, found.start))

    def _before_new(self, found: Period, family: str) -> Period | None:
        """The time of the old figure beside a new one: the year before it, or where years are not compared, none."""
        length = found.last - found.first
        yearly = HALF_YEAR < length <= YEAR_LONG or family == "financials" and SEASON <= length <= YEAR_LONG
        return self._year_before(found, found) if yearly else None

    def _year_before(self, found: Period, topic: Period) -> Period:
        if not topic.first or not topic.last:
            return found
        first, last = shift(topic.first, -12), shift(topic.last, -12)
        return replace(found, first=first, last=last, label=usual_label(first, last) or found.label)

    def _closed(self, found: Period, metric: str, aspect: str, modality: str) -> Period:
        """What moved or added up since a day did so until the day of publication."""
        told = modality in ("actual", "estimate")
        if not told or self.published is None or not found.first or found.first > self.published:
            return found
        rules = WORDS["timing"]
        since = found.last is None and SINCE.match(self.text, found.start)
        if since and (aspect != "level" or metric in rules["totals"] or metric in rules["flows"]):
            return replace(found, last=self.published)
        moves = aspect != "level" and metric in rules["moving"] and found.first < self.published
        if moves and found.last and found.last > self.published and found.last - found.first < YEAR_LONG:
            return replace(found, last=self.published, label=self.text[found.start:found.end].lower())
        return found


def _same(one: Entity, two: Entity) -> bool:
    """Whether two subjects are one, or one is a product or part of the other."""
    return one.entity_id == two.entity_id or one.entity_id == two.maker_id or one.maker_id == two.entity_id
