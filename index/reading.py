"""A file becomes an Article: its exact text, and the title, publisher and date where the article states them."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from index.errors import CorpusError, UnreadableArticle
from index.headers import read_header
from index.records import Article

READER_VERSION = 1  # part of what decides whether a known file is read again: raise it when one would be read otherwise
SUFFIXES = frozenset({".txt", ".md"})
MAX_BYTES = 20_000_000  # about 3,000 printed pages: a larger "article" is a dump that was put here by mistake

_BYTE_ORDER_MARKS = (("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"))
# Control characters that no text file has; tab, line feed, form feed and carriage return are fine.
_BINARY = frozenset(range(32)) - {9, 10, 12, 13}


def article_id(file: str) -> str:
    """Return the 16 hex digits that stand for an article's relative path."""
    return hashlib.sha256(file.encode()).hexdigest()[:16]


def article_files(corpus: Path) -> Iterator[str]:
    """Yield the relative paths of the articles under `corpus`, sorted, with forward slashes.

    Hidden files and folders are left alone, and so are links that lead out of the folder, and other kinds of file.
    Raises CorpusError when the folder is missing, is no folder or cannot be read.
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
    yield from sorted(_walk(root, root))


def _walk(folder: Path, root: Path) -> Iterator[str]:
    # os.walk doesn't follow links to folders, so a loop of links cannot trap it.
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(parent, name)
            if name.startswith(".") or path.suffix.lower() not in SUFFIXES:
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(root):
                continue
            if path.is_file() or path.is_symlink():
                yield path.relative_to(root).as_posix()


def read_article(corpus: Path, file: str) -> Article:
    """Return the article in `corpus / file`. Raises UnreadableArticle, which names the file and the remedy."""
    content = _read_bytes(corpus / file, file)
    text = _decode(content, file)
    header = read_header(text, markdown=file.lower().endswith(".md"))
    return Article(
        id=article_id(file),
        file=file,
        title=header.title,
        publisher=header.publisher,
        published=header.published,
        text=text,
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _read_bytes(path: Path, file: str) -> bytes:
    try:
        file.encode()
    except UnicodeEncodeError:
        shown = file.encode("utf-8", "backslashreplace").decode()
        raise UnreadableArticle(shown, "its name is not valid UTF-8. Rename it.") from None
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableArticle(
                file, f"it has {size / 1e6:.0f} MB; an article may have {MAX_BYTES / 1e6:.0f} MB. Split it."
            )
        # One byte more than allowed shows a file that grew since its size was asked for.
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise UnreadableArticle(file, "it vanished while it was being read.") from None
    except OSError as error:
        raise UnreadableArticle(file, f"it cannot be read: {error.strerror}.") from error
    if len(content) > MAX_BYTES:
        raise UnreadableArticle(file, "it grew past the limit while it was being read.")
    return content


def _decode(content: bytes, file: str) -> str:
    encoding, mark = next(
        ((name, mark) for name, mark in _BYTE_ORDER_MARKS if content.startswith(mark)), ("utf-8", b"")
    )
    body = content[len(mark) :]
    if not body.strip():
        raise UnreadableArticle(file, "it is empty.")
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        # A null byte is the sign of a binary file rather than of another encoding.
        if 0 in body:
            raise UnreadableArticle(file, "it is a binary file, not text.") from None
        where = error.start + len(mark)
        raise UnreadableArticle(
            file, f"it is not valid {encoding.upper()} (at byte {where}). Save it as UTF-8."
        ) from None
    if any(ord(character) in _BINARY for character in text[:4096]) and _control_share(text[:4096]) > 0.01:
        raise UnreadableArticle(file, "it is a binary file, not text.")
    if "\x00" in text:
        raise UnreadableArticle(file, "it holds null characters, so it is a binary file or damaged.")
    return text


def _control_share(text: str) -> float:
    return sum(ord(character) in _BINARY for character in text) / len(text)
