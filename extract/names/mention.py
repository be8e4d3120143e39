"""The candidates for names of a text: known names, and what its runs of capitalised words are cut into.

>>> from extract import sentence
>>> from extract.names.candidate import hits
>>> text = "Chipmaker Brightwell and TheVoltaris Group sold 300 Nvidia chips, Maria Roe said. Voltaris grew."
>>> [text[c.start:c.end] for c in candidates(text, sentence.find(text), [], hits(text, []))]
['Brightwell', 'Voltaris Group', 'Nvidia', 'Maria Roe', 'Voltaris']
>>> candidates("Revenue rose.", [], [], [])
[]
"""
import re
from collections import Counter

from ..model import Sentence
from ..numbers import number, unit
from .boundary import (HOUSE_BEHIND, ends_branch, ends_longer, extended, is_part, joined_bodies, joined_firms, numbered,
                       shows_number)
from .candidate import FAR, Candidate, Hit, as_known, occurrences, overlaps
from .cue import words
from .entry import Entry, entries, priced, ranked, rows
from .gazetteer import gazetteer, is_place
from .glue import Tokens
from .word import BUTTON, PARTICLE, POSSESSIVE, RUN, SMALL, Word, is_headed, word

ORDER = ("Gen", "Series")   # what numbers the generations of a product: Oriole Gen 3
NO_LETTER = re.compile(r"[\W_]*")
NUMBERED = re.compile(r" (?:No\. ?)?[0-9]")
SMALL_BEHIND = re.compile(rf" (?:of(?: the)?|{PARTICLE}) [A-Z]")
SCORE = re.compile(r"[0-9]{1,3}[-–][0-9]{1,3}")             # "beat the Aldermen 27-20"
MEASURED = re.compile(r"[0-9.]+(?:-[a-z]|[KMGT]B\b|[mk]?Wh?\b|MP\b)")       # 5.0-litre, 64GB
# a D-Link 65W Wall Charger, Norvik's 27-inch Solace Monitor
SIZED = re.compile(r"(?:['’]s)? [0-9][0-9.,]{0,6}(?:[- ]?(?:inch|watt|volt|quart|liter|litre|mm|cm|Hz|k?Wh?|mAh|"
                   r"[GT]B|MP)|[KL]|\") ")
# the VL-235B of "Qwen3-VL-235B"
CODE_BEHIND = re.compile(r"(?<=[0-9])(?:-(?:[A-Z][a-z]{3,}|[0-9]{0,4}[A-Z][A-Z0-9]*|[0-9]{3,4}))+(?![\w-])")
INITIALS = re.compile(r"[A-Z](?:\.[A-Z])*")                 # the J.K of "J.K. Roe"
# Prince Group
FIRM_BEHIND = re.compile(r" (?:Group|Holdings?|Inc|Corp|Ltd|LLC|plc|Industries|Foods|Stores|Pharmaceuticals)\b")
OWNED = re.compile(r" [A-Z][a-z]{2,}(?![\w'’])")
PARTY = re.compile(r"(?:, |[ \n]\()[DRI]-[A-Z][a-z]*\.?[,.)]")     # "Jane Roe, D-Calif.,"
ROW_LABEL = re.compile(r"(?: [a-z]+){1,3}: [^\W_]*[0-9]")      # "Maximum heat output: 1", after the cell before
AND_BEFORE = re.compile(r" and (?:the )?$")
PLURAL_VERB = re.compile(r" (?:are|were|have|both|differ|share)\b")     # "the Tern 14 and Tern 16 are"
NOUN_BEHIND = re.compile(r" ([a-z]+)\b")
GIVEN_BEHIND = re.compile(r" (\w+)")
LETTERS = frozenset("BCDEFGHJKLMNOPQRSTUVWXYZ")      # that may end the name of a product: "Civic R"
QUOTE_OPENS = ("“", ": ", " “", ' "')       # right before a word that opens what is quoted
OWNING = 0.8        # of the mentions of a word those with the word that it owns by name, at least
SHORT = 3           # letters of a name that several firms may use
ROWS = ("company", "product", "place")      # kinds of names of which a list gives figures

Span = tuple[int, int]


def candidates(text: str, sentences: list[Sentence], blocked: list[Span], known: list[Hit]) -> list[Candidate]:
    """All that may be names, in order. No run is cut in the spans `blocked`, which are in order and apart."""
    cutter = _Cutter(text, known, blocked)
    for s in sentences:
        first = NO_LETTER.match(text, s.start, s.end).end()
        titled = _is_title_case(text[s.start:s.end])
        for run in RUN.finditer(text, s.start, s.end):
            # The capital of a word that opens the sentence or a quote says nothing.
            start = run.start()
            opens = start <= first or text[max(0, start - 2):start] in QUOTE_OPENS
            cutter.cut(run, opens, titled)
    return joined_firms(text, joined_bodies(text, _with_entries(text, sentences, cutter.with_rest(known))))


def _with_entries(text: str, sentences: list[Sentence], found: list[Candidate]) -> list[Candidate]:
    """The candidates, with the names that their place tells in one piece, but for known ones."""
    spans = {(c.start, c.end): c for c in found}
    told = entries(text, sentences)
    for labels in rows(text, sentences):
        known = [hit for span in labels if span in spans and (hit := spans[span].known) and hit.entity.kind in ROWS]
        named = {hit.entity.entity_id for hit in known}
        if len(named) > 2 or len(named) == 2 and not all(hit.ambiguous for hit in known):
            kinds = Counter(hit.entity.kind for hit in known)
            told += [Entry(*span, max(kinds, key=kinds.__getitem__)) for span in labels if span in spans]
    goods = [span for span, c in spans.items() if c.known and c.known.entity.kind == "product"]
    told += [Entry(*span, "product") for span in priced(text, sentences) if not overlaps(*span, goods)]
    told += [Entry(*span, "other") for span in ranked(text, sentences) if span not in spans]
    if not told:
        return found
    known = [span for span, c in spans.items() if c.known]
    added = []
    for start, end, kind in told:
        if (one := spans.get((start, end))) is not None:
            one.opens = one.titled = False
            one.told = kind
        elif kind is not None or not overlaps(start, end, known):
            added.append(Candidate(start, end, False, False, told=kind))
    cut = [(c.start, c.end) for c in added]
    return sorted([c for c in found if not overlaps(c.start, c.end, cut)] + added, key=lambda c: c.start)


def _is_title_case(sentence: str) -> bool:
    """Whether most words of a headline have a capital, so that none says anything."""
    if sentence.endswith((".", ".”", '."')):
        return False
    parts = [w.strip(".,:;!?’'”\"") for w in sentence.split() if w[0].isalpha()]
    long = [w for w in parts if len(w) > 3]
    return len(parts) > 3 and len(long) > 1 and sum(w[0].isupper() for w in long) >= 0.75 * len(long)


class _Cutter:
    """Cuts the runs of one text, one after the other, into candidates."""

    def __init__(self, text: str, known: list[Hit], blocked: list[Span]) -> None:
        self.text, self.blocked, self.tokens = text, blocked, Tokens(text)
        self.known_at = {hit.start: hit for hit in known}
        self.refused: set[int] = set()          # where known names begin that are only words of longer ones
        self.candidates: list[Candidate] = []
        self.reach = 0      # end of the last known name: "Bosnia and Herzegovina" is longer than a run
        self.piece: list[Span] = []             # words of the candidate that is being collected
        self.first = self.last = 0      # of the run that is being cut
        self.opens = self.titled = False

    def cut(self, run: re.Match, opens: bool, titled: bool) -> None:
        """Cuts a run, which `opens` its sentence or stands in a headline (`titled`)."""
        self.first, self.last, self.opens, self.titled = run.start(), run.end(), opens, titled
        for start, end, parted in self.tokens.of(run):
            if start < self.reach:
                continue
            if parted:
                self._flush()
            if parted or self.text[end:end + 1].isalpha():      # a piece of a word, which the search has not seen
                hit = as_known(POSSESSIVE.sub("", self.text[start:end]), start)
                if hit is not None and start not in self.known_at:
                    self._flush()
                    self.reach = end
                    self.candidates.append(Candidate(start, hit.end, False, titled, hit))
                    continue
            if hit := self._known(start):
                self._add_known(hit)
            elif self.text[start:end] in SMALL:
                self._add_small(start, end)
            else:
                self._add_word(start, end)
        self._flush()

    def with_rest(self, known: list[Hit]) -> list[Candidate]:
        """The candidates in order, and known names that begin with a small letter, or stand where no run was cut."""
        taken = sorted([(c.start, c.end) for c in self.candidates])
        self.candidates += [Candidate(hit.start, hit.end, False, False, hit) for hit in known
                            if hit.start not in self.refused and not overlaps(hit.start, hit.end, taken)]
        return sorted(self.candidates, key=lambda c: c.start)

    def _before(self) -> Candidate | None:
        return self.candidates[-1] if self.candidates else None

    def _leads(self, start: int) -> bool:
        """Whether a word opens its sentence."""
        return self.opens and start == self.first

    # Known names

    def _known(self, start: int) -> Hit | None:
        """The known name that begins here, where it is not only a word of a longer one."""
        hit = self.known_at.get(start)
        if hit is None:
            return None
        named = self.text[start:hit.end]
        joins = named in words()["before_place"] and hit.end + 1 in self.known_at       # Air Jamaica
        national = named in words()["national_company"] and is_place(self.text[self.first:start - 1])       # UK Coal
        noun = hit.ambiguous and self._leads(start) and hit.end < self.last \
            and named.lower() in words()["common_noun"]     # "Foundry Silicore", whose capital the sentence begins
        if joins or national or noun or self._is_of_other(hit) or self._is_trim(hit) \
                or is_part(self.text, hit, self._before(), self.titled):
            self.refused.add(start)
            return None
        return hit

    def _is_of_other(self, hit: Hit) -> bool:
        """Whether a short name of one firm's product stands behind another firm, which has one that is called so."""
        before = self._before()
        return hit.entity.kind == "product" and hit.end - hit.start <= SHORT and before is not None \
            and before.known is not None and before.known.entity.kind == "company" and before.end + 1 == hit.start \
            and hit.entity.maker_id not in (None, before.known.entity.entity_id)

    def _is_trim(self, hit: Hit) -> bool:
        """Whether what is also a known name tells a variant of the product before it, or goods for it: Aster 13 Mini,
        Tern Spot, Linnet Air Smart Cover."""
        before = self._before()
        if before is None or self.piece or before.end + 1 != hit.start or before.product is None:
            return False
        named, kind = self.text[hit.start:hit.end], hit.entity.kind
        return named in words()["trim"] or hit.ambiguous and (
            kind == "product" and hit.entity.maker_id != before.product.maker_id
            or kind == "company" and named.lower() in words()["common"] and OWNED.match(self.text, hit.end) is not None)

    def _add_known(self, hit: Hit) -> None:
        self.reach = hit.end
        if self.piece and not self.titled and ends_longer(self.text, self.piece, hit, self._leads(self.piece[0][0])):
            self.piece.append((hit.start, hit.end))
            if self.text[hit.end:hit.end + 1] != " ":
                self._flush()
            return
        self._flush()
        before = self._before()
        if not self.titled and ends_branch(self.text, hit, before):
            self.candidates[-1] = Candidate(before.start, hit.end, before.opens, self.titled)
        elif not self.titled and hit.entity.kind == "product" and (code := CODE_BEHIND.match(self.text, hit.end)):
            self.reach = code.end()         # "Qwen3-VL-235B", "GPT-5.2-Codex"
            self.candidates.append(Candidate(hit.start, code.end(), self._leads(hit.start), False, base=hit.entity,
                                             maker=gazetteer().entities.get(hit.entity.maker_id)))
        else:
            self.candidates.append(Candidate(hit.start, hit.end, self._leads(hit.start), self.titled, hit))

    # Other words

    def _add_small(self, start: int, end: int) -> None:
        """A small word goes on with the name before it: "Bank of", "Call of", "Killik &", not "Jane Roe of"."""
        if self.piece and self._takes(self.text[start:end]):
            self.piece.append((start, end))
        else:
            self._flush()

    def _takes(self, small: str) -> bool:
        head = self.text[slice(*self.piece[-1])]
        if small == "for":
            return head in words()["organisation_suffix"]
        return len(self.piece) == 1 or small != "of" or head == "Bank" or head in words()["organisation_suffix"] \
            or is_headed(self.text[self.piece[0][0]:self.piece[-1][1]])

    def _add_word(self, start: int, end: int) -> None:
        one = word(self.text[start:end])
        last = start + one.size     # without the marks behind it
        if self._is_page(one, start, last) or overlaps(start, last, self.blocked) or self._is_measured(one, start) \
                or not one.plain and self._is_no_name(one, start, last):
            self._flush()
            return
        bare = start + len(one.bare)
        if bare < end and (house := FIRM_BEHIND.match(self.text, end) or HOUSE_BEHIND.match(self.text, end)):
            bare = house.start()    # Foster's Group, St Alder's Hospital, Wexers' Union
        elif bare < end and self._owns_by_name(one, start, end):
            bare = end
        self.piece.append((start, bare))
        if bare < last or end > max(last, bare) and self._closes(one, last):
            self._flush()

    def _owns_by_name(self, one: Word, start: int, end: int) -> bool:
        """Whether a word owns the next one only by name, which its capital shows: it is an ordinary one, or the text
        has it nowhere else: Hunter's Moon."""
        if self.piece or end + 1 in self.known_at or (owned := OWNED.match(self.text, end)) is None:
            return False
        if one.common:
            return not self.titled and not self._leads(start)
        named = self.text[start:owned.end()]
        times = sum(self.text.count(spelled, 0, FAR) for spelled in {named.replace("’", "'"), named.replace("'", "’")})
        return times > 1 and times >= OWNING * self.text.count(one.bare, 0, FAR)

    def _is_page(self, one: Word, start: int, end: int) -> bool:
        """Whether a word is of a table or button that a page has in one line with the text: "Ceramic Ceramic", "Maximum
        heat output:", "Learn More"."""
        text = self.text
        if self.piece and len(one.bare) > 3 and end < self.last and text[slice(*self.piece[-1])] == one.bare \
                or BUTTON.match(text, start):
            return True
        return (one.common or text.endswith("• ", 0, start)) and ROW_LABEL.match(text, end) is not None

    def _is_no_name(self, one: Word, start: int, end: int) -> bool:
        """Whether a word is no part of a name here, and ends the one before it."""
        if one.empty or one.stops or self._is_party(one, start) or self._leads(start) and (
                one.starts or one.noun and end < self.last and not SMALL_BEHIND.match(self.text, end)):
            if one.empty and self.text.endswith(tuple(words()["apart"]), start, end):
                self.piece.clear()      # "a Norvik Tern-like phone", "a Norvik Inc.-like shop"
                if (before := self._before()) is not None and before.end + 1 == start:
                    self.refused.add(self.candidates.pop().start)
            return True         # "Chipmaker Brightwell": the noun says what it is, its capital that the sentence begins
        if self._is_title(one, end):
            if one.bare in words()["office"]:
                self.piece.clear()      # "the Economics Minister"
            elif self.piece and self.text[slice(*self.piece[-1])] in words()["bench"]:
                self.piece.pop()        # "U.S. District Judge"
            return True
        if one.bare in words()["numbered"] and NUMBERED.match(self.text, end):
            return True
        if not one.never or self.piece and one.bare in ("Inc", "LLC") or self._is_of_variant(one, start, end):
            return False
        return one.bare not in words()["within"] or self._leads(start) or self.titled

    def _is_of_variant(self, one: Word, start: int, end: int) -> bool:
        """Whether a word that is no name tells a variant of what is named before it: "Linnet AWD", "Oriole Gen 3"."""
        if one.bare not in words()["variant_code"] and not (one.bare in ORDER and NUMBERED.match(self.text, end)):
            return False
        before = self._before()
        return bool(self.piece) or before is not None and before.product is not None and start - before.end == 1

    def _is_party(self, one: Word, start: int) -> bool:
        """Whether a word is somebody's party and state, in which no known name is looked for: "Jane Roe, D-Calif."."""
        if not PARTY.match(self.text, max(0, start - 2)):
            return False
        self.refused.add(start + 2)
        return True

    def _is_measured(self, one: Word, start: int) -> bool:
        """Units are no names: the kW of "50 kW" and "Power (kW): 50"."""
        before, end = self.text[max(0, start - 2):start - 1], start + one.size
        if self.text[start - 1:start] == "(" and self.text.startswith("): ", end) and unit.read(one.bare) is not None:
            return True
        return before == "°" or before.isdigit() and unit.read(one.bare) is not None

    def _is_title(self, one: Word, end: int) -> bool:
        """A form of address; General only before a given name, not in General Services."""
        if one.bare != "General":
            return one.bare in words()["person_title"] and not FIRM_BEHIND.match(self.text, end)
        after = GIVEN_BEHIND.match(self.text, end, end + 20)
        return after is not None and after[1] in words()["first_name"]

    def _closes(self, one: Word, end: int) -> bool:
        """Whether the mark behind a word ends the name: no point of an initial or of "Inc."."""
        mark = self.text[end]
        return mark in ",/'’" or mark == "." and not (
            INITIALS.fullmatch(one.bare) or one.bare in words()["company_suffix"])

    # Pieces: the words between two that are no part of a name

    def _flush(self) -> None:
        """Makes a candidate of the words that were collected."""
        if self.piece:
            piece, self.piece = self.piece, []
            self._add(piece, self._leads(piece[0][0]))

    def _add(self, piece: list[Span], opens: bool) -> None:
        piece = self._without_model(piece)
        if not piece or self._is_shouted(piece, opens):
            return
        piece = self._trimmed(piece)
        if not piece:
            return
        if opens and len(piece) > 1 and self._begins_behind(piece):
            return self._add(piece[1:], False)
        if self.text[slice(*piece[0])] in words()["role_of"] and self.text.startswith(" of ", piece[0][1]):
            return      # "the Head of Finance"
        piece = self._without_count(piece, opens)
        if not piece:
            return
        start, end = piece[0][0], piece[-1][1]
        before, named = self._before(), self.text[start:end]
        never = end - start == 1 or named in words()["never"]
        if never and named not in words()["variant_code"] and not (
                named in LETTERS and before is not None and before.product is not None):
            return
        if before and (longer := extended(self.text, before, start, end, self.titled)):
            self.candidates[-1] = longer
        elif not never:
            firm = before.known.entity if before and before.known else None
            made = firm and firm.kind == "company" and SIZED.fullmatch(self.text, before.end, start)
            self.candidates.append(Candidate(start, end, opens, self.titled, maker=firm if made else None))

    def _without_model(self, piece: list[Span]) -> list[Span]:
        """The piece without the numbers at its beginning that go on with the known name before it."""
        while piece and self.text[piece[0][0]].isdigit() and (before := self._before()) and (
                longer := numbered(self.text, before, *piece[0], len(piece) == 1, self.titled)):
            self.candidates[-1] = longer
            piece = piece[1:]
        return piece

    def _is_shouted(self, piece: list[Span], opens: bool) -> bool:
        """Adds the known name that begins with a word in capitals which it has not itself: "NORVIK Linnet"."""
        start = piece[0][0]
        if piece[0][1] - start <= 3 or not self.text[slice(*piece[0])].isupper():
            return False
        for size in range(len(piece), 0, -1):
            end = piece[size - 1][1]
            hit = as_known(gazetteer().alike(self.text[start:end]), start)
            if hit is not None and hit.entity.kind in ("company", "product"):
                self.candidates.append(Candidate(start, end, opens, self.titled, hit))
                if piece[size:]:
                    self._add(piece[size:], False)
                return True
        return False

    def _trimmed(self, piece: list[Span]) -> list[Span]:
        """The piece without small words at its ends and numbers at its beginning, but for Cessna 208 Caravan."""
        while piece and self.text[slice(*piece[-1])] in SMALL:
            piece = piece[:-1]
        while piece and (self.text[slice(*piece[0])] in SMALL or MEASURED.match(self.text, piece[0][0])
                         or self.text[slice(*piece[0])].isdigit() and not self._is_of_firm(piece[0][0])):
            piece = piece[1:]
        return piece

    def _is_of_firm(self, start: int) -> bool:
        """Whether what begins here goes on with the known firm before it: Cessna 208 Caravan."""
        before = self._before()
        return before is not None and start - before.end == 1 \
            and before.known is not None and before.known.entity.kind == "company"

    def _begins_behind(self, piece: list[Span]) -> bool:
        """Whether the word that opens the sentence is no part of the name: the text has that without it ("Will Elio
        Motors"), or it says what there is of it ("Torque of the Veldt Ion")."""
        text, lists, (start, end) = self.text, words(), piece[0]
        head, rest = text[start:end], text[piece[1][0]:piece[-1][1]]
        common = head.lower() in lists["common"]
        given = head in lists["first_name"] and head not in lists["no_subject"]     # "Rose Quillon", not "Will Quillon"
        if common and not given and not lists["company_suffix"].issuperset(rest.split()) \
                and text.count(rest, 0, FAR) > text.count(text[start:piece[-1][1]], 0, FAR):
            return True
        return head not in lists["organisation_suffix"] and head not in lists["role_of"] and (
            text.startswith(" of the ", end) or common and text.startswith(" of ", end))

    def _without_count(self, piece: list[Span], opens: bool) -> list[Span]:
        """The piece without numbers at its end behind which something is counted or measured."""
        while piece and self.text[piece[-1][0]].isdigit() and not self._is_named(piece, opens):
            piece = piece[:-1]
        return piece

    def _is_named(self, piece: list[Span], opens: bool) -> bool:
        """Whether the number at the end of a piece is of the name."""
        start, end = piece[-1]
        last = self.text[start:end]
        before = self.text[slice(*piece[-2])] if len(piece) > 1 else ""
        if last in words()["team"] or before in ORDER and len(last) < 3 or before == "Local":
            return True         # 49ers, Oriole Gen 3, Teamsters Local 476
        if len(piece) == 1 or len(last) > 6 or SCORE.fullmatch(last):
            return False
        if number.lists_count(self.text, start, end) and self._is_bare(self.text[piece[0][0]:piece[-2][1]]):
            return False
        noun = NOUN_BEHIND.match(self.text, end, end + 20)
        counts = last.replace(".", "").isdigit() and not (noun and noun[1] in words()["common_noun"])
        if counts and not shows_number(self.text, end) and not self._is_shown(piece[0][0], end):
            return False
        return not (opens and len(piece) == 2 and self.text[slice(*piece[0])].lower() in words()["common"])

    def _is_shown(self, start: int, end: int) -> bool:
        """Whether a number counts nothing, as the verb of a list shows or another mention: the Aster 9 of "The Aster 9
        has"."""
        if PLURAL_VERB.match(self.text, end) and AND_BEFORE.search(self.text, max(0, start - 9), start):
            return True
        if self.text.endswith(("the ", "The "), 0, start) and (behind := NOUN_BEHIND.match(self.text, end)):
            word = behind[1]        # "the Tern 14 case", but not "the Tern 14 percent", "the Tern 14 cases"
            if unit.read(word) is None and word not in number.lists()["magnitudes"] and not word.endswith("s"):
                return True
        return any(at != start and shows_number(self.text, at + end - start) and not self.text[at - 1:at].isalnum()
                   for at in occurrences(self.text, self.text[start:end]))

    def _is_bare(self, name: str) -> bool:
        """Whether the text has a name without a number behind it, and no second time with one."""
        times = self.text.count(name)
        return 0 < times - 1 == len(re.findall(rf"\b{re.escape(name)}\b(?! [0-9])", self.text))
