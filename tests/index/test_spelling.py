"""Which words are spelt alike: names in several transcriptions, and slips of the keyboard."""

from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from index.spelling import can_vary, consonants, corrections, distance, other_spellings, plain_form

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=100)

near_words = st.text("abcd", max_size=6)  # few letters, so that many are near each other
words = st.text("abcdefghijklmnopqrstuvwxyzäßд", min_size=1, max_size=12)
MANY = 99

TRANSCRIPTIONS = [
    ("zelensky", "zelenskyy"),
    ("zelenskiy", "zelensky"),
    ("sergei", "sergey"),
    ("kiev", "kyiv"),
    ("muhammad", "mohammad"),
    ("navalny", "navalnyy"),
    ("khodorkovsky", "khodorkovskiy"),
    ("stefan", "stephan"),
    ("yusuf", "yousuf"),
    ("jeltsin", "yeltsin"),
    ("ivanov", "ivanow"),
    ("hussein", "husein"),
]


def slips_of(word: str) -> set[str]:
    """Return all that one slip makes of a word: a letter left out, doubled, exchanged, or swapped with the next."""
    places = range(len(word))
    return {
        *(word[:at] + word[at + 1 :] for at in places),
        *(word[:at] + "x" + word[at:] for at in [*places, len(word)]),
        *(word[:at] + "x" + word[at + 1 :] for at in places),
        *(word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in places[:-1]),
    } - {word}


class TestDistance:
    @pytest.mark.parametrize(
        ("one", "other", "steps"),
        [
            ("minister", "minster", 1),
            ("minister", "miniister", 1),
            ("minister", "menister", 1),
            ("minister", "miinster", 1),
            ("minister", "minsetr", 2),
            ("", "abc", 3),
            ("ca", "abc", 3),  # 2 in the unrestricted form, which may add a letter between two that it swapped
            ("kitten", "sitting", 3),
        ],
    )
    def test_known_distances(self, one: str, other: str, steps: int) -> None:
        assert distance(one, other, MANY) == steps

    @repeatable
    @given(one=near_words, other=near_words, most=st.integers(0, 8))
    def test_it_is_the_same_both_ways(self, one: str, other: str, most: int) -> None:
        assert distance(one, other, most) == distance(other, one, most)

    @repeatable
    @given(one=near_words, other=near_words, most=st.integers(0, 8))
    def test_it_is_0_for_equal_words_only(self, one: str, other: str, most: int) -> None:
        assert (distance(one, other, most) == 0) == (one == other)

    @repeatable
    @given(one=near_words, other=near_words, most=st.integers(0, 8))
    def test_a_bound_changes_nothing_below_it(self, one: str, other: str, most: int) -> None:
        assert distance(one, other, most) == min(distance(one, other, MANY), most + 1)

    @repeatable
    @given(word=words)
    def test_one_slip_is_one_step(self, word: str) -> None:
        assert {distance(word, slip, MANY) for slip in slips_of(word)} == {1}

    @repeatable
    @given(one=near_words, other=near_words)
    def test_it_lies_between_the_difference_of_the_lengths_and_the_longer_length(self, one: str, other: str) -> None:
        assert abs(len(one) - len(other)) <= distance(one, other, MANY) <= max(len(one), len(other))


class TestWhatVaries:
    @pytest.mark.parametrize(
        "word", ["2024", "1.5", "12th", "covid19", "b2b2", "u.s.a", "o’brien", "", " ", "four five"]
    )
    def test_only_letters_do(self, word: str) -> None:
        assert not can_vary(word)

    @pytest.mark.parametrize(("word", "varies"), [("ali", False), ("kiev", True), ("київ", True)])
    def test_words_of_four_letters_and_more_do(self, word: str, *, varies: bool) -> None:
        assert can_vary(word) == varies


class TestPlainForm:
    @pytest.mark.parametrize(
        ("word", "plain"),
        [("zelenskyy", "zelenski"), ("stephan", "stefan"), ("jack", "iak"), ("warsaw", "varsav"), ("", "")],
    )
    def test_letters_that_transcriptions_exchange_are_one(self, word: str, plain: str) -> None:
        assert plain_form(word) == plain

    @repeatable
    @given(word=words)
    def test_no_letter_stands_twice_in_a_row(self, word: str) -> None:
        plain = plain_form(word)

        assert all(one != other for one, other in pairwise(plain))

    @repeatable
    @given(word=words)
    def test_the_consonants_begin_with_its_first_letter(self, word: str) -> None:
        assert consonants(word)[0] == plain_form(word)[0]


class TestOtherSpellings:
    @pytest.mark.parametrize(("one", "other"), TRANSCRIPTIONS)
    def test_a_name_is_known_in_another_transcription(self, one: str, other: str) -> None:
        assert (other_spellings(one, [other]), other_spellings(other, [one])) == ([other], [one])

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("kiev", "kivu"),
            ("sergei", "serbia"),
            ("putin", "biden"),
            ("iran", "iraq"),
            ("austria", "australia"),
            ("maria", "moria2"),
            ("anna", "enna"),  # the first letter stays
        ],
    )
    def test_another_name_is_no_spelling(self, one: str, other: str) -> None:
        assert other_spellings(one, [other]) == []

    def test_a_word_is_no_other_spelling_of_itself(self) -> None:
        assert other_spellings("kiev", ["kiev", "kyiv"]) == ["kyiv"]

    def test_they_come_once_and_sorted(self) -> None:
        assert other_spellings("zelensky", ["zelenskyy", "zelenski", "zelenskyy"]) == ["zelenski", "zelenskyy"]

    @repeatable
    @given(one=words, other=words)
    def test_it_holds_both_ways(self, one: str, other: str) -> None:
        assume(can_vary(one) and can_vary(other))

        assert bool(other_spellings(one, [other])) == bool(other_spellings(other, [one]))

    @repeatable
    @given(one=words, other=words)
    def test_other_spellings_share_their_consonants(self, one: str, other: str) -> None:
        # The catalogue looks them up by these.
        assert all(consonants(found) == consonants(one) for found in other_spellings(one, [other]))


class TestCorrections:
    @pytest.mark.parametrize("slip", sorted(slips_of("ferry")))
    def test_a_word_one_slip_away_is_found(self, slip: str) -> None:
        assert corrections(slip, ["ferry", "lighthouse"]) == ["ferry"]

    def test_two_slips_are_forgiven_in_a_long_word_only(self) -> None:
        assert (corrections("lighthoues", ["lighthouse"]), corrections("lgihthosue", ["lighthouse"])) == (
            ["lighthouse"],
            ["lighthouse"],
        )
        assert corrections("frry", ["ferryy"]) == []

    def test_the_nearest_alone_are_found(self) -> None:
        assert corrections("lighthous", ["lighthouse", "lighthoused"]) == ["lighthouse"]

    def test_words_equally_near_come_sorted(self) -> None:
        assert corrections("hoat", ["goat", "boat", "coast"]) == ["boat", "goat"]

    def test_a_number_corrects_nothing(self) -> None:
        assert corrections("ferrya", ["ferry4", "ferry5"]) == []

    def test_without_candidates_there_are_none(self) -> None:
        assert corrections("ferry", []) == []

    def test_a_word_does_not_correct_itself(self) -> None:
        assert corrections("ferry", ["ferry"]) == []
