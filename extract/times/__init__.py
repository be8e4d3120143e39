"""Expressions of time: dates, quarters, "last week", and the days they stand for.

    period                              dates and stretches of time
"""
