"""A report to read in a terminal, and its files: JSON, JUnit XML and a page."""

import json
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from eval.errors import EvaluationError
from eval.figures import MEASURES
from eval.html_report import html_page
from eval.machine_reports import junit_xml, report_json
from eval.records import PARTS, Report
from eval.wording import figure_text, summary_lines


def print_report(report: Report, console: Console) -> None:
    """Tables of the kinds, the measures, the latencies and the gates, then what changed, then the verdict."""
    console.print(_kinds_table(report))
    console.print(_measures_table(report))
    console.print(_latency_table(report))
    console.print(_gates_table(report))
    for line in summary_lines(report):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _kinds_table(report: Report) -> Table:
    table = Table("Kind", "Cases", "Passed, all", "Open", "Frozen", "F1", "Cit. recall", "Cit. prec.", "Recall@10")
    for row in report.kinds:
        names = ("answer_f1", "citation_recall", "citation_precision", "retrieval_recall_at_10")
        scores = ["-" if (value := row.figures[name].value) is None else f"{value:.2f}" for name in names]
        passed = [figure_text(row.passed[part]) for part in PARTS]
        name = row.kind if row.gated else f"{row.kind} (reported)"
        table.add_row(name, str(row.passed["all"].n), *passed, *scores)
    return table


def _measures_table(report: Report) -> Table:
    table = Table("Measure", "All", "Open", "Frozen", "Baseline")
    for measure in MEASURES:
        before = report.comparison.figures.get(measure.name) if report.comparison else None
        figures = [figure_text(report.figures[part][measure.name]) for part in PARTS]
        arrow = " (lower is better)" if measure.lower_is_better else ""
        table.add_row(measure.title + arrow, *figures, "-" if before is None else f"{before:.2f}")
    return table


def _latency_table(report: Report) -> Table:
    table = Table("Stage", "p50 ms", "p95 ms", "Questions")
    for latency in report.latencies:
        table.add_row(latency.stage, f"{latency.p50:.1f}", f"{latency.p95:.1f}", str(latency.n))
    return table


def _gates_table(report: Report) -> Table:
    table = Table("Gate", "Value", "Bound", "")
    for gate in sorted(report.gates, key=lambda gate: gate.passed):
        value = "no data" if gate.value is None else f"{gate.value:.3f}"
        table.add_row(gate.name, value, gate.bound, "met" if gate.passed else "[bold red]MISSED[/]")
    return table


def write_files(report: Report, *, json_path: Path | None, junit_path: Path | None, html_path: Path | None) -> None:
    """Write the forms that have a path. Raises EvaluationError if one cannot be written."""
    forms: tuple[tuple[Path | None, Callable[[], str]], ...] = (
        (json_path, lambda: json.dumps(report_json(report), indent=2, allow_nan=False) + "\n"),
        (junit_path, lambda: junit_xml(report)),
        (html_path, lambda: html_page(report)),
    )
    for path, form in forms:
        if path is None:
            continue
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(form(), encoding="utf-8", errors="replace", newline="\n")
        except OSError as error:
            what = f"The report cannot be written: {error.strerror}."
            raise EvaluationError(path, what, "Name a path that can be written.") from error
