"""What narrows a claim: segment, place, other party, whole, basis, and the keys of `dims`.

Words: `schemas/words/narrow.toml` and the `basis` lists of `change.toml`.

>>> basis("sales rose ## from a year earlier", 11, 13)
'yoy'
>>> basis("sales were ##", 11, 13) is None
True
"""
import re
from functools import cache

from . import move, schema

REACH = 60      # characters around the number
COMPARING = re.compile(r"\b(?:than|versus|vs\.?|compared (?:with|to)|against|behind|over|ahead of|beat(?:ing)?|"
                       r"rival(?:s|ing)?)\s+(?:the |its |rival )?(?:[\w-]+ )?$")
PLACE_BEFORE = re.compile(r"\b(?:in|across|within|throughout|outside)\s+(?:the |mainland |all of )?$")
TAKEN = re.compile(r"\b(?:acquir\w+|acquisition of|buy(?:ing)?|bought|purchase of|takeover of|stake in|share of|"
                   r"invest\w* in|owns?|owned|holds?)\b[^.;]{0,30}$")
OF_WHOLE = re.compile(r"\s+of\s+(?P<whole>(?:the |its |their |all |total )?[^,.;:()#]{3,60}?)(?=[,.;:()#]|$|\s+(?:in|"
                      r"by|from|to|with|was|were|is|are|said|and|but|that|who|which|over|for|on|as|at|~))")


@cache
def _words() -> dict[str, re.Pattern]:
    data = schema.words("narrow")
    per = "|".join(map(re.escape, data["per"]["words"]))
    pattern = {"per": re.compile(rf"\s*(?:a|an|per|each|every|/)\s*(?P<per>{per})\b"),
               "test_cycle": re.compile(rf"\b({'|'.join(data['test_cycle']['words'])})\b")}
    pattern["part"] = re.compile(rf"(?:{'|'.join(data['part']['words'])})\b")
    pattern["kind"] = re.compile(rf"\b({'|'.join(data['kind']['words'])})\b")
    for kind, words in data["price_type"].items():
        pattern[f"price {kind}"] = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b[^#,;]{{0,12}}$")
    for code, phrases in schema.words("change")["basis"].items():
        pattern[f"basis {code}"] = re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")
    return pattern


@cache
def _empty() -> frozenset[str]:
    """Words in front of a metric's noun that name no part: function words, verbs of change, adjectives of degree."""
    return frozenset({*schema.words("narrow")["empty"]["words"], *schema.words("number")["words"]["stop"],
                      *move.verb_forms("up"), *move.verb_forms("down")})


def basis(lower: str, start: int, end: int) -> str | None:
    """Against what a change at start:end is measured, as a code; None where the sentence does not say."""
    near = lower[max(0, start - REACH):end + REACH]
    for name, pattern in _words().items():
        if name.startswith("basis ") and pattern.search(near):
            return name.removeprefix("basis ")
    return None


def per(masked: str, end: int) -> str | None:
    """What the amount that ends at `end` is per: "month" of "$20 a month"."""
    match = _words()["per"].match(masked, end)
    return match["per"] if match else None


def test_cycle(lower: str, start: int, end: int) -> str | None:
    """The cycle by which a range was measured, in capitals."""
    found = [(abs(m.start() - start), m[1]) for m in _words()["test_cycle"].finditer(lower)]
    return min(found)[1].upper() if found else None


FELL_FROM = re.compile(r"\bfrom\s+(?:[a-z]+\s+){0,2}$")
TO_NUMBER = re.compile(r"[^#,;.]{0,30}\bto\s+(?:[a-z]+\s+){0,2}#")


def price_type(masked: str, start: int, end: int) -> str | None:
    """starting, average, regular or sale, of a price at start:end of a masked sentence."""
    before = masked[max(0, start - 40):start]
    if FELL_FROM.search(before) and TO_NUMBER.match(masked, end):
        return None         # it "fell from $50 to $40"
    for name, pattern in _words().items():
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
    pattern = _words()["kind"]
    before, after = masked[max(0, start - 40):start].rpartition("#")[2], masked[end:end + 25].partition("#")[0]
    found = pattern.findall(lower[start:end])[:1] or pattern.findall(before)[-1:] or pattern.findall(after)[:1]
    return found[0] if found else None


def segment(lower: str, masked: str, cue: tuple[int, int] | None) -> str | None:
    """The words in front of the metric's noun that say which part is meant: "data center" of "data center revenue".

    >>> segment("mobile game revenue", "mobile game revenue", (12, 19))
    'mobile game'
    >>> segment("cloud revenue", "cloud revenue", (0, 13))
    'cloud'
    """
    if cue is None:
        return None
    if own := _words()["part"].match(lower, *cue):      # the noun of the metric has it in itself
        return own[0]
    empty, taken = _empty(), []
    for word in reversed(list(re.finditer(r"[^\s]+", masked[:cue[0]]))[-3:]):
        plain = word.group().strip("“”\"'’()")
        if not plain[:1].isalnum() or plain in empty or any(c in "#~@,;:.–—'’" for c in plain) \
                or plain.endswith(("ed", "ly", "-")):
            break
        taken.append(lower[word.start():word.end()].strip("“”\"'’()"))
    return " ".join(reversed(taken)) or None


def part_of(lower: str, masked: str, end: int) -> str | None:
    """The whole of a share: "new car sales" of "12% of new car sales"."""
    match = OF_WHOLE.match(masked, end)
    return lower[match.start("whole"):match.end("whole")].strip() if match else None


def place(masked: str, spans: list[tuple[str, int, int]], at: int) -> str | None:
    """The place to which a number at `at` is limited: the nearest one after "in"."""
    found = [(abs(start - at), name) for name, start, end in spans
             if PLACE_BEFORE.search(masked[max(0, start - 25):start])]
    return min(found)[1] if found else None


def counterparty(masked: str, spans: list[tuple[str, int, int]]) -> str | None:
    """Whom the subject is compared with, buys or holds: the name after "than", "acquire", "stake in"."""
    for name, start, _ in spans:
        before = masked[max(0, start - 40):start]
        if COMPARING.search(before) or TAKEN.search(before):
            return name
    return None
