"""What no verdict of a model can make good: a number, date or name in a statement that its evidence does not have.

Models judge meaning; these few things they get wrong, and they are sure to tell (`qa.tokens` makes spellings one).
"""

import math
import re
import unicodedata
from collections.abc import Iterator

from index.words import STOP_WORDS
from qa.tokens import MONTHS, WEEKDAYS, Token, tokens

QUOTED = re.compile(r"[\"“«]([^\"“”«»]{2,400})[\"”»]")
_ADDRESS = re.compile(r"[^\s“”\"(),;]*(?:://|@|[\w-]\.[a-z]{2,})[^\s“”\"(),;.]*")
_WORD = re.compile(r"[^\W\d_]+")
# "One of them", "the two men": counted, or said of what is only listed.
_SAID_OF_ANYTHING = frozenset({"1", "2"})
_APPROXIMATELY = re.compile(
    r"\b(?:about|around|roughly|some|almost|nearly|over|(?:more|less|fewer) than|under|at least|up to|approximately)\b",
    re.IGNORECASE,
)
_NEAR = 0.05  # a number told roughly may be so far from the one it stands for, as a share
_OF_A_PLACE = re.compile(r"(?:ns?|ans?|ians?|eans?|ish|ese|ers?|egians?|i|ic|s)")  # Kestria, Kestrian; Sweden, Swedish
_LEAST_SHARED = 4  # letters of a name and of what is made of it
_GOES_ON = re.compile(r"\s[^\W\d_a-z]")
_BEGINS = re.compile(r"(?:^|[.!?:]\s+|[\"“‘(]\s*)$")


def veto(statement: str, evidence: str) -> str | None:
    """Return what `statement` has and `evidence` lacks, in words for a reader, or None."""
    said, held = tokens(statement), tokens(evidence)
    words = {token.text for token in held}
    for quoted in QUOTED.findall(statement):
        if not _holds(evidence, quoted):
            return f"the words “{quoted}” are not quoted there"
    for address in _ADDRESS.findall(statement):
        if address.lower() not in evidence.lower():
            return f"the address {address} does not stand there"
    for token in said:
        if token.number and not _number_stands(token, statement, held):
            return f"the number {token.text} does not stand there"
        if token.text in _DATES and token.text not in words:
            return f"“{token.text}” does not stand there"
    known = {_folded(word) for word in _WORD.findall(evidence)}
    for name in _names(statement):
        if not any(_same_name(_folded(name), other) for other in known):
            return f"the name {name} does not stand there"
    return None


_DATES = frozenset([*MONTHS, *WEEKDAYS])
_LOWER_DATES = frozenset(date.lower() for date in _DATES)


def _holds(text: str, quotation: str) -> bool:
    bare = " ".join(_WORD.findall(quotation.lower()))
    return bare in " ".join(_WORD.findall(text.lower()))


def _number_stands(token: Token, statement: str, held: tuple[Token, ...]) -> bool:
    numbers = {other.text for other in held if other.number}
    if token.text in numbers or token.text in _SAID_OF_ANYTHING:
        return True
    value = _value(token.text)
    near = any(abs(_value(number) - value) <= _NEAR * abs(value) for number in numbers)
    return near and _APPROXIMATELY.search(statement) is not None


def _value(digits: str) -> float:
    """Return what digits say; no number where they are none of a decimal's, as the sign of a square."""
    try:
        return float(digits)
    except ValueError:
        return math.nan


def _names(statement: str) -> Iterator[str]:
    """Yield the words with a capital; of a sentence's first, which has it anyway, those before another of them."""
    for match in _WORD.finditer(statement):
        word = match[0]
        is_name = word[0].isupper() and len(word) > 1 and word.lower() not in _LOWER_DATES | STOP_WORDS
        if is_name and (_GOES_ON.match(statement, match.end()) or not _BEGINS.search(statement, 0, match.start())):
            yield word


def _folded(word: str) -> str:
    """Return a word in lower case without accents; nothing else is the same: Jan is not Ian."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _same_name(name: str, known: str) -> bool:
    if name == known:
        return True
    shared = next((n for n, (a, b) in enumerate(zip(name, known, strict=False)) if a != b), min(len(name), len(known)))
    made_of_it = _OF_A_PLACE.fullmatch(name[shared:]) or _OF_A_PLACE.fullmatch(known[shared:])
    one_ends_there = shared in (len(name), len(known)) or name[shared:].startswith(("ish", "egian"))
    return shared >= _LEAST_SHARED and made_of_it is not None and one_ends_there
