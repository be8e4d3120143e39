"""Numerals and what they count or measure: every number of a text.

    number, unit                        numerals and units as they are written
    draft, scan, window                 a number in the making; where one may stand, what is known there
    comparator, counted, money          about and over; what is counted; sums
    identifier, age                     GPT-4.5, phone numbers, years; how old somebody is
    magnitude, measure                  million, bn, m; the unit behind a number
    fraction, tens, words               two-thirds, one in 10; the mid-80s; numbers in words
    rating, elapsed                     93/100, a score of 720; 2:03:15
    series                              Windows 95, 98 and 2000
    figure, ellipsis                    a number on its own; one whose noun or unit stands elsewhere
    quantity                            every number of a text: the ledger
"""
