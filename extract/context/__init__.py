"""When a figure was true, how sure it is, and who says so."""
