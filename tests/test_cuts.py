"""The same rows come out, however the work is cut: batches, files and their order, processes."""
import json
import tempfile
from pathlib import Path

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extract import build as building
from extract import database, read, shard
from extract.build import build

WIRE = ("Thorne Shipping said on Monday that it will take 14 tankers out of service before the winter, a "
        "step that costs it $90 million and that unions call a breach of the agreement of 2019.")
# Some are copies of others, and several tell different things of the firms that they discover.
ARTICLES = [
    WIRE, f"UPDATE {WIRE}", f"LONDON (Wire) - {WIRE} More follows.",
    "Carmaker Norvik Motors had revenue of €640 million in 2024.\n\nThe Norvik Pico van costs $31,000.",
    "Norvik Motors Inc. of Norway employs 3,400 people.\n\nIts revenue rose 12% to 700 million euros.",
    "NORVIK MOTORS sold 41,300 cars in the second quarter, 8% fewer than a year before.",
    "The Pico by Norvik Motors has a 60 kWh battery and a range of 410 km.",
    "Chipmaker Brightwell plans to invest $5 billion in Oslo by 2030, said its chief Ilse Brandt.",
    "Brightwell Corp. will cut 300 of its 9,000 jobs.",
    "Der Umsatz von Norvik stieg im zweiten Quartal um 12 Prozent auf 3,4 Milliarden Euro.",
    "Nothing to count here.",
]
# What tells of the place of an article, not of what it says.
PLACE = {"documents": "exclude (source, item)", "facts": "exclude (source)", "entities": "exclude (source)"}


def written(files: list[list[int]], folder: Path) -> list[str]:
    paths = []
    for number, articles in enumerate(files):
        paths.append(str(folder / f"{number}.jsonl"))
        lines = [json.dumps({"text": ARTICLES[at], "published": f"2025-09-{at + 1:02}"}) for at in articles]
        Path(paths[-1]).write_text("\n".join(lines))
    return paths


def rows(out: Path) -> dict[str, list]:
    with duckdb.connect(str(out / "facts.duckdb"), read_only=True) as db:
        return {name: db.execute(f"select * {PLACE.get(name, '')} from {name} order by all").fetchall()
                for name in ("documents", "quantities", "facts", "entities", "rejects", "fx_rates")}


def built(files: list[list[int]], batch: int, jobs: int, backwards: bool = False) -> dict[str, list]:
    """The tables made of files, each with the articles of these numbers."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as name:
        for module, limit in ((shard, "BATCH"), (shard, "GROUP"), (read, "PART")):
            patch.setattr(module, limit, batch)
        patch.setattr(building, "POOL_FROM", 0)
        patch.setattr(building, "TOGETHER", 3 * batch)      # one to a shard, some, or all
        patch.setattr(building, "OPENING", 0)
        patch.setattr(database, "MANY", batch % 3)
        patch.setattr(database, "_add_views", lambda db: None)      # they take longer than all the rest
        paths = written(files, Path(name))
        build(paths[::-1] if backwards else paths, Path(name) / "out", jobs)
        return rows(Path(name) / "out")


@st.composite
def files(draw) -> list[list[int]]:
    """All articles in any order, some of them again, cut into files."""
    order = draw(st.permutations(range(len(ARTICLES))))
    order += draw(st.lists(st.sampled_from(order), max_size=4))
    cuts = sorted(draw(st.sets(st.integers(1, len(order) - 1), max_size=4)))
    return [order[start:end] for start, end in zip([0, *cuts], [*cuts, len(order)])]


EXPECTED = []


@settings(max_examples=10, deadline=None, derandomize=True)
@given(files(), st.sampled_from([1, 200, 1_000_000]), st.booleans())
@example([[*range(len(ARTICLES))]], 1, False)
def test_batches_files_and_order_do_not_matter(files, batch, backwards):
    if not EXPECTED:
        EXPECTED.append(built([[*range(len(ARTICLES))]], 1_000_000, jobs=1))
    assert built(files, batch, 1, backwards) == EXPECTED[0]
    assert len(EXPECTED[0]["facts"]) > 12 and len(EXPECTED[0]["entities"]) > 4


def test_processes_do_not_matter():
    whole = [[*range(len(ARTICLES))]]
    assert built(whole, 200, jobs=2) == built([[at] for at in whole[0]], 1_000_000, jobs=3) == built(whole, 1, jobs=1)
