"""Files that people add: kept in a folder of their own, a second root beside the corpus, which is never touched."""

import logging
import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from api.errors import NotAnUpload, UnknownArticle, UnusableName, UploadExists
from index.errors import DataFolderError
from index.formats import READ, why_not_read
from index.records import Article
from index.sources import ALL_SUFFIXES, NUMBERED_SUFFIXES, UPLOADS_PREFIX, SourceFile, SourceReader

log = logging.getLogger(__name__)

_MAX_NAME_BYTES = 200  # file systems take 255; the rest is for what we put around a name while we write
_UNFINISHED, _REMOVED = ".part", ".removed"
_PENDING = ".pending"  # stands beside a file for as long as nobody was told that it was added
_SEPARATORS = frozenset("/\\:")
_FORBIDDEN = frozenset('*?"<>|')  # by Windows, like the separators
_RESERVED = frozenset("con prn aux nul".split()) | {f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"}
# Control characters, lone surrogates, line and paragraph separators, characters that nobody has assigned.
_UNSEEN = frozenset({"Cc", "Cs", "Zl", "Zp", "Cn", "Co"})
_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # show a name backwards


class Articles(Protocol):
    """Where articles are looked up; `index.catalogue.Catalogue` is one."""

    def article(self, article_id: str) -> Article | None:
        """Return the article with this id, or None."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was added. `file` is its name among the articles' files; `new` is False when it was there before."""

    name: str
    file: str
    new: bool


class Uploads:
    """The uploads in `folder`, which is made when it is first needed; `reader` must be that of the sync.

    Nothing here is guarded against threads: whoever adds or removes must be the only one that does.
    """

    def __init__(self, folder: Path, reader: SourceReader) -> None:
        self._folder = folder
        self._reader = reader
        for ending in (_UNFINISHED, _REMOVED):  # of a process that was killed meanwhile
            for leftover in folder.glob(f".*{ending}"):
                leftover.unlink()
        for mark in folder.glob(f".*{_PENDING}"):
            name = mark.name[1 : -len(_PENDING)]
            log.warning("left out %s: its process ended while it was being added, and nobody was told it was.", name)
            (folder / name).unlink(missing_ok=True)
            mark.unlink()

    @contextmanager
    def adding(self, name: str, content: bytes) -> Iterator[Upload]:
        """Keep a file for as long as the context is open, and for good if it ends without an error.

        Raises UnusableName, UploadExists, UnreadableArticle and DataFolderError, and then keeps nothing.
        """
        name = usable_name(name)
        if there := self._same_file(name, content):
            yield Upload(there, UPLOADS_PREFIX + there, new=False)
            return
        self._reader.articles(SourceFile(name, content))  # what cannot be read is never written
        pending = self._folder / f".{name}{_PENDING}"
        with _naming(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            pending.touch()
        try:
            with _naming(self._folder):
                self._write(name, content)
            yield Upload(name, UPLOADS_PREFIX + name, new=True)
        except BaseException:
            (self._folder / name).unlink(missing_ok=True)
            raise
        finally:
            pending.unlink(missing_ok=True)

    @contextmanager
    def removing(self, file: str) -> Iterator[None]:
        """Take an upload out of sight for as long as the context is open, and for good if it ends without an error."""
        path = self._folder / file.removeprefix(UPLOADS_PREFIX)
        aside = path.with_name(f".{path.name}{_REMOVED}")  # hidden files are no articles
        with _naming(self._folder):
            if path.exists():
                path.replace(aside)
        try:
            yield
        except BaseException:
            if aside.exists():
                aside.replace(path)
            raise
        aside.unlink(missing_ok=True)

    def _same_file(self, name: str, content: bytes) -> str | None:
        """Return the name of the very same file if it was added before. Raises UploadExists when another has it."""
        if not self._folder.is_dir():
            return None
        for other in self._folder.iterdir():
            # Some file systems take names for one that differ in case, or in how an accent is written.
            if _folded(other.name) == _folded(name) and other.is_file():
                if other.read_bytes() == content:
                    return other.name
                raise UploadExists(
                    f"{other.name} was added before, with another text. Remove that one first, or give this one "
                    "another name."
                )
        return None

    def _write(self, name: str, content: bytes) -> None:
        unfinished = self._folder / f".{name}{_UNFINISHED}"
        try:
            with unfinished.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            unfinished.replace(self._folder / name)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise


def usable_name(name: str) -> str:
    """Return `name` in one form of its accents. Raises UnusableName when it could not be a file's name everywhere."""
    name = unicodedata.normalize("NFC", name)
    shown = "".join("�" if unicodedata.category(one) in _UNSEEN or one in _TURNING else one for one in name[:100])
    if not name:
        raise UnusableName("The file has no name. Send one with the part `file`.")
    if _SEPARATORS & set(name):
        raise UnusableName(f"{shown} names a folder. Send the file's own name alone, without / \\ and :.")
    if shown != name[:100] or any(unicodedata.category(one) in _UNSEEN or one in _TURNING for one in name):
        raise UnusableName(f"{shown} holds characters that cannot be seen. Rename the file.")
    if found := sorted(_FORBIDDEN & set(name)):
        raise UnusableName(f"{shown} holds {' '.join(found)}, which some systems forbid in names. Rename the file.")
    if name.startswith("."):
        raise UnusableName(f"{shown} is a hidden file's name. Rename the file.")
    if len(name.encode()) > _MAX_NAME_BYTES:
        raise UnusableName(f"{shown}... is longer than {_MAX_NAME_BYTES} bytes. Give the file a shorter name.")
    if name.partition(".")[0].strip().casefold() in _RESERVED:
        raise UnusableName(f"{shown} is the name of a device on Windows. Rename the file.")
    if Path(name).suffix.lower() not in ALL_SUFFIXES:
        raise UnusableName(f"{shown}: {why_not_read(Path(name).suffix)} Read are {READ}.")
    return name


def uploaded_source(articles: Articles, article_id: str) -> str:
    """Return the uploaded file that holds this article. Raises UnknownArticle and NotAnUpload."""
    found = articles.article(article_id)
    if found is None:
        raise UnknownArticle(article_id)
    if not found.file.startswith(UPLOADS_PREFIX):
        raise NotAnUpload(f"{found.file} lies in the folder of articles, which is never changed from here.")
    return source_of(found.file)


def source_of(file: str) -> str:
    """Return the file that holds an article, which may hold others too (see `Article.file`)."""
    source, sign, _ = file.rpartition("#")
    return source if sign and Path(source).suffix.lower() in NUMBERED_SUFFIXES else file


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


@contextmanager
def _naming(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DataFolderError(
            f"The uploads cannot be changed in {folder}: {error.strerror}. Make room there, or make it writable."
        ) from error
