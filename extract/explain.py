"""Why a sentence gives the claims that it gives: numbers, names, period, the evidence that decided and what came next.

>>> print(explain("Norvik Motors Inc. reported revenue of $5 million."))  # doctest: +ELLIPSIS
numbers
  $5 million ...
>>> explain("")
'nothing to read: the text is empty'
"""
import warnings
from dataclasses import asdict
from datetime import date

from .analysis import READ, Analysis, analyse, document
from .assembly import claim as claims
from .check import fields
from .model import Document


def explain(text: str, published: date | None = None) -> str:
    """A report in plain text of what was found in `text` and of the evidence for it."""
    if not text.strip():
        return "nothing to read: the text is empty"
    trace: list[claims.Trace] = []
    found = analyse(document(text, published), trace)
    return "\n".join([*_numbers(found), *_names(found), *_periods(found), *_claims(found), *_evidence(found, trace)])


def article(text: str, published: date | None = None, title: str | None = None) -> Document:
    """A text as a document, as if a build had read it."""
    from . import read
    from .article import Article, compose
    return read.document(Article(compose(title, text), title, published=published), "text", 0)


def facts(doc: Document):
    """The claims of a document as an Arrow table in the columns of the table facts, values normalized."""
    import pyarrow as pa

    from . import batch, shard, table
    if doc.lang not in READ:
        warnings.warn(f"only English is read, and the text is in {doc.lang!r}", stacklevel=3)
    found = batch.extract(table.batch("documents", [asdict(doc)]))["facts"]
    return shard.normalized(pa.Table.from_batches([found]))


def _section(title: str, lines: list[str], none: str) -> list[str]:
    return [title, *(f"  {line}" for line in lines or [none])]


def _numbers(found: Analysis) -> list[str]:
    lines = []
    for q in found.quantities:
        stated = "" if q.value is None else f"{q.value:f}" + (f" to {q.value_max:f}" if q.value_max is not None else "")
        parts = [found.document.text[q.start:q.end], q.kind, f"{stated} {q.unit or ''}".strip(), q.comparator,
                 f"-> {q.outcome}"]
        lines.append("  ".join(p for p in parts if p))
    return _section("numbers", lines, "none")


def _names(found: Analysis) -> list[str]:
    return _section("names", [f"{found.document.text[n.start:n.end]}  {n.entity.name} ({n.entity.kind}), {n.how}"
                              for n in found.names], "none")


def _periods(found: Analysis) -> list[str]:
    return _section("periods", [f"{found.document.text[p.start:p.end]}  {p.label}  {p.first or '...'} "
                                f"to {p.last or '...'}"
                                for p in found.periods], "none")


def _claims(found: Analysis) -> list[str]:
    lines = []
    for c in found.claims:
        known = {k: v for k, v in fields(c).items() if v is not None and k not in ("counted", "entity_kind")}
        lines += [", ".join(f"{k} {v:.15g}" if isinstance(v, float) else f"{k} {v}" for k, v in known.items()),
                  f"  confidence {c.confidence}; {c.rule}"]
    return _section("claims", lines, "none")


def _evidence(found: Analysis, trace: list["claims.Trace"]) -> list[str]:
    lines = []
    for step in trace:
        lines.append(found.document.text[step.quantity.start:step.quantity.end])
        lines += [f"  metric {score:.2f}  {metric}: {why}"
                  for score, metric, why in step.metrics[:5]] or ["  no metric has evidence"]
        lines += [f"  entity {score:.2f}  {name}: {why}" for score, name, why in step.entities[:5]]
    return _section("evidence, best first", lines, "no number is open")
