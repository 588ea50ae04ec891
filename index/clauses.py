"""A long question asks for several things at once; its clauses are searched for apart, beside the whole.

"Did A report X, while B said Y?" wants a passage about X and one about Y. As one bag of words, the better covered of
the two takes every place at the top.
"""

import re

from index.words import content_words

_LEAST_WORDS = 3  # a clause of fewer content words names nothing on its own
_BOUNDARY = re.compile(
    "[,;:—–] | - "
    "| (?:while|whereas|but|and|after|before|between|unlike|although|though|compared (?:to|with)|as well as|also) ",
    re.IGNORECASE,
)


def clauses(question: str) -> list[list[str]]:
    """Return the content words of each clause that has at least three; none when there are fewer than two such."""
    single_spaced = " ".join(question.split())
    found = [words for part in _BOUNDARY.split(single_spaced) if len(words := content_words(part)) >= _LEAST_WORDS]
    return found if len(found) > 1 else []
