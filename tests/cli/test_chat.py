"""`footnote chat`, and what narrows a question."""

import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Finished, Footnote

BRIDGE = "How long will the repair of the bridge take?"


@pytest.fixture
def say(footnote: Footnote, indexed: Path, monkeypatch: pytest.MonkeyPatch):
    """Has a conversation of these lines."""

    def have(*lines: str, options: tuple[str, ...] = ()) -> Finished:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return footnote("chat", "--data", indexed, *options)

    return have


def test_each_line_is_answered_and_empty_ones_are_passed_over(say):
    out = say(BRIDGE, "", "What did the café at the pier give to every visitor?").out
    assert out.index("Rust in the cables") < out.index("seal-shaped biscuits")


def test_a_follow_up_is_understood_from_what_was_said_before(say):
    assert "understood as: " in say(BRIDGE, "And who published that?").err


def test_good_bye_ends_it(say):
    assert "seal-shaped" not in say("exit", "What did the café at the pier give to every visitor?").out


def test_a_question_that_cannot_be_asked_is_named_and_ends_nothing(say):
    result = say("?!", BRIDGE)
    assert result.status == 0
    assert "footnote: " in result.err
    assert "Rust in the cables" in result.out


def test_as_json_each_answer_is_a_line(say):
    first, second = map(json.loads, say(BRIDGE, "Who won the chess in Lima?", options=("--json",)).out.splitlines())
    assert first["question"] == BRIDGE
    assert second["status"] == "not_in_sources"


@pytest.mark.parametrize(
    ("options", "is_answered"),
    [
        (("--publisher", "Harbour Herald"), True),
        (("--publisher", "Coast Gazette"), False),
        (("--from", "2024-03-09", "--to", "2024-03-09"), True),
        (("--from", "2024-03-10"), False),
        (("--to", "2024-03-08"), False),
    ],
)
def test_a_question_may_be_narrowed_by_publisher_and_date(
    footnote: Footnote, indexed: Path, options: tuple[str, ...], is_answered: bool
):
    answer = json.loads(footnote("ask", BRIDGE, "--data", indexed, "--json", *options).out)
    assert any(citation["title"] == "Rust in the cables" for citation in answer["citations"]) == is_answered


def test_a_date_that_is_none_is_refused(footnote: Footnote, indexed: Path):
    result = footnote("ask", BRIDGE, "--data", indexed, "--from", "yesterday")
    assert result.status == 2
    assert "yesterday" in result.said


def test_an_empty_index_is_told(footnote: Footnote, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    footnote("index", "empty", "--data", "data")
    result = footnote("ask", BRIDGE, "--data", "data")
    assert result.status == 1
    assert "holds no article" in result.err


def test_the_version_is_told(footnote: Footnote):
    assert footnote("--version").out == "footnote 0.1.0\n"
