"""The commands with a language model that the environment names; its server is a real one on this machine."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Footnote
from tests.qa.llm_servers import KEY, OPENAI, LLMServer, refuses, says

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

QUESTION = "How long will the repair of the bridge take?"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[LLMServer]:
    """A server whose model invents something, then says what an article says; the environment names it."""
    with LLMServer(OPENAI, says("The repair will cost 5 crowns. [1] ", "It is about the bridge. [1]")) as server:
        name(server, monkeypatch)
        yield server


def name(server: LLMServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_LLM", "openai-like/some-model")
    monkeypatch.setenv("FOOTNOTE_LLM_URL", server.url)
    monkeypatch.setenv("FOOTNOTE_LLM_KEY", KEY)
    monkeypatch.setenv("FOOTNOTE_LLM_SECONDS", "5")


class TestAsk:
    def test_what_the_model_invents_is_dropped_and_the_articles_answer(
        self, footnote: Footnote, indexed: Path, server: LLMServer
    ):
        answer = json.loads(footnote("ask", QUESTION, "--data", indexed, "--json").out)

        assert (answer["engine"], answer["dropped"], len(server.requests)) == ("extractive", 2, 1)

    def test_it_says_why_the_model_has_no_part_in_the_answer(
        self, footnote: Footnote, indexed: Path, server: LLMServer
    ):
        assert "the language model has no part in this answer" in footnote("ask", QUESTION, "--data", indexed).err

    def test_the_models_own_words_are_printed_when_they_are_the_articles(
        self, footnote: Footnote, indexed: Path, monkeypatch: pytest.MonkeyPatch
    ):
        plain = json.loads(footnote("ask", QUESTION, "--data", indexed, "--json").out)
        with LLMServer(OPENAI, says(plain["statements"][0]["text"] + " [1]")) as server:
            name(server, monkeypatch)
            answer = json.loads(footnote("ask", QUESTION, "--data", indexed, "--json").out)

        assert (answer["engine"], answer["statements"]) == ("llm", plain["statements"][:1])

    def test_a_model_that_cannot_be_is_refused_with_the_remedy(
        self, footnote: Footnote, indexed: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setenv("FOOTNOTE_LLM", "gpt")

        result = footnote("ask", QUESTION, "--data", indexed)

        assert result.status == 1
        assert "Name one as openai/..." in result.err


class TestServe:
    def test_a_model_that_cannot_be_is_refused_before_anything_starts(
        self, footnote: Footnote, corpus: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setenv("FOOTNOTE_LLM", "openai-like/x")

        result = footnote("serve", "--corpus", corpus)

        assert result.status == 1
        assert "FOOTNOTE_LLM_URL" in result.err


class TestDoctor:
    def test_a_model_that_answers_is_well(self, footnote: Footnote, corpus: Path, indexed: Path, server: LLMServer):
        result = footnote("doctor", "--corpus", corpus, "--data", indexed)

        assert result.status == 0
        assert "ok     language model: openai-like/some-model answers" in result.out

    def test_one_that_refuses_the_key_is_wrong_in_one_line(
        self, footnote: Footnote, corpus: Path, indexed: Path, monkeypatch: pytest.MonkeyPatch
    ):
        with LLMServer(OPENAI, refuses(401)) as server:
            name(server, monkeypatch)
            result = footnote("doctor", "--corpus", corpus, "--data", indexed)

        lines = [line for line in result.out.splitlines() if line.startswith("wrong")]
        assert len(lines) == 1
        assert "set FOOTNOTE_LLM_KEY" in lines[0]
        assert KEY not in result.said

    def test_without_one_nothing_is_asked(self, footnote: Footnote, corpus: Path, indexed: Path):
        assert "language model: none is named" in footnote("doctor", "--corpus", corpus, "--data", indexed).out
