"""What a number may measure: all evidence of nouns, verbs, units and neighbours."""
