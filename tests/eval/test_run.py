"""The run: every case asked, frozen ones kept to themselves, baseline and gates applied."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from eval.baseline import read_baseline
from eval.errors import BaselineError, EvaluationError
from eval.records import Report
from eval.run import Plan, evaluate
from index.records import Filters, Passage
from qa.errors import EngineNotConfigured
from qa.records import Answer, Question
from tests.eval import faults
from tests.eval.conftest import Evaluate, Newsroom


class Recorder:
    """Passes everything on and remembers what was asked."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self.questions: list[Question] = []
        self.searches: list[tuple[str, int]] = []

    def answer(self, question: Question) -> Answer:
        self.questions.append(question)
        return self._newsroom.answerer.answer(question)

    def search(self, query: str, *, top_k: int, filters: Filters) -> list[Passage]:
        self.searches.append((query, top_k))
        return self._newsroom.retriever.search(query, top_k=top_k, filters=filters)


def wrong_on(newsroom: Newsroom, *ids: str):
    """A perfect answerer that refuses the questions of these cases."""
    asked = {(case.question.text, case.question.history) for case in newsroom.cases if case.id in ids}
    assert len(asked) == len(ids)

    class Wrong:
        def answer(self, question: Question) -> Answer:
            answer = newsroom.answerer.answer(question)
            return faults.refusing(answer) if (question.text, question.history) in asked else answer

    return Wrong()


def gate(report: Report, name: str):
    return next(gate for gate in report.gates if gate.name == name)


@pytest.fixture
def baseline(tmp_path: Path, evaluate_newsroom: Evaluate) -> Path:
    """A perfect run's baseline."""
    path = tmp_path / "baseline.json"
    evaluate_newsroom(baseline=path, update_baseline=True)
    return path


def test_every_case_is_asked_once_and_the_repeated_ones_again_backwards(
    newsroom: Newsroom, evaluate_newsroom: Evaluate
):
    recorder = Recorder(newsroom)
    evaluate_newsroom(recorder, recorder, repeats=5)
    first, second = recorder.questions[:-5], recorder.questions[-5:]
    assert [question.text for question in first] == [case.question.text for case in newsroom.cases]
    positions = [first.index(question) for question in second]
    assert positions == sorted(positions, reverse=True)


def test_only_cases_with_gold_are_searched_with_their_stand_alone_question(
    newsroom: Newsroom, evaluate_newsroom: Evaluate
):
    recorder = Recorder(newsroom)
    evaluate_newsroom(recorder, recorder, repeats=0)
    assert len(recorder.searches) == sum(case.answerable for case in newsroom.cases)
    assert ("Who keeps the lighthouse of Torvik? And what does the keeper earn in Torvik?", 10) in recorder.searches


def test_the_engine_asked_for_is_asked(newsroom: Newsroom, evaluate_newsroom: Evaluate):
    recorder = Recorder(newsroom)
    report = evaluate_newsroom(recorder, engine="extractive", repeats=3)
    assert {question.engine for question in recorder.questions} == {"extractive"}
    assert report.engine == "extractive"


def test_the_report_holds_open_cases_and_only_numbers_of_frozen_ones(newsroom: Newsroom, evaluate_newsroom: Evaluate):
    report = evaluate_newsroom()
    frozen = [case for case in newsroom.cases if case.frozen]
    assert [one.outcome.case.frozen for one in report.open_cases] == [False] * (len(newsroom.cases) - len(frozen))
    assert report.frozen.cases == len(frozen)
    assert report.figures["all"]["passed"].n == len(newsroom.cases)
    assert report.figures["frozen"]["passed"].n == len(frozen)


def test_an_exception_is_a_failed_case_and_not_the_end(newsroom: Newsroom, evaluate_newsroom: Evaluate):
    report = evaluate_newsroom(faults.FailsOnSomeQuestions(newsroom.answerer), repeats=0)
    raised = [one for one in report.open_cases if one.outcome.answer is None]
    assert raised
    assert all("RuntimeError while answering" in one.verdict.failures[0] for one in raised)
    assert not gate(report, "replied").passed


def test_an_exception_in_the_search_is_a_finding_too(evaluate_newsroom: Evaluate):
    class Broken:
        def search(self, query: str, *, top_k: int, filters: Filters) -> list[Passage]:
            raise OSError("index gone")

    report = evaluate_newsroom(retriever=Broken())
    assert not gate(report, "replied").passed
    assert any("OSError while searching: index gone" in one.verdict.failures for one in report.open_cases)


def test_an_engine_that_is_not_configured_is_a_broken_set_up(evaluate_newsroom: Evaluate):
    class OtherEngines:
        def answer(self, question: Question) -> Answer:
            raise EngineNotConfigured(f'The engine "{question.engine}" is not configured here.')

    with pytest.raises(EvaluationError, match='engine llm: The engine "llm" is not configured here'):
        evaluate_newsroom(OtherEngines(), engine="llm")


def test_the_same_run_gives_the_same_figures(evaluate_newsroom: Evaluate):
    assert evaluate_newsroom().figures == evaluate_newsroom().figures


def test_a_run_like_its_baseline_meets_every_gate(baseline: Path, evaluate_newsroom: Evaluate):
    report = evaluate_newsroom(baseline=baseline)
    assert report.exit_code == 0
    assert gate(report, "flips").passed
    assert report.comparison is not None
    assert report.comparison.compared == len(report.open_cases)


def test_a_must_case_that_regresses_blocks_by_itself(baseline: Path, newsroom: Newsroom, evaluate_newsroom: Evaluate):
    report = evaluate_newsroom(wrong_on(newsroom, "one_source-Torvik"), baseline=baseline)
    assert [gate.name for gate in report.missed] == ["must_cases"]
    assert report.exit_code == 1


def test_flips_worse_than_chance_block_by_themselves(baseline: Path, newsroom: Newsroom, evaluate_newsroom: Evaluate):
    four = [f"cause-{town}" for town in ("Torvik", "Maralis", "Osenby", "Halloway")]
    assert evaluate_newsroom(wrong_on(newsroom, *four), baseline=baseline).exit_code == 0
    report = evaluate_newsroom(wrong_on(newsroom, *four, "list-Torvik"), baseline=baseline)
    assert [gate.name for gate in report.missed] == ["flips"]
    assert report.comparison is not None
    assert set(report.comparison.worse) == {*four, "list-Torvik"}


def test_updating_replaces_the_baseline_and_compares_with_nothing(
    baseline: Path, newsroom: Newsroom, evaluate_newsroom: Evaluate
):
    worse = wrong_on(newsroom, "one_source-Torvik")
    report = evaluate_newsroom(worse, baseline=baseline, update_baseline=True)
    assert report.exit_code == 0
    assert report.comparison is None
    assert read_baseline(baseline).cases["one_source-Torvik"].passed is False
    assert evaluate_newsroom(worse, baseline=baseline).exit_code == 0


def test_without_updating_the_baseline_stays_as_it_is(baseline: Path, newsroom: Newsroom, evaluate_newsroom: Evaluate):
    before = baseline.read_bytes()
    evaluate_newsroom(wrong_on(newsroom, "one_source-Torvik"), baseline=baseline)
    assert baseline.read_bytes() == before


def test_a_baseline_holds_no_word_of_a_frozen_case(baseline: Path, newsroom: Newsroom):
    kept = json.loads(baseline.read_text(encoding="utf-8"))["cases"]
    assert set(kept) == {case.id for case in newsroom.cases if not case.frozen}
    assert "Quellin" not in baseline.read_text(encoding="utf-8")


def test_a_missing_baseline_is_a_broken_set_up_before_anything_is_asked(
    newsroom: Newsroom, evaluate_newsroom: Evaluate, tmp_path: Path
):
    recorder = Recorder(newsroom)
    with pytest.raises(BaselineError, match="--update-baseline"):
        evaluate_newsroom(recorder, baseline=tmp_path / "none.json")
    assert recorder.questions == []


@pytest.mark.parametrize("part", ["cases", "thresholds"])
def test_a_missing_file_is_a_broken_set_up_with_exit_code_2(part: str, evaluate_newsroom: Evaluate, tmp_path: Path):
    with pytest.raises(EvaluationError) as caught:
        evaluate_newsroom(**{part: tmp_path / "nowhere"})
    assert caught.value.exit_code == 2


def test_the_progress_bar_names_no_case(newsroom: Newsroom):
    shown = io.StringIO()
    plan = Plan(cases=newsroom.folder, baseline=None, resamples=20, repeats=4)
    console = Console(file=shown, force_terminal=True)
    evaluate(newsroom.answerer, newsroom.retriever, newsroom.articles, plan, console=console)
    assert "Asking the cases" in shown.getvalue()
    assert not any(case.id in shown.getvalue() or case.question.text in shown.getvalue() for case in newsroom.cases)


def test_latencies_are_those_that_answers_report_and_the_two_calls(evaluate_newsroom: Evaluate):
    stages = {latency.stage: latency for latency in evaluate_newsroom().latencies}
    assert set(stages) == {"read", "total", "answer, as called", "search, as called"}
    assert (stages["read"].p50, stages["read"].p95) == (1, 1)
    assert stages["answer, as called"].p95 > 0


def test_time_is_measured_over_the_whole_run(evaluate_newsroom: Evaluate):
    report = evaluate_newsroom()
    assert report.seconds > 0
    assert report.started_at.tzinfo is not None
    assert replace(report, gates=()).exit_code == 0
