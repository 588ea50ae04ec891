"""Connections: how large the head of a request may be, how slowly one may come, how many may be unfinished.

All this is before any key is looked at, as whoever only begins to ask takes room from the others.
"""

import asyncio
import json
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from api.errors import PROBLEM

MAX_HEAD = 32_000  # bytes of a request's first line and headers; browsers with many cookies send some 8,000
HEAD_SECONDS = 10.0  # for a request's head, from the connection or from the answer before
LEAST_BYTES, EVERY_SECONDS = 1_000, 10.0  # of a body: a telephone's poorest connection sends ten times as much
MAX_UNFINISHED = 200  # connections without a whole request; the oldest goes for each further one

_TOO_LARGE = {
    "type": "urn:footnote:problem:head-too-large",
    "title": "The request's head is too large",
    "status": 431,
    "detail": f"Address and headers have more than {MAX_HEAD:,} bytes.",
}
_unfinished: "WeakKeyDictionary[ServerState, dict[Connection, None]]" = WeakKeyDictionary()  # in order of their age


class Connection(HttpToolsProtocol):
    """A connection that is closed when it asks too much of a server, or nothing."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - uvicorn's own
        super().__init__(*arguments, **options)
        self._others = _unfinished.setdefault(self.server_state, {})
        self._timer: asyncio.TimerHandle | None = None
        self._in_head, self._whole, self._refused = True, False, False
        self._received = 0  # bytes of the head, or of the body since the timer was set

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for a request, and no longer for the oldest of those that others have left unfinished, if many."""
        super().connection_made(transport)
        self._await_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._finish()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came, up to the bound."""
        if self._refused or self.transport.is_closing():
            return
        self._received += len(data)
        super().data_received(data)
        if self._in_head and self._received > MAX_HEAD:
            self._refuse()

    def on_message_begin(self) -> None:
        """Begin a request, maybe while the one before is being answered."""
        super().on_message_begin()
        self._in_head, self._whole = True, False

    def on_headers_complete(self) -> None:
        """Have the request answered, if its head is not too large."""
        if len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers) > MAX_HEAD:
            self._refuse()
        if self._refused:
            return
        self._in_head, self._received = False, 0
        self._set_timer(EVERY_SECONDS, self._look_at_body)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Hand on a part of the body."""
        if not self._refused:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Hand on that the request is whole."""
        if self._refused:
            return
        self._whole = True
        self._finish()
        super().on_message_complete()
        if self.cycle.response_complete:  # it was refused by what its head said
            self._await_request()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        if self._whole and not self.pipeline and not self.transport.is_closing():
            self._await_request()

    def _await_request(self) -> None:
        self._in_head, self._received = True, 0
        self._others.pop(self, None)
        self._others[self] = None
        self._set_timer(HEAD_SECONDS, self.transport.close)
        if len(self._others) > MAX_UNFINISHED:
            # Whose reading is halted waits for us, not we for it.
            oldest = next((one for one in self._others if not one.flow.read_paused), self)
            oldest._finish()
            oldest.transport.close()

    def _look_at_body(self) -> None:
        if self._received < LEAST_BYTES and not self.flow.read_paused:
            self.transport.close()
            return
        self._received = 0
        self._set_timer(EVERY_SECONDS, self._look_at_body)

    def _set_timer(self, seconds: float, then: Callable[[], object]) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = self.loop.call_later(seconds, then)

    def _finish(self) -> None:
        self._others.pop(self, None)
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _refuse(self) -> None:
        if self._refused:
            return
        self._refused = True
        self._finish()
        body = json.dumps(_TOO_LARGE).encode()
        head = (
            "HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\n"
            f"content-type: {PROBLEM}\r\ncontent-length: {len(body)}\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        self.transport.close()
