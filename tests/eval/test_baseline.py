"""The baseline: what is kept, and what a later run is told about it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.baseline import Baseline, compare, make_baseline, read_baseline, write_baseline
from eval.errors import BaselineError
from eval.records import NO_DATA, Figure, FrozenTotals, Judged, Outcome
from eval.verdicts import judge
from qa.records import Answer
from tests.eval.specimens import ARTICLE, case_of, refusal, right_answer

FROZEN = FrozenTotals(cases=4, passed=3, must_failed=0)


def judged(case_id: str, *, passes: bool, must: bool = False) -> Judged:
    answer: Answer = right_answer() if passes else refusal()
    outcome = Outcome(case_of(answers=("Monday",), case_id=case_id, must=must), answer)
    verdict = judge(outcome, {"a.txt": ARTICLE})
    assert verdict.passed is passes
    return Judged(outcome, verdict)


def edited(one: Judged) -> Judged:
    return replace(one, outcome=replace(one.outcome, case=replace(one.outcome.case, digest="another")))


def baseline_of(*cases: Judged, frozen: FrozenTotals = FROZEN) -> Baseline:
    return make_baseline("auto", cases, frozen, {"passed": Figure(2 / 3, 0.1, 0.9, 3), "aurc": NO_DATA})


def test_a_baseline_is_read_back_as_it_was_written(tmp_path: Path):
    baseline = baseline_of(judged("b", passes=True), judged("a", passes=False))
    write_baseline(baseline, tmp_path / "baseline.json")
    assert read_baseline(tmp_path / "baseline.json") == baseline


def test_a_baseline_lists_open_cases_in_order_and_frozen_ones_as_totals(tmp_path: Path):
    write_baseline(baseline_of(judged("b", passes=True), judged("a", passes=False)), tmp_path / "baseline.json")
    written = json.loads((tmp_path / "baseline.json").read_text(encoding="utf-8"))
    assert written["schema"] == 1
    assert list(written["cases"]) == ["a", "b"]
    assert written["cases"]["a"] == {"digest": "digest of a", "passed": False}
    assert written["frozen"] == {"cases": 4, "passed": 3, "must_failed": 0}
    assert written["figures"] == {"passed": 0.6667, "aurc": None}


def test_the_old_baseline_survives_a_write_that_fails(tmp_path: Path):
    with pytest.raises(BaselineError, match="cannot be written"):
        write_baseline(baseline_of(), tmp_path / "no such folder" / "baseline.json")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"schema": 2}', "The baseline is not of schema 1"),
        ("{}", "The baseline is not of schema 1"),
        ("{", "The baseline is damaged"),
        ('{"schema": 1}', "The baseline is damaged at engine"),
    ],
)
def test_a_baseline_of_another_schema_or_damaged_is_refused_with_the_remedy(text: str, what: str, tmp_path: Path):
    path = tmp_path / "baseline.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BaselineError) as caught:
        read_baseline(path)
    assert what in str(caught.value)
    assert "--update-baseline" in caught.value.remedy


def test_a_missing_baseline_is_refused(tmp_path: Path):
    with pytest.raises(BaselineError, match="missing"):
        read_baseline(tmp_path / "baseline.json")


def test_flips_are_named_to_either_side():
    before = baseline_of(judged("a", passes=True), judged("b", passes=False), judged("c", passes=True))
    now = [judged("a", passes=False), judged("b", passes=True), judged("c", passes=True)]
    comparison = compare(before, now, FROZEN)
    assert (comparison.worse, comparison.better, comparison.compared) == (("a",), ("b",), 3)
    assert comparison.p_worse == 0.75


def test_new_edited_and_gone_cases_are_counted_and_compared_with_nothing():
    before = baseline_of(judged("a", passes=True), judged("b", passes=True))
    comparison = compare(before, [edited(judged("a", passes=False)), judged("c", passes=False)], FROZEN)
    assert (comparison.compared, comparison.new, comparison.changed, comparison.gone) == (0, 1, 1, 1)
    assert comparison.worse == ()
    assert comparison.p_worse == 1


def test_a_must_case_that_passed_before_regresses():
    before = baseline_of(judged("a", passes=True, must=True))
    assert compare(before, [judged("a", passes=False, must=True)], FROZEN).must_regressed == ("a",)


def test_a_must_case_that_failed_before_does_not_regress():
    before = baseline_of(judged("a", passes=False, must=True))
    assert compare(before, [judged("a", passes=False, must=True)], FROZEN).must_regressed == ()


def test_a_new_or_edited_must_case_has_to_pass():
    before = baseline_of(judged("a", passes=False, must=True))
    now = [edited(judged("a", passes=False, must=True)), judged("b", passes=False, must=True)]
    assert compare(before, now, FROZEN).must_regressed == ("a", "b")


def test_of_frozen_must_cases_only_the_number_is_compared():
    before = baseline_of(frozen=FrozenTotals(4, 3, 1))
    assert compare(before, [], FrozenTotals(4, 3, 1)).frozen_must_regressed == 0
    assert compare(before, [], FrozenTotals(4, 1, 3)).frozen_must_regressed == 2
    assert compare(before, [], FrozenTotals(4, 4, 0)).frozen_must_regressed == 0
