"""Whatever engines say, an answer holds only statements whose citations support them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest

from index.records import Filters, Passage, Span
from qa.answerer import NOT_IN_SOURCES, PASSAGES_RETRIEVED
from qa.attempts import LEAST_CONFIDENCE
from qa.comparison import Side
from qa.errors import EngineNotConfigured, QuestionError
from qa.findings import Finding
from qa.records import Answer, Draft, DraftStatement, Excerpt, LiveDraft, Question, Statement, Support, Turn
from tests.qa.doubles import Drafts, Finds, Says, Shelf, answerer_of, words

Put = Callable[..., Passage]

TEXT = "The ferry sailed. Nobody paid. Krug came."
SENTENCES = ["The ferry sailed.", "Nobody paid.", "Krug came."]


def truth(said: str) -> str:
    return said


def lie(said: str) -> str:
    return f"It is false that {said}"


def lie_about_krug(said: str) -> str:
    return lie(said) if "Krug" in said else said


def lie_about_the_ferry(said: str) -> str:
    return lie(said) if "ferry" in said else said


def ask(shelf: Shelf, passages: list[Passage], *engines: Says | Drafts, question: str = "Who came?") -> Answer:
    return answerer_of(Finds(passages), shelf, engines).answer(Question(question))


def statement(passage: Passage, number: int, text: str | None = None) -> DraftStatement:
    """Return a statement that rests on one of the passage's sentences, and says it unless `text` is given."""
    span = passage.chunk.sentences[number]
    return DraftStatement(words(passage, span) if text is None else text, (Support(passage, span),))


class TestSupportedStatements:
    def test_all_are_in_the_answer(self, shelf: Shelf, put: Put) -> None:
        answer = ask(shelf, [put(TEXT)], Says(truth))

        assert [one.text for one in answer.statements] == SENTENCES

    def test_each_ends_with_its_marker(self, shelf: Shelf, put: Put) -> None:
        answer = ask(shelf, [put(TEXT)], Says(truth))

        assert answer.answer == "The ferry sailed. [1] Nobody paid. [2] Krug came. [3]"

    def test_a_statement_of_two_articles_has_both_markers(self, shelf: Shelf, put: Put) -> None:
        one, other = put("Krug came.", "a.txt"), put("Krug came.", "b.txt")
        both = DraftStatement("Krug came.", (*statement(one, 0).supports, *statement(other, 0).supports))

        assert ask(shelf, [one, other], Drafts(Draft((both,), 0.5))).answer == "Krug came. [1][2]"

    def test_the_same_support_twice_is_one_citation(self, shelf: Shelf, put: Put) -> None:
        passage = put(TEXT)
        twice = DraftStatement("Krug came.", statement(passage, 2).supports * 2)

        assert ask(shelf, [passage], Drafts(Draft((twice,), 0.5))).answer == "Krug came. [1]"

    def test_the_answer_tells_who_drafted_it_and_how_sure(self, shelf: Shelf, put: Put) -> None:
        answer = ask(shelf, [put(TEXT)], Says(truth, "honest", 0.75))

        assert (answer.status, answer.engine, answer.confidence, answer.dropped) == ("answered", "honest", 0.75, 0)


class TestLies:
    def test_an_engine_that_only_lies_says_nothing(self, shelf: Shelf, put: Put) -> None:
        answer = ask(shelf, [put(TEXT)], Says(lie))

        assert (answer.status, answer.answer, answer.statements, answer.citations) == (
            "not_in_sources",
            NOT_IN_SOURCES,
            (),
            (),
        )

    def test_dropped_statements_are_counted(self, shelf: Shelf, put: Put) -> None:
        assert ask(shelf, [put(TEXT)], Says(lie)).dropped == 3

    def test_one_lie_among_truths_is_dropped(self, shelf: Shelf, put: Put) -> None:
        answer = ask(shelf, [put(TEXT)], Says(lie_about_krug))

        assert ([one.text for one in answer.statements], answer.dropped) == (SENTENCES[:2], 1)

    def test_nothing_of_a_lie_is_left_anywhere(self, shelf: Shelf, put: Put) -> None:
        assert "Krug" not in str(ask(shelf, [put(TEXT)], Says(lie_about_krug)))

    def test_citations_are_those_of_the_statements_shown(self, shelf: Shelf, put: Put) -> None:
        answer = ask(shelf, [put(TEXT)], Says(lie_about_the_ferry))

        assert set(answer.citations) == {citation for one in answer.statements for citation in one.citations}

    def test_numbers_count_from_one_without_gaps(self, shelf: Shelf, put: Put) -> None:
        answer = ask(shelf, [put(TEXT)], Says(lie_about_the_ferry))

        assert re.findall(r"\[(\d+)\]", answer.answer) == ["1", "2"]

    def test_of_two_supports_only_the_one_that_holds_is_cited(self, shelf: Shelf, put: Put) -> None:
        one, other = put("Krug left.", "a.txt"), put("Krug came.", "b.txt")
        mixed = DraftStatement("Krug came.", (*statement(one, 0).supports, *statement(other, 0).supports))

        answer = ask(shelf, [one, other], Drafts(Draft((mixed,), 0.5)))

        assert [citation.quote for citation in answer.statements[0].citations] == ["Krug came."]

    @pytest.mark.parametrize("text", ["", "   ", "Krug came.", "ferry sailed. Nobody", "he ferry sailed."])
    def test_a_statement_that_its_own_sentence_does_not_hold_is_dropped(
        self, shelf: Shelf, put: Put, text: str
    ) -> None:
        passage = put(TEXT)

        answer = ask(shelf, [passage], Drafts(Draft((statement(passage, 0, text),), 0.5)))

        assert (answer.status, answer.dropped) == ("not_in_sources", 1)

    def test_a_statement_without_supports_is_dropped(self, shelf: Shelf, put: Put) -> None:
        answer = ask(shelf, [put(TEXT)], Drafts(Draft((DraftStatement("Moore left.", ()),), 0.5)))

        assert (answer.status, answer.dropped) == ("not_in_sources", 1)

    def test_a_statement_from_an_article_that_changed_is_dropped(self, shelf: Shelf, put: Put) -> None:
        passage = put(TEXT)
        shelf.articles["a.txt"] = replace(shelf.articles["a.txt"], text="Now it says this.")

        assert ask(shelf, [passage], Says(truth)).dropped == 3

    def test_a_short_answer_that_stands_in_no_statement_is_not_shown(self, shelf: Shelf, put: Put) -> None:
        passage = put(TEXT)
        draft = Draft((statement(passage, 0), statement(passage, 2, "Lind came.")), 0.5, short_answer="Lind")

        assert ask(shelf, [passage], Drafts(draft)).short_answer is None

    def test_a_short_answer_that_stands_in_a_statement_is_shown(self, shelf: Shelf, put: Put) -> None:
        passage = put(TEXT)

        answer = ask(shelf, [passage], Drafts(Draft((statement(passage, 2),), 0.5, short_answer="Krug")))

        assert answer.short_answer == "Krug"

    def test_a_short_answer_without_a_statement_is_not_shown(self, shelf: Shelf, put: Put) -> None:
        draft = Draft((DraftStatement("Lind came.", ()),), 0.5, short_answer="Lind")

        assert ask(shelf, [put(TEXT)], Drafts(draft)).short_answer is None


class TestSeveralEngines:
    def test_the_first_that_is_verbatim_answers(self, shelf: Shelf, put: Put) -> None:
        answer = ask(shelf, [put(TEXT)], Says(truth, "first"), Says(truth, "second"))

        assert answer.engine == "first"

    def test_behind_one_that_is_verbatim_no_other_is_asked(self, shelf: Shelf, put: Put) -> None:
        second = Says(truth, "second")

        ask(shelf, [put(TEXT)], Says(truth, "first"), second)

        assert second.asked == []

    def test_behind_one_that_lies_the_next_is_asked(self, shelf: Shelf, put: Put) -> None:
        answer = ask(shelf, [put(TEXT)], Says(lie, "first"), Says(truth, "second"))

        assert (answer.engine, [one.text for one in answer.statements]) == ("second", SENTENCES)

    def test_behind_one_that_says_nothing_the_next_is_asked(self, shelf: Shelf, put: Put) -> None:
        answer = ask(shelf, [put(TEXT)], Drafts(Draft((), 0.1)), Says(truth, "second"))

        assert answer.engine == "second"

    def test_the_lies_of_all_are_counted(self, shelf: Shelf, put: Put) -> None:
        answer = ask(shelf, [put(TEXT)], Says(lie, "first"), Says(lie_about_krug, "second"))

        assert answer.dropped == 4

    def test_the_numbers_of_the_next_count_from_one(self, shelf: Shelf, put: Put) -> None:
        answer = ask(shelf, [put(TEXT)], Says(lie, "first"), Says(truth, "second"))

        assert [citation.number for citation in answer.citations] == [1, 2, 3]

    def test_when_none_is_verbatim_the_articles_do_not_say(self, shelf: Shelf, put: Put) -> None:
        answer = ask(shelf, [put(TEXT)], Says(lie, "first"), Says(lie, "second"))

        assert (answer.status, answer.answer, answer.engine) == ("not_in_sources", NOT_IN_SOURCES, "second")


class TestChoosingAnEngine:
    def test_only_the_one_named_is_asked(self, shelf: Shelf, put: Put) -> None:
        first = Says(truth, "llm")
        answerer = answerer_of(Finds([put(TEXT)]), shelf, [first, Says(truth, "extractive")])

        answer = answerer.answer(Question("Who came?", engine="extractive"))

        assert (answer.engine, first.asked) == ("extractive", [])

    def test_those_behind_it_stand_in_for_the_one_named(self, shelf: Shelf, put: Put) -> None:
        answerer = answerer_of(Finds([put(TEXT)]), shelf, [Says(lie, "llm"), Says(truth, "extractive")])

        assert answerer.answer(Question("Who came?", engine="llm")).engine == "extractive"

    def test_those_before_it_do_not(self, shelf: Shelf, put: Put) -> None:
        answerer = answerer_of(Finds([put(TEXT)]), shelf, [Says(truth, "llm"), Says(lie, "extractive")])

        assert answerer.answer(Question("Who came?", engine="extractive")).status == "not_in_sources"

    def test_one_that_is_not_configured_is_refused_with_those_that_are(self, shelf: Shelf, put: Put) -> None:
        answerer = answerer_of(Finds([put(TEXT)]), shelf, [Says(truth, "extractive")])

        with pytest.raises(
            EngineNotConfigured, match=r'"llm" is not configured here\. Ask with "auto" or "extractive"\.'
        ):
            answerer.answer(Question("Who came?", engine="llm"))

    def test_a_refused_engine_costs_no_search(self, shelf: Shelf) -> None:
        finds = Finds([])

        with pytest.raises(EngineNotConfigured):
            answerer_of(finds, shelf, [Says(truth, "extractive")]).answer(Question("Who came?", engine="llm"))

        assert finds.asked == []


class TestAsking:
    def test_without_passages_the_articles_do_not_say(self, shelf: Shelf) -> None:
        answer = ask(shelf, [], Says(truth))

        assert (answer.status, answer.answer, answer.citations) == ("not_in_sources", NOT_IN_SOURCES, ())

    def test_the_question_is_cleaned(self, shelf: Shelf, put: Put) -> None:
        assert ask(shelf, [put(TEXT)], Says(truth), question=" Who\n\x00came? ").question == "Who came?"

    @pytest.mark.parametrize("question", ["", "?!", "a" * 20_000])
    def test_a_question_that_cannot_be_asked_is_refused_before_any_search(self, shelf: Shelf, question: str) -> None:
        finds = Finds([])

        with pytest.raises(QuestionError):
            answerer_of(finds, shelf, [Says(truth)]).answer(Question(question))

        assert finds.asked == []

    def test_the_search_is_told_number_and_filters(self, shelf: Shelf) -> None:
        finds = Finds([])
        filters = Filters(date(2024, 3, 5), None, ("Harbour Herald",))

        answerer_of(finds, shelf, [Says(truth)]).answer(Question("Who came?", filters=filters, top_k=7))

        assert finds.asked == [("Who came?", 7, filters)]

    def test_the_search_is_broad_where_no_number_is_given(self, shelf: Shelf) -> None:
        finds = Finds([])

        answerer_of(finds, shelf, [Says(truth)]).answer(Question("Who came?"))

        assert finds.asked == [("Who came?", PASSAGES_RETRIEVED, Filters())]

    def test_a_follow_up_is_searched_for_with_the_question_before(self, shelf: Shelf) -> None:
        finds = Finds([])
        history = (Turn("user", "Who built the oven?"), Turn("assistant", "Krug."))

        answerer_of(finds, shelf, [Says(truth)]).answer(Question("When was it used?", history=history))

        assert finds.asked[0][0] == "Who built the oven? Krug. When was it used?"

    def test_what_has_no_answer_alone_is_asked_with_what_was_spoken_of(self, shelf: Shelf, put: Put) -> None:
        class FindsBehindAnother(Finds):
            def search(self, query: str, **options: Any) -> list[Passage]:
                found = super().search(query, **options)
                return found if "oven" in query else []

        history = (Turn("user", "Who built the oven?"), Turn("assistant", "Krug."))
        asks = answerer_of(FindsBehindAnother([put(TEXT)]), shelf, [Says(truth)])

        answer = asks.answer(Question("How long did the work take?", history=history))

        assert (answer.status, answer.question) == ("answered", "How long did the work take?")
        assert answer.standalone_question == "Who built the oven? Krug. And how long did the work take?"
        assert asks.answer(Question("How long did the work take?")).status == "not_in_sources"

    def test_what_has_no_answer_behind_what_was_spoken_of_is_asked_alone_where_it_names_whom_it_means(
        self, shelf: Shelf, put: Put
    ) -> None:
        class FindsAlone(Finds):
            def search(self, query: str, **options: Any) -> list[Passage]:
                found = super().search(query, **options)
                return [] if "oven" in query else found

        history = (Turn("user", "Who built the oven?"), Turn("assistant", "Krug."))
        asks = answerer_of(FindsAlone([put(TEXT)]), shelf, [Says(truth)])

        answer = asks.answer(Question("When did Arden last beat Tolham before this game?", history=history))

        assert answer.status == "answered"
        assert answer.standalone_question == "When did Arden last beat Tolham before this game?"
        assert asks.answer(Question("Was this known?", history=history)).status == "not_in_sources"

    def test_an_engine_is_asked_the_question_that_stands_alone(self, shelf: Shelf, put: Put) -> None:
        engine = Says(truth)
        history = (Turn("user", "Who built the oven?"),)

        answerer_of(Finds([put(TEXT)]), shelf, [engine]).answer(Question("When did he come?", history=history))

        assert engine.questions == ["Who built the oven? When did he come?"]

    def test_an_engine_is_also_told_what_the_user_wrote(self, shelf: Shelf, put: Put) -> None:
        engine = Says(truth)
        history = (Turn("user", "Who built the oven?"),)

        answerer_of(Finds([put(TEXT)]), shelf, [engine]).answer(Question(" When did\nhe come? ", history=history))

        assert engine.asked == ["When did he come?"]

    def test_the_answer_tells_both_questions(self, shelf: Shelf) -> None:
        history = (Turn("user", "Who built the oven?"),)

        answer = answerer_of(Finds([]), shelf, [Says(truth)]).answer(Question("When did he come?", history=history))

        assert (answer.question, answer.standalone_question) == (
            "When did he come?",
            "Who built the oven? When did he come?",
        )

    def test_a_question_is_understood_in_the_spelling_of_what_was_found(self, shelf: Shelf, put: Put) -> None:
        engine, finds = Says(truth), Finds([put(TEXT)])

        def respell(question: str, texts: Sequence[str]) -> str:
            return question.replace("Krugg", "Krug") if texts == [TEXT] else question

        answerer = answerer_of(finds, shelf, [engine], respell=respell)
        answer = answerer.answer(Question("And Krugg?", history=(Turn("user", "Who built the oven?"),)))

        assert finds.asked[0][0] == "Who built the oven? And Krugg?"
        assert (engine.questions, engine.asked) == (["Who built the oven? And Krug?"], ["And Krug?"])
        assert (answer.question, answer.standalone_question) == ("And Krugg?", "Who built the oven? And Krug?")

    def test_one_state_of_the_articles_is_held(self, shelf: Shelf, put: Put) -> None:
        ask(shelf, [put(TEXT)], Says(lie), Says(truth))

        assert shelf.held == 1

    def test_the_time_of_each_stage_is_told(self, shelf: Shelf, put: Put) -> None:
        timings = ask(shelf, [put(TEXT)], Says(truth)).timings_ms

        assert {"retrieve", "draft", "check", "total"} <= {stage for stage, spent in timings.items() if spent >= 0}


@dataclass
class Writes:
    """An engine that writes these statements one by one, of all passages, and ends as it is told."""

    texts: tuple[str, ...] = ()
    name: str = "writes"
    declines: bool = False
    fails: str | None = None
    tokens: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    def draft(self, question: str, passages: Sequence[Passage], asked: str, sides: Sequence[Side] = ()) -> LiveDraft:
        self.asked.append(asked)
        draft = LiveDraft(iter(()))
        draft.statements = self._write(draft, passages)
        return draft

    def _write(self, draft: LiveDraft, passages: Sequence[Passage]) -> Iterator[DraftStatement]:
        for text in self.texts:
            self.written.append(text)
            yield DraftStatement(text, excerpts=tuple(map(Excerpt.whole, passages)))
        draft.declined, draft.failure, draft.tokens = self.declines, self.fails, self.tokens


def ask_live(
    shelf: Shelf, passages: list[Passage], *engines: Writes | Says | Drafts, judgement: float = 1.0
) -> tuple[Answer, list[Statement]]:
    """Return the answer, and the statements that were shown while it was written."""
    shown: list[Statement] = []
    answer = answerer_of(Finds(passages), shelf, engines, judgement).answer(Question("Who came?"), shown.append)
    return answer, shown


def texts(statements: Sequence[Statement]) -> list[str]:
    return [one.text for one in statements]


class TestEnginesThatWriteAsTheyGo:
    def test_what_the_articles_support_is_answered(self, shelf: Shelf, put: Put) -> None:
        answer, _ = ask_live(shelf, [put(TEXT)], Writes(("Krug came.", "The ferry sailed.")))

        assert (answer.status, answer.engine, answer.answer) == (
            "answered",
            "writes",
            "Krug came. [1] The ferry sailed. [2]",
        )

    def test_each_statement_is_shown_once_in_order_when_it_has_passed(self, shelf: Shelf, put: Put) -> None:
        answer, shown = ask_live(shelf, [put(TEXT)], Writes(("Krug came.", "Moore came.", "The ferry sailed.")))

        assert texts(shown) == ["Krug came.", "The ferry sailed."]
        assert tuple(shown) == answer.statements

    def test_a_statement_is_shown_before_the_next_is_written(self, shelf: Shelf, put: Put) -> None:
        engine = Writes(("Krug came.", "The ferry sailed."))
        written_when_shown: list[int] = []

        answerer_of(Finds([put(TEXT)]), shelf, [engine]).answer(
            Question("Who came?"), lambda _: written_when_shown.append(len(engine.written))
        )

        assert written_when_shown == [1, 2]

    def test_a_dropped_one_is_never_shown_and_counted(self, shelf: Shelf, put: Put) -> None:
        answer, shown = ask_live(shelf, [put(TEXT)], Writes(("Moore came.", "Krug came.", "Krug never came.")))

        assert (texts(shown), answer.dropped) == (["Krug came."], 2)
        assert "Moore" not in str(answer)

    def test_numbers_count_from_one_without_gaps(self, shelf: Shelf, put: Put) -> None:
        written = ("Moore came.", "Krug came.", "Nobody sailed.", "The ferry sailed.", "Krug came.")

        answer, _ = ask_live(shelf, [put(TEXT)], Writes(written))

        assert re.findall(r"\[(\d+)\]", answer.answer) == ["1", "2", "1"]
        assert [citation.number for citation in answer.citations] == [1, 2]

    def test_a_statement_that_does_not_answer_the_question_is_dropped(self, shelf: Shelf, put: Put) -> None:
        answer, shown = ask_live(shelf, [put(TEXT)], Writes(("Krug came.",)), judgement=LEAST_CONFIDENCE - 0.01)

        assert (answer.status, answer.dropped, answer.citations, shown) == ("not_in_sources", 1, (), [])

    def test_one_that_just_answers_is_kept_with_its_confidence(self, shelf: Shelf, put: Put) -> None:
        answer, _ = ask_live(shelf, [put(TEXT)], Writes(("Krug came.",)), judgement=LEAST_CONFIDENCE)

        assert (answer.status, answer.confidence) == ("answered", LEAST_CONFIDENCE)

    def test_an_engine_with_a_confidence_of_its_own_is_not_judged(self, shelf: Shelf, put: Put) -> None:
        answer, _ = ask_live(shelf, [put(TEXT)], Says(truth, confidence=0.7), judgement=0.0)

        assert (answer.status, answer.confidence) == ("answered", 0.7)

    def test_the_tokens_are_told(self, shelf: Shelf, put: Put) -> None:
        tokens = {"prompt": 90, "completion": 7}

        answer, _ = ask_live(shelf, [put(TEXT)], Writes(("Krug came.",), tokens=tokens))

        assert answer.tokens == tokens


class TestEnginesThatDecline:
    def test_the_articles_then_do_not_say(self, shelf: Shelf, put: Put) -> None:
        answer, shown = ask_live(shelf, [put(TEXT)], Writes(declines=True), Says(truth, "second"))

        assert (answer.status, answer.answer, answer.engine, shown) == (
            "not_in_sources",
            NOT_IN_SOURCES,
            "writes",
            [],
        )

    def test_that_is_no_failure(self, shelf: Shelf, put: Put) -> None:
        answer, _ = ask_live(shelf, [put(TEXT)], Writes(declines=True))

        assert (answer.incomplete, answer.fallback_reason) == (False, None)


class TestEnginesThatFail:
    def test_behind_one_that_showed_a_statement_the_answer_is_incomplete(self, shelf: Shelf, put: Put) -> None:
        answer, shown = ask_live(shelf, [put(TEXT)], Writes(("Krug came.",), fails="the line is dead"))

        assert (texts(shown), answer.incomplete, answer.fallback_reason) == (
            ["Krug came."],
            True,
            "the line is dead",
        )

    def test_no_other_engine_goes_on_with_its_answer(self, shelf: Shelf, put: Put) -> None:
        failing = Writes(("Krug came.",), fails="the line is dead")

        answer, _ = ask_live(shelf, [put(TEXT)], failing, Says(truth, "second"))

        assert (answer.engine, texts(answer.statements)) == ("writes", ["Krug came."])

    @pytest.mark.parametrize("written", [(), ("Moore came.",)])
    def test_before_any_was_shown_the_next_answers_and_the_reason_is_told(
        self, shelf: Shelf, put: Put, written: tuple[str, ...]
    ) -> None:
        failing = Writes(written, fails="the line is dead")

        answer, shown = ask_live(shelf, [put(TEXT)], failing, Says(truth, "second"))

        assert (answer.engine, texts(answer.statements)) == ("second", SENTENCES)
        assert (answer.incomplete, answer.fallback_reason) == (False, "the line is dead")
        assert texts(shown) == SENTENCES

    def test_with_none_behind_it_the_articles_do_not_say_and_the_reason_is_told(self, shelf: Shelf, put: Put) -> None:
        answer, _ = ask_live(shelf, [put(TEXT)], Writes(fails="the line is dead"))

        assert (answer.status, answer.incomplete, answer.fallback_reason) == (
            "not_in_sources",
            False,
            "the line is dead",
        )

    def test_when_nothing_that_it_wrote_holds_the_reason_says_so(self, shelf: Shelf, put: Put) -> None:
        answer, _ = ask_live(shelf, [put(TEXT)], Writes(("Moore came.", "Krug never came.")), Says(truth, "second"))

        assert (answer.engine, answer.fallback_reason, answer.dropped) == (
            "second",
            "nothing holds of what the engine writes wrote (statements: 2)",
            2,
        )

    def test_a_lie_of_the_next_engine_does_not_hide_why_it_was_asked(self, shelf: Shelf, put: Put) -> None:
        answer, _ = ask_live(shelf, [put(TEXT)], Writes(fails="the line is dead"), Says(lie, "second"))

        assert (answer.engine, answer.status, answer.fallback_reason) == (
            "second",
            "not_in_sources",
            "the line is dead",
        )

    def test_the_next_engine_counts_from_one(self, shelf: Shelf, put: Put) -> None:
        answer, _ = ask_live(shelf, [put(TEXT)], Writes(("Moore came.",)), Says(truth, "second"))

        assert [citation.number for citation in answer.citations] == [1, 2, 3]


def side(passage: Passage, answer: str, number: int = 0, published: date | None = None) -> Side:
    """Return the side that says `answer` in one of a passage's sentences."""
    start = passage.chunk.start + passage.chunk.text.index(answer)
    dated = replace(passage, published=published)
    return Side((Finding(dated, passage.chunk.sentences[number], Span(start, start + len(answer)), 0.9),))


def ask_differing(shelf: Shelf, sides: Sequence[Side], *engines: Says | Drafts | Writes, question: str = "") -> Answer:
    """Ask for an answer from articles that differ."""
    passages = list(dict.fromkeys(one.passage for side in sides for one in side.findings))
    answerer = answerer_of(Finds(passages), shelf, engines, sides=sides)
    return answerer.answer(Question(question or "When did it sink?"))


class TestArticlesThatDiffer:
    @pytest.fixture
    def sides(self, put: Put) -> list[Side]:
        return [
            side(put("It sank in May.", "a.txt", "Coast Gazette"), "May"),
            side(put("It sank in June.", "b.txt"), "June"),
        ]

    def test_one_plain_sentence_says_so_before_the_statements(self, shelf: Shelf, sides: list[Side]) -> None:
        assert ask_differing(shelf, sides, Says(truth)).answer == (
            "The articles differ: “May” (1 article), “June” (1 article). It sank in May. [1] It sank in June. [2]"
        )

    def test_the_note_is_told_apart_too(self, shelf: Shelf, sides: list[Side]) -> None:
        assert ask_differing(shelf, sides, Says(truth)).note == (
            "The articles differ: “May” (1 article), “June” (1 article)."
        )

    def test_each_view_has_citations_of_the_answer(self, shelf: Shelf, sides: list[Side]) -> None:
        answer = ask_differing(shelf, sides, Says(truth))

        assert [[one.number for one in view.citations] for view in answer.views] == [[1], [2]]
        assert all(one in answer.citations for view in answer.views for one in view.citations)

    def test_there_is_no_short_answer_to_choose_between_them(self, shelf: Shelf, sides: list[Side]) -> None:
        says_may = Draft((statement(sides[0].findings[0].passage, 0),), 0.9, "May")

        assert ask_differing(shelf, sides, Drafts(says_may)).short_answer is None

    def test_a_side_that_the_engine_left_out_is_stated_behind(self, shelf: Shelf, sides: list[Side]) -> None:
        says_may = Draft((statement(sides[0].findings[0].passage, 0),), 0.9, "May")

        assert texts(ask_differing(shelf, sides, Drafts(says_may)).statements) == [
            "It sank in May.",
            "It sank in June.",
        ]

    def test_it_is_shown_when_it_is_stated(self, shelf: Shelf, sides: list[Side]) -> None:
        shown: list[Statement] = []
        passages = [one.findings[0].passage for one in sides]
        says_may = Drafts(Draft((statement(passages[0], 0),), 0.9))

        answerer_of(Finds(passages), shelf, [says_may], sides=sides).answer(Question("When?"), shown.append)

        assert texts(shown) == ["It sank in May.", "It sank in June."]

    def test_a_side_that_the_engine_states_is_not_stated_again(self, shelf: Shelf, sides: list[Side]) -> None:
        assert len(ask_differing(shelf, sides, Says(truth)).statements) == 2

    def test_an_engine_that_says_that_the_articles_do_not_answer_is_believed(
        self, shelf: Shelf, sides: list[Side]
    ) -> None:
        answer = ask_differing(shelf, sides, Writes(declines=True), Says(truth))

        assert (answer.status, answer.answer, answer.views, answer.note) == ("not_in_sources", NOT_IN_SOURCES, (), None)

    def test_an_engine_that_fails_gives_way_to_one_that_states_both(self, shelf: Shelf, sides: list[Side]) -> None:
        answer = ask_differing(shelf, sides, Writes(fails="the line is dead"), Says(truth))

        assert (texts(answer.statements), len(answer.views)) == (["It sank in May.", "It sank in June."], 2)

    def test_an_engine_whose_lies_fall_gives_way_to_one_that_states_both(self, shelf: Shelf, sides: list[Side]) -> None:
        answer = ask_differing(shelf, sides, Writes(("Moore came.",)), Says(truth, "second"))

        assert (answer.engine, len(answer.views), answer.dropped) == ("second", 2, 1)

    def test_articles_that_agree_have_neither_note_nor_views(self, shelf: Shelf, put: Put) -> None:
        answer = ask(shelf, [put("It sank in May.")], Says(truth))

        assert (answer.note, answer.views) == (None, ())

    def test_the_part_of_a_question_that_the_articles_leave_open_is_told(self, shelf: Shelf, put: Put) -> None:
        passage = put("Krug came.")
        half = Drafts(Draft((statement(passage, 0),), 0.9, unanswered=("Who left?",)))

        answer = answerer_of(Finds([passage]), shelf, [half]).answer(Question("Who came and who left?"))

        assert answer.note == "To a part of this the articles have no answer: Who left?"
        assert answer.answer == f"{answer.note} Krug came. [1]"

    def test_the_engine_is_told_the_best_supported_side_first(self, shelf: Shelf, put: Put, sides: list[Side]) -> None:
        more = Side((*sides[1].findings, *side(put("In June it sank.", "c.txt"), "June").findings))
        told: list[Sequence[Side]] = []

        class Listens(Says):
            def draft(
                self, question: str, passages: Sequence[Passage], asked: str, sides: Sequence[Side] = ()
            ) -> Draft:
                told.append(sides)
                return super().draft(question, passages, asked, sides)

        ask_differing(shelf, [sides[0], more], Listens(truth))

        assert [one.answer for one in told[0]] == ["June", "May"]

    def test_an_article_that_contradicts_itself_is_cited_for_both(self, shelf: Shelf, put: Put) -> None:
        passage = put("It sank in May. It sank in June.")

        answer = ask_differing(shelf, [side(passage, "May"), side(passage, "June", 1)], Says(truth))

        assert [[one.quote for one in view.citations] for view in answer.views] == [
            ["It sank in May."],
            ["It sank in June."],
        ]

    def test_without_a_date_both_sides_are_shown(self, shelf: Shelf, put: Put) -> None:
        dated = side(put("It sank in May.", "a.txt"), "May", published=date(2024, 3, 5))
        undated = side(put("It has now sunk in June.", "b.txt"), "June")

        assert len(ask_differing(shelf, [dated, undated], Says(truth)).views) == 2

    def test_an_update_is_one_answer_with_a_note(self, shelf: Shelf, put: Put) -> None:
        earlier = side(put("It killed 12 people.", "a.txt"), "12", published=date(2024, 3, 5))
        later = side(put("It has now killed 19 people.", "b.txt"), "19", published=date(2024, 3, 6))

        answer = ask_differing(shelf, [earlier, later], Says(truth))

        assert (answer.note, answer.views) == ("A later article says that this has changed.", ())

    def test_of_fifty_answers_the_answer_stays_readable(self, shelf: Shelf, put: Put) -> None:
        sides = [
            side(put(f"It cost {number}00 crowns.", f"{number}.txt"), f"{number}00 crowns") for number in range(1, 51)
        ]
        first = Drafts(Draft((statement(sides[0].findings[0].passage, 0),), 0.9))

        answer = ask_differing(shelf, sides, first)

        assert (len(answer.views), len(answer.statements)) == (5, 5)
        assert "50 different answers" in answer.answer
        assert len(answer.answer) < 600


class TestSupport:
    def test_an_answer_tells_how_many_articles_give_it(self, shelf: Shelf, put: Put) -> None:
        one, other = put("Krug came.", "a.txt"), put("Nobody paid. Krug came.", "b.txt")
        both = DraftStatement("Krug came.", (*statement(one, 0).supports, *statement(other, 1).supports))

        answer = ask(shelf, [one, other], Drafts(Draft((both,), 0.5)))

        assert (answer.articles, answer.independent) == (2, 2)

    def test_two_with_the_same_text_are_one_independent_one(self, shelf: Shelf, put: Put) -> None:
        one, other = put(TEXT, "a.txt"), put(TEXT, "b.txt")
        both = DraftStatement("Krug came.", (*statement(one, 2).supports, *statement(other, 2).supports))

        answer = ask(shelf, [one, other], Drafts(Draft((both,), 0.5)))

        assert (answer.articles, answer.independent) == (2, 1)

    def test_one_long_sentence_word_for_word_is_of_one_source(self, shelf: Shelf, put: Put) -> None:
        said = "The council of Marwick has sold the old mill to a baker."
        one, other = put(f"{said} Nobody paid.", "a.txt"), put(f"Krug came from far away to see it. {said}", "b.txt")
        both = DraftStatement(said, (*statement(one, 0).supports, *statement(other, 1).supports))

        answer = ask(shelf, [one, other], Drafts(Draft((both,), 0.5)))

        assert (answer.articles, answer.independent) == (2, 1)

    def test_without_an_answer_none_gives_it(self, shelf: Shelf, put: Put) -> None:
        answer = ask(shelf, [put(TEXT)], Says(lie))

        assert (answer.articles, answer.independent) == (0, 0)

    def test_never_more_are_independent_than_there_are(self, shelf: Shelf, put: Put) -> None:
        answer = ask(shelf, [put(TEXT, "a.txt"), put(TEXT, "b.txt"), put("The mayor left.", "c.txt")], Says(truth))

        assert 1 <= answer.independent <= answer.articles == 3
