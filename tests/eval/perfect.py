"""A system that knows the cases: it answers every one rightly, so that every gate must be green."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from eval.cases import Case, GoldSpan
from index.records import Chunk, Filters, Passage
from qa.records import Answer, Citation, Question, Statement, View

WINDOW = 150  # code points per made-up chunk


def alone(question: Question) -> str:
    """A follow-up with its conversation in front, so that it stands alone."""
    return " ".join([*(turn.content for turn in question.history), question.text])


class PerfectAnswerer:
    """Answers from the gold: one statement with every gold citation, or for a disagreement one per side."""

    def __init__(self, cases: Iterable[Case], articles: Mapping[str, str]) -> None:
        self._cases = {(case.question.text, case.question.history): case for case in cases}
        self._articles = articles

    def answer(self, question: Question) -> Answer:
        case = self._cases.get((question.text, question.history))
        if case is None or not case.answerable:
            return _answer(question, (), None, confidence=0.1)
        if case.kind == "disagreement":
            return self._both_sides(question, case)
        accepted = case.accepted
        said = ", ".join(options[0] for options in accepted.all_of) or next(iter(accepted.answers), None)
        citations = self._citations(case.gold, first=1)
        statement = Statement(said or citations[0].quote, citations)
        return _answer(question, (statement,), said, confidence=0.9)

    def quoting(self, case: Case) -> Answer:
        """An answer that says nothing but the case's gold quotes, a statement each; of a disagreement, both sides."""
        if case.kind == "disagreement":
            return self._both_sides(case.question, case, quoting=True)
        citations = self._citations(case.gold, first=1)
        statements = tuple(Statement(one.quote, (one,)) for one in citations)
        return _answer(case.question, statements, None, confidence=0.9)

    def _both_sides(self, question: Question, case: Case, *, quoting: bool = False) -> Answer:
        statements: list[Statement] = []
        views: list[View] = []
        number = 1
        for side in case.views:
            citations = self._citations(side.spans, first=number)
            number += len(citations)
            said = " ".join(one.quote for one in citations) if quoting else side.answers[0]
            statements.append(Statement(said, citations))
            views.append(View(said, citations, (), ()))
        return replace(_answer(question, tuple(statements), None, confidence=0.8), views=tuple(views))

    def _citations(self, spans: Sequence[GoldSpan], *, first: int) -> tuple[Citation, ...]:
        return tuple(
            Citation(
                number, span.file, span.file, None, None, None, span.start, span.end,
                self._articles[span.file][span.start : span.end],
            )
            for number, span in enumerate(spans, start=first)
        )  # fmt: skip


def _answer(question: Question, statements: tuple[Statement, ...], short: str | None, *, confidence: float) -> Answer:
    return Answer(
        question=question.text,
        standalone_question=alone(question),
        status="answered" if statements else "not_in_sources",
        answer=" ".join(
            one.text + "".join(f" [{citation.number}]" for citation in one.citations) for one in statements
        ),
        short_answer=short,
        statements=statements,
        citations=tuple(citation for one in statements for citation in one.citations),
        views=(),
        engine="perfect",
        dropped=0,
        incomplete=False,
        fallback_reason=None,
        confidence=confidence,
        timings_ms={"read": 1.0, "total": 2.0},
    )


class PerfectRetriever:
    """Finds the gold of the case whose stand-alone question is asked, then everything else, in both searches alike."""

    def __init__(self, cases: Iterable[Case], articles: Mapping[str, str]) -> None:
        self._gold = {alone(case.question): case.gold for case in cases}
        self._rest = [
            (file, start, min(start + WINDOW, len(text)))
            for file, text in sorted(articles.items())
            for start in range(0, len(text), WINDOW)
        ]

    def search(self, query: str, *, top_k: int, filters: Filters) -> list[Passage]:
        del filters  # the cases of this system have none
        gold = [(span.file, span.start, span.end) for span in self._gold.get(query, ())]
        found = dict.fromkeys([*gold, *self._rest])
        return [_passage(*place, rank) for rank, place in enumerate(found, start=1)][:top_k]


def _passage(file: str, start: int, end: int, rank: int) -> Passage:
    chunk = Chunk(f"{file}:{start}:{end}", file, 0, start, end, "", ())
    return Passage(chunk, file, None, None, None, 1 / rank, rank, rank)
