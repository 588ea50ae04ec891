"""Does the check of statements tell supported claims from others? `python -m bench.grounding CLAIMS`.

CLAIMS is a .jsonl.gz file of claims with the sentences of their references and a label (WiCE, Kamoi et al. 2023):
"supported" is held against "partially_supported" and "not_supported". They are long claims in other words than their
references. The verifier's score is its highest of the sentences that share most with the claim, each with its
neighbours, and of the best three together, as answers are checked; beside it stands what a score of words could do in
its place: the share of a claim's words that the best three sentences hold, less .2 each when a name or a number is
missing.

Prints AUC and balanced accuracy (threshold found on nine tenths, counted on the tenth) of both scores, of the share of
words that the whole reference holds, and of "always supported", with 95 % intervals of a bootstrap over claims; how
much of the unsupported each score lets through at the threshold at which it keeps four fifths of the supported; what
passes at the threshold that ships, vetoes and all; and the median milliseconds a claim.
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
from index.words import content_stems
from qa.grounding import LEAST_SUPPORTED
from qa.judge import MPNetJudge
from qa.same_answer import answer_key
from qa.vetoes import veto

_RESAMPLES, _FOLDS = 1_000, 10
_SENTENCES, _WINDOWS, _MISSING = 3, 4, 0.2
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


def evidence(claim: str, texts: Sequence[str]) -> list[str]:
    """Return what a claim is judged beside: its best sentences with their neighbours, and the best three together."""
    wanted = set(content_stems(claim))
    order = sorted(range(len(texts)), key=lambda place: (-len(wanted & set(content_stems(texts[place]))), place))
    around = [" ".join(texts[max(0, place - 1) : place + 2]) for place in order[:_WINDOWS]]
    return [*around, " ".join(texts[place] for place in sorted(order[:_SENTENCES]))]


def main() -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", type=Path)
    found = list(lines(parser.parse_args().claims))
    labels = np.array([line["label"] == "supported" for line in found])
    judge, seconds, judged, passed = MPNetJudge(), [], [], []
    for line in found:
        begun = time.perf_counter()
        pairs = [(line["claim"], text) for text in evidence(line["claim"], sentences(line))]
        verdicts = [verdict.supported for verdict in judge.verify(pairs)]
        allowed = [score for score, pair in zip(verdicts, pairs, strict=True) if veto(*pair) is None]
        judged.append(max(verdicts))
        passed.append(max(allowed, default=0.0) >= LEAST_SUPPORTED)
        seconds.append(time.perf_counter() - begun)
    scored = np.array([word_score(line["claim"], sentences(line)) for line in found])
    table = Table("claims", "AUC", "balanced accuracy", title=f"{len(found)} claims, {labels.sum()} supported")
    rules = {
        "the verifier": np.array(judged),
        "words and names": scored[:, 0],
        "words": scored[:, 1],
        "always supported": np.ones(len(found)),
    }
    for name, scores in rules.items():
        taken = cross_validated(scores, labels)
        table.add_row(
            name,
            with_interval(lambda rows, scores=scores: auc(scores[rows], labels[rows]), len(found)),  # type: ignore[misc]
            with_interval(lambda rows, taken=taken: balanced(taken[rows], labels[rows]), len(found)),  # type: ignore[misc]
        )
    Console().print(table)
    for name in ("the verifier", "words and names"):
        least = np.quantile(rules[name][labels], 0.2)
        through = (rules[name][~labels] >= least).mean()
        print(f"{name}: a threshold that keeps .80 of the supported lets {through:.2f} of the rest through")
    held = np.array(passed)
    kept, through = held[labels].sum(), held[~labels].sum()
    print(f"what ships passes {kept} of the supported, {through} of the {(~labels).sum()} others")
    print(f"{np.median(seconds) * 1000:.1f} ms a claim")


if __name__ == "__main__":
    main()
