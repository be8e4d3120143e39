"""What people mend by hand: schemas/corrections.csv, a fact, a field of it, the right value and why.

A fact is struck with the field `strike`; one that is corrected says so, and why, in its `rule`. Corrections are applied
each time the database is stored.

>>> read(["fact_id,field,value,reason", "f1,value,12.5,slip of the newspaper", "f2,strike,,an advertisement"])
[Correction(fact_id='f1', field='value', value=12.5, reason='slip of the newspaper'), \
Correction(fact_id='f2', field='strike', value=None, reason='an advertisement')]
>>> read(["fact_id,field,value,reason", "f1,hue,red,it is"])
Traceback (most recent call last):
    ...
extract.schema.SchemaError: schemas/corrections.csv, line 2: facts have no field 'hue' that can be \
corrected; fields are strike, entity, ...
"""
import csv
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from extract import schema, table

COLUMNS = ["fact_id", "field", "value", "reason"]
# What a fact is known by, where it stands, and what is computed from the rest, stays as it is.
ONE_OF = {"aspect": ("level", "change", "multiple"), "comparator": ("=", "~", ">", ">=", "<", "<=", "range"),
          "modality": ("actual", "forecast", "planned", "estimate", "hypothetical"),
          "entity_kind": tuple(sorted(schema.KINDS))}
FIXED = {"fact_id", "doc_id", "start", "end", "source", "dims", *table.NORM}


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of the file."""
    fact_id: str
    field: str
    value: Any          # of the type of the column; None for an empty cell
    reason: str = ""


def load() -> list[Correction]:
    """The corrections of schemas/corrections.csv."""
    path = schema.FOLDER / "corrections.csv"
    return read(path.read_text(encoding="utf-8").splitlines()) if path.exists() else []


def read(lines: Iterable[str]) -> list[Correction]:
    """Corrections from lines of CSV."""
    rows = csv.DictReader(lines)
    if rows.fieldnames != COLUMNS:
        raise schema.SchemaError(f"schemas/corrections.csv, line 1: the columns must be {','.join(COLUMNS)}")
    return [_correction(row, f"schemas/corrections.csv, line {rows.line_num}") for row in rows]


def _correction(row: dict[str, str], where: str) -> Correction:
    name, text = row["field"], row["value"]
    if not row["reason"]:
        raise schema.SchemaError(f"{where}: say why in the column reason")
    if name == "strike":
        return Correction(row["fact_id"], name, None, row["reason"])
    facts = table.schema("facts")
    if name not in facts.names or name in FIXED:
        fields = ", ".join(("strike", *(field for field in facts.names if field not in FIXED)))
        raise schema.SchemaError(f"{where}: facts have no field {name!r} that can be corrected; fields are {fields}")
    if not text and not facts.field(name).nullable:
        raise schema.SchemaError(f"{where}: {name} must have a value")
    if name in ONE_OF and text not in ONE_OF[name]:
        raise schema.SchemaError(f"{where}: {name} is one of {' '.join(ONE_OF[name])}, not {text!r}")
    if name == "metric" and text not in schema.metrics():
        raise schema.SchemaError(f"{where}: there is no metric {text!r}")
    try:
        value = pc.cast(pa.scalar(text or None, pa.string()), facts.field(name).type).as_py()
    except pa.ArrowInvalid:
        raise schema.SchemaError(f"{where}: {text!r} is no {facts.field(name).type} for {name}") from None
    return Correction(row["fact_id"], name, value, row["reason"])


def apply(facts: list[dict], corrections: list[Correction]) -> list[dict]:
    """The corrected facts, without those that are struck.

    >>> apply([{"fact_id": "f1", "value": 2.0}, {"fact_id": "f2", "value": 3.0}],
    ...       [Correction("f1", "value", 12.5), Correction("f2", "strike", None)])
    [{'fact_id': 'f1', 'value': 12.5}]
    """
    by_id = {fact["fact_id"]: dict(fact) for fact in facts}
    for each in corrections:
        if each.field == "strike":
            by_id.pop(each.fact_id, None)
        elif each.fact_id in by_id:
            fact = by_id[each.fact_id]
            fact[each.field] = each.value
            if "rule" in fact and each.field != "rule":
                fact["rule"] = f"{fact['rule']}; corrected {each.field}: {each.reason}"
    for fact in by_id.values():
        if {"period_end", "published"} <= fact.keys():
            fact["as_of"] = fact["period_end"] or fact["published"]
    return list(by_id.values())
