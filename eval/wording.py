"""The words and numbers that every form of a report shares."""

from eval.cases import Case
from eval.records import Figure, Report


def figure_text(figure: Figure) -> str:
    """`0.81 [0.74, 0.88]`, or a dash without data."""
    if figure.value is None:
        return "-"
    if figure.low is None or figure.high is None:
        return f"{figure.value:.2f}"
    return f"{figure.value:.2f} [{figure.low:.2f}, {figure.high:.2f}]"


def expected_lines(case: Case) -> list[str]:
    """What the case accepts, a line each, for people."""
    if not case.answerable:
        return ["The articles don't say."]
    accepted = case.accepted
    lines = list(accepted.answers) + [f"/{pattern.pattern}/" for pattern in accepted.patterns]
    lines += ["all of: " + " | ".join(options) for options in accepted.all_of]
    return lines + [f"side {number}: " + " | ".join(view.answers) for number, view in enumerate(case.views, 1)]


def summary_lines(report: Report) -> list[str]:
    """The end of a run in a few lines: cases, changes against the baseline, verdict."""
    passed = sum(judged.verdict.passed for judged in report.open_cases)
    frozen = report.frozen
    lines = [
        f"Open cases: {passed} of {len(report.open_cases)} passed. Frozen: {frozen.passed} of {frozen.cases} passed. "
        f"Engine: {report.engine}. {report.seconds:.1f} s."
    ]
    if comparison := report.comparison:
        lines.append(
            f"Against the baseline ({comparison.engine}): {comparison.compared} compared, "
            f"{len(comparison.better)} better, {len(comparison.worse)} worse "
            f"(sign test towards worse, p = {comparison.p_worse:.3f}); "
            f"{comparison.new} new, {comparison.changed} edited, {comparison.gone} gone. "
            f"Frozen before: {comparison.frozen_passed_before} of {comparison.frozen_cases_before}."
        )
        lines += [f"  now fails: {case_id}" for case_id in comparison.worse]
        lines += [f"  must case regressed: {case_id}" for case_id in comparison.must_regressed]
    missed = ", ".join(gate.name for gate in report.missed)
    lines.append(f"BLOCKED by: {missed}." if missed else "Every gate is met.")
    return lines
