"""One process owns a data folder; the next one is told who."""

import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import DataFolderError, DataFolderInUse
from index.ownership import Ownership, current_owner

HOLD = """
import sys, time
from pathlib import Path
from index.ownership import Ownership
owned = Ownership(Path(sys.argv[1]), "http://127.0.0.1:1234", Path("articles"))
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path: Path):
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path / "data")], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_another_process_is_refused_and_told_who_holds_the_folder(tmp_path: Path, holder: subprocess.Popen[str]):
    with pytest.raises(DataFolderInUse, match=rf"process {holder.pid}, which serves http://127.0.0.1:1234") as refused:
        Ownership(tmp_path / "data")
    assert refused.value.address == "http://127.0.0.1:1234"
    assert refused.value.corpus == str(Path("articles").resolve())


def test_a_lock_that_a_killed_process_left_is_taken_over(tmp_path: Path, holder: subprocess.Popen[str]):
    holder.kill()
    holder.wait()
    with Ownership(tmp_path / "data"):
        owner = current_owner(tmp_path / "data")
        assert owner is not None
        assert owner.address is None


def test_a_released_folder_can_be_owned_again(tmp_path: Path):
    Ownership(tmp_path / "data").release()
    Ownership(tmp_path / "data").release()


def test_nothing_is_said_about_an_owner_after_release(tmp_path: Path):
    Ownership(tmp_path / "data").release()
    assert current_owner(tmp_path / "data") is None


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DataFolderError, match=r"file/data cannot be written: .*--data"):
        Ownership(tmp_path / "file" / "data")


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"pid": "x", "address": null, "corpus": null}'])
def test_a_damaged_note_about_the_owner_is_no_obstacle(tmp_path: Path, content: str):
    (tmp_path / "owner.json").write_text(content)
    assert current_owner(tmp_path) is None
