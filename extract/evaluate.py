"""Measures what the rules find against claims that people read: precision, recall and F1 at four levels.

    quantity   the same sentence, value (and end of a range) and unit
    metric     and metric and aspect
    entity     and entity: who, what, how much
    full       and period, modality and comparator

A gold folder holds `docs.jsonl` (doc, text, and title, published) and `claims.jsonl` (doc, quote, mention, value,
value_max, unit, equivalent, comparator, entity, entity_kind, metric, aspect, dimension, period, modality, attribution,
reach, optional, repeat). An optional claim counts neither found nor missed. A claim that its document repeats counts
once, wherever it was found. One row for each of joint subjects ("Nvidia and AMD"): one is needed, the others count
neither way. Facts under a confidence of 0.5 are left out, as in the views.

>>> same_name("Alibaba Group Holding", "Alibaba", {})
True
>>> same_name("Nvidia", "AMD", {})
False
"""
import csv
import json
import math
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from . import batch, read, table
from .model import Document, Reject

LEVELS = ("quantity", "metric", "entity", "full")
SHOWN = 0.5             # confidence from which views show a fact
OVERLAP = 0.8           # of the words of two sentences, for them to be the same
QUOTE_WORDS = 80
LEGAL = re.compile(r"\b(?:inc|corp|corporation|co|ltd|limited|plc|llc|group|holdings?|company|technolog(?:y|ies)|"
                   r"motors?|electronics|platforms?|semiconductor|the)\b\.?", re.I)
WORD = re.compile(r"[a-z0-9]+(?:[.,][0-9]+)*")
# Other ways to write the unit of a gold claim.
SYMBOL = {"rmb": "CNY", "yuan": "CNY", "us$": "USD", "$": "USD", "%": "percent", "pct": "percent",
          "pp": "percentage_point",
          "x": "ratio", "times": "ratio", "fold": "ratio", "mile": "mi", "people": "person", "n·m": "N*m",
          "nm_torque": "N*m",
          "newton*meter": "N*m", "inches": "inch", "in": "inch", "h": "hour", "min": "minute", "sec": "s",
          "second": "s", "parameters": "parameter", "tokens": "token", "gpu*h": "GPU*hour", "gpu·hour": "GPU*hour",
          "gpu-hour": "GPU*hour", "gpu_hour": "GPU*hour", "l": "L", "litre": "L", "liter": "L", "horsepower": "hp"}
# kinds whose subject may hold the place or company that was found
LOOSE = ("market", "policy", "other", "person", "organisation")


class GoldError(read.InputError):
    """A gold folder that can't be read; the message says what is missing."""


@dataclass(slots=True)
class Pair:
    """A claim and the fact that agrees with it, up to a level (1 to 4)."""
    claim: dict
    fact: dict | None
    level: int


@dataclass(slots=True)
class Report:
    """What was measured."""
    pairs: list[Pair] = field(default_factory=list)         # every claim that is needed; level 0 where it was missed
    false: list[dict] = field(default_factory=list)         # facts that agree with no claim

    @property
    def found(self) -> list[Pair]:
        """Every fact that counts, with its claim if it has one."""
        return [p for p in self.pairs if p.fact is not None] + [Pair({}, fact, 0) for fact in self.false]

    def scores(self) -> dict[str, tuple[float, float, float]]:
        """Precision, recall and F1 by level."""
        return _scores(self.pairs, self.found)


def _scores(wanted: list[Pair], found: list[Pair]) -> dict[str, tuple[float, float, float]]:
    result = {}
    for number, level in enumerate(LEVELS, 1):
        precision, recall = (sum(p.level >= number for p in pairs) / max(1, len(pairs)) for pairs in (found, wanted))
        result[level] = (precision, recall, 2 * precision * recall / (precision + recall) if precision + recall
                         else 0.0)
    return result


def spoken(text: str | None) -> list[str]:
    """The words of a text, for comparing."""
    return WORD.findall(unicodedata.normalize("NFKC", text or "").casefold().replace("+", " plus "))


def name_key(name: str | None) -> str:
    """A name without legal forms, spaces and marks."""
    plain = LEGAL.sub(" ", unicodedata.normalize("NFKC", name or ""))
    return "".join(spoken(plain)) or "".join(spoken(name))


def aliases(path: Path | None) -> dict[str, set[str]]:
    """Key of a name -> all names of its row. One row for one entity, each accepted name a cell."""
    same: dict[str, set[str]] = defaultdict(set)
    if path is not None:
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.reader(lines):
                names = [name for name in row if name.strip()]
                for name in names:
                    same[name_key(name)].update(names)
    return dict(same)


def same_name(found: str | None, gold: str | None, same: dict[str, set[str]]) -> bool:
    """Whether two names are of one entity; of a joint one ("Nvidia and AMD") either part will do."""
    if " and " in (gold or "") and any(same_name(found, part, same) for part in re.split(r", | and ", gold)):
        return True
    one, two = name_key(found), name_key(gold)
    if not one or not two:
        return one == two
    return one == two or not same.get(one, set()).isdisjoint(same.get(two, set()))


def same_entity(fact: dict, claim: dict, same: dict[str, set[str]]) -> bool:
    """The same name; or the place or company inside a looser subject; or a company for its named part and the
    reverse."""
    if same_name(fact["entity"], claim["entity"], same):
        return True
    if not fact["entity"]:
        return False
    names = [_padded(n) for n in {fact["entity"], *same.get(name_key(fact["entity"]), ())}]
    if claim["entity_kind"] in LOOSE:
        subject = _padded(claim["entity"]) + _padded(claim["dimension"])
        return any(name in subject for name in names)
    if claim["entity_kind"] == "company" and fact["entity_kind"] in (None, "company", "organisation"):
        whole = _padded(claim["entity"])
        return any(whole.startswith(name) for name in names) or _padded(fact["entity"]).startswith(whole)
    return False


def _padded(text: str | None) -> str:
    return f" {' '.join(spoken(text))} "


def _symbol(unit: str | None) -> str:
    plain = (unit or "").strip()
    return SYMBOL.get(plain.casefold(), plain)


def _close(one: float | None, two: float | None) -> bool:
    if one is None or two is None:
        return one is None and two is None
    return math.isclose(one, two, rel_tol=1e-6, abs_tol=1e-9)


def same_quantity(fact: dict, claim: dict) -> bool:
    """Value, end of the range and unit agree, in the unit stated or in the text's own conversion."""
    stated = [claim, claim["equivalent"]] if claim.get("equivalent") else [claim]
    return any(_close(fact["value"], s["value"]) and _close(fact["value_max"], s.get("value_max"))
               and _symbol(fact["unit"]) == _symbol(s["unit"]) for s in stated)


def agreement(fact: dict, claim: dict, same: dict[str, set[str]]) -> int:
    """Up to which level a fact with the right quantity agrees, 1 to 4."""
    if fact["metric"] != claim["metric"] or fact["aspect"] != claim["aspect"]:
        return 1
    if not same_entity(fact, claim, same):
        return 2
    period = claim["period"] or {}
    dated = not period.get("start") and not period.get("end") or (
        _day(fact["period_start"]) == period.get("start") and _day(fact["period_end"]) == period.get("end"))
    return 4 if dated and fact["modality"] == claim["modality"] and fact["comparator"] == claim["comparator"] else 3


def _day(value) -> str | None:
    return str(value)[:10] if value is not None else None


def evaluate(folder: Path, alias_file: Path | None = None) -> Report:
    """Reads the documents of a gold folder with the present rules and compares what is found with its claims."""
    claims = _lines(folder, "claims.jsonl")
    same = aliases(alias_file)
    of_doc: dict[str, list[dict]] = defaultdict(list)
    for claim in claims:
        of_doc[claim["doc"]].append(claim)
    docs = _lines(folder, "docs.jsonl")
    report = Report()
    for document, doc in zip(read.documents(read.sources([str(folder / "docs.jsonl")])[0]), docs):
        if isinstance(document, Reject):
            raise GoldError(f"{folder / 'docs.jsonl'}: {document.reason}")
        claims, facts = of_doc[doc["doc"]], _facts(document)
        for row in (*claims, *facts):
            row["fold"] = doc.get("fold")
        _compare(facts, claims, same, report)
    return report


def _lines(folder: Path, name: str) -> list[dict]:
    try:
        text = (folder / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise GoldError(f"{folder} holds no {name}; a gold folder has docs.jsonl and claims.jsonl") from None
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def _facts(document: Document) -> list[dict]:
    """The facts of one document that views would show, as rows of the table."""
    row = {name: getattr(document, name, None) for name in table.schema("documents").names}
    found = batch.extract(table.batch("documents", [row]))["facts"]
    return [fact for fact in found.to_pylist() if fact["confidence"] >= SHOWN]


def _compare(facts: list[dict], claims: list[dict], same: dict[str, set[str]], report: Report) -> None:
    """Pairs the facts and claims of one document, best agreement first, and adds them to the report."""
    candidates, siblings = [], set()
    said = [set(spoken(claim["quote"])) for claim in claims]
    for i, fact in enumerate(facts):
        quote = spoken(fact["quote"])
        if len(quote) > QUOTE_WORDS or fact["mention"] not in fact["quote"]:
            continue
        words = set(quote)
        for j, claim in enumerate(claims):
            overlap = len(words & said[j]) / max(1, min(len(words), len(said[j])))
            if overlap >= OVERLAP and same_quantity(fact, claim):
                candidates.append((-agreement(fact, claim, same), claim["repeat"], -overlap, i, j))
                if " and " in claim["entity"] and same_name(fact["entity"], claim["entity"], same):
                    siblings.add(i)
    claim_of, fact_of = {}, {}
    for level, _, _, i, j in sorted(candidates):
        if i not in claim_of and j not in fact_of:
            claim_of[i], fact_of[j] = j, (i, -level)
    _move_repeats(claims, claim_of, fact_of, siblings)
    free = [claim["optional"] or claim["repeat"] for claim in claims]
    for j, claim in enumerate(claims):
        if not free[j]:
            i, level = fact_of.get(j, (None, 0))
            report.pairs.append(Pair(claim, None if i is None else facts[i], level))
    report.false += [fact for i, fact in enumerate(facts) if i not in claim_of and i not in siblings]


def _move_repeats(claims: list[dict], claim_of: dict, fact_of: dict, siblings: set) -> None:
    """A claim that was found better where the document repeats it counts as found there."""
    for j, claim in enumerate(claims):
        if claim["optional"] or claim["repeat"]:
            continue
        for r, again in enumerate(claims):
            alike = again["repeat"] and all(again[k] == claim[k] for k in ("entity", "metric", "aspect")) \
                    and same_quantity(again, claim)
            if alike and r in fact_of and fact_of[r][1] > fact_of.get(j, (None, 0))[1]:
                if j in fact_of:
                    siblings.add(fact_of[j][0])
                    del claim_of[fact_of[j][0]]
                fact_of[j] = fact_of.pop(r)
                claim_of[fact_of[j][0]] = j


def render(report: Report, by: str | None = None, errors: int = 0) -> str:
    """The report as text: scores, the scores of parts, misses and false facts with the reason."""
    lines = [f"{len(report.pairs)} claims, {len(report.found)} facts in their documents"]
    lines += [f"{level:9} P {p:.3f}  R {r:.3f}  F1 {f:.3f}" for level, (p, r, f) in report.scores().items()]
    if by:
        lines += _parts(report, by)
    if errors:
        lines += [_problem(p) for p in report.pairs if p.level < 4][:errors]
        lines += [f"FALSE   {f['mention']!r}: {f['entity']} {f['metric']} {f['aspect']} "
                  f"[{f['rule']}]  {f['quote'][:90]!r}"
                  for f in report.false][:errors]
    return "\n".join(lines)


def _parts(report: Report, by: str) -> list[str]:
    """The scores of every part. Of the reach of a fact, and of the confidence of a missed claim, nothing is known."""
    wanted, found = defaultdict(list), defaultdict(list)
    for pair in report.pairs if by != "confidence" else ():
        wanted[str(pair.claim[by])].append(pair)
    for pair in report.found if by != "reach" else ():
        found[f"{pair.fact[by]:.1f}" if by == "confidence" else str(pair.fact[by])].append(pair)
    parts = sorted({*wanted, *found}, key=lambda name: (by != "confidence" and -len(wanted[name]), name))
    lines = [f"{f'by {by}':24} claims facts" + "".join(f"  {level:14}" for level in LEVELS),
             f"{'':37}" + "  P    R    F1  " * len(LEVELS)]
    for name in parts:
        scores = _scores(wanted[name], found[name]).values()
        known = (bool(found[name]), bool(wanted[name]), bool(found[name] and wanted[name]))
        shown = "".join("  " + " ".join(f"{value:.2f}" if told else "   -" for value, told in zip(values, known))
                        for values in scores)
        lines.append(f"  {name:22} {len(wanted[name]):6} {len(found[name]):5}{shown}")
    return lines


def _problem(pair: Pair) -> str:
    claim, fact = pair.claim, pair.fact
    wanted = f"{claim['doc']} {claim['mention']!r}: {claim['entity']} {claim['metric']} {claim['aspect']}"
    if fact is None:
        return f"MISSED  {wanted}"
    if pair.level < 3:
        return (f"{LEVELS[pair.level].upper():7} {wanted}; found {fact['entity']} {fact['metric']} {fact['aspect']} "
                f"[{fact['rule']}]")
    period = claim["period"] or {}
    return (f"FULL    {wanted}: {period.get('start')} "
            f"to {period.get('end')}, {claim['modality']}, {claim['comparator']}; found "
            f"{fact['period_start']} to {fact['period_end']}, {fact['modality']}, {fact['comparator']}")
