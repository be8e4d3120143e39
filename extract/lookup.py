"""Entities of a database by any of their names, and names that come near one that it does not hold.

>>> import duckdb
>>> db = duckdb.connect()
>>> _ = db.execute("create table entities as select 'e1' as entity_id, 'Kestrel Motors' as name, "
...                "'company' as kind, ['Kestrel Group'] as aliases")
>>> [found["name"] for found in entities(db, "kestrel group")]
['Kestrel Motors']
>>> [found["name"] for found in entities(db, "Kestrel")]
['Kestrel Motors']
>>> entities(db, "Kestral Motor")
Traceback (most recent call last):
    ...
extract.lookup.Unknown: there is no entity 'Kestral Motor'; did you mean Kestrel Motors?
"""
from collections.abc import Iterable
from pathlib import Path

import duckdb

from extract.error import UserError

NEAR = 70       # of 100, from which a name is suggested
MOST = 5        # names that are suggested


class Unknown(UserError):
    """Nothing in the database has this name or id; the message suggests what comes near it."""


def entities(db: duckdb.DuckDBPyConnection, name: str) -> list[dict]:
    """Rows of the table entities: those of this name, else those with such an alias, else the only one whose name goes
    on behind it. Case does not matter."""
    result = db.execute("""
        with met as (
          select *, case when lower(name) = lower($1) then 1
                         when lower($1) in [lower(alias) for alias in aliases] then 2
                         when starts_with(lower(name), lower($1) || ' ') then 3 end as way
          from entities
        )
        select * exclude way from met
        where way is not null
        qualify way = min(way) over () and (way < 3 or count(*) over () = 1)
        order by kind, entity_id""", [name.strip()])
    found = dicts(result)
    if not found:
        raise Unknown(f"there is no entity {name!r}{did_you_mean(near(db, name))}")
    return found


KNOWN = {"entity": "select distinct name from entities order by all",
         "metric": "select metric from metrics order by all",
         "family": "select distinct family from metrics order by all",
         "view": "select table_name from information_schema.tables order by all"}


def check(db: duckdb.DuckDBPyConnection, kind: str, names: Iterable[str]) -> None:
    """Raises Unknown where a name is no metric, family or view (or table)."""
    known = [name for name, in db.execute(KNOWN[kind]).fetchall()]
    for name in names:
        if name not in known:
            raise Unknown(f"there is no {kind} {name!r}{did_you_mean(nearest(name, known))}")


def complete(folder: str | Path, kind: str, before: Iterable[str], beginning: str) -> list[str]:
    """What can follow in a shell: the ends of names that begin with the words before and a beginning.

    Without a database there is nothing to complete, which is no error.
    """
    from extract import database
    typed = " ".join([*before, beginning])
    try:
        with database.connect(Path(folder)) as db:
            known = [name for name, in db.execute(KNOWN[kind]).fetchall()]
    except (UserError, duckdb.Error):
        return []
    done = len(typed) - len(beginning)
    return [name[done:] for name in known if name.lower().startswith(typed.lower())]


def near(db: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    """Names of the entities that look like it, the nearest first."""
    names = db.execute("select name, name from entities "
                       "union select unnest(aliases), name from entities order by all").fetchall()
    return [names[place][1] for place in _nearest(name, [spelling for spelling, _ in names])]


def nearest(word: str, words: list[str]) -> list[str]:
    """Those of some words that look like one."""
    return [words[place] for place in _nearest(word, words)]


def _nearest(word: str, words: list[str]) -> list[int]:
    from rapidfuzz import fuzz, process
    word, words = word.lower(), [other.lower() for other in words]
    # As a whole; else as a part, which a word of a few letters is of too many names.
    for scorer in (fuzz.token_ratio, fuzz.partial_ratio)[:1 + (len(word) > 3)]:
        if found := process.extract(word, words, scorer=scorer, score_cutoff=NEAR, limit=None):
            break
    found.sort(key=lambda hit: (-fuzz.ratio(word, hit[0]), hit[0]))
    return [place for _, _, place in found]


def did_you_mean(names: list[str]) -> str:
    """The end of a message about an unknown name: at most five others, none twice."""
    names = list(dict.fromkeys(names))[:MOST]
    return f"; did you mean {' or '.join(filter(None, (', '.join(names[:-1]), names[-1])))}?" if names else ""


def dicts(result: duckdb.DuckDBPyConnection) -> list[dict]:
    """The rows of a result by column."""
    names = [column[0] for column in result.description]
    return [dict(zip(names, row)) for row in result.fetchall()]
