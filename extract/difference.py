"""What differs between two builds: facts that are new, gone, or changed at the same characters of the same article.

>>> compare(Path("nowhere"), Path("nowhere"))
Traceback (most recent call last):
    ...
extract.difference.NoFacts: nowhere/facts.parquet does not exist; make it with: facts build SOURCE -o nowhere
"""
from pathlib import Path

import duckdb

from extract import publish
from extract.error import UserError

# The fields in which a changed fact may differ, in the order in which they are shown.
FIELDS = ("entity", "metric", "aspect", "value", "value_max", "unit", "comparator", "period_start", "period_end",
          "modality", "attribution")
COLUMNS = ("change", "source", "doc_id", "start", "mention", "quote",
           *(f"{side}_{field}" for field in FIELDS for side in ("old", "new")))


class NoFacts(UserError):
    """A folder without facts that can be read; the message says what to do."""


def compare(old: Path, new: Path) -> list[dict]:
    """Rows with `change` (gone, new, changed), where, what it was, what it is, and the sentence; in order of the
    text."""
    for folder in (old, new):
        publish.finish(folder)
        if not (folder / "facts.parquet").exists():
            raise NoFacts(f"{folder / 'facts.parquet'} does not exist; make it with: facts build SOURCE -o {folder}")
    db = duckdb.connect()
    for name, folder in (("before", old), ("after", new)):
        path = folder / "facts.parquet"
        try:
            db.read_parquet(str(path)).create_view(name)
        except duckdb.Error as error:
            raise NoFacts(f"{path} cannot be read: {error}") from None
    differs = " or ".join(f"b.{f} is distinct from a.{f}" for f in FIELDS)
    columns = ", ".join(f"b.{f} as old_{f}, a.{f} as new_{f}" for f in FIELDS)
    # Several subjects of one number are several facts at the same characters: they are paired in the order of their
    # names.
    query = f"""
        with
        b as (select *, row_number() over (partition by doc_id, "start", "end" order by entity) as nth from before),
        a as (select *, row_number() over (partition by doc_id, "start", "end" order by entity) as nth from after)
        select case when a.doc_id is null then 'gone' when b.doc_id is null then 'new' else 'changed' end as change,
               coalesce(a.source, b.source) as source, coalesce(a.doc_id, b.doc_id) as doc_id,
               coalesce(a."start", b."start") as "start", coalesce(a.mention, b.mention) as mention,
               coalesce(a.quote, b.quote) as quote, {columns}
        from b full outer join a on (a.doc_id, a."start", a."end", a.nth) = (b.doc_id, b."start", b."end", b.nth)
        where a.doc_id is null or b.doc_id is null or {differs}
        order by source, doc_id, "start", change"""
    result = db.execute(query)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row)) for row in result.fetchall()]


def render(rows: list[dict], most: int) -> str:
    """The differences as text: how many of each, then at most so many of them with their sentences."""
    counts = {change: sum(r["change"] == change for r in rows) for change in ("new", "gone", "changed")}
    lines = [", ".join(f"{number:,} {change}" for change, number in counts.items())]
    for row in rows[:most]:
        lines += [f"{row['change']:8} {row['mention']!r}  {_told(row)}", f"         {row['quote'][:200]!r}"]
    if len(rows) > most:
        lines.append(f"... and {len(rows) - most:,} more")
    return "\n".join(lines)


def _told(row: dict) -> str:
    if row["change"] != "changed":
        side = "new" if row["change"] == "new" else "old"
        return ", ".join(str(row[f"{side}_{f}"]) for f in ("entity", "metric", "aspect", "value", "unit"))
    return "; ".join(f"{f} {row[f'old_{f}']} -> {row[f'new_{f}']}" for f in FIELDS
                     if row[f"old_{f}"] != row[f"new_{f}"])
