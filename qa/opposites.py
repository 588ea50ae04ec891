"""Words of which one is said where the other is denied: "acquitted" is no to "Was she found guilty?".

A verifier that knows both words from the same texts takes one for the other. Only outcomes are here, whose words leave
no middle; more and less of an amount are among them, as something cannot have done both.
"""

from index.words import STOP_WORDS
from qa.tokens import DENIALS, FREE, Token, tokens

_PAIRS = (
    ("guilty convicted convict", "acquitted acquits cleared exonerated innocent discharged"),
    ("win wins won winning", "lose loses lost losing beaten defeated"),
    (
        "rise rises rose risen rising increase increased grow grew grown climb climbed dearer",
        "fall falls fell fallen falling drop dropped decline declined decrease decreased shrink shrank shrunk cheaper",
    ),
    ("open opened reopen reopened opens", "close closed closes shut"),
    (
        "approve approved approves accept accepted accepts back backed pass passed",
        "reject rejected rejects refuse refused refuses overturned",
    ),
    ("survive survived survives alive", "die died dies dead killed"),
    ("pass passed passes succeed succeeded", "fail failed fails"),
    ("agree agreed agrees", "disagree disagreed refuse refused"),
)
_BEGINNINGS = ("un", "in", "im", "il", "ir", "dis", "non")  # "affected", "unaffected"


def _forms(words: str) -> frozenset[str]:
    return frozenset(token.text for token in tokens(words))


_OPPOSED = [(_forms(one), _forms(other)) for one, other in _PAIRS]


def says_the_opposite(statement: str, sentence: str) -> bool:
    """Tell whether a sentence says, undenied, the opposite of a word of the statement, and not that word itself.

    Where it says both, what counts is the clause that holds more of the statement's other words.
    """
    said, found = tokens(statement), tokens(sentence)
    stated = {token.text for token in said}
    if stated & DENIALS:
        return False
    for own, opposed in _opposed_to(stated, {token.text for token in found}):
        subject = stated - own - opposed - FREE - STOP_WORDS
        against, with_it = (_share(found, words, subject) for words in (opposed, own))
        if against is not None and (with_it is None or against > with_it):
            return True
    return False


def _opposed_to(stated: set[str], found: set[str]) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Return the words of one meaning and of the other, for each word of a statement that has an opposite."""
    known = [pair for one, other in _OPPOSED for pair in ((one, other), (other, one)) if pair[0] & stated]
    made = {word: frozenset(f"{beginning}{word}" for beginning in _BEGINNINGS) & found for word in stated}
    return known + [(frozenset({word}), against) for word, against in made.items() if against]


def _share(found: tuple[Token, ...], words: frozenset[str], subject: set[str]) -> int | None:
    """Return how many words of the subject that clause holds which says one of these words undenied; None if none."""
    held = []
    for clause in {token.clause for token in found if token.text in words}:
        own = {token.text for token in found if token.clause == clause}
        if not own & DENIALS:
            held.append(len(own & subject))
    return max(held, default=None)
