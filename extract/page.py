"""Facts as one HTML file to look at: search and filters, charts, the texts with every number. It loads nothing.

The page's parts are the files of extract/web; here they become one file, with the data of a database in it.
Nothing of an article can run in it: the data is base64 of gzip, in which no markup can be written, the
scripts build the page from text nodes alone, and its Content-Security-Policy allows these scripts and styles.

>>> from extract import database
>>> write(database.connect(Path("nowhere")), Path("facts.html"))
Traceback (most recent call last):
    ...
extract.database.NoDatabase: nowhere/facts.duckdb does not exist; make it with: facts build SOURCE -o nowhere
>>> policy("", "").split("; ")[0]
"default-src 'none'"
"""
import base64
import gzip
import hashlib
import html
import json
from bisect import bisect_left
from dataclasses import dataclass, field
from pathlib import Path
from string import Template

import duckdb

from extract import output, quote
from extract.choice import EVERYTHING, Choice
from extract.error import UserError

MOST_FACTS = 20_000             # that a page filters without being felt to
MOST_TEXT = 40_000_000          # characters of articles; about half as many bytes of page
WEB = Path(__file__).parent / "web"
SCRIPTS = ("dom.js", "data.js", "chart.js", "facts.js", "entity.js", "document.js", "doubt.js", "page.js")


@dataclass
class Texts:
    """The articles of the page. Offsets of the database count code points, those of JavaScript UTF-16 units.

    >>> Texts({"d1": "\U0001f697 at $5"}).at("d1", 5)
    6
    """
    texts: dict[str, str]
    far: dict[str, list[int]] = field(default_factory=dict)     # by article: its characters that take two units

    def __post_init__(self) -> None:
        self.far = {doc: [i for i, c in enumerate(text) if c > "\uffff"]
                    for doc, text in self.texts.items() if not text.isascii() and max(text) > "\uffff"}

    def at(self, doc: str, offset: int) -> int:
        return offset + bisect_left(self.far[doc], offset) if doc in self.far else offset


def write(db: duckdb.DuckDBPyConnection, out: Path, choice: Choice = EVERYTHING) -> dict[str, int]:
    """Write the page of the wanted facts; gives the numbers of its facts, articles and bytes.

    Raises UserError where there is no such fact, or more than a page holds.
    """
    content = collect(db, choice)
    with output.file(out) as file:
        file.write(render(content))
    return {"facts": len(content["facts"]["fact_id"]), "articles": len(content["documents"]["doc_id"]),
            "bytes": out.stat().st_size}


# The data ------------------------------------------------------------------------------------------------

def collect(db: duckdb.DuckDBPyConnection, choice: Choice) -> dict:
    """What the scripts of the page read, as JSON has it: tables by column, rows sorted."""
    condition, values = choice.condition(db, "figures")
    db.execute(f"create temp table chosen as from figures where {condition}", values)
    _refuse(db, choice)
    # Without a filter the articles in which nothing was found are there too: they show what is missing.
    db.execute("create temp table shown as select * from documents"
               + (" semi join chosen using (doc_id)" if choice.options() else ""))
    size = db.execute("select coalesce(sum(length(text)), 0)::bigint from shown").fetchone()[0]
    if size > MOST_TEXT:
        raise UserError(f"the articles have {size:,} characters, and a page holds {MOST_TEXT:,}; {_ways(db)}")
    documents = _table(db, "select * exclude (item, story_id) from shown "
                           "order by published desc nulls last, source, item, doc_id")
    texts = Texts(dict(zip(documents["doc_id"], documents["text"])))
    facts = _facts(db, texts)
    outcomes = _table(db, "from outcomes")
    documents["numbers"] = _numbers(db, texts, facts["fact_id"], outcomes["outcome"])
    return {
        "filter": choice.options(),
        "metrics": _table(db, "from metrics semi join chosen using (metric) order by family, title"),
        "outcomes": outcomes,
        "entities": _table(db, """
            with used as (
              select entity_id from chosen
              union select maker_id from entities semi join chosen using (entity_id)
            )
            select * exclude (aliases, descriptors, source) from entities semi join used using (entity_id)
            order by name, entity_id"""),
        "documents": documents,
        "facts": facts,
    } | {name: _table(db, f"""
            from {name}
            where fact_id in (select fact_id from chosen) or other_fact_id in (select fact_id from chosen)""")
         for name in ("conflicts", "checks")}


def _refuse(db: duckdb.DuckDBPyConnection, choice: Choice) -> None:
    number = db.execute("select count(*) from chosen").fetchone()[0]
    if not number:
        wanted = choice.options()
        raise UserError(f"no fact meets {wanted}; ask for less" if wanted else "the database holds no fact to show")
    if number > MOST_FACTS:
        raise UserError(f"{number:,} facts are too many for a page, which stays quick up to {MOST_FACTS:,}; "
                        f"{_ways(db)}")


def _ways(db: duckdb.DuckDBPyConnection) -> str:
    """How to ask for less."""
    sizes = db.execute("""
        with newest as (select max(published) as day from chosen)
        select '--family ' || family, count(*) from chosen group by all
        union all select '--confidence 0.7', count(*) from chosen where confidence >= 0.7
        union all select '--since ' || strftime(date_trunc('month', day), '%Y-%m-%d'), count(*)
          from chosen, newest where published >= date_trunc('month', day) group by all
        order by 2 desc, 1""").fetchall()
    hints = ", ".join(f"{option} ({count:,})" for option, count in sizes if count <= MOST_FACTS)
    return ("choose with --entity, --metric, --family, --since or --confidence"
            + (f", for example: {hints}" if hints else ""))


def _facts(db: duckdb.DuckDBPyConnection, texts: Texts) -> dict[str, list]:
    facts = _table(db, """
        select chosen.* exclude (title, source, url, published, entity, family), facts.start, facts."end",
          facts.rule, facts.decimals, facts.fx_rate, facts.fx_date, facts.norm_note,
          facts.equivalent_value, facts.equivalent_value_max, facts.equivalent_unit
        from chosen join facts using (fact_id)
        order by chosen.published desc nulls last, chosen.source, chosen.doc_id, start, fact_id""")
    quotes = facts.pop("quote")         # the page cuts it out of the text
    facts["quote_start"], facts["quote_end"] = [], []
    for doc, start, end, quoted in zip(facts["doc_id"], facts["start"], facts["end"], quotes):
        low = quote.place(quoted, start, texts.texts[doc])
        low, high = (low, low + len(quoted)) if low >= 0 else (start, end)
        facts["quote_start"].append(texts.at(doc, low))
        facts["quote_end"].append(texts.at(doc, high))
    for name in ("start", "end"):
        facts[name] = [texts.at(doc, offset) for doc, offset in zip(facts["doc_id"], facts[name])]
    return facts


def _numbers(db: duckdb.DuckDBPyConnection, texts: Texts, facts: list[str], outcomes: list[str]) -> list[list]:
    """Of each article its numbers, each as [start, end, outcome, kind, fact].

    `outcome` counts the rows of outcomes; `fact` is the place of the fact in the page, else what is known of
    a fact that is not in it, else null.
    """
    places = {fact_id: place for place, fact_id in enumerate(facts)}
    codes = {outcome: code for code, outcome in enumerate(outcomes)}
    numbers: dict[str, list] = {doc: [] for doc in texts.texts}
    rows = db.execute("""
        select q.doc_id, q.start, q."end", q.outcome, q.kind, q.fact_id,
          facts.entity || ', ' || facts.metric || ', confidence ' || round(facts.confidence, 2)
        from quantities q semi join shown using (doc_id) left join facts using (fact_id)
        order by q.doc_id, q.start""").fetchall()
    for doc, start, end, outcome, kind, fact_id, about in rows:
        numbers[doc].append([texts.at(doc, start), texts.at(doc, end), codes[outcome], kind,
                             places.get(fact_id, about)])
    return list(numbers.values())


def _table(db: duckdb.DuckDBPyConnection, query: str) -> dict[str, list]:
    """The rows of a query by columns: that compresses better than rows, and is parsed faster."""
    result = db.execute(query)
    rows = result.fetchall()
    return {column[0]: [output.plain(row[i]) for row in rows] for i, column in enumerate(result.description)}


# The file ------------------------------------------------------------------------------------------------

def render(content: dict) -> str:
    """The page as one HTML file."""
    style = (WEB / "page.css").read_text(encoding="utf-8")
    script = "\n".join((WEB / name).read_text(encoding="utf-8") for name in SCRIPTS)
    plain = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    wanted = content["filter"]
    return Template((WEB / "page.html").read_text(encoding="utf-8")).substitute(
        policy=policy(style, script), style=style, script=script,
        filter=html.escape(f"Holds only {wanted}") if wanted else "",
        count=f"{len(content['facts']['fact_id']):,}",
        data=base64.b64encode(gzip.compress(plain, 6, mtime=0)).decode())


def policy(style: str, script: str) -> str:
    """Content-Security-Policy: these styles and scripts and nothing else; no markup is made of text."""
    own = [base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in (script, style)]
    return (f"default-src 'none'; script-src 'sha256-{own[0]}'; style-src 'sha256-{own[1]}'; img-src data:; "
            "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'")
