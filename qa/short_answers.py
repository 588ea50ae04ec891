"""The words that answer, as they may be shown alone: with what they would be false without, or not at all.

"530" of "412 of its 530 jobs", "four" of "nine minutes, not four" and "he would resign" of "he would resign if there
was no deal" are exact words, and each tells a falsehood.
"""

import re

from index.records import Span

_LONGEST_CLAUSE = 80  # characters behind the answer that are taken in; more is a sentence, which is shown anyway
_COUNTS = (
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|some|most|many|several|few|none|"
    r"part|all|each|neither|both|an? (?:third|quarter|fifth|tenth|half|few|part))"
)
_PART_OF = re.compile(
    rf"\b{_COUNTS} of (?:(?:its|the|their|his|her|our|all|those|these)\s+)?(?:\w+\s+)?$", re.IGNORECASE
)
_BOUND = re.compile(
    r"\b(?:up to|more than|at least|at most|less than|fewer than|as many as|as much as|well over|just over|just under|"
    r"over|under|nearly|almost|about|around|roughly|an estimated|between|from)\s+$",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"(?:[£$€]\s?)?\d|{_COUNTS}\b", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:not|never|nor|neither|no longer|rather than|instead of)\s+(?:(?:the|a|an|on|in|at|by|to)\s+)?$",
    re.IGNORECASE,
)
_ON_CONDITION = re.compile(r",?\s+(?:if|unless|only if|provided|as long as|so long as)\b[^,;.!?]*", re.IGNORECASE)

# Who, when, where or how many is said in a few words; more are half a sentence, and the sentence stands below anyway.
_ASKS_FOR_LITTLE = re.compile(
    r"^\W*(?:and |but |so )?(?:who|whom|whose|when|where|how (?:many|much|long|old|far))\b", re.IGNORECASE
)
_MOST_WORDS = 9


def is_short(question: str, answer: str) -> bool:
    """Tell whether words are few enough to be shown alone as the answer to a question."""
    return _ASKS_FOR_LITTLE.search(question) is None or len(answer.split()) <= _MOST_WORDS


def uncut(sentence: str, start: int, end: int) -> Span | None:
    """Return what may stand alone of a sentence for the answer `sentence[start:end]`, end exclusive.

    None where the answer is denied, or stands on a condition too long to be told with it.
    """
    before, answer = sentence[:start], sentence[start:end]
    if _DENIED.search(before):
        return None
    if part := _PART_OF.search(before):
        start = part.start()
    elif _NUMBER.match(answer) and (bound := _BOUND.search(before)):
        start = bound.start()
    condition = _ON_CONDITION.match(sentence, end)
    if condition is None:
        return Span(start, end)
    return Span(start, condition.end()) if condition.end() - end <= _LONGEST_CLAUSE else None
