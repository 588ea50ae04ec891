"""An article as one passage, and which of its sentences tell it: a story rests on more than one passage."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from index.records import Article, Chunk, Passage, Span
from index.sentences import sentence_spans
from qa.citations import ArticleSource
from qa.rows import heads_rows, is_row

_ARTICLES_KEPT = 64  # whose sentences are told once: tables, lists and summaries read the same ones
_LEAST_WORDS = 5  # a shorter "sentence" is a headline's part, a caption, "He gambled."
_ENDS = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_NOTE = re.compile(r"[*_](?![*_])")  # "*The writer is a teacher.*", set in italics below a story
_WORD = re.compile(r"[^\W_]+")


def articles_of(source: ArticleSource, passages: Iterable[Passage]) -> Iterator[Article]:
    """Yield the articles that passages belong to, each once, in the passages' order, looked up as they are taken."""
    for article_id in dict.fromkeys(one.chunk.article_id for one in passages):
        if article := source.article(article_id):
            yield article


@lru_cache(maxsize=_ARTICLES_KEPT)
def as_passage(article: Article) -> Passage:
    """Return a whole article as a passage, all of its sentences in it."""
    spans = tuple(sentence_spans(article.text, article.marks))
    chunk = Chunk(article.id, article.id, 0, 0, len(article.text), article.text, spans, article.marks)
    return Passage(
        chunk, article.file, article.title, article.publisher, article.published, 1.0, None, None, article.author
    )


def telling_sentences(passage: Passage) -> list[Span]:
    """Return the whole sentences that tell the story, in order: no headline, caption, row or furniture."""
    chunk = passage.chunk
    told = [one for one in chunk.told() if not is_row(chunk, one) and not heads_rows(chunk, one)]
    places = [mark.start for mark in chunk.marks if mark.kind == "furniture" and mark.label == "credit"]
    return [one for one in told if _is_whole(chunk.words(*one), passage.title) and not _is_caption(chunk, one, places)]


def _is_caption(chunk: Chunk, sentence: Span, places: Sequence[int]) -> bool:
    """Tell whether a picture's credit ends the line that a sentence stands on."""
    behind = bisect_left(places, sentence.end)
    return behind < len(places) and "\n" not in chunk.words(sentence.end, min(places[behind], chunk.end))


def lead(passage: Passage) -> Span | None:
    """Return the sentence with which the story begins; of a text without whole sentences, its first."""
    told: Sequence[Span] = telling_sentences(passage) or passage.chunk.told() or passage.chunk.sentences
    return told[0] if told else None


def _is_whole(words: str, title: str | None) -> bool:
    plain = " ".join(words.split())
    return (
        _ENDS.search(plain) is not None
        and len(_WORD.findall(plain)) >= _LEAST_WORDS
        and not _NOTE.match(plain)
        and not is_headline(plain, title)
    )


def is_headline(words: str, title: str | None) -> bool:
    """Tell whether words on one line are an article's title, signs of Markdown around them aside."""
    return title is not None and words.strip("#*_ ").rstrip(".") == " ".join(title.split()).rstrip(".")
