"""Is a statement supported by what it cites, and by which sentences exactly?

What is quoted word for word is supported. What an engine worded itself must bring nothing of its own: every name,
number, denial and quotation in it, and nearly all of its other words, must stand in one sentence of the articles; a
name may stand in a sentence before it to which that one points back. That is stricter than meaning: a true paraphrase
in other words falls, but so does what is put together from the words of two sentences.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.records import Passage
from qa.claims import Claim, swapped
from qa.records import DraftStatement, Support

# What may stand around a statement in its quote. Other signs belong to the words: "$1", "-5" and ".5" are not 1 and 5.
_BEFORE = "\"'“‘«([{|"
_BEHIND = "\"'”’»)]}|.,;:!?…"
# Of a statement's words, the share that may be the engine's own: one in seven, so none in a short statement.
_OWN_WORDS = 0.15
_SENTENCES, _APART = 3, 2  # so many sentences together, so far from the first
# What a missing name, and a missing number, take off the coverage in the score (on WiCE .1 to .3 do alike).
_MISSING = 0.2


def is_verbatim(statement: str, quote: str) -> bool:
    """Tell whether the words of `statement` stand, whole, unchanged and in the same order, in the cited `quote`.

    White space and the marks around it aside; a statement that breaks off within a word or a number does not.
    """
    words, quoted = statement.split(), quote.split()
    wanted = _bare(words)
    return bool(wanted) and any(
        _bare(quoted[first : first + len(words)]) == wanted for first in range(len(quoted) - len(words) + 1)
    )


def _bare(words: Sequence[str]) -> str:
    return " ".join(words).lstrip(_BEFORE).rstrip(_BEHIND)


@dataclass(frozen=True, slots=True)
class Grounding:
    """How well sentences support a statement: `sentences` are their places, best first, `score` at most 1.

    `holds` tells whether nothing in the statement is missing or turned round.
    """

    sentences: tuple[int, ...]
    score: float
    holds: bool


def ground(claim: Claim, sentences: Sequence[Claim], texts: Sequence[str]) -> Grounding:
    """Find the sentences that together say most of `claim`; `sentences` are the claims of `texts`, in their order."""
    if not claim.words or not sentences:
        return Grounding((), 0.0, False)
    missing = [claim.missing_in(sentence.words) for sentence in sentences]
    main = min(range(len(sentences)), key=lambda place: (len(missing[place]), place))
    chosen, lacking = [main], missing[main]
    while lacking and len(chosen) < _SENTENCES:
        near = range(max(0, main - _APART), min(len(sentences), main + _APART + 1))
        best = min(near, key=lambda place: (len(lacking & missing[place]), abs(place - main)))
        if len(lacking & missing[best]) == len(lacking):
            break
        chosen.append(best)
        lacking &= missing[best]
    size = len(claim.words)
    score = 1 - len(lacking) / size - _MISSING * bool(lacking & claim.names) - _MISSING * bool(lacking & claim.numbers)
    named_before = _named_before(claim, sentences, main, missing)
    return Grounding(
        tuple(chosen) if named_before is None else (main, *named_before),
        round(score, 4),
        named_before is not None
        and not _turned_round(claim, sentences[main])
        and all(any(_holds(texts[place], words) for place in (main, *named_before)) for words in claim.quotations),
    )


def _named_before(
    claim: Claim, sentences: Sequence[Claim], main: int, missing: Sequence[frozenset[str]]
) -> tuple[int, ...] | None:
    """Return the sentences that name those whom the main one, which says all else, means by "he" or "it".

    That is none where the main one says all, and None where it doesn't.
    """
    lacking = missing[main]
    own = lacking - claim.names - claim.numbers
    if len(own) > _OWN_WORDS * len(claim.words) or lacking & claim.numbers:
        return None
    unnamed = lacking & claim.names
    if not unnamed:
        return ()
    before = range(main - 1, max(-1, main - 1 - _APART), -1)
    place = next((one for one in before if not unnamed & missing[one]), None)
    return (place,) if place is not None and sentences[main].points_back else None


def _turned_round(claim: Claim, source: Claim) -> bool:
    shared = claim.words & source.words
    denied_otherwise = any((word in claim.denied) != (word in source.denied) for word in shared)
    surer = not claim.hedges and bool(shared & source.hedged)
    return denied_otherwise or surer or swapped(claim, source)


def _holds(text: str, quotation: str) -> bool:
    return _bare(quotation.split()).lower() in " ".join(text.split()).lower()


class Grounder:
    """Finds what supports a drafted statement, in the passages that it cites or, where it cites wrongly, in others."""

    def supports(self, drafted: DraftStatement, passages: Sequence[Passage]) -> tuple[Support, ...]:
        """Return the exact words on which the statement stands; nothing when no passage supports it."""
        if drafted.supports:
            quoted = [(one, one.passage.chunk.words(*one.span)) for one in drafted.supports]
            return tuple(one for one, quote in quoted if is_verbatim(drafted.text, quote))
        candidates = [*drafted.cited, *(one for one in passages if one not in drafted.cited)]
        if drafted.quote and not any(_holds(one.chunk.text, drafted.quote) for one in candidates):
            return ()  # what is made up to prove it proves that it is made up
        claim = Claim.of(drafted.text)
        for passage in candidates:
            spans = passage.chunk.sentences
            texts = [passage.chunk.words(*span) for span in spans]
            found = ground(claim, [Claim.of(text) for text in texts], texts)
            if found.holds:
                return tuple(Support(passage, span) for span in sorted(spans[place] for place in found.sentences))
        return ()
