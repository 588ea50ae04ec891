"""What a caller typed becomes a question on one line, or is refused with a reason."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.errors import QuestionError
from qa.questions import MAX_CHARACTERS, clean_question, one_line

repeatable = settings(derandomize=True, deadline=None, database=None)


class TestCleaning:
    @pytest.mark.parametrize(
        ("typed", "cleaned"),
        [
            ("Who came?", "Who came?"),
            ("  Who \t came? \r\n", "Who came?"),
            ("Who\ncame?", "Who came?"),
            ("Who\x00came\x1b?", "Who came ?"),
            ("Who \ud800came?\udfff", "Who came?"),
            ("Who\u00a0came\u2028?", "Who came ?"),
            ("<b>Who</b> came?", "<b>Who</b> came?"),
            ("Хто прийшов?", "Хто прийшов?"),
            ("谁来了？", "谁来了？"),
            ("a\u200db 👨‍👩‍👧", "a\u200db 👨‍👩‍👧"),
            ("cafe\u0301?", "cafe\u0301?"),
            ("1", "1"),
        ],
    )
    def test_only_blanks_control_characters_and_lone_surrogates_change(self, typed: str, cleaned: str) -> None:
        assert clean_question(typed) == cleaned

    @repeatable
    @given(text=st.text(st.characters(), max_size=200))
    def test_one_line_is_clean_of_any_text(self, text: str) -> None:
        assert not {unicodedata.category(character) for character in one_line(text)} & {"Cc", "Cs", "Zl", "Zp"}

    @repeatable
    @given(text=st.text(st.characters(), max_size=200))
    def test_what_is_clean_stays(self, text: str) -> None:
        assert one_line(one_line(text)) == one_line(text)

    @repeatable
    @given(text=st.text(st.characters(), max_size=200))
    def test_a_question_is_cleaned_or_refused(self, text: str) -> None:
        try:
            cleaned = clean_question(text)
        except QuestionError:
            cleaned = "refused"

        cleaned.encode()  # fails on a lone surrogate
        assert any(map(str.isalnum, cleaned))

    def test_the_longest_question_is_read(self) -> None:
        assert clean_question("a" * MAX_CHARACTERS) == "a" * MAX_CHARACTERS


class TestRefusals:
    @pytest.mark.parametrize("typed", ["", "   ", "\n\t\r", "\x00\x01", "\ud800\udc00"[:1], "\u2003"])
    def test_an_empty_question(self, typed: str) -> None:
        with pytest.raises(QuestionError, match=r"^The question is empty\. Ask something about the articles\.$"):
            clean_question(typed)

    @pytest.mark.parametrize("typed", ["?", "?!…", "“”", "👍", "___", "\u200b", "؟", "---"])
    def test_a_question_without_words(self, typed: str) -> None:
        with pytest.raises(QuestionError, match=r"^The question has no words\. Ask something about the articles\.$"):
            clean_question(typed)

    @pytest.mark.parametrize("length", [MAX_CHARACTERS + 1, 20_000])
    def test_a_question_that_is_too_long(self, length: int) -> None:
        with pytest.raises(QuestionError, match=rf"has {length:,} characters; at most 2,000 are read"):
            clean_question("a" * length)
