"""What narrows a claim: place, other party, whole, basis, the keys of `dims`, and its segment (segment.py).

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
from ..grammar import noun
from ..grammar.noun import singular
from ..metrics.evidence import Evidence
from ..metrics.scene import Scene
from ..metrics.weigh import ARE_ACTIVE
from ..model import Claim
from ..pattern import any_of, holding
from ..subjects import subject
from . import segment
from .segment import CLOSES, ENDS, LEADING, NEAR, OWN, REACH, telling, whole_phrase

SAID_THEN = re.compile(rf"\b{SAID} (?:[a-z]+ )?$")       # "told investors on Monday": not the day of the change
PARTY_REACH = 80    # and the other party
COMPARING = re.compile(r"\b(?:than|versus|vs\.?|compared (?:with|to)|against|behind|over|ahead of|beat(?:ing)?|"
                       r"rival(?:s|ing)?)\s+(?:the |its |rival )?(?:[\w-]+ )?$")
PLACE_BEFORE = re.compile(r"\b(?:in|across|within|throughout|outside)\s+(?:the |mainland |all of )?$")
TAKEN = re.compile(r"\b(?:acquir\w+|acquisition of|buy(?:ing)?|bought|purchase of|takeover of|stake in|share of|"
                   r"invest\w* in|owns?|owned|holds?)\b[^.;]{0,30}$")
OF_WHOLE = re.compile(rf"\s+of\s+{OWN}(?:total )?(?P<whole>[^,.;:()#]{{2,60}}?)(?=[,.;:()#]|$|\s~|{ENDS}|\s\w+ed"
                      r"(?:$|\s(?:by|in|from|to|with|on|for|at|an?|the|that|as|her|his|its|their|they)\b))")
# the "third-quarter revenue" of "12% of Norvik's third-quarter revenue": a name or a time ends no whole that it owns
OF_OWNER = re.compile(rf"(?: ~+){{1,2}} [a-z-]+(?: [a-z-]+)??{CLOSES}")
AFTER = ("follows: ", "parallel: ")     # evidence of a number that goes on about the one before it
# Where another number of the same metric is of something else: "cloud sales of ## and total sales of ##"
OTHER = re.compile(r"[;:#]| (?:while|but|versus|vs|compared|total|overall|out of|of (?:a|the|its|total))\b|"
                   r" and (?!(?:was |is |were |are )?(?:up|down|rose|fell|grew)\b)")
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
    pattern["kind"] = re.compile(rf"\b({'|'.join(data['kind']['words'])})\b")
    said = any_of(subject.answers())
    pattern["answer"] = re.compile(r"(?:\s+of\s+(?P<whole>[^,.;:()#]{3,60}?))??\s(?P<words>(?:(?:would|will|do|did|"
                                   rf"are|were|have|had|also|now|still|not|never) ){{0,3}}{said}\b{GOES_ON})")
    pattern["round"] = re.compile(rf"\b(?P<words>{any_of(data['round']['words'])}|series [a-k]\d?)\b")
    pattern["definition"] = re.compile(rf"\b(?P<words>{any_of(data['definition']['words'])})\b")
    pattern["condition"] = re.compile(rf"\b(?P<words>{any_of(data['condition']['before'])} {OWN}(?:[a-z-]+ ){{0,2}}?"
                                      rf"{any_of(data['condition']['words'])})\b")
    item = any_of(data["item"]["words"])
    adjective = r"(?:(?!(?:the|its|their|an?|per|over|under|in|on|of|for|to|from|by|with|as|at|and|or) )[a-z-]+ )"
    pattern["item after"] = re.compile(rf" (?P<words>{adjective}{{0,2}}?{item})\b")
    pattern["item before"] = re.compile(rf"\b(?P<words>{adjective}?{item})"
                                        r" (?:of|worth|valued at|for|is|was|totall?ing|to)\s(?:[a-z]+ ){0,2}$")
    for kind, words in data["price_type"].items():
        pattern[f"price {kind}"] = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b[^#,;]{{0,12}}$")
    for code, phrases in schema.words("change")["basis"].items():
        pattern[f"basis {code}"] = re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")
    return pattern


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
    claim.segment = claim.segment or claim.metric == "tariff_rate" and segment.goods(scene, claim, start, end) \
        or claim.metric in lists["parted"] and segment.contributor(lower, masked, start, owners) \
        or segment.segment(lower, masked, start, end, cue, owners[0] if owners else None) \
        or cue and segment.named_behind(lower, masked, cue, others, schema.metrics()[claim.metric].family) or None
    if claim.metric == "parameter_count" and (ACTIVE.search(lower, start, end) or ARE_ACTIVE.match(masked, end)
                                              or ACTIVATES.search(masked, max(0, start - REACH), start)):
        claim.segment = "active"
    if claim.segment is None and claim.metric == "measure":
        claim.segment = segment.measured(lower, masked, start, end)
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
    return found and telling(whole_phrase(lower, masked, found))
