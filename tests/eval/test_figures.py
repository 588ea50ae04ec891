"""Verdicts into figures: each measure over the cases to which it applies."""

from dataclasses import replace

import pytest

from eval.cases import KINDS
from eval.figures import MEASURE_NAMES, figures, latencies, mean_figure, passed_by_kind
from eval.records import NO_DATA, Outcome, RetrievalScores, Verdict
from tests.eval.specimens import case_of, right_answer

RIGHT = Verdict("who", True, True, (), True, False, True, 0.9, exact=1.0, f1=1.0, citations=3, citations_exact=3)
WRONG = replace(RIGHT, passed=False, right=False, exact=0.0, f1=0.5, citations=1, citations_exact=0)


def retrieved(**by_file: float) -> Verdict:
    recall = sum(by_file.values()) / len(by_file)
    scores = RetrievalScores({1: 0.0, 3: recall, 5: recall, 10: recall}, 0.5, recall, 0.0, by_file)
    return replace(RIGHT, retrieval=scores)


def test_every_measure_has_a_figure_even_without_cases():
    assert figures([]) == dict.fromkeys(MEASURE_NAMES, NO_DATA)


def test_a_figure_is_the_mean_with_an_interval_around_it():
    figure = figures([RIGHT, RIGHT, WRONG, WRONG])["answer_f1"]
    assert (figure.value, figure.n) == (0.75, 4)
    assert figure.low is not None
    assert figure.high is not None
    assert 0.5 <= figure.low <= 0.75 <= figure.high <= 1


def test_citations_are_counted_over_all_answers_together():
    figure = figures([RIGHT, WRONG])["citation_exact"]
    assert (figure.value, figure.n) == (0.75, 4)


def test_the_worst_article_is_the_one_found_least():
    measured = figures([retrieved(a=1.0, b=0.5), retrieved(a=1.0), retrieved(b=0.0)])
    assert measured["worst_article_recall"].value == 0.25
    assert measured["retrieval_recall_at_10"].value == pytest.approx((0.75 + 1 + 0) / 3)


def test_an_alarm_on_agreeing_articles_is_counted_apart():
    verdicts = [replace(RIGHT, kind="agreement", false_alarm=True), replace(RIGHT, false_alarm=False)]
    measured = figures(verdicts)
    assert (measured["false_alarms"].value, measured["agreement_false_alarms"].value) == (0.5, 1)


def test_what_got_no_reply_is_neither_well_formed_nor_malformed():
    raised = replace(WRONG, replied=False)
    malformed = replace(WRONG, well_formed=False)
    figure = figures([RIGHT, raised, malformed])["well_formed"]
    assert (figure.value, figure.n) == (0.5, 2)


def test_kinds_without_cases_have_no_data():
    rows = passed_by_kind([RIGHT, WRONG])
    assert list(rows) == list(KINDS)
    assert rows["who"].value == 0.5
    assert rows["far"] == NO_DATA


def test_no_scores_are_no_data():
    assert mean_figure([]) == NO_DATA


def test_latencies_leave_out_what_was_not_measured():
    asked = Outcome(case_of(), right_answer(timings={"read": 4.0}), answer_ms=10.0)
    raised = Outcome(case_of(), None, error="x", answer_ms=99.0)
    assert [(one.stage, one.p50, one.n) for one in latencies([asked, raised])] == [
        ("read", 4.0, 1),
        ("answer, as called", 10.0, 1),
    ]
