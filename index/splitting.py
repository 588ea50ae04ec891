"""An Article becomes Chunks: runs of whole sentences, none longer than the embedding model reads."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

import regex

from index.records import Article, Chunk, Mark, Span, overlapping
from index.sentences import sentence_spans

SPLITTER_VERSION = 5  # part of every chunk's id: raise it when the same text would be split otherwise
MAX_TOKENS = 200  # leaves 56 of the model's 256 tokens for the title and publisher put before the text
_LONGEST_PIECE = 2_000  # characters; no run of prose this long fits the model, so a longer "sentence" is cut anyway
MAX_CHARACTERS = 2 * _LONGEST_PIECE  # of a chunk: blanks, and signs that the model doesn't know, may be no tokens
_GRAPHEME = regex.compile(r"\X")
# Blanks that no accent or other sign behind it makes part of a visible character.
_LOOSE_BLANK = regex.compile(r"\s+(?![\p{GCB=Extend}\p{GCB=SpacingMark}\p{GCB=ZWJ}])")

CountTokens = Callable[[Sequence[str]], Sequence[int]]


class Splitter:
    """Packs sentences into chunks of at most `max_tokens`, as `count_tokens` (texts -> a count for each) counts."""

    def __init__(self, count_tokens: CountTokens, max_tokens: int = MAX_TOKENS) -> None:
        self._count_tokens = count_tokens
        self._max_tokens = max_tokens

    def split(self, article: Article) -> list[Chunk]:
        """Return the article's chunks in order; none when the text holds no letter and no digit.

        The chunks don't overlap, and every sentence lies in one chunk, which has at most MAX_CHARACTERS. A sentence
        that is too long for a chunk is cut at white space, or between two characters as a reader sees them where there
        is none; such a character that is itself too long is cut as well.
        """
        text = article.text
        pieces = [piece for span in sentence_spans(text, article.marks) for piece in _cut_by_length(text, span)]
        counts = self._count_tokens([text[start:end] for start, end in pieces])
        fitting = list(self._fit(text, pieces, counts))
        # What lies between two sentences, such as a row of stars, is in the chunk's text too.
        gaps = self._count_tokens([text[one.end : other.start].strip() for (one, _), (other, _) in pairwise(fitting)])
        runs = list(_pack(fitting, [0, *gaps], self._max_tokens))
        marks = overlapping(article.marks, [Span(run[0].start, run[-1].end) for run in runs])
        return [_make_chunk(article, ordinal, *parts) for ordinal, parts in enumerate(zip(runs, marks, strict=True))]

    def _fit(self, text: str, pieces: Iterable[Span], counts: Iterable[int]) -> Iterator[tuple[Span, int]]:
        for piece, count in zip(pieces, counts, strict=True):
            if count <= self._max_tokens or piece.end - piece.start == 1:
                yield piece, count
                continue
            halves = _halve(text, piece)
            if len(halves) == 1:  # a single character as a reader sees it: it stays whole
                yield piece, count
                continue
            yield from self._fit(text, halves, self._count_tokens([text[start:end] for start, end in halves]))


def _make_chunk(article: Article, ordinal: int, sentences: list[Span], marks: tuple[Mark, ...]) -> Chunk:
    start, end = sentences[0].start, sentences[-1].end
    text = article.text[start:end]
    identity = f"{SPLITTER_VERSION}\n{article.id}\n{start}\n{end}\n{text}"
    return Chunk(
        id=hashlib.sha256(identity.encode()).hexdigest()[:24],
        article_id=article.id,
        ordinal=ordinal,
        start=start,
        end=end,
        text=text,
        sentences=tuple(sentences),
        marks=marks,
    )


def _pack(sentences: Iterable[tuple[Span, int]], gaps: Iterable[int], max_tokens: int) -> Iterator[list[Span]]:
    """Yield runs of sentences; `gaps` counts the tokens before each sentence, back to the one before it."""
    packed: list[Span] = []
    total = 0
    for (sentence, count), gap in zip(sentences, gaps, strict=False):
        too_long = packed and sentence.end - packed[0].start > MAX_CHARACTERS
        if packed and (too_long or total + gap + count > max_tokens):
            yield packed
            packed, total = [], 0
        total += count + (gap if packed else 0)
        packed.append(sentence)
    if packed:
        yield packed


def _cut_by_length(text: str, span: Span) -> Iterator[Span]:
    """Bound a span's length before it is tokenized, so that one endless line costs no more than its length."""
    while span.end - span.start > _LONGEST_PIECE:
        head, *tail = _split_at(text, span, span.start + _LONGEST_PIECE)
        if head.end - head.start >= MAX_CHARACTERS:  # one character with thousands of accents
            head, tail = Span(span.start, span.start + _LONGEST_PIECE), [Span(span.start + _LONGEST_PIECE, span.end)]
        yield head
        if not tail:
            return
        span = tail[0]
    yield span


def _halve(text: str, span: Span) -> list[Span]:
    return _split_at(text, span, (span.start + span.end) // 2)


def _split_at(text: str, span: Span, near: int) -> list[Span]:
    """Split `span` at the last white space before `near`, else at a grapheme boundary; one span when there is none."""
    boundary = max(text.rfind(blank, span.start + 1, near) for blank in " \t\u00a0\u3000")
    if boundary <= span.start + (near - span.start) // 2:
        boundary = _grapheme_boundary(text, span, near)
    blank = _LOOSE_BLANK.match(text, boundary, span.end)
    head_end, tail_start = boundary, blank.end() if blank else boundary
    while head_end > span.start and text[head_end - 1].isspace():
        head_end -= 1
    if head_end <= span.start or tail_start >= span.end:
        return [span]
    return [Span(span.start, head_end), Span(tail_start, span.end)]


def _grapheme_boundary(text: str, span: Span, near: int) -> int:
    """Return the last boundary between graphemes up to `near`, else the first one behind it."""
    boundary = span.end
    # A grapheme rarely has more than a dozen code points, so 64 before `near` hold a boundary.
    for match in _GRAPHEME.finditer(text, max(span.start, near - 64), min(span.end, near + _LONGEST_PIECE)):
        end: int = match.end()
        if end > near:
            return min(boundary, end)
        boundary = end
    return boundary
