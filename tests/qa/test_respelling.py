"""Names and slips in a question are read in the articles' spelling; usual words stay what they are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.judge import MPNetJudge
from qa.respelling import respelt

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=100)
USUAL = {"what", "say", "goat", "boat", "iran", "iron", "the", "oven", "kiev", "kyiv", "chemical", "plant", "rockets"}


def asked(question: str, *texts: str) -> str:
    return respelt(question, texts, USUAL.__contains__)


class TestNames:
    def test_one_is_spelt_as_the_articles_spell_it(self) -> None:
        assert asked("What did Lawrow say?", "Lavrov spoke.") == "What did Lavrov say?"

    def test_one_without_a_capital_too(self) -> None:
        assert asked("what did lawrow say", "Lavrov spoke.") == "what did Lavrov say"

    def test_a_possessive_stays_one(self) -> None:
        assert asked("What was Zelenski's visit?", "Zelensky came.") == "What was Zelensky's visit?"

    def test_it_is_spelt_as_most_articles_spell_it(self) -> None:
        texts = ["Zelenskyy spoke.", "Zelensky came.", "Zelensky left."]

        assert asked("What did Zelenski say?", *texts) == "What did Zelensky say?"

    def test_of_two_as_common_it_is_always_the_same(self) -> None:
        assert asked("Zelenski?", "Zelenskyy came.", "Zelensky left.") == "Zelensky?"

    def test_one_that_an_article_spells_so_stays(self) -> None:
        assert asked("What did Zelenskyy say?", "Zelensky came.", "Zelenskyy left.") == "What did Zelenskyy say?"

    def test_another_name_stays(self) -> None:
        assert asked("What did Macron say?", "Lavrov and Merz spoke.") == "What did Macron say?"

    def test_a_usual_one_is_no_other_usual_word(self) -> None:
        assert asked("What did Iran say?", "Iron is heavy.") == "What did Iran say?"

    def test_a_usual_one_may_be_spelt_in_an_unusual_way(self) -> None:
        assert asked("Who left Kiev?", "They left Kyyiv.") == "Who left Kyyiv?"

    @pytest.mark.parametrize("written", ["Orbán", "Orba\u0301n"])
    @pytest.mark.parametrize("question", ["What did Orbán say?", "What did Orban say?", "What did Orba\u0301n say?"])
    def test_one_with_other_accents_stays(self, question: str, written: str) -> None:
        assert asked(question, f"{written} spoke.", "Urban left.") == question

    def test_one_with_accents_is_respelt(self) -> None:
        assert asked("Who met Štrőm?", "Strøm left.", "Strom spoke.") == "Who met Štrőm?"
        assert asked("Who met Zélenski?", "Zelensky spoke.") == "Who met Zelensky?"

    def test_each_place_is_respelt(self) -> None:
        assert asked("Lawrow, Lawrow!", "Lavrov spoke.") == "Lavrov, Lavrov!"


class TestSlips:
    def test_one_is_mended(self) -> None:
        assert asked("Which chemcal plant?", "The Chemical plant burned.") == "Which Chemical plant?"

    def test_another_form_of_a_word_of_the_articles_is_none(self) -> None:
        question = "Where did the express derail?"

        assert asked(question, "The express derailed at the bridge.", "Not in every detail.") == question

    def test_a_usual_word_is_none(self) -> None:
        assert asked("whose goat was it", "The boat sank.") == "whose goat was it"

    def test_what_is_like_no_word_of_the_articles_stays(self) -> None:
        assert asked("which quillwort plant", "The chemical plant burned.") == "which quillwort plant"

    def test_a_question_that_is_all_slips_stays(self) -> None:
        words = " ".join(f"lavro{letter}" for letter in "abcdefghijk")

        assert asked(f"{words} spoke?", "Lavrov spoke.") == f"{words} spoke?"
        assert asked("lavroa lavrob spoke?", "Lavrov spoke.") == "Lavrov Lavrov spoke?"

    def test_a_number_stays(self) -> None:
        assert asked("What happened in 20255?", "It was 20256.") == "What happened in 20255?"

    def test_a_part_of_a_longer_word_stays(self) -> None:
        assert asked("krogg and kroggle?", "Krog kroggle.") == "Krog and kroggle?"


@repeatable
@given(
    st.text(st.sampled_from("abKz 'é-"), max_size=30),
    st.lists(st.text(st.sampled_from("abKz .é"), max_size=30), max_size=4),
)
def test_what_is_respelt_stays_so(question: str, texts: list[str]) -> None:
    once = respelt(question, texts, USUAL.__contains__)

    assert respelt(once, texts, USUAL.__contains__) == once


@pytest.mark.parametrize(
    ("word", "usual"), [("resigned", True), ("putin", True), ("briansk", False), ("chemcal", False)]
)
def test_the_reader_knows_usual_words(word: str, usual: bool) -> None:
    assert MPNetJudge().knows(word) is usual


class TestBesideAName:
    """Of a name of two words one is known: a laxer likeness is enough for the other."""

    @pytest.mark.parametrize(
        ("question", "text", "spelt"),
        [
            ("How many cranes has Hallow Key?", "Hallow Quay has 31.", "How many cranes has Hallow Quay?"),
            ("what does asbjorn wik do", "Asbjorn Vik fishes.", "what does asbjorn Vik do"),
            ("whats marko rubios job", "Marco Rubio said so.", "whats Marco rubios job"),
            ("What was Corven Mutual fined?", "Corvane Mutual paid.", "What was Corvane Mutual fined?"),
            ("What is Rae Ashdown's job?", "Ray Ashdown left.", "What is Ray Ashdown's job?"),
        ],
    )
    def test_the_other_word_is_spelt_as_it_stands_there(self, question: str, text: str, spelt: str) -> None:
        assert asked(question, text) == spelt

    @pytest.mark.parametrize(
        ("question", "text"),
        [
            ("How many cranes has Hallow Bay?", "Hallow Quay has 31."),
            ("How many cranes has Hallow Key?", "Hallow Quay has 31, Hallow Key none."),
            ("What did Goat Lind say?", "Goaf Lind and Goan Lind spoke."),
            ("What did Ashdown say?", "Nell Ashdown Said So."),
            ("What does the mayor call off?", "Mayor Calls Off Vote"),
            ("What did the Vik say?", "Asbjorn Vik spoke."),
            ("How many people died in the silo?", "SEVEN DEAD IN SILO"),
            ("How many quays has Hallow?", "Hallow Keys has many."),
        ],
        ids=[
            "unlike",
            "known as well",
            "two are like it",
            "no name",
            "a form of the word",
            "a stop word",
            "capitals",
            "order",
        ],
    )
    def test_otherwise_it_stays(self, question: str, text: str) -> None:
        assert asked(question, text) == question


class TestOneWord:
    def test_two_words_that_the_articles_know_as_one_are_one(self) -> None:
        assert asked("how much lies at Cloud Works?", "Cloudworks holds it.") == "how much lies at Cloudworks?"

    @pytest.mark.parametrize(
        ("question", "text"),
        [
            ("Is it a cheese maker?", "Cheesemakers met. A cheese maker left."),
            ("Is it a cheese maker?", "Cheesemakers met."),
            ("Was it in no way so?", "Inno left. Noway."),
            ("Is 5 0 right?", "50 came."),
        ],
        ids=["both", "only another form", "short", "numbers"],
    )
    def test_otherwise_they_stay_two(self, question: str, text: str) -> None:
        assert asked(question, text) == question
