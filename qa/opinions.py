"""Whose opinion is it? Where an article says it as its own, its writer's: of a column, a letter, a mail.

A reader looks for a name beside the words, and finds none: a columnist's own stands in the byline. An article is taken
for one that tells its writer's mind where it names him and he speaks of himself, outside what he quotes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from index.embedding import TextEmbedder
from index.records import Article, Passage, Span
from qa.article_sentences import articles_of, as_passage, telling_sentences
from qa.attribution import speaker
from qa.authorship import named_in
from qa.citations import ArticleSource
from qa.judge import Verifier
from qa.records import Draft, Support, as_statements

WRITERS_OWN = "The article's writer says so."
_ARTICLES = 6  # the best ones that may hold it
_FIRST_PERSON = 2  # times at least that a writer speaks of himself
_SENTENCES = 12  # the nearest in meaning, which the verifier judges
_LEAST_SUPPORTED = 0.5  # by the writer's sentence; the cosine alone finds the topic, not the opinion
_SURE = 0.5
_HOLD = (
    r"says?|said|thinks?|thought|believes?|believed|argues?|argued|alleges?|alleged|claims?|claimed|suggests?|suggested|"
    r"considers?|considered|holds?|held|finds?|found|warns?|warned|fears?|feared|suspects?|suspected|writes?|wrote|"
    r"doubts?|doubted|complains?|complained|maintains?|maintained|insists?|insisted|concludes?|concluded|"
    r"is (?:of the (?:opinion|view)|convinced|certain|sure)|was (?:of the (?:opinion|view)|convinced|certain|sure)|"
    r"(?:is|was) (?:for|against|in favou?r of)"
)
_ASKS_WHO_HOLDS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^\W*(?:and |so |but )?(?:who|which (?:columnist|author|writer|commentator|critic))\b (?:{_HOLD})(?: that)?"
        r" (?P<said>.+)",
        r"^\W*(?:and |so |but )?whose (?:\w+ )?(?:view|opinion|theory|claim|argument|idea|belief|suspicion|guess)"
        r" (?:is|was) (?:it )?(?:that )?(?P<said>.+)",
        r"^\W*according to whom\b (?P<said>.+)",
        rf"^\W*some(?:body|one) (?:{_HOLD})(?: that)? (?P<said>.+?)[.:,;]? who(?: is (?:it|that)| was it)?\W*$",
    )
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|„[^“”]*[“”]")
_I = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|[Mm]e|[Mm]yself|[Mm]ine)\b")
# What somebody else has in mind: "The mayor wants to mend it."
_OTHERS_MIND = re.compile(
    r"\b(?:wants?|wanted|hopes?|hoped|plans?|planned|thinks?|thought|believes?|believed|fears?|feared|expects?|expected|"
    r"wish(?:es|ed)?|demands?|demanded|prefers?|preferred)\b"
)


@dataclass(frozen=True, slots=True)
class _Own:
    """A sentence that an article's writer says as his own, its `words` on one line."""

    article: Article
    sentence: Span
    words: str


class Opinions:
    """Finds the writer who says as his own what a question asks about."""

    def __init__(self, articles: ArticleSource, embedder: TextEmbedder, verifier: Verifier) -> None:
        self._articles = articles
        self._verifier = verifier
        self._embedder = embedder

    def by_their_writer(self, asked: str, passages: Sequence[Passage]) -> Draft | None:
        """Return who holds an opinion, with the sentence that says it and the byline; None where no writer does."""
        said = opinion_asked_about(asked)
        if said is None:
            return None
        own = [one for article in self._writers_own(passages) for one in _own_sentences(article)]
        if not own:
            return None
        statement = f"{said[:1].upper()}{said[1:]}."
        nearest = self._nearest(said, own)
        verdicts = self._verifier.verify([(statement, one.words) for one in nearest])
        supported = [verdict.supported for verdict in verdicts]
        best = supported.index(max(supported))
        return _draft(nearest[best]) if supported[best] >= _LEAST_SUPPORTED else None

    def _nearest(self, said: str, own: Sequence[_Own]) -> list[_Own]:
        (wanted, *others) = np.asarray(self._embedder.embed([said, *(one.words for one in own)]))
        order = np.argsort(-(np.asarray(others) @ wanted), kind="stable")
        return [own[place] for place in order[:_SENTENCES]]

    def _writers_own(self, passages: Sequence[Passage]) -> list[Article]:
        articles = articles_of(self._articles, passages)
        return list(islice((one for one in articles if one.author and _speaks_of_himself(one.text)), _ARTICLES))


def opinion_asked_about(question: str) -> str | None:
    """Return what somebody is said to hold, where a question asks who does; None for others."""
    for pattern in _ASKS_WHO_HOLDS:
        if match := pattern.match(question):
            return match["said"].strip(" ?!.")
    return None


def _speaks_of_himself(text: str) -> bool:
    return len(_I.findall(_QUOTED.sub(" ", text))) >= _FIRST_PERSON


def _own_sentences(article: Article) -> list[_Own]:
    """Return the sentences that quote nobody, and name nobody else who says so or has it in mind."""
    passage = as_passage(article)
    made = []
    for one in telling_sentences(passage):
        words = " ".join(passage.chunk.words(*one).split())
        others = _OTHERS_MIND.search(words) and not _I.search(words)
        if not others and not speaker(words) and len(_QUOTED.sub("", words)) > len(words) / 2:
            made.append(_Own(article, one, words))
    return made


def _draft(own: _Own) -> Draft:
    """Return the writer as the answer, by a byline in the text if there is one, else in a note."""
    sentence, byline = Support(as_passage(own.article), own.sentence), named_in(own.article)
    if byline is None:
        return Draft(as_statements([sentence]), _SURE, note=f"{WRITERS_OWN} By its file, that is {own.article.author}.")
    return Draft(as_statements([sentence, byline]), _SURE, own.article.author, WRITERS_OWN)
