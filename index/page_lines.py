"""A web page's tree becomes lines: a paragraph, a heading, a list's item, a table's row, each complete and in order.

Whatever becomes a line stands in it word for word, whichever elements are around or between its words. Which lines are
the article's is decided elsewhere (`page_article`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.page_tables import table_lines
from index.page_words import BLOCKS, NO_TEXT, Inline, Stretch, Words, note_signs

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_CLOSED = re.compile(r"[.!?…:;。！？|][\"'”’»)\]]*$")
_APART = HEADINGS | {"p", "pre", "li", "blockquote", "dd", "dt"}  # no paragraph goes on behind one of these
_PAUSED = re.compile(r"[.!?…:;,]\s*$")
_ONE_LINE = HEADINGS | {"caption", "figcaption", "dt", "summary", "legend"}  # a break in these is for the looks


@dataclass(slots=True, eq=False)
class Line:
    """A line of the page. `element` is the block that it stands in; `is_bare` where other blocks stand in it, too."""

    element: "HtmlElement"
    text: str
    stretches: list[Stretch] = field(default_factory=list)
    linked: int = 0  # characters in links
    operated: int = 0  # characters in buttons
    is_bare: bool = False
    table: "HtmlElement | None" = None  # whose row it is

    @property
    def is_closed(self) -> bool:
        return bool(_CLOSED.search(self.text[-8:]))

    def take_in(self, other: "Line") -> None:
        """Append a line that something without words had parted from this one."""
        shift = len(self.text) + 1
        self.text = f"{self.text} {other.text}"
        self.stretches += [one._replace(start=one.start + shift, end=one.end + shift) for one in other.stretches]
        self.linked, self.operated = self.linked + other.linked, self.operated + other.operated


def page_lines(root: "HtmlElement") -> list[Line]:
    """Return the lines of a page, those around the article among them."""
    return _Reader(root).lines


class _Reader:
    """Walks the tree once, without recursion: pages nest their tags by the thousand."""

    def __init__(self, root: "HtmlElement") -> None:
        self.lines: list[Line] = []
        self._notes = note_signs(root)
        self._inline = Inline(self._notes)
        self._wordy = _with_words(root)
        self._owners: list[HtmlElement] = []
        self._holds_blocks: set[HtmlElement] = set()
        self._broken = 0  # line breaks since the last word
        self._open: Line | None = None  # a paragraph that ended in mid-sentence
        self._parted = False  # by a block, from that paragraph
        self._preformatted = 0
        _walk(root, self._start, self._end, self._add)
        self._flush()

    def _start(self, element: "HtmlElement") -> bool:
        tag = element.tag
        if tag == "br":
            self._broken += 1
            return False
        if tag == "table":
            self._table(element)
            return False
        if tag in BLOCKS:
            self._begin_block(element)
        else:
            if self._broken and (element.text or "").strip():
                self._break(element.text)  # before the element's marks
            if not self._inline.begin(element):
                return False
        self._add(element.text)
        return True

    def _end(self, element: "HtmlElement") -> None:
        if element.tag in BLOCKS:
            self._end_block(element)
        else:
            self._inline.finish(element)

    def _begin_block(self, element: "HtmlElement") -> None:
        if self._owners:
            self._holds_blocks.add(self._owners[-1])
        self._part(is_empty=element.tag != "hr" and element not in self._wordy)
        self._owners.append(element)
        self._preformatted += element.tag == "pre"

    def _end_block(self, element: "HtmlElement") -> None:
        self._part(is_empty=element.tag != "hr" and element not in self._wordy)
        self._owners.pop()
        self._preformatted -= element.tag == "pre"
        self._parted = self._open is not None and element.tag != "p"

    def _part(self, *, is_empty: bool) -> None:
        """End the line, unless a block without words stands in the middle of a sentence."""
        if not is_empty or _CLOSED.search(self._inline.words.before):
            self._flush()
        else:
            self._inline.words.add(" ")

    def _add(self, text: str | None) -> None:
        if text is None:
            return
        if self._preformatted and "\n" in text:
            for line in text.split("\n"):
                self._inline.add(line)
                self._flush()
            return
        if self._broken and text.strip():
            self._break(text)
        self._inline.add(text)

    def _break(self, text: str) -> None:
        """Begin a new line, unless one break stands in the middle of a sentence."""
        if self._preformatted:
            self._flush()
            return
        goes_on = text.lstrip()[:1].islower() and not _CLOSED.search(self._inline.words.before)
        if (self._broken == 1 and goes_on) or (self._owners and self._owners[-1].tag in _ONE_LINE):
            self._inline.words.add(" ")
        else:
            self._flush()
        self._broken = 0

    def _flush(self) -> None:
        words = self._inline.take()
        self._broken = 0
        if not len(words) or not self._owners:
            return
        owner = self._owners[-1]
        line = Line(owner, str(words), words.stretches, words.linked, words.operated, owner in self._holds_blocks)
        if self._goes_on(line):
            return
        self.lines.append(line)
        if owner.tag == "p" and not line.is_closed:
            self._open, self._parted = line, False
        elif owner.tag in _APART:
            self._open = None

    def _goes_on(self, line: Line) -> bool:
        """Join a line to the paragraph that the parser ended where a block stood inside of it."""
        last = self._open
        if last is None or not line.is_bare or last.element.getparent() is not line.element:
            return False
        self._open = None
        if not (line.text[:1].islower() or (self._parted and self.lines[-1] is last)):
            return False
        last.take_in(line)
        return True

    def _table(self, table: "HtmlElement") -> None:
        if self._owners:
            self._holds_blocks.add(self._owners[-1])
        self._flush()
        for caption in table.iter("caption"):
            words = self._cell(caption)
            if len(words):
                self.lines.append(Line(caption, str(words), words.stretches, words.linked, words.operated, table=table))
        for row, text, stretches, linked in table_lines(table, self._cell):
            self.lines.append(Line(row, text, stretches, linked, table=table))

    def _cell(self, cell: "HtmlElement") -> Words:
        """Return all that a cell says, as one line."""
        inner = Inline(self._notes)

        def start(element: "HtmlElement") -> bool:
            if element.tag == "br":
                inner.add(" ")
                return False
            if element.tag not in BLOCKS:
                is_read = inner.begin(element)
                inner.add(element.text if is_read else None)
                return is_read
            if element.tag == "li" and len(inner.words) and not _PAUSED.search(inner.words.before):
                inner.words.pause(";")
            inner.add(" ")
            inner.add(element.text)
            return True

        def end(element: "HtmlElement") -> None:
            inner.add(" ") if element.tag in BLOCKS else inner.finish(element)

        _walk(cell, start, end, inner.add)
        return inner.take()


def _walk(
    root: "HtmlElement",
    start: Callable[["HtmlElement"], bool],
    end: Callable[["HtmlElement"], None],
    add: Callable[[str | None], None],
) -> None:
    """Call `start` and `end` for each element and `add` for what stands behind it; where `start` is False, skip it."""
    from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415 - it takes long to import

    walk, unread = etree.iterwalk(root, events=("start", "end")), None
    for event, element in walk:
        if event == "start":
            if not isinstance(element.tag, str) or not start(element):
                unread = element
                walk.skip_subtree()
            continue
        if element is not unread:
            end(element)
        unread = None
        if element is not root:
            add(element.tail)


def _with_words(root: "HtmlElement") -> set["HtmlElement"]:
    """Return the elements that hold text."""
    found: set[HtmlElement] = set()
    for element in reversed(list(root.iter())):
        parent = element.getparent()
        if isinstance(element.tag, str) and element.tag not in NO_TEXT and (element.text or "").strip():
            found.add(element)
        if parent is not None and (element in found or (element.tail or "").strip()):
            found.add(parent)
    return found
