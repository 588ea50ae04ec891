"""However a language model fails, the question is answered in time, with what holds, and the user is told why."""

import json
import logging
import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from llama_index.core.base.llms.types import ChatMessage, MessageRole

from index.records import Passage
from qa.errors import LLMFailure
from qa.generative import GenerativeEngine
from qa.grounding import Grounder
from qa.llm_calls import LLMCaller, Patience
from qa.llm_calls import Reply as TokensOf
from qa.llm_spec import parse_spec
from qa.llms import connect
from qa.records import Answer, DraftStatement, Excerpt, Question
from tests.qa.doubles import Finds, HoldsTheWords, Says, Shelf, answerer_of
from tests.qa.llm_servers import (
    KEY,
    OPENAI,
    PROTOCOLS,
    LLMServer,
    Protocol,
    Reply,
    closes_after,
    dead_address,
    ends_without_a_reason_after,
    garbles_after,
    keeps_silent,
    no_name_resolves,
    refuses,
    resets_after,
    says,
    says_without_end,
    shows_a_page,
    speaks_no_http,
    stalls_after,
    streams,
    wait_for_listeners,
)
from tests.qa.repeatable import with_fixtures

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1"]), pytest.mark.usefixtures("no_proxies")]

Put = Callable[..., Passage]

TEXT = "Quillon opened the museum in Sundholm. Krug paid 40 crowns for the lamp. Moore painted the door green."
SENTENCES = [
    "Quillon opened the museum in Sundholm.",
    "Krug paid 40 crowns for the lamp.",
    "Moore painted the door green.",
]
QUESTION = "What did Krug pay for the lamp?"
PAID = "Krug paid 40 crowns for the lamp."
STATED = json.dumps({"statement": PAID, "passages": [1], "quote": PAID})
WHOLE = f'{{"statements": [{STATED}]}}'
BEGUN = f'{{"statements": [{STATED}, {{"statement": "Moore pai'
IN_PIECES = tuple(BEGUN[place : place + 9] for place in range(0, len(BEGUN), 9))
PASSWORD = "hunter-of-ravnsund"  # in the address, where some put it

DEADLINE = 1.0
MARGIN = 2.0  # for a machine that has much else to do
PATIENCE = Patience(total=DEADLINE, stall=0.3, retries=2, back_off=0.02, failures=1_000)
NEVER_TIRED = Patience(total=5.0, stall=1.0, retries=0, failures=1_000_000)


def say_truly(said: str) -> str:
    return said


@dataclass(frozen=True)
class Failure:
    """One way to fail: what is told of it, how many requests are made. `released` tells whether PAID came before."""

    replies: Sequence[Reply]
    reason: str
    requests: int = 1
    released: bool = False
    logged: bool = True


def failures_of(protocol: Protocol) -> dict[str, Failure]:
    garbled = "its server sent what is no JSON"
    return {
        "key refused": Failure([refuses(401)], "its server refuses the key (401); set FOOTNOTE_LLM_KEY"),
        "forbidden": Failure([refuses(403)], "its server forbids this with this key (403)"),
        "unknown model": Failure([refuses(404)], "its server does not know this model, or the address is wrong (404)"),
        "too many requests": Failure([refuses(429)], "its server asks for fewer requests (429)", requests=3),
        "too many requests for long": Failure(
            [refuses(429, retry_after="30")], "its server asks for fewer requests (429)"
        ),
        "server error": Failure([refuses(500)], "its server fails (500)", requests=3),
        "silence": Failure([keeps_silent], "its time was up"),
        "silence after the first line": Failure([stalls_after()], "its time was up"),
        "no end, no word": Failure([says_without_end("")], "its time was up"),
        "no end, few words": Failure([says_without_end("so ", pause=0.05)], "its time was up"),
        "no end, many words": Failure([says_without_end("so " * 50)], "it goes on without an end"),
        "broken off": Failure([ends_without_a_reason_after()], "its answer broke off", requests=3),
        "closed": Failure([closes_after()], "its answer broke off", requests=3),
        "garbled": Failure([garbles_after()], garbled),
        "a page": Failure(
            [shows_a_page],
            garbled if protocol.provider == "ollama" else "its answer broke off",
            1 if protocol.provider == "ollama" else 3,
        ),
        "no HTTP": Failure([speaks_no_http], "its answer broke off", requests=3),
        "nothing": Failure([says()], "it wrote nothing that can be read"),
        "filtered": Failure([says("I", reason="filter")], f"its answer ended early ({protocol.reasons['filter']})"),
        "another language": Failure(
            [says("Krug bezahlte vierzig Kronen für die Lampe. [1]")],
            "nothing holds of what the engine llm wrote (statements: 1)",
            logged=False,
        ),
        "a refusal": Failure(
            [says("I'm sorry, ", "I can't help with that.")],
            "nothing holds of what the engine llm wrote (statements: 1)",
            logged=False,
        ),
        "stalled in mid-answer": Failure([stalls_after(*IN_PIECES)], "it fell silent", released=True),
        "broken off in mid-answer": Failure(
            [ends_without_a_reason_after(*IN_PIECES)], "its answer broke off", released=True
        ),
        "closed in mid-answer": Failure([closes_after(*IN_PIECES)], "its answer broke off", released=True),
        "reset in mid-answer": Failure([resets_after(*IN_PIECES)], "its ", released=True),
        "garbled in mid-answer": Failure([garbles_after(*IN_PIECES)], garbled, released=True),
        "cut in mid-answer": Failure(
            [says(*IN_PIECES, reason="length")], "its answer was cut at the limit of tokens", released=True
        ),
        "filtered in mid-answer": Failure([says(*IN_PIECES, reason="filter")], "its answer ended early", released=True),
        "no end to an answer": Failure(
            [says_without_end("so " * 50, *IN_PIECES)], "it goes on without an end", released=True
        ),
        "no end to a slow answer": Failure(
            [says_without_end("so ", *IN_PIECES, pause=0.05)], "its time was up", released=True
        ),
    }


UNREACHABLE = "its server cannot be reached; is it running, and is the address right?"
NOT_FOR_EVERY_CLIENT = {  # what the caller does by itself, whichever client brings it the words
    *("forbidden", "unknown model", "too many requests", "silence after the first line", "no end, no word"),
    *("no end, few words", "no end, many words", "filtered", "another language", "a refusal"),
    *("filtered in mid-answer", "no end to an answer", "no end to a slow answer"),
}
ALL = [
    (protocol, name)
    for protocol in PROTOCOLS
    for name in failures_of(protocol)
    if protocol is OPENAI or name not in NOT_FOR_EVERY_CLIENT
]
NOBODY_THERE = ["nobody listens", "no such name"]


@dataclass(frozen=True)
class Outcome:
    """What came of a question whose model failed."""

    failure: Failure
    answer: Answer
    shown: list[str]
    seconds: float
    requests: int
    records: list[logging.LogRecord]


@pytest.fixture
def passage(put: Put) -> Passage:
    """The one passage that is found, whose sentences are SENTENCES."""
    return put(TEXT)


@pytest.fixture(scope="module")
def outcomes() -> dict[object, Outcome]:
    """What came of each failure so far: each is brought about once."""
    return {}


@pytest.fixture(scope="module")
def clients_are_loaded() -> None:
    """The first question to a provider loads its client, for which none of the deadlines here leaves time."""
    for protocol in PROTOCOLS:
        with LLMServer(protocol, says(WHOLE)) as server, suppress(LLMFailure):  # for the tests to find
            list(caller_of(protocol, server.url, Patience()).stream(MESSAGES, TokensOf()))


MESSAGES = [ChatMessage(role=MessageRole.USER, content=QUESTION)]


def caller_of(protocol: Protocol, url: str, patience: Patience) -> LLMCaller:
    model = "claude-sonnet-4-5" if protocol.provider == "anthropic" else "quillon-2"
    return LLMCaller(connect(parse_spec(f"{protocol.provider}/{model}", url=url, key=KEY, seconds=5.0)), patience)


def ask(caller: LLMCaller, shelf: Shelf, passage: Passage, shown: list[str] | None = None) -> Answer:
    """Ask the model, with an engine behind it that says all that the passage says."""
    answerer = answerer_of(Finds([passage]), shelf, [GenerativeEngine(caller), Says(say_truly, "extractive")])
    return answerer.answer(
        Question(QUESTION), (lambda one: shown.append(one.text)) if shown is not None else lambda _: None
    )


@pytest.fixture
def outcome(
    request: pytest.FixtureRequest,
    outcomes: dict[object, Outcome],
    clients_are_loaded: None,
    shelf: Shelf,
    passage: Passage,
    caplog: pytest.LogCaptureFixture,
) -> Outcome:
    """What comes of a question to a model that fails in the way that the test's parameter names."""
    if request.param in outcomes:
        return outcomes[request.param]
    protocol, name = request.param
    requests: list[Any] = []
    with ExitStack() as stack:
        if name in NOBODY_THERE:
            failure = Failure([], UNREACHABLE, requests=0)
            url = dead_address() if name == "nobody listens" else "http://does-not-exist.invalid/v1"
            if name == "no such name":
                stack.enter_context(no_name_resolves())
        else:
            failure = failures_of(protocol)[name]
            server = stack.enter_context(LLMServer(protocol, *failure.replies))
            url, requests = server.url, server.requests
        url = url.replace("//", f"//moore:{PASSWORD}@")
        caller = caller_of(protocol, url, PATIENCE)
        shown: list[str] = []
        begun = time.monotonic()
        answer = ask(caller, shelf, passage, shown)
        seconds = time.monotonic() - begun
        made = len(requests)
    wait_for_listeners()
    print(f"{protocol.provider}: {name}: {seconds:.2f} s")
    outcomes[request.param] = Outcome(failure, answer, shown, seconds, made, list(caplog.records))
    return outcomes[request.param]


spoken = pytest.mark.parametrize(
    "protocol",
    [pytest.param(one, id=one.provider, marks=() if one is OPENAI else pytest.mark.slow) for one in PROTOCOLS],
)


def failing(*, released: bool | None = None) -> pytest.MarkDecorator:
    """Have a test read the outcome of each failure, or of those after or before the first statement.

    With one provider's client it is read always, with the others' among the slow tests.
    """
    chosen = [one for one in ALL if released is None or failures_of(one[0])[one[1]].released == released]
    if not released:
        chosen += [(protocol, name) for protocol in PROTOCOLS for name in NOBODY_THERE]
    cases = [
        pytest.param(one, id=f"{one[0].provider}: {one[1]}", marks=() if one[0] is OPENAI else pytest.mark.slow)
        for one in chosen
    ]
    return pytest.mark.parametrize("outcome", cases, indirect=True)


class TestAModelThatFailsBeforeItSaysAnything:
    @failing(released=False)
    def test_the_next_engine_answers(self, outcome: Outcome) -> None:
        assert (outcome.answer.engine, [one.text for one in outcome.answer.statements]) == ("extractive", SENTENCES)

    @failing(released=False)
    def test_that_answer_is_complete(self, outcome: Outcome) -> None:
        assert not outcome.answer.incomplete


class TestAModelThatFailsInMidAnswer:
    @failing(released=True)
    def test_what_it_had_said_and_holds_stands(self, outcome: Outcome) -> None:
        assert (outcome.answer.engine, [one.text for one in outcome.answer.statements]) == ("llm", [PAID])

    @failing(released=True)
    def test_the_user_is_told_that_more_may_be_missing(self, outcome: Outcome) -> None:
        assert outcome.answer.incomplete


class TestAModelThatFails:
    @failing()
    def test_the_user_is_told_why(self, outcome: Outcome) -> None:
        assert (outcome.answer.fallback_reason or "").startswith(outcome.failure.reason)

    @failing()
    def test_the_reason_holds_nothing_secret(self, outcome: Outcome) -> None:
        assert not any(word in str(outcome.answer) for word in (KEY, PASSWORD, "Traceback", "http://"))

    @failing()
    def test_nothing_that_was_shown_is_taken_back(self, outcome: Outcome) -> None:
        assert outcome.shown == [one.text for one in outcome.answer.statements]

    @failing()
    def test_the_answer_comes_in_time(self, outcome: Outcome) -> None:
        assert outcome.seconds < DEADLINE + MARGIN

    @failing()
    def test_it_is_asked_again_only_where_that_may_help_and_not_for_ever(self, outcome: Outcome) -> None:
        assert outcome.requests == outcome.failure.requests

    @failing()
    def test_the_log_tells_of_it_in_one_line(self, outcome: Outcome) -> None:
        lines = [one.getMessage() for one in outcome.records if one.levelno >= logging.WARNING]

        assert len(lines) == outcome.failure.logged

    @failing()
    def test_the_log_holds_nothing_secret(self, outcome: Outcome) -> None:
        said = [(one.getMessage(), one.exc_text) for one in outcome.records if one.levelno >= logging.INFO]

        assert not any(word in str(said) for word in (KEY, PASSWORD, "Traceback"))


class TestAServerThatAsksForPatience:
    @spoken
    def test_it_is_not_asked_again_before_and_then_the_model_answers(
        self, clients_are_loaded: None, protocol: Protocol, shelf: Shelf, passage: Passage
    ) -> None:
        with LLMServer(protocol, refuses(429, retry_after="0.5"), says(WHOLE)) as server:
            begun = time.monotonic()
            answer = ask(caller_of(protocol, server.url, Patience(total=5.0, back_off=0.01)), shelf, passage)
            seconds = time.monotonic() - begun

        assert (answer.engine, answer.incomplete, seconds >= 0.5) == ("llm", False, True)

    @pytest.mark.parametrize("header", ["soon", "", "nan", "-3", "Tue, 05 Mar 2024 10:00:00 GMT"])
    def test_one_that_does_not_say_how_long_is_asked_again_soon(
        self, shelf: Shelf, passage: Passage, header: str
    ) -> None:
        with LLMServer(OPENAI, refuses(429, retry_after=header), says(WHOLE)) as server:
            answer = ask(caller_of(OPENAI, server.url, Patience(total=5.0, back_off=0.01)), shelf, passage)

        assert answer.engine == "llm"

    def test_more_than_there_is_time_for_is_not_waited(self, shelf: Shelf, passage: Passage) -> None:
        begun = time.monotonic()
        with LLMServer(OPENAI, refuses(503, retry_after="20"), says(WHOLE)) as server:
            ask(caller_of(OPENAI, server.url, Patience(total=5.0)), shelf, passage)

            assert time.monotonic() - begun < 4.0

    def test_each_further_wait_is_twice_as_long(self, shelf: Shelf, passage: Passage) -> None:
        begun = time.monotonic()
        with LLMServer(OPENAI, refuses(500)) as server:
            ask(caller_of(OPENAI, server.url, Patience(total=5.0, retries=2, back_off=0.2)), shelf, passage)

            assert time.monotonic() - begun >= 0.2 + 0.4

    def test_one_that_recovers_answers_as_if_nothing_had_been(self, shelf: Shelf, passage: Passage) -> None:
        with LLMServer(OPENAI, refuses(500), closes_after(), says(WHOLE)) as server:
            answer = ask(caller_of(OPENAI, server.url, Patience(total=5.0, back_off=0.01)), shelf, passage)

        assert (answer.engine, answer.incomplete, answer.fallback_reason) == ("llm", False, None)


class TestAServerThatKeepsFailing:
    """It is left alone after `failures` in a row, so that a question need not wait for a server that is dead."""

    PATIENCE = Patience(total=5.0, retries=0, failures=2, rest=0.5)

    @pytest.fixture
    def server(self) -> Iterator[LLMServer]:
        with LLMServer(OPENAI, refuses(500)) as one:
            yield one

    @pytest.fixture
    def caller(self, server: LLMServer) -> LLMCaller:
        return caller_of(OPENAI, server.url, self.PATIENCE)

    @pytest.fixture
    def given_up(self, caller: LLMCaller, shelf: Shelf, passage: Passage) -> LLMCaller:
        """A caller whose model has just failed once too often."""
        for _ in range(2):
            ask(caller, shelf, passage)
        return caller

    def test_it_is_asked_until_it_has_failed_too_often(self, server: LLMServer, given_up: LLMCaller) -> None:
        assert len(server.requests) == 2

    def test_one_that_was_given_little_time_is_not_taken_for_dead(self) -> None:
        with LLMServer(OPENAI, keeps_silent) as server:
            caller = caller_of(OPENAI, server.url, self.PATIENCE)
            for _ in range(4):  # whether the server heard of it or not, it is asked again
                with pytest.raises(LLMFailure, match="its time was up"):
                    list(caller.stream([ChatMessage(content="Who came?")], TokensOf(), within=0.05))

    def test_it_is_then_sent_nothing(
        self, server: LLMServer, given_up: LLMCaller, shelf: Shelf, passage: Passage
    ) -> None:
        ask(given_up, shelf, passage)

        assert len(server.requests) == 2

    def test_the_next_engine_answers_meanwhile(self, given_up: LLMCaller, shelf: Shelf, passage: Passage) -> None:
        assert [one.text for one in ask(given_up, shelf, passage).statements] == SENTENCES

    def test_the_user_is_told_that_it_is_left_alone(self, given_up: LLMCaller, shelf: Shelf, passage: Passage) -> None:
        assert "failed 2 times in a row and is left alone" in str(ask(given_up, shelf, passage).fallback_reason)

    def test_that_too_is_one_line_in_the_log(
        self, given_up: LLMCaller, shelf: Shelf, passage: Passage, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.clear()
        ask(given_up, shelf, passage)

        assert [one.name for one in caplog.records if one.levelno >= logging.WARNING] == ["qa.generative"]

    def test_after_the_rest_exactly_one_question_tries_it(self, server: LLMServer, given_up: LLMCaller) -> None:
        time.sleep(0.55)
        server.reply_from_now_on(stalls_after("Krug "))
        trial = given_up.stream(MESSAGES, TokensOf())
        next(trial)
        for _ in range(3):
            with pytest.raises(LLMFailure, match="left alone"):
                next(given_up.stream(MESSAGES, TokensOf()))
        trial.close()  # type: ignore[attr-defined]  # it is a generator

        assert len(server.requests) == 3

    def test_if_that_one_fails_it_is_left_alone_again(
        self, server: LLMServer, given_up: LLMCaller, shelf: Shelf, passage: Passage
    ) -> None:
        time.sleep(0.55)
        for _ in range(3):
            ask(given_up, shelf, passage)

        assert len(server.requests) == 3

    def test_if_that_one_is_answered_all_are(
        self, server: LLMServer, given_up: LLMCaller, shelf: Shelf, passage: Passage
    ) -> None:
        time.sleep(0.55)
        server.reply_from_now_on(says(WHOLE))

        assert [ask(given_up, shelf, passage).engine for _ in range(3)] == ["llm"] * 3

    def test_a_success_between_failures_starts_the_count_anew(
        self, server: LLMServer, caller: LLMCaller, shelf: Shelf, passage: Passage
    ) -> None:
        server.reply_from_now_on(refuses(500), says(WHOLE), refuses(500), says(WHOLE))

        assert [ask(caller, shelf, passage).engine for _ in range(4)] == ["extractive", "llm", "extractive", "llm"]

    def test_a_reader_who_goes_away_counts_as_no_failure(
        self, server: LLMServer, caller: LLMCaller, shelf: Shelf, passage: Passage
    ) -> None:
        server.reply_from_now_on(says("Krug ", "paid. ", "It rained."))
        for _ in range(3):
            stream = caller.stream(MESSAGES, TokensOf())
            next(stream)
            stream.close()  # type: ignore[attr-defined]  # it is a generator
        server.reply_from_now_on(says(WHOLE))

        assert ask(caller, shelf, passage).engine == "llm"


@spoken
class TestAModelThatNobodyListensToAnyMore:
    """It would write on, at somebody's cost."""

    def test_its_server_is_hung_up_on_when_the_answer_is_long_enough(
        self, clients_are_loaded: None, protocol: Protocol, shelf: Shelf, passage: Passage
    ) -> None:
        with LLMServer(protocol, says_without_end("so " * 50, pause=0.001)) as server:
            ask(caller_of(protocol, server.url, NEVER_TIRED), shelf, passage)

            assert server.hung_up.wait(2.0)

    def test_its_server_is_hung_up_on_when_the_reader_goes_away(
        self, clients_are_loaded: None, protocol: Protocol
    ) -> None:
        with LLMServer(protocol, says_without_end("so ", pause=0.01)) as server:
            stream = caller_of(protocol, server.url, NEVER_TIRED).stream(MESSAGES, TokensOf())
            next(stream)
            stream.close()  # type: ignore[attr-defined]  # it is a generator

            assert server.hung_up.wait(2.0)


class TestAServerThatSendsWhatNobodyExpects:
    @pytest.mark.parametrize("reason", [["stop"], {"stop": 1}, 7, True, ""], ids=repr)
    @spoken
    def test_a_reason_to_end_that_is_none_breaks_nothing(
        self, clients_are_loaded: None, protocol: Protocol, shelf: Shelf, passage: Passage, reason: object
    ) -> None:
        sent = protocol.begin() + protocol.words(WHOLE) + protocol.end(reason)
        with LLMServer(protocol, streams(sent)) as server:
            answer = ask(caller_of(protocol, server.url, NEVER_TIRED), shelf, passage)

        assert PAID in [one.text for one in answer.statements]

    @spoken
    def test_its_reason_to_end_is_not_repeated_to_the_user_at_any_length(
        self, clients_are_loaded: None, protocol: Protocol, shelf: Shelf, passage: Passage
    ) -> None:
        sent = protocol.begin() + protocol.words(WHOLE) + protocol.end(f"Visit us\nat {KEY} " * 1_000)
        with LLMServer(protocol, streams(sent)) as server:
            answer = ask(caller_of(protocol, server.url, NEVER_TIRED), shelf, passage)

        assert KEY not in str(answer.fallback_reason)

    @pytest.mark.parametrize("number", ["9" * 5_000, "1e999", "NaN", "true", "-1", "0", "99"])
    def test_a_passage_number_that_no_passage_has_breaks_nothing(
        self, shelf: Shelf, passage: Passage, number: str
    ) -> None:
        odd = f'{{"statement": "{PAID}", "passages": [{number}], "quote": ""}}'
        with LLMServer(OPENAI, says(f'{{"statements": [{odd}, {STATED}]}}')) as server:
            answer = ask(caller_of(OPENAI, server.url, NEVER_TIRED), shelf, passage)

        assert answer.engine == "llm"

    @pytest.mark.parametrize("count", [-1, "many", 1.5, None, [1], True], ids=repr)
    def test_a_count_of_tokens_that_is_none_is_not_shown(self, shelf: Shelf, passage: Passage, count: object) -> None:
        counts = {"prompt_tokens": count, "completion_tokens": count, "total_tokens": count}
        with LLMServer(OPENAI, streams(OPENAI.words(WHOLE) + OPENAI.end("stop", counts))) as server:
            answer = ask(caller_of(OPENAI, server.url, NEVER_TIRED), shelf, passage)

        assert all(type(one) is int and one >= 0 for one in answer.tokens.values())

    @spoken
    def test_an_error_in_the_stream_is_a_failure(
        self, clients_are_loaded: None, protocol: Protocol, shelf: Shelf, passage: Passage
    ) -> None:
        error = protocol.event({"type": "error", "error": {"type": "overloaded_error", "message": f"Busy. {KEY}"}})
        with LLMServer(protocol, streams(protocol.begin() + error)) as server:
            answer = ask(caller_of(protocol, server.url, NEVER_TIRED), shelf, passage)

        assert answer.engine == "extractive"

    @pytest.mark.parametrize(
        "flood",
        [
            "[1" * 4_000,
            "[1]" * 2_600,
            " " * 7_900,
            "1. " * 2_600,
            "A." * 3_900,
            "{" * 7_900,
            '"\\' * 3_900,
            "\n" * 7_900,
        ],
        ids=lambda one: repr(one[:3]),
    )
    def test_what_it_writes_takes_no_long_time_to_read(self, shelf: Shelf, passage: Passage, flood: str) -> None:
        with LLMServer(OPENAI, says(flood)) as server:
            caller = caller_of(OPENAI, server.url, NEVER_TIRED)
            begun = time.monotonic()
            ask(caller, shelf, passage)

            assert time.monotonic() - begun < MARGIN


LIARS = ("Varga", "Lind", "Ravnsund")  # named in no article
ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=4,
)
WRITTEN = st.sampled_from(
    [
        PAID,
        f"{PAID} [1]",
        STATED,
        WHOLE,
        BEGUN,
        "Varga paid 40 crowns for the lamp. [1] ",
        "Krug paid 41 crowns for the lamp. [1]\n",
        "Krug did not pay 40 crowns for the lamp. ",
        STATED.replace("Krug", "Lind"),
        STATED.replace("40", "41"),
        "Moore painted the door of Ravnsund green. ",
        "NOT IN THE ARTICLES",
        '{"statements": []}',
        "```json\n",
        '{"statement": ',
        '", "quote": "',
        "[1]",
        "]}",
        "\\",
        "\ud800",
    ]
) | st.text(max_size=30)


def sent_by(protocol: Protocol) -> st.SearchStrategy[bytes]:
    """Return what such a server may send, from what it should to what no server would."""
    words = st.builds(protocol.words, WRITTEN)
    odd = st.one_of(
        st.builds(protocol.words, ANYTHING),
        st.builds(protocol.end, ANYTHING, ANYTHING),
        st.builds(protocol.event, ANYTHING),
        st.binary(max_size=30),
        st.just(protocol.end(protocol.reasons["stop"])[:-9]),
    )
    begins = st.sampled_from([protocol.begin(), b""])
    ends = st.sampled_from([*map(protocol.end, protocol.reasons.values()), b""])
    return st.builds(
        lambda begin, middle, end: begin + b"".join(middle) + end,
        begins,
        st.lists(words | words | odd, max_size=8),
        ends,
    )


@spoken
class TestWhateverAServerSends:
    """Any exception that comes of it fails these tests."""

    @settings(with_fixtures, max_examples=15)
    @given(data=st.data())
    def test_an_answer_holds_only_what_the_articles_say(
        self, clients_are_loaded: None, protocol: Protocol, shelf: Shelf, passage: Passage, data: st.DataObject
    ) -> None:
        with LLMServer(protocol, streams(data.draw(sent_by(protocol)))) as server:
            answer = ask(caller_of(protocol, server.url, NEVER_TIRED), shelf, passage)

        assert answer.status == "answered" or answer.engine == "llm"  # all that the other engine says holds
        assert not any(name in answer.answer for name in (*LIARS, "41", "did not"))
        for one in answer.statements:
            assert Grounder(HoldsTheWords()).supports(
                DraftStatement(one.text, excerpts=(Excerpt.whole(passage),)), [passage]
            )
            assert all(citation.quote == TEXT[citation.start : citation.end] for citation in one.citations)
        assert math.isfinite(answer.confidence)
