"""What the numbers of a sentence take from each other: nouns that a parallel number leaves out, lists of nouns and
numbers in turn, a change and the level behind which it stands.

>>> is_parallel(" in ~~~~ to "), is_parallel(" it said, adding that it hired ")
(True, False)
"""
import re
from collections.abc import Callable

from .. import schema
from ..grammar import clause, frame, lexicon, move
from ..model import Quantity
from .attach import AT_A
from .constraint import USUAL_PRICE, accepts, fits, plausible
from .evidence import CLOSE, FOLLOWS, HEADING_WHY, IN_TURN, MOVES, NEARBY, PARALLEL, SURE, WORTH, Evidence
from .scene import Scene
from .tie import strength
from .veto import OF_ITS

GAP_TOKEN = re.compile(r"[@~#]+|[\w.]+|[;:!?]")
PARALLEL_GAP = 70           # characters
PARALLEL_WORDS = 7
WEAK = 0.4                  # evidence of a change up to which a level takes nothing from it
AHEAD = 0.1                 # what a change behind a level has ahead of other evidence
APPOSED = re.compile(r"(?<=\bat)\s(?:[a-z’'-]+\s){1,5}(?=@)")       # "28% at clothing store @ and 32% at @"
# "3bn yuan in 2004 ($365m; £190m), compared with 1.4bn"
IN_BRACKETS = re.compile(r"\s\([^()#]{0,20}#[^()]{0,40}\)")
# "put in $4bn, taking its total to $8bn"
TOTAL = re.compile(r"[^#;]{0,40}, (?:taking|bringing|lifting|raising) (?:its|the|their) total (?:[a-z]+ ){0,2}to "
                   + frame.near())
UP_FROM = re.compile(r".{0,90}\b(?:(?:up|down(?! to)|compared (?:with|to)|versus) (?:from )?(?:[a-z]+ ){0,2}|"
                     r"(?:above|below|against|beating|topping|exceeding|missing) the )", re.S)
# "51% of new cars in Sweden, 14% in Poland"
OF_EACH = re.compile(r" of [^,;#@]{1,50} (?:in|for|at) @+, (?:and )?")


def is_parallel(gap: str) -> bool:
    """Whether only words that list or compare stand between two numbers (masked sentence)."""
    if OF_EACH.fullmatch(gap) or TOTAL.fullmatch(gap):
        return True
    gap = APPOSED.sub(" ", IN_BRACKETS.sub("", gap))
    if AT_A.fullmatch(gap):
        return False            # "raised $3m at a $90m valuation"
    if UP_FROM.fullmatch(gap) and "#" not in gap and ";" not in gap:
        return True
    if len(gap) > PARALLEL_GAP:
        return False
    joining = schema.words("subject")["parallel"]
    tokens = GAP_TOKEN.findall(gap)
    # verbs of change: "to 4.4%, but fall to 3.3%"
    return len(tokens) <= PARALLEL_WORDS and all(t[0] in "@~#" or t in joining or t in move.forms() for t in tokens)


# What a clause leaves out ---------------------------------------------------------------------------------------

# "... sold 300 vans, while Veldt managed 200", "... and the Finch museum about 200"
GAPPED = re.compile(r"[^@#;,]{0,30}(?:;|,| and| while| but| whereas|, (?:and|while|but|whereas)) (?:the |its )?"
                    r"(?:[a-z-]+ ){0,2}"
                    r"@+(?: (?!of |in |to |by |for |from |with |up |down )[a-z]+)?? " + frame.near())
# "flour prices rose 14% and coffee 9%", "jumps of 4% for beef and 3% for pork"
GOODS_GAPPED = re.compile(r"(?: [a-z]+ly)?(?: for [a-z -]{3,30})?(?:;|,| and| while|, (?:and|while))"
                          r"(?: with [a-z]+ of)?"
                          rf"(?: (?:(?:that|those|prices) (?:of|for) )?(?:[a-z-]+ ){{1,2}}(?:by )?| ){frame.near()}")
# "revenue rose 3% and net profit 5%"
NOUN_GAPPED = re.compile(r"(?:;|,| and| while| but|, (?:and|while|but)) (?:the |its )?(?P<noun>(?:[a-z-]+ ){1,4})"
                         r"(?:by )?" + frame.near())


def fill_gaps(scene: Scene) -> None:
    """What a clause of another subject leaves out is counted there too; what one of another noun leaves out moved."""
    ends = {c.end for c in scene.tying if c.role == "name"}
    for at, (one, two) in enumerate(zip(scene.open, scene.open[1:])):
        if one.kind == two.kind == "percent" and scene.ways[at] and not scene.ways[at + 1]:
            gap = NOUN_GAPPED.fullmatch(scene.masked, *scene.between(one, two))
            if gap and gap.end("noun") - 1 in ends:
                scene.ways[at + 1] = scene.ways[at]
        if two.kind == "number" and one.kind == "count" and one.counted \
                and GAPPED.fullmatch(scene.masked, *scene.between(one, two)):
            two.kind, two.unit, two.counted = one.kind, one.unit, one.counted


# Lists in turn --------------------------------------------------------------------------------------------------

# "revenue, net profit and the dividend rose by 3%, 5% and 8%"
NOUN_LIST = re.compile(r"(?:,|,? and) (?:(?:the|its) )?(?:[a-z-]+ )?")
NUMBER_LIST = re.compile(rf"(?:,|,? and) (?:(?:by|to|of) )?{frame.near()}")


def take_turns(scene: Scene) -> None:
    """Of as many numbers as nouns, one list behind the other, each is of its own noun."""
    masked, names = scene.masked, [c for c in scene.tying if c.role == "name" and not c.within]
    numbers = _runs(scene.open, lambda a, b: a.kind == b.kind and NUMBER_LIST.fullmatch(masked, *scene.between(a, b)))
    if not numbers or len(names) < 2:
        return
    nouns = _runs(names, lambda a, b: NOUN_LIST.fullmatch(masked, a.end, b.start))
    for run, group in ((run, group) for run in numbers for group in nouns if len(run) == len(group)):
        last, first = group[-1], scene.span(run[0])[0]
        if last.end <= first and "#" not in masked[last.end:first] and not any(
                last.end < c.start < first for c in names):
            _give_turns(scene, run, group)


def _give_turns(scene: Scene, numbers: list[Quantity], names: list[lexicon.Cue]) -> None:
    """Each number to the noun at its place in the list, and no other noun of the list."""
    tied, span = strength(scene, names[-1], numbers[0]), (names[0].start, names[-1].end)
    first = scene.open.index(numbers[0])
    for at, (q, cue) in enumerate(zip(numbers, names), first):
        scene.ways[at] = scene.ways[at] or scene.ways[first]
        others = {m for c in names for m in c.metrics} - set(cue.metrics)
        found = {m: e for m, e in scene.evidence[at].items() if m not in others}
        for metric in cue.metrics:
            if fits(metric, q, scene.ways[at]):
                found[metric] = Evidence(tied, f"name '{scene.lower[cue.start:cue.end]}' {IN_TURN}", span)
        scene.evidence[at] = found


def _runs(items: list, joined: Callable) -> list[list]:
    """The longest stretches of at least two items of which each is joined to the next one."""
    runs: list[list] = []
    for one, two in zip(items, items[1:]):
        if joined(one, two):
            if runs and runs[-1][-1] is one:
                runs[-1].append(two)
            else:
                runs.append([one, two])
    return runs


# Parallel numbers -----------------------------------------------------------------------------------------------

ELLIPTIC = re.compile(r"[^@#;]{0,30}[;,]? (?:while |and |but |whereas |as )?(?P<owner>@+)['’]s")
# "rose 15% over the year, but by only 3% in its second half"
BY_AGAIN = re.compile(rf"\s(?:but|and|as well as)\s+by\s+{frame.near()}$")
COMPARED_WITH = re.compile(r"\b(?:with|against|versus|than|after)\s+(?:[a-z]+\s+){0,2}$")
LEVEL = re.compile(r"\b(?:to|from|of|at|than|with|versus)\s+(?:[a-z]+\s+){0,2}$")


def share(scene: Scene) -> None:
    """A number that is parallel to its neighbour ("from 51.8m in 2023 to 42.9m") shares the neighbour's metrics."""
    for one, two in _same_kinds(scene.open):
        if one < two and scene.open[two].kind == "money":
            _of_profit(scene, one, two)
        if not _goes_on(scene, one, two):
            continue
        if one < two and scene.ways[one] and not scene.ways[two] and scene.open[two].kind == "percent" \
                and not LEVEL.search(scene.masked[:scene.span(scene.open[two])[0]]):
            scene.ways[two] = scene.ways[one]           # "rose 28% at one and 32% at the other"
        _hand_over(scene, one, two)


def _same_kinds(quantities: list[Quantity]) -> list[tuple[int, int]]:
    """Pairs of neighbours of one kind and unit, left to right and then right to left; other kinds may stand between."""
    last: dict[tuple, int] = {}
    pairs = []
    for i, q in enumerate(quantities):
        kinds = [(q.kind, q.unit)] if q.kind != "number" else [
            k for k in last if k[0] in ("count", "measure", "money", "number")] or [("number", None)]
        for kind in kinds[-1:]:
            if kind in last:
                pairs.append((last[kind], i))
            last[kind] = i
    pairs += [(two, one) for one, two in reversed(pairs)]
    # "$0.86 per million tokens in and $3.44 out": the second is per million tokens too.
    return pairs + [(i, i + 1) for i, (a, b) in enumerate(zip(quantities, quantities[1:]))
                    if a.unit and b.unit and a.value and b.value
                    and a.unit.startswith(f"{b.unit}/") and a.value / 100 < b.value < a.value * 100]


def _goes_on(scene: Scene, one: int, two: int) -> bool:
    """Whether a number says of its neighbour's noun how much that is elsewhere, at another time or of another."""
    a, b = scene.open[one], scene.open[two]
    if a.counted and b.counted and a.counted.split()[-1] != b.counted.split()[-1]:
        return False
    if any(e.mover and e.mover.entity.kind == "other" or e.why.startswith(WORTH) for e in scene.evidence[two].values()):
        return False            # "the index rose 2%, with the yen gaining 1%": who moved by it is told
    left, right = (a, b) if a.start < b.start else (b, a)
    if clause.is_apart(scene.masked, scene.span(left)[0], scene.span(right)[0]):
        return False
    gap = scene.masked[slice(*scene.between(left, right))]
    return is_parallel(gap) or one < two and (
        _is_elliptic(gap) or _is_of_goods(scene, one, two, gap)
        or scene.ways[one] is not None and BY_AGAIN.search(gap) is not None
        or not scene.evidence[two] and scene.ways[two] is None and GAPPED.fullmatch(gap) is not None)


def _is_of_goods(scene: Scene, one: int, two: int, gap: str) -> bool:
    """Whether a number says how the price of further goods moved: "flour prices rose 14% and coffee 9%"."""
    prices = scene.evidence[one].get("price")
    return prices is not None and "price" in prices.why and scene.ways[one] is not None \
        and scene.open[two].kind == "percent" and not scene.evidence[two] and GOODS_GAPPED.fullmatch(gap) is not None


def _is_elliptic(gap: str) -> bool:
    """Whether a clause on another one's figure leaves out its noun: "...; Brightwell's stands at"."""
    found = ELLIPTIC.match(gap)
    return found is not None and "@" not in gap[found.end():] and "," not in gap[found.end():] \
        and clause.acts(gap, found.end())


def _hand_over(scene: Scene, one: int, two: int) -> None:
    """What speaks for the metrics of a number speaks for those of a parallel one too, which may be nearer to others."""
    a, b, mine = scene.open[one], scene.open[two], scene.evidence[two]
    # "the economy grew 0.7%, compared with 0.5%": a growth too
    grown = scene.ways[one] is not None and b.kind == "percent" \
        and COMPARED_WITH.search(scene.masked[:scene.span(b)[0]]) is not None
    renamed, in_turn = _renamed(scene, one, two), any(IN_TURN in e.why for e in mine.values())
    own_part = _is_part(mine.get("share")) and not any(map(_is_part, scene.evidence[one].values()))
    rest = one < two and OF_ITS.search(scene.masked, 0, scene.span(b)[0]) is not None
    for metric, found in scene.evidence[one].items():
        if renamed and metric not in renamed or in_turn and IN_TURN in found.why \
                or own_part and metric != "survey_share" or rest and "verb" in found.why:
            continue            # "a margin of 50%, with 20% of its customers", "will cut 40 of its 300 staff"
        worth = found.score * PARALLEL
        if worth > (mine[metric].score if metric in mine else 0) and (
                b.kind == "percent" or plausible(schema.metrics()[metric], b, scene.ways[two])):
            mine[metric] = Evidence(worth, f"parallel: {found.why.removeprefix('parallel: ')}", found.cue,
                                    found.negative, found.changing or grown and metric == "growth",
                                    found.unit or a.unit)


PROFIT = re.compile(r"[^#;]{0,60}\b(?:(?:up|down) from|compared (?:with|to)|versus|against|after) (?:an? |its |the )?"
                    rf"(?:(?P<loss>loss)|profit|income|earnings)(?: of)? {frame.near()}")
PROFITS = ("operating_income", "ebitda", "earnings_per_share")


def _of_profit(scene: Scene, one: int, two: int) -> None:
    """What an operating loss is compared with is told in the plainest word: "compared with a profit of $3m"."""
    found = PROFIT.fullmatch(scene.masked, *scene.between(scene.open[one], scene.open[two]))
    first = found and max(scene.evidence[one].items(), key=lambda item: item[1].score, default=None)
    if first and first[0] in PROFITS and fits(first[0], scene.open[two]):
        scene.evidence[two][first[0]] = Evidence(first[1].score + AHEAD, f"parallel: {first[1].why}", first[1].cue,
                                                 found["loss"] is not None)


def _renamed(scene: Scene, one: int, two: int) -> set[str]:
    """The metrics of a noun between the two numbers that is the second one's: "exports rose 8% while imports were up
    7%"."""
    if one > two:
        return set()
    start, end = scene.between(scene.open[one], scene.open[two])
    return {m for m, e in scene.evidence[two].items()
            if e.why.startswith("name ") and e.score >= SURE and start <= e.cue[0] < end}


def _is_part(found: Evidence | None) -> bool:
    return found is not None and found.why.startswith("part of")


# A level and its change -----------------------------------------------------------------------------------------

OR = re.compile(rf"(?: of [^#;,.]{{1,40}})?, or {frame.near()}")
FOLLOWING = re.compile(r"[,(\s–—-]*(?:(?:which|is|was|representing|reflecting|marking|a|an|the|for|or|in|and|by|~++|"
                       r"[@#]++|[(),])\s*){0,6}"
                       r"(?:(?:up|down|increase|decrease|decline|drop|rise|jump|gain|growth|increas\w+|declin\w+|"
                       r"rising|falling|gaining|dropping|"
                       r"growing|jumping|annual|\+|of|by|nearly|about|more than|over|almost|roughly|around)\s*){0,4}$")
REACHING = re.compile(r"(?:\s+(?:year[ -](?:on|over)[ -]year|yoy|(?:(?:in|during|over) (?:the )?)?~+|in @+|"
                      r"compared [\w\s~]{1,30}))?,?\s+(?:(?:higher |lower )?(?:to|at|from)|reaching|hitting|to reach)"
                      r"\s+(?:(?:about|around|nearly|almost|more than|over|just|only|some|a|record|roughly|"
                      r"approximately|an estimated)\s+){0,3}")
BASE = re.compile(rf"(?:\s+(?:(?:the|its|their)\s+)?(?:{frame.PLAIN}\s+){{0,2}}{frame.PLAIN})??(?:\s+(?:by|in|since|"
                  rf"over|within|during)\s+(?:the\s+)?~+|\s+~+)?,?\s+(?:to|from|reaching|"
                  rf"hitting)\s+(?:an?\s+)?{frame.near()}")
DOUBLED = re.compile(r"(?:\s+(?:in|for|by)\s+~+)?,?\s+(?:which|that)\s+(?:[\w@]+\s+){1,5}?(?:to|will|would|could|"
                     r"should|had|has|have)\s+" + frame.near())
BUSINESS = re.compile(r"\b(?:unit|business|division|segment|arm|operation)s? (?:[a-z]+ly |has |have |had )?[a-z]+ "
                      + frame.near() + "$")


def follow(scene: Scene) -> None:
    """A change right behind a level is of the same metric, and the other way round: "$14.25 billion, down 41%"."""
    for at in range(1, len(scene.open)):
        one, two = scene.open[at - 1], scene.open[at]
        gap = scene.between(one, two)
        if OR.fullmatch(scene.masked, *gap):
            _say_again(scene, at)
        elif one.kind == "ratio" and BASE.fullmatch(scene.masked, *gap):
            _multiply(scene, at)
        elif scene.ways[at - 1] and not scene.ways[at] and two.kind in ("money", "count", "measure", "number") \
                and (one.kind in ("percent", "count", two.kind) or one.unit == "point"):
            if REACHING.fullmatch(scene.masked, *gap):
                _reach(scene, at)
        elif _is_change_of(scene, at):
            _change(scene, at)


def _follow(scene: Scene, at: int, metric: str, found: Evidence, signed: bool = False) -> None:
    """Hands evidence on to a number that has none as good for the metric; with its sign for the same thing in other
    words."""
    mine, worth = scene.evidence[at].get(metric), found.score * FOLLOWS
    if mine is None or mine.score < worth:
        scene.evidence[at][metric] = Evidence(worth, f"follows: {found.why.removeprefix('follows: ')}", found.cue,
                                              signed and found.negative, signed and found.changing)


def _say_again(scene: Scene, at: int) -> None:
    """"cut 6% of its staff, or roughly 200 employees": the same thing once more."""
    two = scene.open[at]
    for metric, found in scene.evidence[at - 1].items():
        if found.why != HEADING_WHY and accepts(metric, two.kind, two.unit, scene.ways[at] is not None):
            _follow(scene, at, metric, found, signed=True)


def _multiply(scene: Scene, at: int) -> None:
    """"has more than doubled to 7.5 million", "up fivefold from 5 GWh": either is of what the other is of."""
    for one, two in ((at - 1, at), (at, at - 1)):
        q = scene.open[two]
        for metric, found in scene.evidence[one].items():
            if found.why != HEADING_WHY and accepts(metric, q.kind, q.unit, False):
                _follow(scene, two, metric, found)


def _reach(scene: Scene, at: int) -> None:
    """"rose 24% to £896m", "shrank by 500,000 to 12 million": the level is of what moved."""
    change, level = scene.open[at - 1], scene.open[at]
    if _is_of_business(scene, at):
        scene.evidence[at - 1] = {"revenue": Evidence(MOVES, "a business moved to money")}
    for metric, found in scene.evidence[at - 1].items():
        if metric == "revenue" and level.kind == "number" and "sales" in found.why:
            metric = "units_shipped"        # "sales rose 30% to 44,400"
        if found.why != HEADING_WHY and found.score > WEAK and fits(metric, level):
            _follow(scene, at, metric, found)
    if scene.evidence[at - 1]:
        return
    for metric, found in scene.evidence[at].items():
        if (found.why.startswith("counted") or change.kind == level.kind == "money") \
                and not schema.metrics()[metric].catch_all and accepts(metric, change.kind, change.unit, True):
            # "hybrids fell 19% to 1,354 units", "oil for May delivery fell 2 cents to $55 a barrel"
            _follow(scene, at - 1, metric, found)
            return


def _is_of_business(scene: Scene, at: int) -> bool:
    """Whether it is a firm or a part of one that moved to so much money: "its cloud unit grew 31% to $1.5 billion"."""
    moved, money = scene.evidence[at - 1], scene.open[at]
    if money.kind != "money" or money.value <= USUAL_PRICE or any(
            e.score >= CLOSE for e in (*moved.values(), *scene.evidence[at].values())):
        return False
    return "share_price" in moved and moved["share_price"].mover is not None \
        or BUSINESS.search(scene.masked, 0, scene.span(scene.open[at - 1])[0]) is not None


def _is_change_of(scene: Scene, at: int) -> bool:
    """Whether a number says how the level before it moved, or how many times as much it is: "31 million hours, 11 times
    as much"."""
    level, change = scene.open[at - 1], scene.open[at]
    gap = scene.between(level, change)
    if change.kind == "ratio" and level.kind in ("money", "count", "measure"):
        return (FOLLOWING.fullmatch(scene.masked, *gap) or DOUBLED.fullmatch(scene.masked, *gap)) is not None
    return scene.ways[at] is not None and not scene.ways[at - 1] and change.kind == "percent" \
        and level.kind != "percent" and FOLLOWING.fullmatch(scene.masked, *gap) is not None


def _change(scene: Scene, at: int) -> None:
    """The change takes all that speaks for the level's metrics, whatever else speaks for others."""
    for metric, found in scene.evidence[at - 1].items():
        if not schema.metrics()[metric].catch_all and found.why != HEADING_WHY:
            scene.evidence[at][metric] = Evidence(found.score * FOLLOWS + AHEAD, f"follows: {found.why}", found.cue)
    if not scene.evidence[at - 1]:      # "carried 3 million people, 6% more": what names neither
        start = scene.span(scene.open[at - 1])[1]
        scene.evidence[at] = {metric: found for metric, found in scene.evidence[at].items()
                              if found.score >= NEARBY or not found.cue or found.cue[1] > start}
