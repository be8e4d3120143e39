"""`facts page`: one HTML file that loads nothing, runs nothing of an article, and works by keyboard and on a phone."""
import json
import re
import shutil
import time

import pytest
from click.testing import CliRunner

from extract import cli, page
from extract.build import build

HOSTILE = ('<script>window.hacked = 1</script> <img src=x onerror="window.hacked = 1"> </script><!-- "\' \u2028 &amp; '
           "Norvik Motors sold 300 <b>cars</b> in 2024.")
ARTICLES = [
    {"title": "Veldt grows", "published": "2024-08-01", "url": "https://example.org/1",
     "text": "Carmaker Veldt had revenue of $3.1 billion in the second quarter of 2024. It has 4,200 employees."},
    {"title": "Veldt grows again 🚗", "published": "2025-08-01",
     "text": "🚗 Carmaker Veldt had revenue of $3.4 billion in the second quarter of 2025, up 3%."},
    {"title": "Slips", "published": "2025-08-02",
     "text": "Chipmaker Brightwell's revenue rose 30% to $600 million in the third quarter of 2024, "
     "from $500 million a year earlier."},
    {"title": HOSTILE[:60], "published": "2025-01-05", "text": HOSTILE}]
SEARCH = "[data-key='/']"


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    folder = tmp_path_factory.mktemp("page")
    (folder / "news.jsonl").write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")
    build([str(folder / "news.jsonl")], folder / "facts", jobs=1)
    return folder / "facts"


@pytest.fixture(scope="module")
def file(database):
    out = database.parent / "facts.html"
    result = CliRunner().invoke(cli.main, ["page", "-d", str(database), "-o", str(out)])
    assert result.exit_code == 0, result.output
    return out


# Without a browser ---------------------------------------------------------------------------------------

def test_the_file_loads_nothing_and_holds_no_markup_of_articles(file):
    text = file.read_text(encoding="utf-8")
    assert "hacked" not in text
    assert "default-src 'none'" in text
    assert not re.findall(r"""(?:src|href|action)\s*=\s*["']?(?:https?:)?//""",
                          text.replace("http://www.w3.org/2000/svg", ""))


def test_too_many_facts_ask_for_a_filter(database, tmp_path, monkeypatch):
    monkeypatch.setattr(page, "MOST_FACTS", 3)
    result = CliRunner().invoke(cli.main, ["page", "-d", str(database), "-o", str(tmp_path / "x.html")])
    assert result.exit_code == 2
    assert "too many for a page" in result.output and "--family" in result.output
    assert not (tmp_path / "x.html").exists()
    chosen = ["page", "-d", str(database), "-o", str(tmp_path / "x.html"), "--entity", "Brightwell"]
    assert CliRunner().invoke(cli.main, chosen).exit_code == 0


@pytest.mark.parametrize("wrong, said", [
    (["--entity", "Veldd"], "did you mean"), (["--metric", "revenues"], "did you mean"),
    (["--since", "2030-01-01"], "no fact meets"), (["-o", "nowhere/x.html"], "no such folder")])
def test_wrong_use_has_a_message(database, tmp_path, monkeypatch, wrong, said):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli.main, ["page", "-d", str(database), *wrong])
    assert result.exit_code == 2 and said in result.output, result.output


def test_same_database_gives_same_page(database, file, tmp_path):
    CliRunner().invoke(cli.main, ["page", "-d", str(database), "-o", str(tmp_path / "x.html")])
    assert (tmp_path / "x.html").read_bytes() == file.read_bytes()


def luminance(colour: str) -> float:
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


PAIRS = [("text", "ground"), ("text", "raised"), ("muted", "ground"), ("muted", "raised"), ("link", "ground"),
         ("mark-text", "mark"), ("text", "fact"), ("text", "part"), ("text", "left"),
         ("fail", "ground"), ("warn", "ground"), ("pass", "ground")]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_has_contrast(theme):
    style = (page.WEB / "page.css").read_text(encoding="utf-8")
    light, dark = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block))
                   for block in re.findall(r":root \{(.*?)\}", style, re.S)[:2])
    colours = light | dark if theme else light
    poor = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in PAIRS}
    assert {pair: value for pair, value in poor.items() if value < 4.5} == {}


# In a browser --------------------------------------------------------------------------------------------

@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    program, driver = shutil.which("chromium") or shutil.which("chromium-browser"), shutil.which("chromedriver")
    if not (program and driver):
        pytest.skip("Chromium and chromedriver are not here")
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for flag in ("headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run",
                 "disable-background-networking", "disable-component-update", "disable-sync", "window-size=1200,900",
                 f"user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = webdriver.Chrome(options, webdriver.ChromeService(driver))
    chrome.set_page_load_timeout(30)
    chrome.set_script_timeout(20)
    yield chrome
    chrome.quit()


@pytest.fixture
def opened(browser, file):
    browser.set_window_size(1200, 900)
    browser.get("about:blank")
    browser.get(file.as_uri())
    until(browser, "return document.querySelectorAll('li.fact').length > 0")
    return browser


def until(browser, script, *values):
    """What the script gives as soon as it gives something."""
    end = time.monotonic() + 15
    while not (found := browser.execute_script(script, *values)):
        assert time.monotonic() < end, f"not in time: {script}"
        time.sleep(0.05)
    return found


def go(browser, address):
    browser.execute_script("location.hash = arguments[0]", address)
    time.sleep(0.1)


def fill(browser, label, value):
    browser.execute_script("""
        const fields = [...document.querySelectorAll('.field')];
        const field = fields.find((each) => each.textContent.startsWith(arguments[0]));
        const control = field.querySelector('input, select');
        control.value = arguments[1];
        for (const event of ['input', 'change']) control.dispatchEvent(new Event(event, { bubbles: true }));""", label,
        value)


def shown(browser):
    return browser.execute_script("return [...document.querySelectorAll('li.fact')].map((each) => each.innerText)")


def test_filter_open_and_see_the_mark(opened):
    every = shown(opened)
    assert len(every) >= 6
    fill(opened, "Metric", "revenue")
    until(opened, "return document.querySelectorAll('li.fact').length < arguments[0]", len(every))
    assert all("revenue" in row.lower() for row in shown(opened))
    fill(opened, "Entity", "Veldt")
    until(opened, "return document.querySelectorAll('li.fact').length === 3")
    fill(opened, "Search", "second quarter 3.4")
    until(opened, "return document.querySelectorAll('li.fact').length === 2")
    opened.execute_script("[...document.querySelectorAll('li.fact a.main')].find((a) => "
                          "a.textContent.includes('3.4')).click()")
    until(opened, "return location.hash.startsWith('#fact/')")
    assert until(opened, "return document.querySelector('blockquote mark')?.textContent") == "$3.4 billion"
    opened.execute_script("document.querySelector('blockquote footer a').click()")
    assert until(opened,
                 "return document.querySelector('button.num[aria-pressed=true]')?.textContent") == "$3.4 billion"


def test_an_entity_has_its_figures_over_time(opened):
    opened.execute_script("[...document.querySelectorAll('.who a')].find((a) => a.textContent === 'Veldt').click()")
    said = until(opened, "return document.querySelector('.chart svg')?.getAttribute('aria-label')")
    assert "3.1 billion" in said and "3.4 billion" in said
    assert opened.execute_script("return document.querySelectorAll('.chart circle').length") >= 2


def test_a_text_shows_what_became_of_every_number(opened, database):
    go(opened, "documents")
    opened.execute_script("[...document.querySelectorAll('li.line a.main')].find((a) => "
                          "a.textContent.includes('again')).click()")
    until(opened, "return document.querySelectorAll('article .num').length > 0")
    numbers = opened.execute_script("return [...document.querySelectorAll('article .num')].map((n) => "
                                    "[n.textContent, n.className, n.title])")
    assert ["$3.4 billion", "3%"] == [text for text, style, _ in numbers if "is-fact" in style]
    assert all(title for _, _, title in numbers)
    lines = opened.execute_script("return [...document.querySelectorAll('.legend .num')].map((n) => "
                                  "getComputedStyle(n).borderBottomStyle + getComputedStyle(n).borderBottomWidth)")
    assert len(set(lines)) == len(lines) == 4       # told apart without colour


def test_conflicts_and_checks(opened):
    go(opened, "checks")
    assert "600" in until(opened, "return document.querySelector('main .doubt')?.innerText")
    go(opened, "conflicts")
    assert until(opened, "return document.querySelector('main').innerText")


def test_nothing_of_an_article_runs(opened):
    fill(opened, "Search", "norvik")
    # a row stands in the page before its text is laid out
    until(opened, "const rows = document.querySelectorAll('li.fact'); return rows.length === 1 && rows[0].innerText")
    assert "<b>cars</b>" in shown(opened)[0] or "<script>" in shown(opened)[0]
    opened.execute_script("document.querySelector('li.fact a.main').click()")
    until(opened, "return document.querySelector('blockquote mark')")
    assert opened.execute_script("return [window.hacked === undefined, document.querySelectorAll("
                                 "'main img, main script, main b').length]") == [True, 0]
    assert [each for each in opened.get_log("browser") if each["level"] == "SEVERE"] == []
    assert opened.execute_script("return performance.getEntriesByType('resource').filter((each) => "
                                 "!each.name.startsWith('data:')).length") == 0


def test_keyboard(opened):
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    body = opened.find_element(By.TAG_NAME, "body")
    body.send_keys("/")
    assert opened.execute_script("return document.activeElement.matches(arguments[0])", SEARCH)
    opened.switch_to.active_element.send_keys("veldt", Keys.ARROW_DOWN)
    until(opened, "return document.activeElement.matches('li.fact a')")
    outline = opened.execute_script("return getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    opened.switch_to.active_element.send_keys(Keys.ENTER)
    until(opened, "return location.hash.startsWith('#fact/')")
    opened.find_element(By.TAG_NAME, "body").send_keys(Keys.ESCAPE)
    until(opened, "return location.hash.startsWith('#facts')")


def test_a_narrow_screen_has_no_sideways_scroll(opened):
    opened.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                           {"width": 360, "height": 700, "deviceScaleFactor": 1, "mobile": True})
    try:
        fact, entity, document = opened.execute_script(
            "const row = document.querySelector('li.fact'); return [row.querySelector('.figure a').hash,"
            "row.querySelector('.who a').hash, row.querySelector('.origin a').hash]")
        for address in ("#facts", "#entities", "#documents", "#conflicts", "#checks", fact, entity, document):
            go(opened, address)
            until(opened, "return document.querySelector('main').innerText")
            assert opened.execute_script("return document.documentElement.scrollWidth") <= 360, address
    finally:
        opened.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
