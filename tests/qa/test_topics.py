"""A question is asked again without the names of an article's title, of articles that have them in it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from index.records import Passage
from qa.extractive import ExtractiveEngine
from qa.reader import Reading
from qa.topics import without_topic
from tests.qa.doubles import NoWordWasCounted, Points

Put = Callable[..., Passage]


@pytest.mark.parametrize(
    ("title", "question", "left"),
    [
        ("Quillon strikes three zeros", "Where is Quillon's money printed?", "Where is money printed?"),
        ("Tarn Bridge closed", "Who gave the order to shut the Tarn Bridge?", "Who gave the order to shut the bridge?"),
        ("Quillon was hacked", "Who noticed the theft at Quillon first?", "Who noticed the theft first?"),
        ("SUNRISE disappoints", "Who led the SUNRISE trial?", "Who led the trial?"),
        ("Krug buys Tarn Rovers", "What did Krug pay for Tarn Rovers?", "What did pay?"),
    ],
)
def test_what_the_title_says_is_left_out(put: Put, title: str, question: str, left: str) -> None:
    passage = replace(put("It rained."), title=title)
    other = replace(put("It snowed.", "b.txt"), title="Weather")

    assert without_topic(question, [other, passage]) == (left, [passage])


@pytest.mark.parametrize(
    ("title", "question"),
    [
        ("Tarn Bridge closed", "Who was late?"),
        ("Tarn Bridge closed", "Who closed the Sundholm Bridge?"),
        ("Tarn Bridge closed", "When was 'Tarn Bridge closed' published?"),
        (None, "Who closed the Tarn Bridge?"),
    ],
)
def test_without_such_names_or_articles_nothing_is(put: Put, title: str | None, question: str) -> None:
    assert without_topic(question, [replace(put("It rained."), title=title)]) is None


class MissesTheName(Points):
    """A reader that finds no answer to a question with a name that the text lacks."""

    def _reading(self, text: str) -> Reading:
        named = "Quillon" in self.asked[-1][0] and "Quillon" not in text
        return Reading(-20.0, ()) if named else super()._reading(text)


class AllAlike:
    """An embedder to whom all texts mean the same."""

    def embed(self, texts: list[str]) -> list[list[float]]:
        return [[1.0] for _ in texts]


@pytest.mark.parametrize(("title", "said"), [("Quillon strikes zeros", ["The works stand in Tarn."]), ("Zeros", [])])
def test_the_engine_asks_so_where_it_found_nothing(put: Put, title: str, said: list[str]) -> None:
    engine = ExtractiveEngine(MissesTheName({"Tarn": 6}), NoWordWasCounted(), embedder=AllAlike())  # type: ignore[arg-type]
    passage = replace(put("The works stand in Tarn."), title=title)

    draft = engine.draft("Where do the works of Quillon stand?", [passage], "Where do the works of Quillon stand?")

    assert [one.text for one in draft.statements] == said
