"""Which time a claim speaks of: the period of its sentence, else of what stands around it, as its metric needs."""
from datetime import date

from . import period
from .model import Period, Sentence


class Clock:
    """The times of one document, asked claim by claim."""

    def __init__(self, text: str, published: date | None, sentences: list[Sentence], periods: list[Period]):
        self.text, self.published, self.sentences, self.periods = text, published, sentences, periods

    def of(self, index: int, start: int, end: int, metric: str, aspect: str) -> Period | None:
        """The time of the number at start:end of the text, which stands in the sentence of that index."""
        s = self.sentences[index]
        return period.nearest(self.text, self.periods, s.start, s.end, start)

    def ahead(self, of: Period | None) -> bool:
        """Whether a time lies wholly in the future, or runs until a day in it."""
        if of is None or self.published is None:
            return False
        return of.first > self.published if of.first else of.last is not None and of.last > self.published
