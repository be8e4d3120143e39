"""Numbers, metrics, subjects and context to claims.

    exclusion, owner, general           who owns no such figure; who does; the metric where no special one has evidence
    confidence, meaning                 how sure a claim is; what a metric is of its subject
    segment, narrow                     which part of its subject a number is of; what else narrows a claim
    consistency, claim                  claims that agree; the whole claim
"""
