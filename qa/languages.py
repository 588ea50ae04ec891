"""Is a statement in the language of what it is held to? The judge is English, and its verdict on others is chance."""

import re
from collections.abc import Collection

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
# Words that stand in nearly every sentence of a language, and in hardly any of English.
_FOREIGN = frozenset(
    "der das dem den ein eine einen einem und ist wurde wurden nicht mit von für auf zu sich auch nach bei "
    "le la les des une et est dans pour sur avec par que qui aux été sont ont "
    "el los las del una y en con para se su fue por como il lo gli della di che è per nel sono stato "
    "o os as da em uma não foi com pelo het een van zijn werd voor och att som är på av og det som er til".split()
)
_ENGLISH = frozenset(
    "the of and to is was were are has had have with for that by from he she it they his her their at be been will who "
    "which not in on a an as this after before its would said says".split()
)
_ANOTHER = 2  # such words, which a statement in another language holds; one may be a slip or a name


def is_in_another_language(statement: str, evidence: str) -> bool:
    """Tell whether a statement is in another language or script than English evidence, whose own words don't count."""
    known = set(_words(evidence))
    new = [word for word in _words(statement) if word not in known]
    letters = [letter for word in new for letter in word]
    if sum(not _is_latin(letter) for letter in letters) * 2 > len(letters):
        return True
    foreign = sum(word in _FOREIGN and word not in _ENGLISH for word in new)
    return foreign >= _ANOTHER and foreign > _count(_words(statement), _ENGLISH)


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _count(words: Collection[str], listed: Collection[str]) -> int:
    return sum(word in listed for word in words)


def _is_latin(letter: str) -> bool:
    return letter < "\u0250" or "\u1e00" <= letter <= "\u1eff"
