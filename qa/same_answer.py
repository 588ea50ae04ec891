"""Do two short answers say the same? Case, "the", numbers as words, and the spelling of names aside."""

import re

from index.spelling import plain_form
from index.words import STOP_WORDS, stems

_TOKEN = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]+")
_DOTTED = re.compile(r"\b[^\W\d_](?:\.[^\W\d_])+\b\.?")  # "U.S." is "US"
_THOUSANDS = re.compile(r",(?=\d{3}(?:\D|$))")
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
}
_STOP_STEMS = frozenset(stem for word in STOP_WORDS for stem in stems(word))


def answer_key(answer: str) -> frozenset[str]:
    """Return what an answer says, as a set of plain words; stop words are left out unless there are no others.

    Numbers stay whole and as they are: 2.4 is not 4, and 11 is not 1.
    """
    found: set[str] = set()
    for token in _TOKEN.findall(_DOTTED.sub(lambda acronym: acronym[0].replace(".", ""), answer)):
        number = _NUMBERS.get(token.lower(), token)
        if number[0].isdigit():
            found.add(_THOUSANDS.sub("", number))
        else:
            found |= {plain_form(stem) for stem in stems(token)}
    return frozenset(found - _STOP_STEMS) or frozenset(found)


def says_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether one key holds all of the other: "Moore" and "Jill Moore", "August" and "15 August"."""
    return bool(one and other) and (one <= other or other <= one)
