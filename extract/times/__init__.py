"""Expressions of time: dates, quarters, "last week", and the days they stand for."""
