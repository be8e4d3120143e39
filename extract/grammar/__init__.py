"""Words of a sentence and how they hang together, for whatever they speak of.

    lexicon                             cue words and their inflected forms
    move, clause, frame                 words of change, who does what, how a number is tied to a noun
    noun, phrase                        unnamed subjects; the noun phrase that a number is said of
"""
