"""Where the question's words find nothing sure, what comes nearest in meaning is read."""

from collections.abc import Callable

import pytest

from index.embedding import MiniLMEmbedder
from index.records import Passage
from qa.extractive import ExtractiveEngine
from qa.second_reading import STRETCHES_REREAD, nearest_stretches
from qa.stretches import stretches_to_read, word_weights
from tests.qa.doubles import NoWordWasCounted, Points

Put = Callable[..., Passage]
QUESTION = "Which drink spoiled aboard a vessel?"
JUICE = "The orange juice in the tanker has gone off."
STRIKE = ["The dockers want nine per cent.", "Nobody unloads anything.", "The mayor is silent.", "Talks go on."]


def test_other_words_of_the_same_meaning_are_read_first(put: Put, embedder: MiniLMEmbedder) -> None:
    passage = put(" ".join([*STRIKE[:2], JUICE, *STRIKE[2:]]))
    weights = word_weights(QUESTION, NoWordWasCounted())

    assert stretches_to_read([passage], weights, 8) == []
    assert JUICE in nearest_stretches(QUESTION, [passage], weights, embedder)[0].text


def test_what_was_read_is_no_second_reading(put: Put, embedder: MiniLMEmbedder) -> None:
    passage = put(f"{STRIKE[0]} {JUICE}")
    weights = word_weights(JUICE, NoWordWasCounted())
    read = stretches_to_read([passage], weights, 8)

    assert nearest_stretches(JUICE, [passage], weights, embedder, read) == []


def test_there_is_an_end_to_it(put: Put, embedder: MiniLMEmbedder) -> None:
    passages = [put(" ".join(STRIKE), f"{number}.txt") for number in range(20)]

    found = nearest_stretches(QUESTION, passages, word_weights(QUESTION, NoWordWasCounted()), embedder)

    assert len(found) == STRETCHES_REREAD


def test_without_passages_nothing_is_read(embedder: MiniLMEmbedder) -> None:
    assert nearest_stretches(QUESTION, [], {}, embedder) == []


@pytest.mark.parametrize("again", [True, False])
def test_the_engine_reads_again_where_it_found_nothing(put: Put, embedder: MiniLMEmbedder, again: bool) -> None:
    passage = put(" ".join([*STRIKE[:2], JUICE, *STRIKE[2:]]))
    engine = ExtractiveEngine(Points({"orange juice": 9}), NoWordWasCounted(), embedder=embedder if again else None)

    draft = engine.draft(QUESTION, [passage], QUESTION)

    assert [one.text for one in draft.statements] == ([JUICE] if again else [])
