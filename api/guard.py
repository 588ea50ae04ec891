"""Who is let in: the checks that come before any route."""

import ipaddress
from urllib.parse import urlsplit

from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import problem
from api.limits import RateLimit
from api.policy import Policy

MAX_BODY_BYTES = 2_000_000  # a question with 50 earlier messages of the greatest length, each letter two bytes
UPLOADS = "/api/articles"
_FORM_BYTES = 10_000  # what a form adds to the file that it holds
_OPEN = {"/", "/healthz", "/readyz", "/openapi.json"}  # and the page's files; whatever else there is needs a key
_READS = {"GET", "HEAD", "OPTIONS"}


class Guard:
    """Refuses what the policy does not let in. Pure ASGI, so that streams pass as they come."""

    def __init__(self, app: ASGIApp, policy: Policy) -> None:
        self._app = app
        self._policy = policy
        self._rate = RateLimit(policy.rate_per_minute)
        self._uploads = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it with a problem."""
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        if refusal or not is_upload(scope):
            await (refusal or self._app)(scope, receive, send)
            return
        if self._uploads >= self._policy.uploads:  # before a byte of it is received, and kept on the disk
            detail = f"{self._uploads} files are being taken. Send this one again in a moment."
            await problem(503, "busy", "Too many files are being taken", detail)(scope, receive, send)
            return
        self._uploads += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._uploads -= 1

    def _refusal(self, scope: Scope) -> JSONResponse | None:
        headers = Headers(scope=scope)
        wrong = self._wrong_host(headers) or self._wrong_origin(scope["method"], headers)
        if not wrong and not is_open(scope["path"]):
            wrong = self._wrong_caller(scope, headers)
        return wrong or self._wrong_body(scope, headers)

    def _wrong_host(self, headers: Headers) -> JSONResponse | None:
        # A page of another host may have its name resolve to this machine, and would then count as our own.
        name = _host_name(headers)
        if not self._policy.hosts or name in self._policy.hosts or (self._policy.figures and _is_in_figures(name)):
            return None
        known = ", ".join(self._policy.hosts)
        detail = (
            f"This server does not go by the name in the header Host. It goes by: {known}. FOOTNOTE_ADDRESS adds one."
        )
        return problem(421, "unknown-host", "The server has another name", detail)

    def _wrong_origin(self, method: str, headers: Headers) -> JSONResponse | None:
        # A page of another site may send forms to this machine without asking; it is only kept from the reply.
        origin = headers.get("origin")
        if origin is None or method in _READS or headers.get("sec-fetch-site") == "same-origin":
            return None
        if origin.partition("://")[2].lower() == headers.get("host", "").lower():
            return None
        if {origin, "*"} & set(self._policy.cors_origins):
            return None
        detail = "Pages of other sites may not change anything here. FOOTNOTE_CORS_ORIGINS names those that may."
        return problem(403, "cross-site", "The request comes from another site", detail)

    def _wrong_caller(self, scope: Scope, headers: Headers) -> JSONResponse | None:
        sent = headers.get("authorization")
        owner = self._policy.keys.owner(sent)
        address = scope["client"][0] if scope.get("client") else "unknown"
        # Who guesses keys is slowed down too.
        if seconds := self._rate.seconds_to_wait(owner or address):
            detail = f"{self._policy.rate_per_minute} requests a minute are let in. Ask again in {seconds} seconds."
            return problem(429, "too-many-requests", "Too many requests", detail, retry_after=seconds)
        if owner or not self._policy.keys.digests:
            return None
        detail = "The API key is not known here." if sent else "Send an API key: Authorization: Bearer KEY."
        refusal = problem(401, "unauthorized", "An API key is needed", detail)
        refusal.headers["WWW-Authenticate"] = "Bearer"
        return refusal

    def _wrong_body(self, scope: Scope, headers: Headers) -> JSONResponse | None:
        # FastAPI's own limit on bodies answers in plain text.
        if "transfer-encoding" in headers:
            detail = "The body was sent without its length. Send it with a content-length header."
            return problem(411, "length-required", "The body's length is not declared", detail)
        size = headers.get("content-length", "")
        most = self._policy.max_upload_bytes + _FORM_BYTES if is_upload(scope) else MAX_BODY_BYTES
        if size.isdecimal() and int(size) > most:
            detail = f"The body has {int(size):,} bytes; {most:,} are read."
            return problem(413, "body-too-large", "The body is too large", detail)
        return None


def is_upload(scope: Scope) -> bool:
    """Tell whether a request brings a file."""
    return bool(scope["type"] == "http" and scope["method"] == "POST" and scope["path"] == UPLOADS)


def is_open(path: str) -> bool:
    """Tell whether this path needs no key, whatever the policy."""
    return path in _OPEN or path.startswith("/static/")


def _is_in_figures(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _host_name(headers: Headers) -> str:
    try:
        return urlsplit(f"//{headers.get('host', '')}").hostname or ""
    except ValueError:  # brackets without an address
        return ""
