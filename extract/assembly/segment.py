"""Which part of its subject a number is of: a business, goods, a version, what a metric's noun is narrowed by.

Words: `schemas/words/narrow.toml`.

>>> segment("cloud revenue ##", "cloud revenue ##", 14, 16, (0, 13))
'cloud'
>>> segment("it has a range of ##", "it has a range of ##", 18, 20, (9, 14)) is None
True
"""
import re
from collections.abc import Callable, Sequence
from functools import cache

from .. import schema
from ..grammar import lexicon, move, noun
from ..grammar.noun import singular
from ..metrics.scene import Scene
from ..model import Claim
from ..names.cue import DUTY
from ..names.cue import words as name_words
from ..pattern import any_of, holding
from ..subjects.subject import Candidate

BUSINESS_REACH = 110    # characters between a business and a number of it
LONGEST = 3     # words in front of a noun that say which kind of it is meant
REACH = 60      # characters around the number
NEAR = 45       # characters between a number and a version, a condition, a deal that it belongs to
# Words before a noun that are no part of what it is.
OWN = r"(?:(?:the|its|their|his|her|our|your|all|an?|some|new|that|these) )*"
# Where a phrase ends that no comma does.
ENDS = (r"\s(?:in|by|from|to|with|was|were|is|are|be|been|said|says|and|or|but|that|who|which|over|for|on|as|at|of|if|"
        r"when|where|while|after|before|during|through|since|than|will|would|has|have|had|can|could|may|might|should|up|down|"
        r"this|last|next|per|an?|across|until|because|including|such|more|less|now|so|just|only|about|around|nearly|almost|"
        rf"roughly|coming|going|starting|{any_of(lexicon.past_forms())})\b")
CLOSES = rf"(?=[,.;:()#~@–—|]|$|{ENDS}|\s\w+ed\b)"
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
PARTED = re.compile(r"[#;]| (?:and|while|but|who|which) ")
# "its oven business made"
OWNED = re.compile(rf"(?:['’]s?)? (?P<words>(?:[a-z-]+ ){{0,2}}?[a-z-]+){CLOSES}(?! of\b)[^,;:#]{{0,{NEAR}}}$")
NOUN_OF = re.compile(r"\b(?P<words>(?:(?!(?:the|its|their|an?|at|with|in|and|for|to|has|have|had|is|of) )[a-z-]+ )"
                     r"{0,2}?(?!(?:out|one|some|most|tens|hundreds|kind|sort)\b)[a-z-]+) of (?:[a-z]+ ){0,2}$")
NOUN_AFTER = re.compile(rf"[ -](?P<words>[a-z][a-z-]{{2,}}(?: [a-z-]+)??){CLOSES}")


@cache
def _patterns() -> dict[str, re.Pattern]:
    data = schema.words("narrow")
    some = rf"[a-z][a-z-]*(?: (?!(?:and|from)\b)[a-z-]+){{0,2}}?(?: and [a-z-]+(?: [a-z-]+)??{CLOSES})?"
    acting = rf"(?=\s{any_of(noun.word_lists()['third'])}\b(?! (?:are|is|were|will|would|that|from)\b))"
    pattern = {"part": re.compile(rf"(?:{'|'.join(data['part']['words'])})\b")}
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
    version = any_of(data["version"]["words"])
    kept = (r"(?<![\w.-])(?P<words>(?:(?!(?:the|its|their|an?|each|this|that|these|of|for|in|with|and|or) )"
            rf"[a-z0-9#.+-]+ ){{1,3}}?{version})s?\b")
    pattern["version before"] = re.compile(rf"{kept}[^#;.]{{0,{NEAR}}}$")
    pattern["version after"] = re.compile(rf"[ ,(]*(?:(?:for|of|in|on|with|from) )?{OWN}{kept}")
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


@cache
def _speaks_of_businesses() -> Callable[[str], bool]:
    return holding(schema.words("narrow")["tail"]["words"])


@cache
def _speaks_of_parts() -> Callable[[str], bool]:
    return holding(schema.words("narrow")["contributes"]["words"])


@cache
def _speaks_of_versions() -> Callable[[str], bool]:
    return holding(schema.words("narrow")["version"]["words"])


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
    return telling(words.removesuffix(called))


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
    return telling(" ".join(reversed(taken))), first


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


def _version(lower: str, masked: str, start: int, end: int) -> str | None:
    """The version that is named nearest: "the long range version has 90 kWh", "90 kWh for the long range version"."""
    low = max(0, start - NEAR - 40)
    found = _patterns()["version after"].match(masked, end) or (
        _patterns()["version before"].search(masked, low, start) if _speaks_of_versions()(masked[low:start]) else None)
    return found and telling(lower[found.start("words"):found.end("words")])


def _owned(lower: str, masked: str, owner: tuple[int, int] | None, start: int, called: str) -> str | None:
    """What the subject has that stands in front of the number: the "oven business" of "Norvik's oven business made"."""
    if owner is None or owner[1] > start or not (
            masked.startswith(("'", "’"), owner[1]) or lower[slice(*owner)] in ("its", "their", "his", "her", "our")):
        return None
    owned = OWNED.match(masked, owner[1], start)
    return owned and telling(whole_phrase(lower, masked, owned), called)


def _behind_noun(lower: str, masked: str, cue: tuple[int, int] | None, start: int, end: int) -> str | None:
    if cue is None or not (cue[1] <= start or end <= cue[0] <= end + NEAR):
        return None
    behind = OF_NOUN.match(masked, cue[1])
    return behind and _thing(whole_phrase(lower, masked, behind))


def named_behind(lower: str, masked: str, cue: tuple[int, int], others: list[Candidate], family: str) -> str | None:
    """The goods right behind the noun of a metric that have a name of their own: "revenue from data centers"."""
    return next((lower[c.start:c.end] for c in others if c.entity.kind in ("product", "other", "market")
                 and (c.entity.kind != "product" or family in ("financials", "market"))
                 and c.how in ("exact", "short", "fuzzy", "discovered")
                 and c.start > cue[1] and BEHIND_NOUN.fullmatch(masked, cue[1], c.start)), None)


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
    kept = telling(words)
    last = kept and kept.split()[-1]
    if not last or noun.is_firm(last) and not noun.is_plural(last) or singular(kept) in noun.word_lists()["told"]:
        return None
    return kept


def whole_phrase(lower: str, masked: str, found: re.Match) -> str:
    """The words that a pattern found; none where the phrase goes on with a name or number, or is somebody's."""
    words = lower[found.start("words"):found.end("words")]
    last = found.end("words")
    rest = masked[last:last + 2].strip(" ")
    return "" if rest[:1] in ("#", "@") or "’s" in words or "'s" in words else words


def telling(words: str, without: str = "") -> str | None:
    """The words that say something: None where each is empty or one of `without`.

    >>> telling("its cloud business"), telling("total"), telling("cloud sales", "cloud sales")
    ('cloud', None, None)
    """
    kept = _patterns()["tail"].sub("", LEADING.sub("", words.strip(" -–“”\"'’()")))
    if TIMES.search(kept):
        return None
    return kept if any(w not in _empty() and w not in without.split() for w in re.split(r"[\s-]+", kept)) else None


def measured(lower: str, masked: str, start: int, end: int) -> str | None:
    """The noun that a number at start:end measures, where no metric knows it.

    >>> measured("it flies at a height of ##", "it flies at a height of ##", 24, 26)
    'height'
    >>> measured("it has ## cells.", "it has ## cells.", 7, 9)
    'cells'
    """
    found = NOUN_AFTER.match(masked, end) or NOUN_OF.search(masked, max(0, start - NEAR), start)
    return found and telling(lower[found.start("words"):found.end("words")])


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
    kept = named and telling(re.sub(r" (?:imports|exports|shipments|products)$", "", named))
    return None if not kept or kept in schema.words("narrow")["goods"]["all"] or kept == claim.entity.name else kept
