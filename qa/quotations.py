"""Whose words a question quotes: the sentences that hold them are what is to be read, and no others."""

import re
from collections.abc import Sequence

from index.records import Passage, Span
from qa.findings import Finding
from qa.records import DraftStatement, Support
from qa.stretches import Stretch, read_sentences
from qa.vetoes import QUOTED

_LEAST_WORDS = 3  # fewer, such as a film's title, may stand anywhere
_SENTENCES_BEFORE = 3  # that are read with it: who "she" is stands there
_WORD = re.compile(r"\w+")
_ASKS_WHO = re.compile(r"\bwho(?:m|se)?\b", re.IGNORECASE)
_PRONOUN = re.compile(r"^\W*(?:he|she|they|him|her|his|their)\W*$", re.IGNORECASE)
_PERSON = re.compile(r"\b[^\W\d_a-z][^\W\d_A-Z]+(?: (?:van|von|de|der|al|bin))?(?: [^\W\d_a-z][\w’'-]+){1,2}")


def quoting(question: str, passages: Sequence[Passage]) -> list[Stretch]:
    """Return the sentences that hold a longer quotation of the question, each with those before it."""
    wanted = [words for one in QUOTED.findall(question) if len(words := _words(one)) >= _LEAST_WORDS]
    found = []
    for passage in passages if wanted else ():
        told = read_sentences(passage)
        texts = [_words(passage.chunk.words(*one)) for one in told]
        for place, text in enumerate(texts):
            if any(_holds(text, words) for words in wanted):
                found.append(Stretch(passage, told[max(0, place - _SENTENCES_BEFORE) : place + 1], passage.score))
    return found


def with_the_quotation(statements: tuple[DraftStatement, ...], quoted: Sequence[Stretch]) -> tuple[DraftStatement, ...]:
    """Return the statements with the sentence that holds the quotation behind them, where none of them is it."""
    of_article = [one for made in statements[:1] for one in quoted if one.passage == made.supports[0].passage]
    for stretch in of_article[:1]:
        support = Support(stretch.passage, stretch.sentences[-1])
        if all(support not in one.supports for one in statements):
            return (*statements, DraftStatement(support.wording, (support,)))
    return statements


def named_before(question: str, finding: Finding) -> Finding | None:
    """Return the person whom "she" means that answers "Who?": named last in the sentences before; None for others."""
    if not (_ASKS_WHO.search(question) and _PRONOUN.match(finding.answer)):
        return None
    told = read_sentences(finding.passage)
    if finding.sentence not in told:
        return None
    place = told.index(finding.sentence)
    for sentence in reversed(told[max(0, place - _SENTENCES_BEFORE) : place]):
        if people := list(_PERSON.finditer(finding.passage.chunk.words(*sentence))):
            last = people[-1]
            span = Span(sentence.start + last.start(), sentence.start + last.end())
            return Finding(finding.passage, sentence, span, finding.confidence)
    return None


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _holds(text: list[str], words: list[str]) -> bool:
    return any(text[first : first + len(words)] == words for first in range(len(text) - len(words) + 1))
