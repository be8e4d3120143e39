"""The arrows of the design go one way: which module of extract/ may import which."""
import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import extract

PACKAGE = Path(extract.__file__).parent
# A library that only these modules may import, so that it can be replaced in one place.
ONLY = {"click": {"cli", "report"}, "pint": {"unit"}, "currency_converter": {"norm"}}
# The core is pure: it reads no files, stores nothing, knows no exchange rates.
CORE = "batch"
NOT_IN_CORE = {"read", "build", "database", "norm", "cli", "correction", "story"}


def imports(path: Path) -> tuple[set[str], set[str]]:
    """Modules of the package, and libraries, that a file imports anywhere in it."""
    own, other = set(), set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            parts = ["extract"] * bool(node.level) + [node.module] * bool(node.module)
            base = ".".join(parts)
            names = [f"{base}.{alias.name}" for alias in node.names] if base == "extract" else [base]
        else:
            continue
        for name in names:
            first, *rest = name.split(".")
            if first != "extract":
                other.add(first)
            elif rest:
                own.add(rest[0])
    return own, other


MODULES = {path.stem: imports(path) for path in sorted(PACKAGE.glob("*.py"))}
GRAPH = {name: own for name, (own, _) in MODULES.items()}


def reached(name: str) -> set[str]:
    found, waiting = set(), [name]
    while waiting:
        for module in GRAPH.get(waiting.pop(), ()):
            if module not in found:
                found.add(module)
                waiting.append(module)
    return found


def test_no_module_imports_itself_by_a_detour():
    try:
        TopologicalSorter(GRAPH).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(reversed(error.args[1])))


def listed() -> list[str]:
    """The modules in the order of the list in extract/__init__.py."""
    rows = [line for line in extract.__doc__.splitlines() if line.startswith("    ")]
    return [name for line in rows for name in line.split("  ")[2].split(", ")]


def test_the_list_of_modules_is_complete_and_in_order():
    order = listed()
    assert sorted(order) == sorted(MODULES.keys() - {"__init__"})
    places = {name: place for place, name in enumerate(order)}
    assert [(name, used) for name in order for used in GRAPH[name] if places[used] > places[name]] == []


def test_every_import_exists():
    assert {name: own - MODULES.keys() for name, own in GRAPH.items() if own - MODULES.keys()} == {}


@pytest.mark.parametrize("library, modules", ONLY.items())
def test_library_is_imported_in_one_place(library, modules):
    assert {name for name, (_, other) in MODULES.items() if library in other} == modules


def test_core_is_pure():
    assert reached(CORE) & NOT_IN_CORE == set()


def test_nothing_imports_the_command_line():
    assert {name for name, own in GRAPH.items() if "cli" in own} == set()


def test_nouns_import_nothing_of_the_package():
    assert GRAPH["model"] == GRAPH["error"] == set()
