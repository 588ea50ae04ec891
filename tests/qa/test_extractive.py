"""The offline engine answers with sentences of the articles as they stand there, or not at all."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.postings import PostingLists
from index.records import Passage, Span
from qa.comparison import Side
from qa.extractive import ANSWER_THRESHOLD, MAX_LISTED, SENTENCES_OF_A_SIDE, ExtractiveEngine
from qa.findings import Finding
from qa.judge import MPNetJudge
from qa.reader import Reader
from qa.records import Draft
from tests.qa.conftest import NEWS, Newsroom
from tests.qa.doubles import NoWordWasCounted, Points, PointsAtLongWords, words

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=50)

Put = Callable[..., Passage]

questions = st.text(max_size=80) | st.lists(
    st.sampled_from(" ".join(NEWS.values()).split()), min_size=1, max_size=8
).map(" ".join)


@pytest.fixture(scope="module")
def passages(newsroom: Newsroom) -> list[Passage]:
    """All that the articles say."""
    found = newsroom.catalogue.passages(newsroom.catalogue.chunk_ids())
    return [found[chunk_id] for chunk_id in sorted(found)]


@pytest.fixture(scope="module")
def hasty(newsroom: Newsroom) -> ExtractiveEngine:
    """An engine that thinks much an answer, and is quick."""
    return ExtractiveEngine(PointsAtLongWords(), PostingLists(newsroom.catalogue), threshold=0.2)


def drafted(newsroom: Newsroom, question: str) -> Draft:
    return newsroom.engine.draft(question, newsroom.retriever.search(question, top_k=20), question)


def draft_with(reader: Reader, passages: list[Passage], question: str = "Who built it?", **options: float) -> Draft:
    """Draft with an engine that has this reader, over an index in which all words are equally rare."""
    return ExtractiveEngine(reader, NoWordWasCounted(), **options).draft(question, passages, question)  # type: ignore[arg-type]


def said(draft: Draft) -> list[str]:
    return [statement.text for statement in draft.statements]


class TestAnswering:
    @pytest.mark.parametrize(
        ("question", "sentence"),
        [
            ("How much will a ticket cost?", "A ticket will cost 14 crowns until the end of the summer."),
            (
                "Who built the oven of the bakery?",
                "Its oven was built in 1911 by a potter named Anselm Krug.",
            ),
            (
                "Who found rust in the cables of the bridge?",
                "Engineers found rust in the cables of the Kettering bridge during an inspection in January.",
            ),
            (
                "How many loaves does the bakery sell a day?",
                "The bakery on Mill Street sells 400 loaves of rye bread a day.",
            ),
            (
                "Which island have the seals come back to?",
                "Seals 🦭 have come back to the island of Faro\u0308, and wardens counted 57 of them.",
            ),
            (
                "How often was the engine room flooded?",
                "Captain Ilse Brandt said that the engine room had been flooded",
            ),
        ],
    )
    def test_the_sentence_with_the_fact_comes_first(self, newsroom: Newsroom, question: str, sentence: str) -> None:
        assert sentence in drafted(newsroom, question).statements[0].text

    @pytest.mark.parametrize(
        ("question", "answer"),
        [
            ("How much will a ticket cost?", "14 crowns"),
            ("Who built the oven of the bakery?", "Anselm Krug"),
            ("How long will the repair of the Kettering bridge take?", "eleven weeks"),
            ("What did the café give to every visitor?", "seal-shaped biscuits"),
            ("Which island have the seals come back to?", "Faro\u0308"),
        ],
    )
    def test_the_short_answer_is_the_words_that_answer(self, newsroom: Newsroom, question: str, answer: str) -> None:
        assert drafted(newsroom, question).short_answer == answer

    def test_each_part_of_a_question_is_answered(self, newsroom: Newsroom) -> None:
        draft = drafted(newsroom, "Who built the oven of the bakery, and how many loaves does the bakery sell a day?")

        assert said(draft) == [
            "Its oven was built in 1911 by a potter named Anselm Krug.",
            "The bakery on Mill Street sells 400 loaves of rye bread a day.",
        ]
        assert draft.unanswered == ()

    def test_a_part_without_an_answer_is_told(self, newsroom: Newsroom) -> None:
        draft = drafted(newsroom, "Who built the oven of the bakery, and who won the chess championship?")

        assert said(draft) == ["Its oven was built in 1911 by a potter named Anselm Krug."]
        assert draft.unanswered == ("Who won the chess championship?",)

    @pytest.mark.parametrize(
        "question",
        [
            "Who won the chess championship?",
            "What is the capital of Mongolia?",
            "How do I reset my password?",
            "Which planet has the most moons?",
            "Wer hat den Nobelpreis gewonnen?",
            "東京の天気は？",
        ],
    )
    def test_an_unrelated_question_has_no_answer(self, newsroom: Newsroom, question: str) -> None:
        assert drafted(newsroom, question).statements == ()

    @repeatable
    @given(question=questions)
    def test_statements_are_the_words_they_rest_on(
        self, hasty: ExtractiveEngine, passages: list[Passage], question: str
    ) -> None:
        for statement in hasty.draft(question, passages, question).statements:
            for support in statement.supports:
                assert statement.text == " ".join(words(support.passage, support.span).split())

    @repeatable
    @given(question=questions)
    def test_statements_are_whole_sentences(
        self, hasty: ExtractiveEngine, passages: list[Passage], question: str
    ) -> None:
        for statement in hasty.draft(question, passages, question).statements:
            for support in statement.supports:
                assert support.span in support.passage.chunk.sentences

    @repeatable
    @given(question=questions)
    def test_the_short_answer_stands_in_the_first_statement(
        self, hasty: ExtractiveEngine, passages: list[Passage], question: str
    ) -> None:
        draft = hasty.draft(question, passages, question)

        assert not draft.statements or (draft.short_answer or "?") in draft.statements[0].text

    @repeatable
    @given(question=questions)
    def test_there_are_few_statements(self, hasty: ExtractiveEngine, passages: list[Passage], question: str) -> None:
        assert len(hasty.draft(question, passages, question).statements) <= MAX_LISTED

    def test_the_reader_is_asked_what_the_user_wrote(self, put: Put) -> None:
        reader = Points({"Krug": 9})
        engine = ExtractiveEngine(reader, NoWordWasCounted())

        engine.draft("Where is the oven? Who built it?", [put("Krug built the oven.")], "Who built it?")

        assert [question for question, _ in reader.asked] == ["Who built it?"]

    def test_what_is_read_is_chosen_by_the_question_that_stands_alone(self, put: Put) -> None:
        reader = Points({"Krug": 9})
        engine = ExtractiveEngine(reader, NoWordWasCounted(), stretches_read=1)
        passages = [put("Krug built the boat.", "a.txt"), put("Krug built the oven.", "b.txt")]

        engine.draft("Where is the oven? Who built it?", passages, "Who built it?")

        assert reader.asked[0][1] == ["Krug built the oven."]

    def test_no_more_is_read_than_was_allowed(self, put: Put) -> None:
        reader = Points({})
        draft_with(reader, [put("Krug built it.", f"{number}.txt") for number in range(9)], stretches_read=4)

        assert len(reader.asked[0][1]) == 4

    def test_a_name_in_a_text_without_a_word_of_the_question_is_no_answer(self, put: Put) -> None:
        assert draft_with(Points({"Krug": 9}), [put("Krug built it.")], "Who won?").statements == ()


class TestTheSameAnswer:
    def test_two_articles_with_equal_words_make_one_statement(self, newsroom: Newsroom) -> None:
        draft = drafted(newsroom, "How long will the repair of the Kettering bridge take?")

        first = draft.statements[0]
        assert (first.text, {support.passage.file for support in first.supports}) == (
            "The repair of the Kettering bridge will take eleven weeks.",
            {"bridge.md", "repairs.md"},
        )

    def test_equal_words_on_broken_lines_make_one_statement(self, put: Put) -> None:
        passages = [put("The oven was built by Krug.", "a.txt"), put("The oven  was\u00a0built by Krug.", "b.txt")]

        draft = draft_with(Points({"Krug": 6}), passages)

        assert [len(statement.supports) for statement in draft.statements] == [2]

    def test_equal_words_twice_in_one_article_are_two_supports(self, put: Put) -> None:
        filler = "Nobody saw it. " * 3
        passage = put(f"Krug built it. {filler}Krug built it.")

        draft = draft_with(Points({"Krug": 6}), [passage])

        assert [len(statement.supports) for statement in draft.statements] == [2]

    def test_two_wordings_of_one_answer_are_two_statements(self, put: Put) -> None:
        passages = [put("Krug built it.", "a.txt"), put("It was built by Anselm Krug.", "b.txt")]

        draft = draft_with(Points({"Krug": 6, "Anselm Krug": 6}), passages)

        assert set(said(draft)) == {"Krug built it.", "It was built by Anselm Krug."}

    def test_another_answer_is_left_out(self, put: Put) -> None:
        passages = [put("Krug built it.", "a.txt"), put("Lind built it.", "b.txt")]

        assert said(draft_with(Points({"Krug": 7, "Lind": 6}), passages)) == ["Krug built it."]

    def test_the_same_answer_from_a_doubtful_place_is_left_out(self, put: Put) -> None:
        passages = [put("Krug built it.", "a.txt"), put("KRUG was late.", "b.txt")]

        assert said(draft_with(Points({"Krug": 9, "KRUG": -1}), passages)) == ["Krug built it."]

    def test_an_answer_of_several_articles_beats_a_surer_one_of_one(self, put: Put) -> None:
        passages = [put("Lind built it.", "z.txt"), *(put(f"Krug built {n}.", f"{n}.txt") for n in range(4))]

        assert draft_with(Points({"Lind": 5, "Krug": 4.5}), passages).short_answer == "Krug"


class TestLists:
    PASSAGES = ("The potter Krug sold an oven.", "The potter Lind sold a kiln.", "The potter Tarn sold a stove.")

    def draft(self, put: Put, question: str, sureness: tuple[float, float, float] = (6, 5, 4)) -> Draft:
        passages = [put(text, f"{number}.txt") for number, text in enumerate(self.PASSAGES)]
        return draft_with(Points(dict(zip(("Krug", "Lind", "Tarn"), sureness, strict=True))), passages, question)

    @pytest.mark.parametrize(
        "question",
        ["Which potters sold something?", "Who are the potters?", "Who were the potters?", "Name the potters."],
    )
    def test_a_question_for_several_gets_several_answers(self, put: Put, question: str) -> None:
        assert said(self.draft(put, question)) == list(self.PASSAGES)

    @pytest.mark.parametrize(
        "question", ["Who sold something?", "Which potter sold it?", "What has she sold?", "What was sold?"]
    )
    def test_a_question_for_one_gets_one_answer(self, put: Put, question: str) -> None:
        assert said(self.draft(put, question)) == [self.PASSAGES[0]]

    def test_an_answer_that_could_not_stand_on_its_own_is_not_listed(self, put: Put) -> None:
        assert said(self.draft(put, "Who are the potters?", (6, 5, -1))) == list(self.PASSAGES[:2])

    def test_it_goes_on_behind_its_first_sentence(self, put: Put) -> None:
        text = "The prize went to the potter Krug. It rained. Another went to Moore. Long after that, Lind slept."
        reader = Points({"Krug": 6, "Moore": 0})

        assert said(draft_with(reader, [put(text)], "Which potters won the prizes?")) == [
            "The prize went to the potter Krug.",
            "Another went to Moore.",
        ]

    def test_several_sentences_have_no_short_answer(self, put: Put) -> None:
        assert self.draft(put, "Which potters sold something?").short_answer is None

    def test_a_list_has_an_end(self, put: Put) -> None:
        names = [f"{letter}nna" for letter in "BCDFGHJKLM"]
        passages = [put(f"The potter {name} sold it.", f"{name}.txt") for name in names]

        assert len(draft_with(Points(dict.fromkeys(names, 6)), passages, "Who are the potters?").statements) == 6


class TestTheFormOfAnAnswer:
    def test_a_name_does_not_answer_how_many(self, put: Put) -> None:
        assert draft_with(Points({"Krug": 9}), [put("Krug sold 400 loaves.")], "How many loaves?").statements == ()

    def test_a_surer_answer_of_another_form_does_not_hide_one_that_fits(self, put: Put) -> None:
        passages = [put("Krug sold them.", "a.txt"), put("The shop sold 400 loaves.", "b.txt")]

        assert draft_with(Points({"Krug": 9, "400": 6}), passages, "How many loaves?").short_answer == "400"


class TestConfidence:
    @repeatable
    @given(question=questions)
    def test_it_lies_between_0_and_1(self, hasty: ExtractiveEngine, passages: list[Passage], question: str) -> None:
        assert 0 <= hasty.draft(question, passages, question).confidence <= 1

    def test_a_fitting_question_has_more_than_an_unrelated_one(self, newsroom: Newsroom) -> None:
        fitting, unrelated = (
            drafted(newsroom, question).confidence
            for question in ("Who built the oven of the bakery?", "Who won the chess championship?")
        )

        assert fitting > unrelated + 0.5

    def test_it_grows_with_the_readers_sureness(self, put: Put) -> None:
        passages = [put("Krug built it.")]
        doubtful, sure = (draft_with(Points({"Krug": logit}), passages).confidence for logit in (3, 6))

        assert sure > doubtful

    def test_a_second_article_that_says_the_same_raises_it(self, put: Put) -> None:
        one, other = put("Krug built it.", "a.txt"), put("It was built by Krug.", "b.txt")
        reader = Points({"Krug": 4})

        assert draft_with(reader, [one, other]).confidence > draft_with(reader, [one]).confidence

    def test_a_second_article_that_says_otherwise_does_not(self, put: Put) -> None:
        one, other = put("Krug built it.", "a.txt"), put("Lind built it.", "b.txt")
        reader = Points({"Krug": 4, "Lind": 3})

        assert draft_with(reader, [one, other]).confidence == draft_with(reader, [one]).confidence

    def test_the_same_article_twice_does_not(self, put: Put) -> None:
        once = put("Krug built it.")
        again = replace(once, chunk=replace(once.chunk, id="another chunk of a.txt", ordinal=1))
        reader = Points({"Krug": 4})

        assert draft_with(reader, [once, again]).confidence == draft_with(reader, [once]).confidence

    def test_any_number_of_articles_makes_it_no_more_than_1(self, put: Put) -> None:
        passages = [put("Krug built it.", f"{number}.txt") for number in range(50)]

        assert draft_with(Points({"Krug": 90}), passages, stretches_read=50).confidence <= 1

    def test_the_threshold_decides(self, newsroom: Newsroom, reader: MPNetJudge) -> None:
        question = "Who built the oven of the bakery?"
        passages = newsroom.retriever.search(question)
        confidence = newsroom.engine.draft(question, passages, question).confidence

        strict = ExtractiveEngine(reader, PostingLists(newsroom.catalogue), threshold=confidence + 0.01)

        assert strict.draft(question, passages, question) == Draft((), confidence)

    def test_what_reaches_the_threshold_is_answered(self, put: Put) -> None:
        passages, reader = [put("Krug built it.")], Points({"Krug": 4})
        confidence = draft_with(reader, passages).confidence

        assert draft_with(reader, passages, threshold=confidence).statements

    def test_agreement_may_lift_an_answer_over_the_threshold(self, put: Put) -> None:
        reader = Points({"Krug": 0.8})
        passages = [put("Krug built it.", "a.txt"), put("It was built by Krug.", "b.txt")]

        alone, together = draft_with(reader, passages[:1]), draft_with(reader, passages)

        assert alone.confidence < ANSWER_THRESHOLD <= together.confidence
        assert (alone.statements == (), together.short_answer) == (True, "Krug")


class TestWithLittle:
    def test_without_passages_there_is_no_answer(self, newsroom: Newsroom) -> None:
        assert newsroom.engine.draft("Who built the oven?", [], "Who built the oven?") == Draft((), 0.0)

    def test_without_sentences_there_is_no_answer(self, newsroom: Newsroom, put: Put) -> None:
        passage = put("The oven was built by Krug.")
        bare = replace(passage, chunk=replace(passage.chunk, sentences=()))

        assert newsroom.engine.draft("Who built the oven?", [bare], "Who built the oven?") == Draft((), 0.0)

    def test_a_reader_that_finds_no_words_gives_no_answer(self, put: Put) -> None:
        assert draft_with(Points({}), [put("Krug built it.")]) == Draft((), 0.0)

    @pytest.mark.parametrize("question", ["?", "Who was he?", "…", "the", "👍", "\ud800", ""])
    def test_a_question_without_content_may_be_asked(
        self, newsroom: Newsroom, passages: list[Passage], question: str
    ) -> None:
        assert 0 <= newsroom.engine.draft(question, passages, question).confidence <= 1


class TestDeterminism:
    @repeatable
    @given(question=questions)
    def test_the_same_question_has_the_same_answer(
        self, hasty: ExtractiveEngine, passages: list[Passage], question: str
    ) -> None:
        assert hasty.draft(question, passages, question) == hasty.draft(question, passages, question)

    @repeatable
    @given(question=questions, data=st.data())
    def test_the_order_of_the_passages_does_not_matter(
        self, hasty: ExtractiveEngine, passages: list[Passage], question: str, data: st.DataObject
    ) -> None:
        shuffled = data.draw(st.permutations(passages))

        assert hasty.draft(question, shuffled, question) == hasty.draft(question, passages, question)

    @pytest.mark.parametrize("order", [("a.txt", "b.txt"), ("b.txt", "a.txt")])
    def test_of_two_equally_sure_answers_the_passage_with_the_lower_id_wins(
        self, put: Put, order: tuple[str, str]
    ) -> None:
        texts = {"a.txt": "Lind built it.", "b.txt": "Krug built it."}

        draft = draft_with(Points({"Krug": 6, "Lind": 6}), [put(texts[file], file) for file in order])

        assert draft.short_answer == "Lind"


def side(passage: Passage, *answers: str) -> Side:
    """Return the side that says these answers, each in the sentence of the passage that holds it."""
    found = []
    for answer in answers:
        start = passage.chunk.start + passage.chunk.text.index(answer)
        sentence = next(one for one in passage.chunk.sentences if start < one.end)
        found.append(Finding(passage, sentence, Span(start, start + len(answer)), 0.6))
    return Side(tuple(found))


def draft_of_sides(reader: Reader, *sides: Side) -> Draft:
    passages = [one.passage for each in sides for one in each.findings]
    return ExtractiveEngine(reader, NoWordWasCounted()).draft("When?", passages, "When?", sides)


class TestArticlesThatDiffer:
    def test_a_sentence_of_each_side_is_drafted(self, put: Put) -> None:
        sides = side(put("It sank in May.", "a.txt"), "May"), side(put("It sank in June.", "b.txt"), "June")

        assert said(draft_of_sides(Points({}), *sides)) == ["It sank in May.", "It sank in June."]

    def test_each_rests_on_its_own_words(self, put: Put) -> None:
        sides = side(put("Rain. It sank in May.", "a.txt"), "May"), side(put("It sank in June.", "b.txt"), "June")

        supports = [support for one in draft_of_sides(Points({}), *sides).statements for support in one.supports]
        assert [words(one.passage, one.span) for one in supports] == ["It sank in May.", "It sank in June."]

    def test_nothing_else_is_read(self, put: Put) -> None:
        reader = Points({"May": 9.0})

        draft_of_sides(reader, side(put("It sank in May.", "a.txt"), "May"), side(put("In June.", "b.txt"), "June"))

        assert reader.asked == []

    def test_what_articles_of_a_side_say_word_for_word_is_said_once_for_all(self, put: Put) -> None:
        one, other = (side(put("It sank in May.", file), "May") for file in ("a.txt", "b.txt"))
        both = Side((*one.findings, *other.findings))

        draft = draft_of_sides(Points({}), both, side(put("It sank in June.", "c.txt"), "June"))

        assert [(one.text, len(one.supports)) for one in draft.statements] == [
            ("It sank in May.", 2),
            ("It sank in June.", 1),
        ]

    def test_of_a_side_of_many_articles_a_few_are_drafted(self, put: Put) -> None:
        many = [side(put(f"Number {number}: it sank in May.", f"{number}.txt"), "May") for number in range(9)]
        may = Side(tuple(one for each in many for one in each.findings))

        draft = draft_of_sides(Points({}), may, side(put("It sank in June.", "june.txt"), "June"))

        assert len(draft.statements) == SENTENCES_OF_A_SIDE + 1

    def test_the_short_answer_is_of_the_first_side(self, put: Put) -> None:
        sides = side(put("It sank in May.", "a.txt"), "May"), side(put("It sank in June.", "b.txt"), "June")

        assert draft_of_sides(Points({}), *sides).short_answer == "May"

    def test_it_is_as_sure_as_the_surest(self, put: Put) -> None:
        may, june = side(put("It sank in May.", "a.txt"), "May"), side(put("It sank in June.", "b.txt"), "June")
        surer = Side((replace(june.findings[0], confidence=0.8),))

        assert draft_of_sides(Points({}), may, surer).confidence == 0.8
