"""Pages of the days before style sheets are laid out by tables, and their headlines are set in a larger font."""

from typing import TYPE_CHECKING

from index.page_signs import said
from index.page_words import BLOCKS

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_BARE_TABLES = "//table[not(./tr/th or ./*/tr/th)]"
_CELLS = "./tr/td|./tbody/tr/td"
# What a cell of figures or names doesn't hold.
_LAID_OUT = (
    ".//h1|.//h2|.//h3|.//h4|.//p[2]|.//br/following-sibling::*[1][self::br]"
    "|.//p[preceding-sibling::br or preceding-sibling::text()[normalize-space()]]"
)
_LEAST_SHARE = 0.6  # of a table's characters that stand in the cell of its text
_LEAST_WORDS = 20  # in it
_SIZES = frozenset("+2 +3 +4 +5 +6 5 6 7".split())
_LONGEST_HEADLINE = 150  # characters
_MOST_LARGE = 50  # lines in a larger font; a page with more has no headline among them, and takes long


def layout_tables(page: "HtmlElement") -> list["HtmlElement"]:
    """Return the tables of a page that only place what is in them: other tables, or a text and what is beside it."""
    return [table for table in page.xpath(_BARE_TABLES) if table.find(".//table") is not None or _places_a_text(table)]


def _places_a_text(table: "HtmlElement") -> bool:
    cells = {cell: said(cell) for cell in table.xpath(_CELLS)}
    if not cells:
        return False
    main = max(cells, key=lambda cell: len(cells[cell]))
    is_most = len(cells[main]) > _LEAST_SHARE * sum(map(len, cells.values()))
    return is_most and len(cells[main].split()) >= _LEAST_WORDS and bool(main.xpath(_LAID_OUT))


def give_headline(page: "HtmlElement") -> None:
    """Make a heading of the line in a larger font that leads a text, where a page has no heading and one such line."""
    if next(page.iter("h1", "h2"), None) is not None:
        return
    large = [font for font in page.iter("font") if (font.get("size") or "").strip() in _SIZES]
    large = [font for font in large if _leads_a_text(font)] if len(large) <= _MOST_LARGE else []
    if len(large) == 1:
        large[0].tag = "h1"


def _leads_a_text(font: "HtmlElement") -> bool:
    """Tell whether a short text in a font of its own stands on a line of its own, with paragraphs below it."""
    text = said(font)
    if not 0 < len(text) <= _LONGEST_HEADLINE or any(one.tag in ("a", "table") for one in font.iterancestors()):
        return False
    line = font
    while (around := line.getparent()) is not None and (around.tag not in BLOCKS or around.tag in ("p", "center")):
        if said(around) != text:
            return False
        line = around
    before, behind = line.getprevious(), line.getnext()
    beside = (line.tail or "") + (
        (before.tail if before is not None else around.text if around is not None else "") or ""
    )
    is_alone = all(one is None or one.tag == "br" or one.tag in BLOCKS for one in (before, behind))
    return is_alone and not beside.strip() and next(line.itersiblings("p"), None) is not None
