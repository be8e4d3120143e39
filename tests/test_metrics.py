"""Every example of every metric file, and what a metric file promises."""
import csv
import re
import warnings
from collections import Counter

import pytest
from conftest import SHARED

from extract import check, lexicon, schema

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


def unused(metric: schema.Metric) -> list[str]:
    """Names, verbs and counted nouns that stand in no example of the metric."""
    text = " ".join(example.text.lower().replace("-", " ") for example in metric.examples)
    forms = {noun: lexicon.plural(noun) for noun in (*metric.names, *metric.counted)}
    forms |= {verb: lexicon.inflect(verb) for verb in metric.verbs}
    return [entry for entry, some in forms.items()
            if not any(re.search(rf"\b{re.escape(form.replace('-', ' '))}\b", text) for form in some)]


def test_entries_without_an_example_are_reported():
    """Each is a rule without a proof: no failure, but a warning that says where the proofs are missing."""
    missing = {metric.id: unused(metric) for metric in METRICS.values()}
    count = sum(map(len, missing.values()))
    if count:
        most = sorted(missing.items(), key=lambda item: -len(item[1]))[:8]
        warnings.warn(f"{count} names, verbs and counted nouns stand in no example of their metric: " +
                      "; ".join(f"{metric}: {', '.join(entries[:5])}" for metric, entries in most if entries),
                      stacklevel=1)
