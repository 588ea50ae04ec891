"""Quotes as a person reads them. What is cited stays as it stands in the article, character for character."""

from collections.abc import Sequence

from index.looks import is_markdown, looks_around, shown_without
from index.markdown_signs import without_signs
from index.records import Article
from qa.answer_types import NO, YES
from qa.records import Statement, Support
from qa.rows import shown


def readable(article: Article, support: Support) -> str | None:
    """Return the words of an article without signs of Markdown, a table's row with what heads its cells, on one line.

    None where that is what stands there.
    """
    looks = looks_around(article, support.span) if is_markdown(article) else []
    text = shown(support.passage.chunk, [support.span])
    parts = []
    for piece in text.pieces:
        words = text.text[piece.at : piece.at + piece.size]
        parts.append(shown_without(words, piece.place.start, looks) if piece.own else words)
    made = " ".join("".join(parts).split())
    return None if made in ("", support.wording) else made


def bare(words: str, file: str) -> str:
    """Return words of a file as they are said in a line of their own: without signs of Markdown, if it holds that."""
    return without_signs(words) if file.lower().endswith(".md") else words


def said_in(statements: Sequence[Statement], short_answer: str | None) -> str | None:
    """Return the short answer if a statement that holds says it, as it is said alone; yes and no are said by none."""
    if short_answer in {YES, NO}:
        return short_answer if statements else None
    saying = [one for one in statements if short_answer and short_answer in one.text]
    return bare(short_answer, saying[0].citations[0].file) if saying and short_answer else None
