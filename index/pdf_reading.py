"""Has a PDF read by a process of its own, and survives what the file does to it."""

import json
import signal
import subprocess
import time
from typing import NamedTuple

from index.errors import UnreadableArticle
from index.extraction import tidy
from index.own_process import command, environment
from index.pdf_words import MAX_PAGES, Document, Page, Word

MAX_PDF_SECONDS = 180  # of work, as a busy machine is no fault of the file; 2,000 pages of dense text take some 60
_MAX_WAITED = 5  # times as long is waited for that work
MAX_PAGE_SECONDS = 10  # a page of news takes some 0.03; the slowest maps that were met took 2
MAX_MEGABYTES = 2_000  # of memory that the reader may take
_REMEDY = "Save it again with another program."
_MAX_STARTS = 10  # a page that ends the process costs a start; a file of such pages is given up


class Reading(NamedTuple):
    """A file's pages, as many as it has, and the title among its metadata."""

    title: str
    pages: list[Page]


def read_pdf(file: str, content: bytes) -> Reading:
    """Return the words of each page. A page that cannot be read has a fault; raises UnreadableArticle for the whole."""
    begun, waited = _worked(), time.monotonic() + _MAX_WAITED * MAX_PDF_SECONDS
    document: Document | None = None
    pages: list[Page] = []
    for _ in range(_MAX_STARTS):
        left = begun + MAX_PDF_SECONDS - _worked()
        lines, code = _run(content, len(pages), left, min(_MAX_WAITED * left, waited - time.monotonic()))
        if lines:
            document = document or Document(**json.loads(lines[0]))
            _refuse(file, document)
            pages += map(_page, lines[1:])
        if document and len(pages) >= document.pages:
            return Reading(document.title, pages)
        if time.monotonic() > waited or _worked() > begun + MAX_PDF_SECONDS - 1:
            break
        if document is None:
            raise UnreadableArticle(file, f"it {_trouble(code)}. {_REMEDY}")
        pages.append(Page(label=str(len(pages) + 1), fault=f"it {_trouble(code)}. {_REMEDY}"))
    late = f"the file took longer than {MAX_PDF_SECONDS} seconds to read. Split it."
    if time.monotonic() > waited and _worked() <= begun + MAX_PDF_SECONDS - 1:  # it is the machine that was late
        seconds = _MAX_WAITED * MAX_PDF_SECONDS
        late = (
            f"the file was not read within {seconds} seconds, as the machine is busy. Split it, or index again later."
        )
    if not document or not any(page.words for page in pages):
        raise UnreadableArticle(file, late.replace("the file", "its text"))
    return Reading(document.title, pages + [Page(fault=late) for _ in range(document.pages - len(pages))])


def _refuse(file: str, document: Document) -> None:
    if document.error == "password":
        raise UnreadableArticle(file, "it is encrypted. Save it without a password.")
    if document.error:
        raise ValueError(document.error)
    if document.pages > MAX_PAGES:
        raise UnreadableArticle(file, f"it has {document.pages:,} pages; {MAX_PAGES:,} are read. Split it.")


def _worked() -> float:
    """Return for how many seconds processes that this one started have worked; else what has passed."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return time.monotonic()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run(content: bytes, first: int, seconds: float, wait: float) -> tuple[list[bytes], int]:
    """Return the whole lines that the reader wrote in so many seconds of work, and how it ended."""
    limits = (first, MAX_PAGE_SECONDS, MAX_MEGABYTES, max(1, round(seconds)))
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command("index.pdf_words", *limits),
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
            timeout=max(0.001, wait),
            check=False,
        )
        output, code = done.stdout, done.returncode
    except subprocess.TimeoutExpired as late:
        output, code = late.output or b"", -signal.SIGKILL
    return [line for line in output.split(b"\n")[:-1] if line], code


def _page(line: bytes) -> Page:
    page = Page(**json.loads(line))
    page.aside = [line for line in (" ".join(tidy([text]).split()) for text in page.aside) if line]
    words = (Word(*word) for word in page.words)
    page.words = [tidied for word in words if (tidied := word._replace(text=_plain(word.text))).text]
    return page


def _plain(text: str) -> str:
    """Return a word with what cannot be stored taken out; a soft hyphen at its end is one that is seen."""
    if text.isascii() and text.isprintable():
        return text
    return " ".join(tidy([text[:-1] + "-" if text[-1] == "\u00ad" else text]).split())


def _trouble(code: int) -> str:
    if code == -getattr(signal, "SIGPROF", 0):
        return f"takes longer than {MAX_PAGE_SECONDS} seconds to read"
    return "makes the PDF reader fail, or fills the memory"
