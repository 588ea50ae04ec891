"""Curves as inline SVG: no script, no assets; colours come from the page's style sheet."""

from collections.abc import Mapping, Sequence

from eval.records import RiskCoverage

_WIDTH, _HEIGHT = 360, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 12, 12, 36
_POINTS = 200


def _x(share: float) -> float:
    return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)


def _y(share: float) -> float:
    return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)


def _frame(title: str, x_title: str, y_title: str, x_ticks: Sequence[tuple[float, str]], marks: str) -> str:
    """Axes from 0 to 1 around `marks`. All texts are ours, none needs escaping."""
    rows = "".join(
        f'<line class="grid" x1="{_x(0):.1f}" x2="{_x(1):.1f}" y1="{_y(at):.1f}" y2="{_y(at):.1f}"/>'
        f'<text x="{_x(0) - 6:.1f}" y="{_y(at) + 4:.1f}" text-anchor="end">{at:g}</text>'
        for at in (0, 0.25, 0.5, 0.75, 1)
    )
    columns = "".join(
        f'<text x="{_x(at):.1f}" y="{_y(0) + 15:.1f}" text-anchor="middle">{label}</text>' for at, label in x_ticks
    )
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{title}">{rows}{columns}{marks}'
        f'<text x="{_x(0.5):.1f}" y="{_HEIGHT - 5}" text-anchor="middle">{x_title}</text>'
        f'<text x="{_x(0) + 4:.1f}" y="{_y(1) + 12:.1f}">{y_title}</text></svg>'
    )


def risk_coverage_chart(curve: RiskCoverage) -> str:
    """Risk (share wrong) over coverage (share of all cases answered), most confident first."""
    last = len(curve.risk) - 1
    step = max(1, len(curve.risk) // _POINTS)
    kept = sorted({*range(0, last + 1, step), last})
    line = " ".join(f"{_x(curve.coverage[i]):.1f},{_y(curve.risk[i]):.1f}" for i in kept)
    area = f"{_x(curve.coverage[0]):.1f},{_y(0):.1f} {line} {_x(curve.coverage[last]):.1f},{_y(0):.1f}"
    marks = f'<polygon class="area" points="{area}"/><polyline class="line" points="{line}"/>'
    ticks = [(at, f"{at:g}") for at in (0, 0.25, 0.5, 0.75, 1)]
    return _frame("Risk over coverage", "coverage: share of cases answered", "share wrong", ticks, marks)


def recall_chart(recall_at: Mapping[int, float]) -> str:
    """Retrieval recall over depth; depths stand at equal distances."""
    places = {depth: (index + 0.5) / len(recall_at) for index, depth in enumerate(recall_at)}
    line = " ".join(f"{_x(places[depth]):.1f},{_y(value):.1f}" for depth, value in recall_at.items())
    dots = "".join(
        f'<circle class="dot" cx="{_x(places[depth]):.1f}" cy="{_y(value):.1f}" r="3"/>'
        f'<text x="{_x(places[depth]):.1f}" y="{_y(value) + 16:.1f}" text-anchor="middle">{value:.2f}</text>'
        for depth, value in recall_at.items()
    )
    ticks = [(places[depth], str(depth)) for depth in recall_at]
    marks = f'<polyline class="line" points="{line}"/>{dots}'
    return _frame("Retrieval recall over depth", "passages read", "recall", ticks, marks)


def interval_bar(value: float | None, low: float | None, high: float | None) -> str:
    """A figure between 0 and 1 as a bar with its interval as a whisker; empty without data."""
    if value is None or low is None or high is None:
        return ""
    width = max(0.0, min(1.0, value)) * 100
    return (
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="track" width="100" height="10" rx="2"/>'
        f'<rect class="fill" width="{width:.1f}" height="10" rx="2"/>'
        f'<rect class="whisker" x="{low * 100:.1f}" width="{max(0.6, (high - low) * 100):.1f}" y="4" height="2"/></svg>'
    )
