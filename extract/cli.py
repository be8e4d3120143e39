"""The command `facts`: build a database of figures, ask it, check the rules, explain a sentence.

Data goes to standard output, everything else to standard error. Exit codes: 0 fine, 1 findings (a rule whose
example fails, a build that could read nothing), 2 wrong use or input.

>>> from click.testing import CliRunner
>>> CliRunner().invoke(main, ["--help"]).output.splitlines()[0]
'Usage: main [OPTIONS] COMMAND [ARGS]...'
>>> CliRunner().invoke(main, ["sql", "from facts", "-d", "no/such/folder"]).exit_code
2
"""
import os
import sys
from pathlib import Path

import click        # nothing else at the top: `facts --help` answers at once


class Wrong(click.ClickException):
    """Wrong use or input: a message instead of a traceback."""
    exit_code = 2


class Commands(click.Group):
    """Turns the errors that a user can mend into messages."""

    def invoke(self, context: click.Context):
        try:
            return super().invoke(context)
        except Exception as error:
            if type(error).__name__ in ("InputError", "GoldError", "SchemaError", "NoDatabase", "NoFacts"):
                raise Wrong(str(error)) from None
            if type(error).__name__ == "BrokenProcessPool":
                raise Wrong("a process was ended from outside, for lack of memory? Try --jobs 1") from None
            raise


def _version(context: click.Context, _, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from extract import build, schema
        click.echo(f"facts {build.version()} (rules {schema.rule_hash()})")
        context.exit()


COLOR = False if os.environ.get("NO_COLOR") else None       # None: only on a terminal


@click.group(cls=Commands, context_settings={"color": COLOR, "help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, callback=_version, expose_value=False, is_eager=True,
              help="Print the version and the digest of the rules.")
def main() -> None:
    """Figures of news as a database: who, what, how much, when, how sure, and who says so.

    \b
    Example:
      facts build articles/ -o facts
      facts sql "from figures limit 10"
    """


ENTITIES = click.option("--entities", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.csv",
                        help="Names to be known beside those of schemas/entities: columns name, kind and, if need be, "
                             "aliases, maker, country, descriptors, ambiguous.")


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("-o", "--out", default="facts", show_default=True, help="Folder of the database.",
              type=click.Path(file_okay=False, path_type=Path))
@click.option("-j", "--jobs", type=click.IntRange(min=1), show_default="one per CPU",
              help="Processes to work with.")
@ENTITIES
def build(sources: tuple[str, ...], out: Path, jobs: int | None, entities: Path | None) -> None:
    """Read articles and write the database.

    SOURCE is a file or folder of articles: text, Markdown, HTML, RSS or Atom, JSON lines, plain or
    compressed; - is standard input. Only sources that changed since the last build are read again.

    \b
    Example:
      facts build articles/ feed.xml -o facts
      facts build articles/ --entities our-products.csv
    """
    from extract.build import build as run
    with _Bar("Reading") as bar:
        done = run(list(sources), out, jobs, bar.show, entities)
    if done.unchanged:
        held = f"{_count(done.documents, 'article')}, {_count(done.facts, 'fact')}"
        click.echo(f"Nothing changed: {out} is up to date ({held}).", err=True)
        return
    click.echo(_report(done, out), err=True)
    if not done.documents:
        raise click.exceptions.Exit(1)


class _Bar:
    """A progress bar that appears with the first progress, and only on a terminal."""

    def __init__(self, label: str):
        self.label, self.bar, self.shown = label, None, sys.stderr.isatty()

    def __enter__(self) -> "_Bar":
        return self

    def show(self, done: int, total: int) -> None:
        if self.shown and not self.bar:
            self.bar = click.progressbar(length=total, label=self.label, file=sys.stderr, show_pos=False)
            self.bar.__enter__()
        if self.bar:
            self.bar.update(done - self.bar.pos)

    def __exit__(self, *error) -> None:
        if self.bar:
            self.bar.__exit__(*error)


def _report(done, out: Path) -> str:
    """The summary of a build: what was read, what was found, what was left out and why."""
    lines = [f"{out}: {_count(done.documents, 'article')} in {_count(done.stories, 'story', 'stories')} "
             f"from {_count(done.sources, 'source')}, {done.read_again:,} of them read in this build"]
    if done.duplicates:
        copies = _count(done.duplicates, "further copy", "further copies")
        lines.append(f"  {copies} of the same articles, not counted again")
    lines += _table(f"{_count(done.facts, 'fact')} by family", done.families)
    lines += _table(f"{_count(sum(done.outcomes.values()), 'number')} by what became of it", done.outcomes)
    if done.rejects:
        lines += _table("not read (table rejects)", dict(list(done.rejects.items())[:8]))
        if len(done.rejects) > 8:
            lines.append(f"  ... and {len(done.rejects) - 8:,} more reasons")
    if done.corrected:
        lines.append(f"{_count(done.corrected, 'fact')} corrected or struck by schemas/corrections.csv")
    for fact_id in done.unknown_corrections:
        lines.append(f"schemas/corrections.csv: there is no fact {fact_id}; is its article missing?")
    if not done.documents:
        lines.append("Nothing could be read.")
    return "\n".join(lines)


def _count(number: int, noun: str, plural: str | None = None) -> str:
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def _table(title: str, rows: dict[str, int]) -> list[str]:
    return [title, *(f"  {number:>9,}  {name}" for name, number in rows.items())] if rows else [title]


@main.command()
@click.argument("gold", type=click.Path(file_okay=False, exists=True, path_type=Path))
@click.option("--aliases", type=click.Path(dir_okay=False, exists=True, path_type=Path),
              help="CSV of names that count as one entity, a row each.")
@click.option("--by", type=click.Choice(["metric", "entity_kind", "reach", "confidence", "fold"]), help="Also measure the parts.")
@click.option("--errors", type=click.IntRange(min=0), default=0, help="Print so many misses and false facts, with the reason.")
def evaluate(gold: Path, aliases: Path | None, by: str | None, errors: int) -> None:
    """Measure the rules against claims that people read.

    GOLD is a folder with docs.jsonl and claims.jsonl.

    \b
    Example:
      facts evaluate tests/gold --by metric --errors 20
    """
    from extract import evaluate as measure
    click.echo(measure.render(measure.evaluate(gold, aliases), by, errors))


@main.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--most", type=click.IntRange(min=0), default=40, show_default=True, help="Differences to print.")
def diff(old: Path, new: Path, most: int) -> None:
    """Show which facts are new, gone or changed between two builds.

    \b
    Example:
      facts diff facts.before facts
    """
    from extract import difference
    click.echo(difference.render(difference.compare(old, new), most))


@main.command()
@click.argument("query")
@click.option("-d", "--facts", default="facts", show_default=True, type=click.Path(path_type=Path),
              help="Folder of the database.")
@click.option("--csv", "form", flag_value="csv", help="Print comma-separated values.")
@click.option("--json", "form", flag_value="json", help="Print a JSON array, one row a line.")
def sql(query: str, facts: Path, form: str | None) -> None:
    """Ask the database; prints a table.

    \b
    Example:
      facts sql "from latest where metric = 'revenue'"
      facts sql "select entity, value, unit from vehicles" --csv
    """
    from extract import database, output
    try:
        with database.connect(facts) as db:
            output.show(db, query, form)
    except output.QueryError as error:
        raise Wrong(str(error)) from None


@main.command()
@click.argument("metric", required=False)
def check(metric: str | None) -> None:
    """Run the examples of the metrics against the rules.

    METRIC is the id of one; without it all are checked.

    \b
    Example:
      facts check revenue
    """
    from extract import check as checks
    results = checks.check(metric)
    failed = [result for result in results if not result.ok]
    for result in failed:
        click.echo(f"{click.style(result.metric, fg='red')}: {result.text}\n  {result.message}")
    click.echo(f"{len(results) - len(failed):,} of {_count(len(results), 'example')} as expected", err=True)
    if failed:
        raise click.exceptions.Exit(1)


@main.command()
@click.argument("text")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]),
              help="Date of publication, to resolve 'last month'.")
@ENTITIES
def explain(text: str, published, entities: Path | None) -> None:
    """Show what is found in a text, and why.

    \b
    Example:
      facts explain "Nvidia expects sales of about $54 billion this quarter." --published 2025-08-27
    """
    from extract import explain as explanation, schema
    schema.add_names(entities)
    click.echo(explanation.explain(text, published=published and published.date()))


if __name__ == "__main__":
    main()
