"""Words that are spelt alike: a name written in several ways, and a slip of the keyboard.

Nothing here knows any name. Two spellings of a name from another alphabet differ in vowels, in y for i, and in doubled
letters (Tchaikovsky, Chaikovskii; Mohammad, Muhamad), and keep their consonants. A slip leaves out, adds, exchanges
or swaps a letter, so either the first half of the word or its second half stays as it was.
"""

import re
from collections.abc import Iterable

LEAST_LETTERS = 4  # shorter words have too many neighbours
_LETTERS_FOR_TWO_SLIPS = 9
_SOUNDS = (("ph", "f"), ("ck", "k"), ("kh", "k"), ("sch", "sh"), ("tch", "ch"), ("y", "i"), ("j", "i"), ("w", "v"))
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiou]")


def plain_form(word: str) -> str:
    """Return a lower-case word with letters that transcriptions exchange made one, and doubled letters single."""
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return _DOUBLED.sub(r"\1", word)


def consonants(word: str) -> str:
    """Return what the spellings of a name share: the first letter of the plain form and its consonants."""
    plain = plain_form(word)
    return plain[:1] + _DOUBLED.sub(r"\1", _VOWELS.sub("", plain[1:]))


def can_vary(word: str) -> bool:
    """Tell whether `word` is long enough, and made of letters alone: no number is like another."""
    return len(word) >= LEAST_LETTERS and word.isalpha()


def other_spellings(word: str, candidates: Iterable[str]) -> list[str]:
    """Return those of `candidates` that may be the same name as `word`, sorted."""
    plain, heard = plain_form(word), consonants(word)
    return sorted(
        other
        for other in set(candidates) - {word}
        if can_vary(other) and consonants(other) == heard and distance(plain, plain_form(other), 1) <= 1
    )


def corrections(word: str, candidates: Iterable[str]) -> list[str]:
    """Return those of `candidates` that are a slip away from `word`: one, or two where it is long; sorted."""
    allowed = 2 if len(word) >= _LETTERS_FOR_TWO_SLIPS else 1
    near = {other: distance(word, other, allowed) for other in set(candidates) - {word} if can_vary(other)}
    least = min(near.values(), default=allowed + 1)
    return sorted(other for other, steps in near.items() if steps == least and steps <= allowed)


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters must be added, left out, exchanged or swapped with the next; at most `most` + 1.

    The restricted form of Damerau and Levenshtein's distance (Boytsov 2011, section 2.1).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, row = list[int](), list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, other_letter in enumerate(other, 1):
            steps = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other_letter))
            if i > 1 and j > 1 and letter == other[j - 2] and other_letter == one[i - 2]:
                steps = min(steps, last[j - 2] + 1)
            row.append(steps)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
