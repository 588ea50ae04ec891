"""Do citations stand, and do they support: on hand-made answers."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.cases import GoldSpan
from eval.citation_metrics import (
    all_citations,
    citation_precision,
    citation_recall,
    cites_all_sources,
    is_exact,
    malformed,
    overlaps,
    rests_on_gold,
)
from qa.records import Citation, Statement, View
from tests.eval.specimens import ARTICLE, answer_of, case_of, citation_of, refusal, right_answer

TEXTS = {"a.txt": ARTICLE, "b.txt": ARTICLE}
ELSEWHERE = citation_of(60, 90)


def test_a_citation_is_exact_if_the_article_holds_its_quote_there():
    assert is_exact(citation_of(), TEXTS)


@pytest.mark.parametrize(
    "changes",
    [
        {"start": 1},
        {"end": 37},
        {"start": 1, "end": 39},
        {"quote": "The bridge"},
        {"file": "c.txt"},
        {"start": 5, "end": 5, "quote": ""},
        {"start": 0, "end": 10_000},
    ],
    ids=["start", "end", "both by one", "quote", "no such file", "empty", "beyond the end"],
)
def test_a_citation_off_in_any_way_is_not_exact(changes: dict[str, Any]):
    assert not is_exact(replace(citation_of(), **changes), TEXTS)


def test_offsets_counted_from_the_end_are_not_exact_though_python_reads_them():
    back = len(ARTICLE)
    citation = replace(citation_of(), start=-back, end=38 - back)
    assert ARTICLE[citation.start : citation.end] == citation.quote
    assert not is_exact(citation, TEXTS)


@settings(deadline=None, max_examples=50)
@given(st.text(min_size=2, max_size=30), st.data())
def test_exactness_holds_in_any_script_and_fails_for_any_other_quote(text: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    citation = Citation(1, "x", "x", None, None, None, start, end, text[start:end])
    assert is_exact(citation, {"x": text})
    assert not is_exact(replace(citation, quote=citation.quote + "x"), {"x": text})


@settings(deadline=None)
@given(st.integers(0, 50), st.integers(1, 50), st.integers(0, 50), st.integers(1, 50))
def test_overlap_does_not_depend_on_which_of_the_two_is_gold(a: int, a_width: int, b: int, b_width: int):
    one_way = overlaps(a, a + a_width, GoldSpan("f", b, b + b_width))
    assert one_way == overlaps(b, b + b_width, GoldSpan("f", a, a + a_width))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 100, True),
        (15, 25, True),
        (10, 15, True),
        (5, 11, False),
        (6, 14, True),
        (5, 13, False),
        (30, 40, False),
        (5, 15, True),
        (20, 30, False),
    ],
)
def test_overlap_asks_for_half_of_the_shorter_one(start: int, end: int, expected: bool):
    assert overlaps(start, end, GoldSpan("f", 10, 20)) is expected


def test_recall_is_the_share_of_statements_that_are_supported():
    answer = answer_of(Statement("Right.", (citation_of(), ELSEWHERE)), Statement("Beside it.", (ELSEWHERE,)))
    assert citation_recall(case_of(), answer) == 0.5


def test_precision_is_the_share_of_citations_that_are_needed():
    answer = answer_of(Statement("Right.", (citation_of(), ELSEWHERE)), Statement("Beside it.", (ELSEWHERE,)))
    assert citation_precision(case_of(), answer) == pytest.approx(1 / 3)


def test_the_right_place_in_the_wrong_file_supports_nothing():
    answer = answer_of(Statement("Right.", (citation_of(file="b.txt"),)))
    assert citation_recall(case_of(), answer) == citation_precision(case_of(), answer) == 0
    assert not rests_on_gold(case_of(), answer)


def test_without_statements_the_views_are_judged():
    answer = answer_of(views=(View("One side.", (citation_of(),), (), ()), View("Another.", (ELSEWHERE,), (), ())))
    assert citation_recall(case_of(), answer) == 0.5


def test_support_is_not_judged_where_nothing_is_said_or_nothing_is_gold():
    assert citation_recall(case_of(), refusal()) is None
    assert citation_precision(case_of(), refusal()) is None
    assert citation_recall(case_of("far"), right_answer()) is None


def test_every_source_is_cited_only_if_each_gold_article_is():
    case = case_of("several_sources", spans=(GoldSpan("a.txt", 0, 38), GoldSpan("b.txt", 0, 38)))
    one = answer_of(Statement("Right.", (citation_of(),)))
    both = answer_of(Statement("Right.", (citation_of(), citation_of(file="b.txt", number=2))))
    assert (cites_all_sources(case, one), cites_all_sources(case, both)) == (0, 1)
    assert cites_all_sources(case_of(), one) is None


def test_citations_are_gathered_once_from_everywhere():
    side = citation_of(60, 90, number=2)
    answer = answer_of(Statement("Right.", (citation_of(),)), views=(View("Side.", (side, citation_of()), (), ()),))
    assert all_citations(answer) == (citation_of(), side)


def test_a_whole_answer_and_a_bare_refusal_are_well_formed():
    assert malformed(right_answer()) is None
    assert malformed(refusal()) is None


def test_a_number_in_brackets_that_an_article_wrote_is_no_marker():
    text = "The bridge [7] closed."
    assert malformed(answer_of(Statement(text, (citation_of(),)))) is None


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (right_answer(confidence=1.2), "confidence"),
        (right_answer(confidence=float("nan")), "confidence"),
        (replace(right_answer(), status="not_in_sources"), "refuses and cites"),
        (answer_of(), "without a statement"),
        (answer_of(Statement("Bare.", ())), "no citation"),
        (replace(right_answer(), views=(View("Bare.", (), (), ()),)), "no citation"),
        (answer_of(Statement("Right.", (citation_of(number=2),))), "not numbered from 1"),
        (answer_of(Statement("Right.", (citation_of(), ELSEWHERE))), "not numbered from 1"),
        (replace(right_answer(), citations=()), "does not list"),
        (replace(right_answer(), answer="Closed. [1] [2]"), "markers without a citation"),
    ],
    ids=lambda value: value if isinstance(value, str) else "answer",
)
def test_an_answer_that_breaks_its_promises_is_malformed(answer: Any, reason: str):
    assert reason in str(malformed(answer))
