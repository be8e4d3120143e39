"""The command `facts`: build a database of figures, ask it, look at it, check the rules.

Data goes to standard output, everything else to standard error. Exit codes: 0 fine, 1 findings (a rule whose
example fails, a build that could read nothing), 2 wrong use or input, 3 a build that could not read some of its
input, 130 a command that was stopped by Ctrl-C.

>>> from click.testing import CliRunner
>>> CliRunner().invoke(main, ["--help"]).output.splitlines()[0]
'Usage: main [OPTIONS] COMMAND [ARGS]...'
>>> CliRunner().invoke(main, ["sql", "from facts", "-d", "no/such/folder"]).exit_code
2
"""
import errno
import os
import shutil
import sys
from dataclasses import asdict
from functools import wraps
from pathlib import Path

import click  # nothing large at the top: `facts --help` answers at once

from extract import report
from extract.error import UserError

# A full or read-only disk, a folder of somebody else or none: nothing that the program did wrong.
DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR}


STOPPED = 130       # what shells give for Ctrl-C


class Wrong(click.ClickException):
    """Wrong use or input: a message instead of a traceback."""
    exit_code = 2


class Commands(click.Group):
    """Turns the errors that a user can mend into messages."""

    def main(self, *arguments, **more):
        try:
            return super().main(*arguments, **more)
        except OSError as error:
            if error.errno not in DISK:
                raise
            if error.filename is None:
                sys.stdout = None       # what is left of the output must not be tried again at the end
            click.echo(f"Error: {error.filename or 'output'}: {error.strerror}", err=True)
        except UnicodeEncodeError as error:
            letter = ascii(error.object[error.start])
            click.echo(f"Error: the encoding {error.encoding} has no {letter}; set PYTHONUTF8=1", err=True)
        sys.exit(2)

    def invoke(self, context: click.Context):
        try:
            result = super().invoke(context)
            sys.stdout.flush()
            return result
        except KeyboardInterrupt:
            kept = "; what was read is kept, and the same command goes on from there"
            click.echo(f"\nStopped{kept if context.invoked_subcommand == 'build' else ''}", err=True)
            raise click.exceptions.Exit(STOPPED) from None
        except UserError as error:
            raise Wrong(str(error)) from None
        except Exception as error:
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


def names(kind: str):
    """For the completion of a shell: names of a kind (see lookup.KNOWN) that begin with what is typed."""
    def complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
        from extract import lookup
        before = context.params.get(parameter.name) if parameter.nargs == -1 else ()    # words of a name
        return lookup.complete(context.params.get("facts") or "facts", kind, before or (), incomplete)
    return complete


DATABASE = click.option("-d", "--facts", default="facts", show_default=True, type=click.Path(path_type=Path),
                        help="Folder of the database.")
ENTITIES = click.option("--entities", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.csv",
                        help="Names to be known beside those of schemas/entities: columns name, kind and, "
                             "if need be, aliases, maker, country, ticker, descriptors, ambiguous.")


SCORES = ("level", "precision", "recall", "f1")
DATE = click.DateTime(["%Y-%m-%d"])
FORMS = {"table": "Print a table.", "csv": "Print comma-separated values.",
         "json": "Print a JSON array, one row a line."}


def rows(command):
    """The options of a command that prints rows: its argument `form` is table, csv, json or None."""
    for form, text in reversed(FORMS.items()):
        command = click.option(f"--{form}", "form", flag_value=form, help=text)(command)
    return command


def chosen(command):
    """The options that choose facts; they come as the argument `choice`, an extract.choice.Choice."""
    @wraps(command)
    def choosing(entities, metrics, families, since, confidence, **more):
        from extract.choice import Choice
        return command(choice=Choice(entities, metrics, families, since and since.date(), confidence), **more)
    for option in (
        click.option("--confidence", type=click.FloatRange(0, 1), help="Only facts that are at least so sure."),
        click.option("--since", type=DATE, help="Only what was published on this day or later."),
        click.option("-f", "--family", "families", multiple=True, shell_complete=names("family"),
                     help="Only of this family of metrics; repeatable."),
        click.option("-m", "--metric", "metrics", multiple=True, shell_complete=names("metric"),
                     help="Only of this metric; repeatable."),
        click.option("-e", "--entity", "entities", multiple=True, shell_complete=names("entity"),
                     help="Only of this entity, by any of its names; repeatable."),
    ):
        choosing = option(choosing)
    return choosing


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("-o", "--out", default="facts", show_default=True, help="Folder of the database.",
              type=click.Path(file_okay=False, path_type=Path))
@click.option("-j", "--jobs", type=click.IntRange(min=1), show_default="one per CPU",
              help="Processes to work with.")
@click.option("--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True,
              help="Work on this machine, or on a cluster of many (docs/cluster.md).")
@click.option("--max-unpacked", type=click.IntRange(min=1), metavar="BYTES", show_default="20 GB",
              help="What a packed file may unpack to.")
@click.option("--max-document", type=click.IntRange(min=1), metavar="CHARACTERS", show_default="1,000,000",
              help="How long an article may be; the rest is cut off.")
@click.option("--max-seconds", type=click.IntRange(min=1), metavar="SECONDS", show_default="60",
              help="How long one article may take.")
@click.option("--max-memory", type=click.IntRange(min=1), metavar="BYTES", show_default="4 GB",
              help="How much memory one article may take.")
@ENTITIES
def build(sources: tuple[str, ...], out: Path, jobs: int | None, engine: str, entities: Path | None,
          **limits: int | None) -> None:
    """Read articles and write the database.

    SOURCE is a file or folder of articles: text, Markdown, HTML, RSS or Atom, JSON lines, CSV, Parquet or
    WARC, plain or packed as .gz or .zst; - is standard input. Only sources that changed since the last build, and
    small ones beside them, are read again. The database holds what one command names: what only an earlier one
    named leaves it. Ends with 3 where some of the input could not be read: the table rejects says what, and
    why; and with 1 where nothing could, in which case a former database stays.

    \b
    Example:
      facts build articles/ feed.xml -o facts
      facts build articles/ --entities our-products.csv
    """
    from extract.build import build as run
    from extract.limit import Limits
    with report.Bar() as bar:
        done = run(list(sources), out, jobs, bar.show, entities, lambda text: click.echo(text, err=True), Limits(
            **{name.removeprefix("max_"): most for name, most in limits.items() if most}), engine)
    click.echo(report.harmless(report.summary(done, out)), err=True)
    if not done.documents or done.rejects:
        raise click.exceptions.Exit(3 if done.documents else 1)


@main.command()
@click.argument("gold", type=click.Path(file_okay=False, exists=True, path_type=Path))
@click.option("--aliases", type=click.Path(dir_okay=False, exists=True, path_type=Path),
              help="CSV of names that count as one entity, a row each.")
@click.option("--by", type=click.Choice(["metric", "entity_kind", "reach", "confidence", "fold"]),
              help="Also measure the parts.")
@click.option("--errors", type=click.IntRange(min=0), default=0,
              help="Print so many misses and false facts, with the reason.")
@rows
def evaluate(gold: Path, aliases: Path | None, by: str | None, errors: int, form: str | None) -> None:
    """Measure the rules against claims that people read; as rows, the scores alone.

    GOLD is a folder with docs.jsonl and claims.jsonl.

    \b
    Example:
      facts evaluate tests/gold --by metric --errors 20
    """
    from extract import evaluate as measure
    measured = measure.evaluate(gold, aliases)
    if form:
        from extract import output
        scores = [dict(zip(SCORES, (level, *three))) for level, three in measured.scores().items()]
        output.rows(SCORES, scores, form)
    else:
        click.echo(measure.render(measured, by, errors))


@main.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--most", type=click.IntRange(min=0), default=40, show_default=True,
              help="Differences to print as text; a table, CSV and JSON hold all.")
@rows
def diff(old: Path, new: Path, most: int, form: str | None) -> None:
    """Show which facts are new, gone or changed between two builds.

    \b
    Example:
      facts diff facts.before facts
      facts diff facts.before facts --csv > changes.csv
    """
    from extract import difference, output
    found = difference.compare(old, new)
    if form:
        output.rows(difference.COLUMNS, found, form)
    else:
        click.echo(report.harmless(difference.render(found, most)))


class Query(click.Command):
    """A command whose argument may begin with a comment of SQL, which is no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, [f"\n{arg}" if arg.startswith("-- ") else arg for arg in args])


@main.command(cls=Query)
@click.argument("query", metavar="QUERY|FILE.sql")
@DATABASE
@rows
def sql(query: str, facts: Path, form: str | None) -> None:
    """Ask the database in SQL.

    Prints a table of at most 100 rows; CSV and JSON hold all.

    QUERY is SQL, or the path of a file with it that ends in .sql.

    \b
    Example:
      facts sql "from latest where metric = 'revenue'"
      facts sql "select vehicle, range, price from vehicles" --csv
      facts sql docs/queries/companies.sql
    """
    from extract import database, output
    if query.endswith(".sql"):
        try:
            query = Path(query).read_text(encoding="utf-8")
        except OSError as error:
            raise UserError(f"{query}: {error.strerror}; give a query, or the path of a file with one") from None
    if not query.strip():
        raise UserError("the query is empty; give one, or the path of a file with one")
    with database.connect(facts) as db:
        output.show(db, query, form=form or "table")


@main.command()
@click.argument("name", nargs=-1, required=True, metavar="ENTITY|FACT_ID", shell_complete=names("entity"))
@click.option("-m", "--metric", "metrics", multiple=True, shell_complete=names("metric"),
              help="All of this metric, and of no other; repeatable.")
@click.option("--all", "every", is_flag=True, help="Earlier figures too, not only the newest of each kind.")
@click.option("-q", "--quotes", is_flag=True, help="Under each figure its sentence, the number marked.")
@DATABASE
@rows
def show(name: tuple[str, ...], metrics: tuple[str, ...], every: bool, quotes: bool, facts: Path,
         form: str | None) -> None:
    """Show what is known of an entity, or all of one fact.

    ENTITY is any of its names. Of a FACT_ID the beginning is enough. A question mark stands behind figures
    with a confidence below 0.7.

    \b
    Example:
      facts show Kestrel Motors
      facts show Kestrel Motors --metric revenue --quotes
      facts show f24d8b18
    """
    from extract import database, output
    from extract import show as showing
    with database.connect(facts) as db:
        if form:
            output.show(db, *showing.query(db, " ".join(name), metrics, every), form)
        else:
            width = shutil.get_terminal_size((110, 40)).columns
            text = report.harmless(showing.text(db, " ".join(name), metrics, every, quotes, width))
            mark = ("\x1b[1;33m", "\x1b[0m") if COLOR is None and sys.stdout.isatty() else ("**", "**")
            click.echo(text.replace(showing.OPEN, mark[0]).replace(showing.CLOSE, mark[1]))


@main.command()
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="File to write; without it, to standard output.")
@click.option("--view", default="figures", show_default=True, shell_complete=names("view"),
              help="View or table to write.")
@chosen
@click.option("--csv", "form", flag_value="csv", help="Comma-separated values; the default.")
@click.option("--jsonl", "form", flag_value="jsonl", help="JSON lines, one row a line.")
@DATABASE
def export(out: Path | None, form: str | None, choice, facts: Path, view: str) -> None:
    """Write figures for other programs.

    In CSV a text that a spreadsheet would take for a formula begins with an apostrophe; JSON lines hold every
    text as it is. The view figures leaves out facts with a confidence below 0.5, the table facts has all.

    \b
    Example:
      facts export -o figures.csv
      facts export --metric revenue --since 2025-07-01 --jsonl
      facts export --view facts --entity "Kestrel Motors" -o kestrel.csv
    """
    from extract import database
    from extract import export as exporting
    form = form or ("jsonl" if out and out.suffix == ".jsonl" else "csv")
    with database.connect(facts) as db:
        number, undated = exporting.export(db, out, form, view, choice)
    click.echo(f"{report.counted(number, 'row')}{f' in {out}' if out else ''}", err=True)
    if undated:
        click.echo(f"{report.counted(undated, 'row')} left out: no date of publication", err=True)


@main.command()
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              default="facts.html", show_default=True, help="File to write.")
@chosen
@DATABASE
def page(out: Path, choice, facts: Path) -> None:
    """Write facts as one HTML file, to look at in a browser.

    The file holds all that it shows and loads nothing: search and filters, charts of each entity, conflicts and
    failed checks, and every article with what became of each of its numbers. It has facts with a confidence
    from 0.5, and holds 20,000 of them; of a larger database, choose some.

    \b
    Example:
      facts page -o facts.html
      facts page --family vehicle --since 2025-01-01 -o cars.html
    """
    from extract import database
    from extract import page as pages
    with database.connect(facts) as db:
        held = pages.write(db, out, choice)
        undated = choice.undated(db, "figures")
    click.echo(f"{report.counted(held['facts'], 'fact')} of {report.counted(held['articles'], 'article')} "
               f"in {out}, {held['bytes'] / 1e6:.1f} MB", err=True)
    if undated:
        click.echo(f"{report.counted(undated, 'fact')} left out: no date of publication", err=True)


@main.command()
@click.argument("metric", required=False, shell_complete=names("metric"))
@rows
def check(metric: str | None, form: str | None) -> None:
    """Run the examples of the metrics against the rules.

    METRIC is the id of one; without it all are checked.

    \b
    Example:
      facts check revenue
    """
    from extract import check as checks
    results = checks.check(metric)
    failed = [result for result in results if not result.ok]
    if form:
        from extract import output
        output.rows(checks.Result.__slots__, map(asdict, results), form)
    else:
        for result in failed:
            click.echo(f"{click.style(result.metric, fg='red')}: {result.text}\n  {result.message}")
    number = report.counted(len(results), "example")
    click.echo(f"{len(results) - len(failed):,} of {number} as expected", err=True)
    if failed:
        raise click.exceptions.Exit(1)


@main.command()
@click.argument("text")
@click.option("--published", type=DATE, help="Date of publication, to resolve 'last month'.")
@ENTITIES
@rows
def explain(text: str, published, entities: Path | None, form: str | None) -> None:
    """Show what is found in a text, and why; as rows, its claims in the columns of the table facts.

    \b
    Example:
      facts explain "Nvidia expects sales of about $54 billion this quarter." --published 2025-08-27
    """
    from extract import explain as explanation
    from extract import schema
    if not text.strip():
        raise UserError("the text is empty; give a sentence, or an article")
    schema.add_names(entities)
    day = published and published.date()
    if form:
        from extract import output
        output.table(explanation.facts(explanation.article(text, day)), form)
    else:
        click.echo(explanation.explain(text, day))


if __name__ == "__main__":
    main()
