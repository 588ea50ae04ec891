"""Yes or no: what the passages say to a question that wants one of the two, by the verifier's verdict on it."""

from collections.abc import Sequence
from typing import NamedTuple

from index.records import Span
from qa.findings import Finding
from qa.judge import Verdict, Verifier
from qa.rows import shown
from qa.stretches import Stretch

YES, NO = "Yes", "No"
LEAST_DECIDED = 0.75  # of the verdict; below it, neither is said
STRETCHES_JUDGED = 6  # the most promising ones


class Decision(NamedTuple):
    """`answer` is YES or NO; the finding is the sentence that says so."""

    answer: str
    finding: Finding


def decided(question: str, stretches: Sequence[Stretch], verifier: Verifier) -> Decision | None:
    """Return the surest verdict on the question that a stretch allows, with its telling sentence; None if none is sure.

    The verifier takes a question beside a text as a statement: supported is yes, contradicted no.
    """
    judged = stretches[:STRETCHES_JUDGED]
    verdicts = verifier.verify([(question, stretch.text) for stretch in judged])
    surest = max(zip(verdicts, judged, strict=True), key=lambda one: _sure(one[0]), default=None)
    if surest is None or _sure(surest[0]) < LEAST_DECIDED:
        return None
    verdict, stretch = surest
    says_yes = verdict.supported > verdict.contradicted
    telling = _telling(question, stretch, verifier, says_yes=says_yes)
    finding = Finding(stretch.passage, telling, telling, round(_sure(verdict), 4))
    return Decision(YES if says_yes else NO, finding)


def _sure(verdict: Verdict) -> float:
    return max(verdict.supported, verdict.contradicted)


def _telling(question: str, stretch: Stretch, verifier: Verifier, *, says_yes: bool) -> Span:
    """Return the sentence of a stretch that by itself says the most of what the stretch says."""
    texts = [shown(stretch.passage.chunk, [sentence]).text for sentence in stretch.sentences]
    verdicts = verifier.verify([(question, text) for text in texts])
    shares = [verdict.supported if says_yes else verdict.contradicted for verdict in verdicts]
    return stretch.sentences[shares.index(max(shares))]
