"""When are two texts the same answer? Normalisation, token F1, containment.

Two normalisations live here. `words` is ours, made for news: it folds accents and case and knows curly quotes and
dashes. `squad_words` is the official one of SQuAD, kept to the letter so that figures compare with published ones.
"""

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Sequence

ARTICLES = frozenset({"a", "an", "the"})
_DIGIT_GROUPS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
# A number with its decimals, a run of letters and digits, or one symbol that changes the meaning: € is not $.
_WORD = re.compile(r"\d+\.\d+|[^\W_]+|[%$€£¥°+]")
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")
_MARKERS = re.compile(r"\s*\[\d+\]")


def words(text: str) -> list[str]:
    """Our normalisation: compatibility forms, case and accents folded, punctuation and English articles dropped."""
    decomposed = unicodedata.normalize("NFKD", text)
    folded = "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()
    return [word for word in _WORD.findall(_DIGIT_GROUPS.sub("", folded)) if word not in ARTICLES]


def squad_words(text: str) -> list[str]:
    """The normalisation of SQuAD's script (Rajpurkar et al. 2016): lower case, then punctuation and articles out."""
    bare = "".join(character for character in text.lower() if character not in set(string.punctuation))
    return re.sub(r"\b(a|an|the)\b", " ", bare).split()


def token_f1(predicted: Sequence[str], gold: Sequence[str]) -> float:
    """F1 = 2PR / (P + R) over the two bags of words (Rajpurkar et al. 2016). Two empty bags agree: 1."""
    if not predicted or not gold:
        return float(predicted == gold)
    shared = (Counter(predicted) & Counter(gold)).total()
    return 2 * shared / (len(predicted) + len(gold))


def holds(text: Sequence[str], phrase: Sequence[str]) -> bool:
    """Does `text` hold `phrase` as consecutive whole words? An empty phrase is held by nothing."""
    width = len(phrase)
    starts = range(len(text) - width + 1)
    return width > 0 and any(list(text[start : start + width]) == list(phrase) for start in starts)


def plain_text(text: str) -> str:
    """The text for patterns: curly quotes made straight, any run of white space one space."""
    return " ".join(text.translate(_STRAIGHT).split())


def without_markers(text: str) -> str:
    """An answer's text less its `[n]` markers."""
    return _MARKERS.sub("", text)


def marker_numbers(text: str) -> set[int]:
    """The numbers of the `[n]` markers in a text."""
    return {int(number) for number in re.findall(r"\[(\d+)\]", text)}
