"""What a language model writes, and what of it reaches the user: `python -m bench.llm --llm local/PATH.gguf`.

Three systems answer the open cases of the evaluation that `--cases` takes evenly by kind, with the same passages: ours
with the model, LlamaIndex's CitationQueryEngine with the same model and prompt room, and our extractive engine. An
answer is right by the evaluation's own rule; the peer's is its text, refused where it says that the sources don't tell,
and its citation is valid where one of its numbers is that of a source whose article holds gold words.

`--statements FILE` writes each statement that our engine was given, whether it passed and why not, with the sentences
that it cites: to be read by a person. Prints counts.
"""

import argparse
import json
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from llama_index.core.query_engine import CitationQueryEngine
from rich.console import Console
from rich.table import Table

from cli.assemble import Index, open_index
from eval.case_files import load_cases
from eval.cases import Case, sample_by_kind
from eval.citation_metrics import rests_on_gold
from eval.metrics import answer_right
from index.lexical import LexicalSearch
from index.records import Filters, Passage
from index.retriever import HybridRetriever
from index.sources import Root, SourceReader
from qa.answerer import Answerer
from qa.comparison import Comparison
from qa.confidence import ReadersJudgement
from qa.extractive import ExtractiveEngine
from qa.generative import GenerativeEngine
from qa.grounding import Grounder
from qa.judge import MPNetJudge
from qa.llm_calls import LLMCaller, Patience
from qa.llm_spec import parse_spec
from qa.llms import connect
from qa.records import Answer, DraftStatement, Statement, Support

_REFUSES = re.compile(
    r"\b(?:do(?:es)? not|don't|doesn't|cannot|can't|no)\b.{0,40}\b(?:mention|provide|contain|say|information|answer|"
    r"know|specif|state|indicate)|\bnot (?:mentioned|provided|stated|specified|available|clear)\b|\bunable to\b",
    re.IGNORECASE,
)
PASSAGES_SHOWN = 6  # to the peer
_PEER_TOKENS = 250  # it may write; without a limit this model repeats itself for minutes
_CHUNK = 256  # tokens of the peer's own cut, as the measurement that it is compared with had


@dataclass
class Watched:
    """A grounder and a judgement that note what they said about each statement."""

    grounder: Grounder
    judgement: ReadersJudgement
    seen: list[dict[str, Any]] = field(default_factory=list)

    def supports(self, drafted: DraftStatement, passages: Sequence[Passage]) -> tuple[Support, ...]:
        """See Grounder.supports."""
        found = self.grounder.supports(drafted, passages)
        if not drafted.supports:  # a model's
            shown = [one.passage.chunk.words(*one.span) for each in drafted.excerpts for one in each.supports]
            quotes = [one.passage.chunk.words(*one.span) for one in found]
            self.seen.append({"statement": drafted.text, "quotes": quotes, "confidence": None, "cited": shown})
        return found

    def confidence(self, question: str, statement: str, supports: Sequence[Support]) -> float:
        """See ReadersJudgement.confidence."""
        sure = self.judgement.confidence(question, statement, supports)
        self.seen[-1]["confidence"] = sure
        return sure


class Fixed(HybridRetriever):
    """Our retriever, as a LlamaIndex one that finds as many passages as our engine shows the model."""

    def search(self, query: str, *, top_k: int | None = None, filters: Filters = Filters()) -> list[Passage]:
        """See HybridRetriever.search."""
        return super().search(query, top_k=top_k or PASSAGES_SHOWN, filters=filters)


def as_answer(question: str, text: str) -> Answer:
    """Return a peer's text as an answer, so that one rule judges all."""
    refused = not text.strip() or _REFUSES.search(text) is not None
    return Answer(
        question=question,
        standalone_question=question,
        status="not_in_sources" if refused else "answered",
        answer=text,
        short_answer=None,
        statements=() if refused else (Statement(text, ()),),
        citations=(),
        views=(),
        engine="peer",
        dropped=0,
        incomplete=False,
        fallback_reason=None,
        confidence=0.0,
    )


def verdict(case: Case, answer: Answer) -> str:
    """Return right, wrong or refused; where the articles don't say, refused is right."""
    if answer.status == "not_in_sources":
        return "refused" if case.answerable else "right"
    return "right" if case.answerable and answer_right(case, answer) else "wrong"


def peer_cites_gold(case: Case, text: str, files: Sequence[str]) -> bool:
    """Tell whether one of the peer's markers names a source of an article that holds gold words."""
    numbers = [int(number) for number in re.findall(r"\[(\d{1,2})\]", text)]
    gold = {span.file for span in case.gold}
    return any(0 < number <= len(files) and files[number - 1] in gold for number in numbers)


def asked_of(peer: CitationQueryEngine, question: str) -> tuple[str, list[str]]:
    """Return what the peer answers and the files of its sources; an error is its answer, too."""
    try:
        response = peer.query(question)
    except Exception as error:  # noqa: BLE001 - what a peer does with a slow model is a finding
        return f"{type(error).__name__}", []
    return str(response).strip(), [str(node.node.metadata.get("file")) for node in response.source_nodes]


def ask(options: argparse.Namespace, index: Index, articles: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Yield what each system did with each case."""
    reader = MPNetJudge()
    spec = parse_spec(options.llm, url=options.url, seconds=120.0)
    model = connect(spec)
    try:
        watched = Watched(Grounder(reader), ReadersJudgement(reader))
        extractive = ExtractiveEngine(reader, index.postings)
        caller = LLMCaller(model, Patience(total=120.0, stall=60.0))
        generative = GenerativeEngine.for_size(spec.size, caller, reader, index.postings)
        parts = index.retriever, index.catalogue
        comparison = Comparison(reader, index.postings, index.embedder)
        ours = Answerer(*parts, [generative], watched, watched, comparison)
        plain = Answerer(*parts, [extractive], Grounder(reader), ReadersJudgement(reader), comparison)
        fixed = Fixed(index.catalogue, index.vectors, index.embedder, LexicalSearch(index.catalogue, index.postings))
        peer = CitationQueryEngine.from_args(
            index=None,  # type: ignore[arg-type]  # a retriever is given instead
            llm=model.llm.model_copy(update={"max_tokens": _PEER_TOKENS}),
            retriever=fixed,
            citation_chunk_size=_CHUNK,
        )
        cases = [one for one in load_cases(Path("eval/cases"), articles) if not one.frozen]
        for case in sample_by_kind(cases, options.cases):
            begun = time.perf_counter()
            answer = ours.answer(case.question)
            seconds = time.perf_counter() - begun
            fallback = answer if answer.statements else plain.answer(case.question)
            text, files = asked_of(peer, case.question.text)
            yield {
                "case": case.id,
                "kind": case.kind,
                "question": case.question.text,
                "model alone": verdict(case, answer),
                "with fallback": verdict(case, fallback),
                "extractive": verdict(case, plain.answer(case.question)),
                "CitationQueryEngine": verdict(case, as_answer(case.question.text, text)),
                "cites gold": bool(answer.statements) and case.answerable and rests_on_gold(case, answer),
                "peer cites gold": peer_cites_gold(case, text, files),
                "answer": answer.answer,
                "peer": text,
                "seconds": round(seconds, 1),
                "reason": answer.fallback_reason,
                "statements": watched.seen[:],
                "tokens": answer.tokens,
            }
            watched.seen.clear()
    finally:
        model.close()


def report(found: Sequence[dict[str, Any]]) -> None:
    """Print the counts."""
    console = Console()
    table = Table("system", "right", "wrong", "refused", title=f"{len(found)} cases")
    for system in ("model alone", "with fallback", "extractive", "CitationQueryEngine"):
        counts = Counter(one[system] for one in found)
        table.add_row(system, *(str(counts[name]) for name in ("right", "wrong", "refused")))
    console.print(table)
    written = [statement for one in found for statement in one["statements"]]
    passed = sum(bool(one["quotes"]) and one["confidence"] is not None for one in written)
    console.print(f"{len(written)} statements written, {passed} supported by the articles' words")
    console.print(
        f"answers citing gold words: ours {sum(one['cites gold'] for one in found)}, "
        f"CitationQueryEngine {sum(one['peer cites gold'] for one in found)}"
    )
    console.print(f"median seconds of ours: {sorted(one['seconds'] for one in found)[len(found) // 2]}")


def main() -> None:
    """Read the command line and run, with an index of the seeds in a folder that is removed afterwards."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--llm", required=True)
    parser.add_argument("--url")
    parser.add_argument("--cases", type=int, default=51)
    parser.add_argument("--statements", type=Path)
    parser.add_argument("--corpus", type=Path, default=Path("seeds"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        index = open_index(Path(folder), SourceReader())
        index.synchroniser.sync([Root(options.corpus)])
        summaries = [index.catalogue.article(summary.id) for summary, _ in index.catalogue.articles()]
        articles = {article.file: article.text for article in summaries if article}
        found = []
        for one in ask(options, index, articles):
            found.append(one)
            if options.statements:
                with options.statements.open("a", encoding="utf-8") as stream:
                    stream.write(json.dumps(one, ensure_ascii=False) + "\n")
        report(found)
        index.close()


if __name__ == "__main__":
    main()
