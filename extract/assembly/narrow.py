"""What narrows a claim: segment, place, other party, whole, basis, and the keys of `dims`.

Words, and the metrics that have an other party or a purpose: `schemas/words/narrow.toml`, and the `basis` lists of
`change.toml`.

>>> basis("sales rose ## from a year earlier", 11, 13)
'yoy'
>>> basis("sales were ##", 11, 13) is None
True
"""
import re
from collections.abc import Callable
from functools import cache

from .. import schema
from ..context.scope import FEW_DAYS_LONG, SAID
from ..grammar import lexicon, move
from ..grammar.noun import singular
from ..metrics.evidence import Evidence
from ..metrics.scene import Scene
from ..model import Claim
from ..pattern import any_of, holding
from ..subjects import subject

REACH = 60      # characters around the number
SAID_THEN = re.compile(rf"\b{SAID} (?:[a-z]+ )?$")       # "told investors on Monday": not the day of the change
NEAR = 45       # characters between a number and a version, a condition, a deal that it belongs to
PARTY_REACH = 80    # and the other party
# Words before a noun that are no part of what it is.
OWN = r"(?:(?:the|its|their|his|her|our|your|all|an?|some|new|that|these) )*"
# Where a phrase ends that no comma does.
CLOSES = (r"(?=[,.;:()#~@–—|]|$|\s(?:in|by|from|to|with|was|were|is|are|be|been|said|says|and|or|but|that|who|which|"
          r"over|for|on|as|at|of|if|when|where|while|after|before|during|through|since|than|will|would|has|have|had|"
          rf"can|could|may|might|should|up|down|this|last|next|per|an?|\w+ed|{any_of(lexicon.past_forms())})\b)")
COMPARING = re.compile(r"\b(?:than|versus|vs\.?|compared (?:with|to)|against|behind|over|ahead of|beat(?:ing)?|"
                       r"rival(?:s|ing)?)\s+(?:the |its |rival )?(?:[\w-]+ )?$")
PLACE_BEFORE = re.compile(r"\b(?:in|across|within|throughout|outside)\s+(?:the |mainland |all of )?$")
TAKEN = re.compile(r"\b(?:acquir\w+|acquisition of|buy(?:ing)?|bought|purchase of|takeover of|stake in|share of|"
                   r"invest\w* in|owns?|owned|holds?)\b[^.;]{0,30}$")
OF_WHOLE = re.compile(r"\s+of\s+(?P<whole>(?:the |its |their |all |total )?[^,.;:()#]{3,60}?)(?=[,.;:()#]|$|\s+(?:in|"
                      r"by|from|to|with|was|were|is|are|said|and|but|that|who|which|over|for|on|as|at|~))")
# "Battery warranty: 8 years", "Price (after subsidies): 9,000 yuan"
LABEL = re.compile(r"(?:^|[#.;|•\n]\s{0,3}|[-–] )(?P<words>[a-z][a-z0-9 /&+.-]{2,40}?)\s*(?:\([^()]*\))?\s*:\s*"
                   r"[^:;#]{0,25}$")
# "revenue from its ovens", "the price of a seat"
OF_NOUN = re.compile(rf"(?:\sof\s@+)?\s(?:from|of|for|in)\s{OWN}(?P<words>[a-z][^,.;:()#~@]{{2,40}}?){CLOSES}")
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
PER = re.compile(r"\s*per (?P<per>[a-z]+)\b(?! cent\b)(?<!capita)")
RIGHT_BEFORE = re.compile(r"(?:['’]s?)?[ -](?:[a-z-]+ ){0,2}")


@cache
def _patterns() -> dict[str, re.Pattern]:
    data = schema.words("narrow")
    per = "|".join(map(re.escape, data["per"]["words"]))
    pattern = {"per": re.compile(rf"\s*(?:a|an|per|each|every|/)\s*(?P<per>{per})\b"),
               "test_cycle": re.compile(rf"\b({'|'.join(data['test_cycle']['words'])})\b")}
    pattern["part"] = re.compile(rf"(?:{'|'.join(data['part']['words'])})\b")
    pattern["kind"] = re.compile(rf"\b({'|'.join(data['kind']['words'])})\b")
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
    return frozenset({*data["empty"]["words"], *data["test_cycle"]["words"], *schema.words("number")["words"]["stop"],
                      *move.verb_forms("up"), *move.verb_forms("down")})


def fill(scene: Scene, claim: Claim, proof: Evidence | None, home: str | None) -> None:
    """Fills the columns that narrow the claim; `proof` is the evidence of its metric, `home` the place whose market the
    document reports on."""
    q, lower, masked, lists = claim.quantity, scene.lower, scene.masked, schema.words("narrow")["metrics"]
    start, end = scene.span(q)
    noun = proof and next((c for c in scene.cues if c.role == "name" and (c.start, c.end) == proof.cue), None)
    cue = noun and proof.cue
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
    else:
        parties = [span for c, span in named if c.entity.kind != "place" and c.part != "speaker"]
        claim.counterparty = counterparty(masked, parties, start, end, claim.metric in lists["dealt"])
    owner = own[0] if own and q.kind != "duration" else None
    claim.segment = claim.segment or segment(lower, masked, start, end, cue, owner)
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
        dims["kind"] = kind(lower, masked, start, end)
    elif claim.metric in lists["raised"]:
        dims["round"] = near("round", lower, masked, start, end)
    elif claim.metric in lists["charged"]:
        other = scene.charges.get(id(q)) \
                or next((o for o in scene.open if o is not q and o.kind in ("duration", "percent", "measure")), None)
        if other is not None:
            dims["charge_time" if other.kind == "duration" else "charge"] = lower[slice(*scene.span(other))]
    if q.kind == "money":
        dims |= {"per": per(masked, end), "condition": near("condition", lower, masked, start, end),
                 "definition": definition(lower, cue)}
        if claim.metric in lists["sums"]:
            dims |= {"item": item(lower, masked, start, end), "purpose": purpose(lower, masked, end)}
            if claim.metric == "amount" and cue and not dims["item"]:
                dims["item"] = singular(lower[slice(*cue)].removeprefix("in "))     # net worth, a jackpot
    return dims


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
    kept = _patterns()["tail"].sub("", words.strip(" -–“”\"'’()"))
    return kept if any(w not in _empty() and w not in without.split() for w in re.split(r"[\s-]+", kept)) else None


def segment(lower: str, masked: str, start: int, end: int, cue: tuple[int, int] | None,
            owner: tuple[int, int] | None = None) -> str | None:
    """Which part of the subject a number at start:end is of: the label of its line, the words in front of the metric's
    noun at `cue`, a version, what the subject at `owner` has, what stands behind the noun.

    >>> segment("mobile game revenue ##", "mobile game revenue ##", 20, 22, (12, 19))
    'mobile game'
    >>> segment("cloud revenue ##", "cloud revenue ##", 14, 16, (0, 13))
    'cloud'
    >>> segment("revenue from its ovens was ##", "revenue from its ovens was ##", 27, 29, (0, 7))
    'ovens'
    >>> segment("it has a range of ##", "it has a range of ##", 18, 20, (9, 14)) is None
    True
    """
    noun = lower[slice(*cue)] if cue else ""
    if cue and (own := _patterns()["part"].match(lower, *cue)):      # the noun of the metric has it in itself
        return own[0]
    return (_label(lower, masked, start, noun) or _before_noun(lower, masked, cue)
            or _version(lower, masked, start, end) or _owned(lower, masked, owner, start, noun)
            or _behind_noun(lower, masked, cue, start, end))


def _label(lower: str, masked: str, start: int, noun: str) -> str | None:
    low = max(0, start - 90)
    label = LABEL.search(masked, low, start) if ":" in masked[low:start] else None
    if label is None:
        return None
    words = lower[label.start("words"):label.end("words")]
    if words.endswith((f"and {noun}", f"or {noun}")):           # "motor and battery warranty"
        noun = noun.rpartition(" ")[2]
    return _plain(words.removesuffix(noun))


def _before_noun(lower: str, masked: str, cue: tuple[int, int] | None) -> str | None:
    if cue is None:
        return None
    empty, taken = _empty(), []
    for word in reversed(list(re.finditer(r"[^\s]+", masked[:cue[0]]))[-3:]):
        plain = word.group().strip("“”\"'’()")
        if not plain[:1].isalnum() or plain in empty or any(c in "#~@,;:.–—'’" for c in plain) \
                or plain.endswith(("ed", "ly", "-")):
            break
        taken.append(lower[word.start():word.end()].strip("“”\"'’()"))
    return " ".join(reversed(taken)) or None


def _version(lower: str, masked: str, start: int, end: int) -> str | None:
    """The version that is named nearest: "the long range version has 90 kWh", "90 kWh for the long range version"."""
    low = max(0, start - NEAR - 40)
    found = _patterns()["version after"].match(masked, end) or (
        _patterns()["version before"].search(masked, low, start) if _speaks_of_versions()(masked[low:start]) else None)
    return found and _plain(lower[found.start("words"):found.end("words")])


def _owned(lower: str, masked: str, owner: tuple[int, int] | None, start: int, noun: str) -> str | None:
    """What the subject has that stands in front of the number: the "oven business" of "Norvik's oven business made"."""
    if owner is None or owner[1] > start or not (
            masked.startswith(("'", "’"), owner[1]) or lower[slice(*owner)] in ("its", "their", "his", "her", "our")):
        return None
    owned = OWNED.match(masked, owner[1], start)
    return owned and _plain(lower[owned.start("words"):owned.end("words")], noun)


def _behind_noun(lower: str, masked: str, cue: tuple[int, int] | None, start: int, end: int) -> str | None:
    if cue is None or not (cue[1] <= start or end <= cue[0] <= end + NEAR):
        return None
    behind = OF_NOUN.match(masked, cue[1])
    return behind and _plain(lower[behind.start("words"):behind.end("words")])


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
    """The whole of a share: "new car sales" of "12% of new car sales"."""
    match = OF_WHOLE.match(masked, end)
    return lower[match.start("whole"):match.end("whole")].strip() if match else None


def place(masked: str, spans: list[tuple[str, int, int]], start: int, end: int) -> str | None:
    """The place to which a number at start:end is limited: the nearest one after "in", not beyond another number if it
    can be."""
    found = [("#" in masked[end:first] or "#" in masked[last:start], first < start, abs(first - start), name)
             for name, first, last in spans if PLACE_BEFORE.search(masked, max(0, first - 25), first)]
    return min(found)[-1] if found else None


def place_of_noun(masked: str, spans: list[tuple[str, int, int]], cue: tuple[int, int] | None) -> str | None:
    """The place right before the metric's noun: "Norwegian car sales"."""
    return next((name for name, _, last in spans if cue and RIGHT_BEFORE.fullmatch(masked, last, cue[0])), None)


def counterparty(masked: str, spans: list[tuple[str, int, int]], start: int, end: int, dealt: bool) -> str | None:
    """Whom the subject is compared with, buys or holds: the name after "than", "acquire", "stake in"; with `dealt`, who
    gives or takes the money: after "from", "with", "to"."""
    for name, first, _ in spans:
        before = masked[max(0, first - 40):first]
        if COMPARING.search(before) or TAKEN.search(before):
            return name
    if dealt:
        for name, first, last in spans:
            gap = masked[end:first] if first >= end else masked[last:start]
            if len(gap) <= PARTY_REACH and not SPLIT.search(gap) \
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
    return found and _plain(lower[found.start("words"):found.end("words")])
