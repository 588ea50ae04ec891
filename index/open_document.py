"""An OpenDocument text becomes text, title, publisher and date; the text is an extraction, stored as it was made."""

from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING

from index.archives import Package
from index.article_lists import stated_name
from index.blocks import Run, Table, blocks_as_text, joined
from index.cell_marks import Cell
from index.errors import UnreadableArticle
from index.extraction import Extraction, naming, shown_title
from index.headers import read_header
from index.open_numbers import OpenNumbers

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

MAX_PARAGRAPHS = 200_000
_MAX_REPEATED = 1_000  # what a row, a cell or a space claims to be repeated is a number in the file
_MAX_CELLS = 200_000

_SPACES = {
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_KIND = "application/vnd.oasis.opendocument.text"
_LEFT_OUT = frozenset(
    "tracked-changes annotation annotation-end hidden-text hidden-paragraph note-citation forms desc title "
    "sequence-decls variable-decls user-field-decls index-title-template binary-data".split()
)
_SIGNS = {"tab": " ", "line-break": "\n", "soft-page-break": ""}


def extract_odt(file: str, content: bytes) -> Extraction:
    """Return the paragraphs, tables and notes of an OpenDocument text, changes accepted. Raises UnreadableArticle."""
    with naming(file, "an OpenDocument text", "lxml"):
        package = Package(file, content)
        kind = package.read("mimetype").decode("ascii", "replace").strip() if "mimetype" in package else _KIND
        if not kind.startswith(_KIND):
            raise UnreadableArticle(file, "it is no text but another kind of OpenDocument. Save its text as .odt.")
        if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise UnreadableArticle(file, "it is encrypted. Save it without a password.")
        root = package.xml("content.xml")
        if len(root.findall(".//text:p", _SPACES)) > MAX_PARAGRAPHS:
            raise UnreadableArticle(file, f"it has over {MAX_PARAGRAPHS:,} paragraphs. Split it.")
        styles = [root, package.xml("styles.xml")] if "styles.xml" in package else [root]
        reader = _Reader(file, styles)
        body = root.find("office:body/office:text", _SPACES)
        blocks = [*reader.blocks(body), *reader.notes()] if body is not None else []
        text, marks = blocks_as_text(blocks)
        stated = package.xml("meta.xml").findtext(".//dc:title", None, _SPACES) if "meta.xml" in package else None
    if not text:
        raise UnreadableArticle(file, "it holds no text. Remove it, or save its text.")
    header = read_header(text, markdown=False)
    title = stated_name(reader.title) or shown_title(stated, text, header)
    return Extraction(text, replace(header, title=title), f"lxml {version('lxml')}", marks)


class _Reader:
    def __init__(self, file: str, styles: "list[_Element]") -> None:
        self.title = ""
        self._numbers = OpenNumbers(styles)
        self._file = file
        self._cells = self._in_cells = 0
        self._notes: list[_Element] = []
        struck = "@style:text-line-through-style[.!='none'] or @style:text-line-through-type[.!='none']"
        hidden = f".//style:style[style:text-properties[@text:display='none' or {struck}]]/@style:name"
        # "super 58%", or how far up: "33% 80%"
        high = "starts-with(@style:text-position, 'super') or number(substring-before(@style:text-position, '%')) > 0"
        raised = f".//style:style[style:text-properties[{high}]]/@style:name"
        titled = ".//style:style[@style:parent-style-name='Title']/@style:name"
        self._hidden, self._raised, self._titled = (
            {str(name) for root in styles for name in root.xpath(path, namespaces=_SPACES)}
            for path in (hidden, raised, titled)
        )
        self._titled.add("Title")

    def blocks(self, parent: "_Element") -> Iterator[str | Table]:
        """Yield the paragraphs and tables below `parent`, in order."""
        for child in parent:
            name = _name(child)
            if name in ("p", "h"):
                yield from self._paragraph(child)
            elif name == "table":
                yield self._table(child)
            elif name == "list":
                self._numbers.begin_list(child)
                yield from self.blocks(child)
                self._numbers.end_list()
            elif name not in _LEFT_OUT and not _is_hidden(child):
                if name == "list-item":
                    self._numbers.begin_item(child)
                yield from self.blocks(child)

    def notes(self) -> Iterator[str | Table]:
        """Yield the paragraphs of the notes that the paragraphs read so far have, and of theirs."""
        for note in self._notes:
            yield from self.blocks(note)

    def _paragraph(self, paragraph: "_Element") -> Iterator[str | Table]:
        style = _attribute(paragraph, "text", "style-name")
        if style in self._hidden:
            return
        boxes: list[_Element] = []
        text = joined(self._runs(paragraph, False, boxes))
        if style in self._titled and not self.title:
            self.title = text
        number = self._numbers.before(paragraph) if text.strip() and not self._in_cells else ""
        yield number + text
        for box in boxes:
            yield from self.blocks(box)

    def _runs(self, parent: "_Element", is_raised: bool, boxes: "list[_Element]") -> Iterator[Run]:
        """Yield what a paragraph says; puts the text boxes and notes in it aside."""
        yield Run(parent.text or "", is_raised)
        for child in parent:
            name, style = _name(child), _attribute(child, "text", "style-name")
            if name == "s":
                yield Run(" ", is_raised)  # however many blanks it stands for
            elif name in _SIGNS:
                yield Run(_SIGNS[name], is_raised)
            elif name == "note":
                self._notes += child.findall("text:note-body", _SPACES)
                yield Run(child.findtext("text:note-citation", "", _SPACES), is_raised=True, is_note=True)
            elif name not in _LEFT_OUT and child.find("text:p", _SPACES) is not None:  # a text box, a shape
                boxes.append(child)
            elif name not in _LEFT_OUT and style not in self._hidden:
                yield from self._runs(child, is_raised or style in self._raised, boxes)
            yield Run(child.tail or "", is_raised)

    def _table(self, table: "_Element") -> Table:
        rows: list[list[Cell]] = []
        heads = 0
        merged: dict[int, tuple[Cell, int]] = {}  # by column, the cell that reaches down, and for how many rows
        for row in table.iterfind(".//table:table-row", _SPACES):
            if next(row.iterancestors(f"{{{_SPACES['table']}}}table")) is not table:
                continue  # of a table in a cell, which is read with it
            heads += _name(row.getparent()) == "table-header-rows" and heads == len(rows)
            rows.append(self._row(row, merged))
            self._cells += len(rows[-1])
            if self._cells > _MAX_CELLS:
                raise UnreadableArticle(self._file, f"it has over {_MAX_CELLS:,} cells in tables. Split it.")
        return Table(rows, heads)

    def _row(self, row: "_Element", merged: dict[int, tuple[Cell, int]]) -> list[Cell]:
        """Return a row's cells, those that reach into it from above among them; `merged` is brought up to date."""
        cells: list[Cell] = []
        column = 0
        for element in row:
            above, left = merged.pop(column, (None, 0))
            if _name(element) == "covered-table-cell":
                if above is not None:
                    cells.append(Cell(above, column, len(above.columns), is_repeated=True))
                    merged |= {column: (above, left - 1)} if left > 1 else {}
                column += _number(element, "table", "number-columns-repeated")
                continue
            self._in_cells += 1
            text = "\n".join(
                block if isinstance(block, str) else "\n".join(" ".join(filter(None, one)) for one in block.rows)
                for block in self.blocks(element)
            )
            self._in_cells -= 1
            width, height = (_number(element, "table", f"number-{side}-spanned") for side in ("columns", "rows"))
            for _ in range(_number(element, "table", "number-columns-repeated")):
                cells.append(Cell(text, column, width, is_merged=height > 1))
                if height > 1:
                    merged[column] = (cells[-1], height - 1)
                column += 1  # what a cell covers beside it is said to be covered
        while cells and not cells[-1]:
            cells.pop()
        return cells


def _name(element: "_Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _attribute(element: "_Element", space: str, name: str) -> str:
    return str(element.get(f"{{{_SPACES[space]}}}{name}", ""))


def _number(element: "_Element", space: str, name: str) -> int:
    stated = _attribute(element, space, name)
    return min(int(stated), _MAX_REPEATED) if stated.isdecimal() and len(stated) < 9 else 1


def _is_hidden(section: "_Element") -> bool:
    return _attribute(section, "text", "display") in ("none", "condition")
