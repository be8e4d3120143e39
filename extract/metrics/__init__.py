"""What a number may measure: all evidence of nouns, verbs, units and neighbours.

    evidence, qualifier, scene          what evidence is worth; numbers that qualify others; a sentence ready for it
    constraint, payment                 what a metric asks of a number, what money pays for
    whole, counting, neighbour, length  evidence of a noun behind a number, of a name beside it, of a time that lasts
    tie, veto, attach                   evidence of nouns and verbs: how they are tied, what bars them, what they say
    parallel, weigh                     what numbers take from each other; all evidence for all numbers
"""
