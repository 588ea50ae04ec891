"""An account of a story without a model that writes: its telling sentences, each once, in order, exactly as they stand.

Where an article lacks a name that the question has, it tells another story.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

import numpy as np

from index.days import in_words
from index.embedding import TextEmbedder
from index.records import Article, Passage
from index.words import content_stems, names, stems
from qa.article_sentences import as_passage
from qa.question_kinds import Wanted
from qa.records import Draft, DraftStatement, Support
from qa.spoken import is_of_another, wrote
from qa.stretches import WordStatistics, known_word_weights, share_held, word_weights
from qa.telling import MOST_SENTENCES, Choice, Told

MOST_ARTICLES, MOST_OF_A_MONTH = 4, 6
_ARTICLES_READ = 8  # of those that the passages found belong to
_NEWEST_TOLD = 3  # articles, where the newest counts most
_TRIED = 24  # sentences whose meaning is compared with the question's: the most telling ones
_SURE = 0.7  # of an article that holds all that the question is about
_LEAST_SAID = 5  # words of what somebody said; fewer are a name or an office
_LEAST_COVERED = 0.6  # of what the question is about, by weight, that an article must hold
# Of the best article's rank, which another article of the story needs, and another in which somebody speaks.
_OF_THE_BEST, _OF_THE_BEST_SPOKEN = 0.8, 0.6
_OF_THE_TOPIC = 0.25  # cosine to what they are to be about, of somebody's words that hold none of its words
# Words for a story as such, which no article need hold.
_STORY = frozenset(
    content_stems(
        "story article report column piece row quarrel dispute case affair scandal news fuss debate controversy "
        "question matter issue points start finish beginning end"
    )
)
_ONLY_POINTS = re.compile(r"^(?:it|he|she|they|this|that|these|those|all|everything)(?: all)?$", re.IGNORECASE)


class ArticleSource(Protocol):
    """Where articles are looked up; the catalogue is one."""

    def article(self, article_id: str) -> Article | None:
        """Return the article with this id, or None."""

    def articles(self) -> list[tuple[Article, int]]:
        """Return every article with an empty text, and the length of the text it has."""


class Summaries:
    """Drafts accounts from whole articles, those that the passages found belong to."""

    def __init__(self, articles: ArticleSource, statistics: WordStatistics, embedder: TextEmbedder) -> None:
        self._articles = articles
        self._statistics = statistics
        self._embedder = embedder

    def draft(self, wish: Wanted, passages: Sequence[Passage], question: str) -> Draft:
        """Return three to five sentences about what is wanted; no statements where no article is about it.

        `question` stands alone: it tells what "it" is.
        """
        if wish.month:
            return self._of_month(wish, wish.month)
        if _ONLY_POINTS.match(wish.about):
            wish = replace(wish, topic=question, speaker="")
        story, covered = self._story(wish, passages)
        if wish.latest:
            story = story[::-1][:_NEWEST_TOLD]
        if not story:
            return Draft((), 0.0)
        written = bool(wish.speaker) and all(wrote(one.passage, wish.speaker) for one in story)
        topic = self._topic(wish.topic if written else wish.about)
        of_words = word_weights(" ".join(one.passage.chunk.text for one in story), self._statistics)
        choice = Choice(story, topic, of_words, "" if written else wish.speaker)
        if wish.about:
            tried = [choice.words(one) for one in choice.candidates[:_TRIED]]
            choice.near(np.asarray(self._embedder.embed([question, *tried])))
        told = choice.newest() if wish.latest else choice.made(strictly=wish.kind == "statements")
        note = as_of([article.passage.published for article, _ in told]) if wish.latest else None
        return Draft(tuple(_statement(*one) for one in told), round(_SURE * covered, 4) if told else 0.0, note=note)

    def said(self, wish: Wanted, read: Draft, passages: Sequence[Passage], question: str) -> Draft:
        """Return what the reader found of somebody's words with what else they say of it, in the articles' order.

        Nothing, where what they say is of something else than what was asked.
        """
        draft = with_more(read, self.draft(wish, passages, question), wish.speaker)
        stems_of_topic = set(content_stems(wish.topic)) - _STORY
        if not stems_of_topic or not draft.statements:
            return draft
        weights = known_word_weights(wish.topic, self._statistics)
        if not read.statements and weights:  # of a thing of which the reader found nothing, its words must stand there
            held_by = [(one, share_held(weights, stems(_with_the_one_before(one)))) for one in draft.statements]
            kept = tuple(one for one, held in held_by if held >= _LEAST_COVERED)
            return replace(draft, statements=kept) if kept else read
        texts = [_with_the_one_before(one) for one in draft.statements]
        titles = [one.supports[0].passage.title or "" for one in draft.statements]
        vectors = np.asarray(self._embedder.embed([wish.topic, *texts, *titles]))
        near = [float(one) >= _OF_THE_TOPIC for one in vectors[1:] @ vectors[0]]
        told = list(zip(draft.statements, near, near[len(texts) :], texts, strict=False))
        of_it = [one for one, is_near, _, text in told if is_near or not stems_of_topic.isdisjoint(stems(text))]
        # Of a story that is about it, what somebody says without its words, too.
        whole = [one for one, _, is_near, _ in told if is_near or not stems_of_topic.isdisjoint(self._stems_of(one))]
        kept = tuple(of_it or whole) if weights or read.statements else tuple(whole)
        return replace(draft, statements=kept) if kept else Draft((), 0.0)

    def _stems_of(self, statement: DraftStatement) -> list[str]:
        article = self._articles.article(statement.supports[0].passage.chunk.article_id)
        return stems(f"{article.title or ''} {article.text}") if article else []

    def _of_month(self, wish: Wanted, month: tuple[int, int | None]) -> Draft:
        """Return how the articles of a month begin, of its last year where none is named, the earliest first."""
        of_month = [one for one, _ in self._articles.articles() if one.published and _is_in(one.published, *month)]
        last = max((one.published.year for one in of_month if one.published), default=0)
        weights = self._topic(wish.about)
        told = [
            Told.of(as_passage(article))
            for one in of_month
            if one.published and one.published.year == last and (article := self._articles.article(one.id))
        ]
        told = [
            one
            for one in told
            if one.spans and share_held(weights, one.all_stems) >= (_LEAST_COVERED if weights else 0)
        ]
        if not told or (wish.about and not weights):
            return Draft((), 0.0)
        shown = sorted(told if wish.about else _of_each_story(told), key=_in_time)[:MOST_OF_A_MONTH]
        when, count = f"{shown[0].published:%B %Y}", len(told)
        which = f"{len(shown)} of them begin" if len(shown) < count else "they begin" if count > 1 else "it begins"
        are = f"{count} articles here are" if count > 1 else "One article here is"
        note = f"{are} of {when}; {which} so."
        return Draft(tuple(_statement(one, 0) for one in shown), _SURE, note=note)

    def _topic(self, about: str) -> dict[str, float]:
        weights = known_word_weights(about, self._statistics)
        return {stem: weight for stem, weight in weights.items() if stem not in _STORY}

    def _story(self, wish: Wanted, passages: Sequence[Passage]) -> tuple[list[Told], float]:
        """Return the articles that tell the story, the earliest first, and how much of the question the best holds."""
        found: dict[str, float] = {}
        for passage in passages:
            found[passage.chunk.article_id] = max(found.get(passage.chunk.article_id, 0.0), passage.score)
        weights = self._topic(wish.about)
        capitals = wish.about != wish.about.lower()
        named = {stem for name in names(wish.about) if capitals for stem in stems(name)} - _STORY
        ranked = []
        for article_id, score in sorted(found.items(), key=lambda one: (-one[1], one[0]))[:_ARTICLES_READ]:
            article = self._articles.article(article_id)
            told = article and Told.of(as_passage(article))
            if not told or not told.spans or not named <= told.all_stems:
                continue
            covered = share_held(weights, told.all_stems) if weights else 1.0
            if covered >= _LEAST_COVERED:
                headline = 0.0 if wish.speaker else 0.5 * share_held(weights, told.headline)
                ranked.append((score + covered + headline, covered, article_id, told))
        ranked.sort(key=lambda one: (-one[0], one[2]))
        least = _OF_THE_BEST_SPOKEN if wish.kind == "statements" else _OF_THE_BEST
        best = [one for one in ranked[:MOST_ARTICLES] if one[0] >= least * ranked[0][0]]
        written = [one for one in best if wish.speaker and wrote(one[3].passage, wish.speaker)]
        story = sorted(
            (one[3].about(weights) for one in written or best), key=lambda told: (told.published, told.passage.file)
        )
        return story, max((one[1] for one in best), default=0.0)


def _with_the_one_before(statement: DraftStatement) -> str:
    support = statement.supports[0]
    chunk = support.passage.chunk
    before = [one for one in chunk.sentences if one.end <= support.span.start][-1:]
    return " ".join(chunk.words(*one) for one in (*before, support.span))


def as_of(days: Sequence[date | None]) -> str | None:
    """Return of when an answer is whose sentences come newest first; None where the newest article has no date."""
    if not days or days[0] is None:
        return None
    older = " What older articles say follows, the newest first." if any(day != days[0] for day in days) else ""
    return f"As of {in_words(days[0])}.{older}"


def _is_in(day: date, month: int, year: int | None) -> bool:
    return day.month == month and year in {None, day.year}


def _of_each_story(told: Sequence[Told]) -> list[Told]:
    """Return articles whose headlines share little, so that each is about something else, the latest of a story."""
    chosen: list[Told] = []
    for one in sorted(told, key=_in_time, reverse=True):
        if all(len(one.headline & other.headline) <= 1 for other in chosen):
            chosen.append(one)
    return chosen


def _in_time(told: Told) -> tuple[date, str]:
    return told.published, told.passage.file


def with_more(draft: Draft, more: Draft, by: str) -> Draft:
    """Return what the reader found of somebody's words with what else they say, in the order of the articles.

    Of what it found only the surest may be another's, where nothing of the speaker's was found.
    """
    own = [one for one in draft.statements if not is_of_another(one.text, by)]
    said = own if own or more.statements else list(draft.statements)
    for one in more.statements:
        if len(said) < MOST_SENTENCES and all(one.text not in two.text and two.text not in one.text for two in said):
            said.append(one)
    sure = draft.confidence if draft.statements else more.confidence
    short = draft.short_answer if len((draft.short_answer or "").split()) >= _LEAST_SAID else None
    return Draft(tuple(sorted(said, key=_by_place)), sure, short)


def _by_place(statement: DraftStatement) -> tuple[date, str, int]:
    first = statement.supports[0]
    return first.passage.published or date.min, first.passage.file, first.span.start


def _statement(article: Told, place: int) -> DraftStatement:
    support = Support(article.passage, article.spans[place])
    return DraftStatement(support.wording, (support,))
