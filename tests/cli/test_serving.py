"""`footnote serve`: whom it lets in, and how it ends."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest
import uvicorn
from pydantic import SecretStr

from api.service import OnProgress, Parts, Service
from cli.serving import make_server, policy_of
from cli.settings import Settings
from index.records import SyncProgress, SyncReport
from tests.api.operating import KEY, QUESTION, Thinks, until
from tests.api.replies import problem_of
from tests.cli.conftest import Footnote, start_process
from tests.doubles import parts_that_only_answer

localhost = pytest.mark.allow_hosts(["127.0.0.1"])


@localhost
@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_an_address_that_others_reach_is_refused_without_keys(footnote: Footnote, corpus: Path, host: str):
    result = footnote("serve", "--corpus", corpus, "--data", "data", "--host", host)
    assert result.status == 1
    assert "Set FOOTNOTE_API_KEYS" in result.err


@localhost
def test_such_a_refusal_leaves_nothing_behind(footnote: Footnote, corpus: Path, tmp_path: Path):
    footnote("serve", "--corpus", corpus, "--data", "data", "--host", "0.0.0.0")
    assert not (tmp_path / "data").exists()


def test_without_keys_a_server_goes_by_the_names_of_this_machine():
    assert policy_of(Settings()).hosts == ("localhost", "127.0.0.1", "::1")


def test_without_keys_a_server_goes_by_the_name_it_was_given_too():
    assert "127.0.0.5" in policy_of(Settings(host="127.0.0.5")).hosts


def test_a_server_goes_by_the_name_of_its_address_too():
    assert "quay.example" in policy_of(Settings(address="https://quay.example")).hosts


def test_with_keys_a_server_goes_by_no_other_names():
    policy = policy_of(Settings(api_keys=(SecretStr(KEY),)))
    assert (policy.hosts, policy.figures) == (("localhost", "127.0.0.1", "::1"), False)


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_a_server_that_listens_everywhere_goes_by_the_machine_s_name_and_by_figures(host: str):
    policy = policy_of(Settings(api_keys=(SecretStr(KEY),), host=host))
    assert socket.gethostname().lower() in policy.hosts
    assert policy.figures


@pytest.mark.parametrize("proxies", [(), ("10.0.0.7", "10.1.0.0/16")])
def test_only_a_proxy_that_is_named_says_for_whom_it_asks(proxies: tuple[str, ...]):
    config = make_server(Service(lambda: parts_that_only_answer(Thinks())), Settings(proxies=proxies)).config
    assert config.proxy_headers is bool(proxies)
    assert config.forwarded_allow_ips == list(proxies)


def test_the_keys_open_the_server():
    assert policy_of(Settings(api_keys=(SecretStr(KEY),))).keys.owner(f"Bearer {KEY}")


@pytest.mark.parametrize(
    ("keys", "given", "rate"),
    [
        ((), None, 0),
        ((), 30, 30),
        ((SecretStr(KEY),), None, 120),
        ((SecretStr(KEY),), 0, 0),
        ((SecretStr(KEY),), 30, 30),
    ],
    ids=["alone", "alone, set", "keys", "keys, none set", "keys, set"],
)
def test_the_rate_is_limited_where_others_ask(keys: tuple[SecretStr, ...], given: int | None, rate: int):
    assert policy_of(Settings(api_keys=keys, rate_per_minute=given)).rate_per_minute == rate


def test_the_size_of_files_is_set_in_megabytes():
    assert policy_of(Settings(max_upload_mb=1.5)).max_upload_bytes == 1_500_000


def test_a_stop_waits_as_long_as_an_answer_of_the_model_may_take():
    service = Service(lambda: parts_that_only_answer(Thinks()))
    patience = make_server(
        service, Settings(llm="openai-like/some-model", llm_seconds=90)
    ).config.timeout_graceful_shutdown
    assert patience is not None
    assert patience > 90


@dataclass(frozen=True)
class Running:
    """A server under way, whose answerer answers when it is told to."""

    server: uvicorn.Server
    port: int
    thinks: Thinks

    def ask(self) -> int:
        """Ask, and return the status of the reply."""
        return httpx.post(f"http://127.0.0.1:{self.port}/api/ask", json=QUESTION, trust_env=False).status_code

    def is_open(self) -> bool:
        """Tell whether it lets anybody in."""
        try:
            socket.create_connection(("127.0.0.1", self.port)).close()
        except ConnectionRefusedError:
            return False
        return True


@contextmanager
def _run(service: Service) -> Iterator[tuple[uvicorn.Server, int]]:
    """Run a server in a thread of this process, and tell it to end with the context; yield it and its port."""
    server = make_server(service, Settings())
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        until(lambda: server.started)
        yield server, listening.getsockname()[1]
        server.should_exit = True
        thread.join()


@pytest.fixture
def running() -> Iterator[Running]:
    """A server that ends with the test."""
    thinks = Thinks()
    with _run(Service(lambda: parts_that_only_answer(thinks))) as (server, port):
        yield Running(server, port, thinks)
        thinks.may_answer.set()


@localhost
def test_a_server_that_is_told_to_end_lets_a_running_answer_finish(running: Running):
    with ThreadPoolExecutor(1) as threads:
        status = threads.submit(running.ask)
        until(lambda: running.thinks.at_work == 1)
        running.server.should_exit = True
        until(lambda: not running.is_open())
        running.thinks.may_answer.set()
        assert status.result() == 200


@localhost
def test_a_server_that_is_told_to_end_lets_nobody_in(running: Running):
    with ThreadPoolExecutor(1) as threads:
        threads.submit(running.ask)
        until(lambda: running.thinks.at_work == 1)
        running.server.should_exit = True
        until(lambda: not running.is_open())
        running.thinks.may_answer.set()


@localhost
def test_a_server_that_is_told_to_end_refuses_an_upload_that_is_still_being_read_in(
    open_parts: Callable[[Path], Parts], corpus: Path
):
    begun = threading.Event()

    def long_sync(on_progress: OnProgress) -> SyncReport:
        if service.readiness.status != "ready":
            return SyncReport()
        begun.set()
        for _ in range(2_000):  # longer than a stop waits
            on_progress(SyncProgress(1, 2, 0))
            time.sleep(0.01)
        return SyncReport()

    service = Service(lambda: replace(open_parts(corpus), sync=long_sync, close=lambda: None))
    with _run(service) as (server, port), ThreadPoolExecutor(1) as threads:
        until(lambda: service.readiness.status == "ready")
        file = {"file": ("mill.txt", b"The mill of Oster grinds barley.")}
        reply = threads.submit(
            httpx.post, f"http://127.0.0.1:{port}/api/articles", files=file, trust_env=False, timeout=30
        )
        until(begun.is_set)
        server.should_exit = True
        assert problem_of(reply.result(), 503)["type"].endswith(":not-ready")


@pytest.fixture
def locked(tmp_path: Path, corpus: Path) -> Iterator[str]:
    """A server that others reach and a key opens, ready; yields its address on this machine."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    serve: list[str | Path] = [
        "serve",
        "--corpus",
        corpus,
        "--data",
        tmp_path / "data",
        "--host",
        "0.0.0.0",
        "--port",
        str(port),
    ]
    with start_process(tmp_path, *serve, FOOTNOTE_API_KEYS=KEY):
        address = f"http://127.0.0.1:{port}"
        until(lambda: _is_ready(address))
        yield address


def _is_ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/readyz", trust_env=False).is_success
    except httpx.TransportError:
        return False


@pytest.mark.slow
@pytest.mark.enable_socket
def test_with_keys_a_server_listens_where_others_reach_it(locked: str):
    assert httpx.get(f"{locked}/api/articles", trust_env=False).status_code == 401


@pytest.mark.slow
@pytest.mark.enable_socket
def test_a_command_shows_the_server_its_key(
    locked: str, footnote: Footnote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("FOOTNOTE_API_KEYS", KEY)
    asked = footnote("ask", "How many loaves of rye bread does the bakery sell?", "--data", tmp_path / "data")
    assert "400 loaves of rye bread" in asked.out
