"""The running parts behind the routes: opened in the background, so that the port answers at once."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from api.errors import NotReady, SyncRunning
from index.errors import IndexingError
from index.records import Article, Filters, Passage, SyncProgress, SyncReport
from qa.errors import AnsweringError
from qa.records import Answer, Question

log = logging.getLogger(__name__)

OnProgress = Callable[[SyncProgress], None]


class Answerer(Protocol):
    """What answers questions; `qa.answerer.Answerer` is one."""

    def answer(self, question: Question) -> Answer:
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
        """Return every article with an empty text, and the length of the text it has."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the routes call. `sync` makes the index equal to the corpus; `close` lets go of everything."""

    answerer: Answerer
    retriever: Retriever
    catalogue: Catalogue
    sync: Callable[[OnProgress], SyncReport]
    close: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Readiness:
    """Where the service stands. Counts are articles of the first sync; `reason` says why it failed, if it did."""

    status: Literal["starting", "indexing", "ready", "failed"]
    done: int = 0
    total: int = 0
    reason: str | None = None


class Service:
    """Opens the parts with `open_parts` in a thread of its own and syncs once; from then on it is ready.

    `on_failure` hears of an error that kept it from becoming ready. A sync under way ends at its next report of
    progress when the service is stopped; the next start goes on from there.
    """

    def __init__(
        self, open_parts: Callable[[], Parts], on_failure: Callable[[Exception], None] = lambda _: None
    ) -> None:
        self._open_parts = open_parts
        self._on_failure = on_failure
        self._opened: Parts | None = None
        self._syncing = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._start, name="first-sync")
        self.readiness = Readiness("starting")

    def start(self) -> None:
        """Begin to open the parts, and return at once."""
        self._thread.start()

    def stop(self) -> None:
        """Break off a sync under way, then close the parts."""
        self._stopping.set()
        self._thread.join()
        with self._syncing:
            if self._opened:
                self._opened.close()
                self._opened = None

    @property
    def parts(self) -> Parts:
        """The parts. Raises NotReady until the first sync is done."""
        if self._opened is None or self.readiness.status != "ready":
            raise NotReady(self.readiness)
        return self._opened

    def sync(self) -> SyncReport:
        """Make the index equal to the corpus. Raises NotReady, or SyncRunning when a sync is under way."""
        parts = self.parts
        if not self._syncing.acquire(blocking=False):
            raise SyncRunning("A sync is under way already. Ask again when it is done.")
        try:
            return parts.sync(self._break_off_when_stopping)
        finally:
            self._syncing.release()

    def _start(self) -> None:
        try:
            self._opened = self._open_parts()
            with self._syncing:
                report = self._opened.sync(self._note)
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

    def _note(self, progress: SyncProgress) -> None:
        self._break_off_when_stopping(progress)
        self.readiness = Readiness("indexing", progress.done, progress.total)

    def _break_off_when_stopping(self, _progress: SyncProgress) -> None:
        if self._stopping.is_set():
            raise _Stopping("The server is stopping.")


class _Stopping(NotReady):
    """A sync was broken off because the service stops."""

    def __init__(self, reason: str) -> None:
        super().__init__(Readiness("starting", reason=reason))
