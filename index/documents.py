"""HTML, PDF and Word files become text, title, publisher and date; the text is an extraction, stored as it was made.

What a document doesn't state of itself stays None, no date is guessed, and nothing outside the file is looked at.
"""

import io
import logging
import re
import time
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from index.article_lists import read_page_fields, stated_date, stated_name
from index.errors import UnreadableArticle
from index.headers import MAX_DATELINE, MAX_TITLE, Header, read_header
from index.page_tree import page_tree

if TYPE_CHECKING:  # these libraries take up to half a second to import, and few folders hold such files
    from docx.oxml.xmlchemy import BaseOxmlElement
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

MAX_PAGES = 2_000
MAX_PDF_SECONDS = 60
MAX_UNPACKED = 50_000_000  # bytes; a Word file is a zip, which may unpack to a thousand times its size
MAX_PARAGRAPHS = 200_000  # as many take some 10 seconds

_UNSEEN = re.compile("[\x00-\x08\v\f\x0e-\x1f\x7f\u00ad\ufeff\ufffe\uffff]")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})

_NOT_THE_ARTICLE = [
    "//noscript",
    "//*[self::div or self::section or self::ul][contains(concat(' ', @class, ' ', @id), ' related')]"
    "[not(.//h1) and string-length(normalize-space(.)) < 2000]",
    # The teaser of another story: its headline is a link.
    "//article[.//h2//a or .//h3//a or .//a//h2 or .//a//h3]"
    "[not(.//h1) and not(ancestor::article) and string-length(normalize-space(.)) < 600]",
]
_BESIDE = """ancestor-or-self::*[self::aside or self::nav or self::footer or not(self::body or self::html) and
    re:test(@class, 'related|sidebar|comment|recommend|popular|trending|teaser|card|footer|latest|most-|more-', 'i')]"""
_CHANGED = re.compile("(?i)updat|modif|edit|correct")

_NO_TITLE = re.compile(
    r"(?i)þÿ.*|microsoft \w+ - .*|untitled.*|(?:word )?document ?\d*|(?:powerpoint )?presentation ?\d*|slide ?\d*"
    r"|.*\.(?:docx?|pptx?|xlsx?|pdf|indd|qxp|tex|rtf|odt|pages|txt|html?)"
)
_GOES_ON = "\v"  # stands for a line break inside a paragraph while lines are joined
_HYPHENATED = re.compile(rf"(\w+)[-\u2010\u00ad]{_GOES_ON}(\w+)")
_ITEM = re.compile(r"[•●▪◦‣*]\s|\(?\d{1,3}[.)]\s")
_CLOSED = re.compile(r"[.!?:][\"'”’)\]]*$")
# What stands in a text box comes twice, the second time for old versions of Word.
_NOT_TWICE = "[not(ancestor::*[local-name()='Fallback'])]"
_WORD_LINES = f"(.//w:p[not(ancestor::w:tr)]|.//w:tr[not(ancestor::w:tr)]){_NOT_TWICE}"
_WORD_SIGNS = "(.//w:t|.//w:tab|.//w:br|.//w:cr|.//w:noBreakHyphen)[not(ancestor::w:moveFrom)]"
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


class Extraction(NamedTuple):
    """What a document says; `extractor` names what read it, with its version."""

    text: str
    header: Header
    extractor: str


def extract_html(file: str, content: bytes) -> Extraction:
    """Return the article in a web page, without menus, teasers, comments and scripts. Raises UnreadableArticle."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - see TYPE_CHECKING above

    with _naming(file, "a web page", "trafilatura"):
        page = page_tree(file, content)
        header, marked_up = read_page_fields(page)
        header = replace(header, published=header.published or _date_in_page(page))
        found = bare_extraction(page, include_comments=False, favor_precision=True, prune_xpath=_NOT_THE_ARTICLE)
    assert not isinstance(found, dict)  # only the deprecated form of the call returns one
    text = _tidy(map(_without_marks, ((found.text if found else "") or marked_up).splitlines()))
    if not text:
        raise UnreadableArticle(file, "it holds no article; scripts may have to fetch it. Save it from a browser.")
    return Extraction(text, header, f"trafilatura {version('trafilatura')}")


def _date_in_page(page: "HtmlElement") -> date | None:
    """Return the date of publication that is marked up in the article's own part of the page, if there is just one."""
    own = page.xpath("//article[.//h1]") or page.xpath("//article")
    scope = own[0] if len(own) == 1 else page
    marked, others = [], []
    for element in scope.xpath(".//time|.//*[@itemprop='datePublished']")[:200]:  # a page with more is a calendar
        if element.xpath(_BESIDE, namespaces={"re": "http://exslt.org/regular-expressions"}):
            continue
        kind = f"{element.get('itemprop', '')} {element.get('class', '')}".lower()
        shown = element.xpath("string(preceding::text()[normalize-space()][1])") + element.text_content()
        if "published" in kind or "pubdate" in element.attrib:
            marked.append(element)
        # A correction's time is not that of publication, and one in a paragraph belongs to what it tells.
        elif len(element.xpath("string(ancestor::p)")) <= MAX_DATELINE and not _CHANGED.search(kind + shown):
            others.append(element)
    for candidates in (marked, others):
        stated = {stated_date(one.get("datetime") or one.get("content") or one.text_content()) for one in candidates}
        if len(stated) == 1:
            return stated.pop()
    return None


def _without_marks(line: str) -> str:
    """Return a line of trafilatura's without the marks that it puts around lists and tables."""
    if not line.startswith("|"):
        return line.strip().removeprefix("- ")
    cells = (cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", line))
    return " | ".join(cell for cell in cells if cell.strip("-"))


def extract_pdf(file: str, content: bytes) -> Extraction:
    """Return the text of a PDF, its broken lines joined. Raises UnreadableArticle, also for scanned pages."""
    with _naming(file, "a PDF", "pypdf"):
        pages, stated = _pdf_pages(file, content)
    text = _tidy(_joined_lines(_without_running_heads(pages)))
    if not text:
        raise UnreadableArticle(file, "it holds no text; scanned pages must go through text recognition (OCR) first.")
    header = read_header(text, markdown=False)
    return Extraction(text, replace(header, title=_title(stated, text, header)), f"pypdf {version('pypdf')}")


def _pdf_pages(file: str, content: bytes) -> tuple[list[list[str]], object]:
    """Return the lines of each page, and the title among the metadata."""
    from pypdf import PdfReader, errors  # noqa: PLC0415

    deadline = time.monotonic() + MAX_PDF_SECONDS

    def stop_when_late(*_: object) -> None:  # called at each drawing operation: one page may hold millions
        if time.monotonic() > deadline:
            raise UnreadableArticle(file, f"its text took longer than {MAX_PDF_SECONDS} seconds to read. Split it.")

    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableArticle(file, "it is encrypted. Save it without a password.")
    if len(reader.pages) > MAX_PAGES:
        raise UnreadableArticle(file, f"it has {len(reader.pages):,} pages; {MAX_PAGES:,} are read. Split it.")
    pages = []
    for page in reader.pages:
        try:
            text = page.extract_text(visitor_operand_before=stop_when_late)
        except errors.LimitReachedError:  # a map or a chart: no page of text takes millions of operations
            text = ""
        stop_when_late()
        pages.append([" ".join(line.split()) for line in text.splitlines() if line.strip()])
    with suppress(Exception):  # a broken title is none
        return pages, reader.metadata.title if reader.metadata else None
    return pages, None


def _without_running_heads(pages: list[list[str]]) -> list[str]:
    """Return the lines of all pages without what stands at the top or foot of most of them, numbers aside."""
    for edge in (0, -1, 0, -1):
        edges = [re.sub(r"\d+", "#", page[edge]) if page else "" for page in pages]
        often = {line for line, count in Counter(edges).items() if line and count > max(1, len(pages) // 2)}
        for number, (page, line) in enumerate(zip(pages, edges, strict=True)):
            # The first page's top line may be the title, which the others repeat.
            if line in often and (number or edge):
                del page[edge]
    return [line for page in pages for line in page]


def _joined_lines(lines: list[str]) -> list[str]:
    """Undo the line breaks of printed pages: a full line goes on in the next, a short one ends its paragraph."""
    lengths = sorted(map(len, lines)) or [0]
    width = lengths[len(lengths) * 4 // 5]  # of the columns: a few lines, such as headlines, may be wider
    words = set(re.findall(r"\w+(?:-\w+)*", "\n".join(lines)))

    def joined(match: re.Match[str]) -> str:
        first, second = match.groups()
        # The hyphen is the word's own before a capital, and where the text has it in the middle of a line.
        own = not second[0].islower() or (f"{first}-{second}" in words and first + second not in words)
        return f"{first}-{second}" if own else first + second

    parts = []
    for last, line in pairwise(["", *lines]):
        goes_on = line[0].islower() or last.endswith("-") or (len(last) > width * 0.7 and not _CLOSED.search(last))
        parts += [_GOES_ON if goes_on and last and not _ITEM.match(line) else "\n", line]
    return _HYPHENATED.sub(joined, "".join(parts)).replace(_GOES_ON, " ").split("\n")


def _title(stated: object, text: str, header: Header) -> str | None:
    """Return the title among a file's metadata, unless it is a file's name or the text shows another."""
    title = stated_name(stated)
    if not title or " " not in title or len(title) > MAX_TITLE or _NO_TITLE.fullmatch(title):
        return header.title
    shown = re.sub(r"\W+", "", title).casefold() in re.sub(r"\W+", "", text[:4000]).casefold()
    return title if shown or not header.title else header.title


def extract_docx(file: str, content: bytes) -> Extraction:
    """Return the lines and tables of a Word file, its tracked changes accepted. Raises UnreadableArticle."""
    import docx  # noqa: PLC0415

    if content.startswith(b"\xd0\xcf\x11\xe0"):  # an older container, around old files as around encrypted ones
        raise UnreadableArticle(file, "it is encrypted or an old .doc file. Save it as .docx without a password.")
    with _naming(file, "a Word file", "docx"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                raise UnreadableArticle(
                    file, f"it unpacks to more than {MAX_UNPACKED // 1_000_000} MB. Take out its pictures."
                )
        document = docx.Document(io.BytesIO(content))
        body = document.element.body
        if body.getroottree().docinfo.internalDTD is not None:
            raise UnreadableArticle(file, "it defines XML entities, which Word never does. Save it again with Word.")
        if body.xpath("count(.//w:p)") > MAX_PARAGRAPHS:
            raise UnreadableArticle(file, f"it has over {MAX_PARAGRAPHS:,} paragraphs. Split it.")
        text = _tidy(map(_docx_line, body.xpath(_WORD_LINES)))
        # Word calls the style Title whatever its id and its shown name are in the user's language.
        styles = {style.style_id for style in document.styles if style.name and style.name.casefold() == "title"}
        titles = (stated_name(_docx_line(part)) for part in body.xpath(".//w:p") if part.style in styles)
        header = read_header(text, markdown=False)
        title = next(filter(None, titles), None) or _title(document.core_properties.title, text, header)
    if not text:
        raise UnreadableArticle(file, "it holds no text. Remove it, or save its text.")
    return Extraction(text, replace(header, title=title), f"python-docx {version('python-docx')}")


def _docx_line(part: "BaseOxmlElement") -> str:
    """Return a paragraph's text, or a table row's: its cells in one line, a sole cell as it is."""
    if part.tag.endswith("}tr"):
        cells = part.xpath("./w:tc|./w:sdt/w:sdtContent/w:tc")
        texts = ["\n".join(map(_docx_line, cell.xpath(f"(.//w:p){_NOT_TWICE}"))).strip() for cell in cells]
        filled = list(filter(None, texts))
        return filled[0] if len(filled) == 1 else " | ".join(" ".join(text.split()) for text in filled)
    # The paragraphs of a text box, inside this one, are lines of their own.
    signs = (sign for sign in part.xpath(_WORD_SIGNS) if next(sign.iterancestors(part.tag)) is part)
    return "".join(_SIGNS.get(sign.tag.rpartition("}")[2]) or sign.text or "" for sign in signs)


@contextmanager
def _naming(file: str, kind: str, library: str) -> Iterator[None]:
    """Turn what a parser trips over into an UnreadableArticle that names the file, and keep its log to itself."""
    logging.getLogger(library).setLevel(logging.CRITICAL)
    try:
        yield
    except UnreadableArticle:
        raise
    except Exception as error:  # a damaged file may trip any part of a parser
        said = (re.sub(r"'?<.*?>'? ?", "", str(error)).strip() or type(error).__name__).splitlines()[0][:120]
        raise UnreadableArticle(file, f"it is damaged, cut short or not {kind} ({said}). Save it again.") from error


def _tidy(lines: Iterable[str]) -> str:
    """Return lines as a text with one paragraph a line, spaces single, and nothing in it that cannot be stored."""
    text = "\n".join("\n".join(lines).splitlines()).translate(_LIGATURES)
    text = _UNSEEN.sub("", text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))
