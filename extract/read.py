"""Paths and formats to Documents: articles, not files. What cannot be read becomes a Reject, and stops
nothing.

The formats stand in READERS and UNPACKERS at the foot; a new one is a function and a line there.

>>> from extract import read
>>> [source.name for source in read.sources(["tests/data/read/plain.txt"])]
['tests/data/read/plain.txt']
>>> read.sources(["no/such/file.txt"])
Traceback (most recent call last):
    ...
extract.read.InputError: no/such/file.txt: no such file or folder; check the path
"""
import codecs
import faulthandler
import gzip
import hashlib
import io
import json
import multiprocessing
import os
import re
import shutil
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache, partial
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import IO

from extract import article, language
from extract.article import Article
from extract.error import UserError
from extract.model import Document, Reject

STANDARD_INPUT = "-"


class InputError(UserError):
    """A path that was given cannot be read; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, or a part of it."""
    path: str           # as the system finds it, or - for standard input
    name: str           # as it stands in documents.source: relative
    size: int           # bytes, 0 where it is not known
    start: int = 0      # byte at which a part begins
    lines: int | None = None        # before a part
    digest: str = ""    # of the content


@dataclass(frozen=True, slots=True)
class Limits:
    """What one hostile file can cost. What is beyond is left out with a reason."""
    unpacked: int = 20_000_000_000      # bytes that a packed file may unpack to
    document: int = 1_000_000           # characters of an article; the rest of it is cut off
    seconds: int = 60                   # that reading an article, or looking for figures in it, may take
    piece: int = 50_000_000             # bytes that must be in memory at once: a text or page, a line of JSON


DEFAULT = Limits()
_limits = DEFAULT


def limits() -> Limits:
    """The limits in use."""
    return _limits


def limit(new: Limits) -> None:
    """Use other limits from now on."""
    global _limits
    _limits = new


@dataclass(slots=True)
class Failure(Exception):
    """Why a file, or a line of it, gives no article."""
    reason: str
    item: int | None = None


# Paths -------------------------------------------------------------------------------------------------

def sources(paths: list[str], but: Path | None = None) -> list[Source]:
    """The files of paths and folders, each once, sorted within a folder; hidden files are skipped, and the folder
    `but`."""
    found: list[Source] = []
    seen: set[str] = set()
    skip = os.path.join(os.path.realpath(but), "") if but else None
    for path in paths:
        if path == STANDARD_INPUT:
            found.append(Source(STANDARD_INPUT, "standard input", 0))
            continue
        if not os.path.exists(path):
            raise InputError(f"{path}: no such file or folder; check the path")
        if not os.access(path, os.R_OK):
            raise InputError(f"{path}: may not be read; check its permissions")
        name = _relative(path)
        for file in _files(path, seen, skip):
            inside = PurePosixPath(name, file.removeprefix(path).lstrip("/"))
            shown = os.fsencode(inside).decode("utf-8", "replace")      # a name may hold bytes that are no text
            found.append(Source(file, shown, os.path.getsize(file) if os.path.isfile(file) else 0))
    return found


def _relative(path: str) -> str:
    """A name that says nothing about the machine: of an absolute path, or one outside, its last part."""
    parts = Path(os.path.normpath(path)).parts
    if os.path.isabs(path) or ".." in parts:
        return Path(os.path.abspath(path)).name
    return str(PurePosixPath(*parts))


def _files(path: str, seen: set[str], skip: str | None) -> Iterator[str]:
    """What lies under a path and is no folder. Each is visited once, so loops of links end; a folder that may
    not be listed, a link to nothing and the like are there too, so that they are rejected with a reason."""
    waiting = [(path, os.path.realpath(path))]
    while waiting:
        path, real = waiting.pop()
        if real in seen or skip and real.startswith(skip):
            continue
        seen.add(real)
        try:
            inside = sorted(os.scandir(path), key=lambda entry: entry.name, reverse=True) if os.path.isdir(path) \
                    else None
        except OSError:
            inside = None
        if inside is None:
            yield path
            continue
        for entry in inside:
            if not entry.name.startswith("."):
                link = entry.is_symlink()       # else the path is real as that of its folder is
                waiting.append((entry.path, os.path.realpath(entry.path) if link else os.path.join(real, entry.name)))


PART = 1_000_000            # bytes of a part
LINED = re.compile(rb"(?:\xef\xbb\xbf)?\{(?!\0)")        # neither packed nor in letters of several bytes
CHUNK = 1 << 20


def parts(source: Source) -> list[Source]:
    """A file with the digest of its content; a large one of JSON lines as parts that end with a line.

    What is appended to a file leaves its parts as they are, but for the last one.
    """
    if not os.path.isfile(source.path):     # a pipe would wait for a writer
        return [source]
    found: list[Source] = []
    start = lines = 0
    with open(source.path, "rb") as file:
        lined = source.name.lower().endswith((".jsonl", ".ndjson")) and LINED.match(file.peek(4))
        while not found or file.peek(1):
            digest, more, data = hashlib.sha256(), 0, b""
            while not (full := lined and file.tell() - start >= PART) or not data.endswith(b"\n"):
                if not (data := file.readline(CHUNK) if full else file.read(min(CHUNK, PART))):
                    break
                digest.update(data)
                more += data.count(b"\n")
            found.append(replace(source, size=file.tell() - start, start=start, lines=lines, digest=digest.hexdigest()))
            start, lines = file.tell(), lines + more
    return found if len(found) > 1 else [replace(source, digest=found[0].digest)]


# Documents ---------------------------------------------------------------------------------------------

def documents(source: Source, told: Callable[[int], None] = lambda place: None) -> Iterator[Document | Reject]:
    """The articles of a file, one after the other, and a Reject for what cannot be read.

    `told` hears at each how many bytes of the file were read.
    """
    item = 0
    try:
        with _opened(source) as file:
            if source.lines is None:
                reader, stream = _reader(source.name, file)
            else:
                reader, stream = partial(records, before=source.lines, size=source.size), file
            for found in reader(stream):
                if source.size:         # of a pipe there is no place to tell
                    told(file.tell() - source.start)
                if isinstance(found, Failure):
                    yield Reject(source.name, found.item, found.reason)
                elif found.text:
                    at = item if (at := getattr(found, "item", None)) is None else at
                    if len(found.text) > _limits.document:
                        yield Reject(source.name, at,
                                     f"the article is {len(found.text):,} characters long and was cut off after "
                                     f"{_limits.document:,}; cut it in parts, or raise --max-document")
                        found.text = _cut(found.text, _limits.document)
                    yield document(found, source.name, at)
                    item += 1
    except Failure as failure:
        yield Reject(source.name, failure.item, failure.reason)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        yield Reject(source.name, None, _broken("gzip", item))
    except OSError as error:
        yield Reject(source.name, None, _broken("zst", item) if "ZSTD" in str(error) or "Truncated" in str(error)
                     else f"cannot be read: {error.strerror or error}; check the file")


def _broken(form: str, read: int) -> str:
    kept = "what stands before the break was read" if read else "nothing of it was read"
    return f"broken {form} file: {kept}; fetch or compress it again"


def _cut(text: str, most: int) -> str:
    """The beginning of a text, to the end of a word: half a number would be another number."""
    space = max(text.rfind(" ", 0, most), text.rfind("\n", 0, most))
    return text[:space if space > 0 else most].rstrip()


def _opened(source: Source) -> IO[bytes]:
    if source.path == STANDARD_INPUT:
        return open(sys.stdin.fileno(), "rb", closefd=False)
    if os.path.exists(source.path) and not os.path.isfile(source.path):
        raise Failure("a folder that may not be listed; check its permissions" if os.path.isdir(source.path) else
                      "neither a file nor a folder; give its content as a file, or on standard input (-)")
    file = open(source.path, "rb")
    file.seek(source.start)
    return file


def document(found: "Found | Article", source: str, item: int) -> Document:
    """An article as a document: with its id and language."""
    return Document(
        doc_id="d" + hashlib.sha256((found.url or found.text).encode("utf-8", "replace")).hexdigest()[:16],
        source=source, item=item, text=found.text, url=found.url, title=found.title,
        publisher=found.publisher, published=found.published,
        lang=getattr(found, "lang", None) or language.detect(found.text))


@dataclass(slots=True)
class Found(Article):
    """An article whose file may name the language, or its place."""
    lang: str | None = None
    item: int | None = None


# Bytes to text -----------------------------------------------------------------------------------------

BOMS = [(codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")]
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
HALF = re.compile("[\ud800-\udfff]")        # half of a pair, which no file can hold
LINE_END = re.compile("[\r\v\f\x85\u2028\u2029](?:(?<=\r)\n)?")
# What UTF-8 looks like after it was read as Windows-1252: â€™ Ã© Â£
MOJIBAKE = re.compile("â€[\x80-\xbf™œ“”˜¦¢]|Ã[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\xa0-\xbf]")
# Letters and signs of western Europe. One that stands between letters, as in "by³y", is a wrong guess.
WESTERN = re.compile("(?:[\t-\r -~\xa0-\xef\xf1-\xfc\xff€‚„…‘’“”•–—™ŠšŽžŒœŸ](?![a-z][¡-¿×÷][a-z]))*")
DECLARED = re.compile(rb"""charset\s?=\s?["']?([A-Za-z0-9_-]{3,20})""")
BINARY = "looks like a binary file; give text or one of {}"
EMPTY = "empty; give a file with text in it"


def _text(data: bytes, declared: str | None = None) -> str:
    return _mended(_decoded(data, declared))


def _decoded(data: bytes, declared: str | None = None) -> str:
    """Text of bytes: by byte order mark, else UTF-8, else as declared, else as charset-normalizer judges."""
    encoding = next((name for mark, name in BOMS if data.startswith(mark)), None)
    if not encoding and b"\0" in data:
        raise Failure(BINARY.format(_formats()))
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        if encoding:
            raise Failure(f"not valid {encoding}, which its first bytes announce; save it as UTF-8") from None
    try:
        return data.decode(declared or "utf-8")
    except (UnicodeDecodeError, LookupError):
        return _guessed(data)


def _guessed(data: bytes) -> str:
    """Windows-1252 where it gives text of western Europe, mostly ASCII: charset-normalizer needs more
    bytes than a short article has to find that."""
    from charset_normalizer import from_bytes
    foreign = sum(byte > 127 for byte in data)
    try:
        western = data.decode("cp1252")
    except UnicodeDecodeError:
        western = ""
    if 5 * foreign < len(data) and WESTERN.fullmatch(western):
        return western
    best = from_bytes(data).best()
    if best is None:
        raise Failure(BINARY.format(_formats()))
    return str(best)


def _mended(text: str) -> str:
    """Text that can be kept: no binary data, no mojibake, no half characters, lines that end in \\n."""
    if not text.isascii():
        if MOJIBAKE.search(text):
            from ftfy import fix_encoding
            text = fix_encoding(text)           # may bring a NUL to light, once written as two bytes
        text = HALF.sub("\ufffd", text)
    controls = CONTROL.findall(text)
    if "\0" in controls or len(controls) > max(2, len(text) / 100):
        raise Failure(BINARY.format(_formats()))
    return LINE_END.sub("\n", text)


LARGE = "more than {:,} bytes in one {}; cut it in parts, or give the articles as JSON lines"


def _all(stream: IO[bytes], what: str = "text") -> bytes:
    data = stream.read(_limits.piece + 1)
    if len(data) > _limits.piece:
        raise Failure(LARGE.format(_limits.piece, what))
    if not data.strip():
        raise Failure(EMPTY)
    return data


# Readers: a stream of bytes to articles ----------------------------------------------------------------

def plain(stream: IO[bytes]) -> Iterator[Article | Failure]:
    """A text file, which may hold several articles."""
    found = article.split(_text(_all(stream)))
    if not found:
        raise Failure("holds nothing but boilerplate; give a file with an article in it")
    yield from found


FRONT_MATTER = re.compile(r"\A---\n((?:[^\n]*\n){1,60}?)---\n")
# Marks of Markdown and what is left of them; a picture leaves nothing.
MARKDOWN = [(re.compile(pattern, re.MULTILINE), kept) for pattern, kept in (
    (r"<!--[^>]{0,999}-->", ""),
    (r"!\[[^\]\n]{0,499}\]\([^)\n]{0,999}\)", ""),
    (r"\[([^\]\n]{1,499})\]\([^)\n]{0,999}\)", r"\1"),
    (r"^[ \t]*```.*$", ""),
    (r"^#{1,6}[ \t]+|[ \t]#+[ \t]*$", ""),
    (r"^>[ \t]?", ""),
    (r"(\*\*|__)(?=\S)([^*_\n]+)\1", r"\2"),
    (r"(?<![\w*])[*_](?=[^\s*_])([^*_\n]+)[*_](?![\w*])", r"\1"),
    (r"`([^`\n]+)`", r"\1"),
    (r"\\([\\`*_{}\[\]()#+.!$-])", r"\1"),
)]


def markdown(stream: IO[bytes]) -> Iterator[Article]:
    """A Markdown file is one article: its headings belong to it. Front matter gives title, date and url."""
    text = _text(_all(stream))
    fields = {}
    if front := FRONT_MATTER.match(text):
        pairs = (line.split(":", 1) for line in front[1].splitlines() if ":" in line)
        given = {key.strip(): value.strip().strip("\"'") for key, value in pairs}
        fields = {name: given[key] for name, key in _fields(given).items()}
        text = text[front.end():]
    has_heading = re.match(r"\s*(?:#[ \t]|[^\n]+\n==+[ \t]*\n)", text)
    for pattern, kept in MARKDOWN:
        text = pattern.sub(kept, text)
    title = fields.get("title") or (text.strip().split("\n")[0] if has_heading else None)
    yield _record({**fields, "title": title, "text": text})


def _parsed(parse: Callable, data: object, **options):
    """What a library makes of a file. Some broken files crash it; one of them must not stop the others.

    Nor may one of them keep it for ever: code in C hears no alarm, so the process ends itself then.
    """
    try:
        if multiprocessing.parent_process():
            faulthandler.dump_traceback_later(2 * _limits.seconds, exit=True, file=_nowhere())
        return parse(data, **options)
    except Exception as error:
        raise Failure(f"its parser failed ({type(error).__name__}); save the text as .txt") from error
    finally:
        faulthandler.cancel_dump_traceback_later()


@cache
def _nowhere() -> IO:
    return open(os.devnull, "w")


def web_page(stream: IO[bytes], declared: str | None = None, url: str | None = None) -> Iterator[Article]:
    """A page: the main text of it, as trafilatura finds it. A server may have declared encoding and address."""
    import trafilatura
    data = _all(stream, "page")
    declared = declared or (found := DECLARED.search(data[:2000])) and found[1].decode()
    text = _text(data, declared)
    page = _parsed(trafilatura.extract, text, output_format="json", with_metadata=True,
                   include_comments=False,
                   date_extraction_params={"extensive_search": False, "original_date": True})
    found = json.loads(page) if page else {}
    if not (found.get("text") or "").strip():
        raise Failure("no article found in the page; save its text as .txt")
    yield _record({"text": found["text"].replace("\n", "\n\n"), "title": found.get("title"),
                   "url": url or found.get("source"), "published": found.get("date"),
                   "publisher": found.get("source-hostname")})


def feed(stream: IO[bytes]) -> Iterator[Article | Failure]:
    """An RSS or Atom feed: content before summary."""
    import feedparser
    # A stream, for feedparser would take a string for a file or an address.
    parsed = _parsed(feedparser.parse, io.BytesIO(_all(stream)))
    error = parsed.get("bozo_exception") if parsed.bozo else None
    broken = getattr(error, "getMessage", lambda: None)()       # of a SAX error, not of a warning
    empty = True
    for entry in parsed.entries:
        content = next((part.value for part in entry.get("content", ()) if part.get("value")), None)
        text = _text_of_html(content or entry.get("summary") or "")
        title = " ".join(_text_of_html(entry.get("title") or "").split())
        if not (text or title):
            continue
        empty = False
        # In the feed's own time zone: the moment that feedparser gives is UTC.
        day = article.date_of(entry.get("published") or entry.get("updated") or "")
        moment = entry.get("published_parsed") or entry.get("updated_parsed")
        if moment and not day:
            day = date(*moment[:3])
        # The language that a feed names is often but the default of the software that made it.
        yield _record({"text": text, "title": title, "url": entry.get("link"), "published": day,
                       "publisher": parsed.feed.get("title")})
    if broken and empty:
        raise Failure(f"XML that does not parse ({broken}); fetch the feed again")
    if broken:
        raise Failure(f"XML breaks off ({broken}): what stands before was read; fetch the feed again")
    if empty:
        raise Failure("no entries of RSS or Atom in it; give a feed, or the pages as .html")


def records(stream: IO[bytes], before: int = 0, size: int = sys.maxsize) -> Iterator[Article | Failure]:
    """JSON lines: one article each, with `text`; title, url, published, publisher and lang if there.

    Of a part of a file the lines before it and its length are given.
    """
    empty = not before
    for number, line in enumerate(_lines(stream, size), before + 1):
        if line is None:
            yield Failure(f"line {number}: {LARGE.format(_limits.piece, 'line')}", number)
            empty = False
            continue
        if empty and isinstance(line, bytes) and b"\0" in line:
            raise Failure(BINARY.format(_formats()), number)
        try:
            line = line if isinstance(line, str) else _decoded(line)
        except Failure as failure:
            yield Failure(f"line {number}: {failure.reason}", number)
            continue
        if not line.strip():
            continue
        empty = False
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            why = getattr(error, "msg", "nested too deep")
            yield Failure(f"line {number} is not JSON ({why}); mend or drop it", number)
            continue
        given = [name for name, value in record.items() if value] if isinstance(record, dict) else []
        fields = _fields(given)
        if not isinstance(record[fields["text"]] if "text" in fields else None, str):
            yield Failure(f"line {number} has no field \"text\" with a text; name the field of the article so",
                          number)
            continue
        yield _row({name: record[field] for name, field in fields.items()}, f"line {number}", number)
    if empty:
        raise Failure(EMPTY)


def _lines(stream: IO[bytes], size: int) -> Iterator[bytes | str | None]:
    """Lines as they come; decoded where they are not of single bytes. None stands for one that is too long."""
    start = stream.peek(4)[:4]
    encoding = next((name for mark, name in BOMS if start.startswith(mark)), None)
    lines = stream
    if encoding not in (None, "utf-8-sig"):
        lines = io.TextIOWrapper(stream, encoding, errors="replace")
    most = _limits.piece
    while size > 0 and (line := lines.readline(most + 1)):
        size -= len(line)
        if len(line) <= most:
            yield line
            continue
        yield None
        while line and line[-1] not in (10, "\n"):
            line = lines.readline(most)
            size -= len(line)


def parquet(stream: IO[bytes]) -> Iterator[Article | Failure]:
    """A Parquet file: one article a row, with the columns of FIELDS; read some rows at a time."""
    import pyarrow as pa
    import pyarrow.parquet as pq
    number = size = 0
    try:
        file = pq.ParquetFile(_seekable(stream), pre_buffer=False, buffer_size=1 << 20)
        fields = _text_columns(file.schema_arrow)
        for rows in file.iter_batches(ROWS, columns=[*fields.values()]):
            columns = [_values(rows[column]) for column in fields.values()]
            size += sum(column.nbytes for column in rows.columns)
            if size > _limits.unpacked:
                raise Failure(UNPACKS.format(_limits.unpacked))
            for values in zip(*columns):
                number += 1
                yield _row(dict(zip(fields, values)), f"row {number}", number)
    except (pa.ArrowException, OSError, UnicodeError) as error:
        why = " ".join(str(error).split())[:80]
        kept = "what stands before the break was read" if number else "nothing of it was read"
        raise Failure(f"broken Parquet file ({why}): {kept}; write or fetch it again") from error
    if not number:
        raise Failure("a Parquet file without rows; give one with articles in it")


ROWS = 256          # of a Parquet file that are in memory at a time


def _text_columns(schema) -> dict[str, str]:
    """The columns of a Parquet file by the field of FIELDS that each holds."""
    from pyarrow import types
    fields = _fields(schema.names)
    if "text" not in fields:
        raise Failure(f"no column text (or {', '.join(FIELDS['text'][1:])}); name the column of the article so. "
                      f"It has the columns {', '.join(schema.names)[:80] or 'none'}")
    kind = schema.field(fields["text"]).type
    kind = kind.value_type if types.is_dictionary(kind) else kind
    if not any(test(kind) for test in (types.is_string, types.is_large_string, types.is_string_view,
                                       types.is_binary, types.is_large_binary)):
        raise Failure(f"the column {fields['text']} holds {str(kind)[:40]}; it must hold the text of the article")
    return fields


def _values(column) -> list:
    """Values of a column of Parquet; strings as bytes, which need not be UTF-8; dates and times as text."""
    import pyarrow as pa
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_temporal(column.type):
        column = column.cast(pa.string())
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        column = column.cast(pa.large_binary())
    return column.to_pylist()


def _seekable(stream: IO[bytes]) -> IO[bytes]:
    """The stream, or a copy on disk where it comes packed or through a pipe, for Parquet begins at its end."""
    if isinstance(getattr(stream, "raw", None), io.FileIO) and stream.seekable():
        return stream
    copy = tempfile.TemporaryFile()
    shutil.copyfileobj(stream, copy, 1 << 20)
    return copy


PAGES = {"text/html", "application/xhtml+xml"}
# A response by itself, so that one whose body cannot be decoded does not end the reading of the others.
RESPONSE = (b"WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
            b"Content-Length: %d\r\n\r\n%b")


def crawl(stream: IO[bytes]) -> Iterator[Article | Failure]:
    """A WARC file: the pages that servers sent. Redirects, errors, pictures and requests are not articles."""
    from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType
    number = passed = 0
    responses = ArchiveIterator(_Told(stream), WarcRecordType.response, parse_http=False, stream_detect=False)
    try:
        for number, record in enumerate(responses, 1):
            length = record.content_length
            if length > _limits.piece:
                yield Failure(LARGE.format(_limits.piece, "response"), number)
                continue
            data = record.reader.read()
            if len(data) < length:
                raise Failure("WARC breaks off: what stands before was read; fetch it again", number)
            try:
                response = WarcRecord.from_bytes(RESPONSE % (length, data))
                response.parse_http(auto_decode="all")
                if response.http_content_type in PAGES and response.http_headers.status_code == 200:
                    yield from web_page(response.reader, response.http_charset, record.headers.get("WARC-Target-URI"))
                else:
                    passed += 1
            except Failure as failure:
                yield Failure(failure.reason, number)
            except OSError:
                yield Failure("a response that does not unpack; fetch the page again", number)
    except OSError as error:
        if "WARC" not in str(error):
            raise
        kept = "what stands before the break was read" if number else "nothing of it was read"
        raise Failure(f"broken WARC file ({error}): {kept}; fetch it again") from error
    if passed == number:
        raise Failure("no response with a page of HTML in it; give a WARC file of web pages")
    if passed:
        yield Failure(f"{passed:,} of {number:,} responses are no pages but redirects, errors, pictures, ...; "
                      "passed over")


class _Told:
    """A stream that tells how far it was read, which fastwarc asks of those that cannot tell, too."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.place = stream, 0

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.place += len(data)
        return data

    def tell(self) -> int:
        return self.place


# What the fields of a record, or the columns of a Parquet file, may be called, in any case.
FIELDS = {
    "text": ("text", "content", "body"),
    "title": ("title", "headline"),
    "url": ("url", "link"),
    "published": ("published", "date"),
    "publisher": ("publisher", "source", "site"),
    "lang": ("lang", "language"),
}


def _fields(names: Iterable[str]) -> dict[str, str]:
    """The name that each of FIELDS has here, of those that are there."""
    here = {name.lower(): name for name in names}
    return {field: here[found] for field, known in FIELDS.items()
            if (found := next(filter(here.__contains__, known), None))}


def _row(fields: dict, place: str, number: int) -> Found | Failure:
    """An article of one line or row, or what is wrong with it."""
    try:
        fields = {name: _decoded(value) if isinstance(value, bytes) else value for name, value in fields.items()}
        if not isinstance(fields["text"], str):
            return Failure(f"{place} has no text; drop it", number)
        found = _record(fields)
    except Failure as failure:
        return Failure(f"{place}: {failure.reason}", number)
    found.item = number - 1
    return found if found.text else Failure(f"{place} has an empty text; drop it", number)


def _record(record: dict) -> Found:
    """An article whose fields the file keeps apart. It is one article, and is not split."""
    title = " ".join(_mended(_string(record.get("title")) or "").split()) or None
    body = article.tidy(_mended(record["text"]))
    lang = re.match(r"([a-z]{2,3})(?![a-z])", (_string(record.get("lang")) or "").lower())
    return Found(
        text=article.compose(title, body) if body or title else "",
        title=title,
        url=_string(record.get("url")),
        published=_date(record.get("published")),
        publisher=_string(record.get("publisher")),
        lang=lang[1] if lang else None)


def _string(value: object) -> str | None:
    return HALF.sub("\ufffd", value).strip() or None if isinstance(value, str) else None


def _date(value: object) -> date | None:
    """A date, a text with one, or seconds or milliseconds since 1970."""
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return article.date_of(value)
    if isinstance(value, int | float) and 1e8 < value < 1e13:
        return datetime.fromtimestamp(value / 1000 if value > 1e11 else value, UTC).date()
    return None


# HTML of a feed ----------------------------------------------------------------------------------------

BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr "
    "li main ol p pre section table tr ul".split())
UNREAD = {"script", "style", "iframe", "noscript", "template", "svg"}


def _text_of_html(source: str) -> str:
    """Paragraphs of a piece of HTML, a blank line between them; list items begin with a bullet."""
    if "<" not in source and "&" not in source:
        return source.strip()
    reader = _Paragraphs()
    reader.feed(source)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n\n".join(article.uncut(line) for line in lines if line not in ("", "•"))


class _Paragraphs(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.unread = 0

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.unread += tag in UNREAD
        if tag in BLOCKS:
            self.parts.append("\n• " if tag == "li" else "\n")
        elif tag in ("td", "th"):
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.unread -= tag in UNREAD and self.unread > 0
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.parts.append(data.replace("\n", " "))


# Formats -----------------------------------------------------------------------------------------------

UNPACKS = "unpacks to more than {:,} bytes: what stands before was read; is that meant? Then raise --max-unpacked"


class _Unpacked(io.RawIOBase):
    """What a packed stream holds, but not without end."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.left = stream, _limits.unpacked

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        read = self.stream.readinto(buffer)
        self.left -= read
        if self.left < 0:
            raise Failure(UNPACKS.format(_limits.unpacked))
        return read


def _unpacked_zst(stream: IO[bytes]) -> IO[bytes]:
    import pyarrow as pa
    return pa.CompressedInputStream(stream, "zstd")


Reader = Callable[[IO[bytes]], Iterator[Article | Failure]]

READERS: dict[str, Reader] = {
    ".txt": plain, ".text": plain,
    ".md": markdown, ".markdown": markdown,
    ".html": web_page, ".htm": web_page, ".xhtml": web_page,
    ".xml": feed, ".rss": feed, ".atom": feed,
    ".jsonl": records, ".ndjson": records,
    ".parquet": parquet, ".warc": crawl,
}
UNPACKERS: dict[str, Callable[[IO[bytes]], IO[bytes]]] = {
    ".gz": lambda stream: gzip.GzipFile(fileobj=stream),
    ".zst": _unpacked_zst,
}
MAGIC = {b"\x1f\x8b": ".gz", b"\x28\xb5\x2f\xfd": ".zst"}     # how packed data begins that comes without a name
STARTS = [(re.compile(rb"PAR1"), ".parquet"),
          (re.compile(rb"WARC/"), ".warc"),
          (re.compile(rb"\s*\{"), ".jsonl"),
          (re.compile(rb"\s*(?:<!doctype html|<html)", re.IGNORECASE), ".html"),
          (re.compile(rb"\s*<(?:\?xml|rss|feed|rdf)", re.IGNORECASE), ".xml")]


def by_library(source: Source) -> bool:
    """Whether more than Python reads a file.

    >>> by_library(Source("a.html", "a.html", 9)), by_library(Source("a.txt", "a.txt", 9))
    (True, False)
    """
    return READERS.get(PurePosixPath(source.name).suffix.lower()) not in (plain, markdown, records)


def _reader(name: str, stream: IO[bytes]) -> tuple[Reader, IO[bytes]]:
    """The reader of a file, and the stream to give it, unpacked."""
    stream = stream if hasattr(stream, "peek") else io.BufferedReader(stream)
    ends = [end.lower() for end in PurePosixPath(name).suffixes[-2:]]
    packed = ends[-1] if ends and ends[-1] in UNPACKERS else next(
        (form for start, form in MAGIC.items() if stream.peek(4).startswith(start)), None)
    if packed:
        stream = io.BufferedReader(_Unpacked(UNPACKERS[packed](stream)), 1 << 17)
        ends = ends[:-1] if ends and ends[-1] == packed else ends
    end = ends[-1] if ends else ""
    if end in READERS:
        return READERS[end], stream
    if re.fullmatch(r"\.[a-z][a-z0-9]{1,7}", end):
        raise Failure(f"no reader for {end}; formats that are read: {_formats()}")
    start = stream.peek(200)[:200].removeprefix(codecs.BOM_UTF8)
    return READERS[next((end for pattern, end in STARTS if pattern.match(start)), ".txt")], stream


def _formats() -> str:
    return " ".join([*READERS, *UNPACKERS])
