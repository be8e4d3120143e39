"""Shards to tables: Parquet files, facts.duckdb with its views, and datapackage.json with their hashes.

Here stands what needs all documents at once: which of several copies of an article is kept, stories, the
usual name of each entity, corrections. Tables are defined in schemas/tables.sql, views in schemas/views.

>>> connect(Path("nowhere"))
Traceback (most recent call last):
    ...
extract.database.NoDatabase: nowhere/facts.duckdb does not exist; make it with: facts build SOURCE -o nowhere
"""
import errno
import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from extract import publish, schema, table
from extract.error import UserError
from extract.numbers import unit  # no rules here: a query should not wait for them to load

# How the rows of each table are sorted: in the order in which people look for them, and always the same.
ORDER = {
    "documents": "source, item, doc_id",
    "quantities": 'doc_id, "start", "end"',
    "facts": 'entity, metric, as_of, doc_id, "start", fact_id',
    "entities": "name, entity_id",
    "rejects": "source, item, reason",
}
STORAGE = "v1.2.0"          # oldest DuckDB that opens the file; newer ones all do
SCHEMA_VERSION = "2"        # of tables.sql; raise it when a column is renamed or dropped
MANY = 100                  # shards that are put together before they are queried
ROWS = {"documents": 1_000, "facts": 20_000}        # of a row group of Parquet, which is in memory at once
MOST_ROWS = 100_000         # of one of the other tables
GROUP = 24_576              # rows of a row group of DuckDB: larger is faster, and takes more memory
LEVEL = 3                   # of zstd; 9 makes articles a tenth smaller and takes four times as long
PART = 12_000_000           # bytes of articles that are sorted together
# What DuckDB may keep; the rest waits in files beside the database. Each further thread would need as much, and with
# 300MB there is too little for 290 MB of articles where PART is twice as large.
LIMITS = {"memory_limit": "290MB", "threads": "1"}
SHARD = r'[.]shards[/\\]([^/\\]+)'       # the folder in the path of a file
NO_ROOM = (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException)      # on a full disk
TITLE = "Figures of news: who, what, how much, when, how sure, and who says so"


class NoDatabase(UserError):
    """There is no database where one was looked for, or none that can be opened; the message says what to do."""


class OtherVersion(UserError):
    """A database in another version of the tables; the message says what to do."""


def connect(folder: Path) -> duckdb.DuckDBPyConnection:
    """The database of a folder, to read."""
    path = Path(folder) / publish.DATABASE
    publish.finish(Path(folder))
    if not path.exists():
        raise NoDatabase(f"{path} does not exist; make it with: facts build SOURCE -o {folder}")
    try:
        db = duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        raise NoDatabase(f"{path} cannot be opened: {error}") from None
    try:
        check_version(_version(db), path)
    except OtherVersion:
        db.close()
        raise
    return db


def _version(db: duckdb.DuckDBPyConnection) -> str:
    """Version of the tables; 1 where the table `build` was not there yet."""
    try:
        return db.execute("select schema_version from build").fetchall()[0][0]
    except duckdb.CatalogException:
        return "1"


def check_version(found: str, path: Path) -> None:
    """Raise where the tables are of another version than this program reads, and say what to do.

    >>> check_version(SCHEMA_VERSION, Path("facts/facts.duckdb"))
    >>> check_version("1000", Path("facts/facts.duckdb"))       # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    extract.database.OtherVersion: facts/facts.duckdb: made by a newer figurebase ...; install that one, or ...
    """
    if found != SCHEMA_VERSION:
        newer = found.isdigit() and int(found) > int(SCHEMA_VERSION)
        advice = "install that one, or build again with this one" if newer else "build again"
        raise OtherVersion(
            f"{path}: made by {'a newer' if newer else 'an older'} figurebase (tables in version {found}, this one "
            f"reads {SCHEMA_VERSION}); {advice}: facts build SOURCE -o {path.parent}")


def store(shards: list[Path], out: Path, made: dict[str, str], jobs: int = 1) -> dict:
    """Write everything into the empty folder `out` and tell what it holds. `made` tells tool, rules, build.

    With more than one job, files are written while the database goes on.
    """
    made = {"schema": SCHEMA_VERSION, **made}
    new = {name: out / f"{name}.parquet" for name in table.tables()}
    spill = out / "spill"
    db = _create(out / publish.DATABASE, spill)
    try:
        corrected, unknown = _fill(db, shards, spill)
        db.execute("set memory_limit = '150MB'")       # what it kept makes room for what Arrow needs
        with ThreadPoolExecutor(1) as beside:
            files = [beside.submit(_write_parquet, db.cursor(), name, new[name], made) for name in ORDER]
            if jobs == 1:
                wait(files)
            _vocabulary(db, made)
            _add_views(db)
            counts = _counts(db) | {"corrected": corrected, "unknown_corrections": unknown}
            files += [beside.submit(_write_parquet, db.cursor(), name, new[name], made) for name in new.keys() - ORDER]
            for file in files:
                file.result()
        db.execute("use memory; detach facts")
    except NO_ROOM as error:
        raise OSError(errno.EIO, str(error).splitlines()[-1]) from None
    finally:
        db.close()
        shutil.rmtree(spill, ignore_errors=True)
    text = json.dumps(_package(new, made), indent=1, ensure_ascii=False) + "\n"
    (out / publish.LAST).write_text(text, encoding="utf-8")
    return counts


def _create(path: Path, spill: Path) -> duckdb.DuckDBPyConnection:
    db = duckdb.connect(config={**LIMITS, "temp_directory": str(spill)})
    db.execute(f"attach {_quoted(str(path))} as facts (storage_version '{STORAGE}', row_group_size {GROUP})")
    db.execute("use facts")
    db.execute(table.definition())
    return db


# Filling the tables --------------------------------------------------------------------------------------

def _fill(db: duckdb.DuckDBPyConnection, shards: list[Path], spill: Path) -> tuple[int, list[str]]:
    """All that comes from the shards. How many facts were corrected, and ids of corrections that no fact has."""
    for name in ("documents", "repeats", "quantities", "facts", "entities", "rejects"):
        _view_of_shards(db, name, shards, spill)
    _keep_one_of_each(db)
    _cluster_stories(db)
    corrected = _correct(db)
    _fill_documents(db)
    for statement in FILL:
        db.execute(statement)
    return corrected


def _view_of_shards(db: duckdb.DuckDBPyConnection, name: str, shards: list[Path], spill: Path) -> None:
    """temp.shard_<name>: the rows of all shards, and the shard of each."""
    files = [str(path / "*.parquet" if path.is_dir() else path)         # a cluster writes a folder of files
             for folder in shards if (path := folder / f"{name}.parquet").exists()]
    if len(files) > MANY:
        db.execute(f"create temp view shard_{name} as from read_parquet({_together(name, files, spill)!r})")
    elif files:
        db.execute(f"create temp view shard_{name} as select * exclude (filename), "
                   f"regexp_extract(filename, {SHARD!r}, 1) as shard "
                   f"from read_parquet({files!r}, filename = true)")
    else:
        signature = ", ''::blob as signature" if name == "documents" else ""
        db.execute(f"create temp view shard_{name} as select *{signature}, '' as shard from "
                   f"{name if name in table.tables() else 'documents'} limit 0")


def _together(name: str, files: list[str], folder: Path) -> str:
    """One file of many, of which DuckDB would keep the head of each in memory, and open all for each query."""
    from extract import shard
    folder.mkdir(exist_ok=True)
    with shard.Files(folder) as together:
        for path in files:
            with pq.ParquetFile(path) as file:
                for group in range(file.num_row_groups):        # a shard may be larger than memory
                    rows = file.read_row_group(group, use_threads=False)       # each thread keeps memory of its own
                    key = pa.array([Path(path).parent.name] * len(rows), pa.string())
                    together.add(name, rows.append_column("shard", key))
    pa.default_memory_pool().release_unused()       # DuckDB needs it next
    return str(folder / f"{name}.parquet")


def _keep_one_of_each(db: duckdb.DuckDBPyConnection) -> None:
    """temp.kept: of the copies of an article in several sources, the first. The earliest article has place 1."""
    db.execute("""
        create temp table kept as
        select doc_id, shard, signature, row_number() over (order by published nulls last, doc_id) as place
        from (
          from shard_documents select doc_id, shard, published, signature
          qualify row_number() over (partition by doc_id order by source, item, shard) = 1
        )""")


def _cluster_stories(db: duckdb.DuckDBPyConnection) -> None:
    """temp.story: the story of each kept document, called after the earliest of its copies."""
    from extract import story
    db.execute("create temp table pair (place bigint, other bigint)")
    for start in range(1, 4 * story.SIZE, story.BAND):
        db.execute(f"""
            insert into pair
            with band as (select place, signature[{start}:{start + story.BAND - 1}] as numbers from kept),
            shared as (select numbers, min(place) as first from band group by numbers having count(*) > 1)
            select first, place from band join shared using (numbers) where place > first""")
    found = story.Stories()
    pairs = db.sql("""
        select place, other, one.signature as one, two.signature as two
        from (select distinct * from pair)
        join kept as one using (place) join kept as two on other = two.place""")
    for rows in _batches(pairs, 10_000):
        same = pa.array(story.alike(rows["one"].to_pylist(), rows["two"].to_pylist()))
        for place, other in zip(rows["place"].filter(same).to_pylist(), rows["other"].filter(same).to_pylist()):
            found.join(place, other)
    copies = found.copies()
    db.register("copies", pa.table({"place": pa.array(copies.keys(), pa.int64()),
                                    "first": pa.array(copies.values(), pa.int64())}))
    db.execute("""
        create temp table story as
        select kept.doc_id, 's' || left(sha256(coalesce(earliest.doc_id, kept.doc_id)), 16) as story_id
        from kept left join copies using (place)
        left join kept as earliest on earliest.place = copies.first""")
    db.unregister("copies")
    db.execute("alter table kept drop column signature")


def _correct(db: duckdb.DuckDBPyConnection) -> tuple[int, list[str]]:
    """temp.corrected: the facts that corrections.csv changes; temp.struck: the ids that it strikes."""
    from extract import correction, shard
    wanted = correction.load()
    ids = pa.table({"fact_id": pa.array(sorted({each.fact_id for each in wanted}), pa.string())})
    db.register("wanted", ids)
    before = db.sql("""
        select * exclude (shard)
        from shard_facts semi join wanted using (fact_id) semi join kept using (doc_id, shard)
        """).to_arrow_table()
    rows = correction.apply(before.to_pylist(), wanted)
    after = pa.Table.from_batches([table.batch("facts", rows)])
    db.register("changed", shard.normalized(after))
    db.execute("create temp table corrected as from changed")
    db.execute("create temp table corrections as from wanted")
    db.execute("create temp table struck as from wanted anti join corrected using (fact_id)")
    db.unregister("wanted")
    db.unregister("changed")
    known = set(before["fact_id"].to_pylist())
    return len(known), sorted({each.fact_id for each in wanted} - known)


def _fill_documents(db: duckdb.DuckDBPyConnection) -> None:
    """Part after part of their order: to sort the texts all at once would take memory that grows with them."""
    count, size = db.execute("select count(*), coalesce(sum(strlen(text)), 0) from shard_documents").fetchone()
    rows = max(1, count * PART // max(size, PART))
    db.execute(f"""
        create temp table part as
        select doc_id, shard, source, item, row_number() over (order by {ORDER['documents']}) // {rows} as part
        from (select doc_id, shard, source, item from shard_documents) semi join kept using (doc_id, shard)""")
    parts = db.execute("select part, min(source), max(source), min(item), max(item) from part group by 1 order by 1")
    for part in parts.fetchall():
        db.execute(f"""
            insert into documents by name
            select shard_documents.* exclude (shard, signature) replace (story.story_id as story_id)
            from shard_documents join story using (doc_id)
            semi join (from part where part = $1) as wanted using (doc_id, shard)
            where source between $2 and $3 and item between $4 and $5       -- skips what Parquet knows to be others
            order by {ORDER['documents']}""", part)
    db.execute("drop table part")


FILL = ["""
    create temp table usual_name as             -- one spelling of each entity: the one most often read
    select entity_id, entity from shard_facts semi join kept using (doc_id, shard)
    group by entity_id, entity
    qualify row_number() over (partition by entity_id order by count(*) desc, entity) = 1
    """, f"""
    insert into facts by name
    from (
      select shard_facts.* exclude (shard) replace (usual_name.entity as entity)
      from shard_facts semi join kept using (doc_id, shard) anti join corrections using (fact_id)
      join usual_name using (entity_id)
      union all by name
      from corrected
    )
    order by {ORDER['facts']}
    """, f"""
    insert into quantities by name
    select
      * exclude (shard)
      replace (case when fact_id in (from struck) then 'struck' else outcome end as outcome)
    from shard_quantities semi join kept using (doc_id, shard)
    order by {ORDER['quantities']}
    """, f"""
    insert into entities by name
    with used as (
      select entity_id from facts union select maker_id from shard_entities semi join facts using (entity_id)
    )
    select shard_entities.* exclude (shard) replace (coalesce(usual_name.entity, name) as name)
    from shard_entities semi join used using (entity_id) left join usual_name using (entity_id)
    qualify row_number() over (
      partition by entity_id order by known desc, maker_id is null, source, name, maker_id, country, aliases) = 1
    order by {ORDER['entities']}
    """, f"""
    insert into rejects by name
    select distinct * exclude (shard) from shard_rejects
    order by {ORDER['rejects']}
    """]


def _vocabulary(db: duckdb.DuckDBPyConnection, made: dict[str, str]) -> None:
    """The tables that explain the others: metrics, units and rates that were used, and what made them."""
    metrics = [{"metric": m.id, "family": m.family, "title": m.title, "meaning": m.meaning, "unit": m.unit,
                "about": list(m.about)} for m in schema.metrics().values()]
    for name, rows in (("metrics", metrics), ("units", unit.rows())):
        db.register("rows", pa.Table.from_batches([table.batch(name, rows)]))
        db.execute(f"insert into {name} by name from rows")
        db.unregister("rows")
    db.execute("""
        insert into fx_rates
        select distinct split_part(unit, '/', 1), fx_date, fx_rate, norm_note
        from facts where fx_rate is not null and unit not like 'USD%'
        order by all""")
    _rates_of_conversions(db)
    db.execute("insert into build values ($schema, $tool, $rules, $build)", made)


def _rates_of_conversions(db: duckdb.DuckDBPyConnection) -> None:
    """What the view check_conversion needs: rates of the days around each amount that a text converts itself."""
    from extract import norm
    wanted = db.execute("""
        with dated as (
          select *, max(case when modality = 'actual' then period_end end) over (partition by doc_id) as last_day
          from facts
        ),
        converted as (
          select split_part(unit, '/', 1) as one, split_part(equivalent_unit, '/', 1) as other,
            unnest([published, period_end, last_day]) as day
          from dated where equivalent_unit is not null
        )
        select distinct unnest([one, other]) as currency, day
        from converted join units on one = units.unit and kind = 'money'
        where day is not null
        order by all""").fetchall()
    rates = {(currency, found.day): found.usd for currency, day in wanted
             if currency != "USD" and (found := norm.on_day(currency, day)).usd}
    days = pa.table({"currency": pa.array([currency for currency, _ in rates], pa.string()),
                     "date": pa.array([day for _, day in rates], pa.date32()),
                     "usd": pa.array(rates.values(), pa.float64())})
    db.register("days", days)
    db.execute("""
        insert into fx_rates by name
        from days anti join (select currency, date from fx_rates where note is null) using (currency, date)
        order by currency, date""")
    db.unregister("days")


def _counts(db: duckdb.DuckDBPyConnection) -> dict:
    """What the database holds, for the summary."""
    def one(query: str):
        return db.execute(query).fetchone()[0]

    def many(query: str) -> dict:
        return dict(db.execute(query).fetchall())

    documents = one("select count(*) from documents")
    met = one("select count(*) from shard_documents") + one("select count(*) from shard_repeats")
    return {
        "documents": documents,
        "duplicates": met - documents,
        "stories": one("select count(distinct story_id) from documents"),
        "facts": one("select count(*) from facts"),
        "families": many("select family, count(*) from facts join metrics using (metric) "
                         "group by 1 order by 2 desc, 1"),
        "outcomes": many("select outcome, count(*) from quantities group by 1 order by 2 desc, 1"),
        "rejects": many("select case count(*) when 1 then min(source) || ': ' || reason "
                        "else reason || '; the first is ' || min(source) end, count(*) "
                        "from rejects group by reason order by 2 desc, 1"),
    }


# Views ---------------------------------------------------------------------------------------------------

DESCRIPTION = re.compile(r"-- (.+)\n")
READS = re.compile(r"\b(?:from|join)\s+(\w+)")


def _add_views(db: duckdb.DuckDBPyConnection) -> None:
    """Every file of schemas/views, each after those it reads.

    A column without a comment of its own takes that of its name in another table or view.
    """
    files = sorted((schema.FOLDER / "views").glob("*.sql"))
    texts = {path.stem: path.read_text(encoding="utf-8") for path in files}
    read = {view: sorted({name for name in READS.findall(text) if name in texts and name != view})
            for view, text in texts.items()}
    db.execute("begin")                 # one commit for all: each waits for the disk
    try:
        for view in TopologicalSorter(read).static_order():
            _add_view(db, view, texts[view])
    except CycleError as error:
        raise schema.SchemaError(f"schemas/views: {', '.join(error.args[1][1:])} read each other") from None
    comments = dict(db.execute("""
        select column_name, comment from duckdb_columns()
        where database_name = 'facts' and not internal and comment is not null
        order by table_name = 'facts', table_name""").fetchall())           # the last of a name counts
    missing = db.execute("select table_name, column_name from duckdb_columns() "
                         "where database_name = 'facts' and not internal and comment is null").fetchall()
    for view, column in missing:
        if column not in comments:
            raise schema.SchemaError(f"schemas/views/{view}.sql: no comment on column {view}.{column}")
        db.execute(f'comment on column {view}."{column}" is {_quoted(comments[column])}')
    db.execute("commit")


def _add_view(db: duckdb.DuckDBPyConnection, view: str, text: str) -> None:
    description = DESCRIPTION.match(text)
    if not description:
        raise schema.SchemaError(f"schemas/views/{view}.sql: line 1 must say in a comment what it shows")
    try:
        db.execute(text)
    except (duckdb.CatalogException, duckdb.BinderException, duckdb.ParserException) as error:
        raise schema.SchemaError(f"schemas/views/{view}.sql: {error}") from None
    db.execute(f"comment on view {view} is {_quoted(description[1])}")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


# Files ---------------------------------------------------------------------------------------------------

def _write_parquet(db: duckdb.DuckDBPyConnection, name: str, path: Path, made: dict[str, str]) -> None:
    """A table as Parquet: comments stand in the metadata of its fields."""
    columns = table.schema(name)
    columns = columns.with_metadata({**columns.metadata, **made})
    size = ROWS.get(name, MOST_ROWS)
    rows = columns.empty_table()
    with table.writer(path, columns, compression_level=LEVEL) as file:
        for batch in _batches(db.sql(f"from facts.main.{name}"), size):
            rows = pa.concat_tables([rows, pa.Table.from_batches([batch]).cast(columns)])
            if len(rows) >= size:       # groups have one size, whatever DuckDB's batches have
                file.write_table(rows.slice(0, size).combine_chunks())
                rows = rows.slice(size)
        if len(rows):
            file.write_table(rows.combine_chunks())


def _batches(rows: duckdb.DuckDBPyRelation, size: int) -> Iterator[pa.RecordBatch]:
    """Rows of a query, at most `size` at a time, as they are found."""
    read = getattr(rows, "to_arrow_reader", None) or rows.fetch_arrow_reader       # as older versions call it
    yield from read(size)


def _package(tables: dict[str, Path], made: dict[str, str]) -> dict:
    """datapackage.json: what each file holds, and its length and hash."""
    resources = []
    for name, path in tables.items():
        columns = table.schema(name)
        with path.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        resources.append({
            "name": name, "path": f"{name}.parquet", "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            "description": columns.metadata[b"comment"].decode(), "rows": pq.read_metadata(path).num_rows,
            "bytes": path.stat().st_size, "hash": f"sha256:{digest}",
            "schema": {"fields": [_field(column) for column in columns]}})
    # No hash: DuckDB writes other bytes each time. Its rows are those of the Parquet files.
    resources.append({"name": "database", "path": "facts.duckdb", "format": "duckdb",
                      "description": "All tables, and the views on them."})
    return {"name": "figurebase", "title": TITLE, "version": made["schema"], "made_with": made,
            "resources": resources}


def _field(column: pa.Field) -> dict:
    """A column in the words of the Table Schema standard."""
    kind = column.type
    name = ("integer" if pa.types.is_integer(kind) else "number" if pa.types.is_floating(kind) else
            "date" if pa.types.is_date(kind) else "boolean" if pa.types.is_boolean(kind) else
            "array" if pa.types.is_list(kind) else "object" if pa.types.is_map(kind) else "string")
    field = {"name": column.name, "type": name, "description": column.metadata[b"comment"].decode()}
    return field if column.nullable else field | {"constraints": {"required": True}}

