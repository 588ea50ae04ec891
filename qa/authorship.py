"""Who wrote an article: cited where the file's own words name the writer, else told as what the file states of itself.

First the article is found that is asked about, by its title or by what it is about; its writer is then known from the
list of articles, and no other's byline can be taken for it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.records import Article, Mark, Passage, Span
from index.words import tokens
from qa.article_sentences import articles_of, as_passage
from qa.bylines import asks_who_sent, asks_who_wrote, topic_of_the_work, work_asked_about
from qa.records import Draft, Support, as_statements
from qa.stretches import WordStatistics, coverage, weights_of
from qa.summaries import ArticleSource

_LEAST_COVERED = 0.6  # of what the question is about, by weight, that an article must hold
_AS_WELL = 0.95  # of the best article's share, which another one that is meant needs
_MOST = 4  # articles that a question may mean; of more, it says too little
_SURE = 0.8
_NAMES_THE_WRITER = ("byline", "dateline", "front matter")  # the first of these that does
_MAILS = re.compile(r"\.(?:eml|mbox)#", re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Writers:
    """The writers of the articles that are meant: a draft where each is named in the text, else what is to be told."""

    draft: Draft | None
    told: str
    stated_by: tuple[Support, ...]  # where the articles begin whose files state it


class Authorship:
    """Answers questions for the writer of an article, or the sender of a mail."""

    def __init__(self, articles: ArticleSource, statistics: WordStatistics) -> None:
        self._articles = articles
        self._statistics = statistics

    def writers(self, question: str, passages: Sequence[Passage]) -> Writers | None:
        """Return who wrote what is asked about; None where that isn't asked, or no file states it.

        `question` stands alone; `passages` are what was found for it.
        """
        meant = self._meant(question, passages)
        known = [article for article in meant if article.author]
        if not known or len(meant) > _MOST:
            return None
        cited = {article.id: named_in(article) for article in known}
        untold = [article for article in known if cited[article.id] is None]
        told = _stated(untold) if untold else None
        if len(untold) == len(known):
            return Writers(None, told or "", tuple(_beginning(article) for article in known))
        drafted = as_statements(filter(None, cited.values()))
        alone = known[0].author if len({article.author for article in known}) == 1 else None
        return Writers(Draft(drafted, _SURE, alone, told), "", ())

    def _meant(self, question: str, passages: Sequence[Passage]) -> list[Article]:
        """Return the articles that a question may mean, the best first; none where it asks for no writer."""
        work, sent = work_asked_about(question), asks_who_sent(question)
        if not (work or sent or asks_who_wrote(question)):
            return []  # before any article is read
        articles = list(articles_of(self._articles, passages))
        titled = _by_title(work, articles)
        if titled:
            return titled
        if sent:
            articles = [article for article in articles if _MAILS.search(article.file)]
        elif not asks_who_wrote(question):
            return []
        topic = topic_of_the_work(question)
        if not topic:
            return articles if len(self._articles.articles()) == 1 else []
        weights = weights_of(topic, self._statistics)
        held = [
            (coverage(weights, f"{one.title or ''} {one.text}"), coverage(weights, one.title or ""), one)
            for one in articles
        ]
        ranks = [(share + title, one) for share, title, one in held if share >= _LEAST_COVERED]
        best = max((rank for rank, _ in ranks), default=0.0)
        return [one for rank, one in ranks if rank >= _AS_WELL * best]


def _by_title(work: str, articles: Sequence[Article]) -> list[Article]:
    said = tokens(work)
    if len(said) < 2 and not any(one.isdecimal() for one in said):
        return []  # "Who wrote Help?" may mean anything of that name
    return [article for article in articles if article.title and tokens(article.title) == said]


def _stated(articles: Sequence[Article]) -> str:
    lines = [f"“{article.title or article.file}” is by {article.author}" for article in articles]
    files = "its file states" if len(articles) == 1 else "their files state"
    return f"{'; '.join(lines)}: {files} so, the text does not."


def named_in(article: Article) -> Support | None:
    """Return the line of furniture that names the writer, as a mail's "From", a byline, a field above the text."""
    wanted = set(tokens(article.author or ""))
    furniture = [mark for mark in article.marks if mark.kind == "furniture" and mark.label in _NAMES_THE_WRITER]
    for mark in sorted(furniture, key=lambda one: (_NAMES_THE_WRITER.index(one.label), one.start)):
        for line in _lines(article, mark):
            if wanted and wanted <= set(tokens(article.text[slice(*line)])):
                return Support(as_passage(article), line)
    return None


def _lines(article: Article, mark: Mark) -> list[Span]:
    return [Span(*match.span()) for match in _LINE.finditer(article.text, mark.start, mark.end)]


def _beginning(article: Article) -> Support:
    passage = as_passage(article)
    told = passage.chunk.told() or passage.chunk.sentences
    return Support(passage, told[0] if told else Span(0, min(len(article.text), 200)))
