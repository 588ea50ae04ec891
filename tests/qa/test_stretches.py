"""What is read of a passage: the sentences that share most with the question, and their neighbours."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.records import Article, Chunk, Passage
from index.sentences import sentence_spans
from index.words import stems
from qa.stretches import Stretch, stretches_to_read, word_weights
from tests.qa.doubles import NoWordWasCounted

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=50)

Put = Callable[..., Passage]
LONGEST = 900
OVEN = "Krug built the oven."
FILLER = ["The mayor was late.", "Nobody paid.", "It rained.", "The ferry sailed.", "The cook slept."]


def chosen(question: str, passages: Sequence[Passage], most: int = 10) -> list[Stretch]:
    return stretches_to_read(passages, word_weights(question, NoWordWasCounted()), most)


class Counted:
    """Statistics of an index of 100 chunks, in which words stand in as many as given."""

    def __init__(self, chunks_with: dict[str, int]) -> None:
        self._chunks_with = {stems(word)[0]: number for word, number in chunks_with.items()}

    def frequencies(self, wanted: Sequence[str]) -> tuple[int, dict[str, int]]:
        return 100, {stem: self._chunks_with.get(stem, 0) for stem in wanted}


class TestWeights:
    def test_rare_words_weigh_more_than_common_ones(self) -> None:
        weights = word_weights("Which ferry reached Sundholm?", Counted({"ferry": 60, "Sundholm": 2}))

        assert weights["sundholm"] > weights[stems("ferry")[0]] > 0

    def test_a_word_of_every_chunk_still_weighs_something(self) -> None:
        assert word_weights("ferry", Counted({"ferry": 100}))[stems("ferry")[0]] > 0

    def test_stop_words_weigh_nothing(self) -> None:
        assert list(word_weights("Who built the oven?", NoWordWasCounted())) == stems("built oven")

    def test_a_question_without_words_has_none(self) -> None:
        assert word_weights("?", NoWordWasCounted()) == {}


class TestWhatIsRead:
    def test_a_sentence_comes_with_its_neighbours(self, put: Put) -> None:
        passage = put(" ".join([*FILLER[:2], OVEN, *FILLER[2:4]]))

        assert chosen("Who built the oven?", [passage])[0].text == f"{FILLER[1]} {OVEN} {FILLER[2]}"

    def test_the_first_sentence_comes_with_the_next(self, put: Put) -> None:
        passage = put(" ".join([OVEN, *FILLER]))

        assert chosen("Who built the oven?", [passage])[0].text == f"{OVEN} {FILLER[0]}"

    def test_the_last_sentence_comes_with_the_one_before(self, put: Put) -> None:
        passage = put(" ".join([*FILLER, OVEN]))

        assert chosen("Who built the oven?", [passage])[0].text == f"{FILLER[-1]} {OVEN}"

    def test_a_second_place_that_shares_as_much_is_read_too(self, put: Put) -> None:
        passage = put(" ".join([OVEN, *FILLER, "Lind built the oven."]))

        assert [stretch.text for stretch in chosen("Who built the oven?", [passage])] == [
            f"{OVEN} {FILLER[0]}",
            f"{FILLER[-1]} Lind built the oven.",
        ]

    def test_a_passage_that_shares_no_word_is_not_read(self, put: Put) -> None:
        assert chosen("Who won?", [put(" ".join(FILLER))]) == []

    def test_a_second_place_that_shares_much_less_is_not_read(self, put: Put) -> None:
        passage = put(" ".join([OVEN, *FILLER, "The oven."]))

        assert len(chosen("Who built the oven of Ravnsund in March?", [passage])) == 1

    def test_a_neighbour_gets_no_stretch_of_its_own(self, put: Put) -> None:
        assert len(chosen("Who built the oven?", [put(f"{OVEN} {OVEN}")])) == 1

    def test_a_neighbour_is_left_out_where_the_stretch_gets_too_long(self, put: Put) -> None:
        passage = put(f"{'The mayor was late ' * 50}. {OVEN} Nobody paid.")

        assert chosen("Who built the oven?", [passage])[0].text == f"{OVEN} Nobody paid."

    def test_a_sentence_that_is_too_long_is_read_alone(self, put: Put) -> None:
        long = f"The oven was built {'and built ' * 100}by Krug."
        passage = put(f"Nobody paid. {long} It rained.")

        assert chosen("Who built the oven?", [passage])[0].text == long

    def test_a_sentence_is_helped_by_the_one_before(self, put: Put) -> None:
        passages = [
            put("The cook was late. Then she resigned in March.", "a.txt"),
            put("Mayor Tarn was late. Then she resigned in March.", "b.txt"),
        ]

        assert chosen("When did Tarn resign in March?", passages)[0].passage.file == "b.txt"

    def test_the_most_promising_comes_first(self, put: Put) -> None:
        passages = [put("The oven.", "a.txt"), put(OVEN, "b.txt")]

        assert [stretch.passage.file for stretch in chosen("Who built the oven?", passages)] == ["b.txt", "a.txt"]

    def test_a_passage_that_the_search_liked_comes_before_an_equal_one(self, put: Put) -> None:
        first, second = put(OVEN, "a.txt"), put(OVEN, "b.txt")
        liked = Passage(second.chunk, second.file, None, None, None, first.score + 0.5, 1, 1)

        assert [stretch.passage.file for stretch in chosen("Who built it?", [first, liked])] == ["b.txt", "a.txt"]

    @pytest.mark.parametrize("order", [("a.txt", "b.txt"), ("b.txt", "a.txt")])
    def test_equal_ones_come_by_id(self, put: Put, order: tuple[str, str]) -> None:
        passages = [put(OVEN, file) for file in order]

        assert [stretch.passage.file for stretch in chosen("Who built it?", passages)] == ["a.txt", "b.txt"]

    def test_there_are_no_more_than_asked_for(self, put: Put) -> None:
        passages = [put(OVEN, f"{number}.txt") for number in range(5)]

        assert len(chosen("Who built it?", passages, most=3)) == 3

    def test_no_passages_have_none(self) -> None:
        assert chosen("Who built it?", []) == []


def passage_of(text: str) -> Passage:
    article = Article("a", "a.txt", None, None, None, text, "0" * 64)
    sentences = tuple(sentence_spans(text))
    start, end = (sentences[0].start, sentences[-1].end) if sentences else (0, 0)
    chunk = Chunk("a#0", article.id, 0, start, end, text[start:end], sentences)
    return Passage(chunk, article.file, None, None, None, 1.0, 1, 1)


class TestAnyText:
    texts = st.lists(
        st.sampled_from([OVEN, *FILLER, "🦭 cafe\u0301.", "\r\n", "word " * 200, "港は開く。", " "]), max_size=12
    ).map(" ".join)

    @repeatable
    @given(text=texts)
    def test_a_stretch_is_its_place_in_the_article(self, text: str) -> None:
        for stretch in chosen("Who built the oven?", [passage_of(text)]):
            assert text[stretch.start : stretch.sentences[-1].end] == stretch.text

    @repeatable
    @given(text=texts)
    def test_its_sentences_follow_each_other(self, text: str) -> None:
        passage = passage_of(text)
        for stretch in chosen("Who built the oven?", [passage]):
            places = [passage.chunk.sentences.index(sentence) for sentence in stretch.sentences]
            assert all(after == before + 1 for before, after in pairwise(places))

    @repeatable
    @given(text=texts)
    def test_only_a_single_sentence_is_longer_than_a_reader_takes(self, text: str) -> None:
        for stretch in chosen("Who built the oven?", [passage_of(text)]):
            assert len(stretch.sentences) == 1 or len(stretch.text) <= LONGEST
