"""A question in the articles' own spelling: a reader knows a name by its letters alone."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence

from index.spelling import can_vary, corrections, other_spellings
from index.words import content_words, names, plain, stems, written_forms

_MOST_DOUBTFUL = 10  # more are no slips, but another language; each takes some 10 ms among 20 passages


def respelt(question: str, texts: Sequence[str], is_word: Callable[[str], bool]) -> str:
    """Return the question with what no text spells as it does, names and slips, spelt as most texts do.

    `is_word` tells whether a word in lower case is a usual one: that is no slip, and no usual word in another spelling.
    Nobody who asks about Iran means iron.
    """
    composed = spelt = unicodedata.normalize("NFC", question)  # a letter and its accent are one word's
    named = names(composed) if composed != composed.lower() else set()
    doubtful = [word for word in content_words(composed) if can_vary(word) and (word in named or not is_word(word))]
    if not 0 < len(doubtful) <= _MOST_DOUBTFUL:
        return question
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)  # plain word -> its forms, in how many texts each
    for text in texts:
        for known, form in written_forms(text).items():
            written[known][form] += 1
    for word in doubtful:
        stands = plain(word) in written or any(_are_forms(plain(word), other) for other in written)
        near = [] if stands else _near(plain(word), written, is_word)
        forms = sum((written[one] for one in near), Counter[str]())
        if forms:
            best = min(forms, key=lambda form: (-forms[form], form))
            spelt = re.sub(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", best, spelt, flags=re.IGNORECASE)
    return question if spelt == composed else spelt


def _are_forms(one: str, other: str) -> bool:
    """Tell whether one word is the other with an ending: "derail" is no slip where "derailed" stands."""
    return (one.startswith(other) or other.startswith(one)) and stems(one) == stems(other)


def _near(word: str, written: Collection[str], is_word: Callable[[str], bool]) -> list[str]:
    others = other_spellings(word, written)
    if is_word(word):
        return [one for one in others if not is_word(one)]
    return others or corrections(word, written)
