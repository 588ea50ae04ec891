"""The number of a list's item as it is shown: "4", "d", "IV"."""

import string

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_MOST_ROMAN = 3_999
_MOST_LETTERS = 26 * 20  # "aa" is 27, as word processors have it
# The signs for the kinds that web pages and OpenDocument name by, and Word's names for them.
KINDS_OF_WORD = {
    "decimal": "1",
    "decimalZero": "01",
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
}


def shown_number(number: int, kind: str) -> str:
    """Return a number as a list of a kind shows it: "1", "01", "a", "A", "i" or "I"; another kind's in figures."""
    if kind.casefold() == "a" and 0 < number <= _MOST_LETTERS:
        times, letter = divmod(number - 1, 26)
        shown = string.ascii_lowercase[letter] * (times + 1)
    elif kind.casefold() == "i" and 0 < number <= _MOST_ROMAN:
        shown = ""
        for value, sign in _ROMAN:
            shown += sign * (number // value)
            number %= value
    else:
        return f"{number:02}" if kind == "01" else str(number)
    return shown.upper() if kind.isupper() else shown
