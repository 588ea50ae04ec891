"""SIGKILL at random moments of a sync loses nothing that was acknowledged, and leaves nothing behind."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.index.parts import OpenIndex, open_index

WORDS = "harbour bridge mayor comet lighthouse strike verdict flood harvest election tunnel glacier".split()


def article(rng: random.Random) -> str:
    return "\n".join(
        f"The {rng.choice(WORDS)} {rng.randrange(10_000)} {rng.choice(WORDS)} {rng.choice(WORDS)} on day {day}."
        for day in range(rng.randrange(5, 60))
    )


def change(folder: Path, rng: random.Random) -> None:
    """Add, edit, remove and rename articles."""
    for _ in range(rng.randrange(5, 25)):
        files = sorted(folder.glob("*.txt"))
        kind = rng.choice(["add", "add", "edit", "edit", "remove", "rename"]) if len(files) > 5 else "add"
        if kind == "add":
            (folder / f"{rng.randrange(10**6):06}.txt").write_text(article(rng), encoding="utf-8")
        elif kind == "edit":
            rng.choice(files).write_text(article(rng), encoding="utf-8")
        elif kind == "remove":
            rng.choice(files).unlink()
        else:
            rng.choice(files).rename(folder / f"{rng.randrange(10**6):06}.txt")


def texts_of(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}


def sync_and_kill(data: Path, folder: Path, rng: random.Random) -> str:
    """Start a sync in a process of its own, kill it at a random moment, and return the step that it was in."""
    command = [sys.executable, "-m", "tests.index.sync_to_be_killed", str(data), str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    lines = []
    steps = rng.choice([0, 1, *range(2, 60)])
    for line in process.stdout:
        lines.append(line.strip())
        if len(lines) > steps or lines[-1] == "acknowledged":
            break
    time.sleep(rng.uniform(0, 0.012))  # about as long as one step takes, so that kills land inside of them
    os.kill(process.pid, signal.SIGKILL)
    lines += [line.strip() for line in process.stdout]
    process.stdout.close()
    process.wait()
    return lines[-1] if lines else "before start"


def assert_old_or_new(index: OpenIndex, acknowledged: dict[str, str], present: dict[str, str]) -> None:
    found = index.indexed()
    for file, text in found.items():
        assert text in {acknowledged.get(file), present.get(file)}, f"{file} is neither old nor new"
    for file, text in acknowledged.items():
        if present.get(file) == text:
            assert found.get(file) == text, f"{file} was acknowledged, is still there, and was lost"


def survive_kills(place: Path, rounds: int, seed: int) -> Counter[str]:
    rng = random.Random(seed)
    data, folder = place / "data", place / "articles"
    folder.mkdir()
    acknowledged: dict[str, str] = {}
    hit: Counter[str] = Counter()
    for _ in range(rounds):
        change(folder, rng)
        hit[sync_and_kill(data, folder, rng)] += 1
        present = texts_of(folder)
        index = open_index(data, folder)
        index.assert_whole()
        assert_old_or_new(index, acknowledged, present)
        index.sync()
        index.assert_whole()
        assert index.indexed() == present
        index.close()
        acknowledged = present
    return hit


def landed_inside(hit: Counter[str], part: str) -> int:
    return sum(count for step, count in hit.items() if step.startswith(f"in {part}."))


@pytest.mark.slow
def test_kills_at_random_moments_lose_nothing(tmp_path: Path):
    """`FOOTNOTE_TEST_KILLS=50 pytest -s` is the long form; it must land inside of commits and of upserts."""
    rounds = int(os.environ.get("FOOTNOTE_TEST_KILLS", "10"))
    hit = survive_kills(tmp_path, rounds, seed=int(os.environ.get("FOOTNOTE_TEST_SEED", "1")))
    for step, count in hit.most_common():
        print(f"{count:3} {step}")
    assert sum(hit.values()) == rounds
    if rounds >= 50:
        assert landed_inside(hit, "catalogue") > 0
        assert landed_inside(hit, "vectors") > 0
