"""Text, names and metrics to measure with: invented, and the same each time.

>>> article(1).split()[:4] == article(1).split()[:4] != article(2).split()[:4]
True
>>> len(set(names(1000)))
1000
"""
import csv
import json
import random
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

COMMON = Path(__file__).parent.parent / "schemas" / "words" / "common.txt"
# What more metrics have of the ones that they are made of: verbs as they are, nouns with a word before them.
SAME = ("title", "meaning", "unit", "about", "plausible", "verbs", "needs", "unless", "time", "role", "aspects")
NARROWED = ("names", "counted", "things", "wholes")

ONSETS = "b br d dr f g gr h k kl l m n p pr r s st t tr v w z".split()
VOWELS = "a e i o u au ei oo".split()
CODAS = ["", "", *"n l r s m x k nd rn lt".split()]
TRADES = ["Motors", "Foods", "Systems", "Energy", "Shipping", "Labs", "Bank", "Steel"]
CLAIMS = [
    "{firm} had revenue of ${big} million in {year}, {small}% more than a year before.",
    "Carmaker {firm} sold {count:,} cars in the {quarter} quarter, it said on Monday.",
    "{firm} expects a profit of €{big} million to €{bigger} million this year.",
    "The {product} by {firm} has a {kwh} kWh battery and a range of {range} km.",
    "{firm} will cut {small},{rest:03} jobs by {year}, about {share} percent of its staff.",
    "Shares of {firm} fell {small}.{share}% to ${kwh}.{rest:03}.",
]
PLAIN = [
    "Nobody at the works in {place} wanted to say more, and the gates stayed shut until the evening.",
    "The council of {place} has put off the vote on the new bridge once more, to the anger of those who wait for it.",
    "Its chief, who had come from a rival in {place}, spoke of a year that asked a lot of everybody.",
    "What comes next is open, for the talks with the unions have only begun and the banks are in no hurry.",
    "“We have learned to be patient,” said a buyer in {place}, who did not want to be named.",
]


def word(draw: random.Random) -> str:
    parts = (draw.choice(ONSETS) + draw.choice(VOWELS) + draw.choice(CODAS) for _ in range(draw.choice((2, 3))))
    return "".join(parts).capitalize()


def article(number: int) -> str:
    """Two to five paragraphs; a number in about every second sentence."""
    draw = random.Random(number)
    firm, place = f"{word(draw)} {draw.choice(TRADES)}", word(draw)
    paragraphs = []
    for _ in range(draw.randint(3, 7)):
        big = draw.randint(20, 900)
        fields = {"firm": firm, "place": place, "product": f"{word(draw)} {draw.randint(2, 9)}", "big": big,
                  "bigger": big + draw.randint(5, 50), "small": draw.randint(2, 40), "count": draw.randint(900, 90_000),
                  "year": draw.randint(2019, 2026), "quarter": draw.choice(("first", "second", "third", "fourth")),
                  "kwh": draw.randint(30, 120), "range": draw.randint(150, 800), "rest": draw.randint(0, 999),
                  "share": draw.randint(2, 9)}
        sentences = (draw.choice(CLAIMS if draw.random() < 0.4 else PLAIN) for _ in range(draw.randint(2, 5)))
        paragraphs.append(" ".join(sentence.format(**fields) for sentence in sentences))
    return "\n\n".join(paragraphs)


def corpus(path: Path, size: int) -> None:
    """About `size` bytes of articles as JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        number = 0
        while file.tell() < size:
            file.write(json.dumps({"text": article(number), "published": "2025-09-01"}) + "\n")
            number += 1


@cache
def common() -> list[str]:
    """Words of English, of five letters or more."""
    return [line for line in COMMON.read_text(encoding="utf-8").splitlines() if line.isalpha() and len(line) > 4]


def names(number: int) -> Iterator[str]:
    """Names of firms. A third of them begin with a word that texts have too: "General ...", "Northern ..."."""
    draw, seen = random.Random(7), set()
    while len(seen) < number:
        first = draw.choice(common()).capitalize() if draw.random() < 1 / 3 else word(draw)
        name = f"{first} {word(draw)} {draw.choice(TRADES)}"
        if name not in seen:
            seen.add(name)
            yield name


def names_file(path: Path, number: int) -> None:
    """A file for --entities."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["name", "kind"])
        rows.writerows((name, "company") for name in names(number))


def metric_files(folder: Path, number: int) -> None:
    """Files for schemas/metrics, so that there are `number` of them: "freight revenue" beside "revenue"."""
    draw, known = random.Random(7), sorted(folder.glob("*/*.toml"))
    for count in range(len(known), number):
        path, before = known[count % len(known)], draw.choice(common())
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        fields = {name: data[name] for name in SAME if name in data}
        fields |= {name: [f"{before} {noun}" for noun in data[name]] for name in NARROWED if name in data}
        fields["names"] = [before, *fields.get("names", ())]
        new = path.with_name(f"{path.stem}_{count}.toml")
        new.write_text("".join(f"{name} = {json.dumps(value)}\n" for name, value in fields.items()), encoding="utf-8")
