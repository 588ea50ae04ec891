"""Citations are exact words of articles as they are now, numbered in the order of their use."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.records import Article, Chunk, Mark, Passage, Span
from qa.citations import CitationLedger
from qa.records import Citation, Support
from tests.qa.doubles import Shelf

repeatable = settings(derandomize=True, deadline=None, database=None)

Put = Callable[..., Passage]

TEXT = "🦭 Seals came back. The cafe\u0301 was glad.\r\nSeals came back. Nobody knew."


def located(ledger: CitationLedger, passage: Passage, number: int) -> Citation:
    """Return the citation of one of the passage's sentences."""
    citation = ledger.locate(Support(passage, passage.chunk.sentences[number]))
    assert citation is not None
    return citation


class TestExactness:
    def test_the_quote_is_the_words_at_its_place(self, shelf: Shelf, put: Put) -> None:
        citation = located(CitationLedger(shelf), put(TEXT), 1)

        assert (citation.quote, TEXT[citation.start : citation.end]) == ("The cafe\u0301 was glad.",) * 2

    def test_repeated_words_are_cited_where_they_were_found(self, shelf: Shelf, put: Put) -> None:
        citation = located(CitationLedger(shelf), put(TEXT), 2)

        assert citation.start == TEXT.rindex("Seals")

    def test_it_says_on_which_page_the_words_begin(self, shelf: Shelf, put: Put) -> None:
        passage = put(TEXT)
        middle = TEXT.index("The cafe")
        pages = (Mark(0, middle, "page", "iv"), Mark(middle, len(TEXT), "page", "5"))
        shelf.articles["a.txt"] = replace(shelf.articles["a.txt"], marks=pages)
        ledger = CitationLedger(shelf)

        assert [located(ledger, passage, number).page for number in (0, 1, 2)] == ["iv", "5", "5"]

    def test_what_has_no_pages_has_none(self, shelf: Shelf, put: Put) -> None:
        assert located(CitationLedger(shelf), put(TEXT), 0).page is None

    def test_it_says_where_the_article_is_from(self, shelf: Shelf, put: Put) -> None:
        passage = put(TEXT, "towns/b.txt", "Harbour Herald")

        citation = located(CitationLedger(shelf), passage, 0)

        assert (citation.article_id, citation.file, citation.publisher) == ("towns/b.txt",) * 2 + ("Harbour Herald",)

    @repeatable
    @given(
        text=st.text(min_size=1, max_size=60), edges=st.tuples(*[st.integers(-5, 65)] * 4).map(lambda edges: [*edges])
    )
    def test_any_place_is_exact_or_refused(self, text: str, edges: list[int]) -> None:
        chunk_start, chunk_end, start, end = edges
        shelf = Shelf({"a": Article("a", "a.txt", None, None, None, text, "0")})
        chunk = Chunk("c", "a", 0, chunk_start, chunk_end, text[chunk_start:chunk_end], ())

        citation = CitationLedger(shelf).locate(
            Support(Passage(chunk, "a.txt", None, None, None, 1.0, 1, 1), Span(start, end))
        )

        assert citation is None or (citation.quote and citation.quote == text[citation.start : citation.end])


class TestNumbers:
    def test_they_count_from_one_in_the_order_of_use(self, shelf: Shelf, put: Put) -> None:
        ledger, passage = CitationLedger(shelf), put(TEXT)

        assert [located(ledger, passage, number).number for number in (3, 0, 2)] == [1, 2, 3]

    def test_the_same_words_share_a_number(self, shelf: Shelf, put: Put) -> None:
        ledger, passage = CitationLedger(shelf), put(TEXT)

        assert [located(ledger, passage, number).number for number in (3, 0, 3)] == [1, 2, 1]

    def test_equal_words_in_another_place_have_another(self, shelf: Shelf, put: Put) -> None:
        ledger = CitationLedger(shelf)
        one, other = put("Yes.", "a.txt"), put("Yes.", "b.txt")

        assert [located(ledger, one, 0).number, located(ledger, other, 0).number] == [1, 2]

    def test_all_come_in_the_order_of_their_numbers(self, shelf: Shelf, put: Put) -> None:
        ledger, passage = CitationLedger(shelf), put(TEXT)

        made = [located(ledger, passage, number) for number in (2, 0, 2, 1)]

        assert ledger.citations == (made[0], made[1], made[3])

    def test_what_is_refused_takes_no_number(self, shelf: Shelf, put: Put) -> None:
        ledger, passage = CitationLedger(shelf), put(TEXT)

        ledger.locate(Support(passage, Span(0, 10_000)))

        assert (located(ledger, passage, 0).number, len(ledger.citations)) == (1, 1)


class TestRefused:
    def test_a_passage_whose_article_changed(self, shelf: Shelf, put: Put) -> None:
        passage = put(TEXT)
        shelf.articles["a.txt"] = replace(shelf.articles["a.txt"], text="x" + TEXT)

        assert CitationLedger(shelf).locate(Support(passage, passage.chunk.sentences[0])) is None

    def test_a_passage_whose_article_became_shorter(self, shelf: Shelf, put: Put) -> None:
        passage = put(TEXT)
        shelf.articles["a.txt"] = replace(shelf.articles["a.txt"], text=TEXT[:5])

        assert CitationLedger(shelf).locate(Support(passage, passage.chunk.sentences[-1])) is None

    def test_a_passage_whose_article_is_gone(self, shelf: Shelf, put: Put) -> None:
        passage = put(TEXT)
        shelf.articles.clear()

        assert CitationLedger(shelf).locate(Support(passage, passage.chunk.sentences[0])) is None

    @pytest.mark.parametrize(
        "span",
        [Span(0, len(TEXT)), Span(15, 30), Span(25, 45), Span(-5, 30), Span(30, 30), Span(35, 30)],
        ids=["around", "before", "behind", "negative", "empty", "backwards"],
    )
    def test_words_that_are_not_in_the_passage(self, shelf: Shelf, put: Put, span: Span) -> None:
        whole = put(TEXT)
        start, end = whole.chunk.sentences[1]
        chunk = replace(whole.chunk, start=start, end=end, text=TEXT[start:end], sentences=(Span(start, end),))

        assert CitationLedger(shelf).locate(Support(replace(whole, chunk=chunk), span)) is None


def test_an_article_is_looked_up_once(shelf: Shelf, put: Put) -> None:
    ledger, passage = CitationLedger(shelf), put(TEXT)

    for number in (0, 1, 2):
        located(ledger, passage, number)

    assert shelf.looked_up == ["a.txt"]
