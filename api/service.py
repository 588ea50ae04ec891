"""The running parts behind the routes: opened in the background, so that the port answers at once."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, Protocol

from anyio import CapacityLimiter

from api.errors import NotReady, SyncRunning, UploadsOff, describe
from api.listing import Listing
from api.uploads import Upload, Uploads, source_of, uploaded_source
from index.errors import DiskFull, IndexingError, UnreadableArticle
from index.records import Article, Filters, Passage, SyncProgress, SyncReport
from qa.errors import AnsweringError
from qa.records import Answer, OnQuick, OnRetrieval, OnStatement, Question

# How long an upload waits for a sync under way: such a one reads what changed, seldom more than a few files.
_UPLOAD_PATIENCE_SECONDS = 30.0
_LOOKED_AT_SECONDS = 5.0  # how long it holds that questions can be answered, or cannot

log = logging.getLogger(__name__)

OnProgress = Callable[[SyncProgress], None]


class Answerer(Protocol):
    """What answers questions; `qa.answerer.Answerer` is one."""

    def answer(
        self,
        question: Question,
        on_statement: OnStatement = lambda _: None,
        on_retrieval: OnRetrieval = lambda _question, _passages: None,
        on_quick: OnQuick = lambda _: None,
    ) -> Answer:
        """Return the answer, which may be that the articles don't say."""


class Retriever(Protocol):
    """What finds passages; `index.retriever.HybridRetriever` is one."""

    def search(self, query: str, *, top_k: int | None = None, filters: Filters = Filters()) -> list[Passage]:
        """Return at most `top_k` passages, best first."""


class Catalogue(Protocol):
    """Where articles are looked up; `index.catalogue.Catalogue` is one."""

    def article(self, article_id: str) -> Article | None:
        """Return the article with this id, or None."""

    def articles(self) -> list[tuple[Article, int]]:
        """Return every article with an empty text, and the length of the text it has, sorted by file."""

    def counts(self) -> tuple[int, int]:
        """Return how many articles and how many chunks there are."""

    def generation(self) -> int:
        """Return a number that grows whenever an article is added, changed or removed."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the routes call. `sync` makes the index equal to the corpus; `close` lets go of everything.

    Without `uploads`, no files are taken. `engines` are the names of those that "auto" tries, in that order.
    """

    answerer: Answerer
    retriever: Retriever
    catalogue: Catalogue
    sync: Callable[[OnProgress], SyncReport]
    close: Callable[[], None]
    uploads: Uploads | None = None
    engines: tuple[str, ...] = ("extractive",)


@dataclass(frozen=True, slots=True)
class Readiness:
    """Where the service stands. Counts are articles of the first sync; `reason` says why it failed, if it did."""

    status: Literal["starting", "indexing", "ready", "failed"]
    done: int = 0
    total: int = 0
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """A file that was added, its articles with their texts' lengths, and what of it could not be read and why."""

    upload: Upload
    articles: list[tuple[Article, int]]
    left_out: dict[str, str]


class Service:
    """Opens the parts with `open_parts` in a thread of its own and syncs once; from then on it is ready.

    `on_ready` hears of the parts then, `on_failure` of an error that kept it from becoming ready. A sync under way ends
    at its next report of progress when the service is stopped; the next start goes on from there.
    """

    def __init__(
        self,
        open_parts: Callable[[], Parts],
        on_failure: Callable[[Exception], None] = lambda _: None,
        on_ready: Callable[[Parts], None] = lambda _: None,
    ) -> None:
        self._open_parts = open_parts
        self._on_failure, self._on_ready = on_failure, on_ready
        self._opened: Parts | None = None
        self._listing: Listing | None = None
        self._syncing = threading.Lock()
        self.upload_turn = asyncio.Lock()  # for routes: uploads wait here rather than in worker threads
        self._looking = threading.Lock()
        self.looking = CapacityLimiter(1)  # for routes: who looks whether it can answer waits for no other thread
        self._look_again = 0.0
        self._fault: str | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._start, name="first-sync")
        self.readiness = Readiness("starting")

    def start(self) -> None:
        """Begin to open the parts, and return at once."""
        self._thread.start()

    def break_off(self) -> None:
        """End a sync under way at its next report of progress, and an upload with it; questions go on."""
        self._stopping.set()

    def stop(self) -> None:
        """Break off a sync under way, then close the parts."""
        self.break_off()
        self._thread.join()
        with self._syncing:
            if self._opened:
                self._opened.close()
                self._opened = None

    def fault(self) -> str | None:
        """Return why questions cannot be answered although the index was made; None where they can. Raises NotReady.

        Finds out by a search, once in a few seconds, whoever asks how often.
        """
        retriever = self.parts.retriever
        with self._looking:
            if time.monotonic() >= self._look_again:
                self._fault = _fault_of(retriever)
                self._look_again = time.monotonic() + _LOOKED_AT_SECONDS
            return self._fault

    @property
    def parts(self) -> Parts:
        """The parts. Raises NotReady until the first sync is done."""
        if self._opened is None or self.readiness.status != "ready":
            raise NotReady(self.readiness)
        return self._opened

    def sync(self) -> SyncReport:
        """Make the index equal to the corpus. Raises NotReady, or SyncRunning when a sync is under way."""
        parts = self.parts
        with self._alone(patience=0):
            return parts.sync(self._break_off_when_stopping)

    @property
    def listing(self) -> Listing:
        """The list of articles. Raises NotReady."""
        catalogue = self.parts.catalogue
        if self._listing is None:
            self._listing = Listing(catalogue)
        return self._listing

    def add_upload(self, name: str, content: bytes) -> Added:
        """Keep a file and put it into the index.

        When it raises, nothing of the file is left. Raises NotReady, UploadRefused, UnreadableArticle, SyncRunning
        when another sync takes long, and what a sync raises.
        """
        parts, uploads = self.parts, self._uploads()
        with self._alone(_UPLOAD_PATIENCE_SECONDS), uploads.adding(name, content) as upload:
            unreadable = parts.sync(self._break_off_when_stopping).unreadable
            articles = self._articles_of(upload.file)
            if not articles:
                reason = unreadable.get(upload.file) or unreadable.get(upload.name) or "it holds no article."
                raise UnreadableArticle(upload.name, reason)
        left_out = {part: reason for part, reason in unreadable.items() if source_of(part) == upload.file}
        return Added(upload, articles, left_out)

    def remove_upload(self, article_id: str) -> list[str]:
        """Remove the upload that holds this article, and return the files of all articles that went with it.

        When it raises, the upload stays. Raises NotReady, UnknownArticle, NotAnUpload, SyncRunning when another sync
        takes long, and what a sync raises.
        """
        parts, uploads = self.parts, self._uploads()
        with self._alone(_UPLOAD_PATIENCE_SECONDS):
            source = uploaded_source(parts.catalogue, article_id)
            gone = [article.file for article, _ in self._articles_of(source)]
            with uploads.removing(source):
                parts.sync(self._break_off_when_stopping)
        return gone

    def _articles_of(self, source: str) -> list[tuple[Article, int]]:
        return [row for row in self.listing.rows() if source_of(row[0].file) == source]

    def _uploads(self) -> Uploads:
        uploads = self.parts.uploads
        if uploads is None:
            raise UploadsOff("This service takes no files. Put them into its folder of articles instead.")
        return uploads

    @contextmanager
    def _alone(self, patience: float) -> Iterator[None]:
        """Be the only one that syncs, after a sync under way when that ends within `patience` seconds."""
        if not self._syncing.acquire(timeout=patience):
            raise SyncRunning("A sync is under way already. Ask again when it is done.")
        try:
            yield
        finally:
            self._syncing.release()

    def _start(self) -> None:
        try:
            self._opened = self._open_parts()
            with self._syncing:
                report = self._first_sync(self._opened)
        except _Stopping:
            return
        except Exception as error:  # whatever it was, readiness and the log must tell
            if isinstance(error, (IndexingError, AnsweringError)):
                log.error("the index could not be opened: %s", error)
            else:
                log.exception("the index could not be opened")
            self.readiness = Readiness("failed", reason=str(error))
            self._on_failure(error)
            return
        for file, reason in report.unreadable.items():
            log.warning("left out %s: %s", file, reason)
        self.readiness = Readiness("ready", self.readiness.done, self.readiness.total)
        self._on_ready(self._opened)

    def _first_sync(self, parts: Parts) -> SyncReport:
        """Sync; on a full disk, what was indexed before is served as it is."""
        try:
            return parts.sync(self._note)
        except DiskFull as error:
            if not parts.catalogue.counts()[0]:
                raise
            log.error("what changed in the articles is not indexed: %s", error)
            return SyncReport()

    def _note(self, progress: SyncProgress) -> None:
        self._break_off_when_stopping(progress)
        self.readiness = Readiness("indexing", progress.done, progress.total)

    def _break_off_when_stopping(self, _progress: SyncProgress) -> None:
        if self._stopping.is_set():
            raise _Stopping("The server is stopping.")


def _fault_of(retriever: Retriever) -> str | None:
    try:
        retriever.search("news", top_k=1)
    except Exception as error:  # noqa: BLE001 - whatever it is, it keeps questions from being answered
        return str(describe(error)["detail"])
    return None


class _Stopping(NotReady):
    """A sync was broken off because the service stops."""

    def __init__(self, reason: str) -> None:
        super().__init__(Readiness("starting", reason=reason))
