"""Who and what a text names: known names, new ones, what kind of thing each is.

    spelling, cue, gazetteer            names: which are alike, the words that tell of one, those that are known
    word, glue, candidate               capitalised words, those that lost their space; the known names in a text
    acronym, sense                      what is short for what; what a known name means
    entry, boundary, mention            names that a list tells; where one begins and ends; all that may be one
    kind, discovery                     names that nobody knows: what they are, and which
    variant, accessory, entity          variants, generations and accessories of products; the names of a text
    maker                               who makes the products that nobody knows
"""
