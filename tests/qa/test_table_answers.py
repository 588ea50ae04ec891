import pytest

from index.records import Article
from index.sources import Root, SourceReader
from qa.article_sentences import as_passage
from qa.judge import MPNetJudge
from qa.records import Draft
from qa.table_answers import Tables, Told
from qa.table_findings import MEANT, NAMED, NOT_COUNTED, NOT_RECKONED
from tests.qa.doubles import Shelf
from tests.qa.table_articles import table_articles
from tests.qa.table_cases import CELLS, LEFT_OPEN, LISTS, NOT_OF_THE_TABLE, ORDERS, SUMS, TableCase


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


@pytest.mark.parametrize("case", [*CELLS, *ORDERS, *LISTS, *SUMS, *LEFT_OPEN], ids=lambda case: case.question)
def test_what_a_table_tells_is_told_by_its_rows(ask, case: TableCase):
    told = ask(case.question)
    assert is_as_expected(told, case)
    assert told.draft.short_answer == case.answer


@pytest.mark.parametrize("case", NOT_OF_THE_TABLE, ids=lambda case: case.question)
def test_what_no_table_tells_is_told_by_none(ask, case: TableCase):
    assert ask(case.question).draft is None


@pytest.mark.parametrize("case", [*CELLS, *LISTS], ids=lambda case: case.question)
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
    assert ask("How many people work in Hale and Colbeck together?").draft.note == NOT_RECKONED
