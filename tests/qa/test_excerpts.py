"""What a small model is shown: the sentences that bear on the question, each with its neighbour, nothing twice."""

from collections.abc import Callable, Sequence

from index.records import Passage, Span
from qa.comparison import Side
from qa.excerpts import BearingSentences
from qa.findings import Finding
from qa.records import Excerpt
from tests.qa.doubles import NoWordWasCounted, Points

Put = Callable[..., Passage]

QUESTION = "Who built the oven?"
STREET = "The street is old. It has a bakery. Anselm Krug built the oven in 1911. The bread is good. Moore left."


def shown(
    passages: Sequence[Passage], answers: dict[str, float], question: str = QUESTION, sides: Sequence[Side] = ()
) -> list[Excerpt]:
    return BearingSentences(Points(answers), NoWordWasCounted()).chosen(question, passages, question, sides)


def words(excerpts: Sequence[Excerpt]) -> list[str]:
    return [" ".join(one.passage.chunk.words(*span) for span in one.sentences) for one in excerpts]


def test_a_sentence_that_answers_comes_with_the_one_before_it(put: Put) -> None:
    assert words(shown([put(STREET)], {"Anselm Krug": 5.0}))[0].startswith(
        "It has a bakery. Anselm Krug built the oven in 1911."
    )


def test_the_first_one_comes_with_the_one_behind_it(put: Put) -> None:
    first = put("Krug built the oven. It is large. Moore left.")

    assert words(shown([first], {"Krug": 5.0})) == ["Krug built the oven. It is large."]


def test_no_sentence_is_shown_twice(put: Put) -> None:
    found = shown([put(STREET), put(STREET)], {"Anselm Krug": 5.0, "1911": 4.0, "bakery": 3.0})

    sentences = [span for one in found for span in one.sentences]
    assert len(sentences) == len(set(sentences))


def test_the_surest_comes_first(put: Put) -> None:
    passages = [put("Moore built the oven of the inn.", "inn.txt"), put("Krug built the oven.", "bakery.txt")]

    assert words(shown(passages, {"Moore": 1.0, "Krug": 6.0}))[0] == "Krug built the oven."


def test_what_has_no_words_of_the_question_is_left_out(put: Put) -> None:
    passages = [put("Krug built the oven.", "bakery.txt"), put("Seals sleep on the pier.", "pier.txt")]

    assert words(shown(passages, {"Krug": 5.0, "Seals": 5.0})) == ["Krug built the oven."]


def test_where_nothing_has_any_the_passages_that_were_found_begin(put: Put) -> None:
    passages = [put("Seals sleep on the pier. They are grey. They eat."), put("Krug came.", "b.txt")]

    assert words(shown(passages, {})) == ["Seals sleep on the pier. They are grey.", "Krug came."]


def test_what_the_reader_passed_by_stands_behind_its_findings(put: Put) -> None:
    """ "What is the row about?" has no words for an answer."""
    passages = [put("The oven smokes.", "a.txt"), put("Krug built the oven.", "b.txt")]

    assert words(shown(passages, {"Krug": 5.0})) == ["Krug built the oven.", "The oven smokes."]


def test_each_side_comes_before_all_else(put: Put) -> None:
    may, june = put("It sank in May.", "may.txt"), put("It sank in June.", "june.txt")
    sides = [Side((Finding(one, one.chunk.sentences[0], Span(0, 2), 0.9),)) for one in (may, june)]

    found = shown([put("The oven sank in a bog.", "bog.txt"), may, june], {"bog": 9.0}, "When did it sink?", sides)

    assert words(found)[:2] == ["It sank in May.", "It sank in June."]


def test_of_nothing_nothing_is_shown() -> None:
    assert shown([], {"Krug": 5.0}) == []
