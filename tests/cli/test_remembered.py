"""An index keeps to the folder of articles that it was made of; nothing takes these out without being told to."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Footnote

QUESTION = "For how many days was the harbour closed by the storm?"


@pytest.fixture
def other(tmp_path: Path, write_articles: Callable[[Path], Path]) -> Path:
    """Another folder, which the index was not made of; as `seeds`, it is what is taken where nothing is named."""
    return write_articles(tmp_path / "seeds")


def test_without_a_name_the_index_is_brought_up_to_date_from_its_own_folder(
    footnote: Footnote, corpus: Path, other: Path
):
    footnote("index", corpus, "--data", "data")
    (corpus / "mill.txt").write_text("The mill of Oster grinds barley with two stones.", encoding="utf-8")
    result = footnote("index", "--data", "data")
    assert result.out == f"{corpus}: 1 added, 5 unchanged (1 passages embedded)\n"


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize("command", ["index", "serve"])
def test_another_folder_is_refused_and_costs_no_answer(footnote: Footnote, corpus: Path, other: Path, command: str):
    footnote("index", corpus, "--data", "data")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    named = ["--corpus", other, "--port", str(port)] if command == "serve" else [other]
    result = footnote(command, *named, "--data", "data")
    assert result.status == 1
    assert f"was made of {corpus}" in result.err
    assert "--replace" in result.err
    assert "nine days" in footnote("ask", QUESTION, "--data", "data").out


@pytest.mark.parametrize("consent", ["--replace", "--rebuild"])
def test_it_takes_the_place_of_the_first_where_it_is_told_to(
    footnote: Footnote, corpus: Path, tmp_path: Path, consent: str
):
    footnote("index", corpus, "--data", "data")
    mills = tmp_path / "mills"
    mills.mkdir()
    (mills / "mill.txt").write_text("The mill of Oster grinds barley with two stones.", encoding="utf-8")
    assert footnote("index", mills, "--data", "data", consent).status == 0
    assert "two stones" in footnote("ask", "With what does the mill of Oster grind?", "--data", "data").out
    assert footnote("index", "--data", "data").out.startswith(f"{mills}: 1 unchanged")


def test_a_folder_that_is_gone_is_named(footnote: Footnote, corpus: Path, other: Path):
    footnote("index", corpus, "--data", "data")
    corpus.rename(corpus.with_name("elsewhere"))
    result = footnote("index", "--data", "data")
    assert result.status == 1
    assert f"was made of {corpus}, which is not there" in result.err
    moved = footnote("index", corpus.with_name("elsewhere"), "--data", "data", "--replace")
    assert "5 unchanged" in moved.out


def test_an_index_that_does_not_say_is_not_given_the_usual_folder(footnote: Footnote, indexed: Path, other: Path):
    result = footnote("index", "--data", indexed)
    assert result.status == 1
    assert "Name that folder of articles" in result.err


def test_the_doctor_looks_at_the_folder_of_the_index(footnote: Footnote, corpus: Path, other: Path):
    footnote("index", corpus, "--data", "data")
    assert f"5 in {corpus}, all readable" in footnote("doctor", "--data", "data").out
    assert f"was made of {corpus}, not of {other}" in footnote("doctor", "--corpus", other, "--data", "data").out
