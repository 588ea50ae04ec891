"""The nouns of an evaluation, from one case's outcome to the whole report."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from eval.cases import Case, Kind
from index.records import Passage
from qa.records import Answer

Part = Literal["all", "open", "frozen"]
PARTS: tuple[Part, ...] = ("all", "open", "frozen")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the system did with a case. `again` is its second answer, where it was asked twice.

    `error` names an exception instead of an answer. `passages` are the best of a search with the standalone question.
    """

    case: Case
    answer: Answer | None
    again: Answer | None = None
    passages: tuple[Passage, ...] = ()
    error: str | None = None
    answer_ms: float = 0.0
    search_ms: float | None = None


@dataclass(frozen=True, slots=True)
class RetrievalScores:
    """How well a case's gold was retrieved: shares from 0 to 1, `recall_at` by depth and `by_file` by article."""

    recall_at: Mapping[int, float]
    reciprocal_rank: float
    dense_recall: float
    lexical_recall: float
    by_file: Mapping[str, float]

    @property
    def holds_gold(self) -> bool:
        """Is any gold among the passages at the greatest depth?"""
        return self.reciprocal_rank > 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one outcome is worth. Scores are 0 to 1; None where a measure does not apply to the case.

    `passed` is the one verdict by which cases are compared with a baseline; `failures` say in words why it is False.
    """

    kind: Kind
    answerable: bool
    passed: bool
    failures: tuple[str, ...]
    replied: bool
    refused: bool
    right: bool
    confidence: float
    exact: float | None = None
    f1: float | None = None
    citations: int = 0
    citations_exact: int = 0
    well_formed: bool = True
    citation_recall: float | None = None
    citation_precision: float | None = None
    cites_all_sources: float | None = None
    retrieval: RetrievalScores | None = None
    disagreement_found: bool | None = None
    false_alarm: bool | None = None
    follow_up_resolved: bool | None = None
    deterministic: bool | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """An outcome with its verdict."""

    outcome: Outcome
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure over `n` things with its 95 % interval; without data `value` is None."""

    value: float | None
    low: float | None
    high: float | None
    n: int


NO_DATA = Figure(None, None, None, 0)


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """Cases in order of confidence. Point i: the share of all cases answered, and the share of those that is wrong."""

    coverage: tuple[float, ...]
    risk: tuple[float, ...]
    area: float


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds that a stage took in the middle and in the slow case, over `n` questions."""

    stage: str
    p50: float
    p95: float
    n: int


@dataclass(frozen=True, slots=True)
class KindRow:
    """One kind's line in the table: how many cases there are and its figures, for all, the open and the frozen."""

    kind: Kind
    gated: bool
    passed: Mapping[Part, Figure]
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class GateResult:
    """One gate's verdict. `bound` is in words, such as "at least 0.95"; `value` is None for want of data."""

    name: str
    passed: bool
    value: float | None
    bound: str
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """This run beside the baseline. Ids are those of open cases; frozen cases appear as numbers alone.

    `compared` counts the open cases that both runs hold unchanged. `p_worse` is the sign test's p towards worse.
    """

    engine: str
    compared: int
    better: tuple[str, ...]
    worse: tuple[str, ...]
    p_worse: float
    new: int
    changed: int
    gone: int
    must_regressed: tuple[str, ...]
    frozen_must_regressed: int
    frozen_passed_before: int
    frozen_cases_before: int
    figures: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FrozenTotals:
    """All that is said of the frozen cases, their figures aside."""

    cases: int
    passed: int
    must_failed: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a run found. It holds outcomes of open cases only: what is not here cannot be shown."""

    started_at: datetime
    seconds: float
    engine: str
    articles: Mapping[str, str]
    open_cases: tuple[Judged, ...]
    frozen: FrozenTotals
    figures: Mapping[Part, Mapping[str, Figure]]
    kinds: tuple[KindRow, ...]
    curve: RiskCoverage | None
    latencies: tuple[Latency, ...]
    gates: tuple[GateResult, ...]
    comparison: Comparison | None

    @property
    def missed(self) -> tuple[GateResult, ...]:
        """The gates that block."""
        return tuple(gate for gate in self.gates if not gate.passed)

    @property
    def exit_code(self) -> int:
        """0 where every gate passes, else 1. A broken set-up is an EvaluationError, whose `exit_code` is 2."""
        return 1 if self.missed else 0
