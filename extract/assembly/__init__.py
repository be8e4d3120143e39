"""Numbers, metrics, subjects and context to claims."""
