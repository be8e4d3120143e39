"""The names of a document: from the gazetteer, by fuzzy match, and discovered in the text itself.

First a table of the document's names, then everything else: numbers inside names leave before anything is
measured. Gazetteer: `schemas/entities/*.csv`. Words that tell kinds apart: `schemas/words/entity.toml`.

>>> from extract import sentence
>>> text = "Chip startup Brightwell raised $5 million. Nvidia has a stake in Brightwell."
>>> [(n.entity.name, n.entity.kind) for n in find(text, sentence.find(text), [])]
[('Brightwell', 'company'), ('Nvidia', 'company'), ('Brightwell', 'company')]
>>> text = "Revenue rose."
>>> find(text, sentence.find(text), [])
[]
"""
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from operator import attrgetter
from typing import NamedTuple

from .. import schema, step
from ..model import Entity, Name, Period, Sentence
from ..numbers import number, unit
from ..pattern import any_of
from .gazetteer import entity_id, gazetteer, like
from .spelling import SHORTEST, key, near, shorter, slip

# A capitalised word, or one that begins small and has a capital inside: iPhone, xAI, e-C3.
LARGE = "A-ZÀ-ÖØ-Þ" + "".join(filter(str.isupper, map(chr, range(0x100, 0x220))))       # Łukasz, Şahin
CAPITAL = rf"(?:[{LARGE}][\w&'’.+/\-]*|(?!ex-|un-|co-|re-|de-)[a-z]{{1,2}}-?[A-Z][\w\-]*)"
NUMERAL = r"[0-9][0-9A-Za-z.\-]*"
# small words in names of people
PARTICLE = r"(?:de la|de los|van de[rn]?|von de[rn]?|de[nr]?|del|della|von|van|di|da|dos|du|la|bin|ibn)"
JOINING = rf"(?:(?:of the|of|for the|for|{PARTICLE}) (?={CAPITAL}))?"
RUN = re.compile(rf"(?<![\w$€£@#/.-]){CAPITAL}(?:[ \u00a0]{JOINING}(?:{CAPITAL}|{NUMERAL}|&))*")
MONEY = re.compile(r"(?:RM|Rs\.?|R|CNY|RMB|USD|EUR|GBP|JPY|INR|SDR|CHF|AED|HKD|TWD|KRW|AUD|CAD|SGD|SEK|NOK|DKK|BTC|ETH)"
                   r"[0-9][0-9.,]*(?:[mbk]n?|tn)?$")
TOKEN = re.compile(r"[^ \u00a0]+")
NO_LETTER = re.compile(r"[\W_]*")
WORD = re.compile(r"[^\W_][^\s(]*|&")
POSSESSIVE = re.compile(r"['’]s?$")
CONTRACTION = re.compile(r"['’](?:ll|re|ve|d|m|t)$")
LEADS = re.compile(r"\b[A-Za-z][a-z]+ (?:leader|owner|operator|founder|partner|champion|pioneer|head|chief) $")
# formats and standards
TERM = re.compile(r"(?:ISO|IEC|ECE|FP|BF|INT|DDR|LPDDR|GDDR|HBM|PCIe|USB|UFS|SATA|HDMI|IP|WPA|H\.?26)[0-9]+[A-Za-z]*")
NUMBERED = re.compile(r"[ \u00a0](?:No\. ?)?[0-9]")
TAIL = re.compile(r"(?<=\w\w)-[a-z]{3,}(?:-[a-z]+)*$")     # "BEV-specific" speaks of BEV, "Exel-owned" of Exel
OF_OR_FOR = re.compile(r" (?:of|for) (?:the )?")
AND_MORE = re.compile(r"(?:, [A-Z][a-z]+(?: [A-Z][a-z]+)?)*,? and [A-Z][a-z]+(?: [A-Z][a-z]+)*(?![\w-])")
AND_AHEAD = re.compile(r"(?:(?<=[Tt]he )|(?<![\w'’.] )(?<![A-Z]))(?!The )(?:U\.S\. )?(?:[A-Z][a-z]+ ){0,3}[A-Z][a-z]+"
                       r"(?:, [A-Z][a-z]+(?: [A-Z][a-z]+)?)*,? and $")
SMALL_BEHIND = re.compile(rf" (?:of(?: the)?|{PARTICLE}) [A-Z]")
OF_NAME = re.compile(r" of (?:the )?[A-Z]")
GLUED = re.compile(r"(?<![^\W_])[a-z]{2,}$")                # "saysNvidia", where a page lost its links' spaces
GLUED_ON = re.compile(r"[a-z]{2,}(?![^\W_])")               # "Nvidiasaid"
# where a capital, or nothing, follows inside a word
SEAM = re.compile(r"(?<=[\w]['’]s)(?=[A-Z])|(?<=[a-z0-9])(?=[A-Z])|$")
# behind a word that opens a sentence, where an ordinary one would be a plural or have an article
SUBJECT = re.compile(r" (?:has|was|is|had|will) (?!it|he|she|they|you|we|there)[a-z]|, (?:(?:a|an|the) "
                     r"(?!same|first|most|more|less|fewer)[\w’'-]+ |"
                     r"(?:based|headquartered) in |(?:backed|owned|led|founded|run|made) by |whose )")
SCORE = re.compile(r"[0-9]{1,3}[-–][0-9]{1,3}")             # "beat the Aldermen 27-20"
ROMAN = re.compile(r"[IVXL]+")
YEAR = re.compile(r"(?:19|20)[0-9]{2}\b")
LITRES = re.compile(r"[0-9.]+-[a-z]")                       # 5.0-litre
# What goes on with a product's name: Slate 9, Ubuntu 25.10, Slate 5i; no year, no 3G, no 5th
MODEL = re.compile(r"(?!(?:19|20)[0-9]{2}$)[0-9]{1,4}|[0-9]{1,2}(?:\.[0-9]{1,2}){1,2}|[0-9][0-9]*(?!st|nd|rd|th)[A-Za-z]{1,2}")
MODEL_CODE = re.compile(r"[0-9]{3,4}[A-Z]+[0-9A-Z]*")       # Ryzen 9 9950X3D
COUNTED_BEHIND = re.compile(r"[,.:/–-]?[0-9$€£%°]|[ \u00a0-]?(?P<word>[^\W\d_]+)")
THOUSANDS = re.compile(r",[0-9]{3}(?![0-9])")
AGED = re.compile(r", [1-9][0-9], (?:who|from|is|was|has|had|told|[a-z]{2,7}(?:ed|s))\b")     # "Delawar, 45, joined"
FULL_STOP = re.compile(r"(?<=\w\w)\.(?=[A-Z][a-z])")        # "of AI.The bank", where a page lost a space
LONG = 60           # letters; no word of a language
FAR = 100_000       # how far into a text another mention of a name is looked for
BEGIN = attrgetter("start")
INITIALS = re.compile(r"[A-Z](?:\.[A-Z])*")                 # the J.K of "J.K. Roe"
# A capital and small letters in each word: Minami Ando, Conan O'Brien, J.K. Roe, Ludwig van der Quill.
PLAIN_WORD = rf"(?:(?:[A-Z]['’]|[Aa]l-|[Ee]l-|Mc|De|Di|La|Le)?[{LARGE}][^\W\d_A-Z]+(?:-[^\W\d_A-Z]+)?|(?:[A-Z]\.)+)"
PLAIN = re.compile(rf"{PLAIN_WORD}(?:[ -](?:{PARTICLE} )?{PLAIN_WORD})*")
PARTS = re.compile(r"[-/]")
WORD_GAP = re.compile(r"[\s-]+")
SMALL = frozenset(["of", "the", "for", "&", "de", "den", "der", "del", "della", "von", "van", "di", "da", "dos", "du",
                   "la", "los", "bin", "ibn"])
UNMARKED = SMALL | {"and", "in", "to", "on"}        # words that give an acronym no letter
CITIES = ("city", "town", "village", "port", "province", "district", "suburb", "capital", "region", "county", "state",
          "island", "borough")
FLANK_BEFORE = re.compile(r"(?<![.!?:] )(?<!^)\b[A-Z][a-z]+ $")
# "fell 3%", as shares and no people do
MOVED = re.compile(r" (?:shares )?(?:rose|fell|shed|lost|gained|added|slid|jumped|dropped|surged|plunged|slumped|"
                   r"climbed|tumbled|soared|sank|rallied) (?:by |about |around |almost |nearly |more than |over |"
                   r"as much as )?[0-9][0-9.,]*(?:%| per ?cent)")
# Prince Group
FIRM_BEHIND = re.compile(r" (?:Group|Holdings?|Inc|Corp|Ltd|LLC|plc|Industries|Foods|Stores|Pharmaceuticals)\b")
HOUSE_BEHIND = re.compile(r" (?:Hospital|University|College|School|Church|Cathedral|Basilica|Infirmary|Park|Cross|"
                          r"Union|Association|Federation|Society|Club|Guild|Court)\b")
# behind the name of a firm that is the subject of its clause, or one of several
ACTS = re.compile(r" (?:will|would|has|could|wants|plans|hopes|spent|paid|told) (?!been\b)[a-z]"
                  r"| was (?:first|second|third|fourth|fifth) (?:with|at|in) "
                  r"| (?:[a-z]+ed|sold|made|won|lost|cut|has|had|owns|owes|earns|employs|rose|fell|sank) (?:about |"
                  r"around |nearly |almost |more than |over |up to )?[$€£¥]?[0-9]")
AMPERSAND = re.compile(r" & [A-Z]")
LISTED = re.compile(r"(?:,? and|,) (?=[A-Z])")
JOINED = re.compile(r",? (?:and|or|&) ")
PRICED = re.compile(r" (?:crude )?(?:up|down|rose|fell|gained|lost|was|is|stood|traded|settled|closed)"
                    r"(?: (?:up|down|by|at))? (?:about |around |nearly )?[$€£]?[0-9]")
APPOSED = re.compile(r", (?:the|an?) (?:[\w’'-]+ ?){1,6}")
TITLED_BEHIND = re.compile(r"(?: [A-Z][a-z]+)+")
FLANK_BEHIND = re.compile(r" [A-Z][a-z]{2,}")
TERM_BEHIND = re.compile(r"\(([A-Za-z][A-Za-z -]{3,60})\)")
LETTER_WORD = re.compile(r"[A-Z]-[a-z]+$|(?:Non|Pre|Post|Anti)-")      # C-rates, T-shirt, X-ray, Non-EU
PARTY = re.compile(r"(?:, |[ \n]\()[DRI]-[A-Z][a-z]*\.?[,.)]")     # "Jane Roe, D-Calif.,"
PLURAL_ACRONYM = re.compile(r"[A-Z-]*[A-Z]s")            # SRBs, HGVs
DETERMINER = re.compile(r"(?<![^\W_])(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Yy]our|[Mm]y|[Tt]his|[Tt]hat|"
                        r"[Ee]very|[Ee]ach) $")
LABEL = re.compile(r"(?: \([^()]{1,20}\))?\s*[:：|]\s")     # "Torque: 415 lb-ft" names no Torque
ACRONYM = re.compile(r"\(([A-Z][A-Za-z]{1,6})\)")
INITIAL = re.compile(r"(?<![^\W_])[^\W\d_]")             # of each word, the parts of "cell-to-pack" too
BUTTON = re.compile(r"(?:Learn|Read|See|View|Show|Load|Find|Shop|Buy|Order|Get|Book|Click|Tap|Sign|Log|Subscribe|Join|"
                    r"Apply|Watch|Listen|"
                    r"Start|Try|Check|Explore|Discover|Compare|Download|Donate) (?:More|Now|Here|It|Up|In|Out|"
                    r"All)(?![^\W_])")
ROW_LABEL = re.compile(r"(?: [a-z]+){1,3}: [^\W_]*[0-9]")      # "Maximum heat output: 1", after the cell before
YEARS_OLD = re.compile(r"-year-old $")
# After a name that ends in a number, these show that the number is no count: "Kestrel 2 is", "Kestrel 2,".
AFTER_NUMBER = re.compile(r"(?:['’]s|[),.;:!?]*(?:$|\s*\n|[ \u00a0](?:is|was|has|had|will|would|can|and|or|with|on|in|"
                          r"should|could|may|might|must|now|also|sets|feels|"
                          r"at|to|for|[a-z]+er than|"
                          r"which|that|gets?|comes?|goes|costs?|starts?|offers?|delivers?|boasts?|weighs?|runs?|"
                          r"ships?|sells?|uses?|features?|"
                          r"supports?|measures?|packs?|flies|lasts?|takes?|makes?|beats?|scores?|arrives?|launches|"
                          r"remains?|brings?|adds?|"
                          r"includes?|replaces?|sits?|looks?|works?|does|charges|accelerates|reaches|holds?|keeps?|"
                          r"carries|draws?|needs?|"
                          r"got|came|went|cost|sold|did|ran|took|made|became|fell|rose|won|lost|beat|held|kept|drew|"
                          r"flew|grew|"
                          r"(?:start|offer|deliver|boast|weigh|support|measur|pack|last|scor|arriv|launch|remain|add|"
                          r"debut|includ|replac|look|work|charg|accelerat|reach|need|gain|achiev|manag|top|outsold|"
                          r"outperform)(?:ed)?|[A-Z(–—-]))|, (?:its|their|whose|an?|the) )")


def resolve(name: str) -> Entity | None:
    """The entity of the gazetteer that a spelling stands for, if need be without its legal form or with a letter wrong.

    >>> resolve("Volkswagon").name, resolve("Nvidia Corp.").name, resolve("Brightwell")
    ('Volkswagen', 'Nvidia', None)
    """
    gaz = gazetteer()
    found = _spelled(name)
    if found or name.split()[0] in _words()["first_name"]:
        return found
    spelled = key(shorter(name)[-1])
    near_by = {e.entity_id: e for known in like(spelled) if abs(len(known) - len(spelled)) < 3
               and ((e := gaz.meant[gaz.by_key[known]][0])
                    and (near(spelled, known) if " " not in name else slip(name, e.name)))}
    return next(iter(near_by.values())) if len(near_by) == 1 else None


def _spelled(name: str) -> Entity | None:
    """The entity whose name this is but for case, accents, hyphens, spaces and legal forms."""
    gaz = gazetteer()
    exact = gaz.index.get(name)
    if exact is not None and gaz.meant[exact][1] == "exact":
        return gaz.meant[exact][0]
    for part in shorter(name):
        spelled = key(part)
        place = gaz.by_key.get(spelled) if len(spelled) > 2 else None
        found = gaz.meant[place][0] if place is not None else None
        # Capitals inside a short name are all that tells PaLM from Palm.
        if found and (len(spelled) > 4 or _is_even(part) and any(map(_is_even, (found.name, *found.aliases)))):
            return found
    return None


def _is_place(words: str) -> bool:
    """Whether words name a place that is known."""
    index = gazetteer().index.get(words)
    return index is not None and gazetteer().meant[index][0].kind == "place"


def _is_even(name: str) -> bool:
    """Whether no capital stands inside among small letters."""
    return name.isupper() or name[1:].islower()


def same(one: str, other: str) -> bool:
    """Whether two spellings stand for one entity, known or not.

    >>> same("GM", "General Motors"), same("Norvik Motors Inc.", "Norvik Motors"), same("Delta", "Delta Electronics")
    (True, True, False)
    """
    mine, yours = resolve(one), resolve(other)
    if mine or yours:
        return mine is yours
    return key(shorter(one)[-1]) == key(shorter(other)[-1]) or one.split()[0] not in _words()["first_name"] \
            and slip(one, other)


@cache
def _words() -> dict[str, frozenset]:
    lists = {name: frozenset(values) for name, values in schema.words("entity").items() if isinstance(values, list)}
    people = schema.words("first_name")
    lists["first_name"] = frozenset(people["names"])
    lists["family_first"] = frozenset(people["family_first"])
    lists["person_title"] = frozenset(t.rstrip(".") for t in people["titles"]) | frozenset(people["titles"])
    lists["common"] = frozenset(schema.lines("common"))
    lists["common_noun"] = frozenset(w.lower() for name in ("generic_company", "generic_product", "company_cue_before")
                                     for w in lists[name])
    lists["body"] = lists["organisation_suffix"] | lists["of_head"]
    lists["own_form"] = lists["legal_form"] - lists["generic_form"]
    lists["starters"] = lists["lead"].union(schema.words("sentence")["starters"])
    lists["glue"] = lists["glued"].union(word for word in lists["common"] if len(word) > 4)
    return lists


@cache
def _ahead() -> dict[str, frozenset]:
    """The word lists that stand right before a name, in lower case."""
    lists = {"company": "company_cue_before", "organisation": "organisation_cue_before",
             "product": "product_cue_before", "person": "person_title"}
    ahead = {kind: frozenset(w.lower() for w in _words()[name]) for kind, name in lists.items()}
    return ahead | {"person": ahead["person"] | _words()["kin"]}


def _kinds_ahead(before: str) -> set[str]:
    """The kinds whose words end the text before a name.

    >>> sorted(_kinds_ahead("backed by the new electric "))
    ['product']
    """
    words = before.rstrip("\"“‘").lower().split()[-4:]
    tails = {" ".join(words[at:]) for at in range(len(words))}
    return {kind for kind, known in _ahead().items() if not known.isdisjoint(tails)}


@cache
def _cues() -> dict[str, re.Pattern]:
    """The word lists that stand after a name, as one pattern each, and shapes of what stands beside it."""
    words = _words()
    money = {code: entry for code, entry in schema.words("currency").items() if code != "ambiguous"}
    # A single letter is too often the beginning of a name: R1.
    signs = sorted({s for code in money for s in (code, *money[code].get("signs", ()))
                    if len(s) > 1 and s[0].isalpha()}, reverse=True)
    # The first letters stand in front of what must not precede them, so that the scan skips to such letters.
    signs = "|".join(rf"{first}(?<![\w$].)(?:{'|'.join(re.escape(s[1:]) for s in signs if s[0] == first)})"
                     for first in sorted({s[0] for s in signs}))

    def after(*names: str) -> re.Pattern:
        parts = any_of(w for name in names for w in words[name])
        return re.compile(rf"(?:[\"”’]?,? ?)(?:(?:also|has|had|have|will|is|was) )?{parts}\b")

    def either(name: str) -> str:
        return any_of(words[name])

    generic, product = either("generic_company"), either("generic_product")
    return {"company_after": after("company_cue_after"), "product_after": after("product_cue_after"),
            "noun_after": re.compile(rf"[ \u00a0]{product}\b"),
            "currency": re.compile(rf"(?:{signs})[ \u00a0]?(?=[0-9])"),         # NT$5 million, Rs 500
            "apposed_company": re.compile(rf"(?: ?,| is| was) (?:a|an|the|one of)\b[^.,;]{{0,60}}?\b{generic}\b"),
            "apposed_product": re.compile(rf"(?: ?,| is| was) (?:a|an|the|its)\b[^.,;]{{0,40}}?\b{product}\b"),
            "person_after": re.compile(rf" ?,? (?:{either('speech_verb')}|who)\b|"
                                       rf" ?(?:,| is) (?:[\w'’-]+ ){{0,4}}?{either('profession')}\b"),
            "says": re.compile(rf"[,”\"’]\s{either('speech_verb')} $"),
            "role_at": re.compile(any_of(words["profession"], behind=r"\w") + "s? (?:at|with|from) $"),
            "formal": re.compile(rf"\b{either('formal_title')}\.?[ \u00a0]$"),
            "he": re.compile(r"[^.;\n”]{0,60}\b(?:he|she|his|her|himself|herself)\b"),
            "its": re.compile(r"[^.;\n”]{0,60}\b(?:its|it)\b"),
            "acts": re.compile(rf"['’]s\b| {either('company_verb')}\b"),
            "aged": re.compile(r", [1-9][0-9](?:,|\.\s)"),
            "administration": re.compile(r" [Aa]dministration\b"),
            "other_after": re.compile(rf"[ \u00a0]{either('other_after')}\b"),
            "ending": re.compile(rf"(?:({'|'.join(words['drug_ending'])})|{'|'.join(words['company_ending'])})$"),
            "of_branch": re.compile(rf" {either('of_branch')}\b"),
            "category_of": re.compile(rf" {either('of_category')}\b"),
            "city_of": re.compile(any_of(CITIES, behind=r"\w") + "(?: of|,)? $"),
            "place_before": re.compile(r"\b(?:in|across|near|outside|throughout|based in|downtown) $"),
            "held_before": re.compile(r"\b(?:shares?|stakes?|stock|invest\w*|interests?|holdings?|confidence) in $"),
            "place_after": re.compile(r"-based\b|, ([A-Z][\w-]+(?: [A-Z][\w-]+)?)(?:[,.;:)—]|$)")}


def find(text: str, sentences: list[Sentence], periods: list[Period]) -> list[Name]:
    """Every mention of a named entity, in text order, not overlapping.

    `periods` are spans that hold no names ("May 2025"). Discovered entities get an id made of kind and name,
    so that the same name in two documents is the same entity.
    """
    return step.alone(steps(text, sentences, periods))


def steps(text: str, sentences: list[Sentence], periods: list[Period]) -> Generator:
    """`find` in steps."""
    text = text.replace("\u00a0", " ")
    blocked = sorted([(p.start, p.end) for p in periods] + [m.span() for m in _cues()["currency"].finditer(text)])
    known = _known(text, blocked)
    yield
    titled = {s.start for s in sentences if _is_title_case(text[s.start:s.end])}
    # "battery-grade lithium carbonate", "the Trump administration": no run is cut at their beginning.
    blocked = sorted(blocked + [(start, end) for start, end, _ in known if text[start].islower()])
    table = _Table(text)
    starters = _words()["starters"]
    known_at = {start: (start, end, index) for start, end, index in known}
    for s in sentences:
        first = NO_LETTER.match(text, s.start, s.end).end()
        for run in RUN.finditer(text, s.start, s.end):
            # The capital of a word that opens the sentence or a quote says nothing.
            start = run.start()
            opens = start <= first or text[max(0, start - 2):start] in ("“", ': ', ' “', ' "')
            words = run[0]
            if start not in known_at and (opens and words in starters or (
                    " " not in words and _is_empty(words) and not text[run.end():run.end() + 1].isalpha())):
                continue        # "The", "But"; "He", "CEO"
            table.add_run(run, known_at, opens, s.start in titled, blocked)
    # Known names that begin with a small letter, or stand where no run was cut.
    table.add_known(known)
    table.join_bodies()
    table.complete_titles()
    table.spell_out()
    yield
    return table.names()


def _is_title_case(sentence: str) -> bool:
    if sentence.endswith((".", ".”", '."')):
        return False
    words = [w.strip(".,:;!?’'”\"") for w in sentence.split() if w[0].isalpha()]
    long = [w for w in words if len(w) > 3]
    return len(words) > 3 and len(long) > 1 and sum(w[0].isupper() for w in long) >= 0.75 * len(long)


def _known(text: str, blocked: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Gazetteer hits as (start, end, index of spelling), leftmost and longest, at word boundaries."""
    gaz, common, glue = gazetteer(), _words()["common"], _words()["glued_before"]
    hits = []
    for index, start, end in gaz.find(text):
        if start and (text[start - 1].isalnum() or text[start - 1] in "@#_/"):
            before = GLUED.search(text, max(0, start - 14), start) if end - start > 2 and text[start].isupper() \
                    else None
            if not before or before[0] not in (common if len(before[0]) > 2 else glue):
                continue
        if text.startswith(" share", end) and gaz.spellings[index].endswith(" market"):
            continue                            # "BEV market share" is of BEVs
        if text[start - 1:start] == "-" and (text[max(0, start - 2)].isdigit() or gaz.spellings[index] in gaz.ambiguous
                     and text[max(0, start - 2)].isalnum()):
            continue                            # no Medium in Qwen3.5-Medium
        follower = text[end:end + 2]
        if follower[:1] in "$€£¥" and follower or end - start == 1 and follower[:1] == "-":     # US$52 billion, X-rays
            continue
        if follower and (follower[0].isalnum() or follower[0] == "_"):
            if end - start > 3 and gaz.spellings[index] not in gaz.ambiguous and (on := GLUED_ON.match(text, end)) and (
                    _is_glue(on[0]) and (end - start > 5 or len(on[0]) > 3 or not text[start + 1:end].islower())):
                pass
            elif not (follower[0] == "s" and gaz.spellings[index] not in gaz.ambiguous and not follower[1:].isalnum()
                      and text[end - 1].isalnum() and end - start > 3):
                continue
        elif text[end - 1].isdigit() and (follower[:1] in ("+", "%") or THOUSANDS.match(text, end)):
            continue                        # the S7 is not the S7+; "Norvik had 20%, Veldt 14%", "Veldt 4,100"
        elif len(follower) == 2 and follower[0] in ".-" and follower[1].isdigit() and text[end - 1].isalnum():
            if text[end - 1].isdigit() or follower[0] == "-":
                continue                    # GPT-4 is not in GPT-4.5, Qwen3 not in Qwen3-235B
        hits.append((start, -end, index))
    hits.sort()
    chosen, reach = [], 0
    for start, end, index in hits:
        end = -end
        if start >= reach and not _inside(start, end, blocked):
            chosen.append((start, end, index))
            reach = end
    return chosen


def _inside(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    place = bisect_right(spans, (start, 1 << 60)) - 1
    return place >= 0 and spans[place][1] > start or (place + 1 < len(spans) and spans[place + 1][0] < end)


@lru_cache(1 << 16)
def _is_glue(tail: str) -> bool:
    """Whether small letters at the end of a name are a word of the sentence: "Nvidiasaid", but no Chinatown."""
    words = _words()
    return tail in words["glue"] or tail.endswith(_glued_last()) and any(
        tail.endswith(small) and len(tail) > len(small) + 3 and tail[:-len(small)] in words["common"]
        for small in words["glued_last"])


@cache
def _glued_last() -> tuple[str, ...]:
    return tuple(_words()["glued_last"])


def _is_glue_before(head: str) -> bool:
    """Whether letters before a name are a word of the sentence, or a pronoun and a verb: "TheVoltaris",
    "ItacquiredVoltaris"."""
    return head in _words()["glued_before"] or _is_clause(head, 1) or _is_glued_title(head)


def _is_glued_title(letters: str) -> bool:
    """Whether letters are what a person is: "ResearcherJane Roe"."""
    return len(letters) > 4 and letters.capitalize() in _words()["person_title"]


def _is_clause(letters: str, least: int = 4) -> bool:
    """Whether letters are a pronoun and a verb that lost their space.

    >>> _is_clause("itacquired"), _is_clause("heart"), _is_clause("item")
    (True, False, False)
    """
    return any(letters.startswith(pronoun) and len(letters) >= len(pronoun) + least
               and letters[len(pronoun):] in _words()["common"]
               for pronoun in ("it", "he", "she", "they", "who", "we"))


@lru_cache(1 << 16)
def _words_of(run: str) -> tuple[tuple[tuple[int, int, tuple], ...], bool]:
    """The words of a capitalised run, each with its seams, and whether there are any."""
    words = tuple((*word.span(), _seams(word[0])) for word in TOKEN.finditer(run))
    return words, any(seams for _, _, seams in words)


@lru_cache(1 << 16)
def _seams(word: str) -> tuple[tuple[int, int], ...]:
    """Where a capitalised word may be several, by its letters alone: ends of names, and where the next one begins.

    >>> _seams("BrightwellandLumen"), _seams("Parcelo’sLumen"), _seams("TheLumen"), _seams("Lumen")
    (((10, 13),), ((9, 9),), ((0, 3),), ())
    """
    words, found, begin = _words(), [], 0
    whole = len(word) < LONG and word.isalpha() and word[1:].islower()      # most are: no seam but their end
    for at in (len(word),) if whole else [seam.start() for seam in SEAM.finditer(word)] if len(word) < LONG else ():
        if word[at - 2:at] in ("'s", "’s") and at < len(word):
            found.append((at, at))
        elif at < len(word) and not begin and _is_glue_before(word[:at].lower()):
            found.append((0, at))
        else:
            # "BrightwellandVoltaris", "Brightwellsaid": the longest word that leaves four letters, or two of an acronym
            capitals = 1 if whole else next((n for n in range(begin, at) if word[n].islower()), at)
            last = word.endswith(_glued_last(), 0, at)
            cut = next((cut for cut in range(min(begin + 4, max(begin + 2, capitals)), at - 1)
                        if (word[cut:at] in words["glue"] or last and _is_glue(word[cut:at])) and (
                # no "resident" in Vice-President
                word[cut:at].isalpha() and word[cut:at].islower()) and word[cut - 2:cut - 1] != "-" and (
                    word[cut - 1].isalnum() or word[:cut].count(".") > 1)), None)
            if cut is not None and word[begin:cut].lower() not in words["common"]:
                found.append((cut, at))
        if found:
            begin = found[-1][1]
    if not found and len(word) > 3 and word[0] == "A" and word[1].isupper() and word[2].islower():
        found.append((0, 1))        # "AYouGov poll"
    return tuple(found)


class _Word(NamedTuple):
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


@lru_cache(1 << 16)
def _word(token: str) -> _Word:
    """A word of a run, with the marks behind it.

    >>> [_word(token)[:2] for token in ("Nvidia’s,", "BEV-specific", "LFP/NMC")]
    [(8, 'Nvidia'), (12, 'BEV'), (7, '')]
    """
    words, size = _words(), len(token)
    while size and token[size - 1] in ".,'’/-&+" and not (token[size - 1] == "+" and size > 1):
        size -= 1
    bare = token[:size]
    if bare.isalpha():      # as most are
        return _Word(size, bare, bare.lower() in words["common"], bare.lower() in words["common_noun"], False, False,
                     bare in words["never"], bare in words["starters"], BUTTON.match(f"{bare} Now") is not None)
    bare = POSSESSIVE.sub("", FULL_STOP.split(bare)[0])
    tail = TAIL.search(bare)
    if tail and words["common"].issuperset(tail[0][1:].split("-")):     # the "seob" of Dong-seob is no word
        bare = bare[:tail.start()]
    if "/" in bare and not words["never"].isdisjoint(bare.split("/")):     # LFP/LFMP
        bare = ""
    return _Word(size, bare, bare.lower() in words["common"], bare.lower() in words["common_noun"],
                 not bare or LETTER_WORD.match(bare) is not None or MONEY.match(bare) is not None,
                 TERM.fullmatch(bare) is not None or CONTRACTION.search(bare) is not None,
                 bare in words["never"], bare in words["starters"], BUTTON.match(f"{bare} Now") is not None)


@lru_cache(1 << 16)
def _is_empty(token: str) -> bool:
    """Whether a word is no part of a name, wherever it stands.

    >>> _is_empty("He"), _is_empty("Brightwell"), _is_empty("D-Calif")
    (True, False, False)
    """
    word = _word(token)
    return (word.empty or word.stops or word.never and word.bare not in _words()["within"]) and word.bare[1:2] != "-" \
            and not _seams(token)


@lru_cache(1 << 14)
def _is_ordinary(words: str) -> bool:
    """Whether all that a name is made of are ordinary words."""
    return all(part in _words()["common"] for word in words.split() for part in PARTS.split(word.lower()))


def _is_headed(words: str) -> bool:
    """Whether a name says first what body it is, and then of what.

    >>> _is_headed("Court of Human Rights"), _is_headed("Call of Duty")
    (True, False)
    """
    tokens = words.split()
    heads = _words()["body"]
    return any(small in ("of", "for") and head in heads for head, small in zip(tokens, tokens[1:]))


def _is_listed(words: str) -> bool:
    """Whether words are those of matters that a body deals with, or a place: no other body, nobody.

    >>> _is_listed("Australian Competition and "), _is_listed("Trade, Brightwell"), _is_listed("Environment Agency")
    (True, False, False)
    """
    lists = _words()
    return words != "" and all((word.lower() in lists["common"] or word in lists["matter"] or _is_place(word)) and not (
        word in lists["organisation_suffix"] or word in lists["person_title"])
        for word in words.replace(",", "").split() if word != "and")


def _is_odd(words: str) -> bool:
    """Whether a name has a digit or a capital inside, and does not consist of capitals: X6, YouGov."""
    return any(c.isdigit() or c.isupper() for part in words.split("/") for c in part[1:]) and not words.isupper()


@lru_cache(1 << 12)
def _main(name: str) -> str:
    """The words that give an acronym its letters: not "of", "the", "and"."""
    return " ".join(word for word in WORD_GAP.split(name) if word.lower() not in UNMARKED)


def _initials(name: str) -> str:
    return "".join(INITIAL.findall(_main(name)))


@dataclass(slots=True)
class _Part:
    """A piece of a capitalised run that may be a name."""
    start: int
    end: int
    index: int | None       # of the gazetteer's spelling
    opens: bool             # first word of its sentence
    titled: bool            # in a headline where every word has a capital
    maker: Entity | None = None
    base: Entity | None = None      # the known product whose name goes on in it


class _Table:
    """The names of one document: collects parts, decides what they are, gives mentions."""

    def __init__(self, text: str):
        self.text = text
        self.gazetteer = gazetteer()
        self.parts: list[_Part] = []
        self.refused: set[int] = set()      # where known names begin that are only words of longer ones
        self.acronyms: dict[str, tuple[int, int]] = {}      # where the text spells each of them out
        self.standing: dict[str, bool] = {}     # pieces of words, and whether they are names
        self.reach = 0                      # end of the last known name: "Bosnia and Herzegovina" is longer than a run

    def add_run(self, run: re.Match, known_at: dict, opens: bool, titled: bool, blocked: list) -> None:
        words, gaz = _words(), self.gazetteer
        text, parts = self.text, self.parts
        at = at_first = run.start()
        piece: list[tuple[int, int]] = []       # tokens of the part that is being collected

        def flush() -> None:
            if piece:
                self._add_piece(piece, opens and piece[0][0] == at_first, titled)
                piece.clear()

        for start, end, parted in self._tokens(run):
            if start < max(at, self.reach):
                continue
            if parted:
                flush()
            if parted or text[end:end + 1].isalpha():       # a piece of a word: the gazetteer's search has not seen it
                known = gaz.index.get(POSSESSIVE.sub("", text[start:end]))
                if known is not None and start not in known_at:
                    flush()
                    at = end
                    parts.append(_Part(start, start + len(gaz.spellings[known]), known, False, titled))
                    continue
            leads = opens and start == at_first
            hit = known_at.get(start)
            if hit and gaz.spellings[hit[2]] in gaz.ambiguous and (OF_NAME.match(text, hit[1]) or (
                    (text[start:hit[1]].lower() in words["common"] or text[start:hit[1]] in words["matter"])
                    and not titled and FLANK_BEHIND.match(text, hit[1])
                    and gaz.meant[hit[2]][0].kind in ("place", "organisation")) or (
                    leads and hit[1] < run.end() and text[start:hit[1]].lower() in words["common_noun"]) or (
                    text[start:hit[1]] in words["before_place"] and hit[1] + 1 in known_at)):
                self.refused.add(start)
                hit = None      # "Office of Internal Auditing", "Reading Rainbow", "Foundry Silicore", "Air Jamaica"
            if hit and not titled and (gaz.meant[hit[2]][1] == "opening" and (
                    FLANK_BEHIND.match(text, hit[1]) or parts and text[parts[-1].end:start] == " ") or (
                    OF_NAME.match(text, hit[1]) and text[start:hit[1]].split()[-1] in words["organisation_suffix"])):
                self.refused.add(start)
                hit = None      # "Copper Ridge Mining", "Supreme Court of India"
            if hit and parts and self._is_of_another(hit, parts[-1]):
                self.refused.add(start)
                hit = None      # "Slovenian Democratic Party"
            if hit and start > at_first and not titled and text[start:hit[1]] in words["national_company"] \
                    and _is_place(text[at_first:start - 1]):
                self.refused.add(start)
                hit = None      # "UK Coal"
            if hit:
                at = hit[1]
                if self._goes_on(piece, hit, titled):
                    piece.append((hit[0], hit[1]))
                    if text[at:at + 1] != " ":
                        flush()
                    continue
                flush()
                self.reach = hit[1]
                place = gaz.meant[hit[2]][0].kind == "place"
                if place and AMPERSAND.match(text, hit[1]) and hit[1] + 3 not in known_at:
                    piece.append((hit[0], hit[1]))      # London & Valley Water
                    continue
                if self._is_branch(hit, titled):
                    parts[-1] = _Part(parts[-1].start, hit[1], None, parts[-1].opens, titled)
                    continue
                parts.append(_Part(hit[0], hit[1], hit[2], leads, titled))
                continue
            if text[start:end] in SMALL:
                if piece and self._joins(piece, text[start:end]):
                    piece.append((start, end))
                else:
                    flush()
                continue
            whole = end
            word = _word(text[start:end])
            bare, end = word.bare, start + word.size
            # A page's table or buttons run into one line: "Ceramic Ceramic", "Maximum heat output:", "Learn More".
            again = piece and text[slice(*piece[-1])] == bare and len(bare) > 3 and end < run.end()
            if again or word.button and BUTTON.match(text, start) or (word.common or text.endswith("• ", 0, start)) \
                    and ROW_LABEL.match(text, end):
                flush()
                continue
            party = bare[1:2] == "-" and PARTY.match(text, max(0, start - 2))
            if party:
                self.refused.add(start + 2)
            if word.empty or party or _inside(start, end, blocked) or self._is_measured(start, bare):
                flush()
                continue
            if leads and word.noun and end < run.end() and not SMALL_BEHIND.match(text, end):
                continue        # "Chipmaker Brightwell": the noun says what it is, its capital that the sentence begins
            within = word.never and bare in words["within"] and not leads and not titled
            legal = piece and bare in ("Inc", "LLC")
            titles = self._is_title(bare, end)
            if titles and bare in words["office"]:
                piece.clear()       # "the Economics Minister"
            if (word.stops or word.never and not within and not legal or leads and word.starts
                    or titles or bare in words["numbered"] and NUMBERED.match(text, end)):
                flush()
                continue
            if len(bare) < whole - start and (follows := FIRM_BEHIND.match(text, whole)
                                              or HOUSE_BEHIND.match(text, whole)):
                bare = text[start:follows.start()]      # Foster's Group, St Alder's Hospital, Wexers' Union
            last = start + len(bare)
            piece.append((start, last))
            closes = len(bare) < word.size or whole > max(end, last) and text[end:end + 1] in ".,/'’" and not (
                text[end] == "." and (INITIALS.fullmatch(bare) or bare in words["company_suffix"]))
            if closes:
                flush()
        flush()

    def _is_of_another(self, hit: tuple[int, int, int], before: _Part) -> bool:
        """Whether what looks like a known body is that of the other country that stands before it."""
        if before.index is None or self.text[before.end:hit[0]] != " ":
            return False
        (place, _), (body, _) = self.gazetteer.meant[before.index], self.gazetteer.meant[hit[2]]
        return place.kind == "place" and body.kind == "organisation" and None not in (body.country, place.country) \
            and body.country != place.country

    def _is_branch(self, place: tuple[int, int, int], titled: bool) -> bool:
        """Whether a place ends the name of a firm or house: General Motors Europe, but not "Tesla China sales"."""
        start, end, index = place
        before = self.parts[-1] if self.parts else None
        where, how = self.gazetteer.meant[index]
        if titled or before is None or self.text[before.end:start] != " " or where.kind != "place" or how != "exact":
            return False
        if HOUSE_BEHIND.match(" " + self.text[before.start:before.end].split()[-1]):
            return True         # Imperial College London
        kind = before.index is not None and self.gazetteer.meant[before.index][0].kind
        return (kind == "company" or kind == "organisation" and " " in self.text[before.start:before.end]) \
            and "city" not in where.descriptors and not _cues()["of_branch"].match(self.text, end)

    def _tokens(self, run: re.Match) -> Iterable[tuple[int, int, bool]]:
        """The words of a run, and whether a lost space parts one from the word before: "AliceandBob" are two."""
        at, words = run.start(), run[0]
        if " " not in words and not _seams(words):
            return [(at, run.end(), False)]
        spans, seamed = _words_of(words)
        if not seamed:
            return [(at + first, at + last, False) for first, last, _ in spans] if len(spans) > 1 \
                    else [(at, run.end(), False)]
        return self._parted(at, spans)

    def _parted(self, at: int, spans: tuple[tuple[int, int, tuple], ...]) -> Iterator[tuple[int, int, bool]]:
        """The words of a run that begins at `at`, cut at their seams where both sides stand by themselves."""
        text, parted = self.text, False
        for first, last, seams in spans:
            start, end = token, _ = at + first, at + last
            for stop, begin in seams:
                if token + begin <= start or not (not stop and (
                        _is_clause(text[token:token + begin].lower()) or _is_glued_title(text[token:token + begin]))
                        or self._stands(text[start:token + stop] or text[token + begin:end])):
                    continue
                if stop:
                    yield start, token + stop, parted
                start, parted = token + begin, True
            if start < end:
                yield start, end, parted
                parted = False

    def _stands(self, word: str) -> bool:
        """Whether a piece of a word is a name that is known, ends as one, or stands elsewhere in the text by itself."""
        if word not in self.standing:
            self.standing[word] = self._stands_alone(word)
        return self.standing[word]

    def _stands_alone(self, word: str) -> bool:
        word = POSSESSIVE.sub("", word)
        known = self.gazetteer.index.get(word)
        if word[-2:].isupper() or known is not None and self.gazetteer.meant[known][1] == "exact" \
                and word not in self.gazetteer.ambiguous:
            return True
        if word.lower() in _words()["common"]:
            return False
        text, at = self.text, -1
        while (at := text.find(word, at + 1, FAR)) >= 0:
            if not text[at + len(word):at + len(word) + 1].isalnum() and not text[max(0, at - 1):at].isalnum():
                return True
        return False

    def _joins(self, piece: list[tuple[int, int]], small: str) -> bool:
        """Whether a small word goes on with the name before it: "Bank of", "Call of", "Killik &", not "Jane Roe of"."""
        words, head = _words(), self.text[slice(*piece[-1])]
        if small == "for":
            return head in words["organisation_suffix"]
        return len(piece) == 1 or small != "of" or head == "Bank" or head in words["organisation_suffix"] \
            or _is_headed(self.text[piece[0][0]:piece[-1][1]])

    def _goes_on(self, piece: list[tuple[int, int]], hit: tuple[int, int, int], titled: bool) -> bool:
        """Whether a known name only ends a longer one: Tom Cruise, Vivendi Universal, Centre of Indian Trade Unions."""
        if not piece or titled:
            return False
        words, text, gaz = _words(), self.text, self.gazetteer
        first, last, known = text[slice(*piece[0])], text[slice(*piece[-1])], text[hit[0]:hit[1]]
        if last in SMALL:
            headed = any(word in words["body"] or word == "Port" for word in text[piece[0][0]:piece[-1][1]].split())
            return headed or last == "&" and gaz.meant[hit[2]][0].kind == "place"
        if first in words["other_head"] or len(piece) > 1 and first in words["first_name"] and (
                len(last) == 1 and text[piece[-1][1]:hit[0]] == ". "):
            return True         # Operation Quillon, USS Norvik; Jane B. Ford
        if hit[0] - piece[-1][1] == 1 and any(map(str.isdigit, known)) and gaz.spellings[hit[2]] in gaz.ambiguous:
            return True         # the X2 of "Basalt X2" is not BMW's
        if not known.isalpha() or hit[0] - piece[-1][1] != 1 or text[hit[1]:hit[1] + 1].isalnum():
            return False
        if known in words["other_suffix"] or known in words["organisation_suffix"] or gaz.meant[hit[2]][1] == "opening":
            return True         # Times Square, Federal Statistics Office, Tarnwick Steel
        behind = gaz.meant[hit[2]][1] == "demonym" and TITLED_BEHIND.match(text, hit[1])
        if behind and not words["organisation_suffix"].union(words["company_suffix"], words["other_suffix"]).isdisjoint(
                behind[0].split()):
            return True         # Grand Egyptian Museum
        if last in words["before_place"] and gaz.meant[hit[2]][0].kind == "place":
            return True
        if text[piece[0][0] - 1:piece[0][0]] in ("“", '"') and text[hit[1]:hit[1] + 1] in ("”", '"', ","):
            return True         # “Cold Quillon”
        if gaz.meant[hit[2]][0].kind == "person" and FLANK_BEHIND.match(text, hit[1]):
            return True         # Alder Quillon Hospital, where Quillon is somebody as well
        if len(piece) == 1 and first in words["first_name"]:
            return gaz.meant[hit[2]][1] == "exact" and first.lower() not in words["common"]
        return gaz.spellings[hit[2]] in gaz.ambiguous and first.lower() not in words["common"]

    def _is_title(self, word: str, end: int) -> bool:
        """A form of address; General only before a given name, not in General Services."""
        if word != "General":
            return word in _words()["person_title"] and not FIRM_BEHIND.match(self.text, end)
        after = re.match(r" (\w+)", self.text[end:end + 20])
        return after is not None and after[1] in _words()["first_name"]

    def _is_measured(self, start: int, word: str) -> bool:
        """Units are no names: the kW of "50 kW"."""
        before = self.text[max(0, start - 2):start - 1]
        return before == "°" or before.isdigit() and unit.read(word) is not None

    def _number_name(self, start: int, end: int, alone: bool, titled: bool) -> bool:
        """Whether a number that counts nothing goes on with the known name before it, which then is a product: "The
        Slate 9 is", "Lumenta Slate 9", "Ubuntu 25.10 is", "Ryzen 9 9950X"."""
        before = self.parts[-1] if self.parts else None
        if before is None or start - before.end != 1 or number.lists_count(self.text, start, end):
            return False
        if (product := self._base(before)) is not None:
            if self._is_model(before, start, end) and self._is_told(before, product):
                maker = self.gazetteer.entities.get(product.maker_id)
                self.parts[-1] = _Part(before.start, end, None, before.opens, titled, maker, product)
                return True
            return False
        entity, how = self.gazetteer.meant[before.index] if before.index is not None else (None, None)
        if how != "exact" or entity.kind != "company" or not alone or end - start > 2 or not AFTER_NUMBER.match(self.text, end):
            return False
        ahead = self.parts[-2] if len(self.parts) > 1 else None
        if ahead is not None and ahead.index is None and before.start - ahead.end == 1:      # a firm that is not known
            self.parts[-2:] = [_Part(ahead.start, end, None, ahead.opens, titled)]
        else:
            self.parts[-1] = _Part(before.start, end, None, before.opens, titled, maker=entity)
        return True

    def _base(self, part: _Part) -> Entity | None:
        """The known product whose name a part is, or goes on."""
        if part.index is None:
            return part.base
        entity, how = self.gazetteer.meant[part.index]
        return entity if entity.kind == "product" and how == "exact" else None

    def _is_model(self, before: _Part, start: int, end: int) -> bool:
        """Whether a number right behind a product's name tells its model: no unit, no plural stands behind it."""
        numbers = self.text[start:end]
        if MODEL_CODE.fullmatch(numbers) and unit.read(numbers.lstrip("0123456789")) is None:
            return True
        if self.text[before.end - 1].isdigit() or not MODEL.fullmatch(numbers):
            return False
        letters = numbers.lstrip("0123456789.")
        if letters and (unit.read(letters) is not None or letters in number.lists()["money_letters"]
                        or len(numbers) == 2 and letters in "DGKXx"):
            return False
        if AFTER_NUMBER.match(self.text, end):
            return True
        behind = COUNTED_BEHIND.match(self.text, end)
        word = behind and behind["word"]
        return behind is None or word is not None and unit.read(word) is None \
            and word not in number.lists()["magnitudes"] \
            and not (word.islower() and word.endswith("s") and word not in _words()["common_noun"])

    def _is_numbered(self, tokens: list[tuple[int, int]]) -> bool:
        """Whether a number and a word behind it go on with the known firm before them: Cessna 208 Caravan."""
        before = self.parts[-1] if self.parts else None
        return len(tokens) > 1 and before is not None and before.index is not None \
            and tokens[0][0] - before.end == 1 and self.gazetteer.meant[before.index][0].kind == "company" \
            and YEAR.match(self.text, tokens[0][0]) is None

    def _is_bare(self, name: str) -> bool:
        """Whether the text has a name without a number behind it, and no second time with one."""
        times = self.text.count(name)
        return 0 < times - 1 == len(re.findall(rf"\b{re.escape(name)}\b(?! [0-9])", self.text))

    def _add_piece(self, tokens: list[tuple[int, int]], opens: bool, titled: bool) -> None:
        text, words = self.text, _words()
        while tokens and text[tokens[0][0]].isdigit() and self._number_name(*tokens[0], len(tokens) == 1, titled):
            tokens = tokens[1:]
        if not tokens:
            return
        first = text[slice(*tokens[0])]
        if len(first) > 3 and first.isupper() and self._shouted(tokens, opens, titled):
            return
        while tokens and text[slice(*tokens[-1])] in SMALL:
            tokens = tokens[:-1]
        while tokens and (text[slice(*tokens[0])] in SMALL or LITRES.match(text, tokens[0][0])
                          or text[slice(*tokens[0])].isdigit() and not self._is_numbered(tokens)):
            tokens = tokens[1:]
        if not tokens:
            return
        # "Will Elio Motors": the word that opens the sentence is no part of a name that the text has without it.
        if opens and len(tokens) > 1 and text[slice(*tokens[0])].lower() in words["common"] \
                and not self._is_given(tokens):
            rest = text[tokens[1][0]:tokens[-1][1]]
            if not words["company_suffix"].issuperset(rest.split()) \
                    and text.count(rest, 0, FAR) > text.count(text[tokens[0][0]:tokens[-1][1]], 0, FAR):
                return self._add_piece(tokens[1:], False, titled)
        # "Torque of the Veldt Ion": the same for "X of the".
        first, behind = text[slice(*tokens[0])], text[tokens[0][1]:tokens[0][1] + 8]
        if first in words["role_of"] and behind.startswith(" of "):
            return      # "the Head of Finance"
        if opens and len(tokens) > 2 and first not in words["organisation_suffix"] and (
                behind == " of the " or behind.startswith(" of ") and first.lower() in words["common"]):
            return self._add_piece(tokens[1:], False, titled)
        # A number at the end belongs to the name only where nothing after it is counted or measured.
        while tokens and text[tokens[-1][0]].isdigit():
            last = text[slice(*tokens[-1])]
            following = re.match(r"[ \u00a0]([a-z]+)\b", text[tokens[-1][1]:tokens[-1][1] + 20])
            if last in words["team"]:       # 49ers
                break
            if SCORE.fullmatch(last):
                tokens = tokens[:-1]
                continue
            if len(tokens) > 1 and number.lists_count(text, *tokens[-1]) \
                    and self._is_bare(text[tokens[0][0]:tokens[-2][1]]):
                tokens = tokens[:-1]
                break
            plain = last.replace(".", "").isdigit() and not (following and following[1] in words["common_noun"])
            if len(tokens) > 1 and len(last) <= 6 and not (plain and not AFTER_NUMBER.match(text, tokens[-1][1])) \
                    and not (opens and len(tokens) == 2 and text[slice(*tokens[0])].lower() in words["common"]):
                break
            tokens = tokens[:-1]
        if not tokens:
            return
        if opens and len(tokens) > 1 and text[slice(*tokens[0])] in words["starters"]:
            tokens = tokens[1:]
        start, end = tokens[0][0], tokens[-1][1]
        if len(tokens) == 1:
            word = text[start:end]
            if len(word) == 1 or word in words["never"]:
                return
        if not (self.parts and self._extends(start, end, titled)):
            self.parts.append(_Part(start, end, None, opens, titled))

    def _is_given(self, tokens: list[tuple[int, int]]) -> bool:
        """Whether an ordinary word is somebody's given name: "Rose Quillon", but not "Will Quillon"."""
        words, (first, second, *more) = _words(), (self.text[slice(*token)] for token in tokens)
        return not more and first in words["first_name"] and first not in words["no_subject"] \
            and PLAIN.fullmatch(second) is not None and second.lower() not in words["common"]

    def _shouted(self, tokens: list[tuple[int, int]], opens: bool, titled: bool) -> bool:
        """Adds the known name that begins with a word in capitals which it has not itself: "NORVIK Linnet"."""
        text, gaz = self.text, self.gazetteer
        for last in range(len(tokens), 0, -1):
            words = text[tokens[0][0]:tokens[last - 1][1]]
            place = gaz.by_key.get(key(words))
            if place is None or last == 1 and words.lower() in _words()["common"] \
                    or gaz.meant[place][0].kind not in ("company", "product"):
                continue
            self.parts.append(_Part(tokens[0][0], tokens[last - 1][1], place, opens, titled))
            if tokens[last:]:
                self._add_piece(tokens[last:], False, titled)
            return True
        return False

    def _extends(self, start: int, end: int, titled: bool) -> bool:
        """Whether the piece only goes on with the known name before it, which becomes longer: Samsung + Battery Box."""
        text, words, before = self.text, _words(), self.parts[-1]
        product = self._base(before)
        if before.index is None and product is None:
            return False
        entity, how = self.gazetteer.meant[before.index] if before.index is not None else (product, "exact")
        rest = text[start:end].split()
        gap = text[before.end:start]
        if gap in ("'s ", "’s ") and rest[0] in ("College", "Hospital", "School"):      # King's College
            self.parts[-1] = _Part(before.start, end, None, before.opens, titled)
            return True
        if gap not in (" ", "\u00a0"):
            return False
        if entity.kind == "company" and all(w.strip(".,") in words["legal_form"] for w in rest):
            before.end = end
            return True
        if entity.kind == "other" and ROMAN.fullmatch(text, start, end):
            before.end = end        # Super Bowl LX
            return True
        whole = _Part(before.start, end, None, before.opens, titled)
        named = text[before.start:before.end]
        last = rest[-1].strip(".")
        after_place = last in words["national_company"] or last in words["other_suffix"] \
                or " ".join(rest) in words["team"]
        if rest[-1] in words["organisation_suffix"] and entity.kind in ("place", "company", "organisation") or (
                entity.kind == "place" and how == "exact" and after_place) or (
                entity.kind in ("place", "organisation") and _is_headed(text[start:end])):
            self.parts[-1] = whole
            return True
        ordinary = all(w.lower() in words["common"] for w in rest)
        if entity.kind == "place" and how == "demonym" and not titled and last in words["company_suffix"] and (
                len(rest) == 1 and last not in words["legal_form"]):
            self.parts[-1] = whole      # Scottish Mortgage
            return True
        if entity.kind == "place" and how == "exact" and not titled and (
                ordinary and not (before.opens or named.lower() in words["common"] or self._is_preceded(before)) or (
                last in words["company_suffix"] and rest[0] not in words["own_form"] and all(
                w.lower() in words["common"] or w in words["company_suffix"] for w in rest))):
            self.parts[-1] = whole      # Danube Grain Terminal, Yangtze Electric Power
            return True
        if entity.kind == "place" and how == "exact" and not (titled or before.opens) and not (
                {rest[0]} & (words["first_name"] | words["adherent"] | words["person_title"])) and all(
                w[0].isupper() and w[1:].islower() and w.isalpha() and w.lower() not in words["common"] for w in rest):
            self.parts[-1] = whole      # the Lund Caledonians
            return True
        alone = entity.kind == "company" and text.count(named, 0, FAR) > text.count(text[before.start:end], 0, FAR)
        if entity.kind != "product" and not alone and named in words["first_name"] and len(rest) == 1 and (
                rest[0].isalpha() and not (ordinary or titled or rest[0].isupper())):
            self.parts[-1] = whole      # Virginia Tufte, Stanley Quill, Brent Roe
            return True
        if entity.kind == "product" and not titled and last in words["company_suffix"] and len(rest) == 1:
            self.parts[-1] = whole      # Sion Power, of which nobody says that it is the Sion's
            return True
        if entity.kind in ("company", "product") and not titled and how == "exact" and not (
                ordinary and product and self._is_thing_word(last)):
            if product is None or self._is_told(before, product):
                whole.maker, whole.base = product and self.gazetteer.entities.get(product.maker_id) or entity, product
            self.parts[-1] = whole
            return True
        return False

    def _is_told(self, part: _Part, product: Entity) -> bool:
        """Whether a part that may be a product's name is one, so that what goes on with it is one as well: no Air of
        "Air Force"."""
        spelling = part.index is not None and self.gazetteer.spellings[part.index]
        return spelling not in self.gazetteer.ambiguous or self._is_made_known(product, spelling)

    def _is_thing_word(self, word: str) -> bool:
        """Whether a word behind a product's name says what it is, or whose, and is none of the name: "iPhone Users"."""
        words = _words()
        return word.lower() in words["common_noun"] and not word.istitle() or word in words["person_title"] \
            or word in words["never"] or word in words["no_model"] or word.endswith("s")

    def add_known(self, known: list[tuple[int, int, int]]) -> None:
        taken = sorted([(p.start, p.end) for p in self.parts])
        for start, end, index in known:
            if start not in self.refused and not _inside(start, end, taken):
                self.parts.append(_Part(start, end, index, False, False))
        self.parts.sort(key=BEGIN)

    def join_bodies(self) -> None:
        """Bodies with "and" in their names: "Ministry of Trade and Industry", "Competition and Markets Authority"."""
        words, text, reach, kept = _words(), self.text, 0, []
        for part in self.parts:
            if part.start < reach:
                continue
            kept.append(part)
            named = text[part.start:part.end]
            head, *matters = OF_OR_FOR.split(named)
            if part.index is not None or part.titled or head.split()[-1] not in words["organisation_suffix"]:
                continue
            if matters and _is_listed(matters[-1]) and (more := AND_MORE.match(text, part.end)) and _is_listed(more[0]):
                part.end = reach = more.end()
            elif _is_listed(head.rpartition(" ")[0]) and (
                    ahead := AND_AHEAD.search(text, max(0, part.start - 60), part.start)) and _is_listed(ahead[0]):
                part.start = ahead.start()
                kept = [p for p in kept if p.end <= part.start] + [part]
        self.parts = kept

    def complete_titles(self) -> None:
        """Products of headlines take the longer name that the text has for them: "Slate Desktop Gets a Dark Mode"."""
        text = self.text
        longer = {text[p.start:p.end]: p.base for p in self.parts if p.base and not p.titled}
        reach, kept = 0, []
        for part in self.parts:
            if part.start < reach:
                continue
            kept.append(part)
            product = self._base(part) if longer and part.titled else None
            whole = max((name for name, base in longer.items() if base is product and part.start + len(name) > part.end
                         and text.startswith(name, part.start)), key=len, default=None) if product else None
            if whole:
                part.index, part.base, part.end = None, product, part.start + len(whole)
                part.maker, reach = self.gazetteer.entities.get(product.maker_id), part.end
        self.parts = kept

    def names(self) -> list[Name]:
        gaz, text = self.gazetteer, self.text
        found: list[Name] = []
        sure = {text[p.start:p.end] for p in self.parts if not p.opens and not p.titled}
        unknown: dict[str, list[_Part]] = defaultdict(list)
        doubted: dict[str, tuple[Entity, str]] = {}
        surnames, endings, longer = self._surnames(), self._endings(), self._longer()
        for part in self.parts:
            words = text[part.start:part.end]
            if part.index is None:
                unknown[words].append(part)
                continue
            spelling = gaz.spellings[part.index]
            if surnames.get(words, part.start) < part.start and not self._is_located(part):
                unknown[words].append(part)     # the Lincoln of a text about Jane Lincoln
                continue
            entity, how = self._which(part, spelling, *gaz.meant[part.index])
            if entity.kind == "company" and spelling in gaz.ambiguous and entity.name not in text:
                if words in longer and spelling not in endings:
                    unknown[words].append(part)     # the United of a text on United Breweries
                    doubted[words] = entity, how
                    continue
                entity = endings.get(spelling, entity)      # the United of a text on Manchester United
            if how == "opening":
                if not part.opens:
                    unknown[words].append(part)
                    continue
                how = "exact"
            if entity.kind in ("company", "product", "place") and how == "exact" and spelling.isalpha() and (
                    _cues()["formal"].search(text, max(0, part.start - 8), part.start)):
                unknown[words].append(part)     # Mr Sears
                continue
            if words.isupper() and len(words) > 1 and self._is_other(words, entity):
                unknown[words].append(part)     # the NUS of a text on the National Union of Students
                continue
            if spelling in gaz.ambiguous and not self._is_meant(part, entity, sure):
                continue
            if spelling.islower() and entity.kind in ("other", "product") \
                    and _cues()["category_of"].match(text, part.end):
                continue        # "electric car chargers" are no electric cars
            common = len(spelling) <= 3 or spelling in gaz.ambiguous and spelling != entity.name
            if entity.kind == "product" and common and not self._is_made_known(entity, spelling):
                continue
            found.append(Name(part.start, part.end, entity, how))
        entities = self._discover(unknown, sure, found)
        entities |= {words: known for words, known in doubted.items() if entities.get(words, known)[1] != "short"}
        for words, parts in unknown.items():
            if words in entities:
                entity, how = entities[words]
                found += [Name(p.start, p.end, entity, how) for p in parts]
            else:
                found += [name for p in parts if p.titled for name in self._inside_title(p, entities)]
        found.sort(key=lambda n: (n.start, -n.end))
        self._share_kinds(found)
        return self._with_makers(found)

    def _share_kinds(self, found: list[Name]) -> None:
        """Names that are listed are of one kind: what "Norvik and Veldt" tells of one it tells of the other."""
        told: dict[str, Entity] = {}
        for one, two in zip(found, found[1:]):
            if (one.entity.kind == "other") == (two.entity.kind == "other") \
                    or not JOINED.fullmatch(self.text, one.end, two.start):
                continue
            untold, told_of = (one, two) if one.entity.kind == "other" else (two, one)
            untold, kind = untold.entity, told_of.entity.kind
            if not untold.known and kind in ("company", "place", "product"):
                told.setdefault(untold.entity_id, replace(untold, entity_id=entity_id(kind, untold.name), kind=kind))
        for name in found if told else ():
            name.entity = told.get(name.entity.entity_id, name.entity)

    def _inside_title(self, part: _Part, entities: dict[str, tuple[Entity, str]]) -> Iterator[Name]:
        """The names of the text that stand among the other capitals of a headline: "Regulator Fines Brightwell"."""
        words = [(part.start + first, part.start + last)
                 for first, last in (m.span() for m in TOKEN.finditer(self.text[part.start:part.end]))]
        at = 0
        while at < len(words):
            for last in range(len(words), at, -1):
                start, end = words[at][0], words[last - 1][1]
                if (known := entities.get(POSSESSIVE.sub("", self.text[start:end]))) is not None:
                    yield Name(start, end - len(self.text[start:end]) + len(POSSESSIVE.sub("", self.text[start:end])),
                               *known)
                    at = last - 1
                    break
            at += 1

    def _with_makers(self, found: list[Name]) -> list[Name]:
        """A maker right before its product is one name with it: Volkswagen ID.Buzz."""
        names: list[Name] = []
        for name in found:
            before = names[-1] if names else None
            if before and name.entity.maker_id == before.entity.entity_id and name.start - before.end == 1 and (
                    self.text[before.end] == " " and before.entity.kind == "company" and name.entity.kind == "product"):
                names.pop()
                name.start = before.start
            names.append(name)
        return names

    def _surnames(self) -> dict[str, int]:
        """Surnames of the persons of the text, and where they are named in full, but for those that stand before
        that."""
        found: dict[str, int] = {}
        for part in self.parts:
            first, _, last = self.text[part.start:part.end].rpartition(" ")
            if part.index is None and first.split(" ")[0] in _words()["first_name"] and last[1:].islower():
                found.setdefault(last, part.start)
            elif not first:
                found.setdefault(last, FAR)     # "Ford said its chairman, Bill Ford, ...": the firm was there before
        return found

    def _longer(self) -> set[str]:
        """First words of the firms of the text that no gazetteer has."""
        return {words[0] for p in self.parts if p.index is None and len(words := self.text[p.start:p.end].split()) > 1}

    def _endings(self) -> dict[str, Entity]:
        """Last words of the known firms of the text, and which firm each ends."""
        found = {}
        for part in self.parts:
            first, _, last = self.text[part.start:part.end].rpartition(" ")
            if part.index is not None and first and self.gazetteer.meant[part.index][0].kind == "company":
                found.setdefault(last, self.gazetteer.meant[part.index][0])
        return found

    def _which(self, part: _Part, spelling: str, entity: Entity, how: str) -> tuple[Entity, str]:
        """Of several entities with this spelling the one that the text also calls by another name, else the first."""
        if spelling not in self.gazetteer.homonyms:
            return entity, how
        others = [other for other in self.gazetteer.homonyms[spelling] if other[1] == "exact"]
        for one, its in ((entity, how), *others) if others else ():
            if any(len(name) > len(spelling) and name in self.text for name in (one.name, *one.aliases)):
                return one, its
        if entity.kind == "product":        # the R2 of a text on Rivian
            for one, its in ((entity, how), *others):
                if one.kind == "product" and (maker := self.gazetteer.entities.get(one.maker_id)) \
                        and maker.name in self.text:
                    return one, its
        place = next((other for other in others if other[0].kind == "place"), None)
        if place and entity.kind != "place" and (entity.kind == "product" or self._is_located(part)):
            return place
        body = next((other for other in others if other[0].kind == "organisation"), None)
        if body and entity.kind == "product" and not self._is_made_known(entity, spelling):
            return body         # the G7 of a text without Xpeng
        return entity, how

    def _is_located(self, part: _Part) -> bool:
        """Whether something is said to be there: "in Lincoln", "the Lincoln-based", but not "shares in Santander"."""
        cues, before = _cues(), self.text[max(0, part.start - 40):part.start]
        return cues["place_before"].search(before) is not None and not cues["held_before"].search(before) or (
            cues["city_of"].search(before) is not None or self.text.startswith("-based", part.end))

    def _is_other(self, acronym: str, entity: Entity) -> bool:
        """Whether the text spells a known acronym out, and as something else than the entity that has it."""
        def stands(words: str) -> bool:
            return "".join(INITIAL.findall(words)).upper().endswith(acronym)

        if acronym not in self.acronyms:
            self.acronyms[acronym] = self._spelled_out(acronym, self.text.find(f"({acronym})", 0, FAR))
        said = _main(self.text[slice(*self.acronyms[acronym])])
        if not said:
            return False
        # Only where it is known what the acronym usually stands for.
        usual = [_main(name) for name in (entity.name, *entity.aliases) if " " in name and stands(_main(name))]
        return bool(usual) and not any(slip(_main(said), name) or _main(said).lower() == name.lower() for name in usual)

    def _spelled_out(self, acronym: str, at: int) -> tuple[int, int]:
        """Where the words before "(NUS)" stand that begin with its letters."""
        ahead = list(WORD.finditer(self.text, max(0, at - 90), max(0, at)))
        for first in ahead[-2::-1]:
            words = self.text[first.start():at]
            if "".join(INITIAL.findall(_main(words))).upper() == acronym:
                return first.start(), ahead[-1].end()
        return 0, 0

    def spell_out(self) -> None:
        """What an acronym in brackets is short for is one name: "the Columbia Management Advisors (CAM)"."""
        gaz, spans = self.gazetteer, []
        for match in ACRONYM.finditer(self.text):
            acronym = match[1]
            known = gaz.index.get(acronym)
            if acronym.isupper() and len(acronym) > 2 and acronym not in self.acronyms and (
                    known is None or self._is_other(acronym, gaz.meant[known][0])):
                start, end = self.acronyms[acronym] = self._spelled_out(acronym, match.start())
                if end and all(word[0].isupper() for word in _main(self.text[start:end]).split()):
                    spans.append((start, end))
        for start, end in spans:
            inside = [p for p in self.parts if p.start < end and start < p.end]
            if inside and all(start <= p.start and p.end <= end for p in inside) and not (
                    inside[0].start == start and inside[0].end == end):
                self.parts = [p for p in self.parts if p not in inside]
                self.parts.append(_Part(start, end, gaz.index.get(self.text[start:end]), False, inside[0].titled))
        self.parts.sort(key=BEGIN)

    def _is_made_known(self, product: Entity, spelling: str) -> bool:
        """A name as short as W1, or as common as Passport, needs its maker or its full name in the text; MG4 has the
        one and no other is written like iOS."""
        maker = self.gazetteer.entities.get(product.maker_id or "")
        if spelling[0].islower() and spelling.isalpha() or maker and spelling.startswith(maker.name):
            return True
        if maker is None or len(maker.name) <= 3 and re.search(rf"\b{re.escape(maker.name)}\b", self.text):
            return True
        return any(name in self.text for name in (product.name, maker.name, *maker.aliases) if len(name) > 3)

    def _is_meant(self, part: _Part, entity: Entity, sure: set[str]) -> bool:
        """An ambiguous name (Target, Apple, Meta) needs a capital inside a sentence, or a company's words after it."""
        words = self.text[part.start:part.end]
        if words[0].islower():      # BMW's i7
            maker = self.gazetteer.entities.get(entity.maker_id)
            return entity.kind == "product" and any(map(str.isdigit, words)) and maker is not None \
                and self.text.endswith((f"{maker.name}'s ", f"{maker.name}’s "), 0, part.start)
        if len(words) == 1 and (self._is_flanked(part) or not self._is_platform(words, entity)):
            return False        # "the seller, X, got £900"
        if words.isdigit():     # the 737 of a text that has named the Boeing 737
            full = self.text.find(entity.name)
            return -1 < full < part.start and bool(AFTER_NUMBER.match(self.text, part.end)) and (
                self.text[part.start - 1:part.start] in (" ", "\n", "“"))
        if len(words) == 1 and self.text[:part.start].endswith((" and ", " or ", "/")):
            return False        # the X of "Model S and X"
        if self.text.endswith(("degrees ", "°"), 0, part.start):
            return False        # 27 degrees Celsius
        if words.lower() in _words()["common"] and entity.kind in ("place", "organisation") and self._is_flanked(part):
            return False        # "Data Science", "Reading Rainbow"
        determined = entity.kind in ("company", "person") and self._is_determined(part)
        # No word has the letters of TSB or B&Q, no words are New York, also where they open the sentence.
        if not part.titled and not determined and (not part.opens or len(words) > 2 and (
                words.isupper() or " " in words and not _is_ordinary(words))):
            return True
        if words in sure and not determined \
                or any(alias in sure for alias in (entity.name, *entity.aliases) if alias != words):
            return True
        if determined and any(self.text[p.start:p.end] == words and not (p.opens or p.titled or self._is_determined(p))
                              for p in self.parts):
            return True         # "the Target case" where Target stands alone too
        after = self.text[part.end:part.end + 40]
        if entity.kind in ("company", "place") and words not in _words()["no_subject"] and (
                ACTS.match(after) or (joined := LISTED.match(after)) and any(
                    p.start == part.end + joined.end() and p.index is not None
                    and self.gazetteer.meant[p.index][0].kind == "company" for p in self.parts)):
            return True         # "Shell will", where a word would have an article; "Meta and Alphabet"
        if entity.kind == "other" and PRICED.match(after):
            return True         # "Brent up 2%", "Brent was at $73"
        where = entity.kind == "place" and _cues()["place_after"].match(after)
        if where and where[1] and _is_place(where[1]):
            return True         # "Mobile, Alabama"
        apposed = APPOSED.match(after)
        if apposed and any(word in d.split() for word in apposed[0].split() for d in entity.descriptors):
            return True         # "Orange, the telecoms company"
        return bool(after.startswith(("’s", "'s"))
                    or _cues()["product_after" if entity.kind == "product" else "company_after"].match(after))

    def _is_platform(self, letter: str, entity: Entity) -> bool:
        """Whether a text that has a letter for a name means the firm: by another name too, as "on X", beside its
        like."""
        gaz = self.gazetteer
        return any(len(name) > 3 and name in self.text for name in (entity.name, *entity.aliases)) or any(
            f"{word} {letter}" in self.text for word in ("on", "On", "platform", "network", "site", "’s", "'s")) or any(
            not set(entity.descriptors[:2]).isdisjoint(gaz.meant[p.index][0].descriptors) for p in self.parts
            if p.index is not None and gaz.meant[p.index][0] is not entity)

    def _is_flanked(self, part: _Part) -> bool:
        """Whether a capitalised word stands right before or behind: the word is one of a longer name."""
        return self._is_preceded(part) or FLANK_BEHIND.match(self.text, part.end) is not None

    def _is_preceded(self, part: _Part) -> bool:
        """Whether a capitalised word stands right before."""
        return FLANK_BEFORE.search(self.text, max(0, part.start - 30), part.start) is not None

    def _is_determined(self, part: _Part) -> bool:
        """Whether an article or the like stands before it, as no company's name has it: "the Delta variant", "his
        Arm"."""
        return DETERMINER.search(self.text, max(0, part.start - 8), part.start) is not None

    def _discover(self, unknown: dict[str, list[_Part]], sure: set[str],
                  found: list[Name]) -> dict[str, tuple[Entity, str]]:
        """Spelling -> entity and how, for the names that no gazetteer has."""
        lists = _words()
        entities: dict[str, tuple[Entity, str]] = {}
        short: dict[str, Entity | None] = {}    # None where it may be short for several: Pro, Turbo

        def shorten(entity: Entity) -> None:
            for form in self._short_forms(entity.name, entity.kind):
                if short.setdefault(form, entity) is not entity and lists["trim"].issuperset(form.split()):
                    short[form] = None

        named = list({n.entity.entity_id: n.entity for n in found}.values())
        spelled = [(e, e.name.lower()) for e in named]
        for entity in named:
            shorten(entity)
        for name in found:      # "Tesla (TSLA)"
            acronym = ACRONYM.match(self.text, name.end + 1)
            if acronym and acronym[1].isupper() \
                    and (name.entity.kind == "company" or acronym[1][0] == name.entity.name[0]):
                short.setdefault(acronym[1], name.entity)
        for words in sorted(unknown, key=lambda w: (-len(w.split()), w)):
            parts = unknown[words]
            if words in short and (words.lower() not in lists["common"] or self._is_name(words, parts, sure) or (
                    short[words] and short[words].kind == "person")):
                if short[words]:
                    entities[words] = (short[words], "short")
                continue
            if not self._is_name(words, parts, sure) or words in lists["trim"]:
                continue
            like = None
            if parts[0].index is None and words not in self.gazetteer.index:
                # A slip of the pen is one where the text has the right name too.
                lower = words.lower()
                like = _spelled(words) or words.isalpha() and len(words) >= SHORTEST - 2 \
                        and next((e for e, name in spelled if near(lower, name)), None)
            if like:
                entities[words] = (like, "fuzzy")
                continue
            kind, maker = self._kind(words, parts)
            tail = words.split()[-1]
            if kind in ("company", "other", "person") and tail != words and self._is_thing(unknown.get(tail, ())):
                kind = "product"        # "Vantera Solace" where "the Solace" has figures of its own
            name = self._usual(words, kind)
            base = next((p.base for p in parts if p.base and kind == "product"), None)
            entity = short.get(name) or Entity(entity_id(kind, name), name, kind, maker_id=maker and maker.entity_id,
                                               descriptors=base.descriptors if base else (), known=False)
            entities[words] = (entity, "discovered")
            short.setdefault(name, entity)
            shorten(entity)
            acronym = next((m for p in parts[:12] if (m := ACRONYM.match(self.text, p.end + 1))), None)
            if acronym and (acronym[1][0].lower() == name[0].lower() or _initials(name).endswith(acronym[1])):
                short.setdefault(acronym[1], entity)
        return entities

    def _is_thing(self, parts: list[_Part]) -> bool:
        """Whether a word is mostly written with an article: "the Solace" is no firm and nobody."""
        return bool(parts) and 2 * sum(self.text[max(0, p.start - 4):p.start].lower() == "the "
                                       for p in parts) > len(parts)

    def _is_name(self, words: str, parts: list[_Part], sure: set[str]) -> bool:
        """Capitals at the start of sentences and in headlines prove nothing by themselves, nor do those of ordinary
        words."""
        lists = _words()
        tokens = words.split()
        ordinary = _is_ordinary(words)
        if ordinary and len(tokens) == 1 and sum(not (p.opens or p.titled) for p in parts) < 2:
            return False
        # UK Coal
        national = len(tokens) > 1 and (tokens[-1] in lists["national_company"] or (
            _is_headed(words) and _is_place(tokens[0]))) and any(not p.titled for p in parts)
        if ordinary and not national and not self._spoken_of(parts, ("company", "person")):
            return False        # the startup Sesame, but not sesame
        odd = _is_odd(words)
        if any(
                LABEL.match(self.text, p.end) and not self.text.endswith(" the ", 0, p.start) for p in parts) and (
                len(parts) < 3 and (ordinary or not odd)):
            return False
        if len(tokens) == 1 and any(words in lists[f"{kind}_suffix"] for kind in ("organisation", "company", "other")):
            return False        # "the Institute", "the Act": only where it is short for something
        if words.isupper() and self._is_term(words):
            return False
        if words in lists["adherent"]:
            return False
        if words in sure:
            return True
        if len(tokens) == 1 and f" {words.lower()} " in self.text or words in lists["never"]:
            return False
        if any(p.titled for p in parts) and not any(p.opens and not p.titled for p in parts):
            # In a headline only what is odd in itself is a name: a digit, a capital inside, an acronym.
            return len(tokens) == 1 and odd
        return len(tokens) > 1 or odd or self._spoken_of(parts) or (
            words[1:].islower() and not words.endswith(("ly", "ing")) and any(
                SUBJECT.match(self.text, p.end) or AGED.match(self.text, p.end) for p in parts))

    def _is_term(self, acronym: str) -> bool:
        """Whether the text introduces the acronym as short for ordinary words: "thermal management system (TMS)"."""
        if not acronym.isalpha():
            return False
        behind = TERM_BEHIND.match(self.text, self.text.find(f"{acronym} (") + len(acronym) + 1)
        words = re.split(r"[\s-]+", behind[1]) if behind else ()
        if words and (behind[1].islower() or words[-1].lower() in _words()["common_noun"]) \
                and "".join(word[:1] for word in words).lower().startswith(acronym.lower()):
            return True         # "SOC (state of charge)", "CTP (cell-to-pack ratio)", "TMS (Thermal Management System)"
        at = self.text.find(f"({acronym})")
        if at < 0:
            return False
        ahead = re.split(r"[\s-]+", self.text[max(0, at - 80):at].strip())[-len(acronym):]
        return "".join(word[:1] for word in ahead) == acronym.lower()

    def _spoken_of(self, parts: list[_Part], ahead: tuple = ("company", "product", "person")) -> bool:
        """Whether words that stand beside names of companies, products or people stand beside one of these."""
        cues, text = _cues(), self.text
        for part in parts[:12]:
            before, after = text[max(0, part.start - 32):part.start], text[part.end:part.end + 90]
            if not _kinds_ahead(before).isdisjoint(ahead):
                return True
            if after[:2] in ("’s", "'s") or any(cues[c].match(after) for c in (
                    "apposed_company", "apposed_product", "company_after", "person_after")):
                return True
        return False

    def _kind(self, words: str, parts: list[_Part]) -> tuple[str, Entity | None]:
        lists, cues, text = _words(), _cues(), self.text
        tokens = words.split()
        maker = next((p.maker for p in parts if p.maker), None)
        if _is_headed(words):
            return "organisation", None
        if tokens[-1].strip(".,") in lists["company_suffix"] and not (maker and maker.kind == "product"):
            return "company", None
        if tokens[-1] in lists["organisation_suffix"]:
            return "organisation", None
        for at in range(1, len(tokens)):
            if self._is_known(tokens[at:], "place"):
                if self._is_known(tokens[:at], "company"):
                    return "company", None          # General Motors Europe
                if tokens[at - 1] in lists["organisation_suffix"] or self._is_known(tokens[:at], "organisation"):
                    return "organisation", None     # Imperial College London
        if tokens[0] == "Air" and len(tokens) > 1 and tokens[-1] not in lists["other_suffix"] or (
                len(tokens) == 2 and tokens[1] in lists["national_company"] and _is_place(tokens[0])):
            return "company", None
        if tokens[-1] in lists["team"]:
            return "organisation", None
        for kind in ("other", "place"):     # but "the film “Quillon Harbor”"
            if tokens[-1] in lists[f"{kind}_suffix"] and len(tokens) > 1 and not any(
                    text[p.start - 1:p.start] in ("“", '"', "‘")
                    and "product" in _kinds_ahead(text[max(0, p.start - 32):p.start]) for p in parts[:12]):
                return kind, None
        votes: dict[str, float] = defaultdict(float)
        if maker:
            votes["product"] += 2.5
        if "&" in tokens:
            votes["company"] += 2
        if len(tokens) == 1 and (ending := cues["ending"].search(words)):
            votes["product" if ending[1] else "company"] += 3 if ending[1] else 1.5
        if any(map(str.isdigit, words)):
            votes["product"] += 3
        given = tokens[0] in lists["first_name"] and not any(map(str.isdigit, words))
        plain = PLAIN.fullmatch(words) is not None and (given or len(tokens) == 1 or not _is_place(tokens[0]))
        if given and (len(tokens) <= 3 or plain) and (len(tokens) < 3 or not _is_ordinary(" ".join(tokens[1:]))):
            votes["person"] += 4 if len(tokens) > 1 else 2 * plain
        elif len(tokens) == 2 and tokens[0] in lists["family_first"]:
            votes["person"] += 2
        articles = acts = 0
        for part in parts[:12]:
            before, after = text[max(0, part.start - 32):part.start], text[part.end:part.end + 90]
            articles += before[-4:].lower() == "the "
            acts += cues["acts"].match(after) is not None
            ahead = _kinds_ahead(before)
            if plain and len(tokens) == 1:
                votes["person"] += 1.5 * (cues["he"].match(after) is not None)
                votes["company"] += cues["its"].match(after) is not None
            if "company" in ahead or cues["apposed_company"].match(after):
                votes["company"] += 3
            if plain and (cues["says"].search(before) or YEARS_OLD.search(before)):
                votes["person"] += 2
            if before.endswith((" at ", " with ", " from ")) and cues["role_at"].search(before):
                votes["company"] += 3
            if "organisation" in ahead:
                votes["organisation"] += 4
            if "product" in ahead or cues["apposed_product"].match(after):
                votes["product"] += 2
            if "person" in ahead or cues["administration"].match(after):
                # "market leader Wristia", "tanker owner Brisling": firms lead and own too
                votes["person" if len(tokens) > 1 or given or not LEADS.search(before) else "company"] += 3
            if plain and (cues["aged"].match(after) or len(tokens) > 1 and cues["person_after"].match(after)):
                votes["person"] += 3
            if cues["noun_after"].match(after):     # "the Linnet car"
                votes["product"] += 3
            if cues["company_after"].match(after):
                votes["company"] += 1.5
            if cues["held_before"].search(before) or MOVED.match(after):
                votes["company"] += 2
            if cues["product_after"].match(after):
                votes["product"] += 1.5
            if cues["other_after"].match(after):
                votes["other"] += 2
            if cues["city_of"].search(before):
                votes["place"] += 3
            if cues["place_before"].search(before) and not after.startswith(("’s", "'s")):
                votes["place"] += 0.8
            behind = cues["place_after"].match(after)
            if behind and (not behind[1] or _is_place(behind[1])):
                votes["place"] += 1
        if 2 * articles >= min(len(parts), 12):      # firms and people take no article
            votes["company"] -= 1
            votes["person"] -= 2
            votes["organisation"] += 1.5 if words.isupper() and words.isalpha() else 0
        headed = next((kind for kind in ("other", "place")
                       if len(tokens) > 1 and tokens[0] in lists[f"{kind}_head"]), None)
        given_and_family = [token for token in tokens if token not in SMALL]
        like_person = plain and 2 <= len(given_and_family) <= 3 and not (articles or headed) and not any(
            token.lower() in lists["common"] for token in given_and_family) and lists["trim"].isdisjoint(
            tokens[1:]) and tokens[0] not in lists["thing_head"]
        kind = max(votes, key=lambda k: (votes[k], k), default="other")
        # "Ormo Wexan scored": one word beside it makes no product or firm of it
        if votes[kind] > (1.5 if like_person and kind in ("company", "product") else 0):
            return kind, maker if kind == "product" else None
        if headed:
            return headed, None         # Project Quillon, Mount Quillon
        if len(tokens) > 1 and any(map(_is_place, (tokens[0], " ".join(tokens[:2])))):
            return ("other" if articles else "company"), None       # Lund Caledonian
        if like_person:
            return "person", None
        if PLURAL_ACRONYM.fullmatch(words):
            return "other", None
        if 2 * articles >= min(len(parts), 12) and len(tokens) > 1 and not words.isupper() \
                and not any(t.lower() in lists["common"] for t in tokens):
            return "product", None      # firms take no article
        return ("company" if len(parts) > 1 and (acts or not words.isupper()) else "other"), None

    def _is_known(self, tokens: list[str], kind: str) -> bool:
        index = self.gazetteer.index.get(" ".join(tokens))
        return index is not None and self.gazetteer.meant[index][0].kind == kind

    def _usual(self, words: str, kind: str) -> str:
        if kind != "company":
            return words
        tokens = words.split()
        words = _words()
        kept = 2 if tokens[0] in words["company_suffix"] else 1
        while len(tokens) > kept and tokens[-1].strip(".,") in words["own_form"]:
            tokens.pop()
        return " ".join(tokens).rstrip(",") if tokens[-1] != "&" else " ".join(tokens[:-1])      # Brightwell & Co

    def _short_forms(self, name: str, kind: str) -> list[str]:
        tokens = name.split()
        if len(tokens) < 2:
            return []
        lists = _words()
        first = tokens[0]
        if kind == "person":
            if first in lists["family_first"]:      # Lin Bin is Lin, but Lee Jones is Jones too
                return [first, tokens[-1]] if first in lists["first_name"] else [first]
            return [tokens[-1]]
        initials = _initials(name)      # British Airways is BA
        spelled = [initials, initials.capitalize()][:len(initials) - 1] \
            if kind in ("company", "organisation") and initials.isupper() else []       # BAT or Bat
        if kind == "company" and len(first) > 2 and first not in lists["company_suffix"]:
            return [first, POSSESSIVE.sub("", first), *spelled]
        if kind == "product":
            tails = [" ".join(tokens[at:]) for at in range(1, len(tokens))]
            return [t for t in tails if len(t) > 1 and not t.isdigit() and t.lower() not in lists["common"]]
        if kind == "organisation":      # the Bank, the Commission
            return [w for w in (first, tokens[-1]) if w in lists["organisation_suffix"] or w == "Bank"] + spelled
        return spelled
