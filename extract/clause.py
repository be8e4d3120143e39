"""Who does what in a clause: finite verbs right behind a name, and asides that end before the clause goes on.

Words: `schemas/words/verb.toml`.

>>> acts("norvik sells cars", 6), acts("norvik's cars", 6), acts("norvik also expects to grow", 6)
(True, False, True)
>>> acts("norvik shares fell", 6), acts("norvik shares the cost", 6)
(False, True)
"""
import re
from functools import cache

from . import move, schema
from .lexicon import inflect


def _any(words) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@cache
def _acts() -> re.Pattern:
    data = schema.words("verb")["finite"]
    verbs = {*data["verbs"], *schema.words("verb")["irregular"]}
    forms = {form for verb in verbs for form in inflect(verb) if form != verb and not form.endswith("ing")}
    forms |= {form for way in ("up", "down") for form in move.verb_forms(way) if form.endswith(("s", "ed")) or form not in verbs}
    forms |= set(data["auxiliaries"])
    nouns = set(data["nouns"])
    return re.compile(rf"(?: \([^()]{{1,30}}\))?(?: (?:{_any(data['adverbs'])}|[a-z]+ly)){{0,2}}(?:['’](?:s been|ll|d|re|ve)\b| (?:"
                      rf"(?:{_any(forms - nouns)})(?![\w-])|(?:{_any(nouns & forms)}) (?:an?|the|its|their|that|it|more|about|[#$€£0-9])))")


def acts(lower: str, end: int) -> bool:
    """Whether the name that ends at `end` is the subject of a verb right behind it."""
    return _acts().match(lower, end) is not None


ASIDE = re.compile(r", (?:who|whom|whose|which|where|when|an?|formerly|previously|(?:led|owned|backed|founded|made|run) by)\b(?:[^,;]|,(?=\d)){1,160}(?:,|$)"
                   r"|\([^()]{1,160}\)|[–—][^–—;]{1,160}[–—]| - [^–—;#]{1,120}? - ")


CONTROLS = re.compile(r" (?:(?:also|now|still|then|already|[a-z]+ly) )?(?!said )[a-z]+(?:s|ed) to (?!(?:the|an?|its|his|her|their|it) )")   # "expects to sell"


def asides(lower: str) -> list[tuple[int, int]]:
    """The spans of a sentence that only say more of what stands before them.

    >>> [lower[a:b] for lower in ["ana ruiz, who led norvik, raised money"] for a, b in asides(lower)]
    [', who led norvik,']
    """
    return [match.span() for match in ASIDE.finditer(lower)]
