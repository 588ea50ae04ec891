"""What an Answerer is made of."""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from index.copies import Sketch
from index.records import Article, Filters, Passage
from qa.comparison import Side
from qa.records import Answer, Draft, DraftStatement, LiveDraft, Question, Support


class Retriever(Protocol):
    """What finds passages; `index.retriever.HybridRetriever` is one."""

    def search(self, query: str, *, top_k: int | None = None, filters: Filters = Filters()) -> list[Passage]:
        """Return at most `top_k` passages, best first."""


class Engine(Protocol):
    """What drafts an answer from passages; nothing that it writes is trusted."""

    @property
    def name(self) -> str:
        """What answers call this engine."""

    def draft(
        self, question: str, passages: Sequence[Passage], asked: str, sides: Sequence[Side] = ()
    ) -> Draft | LiveDraft:
        """Return statements with what they rest on, each side's among them.

        `asked` is what a reader is to be asked (see qa.followups), `sides` what the articles say where they differ.
        """


class Grounder(Protocol):
    """What finds the words that support a statement; `qa.grounding.Grounder` is one."""

    def supports(self, drafted: DraftStatement, passages: Sequence[Passage]) -> tuple[Support, ...]:
        """Return the exact words on which the statement stands; nothing when no passage supports it."""


class Judgement(Protocol):
    """What tells whether supported words answer the question; `qa.confidence.ReadersJudgement` is one."""

    def confidence(self, question: str, statement: str, supports: Sequence[Support]) -> float:
        """Return the confidence, between 0 and 1, that a statement that rests on these words answers."""


class Comparer(Protocol):
    """What tells whether the articles differ; `qa.comparison.Comparison` is one."""

    def sides(self, question: str, asked: str, passages: Sequence[Passage]) -> tuple[Side, ...]:
        """Return what the articles say where they differ, else nothing."""


class NearMisses(Protocol):
    """What helps where the articles don't answer; `qa.nearest.Nearest` is one."""

    def unknown_words(self, question: str) -> tuple[str, ...]:
        """Return the words of a question that stand in no article."""

    def sentences(self, question: str, passages: Sequence[Passage]) -> list[Support]:
        """Return what of the passages comes nearest."""


class AboutCollection(Protocol):
    """What answers questions to the service itself; `qa.collection.Collection` is one."""

    def reply(self, asked: str, question: Question, answers: Callable[[str], bool]) -> Answer | None:
        """Return the reply, None where the question is one for the articles."""


class ArticleSnapshot(Protocol):
    """Where articles are looked up, and one state of them can be held; the catalogue is one."""

    def article(self, article_id: str) -> Article | None:
        """Return the article with this id, or None."""

    def sketches(self, article_ids: Collection[str]) -> dict[str, Sketch]:
        """Return what near copies are known by, for those of these articles that are there."""

    def reading(self) -> AbstractContextManager[None]:
        """Hold one state for as long as the context is open."""
