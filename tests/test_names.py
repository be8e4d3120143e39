"""Names of the user's own, by `facts build --entities FILE.csv`: they are found, and bad files are told plainly."""
import pytest
from click.testing import CliRunner

from extract import analysis, cli, schema, sentence
from extract.names import entity, gazetteer

OWN = """\
name,kind,aliases,maker,country,ticker,descriptors,ambiguous
Brightwell,company,Brightwell Chips|BRW,,US,NASDAQ:BRW,chipmaker,
Kestrel,product,Kestrel SUV,Norvik Motors,,,car|SUV,Kestrel
Norvik Motors,company,Norvik,,NO,,carmaker,
"""
TEXT = ("In May, brw sold 300 chips and BRW sold 400 chips. The chipmaker has 80 employees. Norvik priced the Kestrel "
        "at $300.")


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(OWN, encoding="utf-8")
    schema.add_names(path)
    yield path
    schema.add_names(None)


def found(text: str) -> list[tuple[str, str, bool]]:
    return [(n.entity.name, n.entity.kind, n.entity.known) for n in entity.find(text, sentence.find(text), [])]


def test_own_names_are_found_with_kind_maker_and_source(own):
    assert found(TEXT) == [("Brightwell", "company", True), ("Norvik Motors", "company", True),
                           ("Kestrel", "product", True)]
    names = entity.find(TEXT, sentence.find(TEXT), [])
    assert names[2].entity.maker_id == names[1].entity.entity_id and names[0].entity.source == "own.csv"


def test_own_names_own_claims(own):
    claims = analysis.analyse(analysis.document(TEXT)).claims
    assert {(c.entity.name, c.metric) for c in claims} >= {("Brightwell", "headcount"), ("Kestrel", "price")}


def test_an_own_name_keeps_the_id_that_it_had_when_it_was_discovered(own):
    known = found("Norvik Motors Inc. grew.")[0][2], entity.resolve("Norvik Motors").entity_id
    schema.add_names(None)
    assert known == (True, entity.entity_id("company", "Norvik Motors")) and entity.resolve("Norvik Motors") is None


def test_an_own_name_comes_before_one_of_the_gazetteer(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("name,kind,id\nNvidia,organisation,\nApple Orchards,company,c-apple\n", encoding="utf-8")
    schema.add_names(path)
    try:
        assert entity.resolve("Nvidia").kind == "organisation"
        assert entity.resolve("Apple") is None, "the id of a known name replaces it"
    finally:
        schema.add_names(None)


SHAPES = """\
name,kind,aliases
Brightwell,company,
Brightwell Foods Holding,company,
.Quill,product,
soy lecithin,other,
O'Dell Labs,company,
Zürn,company,Zurn Group
"""


@pytest.mark.parametrize("text, name, written", [
    ("Analysts of Brightwell Foods Holding see more.", "Brightwell Foods Holding", "Brightwell Foods Holding"),
    ("The report saysBrightwell grows.", "Brightwell", "Brightwell"),
    ("They wrote it in .Quill again.", ".Quill", ".Quill"),
    ("Prices of soy lecithin fell.", "soy lecithin", "soy lecithin"),
    ("Shares of O’Dell Labs fell.", "O'Dell Labs", "O’Dell Labs"),
    ("Shares of Zuern fell.", "Zürn", "Zuern"),
    ("Shares of Zurn Group fell.", "Zürn", "Zurn Group"),
])
def test_own_names_are_found_however_they_are_written(tmp_path, text, name, written):
    path = tmp_path / "own.csv"
    path.write_text(SHAPES, encoding="utf-8")
    schema.add_names(path)
    try:
        found = [(n.entity.name, n.entity.known, text[n.start:n.end])
                 for n in entity.find(text, sentence.find(text), [])]
    finally:
        schema.add_names(None)
    assert found == [(name, True, written)]


def test_of_two_own_names_with_one_alias_the_one_that_the_text_names_otherwise_too(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("name,kind,aliases\nTarn Foods,company,Tarn\nTarn Motors,company,Tarn\n", encoding="utf-8")
    schema.add_names(path)
    try:
        assert found("The board of Tarn met.")[0][0] == "Tarn Foods"
        assert {name for name, *_ in found("The board of Tarn Motors met. Later, Tarn said so.")} == {"Tarn Motors"}
    finally:
        schema.add_names(None)


def test_what_depends_on_the_names_is_read_again(own):
    before = schema.rule_hash()
    own.write_text(OWN + "Lumina,company,,,,,\n", encoding="utf-8")
    schema.add_names(own)
    after = schema.rule_hash()
    schema.add_names(None)
    assert len({before, after, schema.rule_hash()}) == 3


WRONG = [
    ("", "no column 'name'"),
    ("title,kind\nA,company\n", "no column 'name'"),
    ("name,kind,colour\nBrightwell,company,red\n", "unknown column 'colour'"),
    ("name,kind\nBrightwell,firm\n", "line 2: kind is 'firm'"),
    ("name,kind\n,company\n", "line 2: name is empty"),
    ("name,kind\nBrightwell,company\nBrightwell,company\n", "line 3: Brightwell stands in line 2 already"),
    ("name,kind\nBrightwell, Inc.,company\n", "line 2: 3 cells for 2 columns"),
    ("name,kind,country\nBrightwell,company,Norway\n", "line 2: country is 'Norway'"),
    ("name,kind,ambiguous\nBrightwell,company,Bright\n", "line 2: ambiguous has 'Bright'"),
    ("name,kind,maker\nKestrel 2,product,Nobody Motors\n", "maker 'Nobody Motors' of Kestrel 2 is no company"),
    ('name,kind\n"Brightwell,company\n', "no CSV"),
    ('name,kind,note\n\nBrightwell,company,"two\nlines"\nVeldt,firm\n', "line 5: kind is 'firm'"),
    ("name,kind\n" + "".join(f"Firm {n},company\n" for n in range(60_000)) + "Veldt,firm\n",
     "line 60002: kind is 'firm'"),
]


@pytest.mark.parametrize("content, message", WRONG, ids=[message for _, message in WRONG])
def test_a_bad_file_is_told_by_line_and_cause(tmp_path, content, message):
    path = tmp_path / "own.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(schema.SchemaError, match="own.csv") as caught:
        schema.add_names(path)
    assert message in str(caught.value)


@pytest.mark.parametrize("content, message", [(b"name,kind\nCaf\xe9,company\n", "not UTF-8"), (None, "No such file")])
def test_what_can_not_be_read_is_told_by_the_command(tmp_path, content, message):
    path, text = tmp_path / "own.csv", tmp_path / "a.txt"
    text.write_text(TEXT)
    if content is not None:
        path.write_bytes(content)
    done = CliRunner().invoke(cli.main, ["build", str(text), "-o", str(tmp_path / "facts"), "--entities", str(path)])
    assert done.exit_code == 2 and message in done.output and "Traceback" not in done.output


def test_the_command_builds_with_own_names(tmp_path, own):
    text = tmp_path / "a.txt"
    text.write_text(TEXT)
    run = ["build", str(text), "-o", str(tmp_path / "facts"), "--entities", str(own)]
    assert CliRunner().invoke(cli.main, run).exit_code == 0
    again = CliRunner().invoke(cli.main, run)
    assert "Nothing changed" in again.output
    query = "select distinct entity, ticker from facts join entities using (entity_id) order by 1"
    asked = CliRunner().invoke(cli.main, ["sql", query, "-d", str(tmp_path / "facts"), "--csv"])
    assert asked.output.split() == ["entity,ticker", "Brightwell,NASDAQ:BRW", "Kestrel,"], asked.output
    without = CliRunner().invoke(cli.main, run[:-2])
    assert "1 of them read in this build" in without.output


def test_explain_knows_own_names(own):
    done = CliRunner().invoke(cli.main, ["explain", "BRW has 80 employees.", "--entities", str(own)])
    assert done.exit_code == 0 and "Brightwell" in done.output


def test_a_name_becomes_an_object_when_a_text_has_it(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("name,kind\n" + "".join(f"Brightwell {n},company\n" for n in range(1000)), encoding="utf-8")
    schema.add_names(path)
    try:
        names = gazetteer.gazetteer()
        before = names.own.entity.cache_info().currsize
        assert found("Shares of Brightwell 7 fell.") == [("Brightwell 7", "company", True)]
        assert before == 0 and names.own.entity.cache_info().currsize == 1
    finally:
        schema.add_names(None)
