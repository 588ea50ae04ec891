"""Planted faults: wrappers around any answerer or retriever, each of which breaks one thing.

They take the healthy part through their constructor and have its methods, so that they fit wherever it does. What is
judged stays unmodified: a gate that stays green under one of them is a defect of the gate.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import count

from eval.protocols import Answerer, Retriever
from index.records import Filters, Passage
from qa.records import Answer, Citation, Question, Statement, View

EVERYTHING = 1000  # more passages than a small collection holds


def with_citations(answer: Answer, change: Callable[[Citation], Citation]) -> Answer:
    """The answer with every citation changed, wherever it stands."""
    return replace(
        answer,
        citations=tuple(map(change, answer.citations)),
        statements=tuple(Statement(one.text, tuple(map(change, one.citations))) for one in answer.statements),
        views=tuple(replace(view, citations=tuple(map(change, view.citations))) for view in answer.views),
    )


def refusing(answer: Answer) -> Answer:
    """The same question refused; its confidence stays."""
    return replace(answer, status="not_in_sources", answer="", short_answer=None, statements=(), citations=(), views=())


class OffsetsOffByOne:
    """Every citation starts and ends one code point late."""

    def __init__(self, inner: Answerer) -> None:
        self._inner = inner

    def answer(self, question: Question) -> Answer:
        return with_citations(self._inner.answer(question), lambda c: replace(c, start=c.start + 1, end=c.end + 1))


class CitationsShuffled:
    """Every citation quotes exact words, but the first ones of the next article."""

    def __init__(self, inner: Answerer, articles: Mapping[str, str]) -> None:
        self._inner = inner
        self._articles = articles

    def answer(self, question: Question) -> Answer:
        return with_citations(self._inner.answer(question), self._elsewhere)

    def _elsewhere(self, citation: Citation) -> Citation:
        files = sorted(self._articles)
        file = files[(files.index(citation.file) + 1) % len(files)]
        return replace(citation, file=file, article_id=file, start=0, end=20, quote=self._articles[file][:20])


class ConfidenceNegated:
    """The surer it is, the less it says so."""

    def __init__(self, inner: Answerer) -> None:
        self._inner = inner

    def answer(self, question: Question) -> Answer:
        answer = self._inner.answer(question)
        return replace(answer, confidence=1 - answer.confidence)


class RefusesEverything:
    """Nothing is ever answered."""

    def __init__(self, inner: Answerer) -> None:
        self._inner = inner

    def answer(self, question: Question) -> Answer:
        return refusing(self._inner.answer(question))


class NeverRefuses:
    """A threshold at zero: where the articles don't say, the first words of one of them are the answer."""

    def __init__(self, inner: Answerer, articles: Mapping[str, str]) -> None:
        self._inner = inner
        self._file, self._text = min(articles.items())

    def answer(self, question: Question) -> Answer:
        answer = self._inner.answer(question)
        if answer.status == "answered":
            return answer
        quote = self._text[:40]
        citation = Citation(1, self._file, self._file, None, None, None, 0, len(quote), quote)
        statement = Statement(quote, (citation,))
        return replace(answer, status="answered", answer=f"{quote} [1]", statements=(statement,), citations=(citation,))


class AnswersFromNowhere:
    """Invents its answers and the words it quotes for them."""

    def __init__(self, inner: Answerer) -> None:
        self._inner = inner

    def answer(self, question: Question) -> Answer:
        answer = self._inner.answer(question)
        if answer.status == "not_in_sources":
            return answer
        words = "As everybody knows, it was always so."
        citations = tuple(replace(one, quote=words, end=one.start + len(words)) for one in answer.citations[:1])
        statement = Statement(words, citations)
        return replace(
            answer, answer=f"{words} [1]", short_answer=words, statements=(statement,), citations=citations, views=()
        )


class DropsCitations:
    """States the right thing and cites nothing for it."""

    def __init__(self, inner: Answerer) -> None:
        self._inner = inner

    def answer(self, question: Question) -> Answer:
        answer = self._inner.answer(question)
        statements = tuple(Statement(one.text, ()) for one in answer.statements)
        return replace(answer, statements=statements, citations=(), views=())


class DanglingMarkers:
    """Its text points to footnotes that are not there."""

    def __init__(self, inner: Answerer) -> None:
        self._inner = inner

    def answer(self, question: Question) -> Answer:
        answer = self._inner.answer(question)
        return replace(answer, answer=f"{answer.answer} [99]") if answer.statements else answer


class ForgetsTheConversation:
    """Takes a follow-up for a question of its own."""

    def __init__(self, inner: Answerer) -> None:
        self._inner = inner

    def answer(self, question: Question) -> Answer:
        return self._inner.answer(replace(question, history=()))


class HidesDisagreement:
    """Tells the first side only."""

    def __init__(self, inner: Answerer) -> None:
        self._inner = inner

    def answer(self, question: Question) -> Answer:
        answer = self._inner.answer(question)
        return replace(answer, views=answer.views[:1])


class SeesDisagreementEverywhere:
    """Shows every answer as two sides."""

    def __init__(self, inner: Answerer) -> None:
        self._inner = inner

    def answer(self, question: Question) -> Answer:
        answer = self._inner.answer(question)
        views = tuple(View(one.text, one.citations, (), ()) for one in answer.statements)
        return replace(answer, views=views * 2)


class ChangesItsMind:
    """Never gives the same answer twice."""

    def __init__(self, inner: Answerer) -> None:
        self._inner = inner
        self._asked = count(1)

    def answer(self, question: Question) -> Answer:
        answer = self._inner.answer(question)
        return replace(answer, confidence=answer.confidence * (1 - 1e-6 * next(self._asked)))


class FailsOnSomeQuestions:
    """Raises on one question in ten."""

    def __init__(self, inner: Answerer) -> None:
        self._inner = inner
        self._asked = count(1)

    def answer(self, question: Question) -> Answer:
        if next(self._asked) % 10 == 0:
            raise RuntimeError(f"no answer for {question.text}")
        return self._inner.answer(question)


class ArticleMissing:
    """One article is not in the index."""

    def __init__(self, inner: Retriever, file: str) -> None:
        self._inner = inner
        self._file = file

    def search(self, query: str, *, top_k: int, filters: Filters) -> list[Passage]:
        found = self._inner.search(query, top_k=EVERYTHING, filters=filters)
        return [passage for passage in found if passage.file != self._file][:top_k]


class ScoresNegated:
    """The worst passages come first."""

    def __init__(self, inner: Retriever) -> None:
        self._inner = inner

    def search(self, query: str, *, top_k: int, filters: Filters) -> list[Passage]:
        found = self._inner.search(query, top_k=EVERYTHING, filters=filters)
        return [replace(passage, score=-passage.score) for passage in reversed(found)][:top_k]


class LexicalSearchOff:
    """Only dense search is left."""

    def __init__(self, inner: Retriever) -> None:
        self._inner = inner

    def search(self, query: str, *, top_k: int, filters: Filters) -> list[Passage]:
        found = self._inner.search(query, top_k=EVERYTHING, filters=filters)
        ranked = sorted((p.dense_rank, i) for i, p in enumerate(found) if p.dense_rank is not None)
        return [replace(found[i], lexical_rank=None) for _, i in ranked][:top_k]


class StaleVectors:
    """Every vector belongs to another passage: dense ranks are moved half way round, lexical search is as it was."""

    def __init__(self, inner: Retriever) -> None:
        self._inner = inner

    def search(self, query: str, *, top_k: int, filters: Filters) -> list[Passage]:
        found = self._inner.search(query, top_k=EVERYTHING, filters=filters)
        dense = sorted((p.dense_rank, i) for i, p in enumerate(found) if p.dense_rank is not None)
        half = len(dense) // 2
        moved = {i: dense[(place + half) % len(dense)][0] for place, (_, i) in enumerate(dense)}
        stale = [replace(passage, dense_rank=moved.get(i)) for i, passage in enumerate(found)]
        return stale[:top_k]
