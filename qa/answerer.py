"""The one path from a question to an answer whose every statement stands on exact words."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict
from typing import Protocol

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.response.schema import Response
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from index.records import Article, Filters, Passage
from qa.citations import CitationLedger
from qa.errors import EngineNotConfigured
from qa.followups import stand_alone
from qa.grounding import is_supported
from qa.questions import clean_question
from qa.records import Answer, Citation, Draft, DraftStatement, Question, Statement

NOT_IN_SOURCES = "The articles don't say."
PASSAGES_RETRIEVED = 20  # broadly: an engine chooses what of them to read


class Retriever(Protocol):
    """What finds passages; `index.retriever.HybridRetriever` is one."""

    def search(self, query: str, *, top_k: int | None = None, filters: Filters = Filters()) -> list[Passage]:
        """Return at most `top_k` passages, best first."""


class Engine(Protocol):
    """What drafts an answer from passages; nothing that it writes is trusted."""

    @property
    def name(self) -> str:
        """What answers call this engine."""

    def draft(self, question: str, passages: Sequence[Passage], asked: str) -> Draft:
        """Return statements with the words they rest on; `question` stands alone, `asked` is what the user wrote."""


class ArticleSnapshot(Protocol):
    """Where articles are looked up, and one state of them can be held; the catalogue is one."""

    def article(self, article_id: str) -> Article | None:
        """Return the article with this id, or None."""

    def reading(self) -> AbstractContextManager[None]:
        """Hold one state for as long as the context is open."""


class Answerer(BaseQueryEngine):
    """Answers questions from the articles; also a LlamaIndex query engine, whose source nodes are the cited spans.

    `engines` are tried in order until one has a statement left that its citations support.
    """

    def __init__(self, retriever: Retriever, articles: ArticleSnapshot, engines: Sequence[Engine]) -> None:
        super().__init__(callback_manager=None)
        self._retriever = retriever
        self._articles = articles
        self._engines = tuple(engines)

    def answer(self, question: Question) -> Answer:
        """Return the answer, which may be that the articles don't say.

        Raises QuestionError when the question cannot be asked, EngineNotConfigured when it names an engine that this
        Answerer doesn't have.
        """
        asked = clean_question(question.text)
        engines = self._chosen(question)
        timings: dict[str, float] = {}
        standalone = stand_alone(asked, question.history)
        with _timed(timings, "total"), self._articles.reading():
            with _timed(timings, "retrieve"):
                top_k = question.top_k or PASSAGES_RETRIEVED
                passages = self._retriever.search(standalone, top_k=top_k, filters=question.filters)
            answer = self._first_supported(asked, standalone, engines, passages, timings)
        answer.timings_ms.update(timings)
        return answer

    def _chosen(self, question: Question) -> tuple[Engine, ...]:
        if question.engine == "auto":
            return self._engines
        chosen = tuple(engine for engine in self._engines if engine.name == question.engine)
        if not chosen:
            raise EngineNotConfigured(
                f'The engine "{question.engine}" is not configured here. Ask with "auto" or '
                + " or ".join(f'"{engine.name}"' for engine in self._engines)
                + "."
            )
        return chosen

    def _first_supported(
        self,
        asked: str,
        standalone: str,
        engines: Sequence[Engine],
        passages: Sequence[Passage],
        timings: dict[str, float],
    ) -> Answer:
        dropped, confidence, engine = 0, 0.0, engines[0]
        for engine in engines:
            with _timed(timings, "draft"):
                draft = engine.draft(standalone, passages, asked)
            with _timed(timings, "check"):
                ledger = CitationLedger(self._articles)
                statements = [made for one in draft.statements if (made := _checked(one, ledger))]
            dropped += len(draft.statements) - len(statements)
            confidence = draft.confidence
            if statements:
                break
        else:
            ledger, statements, draft = CitationLedger(self._articles), [], Draft((), confidence)
        return Answer(
            question=asked,
            standalone_question=standalone,
            status="answered" if statements else "not_in_sources",
            answer=" ".join(_with_markers(one) for one in statements) or NOT_IN_SOURCES,
            short_answer=_shown_in(statements, draft.short_answer),
            statements=tuple(statements),
            citations=ledger.citations,
            views=(),
            engine=engine.name,
            dropped=dropped,
            incomplete=False,
            fallback_reason=None,
            confidence=confidence,
        )

    # --- as a LlamaIndex query engine ---

    def _query(self, query_bundle: QueryBundle) -> Response:
        answer = self.answer(Question(query_bundle.query_str))
        nodes = [_source_node(citation) for citation in answer.citations]
        return Response(response=answer.answer, source_nodes=nodes, metadata={"answer": asdict(answer)})

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


def _checked(drafted: DraftStatement, ledger: CitationLedger) -> Statement | None:
    """Return the statement with the citations that support it, or None when none does."""
    # Only what holds gets a number, so that numbers count from 1 without gaps.
    holding = [one for one in drafted.supports if is_supported(drafted.text, ledger.quote(one) or "")]
    citations = dict.fromkeys(citation for one in holding if (citation := ledger.locate(one)))
    return Statement(drafted.text, tuple(citations)) if citations else None


def _shown_in(statements: Sequence[Statement], short_answer: str | None) -> str | None:
    """Return the short answer if a statement that holds says it."""
    return short_answer if short_answer and any(short_answer in one.text for one in statements) else None


def _with_markers(statement: Statement) -> str:
    return statement.text + " " + "".join(f"[{citation.number}]" for citation in statement.citations)


def _source_node(citation: Citation) -> NodeWithScore:
    node = TextNode(
        text=citation.quote,
        start_char_idx=citation.start,
        end_char_idx=citation.end,
        metadata={
            "number": citation.number,
            "article_id": citation.article_id,
            "file": citation.file,
            "title": citation.title,
            "publisher": citation.publisher,
            "published": citation.published.isoformat() if citation.published else None,
        },
    )
    return NodeWithScore(node=node, score=None)


@contextmanager
def _timed(timings: dict[str, float], stage: str) -> Iterator[None]:
    """Add the milliseconds that the block takes to `timings[stage]`."""
    begun = time.perf_counter()
    try:
        yield
    finally:
        timings[stage] = round(timings.get(stage, 0.0) + (time.perf_counter() - begun) * 1000, 1)
