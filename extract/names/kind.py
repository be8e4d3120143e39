"""What kind of thing a name is that nobody knows: by its own words, and by those that stand beside it.

>>> from extract.names.candidate import Candidate
>>> text = "The chipmaker Brightwell sold 300 chips. Maria Roe said so."
>>> kind_of(text, "Brightwell", [Candidate(14, 24, False, False)])
'company'
>>> kind_of(text, "Maria Roe", [Candidate(41, 50, True, False)])
'person'
>>> kind_of(text, "Lund", [])
'other'
"""
import re
from collections import Counter
from collections.abc import Collection, Iterator

from .candidate import Candidate
from .cue import cues, kinds_ahead, words
from .gazetteer import gazetteer, is_known, is_place
from .word import PLAIN, SMALL, ends_body, is_headed, is_ordinary

MENTIONS = 12       # of a name are looked at
REACH = 32          # letters before a name that tell its kind
LEADS = re.compile(r"\b[A-Za-z][a-z]+ (?:leader|owner|operator|founder|partner|champion|pioneer|head|chief) $")
YEARS_OLD = re.compile(r"-year-old $")
LOCAL = re.compile(r"(?:\w+ )?Local [0-9]")           # of a union: UAW Local 32
PLURAL_ACRONYM = re.compile(r"[A-Z-]*[A-Z]s")            # SRBs, HGVs
# "fell 3%", as shares and no people do
MOVED = re.compile(r" (?:shares )?(?:rose|fell|shed|lost|gained|added|slid|jumped|dropped|surged|plunged|slumped|"
                   r"climbed|tumbled|soared|sank|rallied) (?:by |about |around |almost |nearly |more than |over |"
                   r"as much as )?[0-9][0-9.,]*(?:%| per ?cent)")
QUOTES = ("“", '"', "‘")


def kind_of(text: str, name: str, mentions: list[Candidate]) -> str:
    """company, product, place, person, organisation, other."""
    return next((c.told for c in mentions if c.told), None) or _by_form(text, name, mentions) \
        or _by_votes(text, name, mentions)


def is_spoken_of(text: str, mentions: list[Candidate],
                 ahead: Collection[str] = frozenset(["company", "product", "person"])) -> bool:
    """Whether words that stand beside names of companies, products or people stand beside one of these."""
    for before, after in _sides(text, mentions):
        if not kinds_ahead(before).isdisjoint(ahead):
            return True
        if after[:2] in ("’s", "'s") or any(cues()[cue].match(after) for cue in (
                "apposed_company", "apposed_product", "company_after", "person_after")):
            return True
    return False


def _sides(text: str, mentions: list[Candidate]) -> Iterator[tuple[str, str]]:
    """What stands before and behind the first mentions of a name."""
    return ((text[max(0, c.start - REACH):c.start], text[c.end:c.end + 90]) for c in mentions[:MENTIONS])


def _by_form(text: str, name: str, mentions: list[Candidate]) -> str | None:
    """The kind of which the words of a name leave no doubt: Norvik Motors, Court of Auditors, Lund Airport."""
    lists, parts = words(), name.split()
    last = parts[-1]
    if is_headed(name):
        return "organisation"
    if last.strip(".,") in lists["company_suffix"] and not lists["trim"].issuperset(parts[-2:]):
        return "company"        # no "Norvik R1 Quad Motor"
    if ends_body(parts) or LOCAL.match(name):
        return "organisation"
    if len(parts) == 1:
        return "organisation" if last in lists["team"] else None
    if branch := _branch(parts):
        return branch
    if parts[0] == "Air":
        return "company"
    if last in lists["team"]:
        return "organisation"
    if last in lists["trim"] and any(map(str.isdigit, name)):
        return None             # Corvo 15 Base is no air base
    kind = next((kind for kind in ("other", "place") if last in lists[f"{kind}_suffix"]), None)
    return kind if kind and not _is_title_of_work(text, mentions) else None


def _branch(parts: list[str]) -> str | None:
    """The kind of what has a place behind its name: General Motors Europe, Imperial College London."""
    for at in range(1, len(parts)):
        if is_place(" ".join(parts[at:])):
            owner = " ".join(parts[:at])
            if is_known(owner, "company"):
                return "company"
            if parts[at - 1] in words()["organisation_suffix"] or is_known(owner, "organisation"):
                return "organisation"
    return None


def _is_title_of_work(text: str, mentions: list[Candidate]) -> bool:
    """Whether the name stands in quotes behind the noun of a product: the film “Quillon Harbor”."""
    return any(text[c.start - 1:c.start] in QUOTES and "product" in kinds_ahead(text[max(0, c.start - REACH):c.start])
               for c in mentions[:MENTIONS])


def _by_votes(text: str, name: str, mentions: list[Candidate]) -> str:
    """The kind that most of its own words and of those beside it tell of; without any, the likeliest."""
    lists, parts = words(), name.split()
    several, given = len(parts) > 1, _is_given(name, parts)
    plain = PLAIN.fullmatch(name) is not None and (given or not several or not is_place(parts[0]))
    sides = list(_sides(text, mentions))
    articles = sum(before[-4:].lower() == "the " for before, _ in sides)
    articled = 2 * articles >= min(len(mentions), MENTIONS)
    made = 2.5 * any(c.maker for c in mentions) + any(c.base for c in mentions)
    votes = _own_votes(name, parts, made, given, plain)
    for before, after in sides:
        _vote_before(votes, before, after, several, given, plain)
        _vote_behind(votes, after, several, plain)
    if articled:        # firms and people take no article
        votes["company"] -= 1
        votes["person"] -= 2
        votes["organisation"] += 1.5 if name.isupper() and name.isalpha() else 0
    headed = several and next((kind for kind in ("other", "place") if parts[0] in lists[f"{kind}_head"]), None)
    personal = plain and not articles and not headed and _is_personal(parts)
    kind = max(votes, key=lambda k: (votes[k], k), default="other")
    # "Ormo Wexan scored": one word beside it makes no product or firm of it
    if votes[kind] > (1.5 if personal and kind in ("company", "product") else 0):
        return kind
    if headed:
        return headed           # Project Quillon, Mount Quillon
    if several and (is_place(parts[0]) or is_place(" ".join(parts[:2]))):
        return "other" if articles else "company"       # Lund Caledonian
    if personal:
        return "person"
    if PLURAL_ACRONYM.fullmatch(name):
        return "other"
    if articled and several and not name.isupper() and not any(p.lower() in lists["common"] for p in parts):
        return "product"        # firms take no article
    acts = not name.isupper() or any(cues()["acts"].match(after) for _, after in sides)
    return "company" if len(mentions) > 1 and acts else "other"


def _is_given(name: str, parts: list[str]) -> bool:
    """Whether a name begins with a given name."""
    return parts[0] in words()["first_name"] and not any(map(str.isdigit, name))


def _is_personal(parts: list[str]) -> bool:
    """Whether two or three words look like those of a person's name."""
    lists, large = words(), [part for part in parts if part not in SMALL]
    return 2 <= len(large) <= 3 and not any(part.lower() in lists["common"] for part in large) \
        and lists["trim"].isdisjoint(parts[1:]) and parts[0] not in lists["thing_head"]


def _own_votes(name: str, parts: list[str], made: float, given: bool, plain: bool) -> Counter:
    """What the name itself tells; `made`: what a known firm or product before it tells."""
    votes: Counter = Counter()
    told = any(map(str.isdigit, name)) or not words()["variant_code"].isdisjoint(parts[1:])
    votes["product"] = made + 3 * told
    votes["company"] = 2 * ("&" in parts)
    if len(parts) == 1 and (ending := cues()["ending"].search(name)):       # the drug's, or the firm's
        votes["product" if ending[1] else "company"] += 3 if ending[1] else 1.5
    if len(parts) == 2 and is_known(parts[1], "company") and parts[1] not in gazetteer().ambiguous \
            and "carmaker" in gazetteer().get(parts[1])[0].descriptors:
        votes["company"] += 1.8         # Wexley Ford, who sells them
    if given and (len(parts) < 3 or (len(parts) == 3 or plain) and not is_ordinary(" ".join(parts[1:]))):
        votes["person"] = 4 if len(parts) > 1 else 2 * plain
    elif len(parts) == 2 and parts[0] in words()["family_first"]:
        votes["person"] = 2
    return votes


def _vote_before(votes: Counter, before: str, after: str, several: bool, given: bool, plain: bool) -> None:
    """What the words before a mention tell, those behind it where they tell the same."""
    ahead = kinds_ahead(before)
    if "company" in ahead or cues()["apposed_company"].match(after):
        votes["company"] += 3
    if "organisation" in ahead:
        votes["organisation"] += 4
    if "product" in ahead or cues()["apposed_product"].match(after):
        votes["product"] += 2
    if "person" in ahead or cues()["administration"].match(after):
        # "market leader Wristia", "tanker owner Brisling": firms lead and own too
        votes["person" if several or given or not LEADS.search(before) else "company"] += 3
    if before.endswith((" at ", " with ", " from ", " for ")) and cues()["role_at"].search(before):
        votes["company"] += 3
    if plain and (cues()["says"].search(before) or YEARS_OLD.search(before)):
        votes["person"] += 2
    if MOVED.match(after):
        votes["company"] += 2
    if cues()["city_of"].search(before):
        votes["place"] += 3
    if cues()["taxed_before"].search(before):
        votes["place"] += 2
    if cues()["place_before"].search(before) and not after.startswith(("’s", "'s")):
        votes["place"] += 0.8


# What stands right behind a mention, the kind of which it tells, and how surely; noun_after: "the Linnet car"
BEHIND = [("noun_after", "product", 3), ("company_after", "company", 1.5), ("product_after", "product", 1.5),
          ("other_after", "other", 2)]


def _vote_behind(votes: Counter, after: str, several: bool, plain: bool) -> None:
    """What the words behind a mention tell."""
    for cue, kind, weight in BEHIND:
        if cues()[cue].match(after):
            votes[kind] += weight
    if plain and not several:
        votes["person"] += 1.5 * (cues()["he"].match(after) is not None)
        votes["company"] += cues()["its"].match(after) is not None
    if plain and (cues()["aged"].match(after) or several and cues()["person_after"].match(after)):
        votes["person"] += 3
    if cues()["taxes_after"].match(after):
        votes["place"] += 3
    where = cues()["place_after"].match(after)
    if where and (not where[1] or is_place(where[1])):
        votes["place"] += 1
