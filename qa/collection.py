"""What a question to the service itself is told: how many articles there are, whose, of when, and what to ask of them.

Counted and listed, never quoted as an answer: such a reply has a status of its own and cites nothing.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from index.days import in_words
from index.mentions import mentions
from index.records import Article, Filters
from index.words import content_stems
from qa.article_sentences import as_passage, lead
from qa.citations import CitationLedger
from qa.collection_questions import CollectionQuestions, Topic
from qa.examples import example_questions
from qa.pointers import pointer
from qa.records import Answer, Pointer, Question, Support
from qa.uncited import from_the_list

_SHOWN, _NEWEST_SHOWN, _PUBLISHERS_SHOWN, _SUGGESTED = 6, 3, 12, 3
_WHAT_IT_DOES = (
    "Footnote answers questions from these articles, with the exact words that each answer stands on. Where the "
    "articles don't say, it says so; where they differ, it shows each side."
)
Answers = Callable[[str], bool]  # whether a question has an answer


class Articles(Protocol):
    """Where articles are listed and looked up; `index.catalogue.Catalogue` is one."""

    def article(self, article_id: str) -> Article | None:
        """Return the article with this id, or None."""

    def articles(self) -> list[tuple[Article, int]]:
        """Return every article with an empty text, and the length of the text it has, sorted by file."""

    def publishers(self) -> list[str]:
        """Return the publishers that articles name, sorted."""

    def generation(self) -> int:
        """Return a number that grows whenever an article is added, changed or removed."""


class Collection:
    """Answers the questions to the service itself; the list of articles is read once, until an article changes."""

    def __init__(self, catalogue: Articles, questions: CollectionQuestions) -> None:
        self._catalogue = catalogue
        self._questions = questions
        self._lock = threading.Lock()
        self._known = _Known(-1, ())

    def reply(self, asked: str, question: Question, answers: Answers) -> Answer | None:
        """Return the reply to a question about the collection, None where it is one for the articles.

        `answers` tells which of the questions that come to mind have an answer: only such ones are suggested.
        """
        publishers = self._catalogue.publishers()
        topic = self._questions.topic(asked, publishers, follows=bool(question.history))
        if topic is None:
            return None
        named = mentions(asked, publishers).publishers
        narrowed = replace(question.filters, publishers=tuple(sorted(named))) if named else question.filters
        known = self._read()
        articles = [one for one in known.articles if _let_through(one, narrowed)]
        if len(articles) == 1 and topic == "contents":
            return None  # of one article, its own sentences tell what it is about
        told = _Reply(topic, articles, self._catalogue)
        suggested = () if topic in {"thanks", "farewell"} or not articles else self._suggestions(known, answers)
        return told.answer(asked, suggested)

    def _read(self) -> "_Known":
        with self._lock:
            generation = self._catalogue.generation()
            if generation != self._known.generation:
                self._known = _Known(generation, tuple(article for article, _ in self._catalogue.articles()))
            return self._known

    def _suggestions(self, known: "_Known", answers: Answers) -> tuple[str, ...]:
        if known.suggestions is None:
            rows = [(article, 0) for article in known.articles]
            candidates = example_questions(rows, self._catalogue.article)
            known.suggestions = tuple(one for one in candidates if answers(one))[:_SUGGESTED]
        return known.suggestions


@dataclass(slots=True)
class _Known:
    """What was read of the catalogue at this generation; `suggestions` are found when they are first needed."""

    generation: int
    articles: tuple[Article, ...]
    suggestions: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class _Reply:
    topic: Topic
    articles: Sequence[Article]
    catalogue: Articles

    def answer(self, asked: str, suggested: tuple[str, ...]) -> Answer:
        """Return the reply as an answer that cites nothing."""
        return from_the_list(asked, asked, self._text(), self._pointers(), suggested)

    def _text(self) -> str:
        match self.topic:
            case "thanks":
                return "You are welcome."
            case "farewell":
                return "Goodbye."
            case "greeting":
                return f"Hello. {_WHAT_IT_DOES} {self._there_are()}"
            case "abilities":
                return f"{_WHAT_IT_DOES} {self._there_are()}"
            case "publishers":
                return self._publishers() or self._there_are()
            case "newest" | "oldest":
                return self._at_the_end() or self._there_are()
        return self._there_are()

    def _there_are(self) -> str:
        if not self.articles:
            return "There is no article here yet." if self.catalogue.generation() <= 1 else "There is no such article."
        publishers, days = self._counts(), self._days()
        parts = [_count(len(self.articles), "article")]
        if publishers:
            of_all = len(publishers) == 1 and publishers[0][1] == len(self.articles)
            parts.append(f"of {publishers[0][0] if of_all else _count(len(publishers), 'publisher')}")
        said = " ".join(parts)
        period = "" if not days else f"published on {in_words(days[0])}" if days[0] == days[-1] else ""
        period = period or (f"published between {in_words(days[0])} and {in_words(days[-1])}" if days else "")
        undated = len(self.articles) - len(days)
        without = f" ({undated} of them without a date)" if days and undated else ""
        verb = "is" if len(self.articles) == 1 else "are"
        return f"There {verb} {said}{', ' + period if period else ''}{without}."

    def _publishers(self) -> str:
        counts = self._counts()
        named = [f"{name} ({count})" for name, count in counts[:_PUBLISHERS_SHOWN]]
        if not named:
            return ""
        left = len(counts) - len(named)
        nameless = len(self.articles) - sum(count for _, count in counts)
        said = f"The {_count(len(self.articles), 'article')} here" if len(self.articles) > 1 else "The article here"
        more = f" and {_count(left, 'other')}" if left else ""
        without = f" {_count(nameless, 'article')} name{'s' if nameless == 1 else ''} no publisher." if nameless else ""
        return f"{said} came out in: {', '.join(named)}{more}.{without}"

    def _at_the_end(self) -> str:
        dated = self._by_date()
        if not dated:
            return "No article here states its date." if self.articles else ""
        first = dated[0]
        publisher = f", {first.publisher}" if first.publisher else ""
        day = f", of {in_words(first.published)}" if first.published else ""
        return f"The {self.topic} article here is “{first.title or first.file}”{publisher}{day}. {self._there_are()}"

    def _by_date(self) -> list[Article]:
        dated = [(one.published, one.file, one) for one in self.articles if one.published]
        return [one for _, _, one in sorted(dated, key=lambda each: each[:2], reverse=self.topic != "oldest")]

    def _counts(self) -> list[tuple[str, int]]:
        counts = Counter(one.publisher for one in self.articles if one.publisher)
        return sorted(counts.items(), key=lambda each: (-each[1], each[0]))

    def _days(self) -> list[date]:
        return sorted(one.published for one in self.articles if one.published)

    def _pointers(self) -> Iterator[Pointer]:
        """Yield the beginnings of the articles that are asked for, or of some that show how much there is."""
        if self.topic in {"newest", "oldest"}:
            chosen: Iterable[Article] = self._by_date()[:_NEWEST_SHOWN]
        elif self.topic in {"contents", "abilities"}:
            chosen = _varied([*self._by_date(), *(one for one in self.articles if not one.published)])
        else:
            return
        ledger = CitationLedger(self.catalogue)
        for one in chosen:
            article = self.catalogue.article(one.id)
            passage = article and as_passage(article)
            span = passage and lead(passage)
            if passage and span and (found := pointer(ledger, Support(passage, span))):
                yield found


def _varied(articles: Iterable[Article]) -> list[Article]:
    """Return articles whose titles share no word, so that each is about something else."""
    chosen, told = list[Article](), set[str]()
    for one in articles:
        stems = set(content_stems(one.title or one.file))
        if told.isdisjoint(stems):
            chosen.append(one)
            told |= stems
    return chosen[:_SHOWN]


def _let_through(article: Article, filters: Filters) -> bool:
    day = article.published
    return (
        (not filters.publishers or article.publisher in filters.publishers)
        and (not filters.published_from or (day is not None and day >= filters.published_from))
        and (not filters.published_to or (day is not None and day <= filters.published_to))
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
