"""Many verdicts -> figures with intervals. The one list of measures stands here; gates and reports name these."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eval.cases import KINDS, Kind
from eval.records import NO_DATA, Figure, Latency, Outcome, Verdict
from eval.refusal_metrics import area, area_saved, confidences, mistakes, right_at_refusals
from eval.retrieval_metrics import DEPTH, DEPTHS
from eval.statistics import RESAMPLES, Floats, interval_of, interval_of_mean, interval_of_ratio, percentile

Score = Callable[[Verdict], float | None]
Ranking = Callable[[Floats, Floats], float | None]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure's name in gates and JSON, its name for people, and whether less is better."""

    name: str
    title: str
    lower_is_better: bool = False


MEASURES: tuple[Measure, ...] = (
    Measure("passed", "Cases passed"),
    Measure("answered_right", "Answered right, of what the articles say"),
    Measure("refusal_recall", "Refused, of what the articles don't say"),
    Measure("refusal_precision", "Refusals that are right"),
    Measure("right_at_95", "Answered right at 95 % of refusals right"),
    Measure("aurc", "Area under risk-coverage", lower_is_better=True),
    Measure("aurc_saved", "Share of that area saved by confidence"),
    Measure("answer_exact", "Answer exact"),
    Measure("answer_f1", "Answer F1"),
    Measure("citation_exact", "Citations that are exact words"),
    Measure("citation_recall", "Citation recall"),
    Measure("citation_precision", "Citation precision"),
    Measure("cites_all_sources", "Cites every source"),
    *(Measure(f"retrieval_recall_at_{depth}", f"Retrieval recall@{depth}") for depth in DEPTHS),
    Measure("retrieval_mrr", f"Retrieval MRR@{DEPTH}"),
    Measure("dense_recall", f"Recall@{DEPTH} of dense search"),
    Measure("lexical_recall", f"Recall@{DEPTH} of lexical search"),
    Measure("worst_article_recall", f"Recall@{DEPTH} of the worst article"),
    Measure("disagreement_found", "Disagreements shown"),
    Measure("false_alarms", "False alarms of disagreement", lower_is_better=True),
    Measure("agreement_false_alarms", "False alarms where articles agree", lower_is_better=True),
    Measure("follow_up_resolved", "Follow-ups resolved"),
    Measure("well_formed", "Answers well formed"),
    Measure("deterministic", "Same answer twice"),
    Measure("replied", "Asked without an exception"),
)
MEASURE_NAMES: tuple[str, ...] = tuple(measure.name for measure in MEASURES)


def mean_figure(scores: Sequence[float], *, resamples: int = RESAMPLES) -> Figure:
    """The mean of scores with its interval; NO_DATA without scores."""
    if not scores:
        return NO_DATA
    low, high = interval_of_mean(scores, resamples=resamples)
    return Figure(sum(scores) / len(scores), low, high, len(scores))


def figures(verdicts: Sequence[Verdict], *, resamples: int = RESAMPLES) -> dict[str, Figure]:
    """Every measure of MEASURES over these verdicts, each over the cases to which it applies."""
    found = means(verdicts, resamples=resamples)
    found["citation_exact"] = _citation_exact(verdicts, resamples)
    found["worst_article_recall"] = _worst_article(verdicts, resamples)
    found["aurc"] = _of_ranking(verdicts, area, resamples)
    found["aurc_saved"] = _of_ranking(verdicts, area_saved, resamples)
    found["right_at_95"] = _right_at_95(verdicts, resamples)
    return {name: found[name] for name in MEASURE_NAMES}


def means(verdicts: Sequence[Verdict], *, resamples: int = RESAMPLES) -> dict[str, Figure]:
    """Those measures that are a mean over cases; the others say nothing about a single kind."""

    def mean(score: Score) -> Figure:
        scores = [value for value in map(score, verdicts) if value is not None]
        return mean_figure(scores, resamples=resamples)

    return {name: mean(score) for name, score in _MEANS.items()}


def _where(applies: bool, value: float | None) -> float | None:
    return value if applies else None


def _recall_at(depth: int) -> Score:
    return lambda v: v.retrieval.recall_at[depth] if v.retrieval else None


# Means over the cases for which the score is not None.
_MEANS: Mapping[str, Score] = {
    "passed": lambda v: float(v.passed),
    "answered_right": lambda v: _where(v.answerable, float(v.right)),
    "refusal_recall": lambda v: _where(not v.answerable, float(v.refused)),
    "refusal_precision": lambda v: _where(v.refused, float(not v.answerable)),
    "answer_exact": lambda v: v.exact,
    "answer_f1": lambda v: v.f1,
    "citation_recall": lambda v: v.citation_recall,
    "citation_precision": lambda v: v.citation_precision,
    "cites_all_sources": lambda v: v.cites_all_sources,
    **{f"retrieval_recall_at_{depth}": _recall_at(depth) for depth in DEPTHS},
    "retrieval_mrr": lambda v: v.retrieval.reciprocal_rank if v.retrieval else None,
    "dense_recall": lambda v: v.retrieval.dense_recall if v.retrieval else None,
    "lexical_recall": lambda v: v.retrieval.lexical_recall if v.retrieval else None,
    "disagreement_found": lambda v: v.disagreement_found,
    "false_alarms": lambda v: v.false_alarm,
    "agreement_false_alarms": lambda v: _where(v.kind == "agreement", v.false_alarm),
    "follow_up_resolved": lambda v: v.follow_up_resolved,
    "well_formed": lambda v: _where(v.replied, float(v.well_formed)),
    "deterministic": lambda v: v.deterministic,
    "replied": lambda v: float(v.replied),
}


def _citation_exact(verdicts: Sequence[Verdict], resamples: int) -> Figure:
    """Exact citations / citations, over all answers together; the interval draws cases. `n` counts citations."""
    exact = [float(verdict.citations_exact) for verdict in verdicts]
    given = [float(verdict.citations) for verdict in verdicts]
    if not sum(given):
        return NO_DATA
    low, high = interval_of_ratio(exact, given, resamples=resamples)
    return Figure(sum(exact) / sum(given), low, high, int(sum(given)))


def _worst_article(verdicts: Sequence[Verdict], resamples: int) -> Figure:
    """The lowest, over articles, of the mean recall of an article's gold; it shows an article that cannot be found.

    Over the whole set, one lost article of many may look like noise.
    """
    scores: dict[str, list[float]] = {}
    for verdict in verdicts:
        for file, value in (verdict.retrieval.by_file if verdict.retrieval else {}).items():
            scores.setdefault(file, []).append(value)
    worst = min(scores, key=lambda file: (sum(scores[file]) / len(scores[file]), file), default=None)
    return NO_DATA if worst is None else mean_figure(scores[worst], resamples=resamples)


def _of_ranking(verdicts: Sequence[Verdict], statistic: Ranking, resamples: int) -> Figure:
    """A statistic of confidences and losses over all cases."""
    confidence, loss = confidences(verdicts), mistakes(verdicts)
    value = statistic(confidence, loss) if verdicts else None
    if value is None:
        return NO_DATA
    low, high = interval_of(lambda at: statistic(confidence[at], loss[at]), len(verdicts), resamples=resamples)
    return Figure(value, low, high, len(verdicts))


def _right_at_95(verdicts: Sequence[Verdict], resamples: int) -> Figure:
    value = right_at_refusals(verdicts)
    if value is None:
        return NO_DATA
    low, high = interval_of(lambda drawn: right_at_refusals(verdicts, drawn), len(verdicts), resamples=resamples)
    return Figure(value, low, high, sum(verdict.answerable for verdict in verdicts))


def passed_by_kind(verdicts: Sequence[Verdict], *, resamples: int = RESAMPLES) -> dict[Kind, Figure]:
    """The share of each kind's cases that pass; NO_DATA for a kind without cases."""
    scores = {kind: [float(verdict.passed) for verdict in verdicts if verdict.kind == kind] for kind in KINDS}
    return {kind: mean_figure(values, resamples=resamples) for kind, values in scores.items()}


def latencies(outcomes: Sequence[Outcome]) -> tuple[Latency, ...]:
    """p50 and p95 of each stage that answers report, in the order of first mention, then of the two calls whole."""
    stages: dict[str, list[float]] = {}
    for outcome in outcomes:
        for stage, milliseconds in (outcome.answer.timings_ms if outcome.answer else {}).items():
            stages.setdefault(stage, []).append(milliseconds)
    stages["answer, as called"] = [outcome.answer_ms for outcome in outcomes if outcome.answer]
    stages["search, as called"] = [outcome.search_ms for outcome in outcomes if outcome.search_ms is not None]
    return tuple(
        Latency(stage, percentile(values, 0.5), percentile(values, 0.95), len(values))
        for stage, values in stages.items()
        if values
    )
