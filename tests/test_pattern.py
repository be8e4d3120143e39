"""A tree of letters finds what a plain list of the words finds, the longest first."""
import re

from hypothesis import given
from hypothesis import strategies as st

from extract.pattern import any_of

LETTERS = "ab.-"
WORDS = st.lists(st.text(LETTERS + " ", min_size=1, max_size=4), min_size=1, max_size=6)
TEXT = st.text(LETTERS + " \n", max_size=30)


def plain(words: list[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"


@given(WORDS, TEXT)
def test_same_as_a_list_of_the_words(words, text):
    assert re.findall(any_of(words), text) == re.findall(plain(words), text)


@given(WORDS, TEXT)
def test_not_behind_a_letter(words, text):
    assert re.findall(any_of(words, behind=r"\w"), text) == re.findall(r"(?<!\w)" + plain(words), text)


def test_a_space_may_be_another_blank():
    assert re.fullmatch(any_of(["a year", "a yen"], space="[ -]"), "a-yen")
