from hypothesis import given
from hypothesis import strategies as st

from index.records import Article, Mark, Passage
from index.sources import Root, SourceReader
from index.tables import rows_as_lines
from qa.article_sentences import as_passage
from qa.tables import Table, tables_of
from tests.index.documents import repeatable
from tests.qa.table_articles import table_articles


def article_of(text: str, marks: tuple[Mark, ...]) -> Passage:
    return as_passage(Article("a", "a.csv", None, None, None, text, "0" * 64, "csv", marks))


def grid(table: Table) -> list[list[str]]:
    columns = range(len(table.columns))
    return [[row.cells[one].text if one in row.cells else "" for one in columns] for row in table.rows]


def read(tmp_path, file: str) -> list[Table]:
    (tmp_path / file).write_bytes(table_articles()[file])
    reader = SourceReader()
    (article,), _ = reader.articles(reader.load(Root(tmp_path), file))
    return tables_of(as_passage(article))


def test_a_table_of_a_web_page_is_built_again(tmp_path):
    (table,) = read(tmp_path, "turnout.html")
    assert table.columns == ("Ward", "Electorate", "Turnout 2022 (%)", "Turnout 2026 (%)", "Winner")
    assert grid(table)[2] == ["Riverside North", "5,120", "44.7", "", "Ines Quell"]
    assert [table.name(row) for row in table.rows] == ["Castle", "Mill Lane", "Riverside North", "Riverside South"]


def test_two_tables_of_one_article_stay_apart(tmp_path):
    rain, warmth = read(tmp_path, "rain.html")
    assert (rain.above.splitlines()[-2], warmth.above.splitlines()[-2]) == ("Rain", "Mean temperature")
    assert [grid(one)[0][1] for one in (rain, warmth)] == ["88 mm", "16.1 °C"]


def test_an_empty_corner_leaves_the_first_column_without_a_heading(tmp_path):
    (table,) = read(tmp_path, "hospitals.md")
    assert table.columns == ("", "Lady Margaret", "Westfield Infirmary")
    assert grid(table)[0] == ["Beds", "640", "412"]


def test_tables_of_word_files_and_printed_pages_are_built_again(tmp_path):
    (word,), (printed,) = read(tmp_path, "councils.docx"), read(tmp_path, "bridges.pdf")
    assert grid(word)[1] == ["Hexton", "against", "5 March", "11"]
    assert grid(printed)[1] == ["Ferry Bridge", "1934", "31", "June 2028"]


def test_rows_are_named_by_words_rather_than_by_numbers():
    lines, marks = rows_as_lines([["No.", "Club", "Points"], ["1", "Osk", "30"], ["2", "Tal", "28"]])
    (table,) = tables_of(article_of("\n".join(lines), marks))
    assert [table.name(row) for row in table.rows] == ["Osk", "Tal"]


def test_columns_that_cannot_be_told_apart_make_no_table():
    lines, marks = rows_as_lines([["Town", "Votes", "Votes"], ["Osk", "30", "31"], ["Tal", "28", "12"]])
    assert tables_of(article_of("\n".join(lines), marks)) == []


def test_a_text_without_tables_has_none():
    assert tables_of(article_of("The walrus came. It slept.", ())) == []


words = st.text("abcdefghijkl", min_size=1, max_size=6)


@st.composite
def grids(draw: st.DrawFn) -> list[list[str]]:
    """Draw a head of distinct words, and rows of them with figures, some of them empty."""
    head = draw(st.lists(words, min_size=2, max_size=5, unique=True))
    names = draw(st.lists(words.filter(lambda word: word not in head), min_size=2, max_size=4, unique=True))
    cell = st.one_of(st.just(""), st.integers(0, 99_999).map(str))
    rows = [[name, *(draw(cell) for _ in head[1:])] for name in names]
    rows[0][1] = rows[-1][1] = "17"  # words over figures are a head, and the last row's name must not stand alone
    return [head, *rows]


@repeatable
@given(grids())
def test_what_was_written_as_lines_is_found_again_cell_by_cell(rows: list[list[str]]):
    lines, marks = rows_as_lines(rows)
    text = "\n".join(lines)
    passage = article_of(text, marks)
    (table,) = tables_of(passage)
    assert [table.name(row) for row in table.rows] == [row[0] for row in rows[1:]]
    for row, written in zip(table.rows, rows[1:], strict=True):
        told = {table.columns[column]: cell.text for column, cell in row.cells.items()}
        assert told == {heading: cell for heading, cell in zip(rows[0], written, strict=True) if cell}
        for cell in row.cells.values():
            assert text[slice(*cell.span)] == cell.text
            assert row.span.start <= cell.span.start < cell.span.end <= row.span.end
