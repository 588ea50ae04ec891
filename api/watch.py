"""What is noted of every request: an id, one line in the log, figures; and what every response carries."""

import logging
import re
import time
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import folders, request_id
from api.metrics import Metrics
from api.security import SECURITY_HEADERS

log = logging.getLogger("api.requests")

_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_POLLED = {"/healthz", "/readyz", "/metrics"}  # programs ask every few seconds; their lines would bury the others
_ID = re.compile(r"[\w.-]{1,64}", re.ASCII)  # what is taken over from a proxy that numbers its requests


class Watch:
    """Notes method, route, status and time of each request; never its body nor its query. Pure ASGI."""

    def __init__(self, app: ASGIApp, metrics: Metrics, private: tuple[tuple[str, str], ...] = ()) -> None:
        self._app = app
        self._private = private
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and note how it ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sent = Headers(scope=scope).get("x-request-id", "")
        known = sent if _ID.fullmatch(sent) else uuid4().hex
        request_id.set(known)  # not taken back: each request has a context of its own, which outlives this call
        folders.set(self._private)
        status = 500  # of a defect, whose problem is sent further out

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message).update(SECURITY_HEADERS | {"X-Request-Id": known})
            await send(message)

        begun = time.perf_counter()
        try:
            await self._app(scope, receive, send_noted)
        finally:
            self._note(scope, status, time.perf_counter() - begun)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        # Templates and known methods only: whatever else a caller makes up would be a row of its own for ever.
        route = _template(scope)
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._metrics.observe_request(method, route, status, seconds)
        fields = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
        level = logging.DEBUG if route in _POLLED else logging.INFO
        log.log(level, "%s %s %s", method, route, status, extra={"fields": fields})


def _template(scope: Scope) -> str:
    if route := scope.get("route"):
        return str(route.path)
    if mounted := scope.get("root_path"):  # such as the page's files
        return str(mounted)
    return scope["path"] if "endpoint" in scope and not scope["path_params"] else "unknown"
