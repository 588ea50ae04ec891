"""When the disk is full, a sync fails with words, and completes once there is room."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.index.parts import open_index

# From too little for the catalogue's first page to nearly enough for all: each stops another write.
LIMITS = [1_000, 8_000, 40_000, 70_000, 100_000, 150_000, 200_000, 260_000, 330_000, 420_000]


def write_articles(folder: Path, count: int, word: str) -> None:
    for number in range(count):
        text = "\n".join(f"{word} story {number} line {line} of the {word}." for line in range(40))
        (folder / f"{word}{number:02}.txt").write_text(text, encoding="utf-8")


@pytest.mark.slow
def test_a_full_disk_at_any_write_loses_nothing_and_the_next_sync_completes(tmp_path: Path):
    folder, data = tmp_path / "articles", tmp_path / "data"
    folder.mkdir()
    write_articles(folder, 4, "harbour")
    index = open_index(data, folder)
    index.sync()
    acknowledged = index.indexed()
    index.close()
    write_articles(folder, 12, "glacier")
    refused = 0
    for limit in LIMITS:
        command = [sys.executable, "-m", "tests.index.sync_with_little_room", str(data), str(folder), str(limit)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode in {0, 3}, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        refused += done.returncode == 3
        index = open_index(data, folder)
        index.assert_whole()
        assert acknowledged.items() <= index.indexed().items()
        index.close()
    assert refused >= 3
    index = open_index(data, folder)
    index.sync()
    assert len(index.indexed()) == 16
    index.assert_whole()
    index.close()
