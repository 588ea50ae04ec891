"""HTML, PDF and Word files become text, title, publisher and date; the text is an extraction, stored as it was made."""

import io
import logging
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from typing import NamedTuple

from index.errors import UnreadableArticle
from index.headers import Header, read_header

# A Word file is a zip; what it unpacks to may be a thousand times larger than the file.
_MAX_UNPACKED = 200_000_000
_LINE_BREAKS_IN_WORD = re.compile(r"(\w)-\n(?=[a-z])")


class Extraction(NamedTuple):
    """What a document says; `extractor` names what read it, with its version."""

    text: str
    header: Header
    extractor: str


def extract_html(file: str, content: bytes) -> Extraction:
    """Return the article in a web page, without menus, scripts and comments. Raises UnreadableArticle."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - takes half a second, and few folders hold web pages

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs each page without an article as an error
    try:
        found = bare_extraction(
            content,
            include_comments=False,
            include_tables=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:  # an odd page may trip any part of the parser
        raise UnreadableArticle(file, f"it cannot be read as HTML ({error}).") from error
    assert not isinstance(found, dict)  # only the deprecated form of the call returns one
    text = (found.text or "").strip() if found else ""
    if not found or not text:
        raise UnreadableArticle(file, "no article text was found in this page; it may be made by scripts only.")
    header = Header(found.title or None, found.sitename or None, _iso_date(found.date))
    return Extraction(text, header, f"trafilatura {version('trafilatura')}")


def extract_pdf(file: str, content: bytes) -> Extraction:
    """Return the text of a PDF, its broken lines joined. Raises UnreadableArticle, also for scanned pages."""
    from pypdf import PdfReader  # noqa: PLC0415 - see extract_html

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it logs each oddity that it copes with
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableArticle(file, "it is encrypted. Save it without a password.")
        pages = [page.extract_text() or "" for page in reader.pages]
        stated = reader.metadata.title if reader.metadata else None
    except UnreadableArticle:
        raise
    except Exception as error:  # a broken PDF may trip any part of the parser
        raise UnreadableArticle(file, f"it cannot be read as PDF ({error}).") from error
    text = _join_lines("\n\n".join(page.strip() for page in pages if page.strip()))
    if not text:
        raise UnreadableArticle(file, "it holds no text; scanned pages must go through text recognition first.")
    header = read_header(text, markdown=False)
    title = stated.strip() if isinstance(stated, str) and " " in stated.strip() else None  # else a file name
    return Extraction(text, replace(header, title=title or header.title), f"pypdf {version('pypdf')}")


def extract_docx(file: str, content: bytes) -> Extraction:
    """Return the paragraphs and tables of a Word file. Raises UnreadableArticle."""
    import docx  # noqa: PLC0415 - see extract_html

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MAX_UNPACKED:
                raise UnreadableArticle(file, "it unpacks to more than 200 MB.")
        document = docx.Document(io.BytesIO(content))
        lines = list(_docx_lines(document))
        stated = document.core_properties.title
    except UnreadableArticle:
        raise
    except Exception as error:  # a broken file may trip the zip, the XML or the package reader
        raise UnreadableArticle(file, f"it cannot be read as a Word file ({error}).") from error
    text = "\n".join(lines).strip()
    if not text:
        raise UnreadableArticle(file, "it holds no text.")
    header = read_header(text, markdown=False)
    extractor = f"python-docx {version('python-docx')}"
    return Extraction(text, replace(header, title=stated.strip() or header.title), extractor)


def _docx_lines(document: object) -> Iterator[str]:
    for part in document.iter_inner_content():  # type: ignore[attr-defined]  # a paragraph or a table, in order
        if hasattr(part, "rows"):
            for row in part.rows:
                yield " | ".join(cell.text.strip() for cell in row.cells)
        else:
            yield part.text


def _join_lines(text: str) -> str:
    """Undo the line breaks of a printed page: a full line goes on in the next, a short one ends a paragraph."""
    lines = [line.rstrip() for line in text.splitlines()]
    width = max((len(line) for line in lines), default=0)
    parts: list[str] = []
    for line in lines:
        parts.append(line)
        full = len(line) > width * 0.7 and not re.search(r"[.!?:][\"'”’)]*$", line)
        parts.append(" " if full and not line.endswith("-") else "\n")
    return _LINE_BREAKS_IN_WORD.sub(r"\1", "".join(parts)).strip()


def _iso_date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


EXTRACTORS: dict[str, Callable[[str, bytes], Extraction]] = {
    ".html": extract_html,
    ".htm": extract_html,
    ".pdf": extract_pdf,
    ".docx": extract_docx,
}
