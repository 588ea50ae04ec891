"""Servers on this machine that speak as language models' servers do, and misbehave as they are told."""

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

PROMPT_TOKENS, COMPLETION_TOKENS = 31, 7  # what every server says that it counted
KEY = "sk-sundholm-7731"  # of nobody


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sent; the names of `headers` are in lower case."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]


class Protocol:
    """How one provider's server frames what its model writes. `reasons` maps why an answer ended to its own words."""

    provider: str
    base: str  # of the address that a user names
    path: str  # where requests come in
    content_type: str
    reasons: Mapping[str, str]

    def event(self, payload: Any) -> bytes:
        """Return the bytes that send `payload`, whatever it is."""
        raise NotImplementedError

    def begin(self) -> bytes:
        """Return what comes before the first word."""
        return b""

    def words(self, text: Any) -> bytes:
        """Return the bytes that send a piece of the answer."""
        raise NotImplementedError

    def end(self, reason: Any, tokens: Any = None) -> bytes:
        """Return what comes after the last word. `tokens` stands in for the counts."""
        raise NotImplementedError


class OpenAI(Protocol):
    """Server-sent events with a line for each, the last of which is [DONE]."""

    provider, base, path, content_type = "openai-like", "/v1", "/v1/chat/completions", "text/event-stream"
    reasons = {"stop": "stop", "length": "length", "filter": "content_filter"}  # noqa: RUF012 - never written to

    def event(self, payload: Any) -> bytes:
        return f"data: {json.dumps(payload)}\n\n".encode()

    def begin(self) -> bytes:
        return self._chunk({"role": "assistant", "content": ""})

    def words(self, text: Any) -> bytes:
        return self._chunk({"content": text})

    def end(self, reason: Any, tokens: Any = None) -> bytes:
        usage = {"prompt_tokens": PROMPT_TOKENS, "completion_tokens": COMPLETION_TOKENS, "total_tokens": 38}
        counted = {**self._envelope([]), "usage": usage if tokens is None else tokens}
        return self._chunk({}, reason) + self.event(counted) + b"data: [DONE]\n\n"

    def _chunk(self, delta: Any, reason: Any = None) -> bytes:
        return self.event(self._envelope([{"index": 0, "delta": delta, "finish_reason": reason}]))

    def _envelope(self, choices: list[Any]) -> dict[str, Any]:
        return {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "quillon", "choices": choices}


class Ollama(Protocol):
    """A line of JSON for each piece, the last of which says that it is done."""

    provider, base, path, content_type = "ollama", "", "/api/chat", "application/x-ndjson"
    reasons = {"stop": "stop", "length": "length", "filter": "filtered"}  # noqa: RUF012 - never written to

    def event(self, payload: Any) -> bytes:
        return json.dumps(payload).encode() + b"\n"

    def words(self, text: Any) -> bytes:
        return self.event({**self._envelope(text), "done": False})

    def end(self, reason: Any, tokens: Any = None) -> bytes:
        prompt, completion = (PROMPT_TOKENS, COMPLETION_TOKENS) if tokens is None else (tokens, tokens)
        counts = {"prompt_eval_count": prompt, "eval_count": completion}
        return self.event({**self._envelope(""), "done": True, "done_reason": reason, **counts})

    def _envelope(self, text: Any) -> dict[str, Any]:
        message = {"role": "assistant", "content": text}
        return {"model": "quillon", "created_at": "2024-03-05T10:00:00Z", "message": message}


class Anthropic(Protocol):
    """Server-sent events that have names."""

    provider, base, path, content_type = "anthropic", "", "/v1/messages", "text/event-stream"
    reasons = {"stop": "end_turn", "length": "max_tokens", "filter": "refusal"}  # noqa: RUF012 - never written to

    def event(self, payload: Any) -> bytes:
        name = payload.get("type") if isinstance(payload, dict) else "content_block_delta"
        return f"event: {name}\ndata: {json.dumps(payload)}\n\n".encode()

    def begin(self) -> bytes:
        message = {"id": "1", "type": "message", "role": "assistant", "model": "quillon", "content": []}
        counted = {"input_tokens": PROMPT_TOKENS, "output_tokens": 1}
        ends: dict[str, Any] = {"stop_reason": None, "stop_sequence": None, "usage": counted}
        block = {"type": "text", "text": ""}
        return self.event({"type": "message_start", "message": {**message, **ends}}) + self.event(
            {"type": "content_block_start", "index": 0, "content_block": block}
        )

    def words(self, text: Any) -> bytes:
        delta = {"type": "text_delta", "text": text}
        return self.event({"type": "content_block_delta", "index": 0, "delta": delta})

    def end(self, reason: Any, tokens: Any = None) -> bytes:
        usage = {"output_tokens": COMPLETION_TOKENS} if tokens is None else tokens
        ended = {"type": "message_delta", "delta": {"stop_reason": reason, "stop_sequence": None}, "usage": usage}
        stop = self.event({"type": "content_block_stop", "index": 0})
        return stop + self.event(ended) + self.event({"type": "message_stop"})


OPENAI, OLLAMA, ANTHROPIC = OpenAI(), Ollama(), Anthropic()
PROTOCOLS: tuple[Protocol, ...] = (OPENAI, OLLAMA, ANTHROPIC)


class Wire:
    """One request's way back to the client."""

    def __init__(self, handler: BaseHTTPRequestHandler, protocol: Protocol, closing: threading.Event) -> None:
        self.protocol = protocol
        self.closing = closing
        self._handler = handler

    def head(self, status: int = 200, content_type: str | None = None, **headers: str) -> None:
        """Send the status and the headers; `retry_after` becomes "retry-after"."""
        self._handler.send_response(status)
        self._handler.send_header("Content-Type", content_type or self.protocol.content_type)
        self._handler.send_header("Transfer-Encoding", "chunked")
        self._handler.send_header("Connection", "close")
        for name, value in headers.items():
            self._handler.send_header(name.replace("_", "-"), value)
        self._handler.end_headers()

    def send(self, data: bytes) -> None:
        """Send a part of the body."""
        if data:
            self.bare(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def whole(self) -> None:
        """Say that the body is whole. Where that is left out, the connection closes in the middle of it."""
        self.bare(b"0\r\n\r\n")

    def bare(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._handler.wfile.write(data)

    def reset(self) -> None:
        """Break the connection as a server that dies does."""
        self._handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


Reply = Callable[[Wire], None]


def says(*pieces: str, reason: str = "stop") -> Reply:
    """Return a whole answer of these pieces, as it should be."""

    def reply(wire: Wire) -> None:
        _begin(wire, pieces)
        wire.send(wire.protocol.end(wire.protocol.reasons[reason]))
        wire.whole()

    return reply


def says_the_rest_when(told: threading.Event, first: str, rest: str) -> Reply:
    """Return an answer whose second piece is sent only when `told` is set."""

    def reply(wire: Wire) -> None:
        _begin(wire, (first,))
        told.wait(10)
        wire.send(wire.protocol.words(rest) + wire.protocol.end(wire.protocol.reasons["stop"]))
        wire.whole()

    return reply


def refuses(status: int, **headers: str) -> Reply:
    """Return an error whose message holds the key, as some servers' do."""

    def reply(wire: Wire) -> None:
        wire.head(status, "application/json", **headers)
        wire.send(json.dumps({"error": {"message": f"Refused. Your key is {KEY}.", "type": "refused"}}).encode())
        wire.whole()

    return reply


def keeps_silent(wire: Wire) -> None:
    """Send nothing at all, not even a status."""
    wire.closing.wait(30)


def stalls_after(*pieces: str) -> Reply:
    """Return an answer that is never gone on with."""

    def reply(wire: Wire) -> None:
        _begin(wire, pieces)
        wire.closing.wait(30)

    return reply


def ends_without_a_reason_after(*pieces: str) -> Reply:
    """Return an answer without its last event, as if the model's process had ended."""

    def reply(wire: Wire) -> None:
        _begin(wire, pieces)
        wire.whole()

    return reply


def closes_after(*pieces: str) -> Reply:
    """Return an answer whose connection is closed in the middle of its body."""
    return lambda wire: _begin(wire, pieces)


def resets_after(*pieces: str) -> Reply:
    """Return an answer whose connection is reset."""

    def reply(wire: Wire) -> None:
        _begin(wire, pieces)
        wire.reset()

    return reply


def garbles_after(*pieces: str) -> Reply:
    """Return an answer that goes on with what is no JSON."""

    def reply(wire: Wire) -> None:
        _begin(wire, pieces)
        wire.send(wire.protocol.words("Krug").replace(b'"', b"'"))
        wire.whole()

    return reply


def says_without_end(piece: str, *before: str, pause: float = 0.0) -> Reply:
    """Return an answer that repeats a piece for ever."""

    def reply(wire: Wire) -> None:
        _begin(wire, before)
        while not wire.closing.wait(pause):
            wire.send(wire.protocol.words(piece))

    return reply


def streams(data: bytes) -> Reply:
    """Return a body of any bytes."""

    def reply(wire: Wire) -> None:
        wire.head()
        wire.send(data)
        wire.whole()

    return reply


def speaks_no_http(wire: Wire) -> None:
    """Send what a server of something else would."""
    wire.bare(b"220 mail.sundholm.example ready\r\n")


def shows_a_page(wire: Wire) -> None:
    """Send a page with status 200, as a proxy that wants a login does."""
    wire.head(content_type="text/html")
    wire.send(b"<html><body>Please log in.</body></html>")
    wire.whole()


def _begin(wire: Wire, pieces: tuple[str, ...]) -> None:
    wire.head()
    wire.send(wire.protocol.begin())
    for piece in pieces:
        wire.send(wire.protocol.words(piece))


class LLMServer:
    """Gives its replies in turn, the last one to all further requests, and keeps the requests."""

    def __init__(self, protocol: Protocol, *replies: Reply) -> None:
        self.protocol = protocol
        self.requests: list[Request] = []
        self.hung_up = threading.Event()  # when a client went before it had all
        self._replies = replies
        self._first = 0
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = False  # so that closing waits for them
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    @property
    def url(self) -> str:
        """The address that a user would name."""
        return f"http://127.0.0.1:{self._http.server_port}{self.protocol.base}"

    def reply_from_now_on(self, *replies: Reply) -> None:
        """Give these replies to the requests that are still to come."""
        with self._lock:
            self._replies, self._first = replies, len(self.requests)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()
        wait_for_listeners()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 10

            def do_POST(self) -> None:
                self.close_connection = True
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                headers = {name.lower(): value for name, value in self.headers.items()}
                reply = server._next(Request(self.path, headers, body))
                try:
                    reply(Wire(self, server.protocol, server._closing))
                except OSError:  # a client may go when it wants
                    server.hung_up.set()

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its base class's name
                pass

        return Handler

    def _next(self, request: Request) -> Reply:
        with self._lock:
            self.requests.append(request)
            return self._replies[min(len(self.requests) - self._first, len(self._replies)) - 1]


def wait_for_listeners() -> None:
    """Wait until nothing listens any more to servers that are gone."""
    for thread in threading.enumerate():
        if thread.name == "llm":
            thread.join(5)
            assert not thread.is_alive(), "a listener outlived its server"


def dead_address() -> str:
    """Return an address of this machine where nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}/v1"


@contextmanager
def no_name_resolves() -> Iterator[None]:
    """Have every look-up of a name fail, as it does for one that nobody has registered."""
    real = socket.getaddrinfo

    def unknown(host: Any, *args: Any, **more: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    socket.getaddrinfo = unknown
    try:
        yield
    finally:
        socket.getaddrinfo = real
