"""How sure a claim is: the share of claims with as much evidence that readers found right in who, what and how much.

Evidence is put in order by `order`; `MEASURED` tells what share was right at which place of that order. It was
measured on news that no rule was tuned on (docs/accuracy.md), and is measured anew when the rules change.

>>> of(order(worth=1.0, fit=0.95, lead=0.5, clear=0.6, share=0.6, catch_all=False))
0.87
>>> of(order(worth=1.0, fit=0.95, lead=0.5, clear=0.6, share=0.6, catch_all=False, doubts=["unknown", "behind"]))
0.72
>>> of(order(worth=0.5, fit=0.4, lead=0.0, clear=0.0, share=0.1, catch_all=True, loose=True)) < 0.5
True
"""
from bisect import bisect_right
from collections.abc import Iterable

# Place in the order, and the share that was right there; between two of them it rises evenly.
MEASURED = [(0.32, 0.3), (0.41, 0.5), (0.9, 0.58), (0.97, 0.69), (1.02, 0.75), (1.08, 0.8), (1.14, 0.86), (1.25, 0.9)]
# What makes a subject less sure than its evidence: a name that only the text itself tells of, a pronoun or "the
# company", a place behind the number; what makes a figure so: a headline, a noun that only stands beside it, a price
# of which the text may tell who asks it and not for what.
DOUBTS = {"unknown": 0.12, "referred": 0.12, "behind": 0.06, "headline": 0.06, "beside": 0.05, "seller": 0.15}
CLEAR = 0.5             # from here on a metric that is farther ahead of the next one is no surer
STRONG = 1.1            # the same for its evidence
LEAST, MOST = 0.5, 0.55  # of what is said of a plain noun
UNKNOWN = 0.3           # at most, where nothing tells what grew, or a sentence has a subject that nobody named


def order(worth: float, fit: float, lead: float, clear: float, share: float, catch_all: bool,
          loose: bool = False, doubts: Iterable[str] = ()) -> float:
    """Where a claim stands among all claims: the higher, the surer.

    `worth` is the evidence of the metric and `clear` how far it is ahead of the next metric's; `fit` the evidence of
    the subject and `lead` how far it is ahead of the next subject's; `share` the part that the subject has in the
    document's names of its kind. It is `loose` where the sentence names neither metric nor subject; `doubts` are keys
    of DOUBTS.
    """
    return 0.4 + 0.5 * (min(worth, STRONG) * fit) ** 0.5 + 0.3 * lead + 0.1 * min(
            clear, CLEAR) + 0.15 * share - 0.1 * catch_all - 0.5 * loose - sum(
            DOUBTS[doubt] for doubt in doubts)


def of(place: float) -> float:
    """The share that is right at a place of the order, rounded to two decimals."""
    at = bisect_right(MEASURED, (place,))
    if at in (0, len(MEASURED)):
        return MEASURED[min(at, len(MEASURED) - 1)][1]
    (low, least), (high, most) = MEASURED[at - 1:at + 1]
    return round(least + (most - least) * (place - low) / (high - low), 2)
