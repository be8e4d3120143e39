"""How strongly a number is tied to a noun: the shared frames of `schemas/words/frame.toml`.

>>> masked = "revenue rose to ########## in ~~~~"
>>> tie(masked, 0, 7, 16, 26)
(0.9455, 'noun is N')
>>> tie(masked, 0, 7, 3, 5) is None
True
"""
import re
from functools import cache

from .. import schema
from ..pattern import any_of
from . import clause, move

SIGN = r"[\w~@%$€£'’&/.+]"
# Hyphens part words too: a word keeps those inside it, and gives none back, so that time stays linear.
WORD = rf"{SIGN}(?:{SIGN}|-(?={SIGN}))*+"
# A word that may stand between a number and its noun: no preposition, article or verb of being.
PLAIN = (r"(?!(?:at|a|an|the|of|in|for|to|from|by|with|on|and|or|as|than|is|was|were|are|over|after|per|its|that|which|"
         r"while|but|"
         r"amid|amidst|among|despite|against|during|before|within|across|under|without|versus|until|since|because|when|"
         r"where|who|if|between|although|though|whereas|whether|exceeds|exceeded|beats|topped|surpassed|"
         r"missed)\b)" + WORD)


ASIDE = re.compile(r"^\s?(?:/\s?#+|\(@+\))")        # "150 kW/204 hp motor", "500 km (Finch) of range"


@cache
def _frames() -> dict[str, list[tuple[re.Pattern, float, str]]]:
    data = schema.words("frame")
    change = move.words()
    parts = {"near": rf"(?:{any_of(data['near'])}\s*){{0,4}}", "link": any_of(data["link"]), "word": WORD,
             "plain": PLAIN, "moving": f"{change['up_noun']}|{change['down_noun']}",
             "move": "|".join(change[k] for k in ("up_verb", "down_verb", "up_word", "down_word"))}
    frames = {"before": [], "after": []}
    for frame in data["frame"]:
        pattern = re.compile(frame["gap"].format(**parts))
        frames[frame["side"]].append((pattern, frame["strength"], frame["id"]))
    return frames


@cache
def near() -> str:
    """Pattern of the words that say how exact a number is."""
    return rf"(?:{any_of(schema.words('frame')['near'])}\s*){{0,4}}"


@cache
def _around(particle: str) -> re.Pattern:
    return re.compile(rf"\s(?:it|them|(?:the|an?|its|their|his|her|this|that|each|all|"
                      rf"(?:[a-z-]+\s){{0,3}}@)[^#;:,]{{1,60}}?)\s{re.escape(particle)}\s+(?:an?\s+[a-z-]+\s+)?{near()}")


def around(gap: str, particle: str) -> tuple[float, str] | None:
    """The tie of a verb that has its object between itself and the number: "valued the group at N"."""
    first = gap.find("#")
    if _around(particle).fullmatch(gap if first < 0 else gap[:first]):
        return (1.0, f"verb ... {particle} N") if first < 0 else (0.35, f"verb ... {particle} N , N")
    return None


def tie(masked: str, start: int, end: int, number_start: int, number_end: int) -> tuple[float, str] | None:
    """Strength and id of the strongest frame between the words at start:end and the number; None where none fits.

    `masked` is the sentence in lower case with #, @ and ~ for quantities, names and periods.
    """
    if end <= number_start:
        side, gap = "before", clause.without_asides(masked[end:number_start])
    elif start >= number_end:
        side, gap = "after", ASIDE.sub("", masked[number_end:start], 1)
    else:
        return None
    if len(gap) > 160:
        return None
    for pattern, strength, name in _frames()[side]:
        if pattern.fullmatch(gap):
            # Numbers between belong to nearer nouns.
            crossed = gap.count("#") and len(re.findall(r"#+", gap))
            if clause.NEW.search(gap):
                strength *= 0.8
            return strength * 0.85 ** crossed - len(gap) / 2000, name
    return None
