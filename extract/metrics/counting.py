"""What the noun right behind a number says: 300 jobs, clinics that use an app, a $3bn battery plant.

>>> from extract.analysis import analyse, document
>>> [c.metric for c in analyse(document("Retailer Marlow has 300 employees.")).claims]
['headcount']
>>> [c.metric for c in analyse(document("Retailer Marlow has 300 kiosks.")).claims]
['count']
"""
import re
from itertools import takewhile

from .. import schema
from ..grammar import frame, lexicon
from ..grammar.noun import singular
from ..model import Quantity
from .constraint import accepts, thing
from .evidence import CLOSE, COUNTED, THING, WORTH, Evidence
from .scene import Scene
from .whole import NOUNS, no_noun

NEW = ("new ", "additional ", "extra ")     # what is there already is not new
WORTH_WORDS = 4         # behind money, among which the noun is looked for that it is the worth of
# Behind those who are let go: "5,000 positions would go", "50 people will lose their jobs".
JOBLESS = re.compile(r"(?: [–-] [^#]{1,40}#+ [–-])?(?:\s(?:will|would|could|may|might|have|has|had|to)){0,2}\s(?:"
                     r"los[et] their jobs|(?:be|been|are|were) (?:lost|axed|cut|laid off|made redundant)|"
                     r"go(?= (?:(?:at|in|as|by|over|from|under)\b|~)))")

# "let 300 of its engineers go"
LET = re.compile(rf"\blet(?:s|ting)?\s+{frame.near()}$")
GO = re.compile(r"(?:\sof\s(?:its|their|our|the)\s(?:[a-z-]+\s){1,3}?|\s)go\b")


def add(scene: Scene, q: Quantity, way: str | None, verb: re.Match | None, pieces: dict[str, list[Evidence]]) -> None:
    """Adds what the counted noun says; `verb` is the word of change in front of the number."""
    lex, why = lexicon.lexicon(), f"counted '{q.counted}'"
    for metric in lexicon.of_counted(q.counted, lex.counted):
        if accepts(metric, q.kind, q.unit, way is not None):
            grown = q.counted.startswith(NEW) and schema.metrics()[metric].time == "stock"
            changing = verb is not None and (verb[1] + (verb[2] or ""), metric) in lex.changing or grown
            pieces[metric].append(Evidence(COUNTED, why, changing=changing))
    if "layoffs" in lexicon.of_counted(q.counted, lex.things) and _go(scene, *scene.span(q)):
        pieces["layoffs"].append(Evidence(COUNTED, f"who go: '{q.counted}'"))
    if way is None and (who := _uses(scene, q)):
        pieces[who].append(Evidence(COUNTED, f"who use it: '{q.counted}'"))
    for metric in lexicon.of_counted(thing(scene, q), lex.things):
        if metric in pieces and max(e.score for e in pieces[metric]) >= CLOSE:
            pieces[metric].append(Evidence(THING, why))


def _go(scene: Scene, start: int, end: int) -> bool:
    """Whether those who are counted lose their jobs."""
    return JOBLESS.match(scene.masked, end) is not None or (
        LET.search(scene.masked, max(0, start - 30), start) is not None and GO.match(scene.masked, end) is not None)


USES = re.compile(r"(?:\s(?:in|across)\s[#@~a-z ]{1,30})?\s(?:(?:now|already|currently|have|has)\s){0,2}"
                  r"(?:us(?:e|es|ed|ing)|rely|relies|relied|trust|subscribe)\b")
A_SERVICE = re.compile(r"\s(?:it\b|@|(?:the|its|their) (?:[a-z@]+ )?(?:app|service|site|website|platform|product|tool|"
                       r"network|system|feature|assistant|chatbot)s?\b)")
SERVES = re.compile(r"\b(?:used by|signed(?: up)?|serv(?:e|es|ed|ing)|onboarded|sells? to|"
                    rf"trusted by)\s+{frame.near()}$")


def _uses(scene: Scene, q: Quantity) -> str | None:
    """Whether those are counted who use what somebody sells: firms, as in "2,300 clinics now use the app", "it serves
    40 banks", are customers; people, as in "3 million people used Vireo", are users."""
    start, end = scene.span(q)
    nouns = schema.words("noun")
    used = USES.match(scene.masked, end)
    if singular(q.counted.split()[-1]) in nouns["bodies"] + nouns["public"]:
        return "customers" if used or SERVES.search(scene.masked, max(0, start - 60), start) else None
    people = used and "users" in lexicon.of_counted(q.counted, lexicon.lexicon().things)
    return "users" if people and A_SERVICE.match(scene.masked, used.end()) else None


def add_worth(scene: Scene, q: Quantity, pieces: dict[str, list[Evidence]]) -> None:
    """Adds what money right in front of it is the worth of: "a $3bn battery plant", "a €75m fund"."""
    behind = NOUNS.match(scene.masked, scene.span(q)[1] + 1)
    words = list(takewhile(lambda word: word not in no_noun(), behind[0].split()[:WORTH_WORDS])) if behind else []
    for size in range(1, len(words) + 1):
        noun = " ".join(words[:size])
        if found := lexicon.of_counted(noun, lexicon.lexicon().counted):
            for metric in found:
                if accepts(metric, q.kind, q.unit, False):
                    pieces[metric].append(Evidence(COUNTED, f"{WORTH} '{noun}'"))
            return
