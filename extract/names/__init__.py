"""Who and what a text names: known names, new ones, what kind of thing each is."""
