"""The one path from a question to an answer whose every statement stands on exact words."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.response.schema import Response
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import QueryBundle

from index.records import Passage
from qa.attempts import Attempt, Checker
from qa.authorship import Authorship
from qa.citations import CitationLedger
from qa.courtesies import without_courtesy
from qa.errors import EngineNotConfigured
from qa.followups import StandaloneQuestion, other_reading, stand_alone
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
from qa.readable import said_in
from qa.records import (
    Answer,
    Draft,
    DraftStatement,
    EngineChoice,
    LiveDraft,
    OnQuick,
    OnRetrieval,
    OnStatement,
    Pointer,
    Question,
    Statement,
    Turn,
)
from qa.timing import timed
from qa.uncited import from_the_list
from qa.views import NO_DIFFERENCES, Differences, independent, stated

NOT_IN_SOURCES = "The articles don't say."
PASSAGES_RETRIEVED = 20  # broadly: an engine chooses what of them to read
StandAlone = Callable[[str, tuple[Turn, ...]], StandaloneQuestion]
Respell = Callable[[str, Sequence[str]], str]  # a question and the texts in whose spelling it is to be


def as_typed(question: str, _texts: Sequence[str]) -> str:
    """Return the question as it is."""
    return question


class Answerer(BaseQueryEngine):
    """Answers questions from the articles; also a LlamaIndex query engine, whose source nodes are the cited spans.

    `engines` are tried in order until one has a statement left that the articles support, or says itself that they
    don't answer. What stands behind one that writes as it goes is asked first: its quotes are shown while that one
    writes. Of an engine without a confidence of its own, a statement that doesn't hold gives way to the sentence that
    it cites where that answers, by `stand_ins`. With a `collection`, questions to the service itself are answered, too;
    with `nearest`, what is not answered gets pointers; with `authorship`, who wrote an article is told from its file.
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
        stand_ins: Judgement | None = None,
        authorship: Authorship | None = None,
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
        self._stand_ins = stand_ins
        self._authorship = authorship

    @property
    def engine_names(self) -> tuple[str, ...]:
        """The names of the engines, in the order in which they are tried."""
        return tuple(engine.name for engine in self._engines)

    def answer(
        self,
        question: Question,
        on_statement: OnStatement = lambda _: None,
        on_retrieval: OnRetrieval = lambda _, __: None,
        on_quick: OnQuick = lambda _: None,
    ) -> Answer:
        """Return the answer, which may be that the articles don't say.

        `on_retrieval` is called with the question as it is understood and the passages found, `on_quick` with the
        answer in quotes where a language model is to write another, `on_statement` with each statement as soon as it
        has passed; none is taken back later. A question that names its engine has no other's quotes shown.
        Raises QuestionError when the question cannot be asked, EngineNotConfigured when it names an engine that this
        Answerer doesn't have.
        """
        asked = clean_question(question.text)
        engines = self._chosen(question)
        if self._collection and (reply := self._collection.reply(asked, question, self._answers)):
            return reply
        timings: dict[str, float] = {}
        with timed(timings, "total"):
            with timed(timings, "rewrite"):
                standalone = self._stand_alone(without_courtesy(asked), question.history)
            with self._articles.reading():
                with timed(timings, "retrieve"):
                    top_k = question.top_k or PASSAGES_RETRIEVED
                    passages = self._retriever.search(standalone.text, top_k=top_k, filters=question.filters)
                    standalone = self._in_the_spelling_of(passages, standalone)
                on_retrieval(standalone.text, passages)
                writers = self._authorship and self._authorship.writers(standalone.text, passages)
                if writers and writers.draft is None:
                    ledger = CitationLedger(self._articles)
                    beginnings = (pointer(ledger, one) for one in writers.stated_by)
                    return from_the_list(asked, standalone.text, writers.told, filter(None, beginnings))
                with timed(timings, "compare"):
                    differences = NO_DIFFERENCES if writers else self._differences(standalone, passages)
                checker = Checker(self._grounder, self._judgement, standalone.to_read, passages, self._stand_ins)
                work = _Work(asked, standalone, passages, differences, checker, timings)

                def on_quotes(attempt: Attempt) -> None:
                    if question.engine == "auto":
                        on_quick(self._answer_of(attempt, work))

                if writers and writers.draft:
                    attempt = self._taken(engines[-1].name, writers.draft, work, None, on_statement)
                else:
                    attempt = self._first_supported(work, engines, on_statement, on_quotes)
                answer = self._answer_of(attempt, work)
        if not answer.statements and (other := other_reading(asked, question.history)):
            meant = replace(question, text=other[0], history=other[1])
            again = self.answer(meant, on_statement, on_retrieval, on_quick)
            return replace(again, question=asked) if again.statements else answer
        return answer

    def _answer_of(self, attempt: Attempt, work: "_Work") -> Answer:
        views = work.differences.views(attempt.ledger) if attempt.statements else ()
        cited = [(one.article_id, one.quote) for made in attempt.statements for one in made.citations]
        articles = {article_id for article_id, _ in cited}
        unknown, pointers = ((), ()) if attempt.statements else self._near_misses(work.standalone, work.passages)
        statements = tuple(attempt.statements)
        note = (work.differences.note(views) or attempt.note) if statements else None
        said = [note] if note else []
        return Answer(
            question=work.asked,
            standalone_question=work.standalone.text,
            status="answered" if statements else "not_in_sources",
            answer=" ".join([*said, *(one.with_markers for one in statements)]) or NOT_IN_SOURCES,
            short_answer=None if views else said_in(statements, attempt.short_answer),
            statements=statements,
            citations=attempt.ledger.citations,
            views=views,
            engine=attempt.engine,
            dropped=attempt.dropped.total(),
            dropped_reasons=dict(attempt.dropped),
            incomplete=bool(statements) and attempt.failed,
            fallback_reason=attempt.fallback_reason,
            confidence=attempt.confidence,
            note=note,
            articles=len(articles),
            independent=independent(cited, self._articles.sketches(articles)),
            pointers=pointers,
            unknown_words=unknown,
            tokens=attempt.tokens,
            timings_ms=work.timings,
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
            return NO_DIFFERENCES
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
        work: "_Work",
        engines: Sequence[Engine],
        on_statement: OnStatement,
        on_quotes: Callable[[Attempt], None] = lambda _: None,
    ) -> Attempt:
        """Return what the first engine comes to of which something holds; `on_quotes` hears what a writer's next did.

        What stands behind a writer is asked before it writes.
        """
        engine, others = engines[0], engines[1:]
        with timed(work.timings, "draft"):
            draft = engine.draft(work.standalone.text, work.passages, work.standalone.to_read, work.differences.sides)
        behind = self._first_supported(work, others, _unheard) if isinstance(draft, LiveDraft) and others else None
        answered = behind if behind and behind.statements else None
        if answered:
            on_quotes(answered)
        attempt = self._taken(engine.name, draft, work, answered, on_statement)
        if attempt.statements or attempt.declined or not others:
            return attempt
        if behind is None:
            return attempt.gives_way_to(self._first_supported(work, others, on_statement))
        for one in behind.statements:
            on_statement(one)
        return attempt.gives_way_to(behind)

    def _taken(
        self, name: str, draft: Draft | LiveDraft, work: "_Work", answered: Attempt | None, on_statement: OnStatement
    ) -> Attempt:
        """Return what holds of a draft, with what must not be missing beside it."""
        attempt = Attempt(CitationLedger(self._articles), name)
        sure = draft.confidence if isinstance(draft, Draft) else None

        def take(drafted: DraftStatement, sure: float | None) -> None:
            with timed(work.timings, "check"):
                made = work.checker.check(drafted, attempt, sure, answered)
            for one in made:
                on_statement(one)

        drafts = iter(draft.statements)
        while (one := _next(drafts, work.timings)) is not None:
            take(one, sure)
        attempt.end(draft)
        # Beside a statement that holds; where none does, the judge decides whether quotes answer.
        for failing in attempt.unheld if attempt.statements else ():
            for stood in work.checker.in_its_place(failing, attempt):
                on_statement(stood)
        if attempt.statements and answered and not attempt.answers:
            take(answered.quotes[0], answered.confidence)  # all true, and beside the point without it
        for side in work.differences.missing(attempt.ledger.citations) if attempt.statements else ():
            take(stated(side), side.findings[0].confidence)
        return attempt

    # --- as a LlamaIndex query engine ---

    def _query(self, query_bundle: QueryBundle) -> Response:
        answer = self.answer(Question(query_bundle.query_str))
        nodes = [source_node(citation) for citation in answer.citations]
        return Response(response=answer.answer, source_nodes=nodes, metadata={"answer": asdict(answer)})

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


@dataclass(frozen=True, slots=True)
class _Work:
    """What is known of a question before an engine is asked, and how long each stage took."""

    asked: str
    standalone: StandaloneQuestion
    passages: Sequence[Passage]
    differences: Differences
    checker: Checker
    timings: dict[str, float]


def _unheard(_statement: Statement) -> None:
    """Take a statement that is shown later, or never."""


def _next(drafted: Iterator[DraftStatement], timings: dict[str, float]) -> DraftStatement | None:
    with timed(timings, "draft"):
        return next(drafted, None)
