"""The language of a text, as ISO 639-1: by its script, and in Latin script by its function words.

Words and letters: `schemas/words/language.toml`, written for this project.

>>> detect("Der Umsatz stieg im zweiten Quartal auf 3,4 Milliarden Euro.")
'de'
>>> detect("Acme profit doubles")
'en'
>>> detect("12,5 % (2024)")
'und'
"""
import re
from collections import Counter
from functools import cache

from extract import schema

ENOUGH = 2000       # characters that are looked at
SHORT = 25          # words: so short a text need hold no function word, and is English until shown otherwise
LEAST = 0.04        # share of function words that a longer text must hold
WORD = re.compile(r"[^\W0-9_]+(?:['’./-]+[^\W0-9_]+)*")      # "U.S.", "e-bike" and "UK's" are one each
LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
LETTER_WORTH = 2    # a letter like ß is worth as much as two function words
KANA_SHARE = 0.1    # Japanese mixes kana with Chinese characters


def detect(text: str) -> str:
    """ISO 639-1 code, "und" where it can't be told."""
    sample = text[:ENOUGH]
    script, letters = _script(sample)
    if script:
        return _within(script, letters)
    return _latin(sample)


def _script(sample: str) -> tuple[str | None, str]:
    """The script that is not Latin but prevails, and its letters; a Chinese character is half a word."""
    if sample.isascii():
        return None, ""
    found = {lang: "".join(pattern.findall(sample)) for lang, pattern in _scripts().items()}
    if not any(found.values()):
        return None, ""
    latin = len(LATIN.findall(sample))
    if len(found["ja"]) > KANA_SHARE * len(found["zh"]):
        found["ja"] += found.pop("zh")
    lang = max(found, key=lambda name: len(found[name]))
    weight = 3 if lang in ("zh", "ja") else 1
    return (lang, found[lang]) if found[lang] and weight * len(found[lang]) > latin else (None, "")


def _within(script: str, letters: str) -> str:
    seen = set(letters.casefold())
    for lang, sign in schema.words("language")["within"].items():
        if sign["script"] == script and seen & set(sign["letters"]):
            return lang
    return script


def _latin(sample: str) -> str:
    spoken = WORD.findall(sample.lower())
    if not spoken:
        return "und"
    common, rare = _signs()
    score: Counter[str] = Counter()
    for word, times in Counter(filter(common.__contains__, spoken)).items():
        for lang in common[word]:
            score[lang] += times
    if not sample.isascii():
        for letter, times in Counter(filter(rare.__contains__, sample.lower())).items():
            for lang in rare[letter]:
                score[lang] += LETTER_WORTH * times if score[lang] or len(spoken) < SHORT else 0
    best = max(score, key=lambda lang: (score[lang], lang == "en"), default="en")
    if len(spoken) < SHORT:     # a headline: one word may be part of a name
        return best if score[best] > score["en"] + 1 else "en"
    return best if score[best] >= LEAST * len(spoken) else "und"


@cache
def _scripts() -> dict[str, re.Pattern]:
    return {lang: re.compile(f"[{ranges}]") for lang, ranges in schema.words("language")["script"].items()}


@cache
def _signs() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Languages by function word, and by rare letter."""
    common: dict[str, list[str]] = {}
    rare: dict[str, list[str]] = {}
    for lang, signs in schema.words("language").items():
        if "common" in signs:
            for word in set(signs["common"]):
                common.setdefault(word, []).append(lang)
            for letter in set(signs.get("letters", "")):
                rare.setdefault(letter, []).append(lang)
    return common, rare
