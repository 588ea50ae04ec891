"""`footnote doctor`: what is wrong, and what to do."""

from collections.abc import Callable
from pathlib import Path
from subprocess import Popen

import pytest

from index.embedding import MiniLMEmbedder
from tests.cli.conftest import Finished, Footnote

CHECKS = ("models", "articles", "index")


def test_when_all_is_well_every_check_is_ok(footnote: Footnote, corpus: Path, indexed: Path):
    result = footnote("doctor", "--corpus", corpus, "--data", indexed)
    assert result.status == 0
    assert [_found(result, check) for check in CHECKS] == ["ok"] * 3


def test_it_counts_the_articles_of_the_folder_and_of_the_index(footnote: Footnote, corpus: Path, indexed: Path):
    lines = footnote("doctor", "--corpus", corpus, "--data", indexed).out.splitlines()
    assert any("articles: 5 " in line for line in lines)
    assert any("index: 5 articles" in line for line in lines)


def test_a_folder_that_is_missing_is_wrong(footnote: Footnote, indexed: Path):
    result = footnote("doctor", "--corpus", "nowhere", "--data", indexed)
    assert result.status == 1
    assert _found(result, "articles") == "wrong"
    assert "nowhere" in result.said


def test_a_folder_without_articles_is_wrong(footnote: Footnote, indexed: Path, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    result = footnote("doctor", "--corpus", "empty", "--data", indexed)
    assert result.status == 1
    assert _found(result, "articles") == "wrong"


def test_a_file_that_cannot_be_read_is_named(footnote: Footnote, corpus: Path, indexed: Path):
    (corpus / "cut.txt").write_bytes("The café".encode()[:-1])
    result = footnote("doctor", "--corpus", corpus, "--data", indexed)
    assert result.status == 1
    assert "cut.txt" in result.said


def test_what_is_wrong_keeps_no_other_check_from_being_made(footnote: Footnote, indexed: Path):
    result = footnote("doctor", "--corpus", "nowhere", "--data", indexed)
    assert [_found(result, check) for check in CHECKS] == ["ok", "wrong", "ok"]


def test_without_an_index_it_says_how_to_make_one(footnote: Footnote, corpus: Path):
    result = footnote("doctor", "--corpus", corpus, "--data", "nowhere")
    assert result.status == 1
    assert _found(result, "index") == "wrong"
    assert "footnote index" in result.said


def test_without_an_index_it_makes_none(footnote: Footnote, corpus: Path, tmp_path: Path):
    footnote("doctor", "--corpus", corpus, "--data", "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_a_data_folder_that_another_process_holds_is_told(
    footnote: Footnote, corpus: Path, indexed: Path, held: Callable[..., "Popen[str]"]
):
    holder = held(indexed)
    assert f"process {holder.pid}" in footnote("doctor", "--corpus", corpus, "--data", indexed).said


def test_a_catalogue_that_is_no_database_is_wrong(footnote: Footnote, corpus: Path, indexed: Path):
    for file in indexed.glob("catalogue*"):
        file.write_bytes(b"this is no database" * 500)
    result = footnote("doctor", "--corpus", corpus, "--data", indexed)
    assert result.status == 1
    assert _found(result, "index") == "wrong"


def test_a_catalogue_that_is_no_database_is_not_answered_with_another_visit_to_the_doctor(
    footnote: Footnote, corpus: Path, indexed: Path
):
    for file in indexed.glob("catalogue*"):
        file.write_bytes(b"this is no database" * 500)
    assert "footnote doctor" not in footnote("doctor", "--corpus", corpus, "--data", indexed).said


@pytest.mark.parametrize("content", [None, b"no model"], ids=["missing", "damaged"])
def test_a_model_that_cannot_be_loaded_is_named_with_the_remedy(
    footnote: Footnote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
):
    model = tmp_path / "broken.onnx"
    if content:
        model.write_bytes(content)
    monkeypatch.setattr("cli.doctor.MiniLMEmbedder", lambda: MiniLMEmbedder(model))
    result = footnote("doctor")
    assert _found(result, "models") == "wrong"
    assert "broken.onnx" in result.said
    assert "Install Footnote again" in result.said


def _found(result: Finished, check: str) -> str:
    """The verdict on a check: "wrong" when any of its lines says so."""
    verdicts = {line.split()[0] for line in result.out.splitlines() if line.split()[1:2] == [f"{check}:"]}
    assert verdicts, result.out
    return "wrong" if "wrong" in verdicts else verdicts.pop()
