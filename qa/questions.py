"""What a caller typed becomes a Question, or a clear refusal."""

import unicodedata

from qa.errors import QuestionError

MAX_CHARACTERS = 2_000  # a long paragraph; more is a document, and its words would drown the question's


def clean_question(text: str) -> str:
    """Return `text` on one line, without control characters and lone surrogates.

    Raises QuestionError when nothing is left to answer, or too much.
    """
    if len(text) > MAX_CHARACTERS:
        raise QuestionError(
            f"The question has {len(text):,} characters; at most {MAX_CHARACTERS:,} are read. Ask a shorter one."
        )
    cleaned = one_line(text)
    if not cleaned:
        raise QuestionError("The question is empty. Ask something about the articles.")
    if not any(character.isalnum() for character in cleaned):
        raise QuestionError("The question has no words. Ask something about the articles.")
    return cleaned


def one_line(text: str) -> str:
    """Return `text` with a space for each run of white space, control characters and lone surrogates."""
    # Cc: control characters, Cs: lone surrogates; invisible format characters, such as a joiner in a word, stay.
    visible = "".join(" " if unicodedata.category(character) in {"Cc", "Cs"} else character for character in text)
    return " ".join(visible.split())
