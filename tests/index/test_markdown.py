"""A Markdown table's cell knows what heads its row and its column."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from index.markdown import table_cells

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=150)


def cells(text: str) -> list[tuple[str, str]]:
    return [(text[mark.start : mark.end], mark.label) for mark in table_cells(text) if mark.kind == "cell"]


def test_a_cell_has_the_headings_of_its_row_and_column():
    text = "| Ticket | Single | Return |\n|---|---:|:-:|\n| Child | 4.20 | 7.40 |\n"
    assert cells(text) == [("Child", "Ticket"), ("4.20", "Child, Single"), ("7.40", "Child, Return")]


def test_the_head_is_furniture():
    text = "| Ticket | Single |\n|---|---|\n| Child | 4.20 |\n"
    (head,) = [mark for mark in table_cells(text) if mark.kind == "furniture"]
    assert (text[head.start : head.end], head.label) == ("Ticket | Single", "table head")


def test_the_outer_bars_may_be_missing():
    assert cells("Day | Fish\n--- | ---\nMonday | 12") == [("Monday", "Day"), ("12", "Monday, Fish")]


def test_an_empty_corner_heads_nothing():
    assert cells("| | A |\n|---|---|\n| Pay | 9 |") == [("Pay", ""), ("9", "Pay, A")]


def test_an_empty_cell_moves_no_other():
    assert cells("|T|A|B|\n|-|-|-|\n|x||2|") == [("x", "T"), ("2", "x, B")]


def test_emphasis_is_no_part_of_a_heading():
    assert cells("|**T**|`A`|\n|-|-|\n|*x*|2|") == [("*x*", "T"), ("2", "x, A")]


def test_a_bar_behind_a_backslash_parts_no_cells():
    assert cells("|T|A|\n|-|-|\n|x|1\\|2|") == [("x", "T"), ("1\\|2", "x, A")]


def test_a_longer_row_has_cells_without_a_column():
    assert cells("|T|A|\n|-|-|\n|x|1|2|")[-1] == ("2", "x")


def test_a_table_ends_with_the_first_line_that_is_no_row():
    assert cells("|T|A|\n|-|-|\n|x|1|\nThe walrus slept.\n|y|2|\n") == [("x", "T"), ("1", "x, A")]


def test_lines_with_bars_and_no_rule_are_no_table():
    assert cells("Home | News | Sport\nWalrus | Seal | Fish\n") == []


def test_windows_line_ends_are_fine():
    assert cells("|T|A|\r\n|-|-|\r\n|x|1|\r\n") == [("x", "T"), ("1", "x, A")]


@repeatable
@given(
    st.lists(st.sampled_from(["|", "-", "\n", "\\", " ", "a", "b", ":", "|-|-|\n", "|a|b|\n"]), max_size=60).map(
        "".join
    )
)
def test_cells_come_in_order_and_apart(text: str):
    marks = table_cells(text)
    assert all(0 <= mark.start < mark.end <= len(text) and text[mark.start : mark.end].strip() for mark in marks)
    assert all(one.end <= other.start for one, other in pairwise(marks))
