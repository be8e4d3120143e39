"""Prints every pattern of the rules whose time grows faster than the text: run by test_patterns.py.

Patterns are caught as they are compiled and note how the rules use them, on the samples and the examples: those
that only decide at a place are tried there, the others on the whole text.
"""
import importlib
import pkgutil
import re
import sys
import time
from itertools import islice
from pathlib import Path

TEXTS = ["1", "1,", "1.", "1 ", "1-", "(", "million ", "a", "A", "Aa ", "-", "$", " ", "\n", '"', "'", "0 to "]
LENGTH = 2_000
SLOW = 0.005            # seconds for LENGTH: what is faster is not looked at further
PLACE = {"match", "fullmatch"}      # methods that decide at a place
PACKAGE = Path(__file__).resolve().parent.parent / "extract"

compiled = re._compile
patterns: dict[tuple, "Watched"] = {}


class Watched:
    """A compiled pattern that notes which of its methods were used."""

    def __init__(self, pattern: re.Pattern, where: str) -> None:
        self.pattern_, self.where, self.used = pattern, where, set()

    def __getattr__(self, name: str):
        self.used.add(name)
        return getattr(self.pattern_, name)

    def seconds(self, text: str) -> float:
        start = time.process_time()
        if self.used & {"search", "finditer", "findall", "sub", "subn", "split"}:
            for _ in self.pattern_.finditer(text):
                pass
        else:
            self.pattern_.match(text)
            self.pattern_.match(text, len(text) // 2)
        return time.process_time() - start


def watch(pattern, flags):
    """Stands in for re._compile, for patterns of the package."""
    if isinstance(pattern, Watched):
        return pattern
    made, frame = compiled(pattern, flags), sys._getframe(1)
    while frame.f_code.co_filename.endswith(("re/__init__.py", "functools.py")):
        frame = frame.f_back
    path = Path(frame.f_code.co_filename)
    if PACKAGE not in path.parents or not isinstance(pattern, str):
        return made
    return patterns.setdefault((made.pattern, made.flags), Watched(made, f"{path.name}:{frame.f_lineno}"))


def grows(pattern: Watched, text: str) -> bool:
    """Whether four times the text takes far more than four times as long."""
    short, long = text * (LENGTH // len(text)) + "x", text * (4 * LENGTH // len(text)) + "x"
    if (once := pattern.seconds(short)) < SLOW:
        return False
    return pattern.seconds(long) > 8 * min(once, pattern.seconds(short))


def main() -> None:
    re._compile = watch
    import extract
    for module in pkgutil.walk_packages(extract.__path__, "extract."):
        importlib.import_module(module.name)
    from extract import analysis, check, read
    folder = Path(__file__).parent
    sources = [str(path) for path in (folder / "data" / "read", *sorted((folder.parent / "samples").glob("*.*")))]
    for source in read.sources(sources):
        for found in islice(read.documents(source), 30):
            if hasattr(found, "text"):
                analysis.analyse(found)
    check.check()
    print(len(patterns))
    for pattern in sorted(patterns.values(), key=lambda each: each.where):
        for text in TEXTS:
            if grows(pattern, text):
                print(f"{pattern.where} {text!r} {pattern.pattern_.pattern[:200]!r}")


if __name__ == "__main__":
    main()
