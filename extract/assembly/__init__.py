"""Numbers, metrics, subjects and context to claims.

    owner, general                      a metric's subject; the metric where no special one has evidence
    confidence, narrow, claim           how sure a claim is; what narrows it; the whole claim
"""
