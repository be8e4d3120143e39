"""Who a sentence may be about: names, pronouns, "the company", things that have no name.

    subject, fit                        who may own a number; how likely each is
    part, listing, topic                the part of a name in its sentence, whose a list is, what a text is about
    unnamed, market                     who has no name: phrases, groups, those asked; markets, goods
    anaphor, antecedent, reference      words that stand for somebody; whom; and what that is worth
    resort                              the plain noun of its clause, where nobody owns it
    discourse                           everybody who may own a number
"""
