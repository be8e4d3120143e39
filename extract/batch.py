"""The pure core: a RecordBatch of documents in, RecordBatches of quantities, facts and entities out.

It knows no files, clock or other documents, so it runs the same in one process, in a pool, or on a cluster.
Columns are those of `schemas/tables.sql`; what needs exchange rates or all documents is filled at storing.
"""
import gc
import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pyarrow as pa

from . import table
from .analysis import Analysis, together
from .model import Claim, Document, Entity, Quantity
from .names.gazetteer import gazetteer
from .names.maker import makers
from .quote import quoted

TOGETHER = 400_000      # characters of the documents that go through the steps of the analysis together
SLICE = 40              # documents that are taken out of a batch at a time


def extract(batch: pa.RecordBatch) -> dict[str, pa.RecordBatch]:
    """Tables "quantities", "facts" and "entities" of a batch of `documents`."""
    rows: dict[str, list[dict]] = {"quantities": [], "facts": [], "entities": []}
    seen: set[tuple] = set()        # what documents say of an entity may differ; database.store decides
    for found in _analyses(batch.drop_columns(["story_id"])):
        ids = _fact_ids(found)
        repeated = Counter(id(c.restates) for c in found.claims if c.restates is not None)
        rows["facts"] += [_fact(found, c, ids, 1 + repeated[id(c)]) for c in found.claims if c.restates is None]
        rows["quantities"] += _ledger(found, ids)
        told = makers(found.document.text, found.names)
        for c in found.claims:
            maker = gazetteer().entities.get(c.entity.maker_id) or told.get(c.entity.entity_id)
            made = c.entity if maker is None else replace(c.entity, maker_id=maker.entity_id)
            for e in (made, maker):
                if e is not None and (said := (e.entity_id, e.name, e.maker_id, e.country)) not in seen:
                    seen.add(said)
                    rows["entities"].append(_entity(found, e))
    return {name: pa.RecordBatch.from_pylist(values, schema=table.schema(name)) for name, values in rows.items()}


def _analyses(documents: pa.RecordBatch) -> Iterator[Analysis]:
    collecting = gc.isenabled()
    gc.disable()        # hardly anything here is in a circle, and looking for it takes an eighth of the time
    try:
        for group in _groups(documents):
            yield from together(group)
    finally:
        if collecting:
            gc.enable()


def _groups(documents: pa.RecordBatch) -> Iterator[list[Document]]:
    group: list[Document] = []
    size = 0
    for at in range(0, documents.num_rows, SLICE):
        for row in documents.slice(at, SLICE).to_pylist():
            group.append(Document(**row))
            size += len(row["text"])
            if size >= TOGETHER:
                yield group
                group, size = [], 0
    if group:
        yield group


def _fact_ids(found: Analysis) -> dict[int, str]:
    """id(claim) -> fact_id: of the document and the whole claim, never of offsets. Restatements share the first's."""
    ids: dict[int, str] = {}
    used: set[str] = set()
    for c in found.claims:
        if c.restates is not None:
            ids[id(c)] = ids[id(c.restates)]
            continue
        q, p = c.quantity, c.period
        whole = (found.document.doc_id, c.entity.entity_id, c.metric, c.aspect, c.value, c.value_max, q.unit,
                 q.comparator,
                 p and p.label, c.stance.modality, c.segment, c.geo, c.counterparty, c.part_of, sorted(c.dims.items()))
        name = "f" + hashlib.sha256(repr(whole).encode()).hexdigest()[:16]
        again = 1
        while name in used:
            again += 1
            name = "f" + hashlib.sha256(repr((whole, again)).encode()).hexdigest()[:16]
        used.add(name)
        ids[id(c)] = name
    return ids


def _number(value) -> float | None:
    return None if value is None else float(value)


def _fact(found: Analysis, c: Claim, ids: dict[int, str], mentions: int) -> dict:
    doc, q, p, text = found.document, c.quantity, c.period, found.document.text
    quote = quoted(text, c.sentence.start, c.sentence.end, q.start, q.end)
    equal = q.equivalent
    return {
        "entity": c.entity.name, "metric": c.metric, "aspect": c.aspect, "value": float(c.value),
        "value_max": _number(c.value_max), "unit": q.unit, "comparator": q.comparator,
        "period": p and p.label, "period_start": p and p.first, "period_end": p and p.last,
        "as_of": p.last if p and p.last else doc.published, "modality": c.stance.modality, "segment": c.segment,
        "geo": c.geo, "counterparty": c.counterparty, "part_of": c.part_of, "counted": q.counted, "basis": c.basis,
        "dims": sorted(c.dims.items()) or None, "attribution": c.stance.attribution, "decimals": q.decimals,
        "equivalent_value": equal and _number(equal.value), "equivalent_value_max": equal and _number(equal.value_max),
        "equivalent_unit": equal and equal.unit, "published": doc.published, "title": doc.title, "source": doc.source,
        "url": doc.url, "quote": quote, "mention": text[q.start:q.end], "confidence": c.confidence, "rule": c.rule,
        "entity_kind": c.entity.kind, "entity_id": c.entity.entity_id, "doc_id": doc.doc_id, "fact_id": ids[id(c)],
        "start": q.start, "end": q.end, "mentions": mentions}


def _ledger(found: Analysis, ids: dict[int, str]) -> list[dict]:
    doc, text, sentences = found.document, found.document.text, found.sentences
    fact_of: dict[int, str] = {}
    for c in found.claims:
        fact_of.setdefault(id(c.quantity), ids[id(c)])
        if c.quantity.equivalent is not None:
            fact_of.setdefault(id(c.quantity.equivalent), ids[id(c)])
    starts = [s.start for s in sentences]
    rows = []
    for q in found.quantities:
        s = sentences[max(0, bisect_right(starts, q.start) - 1)]
        rows.append(_ledger_row(doc, text, q, s, fact_of.get(id(q))))
    return rows


def _ledger_row(doc: Document, text: str, q: Quantity, s, fact_id: str | None) -> dict:
    return {"doc_id": doc.doc_id, "start": q.start, "end": q.end, "sentence_start": s.start, "sentence_end": s.end,
            "mention": text[q.start:q.end], "kind": q.kind, "value": _number(q.value),
            "value_max": _number(q.value_max),
            "unit": q.unit, "counted": q.counted, "comparator": q.comparator, "outcome": q.outcome, "fact_id": fact_id}


def _entity(found: Analysis, e: Entity) -> dict:
    return {"entity_id": e.entity_id, "name": e.name, "kind": e.kind, "maker_id": e.maker_id, "country": e.country,
            "ticker": e.ticker, "wikidata": None, "aliases": list(e.aliases),
            "descriptors": list(e.descriptors), "known": e.known, "source": e.source or found.document.source}
