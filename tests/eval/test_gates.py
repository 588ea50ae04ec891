"""The gates: bounds, and the file they stand in."""

from pathlib import Path

import pytest

from eval.cases import KINDS
from eval.errors import ThresholdsError
from eval.figures import MEASURE_NAMES, figures
from eval.gates import Bound, check_figures, check_flips, check_must, read_thresholds
from eval.records import NO_DATA, Comparison, Figure, FrozenTotals
from eval.run import HERE

SHIPPED = HERE / "thresholds.toml"
NO_FROZEN = FrozenTotals(0, 0, 0)


def comparison_of(
    *, compared: int = 10, p: float = 1.0, must_regressed: tuple[str, ...] = (), frozen_must: int = 0
) -> Comparison:
    return Comparison("auto", compared, (), (), p, 0, 0, 0, must_regressed, frozen_must, 0, 0)


@pytest.fixture
def edited(tmp_path: Path):
    """The shipped file with one text replaced by another."""

    def editing(old: str, new: str) -> Path:
        text = SHIPPED.read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "thresholds.toml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return editing


def test_bounds_are_inclusive():
    bound = Bound(minimum=0.5, maximum=0.8, reason="Both ends.")
    assert bound.allows(0.5)
    assert bound.allows(0.8)
    assert not bound.allows(0.49)
    assert not bound.allows(0.81)
    assert bound.text == "at least 0.5 and at most 0.8"


def test_rounding_errors_do_not_miss_a_gate():
    assert Bound(minimum=0.3, reason="Sums.").allows(0.1 + 0.2 - 1e-12)


def test_a_figure_that_cannot_be_computed_misses_its_gate():
    assert not Bound(minimum=0.0, reason="Anything.").allows(None)
    assert not Bound(maximum=1.0, reason="Anything.").allows(float("nan"))


def test_without_any_case_every_gate_is_missed():
    results = check_figures(read_thresholds(SHIPPED), figures([]), dict.fromkeys(KINDS, NO_DATA))
    assert results
    assert not any(result.passed for result in results)


def test_citations_must_all_be_exact():
    bound = read_thresholds(SHIPPED).measures["citation_exact"]
    assert bound.minimum == 1
    assert not bound.allows(0.999)


def test_every_measure_and_kind_is_gated_or_reported_with_a_reason():
    thresholds = read_thresholds(SHIPPED)
    assert {*thresholds.measures, *thresholds.reported.measures} == set(MEASURE_NAMES)
    assert {*thresholds.kinds, *thresholds.reported.kinds} == set(KINDS)
    assert all(bound.reason for bound in [*thresholds.measures.values(), *thresholds.kinds.values()])


def test_a_gate_is_named_by_its_measure_or_kind():
    thresholds = read_thresholds(SHIPPED)
    full = dict.fromkeys(MEASURE_NAMES, Figure(1.0, 1.0, 1.0, 5))
    results = {gate.name: gate for gate in check_figures(thresholds, full, dict.fromkeys(KINDS, full["passed"]))}
    assert results["citation_exact"].passed
    assert results["kind:far"].passed
    assert not results["false_alarms"].passed  # its bound is a maximum


def test_a_regressed_must_case_misses_the_gate_open_or_frozen():
    assert check_must(comparison_of(), 3, NO_FROZEN).passed
    assert not check_must(comparison_of(must_regressed=("who-1",)), 1, NO_FROZEN).passed
    assert not check_must(comparison_of(frozen_must=1), 0, FrozenTotals(5, 4, 1)).passed


def test_without_a_baseline_every_failing_must_case_misses_the_gate():
    assert check_must(None, 0, NO_FROZEN).passed
    assert not check_must(None, 1, NO_FROZEN).passed
    assert not check_must(None, 0, FrozenTotals(5, 4, 1)).passed


def test_flips_miss_the_gate_below_five_in_a_hundred():
    assert check_flips(comparison_of(p=0.05)).passed
    assert not check_flips(comparison_of(p=0.049)).passed


def test_flips_miss_the_gate_where_nothing_can_be_compared():
    result = check_flips(comparison_of(compared=0))
    assert (result.passed, result.value) == (False, None)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("schema = 1", "schema = 2", "In schema"),
        ("schema = 1", "schema = ", "The file is not TOML"),
        ("[measures.aurc_saved]", "[measures.arc]", "there is no measure 'arc'"),
        ("[kinds.far]", "[kinds.fur]", "In kinds.fur"),
        ("maximum = 0.03\n", "", "a gate needs a minimum or a maximum"),
        ("maximum = 0.03", "highest = 0.15", "highest"),
        ('reason = "People."', 'reason = ""', "In kinds.who.reason"),
        ('"answer_exact",', '"answer_exact", "aurc_saved",', "the measure 'aurc_saved' is named twice"),
        ('"answer_exact",', "", "the measure 'answer_exact' is neither gated nor listed"),
        ('    "cause",\n', "", "the kind 'cause' is neither gated nor listed"),
    ],
)
def test_a_faulty_file_of_gates_is_refused_with_its_place(old: str, new: str, what: str, edited):
    path = edited(old, new)
    with pytest.raises(ThresholdsError) as caught:
        read_thresholds(path)
    assert str(caught.value).startswith(str(path))
    assert what in str(caught.value)


def test_a_missing_file_of_gates_is_refused(tmp_path: Path):
    with pytest.raises(ThresholdsError, match="missing"):
        read_thresholds(tmp_path / "none.toml")
