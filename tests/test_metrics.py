"""Every example of every metric file, and what a metric file promises."""
import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import product

import pytest
from conftest import SHARED

from extract import check, schema
from extract.analysis import analyse, document
from extract.grammar import lexicon

METRICS = schema.metrics()
EXAMPLES = [(metric, example) for metric in METRICS.values() for example in metric.examples]
NAMES = [f"{metric.id}: {example.text}" for metric, example in EXAMPLES]
FAMILIES = {"ai", "audience", "chip", "dimensions", "energy", "financials", "market", "other", "people",
            "policy", "product", "vehicle"}
LISTS = ("names", "verbs", "counted", "things", "units", "beside", "moves", "needs", "unless", "negative")


@pytest.mark.parametrize("metric, example", EXAMPLES, ids=NAMES)
def test_example(metric, example):
    result = check.run(metric, example)
    assert result.ok, result.message
    if result.todo:
        pytest.xfail(example.todo)


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_metric_file(metric):
    path = schema.FOLDER / "metrics" / metric.family / f"{metric.id}.toml"
    assert path.is_file() and re.fullmatch(r"[a-z][a-z_]*", metric.id)
    low, high = metric.plausible
    assert low < high
    assert metric.meaning.endswith(".") and metric.title[0].isupper()
    assert any(example.claims for example in metric.examples), "no example in which it is found"
    for name in LISTS:
        twice = [entry for entry, count in Counter(getattr(metric, name)).items() if count > 1]
        assert not twice, f"{name} lists {twice} twice"
    for name in ("names", "verbs", "counted", "things", "needs", "unless"):
        for phrase in getattr(metric, name):
            assert phrase == " ".join(phrase.lower().split()), f"{name}: {phrase!r} is not plain lower case"


@pytest.mark.parametrize("metric, example", EXAMPLES, ids=NAMES)
def test_reasons_are_given(metric, example):
    for reason in (example.nothing, example.todo):
        assert reason is None or len(reason.strip()) > 3
    assert not (example.nothing and example.claims), "either something is found or nothing"
    assert set(example.also) <= METRICS.keys() - {metric.id}


def test_families():
    assert {metric.family for metric in METRICS.values()} == FAMILIES
    assert {path.name for path in (schema.FOLDER / "metrics").iterdir()} == FAMILIES


def test_no_example_stands_twice():
    """Another metric may use the same sentence, to show that it is not found there."""
    texts = Counter((metric.id, example.text) for metric, example in EXAMPLES)
    assert [text for text, count in texts.items() if count > 1] == []


def test_vocabulary_is_whole():
    path = SHARED / "gold" / "metrics.csv"
    if not path.exists():
        pytest.skip("../shared/gold/metrics.csv is not there")
    with path.open(encoding="utf-8", newline="") as lines:
        wanted = {(row["metric"], row["family"]) for row in csv.DictReader(lines)}
    assert wanted <= {(metric.id, metric.family) for metric in METRICS.values()}


# Plain sentences for an entry {n}, by whom {w} and with what value {v}; the first in which it is understood is enough.
SENTENCES = {
    "names": ["The {n} of {w} was {v}.", "{w} had {v} in {n}.", "{w} has a {n} of {v}.", "{w} has {v} {n}.",
              "{w} had {v} {n}.", "{v} {n} of {w}.", "{w} {n} {v}."],
    "counted": ["{w} has {v} {n}.", "{v} {n} of {w}."],
    "verbs": ["{w} {n} {v}.", "{w} {n} at {v}.", "{w} was {n} {v}.", "{v} was {n} by {w}.", "{w} had {v} {n}."]}
SUBJECTS = {"company": "chipmaker Brightwell", "product": "the Norvik Kestrel 2 SUV", "place": "Norway",
            "market": "the car market in Norway", "other": "Bitcoin"}


def stated(value: float, unit: str) -> str:
    """A value as texts write it."""
    currency, _, per = unit.partition("/")
    if len(currency) == 3 and currency.isupper():
        return f"${value:,}" + (f" per {'million tokens' if per == 'Mtoken' else per}" if per else "")
    return {"percent": f"{value}%", "count": f"{value:,}", "person": f"{value:,}", "ratio": f"{value} times",
            "percentage_point": f"{value} percentage points"}.get(unit, f"{value:,} {unit}")


def forms(field: str, entry: str) -> list[str]:
    """An entry as it stands in a sentence."""
    if field == "verbs":
        verb, _, particle = entry.partition(lexicon.OBJECT)
        return [f"{form} it {particle}" if particle else form for form in sorted(lexicon.inflect(verb))]
    return sorted(lexicon.plural(entry))[-1:] if field == "counted" else [entry]


def sentences(metric: schema.Metric, field: str, entry: str) -> Iterator[str]:
    claims = [claim for example in metric.examples for claim in example.claims if "value_max" not in claim]
    levels = [claim for claim in claims if claim.get("aspect", "level") == "level" and claim["value"] > 0] or claims
    values = list(dict.fromkeys(stated(c["value"], c.get("unit", check.unit(metric))) for c in levels))[:3]
    kinds = [kind.partition(":")[0] for kind in metric.about]
    who = [SUBJECTS[kind] for kind in kinds if kind in SUBJECTS][:2] or [SUBJECTS["place"]]
    for value, subject, pattern, form in product(values, who, SENTENCES[field], forms(field, entry)):
        text = pattern.format(n=form, w=subject, v=value)
        if metric.needs and not any(word in text for word in metric.needs):
            text = f"{text[:-1]}, {metric.needs[0]} and all."
        yield text[0].upper() + text[1:]


def is_proven(metric: schema.Metric, field: str, entry: str) -> bool:
    """Whether an entry stands in an example of its metric, or gives the metric in one of the plain sentences."""
    written = " ".join(example.text.lower().replace("-", " ") for example in metric.examples)
    found = lexicon.inflect(entry) if field == "verbs" else lexicon.plural(entry)
    if any(re.search(rf"\b{re.escape(form.replace('-', ' '))}\b", written) for form in found):
        return True
    return any(claim.metric == metric.id and any(f"{form.partition(' it ')[0]}'" in claim.rule
                                              for form in forms(field, entry))
               for text in sentences(metric, field, entry) for claim in analyse(document(text)).claims)


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_every_entry_works(metric):
    """What can give its metric in no sentence is dead weight."""
    assert [entry for field in SENTENCES for entry in getattr(metric, field)
            if not is_proven(metric, field, entry)] == []
