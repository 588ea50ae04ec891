"""Does the check of statements tell supported claims from others? `python -m bench.grounding CLAIMS`.

CLAIMS is a .jsonl.gz file of claims with the sentences of their references and a label (WiCE, Kamoi et al. 2023):
"supported" is held against "partially_supported" and "not_supported". They are long claims in other words than their
references, which the rule that answers are held to (`qa.grounding.supporting`) is not made for: it passes what a
sentence says in its own words. So beside it stands what a score of words could do in its place: the share of a claim's
words that the best three sentences hold, less .2 each when a name or a number is missing.

Prints AUC and balanced accuracy (threshold found on nine tenths, counted on the tenth) of that score, of the share of
words that the whole reference holds, and of "always supported", with 95 % intervals of a bootstrap over claims; how
much of the unsupported the score lets through at the threshold at which it keeps four fifths of the supported; what the
rule passes; and its median milliseconds a claim.
"""

import argparse
import ast
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rich.console import Console
from rich.table import Table

from bench.growth import lines
from qa.grounding import supporting
from qa.same_answer import answer_key

_RESAMPLES, _FOLDS = 1_000, 10
_SENTENCES, _MISSING = 3, 0.2
_NAME = re.compile(r"(?<!^)\b[^\W\d_a-z][^\W_]*")

Scores = npt.NDArray[np.float64]
Labels = npt.NDArray[np.bool_]


def sentences(line: dict[str, Any]) -> list[str]:
    """Return the sentences of a claim's references, which the file holds as a list or as its text."""
    found = line["evidence_sentences"]
    return list(found) if isinstance(found, list) else list(ast.literal_eval(found))


def auc(scores: Scores, labels: Labels) -> float:
    """Return how often a supported claim scores above another; equals count half."""
    higher = scores[labels][:, None] > scores[~labels][None, :]
    equal = scores[labels][:, None] == scores[~labels][None, :]
    return float((higher + 0.5 * equal).mean())


def balanced(taken: Labels, labels: Labels) -> float:
    """Return the mean of the shares of supported claims taken and of others left."""
    return float((taken[labels].mean() + (~taken[~labels]).mean()) / 2)


def cross_validated(scores: Scores, labels: Labels) -> Labels:
    """Tell which claims a threshold takes that was found without them."""
    fold = np.random.default_rng(0).integers(0, _FOLDS, len(scores))
    taken = np.zeros(len(scores), dtype=np.bool_)
    for one in range(_FOLDS):
        known, held = fold != one, fold == one
        best = max(np.unique(scores[known]), key=lambda least: balanced(scores[known] >= least, labels[known]))
        taken[held] = scores[held] >= best
    return taken


def with_interval(figure: Callable[[npt.NDArray[np.int64]], float], size: int) -> str:
    """Return a figure of all claims, with the interval of its values on resampled ones."""
    chance = np.random.default_rng(0)
    values = [figure(chance.integers(0, size, size)) for _ in range(_RESAMPLES)]
    low, high = np.percentile(values, (2.5, 97.5))
    return f"{figure(np.arange(size)):.3f} [{low:.3f}, {high:.3f}]"


def word_score(claim: str, texts: Sequence[str]) -> tuple[float, float]:
    """Return the score of a claim, and the share of its words that the reference holds."""
    words, held = answer_key(claim), [answer_key(text) for text in texts]
    lacking = words
    for _ in range(_SENTENCES):
        lacking -= max(held, key=lambda one: len(lacking & one), default=frozenset())
    names = frozenset().union(*(answer_key(name) for name in _NAME.findall(claim)))
    numbers = frozenset(word for word in words if word[0].isdigit())
    size = max(1, len(words))
    score = 1 - len(lacking) / size - _MISSING * bool(lacking & names) - _MISSING * bool(lacking & numbers)
    return score, len(words & frozenset().union(*held)) / size


def main() -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", type=Path)
    found = list(lines(parser.parse_args().claims))
    labels = np.array([line["label"] == "supported" for line in found])
    seconds, passed = [], []
    for line in found:
        begun = time.perf_counter()
        passed.append(bool(supporting(line["claim"], sentences(line))))
        seconds.append(time.perf_counter() - begun)
    scored = np.array([word_score(line["claim"], sentences(line)) for line in found])
    table = Table("claims", "AUC", "balanced accuracy", title=f"{len(found)} claims, {labels.sum()} supported")
    rules = {"words and names": scored[:, 0], "words": scored[:, 1], "always supported": np.ones(len(found))}
    for name, scores in rules.items():
        taken = cross_validated(scores, labels)
        table.add_row(
            name,
            with_interval(lambda rows, scores=scores: auc(scores[rows], labels[rows]), len(found)),  # type: ignore[misc]
            with_interval(lambda rows, taken=taken: balanced(taken[rows], labels[rows]), len(found)),  # type: ignore[misc]
        )
    Console().print(table)
    least = np.quantile(scored[labels, 0], 0.2)
    through = (scored[~labels, 0] >= least).mean()
    print(f"a threshold that keeps .80 of the supported lets {through:.2f} of the rest through")
    held = np.array(passed)
    print(
        f"the rule passes {held[labels].sum()} of the supported, {held[~labels].sum()} of the {(~labels).sum()} others"
    )
    print(f"{np.median(seconds) * 1000:.1f} ms a claim")


if __name__ == "__main__":
    main()
