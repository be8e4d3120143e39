"""The nouns of the project: what each step of the flow takes and gives.

Offsets count code points of `Document.text` and are half-open: `text[start:end]` is what was found.
The text of a document never changes once it is read, so every finding is a span into it.
None means "the text does not say", never "unknown error".
"""
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(slots=True)
class Document:
    """One article. `text` begins with the title, then teaser, then body, without boilerplate."""
    doc_id: str
    source: str                     # file it came from, as given by the user, relative
    item: int                       # ordinal of the article in its source, from 0
    text: str
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    lang: str = "en"                # ISO 639-1, "und" where it can't be told


@dataclass(slots=True)
class Reject:
    """Something of the input that could not be read, and why. It stops nothing and is counted."""
    source: str
    item: int | None
    reason: str                     # one short sentence: what is wrong and what to do


@dataclass(slots=True)
class Sentence:
    """A sentence, heading, bullet or table line of a document."""
    start: int
    end: int
    paragraph: int                  # ordinal of the paragraph (line) it stands in
    kind: str                       # title, heading, bullet, line ("Range: 300 km"), body


@dataclass(slots=True)
class Entity:
    """Who or what a claim is about."""
    entity_id: str
    name: str                       # the usual name
    kind: str                       # company, product, place, market, policy, person, organisation, other
    maker_id: str | None = None     # for a product: entity_id of who makes it
    country: str | None = None      # ISO 3166-1 alpha-2
    ticker: str | None = None       # of a company: exchange and symbol
    descriptors: tuple[str, ...] = ()   # common nouns that may stand for it: chipmaker, carmaker
    aliases: tuple[str, ...] = ()
    known: bool = True              # from the gazetteer; False when discovered in the text
    source: str | None = None


@dataclass(slots=True)
class Name:
    """A mention of an entity in a document."""
    start: int
    end: int
    entity: Entity
    how: str                        # exact, short, fuzzy, discovered, descriptor, pronoun


@dataclass(slots=True)
class Period:
    """A date or stretch of time that a document mentions."""
    start: int
    end: int
    label: str                      # 2025, 2025-Q2, 2025-H1, 2025-08-25, or the words of the text
    first: date | None              # first day, inclusive; None where open or not known
    last: date | None               # last day, inclusive; None where open or not known
    kind: str                       # date (written out), period (relative or in words), time (clock)


@dataclass(slots=True)
class Quantity:
    """One row of the ledger: a number of the text and what became of it."""
    start: int                      # of number and unit together: the mention
    end: int
    kind: str                       # money, percent, ratio, measure, count, duration, age, date, time,
                                    # ordinal, name, code, number
    value: Decimal | None = None    # magnitude applied, in `unit`
    value_max: Decimal | None = None    # upper end of a range
    unit: str | None = None         # as stated: ISO 4217, percent, ratio, count, km, USD/share, ...
    counted: str | None = None      # the noun that is counted, as written, lower case
    comparator: str = "="           # = ~ > >= < <= range
    decimals: int | None = None     # rounding of the stated number as in XBRL: 2.9 billion -> -8
    equivalent: "Quantity | None" = None    # the text's own restatement in another unit
    vague: bool = False             # "billions of", "a couple of", "triple-digit", "half"
    in_words: bool = False          # written in words, no digit
    outcome: str | None = None      # set when it is settled; None while it may become a fact
    fact_ids: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Stance:
    """How sure a statement is, and who says so."""
    modality: str                   # actual, forecast, planned, estimate, hypothetical
    attribution: str | None         # who is cited


@dataclass(slots=True)
class Claim:
    """The whole claim: who, what, how much, in which unit, when, how sure, who says so."""
    quantity: Quantity
    sentence: Sentence
    entity: Entity
    metric: str
    aspect: str                     # level, change, multiple
    period: Period | None
    stance: Stance
    confidence: float               # 0 to 1
    rule: str                       # the evidence that decided, readable
    value: Decimal                  # signed: negative for losses and falls
    value_max: Decimal | None = None
    segment: str | None = None
    geo: str | None = None
    counterparty: str | None = None
    part_of: str | None = None
    basis: str | None = None
    dims: dict[str, str] = field(default_factory=dict)
    restates: "Claim | None" = None # the first statement of the same claim in this document
