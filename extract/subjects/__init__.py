"""Who a sentence may be about: names, pronouns, "the company", things that have no name.

    subject, position, turn, fit        who may own a number; where he stands; who takes turns; how likely each is
    part, listing, topic                the part of a name in its sentence, whose a list is, what a text is about
    unnamed                             who has no name: phrases, groups, those asked
    resort, market                      the plain noun of its clause, where nobody owns it; markets, goods
    anaphor, antecedent, reference      words that stand for somebody; whom; and what that is worth
    discourse                           everybody who may own a number
"""
