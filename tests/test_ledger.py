"""Nothing is lost: every number of every article lies in exactly one row of the ledger.

Numbers are found here by a tokenizer of a few lines that shares nothing with the rules.
"""
import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import database
from extract.analysis import analyse, document

CORPORA = ["samples", "seeds", "gold", "news"]

ONES = "two three four five six seven eight nine"
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SIZES = """hundred hundreds thousand thousands million millions billion billions trillion trillions
    dozen dozens half halves halve halved halving third thirds quarter quarters
    double doubles doubled doubling triple triples tripled tripling twice"""


def either(words: str) -> str:
    return "|".join(words.split())


NUMBER = re.compile(rf"""
    [0-9]+
  | (?<!\w) (?: (?:{either(TENS)}) [- ] (?:one|{either(ONES)})     # forty-five is one number
              | {either(ONES)} | {either(TEENS)} | {either(TENS)} | {either(SIZES)} ) (?!\w)
""", re.VERBOSE | re.IGNORECASE)


def problems(text: str, spans: list[tuple[int, int]]) -> list[str]:
    """Rows that overlap, and numbers that lie in no row or only partly in one."""
    spans = sorted(spans)
    found = [f"rows overlap at {text[a:b]!r} and {text[c:d]!r}"
             for (a, b), (c, d) in zip(spans, spans[1:]) if b > c]
    starts = [start for start, _ in spans]
    for number in NUMBER.finditer(text):
        at = bisect_right(starts, number.start()) - 1
        if at < 0 or spans[at][1] < number.end():
            around = text[max(0, number.start() - 40):number.end() + 30]
            found.append(f"{number[0]!r} lies in no row: ...{around!r}...")
    return found


@pytest.mark.parametrize("text, numbers", [
    ("Twenty-one of 3,500 Q3 forty five", ["Twenty-one", "3", "500", "3", "forty five"]),
    ("One, first, second, none, tent, halfway, Third-party; TWICE doubled", ["Third", "TWICE", "doubled"]),
])
def test_tokenizer(text, numbers):
    assert [found[0] for found in NUMBER.finditer(text)] == numbers


def test_what_is_missing_is_seen():
    assert problems("5 cars and 7 vans", [(0, 6)]) == ["'7' lies in no row: ...'5 cars and 7 vans'..."]
    assert problems("5 cars", [(0, 6), (2, 6)])[0].startswith("rows overlap")
    assert problems("5,000 cars", [(0, 1), (2, 10)]) == []


@pytest.fixture(scope="module", params=CORPORA)
def db(request, built):
    with database.connect(built(request.param)) as connection:
        yield connection


def empty(db, query: str) -> None:
    """The query finds nothing; the test shows ten rows of what it finds."""
    rows = db.execute(query).fetchall()
    assert rows == [], f"{len(rows)} rows, such as {rows[:10]}"


def test_every_number_lies_in_exactly_one_row(db):
    rows = defaultdict(list)
    for doc_id, start, end in db.execute('select doc_id, "start", "end" from quantities').fetchall():
        rows[doc_id].append((start, end))
    documents = db.execute("select doc_id, text from documents").fetchall()
    assert documents
    found = [f"{doc_id}: {problem}" for doc_id, text in documents for problem in problems(text, rows[doc_id])]
    assert found == [], f"{len(found)} problems:\n" + "\n".join(found[:20])


def test_no_article_breaks_the_rules(db):
    empty(db, "from rejects")


def test_every_row_holds_what_it_says(db):
    empty(db, """select doc_id, mention, text[q."start" + 1:q."end"]
                 from quantities q join documents using (doc_id)
                 where text[q."start" + 1:q."end"] <> mention or q."start" >= q."end" """)
    empty(db, "select doc_id, mention from quantities anti join documents using (doc_id)")


def test_every_row_lies_in_its_sentence(db):
    empty(db, """select doc_id, mention, text[sentence_start + 1:sentence_end] from quantities q
                 join documents using (doc_id)
                 where not (sentence_start <= q."start" and q."end" <= sentence_end
                            and sentence_end <= length(text))""")


def test_every_row_says_what_became_of_it(db):
    empty(db, "select doc_id, mention, outcome from quantities anti join outcomes using (outcome)")


def test_rows_that_became_facts_lead_to_them(db):
    empty(db, """select doc_id, mention, outcome, fact_id from quantities
                 where fact_id is null and outcome in ('fact', 'restatement')""")
    empty(db, """select doc_id, mention, fact_id from quantities anti join facts using (doc_id, fact_id)
                 where fact_id is not null""")
    empty(db, """select doc_id, entity, metric, mention from facts anti join
                 (from quantities where outcome = 'fact') using (doc_id, "start", "end")""")


def test_fact_ids_are_unique(db):
    empty(db, "select fact_id, count(*) from facts group by all having count(*) > 1")


def test_every_fact_can_be_checked(db):
    empty(db, """select doc_id, mention, quote from facts join documents using (doc_id)
                 where not contains(quote, mention) or not contains(text, quote)
                    or text[facts."start" + 1:facts."end"] <> mention""")


def test_quotes_are_short(db):
    def words(text):        # "+" is read out: "600+ hp"
        plain = unicodedata.normalize("NFKC", text).casefold().replace("+", " plus ")
        return re.findall(r"[a-z0-9]+(?:[.,][0-9]+)*", plain)
    quotes = [quote for quote, in db.execute("select distinct quote from facts").fetchall()]
    assert [quote for quote in quotes if len(words(quote)) > 80 or len(quote.split()) > 80] == []


# Names, dates and numbers in all neighbourhoods, as no reporter would write them.
NAMES = ["iPhone 17", "GPT-4.5", "Qwen3-235B-A22B", "H20", "5G", "Section 321", "Nvidia", "Xiaomi YU7", "3M",
         "Kestrel 2 SUV", "MacBook Air with M5", "Third Avenue", "Three Mile Island", "Forty Niners",
         "7-Eleven", "Formula 1", "C3.ai", "www.4chan.org/2"]
DATES = ["2025", "May", "the third quarter of 2025", "Q3 FY26", "25 August", "10:30", "two years ago",
         "the first half", "9-11", "24/7", "year-old", "this past summer", "by the end of the decade",
         "next Monday", "over the next three years", "fiscal 2026", "Seventy-five years later"]
FIGURES = ["third", "half", "double", "Double", "twice", "two", "forty-five", "twenty one", "hundreds",
           "dozen", "billion", "5", "1,234.5", "$3.1bn", "380 billion yuan", "(US$52 billion)", "12%", "600+"]
OTHERS = ["x", "kWh", "per cent", "plus or minus", "between", "people", "a", "(", "as much as"]
WORDS = st.sampled_from(NAMES + DATES + FIGURES + OTHERS)
GAPS = st.sampled_from([*" " * 4, ". ", ", ", "\n", " of ", " – ", "’s ", "; ", ") ", " to ", " and "])


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.tuples(WORDS, GAPS), max_size=12))
def test_every_number_of_a_made_up_text_lies_in_one_row(pieces):
    text = "".join(word + gap for word, gap in pieces)
    for published in (None, date(2025, 9, 15)):
        rows = analyse(document(text, published)).quantities
        assert problems(text, [(row.start, row.end) for row in rows]) == []
