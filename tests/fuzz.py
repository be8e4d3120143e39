"""Changes articles and files at random until something breaks: `make fuzz SECONDS=600 SEED=1`.

Texts are those of samples/, the examples of the metrics and, where they are there, of ../shared/corpus; files are of
every format that is read. A find is an exception, a process that dies or hangs, a span that is not its mention, a
number outside the ledger, or a time far beyond what the text or file takes unchanged. It is cut to the smallest that
still shows it, and written into build/fuzz. Seed and number make a case anew: `python tests/fuzz.py --seed 1 --case
77`.
"""
import argparse
import gzip
import io
import json
import math
import multiprocessing
import random
import resource
import tempfile
import time
import tomllib
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from test_ledger import problems

from extract import batch, read, table
from extract.model import Document, Reject

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared/corpus"
HANGS = 300             # seconds after which a case that goes on is a find
SLOW = 25               # times what the unchanged text, or file, takes; a text of numbers alone may take ten times more
LONGEST = 20_000        # characters of a changed text

# What numbers, names and clauses are made of, and what no keyboard has.
PIECES = [
    *"0123456789.,-–—/:;()[]%$€£¥#@&+~<>=*'\"’“”½¼¾°²³_| \n\t", "\n\n", "1,234.5", "1.234,5", "2025", "0", "00",
    "1" * 31, "9" * 400,
    "$5 million", "€3.1bn", "US$", "yuan", "per cent", " million", " billion", "bn", "m", "k", "K", "dozen", "half",
    "two-thirds",
    "a third", "twice", "doubled", "Q3", "H20", "GPT-4.5", "between ", " and ", " to ", " of ", " per ", "from ",
    "than ", "up ",
    "the company", "Norvik Motors Inc.", "Kestrel 2", "Veldt", "Monday", "August 25", "last year", "year-on-year",
    "10:30",
    "said ", "it ", "compared with ", "respectively", "http://norvik.example/2", "50-50", "24/7", "1/2", "-5", "1e9",
    "0x1F",
    "\u00a0", "\u2009", "\u202f", "\u200b", "\u200d", "\u2060", "\ufeff", "\u202b", "\u202e", "\u2067", "\u0301",
    "\u0338", "\u20e3",
    "\u2028", "\x85", "\x0b", "\x1b", "\ufffd", "\uffff", "\U0001f680", "\U0001f468\u200d\U0001f469", "\U0001d7d5",
    "\U0010ffff",
    "\u0665", "\u0967", "\uff15", "\u2460", "\u2155", "\u00b9", "\u216b", "\u4e94", "İ", "ß", "ﬁ", "Ω", "µ", "K", "五",
    "שלום", "٪"]
BYTES = [b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80", b"\x1f\x8b",
         b"\r\n\r\n", b"\n",
         b"<", b">", b"</", b"<p>", b"<!--", b"<![CDATA[", b"&#0;", b"&#x110000;", b"&amp", b"<a ", b"<title>",
         b"<script>", b'"', b"\\",
         b"\\ud800", b"\\u0000", b"{", b"}", b"[", b"]", b",", b"null", b"1e999", b"NaN", b"-1", b"9" * 400,
         b"4294967295", b"text",
         b'"published": ', b"9999-12-31", b"0000-00-00", b"Feb 30", b"2025-08-25T25:61", b"PAR1", b"WARC/1.1\r\n",
         b"Content-Length: 0\r\n", b"Content-Length: -1\r\n", b"Transfer-Encoding: chunked\r\n",
         b"Content-Encoding: gzip\r\n", b"charset=utf-16", b"charset=idna", b"\x7f\xff\xff\xff", b"\x80\x80\x80\x80"]


# Where changes begin ------------------------------------------------------------------------------------

def samples() -> list[str]:
    return [str(path) for path in sorted((ROOT / "samples").iterdir())
            if path.suffix in read.READERS and path.stem != "README"]


@cache
def texts(real: bool = True) -> list[str]:
    """Articles of samples/, the sentences of the metrics by their families, and articles of the corpora."""
    found = [document.text for source in read.sources([*samples(), str(ROOT / "tests/data/read")])
             for document in read.documents(source) if isinstance(document, Document)]
    for family in sorted((ROOT / "schemas/metrics").iterdir()):
        examples = [example["text"] for path in sorted(family.glob("*.toml"))
                    for example in tomllib.loads(path.read_text(encoding="utf-8")).get("example", ())]
        found += ["\n".join(examples[at:at + 8]) for at in range(0, len(examples), 8)]
    for path in sorted(CORPUS.glob("*.jsonl")) if real else ():
        with path.open(encoding="utf-8") as lines:
            found += [json.loads(line)["text"] for line in islice(lines, 0, None, 5)]
    return found


@cache
def files() -> list[tuple[str, bytes]]:
    """A suffix and the bytes of files of every format, plain and packed."""
    found = []
    for path in [*map(Path, samples()), *sorted((ROOT / "tests/data/read").iterdir())]:
        data = path.read_bytes()
        found.append((path.suffix, data[:30_000]))
    articles = texts(real=False)[:4]
    rows = [{"text": text, "title": "Norvik", "published": date(2025, 9, at + 1)} for at, text in enumerate(articles)]
    for codec in ("none", "zstd"):
        file = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(rows), file, compression=codec)
        found.append((".parquet", file.getvalue()))
    page = next(data for suffix, data in found if suffix == ".html")
    for body, headers in ((page, b""), (gzip.compress(page, mtime=0), b"Content-Encoding: gzip\r\n")):
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + headers + b"\r\n" + body
        found.append((".warc", b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://norvik.example\r\n"
                               b"Content-Type: application/http; msgtype=response\r\nContent-Length: "
                               b"%d\r\n\r\n%b\r\n\r\n"
                               % (len(http), http)))
    found += [(f".txt{end}", pack(articles[0].encode())) for end, pack in (
        (".gz", lambda data: gzip.compress(data, mtime=0)),
        (".zst", lambda data: pa.compress(data, "zstd", asbytes=True)))]
    found += [(".txt", articles[0].encode(code)) for code in ("utf-16", "utf-32", "cp1252")]
    return found + [("", data) for _, data in found]        # and without a name that tells the format


def changed(random: random.Random, start, others: list, pieces: list):
    """A text, or bytes, changed in some places."""
    whole = start
    for _ in range(random.choice([1, 1, 2, 3, 5, 8, 20])):
        at = random.randrange(len(whole) + 1)
        to = min(len(whole), at + random.choice([0, 1, 1, 2, 5, 20, 200]))
        match random.randrange(8):
            case 0:
                new = whole[:0]                                         # leave out
            case 1 | 2 | 3:
                new = random.choice(pieces)
            case 4:
                new = whole[at:to] * random.randrange(2, 6)             # say again
            case 5:                                                     # from elsewhere in it
                there = random.randrange(len(whole) + 1)
                new = whole[there:there + random.choice([1, 5, 30, 300])]
            case 6:                                                     # from another one
                other = random.choice(others)
                there = random.randrange(len(other) + 1)
                new = other[there:there + random.choice([5, 30, 300])]
            case 7 if random.random() < 0.1:                            # again and again
                piece = whole[at:to] or random.choice(pieces)
                new = piece * (LONGEST // 2 // max(1, len(piece)))
            case _:
                new = random.choice(pieces) + whole[at:to] + random.choice(pieces)
        whole = whole[:at] + new + whole[to:]
    return whole[:LONGEST] if isinstance(whole, str) else whole


# What must hold -----------------------------------------------------------------------------------------

def wrong_of_text(text: str, published: date | None = date(2025, 9, 15)) -> list[str]:
    """What does not hold for the rows that are made of a text, a kind of problem before each colon."""
    row = {"doc_id": "d0", "source": "-", "item": 0, "text": text, "lang": "en", "published": published}
    made = batch.extract(table.batch("documents", [row]))
    numbers, facts = made["quantities"].to_pylist(), made["facts"].to_pylist()
    found = [f"ledger: {problem}" for problem in problems(text, [(q["start"], q["end"]) for q in numbers])]
    for one in [*numbers, *facts]:
        if not 0 <= one["start"] < one["end"] <= len(text) or text[one["start"]:one["end"]] != one["mention"]:
            found.append(f"mention: {one['mention']!r} is not at {one['start']} to {one['end']}")
        for name in ("value", "value_max"):
            if one[name] is not None and not math.isfinite(one[name]):
                found.append(f"infinite: {name} of {one['mention']!r}")
    for q in numbers:
        if not q["sentence_start"] <= q["start"] < q["end"] <= q["sentence_end"]:
            found.append(f"sentence: {q['mention']!r} is not inside of {text[q['sentence_start']:q['sentence_end']]!r}")
    ended = {(q["start"], q["end"]): q["outcome"] for q in numbers}
    for fact in facts:
        if ended.get((fact["start"], fact["end"])) != "fact":
            found.append(f"outcome: {fact['mention']!r} is a fact and has no such row in the ledger")
        if fact["mention"] not in fact["quote"] or fact["quote"] not in text:
            found.append(f"quote: {fact['mention']!r} is not in {fact['quote']!r}, or that not in the text")
    return found


def wrong_of_file(suffix: str, data: bytes) -> list[str]:
    """What does not hold for the articles that are read from a file with this end of its name."""
    found = []
    with tempfile.NamedTemporaryFile(suffix=suffix, prefix="article") as file:
        file.write(data)
        file.flush()
        for one in read.documents(read.Source(file.name, f"article{suffix}", len(data))):
            if isinstance(one, Reject):
                if not one.reason or len(one.reason) > 220 or "\n" in one.reason:
                    found.append(f"reason: {one.reason!r}")
                continue
            if not one.text.strip() or any(mark in one.text for mark in "\0\r\x85\u2028"):
                found.append(f"text: empty, or with signs that no text holds: {one.text[:200]!r}")
            row = {name: getattr(one, name) for name in Document.__slots__}
            kept = table.batch("documents", [row]).to_pylist()[0]       # raises where a field cannot be stored
            if any(kept[name] != value for name, value in row.items()):
                found.append("stored: a field is another one when it is stored")
    return found


def problem(check: Callable, *case) -> str | None:
    """The first thing that is wrong with a case."""
    try:
        return next(iter(check(*case)), None)
    except Exception as error:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__)
                  if "extract" in Path(frame.filename).parts]
        place = f"{Path(frames[-1].filename).name} {frames[-1].name}" if frames else "?"
        return f"{type(error).__name__} in {place}: {error}"


def seconds(check: Callable, *case) -> float:
    start = time.process_time()
    problem(check, *case)
    return time.process_time() - start


def smallest(whole, still: Callable[[object], bool], budget: float = 60):
    """A text, or bytes, from which nothing more can be left out without losing the problem."""
    end, size = time.monotonic() + budget, len(whole) // 2
    while size:
        at = 0
        while at < len(whole) and time.monotonic() < end:
            less = whole[:at] + whole[at + size:]
            if still(less):
                whole = less
            else:
                at += size
        size //= 2
    return whole


# Cases --------------------------------------------------------------------------------------------------

class Fuzzer:
    """Cases by seed and number; each is a check and its arguments, of which the last is what is changed."""

    def __init__(self, seed: int, real: bool = True) -> None:
        self.seed, self.texts, self.files = seed, texts(real), files()
        some = random.Random(seed).sample(self.texts, 30)
        problem(wrong_of_text, some[0])         # builds the tables
        self.usual = sorted(seconds(wrong_of_text, text[:3000]) / len(text[:3000]) for text in some)[15]
        self.slowest = {}                       # seconds of the unchanged files of a format, per byte
        for suffix, data in self.files * 2:     # the first time loads libraries
            self.slowest[suffix] = seconds(wrong_of_file, suffix, data) / max(len(data), 1000)
        for suffix, data in self.files:
            self.slowest[suffix] = max(self.slowest[suffix],
                                       seconds(wrong_of_file, suffix, data) / max(len(data), 1000))

    def case(self, number: int) -> tuple:
        """Of three cases two are texts: they take longer, and there is more of them."""
        chance = random.Random(f"{self.seed} {number}")
        if number % 3:
            text = chance.choice(self.texts)
            at = chance.randrange(max(1, len(text) - 500))
            return wrong_of_text, changed(chance, text[at:at + chance.choice([200, 1000, 3000])], self.texts, PIECES)
        suffix, data = chance.choice(self.files)
        return wrong_of_file, suffix, changed(chance, data, [data for _, data in self.files], BYTES)

    def bound(self, check: Callable, *case) -> float:
        """Seconds that a case may take."""
        if check is wrong_of_text:
            return 0.3 + SLOW * self.usual * len(case[-1])
        return 0.5 + SLOW * self.slowest[case[0]] * len(case[-1])

    def run(self, number: int) -> str | None:
        """What is wrong with a case."""
        check, *case = self.case(number)
        start = time.process_time()
        if found := problem(check, *case):
            return found
        if time.process_time() - start > (bound := self.bound(check, *case)):
            best = min(seconds(check, *case) for _ in range(2))
            if best > bound and (check is wrong_of_file or best > 10 * bound or self.grows(case[0], best)):
                return f"slow: {best:.2f} s for {len(case[-1]):,}, where {bound:.2f} s are allowed"
        return None

    def grows(self, text: str, once: float) -> bool:
        """Whether the text twice takes far more than twice as long."""
        return seconds(wrong_of_text, f"{text}\n{text}") > 3 * once

    def shortened(self, number: int, kind: str):
        """The smallest change of a case that has a problem of this kind."""
        check, *case = self.case(number)

        def still(less) -> bool:
            if kind == "slow":
                return seconds(check, *case[:-1], less) > self.bound(check, *case[:-1], less)
            return kind_of(problem(check, *case[:-1], less)) == kind
        return smallest(case[-1], still)


def kind_of(found: str | None) -> str:
    return (found or "").partition(":")[0]


def work(seed: int, numbers: Iterator[int], end: float, at, pipe, short: bool = True) -> None:
    """Runs cases until time is over, and sends what is found; `at` tells which one is being run."""
    fuzzer, seen = Fuzzer(seed), Counter()
    for number in numbers:
        if time.monotonic() > end:
            break
        at.value = number
        found = fuzzer.run(number)
        if found:
            seen[kind_of(found)] += 1
            again = seen[kind_of(found)] > 3            # three of a kind will do
            pipe.send((number, found, None if again else fuzzer.shortened(number, kind_of(found))))
    pipe.send((at.value + 1, None, None))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--case", type=int, help="run this case alone")
    given = options.parse_args()
    started, folder, kinds = time.monotonic(), ROOT / "build/fuzz", Counter()
    first, end = given.case or 0, started + given.seconds
    last = given.case + 1 if given.case is not None else 1 << 60
    over = False
    while not over and first < last:
        # A process of its own, for a library in C may end it, or never come back.
        at, (ours, theirs) = multiprocessing.Value("q", first - 1), multiprocessing.Pipe(duplex=False)
        child = multiprocessing.Process(target=work, args=(given.seed, range(first, last), end, at, theirs))
        child.start()
        theirs.close()
        before, since = None, time.monotonic()
        while True:
            try:
                if ours.poll(1):
                    number, found, case = ours.recv()
                    if found is None:
                        over, first = True, number
                        break
                    kinds[kind_of(found)] += 1
                    tell(folder, given.seed, number, found, case)
                    continue
            except EOFError:
                child.join()
                found = f"died: exit code {child.exitcode}"
            else:
                if at.value != before or at.value < first:
                    before, since = at.value, time.monotonic()
                if time.monotonic() - since < HANGS:
                    continue
                child.kill()
                found = f"hangs: more than {HANGS} s"
            kinds[kind_of(found)] += 1
            number = max(at.value, first)       # it may have died before it began
            tell(folder, given.seed, number, found, None)
            first = number + 1
            break
        child.join()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"seed {given.seed}: {first:,} cases in {time.monotonic() - started:,.0f} "
          f"s, {used.ru_utime + used.ru_stime:,.0f} s of CPU "
          f"time, {used.ru_maxrss / 1000:,.0f} MB; finds: {dict(kinds) or 'none'}")
    raise SystemExit(bool(kinds))


def tell(folder: Path, seed: int, number: int, found: str, case) -> None:
    print(f"seed {seed} case {number}: {found}", flush=True)
    if case is not None:
        folder.mkdir(parents=True, exist_ok=True)
        data = case.encode("utf-8", "surrogatepass") if isinstance(case, str) else case
        (folder / f"{seed}-{number}").write_bytes(data)
        print(f"    {case[:600]!r}", flush=True)


if __name__ == "__main__":
    main()
