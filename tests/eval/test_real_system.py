"""The proof on the real system: it meets the gates, and each fault that is planted turns the right one red.

Faults are planted through the constructors of the real parts; where they sit behind a part's back, a wrapper stands
around it. `FOOTNOTE_TEST_CASES=328` runs every case instead of a sample.
"""

import io
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from rich.console import Console

from cli.assemble import Index, open_index
from eval.protocols import Answerer as EvaluatedAnswerer
from eval.protocols import Retriever as EvaluatedRetriever
from eval.records import Report
from eval.run import Plan, evaluate
from index.embedding import Vectors
from index.lexical import WordHit, WordSearch
from index.postings import PostingLists
from index.records import Filters, Passage, Span
from index.retriever import HybridRetriever
from index.sources import Root, SourceReader
from qa.answerer import Answerer
from qa.comparison import Comparison, Side
from qa.confidence import ReadersJudgement
from qa.extractive import ANSWER_THRESHOLD, ExtractiveEngine
from qa.grounding import Grounder
from qa.judge import MPNetJudge
from qa.reader import RememberingReader
from qa.records import Draft, DraftStatement, Support
from tests.eval import faults
from tests.index.parts import lexical_search

pytestmark = pytest.mark.slow
SAMPLE = int(os.environ.get("FOOTNOTE_TEST_CASES", "40"))
READINGS = 20_000  # of all cases, some 20 MB


class NoWords:
    """A word search that finds nothing."""

    def search(self, _query: str, _limit: int, _filters: Filters = Filters()) -> list[WordHit]:
        return []


class StaleVectors:
    """A vector store whose ids belong to the vectors of other chunks."""

    def __init__(self, index: Index) -> None:
        self._vectors = index.vectors
        ids = index.catalogue.chunk_ids()
        self._other = dict(zip(ids, ids[len(ids) // 2 :] + ids[: len(ids) // 2], strict=True))

    def search(self, vector: Vectors, limit: int, filters: Filters) -> list[tuple[str, float]]:
        return [(self._other[chunk_id], score) for chunk_id, score in self._vectors.search(vector, limit, filters)]


class EngineFromNowhere:
    """Says what no article says, and points at the first words it was given."""

    name = "extractive"

    def draft(self, _question: str, passages: Sequence[Passage], _asked: str, _sides: Sequence[Side] = ()) -> Draft:
        supports = tuple(Support(p, Span(p.chunk.start, p.chunk.end)) for p in passages[:1])
        return Draft((DraftStatement("It was the butler, everybody knows.", supports),), 1.0)


@dataclass(frozen=True)
class System:
    """The real system over the seeds."""

    index: Index
    articles: dict[str, str]
    judge: MPNetJudge
    reader: RememberingReader  # most faults leave the readings as they are

    def engine(self, threshold: float | None = None) -> ExtractiveEngine:
        return ExtractiveEngine(
            self.reader, PostingLists(self.index.catalogue), ANSWER_THRESHOLD if threshold is None else threshold
        )

    def answerer(self, engine: object = None, retriever: object = None) -> Answerer:
        return Answerer(
            retriever or self.index.retriever,  # type: ignore[arg-type]
            self.index.catalogue,
            [engine or self.engine()],  # type: ignore[list-item]
            Grounder(self.judge),
            ReadersJudgement(self.reader),
            Comparison(self.reader, PostingLists(self.index.catalogue), self.index.embedder),
        )

    def retriever(self, words: WordSearch | None = None, vectors: object = None) -> HybridRetriever:
        return HybridRetriever(
            self.index.catalogue,
            vectors or self.index.vectors,  # type: ignore[arg-type]
            self.index.embedder,
            words or lexical_search(self.index.catalogue),
        )

    def evaluate(
        self, answerer: EvaluatedAnswerer | None = None, retriever: EvaluatedRetriever | None = None
    ) -> Report:
        plan = replace(Plan(), baseline=None, sample=SAMPLE, repeats=5, resamples=50)
        console = Console(file=io.StringIO())
        return evaluate(
            answerer or self.answerer(), retriever or self.index.retriever, self.articles, plan, console=console
        )


def open_system(place: Path, seeds: Path, files: Sequence[str]) -> System:
    corpus = place / "articles"
    corpus.mkdir()
    for file in files:
        (corpus / file).write_bytes((seeds / file).read_bytes())
    (place / "data").mkdir()
    index = open_index(place / "data", SourceReader(), threads=1)
    index.synchroniser.sync([Root(corpus)])
    texts = {path.name: path.read_bytes().decode("utf-8-sig") for path in sorted(seeds.glob("*.txt"))}
    judge = MPNetJudge(threads=1)
    return System(index, texts, judge, RememberingReader(judge, kept=READINGS))


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Iterator[System]:
    files = sorted(path.name for path in seeds.glob("*.txt"))
    opened = open_system(tmp_path_factory.mktemp("whole"), seeds, files)
    yield opened
    opened.index.close()


def missed_by(report: Report) -> set[str]:
    return {gate.name for gate in report.missed}


FAULTS: dict[str, tuple[Callable[[System], Report], str]] = {
    "offsets off by one": (lambda s: s.evaluate(faults.OffsetsOffByOne(s.answerer())), "citation_exact"),
    "citations shuffled": (
        lambda s: s.evaluate(faults.CitationsShuffled(s.answerer(), s.articles)),
        "citation_recall",
    ),
    "scores negated": (lambda s: s.evaluate(retriever=faults.ScoresNegated(s.index.retriever)), "retrieval_mrr"),
    "threshold at zero": (lambda s: s.evaluate(s.answerer(s.engine(0.0))), "refusal_recall"),
    "refusing everything": (lambda s: s.evaluate(s.answerer(s.engine(1.1))), "answered_right"),
    "lexical search off": (
        lambda s: s.evaluate(retriever=s.retriever(words=NoWords())),
        "lexical_recall",
    ),
    "stale vectors": (lambda s: s.evaluate(retriever=s.retriever(vectors=StaleVectors(s.index))), "dense_recall"),
    "an engine that answers from nowhere": (lambda s: s.evaluate(s.answerer(EngineFromNowhere())), "answered_right"),
}


@pytest.fixture(scope="module")
def healthy(system: System) -> set[str]:
    """The gates that the system without a fault misses; a sample holds too few cases of a kind for the kinds' gates."""
    return missed_by(system.evaluate())


def test_the_real_system_meets_every_gate_that_a_fault_must_turn_red(healthy: set[str]):
    assert healthy.isdisjoint({"worst_article_recall", *(gate for _, gate in FAULTS.values())})


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_turns_its_gate_red(fault: str, system: System):
    run, gate = FAULTS[fault]
    report = run(system)
    assert gate in missed_by(report)
    assert report.exit_code == 1


def test_one_missing_article_turns_its_gate_red(tmp_path: Path, seeds: Path):
    files = sorted(path.name for path in seeds.glob("*.txt"))
    partial = open_system(tmp_path, seeds, files[1:])
    assert "worst_article_recall" in missed_by(partial.evaluate())
    partial.index.close()


def test_what_an_engine_invents_never_reaches_the_user(system: System):
    report = system.evaluate(system.answerer(EngineFromNowhere()))
    answers = [judged.outcome.answer for judged in report.open_cases]
    assert all(answer is not None and answer.status == "not_in_sources" and answer.dropped for answer in answers)
