"""Is a statement supported by what it cites?"""

from collections.abc import Sequence

# What may stand around a statement in its quote. Other signs belong to the words: "$1", "-5" and ".5" are not 1 and 5.
_BEFORE = "\"'“‘«([{|"
_BEHIND = "\"'”’»)]}|.,;:!?…"


def is_supported(statement: str, quote: str) -> bool:
    """Tell whether the words of `statement` stand, whole, unchanged and in the same order, in the cited `quote`.

    Nothing weaker counts: white space and the marks around it aside, a statement that an engine reworded is not
    supported, nor is one that breaks off within a word or a number.
    """
    words, quoted = statement.split(), quote.split()
    wanted = _bare(words)
    return bool(wanted) and any(
        _bare(quoted[first : first + len(words)]) == wanted for first in range(len(quoted) - len(words) + 1)
    )


def _bare(words: Sequence[str]) -> str:
    return " ".join(words).lstrip(_BEFORE).rstrip(_BEHIND)
