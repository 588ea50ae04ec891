"""Yes or no: what the passages say to a question that wants one of the two, by the verifier's verdict on it."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from index.embedding import TextEmbedder
from index.records import Span
from qa.answer_types import AUXILIARY, NO, YES
from qa.contradictions import denies
from qa.findings import Finding
from qa.judge import Verdict, Verifier
from qa.opposites import says_the_opposite
from qa.reader import Reader
from qa.rows import shown
from qa.stretches import Stretch
from qa.tokens import tokens

LEAST_DECIDED = 0.7  # of the verdict; below it, neither is said
LEAST_DENIED = 0.5  # the same of a sentence that denies in so many words what is asked
STRETCHES_JUDGED = 6  # the most promising ones
# The verifier takes what has nothing to do with a statement for its denial more often than for neither. Of 31 decided
# questions read one by one and of 175 of BoolQ (its own text against the nearest other), each of these two tells what
# belongs together from what doesn't (AUC .89 and .90), and at these values both do: of 18 wrong ones 2 were left.
LEAST_LIKE = 0.45  # cosine of the question and the telling sentence
LEAST_ANSWERABLE = -0.5  # the reader's logit for that sentence


_LINK = r"^\W*(?:(?:and|but|so),? )?"
_ASKED = re.compile(rf"{_LINK}{AUXILIARY}\s*", re.IGNORECASE)
# "Is it true that the harbour opened?" holds the statement whole.
_ASKED_OF_A_STATEMENT = re.compile(
    rf"{_LINK}(?:(?:is|was|isn['’]t) it (?:really |now )?(?:true|correct|right|so|a fact|the case|confirmed|known)|"
    r"(?:do|does|did) (?:the|any|any of the|these) (?:articles?|papers?|reports?|sources?) "
    r"(?:really |also )?(?:say|report|confirm|state|mention|claim))(?: that)? (?=\w)",
    re.IGNORECASE,
)


_QUESTION = re.compile(r"\?[\"'”’)\]]*$")
_SPEAKER = re.compile(r"^[^?!]{1,80}:\s+")  # "TAN: Is the port closing?"
_REPLY = re.compile(r"(?:[^?!]{1,80}:\s*)?[\"“‘']?(?P<said>yes|no)(?=\s?[.,!;:–—])", re.IGNORECASE)
MOST_SURE_OF_A_REPLY = 0.9  # a cosine of 1 tells that the same was asked, not that the one who replied is right
LEAST_ASKED_ALIKE = 0.8  # cosine of the question and one that an article puts and answers
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


class BearingByMeaning:
    """A sentence bears on a question that it is like in meaning, and that the reader holds for answered by it."""

    def __init__(self, question: str, reader: Reader, embedder: TextEmbedder | None) -> None:
        """Without an embedder the reader tells alone."""
        self._question = question
        self._reader = reader
        self._embedder = embedder
        self._asked = embedder.embed([question]) if embedder else np.empty((1, 0))

    def likeness(self, sentence: str) -> float:
        """Return the cosine of a sentence and the question, 0 without an embedder."""
        return float((self._embedder.embed([sentence]) @ self._asked.T).item()) if self._embedder else 0.0

    def __call__(self, sentence: str) -> bool:
        """Tell whether yes or no may be read from this sentence."""
        if self._embedder and self.likeness(sentence) < LEAST_LIKE:
            return False
        (reading,) = self._reader.read(self._question, [sentence])
        return reading.answerable >= LEAST_ANSWERABLE


def decided(
    question: str, stretches: Sequence[Stretch], verifier: Verifier, bears: Callable[[str], bool] | None = None
) -> Decision | None:
    """Return the surest verdict on the question that a stretch allows, with its telling sentence; None if none is sure.

    The question is judged as the statement that it asks about: supported is yes, contradicted no. A verdict whose
    telling sentence doesn't bear on the question is none.
    """
    statement, judged = as_statement(question), stretches[:STRETCHES_JUDGED]
    verdicts = zip(verifier.verify([(statement, stretch.text) for stretch in judged]), judged, strict=True)
    for verdict, stretch in sorted(verdicts, key=lambda one: -_sure(one[0])):
        if _sure(verdict) < LEAST_DENIED:
            return None
        says_yes = verdict.supported > verdict.contradicted
        telling = _telling(statement, stretch, verifier, says_yes=says_yes)
        if telling is None:
            continue
        finding = Finding(stretch.passage, telling, telling, round(_sure(verdict), 4))
        sure = _sure(verdict) >= LEAST_DECIDED or (not says_yes and _denies(finding.words, statement))
        if sure and (bears is None or bears(shown(stretch.passage.chunk, [telling]).text)):
            says_yes &= not says_the_opposite(statement, finding.words)
            return Decision(_unless_claimed(YES if says_yes else NO, statement, finding.words), finding)
    return None


def _denies(sentence: str, statement: str) -> bool:
    """Tell whether a sentence denies a word of the statement in so many words: "no night guard"."""
    return denies(sentence, frozenset(token.text for token in tokens(statement) if not token.name)) is True


def _unless_claimed(answer: str, statement: str, telling: str) -> str | None:
    """Return the answer, None where a sentence tells what somebody claims or denies, and that was not asked."""
    return None if _CONTESTED.search(telling) and not _CONTESTED.search(statement) else answer


def as_statement(question: str) -> str:
    """Return what a question asks about, as "The harbour opened.": as far as leaving its first auxiliary out makes it.

    Roughly: where the subject ends is not known, and the verifier takes "Hurst resign." for what is meant.
    """
    whole = _ASKED_OF_A_STATEMENT.sub("", question)
    asked = (_ASKED.sub("", question) if whole == question else whole).rstrip(" ?!.")
    return f"{asked[:1].upper()}{asked[1:]}."


def _sure(verdict: Verdict) -> float:
    return max(verdict.supported, verdict.contradicted)


def _telling(statement: str, stretch: Stretch, verifier: Verifier, *, says_yes: bool) -> Span | None:
    """Return the sentence of a stretch that by itself says most of what the stretch says; a question says nothing."""
    texts = {one: shown(stretch.passage.chunk, [one]).text for one in stretch.sentences}
    told = [one for one in stretch.sentences if not _asks_whether(texts[one])]
    verdicts = verifier.verify([(statement, texts[one]) for one in told])
    shares = [verdict.supported if says_yes else verdict.contradicted for verdict in verdicts]
    return told[shares.index(max(shares))] if told else None


def _asks_whether(sentence: str) -> bool:
    """Tell whether a sentence of an article asks for yes or no; "It is so, why ask?" says something."""
    return bool(_QUESTION.search(sentence)) and bool(_ASKED.match(_SPEAKER.sub("", sentence)))


def replied(stretches: Sequence[Stretch], likeness: Callable[[str], float]) -> Decision | None:
    """Return the yes or no with which an article answers a question like the one asked: an interview, a list of FAQs.

    `likeness` tells how like a question of an article is to it, from 0 to 1.
    """
    for stretch in stretches[:STRETCHES_JUDGED]:
        for before, behind in pairwise(stretch.sentences):
            asked, said = (shown(stretch.passage.chunk, [one]).text for one in (before, behind))
            reply = _REPLY.match(said)
            if reply and _asks_whether(asked) and (sure := likeness(_SPEAKER.sub("", asked))) >= LEAST_ASKED_ALIKE:
                both = Span(before.start, behind.end)  # "No." alone could not be checked
                finding = Finding(stretch.passage, both, both, round(min(sure, MOST_SURE_OF_A_REPLY), 4))
                return Decision(YES if reply["said"].lower() == "yes" else NO, finding)
    return None
