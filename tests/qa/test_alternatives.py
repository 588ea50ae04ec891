"""A question that names its answers is answered by a sentence that says one of them, and not the other."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.alternatives import Alternatives, alternatives

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=30)

questions = st.text(max_size=60) | st.lists(
    st.sampled_from("Was the meeting cancelled or postponed , ? before after with without just not 's".split()),
    max_size=10,
).map(" ".join)


def chosen(question: str) -> Alternatives:
    """Return what the question has to choose from, which must be there."""
    found = alternatives(question)
    assert found is not None
    return found


class TestQuestions:
    @pytest.mark.parametrize(
        ("question", "first", "second"),
        [
            ("Was the meeting cancelled or postponed?", "cancelled", "postponed"),
            ("Was the meeting cancelled or just postponed?", "cancelled", "postponed"),
            ("Is the ship an oil tanker or a gas tanker?", "an oil tanker", "a gas tanker"),
            ("Which was it, the red boat or the green boat?", "the red boat", "the green boat"),
            ("Did he come as a guest or as a member?", "as a guest", "as a member"),
            ("Did Brandt resign before or after the vote?", "before", "after"),
            ("Was the vote for or against the harbour?", "for", "against"),
            ("Will the ferry sail with or without cars?", "with", "without"),
        ],
    )
    def test_the_alternatives_are_found(self, question: str, first: str, second: str) -> None:
        found = chosen(question)

        assert (found.first, found.second) == (first, second)

    def test_the_rest_is_what_is_asked_of_both(self) -> None:
        assert chosen("Was the meeting cancelled or postponed?").rest == "Was the meeting"

    def test_the_rest_may_stand_behind(self) -> None:
        assert chosen("Did Brandt resign before or after the vote?").rest == "Did Brandt resign before the vote"

    @pytest.mark.parametrize(
        "question",
        [
            "Was the meeting cancelled?",
            "Was the meeting cancelled or not?",
            "Did two or more people come?",
            "Will it open in May or later?",
            "Was it red or red?",
            "or",
            "or?",
            " or postponed?",
            "Who built the oven?",
            "",
        ],
    )
    def test_others_name_none(self, question: str) -> None:
        assert alternatives(question) is None

    @repeatable
    @given(question=questions)
    def test_any_question_may_be_asked(self, question: str) -> None:
        found = alternatives(question)

        assert found is None or (found.first and found.second)


class TestSentences:
    CANCELLED = chosen("Was the meeting cancelled or postponed?")

    @pytest.mark.parametrize(
        "sentence",
        [
            "The meeting was cancelled.",
            "The meeting was canceled.",
            "They will cancel the meeting.",
            "The meeting was cancelled, not postponed.",
            "The meeting was not postponed but cancelled.",
            "The meeting wasn’t postponed, it was cancelled.",
            "Nobody postponed the meeting; the mayor cancelled it.",
        ],
    )
    def test_a_sentence_that_says_the_first(self, sentence: str) -> None:
        assert self.CANCELLED.told_by(sentence) == "cancelled"

    @pytest.mark.parametrize(
        "sentence", ["The meeting was postponed.", "The meeting was not cancelled but only postponed.", "POSTPONED"]
    )
    def test_a_sentence_that_says_the_second(self, sentence: str) -> None:
        assert self.CANCELLED.told_by(sentence) == "postponed"

    @pytest.mark.parametrize(
        "sentence",
        [
            "",
            "The meeting took place.",
            "The meeting was not cancelled.",
            "The meeting was neither cancelled nor postponed.",
            "The meeting was first cancelled and then postponed.",
            "Whether the meeting is cancelled or postponed is open.",
        ],
    )
    def test_a_sentence_that_says_neither_or_both(self, sentence: str) -> None:
        assert self.CANCELLED.told_by(sentence) is None

    @pytest.mark.parametrize("sentence", ["The meeting may be cancelled.", "The meeting could still be cancelled."])
    def test_what_may_be_is_not_said_to_be(self, sentence: str) -> None:
        assert self.CANCELLED.told_by(sentence) is None

    def test_what_both_share_tells_nothing(self) -> None:
        assert chosen("Is the ship an oil tanker or a gas tanker?").told_by("The ship is a tanker.") is None

    def test_a_word_that_one_alone_has_tells_it(self) -> None:
        assert chosen("Is the ship an oil tanker or a gas tanker?").told_by("The ship carries oil.") == "an oil tanker"

    @pytest.mark.parametrize(
        ("sentence", "told"), [("She resigned before the vote.", "before"), ("She resigned after the vote.", "after")]
    )
    def test_opposites_are_told_by_themselves(self, sentence: str, told: str) -> None:
        assert chosen("Did Brandt resign before or after the vote?").told_by(sentence) == told

    def test_whose_it_is_is_not_who_is_named(self) -> None:
        found = chosen("Was it Krug's or Lind's?")

        assert (found.told_by("Krug came."), found.told_by("It was Lind’s boat.")) == (None, "Lind's")

    def test_an_article_before_the_owner_does_not_matter(self) -> None:
        assert chosen("Was it the owner's or the tenant's?").told_by("It was the tenant’s boat.") == "the tenant's"

    def test_nor_does_a_sign_behind_the_owner(self) -> None:
        assert chosen("Was it Krug's or Lind's?").told_by("It was Lind’s.") == "Lind's"

    @repeatable
    @given(question=questions, sentence=questions)
    def test_what_is_told_is_one_of_the_alternatives(self, question: str, sentence: str) -> None:
        found = alternatives(question)

        assert found is None or found.told_by(sentence) in {None, found.first, found.second}

    @repeatable
    @given(sentence=questions)
    def test_the_order_of_the_alternatives_does_not_matter(self, sentence: str) -> None:
        turned = Alternatives(self.CANCELLED.second, self.CANCELLED.first, self.CANCELLED.rest)

        assert turned.told_by(sentence) == self.CANCELLED.told_by(sentence)
