"""A follow-up and its history become a question that stands alone.

What can be put in the place of a pronoun or of what is left out is put there, and the question is one plain question:
"Will she be paid?" behind "Ida Krug." is "Will Ida Krug be paid?". What cannot is joined with the questions
that it points back at, which finds their articles.
"""

import re
from dataclasses import dataclass

from index.mentions import MONTHS
from index.words import STOP_WORDS, content_words
from qa.courtesies import without_courtesy
from qa.omissions import completed
from qa.persons import NAME_WORD, with_the_person
from qa.questions import MAX_CHARACTERS, one_line
from qa.records import Turn

_TURNS_READ = 12
_MAX_EARLIER = 3  # questions put before a follow-up to a follow-up to a follow-up
_OPENING = re.compile(
    r"(?:and|but|so|also)\b|(?:what|how) about\b|why not\b|(?:why|when|where|who|how|what for)\?", re.IGNORECASE
)
_WORDS_OF_A_REPLY = 16
_MARKER = re.compile(r"\s*\[\d{1,2}\]")
_DECLINES = re.compile(r"\b(?:do not|don['’]t|doesn['’]t|does not) say\b", re.IGNORECASE)
_LINKING = re.compile(r"^\W*(?:and|but|so|also)\b[\s,]*", re.IGNORECASE)
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
_NAME = re.compile(NAME_WORD)
_FIRST_WORD = re.compile(r"^\W*\w+")
_ASIDE = re.compile(r"^\W*(?:(?:ok|okay|well|right|no|yes|then)\b[\s,.!]+)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StandaloneQuestion:
    """A question that needs no history.

    `text` is what passages are searched for; `to_read` what the reader is asked: of a follow-up behind the question
    before it, a reader answers the one before.
    """

    text: str
    to_read: str


def stand_alone(question: str, history: tuple[Turn, ...]) -> StandaloneQuestion:
    """Return `question` with what it leaves out, or behind the earlier questions that it points back at."""
    question = without_courtesy(question)
    said = [turn for turn in history[-_TURNS_READ:] if turn.content.strip()]
    if not any(turn.role == "user" for turn in said) or not points_back(question):
        return StandaloneQuestion(question, question)
    before = next(place for place in range(len(said) - 1, -1, -1) if said[place].role == "user")
    earlier = stand_alone(one_line(said[before].content[:MAX_CHARACTERS]), tuple(said[:before])).to_read
    if made := completed(question, earlier) or with_the_person(_LINKING.sub("", question), earlier, said[before:]):
        question = made[:1].upper() + made[1:]
        if not points_back(question):
            return StandaloneQuestion(question, question)
    return StandaloneQuestion(_joined(question, said), question)


def _joined(question: str, history: list[Turn]) -> str:
    """Return a question behind those that it, and each of them in turn, points back at.

    The last reply stands between, if it is a short one: in "They have a range of 1,000 miles" it says who "they" are.
    """
    joined = [question]
    asked = [one_line(turn.content[:MAX_CHARACTERS]) for turn in history if turn.role == "user"]
    for earlier in reversed([one for one in asked if one][-_MAX_EARLIER:]):
        if not points_back(joined[0]):
            break
        joined.insert(0, earlier)
    reply = _MARKER.sub("", one_line(history[-1].content[:MAX_CHARACTERS])) if history[-1].role == "assistant" else ""
    tells = any(word.isalpha() and word not in MONTHS for word in content_words(reply))  # more than a day or a number
    if len(joined) > 1 and tells and len(reply.split()) <= _WORDS_OF_A_REPLY and not _DECLINES.search(reply):
        joined.insert(-1, reply)
    return " ".join(joined)


def other_reading(question: str, history: tuple[Turn, ...]) -> tuple[str, tuple[Turn, ...]] | None:
    """Return how a question that has no answer may be meant besides, with the history it then has; None if in no way.

    "How long did the shooting take?" names nobody and may be about the film that was spoken of; "When did Arden last
    beat Tolham before this game?" names whom it means, and "this game" may be the article's.
    """
    if not any(turn.role == "user" and turn.content.strip() for turn in history):
        return None
    names = _names_someone(_FIRST_WORD.sub("", question))
    if not points_back(question):
        return None if names else (f"And {question[:1].lower()}{question[1:]}", history)
    return (question, ()) if names and _THING.search(question) and not _OPENING.match(question) else None


def points_back(question: str) -> bool:
    """Tell whether a question has words that mean something said before it."""
    if _OPENING.match(question) or _THING.search(question):
        return True
    question = _ASIDE.sub("", question)
    person = _PERSON.search(question)
    return person is not None and not _names_someone(question[: person.start()])


def _names_someone(text: str) -> bool:
    """Tell whether `text` holds a name, at which a "he" behind it points."""
    return any(match[0].lower() not in STOP_WORDS for match in _NAME.finditer(text))
