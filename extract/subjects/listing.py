"""Under which title and behind which lead-in the sentences and lines of a text stand.

A title is a line that is nothing but a name: "Norvik Linnet", "3. Norvik Linnet", "Best overall: Norvik Linnet",
"Model: Norvik Linnet". It rules what stands below it, up to the next title or heading that names somebody.

>>> from extract import sentence
>>> from extract.names import entity
>>> text = "The Veldt Ion car, by Veldt:\\nRange: 300 km\\nNorvik Linnet5\\nRange: 400 km\\nWeight: 900 kg"
>>> sentences = sentence.find(text)
>>> lists = Lists(Cast(text, sentences, entity.find(text, sentences, [])))
>>> lists.title, lists.lead
([None, None, None, 2, 2], [None, 0, None, None, None])
>>> Lists(Cast("", [], [])).title
[]
"""
import re
from collections import Counter
from functools import cache

from .. import schema
from ..model import Name
from ..names.cue import words
from ..names.entry import labels
from ..pattern import any_of
from .part import Cast, end_of

LISTED = ("bullet", "line")
# A label and its figure, of which a page has several in one line: "Weight: 59 lbs. | Range: 30 km".
SHEET = re.compile(r"(?<![a-z])[a-z][\w()/-]*(?: [\w()/-]+){0,4}: (?:[a-z]+ )?[^\s\w]?\d")
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# What may stand beside the name of a title: "2024 Norvik Linnet review", "#3 Norvik Linnet and Veldt Ion (2024)"
BESIDE = re.compile(r"(?:[\W_]|\b(?:and|or|the|all|new|vs|versus|review|19\d\d|20\d\d)\b)*")
RANK = re.compile(r"#?\d{1,3}[.):]?\s+")
MARK = re.compile(r"[•●▪◦·*‣–—-]\s*")
# Behind the name of an entry whose first figure stands in its title: "2. Norvik (NRV), market value: $5bn"
FIRST_ROW = re.compile(r" ?(?:\([^()]*\))?(?:,(?: [a-z]+){1,4})?: [^\w\s]?\d")
SAME = 8                    # rows with one label that a list may have of one entry, for each of its variants
SIBLINGS = 2                # sentences from one numbered name to the next where nothing stands between: "2.", "Norvik"


@cache
def _leading() -> re.Pattern:
    """In a sentence that leads into a list."""
    return re.compile(rf":$|{any_of(schema.words('sentence')['leading'], behind=r'[a-z]')}(?![a-z])")


@cache
def _closing() -> re.Pattern:
    """Opens a heading behind which a text is on all of its entries again."""
    return re.compile(any_of(schema.words("sentence")["closing"]) + r"\b")


class Lists:
    """What each sentence of a text stands under."""

    def __init__(self, cast: Cast):
        self.cast, self.sentences = cast, cast.sentences
        self.names: dict[int, list[Name]] = {}          # those of which each title consists
        self.title: list[int | None] = []               # the title that rules each sentence
        self.lead: list[int | None] = []                # the heading or sentence in front of the list of each line
        self.behind: list[int | None] = []              # what led into the list right before a paragraph
        styles = self._styles()
        self.lost = self._lost(styles)      # rows of entries whose titles the page lost
        ruling, before = None, None
        labels: dict[str, int] = {}         # of the rows under the title, and what stood before their list
        for i, s in enumerate(self.sentences):
            listed = s.kind in LISTED and i not in styles
            if i in styles:
                ruling, labels = i, {}
            elif s.kind == "heading" and (cast.of_sentence[i] or _closing().match(cast.lower, s.start)) \
                    or ruling is not None and not listed and styles[ruling] == "row":
                ruling = None
            elif listed and ruling is not None and labels.setdefault(self._label(i), before) != before:
                ruling = None           # the same row again: of another entry, whose title the page lost
            self.title.append(ruling if ruling != i else None)
            self.lead.append(before if listed and before != ruling else None)
            self.behind.append(self._behind(i))
            before = before if listed else i

    def _lost(self, styles: dict[int, str]) -> set[int]:
        """The rows of lists that give the same so many times that the page has lost the titles of their entries."""
        lost: set[int] = set()
        run: list[int] = []
        for i in range(len(self.sentences) + 1):
            if i < len(self.sentences) and i not in styles and self.sentences[i].kind in LISTED:
                run.append(i)
            elif len(run) > SAME:
                times = Counter(map(self._label, run))
                lost.update(j for j in run if times[self._label(j)] > SAME)
                run = []
            else:
                run = []
        return lost

    def _label(self, i: int) -> str:
        """What a row gives: "range"."""
        s = self.sentences[i]
        return self.cast.lower[s.start:s.end].partition(":")[0]

    def _behind(self, i: int) -> int | None:
        """What led into the list that ends right before the paragraph of sentence i."""
        if i == 0 or self.sentences[i].kind != "body":
            return None
        if self.sentences[i - 1].paragraph == self.sentences[i].paragraph:
            goes_on = not any(name.entity.kind in ("company", "product") for name in self.cast.of_sentence[i - 1])
            return self.behind[i - 1] if goes_on else None
        return self.lead[i - 1]

    def is_row(self, i: int) -> bool:
        """Whether a sentence is a line of a list, or rows that a page has in one line."""
        s, lower = self.sentences[i], self.cast.lower
        return s.kind in LISTED or s.kind == "body" and lower.count(": ", s.start, s.end) > 1 \
            and len(SHEET.findall(lower, s.start, s.end)) > 1

    def leads(self, i: int) -> bool:
        """Whether a heading or sentence says that a list is on those whom it names."""
        s = self.sentences[i]
        if s.kind == "heading":         # not the last of several, which are lines themselves
            return i == 0 or self.sentences[i - 1].kind != "heading"
        return _leading().search(self.cast.lower, s.start, s.end) is not None

    def _styles(self) -> dict[int, str]:
        """The titles, and whether they stand alone (heading), are "numbered", or rule the rows of a list (row)."""
        styles = {i: style for i, names in enumerate(self.cast.of_sentence) if names and (style := self._style(i))}
        numbered = [i for i, style in styles.items() if style == "numbered"]
        bare = {i for one, two in zip(numbered, numbered[1:]) if two - one <= SIBLINGS for i in (one, two)}
        for i in bare:          # a list of names
            del styles[i], self.names[i]
        return styles

    def _style(self, i: int) -> str:
        """How a sentence is a title; "" where it is none."""
        s, lower = self.sentences[i], self.cast.lower
        if s.kind == "title" or s.kind == "body" and lower[s.end - 1] != ":":
            return ""
        at, style = s.start, "heading" if s.kind == "heading" else "row"
        if mark := MARK.match(lower, at) if s.kind == "bullet" else RANK.match(lower, at):
            at = mark.end()
        elif s.kind == "bullet":
            rank = RANK.match(lower, at)
            at, style = rank.end() if rank else at, "numbered"
        if label := labels().match(lower, at, s.end):
            at, style = label.end(), "heading" if label["best"] else style
        elif s.kind == "line":
            return ""
        below = self.sentences[i + 1] if i + 1 < len(self.sentences) else None
        if style == "numbered" and below and MARK.match(lower, below.start) and (led := [
                n for n in self.cast.of_sentence[i] if FIRST_ROW.match(lower, end_of(n, 0, lower))
                and BESIDE.fullmatch(BRACKETS.sub("", lower[at:n.start]))]):
            self.names[i] = led
            return "row"
        names = self._alone(i, at)
        if not label and any(map(_is_term, names)):
            return ""
        rows = below is not None and below.kind in LISTED
        if not names or style == "row" and not rows:
            return ""
        self.names[i] = names
        return style

    def _alone(self, i: int, at: int) -> list[Name]:
        """The names of sentence i, where nothing else stands in it from `at` on."""
        lower, end, names = self.cast.lower, self.sentences[i].end, []
        brackets = [found.span() for found in BRACKETS.finditer(lower, at, end)]
        for name in self.cast.of_sentence[i]:
            if name.start < at or any(low < name.start < high for low, high in brackets):
                continue
            if name.how == "demonym" or not BESIDE.fullmatch(lower, at, name.start):
                return []
            names.append(name)
            at = name.end
        return names if BESIDE.fullmatch(BRACKETS.sub("", lower[at:end])) else []


def _is_term(name: Name) -> bool:
    """Whether a name that nobody knows is more likely a term: "Adaptive Cruise Control"."""
    entity = name.entity
    return not entity.known and entity.kind in ("other", "product", "person") \
        and entity.name.rpartition(" ")[2].lower() in words()["common"]
