import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.cell_values import Unit, amounts, unit_of, values
from tests.index.documents import repeatable


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["230", "95", "1,240"], [230, 95, 1240]),
        (["£9.20", "£4.60"], [9.2, 4.6]),
        (["**88 mm**", "131 mm"], [88, 131]),
        (["16.1 °C", "-2.0 °C"], [16.1, -2]),
        (["+3.1%", "−0.4%"], [3.1, -0.4]),
        (["2.4 million", "1.1 million"], [2.4, 1.1]),
        (["1 204 300", "988"], [1204300, 988]),
        (["10 am", "8 pm", "12 am"], [600, 1200, 0]),
        (["3 March 2026", "1 May 2026"], [2026 * 400 + 99, 2026 * 400 + 161]),
    ],
)
def test_cells_of_one_unit_are_numbers(cells: list[str], expected: list[float]):
    assert values(cells) == pytest.approx(expected)


@pytest.mark.parametrize(
    "cells",
    [
        ["230", ""],
        ["230", "n/a"],
        ["230", "–"],
        ["230", "about 95"],
        ["230", "95*"],
        ["230", "90–95"],
        ["£9.20", "$4.60"],
        ["£9.20", "4.60"],
        ["2.4 billion", "900 million"],
        ["1.234", "5.678"],  # thousands, or one and a bit
        ["2,4", "1,75"],
        ["2 of 3", "1 of 3"],
        ["10 am", "20.15"],
        ["3 March", "1 May 2026"],
    ],
)
def test_cells_of_which_one_is_in_doubt_are_none(cells: list[str]):
    assert values(cells) is None


@repeatable
@given(st.lists(st.integers(-10_000_000, 10_000_000), min_size=1, max_size=6), st.sampled_from(["", " km", "%"]))
def test_numbers_as_they_are_printed_are_read_again(numbers: list[int], unit: str):
    assert values(f"{one:,}{unit}" for one in numbers) == numbers


@pytest.mark.parametrize(
    ("text", "scale", "signs"),
    [
        ("Budget (£m)", 1e6, {"£"}),
        ("Height (m)", 1.0, {"m"}),
        ("Turnout 2026 (per cent)", 1.0, {"%"}),
        ("thousands of kilometres", 1e3, {"km"}),
        ("Staff", 1.0, set()),
    ],
)
def test_a_unit_has_a_scale_and_signs(text: str, scale: float, signs: set[str]):
    assert unit_of(text) == Unit(scale, frozenset(signs))


def test_amounts_have_one_unit_and_are_no_times():
    assert amounts(["12 km", "1,040 km"]) == ([12.0, 1040.0], " km")
    assert amounts(["12 km", "1,040 m"]) is None
    assert amounts(["10.15", "7 pm"]) is None
