"""Numerals and what they count or measure: every number of a text."""
