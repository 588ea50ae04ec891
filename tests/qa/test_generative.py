"""A language model writes; only what an article's sentences say is released, as soon as it is known to be said."""

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from index.records import Passage, Span
from qa.answerer import NOT_IN_SOURCES
from qa.comparison import Side
from qa.findings import Finding
from qa.generative import GenerativeEngine
from qa.llm_spec import Size
from qa.prompts import STATEMENTS_SCHEMA
from qa.records import Answer, DraftStatement, LiveDraft, Question
from tests.qa.doubles import Finds, NoWordWasCounted, Points, Says, Shelf, answerer_of
from tests.qa.scripted import ScriptedLLM, caller_of, does, in_pieces, writes

Put = Callable[..., Passage]

HARBOUR = "The harbour of Quillon froze on Tuesday. Ilse Moore opened it again after nine days."
BAKERY = "Anselm Krug built the oven in 1911. The bakery sells 400 loaves a day."
FERRY = "The ferry to Sundholm costs 14 crowns. It sails twice a day."
# What a model writes behind a sentence before it is certain that the sentence has ended.
MORE = " The ferry to Sundholm also costs a great deal more than it did before, as everybody there knows."


def engine_of(llm: ScriptedLLM, context_window: int = 8_192, *, takes_a_schema: bool = False) -> GenerativeEngine:
    return GenerativeEngine(caller_of(llm, context_window=context_window, takes_a_schema=takes_a_schema))


def drafted(llm: ScriptedLLM, passages: Sequence[Passage]) -> tuple[list[DraftStatement], LiveDraft]:
    draft = engine_of(llm).draft("Who came?", passages, "Who came?")
    return list(draft.statements), draft


def ask(llm: ScriptedLLM, shelf: Shelf, passages: list[Passage], *others: Says) -> Answer:
    return answerer_of(Finds(passages), shelf, [engine_of(llm), *others]).answer(Question("Who built the oven?"))


def as_json(statement: str, passages: list[int], quote: str = "") -> str:
    return json.dumps({"statements": [{"statement": statement, "passages": passages, "quote": quote}]})


def truth(said: str) -> str:
    return said


@pytest.fixture
def passages(put: Put) -> list[Passage]:
    return [put(HARBOUR, "harbour.txt"), put(BAKERY, "bakery.txt"), put(FERRY, "ferry.txt")]


class TestDrafts:
    def test_a_statement_cites_the_passages_of_its_numbers(self, passages: list[Passage]) -> None:
        ((one, other), _) = drafted(writes("Krug built the oven. [2] It froze. [1, 3]"), passages)

        assert (one.cited, other.cited) == ((passages[1],), (passages[0], passages[2]))

    @pytest.mark.parametrize(
        "where",
        [
            "This is stated in passage [2].",
            "This is stated in both passage [1] and passage [2].",
            "This information is from passage [2].",
            "The answer can be found in the passages.",
        ],
    )
    def test_a_sentence_that_only_tells_where_it_is_from_is_none(self, passages: list[Passage], where: str) -> None:
        (statements, _) = drafted(writes(f"Krug built the oven. {where}"), passages)

        assert [one.text for one in statements] == ["Krug built the oven."]

    def test_one_that_tells_more_is_one(self, passages: list[Passage]) -> None:
        said = "That money was found in the car of the man who wrote the article."

        assert [one.text for one in drafted(writes(said), passages)[0]] == [said]

    def test_json_cites_them_too_and_gives_its_quote(self, passages: list[Passage]) -> None:
        ((one,), _) = drafted(writes(as_json("Krug built the oven.", [2], "built the oven in 1911")), passages)

        assert (one.cited, one.quote) == ((passages[1],), "built the oven in 1911")

    @pytest.mark.parametrize("numbers", ["[0]", "[4]", "[999]", "[0, 4]"])
    def test_numbers_of_no_passage_are_ignored(self, passages: list[Passage], numbers: str) -> None:
        ((one,), _) = drafted(writes(f"Krug built the oven. {numbers}"), passages)

        assert one.cited == ()

    @pytest.mark.parametrize("numbers", ["[-1]", "[0]", "[true]", "[99999999999999999999]", '["x"]', "null"])
    def test_numbers_of_no_passage_in_json_are_ignored(self, passages: list[Passage], numbers: str) -> None:
        ((one,), _) = drafted(writes(f'{{"statement": "Krug came.", "passages": {numbers}}}'), passages[1:])

        assert passages[2] not in one.cited

    def test_a_model_without_passages_is_not_asked(self) -> None:
        llm = writes("Krug came.")

        statements, _ = drafted(llm, [])

        assert (statements, llm.asked) == ([], [])

    def test_the_question_that_stands_alone_is_put_to_the_model(self, passages: list[Passage]) -> None:
        llm = writes("Krug came. [1]")

        list(engine_of(llm).draft("Who built the oven of Mill Street?", passages, "Who built it?").statements)

        assert str(llm.asked[0][-1].content).endswith("Question: Who built the oven of Mill Street?")

    def test_tokens_that_the_server_counts_are_passed_on(self, passages: list[Passage]) -> None:
        usage = {"prompt_tokens": 812, "completion_tokens": 31}

        _, draft = drafted(writes("Krug built the oven. [2]", usage=usage), passages)

        assert draft.tokens == {"prompt": 812, "completion": 31}

    def test_a_model_that_takes_a_schema_is_held_to_it(self, passages: list[Passage]) -> None:
        llm = writes(as_json("Krug came.", [1]))

        list(engine_of(llm, takes_a_schema=True).draft("Who came?", passages, "Who came?").statements)

        assert llm.arguments == [{"schema": STATEMENTS_SCHEMA}]

    def test_a_model_that_takes_none_is_asked_for_sentences(self, passages: list[Passage]) -> None:
        llm = writes("Krug came. [1]")

        list(engine_of(llm).draft("Who came?", passages, "Who came?").statements)

        assert (llm.arguments, "JSON" in str(llm.asked[0][0].content)) == ([{}], False)


class TestContextWindow:
    @pytest.mark.parametrize(("window", "shown"), [(8_192, 4), (2_400, 3), (2_200, 2), (1_900, 1)])
    def test_the_weakest_excerpts_are_left_out_until_the_rest_fits(self, put: Put, window: int, shown: int) -> None:
        long = [put(f"Number {number} came. " + "It rained a lot. " * 40, f"{number}.txt") for number in range(4)]
        llm = writes("Nobody came. [1]")

        list(engine_of(llm, context_window=window).draft("Who came?", long, "Who came?").statements)

        prompt = str(llm.asked[0][-1].content)
        assert [number for number in range(4) if f"Number {number} came." in prompt] == list(range(shown))

    def test_the_best_excerpt_is_always_shown(self, put: Put) -> None:
        llm = writes("Krug came. [1]")

        list(engine_of(llm, context_window=1).draft("Who came?", [put(BAKERY)], "Who came?").statements)

        assert "Anselm Krug" in str(llm.asked[0][-1].content)

    def test_no_more_is_shown_than_suits_the_model(self, put: Put) -> None:
        llm = writes("Krug came. [1]")
        many = [put(f"Number {number} came.", f"{number}.txt") for number in range(20)]

        list(GenerativeEngine(caller_of(llm), most_tokens=16).draft("Who came?", many, "Who came?").statements)

        prompt = str(llm.asked[0][-1].content)
        assert ("Number 2 came." in prompt, "Number 3 came." in prompt) == (True, False)


class TestSizes:
    def shown_to(self, size: Size, passages: Sequence[Passage]) -> str:
        llm = writes("Krug built the oven. [1]")
        engine = GenerativeEngine.for_size(size, caller_of(llm), Points({"Anselm Krug": 5.0}), NoWordWasCounted())
        list(engine.draft("Who built the oven?", passages, "Who built the oven?").statements)
        return str(llm.asked[0][-1].content)

    def test_a_large_model_reads_whole_passages_as_they_were_found(self, passages: list[Passage]) -> None:
        prompt = self.shown_to("large", passages)

        assert prompt.index("The harbour of Quillon") < prompt.index("The bakery sells") < prompt.index("It sails")

    def test_a_small_one_reads_what_bears_on_the_question(self, passages: list[Passage]) -> None:
        prompt = self.shown_to("small", passages)

        assert ("[1] Anselm Krug built the oven in 1911." in prompt, "harbour" in prompt) == (True, False)

    def test_a_small_one_is_not_believed_when_it_finds_nothing(self, shelf: Shelf, passages: list[Passage]) -> None:
        caller = caller_of(writes("NOT IN THE ARTICLES"))
        engine = GenerativeEngine.for_size("small", caller, Points({}), NoWordWasCounted())

        answer = answerer_of(Finds(passages), shelf, [engine, Says(truth)]).answer(Question("Who built the oven?"))

        assert (answer.engine, answer.fallback_reason) == ("says", "it found no answer")


class TestDeclining:
    @pytest.mark.parametrize(
        "written",
        [
            "NOT IN THE ARTICLES",
            "NOT IN THE ARTICLES.",
            "**NOT IN THE ARTICLES**",
            "Not in the articles",
            '"NOT IN THE ARTICLES"',
            '{"statements": []}',
            '```json\n{\n  "statements": []\n}\n```',
            "The passages do not mention who came.",
            "The passages don't mention who came.",
            "The passages don’t say.",
            "The provided passages do not answer the question.",
            "The articles provided do not mention that.",
            "None of the passages mentions a visitor.",
            "None of the articles answer the question.",
            "The text does not say who came.",
            "These sources do not mention it.",
            "There is no information about who came.",
            "There is no mention of a visitor in the passages.",
            "I don't know.",
            "I do not know.",
            "I cannot answer that.",
            "I can't find an answer.",
            "I couldn't find it in the passages.",
            "I'm sorry, but the passages do not mention that.",
            "Sorry, I don't know.",
            "Unfortunately, the passages do not mention it.",
            "Based on the passages, there is no information about this.",
            "According to the passages, it is not mentioned.",
            "The question cannot be answered from the passages.",
            "It is not mentioned in the passages.",
            as_json("NOT IN THE ARTICLES", []),
            as_json("The passages do not mention it.", [1]),
        ],
    )
    def test_it_is_understood(self, passages: list[Passage], written: str) -> None:
        statements, draft = drafted(writes(written), passages)

        assert (statements, draft.declined, draft.failure) == ([], True, None)

    @pytest.mark.parametrize(
        "written",
        [
            "The articles of the club do not bind Krug. [1]",
            "The information board was not lit. [1]",
            "The passage was closed. [1]",
            "“I don't know,” said Moore. [1]",
        ],
    )
    def test_what_an_article_may_say_is_a_statement(self, passages: list[Passage], written: str) -> None:
        statements, draft = drafted(writes(written), passages)

        assert (len(statements), draft.declined) == (1, False)

    def test_the_answer_is_then_that_the_articles_do_not_say(self, shelf: Shelf, passages: list[Passage]) -> None:
        answer = ask(writes("NOT IN THE ARTICLES"), shelf, passages, Says(truth))

        assert (answer.answer, answer.engine, answer.fallback_reason, answer.dropped) == (
            NOT_IN_SOURCES,
            "llm",
            None,
            0,
        )

    def test_what_was_written_before_it_stands(self, shelf: Shelf, passages: list[Passage]) -> None:
        answer = ask(writes("Anselm Krug built the oven. [2] The passages do not say more."), shelf, passages)

        assert answer.answer == "Anselm Krug built the oven. [1]"

    @pytest.mark.parametrize("written", ["", " \n", "...", "[1]", '{"answer": "Krug"}', '{"statements": [{"statem'])
    def test_nothing_that_can_be_read_is_a_failure(self, passages: list[Passage], written: str) -> None:
        statements, draft = drafted(writes(written), passages)

        assert (statements, draft.declined, draft.failure) == ([], False, "it wrote nothing that can be read")


class TestReleasing:
    def test_a_supported_statement_is_released_before_the_model_has_ended(
        self, shelf: Shelf, passages: list[Passage]
    ) -> None:
        released, ended = threading.Event(), threading.Event()
        waited: list[bool] = []
        said = in_pieces(f"Anselm Krug built the oven. [2]{MORE}")
        llm = does(*said, lambda: waited.append(released.wait(10)), ended.set)

        answerer = answerer_of(Finds(passages), shelf, [engine_of(llm)])
        early: list[bool] = []

        def note(_: object) -> None:
            early.append(not ended.is_set())
            released.set()

        answerer.answer(Question("Who built the oven?"), note)

        assert (early, waited) == ([True], [True])

    def test_statements_are_released_in_turn_with_what_is_written(self, shelf: Shelf, passages: list[Passage]) -> None:
        told: list[str] = []
        turn = threading.Semaphore(0)

        def wait() -> None:
            assert turn.acquire(timeout=10)

        def note(statement: object) -> None:
            told.append("released")
            turn.release()

        first, second = as_json("Krug built the oven.", [2]), as_json("The bakery sells 400 loaves a day.", [2])
        llm = does(lambda: told.append("first"), first, wait, lambda: told.append("second"), second, wait)

        answerer_of(Finds(passages), shelf, [engine_of(llm)]).answer(Question("Who built the oven?"), note)

        assert told == ["first", "released", "second", "released"]

    @pytest.mark.parametrize(
        "lie",
        [
            "Anselm Krug built the oven in 1912. [2]",
            "Anselm Moore built the oven. [2]",
            "Anselm Krug did not build the oven. [2]",
            "Anselm Krug built the oven and the bridge of Ravnsund. [2]",
            "Ilse Moore sells 400 loaves a day. [2]",
            "The oven was a gift. [2]",
            "The ferry to Sundholm costs 40 crowns. [3]",
        ],
    )
    def test_an_unsupported_statement_is_never_released(self, shelf: Shelf, passages: list[Passage], lie: str) -> None:
        released: list[str] = []
        llm = writes(f"Anselm Krug built the oven. [2] {lie} It sails twice a day. [3]")

        answer = answerer_of(Finds(passages), shelf, [engine_of(llm)]).answer(
            Question("Who built the oven?"), lambda one: released.append(one.text)
        )

        assert released == ["Anselm Krug built the oven.", "It sails twice a day."]
        assert (answer.dropped, [one.text for one in answer.statements]) == (1, released)

    def test_nothing_of_an_unsupported_statement_is_in_the_answer(self, shelf: Shelf, passages: list[Passage]) -> None:
        answer = ask(writes("Anselm Krug built the oven. [2] Lind burned it. [2]"), shelf, passages)

        assert "Lind" not in str(answer)

    def test_what_was_released_is_what_the_answer_holds(self, shelf: Shelf, passages: list[Passage]) -> None:
        released: list[object] = []
        llm = writes("Anselm Krug built the oven. [2] Lind burned it. [2] It sails twice a day. [3]")

        answer = answerer_of(Finds(passages), shelf, [engine_of(llm)]).answer(Question("Who came?"), released.append)

        assert tuple(released) == answer.statements


class TestCitations:
    def test_they_are_exact_words_of_the_articles(self, shelf: Shelf, passages: list[Passage]) -> None:
        answer = ask(writes("Anselm Krug built the oven. [2] It sails twice a day. [3]"), shelf, passages)

        assert [shelf.articles[one.article_id].text[one.start : one.end] for one in answer.citations] == [
            one.quote for one in answer.citations
        ]

    def test_they_are_sentences_and_not_passages(self, shelf: Shelf, passages: list[Passage]) -> None:
        answer = ask(writes("Anselm Krug built the oven. [2]"), shelf, passages)

        assert [(one.file, one.quote) for one in answer.citations] == [
            ("bakery.txt", "Anselm Krug built the oven in 1911.")
        ]

    @pytest.mark.parametrize("marker", ["[1]", "[3]", "[1][3]", "[9]", ""])
    def test_a_wrong_one_is_put_right(self, shelf: Shelf, passages: list[Passage], marker: str) -> None:
        answer = ask(writes(f"Anselm Krug built the oven. {marker}"), shelf, passages)

        assert [one.file for one in answer.citations] == ["bakery.txt"]

    def test_of_two_passages_that_say_it_the_one_cited_is_shown(self, shelf: Shelf, put: Put) -> None:
        both = [put(BAKERY, "a.txt"), put(BAKERY, "b.txt")]

        assert [one.file for one in ask(writes("Krug built the oven. [2]"), shelf, both).citations] == ["b.txt"]

    def test_the_models_numbers_are_not_the_answers(self, shelf: Shelf, passages: list[Passage]) -> None:
        answer = ask(writes("It sails twice a day. [3] Anselm Krug built the oven. [2]"), shelf, passages)

        assert answer.answer == "It sails twice a day. [1] Anselm Krug built the oven. [2]"

    def test_a_passage_that_was_not_shown_may_prove_it(self, shelf: Shelf, passages: list[Passage]) -> None:
        engine = GenerativeEngine(caller_of(writes("It sails twice a day. [1]")), most_tokens=1)

        answer = answerer_of(Finds(passages), shelf, [engine]).answer(Question("How often does the ferry sail?"))

        assert [one.file for one in answer.citations] == ["ferry.txt"]

    def test_a_true_quote_is_no_hindrance(self, shelf: Shelf, passages: list[Passage]) -> None:
        llm = writes(as_json("Anselm Krug built the oven.", [2], "krug built the oven"))

        assert ask(llm, shelf, passages).status == "answered"

    def test_a_false_quote_drops_its_statement(self, shelf: Shelf, passages: list[Passage]) -> None:
        answer = ask(writes(as_json("Anselm Krug built the oven.", [2], "Krug built the old oven")), shelf, passages)

        assert (answer.status, answer.dropped) == ("not_in_sources", 1)

    def test_an_article_that_has_changed_proves_nothing(self, shelf: Shelf, passages: list[Passage]) -> None:
        shelf.articles["bakery.txt"] = replace(shelf.articles["bakery.txt"], text="Now it says this.")

        assert ask(writes("Anselm Krug built the oven. [2]"), shelf, passages).status == "not_in_sources"


class TestFallingBack:
    def test_when_nothing_is_left_the_next_engine_answers(self, shelf: Shelf, passages: list[Passage]) -> None:
        answer = ask(writes("Lind came. [1] Lind left. [2]"), shelf, passages, Says(truth, "extractive"))

        assert (answer.status, answer.engine, answer.dropped) == ("answered", "extractive", 2)

    def test_the_answer_tells_why(self, shelf: Shelf, passages: list[Passage]) -> None:
        answer = ask(writes("Lind came. [1] Lind left. [2]"), shelf, passages, Says(truth))

        assert answer.fallback_reason == "nothing holds of what the engine llm wrote (statements: 2)"

    def test_a_model_that_wrote_nothing_is_told_of(self, shelf: Shelf, passages: list[Passage]) -> None:
        answer = ask(writes(""), shelf, passages, Says(truth))

        assert (answer.engine, answer.fallback_reason) == ("says", "it wrote nothing that can be read")

    def test_a_model_that_breaks_off_keeps_what_held(self, shelf: Shelf, passages: list[Passage]) -> None:
        llm = writes("Anselm Krug built the oven. [2] It sails twi", ended=None)

        answer = ask(llm, shelf, passages, Says(truth))

        assert (answer.answer, answer.engine, answer.incomplete) == ("Anselm Krug built the oven. [1]", "llm", True)

    def test_half_a_statement_is_no_statement(self, shelf: Shelf, passages: list[Passage]) -> None:
        answer = ask(writes("Anselm Krug built the oven", ended=None), shelf, passages, Says(truth))

        assert (answer.engine, answer.dropped, answer.fallback_reason) == ("says", 0, "its answer broke off")

    @pytest.mark.parametrize("written", ["", "Anselm Krug built"])
    def test_a_model_that_fails_is_replaced(self, shelf: Shelf, passages: list[Passage], written: str) -> None:
        llm = does(*in_pieces(written), RuntimeError("boom"))

        answer = ask(llm, shelf, passages, Says(truth))

        assert (answer.engine, answer.fallback_reason) == ("says", "its client failed (RuntimeError)")

    def test_the_tokens_are_in_the_answer(self, shelf: Shelf, passages: list[Passage]) -> None:
        llm = writes("Anselm Krug built the oven. [2]", usage={"prompt_tokens": 812, "completion_tokens": 31})

        assert ask(llm, shelf, passages).tokens == {"prompt": 812, "completion": 31}

    def test_an_answer_of_the_next_engine_keeps_the_tokens_that_were_spent(
        self, shelf: Shelf, passages: list[Passage]
    ) -> None:
        llm = writes("Lind came. [1]", usage={"prompt_tokens": 812, "completion_tokens": 31})

        assert ask(llm, shelf, passages, Says(truth)).tokens == {"prompt": 812, "completion": 31}

    def test_a_statement_that_does_not_answer_is_dropped(self, shelf: Shelf, passages: list[Passage]) -> None:
        engine = engine_of(writes("Anselm Krug built the oven. [2]"))

        answer = answerer_of(Finds(passages), shelf, [engine], judgement=0.1).answer(Question("How deep is the sea?"))

        assert (answer.status, answer.dropped) == ("not_in_sources", 1)


def side(passage: Passage, answer: str) -> Side:
    """Return the side that says `answer` in the first sentence of a passage."""
    start = passage.chunk.text.index(answer)
    return Side((Finding(passage, passage.chunk.sentences[0], Span(start, start + len(answer)), 0.9),))


class TestArticlesThatDiffer:
    @pytest.fixture
    def sides(self, put: Put) -> list[Side]:
        return [side(put("It sank in May.", "may.txt"), "May"), side(put("It sank in June.", "june.txt"), "June")]

    def ask(self, llm: ScriptedLLM, shelf: Shelf, sides: Sequence[Side], *others: Passage) -> Answer:
        passages = [*others, *(one.passage for each in sides for one in each.findings)]
        answerer = answerer_of(Finds(passages), shelf, [engine_of(llm), Says(truth)], sides=sides)
        return answerer.answer(Question("When did it sink?"))

    def test_the_model_is_shown_each_side_before_all_else(
        self, shelf: Shelf, sides: list[Side], passages: list[Passage]
    ) -> None:
        llm = writes("It sank in May. [1]")

        self.ask(llm, shelf, sides, *passages)

        prompt = str(llm.asked[0][-1].content)
        assert (
            prompt.index("[1] It sank in May.") < prompt.index("[2] It sank in June.") < prompt.index("[3] The harbour")
        )

    def test_no_passage_is_shown_twice(self, shelf: Shelf, sides: list[Side]) -> None:
        llm = writes("It sank in May. [1]")

        self.ask(llm, shelf, sides)

        assert str(llm.asked[0][-1].content).count("It sank in May.") == 1

    def test_the_model_is_told_which_differ(self, shelf: Shelf, sides: list[Side]) -> None:
        llm = writes("It sank in May. [1]")

        self.ask(llm, shelf, sides)

        assert "The passages [1] and [2] do not say the same about this." in str(llm.asked[0][-1].content)

    def test_an_answer_that_cites_both_sides_stays_as_it_is(self, shelf: Shelf, sides: list[Side]) -> None:
        answer = self.ask(writes("It sank in May. [1] It sank in June. [2]"), shelf, sides)

        assert ([one.text for one in answer.statements], answer.engine) == (
            ["It sank in May.", "It sank in June."],
            "llm",
        )

    @pytest.mark.parametrize(
        ("written", "stated"),
        [
            ("It sank in May. [1]", ["It sank in May.", "It sank in June."]),
            ("It sank in June. [2]", ["It sank in June.", "It sank in May."]),
            ("It sank in May, or June. [1][2] It sank in June. [2]", ["It sank in June.", "It sank in May."]),
        ],
    )
    def test_a_side_that_it_does_not_cite_is_put_behind(
        self, shelf: Shelf, sides: list[Side], written: str, stated: list[str]
    ) -> None:
        answer = self.ask(writes(written), shelf, sides)

        assert ([one.text for one in answer.statements], len(answer.views)) == (stated, 2)

    def test_one_that_says_that_the_articles_do_not_answer_is_believed(self, shelf: Shelf, sides: list[Side]) -> None:
        answer = self.ask(writes("NOT IN THE ARTICLES"), shelf, sides)

        assert (answer.answer, answer.views, answer.engine) == (NOT_IN_SOURCES, (), "llm")

    def test_one_that_writes_nothing_that_holds_gives_way(self, shelf: Shelf, sides: list[Side]) -> None:
        answer = self.ask(writes("It sank in August. [1]"), shelf, sides)

        assert (answer.engine, len(answer.views)) == ("says", 2)

    def test_one_that_breaks_off_behind_a_side_has_the_other_added(self, shelf: Shelf, sides: list[Side]) -> None:
        answer = self.ask(writes("It sank in May. [1] It sank in Ju", ended=None), shelf, sides)

        assert ([one.text for one in answer.statements], answer.incomplete) == (
            ["It sank in May.", "It sank in June."],
            True,
        )

    def test_a_side_that_has_no_room_is_not_said_to_be_there(self, shelf: Shelf, put: Put) -> None:
        long = [
            side(put(f"It cost {n}00 crowns. " + "It rained a lot. " * 60, f"{n}.txt"), f"{n}00") for n in (1, 2, 3)
        ]
        llm = writes("It cost 100 crowns. [1]")

        draft = engine_of(llm, context_window=2_200).draft("How much?", [], "How much?", long)
        list(draft.statements)

        prompt = str(llm.asked[0][-1].content)
        assert ("[3]" in prompt, prompt.count("It cost")) == (False, prompt.count("=====[") - 1)
