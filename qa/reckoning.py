"""Sums and differences of figures that the articles state: reckoned here, beside the sentences with the figures.

Only where the question says which of the two it wants, and the reader points at two figures that count the same: what
is reckoned is told as such, in a note, and the quotes stay what the articles say.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from qa.contradictions import figure
from qa.findings import Finding
from qa.records import Draft, Support, as_statements
from qa.values import Amount

Operation = Literal["sum", "difference"]

_MORE = r"more|fewer|less|longer|shorter|older|younger|higher|lower|larger|bigger|smaller|further|farther|later|earlier"
_COUNT = r"\bhow (?:many|much)\b"
_DIFFERENCE = re.compile(
    rf"\bhow (?:many|much) (?:{_MORE})\b|\bhow far (?:apart|over|under|above|below|short|beyond)\b"
    rf"|\bby how (?:many|much)\b|\b(?:difference|gap|gulf) between\b|{_COUNT}.{{1,60}}\b(?:add|added|adds) to\b"
    rf"|{_COUNT}.{{1,80}}\b(?:still|yet) (?:to be|missing|open|left|away|out|need|lack)\w*\b"
    rf"|{_COUNT}.{{1,80}}\b(?:ha(?:ve|s|d)|are|is|were|was)(?:n['’]t| not) (?:yet )?(?:\w+ )*(?:back|returned|yet)\b",
    re.IGNORECASE,
)
_TOGETHER = r"(?:together|combined|altogether|taken together|in total|in all)"
_SUM = re.compile(rf"{_COUNT}.{{1,80}}\b\w+ and \w.{{1,60}}\b{_TOGETHER}\b", re.IGNORECASE)
# Chosen on the open arithmetic cases: of such a question a reader is sure of neither figure, yet points at both.
_LEAST, _LEAST_TOGETHER = 0.1, 0.2
_WITHIN_A_SENTENCE = 1.5  # times as surely do two figures of one sentence belong together
_SURE = 0.5  # of what is reckoned
_SAID_OUTRIGHT = 0.7  # confidence in a figure with which it is taken for the answer itself
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


@dataclass(frozen=True, slots=True)
class _Figure:
    finding: Finding
    amount: Amount


def reckoning_asked_for(question: str) -> Operation | None:
    """Return which operation a question wants on figures that articles may state singly; None for others."""
    if _SUM.search(question):
        return "sum"
    return "difference" if _DIFFERENCE.search(question) else None


def reckoned(question: str, found: Sequence[Finding]) -> Draft | None:
    """Return the sentences with the two figures, and what is reckoned of them as a note; None where that isn't asked.

    Nor is anything reckoned where the surest finding says it outright, or two figures don't count the same.
    """
    operation = reckoning_asked_for(question)
    if not operation or not found or found[0].confidence >= _SAID_OUTRIGHT:
        return None
    pairs = [
        pair for pair in combinations(_figures(found), 2) if _comparable(pair) and _together(pair) >= _LEAST_TOGETHER
    ]
    if not pairs:
        return None
    first, second = max(pairs, key=_together)  # ties by their order: the surest first
    statements = as_statements(Support(one.finding.passage, one.finding.sentence) for one in (first, second))
    return Draft(statements, _SURE, note=_note(operation, first.amount, second.amount))


def _together(pair: tuple[_Figure, _Figure]) -> float:
    """Return how surely two figures belong together: a sentence that states both sets them beside each other."""
    one, other = (figure.finding for figure in pair)
    within = one.article_id == other.article_id and one.sentence == other.sentence
    return (one.confidence + other.confidence) * (_WITHIN_A_SENTENCE if within else 1.0)


def _figures(found: Sequence[Finding]) -> list[_Figure]:
    """Return the findings that name one amount, the surest first."""
    made = []
    for one in found:
        named = figure(one)
        if named and one.confidence >= _LEAST:
            made.append(_Figure(one, named))
    return made


def _comparable(pair: tuple[_Figure, _Figure]) -> bool:
    """Tell whether two figures are of one unit, as far as units are named, and not the same."""
    one, other = (figure.amount for figure in pair)
    return one.value != other.value and one.counts_the_same(other)


def _note(operation: Operation, one: Amount, other: Amount) -> str:
    large, small = sorted((one.value, other.value), reverse=True)
    result = large + small if operation == "sum" else large - small
    about = "about " if one.rough or other.rough else ""
    percent = "percent" in {one.unit, other.unit}
    unit = (" percentage points" if operation == "difference" else " per cent") if percent else ""
    sign = "+" if operation == "sum" else "−"
    return (
        f"The articles give the figures, not the result. Reckoned from them: "
        f"{_written(large)} {sign} {_written(small)} = {about}{_written(result)}{unit}."
    )


def _written(value: float) -> str:
    """Return a number as a person writes it: "9.3 million", "10,400", "0.5"."""
    for scale, name in _SCALES:
        if abs(value) >= scale and round(value / scale, 3) == value / scale:
            return f"{round(value / scale, 3):,g} {name}"
    return f"{int(value):,}" if value == int(value) else f"{round(value, 4):,g}"
