"""A book in EPUB becomes an article for each chapter, in the order of reading; its pages are read as web pages are."""

import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from index.archives import DamagedPart, Package
from index.article_lists import stated_date, stated_name
from index.errors import UnreadableArticle
from index.extraction import Extraction, naming
from index.headers import Header
from index.parts import Part, Unread
from index.web_pages import extract_whole

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

MAX_CHAPTERS = 2_000

# Where a page of the printed book begins: its number, in the middle of a sentence.
_PAGE_NUMBERS = (
    "//*[@*[name()='epub:type' and contains(., 'pagebreak')] or @role='doc-pagebreak'"
    " or contains(concat(' ', @class, ' '), ' pagenum ')][string-length(normalize-space(.)) < 20]"
)

_SPACES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_PAGES = frozenset({"application/xhtml+xml", "text/html"})
_FONT_SCRAMBLING = (b"http://www.idpf.org/2008/embedding", b"http://ns.adobe.com/pdf/enc#RC")


def read_epub(file: str, content: bytes) -> list[Part]:
    """Return the chapters of a book. Raises UnreadableArticle."""
    with naming(file, "an EPUB book", "lxml"):
        package = Package(file, content)
        _refuse_if_locked(file, package)
        container = package.xml("META-INF/container.xml")
        paths = container.xpath("//*[local-name()='rootfile']/@full-path")
        if not paths:
            raise UnreadableArticle(file, "it names no book inside. Export it again.")
        book = package.xml(str(paths[0]))
        header = _header(book)
        pages = _pages(book, posixpath.dirname(str(paths[0])))
        if len(pages) > MAX_CHAPTERS:
            raise UnreadableArticle(file, f"it has over {MAX_CHAPTERS:,} chapters. Split it.")
        return [found for page in pages if (found := _chapter(file, package, page, header))]


def _refuse_if_locked(file: str, package: Package) -> None:
    if "META-INF/encryption.xml" not in package:
        return
    listed = package.xml("META-INF/encryption.xml")
    algorithms = listed.xpath("//*[local-name()='EncryptedData']/*[local-name()='EncryptionMethod']/@Algorithm")
    if any(str(one).encode() not in _FONT_SCRAMBLING for one in algorithms):
        raise UnreadableArticle(file, "it is protected against copying. Footnote reads books without protection only.")


def _header(book: "_Element") -> Header:
    title = next((stated_name(one.text) for one in book.iterfind(".//dc:title", _SPACES)), None)
    publisher = next((stated_name(one.text) for one in book.iterfind(".//dc:publisher", _SPACES)), None)
    authors = [name for one in book.iterfind(".//dc:creator", _SPACES) if (name := stated_name(one.text))]
    dates = book.findall(".//dc:date", _SPACES)
    events = {one.get(f"{{{_SPACES['opf']}}}event", "publication"): stated_date(one.text) for one in reversed(dates)}
    return Header(title, publisher, events.get("publication"), ", ".join(authors) or None)


def _pages(book: "_Element", folder: str) -> list[str]:
    """Return the paths of the book's pages in the order of reading, without its table of contents."""
    items = {item.get("id"): item for item in book.iterfind(".//opf:manifest/opf:item", _SPACES)}
    listed = (items.get(one.get("idref")) for one in book.iterfind(".//opf:spine/opf:itemref", _SPACES))
    return [
        posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        for item in listed
        if item is not None and item.get("media-type") in _PAGES and "nav" not in item.get("properties", "").split()
    ]


def _chapter(file: str, package: Package, page: str, header: Header) -> Extraction | Unread | None:
    """Return a chapter, or why it could not be read; None for a page of pictures alone."""
    name = posixpath.basename(page)
    if page not in package:
        return Unread(f"its page {name} is missing. Export the book again.")
    content = b""
    try:
        content = package.read(page)
        found = extract_whole(file, content, _PAGE_NUMBERS)
    except DamagedPart as error:
        return Unread(f"its page {name} could not be read: {error.reason}")
    except UnreadableArticle as error:
        if not content:  # more than this page is wrong
            raise
        return Unread(f"its page {name} could not be read: {error.reason}") if _says_anything(content) else None
    chapter = found.header.title
    title = f"{header.title}: {chapter}" if header.title and chapter not in (None, header.title) else header.title
    stated = replace(
        found.header,
        title=title or chapter,
        publisher=header.publisher or found.header.publisher,
        published=header.published or found.header.published,
        author=found.header.author or header.author,  # a collection's chapters have writers of their own
    )
    return found._replace(header=stated)


def _says_anything(content: bytes) -> bool:
    from lxml import etree, html  # type: ignore[import-untyped]  # noqa: PLC0415

    try:
        body = html.document_fromstring(content).find("body")
    except etree.LxmlError:  # of an empty page
        return False
    return body is not None and bool(body.text_content().strip())
