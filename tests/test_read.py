"""Paths and formats to documents; what cannot be read is rejected with a reason and stops nothing."""
import gzip
import io
import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extract import read
from extract.model import Document, Reject

READ = Path(__file__).parent / "data" / "read"
SHARED = Path(__file__).parents[2] / "shared"
TEXT = "Café Größe sells less\n\nThe café “Größe” sold 3 % fewer cakes – about £40 a day.\n"


def found(path: Path) -> list[Document | Reject]:
    return [one for source in read.sources([str(path)]) for one in read.documents(source)]


def names(*paths: str | Path) -> list[str]:
    return [source.name for source in read.sources([str(path) for path in paths])]


def written(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


# Paths -------------------------------------------------------------------------------------------------

def test_folders_are_read_sorted_and_links_end(tmp_path, monkeypatch):
    news = tmp_path / "news"
    (news / "sub").mkdir(parents=True)
    for name in ("b.txt", "a.txt", ".hidden.txt", "sub/c.txt"):
        written(news, name, TEXT)
    (news / "sub" / "loop").symlink_to(news)
    (news / "again.txt").symlink_to(news / "a.txt")
    assert names(news) == ["news/a.txt", "news/b.txt", "news/sub/c.txt"]
    (news / "sub" / "loop").unlink()
    monkeypatch.chdir(tmp_path)
    assert names("./news/sub") == ["news/sub/c.txt"]
    assert names("news/b.txt", "news")[:2] == ["news/b.txt", "news/a.txt"]
    monkeypatch.chdir(news / "sub")
    assert names("../b.txt") == ["b.txt"]


def test_a_missing_path_is_an_error_that_names_it():
    with pytest.raises(read.InputError, match=r"nowhere/at\.txt: no such file"):
        read.sources(["nowhere/at.txt"])


@pytest.mark.parametrize("name", ["records.jsonl", "feed.rss", "page.html", "plain.txt", "three.parquet", "pages.warc"])
@pytest.mark.parametrize("packed", [None, ".gz", ".zst"])
def test_standard_input_is_told_by_its_content(tmp_path, name, packed):
    data = MADE.get(name) or (READ / name).read_bytes()
    script = ("from extract import read\n"
              "for source in read.sources(['-']):\n"
              "    for one in read.documents(source): print(getattr(one, 'doc_id', ''))")
    run = subprocess.run([sys.executable, "-c", script], input=PACKED[packed](data) if packed else data,
                         capture_output=True, check=True, cwd=Path(__file__).parents[1])
    ids = [getattr(one, "doc_id", "") for one in found(written(tmp_path, name, data))]
    assert run.stdout.decode().split("\n")[:-1] == ids


def test_nothing_heavy_is_imported_at_the_start():
    script = ("import sys; from extract import read; "
              "print({'trafilatura', 'feedparser', 'charset_normalizer', 'ftfy', 'lxml'} & set(sys.modules))")
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True,
                         cwd=Path(__file__).parents[1])
    assert run.stdout.strip() == "set()"


# Formats -----------------------------------------------------------------------------------------------

def test_records():
    found_ = found(READ / "records.jsonl")
    gas, snails, kiosks = (one for one in found_ if isinstance(one, Document))
    assert gas.text.startswith("“GASWORKS  sold”\n\nThe town")      # the title stands there already
    assert (gas.title, gas.url, gas.publisher) == ("Gasworks Sold", "https://town.example/gas", "Town Crier")
    assert (gas.published, gas.lang, gas.item) == (date(2024, 11, 23), "en", 0)
    assert snails.text == (
        "Snail farm grows\n\nA snail farm near Dole took on 12 people.\n\nIt sells 9 tonnes a year.")
    assert (snails.published, snails.publisher) == (date(2024, 11, 24), "Farm Week")
    assert (kiosks.published, kiosks.title, kiosks.item) == (date(2024, 11, 24), None, 6)
    assert [(one.item, one.reason.split(" ")[1]) for one in found_ if isinstance(one, Reject)] == [
        (3, "3"), (4, "4"), (6, "6")]


@pytest.mark.parametrize("parted, name", [(",", "a.csv"), (";", "a.csv"), ("\t", "a.tsv"), (",", "a.csv.gz")])
def test_separated(tmp_path, parted, name):
    rows = ["Headline,Date,text,price", '"Gasworks, sold",2024-11-23,"The town ""sold"" it\n\nfor 3 million crowns.",4',
            "Snails,,A café took on 12 people.,", "Only a headline"]
    data = "\n".join(rows).replace(",", parted).replace(f"Gasworks{parted} sold", "Gasworks, sold").encode("cp1252")
    gas, snails, none = found(written(tmp_path, name, gzip.compress(data) if name.endswith("gz") else data))
    assert gas.text == 'Gasworks, sold\n\nThe town "sold" it\n\nfor 3 million crowns.'
    assert (gas.title, gas.published, gas.item) == ("Gasworks, sold", date(2024, 11, 23), 0)
    assert (snails.text, snails.published) == ("Snails\n\nA café took on 12 people.", None)
    assert (none.item, none.reason) == (3, "row 3 has no text; drop it")


def test_a_record_is_one_article(tmp_path):
    text = (READ / "run_together.txt").read_text(encoding="utf-8")
    one, = found(written(tmp_path, "a.jsonl", json.dumps({"text": text})))
    assert one.text.startswith("Orchard") and one.text.endswith("nearby.")


def test_page():
    one, = found(READ / "page.html")
    assert one.title == "Cobbler chain Solemate buys rival"
    assert (one.url, one.published, one.publisher) == (
        "https://market.example/solemate", date(2025, 5, 6), "Market Street News")
    title, first, *_ = one.text.split("\n\n")
    assert title == one.title
    assert first.startswith("Solemate, which mends") and first.endswith("18 million pounds.")
    assert "newsletter" not in one.text and "Shops" not in one.text


def test_feeds():
    dairy, bridge = found(READ / "feed.rss")
    assert dairy.text == ("Dairy & Sons halves its output\n\n"
                          "Dairy & Sons now makes 400 tonnes of cheese a year.\n\n"
                          "• Two of five vats stand idle.")
    # The day where it was written, not that of Greenwich.
    assert (dairy.published, dairy.publisher) == (date(2025, 3, 1), "Valley Post")
    assert bridge.text.endswith("stays closed for 6 weeks.") and bridge.published is None
    granite, = found(READ / "feed.atom")
    assert (granite.title, granite.url) == ("Granite exports rise 7%", "https://quarry.example/granite")
    assert granite.published == date(2025, 1, 9)


def test_markdown():
    one, = found(READ / "note.md")
    assert (one.title, one.url, one.published) == (
        "Pellworm Wind doubles its fleet", "https://wind.example/pellworm", date(2025, 2, 11))
    assert one.text == (
        "Pellworm Wind doubles its fleet\n\n"
        "Pellworm Wind will put up 24 turbines more, it told the Island Courier.\n\n"
        "Money\n\n- The bank lends 60 million euros.")


def test_markdown_heading_is_the_title(tmp_path):
    text = "Kiln *sold*\n===========\n\nFor snake_case_names and 5 * 3 * 2 euros.\n"
    one, = found(written(tmp_path, "a.md", text))
    assert one.title == "Kiln sold"
    assert one.text == "Kiln sold\n\nFor snake_case_names and 5 * 3 * 2 euros."


def parquet(**columns) -> bytes:
    data = io.BytesIO()
    pq.write_table(pa.table(columns), data, row_group_size=2)
    return data.getvalue()


def response(url: str, body: bytes, kind="text/html", status="200 OK", more="") -> bytes:
    """A record of a WARC file, with what a server sent."""
    sent = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body
    return (f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-09-01T05:06:07Z\r\n"
            "Content-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(sent)}\r\n\r\n").encode() + sent + b"\r\n\r\n"


def page(words: str) -> str:
    return f"<html><head><title>Kiln</title></head><body><article>{f'<p>{words}</p>' * 4}</article></body></html>"


CREAM = "The dairy in Cheddleton sold 400 tonnes of cream this year, a tenth more than last year."
CZECH = "Pivovar letos prodal 400 hektolitrů piva, o desetinu více než loni, řekl v pátek jeho ředitel."
MADE = {
    "three.parquet": parquet(
        ID=[1, 2, 3], Headline=["Cream", None, "Kilns"], content=[CREAM, "Two kilns cost £9 million.", None],
        date=[datetime(2025, 3, 1, 23, 30), None, datetime(2025, 3, 2)], url=["https://a.example", None, ""]),
    "pages.warc": b"".join([
        b"WARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: 5\r\n\r\nhello\r\n\r\n",
        response("https://dairy.example/cream", page(CREAM).encode()),
        response("https://pivo.example/", page(CZECH).encode("iso-8859-2"), "text/html; charset=ISO-8859-2"),
        response("https://dairy.example/cow.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"),
        response("https://dairy.example/gone", page("Gone").encode(), status="404 Not Found"),
        response("https://dairy.example/gz", gzip.compress(page(CREAM).encode()), more="Content-Encoding: gzip\r\n"),
        response("https://dairy.example/bad", b"no gzip", more="Content-Encoding: gzip\r\n"),
        response("https://dairy.example/empty", b"<html></html>")])}


def test_parquet(tmp_path):
    cream, kilns, nothing = found(written(tmp_path, "a.parquet", MADE["three.parquet"]))
    assert (cream.text, cream.title, cream.url, cream.published) == (
        f"Cream\n\n{CREAM}", "Cream", "https://a.example", date(2025, 3, 1))
    assert (kilns.text, kilns.title, kilns.url, kilns.published, kilns.item) == (
        "Two kilns cost £9 million.", None, None, None, 1)
    assert (nothing.item, nothing.reason) == (3, "row 3 has no text; drop it")


@pytest.mark.parametrize("text", [
    pa.array([CREAM] * 3).dictionary_encode(), pa.array([CREAM] * 3, pa.large_string()),
    pa.array([CREAM] * 3, pa.string_view()), pa.array([CREAM.encode()] * 3)], ids=lambda made: str(made.type)[:12])
@pytest.mark.parametrize("day", [
    pa.array([date(2025, 3, 1)] * 3), pa.array(["1 March 2025"] * 3), pa.array([1740830400] * 3),
    pa.array([datetime(2025, 3, 1, 12, tzinfo=UTC)] * 3), pa.array([1740830400_000_000_007] * 3, pa.timestamp("ns"))],
    ids=lambda made: str(made.type)[:14])
def test_types_of_columns_of_parquet(tmp_path, text, day):
    try:
        data = parquet(text=text, published=day)
    except pa.ArrowNotImplementedError:
        pytest.skip("this version of pyarrow writes no such column")
    docs = found(written(tmp_path, "a.parquet", data))
    assert [(one.text, one.published) for one in docs] == [(CREAM, date(2025, 3, 1))] * 3


def test_crawl(tmp_path):
    cream, czech, picture, gone, unzipped, bad, empty = found(written(tmp_path, "a.warc", MADE["pages.warc"]))
    assert CREAM in cream.text and cream.text == unzipped.text
    assert (cream.url, cream.title, cream.published) == ("https://dairy.example/cream", "Kiln", None)
    assert CZECH in czech.text
    assert (bad.item, bad.reason) == (6, "a response that does not unpack; fetch the page again")
    assert empty.item == 7 and "no article found" in empty.reason
    assert [(one.item, one.reason) for one in (picture, gone)] == [(3, read.NO_PAGE), (4, read.NO_PAGE)]
    assert [one.item for one in (cream, czech, unzipped)] == [0, 1, 4]


# As it comes from a crawl, each record is packed by itself.
PACKED = {".gz": gzip.compress, ".zst": lambda data: pa.compress(data, "zstd", asbytes=True),
          ".twice.gz": lambda data: gzip.compress(data[:300]) + gzip.compress(data[300:]),
          ".twice.zst": lambda data: b"".join(pa.compress(part, "zstd", asbytes=True)
                                              for part in (data[:300], data[300:]))}


@pytest.mark.parametrize("packed", PACKED)
@pytest.mark.parametrize("name", [*sorted(path.name for path in READ.iterdir()), *MADE])
def test_packed_files_give_the_same(tmp_path, name, packed):
    def plain(one):
        return one.reason if isinstance(one, Reject) else (one.doc_id, one.item, one.text, one.published)
    data = MADE.get(name) or (READ / name).read_bytes()
    path = written(tmp_path, name + packed.removeprefix(".twice"), PACKED[packed](data))
    assert list(map(plain, found(path))) == list(map(plain, found(written(tmp_path, name, data))))


# Encodings ---------------------------------------------------------------------------------------------

@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings(tmp_path, encoding, end):
    one, = found(written(tmp_path, "a.txt", TEXT.replace("\n", end).encode(encoding)))
    assert one.text == TEXT.strip()
    line = json.dumps({"text": TEXT}, ensure_ascii=False) + end
    one, = found(written(tmp_path, "a.jsonl", line.encode(encoding)))
    assert one.text == TEXT.strip()


OTHER = {
    "latin-1": "La société Épices vend 400 tonnes de café à 3 £ le sachet.",
    "cp1251": "Выручка компании в этом году выросла на 15 процентов, сообщил директор завода в пятницу.",
    "cp1250": "Spółka sprzedała w tym roku 400 ton sera, powiedział w piątek dyrektor, który już żegna się z "
              "zakładem. Nowa hala ma stanąć wiosną nad rzeką, a pracę znajdzie w niej sześćdziesiąt osób."}


@pytest.mark.parametrize("encoding", OTHER)
def test_other_encodings(tmp_path, encoding):
    one, = found(written(tmp_path, "a.txt", OTHER[encoding].encode(encoding)))
    assert one.text == OTHER[encoding]


def test_a_page_says_its_encoding(tmp_path):
    body = "<p>Przychody spółki wzrosły o 15 procent, a zysk się nie zmienił, powiedział dyrektor. </p>" * 3
    head = '<html><head><meta charset="iso-8859-2"><title>Spółka</title></head>'
    page = f"{head}<body><article>{body}</article></body></html>"
    one, = found(written(tmp_path, "a.html", page.encode("iso-8859-2")))
    assert "wzrosły o 15 procent, a zysk się nie" in one.text


@pytest.mark.parametrize("seen, meant", [
    ("The cafÃ© lost Â£40 a day.", "The café lost £40 a day."),
    ("Itâ€™s 3% less, â€œabout rightâ€\x9d.", "It’s 3% less, “about right”."),
    ("“São” and Â pay 3% – as they should.", "“São” and Â pay 3% – as they should.")])
def test_mojibake_is_mended_and_quotes_stay_curled(tmp_path, seen, meant):
    one, = found(written(tmp_path, "a.txt", seen))
    assert one.text == meant


# What cannot be read -----------------------------------------------------------------------------------

GZIPPED = gzip.compress(os.urandom(4000) + TEXT.encode())
BROKEN = {
    "a.png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no reader for .png"),
    "a.txt": (b"\x7fELF\2\1\1\0\0\0text", "looks like a binary file"),
    "b.txt": ("\x01\x02\x03 words \x04\x05", "looks like a binary file"),
    "c.txt": (b"", "empty"),
    "d.txt": (b" \n\t\n", "empty"),
    "e.txt": (b"\xff\xfea", "not valid utf-16"),
    "f.txt": ("]]>\n\nAdvertisement\n", "nothing but boilerplate"),
    "a.jsonl": (b"", "empty"),
    "a.csv": (b"", "empty"),
    "b.csv": (b"name,price\nA,3\n", 'no column "text"'),
    "c.csv": (b"title,text\nOnly a title\n", "row 1 has no text"),
    "d.csv": (b"a\0b,text\n", "looks like a binary file"),
    "b.jsonl": (b"\0\1\2\n{}", "looks like a binary file"),
    "c.jsonl": (b"[" * 100_000, "line 1 is not JSON"),
    "d.jsonl": (b'{"text": 3}', 'no field "text"'),
    "e.jsonl": (json.dumps({"text": "\1\2\3\4"}), "line 1: looks like a binary file"),
    "a.txt.gz": (b"no gzip at all", "broken gzip file"),
    "b.txt.gz": (GZIPPED[:-500], "broken gzip file"),
    "c.txt.gz": (GZIPPED[:200] + b"\xff\xff\xff" + GZIPPED[203:], "broken gzip file"),
    "a.txt.zst": (b"no zst at all", "broken zst file: nothing of it was read"),
    "b.txt.zst": (pa.compress(os.urandom(4000), "zstd", asbytes=True)[:-500], "broken zst file"),
    "a.parquet": (b"PAR1 no table", "broken Parquet file"),
    "b.parquet": (MADE["three.parquet"][:-400], "broken Parquet file"),
    "c.parquet": (parquet(story=["a"], words=[3]), "no column text (or content, body); name the column of the "
                                                   "article so. It has the columns story, words"),
    "d.parquet": (parquet(text=[3]), "the column text holds int64; it must hold the text"),
    "e.parquet": (parquet(text=pa.array([], pa.string())), "without rows"),
    "f.parquet": (parquet(text=["\1\2\3\4"]), "row 1: looks like a binary file"),
    "g.parquet": (parquet(text=["  "]), "row 1 has an empty text"),
    "a.warc": (b"no archive", "broken WARC file"),
    "b.warc": (b"", "no response of a server"),
    "c.warc": (MADE["pages.warc"][60:400], "WARC breaks off"),
    "d.warc": (response("https://a.example", b"%PDF", "application/pdf"), "no page"),
    "e.warc": (response("https://a.example", page(CREAM).encode())[:-300], "WARC breaks off"),
    "a.html": ("<html><body><script>1</script></body></html>", "no article found"),
    "b.html": ("", "empty"),
    "a.xml": ("<rss><channel><item><title>", "does not parse"),
    "b.xml": ("<?xml version='1.0'?><stock><share>3</share></stock>", "no entries"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_are_rejected_with_a_reason(tmp_path, name):
    data, reason = BROKEN[name]
    one, = found(written(tmp_path, name, data))
    assert isinstance(one, Reject) and reason in one.reason
    assert one.source == name and len(one.reason) < 200


def test_markup_that_begins_nothing_is_text(tmp_path):
    item = "<item><title>Cut</title><description>&lt;p&gt;Veldt sold &lt;![3 cars.&lt;/p&gt;</description></item>"
    *_, last = found(written(tmp_path, "a.rss", f'<rss version="2.0"><channel>{item}</channel></rss>'))
    assert "sold <![3 cars." in last.text


def test_what_stands_before_a_break_is_read(tmp_path):
    lines = [json.dumps({"text": f"Line {number}: {os.urandom(40).hex()}"}) for number in range(2000)]
    *docs, last = found(written(tmp_path, "a.jsonl.gz", gzip.compress("\n".join(lines).encode())[:-2000]))
    assert len(docs) > 100 and all(isinstance(one, Document) for one in docs)
    assert "what stands before the break was read" in last.reason
    feed = (READ / "feed.rss").read_text(encoding="utf-8").replace("</channel></rss>", "<item><title>Cut")
    *docs, last = found(written(tmp_path, "a.rss", feed))
    assert docs[0].title == "Dairy & Sons halves its output"
    assert isinstance(last, Reject) and "breaks off" in last.reason


def test_a_feed_with_a_year_that_is_none(tmp_path):
    entry = "<?xml><entry><title>Norvik sold 300 cars</title><published>0000</published<"
    one, _ = found(written(tmp_path, "a.rss", entry))
    assert one.title == "Norvik sold 300 cars" and one.published is None


def test_half_characters_are_replaced(tmp_path):
    line = r'{"title": "A \ud83d", "url": "u\ud83d", "text": "Half \ud83d of it"}'
    one, = found(written(tmp_path, "a.jsonl", line))
    for value in (one.text, one.title, one.url):
        value.encode()


# Identity ----------------------------------------------------------------------------------------------

def test_id_is_of_the_address_else_of_the_text(tmp_path):
    def ids(name, **record):
        return found(written(tmp_path, name, json.dumps(record)))[0].doc_id
    same = ids("a.jsonl", text="One.", url="https://a.example")
    assert same == ids("b.jsonl", text="Two.", url="https://a.example") and len(same) == 17 and same[0] == "d"
    assert ids("a.jsonl", text="One.") == ids("c.jsonl", text="One.") != ids("a.jsonl", text="Two.")


# Real texts --------------------------------------------------------------------------------------------

@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")
def test_shared_texts():
    assert len(found(SHARED / "seeds")) == 32
    news = found(SHARED / "gold" / "news" / "docs.jsonl")
    assert len(news) == 102 and all(isinstance(one, Document) and one.lang == "en" for one in news)
    assert all(one.text.startswith(one.title[:10]) for one in news)
