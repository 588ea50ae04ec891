"""Chunks are whole sentences at exact places of their article, and no larger than the model reads."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from index.embedding import MiniLMEmbedder
from index.reading import article_files, article_id, read_article
from index.records import Article, Chunk, Span
from index.sentences import sentence_spans
from index.splitting import MAX_CHARACTERS, MAX_TOKENS, Splitter

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=50)
FAMILY = "👨‍👩‍👧‍👦"  # seven code points
FLAG = "🇺🇦"  # two code points, and each pair of neighbours in a row of flags looks like a flag, too
ACCENTED = "e\u0301\u0323"

pieces = st.sampled_from(
    [
        *["The ferry sailed. ", "It was late.\r\n", "Yes. ", "no", " ", "\n", "\r\n", "* * * * *\n", "| Ships |\n"],
        *["港は開く。", "שלום ", FAMILY, FLAG, ACCENTED, "\ufeff", "a" * 30, "word " * 30, "U.S. ", "…", "!\n"],
    ]
)  # fmt: skip
texts = st.text() | st.lists(pieces, max_size=40).map("".join)
limits = st.integers(1, 40)


def article(text: str, file: str = "a.txt") -> Article:
    return Article(article_id(file), file, None, None, None, text, "0" * 64)


def count_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def count_characters(texts: Sequence[str]) -> list[int]:
    return [len(text) for text in texts]


def split(text: str, max_tokens: int = 12) -> list[Chunk]:
    return Splitter(count_words, max_tokens).split(article(text))


def grapheme_boundaries(text: str) -> set[int]:
    return {0} | {match.end() for match in regex.finditer(r"\X", text)}


class TestAnyText:
    @repeatable
    @given(text=texts, limit=limits)
    def test_a_chunk_is_exactly_its_place_in_the_article(self, text: str, limit: int) -> None:
        assert all(chunk.text == text[chunk.start : chunk.end] for chunk in split(text, limit))

    @repeatable
    @given(text=texts, limit=limits)
    def test_every_letter_and_digit_is_in_exactly_one_sentence_of_one_chunk(self, text: str, limit: int) -> None:
        spans = [span for chunk in split(text, limit) for span in chunk.sentences]

        for place, character in enumerate(text):
            assert not character.isalnum() or sum(start <= place < end for start, end in spans) == 1

    @repeatable
    @given(text=texts, limit=limits)
    def test_chunks_come_in_order_and_apart(self, text: str, limit: int) -> None:
        assert all(before.end <= after.start for before, after in pairwise(split(text, limit)))

    @repeatable
    @given(text=texts, limit=limits)
    def test_sentences_come_in_order_and_apart(self, text: str, limit: int) -> None:
        spans = [span for chunk in split(text, limit) for span in chunk.sentences]

        assert all(before.end <= after.start for before, after in pairwise(spans))

    @repeatable
    @given(text=texts, limit=limits)
    def test_a_chunk_reaches_from_its_first_sentence_to_its_last(self, text: str, limit: int) -> None:
        assert all(
            (chunk.start, chunk.end) == (chunk.sentences[0].start, chunk.sentences[-1].end)
            for chunk in split(text, limit)
        )

    @repeatable
    @given(text=texts, limit=limits)
    def test_no_chunk_is_larger_than_allowed(self, text: str, limit: int) -> None:
        # One visible character may count more than that, but is never cut.
        assert all(
            count_words([chunk.text])[0] <= limit or len(regex.findall(r"\X", chunk.text)) == 1
            for chunk in split(text, limit)
        )

    @repeatable
    @given(text=texts, limit=limits)
    def test_ids_are_unique_within_an_article(self, text: str, limit: int) -> None:
        ids = [chunk.id for chunk in split(text, limit)]

        assert len(set(ids)) == len(ids)

    @repeatable
    @given(text=texts, limit=limits)
    def test_ordinals_count_from_zero(self, text: str, limit: int) -> None:
        assert [chunk.ordinal for chunk in split(text, limit)] == list(range(len(split(text, limit))))

    @repeatable
    @given(text=texts, limit=limits)
    def test_the_same_text_is_split_the_same_way(self, text: str, limit: int) -> None:
        assert split(text, limit) == split(text, limit)

    @repeatable
    @given(
        text=st.lists(
            st.sampled_from([FAMILY, FLAG, ACCENTED, "a", "港", "👋🏽", "각", "क्षि", "\u0301"]), max_size=60
        ).map("".join),
        limit=limits,
    )
    def test_no_cut_falls_inside_what_a_reader_sees_as_one_character(self, text: str, limit: int) -> None:
        boundaries = grapheme_boundaries(text)

        chunks = Splitter(count_characters, limit).split(article(text))

        assert all(edge in boundaries for chunk in chunks for span in chunk.sentences for edge in span)


class TestCharacters:
    """The tokens of a model bound the characters of a chunk only where characters are tokens."""

    @pytest.mark.parametrize(
        "text",
        [
            "e" + "\u0301" * 10_000,
            "a" + "\n" * 10_000 + "b",
            "a" * 10_000,
            "a" + "\u00a0" * 10_000 + "b",
            "a\n" * 5_000,
        ],
        ids=["accents on one letter", "empty lines", "a word", "blanks", "lines of a letter"],
    )
    def test_a_chunk_has_no_more_than_are_set(self, text: str) -> None:
        chunks = Splitter(lambda texts: [0] * len(texts)).split(article(text))
        assert max(len(chunk.text) for chunk in chunks) <= MAX_CHARACTERS
        assert sum(letter in "eab" for chunk in chunks for letter in chunk.text) == sum(map(text.count, "eab"))


class TestCuttingOverlongText:
    @pytest.mark.parametrize("sign", [FAMILY, FLAG, ACCENTED, "👋🏽", "e" + "\u0301" * 100])
    @pytest.mark.parametrize("before", ["a", "ab", "abc"])
    @pytest.mark.parametrize("limit", [50, 51, 150])
    def test_a_long_row_of_signs_is_cut_between_them(self, sign: str, before: str, limit: int) -> None:
        text = before + sign * 1_500
        boundaries = grapheme_boundaries(text)

        chunks = Splitter(count_characters, limit).split(article(text))

        assert [chunk.start for chunk in chunks if chunk.start not in boundaries] == []

    def test_a_blank_that_carries_an_accent_is_not_cut_from_it(self) -> None:
        text = "word \u0301abc " * 100
        boundaries = grapheme_boundaries(text)

        chunks = Splitter(count_characters, 40).split(article(text))

        assert [chunk.start for chunk in chunks if chunk.start not in boundaries] == []

    def test_a_long_sentence_is_cut_at_white_space(self) -> None:
        chunks = split(" ".join(f"word{number}" for number in range(100)))

        assert " ".join(chunk.text for chunk in chunks).split() == [f"word{number}" for number in range(100)]

    def test_a_character_larger_than_a_chunk_stays_whole(self) -> None:
        text = "e" + "\u0301" * 100

        (chunk,) = Splitter(count_characters, 10).split(article(text))

        assert chunk.text == text

    def test_letters_without_end_are_cut_evenly(self) -> None:
        chunks = Splitter(count_characters, 100).split(article("a" * 5_000))

        assert (len(chunks) <= 100, sum(len(chunk.text) for chunk in chunks)) == (True, 5_000)


class TestPacking:
    def test_short_sentences_share_a_chunk(self) -> None:
        (chunk,) = split("One two three. Four five six. Seven eight.")

        assert chunk.sentences == (Span(0, 14), Span(15, 29), Span(30, 42))

    def test_a_sentence_that_does_not_fit_begins_the_next_chunk(self) -> None:
        chunks = split("One two three four. Five six seven eight. Nine ten eleven twelve thirteen.", 8)

        assert [chunk.text for chunk in chunks] == [
            "One two three four. Five six seven eight.",
            "Nine ten eleven twelve thirteen.",
        ]

    def test_a_sentence_is_never_in_two_chunks(self) -> None:
        text = "One two three. Four five six seven. Eight nine ten. " * 10

        assert [span for chunk in split(text) for span in chunk.sentences] == sentence_spans(text)

    def test_what_lies_between_two_sentences_counts(self) -> None:
        chunks = split("One two.\n" + "* " * 30 + "\nThree four.")

        assert [chunk.text for chunk in chunks] == ["One two.", "Three four."]

    @pytest.mark.parametrize("text", ["", " \n ", "* * *", "…", "“”"])
    def test_a_text_without_words_has_no_chunks(self, text: str) -> None:
        assert split(text) == []

    def test_equal_text_in_another_place_has_another_id(self) -> None:
        first, second = split("One two three. " * 2, 3)

        assert (first.text == second.text, first.id == second.id) == (True, False)

    def test_equal_text_in_another_article_has_another_id(self) -> None:
        splitter = Splitter(count_words)

        (one,) = splitter.split(article("One two three.", "a.txt"))
        (other,) = splitter.split(article("One two three.", "b.txt"))

        assert one.id != other.id


class TestWithTheShippedModel:
    def test_chunks_of_the_shipped_articles_are_within_the_limit(self, seeds: Path, embedder: MiniLMEmbedder) -> None:
        splitter = Splitter(embedder.count_tokens)
        chunks = [chunk for file in article_files(seeds) for chunk in splitter.split(read_article(seeds, file))]

        assert max(embedder.count_tokens([chunk.text for chunk in chunks])) <= MAX_TOKENS

    @pytest.mark.parametrize(
        "text",
        [
            "港は九日ぶりに開いた" * 500,
            "Ships wait. | - | * ~ * | - | " * 200,
            "A;b,c:d/e-f+g=h&i%j$k#l@m!" * 200,
            f"{FAMILY}{FLAG}" * 500 + "a",
            "1.2.3.4.5.6.7.8.9.0." * 200,
            "word " * 2_000,
        ],
        ids=["Japanese", "bars", "signs", "emoji", "numbers", "words"],
    )
    def test_chunks_of_odd_texts_are_within_the_limit(self, embedder: MiniLMEmbedder, text: str) -> None:
        chunks = Splitter(embedder.count_tokens).split(article(text))

        assert max(embedder.count_tokens([chunk.text for chunk in chunks])) <= MAX_TOKENS


class TestCost:
    """Five million characters, and how much of it the token counter is shown."""

    class Counter:
        def __init__(self, counted_alike: bool) -> None:
            self.calls = 0
            self.characters = 0
            self._counted_alike = counted_alike

        def __call__(self, texts: Sequence[str]) -> list[int]:
            self.calls += 1
            self.characters += sum(map(len, texts))
            return count_words(texts) if self._counted_alike else count_characters(texts)

    @pytest.mark.parametrize(
        "text",
        ["The ferry sailed again on Tuesday, late at night. " * 100_000, "港" * 5_000_000],
        ids=["sentences", "no white space"],
    )
    def test_all_text_is_counted_about_once(self, text: str) -> None:
        counter = self.Counter(counted_alike=True)

        Splitter(counter).split(article(text))

        assert (counter.calls <= 3, counter.characters <= 1.01 * len(text)) == (True, True)

    def test_a_text_that_must_be_cut_is_counted_once_for_each_halving(self) -> None:
        text = "a" * 300_000
        counter = self.Counter(counted_alike=False)

        Splitter(counter, max_tokens=200).split(article(text))

        # Pieces of 2,000 are halved four times before they have 200 or less.
        assert counter.characters <= 6 * len(text)
