"""Options, the environment and defaults."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

from cli.settings import Settings
from tests.cli.conftest import Footnote


def test_the_defaults_are_those_of_the_readme():
    settings = Settings()
    assert settings.corpus == Path("seeds")
    assert settings.data == Path(".footnote")
    assert settings.host == "127.0.0.1"
    assert settings.port == 8000
    assert Settings.model_fields["threads"].default == 0  # the tests have it set


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


@pytest.mark.parametrize("threads", ["two", "-1", "1025"])
def test_a_number_of_threads_that_is_none_is_refused(
    footnote: Footnote, corpus: Path, monkeypatch: pytest.MonkeyPatch, threads: str
):
    monkeypatch.setenv("FOOTNOTE_THREADS", threads)
    result = footnote("index", corpus, "--data", "data")
    assert result.status == 2
    assert "threads" in result.said.lower()


@pytest.mark.parametrize("port", ["eighty", "0", "65536"])
def test_a_port_that_is_none_is_refused_as_an_option_too(footnote: Footnote, corpus: Path, port: str):
    result = footnote("serve", "--corpus", corpus, "--data", "data", "--port", port)
    assert result.status == 2
    assert "port" in result.said.lower()


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("FOOTNOTE_API_KEYS", "tooshort", "api_keys: Value error, a key has fewer than 16 letters"),
        ("FOOTNOTE_API_KEYS", "a-key-that-is-long-enough, tooshort", "a key has fewer than 16 letters"),
        ("FOOTNOTE_API_KEYS", "a-këy-that-is-long-enough", "a key has letters that a header cannot carry"),
        ("FOOTNOTE_CORS_ORIGINS", "desk.example", '"desk.example" is no origin, such as https://example.org'),
        ("FOOTNOTE_CORS_ORIGINS", "https://desk.example/", '"https://desk.example/" is no origin'),
        ("FOOTNOTE_MAX_UPLOAD_MB", "0", "max_upload_mb"),
        ("FOOTNOTE_READING_SECONDS", "0", "reading_seconds"),
        ("FOOTNOTE_READING_MB", "100", "reading_mb"),
        ("FOOTNOTE_RATE_PER_MINUTE", "-1", "rate_per_minute"),
        ("FOOTNOTE_CONCURRENCY", "0", "concurrency"),
        ("FOOTNOTE_QUEUE", "-1", "queue"),
        ("FOOTNOTE_QUEUE_SECONDS", "0", "queue_seconds"),
        ("FOOTNOTE_LOG_LEVEL", "loud", "log_level"),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_its_setting_named(
    footnote: Footnote, corpus: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, said: str
):
    monkeypatch.setenv("COLUMNS", "400")
    monkeypatch.setenv(variable, value)
    result = footnote("serve", "--corpus", corpus, "--data", "data")
    assert result.status == 2
    assert said in result.said


def test_a_refused_key_is_not_shown(footnote: Footnote, corpus: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FOOTNOTE_API_KEYS", "tooshort")
    assert "tooshort" not in footnote("serve", "--corpus", corpus, "--data", "data").said


def test_keys_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FOOTNOTE_API_KEYS", " a-key-that-is-long-enough ,,another-that-is-long-enough,")
    keys = [key.get_secret_value() for key in Settings().api_keys]
    assert keys == ["a-key-that-is-long-enough", "another-that-is-long-enough"]


def test_a_key_is_not_shown_with_the_settings():
    assert "long-enough" not in repr(Settings(api_keys=(SecretStr("a-key-that-is-long-enough"),)))


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
