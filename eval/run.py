"""The run: ask every case, judge what comes back, hold it against the gates and the baseline.

`evaluate` is the one function to call; whoever calls it has assembled the parts and turns the report into output with
`eval.report`. EvaluationError (exit code 2) means that the set-up is broken; everything else is in the Report.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from eval.baseline import Baseline, compare, make_baseline, read_baseline, write_baseline
from eval.case_files import load_cases
from eval.cases import Case, sample_by_kind
from eval.errors import EvaluationError
from eval.figures import figures, latencies, means, passed_by_kind
from eval.gates import Thresholds, check_figures, check_flips, check_must, read_thresholds
from eval.protocols import Answerer, Retriever
from eval.records import (
    PARTS,
    FrozenTotals,
    GateResult,
    Judged,
    KindRow,
    Outcome,
    Part,
    Report,
    Verdict,
)
from eval.refusal_metrics import risk_coverage
from eval.retrieval_metrics import DEPTH
from eval.statistics import RESAMPLES
from eval.verdicts import judge
from qa.errors import EngineNotConfigured
from qa.records import Answer, EngineChoice, Question

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run and what to hold it against.

    `baseline` None compares with nothing: right for other cases, articles or engines than the baseline's. `repeats` is
    how many cases are asked a second time, to see whether the answer is the same. `sample` takes that many cases,
    evenly by kind, instead of all. `resamples` is the bootstrap's.
    """

    cases: Path = HERE / "cases"
    thresholds: Path = HERE / "thresholds.toml"
    baseline: Path | None = HERE / "baseline.json"
    update_baseline: bool = False
    engine: EngineChoice = "auto"
    sample: int | None = None
    repeats: int = 40
    resamples: int = RESAMPLES


def evaluate(
    answerer: Answerer,
    retriever: Retriever,
    articles: Mapping[str, str],
    plan: Plan,
    *,
    console: Console | None = None,
) -> Report:
    """Run the cases of `plan` and judge them.

    `articles` maps every article's file, as citations name it, to its text. Progress goes to `console` (standard error
    by default). With `plan.update_baseline` this run becomes the baseline, gates met or not: that is deliberate.
    Raises EvaluationError if cases, thresholds or baseline cannot be trusted.
    """
    thresholds = read_thresholds(plan.thresholds)
    cases = load_cases(plan.cases, articles)
    if plan.sample is not None:
        cases = sample_by_kind(cases, plan.sample)
    updating = plan.baseline if plan.update_baseline else None
    baseline = read_baseline(plan.baseline) if plan.baseline and not updating else None
    started_at, start = datetime.now(UTC), perf_counter()
    outcomes = ask_all(answerer, retriever, cases, plan, console or Console(stderr=True))
    report = make_report(outcomes, articles, thresholds, baseline, plan)
    report = replace(report, started_at=started_at, seconds=perf_counter() - start)
    if updating:
        write_baseline(make_baseline(plan.engine, report.open_cases, report.frozen, report.figures["all"]), updating)
    return report


def ask_all(
    answerer: Answerer, retriever: Retriever, cases: Sequence[Case], plan: Plan, console: Console
) -> tuple[Outcome, ...]:
    """Every case's outcome, in order.

    The second round comes after the whole first and backwards, so that an answer that depends on what was asked
    before it is caught. The bar names no case: some are frozen.
    """
    repeated = sample_by_kind(cases, plan.repeats)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        first = progress.add_task("Asking the cases", total=len(cases))
        outcomes: dict[str, Outcome] = {}
        for case in cases:
            outcomes[case.id] = _ask(answerer, retriever, case, plan.engine)
            progress.advance(first)
        second = progress.add_task("Asking again", total=len(repeated))
        for case in reversed(repeated):
            outcomes[case.id] = _ask_again(answerer, outcomes[case.id], plan.engine)
            progress.advance(second)
    return tuple(outcomes.values())


def _question(case: Case, engine: EngineChoice) -> Question:
    return replace(case.question, engine=engine)


def _ask(answerer: Answerer, retriever: Retriever, case: Case, engine: EngineChoice) -> Outcome:
    """One case's answer, and the passages that its stand-alone question finds where the case has gold."""
    question = _question(case, engine)
    start = perf_counter()
    try:
        answer = answerer.answer(question)
    except EngineNotConfigured as error:
        raise EvaluationError(f"engine {engine}", str(error), "Set it up, or evaluate another engine.") from error
    except Exception as error:  # noqa: BLE001 - whatever the system raises is a finding about it, not the run's end
        return Outcome(case, None, error=_named(error, "answering"))
    answered = Outcome(case, answer, answer_ms=_milliseconds_since(start))
    if not case.gold:
        return answered
    start = perf_counter()
    try:
        passages = retriever.search(answer.standalone_question, top_k=DEPTH, filters=question.filters)
    except Exception as error:  # noqa: BLE001 - as above
        return replace(answered, error=_named(error, "searching"))
    return replace(answered, passages=tuple(passages), search_ms=_milliseconds_since(start))


def _ask_again(answerer: Answerer, outcome: Outcome, engine: EngineChoice) -> Outcome:
    if outcome.answer is None:
        return outcome
    try:
        again: Answer = answerer.answer(_question(outcome.case, engine))
    except Exception as error:  # noqa: BLE001 - as in _ask
        return replace(outcome, error=_named(error, "answering a second time"))
    return replace(outcome, again=again)


def _milliseconds_since(start: float) -> float:
    return (perf_counter() - start) * 1000


def _named(error: Exception, doing: str) -> str:
    return f"{type(error).__name__} while {doing}: {error}"


def make_report(
    outcomes: Sequence[Outcome],
    articles: Mapping[str, str],
    thresholds: Thresholds,
    baseline: Baseline | None,
    plan: Plan,
) -> Report:
    """The report on outcomes. Here the frozen cases become numbers; nothing after this sees them."""
    judged = [Judged(outcome, judge(outcome, articles)) for outcome in outcomes]
    open_cases = tuple(one for one in judged if not one.outcome.case.frozen)
    frozen_cases = [one for one in judged if one.outcome.case.frozen]
    verdicts: dict[Part, list[Verdict]] = {
        "all": [one.verdict for one in judged],
        "open": [one.verdict for one in open_cases],
        "frozen": [one.verdict for one in frozen_cases],
    }
    frozen = FrozenTotals(
        cases=len(frozen_cases),
        passed=sum(one.verdict.passed for one in frozen_cases),
        must_failed=_must_failed(frozen_cases),
    )
    report = Report(
        started_at=datetime.now(UTC),
        seconds=0.0,
        engine=plan.engine,
        articles=articles,
        open_cases=open_cases,
        frozen=frozen,
        figures={part: figures(verdicts[part], resamples=plan.resamples) for part in PARTS},
        kinds=_kind_rows(verdicts, thresholds, plan.resamples),
        curve=risk_coverage(verdicts["all"]),
        latencies=latencies(outcomes),
        gates=(),
        comparison=compare(baseline, open_cases, frozen) if baseline else None,
    )
    return replace(report, gates=_gates(report, thresholds, updating=plan.update_baseline))


def _must_failed(judged: Iterable[Judged]) -> int:
    return sum(one.outcome.case.must and not one.verdict.passed for one in judged)


def _kind_rows(
    verdicts: Mapping[Part, Sequence[Verdict]], thresholds: Thresholds, resamples: int
) -> tuple[KindRow, ...]:
    passed = {part: passed_by_kind(verdicts[part], resamples=resamples) for part in PARTS}
    return tuple(
        KindRow(
            kind=kind,
            gated=kind in thresholds.kinds,
            passed={part: passed[part][kind] for part in PARTS},
            figures=means([verdict for verdict in verdicts["all"] if verdict.kind == kind], resamples=resamples),
        )
        for kind in passed["all"]
    )


def _gates(report: Report, thresholds: Thresholds, *, updating: bool) -> tuple[GateResult, ...]:
    gates = check_figures(thresholds, report.figures["all"], {row.kind: row.passed["all"] for row in report.kinds})
    if updating:
        return gates  # this run is what later ones are compared with
    comparison = report.comparison
    must = check_must(comparison, _must_failed(report.open_cases), report.frozen)
    return (*gates, must, check_flips(comparison)) if comparison else (*gates, must)
