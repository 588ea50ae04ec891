"""`footnote ask`."""

import io
import json
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from cli.main import run
from qa.records import Answer
from tests.cli.conftest import Finished, Footnote

QUESTION = "What did the café at the pier give to every visitor?"
SENTENCE = "The cafe\u0301 at the pier 🍰 gave seal-shaped biscuits to every visitor."


def test_it_prints_the_answer_with_its_marker(footnote: Footnote, indexed: Path):
    result = footnote("ask", QUESTION, "--data", indexed)
    assert result.status == 0
    assert f"{SENTENCE} [1]" in result.out


def test_it_prints_how_it_understood_a_slip(footnote: Footnote, indexed: Path):
    result = footnote("ask", QUESTION.replace("visitor", "vsiitor"), "--data", indexed)
    assert f"understood as: {QUESTION}" in result.err
    assert SENTENCE in result.out


def test_it_prints_each_source_with_its_place_and_words(footnote: Footnote, indexed: Path, articles: Mapping[str, str]):
    out = footnote("ask", QUESTION, "--data", indexed).out
    start = articles["island.txt"].removeprefix("\ufeff").index(SENTENCE)
    source = out[out.index("\n[1]") :]
    assert "island.txt" in source
    assert f"{start} to {start + len(SENTENCE)}" in source
    assert SENTENCE in source


def test_it_prints_who_published_a_source_when(footnote: Footnote, indexed: Path):
    out = footnote("ask", "How long will the repair of the bridge take?", "--data", indexed).out
    assert "Rust in the cables · Harbour Herald · 2024-03-09" in out


def test_what_the_articles_do_not_say_is_no_failure(footnote: Footnote, indexed: Path):
    result = footnote("ask", "Who won the chess tournament in Lima?", "--data", indexed)
    assert result.status == 0
    assert "don't say" in result.out


def test_where_the_articles_do_not_say_it_prints_what_comes_nearest(footnote: Footnote, indexed: Path):
    out = footnote("ask", "Who repaired the lamp of the lighthouse of Zanzibar?", "--data", indexed).out
    assert "Zanzibar" in out
    assert "Nearest, and no answer:\n- A lighthouse goes dark · Coast Gazette · 2024-03-06: “" in out


def test_asked_about_itself_it_prints_what_articles_there_are(footnote: Footnote, indexed: Path):
    out = footnote("ask", "how many articles do you have?", "--data", indexed).out
    assert out.startswith("There are 5 articles of 2 publishers")
    assert "[1]" not in out


def test_as_json_it_prints_the_whole_answer_and_nothing_else(footnote: Footnote, indexed: Path):
    assert set(_json(footnote, indexed)) == {field.name for field in fields(Answer)}


def test_as_json_every_quote_stands_at_its_offsets(footnote: Footnote, indexed: Path, articles: Mapping[str, str]):
    citations = _json(footnote, indexed)["citations"]
    assert citations
    for citation in citations:
        text = articles[citation["file"]].removeprefix("\ufeff")
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_as_json_the_same_question_gets_the_same_answer_again(footnote: Footnote, indexed: Path):
    first, second = _json(footnote, indexed), _json(footnote, indexed)
    assert {**first, "timings_ms": None} == {**second, "timings_ms": None}


@pytest.mark.parametrize(
    "question",
    ["", "   ", "?!...", "\x07\x1b", "\udcff\udcfe", "rust " * 4_000],
    ids=["empty", "blank", "punctuation", "control characters", "lone surrogates", "20,000 characters"],
)
def test_a_question_that_cannot_be_asked_is_refused_in_one_line(footnote: Footnote, indexed: Path, question: str):
    result = footnote("ask", question, "--data", indexed)
    assert result.status == 1
    assert result.out == ""
    assert result.err.startswith("footnote: The question ")
    assert result.err.count("\n") == 1


@pytest.mark.parametrize(
    "question",
    [
        "What did the\x1b[31m café at the\x00 pier give to every visitor?",
        "What did the \udcff café at the pier give to every \udcfe visitor?",
        "[bold]What[/bold] did the café at the pier give to every visitor?",
        "[/] What did the café at the pier give to every visitor? :smile:",
    ],
    ids=["control characters", "bytes that are no text", "markup", "broken markup"],
)
def test_a_question_with_odd_characters_is_answered(footnote: Footnote, indexed: Path, question: str):
    result = footnote("ask", question, "--data", indexed)
    assert result.status == 0
    assert "biscuits" in result.out


def test_where_articles_differ_it_prints_what_each_says_and_who_says_so(footnote: Footnote, corpus: Path):
    (corpus / "fire.txt").write_text("The fire in the mill at Tarn hurt 12 people on Monday.", encoding="utf-8")
    (corpus / "mill.txt").write_text(
        "Nine people were hurt in the fire in the mill at Tarn on Monday, police said.", encoding="utf-8"
    )
    footnote("index", corpus, "--data", "data")
    out = footnote("ask", "How many people were hurt in the fire in the mill?", "--data", "data").out
    assert out.startswith("The articles differ: “Nine” (1 article), “12” (1 article).")
    assert "  “12” [2] 1 article\n" in out
    assert "  “Nine” [1] according to police · 1 article\n" in out


def test_a_row_of_a_table_is_printed_with_what_heads_its_cells(footnote: Footnote, corpus: Path):
    rows = ("| Ticket | Adult | Child |", "|---|---|---|", "| Single | 4.20 | 2.10 |", "| Return | 7.80 | 3.90 |")
    (corpus / "fares.md").write_text("\n".join(("# Ferry fares", "", *rows, "")), encoding="utf-8")
    footnote("index", corpus, "--data", "data")
    out = footnote("ask", "What does a child's return ticket cost?", "--data", "data").out
    assert "which reads: Ticket Return: Adult 7.80; Child 3.90\n" in out


def test_the_words_of_an_article_are_printed_as_they_are(footnote: Footnote, corpus: Path):
    said = "The [bold]sign[/bold] at the quay [/] said :warning: thin ice \\[x]."
    (corpus / "sign.txt").write_text(said, encoding="utf-8")
    footnote("index", corpus, "--data", "data")
    result = footnote("ask", "What did the sign at the quay say?", "--data", "data")
    assert f"{said} [1]" in result.out
    assert f"“{said}”" in result.out


def test_the_words_of_an_article_cannot_command_the_terminal(footnote: Footnote, corpus: Path):
    (corpus / "sign.txt").write_text(
        "The sign at the quay \x1b]0;owned\x07 said thin ice \x1b[2J.\n" + "Ice. " * 200, encoding="utf-8"
    )
    footnote("index", corpus, "--data", "data")
    result = footnote("ask", "What did the sign at the quay say?", "--data", "data")
    assert "thin ice" in result.out
    assert "\x1b" not in result.out


@pytest.mark.parametrize("arguments", [[], ["--json"]], ids=["as text", "as json"])
def test_the_words_of_an_article_are_shown_in_their_order(footnote: Footnote, corpus: Path, arguments: list[str]):
    (corpus / "sign.txt").write_text(
        "The sign at the quay said \u202eeci niht\u202c \u2067ice\u2069 on Monday.\n" + "Ice. " * 200, encoding="utf-8"
    )
    footnote("index", corpus, "--data", "data")
    result = footnote("ask", "What did the sign at the quay say?", "--data", "data", *arguments)
    assert "\\u202eeci niht\\u202c \\u2067ice\\u2069" in result.out
    assert not set("\u202e\u202c\u2067\u2069") & set(result.out)


@pytest.mark.parametrize("arguments", [[], ["--json"]], ids=["as text", "as json"])
def test_a_terminal_without_these_letters_is_no_reason_to_fail(
    footnote: Footnote, indexed: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
):
    printed = io.BytesIO()
    terminal = io.TextIOWrapper(printed, encoding="ascii")
    monkeypatch.setattr(sys, "argv", ["footnote", "ask", QUESTION, "--data", str(indexed), *arguments])
    monkeypatch.setattr(sys, "stdout", terminal)
    with pytest.raises(SystemExit) as end:
        run()
    terminal.flush()
    assert end.value.code in {0, None}
    assert b"seal-shaped biscuits" in printed.getvalue()


def test_without_an_index_it_says_how_to_make_one(footnote: Footnote):
    result = footnote("ask", QUESTION, "--data", "nowhere")
    assert result.status == 1
    assert "nowhere" in result.err
    assert "footnote index" in result.err


def test_without_an_index_it_makes_none(footnote: Footnote, tmp_path: Path):
    footnote("ask", QUESTION, "--data", "nowhere")
    assert list(tmp_path.iterdir()) == []


def test_a_data_folder_that_another_process_holds_is_refused_and_the_process_named(
    footnote: Footnote, indexed: Path, held: Callable[..., "subprocess.Popen[str]"]
):
    holder = held(indexed)
    result = footnote("ask", QUESTION, "--data", indexed)
    assert result.status == 1
    assert f"process {holder.pid}" in result.err


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize("question", [QUESTION, f"\udcff {QUESTION}"], ids=["text", "bytes that are no text"])
def test_a_server_that_holds_the_data_folder_and_does_not_answer_is_named(
    footnote: Footnote, indexed: Path, held: Callable[..., "subprocess.Popen[str]"], question: str
):
    held(indexed, "http://127.0.0.1:1")
    result = footnote("ask", question, "--data", indexed)
    assert result.status == 1
    assert "footnote: The server at http://127.0.0.1:1" in result.err


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_server_that_takes_too_long_is_given_up(
    footnote: Footnote, indexed: Path, held: Callable[..., "subprocess.Popen[str]"], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("cli.settings.Settings.patience", lambda _settings: 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        held(indexed, address)
        result = footnote("ask", QUESTION, "--data", indexed)
    assert result.status == 1
    assert "did not answer within 0.2 seconds" in result.err


def test_too_little_memory_is_called_so(tmp_path: Path, indexed: Path):
    """Where the models find no room, nothing is said to be damaged, and nothing is made anew."""
    limit = "import resource; resource.setrlimit(resource.RLIMIT_AS, (900_000_000,) * 2)"
    code = f"{limit}; from cli.main import run; run()"
    before = sorted(path.name for path in indexed.glob("vectors-*"))
    done = subprocess.run(
        [sys.executable, "-c", code, "ask", QUESTION, "--data", str(indexed)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("footnote: There is too little memory")
    assert sorted(path.name for path in indexed.glob("vectors-*")) == before


def _json(footnote: Footnote, data: Path) -> dict[str, Any]:
    result: Finished = footnote("ask", QUESTION, "--data", data, "--json")
    assert result.status == 0
    answer: dict[str, Any] = json.loads(result.out)
    return answer
