"""Stand-ins for the parts that an answerer is given: articles, a retriever, and engines that may lie or fail."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

from index.embedding import Vectors
from index.records import Article, Filters, Passage, Span
from qa.records import Draft, DraftStatement, Support


@dataclass
class Shelf:
    """Articles by id; `looked_up` tells which ids were asked for, `held` how often one state was held."""

    articles: dict[str, Article] = field(default_factory=dict)
    looked_up: list[str] = field(default_factory=list)
    held: int = 0

    def article(self, article_id: str) -> Article | None:
        self.looked_up.append(article_id)
        return self.articles.get(article_id)

    @contextmanager
    def reading(self) -> Iterator[None]:
        self.held += 1
        yield


@dataclass
class Finds:
    """A retriever that finds `passages` for every question, and keeps what it was asked."""

    passages: list[Passage]
    asked: list[tuple[str, int | None, Filters]] = field(default_factory=list)

    def search(self, query: str, *, top_k: int | None = None, filters: Filters = Filters()) -> list[Passage]:
        self.asked.append((query, top_k, filters))
        return self.passages


@dataclass
class Says:
    """An engine that makes of each passage's sentences the statements that `say` returns, and keeps its questions."""

    say: Callable[[str], str]
    name: str = "says"
    confidence: float = 0.5
    asked: list[str] = field(default_factory=list)

    def draft(self, question: str, passages: Sequence[Passage]) -> Draft:
        self.asked.append(question)
        return Draft(
            tuple(
                DraftStatement(self.say(words(passage, span)), (Support(passage, span),))
                for passage in passages
                for span in passage.chunk.sentences
            ),
            self.confidence,
        )


@dataclass
class Drafts:
    """An engine that returns `draft_made` for every question."""

    draft_made: Draft
    name: str = "drafts"

    def draft(self, question: str, passages: Sequence[Passage]) -> Draft:
        return self.draft_made


class LetterCounts:
    """An embedder for which texts of the same letters are near; it takes no time, for tests that ask many questions."""

    name = "letters"

    def embed(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> Vectors:
        counts = np.ones((len(texts), 64), dtype=np.float32)
        for row, text in enumerate(texts):
            for character in text:
                counts[row, ord(character) % 64] += 1
        vectors: Vectors = (counts / np.linalg.norm(counts, axis=1, keepdims=True)).astype(np.float32)
        return vectors


class NoWordWasCounted:
    """Statistics of an index that holds none of a question's words: all are equally rare."""

    def counts(self) -> tuple[int, int]:
        return 10, 100

    def document_frequencies(self, stems: Sequence[str]) -> dict[str, int]:
        return {}


def words(passage: Passage, span: Span) -> str:
    """Return the words of a passage at `span`."""
    return passage.chunk.text[span.start - passage.chunk.start : span.end - passage.chunk.start]
