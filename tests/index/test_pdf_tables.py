"""A figure in a table of a PDF knows all that heads it, as far as its place on the page shows that."""

import io
from collections.abc import Sequence
from typing import Any

import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from index.extraction import Extraction
from index.pdf import extract_pdf
from index.pdf_gutters import levels
from index.pdf_rows import page_rows
from index.pdf_tables import with_tables
from index.pdf_words import Word

PROSE = "The port will pay each crew 40 crowns a day, which the council had promised them after the last long frost."
NAMES = ("Alma", "Brave Maren", "Calloway")
TWO = [["Ship", "2024", "", "2025", ""], ["", "Revenue", "Profit", "Revenue", "Profit"]]
TWO_SPANS = [((0, 0), (0, 1)), ((1, 0), (2, 0)), ((3, 0), (4, 0))]

Spans = Sequence[tuple[tuple[int, int], tuple[int, int]]]


def printed(
    heads: Sequence[Sequence[str]], spans: Spans = (), names: Sequence[str] = NAMES, **style: Any
) -> Extraction:
    """Return what is read of a table with these headings above figures: 1,001 and following, row by row."""
    width = len(heads[0]) - 1
    figures = [[f"{1001 + width * row + place:,}" for place in range(width)] for row in range(len(names))]
    return read([*heads, *([name, *own] for name, own in zip(names, figures, strict=True))], spans, **style)


def read(rows: Sequence[Sequence[str]], spans: Spans = (), align: str = "RIGHT", **style: Any) -> Extraction:
    looks: list[tuple[Any, ...]] = [("ALIGN", (1, 0), (-1, -1), align), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    for first, last in spans:
        looks += [("SPAN", first, last), ("ALIGN", first, last, style.get("over", "CENTER" if first[0] else "LEFT"))]
    looks += [
        (name.upper(), (0, 0), (-1, -1), value) for name, value in style.items() if name not in ("over", "widths")
    ]
    body = getSampleStyleSheet()["BodyText"]
    made = io.BytesIO()
    table = Table([list(row) for row in rows], style=looks, hAlign="LEFT", colWidths=style.get("widths"))
    SimpleDocTemplate(made, invariant=1).build([Paragraph(PROSE, body), Spacer(1, 9), table, Paragraph(PROSE, body)])
    return extract_pdf("a.pdf", made.getvalue())


def headed(found: Extraction) -> dict[str, str]:
    return {found.text[mark.start : mark.end]: mark.label for mark in found.marks if mark.kind == "cell"}


def lines(found: Extraction) -> list[str]:
    first, *own, last = found.text.splitlines()
    assert (first, last) == (PROSE, PROSE)
    return own


class TestHeadingsOverSeveralColumns:
    @pytest.mark.parametrize("style", [{}, {"align": "LEFT"}, {"align": "CENTER"}, {"align": "LEFT", "over": "LEFT"},
                                       {"widths": [75] * 5}, {"toppadding": 0, "bottompadding": 1}])  # fmt: skip
    def test_they_head_their_columns_with_the_headings_below(self, style: dict[str, Any]):
        found = printed(TWO, TWO_SPANS, **style)
        assert lines(found)[:3] == [
            "Ship 2024 2025", "Revenue Profit Revenue Profit", "Alma 1,001 1,002 1,003 1,004"
        ]  # fmt: skip
        labels = headed(found)
        assert [labels[figure] for figure in ("1,001", "1,002", "1,003", "1,008")] == [
            "Alma, 2024, Revenue", "Alma, 2024, Profit", "Alma, 2025, Revenue", "Brave Maren, 2025, Profit"
        ]  # fmt: skip

    def test_one_over_three_columns_stands_above_the_second_and_heads_all(self):
        heads = [["", "Men", "", "", "Women", "", ""], ["Town", *("2023", "2024", "2025") * 2]]
        labels = headed(printed(heads, [((1, 0), (3, 0)), ((4, 0), (6, 0))]))
        assert [labels[f"1,00{number}"] for number in range(1, 7)] == [
            *(f"Alma, Men, {year}" for year in (2023, 2024, 2025)),
            *(f"Alma, Women, {year}" for year in (2023, 2024, 2025)),
        ]

    def test_they_may_reach_over_unlike_numbers_of_columns(self):
        heads = [["Port", "Goods in tonnes", "", "", "Ships", ""], ["", "In", "Out", "Total", "In", "Out"]]
        labels = headed(printed(heads, [((0, 0), (0, 1)), ((1, 0), (3, 0)), ((4, 0), (5, 0))], widths=[75] * 6))
        assert labels["1,003"] == "Alma, Goods in tonnes, Total"
        assert labels["1,004"] == "Alma, Ships, In"

    def test_one_may_reach_over_all_columns_but_the_first(self):
        heads = [["", "Year ended 31 December", "", ""], ["Company", "2023", "2024", "2025"]]
        assert headed(printed(heads, [((1, 0), (3, 0))]))["1,003"] == "Alma, Year ended 31 December, 2025"

    def test_they_may_stand_in_three_rows_and_in_units(self):
        heads = [
            ["", "Year ended 31 December", "", "", ""],
            ["", "2024", "", "2025", ""],
            ["", "In", "Out", "In", "Out"],
        ]
        spans = [((1, 0), (4, 0)), ((1, 1), (2, 1)), ((3, 1), (4, 1))]
        found = printed([*heads, ["", "£m", "£m", "£m", "£m"]], spans)
        assert headed(found)["1,003"] == "Alma, Year ended 31 December, 2025, In, £m"

    def test_a_column_beside_them_has_a_heading_of_its_own(self):
        heads = [[*TWO[0], "Change"], [*TWO[1], ""]]
        labels = headed(printed(heads, [*TWO_SPANS, ((5, 0), (5, 1))]))
        assert labels["1,004"] == "Alma, 2025, Profit"
        assert labels["1,005"] == "Alma, Change"

    def test_a_sentence_above_a_table_is_no_heading(self):
        rows = [["Ship", "Crew", "Freight"], ["Alma", "14", "2,310"], ["Dolna", "9", "640"]]
        found = read(rows)
        assert lines(found) == [" ".join(row) for row in rows]
        assert headed(found)["2,310"] == "Alma, Freight"


class TestColumnsOfFigures:
    def test_many_that_stand_evenly_are_a_table(self):
        found = printed([["Million crowns", "2021", "2022", "2023", "2024", "2025"]])
        assert headed(found)["1,005"] == "Alma, 2025"

    def test_they_may_be_hardly_wider_apart_than_words(self):
        found = printed([["Ship", "In", "Out"]], leftpadding=2, rightpadding=2)
        assert headed(found)["1,002"] == "Alma, Out"


class TestCellsOfSeveralLines:
    @pytest.mark.parametrize("valign", ["TOP", "MIDDLE", "BOTTOM"])
    def test_headings_of_several_lines_are_one_each(self, valign: str):
        heads = [["Company", "Profit\nbefore\ntax", "Share of\nrevenue", "Average number\nof Employees"]]
        found = printed(heads, valign=valign)
        assert lines(found)[0] == "Company Profit before tax Share of revenue Average number of Employees"
        assert [headed(found)[figure] for figure in ("1,001", "1,003")] == [
            "Alma, Profit before tax", "Alma, Average number of Employees"
        ]  # fmt: skip

    def test_those_below_a_heading_over_several_columns_too(self):
        heads = [TWO[0], ["", "Net\nrevenue", "Gross\nprofit", "Net\nrevenue", "Gross\nprofit"]]
        assert headed(printed(heads, TWO_SPANS))["1,004"] == "Alma, 2025, Gross profit"

    @pytest.mark.parametrize("valign", ["TOP", "MIDDLE", "BOTTOM"])
    @pytest.mark.parametrize("name", ["Ministry of\nTransport", "Ministry of\nTransport and\nHarbours"])
    def test_a_name_of_several_lines_is_one_though_they_begin_in_capitals(self, name: str, valign: str):
        found = printed([["Office", "Staff", "Budget"]], names=["Culture", name, "Health"], valign=valign)
        whole = name.replace("\n", " ")
        assert lines(found)[1:] == ["Culture 1,001 1,002", f"{whole} 1,003 1,004", "Health 1,005 1,006"]
        assert headed(found)["1,004"] == f"{whole}, Budget"

    def test_short_headings_below_one_in_another_row_are_no_lines_of_it(self):
        found = printed(
            [["", "Crew", "", "Freight", ""], ["", "men", "women", "in", "out"]], align="LEFT", bottompadding=0
        )
        assert headed(found)["1,002"] == "Alma, Crew, women"

    @pytest.mark.parametrize("first", ["Fares of the ferry", "Fares"])
    def test_a_title_near_the_headings_is_none(self, first: str):
        rows = [[first, "", ""], ["Ticket", "Adult", "Child"], ["Single", "12.00", "6.00"], ["Return", "21.40", "7.40"]]
        found = read(rows, toppadding=0, bottompadding=0)
        assert lines(found) == [" ".join(filter(None, row)) for row in rows]
        assert headed(found)["7.40"] == "Return, Child"

    def test_rows_of_figures_that_stand_near_are_rows(self):
        rows = [["Ship", "2023", "2024"], ["Alma", "14", ""], ["Dolna", "", "27"], ["Orr", "9", "11"]]
        found = read(rows, toppadding=0, bottompadding=0)
        assert lines(found) == [" ".join(filter(None, row)) for row in rows]
        assert headed(found)["27"] == "Dolna, 2024"

    def test_dots_that_lead_to_a_page_s_number_are_no_columns(self):
        places = [(name, 50.0) for name in NAMES] + [(".", 120.0 + 7 * dot) for _ in NAMES for dot in range(30)]
        heights = [*range(3), *(row for row in range(3) for _ in range(30))]
        words = [
            Word(text, left, left + 3 * len(text), 700 - 14 * row, 710 - 14 * row, 10)
            for (text, left), row in zip(places, heights, strict=True)
        ]
        level = levels(page_rows(words))[0]
        assert [round(start) for start, _ in level.gaps] == [62]  # behind the name

    def test_a_line_below_the_name_of_a_group_is_not_lost(self):
        rows = {13: {110: "fee", 170: "due", 290: "Sum"}, -17: {110: "Goods", 138: "in", 154: "stores"},
                -29: {132: "tonnes"}, -38: {190: "5", 290: "7"}, -68: {180: "6", 290: "8"}}  # fmt: skip
        words = [
            Word(text, left, left + 5 * len(text), 600 + height, 610 + height, 10)
            for height, row in rows.items()
            for left, text in row.items()
        ]
        assert "tonnes" in " ".join(row.text for row in with_tables(page_rows(words)))
