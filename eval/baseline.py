"""The baseline: an earlier run's figures and verdicts, kept in the repository, and this run beside it.

Open cases are kept one by one, so that a flip can be named; frozen cases only as totals.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from eval.errors import BaselineError
from eval.records import Comparison, Figure, FrozenTotals, Judged
from eval.statistics import sign_test_worse

SCHEMA: Literal[1] = 1
_REMEDY = "Write a new one on purpose with `footnote eval --update-baseline`."


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class BaselineCase(_Record):
    """An open case's verdict, and the digest of the case it was given for."""

    digest: str
    passed: bool


class BaselineFrozen(_Record):
    """The frozen cases' totals."""

    cases: int
    passed: int
    must_failed: int


class Baseline(_Record):
    """What stands in `eval/baseline.json`. `figures` are over all cases, open and frozen."""

    schema_: Literal[1] = Field(alias="schema")
    engine: str
    cases: Mapping[str, BaselineCase]
    frozen: BaselineFrozen
    figures: Mapping[str, float | None]

    @field_validator("cases")
    @classmethod
    def _sorted(cls, cases: Mapping[str, BaselineCase]) -> Mapping[str, BaselineCase]:
        return dict(sorted(cases.items()))


def make_baseline(
    engine: str, judged_open: Sequence[Judged], frozen: FrozenTotals, figures: Mapping[str, Figure]
) -> Baseline:
    """This run as a baseline."""
    cases = {
        judged.outcome.case.id: BaselineCase(digest=judged.outcome.case.digest, passed=judged.verdict.passed)
        for judged in judged_open
    }
    rounded = {name: None if figure.value is None else round(figure.value, 4) for name, figure in figures.items()}
    totals = BaselineFrozen(cases=frozen.cases, passed=frozen.passed, must_failed=frozen.must_failed)
    return Baseline(schema=SCHEMA, engine=engine, cases=cases, frozen=totals, figures=rounded)


def read_baseline(path: Path) -> Baseline:
    """Raises BaselineError if the file is missing, damaged or of another schema."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BaselineError(path, "The baseline is missing or cannot be read.", _REMEDY) from error
    try:
        return Baseline.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        if first["loc"] == ("schema",):
            raise BaselineError(path, f"The baseline is not of schema {SCHEMA}.", _REMEDY) from error
        key = ".".join(str(part) for part in first["loc"]) or "the file"
        raise BaselineError(path, f"The baseline is damaged at {key}: {first['msg']}.", _REMEDY) from error


def write_baseline(baseline: Baseline, path: Path) -> None:
    """Whole or not at all: a broken run leaves the old one. Raises BaselineError if it cannot be written."""
    text = baseline.model_dump_json(by_alias=True, indent=2) + "\n"
    unfinished = path.with_name(f"{path.name}.tmp")
    try:
        unfinished.write_text(text, encoding="utf-8", newline="\n")
        unfinished.replace(path)
    except OSError as error:
        remedy = "Name a folder that can be written."
        raise BaselineError(path, f"The baseline cannot be written: {error.strerror}.", remedy) from error


def compare(baseline: Baseline, judged_open: Sequence[Judged], frozen: FrozenTotals) -> Comparison:
    """This run beside the baseline.

    A `must` case regresses if it fails, unless the baseline holds it as failing already. An edited case is compared
    with nothing: its digest differs. Of the frozen `must` cases only the number that fails can be compared.
    """
    now = {judged.outcome.case.id: judged for judged in judged_open}
    same = [
        (case_id, baseline.cases[case_id].passed, judged.verdict.passed)
        for case_id, judged in now.items()
        if case_id in baseline.cases and baseline.cases[case_id].digest == judged.outcome.case.digest
    ]
    better = tuple(case_id for case_id, before, after in same if after and not before)
    worse = tuple(case_id for case_id, before, after in same if before and not after)
    known_failing = {case_id for case_id, before, _ in same if not before}
    must_regressed = tuple(
        case_id
        for case_id, judged in now.items()
        if judged.outcome.case.must and not judged.verdict.passed and case_id not in known_failing
    )
    return Comparison(
        engine=baseline.engine,
        compared=len(same),
        better=better,
        worse=worse,
        p_worse=sign_test_worse(len(worse), len(better)),
        new=len(now.keys() - baseline.cases.keys()),
        changed=len(now.keys() & baseline.cases.keys()) - len(same),
        gone=len(baseline.cases.keys() - now.keys()),
        must_regressed=must_regressed,
        frozen_must_regressed=max(0, frozen.must_failed - baseline.frozen.must_failed),
        frozen_passed_before=baseline.frozen.passed,
        frozen_cases_before=baseline.frozen.cases,
        figures=baseline.figures,
    )
