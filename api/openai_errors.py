"""Refusals under /v1 in OpenAI's shape, whichever part of the application refused."""

import json
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import PROBLEM

PREFIX = "/v1/"
_TYPES = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}
_CODES = {401: "invalid_api_key", 429: "rate_limit_exceeded"}  # as OpenAI calls them; others keep our own names


def error_body(status: int, message: str, code: str | None = None, param: str | None = None) -> dict[str, Any]:
    """Return an error as OpenAI's clients read it."""
    kind = _TYPES.get(status, "invalid_request_error" if status < 500 else "server_error")
    return {"error": {"message": message, "type": kind, "param": param, "code": _CODES.get(status, code)}}


class OpenAIErrors:
    """Middleware outside of all that may refuse: what leaves /v1 as a problem (RFC 9457) gets OpenAI's shape.

    A request that cannot be understood has the status 400 there, as their clients expect, where ours is 422.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(PREFIX):
            reshaping = _Reshaping(send)
            try:
                await self._app(scope, receive, reshaping.send)
            except Exception:  # the outermost handler logs it, and would answer in our shape
                if not reshaping.begun:
                    body = error_body(
                        500, "Something broke. The server's log says what; please report it.", "unexpected"
                    )
                    await JSONResponse(body, status_code=500)(scope, receive, send)
                raise
        else:
            await self._app(scope, receive, send)


class _Reshaping:
    """Holds a problem back until it is whole, and lets everything else through as it comes."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._problem: Message | None = None
        self._body = b""
        self.begun = False

    async def send(self, message: Message) -> None:
        self.begun = True
        if message["type"] == "http.response.start":
            if Headers(raw=message["headers"]).get("content-type", "").startswith(PROBLEM):
                self._problem = message
                return
        elif self._problem is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_reshaped(self._problem)
            return
        await self._send(message)

    async def _send_reshaped(self, start: Message) -> None:
        problem = json.loads(self._body)
        fault = (problem.get("errors") or [{}])[0]
        code = problem["type"].rpartition(":")[2].replace("-", "_")
        status = 400 if start["status"] == 422 else start["status"]
        body = json.dumps(error_body(status, problem["detail"], code, fault.get("field"))).encode()
        headers = MutableHeaders(raw=list(start["headers"]))
        headers["content-type"] = "application/json"
        headers["content-length"] = str(len(body))
        await self._send({**start, "status": status, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})
