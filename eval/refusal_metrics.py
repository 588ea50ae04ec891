"""When to stay silent: refusals, and what confidence is worth. Evaluators over many cases."""

from collections.abc import Sequence
from math import inf

import numpy as np
from numpy.typing import NDArray

from eval.records import RiskCoverage, Verdict
from eval.statistics import Floats

REFUSALS_RIGHT = 0.95


def mistakes(verdicts: Sequence[Verdict]) -> Floats:
    """The loss of answering each case: 0 if it is answered right, else 1. Shape (n,).

    Answering what the articles don't say is a mistake. So is a refused case: what would have been said is unknown.
    """
    return np.array([not (verdict.answerable and verdict.right) for verdict in verdicts], dtype=np.float64)


def confidences(verdicts: Sequence[Verdict]) -> Floats:
    """Each case's confidence, shape (n,); what is not a number counts as none at all."""
    return np.nan_to_num(np.array([verdict.confidence for verdict in verdicts], dtype=np.float64), nan=0.0)


def risks(confidence: Floats, loss: Floats) -> Floats:
    """The selective risk at each coverage 1/n ... n/n, most confident first; shape (n,).

    risk(k) = losses among the k most confident / k (El-Yaniv & Wiener 2010). Within a tie each case counts with the
    tie's mean loss, the expectation over its orders, so that the order of the cases does not matter.
    """
    _, group = np.unique(-confidence, return_inverse=True)
    mean_loss = np.bincount(group, weights=loss) / np.bincount(group)
    expected = mean_loss[np.sort(group)]
    ranks: Floats = np.arange(1, len(loss) + 1, dtype=np.float64)
    risk: Floats = np.cumsum(expected) / ranks
    return risk


def risk_coverage(verdicts: Sequence[Verdict]) -> RiskCoverage | None:
    """The risk-coverage curve; its area (AURC, Geifman et al. 2019) is the mean of its risks: less is better."""
    if not verdicts:
        return None
    confidence, loss = confidences(verdicts), mistakes(verdicts)
    n = len(verdicts)
    risk = tuple(float(value) for value in risks(confidence, loss))
    return RiskCoverage(tuple((k + 1) / n for k in range(n)), risk, area(confidence, loss))


def right_at_refusals(verdicts: Sequence[Verdict], drawn: NDArray[np.intp] | None = None) -> float | None:
    """The share of answerable cases answered right once confidence is cut so that 95 % of refusals are right.

    The cut t is the lowest confidence at which at least 95 % of the unanswerable cases are refused or do not exceed t;
    then the share = answerable cases answered right with confidence > t / answerable cases. `drawn` holds the indices
    of a resample, shape (n,). None without both answerable and unanswerable cases.
    """
    chosen: list[Verdict] = list(verdicts) if drawn is None else [verdicts[i] for i in drawn]
    answerable = [verdict for verdict in chosen if verdict.answerable]
    wrongly_answered = np.sort(confidences([v for v in chosen if not v.answerable and not v.refused]))
    unanswerable = len(chosen) - len(answerable)
    if not answerable or not unanswerable:
        return None
    spare = int(unanswerable * (1 - REFUSALS_RIGHT) + 1e-9)  # this many may still be answered
    must_fall = len(wrongly_answered) - spare
    # Everything at or below the last one that must fall is cut: a tie falls whole.
    cut = float(wrongly_answered[must_fall - 1]) if must_fall > 0 else -inf
    kept = sum(verdict.right and verdict.confidence > cut for verdict in answerable)
    return kept / len(answerable)


def area(confidence: Floats, loss: Floats) -> float:
    """AURC: the mean of the risks at every coverage."""
    return float(risks(confidence, loss).mean())


def area_saved(confidence: Floats, loss: Floats) -> float | None:
    """1 - AURC / mean loss: the share of the area that this ranking saves against no ranking at all.

    In random order the expected AURC is the mean loss, so 0 means that confidence says nothing and less than 0 that it
    misleads, however good or bad the answers are; AURC itself mixes both. None where nothing is a mistake.
    """
    return 1 - area(confidence, loss) / float(loss.mean()) if loss.any() else None
