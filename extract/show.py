"""What is known of one entity, or of one fact: `facts show`.

An entity is told by its figures, metric by metric; a fact by its sentence, the article, the evidence that
made it, and the facts that agree with it or contradict it.

>>> narrowed({"segment": "cloud", "geo": None, "part_of": "sales", "counterparty": None, "basis": "yoy",
...           "dims": {"per": "year"}, "attribution": "Gartner"})
'cloud, of sales, yoy, per year; Gartner'
>>> import duckdb
>>> fact_id(duckdb.connect(), "Kestrel Motors") is None
True
"""
import re
import textwrap
from collections.abc import Iterable
from itertools import groupby

import duckdb

from extract import lookup, quote
from extract.error import UserError
from extract.lookup import Unknown, dicts

ID = re.compile(r"f[0-9a-f]{5,16}")     # the beginning of a fact_id will do where it is the only one
MOST = 5                # figures of a metric that are told of an entity
SURE = 0.7              # confidence below which a figure gets a question mark
OPEN, CLOSE = "\x02", "\x03"        # around the number in a sentence; who prints it chooses how that looks

FIGURES = """
    with ranked as (
      select *,
        row_number() over (
          partition by entity_id, metric, aspect, modality, segment, geo, counterparty, part_of, counted,
            basis, dims
          order by as_of desc nulls last, published desc nulls last, confidence desc, fact_id) as nth,
        count(*) over (partition by entity_id, metric) as of_metric
      from (select figures.*, metrics.family = 'other' as unnamed from figures join metrics using (metric))
      where list_contains($ids::varchar[], entity_id)
        and (len($metrics::varchar[]) = 0 or list_contains($metrics::varchar[], metric))
    )
    select * exclude (nth, of_metric, unnamed)
    from ranked
    where nth = 1 or $every
    order by entity_kind, entity_id, unnamed, of_metric desc, metric, modality <> 'actual', aspect <> 'level',
      as_of desc nulls last, published desc nulls last, confidence desc, fact_id"""

FACT = """
    with others as (        -- on the same thing and time: facts that contradict this one, and the rest
      select if(fact_id = $fact_id, other_fact_id, fact_id) as fact_id, guess, true as against
      from conflicts where $fact_id in (fact_id, other_fact_id)
      union all by name
      select unnest(fact_ids) as fact_id, false as against
      from consensus where list_contains(fact_ids, $fact_id)
    ),
    told as (
      select fact_id, guess, against,
        {'figure': figure, 'period': period, 'published': published, 'title': title,
         'fact_id': fact_id} as other
      from others join figures using (fact_id)
      where fact_id <> $fact_id
      qualify row_number() over (partition by fact_id order by against desc) = 1
    ),
    tested as (
      select {'status': status, 'test': test, 'message': message} as outcome
      from checks where $fact_id in (fact_id, other_fact_id)
    )
    select facts.*, figure, family, publisher, lang,
      (select list(other order by fact_id) from told where not against) as agrees,
      (select list(struct_insert(other, guess := guess) order by fact_id)
       from told where against) as conflicts,
      (select list(outcome order by outcome) from tested) as checks
    from facts join documents using (doc_id) join metrics using (metric)
      left join (select fact_id, figure from figures) using (fact_id)
    where fact_id = $fact_id"""
COMPARED = ("agrees", "conflicts", "checks")        # columns of it that speak of other facts


def query(db: duckdb.DuckDBPyConnection, name: str, metrics: Iterable[str] = (),
          every: bool = False) -> tuple[str, dict]:
    """The query for a fact by its id, or for the figures of an entity by its name, and the parameters of it.

    Figures are the newest of each series, or every one; of some metrics, or of all.
    """
    if found := fact_id(db, name):
        return FACT, {"fact_id": found}
    ids = [each["entity_id"] for each in lookup.entities(db, name)]
    lookup.check(db, "metric", metrics)
    return FIGURES, {"ids": ids, "metrics": list(metrics), "every": every}


def text(db: duckdb.DuckDBPyConnection, name: str, metrics: Iterable[str] = (), every: bool = False,
         quotes: bool = False, width: int = 110) -> str:
    """The same for people, with OPEN and CLOSE around numbers in their sentences."""
    wanted, parameters = query(db, name, metrics, every)
    try:
        rows = dicts(db.execute(wanted, parameters))
    except duckdb.CatalogException as error:
        raise UserError(f"this database was built by another version, build it again: {error}") from None
    if wanted is FACT:
        return _fact(rows[0], sentences(db, [rows[0]["fact_id"]])[rows[0]["fact_id"]], width)
    parts, most = [], None if metrics or every else MOST
    for found in lookup.entities(db, name):
        own = [row for row in rows if row["entity_id"] == found["entity_id"]]
        shown = sentences(db, [row["fact_id"] for row in own]) if quotes else {}
        parts.append("\n".join([*_head(found, own), *_figures(own, width, most, shown)]))
    return "\n\n".join(parts)

# An entity ------------------------------------------------------------------------------------------------

def _head(found: dict, rows: list[dict]) -> list[str]:
    known = ", ".join(filter(None, (found["kind"], found["country"], found["ticker"])))
    lines = [f"{found['name']} ({known})"]
    if found["aliases"]:
        lines.append("also " + ", ".join(found["aliases"]))
    return lines if rows else [*lines, "no figure with a confidence of 0.5 or more"]


def _figures(rows: list[dict], width: int, most: int | None, sentences: dict[str, str]) -> list[str]:
    lines = []
    for metric, group in groupby(rows, key=lambda row: row["metric"]):
        group = list(group)
        cells = [_cells(row) for row in group[:most]]
        widths = [min(max(map(len, column)), 44) for column in zip(*cells)]
        lines += ["", metric]
        for row, line in zip(group, cells):
            lines.append("  " + "  ".join(map(str.ljust, line, widths)).rstrip())
            if row["fact_id"] in sentences:
                lines += _wrapped(sentences[row["fact_id"]], width, 4)
        if len(group) > len(cells):
            lines.append(f"  ... and {len(group) - len(cells):,} more: --metric {metric}")
    return lines


def _cells(row: dict) -> tuple[str, str, str, str]:
    """Figure, time, what else one must know to read it, id."""
    doubt = " ?" if row["confidence"] < SURE else ""
    when = row["period"] or (f"({row['published']})" if row["published"] else "")
    modality = "" if row["modality"] == "actual" else row["modality"]
    return row["figure"] + doubt, when, ", ".join(filter(None, (modality, narrowed(row)))), row["fact_id"]


def narrowed(row: dict) -> str:
    """What narrows a figure, and who says it."""
    rest = (f"{key} {value}".replace("_", " ") for key, value in (row["dims"] or {}).items())
    parts = [row["segment"], row["geo"], row["part_of"] and f"of {row['part_of']}", row["counterparty"],
             row["basis"], *rest]
    return "; ".join(filter(None, (", ".join(filter(None, parts)), row["attribution"])))


def sentences(db: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> dict[str, str]:
    """The quotes of facts, with OPEN and CLOSE around the number."""
    rows = db.execute("""
        select fact_id, quote, mention, "start", text from facts join documents using (doc_id)
        where list_contains($ids::varchar[], fact_id)""", {"ids": list(ids)})
    return {row["fact_id"]: _marked(row) for row in dicts(rows)}


def _marked(row: dict) -> str:
    before, mention, after = quote.split(row["quote"], row["mention"], row["start"], row["text"])
    return f"{before}{OPEN}{mention}{CLOSE}{after}"


def _wrapped(text: str, width: int, indent: int) -> list[str]:
    space = " " * indent
    return textwrap.wrap(text, max(width, 40), initial_indent=space, subsequent_indent=space,
                         break_long_words=False, break_on_hyphens=False)


# A fact ---------------------------------------------------------------------------------------------------

def fact_id(db: duckdb.DuckDBPyConnection, given: str) -> str | None:
    """The id that is given, whole or its beginning; None where it looks like none."""
    if not ID.fullmatch(given):
        return None
    ids = [found for found, in db.execute("select fact_id from facts where starts_with(fact_id, ?) "
                                          "order by 1 limit 3", [given]).fetchall()]
    if not ids and given[1:].isalpha():         # "facade"
        return None
    if len(ids) != 1:
        raise Unknown(f"there is no fact {given}" if not ids else
                      f"several facts begin with {given}: {', '.join(ids[:2])}, ...; give more of it")
    return ids[0]


def _fact(row: dict, sentence: str, width: int) -> str:
    """A row of FACT as text."""
    lines = [f"{row['entity']}, {row['metric']}: {row['figure'] or row['mention']}", "",
             *_wrapped(sentence, width, 2), ""]
    told = {"entity", "metric", "figure", "quote", *COMPARED}
    fields = {name: _value(value) for name, value in row.items()
              if name not in told and value not in (None, {})}
    wide = max(map(len, fields))
    for name, value in fields.items():
        first, *rest = _wrapped(value, width, wide + 2) or [""]
        lines += [name.ljust(wide + 2) + first.lstrip(), *rest]
    for name, found in ((name, row[name]) for name in COMPARED if row[name]):
        cells = [[_value(value) for value in other.values() if value is not None] for other in found]
        lines += ["", name, *(line for each in cells for line in _wrapped("  ".join(each), width, 2))]
    return "\n".join(lines)


def _value(value) -> str:
    if isinstance(value, float):
        return f"{value:,.15g}"
    if isinstance(value, dict):
        return ", ".join(f"{key} {item}" for key, item in value.items())
    return str(value)
