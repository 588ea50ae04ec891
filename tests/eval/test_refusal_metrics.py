"""Refusals and what confidence is worth: on hand-made verdicts."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.figures import figures
from eval.records import Verdict
from eval.refusal_metrics import right_at_refusals, risk_coverage


def verdict(confidence: float, *, answerable: bool = True, right: bool = True, refused: bool = False) -> Verdict:
    return Verdict(
        kind="one_source" if answerable else "far",
        answerable=answerable,
        passed=right,
        failures=(),
        replied=True,
        refused=refused,
        right=right and answerable and not refused,
        confidence=confidence,
    )


def area(*verdicts: Verdict) -> float:
    curve = risk_coverage(verdicts)
    assert curve is not None
    return curve.area


def saved(*verdicts: Verdict) -> float | None:
    return figures(verdicts, resamples=20)["aurc_saved"].value


def test_the_curve_goes_from_the_surest_case_to_all_of_them():
    curve = risk_coverage([verdict(0.5, right=False), verdict(0.9), verdict(0.7)])
    assert curve is not None
    assert curve.coverage == pytest.approx((1 / 3, 2 / 3, 1))
    assert curve.risk == pytest.approx((0, 0, 1 / 3))
    assert curve.area == pytest.approx(1 / 9)


def test_confidence_upside_down_has_a_larger_area():
    good = area(verdict(0.9), verdict(0.8), verdict(0.1, right=False))
    bad = area(verdict(0.1), verdict(0.2), verdict(0.9, right=False))
    assert good < bad == pytest.approx((1 + 1 / 2 + 1 / 3) / 3)


def test_answering_the_unanswerable_and_refusing_the_answerable_are_both_mistakes():
    assert area(verdict(0.9, answerable=False)) == 1
    assert area(verdict(0.9, refused=True)) == 1


def test_a_tie_counts_with_its_mean_whatever_the_order():
    cases = [verdict(0.5), verdict(0.5, right=False), verdict(0.9), verdict(0.5)]
    shuffled = random.Random(7).sample(cases, len(cases))
    assert area(*cases) == pytest.approx(area(*shuffled)) == pytest.approx((0 + 1 / 6 + 2 / 9 + 1 / 4) / 4)


def test_confidence_that_is_not_a_number_ranks_last():
    assert area(verdict(float("nan"), right=False), verdict(0.9)) == area(verdict(0.0, right=False), verdict(0.9))


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40))
def test_the_area_is_between_none_wrong_and_all_wrong(cases: list[tuple[float, bool]]):
    assert 0 <= area(*(verdict(confidence, right=right) for confidence, right in cases)) <= 1


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40))
def test_the_last_risk_is_the_plain_share_wrong(cases: list[tuple[float, bool]]):
    curve = risk_coverage([verdict(confidence, right=right) for confidence, right in cases])
    assert curve is not None
    assert curve.risk[-1] == pytest.approx(sum(not right for _, right in cases) / len(cases))


def test_confidence_that_says_nothing_saves_nothing():
    assert saved(verdict(0.5), verdict(0.5, right=False), verdict(0.5)) == pytest.approx(0)


def test_confidence_that_ranks_well_saves_and_one_upside_down_costs():
    assert saved(verdict(0.9), verdict(0.1, right=False)) == pytest.approx(1 - (0 + 1 / 2) / 2 / (1 / 2))
    assert saved(verdict(0.1), verdict(0.9, right=False)) == pytest.approx(1 - (1 + 1 / 2) / 2 / (1 / 2))


def test_where_nothing_is_wrong_nothing_can_be_saved():
    assert saved(verdict(0.9), verdict(0.8)) is None


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=20))
def test_no_ranking_saves_more_than_the_one_with_every_mistake_last(cases: list[tuple[float, bool]]):
    ranked = saved(*(verdict(confidence, right=right) for confidence, right in cases))
    best = saved(*(verdict(float(right), right=right) for _, right in cases))
    assert (ranked is None) == (best is None)
    assert ranked is None or best is None or ranked <= best + 1e-9


def test_without_cases_there_is_no_curve():
    assert risk_coverage([]) is None


def test_the_cut_lets_one_in_twenty_refusals_be_wrong():
    unanswerable = [verdict(0.1, answerable=False, refused=True) for _ in range(18)]
    wrongly = [verdict(0.6, answerable=False), verdict(0.95, answerable=False)]
    answerable = [verdict(0.9), verdict(0.5)]
    # One of twenty may be answered: the one at .95; so the cut is at .6, which leaves the answer at .9.
    assert right_at_refusals(unanswerable + wrongly + answerable) == 0.5


def test_no_cut_is_needed_where_every_refusal_is_right():
    assert right_at_refusals([verdict(0.1, answerable=False, refused=True), verdict(0.01), verdict(0.9)]) == 1


def test_a_tie_with_what_must_be_refused_is_refused_too():
    assert right_at_refusals([verdict(0.7, answerable=False), verdict(0.7)]) == 0


@pytest.mark.parametrize("cases", [[], [verdict(0.9)], [verdict(0.9, answerable=False)]])
def test_the_share_at_right_refusals_needs_both_sorts_of_cases(cases: list[Verdict]):
    assert right_at_refusals(cases) is None


def test_refusal_precision_and_recall_are_over_refusals_and_over_the_unanswerable():
    cases = [
        verdict(0.1, answerable=False, refused=True),
        verdict(0.9, answerable=False),
        verdict(0.1, refused=True),
        verdict(0.9),
    ]
    measured = figures(cases, resamples=20)
    assert measured["refusal_precision"].value == 0.5
    assert measured["refusal_recall"].value == 0.5
    assert measured["answered_right"].value == 0.5


def test_without_a_refusal_its_precision_has_no_data():
    figure = figures([verdict(0.9), verdict(0.9, answerable=False)], resamples=20)["refusal_precision"]
    assert (figure.value, figure.n) == (None, 0)
