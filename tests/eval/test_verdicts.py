"""One outcome, one verdict: what passes, and the words for what fails."""

from dataclasses import replace

from eval.cases import Accepted, GoldSpan
from eval.records import Outcome, Verdict
from eval.verdicts import judge
from qa.records import Answer, Statement, View
from tests.eval.specimens import ARTICLE, answer_of, case_of, citation_of, passage_of, refusal, right_answer

TEXTS = {"a.txt": ARTICLE, "b.txt": ARTICLE}
CASE = case_of(answers=("Monday",))
HIT = (passage_of("a.txt", 0, 40),)


def verdict_on(answer: Answer | None, case=CASE, **changes) -> Verdict:
    return judge(replace(Outcome(case, answer, passages=HIT), **changes), TEXTS)


def test_a_right_answer_on_exact_words_passes():
    verdict = verdict_on(right_answer())
    assert verdict.passed
    assert verdict.failures == ()
    assert (verdict.exact, verdict.f1, verdict.citation_recall, verdict.citations_exact) == (1, 1, 1, 1)


def test_a_wrong_answer_fails():
    assert verdict_on(answer_of(Statement("On Tuesday.", (citation_of(),)))).failures == (
        "the answer holds nothing accepted",
    )


def test_a_right_answer_that_cites_something_else_fails():
    verdict = verdict_on(answer_of(Statement("On Monday.", (citation_of(60, 90),))))
    assert verdict.right
    assert verdict.failures == ("no citation meets the words expected",)


def test_a_right_answer_with_an_inexact_quote_fails():
    citation = replace(citation_of(), start=1, end=39)
    verdict = verdict_on(answer_of(Statement("On Monday.", (citation,))))
    assert verdict.failures == ("1 of 1 quotes are not the article's words at that place",)


def test_a_malformed_answer_fails_and_says_how():
    verdict = verdict_on(right_answer(confidence=2.0))
    assert not verdict.well_formed
    assert verdict.failures == ("the answer is malformed: the confidence 2.0 is not between 0 and 1",)


def test_refusing_what_the_articles_say_fails():
    verdict = verdict_on(refusal())
    assert verdict.refused
    assert verdict.failures == ("refused, though the articles say it",)
    assert (verdict.f1, verdict.citation_recall) == (0, None)


def test_refusing_what_the_articles_do_not_say_passes_and_answering_it_fails():
    far = case_of("far", answers=(), spans=())
    assert verdict_on(refusal(), far).passed
    assert verdict_on(right_answer(), far).failures == ("answered, though the articles don't say it",)


def test_an_exception_fails_whatever_would_have_been_right():
    far = case_of("far", answers=(), spans=())
    for case in (CASE, far):
        verdict = verdict_on(None, case, error="RuntimeError while answering: broken", passages=())
        assert not verdict.replied
        assert not verdict.refused
        assert verdict.failures == ("RuntimeError while answering: broken",)
    assert verdict_on(None, CASE, error="x", passages=()).f1 == 0


def test_an_exception_in_the_second_round_fails_too():
    verdict = verdict_on(right_answer(), error="RuntimeError while answering a second time: broken")
    assert not verdict.replied
    assert not verdict.passed


def test_a_follow_up_is_resolved_by_a_right_answer_and_a_retrieval_that_holds_its_gold():
    case = case_of("follow_up", answers=("Monday",))
    assert verdict_on(right_answer(), case).follow_up_resolved is True
    lost = verdict_on(right_answer(), case, passages=(passage_of("b.txt", 0, 40),))
    assert lost.follow_up_resolved is False
    assert lost.failures == ("the follow-up's own question does not retrieve the words expected",)
    assert verdict_on(refusal(), case).follow_up_resolved is False
    assert verdict_on(right_answer()).follow_up_resolved is None


def test_a_disagreement_shown_where_the_articles_agree_fails_the_case():
    sides = (View("Monday", (citation_of(),), (), ()),) * 2
    case = case_of("agreement", answers=("Monday",))
    assert verdict_on(right_answer(), case).passed
    verdict = verdict_on(right_answer(views=sides), case)
    assert verdict.false_alarm
    assert verdict.failures == ("shows a disagreement where the articles agree",)


def test_citing_one_source_of_several_passes_and_is_counted():
    spans = (GoldSpan("a.txt", 0, 38), GoldSpan("b.txt", 0, 38))
    verdict = verdict_on(right_answer(), case_of("several_sources", answers=("Monday",), spans=spans))
    assert verdict.passed
    assert verdict.cites_all_sources == 0


def test_determinism_is_judged_only_where_the_case_was_asked_twice():
    assert verdict_on(right_answer()).deterministic is None
    assert verdict_on(right_answer(), again=right_answer(timings={"read": 9.0})).deterministic is True
    assert verdict_on(right_answer(), again=refusal()).deterministic is False


def test_a_list_has_no_f1():
    case = case_of("list", accepted=Accepted(all_of=(("Monday",),)))
    assert verdict_on(right_answer(), case).passed
    assert verdict_on(right_answer(), case).f1 is None
