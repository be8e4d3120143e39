"""Figures of news as claims that can be queried, compared and traced to the characters they came from.

The flow, one module for one step; a module imports only what stands above it in this list:

    error                   what a user can mend
    schema, model           the door to schemas/, the nouns
    read, article, language     files and texts to documents
    sentence                a document's sentences, headings, bullets, lines
    period                  dates and stretches of time
    spelling, entity        names: gazetteer, fuzzy, discovered
    number, unit, quantity  every number, with its unit: the ledger
    lexicon, move, frame    cue words of the metrics, words of change, how English ties a number to a noun
    stance, timing, subject     how sure and who says so, when, whose figure it is
    evidence, narrow, claim     which metric, what narrows it, the whole claim
    analysis, batch         one document, a batch of documents: the pure core
    check, explain, evaluate    the rules against their examples, a sentence, claims that people read
    norm, story, correction, table, shard, database, build      tables, Parquet, DuckDB
    dictionary, report, output, cli     the data dictionary, what a build tells, rows, the command

`analysis.analyse(analysis.document("..."))` gives all of it for a text.
"""
