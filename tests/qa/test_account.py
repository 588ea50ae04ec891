"""A reader is told in one line what is quoted, what a model worded, and what was left out and why."""

from dataclasses import replace

from qa.account import account_of, sureness_of
from qa.records import Statement
from tests.api.servers import answer_of, citation

QUOTED = Statement("The quay was closed.", (citation(1, "The quay was closed."),))
VERIFIED = Statement("They closed it.", (citation(1, "The quay was closed."),), "verified")


def test_an_answer_in_quotes_needs_no_account() -> None:
    assert account_of(answer_of(QUOTED)) == ""


def test_an_answer_is_as_sure_as_it_says() -> None:
    assert sureness_of(replace(answer_of(QUOTED), confidence=0.834)) == "Confidence 83 %."


def test_an_answer_that_may_as_well_be_wrong_is_called_uncertain() -> None:
    said = sureness_of(replace(answer_of(QUOTED), confidence=0.42))
    assert said == "Uncertain, confidence 42 %: read what stands around the words."


def test_a_refusal_has_no_confidence() -> None:
    assert sureness_of(replace(answer_of(), confidence=0.1)) == ""


def test_what_is_quoted_is_told_apart_from_what_is_checked() -> None:
    assert account_of(answer_of(QUOTED, VERIFIED, VERIFIED)) == (
        "1 sentence quoted; 2 sentences worded by the language model and checked against the words cited."
    )


def test_what_was_left_out_is_told_with_the_reasons() -> None:
    answer = replace(answer_of(QUOTED), dropped=3, dropped_reasons={"no article says so": 2, "it rhymes": 1})

    assert account_of(answer) == "1 sentence quoted; 3 sentences left out: no article says so (2), it rhymes (1)."
