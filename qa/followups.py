"""A follow-up and its history become a question that stands alone."""

import re
from dataclasses import dataclass

from index.words import STOP_WORDS
from qa.questions import MAX_CHARACTERS, one_line
from qa.records import Turn

_MAX_EARLIER = 3  # questions put before a follow-up to a follow-up to a follow-up
_OPENING = re.compile(
    r"(?:and|but|so|also)\b|(?:what|how) about\b|why not\b|(?:why|when|where|who|how)\?", re.IGNORECASE
)
# Words that point back at something said before,
_PERSON = re.compile(r"\b(?:he|him|his|she|hers?|it|its|they|them|theirs?)\b", re.IGNORECASE)
# and those that do so in some places only: "Is that true?", but not "Who said that he left?"; "What happened there?",
# but not "Is there a plan?"; "this plan", but not "this week".
_THING = re.compile(
    r"\b(?:that|these|those|then)\W*$"
    r"|\b(?:about|after|are|at|before|by|did|does|during|for|from|in|is|of|on|since|to|was|were|will|with|would)"
    r" (?:that|these|those)\b"
    r"|\bthis\b(?! (?:week|month|year|morning|afternoon|evening|spring|summer|autumn|winter|time)\b)"
    r"|(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\bthere\b(?! (?:is|are|was|were|will|be|been)\b)"
    r"|\b(?:first|last|other|same|which) one\b|\bones\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_a-z][\w’'-]*")


@dataclass(frozen=True, slots=True)
class StandaloneQuestion:
    """A question that needs no history.

    `text` is what passages are searched for; `to_read` what the reader is asked: of a follow-up behind the question
    before it, a reader answers the one before.
    """

    text: str
    to_read: str


def stand_alone(question: str, history: tuple[Turn, ...]) -> StandaloneQuestion:
    """Return `question`, behind the earlier questions that it, and each of them in turn, points back at."""
    joined = [question]
    asked = [one_line(turn.content[:MAX_CHARACTERS]) for turn in history if turn.role == "user"]
    for earlier in reversed([one for one in asked if one][-_MAX_EARLIER:]):
        if not points_back(joined[0]):
            break
        joined.insert(0, earlier)
    return StandaloneQuestion(" ".join(joined), question)


def points_back(question: str) -> bool:
    """Tell whether a question has words that mean something said before it."""
    if _OPENING.match(question) or _THING.search(question):
        return True
    person = _PERSON.search(question)
    return person is not None and not _names_someone(question[: person.start()])


def _names_someone(text: str) -> bool:
    """Tell whether `text` holds a name, at which a "he" behind it points."""
    return any(match[0].lower() not in STOP_WORDS for match in _NAME.finditer(text))
