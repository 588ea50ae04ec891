"""What a later article puts in the place of an answer: a plan that was changed, a figure that grew, a correction.

The later article says so itself. Either a sentence of it holds the old answer, "Instead of 240 people, 410 are to work
there", "we wrote that he had worked here for 34 years", and what is right stands in it, or in the one behind it; or a
sentence says that a number has grown: "bringing the number of dead to nine".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from index.records import Passage, Span
from qa.contradictions import figure
from qa.findings import Finding, findings
from qa.reader import Reader
from qa.records import Draft, Support, as_statements
from qa.same_answer import answer_key, says_the_same
from qa.stretches import Stretch

CHANGED = "A later article says that this has changed."
CORRECTED = "This was corrected."
_CHANGES = re.compile(
    r"\b(?:instead of|rather than|no longer|(?:up|down) from|originally|initially|at first|previously|had been planned|"
    r"(?:postponed|put off|brought forward|moved|raised|cut|lowered|increased|reduced|risen|rose|grown|fallen|fell|"
    r"revised)\b.{0,60}\bfrom)\b",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"\bcorrection\b|\b(?:we|this paper|this newspaper) (?:had )?(?:wrongly |mistakenly |also |incorrectly )?"
    r"(?:wrote|reported|said|stated|gave|announced|printed|described|named)\b|"
    r"\b(?:wrongly|mistakenly|incorrectly|misstated)\b",
    re.IGNORECASE,
)
_GROWN = re.compile(
    r"\b(?:r[io]se[sn]?|climb(?:s|ed)|grew|grown|increased|mounted|bring(?:s|ing)|brought)\b.{0,60}\bto\b|"
    r"\b(?:now|stands at|stood at|has reached|have reached)\b",
    re.IGNORECASE,
)
# Right before an answer: then it is the old one.
_IN_ITS_PLACE = re.compile(
    r"\b(?:instead of|rather than|up from|down from)(?: (?:the|some|about|in|on))*\s*$", re.IGNORECASE
)
# Right behind it: "the fair of 3 August was put off to 21 September".
_MOVED = re.compile(
    r"^[^.;]{0,60}?\b(?:put off|postponed|moved|brought forward|changed|delayed|raised|cut|lowered|corrected)"
    r"(?: from [^.;]{1,40}?)? (?:to|until|till)\b",
    re.IGNORECASE,
)
_SETS_RIGHT = re.compile(r"[;–—]|, not\b|\bbut\b|\bin fact\b|\bshould\b|\binstead\b", re.IGNORECASE)
_ASKS_FOR_THE_OLD = re.compile(
    r"\b(?:originally|initially|at first|first|previously|before|earlier|wrongly|mistakenly|planned|beginning)\b",
    re.IGNORECASE,
)
_LEAST = 0.15  # confidence in what is right then: that sentence is about it already
_LEAST_GROWN = 0.25  # in a number that is said to have grown: nothing else ties it to the old one
_LEAST_BEHIND = 0.05  # in the same behind a correction, which is known to say what is right


@dataclass(frozen=True, slots=True)
class _Later:
    """A sentence of a later article, or of the same one behind, that takes an answer back; `behind` follows it."""

    passage: Passage
    sentence: Span
    behind: Span | None
    corrects: bool


def updated(
    asked: str,
    answering: Sequence[Finding],
    sure: float,
    found: Sequence[Finding],
    passages: Sequence[Passage],
    reader: Reader,
) -> Draft | None:
    """Return what a later article says in the place of the surest answer, with the old answer last; None if none does.

    `answering` gives the old answer, the surest first, and `sure` is the confidence in it, as much as in its having
    been changed; `found` is all that was found.
    """
    best = min(answering, key=lambda one: one.passage.published or date.max)
    if _ASKS_FOR_THE_OLD.search(asked) or not answer_key(best.answer):
        return None
    for later in _later_sentences(best, passages):
        if new := _in_its_place(asked, best, later, reader):
            note = CORRECTED if later.corrects else CHANGED
            return _draft(asked, sure, [Support(later.passage, later.sentence)], new, best, note)
    grown = _grown(best, found)
    return _draft(asked, sure, [], grown, best, CHANGED) if grown else None


def _draft(asked: str, sure: float, before: list[Support], new: Finding, old: Finding, note: str) -> Draft:
    told = [Support(one.passage, one.sentence) for one in (new, old)]
    return Draft(as_statements([*before, *told]), sure, new.short_answer(asked), note)


def _grown(best: Finding, found: Sequence[Finding]) -> Finding | None:
    """Return the newest finding of a number that is said to have grown since."""
    old, day = figure(best), best.passage.published
    if not old or not day:
        return None
    later = [one for one in found if one.passage.published and one.passage.published > day]
    for one in sorted(later, key=lambda one: (one.passage.published or day, one.confidence), reverse=True):
        new = figure(one) if one.confidence >= _LEAST_GROWN and _GROWN.search(one.words) else None
        if new and new.value > old.value and new.counts_the_same(old):
            return one
    return None


def _later_sentences(best: Finding, passages: Sequence[Passage]) -> Iterator[_Later]:
    """Yield the sentences that take an answer back, those of the newest article first."""
    old, day = answer_key(best.answer), best.passage.published
    dated = [(one.published, one) for one in passages if one.published]
    for published, passage in sorted(dated, key=lambda one: one[0], reverse=True):
        own = passage.chunk.article_id == best.article_id
        told = passage.chunk.told() if own or (day and published > day) else ()
        for place, sentence in enumerate(told):
            words = passage.chunk.words(*sentence)
            corrects, changes = _takes_back(words, best, own=own, told=sentence)
            if (corrects or changes) and old <= answer_key(words):
                yield _Later(passage, sentence, told[place + 1] if place + 1 < len(told) else None, corrects)


def _takes_back(words: str, best: Finding, *, own: bool, told: Span) -> tuple[bool, bool]:
    """Tell whether a sentence corrects, and whether it changes, what was said; `own`: it is of the same article."""
    if own and told == best.sentence:
        before, behind = words[: best.span.start - told.start], words[best.span.end - told.start :]
        return False, (_IN_ITS_PLACE.search(before) or _MOVED.match(behind)) is not None
    return _CORRECTS.search(words) is not None, not own and _CHANGES.search(words) is not None


def _in_its_place(asked: str, best: Finding, later: _Later, reader: Reader) -> Finding | None:
    """Return what is right according to a later sentence: in it, or where it is a correction in the one behind."""
    alone = not later.corrects or _SETS_RIGHT.search(later.passage.chunk.words(*later.sentence))
    place = later.sentence if alone else later.behind
    if place is None:
        return None
    found = findings(asked, [Stretch(later.passage, (place,), 0.0)], reader)
    old = answer_key(best.answer)
    least = _LEAST_BEHIND if later.corrects else _LEAST
    new = (one for one in found if one.confidence >= least and not says_the_same(answer_key(one.answer), old))
    return next(new, None)
