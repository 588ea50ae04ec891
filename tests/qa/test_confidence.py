"""Whether supported words answer the question is asked of the reader, of the very words that are cited."""

from collections.abc import Callable

import pytest

from index.records import Passage, Span
from qa.confidence import ReadersJudgement, confidence
from qa.reader import AnswerSpan
from qa.records import Support
from tests.qa.doubles import Points

Put = Callable[..., Passage]

TEXT = "Moore left in March. The museum hired Krug in May. He paid 12 crowns. Nobody came."


def support(passage: Passage, number: int) -> Support:
    return Support(passage, passage.chunk.sentences[number])


class TestConfidence:
    def test_it_lies_between_0_and_1(self) -> None:
        found = [
            confidence(sure, AnswerSpan(Span(0, 1), score), 1.0) for sure in (-30, 0, 30) for score in (-30, 0, 30)
        ]

        assert all(0 <= one <= 1 for one in found)

    def test_it_grows_with_the_readers_verdict(self) -> None:
        found = [confidence(sure, AnswerSpan(Span(0, 1), 0.0), 0.5) for sure in (-10.0, -1.0, 0.0, 1.0, 10.0)]

        assert found == sorted(set(found))

    def test_it_grows_with_the_retrievers_score(self) -> None:
        answer = AnswerSpan(Span(0, 1), 0.0)

        assert confidence(0.0, answer, 0.1) < confidence(0.0, answer, 0.9)


class TestReadersJudgement:
    def test_words_that_answer_are_sure(self, put: Put) -> None:
        judgement = ReadersJudgement(Points({"Krug": 9.0}))

        assert judgement.confidence("Who was hired?", "The museum hired Krug.", [support(put(TEXT), 1)]) > 0.8

    def test_words_that_do_not_are_not(self, put: Put) -> None:
        judgement = ReadersJudgement(Points({"Krug": -9.0}))

        assert judgement.confidence("Who was fired?", "The museum hired Krug.", [support(put(TEXT), 1)]) < 0.1

    def test_an_answer_beside_the_cited_words_does_not_count(self, put: Put) -> None:
        judgement = ReadersJudgement(Points({"Moore": 9.0}))

        assert judgement.confidence("Who left?", "The museum hired Krug.", [support(put(TEXT), 1)]) == 0

    def test_a_statement_that_does_not_give_the_answer_is_beside_the_point(self, put: Put) -> None:
        judgement = ReadersJudgement(Points({"Krug": 9.0}))

        assert judgement.confidence("Who was hired?", "The museum hired in May.", [support(put(TEXT), 1)]) == 0

    def test_most_of_the_answer_is_enough(self, put: Put) -> None:
        judgement = ReadersJudgement(Points({"hired Krug": 9.0}))

        assert judgement.confidence("Who came in May?", "It was Krug.", [support(put(TEXT), 1)]) > 0.8

    def test_the_reader_also_sees_the_sentences_around(self, put: Put) -> None:
        reader = Points({"12": 9.0})

        ReadersJudgement(reader).confidence("How many crowns?", "He paid 12 crowns.", [support(put(TEXT), 2)])

        assert reader.asked == [("How many crowns?", [TEXT.removeprefix("Moore left in March. ")])]

    @pytest.mark.parametrize("number", [0, 3])
    def test_the_first_and_the_last_sentence_have_one_beside_them(self, put: Put, number: int) -> None:
        reader = Points({})

        ReadersJudgement(reader).confidence("Who?", "Krug.", [support(put(TEXT), number)])

        ((_, (seen,)),) = reader.asked
        assert seen == (
            "Moore left in March. The museum hired Krug in May." if not number else "He paid 12 crowns. Nobody came."
        )

    def test_of_several_supports_the_surest_counts(self, put: Put) -> None:
        passage = put(TEXT)
        judgement = ReadersJudgement(Points({"Krug": 9.0}))
        one, both = [support(passage, 1)], [support(passage, 3), support(passage, 1)]

        assert judgement.confidence("Who was hired?", "Krug", both) == judgement.confidence(
            "Who was hired?", "Krug", one
        )

    def test_without_supports_nothing_is_sure(self) -> None:
        assert ReadersJudgement(Points({})).confidence("Who was hired?", "Krug.", []) == 0

    def test_a_statement_of_the_wrong_form_is_not_even_read(self, put: Put) -> None:
        reader = Points({"Krug": 9.0})

        found = ReadersJudgement(reader).confidence(
            "How many crowns?", "The museum hired Krug.", [support(put(TEXT), 1)]
        )

        assert (found, reader.asked) == (0, [])
