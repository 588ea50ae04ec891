"""The reader's training pairs: an answerable pair holds its marked words, an unanswerable one never does."""

import gzip
import json
import random
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from models.reader_data import (
    Overlap,
    Pair,
    PairMaker,
    ParagraphQuestion,
    is_held_out,
    read_questions,
    sentences,
)

BAKERY = (
    "The bakery on Mill Street in Ravnsund sells 400 loaves of rye bread a day. "
    "Its oven was built in 1911 by a potter named Anselm Krug. "
    "The mayor of Ravnsund praised Krug when the oven was lit. "
    "Visitors come from all over the country to taste the bread of the bakery."
)
SMITHY = (
    "The smithy on Dock Street in Sundholm sells 90 hinges a day. "
    "Its oven was built in 1874 by a mason named Ilse Brandt. "
    "The council of Sundholm bought the building after a storm. "
    "Children may work the bellows on Sundays if they ask the smith."
)
FERRY = "The ferry to Sundholm was built in 1962."
QUAY = "The quay of Ravnsund was built by dockers after the great storm."
NO_CHANCES = {"sibling": 0.0, "retrieved": 0.0, "exchanged": 0.0}
KINDS = ("sibling", "retrieved", "exchanged")


def asked(number: int, question: str, paragraph: str, *answers: str) -> ParagraphQuestion:
    """Return a question whose answers are marked where they first stand in the paragraph."""
    spans = tuple((paragraph.index(answer), paragraph.index(answer) + len(answer)) for answer in answers)
    return ParagraphQuestion(f"q{number}", question, f"doc-{number}", paragraph, spans)


QUESTIONS = [
    asked(1, "Who built the oven of the bakery in Ravnsund?", BAKERY, "Anselm Krug", "Krug"),
    asked(2, "When was the oven on Mill Street built?", BAKERY, "1911"),
    asked(3, "Who built the oven of the smithy in Sundholm?", SMITHY, "Ilse Brandt"),
    asked(4, "How many hinges does the smithy on Dock Street sell?", SMITHY, "90"),
    asked(5, "When was the ferry to Sundholm built?", FERRY, "1962"),
    asked(6, "Who built the quay of Ravnsund after the storm?", QUAY, "dockers"),
    asked(7, "Who painted the bakery of Ravnsund?", BAKERY),
]
# Words that stand in every fifth paragraph are looked for nowhere, so there must be more paragraphs than those.
PAGES = [asked(100 + page, "What stands there?", f"Nothing of note on page {page}.") for page in range(20)]


def made(seed: int = 0, share: float = 20.0, chances: Mapping[str, float] = NO_CHANCES) -> list[Pair]:
    return PairMaker([*QUESTIONS, *PAGES]).pairs(share, dict(chances), random.Random(seed))


def of_kind(kind: str) -> list[Pair]:
    pairs = [pair for pair in made(chances=NO_CHANCES | {kind: 1.0}) if pair.kind == kind]
    assert pairs, f"no {kind} pair was made: the test would say nothing"
    return pairs


def holds(text: str, answer: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(answer)}(?!\w)", text, re.IGNORECASE) is not None


def answers_to(question: str) -> set[str]:
    return next(one.answers for one in QUESTIONS if one.question == question)


class TestAnswerable:
    def test_spans_are_the_marked_words(self) -> None:
        for pair in made():
            if pair.kind == "answered":
                assert {pair.text[start:end].lower() for start, end in pair.spans} <= answers_to(pair.question)

    def test_each_has_a_span(self) -> None:
        assert all(pair.spans for pair in made() if pair.kind == "answered")

    def test_each_is_whole_sentences_of_its_paragraph(self) -> None:
        for pair in made():
            if pair.question == QUESTIONS[0].question:
                starts, ends = zip(*sentences(BAKERY), strict=True)
                start = BAKERY.index(pair.text)
                assert (start in starts, start + len(pair.text) in ends) == (True, True)

    def test_windows_differ(self) -> None:
        assert len({pair.text for pair in made() if pair.question == QUESTIONS[0].question}) > 1

    def test_a_paragraph_of_one_sentence_may_stand_among_others(self) -> None:
        texts = {pair.text for pair in made(share=60.0) if pair.question == QUESTIONS[4].question}

        assert FERRY in texts
        assert any(FERRY in text and text != FERRY for text in texts)


class TestUnanswerable:
    def test_a_question_written_to_have_no_answer_keeps_its_paragraph(self) -> None:
        pairs = [pair for pair in made() if pair.question == QUESTIONS[6].question]

        assert set(pairs) == {Pair(QUESTIONS[6].question, BAKERY, (), "written")}

    @pytest.mark.parametrize("kind", KINDS)
    def test_none_has_a_span(self, kind: str) -> None:
        assert all(pair.spans == () for pair in of_kind(kind))

    @pytest.mark.parametrize("kind", ["sibling", "retrieved"])
    def test_no_text_holds_a_marked_answer(self, kind: str) -> None:
        for pair in of_kind(kind):
            assert not any(holds(pair.text, answer) for answer in answers_to(pair.question))

    def test_a_sibling_is_of_the_same_paragraph(self) -> None:
        paragraphs = {one.question: one.paragraph for one in QUESTIONS}

        for pair in of_kind("sibling"):
            assert all(pair.text[slice(*cut)].strip() in paragraphs[pair.question] for cut in sentences(pair.text))

    def test_a_retrieved_text_is_of_another_paragraph(self) -> None:
        paragraphs = {one.question: one.paragraph for one in QUESTIONS}

        assert all(pair.text not in paragraphs[pair.question] for pair in of_kind("retrieved"))

    def test_a_retrieved_text_shares_a_word_with_the_question(self) -> None:
        for pair in of_kind("retrieved"):
            paragraph = next(one.paragraph for one in [*QUESTIONS, *PAGES] if pair.text in one.paragraph)
            assert set(re.findall(r"\w+", pair.question.lower())) & set(re.findall(r"\w+", paragraph.lower()))

    def test_an_exchanged_question_is_no_question_that_was_asked_of_its_paragraph(self) -> None:
        originals = {(one.question, one.paragraph) for one in QUESTIONS}

        for pair in of_kind("exchanged"):
            assert not any(pair.question == question and pair.text in text for question, text in originals)

    def test_chances_of_nothing_make_none(self) -> None:
        assert {pair.kind for pair in made()} == {"answered", "written"}


class TestChance:
    EVERY_KIND = dict.fromkeys(KINDS, 0.7)

    def test_the_same_random_state_gives_the_same_pairs(self) -> None:
        assert made(5, chances=self.EVERY_KIND) == made(5, chances=self.EVERY_KIND)

    def test_another_gives_others(self) -> None:
        assert made(5, chances=self.EVERY_KIND) != made(6, chances=self.EVERY_KIND)

    def test_a_share_of_one_draws_each_question_once(self) -> None:
        assert [pair.question for pair in made(share=1.0)] == [one.question for one in [*QUESTIONS, *PAGES]]

    def test_a_share_of_two_draws_each_twice(self) -> None:
        assert len(made(share=2.0)) == 2 * len([*QUESTIONS, *PAGES])

    def test_a_share_of_nothing_draws_none(self) -> None:
        assert made(share=0.0) == []


class TestHeldOut:
    def test_the_documents_are_fixed(self) -> None:
        assert [n for n in range(40) if is_held_out(f"doc-{n}", 10)] == [5, 6, 7, 15, 20, 21, 29, 36]

    def test_about_as_many_as_asked_for_are(self) -> None:
        assert 150 < sum(is_held_out(f"doc-{number}", 10) for number in range(2_000)) < 250


class TestSentences:
    @pytest.mark.parametrize("text", [BAKERY, FERRY, "“No!” he said.  Then? Nothing…", "No end"])
    def test_they_are_the_whole_text(self, text: str) -> None:
        assert "".join(text[start:end] for start, end in sentences(text)) == text

    def test_a_paragraph_is_cut_at_full_stops(self) -> None:
        assert [SMITHY[start:end].strip() for start, end in sentences(SMITHY)][1] == (
            "Its oven was built in 1874 by a mason named Ilse Brandt."
        )

    @pytest.mark.parametrize("text", ["", "   "])
    def test_nothing_has_none(self, text: str) -> None:
        assert sentences(text) == []


class TestOverlap:
    PARAGRAPHS = (BAKERY, SMITHY, FERRY, QUAY, *(page.paragraph for page in PAGES))

    def test_the_paragraph_that_shares_most_comes_first(self) -> None:
        assert Overlap(self.PARAGRAPHS).best("Who sells hinges in Sundholm?", 2)[0] == SMITHY

    def test_a_paragraph_that_shares_nothing_is_not_ranked(self) -> None:
        assert Overlap(self.PARAGRAPHS).best("hinges", 8) == [SMITHY]

    def test_without_paragraphs_there_is_none(self) -> None:
        assert Overlap([]).best("hinges", 8) == []


class TestReading:
    """Of a paragraph in the middle of a document, with a combining character and an emoji before it."""

    BEFORE = "🦭 Cafe\u0301. "

    def read(self, tmp_path: Path, *spans: dict[str, object], answerable: bool = True) -> list[ParagraphQuestion]:
        text = self.BEFORE + FERRY + " And more."
        start = len(self.BEFORE)
        question = {
            "qid": "q1",
            "question": " When was it built? ",
            "answerable": answerable,
            "context": {"doc_id": "news-7-2-31", "start": start, "end": start + len(FERRY)},
            "gold_spans": spans,
        }
        for name, line in (("documents", {"doc_id": "news-7-2-31", "text": text}), ("questions", question)):
            with gzip.open(tmp_path / name, "wt", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
        return read_questions(tmp_path / "documents", tmp_path / "questions")

    def marked(self, words: str, doc_id: str = "news-7-2-31") -> dict[str, object]:
        start = len(self.BEFORE) + FERRY.index(words)
        return {"doc_id": doc_id, "start": start, "end": start + len(words)}

    def test_spans_point_into_the_paragraph(self, tmp_path: Path) -> None:
        (question,) = self.read(tmp_path, self.marked("1962"))

        assert (question.paragraph, question.answers) == (FERRY, {"1962"})

    def test_the_question_is_without_space_around_it(self, tmp_path: Path) -> None:
        (question,) = self.read(tmp_path, self.marked("1962"))

        assert question.question == "When was it built?"

    def test_single_sentences_are_kept_together_by_their_article(self, tmp_path: Path) -> None:
        (question,) = self.read(tmp_path, self.marked("1962"))

        assert question.document == "news-7-2"

    def test_an_answer_that_is_marked_elsewhere_does_not_count(self, tmp_path: Path) -> None:
        assert self.read(tmp_path, self.marked("1962", "another")) == []

    def test_a_question_without_an_answer_is_kept(self, tmp_path: Path) -> None:
        (question,) = self.read(tmp_path, answerable=False)

        assert question.spans == ()
