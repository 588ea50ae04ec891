"""Intervals and the sign test."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.statistics import interval_of, interval_of_mean, interval_of_ratio, percentile, sign_test_worse

scores = st.lists(st.floats(0, 1), min_size=1, max_size=60)


@settings(deadline=None)
@given(scores)
def test_the_interval_of_a_mean_lies_within_the_scores(values: list[float]):
    low, high = interval_of_mean(values, resamples=200)
    assert min(values) - 1e-9 <= low <= high <= max(values) + 1e-9


@settings(deadline=None)
@given(st.lists(st.sampled_from([0.0, 1.0]), min_size=5, max_size=60))
def test_the_interval_holds_the_mean(values: list[float]):
    low, high = interval_of_mean(values, resamples=500)
    assert low - 1e-9 <= sum(values) / len(values) <= high + 1e-9


def test_the_interval_agrees_with_the_normal_approximation_where_that_is_good():
    values = [1.0] * 300 + [0.0] * 100
    low, high = interval_of_mean(values)
    spread = 1.96 * (0.75 * 0.25 / 400) ** 0.5
    assert low == pytest.approx(0.75 - spread, abs=0.006)
    assert high == pytest.approx(0.75 + spread, abs=0.006)


def test_more_cases_give_a_narrower_interval():
    few, many = [1.0, 0.0] * 10, [1.0, 0.0] * 200
    assert np.ptp(interval_of_mean(many)) < np.ptp(interval_of_mean(few)) / 2


def test_the_same_scores_give_the_same_interval():
    values = [0.2, 0.9, 0.4, 1.0, 0.0]
    assert interval_of_mean(values) == interval_of_mean(list(values))


def test_a_ratio_weighs_cases_by_their_denominators():
    low, high = interval_of_ratio([9.0, 0.0], [9.0, 1.0], resamples=500)
    assert (low, high) == (0.0, 1.0)  # a resample may hold either case alone
    assert interval_of_ratio([9.0] * 50, [10.0] * 50, resamples=100) == pytest.approx((0.9, 0.9))


def test_a_resample_in_which_nothing_counts_is_left_out():
    assert interval_of_ratio([0.0, 1.0], [0.0, 1.0], resamples=200) == (1.0, 1.0)


@pytest.mark.parametrize(("numerators", "denominators"), [([], []), ([1.0], [0.0]), ([1.0], [1.0, 1.0])])
def test_a_ratio_of_nothing_is_refused(numerators: list[float], denominators: list[float]):
    with pytest.raises(ValueError, match="A ratio needs"):
        interval_of_ratio(numerators, denominators)


def test_any_statistic_of_the_drawn_cases_gets_the_same_interval_as_the_mean():
    values = np.array([1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0])
    general = interval_of(lambda drawn: float(values[drawn].mean()), len(values), resamples=300)
    assert general == pytest.approx(interval_of_mean(list(values), resamples=300))


def test_a_statistic_that_is_never_defined_is_refused():
    with pytest.raises(ValueError, match="undefined"):
        interval_of(lambda drawn: None, 5, resamples=20)


@pytest.mark.parametrize(
    ("worse", "better", "p"),
    [(0, 0, 1.0), (1, 0, 0.5), (5, 0, 1 / 32), (4, 0, 1 / 16), (0, 5, 1.0), (8, 2, 56 / 1024), (9, 1, 11 / 1024)],
)
def test_the_sign_test_is_exact_and_one_sided_towards_worse(worse: int, better: int, p: float):
    assert sign_test_worse(worse, better) == pytest.approx(p)


@settings(deadline=None)
@given(st.integers(0, 40), st.integers(0, 40))
def test_the_sign_tests_two_sides_share_only_the_middle(worse: int, better: int):
    both = sign_test_worse(worse, better) + sign_test_worse(better, worse)
    assert 0 < sign_test_worse(worse, better) <= 1
    assert both >= 1


def test_five_flips_to_the_worse_are_more_than_chance_and_four_are_not():
    assert sign_test_worse(5, 0) < 0.05 <= sign_test_worse(4, 0)


def test_negative_counts_are_refused():
    with pytest.raises(ValueError, match="negative"):
        sign_test_worse(-1, 2)


def test_percentiles_are_interpolated():
    assert percentile([10, 20, 30, 40], 0.5) == 25
    assert percentile([7], 0.95) == 7
