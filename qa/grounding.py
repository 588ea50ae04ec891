"""Is a statement supported by what it cites?"""


def is_supported(statement: str, quote: str) -> bool:
    """Tell whether the words of `statement` stand, in the same order and unchanged, in the cited `quote`.

    Nothing weaker counts: white space aside, a statement that an engine reworded is not supported.
    """
    words = " ".join(statement.split())
    return bool(words) and words in " ".join(quote.split())
