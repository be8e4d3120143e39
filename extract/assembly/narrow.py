"""What narrows a claim: segment, place, other party, whole, basis, and the keys of `dims`.

Words, and the metrics that have an other party or a purpose: `schemas/words/narrow.toml`, and the `basis` lists of
`change.toml`.

>>> basis("sales rose ## from a year earlier", 11, 13)
'yoy'
>>> basis("sales were ##", 11, 13) is None
True
"""
import re
from collections.abc import Callable, Sequence
from functools import cache

from .. import schema
from ..context.scope import FEW_DAYS_LONG, SAID
from ..grammar import lexicon, move, noun
from ..grammar.noun import singular
from ..metrics.evidence import Evidence
from ..metrics.scene import Scene
from ..model import Claim
from ..names.cue import DUTY
from ..names.cue import words as name_words
from ..pattern import any_of, holding
from ..subjects import subject
from ..subjects.subject import Candidate

BUSINESS_REACH = 110    # characters between a business and a number of it
LONGEST = 3     # words in front of a noun that say which kind of it is meant
REACH = 60      # characters around the number
SAID_THEN = re.compile(rf"\b{SAID} (?:[a-z]+ )?$")       # "told investors on Monday": not the day of the change
NEAR = 45       # characters between a number and a version, a condition, a deal that it belongs to
PARTY_REACH = 80    # and the other party
# Words before a noun that are no part of what it is.
OWN = r"(?:(?:the|its|their|his|her|our|your|all|an?|some|new|that|these) )*"
# Where a phrase ends that no comma does.
ENDS = (r"\s(?:in|by|from|to|with|was|were|is|are|be|been|said|says|and|or|but|that|who|which|over|for|on|as|at|of|if|"
        r"when|where|while|after|before|during|through|since|than|will|would|has|have|had|can|could|may|might|should|up|down|"
        r"this|last|next|per|an?|across|until|because|including|such|more|less|now|so|just|only|about|around|nearly|almost|"
        rf"roughly|coming|going|starting|{any_of(lexicon.past_forms())})\b")
CLOSES = rf"(?=[,.;:()#~@–—|]|$|{ENDS}|\s\w+ed\b)"
COMPARING = re.compile(r"\b(?:than|versus|vs\.?|compared (?:with|to)|against|behind|over|ahead of|beat(?:ing)?|"
                       r"rival(?:s|ing)?)\s+(?:the |its |rival )?(?:[\w-]+ )?$")
PLACE_BEFORE = re.compile(r"\b(?:in|across|within|throughout|outside)\s+(?:the |mainland |all of )?$")
TAKEN = re.compile(r"\b(?:acquir\w+|acquisition of|buy(?:ing)?|bought|purchase of|takeover of|stake in|share of|"
                   r"invest\w* in|owns?|owned|holds?)\b[^.;]{0,30}$")
OF_WHOLE = re.compile(rf"\s+of\s+{OWN}(?:total )?(?P<whole>[^,.;:()#]{{2,60}}?)(?=[,.;:()#]|$|\s~|{ENDS}|\s\w+ed"
                      r"(?:$|\s(?:by|in|from|to|with|on|for|at|an?|the|that|as|her|his|its|their|they)\b))")
# the "third-quarter revenue" of "12% of Norvik's third-quarter revenue": a name or a time ends no whole that it owns
OF_OWNER = re.compile(rf"(?: ~+){{1,2}} [a-z-]+(?: [a-z-]+)??{CLOSES}")
# "Battery warranty: 8 years", "Price (after subsidies): 9,000 yuan"
LABEL = re.compile(r"(?:^|[#.;|•\n]\s{0,3}|[-–] )(?P<words>[a-z][a-z0-9 /&+.-]{2,40}?)\s*(?:\([^()]*\))?\s*:\s*"
                   r"[^:;#]{0,25}$")
# "revenue from its ovens", "the price of a seat"
OF_NOUN = re.compile(rf"(?:\sof\s@+)?\s(?:from|of|for|in|at)\s{OWN}(?P<words>[a-z][^,.;:()#~@]{{2,40}}?){CLOSES}")
GLUED = re.compile(r"[a-z]{3}[0-9]")        # two lines of a page that lost their break
LEADING = re.compile(rf"^(?:(?:of|from|for|in|and|or) )*{OWN}")
TIMES = re.compile(r"\bperiods?$")      # "revenue in the current period"
INFINITIVE = re.compile(r"\b(?:to|will|would|can|could|may|might|should|must|not) $")
IN_BUSINESS = re.compile(rf"\b(?:at|in|from|for|across|by) {OWN}$")
BEHIND_NOUN = re.compile(rf" (?:from|of|for|in|on) {OWN}")
UNNAMED = re.compile(r"\b(?:the|that|this|its|each) (?:unit|segment|division|arm)$")
# A noun phrase is no label: "It was clear from the start: 300 cars".
NO_LABEL = frozenset(["is", "are", "was", "were", "be", "been", "has", "have", "had", "will", "would", "can", "could",
                      "do", "does", "did", "there", "that", "still", "despite", "if", "when", "because"])
# What stands before a business whose figure follows: no verb of which it is the object
OF_BUSINESS = re.compile(r"(?:^|[,:“(@’']|\b(?:at|in|from|for|of|within|across|that|said|says|saying|added|adding|and|"
                         rf"while|but|as|whose|with|where|when))(?:['’]?s)? ?{OWN}$")
AFTER = ("follows: ", "parallel: ")     # evidence of a number that goes on about the one before it
PARTED = re.compile(r"[#;]| (?:and|while|but|who|which) ")
# Where another number of the same metric is of something else: "cloud sales of ## and total sales of ##"
OTHER = re.compile(r"[;:#]| (?:while|but|versus|vs|compared|total|overall|out of|of (?:a|the|its|total))\b|"
                   r" and (?!(?:was |is |were |are )?(?:up|down|rose|fell|grew)\b)")
# "its oven business made"
OWNED = re.compile(rf"(?:['’]s?)? (?P<words>(?:[a-z-]+ ){{0,2}}?[a-z-]+){CLOSES}(?! of\b)[^,;:#]{{0,{NEAR}}}$")
NOUN_OF = re.compile(r"\b(?P<words>(?:(?!(?:the|its|their|an?|at|with|in|and|for|to|has|have|had|is|of) )[a-z-]+ )"
                     r"{0,2}?(?!(?:out|one|some|most|tens|hundreds|kind|sort)\b)[a-z-]+) of (?:[a-z]+ ){0,2}$")
NOUN_AFTER = re.compile(rf"[ -](?P<words>[a-z][a-z-]{{2,}}(?: [a-z-]+)??){CLOSES}")
PURPOSE = re.compile(rf"(?: [a-z-]+){{0,3}}? (?:for|towards?) {OWN}(?P<words>[a-z][^,.;:()#~@]{{2,50}}?){CLOSES}")
GOES_ON = r"[^,.;#()]{0,80}?(?=[,.;#()]|$|\s(?:and|while|but|compared|up|down)\b)"
# "71% of users asked for a longer battery life": whoever was asked is many
ASKED = re.compile(r"\s+of\s+(?P<whole>(?:[\w@-]+ ){0,4}?(?:[a-z@-]{2,}s|people|women|men))\s"
                   r"(?P<words>(?!(?:in|at|on|of|from|who|that|with|by|to|as|and|or|for|over|under|aged|between)\b)"
                   rf"[a-z]{GOES_ON})")
SPLIT = re.compile(r"[;.] |, (?:and|but|while)\b")
PARTY_BEFORE = re.compile(r"\b(?:with|from|by|to|in|into|on|against)\s+(?:(?:the|its|rival|investors?|including|"
                          r"such as|like|led by|backers?) ){0,3}$")
CHARGED = ("km", "mi", "kWh")       # what a charge is told in, besides percent
ARE_ACTIVE = re.compile(r"(?: (?:of (?:them|these|those|which|it)|are|were|is|being|remain))* activ(?:e|ated)\b")
ACTIVATES = re.compile(r"\bactivat(?:es?|ing)(?: [a-z]+){0,3} $")
ACTIVE = re.compile(r"\bactiv(?:e|at(?:es|ed|ing))\b")
PER = re.compile(r"\s*per (?:common |ordinary |diluted |basic )?(?P<per>[a-z]+)\b(?! cent\b)(?<!capita)")
RIGHT_BEFORE = re.compile(r"(?:['’]s?)?[ -](?:[a-z-]+ ){0,2}")


@cache
def _patterns() -> dict[str, re.Pattern]:
    data = schema.words("narrow")
    per = "|".join(map(re.escape, data["per"]["words"]))
    pattern = {"per": re.compile(rf"\s*(?:a|an|per|each|every|/)\s*(?P<per>{per})\b"),
               "test_cycle": re.compile(rf"\b({'|'.join(data['test_cycle']['words'])})\b")}
    pattern["part"] = re.compile(rf"(?:{'|'.join(data['part']['words'])})\b")
    pattern["kind"] = re.compile(rf"\b({'|'.join(data['kind']['words'])})\b")
    some = rf"[a-z][a-z-]*(?: (?!(?:and|from)\b)[a-z-]+){{0,2}}?(?: and [a-z-]+(?: [a-z-]+)??{CLOSES})?"
    acting = rf"(?=\s{any_of(noun.word_lists()['third'])}\b(?! (?:are|is|were|will|would|that|from)\b))"
    pattern["goods"] = re.compile(
        rf"(?:\b{DUTY}|#) on (?:nearly |almost |virtually |most )?{OWN}(?:@+(?:['’]s)? |imported |imports of )*"
        rf"(?P<goods>{some})(?:{CLOSES}|{acting}|(?= made\b))")
    pattern["goods faced"] = re.compile(
        rf"(?:^|[,;] |\b(?:and|while|but|that) ){OWN}(?:imports of |imported )?(?:@+(?:['’]s?)? )?(?P<goods>{some})"
        rf"(?: (?:from|made in) (?:the )?@+)?(?: {any_of(data['goods']['aside'])})*(?: be)? "
        rf"{any_of(data['goods']['faced'])}\b")
    pattern["business"] = re.compile(rf"\b{any_of(data['tail']['words'])}"
                                     rf"(?:{CLOSES}|{acting})")
    pattern["contributes"] = re.compile(
        rf"(?:^|[,;] |\b(?:and|while|but) ){OWN}(?P<words>[a-z&-]+(?: [a-z&-]+){{0,3}}?) (?:[a-z]+ly )?"
        rf"{any_of(data['contributes']['words'])} (?:[a-z]+ ){{0,3}}$")
    pattern["tail"] = re.compile(rf" {any_of(data['tail']['words'])}$")
    version, item = any_of(data["version"]["words"]), any_of(data["item"]["words"])
    kept = (r"(?<![\w.-])(?P<words>(?:(?!(?:the|its|their|an?|each|this|that|these|of|for|in|with|and|or) )"
            rf"[a-z0-9#.+-]+ ){{1,3}}?{version})s?\b")
    pattern["version before"] = re.compile(rf"{kept}[^#;.]{{0,{NEAR}}}$")
    pattern["version after"] = re.compile(rf"[ ,(]*(?:(?:for|of|in|on|with|from) )?{OWN}{kept}")
    said = any_of(subject.answers())
    pattern["answer"] = re.compile(r"(?:\s+of\s+(?P<whole>[^,.;:()#]{3,60}?))??\s(?P<words>(?:(?:would|will|do|did|"
                                   rf"are|were|have|had|also|now|still|not|never) ){{0,3}}{said}\b{GOES_ON})")
    pattern["round"] = re.compile(rf"\b(?P<words>{any_of(data['round']['words'])}|series [a-k]\d?)\b")
    pattern["definition"] = re.compile(rf"\b(?P<words>{any_of(data['definition']['words'])})\b")
    pattern["condition"] = re.compile(rf"\b(?P<words>{any_of(data['condition']['before'])} {OWN}(?:[a-z-]+ ){{0,2}}?"
                                      rf"{any_of(data['condition']['words'])})\b")
    adjective = r"(?:(?!(?:the|its|their|an?|per|over|under|in|on|of|for|to|from|by|with|as|at|and|or) )[a-z-]+ )"
    pattern["item after"] = re.compile(rf" (?P<words>{adjective}{{0,2}}?{item})\b")
    pattern["item before"] = re.compile(rf"\b(?P<words>{adjective}?{item})"
                                        r" (?:of|worth|valued at|for|is|was|totall?ing|to)\s(?:[a-z]+ ){0,2}$")
    for kind, words in data["price_type"].items():
        pattern[f"price {kind}"] = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b[^#,;]{{0,12}}$")
    for code, phrases in schema.words("change")["basis"].items():
        pattern[f"basis {code}"] = re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")
    return pattern


@cache
def _empty() -> frozenset[str]:
    """Words in front of a metric's noun that name no part: function words, verbs of change, adjectives of degree."""
    data = schema.words("narrow")
    exact = schema.words("comparator")
    return frozenset({*data["empty"]["words"], *data["test_cycle"]["words"], *schema.words("number")["words"]["stop"],
                      *move.verb_forms("up"), *move.verb_forms("down"),
                      *(word for side in ("before", "after") for phrases in exact[side].values()
                        for phrase in phrases if phrase.count(" ") < 2 for word in phrase.split())})


def fill(scene: Scene, claim: Claim, proof: Evidence | None, home: str | None) -> None:
    """Fills the columns that narrow the claim; `proof` is the evidence of its metric, `home` the place whose market the
    document reports on."""
    q, lower, masked, lists = claim.quantity, scene.lower, scene.masked, schema.words("narrow")["metrics"]
    start, end = scene.span(q)
    name = proof and next((c for c in scene.cues if c.role == "name" and (c.start, c.end) == proof.cue), None)
    cue = name and proof.cue
    near_by = [c for c in scene.near_candidates(start, end) if c.start is not None]
    own = [(c.start, c.end) for c in near_by if c.entity.entity_id == claim.entity.entity_id]
    others = [c for c in near_by if c.entity.entity_id != claim.entity.entity_id]
    named = [(c, (c.entity.name, c.start, c.end)) for c in others if c.how != "demonym"]
    claim.geo = place(masked, [span for c, span in named if c.entity.kind == "place"], start, end) or place_of_noun(
        masked, [(c.entity.name, c.start, c.end) for c in others if c.entity.kind == "place"], cue)
    if claim.geo is None and claim.entity.kind != "place" and schema.metrics()[claim.metric].family == "market":
        claim.geo = home
    if claim.metric in lists["imposed"]:        # by another country, never by the firms and goods that stand beside it
        claim.counterparty = next((c.entity.name for c in others if c.entity.kind == "place"
                                   and (c.entity.country is None or c.entity.country != claim.entity.country)), None)
        claim.geo = claim.geo if claim.geo not in (claim.counterparty, claim.entity.name) else None
    else:
        parties = [span for c, span in named if c.entity.kind != "place" and c.part != "speaker"]
        claim.counterparty = counterparty(masked, parties, start, end, claim.metric in lists["dealt"],
                                          q.kind != "measure")
    owners = own if q.kind not in ("duration", "age") else []
    claim.segment = claim.segment or claim.metric == "tariff_rate" and goods(scene, claim, start, end) \
        or claim.metric in lists["parted"] and contributor(lower, masked, start, owners) \
        or segment(lower, masked, start, end, cue, owners[0] if owners else None) \
        or cue and _named_behind(lower, masked, cue, others, schema.metrics()[claim.metric].family) or None
    if claim.metric == "parameter_count" and (ACTIVE.search(lower, start, end) or ARE_ACTIVE.match(masked, end)
                                              or ACTIVATES.search(masked, max(0, start - REACH), start)):
        claim.segment = "active"
    if claim.segment is None and claim.metric == "measure":
        claim.segment = measured(lower, masked, start, end)
    if q.kind == "percent":
        claim.part_of = part_of(lower, masked, end)
    if claim.aspect != "level":
        claim.basis = basis(lower, start, end, _may_be_daily(claim), claim.stance.modality != "actual")
    dims = _dims(scene, claim, cue)
    if claim.metric == "survey_share":
        claim.part_of, dims["answer"] = answer(lower, masked, end)
    claim.dims = {key: words for key, words in sorted(dims.items()) if words}


def share(scene: Scene, one: Claim, two: Claim) -> None:
    """Two numbers that tell of the same in one breath are of the same part of it: "## in cloud revenue, up ##"."""
    if one.metric != two.metric or not two.rule.startswith(AFTER) or one.entity.entity_id != two.entity.entity_id \
            or (one.segment or one.geo or two.segment or two.geo) is None:
        return
    gap = scene.masked[slice(*scene.between(one.quantity, two.quantity))]
    if len(gap) <= NEAR and "@" not in gap and not OTHER.search(gap):
        one.segment, two.segment = one.segment or two.segment, two.segment or one.segment
        one.geo, two.geo = one.geo or two.geo, two.geo or one.geo


def _dims(scene: Scene, claim: Claim, cue: tuple[int, int] | None) -> dict[str, str | None]:
    """The keys of `dims` that the claim may have, each with its words."""
    q, lower, masked, lists = claim.quantity, scene.lower, scene.masked, schema.words("narrow")["metrics"]
    start, end = scene.span(q)
    dims: dict[str, str | None] = {}
    if claim.metric == "driving_range":
        dims["test_cycle"] = cycle(lower, start, end)
    elif claim.metric == "price":
        dims["price_type"] = price_type(masked, start, end)
    elif claim.metric == "token_price":
        dims["kind"] = kind(lower, masked, start, end) or claim.dims.get("kind")
    elif claim.metric in lists["raised"]:
        dims["round"] = near("round", lower, masked, start, end)
    elif claim.metric in lists["charged"]:
        other = scene.charges.get(id(q)) \
                or next((o for o in scene.open if o is not q and o.kind in ("duration", "percent", "measure")), None)
        if other is not None and (other.kind != "measure" or other.unit in CHARGED):
            dims["charge_time" if other.kind == "duration" else "charge"] = lower[slice(*scene.span(other))]
    if q.kind == "money":
        dims |= {"per": per(masked, end), "condition": near("condition", lower, masked, start, end),
                 "definition": definition(lower, cue)}
        if claim.metric in lists["sums"]:
            dims |= {"item": item(lower, masked, start, end), "purpose": purpose(lower, masked, end)}
            if claim.metric == "amount" and cue and not dims["item"]:
                dims["item"] = thing(lower[slice(*cue)])        # net worth, a jackpot
    return dims


def thing(words: str) -> str | None:
    """The noun in the words for a metric; None where they are a verb.

    >>> thing("in jackpots"), thing("value of"), thing("lost")
    ('jackpot', 'value', None)
    """
    kept = re.sub(r"^in | (?:of|with|for)$", "", words)
    return None if kept in noun.word_lists()["past"] else singular(kept)


def basis(lower: str, start: int, end: int, daily: bool = True, foretold: bool = False) -> str | None:
    """Against what a change at start:end is measured, as a code; None where the sentence does not say.

    What moves within a day (`daily`) is measured from the day before, unless that day is when somebody spoke; what a
    full year will bring is not counted from its first day.

    >>> of = "the firm said on monday that it fell ##", 37, 39
    >>> basis("it fell ## on monday", 8, 10), basis("it fell ## on monday", 8, 10, daily=False), basis(*of)
    ('1d', None, None)
    """
    near = lower[max(0, start - REACH):end + REACH]
    for name, pattern in _patterns().items() if _tells_of_a_base()(near) else ():
        if name.startswith("basis ") and (found := pattern.search(near)):
            code = name.removeprefix("basis ")
            if not (code == "1d" and (not daily or SAID_THEN.search(near, 0, found.start()))
                    or code == "ytd" and foretold and found[0] == "this year"):
                return code
    return None


def _may_be_daily(claim: Claim) -> bool:
    """Whether it changes from day to day, as a price does, or its time is a day: what a firm earned in a quarter does
    not, whatever the day on which it says so."""
    of = claim.period
    if of and of.first and of.last:
        return of.last - of.first < FEW_DAYS_LONG
    return claim.metric in schema.words("period")["timing"]["moving"]


@cache
def _tells_of_a_base() -> Callable[[str], bool]:
    return holding(phrase for phrases in schema.words("change")["basis"].values() for phrase in phrases)


@cache
def _speaks_of_businesses() -> Callable[[str], bool]:
    return holding(schema.words("narrow")["tail"]["words"])


@cache
def _speaks_of_parts() -> Callable[[str], bool]:
    return holding(schema.words("narrow")["contributes"]["words"])


@cache
def _speaks_of_versions() -> Callable[[str], bool]:
    return holding(schema.words("narrow")["version"]["words"])


def per(masked: str, end: int) -> str | None:
    """What the amount that ends at `end` is per: "month" of "$20 a month".

    >>> per("it costs ## a month", 11), per("it costs ## per play.", 11), per("it costs ## a lot", 11)
    ('month', 'play', None)
    """
    match = _patterns()["per"].match(masked, end) or PER.match(masked, end)
    return match["per"] if match else None


def cycle(lower: str, start: int, end: int) -> str | None:
    """The cycle by which a range was measured, in capitals."""
    found = [(abs(m.start() - start), m[1]) for m in _patterns()["test_cycle"].finditer(lower)]
    return min(found)[1].upper() if found else None


FELL_FROM = re.compile(r"\bfrom\s+(?:[a-z]+\s+){0,2}$")
TO_NUMBER = re.compile(r"[^#,;.]{0,30}\bto\s+(?:[a-z]+\s+){0,2}#")


def price_type(masked: str, start: int, end: int) -> str | None:
    """starting, average, regular or sale, of a price at start:end of a masked sentence."""
    before = masked[max(0, start - 40):start]
    if FELL_FROM.search(before) and TO_NUMBER.match(masked, end):
        return None         # it "fell from $50 to $40"
    for name, pattern in _patterns().items():
        if name.startswith("price ") and pattern.search(before):
            return name.removeprefix("price ")
    return None


def token_kind(mention: str) -> str | None:
    """Which tokens a price per token is for, by its own words: "$2 per million input tokens"."""
    return next(iter(_patterns()["kind"].findall(mention)), None)


def kind(lower: str, masked: str, start: int, end: int) -> str | None:
    """Which tokens a price is for: the word in the number's own unit, else the nearest before it, else after it.

    >>> text = "input costs $1 and output $4 per million tokens"
    >>> masked = "input costs ## and output #######################"
    >>> kind(text, masked, 12, 14), kind(text, masked, 26, 48), kind(text, masked, 0, 5)
    ('input', 'output', 'input')
    """
    pattern = _patterns()["kind"]
    before, after = masked[max(0, start - 40):start].rpartition("#")[2], masked[end:end + 25].partition("#")[0]
    found = pattern.findall(lower[start:end])[:1] or pattern.findall(before)[-1:] or pattern.findall(after)[:1]
    return found[0] if found else None


def _plain(words: str, without: str = "") -> str | None:
    """The words that say something: None where each is empty or one of `without`."""
    kept = _patterns()["tail"].sub("", LEADING.sub("", words.strip(" -–“”\"'’()")))
    if TIMES.search(kept):
        return None
    return kept if any(w not in _empty() and w not in without.split() for w in re.split(r"[\s-]+", kept)) else None


def segment(lower: str, masked: str, start: int, end: int, cue: tuple[int, int] | None,
            owner: tuple[int, int] | None = None) -> str | None:
    """Which part of the subject a number at start:end is of: the label of its line, the words in front of the metric's
    noun at `cue`, a business, a version, what the subject at `owner` has, what stands behind the noun.

    >>> segment("mobile game revenue ##", "mobile game revenue ##", 20, 22, (12, 19))
    'mobile game'
    >>> segment("cloud revenue ##", "cloud revenue ##", 14, 16, (0, 13))
    'cloud'
    >>> segment("revenue from its ovens was ##", "revenue from its ovens was ##", 27, 29, (0, 7))
    'ovens'
    >>> segment("it has a range of ##", "it has a range of ##", 18, 20, (9, 14)) is None
    True
    """
    called = lower[slice(*cue)] if cue else ""
    if cue and (own := _patterns()["part"].match(lower, *cue)):      # the noun of the metric has it in itself
        return own[0]
    return (_label(lower, masked, start, called) or cue and _before_noun(lower, masked, cue[0])[0]
            or _business(lower, masked, start, end) or _version(lower, masked, start, end)
            or _owned(lower, masked, owner, start, called)
            or _behind_noun(lower, masked, cue, start, end))


def _label(lower: str, masked: str, start: int, called: str) -> str | None:
    low = max(0, start - 90)
    label = LABEL.search(masked, low, start) if ":" in masked[low:start] else None
    if label is None:
        return None
    words = lower[label.start("words"):label.end("words")]
    if not NO_LABEL.isdisjoint(words.split()):
        return None
    if words.endswith((f"and {called}", f"or {called}")):           # "motor and battery warranty"
        called = called.rpartition(" ")[2]
    return _plain(words.removesuffix(called))


def _before_noun(lower: str, masked: str, at: int) -> tuple[str | None, int]:
    """The words right in front of a noun at an offset that say which kind of it is meant, and where they begin."""
    empty, lists, taken, first = _empty(), noun.word_lists(), [], at
    for word in reversed(list(re.finditer(r"[^\s]+", masked[max(0, at - REACH):at]))[-LONGEST:]):
        plain = word.group().strip("“”\"'’()")
        if not plain[:1].isalnum() or plain in empty or any(c in "#~@,;:.–—'’" for c in plain) \
                or plain in lists["third"] and plain not in lists["metric"] \
                or plain.endswith(("ed", "ly", "-")) or GLUED.search(plain) or _is_superlative(plain):
            break
        first = max(0, at - REACH) + word.start()
        taken.append(lower[first:first + len(word.group())].strip("“”\"'’()"))
    # "to see earnings grow", ", noting trade of": what does something is no part of the noun
    does = INFINITIVE.search(masked, max(0, first - 12), first) is not None
    while taken and (does and taken[-1] in lists["base"] or masked.endswith(", ", 0, first) and (
            taken[-1] in lists["going"] and taken[-1] not in schema.words("narrow")["part"]["doing"])):
        first += len(taken.pop()) + 1
    return _plain(" ".join(reversed(taken))), first


@cache
def _is_superlative(word: str) -> bool:
    stems = {word[:-3], word[:-2], word[:-4], f"{word[:-4]}y"}
    return word.endswith("est") and not stems.isdisjoint(name_words()["common"])


def _business(lower: str, masked: str, start: int, end: int) -> str | None:
    """The business that a number is of: "the cloud segment brought in ##", "## in its cloud business"."""
    low, high, tails = max(0, start - BUSINESS_REACH), end + NEAR, _patterns()["business"]
    if not _speaks_of_businesses()(masked[low:high]):
        return None
    for tail in reversed(list(tails.finditer(masked, low, start))):
        if PARTED.search(masked, tail.end(), start):
            break
        words, first = _before_noun(lower, masked, tail.start())
        if (words or UNNAMED.search(masked, 0, tail.end())) \
                and OF_BUSINESS.search(masked, max(0, first - REACH), first):
            return words or tail[0]
    if tail := tails.search(masked, end, high):
        words, first = _before_noun(lower, masked, tail.start())
        if words and first > end and not PARTED.search(masked, end, first) \
                and IN_BUSINESS.search(masked, end, first):
            return words
    return None


def contributor(lower: str, masked: str, start: int, owners: Sequence[tuple[int, int]] = ()) -> str | None:
    """The plain noun that brings in the money at `start`, where it is no name for the subject itself: "streaming
    generated ##"."""
    if not _speaks_of_parts()(masked[max(0, start - REACH):start]):
        return None
    found = _patterns()["contributes"].search(masked, max(0, start - BUSINESS_REACH), start)
    if found is None or any(first <= found.start("words") < last for first, last in owners):
        return None
    words = _thing(lower[found.start("words"):found.end("words")])
    last = words and words.split()[-1]
    return words if last and not noun.is_person(last) and last not in _results() else None


@cache
def _results() -> frozenset[str]:
    """The nouns for what a firm reports, which are no part of it: sales, profit."""
    return frozenset(form for m in schema.metrics().values() if m.family == "financials"
                     for name in m.names for form in lexicon.plural(name.split()[-1]))


def _thing(words: str) -> str | None:
    """A noun that may be a part of a firm or what it deals in: no firm, and nothing that is told of one.

    >>> _thing("the cloud"), _thing("its rival"), _thing("the deal"), _thing("it")
    ('cloud', 'rival', None, None)
    """
    kept = _plain(words)
    last = kept and kept.split()[-1]
    if not last or noun.is_firm(last) and not noun.is_plural(last) or singular(kept) in noun.word_lists()["told"]:
        return None
    return kept


def _named_behind(lower: str, masked: str, cue: tuple[int, int], others: list[Candidate], family: str) -> str | None:
    """The goods right behind the noun of a metric that have a name of their own: "revenue from data centers"."""
    return next((lower[c.start:c.end] for c in others if c.entity.kind in ("product", "other", "market")
                 and (c.entity.kind != "product" or family in ("financials", "market"))
                 and c.how in ("exact", "short", "fuzzy", "discovered")
                 and c.start > cue[1] and BEHIND_NOUN.fullmatch(masked, cue[1], c.start)), None)


def _version(lower: str, masked: str, start: int, end: int) -> str | None:
    """The version that is named nearest: "the long range version has 90 kWh", "90 kWh for the long range version"."""
    low = max(0, start - NEAR - 40)
    found = _patterns()["version after"].match(masked, end) or (
        _patterns()["version before"].search(masked, low, start) if _speaks_of_versions()(masked[low:start]) else None)
    return found and _plain(lower[found.start("words"):found.end("words")])


def _owned(lower: str, masked: str, owner: tuple[int, int] | None, start: int, called: str) -> str | None:
    """What the subject has that stands in front of the number: the "oven business" of "Norvik's oven business made"."""
    if owner is None or owner[1] > start or not (
            masked.startswith(("'", "’"), owner[1]) or lower[slice(*owner)] in ("its", "their", "his", "her", "our")):
        return None
    owned = OWNED.match(masked, owner[1], start)
    return owned and _plain(_whole_phrase(lower, masked, owned), called)


def _behind_noun(lower: str, masked: str, cue: tuple[int, int] | None, start: int, end: int) -> str | None:
    if cue is None or not (cue[1] <= start or end <= cue[0] <= end + NEAR):
        return None
    behind = OF_NOUN.match(masked, cue[1])
    return behind and _thing(_whole_phrase(lower, masked, behind))


def _whole_phrase(lower: str, masked: str, found: re.Match) -> str:
    """The words that a pattern found; none where the phrase goes on with a name or number, or is somebody's."""
    words = lower[found.start("words"):found.end("words")]
    last = found.end("words")
    rest = masked[last:last + 2].strip(" ")
    return "" if rest[:1] in ("#", "@") or "’s" in words or "'s" in words else words


def measured(lower: str, masked: str, start: int, end: int) -> str | None:
    """The noun that a number at start:end measures, where no metric knows it.

    >>> measured("it flies at a height of ##", "it flies at a height of ##", 24, 26)
    'height'
    >>> measured("it has ## cells.", "it has ## cells.", 7, 9)
    'cells'
    """
    found = NOUN_AFTER.match(masked, end) or NOUN_OF.search(masked, max(0, start - NEAR), start)
    return found and _plain(lower[found.start("words"):found.end("words")])


def part_of(lower: str, masked: str, end: int) -> str | None:
    """The whole of a share: "new car sales" of "12% of new car sales".

    >>> [part_of(text, text, 2) for text in ("## of its new cars rose", "## of it to", "## of norvik's")]
    ['cars', None, None]
    """
    match = OF_WHOLE.match(masked, end)
    if match is None:
        return None
    first, last = match.span("whole")
    if masked[first:last].endswith(("'s", "’s", "s'", "s’")):
        rest = OF_OWNER.match(masked, last)
        if rest is None:
            return None
        last = rest.end()
    words = LEADING.sub("", lower[first:last].strip(" -–"))
    return None if noun.word_lists()["stop"].issuperset(words.split()) else words


def place(masked: str, spans: list[tuple[str, int, int]], start: int, end: int) -> str | None:
    """The place to which a number at start:end is limited: the nearest one after "in", not beyond another number if it
    can be."""
    found = [("#" in masked[end:first] or "#" in masked[last:start], first < start, abs(first - start), name)
             for name, first, last in spans if PLACE_BEFORE.search(masked, max(0, first - 25), first)]
    return min(found)[-1] if found else None


def place_of_noun(masked: str, spans: list[tuple[str, int, int]], cue: tuple[int, int] | None) -> str | None:
    """The place right before the metric's noun: "Norwegian car sales"."""
    return next((name for name, _, last in spans if cue and RIGHT_BEFORE.fullmatch(masked, last, cue[0])), None)


def goods(scene: Scene, claim: Claim, start: int, end: int) -> str | None:
    """On which goods a tariff is: "a levy of ## on @ steel", "cars from @ face a tariff of ##"."""
    chars = list(scene.masked)
    for c in scene.near_candidates(start, end):     # steel is a name as well, and none of whom is taxed
        if c.start is not None and c.entity.kind in ("product", "other", "market") and c.entity is not claim.entity \
                and c.entity.name[0].islower():
            chars[c.start:c.end] = scene.lower[c.start:c.end]
    shown = "".join(chars)
    low = max(0, start - BUSINESS_REACH)
    found = [((m.start() < start, abs(m.start("goods") - start)), m["goods"])
             for m in _patterns()["goods"].finditer(shown, low, end + REACH)
             if "#" not in shown[end:m.start()] and shown.count("#", m.end(), start) == 0]
    if not found and (faced := _patterns()["goods faced"].search(shown, low, start)):
        found = [((True, 0), faced["goods"])]
    named = min(found)[1] if found else ""
    plain = named and _plain(re.sub(r" (?:imports|exports|shipments|products)$", "", named))
    return None if not plain or plain in schema.words("narrow")["goods"]["all"] or plain == claim.entity.name else plain


def counterparty(masked: str, spans: list[tuple[str, int, int]], start: int, end: int, dealt: bool,
                 owned: bool = True) -> str | None:
    """Whom the subject is compared with, buys or holds: the name after "than", "acquire", "stake in"; with `dealt`, who
    gives or takes the money: after "from", "with", "to". What is measured is nobody's to hold: not `owned`."""
    for name, first, _ in spans:
        before = masked[max(0, first - 40):first]
        if COMPARING.search(before) or owned and TAKEN.search(before):
            return name
    if dealt:
        for name, first, last in spans:
            gap = masked[end:first] if first >= end else masked[last:start]
            # goods without a name of their own are no party: "spending on data centers"
            if not name[0].islower() and len(gap) <= PARTY_REACH and not SPLIT.search(gap) \
                    and PARTY_BEFORE.search(masked, max(0, first - 40), first):
                return name
    return None


def answer(lower: str, masked: str, end: int) -> tuple[str | None, str | None]:
    """Who was asked, and what the share that ends at `end` said.

    >>> answer("## of adults plan to bake, up from ##", "## of adults plan to bake, up from ##", 2)
    ('adults', 'plan to bake')
    """
    said = _patterns()["answer"].match(masked, end) or ASKED.match(masked, end)
    return tuple(name and lower[slice(*said.span(group))] for group, name in said.groupdict().items()) if said \
        else (part_of(lower, masked, end), None)


def definition(lower: str, cue: tuple[int, int] | None) -> str | None:
    """By which rule a figure was counted, where the metric's noun says so: "adjusted earnings"."""
    found = _patterns()["definition"].search(lower, max(0, cue[0] - 25), cue[1]) if cue else None
    return found and found["words"]


def near(name: str, lower: str, masked: str, start: int, end: int) -> str | None:
    """The words of a list of narrow.toml that stand nearest to the number at start:end, in its clause."""
    there = _patterns()[name].finditer(lower, max(0, start - REACH), end + NEAR)
    found = [(min(abs(m.end() - start), abs(m.start() - end)), m["words"]) for m in there
             if "#" not in masked[m.end():start] and "#" not in masked[end:m.start()]]
    return min(found)[1] if found else None


def item(lower: str, masked: str, start: int, end: int) -> str | None:
    """What a sum of money is: the "supply contract" of "a $9 million supply contract" or "a supply contract worth $9
    million"."""
    patterns = _patterns()
    found = patterns["item after"].match(masked, end) \
        or patterns["item before"].search(masked, max(0, start - NEAR), start)
    return found and lower[found.start("words"):found.end("words")]


def purpose(lower: str, masked: str, end: int) -> str | None:
    """What a sum of money is for: "road repairs" of "$5m for road repairs"."""
    found = PURPOSE.match(masked, end)
    return found and _plain(_whole_phrase(lower, masked, found))
