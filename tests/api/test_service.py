"""The running parts behind the routes, over a long time."""

import threading
from collections.abc import Callable
from pathlib import Path

from api.service import Parts


def test_threads_that_have_ended_leave_no_file_open(open_parts: Callable[[Path], Parts], corpus: Path):
    # The web server drops its threads when it is idle and starts others when it is not.
    parts = open_parts(corpus)
    _in_threads_of_their_own(2, parts.catalogue.articles)
    before = _open_files()
    _in_threads_of_their_own(10, parts.catalogue.articles)
    assert _open_files() <= before + 2


def _open_files() -> int:
    return len(list(Path("/dev/fd").iterdir()))


def _in_threads_of_their_own(number: int, work: Callable[[], object]) -> None:
    for _ in range(number):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
