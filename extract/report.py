"""What `facts build` tells on standard error: a bar while it reads, a summary at the end.

>>> counted(1, "story", "stories"), counted(1200, "fact")
('1 story', '1,200 facts')
"""
import re
import sys
from pathlib import Path

import click

OBEYED = re.compile(r"[\x07\x08\x0b-\x1f\x7f-\x9f]")


def harmless(text: str) -> str:
    r"""A text without the signs that a terminal obeys: an article could hide a line with them, or type a command.

    >>> harmless("5 \x1b[2Jcars\n")
    '5 \ufffd[2Jcars\n'
    """
    return OBEYED.sub("\ufffd", text)


class Bar:
    """A progress bar that appears with the first progress, and only on a terminal."""

    def __init__(self) -> None:
        self.bar, self.shown = None, sys.stderr.isatty()

    def __enter__(self) -> "Bar":
        return self

    def show(self, now) -> None:
        """Of a build.Progress: articles, text and facts, and the time that is left."""
        if not self.shown:
            return
        if not self.bar:
            self.bar = click.progressbar(length=now.total, label="Reading", file=sys.stderr, width=20,
                                         item_show_func=lambda text: text)
            self.bar.__enter__()
        found = [counted(now.documents, "article"), f"{now.text / 1e6:,.1f} MB", counted(now.facts, "fact")]
        self.bar.update(now.read - self.bar.pos, ", ".join(found))
        if now.storing:
            self.__exit__()
            click.echo("Storing", err=True)

    def __exit__(self, *error) -> None:
        if self.bar:
            self.bar.__exit__(None, None, None)
            self.bar = None


def summary(done, out: Path) -> str:
    """Of a build.Summary: what was read, what was found, what was left out and why."""
    if done.unchanged:
        held = f"{counted(done.documents, 'article')}, {counted(done.facts, 'fact')}"
        return f"Nothing changed: {out} is up to date ({held})."
    lines = [f"{out}: {counted(done.documents, 'article')} in {counted(done.stories, 'story', 'stories')} "
             f"from {counted(done.sources, 'source')}, {done.read_again:,} of them read in this build"]
    if done.duplicates:
        copies = counted(done.duplicates, "further copy", "further copies")
        lines.append(f"  {copies} of the same articles, not counted again")
    lines += _table(f"{counted(done.facts, 'fact')} by family", done.families)
    lines += _table(f"{counted(sum(done.outcomes.values()), 'number')} by what became of it", done.outcomes)
    if done.rejects:
        lines += _table("not read (table rejects)", dict(list(done.rejects.items())[:8]))
        if len(done.rejects) > 8:
            lines.append(f"  ... and {len(done.rejects) - 8:,} more reasons")
    if done.corrected:
        lines.append(f"{counted(done.corrected, 'fact')} corrected or struck by schemas/corrections.csv")
    for fact_id in done.unknown_corrections:
        lines.append(f"schemas/corrections.csv: there is no fact {fact_id}; is its article missing?")
    if done.open_elsewhere:
        lines.append(f"{out / 'facts.duckdb'} is open in another program, which goes on reading the former "
                     "one until it connects again")
    if done.gone and not done.kept:
        lines.append(f"{counted(done.gone, 'source')} of the former build left the database: it holds what one command "
                     "names; name all sources together to keep them")
    if not done.documents:
        lines.append("Nothing could be read" + (": no source holds an article" if not done.rejects else "")
                     + (f"; {out} stays as it was." if done.kept else "."))
    return "\n".join(lines)


def counted(number: int, noun: str, plural: str | None = None) -> str:
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def _table(title: str, rows: dict[str, int]) -> list[str]:
    return [title, *(f"  {number:>9,}  {name}" for name, number in rows.items())]
