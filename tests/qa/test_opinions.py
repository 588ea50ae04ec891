"""Whose opinion it is: a writer's own, told with the sentence that says it and the byline."""

import pytest

from index.embedding import MiniLMEmbedder
from index.records import Article
from index.sources import SourceFile, SourceReader
from qa.article_sentences import as_passage
from qa.judge import MPNetJudge
from qa.opinions import WRITERS_OWN, Opinions, opinion_asked_about
from qa.records import Draft
from tests.qa.doubles import HoldsTheWords, Shelf

COLUMN = """# Leave the bridge shut

By Nell Ashdown

I walked over the old bridge of Tarn on Sunday, and I was alone. "I want it mended," the baker told me.

The mayor wants to mend it for nine million crowns. I think that the old bridge should stay closed for ever. The buses
run on time.
"""
REPORT = COLUMN.replace("I walked", "Walkers went").replace("I was", "they were").replace("I think", "Many think")
UNSIGNED = COLUMN.replace("By Nell Ashdown\n\n", "")
OPINION = "Who thinks that the old bridge should stay closed for ever?"


def draft(text: str, question: str, embedder: MiniLMEmbedder, verifier: MPNetJudge | HoldsTheWords) -> Draft | None:
    articles, faults = SourceReader().articles(SourceFile("column.md", text.encode()))
    assert not faults
    shelf = Shelf({one.id: one for one in articles})
    return Opinions(shelf, embedder, verifier).by_their_writer(question, [as_passage(one) for one in articles])


class TestTheWriter:
    def test_he_is_the_answer_beside_his_sentence_and_his_byline(self, embedder: MiniLMEmbedder) -> None:
        told = draft(COLUMN, OPINION, embedder, HoldsTheWords())

        assert told is not None
        assert (told.short_answer, told.note) == ("Nell Ashdown", WRITERS_OWN)
        assert [one.text for one in told.statements] == [
            "I think that the old bridge should stay closed for ever.",
            "By Nell Ashdown",
        ]

    def test_the_shipped_judge_finds_it_in_other_words(self, embedder: MiniLMEmbedder, reader: MPNetJudge) -> None:
        told = draft(COLUMN, "Whose view is it that the bridge ought to remain shut?", embedder, reader)

        assert told is not None
        assert told.short_answer == "Nell Ashdown"

    @pytest.mark.parametrize(
        ("text", "question"),
        [
            (REPORT, OPINION),
            (UNSIGNED, OPINION),
            (COLUMN, "Who thinks that it should be mended?"),
            (COLUMN, "Who thinks that the mayor should go?"),
            (COLUMN, "Who walked over the bridge?"),
        ],
        ids=["nobody speaks of himself", "no writer is known", "somebody else's", "not said", "no opinion asked for"],
    )
    def test_otherwise_nobody_is(self, text: str, question: str, embedder: MiniLMEmbedder) -> None:
        assert draft(text, question, embedder, HoldsTheWords()) is None

    def test_without_passages_nobody_is(self, embedder: MiniLMEmbedder) -> None:
        assert Opinions(Shelf(), embedder, HoldsTheWords()).by_their_writer(OPINION, []) is None

    def test_one_who_only_the_file_names_is_told_in_the_note(self, embedder: MiniLMEmbedder) -> None:
        page = "".join(f"<p>{one}</p>" for one in COLUMN.split("\n\n")[2:])
        html = f"<html><head><meta name='author' content='Ada Lind'></head><body><article><h1>Shut it</h1>{page}"
        articles, _ = SourceReader().articles(SourceFile("column.html", html.encode()))
        (article,) = articles
        assert isinstance(article, Article)

        told = Opinions(Shelf({article.id: article}), embedder, HoldsTheWords()).by_their_writer(
            OPINION, [as_passage(article)]
        )

        assert told is not None
        assert told.short_answer is None
        assert told.note is not None
        assert told.note.endswith("that is Ada Lind.")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Who thinks that the bridge is old?", "the bridge is old"),
        ("who is of the opinion that nobody should pay", "nobody should pay"),
        ("Whose theory is it that the strike was wanted?", "the strike was wanted"),
        ("According to whom is the bridge safe?", "is the bridge safe"),
        ("Somebody considers the toll too low. Who?", "the toll too low"),
        ("Which columnist argues for a toll?", "for a toll"),
        ("Who shut the bridge?", None),
        ("What does Nell Ashdown think?", None),
    ],
)
def test_a_question_tells_what_somebody_is_said_to_hold(question: str, said: str | None) -> None:
    assert opinion_asked_about(question) == said
