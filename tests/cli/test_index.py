"""`footnote index`."""

import os
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen

import pytest

from tests.cli.conftest import Footnote

QUESTION = "For how many days was the harbour closed by the storm?"


def test_it_says_how_many_articles_were_added(footnote: Footnote, corpus: Path):
    result = footnote("index", corpus, "--data", "data")
    assert result.status == 0
    assert "5 added" in result.out


def test_again_it_says_that_nothing_changed(footnote: Footnote, corpus: Path):
    footnote("index", corpus, "--data", "data")
    assert "5 unchanged" in footnote("index", corpus, "--data", "data").out


def test_it_says_what_changed(footnote: Footnote, indexed: Path, corpus: Path):
    (corpus / "bakery.txt").unlink()
    (corpus / "ferry.md").write_text("The ferry sank at its mooring on Monday.", encoding="utf-8")
    (corpus / "mill.txt").write_text("The mill of Oster grinds barley with two stones.", encoding="utf-8")
    out = footnote("index", corpus, "--data", indexed).out
    assert ["1 added" in out, "1 replaced" in out, "1 removed" in out, "3 unchanged" in out] == [True] * 4


def test_without_a_name_it_takes_the_folder_seeds_and_keeps_the_index_in_dot_footnote(
    footnote: Footnote, write_articles: Callable[[Path], Path], tmp_path: Path
):
    write_articles(tmp_path / "seeds")
    assert footnote("index").status == 0
    assert footnote("ask", QUESTION, "--data", tmp_path / ".footnote").status == 0


def test_it_writes_nothing_to_the_folder_of_articles(footnote: Footnote, corpus: Path):
    before = _snapshot(corpus)
    footnote("index", corpus, "--data", "data")
    footnote("ask", QUESTION, "--data", "data")
    footnote("doctor", "--corpus", corpus, "--data", "data")
    assert _snapshot(corpus) == before


def test_a_folder_that_is_missing_is_named(footnote: Footnote):
    result = footnote("index", "nowhere", "--data", "data")
    assert result.status == 1
    assert "nowhere" in result.err


def test_a_folder_that_is_missing_leaves_nothing_behind(footnote: Footnote, tmp_path: Path):
    footnote("index", "nowhere", "--data", "data")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_missing_costs_no_answer(footnote: Footnote, indexed: Path):
    footnote("index", "nowhere", "--data", indexed)
    assert "nine days" in footnote("ask", QUESTION, "--data", indexed).out


def test_a_file_in_place_of_the_folder_is_named(footnote: Footnote, corpus: Path):
    result = footnote("index", corpus / "ferry.md", "--data", "data")
    assert result.status == 1
    assert "ferry.md is a file" in result.err


def test_a_folder_without_articles_is_named(footnote: Footnote, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    result = footnote("index", "empty", "--data", "data")
    assert "empty" in result.said
    assert "no article" in result.said


def test_a_folder_without_articles_costs_no_answer(footnote: Footnote, indexed: Path, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    footnote("index", "empty", "--data", indexed)
    assert "nine days" in footnote("ask", QUESTION, "--data", indexed).out


UNREADABLE = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \r\n\t\n", "empty"),
    "mark.txt": (b"\xef\xbb\xbf", "empty"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 20, "binary"),
    "zeros.md": (bytes(5_000), "binary"),
    "cut.txt": ("The café".encode()[:-1], "UTF-8"),
    "korean.txt": ("서울에서 열린 회의".encode("euc-kr"), "UTF-8"),
    "odd.txt": ("\ufeffThe mayor".encode("utf-16-le") + b"\x00", "UTF-16"),
}


def test_files_that_cannot_be_read_are_named_with_the_reason(footnote: Footnote, corpus: Path):
    for name, (content, _) in UNREADABLE.items():
        (corpus / name).write_bytes(content)
    said = {
        line.split(":")[0].split()[-1]: line for line in footnote("index", corpus, "--data", "data").err.splitlines()
    }
    assert {name: reason for name, (_, reason) in UNREADABLE.items() if reason not in said.get(name, "")} == {}


def test_beside_files_that_cannot_be_read_the_rest_is_indexed(footnote: Footnote, corpus: Path):
    for name, (content, _) in UNREADABLE.items():
        (corpus / name).write_bytes(content)
    result = footnote("index", corpus, "--data", "data")
    assert result.status == 0
    assert "5 added" in result.out


def test_a_file_of_200_megabytes_is_named_with_the_limit_and_the_rest_is_indexed(footnote: Footnote, corpus: Path):
    (corpus / "dump.txt").touch()
    os.truncate(corpus / "dump.txt", 200_000_000)  # a hole: it takes no room on the disk
    result = footnote("index", corpus, "--data", "data")
    (line,) = [line for line in result.err.splitlines() if "dump.txt" in line]
    assert "200 MB" in line
    assert "20 MB" in line
    assert "5 added" in result.out


def test_a_file_whose_name_is_no_text_is_named_and_the_rest_is_indexed(footnote: Footnote, corpus: Path):
    (corpus / os.fsdecode(b"caf\xe9.txt")).write_text("The café in Sèvres closed.", encoding="utf-8")
    result = footnote("index", corpus, "--data", "data")
    assert "caf" in result.err
    assert "5 added" in result.out


def test_a_name_cannot_command_the_terminal(footnote: Footnote, corpus: Path):
    (corpus / "\x1b[2Jempty\n.txt").write_bytes(b"")
    result = footnote("index", corpus, "--data", "data")
    assert "empty" in result.err
    assert "\x1b" not in result.err


def test_a_link_that_leads_nowhere_is_no_error(footnote: Footnote, corpus: Path):
    (corpus / "gone.txt").symlink_to(corpus / "never-was.txt")
    result = footnote("index", corpus, "--data", "data")
    assert result.status == 0
    assert "5 added" in result.out


def test_a_loop_of_links_is_no_error(footnote: Footnote, corpus: Path):
    (corpus / "again").symlink_to(corpus)
    (corpus / "self.txt").symlink_to(corpus / "self.txt")
    result = footnote("index", corpus, "--data", "data")
    assert result.status == 0
    assert "5 added" in result.out


@pytest.mark.parametrize("data", ["taken", "taken/inside"])
def test_a_data_folder_that_cannot_be_made_is_named_with_the_remedy(
    footnote: Footnote, corpus: Path, tmp_path: Path, data: str
):
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    result = footnote("index", corpus, "--data", data)
    assert result.status == 1
    assert data in result.err
    assert "--data" in result.err


def test_a_data_folder_that_another_process_holds_is_refused_and_the_process_named(
    footnote: Footnote, corpus: Path, tmp_path: Path, held: Callable[..., "Popen[str]"]
):
    holder = held(tmp_path / "data")
    result = footnote("index", corpus, "--data", "data")
    assert result.status == 1
    assert f"process {holder.pid}" in result.err
    assert "--data" in result.err


def test_a_data_folder_whose_holder_was_killed_is_free(
    footnote: Footnote, corpus: Path, tmp_path: Path, held: Callable[..., "Popen[str]"]
):
    holder = held(tmp_path / "data")
    holder.kill()
    holder.wait()
    assert footnote("index", corpus, "--data", "data").status == 0


def test_a_command_lets_go_of_the_data_folder(footnote: Footnote, indexed: Path, held: Callable[..., "Popen[str]"]):
    footnote("ask", QUESTION, "--data", indexed)
    assert held(indexed).poll() is None


def test_a_catalogue_that_is_no_database_is_named_with_a_remedy(footnote: Footnote, indexed: Path, corpus: Path):
    for file in indexed.glob("catalogue*"):
        file.write_bytes(b"this is no database" * 500)
    result = footnote("index", corpus, "--data", indexed)
    assert result.status == 1
    assert "catalogue" in result.err
    assert "footnote index" in result.err or "emove" in result.err


def _snapshot(folder: Path) -> dict[str, tuple[object, ...]]:
    return {
        str(path): (path.stat().st_mtime_ns, path.stat().st_mode, path.read_bytes() if path.is_file() else None)
        for path in [folder, *folder.rglob("*")]
    }
