"""What a provider's client raises becomes an LLMFailure, whose words tell a user what to do and hold no secret."""

import json
from collections.abc import Iterator, Mapping

import httpx

from qa.errors import LLMFailure

_REFUSALS = {
    400: "its server refuses the request (400)",
    401: "its server refuses the key (401); set FOOTNOTE_LLM_KEY",
    403: "its server forbids this with this key (403)",
    404: "its server does not know this model, or the address is wrong (404)",
    413: "its server finds the request too large (413)",
    422: "its server refuses the request (422)",
    429: "its server asks for fewer requests (429)",
}
_TIMED_OUT = (httpx.TimeoutException, TimeoutError)
_UNREACHABLE = (httpx.ConnectError, ConnectionRefusedError, ConnectionResetError)
_GARBLED = (json.JSONDecodeError, UnicodeDecodeError)


def failure_of(error: BaseException) -> LLMFailure:
    """Return the failure that an exception of any provider's client is."""
    causes = list(_causes(error))
    for cause in causes:
        status = getattr(cause, "status_code", None)
        if isinstance(status, int) and status >= 400:
            passing = status in {408, 409, 429} or status >= 500
            reason = _REFUSALS.get(status, f"its server fails ({status})")
            waits = (wait for one in causes if (wait := _retry_after(one)) is not None)
            return LLMFailure(reason, passing=passing, retry_after=next(waits, None), status=status)
    kinds = (
        (_TIMED_OUT, "its server was too slow"),
        (_UNREACHABLE, "its server cannot be reached; is it running, and is the address right?"),
        (_GARBLED, "its server sent what is no JSON"),
        ((httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError), "its answer broke off"),
    )
    for kind, reason in kinds:
        if any(isinstance(cause, kind) for cause in causes):
            return LLMFailure(reason, passing=kind is not _GARBLED)
    if any(isinstance(cause, ConnectionError) for cause in causes):
        return LLMFailure("its server cannot be reached; is it running, and is the address right?", passing=True)
    return LLMFailure(f"its client failed ({type(error).__name__})")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _retry_after(error: BaseException) -> float | None:
    """Return the seconds that a server asks for; a date, which the same header may hold, is not read."""
    headers = getattr(getattr(error, "response", None), "headers", None)
    if not isinstance(headers, Mapping):
        return None
    try:
        return max(0.0, float(headers.get("retry-after", "")))
    except ValueError:
        return None
