"""Sync whenever a file in the corpus changes."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from watchfiles import watch

from api.errors import NotReady, SyncRunning
from cli.wording import left_out, summary
from index.errors import IndexingError
from index.records import SyncReport

log = logging.getLogger(__name__)

_RETRY_SECONDS = 1.0


class Watcher:
    """Calls `sync` after each burst of changes in `folder`, for as long as the context is open."""

    def __init__(self, folder: Path, sync: Callable[[], SyncReport]) -> None:
        self._folder = folder
        self._sync = sync
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        for _ in watch(self._folder, stop_event=self._stopped, raise_interrupt=False):
            self._sync_once()

    def _sync_once(self) -> None:
        while not self._stopped.is_set():
            try:
                report = self._sync()
            except (NotReady, SyncRunning):  # what changed is not in the sync under way, or may not be: go again
                self._stopped.wait(_RETRY_SECONDS)
                continue
            except IndexingError as error:
                log.warning("the folder changed, but could not be synced: %s", error)
                return
            log.info("the folder changed: %s", summary(report))
            for line in left_out(report):
                log.warning("%s", line)
            return
