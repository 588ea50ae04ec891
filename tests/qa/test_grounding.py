"""A statement is supported only by the very words that it cites."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.grounding import is_verbatim

repeatable = settings(derandomize=True, deadline=None, database=None)

QUOTE = "On Tuesday, the ferry cost $1.5 million, she agreed, and “nobody paid.”"

words = st.lists(st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True), min_size=1, max_size=12)


class TestSupported:
    @pytest.mark.parametrize(
        "statement",
        [
            QUOTE,
            "the ferry cost $1.5 million",
            "On  Tuesday,\n the ferry",
            "nobody paid",
            "nobody paid.",
            "“nobody paid.”",
            "she agreed",
        ],
    )
    def test_whole_words_in_their_order_are(self, statement: str) -> None:
        assert is_verbatim(statement, QUOTE)

    @repeatable
    @given(quote=words, data=st.data())
    def test_every_run_of_whole_words_is(self, quote: list[str], data: st.DataObject) -> None:
        first = data.draw(st.integers(0, len(quote) - 1))
        last = data.draw(st.integers(first, len(quote) - 1))

        assert is_verbatim(" ".join(quote[first : last + 1]), " ".join(quote))

    def test_line_breaks_in_the_quote_do_not_matter(self) -> None:
        assert is_verbatim("the ferry sailed", "the\r\n  ferry\u00a0sailed.")


class TestNotSupported:
    @pytest.mark.parametrize(
        "statement",
        [
            "",
            "   ",
            "…",
            "The train cost $1.5 million",
            "the ferry cost $2.5 million",
            "On Tuesday, the ferry did not cost $1.5 million",
            "the ferry cost $1",
            "the ferry cost $1.5 million and more",
            "5 million",
            ".5 million",
            "he agreed",
            "ferry cost the",
            "the ferry paid",
            "THE FERRY COST",
            "On Tuesday the ferry",
        ],
    )
    def test_other_words_are_not(self, statement: str) -> None:
        assert not is_verbatim(statement, QUOTE)

    @repeatable
    @given(quote=words, data=st.data())
    def test_a_word_that_breaks_off_is_not(self, quote: list[str], data: st.DataObject) -> None:
        word = data.draw(st.sampled_from(quote))
        broken = data.draw(st.sampled_from([word[:-1], word[1:]]))

        assert not is_verbatim(broken, " ".join(quote)) or broken in quote

    @repeatable
    @given(quote=words, data=st.data())
    def test_words_in_another_order_are_not(self, quote: list[str], data: st.DataObject) -> None:
        shuffled = data.draw(st.permutations(quote))

        assert is_verbatim(" ".join(shuffled), " ".join(quote)) == (shuffled == quote)

    def test_an_accent_is_part_of_the_letter(self) -> None:
        assert not is_verbatim("the cafe", "the cafe\u0301 opened")

    def test_a_minus_is_part_of_the_number(self) -> None:
        assert not is_verbatim("5 degrees", "It was -5 degrees.")
