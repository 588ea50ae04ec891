"""Which lines of a page are its article's: those in the part of the page that holds it, less what is around and between.

The part is the element with the most lines that were found to be the article's and few others. Inside of it a line is
kept for what it is; outside of it, only when it was found.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.headers import MAX_DATELINE
from index.page_finding import found_lines, prose_lines, words_of
from index.page_lines import HEADINGS, Line
from index.page_signs import is_beside, is_plainly_beside, is_facts, is_notes, is_standfirst, sort_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_COST = 0.6  # of a word beside the article, in words of it, when the part of the page is chosen
_ENOUGH = 0.5  # of the page's prose; where fewer words were found, the page's prose is taken for the article
_NEVER = frozenset("nav footer form dialog menu fieldset".split())
_WHOLE = frozenset("html body main article".split())
_TEXT_TAGS = frozenset("p li dd dt blockquote pre figcaption caption tr address".split())
_CLOSED = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_LABEL = re.compile(
    r"(?i)(?:advertisement|ads?|sponsored|share(?: this.*| on .*)?|print|e-?mail|tweet|comments?|loading.*|close|menu"
    r"|\d+ comments?|read more|more|skip (?:to|advert).*|copy link|save|listen|follow)\W*"
)
_POINTER = re.compile(
    r"(?i)(?:read|see|also|watch|listen|more|related|recommended|in pictures)\b[\w’' ]{0,30}:|(?:read|see) (?:also|more|next)\b"
    r"|also (?:in|on) [^.]{2,60}:"
)
_SIGN_UP = re.compile(r"(?i)(?:sign up|subscribe|join|get|follow)\b.*\b(?:newsletters?|inbox|subscribers?|readers)\b")
_BEHIND = re.compile(
    r"(?i)(?:related|more|read|see also|you (?:may|might)|recommended|most |trending|popular|latest|follow|share|comments?"
    r"|leave a|about the author|tags?\b|sign up|subscribe|newsletter|advertis|what to read|up next|keep reading|don.t miss)"
)


@dataclass(slots=True)
class Kept:
    """A line of the article, and as what it is marked ("byline", "link", ...); None for text."""

    line: Line
    furniture: str | None


@dataclass(slots=True)
class _Sums:
    """Of the lines in an element: words that were found, others, all, and those in links."""

    found: int = 0
    other: int = 0
    words: int = 0
    linked: float = 0


def article_lines(page: "HtmlElement", lines: Sequence[Line]) -> list[Kept]:
    """Return the lines of a page that are the article's, in order. Empty when the page holds no article."""
    counts = [len(words_of(line.text)) for line in lines]
    found = _found(page, lines, counts)
    if not any(found):
        return []
    order = list(page.iter())
    sums = _sums(order, lines, counts, found)
    dropped = _beside(order, sums, trust=0.5)
    sums = _sums(order, lines, counts, found, dropped)
    part = _part_of(order, sums)
    return _Choice(lines, counts, found, dropped, part, order).kept()


def _found(page: "HtmlElement", lines: Sequence[Line], counts: Sequence[int]) -> list[bool]:
    """Return which lines are the article's: as trafilatura says, unless most of the page's prose says otherwise."""
    found, prose = found_lines(page, lines), prose_lines(lines)
    order = list(page.iter())
    sums = _sums(order, lines, counts, prose)
    dropped = _beside(order, sums, trust=0)
    part = _part_of(order, _sums(order, lines, counts, prose, dropped))
    if part is None:
        return found
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


def _sums(
    order: Sequence["HtmlElement"],
    lines: Sequence[Line],
    counts: Sequence[int],
    found: Sequence[bool],
    dropped: "set[HtmlElement] | frozenset[HtmlElement]" = frozenset(),
) -> dict["HtmlElement", _Sums]:
    sums: dict[HtmlElement, _Sums] = {}
    for line, count, is_found in zip(lines, counts, found, strict=True):
        if line.element in dropped:
            continue
        own = sums.setdefault(line.element, _Sums())
        own.found += count * is_found
        own.other += count * (not is_found)
        own.words += count
        own.linked += count * (line.linked + line.operated) / len(line.text)
    for element in reversed(order):
        parent = element.getparent()
        if parent is not None and (own_sums := sums.get(element)):
            above = sums.setdefault(parent, _Sums())
            above.found += own_sums.found
            above.other += own_sums.other
            above.words += own_sums.words
            above.linked += own_sums.linked
    return sums


def _beside(order: Sequence["HtmlElement"], sums: dict["HtmlElement", _Sums], trust: float) -> set["HtmlElement"]:
    """Return the elements that stand around the article or between its parts, with all that is in them.

    One that holds a good part of what was found is none, nor one of whose words more than `trust` were found.
    """
    whole = max((one.found for one in sums.values()), default=0)
    dropped: set[HtmlElement] = set()
    for element in order:
        own = sums.get(element)
        if own is None or not isinstance(element.tag, str):
            continue
        if element.getparent() in dropped:
            dropped.add(element)
        elif _is_another(element) or (_is_furniture(element, own) and _may_go(element, own, whole, trust)):
            dropped.add(element)
    return dropped


def _may_go(element: "HtmlElement", own: _Sums, whole: int, trust: float) -> bool:
    """Tell whether the names of an element outweigh that something in it was found."""
    if is_plainly_beside(element):
        return own.found < whole * 0.6 and element.find(".//h1") is None
    return own.found * 8 < whole or (own.found * 4 < whole and (not trust or own.found < own.words * trust))


def _is_another(element: "HtmlElement") -> bool:
    """Tell whether an element is the teaser of another story: its headline is a link."""
    if element.tag != "article" or element.find(".//h1") is not None or next(element.iterancestors("article"), None) is not None:
        return False
    headings = [heading for tag in ("h2", "h3", "h4") for heading in element.iter(tag)]
    is_linked = any(heading.find(".//a") is not None or next(heading.iterancestors("a"), None) is not None for heading in headings[:2])
    return is_linked and len(words_of(element.text_content())) < 150


def _is_furniture(element: "HtmlElement", own: _Sums) -> bool:
    if element.tag in _WHOLE or element.tag in _TEXT_TAGS or element.tag in HEADINGS:
        return False
    if element.tag in _NEVER:
        return True
    if element.tag == "aside":
        return not (is_facts(element) or is_notes(element))
    if element.tag == "header":
        return element.find(".//h1") is None and next(element.iterancestors("article", "main"), None) is None
    if element.tag in ("ul", "ol", "div", "section") and own.linked > own.words * 0.7 and own.words > 5:
        return not is_notes(element) and element.find(".//h1") is None
    return is_beside(element)


def _part_of(order: Sequence["HtmlElement"], sums: dict["HtmlElement", _Sums]) -> "HtmlElement | None":
    """Return the element that holds the most of the article and the least beside it; of equals, the innermost."""
    best, most = None, 0.0
    for element in reversed(order):
        own = sums.get(element)
        if own and (worth := own.found - _COST * own.other) > most:
            best, most = element, worth
    if best is None:
        return None
    if best.find(".//h1") is None:  # the headline and the standfirst may stand above
        for above in best.iterancestors():
            if sums[above].other > sums[above].found * 0.5 + 60:
                break
            if above.find(".//h1") is not None:
                return above
    return best


class _Choice:
    """Decides line by line."""

    def __init__(
        self,
        lines: Sequence[Line],
        counts: Sequence[int],
        found: Sequence[bool],
        dropped: set["HtmlElement"],
        part: "HtmlElement | None",
        order: Sequence["HtmlElement"],
    ) -> None:
        self._lines, self._counts, self._found, self._dropped = lines, counts, found, dropped
        self._inside = set(part.iter()) if part is not None else set()
        here = [at for at, line in enumerate(lines) if found[at] and line.element in self._inside]
        self._first, self._last = (here[0], here[-1]) if here else (0, 0)
        self._tables = {line.table for line, is_found in zip(lines, found, strict=True) if is_found and line.table is not None}
        headlines = [at for at, line in enumerate(lines) if line.element.tag == "h1" and at <= self._first]
        self._headline = headlines[-1] if headlines else self._first
        self._texts = {line.text for at, line in enumerate(lines) if found[at] and line.element in self._inside}

    def kept(self) -> list[Kept]:
        marked = [(at, self._sort(at)) for at in range(len(self._lines)) if self._is_kept(at)]
        chosen = [Kept(self._lines[at], sort) for at, sort in marked]
        return _without_bare_headings(chosen)

    def _is_kept(self, at: int) -> bool:
        line = self._lines[at]
        if line.element in self._dropped or _LABEL.fullmatch(line.text) or line.operated * 2 > len(line.text):
            return False
        if line.element not in self._inside:
            return self._found[at] and line.text not in self._texts
        if self._found[at] or line.table in self._tables:
            return True
        if line.element.tag in HEADINGS:
            return not (_BEHIND.match(line.text) and at > self._last)
        if at < self._first:
            return self._is_above(at)
        return self._is_between(at) if at < self._last else self._is_below(at)

    def _is_links(self, at: int) -> bool:
        line = self._lines[at]
        return line.linked * 10 > len(line.text) * 8

    def _is_above(self, at: int) -> bool:
        """A byline, a dateline, a standfirst, a paragraph that was not found."""
        line = self._lines[at]
        if self._sort(at) in ("byline", "dateline"):
            return at >= self._headline and len(line.text) <= MAX_DATELINE
        is_first = at > self._headline and self._counts[at] >= 5 and not self._is_links(at)
        return (is_first and is_standfirst(line.element)) or self._is_sentence(at) or (
            is_first and line.element.tag in ("p", "h2", "figcaption") and self._lines[self._headline].element.tag == "h1"
        )

    def _is_between(self, at: int) -> bool:
        line = self._lines[at]
        if self._is_links(at):  # a row of links leads elsewhere; a single one is marked
            is_alone = not any(self._is_links(near) for near in (at - 1, at + 1) if 0 <= near < len(self._lines))
            return is_alone and self._counts[at] >= 4
        if line.element.tag in _TEXT_TAGS or self._counts[at] >= 5:
            return True
        return line.is_bare or sort_of(line.element) is not None

    def _is_below(self, at: int) -> bool:
        line = self._lines[at]
        if line.table is not None or line.element.tag == "figcaption" or any(map(is_notes, _near(line.element))):
            return not self._is_links(at)
        return self._is_sentence(at) and not is_beside(line.element)

    def _is_sentence(self, at: int) -> bool:
        line = self._lines[at]
        return self._counts[at] >= 6 and bool(_CLOSED.search(line.text)) and line.linked * 2 < len(line.text)

    def _sort(self, at: int) -> str | None:
        """Return as what a line is marked: "byline", "dateline", "link", "blurb"; None for text."""
        line = self._lines[at]
        if line.element.tag in HEADINGS or line.table is not None:
            return None
        if self._is_links(at) and line.element.tag not in ("dd", "dt") or _POINTER.match(line.text) and line.linked:
            return "link"
        if _POINTER.match(line.text) and is_beside_or_teaser(line.element):
            return "link"
        if _SIGN_UP.match(line.text) and len(line.text) < 200:
            return "blurb"
        if len(line.text) > MAX_DATELINE or line.element.tag == "figcaption":
            return None
        return _stated_sort(line)


def is_beside_or_teaser(element: "HtmlElement") -> bool:
    """Tell whether an element is named like a pointer to another story."""
    return is_beside(element) or is_standfirst(element)


def _near(element: "HtmlElement") -> list["HtmlElement"]:
    return [element, *list(element.iterancestors())[:4]]


def _stated_sort(line: Line) -> str | None:
    """Return "byline" or "dateline" where the names of a short line's elements, or of most of its words, say so."""
    sorts = [sort_of(element) for element in _near(line.element)[:3] if element.tag not in _WHOLE]
    said = next((sort for sort in sorts if sort in ("byline", "dateline")), None)
    parts = {one.label for one in line.stretches if one.kind == "furniture"}
    covered = sum(one.end - one.start for one in line.stretches if one.label in ("byline", "dateline"))
    if _CLOSED.search(line.text) and not said:
        return None
    if "byline" in parts and (said or covered * 3 > len(line.text)):
        return "byline"
    return said or ("dateline" if "dateline" in parts and covered * 3 > len(line.text) else None)


def _without_bare_headings(kept: list[Kept]) -> list[Kept]:
    """Return the lines without the headings under which nothing was kept."""
    result: list[Kept] = []
    for one in reversed(kept):
        tag = str(one.line.element.tag)
        if tag in HEADINGS and tag != "h1":
            below = str(result[-1].line.element.tag) if result else "h1"
            if below in HEADINGS and below <= tag:
                continue
        result.append(one)
    return result[::-1]
