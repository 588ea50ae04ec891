"""The one path from a question to an answer whose every statement stands on exact words."""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.response.schema import Response
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import QueryBundle

from index.records import Passage
from qa.citations import CitationLedger
from qa.deciding import NO, YES
from qa.errors import EngineNotConfigured
from qa.followups import StandaloneQuestion, stand_alone
from qa.nodes import source_node
from qa.parts import parts_of
from qa.pointers import pointer
from qa.protocols import (
    AboutCollection,
    ArticleSnapshot,
    Comparer,
    Engine,
    Grounder,
    Judgement,
    NearMisses,
    Retriever,
)
from qa.questions import clean_question
from qa.records import (
    Answer,
    Draft,
    DraftStatement,
    EngineChoice,
    LiveDraft,
    OnRetrieval,
    OnStatement,
    Pointer,
    Question,
    Statement,
    Turn,
)
from qa.views import Differences, independent, stated

NOT_IN_SOURCES = "The articles don't say."
LEFT_OPEN = "To a part of this the articles have no answer:"
PASSAGES_RETRIEVED = 20  # broadly: an engine chooses what of them to read
LEAST_CONFIDENCE = 0.3  # of a statement of an engine without a confidence of its own
StandAlone = Callable[[str, tuple[Turn, ...]], StandaloneQuestion]
Respell = Callable[[str, Sequence[str]], str]  # a question and the texts in whose spelling it is to be


def as_typed(question: str, _texts: Sequence[str]) -> str:
    """Return the question as it is."""
    return question


class Answerer(BaseQueryEngine):
    """Answers questions from the articles; also a LlamaIndex query engine, whose source nodes are the cited spans.

    `engines` are tried in order until one has a statement left that the articles support, or says itself that they
    don't answer. Of an engine without a confidence of its own, a statement must also answer, by `judgement`. With a
    `collection`, questions to the service itself are answered, too; with `nearest`, what is not answered gets pointers.
    """

    def __init__(
        self,
        retriever: Retriever,
        articles: ArticleSnapshot,
        engines: Sequence[Engine],
        grounder: Grounder,
        judgement: Judgement,
        comparer: Comparer,
        stand_alone: StandAlone = stand_alone,
        respell: Respell = as_typed,
        collection: AboutCollection | None = None,
        nearest: NearMisses | None = None,
    ) -> None:
        super().__init__(callback_manager=None)
        self._retriever = retriever
        self._articles = articles
        self._engines = tuple(engines)
        self._grounder = grounder
        self._judgement = judgement
        self._comparer = comparer
        self._stand_alone = stand_alone
        self._respell = respell
        self._collection = collection
        self._nearest = nearest

    @property
    def engine_names(self) -> tuple[str, ...]:
        """The names of the engines, in the order in which they are tried."""
        return tuple(engine.name for engine in self._engines)

    def answer(
        self,
        question: Question,
        on_statement: OnStatement = lambda _: None,
        on_retrieval: OnRetrieval = lambda _, __: None,
    ) -> Answer:
        """Return the answer, which may be that the articles don't say.

        `on_retrieval` is called with the question as it is understood and the passages found, `on_statement` with each
        statement as soon as it has passed; none is taken back later.
        Raises QuestionError when the question cannot be asked, EngineNotConfigured when it names an engine that this
        Answerer doesn't have.
        """
        asked = clean_question(question.text)
        engines = self._chosen(question)
        if self._collection and (reply := self._collection.reply(asked, question, self._answers)):
            return reply
        timings: dict[str, float] = {}
        with _timed(timings, "total"):
            with _timed(timings, "rewrite"):
                standalone = self._stand_alone(asked, question.history)
            with self._articles.reading():
                with _timed(timings, "retrieve"):
                    top_k = question.top_k or PASSAGES_RETRIEVED
                    passages = self._retriever.search(standalone.text, top_k=top_k, filters=question.filters)
                    standalone = self._in_the_spelling_of(passages, standalone)
                on_retrieval(standalone.text, passages)
                with _timed(timings, "compare"):
                    differences = self._differences(standalone, passages)
                attempt = self._first_supported(standalone, engines, passages, differences, timings, on_statement)
                views = differences.views(attempt.ledger) if attempt.statements else ()
                cited = [(one.article_id, one.quote) for made in attempt.statements for one in made.citations]
                articles = {article_id for article_id, _ in cited}
                sources = independent(cited, self._articles.sketches(articles))
                unknown, pointers = ((), ()) if attempt.statements else self._near_misses(standalone, passages)
        statements = tuple(attempt.statements)
        note = (differences.note(views) or attempt.note) if statements else None
        said = [note] if note else []
        return Answer(
            question=asked,
            standalone_question=standalone.text,
            status="answered" if statements else "not_in_sources",
            answer=" ".join([*said, *(one.with_markers for one in statements)]) or NOT_IN_SOURCES,
            short_answer=None if views else _shown_in(statements, attempt.short_answer),
            statements=statements,
            citations=attempt.ledger.citations,
            views=views,
            engine=attempt.engine,
            dropped=attempt.dropped,
            incomplete=bool(statements) and attempt.failed,
            fallback_reason=attempt.fallback_reason,
            confidence=attempt.confidence,
            note=note,
            articles=len(articles),
            independent=sources,
            pointers=pointers,
            unknown_words=unknown,
            tokens=attempt.tokens,
            timings_ms=timings,
        )

    def _near_misses(
        self, question: StandaloneQuestion, passages: Sequence[Passage]
    ) -> tuple[tuple[str, ...], tuple[Pointer, ...]]:
        """Return the words that stand in no article, and where what comes nearest stands."""
        if self._nearest is None:
            return (), ()
        ledger = CitationLedger(self._articles)
        found = [pointer(ledger, one) for one in self._nearest.sentences(question.text, passages)]
        return self._nearest.unknown_words(question.to_read), tuple(one for one in found if one)

    def _answers(self, question: str) -> bool:
        """Tell whether the articles answer a question, by the engine that needs least."""
        engine: EngineChoice = "extractive" if "extractive" in self.engine_names else "auto"
        return self.answer(Question(question, engine=engine)).status == "answered"

    def _in_the_spelling_of(self, passages: Sequence[Passage], question: StandaloneQuestion) -> StandaloneQuestion:
        texts = [passage.chunk.text for passage in passages]
        asked = dict.fromkeys((question.text, question.to_read))  # one and the same, but for follow-ups
        respelt = {one: self._respell(one, texts) for one in asked}
        return StandaloneQuestion(respelt[question.text], respelt[question.to_read])

    def _differences(self, standalone: StandaloneQuestion, passages: Sequence[Passage]) -> Differences:
        if len(parts_of(standalone.to_read)) > 1:  # what differs may be what was asked twice
            return Differences.of((), {})
        sides = self._comparer.sides(standalone.text, standalone.to_read, passages)
        articles = {one.article_id for side in sides for one in side.findings}
        return Differences.of(sides, self._articles.sketches(articles) if articles else {})

    def _chosen(self, question: Question) -> tuple[Engine, ...]:
        """Return the engine that the question names and those that stand in for it."""
        names = [engine.name for engine in self._engines]
        if question.engine == "auto":
            return self._engines
        if question.engine not in names:
            raise EngineNotConfigured(
                f'The engine "{question.engine}" is not configured here. Ask with "auto" or '
                + " or ".join(f'"{name}"' for name in names)
                + "."
            )
        return self._engines[names.index(question.engine) :]

    def _first_supported(
        self,
        standalone: StandaloneQuestion,
        engines: Sequence[Engine],
        passages: Sequence[Passage],
        differences: Differences,
        timings: dict[str, float],
        on_statement: OnStatement,
    ) -> "_Attempt":
        attempt = _Attempt(CitationLedger(self._articles))
        for engine in engines:
            attempt.engine, attempt.confidence, written = engine.name, 0.0, 0
            with _timed(timings, "draft"):
                draft = engine.draft(standalone.text, passages, standalone.to_read, differences.sides)
                drafted = iter(draft.statements)
            sure = draft.confidence if isinstance(draft, Draft) else None
            while (one := _next(drafted, timings)) is not None:
                written += 1
                with _timed(timings, "check"):
                    made = self._checked(one, sure, standalone.to_read, passages, attempt)
                if made:
                    on_statement(made)
            attempt.take(draft)
            if attempt.statements or attempt.declined:
                break
            if written and sure is None and not attempt.failed:
                wrote = f"the engine {engine.name} wrote (statements: {written})"
                attempt.fallback_reason = f"nothing holds of what {wrote}"
        for side in differences.missing(attempt.ledger.citations) if attempt.statements else ():
            made = self._checked(stated(side), side.findings[0].confidence, standalone.to_read, passages, attempt)
            if made:
                on_statement(made)
        return attempt

    def _checked(
        self,
        drafted: DraftStatement,
        confidence: float | None,
        question: str,
        passages: Sequence[Passage],
        attempt: "_Attempt",
    ) -> Statement | None:
        """Return the statement with the citations that support it, or None when none does."""
        supports = [one for one in self._grounder.supports(drafted, passages) if attempt.ledger.quote(one) is not None]
        if confidence is None and supports:
            confidence = self._judgement.confidence(question, drafted.text, supports)
            if confidence < LEAST_CONFIDENCE:
                supports = []
        # Only what holds gets a number, so that numbers count from 1 without gaps.
        citations = dict.fromkeys(citation for one in supports if (citation := attempt.ledger.locate(one)))
        if not citations:
            attempt.dropped += 1
            return None
        attempt.confidence = max(attempt.confidence, confidence or 0.0)
        attempt.statements.append(Statement(drafted.text, tuple(citations)))
        return attempt.statements[-1]

    # --- as a LlamaIndex query engine ---

    def _query(self, query_bundle: QueryBundle) -> Response:
        answer = self.answer(Question(query_bundle.query_str))
        nodes = [source_node(citation) for citation in answer.citations]
        return Response(response=answer.answer, source_nodes=nodes, metadata={"answer": asdict(answer)})

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


@dataclass(slots=True)
class _Attempt:
    """What the engines asked so far have come to."""

    ledger: CitationLedger
    engine: str = ""
    statements: list[Statement] = field(default_factory=list)
    dropped: int = 0
    confidence: float = 0.0
    short_answer: str | None = None
    note: str | None = None
    failed: bool = False
    declined: bool = False
    fallback_reason: str | None = None
    tokens: dict[str, int] = field(default_factory=dict)

    def take(self, draft: Draft | LiveDraft) -> None:
        """Note how a draft ended, whose last statement has been taken."""
        if isinstance(draft, Draft):
            self.confidence, self.short_answer, self.note = draft.confidence, draft.short_answer, draft.note
            if draft.unanswered:
                self.note = f"{LEFT_OPEN} {' '.join(draft.unanswered)}"
            self.failed = False
            return
        self.failed, self.declined = draft.failure is not None, draft.declined
        self.fallback_reason = draft.failure
        self.tokens = draft.tokens


def _next(drafted: Iterator[DraftStatement], timings: dict[str, float]) -> DraftStatement | None:
    with _timed(timings, "draft"):
        return next(drafted, None)


def _shown_in(statements: Sequence[Statement], short_answer: str | None) -> str | None:
    """Return the short answer if a statement that holds says it; yes and no are said by none."""
    said = short_answer in {YES, NO} if statements else False
    return short_answer if said or (short_answer and any(short_answer in one.text for one in statements)) else None


@contextmanager
def _timed(timings: dict[str, float], stage: str) -> Iterator[None]:
    """Add the milliseconds that the block takes to `timings[stage]`."""
    begun = time.perf_counter()
    try:
        yield
    finally:
        timings[stage] = round(timings.get(stage, 0.0) + (time.perf_counter() - begun) * 1000, 1)
