"""An account of a story without a model that writes: its telling sentences, each once, in order, exactly as they stand.

Where an article lacks a name that the question has, it tells another story.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

import numpy as np

from index.records import Article, Passage
from index.words import content_stems, names, stems
from qa.article_sentences import as_passage
from qa.comparison import Embedder
from qa.question_kinds import Wanted
from qa.records import Draft, DraftStatement, Support
from qa.spoken import is_of_another, wrote
from qa.stretches import WordStatistics, known_word_weights, word_weights
from qa.telling import MOST_SENTENCES, Choice, Told, share

MOST_ARTICLES = 4
_TRIED = 24  # sentences whose meaning is compared with the question's: the most telling ones
_SURE = 0.7  # of an article that holds all that the question is about
_LEAST_SAID = 5  # words of what somebody said; fewer are a name or an office
_LEAST_COVERED = 0.6  # of what the question is about, by weight, that an article must hold
_OF_THE_BEST = 0.8  # of the best article's rank, which another article of the story needs
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


class Summaries:
    """Drafts accounts from whole articles, those that the passages found belong to."""

    def __init__(self, articles: ArticleSource, statistics: WordStatistics, embedder: Embedder) -> None:
        self._articles = articles
        self._statistics = statistics
        self._embedder = embedder

    def draft(self, wish: Wanted, passages: Sequence[Passage], question: str) -> Draft:
        """Return three to five sentences about what is wanted; no statements where no article is about it.

        `question` stands alone: it tells what "it" is.
        """
        if _ONLY_POINTS.match(wish.about):
            wish = replace(wish, topic=question, speaker="")
        story, covered = self._story(wish, passages)
        if not story:
            return Draft((), 0.0)
        written = bool(wish.speaker) and all(wrote(one.passage, wish.speaker) for one in story)
        topic = self._topic(wish.topic if written else wish.about)
        of_words = word_weights(" ".join(one.passage.chunk.text for one in story), self._statistics)
        choice = Choice(story, topic, of_words, "" if written else wish.speaker)
        if wish.about:
            tried = [choice.words(one) for one in choice.candidates[:_TRIED]]
            choice.near(np.asarray(self._embedder.embed([question, *tried])))
        statements = tuple(_statement(*one) for one in choice.made(strictly=wish.kind == "statements"))
        return Draft(statements, round(_SURE * covered, 4) if statements else 0.0)

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
        for article_id, score in found.items():
            article = self._articles.article(article_id)
            told = article and Told.of(as_passage(article))
            if not told or not told.spans or not named <= told.all_stems:
                continue
            covered = share(weights, told.all_stems) if weights else 1.0
            if covered >= _LEAST_COVERED:
                ranked.append((score + covered + 0.5 * share(weights, told.headline), covered, article_id, told))
        ranked.sort(key=lambda one: (-one[0], one[2]))
        best = [one for one in ranked[:MOST_ARTICLES] if one[0] >= _OF_THE_BEST * ranked[0][0]]
        written = [one for one in best if wish.speaker and wrote(one[3].passage, wish.speaker)]
        story = sorted((one[3] for one in written or best), key=lambda told: (told.published, told.passage.file))
        return story, max((one[1] for one in best), default=0.0)


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
    wording = " ".join(article.words(place).split())
    return DraftStatement(wording, (Support(article.passage, article.spans[place]),))
