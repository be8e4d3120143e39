"""Numbers, metrics, subjects and context to claims.

    owner, general                      a metric's subject; the metric where no special one has evidence
    confidence, meaning, consistency    how sure a claim is; what a metric is of its subject; claims that agree
    narrow, claim                       what narrows a claim; the whole claim
"""
