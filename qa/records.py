"""The nouns of answering. Offsets are code points into the article's text, end exclusive."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from index.records import Filters, Passage, Span

# "about_collection": a reply to a question to the service itself, from counts and titles; it states nothing of what the
# articles say, and cites nothing.
Status = Literal["answered", "not_in_sources", "about_collection"]
EngineChoice = Literal["auto", "extractive", "llm"]
Basis = Literal["quoted", "verified"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of a conversation, as the caller sent it; nothing about it is trusted."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked and of which articles; `text` is already cleaned and checked (see `qa.questions`)."""

    text: str
    history: tuple[Turn, ...] = ()
    filters: Filters = field(default_factory=Filters)
    engine: EngineChoice = "auto"
    top_k: int | None = None


@dataclass(frozen=True, slots=True)
class Support:
    """The words of a passage on which a drafted statement rests; `span` points into the article."""

    passage: Passage
    span: Span

    @property
    def wording(self) -> str:
        """The words, on one line."""
        return " ".join(self.passage.chunk.words(*self.span).split())


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Sentences of a passage, in their order, that a language model is shown under one number."""

    passage: Passage
    sentences: tuple[Span, ...]

    @classmethod
    def whole(cls, passage: Passage, asked_for: Collection[str] = ()) -> "Excerpt":
        """Return all that a passage tells, with furniture of the sorts `asked_for` (see qa.bylines)."""
        return cls(passage, tuple(passage.chunk.told(asked_for)))

    @property
    def supports(self) -> tuple[Support, ...]:
        """Each of its sentences."""
        return tuple(Support(self.passage, one) for one in self.sentences)


@dataclass(frozen=True, slots=True)
class DraftStatement:
    """A statement as an engine wrote it, before anything about it was checked.

    An engine that takes it from the articles tells the exact words in `supports`. One that words it itself tells the
    excerpts that it cites, and the `quote` in them if it gives one; the words are then found by `qa.grounding`.
    """

    text: str
    supports: tuple[Support, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
    quote: str = ""

    @property
    def cited(self) -> tuple[Passage, ...]:
        """The passages whose excerpts it cites."""
        return tuple(dict.fromkeys(one.passage for one in self.excerpts))


def as_statements(supports: Iterable[Support]) -> tuple[DraftStatement, ...]:
    """Return a statement for each distinct wording, in the order of the first, with all that have it."""
    by_wording: dict[str, dict[Support, None]] = {}
    for one in supports:
        by_wording.setdefault(one.wording, {})[one] = None
    return tuple(DraftStatement(wording, tuple(own)) for wording, own in by_wording.items())


@dataclass(frozen=True, slots=True)
class Draft:
    """What an engine proposes. `confidence` is between 0 and 1; no statements means that it found no answer.

    `note` says in one sentence how the statements are to be taken: of when they are, in which order they come.
    `unanswered` are the parts of a question to which it found no answer, where it found one to others.
    """

    statements: tuple[DraftStatement, ...]
    confidence: float
    short_answer: str | None = None
    note: str | None = None
    unanswered: tuple[str, ...] = ()


@dataclass(slots=True)
class LiveDraft:
    """What an engine proposes that writes while its statements are taken, once, in order.

    What follows is complete when the last one has been taken: `declined` tells that the engine says itself that the
    articles don't answer, `failure` why it could not go on; `tokens` counts those of "prompt" and "completion".
    """

    statements: Iterator[DraftStatement]
    declined: bool = False
    failure: str | None = None
    tokens: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SaidDay:
    """Words of an article for a day, such as "on Tuesday", and the day that they surely are by the article's date."""

    words: str
    day: date


@dataclass(frozen=True, slots=True)
class Citation:
    """Exact words of one article: `article.text[start:end] == quote`. `number` counts from 1 within an answer.

    `page` is the number of the page on which they begin, as the file counts it; None for what has no pages. `days` are
    those that the quote names seen from the article's date; they stand beside the quote, which stays as it is. `shown`
    is the quote as a person reads it, without signs of Markdown, a table's row with what heads its cells; None where
    that is the quote.
    """

    number: int
    article_id: str
    file: str
    title: str | None
    publisher: str | None
    published: date | None
    start: int
    end: int
    quote: str
    page: str | None = None
    days: tuple[SaidDay, ...] = ()
    shown: str | None = None


@dataclass(frozen=True, slots=True)
class Pointer:
    """Exact words of one article at which to read on: `article.text[start:end] == quote`. It supports no statement.

    `shown` is as in a citation.
    """

    article_id: str
    file: str
    title: str | None
    publisher: str | None
    published: date | None
    start: int
    end: int
    quote: str
    page: str | None = None
    shown: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer with the citations that support it; there is always at least one.

    Its `basis`: it is "quoted" word for word from the articles, or worded by a language model and "verified".
    """

    text: str
    citations: tuple[Citation, ...]
    basis: Basis = "quoted"

    @property
    def readable(self) -> str:
        """The text as a person reads it: of a quote with signs of Markdown, or a table's row, what is `shown` of it."""
        quoting = (one for one in self.citations if one.shown and " ".join(one.quote.split()) == self.text)
        shown = next(quoting, None)
        return " ".join(shown.shown.split()) if shown and shown.shown else self.text

    @property
    def with_markers(self) -> str:
        """The readable text with a marker such as [1] for each citation."""
        return self.readable + " " + "".join(f"[{citation.number}]" for citation in self.citations)


# Who is told of an answer in the making: of the question as it stands alone, with the passages that were found for it,
# and of each statement as soon as it has passed.
OnRetrieval = Callable[[str, Sequence[Passage]], None]
OnStatement = Callable[[Statement], None]
OnQuick = Callable[["Answer"], None]  # of the quotes that answer, before a language model has written


@dataclass(frozen=True, slots=True)
class View:
    """What some of the articles say where articles differ.

    `answer` is in the words of the first citation. `speaker` is who says so, where no article says it as its own.
    `articles` counts those that say it, `independent` the same with near copies counted once.
    """

    answer: str
    citations: tuple[Citation, ...]
    publishers: tuple[str, ...]
    published: tuple[date, ...]
    speaker: str | None = None
    articles: int = 1
    independent: int = 1

    @property
    def counted(self) -> str:
        """In how many articles it stands, in words."""
        articles = f"{self.articles} article{'s' if self.articles > 1 else ''}"
        return f"{articles}, {self.independent} independent" if self.independent < self.articles else articles


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to a question.

    `answer` is the `note`, if any, and the statements' text with `[n]` markers after each; `short_answer` the bare
    words, where an engine finds them. `note` says in one sentence how the articles differ, what of the question they
    leave open, or of when the answer is; `views` are what each side says. `articles` counts those that give the
    answer, `independent` the same with near copies counted once. `dropped` counts statements that did not hold and
    that nobody was shown, `dropped_reasons` the same by reason. `incomplete` tells that the engine failed in
    mid-answer, `fallback_reason` why it did, or why another had to answer. `tokens` counts those of a language model's
    "prompt" and "completion", where it reports them. `timings_ms` maps a stage to milliseconds.

    Of an answer that is none, `pointers` tells what comes nearest, or some of the articles that there are;
    `unknown_words` are those of the question that stand in no article, `suggestions` questions that have an answer.
    """

    question: str
    standalone_question: str
    status: Status
    answer: str
    short_answer: str | None
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    views: tuple[View, ...]
    engine: str
    dropped: int
    incomplete: bool
    fallback_reason: str | None
    confidence: float
    note: str | None = None
    articles: int = 0
    independent: int = 0
    pointers: tuple[Pointer, ...] = ()
    unknown_words: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    dropped_reasons: dict[str, int] = field(default_factory=dict)
    tokens: dict[str, int] = field(default_factory=dict)
    timings_ms: dict[str, float] = field(default_factory=dict)
