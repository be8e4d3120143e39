"""Work done in steps, so that many texts can go through each step together.

What one step needs (patterns, tables, the program itself) then stays in the processor's cache for all
of them, which saves a sixth of the time. A run is a generator that yields after each of its steps and
returns its result.

>>> def run(number):
...     print("first", number)
...     yield
...     print("second", number)
...     return number * number
>>> together([run(2), run(3)])
first 2
first 3
second 2
second 3
[4, 9]
"""
from collections.abc import Generator, Iterable


def together(runs: Iterable[Generator]) -> list:
    """The results of the runs, in their order; each step is done by all of them before the next one."""
    results: dict[int, object] = {}
    waiting = list(enumerate(runs))
    count = len(waiting)
    while waiting:
        going = []
        for number, run in waiting:
            try:
                next(run)
                going.append((number, run))
            except StopIteration as stopped:
                results[number] = stopped.value
        waiting = going
    return [results[number] for number in range(count)]


def alone(run: Generator):
    """The result of one run."""
    return together([run])[0]
