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
import csv
import gzip
import hashlib
import io
import json
import os
import re
import shutil
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO

from extract import article, language, limit
from extract.article import Article
from extract.error import UserError
from extract.model import Document, Reject

STANDARD_INPUT = "-"


class InputError(UserError):
    """A path that was given cannot be read; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, or a part of it. Bytes are counted as they are when unpacked."""
    path: str           # as the system finds it, or - for standard input
    name: str           # as it stands in documents.source: relative
    size: int           # bytes, 0 where it is not known
    digest: str = ""    # of the content
    start: int = 0      # byte at which a part begins
    before: int = 0     # lines, responses or rows before a part
    count: int | None = None        # of a part


WHOLE = Source("", "", 0)
CHUNK = 1 << 20


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


# Documents ---------------------------------------------------------------------------------------------

def documents(source: Source) -> Iterator[Document | Reject]:
    """The articles of a file, or of a part of it, one after the other, and a Reject for what cannot be read."""
    item = 0
    try:
        with _opened(source) as (reader, stream):
            for found in reader(stream, source) if source.count is not None else reader(stream):
                if isinstance(found, Failure):
                    yield Reject(source.name, found.item, found.reason)
                elif found.text:
                    at = item if (at := getattr(found, "item", None)) is None else at
                    if len(found.text) > limit.now().document:
                        yield Reject(source.name, at,
                                     f"the article is {len(found.text):,} characters long and was cut off after "
                                     f"{limit.now().document:,}; cut it in parts, or raise --max-document")
                        found.text = _cut(found.text, limit.now().document)
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


_kept = None        # state of a packed file, the file, its reader and the stream of what it unpacks to


@contextmanager
def _opened(source: Source) -> Iterator[tuple["Reader", IO[bytes]]]:
    """The reader of a file, and the stream to give it: unpacked, from the beginning of the part.

    A packed file of which a part was read stays open, for the next part that this process reads stands behind it: to
    unpack it from the beginning for each would take time with the square of its length.
    """
    global _kept
    if source.path == STANDARD_INPUT:
        with open(sys.stdin.fileno(), "rb", closefd=False) as file:
            yield _reader(source.name, file)
        return
    if os.path.exists(source.path) and not os.path.isfile(source.path):
        raise Failure("a folder that may not be listed; check its permissions" if os.path.isdir(source.path) else
                      "neither a file nor a folder; give its content as a file, or on standard input (-)")
    state = source.path, (now := os.stat(source.path)).st_ino, now.st_size, now.st_mtime_ns
    before, _kept = _kept, None
    with ExitStack() as opened:
        if before:
            opened.callback(before[1].close)
        if before and before[0] == state and before[3].tell() <= source.start:
            _, file, reader, stream = before
        else:
            file = opened.enter_context(open(source.path, "rb"))
            reader, stream = _reader(source.name, file)
        if stream is file:
            file.seek(source.start)
        while stream.tell() < source.start and stream.read(min(CHUNK, source.start - stream.tell())):
            pass
        yield reader, stream
        if source.count is not None and stream is not file:
            _kept = state, file, reader, stream
            opened.pop_all()


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
# Nothing is tried again (*+), for which each letter would take 64 bytes.
WESTERN = re.compile("(?:[\t-\r -~\xa0-\xef\xf1-\xfc\xff€‚„…‘’“”•–—™ŠšŽžŒœŸ](?![a-z][¡-¿×÷][a-z]))*+")
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
    data = stream.read(limit.now().piece + 1)
    if len(data) > limit.now().piece:
        raise Failure(LARGE.format(limit.now().piece, what))
    if not data.strip():
        raise Failure(EMPTY)
    return data


# Readers: a stream of bytes to articles ----------------------------------------------------------------

def plain(stream: IO[bytes]) -> Iterator[Article | Failure]:
    """A text file, which may hold several articles."""
    fields, text = _front(_text(_all(stream)))
    if fields:
        yield _record({**fields, "text": text})
        return
    found = article.split(text)
    if not found:
        raise Failure("holds nothing but boilerplate; give a file with an article in it")
    yield from found


FRONT_MATTER = re.compile(r"\A(---|\+\+\+)\n((?:[^\n]*\n){1,60}?)\1\n")


def _front(text: str) -> tuple[dict[str, str], str]:
    """The fields that a text has in front, as generators of sites keep them, and what stands behind."""
    front = FRONT_MATTER.match(text)
    pairs = (re.split("[:=]", line, maxsplit=1) for line in front[2].splitlines() if ":" in line or "=" in line) \
        if front else ()
    given = {key.strip(): value.strip().strip("\"'") for key, value in pairs}
    known = _fields(given)
    return ({name: given[key] for name, key in known.items()}, text[front.end():]) if known else ({}, text)


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
    """A Markdown file is one article: its headings belong to it. Front matter gives title, date and address, else its
    first lines."""
    fields, text = _front(_text(_all(stream)))
    has_heading = re.match(r"\s*(?:#[ \t]|[^\n]+\n==+[ \t]*\n)", text)
    for pattern, kept in MARKDOWN:
        text = pattern.sub(kept, text)
    told, lines = article.head(text.splitlines())
    first = next((line.strip() for line in lines if line.strip()), "")
    titled = has_heading or told and article.is_title(first)
    yield _record({"title": first if titled else None, **told, **fields, "text": "\n".join(lines)})


def _parsed(parse: Callable, data: object, **options):
    """What a library makes of a file. Some broken files make it fail; one of them must not stop the others."""
    try:
        return parse(data, **options)
    except MemoryError:
        raise
    except Exception as error:
        raise Failure(f"its parser failed ({type(error).__name__}); save the text as .txt") from error


def web_page(stream: IO[bytes], declared: str | None = None, url: str | None = None) -> Iterator["Found"]:
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
            with suppress(ValueError):          # "0000": feedparser finds a year before the first one
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


def records(stream: IO[bytes], part: Source = WHOLE) -> Iterator[Article | Failure]:
    """JSON lines: one article each, with `text`; title, url, published, publisher and lang if there."""
    empty = part is WHOLE
    for number, line in enumerate(islice(_lines(stream), part.count), part.before + 1):
        if line is None:
            yield Failure(f"line {number}: {LARGE.format(limit.now().piece, 'line')}", number)
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


def separated(stream: IO[bytes]) -> Iterator[Article | Failure]:
    """CSV, parted by whatever parts its first row: one article a row, with the columns of FIELDS."""
    lines = _whole_lines(stream)
    head = next(lines, "")
    if not head.strip():
        raise Failure(EMPTY)
    if "\0" in head:
        raise Failure(BINARY.format(_formats()))
    parted = max(",;\t|", key=head.count)
    columns = next(csv.reader([head], delimiter=parted))
    fields = _fields(columns)
    if "text" not in fields:
        raise Failure("no column \"text\" in its first row; name the column of the articles so")
    csv.field_size_limit(limit.now().piece)
    rows = csv.DictReader(lines, columns, delimiter=parted)
    try:
        for number, row in enumerate(rows, 1):
            yield _row({name: row[column] for name, column in fields.items()}, f"row {number}", number)
    except csv.Error as error:
        raise Failure(f"line {rows.line_num + 1} is not CSV ({error}); mend or drop it") from None


def _whole_lines(stream: IO[bytes]) -> Iterator[str]:
    for number, line in enumerate(_lines(stream), 1):
        if line is None:
            raise Failure(f"line {number}: {LARGE.format(limit.now().piece, 'line')}")
        yield line if isinstance(line, str) else _decoded(line)


def _lines(stream: IO[bytes]) -> Iterator[bytes | str | None]:
    """Lines as they come; decoded where they are not of single bytes. None stands for one that is too long."""
    start = stream.peek(4)[:4]
    encoding = next((name for mark, name in BOMS if start.startswith(mark)), None)
    lines = stream
    if encoding not in (None, "utf-8-sig"):
        lines = io.TextIOWrapper(stream, encoding, errors="replace")
    most = limit.now().piece
    while line := lines.readline(most + 1):
        if len(line) <= most:
            yield line
            continue
        yield None
        while line and line[-1] not in (10, "\n"):
            line = lines.readline(most)


def parquet(stream: IO[bytes], part: Source = WHOLE) -> Iterator[Article | Failure]:
    """A Parquet file: one article a row, with the columns of FIELDS; read some rows at a time."""
    import pyarrow as pa
    number = part.before
    try:
        file, fields = _table(stream)
        for before, rows in _batches(file, fields, part):
            columns = [_values(rows[column]) for column in fields.values()]
            for number, values in enumerate(zip(*columns), before + 1):
                yield _row(dict(zip(fields, values)), f"row {number}", number)
    except MemoryError:
        raise
    except (pa.ArrowException, OSError, UnicodeError) as error:
        why = " ".join(str(error).split())[:80]
        kept = "what stands before the break was read" if number else "nothing of it was read"
        raise Failure(f"broken Parquet file ({why}): {kept}; write or fetch it again") from error
    if not number:
        raise Failure("a Parquet file without rows; give one with articles in it")


ROWS = 256          # of a Parquet file that are in memory at a time


def _table(stream: IO[bytes]) -> tuple:
    """A Parquet file, and its columns by the field of FIELDS that each holds."""
    import pyarrow.parquet as pq
    file = pq.ParquetFile(_seekable(stream), pre_buffer=False, buffer_size=1 << 20)
    return file, _text_columns(file.schema_arrow)


def _batches(file, fields: dict[str, str], part: Source = WHOLE) -> Iterator[tuple]:
    """Some rows at a time, which never come from two row groups, and how many stand before them."""
    number = size = 0
    until = sys.maxsize if part.count is None else part.before + part.count
    for group in range(file.num_row_groups):
        behind = number + file.metadata.row_group(group).num_rows
        if behind <= part.before:
            number = behind
            continue
        for rows in file.iter_batches(ROWS, row_groups=[group], columns=[*fields.values()]):
            size += _bytes(rows)
            if size > limit.now().unpacked:
                raise Failure(UNPACKS.format(limit.now().unpacked))
            if number >= part.before:
                yield number, rows
            number += len(rows)
            if number >= until:
                return
        if number != behind:
            raise Failure(f"broken Parquet file: {number:,} rows, not {behind:,}; write or fetch it again")


def _bytes(rows) -> int:
    return sum(column.nbytes for column in rows.columns)


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


def crawl(stream: IO[bytes], part: Source = WHOLE) -> Iterator[Article | Failure]:
    """A WARC file: the pages that servers sent. Redirects, errors, pictures and requests are not articles."""
    from fastwarc.warc import WarcRecord
    number = part.before
    responses = islice(_responses(_Told(stream, part.size)), part.count)
    try:
        for number, record in enumerate(responses, part.before + 1):
            length = record.content_length
            if length > limit.now().piece:
                yield Failure(LARGE.format(limit.now().piece, "response"), number)
                continue
            data = record.reader.read()
            if len(data) < length:
                raise Failure("WARC breaks off: what stands before was read; fetch it again", number)
            try:
                response = WarcRecord.from_bytes(RESPONSE % (length, data))
                response.parse_http(auto_decode="all")
                if response.http_content_type in PAGES and response.http_headers.status_code == 200:
                    page, = web_page(response.reader, response.http_charset, record.headers.get("WARC-Target-URI"))
                    page.item = number - 1
                    yield page
                else:
                    yield Failure(NO_PAGE, number)
            except Failure as failure:
                yield Failure(failure.reason, number)
            except OSError:
                yield Failure("a response that does not unpack; fetch the page again", number)
    except OSError as error:
        if "WARC" not in str(error):
            raise
        kept = "what stands before the break was read" if number else "nothing of it was read"
        raise Failure(f"broken WARC file ({error}): {kept}; fetch it again") from error
    if not number:
        raise Failure("no response of a server in it; give a WARC file of web pages")


NO_PAGE = "a response that is no page but a redirect, error, picture, ...: passed over"


def _responses(stream: "_Told") -> Iterator:
    from fastwarc.warc import ArchiveIterator, WarcRecordType
    return ArchiveIterator(stream, WarcRecordType.response, parse_http=False, stream_detect=False)


class _Told:
    """A stream that tells how far it was read, which fastwarc asks of those that cannot tell, too, and may have an
    end."""

    def __init__(self, stream: IO[bytes], most: int = 0) -> None:
        self.stream, self.place, self.most = stream, 0, most or sys.maxsize

    def read(self, size: int = CHUNK) -> bytes:
        data = self.stream.read(min(size, self.most - self.place))
        self.place += len(data)
        return data

    def tell(self) -> int:
        return self.place


# What the fields of a record, or the columns of a Parquet file, may be called, in any case.
FIELDS = {
    "text": ("text", "content", "body"),
    "title": ("title", "headline"),
    "url": ("url", "link", "canonical"),
    "published": ("published", "date", "published_at", "date_published", "publication_date", "pubdate"),
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
    try:
        reader.feed(source)
        reader.close()
    except AssertionError:      # the parser's, at a "<![" that begins nothing
        return _text_of_html(source.replace("<![", "&lt;!["))
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
        self.stream, self.place = stream, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        read = self.stream.readinto(buffer)
        self.place += read
        if self.place > limit.now().unpacked:
            raise Failure(UNPACKS.format(limit.now().unpacked))
        return read

    def tell(self) -> int:
        return self.place


def _unpacked_zst(stream: IO[bytes]) -> IO[bytes]:
    import pyarrow as pa
    return pa.CompressedInputStream(stream, "zstd")


Reader = Callable[[IO[bytes]], Iterator[Article | Failure]]

READERS: dict[str, Reader] = {
    ".txt": plain, ".text": plain,
    ".md": markdown, ".markdown": markdown,
    ".html": web_page, ".htm": web_page, ".xhtml": web_page,
    ".xml": feed, ".rss": feed, ".atom": feed,
    ".jsonl": records, ".ndjson": records, ".csv": separated, ".tsv": separated,
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
    return READERS.get(PurePosixPath(source.name).suffix.lower()) not in (plain, markdown, records, separated)


def _form(name: str) -> tuple[str, str]:
    """The end of a name that tells the format of a file, and the one that tells how it is packed.

    >>> _form("news.2025.JSONL.gz"), _form("news.zst"), _form("news")
    (('.jsonl', '.gz'), ('', '.zst'), ('', ''))
    """
    ends = [end.lower() for end in PurePosixPath(name).suffixes[-2:]]
    packed = ends.pop() if ends and ends[-1] in UNPACKERS else ""
    return ends[-1] if ends else "", packed


def _reader(name: str, stream: IO[bytes]) -> tuple[Reader, IO[bytes]]:
    """The reader of a file, and the stream to give it, unpacked."""
    stream = stream if hasattr(stream, "peek") else io.BufferedReader(stream)
    end, packed = _form(name)
    packed = packed or next((form for start, form in MAGIC.items() if stream.peek(4).startswith(start)), "")
    if packed:
        stream = io.BufferedReader(_Unpacked(UNPACKERS[packed](stream)), 1 << 17)
    if end in READERS:
        return READERS[end], stream
    if re.fullmatch(r"\.[a-z][a-z0-9]{1,7}", end):
        raise Failure(f"no reader for {end}; formats that are read: {_formats()}")
    start = stream.peek(200)[:200].removeprefix(codecs.BOM_UTF8)
    return READERS[next((end for pattern, end in STARTS if pattern.match(start)), ".txt")], stream


def _formats() -> str:
    return " ".join([*READERS, *UNPACKERS])


# Large files to parts ------------------------------------------------------------------------------------

PART = 500_000            # bytes of a part, or some more
OFTEN = 50                  # parts of a row group of Parquet, which each is read from its beginning
LINED = re.compile(rb"(?:\xef\xbb\xbf)?\{(?!\0)")        # neither packed nor in letters of several bytes


def parts(source: Source) -> list[Source]:
    """A file with the digest of its content; a large one of JSON lines, Parquet or WARC as parts, each to be read by
    itself. What is appended to JSON lines leaves their parts as they are, but for the last one."""
    if not os.path.isfile(source.path):     # a pipe would wait for a writer
        return [source]
    found: list[Source] = []
    if large(source):
        with suppress(Exception, limit.TooMuch), _opened(source) as (_, stream):    # reading it will tell what is wrong
            found = [*CUTTERS[_form(source.name)[0]](source, stream)]
    if len(found) < 2:
        return [whole(source)]
    return found if found[0].digest else [replace(part, digest=whole(source).digest) for part in found]


def whole(source: Source) -> Source:
    """A file with the digest of its content."""
    with open(source.path, "rb") as file:
        return replace(source, digest=hashlib.file_digest(file, "sha256").hexdigest())


def large(source: Source) -> bool:
    """Whether a file may be cut in parts."""
    form, packed = _form(source.name)
    return form in CUTTERS and source.size > (PART // 10 if packed else PART)


def _cut_lines(source: Source, stream: IO[bytes]) -> Iterator[Source]:
    start = before = 0
    while stream.peek(1) and (start or LINED.match(stream.peek(4))):
        digest, size, lines, data = hashlib.sha256(), 0, 0, b""
        while not (full := size >= PART) or not data.endswith(b"\n"):
            if not (more := stream.readline(CHUNK) if full else stream.read(min(CHUNK, PART))):
                lines += not data.endswith(b"\n")
                break
            data = more
            digest.update(data)
            size += len(data)
            lines += data.count(b"\n")
        yield replace(source, size=size, start=start, before=before, count=lines, digest=digest.hexdigest())
        start, before = start + size, before + lines


def _cut_crawl(source: Source, stream: IO[bytes]) -> Iterator[Source]:
    def places():
        told, number = _Told(stream), 0
        for number, record in enumerate(limit.each(_responses(told)), 1):
            yield record.stream_pos, number - 1
        while told.read():
            pass
        yield told.place, number
    return _cut_at(source, places(), PART)


def _cut_table(source: Source, stream: IO[bytes]) -> Iterator[Source]:
    file, fields = _table(stream)

    def places():
        size = number = 0
        for number, rows in limit.each(_batches(file, fields)):
            yield size, number
            size, number = size + _bytes(rows), number + len(rows)
        yield size, number
    groups = map(file.metadata.row_group, range(file.num_row_groups))
    return _cut_at(source, places(), max(PART, *(group.total_byte_size // OFTEN for group in groups)))


def _cut_at(source: Source, places: Iterable[tuple[int, int]], least: int) -> Iterator[Source]:
    """Parts of some bytes, of the places where one may begin: of each the bytes and the items before it."""
    start = before = place = number = 0
    for place, number in places:
        if place - start >= least:
            yield replace(source, size=place - start, start=start, before=before, count=number - before)
            start, before = place, number
    if number > before:
        yield replace(source, size=place - start, start=start, before=before, count=number - before)


CUTTERS = {".jsonl": _cut_lines, ".ndjson": _cut_lines, ".warc": _cut_crawl, ".parquet": _cut_table}
