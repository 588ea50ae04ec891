"""What can break an evaluation before it says anything: a set-up that cannot be trusted.

EvaluationError
├── CaseError         a case file, or one line of one
├── ThresholdsError   the file of gates
├── BaselineError     the figures and verdicts to compare with
└── DatasetError      the documents or questions of a public dataset

A wrong answer is never an error: it is a finding, and the report says it. So is an exception from what is evaluated.
"""

from pathlib import Path
from typing import ClassVar


class EvaluationError(Exception):
    """The root of the evaluation's errors; `str(error)` is fit for a user: where, what, and the remedy."""

    exit_code: ClassVar[int] = 2

    def __init__(self, where: Path | str, what: str, remedy: str, *, line: int | None = None) -> None:
        self.where = f"{where}" if line is None else f"{where}:{line}"
        self.what = what
        self.remedy = remedy
        super().__init__(f"{self.where}: {what} {remedy}")


class CaseError(EvaluationError):
    """A case file is missing, empty or not understood, or contradicts the articles."""


class ThresholdsError(EvaluationError):
    """The file of gates is missing, not understood, or silent about a measure or a kind."""


class BaselineError(EvaluationError):
    """The baseline is missing, damaged, or of another schema."""


class DatasetError(EvaluationError):
    """A dataset's file is missing or not understood, or its offsets point outside its documents."""
