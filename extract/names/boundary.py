"""Where a name begins and ends: what goes on with a known name, and where a known one is only part of a longer name.

>>> from extract.names.candidate import Candidate, hits
>>> samsung = Candidate(0, 7, False, False, hits("Samsung", [])[0])
>>> extended("Samsung Battery Box", samsung, 8, 19, False).end
19
>>> extended("Samsung, Battery Box", samsung, 9, 20, False) is None
True
"""
import re
from dataclasses import replace

from ..model import Entity
from ..numbers import number, unit
from .candidate import FAR, Candidate, Hit, occurrences
from .cue import cues, words
from .gazetteer import gazetteer
from .sense import FLANK_BEHIND, is_made_known, is_preceded
from .word import SMALL, ends_body, is_headed, is_listed, is_ordinary

OF_NAME = re.compile(r" of (?:the )?[A-Z]")
TITLED_BEHIND = re.compile(r"(?: [A-Z][a-z]+)+")
HOUSE_BEHIND = re.compile(r" (?:Hospital|University|College|School|Church|Cathedral|Basilica|Infirmary|Park|Cross|"
                          r"Union|Association|Federation|Society|Club|Guild|Court)\b")
INFLECTED = ("ing", "ed", "ly")     # ends of words that open a sentence before a name: "Poaching Quillon"
OF_FIRM = re.compile(r" (?:LLC|Inc|Ltd|Corp|employs|says|plans)\b| (?:is|was) (?:[a-z]+ly )?[a-z]+ing\b")
ROMAN = re.compile(r"[IVXL]+")
# What goes on with a product's name: Slate 9, Ubuntu 25.10, Slate 5i; no year, no 3G, no 5th
MODEL = re.compile(r"(?!(?:19|20)[0-9]{2}$)[0-9]{1,4}|[0-9]{1,2}(?:\.[0-9]{1,2}){1,2}|"
                   r"[0-9][0-9]*(?!st|nd|rd|th)[A-Za-z]{1,2}")
MODEL_CODE = re.compile(r"[0-9]{3,4}[A-Z]+[0-9A-Z]*")       # Ryzen 9 9950X3D
HYBRID = "2-in-1"           # of laptops that are tablets: Veldt 13 2-in-1
ARTICLED = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]his) (?:new |[$€£][\w.,-]+ )?$")
COUNTED_BEHIND = re.compile(r"[,.:/–-]?[0-9$€£%°]|[ -]?(?P<word>[^\W\d_]+)")
OF_OR_FOR = re.compile(r" (?:of|for) (?:the )?")
AND_MORE = re.compile(r"(?:, [A-Z][a-z]+(?: [A-Z][a-z]+)?)*,? and [A-Z][a-z]+(?: [A-Z][a-z]+)*(?![\w-])")
AND_AHEAD = re.compile(r"(?:(?<=[Tt]he )|(?<![\w'’.] )(?<![A-Z]))(?!The )(?:U\.S\. )?(?:[A-Z][a-z]+ ){0,3}[A-Z][a-z]+"
                       r"(?:, [A-Z][a-z]+(?: [A-Z][a-z]+)?)*,? and $")


# Known names that are only part of a longer one --------------------------------------------------------------

def is_part(text: str, hit: Hit, before: Candidate | None, titled: bool) -> bool:
    """Whether a known name is only a part of a longer name that nobody knows."""
    place = before.known.entity if before and before.known else None
    if place and text[before.end:hit.start] in (" ", "'s ", "’s ") and _is_of_another(place, hit.entity):
        return True             # "Slovenian Democratic Party", "Slovenia's 10-year yield"
    if before and before.known and text[before.end:hit.start] == " " and _is_of_rival(before.known.entity, hit) \
            and not text[max(0, before.start - 2):before.start].strip().isdigit():      # not in "a 300 HP Mustang"
        return True             # the X7 of "Poco X7 Pro" and that of "ThinkPad X1" are not BMW's
    if before and before.product and text[before.end:hit.start] == " " and hit.spelling in words()["trim"]:
        return True             # the Plaid of "Model X Plaid" is no firm
    if "department" in hit.entity.descriptors and text.endswith("state ", 0, hit.start):
        return True             # "the state Department of Transportation"
    known, of_name = text[hit.start:hit.end], OF_NAME.match(text, hit.end) is not None
    if hit.ambiguous and of_name:
        return True             # "Office of Internal Auditing"
    if titled:
        return False
    flanked = FLANK_BEHIND.match(text, hit.end) is not None
    if flanked and before and before.known and text[before.end:hit.start] == " " and hit.ambiguous \
            and before.known.entity.kind == hit.entity.kind == "company":
        return True             # "Norvik Smart Clock"
    if hit.ambiguous and flanked and hit.entity.kind in ("place", "organisation") \
            and (known.lower() in words()["common"] or known in words()["matter"]):
        return True             # "Reading Rainbow"
    if hit.how == "opening" and (flanked or before and text[before.end:hit.start] == " "):
        return True             # "Copper Ridge Mining"
    return of_name and known.split()[-1] in words()["organisation_suffix"]      # "Supreme Court of India"


def _is_of_another(place: Entity, body: Entity) -> bool:
    """Whether what looks like a known body or rate is that of the other country, or of the state, before it."""
    if place.kind != "place" or body.kind not in ("organisation", "other") or None in (body.country, place.country):
        return False
    return body.country != place.country or "department" in body.descriptors and "country" not in place.descriptors


def _is_of_rival(before: Entity, hit: Hit) -> bool:
    """Whether what looks like a known product is that of another firm, which or whose product stands before it."""
    maker = before.entity_id if before.kind == "company" else before.maker_id
    return before.kind in ("company", "product") and hit.entity.kind == "product" and hit.ambiguous \
        and hit.entity.maker_id not in (None, maker)


def ends_longer(text: str, piece: list[tuple[int, int]], hit: Hit, opens: bool) -> bool:
    """Whether a known name only ends a longer one, of which the words in `piece` are: Tom Cruise, Vivendi Universal,
    Centre of Indian Trade Unions."""
    first, last, known = text[slice(*piece[0])], text[slice(*piece[-1])], text[hit.start:hit.end]
    gap, lists = text[piece[-1][1]:hit.start], words()
    if last in SMALL:
        return last == "&" and hit.entity.kind == "place" or any(
            word in lists["body"] or word == "Port" for word in text[piece[0][0]:piece[-1][1]].split())
    if first in lists["other_head"] or first in lists["first_name"] and gap == ". ":
        return True             # Operation Quillon, USS Norvik; Jane B. Ford
    if hit.ambiguous and any(map(str.isdigit, known)):
        return True             # the X2 of "Basalt X2" and that of "ThinkPad X1" are not BMW's
    if not known.isalpha() or len(gap) != 1 or text[hit.end:hit.end + 1].isalnum():
        return False
    if known in lists["other_suffix"] or known in lists["organisation_suffix"] or hit.how == "opening":
        return True             # Times Square, Federal Statistics Office, Tarnwick Steel
    if hit.how == "demonym" and (behind := TITLED_BEHIND.match(text, hit.end)) and any(
            word in lists[suffix] for word in behind[0].split()
            for suffix in ("organisation_suffix", "company_suffix", "other_suffix")):
        return True             # Grand Egyptian Museum
    if last in lists["before_place"]:
        return True
    if text[piece[0][0] - 1:piece[0][0]] in ("“", '"') and text[hit.end:hit.end + 1] in ("”", '"', ","):
        return True             # “Cold Quillon”
    if hit.entity.kind == "person" and FLANK_BEHIND.match(text, hit.end):
        return True             # Alder Quillon Hospital, where Quillon is somebody as well
    if first in lists["starters"]:
        return False
    if first.lower() in lists["common"]:    # Ultra Quillon, Independent System Operator
        return hit.ambiguous and not opens and first.lower() not in lists["common_noun"] \
            and (hit.entity.kind == "company" if len(piece) == 1 else known.lower() in lists["common"])
    if len(piece) == 1 and first in lists["first_name"]:
        return hit.how == "exact"
    return hit.ambiguous or hit.entity.kind == "company" and hit.how == "exact" and len(piece) == 1 \
        and first.istitle() and first.isalpha() and not (opens and first.endswith(INFLECTED))      # Wexley Ford


def ends_branch(text: str, hit: Hit, before: Candidate | None) -> bool:
    """Whether a place ends the name of a firm or house: General Motors Europe, but not "Tesla China sales"."""
    if before is None or text[before.end:hit.start] != " " or hit.entity.kind != "place" or hit.how != "exact":
        return False
    named = text[before.start:before.end]
    if HOUSE_BEHIND.match(" " + named.split()[-1]):
        return True             # Imperial College London
    kind = before.known and before.known.entity.kind
    return (kind == "company" or kind == "organisation" and " " in named) \
        and "city" not in hit.entity.descriptors and not cues()["of_branch"].match(text, hit.end)


# What goes on with a known name ------------------------------------------------------------------------------

def extended(text: str, before: Candidate, start: int, end: int, titled: bool) -> Candidate | None:
    """The known name before some words as the longer one that they make with it: Samsung + Battery Box."""
    product, gap = before.product, text[before.end:start]
    if before.known is None and product is None:
        return None
    entity, rest = product or before.known.entity, text[start:end].split()
    if gap in ("'s ", "’s ") and HOUSE_BEHIND.match(" " + rest[0]):
        return Candidate(before.start, end, before.opens, titled)       # King's College
    if gap != " ":
        return None
    longer = Candidate(before.start, end, before.opens, titled)
    if rest[-1] in ("Index", "Composite") and len(rest) > 1 and entity.kind in ("other", "organisation"):
        return longer           # "the Brightwell Billionaires Index"
    if entity.kind == "company" and all(w.strip(".,") in words()["legal_form"] for w in rest) \
            or entity.kind == "other" and ROMAN.fullmatch(text, start, end):      # Super Bowl LX
        return replace(before, end=end)
    while product and len(rest) > 1 and rest[-1] in words()["no_model"] - words()["trim"]:
        end -= len(rest.pop()) + 1      # "F 900 XR Review"
    longer.end = end
    place = entity.kind == "place"
    if _is_body(entity, rest) or place and before.known.how == "exact" and _is_after_place(rest):
        return longer
    if titled:
        return None
    if place and _is_of_place(text, before, rest) or _is_somebody(text, before, entity, rest, end):
        return longer
    if product and len(rest) == 1 and rest[0].strip(".") in words()["company_suffix"]:
        return longer           # Sion Power, of which nobody says that it is the Sion's
    if product and before.known and _is_firm(text, text[before.start:end]):
        longer.told = "company"
        return longer
    if entity.kind == "person" and before.known is not None and (_is_ordinary(rest) or ends_body(rest)):
        return longer           # "the Trump Accounts", "the Musk Foundation"
    if _is_full_name(rest):
        return None             # "the head of Quillbox Jane Roe"
    if entity.kind == "company" or product and (_is_variant(rest) or not (
            _is_ordinary(rest) and _is_of_product(rest[-1].strip(".")))):
        if product is None or _is_told(text, before):
            longer.maker = product and gazetteer().entities.get(product.maker_id) or entity
            longer.base = product
        return longer
    return None


def _is_ordinary(rest: list[str]) -> bool:
    return all(word.lower() in words()["common"] for word in rest)


def _is_full_name(rest: list[str]) -> bool:
    """Whether two words are somebody's name."""
    lists, last = words(), rest[-1]
    return len(rest) == 2 and rest[0] in lists["first_name"] and last.istitle() and last.isalpha() \
        and last.lower() not in lists["common"] and last not in lists["trim"] and last not in lists["company_suffix"]


def _is_variant(rest: list[str]) -> bool:
    """Whether words tell a variant, which none of them may do alone: Long Range."""
    return len(rest) > 1 and words()["trim"].issuperset(rest)


def _is_body(entity: Entity, rest: list[str]) -> bool:
    """Whether words make a body of what they stand behind: Norway + Court of Auditors, Norvik Motors + Foundation."""
    return entity.kind in ("place", "organisation") and (is_headed(" ".join(rest)) or rest[0] == "Local") \
        or entity.kind in ("place", "organisation", "company") and ends_body(rest)


def _is_after_place(rest: list[str]) -> bool:
    """Whether words make a firm, team or thing of the place before them: US Airways, Los Angeles Dodgers."""
    last = rest[-1].strip(".")
    return last in words()["national_company"] or last in words()["other_suffix"] or " ".join(rest) in words()["team"]


def _is_of_place(text: str, place: Candidate, rest: list[str]) -> bool:
    """Whether words are one name with the place before them, or with its people."""
    lists, last, how = words(), rest[-1].strip("."), place.known.how
    if how != "exact":
        return len(rest) == 1 and last in lists["company_suffix"]      # Scottish Mortgage
    named = text[place.start:place.end]
    if _is_ordinary(rest) and not (place.opens and len(rest) < 3 or named.lower() in lists["common"]
                                   or is_preceded(text, place)):
        return True             # Danube Grain Terminal
    if last in lists["company_suffix"] and rest[0] not in lists["own_form"] \
            and all(w.lower() in lists["common"] or w in lists["company_suffix"] for w in rest):
        return True             # Yangtze Electric Power
    if place.opens or any(rest[0] in lists[name] for name in ("first_name", "adherent", "person_title")):
        return False
    return all(w.istitle() and w.isalpha() and w.lower() not in lists["common"]
               for w in rest)   # the Lund Caledonians


def _is_somebody(text: str, before: Candidate, entity: Entity, rest: list[str], end: int) -> bool:
    """Whether a known name is the given name of somebody: Virginia Tufte, Stanley Quill, Brent Roe."""
    named = text[before.start:before.end]
    if entity.kind == "product" or named not in words()["first_name"] or len(rest) > 1 or not rest[0].isalpha() \
            or _is_ordinary(rest):
        return False
    return entity.kind != "company" or text.count(named, 0, FAR) <= text.count(text[before.start:end], 0, FAR)


def _is_firm(text: str, named: str) -> bool:
    """Whether what begins like a product and is a plural is the name of a firm, of which the text tells as of one:
    "Quillon Cells is hiring"."""
    last = named.rpartition(" ")[2].lower()
    if not last.endswith("s") or not {last, last[:-1]}.isdisjoint(words()["generic_product"]):
        return False
    return any(OF_FIRM.match(text, at + len(named)) for at in occurrences(text, named))


def _is_told(text: str, candidate: Candidate) -> bool:
    """Whether what may be a product's name is one, so that what goes on with it is one as well: no Air of "Air
    Force"."""
    known = candidate.known
    return known is None or not known.ambiguous or is_made_known(text, known.entity, known.spelling)


def _is_of_product(word: str) -> bool:
    """Whether a word behind a product's name says something of it and is none of the name: "iPhone Users"."""
    return word in words()["never"] or word in words()["no_model"] \
        or word.endswith("s") and word not in words()["trim"]


# Numbers that go on with a name ------------------------------------------------------------------------------

def numbered(text: str, before: Candidate, start: int, end: int, alone: bool, titled: bool) -> Candidate | None:
    """The known name before a number as the product that both name, where the number counts nothing: "The Slate 9 is",
    "Lumenta Slate 9", "Ubuntu 25.10 is", "Ryzen 9 9950X"."""
    if start - before.end != 1 or number.lists_count(text, start, end):
        return None
    longer = Candidate(before.start, end, before.opens, titled)
    if (product := before.product) is not None:
        longer.maker, longer.base = gazetteer().entities.get(product.maker_id), product
        return longer if _is_model(text, before.end, start, end) and _is_told(text, before) else None
    if before.known is None or before.known.entity.kind != "company" or not alone or not shows_number(text, end) \
            or end - start > 2 and not (MODEL.fullmatch(text, start, end) and _is_articled(text, before.start, end)):
        return None
    longer.maker = before.known.entity
    return longer


def _is_articled(text: str, start: int, end: int) -> bool:
    """Whether a text has an article before what stands here, as firms have none: "the Quillon 3.2"."""
    return any(ARTICLED.search(text, max(0, at - 30), at) for at in occurrences(text, text[start:end]))


def shows_number(text: str, end: int) -> bool:
    """Whether what stands behind a number shows that it counts nothing.

    >>> shows_number("Kestrel 2 is here", 9), shows_number("Kestrel 2 cars", 9)
    (True, False)
    """
    return cues()["number_after"].match(text, end) is not None


def _is_model(text: str, before: int, start: int, end: int) -> bool:
    """Whether a number behind a product's name, which ends at `before`, tells its model: no unit, no plural stands
    behind it."""
    written = text[start:end]
    if written == HYBRID or MODEL_CODE.fullmatch(written) and unit.read(written.lstrip("0123456789")) is None:
        return True
    if written.isdigit() and text[before - 1].isdigit() or not MODEL.fullmatch(written):
        return False
    letters, lists = written.lstrip("0123456789."), number.lists()
    if letters and letters != "K" and (unit.read(letters) is not None or letters in lists["money_letters"]
                                       or len(written) == 2 and letters in "DGXx"):
        return False
    if letters == "K" or shows_number(text, end):
        return shows_number(text, end)          # "the Tern Stick 4K is", no "Tern 4K videos"
    behind = COUNTED_BEHIND.match(text, end)
    word = behind and behind["word"]
    return behind is None or word is not None and unit.read(word) is None and word not in lists["magnitudes"] \
        and not (word.islower() and word.endswith("s") and word not in words()["common_noun"])


# Names of several runs ---------------------------------------------------------------------------------------

def joined_bodies(text: str, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates, bodies with all that "and" joins in their names: "Ministry of Trade and Industry", "Competition
    and Markets Authority"."""
    reach, kept = 0, []
    for candidate in candidates:
        if candidate.start < reach:
            continue
        kept.append(candidate)
        head, *matters = OF_OR_FOR.split(text[candidate.start:candidate.end])
        if candidate.known or candidate.titled or head.split()[-1] not in words()["organisation_suffix"]:
            continue
        if matters and is_listed(matters[-1]) and (more := AND_MORE.match(text, candidate.end)) and is_listed(more[0]):
            candidate.end = reach = more.end()
        elif is_listed(head.rpartition(" ")[0]) and (ahead := AND_AHEAD.search(
                text, max(0, candidate.start - 60), candidate.start)) and is_listed(ahead[0]):
            candidate.start = ahead.start()
            kept = [c for c in kept if c.end <= candidate.start] + [candidate]
    return kept


def joined_firms(text: str, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates, firms with all that "and" joins in their names: "Veldt Research and Management Co.", but not
    "Veldt Research and Harrow Management"."""
    kept: list[Candidate] = []
    for candidate in candidates:
        before = kept[-1] if kept else None
        if before and text[before.end:candidate.start] == " and " and _goes_on(text, before, candidate):
            kept[-1] = Candidate(before.start, candidate.end, before.opens, before.titled)
        else:
            kept.append(candidate)
    return kept


def _goes_on(text: str, before: Candidate, candidate: Candidate) -> bool:
    """Whether what stands behind "and" has no name of its own, and goes on with that of a firm."""
    lists = words()
    head, rest = text[before.start:before.end].split(), text[candidate.start:candidate.end].split()
    if before.known or candidate.known or candidate.titled or len(rest) > 3 \
            or head[-1] in lists["legal_form"] or rest[-1].strip(".") not in lists["company_suffix"]:
        return False
    return (len(head) > 1 and (head[-1] in lists["company_suffix"] or head[-1].lower() in lists["common"])
            and not is_ordinary(" ".join(head)) and len(rest) > 1 or rest[0] in ("Company", "Sons", "Associates")) \
        and all(w in lists["company_suffix"] or w.strip(".").lower() in lists["common"] for w in rest)


def completed_titles(text: str, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates, products and makers of headlines with the longer name that the text has for them: "Slate Desktop
    Gets a Dark Mode"."""
    longer = {text[c.start:c.end]: c.base or c.maker for c in candidates if c.maker and not c.titled}
    if not longer:
        return candidates
    reach, kept = 0, []
    for candidate in candidates:
        if candidate.start < reach:
            continue
        short = candidate.base or candidate.known and candidate.known.entity if candidate.titled else None
        end = max((candidate.start + len(name) for name, of in longer.items()
                   if of is short and text.startswith(name, candidate.start)), default=0) if short else 0
        if end > candidate.end:
            product = short.kind == "product"
            maker, reach = gazetteer().entities.get(short.maker_id) if product else short, end
            candidate = replace(candidate, end=end, known=None, base=short if product else None, maker=maker)
        kept.append(candidate)
    return kept
