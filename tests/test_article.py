"""The articles of a text: the signs of feed dumps, run-together files and standfirsts; boilerplate."""
import json
from datetime import date
from pathlib import Path

import pytest
from conftest import takes_linear_time

from extract import article

READ = Path(__file__).parent / "data" / "read"
SHARED = Path(__file__).parents[2] / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")


def split(name: str) -> list[article.Article]:
    return article.split((READ / name).read_text(encoding="utf-8"))


# Signs, on texts written for this test -----------------------------------------------------------------

def test_feed_dump():
    ferries, tolls = split("feed_dump.txt")
    assert ferries.title == "Lumo Ferries orders nine electric catamarans"
    assert (ferries.url, ferries.published) == ("https://gazette.example/lumo-catamarans/", date(2025, 3, 4))
    assert ferries.publisher == "Harbour Gazette"
    assert ferries.text == """Lumo Ferries orders nine electric catamarans

• Lumo Ferries has ordered nine vessels.

• Batteries come from Voltera.

• Lumo Ferries said on Monday that it will pay 84 million euros for nine catamarans, each with a 2.4 MWh pack.

The first one is to enter service in spring 2027.

What the yard says

The yard in Turku will hire 140 welders."""
    assert (tolls.title, tolls.published) == ("Tolls at the Merrow Canal rise to $410", date(2025, 3, 3))
    assert tolls.text.split("\n\n")[1] == "A short notice that is not repeated below."


def test_feed_dump_on_one_line():
    text = " ".join((READ / "feed_dump.txt").read_text(encoding="utf-8").split())
    assert [one.title for one in article.split(text)] == [one.title for one in split("feed_dump.txt")]


def test_run_together_ends_at_cover_credits_not_at_headings():
    found = split("run_together.txt")
    assert [one.title for one in found] == [
        "Orchard Robots Raises Forty Million Dollars for Its Apple Picker", "Five Trams Worth Waiting For",
        "Bakers Turn to Rye as Wheat Prices Climb"]
    assert found[0].text.endswith("\n\nA picker at work.")
    assert "\n\nTarn Line 4\n\nThe Tarn" in found[1].text
    assert not any("Image via" in one.text or "photo:" in one.text for one in found)


def test_run_together_without_any_mark_but_the_headline():
    found = article.split("""Potters of Ostrova Fire Their First Electric Kiln

The potters of Ostrova have fired bowls in an electric kiln for the first time, at 1,240 degrees.

Their electric kiln needs 90 kWh for a night of firing, which the guild of potters pays from its savings.

Mountain Railway Buys Seven Snowploughs From Bankrupt Rival

The mountain railway has bought seven snowploughs at the auction of a bankrupt rival for 2.1 million francs.

The snowploughs will keep open the line to the upper valley, where drifts stopped trains on nineteen days.""")
    assert [one.title for one in found] == ["Potters of Ostrova Fire Their First Electric Kiln",
                                            "Mountain Railway Buys Seven Snowploughs From Bankrupt Rival"]


def test_a_heading_that_uses_the_words_of_its_article_begins_none():
    found = article.split("""Potters Fire Their First Electric Kiln

The potters of Ostrova have fired bowls in an electric kiln for the first time, at 1,240 degrees.

How the Electric Kiln Changes Work for the Potters of Ostrova

The potters of Ostrova now fire bowls at night, when power for the electric kiln is 11 cents cheaper.""")
    assert len(found) == 1


def test_standfirsts_stand_alone():
    found = split("standfirsts.txt")
    assert len(found) == 3
    assert all(one.title is None and "\n" not in one.text for one in found)


def test_paragraphs_that_go_on_are_one_article():
    text = """\
The brewery of Halden has bought a bottling line from its neighbour, and will move it across the river.
The brewery expects to fill 14,000 bottles an hour on the bottling line, which its neighbour kept for cider.
It will pay for the line from the sale of its old cellar by the river where it keeps cider."""
    assert len(article.split(text)) == 1


def test_one_article_with_date_and_address_above_it():
    head = "Kiln Sold\nhttps://kiln.example/sold\nPublished: March 4, 2025\n\n"
    one, = article.split(head + "The kiln went for 900 euros.")
    assert (one.title, one.url, one.published) == ("Kiln Sold", "https://kiln.example/sold", date(2025, 3, 4))
    assert one.text == "Kiln Sold\n\nThe kiln went for 900 euros."


def test_wrapped_lines_are_joined_and_paragraphs_are_not():
    one, = split("wrapped.txt")
    assert [len(part.split("\n")) for part in one.text.split("\n\n")] == [1, 1, 1]
    assert "southern shore on Friday" in one.text
    poem = "Short lines stay\nas they are\nfor they are\nno paragraph"
    assert article.split(poem)[0].text.count("\n\n") == 3


# Boilerplate -------------------------------------------------------------------------------------------

@pytest.mark.parametrize("line", [
    "]]>", "Advertisement", "Read more: Kiln sold", "The post Kiln sold appeared first on Kiln News.",
    "Sign up for our free newsletter here.", "© 2025 Kiln News. All rights reserved.", "Share this article",
    "Cover image via Kiln News", "Photo: Jane Doe/Example Wire", "Source: Kiln News.", "https://kiln.example/a",
    "* * *", "-----", "Banner image courtesy of Kiln Museum", "Image Credit: Kiln Co., Ltd."])
def test_boilerplate_is_dropped(line):
    assert article.clean(line) == ""


@pytest.mark.parametrize("line", [
    "Subscribers rose to 4 million.", "Images from the probe show 300 craters.", "Share prices fell by 3%.",
    "Photo: a business that still earns 2 billion dollars a year for the company",
    "The company shares its photos via a website that 3,000 people use.",
    "Advertisement revenue rose 12%.", "The post office closed 40 branches.", "Copyright fees doubled to $4.",
    "Source code of 2 million lines was published.", "Comments were few.", "2.4%"])
def test_sentences_are_kept(line):
    assert article.clean(line) == line


@pytest.mark.parametrize("title, body, begins", [
    ("Kiln sold", "KILN  SOLD\n\nIt went for 900 euros.", True),
    ("‘Kiln’ sold", "'Kiln' sold for 900 euros.", True),
    ("The old kiln of Ostrova is sold - Kiln News", "The old kiln of Ostrova is sold\n\nIt went.", True),
    ("The old kiln of Ostrova ...", "The old kiln of Ostrova is sold\n\nIt went.", True),
    ("Kiln sold", "It went for 900 euros.", False)])
def test_title_is_prepended_once(title, body, begins):
    assert article.compose(title, body) == (body if begins else f"{title}\n\n{body}")


@pytest.mark.parametrize("text, day", [
    ("2025-03-04T10:00:00Z", date(2025, 3, 4)), ("Tue, 04 Mar 2025 10:00:00 +0000", date(2025, 3, 4)),
    ("March 4, 2025", date(2025, 3, 4)), ("Sept. 4th, 2025", date(2025, 9, 4)),
    ("4 March 2025", date(2025, 3, 4)),
    ("2025-13-04", None), ("31 February 2025", None), ("in March", None), ("", None)])
def test_dates(text, day):
    assert article.date_of(text) == day


# Hostile text ------------------------------------------------------------------------------------------

@pytest.mark.parametrize("text", [
    "1" * 10**6, "1," * 500_000, "http://" * 150_000, "http://a " * 110_000, "The post " * 110_000,
    " " * 10**6 + "x",
    "image via A " * 80_000, "[…]" * 300_000, "a\n" * 500_000, "]]>" * 300_000, "Mar 1, " * 140_000,
    ("word " * 15 + "\n") * 13_000, "!?.\"' " * 160_000], ids=lambda text: text[:12].strip())
def test_time_is_linear(text):
    assert takes_linear_time(lambda text: (article.split(text), article.tidy(text)), text)


# Real texts --------------------------------------------------------------------------------------------

@needs_shared
def test_seeds_are_32_articles_that_hold_every_claim():
    files = {path.name: article.split(path.read_text(encoding="utf-8"))
             for path in (SHARED / "seeds").iterdir()}
    assert sorted(len(found) for found in files.values()) == [6, 12, 14]
    gold = SHARED / "gold" / "dev"
    docs = {doc["doc"]: doc for doc in map(json.loads, (gold / "docs.jsonl").open(encoding="utf-8"))}
    for claim in map(json.loads, (gold / "claims.jsonl").open(encoding="utf-8")):
        doc = docs[claim["doc"]]
        one, = [one for one in files[doc["file"]] if claim["quote"] in one.text]
        assert str(one.published or None) == str(doc["date"])
    texts = [one.text for found in files.values() for one in found]
    for sign in ("appeared first on", "]]>", "[…]", "Check out", "image via", "Photo via", "\n ", " \n"):
        assert not any(sign in text for text in texts), sign
