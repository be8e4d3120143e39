"""Who a sentence may be about: names, pronouns, "the company", things that have no name."""
