"""Numerals and what they count or measure: every number of a text.

    number, unit                        numerals and units as they are written
    figure, quantity                    a number with its unit; every number of a text: the ledger
"""
