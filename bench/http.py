"""Questions a second over HTTP, and how a server bears a crowd: `python -m bench.http`.

Starts `footnote serve` over a folder of articles as a process of its own, on a free local port, with an index in a
folder that is removed afterwards; settings FOOTNOTE_* of the environment apply to it, but for keys and rate limits.
The questions are those of the shipped cases, or the lines of a file.

A client asks its next question as soon as it has the last one's reply; refused with a 503, it waits as long as
Retry-After says. Those of the crowd read each answer for a while: else who was let in once would keep out the others.
"q/s" counts the 200s; times are in ms, of 200s and of 503s apart. "Each client" tells how many answers the one that got
the fewest had, the one in the middle, and the one that got the most: a fair server lets none starve.
Memory is what the process keeps resident, before and after `--questions` questions of 8 clients. Reads /proc, so Linux
only. The clients run in one process on the same machine, and take their share of its processors.
"""

import argparse
import asyncio
import hashlib
import itertools
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np

_CASES = Path(__file__).parent.parent / "eval" / "cases"
_READY_SECONDS = 600.0  # for the first sync of a large folder
_REPLY_SECONDS = 120.0  # what comes later counts as an error
_ERROR = 0  # in place of a status: no reply came
_CLIENTS_FOR_MEMORY = 8
_READING_SECONDS = 3.0  # about as long as a 503 has a client wait
_WARM_UP = 20  # questions; what is loaded on first use is loaded then


@dataclass(frozen=True, slots=True)
class Reply:
    """What a client got: a status, or 0 where no reply came, after so many seconds."""

    client: int
    status: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Server:
    """A server under way."""

    address: str
    pid: int

    def megabytes(self, what: str = "VmRSS") -> float:
        """Return the memory that the process keeps resident; "VmHWM" is the most it ever kept."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        (kilobytes,) = (line.split()[1] for line in status.splitlines() if line.startswith(f"{what}:"))
        return int(kilobytes) * 1024 / 1e6


def questions_of_the_cases() -> list[str]:
    """Return the questions of the shipped open cases, all kinds mixed, in the same order each time."""
    lines = [line for file in _CASES.glob("*.jsonl") for line in file.read_text(encoding="utf-8").splitlines()]
    questions = {json.loads(line)["question"] for line in lines}
    return sorted(questions, key=lambda question: hashlib.sha256(question.encode()).digest())


@contextmanager
def serving(corpus: Path) -> Iterator[Server]:
    """Start a server of the articles in `corpus` and wait until it is ready; it ends with the context."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    without = {"FOOTNOTE_API_KEYS", "FOOTNOTE_RATE_PER_MINUTE", "FOOTNOTE_HOST"}
    environment = {name: value for name, value in os.environ.items() if name not in without}
    command = Path(sys.executable).with_name("footnote")
    with tempfile.TemporaryDirectory() as place, (Path(place) / "log").open("w") as log:
        places: list[str | Path] = ["--corpus", corpus, "--data", Path(place) / "data", "--port", str(port)]
        process = subprocess.Popen([command, "serve", *places], env=environment, stderr=log)  # noqa: S603 - our own
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_until_ready(address, process, Path(log.name))
            yield Server(address, process.pid)
        finally:
            process.terminate()
            process.wait()


def _wait_until_ready(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _READY_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            sys.exit(f"The server ended:\n{log.read_text(encoding='utf-8')}")
        try:
            if httpx.get(f"{address}/readyz", trust_env=False).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    sys.exit(f"The server was not ready after {_READY_SECONDS:g} seconds.")


async def ask_all(
    address: str, questions: Sequence[str], clients: int, go_on: Callable[[], bool], reading: float = 0
) -> list[Reply]:
    """Have so many clients ask the questions in turn, over and over, for as long as `go_on` says so.

    After each answer a client pauses for `reading` seconds.
    """
    replies: list[Reply] = []
    upcoming = itertools.cycle(questions)
    unused = ssl.create_default_context()  # making one takes longer than asking

    async def ask_on(client: int) -> None:
        # Each has a pool of its own: one that all share takes longer the more there are, and would be what is measured.
        async with httpx.AsyncClient(base_url=address, timeout=_REPLY_SECONDS, trust_env=False, verify=unused) as http:
            while go_on():
                begun = time.perf_counter()
                try:
                    reply = await http.post("/api/ask", json={"question": next(upcoming)})
                    status, wait = reply.status_code, float(reply.headers.get("retry-after", reading))
                except httpx.TransportError:
                    status, wait = _ERROR, 1.0
                replies.append(Reply(client, status, time.perf_counter() - begun))
                await asyncio.sleep(wait)

    async with asyncio.TaskGroup() as tasks:
        for client in range(clients):
            tasks.create_task(ask_on(client))
    return replies


def for_seconds(seconds: float) -> Callable[[], bool]:
    """Return what says yes for so long."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() < end


def so_often(times: int) -> Callable[[], bool]:
    """Return what says yes so many times."""
    left = itertools.repeat(True, times)
    return lambda: next(left, False)


def report(clients: int, replies: Sequence[Reply], seconds: float) -> str:
    """Return a line on what `clients` clients got in so many seconds."""
    statuses = Counter(reply.status for reply in replies)
    answered = Counter(reply.client for reply in replies if reply.status == 200)
    each = np.array([answered[client] for client in range(clients)])
    others = {status: count for status, count in sorted(statuses.items()) if status not in {200, 503}}
    return (
        f"{clients:4} clients  {statuses[200] / seconds:6.1f} q/s"
        f"  200: {_share(replies, 200)}  503: {_share(replies, 503)}  errors: {sum(others.values())} {others or ''}"
        f"  each client: {each.min()} / {np.median(each):g} / {each.max()}"
    )


def _share(replies: Sequence[Reply], status: int) -> str:
    times = [reply.seconds * 1000 for reply in replies if reply.status == status]
    if not times:
        return "none"
    p50, p95, p99 = np.percentile(times, [50, 95, 99])
    return f"{len(times)} ({len(times) / len(replies):.0%}), p50 {p50:.0f} p95 {p95:.0f} p99 {p99:.0f}"


def measure(
    server: Server, questions: Sequence[str], clients: int, go_on: Callable[[], bool], reading: float = 0
) -> None:
    """Have so many clients ask, and print what they got."""
    begun = time.perf_counter()
    replies = asyncio.run(ask_all(server.address, questions, clients, go_on, reading))
    print(report(clients, replies, time.perf_counter() - begun), flush=True)


def main() -> None:
    """Read the arguments, start a server and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=Path("seeds"), help="the folder of articles")
    parser.add_argument("--ask", type=Path, help="a file with a question on each line [else the shipped cases']")
    parser.add_argument("--clients", type=int, nargs="*", default=[1, 8, 32], help="how many ask at once, in turn")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long each number of clients asks")
    parser.add_argument("--crowd", type=int, default=200, help="more clients than are let in; 0 leaves this out")
    parser.add_argument("--questions", type=int, default=10_000, help="between two looks at memory; 0 leaves this out")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("told to end"))  # not without ending the server too
    questions = arguments.ask.read_text(encoding="utf-8").splitlines() if arguments.ask else questions_of_the_cases()
    with serving(arguments.corpus) as server:
        print("warming up: ", end="")
        measure(server, questions, 1, so_often(_WARM_UP))
        for clients in arguments.clients:
            measure(server, questions, clients, for_seconds(arguments.seconds))
        if arguments.questions:
            before = server.megabytes()
            measure(server, questions, _CLIENTS_FOR_MEMORY, so_often(arguments.questions))
            print(
                f"memory: {before:.0f} MB before, {server.megabytes():.0f} MB after {arguments.questions:,} questions"
            )
        if arguments.crowd:
            measure(server, questions, arguments.crowd, for_seconds(arguments.seconds), _READING_SECONDS)
        print(f"memory at its peak: {server.megabytes('VmHWM'):.0f} MB")


if __name__ == "__main__":
    main()
