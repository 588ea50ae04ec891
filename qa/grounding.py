"""Is a statement supported by what it cites, and by which sentences exactly?

What is a sentence of the articles, word for word, is supported. What an engine worded itself is judged by a trained
verifier beside the sentences that share most with it, with their neighbours, since "he" and "there" are understood from
them; and no verdict helps a statement with a number, date, name or quotation that the sentences lack (`qa.vetoes`).

Where the statement is a sentence with words left out that don't turn its meaning (`qa.compression`), and where the
sentence says "he" or "it", with the name with which the sentence before begins, the verifier need be less sure: on the
open statements of `eval/statements`, each judge alone lets more of the twisted ones pass, or keeps fewer of the true.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from index.records import Passage, Span
from index.words import STOP_WORDS, content_stems
from qa.compression import is_compression
from qa.judge import Verifier
from qa.languages import is_in_another_language
from qa.records import DraftStatement, Excerpt, Support
from qa.rows import shown
from qa.vetoes import QUOTED, veto

# Both chosen on the open statements of eval/statements (`python -m bench.statements`).
LEAST_SUPPORTED, LEAST_OF_A_SHORTENING = 0.94, 0.6
_SENTENCES_TRIED = 4  # those that share most with a statement
_SENTENCES_QUOTED = 3  # one after another, that a statement may be
_TYPEWRITTEN = str.maketrans("‘’“”–—\u00a0", "''\"\"-- ")
_CITED = 0.25  # what a sentence of a passage that the statement cites is ahead, as a share of the statement's words
# What may stand around a statement in its quote. Other signs belong to the words: "$1", "-5" and ".5" are not 1 and 5.
_BEFORE = "\"'“‘«([{|"
_BEHIND = "\"'”’»)]}|.,;:!?…"
# How a model introduces what it found; no part of what it states.
_MATERIAL = (
    r"(?:the |this )?(?:articles?|passages?|sources?|texts?|information|report)(?: provided| given)?(?: \[?\d{1,2}\]?)?"
)
_INTRODUCTION = re.compile(
    rf"^\W*(?:(?:according to|as (?:stated|mentioned|reported|noted) in|based on|in) {_MATERIAL},\s*"
    r"|the (?:articles?|passages?|sources?|texts?) (?:says?|states?|mentions?|reports?|notes?) (?:that\s+)?"
    r"|(?:yes|no|the answer(?: to (?:this|the) question)? is):?,?\s+)"
    rf"|,? according to {_MATERIAL}\W*$",
    re.IGNORECASE,
)


_PRONOUN = re.compile(r"\b(?:he|she|it|they)\b", re.IGNORECASE)
# Whoever the sentence before begins with, such as "Jill Moore" or "The Dovre Group";
_SUBJECT = re.compile(r"(?:The |An? )?(?:[^\W\d_a-z][\w’'-]*\s+)+(?=[a-z])")
_NAME = re.compile(r"(?P<before>\b[a-z]+ )?(?:\b[^\W\d_a-z][\w’'-]*(?:\s|\b))+")
_NO_SUBJECT = frozenset("of in at on by from near for with to".split())  # others named there are none if behind these
_WORD = re.compile(r"[^\W_]+")


def is_verbatim(statement: str, quote: str) -> bool:
    """Tell whether the words of `statement` stand, whole, unchanged and in the same order, in the cited `quote`.

    Blanks and the marks around it aside; a statement that breaks off within a word or a number does not.
    """
    words, quoted = statement.split(), quote.split()
    wanted = _bare(words)
    return bool(wanted) and any(
        _bare(quoted[first : first + len(words)]) == wanted for first in range(len(quoted) - len(words) + 1)
    )


def _bare(words: Sequence[str]) -> str:
    return " ".join(words).lstrip(_BEFORE).rstrip(_BEHIND)


def supporting(statement: str, sentences: Sequence[str]) -> tuple[int, ...]:
    """Return the places of the sentences that support a statement: one, or the one before it and it, or none."""
    bare = _INTRODUCTION.sub("", statement)
    quotations = QUOTED.findall(bare)
    for place, sentence in enumerate(sentences):
        if not all(_holds(sentence, words) for words in quotations):
            continue
        if is_compression(bare, sentence):
            return (place,)
        before = sentences[place - 1] if place else ""
        if any(is_compression(bare, resolved) for resolved in _resolved(sentence, before)):
            return (place - 1, place)
    return ()


def _resolved(sentence: str, before: str) -> Iterator[str]:
    """Yield the sentence with the one whom the sentence before is about, if one is, in place of its first pronoun."""
    subject = _SUBJECT.match(before)
    if subject and _PRONOUN.search(sentence):
        others = _NAME.finditer(before, subject.end())
        if all((other["before"] or "").strip() in _NO_SUBJECT for other in others):
            yield _PRONOUN.sub(subject[0].strip(), sentence, count=1)


class Evidence(NamedTuple):
    """Sentences beside which a statement is judged, in their order; a summary may rest on two passages."""

    supports: tuple[Support, ...]

    @property
    def text(self) -> str:
        """Their words, one after another."""
        return " ".join(_as_shown(one.passage, one.span) for one in self.supports)

    def fewer(self, count: int) -> list["Evidence"]:
        """Return every choice of so many of the sentences."""
        return [Evidence(chosen) for chosen in combinations(self.supports, count)]


def _stands_in(passage: Passage, quotation: str) -> bool:
    """Tell whether a passage holds these words, as it stands or as it is shown."""
    chunk = passage.chunk
    return _holds(chunk.text, quotation) or _holds(shown(chunk, chunk.told()).text, quotation)


class Grounder:
    """Finds what supports a drafted statement, in the passages that it cites or, where it cites wrongly, in others."""

    def __init__(self, verifier: Verifier, least: float = LEAST_SUPPORTED) -> None:
        self._verifier = verifier
        self._least = least

    def supports(self, drafted: DraftStatement, passages: Sequence[Passage]) -> tuple[Support, ...]:
        """Return the exact words on which the statement stands; nothing when no passage supports it."""
        if drafted.supports:
            quoted = [(one, one.passage.chunk.words(*one.span)) for one in drafted.supports]
            return tuple(one for one, quote in quoted if is_verbatim(drafted.text, quote))
        candidates = [*drafted.cited, *(one for one in passages if one not in drafted.cited)]
        if drafted.quote and not any(_stands_in(one, drafted.quote) for one in candidates):
            return ()  # what is made up to prove it proves that it is made up
        statement = " ".join(_INTRODUCTION.sub("", drafted.text).split())
        if all(word in STOP_WORDS or word == "said" for word in _WORD.findall(statement.lower())):
            return ()
        for passage in candidates:
            if found := _word_for_word(statement, passage):
                return found
        if is_in_another_language(statement, " ".join(one.chunk.text for one in candidates)):
            return ()
        shortened = self._shortened(statement, candidates)
        return (
            shortened
            or self._judged(statement, _as_cited(drafted.excerpts))
            or self._judged(statement, _as_ranked(_ranked(statement, candidates, len(drafted.cited))))
        )

    def _shortened(self, statement: str, candidates: Sequence[Passage]) -> tuple[Support, ...]:
        """Return the sentence, or it and the one before, of which the statement is a shortening."""
        for passage in candidates:
            spans = passage.chunk.told()
            places = supporting(statement, [_as_shown(passage, span) for span in spans])
            found = Evidence(tuple(Support(passage, spans[place]) for place in places))
            if places and self._best(statement, [found], LEAST_OF_A_SHORTENING):
                return found.supports
        return ()

    def _judged(self, statement: str, wide: Sequence[Evidence]) -> tuple[Support, ...]:
        """Return the fewest sentences that the verifier finds to support the statement."""
        found = self._best(statement, wide, self._least)
        if found is None:
            return ()
        for count in range(1, len(found.supports)):
            if fewer := self._best(statement, found.fewer(count), self._least):
                return fewer.supports
        return found.supports

    def _best(self, statement: str, evidence: Sequence[Evidence], least: float) -> Evidence | None:
        """Return what supports the statement most surely, if anything does and no veto speaks against it."""
        able = [one for one in evidence if veto(statement, one.text) is None]
        verdicts = self._verifier.verify([(statement, one.text) for one in able])
        sure = [(verdict.supported, -place) for place, verdict in enumerate(verdicts) if verdict.supported >= least]
        return able[-max(sure)[1]] if sure else None


def _as_shown(passage: Passage, span: Span) -> str:
    """Return a sentence on one line, a table's row with what heads its cells."""
    return " ".join(shown(passage.chunk, [span]).text.split())


def is_word_for_word(statement: str, supports: Sequence[Support]) -> bool:
    """Tell whether a statement is what it rests on: one sentence, or some that follow one another."""
    if not supports:
        return False
    each = [_as_shown(one.passage, one.span) for one in supports]
    raw = [one.passage.chunk.words(*one.span) for one in supports]
    return _folded(statement) in {*map(_folded, each), *map(_folded, raw), _folded(" ".join(each))}


def _word_for_word(statement: str, passage: Passage) -> tuple[Support, ...]:
    """Return the sentences of a passage, one after another, that a statement is."""
    wanted, told = _folded(statement), passage.chunk.told()
    texts = [_as_shown(passage, span) for span in told]
    for size in range(1, _SENTENCES_QUOTED + 1):
        for first in range(len(told) - size + 1):
            if _folded(" ".join(texts[first : first + size])) == wanted:
                return tuple(Support(passage, span) for span in told[first : first + size])
    return ()


def _folded(words: str) -> str:
    """Return words without blanks and marks around them, quotation marks and dashes as models write them."""
    return _bare(words.translate(_TYPEWRITTEN).split())


def _ranked(statement: str, candidates: Sequence[Passage], cited: int) -> list[tuple[Passage, int]]:
    """Return the sentences that share most words with the statement, as (passage, place), the first `cited` ahead."""
    wanted = set(content_stems(statement))
    scored = []
    for number, passage in enumerate(candidates):
        for place, span in enumerate(passage.chunk.told()):
            shared = len(wanted & set(content_stems(_as_shown(passage, span)))) / max(1, len(wanted))
            if shared:
                scored.append((-(shared + _CITED * (number < cited)), number, place))
    return [(candidates[number], place) for _, number, place in sorted(scored)[:_SENTENCES_TRIED]]


def _as_cited(excerpts: Sequence[Excerpt]) -> list[Evidence]:
    """Return what is cited, and two of it together, as far as a verdict on so much can be trusted."""
    cited = [Evidence(one.supports) for one in excerpts if len(one.sentences) <= _SENTENCES_TRIED][:_SENTENCES_TRIED]
    both = [Evidence(one.supports + other.supports) for one, other in combinations(cited[:3], 2)]
    return cited + [one for one in both if len(one.supports) <= _SENTENCES_TRIED]


def _as_ranked(best: Sequence[tuple[Passage, int]]) -> list[Evidence]:
    """Return each sentence with those around it, and two of the best together."""
    return [_around(*one) for one in best] + [_of(both) for both in combinations(best[:3], 2)]


def _of(places: Iterable[tuple[Passage, int]]) -> Evidence:
    return Evidence(tuple(Support(passage, passage.chunk.told()[place]) for passage, place in places))


def _around(passage: Passage, place: int) -> Evidence:
    last = len(passage.chunk.told()) - 1
    return _of((passage, near) for near in range(max(0, place - 1), min(last, place + 1) + 1))


def _holds(text: str, quotation: str) -> bool:
    return _bare(quotation.split()).lower() in " ".join(text.split()).lower()
