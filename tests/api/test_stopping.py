"""A service that is stopped does not wait for a long sync."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from api.errors import NotReady
from api.service import OnProgress, Parts, Service
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


def test_an_upload_under_way_is_broken_off_and_leaves_nothing(
    open_parts: Callable[[Path], Parts], corpus: Path, tmp_path: Path
):
    parts = open_parts(corpus)
    ready, begun = threading.Event(), threading.Event()

    def endless_from_the_second_on(on_progress: OnProgress) -> SyncReport:
        if not ready.is_set():
            ready.set()
            return SyncReport()
        while True:
            begun.set()
            on_progress(SyncProgress(1, 2, 0))

    service = Service(lambda: replace(parts, sync=endless_from_the_second_on, close=lambda: None))
    service.start()
    while service.readiness.status != "ready":
        assert ready.wait(20)

    def break_off_once_begun() -> None:
        assert begun.wait(20)
        service.break_off()

    threading.Thread(target=break_off_once_begun).start()
    with pytest.raises(NotReady, match="stopping"):
        service.add_upload("mill.txt", b"The mill of Oster grinds barley.")
    assert list((tmp_path / "data" / "uploads").iterdir()) == []
    service.stop()
