"""An account of a story in its own sentences: the telling ones, each once, in order, exactly cited."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import pytest

from index.embedding import MiniLMEmbedder
from index.records import Article, Passage
from index.words import stems
from qa.question_kinds import wanted
from qa.records import Draft, DraftStatement, Support
from qa.summaries import Summaries, with_more
from qa.telling import MOST_SENTENCES
from tests.qa.doubles import NoWordWasCounted, Shelf

STRIKE = """Dockers walk out at Torvik

The dockers of Torvik walked out on Monday in a quarrel over pay and over new cranes.
They want nine per cent more, the union said. The port company offers four per cent.
"We load by night and in the rain, and nobody thanks us," the union's leader Grete Holm said at the gate.
A seagull sat on the fence.
The cat of the harbour master was seen at noon near the old custom house.
"Nobody will lose a job to a crane," the director of the port company, Sven Aas, said.
"""
DEAL = """The dockers of Torvik ended their strike after nine days and get seven per cent more pay.
The dockers of Torvik walked out nine days ago in a quarrel over pay and over new cranes.
Grete Holm called it a good day for the port. She thanked the families of the dockers.
"""
COUNCIL = "The council of Ravnsund has raised the fee for bins. It was a long evening, the mayor said."


@dataclass(frozen=True)
class Library:
    """A shelf whose articles can be listed."""

    shelf: Shelf

    def article(self, article_id: str) -> Article | None:
        return self.shelf.article(article_id)

    def articles(self) -> list[tuple[Article, int]]:
        return [(one, len(one.text)) for one in self.shelf.articles.values()]


class World(NamedTuple):
    """Articles on a shelf, and what sums them up."""

    summaries: Summaries
    passages: list[Passage]

    def draft(self, question: str) -> Draft:
        return self.summaries.draft(wanted(question), self.passages, question)


def sentences(draft: Draft) -> list[str]:
    return [one.text for one in draft.statements]


@pytest.fixture
def world(shelf: Shelf, put: Callable[..., Passage], embedder: MiniLMEmbedder) -> World:
    passages = [put(STRIKE, "strike.txt"), put(DEAL, "deal.txt"), put(COUNCIL, "council.txt")]
    days = {"strike.txt": date(2024, 5, 6), "deal.txt": date(2024, 5, 15), "council.txt": date(2024, 5, 1)}
    titles = {"strike.txt": "Dockers walk out at Torvik", "deal.txt": "Strike ends", "council.txt": "Bins cost more"}
    for file, article in shelf.articles.items():
        shelf.articles[file] = replace(article, published=days[file], title=titles[file])
    return World(Summaries(Library(shelf), NoWordWasCounted(), embedder), passages)


@pytest.mark.parametrize(
    "question",
    ["Summarise the Torvik story", "What is the row over the cranes at Torvik about?", "Tell me about Grete Holm"],
)
def test_an_account_has_three_to_five_sentences_that_stand_where_they_are_cited(world: World, question: str):
    draft = world.draft(question)
    assert 3 <= len(draft.statements) <= MOST_SENTENCES
    for one in draft.statements:
        (support,) = one.supports
        assert " ".join(support.passage.chunk.words(*support.span).split()) == one.text


def test_it_goes_from_the_earliest_article_to_the_latest_and_follows_each(world: World):
    places = [
        (one.supports[0].passage.published, one.supports[0].span.start)
        for one in world.draft("Summarise the Torvik story").statements
    ]
    assert places == sorted(places)
    assert len({day for day, _ in places}) == 2


def test_it_begins_as_the_article_begins_and_leaves_out_headline_and_asides(world: World):
    told = sentences(world.draft("Summarise the Torvik story"))
    assert told[0].startswith("The dockers of Torvik walked out on Monday")
    assert not any("seagull" in one or "cat of the harbour" in one for one in told)
    assert "Dockers walk out at Torvik" not in told


def test_what_was_said_is_not_said_again_in_nearly_the_same_words(world: World):
    told = sentences(world.draft("Summarise the Torvik story"))
    assert sum("quarrel over pay and over new cranes" in one for one in told) == 1


def test_what_no_article_is_about_gets_no_account(world: World):
    assert world.draft("Summarise the Zanzibar story") == Draft((), 0.0)
    assert world.draft("Summarise the story of Grete Holm in Zanzibar") == Draft((), 0.0)


def test_of_somebodys_words_those_of_others_are_left_out(world: World):
    told = sentences(world.draft("What did Grete Holm say?"))
    assert [one for one in told if "nobody thanks us" in one]
    assert not [one for one in told if "Aas" in one]


def test_what_the_reader_found_of_another_speaker_is_no_part_of_ones_words(world: World):
    strike = world.passages[0]
    spans = {" ".join(strike.chunk.words(*span).split()): span for span in strike.chunk.sentences}
    others = [DraftStatement(one, (Support(strike, span),)) for one, span in spans.items() if "Aas" in one]
    merged = with_more(Draft(tuple(others), 0.6, "its leader"), world.draft("What did Grete Holm say?"), "Grete Holm")
    assert merged.confidence == 0.6
    assert merged.short_answer is None
    assert not [one for one in merged.statements if "Aas" in one.text]


@dataclass(frozen=True)
class Knows:
    """Counts words as an index that has only these, as stems."""

    stems: frozenset[str]

    def frequencies(self, wanted: Sequence[str]) -> tuple[int, dict[str, int]]:
        return 10, {stem: int(stem in self.stems) for stem in wanted}


def test_what_is_about_a_story_by_its_headline_is_told_though_no_article_has_the_word(
    world: World, shelf: Shelf, embedder: MiniLMEmbedder
):
    knowing = Summaries(Library(shelf), Knows(frozenset(stems("Grete Holm Torvik"))), embedder)
    told = {}
    for topic in ("the stoppage of work", "the price of wine"):
        question = f"What did Grete Holm say about {topic}?"
        told[topic] = sentences(knowing.said(wanted(question), Draft((), 0.0), world.passages, question))
    assert told["the stoppage of work"]
    assert told["the price of wine"] == []


def test_it_is_understood_from_the_question_before_what_it_means(world: World):
    whole = "Who ended the strike at Torvik? What is it about?"
    about = world.summaries.draft(wanted("What is it about?"), world.passages, whole)
    assert any("Torvik" in one for one in sentences(about))
