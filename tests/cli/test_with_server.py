"""Commands that meet a server which owns the data folder, and a server that watches its folder."""

import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import Popen

import httpx
import pytest

from tests.cli.conftest import Footnote, start_process

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]
_PATIENCE_SECONDS = 60


@pytest.fixture
def server(tmp_path: Path, corpus: Path) -> Iterator[str]:
    """A server of `corpus` that watches it, ready; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with start_process(
        tmp_path, "serve", "--corpus", corpus, "--data", tmp_path / "data", "--port", str(port), "--watch"
    ) as process:
        address = f"http://127.0.0.1:{port}"
        wait_until(lambda: is_ready(address), process)
        yield address


def is_ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/readyz", trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def wait_until(holds: Callable[[], bool], process: "Popen[str] | None" = None) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "it never came"
        assert process is None or process.poll() is None, "the server ended"
        time.sleep(0.1)


def files_of(address: str) -> set[str]:
    return {article["file"] for article in httpx.get(f"{address}/api/articles", trust_env=False).json()["articles"]}


def test_ask_has_the_server_answer_and_says_so(server: str, footnote: Footnote, tmp_path: Path):
    asked = footnote("ask", "How many loaves of rye bread does the bakery sell?", "--data", tmp_path / "data")
    assert asked.status == 0
    assert "400 loaves of rye bread" in asked.out
    assert f"asking the server at {server}" in asked.err


def test_index_has_the_server_sync_and_says_so(server: str, footnote: Footnote, tmp_path: Path, corpus: Path):
    (corpus / "new.txt").write_text("A windmill was moved to Aldby by barge.", encoding="utf-8")
    indexed = footnote("index", corpus, "--data", tmp_path / "data")
    assert indexed.status == 0
    assert f"asking the server at {server}" in indexed.err
    wait_until(lambda: "new.txt" in files_of(server))


def test_index_of_another_folder_is_refused(server: str, footnote: Footnote, tmp_path: Path):
    (tmp_path / "other").mkdir()
    refused = footnote("index", tmp_path / "other", "--data", tmp_path / "data")
    assert refused.status == 1
    assert f"which serves {server}" in refused.err


def test_a_rebuild_is_refused_while_a_server_runs(server: str, footnote: Footnote, tmp_path: Path, corpus: Path):
    refused = footnote("index", corpus, "--data", tmp_path / "data", "--rebuild")
    assert refused.status == 1
    assert f"which serves {server}" in refused.err


def test_a_watching_server_sees_what_is_added_changed_and_removed(server: str, corpus: Path):
    (corpus / "new.txt").write_text("A windmill was moved to Aldby by barge.", encoding="utf-8")
    wait_until(lambda: "new.txt" in files_of(server))
    (corpus / "new.txt").unlink()
    wait_until(lambda: "new.txt" not in files_of(server))
