"""The rows of a PDF's pages become paragraphs: their broken lines joined, over columns and pages too."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from index.pdf_rows import Row
from index.pdf_tables import TableRow, with_tables
from index.records import Mark

_ITEM = re.compile(r"[•●▪◦‣*–—-]\s|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]\s")
_NUMBERED = re.compile(r"(\d{1,3}) \S")
_CLOSED = re.compile(r"[.!?:][\"'”’)\]]*$")
_HYPHENATED = re.compile(r"(\w+)[-\u2010]$")
# Words that are made of two others.
_CLOSED_UP = frozenset(
    "another anybody anyone anything anyway anywhere become because before behind beside between cannot everybody "
    "everyone everything everywhere forever forget forgive herself himself however inside instead itself maybe "
    "meanwhile moreover nobody nothing outside overall overnight someone something sometimes somewhere themselves "
    "therefore today together tomorrow toward towards undergo understand upon weekend whatever whenever whereas "
    "wherever whoever within without withdraw yourself".split()
)
_WORD = re.compile(r"\w+(?:-\w+)*")
_MIN_LINES = 30
_FEW_HYPHENS = 0.03  # of a document's lines end in one where no word is broken
_MIN_ROWS = 5
_OTHER_SIZE = 0.12  # the share by which sizes differ that are not the same


@dataclass(slots=True)
class Paragraph:
    """A line of the text: its pieces with the page (from 0) of each, and the marks in it."""

    pieces: list[tuple[str, int]]
    marks: tuple[Mark, ...] = ()
    furniture: str = ""


@dataclass(frozen=True, slots=True)
class _Block:
    """What is usual in the lines of one column."""

    edge: float
    left: float
    pitch: float


@dataclass(slots=True)
class _Open:
    """A paragraph that may go on, and the row that was its last."""

    paragraph: Paragraph
    row: Row
    block: _Block
    place: tuple[int, int]
    usual: float  # the size of the text
    waiting: list[Paragraph] = field(default_factory=list)  # what stands between: notes, captions, tables


def read_paragraphs(pages: Sequence[list[Row]], heads: dict[int, list[Row]]) -> list[Paragraph]:
    """Return the paragraphs of all pages; `heads` are the running heads that stand first on a page (from 0)."""
    usual = _usual_size(pages)
    found: list[Paragraph] = []
    last: _Open | None = None
    for page, rows in enumerate(pages):
        items = list(with_tables(rows))
        blocks = _measures([item for item in items if isinstance(item, Row)])
        others = [Paragraph([(row.text, page)], furniture="running head") for row in heads.get(page, ())]
        (last.waiting if last else found).extend(others)
        for item in items:
            row = item.row if isinstance(item, TableRow) else item
            place = (page, row.block)
            block = blocks.get(row.block, _measure([row]))
            if last and not isinstance(item, TableRow) and _goes_on(last, row, place, block):
                last.paragraph.pieces.append((row.text, page))
                last.row, last.block, last.place = row, block, place
                continue
            text, marks = (item.text, item.marks) if isinstance(item, TableRow) else (row.text, ())
            paragraph = Paragraph([(text, page)], marks)
            if last and _is_held(last, row, usual, is_table=isinstance(item, TableRow)):
                last.waiting.append(paragraph)
                continue
            found += last.waiting if last else []
            found.append(paragraph)
            last = _Open(paragraph, row, block, place, usual) if not isinstance(item, TableRow) else None
    return found + (last.waiting if last else [])


def _usual_size(pages: Iterable[list[Row]]) -> float:
    counts: dict[float, int] = defaultdict(int)
    for rows in pages:
        for row in rows:
            counts[row.size] += len(row.text)
    return max(counts, key=lambda size: (counts[size], -size), default=0.0)


def _measures(rows: Sequence[Row]) -> dict[int, _Block]:
    blocks: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        blocks[row.block].append(row)
    measures = {number: _measure(block) for number, block in blocks.items()}
    for number, block in blocks.items():
        if len(block) < _MIN_ROWS:  # too few to show how wide the column is
            found = measures[number]
            right = max(row.right for row in block)
            edges = [other.edge for other in measures.values() if other.left < right and other.edge > found.left]
            measures[number] = replace(found, edge=max(edges))
    return measures


def _measure(rows: list[Row]) -> _Block:
    size = median(row.size for row in rows)
    alike = [row for row in rows if not _is_other_size(row.size, size)] or rows
    rights = sorted(row.right for row in alike)
    gaps = [one.middle - other.middle for one, other in pairwise(alike)]
    pitch = median(gaps) if gaps else 1.3 * size
    return _Block(rights[int(len(rights) * 0.95)], min(row.left for row in alike), max(pitch, size))


def _is_other_size(one: float, other: float) -> bool:
    return abs(one - other) > _OTHER_SIZE * max(one, other)


def _goes_on(last: _Open, row: Row, place: tuple[int, int], block: _Block) -> bool:
    above = last.row
    small = row.text[0].islower()
    closed = bool(_CLOSED.search(above.text))
    if _is_other_size(above.size, row.size) or _ITEM.match(row.text) or _is_next_item(last.paragraph, row):
        return False
    if above.is_bold != row.is_bold and not (small and not closed):
        return False
    if place == last.place and not last.waiting:
        gap = above.middle - row.middle
        if gap > 1.28 * block.pitch and not (small and not closed and gap < 2.5 * block.pitch):
            return False
        indented = row.left > above.left + 0.8 * row.size and not _ITEM.match(above.text)
    else:
        indented = row.left > block.left + 0.8 * row.size
    if small or _HYPHENATED.search(above.text):
        return True
    if above.size > last.usual * (1 + _OTHER_SIZE) and place == last.place:  # a headline of several lines
        return not closed
    first = row.units[0]
    is_full = above.right + 0.25 * row.size + first[-1].right - first[0].left >= last.block.edge - 1
    return is_full and not indented and (not closed or place == last.place) and not (last.waiting and closed)


def _is_next_item(paragraph: Paragraph, row: Row) -> bool:
    """Tell whether a row begins with the number behind that of the paragraph above, neither with a stop."""
    one, other = _NUMBERED.match(paragraph.pieces[0][0]), _NUMBERED.match(row.text)
    return bool(one and other and int(other[1]) == int(one[1]) + 1)


def _is_held(last: _Open, row: Row, usual: float, *, is_table: bool) -> bool:
    """Tell whether a row stands between two parts of a sentence, as a note at the foot of a column does."""
    is_body = not _is_other_size(last.row.size, usual)
    is_small = row.size < usual * (1 - _OTHER_SIZE / 2)
    return is_body and not _CLOSED.search(last.row.text) and (is_small or is_table) and _reaches_edge(last)


def _reaches_edge(last: _Open) -> bool:
    return last.row.right > last.block.edge - 4 * last.row.size


def joined(paragraphs: Iterable[Paragraph], labels: Sequence[str]) -> tuple[str, tuple[Mark, ...]]:
    """Return the text, one paragraph a line, and its marks: pages by their labels, cells and furniture."""
    paragraphs = list(paragraphs)
    words = {word for paragraph in paragraphs for word in _whole_words(paragraph.pieces)}
    ends = [text for paragraph in paragraphs for text, _ in paragraph.pieces[:-1]]
    hyphens = sum(bool(_HYPHENATED.search(text)) for text in ends)
    breaks = len(ends) < _MIN_LINES or hyphens > _FEW_HYPHENS * len(ends)
    parts: list[str] = []
    marks: list[Mark] = []
    pages: list[tuple[int, int, int]] = []
    length = 0

    def add(text: str, page: int | None = None) -> None:
        nonlocal length
        parts.append(text)
        if page is not None and text:
            if pages and pages[-1][2] == page:
                pages[-1] = (pages[-1][0], length + len(text), page)
            else:
                pages.append((length, length + len(text), page))
        length += len(text)

    for paragraph in paragraphs:
        if parts:
            add("\n")
        begun = length
        for text, between, page in _pieces(paragraph.pieces, words, breaks=breaks):
            add(text, page)
            add(between)
        marks += (mark._replace(start=mark.start + begun, end=mark.end + begun) for mark in paragraph.marks)
        if paragraph.furniture:
            marks.append(Mark(begun, length, "furniture", paragraph.furniture))
    marks += (Mark(start, end, "page", labels[page]) for start, end, page in pages)
    return "".join(parts), tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end)))


def _whole_words(pieces: Sequence[tuple[str, int]]) -> Iterator[str]:
    """Yield the words of a paragraph without the halves at the ends of its lines."""
    halved = False
    for text, _ in pieces:
        found = _WORD.findall(text)
        goes_on = bool(_HYPHENATED.search(text))
        yield from found[halved : len(found) - goes_on]
        halved = goes_on


def _pieces(pieces: Sequence[tuple[str, int]], words: set[str], *, breaks: bool) -> Iterator[tuple[str, str, int]]:
    """Yield each piece, what stands between it and the next, and its page; hyphens at line ends are undone.

    `breaks` says that the document breaks words; where it hardly ever does, a hyphen is the word's own.
    """
    for number, (text, page) in enumerate(pieces):
        behind = pieces[number + 1][0] if number + 1 < len(pieces) else ""
        broken = _HYPHENATED.search(text) if behind else None
        if broken and (following := re.match(r"\w+", behind)):
            own = _is_own(broken[1], following[0], words, breaks=breaks)
            yield (text[:-1] + "-" if own else text[:-1]), "", page
        else:
            yield text, " " if behind else "", page


def _is_own(first: str, second: str, words: set[str], *, breaks: bool) -> bool:
    """Tell whether a hyphen at a line's end is the word's own: "long-term", not "har-bour"."""
    if not second[0].islower() or first[-1].isdigit():
        return True
    whole = first + second
    if whole in words or whole.lower() in _CLOSED_UP:
        return False
    return (
        not breaks
        or f"{first}-{second}" in words
        or (min(len(first), len(second)) > 2 and first in words and second in words)
    )
