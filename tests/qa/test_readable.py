"""A quote stays as it stands in its article; beside it is told how a person reads it."""

import pytest

from index.reading import text_article
from index.records import Article, Passage, Span
from index.splitting import Splitter
from qa.answer_types import YES
from qa.citations import CitationLedger
from qa.readable import bare, readable, said_in
from qa.records import Basis, Citation, Statement, Support
from tests.index.parts import count_words

FARES = """# New *fares*

The *ferry* has [new](https://example.org) fares. **It sails
on** Monday.

| Ticket | Single | Return |
|---|---|---|
| Adult | **8.40** | 15.00 |
"""


def article(text: str = FARES, file: str = "a.md") -> Article:
    return text_article(file, text.encode())


def support(of: Article, words: str) -> Support:
    (chunk,) = Splitter(count_words, max_tokens=10_000).split(of)
    start = of.text.index(words)
    return Support(Passage(chunk, of.file, None, None, None, 1.0, 1, 1), Span(start, start + len(words)))


class Held:
    """A source of one article."""

    def __init__(self, article: Article) -> None:
        self._article = article

    def article(self, article_id: str) -> Article:
        return self._article


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("The *ferry* has [new](https://example.org) fares.", "The ferry has new fares."),
        ("**It sails\non** Monday.", "It sails on Monday."),
        ("on** Monday.", "on Monday."),
        ("Adult | **8.40** | 15.00", "Ticket Adult: Single 8.40; Return 15.00"),
        ("fares.", None),
        ("**", None),
    ],
)
def test_a_quote_is_read_without_signs_and_a_row_with_its_headings(words: str, read: str | None):
    made = article()
    assert readable(made, support(made, words)) == read


def test_a_citation_holds_the_exact_words_and_how_they_are_read():
    made = article()
    citation = CitationLedger(Held(made)).locate(support(made, "Adult | **8.40** | 15.00"))
    assert citation
    assert citation.quote == made.text[citation.start : citation.end] == "Adult | **8.40** | 15.00"
    assert citation.shown == "Ticket Adult: Single 8.40; Return 15.00"


@pytest.mark.parametrize(
    ("words", "basis", "said"),
    [
        ("Adult | **8.40** | 15.00", "quoted", "Ticket Adult: Single 8.40; Return 15.00 [1]"),
        ("**It sails\non** Monday.", "quoted", "It sails on Monday. [1]"),
        ("fares.", "quoted", "fares. [1]"),
        ("Adult | **8.40** | 15.00", "verified", "It costs 15.00. [1]"),
    ],
)
def test_an_answer_in_one_line_says_quotes_as_a_person_reads_them(words: str, basis: Basis, said: str):
    made = article()
    citation = CitationLedger(Held(made)).locate(support(made, words))
    assert citation
    text = " ".join(words.split()) if basis == "quoted" else "It costs 15.00."

    assert Statement(text, (citation,), basis).with_markers == said


def test_signs_of_a_text_that_is_no_markdown_are_words():
    made = article(FARES, "a.txt")
    assert readable(made, support(made, "The *ferry* has")) is None
    assert bare("*ferry*", "a.txt") == "*ferry*"


def test_a_short_answer_is_said_without_signs():
    citation = Citation(1, "a", "a.md", None, None, None, 0, 14, "It is **nine** days.")
    statement = Statement("It is **nine** days.", (citation,))
    assert said_in([statement], "**nine** days") == "nine days"
    assert said_in([statement], "ten days") is None
    assert said_in([statement], YES) == YES
    assert said_in([], YES) is None
