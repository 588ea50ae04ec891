"""Documents of word processors that were saved as pages: their titles are paragraphs, their notes stand at the end."""

import re
from itertools import islice
from typing import TYPE_CHECKING

from index.page_words import BLOCKS

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_TITLE = re.compile(r"(?:^|\s)(?:title|MsoTitle)(?:\s|$)")
_TITLES = "//p[contains(@class, 'title') or contains(@class, 'Title')]"
_FIRST_TEXT = "(//body//text()[normalize-space()][not(ancestor::script or ancestor::template)])[1]"
_LOWER = {"h1": "h2", "h2": "h3", "h3": "h4", "h4": "h5", "h5": "h6"}
_MOST_LINKS = 3_000  # within a page; no document has as many notes, and more take long
_LONGEST_SIGN = 12  # characters
_HOLDERS = 3  # elements around a sign that may hold its name


def give_document_shapes(page: "HtmlElement") -> None:
    """Make the title a heading, and name the notes that link to their signs in the text and are linked from there."""
    titles = [one for one in page.xpath(_TITLES) if _TITLE.search(one.get("class"))]
    first = page.xpath(_FIRST_TEXT)
    if len(titles) == 1 and first and _is_in(first[0].getparent(), titles[0]):
        for heading in list(page.iter(*_LOWER)):
            heading.tag = _LOWER[heading.tag]
        titles[0].tag = "h1"
    links = [link for link in page.iter("a") if (link.get("href") or "").startswith("#")]
    if len(links) > _MOST_LINKS:
        return
    named: dict[str, HtmlElement] = {}
    for one in page.iter("a", "sup", "span"):
        for name in _names(one):
            named.setdefault(name, one)
    for link in links:
        block = _block_of(link)
        if block is not None and block.tag not in ("h1", "h2", "h3", "h4", "h5", "h6") and _begins(block, link):
            sign = named.get(link.get("href")[1:])
            if sign is not None and _leads_to(sign, link, block):
                block.set("role", "doc-footnote")


def _is_in(element: "HtmlElement | None", outer: "HtmlElement") -> bool:
    return element is not None and (element is outer or any(one is outer for one in element.iterancestors()))


def _names(element: "HtmlElement") -> set[str]:
    return {name for name in (element.get("id"), element.get("name")) if name}


def _block_of(element: "HtmlElement") -> "HtmlElement | None":
    return next((one for one in element.iterancestors() if one.tag in BLOCKS), None)


def _beginning(element: "HtmlElement") -> str:
    """Return the first words in an element, white space aside."""
    return "".join("".join(islice(element.itertext(), 8)).split())[: _LONGEST_SIGN + 1]


def _begins(block: "HtmlElement", link: "HtmlElement") -> bool:
    """Tell whether a block begins with a short link."""
    sign = _beginning(link)
    return 0 < len(sign) <= _LONGEST_SIGN and _beginning(block).startswith(sign)


def _leads_to(sign: "HtmlElement", link: "HtmlElement", block: "HtmlElement") -> bool:
    """Tell whether a sign in a sentence leads to a note's own link, or to what stands around that."""
    leading = next(iter([*islice(sign.iter("a"), 1), *islice(sign.iterancestors("a"), 1)]), None)
    text = None if leading is None else _block_of(leading)
    if leading is None or text is None or text is block or _begins(text, leading):
        return False
    around = [link, *islice(link.iterancestors(), _HOLDERS)]
    return (leading.get("href") or "").lstrip("#") in {name for one in around for name in _names(one)}
