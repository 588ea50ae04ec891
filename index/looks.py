"""How an article is to be shown: its text stays as it is, and stretches of it are signs, headings, items, cells.

Nothing of this is stored or searched: it follows from the text, and offsets go on pointing into that.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from index.front_matter import read_front_matter
from index.markdown import TableLine, cells_of, table_lines
from index.markdown_signs import Look, LookKind, inline_looks, shown_without
from index.records import Article, Span

__all__ = ["Look", "is_markdown", "looks", "looks_around", "shown_without"]

_LINE = re.compile(r"[^\r\n]+")
_LONGEST_PARAGRAPH = 20_000  # characters; a longer one is no writing of a person, and its signs are shown
_FENCE = re.compile(r" {0,3}(?P<sign>`{3,}|~{3,})[^`\r\n]*")
_ANY_FENCE = re.compile(r"^ {0,3}(?:`{3}|~{3})", re.MULTILINE)
_BLANK = re.compile(r"\n[ \t\r]*\n")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*")
_DEFINITION = re.compile(r" {0,3}\[[^\]\r\n^][^\]\r\n]*\]:[ \t]+<?\S+>?(?:[ \t]+(?:\"[^\"]*\"|'[^']*'))?[ \t]*")
_OPENERS: tuple[tuple[re.Pattern[str], LookKind], ...] = (
    (re.compile(r" {0,3}(?:> ?)+"), "quotation"),
    (re.compile(r"[ \t]*[-*+][ \t]+(?=\S)"), "item"),
    (re.compile(r" {0,3}#{1,6}(?:[ \t]+|$)"), "heading"),
)
_HEADING_ENDS = re.compile(r"[ \t]+#+[ \t]*$")
_BREAK = re.compile(r"\\$")


def is_markdown(article: Article) -> bool:
    """Tell whether an article's text is Markdown, by its file's name."""
    return article.file.lower().endswith(".md")


def looks(article: Article) -> tuple[Look, ...]:
    """Return how the stretches of an article are to be shown, in order of place, each within a line."""
    if is_markdown(article):
        return tuple(sorted(_Markdown(article.text).looks()))
    return tuple(sorted(_of_rows(article)))


def looks_around(article: Article, place: Span) -> list[Look]:
    """Return the looks that overlap a place of a Markdown article; only the paragraphs around it are read."""
    text = article.text
    begin = max((match.end() for match in _BLANK.finditer(text, 0, place.start)), default=0)
    behind = _BLANK.search(text, place.end)
    end = behind.start() if behind else len(text)
    is_code = sum(1 for _ in _ANY_FENCE.finditer(text, 0, begin)) % 2 == 1
    if is_code or end - begin > _LONGEST_PARAGRAPH:
        return []
    found = (
        Look(look.start + begin, look.end + begin, look.kind)
        for look in _Markdown(text[begin:end], is_whole=begin == 0).looks()
    )
    return sorted(look for look in found if look.start < place.end and place.start < look.end)


class _Markdown:
    """Walks through the lines of a Markdown text; a paragraph's are read together, since emphasis may go on."""

    def __init__(self, text: str, *, is_whole: bool = True) -> None:
        self._text = text
        self._tables: dict[int, TableLine] = {line.start: sort for line, sort in table_lines(text)}
        self._paragraph: list[Span] = []
        self._fence: str | None = None
        self._end = 0  # of the line before
        front = read_front_matter(text) if is_whole else None
        self._begin = front.span.end if front else 0

    def looks(self) -> Iterator[Look]:
        for match in _LINE.finditer(self._text, self._begin):
            line = Span(*match.span())
            # A heading by the line below it is known only then.
            if self._fence is None and (self._is_apart(line) or not match[0].strip()):
                yield from self._ended()
            yield from self._of_line(line, match[0])
            self._end = line.end
        yield from self._ended()

    def _is_apart(self, line: Span) -> bool:
        return self._text.count("\n", self._end, line.start) > 1

    def _of_line(self, line: Span, written: str) -> Iterator[Look]:
        fence = _FENCE.fullmatch(written)
        if fence and (self._fence is None or fence["sign"].startswith(self._fence)):
            yield from self._ended()
            self._fence = fence["sign"] if self._fence is None else None
            yield Look(*line, "sign")
        elif self._fence is not None:
            yield Look(*line, "code")
        elif sort := self._tables.get(line.start):
            yield from self._ended()
            yield from self._of_table(line, sort)
        elif self._paragraph and _UNDERLINE.fullmatch(written):
            yield from (Look(*one, "heading") for one in self._paragraph)
            yield from self._ended()
            yield Look(*line, "sign")
        elif _RULE.fullmatch(written):
            yield from self._ended()
            yield from (Look(*line, "sign"), Look(*line, "rule"))
        elif not self._paragraph and _DEFINITION.fullmatch(written):
            yield Look(*line, "sign")
        else:
            yield from self._of_words(line)

    def _of_words(self, line: Span) -> Iterator[Look]:
        """Read what opens a line; the rest goes on with the paragraph, or begins one."""
        place = line.start
        kind: LookKind | None = None
        for pattern, sort in _OPENERS:
            if match := pattern.match(self._text, place, line.end):
                if kind is None or sort != "quotation":
                    yield from self._ended()
                kind, place = sort, match.end()
                yield Look(*match.span(), "sign")
                yield Look(*line, sort)
        if kind == "heading" and (ends := _HEADING_ENDS.search(self._text, place, line.end)):
            yield Look(*ends.span(), "sign")
        if place < line.end:
            self._paragraph.append(Span(place, line.end))
        if kind == "heading":
            yield from self._ended()

    def _ended(self) -> Iterator[Look]:
        """Read the paragraph that ends."""
        lines, self._paragraph = self._paragraph, []
        if lines and lines[-1].end - lines[0].start <= _LONGEST_PARAGRAPH:
            for one in lines[:-1]:
                yield from (Look(*match.span(), "sign") for match in _BREAK.finditer(self._text, *one))
            yield from inline_looks(self._text, lines[0].start, lines[-1].end)

    def _of_table(self, line: Span, sort: TableLine) -> Iterator[Look]:
        if sort == "rule":
            yield Look(*line, "sign")
            return
        yield from _row(line, cells_of(self._text, line), sort)
        for cell in cells_of(self._text, line):
            yield from inline_looks(self._text, *cell)


def _row(line: Span, cells: Sequence[Span], kind: LookKind) -> Iterator[Look]:
    """Return a row and its cells, empty ones too: each reaches to the next, the bars and blanks in it are its edges."""
    yield Look(*line, kind)
    for number, cell in enumerate(cells):
        begin = cell.start if number else line.start
        end = cells[number + 1].start if number + 1 < len(cells) else line.end
        edges = [(begin, cell.start), (cell.end, end)] if cell.start < cell.end else [(begin, end)]
        yield Look(begin, end, "cell")
        yield from (Look(*edge, "edge") for edge in edges if edge[0] < edge[1])


def _of_rows(article: Article) -> Iterator[Look]:
    """Return the rows of the tables that an extraction wrote as lines with bars."""
    starts = [mark.start for mark in article.marks if mark.kind == "cell"]
    if not starts:
        return
    before: tuple[Span, list[Span]] | None = None
    in_table = False
    for match in _LINE.finditer(article.text):
        line = Span(*match.span())
        cells = cells_of(article.text, line) if "|" in match[0] else []
        first = bisect_left(starts, line.start)
        is_row = bool(cells) and first < len(starts) and starts[first] < line.end
        if is_row:
            if not in_table and before and len(before[1]) >= len(cells):
                yield from _row(*before, "head")
            yield from _row(line, cells, "row")
        in_table = is_row
        before = (line, cells) if cells and not is_row else None
