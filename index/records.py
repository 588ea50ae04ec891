"""The nouns of the index. Every offset is a count of code points into `Article.text`, end exclusive."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of an article's text: `article.text[start:end]`."""

    start: int
    end: int


class Mark(NamedTuple):
    """What a stretch of an article is, beside being text: `article.text[start:end]`.

    `kind` and `label`: "furniture", which is found and shown but never answers, with its sort ("byline", "dateline",
    "masthead", "credit", "front matter", "running head", "contents", "link", "blurb", ...); "cell", a table's cell,
    with what heads its row and column ("Child, Return"); "page", with the page's number.
    """

    start: int
    end: int
    kind: str
    label: str

    def overlaps(self, start: int, end: int) -> bool:
        """Tell whether it shares a character with the stretch from `start` to `end`."""
        return self.start < end and start < self.end


def overlapping(marks: Sequence[Mark], spans: Sequence[Span]) -> Iterator[tuple[Mark, ...]]:
    """Yield for each of these spans the marks that overlap it. Both rise; a page's mark lies around others."""
    first = 0
    for span in spans:
        held = []
        while first < len(marks) and marks[first].end <= span.start:
            first += 1
        for place in range(first, len(marks)):
            if marks[place].start >= span.end:
                break
            if marks[place].overlaps(*span):
                held.append(marks[place])
        yield tuple(held)


# What joins the headings of a cell's row and column in its label.
HEADINGS_JOINED_BY = ", "


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it stands in its file.

    `id` is a short hash of `file`: the path relative to its folder with forward slashes, with "#n" behind it when the
    file holds several articles and this is the n-th, and "uploads://" before it when it was uploaded. `text` is the
    decoded file less a byte order mark, nothing else changed; where it had to be extracted (HTML, PDF, ...), it is the
    extraction, and `extractor` names the library and version that made it. `sha256` is that of the file's bytes.
    `marks` come in order of place. What the article doesn't state is None.
    """

    id: str
    file: str
    title: str | None
    publisher: str | None
    published: date | None
    text: str
    sha256: str
    extractor: str | None = None
    marks: tuple[Mark, ...] = ()
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of whole sentences of one article, the unit that is embedded and retrieved.

    `text == article.text[start:end]`; `sentences` are offsets into the article, in order and within the chunk;
    `ordinal` counts an article's chunks from 0; `marks` are those of the article that overlap the chunk.
    """

    id: str
    article_id: str
    ordinal: int
    start: int
    end: int
    text: str
    sentences: tuple[Span, ...]
    marks: tuple[Mark, ...] = ()

    def words(self, start: int, end: int) -> str:
        """Return the words at these offsets into the article, which lie within the chunk."""
        return self.text[start - self.start : end - self.start]

    def told(self, asked_for: Collection[str] = ()) -> tuple[Span, ...]:
        """Return the sentences that tell something: none of furniture, other than of the sorts that are asked for."""
        furniture = [mark for mark in self.marks if mark.kind == "furniture" and mark.label not in asked_for]
        if not furniture:
            return self.sentences
        return tuple(one for one in self.sentences if not any(mark.overlaps(*one) for mark in furniture))

    @property
    def headings(self) -> tuple[str, ...]:
        """What heads the cells of the chunk and does not stand in it: of a table that began before it. Each once."""
        labels = dict.fromkeys(mark.label for mark in self.marks if mark.kind == "cell")
        parts = dict.fromkeys(part for label in labels for part in label.split(HEADINGS_JOINED_BY))
        return tuple(part for part in parts if part and part not in self.text)


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk that a retriever found. Ranks count from 1 and are None where that search did not find it."""

    chunk: Chunk
    file: str
    title: str | None
    publisher: str | None
    published: date | None
    score: float
    dense_rank: int | None
    lexical_rank: int | None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles may be searched. Dates are inclusive; an article without a date or publisher fails that filter."""

    published_from: date | None = None
    published_to: date | None = None
    publishers: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.published_from or self.published_to or self.publishers)


@dataclass(slots=True)
class SyncReport:
    """What a sync did. Lists hold files in order; `unreadable` maps a file to the reason; `embedded` counts chunks."""

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    unreadable: dict[str, str] = field(default_factory=dict)
    embedded: int = 0


@dataclass(frozen=True, slots=True)
class SyncProgress:
    """How far a sync is: articles done of those that changed, and chunks embedded so far."""

    done: int
    total: int
    embedded: int
