import pytest

from index.reading import text_article
from index.records import Article, Span
from index.sources import Root, SourceReader
from qa.article_sentences import as_passage
from qa.judge import MPNetJudge
from qa.records import Draft
from qa.table_answers import Tables, Told
from qa.table_findings import MEANT, NAMED, NOT_COUNTED, NOT_RECKONED
from tests.qa.doubles import Shelf
from tests.qa.table_articles import table_articles
from tests.qa.table_cases import CELLS, CONDITIONS, LEFT_OPEN, LISTS, NOT_OF_THE_TABLE, ORDERS, SUMS, TableCase


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> list[Article]:
    """The invented articles, read from files of their formats."""
    folder = tmp_path_factory.mktemp("tables")
    reader, root = SourceReader(), Root(folder)
    for file, content in table_articles().items():
        (folder / file).write_bytes(content)
    return [one for file in table_articles() for one in reader.articles(reader.load(root, file))[0]]


@pytest.fixture(scope="module")
def ask(articles: list[Article], reader: MPNetJudge):
    """Asks all tables at once."""
    shelf = Shelf({one.id: one for one in articles})
    tables = Tables(shelf, reader, articles_read=len(articles))
    return lambda question: tables.told(question, [as_passage(one) for one in articles])


def rows_of(draft: Draft) -> list[str]:
    return [one.text for one in draft.statements]


def is_as_expected(told: Told, case: TableCase) -> bool:
    assert told.draft, "no answer"
    rows = rows_of(told.draft)
    return len(rows) == len(case.rows) and all(any(row.startswith(name) for row in rows) for name in case.rows)


@pytest.mark.parametrize(
    "case", [*CELLS, *ORDERS, *LISTS, *CONDITIONS, *SUMS, *LEFT_OPEN], ids=lambda case: case.question
)
def test_what_a_table_tells_is_told_by_its_rows(ask, case: TableCase):
    told = ask(case.question)
    assert is_as_expected(told, case)
    assert told.draft.short_answer == case.answer


@pytest.mark.parametrize("case", NOT_OF_THE_TABLE, ids=lambda case: case.question)
def test_what_no_table_tells_is_told_by_none(ask, case: TableCase):
    assert ask(case.question).draft is None


@pytest.mark.parametrize("case", [*CELLS, *LISTS, *CONDITIONS], ids=lambda case: case.question)
def test_every_row_is_quoted_as_it_stands_and_holds_the_cell(ask, case: TableCase):
    draft = ask(case.question).draft
    for statement in draft.statements:
        (support,) = statement.supports
        quote = support.passage.chunk.words(*support.span)
        assert " ".join(quote.split()) == statement.text
        assert (case.answer or "") in quote


def test_an_answer_is_surest_where_the_question_names_row_and_column_in_full(ask):
    assert ask("How many staff are there at Port Idris?").draft.confidence == NAMED
    assert ask("How many people work at Port Idris?").draft.confidence == MEANT


def test_nothing_is_counted_or_reckoned(ask):
    assert ask("How many breweries are in Sarn?").draft.note == NOT_COUNTED
    assert ask("How many departments have over 25 staff?").draft.note == NOT_COUNTED
    assert ask("How many people work in Hale and Colbeck together?").draft.note == NOT_RECKONED


def places(articles: list[Article], ask, question: str, file: str, *words: str) -> list[bool]:
    """Tell of each of these words of an article whether they are ruled out."""
    (article,) = (one for one in articles if one.file == file)
    told = ask(question)
    found = [article.text.index(one) for one in words]
    return [told.rules_out(article.id, Span(at, at + 1)) for at in found]


@pytest.mark.parametrize(
    ("question", "file", "wrong", "right"),
    [
        ("What is Hale like?", "breweries.html", "148 | 1957", "120 | 1974"),  # another row than the one that is named
        (
            "What was the turnout in Riverside North in 2026?",
            "turnout.html",
            "44.7",
            "The figures",
        ),  # the cell is empty
        ("How deep is the Tavel?", "rivers.html", "311", "Mount Orrel"),  # a length
        ("What does a student's return ticket cost?", "fares.md", "£11.90", "Dogs travel"),  # no such ticket
        (
            "Which ministry has the highest spending?",
            "budgets.html",
            "Defence",
            "What the ministries",
        ),  # one is in doubt
        ("Which country has the most staff?", "breweries.html", "Wenland", "five breweries"),
        ("How many staff were dismissed in Arrow Mill?", "breweries.html", "95", "1988"),  # nor has the reader a say
        ("Which brewery is for sale?", "breweries.html", "Colbeck", "five breweries"),
    ],
)
def test_words_of_a_table_that_cannot_answer_are_ruled_out(articles, ask, question, file, wrong, right):
    assert places(articles, ask, question, file, wrong, right) == [True, False]


def test_where_a_question_compares_with_a_row_another_may_answer(articles, ask):
    assert places(articles, ask, "Which station comes after Dunmere?", "times.csv", "Oak Halt") == [False]


def test_two_tables_that_differ_are_both_shown_and_none_is_picked(reader: MPNetJudge):
    head = "| Ticket | Single |\n|---|---|\n"
    articles = [
        text_article(f"fares{number}.md", f"Fares\n\n{head}| Child | £{number}.40 |\n| Adult | £9.00 |\n".encode())
        for number in (1, 2)
    ]
    tables = Tables(Shelf({one.id: one for one in articles}), reader)
    told = tables.told("What does a child's single ticket cost?", [as_passage(one) for one in articles])
    assert told.draft
    assert told.draft.short_answer is None
    assert rows_of(told.draft) == ["Child | £1.40", "Child | £2.40"]
    same = tables.told("What does an adult's single ticket cost?", [as_passage(one) for one in articles])
    assert same.draft
    assert same.draft.short_answer == "£9.00"
    assert [len(one.supports) for one in same.draft.statements] == [2]


def test_rows_under_a_heading_of_their_own_are_listed(tmp_path, reader: MPNetJudge):
    rows = "<tr><th colspan=2>{}</th></tr><tr><td>{}</td><td>31</td></tr><tr><td>{}</td><td>19</td></tr>"
    body = rows.format("North", "Ashby", "Corby") + rows.format("South", "Dunmow", "Eaves")
    (tmp_path / "plants.html").write_text(f"<h1>Plants</h1><table><tr><th>Plant</th><th>Staff</th></tr>{body}</table>")
    source = SourceReader()
    (article,), _ = source.articles(source.load(Root(tmp_path), "plants.html"))
    tables = Tables(Shelf({article.id: article}), reader)
    told = tables.told("Which plants are in the North?", [as_passage(article)])
    assert told.draft
    assert rows_of(told.draft) == ["Ashby | 31", "Corby | 19"]


def test_a_heading_may_have_another_form_of_the_questions_verb(reader: MPNetJudge):
    rows = "| Norway | 21,700 | +41% |\n| Latvia | 10,100 | +2% |\n| Others | 9,200 | +5% |\n"
    table = f"| Country | Heat pumps sold 2024 | Change |\n|---|---|---|\n{rows}"
    article = text_article("report.md", f"# Tarn Heating: Report on the year 2024\n\n{table}".encode())
    told = Tables(Shelf({article.id: article}), reader).told(
        "How many heat pumps did Tarn sell in Latvia in 2024?", [as_passage(article)]
    )
    assert told.draft
    assert told.draft.short_answer == "10,100"
