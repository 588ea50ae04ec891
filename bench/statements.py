"""What reaches the user of true statements in other words, and of twisted ones: `python -m bench.statements`.

Reads `eval/statements` (its README tells), judges each statement beside its evidence as answers are judged, and prints
by kind how many pass at the threshold that ships, with the vetoes and with the verifier alone; then the thresholds
against both shares, of the open third parts. Of the frozen third only totals are shown: nothing is tuned on it.
"""

import argparse
import json
import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from bench.grounding import auc
from qa.grounding import LEAST_OF_A_SHORTENING, LEAST_SUPPORTED, supporting
from qa.judge import MPNetJudge
from qa.vetoes import veto

STATEMENTS = Path(__file__).parents[1] / "eval" / "statements"
_SHOWN = (0.5, 0.6, 0.7, 0.8, 0.85, 0.89, 0.92, 0.93, 0.94, 0.95)


@dataclass(frozen=True, slots=True)
class Judged:
    """One statement of the set, and what was said of it; `vetoed` is the reason, or None; `shortened` by the rules."""

    id: str
    kind: str
    true: bool
    statement: str
    evidence: str
    supported: float
    vetoed: str | None
    shortened: bool

    @property
    def frozen(self) -> bool:
        """Whether it is looked at only as totals."""
        return zlib.crc32(self.id.encode()) % 3 == 0

    def passes(self, least: float) -> bool:
        """Whether it would reach the user."""
        return self.vetoed is None and self.supported >= (LEAST_OF_A_SHORTENING if self.shortened else least)


def judged(folder: Path, judge: MPNetJudge) -> list[Judged]:
    """Return every statement of the folder's files with its verdict."""
    lines = [
        json.loads(line) for file in sorted(folder.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()
    ]
    pairs = [(line["statement"], " ".join(line["evidence"])) for line in lines]
    verdicts = judge.verify(pairs)
    return [
        Judged(
            line["id"],
            line["kind"],
            line["label"] == "supported",
            *pair,
            verdict.supported,
            veto(*pair),
            bool(supporting(line["statement"], line["evidence"])),
        )
        for line, pair, verdict in zip(lines, pairs, verdicts, strict=True)
    ]


def shares(found: Sequence[Judged], least: float) -> str:
    """Return how many of the true and of the false statements pass."""
    told = []
    for name, true in (("true kept", True), ("false passed", False)):
        passing = [one.passes(least) for one in found if one.true == true]
        told.append(f"{name} {sum(passing)} of {len(passing)} ({np.mean(passing):.3f})")
    return "   ".join(told)


def main() -> None:
    """Read the command line, judge, print."""
    parser = argparse.ArgumentParser(description="What reaches the user of true and of twisted statements.")
    parser.add_argument("--statements", type=Path, default=STATEMENTS)
    parser.add_argument("--failures", action="store_true", help="list what was judged wrongly, of the open ones")
    options = parser.parse_args()
    found, console = judged(options.statements, MPNetJudge()), Console(width=160)
    open_ones, frozen = ([one for one in found if one.frozen == wanted] for wanted in (False, True))
    table = Table("kind", "passed", "vetoed", "mean supported", title="open statements")
    by_kind: dict[tuple[bool, str], list[Judged]] = defaultdict(list)
    for one in open_ones:
        by_kind[not one.true, one.kind].append(one)
    for (false, kind), group in sorted(by_kind.items()):
        passed = f"{sum(one.passes(LEAST_SUPPORTED) for one in group)} of {len(group)}"
        vetoed = str(sum(one.vetoed is not None for one in group))
        mean = f"{np.mean([one.supported for one in group]):.2f}"
        table.add_row(f"{'false' if false else 'true'}: {kind}", passed, vetoed, mean)
    console.print(table)
    for name, group in (("open", open_ones), ("frozen", frozen)):
        scores, labels = np.array([one.supported for one in group]), np.array([one.true for one in group])
        console.print(f"{name}: AUC of the verifier alone {auc(scores, labels):.3f}")
        console.print(f"  at {LEAST_SUPPORTED}: {shares(group, LEAST_SUPPORTED)}")
    for least in _SHOWN:
        console.print(f"  open at {least}: {shares(open_ones, least)}")
    if options.failures:
        for one in open_ones:
            if one.passes(LEAST_SUPPORTED) != one.true:
                console.print(
                    f"{one.id} {one.kind} {one.supported:.2f} {one.vetoed or ''}\n  {one.statement}\n  {one.evidence}"
                )


if __name__ == "__main__":
    main()
