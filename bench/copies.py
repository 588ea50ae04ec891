"""Near copies in a collection of articles: `python -m bench.copies DOCS [--shown 10]`.

DOCS is a .jsonl.gz file of documents with "text" and, where known, "title" and "source". Prints how many pairs share
how much of the shorter one's runs of words, the groups of near copies, and the milliseconds of a sketch and of a pair.
"""

import argparse
import time
from itertools import combinations
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from bench.growth import lines
from index.copies import contained, near_copies, sketch

_STEPS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


def main() -> None:
    """Read the command line and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("docs", type=Path)
    parser.add_argument("--shown", type=int, default=10, help="how many of the pairs that are most alike to print")
    options = parser.parse_args()
    documents = {line["doc_id"]: line for line in lines(options.docs)}
    begun = time.perf_counter()
    sketches = {key: sketch(one["text"]) for key, one in documents.items()}
    sketched = time.perf_counter()
    pairs = [(contained(sketches[one], sketches[other]), one, other) for one, other in combinations(sketches, 2)]
    compared = time.perf_counter()
    report(documents, pairs, options.shown)
    groups = [group for group in near_copies(sketches) if len(group) > 1]
    print(f"{len(documents)} documents, {len(groups)} groups of near copies: {sorted(map(len, groups), reverse=True)}")
    per_sketch, per_pair = (sketched - begun) / len(documents), (compared - sketched) / max(1, len(pairs))
    print(f"{per_sketch * 1000:.2f} ms a sketch, {per_pair * 1000:.3f} ms a pair")


def report(documents: dict[str, dict[str, str]], pairs: list[tuple[float, str, str]], shown: int) -> None:
    """Print how many pairs are how much alike, and those that are most alike."""
    counts, _ = np.histogram([alike for alike, *_ in pairs], bins=_STEPS)
    spread = Table("shared", *(f"{low:.1f}" for low in _STEPS[:-1]), title="Pairs")
    spread.add_row("pairs", *map(str, counts))
    table = Table("shared", "one", "other", title="Most alike")
    for alike, *both in sorted(pairs, reverse=True)[:shown]:
        names = (f"{documents[key].get('source')}: {documents[key].get('title')}" for key in both)
        table.add_row(f"{alike:.2f}", *names)
    Console().print(spread, table)


if __name__ == "__main__":
    main()
