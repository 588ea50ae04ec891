"""The forms of a report: terminal, JSON, JUnit XML, page. None shows a frozen case; none trusts a text."""

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.console import Console

from eval.errors import EvaluationError
from eval.html_report import html_page
from eval.machine_reports import junit_xml, plain, report_json
from eval.records import NO_DATA, Report
from eval.report import print_report, write_files
from tests.eval.conftest import Evaluate, Newsroom
from tests.eval.specimens import FROZEN_FROM, TOWNS


def printed(report: Report, width: int = 200) -> str:
    out = io.StringIO()
    print_report(report, Console(file=out, width=width))
    return out.getvalue()


FORMS: dict[str, Callable[[Report], str]] = {
    "terminal": printed,
    "json": lambda report: json.dumps(report_json(report)),
    "junit": junit_xml,
    "page": html_page,
}


@pytest.mark.parametrize("form", FORMS)
def test_no_form_shows_a_word_of_a_frozen_case(form: str, bad: Report, newsroom: Newsroom):
    shown = FORMS[form](bad)
    frozen = [case for case in newsroom.cases if case.frozen]
    assert bad.frozen.passed < len(frozen)  # some fail, and would be shown first
    for town in TOWNS[FROZEN_FROM:]:
        assert town not in shown
    for case in frozen:
        assert case.id not in shown
        assert case.question.text not in shown
        assert case.digest not in shown


@pytest.mark.parametrize("form", ["json", "page"])
def test_every_open_case_is_shown(form: str, bad: Report):
    shown = FORMS[form](bad)
    assert all(one.outcome.case.id in shown for one in bad.open_cases)


def test_the_terminal_ends_with_the_verdict_and_names_what_blocks(bad: Report, evaluate_newsroom: Evaluate):
    assert printed(evaluate_newsroom()).rstrip().endswith("Every gate is met.")
    last = printed(bad).rstrip().splitlines()[-1]
    assert last.startswith("BLOCKED by: ")
    assert "citation_exact" in last
    assert "flips" in last


def test_the_terminal_shows_intervals_and_what_got_worse(bad: Report):
    shown = printed(bad)
    assert re.search(r"0\.00 \[0\.00, 0\.00\]", shown)
    assert "now fails: one_source-Torvik" in shown
    assert "must case regressed: one_source-Torvik" in shown


def test_the_json_holds_figures_gates_and_cases(bad: Report):
    found = json.loads(json.dumps(report_json(bad), allow_nan=False))
    assert found["exit_code"] == 1
    assert found["figures"]["all"]["citation_exact"]["value"] == 0
    assert set(found["figures"]) == {"all", "open", "frozen"}
    assert found["frozen"]["cases"] == bad.frozen.cases
    assert {gate["name"] for gate in found["gates"] if not gate["passed"]} >= {"citation_exact", "must_cases", "flips"}
    case = next(case for case in found["cases"] if case["id"] == "list-Torvik")
    assert case["expected"][1] == "all of: Torvikish eels | Torvikish snakes"
    assert case["verdict"]["passed"] is False
    assert case["answer"]["timings_ms"] == {"read": 1.0, "total": 2.0}


def test_what_is_not_a_number_becomes_null_in_json():
    assert plain({1: (float("nan"), float("inf"), 0.5)}) == {"1": [None, None, 0.5]}


def test_junit_counts_gates_and_open_cases_as_tests(bad: Report):
    root = ElementTree.fromstring(junit_xml(bad))
    suites = {suite.get("name"): suite for suite in root}
    gates = suites["gates"]
    assert gates.get("failures") == str(len(bad.missed)) == str(len(gates.findall("testcase/failure")))
    assert sum(len(suite.findall("testcase")) for name, suite in suites.items() if name != "gates") == len(
        bad.open_cases
    )
    failure = suites["cases.who"].find("testcase/failure")
    assert failure is not None
    assert "not the article's words" in str(failure.get("message"))
    kept = {item.get("name"): item.get("value") for item in gates.iter("property")}
    assert kept["frozen_cases"] == str(bad.frozen.cases)


def test_junit_stays_well_formed_whatever_the_texts_hold(hostile: Report):
    root = ElementTree.fromstring(junit_xml(hostile))
    messages = [failure.get("message", "") for failure in root.iter("failure")]
    assert any("<script>alert('x')</script>\ufffd\ufffd&" in message for message in messages)


@pytest.mark.parametrize("form", ["terminal", "page"])
def test_a_figure_without_data_is_not_shown_as_a_number(form: str, evaluate_newsroom: Evaluate):
    report = evaluate_newsroom()
    empty = {part: dict.fromkeys(figures, NO_DATA) for part, figures in report.figures.items()}
    shown = FORMS[form](replace(report, figures=empty))
    row = shown[shown.index("Answer exact") :][:400]
    assert "0.00" not in row.split("Answer F1")[0]


def test_a_report_on_nothing_is_still_a_report(evaluate_newsroom: Evaluate):
    report = replace(evaluate_newsroom(), open_cases=(), curve=None, latencies=())
    for form in FORMS.values():
        assert form(report)


def test_files_are_written_where_asked_and_nowhere_else(tmp_path: Path, bad: Report):
    folder = tmp_path / "reports" / "today"
    write_files(bad, json_path=folder / "r.json", junit_path=None, html_path=folder / "r.html")
    assert sorted(path.name for path in folder.iterdir()) == ["r.html", "r.json"]
    assert json.loads((folder / "r.json").read_text(encoding="utf-8"))["exit_code"] == 1


def test_a_report_that_cannot_be_written_is_a_broken_set_up(tmp_path: Path, bad: Report):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(EvaluationError, match="The report cannot be written"):
        write_files(bad, json_path=tmp_path / "file" / "r.json", junit_path=None, html_path=None)


def test_the_terminal_prints_hostile_texts_as_they_are(hostile: Report):
    shown = printed(replace(hostile, engine="[bold]auto"))
    assert "Engine: [bold]auto" in shown
