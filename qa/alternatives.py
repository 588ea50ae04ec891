"""Questions that name their answers, "Was it cancelled or postponed?": which of the two a sentence says."""

import re
from dataclasses import dataclass

from index.words import STOP_WORDS
from qa.tokens import DENIALS, tokens

_OR = re.compile(
    r"^(?P<before>.+?)[,;]?\s+or\s+(?:(?:just|only|rather|merely|simply|even|instead)\s+)*(?P<last>.+?)\W*$",
    re.IGNORECASE | re.DOTALL,
)
_NO_CHOICE = re.compile(r"\bor (?:not|no|so|more|less|later|earlier)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\s,;:?]+")
_PAUSE = re.compile(r"[,;:–—]\s|\s-\s")
_OPPOSITES = {"before": "after", "with": "without", "for": "against", "above": "below", "inside": "outside"}
_OPPOSITES |= {two: one for one, two in _OPPOSITES.items()}
# Fewer than in qa.tokens: what will be, or is planned or reported, is said.
_DOUBTS = frozenset("may might could perhaps probably possibly likely unlikely".split())
_SAY_NOTHING = STOP_WORDS | {"1"}  # "a former one": the noun stands before the "or"
_LEAST_SHARE = 0.5  # of an alternative's own words, which a sentence must hold: "President", of "the current president"


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What a question has to choose from, and the rest of its words."""

    first: str
    second: str
    rest: str

    def told_by(self, sentence: str) -> str | None:
        """Return the alternative that a sentence says rather than the other one, in its words, undenied; or None."""
        told = [self._share(self.first, self.second, sentence), self._share(self.second, self.first, sentence)]
        for place, (one, other) in enumerate(((self.first, self.second), (self.second, self.first))):
            if _words(one) < _words(other) and told[1 - place]:
                told[place] = 0.0  # "former president" is said, not "president"
        if max(told) < _LEAST_SHARE or told[0] == told[1]:
            return None
        return self.first if told[0] > told[1] else self.second

    @staticmethod
    def _share(one: str, other: str, sentence: str) -> float:
        """Return how much of what is said by `one` alone a sentence says."""
        if one.endswith(("'s", "’s")):  # "the owner's or the tenant's": whose it is, not who is named
            return float(_plain(one).split()[-1] in _plain(sentence).split())
        words = _words(one)
        own = words - _words(other) or words
        return len(own & _undenied(sentence)) / len(own)


def alternatives(question: str) -> Alternatives | None:
    """Return what the question has to choose from, or None where it names no two answers."""
    match = _OR.match(question)
    if not match or _NO_CHOICE.search(question):
        return None
    before, last = match["before"], match["last"]
    words = [*_WORD.finditer(before)]
    opener, *others = [word[0] for word in _WORD.finditer(last)] or [""]
    opposite = _OPPOSITES.get(opener.lower())
    if opposite and opposite in before.lower().split():
        return Alternatives(opposite, opener, f"{before} {' '.join(others)}")
    if not words:
        return None
    start = _start_of_first(before, words, opener, 1 + len(others))
    found = Alternatives(before[start:].strip(), last.strip(), before[:start].strip())
    one, other = _words(found.first), _words(found.second)
    return found if one and other and one != other else None


def _start_of_first(before: str, words: list[re.Match[str]], opener: str, size: int) -> int:
    """Return where the first alternative begins, which ends before the "or"; the second has `size` words."""
    pause = max((match.end() for match in _PAUSE.finditer(before)), default=0)
    if pause and len(_WORD.findall(before[pause:])) <= size + 2:
        return pause
    same = [word.start() for word in words if word[0].lower() == opener.lower()]
    return same[-1] if same else words[-min(size, len(words))].start()  # "as a guest or as a member"


def _words(text: str) -> frozenset[str]:
    found = frozenset(token.text for token in tokens(text))
    return found - _SAY_NOTHING or found


def _undenied(sentence: str) -> frozenset[str]:
    """Return the words of those clauses of a sentence that are not denied."""
    found = tokens(sentence)
    denied = {token.clause for token in found if token.text in DENIALS | _DOUBTS}
    return frozenset(token.text for token in found if token.clause not in denied)


def _plain(text: str) -> str:
    return re.sub(r"[^\w\s']", " ", text.lower().replace("’", "'"))
