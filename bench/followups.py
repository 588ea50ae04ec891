"""Do follow-ups find what they mean? `python -m bench.followups DOCS QUESTIONS [--llm local/PATH.gguf]`.

DOCS and QUESTIONS are .jsonl.gz files: documents with "doc_id" and "text", questions with "question", "history" and
"gold_doc_ids" (MTRAG, Katsis et al. 2025). Of the questions with a history and gold documents, prints how many gold
documents stand among the first 5 and 10 found (mean recall), searching for: the question as it was asked; it behind the
question before, always; what `qa.followups.stand_alone` makes of it; and, with a model, what `qa.rewriting` does. Also
for those questions apart that `stand_alone` changed.
"""

import argparse
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from bench.growth import lines
from cli.assemble import Index, open_index
from eval.datasets import Document, write_articles
from index.sources import Root, SourceReader
from qa.followups import stand_alone
from qa.llm_calls import LLMCaller
from qa.llm_spec import parse_spec
from qa.llms import connect
from qa.records import Turn
from qa.rewriting import LLMRewriter

Way = Callable[[str, tuple[Turn, ...]], str]
_DEPTHS = (5, 10)


def history_of(line: dict[str, Any]) -> tuple[Turn, ...]:
    """Return the conversation before a question."""
    return tuple(Turn("user" if one["role"] == "user" else "assistant", one["text"]) for one in line["history"])


def behind_the_last(question: str, history: tuple[Turn, ...]) -> str:
    """Return the question behind the one asked before it."""
    asked = [turn.content for turn in history if turn.role == "user"]
    return " ".join([*asked[-1:], question])


def recalls(index: Index, files: dict[str, str], asked: Sequence[dict[str, Any]], way: Way) -> list[tuple[float, ...]]:
    """Return the recall at each depth of each question."""
    documents = {file: document for document, file in files.items()}
    found = []
    for line in asked:
        query = way(line["question"], history_of(line))
        ranked: dict[str, None] = {}
        for passage in index.retriever.search(query, top_k=60):
            ranked.setdefault(documents[passage.file])
        gold = set(line["gold_doc_ids"])
        found.append(tuple(len(gold & set(list(ranked)[:depth])) / len(gold) for depth in _DEPTHS))
    return found


def main() -> None:
    """Read the command line, index, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("docs", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--llm")
    options = parser.parse_args()
    documents = [Document(line["doc_id"], line["text"], line.get("title"), None, None) for line in lines(options.docs)]
    asked = [line for line in lines(options.questions) if line["history"] and line["gold_doc_ids"]]
    ways: dict[str, Way] = {
        "as it was asked": lambda question, _: question,
        "behind the question before": behind_the_last,
        "stand_alone": lambda question, history: stand_alone(question, history).text,
    }
    with tempfile.TemporaryDirectory() as folder:
        files = write_articles(documents, Path(folder) / "articles")
        (Path(folder) / "data").mkdir()
        index = open_index(Path(folder) / "data", SourceReader())
        index.synchroniser.sync([Root(Path(folder) / "articles")])
        model = connect(parse_spec(options.llm)) if options.llm else None
        if model:
            rewrite = LLMRewriter(LLMCaller(model))
            ways["with the model"] = lambda question, history: rewrite(question, history).text
        changed = np.array([stand_alone(one["question"], history_of(one)).text != one["question"] for one in asked])
        table = Table("searched for", *(f"recall@{depth}" for depth in _DEPTHS), *(f"changed @{n}" for n in _DEPTHS))
        for name, way in ways.items():
            figures = np.array(recalls(index, files, asked, way))
            means = [*figures.mean(axis=0), *figures[changed].mean(axis=0)]
            table.add_row(name, *(f"{mean:.3f}" for mean in means))
        Console().print(f"{len(asked)} follow-ups, of which stand_alone changes {changed.sum()}", table)
        index.close()
        if model:
            model.close()


if __name__ == "__main__":
    main()
