"""Stand-ins for our own parts, passed in where the real ones go."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from api.service import Answerer, OnProgress, Parts
from index.records import Article, Filters, Passage, SyncProgress, SyncReport
from qa.records import Answer, OnQuick, OnRetrieval, OnStatement, Question

_PATIENCE_SECONDS = 30.0


@dataclass
class HeldSync:
    """A sync that tells of its `progress`, then waits at a gate before it does its work."""

    sync: Callable[[OnProgress], SyncReport]
    progress: SyncProgress | None = None
    begun: threading.Event = field(default_factory=threading.Event)
    gate: threading.Event = field(default_factory=threading.Event)

    def __call__(self, on_progress: OnProgress) -> SyncReport:
        """Sync, once the gate is open."""
        if self.progress:
            on_progress(self.progress)
        self.begun.set()
        assert self.gate.wait(_PATIENCE_SECONDS), "nobody opened the gate"
        return self.sync(on_progress)


@dataclass(frozen=True)
class BrokenAnswerer:
    """An answerer that raises `error` at every question."""

    error: Exception

    def answer(
        self,
        question: Question,
        on_statement: OnStatement = lambda _: None,
        on_retrieval: OnRetrieval = lambda _question, _passages: None,
        on_quick: OnQuick = lambda _: None,
    ) -> Answer:
        """Raise."""
        raise self.error


class EmptyIndex:
    """A retriever and a catalogue without articles."""

    def search(self, query: str, *, top_k: int | None = None, filters: Filters = Filters()) -> list[Passage]:
        """Find nothing."""
        return []

    def article(self, article_id: str) -> Article | None:
        """Return None."""
        return None

    def articles(self) -> list[tuple[Article, int]]:
        """Return no article."""
        return []

    def counts(self) -> tuple[int, int]:
        """Count nothing."""
        return 0, 0

    def generation(self) -> int:
        """Return what never changes."""
        return 0


def parts_that_only_answer(answerer: Answerer) -> Parts:
    """Return the parts of a service that has no articles, only this answerer."""
    return Parts(answerer, EmptyIndex(), EmptyIndex(), lambda _: SyncReport(), lambda: None)
