"""Numbers, metrics, subjects and context to claims.

    exclusion, owner, general           who owns no such figure; who does; the metric where no special one has evidence
    confidence, meaning, consistency    how sure a claim is; what a metric is of its subject; claims that agree
    narrow, claim                       what narrows a claim; the whole claim
"""
