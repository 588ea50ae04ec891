"""What was read once for a question is not read again, and every text gets the reading that is its own."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.records import Span
from qa.reader import AnswerSpan, Reading, RememberingReader

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=30)

few_texts = st.lists(st.sampled_from(["", "a", "bb", "ccc", "dddd"]), max_size=8)


@dataclass
class Counts:
    """A reader whose reading tells question and text by their lengths, and that keeps what it was asked to read."""

    asked: list[tuple[str, list[str]]] = field(default_factory=list)

    def read(self, question: str, texts: Sequence[str]) -> list[Reading]:
        self.asked.append((question, list(texts)))
        return [reading_of(question, text) for text in texts]

    @property
    def texts(self) -> list[str]:
        return [text for _, texts in self.asked for text in texts]


def reading_of(question: str, text: str) -> Reading:
    return Reading(float(len(question)), (AnswerSpan(Span(0, len(text)), 1.0),))


class TestReading:
    def test_a_text_is_read_once(self) -> None:
        counts = Counts()
        reader = RememberingReader(counts)

        readings = [reader.read("Who?", ["a"]), reader.read("Who?", ["a"])]

        assert (readings, counts.texts) == ([[reading_of("Who?", "a")]] * 2, ["a"])

    def test_only_new_texts_are_read(self) -> None:
        counts = Counts()
        reader = RememberingReader(counts)
        reader.read("Who?", ["a", "b"])

        reader.read("Who?", ["b", "c", "a"])

        assert counts.asked == [("Who?", ["a", "b"]), ("Who?", ["c"])]

    def test_a_text_given_twice_is_read_once_and_told_twice(self) -> None:
        counts = Counts()

        assert RememberingReader(counts).read("Who?", ["a", "a"]) == [reading_of("Who?", "a")] * 2
        assert counts.texts == ["a"]

    def test_it_is_read_again_for_another_question(self) -> None:
        counts = Counts()
        reader = RememberingReader(counts)
        reader.read("Who?", ["a"])

        assert reader.read("Where?", ["a"]) == [reading_of("Where?", "a")]

    def test_no_texts_are_not_read(self) -> None:
        counts = Counts()

        assert (RememberingReader(counts).read("Who?", []), counts.asked) == ([], [])

    @repeatable
    @given(
        calls=st.lists(st.tuples(st.sampled_from(["Who?", "Where?"]), few_texts), max_size=8), kept=st.integers(0, 4)
    )
    def test_its_readings_are_those_of_the_reader(self, calls: list[tuple[str, list[str]]], kept: int) -> None:
        reader = RememberingReader(Counts(), kept)

        for question, texts in calls:
            assert reader.read(question, texts) == [reading_of(question, text) for text in texts]


class TestForgetting:
    def test_the_oldest_is_forgotten(self) -> None:
        counts = Counts()
        reader = RememberingReader(counts, kept=2)
        for text in ("a", "b", "c"):
            reader.read("Who?", [text])

        reader.read("Who?", ["b", "c", "a"])

        assert counts.texts == ["a", "b", "c", "a"]

    def test_no_more_than_it_may_is_kept(self) -> None:
        reader = RememberingReader(Counts(), kept=3)

        reader.read("Who?", [str(number) for number in range(50)])

        assert len(reader._readings) == 3

    def test_a_reading_that_failed_is_tried_again(self) -> None:
        class Fails(Counts):
            def read(self, question: str, texts: Sequence[str]) -> list[Reading]:
                readings = super().read(question, texts)
                if len(self.asked) == 1:
                    raise OSError("no model")
                return readings

        reader = RememberingReader(Fails())
        with pytest.raises(OSError, match="no model"):
            reader.read("Who?", ["a"])

        assert reader.read("Who?", ["a"]) == [reading_of("Who?", "a")]


def test_threads_may_share_it() -> None:
    reader = RememberingReader(Counts(), kept=5)
    wrong: list[list[Reading]] = []

    def read(number: int) -> None:
        for turn in range(200):
            texts = [str((number + turn + one) % 9) for one in range(4)]
            readings = reader.read("Who?", texts)
            if readings != [reading_of("Who?", text) for text in texts]:
                wrong.append(readings)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
