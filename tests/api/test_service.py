"""The running parts behind the routes, over a long time."""

import threading
from collections.abc import Callable
from pathlib import Path

from api.service import Parts
from index.records import SyncProgress


def test_threads_that_have_ended_leave_no_file_open(open_parts: Callable[[Path], Parts], corpus: Path):
    # The web server drops its threads when it is idle and starts others when it is not.
    parts = open_parts(corpus)
    _in_threads_of_their_own(2, parts.catalogue.articles)
    before = _open_files()
    _in_threads_of_their_own(10, parts.catalogue.articles)
    assert _open_files() <= before + 2


def test_a_sync_tells_how_far_it_is_while_it_embeds(open_parts: Callable[[Path], Parts], corpus: Path):
    # What shows a bar, and what ends a sync when the server is told to end, hears of nothing else.
    for number in range(15):
        text = " ".join(f"Witness {number} of the trial spoke for {hour} hours about the fire." for hour in range(12))
        (corpus / f"{number}.txt").write_text(text, encoding="utf-8")
    told: list[SyncProgress] = []
    report = open_parts(corpus).sync(told.append)
    assert [progress for progress in told if 0 < progress.embedded < report.embedded]


def _open_files() -> int:
    return len(list(Path("/dev/fd").iterdir()))


def _in_threads_of_their_own(number: int, work: Callable[[], object]) -> None:
    for _ in range(number):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
