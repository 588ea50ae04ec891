"""What several test files share: the newsroom on disk, its cases, and a quiet way to evaluate."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from rich.console import Console

from eval.case_files import load_cases
from eval.cases import Case
from eval.protocols import Answerer, Retriever
from eval.records import Report
from eval.run import Plan, evaluate
from tests.eval import faults
from tests.eval.perfect import PerfectAnswerer, PerfectRetriever
from tests.eval.specimens import ARTICLES, newsroom_lines, write_lines


@dataclass(frozen=True)
class Newsroom:
    """The made-up newsroom: its cases on disk and a perfect system for them."""

    folder: Path
    cases: tuple[Case, ...]
    answerer: PerfectAnswerer
    retriever: PerfectRetriever
    articles: dict[str, str] = field(default_factory=lambda: dict(ARTICLES))


Evaluate = Callable[..., Report]
EVIL = "<script>alert('x')</script>\x00\ud800&\"[bold]"


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    folder = write_lines(tmp_path_factory.mktemp("newsroom"), newsroom_lines())
    cases = load_cases(folder, ARTICLES)
    return Newsroom(folder, cases, PerfectAnswerer(cases, ARTICLES), PerfectRetriever(cases, ARTICLES))


@pytest.fixture(scope="session")
def evaluate_newsroom(newsroom: Newsroom) -> Evaluate:
    """Evaluates the newsroom with the shipped gates; parts and plan can be replaced one by one."""

    def run(answerer: Answerer | None = None, retriever: Retriever | None = None, **plan: object) -> Report:
        settings: dict[str, object] = {"cases": newsroom.folder, "baseline": None, "resamples": 50, **plan}
        return evaluate(
            answerer or newsroom.answerer,
            retriever or newsroom.retriever,
            newsroom.articles,
            Plan(**settings),  # type: ignore[arg-type]
            console=Console(file=io.StringIO()),
        )

    return run


@pytest.fixture(scope="session")
def perfect_baseline(tmp_path_factory: pytest.TempPathFactory, evaluate_newsroom: Evaluate) -> Path:
    path = tmp_path_factory.mktemp("baseline") / "baseline.json"
    evaluate_newsroom(baseline=path, update_baseline=True)
    return path


@pytest.fixture(scope="session")
def bad(perfect_baseline: Path, newsroom: Newsroom, evaluate_newsroom: Evaluate) -> Report:
    """A run with failing cases, compared with a perfect one."""
    return evaluate_newsroom(faults.OffsetsOffByOne(newsroom.answerer), baseline=perfect_baseline)


@pytest.fixture(scope="session")
def hostile(evaluate_newsroom: Evaluate, newsroom: Newsroom) -> Report:
    """A run in which question, answer, quote, article and error all hold markup and broken characters."""
    report = evaluate_newsroom()
    one, *others = report.open_cases
    case, answer = one.outcome.case, one.outcome.answer
    assert answer is not None
    citation = replace(answer.citations[0], quote=EVIL, title=EVIL, file=EVIL)
    poisoned = replace(
        one,
        outcome=replace(
            one.outcome,
            case=replace(case, question=replace(case.question, text=EVIL), note=EVIL),
            answer=replace(answer, answer=EVIL, citations=(citation,), confidence=float("nan"), fallback_reason=EVIL),
            error=EVIL,
        ),
        verdict=replace(one.verdict, passed=False, failures=(EVIL,), confidence=float("nan")),
    )
    articles = {file: body + EVIL for file, body in newsroom.articles.items()}
    return replace(report, open_cases=(poisoned, *others), articles=articles)
