"""The words by which names and their kinds are told, as lists and as patterns of what stands beside a name.

All of them stand in `schemas/words/entity.toml` and `first_name.toml`.

>>> sorted(kinds_ahead("backed by the new electric ")), sorted(kinds_ahead("in the "))
(['product'], [])
>>> "Motors" in words()["company_suffix"], "Brightwell" in words()["company_suffix"]
(True, False)
>>> words()["Motors"]
Traceback (most recent call last):
    ...
KeyError: 'Motors'
"""
import re
from collections import defaultdict
from functools import cache

from .. import schema
from ..pattern import any_of

CITIES = ("city", "town", "village", "port", "province", "district", "suburb", "capital", "region", "county", "state",
          "island", "borough")


RATE = r"[0-9.]+(?:%| percent)"
DUTY = r"(?:(?:tariff|import tax|surcharge)(?:s|es)?|dut(?:y|ies)|lev(?:y|ies))"


@cache
def words() -> dict[str, frozenset]:
    """The lists by their names, and some made of them."""
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
def _ahead() -> dict[str, set[str]]:
    """The words that stand right before a name, in lower case, and the kinds of which they tell."""
    lists = {"company": words()["company_cue_before"], "organisation": words()["organisation_cue_before"],
             "product": words()["product_cue_before"], "person": words()["person_title"] | words()["kin"]}
    kinds = defaultdict(set)
    for kind, cues_before in lists.items():
        for cue in cues_before:
            kinds[cue.lower()].add(kind)
    return dict(kinds)


def kinds_ahead(before: str) -> set[str]:
    """The kinds whose words end the text before a name."""
    ahead, last = _ahead(), before.rstrip("\"“‘").lower().split()[-4:]
    if last and last[-1].endswith(",") and last[-1][:-1] in words()["kin"]:
        return {"person"}       # "his wife, Jo"
    return {kind for at in range(len(last)) for kind in ahead.get(" ".join(last[at:]), ())}


@cache
def cues() -> dict[str, re.Pattern]:
    """What stands beside a name and tells its kind: patterns to be searched at the end of the text before it
    (formal, says, role_at, and those with "before" or "of" in their names), or matched behind it."""
    lists = words()

    def either(name: str) -> str:
        return any_of(lists[name])

    def after(name: str) -> re.Pattern:
        return re.compile(rf"(?:[\"”’]?,? ?)(?:(?:also|has|had|have|will|is|was) )?{either(name)}\b")

    company, product, endings = either("generic_company"), either("generic_product"), "|".join(lists["company_ending"])
    return {"company_after": after("company_cue_after"), "product_after": after("product_cue_after"),
            "noun_after": re.compile(rf" {product}\b"),
            "apposed_company": re.compile(rf"(?:(?: ?,| is| was) (?:a|an|the|one of)|: (?:A|An|The))\b[^.,;]{{0,60}}?"
                                          rf"\b{company}\b"),
            "apposed_product": re.compile(rf"(?:(?: ?,| is| was) (?:a|an|the|its)|: (?:A|An|The|This))\b[^.,;]{{0,40}}?"
                                          rf"\b{product}\b"),
            "person_after": re.compile(rf" ?,? (?:{either('speech_verb')}|who)\b|"
                                       rf" ?(?:,| is) (?:[\w'’-]+ ){{0,4}}?{either('profession')}\b"),
            "says": re.compile(rf"[,”\"’]\s{either('speech_verb')} $"),
            "role_at": re.compile(any_of(lists["profession"], behind=r"\w") + "s? (?:at|with|from) $"
                                  "|spokes[a-z]+ for $"),
            "formal": re.compile(rf"\b{either('formal_title')}\.? $"),
            "number_after": re.compile(rf"(?:['’]s|[),.;:!?]*(?:$|\s*\n| (?:{either('number_after')}|[a-z]+er than|"
                                       r"[A-Z(–—-]))|, (?:its|their|whose|an?|the) )"),
            "he": re.compile(r"[^.;\n”]{0,60}\b(?:he|she|his|her|himself|herself)\b"),
            "its": re.compile(r"[^.;\n”]{0,60}\b(?:its|it)\b"),
            "acts": re.compile(rf"['’]s\b| {either('company_verb')}\b"),
            "aged": re.compile(r", [1-9][0-9](?:,|\.\s)"),
            "administration": re.compile(r" [Aa]dministration\b"),
            "other_after": re.compile(rf" {either('other_after')}\b"),
            "ending": re.compile(rf"(?:({'|'.join(lists['drug_ending'])})|{endings})$"),
            "of_branch": re.compile(rf" {either('of_branch')}\b"),
            "category_of": re.compile(rf" {either('of_category')}\b"),
            "city_of": re.compile(any_of(CITIES, behind=r"\w") + "(?: of|,)? $"),
            "place_before": re.compile(r"\b(?:in|across|near|outside|throughout|based in|downtown) $"),
            # places tax and are taxed: "a levy on goods from Norland", "Norland slapped a tariff of 15% on steel"
            "taxed_before": re.compile(rf"\b{DUTY}(?: of {RATE})? (?:on|against) (?:(?:all |imported )?[a-z]+ "
                                       r"(?:and [a-z]+ )?(?:from|made in|of) )?$|"
                                       r"\b(?:imports|goods|exports) (?:from|to) $"),
            "taxes_after": re.compile(
                rf"(?:['’]s)?(?: (?:will|would|has|had|also|now|could|may))*(?: {either('taxing')})?"
                rf"(?: (?:with|its|the|an?|new|up to|of|import|retaliatory|extra|additional|punitive|{RATE}))* {DUTY}"
                rf"(?: of {RATE})? (?:on|against) "),
            "held_before": re.compile(r"\b(?:shares?|stakes?|stock|invest\w*|interests?|holdings?|confidence) in $"),
            "place_after": re.compile(r"-based\b|, ([A-Z][\w-]+(?: [A-Z][\w-]+)?)(?:[,.;:)—]|$)")}


@cache
def currency() -> re.Pattern:
    """The letters of a currency before its number: NT$5 million, Rs 500."""
    money = {code: entry for code, entry in schema.words("currency").items() if code != "ambiguous"}
    # A single letter is too often the beginning of a name: R1.
    signs = {s for code in money for s in (code, *money[code].get("signs", ())) if len(s) > 1 and s[0].isalpha()}
    return re.compile(any_of(signs, behind=r"[\w$.]") + " ?(?=[0-9])")
