"""Which time a claim takes: the period that governs its number, else the one the text goes on with.

What a metric measures decides how far a time may be: a car's range has one only where it stands beside
the number, revenue takes that of its sentence, of those before, or the quarter that the story reports on.

>>> from extract import sentence
>>> from extract.times.period import find
>>> text = "In Q2 2024 it earned $4 million. Revenue was $9 million."
>>> clock = Clock(text, date(2025, 3, 1), sentence.find(text), find(text, date(2025, 3, 1)))
>>> norvik = Entity("norvik", "Norvik", "company")
>>> clock.of(0, 21, 31, norvik, "net_income", "level").label, clock.of(1, 45, 55, norvik, "revenue", "level").label
('2024-Q2', '2024-Q2')
>>> clock.of(1, 45, 55, norvik, "driving_range", "level")
"""
import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .. import schema
from ..model import Entity, Period, Sentence
from ..times.calendar import YEAR, shift, usual_label
from ..times.quarter import REPORTED
from ..times.timex import WORDS, any_of
from .scope import (
    ASIDE_BEFORE, COMPARED, COMPARING, COMPARISON, HAD_PLANNED, LEADING, MOMENT, PAST, QUARTER, RECORD, SAID,
    SEASON_LONG, SINCE, SINCE_CLAUSE, TENSE, WHEN, base, is_base, is_over, nearest, of_saying, of_text, only_then,
    told_then)

RULES = WORDS["timing"]

# ---- what the document reports on ------------------------------------------------------------------

YEAR_END = re.compile(r"(?i:(?:quarter|months?|year|period|weeks?) (?:that |which )?end(?:ed|ing))")
OPENING = 1500      # characters: the title and a few sentences
PART_OF_YEAR = re.compile(
    r"(?i:quarter|half|months|\bfiscal|\bQ[1-4]|[1-4]Q|[1-2]H|\bH[12]|full[ -]year|ended|\bFY)")


def reporting(text: str, periods: list[Period], published: date | None) -> Period | None:
    """The quarter, half or year that an earnings story reports on, else None.

    It is the first one of the opening that stands beside a word such as "results" or "revenue" and that
    was over when the story appeared. It may have no dates: "fiscal third quarter".
    """
    undated = None
    for period in periods:
        if undated and period.first and period.last and YEAR_END.search(text, period.start, period.end):
            return period       # "fiscal fourth quarter" was "the three months that ended Nov. 26"
        if period.start > OPENING:
            continue
        if period.kind == "time" or COMPARISON.match(text, period.start):
            continue
        if not REPORTED.search(text, max(0, period.start - 60), period.end + 60):
            continue
        if not period.first or not period.last:
            if QUARTER.search(text, period.start, period.end):
                undated = undated or period
            continue
        length = (period.last - period.first).days
        if undated or not 80 <= length <= 372 or published and period.last > published:
            continue
        if PART_OF_YEAR.search(text, period.start, period.end):
            return period
    return undated


# ---- the time of a claim ---------------------------------------------------------------------------

# how long
FEW_DAYS = timedelta(days=3)
WEEK = timedelta(days=7)
SHORT_MONTH = timedelta(days=27)
SEASON, HALF_YEAR, PART_LONG = timedelta(days=80), timedelta(days=190), timedelta(days=300)

# of a property
BESIDE = 4          # words between a number and the time of a thing's property
NEXT_OF_LIST = 60   # characters between two numbers of one list
PAIR = re.compile(r" to [^ ]*[0-9][^ ]*")
WORD_GAP = re.compile(r"[^,;:.()0-9]*")
OF_THING = re.compile(r"(?:['’]s)? (?:[\w-]+ ){0,2}?(?:model|models|version|edition|generation)\b|['’]s ")
AT_TIME = re.compile(r"(?i:\b(?:in|during|on|of|by|for|since|throughout|at)(?: the| its| their)?|[,(]|^) ?$")
THIS = re.compile(r"(?i:last|this|earlier|yesterday|today)\b")
# A past verb right before a number: "paid", "were about"; not "said" and "founded"
HAPPENED = re.compile(rf"(?i:\b(?!(?:{SAID}|{any_of(WORDS['saying']['begun'])})\b)(?:was|were|{PAST}) "
                      r"(?:(?!(?:to|of|for|with|from|in|at|on|by|as|into|and|or)\b)[a-z-]+ ){0,3}(?:to |of )?)$")

# of a scene
SCENE = 2           # sentences back in a paragraph that tells of one event
NOT_THEN = re.compile(r"\b(?:is|are|had|will|would)\b")
# "At least 12 people died"
SUBJECT_DID = re.compile(r"(?:(?!(?:are|is|be|has|have|will|can) )[^ ,;:]+ ){1,5}?"
                         rf"(?!{SAID}\b)(?:was|were|had|{PAST})\b")
# "That is 20% more": of what the sentence before told
RETOLD = re.compile(r"(?i:that|this|it)(?:['’]s| (?:is|was|means|meant|marks|marked|represents|represented|compares)) ")

# of what a text goes on with
KEPT = 6            # sentences over which a text goes on speaking of one time
LIST_LONG = 15      # lines
FORETOLD = re.compile(r"(?i:\banalysts?\b|\bwall street\b|\bconsensus\b|\bestimates?\b"
                      r"|\bhad (?:expected|forecast|predicted|guided|projected|anticipated|been expect))")

NEAR = 40           # characters before a number in which it is told that it is an estimate
GUIDED = re.compile(r"\b(?:expects?|forecasts?|guid[a-z]+|outlook|projects?|sees|will)\b")

# of an old figure
FROM_TO = re.compile(r"[^,;.0-9]{0,30} to [^,;.0-9]{0,20}[0-9]")        # "from 700 to 900 in April"
YOY = re.compile(r"(?i:\b(?:year[- ]on[- ]year|year[- ]over[- ]year|yoy|y/y)\b)")
YEAR_ON_YEAR = re.compile(rf"(?:,?[^.;:,#0-9]{{0,40}}?)(?:{YOY.pattern})")
YEAR_BEFORE = re.compile(rf"{YOY.pattern},? (?:up |down )?from $")
LAST_YEAR = re.compile(r"(?i:last year|(?:the )?(?:previous|prior) year|(?:a|one) year (?:ago|earlier|before))")
# "5m, up from 4m", but not "4m, revised from 3m", "from an earlier estimate of 4m"
MOVED = re.compile(r"(?:\b(?:up|down|higher|lower)|\b(?!(?:19|20)[0-9]{2}\b)[0-9][^ ]{0,15}(?: [\w%-]+){0,4}),? $")
SAME_TIME = re.compile(r"\brevis(?:ed|es|ing|ion)\b")
ESTIMATE = re.compile(r"estimate|forecast|reading|prelim|expected")
OLDER, CLAUSE_ENDS = re.compile(r"versus|vs|against|compared"), re.compile(r"(?: (?:a|per) [a-z]+)?[,;.)](?![0-9])")

# of one end, or open
ENDPOINT = re.compile(r"\b(?P<end>from|to) "
                      r"(?:(?:about|around|nearly|almost|over|more than|just|only|some|roughly|a|record) ){0,2}$")
FROM = re.compile(r"\bfrom [^,;:]{1,45}$")
NOW = re.compile(r" (?:now|currently)\b")        # "from 53% in 2013 to 33% now"
# "100 since its launch."
SINCE_THEN = re.compile(r"[^,;.0-9]{0,20}\bsince (?:its|their|the|then|his|her|it|they)\b[^0-9,;]*(?:[,;.]|$)")
LASTING = re.compile(r"(?i:until|till|through)\b")      # what ends then is there already: "$5 off until May"

# of a company with a year of its own
OWN_YEAR = frozenset(name for names in WORDS["fiscal_years"].values() for name in names)
MONTH_NAMED = re.compile("|".join(names[0] for names in WORDS["months"]) + "|(?i:calendar)")
MONTHS_TOLD = re.compile(rf"{YEAR_END.pattern}|(?i:\b(?:three|six|nine|twelve) months)")
FULL_YEAR = re.compile(r"(?i:(?:the |its )?(?:full[ -]|fiscal |whole )?year)$")


@dataclass(slots=True)
class _Asked:
    """A number whose time is asked, and what it measures."""
    index: int                  # of its sentence
    sentence: Sentence
    start: int
    end: int
    entity: Entity
    metric: str
    change: bool
    modality: str
    compared: bool              # it is what another is compared with: "from 4m"
    family: str = ""

    def __post_init__(self) -> None:
        self.family = schema.metrics()[self.metric].family

    @property
    def expected(self) -> bool:
        """Whether it is no fact."""
        return self.modality in ("forecast", "planned")

    @property
    def of_thing(self) -> bool:
        """Whether it is a property, which has only the time right beside it."""
        return self.family in RULES["beside"] or self.metric in RULES["beside_metrics"]

    @property
    def lasting(self) -> bool:
        return self.metric in RULES["lasting"]

    @property
    def moving(self) -> bool:
        return self.metric in RULES["moving"]

    @property
    def monthly(self) -> bool:
        """"Rents fell 1% in May. In Oslo they fell 2%": of what a place pays, not of what one thing costs."""
        return self.metric == "price" and self.change and self.entity.kind in ("place", "market")


@dataclass(slots=True)
class _Topic:
    """The time that a text was last told to speak of, and where."""
    index: int
    period: Period
    entity: Entity


class Clock:
    """The times of one document, asked claim by claim in text order."""

    def __init__(self, text: str, published: date | None, sentences: list[Sentence], periods: list[Period]):
        self.text, self.published, self.sentences, self.periods = text, published, sentences, periods
        self.topics: dict[tuple[str, bool], _Topic] = {}
        # The last change of a property that was dated; the subject of the first figure of business that was.
        self.moved: tuple[int, str, Period | None] = -1, "", None
        self.happened, self.happened_to = self.moved, 0     # the last property told of as over, and where it ends
        self.subject: Entity | None = None
        self.yearly = -2        # the last paragraph in which a figure was compared with that of the year before
        self.months_told: bool | None = None    # whether the text gives the months of a quarter
        self.dated: dict[int, Period] = {}      # sentences with a number that has a time, and the first such time

    def of(self, index: int, start: int, end: int, entity: Entity, metric: str, aspect: str,
           modality: str = "actual") -> Period | None:
        """The time of the number at start:end of the text, in the sentence of that index.

        A plan has one that is over only where the number is the old figure: "from 5m in 2024".
        """
        s = self.sentences[index]
        asked = _Asked(index, s, start, end, entity, metric, aspect != "level", modality,
                       is_base(self.text, s.start, start))
        found = self._found(asked)
        if found is None and asked.family not in RULES["beside"]:
            found = self._of_lead(index)
        if told_then(found, modality, self.published) and not (
                modality == "planned" and asked.compared or HAD_PLANNED.search(self.text, s.start, start)):
            return None
        if modality == "actual" and self.ahead(found) and asked.compared \
                and (found.first in (None, found.last) or FROM_TO.match(self.text, end)):
            return None             # "to 35% from 10% on May 1", "by 2030": that is when the new figure holds
        return self._fiscal(found) if found and asked.family == "financials" and entity.name in OWN_YEAR else found

    def _found(self, asked: _Asked) -> Period | None:
        s, start, end = asked.sentence, asked.start, asked.end
        found = nearest(self.text, self.periods, s.start, s.end, start, self.published, asked.modality)
        if found and asked.family == "financials" and asked.metric in RULES["flows"] \
                and asked.entity.kind == "company" and self._is_today(found):
            found = None                # "revenue fell 9% on Tuesday": that is when it was told
        if found and found.start < start and SINCE_THEN.match(self.text, end, s.end):
            return None
        found = found and not NOW.match(self.text, end) and self._since(found, s.start, start) or None
        if found and not asked.expected and not asked.compared:
            self.dated.setdefault(asked.index, found)
        if asked.of_thing:
            if found is None and not asked.change:
                return self._with_change(asked)
            found = self._of_property(asked, found)
            if found is None and not asked.change:
                return None
        new = asked.compared and not asked.expected and self._of_new(asked, found)
        if asked.metric in RULES["flows"] or asked.monthly:
            return self._of_flow(asked, found, new)
        if new:
            return self._before_new(found, asked.family)
        if found is None and not asked.compared and not asked.expected:
            found = self._of_scene(asked, asked.moving)
        return found and self._closed(self._endpoint(found, start), asked)

    # ---- properties

    def _with_change(self, asked: _Asked) -> Period | None:
        """The time of the change that its sentence told before: "oil rose 10% in May to $105"."""
        return self.moved[2] if self.moved[:2] == (asked.index, asked.metric) else None

    def _of_property(self, asked: _Asked, found: Period | None) -> Period | None:
        """A level takes a time that is near, or tells what happened; a change also that of what it goes on telling."""
        start, end, key = asked.start, asked.end, (asked.index, asked.metric)
        if asked.change:
            found = found or (None if asked.expected else self._of_scene(asked, asked.moving))
            self.moved = *key, found
            return found
        if self.moved[:2] == key and not WHEN.match(self.text[found.end:start]) \
                and not (found.start >= end and self._beside(found, asked)):     # "up 10% on Tuesday to $105"
            return self.moved[2]
        if not asked.lasting and self._happened(found, asked.sentence.start, start, end):
            self.happened, self.happened_to = (*key, found), end
            return found
        if (*key, found) == self.happened and start - self.happened_to <= NEXT_OF_LIST:
            self.happened_to = end      # "paid $5 for A and $7 for B in 2024"
            return found
        return found if self._beside(found, asked) else None

    def _beside(self, found: Period, asked: _Asked) -> bool:
        """Whether a time stands so near to a number that it dates a property; "2024 models" do not."""
        if OF_THING.match(self.text, found.end):
            return False
        start, end = asked.start, asked.end
        if asked.expected and (self.ahead(found) or found.end <= start and not asked.lasting and self._goes_on(found)):
            return True
        gap = self.text[end:found.start] if found.start >= end else self.text[found.end:start]
        if gap.startswith(",") and self.text.startswith("as of", found.start):      # "past $90, as of Wednesday"
            gap = gap[1:]
        if found.start >= end and (pair := PAIR.match(gap)):        # "from $40 to $35 in 2024"
            gap = gap[pair.end():]
        if found.end <= start and WHEN.match(gap):
            return True
        return gap.count(" ") <= BESIDE + 1 - asked.lasting and WORD_GAP.fullmatch(gap) is not None

    def _goes_on(self, found: Period) -> bool:
        return bool(found.last and self.published and found.last > self.published)

    def _happened(self, found: Period, low: int, start: int, end: int) -> bool:
        """Whether a verb right before a number tells of what is over, so that the time of its sentence is its own."""
        verb = is_over(found, self.published) and HAPPENED.search(self.text, max(low, start - 60), start)
        when = THIS.match(self.text, found.start) or AT_TIME.search(self.text, max(low, found.start - 20), found.start)
        return bool(verb and when) and "-" not in self.text[start:end] and not OF_THING.match(self.text, found.end)

    # ---- what goes on over sentences

    def _of_flow(self, asked: _Asked, found: Period | None, new: bool) -> Period | None:
        """What is measured over a time takes that of which the text goes on speaking."""
        key = asked.family if asked.family in ("financials", "market") else asked.metric, asked.expected
        foretold = asked.expected and FORETOLD.search(self.text, asked.sentence.start, asked.sentence.end)
        if asked.compared:
            if foretold and not found and not GUIDED.search(self.text, asked.sentence.start, asked.start):
                return self._kept(asked, (key[0], False))       # "earned $5m, above the estimate of $4m"
            return self._of_compared(asked, found, self.topics.get(key), new)
        if found and foretold and is_over(found, self.published) \
                and FORETOLD.search(self.text, max(asked.sentence.start, asked.start - NEAR), asked.start):
            return self._closed(self._endpoint(found, asked.start), asked)      # no time of what is to come
        if found:
            return self._as_topic(asked, self._endpoint(found, asked.start), key)
        if foretold:
            key = key[0], False         # "Analysts had expected $4m": for the quarter that was reported
        kept = self._kept(asked, key)
        return kept or (None if asked.expected or asked.family == "financials" else self._of_scene(asked))

    def _of_compared(self, asked: _Asked, found: Period | None, topic: _Topic | None, new: bool) -> Period | None:
        """The time of an old figure, beside that of the new one."""
        if asked.expected:
            return found                # an old forecast is of the time of the new one
        main = topic.period if topic else self._of_title()
        old = self._of_base(asked, found and self._endpoint(found, asked.start), main)
        if old is None and topic and asked.index - topic.index <= KEPT and self._of_new(asked, topic.period):
            return self._before_new(topic.period, asked.family)
        return self._before_new(found, asked.family) if new and old is found else old

    def _as_topic(self, asked: _Asked, found: Period, key: tuple[str, bool]) -> Period:
        """Keeps the first time of a sentence that a text may go on with."""
        topic = self.topics.get(key)
        passing = asked.monthly and found.first and found.last and found.last - found.first < SHORT_MONTH
        if self._is_topic(found) and not passing and not (topic and topic.index == asked.index):
            self.topics[key] = _Topic(asked.index, found, asked.entity)
            if asked.family == "financials" and self.subject is None:
                self.subject = asked.entity
        return self._closed(found, asked)

    def _is_topic(self, found: Period) -> bool:
        """Whether a text may go on with a time: not with what is only compared with, nor with many years."""
        compared = COMPARISON.match(self.text, found.start)
        return bool(found.first and found.last and found.last - found.first <= YEAR
                    and (compared is None or compared[0].lower() == "last year")
                    and not only_then(self.text, found))

    def _kept(self, asked: _Asked, key: tuple[str, bool]) -> Period | None:
        """The time of the sentences before, for the same measure and subject; else the one reported on."""
        measure, expected = key
        money = measure == "financials"
        topic = self.topics.get(key) or (None if money else self._of_results(expected, asked.entity))
        if topic and asked.index - topic.index <= KEPT and (not money or _same(topic.entity, asked.entity)):
            return not expected and self._opened_since(topic.index, asked.index) or topic.period
        of_story = money if self.subject is None else _same(self.subject, asked.entity)
        if of_story and not expected:
            whole = reporting(self.text, self.periods, self.published)
            if whole and whole.start < asked.start:
                return whole
        return None if money else self._of_title()

    def _opened_since(self, topic: int, index: int) -> Period | None:
        """The time with which a sentence of the paragraph begins, told since the topic: "August saw new models." """
        paragraph = self.sentences[index].paragraph
        for i in range(index - 1, topic, -1):
            if self.sentences[i].paragraph != paragraph:
                return None
            low, times = self.sentences[i].start, self._within(i)
            if len(times) == 1 and self.text.count(" ", low, times[0].start) <= 1:
                time = times[0]
                told = self._is_topic(time) and is_over(time, self.published) and time.last - time.first > FEW_DAYS
                return time if told and not of_saying(self.text, time, low, self.sentences[i].end) else None
        return None

    def _of_results(self, expected: bool, entity: Entity) -> _Topic | None:
        """The time of the results that a text tells of a firm, for what it sold."""
        topic = self.topics.get(("financials", expected))
        return topic if topic and _same(topic.entity, entity) else None

    # ---- where else the text tells a time: its scene, the head of its list, its title

    def _of_scene(self, asked: _Asked, moving: bool = False) -> Period | None:
        """The time of what a paragraph tells, for a sentence without one that goes on telling it: "On Friday the dam
        broke. Some 40 people drowned." """
        s, index = asked.sentence, asked.index
        if index == 0 or self.sentences[index - 1].paragraph != s.paragraph or not self._tells_on(s, asked.start):
            return None
        if any(p.first or p.last for p in self._within(index) if not COMPARED.search(self.text, asked.start, p.start)):
            return None
        for i in range(index - 1, max(-1, index - 1 - SCENE), -1):
            if self.sentences[i].paragraph != s.paragraph:
                return None
            low, high = self.sentences[i].start, self.sentences[i].end
            times = [p for p in self._within(i) if not of_saying(self.text, p, low, high)
                     and not COMPARISON.match(self.text, p.start) and not of_text(self.text, p, low)]
            if times:
                return self._scene_set(i, times, moving)
        return None

    def _tells_on(self, s: Sentence, start: int) -> bool:
        """Whether the sentence speaks of the past, or of what was said before: "That is 20% more"."""
        if RETOLD.match(self.text, s.start):
            return True
        if self.text.count(" ", s.start, start) <= LEADING and SUBJECT_DID.match(self.text, start):
            return True
        low = max(s.start, start - 200)
        verbs = list(TENSE.finditer(self.text, low, start))
        return bool(verbs) and verbs[0].start() > s.start and not verbs[-1]["present"] \
            and not NOT_THEN.search(self.text, low, start)

    def _scene_set(self, index: int, times: list[Period], moving: bool) -> Period | None:
        """The time with which a sentence sets a scene: it opens the sentence, is a day, or dates its numbers.

        What moves from day to day takes at most a month, and also the day of publication, on which most else
        is only told.
        """
        low, time, first = self.sentences[index].start, times[0], self.dated.get(index)
        if len(times) > 1:
            if not (first and first.first and first.last and first.last - first.first < SEASON_LONG):
                return None
            time = first
        if ASIDE_BEFORE.search(self.text[low:time.start]) or not self._is_topic(time):
            return None
        length = time.last - time.first
        today = moving and time.first == time.last == self.published
        if not (today or is_over(time, self.published)) or moving and length > MOMENT:
            return None
        leads = self.text.count(" ", low, time.start) <= 2
        return time if leads or length <= FEW_DAYS or index in self.dated else None

    def _within(self, index: int) -> list[Period]:
        s = self.sentences[index]
        low = bisect_left(self.periods, s.start, key=lambda p: p.start)
        here = self.periods[low:bisect_left(self.periods, s.end, key=lambda p: p.start)]
        return [p for p in here if p.kind != "time"
                and not RECORD.search(self.text, max(s.start, p.start - 40), p.start + 8)]

    def _of_lead(self, index: int) -> Period | None:
        """The one time of the heading or lead-in line above the lines of a list: "Deliveries in May 2024:"."""
        if self.sentences[index].kind not in ("line", "bullet") or self._within(index):
            return None
        above = index
        while above > 0 and index - above < LIST_LONG and self.sentences[above].kind in ("line", "bullet"):
            above -= 1
        s = self.sentences[above]
        if s.kind != "heading" and not self.text.endswith(":", s.start, s.end):
            return None
        times = self._within(above)
        return times[0] if len(times) == 1 and (times[0].first or times[0].last) else None

    def _of_title(self) -> Period | None:
        """The month or quarter in the title of a report on a market: "May 2024: electric cars in Norway"."""
        for period in self.periods:
            if not self.sentences or period.start >= self.sentences[0].end:
                break
            dated = period.first and period.last and not self.ahead(period)
            if dated and 27 <= (period.last - period.first).days <= 190:
                return period
        return None

    # ---- what a figure is compared with

    def _of_base(self, asked: _Asked, found: Period | None, topic: Period | None) -> Period | None:
        """The time of what a figure is compared with, which is not that of the figure.

        "Up from 16% year on year" is a year before; so is "$27 billion last year" in a report on a quarter.
        """
        s, start, end = asked.sentence, asked.start, asked.end
        of_figure = found if found and found.end <= start else topic
        yearly = (YEAR_ON_YEAR.match(self.text, end, s.end)
                  or YEAR_BEFORE.search(self.text, max(0, start - 40), start)
                  or COMPARING.match(self.text, s.start, start) and YOY.search(self.text, s.start, s.end))
        if of_figure and yearly:
            self.yearly = s.paragraph
            return self._year_before(of_figure, of_figure)
        shared = found is None or topic is not None and (found.first, found.last) == (topic.first, topic.last)
        if of_figure and shared and s.paragraph - 1 <= self.yearly <= s.paragraph:
            return self._year_before(of_figure, of_figure)      # "grew from 12%", as what was compared before it
        if found and LAST_YEAR.fullmatch(self.text, found.start, found.end):
            self.yearly = s.paragraph
        part = topic and topic.first and topic.last and topic.last - topic.first < PART_LONG
        year_before = part and found and usual_label(found.first, found.last) == str(topic.first.year - 1)
        if found and part and (year_before or LAST_YEAR.fullmatch(self.text, found.start, found.end)):
            return self._year_before(found, topic)
        return found

    def _of_new(self, asked: _Asked, found: Period | None) -> bool:
        """Whether a time dates the new figure alone: "4m in May, up from 3m", not "4m of men against 3m of women"."""
        low, start, end = asked.sentence.start, asked.start, asked.end
        before = base(self.text, low, start)
        if before is None or found is None or SAME_TIME.search(self.text, low, before.start()) \
                or ESTIMATE.search(before[0]):
            return False
        moved = before[0].lower().startswith("from") and (
            MOVED.search(self.text, low, before.start()) or FROM_TO.match(self.text, end))
        old = moved or OLDER.match(before[0]) and CLAUSE_ENDS.match(self.text, end)
        return bool(found.first and found.last and old and found.end <= before.start()
                    and not self.ahead(found) and not COMPARISON.match(self.text, found.start))

    def _before_new(self, found: Period, family: str) -> Period | None:
        """The time of the old figure beside a new one: the year before it, or where years are not compared, none."""
        length = found.last - found.first
        yearly = HALF_YEAR < length <= YEAR or family == "financials" and SEASON <= length <= YEAR
        return self._year_before(found, found) if yearly else None

    def _year_before(self, found: Period, topic: Period) -> Period:
        if not topic.first or not topic.last:
            return found
        first, last = shift(topic.first, -12), shift(topic.last, -12)
        return replace(found, first=first, last=last, label=usual_label(first, last) or found.label)

    # ---- the time itself

    def _endpoint(self, found: Period, start: int) -> Period:
        """One end of "from 2018 to 2023" for one end of "from $5 to $66": the first or last year of it."""
        if not found.first or not found.last or found.last - found.first <= YEAR or found.first.day != 1:
            return found
        side = ENDPOINT.search(self.text, max(0, start - 40), start)
        if side is None:
            return found
        if side["end"] == "to" and not FROM.search(self.text, max(0, side.start() - 60), side.start()):
            return found
        first = found.first if side["end"] == "from" else shift(found.last + timedelta(days=1), -12)
        last = shift(first, 12) - timedelta(days=1)
        return replace(found, first=first, last=last, label=usual_label(first, last) or found.label)

    def _is_today(self, of: Period) -> bool:
        """Whether it is one of the last days before publication, too short for what a firm earns."""
        return of.first is not None and of.first == of.last and self.published is not None \
            and timedelta(0) <= self.published - of.first < WEEK

    def _since(self, found: Period, low: int, start: int) -> Period:
        """A time with the clause that it ends, "since its launch in 2021": from then on."""
        if found.end <= start and "," not in self.text[found.end:start]:
            return found            # "since it came out in May at $799"
        clause = SINCE_CLAUSE.search(self.text, max(low, found.start - 70), found.start)
        return replace(found, start=clause.start(), last=None) if clause else found

    def ahead(self, of: Period | None) -> bool:
        """Whether a time lies wholly in the future, or runs until a day in it."""
        if of is None or self.published is None:
            return False
        if of.first == self.published and of.last and not usual_label(of.first, of.last):
            return of.last > of.first       # "over the next three years"
        if of.first:
            return of.first > self.published
        return of.last is not None and of.last > self.published and not LASTING.match(self.text, of.start)

    def _fiscal(self, of: Period) -> Period:
        """A quarter of a company with a year of its own has no dates, where the text does not give the months."""
        words = self.text[of.start:of.end]
        label = usual_label(of.first, of.last) or ""
        if self.months_told is None:
            self.months_told = any(MONTHS_TOLD.search(self.text, p.start, p.end)
                                   for p in self.periods if p.first and p.last)
        if self.months_told or MONTH_NAMED.search(words) \
                or not ("Q" in label or "H" in label or FULL_YEAR.match(words)):
            return of
        return replace(of, first=None, last=None, label=words.lower())

    def _closed(self, found: Period, asked: _Asked) -> Period:
        """What moved or added up since a day did so until the day of publication."""
        if asked.modality not in ("actual", "estimate") or self.published is None \
                or not found.first or found.first > self.published:
            return found
        since = found.last is None and SINCE.match(self.text, found.start)
        if since and (asked.change or asked.metric in RULES["totals"] or asked.metric in RULES["flows"]):
            return replace(found, last=self.published)
        moves = asked.change and asked.moving and found.first < self.published
        if moves and found.last and found.last > self.published and found.last - found.first < YEAR:
            return replace(found, last=self.published, label=self.text[found.start:found.end].lower())
        return found


def _same(one: Entity, two: Entity) -> bool:
    """Whether two subjects are one, or one is a product or part of the other."""
    return one.entity_id == two.entity_id or one.entity_id == two.maker_id or one.maker_id == two.entity_id
