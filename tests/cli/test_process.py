"""The command as a user runs it: a process with an exit status, a home folder and a network."""

import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

import pytest
from pytest_socket import SocketBlockedError

from tests.cli.conftest import Finished, Footnote, finish, start_process

StartProcess = Callable[..., "subprocess.Popen[str]"]

QUESTION = "For how many days was the harbour closed by the storm?"
HEAVY = {
    "chromadb",
    "fastapi",
    "llama_index",
    "numpy",
    "onnxruntime",
    "pypdfium2",
    "tokenizers",
    "trafilatura",
    "uvicorn",
}
_open = build_opener(ProxyHandler({})).open  # whatever proxy the machine has
localhost = pytest.mark.allow_hosts(["127.0.0.1"])


def test_help_is_there_and_names_the_commands(footnote_alone: Footnote):
    result = footnote_alone("--help")
    assert result.status == 0
    assert all(command in result.out for command in ("index", "ask", "serve", "doctor"))


def test_help_waits_for_nothing_heavy(tmp_path: Path):
    program = "import sys, cli.main; print(*(name for name in sys.modules if '.' not in name))"
    result = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert HEAVY & set(result.stdout.split()) == set()


def test_a_server_opens_its_port_before_it_loads_anything_heavy(tmp_path: Path):
    program = "import sys, cli.serving; print(*sys.modules)"
    result = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert {"chromadb", "llama_index", "onnxruntime"} & set(result.stdout.split()) == set()


def test_an_error_is_one_line_and_exit_status_one(footnote_alone: Footnote):
    result = footnote_alone("serve", "--corpus", "nowhere", "--data", "data")
    assert result.status == 1
    assert result.out == ""
    assert result.err.startswith("footnote: ")
    assert result.err.count("\n") == 1


def test_indexing_and_asking_need_no_network(footnote: Footnote, corpus: Path):
    with pytest.raises(SocketBlockedError), pytest.warns(UserWarning, match="socket"):
        socket.create_connection(("127.0.0.1", 9))
    assert footnote("index", corpus, "--data", "data").status == 0
    assert "nine days" in footnote("ask", QUESTION, "--data", "data").out


@localhost
def test_a_port_in_use_is_named_with_the_remedy_and_nothing_is_left_behind(
    footnote_alone: Footnote, corpus: Path, tmp_path: Path
):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = footnote_alone("serve", "--corpus", corpus, "--data", "data", "--port", str(port))
    assert result.status == 1
    assert str(port) in result.err
    assert "--port" in result.err
    assert not (tmp_path / "data").exists()


def test_an_address_that_is_none_is_named_with_the_remedy(footnote_alone: Footnote, corpus: Path):
    result = footnote_alone("serve", "--corpus", corpus, "--data", "data", "--host", "..")
    assert result.status == 1
    assert result.err.startswith("footnote: Cannot listen on ..")
    assert "--host" in result.err


@localhost
@pytest.mark.slow
def test_a_server_that_cannot_open_its_index_ends_and_says_why(
    footnote_alone: Footnote, corpus: Path, tmp_path: Path, free_port: int
):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "catalogue.sqlite3").write_bytes(b"this is no database" * 500)
    result = footnote_alone("serve", "--corpus", corpus, "--data", "data", "--port", str(free_port))
    assert result.status == 1
    assert "catalogue.sqlite3" in result.err
    assert "Traceback" not in result.err


@localhost
@pytest.mark.slow
def test_a_server_that_is_told_to_end_during_its_first_sync_ends_soon(
    footnote_process: StartProcess, tmp_path: Path, free_port: int
):
    (tmp_path / "many").mkdir()
    for number in range(400):  # a minute of work
        text = " ".join(f"Witness {number} of trial {hour} spoke about fire {hour * number}." for hour in range(40))
        (tmp_path / "many" / f"{number}.txt").write_text(text, encoding="utf-8")
    process = footnote_process("serve", "--corpus", "many", "--data", "data", "--port", str(free_port))
    for _ in _patiently(process):
        with suppress(ConnectionError, URLError):
            if "of 400 articles" in _body(f"http://127.0.0.1:{free_port}/readyz"):
                break
    time.sleep(1)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=6)
    assert process.returncode in {0, -signal.SIGTERM}


@localhost
def test_a_server_at_an_address_of_version_six_says_it_as_browsers_take_it(
    footnote_process: StartProcess, corpus: Path, free_port: int
):
    process = footnote_process("serve", "--corpus", corpus, "--data", "data", "--host", "::1", "--port", str(free_port))
    assert process.stderr is not None
    assert "http://::1" not in process.stderr.readline()


@dataclass
class Life:
    """What a `footnote serve` did from its start to its end."""

    address: str
    folder: Path  # where it ran; "articles", "data" and its "home" lie there
    health: list[int] = field(default_factory=list)  # statuses of /healthz until it was ready
    readiness: list[int] = field(default_factory=list)  # statuses of /readyz until it was ready
    page: int = 0
    answer: dict[str, Any] = field(default_factory=dict)
    second: Finished | None = None  # a second server over the same data folder
    end: Finished | None = None


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory, write_articles: Callable[[Path], Path], free_port: int) -> Life:
    """A server that started, became ready, answered, and was told to end."""
    folder = tmp_path_factory.mktemp("life")
    serve: list[str | Path] = ["serve", "--corpus", write_articles(folder / "articles"), "--data", folder / "data"]
    life = Life(f"http://127.0.0.1:{free_port}", folder)
    with start_process(folder, *serve, "--port", str(free_port)) as process:
        for _ in _patiently(process):
            with suppress(ConnectionError, URLError):
                life.health.append(_status(life.address + "/healthz"))
                life.readiness.append(_status(life.address + "/readyz"))
            if life.readiness and life.readiness[-1] != 503:
                break
        life.page = _status(life.address)
        life.answer = _ask(life.address, QUESTION)
        with start_process(folder, *serve, "--port", str(_free_port())) as second:
            life.second = finish(second)
        process.send_signal(signal.SIGTERM)
        life.end = finish(process)
    return life


@localhost
def test_a_server_answers_while_it_is_not_ready_and_then_is(life: Life):
    assert set(life.health) == {200}
    assert life.readiness == [503] * (len(life.readiness) - 1) + [200]
    assert 503 in life.readiness


@localhost
def test_a_server_shows_the_page(life: Life):
    assert life.page == 200


@localhost
def test_a_server_answers_questions(life: Life):
    assert "nine days" in life.answer["answer"]


@localhost
def test_a_server_says_where_it_answers(life: Life):
    assert life.end is not None
    assert life.address in life.end.err


@localhost
def test_a_second_server_over_the_same_data_is_refused_and_told_of_the_first(life: Life):
    assert life.second is not None
    assert life.second.status == 1
    assert life.address in life.second.err


@localhost
def test_a_server_that_is_told_to_end_ends_without_a_word(life: Life):
    assert life.end is not None
    assert life.end.status in {0, -signal.SIGTERM}
    assert {line["logger"] for line in _log_of(life)} == {"api.requests"}


@localhost
def test_a_server_says_when_it_answers(life: Life):
    assert life.end is not None
    assert re.fullmatch(r"Footnote answers at http://127\.0\.0\.1:\d+ from 5 articles\n", life.end.out)


@localhost
def test_a_server_logs_every_request_as_a_line_of_json(life: Life):
    asked = [line for line in _log_of(life) if line["route"] == "/api/ask"]
    assert [(line["method"], line["status"]) for line in asked] == [("POST", 200)]


@localhost
def test_a_server_logs_nothing_of_what_was_asked_or_answered(life: Life):
    assert life.end is not None
    assert not re.search("harbour|storm|nine days", life.end.err)


@localhost
def test_a_server_that_ended_lets_go_of_the_data_folder(life: Life, held: Callable[..., "subprocess.Popen[str]"]):
    assert held(life.folder / "data").poll() is None


@localhost
def test_a_server_writes_only_to_the_data_folder(life: Life):
    assert {path.name for path in life.folder.iterdir()} == {"articles", "data", "home"}
    assert list((life.folder / "home").rglob("*")) == []


def _log_of(life: Life) -> list[dict[str, Any]]:
    """Return what a server said after its greeting, which is for people; the rest is for programs."""
    assert life.end is not None
    return [json.loads(line) for line in life.end.err.splitlines()[1:]]


@pytest.fixture(scope="module")
def free_port() -> int:
    return _free_port()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


def _status(address: str) -> int:
    try:
        with _open(address) as reply:
            status: int = reply.status
            return status
    except HTTPError as error:
        with error:
            return error.code


def _body(address: str) -> str:
    try:
        with _open(address) as reply:
            return str(reply.read())
    except HTTPError as error:
        with error:
            return str(error.read())


def _ask(address: str, question: str) -> dict[str, Any]:
    body = json.dumps({"question": question}).encode()
    with _open(Request(address + "/api/ask", body, {"content-type": "application/json"})) as reply:
        answer: dict[str, Any] = json.load(reply)
        return answer


def _patiently(process: "subprocess.Popen[str]") -> Iterator[None]:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None, process.communicate()
        yield
        time.sleep(0.02)
    pytest.fail("it took more than a minute")
