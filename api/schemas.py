"""What the HTTP API takes and returns. Answers are returned as `qa.records.Answer`, with the same names."""

import re
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, model_validator

from index.looks import Look
from index.records import Article, Filters, Passage, Span
from index.sources import UPLOADS_PREFIX
from qa.questions import MAX_CHARACTERS
from qa.records import EngineChoice, Question, Turn

MAX_TOP_K = 50
MAX_HISTORY = 50
MAX_PUBLISHERS = 100
MAX_PAGE = 500
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# Only said here: `qa.questions` refuses others, with words of its own.
_QUESTION_LENGTH: dict[str, JsonValue] = {"minLength": 1, "maxLength": MAX_CHARACTERS}


def _encodable(name: str) -> str:
    try:
        name.encode()
    except UnicodeEncodeError:
        raise ValueError("it holds lone surrogates, which are no characters") from None
    return name


def _written_day(given: object) -> object:
    if isinstance(given, date) or (isinstance(given, str) and _DAY.fullmatch(given)):
        return given
    raise ValueError("a day is written like 2024-03-05")  # else a number would count as seconds since 1970


Day = Annotated[date, BeforeValidator(_written_day)]
PublisherName = Annotated[str, Field(min_length=1), AfterValidator(_encodable)]


class _Dated(BaseModel):
    model_config = ConfigDict(extra="forbid")

    published_from: Day | None = Field(None, description="Only articles published on this day or later.")
    published_to: Day | None = Field(None, description="Only articles published on this day or earlier.")

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.published_from and self.published_to and self.published_from > self.published_to:
            raise ValueError("published_from lies after published_to")
        return self


class _Filtered(_Dated):
    top_k: Annotated[int, Field(ge=1, le=MAX_TOP_K, strict=True)] | None = Field(
        None, description="How many passages to look at."
    )
    publishers: list[PublisherName] = Field(
        [], max_length=MAX_PUBLISHERS, description="Only articles of these publishers."
    )

    def filters(self) -> Filters:
        return Filters(self.published_from, self.published_to, tuple(self.publishers))


class TurnIn(BaseModel):
    """One earlier message of the conversation."""

    model_config = ConfigDict(extra="forbid")

    role: Literal["user", "assistant"]
    content: str = Field(max_length=20_000)


class AskRequest(_Filtered):
    """A question about the articles."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"question": "How long was the harbour closed?"},
                {
                    "question": "And why?",
                    "history": [
                        {"role": "user", "content": "How long was the harbour closed?"},
                        {"role": "assistant", "content": "The harbour was closed for nine days. [1]"},
                    ],
                    "engine": "extractive",
                    "published_from": "2024-03-01",
                    "publishers": ["Harbour Herald"],
                },
            ]
        },
    )

    question: str = Field(description="It must hold a letter or digit.", json_schema_extra=_QUESTION_LENGTH)
    history: list[TurnIn] = Field([], max_length=MAX_HISTORY, description="Earlier messages, oldest first.")
    engine: EngineChoice = Field("auto", description="Which engine answers; `auto` tries them in order.")

    def as_question(self) -> Question:
        history = tuple(Turn(turn.role, turn.content) for turn in self.history)
        return Question(self.question, history, self.filters(), self.engine, self.top_k)


class SearchRequest(_Filtered):
    """A search for passages."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"query": "storm harbour closed", "top_k": 5}]}
    )

    query: str = Field(description="It must hold a letter or digit.", json_schema_extra=_QUESTION_LENGTH)


class PassageOut(BaseModel):
    """A passage; offsets are code points into its article's text, end exclusive."""

    article_id: str
    file: str
    title: str | None
    publisher: str | None
    published: date | None
    start: int
    end: int
    text: str
    sentences: list[Span]
    score: float
    dense_rank: int | None
    lexical_rank: int | None

    @classmethod
    def of(cls, passage: Passage) -> Self:
        chunk = passage.chunk
        return cls(
            article_id=chunk.article_id,
            file=passage.file,
            title=passage.title,
            publisher=passage.publisher,
            published=passage.published,
            start=chunk.start,
            end=chunk.end,
            text=chunk.text,
            sentences=list(chunk.sentences),
            score=passage.score,
            dense_rank=passage.dense_rank,
            lexical_rank=passage.lexical_rank,
        )


class SearchResponse(BaseModel):
    """Passages, best first."""

    query: str
    passages: list[PassageOut]


class RetrievalOut(BaseModel):
    """The first event of a streamed answer: what was looked for, in how many passages of how many articles."""

    question: str
    standalone_question: str
    passages: int
    articles: int


class ArticleQuery(_Dated):
    """Which articles to list."""

    offset: int = Field(0, ge=0, description="How many articles to pass over.")
    limit: int = Field(50, ge=1, le=MAX_PAGE, description="How many articles to return at most.")
    query: str = Field("", max_length=500, description="Words that the title, publisher and file hold, in any case.")
    publisher: list[PublisherName] = Field(
        [], max_length=MAX_PUBLISHERS, description="Only articles of this publisher; may be repeated."
    )


class ArticleSummary(BaseModel):
    """An article without its text; `characters` is the text's length in code points, `upload` tells if it was added."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "1a2b3c4d5e6f7081",
                    "file": "ferry.md",
                    "title": "The ferry sails again",
                    "publisher": "Harbour Herald",
                    "published": "2024-03-05",
                    "characters": 1843,
                    "upload": False,
                }
            ]
        }
    )

    id: str
    file: str
    title: str | None
    publisher: str | None
    published: date | None
    characters: int
    upload: bool

    @classmethod
    def of(cls, article: Article, characters: int) -> Self:
        return cls(
            id=article.id,
            file=article.file,
            title=article.title,
            publisher=article.publisher,
            published=article.published,
            characters=characters,
            upload=article.file.startswith(UPLOADS_PREFIX),
        )


class ArticleOut(ArticleSummary):
    """An article; citations' offsets are code points into `text`, and so are those of `looks`, in order of place.

    A look tells how a stretch is to be shown: a "sign" of Markdown, or the "edge" of a cell, not at all.
    """

    model_config = ConfigDict(json_schema_extra={})  # the summary's example lacks the text

    text: str
    sha256: str
    looks: list[Look] = []


class ArticleList(BaseModel):
    """Articles, sorted by file; `total` counts all that fit the query, whatever `offset` and `limit`."""

    articles: list[ArticleSummary]
    total: int
    offset: int
    limit: int


class PublisherCount(BaseModel):
    """A publisher, null for the articles that name none, and how many articles it has."""

    name: str | None
    articles: int


class PublisherList(BaseModel):
    """What articles can be filtered by: publishers, those with most articles first, and the first and last day."""

    publishers: list[PublisherCount]
    published_from: date | None
    published_to: date | None


class UploadOut(BaseModel):
    """A file that was added: its name, its articles, and what of it could not be read as name -> reason."""

    file: str
    articles: list[ArticleSummary]
    left_out: dict[str, str] = {}


class RemovedOut(BaseModel):
    """The files of the articles that were removed: all that came with the same upload."""

    removed: list[str]


class StatusOut(BaseModel):
    """What this service can do: its engines as `auto` tries them, and questions that its articles can answer."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "engines": ["llm", "extractive"],
                    "articles": 412,
                    "passages": 3207,
                    "uploads": True,
                    "examples": ["What do the articles say about the harbour?"],
                }
            ]
        }
    )

    engines: list[str]
    articles: int
    passages: int
    uploads: bool
    examples: list[str]
