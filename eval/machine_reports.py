"""A report for machines: JSON and JUnit XML.

Both are made from a Report, which holds no frozen case: none can appear here.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from math import isfinite
from xml.etree import ElementTree

from eval.records import PARTS, Judged, Report
from eval.wording import expected_lines

SCHEMA = 1
# What XML 1.0 cannot hold: control characters, lone surrogates, two non-characters.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def report_json(report: Report) -> dict[str, object]:
    """The whole report as JSON-ready values; offsets are code points, times milliseconds where the key ends in ms."""
    return {
        "schema": SCHEMA,
        "exit_code": report.exit_code,
        "started_at": report.started_at.isoformat(timespec="seconds"),
        "seconds": round(report.seconds, 3),
        "engine": report.engine,
        "figures": {part: plain(report.figures[part]) for part in PARTS},
        "kinds": {row.kind: plain(row) for row in report.kinds},
        "frozen": plain(report.frozen),
        "risk_coverage": plain(report.curve),
        "latency_ms": {late.stage: {"p50": late.p50, "p95": late.p95, "n": late.n} for late in report.latencies},
        "gates": plain(report.gates),
        "comparison": plain(report.comparison),
        "cases": [_case_json(judged) for judged in report.open_cases],
    }


def plain(value: object) -> object:
    """Records, tuples and dates as JSON knows them; what is not a finite number becomes null."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return None if isinstance(value, float) and not isfinite(value) else value


def _case_json(judged: Judged) -> dict[str, object]:
    case, answer, verdict = judged.outcome.case, judged.outcome.answer, judged.verdict
    return {
        "id": case.id,
        "kind": case.kind,
        "must": case.must,
        "question": case.question.text,
        "history": plain(case.question.history),
        "expected": expected_lines(case),
        "gold": plain(case.gold),
        "verdict": plain(verdict),
        "error": judged.outcome.error,
        "answer": plain(answer),
        "answer_ms": judged.outcome.answer_ms,
        "search_ms": judged.outcome.search_ms,
    }


def junit_xml(report: Report) -> str:
    """JUnit XML: one suite of gates, one suite of open cases per kind; the frozen cases as properties of the first."""
    root = ElementTree.Element("testsuites", name="footnote eval")
    gates = _suite(root, "gates", len(report.gates), len(report.missed))
    properties = ElementTree.SubElement(gates, "properties")
    for name, value in asdict(report.frozen).items():
        ElementTree.SubElement(properties, "property", name=f"frozen_{name}", value=str(value))
    for gate in report.gates:
        value = "no data" if gate.value is None else f"{gate.value:.4f}"
        message = f"{value}, but {gate.bound}: {gate.reason}"
        _test_case(gates, "gates", gate.name, 0.0, None if gate.passed else message)
    for row in report.kinds:
        judged = [one for one in report.open_cases if one.outcome.case.kind == row.kind]
        failing = sum(not one.verdict.passed for one in judged)
        suite = _suite(root, f"cases.{row.kind}", len(judged), failing)
        for one in judged:
            failure = None if one.verdict.passed else "; ".join(one.verdict.failures)
            _test_case(suite, f"cases.{row.kind}", one.outcome.case.id, one.outcome.answer_ms / 1000, failure)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(root: ElementTree.Element, name: str, tests: int, failures: int) -> ElementTree.Element:
    return ElementTree.SubElement(root, "testsuite", name=name, tests=str(tests), failures=str(failures))


def _test_case(suite: ElementTree.Element, area: str, name: str, seconds: float, failure: str | None) -> None:
    case = ElementTree.SubElement(suite, "testcase", classname=area, name=_xml(name), time=f"{seconds:.3f}")
    if failure is not None:
        ElementTree.SubElement(case, "failure", message=_xml(failure))


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
