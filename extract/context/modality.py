"""How sure a number is (modality): actual, forecast, planned, estimate or hypothetical, by the words around it.

Words: `schemas/words/stance.toml`.

>>> text = "Norvik expects revenue of $5 million, according to Brightwell."
>>> modality(text, 26, 36)
'forecast'
>>> modality("Revenue was $5 million, better than expected.", 12, 22)
'actual'
"""
import re
from collections.abc import Callable
from functools import cache

from .. import schema
from ..grammar.lexicon import inflect, past_forms
from ..model import Stance
from ..pattern import any_of, holding

# ---- by the metric -------------------------------------------------------------------------------

# What somebody is, whatever is planned for him
AGED, YEARS_OLD = re.compile(r"\baged $|[A-Z][a-z]+, $"), re.compile(r"[- ]years?[- ]old\b")
ANALYSTS = re.compile(r"(?i)\b(?:analysts?|consensus|wall street)\b")
IF = re.compile(r"\b(?i:if|unless|were to|hypothetically|had (?:it|they|he|she|the))\b|\bHad (?=[A-Z])")


def modality(text: str, start: int, end: int, metric: str = "") -> str:
    """How sure the number at start:end of a sentence is, by its words."""
    data = schema.words("stance")["modality"]
    if metric in data["always"]:
        return data["always"][metric]
    if metric == "age" and (AGED.search(text, 0, start) or YEARS_OLD.match(text, end)):
        return "actual"             # "a man aged 34 will appear in court"
    found = _cued(text, start, end, metric)
    family = schema.metrics()[metric].family if metric else ""
    if found == "estimate" and metric in data["consensus"] and ANALYSTS.search(text):
        return "forecast"           # "Analysts had estimated sales of $3bn": what they looked for
    if found == "pledge":           # what a product promises is what it does
        return "actual" if family in data["of_things"] else "planned"
    if found == "should":
        return "estimate" if family in data["of_things"] else "forecast"
    if found == "set":              # "profits are set to be 15% lower"
        return "forecast" if family in data["flowing"] or metric == "growth" else "planned"
    if found == "would" and IF.search(text):
        return "hypothetical"
    if found == "would" and family in data["of_things"] and metric not in data["decisions"]:
        return "estimate"           # "by the other test that would be 200 km"
    if found not in ("promise", "will", "would"):
        return found
    if found != "promise" and metric in data["decisions"]:
        return "planned"
    flows = family in data["flowing"] or metric in data["flowing_metrics"]
    if metric in data["promised"] or found != "promise" and family in data["decided"] and not flows:
        return "planned"
    return "forecast" if found == "would" or found == "will" and flows else "actual"


def in_future(said: Stance, metric: str) -> Stance:
    """The stance of a claim whose time lies ahead: what is told as a fact is a plan or a forecast."""
    data = schema.words("stance")["modality"]
    if said.modality not in ("actual", "estimate") or metric in data["always"]:
        return said
    if said.modality == "estimate":     # "is estimated to reach 82 million tonnes by 2030"
        return Stance("forecast", said.attribution)
    flows = metric in data["flowing_metrics"] or (
        schema.metrics()[metric].family in data["flowing"] and metric not in (*data["promised"], *data["decisions"]))
    return Stance("forecast" if flows else "planned", said.attribution)


# ---- by the words around -------------------------------------------------------------------------

REACH = 300         # characters before the number within which a cue of modality counts
AFTER = 60          # and after it
EXPECTED = ("forecast", "planned", "hypothetical")
WEAK = ("promise", "will", "would", "actual")      # what stands behind the number says more


@cache
def _behind() -> re.Pattern:
    """What may stand behind a number that is no fact: "$46bn that analysts expected", "$2tn target"."""
    data = schema.words("stance")["behind"]
    who = rf"(?:(?:{any_of(data['between'])}|[A-Z][\w&.'’-]+) ){{0,5}}"
    said = "|".join(rf"(?P<{name}>{any_of(data[name])})" for name in ("forecast", "planned", "estimate"))
    noun = rf"(?:(?!{any_of(data['not_noun'])}\b)[a-z-]+(?<!ed)(?<!ing),? ){{0,2}}"  # "5% decline", "annual output"
    when = r"(?:in (?:(?!(?:and|but)\b)\w+ ){1,4})?"
    return re.compile(rf"[\w%-]*(?: \([^()]{{1,25}}\))?,? {when}{noun}{who}(?:{said})(?!\w)")


@cache
def _of_subject() -> re.Pattern:
    """The verb of a number that is the subject: "Some 40% of jobs could go"."""
    data = schema.words("stance")["subject"]
    said = "|".join(rf"(?P<{name}>{any_of(data[name])})" for name in ("will", "forecast", "planned"))
    modals = any_of(word for words in data.values() for word in words)
    return re.compile(rf"(?!, {modals}\b)(?:,? (?!(?:and|but|while|who|which|that|says?|said|told|has|had|is|"
                      rf"was)\b)[\w'’-]+){{0,6}}?,? (?:{said})\b")


# "the 500 stores that it means to close"
THAT_PLANS = re.compile(r"(?: [a-z-]+){1,3}(?: that| which)? (?:it|they|he|she|we|the [a-z]+) (?:(?:has|have|had) )?"
                        r"(?:mean|plan|intend|aim|want|hope|pledge|promise)[a-z]* to\b")
# "sell 20 in 2027, up from the 12 it delivered"
IT_DID = re.compile(r"(?: (?!(?:and|but|when|while|as|if|after|before)\b)[a-z-]+){0,3}?(?: that| which)? "
                    r"(?:it|they|he|she|we) (?:had |has |have )?(?!are\b|were\b)"
                    rf"(?!(?:expect|forecast|project|predict|plan|aim|want|need|promis|pledg|target|hop|intend|estimat|seek|"
                    rf"sought|had|said|thought)[a-z]*\b)(?:[a-z]{{2,}}ed|{any_of(past_forms())})\b")
# "adding to the 40 already in use", "to beat last year's 4m"
THERE = re.compile(r" (?:[a-z-]+ )?already (?:in|on|at|there|built|installed|running|operating|open|sold)\b")
OF_LAST = re.compile(r"\blast [a-z]+['’]s (?:[a-z-]+ ){0,3}$")
# In front of a number that opens its clause: "it warned that as many as"
OPENS = re.compile(r"\W*(?:[\w'’.-]+ ){0,3}|.*(?:\b(?:that|said|while|and|but) |[,;:] )\W*(?:[\w'’.-]+ ){0,3}",
                   re.DOTALL)
# "used on 40% of desks, will get": no subject
OF_ASIDE = re.compile(r"\W*(?:which|who|that) [a-z]")      # "Norvik, which owns 1%, may sell"
OBLIQUE = re.compile(r"\b(?:on|of|in|by|for|with|worth) (?:an? )?$")
# A clause of its own, which the sentence goes on behind
INSERTED = re.compile(r" [-–—] [^-–—]{3,150} [-–—] |\([^()]{3,150}\)"
                      r"|, (?:which|who|whose|where) (?:[^,;:.]|[,.](?=[0-9])){3,120},"
                      rf"(?= (?:[a-z]+(?:ed|s)|will|would|could|may|can|have|{any_of(past_forms())}) )")
AIM = re.compile(r"\b(?:(?:earlier|previous|prior|initial) range"
                 r"|(?:forecast|outlook|guidance|goal|target|estimate|projection|expectation|prediction)s?)\b")

# Told of a forecast: "down from an earlier $5bn", what had been forecast before
EARLIER_ONE = re.compile(r"\b(?:an?|the|its|their) (?:earlier|previous|prior|original|initial|former) "
                         r"(?:(?:about|around|roughly|nearly|almost|over|up to|more than|at least) )?$")


def _cued(text: str, start: int, end: int, metric: str = "") -> str:
    """What the cues around a number say: a modality, or "promise" or "will", which depend on the metric."""
    low = max(0, start - REACH)
    text = text[:low] + INSERTED.sub(lambda aside: " " * len(aside[0]), text[low:start]) + text[start:]
    low = _clause_start(text, low, start, end)
    behind = metric != "duration" and _behind().match(text, end, end + AFTER)      # "a five-year contract" runs
    if " from " in text[low:start] and _is_old_figure(text, low, start, end) and not (
            AIM.search(text, low, start) or EARLIER_ONE.search(text, low, start)):
        return behind.lastgroup if behind and not text.startswith(",", end) else "actual"
    found = _in_front(text, low, start)
    if found and (IT_DID.match(text, end) or THERE.match(text, end)
                  or OF_LAST.search(text, low, start) and not AIM.search(text, low, start)):
        return "actual"
    if found and not (behind and found in WEAK) and (behind or not is_given(text, low, start, end, metric)):
        return found
    if behind:
        return behind.lastgroup
    if THAT_PLANS.match(text, end):
        return "planned"
    modal = _of_subject().match(text, end, end + AFTER)
    is_subject = modal and OPENS.fullmatch(text, low, start) and not OBLIQUE.search(text, low, start) \
        and not OF_ASIDE.match(text, low, start)
    return modal.lastgroup if is_subject else "actual"


# "from only 700 now to 7,000", told of what is planned: the old figure is a fact
FROM_TO = re.compile(r"(?: in (?:19|20)[0-9]{2}|[^,;.0-9]{0,30}) to [^,;.0-9]{0,20}[0-9]")
FROM_OLD = re.compile(r" from (?:(?:just|only|about|around|nearly|roughly|almost|over|more than|fewer than|less than|"
                      r"some|the|a|an|current|currently|today['’]s|"
                      r"(?:previous|prior|last) (?:year|quarter|month)['’]s) )*$")
NEW_FIGURE = re.compile(r"\b(?:to|at) ")


def _is_old_figure(text: str, low: int, start: int, end: int) -> bool:
    """Whether the number at start:end is what another one was: "to 7,000 from 700", "from 700 to 7,000"."""
    old = FROM_OLD.search(text, low, start)
    if old is None:
        return False
    if FROM_TO.match(text, end):
        return True
    clause = re.split("[,;]", text[low:old.start()])[-1]
    new = NEW_FIGURE.search(clause)
    return text[old.start() - 1] == "," or new is not None and any(map(str.isdigit, clause[new.end():]))


# What is spoken of as known is there already, whatever is planned for it: "will sell its 25% stake".
GIVEN = re.compile(r"(?:\b(?i:its|their|his|her|our|my|whose|the)|\w['’]s|s['’]) "
                   r"(?:(?:existing|current|own|combined|remaining|other|total|entire|roughly|about|nearly|some|"
                   r"more than) ){0,2}$")
HAD = re.compile(r"\b(?:its|their|his|her|our|whose|the) (?:[\w-]+ ){0,2}(?:staff|workforce|payroll|headcount|fleet|"
                 r"population|membership|debts?|backlog) of (?:[a-z]+ ){0,2}$")
# "10 of its 27 plants"
NOUN = re.compile(r"[0-9][- ](?!million|billion|trillion|per|hundred|thousand|dozen|euro|yen|yuan|pound|dollar|rupee|"
                  r"won\b)[A-Za-z]{4,}$")
GIVEN_REACH = 60        # characters; no match is longer
CURRENT = re.compile(r"\b(?:current|existing|present) $")
THING = re.compile(r"[ -](?!(?:that|which|who|it|they|he|she|we|mark|milestone|level|threshold|figure|in|of|by|to|for|"
                   r"from|and|or|on|at|a|an|per|as|more|less|higher|lower|each|over|if|when|with|range|increase|rise|"
                   r"cut)\b)[A-Za-z]")
CUT = ("layoffs", "fine", "deal_value")     # known, but still to come: "will complete its $4bn purchase"


def is_given(text: str, low: int, start: int, end: int, metric: str) -> bool:
    """Whether the number at start:end is spoken of as known: "will ballot its 410 members next week"."""
    low = max(low, start - GIVEN_REACH)
    if HAD.search(text, low, start):
        return True                     # "will cut 7% of its staff of 42,600"
    return metric not in CUT and GIVEN.search(text, low, start) is not None and bool(
        NOUN.search(text, start, end) or THING.match(text, end) or CURRENT.search(text, low, start))


# ---- the clause of the number --------------------------------------------------------------------

@cache
def _breaks() -> re.Pattern:
    return re.compile(any_of(schema.words("stance")["clause"]["breaks"]))


@cache
def _verb() -> re.Pattern:
    """A verb makes a clause of what stands behind a semicolon; without one it is an item of a list."""
    return re.compile(rf"\b(?:{any_of(schema.words('stance')['clause']['verbs'])}"
                      rf"|(?<!; )(?<!and )(?:[a-z]{{3,}}ed|{any_of(past_forms())}))\b")


# "expects $5, against $4 previously"
BEFORE_THAT = ("against", "compared", "versus", "up", "down")
PREVIOUSLY = re.compile(r",? (?:previously|earlier|before)\b(?! (?:the|a|it)\b)")
# What a clause in front of the main one plans: "As it plans to move, Norvik sold"
BEFORE_MAIN = re.compile(r"(?:As|While|When|After|Although|Though|Because|Since|Despite|Before|"
                         r"Once) [^,;]{5,}, (?=[^0-9]{8})")
# "expected to rise above 3%" and "a price below $4" compare nothing, "a profit of $5 a share, above the $4" does
REACHED = (" above ", " below ")
OUTDONE = re.compile(r"[0-9][^ ]{0,12}(?: (?:million|billion|trillion|per ?cent|cents|points|an?|per|share|barrel|"
                     r"tonne))*,?$|,$|\band (?:well|far|just|slightly)$")
PART = re.compile(r" (?:includ|compris)")     # "expects $60m, which includes $8m": still expected
# "expects Norvik Inc. to report"
NO_STOP = re.compile(r"\b(Inc|Corp|Co|Ltd|Cos|Bros|Mr|Ms|Mrs|Dr|St|vs|U\.[SK](?=\. [a-z]))\.(?= )")
ABBREVIATION = re.compile(r"\b(?i:est|approx)\.$")


def _clause_start(text: str, low: int, start: int, end: int) -> int:
    """Where the clause of the number at start:end begins, from `low` on."""
    before_that = PREVIOUSLY.match(text, end) or EARLIER_ONE.search(text, low, start)
    opening = BEFORE_MAIN.match(text, low, start)
    for stop in reversed(list(_breaks().finditer(NO_STOP.sub(r"\1 ", text[low:start]).lower()))):
        if _divides(text, low, start, stop, before_that is not None):
            low += stop.start() + 1
            break
    if opening:
        low = max(low, opening.end())
    bracket = text.rfind("(", low, start)
    if bracket > text.rfind(")", low, start) and _verb().search(text, bracket, start):
        return bracket + 1              # "they could do so (it now holds 50%)"
    return low


def _divides(text: str, low: int, start: int, stop: re.Match, before_that: bool) -> bool:
    """Whether what may stand between two clauses does: not in "expects $5, against $4 previously"."""
    word, first, last = stop.group(), low + stop.start(), low + stop.end()
    if before_that and word.strip(", ").split(" ")[0] in BEFORE_THAT:
        return False
    if word == ";" and not _verb().search(text, last, start):
        return False
    if word == " following " and text.endswith(" the", low, first):
        return False
    if word in REACHED and not OUTDONE.search(text, low, first):
        return False
    return not (ABBREVIATION.search(text, low, first + 1) or PART.match(text, last))


# ---- the cues in front of it ---------------------------------------------------------------------

@cache
def _cues() -> tuple[re.Pattern, dict[str, str]]:
    """A pattern of every cue, and what each means; "promise" and "will" depend on the metric."""
    data, meaning = schema.words("stance")["modality"], {}
    for name, lists in data.items():
        if isinstance(lists, dict) and "words" in lists:
            meaning |= {form: name for verb in lists["verbs"] for form in inflect(verb)}
            meaning |= dict.fromkeys(lists["words"], name)
    for name in ("promise", "pledge"):
        meaning |= {form: name for verb in data[name] for form in inflect(verb)}
    meaning |= dict.fromkeys(data["should"], "should")
    meaning |= dict.fromkeys(data["will"], "will") | {"set to": "set", "would": "would", "would have to": "would"}
    return re.compile(any_of(meaning, behind=r"[\w-]") + r"(?![\w-])"), meaning


@cache
def _hedging() -> Callable[[str], bool]:
    return holding(_cues()[1])


# "it is estimated that sales will be", "it announced that it would cut"
SURER = {"estimate": "forecast", "promise": "planned"}
IS_TO = ("is to reach", "is to hit", "is to grow", "are to reach")    # "its target is to hit": still a target
NEAR = 60           # characters within which a weak cue speaks for the number


def _in_front(text: str, low: int, start: int) -> str | None:
    """What the cues of the clause in front of the number say together: "forecasts that sales will be" stays a
    forecast."""
    before = text[low:start].lower()
    if not _hedging()(before):
        return None
    pattern, meaning = _cues()
    found, last = None, 0
    for cue in pattern.finditer(before):
        if not _counts(text, low + cue.start(), low + cue.end(), start):
            continue
        told = meaning[cue.group()]
        if told == "promise" and found in EXPECTED \
                or (told == "estimate" or told == "actual" and cue.group().endswith("ing")) and found == "forecast" \
                and cue.start() - last < NEAR:
            continue                # "is expected to unveil", "we expect it to sell probably", "to beat it by posting"
        later = told in ("will", "would") or cue.group() in IS_TO
        if later and found in SURER:
            found = SURER[found]
        elif not (later and found in EXPECTED):
            found = told
        last = cue.end()
    return found


AIM_LAST = re.compile(rf"(?:{AIM.pattern}|\bconsensus)$")
MODIFIES = re.compile(r" (?:market|audience|customer|group|platform|practice)s?\b")
OFTEN = re.compile(r" (?:often|usually|typically|sometimes|always|normally|generally)\b")
POLITE = re.compile(r" (?:say|like|love|prefer|recommend|rather|argue|guess|think)\b")
POSTPOSED = re.compile(r"[0-9][^ ]{0,12}(?: (?:per cent|[a-z]{2,9}))? $")
ENDED = re.compile(r"[;,.)](?![0-9])| (?:by|in|for)\b(?![^;,.]*[0-9])")
PERHAPS, NEXT = ("likely", "probably", "presumably"), 30      # "likely cost it $5m"
# "beat its targets, selling 500", but "beat its target of 500"
ACHIEVED = re.compile(r"\b(?:beat|beats|beating|met|meets|meeting|miss|misses|missed|missing|topped|topping|exceeded|"
                      r"exceeding|surpassed|hit|hits|reached|"
                      r"in line with|short of) (?:(?!to\b|that\b|which\b|and\b)[\w’'-]+ ){0,4}$")
OF_AIM = re.compile(r" (?:[\w-]+ ){0,3}(?:of|for|at) (?:(?:just|about|around|only|nearly|over|under|a|an|the) )*$")


@cache
def _sold() -> re.Pattern:
    """In front of "plans": "its subscription plans range from $20"."""
    return re.compile(rf"\b{any_of(schema.words('stance')['modality']['plans_sold'])} $")


SOLD = re.compile(r" (?:costs?|starts?|includes?|offers?|comes?|gives?|allows?) ")     # "the Pro plan costs $20"
# "analysts project sales of"; any other "project" is a thing
NAMED = re.compile(r"\b(?!(?:The|A|An|This|That|Its|Their|Our|His|Her|Each|One) )[A-Z][\w&.'’-]* $")
AGENT = re.compile(r"\b(?i:[a-z]+ists|analysts?|experts?|officials|executives|researchers|company|firm|bank|agency"
                   r"|government|they|it|she|he|we|who|which|that|also|now|and|to|is|are|was|were|as|had|has|have) $")


def _counts(text: str, first: int, last: int, start: int) -> bool:
    """Whether the word of modality at first:last of the text is one, and reaches the number at start."""
    word = text[first:last]
    if word in schema.words("stance")["modality"]["names"]:
        return False
    if word.startswith("project") and not word.endswith("ing"):
        named = word != "project" and NAMED.search(text, 0, first)      # "the Norvik project" is a thing
        return bool(named or AGENT.search(text, 0, first))
    if AIM_LAST.search(word) and ACHIEVED.search(text, max(0, first - 50), first) \
            and not OF_AIM.match(text, last, start):
        return False
    if MODIFIES.match(text, last) and AIM.search(word):
        return False                                                    # "fined a prediction market $5m"
    if word.endswith(("will", "’ll", "'ll")) and OFTEN.match(text, last):
        return False
    if word in ("plan", "plans"):
        return not _sold().search(text, max(0, first - 20), first) and not SOLD.match(text, last)
    if POSTPOSED.search(text, max(0, first - 40), first) and ENDED.match(text, last):
        return False                                                    # "sales of $5m expected; costs of $4m"
    if word in PERHAPS:
        return start - last <= NEXT
    far = start - last > NEAR and _verb().search(text, last, start)
    return not word.startswith("would") or not far and not POLITE.match(text, last)
