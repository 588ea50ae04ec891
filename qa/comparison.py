"""Do the articles agree? What each article says to a question, set beside what the others say.

Two articles differ where the question can have one answer only, both answer it surely, in sentences that say nearly the
same otherwise, and the answers cannot both be right: other days, amounts or things, or the other of two that the
question names, or yes and no. Where any of that is in doubt, nothing is said: a false alarm is worse than silence. So
two names that answer "who" or "where" never differ here: on the development half of QACC, four of five such pairs were
the reader's mistakes or two right answers (`python -m bench.disagreement`).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.embedding import TextEmbedder, Vectors
from index.records import Passage, Span
from index.words import STOP_WORDS, content_stems, content_words, stems
from qa.alternatives import Alternatives, alternatives
from qa.answer_types import AUXILIARY, asks_whether
from qa.contradictions import amounts_differ, moments_differ, things_differ, verdicts_differ
from qa.deciding import as_statement
from qa.findings import Finding, findings
from qa.question_kinds import asks_for_latest, wanted
from qa.reader import Reader
from qa.reckoning import reckoning_asked_for
from qa.same_answer import answer_key
from qa.second_reading import nearest_stretches
from qa.stretches import (
    STRETCHES_READ,
    Stretch,
    WordStatistics,
    coverage,
    known_word_weights,
    stretches_to_read,
    word_weights,
)
from qa.tokens import tokens

ARTICLES_READ = STRETCHES_READ  # at most: the best ones
STRETCHES_OF_AN_ARTICLE = 2
_SURE = 0.45  # confidence that each answer needs
_OF_THE_SUREST = 0.75  # of the confidence in the surest answer, which each other one needs
_SURE_OF_A_CHOICE = 0.12  # where the question names the answers, a sentence that holds one needs less
_COVERED = 0.3  # share of the question, by weight, that a sentence with a day or an amount must hold
_COVERED_BY_A_CHOICE = 0.5
# Cosines, chosen on the open evaluation cases: of two sentences about the same thing, of one article's own (which tells
# of one event after another in much the same words), and of two answers of one kind.
_ALIKE, _ALIKE_WITHIN_AN_ARTICLE, _OF_ONE_KIND = 0.6, 0.8, 0.5

_ASKS_WHEN = re.compile(
    r"^(?:\W*\w+){0,2}\W*\bwhen\b|\b(?:which|what) (?:(?:is|was) the )?(?:\w+ )?(?:day|date|year|month)\b",
    re.IGNORECASE,
)
# "How many", "how busy", and "what was the turnout": compared are only answers that are amounts.
_ASKS_HOW_MUCH = re.compile(
    rf"\bhow (?!{AUXILIARY}|come\b|to\b|the\b)\w+\b|^(?:\W*\w+){{0,1}}\W*\bwhat(?:['’]s| (?:is|was|are|were)) the\b",
    re.IGNORECASE,
)
# Many things may happen, and have led to one: they are no contradictions.
_ASKS_FOR_ANY = re.compile(r"\b(?:which|what) (?:happen(?:ed|s)|cause[ds]|led|leads|made|makes)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ASKS_WHICH = re.compile(rf"\b(?:which|what)\s+(?!{AUXILIARY}|of\b)\w+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Side:
    """What some of the articles say, the surest first."""

    findings: tuple[Finding, ...]

    @property
    def answer(self) -> str:
        """What they say, in the words of the first."""
        return self.findings[0].answer


# Whether two findings cannot both be right (see qa.contradictions).
Differs = Callable[[Finding, Finding], bool | None]


class Comparison:
    """Reads what every article says to a question, apart from the others."""

    def __init__(self, reader: Reader, statistics: WordStatistics, embedder: TextEmbedder) -> None:
        self._reader = reader
        self._statistics = statistics
        self._embedder = embedder

    def sides(self, question: str, asked: str, passages: Sequence[Passage]) -> tuple[Side, ...]:
        """Return what the articles say where they differ, the surest side first; nothing where they do not.

        Stretches are chosen by `question`, which stands alone, and the reader is asked `asked` (see qa.followups).
        """
        if wanted(asked).kind == "summary" or asks_for_latest(asked) or reckoning_asked_for(asked):
            return ()  # what has several parts is not one answer, and what is newer replaces what is older
        choice, differs = alternatives(asked), self._difference(asked)
        of_values = differs in {moments_differ, amounts_differ}
        if not choice and not differs:
            return ()
        found = self._found(question, asked, passages)
        if choice:
            return self._told(choice, found)
        least = max(_SURE, _OF_THE_SUREST * found[0].confidence) if found else _SURE
        sure = [one for one in found if one.confidence >= least]
        if of_values:
            known = known_word_weights(question, self._statistics)
            sure = [one for one in sure if coverage(known, one.words) >= _COVERED]
        return self._grouped(sure if of_values else _once(sure), differs) if differs else ()

    def _found(self, question: str, asked: str, passages: Sequence[Passage]) -> list[Finding]:
        """Return what the best stretches of each article say: by the question's words, and in doubt by its meaning."""
        weights = word_weights(question, self._statistics)
        promising = stretches_to_read(passages, weights, STRETCHES_READ)
        found = findings(asked, _of_each_article(promising), self._reader)
        if found and found[0].confidence >= _SURE:
            return found
        nearest = nearest_stretches(question, passages, weights, self._embedder, promising)
        return findings(asked, _of_each_article([*promising, *nearest]), self._reader)

    def _difference(self, question: str) -> Differs | None:
        """Return how to tell whether two answers differ; None where several may be right at once."""
        if _ASKS_WHEN.search(question):
            return moments_differ
        if _ASKS_HOW_MUCH.search(question):
            return amounts_differ
        if _ASKS_FOR_ANY.search(question):
            return None
        if _ASKS_WHICH.search(question):
            key = answer_key(question)
            return lambda one, other: self._of_one_kind(things_differ(one, other, key), one, other)
        if asks_whether(question):
            asked = frozenset(token.text for token in tokens(question) if not token.name)
            statement = as_statement(question)
            return lambda one, other: verdicts_differ(one, other, asked, statement)
        return None

    def _of_one_kind(self, differ: bool | None, one: Finding, other: Finding) -> bool | None:
        """Take back that two things differ where they are of different kinds: then one is no answer."""
        return None if differ and self._likeness([one.answer, other.answer])[0, 1] < _OF_ONE_KIND else differ

    def _told(self, choice: Alternatives, found: Iterable[Finding]) -> tuple[Side, ...]:
        """Return the articles that tell one alternative, and those that tell the other, each by its surest sentence."""
        bare = all(word in STOP_WORDS for word in content_words(choice.rest))  # "Was it cancelled or postponed?"
        weights = known_word_weights(choice.rest, self._statistics)
        told: dict[str, list[Finding]] = {}
        for one in found:
            covered = bare or coverage(weights, one.words, _before(one)) >= _COVERED_BY_A_CHOICE
            fits = covered and one.confidence >= _SURE_OF_A_CHOICE
            alternative = choice.told_by(one.words) if fits else None
            if alternative and not any(one.article_id == other.article_id for own in told.values() for other in own):
                told.setdefault(alternative, []).append(_pointing_at(alternative, one))
        return tuple(Side(tuple(own)) for own in told.values()) if len(told) > 1 else ()

    def _likeness(self, texts: Sequence[str]) -> Vectors:
        vectors = np.asarray(self._embedder.embed(texts))
        return vectors @ vectors.T

    def _grouped(self, found: Sequence[Finding], differs: Differs) -> tuple[Side, ...]:
        """Put findings that say the same together, and take a group in where it differs from all before it."""
        if len({(one.article_id, one.sentence) for one in found}) < 2:
            return ()
        likeness = self._likeness([one.words for one in found])

        def alike(one: int, other: int) -> bool:
            within = found[one].article_id == found[other].article_id
            return bool(likeness[one, other] >= (_ALIKE_WITHIN_AN_ARTICLE if within else _ALIKE))

        groups: list[list[int]] = []
        for place, one in enumerate(found):
            relations = [[differs(found[n], one) for n in group] for group in groups]
            same = next((group for group, told in zip(groups, relations, strict=True) if set(told) == {False}), None)
            if same is not None:
                same.append(place)
            elif all(all(told) and alike(group[0], place) for group, told in zip(groups, relations, strict=True)):
                groups.append([place])
        return tuple(Side(_once(found[n] for n in group)) for group in groups) if len(groups) > 1 else ()


def _pointing_at(alternative: str, finding: Finding) -> Finding:
    """Return a finding whose answer are those words of its sentence that tell the alternative: the longest run."""
    told = set(content_stems(alternative))
    runs: list[tuple[int, int]] = []
    for start, end in (one.span() for one in _WORD.finditer(finding.words) if told.intersection(stems(one[0]))):
        beside = bool(runs) and finding.words[runs[-1][1] : start].isspace()
        runs[-1:] = [(runs[-1][0], end)] if beside else [*runs[-1:], (start, end)]
    if not runs:
        return finding
    start, end = max(runs, key=lambda run: run[1] - run[0])
    begin = finding.sentence.start
    return replace(finding, span=Span(begin + start, begin + end))


def _of_each_article(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Keep the best few stretches of the best few articles; they come best first."""
    taken: dict[str, list[Stretch]] = {}
    for one in stretches:
        article = one.passage.chunk.article_id
        if article in taken or len(taken) < ARTICLES_READ:
            own = taken.setdefault(article, [])
            if len(own) < STRETCHES_OF_AN_ARTICLE:
                own.append(one)
    return [one for own in taken.values() for one in own]


def _once(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Keep the first finding of each article."""
    best: dict[str, Finding] = {}
    for one in found:
        best.setdefault(one.article_id, one)
    return tuple(best.values())


def _before(finding: Finding) -> str:
    """Return the sentence before a finding's, as far as the passage holds it."""
    chunk = finding.passage.chunk
    return next((chunk.words(*one) for one in reversed(chunk.told()) if one.end <= finding.sentence.start), "")
