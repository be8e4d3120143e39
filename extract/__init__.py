"""Figures of news as claims that can be queried, compared and traced to the characters they came from.

The flow, one module for one step; a module imports only what stands above it in this list:

    error, pattern, step, quote         what a user can mend; patterns of many words; work in steps; a fact's sentence
    schema, model                       the door to schemas/, the nouns
    limit, table, language, article, read   what an article can cost; columns; files and texts to documents
    sentence                            a document's sentences, headings, bullets, lines
    lexicon                             cue words and their inflected forms
    calendar, timex                     arithmetic of dates; what an expression of time is
    quarter, day, year, relative, bound, period   its forms, and the scan that finds all of a text
    number, unit                        numerals and units as they are written
    spelling, gazetteer, entity         names: which are alike, those that are known, those of a text
    figure, quantity                    a number with its unit; every number of a text: the ledger
    move, clause, frame                 words of change, who does what, how a number is tied to a noun
    noun, modality, stance              unnamed subjects, how sure, who says so
    scope, timing                       how far a time reaches, which one a claim takes
    subject, discourse                  whose figure it is, who is spoken of
    evidence, owner, general            which metric; its subject; the metric where no special one has evidence
    confidence, narrow, claim           how sure a claim is; what narrows it; the whole claim
    analysis, batch                     one document, a batch of documents: the pure core
    norm, story, correction             canonical units and dollars, copies of one story, what users mended
    shard, cluster                      a source to Parquet, here or on many machines
    publish, database, ready, build     one build at a time and whole; Parquet and DuckDB; a worker; what has changed
    difference, check, evaluate, explain    two builds; rules against examples and read claims; why a sentence gives it
    lookup, choice, output              a built database: names, what is wanted of it, rows on a terminal
    show, export, page, notebook        one fact, files for other programs, a page for a browser, in Jupyter
    report, cli                         what a build tells, the command

`claims("...")` gives the claims of a text, `analysis.analyse(analysis.document("..."))` all that was found.
"""


def claims(text, published=None, title=None, entities=None):
    """The claims of an article as a pandas DataFrame, which Jupyter shows with each number marked in its
    sentence.

    `text` is the article (str). `published` is its date, to resolve "last month": a date, or a str as in
    "2025-08-27". `title` (str) is read as its first line. `entities` is the path of a CSV file of names to
    be known beside those of schemas/entities. Markup is not removed: files are read by `facts build`.

    Returns a row for each claim, in the columns of the table facts (facts/README.md) and the order of the
    text; `value` is a float in `unit`, `value_norm` the same in the canonical unit of the metric. Empty
    where the text claims nothing. Raises TypeError where text is no str, ValueError where published is no
    date, error.UserError where the file of names is wrong. A text that is not in English gives a warning
    and no rows.

    >>> import extract
    >>> found = extract.claims("Carmaker Veldt sold 41,300 cars in the second quarter of 2025.")
    >>> found[["entity", "metric", "value", "period"]].values.tolist()
    [['Veldt', 'units_shipped', 41300.0, '2025-Q2']]
    >>> extract.claims(41300)
    Traceback (most recent call last):
        ...
    TypeError: text is int, not str; for files use the command: facts build
    """
    from .notebook import claims  # only now: pandas and the rules take half a second to load
    return claims(text, published, title, entities)
