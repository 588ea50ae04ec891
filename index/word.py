"""A Word file becomes text, title, publisher and date; the text is an extraction, stored as it was made."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING

from index.article_lists import stated_name
from index.errors import UnreadableArticle
from index.extraction import Extraction, naming, shown_title, tidy
from index.headers import read_header
from index.records import Mark
from index.word_lines import Lines
from index.word_numbers import Numbers, numbers_of
from index.word_package import named_styles, notes, open_word, styles_with
from index.word_tables import table_lines
from index.word_xml import attribute, select

if TYPE_CHECKING:  # it takes long to import, and few folders hold such files
    from docx.document import Document

    from index.word_xml import Element

# What stands in a text box comes twice, the second time for old versions of Word.
_NOT_TWICE = "[not(ancestor::*[local-name()='Fallback'])]"
_PARTS = f"(.//w:p[not(ancestor::w:tr)]|.//w:tbl[not(ancestor::w:tr)]){_NOT_TWICE}"
_ROWS = "./w:tr|./w:sdt/w:sdtContent/w:tr|./w:ins/w:tr|./w:customXml/w:tr"
_HIDDEN = "w:vanish[not(@w:val='0' or @w:val='false' or @w:val='off')]"
_RAISED = "w:vertAlign[@w:val='superscript']"

# A large first letter stands in a paragraph of its own; one whose end was deleted is one with the next.
_GOES_ON = "./w:pPr/w:framePr[@w:dropCap and not(@w:dropCap='none')]|./w:pPr/w:rPr/w:del"

_Line = tuple[str, tuple[Mark, ...]]


def extract_docx(file: str, content: bytes) -> Extraction:
    """Return the lines and tables of a Word file, its tracked changes accepted. Raises UnreadableArticle."""
    with naming(file, "a Word file", "docx"):
        document = open_word(file, content)
        lines = Lines(*(frozenset(styles_with(document, test)) for test in (_HIDDEN, _RAISED)))
        found = [*_lines(document.element.body, lines, numbers_of(document))]
        for note in notes(document):
            found += _lines(note, lines, None)
        text, marks = _joined(found)
        header = read_header(text, markdown=False)
        title = _styled_title(document, lines) or shown_title(document.core_properties.title, text, header)
    if not text:
        raise UnreadableArticle(file, "it holds no text. Remove it, or save its text.")
    return Extraction(text, replace(header, title=title), f"python-docx {version('python-docx')}", marks)


def _lines(parent: "Element", lines: Lines, numbers: Numbers | None) -> Iterator[_Line]:
    """Yield the paragraphs and the rows of tables, in order."""
    begun = ""  # what goes on in the next paragraph
    for part in select(parent, _PARTS):
        if part.tag.endswith("}tbl"):
            yield from table_lines(select(part, _ROWS), lambda cell: _cell_text(cell, lines))
            continue
        text, number = lines.text(part), numbers.before(part) if numbers else ""
        text = number + text if text.strip() else text
        if select(part, _GOES_ON) or (begun and not text.strip()):
            begun += text.lstrip() if not begun else text
        else:
            yield begun + text, ()
            begun = ""
    if begun:
        yield begun, ()


def _cell_text(cell: "Element", lines: Lines) -> str:
    texts = (lines.text(paragraph) for paragraph in select(cell, f"(.//w:p){_NOT_TWICE}"))
    return tidy(texts)


def _joined(found: Iterable[_Line]) -> tuple[str, tuple[Mark, ...]]:
    """Return lines as one text and its marks; the lines with marks are tidy already."""
    parts: list[str] = []
    marks: list[Mark] = []
    length = 0
    for line, own in found:
        if text := line if own else tidy([line]):
            marks += (mark._replace(start=mark.start + length, end=mark.end + length) for mark in own)
            parts.append(text)
            length += len(text) + 1
    return "\n".join(parts), tuple(marks)


def _styled_title(document: "Document", lines: Lines) -> str | None:
    """Return the first paragraph in the style Title, else the only one in the first style of headings."""
    for name in ("title", "heading 1"):
        styles = named_styles(document, name)
        styled = select(document.element.body, ".//w:p[w:pPr/w:pStyle]")
        found = [part for part in styled if attribute(part.find("./{*}pPr/{*}pStyle"), "val") in styles]
        titles = [title for part in found if (title := stated_name(lines.text(part)))]
        if titles and (name == "title" or len(titles) == 1):
            return titles[0]
    return None
