"""Asking a language model within a time: retries with back-off, a deadline, a breaker that spares a dead server."""

import gc
import math
import queue
import re
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from llama_index.core.base.llms.types import ChatMessage, ChatResponse

from qa.errors import LLMFailure
from qa.llm_errors import failure_of
from qa.llms import ChatModel

_ENDED_WELL = {"stop", "end_turn", "stop_sequence", "load", "eos"}
_CUT = {"length", "max_tokens"}
_REFUSED = {400, 422}  # what a server that takes no schema answers to one
_A_REASON = re.compile("[a-z_]{1,30}")
MAX_CHARACTERS = 8_000  # of an answer of 700 tokens; a server that ignores the limit is cut off here


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a model is waited for, in seconds, and how often it is asked again.

    `total` is for everything, retries included; `stall` for the next words once there were some. After `failures` in a
    row the model is left alone for `rest` seconds, then one question tries it again.
    """

    total: float = 60.0
    stall: float = 15.0
    retries: int = 2
    back_off: float = 0.5  # before the first retry, then twice as long each time
    failures: int = 3
    rest: float = 30.0


@dataclass(slots=True)
class Reply:
    """What one call said, besides its words: how many tokens went in and came out, where the server counts them."""

    tokens: dict[str, int] = field(default_factory=dict)


class LLMCaller:
    """Asks one model. Safe to share between threads."""

    def __init__(self, model: ChatModel, patience: Patience = Patience()) -> None:
        self.model = model
        self._patience = patience
        self._breaker = _Breaker(patience.failures, patience.rest)
        self._takes_a_schema = model.schema_arguments is not None

    @property
    def takes_a_schema(self) -> bool:
        """Whether the model is held to a schema: until its server refuses one."""
        return self._takes_a_schema

    def stream(
        self,
        messages: Sequence[ChatMessage],
        reply: Reply,
        schema: Mapping[str, Any] | None = None,
        within: float = math.inf,
    ) -> Iterator[str]:
        """Yield what the model writes, as it comes, for at most `within` seconds.

        Raises LLMFailure when it cannot be reached, refuses, is slow or breaks off; what was yielded until then stands.
        """
        deadline = time.monotonic() + min(within, self._patience.total)
        self._breaker.check()
        attempt = 0
        while True:
            begun = False
            held = schema if self._takes_a_schema else None  # another question may have it refused meanwhile
            try:
                for delta in self._attempt(messages, reply, held, deadline):
                    begun = True
                    yield delta
            except GeneratorExit:  # who listens has heard enough
                self._breaker.note_success()
                raise
            except LLMFailure as failure:
                if held and not begun and failure.status in _REFUSED:
                    self._takes_a_schema = False  # and it is asked in words from now on
                    continue
                wait = self._wait(failure, attempt, begun=begun, deadline=deadline)
                if wait is None:
                    if within >= self._patience.total or time.monotonic() < deadline:
                        self._breaker.note_failure()  # a server that was given little time need not be dead
                    raise
                attempt += 1
                time.sleep(wait)
            else:
                self._breaker.note_success()
                return

    def _wait(self, failure: LLMFailure, attempt: int, *, begun: bool, deadline: float) -> float | None:
        """Return how long to wait before asking again, or None where that would be of no use."""
        if begun or not failure.passing or attempt >= self._patience.retries:
            return None
        wait = max(self._patience.back_off * 2**attempt, failure.retry_after or 0.0)
        return wait if time.monotonic() + wait < deadline else None

    def _attempt(
        self, messages: Sequence[ChatMessage], reply: Reply, schema: Mapping[str, Any] | None, deadline: float
    ) -> Iterator[str]:
        arguments: dict[str, Any] = {}
        if schema and self.model.schema_arguments:
            arguments = self.model.schema_arguments(schema)
        listener = _Listener(self.model, messages, arguments)
        ended, size = None, 0
        try:
            while (response := listener.next(self._seconds_left(deadline, begun=size > 0), deadline)) is not None:
                ended = str(self.model.ended(response) or "") or ended
                reply.tokens.update(_tokens(response))
                delta = response.delta or ""
                size += len(delta)
                if size > MAX_CHARACTERS:
                    raise LLMFailure(f"it wrote more than {MAX_CHARACTERS:,} characters")
                if delta:
                    yield delta
        finally:
            listener.stop()
        if ended in _CUT:
            raise LLMFailure("its answer was cut at the limit of tokens")
        if ended is None:
            raise LLMFailure("its answer broke off", passing=size == 0)
        if ended not in _ENDED_WELL:
            known = f" ({ended})" if _A_REASON.fullmatch(ended) else ""  # its own words are for nobody to read
            raise LLMFailure(f"its answer ended early{known}")

    def _seconds_left(self, deadline: float, *, begun: bool) -> float:
        left = deadline - time.monotonic()
        return min(left, self._patience.stall) if begun else left


class _Listener:
    """Reads a response in a thread of its own, so that the reader of it need not wait longer than it wants.

    When it has been stopped, the thread ends with the next word, or with the client's own time limit for a read.
    """

    def __init__(self, model: ChatModel, messages: Sequence[ChatMessage], arguments: Mapping[str, Any]) -> None:
        self._heard: queue.SimpleQueue[ChatResponse | LLMFailure | None] = queue.SimpleQueue()
        self._stopped = threading.Event()
        self._call = (model, list(messages), dict(arguments))
        threading.Thread(target=self._listen, name="llm", daemon=True).start()

    def next(self, seconds: float, deadline: float) -> ChatResponse | None:
        """Return the next part of the response, None at its end. Raises LLMFailure when none comes in `seconds`."""
        if seconds <= 0:
            raise LLMFailure("its time was up")
        try:
            heard = self._heard.get(timeout=seconds)
        except queue.Empty:
            late = time.monotonic() >= deadline
            raise LLMFailure("its time was up" if late else f"it fell silent for {seconds:.0f} seconds") from None
        if isinstance(heard, LLMFailure):
            raise heard
        return heard

    def stop(self) -> None:
        self._stopped.set()

    def _listen(self) -> None:
        model, messages, arguments = self._call
        try:
            responses = model.llm.stream_chat(messages, **arguments)
            for response in responses:
                if self._stopped.is_set():
                    responses.close()
                    del responses, response
                    gc.collect()
                    return
                self._heard.put(response)
        except Exception as error:  # noqa: BLE001 - whatever a client raises is a failure of the model, and is told of
            self._heard.put(failure_of(error))
        else:
            self._heard.put(None)


class _Breaker:
    """Counts failures in a row that are the server's; when there were too many, says so instead of asking."""

    def __init__(self, failures: int, rest: float) -> None:
        self._most, self._rest = failures, rest
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_again_at = 0.0

    def check(self) -> None:
        with self._lock:
            left = self._closed_again_at - time.monotonic()
            if self._failures >= self._most:
                if left > 0:
                    raise LLMFailure(
                        f"it failed {self._failures} times in a row and is left alone for {left:.0f} s more"
                    )
                self._closed_again_at = time.monotonic() + self._rest  # this question tries it, others wait for that

    def note_failure(self) -> None:
        with self._lock:
            self._failures += 1
            self._closed_again_at = time.monotonic() + self._rest

    def note_success(self) -> None:
        with self._lock:
            self._failures = 0


def _tokens(response: ChatResponse) -> dict[str, int]:
    """Return the counts that a provider reports, under the names that most use."""
    found = dict(response.additional_kwargs)
    for holder in (response.message.additional_kwargs, response.raw):
        usage = holder.get("usage") if isinstance(holder, dict) else None
        found |= usage if isinstance(usage, dict) else {}
    names = {"prompt_tokens": "prompt", "input_tokens": "prompt", "completion_tokens": "completion"}
    names["output_tokens"] = "completion"
    counts = {name: found.get(given) for given, name in names.items() if given in found}
    return {name: count for name, count in counts.items() if type(count) is int and count >= 0}
