"""The arrows of the design go one way: which module of extract/ may import which."""
import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import extract

PACKAGE = Path(extract.__file__).parent
# A library that only these modules may import, so that it can be replaced in one place.
ONLY = {"click": {"cli", "report"}, "pint": {"numbers.unit"}, "currency_converter": {"norm"}}
# The core is pure: it reads no files, stores nothing, knows no exchange rates.
CORE = "batch"
NOT_IN_CORE = {"read", "build", "database", "norm", "cli", "correction", "story"}


def module(path: Path) -> str:
    """The name of a module within extract: "numbers.unit", "batch"; "numbers" for the __init__ of a package in it."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {module(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imports(name: str) -> tuple[set[str], set[str]]:
    """Modules of the package, and libraries, that a module imports anywhere in it."""
    own, other = set(), set()
    inside = name.split(".") if FILES[name].name == "__init__.py" else name.split(".")[:-1]
    for node in ast.walk(ast.parse(FILES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = ["extract", *filter(None, inside)][:len(inside) + 2 - node.level] if node.level else []
            base = ".".join([*above, *[node.module] * bool(node.module)])
            names = [f"{base}.{alias.name}" for alias in node.names]
            names = [one if one.removeprefix("extract.") in FILES else base for one in names]
        else:
            continue
        for one in names:
            if one.split(".")[0] != "extract":
                other.add(one.split(".")[0])
            elif "." in one:
                own.add(one.removeprefix("extract."))
    return own, other


MODULES = {name: imports(name) for name in FILES}
GRAPH = {name: own for name, (own, _) in MODULES.items()}
PACKAGES = {name for name in FILES if name and FILES[name].name == "__init__.py"}


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


def listed(package: str) -> list[str]:
    """The modules of a package, and the packages in it, in the order of the list in its __init__.py."""
    text = ast.get_docstring(ast.parse(FILES[package].read_text(encoding="utf-8")), clean=False)
    rows = [line for line in text.splitlines() if line.startswith("    ")]
    return [name.removesuffix("/") for line in rows for name in line.split("  ")[2].split(", ")]


@pytest.mark.parametrize("package", sorted({"", *PACKAGES}))
def test_the_list_of_modules_is_complete_and_in_order(package):
    inside = f"{package}." if package else ""
    order = listed(package)
    assert sorted(order) == sorted({name.removeprefix(inside).partition(".")[0] for name in FILES
                                    if name and name != package and name.startswith(inside)})
    places = {name: place for place, name in enumerate(order)}

    def place(name: str) -> int:
        return places[name.removeprefix(inside).partition(".")[0]]

    assert [(name, used) for name, own in GRAPH.items() if name and name != package and name.startswith(inside)
            for used in own if used != package and used.startswith(inside) and place(used) > place(name)] == []


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
