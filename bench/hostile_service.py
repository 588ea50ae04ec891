"""What others feel while a server reads hostile files, and what it keeps: `python -m bench.hostile_service`.

Starts `footnote serve` over a copy of `seeds/` and asks the questions of the shipped cases, one after the other: first
by itself, then while each of some files of `bench.hostile_shapes` is uploaded and read. Printed are the median and the
95th percentile of the questions' ms and of `/healthz`, and their ratio to the quiet ones. A reader works at the lowest
priority, so on a machine with two processors questions should hardly wait. Then so many small articles are uploaded,
and as many taken out again: memory before, with all of them, and after. Reads /proc, so Linux only.
"""

import argparse
import asyncio
import shutil
import ssl
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np
from rich.console import Console
from rich.table import Table

from bench.hostile_shapes import SHAPES
from bench.http import Server, questions_of_the_cases, serving

_SEEDS = Path(__file__).parents[1] / "seeds"
_REPLY_SECONDS = 600.0
_QUIET_SECONDS = 30.0
_BETWEEN = 0.1  # seconds from one look at /healthz to the next
_ARTICLE = "# Berth {0}\n\nThe {0}th ship of the year, with {1} tonnes of salt, reached the harbour of Ostrava Bay.\n"


@dataclass(frozen=True, slots=True)
class Felt:
    """What was asked meanwhile: ms of each question and of each look at /healthz, and what the upload got."""

    questions: list[float]
    looks: list[float]
    reply: str
    seconds: float

    def share(self, part: float) -> tuple[float, float]:
        """Return that percentile of both."""
        return float(np.percentile(self.questions, part)), float(np.percentile(self.looks, part))


async def meanwhile(address: str, work: Callable[[httpx.AsyncClient], Awaitable[str]]) -> Felt:
    """Ask one question after the other, and look at /healthz, until the work is done."""
    unused = ssl.create_default_context()
    async with httpx.AsyncClient(base_url=address, timeout=_REPLY_SECONDS, trust_env=False, verify=unused) as http:
        begun = time.perf_counter()
        working = asyncio.ensure_future(work(http))
        times: dict[str, list[float]] = {"ask": [], "look": []}

        async def timed(kind: str, made: Awaitable[httpx.Response]) -> None:
            start = time.perf_counter()
            (await made).raise_for_status()
            times[kind].append((time.perf_counter() - start) * 1000)

        async def ask() -> None:
            questions = questions_of_the_cases()
            while not working.done() or not times["ask"]:
                question = questions[len(times["ask"]) % len(questions)]
                await timed("ask", http.post("/api/ask", json={"question": question}))

        async def look() -> None:
            while not working.done() or not times["look"]:
                await timed("look", http.get("/healthz"))
                await asyncio.sleep(_BETWEEN)

        await asyncio.gather(ask(), look())
        return Felt(times["ask"], times["look"], await working, time.perf_counter() - begun)


def an_upload(name: str, content: bytes) -> Callable[[httpx.AsyncClient], Awaitable[str]]:
    """Return what uploads a file and tells the status."""

    async def send(http: httpx.AsyncClient) -> str:
        reply = await http.post("/api/articles", files={"file": (name, content)})
        return str(reply.status_code)

    return send


async def nothing(_: httpx.AsyncClient) -> str:
    """Let the questions be asked by themselves."""
    await asyncio.sleep(_QUIET_SECONDS)
    return ""


def beside_files(server: Server, only: str, scale: float) -> Table:
    """Return what was felt beside each file."""
    asyncio.run(meanwhile(server.address, nothing))  # what is loaded on first use is loaded then
    quiet = asyncio.run(meanwhile(server.address, nothing))
    table = Table("file", "s", "status", "questions p50", "p95", "of quiet", "/healthz p95", "n", "memory MB")

    def row(name: str, felt: Felt) -> None:
        (middle, _), (most, looks) = felt.share(50), felt.share(95)
        numbers = (f"{middle:.0f}", f"{most:.0f}", f"{most / quiet.share(95)[0]:.2f}", f"{looks:.0f}")
        table.add_row(
            name, f"{felt.seconds:.1f}", felt.reply, *numbers, f"{len(felt.questions)}", f"{server.megabytes():.0f}"
        )

    row("(quiet)", quiet)
    for number, (name, (suffix, size, make)) in enumerate(SHAPES.items()):
        if only in f"{name} {suffix}":
            content = make(max(1, round(size * scale)))
            row(name, asyncio.run(meanwhile(server.address, an_upload(f"hostile-{number}{suffix}", content))))
    return table


def memory_of_uploads(server: Server, count: int) -> str:
    """Upload so many articles and take them out again; return what the process kept."""
    before, made = server.megabytes(), list[str]()
    with httpx.Client(base_url=server.address, timeout=_REPLY_SECONDS, trust_env=False) as http:
        for one in range(count):
            content = _ARTICLE.format(one, one * 7).encode()
            reply = http.post("/api/articles", files={"file": (f"berth-{one}.md", content)})
            reply.raise_for_status()
            made.extend(article["id"] for article in reply.json()["articles"])
        full = server.megabytes()
        for article_id in made:
            http.delete(f"/api/articles/{article_id}").raise_for_status()
    return (
        f"memory: {before:.0f} MB before, {full:.0f} MB with {count:,} articles more, {server.megabytes():.0f} MB after"
    )


def main() -> None:
    """Read the command line, start a server and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="shapes whose name or suffix holds this")
    parser.add_argument("--scale", type=float, default=1.0, help="of all sizes")
    parser.add_argument("--uploads", type=int, default=1_000, help="0 leaves this out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        corpus = Path(place) / "corpus"
        shutil.copytree(_SEEDS, corpus)
        with serving(corpus) as server:
            Console(width=140).print(beside_files(server, options.only, options.scale))
            if options.uploads:
                print(memory_of_uploads(server, options.uploads))


if __name__ == "__main__":
    main()
