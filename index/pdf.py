"""A PDF becomes text, title, publisher and date; the text is an extraction, stored as it was made."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import version
from itertools import groupby

from index.errors import UnreadableArticle
from index.extraction import Extraction, naming, shown_title
from index.headers import Header, read_header
from index.pdf_edges import without_edges, without_line_numbers
from index.pdf_paragraphs import Paragraph, joined, read_paragraphs
from index.pdf_reading import read_pdf
from index.pdf_rows import page_rows
from index.pdf_words import Page
from index.records import Mark

_MAX_NOISE = 0.3  # the share of a page's signs that may be without meaning
_GLYPH_NAME = re.compile(r"/?(?:g|glyph|cid|uni|index)[\dA-Fa-f]+|\(cid:\d+\)|(?:/[A-Za-z]{1,5}\d+)+", re.IGNORECASE)
_HEAD = 4_000  # characters in which a text says what it is
_PAGE_NUMBER = re.compile(r"^\d{1,4}\s+|\s+\d{1,4}$")
_MIN_WORDS = 10  # below that, a page may well hold short forms only
_MAX_VOWELLESS = 0.3  # of the words of three letters and more; in any language that is written so, few have no vowel
_LATIN = re.compile(r"[a-z]{3,}")
_VOWEL = re.compile(r"[aeiouy]")
_RECOGNISE = "must go through text recognition (OCR) first."


def extract_pdf(file: str, content: bytes) -> Extraction:
    """Return the text of a PDF, its broken lines joined. Raises UnreadableArticle, also for scanned pages."""
    with naming(file, "a PDF", "pypdfium2"):
        _refuse_cut_short(content)
        stated, pages = read_pdf(file, content)
    faults = [_fault(page) for page in pages]
    readable = [page if not fault else Page() for page, fault in zip(pages, faults, strict=True)]
    if not any(page.words or page.aside for page in readable):
        raise UnreadableArticle(file, next(filter(None, faults), f"it holds no text; scanned pages {_RECOGNISE}"))
    text, marks = joined(_paragraphs(readable), [page.label for page in pages])
    header = _header(text, marks)
    return Extraction(
        text,
        replace(header, title=shown_title(stated, text, header)),
        f"pypdfium2 {version('pypdfium2')}",
        marks,
        _named(file, faults),
    )


def _header(text: str, marks: Sequence[Mark]) -> Header:
    """Return what stands above the story; a running head is no title where the text has another."""
    own, place = [], 0
    for mark in marks:
        if mark.kind == "furniture" and mark.end <= _HEAD:
            own.append(text[place : mark.start])
            place = mark.end
    whole, header = (read_header(one, markdown=False) for one in (text, "".join((*own, text[place:])).lstrip("\n")))
    if whole.title and not header.title and place:
        title = _PAGE_NUMBER.sub("", whole.title)
        header = replace(header, title=title or None)
    return replace(
        header,
        publisher=header.publisher or whole.publisher,
        published=header.published or whole.published,
        author=header.author or whole.author,
    )


def _refuse_cut_short(content: bytes) -> None:
    """A file whose end is missing may look whole to a reader that mends it, its last pages lost."""
    if content.rfind(b"%%EOF") < content.rfind(b"endobj"):
        raise ValueError("its end is missing")


def _paragraphs(pages: list[Page]) -> Iterator[Paragraph]:
    from index.pdf_layout import in_reading_order  # noqa: PLC0415 - with numpy, which takes long to import

    rows = [page_rows(page.words) for page in pages]
    rows, heads = without_edges(rows, [page.height for page in pages])
    ordered = [in_reading_order(one) for one in without_line_numbers(rows)]
    yield from read_paragraphs(ordered, heads)
    for number, page in enumerate(pages):
        yield from (Paragraph([(line, number)], furniture="text aside") for line in page.aside)


def _fault(page: Page) -> str:
    """Return why a page gives no readable text; "" when it does, or when it is empty."""
    if page.fault:
        return page.fault
    if not page.words and not page.aside:
        has_signs = page.noise > 0
        if has_signs or not page.objects:
            return f"its letters cannot be told from their shapes; it {_RECOGNISE}" if has_signs else ""
        return f"it holds no text but pictures or drawings; it {_RECOGNISE}"
    texts = [word.text for word in page.words]
    named = sum(len(text) for text in texts if _GLYPH_NAME.fullmatch(text))
    if page.noise + named > _MAX_NOISE * page.signs or _is_garbled(texts):
        return f"its letters cannot be told from their shapes; it {_RECOGNISE}"
    return ""


def _is_garbled(texts: Iterable[str]) -> bool:
    """Tell letters that stand for others: hardly a vowel among them."""
    words = _LATIN.findall(" ".join(texts).lower())
    return len(words) >= _MIN_WORDS and sum(not _VOWEL.search(word) for word in words) > _MAX_VOWELLESS * len(words)


def _named(file: str, faults: list[str]) -> tuple[tuple[str, str], ...]:
    """Return what is wrong with which pages, runs of pages with one fault together."""
    found = []
    for fault, run in groupby(enumerate(faults, 1), key=lambda numbered: numbered[1]):
        numbers = [number for number, _ in run]
        pages = f"page {numbers[0]}" if len(numbers) == 1 else f"pages {numbers[0]}-{numbers[-1]}"
        if fault:
            found.append((f"{file} {pages}", fault))
    return tuple(found)
