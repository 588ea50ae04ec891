"""Whatever a model writes, no question fails, and nothing passes that the articles don't say."""

from collections.abc import Callable

import pytest

from index.records import Passage
from qa.answerer import Answerer
from qa.records import Answer, Question
from qa.thinking import Tables, Thoughts
from tests.qa.doubles import Finds, Says, Shelf, answerer_of
from tests.qa.scripted import in_pieces, writes
from tests.qa.test_generative import engine_of

Put = Callable[..., Passage]

BAKERY = "Anselm Krug built the oven in 1911. The bakery sells 400 loaves a day. A loaf costs 3 crowns."
TRUE = "Krug built the oven. [1]"
LIES = ("Lind", "Moore", "1912", "401")


def truth(said: str) -> str:
    return said


def answer_to(shelf: Shelf, put: Put, written: str, question: str = "Who built the oven?") -> Answer:
    passage = put(BAKERY)
    answerer: Answerer = answerer_of(Finds([passage]), shelf, [engine_of(writes(written)), Says(truth, "extractive")])
    answer = answerer.answer(Question(question))
    assert not any(lie in str(answer) for lie in LIES)
    assert answer.status == "answered"
    return answer


def texts(answer: Answer) -> list[str]:
    return [one.text for one in answer.statements]


@pytest.mark.parametrize(
    "written",
    [
        "Anselm Krug hat den Ofen mit Lehm gebaut. [1]",
        "Le four a été construit par Anselm Krug. [1]",
        "Печь построил Ансельм Круг. [1]",
        "<think>Lind built the oven. [1]",
        "<think>Lind built it. [1]</think>",
        "Who built the oven?",
        "Question: Who built the oven? [1]",
        "| Who | Year |\n|---|---|\n| Lind | 1912 | [1]\n",
        "Anselm Krug built the oven in 1911, says Lind. [1]",
        "“Anselm Krug built the oven in 1912.” [1]",
        "Moore built the oven and the bakery sells 401 loaves a day. " + "".join(f"[{n}]" for n in range(1, 99)),
        "</think></think><think",
        "||||\n|\n| |\n|-|",
    ],
)
def test_with_nothing_that_holds_the_quotes_answer(shelf: Shelf, put: Put, written: str) -> None:
    assert answer_to(shelf, put, written).engine == "extractive"


@pytest.mark.parametrize(
    "written",
    [
        f"<think>Lind built the oven. [1] Or Moore?</think>{TRUE}",
        f"<THINKING>\nLind built it. [1]\n</THINKING>\n\n{TRUE}",
        f"Who built the oven? {TRUE}",
        f"Der Ofen wurde von Anselm Krug gebaut. [1] {TRUE}",
        f"Lind built the oven. [1] {TRUE}",
        "Krug built the oven. " + "".join(f"[{number}]" for number in range(1, 60)),
    ],
)
def test_of_the_rest_only_what_holds_passes(shelf: Shelf, put: Put, written: str) -> None:
    answer = answer_to(shelf, put, written)

    assert (answer.engine, texts(answer)) == ("llm", ["Krug built the oven."])


def test_of_200_statements_the_first_few_are_read(shelf: Shelf, put: Put) -> None:
    written = " ".join(f"Lind sold {number} loaves. [1]" for number in range(1_000, 1_200))

    answer = answer_to(shelf, put, written)

    assert (answer.engine, answer.dropped) == ("extractive", 8)


def test_a_row_of_a_table_is_held_to_the_articles_as_a_sentence(shelf: Shelf, put: Put) -> None:
    answer = answer_to(shelf, put, "| The loaf | costs |\n|---|---|\n| A loaf | 3 crowns | [1]\n")

    assert texts(answer) == ["The loaf A loaf: costs 3 crowns."]


@pytest.mark.parametrize("size", [1, 3, 100])
def test_thoughts_go_however_they_are_cut(size: int) -> None:
    thoughts = Thoughts()
    text = "Krug <b>came</b>. <think>Did he?</think>Yes, 2 < 3. <thinking>x"

    assert "".join(map(thoughts.feed, in_pieces(text, size))) + thoughts.end() == "Krug <b>came</b>. Yes, 2 < 3. "


@pytest.mark.parametrize("size", [1, 3, 100])
def test_rows_become_sentences_however_they_are_cut(size: int) -> None:
    tables = Tables()
    text = "Prices:\n| Ticket | Single |\n|---|---|\n| Child [2] | 4.20 |\n| Adult | 8.40 | [2]\nThat | is all."

    assert "".join(map(tables.feed, in_pieces(text, size))) + tables.end() == (
        "Prices:\nTicket Child: Single 4.20. [2]\nTicket Adult: Single 8.40. [2]\nThat | is all."
    )
