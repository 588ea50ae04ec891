"""A service that is stopped does not wait for a long sync."""

import threading
from collections.abc import Callable

from api.service import Parts, Service
from index.records import SyncProgress, SyncReport


def test_stopping_breaks_off_a_sync_under_way_and_closes_the_parts():
    begun = threading.Event()
    closed = threading.Event()

    def endless_sync(on_progress: Callable[[SyncProgress], None]) -> SyncReport:
        while True:
            on_progress(SyncProgress(1, 2, 0))
            begun.set()

    nothing = object()
    parts = Parts(nothing, nothing, nothing, endless_sync, closed.set)  # type: ignore[arg-type]
    failures: list[Exception] = []
    service = Service(lambda: parts, failures.append)
    service.start()
    begun.wait()
    stopping = threading.Thread(target=service.stop, daemon=True)
    stopping.start()
    stopping.join(timeout=20)
    assert not stopping.is_alive()
    assert closed.is_set()
    assert failures == []
