"""Intervals and tests: how far to trust a figure, and whether a change is more than chance."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import comb

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2000
LEVEL = 0.95
_SEED = 20251023
_BATCH = 250

Floats = NDArray[np.float64]


@lru_cache(maxsize=8)
def _counts(n: int, resamples: int) -> NDArray[np.uint16]:
    """How often each of `n` cases is drawn in each resample, shape (resamples, n); the same for the same arguments."""
    generator = np.random.default_rng(_SEED)
    return generator.multinomial(n, np.full(n, 1 / n), size=resamples).astype(np.uint16)


def _percentiles(draws: Floats) -> tuple[float, float]:
    tail = 100 * (1 - LEVEL) / 2
    low, high = np.percentile(draws, [tail, 100 - tail])
    return float(low), float(high)


def interval_of_ratio(
    numerators: Sequence[float], denominators: Sequence[float], *, resamples: int = RESAMPLES
) -> tuple[float, float]:
    """The 95 % percentile bootstrap interval of sum(numerators) / sum(denominators), cases drawn with replacement.

    Efron & Tibshirani (1993), chapter 13. Denominators of 1 give the interval of a mean. Seeded: the same scores give
    the same interval. Known weakness: if all cases score alike, the interval has no width, however few they are.
    Raises ValueError if there are no cases or the denominators sum to 0.
    """
    if not numerators or len(numerators) != len(denominators) or sum(denominators) <= 0:
        raise ValueError("A ratio needs as many numerators as denominators, and something to divide by.")
    values = np.array([numerators, denominators], dtype=np.float64).T
    counts = _counts(len(numerators), resamples)
    batches = [counts[at : at + _BATCH].astype(np.float64) @ values for at in range(0, resamples, _BATCH)]
    sums = np.concatenate(batches)
    drawn = sums[:, 1] > 0  # a resample may miss every case that counts: it says nothing
    return _percentiles(sums[drawn, 0] / sums[drawn, 1])


def interval_of_mean(scores: Sequence[float], *, resamples: int = RESAMPLES) -> tuple[float, float]:
    """The 95 % percentile bootstrap interval of a mean; see `interval_of_ratio`."""
    return interval_of_ratio(scores, [1.0] * len(scores), resamples=resamples)


def interval_of(
    statistic: Callable[[NDArray[np.intp]], float | None], n: int, *, resamples: int = RESAMPLES
) -> tuple[float, float]:
    """The same interval for any statistic of the drawn cases' indices (shape (n,), repeats included).

    Resamples in which the statistic is undefined (None) are left out. Raises ValueError if it never is defined.
    """
    indices = np.arange(n)
    drawn = (statistic(np.repeat(indices, counts)) for counts in _counts(n, resamples))
    values = [value for value in drawn if value is not None]
    if not values:
        raise ValueError("The statistic is undefined in every resample.")
    return _percentiles(np.array(values))


def sign_test_worse(worse: int, better: int) -> float:
    """The exact sign test's p, one-sided towards worse (Dixon & Mood 1946).

    p = P(X >= worse), X ~ Binomial(worse + better, 1/2). `worse` and `better` count cases that changed side; those that
    did not change say nothing. No change gives 1.
    """
    if worse < 0 or better < 0:
        raise ValueError("Counts of changed cases cannot be negative.")
    n = worse + better
    return sum(comb(n, k) for k in range(worse, n + 1)) / float(2**n)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of `values` lie, interpolated linearly."""
    return float(np.percentile(np.array(values, dtype=np.float64), 100 * share))
