"""Yes or no: what the passages say to a question that wants one of the two, by the verifier's verdict on it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from index.records import Span
from qa.answer_types import AUXILIARY, NO, YES
from qa.findings import Finding
from qa.judge import Verdict, Verifier
from qa.rows import shown
from qa.stretches import Stretch

LEAST_DECIDED = 0.7  # of the verdict; below it, neither is said
STRETCHES_JUDGED = 6  # the most promising ones


_ASKED = re.compile(rf"^\W*(?:(?:and|but|so),? )?{AUXILIARY}\s*", re.IGNORECASE)


# What somebody says against another: the article itself says neither yes nor no.
_CONTESTED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|disput(?:es?|ed)|reject(?:s|ed)|dismiss(?:es|ed)|insist(?:s|ed)?|claim(?:s|ed)?|alleg(?:es?|ed)|"
    r"accus(?:es?|ed)|blam(?:es?|ed)|contradict(?:s|ed)|maintain(?:s|ed) that)\b",
    re.IGNORECASE,
)


class Decision(NamedTuple):
    """`answer` is YES or NO, None where the sentence only tells what somebody claims; the finding is that sentence."""

    answer: str | None
    finding: Finding


def decided(question: str, stretches: Sequence[Stretch], verifier: Verifier) -> Decision | None:
    """Return the surest verdict on the question that a stretch allows, with its telling sentence; None if none is sure.

    The question is judged as the statement that it asks about: supported is yes, contradicted no.
    """
    statement, judged = as_statement(question), stretches[:STRETCHES_JUDGED]
    verdicts = verifier.verify([(statement, stretch.text) for stretch in judged])
    surest = max(zip(verdicts, judged, strict=True), key=lambda one: _sure(one[0]), default=None)
    if surest is None or _sure(surest[0]) < LEAST_DECIDED:
        return None
    verdict, stretch = surest
    says_yes = verdict.supported > verdict.contradicted
    telling = _telling(statement, stretch, verifier, says_yes=says_yes)
    finding = Finding(stretch.passage, telling, telling, round(_sure(verdict), 4))
    return Decision(_unless_claimed(YES if says_yes else NO, statement, finding.words), finding)


def _unless_claimed(answer: str, statement: str, telling: str) -> str | None:
    """Return the answer, None where a sentence tells what somebody claims or denies, and that was not asked."""
    return None if _CONTESTED.search(telling) and not _CONTESTED.search(statement) else answer


def as_statement(question: str) -> str:
    """Return what a question asks about, as "The harbour opened.": as far as leaving its first auxiliary out makes it.

    Roughly: where the subject ends is not known, and the verifier takes "Hurst resign." for what is meant.
    """
    asked = _ASKED.sub("", question).rstrip(" ?!.")
    return f"{asked[:1].upper()}{asked[1:]}."


def _sure(verdict: Verdict) -> float:
    return max(verdict.supported, verdict.contradicted)


def _telling(statement: str, stretch: Stretch, verifier: Verifier, *, says_yes: bool) -> Span:
    """Return the sentence of a stretch that by itself says the most of what the stretch says."""
    texts = [shown(stretch.passage.chunk, [sentence]).text for sentence in stretch.sentences]
    verdicts = verifier.verify([(statement, text) for text in texts])
    shares = [verdict.supported if says_yes else verdict.contradicted for verdict in verdicts]
    return stretch.sentences[shares.index(max(shares))]
