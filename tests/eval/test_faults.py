"""The proof that the evaluation blocks: each planted fault turns a gate red by name, and health turns none."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.console import Console

from eval.case_files import load_cases
from eval.cases import Case
from eval.protocols import Answerer, Retriever
from eval.records import Report
from eval.run import HERE, Plan, evaluate
from tests.eval import faults
from tests.eval.conftest import Evaluate
from tests.eval.perfect import PerfectAnswerer, PerfectRetriever
from tests.eval.specimens import ARTICLES, newsroom_lines, write_lines

SEEDS = Path(__file__).parents[2] / "seeds"
SUBSET = 40
# Gates for what the shipped file may still only report, so that their faults are caught here whatever it says.
EXTRA_GATES = """
schema = 1
[measures.disagreement_found]
minimum = 0.5
reason = "Both sides are shown."
[measures.follow_up_resolved]
minimum = 0.5
reason = "A follow-up is understood."
[measures.agreement_false_alarms]
maximum = 0.1
reason = "No disagreement where there is none."
[measures.cites_all_sources]
minimum = 0.5
reason = "Every source is cited."
"""


@dataclass(frozen=True)
class System:
    """A perfect system over one set of articles and cases."""

    cases_at: Path
    articles: Mapping[str, str]
    answerer: Answerer
    retriever: Retriever

    def evaluate(
        self, thresholds: Path, answerer: Answerer | None = None, retriever: Retriever | None = None
    ) -> Report:
        plan = Plan(
            cases=self.cases_at, thresholds=thresholds, baseline=None, sample=SUBSET, repeats=SUBSET, resamples=50
        )
        console = Console(file=io.StringIO())
        return evaluate(answerer or self.answerer, retriever or self.retriever, self.articles, plan, console=console)


def perfect_system(cases_at: Path, articles: Mapping[str, str]) -> System:
    cases: tuple[Case, ...] = load_cases(cases_at, articles)
    return System(cases_at, articles, PerfectAnswerer(cases, articles), PerfectRetriever(cases, articles))


@pytest.fixture(scope="module", params=["newsroom", "shipped cases"])
def system(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> System:
    if request.param == "newsroom":
        return perfect_system(write_lines(tmp_path_factory.mktemp("cases"), newsroom_lines()), ARTICLES)
    seeds = {path.name: path.read_bytes().decode("utf-8-sig") for path in sorted(SEEDS.glob("*.txt"))}
    return perfect_system(HERE / "cases", seeds)


@pytest.fixture
def extra_gates(tmp_path: Path) -> Path:
    """Every measure that EXTRA_GATES does not bound is only reported."""
    from eval.cases import KINDS
    from eval.figures import MEASURE_NAMES

    reported = [name for name in MEASURE_NAMES if f"[measures.{name}]" not in EXTRA_GATES]
    path = tmp_path / "gates.toml"
    path.write_text(f"{EXTRA_GATES}\n[reported]\nmeasures = {reported}\nkinds = {list(KINDS)}\n", encoding="utf-8")
    return path


SHIPPED = HERE / "thresholds.toml"

ANSWERER_FAULTS: dict[str, tuple[Callable[[System], Answerer], set[str]]] = {
    "offsets off by one": (lambda s: faults.OffsetsOffByOne(s.answerer), {"citation_exact"}),
    "citations shuffled": (
        lambda s: faults.CitationsShuffled(s.answerer, s.articles),
        {"citation_recall", "citation_precision"},
    ),
    "confidence negated": (lambda s: faults.ConfidenceNegated(s.answerer), {"aurc_saved"}),
    "threshold at zero": (lambda s: faults.NeverRefuses(s.answerer, s.articles), {"refusal_recall", "kind:far"}),
    "refusing everything": (lambda s: faults.RefusesEverything(s.answerer), {"answered_right", "citation_exact"}),
    "answers from nowhere": (lambda s: faults.AnswersFromNowhere(s.answerer), {"answered_right", "citation_exact"}),
    "statements without citations": (lambda s: faults.DropsCitations(s.answerer), {"well_formed"}),
    "markers without citations": (lambda s: faults.DanglingMarkers(s.answerer), {"well_formed"}),
    "disagreement everywhere": (lambda s: faults.SeesDisagreementEverywhere(s.answerer), {"false_alarms"}),
    "never the same answer twice": (lambda s: faults.ChangesItsMind(s.answerer), {"deterministic"}),
    "exceptions": (lambda s: faults.FailsOnSomeQuestions(s.answerer), {"replied"}),
}
RETRIEVER_FAULTS: dict[str, tuple[Callable[[System], Retriever], set[str]]] = {
    "one article missing": (
        lambda s: faults.ArticleMissing(s.retriever, min(s.articles)),
        {"worst_article_recall"},
    ),
    "scores negated": (lambda s: faults.ScoresNegated(s.retriever), {"retrieval_mrr"}),
    "lexical search off": (lambda s: faults.LexicalSearchOff(s.retriever), {"lexical_recall"}),
    "stale vectors": (lambda s: faults.StaleVectors(s.retriever), {"dense_recall"}),
}
REPORTED_FAULTS: dict[str, tuple[Callable[[System], Answerer], set[str]]] = {
    "conversation forgotten": (lambda s: faults.ForgetsTheConversation(s.answerer), {"follow_up_resolved"}),
    "one side hidden": (lambda s: faults.HidesDisagreement(s.answerer), {"disagreement_found"}),
    "disagreement where articles agree": (
        lambda s: faults.SeesDisagreementEverywhere(s.answerer),
        {"agreement_false_alarms"},
    ),
    "one source cited of several": (lambda s: faults.AnswersFromNowhere(s.answerer), {"cites_all_sources"}),
}


def missed_by(report: Report) -> set[str]:
    return {gate.name for gate in report.missed}


def test_a_perfect_system_meets_every_gate(system: System):
    report = system.evaluate(SHIPPED)
    assert missed_by(report) == set()
    assert report.exit_code == 0


def test_a_perfect_system_meets_the_gates_that_are_not_shipped_yet(system: System, extra_gates: Path):
    assert missed_by(system.evaluate(extra_gates)) == set()


@pytest.mark.parametrize("fault", ANSWERER_FAULTS)
def test_a_fault_in_the_answers_is_named_by_its_gate(fault: str, system: System):
    plant, expected = ANSWERER_FAULTS[fault]
    report = system.evaluate(SHIPPED, answerer=plant(system))
    assert expected <= missed_by(report)
    assert report.exit_code == 1


@pytest.mark.parametrize("fault", RETRIEVER_FAULTS)
def test_a_fault_in_the_retrieval_is_named_by_its_gate(fault: str, system: System):
    plant, expected = RETRIEVER_FAULTS[fault]
    report = system.evaluate(SHIPPED, retriever=plant(system))
    assert expected <= missed_by(report)
    assert report.exit_code == 1


@pytest.mark.parametrize("fault", REPORTED_FAULTS)
def test_a_fault_in_what_is_only_reported_so_far_is_named_once_it_has_a_gate(
    fault: str, system: System, extra_gates: Path
):
    plant, expected = REPORTED_FAULTS[fault]
    assert expected <= missed_by(system.evaluate(extra_gates, answerer=plant(system)))


def test_a_perfect_system_passes_every_case_of_the_newsroom(evaluate_newsroom: Evaluate):
    report = evaluate_newsroom()
    assert [(one.outcome.case.id, one.verdict.failures) for one in report.open_cases if not one.verdict.passed] == []
    assert report.frozen.passed == report.frozen.cases > 0
