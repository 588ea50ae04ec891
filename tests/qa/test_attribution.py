"""Who says so is whom the sentence names for it, and nobody where it speaks for itself."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.attribution import speaker

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=30)

sentences = st.text(max_size=80) | st.lists(
    st.sampled_from("according to Brandt said , “ ” the police official that claims A . of In told he".split()),
    max_size=14,
).map(" ".join)


class TestSpeakers:
    @pytest.mark.parametrize(
        ("sentence", "who"),
        [
            ("Ilse Brandt said that the ferry sank.", "Ilse Brandt"),
            ("“It will sail,” Captain Ilse Brandt said.", "Captain Ilse Brandt"),
            ("“Will it sail?” Brandt said.", "Brandt"),
            ("The ferry sank, Moore announced.", "Moore"),
            ("On Monday, Krug said that it failed.", "Krug"),
            ("It rained, but Krug said that it had snowed.", "Krug"),
            ("According to the Coast Gazette, the ferry sank.", "the Coast Gazette"),
            ("The ferry sank, according to Ilse Brandt on Monday.", "Ilse Brandt"),
            ("The ferry sank, the Coast Gazette reported.", "the Coast Gazette"),
            ("A harbour official described the call as productive.", "A harbour official"),
            ("Two aides called the call difficult.", "Two aides"),
            ("Police said on Monday that 12 died.", "Police"),
            ("The storm killed 31 people, officials said.", "officials"),
            ("Three witnesses told the Coast Gazette that the ship burnt.", "Three witnesses"),
            ("The ferry sank, according to a report.", "a report"),
            ("Lind also claimed that it had snowed.", "Lind"),
        ],
    )
    def test_whom_a_sentence_names_says_so(self, sentence: str, who: str) -> None:
        assert speaker(sentence) == who

    @pytest.mark.parametrize(
        "sentence",
        [
            "The ferry sank.",
            "The ferry to Sundholm sailed again on Tuesday.",
            "He said that the ferry sank.",
            "“It will sail,” she said.",
            "They told nobody that the ferry sank.",
            "The board confirmed Lind as head of the yard.",
            "",
            "“”",
        ],
    )
    def test_nobody_does_where_nobody_is_named(self, sentence: str) -> None:
        assert speaker(sentence) is None

    @pytest.mark.parametrize(
        "sentence",
        ["Quillon called off the strike.", "Vastria called elections for May.", "Brandt added milk to the tea."],
    )
    def test_who_does_something_does_not_say_it(self, sentence: str) -> None:
        assert speaker(sentence) is None

    @pytest.mark.parametrize(
        "sentence", ["Nobody confirmed the report.", "Everyone said that it went well.", "Many said that it went well."]
    )
    def test_a_pronoun_is_no_name(self, sentence: str) -> None:
        assert speaker(sentence) is None

    @pytest.mark.parametrize(
        ("sentence", "who"),
        [
            ("“It will sail,” said Brandt.", "Brandt"),
            ("The ferry sank, according to Ilse Brandt.", "Ilse Brandt"),
            ("In May Krug said that it failed.", "Krug"),
            ("As Krug said, it failed.", "Krug"),
        ],
    )
    def test_only_the_name_is_the_speaker(self, sentence: str, who: str) -> None:
        assert speaker(sentence) == who

    @pytest.mark.parametrize(
        ("sentence", "who"),
        [
            ("The mayor of Marwick said that the ferry sank.", "The mayor of Marwick"),
            ("Officials in Quillon say that the call went well.", "Officials in Quillon"),
            ("The ministry said that the ferry sank.", "The ministry"),
            ("Lind, the harbour master, said that it sank.", "Lind"),
        ],
    )
    def test_an_office_is_a_speaker_too(self, sentence: str, who: str) -> None:
        assert speaker(sentence) == who

    @repeatable
    @given(sentence=sentences)
    def test_a_speaker_is_named_in_the_sentence(self, sentence: str) -> None:
        assert (speaker(sentence) or "") in " ".join(sentence.split())

    def test_a_long_sentence_is_read_in_no_time(self) -> None:
        assert speaker("the Coast and Quillon " * 3_000) is None
