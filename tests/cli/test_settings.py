"""Options, the environment and defaults."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cli.settings import Settings
from tests.cli.conftest import Footnote


def test_the_defaults_are_those_of_the_readme():
    settings = Settings()
    assert settings.corpus == Path("seeds")
    assert settings.data == Path(".footnote")
    assert settings.host == "127.0.0.1"
    assert settings.port == 8000


def test_the_environment_decides_where_no_option_does(
    footnote: Footnote, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("FOOTNOTE_CORPUS", str(corpus))
    monkeypatch.setenv("FOOTNOTE_DATA", str(tmp_path / "elsewhere"))
    assert "5 added" in footnote("index").out
    assert (tmp_path / "elsewhere").is_dir()


def test_an_option_wins_over_the_environment(
    footnote: Footnote, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("FOOTNOTE_CORPUS", "nowhere")
    monkeypatch.setenv("FOOTNOTE_DATA", str(tmp_path / "elsewhere"))
    assert "5 added" in footnote("index", corpus, "--data", tmp_path / "here").out
    assert (tmp_path / "here").is_dir()
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("port", ["eighty", "0", "-1", "65536", "80.5"])
def test_a_port_that_is_none_is_refused_and_its_variable_named(
    footnote: Footnote, corpus: Path, monkeypatch: pytest.MonkeyPatch, port: str
):
    monkeypatch.setenv("FOOTNOTE_PORT", port)
    result = footnote("serve", "--corpus", corpus, "--data", "data")
    assert result.status == 2
    assert "FOOTNOTE_" in result.said
    assert "port" in result.said.lower()


@pytest.mark.parametrize("port", ["eighty", "0", "65536"])
def test_a_port_that_is_none_is_refused_as_an_option_too(footnote: Footnote, corpus: Path, port: str):
    result = footnote("serve", "--corpus", corpus, "--data", "data", "--port", port)
    assert result.status == 2
    assert "port" in result.said.lower()


@pytest.mark.parametrize("command", ["index", "serve", "doctor"])
def test_a_refused_setting_changes_nothing(
    footnote: Footnote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
):
    monkeypatch.setenv("FOOTNOTE_PORT", "eighty")
    assert footnote(command).status == 2
    assert list(tmp_path.iterdir()) == []


def test_an_empty_variable_is_as_good_as_none(
    footnote: Footnote, write_articles: Callable[[Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    write_articles(tmp_path / "seeds")
    for name in ("FOOTNOTE_CORPUS", "FOOTNOTE_DATA", "FOOTNOTE_HOST", "FOOTNOTE_PORT"):
        monkeypatch.setenv(name, "")
    assert "5 added" in footnote("index").said
    assert {path.name for path in tmp_path.iterdir()} == {"seeds", ".footnote"}


@pytest.mark.parametrize("option", [["--data", ""], ["", "--data", "data"]], ids=["data", "folder"])
def test_an_empty_option_does_not_mean_the_folder_one_is_in(
    footnote: Footnote, write_articles: Callable[[Path], Path], tmp_path: Path, option: list[str]
):
    write_articles(tmp_path / "seeds")
    assert footnote("index", *option).status != 0
    assert {path.name for path in tmp_path.iterdir()} == {"seeds"}


@pytest.mark.parametrize("arguments", [["nonsense"], ["ask"], ["ask", "one", "two"], ["index", "--nonsense"]])
def test_a_command_that_nobody_knows_is_refused(footnote: Footnote, arguments: list[str]):
    assert footnote(*arguments).status == 2
