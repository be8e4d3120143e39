"""Expressions of time: dates, quarters, "last week", and the days they stand for.

    calendar, timex                     arithmetic of dates; what an expression of time is
    quarter, day, year, relative, bound     its forms
    period                              all dates and stretches of time of a text
"""
