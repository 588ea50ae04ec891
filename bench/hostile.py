"""How long do files take that ask much of their reader? `python -m bench.hostile [--only TEXT] [--seconds 60]`.

Makes each file of `bench.hostile_shapes` to its size, to twice and to four times that, and reads and splits it in a
process of its own. Prints the seconds of the processor for each, how the time grows (2.0: as the size does; 4.0: as its
square), the megabytes that the largest took, and, where it was refused, the reason.
"""

import argparse
import json
import os
import resource
import signal
import sys
import time
from importlib import import_module
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.hostile_shapes import SHAPES
from index.errors import UnreadableArticle
from index.sources import SourceFile, SourceReader
from index.splitting import Splitter

_MEMORY = 6_000_000_000  # bytes
_NOTICED = 0.3  # seconds; less says nothing of growth


def read(name: str, size: int) -> dict[str, Any]:
    """Return the seconds and megabytes that a file takes, its articles and its first fault."""
    suffix, _, make = SHAPES[name]
    source = SourceFile(f"a{suffix}", make(size))
    splitter = Splitter(lambda texts: [len(text) // 4 + 1 for text in texts])
    before, start = _megabytes(), _seconds()
    try:
        articles, faults = SourceReader().articles(source)
        chunks = sum(len(splitter.split(article)) for article in articles)
        said = f"{len(articles)} articles, {chunks} passages"
        fault = next(iter(faults.values()), "")
    except UnreadableArticle as error:
        said, fault = "refused", error.reason
    return {"seconds": _seconds() - start, "megabytes": _megabytes() - before, "said": said, "fault": fault}


def preload() -> None:
    """Import what readers import when they are needed, so that no file pays for it."""
    for module in ("trafilatura", "docx", "lxml.html", "reportlab.pdfgen.canvas"):
        import_module(module)


def _seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _megabytes() -> float:
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1000


def in_a_process(name: str, size: int, seconds: int) -> dict[str, Any]:
    """Return what `read` does, or how its process ended."""
    back, out = os.pipe()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        try:
            os.write(out, json.dumps(read(name, size)).encode())
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is the result
            os.write(out, json.dumps({"seconds": _seconds(), "megabytes": 0.0, "said": repr(error)[:200]}).encode())
        os._exit(0)
    os.close(out)
    with os.fdopen(back, "rb") as pipe:
        written = pipe.read()
    status = os.waitpid(child, 0)[1]
    if written:
        return dict(json.loads(written))
    ended = signal.Signals(status & 127).name if status & 127 else f"exit {status >> 8}"
    return {"seconds": float(seconds), "megabytes": 0.0, "said": f"ended by {ended}"}


def main() -> None:
    """Read the command line, read the files, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="shapes whose name or suffix holds this")
    parser.add_argument("--scale", type=float, default=1.0, help="of all sizes")
    parser.add_argument("--seconds", type=int, default=60, help="that a file may take")
    options = parser.parse_args()
    preload()
    table = Table("shape", "n", "n", "2n", "4n", "growth", "MB", "read as")
    for name, (suffix, size, _) in SHAPES.items():
        if options.only not in f"{name} {suffix}":
            continue
        found: list[dict[str, Any]] = []
        for times in (1, 2, 4):
            found.append(in_a_process(name, max(1, round(size * times * options.scale)), options.seconds))
            if found[-1]["said"].startswith("ended"):
                break
        taken = [one["seconds"] for one in found]
        growth = f"{taken[-1] / max(taken[-2], 0.001):.1f}" if len(taken) > 1 and taken[-1] > _NOTICED else ""
        last = found[-1]
        row = [
            name,
            f"{round(size * options.scale):,}",
            *(f"{seconds:.2f}" for seconds in taken),
            *[""] * (3 - len(taken)),
            growth,
        ]
        table.add_row(*row, f"{last['megabytes']:.0f}", f"{last['said']} {last.get('fault', '')}".strip())
        print(name, row[2:], last, file=sys.stderr, flush=True)
    Console(width=160).print(table)


if __name__ == "__main__":
    main()
