"""Runs the examples of the metric files: each sentence must give its claims and no other, by any metric.

>>> from extract.check import compare
>>> compare([{"entity": "Kestrel 2", "value": 60}], [{"entity": "Kestrel 2", "value": 75.0}])
['expected entity Kestrel 2, value 60; found entity Kestrel 2, value 75']
>>> compare([{"value": 60}], [{"value": 60.0}])
[]
"""
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from . import schema
from .analysis import analyse, document
from .model import Claim
from .numbers import unit as units
from .schema import Example, Metric

# What an example expects where it does not say otherwise.
DEFAULTS = {"aspect": "level", "modality": "actual", "comparator": "=", "value_max": None}
PUBLISHED = date(2025, 9, 15)       # the day on which every example is read, unless it says `published`
NO_UNIT = ("any", "score")          # of a metric of any unit, and of one without
META = ("published", "title")


@dataclass(slots=True)
class Result:
    """What came of one example."""
    ok: bool
    metric: str
    text: str
    message: str        # what was expected and what was found; the reason of a todo; empty where all is well
    todo: bool = False


def check(metric_id: str | None = None) -> list[Result]:
    """Results of all examples of a metric, or of all metrics. An unknown id raises SchemaError."""
    metrics = schema.metrics()
    if metric_id is not None and metric_id not in metrics:
        import difflib
        near = difflib.get_close_matches(metric_id, metrics, 3)
        hint = f"; did you mean {', '.join(near)}?" if near else "; the files of schemas/metrics are the list"
        raise schema.SchemaError(f"no metric {metric_id!r}{hint}")
    chosen = [metrics[metric_id]] if metric_id else metrics.values()
    return [result for metric in chosen for result in
            [*_told(metric), *(run(metric, example) for example in metric.examples)]]


def _told(metric: Metric) -> Iterator[Result]:
    """What the file of a metric lacks, whatever its examples give."""
    if not metric.examples:
        yield Result(False, metric.id, "", "has no example: give it one sentence at least, and its claims")
    for symbol in metric.unit.split("|"):
        if symbol not in NO_UNIT and not symbol.startswith("currency") and units.kind(symbol) is None:
            yield Result(False, metric.id, "", f"unit {symbol!r} is none: give it in schemas/words/unit.toml")


def run(metric: Metric, example: Example) -> Result:
    """Reads one example and compares what it gives with what it expects."""
    meta = {key: example.claims[0][key] for key in META if example.claims and key in example.claims[0]}
    doc = document(example.text, meta.get("published", PUBLISHED), meta.get("title"))
    found = [fields(c) for c in analyse(doc).claims if c.restates is None and c.confidence >= 0.5]
    expected = [{k: v for k, v in claim.items() if k not in META} for claim in example.claims]
    mine = [c for c in found if c["metric"] == metric.id]
    others = [c for c in found if c["metric"] != metric.id and c["metric"] not in example.also]
    wanted = [{"unit": unit(metric), **DEFAULTS, **_completed(claim)} for claim in expected]
    problems = compare(wanted, mine)
    problems += [f"also found {show(c, ('metric', 'entity', 'value', 'unit'))}" for c in others]
    missing = [m for m in example.also if not any(c["metric"] == m for c in found)]
    problems += [f"also expected {m}" for m in missing]
    if example.todo:
        return Result(bool(problems), metric.id, example.text,
                      f"todo: {example.todo}" if problems else "it works now: remove the line todo", todo=True)
    return Result(not problems, metric.id, example.text, "; ".join(problems))


def _completed(claim: dict) -> dict:
    if "value_max" in claim and "comparator" not in claim:
        return {**claim, "comparator": "range"}
    return claim


def unit(metric: Metric) -> str:
    return metric.unit.split("|")[0].replace("currency", "USD")


def fields(claim: Claim) -> dict:
    """A claim as the fields that an example may name."""
    q, p = claim.quantity, claim.period
    return {"metric": claim.metric, "entity": claim.entity.name, "entity_kind": claim.entity.kind,
            "aspect": claim.aspect,
            "value": float(claim.value), "value_max": None if claim.value_max is None else float(claim.value_max),
            "unit": q.unit, "comparator": q.comparator, "period": p and p.label, "modality": claim.stance.modality,
            "attribution": claim.stance.attribution, "segment": claim.segment, "geo": claim.geo,
            "counterparty": claim.counterparty, "part_of": claim.part_of, "basis": claim.basis, "counted": q.counted,
            **claim.dims}


def compare(expected: list[dict], found: list[dict]) -> list[str]:
    """What differs: each expected claim must be found once, with every field that it names."""
    problems, left = [], list(found)
    for want in expected:
        hit = next((c for c in left if all(_same(v, c.get(k)) for k, v in want.items())), None)
        if hit is not None:
            left.remove(hit)
            continue
        near = max(left, key=lambda c: sum(_same(v, c.get(k)) for k, v in want.items()), default=None)
        if near is None:
            problems.append(f"expected {show(want, want)}, found nothing")
        else:
            left.remove(near)
            keys = [k for k in want if k == "entity" or not _same(want[k], near.get(k))]
            problems.append(f"expected {show(want, keys)}; found {show(near, keys)}")
    return problems + [f"also found {show(c, ('metric', 'entity', 'value', 'unit', 'aspect'))}" for c in left]


def _same(want, have) -> bool:
    if isinstance(want, (int, float)) and isinstance(have, (int, float)) and not isinstance(want, bool):
        return abs(want - have) <= 1e-9 * max(1.0, abs(want))
    return want == have


def show(claim: dict, keys) -> str:
    """The named fields of a claim in a line."""
    parts = []
    for key in keys:
        value = claim.get(key)
        if value is not None:
            parts.append(f"{key} {value:.15g}" if isinstance(value, float) else f"{key} {value}")
        elif value is None and key != "value_max":
            parts.append(f"no {key}")
    return ", ".join(parts)
