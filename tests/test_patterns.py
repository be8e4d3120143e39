"""No pattern backtracks without end: the time of each, and of the whole job, grows as the text does."""
import io
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extract import analysis, read, sentence

HOSTILE = ["1", "1,", "(", "million ", "a", " ", "1.", "-", "$5 million, ", "Aa ", "0 to ", "\n"]


def seconds(text: str) -> float:
    start = time.process_time()
    for found in read.plain(io.BytesIO(text.encode())):
        analysis.analyse(analysis.document(found.text))
    return time.process_time() - start


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_text(piece):
    """Quadratic time would be 16 times as long. The faster of two, as other work of the machine can fall into one."""
    short, long = (f"Norvik sold {piece * (size // len(piece))}x of them." for size in (5_000, 20_000))
    seconds(short)
    assert min(seconds(long) for _ in range(2)) < 9 * max(seconds(short), 0.01)


@pytest.mark.parametrize("piece", ["$1", "9,9", "a1,", "5%", "\u53f0\u3002"])
def test_sentences_without_spaces_end_too(piece):
    """What is weighed in a sentence grows with the square of its length."""
    text = piece * (20_000 // len(piece)) + " 7 cars"
    found = sentence.find(text)
    assert max(end.end - end.start for end in found) <= 2 * sentence.LONGEST
    assert "".join(text[each.start:each.end] for each in found).replace(" ", "") == text.replace(" ", "")


@pytest.mark.long
@pytest.mark.parametrize("piece, size", [("1", 10), ("(", 10), ("million ", 10), ("1,", 1), ("9,9", 1), ("a1", 1)])
def test_megabytes_of_one_line(piece, size):
    """The last is all numbers, which take memory."""
    short, long = (piece * (part * size // len(piece)) + "x" for part in (250_000, 1_000_000))
    assert seconds(long) < 9 * max(seconds(short), 0.1)


@pytest.mark.long
def test_no_pattern_of_the_rules_backtracks_without_end():
    script = Path(__file__).parent / "patterns.py"
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    number, *slow = done.stdout.splitlines()
    assert int(number) > 400
    assert slow == []
