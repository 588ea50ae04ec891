"""A PDF becomes text, title, publisher and date; the text is an extraction, stored as it was made."""

import io
import re
import time
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import version
from itertools import pairwise

from index.errors import UnreadableArticle
from index.extraction import Extraction, naming, shown_title, tidy
from index.headers import read_header

MAX_PAGES = 2_000
MAX_PDF_SECONDS = 60

_GOES_ON = "\v"  # stands for a line break inside a paragraph while lines are joined
_HYPHENATED = re.compile(rf"(\w+)[-\u2010\u00ad]{_GOES_ON}(\w+)")
_ITEM = re.compile(r"[•●▪◦‣*]\s|\(?\d{1,3}[.)]\s")
_CLOSED = re.compile(r"[.!?:][\"'”’)\]]*$")


def extract_pdf(file: str, content: bytes) -> Extraction:
    """Return the text of a PDF, its broken lines joined. Raises UnreadableArticle, also for scanned pages."""
    with naming(file, "a PDF", "pypdf"):
        pages, stated = _pdf_pages(file, content)
    text = tidy(_joined_lines(_without_running_heads(pages)))
    if not text:
        raise UnreadableArticle(file, "it holds no text; scanned pages must go through text recognition (OCR) first.")
    header = read_header(text, markdown=False)
    return Extraction(text, replace(header, title=shown_title(stated, text, header)), f"pypdf {version('pypdf')}")


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
