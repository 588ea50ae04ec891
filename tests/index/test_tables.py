"""A table of values: a row is a line, its cells know what heads them, and what is no table is refused."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import tables
from index.errors import UnreadableArticle
from index.extraction import Extraction
from index.tables import extract_table

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=100)
FARES = "Fare,Single,Return\nAdult,5.20,9.80\nChild,,4.90\n"


def read(text: str, file: str = "fares.csv") -> Extraction:
    return extract_table(file, text.encode())


def marked(found: Extraction) -> list[tuple[str, str]]:
    return [(found.text[mark.start : mark.end], mark.label) for mark in found.marks if mark.kind == "cell"]


def refusal(text: str) -> str:
    with pytest.raises(UnreadableArticle) as caught:
        read(text)
    return caught.value.reason


class TestRows:
    def test_a_row_is_a_line_and_an_empty_cell_keeps_its_place(self):
        assert read(FARES).text == "Fare | Single | Return\nAdult | 5.20 | 9.80\nChild | | 4.90"

    def test_a_great_many_empty_cells_are_not_shown(self):
        assert read(f"Child{',' * 20}4.90\n").text == "Child | 4.90"

    def test_a_cell_knows_its_row_and_column_behind_an_empty_one_too(self):
        assert ("4.90", "Child, Return") in marked(read(FARES))

    def test_the_first_row_heads_the_columns_over_words_too(self):
        assert ("Odile Tarn", "Port, Mayor") in marked(read("Town,Mayor\nPort,Odile Tarn\nMarwick,Jan Fell\n"))

    def test_a_first_row_of_figures_heads_nothing(self):
        assert ("2", "a") in marked(read("a,1\na,2\n"))

    @pytest.mark.parametrize(
        ("table", "figure", "label"),
        [
            ("Fares of the ferry in May,,\nFare,Single,Return\nChild,4,31\n", "31", "Child, Return"),
            ("Port,Code,2023,2024\nQuillon,QLN,5.8,6.4\n", "6.4", "Quillon, 2024"),
            ("Port,0-4,5-9\nQuillon,58,64\n", "64", "Quillon, 5-9"),
            ("Port,2024-01-01,2024-02-01\nQuillon,58,64\n", "58", "Quillon, 2024-01-01"),
            (",2023,2024\n,£000,£000\nQuillon,310,288\n", "288", "Quillon, 2024, £000"),
            (",2023,,2024,\nPort,In,Out,In,Out\nQuillon,310,288,295,301\n", "301", "Quillon, 2024, Out"),
        ],
    )
    def test_what_heads_columns_is_known_by_its_looks(self, table: str, figure: str, label: str):
        assert (figure, label) in marked(read(table))

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_what_parts_the_cells_is_found_out(self, delimiter: str):
        assert read(FARES.replace(",", delimiter)).text == read(FARES).text

    def test_decimal_commas_part_no_cells(self):
        assert read("Fahrt;Preis\nKind;4,90\nMann;9,80\n").text == "Fahrt | Preis\nKind | 4,90\nMann | 9,80"

    def test_a_spreadsheet_may_say_what_parts_them(self):
        assert read("sep=;\r\na,b;c\r\n").text == "a,b | c"

    def test_a_sentence_with_commas_in_one_column_stays_whole(self):
        assert read('Quote\n"No, never, he said."\nYes.\n').text == "Quote\nNo, never, he said.\nYes."

    def test_a_cell_of_several_lines_stands_on_one(self):
        assert read('a,"one\ntwo"\n').text == "a | one two"

    def test_tabs_know_no_quotation_marks_where_they_do_not_match(self):
        assert read('a\t5" pipe\n"b\tc\n', "a.tsv").text == 'a | 5" pipe\n"b | c'

    @repeatable
    @given(
        rows=st.lists(
            st.lists(st.text("ab1 ,;\"'|\n\té", max_size=6), min_size=2, max_size=4), min_size=1, max_size=6
        ).filter(lambda rows: any(cell.strip() for row in rows for cell in row))
    )
    def test_no_cell_is_lost_and_marks_point_at_cells(self, rows: list[list[str]]):
        written = io.StringIO()
        csv.writer(written, quoting=csv.QUOTE_ALL).writerows(rows)
        found = read(written.getvalue())
        cells = [[" ".join(cell.split()) for cell in row] for row in rows]
        unbarred = [" ".join(line.replace("|", " ").split()) for line in found.text.split("\n")]
        assert unbarred == [" ".join(" ".join(row).replace("|", " ").split()) for row in cells if any(row)]
        shown = [row for row in cells if any(row)]
        for mark in found.marks:
            assert found.text[mark.start : mark.end] in shown[found.text.count("\n", 0, mark.start)]


class TestRefusals:
    def test_quotation_marks_that_do_not_match(self):
        assert refusal('a,b\n"c,d\n').startswith("its quotation marks do not match (")

    def test_empty_cells(self):
        assert refusal(",,\n,,\n") == "its cells are empty. Remove it, or write something into it."

    def test_too_many_cells(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(tables, "MAX_CELLS", 8)
        assert refusal(FARES + "Dog,1,2\n") == "it has over 8 cells. Split it."

    def test_too_many_empty_cells(self):
        assert refusal(";" * 3_000_000) == "it has over 2,000,000 cells. Split it."

    def test_a_cell_that_swallows_the_rest(self):
        assert "quotation marks" in refusal('a,"' + "b,c\n" * 300_000)

    def test_fifty_thousand_cells_are_read(self):
        rows = "\n".join(f"Row {number}," + ",".join(["7"] * 9) for number in range(5_000))
        assert len(read("Name,a,b,c,d,e,f,g,h,i\n" + rows).marks) == 50_000
