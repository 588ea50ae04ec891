"""Progress on standard error, shown when something takes longer than a second and somebody is looking."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from index.records import SyncProgress

_SHOWN_AFTER_SECONDS = 1.0


@contextmanager
def sync_progress() -> Iterator[Callable[[SyncProgress], None]]:
    """Yield what a sync reports its progress to."""
    console = Console(stderr=True)
    begun = time.monotonic()
    told = TextColumn("articles, {task.fields[passages]:,} passages")
    columns = (TextColumn("Indexing"), BarColumn(), MofNCompleteColumn(), told, TimeRemainingColumn())
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    task = bar.add_task("Indexing", total=None, passages=0)

    def show(progress: SyncProgress) -> None:
        if not bar.live.is_started and time.monotonic() - begun > _SHOWN_AFTER_SECONDS:
            bar.start()
        bar.update(task, completed=progress.done, total=progress.total, passages=progress.embedded)

    try:
        yield show
    finally:
        bar.stop()
