"""What a folder holds, whatever its files' formats: each file is a source of one article or of several."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path, PurePosixPath

from index.article_feet import writer_in
from index.article_lists import FieldMap, ListedArticle, is_marked_up, read_list
from index.epub import read_epub
from index.errors import UnreadableArticle
from index.extraction import Extraction
from index.formats import SUFFIXES_READ, why_not_read
from index.furniture import furniture
from index.head_titles import MAX_TITLE_OF_A_HEAD
from index.headers import Header
from index.mail import read_eml, read_mbox
from index.open_document import extract_odt
from index.parts import Part, ReadAttachment, Unread
from index.pdf import extract_pdf
from index.reading import MAX_BYTES, article_files, article_id, read_bytes, refuse_many_lines, text_article
from index.records import Article, Mark
from index.rtf import extract_rtf
from index.tables import extract_table
from index.web_pages import extract_html, extract_whole
from index.word import extract_docx

READER_VERSION = (
    13  # part of what decides whether a known file is read again: raise it when one would be read otherwise
)
LIST_SUFFIXES = frozenset({".json", ".jsonl"})
PAGE_SUFFIXES = frozenset({".html", ".htm"})
_EXTRACTORS: dict[str, Callable[[str, bytes], Extraction]] = {
    **dict.fromkeys(PAGE_SUFFIXES, extract_html),
    ".pdf": extract_pdf,
    ".docx": extract_docx,
    ".odt": extract_odt,
    ".rtf": extract_rtf,
    **dict.fromkeys((".csv", ".tsv"), extract_table),
}
_COLLECTIONS: dict[str, Callable[[str, bytes, ReadAttachment], list[Part]]] = {
    ".eml": read_eml,
    ".mbox": read_mbox,
    ".epub": lambda file, content, _: read_epub(file, content),
}
# Files of these hold articles by number: "FILE#1".
NUMBERED_SUFFIXES = LIST_SUFFIXES | frozenset(_COLLECTIONS)
ALL_SUFFIXES = SUFFIXES_READ
_LARGE_SUFFIXES = LIST_SUFFIXES | {".mbox"}
MAX_FAULTS = 100  # of a file that are named; the others are counted
_LONGEST_NAME = 300  # characters of a publisher, and of the writers
MAX_LIST_BYTES = 200_000_000  # about 40,000 articles in one file
UPLOADS_PREFIX = "uploads://"  # no relative path holds "//", so an upload's name never meets that of a corpus file


@dataclass(frozen=True, slots=True)
class Root:
    """A folder of sources; `prefix` stands before the names of its files. With `optional`, it may be missing."""

    folder: Path
    prefix: str = ""
    optional: bool = False

    def files(self, closed: dict[str, str]) -> Iterator[str]:
        """Yield the files under this root, with the prefix, sorted.

        Left out are the pages in a folder NAME_files beside NAME.html: a browser put them there, frames of the page
        that it saved. Puts into `closed` each folder inside that cannot be looked into, with a slash behind it, and
        why. Raises CorpusError when the root itself cannot be used.
        """
        if self.optional and not self.folder.exists():
            return

        def note(folder: str, reason: str) -> None:
            closed[self.prefix + folder] = reason

        files = list(article_files(self.folder, ALL_SUFFIXES, note))
        pages = {PurePosixPath(file).with_suffix("") for file in files if _suffix(file) in PAGE_SUFFIXES}
        for file in files:
            if not (_suffix(file) in PAGE_SUFFIXES and _is_part_of(pages, file)):
                yield self.prefix + file


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The bytes of one source, read once."""

    file: str
    content: bytes
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", hashlib.sha256(self.content).hexdigest())


class SourceReader:
    """Reads sources; `fields` says where JSON files keep what."""

    def __init__(self, fields: FieldMap = FieldMap()) -> None:
        self._fields = fields

    @property
    def version(self) -> str:
        """What changes when a known file would be read otherwise."""
        return f"{READER_VERSION} {self._fields}" if self._fields != FieldMap() else str(READER_VERSION)

    def close(self) -> None:
        """Give back what reading needs; nothing here."""

    def load(self, root: Root, file: str) -> SourceFile:
        """Return the bytes of `file`, a name that `root.files()` gave. Raises UnreadableArticle."""
        limit = MAX_LIST_BYTES if _suffix(file) in _LARGE_SUFFIXES else MAX_BYTES
        return SourceFile(file, read_bytes(root.folder, file.removeprefix(root.prefix), limit))

    def articles(self, source: SourceFile) -> tuple[list[Article], dict[str, str]]:
        """Return a source's articles, and what of it could not be read as name -> reason.

        Raises UnreadableArticle when nothing of it can be read.
        """
        articles, faults = self._read(source)
        return [bounded(one) for one in articles], _bounded_faults(source.file, faults)

    def _read(self, source: SourceFile) -> tuple[list[Article], dict[str, str]]:
        suffix = _suffix(source.file)
        if suffix in LIST_SUFFIXES:
            listed, faults = read_list(source.file, source.content, self._fields)
            return _listed(source, listed, faults), faults
        if not source.content:  # the parsers would call it damaged
            raise UnreadableArticle(source.file, "it is empty. Remove it, or save it again.")
        if read := _COLLECTIONS.get(suffix):
            return _numbered(source, read(source.file, source.content, self._attached))
        if extract := _EXTRACTORS.get(suffix):
            found = extract(source.file, source.content)
            article = _article(source, source.file, found.text, found.header, found.marks)
            return [replace(article, extractor=found.extractor)], dict(found.faults)
        return [text_article(source.file, source.content)], {}

    def _attached(self, name: str, content: bytes) -> tuple[list[Article], dict[str, str]]:
        if _suffix(name) not in ALL_SUFFIXES:
            raise UnreadableArticle(name, why_not_read(_suffix(name)))
        return self.articles(SourceFile(name, content))


def _listed(source: SourceFile, listed: Iterable[ListedArticle], faults: dict[str, str]) -> list[Article]:
    """Return the articles of a list; puts into `faults` why one that is written as a web page cannot be read."""
    articles = []
    for one in listed:
        file = f"{source.file}#{one.number}"
        if not is_marked_up(one.text):
            articles.append(_article(source, file, one.text, one.header))
            continue
        try:
            found = extract_whole(file, f"<html><body>{one.text}</body></html>".encode(), unread="//script")
        except UnreadableArticle as error:
            faults[file] = error.reason
        else:
            article = _article(source, file, found.text, one.header, found.marks)
            articles.append(replace(article, extractor=found.extractor))
    if not articles:
        raise UnreadableArticle(source.file, f"it holds no article: {next(iter(faults.values()), 'it is empty.')}")
    return articles


def bounded(article: Article) -> Article:
    """Return an article whose title and names are no longer than such are: they stand beside each answer from it."""
    title = _one_line(article.title, MAX_TITLE_OF_A_HEAD)
    if title and len(title) > MAX_TITLE_OF_A_HEAD:
        title = f"{title[: MAX_TITLE_OF_A_HEAD - 1].rstrip()}…"
    names = (_one_line(name, _LONGEST_NAME) for name in (article.publisher, article.author))
    publisher, author = (name if name and len(name) <= _LONGEST_NAME else None for name in names)
    if (title, publisher, author) == (article.title, article.publisher, article.author):
        return article
    return replace(article, title=title, publisher=publisher, author=author)


def _one_line(name: str | None, most: int) -> str | None:
    """Return a name, with single blanks where it is long for its blanks alone."""
    return " ".join(name.split()) if name and len(name) > most else name


def _bounded_faults(file: str, faults: dict[str, str]) -> dict[str, str]:
    """Return the first of what could not be read of a file, and how much more there is."""
    if len(faults) <= MAX_FAULTS:
        return faults
    return {**dict(islice(faults.items(), MAX_FAULTS)), f"{file}#...": f"{len(faults) - MAX_FAULTS:,} more like these."}


def _numbered(source: SourceFile, parts: Sequence[Part]) -> tuple[list[Article], dict[str, str]]:
    """Return the articles among a source's parts, numbered from 1 as they come, and why others are none."""
    articles, faults = [], {}
    for number, part in enumerate(parts, 1):
        file = f"{source.file}#{number}"
        if isinstance(part, Unread):
            faults[file] = part.reason
        elif isinstance(part, Article):
            articles.append(replace(part, id=article_id(file), file=file, sha256=source.sha256))
        else:
            article = _article(source, file, part.text, part.header, part.marks)
            articles.append(replace(article, extractor=part.extractor))
            faults |= {f"{file} {name.removeprefix(source.file).strip()}": reason for name, reason in part.faults}
    if not articles:
        raise UnreadableArticle(source.file, f"it holds no article: {next(iter(faults.values()), 'it is empty.')}")
    return articles, faults


def _article(source: SourceFile, file: str, text: str, header: Header, marks: Sequence[Mark] = ()) -> Article:
    """Return an article of a source; to its own marks comes the furniture that only the text shows."""
    refuse_many_lines(file, text)
    found = tuple(sorted((*marks, *furniture(text, beside=marks))))
    return Article(
        article_id(file),
        file,
        header.title,
        header.publisher,
        header.published,
        text,
        source.sha256,
        marks=found,
        author=header.author or writer_in(text, found),
    )


def _is_part_of(pages: set[PurePosixPath], file: str) -> bool:
    folders = (str(folder) for folder in PurePosixPath(file).parents)
    return any(PurePosixPath(name.removesuffix("_files")) in pages for name in folders if name.endswith("_files"))


def _suffix(file: str) -> str:
    return Path(file).suffix.lower()
