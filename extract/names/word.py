"""The words of capitalised runs by themselves: what of one may be a name, and whether several are more than ordinary.

>>> RUN.search("The carmaker Norvik Motors of Oslo sold 300.", 4)[0]
'Norvik Motors of Oslo'
>>> word("Nvidia’s,").bare, word("BEV-specific").bare, word("LFP/NMC").bare
('Nvidia', 'BEV', '')
"""
import re
from functools import lru_cache
from typing import NamedTuple

from .cue import words
from .gazetteer import is_place

# A capitalised word, or one that begins small and has a capital inside: iPhone, xAI, e-C3.
LARGE = "A-ZÀ-ÖØ-Þ" + "".join(filter(str.isupper, map(chr, range(0x100, 0x220))))       # Łukasz, Şahin
CAPITAL = rf"(?:[{LARGE}][\w&'’.+/\-]*|(?!ex-|un-|co-|re-|de-)[a-z]{{1,2}}-?[A-Z][\w\-]*)"
NUMERAL = r"[0-9][0-9A-Za-z.\-]*"
# of a model, only behind another word: Envy x360, Roomba i7+, iPad mini 5
MODEL = r"(?:[a-z]{1,2}[0-9]{1,4}(?![\w-])\+?|mini(?= [0-9]))"
# small words in names of people
PARTICLE = r"(?:de la|de los|van de[rn]?|von de[rn]?|de[nr]?|del|della|von|van|di|da|dos|du|la|bin|ibn)"
JOINING = rf"(?:(?:of the|of|for the|for|{PARTICLE}) (?={CAPITAL}))?"
RUN = re.compile(rf"(?<![\w$€£@#/.-]){CAPITAL}(?: {JOINING}(?:{CAPITAL}|{NUMERAL}|{MODEL}|&))*")
TOKEN = re.compile(r"[^ ]+")
SMALL = frozenset(["of", "the", "for", "&", "de", "den", "der", "del", "della", "von", "van", "di", "da", "dos", "du",
                   "la", "los", "bin", "ibn"])

MONEY = re.compile(r"(?:RM|Rs\.?|R(?=[0-9][0-9.,mbk])|CNY|RMB|USD|EUR|GBP|JPY|INR|SDR|CHF|AED|HKD|TWD|KRW|"
                   r"AUD|CAD|SGD|SEK|NOK|DKK|BTC|ETH)[0-9][0-9.,]*(?:[mbk]n?|tn)?$")
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
    return Word(len(marked), bare, lower in lists["common"], noun, empty, stops, never, starts, plain)


def _named(bare: str) -> str:
    """What of a word with marks inside may be a name."""
    lists = words()
    bare = POSSESSIVE.sub("", FULL_STOP.split(bare)[0])
    if bare.endswith(tuple(lists["apart"])):
        return ""               # Uber-like, and the Inc.-like of "an Uber Inc.-like app"
    tail = TAIL.search(bare)
    if tail and lists["common"].issuperset(tail[0][1:].split("-")):     # the "seob" of Dong-seob is no word
        bare = bare[:tail.start()]
    return "" if "/" in bare and not lists["never"].isdisjoint(bare.split("/")) else bare      # LFP/LFMP


# What several words are by themselves ---------------------------------------------------------------------

@lru_cache(1 << 14)
def is_ordinary(name: str) -> bool:
    """Whether all that a name is made of are ordinary words.

    >>> is_ordinary("Price Growth"), is_ordinary("Price of Brightwell")
    (True, False)
    """
    return all(part in words()["common"] for token in name.split() for part in PARTS.split(token.lower()))


def is_rare(name: str) -> bool:
    """Whether no word of a name is an ordinary one.

    >>> is_rare("Harrow Vantera"), is_rare("Adaptive Cruise Control"), is_rare("Norvik & Veldt")
    (True, False, False)
    """
    return all(token.isalnum() and token.lower() not in words()["common"] for token in name.split())


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


def ends_body(parts: list[str]) -> bool:
    """Whether a name ends as those of bodies do.

    >>> ends_body("Quillon School District".split()), ends_body("Financial District".split())
    (True, False)
    """
    suffixes = words()["organisation_suffix"]
    return parts[-1] in suffixes or " ".join(parts[-2:]) in suffixes


def is_listed(names: str) -> bool:
    """Whether words are those of matters that a body deals with, or a place: no other body, nobody.

    >>> is_listed("Australian Competition and "), is_listed("Trade, Brightwell"), is_listed("Environment Agency")
    (True, False, False)
    """
    lists = words()
    return names != "" and all((one.lower() in lists["common"] or one in lists["matter"] or is_place(one))
                               and one not in lists["organisation_suffix"]
                               for one in names.replace(",", "").split() if one != "and")
