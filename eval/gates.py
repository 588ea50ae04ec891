"""What blocks a change: a figure out of its bounds, a regressed `must` case, flips worse than chance.

The bounds stand in `eval/thresholds.toml`, each with its reason.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from eval.cases import KINDS, Kind
from eval.errors import ThresholdsError
from eval.figures import MEASURE_NAMES
from eval.records import NO_DATA, Comparison, Figure, FrozenTotals, GateResult

SCHEMA = 1
SIGNIFICANT = 0.05
_ROUNDING = 1e-9


class _Record(BaseModel):
    # Not strict: TOML's arrays arrive as lists and its whole numbers as integers.
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bound(_Record):
    """A figure's bound, in the figure's own unit, and why it stands."""

    minimum: float | None = None
    maximum: float | None = None
    reason: str = Field(min_length=1)

    @model_validator(mode="after")
    def _bounds_something(self) -> Self:
        if self.minimum is None and self.maximum is None:
            raise ValueError("a gate needs a minimum or a maximum")
        return self

    @property
    def text(self) -> str:
        """The bound in words."""
        parts = (("at least", self.minimum), ("at most", self.maximum))
        return " and ".join(f"{word} {value:g}" for word, value in parts if value is not None)

    def allows(self, value: float | None) -> bool:
        """Nothing computed is never allowed; bounds are inclusive."""
        if value is None:
            return False
        above = self.minimum is None or value >= self.minimum - _ROUNDING
        return above and (self.maximum is None or value <= self.maximum + _ROUNDING)


class _Reported(_Record):
    measures: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()


class Thresholds(_Record):
    """The gates: every measure and every kind either has a bound or is listed as reported only."""

    schema_: Literal[1] = Field(alias="schema")
    measures: Mapping[str, Bound] = Field(default_factory=dict)
    kinds: Mapping[Kind, Bound] = Field(default_factory=dict)
    reported: _Reported = _Reported()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        _check_each_once("measure", MEASURE_NAMES, [*self.measures, *self.reported.measures])
        _check_each_once("kind", KINDS, [*self.kinds, *self.reported.kinds])
        return self


def _check_each_once(noun: str, known: tuple[str, ...], named: list[str]) -> None:
    for name in named:
        if name not in known:
            raise ValueError(f"there is no {noun} {name!r}; there are {', '.join(known)}")
        if named.count(name) > 1:
            raise ValueError(f"the {noun} {name!r} is named twice")
    if missing := [name for name in known if name not in named]:
        raise ValueError(f"the {noun} {missing[0]!r} is neither gated nor listed under [reported]")


def read_thresholds(path: Path) -> Thresholds:
    """Raises ThresholdsError if the file is missing, not TOML, or leaves a measure or a kind out."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ThresholdsError(path, "The file of gates is missing or cannot be read.", "Name another.") from error
    except tomllib.TOMLDecodeError as error:
        raise ThresholdsError(path, f"The file is not TOML: {error}.", "Correct it.") from error
    try:
        return Thresholds.model_validate(table)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"]) or "the file"
        raise ThresholdsError(
            path, f"In {key}: {first['msg'].removeprefix('Value error, ')}.", "Correct it."
        ) from error


def check_figures(
    thresholds: Thresholds, figures: Mapping[str, Figure], passed_by_kind: Mapping[Kind, Figure]
) -> tuple[GateResult, ...]:
    """Every bound against its figure. A kind's gate is named `kind:` and the kind."""
    by_measure = [(name, bound, figures.get(name, NO_DATA)) for name, bound in thresholds.measures.items()]
    by_kind = [(f"kind:{kind}", bound, passed_by_kind.get(kind, NO_DATA)) for kind, bound in thresholds.kinds.items()]
    return tuple(
        GateResult(name, bound.allows(figure.value), figure.value, bound.text, bound.reason)
        for name, bound, figure in by_measure + by_kind
    )


def check_must(comparison: Comparison | None, failing_open: int, frozen: FrozenTotals) -> GateResult:
    """`must_cases`: none fails, those that failed in the baseline already aside."""
    if comparison:
        regressed = len(comparison.must_regressed) + comparison.frozen_must_regressed
    else:
        regressed = failing_open + frozen.must_failed
    reason = 'A case tagged "must" may not regress.'
    return GateResult("must_cases", regressed == 0, float(regressed), "at most 0 regressed", reason)


def check_flips(comparison: Comparison) -> GateResult:
    """`flips`: among the open cases that changed side, not significantly more got worse (one-sided sign test)."""
    reason = "More cases got worse against the baseline than chance explains."
    compared = comparison.compared > 0
    fine = compared and comparison.p_worse >= SIGNIFICANT
    p = comparison.p_worse if compared else None
    return GateResult("flips", fine, p, f"sign test p at least {SIGNIFICANT:g}", reason)
