"""Who does what in a clause: finite verbs right behind a name, and asides that end before the clause goes on.

Words: `schemas/words/verb.toml`.

>>> acts("norvik sells cars", 6), acts("norvik's cars", 6), acts("norvik also expects to grow", 6)
(True, False, True)
>>> acts("norvik shares fell", 6), acts("norvik shares the cost", 6)
(False, True)
"""
import re
from functools import cache

from .. import schema
from . import move
from .lexicon import inflect

ASIDE = re.compile(r", (?:(?:(?:in|of|for|to|from|with|by|on|at|under|over|after|through) )?"
                   r"(?:whom|whose|which)|who|where|when|an?|formerly|"
                   r"previously|(?:[a-z]+ly )?(?:[a-z]+ed|led|made|run|sold|built|held|known) (?:by|in|at|for|from))\b"
                   # up to a comma, but not one in a number or a list: "which hired at Alder, Harrow and Lund, wants"
                   r"(?:[^,;]|,(?=\d| (?:[\w@.&’'-]+ ){1,3}(?:and|or) [^,;]{2,40}, [a-z])){1,160}(?:,|$)"
                   # "Norvik, the Lund-based carmaker, said", "Lund, Velmora's second city, has"
                   r"|, (?:once |now |already |long )?(?:the|[\w@.-]+(?: [\w.-]+)?['’]s) (?:[\w-]+ ){0,6}"
                   r"[^,;]{1,120}, (?=(?:also |now )?(?:has|had|have|is|was|will|would|said|says|plans|expects|"
                   r"rose|fell|grew|shrank|sold|lost|won|made|took|cut|hit|saw|spent|paid|built|bought|sank|held|ran|"
                   r"[a-z]+ed)\b)"
                   r"|\([^()]{1,160}\)|–[^–—;]{1,160}[–—]|—[^–—;]{1,160}[–—]| --? [^–—;#]{1,120}? --? ")
# "expects to sell"
CONTROLS = re.compile(r" (?:(?:also|now|still|then|already|[a-z]+ly) )?(?!said )[a-z]+(?:s|ed) to (?!(?:the|an?|its|"
                      r"his|her|their|it) )")
AFTER = re.compile(r"[\"”]?(?: \([^()]{1,30}\)|, [a-z]+(?: [a-z]+){0,2},)?(?P<words>(?: [a-z'’]+(?![\w-])){0,3})"
                   r"(?: (?P<next>[\w'’$€£#]+))?")
# begins another clause (masked)
NEW = re.compile(r";(?! (?:and |or |then )*[a-z]+ed\b)|, (?:but|while|whereas) |"
                 r", (?:and |or )?(?:the |its |rival |a )?(?:[\w-]+ ){0,2}"
                 # but not in "Norvik, Velmora's largest landlord,"
                 r"@++(?!['’]s (?:(?:[a-z]+-)?(?:[a-z]+est|most|main|top|leading|only|first|second|third) |"
                 r"(?:[\w@-]+ ){0,7}[\w@-]+(?:,|$)))"
                 # "Norvik beat Marlow, which sold"
                 r"|@,? (?:which|whose|who|where)\b(?=[^,;]*$)")
SHORT = ("'ll", "'d", "'re", "'ve", "'s been")
OBJECTS = frozenset(["a", "an", "the", "its", "their", "that", "it", "more", "about"])
ADVERBS = 2         # that may stand before the verb


@cache
def _verbs() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Finite forms that are verbs behind a name, those that are nouns as often, and the adverbs before both."""
    data = schema.words("verb")["finite"]
    verbs = {*data["verbs"], *schema.words("verb")["irregular"]}
    forms = {form for verb in verbs for form in inflect(verb) if form != verb and not form.endswith("ing")}
    forms |= {form for way in ("up", "down") for form in move.verb_forms(way)
              if form.endswith(("s", "ed")) or form not in verbs}
    forms |= set(data["auxiliaries"])
    # "cut its outlook": such a past looks like a noun
    nouns = {*data["nouns"], *(verb for verb, past in schema.words("verb")["irregular"].items() if verb in past)}
    return frozenset(forms - nouns), frozenset(nouns), frozenset(data["adverbs"])


def acts(lower: str, end: int) -> bool:
    """Whether the name that ends at `end` is the subject of a verb right behind it."""
    if lower.startswith(SHORT, end):
        return True
    verbs, nouns, adverbs = _verbs()
    aside = ASIDE.match(lower, end)
    match = AFTER.match(lower, aside.end() if aside else end)
    words = [*match["words"].split(), match["next"] or ""]
    for word, behind in zip(words[:ADVERBS + 1], [*words[1:], ""]):
        if word in verbs:
            return True
        if word in nouns or word.endswith("ed"):
            return behind in OBJECTS or behind[:1] in set("$€£#0123456789")
        if word not in adverbs and not word.endswith("ly"):
            return False
    return False


def without_asides(gap: str) -> str:
    """What stands between two words, but for the asides that end there.

    >>> without_asides(", who led norvik, raised "), without_asides(", who led a team of ")
    (' raised ', ', who led a team of ')
    """
    if "," not in gap and "(" not in gap and "–" not in gap and "—" not in gap and " -" not in gap:
        return gap
    return ASIDE.sub(lambda aside: " " if aside.end() < len(gap) else aside[0], gap).replace("  ", " ")


def asides(lower: str) -> list[tuple[int, int]]:
    """The spans of a sentence that only say more of what stands before them.

    >>> [lower[a:b] for lower in ["ana ruiz, who led norvik, raised money"] for a, b in asides(lower)]
    [', who led norvik,']
    """
    return [match.span() for match in ASIDE.finditer(lower)]


RELATIVE = re.compile(r", (?:[a-z]+ )?(?:who|whom|whose|which|where)\b")


def is_apart(masked: str, one: int, two: int) -> bool:
    """Whether the first of two offsets lies in a relative clause behind which, before the second one, the clause that
    it parts goes on."""
    return ", " in masked[one:two] and "wh" in masked and any(
        start < one < end <= two and RELATIVE.match(masked, start) and acts(masked, start)
        for start, end in asides(masked))
