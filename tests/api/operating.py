"""Services with a policy, whose answerer is a stand-in: what is asked does not matter, who may ask does."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from fastapi.testclient import TestClient

from api.app import create_app
from api.policy import Policy
from api.service import Answerer, Service
from qa.records import Answer, OnQuick, OnRetrieval, OnStatement, Question
from tests.api.replies import wait_until_ready
from tests.doubles import parts_that_only_answer

KEY = "a-key-of-the-harbour-office"
QUESTION = {"question": "Who mends the nets at the western quay?"}
_PATIENCE_SECONDS = 60.0

NOTHING_SAID = Answer(
    question=QUESTION["question"],
    standalone_question=QUESTION["question"],
    status="not_in_sources",
    answer="The articles don't say.",
    short_answer=None,
    statements=(),
    citations=(),
    views=(),
    engine="extractive",
    dropped=0,
    incomplete=False,
    fallback_reason=None,
    confidence=0.0,
)


@dataclass(frozen=True)
class Knows:
    """An answerer with one answer to everything."""

    made: Answer = NOTHING_SAID

    def answer(
        self,
        question: Question,
        on_statement: OnStatement = lambda _: None,
        on_retrieval: OnRetrieval = lambda _question, _passages: None,
        on_quick: OnQuick = lambda _: None,
    ) -> Answer:
        """Return it."""
        return self.made


@dataclass
class Thinks:
    """An answerer that thinks until it `may_answer`; `at_work` counts the questions it ever began with."""

    may_answer: threading.Event = field(default_factory=threading.Event)
    at_work: int = 0

    def answer(
        self,
        question: Question,
        on_statement: OnStatement = lambda _: None,
        on_retrieval: OnRetrieval = lambda _question, _passages: None,
        on_quick: OnQuick = lambda _: None,
    ) -> Answer:
        """Return the answer, in time."""
        self.at_work += 1
        assert self.may_answer.wait(_PATIENCE_SECONDS), "nobody let it answer"
        return NOTHING_SAID


@contextmanager
def serving(policy: Policy, answerer: Answerer = Knows(), **options: Any) -> Iterator[TestClient]:
    """Start a service with this policy, ready."""
    service = Service(lambda: parts_that_only_answer(answerer))
    with TestClient(create_app(service, policy), raise_server_exceptions=False, **options) as client:
        wait_until_ready(client)
        yield client


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.002)


def bearer(key: str) -> dict[str, str]:
    """Return the header that sends a key."""
    return {"Authorization": f"Bearer {key}"}


@contextmanager
def asking(client: TestClient) -> Iterator[Callable[[], "Future[Any]"]]:
    """Yield what asks the question in a thread of its own and returns its reply to come."""
    with ThreadPoolExecutor(16) as threads:
        yield lambda: threads.submit(client.post, "/api/ask", json=QUESTION)
