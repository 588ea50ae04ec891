"""Is a statement supported by what it cites, and by which sentences exactly?

What is quoted word for word is supported. What an engine worded itself must be a sentence of the articles with words
left out that don't turn its meaning (`qa.compression`); where that sentence says "he" or "it", the statement may give
the name with which the sentence before begins. That is stricter than meaning: a true paraphrase falls. So do nearly all
inventions.
"""

import re
from collections.abc import Iterator, Sequence

from index.records import Passage
from qa.compression import is_compression
from qa.records import DraftStatement, Support
from qa.rows import shown

# What may stand around a statement in its quote. Other signs belong to the words: "$1", "-5" and ".5" are not 1 and 5.
_BEFORE = "\"'“‘«([{|"
_BEHIND = "\"'”’»)]}|.,;:!?…"
_QUOTED = re.compile(r"[\"“«]([^\"“”«»]{2,400})[\"”»]")
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
    quotations = _QUOTED.findall(bare)
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


def _holds(text: str, quotation: str) -> bool:
    return _bare(quotation.split()).lower() in " ".join(text.split()).lower()


def _stands_in(passage: Passage, quotation: str) -> bool:
    """Tell whether a passage holds these words, as it stands or as it is shown."""
    chunk = passage.chunk
    return _holds(chunk.text, quotation) or _holds(shown(chunk, chunk.told()).text, quotation)


class Grounder:
    """Finds what supports a drafted statement, in the passages that it cites or, where it cites wrongly, in others."""

    def supports(self, drafted: DraftStatement, passages: Sequence[Passage]) -> tuple[Support, ...]:
        """Return the exact words on which the statement stands; nothing when no passage supports it."""
        if drafted.supports:
            quoted = [(one, one.passage.chunk.words(*one.span)) for one in drafted.supports]
            return tuple(one for one, quote in quoted if is_verbatim(drafted.text, quote))
        candidates = [*drafted.cited, *(one for one in passages if one not in drafted.cited)]
        if drafted.quote and not any(_stands_in(one, drafted.quote) for one in candidates):
            return ()  # what is made up to prove it proves that it is made up
        for passage in candidates:
            spans = passage.chunk.told()
            found = supporting(drafted.text, [shown(passage.chunk, [span]).text for span in spans])
            if found:
                return tuple(Support(passage, spans[place]) for place in found)
        return ()
