"""`footnote eval`."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast, get_args

from rich.console import Console

from cli.assemble import Index, answering, open_index
from cli.progress import sync_progress
from cli.settings import Settings
from cli.wording import left_out
from eval.datasets import load_dataset, write_articles
from eval.errors import EvaluationError
from eval.public_protocols import PROTOCOLS, multihop_rag, print_dataset_report, squad
from eval.report import print_report, write_files
from eval.run import Plan, evaluate
from index.article_lists import FieldMap
from index.reading import article_files
from index.sources import ALL_SUFFIXES, Root, SourceReader
from qa.records import EngineChoice


@dataclass(frozen=True, slots=True)
class Forms:
    """Where the report goes besides the terminal; None leaves a form out."""

    json: Path | None
    junit: Path | None
    html: Path | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command was asked to run; None where it was not said. A suite brings all that a run needs."""

    cases: Path | None
    suite: Path | None
    engine: str
    sample: int | None
    update_baseline: bool
    own_corpus: bool


def make_plan(wanted: Wanted) -> Plan:
    """Return what to run. A baseline is of all cases of its suite on the suite's corpus; other runs have none."""
    if wanted.engine not in get_args(EngineChoice):
        known = ", ".join(get_args(EngineChoice))
        raise EvaluationError(f"engine {wanted.engine}", "It is unknown.", f"Name one of: {known}.")
    engine = cast(EngineChoice, wanted.engine)
    plan = Plan(engine=engine, sample=wanted.sample, update_baseline=wanted.update_baseline)
    if suite := wanted.suite:
        plan = replace(
            plan, cases=suite / "cases", thresholds=suite / "thresholds.toml", baseline=suite / "baseline.json"
        )
    if wanted.cases is None and wanted.sample is None and not wanted.own_corpus:
        return plan
    if wanted.update_baseline:
        raise EvaluationError(
            "--update-baseline", "This run is not of all cases of its suite.", "Leave the other options out."
        )
    return replace(plan, cases=wanted.cases or plan.cases, baseline=None)


def evaluate_cases(settings: Settings, plan: Plan, forms: Forms) -> int:
    """Index the corpus in a folder of its own, run the cases, print and write the report; return the exit status."""
    if next(article_files(settings.corpus, ALL_SUFFIXES), None) is None:
        raise EvaluationError(
            settings.corpus, "The corpus holds no article.", "Name the folder that the cases are about."
        )
    with _indexed(settings.corpus, settings.source_reader(), settings.threads) as index:
        found = [index.catalogue.article(summary.id) for summary, _ in index.catalogue.articles()]
        articles = {article.file: article.text for article in found if article is not None}
        with answering(index, settings.llm_spec()) as answerer:
            report = evaluate(answerer, index.retriever, articles, plan)
    print_report(report, Console())
    write_files(report, json_path=forms.json, junit_path=forms.junit, html_path=forms.html)
    if forms.html:
        print(f"The report is in {forms.html}.", file=sys.stderr)
    return report.exit_code


def evaluate_dataset(documents: Path, questions: Path, protocol: str, limit: int | None, threads: int = 0) -> int:
    """Index a public dataset and print a protocol's figures; return the exit status."""
    if protocol not in PROTOCOLS:
        raise EvaluationError(f"protocol {protocol}", "It is unknown.", f"Name one of: {', '.join(PROTOCOLS)}.")
    dataset = load_dataset(documents, questions, limit=limit)
    with tempfile.TemporaryDirectory() as folder:
        files = write_articles(list(dataset.documents.values()), Path(folder))
        with _indexed(Path(folder), SourceReader(FieldMap()), threads) as index:
            if protocol == "multihop-rag":
                report = multihop_rag(dataset, index.retriever, files)
            else:
                with answering(index, None) as answerer:
                    report = squad(dataset, answerer)
    print_dataset_report(report, Console())
    return 0


@contextmanager
def _indexed(corpus: Path, reader: SourceReader, threads: int) -> Iterator[Index]:
    # Not the user's index: an evaluation must see exactly this corpus, and may run beside a server.
    with tempfile.TemporaryDirectory() as data:
        index = open_index(Path(data), reader, threads)
        try:
            with sync_progress() as show:
                report = index.synchroniser.sync([Root(corpus)], show)
            for line in left_out(report):
                print(line, file=sys.stderr)
            yield index
        finally:
            index.close()
