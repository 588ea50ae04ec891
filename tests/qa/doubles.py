"""Stand-ins for the parts that an answerer is given: articles, a retriever, and engines that may lie or fail."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from index.copies import Sketch, sketch
from index.records import Article, Filters, Passage, Span
from index.words import content_stems
from qa.answerer import Answerer, Respell, as_typed
from qa.authorship import Authorship
from qa.comparison import Side
from qa.grounding import Grounder
from qa.judge import Verdict
from qa.protocols import Engine
from qa.reader import AnswerSpan, Reading
from qa.records import Draft, DraftStatement, Support

_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+")
_LONG_WORD = re.compile(r"\S{4,}")


@dataclass
class Shelf:
    """Articles by id; `looked_up` tells which ids were asked for, `held` how often one state was held."""

    articles: dict[str, Article] = field(default_factory=dict)
    looked_up: list[str] = field(default_factory=list)
    held: int = 0

    def article(self, article_id: str) -> Article | None:
        self.looked_up.append(article_id)
        return self.articles.get(article_id)

    def sketches(self, article_ids: Collection[str]) -> dict[str, Sketch]:
        return {one: sketch(self.articles[one].text) for one in article_ids if one in self.articles}

    @contextmanager
    def reading(self) -> Iterator[None]:
        self.held += 1
        yield


@dataclass
class Finds:
    """A retriever that finds `passages` for every question, and keeps what it was asked."""

    passages: list[Passage]
    asked: list[tuple[str, int | None, Filters]] = field(default_factory=list)

    def search(self, query: str, *, top_k: int | None = None, filters: Filters = Filters()) -> list[Passage]:
        self.asked.append((query, top_k, filters))
        return self.passages


@dataclass
class Says:
    """An engine that makes of each passage's sentences the statements that `say` returns, and keeps its questions."""

    say: Callable[[str], str]
    name: str = "says"
    confidence: float = 0.5
    questions: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def draft(self, question: str, passages: Sequence[Passage], asked: str, sides: Sequence[Side] = ()) -> Draft:
        self.questions.append(question)
        self.asked.append(asked)
        return Draft(
            tuple(
                DraftStatement(self.say(words(passage, span)), (Support(passage, span),))
                for passage in passages
                for span in passage.chunk.sentences
            ),
            self.confidence,
        )


@dataclass
class Drafts:
    """An engine that returns `draft_made` for every question."""

    draft_made: Draft
    name: str = "drafts"

    def draft(self, question: str, passages: Sequence[Passage], asked: str, sides: Sequence[Side] = ()) -> Draft:
        return self.draft_made


@dataclass
class Points:
    """A reader that points at the given words wherever they stand in a text, and keeps what it was asked.

    `answers` maps words to how sure it is that a text with them answers; a text without any is surely no answer.
    """

    answers: Mapping[str, float]
    asked: list[tuple[str, list[str]]] = field(default_factory=list)

    def read(self, question: str, texts: Sequence[str]) -> list[Reading]:
        self.asked.append((question, list(texts)))
        return [self._reading(text) for text in texts]

    def _reading(self, text: str) -> Reading:
        sure = {answer: logit for answer, logit in self.answers.items() if answer in text}
        places = ((text.index(answer), answer) for answer in sorted(sure, key=lambda one: (-sure[one], one)))
        spans = tuple(AnswerSpan(Span(start, start + len(answer)), 0.0) for start, answer in places)
        return Reading(max(sure.values(), default=-20.0), spans)


class PointsAtLongWords:
    """A reader that takes every longer word for an answer; it takes no time, for tests that ask many questions."""

    def read(self, question: str, texts: Sequence[str]) -> list[Reading]:
        return [
            Reading(
                len(question) % 7 + len(text) % 5,
                tuple(AnswerSpan(Span(*match.span()), len(match[0]) % 4) for match in _LONG_WORD.finditer(text))[:3],
            )
            for text in texts
        ]


class NoWordWasCounted:
    """Statistics of an index that holds none of a question's words: all are equally rare."""

    def frequencies(self, wanted: Sequence[str]) -> tuple[int, dict[str, int]]:
        return 100, dict.fromkeys(wanted, 0)


def words(passage: Passage, span: Span) -> str:
    """Return the words of a passage at `span`."""
    return passage.chunk.text[span.start - passage.chunk.start : span.end - passage.chunk.start]


@dataclass
class HoldsTheWords:
    """A verifier to whom a statement is supported by evidence of which one sentence holds all of its content words.

    With `across`, they may stand in several.
    """

    across: bool = False

    def verify(self, pairs: Sequence[tuple[str, str]]) -> list[Verdict]:
        return [Verdict(1.0, 0.0, 0.0) if self._holds(*pair) else Verdict(0.0, 0.0, 1.0) for pair in pairs]

    def _holds(self, statement: str, evidence: str) -> bool:
        texts = [evidence] if self.across else _SENTENCE_ENDS.split(evidence)
        return any(set(content_stems(statement)) <= set(content_stems(text)) for text in texts)


class Judges:
    """A judgement that is always as sure as it is told."""

    def __init__(self, confidence: float = 1.0) -> None:
        self._confidence = confidence

    def confidence(self, question: str, statement: str, supports: Sequence[Support]) -> float:
        return self._confidence


@dataclass
class Compares:
    """A comparer that always finds the same sides."""

    sides_found: tuple[Side, ...] = ()

    def sides(self, question: str, asked: str, passages: Sequence[Passage]) -> tuple[Side, ...]:
        return self.sides_found


def answerer_of(
    retriever: Finds,
    shelf: Shelf,
    engines: Sequence[Engine],
    judgement: float = 1.0,
    sides: Sequence[Side] = (),
    respell: Respell = as_typed,
    authorship: Authorship | None = None,
) -> Answerer:
    """Return an answerer of these parts that checks what engines draft."""
    compares = Compares(tuple(sides))
    grounder, judges = Grounder(HoldsTheWords()), Judges(judgement)
    return Answerer(retriever, shelf, engines, grounder, judges, compares, respell=respell, authorship=authorship)
