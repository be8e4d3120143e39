"""One text to the articles in it, without boilerplate.

A text file may hold a feed flattened to text, several articles run together, or one standfirst a line;
each shows by signs of its own, tried in that order. Anything else is one article. What counts as
boilerplate stands in `schemas/words/boilerplate.toml`, written for this project.

>>> [one.title for one in split("Acme Doubles Its Profit\\n\\nAcme made 3 million euros last year.")]
['Acme Doubles Its Profit']
>>> split("]]>")
[]
"""
import html
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from extract import schema


@dataclass(slots=True)
class Article:
    """An article of a text. `text` begins with the title."""
    text: str
    title: str | None = None
    url: str | None = None
    published: date | None = None
    publisher: str | None = None


def split(text: str) -> list[Article]:
    """The articles of a text, in its order."""
    if items := list(FEED_ITEM.finditer(text)):
        return _feed(text, items)
    lines = _unwrapped(text.splitlines())
    if _is_standfirsts(lines):
        return [Article(line) for line in map(clean, lines) if line]
    starts = [*_starts(lines), len(lines)]
    found = [_article(lines[start:end]) for start, end in pairwise(starts)]
    return [one for one in found if one]


def compose(title: str | None, body: str) -> str:
    """The text of an article: its title, unless the body begins with it, then the body."""
    if not title:
        return body
    return body if _begins_with(body, title) else f"{title}\n\n{body}".rstrip()


def tidy(text: str) -> str:
    """A text without boilerplate lines and trailing spaces; its paragraphs stay as they are."""
    lines = "\n".join(map(clean, text.splitlines()))
    return (re.sub(r"\n{3,}", "\n\n", lines) if "\n\n\n" in lines else lines).strip()


def clean(line: str) -> str:
    """A line without the credit of an image, or nothing where the line is boilerplate.

    >>> clean("  The plant in Lund. Photo: Example Wire ")
    'The plant in Lund.'
    """
    line = line.strip()
    if not line:
        return line
    bare = line.rstrip(" .!:»›→")
    if len(line) <= LONGEST_BOILERPLATE and (_boilerplate().fullmatch(bare) or BARE.fullmatch(line)):
        return ""
    if len(line) <= LONGEST_CAPTION and (credit := _credit().search(line)):
        line = line[:credit.start()].rstrip()
    return line


# Boilerplate -------------------------------------------------------------------------------------------

LONGEST_BOILERPLATE = 600
LONGEST_CAPTION = 250
# An address, or nothing but the strokes of a rule: "-----", "* * *".
BARE = re.compile(r"https?://\S++|www\.\S++|[-=_*~#•·. |:]++|\]\]>")


@cache
def _boilerplate() -> re.Pattern:
    entries = (re.escape(entry.rstrip(" .!:")) for entry in schema.words("boilerplate")["lines"])
    return re.compile("|".join(entry.replace("…", ".*") for entry in entries), re.IGNORECASE)


@cache
def _credit() -> re.Pattern:
    """A credit at the end of a line. Only names may follow, so that "Images from Mars show ice" is none."""
    words = schema.words("boilerplate")["credit"]
    picture = rf"(?i:(?:{_any(words['cover'])})\s)?(?i:{_any(words['picture'])})s?"
    name = rf"(?:[A-Z0-9@(/&|][^\s]*+|(?:{_any(words['between'])})\b[.,]?|[/&|–-])"
    return re.compile(rf"""
        (?: ^ | (?<=[.!?)”"’\]]\s) | (?<=\s[|(]) )
        (?: {picture} \s?:?\s? (?i:{_any(words['by'])}) \s?:?        # Cover image via, Photo: courtesy of
          | {picture} \s?:                                           # Photo:
          | (?i:{_any(words['alone'])}) \s?: )                       # Source:
        \s? {name} (?:\s{name}){{0,9}} $
        """, re.VERBOSE)


@cache
def _cover() -> re.Pattern:
    """The credit of the picture at the head of an article; where pages are run together, it ends one."""
    words = schema.words("boilerplate")["credit"]
    return re.compile(rf"(?i:(?:{_any(words['cover'])})\s(?:{_any(words['picture'])})\b)")


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in sorted(words, key=len, reverse=True))


# A feed flattened to text ------------------------------------------------------------------------------

# The fields of an RSS item in their usual order. Possessive, and at the start of a word only: linear.
FEED_ITEM = re.compile(r"""
    (?<!\S) (?P<url>https?://\S++) \s++
    (?: https?://\S++ \s++ )?                                       # the page of its comments
    (?P<date> (?:[A-Z][a-z]{2},\s)? [0-9]{1,2}\s[A-Z][a-z]{2,8}\s[0-9]{4} )
    \s [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})? (?:\s(?:[+-][0-9]{4}|[A-Z]{1,4})\b)?
    (?: \s++ https?://\S++ )?                                       # guid
    """, re.VERBOSE)
# What stands between the content of an item and the title of the next: its feed of comments, their
# number, the size of the site's logo.
BEFORE_TITLE = re.compile(r"https?://\S++(?:\s[0-9]++)*|\]\]>")
END_OF_POST = re.compile(
    r"The post (?P<title>[^\n]{1,300}?) (?:first appeared|appeared first) on (?P<site>[^\n]{1,80})")
CUT_OFF = re.compile(r"(?:\[\s?(?:…|\.\.\.)\s?\]|…|\.\.\.)$")


def _feed(text: str, items: list[re.Match]) -> list[Article]:
    """The header of the channel is dropped; each item has title, address, date, guid, teaser, content."""
    titles = [_title_before(text, item.start(), before) for item, before in
              zip(items, [0, *(item.end() for item in items)])]
    ends = [*(start for start, _ in titles[1:]), len(text)]
    found = []
    for item, (_, title), end in zip(items, titles, ends):
        content = text[item.end():end]
        post = END_OF_POST.search(content)
        if post and title.endswith(post["title"]):      # without the header of the channel
            title = post["title"]
        title = html.unescape(title)
        body = compose(title, "\n\n".join(_item_lines(html.unescape(content))))
        publisher = html.unescape(post["site"]).strip(" .") if post else None
        if body:
            found.append(Article(body, title or None, item["url"], date_of(item["date"]), publisher))
    return found


def _title_before(text: str, end: int, start: int) -> tuple[int, str]:
    """Where the title begins that stands before an item's address, and the title."""
    stop = start + len(text[start:end].rstrip())
    begin = max(start, text.rfind("\n", start, stop) + 1)
    for mark in BEFORE_TITLE.finditer(text, begin, stop):
        begin = mark.end()
    return begin, text[begin:stop].strip()


def _item_lines(content: str) -> list[str]:
    """Paragraphs of an item. The teaser is dropped where it only repeats how the content begins."""
    teaser, *rest = (_lines(part) for part in content.split("]]>"))
    body = [line for part in rest for line in part]
    teaser = [line for line in map(uncut, teaser) if line]
    if _letters("".join(teaser)) in _letters("".join(body)):
        return body
    return teaser + body


def uncut(line: str) -> str:
    """A line without the mark that its end was cut off.

    >>> uncut("Acme said it will […]")
    'Acme said it will'
    """
    return CUT_OFF.sub("", line).rstrip()


def _lines(text: str) -> list[str]:
    return [line for line in map(clean, text.splitlines()) if line]


# One standfirst a line ---------------------------------------------------------------------------------

LEAST_STANDFIRST, MOST_STANDFIRST = 110, 1200       # characters
MOST_REPEATED = 0.08    # share of the words of a line, on average, that lines before it have
MOST_GOING_ON = 0.15    # share of lines that begin as if they went on
ENDS = re.compile(r"[.!?…:;][\"”’')\]]*$")
BULLET = re.compile(r"[•‣▪*–-]\s|[0-9]{1,2}[.)]\s")
# A paragraph that begins so goes on with what was said before it.
GOES_ON = re.compile(r"""[“"‘']?(?:
    he|she|they|it|its|his|her|their|these|those|this|that|there|such|both|others?|another|but|and|or|so|yet|still
    |also|however|meanwhile|moreover|nevertheless|instead|besides|then|indeed|separately|overall|additionally
    |furthermore|therefore|the\ (?:company|firm|group|carmaker|automaker|chipmaker|move|deal|report|study|two)
    )\b""", re.VERBOSE | re.IGNORECASE)


def _is_standfirsts(lines: list[str]) -> bool:
    """No blank lines, every line a paragraph that stands for itself: most end without a full stop, as
    teasers do, or each speaks of other things than all before."""
    lines = [line.strip() for line in lines]
    if len(lines) < 3 or not all(LEAST_STANDFIRST <= len(line) <= MOST_STANDFIRST for line in lines):
        return False
    if 2 * sum(not ENDS.search(line) for line in lines) > len(lines):
        return True
    told, repeated = _content(lines[0]), 0.0
    for line in lines[1:]:
        words = _content(line)
        repeated += len(words & told) / max(1, len(words))
        told |= words
    goes_on = sum(bool(GOES_ON.match(line)) for line in lines[1:])
    return repeated <= MOST_REPEATED * (len(lines) - 1) and goes_on <= MOST_GOING_ON * (len(lines) - 1)


# Articles run together ---------------------------------------------------------------------------------

LONGEST_TITLE, MOST_TITLE_WORDS = 200, 24
NO_TITLE = re.compile(r"""
      [•*(\[-]                               # a list item, an aside
    | [^\n]* (?: [.,;:…] | [.,!?…]["”’'»)\]] ) $     # the end of a sentence or of a quotation
    | [^\n]* [.!?]\ [A-Z][a-z]+\ [a-z]       # a sentence ends inside
    | ["“] [^"”]* ["”]? $                    # a quotation alone
    """, re.VERBOSE)
LEAST_PARAGRAPH = 80
LEAST_HEADLINE_WORDS = 6        # headings inside an article are mostly shorter than headlines
MOST_TOLD = 0.2                 # share of words that a new article has in common with the one before it
LEAST_NEW = 0.65                # share of the words of a headline that the article before it does not have
SMALL_WORDS = frozenset(
    "a an and as at but by for from in into is its of on or over per than the to up vs via with x".split())


def _starts(lines: list[str]) -> list[int]:
    """Where the articles begin: at a title after the credit of a cover image or after a rule, or at a
    headline that, with the paragraphs after it, speaks of other things than the article before."""
    filled = [number for number, line in enumerate(lines) if line.strip()]
    starts, told, paragraphs, before = [0], set(), 0, ""
    for place, number in enumerate(filled):
        line = lines[number].strip()
        if paragraphs and is_title(line):
            after = [clean(lines[later]) for later in filled[place + 1:place + 5]]
            if _leads(after) and (_is_end(before) or ENDS.search(before) and _is_news(line, after, told)):
                starts.append(number)
                told, paragraphs = set(), 0
        told |= _content(line)
        paragraphs += len(line) >= LEAST_PARAGRAPH
        before = line
    return starts


def _is_end(line: str) -> bool:
    """A line after which an article is over: a rule, or the credit of a cover image."""
    return bool(BARE.fullmatch(line) and len(line) >= 3 and "/" not in line
                or _cover().match(line) and not clean(line))


def is_title(line: str) -> bool:
    """Whether a line may be a title: short, and no sentence."""
    return (len(line) <= LONGEST_TITLE and len(line.split()) <= MOST_TITLE_WORDS
            and not NO_TITLE.match(line) and bool(clean(line)))


def _leads(after: list[str]) -> bool:
    """A paragraph follows, over credits and one short line, such as who wrote it."""
    filled = [line for line in after if line]
    return any(len(line) >= LEAST_PARAGRAPH for line in filled[:2])


def _is_news(title: str, after: list[str], told: set[str]) -> bool:
    """A headline with new words, which are taken up by the paragraphs after it, and these speak of other
    things. Headings inside an article are shorter, ask, or use words of the article."""
    if len(title.split()) < LEAST_HEADLINE_WORDS or title[-1] in "?!":
        return False
    words, follows = _content(title), _content(" ".join(after))
    new = words - told
    needed = 1 if _in_title_case(title) else 2
    return (len(new) >= LEAST_NEW * len(words) and len(new & follows) >= needed
            and len(follows & told) <= MOST_TOLD * len(follows))


def _in_title_case(line: str) -> bool:
    large = [word for word in re.findall(r"[^\W_][\w'’.-]*", line) if word.lower() not in SMALL_WORDS]
    return sum(not word[0].islower() for word in large) >= 0.8 * len(large)


def _content(line: str) -> set[str]:
    """Words that say what a text is about, more or less: those of five letters and more."""
    return set(re.findall(r"[^\W0-9_][\w'’-]{4,}", line.lower()))


def _article(lines: list[str]) -> Article | None:
    """One article: its first short line is the title, unless its head names another."""
    told, lines = head(lines)
    paragraphs = [line for line in map(clean, lines) if line]
    if not paragraphs:
        return None
    title = told.get("title") or (paragraphs[0] if is_title(paragraphs[0]) else None)
    return Article(compose(told.get("title"), "\n\n".join(paragraphs)), title, told.get("url"),
                   date_of(told.get("published", "")), told.get("publisher"))


# The head of an article ---------------------------------------------------------------------------------

LINES_OF_HEAD = 6       # title, standfirst, who wrote it, when, where
HEADERS = {"title": "title", "headline": "title", "date": "published", "published": "published", "url": "url",
           "link": "url", "source": "publisher", "publisher": "publisher", "site": "publisher", "author": "", "by": ""}
HEADER = re.compile(rf"(?i)({'|'.join(HEADERS)})[ \t]?:[ \t]+(\S[^\n]*)")
ADDRESS = re.compile(r"(?i)(?:(?:url|link|source|via|original)[ \t]?:[ \t]+)?<?(https?://[^\s>]++)>?")
MARKS = " \t*_"         # of Markdown, in a text file


def head(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """What the first lines of an article tell of it, and the lines that are left.

    Those are lines such as "Title: ..." and "Date: ...", an address, and the first date that stands alone or beside who
    wrote it. The date of a dateline stays in its paragraph.

    >>> head(["Kiln Sold", "", "By Ada Lund, May 4, 2026", "Veldt sold its kiln."])
    ({'published': 'By Ada Lund, May 4, 2026'}, ['Kiln Sold', '', 'Veldt sold its kiln.'])
    >>> head(["Title: Kiln Sold", "Date: 2026-05-04", "Veldt sold its kiln."])
    ({'title': 'Kiln Sold', 'published': '2026-05-04'}, ['Veldt sold its kiln.'])
    >>> head(["LONDON, May 4, 2026 (Example Wire) - Veldt sold its kiln."])[0]
    {'published': 'LONDON, May 4, 2026'}
    """
    filled = [number for number, line in enumerate(lines) if line.strip()][:LINES_OF_HEAD]
    told, gone = {}, set()
    headers = []
    for number in filled:
        if not (header := HEADER.fullmatch(lines[number].strip(MARKS))):
            break
        headers.append((number, HEADERS[header[1].lower()], header[2].strip(MARKS)))
    if len(headers) > 1 or any(name == "title" for _, name, _ in headers):
        for number, name, words in headers:
            told.setdefault("url" if ADDRESS.fullmatch(words) else name, words)
            gone.add(number)
        told.pop("", None)
    for number in filled:
        line = lines[number].strip(MARKS)
        if number in gone:
            continue
        if "url" not in told and (address := ADDRESS.fullmatch(line)):
            told["url"] = address[1]
            gone.add(number)
        elif "published" not in told and date_of(line):
            if DATE_LINE.fullmatch(line) or BYLINE.fullmatch(line) \
                    or number != filled[0] and PUBLISHER.fullmatch(line):
                told["published"] = line
                gone.add(number)
            elif dateline := DATELINE.match(line):
                told["published"] = dateline[0]
    return told, [line for number, line in enumerate(lines) if number not in gone]


# Lines and dates ---------------------------------------------------------------------------------------

WIDEST = 100        # columns of a text that was wrapped by hand or by a mail program


def _unwrapped(lines: list[str]) -> list[str]:
    """Lines, with those joined that a mail program broke: none is longer than 100 characters, and each
    but the last of its paragraph had no room for the first word of the next line."""
    width = max((len(line.rstrip()) for line in lines), default=0)
    if not 50 <= width <= WIDEST:
        return lines
    joined, last = [], ""
    broken = open_ends = 0
    for line in map(str.strip, lines):
        word = line.split(maxsplit=1)[0] if line else ""
        if last and word and not BULLET.match(line) and len(last) + 1 + len(word) > width:
            joined[-1].append(line)
            broken += 1
            open_ends += not ENDS.search(last)
        else:
            joined.append([line])
        last = line
    if broken < 3 or 2 * open_ends < broken:
        return lines
    return [" ".join(part) for part in joined]


MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
MONTH = r"(?P<month{}>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{{0,6}})\.?"
DATE = re.compile(rf"""
      (?P<y1>[0-9]{{4}})-(?P<m1>[0-9]{{2}})-(?P<d1>[0-9]{{2}}) (?![0-9])        # 2025-09-10
    | (?<![0-9]) (?P<d2>[0-9]{{1,2}})(?:st|nd|rd|th)?       # 10 Sep 2025
      [ ]{MONTH.format(2)},?[ ](?P<y2>[0-9]{{4}})
    | {MONTH.format(3)}[ ](?P<d3>[0-9]{{1,2}})              # Sept. 10, 2025
      (?:st|nd|rd|th)?,?[ ](?P<y3>[0-9]{{4}})
    """, re.VERBOSE)
DAY = r"""
    (?: [a-z]{3,9}day,?\s|[a-z]{3},\s)?
    (?: [0-9]{4}-[0-9]{2}-[0-9]{2} | [0-9]{1,2}(?:st|nd|rd|th)?\s[a-z]{3,9}\.?,?\s[0-9]{4}
      | [a-z]{3,9}\.?\s[0-9]{1,2}(?:st|nd|rd|th)?,?\s[0-9]{4} )
    (?: [\s,|·at–-]{1,5} [0-9]{1,2}[:.][0-9]{2} [0-9:.+\sa-z()-]{0,20} )?
    (?: \s?[|·•,–-]\s? [0-9]{1,2}[\s-]min(?:ute)?s?(?:\sread)? )?
"""
# A line that says when an article was published and nothing else; who wrote it, too; or who published it.
DATE_LINE = re.compile(rf"""
    (?: (?:(?:first|last|originally)\ )? (?:published|updated|posted|released|date|publication\ date) (?:\ on)?:?\s )?
    {DAY}
    """, re.VERBOSE | re.IGNORECASE)
BYLINE = re.compile(rf"""
      (?:(?:written|posted|published|words)\s)? by:?\s (?:[^\s0-9]+\s+){{1,10}}? {DAY}
    | (?:(?:published|posted)\s(?:on\s)?)? {DAY} \s?[–—|•·,/-]?\s* by\s [^0-9]{{3,60}}
    """, re.VERBOSE | re.IGNORECASE)
PUBLISHER = re.compile(rf"""
    (?:(?-i:[A-Z])[^\s0-9]*\s+){{1,5}}? (?:[–—|•·/-]\s|(?<=,\s)) {DAY}
    """, re.VERBOSE | re.IGNORECASE)
# "LONDON, May 4, 2026 (Reuters) -", "OSLO, Norway, 4 May 2026 /PRNewswire/", "NEW YORK--(BUSINESS WIRE)--May 4, 2026--"
PLACE = r"[A-ZÀ-Þ][\w.'’-]*(?:\s[A-ZÀ-Þ][\w.'’-]*){0,3}"
DATELINE = re.compile(rf"""
    \(? {PLACE} (?:,\s{PLACE}){{0,2}}
    (?: ,\s | \s?[–—-]{{1,2}}\s? (?:\([^()]{{2,30}}\)\s?[–—-]{{1,2}}\s?)? )
    (?:{DATE.pattern}) (?=,?\s?[(/–—:)-])
    """, re.VERBOSE)


def date_of(text: str) -> date | None:
    """The first date written out in a text.

    >>> date_of("Wed, 10 Sep 2025 15:27:22 +0000")
    datetime.date(2025, 9, 10)
    >>> date_of("spring 2025")
    """
    if not (found := DATE.search(text)):
        return None
    part = {name: value for name, value in found.groupdict().items() if value}
    year, day = (int(next(value for name, value in part.items() if name[0] == key)) for key in "yd")
    month = next(value for name, value in part.items() if name[0] == "m")
    try:
        return date(year, int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1, day)
    except ValueError:
        return None


# Loose comparison --------------------------------------------------------------------------------------

def _letters(text: str) -> str:
    """Letters and digits alone, for comparing: case, spaces and quotes do not count."""
    return "".join(filter(str.isalnum, text.casefold()))


def _begins_with(body: str, title: str) -> bool:
    """Loosely: a cut off end and the name of the site behind the title do not count."""
    title = uncut(title)
    start = _letters(body[:2 * len(title) + 100])
    site = re.match(r"(.{20,}) [-–—|] [^-–—|]{2,40}$", title)
    return start.startswith(_letters(title)) or bool(site and start.startswith(_letters(site[1])))
