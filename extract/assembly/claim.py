"""Quantities, names, periods and stances of a document to claims: who, what, how much.

Candidates and few ordered tiers of evidence: the best metrics of a number (weigh.py, else general.py) are joined with
the best subjects (owner.py); the winner's evidence is kept as the claim's rule. The numbers of a sentence are assigned
together. What finds neither metric nor subject stays in the ledger with the reason.

>>> from extract.analysis import analyse, document
>>> [(c.entity.name, c.metric, int(c.value)) for c in analyse(document("Carmaker Veldt sold 41,300 cars.")).claims]
[('Veldt', 'units_shipped', 41300)]
>>> [q.outcome for q in analyse(document("Up 41%.")).quantities]
['no_entity']
"""
import re
from collections.abc import Generator
from dataclasses import dataclass
from decimal import Decimal

from .. import schema
from ..context import modality, stance, timing
from ..grammar import clause, move, noun
from ..metrics import qualifier, weigh
from ..metrics import scene as scenery
from ..metrics.constraint import accepts
from ..metrics.evidence import CLOSE, Evidence
from ..metrics.scene import LONG_LIST, Scene
from ..metrics.whole import OF
from ..model import Claim, Document, Name, Period, Quantity, Sentence
from ..names.gazetteer import gazetteer
from ..schema import Metric
from ..subjects import fit, subject
from ..subjects.discourse import Discourse
from ..subjects.resort import is_thing
from ..subjects.topic import MAIN
from . import confidence, consistency, general, meaning, narrow
from .confidence import UNKNOWN
from .general import DIRECT, ENOUGH, LEFT, SMALL
from .owner import OF_MAKER, WEALTH, best_owner, is_economic, is_named

SELL_NOTHING = ("place", "person", "policy", "organisation")
OF_ITSELF = re.compile(r"\b(?:it|they|its|their) |\bannounce[sd]? (?:an?|the|plans)\b")     # "Lund said it hired #"
TELLERS = ("place", "organisation", "person")      # who tell of others as a rule
PLACED = ("located", "object")      # where something is paid says nothing of for what: "a dinner in Lund for $9"
FAR = 0.5               # evidence of a noun or verb from which other numbers, or another clause, part the number
WEAK = 0.7              # the best evidence of a special metric under which a general one wins that is named directly
RANKED = 4              # metrics of a number that are joined with subjects
MOVED = 0.84            # how well who moved owns the move
SAID = ("amount", "share", "measure")      # what whom one speaks of may have: "Norvik said the van carried $300"
OWN = ("its ", "their ", "our ")       # before what is somebody's own: "Norvik says its new tool is five times faster"
WITNESS = 0.3           # who says so, and is no likelier a subject than that, is none
HOME = 0.5              # share of mentions from which a text is on one place, and what it counts is counted there
# the share of mentions up to which a text only touches on somebody of its title, on a place of another sentence: the
# number is rather another's
FAINT = {("title", "company"): 0.35, ("title", "place"): 0.45, ("title", "other"): 0.45, ("topic", "place"): 0.35}
MADE = ("product", "company")       # whose parts and buyers have no name of their own
SUBJECT = 0.3           # the same, from which it is on a firm or product, and what it measures is theirs


@dataclass(slots=True)
class Trace:
    """What was weighed at one number, best first; for people who ask why."""
    quantity: Quantity
    metrics: list[tuple[float, str, str]]       # score, metric, evidence
    entities: list[tuple[float, str, str]]      # score, entity, evidence; for the metric that won


def steps(document: Document, sentences: list[Sentence], names: list[Name], periods: list[Period],
          quantities: list[Quantity], trace: list[Trace] | None = None) -> Generator:
    """All claims of a document, in text order; settles the outcome of every quantity.

    What was weighed is appended to `trace` where one is given.
    """
    talk = Discourse(document.text, sentences, names)
    yield
    scenes = scenery.find(sentences, talk, periods, quantities)
    yield
    for scene in scenes:
        scene.candidates = talk.candidates(scene.index, scene.lower, scene.masked, scene.measured())
    yield
    for scene in scenes:
        scene.read_moves()
    yield
    for scene in scenes:
        weigh.collect(scene)
    yield
    told = _told(scenes, sentences)
    consistency.as_elsewhere(told)
    yield
    voices = stance.Voices(document.text, sentences, names)
    for scene, claim in told:
        meaning.settle_measure(claim)
        claim.stance = voices.of(scene.index, claim.quantity.start, claim.quantity.end, claim.metric, claim.entity)
    yield
    clock = timing.Clock(document.text, document.published, sentences, periods)
    for scene, claim in told:
        _date(scene, claim, clock)
    yield
    titled = {name.entity.name for name in talk.cast.of_sentence[0] if name.entity.kind == "place"} if sentences else ()
    home = min(titled) if len(titled) == 1 else None
    for scene, claim in told:
        narrow.fill(scene, claim, scene.evidence[scene.open.index(claim.quantity)].get(claim.metric), home)
    for (scene, one), (other, two) in zip(told, told[1:]):
        if scene is other:
            narrow.share(scene, one, two)
    claims = [claim for _, claim in told]
    if trace is not None:
        for scene in scenes:
            trace += _traced(scene, claims)
    for q in quantities:
        if q.outcome is None:
            q.outcome = "bare" if q.kind == "number" else "no_metric"
    consistency.mark_repeats(claims)
    return claims


def _told(scenes: list[Scene], sentences: list[Sentence]) -> list[tuple[Scene, Claim]]:
    """The claims of all sentences; each is read with what the one before it, and the lines of its list, told."""
    told: list[tuple[Scene, Claim]] = []
    before: list[Claim] = []        # of the sentence with claims before
    listed, listed_at = None, 0     # the last price among the lines of a list, and its sentence
    for scene in scenes:
        if before and before[0].sentence is sentences[scene.index - 1] \
                and before[0].sentence.paragraph == scene.sentence.paragraph:
            scene.before = before
        scene.listed = listed if scene.sentence.kind != "body" and scene.index - listed_at <= LONG_LIST else None
        before = _sentence_claims(scene)
        listed = next((claim for claim in before if claim.quantity.kind == "money" and claim.metric == "price"),
                      scene.listed)
        listed_at = scene.index if listed is not scene.listed else listed_at
        told += [(scene, claim) for claim in before]
    return told


def _sentence_claims(scene: Scene) -> list[Claim]:
    """Who and which metric each number of a sentence is of."""
    if earlier := consistency.in_turn(scene):
        return earlier
    chosen: list[Claim] = []
    for q, way, evidence in zip(scene.open, scene.ways, scene.evidence):
        if claim := _claim(scene, q, way, evidence, chosen):
            chosen.append(claim)
    consistency.share_subjects(scene, chosen)
    consistency.share_general(scene, chosen)
    consistency.of_parts(scene, chosen)
    consistency.of_tokens(scene, chosen)
    return consistency.for_each_subject(scene, chosen)


@dataclass(slots=True)
class Choice:
    """A metric and a subject of a number."""
    metric: str
    worth: float                # evidence of the metric
    owner: subject.Candidate
    fit: float                  # evidence of the subject
    why: str                    # the same in a word
    lead: float                 # how far it is ahead of the next subject's

    def joint(self) -> float:
        return self.worth * (0.4 + 0.6 * self.fit)


def _claim(scene: Scene, q: Quantity, way: str | None, evidence: dict[str, Evidence],
           chosen: list[Claim]) -> Claim | None:
    """The claim of a number; None, with the outcome set, where no metric and subject are found.

    `chosen` are the claims of the sentence so far.
    """
    if q.vague and q.kind == "number":
        q.outcome = "vague"         # "it can cost users thousands"
        return None
    if q.kind == "ratio" and general.is_no_multiple(scene, q):
        q.outcome = "no_metric"
        return None
    stated, ranked = (q.kind, q.unit), _ranked(scene, q, evidence)
    if not ranked:
        fallback = general.metric(scene, q, way, evidence, chosen)
        if fallback is None:
            return None
        ranked = [fallback]
        evidence = {**evidence, fallback[1]: evidence.get(fallback[1]) or general.proof(fallback[0])}
    choice = _choose(scene, q, ranked, evidence) or _last_resort(scene, q, ranked, evidence)
    if choice is None:
        q.kind, q.unit = stated
        q.outcome = "bare" if q.kind == "number" else "no_entity"
        return None
    clear = choice.worth - max((e.score for m, e in evidence.items() if m != choice.metric), default=0)
    proof = evidence[choice.metric]
    choice.metric = meaning.by_owner(scene, q, way, choice.metric, proof, choice.owner)
    evidence[choice.metric] = proof         # for what narrows the claim
    metric = schema.metrics()[choice.metric]
    aspect, way = _aspect(scene, q, way, metric, proof)
    value, value_max = _value(q, way, aspect, metric, proof)
    meaning.settle_unit(q, metric, choice.owner.entity, proof.unit)
    _name_own(scene, q, proof, choice)
    sure = _sure(scene, q, metric, proof, choice, clear, chosen)
    if sure < confidence.LEAST and (plain := _plain(scene, q)) is not None and is_thing(plain.entity.name):
        choice.owner, choice.why, sure = plain, plain.part, confidence.LEAST    # surer than somebody of elsewhere
    if qualifier.selects(q, scene.span(q)[0], scene.masked):
        sure = min(sure, UNKNOWN)
    q.outcome = "fact"
    owner, part = choice.owner.entity, None
    if metric.id == "price" and proof.why == LEFT and owner.kind in SELL_NOTHING:
        metric = schema.metrics()["amount"]     # a small sum
    if metric.family in OF_MAKER and owner.kind == "product" and owner.maker_id in gazetteer().entities:
        owner, part = gazetteer().entities[owner.maker_id], owner.name
    return Claim(quantity=q, sentence=scene.sentence, entity=owner, segment=part, metric=metric.id, aspect=aspect,
                 period=None, stance=None, confidence=sure, rule=f"{proof.why}; {choice.owner.how} {choice.why}",
                 value=value, value_max=value_max)


def _ranked(scene: Scene, q: Quantity, evidence: dict[str, Evidence]) -> list[tuple[float, str]]:
    """The special metrics that enough speaks for, the best first, or the general ones that are named more directly."""
    metrics = schema.metrics()
    ranked = [(e.score, m) for m, e in evidence.items() if e.score >= ENOUGH and not metrics[m].catch_all]
    if ranked:      # "inflation of 2% and unemployment of 4%": growth is as special then
        ranked += [(e.score, m) for m, e in evidence.items() if metrics[m].catch_all and e.score >= FAR
                   and e.why.startswith("name ") and is_economic(scene, e.cue)]
    ranked = sorted(ranked, reverse=True)[:RANKED]
    # "under the settlement it took a charge of $618m": the noun right beside it says more
    if ranked and ranked[0][0] < WEAK and not q.vague:
        score, special = ranked[0]
        ranked = [(e.score, m) for m, e in evidence.items() if metrics[m].catch_all and e.cue and e.score >= DIRECT
                  and (not e.why.startswith("verb") or score < FAR and m in ("share", "cost")
                       or special not in meaning.WORTHS
                       and meaning.IS_WORTH.search(scene.masked, 0, e.cue[1]))] or ranked
    if not (q.in_words and q.kind == "count" and q.value is not None and q.value < SMALL):
        return ranked
    if OF.match(scene.masked, scene.span(q)[1]):
        return []               # two employees in passing, three of the makers
    return [(s, m) for s, m in ranked if s >= CLOSE and not evidence[m].why.startswith(("counted", "parallel"))]


def _choose(scene: Scene, q: Quantity, ranked: list[tuple[float, str]], evidence: dict[str, Evidence]) -> Choice | None:
    """The best metric and subject together."""
    best = None
    for worth, metric in ranked:
        proof = evidence[metric]
        found = (proof.mover, MOVED, "moved", MOVED) if proof.mover \
            else best_owner(scene, q, proof.cue, schema.metrics()[metric], is_named(proof))
        choice = found and Choice(metric, worth, *found)
        if choice and (best is None or choice.joint() > best.joint()):
            best = choice
    return best


def _last_resort(scene: Scene, q: Quantity, ranked: list[tuple[float, str]],
                 evidence: dict[str, Evidence]) -> Choice | None:
    """The best metric with the plain noun that its clause is about, where nobody else owns the number."""
    worth, metric = ranked[0]
    if q.kind == "number" and not is_named(evidence[metric]):
        return None             # "it closed at 41"
    found = _plain(scene, q)
    return found and Choice(metric, worth, found, found.worth, found.part, 0.0)


def _plain(scene: Scene, q: Quantity) -> subject.Candidate | None:
    """The plain noun that the clause of a number is about."""
    return scene.talk.resort.find(scene.index, scene.masked, scene.span(q)[0],
                                  q.kind == "count" and q.counted is not None)


def _aspect(scene: Scene, q: Quantity, way: str | None, metric: Metric, proof: Evidence) -> tuple[str, str | None]:
    """Whether a figure is a level, a change or a multiple, and in which direction it changed."""
    start = scene.span(q)[0]
    aspect = "change" if way else "level"
    if q.kind == "ratio" and "ratio" not in metric.unit.split("|"):
        aspect = "multiple"
    elif not way and (proof.changing or q.kind == "percent" and not accepts(metric.id, q.kind, q.unit, False)):
        aspect, way = "change", "down" if proof.negative or move.lost(scene.masked, start) else "up"
    if aspect not in metric.aspects:
        aspect = metric.aspects[0]
    if aspect == "change" and way is None and not move.at_level(scene.masked, start):
        way = move.direction(scene.masked, start)
    return aspect, way


def _value(q: Quantity, way: str | None, aspect: str, metric: Metric,
           proof: Evidence) -> tuple[Decimal, Decimal | None]:
    """Value and upper end of a figure, negative for falls and losses."""
    if way == "down" and aspect == "change" or proof.negative and aspect == "level" and metric.plausible[0] < 0:
        return (-q.value, None) if q.value_max is None else (-q.value_max, -q.value)
    return q.value, q.value_max


def _name_own(scene: Scene, q: Quantity, proof: Evidence, choice: Choice) -> None:
    """Puts whom the sentence itself speaks of without a name before somebody of another one: "Drivers paid $300, it
    said"."""
    owner, referring = choice.owner, ("pronoun", "descriptor")
    start, end = scene.span(q)
    behind = owner.how in referring and owner.start >= end and not any(
        c.entity is owner.entity and c.start is not None and c.how not in referring for c in scene.candidates)
    # "bacon prices fell 2%; cookies dipped 1%", "Norvik said 300 people were killed", "a letter by 300 staff in Lund"
    says = not is_named(proof) and not (owner.start is not None and OF_ITSELF.search(scene.masked, owner.end, start)) \
        and (choice.metric == "count" and owner.part in ("speaker", "located")
             or owner.part == "speaker" and (
                 choice.metric == "measure" or owner.entity.kind in TELLERS or choice.metric in SAID
                 and proof.why == LEFT and not scene.masked.endswith(("'s ", "’s "), 0, start)))
    left = owner.how == "priced" and owner.until is not None and owner.until <= start
    if (says or left) and (plain := _plain(scene, q)) is not None and is_thing(plain.entity.name) \
            and (left or plain.start is not None and plain.start <= (end if owner.part == "speaker" else start - 1)
                 and plain.end != owner.end and not scene.masked.endswith(OWN, 0, plain.start)
                 and (owner.start >= end or not scene.masked.startswith(",", owner.end)
                      or plain.start < owner.start and scene.masked.startswith((", and ", ", but "), owner.end))):
        choice.owner, choice.fit, choice.why, choice.lead = plain, plain.worth, plain.part, 0.0
        return
    if (plain := _acts_apart(scene, q, proof, choice)) is not None:
        choice.owner, choice.fit, choice.why, choice.lead = plain, plain.worth, plain.part, 0.0
        return
    if owner.start is not None and not behind:
        return
    own = scene.talk.phrases.own(scene.index, scene.masked, start, scene.measured(), owner, scene.candidates,
                                 proof.why != LEFT)
    if own:
        choice.owner, choice.fit, choice.why, choice.lead = own, own.worth, own.part, 0.0


# Between a name and the noun of the next clause: "Ana Ruiz bought 300, while the chairman"
JOINS = re.compile(r"(?:;|,? (?:and|but|while|whereas|though|although)) (?:(?P<one>an?|another) |the |his |her |their )"
                   r"(?:[a-z-]+ )?$")
OF_OTHERS = ("policy", "audience")      # families whose figures are not of those who do or pay something
JOINED = re.compile(r"; |\b(?:and|but|while|whereas|though|although) ")
CARRIED = ("topic", "title", "dominant", "market")


def _acts_apart(scene: Scene, q: Quantity, proof: Evidence, choice: Choice) -> subject.Candidate | None:
    """The plain noun that acts in the clause of a number, where that owns it and not somebody of another sentence
    ("Veldt fell. Most drivers pay 3%") or clause ("Ana Ruiz bought 300 shares, while the chairman bought 40")."""
    owner, lists, roles = choice.owner, noun.word_lists(), subject.word_lists()
    far, left = owner.start is None, proof.why == LEFT
    means = owner.how in ("pronoun", "descriptor") and owner.end <= scene.span(q)[0]
    behind = left and choice.metric in ("count", *SAID) and owner.part in ("object", "held", "modifier", "agent")
    if scene.sentence.kind != "body" or schema.metrics()[choice.metric].family in OF_OTHERS \
            or choice.metric == "preorders" or owner.how in ("phrase", "group", "asked") \
            or not (owner.how in CARRIED if far else means or behind
                    or JOINED.search(scene.masked, owner.end, scene.span(q)[0])):
        return None
    plain = _plain(scene, q)
    if plain is None or not plain.acts or not is_thing(plain.entity.name):
        return None
    last = plain.entity.descriptors[0].lower()
    if last in lists["quoted"] or last in schema.words("phrase")["finders"] \
            or not lists["figure"].isdisjoint(plain.entity.name.split()):
        return None
    if far:
        made = owner.entity.kind in MADE and last in lists["part"] or owner.entity.kind == "product" and (
            last in lists["people"] or last in lists["company"])
        owns = not made and (plain.general or left and owner.entity.kind != "product")
    elif owner.end > plain.start:
        owns = behind and plain.general and plain.end < owner.start
    elif means:
        owns = plain.general or owner.part == "owner" and last in roles["other_firms"]
    else:
        joins = JOINS.search(scene.masked, owner.end, plain.start)
        owns = joins is not None and (joins["one"] or last in lists["people"] or last in roles["roles"])
    return plain if owns else None


def _sure(scene: Scene, q: Quantity, metric: Metric, proof: Evidence, choice: Choice, clear: float,
          chosen: list[Claim]) -> float:
    """How sure the claim is; `clear` is how far its metric is ahead of the next one."""
    owner = choice.owner
    doubts = {"unknown": not owner.entity.known, "referred": owner.how in ("descriptor", "pronoun"),
              "behind": owner.start is not None and owner.end > scene.span(q)[0],
              "headline": scene.sentence.kind == "title", "beside": "(N N)" in proof.why.partition(" + ")[0],
              "seller": metric.id == "price" and owner.entity.kind == "company"}
    loose = owner.start is None and not _carries(scene, q, metric, proof, owner, chosen)
    sure = confidence.of(confidence.order(choice.worth, choice.fit, choice.lead, clear, owner.share, metric.catch_all,
                                           loose, [doubt for doubt, holds in doubts.items() if holds]))
    if owner.how == "plain":
        named = q.counted is not None or is_thing(owner.entity.name)
        return min(max(sure, confidence.LEAST), confidence.MOST) if named else UNKNOWN
    if owner.part == "speaker" and choice.fit < WITNESS \
            or proof.why == LEFT and q.kind == "money" and owner.entity.kind == "place" and choice.why in PLACED \
            or owner.share < FAINT.get((owner.how, owner.entity.kind), 0) \
            and metric.id != "share_price" and metric.about[0] != "place" and not is_economic(scene, proof.cue) \
            or scene.talk.is_apart(scene.index, owner) and not (_is_age_of(scene, q) or _is_wealth(scene, proof)):
        return min(sure, UNKNOWN)
    return sure


def _carries(scene: Scene, q: Quantity, metric: Metric, proof: Evidence, owner: subject.Candidate,
             chosen: list[Claim]) -> bool:
    """Whether a figure can be of somebody whom only another sentence names.

    Of what nothing names, nothing says that the talk is still of the same; but growth and deficits are a country's.
    """
    kind = owner.entity.kind
    if q.kind == "age" and kind in ("company", "product"):
        return False
    if scene.sentence.kind in ("line", "heading") and q.kind == "count" and proof.why == LEFT \
            and ":" not in scene.masked and (own := _plain(scene, q)) is not None \
            and own.end is not None and clause.acts(scene.masked, own.end):
        return False            # a headline among others has a subject of its own: "The first 3-screen laptop is here"
    if scene.sentence.kind != "body" \
            or kind == metric.about[0] == "product" and scene.talk.topic.is_titled(owner.entity):
        return True             # of a text on one product all that products have is its
    if kind == "person" and (_is_age_of(scene, q) or _is_wealth(scene, proof)):
        return True
    if proof.why == "carried" and any(_is_sure_of(c, owner) for c in (*chosen, *scene.before)):
        return True
    if q.kind == "count" and scene.before and all(_is_sure_of(c, owner) for c in scene.before):
        return True             # whose figures the sentence before told
    if kind in ("company", "product") and q.kind in ("measure", "duration") and owner.share > SUBJECT:
        return True             # what a text on a firm or product measures; not what it counts, money and parts
    if _is_at_home(q, owner) or _is_told_of(scene, q, owner):
        return True
    economic = kind == "place" and q.kind in ("money", "percent") \
        and proof.why.removeprefix("parallel: ").startswith("name ")
    if proof.why == LEFT or metric.catch_all and not economic:
        return False
    return is_named(proof) or metric.id == "survey_share" or owner.share > MAIN \
        or owner.how == "heading" and kind == "product" \
        or any(c.entity is owner.entity and "name " in c.rule for c in chosen)


def _is_sure_of(claim: Claim, owner: subject.Candidate) -> bool:
    return claim.entity is owner.entity and claim.confidence > UNKNOWN


def _is_at_home(q: Quantity, owner: subject.Candidate) -> bool:
    """Whether a text is on a place: "40,000 farms are yet to be inspected", "exports are 12% of output"."""
    return owner.entity.kind == "place" and owner.how != "dominant" and owner.share > HOME \
        and q.kind not in ("duration", "age")


def _is_told_of(scene: Scene, q: Quantity, owner: subject.Candidate) -> bool:
    """Whether the sentence before tells of whom the text is on: "Veldt makes vans. More than 300 were stolen"; whose
    money it is and what a share is of, that does not tell."""
    if owner.entity.kind in ("person", "place") or owner.share <= HOME or owner.worth <= subject.DOMINANT:
        return False
    firm = owner.entity.kind == "company"
    return (firm or owner.share < 1) and q.kind not in (
        ("money", "percent", "ratio") if firm else ("money", "duration", "age")) \
        and scene.talk.tells_of(scene.index - 1, owner.entity)


def _is_wealth(scene: Scene, proof: Evidence) -> bool:
    """Whether a line says how much somebody owns: "Net worth: $3bn"."""
    return scene.sentence.kind != "body" and proof.cue is not None and scene.lower[slice(*proof.cue)].endswith(WEALTH)


# "The 33-year-old told us", "in the 12-year-old's room", "Now 80, she": whom the text spoke of last, by their age
BY_AGE = re.compile(r"\bthe #+(?=[’',.;]|\s(?:is|was|has|had|who|said|told|will|would|can|could|also|from|now|then|"
                    r"went|came|took|began|left|won|lost|made|[a-z]+ed|[a-z]{3,}s)\b)|^now #+,")


def _is_age_of(scene: Scene, q: Quantity) -> bool:
    """Whether an age stands for the person whom the text spoke of last."""
    start, end = scene.span(q)
    found = BY_AGE.search(scene.masked, max(0, start - len("the ")), end + 12) if q.kind == "age" else None
    return found is not None and found.start() < start


def _date(scene: Scene, claim: Claim, clock: timing.Clock) -> None:
    """Fills the time, and what only the time tells of how sure the claim is."""
    q = claim.quantity
    claim.period = clock.of(scene.index, q.start, q.end, claim.entity, claim.metric, claim.aspect,
                            claim.stance.modality)
    if clock.ahead(claim.period):
        if claim.stance.modality == "actual" and q.kind == "count" and modality.is_given(
                clock.text, scene.sentence.start, q.start, q.end, claim.metric):
            claim.period = None
            return
        claim.stance = modality.in_future(claim.stance, claim.metric)


def _traced(scene: Scene, claims: list[Claim]) -> list[Trace]:
    metric_of = {id(c.quantity): c.metric for c in claims}
    traced = []
    for q, evidence in zip(scene.open, scene.evidence):
        metrics = sorted(((e.score, m, e.why) for m, e in evidence.items()), reverse=True)
        entities = []
        if metric := metric_of.get(id(q)):
            cue = evidence[metric].cue if metric in evidence else None
            about, role = schema.metrics()[metric].about, schema.metrics()[metric].role
            scores = ((c, fit.score(c, scene.masked, scene.span(q), cue, about, role)) for c in scene.candidates)
            entities = sorted(((fit, c.entity.name, f"{c.how} {why}") for c, (fit, why) in scores), reverse=True)
        traced.append(Trace(q, metrics, entities))
    return traced
