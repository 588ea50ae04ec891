"""Which articles are near copies of one another, as those that print the same wire report are.

By Broder's sketches (1997, "On the resemblance and containment of documents", section 3): of the hashes of all runs of
a few words that an article holds, the smallest are kept, and from two such sketches follows how much of the shorter
article stands in the longer one.
"""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]

_RUN = 4  # words; runs of three recur in independent articles ("the minister said"), of five break at each small edit
_KEPT = 200  # hashes, 1.6 KB; the estimate of a half is then off by .035 (one standard deviation)
# Of the shorter article's runs, the share that makes it a near copy. Among the articles of MultiHop-RAG hardly a pair
# lies between .1 and .5: `python -m bench.copies`.
_NEAR_COPY = 0.5
_WORD = re.compile(r"\w+")
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio (Knuth, volume 3, section 6.4)


@dataclass(frozen=True, slots=True)
class Sketch:
    """The smallest hashes of an article's runs of words, and how many different runs it has."""

    runs: int
    hashes: frozenset[int]

    def to_bytes(self) -> bytes:
        """Return what `from_bytes` reads."""
        return np.array([self.runs, *sorted(self.hashes)], dtype="<u8").tobytes()

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Sketch":
        """Return the sketch that `to_bytes` wrote."""
        runs, *hashes = np.frombuffer(stored, dtype="<u8").tolist()
        return cls(runs, frozenset(hashes))


def sketch(text: str) -> Sketch:
    """Return the sketch of a text; punctuation, case and layout don't matter to it."""
    words = np.array([zlib.crc32(word.encode("utf-8", "replace")) for word in _WORD.findall(text.lower())], np.uint64)
    run = min(_RUN, len(words)) or 1
    hashes = np.zeros(max(0, len(words) - run + 1), np.uint64)
    for place in range(run):
        hashes = _mixed(hashes + words[place : place + len(hashes)])
    distinct = np.unique(hashes)
    return Sketch(len(distinct), frozenset(distinct[:_KEPT].tolist()))


def contained(one: Sketch, other: Sketch) -> float:
    """Return the estimated share of the shorter text's runs that stand in the longer one, 0 to 1."""
    if not one.runs or not other.runs:
        return 0.0
    smallest = sorted(one.hashes | other.hashes)[:_KEPT]
    shared = one.hashes & other.hashes
    resemblance = sum(value in shared for value in smallest) / len(smallest)
    return min(1.0, resemblance / (1 + resemblance) * (one.runs + other.runs) / min(one.runs, other.runs))


def near_copies(sketches: Mapping[str, Sketch]) -> list[list[str]]:
    """Return the keys in groups: each is a near copy of another of its group, or alone. In the order given."""
    groups: list[list[str]] = []
    for key, own in sketches.items():
        of_this = [group for group in groups if any(contained(own, sketches[other]) >= _NEAR_COPY for other in group)]
        joined = [*(other for group in of_this for other in group), key]
        groups = [*(group for group in groups if group not in of_this), joined]
    return groups


def _mixed(hashes: Hashes) -> Hashes:
    # One round of splitmix64 (Steele et al. 2014): without it, sums of words would not depend on their order.
    hashes = (hashes + _MIX).astype(np.uint64)
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))
