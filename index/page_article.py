"""Which lines of a page are its article's: those in the part that holds it, less what is around and between.

Inside of that part a line is kept for what it is; outside of it, only when it was found.
"""

import re
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

from index.datelines import read_head_line
from index.headers import MAX_DATELINE
from index.page_finding import found_lines, prose_lines, words_of
from index.page_headline import headed, headline_places
from index.page_lines import HEADINGS, Line
from index.page_marks import furniture_sort, is_links
from index.page_parts import TEXT_TAGS, beside, is_announced_item, part_of, sums_of, under_comments
from index.page_signs import is_beside, is_block, is_field, is_notes, is_pull_quote, is_standfirst, sort_of
from index.page_words import LABEL

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_ENOUGH = 0.5  # of the page's prose; where fewer words were found, the page's prose is taken for the article
_HEAD_LINES = 5  # below the headline
_LONG = 20  # words; no label of a page has as many
_CLOSED = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_BLOCKS_FAR = 8  # elements around a line
_LISTS = frozenset("ul ol dl blockquote figure".split())
_LEGAL = re.compile(
    r"(?i)(?:©|copyright\b|all rights reserved|(?:we|this (?:web)?site) uses? cookies|by (?:using|continuing|clicking)"
    r"|sign up|subscribe|please enable|enable javascript|terms (?:of|and)|privacy policy)"
)
_OWNED = re.compile(r"(?i)(?:©|\(c\)|copyright\b).*(?:\d{4}|all rights reserved)")
_BEHIND = re.compile(
    r"(?i)(?:related|more|read|see also|you (?:may|might)|recommended|most |trending|popular|latest|follow|share"
    r"|comments?|leave a|about the author|tags?\b|sign up|subscribe|newsletter|advertis|what to read|up next)"
)


def article_lines(page: "HtmlElement", lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page that are the article's, in order. Empty when the page holds no article."""
    counts = [len(words_of(line.text)) for line in lines]
    headlines = headline_places(page, lines)
    around = headed(lines, headlines)
    found = _found(page, lines, counts, around)
    if not any(found):
        return []
    order = list(page.iter())
    sums = sums_of(order, lines, counts, found)
    dropped = beside(order, sums, around, trust=0.5, said_below=under_comments(lines, around))
    sums = sums_of(order, lines, counts, found, dropped)
    part = part_of(order, sums, around)
    return _Choice(lines, counts, found, dropped, part, headlines).kept()


def _found(page: "HtmlElement", lines: Sequence[Line], counts: Sequence[int], around: set["HtmlElement"]) -> list[bool]:
    """Return which lines are the article's: as trafilatura says, unless most of the page's prose says otherwise."""
    found, prose = found_lines(page, lines), prose_lines(lines)
    order = list(page.iter())
    sums = sums_of(order, lines, counts, prose)
    dropped = beside(order, sums, around, trust=0, said_below=under_comments(lines, around))
    part = part_of(order, sums_of(order, lines, counts, prose, dropped), around)
    if part is None:
        return found if any(found) else _all_that_says_something(lines, counts, dropped)
    inside = set(part.iter())
    own = [line.element in inside and line.element not in dropped for line in lines]
    of_prose = sum(count for count, here, is_prose in zip(counts, own, prose, strict=True) if here and is_prose)
    also_found = sum(
        count
        for count, here, is_prose, is_found in zip(counts, own, prose, found, strict=True)
        if here and is_prose and is_found
    )
    if also_found >= of_prose * _ENOUGH:
        return found
    return [is_found or (here and is_prose) for is_found, here, is_prose in zip(found, own, prose, strict=True)]


def _all_that_says_something(lines: Sequence[Line], counts: Sequence[int], dropped: set["HtmlElement"]) -> list[bool]:
    """Return the lines of a page without prose that say something: short sentences, the rows of tables, long lines."""
    return [
        line.element not in dropped
        and not (is_links(line) or _LEGAL.match(line.text))
        and (count >= _LONG or line.table is not None or (count >= 3 and bool(_CLOSED.search(line.text))))
        for line, count in zip(lines, counts, strict=True)
    ]


class _Choice:
    """Decides line by line."""

    def __init__(
        self,
        lines: Sequence[Line],
        counts: Sequence[int],
        found: Sequence[bool],
        dropped: set["HtmlElement"],
        part: "HtmlElement | None",
        headlines: Sequence[int],
    ) -> None:
        self._lines, self._counts, self._found, self._dropped = lines, counts, found, dropped
        self._inside = set(part.iter()) if part is not None else set()
        here = [at for at, line in enumerate(lines) if found[at] and line.element in self._inside]
        self._first, self._last = (here[0], here[-1]) if here else (0, 0)
        self._tables = {
            line.table for line, is_found in zip(lines, found, strict=True) if is_found and line.table is not None
        }
        self._named = {names for at in here for names in _all_names(lines[at].element)}
        self._holders = {above for at in here for above in _above(lines[at].element)}
        self._rows = {block.getparent() for at in here for block in _blocks(lines[at].element)}
        above = [at for at in headlines if at <= self._first]
        self._headline = above[-1] if above else self._first
        self._is_headed = bool(above)
        self._texts = {line.text for at, line in enumerate(lines) if found[at] and line.element in self._inside}

    def kept(self) -> list[Line]:
        chosen = [line for at, line in enumerate(self._lines) if self._is_kept(at)]
        while chosen and _OWNED.match(chosen[-1].text):
            chosen.pop()
        return _without_bare_headings(_without_repeats(chosen))

    def _is_kept(self, at: int) -> bool:
        line = self._lines[at]
        if line.element in self._dropped or LABEL.fullmatch(line.text) or line.operated * 2 > len(line.text):
            return False
        if line.element not in self._inside:
            is_own = self._found[at] or line.element.get("role") == "doc-footnote"
            return is_own and line.text not in self._texts
        if self._found[at] or line.table in self._tables or (at > self._first and is_announced_item(line.element)):
            return True
        if _LEGAL.match(line.text):
            return False
        if line.element.tag == "h1" and self._is_headed and at < self._headline:  # the name of the site
            return False
        if line.element.tag in HEADINGS or (self._is_headed and at == self._headline):
            return not (_BEHIND.match(line.text) and at > self._last)
        if at < self._first:
            return self._is_above(at)
        return self._is_between(at) if at < self._last else self._is_below(at)

    def _is_above(self, at: int) -> bool:
        """A byline, a dateline, a standfirst, a paragraph that was not found."""
        line = self._lines[at]
        if self._is_of_the_head(at) or (self._is_headed and at > self._headline and is_field(line.element)):
            return True
        if furniture_sort(line) in ("byline", "dateline"):
            return at >= self._headline and len(line.text) <= MAX_DATELINE
        if at <= self._headline or is_links(line):
            return self._is_sentence(at) and self._is_near(line)
        if line.table is not None or is_standfirst(line.element) or self._is_sentence(at):
            return True
        is_told = self._counts[at] >= 5 or _is_a_point(line.element)
        return self._is_headed and is_told and line.element.tag in ("p", "h2", "li", "figcaption")

    def _is_of_the_head(self, at: int) -> bool:
        """Tell whether a line right below the headline says when or by whom the article was written."""
        is_near = self._is_headed and self._headline < at <= self._headline + _HEAD_LINES
        return is_near and read_head_line(self._lines[at].text).kind is not None

    def _is_between(self, at: int) -> bool:
        line = self._lines[at]
        if self._is_of_the_head(at):
            return True
        if any(sort_of(near) == "byline" for near in _near(line.element)[:3]):
            return len(line.text) <= MAX_DATELINE
        if is_links(line):  # a row of links leads elsewhere; a single one is marked
            is_alone = not any(is_links(self._lines[near]) for near in (at - 1, at + 1) if 0 <= near < len(self._lines))
            return is_alone and self._counts[at] >= 4
        if line.element.tag in TEXT_TAGS or self._counts[at] >= 5:
            return True
        return line.is_bare or sort_of(line.element) is not None

    def _is_below(self, at: int) -> bool:
        line = self._lines[at]
        is_caption = any(one.tag == "figcaption" for one in _near(line.element)[:2])
        if line.table is not None or is_caption or any(map(is_notes, _near(line.element))):
            return not is_links(line)
        if is_beside(line.element) or not self._is_near(line) or is_links(line):
            return False
        return self._is_sentence(at) or (line.element.tag in TEXT_TAGS and self._counts[at] >= 4)

    def _is_near(self, line: Line) -> bool:
        """Tell whether a line stands beside one that was found, or in elements named like those around one."""
        if any(above in self._holders for above in _above(line.element)) or _names(line.element) in self._named:
            return True
        return any(block.getparent() in self._rows for block in _blocks(line.element))

    def _is_sentence(self, at: int) -> bool:
        line = self._lines[at]
        return self._counts[at] >= 6 and bool(_CLOSED.search(line.text)) and line.linked * 2 < len(line.text)


def _above(element: "HtmlElement") -> list["HtmlElement"]:
    """Return the two elements around one, less the page itself where it is the second."""
    around = list(islice(element.iterancestors(), 2))
    return around[:1] + [one for one in around[1:] if one.tag not in ("body", "html")]


def _blocks(element: "HtmlElement") -> list["HtmlElement"]:
    """Return the blocks around an element of which its page is built, one below the other, as they are named."""
    return [one for one in islice(element.iterancestors(), _BLOCKS_FAR) if is_block(one)]


def _is_a_point(element: "HtmlElement") -> bool:
    """Tell whether a short item stands in a list without links whose other items say more."""
    around = element.getparent()
    if element.tag != "li" or around is None or around.tag not in ("ul", "ol") or around.find(".//a") is not None:
        return False
    return any(len(words_of(item.text_content())) >= 5 for item in around.iter("li"))


def _names(element: "HtmlElement") -> tuple[str | None, ...]:
    """Return how the two elements around one are named, lists aside."""
    around = (one for one in islice(element.iterancestors(), 4) if one.tag not in _LISTS)
    return tuple(name for one in islice(around, 2) for name in (one.tag, one.get("class")))


def _all_names(element: "HtmlElement") -> list[tuple[str | None, ...]]:
    """Return how the two elements around a line are named, and around what it stands in."""
    parent = element.getparent()
    return [_names(element)] + ([_names(parent)] if parent is not None and parent.get("class") else [])


def _near(element: "HtmlElement") -> list["HtmlElement"]:
    return [element, *islice(element.iterancestors(), 4)]


def _without_repeats(kept: list[Line]) -> list[Line]:
    """Return the lines without those that show a sentence of the article a second time."""
    shown = [any(is_pull_quote(one) or one.tag == "aside" for one in _near(line.element)) for line in kept]
    if not any(shown):
        return kept
    told = "\n".join(" ".join(words_of(line.text)) for line, again in zip(kept, shown, strict=True) if not again)
    return [
        line for line, again in zip(kept, shown, strict=True) if not (again and " ".join(words_of(line.text)) in told)
    ]


def _without_bare_headings(kept: list[Line]) -> list[Line]:
    """Return the lines without the headings under which nothing was kept."""
    result: list[Line] = []
    for one in reversed(kept):
        tag = str(one.element.tag)
        if tag in HEADINGS and tag != "h1":
            below = str(result[-1].element.tag) if result else "h1"
            if below in HEADINGS and below <= tag:
                continue
        result.append(one)
    return result[::-1]
