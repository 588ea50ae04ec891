"""The protocols of public datasets, each formula as published; the documents are indexed by whoever calls this."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from rich.console import Console
from rich.progress import track
from rich.table import Table

from eval.cases import GoldSpan
from eval.datasets import Dataset, DatasetQuestion
from eval.figures import mean_figure
from eval.metrics import refused, short_text
from eval.protocols import Answerer, Retriever
from eval.records import Figure
from eval.statistics import RESAMPLES
from eval.text_matching import squad_words, token_f1
from eval.wording import figure_text
from index.records import Filters, Passage
from qa.records import EngineChoice, Question

Protocol = Literal["multihop-rag", "squad"]
PROTOCOLS: tuple[Protocol, ...] = get_args(Protocol)

_HITS = (4, 10)
_EVIDENCE = (10, 20, 50)
_MRR = 10
_ALL_CANDIDATES = 1_000  # more than a retriever joins, so that each search's own ranking can be read off
# One question's measured values by name; a name that does not apply to it is left out.
Scores = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class DatasetReport:
    """A protocol's figures over the questions that it counts."""

    protocol: Protocol
    questions: int
    left_out: int
    figures: Mapping[str, Figure]


def multihop_rag(
    dataset: Dataset,
    retriever: Retriever,
    files: Mapping[str, str],
    *,
    console: Console | None = None,
    resamples: int = RESAMPLES,
) -> DatasetReport:
    """MultiHop-RAG's retrieval protocol (Tang & Yang 2024, section 4.1), null queries left out.

    A passage hits a gold span if it is of the span's document and covers the whole span. Over the other queries:
    Hits@k = share of queries of which some passage of the first k hits some gold span (k = 4, 10).
    MRR@10 = mean of 1 / rank of the first passage that hits, 0 beyond rank 10.
    All evidence@k = mean share of a query's gold spans hit within the first k (k = 10, 20, 50); not in the paper.
    `words_` and `vectors_` figures are those of either search alone, the others those of both joined.
    `files` maps a doc_id to its article's file, as passages name it (see `write_articles`).
    """
    counted = [question for question in dataset.questions if question.gold]

    def scores(question: DatasetQuestion) -> Scores:
        gold = [GoldSpan(files[span.file], span.start, span.end) for span in question.gold]
        passages = retriever.search(question.text, top_k=_ALL_CANDIDATES, filters=Filters())
        alone = {
            "words": _ranked_by(passages, lambda passage: passage.lexical_rank),
            "vectors": _ranked_by(passages, lambda passage: passage.dense_rank),
        }
        parts = {
            f"{search}_{name}": value
            for search, ranking in alone.items()
            for name, value in multihop_scores(ranking, gold).items()
        }
        return {**multihop_scores(passages, gold), **parts}

    return _report("multihop-rag", dataset, map(scores, _shown(counted, console)), len(counted), resamples)


def _ranked_by(passages: Sequence[Passage], rank: Callable[[Passage], int | None]) -> list[Passage]:
    """Return the passages that one search found, in its own order."""
    found = [(place, number) for number, passage in enumerate(passages) if (place := rank(passage)) is not None]
    return [passages[number] for _, number in sorted(found)]


def multihop_scores(passages: Sequence[Passage], gold: Sequence[GoldSpan]) -> Scores:
    """One query's values by the formulas of `multihop_rag`; passages best first."""
    first_hit = {span: _rank_of_hit(passages, span) for span in dict.fromkeys(gold)}
    best = min(first_hit.values())
    hits = {f"hits_at_{k}": float(best <= k) for k in _HITS}
    evidence = {
        f"all_evidence_at_{k}": sum(rank <= k for rank in first_hit.values()) / len(first_hit) for k in _EVIDENCE
    }
    return {**hits, f"mrr_at_{_MRR}": 1 / best if best <= _MRR else 0.0, **evidence}


def _rank_of_hit(passages: Sequence[Passage], span: GoldSpan) -> float:
    """The rank, from 1, of the first passage that covers the whole span; infinite if none does."""
    for rank, passage in enumerate(passages, start=1):
        chunk = passage.chunk
        if passage.file == span.file and chunk.start <= span.start and span.end <= chunk.end:
            return rank
    return float("inf")


def squad(
    dataset: Dataset,
    answerer: Answerer,
    *,
    engine: EngineChoice = "auto",
    console: Console | None = None,
    resamples: int = RESAMPLES,
) -> DatasetReport:
    """SQuAD 2.0's EM and F1 (Rajpurkar et al. 2018) of short answers, with the official script's normalisation.

    The prediction is the short answer, else the answer's text; a refusal predicts nothing. On an answerable question
    EM = 1 if the normalised prediction equals a gold answer, F1 = the best token F1 over the gold answers. On an
    unanswerable one both are 1 for a refusal, else 0. `exact` and `f1` are over all questions, `answerable_*` and
    `unanswerable_*` over either sort. Unlike SQuAD itself, the answer is sought in all documents, not in one paragraph:
    beside published figures, say so.
    """

    def scores(question: DatasetQuestion) -> Scores:
        answer = answerer.answer(Question(question.text, engine=engine))
        prediction = "" if refused(answer) else short_text(answer)
        return squad_scores(prediction, question.answers)

    questions = dataset.questions
    return _report("squad", dataset, map(scores, _shown(questions, console)), len(questions), resamples)


def squad_scores(prediction: str, answers: Sequence[str]) -> Scores:
    """One question's EM and F1; no `answers` means unanswerable, an empty prediction a refusal."""
    golds = [words for words in map(squad_words, answers) if words] or [[]]  # as the official script
    given = squad_words(prediction)
    exact = float(given in golds)
    f1 = max(token_f1(given, gold) for gold in golds)
    sort = "answerable" if answers else "unanswerable"
    return {
        "exact": exact,
        "f1": f1,
        f"{sort}_exact": exact,
        f"{sort}_f1": f1,
        f"{sort}_refused": float(not prediction),
    }


def _shown(questions: Sequence[DatasetQuestion], console: Console | None) -> Iterable[DatasetQuestion]:
    where = console or Console(stderr=True)
    return track(questions, description="Asking the questions", console=where, transient=True)


def _report(
    protocol: Protocol, dataset: Dataset, scores: Iterable[Scores], questions: int, resamples: int
) -> DatasetReport:
    values: dict[str, list[float]] = {}
    for one in scores:
        for name, value in one.items():
            values.setdefault(name, []).append(value)
    figures = {name: mean_figure(each, resamples=resamples) for name, each in values.items()}
    return DatasetReport(protocol, questions, len(dataset.questions) - questions, figures)


def print_dataset_report(report: DatasetReport, console: Console) -> None:
    """A table of the figures with their intervals."""
    left_out = f", {report.left_out} without gold left out" if report.left_out else ""
    table = Table("Measure", "Value", "n", title=f"{report.protocol}: {report.questions} questions{left_out}")
    for name, figure in report.figures.items():
        table.add_row(name, figure_text(figure), str(figure.n))
    console.print(table)
