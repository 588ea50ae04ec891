"""Connections that ask too much, too slowly or not at all are closed, whoever opened them; others feel nothing."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from urllib.parse import urlsplit

import httpx
import pytest

from api import connections
from tests.api.operating import Knows
from tests.api.servers import serving_parts
from tests.doubles import parts_that_only_answer

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
HEAD = b"GET /healthz HTTP/1.1\r\nHost: quay\r\n"
POST = b"POST /api/ask HTTP/1.1\r\nHost: quay\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n"
Connect = Callable[[], socket.socket]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving_parts(lambda: parts_that_only_answer(Knows())) as address:
        yield address


@pytest.fixture
def connect(address: str) -> Iterator[Connect]:
    """Opens connections; they are closed after the test."""
    place = urlsplit(address)
    with ExitStack() as stack:
        yield lambda: stack.enter_context(closing(socket.create_connection((place.hostname, place.port), 20)))


def reply(connection: socket.socket) -> bytes:
    """Return what comes until the end of a connection, or its first bytes."""
    try:
        return connection.recv(1_000)
    except ConnectionResetError:
        return b""


def is_alive(address: str) -> bool:
    return httpx.get(f"{address}/healthz", trust_env=False).status_code == 200


@pytest.mark.parametrize(
    "head",
    [
        HEAD + b"X: " + b"x" * 40_000 + b"\r\n\r\n",
        HEAD + b"X: " + b"x" * 40_000,
        HEAD + b"".join(b"x%d: y\r\n" % number for number in range(5_000)) + b"\r\n",
        b"GET /" + b"x" * 40_000 + b" HTTP/1.1\r\nHost: quay\r\n\r\n",
    ],
    ids=["a header", "one without end", "many", "an address"],
)
def test_a_head_that_is_too_large_is_refused(connect: Connect, head: bytes):
    connection = connect()
    connection.sendall(head)
    said = b""
    while part := reply(connection):
        said += part
    assert b" 431 " in said
    assert said.endswith(b"}")


def test_so_is_that_of_a_second_request(connect: Connect):
    connection = connect()
    connection.sendall(HEAD + b"\r\n")
    assert b" 200 " in reply(connection)
    connection.sendall(HEAD + b"X: " + b"x" * 40_000)
    assert b" 431 " in reply(connection)


def test_the_head_of_a_browser_is_let_in(connect: Connect):
    connection = connect()
    connection.sendall(HEAD + b"Cookie: " + b"x" * 20_000 + b"\r\n\r\n")
    assert b" 200 " in reply(connection)


@pytest.mark.parametrize("sent", [b"", HEAD], ids=["nothing", "half a head"])
def test_a_head_that_takes_too_long_ends_the_connection(
    connect: Connect, address: str, monkeypatch: pytest.MonkeyPatch, sent: bytes
):
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.2)
    connection = connect()
    connection.sendall(sent)
    assert reply(connection) == b""
    assert is_alive(address)


def test_a_body_that_hardly_comes_ends_the_connection(connect: Connect, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(connections, "EVERY_SECONDS", 0.2)
    connection = connect()
    connection.sendall(POST + b"{")
    assert reply(connection) == b""


def test_a_body_that_comes_slowly_is_taken(connect: Connect, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(connections, "EVERY_SECONDS", 0.3)
    body = b'{"question": "Who sails?"}'.ljust(9_000)
    connection = connect()
    connection.sendall(POST.replace(b"900000", b"9000"))
    for start in range(0, len(body), 1_500):
        connection.sendall(body[start : start + 1_500])
        time.sleep(0.15)
    assert b" 200 " in reply(connection)


@pytest.mark.parametrize("begun", [b"", HEAD, POST + b"{"], ids=["nothing", "half a head", "half a body"])
def test_of_many_unfinished_connections_the_oldest_go(
    connect: Connect, address: str, monkeypatch: pytest.MonkeyPatch, begun: bytes
):
    monkeypatch.setattr(connections, "MAX_UNFINISHED", 20)
    opened = [connect() for _ in range(60)]
    for connection in opened:
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(begun)
    assert is_alive(address)
    assert reply(opened[0]) == b""
    opened[-1].setblocking(False)
    with pytest.raises(BlockingIOError):
        opened[-1].recv(1)


def test_a_connection_is_used_again(address: str):
    with httpx.Client(trust_env=False) as client:
        assert [client.get(f"{address}/healthz").status_code for _ in range(5)] == [200] * 5


def test_what_a_body_refused_by_its_head_still_sends_is_passed_over(connect: Connect):
    connection = connect()
    connection.sendall(POST.replace(b"900000", b"5000000"))
    assert b" 413 " in reply(connection)
    connection.sendall(b"x" * 5_000_000 + HEAD + b"\r\n")
    said = b""
    while b"alive" not in said and (part := reply(connection)):
        said += part
    assert b" 200 " in said
