"""Furniture never answers, unless the question asks who wrote an article or which paper printed it."""

from collections.abc import Sequence

import pytest

from index.reading import text_article
from index.records import Passage, Span
from index.splitting import Splitter
from qa.bylines import asks_for_the_writer, furniture_asked_for
from qa.comparison import Comparison
from qa.confidence import ReadersJudgement
from qa.excerpts import WholePassages
from qa.extractive import ExtractiveEngine
from qa.grounding import Grounder
from qa.judge import MPNetJudge, Verdict
from qa.prompts import numbered
from qa.reader import AnswerSpan, Reading
from qa.records import Draft, DraftStatement, Excerpt, Support
from tests.index.parts import count_words
from tests.qa.doubles import HoldsTheWords, NoWordWasCounted

THEFT = """The Vermeer is gone

By Aiko Tanabe
Published: 12 November 2026

The Vermeer was stolen from the museum of Tarn in the night. Nobody was seen.

Photo: Aiko Tanabe

Read also: Who stole the Vermeer? Ivo Kern did, says a reader
"""
FARES = """# Fares

The ferry has new fares for a ticket.

| Ticket | Single | Return |
|---|---|---|
| Adult | 8.40 | 15.00 |
| Child | 4.20 | 7.40 |
"""


class PointsAt:
    """A reader that finds these words wherever they stand, and is sure of them."""

    def __init__(self, *words: str) -> None:
        self.words = words
        self.texts: list[str] = []

    def read(self, question: str, texts: list[str]) -> list[Reading]:
        self.texts += texts
        return [
            Reading(
                9.0,
                tuple(
                    AnswerSpan(Span(text.index(one), text.index(one) + len(one)), 9.0)
                    for one in self.words
                    if one in text
                ),
            )
            for text in texts
        ]


def passage_of(content: str, file: str = "a.txt") -> Passage:
    article = text_article(file, content.encode())
    (chunk,) = Splitter(count_words, max_tokens=10_000).split(article)
    return Passage(chunk, file, article.title, None, article.published, 1.0, 1, 1, article.author)


def draft(reader: object, question: str, *passages: Passage) -> Draft:
    return ExtractiveEngine(reader, NoWordWasCounted()).draft(question, passages, question)  # type: ignore[arg-type]


class TestWhatIsAskedFor:
    @pytest.mark.parametrize(
        "question",
        [
            "Who wrote the article about the Tarnbeck derailment?",
            "who is the author of the story about the theft?",
            "Which journalist reported on the theft?",
            "Who reported on the derailment?",
            "Whose byline is on the piece about the theft?",
            "By whom was the article about the theft written?",
        ],
    )
    def test_a_byline(self, question: str):
        assert "byline" in furniture_asked_for(question)

    @pytest.mark.parametrize(
        "question", ["Which paper reported the derailment?", "What newspaper first published the memo?"]
    )
    def test_a_masthead(self, question: str):
        assert furniture_asked_for(question) == {"masthead", "dateline"}

    @pytest.mark.parametrize(
        "question",
        [
            "Who stole the Vermeer?",
            "Who wrote the open letter?",
            "Who wrote the memo?",
            "Who reported the theft to the police?",
            "What happened on 12 November?",
            "When was the report published?",
            "Who is the author of the law?",
            "What did the paper say?",
        ],
    )
    def test_nothing(self, question: str):
        assert furniture_asked_for(question) == frozenset()

    def test_an_article_has_a_writer_whom_its_story_does_not_name(self):
        assert asks_for_the_writer("Who wrote the article about the theft?")
        assert not asks_for_the_writer("Who wrote the report on the theft?")


class TestFurnitureNeverAnswers:
    @pytest.mark.parametrize(
        ("question", "words"),
        [
            ("Who stole the Vermeer?", "Aiko Tanabe"),
            ("Who stole the Vermeer?", "Ivo Kern"),
            ("What happened to the Vermeer on 12 November?", "12 November 2026"),
        ],
    )
    def test_whatever_a_reader_thinks(self, question: str, words: str):
        reader = PointsAt(words)
        assert draft(reader, question, passage_of(THEFT)).statements == ()
        assert reader.texts
        assert not any(words in text for text in reader.texts)

    def test_the_shipped_reader_is_not_given_the_byline(self, reader: MPNetJudge):
        found = draft(reader, "Who stole the Vermeer?", passage_of(THEFT))
        assert "Aiko Tanabe" not in (found.short_answer or "")

    def test_nor_in_a_comparison(self, embedder):
        reader = PointsAt("12 November 2026", "3 May 2026")
        other = passage_of(THEFT.replace("12 November 2026", "3 May 2026"), "b.txt")
        comparison = Comparison(reader, NoWordWasCounted(), embedder)  # type: ignore[arg-type]
        question = "When was the Vermeer stolen from the museum?"
        assert comparison.sides(question, question, [passage_of(THEFT), other]) == ()

    def test_nor_is_it_judged_to(self):
        passage = passage_of(THEFT)
        start = passage.chunk.text.index("By Aiko") + passage.chunk.start
        support = Support(passage, Span(start, start + len("By Aiko Tanabe")))
        judged = ReadersJudgement(PointsAt("Aiko Tanabe"))  # type: ignore[arg-type]
        assert judged.confidence("Who stole the Vermeer?", "By Aiko Tanabe", [support]) == 0
        assert judged.confidence("Who wrote the article about the Vermeer?", "By Aiko Tanabe", [support]) > 0.5

    def test_nor_does_it_support_what_a_model_writes(self):
        written = DraftStatement("Ivo Kern did, says a reader", excerpts=(Excerpt.whole(passage_of(THEFT)),))
        assert Grounder(HoldsTheWords()).supports(written, [passage_of(THEFT)]) == ()

    def test_a_model_is_shown_the_story_alone(self):
        (excerpt,) = WholePassages().chosen("Who stole the Vermeer?", [passage_of(THEFT)], "")
        shown = numbered(1, excerpt)
        assert "Tanabe" not in shown
        assert "Kern" not in shown
        assert "The Vermeer was stolen" in shown

    def test_it_stays_in_the_passage_that_is_found_and_shown(self):
        assert "By Aiko Tanabe" in passage_of(THEFT).chunk.text


class TestWhoWroteIt:
    def test_the_byline_answers(self, reader: MPNetJudge):
        found = draft(reader, "Who wrote the article about the stolen Vermeer?", passage_of(THEFT))
        assert found.short_answer == "Aiko Tanabe"
        assert [one.text for one in found.statements] == ["By Aiko Tanabe"]

    def test_whom_the_story_names_did_not(self):
        text = "The Vermeer is gone\n\nThe guard, Ivo Kern, wrote to the museum. The Vermeer was stolen in the night.\n"
        found = draft(PointsAt("Ivo Kern"), "Who wrote the article about the Vermeer?", passage_of(text))
        assert found.statements == ()


class TestRows:
    def test_the_reader_is_given_the_row_with_its_headings(self):
        reader = PointsAt("7.40")
        found = draft(reader, "What does a return ticket for a child cost?", passage_of(FARES, "a.md"))
        assert "Ticket Child: Single 4.20; Return 7.40" in reader.texts
        assert found.short_answer == "7.40"
        assert [one.text for one in found.statements] == ["Child | 4.20 | 7.40"]

    @pytest.mark.parametrize(
        ("question", "price"),
        [("How much is a return ticket for a child?", "7.40"), ("How much is a single ticket for an adult?", "8.40")],
    )
    def test_the_child_does_not_pay_the_price_of_the_adult(self, question: str, price: str, reader: MPNetJudge):
        assert draft(reader, question, passage_of(FARES, "a.md")).short_answer == price

    def test_no_row_is_read_where_the_question_names_none(self):
        reader = PointsAt("Adult")
        content = FARES + "| Dog | 1.00 | 1.50 |\n"
        assert draft(reader, "Which ticket has the lowest return fare?", passage_of(content, "a.md")).statements == ()
        assert not any("Adult" in text for text in reader.texts)

    def test_the_head_of_a_table_is_not_read(self):
        reader = PointsAt("Return")
        draft(reader, "Which ticket is there besides the single?", passage_of(FARES, "a.md"))
        assert not any("Ticket | Single" in text for text in reader.texts)

    def test_a_model_may_say_what_heads_a_cell(self):
        passage = passage_of(FARES, "a.md")
        (support,) = Grounder(HoldsTheWords()).supports(
            DraftStatement("Child: Return 7.40", excerpts=(Excerpt.whole(passage),)), [passage]
        )
        assert passage.chunk.words(*support.span) == "Child | 4.20 | 7.40"

    def test_what_it_says_is_judged_beside_the_row_with_its_headings(self):
        passage, verifier = passage_of(FARES, "a.md"), Refuses()
        assert (
            Grounder(verifier).supports(
                DraftStatement("Child: Single 7.40", excerpts=(Excerpt.whole(passage),)), [passage]
            )
            == ()
        )
        assert "Ticket Child: Single 4.20; Return 7.40" in " ".join(verifier.evidence)


class Refuses:
    """A verifier to whom nothing is supported; it keeps the evidence that it was given."""

    def __init__(self) -> None:
        self.evidence: list[str] = []

    def verify(self, pairs: Sequence[tuple[str, str]]) -> list[Verdict]:
        self.evidence += [evidence for _, evidence in pairs]
        return [Verdict(0.0, 0.0, 1.0)] * len(pairs)
