"""One document through the whole flow: sentences, periods, names, quantities, claims.

>>> from extract.analysis import analyse, document
>>> found = analyse(document("Norvik Motors Inc. reported revenue of $5 million."))
>>> [(claim.entity.name, claim.metric, int(claim.value)) for claim in found.claims]
[('Norvik Motors', 'revenue', 5000000)]
>>> analyse(document("")).claims
[]
"""
from bisect import bisect_right
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from datetime import date

from . import sentence, step
from .assembly import claim
from .model import Claim, Document, Name, Period, Quantity, Sentence
from .names import entity
from .numbers import quantity
from .pattern import plain_letters
from .times import period

READ = ("en", "und")        # languages whose words the rules know


@dataclass(slots=True)
class Analysis:
    """All that was found in one document."""
    document: Document
    sentences: list[Sentence]
    periods: list[Period]
    names: list[Name]
    quantities: list[Quantity]
    claims: list[Claim]


def document(text: str, published: date | None = None, title: str | None = None) -> Document:
    """A document from a plain text, for trying things out."""
    return Document(doc_id="d0", source="-", item=0, text=text, published=published, title=title)


def analyse(doc: Document, trace: list[claim.Trace] | None = None) -> Analysis:
    """Everything that the rules find in a document. A text in another language is measured, not read.

    What was weighed at each number is appended to `trace` where one is given.
    """
    return step.alone(_steps(doc, trace))


def together(docs: Iterable[Document]) -> list[Analysis]:
    """`analyse` of each document, in step."""
    return step.together(_steps(doc) for doc in docs)


def _steps(doc: Document, trace: list[claim.Trace] | None = None) -> Generator:
    sentences, plain = sentence.find(doc.text, doc.title), plain_letters(doc.text)
    if doc.lang not in READ:
        quantities = quantity.find(plain, sentences, [])
        for q in quantities:
            q.outcome, q.equivalent = "language", None
        return Analysis(doc, sentences, [], [], quantities, [])
    yield
    periods = _whole(period.find(plain, doc.published), sentences)
    yield
    names = _whole((yield from entity.steps(doc.text, sentences, periods)), sentences)
    yield
    taken = sorted([(p.start, p.end, p.kind) for p in periods] +
                   [(n.start, n.end, "name") for n in _apart(names, periods)])
    quantities = quantity.find(plain, sentences, taken)
    money = {place for q in quantities if q.kind == "money" for place in range(q.start, q.end)}
    names = [name for name in names if name.start not in money]         # "15 US cents" are nobody's
    yield
    claims = yield from claim.steps(doc, sentences, names, periods, quantities, trace)
    return Analysis(doc, sentences, periods, names, quantities, claims)


def _whole(spans: list, sentences: list[Sentence]) -> list:
    """The names or periods that lie in one sentence: what is found in a sentence is not looked for in the next one."""
    ends = [s.end for s in sentences]
    whole = []
    for span in spans:
        at = bisect_right(ends, span.start)
        if at < len(ends) and span.end <= ends[at]:
            whole.append(span)
    return whole


def _apart(names: list[Name], periods: list[Period]) -> list[Name]:
    """The names that touch no period: spans that are taken must not overlap."""
    spans = sorted((p.start, p.end) for p in periods)
    apart, at = [], 0
    for name in names:
        while at < len(spans) and spans[at][1] <= name.start:
            at += 1
        if at == len(spans) or spans[at][0] >= name.end:
            apart.append(name)
    return apart
