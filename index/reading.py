"""A file becomes an Article: its exact text, and the title, publisher and date where the article states them."""

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from index.article_feet import writer_in
from index.encodings import BINARY_FILE, decoded
from index.errors import CorpusError, UnreadableArticle
from index.folders import files_below, open_within
from index.furniture import furniture
from index.headers import read_header
from index.markdown import table_cells
from index.records import Article

SUFFIXES = frozenset({".txt", ".md"})
MAX_BYTES = 20_000_000  # about 3,000 printed pages: a larger "article" is a dump that was put here by mistake
MAX_LINES = 500_000  # here reading takes some 30 seconds

# Control characters that no text file has; tab, line feed, form feed and carriage return are fine.
_BINARY = frozenset(range(32)) - {9, 10, 12, 13}


def article_id(file: str) -> str:
    """Return the 16 hex digits that stand for an article's relative path."""
    return hashlib.sha256(file.encode()).hexdigest()[:16]


def article_files(
    corpus: Path,
    suffixes: frozenset[str] = SUFFIXES,
    on_closed: Callable[[str, str], None] = lambda _folder, _reason: None,
) -> Iterator[str]:
    """Yield the relative paths of the files under `corpus` with these suffixes, sorted, with forward slashes.

    Hidden files and folders are left alone, and so are links that lead out of the folder, and other kinds of file.
    `on_closed` hears of each folder inside that is not looked into, and why. Raises CorpusError when the folder
    itself is missing, is no folder or cannot be read.
    """
    if not corpus.exists():
        raise CorpusError(f"The folder {corpus} does not exist. Name the folder that holds your articles.")
    if not corpus.is_dir():
        raise CorpusError(f"{corpus} is a file. Name the folder that holds it instead.")
    try:
        os.scandir(corpus).close()
    except OSError as error:
        raise CorpusError(f"The folder {corpus} cannot be read: {error.strerror}.") from error
    root = corpus.resolve()
    yield from sorted(files_below(root, suffixes, on_closed))


def read_article(corpus: Path, file: str) -> Article:
    """Return the article in `corpus / file`. Raises UnreadableArticle, which names the file and the remedy."""
    return text_article(file, read_bytes(corpus, file))


def text_article(file: str, content: bytes) -> Article:
    """Return the article whose file holds `content`. Raises UnreadableArticle."""
    text = decode(content, file)
    refuse_many_lines(file, text)
    markdown = file.lower().endswith(".md")
    header = read_header(text, markdown=markdown)
    cells = table_cells(text) if markdown else ()
    marks = tuple(sorted((*cells, *furniture(text, markdown=markdown, beside=cells))))
    return Article(
        id=article_id(file),
        file=file,
        title=header.title,
        publisher=header.publisher,
        published=header.published,
        text=text,
        sha256=hashlib.sha256(content).hexdigest(),
        marks=marks,
        author=header.author or writer_in(text, marks),
    )


def read_bytes(corpus: Path, file: str, max_bytes: int = MAX_BYTES) -> bytes:
    """Return what is in `corpus / file`. Raises UnreadableArticle when it cannot be read or is too large."""
    try:
        file.encode()
    except UnicodeEncodeError:
        shown = file.encode("utf-8", "backslashreplace").decode()
        raise UnreadableArticle(shown, "its name is not valid UTF-8. Rename it.") from None
    try:
        # One byte more than allowed shows a file that grew since its size was asked for.
        with os.fdopen(open_within(corpus, file), "rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            if size > max_bytes:
                reason = f"it has {size / 1e6:.0f} MB; {max_bytes / 1e6:.0f} MB are read. Split it."
                raise UnreadableArticle(file, reason)
            content = stream.read(max_bytes + 1)
    except FileNotFoundError:
        raise UnreadableArticle(file, "it vanished while it was being read. Index again.") from None
    except OSError as error:
        raise UnreadableArticle(file, f"it cannot be read: {error.strerror}. Mend or remove it.") from error
    if len(content) > max_bytes:
        raise UnreadableArticle(file, "it grew past the limit while it was being read. Split it.")
    return content


def decode(content: bytes, file: str, *, stated: str | None = None, mend: bool = False) -> str:
    """Return the text of a file's bytes, less a byte order mark. Raises UnreadableArticle when it is no text.

    `stated` and `mend` are as in `index.encodings.decoded`.
    """
    text = decoded(content, file, stated=stated, mend=mend)
    if not text.strip():
        raise UnreadableArticle(file, "it is empty. Remove it, or write something into it.")
    if any(ord(character) in _BINARY for character in text[:4096]) and _control_share(text[:4096]) > 0.01:
        raise UnreadableArticle(file, BINARY_FILE)
    if "\x00" in text:
        raise UnreadableArticle(file, "it holds null characters, so it is a binary file or damaged. Save it as text.")
    return text


def refuse_many_lines(file: str, text: str) -> None:
    """Raise UnreadableArticle for a text of more lines than an article has."""
    if text.count("\n") > MAX_LINES:
        raise UnreadableArticle(file, f"it has over {MAX_LINES:,} lines. Split it.")


def _control_share(text: str) -> float:
    return sum(ord(character) in _BINARY for character in text) / len(text)
