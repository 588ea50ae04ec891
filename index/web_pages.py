"""A web page becomes its article: text, title, publisher and date; the text is an extraction, stored as it was made."""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from index import furniture_words as words
from index.article_lists import stated_date
from index.datelines import named_alone, read_head_line
from index.days import only_date
from index.errors import UnreadableArticle
from index.extraction import Extraction, naming, tidy
from index.head_lines import day_run_in, is_mostly_date
from index.headers import HEADER_LINES, MAX_DATELINE, Header
from index.page_article import article_lines
from index.page_fields import read_page_fields, without_publisher
from index.page_lines import HEADINGS, Line, page_lines
from index.page_marks import furniture_sort, stretches_of
from index.page_numbers import list_numbers
from index.page_signs import is_notes
from index.page_tree import lay_flat, page_tree
from index.records import Mark

if TYPE_CHECKING:  # these libraries take up to half a second to import, and few folders hold such files
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_NAMED_BESIDE = (
    "related|sidebar|comment|recommend|popular|trending|teaser|latest|most-|more-|(?<!v)card"
    + "|(?<!post-)(?<!entry-)footer"
)
_BESIDE = f"""ancestor-or-self::*[self::aside or self::nav or self::footer or not(self::body or self::html) and
    re:test(@class, '{_NAMED_BESIDE}', 'i')]"""
_MAX_LINKED = 0.2  # of the characters of a message that somebody writes
_TIMES = ".//time|.//*[@itemprop='datePublished']|.//abbr[contains(@class, 'published')][@title]"
_MOST_WRITERS = 3  # linked to; a page with more is a list
_NUMBER = re.compile(
    r"(?i)(?:(?:chapter|part|book) )?(?:\d{1,3}|[ivxlc]{1,7}|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif)ty(?:[ -][a-z]{3,5})?)\W*"
)
# Programs that write mails place all that they show by tables.
_LAYOUT = (
    "//table[not(./tr/th or ./*/tr/th)][@role='presentation' or .//table"
    " or .//td[h1 or h2 or h3 or h4 or h5 or h6 or count(p) > 1] or not(./tr[td[2]] or ./*/tr[td[2]])]"
)
_CHANGED = re.compile(rf"(?i)updat|modif|edited|correct|{words.FOREIGN_CHANGED}")


def extract_html(file: str, content: bytes) -> Extraction:
    """Return the article in a web page, without menus, teasers, comments and scripts. Raises UnreadableArticle."""
    with naming(file, "a web page", "trafilatura"):
        page = page_tree(file, content)
        header, marked_up = read_page_fields(page)
        lines = article_lines(page, page_lines(page))
        header = _with_what_is_shown(header, page, lines)
        text, marks = _text_of(lines)
    if len(text) * 3 < len(marked_up):  # scripts would show it
        text, marks = tidy(marked_up.splitlines()), ()
    if not text:
        raise UnreadableArticle(file, "it holds no article; scripts may have to fetch it. Save it from a browser.")
    return Extraction(text, header, f"trafilatura {version('trafilatura')}", marks)


def extract_whole(file: str, content: bytes, unread: str) -> Extraction:
    """Return all that a page says, as a book's do, which have nothing around the text. Raises UnreadableArticle.

    What the XPath `unread` finds is left out.
    """
    with naming(file, "a web page", "trafilatura"):
        page = page_tree(file, content)
        for element in page.xpath(unread):
            element.clear(keep_tail=True)
        header, _ = read_page_fields(page)
        lines = page_lines(page)
        header = _headed(_with_what_is_shown(header, page, lines), lines)
        text, marks = _text_of(lines)
    if not text:
        raise UnreadableArticle(file, "it holds no text. Remove it.")
    return Extraction(text, header, f"lxml {version('lxml')}", marks)


def extract_message(file: str, content: bytes, quotes: str = "") -> tuple[str, tuple[Mark, ...]]:
    """Return what a message says that is written as a page, and its marks. Raises UnreadableArticle.

    A message is read whole, but a newsletter, which is full of links, as a page. What stands in the elements that the
    XPath `quotes` finds is marked as quoted from an earlier message.
    """
    with naming(file, "a message", "trafilatura"):
        page = page_tree(file, content)
        lay_flat(page.xpath(_LAYOUT))
        lines = page_lines(page)
        is_full_of_links = sum(line.linked for line in lines) > _MAX_LINKED * sum(len(line.text) for line in lines)
        own = article_lines(page, lines) if is_full_of_links else []
        return _text_of(own or lines, _all_in(page.xpath(quotes)) if quotes else frozenset())


def _all_in(elements: Iterable["HtmlElement"]) -> "AbstractSet[HtmlElement]":
    """Return these elements, which come in the order of the page, and all that is in them."""
    found: set[HtmlElement] = set()
    for element in elements:
        if element not in found:
            found.update(element.iter())
    return found


def _text_of(lines: Sequence[Line], quoted: "AbstractSet[HtmlElement]" = frozenset()) -> tuple[str, tuple[Mark, ...]]:
    """Return the lines as a text, and what is marked in it."""
    texts: list[str] = []
    marks: list[Mark] = []
    start = 0
    numbers = list_numbers(lines)
    for place, line in enumerate(lines):
        number = f"{numbers[place]} " if place in numbers else ""
        first, end = start + len(number), start + len(number) + len(line.text)
        if sort := "quoted" if line.element in quoted else furniture_sort(line):
            marks.append(Mark(start, end, "furniture", sort))
        else:
            marks += (Mark(first + one.start, first + one.end, one.kind, one.label) for one in stretches_of(line))
        texts.append(number + line.text)
        start = end + 1
    return "\n".join(texts), tuple(sorted(marks))


def _headed(header: Header, lines: Sequence[Line]) -> Header:
    """Return a header with the heading above a book's chapter, of any rank, in place of what its window is called."""
    heads = list(takewhile(lambda line: line.element.tag in HEADINGS, lines[:2]))
    is_numbered = bool(heads) and _NUMBER.fullmatch(heads[0].text) is not None
    if not heads or (heads[0].element.tag == "h1" and not (is_numbered and len(heads) > 1)):
        return header
    title = " ".join(line.text for line in (heads if is_numbered else heads[:1]))
    return header if header.title and title in header.title else replace(header, title=title)


def _with_what_is_shown(header: Header, page: "HtmlElement", lines: Sequence[Line]) -> Header:
    """Return what a page states of itself, with the day, the paper and the writer that only its text tells."""
    shown = _shown_header(lines)
    published = header.published or _date_in_page(page) or shown.published
    publisher = header.publisher or shown.publisher
    author = without_publisher(header.author or shown.author or _writers_in_page(page), publisher)
    return replace(header, published=published, publisher=publisher, author=author)


def _shown_header(lines: Sequence[Line]) -> Header:
    """Return the day and the paper that a line in the article's head shows, as plain texts have it.

    Its writer is told only where a part of a line is marked up as one: a line that says no more is read with the text.
    """
    found = Header()
    for line in lines[:HEADER_LINES]:
        read, own = read_head_line(line.text), [one for one in line.stretches if one.label == "dateline"]
        is_of_an_update = _CHANGED.search(line.text) and not words.STAMPED_FIRST.match(line.text)
        is_note = any(map(is_notes, (line.element, *islice(line.element.iterancestors(), 3))))
        if line.table is None and read.kind and not is_of_an_update and not is_note:
            is_told = read.is_bare or is_mostly_date(line.text) or words.STAMPED.match(line.text) is not None
            day = read.published if is_told or read.publisher or read.author else None
            found = replace(found, published=found.published or day, publisher=found.publisher or read.publisher)
        elif len(own) == 1 and furniture_sort(line) and not is_of_an_update:  # "Ada Lind Editor 6 March 2026 · 3 min"
            day = only_date(line.text[own[0].start : own[0].end])
            found = replace(found, published=found.published or day)
        if line.table is None and not found.author and not read.author:
            found = replace(found, author=_marked_writers(line))
    run_in = next(filter(None, (day_run_in(line.text) for line in lines[:HEADER_LINES] if line.table is None)), None)
    return replace(found, published=found.published or run_in)


def _marked_writers(line: Line) -> str | None:
    """Return the full names in a byline's parts that are marked up as writers: "by <a rel=author>Ada Lind</a> |"."""
    parts = [line.text[one.start : one.end] for one in line.stretches if one.label == "byline"]
    if furniture_sort(line) != "byline" or parts == [line.text]:
        return None
    return ", ".join(filter(None, map(named_alone, parts))) or None


def _own_part(page: "HtmlElement") -> "HtmlElement":
    """Return the one element that holds a page's article by its name, else the page."""
    for found in map(page.xpath, ("//article[.//h1]", "//article", "//main[.//h1]")):
        if len(found) == 1:
            return found[0]
    return page


def _times_above_the_text(page: "HtmlElement") -> set["HtmlElement"]:
    """Return the times between a page's first headline and the first paragraph below it."""
    found: set[HtmlElement] = set()
    headed = False
    for element in page.iter("h1", "p", "time"):
        if headed and element.tag == "p":
            break
        headed = headed or element.tag == "h1"
        if headed and element.tag == "time":
            found.add(element)
    return found


def _writers_in_page(page: "HtmlElement") -> str | None:
    """Return whom the links to an article's writers name, above its text or in it: few, and by their full names."""
    links = _own_part(page).xpath(".//a[@rel='author']|.//*[@itemprop='author']")[: _MOST_WRITERS + 1]
    beside = {"re": "http://exslt.org/regular-expressions"}
    own = [link for link in links if not link.xpath(_BESIDE, namespaces=beside)]
    names = dict.fromkeys(filter(None, (named_alone(" ".join(link.text_content().split())) for link in own)))
    return ", ".join(names) if len(names) <= _MOST_WRITERS else None


def _date_in_page(page: "HtmlElement") -> date | None:
    """Return the date of publication that is marked up in the article's own part of the page, if there is just one."""
    scope = _own_part(page)
    marked, others = [], []
    for element in scope.xpath(_TIMES)[:200]:  # a page with more is a calendar
        if element.xpath(_BESIDE, namespaces={"re": "http://exslt.org/regular-expressions"}):
            continue
        kind = f"{element.get('itemprop', '')} {element.get('class', '')}".lower()
        shown = element.xpath("string(preceding::text()[normalize-space()][1])") + element.text_content()
        if "published" in kind or "pubdate" in element.attrib:
            marked.append(element)
        # A correction's time is not that of publication, and one in a paragraph belongs to what it tells.
        elif len(element.xpath("string(ancestor::p)")) <= MAX_DATELINE and not _CHANGED.search(kind + shown):
            others.append(element)
    above = _times_above_the_text(page)
    for candidates in (marked, others, [one for one in others if one in above]):
        stated = {
            stated_date(one.get("datetime") or one.get("content") or one.get("title") or one.text_content())
            for one in candidates
        }
        if len(stated) == 1:
            return stated.pop()
    return None
