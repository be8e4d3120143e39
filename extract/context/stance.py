"""How sure a statement is (modality), and who says so (attribution). Words: `schemas/words/stance.toml`.

>>> text = "Norvik expects revenue of $5 million, according to Brightwell."
>>> modality(text, 26, 36)
'forecast'
>>> modality("Revenue was $5 million, better than expected.", 12, 22)
'actual'
"""
import re
from bisect import bisect_left
from collections.abc import Callable
from functools import cache

from .. import schema
from ..grammar.lexicon import inflect, past_forms
from ..model import Entity, Name, Sentence, Stance
from ..pattern import any_of, holding

REACH = 300         # characters before the number within which a cue of modality counts
AFTER = 60          # and after it


# ---- how sure --------------------------------------------------------------------------------------

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


@cache
def _breaks() -> re.Pattern:
    return re.compile(any_of(schema.words("stance")["clause"]["breaks"]))


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


@cache
def _main_plans() -> re.Pattern:
    """The main clause behind a number of an opening phrase: ", Norvik plans to"."""
    data = schema.words("stance")["modality"]
    said = "|".join(rf"(?P<{name}>{any_of(f'{verb}s to' for verb in data[name]['verbs'])})"
                    for name in ("forecast", "planned"))
    return re.compile(rf"[^,;:.]{{0,60}}, (?!and |or |but )(?:[\w&.'’-]+ ){{1,4}}(?:{said})\b")


@cache
def _verb() -> re.Pattern:
    """A verb makes a clause of what stands behind a semicolon; without one it is an item of a list."""
    return re.compile(rf"\b(?:{any_of(schema.words('stance')['clause']['verbs'])}"
                      rf"|(?<!; )(?<!and )(?:[a-z]{{3,}}ed|{any_of(past_forms())}))\b")


# "the 500 stores that it means to close"
THAT_PLANS = re.compile(r"(?: [a-z-]+){1,3}(?: that| which)? (?:it|they|he|she|we|the [a-z]+) (?:(?:has|have|had) )?"
                        r"(?:mean|plan|intend|aim|want|hope|pledge|promise)[a-z]* to\b")
# "expects $5, against $4 previously"
BEFORE_THAT = ("against", "compared", "versus", "up", "down")
PREVIOUSLY = re.compile(r",? (?:previously|earlier|before)\b(?! (?:the|a|it)\b)")
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

# What somebody is, whatever is planned for him
AGED, YEARS_OLD = re.compile(r"\baged $|[A-Z][a-z]+, $"), re.compile(r"[- ]years?[- ]old\b")

# "used on 40% of desks, will get": no subject
OF_ASIDE = re.compile(r"\W*(?:which|who|that) [a-z]")      # "Norvik, which owns 1%, may sell"
OBLIQUE = re.compile(r"\b(?:on|of|in|by|for|with|worth) (?:an? )?$")


def modality(text: str, start: int, end: int, metric: str = "") -> str:
    """How sure the number at start:end of a sentence is, by its words."""
    data = schema.words("stance")["modality"]
    if metric in data["always"]:
        return data["always"][metric]
    if metric == "age" and (AGED.search(text, 0, start) or YEARS_OLD.match(text, end)):
        return "actual"             # "a man aged 34 will appear in court"
    found = _cued(text, start, end, metric)
    family = schema.metrics()[metric].family if metric else ""
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
# A clause of its own, which the sentence goes on behind
INSERTED = re.compile(r" [-–—] [^-–—]{3,150} [-–—] |\([^()]{3,150}\)"
                      r"|, (?:which|who|whose|where) (?:[^,;:.]|[,.](?=[0-9])){3,120},"
                      rf"(?= (?:[a-z]+(?:ed|s)|will|would|could|may|can|have|{any_of(past_forms())}) )")
CURRENT = re.compile(r"\b(?:current|existing|present) $")
THING = re.compile(r"[ -](?!(?:that|which|who|it|they|he|she|we|mark|milestone|level|threshold|figure|in|of|by|to|for|"
                   r"from|and|or|on|at|a|an|per|as|more|less|higher|lower|each|over|if|when|with|range|increase|rise|"
                   r"cut)\b)[A-Za-z]")
CUT = ("layoffs", "fine", "deal_value")     # known, but still to come: "will complete its $4bn purchase"
# What a clause in front of the main one plans: "As it plans to move, Norvik sold"
BEFORE_MAIN = re.compile(r"(?:As|While|When|After|Although|Though|Because|Since|Despite|Before|"
                         r"Once) [^,;]{5,}, (?=[^0-9]{8})")
# "from only 700 now to 7,000", told of what is planned: the old figure is a fact
FROM_TO = re.compile(r"(?: in (?:19|20)[0-9]{2}|[^,;.0-9]{0,30}) to [^,;.0-9]{0,20}[0-9]")
FROM_OLD = re.compile(r" from (?:(?:just|only|about|around|nearly|roughly|almost|over|more than|fewer than|less than|"
                      r"some|the|a|an|current|currently|today['’]s|"
                      r"(?:previous|prior|last) (?:year|quarter|month)['’]s) )*$")
NEW_FIGURE = re.compile(r"\b(?:to|at) ")
# "With 40 vans in all, Norvik plans to": so is what stands in front
WITH = re.compile(r"With (?![^,;:]*[,;:])")
AIM = re.compile(r"\b(?:(?:earlier|previous|prior|initial) range"
                 r"|(?:forecast|outlook|guidance|goal|target|estimate|projection|expectation|prediction)s?)\b")
AIM_LAST = re.compile(rf"(?:{AIM.pattern}|\bconsensus)$")
MODIFIES = re.compile(r" (?:market|audience|customer|group|platform|practice)s?\b")
OFTEN = re.compile(r" (?:often|usually|typically|sometimes|always|normally|generally)\b")
COUNTED = re.compile(r"[0-9] $")              # "scored 14 goals in 12 games"
# "expected to rise above 3%" and "a price below $4" compare nothing, "a profit of $5 a share, above the $4" does
REACHED = (" above ", " below ")
OUTDONE = re.compile(r"[0-9][^ ]{0,12}(?: (?:million|billion|trillion|per ?cent|cents|points|an?|per|share|barrel|"
                     r"tonne))*,?$|,$|\band (?:well|far|just|slightly)$")
PART = re.compile(r" (?:includ|compris)")     # "expects $60m, which includes $8m": still expected
ABBREVIATION = re.compile(r"\b(?i:est|approx)\.$")
IS_TO = ("is to reach", "is to hit", "is to grow", "are to reach")    # "its target is to hit": still a target
# "it is estimated that sales will be", "it announced that it would cut"
SURER = {"estimate": "forecast", "promise": "planned"}
IF = re.compile(r"\b(?i:if|unless|were to|hypothetically|had (?:it|they|he|she|the))\b|\bHad (?=[A-Z])")
POLITE = re.compile(r" (?:say|like|love|prefer|recommend|rather|argue|guess|think)\b")
POSTPOSED = re.compile(r"[0-9][^ ]{0,12}(?: (?:per cent|[a-z]{2,9}))? $")
ENDED = re.compile(r"[;,.)](?![0-9])| (?:by|in|for)\b(?![^;,.]*[0-9])")
PERHAPS, NEXT = ("likely", "probably", "presumably"), 30      # "likely cost it $5m"
NEAR = 60           # characters within which a weak cue speaks for the number
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


def is_given(text: str, low: int, start: int, end: int, metric: str) -> bool:
    """Whether the number at start:end is spoken of as known: "will ballot its 410 members next week"."""
    low = max(low, start - GIVEN_REACH)
    if HAD.search(text, low, start):
        return True                     # "will cut 7% of its staff of 42,600"
    return metric not in CUT and GIVEN.search(text, low, start) is not None and bool(
        NOUN.search(text, start, end) or THING.match(text, end) or CURRENT.search(text, low, start))


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
    if word in ("goals", "commitments") and COUNTED.search(text, max(0, first - 2), first):
        return False
    if word in ("plan", "plans"):
        return not _sold().search(text, max(0, first - 20), first) and not SOLD.match(text, last)
    if POSTPOSED.search(text, max(0, first - 40), first) and ENDED.match(text, last):
        return False                                                    # "sales of $5m expected; costs of $4m"
    if word in PERHAPS:
        return start - last <= NEXT
    far = start - last > NEAR and _verb().search(text, last, start)
    return not word.startswith("would") or not far and not POLITE.match(text, last)


def _cued(text: str, start: int, end: int, metric: str = "") -> str:
    """What the cues around a number say: a modality, or "promise" or "will", which depend on the metric."""
    pattern, meaning = _cues()
    low = max(0, start - REACH)
    text = text[:low] + INSERTED.sub(lambda aside: " " * len(aside[0]), text[low:start]) + text[start:]
    before_that = PREVIOUSLY.match(text, end) is not None
    breaks = [stop.start() for stop in _breaks().finditer(text[low:start].lower())
              if not (before_that and stop.group().strip(", ").split(" ")[0] in BEFORE_THAT)
              and (stop.group() != ";" or _verb().search(text, low + stop.end(), start))
              and not ABBREVIATION.search(text, low, low + stop.start() + 1)
              and not (stop.group() == " following " and text.endswith(" the", low, low + stop.start()))
              and not PART.match(text, low + stop.end())
              and not (stop.group() in REACHED and not OUTDONE.search(text, low, low + stop.start()))]
    low += breaks[-1] + 1 if breaks else 0
    if opening := BEFORE_MAIN.match(text, low, start):
        low = opening.end()
    bracket = text.rfind("(", low, start)
    if bracket > text.rfind(")", low, start) and _verb().search(text, bracket, start):
        low = bracket + 1               # "they could do so (it now holds 50%)"
    behind = metric != "duration" and _behind().match(text, end, end + AFTER)      # "a five-year contract" runs
    if " from " in text[low:start] and _is_old_figure(text, low, start, end) and not AIM.search(text, low, start):
        return behind.lastgroup if behind and not text.startswith(",", end) else "actual"
    found, last = None, 0
    before = text[low:start].lower()
    for cue in pattern.finditer(before) if _hedging()(before) else ():
        if _counts(text, low + cue.start(), low + cue.end(), start):
            told = meaning[cue.group()]
            later = told in ("will", "would") or cue.group() in IS_TO
            if told == "promise" and found in ("forecast", "planned", "hypothetical") \
                    or told == "estimate" and found == "forecast" and cue.start() - last < NEAR:
                continue                # "is expected to unveil", "we expect it to sell probably"
            if later and found in SURER:
                found = SURER[found]
            elif not (later and found in ("forecast", "planned", "hypothetical")):
                found = told            # "forecasts that sales will be" stays a forecast
            last = cue.end()
    if found and (IT_DID.match(text, end) or THERE.match(text, end)
                  or OF_LAST.search(text, low, start) and not AIM.search(text, low, start)):
        return "actual"
    if found and not (behind and found in ("promise", "will", "would", "actual")):
        if behind or not is_given(text, low, start, end, metric):
            return found
    if behind:
        return behind.lastgroup
    if THAT_PLANS.match(text, end):
        return "planned"
    if WITH.match(text, low, start) and (cue := _main_plans().match(text, end)):
        return cue.lastgroup
    if (modal := _of_subject().match(text, end, end + AFTER)) and OPENS.fullmatch(text, low, start) \
            and not OBLIQUE.search(text, low, start) and not OF_ASIDE.match(text, low, start):
        return modal.lastgroup
    return "actual"


# ---- who says so -----------------------------------------------------------------------------------

WORD = r"[\w&.-]*(?:['’](?!s\b)\w*)?"
NAME = rf"[A-Z](?<![\w-].){WORD}(?: (?:(?:of|and|for|de|van|von|the|&) )?[A-Z0-9]{WORD}){{0,9}}"
ASIDE = r"(?:, [^.;:“”\"\n]{3,90}?,| \([^)\n]{1,30}\))?"     # ", head of research at Brightwell,"
HAS = (r"(?: (?:itself|himself|herself|themselves|also|first|has|had|have|then|later|now|recently|previously|initially|"
       r"still|already|reportedly)){0,2}"
       r"(?: (?:on|in|late|early|earlier|last|this) (?:[A-Z][a-z]+(?: [0-9]{1,2})?|(?:this |last )?(?:week|month|"
       r"year)))?(?: (?:also|had|has|first))?")
MONTHS = "|".join(names[0] for names in schema.words("period")["months"])


def _forms(verbs: list[str], base: bool = False) -> list[str]:
    """Forms in which somebody speaks: says, said; and "say" after a plural."""
    forms = (form for verb in verbs for form in inflect(verb) if base or form != verb)
    return [form for form in forms if not form.endswith("ing")]


@cache
def _speech() -> dict[str, re.Pattern]:
    data = schema.words("stance")["attribution"]
    speaking = [*data["past"], *_forms(data["says"])]
    citing = [*speaking, *_forms(data["says"] + data["gives"], base=True)]
    says, gives, said = any_of(speaking), any_of(["forecast", *_forms(data["gives"])]), any_of(citing)
    cues = [*citing, "added", *data["before"], *data["studies"], *data["guesses"], "per", "citing"]
    before, studies = any_of(data["before"]), any_of(data["studies"])
    nouns = rf"(?:{any_of(data['nouns'])}|(?:the|a|an) (?:(?-i:[a-z-]+) ){{0,2}}?{any_of(data['bodies'])})"
    body = rf"(?P<body> {any_of(data['bodies'])})?"       # "the Ruritanian government", "Iranian officials"
    return {
        "verb": re.compile(any_of(cues, behind=r"\w") + r"\b"),
        # "Brightwell said", "Ana Ruiz, its head of sales, told", "Norvik expects"
        "says": re.compile(rf"(?P<name>{NAME}){body}(?:['’]s(?: [^.,;:\n]{{3,40}}?)?)?{ASIDE}(?: who)?{HAS}"
                           rf" (?:{says}|added(?=[:,]))\b"),
        "gives": re.compile(rf"(?P<name>{NAME}){body}(?:['’]s)?{ASIDE}{HAS} {gives}\b"),
        # ", said Ana Ruiz", "says analyst Ana Ruiz"
        "said": re.compile(rf"[,”\"’'?!] (?!told |tells ){says}"
                           rf"(?: (?!(?:how|that|why|what|he|she|it|they|to|about)\b)[a-z][\w’'-]*){{0,4}} "
                           rf"(?P<name>{NAME})"),
        # "according to the latest data from Brightwell"
        "according": re.compile(rf"\b(?:(?i:{before})(?: (?:[a-z][\w-]*|{MONTHS})){{0,5}}?"
                                rf"|per|citing(?: the| a)?)"
                                rf" (?P<name>{NAME})"),
        "phrase": re.compile(r"\b(?i:according to) (?P<name>(?:the |a |an |its |our )?[A-Za-z](?:[^,.;:()'’\n–—-]|"
                             r"(?<=\w)-(?=\w)){3,60})(?![\w-])"),
        # "a Brightwell survey found", "Brightwell's data"
        "study": re.compile(rf"(?P<name>{NAME})(?:['’]s?)?(?: [a-z][\w-]*){{0,2}}"
                            rf" {studies}\b(?! cent)"),
        # "Wall Street estimates of", "Norvik's guidance"
        "guess": re.compile(rf"(?P<name>{NAME})(?:['’]s?)?(?: [a-z][\w-]*)? {any_of(data['guesses'])}\b"),
        "noun": re.compile(rf"\b(?P<name>(?i:{nouns})){ASIDE}{HAS} {said}\b"
                           rf"|\b(?i:{before}) (?P<cited>{nouns})\b"),
        "pronoun": re.compile(rf"\b(?P<who>(?i:he|she|they|it)){HAS} (?:{says}|added(?=[:,]))\b"),
    }


@cache
def _needed() -> dict[str, frozenset[str]]:
    """The longest words of the phrases of which each pattern of _speech needs one."""
    data = schema.words("stance")["attribution"]
    speaking = {*data["past"], *_forms(data["says"]), "added"}
    phrases = {"says": speaking, "said": speaking, "gives": {"forecast", *_forms(data["gives"])},
               "according": {*data["before"], "per", "citing"},
               "phrase": {"according"}, "study": data["studies"], "guess": data["guesses"],
               "noun": {*data["nouns"], *data["bodies"]}}
    return {how: frozenset(max(WORDS.findall(phrase), key=len) for phrase in every) for how, every in phrases.items()}


WORDS = re.compile(r"\w+")
# Behind these a sentence has left what somebody said of his own figures.
OTHER = re.compile(r"\b(?:above|below|(?<!more )(?<!less )(?<!fewer )than|ahead of|beating|topping|short of|but|while|"
                   r"whereas)\b|;|, [^,]*[0-9]$")
OWN = ("gives", "guess", "noun")
LAST = re.compile(r"[^,;.]{0,25}[.”\"]")       # behind ", the company announced" at the end of a sentence
ANY = ("says", "said", "according", "study", "gives", "guess", "noun", "phrase")


class Voices:
    """Who is cited in a document, worked out sentence by sentence where a claim asks for it."""

    def __init__(self, text: str, sentences: list[Sentence], names: list[Name]):
        self.text, self.sentences, self.names = text, sentences, names
        self.name_starts = [n.start for n in names]
        self.known: dict[int, list[tuple[str, str, int, int]]] = {}
        self.full: dict[str, str] = {}

    def of(self, index: int, start: int, end: int, metric: str = "", subject: Entity | None = None) -> Stance:
        """Stance of the number at start:end of the text, in the sentence of that index, told of the subject."""
        s = self.sentences[index]
        sure = modality(self.text[s.start:s.end], start - s.start, end - s.start, metric)
        if sure == "actual" and s.kind in ("title", "heading") and TO_COME.match(self.text, s.start, start):
            sure = in_future(Stance(sure, None), metric).modality if metric else "planned"
        speaker = self._speaker(index, start, end, metric)
        lead = self._lead(index)
        if lead is not None:
            above = self.sentences[lead]
            if sure == "actual":
                sure = modality(self.text[above.start:above.end], *[above.end - above.start] * 2, metric)
            speaker = speaker or self._speaker(lead, s.start, s.start)
        return Stance(sure, speaker and self._in_person(speaker, start, subject))

    def _in_person(self, speaker: str, start: int, subject: Entity | None) -> str:
        """The name of who is cited as "the company": the subject, or the last one named with that noun in it."""
        words = speaker.lower().split(" ")
        if words[0] not in ("the", "a", "an"):
            return speaker
        if words[-1] in schema.words("stance")["attribution"]["companies"]:
            before = reversed(self.names[:bisect_left(self.name_starts, start)][-RECENT:])
            company = subject if subject is not None and subject.kind in ("company", "organisation") else next(
                (name.entity for name in before if name.entity.kind == "company"), None)
            return company.name if company else speaker
        if words[0] == "the":
            noun = words[-1].capitalize()
            for name in reversed(self.names[:bisect_left(self.name_starts, start)][-RECENT:]):
                if noun in name.entity.name.split(" "):
                    return name.entity.name     # "the federation" of the National Baking Federation
        return speaker

    def _lead(self, index: int) -> int | None:
        """The line that ends with a colon above a list, for its items: "Candy: $2.6 billion"."""
        for i in range(index, max(-1, index - 12), -1):
            s = self.sentences[i]
            if i < index and self.text[s.end - 1] == ":":
                return i
            if s.kind not in ("bullet", "heading") and not ITEM.match(self.text, s.start, s.end):
                return None
        return None

    def _speaker(self, index: int, start: int, end: int, metric: str = "") -> str | None:
        cited = self._cited(index)
        best, least = None, None
        for how, name, first, last in cited:
            gap = self.text[last:start] if last <= start else self.text[end:first]
            if how in OWN and not (last > start and gap.endswith(", ") and LAST.match(self.text, last)):
                if OTHER.search(gap) or last > start and len(gap) > 30:
                    continue
            cost = len(gap) + 40 * (how == "study") + 20 * (how == "noun")
            if least is None or cost < least:
                best, least = name, cost
        if best is None and metric in schema.words("stance")["attribution"]["polls"]:
            best = self._of_poll(index)
        return best or self._of_quote(index, start)

    def _of_poll(self, index: int) -> str | None:
        for i in range(index - 1, max(-1, index - 15), -1):
            for how, name, _, _ in self._cited(i):
                if how in ("study", "according"):
                    return name
        return None

    def _of_quote(self, index: int, start: int) -> str | None:
        """The speaker of a quotation that holds the number: cited in its paragraph, or before it."""
        paragraph = self.sentences[index].paragraph
        first = last = index
        while first and self.sentences[first - 1].paragraph == paragraph and index - first < 6:
            first -= 1
        lead = self.text[self.sentences[first].start:start]
        if lead.count("“") <= lead.count("”") and lead.count('"') % 2 == 0:
            return None
        ends = min(len(self.sentences) - 1, index + 4)
        while last < ends and self.sentences[last + 1].paragraph == paragraph:
            last += 1
        whole = self.text[self.sentences[first].start:self.sentences[last].end]
        if whole.count("“") != whole.count("”") and not whole.startswith("“"):
            return None             # a mark is missing
        for i in (*range(index - 1, first - 1, -1), *range(index + 1, last + 1),
                  *range(first - 1, max(-1, first - 4), -1)):
            for how, name, _, _ in self._cited(i):
                if how in ("says", "said", "pronoun"):
                    return name
        return None

    def _cited(self, index: int) -> list[tuple[str, str, int, int]]:
        """Everybody cited in a sentence: how, name, span of the words that say so."""
        if index not in self.known:
            s = self.sentences[index]
            self.known[index] = []
            low = self.text[s.start:s.end].lower()
            if _speech()["verb"].search(low):
                self.known[index] = self._search(index, s)
        return self.known[index]

    def _search(self, index: int, s: Sentence) -> list[tuple[str, str, int, int]]:
        found = []
        words = frozenset(WORDS.findall(self.text[s.start:s.end].lower()))
        for how in ANY:
            if words.isdisjoint(_needed()[how]) or how == "phrase" and any(f[0] == "according" for f in found):
                continue
            for match in _speech()[how].finditer(self.text, s.start, s.end):
                group = "name" if match["name"] else "cited"
                if how in ("phrase", "noun"):
                    name = match[group][0].lower() + match[group][1:] if how == "noun" else match[group]
                else:
                    name = self._called(*match.span(group), how)
                if match.groupdict().get("body"):
                    name = (self._without_starters(match["name"]) or "the") + match["body"]
                if name:
                    found.append((how, name, match.start(), match.end()))
        if not any(how in ("says", "said") for how, *_ in found):
            for match in _speech()["pronoun"].finditer(self.text, s.start, s.end):
                if name := self._last_cited(index, match["who"].lower() != "it"):
                    found.append(("pronoun", name, match.start(), match.end()))
                break
        return found

    def _last_cited(self, index: int, person: bool) -> str | None:
        """Who "he said" is: the last person who was cited; for "it said" the last company."""
        for i in range(index - 1, max(-1, index - 8), -1):
            for how, name, _, _ in reversed(self._cited(i)):
                named = how in ("says", "said", "pronoun") and " " in name
                if named if person else how in ("says", "gives"):
                    return name
        return None

    def _without_starters(self, name: str) -> str:
        """The name without words of the sentence in front of it."""
        words = LOCATED.sub("", name).split(" ")
        while words and words[0] \
                and (words[0] in _starters()[0] or words[0][0].isdigit() or NO_NAME.fullmatch(words[0])):
            words.pop(0)
        return " ".join(words)

    def _called(self, start: int, end: int, how: str = "") -> str | None:
        """The usual name of who stands at start:end, without titles and words of the sentence."""
        name = self._without_starters(self.text[start:end].rstrip("."))
        start, words = self.text.rindex(name, start, end), name.split(" ") if name else []
        titles = _starters()[1]
        for i in range(len(words) - 1, 0, -1):
            if words[i - 1].lower() in titles:
                start += len(" ".join(words[:i])) + 1
                words = words[i:]
                break
        if not words:
            return None
        name = " ".join(words)
        at = bisect_left(self.name_starts, start)
        known = self.names[at] if at < len(self.names) and self.names[at].start == start else None
        if known and known.end >= start + len(name):
            of_place = known.how == "demonym" or how in ("study", "guess") and known.entity.kind == "place"
            return None if of_place else known.entity.name      # "UK figures" are not told by the UK
        return self._in_full(name, start) if len(words) == 1 else name

    def _in_full(self, surname: str, start: int) -> str:
        """The name of a person as it stood before: "Ana Ruiz" for "Ruiz"."""
        if surname not in self.full:
            starters, titles = _starters()
            first, at = None, self.text.find(surname, 0, start)
            while at >= 0 and first is None:
                if not self.text[at + len(surname):at + len(surname) + 1].isalnum():
                    first = FIRST_NAME.search(self.text, max(0, at - FIRST_REACH), at)
                at = self.text.find(surname, at + 1, start)
            is_name = first and first[1] not in starters and first[1].lower() not in titles
            self.full[surname] = first[0] + surname if is_name else surname
        return self.full[surname]


# "Norvik to cut 40 jobs": what a headline says is to come
TO_COME = re.compile(r"(?:[A-Z0-9][\w&.'’-]*,? (?:and |& )?){1,5}to (?!the |a |an |its |date |[^a-z])[a-z]+ "
                     r"|(?:(?!(?:[a-z]+ed|has|have|is|are|was|were|be|due|how|why|way|able|helps?|needs?|fails?|as|from)\b)"
                     r"[\w&.'’-]+ ){1,5}['‘]?to (?:reach|hit|cut|invest|build|open|buy|sell|close|spend|pay|raise|"
                     r"launch|hire|add|axe|shed|lay|create|top|fall|rise|grow|exceed|cost|get|deploy)['’]? ")
FIRST_NAME = re.compile(r"\b([A-Z][a-zé]+) (?:[A-Z]\. )?\Z")
FIRST_REACH = 30    # characters of a first name and an initial
RECENT = 60         # names back that "the federation" may mean
LOCATED = re.compile(r"^.{0,40}?-based ?")
# "We've", "AI-assisted", "Q1" and kinds of things are nobody's name
NO_NAME = re.compile(r"(?:We|I|It|He|She|They|That|There|What|You)['’]\w+|[\w.]+-(?:assisted|party|backed|owned|led|"
                     r"powered)|AI|EVs?|BEVs?|PHEVs?|IT|PhD|CEO|CFO|IPO|GDP|Q[1-4]|PC|TV")


ITEM = re.compile(r"[^.:\n]{2,40}: [^\n]{1,80}$|[•*–-] ")


@cache
def _starters() -> tuple[frozenset[str], frozenset[str]]:
    titles = {title.split()[-1].lower() for title in schema.words("first_name")["titles"]}
    return frozenset(schema.words("stance")["attribution"]["starters"]), frozenset(titles)


ADDS = re.compile(r" add(?:s|ed) (?:(?:about|around|nearly|almost|over|more than|some|another|just|only) )?[$€£0-9#]")


def is_speaker(lower: str, start: int, end: int) -> bool:
    """Whether the name at start:end of a lower-case sentence is cited rather than spoken of.

    >>> is_speaker("norvik's own safety data states that", 0, 6), is_speaker("norvik's own cars sell well", 0, 6)
    (True, False)
    """
    before = lower[max(0, start - 60):start]
    if ADDS.match(lower, end):
        return False            # "the US adds 142,000 jobs"
    return bool(_citing()(before) and _cited_before().search(before) or _cited_after().match(lower, end))


def _before() -> list[str]:
    return [*schema.words("stance")["attribution"]["before"], "told", "reported by"]


@cache
def _citing() -> Callable[[str], bool]:
    return holding(_before())


@cache
def _cited_before() -> re.Pattern:
    before = any_of(_before(), behind=r"\w")
    return re.compile(rf"{before}\b(?: (?:the|a|an|its|data|new|latest))*(?: [\w-]+){{0,6}}? ?$")


@cache
def said_forms() -> str:
    """A pattern for the forms of verbs with which somebody is cited."""
    data = schema.words("stance")["attribution"]
    return any_of(form for verb in data["speaking"] for form in [*inflect(verb), *data["past"]])


@cache
def _cited_after() -> re.Pattern:
    # Numerator, a data firm, says
    apposition = (r", (?:an?|the|its|chief|head|senior|co-founder|ceo|analyst|economist)\b[^,.;:]{3,70}"
                  r"(?<! is)(?<! are)(?<! was)(?<! were)(?<! be)")      # not "In Japan, the number is expected"
    studies = any_of(schema.words("stance")["attribution"]["studies"])
    return re.compile(rf"(?:(?:['’]s?)? (?:[a-z-]+ ){{0,3}}?{studies})?['’]?s?(?:{apposition})?,?(?: on [a-z]+day|"
                      rf" (?:this|last|earlier this) (?:week|month|year))? (?:(?:itself|also|has|have|had) ){{0,2}}"
                      rf"(?:{said_forms()})\b")
