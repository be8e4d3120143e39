"""When a figure was true, how sure it is, and who says so.

    modality, stance                    how sure, who says so
    scope, timing                       how far a time reaches, which one a claim takes
"""
