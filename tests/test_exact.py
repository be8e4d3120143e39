"""Numbers are exact: what can be printed in any style reads back, and is the same in every reader and export."""
import csv
import io
import json
from decimal import Decimal

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from extract import analysis, cli, database, sentence
from extract.build import build
from extract.numbers import quantity

# Amounts: how each is written, its unit, and whether a magnitude in words, or in letters, may stand in it.
AMOUNTS = {
    "${}": ("USD", "words letters"), "US${}": ("USD", "words letters"), "US$ {}": ("USD", "words letters"),
    "€{}": ("EUR", "words letters"), "£{}": ("GBP", "words letters"), "HK${}": ("HKD", "words letters"),
    "C${}": ("CAD", "words letters"), "₹{}": ("INR", "words letters"), "NT${}": ("TWD", "words letters"),
    "USD {}": ("USD", "words letters"), "CHF {}": ("CHF", "words letters"), "EUR{}": ("EUR", "words letters"),
    "{} dollars": ("USD", "words"), "{} euros": ("EUR", "words"), "{} EUR": ("EUR", "words letters"),
    "{}€": ("EUR", "words"),
    "{} yuan": ("CNY", "words"), "{} Swiss francs": ("CHF", "words"), "{} Hong Kong dollars": ("HKD", "words"),
    "{}%": ("percent", ""), "{} %": ("percent", ""), "{} percent": ("percent", ""), "{} per cent": ("percent", ""),
    "{} percentage points": ("percentage_point", ""),
    "{} km": ("km", "words"), "{}km": ("km", ""), "{} km/h": ("km/h", ""), "{} tonnes": ("t", "words"),
    "{}-tonne": ("t", "words"),
    "{} kWh": ("kWh", ""), "{}kWh": ("kWh", ""), "{}\u00a0kWh": ("kWh", ""), "{} tokens": ("token", "words letters"),
    "{} MWh": ("MWh", ""),
    "{} people": ("count", "words letters"), "{} new cars": ("count", "words letters"),
}
WORDS = {" thousand": 3, " million": 6, " billion": 9, " trillion": 12, "-million": 6, "\u00a0billion": 9}
LETTERS = {"K": 3, "k": 3, "M": 6, "mn": 6, "bn": 9, "B": 9, "tn": 12, " bn": 9, " mln": 6}


def english(digits: str) -> str:
    return f"{int(digits):,}"


def indian(digits: str) -> str:
    head, tail = digits[:-3], digits[-3:]
    return f"{int(head):,}".replace(",", "") + f",{tail}" if len(head) < 3 else f"{indian_pairs(head)},{tail}"


def indian_pairs(head: str) -> str:
    first = len(head) % 2
    return ",".join([head[:first]] * bool(first) + [head[at:at + 2] for at in range(first, len(head), 2)])


# How digits before the decimal mark are grouped, what the mark is, and from how many digits on the style is no other
# one.
STYLES = {
    "1,234,567.8": (english, ".", 1), "1234567.8": (str, ".", 1), "12,34,567.8": (indian, ".", 6),
    "1 234 567.8": (lambda digits: english(digits).replace(",", " "), ".", 7),
    **{f"1{space}234{space}567{mark}8": (lambda digits, space=space: english(digits).replace(",", space), mark, 4)
       for space in "'’\u00a0\u202f\u2009" for mark in ".,"},
}
# A document in the European notation says so somewhere.
EUROPEAN = {
    "1.234.567,8": (lambda digits: english(digits).replace(",", "."), ",", 1), "1234567,8": (str, ",", 1),
    "1 234 567,8": (lambda digits: english(digits).replace(",", " "), ",", 1),
    # What is no other number in any notation may stand there too.
    "1,234,567": (english, "", 7),
    **{f"1{quote}234{mark}5": (lambda digits, quote=quote: english(digits).replace(",", quote), mark, 4)
       for quote in "'’" for mark in ".,"},
}
TELLING = st.sampled_from(["It fell by 12,5% and 7,25%. ", "It sold 10.000 cars and 20.000 vans. ",
                          "It sold 1.234.567 cars and 2.345.678 vans. ", "It paid 59.800 euros and 47.990 euros. "])


def read_at(text: str, at: int) -> quantity.Quantity:
    """The row that holds a place of a text."""
    found, = (q for q in quantity.find(text, sentence.find(text), []) if q.start <= at < q.end)
    return found


@st.composite
def numerals(draw) -> tuple[str, str]:
    """Digits before and behind the decimal mark: 0.00001 to 999,999,999,999,999."""
    whole = draw(st.one_of(st.integers(0, 9), st.integers(10, 9_999), st.integers(10_000, 10 ** 15 - 1)))
    decimals = draw(st.sampled_from(["", "", "{:01}", "{:02}", "{:03}", "{:05}"]))
    behind = decimals and decimals.format(draw(st.integers(0, 10 ** int(decimals[2:-1]) - 1)))
    assume(whole or behind.strip("0"))
    return str(whole), behind


@st.composite
def printed(draw, styles: dict) -> tuple[str, Decimal, int, str, str]:
    """An amount as text, its value, its decimals as in XBRL, its unit, and where in it the digits begin."""
    whole, behind = draw(numerals())
    style = draw(st.sampled_from(list(styles)))
    grouped, mark, least = styles[style]
    assume(len(whole) >= least and (mark or not behind))
    amount = draw(st.sampled_from(list(AMOUNTS)))
    unit, may = AMOUNTS[amount]
    words = draw(st.sampled_from(["", *(WORDS if "words" in may else ()), *(LETTERS if "letters" in may else ())]))
    zeros = (WORDS | LETTERS).get(words, 0)
    if zeros:
        assume(len(whole) + zeros <= 15)            # 999 trillion
    digits = grouped(whole) + (mark + behind if behind else "")
    assume(unambiguous(whole, behind, mark, digits, amount, words))
    return (amount.format(digits + words), Decimal(f"{whole}.{behind or 0}") * 10 ** zeros, len(behind) - zeros, unit,
            digits)


def unambiguous(whole: str, behind: str, mark: str, digits: str, amount: str, words: str) -> bool:
    """What even a reader could take for something else is left out."""
    if digits.isdigit() and 1000 <= int(whole) <= 2100 and not words:
        return False                                # a year
    if behind == "000":
        return False                                # 3,000
    money = any(sign in amount for sign in ("€", "$", "£", "euro", "dollar", "yuan", "EUR", "USD", "CNY", "GBP"))
    if money and len(behind) == 3 and len(whole) <= 3:
        return False                                # 47.990 euros, $10,001: sums have two decimals
    return not (words in ("K", "M", "k") and amount.startswith("{}") and not behind)    # an 8K screen, 3M


@settings(max_examples=600, deadline=None, derandomize=True)
@given(printed(STYLES))
def test_amount_in_any_style_reads_back(amount):
    check(*amount, "It came to {} in all.")


@settings(max_examples=300, deadline=None, derandomize=True)
@given(printed(EUROPEAN), TELLING)
def test_amount_in_the_european_notation_reads_back(amount, telling):
    check(*amount, telling + "It came to {} in all.")


def check(amount: str, value: Decimal, decimals: int, unit: str, digits: str, frame: str) -> None:
    text = frame.format(amount)
    found = read_at(text, text.rindex(amount) + amount.index(digits))
    assert (found.value, found.unit, found.decimals, text[found.start:found.end]) == (value, unit, decimals, amount)


@pytest.mark.parametrize("before, amount, value", [
    ("It rose 20.5% and 3.25%. ", "1.000 km", 1_000), ("It rose 20.5% and 3.25%. ", "59.800 cars", 59_800),
    ("It rose 20.5% and 3.25%. ", "€47.990", 47_990), ("It rose 20.5% and 3.25%. ", "47.990 euros", 47_990),
    ("It rose 20,5% and 3,25%. ", "€47,990", 47_990), ("It rose 20,5% and 3,25%. ", "47,990 euros", 47_990),
    ("It rose 20,5% and 3,25%. ", "3,000 tonnes", 3_000),
    ("It had 12,5% of them, not 1,234 or 2,345 cars. ", "10.250 tonnes", Decimal("10.25")),
    ("It had 12,5% of them, not 20.5% or 30.25%. ", "10.250 tonnes", Decimal("10.25"))])
def test_numeral_that_the_rest_of_the_text_would_read_otherwise(before, amount, value):
    text = f"{before}It came to {amount} in all."
    assert read_at(text, text.rindex(amount) + amount.startswith("€")).value == value


@pytest.mark.parametrize("words, value", [("Two million", 2_000_000), ("Twenty-eight", 28)])
def test_no_name_cuts_a_number_in_words(words, value):
    """C Two and C Twenty could be names."""
    text = f"In C {words} people fell ill."
    assert [q.value for q in analysis.analyse(analysis.document(text)).quantities] == [value]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.integers(0, 99), st.sampled_from("½¼¾"),
       st.sampled_from(["${}", "{} million dollars", "{}%", "{} km", "€{}bn"]), st.booleans(), st.just("") | TELLING)
def test_sign_of_a_fraction_reads_back(whole, sign, amount, apart, before):
    fraction = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}[sign]
    digits = f"{whole or ''}{' ' if apart and whole else ''}{sign}"
    zeros = 6 if "million" in amount else 9 if "bn" in amount else 0
    text = f"{before}It came to {amount.format(digits)} in all."
    assert read_at(text, text.index(sign)).value == (whole + fraction) * 10 ** zeros


@settings(max_examples=200, deadline=None, derandomize=True)
@given(numerals(), numerals(), st.sampled_from([
    "{}-{}%", "{}–{}%", "{}% to {}%", "{} to {} percent", "between {}% and {}%", "from {} to {} percent", "${} to ${}",
    "${}-{}",
    "between €{} and €{}", "{} to {} km", "{}–{} kWh", "between {} and {} km", "€{} million to €{} million",
    "between ${}m and ${}m"]))
def test_range_reads_back(one, other, style):
    low, high = sorted((".".join(filter(None, numeral)) for numeral in (one, other)), key=Decimal)
    assume(Decimal(low) < Decimal(high) and not any(len(part) > 9 or part[:2] in ("19", "20") for part in (low, high)))
    assume(not any(part.endswith(".000") for part in (low, high)))
    # €10.001
    assume(not set(style) & set("€$") or not any(len(part.partition(".")[2]) == 3 for part in (low, high)))
    text = f"It should be {style.format(low, high)} in all."
    found = read_at(text, text.index(low))
    scale = 10 ** 6 if "m" in style.replace("km", "") and "{}" in style and ("million" in style or "m and" in style) \
            else 1
    assert (found.value, found.value_max, found.comparator) == (Decimal(low) * scale, Decimal(high) * scale, "range")


ONES = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen").split()
TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()
SIZES = {12: "trillion", 9: "billion", 6: "million", 3: "thousand"}


def in_words(number: int, joint: str = " and ") -> str:
    """English for a whole number."""
    for zeros, size in SIZES.items():
        if number >= 10 ** zeros:
            rest = number % 10 ** zeros
            return f"{in_words(number // 10 ** zeros, joint)} {size}" + (
                rest and f"{joint if rest < 100 else ' '}{in_words(rest, joint)}" or "")
    if number >= 100:
        return f"{ONES[number // 100]} hundred" + (number % 100 and f"{joint}{in_words(number % 100, joint)}" or "")
    return ONES[number] if number < 20 else TENS[number // 10] + (number % 10 and f"-{ONES[number % 10]}" or "")


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.one_of(st.integers(2, 2_000), st.integers(2, 10 ** 15 - 1), st.integers(2, 999).map(lambda n: n * 10 ** 9)),
       st.sampled_from([" and ", " "]), st.booleans())
def test_number_in_words_reads_back(value, joint, capital):
    words = in_words(value, joint)
    text = f"{words.capitalize() if capital else 'It sold ' + words} dollars."
    found, = (q for q in quantity.find(text, sentence.find(text), []))
    assert (found.value, found.unit) == (value, "USD")


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.integers(2, 999), min_size=2, max_size=5),
       st.sampled_from(["hundred", "thousand", "million", "billion"]))
def test_list_of_numbers_in_words_is_no_sum(numbers, size):
    numbers = [number % 9 + 2 if size == "hundred" else number for number in numbers]
    words = [f"{in_words(number)} {size}" for number in numbers]
    text = f"It sold {', '.join(words[:-1])} and {words[-1]} cars."
    scale = number_of(size)
    assert [q.value for q in quantity.find(text, sentence.find(text), [])] == [number * scale for number in numbers]


def number_of(size: str) -> int:
    return 100 if size == "hundred" else next(10 ** zeros for zeros, word in SIZES.items() if word == size)


# --- the same in every reader and export ------------------------------------------------------------------

# An amount as written, and its value. Doubles keep 15 digits of any number.
STATED = {"$0.00001": "0.00001", "$0.000123": "0.000123", "€0.1": "0.1", "$0.30": "0.3", "€12,345.67": "12345.67",
          "$999,999.99": "999999.99",
          "$1,000,000": "1000000", "€1.1 million": "1100000", "$2.3bn": "2300000000", "€64.1 billion": "64100000000",
          "$4.35tn": "4350000000000", "$1,234,567,890,123.45": "1234567890123.45", "$999 trillion": "999000000000000",
          "€999,999,999,999,999": "999999999999999",
          "$10 quadrillion": "10000000000000000", "$123.456789012345 quadrillion": "123456789012345000"}
MAGNITUDES = {"million": 6, "billion": 9, "trillion": 12, "quadrillion": 15}


def article(name: str) -> list[str]:
    """Paragraphs that differ between formats, for an article is kept once."""
    return [f"{name} Foods Inc. looks back on a year that its chief Ilse Brandt calls a long one for all who work "
            f"there.", *(f"The {name} {number} van costs {amount}." for number, amount in enumerate(STATED, 101))]


def formats() -> dict[str, bytes]:
    def text(name: str) -> str:
        return "\n\n".join(article(name))

    def paragraphs(name: str) -> str:
        return "".join(f"<p>{line}</p>" for line in article(name))

    page = "<html><head><title>Vans</title></head><body><article>{}</article></body></html>"
    file = io.BytesIO()
    pq.write_table(pa.table({"text": [text("Veldt")]}), file)
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page.format(paragraphs("Tarn")).encode()
    return {
        "a.txt": text("Norvik").encode(), "b.md": text("Kestrel").encode(),
        "c.jsonl": json.dumps({"text": text("Brightwell")}).encode(),
        "d.parquet": file.getvalue(), "e.html": page.format(paragraphs("Lumo")).encode(),
        "f.xml": f"<rss><channel><item><title>Vans</title><description>"
                 f"{paragraphs('Thorne').replace('<', '&lt;')}</description>"
                 "</item></channel></rss>".encode(),
        "g.warc": b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://tarn.example\r\nContent-Type: "
                  b"application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n" % (len(http), http)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("exact")
    (path / "articles").mkdir()
    for name, data in formats().items():
        (path / "articles" / name).write_bytes(data)
    build([str(path / "articles")], path / "facts", jobs=1)
    return path / "facts"


WANTED = [repr(float(value)) for value in STATED.values()]
QUERY = ("select source, value from quantities join documents using (doc_id) where kind = 'money' "
         'order by source, "start" ')


def run(*arguments) -> str:
    done = CliRunner().invoke(cli.main, [*map(str, arguments)])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("form", ["json", "csv", "duckdb", "parquet"])
@pytest.mark.parametrize("name", formats())
def test_every_reader_and_export_gives_the_same_doubles(folder, name, form):
    if form == "json":
        found = [(row["source"], row["value"]) for row in json.loads(run("sql", QUERY, "-d", folder, "--json"))]
    elif form == "csv":
        found = [(row["source"], float(row["value"]))
                 for row in csv.DictReader(io.StringIO(run("sql", QUERY, "-d", folder, "--csv")))]
    elif form == "duckdb":
        with database.connect(folder) as db:
            found = db.execute(QUERY).fetchall()
    else:
        tables = {table: pq.read_table(folder / f"{table}.parquet") for table in ("quantities", "documents")}
        with duckdb.connect() as db:
            for table, columns in tables.items():
                db.register(table, columns)
            found = db.execute(QUERY).fetchall()
    assert [repr(value) for source, value in found if source == f"articles/{name}"] == WANTED


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_every_fact_is_exported_exactly(folder, form):
    told = run("export", "--view", "facts", f"--{form}", "-d", folder)
    rows = list(csv.DictReader(io.StringIO(told))) if form == "csv" \
            else [json.loads(line) for line in told.splitlines()]
    prices = [row for row in rows if row["mention"] in STATED]
    assert {row["mention"] for row in prices} == {*STATED}
    assert [row for row in prices if float(row["value"]) != float(STATED[row["mention"]])] == []


def test_figures_spell_out_every_digit(folder):
    with database.connect(folder) as db:
        found = db.execute("select distinct mention, figure from figures join facts using (fact_id) where mention like "
                           "'$%' or mention like '€%'").fetchall()
    assert {mention for mention, _ in found} == {*STATED}
    for mention, figure in found:
        digits, *magnitude, _ = figure.split()
        assert "e" not in digits
        assert Decimal(digits.replace(",", "")).scaleb(sum(
                MAGNITUDES[word] for word in magnitude)) == Decimal(STATED[mention]), figure
