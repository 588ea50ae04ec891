"""The progress bar of a sync."""

import time

import pytest

from cli.progress import sync_progress
from index.records import SyncProgress


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody is looking."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")


def test_a_sync_of_more_than_a_second_shows_how_far_it_is(terminal: None, capsys: pytest.CaptureFixture[str]):
    with sync_progress() as show:
        time.sleep(1.1)
        show(SyncProgress(2, 5, 40))
        time.sleep(0.3)
    shown = capsys.readouterr().err
    assert "2/5" in shown
    assert "40 passages" in shown


def test_a_quick_sync_shows_nothing(terminal: None, capsys: pytest.CaptureFixture[str]):
    with sync_progress() as show:
        show(SyncProgress(2, 5, 40))
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Indexing" not in printed.err


def test_where_nobody_looks_nothing_is_shown(capsys: pytest.CaptureFixture[str]):
    with sync_progress() as show:
        time.sleep(1.1)
        show(SyncProgress(2, 5, 40))
    printed = capsys.readouterr()
    assert printed.out + printed.err == ""
