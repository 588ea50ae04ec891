"""Room is kept beside an index, so that what is in it can be read when the disk is full."""

import threading
from pathlib import Path

import pytest

from index import room
from index.catalogue import Catalogue
from index.ownership import Ownership


def test_it_is_kept_where_there_is_plenty_and_given_up_when_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    room.keep_reserve(tmp_path)
    assert (tmp_path / "reserve").stat().st_size == 4_000_000
    Ownership(tmp_path).release()
    assert (tmp_path / "reserve").exists()
    monkeypatch.setattr("index.ownership.is_full", lambda _folder: True)
    Ownership(tmp_path).release()
    assert not (tmp_path / "reserve").exists()


def test_where_there_is_little_none_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(room, "_PLENTY", 10**18)
    room.keep_reserve(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_files_that_a_reader_needs_stay_when_no_thread_reads(tmp_path: Path):
    catalogue = Catalogue(tmp_path / "catalogue.sqlite3", "m")
    reader = threading.Thread(target=catalogue.counts)
    reader.start()
    reader.join()
    catalogue._database._local = threading.local()  # this thread lets go as well
    assert (tmp_path / "catalogue.sqlite3-shm").exists()
    catalogue.close()
    assert not (tmp_path / "catalogue.sqlite3-shm").exists()
