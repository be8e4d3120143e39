"""Who and what a text names: known names, new ones, what kind of thing each is.

    spelling, gazetteer, entity         names: which are alike, those that are known, those of a text
"""
