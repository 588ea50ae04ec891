"""What a page shows by its looks takes the tags of what it is, before it is read.

Tables of blocks, by their roles or by rows of short cells that hold figures; terms beside what is said of them; notes
in the margin, which stand in the middle of a sentence.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.cell_marks import is_figure, is_wordy
from index.page_signs import said
from index.page_words import BLOCKS

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

# As ARIA calls the parts of a table.
_ROLES = {
    **dict.fromkeys(("table", "grid", "treegrid"), "table"),
    "rowgroup": "tbody",
    "row": "tr",
    **dict.fromkeys(("columnheader", "rowheader"), "th"),
    **dict.fromkeys(("cell", "gridcell"), "td"),
}
_HAS_TABLES = "boolean(//*[@role='table' or @role='grid' or @role='treegrid'][not(self::table)])"
_LONGEST_CELL = 40  # characters
_LONGEST_TERM = 60
_LONGEST_DETAIL = 80
_NO_PART_OF_A_CELL = BLOCKS | {"a", "time", "button"}
_CELLS = frozenset("div span p strong b em dt dd".split())
_PAUSED = re.compile(r"[.!?…:;,]$")
_MARGIN_NOTE = re.compile(r"(?i)(?:^|\s)(?:side|margin)-?note(?:\s|$)")


def give_shapes(page: "HtmlElement") -> None:
    """Give the parts of a page that are shaped by their looks the tags of what they are."""
    if page.xpath(_HAS_TABLES):
        _name_by_role(page)
    for rows in page.xpath("//*[self::div or self::section or self::ul or self::ol][count(*) > 1]"):
        _make_table(rows)
    for terms in page.xpath("//dl"):
        _join_terms(terms)
    for note in page.xpath("//*[self::span or self::small or self::label][@class]"):
        if _MARGIN_NOTE.search(note.get("class")) and len(said(note).split()) > 1:
            _move_behind(note)


def _name_by_role(page: "HtmlElement") -> None:
    """Give the parts of tables of blocks a table's tags, in one walk: tables may stand in tables by the thousand."""
    inside: set[HtmlElement] = set()
    for part in page.iter():
        tag = _ROLES.get(part.get("role") or "", part.tag)
        if part.getparent() in inside or (tag == "table" and part.tag != "table"):
            inside.add(part)
            part.tag = tag


def _make_table(rows: "HtmlElement") -> None:
    """Make a table of blocks that all have the same number of short cells, figures in a column and words in another."""
    first = rows[0]
    like = (first.tag, first.get("class"), len(first))
    if (
        first.tag not in ("div", "li")
        or len(first) < 2
        or any((one.tag, one.get("class"), len(one)) != like for one in rows)
    ):
        return
    if any(_has_own_text(one) for one in (rows, *rows)) or any(not _is_cell(cell) for row in rows for cell in row):
        return
    columns = list(zip(*([said(cell) for cell in row] for row in rows), strict=True))
    if not (any(map(_is_of_figures, columns)) and any(map(is_wordy, columns))):
        return
    rows.tag = "table"
    for row in rows:
        row.tag = "tr"
        for cell in row:
            cell.tag = "td"


def _has_own_text(element: "HtmlElement") -> bool:
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


def _is_cell(element: "HtmlElement") -> bool:
    if element.tag not in _CELLS or any(one.tag in _NO_PART_OF_A_CELL for one in element.iterdescendants()):
        return False  # before its text is read: blocks stand in blocks by the thousand
    return 0 < len(said(element)) <= _LONGEST_CELL


def _is_of_figures(column: Sequence[str]) -> bool:
    return all(map(is_figure, column[1:])) and (is_figure(column[0]) or len(column) > 2)


def _join_terms(terms: "HtmlElement") -> None:
    """Put a short term on one line with the short detail that stands below it: "Child: 3.10"."""
    parts = terms.xpath("./dt|./dd|./div/dt|./div/dd")  # no list within it, which has a turn of its own
    for before, term, detail, behind in zip([None, *parts], parts, parts[1:], [*parts[2:], None], strict=False):
        is_pair = term.tag == "dt" and detail.tag == "dd" and (behind is None or behind.tag == "dt")
        if (
            not is_pair
            or (before is not None and before.tag == "dt")
            or any(one.tag in BLOCKS for one in detail.iterdescendants())
        ):
            continue
        name = said(term)
        if 0 < len(name) <= _LONGEST_TERM and 0 < len(said(detail)) <= _LONGEST_DETAIL:
            text, detail.text = detail.text, None
            detail.insert(0, term)
            term.tag, term.tail = "span", (" " if _PAUSED.search(name) else ": ") + (text or "")


def _move_behind(note: "HtmlElement") -> None:
    """Make a note in the margin a paragraph of its own behind the block in whose sentence it stands."""
    block = next((one for one in note.iterancestors() if one.tag in BLOCKS), None)
    if block is None:
        return
    parent = note.getparent()
    before = note.getprevious()
    if before is None:
        parent.text = (parent.text or "") + (note.tail or "")
    else:
        before.tail = (before.tail or "") + (note.tail or "")
    note.tail = None
    note.tag = "p"
    if block.tag == "p":
        block.addnext(note)
    else:
        block.append(note)
