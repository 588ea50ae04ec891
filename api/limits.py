"""How much is let in: questions at work at once, and requests a minute."""

import math
import random
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from anyio import Semaphore, fail_after

from api.errors import Busy

_WINDOW_SECONDS = 60.0


class Gate:
    """Lets `concurrency` questions work at once; `queue` more wait their turn, first come first served.

    Who waited `queue_seconds` in vain is refused, as is at once who finds the queue full.
    """

    def __init__(self, concurrency: int, queue: int, queue_seconds: float) -> None:
        self._concurrency, self._queue, self._queue_seconds = concurrency, queue, queue_seconds
        self._slots = Semaphore(concurrency, max_value=concurrency)

    @property
    def at_work(self) -> int:
        """How many questions are at work."""
        return self._concurrency - self._slots.value

    @property
    def waiting(self) -> int:
        """How many questions wait their turn."""
        return self._slots.statistics().tasks_waiting

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Hold a slot for as long as the context is open. Raises Busy when none comes free in time."""
        if self._slots.value == 0 and self.waiting >= self._queue:
            raise _busy(f"Questions at work: {self.at_work}, waiting: {self.waiting}.")
        try:
            with fail_after(self._queue_seconds):
                await self._slots.acquire()
        except TimeoutError:
            raise _busy(f"No turn came within {self._queue_seconds:g} seconds.") from None
        try:
            yield
        finally:
            self._slots.release()


def _busy(reason: str) -> Busy:
    # Those who are refused together must not come back together, or the same ones would be refused again.
    seconds = random.randint(1, 5)  # noqa: S311 - no secret
    return Busy(f"{reason} Ask again in {seconds} seconds.", seconds)


class RateLimit:
    """Lets a caller make `per_minute` requests within any 60 seconds; 0 stands for any number.

    `clock` never goes back: by the clock on the wall, setting it back would lock everybody out until then.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._let_in: dict[str, deque[float]] = {}
        self._swept = clock()

    def seconds_to_wait(self, caller: str) -> int:
        """Count a request of `caller`; return 0 if it is let in, else after how many seconds the next one will be."""
        if not self._per_minute:
            return 0
        now = self._clock()
        self._sweep(now)
        times = self._let_in.setdefault(caller, deque())
        while times and times[0] <= now - _WINDOW_SECONDS:
            times.popleft()
        if len(times) >= self._per_minute:
            return max(1, math.ceil(times[0] + _WINDOW_SECONDS - now))
        times.append(now)
        return 0

    def _sweep(self, now: float) -> None:
        """Forget who has not come for a while: whoever guesses keys may do so from any number of addresses."""
        if now - self._swept > _WINDOW_SECONDS:
            self._swept = now
            gone = [caller for caller, times in self._let_in.items() if times[-1] <= now - _WINDOW_SECONDS]
            for caller in gone:
                del self._let_in[caller]
