"""A web page's bytes become its tree, without what nobody sees and what would make finding the article slow or fail."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from index.errors import UnreadableArticle
from index.extraction import LIGATURES
from index.page_documents import give_document_shapes
from index.page_folds import IS_HIDDEN, unfold
from index.page_layout import give_headline, layout_tables
from index.page_shapes import give_shapes
from index.reading import decode

if TYPE_CHECKING:  # it takes long to import, and few folders hold web pages
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

MAX_ELEMENTS = 200_000  # here reading takes some 10 seconds
_FEWEST_UNSCRIPTED = 30  # words; fewer ask for a browser with scripts
_SHOWN = "//body//text()[not(ancestor::noscript or ancestor::script or ancestor::template)]"
_STATED_ENCODING = re.compile(
    rb"<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
_UNSEEN = re.compile("[\x00-\x08\v\f\x0e-\x1f\x7f\u00ad\ufeff\ufffe\uffff]")
# The parser takes what stands behind these to stand inside of them.
_VOID = re.compile(r"(?i)</?(?:bgsound|embed|keygen|source|track|wbr)\b[^<>]*>")
# Names and styles of this length are none, and would be read for each line beside them.
_OVERLONG = "//@*[(name()='class' or name()='id' or name()='style' or name()='role') and string-length() > 5000]"
_MAX_ATTRIBUTES = 100  # of an element; each costs some 2 kB when the article is looked for
_ATTRIBUTES_READ = frozenset(
    "alt class colspan content datetime hidden href id itemprop name property rel role rowspan src style type".split()
)
# What a reader of the page doesn't see. A whole page or article may be hidden until a script shows it.
_HIDDEN = f"//*[{IS_HIDDEN}][not(self::html or self::body or self::main or .//h1 or descendant-or-self::article)]"
# What scripts have put beside a formula's own words.
_DRAWN_FORMULA = (
    "//*[contains(concat(' ', @class, ' '), ' MathJax') or contains(concat(' ', @class, ' '), ' katex-html ')]"
    "[not(descendant-or-self::math) and not(.//p)]"
)
# A table with as much text in a cell is there for the layout, and so is one of a single row that tells nothing apart.
_LAYOUT = (
    "//table[.//td[string-length(normalize-space(.)) > 500] or "
    "(count(.//tr) = 1 and not(.//th) and .//td[string-length(normalize-space(.)) > 200])]"
)
_OF_HEADS = frozenset("base link meta noscript script style template title".split())
# The parser compares each attribute of a tag with all others.
_CROWDED_TAG = re.compile(r"""(?i)<[a-z][^\s>]*+(?:\s++[^\s=>"']++(?:\s*=\s*(?:"[^"]*+"|'[^']*+'|[^\s>]++))?+){1000}""")


def page_tree(file: str, content: bytes) -> "HtmlElement":
    """Return a page's tree. Raises UnreadableArticle when it is too large, too deep or in no known encoding."""
    from lxml import etree, html  # type: ignore[import-untyped]  # noqa: PLC0415

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    text = re.sub("[\v\f]", " ", decode(content, file, stated=_stated_encoding(content), mend=True))
    if _CROWDED_TAG.search(text):
        raise UnreadableArticle(file, "it has a tag with over 1,000 attributes. Save the article's part alone.")
    page = html.document_fromstring(_VOID.sub("", text).encode(), parser=parser)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise UnreadableArticle(file, "its tags are nested too deeply (over 2,000). Save the article's part alone.")
    _give_body(page)
    etree.strip_elements(page, "svg", "style", with_tail=False)
    for attribute in page.xpath(_OVERLONG):
        attribute.getparent().attrib.pop(attribute.attrname)
    unfold(page)
    unseen = page.xpath("//template[not(@shadowrootmode)]") + page.xpath(_HIDDEN) + page.xpath(_DRAWN_FORMULA)
    for element in unseen:
        element.clear(keep_tail=True)
        element.tag = "template"
    _show_what_scripts_would(page)
    for formula in page.xpath("//script[starts-with(@type, 'math/tex')]"):  # shown by a script
        formula.tag = "span"
    elements = list(page.iter())
    if len(elements) > MAX_ELEMENTS:
        raise UnreadableArticle(file, f"it has over {MAX_ELEMENTS:,} elements. Save the article's part alone.")
    for element in elements:
        if len(element.attrib) > _MAX_ATTRIBUTES:
            for name in set(element.attrib) - _ATTRIBUTES_READ:
                del element.attrib[name]
        # Characters that XML forbids can come in as references.
        element.text, element.tail = map(_storable, (element.text, element.tail))
    give_shapes(page)
    lay_flat([*page.xpath(_LAYOUT), *layout_tables(page)])
    give_headline(page)
    give_document_shapes(page)
    return page


def lay_flat(tables: Iterable["HtmlElement"]) -> None:
    """Make blocks of tables and of their cells."""
    for table in tables:
        for part in (table, *table.xpath("./tbody|./tr|./tbody/tr|./tr/td|./tbody/tr/td")):
            part.tag = "div"


def _give_body(page: "HtmlElement") -> None:
    """Move out of the head what is shown, where a part of a page was saved without its body."""
    head = page.find("head")
    shown = [] if head is None or page.find("body") is not None else [one for one in head if one.tag not in _OF_HEADS]
    if shown:
        body = page.makeelement("body")
        page.append(body)
        body.extend(shown)


def _show_what_scripts_would(page: "HtmlElement") -> None:
    """Take for the page's own what it says to browsers without scripts, where that is most of what it says."""
    unscripted = page.xpath("//body//noscript[not(ancestor::noscript)]")
    said = sum(len(element.text_content().split()) for element in unscripted)
    if said >= _FEWEST_UNSCRIPTED and said * 2 > len(" ".join(page.xpath(_SHOWN)).split()):
        for element in unscripted:
            element.tag = "div"


def _storable(text: str | None) -> str | None:
    """Return text as `extraction.tidy` leaves it, white space aside."""
    return _UNSEEN.sub("", text).translate(LIGATURES) if text else text


def _stated_encoding(content: bytes) -> str | None:
    """Return what a page says of its encoding, which is often wrong."""
    stated = _STATED_ENCODING.search(content[:4096])
    return stated[1].decode() if stated else None
