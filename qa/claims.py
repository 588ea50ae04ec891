"""What a statement claims, as far as words can be held against words: numbers, names, denials, quotations."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.words import STOP_WORDS
from qa.same_answer import answer_key

_WORD = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]+(?:[’'][^\W\d_]+)?")
_CAPITALISED = re.compile(r"(?<!^)\b[^\W\d_a-z][^\W_]*")
_QUOTED = re.compile(r"[\"“«]([^\"“”«»]{2,400})[\"”»]")
_DENIALS = frozenset("not no never none neither nor without nobody nothing cannot hardly".split())
# What these verbs govern did not happen, or is not so.
_DENYING_VERBS = frozenset(
    "deny denies denied denying refuse refuses refused refusing fail fails failed failing reject rejects rejected "
    "unable avoid avoids avoided".split()
)
_HEDGES = frozenset("may might could if whether unless would".split())
_PRONOUNS = frozenset("he him his she her hers it its they them their theirs this that these those".split())
_CLAUSE_END = re.compile(r"[,;:.!?—–]|\s-\s|\b(?:but|although|while|and)\b")
_SCOPE = 6  # content words that a denial or a hedge reaches, where no clause ends before
# How a model introduces what it found; no part of what it claims.
_INTRODUCTION = re.compile(
    r"^\W*(?:(?:according to|as (?:stated|mentioned|reported|noted) in|based on|in) (?:the |this )?"
    r"(?:articles?|passages?|sources?|texts?|information|report)(?: provided| given)?,?\s*"
    r"|the (?:articles?|passages?|sources?|texts?) (?:says?|states?|mentions?|reports?|notes?) that\s+"
    r"|(?:yes|no|the answer is),?\s+)",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")
_LONGEST_ACRONYM = 3
_PREFIX, _PREFIX_SHARE = 4, 0.6  # letters that words of one family share: Ukraine and Ukrainian, agree and agreement


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement or a sentence; words are plain forms (`qa.same_answer.answer_key`): spellings don't matter."""

    words: frozenset[str]
    names: frozenset[str]
    denied: frozenset[str]  # words within reach of a denial
    hedged: frozenset[str]  # words within reach of "may", "if", ...
    in_order: tuple[str, ...]  # the words as they follow each other, each once
    denies: bool
    hedges: bool
    points_back: bool  # holds a word such as "he", which means someone named before
    quotations: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Claim":
        """Return what `text`, a sentence or a few, claims."""
        bare = _INTRODUCTION.sub("", text)
        tokens = _tokens(bare)
        in_order = tuple(dict.fromkeys(word for token in tokens for word in sorted(_key(token))))
        names = frozenset(word for name in _CAPITALISED.findall(_joined(bare)) for word in _key(_plain(name)))
        return cls(
            words=frozenset(in_order),
            names=names,
            denied=_reached(bare, _DENIALS | _DENYING_VERBS),
            hedged=_reached(bare, _HEDGES),
            in_order=in_order,
            denies=any(token in _DENIALS | _DENYING_VERBS or token.endswith("n't") for token in tokens),
            hedges=any(token in _HEDGES for token in tokens),
            points_back=any(token in _PRONOUNS for token in tokens),
            quotations=tuple(_QUOTED.findall(text)),
        )

    @property
    def numbers(self) -> frozenset[str]:
        """The words that are numbers."""
        return frozenset(word for word in self.words if word[0].isdigit())

    def missing_in(self, words: frozenset[str]) -> frozenset[str]:
        """Return the words of this claim that `words` neither hold nor hold a relative of; a number has none."""
        return frozenset(one for one in self.words - words if not any(_related(one, other) for other in words))


def _tokens(text: str) -> list[str]:
    return [_plain(match[0]) for match in _WORD.finditer(_joined(text))]


def _joined(text: str) -> str:
    """Take the dots out of "U.S."."""
    return _DOTTED.sub(lambda found: found[0].replace(".", ""), text)


def _plain(word: str) -> str:
    """Return a word in lower case; a short one in capitals is a name, and stays: "US" is not "us", nor "used"."""
    return word if word.isupper() and 1 < len(word) <= _LONGEST_ACRONYM else word.lower().replace("’", "'")


def _key(token: str) -> frozenset[str]:
    if token.isupper():
        return frozenset({token})
    return frozenset() if token in STOP_WORDS else answer_key(token)


def _related(one: str, other: str) -> bool:
    if one[0].isdigit() or other[0].isdigit():
        return False
    shared = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        shared += 1
    return shared >= _PREFIX and shared >= _PREFIX_SHARE * max(len(one), len(other))


def _reached(text: str, openers: frozenset[str]) -> frozenset[str]:
    """Return the content words that stand behind one of `openers` in its clause."""
    found: set[str] = set()
    for clause in _CLAUSE_END.split(text):
        left = 0
        for token in _tokens(clause):
            if token in openers or (token.endswith("n't") and openers >= _DENIALS):
                left = _SCOPE
            elif left and (words := _key(token)):
                found |= words
                left -= 1
    return frozenset(found)


def swapped(claim: Claim, source: Claim) -> bool:
    """Tell whether two names of `claim` change places in `source` around a word that stands between them in both.

    "Moore paid Lind" and "Lind paid Moore" hold the same words.
    """
    mine, theirs = _places(claim.in_order), _places(source.in_order)
    named = [word for word in claim.in_order if word in claim.names and word in theirs]
    between = [word for word in claim.in_order if word not in claim.names and word in theirs]
    return any(
        theirs[second] < theirs[word] < theirs[first]
        for place, first in enumerate(named)
        for second in named[place + 1 :]
        for word in between
        if mine[first] < mine[word] < mine[second]
    )


def _places(words: Sequence[str]) -> dict[str, int]:
    return {word: place for place, word in enumerate(words)}
