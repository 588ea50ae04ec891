"""Do we see where sources differ? `python -m bench.disagreement DOCS QUESTIONS [--shown 30]`.

DOCS and QUESTIONS are .jsonl.gz files in the form of QACC (Liu et al. 2024): documents with "doc_id", "text" and
"source", and questions with "question", "type" ("conflict" or "no_conflict") and "all_answers". All documents are
indexed as articles of one folder, each question is asked of the whole, and says "these sources differ" where the answer
has views. Nothing was trained on QACC. Beside it stand those that say so always and never, and a plain comparison: two
articles whose surest answers, at least as sure as an answer must be, are not the same string.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.growth import lines
from cli.assemble import Index, answering, open_index
from index.sources import Root, SourceReader
from qa.extractive import ANSWER_THRESHOLD
from qa.findings import findings
from qa.judge import MPNetJudge
from qa.reader import Reader
from qa.records import Answer, Question
from qa.stretches import stretches_to_read, word_weights


def strings_differ(index: Index, reader: Reader, question: str) -> bool:
    """Tell whether the surest answers of two articles are different strings."""
    passages = index.retriever.search(question, top_k=20)
    stretches = stretches_to_read(passages, word_weights(question, index.postings), len(passages))
    best: dict[str, str] = {}
    for one in findings(question, stretches, reader):
        if one.confidence >= ANSWER_THRESHOLD:
            best.setdefault(one.article_id, " ".join(one.answer.casefold().split()))
    return len(set(best.values())) > 1


def scores(predicted: Sequence[bool], gold: Sequence[bool]) -> tuple[float, float, float]:
    """Return precision, recall and F1; 0 where they are not defined."""
    right = sum(one and other for one, other in zip(predicted, gold, strict=True))
    precision, recall = right / max(1, sum(predicted)), right / max(1, sum(gold))
    return precision, recall, 2 * right / max(1, sum(predicted) + sum(gold))


def show(question: dict[str, Any], answer: Answer) -> None:
    """Print a question that we got wrong, with what the labels and we say."""
    print(f"\n{question['type']}: {question['question']}")
    print("  labels:", [(one["answer"], len(one["doc_ids"])) for one in question["all_answers"]])
    for view in answer.views:
        print(f"  view: {view.answer} ({view.articles}) | {view.citations[0].quote[:160]}")


def main() -> None:
    """Read the command line, index and ask."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("docs", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--shown", type=int, default=0, help="how many false alarms to print")
    options = parser.parse_args()
    questions = list(lines(options.questions))
    gold = [one["type"] == "conflict" for one in questions]
    with tempfile.TemporaryDirectory() as folder:
        corpus, data = Path(folder) / "corpus", Path(folder) / "data"
        corpus.mkdir()
        data.mkdir()
        for one in lines(options.docs):
            article = [{"text": one["text"], "publisher": one.get("source") or ""}]
            (corpus / f"{one['doc_id']}.json").write_text(json.dumps(article), encoding="utf-8")
        index = open_index(data, SourceReader())
        index.synchroniser.sync([Root(corpus)])
        reader, plain = MPNetJudge(), []
        with answering(index, None) as answerer:
            answers = []
            for one in track(questions, description="Asking", transient=True):
                answers.append(answerer.answer(Question(one["question"])))
                plain.append(strings_differ(index, reader, one["question"]))
        index.close()
    ours = [len(answer.views) > 1 for answer in answers]
    report({"ours": ours, "always": [True] * len(gold), "never": [False] * len(gold), "strings": plain}, gold, answers)
    outcomes = zip(questions, answers, ours, gold, strict=True)
    false_alarms = [(question, answer) for question, answer, said, right in outcomes if said and not right]
    for question, answer in false_alarms[: options.shown]:
        show(question, answer)


def report(said: dict[str, list[bool]], gold: list[bool], answers: list[Answer]) -> None:
    """Print the figures of each, and what the comparison costs."""
    title = f"{len(gold)} questions, of which {sum(gold)} have sources that differ"
    table = Table("", "says so", "precision", "recall", "F1", title=title)
    for name, predicted in said.items():
        table.add_row(name, str(sum(predicted)), *(f"{value:.3f}" for value in scores(predicted, gold)))
    Console().print(table)
    spent = [answer.timings_ms["compare"] for answer in answers]
    whole = [answer.timings_ms["total"] for answer in answers]
    p50, p95 = np.percentile(spent, (50, 95))
    print(f"comparing takes {p50:.1f} / {p95:.1f} ms (p50 / p95) of {np.median(whole):.1f} ms (p50)")


if __name__ == "__main__":
    main()
