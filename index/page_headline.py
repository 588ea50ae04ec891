"""The headline of a page's article among its lines: a heading of the first rank, or what the window's title repeats.

Many pages give their first heading to the name of the site, or set their headline as any other line.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from index.page_lines import HEADINGS, Line

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_PARTS = re.compile(r"\s+[|–—·•»«-]+\s+|\s*[|»]\s*|:\s+")
_WORD = re.compile(r"\w+")
_HOME = frozenset({"/", "./", "index.html", "/index.html"})
_LONGEST = 300  # characters
_FEWEST = 2  # words that a title and a line must share


def headline_places(page: "HtmlElement", lines: Sequence[Line]) -> list[int]:
    """Return which of the lines are headlines; of those that are no headings of the first rank, one at most."""
    parts = _title_parts(page)
    short = [(place, _words(line.text)) for place, line in enumerate(lines) if len(line.text) <= _LONGEST]
    first = [place for place, _ in short if _rank(lines[place]) == "h1"]
    named = [place for place, words in short if _repeats(words, parts) and not _is_link(lines[place])]
    others = [place for place in named if place not in first]
    own = [place for place in first if not _names_the_site(lines[place], parts, beside_others=bool(others))]
    headings = [place for place in others if _rank(lines[place])]
    return own or (headings or others)[:1] or first


def headed(lines: Sequence[Line], places: Iterable[int]) -> set["HtmlElement"]:
    """Return the elements in which a headline stands."""
    found: set[HtmlElement] = set()
    for place in places:
        line = lines[place]
        for above in [*([line.element] if line.is_bare else []), *line.element.iterancestors()]:
            if above in found:
                break
            if above.tag not in HEADINGS:
                found.add(above)
    return found


def _title_parts(page: "HtmlElement") -> list[tuple[str, ...]]:
    """Return the words of the parts that the titles of a page's head have, each part once."""
    titles = [page.findtext(".//title") or "", *page.xpath("//meta[@property='og:title']/@content")[:1]]
    parts = [part for title in titles for part in [title, *_PARTS.split(title)] if len(part) <= _LONGEST]
    return list(filter(None, dict.fromkeys(tuple(_words(part)) for part in parts)))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _repeats(words: Sequence[str], parts: Iterable[Sequence[str]]) -> bool:
    """Tell whether a line and a part of a title are the same, or one a good part of the other."""
    shown = f" {' '.join(words)} "
    for part in parts:
        said = f" {' '.join(part)} "
        shorter = min(len(words), len(part))
        if shown == said or (shorter >= _FEWEST and shorter * 3 >= len(words) and (said in shown)):
            return True
    return False


def _rank(line: Line) -> str:
    """Return the tag of the heading that a line is or stands in, or ""."""
    around = [line.element, *islice(line.element.iterancestors(), 2)]
    return next((str(element.tag) for element in around if element.tag in HEADINGS), "")


def _is_link(line: Line) -> bool:
    return line.linked * 2 > len(line.text) and not _rank(line)


def _names_the_site(line: Line, parts: Sequence[Sequence[str]], *, beside_others: bool) -> bool:
    """Tell whether a heading leads home, or says what the title says of the site beside another line's headline."""
    if any(link.get("href") in _HOME for link in line.element.iter("a")):
        return True
    words = tuple(_words(line.text))
    return beside_others and words in parts[1:] and any(len(part) > len(words) for part in parts[1:])
