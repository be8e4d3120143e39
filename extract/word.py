"""The words of capitalised runs by themselves: where one is several that lost their space, and what of it is a name.

>>> RUN.search("The carmaker Norvik Motors of Oslo sold 300.", 4)[0]
'Norvik Motors of Oslo'
>>> word("Nvidia’s,").bare, word("BEV-specific").bare, word("LFP/NMC").bare
('Nvidia', 'BEV', '')
"""
import re
from functools import cache, lru_cache
from typing import NamedTuple

from .cue import words
from .gazetteer import is_place

# A capitalised word, or one that begins small and has a capital inside: iPhone, xAI, e-C3.
LARGE = "A-ZÀ-ÖØ-Þ" + "".join(filter(str.isupper, map(chr, range(0x100, 0x220))))       # Łukasz, Şahin
CAPITAL = rf"(?:[{LARGE}][\w&'’.+/\-]*|(?!ex-|un-|co-|re-|de-)[a-z]{{1,2}}-?[A-Z][\w\-]*)"
NUMERAL = r"[0-9][0-9A-Za-z.\-]*"
# small words in names of people
PARTICLE = r"(?:de la|de los|van de[rn]?|von de[rn]?|de[nr]?|del|della|von|van|di|da|dos|du|la|bin|ibn)"
JOINING = rf"(?:(?:of the|of|for the|for|{PARTICLE}) (?={CAPITAL}))?"
RUN = re.compile(rf"(?<![\w$€£@#/.-]){CAPITAL}(?: {JOINING}(?:{CAPITAL}|{NUMERAL}|&))*")
TOKEN = re.compile(r"[^ ]+")
SMALL = frozenset(["of", "the", "for", "&", "de", "den", "der", "del", "della", "von", "van", "di", "da", "dos", "du",
                   "la", "los", "bin", "ibn"])

MONEY = re.compile(r"(?:RM|Rs\.?|R|CNY|RMB|USD|EUR|GBP|JPY|INR|SDR|CHF|AED|HKD|TWD|KRW|AUD|CAD|SGD|SEK|NOK|DKK|BTC|ETH)"
                   r"[0-9][0-9.,]*(?:[mbk]n?|tn)?$")
# formats and standards
TERM = re.compile(r"(?:ISO|IEC|ECE|FP|BF|INT|DDR|LPDDR|GDDR|HBM|PCIe|USB|UFS|SATA|HDMI|IP|WPA|H\.?26)[0-9]+[A-Za-z]*")
BUTTON = re.compile(r"(?:Learn|Read|See|View|Show|Load|Find|Shop|Buy|Order|Get|Book|Click|Tap|Sign|Log|Subscribe|Join|"
                    r"Apply|Watch|Listen|"
                    r"Start|Try|Check|Explore|Discover|Compare|Download|Donate) (?:More|Now|Here|It|Up|In|Out|"
                    r"All)(?![^\W_])")
POSSESSIVE = re.compile(r"['’]s?$")
CONTRACTION = re.compile(r"['’](?:ll|re|ve|d|m|t)$")
TAIL = re.compile(r"(?<=\w\w)-[a-z]{3,}(?:-[a-z]+)*$")     # "BEV-specific" speaks of BEV, "Exel-owned" of Exel
FULL_STOP = re.compile(r"(?<=\w\w)\.(?=[A-Z][a-z])")        # "of AI.The bank", where a page lost a space
LETTER_WORD = re.compile(r"[A-Z]-[a-z]+$|(?:Non|Pre|Post|Anti)-")      # C-rates, T-shirt, X-ray, Non-EU
PARTS = re.compile(r"[-/]")
# A capital and small letters in each word: Minami Ando, Conan O'Brien, J.K. Roe, Ludwig van der Quill.
PLAIN_WORD = rf"(?:(?:[A-Z]['’]|[Aa]l-|[Ee]l-|Mc|De|Di|La|Le)?[{LARGE}][^\W\d_A-Z]+(?:-[^\W\d_A-Z]+)?|(?:[A-Z]\.)+)"
PLAIN = re.compile(rf"{PLAIN_WORD}(?:[ -](?:{PARTICLE} )?{PLAIN_WORD})*")
# where a capital, or nothing, follows inside a word
SEAM = re.compile(r"(?<=[\w]['’]s)(?=[A-Z])|(?<=[a-z0-9])(?=[A-Z])|$")
LONG = 60           # letters; no word of a language


class Word(NamedTuple):
    """What a word of a run is by itself, wherever it stands."""
    size: int           # letters without the marks behind it
    bare: str           # what of it may be a name
    common: bool        # an ordinary word
    noun: bool          # the noun of a kind of firms or products: "Chipmaker"
    empty: bool         # no part of any name: nothing is left, a T-shirt, the RM6 of "RM6.2 million"
    stops: bool         # ends a name and is none: a format or standard, "They’re"
    never: bool         # a word that is no name
    starts: bool        # one with which sentences begin
    button: bool        # one with which the text of buttons begins
    plain: bool         # nothing else, no form of address, none that a number goes with


@lru_cache(1 << 16)
def word(token: str) -> Word:
    """A word of a run, with the marks behind it."""
    marked = bare = token.rstrip(".,'’/-&")
    empty = stops = False
    if not bare.isalpha():
        bare = _named(bare)
        empty = not bare or LETTER_WORD.match(bare) is not None or MONEY.match(bare) is not None
        stops = TERM.fullmatch(bare) is not None or CONTRACTION.search(bare) is not None
    lists, lower = words(), bare.lower()
    noun, never, starts = lower in lists["common_noun"], bare in lists["never"], bare in lists["starters"]
    plain = not (noun or empty or stops or never or starts or bare[1:2] == "-" or bare in lists["person_title"]
                 or bare in lists["numbered"])
    return Word(len(marked), bare, lower in lists["common"], noun, empty, stops, never, starts,
                BUTTON.match(f"{bare} Now") is not None, plain)


def _named(bare: str) -> str:
    """What of a word with marks inside may be a name."""
    lists = words()
    bare = POSSESSIVE.sub("", FULL_STOP.split(bare)[0])
    tail = TAIL.search(bare)
    if tail and lists["common"].issuperset(tail[0][1:].split("-")):     # the "seob" of Dong-seob is no word
        bare = bare[:tail.start()]
    return "" if "/" in bare and not lists["never"].isdisjoint(bare.split("/")) else bare      # LFP/LFMP


@lru_cache(1 << 16)
def is_empty(token: str) -> bool:
    """Whether a word is no part of a name, wherever it stands.

    >>> is_empty("He"), is_empty("Brightwell"), is_empty("D-Calif")
    (True, False, False)
    """
    one = word(token)
    return (one.empty or one.stops or one.never and one.bare not in words()["within"]) and one.bare[1:2] != "-" \
        and not seams(token)


# Words that lost their space ------------------------------------------------------------------------------

@lru_cache(1 << 16)
def tokens(run: str) -> tuple[tuple[tuple[int, int, tuple], ...], bool]:
    """The words of a capitalised run, each with its seams, and whether there are any."""
    found = tuple((*token.span(), seams(token[0])) for token in TOKEN.finditer(run))
    return found, any(seams for _, _, seams in found)


@lru_cache(1 << 16)
def seams(token: str) -> tuple[tuple[int, int], ...]:
    """Where a capitalised word may be several, by its letters alone: ends of names, and where the next one begins.

    >>> seams("BrightwellandLumen"), seams("Parcelo’sLumen"), seams("TheLumen"), seams("Lumen")
    (((10, 13),), ((9, 9),), ((0, 3),), ())
    """
    if len(token) >= LONG:
        return ()
    found, begin = [], 0
    whole = token.isalpha() and token[1:].islower()      # most are: no seam but their end
    for at in (len(token),) if whole else [seam.start() for seam in SEAM.finditer(token)]:
        if token[at - 2:at] in ("'s", "’s") and at < len(token):
            found.append((at, at))
        elif at < len(token) and not begin and _is_glue_before(token[:at].lower()):
            found.append((0, at))
        elif (cut := _cut(token, begin, at)) is not None and token[begin:cut].lower() not in words()["common"]:
            found.append((cut, at))
        if found:
            begin = found[-1][1]
    if not found and len(token) > 3 and token[0] == "A" and token[1].isupper() and token[2].islower():
        found.append((0, 1))        # "AYouGov poll"
    return tuple(found)


def _cut(token: str, begin: int, end: int) -> int | None:
    """Where the longest word of a sentence begins that leaves four letters, or two of an acronym, of what stands
    between a seam and the next: "BrightwellandVoltaris", "Brightwellsaid"."""
    glue, last = words()["glue"], token.endswith(_glued_last(), 0, end)
    capitals = next((at for at in range(begin, end) if token[at].islower()), end)
    for cut in range(min(begin + 4, max(begin + 2, capitals)), end - 1):
        if (token[cut:end] in glue or last and is_glue(token[cut:end])) and token[cut - 2] != "-" and (
                token[cut - 1].isalnum() or token[:cut].count(".") > 1):     # no "resident" in Vice-President
            return cut
    return None


@lru_cache(1 << 16)
def is_glue(tail: str) -> bool:
    """Whether small letters at the end of a name are a word of the sentence: "Nvidiasaid", but no Chinatown."""
    lists = words()
    return tail in lists["glue"] or tail.endswith(_glued_last()) and any(
        tail.endswith(small) and len(tail) > len(small) + 3 and tail[:-len(small)] in lists["common"]
        for small in lists["glued_last"])


@cache
def _glued_last() -> tuple[str, ...]:
    return tuple(words()["glued_last"])


def _is_glue_before(head: str) -> bool:
    """Whether letters before a name are a word of the sentence: "TheVoltaris"."""
    return head in words()["glued_before"] or is_glued_title(head)


def is_glued_title(letters: str) -> bool:
    """Whether letters are what a person is: "ResearcherJane Roe"."""
    return len(letters) > 4 and letters.capitalize() in words()["person_title"]


# What several words are by themselves ---------------------------------------------------------------------

@lru_cache(1 << 14)
def is_ordinary(name: str) -> bool:
    """Whether all that a name is made of are ordinary words.

    >>> is_ordinary("Price Growth"), is_ordinary("Price of Brightwell")
    (True, False)
    """
    return all(part in words()["common"] for token in name.split() for part in PARTS.split(token.lower()))


def is_odd(name: str) -> bool:
    """Whether a name has a digit or a capital inside, and does not consist of capitals: X6, YouGov.

    >>> is_odd("YouGov"), is_odd("Brightwell"), is_odd("NATO")
    (True, False, False)
    """
    return any(c.isdigit() or c.isupper() for part in name.split("/") for c in part[1:]) and not name.isupper()


def is_headed(name: str) -> bool:
    """Whether a name says first what body it is, and then of what.

    >>> is_headed("Court of Human Rights"), is_headed("Call of Duty")
    (True, False)
    """
    parts, heads = name.split(), words()["body"]
    return any(small in ("of", "for") and head in heads for head, small in zip(parts, parts[1:]))


def is_listed(names: str) -> bool:
    """Whether words are those of matters that a body deals with, or a place: no other body, nobody.

    >>> is_listed("Australian Competition and "), is_listed("Trade, Brightwell"), is_listed("Environment Agency")
    (True, False, False)
    """
    lists = words()
    return names != "" and all((one.lower() in lists["common"] or one in lists["matter"] or is_place(one))
                               and one not in lists["organisation_suffix"]
                               for one in names.replace(",", "").split() if one != "and")
