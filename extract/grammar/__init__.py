"""Words of a sentence and how they hang together, for whatever they speak of."""
