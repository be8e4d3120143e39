"""The claims of a text as a pandas DataFrame that Jupyter shows with the number marked in its sentence.

>>> found = claims("Norvik Motors Inc. reported revenue of $5 million.", published="2025-02-01")
>>> found[["entity", "metric", "value", "unit"]].values.tolist()
[['Norvik Motors', 'revenue', 5000000.0, 'USD']]
>>> "revenue of <mark>$5 million</mark>" in found._repr_html_()
True
>>> claims("Norvik Motors is a company.").empty
True
>>> claims("Sales rose 5%.", published="last week")
Traceback (most recent call last):
    ...
ValueError: published is 'last week'; write a date as in 2025-08-27
"""
from datetime import date, datetime
from html import escape
from pathlib import Path

import pandas as pd

from . import explain, quote, schema

SHOWN = ("entity", "metric", "aspect", "comparator", "value", "unit", "period", "modality", "confidence")
STYLE = {"table": "border-collapse:collapse", "cell": "text-align:left;vertical-align:top;white-space:nowrap",
         "number": "text-align:right;vertical-align:top;white-space:nowrap",
         "sentence": "text-align:left;vertical-align:top;min-width:20em;max-width:48em;white-space:normal"}


class Claims(pd.DataFrame):
    """Claims, a row each, in the columns of the table facts; `attrs["text"]` is the text they come from."""

    @property
    def _constructor(self):
        return Claims

    def _repr_html_(self) -> str:
        """The main columns and the sentence; after a choice of columns what pandas shows."""
        if not {*SHOWN, "value_max", "quote", "mention", "start"} <= {*self.columns}:
            return pd.DataFrame(self)._repr_html_()
        most = pd.get_option("display.max_rows") or len(self)
        head = "".join(f"<th style='{STYLE['cell']}'>{name}</th>" for name in (*SHOWN, "sentence"))
        body = "".join(f"<tr>{self._cells(row)}</tr>" for row in self.head(most).to_dict("records"))
        more = f"<p>{len(self) - most:,} more</p>" if len(self) > most else ""
        return (f"<table style='{STYLE['table']}'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
                f"{more}")

    def _cells(self, row: dict) -> str:
        cells = []
        for name in SHOWN:
            text = "" if pd.isna(row[name]) else str(row[name])
            if name == "value":
                ends = [row["value"]] if pd.isna(row["value_max"]) else [row["value"], row["value_max"]]
                text = " to ".join(f"{end:,.15g}" for end in ends)
            cells.append(f"<td style='{STYLE['number' if name == 'value' else 'cell']}'>{escape(text)}</td>")
        return "".join(cells) + f"<td style='{STYLE['sentence']}'>{self._marked(row)}</td>"

    def _marked(self, row: dict) -> str:
        """The sentence as HTML. One that says the same number twice is marked where the claim stands."""
        before, mention, after = quote.split(row["quote"], row["mention"], int(row["start"]),
                                             self.attrs.get("text", ""))
        return f"{escape(before)}<mark>{escape(mention)}</mark>{escape(after)}"


def claims(text: str, published: date | str | None = None, title: str | None = None,
           entities: str | Path | None = None) -> Claims:
    """The claims of an article: see extract.claims."""
    if not isinstance(text, str):
        raise TypeError(f"text is {type(text).__name__}, not str; for files use the command: facts build")
    schema.add_names(Path(entities) if entities else None)
    document = explain.article(text, _day(published), title)
    found = Claims(explain.facts(document).to_pandas(maps_as_pydicts="strict"))
    found.attrs["text"] = document.text
    return found


def _day(given: date | str | None) -> date | None:
    if isinstance(given, datetime):         # also a Timestamp of pandas
        return given.date()
    if given is None or isinstance(given, date):
        return given
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise ValueError(f"published is {given!r}; write a date as in 2025-08-27") from None
