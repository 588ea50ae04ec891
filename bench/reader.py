"""How well the shipped reader reads: `python -m bench.reader --data FOLDER`.

FOLDER holds the datasets that it was trained on and `xquad_en` (docs and questions, .jsonl.gz). Prints, with 95 %
intervals of a bootstrap over questions:

- EM and F1 (SQuAD's own normalisation) on xquad_en, less the articles that were trained on, and on the held-out
  documents of the training datasets: the paragraph is given, and its best span is the answer.
- AUC of the answerability score: on the four held-out SQuAD articles, against the questions that their annotators wrote
  to have no answer there; and on held-out documents against near misses, by how they were made (models/reader_data.py).

Long paragraphs are read in windows of whole sentences, as the engine reads passages.
"""

import argparse
import gzip
import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rich.console import Console
from rich.table import Table

from eval.public_protocols import squad_scores
from models.reader_data import CHANCES, PairMaker, ParagraphQuestion, read_questions, sentences, split
from qa.judge import MPNetJudge
from qa.reader import Reading

_WINDOW = 800  # characters: within the reader's 208 tokens beside most questions
_SAMPLE = 1_000  # questions of each dataset at most
_RESAMPLES = 1_000


def windows(text: str) -> list[str]:
    """Cut a text into runs of whole sentences of at most 800 characters, each beginning with the last one's last."""
    runs: list[list[tuple[int, int]]] = [[]]
    for cut in sentences(text):
        if runs[-1] and cut[1] - runs[-1][0][0] > _WINDOW:
            runs.append(runs[-1][-1:] if cut[1] - runs[-1][-1][0] <= _WINDOW else [])
        runs[-1].append(cut)
    return [text[run[0][0] : run[-1][1]] for run in runs]


def read(reader: MPNetJudge, question: str, text: str) -> tuple[str, float]:
    """Return the best answer in a text and the highest answerability of its windows."""
    texts = windows(text)
    readings = reader.read(question, texts)
    best, place = max((reading.spans[0].score if reading.spans else -np.inf, n) for n, reading in enumerate(readings))
    answer = _words(readings[place], texts[place]) if np.isfinite(best) else ""
    return answer, max(reading.answerable for reading in readings)


def _words(reading: Reading, text: str) -> str:
    span = reading.spans[0].span
    return text[span.start : span.end]


def exact_and_f1(reader: MPNetJudge, questions: Sequence[ParagraphQuestion]) -> list[tuple[float, float]]:
    """Return EM and F1 of each question that has an answer."""
    scores = []
    for one in questions:
        golds = [one.paragraph[start:end] for start, end in one.spans]
        found = squad_scores(read(reader, one.question, one.paragraph)[0], golds)
        scores.append((found["exact"], found["f1"]))
    return scores


def interval(values: Sequence[float]) -> str:
    """Return a mean in per cent with its 95 % interval."""
    chance = np.random.default_rng(0)
    means = [chance.choice(values, len(values)).mean() for _ in range(_RESAMPLES)]
    low, high = np.quantile(means, [0.025, 0.975])
    return f"{100 * np.mean(values):.1f} [{100 * low:.1f}, {100 * high:.1f}]"


def auc_with_interval(answerable: Sequence[float], unanswerable: Sequence[float]) -> str:
    """Return the chance that an answerable pair scores above an unanswerable one, ties counting half."""
    chance = np.random.default_rng(0)

    def auc(one: npt.ArrayLike, other: npt.ArrayLike) -> float:
        difference = np.subtract.outer(np.asarray(one), np.asarray(other))
        return float((difference > 0).mean() + (difference == 0).mean() / 2)

    resampled = [
        auc(chance.choice(answerable, len(answerable)), chance.choice(unanswerable, len(unanswerable)))
        for _ in range(200)
    ]
    low, high = np.quantile(resampled, [0.025, 0.975])
    return f"{auc(answerable, unanswerable):.3f} [{low:.3f}, {high:.3f}]"


def clean_xquad(data: Path) -> list[ParagraphQuestion]:
    """Return the questions of xquad_en whose article is in no dataset that was trained on."""

    def titles(name: str) -> dict[str, str]:
        with gzip.open(data / f"{name}.docs.jsonl.gz", "rt", encoding="utf-8") as lines:
            return {line["doc_id"]: line["title"] for line in map(json.loads, lines)}

    trained = set(titles("squad2_dev_half").values()) | set(titles("squadshifts_new_wiki_train").values())
    clean = {doc_id for doc_id, title in titles("xquad_en").items() if title not in trained}
    questions = read_questions(data / "xquad_en.docs.jsonl.gz", data / "xquad_en.questions.jsonl.gz")
    return [question for question in questions if question.document in clean]


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description="How well the shipped reader reads.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sample", type=int, default=_SAMPLE, help="questions of each dataset at most")
    options = parser.parse_args()
    data: Path = options.data
    reader, console, chance = MPNetJudge(), Console(), random.Random(0)
    _, held = split(data)
    exact = Table("Answers", "Questions", "EM", "F1")
    for name, questions in {"xquad_en, clean": clean_xquad(data), **held}.items():
        answerable = [question for question in questions if question.spans]
        sample = chance.sample(answerable, min(options.sample, len(answerable)))
        ems, f1s = zip(*exact_and_f1(reader, sample), strict=True)
        exact.add_row(name, str(len(sample)), interval(ems), interval(f1s))
    console.print(exact)
    console.print(answerability(reader, held))


def answerability(reader: MPNetJudge, held: dict[str, list[ParagraphQuestion]]) -> Table:
    """Measure the AUC of the answerability score on held-out documents."""
    table = Table("Answerability against", "Answerable", "Not", "AUC")
    squad = held["squad2_dev_half"]
    scores = {question.id: read(reader, question.question, question.paragraph)[1] for question in squad}
    with_answer = [scores[question.id] for question in squad if question.spans]
    without = [scores[question.id] for question in squad if not question.spans]
    table.add_row(
        "written (SQuAD 2.0)", *map(str, map(len, (with_answer, without))), auc_with_interval(with_answer, without)
    )
    by_kind: dict[str, list[float]] = {}
    for questions in held.values():
        made = PairMaker(questions).pairs(1, CHANCES, random.Random(0))
        for pair in random.Random(0).sample(made, min(_SAMPLE, len(made))):
            by_kind.setdefault(pair.kind, []).append(read(reader, pair.question, pair.text)[1])
    answered = by_kind.pop("answered")
    by_kind.pop("written", None)
    for kind, found in {**by_kind, "all near misses": [score for one in by_kind.values() for score in one]}.items():
        table.add_row(kind, str(len(answered)), str(len(found)), auc_with_interval(answered, found))
    return table


if __name__ == "__main__":
    main()
