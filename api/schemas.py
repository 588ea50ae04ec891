"""What the HTTP API takes and returns. Answers are returned as `qa.records.Answer`, with the same names."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from index.records import Article, Filters, Passage, Span
from qa.records import EngineChoice, Question, Turn

MAX_TOP_K = 50
MAX_HISTORY = 50


def _encodable(name: str) -> str:
    try:
        name.encode()
    except UnicodeEncodeError:
        raise ValueError("it holds lone surrogates, which are no characters") from None
    return name


PublisherName = Annotated[str, Field(min_length=1), AfterValidator(_encodable)]


class _Filtered(BaseModel):
    model_config = ConfigDict(extra="forbid")

    top_k: Annotated[int, Field(ge=1, le=MAX_TOP_K)] | None = Field(None, description="How many passages to look at.")
    published_from: date | None = Field(None, description="Only articles published on this day or later.")
    published_to: date | None = Field(None, description="Only articles published on this day or earlier.")
    publishers: list[PublisherName] = Field([], max_length=100, description="Only articles of these publishers.")

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.published_from and self.published_to and self.published_from > self.published_to:
            raise ValueError("published_from lies after published_to")
        return self

    def filters(self) -> Filters:
        return Filters(self.published_from, self.published_to, tuple(self.publishers))


class TurnIn(BaseModel):
    """One earlier message of the conversation."""

    model_config = ConfigDict(extra="forbid")

    role: Literal["user", "assistant"]
    content: str = Field(max_length=20_000)


class AskRequest(_Filtered):
    """A question about the articles."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"question": "Who spoke to whom?"}]})

    question: str
    history: list[TurnIn] = Field([], max_length=MAX_HISTORY, description="Earlier messages, oldest first.")
    engine: EngineChoice = "auto"

    def as_question(self) -> Question:
        history = tuple(Turn(turn.role, turn.content) for turn in self.history)
        return Question(self.question, history, self.filters(), self.engine, self.top_k)


class SearchRequest(_Filtered):
    """A search for passages."""

    query: str


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


class ArticleSummary(BaseModel):
    """An article without its text; `characters` is the text's length in code points."""

    id: str
    file: str
    title: str | None
    publisher: str | None
    published: date | None
    characters: int

    @classmethod
    def of(cls, article: Article, characters: int) -> Self:
        return cls(
            id=article.id,
            file=article.file,
            title=article.title,
            publisher=article.publisher,
            published=article.published,
            characters=characters,
        )


class ArticleOut(ArticleSummary):
    """An article; citations' offsets are code points into `text`."""

    text: str
    sha256: str


class ArticleList(BaseModel):
    """All articles, sorted by file."""

    articles: list[ArticleSummary]
