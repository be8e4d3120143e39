"""Building: incremental, the same bytes from the same input, nothing lost on the way.

Most tests use a core of ten lines instead of the rules, so that they say something about building alone.
"""
import gzip
import hashlib
import io
import json
import re
import sys
from collections import Counter
from dataclasses import astuple, replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extract import batch, correction, database, norm, read, schema, shard, table
from extract import build as building
from extract.build import build

KESTREL = "Kestrel Motors sold pumps for $5 million in May.\n\nIt had sold 300 by June, and 20 in July.\n"
NORVIK = "Norvik Foods had revenue of $7 million.\n\nThe plant in Sandford employs 80 people, it says.\n"
WIRE = ("Thorne Shipping said on Monday that it will take 14 tankers out of service before the winter, a "
        "step that costs it $90 million and that unions call a breach of the agreement of 2019.\n")
MONEY = re.compile(r"\$([0-9]+) million|[0-9]+")


def ten_line_core(documents):
    """Every sum in millions is revenue of the first two words; every other number is bare."""
    quantities, facts, entities = [], [], []
    for doc in documents.to_pylist():
        entity = " ".join(doc["text"].split()[:2])
        key = {"entity_id": "e" + entity, "doc_id": doc["doc_id"]}
        for found in MONEY.finditer(doc["text"]):
            place = {"doc_id": doc["doc_id"], "start": found.start(), "end": found.end()}
            fact_id = found[1] and f"f{doc['doc_id']}{found[1]}"
            quantities.append(place | {
                "sentence_start": 0, "sentence_end": len(doc["text"]), "mention": found[0], "kind": "number",
                "outcome": "fact" if found[1] else "bare", "fact_id": fact_id})
            if not found[1]:
                continue
            facts.append(key | place | {
                "entity": entity, "entity_kind": "company", "metric": "revenue", "aspect": "level",
                "value": float(found[1]) * 1e6, "unit": "USD", "comparator": "=", "modality": "actual",
                "published": doc["published"], "source": doc["source"], "quote": doc["text"][:60],
                "mention": found[0], "confidence": 0.9, "rule": "test", "fact_id": fact_id, "mentions": 1,
                "dims": {"kind": "net"}})
            entities.append({"entity_id": "e" + entity, "name": entity, "kind": "company", "known": False})
    return {"quantities": table.batch("quantities", quantities), "facts": table.batch("facts", facts),
            "entities": table.batch("entities", entities)}


@pytest.fixture(autouse=True)
def simple(request, monkeypatch):
    """The core of ten lines and no exchange rates, but for tests that ask `with_rules`."""
    if "with_rules" in request.fixturenames:
        return
    monkeypatch.setattr(batch, "extract", ten_line_core)
    monkeypatch.setattr(norm, "normalize", lambda low, high, unit, *_: norm.Norm(low, high, unit))


@pytest.fixture
def with_rules():
    """The real core and real rates."""


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "kestrel.txt").write_text(KESTREL)
    (folder / "norvik.txt").write_text(NORVIK)
    return folder


def rows(out, query):
    with database.connect(out) as db:
        return db.execute(query).fetchall()


def files(out):
    """Content of all that was written, but facts.duckdb, whose bytes DuckDB does not promise."""
    return {path.name: path.read_bytes() for path in out.glob("*.*") if path.suffix in (".parquet", ".json")}


def test_writes_all_tables(articles, tmp_path):
    summary = build([str(articles)], tmp_path / "out", jobs=1)
    assert (summary.sources, summary.documents, summary.facts) == (2, 2, 2)
    assert summary.families == {"financials": 2}
    assert summary.outcomes == {"bare": 3, "fact": 2}
    assert rows(tmp_path / "out", "select entity, value_norm, dims['kind'] from facts") == [
        ("Kestrel Motors", 5e6, "net"), ("Norvik Foods", 7e6, "net")]
    for name, columns in table.tables().items():
        written = pq.read_schema(tmp_path / "out" / f"{name}.parquet")
        assert written.equals(columns), name
        assert written.metadata[b"tool"] == f"figurebase {building.version()}".encode()
        assert written.metadata[b"schema"] == database.SCHEMA_VERSION.encode()
        assert all(field.metadata[b"comment"] for field in written), name


def test_database_holds_what_the_files_hold(articles, tmp_path):
    out = tmp_path / "out"
    build([str(articles)], out, jobs=1)
    with database.connect(out) as db:
        for name in table.tables():
            other = db.execute(f"from read_parquet('{out}/{name}.parquet')").fetchall()
            assert db.execute(f"from {name}").fetchall() == other, name
        assert "v1.2.0" in str(db.execute("select tags from duckdb_databases()").fetchall())


def test_database_can_be_moved(articles, tmp_path):
    build([str(articles)], tmp_path / "out", jobs=1)
    moved = (tmp_path / "out" / "facts.duckdb").rename(tmp_path / "moved.duckdb")
    with duckdb.connect(str(moved), read_only=True) as db:
        assert db.execute("select count(*) from figures").fetchone() == (2,)


def test_package_tells_lengths_and_hashes(articles, tmp_path):
    build([str(articles)], tmp_path / "out", jobs=1)
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text())
    described = {resource["path"]: resource for resource in package["resources"]}
    assert described.keys() == {f"{name}.parquet" for name in table.tables()} | {"facts.duckdb"}
    for path, resource in described.items():
        if path != "facts.duckdb":
            content = (tmp_path / "out" / path).read_bytes()
            assert resource["bytes"] == len(content)
            assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()


def test_same_input_gives_same_bytes(articles, tmp_path, monkeypatch):
    paths = [str(articles / "norvik.txt"), str(articles / "kestrel.txt")]
    build(paths, tmp_path / "one", jobs=1)
    build(paths[::-1], tmp_path / "other", jobs=1)
    assert files(tmp_path / "one") == files(tmp_path / "other")
    monkeypatch.setattr(shard, "BATCH", 50)         # now every article is a batch
    monkeypatch.setattr(shard, "GROUP", 1)
    monkeypatch.setattr(database, "MANY", 1)
    build(paths, tmp_path / "third", jobs=1)
    assert files(tmp_path / "one") == files(tmp_path / "third")


def test_what_is_said_of_an_entity_does_not_depend_on_batches(articles, tmp_path, monkeypatch):
    """The core may find another maker or country in another article."""
    def told(documents):
        found = ten_line_core(documents)
        said = [row | {"country": text[-3:-1], "known": False} for row, text in zip(
            found["entities"].to_pylist(), documents["text"].to_pylist())]
        return found | {"entities": table.batch("entities", said[::-1])}

    monkeypatch.setattr(batch, "extract", told)
    texts = [f"Kestrel Motors sold pumps for ${number} million in {country}." for number, country in (
        (3, "PL"), (4, "NO"), (5, "DE"))]
    (articles / "feed.jsonl").write_text("\n".join(json.dumps({"text": text}) for text in texts))
    for size in (1, 150, 500):
        monkeypatch.setattr(shard, "BATCH", size)
        build([str(articles / "feed.jsonl")], tmp_path / str(size), jobs=1)
        assert rows(tmp_path / str(size), "select country from entities") == [("DE",)]


def test_repeats_and_rejects_do_not_pile_up(articles, tmp_path, monkeypatch):
    lines = [json.dumps({"text": f"{WIRE} {number % 20}"}) for number in range(40)] + ['{"half'] * 30
    (articles / "feed.jsonl").write_text("\n".join(lines))
    build([str(articles)], tmp_path / "one", jobs=1)
    for name in ("LEFT_OUT", "GROUP"):
        monkeypatch.setattr(shard, name, 2)
    most, kept = [], shard.Files.add
    monkeypatch.setattr(shard.Files, "add", lambda self, name, new: (
        most.append(len(new) if name in ("rejects", "repeats") else 0), kept(self, name, new)))
    summary = build([str(articles)], tmp_path / "other", jobs=1)
    assert (summary.duplicates, len(summary.rejects), max(most)) == (20, 30, 2)
    assert files(tmp_path / "one") == files(tmp_path / "other")


def test_rules_give_same_bytes_in_many_processes(with_rules, articles, tmp_path, monkeypatch):
    for number in range(6):
        (articles / f"{number}.txt").write_text(f"Norvik Inc. reported revenue of ${number + 2} million.\n")
    build([str(articles)], tmp_path / "one", jobs=1)
    monkeypatch.setattr(building, "POOL_FROM", 0)
    monkeypatch.setattr(building, "TOGETHER", 0)
    monkeypatch.setattr(shard, "BATCH", 60)
    summary = build([str(articles)], tmp_path / "other", jobs=2)
    assert files(tmp_path / "one") == files(tmp_path / "other")
    assert summary.facts >= 6 and not summary.rejects


def test_nothing_changed(articles, tmp_path):
    out = tmp_path / "out"
    first = build([str(articles)], out, jobs=1)
    before = {path: path.stat().st_mtime_ns for path in out.glob("[!.]*")}
    again = build([str(articles)], out, jobs=1)
    assert again.unchanged and not first.unchanged
    assert (again.documents, again.facts) == (first.documents, first.facts)
    assert before == {path: path.stat().st_mtime_ns for path in out.glob("[!.]*")}


@pytest.fixture
def apart(monkeypatch):
    """A shard for each source, however small."""
    monkeypatch.setattr(building, "TOGETHER", 0)


def test_only_what_changed_is_read_again(articles, tmp_path, apart):
    out = tmp_path / "out"
    build([str(articles)], out, jobs=1)
    (articles / "kestrel.txt").write_text(KESTREL.replace("$5", "$6"))      # same length, same second
    assert build([str(articles)], out, jobs=1).read_again == 1
    assert rows(out, "select value from facts order by 1") == [(6e6,), (7e6,)]
    (articles / "thorne.txt").write_text(WIRE)
    assert build([str(articles)], out, jobs=1).read_again == 1
    assert rows(out, "select count(*) from documents") == [(3,)]


def test_removed_source_takes_its_facts_with_it(articles, tmp_path, apart):
    out = tmp_path / "out"
    build([str(articles)], out, jobs=1)
    (articles / "kestrel.txt").unlink()
    summary = build([str(articles)], out, jobs=1)
    assert (summary.read_again, summary.documents, summary.facts) == (0, 1, 1)
    assert rows(out, "select name from entities") == [("Norvik Foods",)]
    assert len([path for path in (out / ".shards").iterdir() if path.is_dir()]) == 1


def test_small_files_share_a_shard_and_move_few_others():
    """One that is new, gone or changed is read with its own group, and at most with the next one."""
    sources = [read.Source("", f"news/{number:04}.txt", 3_000) for number in range(0, 2_000, 2)]
    sources.insert(500, read.Source("", "news/0999.jsonl", building.TOGETHER))
    groups = {tuple(group) for group in building._groups(sources)}
    assert 8 <= len(groups) <= 32 and (sources[500],) in groups
    assert sorted(source.name for group in groups for source in group) == [source.name for source in sources]
    for place in range(0, 1_000, 50):
        new, one = read.Source("", f"news/{2 * place + 1:04}.txt", 3_000), sources[place]
        for changed in ([*sources[:place], *sources[place + 1:]], [*sources[:place + 1], new, *sources[place + 1:]],
                        [*sources[:place], replace(one, size=9_000), *sources[place + 1:]]):
            assert len({tuple(group) for group in building._groups(changed)} - groups) <= 2


# With a line of each kind, and places of articles that later lines must keep.
BULK = [json.dumps({"text": WIRE.replace("14", str(number))}) + "\n" for number in range(20, 60)]
BULK[7:9] = ['{"half\n', "\n"]
BULK[20:20] = [BULK[3], "[1]\n"]


@pytest.mark.parametrize("size", [1, 900, 3_000])
def test_a_large_file_of_json_lines_is_read_in_parts(tmp_path, monkeypatch, size):
    (tmp_path / "bulk.jsonl").write_text("".join(BULK))
    whole, = read.parts(*read.sources([str(tmp_path / "bulk.jsonl")]))
    monkeypatch.setattr(read, "PART", size)
    parts = read.parts(*read.sources([str(tmp_path / "bulk.jsonl")]))
    assert len(parts) == {1: len(BULK), 900: 8, 3_000: 3}[size]
    assert [one for part in parts for one in read.documents(part)] == list(read.documents(whole))
    for name, content in (("a.txt", BULK), ("a.jsonl", ["\ufeff", *BULK])):       # read whole
        (tmp_path / name).write_text("".join(content), encoding="utf-16" if name == "a.jsonl" else "utf-8")
        assert len(read.parts(*read.sources([str(tmp_path / name)]))) == 1


def table_of(texts: list[str], rows: int) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table({"date": ["2025-03-01"] * len(texts), "text": texts}), file, row_group_size=rows)
    return file.getvalue()


def record(number: int, kind: str = "response", page: str = "text/html") -> bytes:
    body = (f"HTTP/1.1 200 OK\r\nContent-Type: {page}\r\n\r\n<html><body><article>"
            f"<p>{WIRE.replace('14', str(number))}</p></article></body></html>").encode()
    return (f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://veldt.example/{number}\r\nContent-Type: "
            f"application/http; msgtype={kind}\r\nContent-Length: {len(body)}\r\n\r\n").encode() + body + b"\r\n\r\n"


TEXTS = [WIRE.replace("14", str(number)) for number in range(20, 70)]
TEXTS[20] = TEXTS[3]
LINES = "".join(BULK).encode()
RECORDS = [record(number, page="image/png" if number == 33 else "text/html") for number in range(20, 50)]
RECORDS[10:10] = [record(99, "request"), record(98, "request")]
RECORDS.append(record(97, "request"))
LARGE = {
    "lines.jsonl": LINES, "lines.jsonl.gz": gzip.compress(LINES), "lines.ndjson.zst": pa.compress(LINES, "zstd",
                                                                                                  asbytes=True),
    "one-group.parquet": table_of(TEXTS, 100), "groups.parquet": table_of(TEXTS, 7),
    "crawl.warc": b"".join(RECORDS), "crawl.warc.gz": b"".join(map(gzip.compress, RECORDS)),
    "at-once.warc.gz": gzip.compress(b"".join(RECORDS)),
    "crawl.warc.zst": b"".join(pa.compress(one, "zstd", asbytes=True) for one in RECORDS)}


@pytest.fixture
def small_parts(monkeypatch):
    """What is a megabyte otherwise is a kilobyte. Everything is done in this process."""
    monkeypatch.setattr(read, "PART", 1_000)
    monkeypatch.setattr(read, "ROWS", 3)
    monkeypatch.setattr(read, "by_library", lambda source: False)
    monkeypatch.setattr(building, "TOGETHER", 0)


@pytest.mark.parametrize("name", LARGE)
def test_the_parts_of_a_large_file_hold_what_it_holds(tmp_path, small_parts, name):
    (tmp_path / name).write_bytes(LARGE[name])
    source, = read.sources([str(tmp_path / name)])
    parts = read.parts(source)
    assert len(parts) > 6 and len(set(parts)) == len(parts)
    each = [[*read.documents(part)] for part in parts]
    assert [one for part in each for one in part] == [*read.documents(source)] and all(each)
    assert [[*read.documents(part)] for part in parts[::-1]] == each[::-1]          # in any order


@pytest.mark.parametrize("name", [name for name in LARGE if name[-4:] != "quet" and "." in name[-4:]])
def test_a_packed_file_is_not_unpacked_from_its_beginning_for_each_part(tmp_path, small_parts, monkeypatch, name):
    (tmp_path / name).write_bytes(LARGE[name] * 40)
    unpacked, real = [], read._Unpacked.readinto
    monkeypatch.setattr(read._Unpacked, "readinto", lambda self, buffer: unpacked.append(real(self, buffer)) or
                        unpacked[-1])
    parts = read.parts(*read.sources([str(tmp_path / name)]))
    once = sum(unpacked)
    assert once > 200_000 and len(parts) > 100
    for part in parts:
        sum(1 for _ in read.documents(part))
    assert sum(unpacked) < 3 * once


def build_stopped(monkeypatch, source, out, behind: int) -> list[int]:
    """A build that is interrupted behind some batches; the sizes of those, to which later builds add theirs."""
    done, until = [], behind

    def extract(documents):
        nonlocal until
        if len(done) == until:
            until = None
            raise KeyboardInterrupt
        done.append(len(documents))
        return ten_line_core(documents)

    monkeypatch.setattr(batch, "extract", extract)
    with pytest.raises(KeyboardInterrupt):
        build([str(source)], out, jobs=1)
    return done


@pytest.mark.parametrize("name", LARGE)
def test_a_build_of_a_large_file_goes_on_where_it_was_stopped(tmp_path, small_parts, monkeypatch, name):
    (tmp_path / name).write_bytes(LARGE[name])
    done = build_stopped(monkeypatch, tmp_path / name, tmp_path / "out", behind=4)
    summary = build([str(tmp_path / name)], tmp_path / "out", jobs=1)
    parts = read.parts(*read.sources([str(tmp_path / name)]))
    assert len(done) == len(parts) and summary.sources == 1
    monkeypatch.setattr(read, "PART", 1_000_000)
    whole = build([str(tmp_path / name)], tmp_path / "whole", jobs=1)
    assert len(done) == len(parts) + 1
    for table_ in ("documents", "facts", "rejects"):
        assert rows(tmp_path / "whole", f"from {table_}") == rows(tmp_path / "out", f"from {table_}")
    assert (whole.documents, whole.duplicates) == (summary.documents, summary.duplicates)


def test_a_build_goes_on_within_a_large_file(tmp_path, monkeypatch):
    """One that was stopped, and one to whose end lines were added."""
    monkeypatch.setattr(read, "PART", 3_000)
    (tmp_path / "bulk.jsonl").write_text("".join(BULK))
    done = build_stopped(monkeypatch, tmp_path, tmp_path / "out", behind=1)
    summary = build([str(tmp_path)], tmp_path / "out", jobs=1)
    assert (len(done), summary.sources, summary.read_again, summary.documents, summary.duplicates) == (3, 1, 1, 38, 1)
    with (tmp_path / "bulk.jsonl").open("a") as file:
        file.write(json.dumps({"text": NORVIK}))
    assert build([str(tmp_path)], tmp_path / "out", jobs=1).documents == 39 and len(done) == 4
    assert rows(tmp_path / "out", "select max(item) from documents") == [(len(BULK),)]


def test_touched_file_is_not_read_again(articles, tmp_path):
    out = tmp_path / "out"
    build([str(articles)], out, jobs=1)
    (articles / "kestrel.txt").touch()
    assert build([str(articles)], out, jobs=1).unchanged


def test_changed_rules_read_everything_again(articles, tmp_path, monkeypatch):
    build([str(articles)], tmp_path / "out", jobs=1)
    monkeypatch.setattr(schema, "rule_hash", lambda: "others")
    assert build([str(articles)], tmp_path / "out", jobs=1).read_again == 2


def test_changed_views_are_stored_without_reading(articles, tmp_path, monkeypatch):
    build([str(articles)], tmp_path / "out", jobs=1)
    monkeypatch.setattr(building, "_storing_hash", lambda: "others")
    summary = build([str(articles)], tmp_path / "out", jobs=1)
    assert summary.read_again == 0 and not summary.unchanged


@pytest.mark.parametrize("name", ["facts.parquet", "facts.duckdb", "datapackage.json"])
def test_missing_file_is_written_again(articles, tmp_path, name):
    out = tmp_path / "out"
    build([str(articles)], out, jobs=1)
    (out / name).unlink()
    summary = build([str(articles)], out, jobs=1)
    assert summary.read_again == 0 and (out / name).exists()


def test_copies_are_read_once_and_counted(articles, tmp_path):
    (articles / "copy.txt").write_text(KESTREL)
    lines = [json.dumps({"url": "https://example.org/thorne", "text": WIRE})] * 3
    (articles / "feed.jsonl").write_text("\n".join(lines) + "\n")
    summary = build([str(articles)], tmp_path / "out", jobs=1)
    assert (summary.documents, summary.duplicates, summary.facts) == (3, 3, 3)
    kept = rows(tmp_path / "out", "select source from documents order by 1")
    assert [name.rsplit("/")[-1] for name, in kept] == ["copy.txt", "feed.jsonl", "norvik.txt"]
    per_article = rows(tmp_path / "out", "select count(*) from quantities group by doc_id, start")
    assert set(per_article) == {(1,)}


def test_files_of_one_name_in_two_folders(tmp_path):
    for folder, text in (("a", KESTREL), ("b", NORVIK)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "news.txt").write_text(text)
    paths = [str(tmp_path / folder / "news.txt") for folder in "ab"]
    assert build(paths, tmp_path / "out", jobs=1).facts == 2


def test_near_copies_share_a_story(articles, tmp_path):
    (articles / "one.txt").write_text(WIRE)
    (articles / "two.txt").write_text("LONDON (Wire) - " + WIRE + "\nReporting by our own staff.\n")
    summary = build([str(articles)], tmp_path / "out", jobs=1)
    assert (summary.documents, summary.stories) == (4, 3)


def test_stories_do_not_depend_on_order(tmp_path):
    texts = [WIRE, "UPDATE " + WIRE, KESTREL, NORVIK, "Correction: " + WIRE + " More follows."]
    found = []
    for order in (texts, texts[::-1]):
        (tmp_path / "a.jsonl").write_text("\n".join(json.dumps({"text": text}) for text in order))
        build([str(tmp_path / "a.jsonl")], tmp_path / "out", jobs=1)
        found.append(rows(tmp_path / "out", "select story_id, text from documents order by text"))
    assert found[0] == found[1]
    assert sorted(Counter(story_id for story_id, _ in found[0]).values()) == [1, 1, 3]


def test_a_build_that_reads_nothing_keeps_the_former_one(articles, tmp_path):
    out = tmp_path / "out"
    build([str(articles)], out, jobs=1)
    before = rows(out, "from facts order by all")
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    for source in ("empty", "a.png"):
        summary = build([str(tmp_path / source)], out, jobs=1)
        assert summary.kept and not summary.documents and rows(out, "from facts order by all") == before
    assert build([str(articles)], out, jobs=1).gone == 0


def test_sources_that_are_not_named_again_leave(articles, tmp_path):
    build([str(articles)], tmp_path / "out", jobs=1)
    one = min(path for path in articles.iterdir())
    summary = build([str(one)], tmp_path / "out", jobs=1)
    assert summary.gone == len([*articles.iterdir()]) - 1 and summary.documents == 1


def test_corrections(articles, tmp_path, monkeypatch):
    out = tmp_path / "out"
    build([str(articles)], out, jobs=1)
    (mended,), (struck,) = rows(out, "select fact_id from facts order by value")
    header = "fact_id,field,value,reason"
    lines = [header, f"{mended},value,5500000,slip", f"{struck},strike,,advertisement", "f0,value,1,gone"]
    monkeypatch.setattr(correction, "load", lambda: correction.read(lines))
    (out / "facts.parquet").unlink()
    summary = build([str(articles)], out, jobs=1)
    assert (summary.corrected, summary.unknown_corrections) == (2, ["f0"])
    assert rows(out, "select value, value_norm from facts") == [(5.5e6, 5.5e6)]
    assert rows(out, "select rule like '%; corrected value: slip' from facts") == [(True,)]
    assert rows(out, "select fact_id from quantities where outcome = 'struck'") == [(struck,)]
    assert rows(out, "select name from entities") == [("Kestrel Motors",)]


@pytest.mark.parametrize("line, message", [
    ("f1,colour,red,why", "line 2: facts have no field 'colour'"),
    ("f1,fact_id,f2,why", "line 2: facts have no field 'fact_id'"),
    ("f1,value,many,why", "line 2: 'many' is no double for value"),
    ("f1,modality,maybe,why", "line 2: modality is one of actual forecast"),
    ("f1,value,,why", "line 2: value must have a value"),
    ("f1,metric,beauty,why", "line 2: there is no metric 'beauty'"),
    ("f1,strike,,", "line 2: say why in the column reason"),
])
def test_wrong_correction_is_named(line, message):
    with pytest.raises(schema.SchemaError, match=re.escape(message)):
        correction.read(["fact_id,field,value,reason", line])


def test_corrections_of_the_project_are_valid():
    correction.load()


def test_document_that_breaks_the_core_stops_no_other(articles, tmp_path, monkeypatch):
    def fragile(documents):
        if any("Kestrel" in text for text in documents["text"].to_pylist()):
            raise ZeroDivisionError("made for this test")
        return ten_line_core(documents)

    lines = [json.dumps({"text": text}) for text in (KESTREL + "!", WIRE)]
    (articles / "feed.jsonl").write_text("\n".join(lines) + "\n")
    monkeypatch.setattr(batch, "extract", fragile)
    summary = build([str(articles)], tmp_path / "out", jobs=1)
    assert summary.facts == 2                                   # of Norvik and Thorne
    assert len(rows(tmp_path / "out", "from rejects where reason like '%made for this test%'")) == 2


def test_broken_rules_stop_the_build(articles, tmp_path, monkeypatch):
    def broken(documents):
        raise schema.SchemaError("schemas/words/x.toml: no such file")

    monkeypatch.setattr(batch, "extract", broken)
    with pytest.raises(schema.SchemaError):
        build([str(articles)], tmp_path / "out", jobs=1)


def test_rejects_are_kept(articles, tmp_path):
    (articles / "broken.jsonl").write_text('{"text": "half a li')
    summary = build([str(articles)], tmp_path / "out", jobs=1)
    assert sum(summary.rejects.values()) == 1 and summary.documents == 2
    assert rows(tmp_path / "out", "select source like '%broken.jsonl' from rejects") == [(True,)]


def test_nothing_to_read(tmp_path):
    (tmp_path / "empty").mkdir()
    summary = build([str(tmp_path / "empty")], tmp_path / "out", jobs=1)
    assert (summary.documents, summary.facts) == (0, 0)
    assert rows(tmp_path / "out", "from figures") == []


def test_missing_source_leaves_the_database(articles, tmp_path):
    out = tmp_path / "out"
    build([str(articles)], out, jobs=1)
    before = files(out)
    with pytest.raises(read.InputError):
        build([str(articles), str(tmp_path / "missing.txt")], out, jobs=1)
    assert files(out) == before


def test_failure_while_storing_leaves_the_database(articles, tmp_path, monkeypatch):
    out = tmp_path / "out"
    build([str(articles)], out, jobs=1)
    before = files(out)
    (articles / "kestrel.txt").write_text(WIRE)
    with monkeypatch.context() as patch:
        patch.setattr(database, "_add_views", lambda db: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            build([str(articles)], out, jobs=1)
    assert files(out) == before
    summary = build([str(articles)], out, jobs=1)
    assert not summary.unchanged and summary.read_again == 0


def test_own_output_is_no_source(articles, tmp_path):
    out = articles / "facts"
    build([str(articles)], out, jobs=1)
    summary = build([str(articles)], out, jobs=1)
    assert summary.unchanged and summary.sources == 2


def test_standard_input(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(KESTREL.encode())))
    summary = build(["-"], tmp_path / "out", jobs=1)
    assert summary.documents == 1
    assert rows(tmp_path / "out", "select source from documents") == [("standard input",)]


def test_progress_reaches_the_end(articles, tmp_path, monkeypatch):
    monkeypatch.setattr(building, "TOGETHER", 0)
    monkeypatch.setattr(read, "PART", 100)          # each line is a part
    (articles / "feed.jsonl").write_text("\n".join(json.dumps({"text": WIRE + name}) for name in "abcd"))
    seen = []
    build([str(articles)], tmp_path / "out", jobs=1, progress=lambda now: seen.append(astuple(now)))
    assert seen == sorted(seen) and len({read for _, read, *_ in seen}) >= 5
    total = sum(path.stat().st_size for path in articles.iterdir())
    text = sum(len(found) for found, in rows(tmp_path / "out", "select text from documents"))
    assert seen[-1] == (total, total, 6, pytest.approx(text, rel=0.2), 6, True)


def test_values_are_normalized_with_rates(with_rules, tmp_path):
    facts = table.batch("facts", [{
        "entity": "Norvik", "metric": "revenue", "aspect": "level", "value": 100.0,
        "unit": "EUR", "comparator": "=", "modality": "actual", "source": "a", "quote": "q", "mention": "m",
        "confidence": 1.0, "rule": "r", "entity_kind": "company", "entity_id": "e", "doc_id": "d",
        "fact_id": "f", "start": 0, "end": 1, "mentions": 1,
        "period_start": date(2024, 3, 1), "period_end": date(2024, 3, 31)}])
    row = shard.normalized(pa.Table.from_batches([facts])).to_pylist()[0]
    assert row["unit_norm"] == "USD"
    assert row["value_norm"] == pytest.approx(100 * row["fx_rate"])
    assert Decimal("1.05") < Decimal(str(row["fx_rate"])) < Decimal("1.12")
