"""A follow-up and its history become a question that stands alone."""

from index.words import tokens
from qa.records import Turn

# Words that point back at something said before. A question that holds one of them needs what was asked last.
_POINTS_BACK = frozenset(
    "he him his she her hers it its they them their theirs this that these those there then one ones".split()
)
_OPENS_FOLLOW_UP = (
    "and ",
    "but ",
    "so ",
    "also ",
    "what about",
    "how about",
    "why not",
    "why?",
    "when?",
    "where?",
    "who?",
)


def stand_alone(question: str, history: tuple[Turn, ...]) -> str:
    """Return `question`, joined with the last question of the history when it points back at it."""
    asked = [turn.content for turn in history if turn.role == "user"]
    if not asked or not _points_back(question):
        return question
    return f"{' '.join(asked[-1].split())} {question}"


def _points_back(question: str) -> bool:
    return question.lower().startswith(_OPENS_FOLLOW_UP) or bool(_POINTS_BACK & set(tokens(question)))
