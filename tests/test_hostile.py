"""Bad input: each ends in a row of `rejects` that says why, the rest is built, and the exit code tells."""
import gzip
import io
import json
import os
import shutil
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from extract import cli, database, limit, read, shard
from extract.build import build

ROOT = Path(__file__).resolve().parents[1]
GOOD = "Norvik Foods Inc. reported revenue of $7 million.\n"
PAGE = "<html><head><title>Norvik Foods</title></head><body>{}<article><p>{}</p></article></body></html>"
LIMITS = limit.Limits(unpacked=3_000_000, document=100_000, piece=1_000_000)


def parquet(**columns) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file)
    return file.getvalue()


def warc(body: bytes, length: int | None = None) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    return (b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://norvik.example\r\n"
            b"Content-Type: application/http; msgtype=response\r\n"
            b"Content-Length: %d\r\n\r\n%b\r\n\r\n" % (length or len(http), http))


def line(text: str) -> bytes:
    return json.dumps({"text": text}).encode() + b"\n"


LAUGHS = ("<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'ha ha ha ha ha ha ha ha ha ha '>"
          + "".join(f"<!ENTITY {two} '{f'&{one};' * 10}'>" for one, two in zip("abcdefghi", "bcdefghij"))
          + "]><rss><channel><item><title>&j;</title></item></channel></rss>").encode()
OUTSIDE = (b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><rss><channel><item>"
           b"<title>&a;</title></item></channel></rss>")

# file name: content, what its reject says
BAD = {
    "picture.txt": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 50, "looks like a binary file"),
    "program.txt": (bytes(range(256)) * 400, "looks like a binary file"),
    "nul.txt": (GOOD.encode() + b"\0" + GOOD.encode(), "looks like a binary file"),
    "half-utf16.txt": (GOOD.encode("utf-16")[:-1], "not valid utf-16"),
    "long-line.txt": (b"x" * 1_000_001, "more than 1,000,000 bytes in one text"),
    "long-line.jsonl": (line(GOOD) + line("x" * 1_000_000) + line("Veldt hired 40 people."),
                        "line 2: more than 1,000,000"),
    "nul.jsonl": (line("Veldt hired 41 people.") + b'{"text": "a\0b"}\n' + line("Veldt hired 42 people."),
                  "line 2: looks like"),
    "lines.jsonl": (line("Veldt hired 43 people.") + b'{"text": \n[1]\n"a"\n' + line("Veldt hired 44 people."),
                    "line 2 is not JSON"),
    "deep.jsonl": (b'{"text":' + b"[" * 200_000 + b"]" * 200_000 + b"}\n", "line 1 is not JSON (nested too deep)"),
    "number.jsonl": (b'{"text": "Veldt hired 45 people.", "published": ' + b"9" * 5000 + b"}\n", "line 1 is not JSON"),
    "broken.txt.gz": (gzip.compress(os.urandom(5000))[:-900], "broken gzip file"),
    "bomb.txt.gz": (gzip.compress(b"0" * 3_100_000), "more than 1,000,000 bytes in one text"),
    "bomb.jsonl.gz": (gzip.compress(line("Veldt hired 46 people.") + (b" " * 999 + b"\n") * 3_100),
                      "unpacks to more than 3,000,000"),
    "bomb.warc.gz": (gzip.compress(warc(b"<p>Veldt hired 47 people.</p>" * 10) + b"\r\n" * 1_600_000),
                     "unpacks to more than 3,000,000"),
    "bomb.jsonl.zst": (pa.compress(b" " * 3_100_000, "zstd", asbytes=True), "unpacks to more than 3,000,000"),
    "bomb.parquet": (parquet(text=["x" * 900_000] * 8), "unpacks to more than 3,000,000"),
    "twice.txt.gz": (gzip.compress(gzip.compress(GOOD.encode())), "looks like a binary file"),
    "archive.zip": (b"PK\3\4", "no reader for .zip"),
    "columns.parquet": (parquet(a=[1], b=["x"]), "no column text"),
    "kinds.parquet": (parquet(text=[1.5]), "holds double"),
    "none.parquet": (parquet(text=pa.array([None], pa.string())), "row 1 has no text"),
    "cut.parquet": (parquet(text=[GOOD])[:-20], "broken Parquet file"),
    "noise.parquet": (b"PAR1" + os.urandom(500) + b"PAR1", "broken Parquet file"),
    "cut.warc": (warc(b"<p>Veldt hired 48 people.</p>")[:-20], "breaks off"),
    "large.warc": (warc(b"x", 2_000_000), "more than 1,000,000 bytes in one response"),
    "noise.warc": (b"WARC/1.1\r\n" + os.urandom(500), "WARC"),
    "laughs.xml": (LAUGHS, ""),
    "outside.xml": (OUTSIDE, ""),
    "deep.xml": (b"<rss><channel>" + b"<a>" * 100_000, "XML"),
    "deep.html": (("<div>" * 100_000).encode(), ""),
    "attributes.html": (("<p " + " ".join(f"a{n}=1" for n in range(5_000)) + ">").encode(), ""),
    "large.html": (PAGE.format("<!-- " + "x" * 1_000_000 + " -->", GOOD).encode(),
                   "more than 1,000,000 bytes in one page"),
    "long.md": (GOOD.encode() + b"\n" + b"The plant employs 80 people.\n" * 4000,
                "characters long and was cut off after 100,000"),
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A database of everything in BAD, of odd files, and of one good article."""
    folder = tmp_path_factory.mktemp("hostile")
    articles = folder / "articles"
    (articles / "inside").mkdir(parents=True)
    for name, (content, _) in BAD.items():
        (articles / name).write_bytes(content)
    (articles / "good.txt").write_text(GOOD)
    (articles / "inside" / "loop").symlink_to(articles)
    (articles / "inside" / "itself").symlink_to(articles / "inside" / "itself")
    (articles / "nowhere.txt").symlink_to(folder / "missing.txt")
    os.mkfifo(articles / "pipe.txt")
    (articles / "line\nbreak.txt").write_text("Norvik Foods hired 51 people.\n")
    (articles / "../articles/-rf.txt").write_text("Norvik Foods hired 52 people.\n")
    Path(os.fsdecode(os.fsencode(articles) + b"/no-text-\xff.txt")).write_text("Norvik Foods hired 53 people.\n")
    deep = articles
    for _ in range(300):
        deep = deep / "d"
    deep.mkdir(parents=True)
    (deep / "deep.txt").write_text("Norvik Foods hired 54 people.\n")
    started = time.process_time()
    summary = build([str(articles)], folder / "facts", jobs=1, limits=LIMITS)
    return folder / "facts", summary, time.process_time() - started


def rows(out: Path, query: str) -> list[tuple]:
    with database.connect(out) as db:
        return db.execute(query).fetchall()


@pytest.mark.parametrize("name", BAD)
def test_bad_file_has_a_row_that_says_why(hostile, name):
    reasons = [reason for reason, in rows(hostile[0], f"select reason from rejects where source = 'articles/{name}'")]
    assert any(BAD[name][1] in reason for reason in reasons), reasons
    assert all(len(reason) < 220 and "this program" not in reason for reason in reasons)


@pytest.mark.parametrize("name, reason", [
    ("nowhere.txt", "No such file"), ("pipe.txt", "neither a file nor a folder"), ("inside/itself", "symbolic links")])
def test_what_is_no_file_has_a_row_that_says_why(hostile, name, reason):
    (found,), = rows(hostile[0], f"select reason from rejects where source = 'articles/{name}'")
    assert reason in found


def test_the_rest_is_built(hostile):
    out, summary, _ = hostile
    told = {int(value) for value, in rows(out, "select value from quantities where counted = 'people'")}
    assert {40, 41, 42, 43, 44, 46, 51, 52, 53, 54} <= told
    assert (7e6,) in rows(out, "select value from facts where metric = 'revenue'")
    assert {"articles/line\nbreak.txt", "articles/-rf.txt", "articles/no-text-\ufffd.txt"} <= {
        source for source, in rows(out, "select source from documents")}
    assert len(rows(out, "from documents where source like '%good.txt'")) == 1      # the loop was walked once
    assert sum(summary.rejects.values()) >= len(BAD)


def test_no_file_of_the_machine_is_read(hostile):
    """An entity of XML may name a file."""
    assert rows(hostile[0], "select text from documents where source like '%outside.xml'") in ([], [("&a;",)])


def test_a_long_article_is_cut_at_the_end_of_a_word(hostile):
    (text,), = rows(hostile[0], "select text from documents where source = 'articles/long.md'")
    assert 99_900 < len(text) <= 100_000 and text.split()[-1] in "The plant employs 80 people.".split()


def test_the_exit_code_tells(tmp_path):
    (tmp_path / "good.txt").write_text(GOOD)
    command = ["build", str(tmp_path), "-o", str(tmp_path / "facts"), "--jobs", "1"]
    assert CliRunner().invoke(cli.main, command).exit_code == 0
    (tmp_path / "bad.txt").write_bytes(b"\0")
    for _ in range(2):              # also when nothing has changed
        done = CliRunner().invoke(cli.main, command)
        assert done.exit_code == 3
    (tmp_path / "good.txt").unlink()
    assert CliRunner().invoke(cli.main, command).exit_code == 1


def test_limits_can_be_set(tmp_path):
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(line(GOOD) * 20_000))
    command = ["build", str(tmp_path), "-o", str(tmp_path / "facts"), "--jobs", "1"]
    done = CliRunner().invoke(cli.main, [*command, "--max-unpacked", "500000"])
    assert done.exit_code == 3 and "unpacks to more than 500,000 bytes" in done.stderr
    assert CliRunner().invoke(cli.main, command).exit_code == 0      # other limits, so it is read again
    done = CliRunner().invoke(cli.main, [*command, "--max-document", "30"])
    assert done.exit_code == 3 and "cut off after 30" in done.stderr


# Permissions --------------------------------------------------------------------------------------------

# Root may do everything, unless it gives up to.
ORDINARY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.getuid() == 0 else []


def ordinary(folder: Path, *arguments):
    """`facts`, run in a folder by somebody who may not do everything."""
    done = subprocess.run([*ORDINARY, sys.executable, "-m", "extract.cli", *map(str, arguments)], cwd=folder,
                          capture_output=True, text=True, timeout=300, env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.fixture
def folder(tmp_path):
    """A folder whose contents may be forbidden to read."""
    if ORDINARY and (not shutil.which("setpriv")
                     or subprocess.run([*ORDINARY, "true"], capture_output=True).returncode):
        pytest.skip("root may do everything here, and no setpriv can take that away")
    yield tmp_path
    for inside, *_ in os.walk(tmp_path):
        os.chmod(inside, 0o700)


def test_what_may_not_be_read_has_a_row_that_says_why(folder):
    articles = folder / "articles"
    for name in ("good.txt", "secret.txt", "shut/a.txt", "listed/a.txt"):
        (articles / name).parent.mkdir(parents=True, exist_ok=True)
        (articles / name).write_text(GOOD)
    (articles / "secret.txt").chmod(0)
    (articles / "shut").chmod(0)
    (articles / "listed").chmod(0o444)
    done = ordinary(folder, "build", articles, "-o", "facts")
    assert done.returncode == 3, done.stderr
    assert rows(folder / "facts", "select source, reason from rejects order by 1") == [
        ("articles/listed/a.txt", "cannot be read: Permission denied; check the file"),
        ("articles/secret.txt", "cannot be read: Permission denied; check the file"),
        ("articles/shut", "a folder that may not be listed; check its permissions")]
    assert rows(folder / "facts", "select count(*) from facts") == [(1,)]
    for path in (articles / "secret.txt", articles / "shut"):
        done = ordinary(folder, "build", path, "-o", "facts")
        assert (done.returncode, done.stderr) == (2, f"Error: {path}: may not be read; check its permissions\n")
    for path, mode in (("secret.txt", 0o644), ("shut", 0o755), ("listed", 0o755)):
        (articles / path).chmod(mode)
    done = ordinary(folder, "build", articles, "-o", "facts")
    assert done.returncode == 0, done.stderr


def test_an_output_folder_that_may_not_be_written_is_a_message(folder):
    (folder / "good.txt").write_text(GOOD)
    (folder / "shut").mkdir(0o555)
    build([str(folder / "good.txt")], folder / "built", jobs=1)
    (folder / "good.txt").write_text(GOOD + "It hired 40 people.\n")
    (folder / "built" / ".shards").chmod(0o555)
    for out, named in (("shut", "shut/.lock"), ("shut/new", "shut/new"), ("built", "built/.shards")):
        done = ordinary(folder, "build", "good.txt", "-o", out)
        assert done.returncode == 2 and done.stderr.startswith(f"Error: {named}") and "-o" in done.stderr
    (folder / "built").chmod(0o555)
    assert ordinary(folder, "sql", "from facts", "-d", "built").returncode == 0


# Time and memory ----------------------------------------------------------------------------------------

def test_an_article_that_takes_too_long_is_left_out(tmp_path, monkeypatch):
    real = shard.batch.extract

    def slow(documents):
        if any("slow" in text for text in documents["text"].to_pylist()):
            while True:
                pass
        return real(documents)

    monkeypatch.setattr(shard.batch, "extract", slow)
    (tmp_path / "a.jsonl").write_bytes(line(GOOD) + line("Veldt hired 40 slow people."))
    summary = build([str(tmp_path)], tmp_path / "facts", jobs=1, limits=limit.Limits(seconds=1))
    assert (summary.documents, summary.facts) == (2, 1)
    (reason,), = rows(tmp_path / "facts", "select reason from rejects")
    assert reason == "the article takes more than 1 seconds (--max-seconds): it is kept without its figures"


def test_a_file_that_takes_too_long_to_read_is_left_out(tmp_path, monkeypatch):
    def endless(stream):
        yield read.Found("Veldt hired 40 people.")
        while True:
            pass

    monkeypatch.setitem(read.READERS, ".md", endless)
    monkeypatch.setattr(read, "markdown", endless)          # so that it is read in this process
    (tmp_path / "a.md").write_text("x")
    (tmp_path / "b.txt").write_text(GOOD)
    summary = build([str(tmp_path)], tmp_path / "facts", jobs=1, limits=limit.Limits(seconds=1))
    assert summary.documents == 2
    assert "the rest of it was not read" in rows(tmp_path / "facts", "select reason from rejects")[0][0]


@pytest.mark.skipif(sys.platform != "linux", reason="the system keeps no limit of memory")
def test_an_article_that_takes_too_much_memory_is_left_out(tmp_path, monkeypatch):
    """To read one, and to look for figures in another one."""
    real = shard.batch.extract

    def greedy(documents):
        return bytearray(300_000_000) if "greedy" in str(documents["text"]) else real(documents)

    def reader(stream):
        yield read.Found("Veldt hired 40 people.")
        yield bytearray(300_000_000)

    monkeypatch.setattr(shard.batch, "extract", greedy)
    monkeypatch.setitem(read.READERS, ".md", reader)
    monkeypatch.setattr(read, "markdown", reader)           # so that it is read in this process
    (tmp_path / "a.jsonl").write_bytes(line(GOOD) + line("Veldt hired 41 greedy people."))
    (tmp_path / "a.md").write_text("x")
    summary = build([str(tmp_path)], tmp_path / "facts", jobs=1, limits=limit.Limits(memory=200_000_000))
    assert (summary.documents, summary.facts) == (3, 2)
    told = "the article takes more than 200,000,000 bytes of memory (--max-memory): "
    assert [reason for reason, in rows(tmp_path / "facts", "select reason from rejects order by source")] == [
        told + "it is kept without its figures", told + "the rest of it was not read"]


# Each takes much more memory than others of its length.
COSTLY = {
    "numbers in lines.txt": b"1\n" * 500_000, "numbers.txt": b"1 " * 500_000, "brackets.txt": b"(1" * 500_000,
    "claims.txt": b"Bank Harrow's revenue rose 12% to $3m.\n" * 25_000,
    "lines.txt": b"1\n" * 25_000_000, "no UTF-8.txt": "Caf\xe9 3 ".encode("latin-1") * 7_000_000,
    "objects.jsonl": b'{"text": "Veldt hired 40 people.", "x": [' + b"{}," * 16_000_000 + b"1]}\n"}


@pytest.mark.long
@pytest.mark.parametrize("name", COSTLY)
def test_what_the_costliest_articles_take(tmp_path, name):
    (tmp_path / name).write_bytes(COSTLY[name])
    code, told, seconds, memory = measured("build", tmp_path / name, "-o", tmp_path / "facts", "--max-seconds", "300")
    print(f"{name}: {seconds:.0f} s, {memory:.0f} MB")
    assert code in (0, 3) and memory < 2000, told


KILLER = """
import os, signal, sys
from extract import batch, build, cli
real = batch.extract

def extract(documents):
    if any("deadly" in text for text in documents["text"].to_pylist()):
        os.kill(os.getpid(), signal.SIGKILL)
    return real(documents)

if os.environ.get("DEADLY"):
    batch.extract = extract
if __name__ == "__main__":
    build.POOL_FROM = 0
    cli.main()
"""


def test_a_process_that_is_killed_names_its_source_and_stops_no_other(tmp_path):
    """As the system does when memory runs out."""
    articles, out = tmp_path / "articles", tmp_path / "facts"
    articles.mkdir()
    for number in range(4):
        (articles / f"{number}.txt").write_text(f"Veldt hired {40 + number} {'deadly ' * (number == 2)}people.\n")
    (tmp_path / "killer.py").write_text(KILLER)

    def run(**environment):
        return subprocess.run([sys.executable, tmp_path / "killer.py", "build", articles, "-o", out, "--jobs", "2"],
                              capture_output=True, text=True, timeout=300, cwd=ROOT,
                              env=os.environ | {"PYTHONPATH": str(ROOT)} | environment)
    done = run(DEADLY="1")
    assert done.returncode == 3 and "Traceback" not in done.stderr, done.stderr
    assert rows(out, "select source, reason like '%was killed%' from rejects") == [("articles/2.txt", True)]
    assert len(rows(out, "from documents")) == 3
    done = run()                    # it was for want of memory, and there is more now
    assert done.returncode == 0 and rows(out, "from rejects") == [] and len(rows(out, "from documents")) == 4


STUCK = """
import sys
from extract import build, cli, read

def stuck(stream):
    yield read._parsed(sum, range(10 ** 13))        # in C, deaf to signals

if sys.argv[0].endswith("stuck.py"):
    read.READERS[".html"] = stuck
if __name__ == "__main__":
    build.POOL_FROM = 0
    cli.main()
"""


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_library_that_never_comes_back_stops_no_other_source(tmp_path, jobs):
    articles, out = tmp_path / "articles", tmp_path / "facts"
    articles.mkdir()
    (articles / "a.html").write_text("x")
    (articles / "b.txt").write_text(GOOD)
    (tmp_path / "stuck.py").write_text(STUCK)
    done = subprocess.run([sys.executable, tmp_path / "stuck.py", "build", articles, "-o", out, "--jobs", str(jobs),
                           "--max-seconds", "1"], capture_output=True, text=True, timeout=300, cwd=ROOT,
                          env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert done.returncode == 3 and "Traceback" not in done.stderr, done.stderr
    assert rows(out,
                "select source, reason like '%too much memory or time%' from rejects") == [("articles/a.html", True)]
    assert rows(out, "select source from documents") == [("articles/b.txt",)]


DEADLY = """
import multiprocessing, os
from extract import build, cli, read
parsed, cut = read._parsed, read._cut_crawl

def deadly(parse, data, **options):
    if "deadly" in str(data):
        os.abort()
    return parsed(parse, data, **options)

def cutter(source, stream):
    if "crashes" in source.name:
        os.abort()
    return cut(source, stream)

read._parsed, read.CUTTERS[".warc"], read.PART = deadly, cutter, 3000
if __name__ == "__main__":
    build.POOL_FROM = build.TOGETHER = 0
    cli.main()
"""


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_a_library_does_to_one_part_of_a_crawl_stops_no_other(tmp_path, jobs):
    """It crashes at a page, and where another file is cut in parts, which then is read whole."""
    articles, out = tmp_path / "articles", tmp_path / "facts"
    articles.mkdir()
    for name, word in (("a.warc", "deadly"), ("crashes.warc", "")):
        pages = [PAGE.format("", f"{name[0]} Norvik Foods hired {number} {word * (number == 55)} people for its plant.")
                 for number in range(40, 70)]
        (articles / name).write_bytes(b"".join(
            warc(page.encode()).replace(b"norvik.example", b"%d.%s" % (number, name.encode()))
            for number, page in enumerate(pages)))
    (tmp_path / "deadly.py").write_text(DEADLY)
    done = subprocess.run([sys.executable, tmp_path / "deadly.py", "build", articles, "-o", out, "--jobs", str(jobs)],
                          capture_output=True, text=True, timeout=300, cwd=ROOT,
                          env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert done.returncode == 3 and "Traceback" not in done.stderr, done.stderr
    assert rows(out, "select source, reason like '%memory or time%' from rejects") == [("articles/a.warc", True)]
    (few,), (all_,) = rows(out, "select count(*) from documents group by source order by source")
    assert 15 < few < 30 == all_


# Text ---------------------------------------------------------------------------------------------------

ODD = {
    "right to left": "\u202bNorvik Foods reported revenue of $7 million in 2024.\u202c",
    "isolates": "Norvik Foods reported \u2067revenue of $7 million\u2069 in 2024.",
    "zero width": "Norvik\u200b Foods\u200d reported\u2060 revenue\ufeff of $7 million in 2024.",
    "emoji": "\U0001f680\U0001f468\u200d\U0001f469\u200d\U0001f467 Norvik Foods reported revenue of $7 million in "
             "2024. \U0001f4c8",
    "astral letters": "\U0001d40d\U0001d428\U0001d42b\U0001d42f\U0001d422\U0001d424 Foods reported revenue of $7 "
                      "million in 2024.",
    "astral digits": "Norvik Foods reported revenue of $\U0001d7d5 million, not $7 million, in 2024.",
    "combining": unicodedata.normalize("NFD", "Nørvïk Fööds reported revenue of $7 million in 2024, said José."),
    "Hebrew": "\u05e9\u05dc\u05d5\u05dd Norvik Foods reported revenue of $7 million in 2024.",
}


@pytest.mark.parametrize("name", ODD)
def test_spans_count_code_points_whatever_stands_before_them(tmp_path, name):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": ODD[name], "lang": "en"}))
    build([str(tmp_path)], tmp_path / "facts", jobs=1)
    (text,), = rows(tmp_path / "facts", "select text from documents")
    assert text == ODD[name].strip().strip("\ufeff")
    found = rows(tmp_path / "facts", 'select "start", "end", mention from quantities')
    assert {"$7 million", "2024"} <= {mention for *_, mention in found}
    assert all(text[start:end] == mention for start, end, mention in found)
    assert rows(tmp_path / "facts", "select 1 from documents join quantities using (doc_id) "
                'where substring(text, "start" + 1, "end" - "start") <> mention') == []
    assert rows(tmp_path / "facts", "from rejects") == []


def test_no_text_commands_the_terminal(tmp_path):
    """Signs that set a title or move the cursor, in an article and in the name of a column."""
    (tmp_path / "a.txt").write_text("Norvik \x1b]0;x\x07Foods Inc. reported revenue of $7 million.\x9b2J\n")
    (tmp_path / "b.parquet").write_bytes(parquet(**{"\x1b]0;x\x07": [1]}))
    out = str(tmp_path / "facts")
    built = CliRunner().invoke(cli.main, ["build", str(tmp_path), "-o", out])
    (name,), *_ = rows(out, "select entity from facts")
    for done, word in ((built, "no column text"), (CliRunner().invoke(cli.main, ["show", name, "-q", "-d", out]),
                                                   "million")):
        assert word in done.output and not {"\x1b", "\x07", "\x9b"} & set(done.output), done.output


# Network and paths --------------------------------------------------------------------------------------

SHUT = """
import socket, sys
def shut(event, arguments):
    if event == "socket.connect" and arguments[0].family == socket.AF_UNIX:     # to processes of its own
        return
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto",
                 "urllib.Request", "http.client.connect"):
        open(sys.argv[0] + ".told", "a").write(event + str(arguments) + chr(10))
        raise OSError("no network")
sys.addaudithook(shut)
from extract import build, cli
if __name__ == "__main__":
    cli.main()
"""
LINKED = ("<html><head><title>Norvik</title><base href='http://norvik.example/'><link rel=stylesheet "
          "href=http://norvik.example/a><meta http-equiv=refresh content='0;url=http://norvik.example'><script "
          "src=http://norvik.example/b></script></head>"
          "<body><article><p><img src=http://norvik.example/c>Norvik Foods Inc. reported revenue of $7 million and "
          "<a href=//norvik.example>hired</a> 55 people, it said on Monday in a long "
          "report.</p></article></body></html>")
FEED = ("<?xml version='1.0'?><?xml-stylesheet href='http://norvik.example/s.xsl'?><!DOCTYPE rss SYSTEM "
        "'http://norvik.example/x.dtd'><rss><channel><item><title>Norvik hired 56 "
        "people</title><link>http://norvik.example/1</link></item></channel></rss>")


def test_nothing_is_fetched(tmp_path):
    """The whole job, all readers, with sockets shut; what it names is not asked for."""
    articles = tmp_path / "articles"
    articles.mkdir()
    for name, content in {
            "a.html": LINKED, "a.xml": FEED, "a.txt": "Norvik Foods hired 58 people.",
            "a.md": "![x](http://norvik.example/p.png) Norvik hired 59 people.",
            "a.jsonl": line(GOOD + "http://norvik.example"),
            "a.parquet": parquet(text=[GOOD], url=["http://norvik.example/2"]),
            "a.warc": warc(LINKED.encode()), "b.txt.gz": gzip.compress(b"Norvik Foods hired 57 people.")}.items():
        (articles / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    (tmp_path / "shut.py").write_text(SHUT)
    done = subprocess.run([sys.executable, tmp_path / "shut.py", "build", articles, "-o", tmp_path / "facts", "--jobs",
                           "1"], capture_output=True, text=True, timeout=300, cwd=ROOT,
                          env=os.environ | {"PYTHONPATH": str(ROOT)})
    told = tmp_path / "shut.py.told"
    assert not told.exists(), told.read_text()
    assert done.returncode == 0, done.stderr
    assert len(rows(tmp_path / "facts", "select distinct source from documents")) == 8
    # The test can fail: a socket that is asked for is seen.
    (tmp_path / "shut.py").write_text(SHUT.replace("cli.main()", "import urllib.request; "
                                                                 "urllib.request.urlopen('http://127.0.0.1:9')"))
    subprocess.run([sys.executable, tmp_path / "shut.py"], capture_output=True, cwd=ROOT,
                   env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert told.exists()


def test_nothing_is_written_outside_the_output(tmp_path):
    """Names in the input that climb, and what is written while they are read: watched, in folders of their own."""
    articles, out, here = tmp_path / "articles", tmp_path / "facts", tmp_path / "here"
    articles.mkdir()
    here.mkdir()
    (articles / "..%2f..%2fevil.txt").write_text("Norvik Foods hired 61 people.")
    (articles / "a.jsonl").write_bytes(json.dumps({
        "text": GOOD, "url": "file:///../../evil", "title": "../../evil", "publisher": "../../evil", "source": "/evil",
        "doc_id": "../../evil", "id": "../../evil"}).encode())
    watch = """
import os, sys
def hook(event, arguments):
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+") or event in (
            "os.mkdir", "os.rename", "os.remove", "os.symlink", "os.link"):
        path = arguments[1 if event in ("os.rename", "os.symlink", "os.link") else 0]
        if isinstance(path, (str, os.PathLike)):
            print("wrote", os.path.abspath(path), file=sys.stderr)
sys.addaudithook(hook)
from extract import cli
cli.main()
"""
    done = subprocess.run([sys.executable, "-B", "-c", watch, "build", articles, "-o", out, "--jobs", "1"], cwd=here,
                          text=True, capture_output=True, timeout=300, env=os.environ | {"PYTHONPATH": str(ROOT)})
    wrote = {text.removeprefix("wrote ") for text in done.stderr.splitlines() if text.startswith("wrote ")}
    assert any(path.startswith(f"{out}/.shards") for path in wrote)
    assert [path for path in wrote if not path.startswith(f"{out}") and path != os.devnull] == []
    assert list(here.iterdir()) == [] and {path.name for path in tmp_path.iterdir()} == {"articles", "facts", "here"}


# Large ---------------------------------------------------------------------------------------------------

# Runs a command, waits for all processes that it began, and tells of their CPU time and of the largest one.
MEASURE = """
import ctypes, os, resource, subprocess, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(36, 1)          # PR_SET_CHILD_SUBREAPER: whose parent ends comes here
code = subprocess.call([sys.executable, "-m", "extract.cli", *sys.argv[1:]])
try:
    while os.wait():
        pass
except ChildProcessError:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1000)
sys.exit(code)
"""


def measured(*arguments) -> tuple[int, str, float, float]:
    """Exit code and messages of a build, its seconds of CPU time and the memory of its largest process in MB."""
    done = subprocess.run([sys.executable, "-c", MEASURE, *map(str, arguments)], capture_output=True, text=True,
                          cwd=ROOT)
    seconds, memory = done.stdout.split()
    return done.returncode, done.stderr, float(seconds), float(memory)


@pytest.mark.long
def test_100_mb_lines_and_a_bomb_of_gigabytes(tmp_path):
    (tmp_path / "line.txt").write_bytes(b"The plant employs 80 people. " * 3_500_000)
    (tmp_path / "line.jsonl").write_bytes(line("The plant employs 80 people. " * 3_500_000) + line(GOOD))
    (tmp_path / "digits.txt").write_bytes(b"1234567890" * 4_000_000)
    with gzip.open(tmp_path / "bomb.jsonl.gz", "wb", 9) as bomb:
        for _ in range(4000):
            bomb.write(b" " * 1_000_000)
    code, told, seconds, memory = measured("build", tmp_path, "-o", tmp_path / "facts", "--jobs", 1,
                                           "--max-unpacked", 3_000_000_000)
    print(f"{seconds:.0f} s, {memory:.0f} MB")
    assert code == 3 and memory < 1500
    reasons = dict(rows(tmp_path / "facts", "select source, reason from rejects"))
    assert len(reasons) == 4 and "cut off" in next(reason for name, reason in reasons.items() if "digits" in name)
    assert rows(tmp_path / "facts", "select count(*) from facts where metric = 'revenue'") == [(1,)]


TINY = ("Carmaker Veldt hired {0} people for its plant near Lund in 2024.\n\nBank Harrow expects the Kestrel 2 of "
        "Norvik Motors "
        "to sell for about {1},000 euros next year; its battery holds {1} kWh, and the firm, which opened its shop "
        "number {0} in spring, said that its revenue rose {1}%.\n")


@pytest.mark.long
def test_100_000_tiny_files(tmp_path):
    for number in range(100_000):
        folder = tmp_path / "articles" / str(number // 1000)
        if number % 1000 == 0:
            folder.mkdir(parents=True)
        (folder / f"{number}.txt").write_text(TINY.format(number, 10 + number % 90))
    command = "build", tmp_path / "articles", "-o", tmp_path / "facts"
    code, told, seconds, memory = measured(*command)
    print(f"{seconds:.0f} s, {memory:.0f} MB")
    assert code == 0 and memory < 1000, told
    assert rows(tmp_path / "facts", "select count(*) from documents") == [(100_000,)]
    code, told, again, _ = measured(*command)
    print(f"again: {again:.1f} s")
    assert code == 0 and "Nothing changed" in told and again < seconds / 10
    (tmp_path / "articles" / "50" / "50500.txt").write_text("Veldt hired 7 people.\n")
    code, told, one, _ = measured(*command)
    print(f"one changed: {one:.0f} s\n{told.splitlines()[0]}")
    assert code == 0 and one < seconds / 2
