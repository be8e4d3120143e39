"""How far the facts built from samples/ agree with those that people read in it: samples/built.csv.

`python -m tests.samples` (or `make samples`) writes the file; tests/test_samples.py says when it is out of date.

>>> agreement({"metric": "revenue", "aspect": "level"}, {"metric": "spending", "aspect": "level"})
('quantity', ['metric spending'])
"""
import csv
import io
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "samples" / "built.csv"
LEVELS = ("quantity", "metric", "entity", "full")       # each includes the one before it
# What must be the same to reach a level; the first level is value, range end, unit and sentence.
FIELDS = {"metric": ("metric", "aspect"), "entity": ("entity",),
          "full": ("period_start", "period_end", "modality", "comparator")}
HEADER = ("# Generated: `make samples` writes it anew. How far each row of facts.csv was found (missing, quantity, metric, "
          "entity, full) and what was built instead; then what was built besides (extra).\n")
COLUMNS = ("source", "found", "entity", "metric", "mention", "built")
OTHERS = {"README.md", "facts.csv", "built.csv"}        # describe the articles


def articles() -> list[Path]:
    """The articles of samples/."""
    return sorted(path for path in (ROOT / "samples").iterdir() if path.name not in OTHERS)


def read_facts() -> list[dict]:
    """The facts that people read."""
    with (ROOT / "samples" / "facts.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def built_facts(folder: Path) -> list[dict]:
    """The facts of a database that views show, as facts.csv writes them, in the order of the text."""
    from extract import database
    query = """select * replace (parse_filename(source) as source), row_number() over () as id
               from facts join (select doc_id, item from documents) using (doc_id)
               where confidence >= 0.5 order by source, item, "start", entity, metric"""
    with database.connect(folder) as db:
        result = db.execute(query)
        names = [column[0] for column in result.description]
        return [dict(zip(names, row)) for row in result.fetchall()]


def agreement(wanted: dict, fact: dict) -> tuple[str, list[str]]:
    """The level that a fact with the right quantity reaches, and what differs from it."""
    if fact.get("entity") in joint_subjects(wanted):
        wanted = {**wanted, "entity": fact["entity"]}
    differs = {level: [f"{field} {text(fact.get(field)) or 'none'}" for field in fields
                       if text(wanted.get(field)) != text(fact.get(field))] for level, fields in FIELDS.items()}
    reached = "quantity"
    for level in LEVELS[1:]:
        if differs[level]:
            break
        reached = level
    return reached, sum(differs.values(), [])


def text(value) -> str:
    return "" if value is None else str(value)


def joint_subjects(wanted: dict) -> list[str]:
    """"Nvidia and AMD" is one row for those who read, and a fact for each of the two in the database."""
    return text(wanted.get("entity")).split(" and ")


def same_quantity(wanted: dict, fact: dict) -> bool:
    """The same value and unit in the same sentence."""
    def number(value):
        return None if value in (None, "") else float(value)
    ends = [(number(wanted[field]), number(fact[field])) for field in ("value", "value_max")]
    one, other = (" ".join(row["quote"].split()) for row in (wanted, fact))
    return (wanted["source"] == fact["source"] and wanted["unit"] == fact["unit"] and (one in other or other in one)
            and all(a == b or None not in (a, b) and abs(a - b) <= 1e-9 * abs(a) for a, b in ends))


def compare(wanted: list[dict], built: list[dict]) -> list[dict]:
    """The rows of samples/built.csv: the best agreement first gets its fact."""
    pairs = sorted(((-LEVELS.index(agreement(row, fact)[0]), len(agreement(row, fact)[1]), i, j)
                    for i, row in enumerate(wanted) for j, fact in enumerate(built) if same_quantity(row, fact)))
    fact_of, taken = {}, set()
    for *_, i, j in pairs:
        if i not in fact_of and j not in taken:
            fact_of[i] = j
            taken.add(j)
    siblings = {j for *_, i, j in pairs if j not in taken and " and " in wanted[i]["entity"]
                and built[j]["entity"] in joint_subjects(wanted[i])}
    rows = []
    for i, row in enumerate(wanted):
        found, differs = agreement(row, built[fact_of[i]]) if i in fact_of else ("missing", [])
        rows.append({**row, "found": found, "built": "; ".join(differs)})
    for j, fact in enumerate(built):
        if j not in taken | siblings:
            value = f"{fact['aspect']} {fact['value']:.15g} {fact['unit']}"
            rows.append({**fact, "found": "extra", "built": value})
    return rows


def written(rows: list[dict]) -> str:
    """The rows as the text of the file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return HEADER + out.getvalue()


def shares(rows: list[dict]) -> dict[str, float]:
    """Precision and recall of each level, and of what was found at all."""
    counts = Counter(row["found"] for row in rows)
    wanted, built = len(rows) - counts["extra"], len(rows) - counts["missing"]
    right = {level: sum(counts[higher] for higher in LEVELS[place:]) for place, level in enumerate(LEVELS)}
    return {f"{name} {level}": round(right[level] / whole, 3)
            for level in LEVELS for name, whole in (("recall", wanted), ("precision", built))}


def main() -> None:
    from extract.build import build
    with tempfile.TemporaryDirectory() as folder:
        build([str(path) for path in articles()], Path(folder) / "facts", jobs=1)
        rows = compare(read_facts(), built_facts(Path(folder) / "facts"))
    BUILT.write_text(written(rows), encoding="utf-8")
    print(BUILT.relative_to(ROOT), shares(rows))


if __name__ == "__main__":
    main()
