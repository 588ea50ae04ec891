"""A report as one page that needs nothing else: no network, no assets. Its look is `report.html.template`.

Every text that is not ours goes through `text`: questions, answers and articles may hold markup.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template

from eval.charts import interval_bar, recall_chart, risk_coverage_chart
from eval.figures import MEASURES, Measure
from eval.html_case import case_card, text
from eval.records import PARTS, Comparison, Figure, GateResult, Judged, Report
from eval.retrieval_metrics import DEPTHS

_TEMPLATE = Path(__file__).with_name("report.html.template")
_NO_BASELINE = '<p class="soft">This run was compared with nothing.</p>'


def html_page(report: Report) -> str:
    """The whole page."""
    flipped = {*report.comparison.better, *report.comparison.worse} if report.comparison else set()
    in_order = sorted(report.open_cases, key=lambda judged: _place(judged, report.comparison))
    return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        title="Footnote evaluation: " + ("blocked" if report.missed else "every gate met"),
        verdict=_verdict(report),
        gates=_gates(report),
        figures=_figures(report),
        kinds=_kinds(report),
        charts=_charts(report),
        latency=_latency(report),
        comparison=_comparison(report.comparison) if report.comparison else _NO_BASELINE,
        kind_options="".join(f'<option value="{kind}">{_spaced(kind)}</option>' for kind in _open_kinds(report)),
        cases="\n".join(case_card(one, report.articles, one.outcome.case.id in flipped) for one in in_order),
    )


def _place(judged: Judged, comparison: Comparison | None) -> tuple[bool, bool, str]:
    """Failures first, and of those the ones that passed before."""
    case_id = judged.outcome.case.id
    newly = comparison is not None and case_id in comparison.worse
    return judged.verdict.passed, not newly, case_id


def _open_kinds(report: Report) -> list[str]:
    present = {judged.outcome.case.kind for judged in report.open_cases}
    return [row.kind for row in report.kinds if row.kind in present]


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _table(heads: Sequence[str], rows: Iterable[str]) -> str:
    head = "".join(f"<th>{name}</th>" for name in heads)
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def _cell(figure: Figure, *, bar: bool = False) -> str:
    if figure.value is None:
        return '<td class="number soft">no data</td>'
    interval = "" if figure.low is None else f"[{figure.low:.2f}, {figure.high:.2f}]"
    drawn = interval_bar(figure.value, figure.low, figure.high) if bar else ""
    return f'<td class="number">{figure.value:.3f} <span class="interval">{interval} n={figure.n}</span>{drawn}</td>'


def _verdict(report: Report) -> str:
    passed = sum(judged.verdict.passed for judged in report.open_cases)
    names = ", ".join(escape(gate.name) for gate in report.missed)
    word = f"<strong>Blocked</strong> by {names}" if report.missed else "<strong>Every gate is met</strong>"
    return (
        f'<div class="verdict{" blocked" if report.missed else ""}"><p>{word}</p>'
        f'<p class="soft">{passed} of {len(report.open_cases)} open cases passed, '
        f"{report.frozen.passed} of {report.frozen.cases} frozen. Engine: {escape(report.engine)}. "
        f"{report.started_at:%Y-%m-%d %H:%M} UTC, {report.seconds:.1f} s.</p></div>"
    )


def _gates(report: Report) -> str:
    """The missed gates in sight, the met ones a click away."""
    verdicts = {True: '<span class="good">met</span>', False: '<strong class="bad">missed</strong>'}

    def row(gate: GateResult) -> str:
        value = "no data" if gate.value is None else f"{gate.value:.3f}"
        return (
            f"<tr><td><code>{escape(gate.name)}</code></td><td>{verdicts[gate.passed]}</td>"
            f'<td class="number">{value}</td><td class="number">{escape(gate.bound)}</td>'
            f'<td class="reason soft">{escape(gate.reason)}</td></tr>'
        )

    heads = ("Gate", "", "Value", "Bound", "Why")
    missed = _table(heads, map(row, report.missed)) if report.missed else ""
    met = [gate for gate in report.gates if gate.passed]
    folded = f"<details><summary>{len(met)} gates are met</summary>{_table(heads, map(row, met))}</details>"
    return missed + folded


def _change(measure: Measure, figure: Figure, before: Mapping[str, float | None]) -> str:
    """The difference to the baseline, coloured by whether it is for the better."""
    earlier = before.get(measure.name)
    if figure.value is None or earlier is None:
        return '<td class="number soft">-</td>'
    change = figure.value - earlier
    if abs(change) < 0.0005:
        return '<td class="number soft">same</td>'
    better = (change < 0) == measure.lower_is_better
    return f'<td class="number {"good" if better else "bad"}">{change:+.3f}</td>'


def _figures(report: Report) -> str:
    before = report.comparison.figures if report.comparison else {}

    def row(measure: Measure) -> str:
        everything, opened, frozen = (report.figures[part][measure.name] for part in PARTS)
        hint = ' <span class="soft">(lower is better)</span>' if measure.lower_is_better else ""
        return (
            f"<tr><td>{escape(measure.title)}{hint}</td>{_cell(everything, bar=True)}"
            f"{_change(measure, everything, before)}{_cell(opened)}{_cell(frozen)}</tr>"
        )

    heads = ("Measure", "All cases", "Since baseline", "Open", "Frozen")
    return _table(heads, (row(measure) for measure in MEASURES))


def _kinds(report: Report) -> str:
    names = ("answer_f1", "citation_recall", "citation_precision", "retrieval_recall_at_10")
    reported = ' <span class="tag">reported</span>'

    def score(figure: Figure) -> str:
        return f'<td class="number">{"-" if figure.value is None else f"{figure.value:.2f}"}</td>'

    rows = (
        f"<tr><td>{_spaced(row.kind)}{'' if row.gated else reported}</td>"
        + _cell(row.passed["all"], bar=True)
        + "".join(_cell(row.passed[part]) for part in PARTS[1:])
        + "".join(score(row.figures[name]) for name in names)
        + "</tr>"
        for row in report.kinds
    )
    heads = ("Kind", "Passed, all", "Open", "Frozen", "Answer F1", "Cit. recall", "Cit. precision", "Recall@10")
    return _table(heads, rows)


def _charts(report: Report) -> str:
    parts: list[str] = []
    if curve := report.curve:
        caption = f"The most confident answers first. Area (AURC) {curve.area:.3f}; lower is better."
        parts.append(f"<figure>{risk_coverage_chart(curve)}<figcaption>{caption}</figcaption></figure>")
    values = {depth: report.figures["all"][f"retrieval_recall_at_{depth}"].value for depth in DEPTHS}
    recall = {depth: value for depth, value in values.items() if value is not None}
    if recall:
        caption = "Share of the expected words held by the first passages."
        parts.append(f"<figure>{recall_chart(recall)}<figcaption>{caption}</figcaption></figure>")
    return "".join(parts)


def _latency(report: Report) -> str:
    rows = (
        f'<tr><td>{text(stage.stage)}</td><td class="number">{stage.p50:.1f}</td>'
        f'<td class="number">{stage.p95:.1f}</td><td class="number">{stage.n}</td></tr>'
        for stage in report.latencies
    )
    return _table(("Stage", "p50 ms", "p95 ms", "Questions"), rows)


def _comparison(comparison: Comparison) -> str:
    def listed(title: str, ids: Sequence[str], mood: str) -> str:
        if not ids:
            return ""
        items = "".join(f'<li><a href="#case-{text(case_id)}">{text(case_id)}</a></li>' for case_id in ids)
        return f'<h3 class="{mood}">{title}</h3><ul class="ids">{items}</ul>'

    return (
        f"<p>{comparison.compared} open cases compared (engine of the baseline: {text(comparison.engine)}): "
        f"{len(comparison.better)} better, {len(comparison.worse)} worse; sign test towards worse, "
        f"p = {comparison.p_worse:.3f}. {comparison.new} new, {comparison.changed} edited, {comparison.gone} gone.</p>"
        f"<p>Frozen before: {comparison.frozen_passed_before} of {comparison.frozen_cases_before} passed.</p>"
        + listed("Must cases that regressed", comparison.must_regressed, "bad")
        + listed("Now fails", comparison.worse, "bad")
        + listed("Now passes", comparison.better, "good")
    )
