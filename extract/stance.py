"""How sure a statement is (modality), and who says so (attribution). Words: `schemas/words/stance.toml`.

>>> text = "Norvik expects revenue of $5 million, according to Brightwell."
>>> of(text.lower(), 27, 37, [("Norvik", 0, 6), ("Brightwell", 51, 61)])
Stance(modality='forecast', attribution='Brightwell')
>>> of("revenue was $5 million.", 12, 22, [])
Stance(modality='actual', attribution=None)
"""
import re
from functools import cache

from . import schema
from .lexicon import inflect
from .model import Stance

REACH = 90          # characters before the number within which a cue of modality counts
AFTER = 40          # and after it
BREAK = re.compile(r"[;]|, (?:and|but|while|whereas|although|which|who)\b| and (?:it|they|plans?|expects?|will|forecasts?)\b|\. ")


@cache
def _modality() -> tuple[re.Pattern, dict[str, str]]:
    meaning = {}
    for modality, lists in schema.words("stance")["modality"].items():
        for verb in lists["verbs"]:
            for form in inflect(verb):
                meaning.setdefault(form, modality)
        for word in lists["words"]:
            meaning.setdefault(word, modality)
    words = sorted(map(re.escape, meaning), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(words)})\b"), meaning


@cache
def _attribution() -> dict[str, re.Pattern]:
    data = schema.words("stance")["attribution"]
    verbs = "|".join(sorted({re.escape(f) for v in data["verbs"] for f in inflect(v)}, key=len, reverse=True))
    nouns = "|".join(sorted(map(re.escape, data["nouns"]), key=len, reverse=True))
    before = "|".join(sorted(map(re.escape, data["before"]), key=len, reverse=True))
    return {"verb_after": re.compile(rf"(?:[,”\"]|\([^)]*\))?[^,.;:“”]{{0,60}}? ?\b(?:{verbs})\b"),
            "said_after": re.compile(rf"['’]?s?,? (?:also |has |have |had )?(?:{verbs})\b"),
            "verb_before": re.compile(rf"\b(?:{verbs})(?: that)? (?:the |a |an )?(?:[\w-]+ ){{0,3}}$"),
            "before": re.compile(rf"\b(?:{before})\b(?: (?:the|a|an|its|data|new|latest))*(?: [\w-]+){{0,4}}? ?$"),
            "noun": re.compile(rf"(?:\b(?:{before}) ({nouns})\b)|(?:\b({nouns}) (?:also |has |have |had )?(?:{verbs})\b)"
                               rf"|(?:, ({nouns}) (?:{verbs})[.,])"),
            "phrase": re.compile(rf"\baccording to ((?:the |a |an |its )?[^,.;:()]{{3,60}})")}


def of(lower: str, start: int, end: int, names: list[tuple[str, int, int]]) -> Stance:
    """Stance of the number at start:end of a lower-case sentence; `names` are (name, start, end) in it.

    The nearest cue of modality before the number, in its clause, decides, else one right after it.
    """
    return Stance(_modality_of(lower, start, end), attribution(lower, names))


def _modality_of(lower: str, start: int, end: int) -> str:
    pattern, meaning = _modality()
    before = lower[max(0, start - REACH):start]
    breaks = list(BREAK.finditer(before))
    if breaks:
        before = before[breaks[-1].end():]
    found = "actual"
    for match in pattern.finditer(before):
        found = meaning[match.group()]
    if found != "actual":
        return found
    after = lower[end:end + AFTER]
    stop = BREAK.search(after)
    if stop:
        after = after[:stop.start()]
    match = pattern.search(after)
    return meaning[match.group()] if match else "actual"


def attribution(lower: str, names: list[tuple[str, int, int]]) -> str | None:
    """Who is cited in a sentence; None where the writer says it himself."""
    cues = _attribution()
    for name, start, end in names:
        if cues["before"].search(lower[max(0, start - 60):start]):
            return name
        if cues["said_after"].match(lower, end):
            return name
        # "..., Brightwell's chief executive Ana Ruiz said": the verb stands a few words on.
        if lower[max(0, start - 2):start] in (", ", "” ", '" ') and cues["verb_after"].match(lower, end):
            return name
    noun = cues["noun"].search(lower)
    if noun:
        return next(group for group in noun.groups() if group)
    phrase = cues["phrase"].search(lower)
    return phrase[1].strip() if phrase else None


def is_speaker(lower: str, start: int, end: int) -> bool:
    """Whether the name at start:end is cited rather than spoken of."""
    cues = _attribution()
    return bool(cues["before"].search(lower[max(0, start - 60):start]) or cues["said_after"].match(lower, end))
