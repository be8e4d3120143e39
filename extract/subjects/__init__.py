"""Who a sentence may be about: names, pronouns, "the company", things that have no name.

    subject, discourse                  whose figure it is, who is spoken of
"""
