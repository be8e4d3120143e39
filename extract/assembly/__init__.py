"""Numbers, metrics, subjects and context to claims.

    exclusion, owner, general           who owns no such figure; who does; the metric where no special one has evidence
    confidence, meaning                 how sure a claim is; what a metric is of its subject
    narrow, consistency, claim          what narrows a claim; claims that agree; the whole claim
"""
