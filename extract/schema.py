"""The only door to `schemas/`: load, validate, say which file is wrong.

>>> from extract import schema
>>> schema.metrics()["revenue"].family
'financials'
>>> schema.words("no_such_list")
Traceback (most recent call last):
    ...
extract.schema.SchemaError: schemas/words/no_such_list.toml: no such file
"""
import csv
import hashlib
import tomllib
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, islice, zip_longest
from pathlib import Path

from .error import UserError

HERE = Path(__file__).resolve().parent
# In a wheel the folder lies inside the package; in a clone it lies beside it.
FOLDER = next(p for p in (HERE / "schemas", HERE.parent / "schemas") if p.is_dir())


class SchemaError(UserError):
    """A file of schemas/ is missing or wrong; the message names it and says what to do."""


@cache
def words(name: str) -> dict:
    """The word list `schemas/words/<name>.toml`."""
    return _toml(FOLDER / "words" / f"{name}.toml")


@cache
def lines(name: str) -> list[str]:
    """The lines of `schemas/words/<name>.txt` that are no comments."""
    text = (FOLDER / "words" / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def rows(name: str) -> list[dict]:
    """The rows of `schemas/entities/<name>.csv`; lists inside a cell are separated by |."""
    path = FOLDER / "entities" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


NAME_COLUMNS = ("name", "kind", "id", "aliases", "demonyms", "maker", "country", "ticker", "descriptors",
                "ambiguous", "note")
FILE_OF_NAMES = "FIGUREBASE_ENTITIES"     # variable by which forked processes are told the user's file
AT_ONCE = 50_000        # lines of a file of names that are Python's at a time


@dataclass(frozen=True, eq=False)
class Names:
    """Names that the user adds to those of `schemas/entities`. There may be a million: they stay Arrow's."""
    columns: dict = field(default_factory=dict)     # NAME_COLUMNS as string arrays, "" where a cell is blank
    makers: dict[str, str] = field(default_factory=dict)    # as written: id, "" where the file has none
    source: str = ""        # name of the file
    digest: str = ""        # of the file, part of what reading a document depends on

    def __len__(self) -> int:
        return len(self.columns["name"]) if self.columns else 0

    def row(self, at: int) -> dict[str, str]:
        return {name: column[at].as_py() for name, column in self.columns.items()}


NO_NAMES = Names()
_added = NO_NAMES


def added() -> Names:
    """The names in use beside those of `schemas/entities`."""
    return _added


def add_names(path: Path | None) -> None:
    """Use the names of a CSV file of the user beside those of `schemas/entities`; None: no others."""
    global _added
    _added = _names(Path(path)) if path else NO_NAMES


def _names(path: Path) -> Names:
    try:
        with path.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        if (digest, path.name) == (_added.digest, _added.source):
            return _added
        with path.open(encoding="utf-8-sig", newline="") as lines:
            columns, numbers = _columns(csv.reader(lines, strict=True), path)
    except OSError as error:
        raise SchemaError(f"{path}: {error.strerror}; check the path") from None
    except UnicodeDecodeError:
        raise SchemaError(f"{path}: not UTF-8; save it as UTF-8") from None
    except csv.Error as error:
        raise SchemaError(f"{path}: no CSV: {error}") from None
    _check_once(columns, numbers, path)
    return Names(columns, _makers(columns, path), path.name, digest)


def _columns(reader, path: Path) -> tuple[dict, object]:
    """The columns of a file, each line checked, and the numbers of the lines."""
    import pyarrow as pa
    import pyarrow.compute as pc
    head = [column.strip() for column in next(reader, [])]
    if missing := [column for column in ("name", "kind") if column not in head]:
        raise SchemaError(f"{path}: no column {missing[0]!r}; the first line must name the columns, "
                          "at least name,kind")
    if unknown := set(head).difference(NAME_COLUMNS):
        raise SchemaError(f"{path}: unknown column {min(unknown)!r}; "
                          f"columns are {', '.join(sorted(NAME_COLUMNS))}")
    parts = [dict.fromkeys(NAME_COLUMNS, pa.array([], pa.string())) | {"": pa.array([], pa.int64())}]
    last = reader.line_num
    while rows := list(islice(reader, AT_ONCE)):
        numbers = range(last + 1, last + 1 + len(rows))
        if reader.line_num != numbers[-1]:          # a cell goes over lines
            numbers = list(accumulate((1 + sum(cell.count("\n") for cell in cells) for cells in rows),
                                      initial=last))[1:]
        last = reader.line_num
        for number, cells in zip(numbers, rows) if max(map(len, rows)) > len(head) else ():
            if len(cells) > len(head):
                raise SchemaError(f"{path}, line {number}: {len(cells)} cells for {len(head)} columns; "
                                  "put text with commas between quotes")
        given = dict(zip(head, zip_longest(*rows, fillvalue="")))
        part = {name: pc.utf8_trim_whitespace(pa.array(given[name], pa.string())) if name in given else
                pa.repeat("", len(rows)) for name in NAME_COLUMNS} | {"": pa.array(numbers)}
        kept = _checked(part, path)
        parts.append({name: column.filter(kept) for name, column in part.items()})
    columns = {name: pa.concat_arrays([part[name] for part in parts]) for name in parts[0]}
    return columns, columns.pop("")


def _checked(columns: dict, path: Path):
    """Which lines are not blank; each that may be wrong is looked at."""
    import pyarrow as pa
    import pyarrow.compute as pc
    right = pc.greater(pc.utf8_length(columns["name"]), 1)
    for other in (pc.is_in(columns["kind"], pa.array(sorted(KINDS))), pc.equal(columns["ambiguous"], ""),
                  pc.match_substring_regex(columns["country"], "^([A-Z][A-Z])?$")):
        right = pc.and_(right, other)
    kept = [True] * len(right)
    for at in pc.indices_nonzero(pc.invert(right)).to_pylist():
        row = {name: column[at].as_py() for name, column in columns.items()}
        number = row.pop("")
        kept[at] = any(row.values())
        if kept[at]:
            _check_name(row, f"{path}, line {number}")
    return pa.array(kept)


def _check_name(row: dict, where: str) -> None:
    if len(row["name"]) < 2:
        raise SchemaError(f"{where}: name is {'empty' if not row['name'] else 'too short'}")
    if row["kind"] not in KINDS:
        raise SchemaError(f"{where}: kind is {row['kind']!r}; kinds are {', '.join(sorted(KINDS))}")
    if row["country"] and not (len(row["country"]) == 2 and row["country"].isalpha() and row["country"].isupper()):
        raise SchemaError(f"{where}: country is {row['country']!r}; write its ISO code, as in US")
    spellings = {part.strip() for column in ("name", "aliases", "demonyms") for part in row[column].split("|")}
    if strange := [part for part in row["ambiguous"].split("|") if part and part.strip() not in spellings]:
        raise SchemaError(f"{where}: ambiguous has {strange[0]!r}, which is neither the name nor an alias")


def _check_once(columns: dict, numbers, path: Path) -> None:
    """No name of a kind may stand in two lines."""
    import pyarrow as pa
    import pyarrow.compute as pc
    if pc.count_distinct(columns["name"]).as_py() == len(numbers):
        return
    table = pa.table({"name": columns["name"], "kind": columns["kind"], "line": numbers})
    lines = table.group_by(["name", "kind"], use_threads=False).aggregate([("line", "min"), ("line", "max")])
    for twice in lines.filter(pc.less(lines["line_min"], lines["line_max"])).sort_by("line_max").to_pylist():
        raise SchemaError(f"{path}, line {twice['line_max']}: {twice['name']} stands in line {twice['line_min']} "
                          "already; keep one")


def _makers(columns: dict, path: Path) -> dict[str, str]:
    """Who makes the products of a file: the id of each company that it names by name or id."""
    import pyarrow as pa
    import pyarrow.compute as pc
    written = [maker for maker in pc.unique(columns["maker"]).to_pylist() if maker]
    asked = pa.array(written, pa.string())
    mine = pc.and_(pc.equal(columns["kind"], "company"), pc.or_(
        pc.is_in(columns["name"], asked), pc.is_in(columns["id"], asked)))
    known = {row["name"]: row["id"] for row in rows("company")} | dict(zip(
        columns["name"].filter(mine).to_pylist(), columns["id"].filter(mine).to_pylist()))
    found = {maker: known.get(maker, maker) for maker in written}
    if missing := [maker for maker in written if maker not in known and maker not in known.values()]:
        name = columns["name"][pc.index(columns["maker"], missing[0]).as_py()]
        raise SchemaError(f"{path}: maker {missing[0]!r} of {name} is no company that is known; "
                          "give its name or its id, or add a line for it")
    return found


def rule_hash() -> str:
    """Digest of every rule, of every module of extract/ and of the user's names: what reading a document depends on."""
    own = added().digest
    return hashlib.sha256(f"{_rule_hash()}\0{own}".encode()).hexdigest()[:16] if own else _rule_hash()


@cache
def _rule_hash() -> str:
    """Views and corrections come later: changing them reads no document again."""
    digest = hashlib.sha256()
    files = [*FOLDER.rglob("*"), *HERE.rglob("*.py")]
    for path in sorted(files, key=lambda p: (p.name, str(p))):
        if path.is_file() and path.parent.name != "views" and path.name != "corrections.csv":
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _toml(path: Path) -> dict:
    where = f"schemas/{path.relative_to(FOLDER)}"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SchemaError(f"{where}: no such file") from None
    except tomllib.TOMLDecodeError as error:
        raise SchemaError(f"{where}: {error}") from None


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and the claims that must be found in it: the proof of a metric file."""
    text: str
    claims: tuple[dict, ...]    # expected fields of each claim of this metric
    also: tuple[str, ...]       # metrics that are found beside it
    nothing: str | None         # reason why nothing is found
    todo: str | None            # reason why it does not work yet


@dataclass(frozen=True, slots=True)
class Metric:
    """One file of schemas/metrics: its nouns, verbs and limits."""
    id: str
    family: str
    title: str
    meaning: str
    unit: str                       # canonical: currency, percent, count, km, currency/share, ...
    about: tuple[str, ...]          # kinds of entity, the likeliest first
    plausible: tuple[float, float]  # in the canonical unit; outside: refused
    names: tuple[str, ...] = ()     # noun phrases that name it
    counted: tuple[str, ...] = ()   # nouns behind the number that imply it: "4,000 employees", "a $3bn plant"
    things: tuple[str, ...] = ()    # nouns that it counts where a name or verb of it stands too: "sold 300 cars"
    wholes: tuple[str, ...] = ()    # nouns of which it is a part: "12% of new car sales"
    verbs: tuple[str, ...] = ()     # verbs whose object or measure it is: "raised $5m"
    units: tuple[str, ...] = ()     # stated units that imply it with no other word
    beside: tuple[str, ...] = ()    # kinds of entity that imply it where they stand beside the number: "YU7 ($35,000)"
    moves: tuple[str, ...] = ()     # kinds of entity whose bare move means it: "Nvidia rose 3%"
    # kinds and descriptors of entities that it is never said of: an analyst and his bank have no price target
    never: tuple[str, ...] = ()
    default: tuple[str, ...] = ()   # kinds of entity whose numbers in this unit mean it where nothing else is said
    needs: tuple[str, ...] = ()     # one of these words must stand in the sentence
    unless: tuple[str, ...] = ()    # none of these may stand in the clause
    negative: tuple[str, ...] = ()  # names and verbs that turn the sign: "net loss"
    time: str = "flow"              # stock (at a moment) or flow (over a period), for exchange rates
    role: str = "subject"           # which noun it is about: subject, object, on
    changes: tuple[str, ...] = ()   # verbs after which the number says by how many more: "hired 300"
    aspects: tuple[str, ...] = ("level", "change", "multiple")  # which of them it knows
    moves_are_levels: bool = False  # "cut 10% of its jobs" is the layoff itself, not its change
    catch_all: bool = False         # only where no other metric has evidence
    examples: tuple[Example, ...] = ()


FIELDS = {"title", "meaning", "unit", "about", "plausible", "names", "counted", "things", "wholes", "verbs", "units",
          "beside", "moves", "never", "default", "needs",
          "unless", "negative", "time", "role", "changes", "aspects", "moves_are_levels", "catch_all", "example"}
NEEDED = {"title", "meaning", "unit", "about", "plausible"}
KINDS = {"company", "product", "place", "market", "policy", "person", "organisation", "other"}
NOT_EXPECTED = {"text", "also", "nothing", "todo", "claims"}


@cache
def metrics() -> dict[str, Metric]:
    """Every metric by id, in order of family and id."""
    found = {}
    for path in sorted((FOLDER / "metrics").glob("*/*.toml")):
        metric = _metric(path)
        if metric.id in found:
            raise SchemaError(f"schemas/metrics: {metric.id} stands in two families; keep one file")
        found[metric.id] = metric
    return found


def _metric(path: Path) -> Metric:
    data = _toml(path)
    where = f"schemas/metrics/{path.parent.name}/{path.name}"
    if unknown := data.keys() - FIELDS:
        raise SchemaError(f"{where}: unknown field {sorted(unknown)[0]!r}; fields are {', '.join(sorted(FIELDS))}")
    if missing := NEEDED - data.keys():
        raise SchemaError(f"{where}: {sorted(missing)[0]!r} is missing")
    if wrong := set(data["about"]) - KINDS:
        raise SchemaError(f"{where}: about has {sorted(wrong)[0]!r}; kinds are {', '.join(sorted(KINDS))}")
    examples = tuple(_example(entry, where) for entry in data.pop("example", []))
    low, high = data.pop("plausible")
    lists = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    return Metric(id=path.stem, family=path.parent.name, plausible=(low, high), examples=examples, **lists)


def _example(entry: dict, where: str) -> Example:
    if "text" not in entry:
        raise SchemaError(f"{where}: an example has no text")
    expected = {key: value for key, value in entry.items() if key not in NOT_EXPECTED}
    claims = tuple(entry.get("claims", [expected] if expected else []))
    if not claims and "nothing" not in entry:
        raise SchemaError(f"{where}: example {entry['text'][:40]!r} expects no claim; say why with nothing = \"...\"")
    return Example(entry["text"], claims, tuple(entry.get("also", ())), entry.get("nothing"), entry.get("todo"))
