"""Is the answer right, are both sides shown: on hand-made answers."""

import re
from dataclasses import replace

import pytest

from eval.cases import Accepted, Case, GoldSpan, GoldView
from eval.metrics import answer_exact, answer_f1, answer_right, disagreement_found, false_alarm, refused, same_answer
from qa.records import Answer, Statement, View
from tests.eval.specimens import answer_of, case_of, citation_of, refusal, right_answer


def said(text: str, short: str | None = None) -> Answer:
    return answer_of(Statement(text, (citation_of(),)), short=short)


def test_an_accepted_answer_in_a_statement_is_right():
    assert answer_right(case_of(answers=("on Monday",)), said("It closed on Monday, he said."))


def test_an_accepted_answer_in_the_short_answer_is_right():
    assert answer_right(case_of(answers=("Monday",)), said("It closed then.", short="on Monday"))


def test_another_answer_is_wrong():
    assert not answer_right(case_of(answers=("on Monday",)), said("It closed on Tuesday."))


def test_part_of_a_word_is_not_the_word():
    assert not answer_right(case_of(answers=("12",)), said("It closed for 120 days."))


def test_an_answer_is_not_pieced_together_from_two_statements():
    answer = answer_of(Statement("It closed on", (citation_of(),)), Statement("Monday it rained.", (citation_of(),)))
    assert not answer_right(case_of(answers=("on Monday",)), answer)


def test_a_marker_between_the_words_does_not_hide_them():
    assert answer_right(case_of(answers=("on Monday",)), said("It closed on [1] Monday."))


def test_a_refusal_is_never_right_whatever_words_come_with_it():
    answer = replace(refusal(), short_answer="on Monday", answer="on Monday")
    assert refused(answer)
    assert not answer_right(case_of(), answer)
    assert answer_exact(case_of(), answer) == answer_f1(case_of(), answer) == 0


def test_a_pattern_is_searched_in_each_text_by_itself():
    case = case_of(accepted=Accepted(patterns=(re.compile(r"^\W*(on )?monday\W*$", re.IGNORECASE),)))
    assert answer_right(case, said("It closed then.", short="On Monday"))
    assert not answer_right(case, said("It closed on Monday, not before.", short="then"))


def test_a_pattern_with_straight_quotes_finds_curly_ones():
    case = case_of(accepted=Accepted(patterns=(re.compile(r"it's \"over\""),)))
    assert answer_right(case, said("He said it’s “over”."))


def test_of_a_list_every_item_must_be_named_in_one_of_its_wordings():
    case = case_of("list", accepted=Accepted(all_of=(("pears",), ("eels", "snakes"))))
    assert answer_right(case, said("Pears and snakes."))
    assert answer_right(
        case, answer_of(Statement("Pears.", (citation_of(),)), Statement("Eels too.", (citation_of(),)))
    )
    assert not answer_right(case, said("Pears and rope."))
    assert answer_exact(case, said("Pears and snakes.")) is None


def test_exact_asks_for_the_accepted_words_and_no_others():
    case = case_of(answers=("Monday", "on Monday"))
    assert answer_exact(case, said("It closed on Monday.", short="on Monday")) == 1
    assert answer_exact(case, said("It closed on Monday.", short="on Monday evening")) == 0


def test_exact_accepts_a_short_answer_that_a_pattern_matches_whole():
    case = case_of(accepted=Accepted(("Starmer on Friday",), (re.compile("(on )?friday", re.IGNORECASE),)))
    assert answer_exact(case, said("So he said.", short="Friday")) == answer_f1(case, said(".", short="Friday")) == 1
    assert answer_exact(case, said("So he said.", short="Friday evening")) == 0


def test_f1_takes_the_best_accepted_answer():
    case = case_of(answers=("two hours", "a two-hour call on Thursday"))
    assert answer_f1(case, said("Two hours it was.", short="about two hours")) == pytest.approx(2 * 2 / 5)


def test_without_a_short_answer_the_whole_answer_is_scored():
    assert answer_f1(case_of(answers=("It closed on Monday",)), said("It closed on Monday.")) == 1


# --- Disagreement --------------------------------------------------------------------------------------------------

SIDES = (
    GoldView(("three hours",), (GoldSpan("a.txt", 0, 38),)),
    GoldView(("four hours", "4 hours"), (GoldSpan("b.txt", 0, 38),)),
)


def view(text: str, file: str) -> View:
    return View(text, (citation_of(file=file),), (), ())


def shown(*views: View) -> Answer:
    return answer_of(Statement("They differ.", (citation_of(),)), views=views)


def disagreement() -> Case:
    return case_of("disagreement", views=SIDES, answers=(), spans=())


def test_a_disagreement_is_found_when_each_side_has_a_view_with_its_article():
    answer = shown(view("It lasted 4 hours.", "b.txt"), view("It lasted three hours.", "a.txt"))
    assert disagreement_found(disagreement(), answer)
    assert answer_right(disagreement(), answer)


@pytest.mark.parametrize(
    "views",
    [
        (),
        (view("Three hours.", "a.txt"),),
        (view("Three hours or 4 hours.", "a.txt"),),
        (view("Three hours.", "a.txt"), view("Three hours.", "b.txt")),
        (view("Three hours.", "b.txt"), view("4 hours.", "a.txt")),
    ],
    ids=["no view", "one side", "both in one view", "the same twice", "articles swapped"],
)
def test_a_disagreement_is_not_found_by_less(views: tuple[View, ...]):
    assert not disagreement_found(disagreement(), shown(*views))


def test_one_view_cannot_stand_for_two_sides():
    both = View("three hours, or 4 hours", (citation_of(file="a.txt"), citation_of(file="b.txt")), (), ())
    assert not disagreement_found(disagreement(), shown(both, view("nothing", "a.txt")))
    assert disagreement_found(disagreement(), shown(both, view("three hours", "a.txt")))


def test_a_side_may_be_told_in_the_words_quoted():
    sides = (GoldView(("closed on Monday",), (GoldSpan("a.txt", 0, 38),)), SIDES[1])
    case = case_of("disagreement", views=sides, answers=(), spans=())
    assert disagreement_found(case, shown(view("it did", "a.txt"), view("4 hours", "b.txt")))


def test_two_views_without_a_disagreement_are_a_false_alarm():
    two = shown(view("Three hours.", "a.txt"), view("3 h", "b.txt"))
    assert false_alarm(case_of("agreement"), two) is True
    assert false_alarm(case_of("agreement"), shown(view("Three hours.", "a.txt"))) is False
    assert false_alarm(disagreement(), two) is None
    assert false_alarm(case_of("far"), refusal()) is None


def test_the_same_answer_is_the_same_but_for_its_timings():
    assert same_answer(right_answer(timings={"read": 1.0}), right_answer(timings={"read": 2.0}))
    assert not same_answer(right_answer(), right_answer(confidence=0.8999))
