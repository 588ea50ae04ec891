"""Real servers on this machine, for clients that cannot be handed an application."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.connections import Connection
from api.policy import Policy
from api.service import Parts, Service
from index.records import SyncReport
from qa.records import Answer, Citation, OnQuick, OnRetrieval, OnStatement, Question, Statement
from tests.doubles import EmptyIndex

_PATIENCE_SECONDS = 60.0
KEY = "a key that is long enough"


@contextmanager
def listening(app: FastAPI) -> Iterator[str]:
    """Serve `app` on a free port of this machine; yield its address."""
    with socket.create_server(("127.0.0.1", 0)) as place:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=10, http=Connection))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [place]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{place.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def serving_parts(open_parts: Callable[[], Parts], policy: Policy = Policy()) -> Iterator[str]:
    """Serve the parts, and yield the address once they are ready."""
    with listening(create_app(Service(open_parts), policy)) as address:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while httpx.get(f"{address}/readyz", trust_env=False).status_code != 200:
            assert time.monotonic() < deadline, "it never became ready"
            time.sleep(0.02)
        yield address


def get_json(address: str, path: str) -> dict[str, Any]:
    """Return what a server has at a path."""
    reply = httpx.get(address + path, trust_env=False)
    assert reply.status_code == 200, reply.text
    return dict(json.loads(reply.content))


def words_at(address: str, link: str) -> str:
    """Return the words of an article that a link opens; it must lead to the page of this very server."""
    parts = urlsplit(link)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{address}/"
    place = {name: values[0] for name, values in parse_qs(parts.fragment, strict_parsing=True).items()}
    text: str = get_json(address, f"/api/articles/{place['source']}")["text"]
    return text[int(place["start"]) : int(place["end"])]


def citation(number: int, quote: str) -> Citation:
    """Return a citation of a made-up article."""
    return Citation(number, "0a1b", "quay.txt", None, None, None, 10, 10 + len(quote), quote)


def statement(number: int, text: str) -> Statement:
    """Return a statement with one citation."""
    return Statement(text, (citation(number, text),))


def answer_of(*statements: Statement, **fields: Any) -> Answer:
    """Return the answer of a language model that made these statements."""
    marked = [f"{one.text} {''.join(f'[{cited.number}]' for cited in one.citations)}" for one in statements]
    plain = Answer(
        question="Who?",
        standalone_question="Who?",
        status="answered" if statements else "not_in_sources",
        answer=" ".join(marked) or "The articles don't say.",
        short_answer=None,
        statements=statements,
        citations=tuple(cited for one in statements for cited in one.citations),
        views=(),
        engine="llm",
        dropped=0,
        incomplete=False,
        fallback_reason=None,
        confidence=0.9,
    )
    return replace(plain, **fields)


@dataclass
class WritingAnswerer:
    """An answerer that does what `write` does, which is handed the question and what takes statements."""

    write: Callable[[Question, OnStatement], Answer]

    def answer(
        self,
        question: Question,
        on_statement: OnStatement = lambda _: None,
        on_retrieval: OnRetrieval = lambda _question, _passages: None,
        on_quick: OnQuick = lambda _: None,
    ) -> Answer:
        """Find no passages, then write."""
        on_retrieval(question.text, [])
        return self.write(question, on_statement)


@contextmanager
def serving_writer(write: Callable[[Question, OnStatement], Answer], policy: Policy = Policy()) -> Iterator[str]:
    """Serve an answerer that does what `write` does, as if a language model were set up; yield the address."""
    parts = Parts(
        WritingAnswerer(write),
        EmptyIndex(),
        EmptyIndex(),
        lambda _: SyncReport(),
        lambda: None,
        engines=("llm", "extractive"),
    )
    with serving_parts(lambda: parts, policy) as address:
        yield address
