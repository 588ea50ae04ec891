"""The words of a text as lexical search sees them: tokens, stop words, stems."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

# Function words of English, and the words a question is built from; they say nothing about which passage answers.
# "Us" is none of them: in the news it is a country more often than a pronoun.
STOP_WORDS = frozenset(
    """
    a about after again against all also am an and any are aren't as at be because been before being between both but by
    can can't could couldn't did didn't do does doesn't doing don't down during each else few for from further had
    hadn't has hasn't have haven't having he her here hers herself him himself his how i if in into is isn't it its
    itself just let's me more most my myself no nor not now of off on once only or other our ours out over own please
    same shall she should so some such tell than that the their theirs them themselves then there these they this those
    through to too under until up very was wasn't we were weren't what when where which while who whom whose why will
    with won't would you your yours
    """.split()
)
_TOKEN = re.compile(r"[^\W_]+(?:[.'’\-‑–][^\W_]+)*")
_ACRONYM = re.compile(r"\b[A-Z]{2,}\b")
_CAPITALISED = re.compile(r"\b[^\W\d_a-z][^\W_]*(?:[.'’\-‑–][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s$")
_PARTS = re.compile(r"[^\W_]+")
# The combining marks that FTS5 takes off; it knows no others, and treats those as white space.
_ACCENT = re.compile("[\u0300-\u0304\u0306-\u030c\u030f\u0311\u031b\u0323-\u0328\u032d\u032e\u0330\u0331]")


def tokens(text: str) -> list[str]:
    """Return the words of `text` in lower case; "30-year" and "U.S" are one word each, a possessive ending is cut."""
    return [_POSSESSIVE.sub("", match[0].lower()) for match in _TOKEN.finditer(text)]


def content_words(text: str) -> list[str]:
    """Return the distinct words of `text` that are no stop words, in order; all of them when it has no others.

    A stop word in capitals, such as WHO or IT, is a name, unless the whole text is in capitals.
    """
    words = list(dict.fromkeys(tokens(text)))
    acronyms = set() if text.isupper() else {name.lower() for name in _ACRONYM.findall(text)}
    return [word for word in words if word in acronyms or word.replace("’", "'") not in STOP_WORDS] or words


def names(text: str) -> set[str]:
    """Return the content words of `text` that are written with a capital, all of them where it has no capitals."""
    words = set(content_words(text))
    return words & set(tokens(" ".join(_CAPITALISED.findall(text)))) if text.lower() != text else words


def stems(text: str) -> list[str]:
    """Return the stems that FTS5 keeps for `text`: accents removed, hyphenated words taken apart, Porter-stemmed."""
    return [_stem(part) for part in _PARTS.findall(plain(text))]


def plain(text: str) -> str:
    """Return `text` in lower case and without accents, as FTS5 compares words."""
    return _ACCENT.sub("", "".join(map(_folded, text)))


def written_forms(text: str) -> dict[str, str]:
    """Return plain word -> how `text` last writes it, hyphenated words taken apart."""
    return {plain(form): form for form in _PARTS.findall(unicodedata.normalize("NFC", text))}


def content_stems(text: str) -> list[str]:
    """Return the distinct stems of the content words of `text`, in order."""
    return list(dict.fromkeys(stem for word in content_words(text) for stem in stems(word)))


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    """Return one character in lower case and, when it is a Latin letter, without its accents."""
    folded = character.casefold()
    if len(folded) > 1:  # such as the letter ß, which FTS5 leaves alone
        folded = character.lower()
    plain = unicodedata.normalize("NFD", folded)[0]
    if plain.isascii():
        return plain
    return folded if len(folded) == 1 else character


# Porter's algorithm (Program 14, 1980, with his two later changes: -bli and -logi), letter by letter as FTS5 runs it:
# the stems of a sentence are looked up among those that FTS5 counted, so nearly alike would not do.
_STEP_2 = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "logi": "log", "bli": "ble",
    "alli": "al", "entli": "ent", "eli": "e", "ousli": "ous", "ization": "ize", "ation": "ate", "ator": "ate",
    "alism": "al", "iveness": "ive", "fulness": "ful", "ousness": "ous", "aliti": "al", "iviti": "ive",
    "biliti": "ble",
}  # fmt: skip
_STEP_3 = {"icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": ""}
_STEP_4 = dict.fromkeys("al ance ence er ic able ible ant ement ment ent ion ou ism ate iti ous ive ize".split(), "")
_LONGEST_STEMMED = 64  # bytes; FTS5 keeps longer words as they are


@lru_cache(maxsize=16_384)
def _stem(word: str) -> str:
    if not 3 <= len(word.encode()) <= _LONGEST_STEMMED:
        return word
    word = _without_inflection(word)
    if word.endswith("y") and _has_vowel(word[:-1]):
        word = word[:-1] + "i"
    word = _replaced(word, _STEP_2, least=1)
    word = _replaced(word, _STEP_3, least=1)
    word = _replaced(word, _STEP_4, least=2)
    if word.endswith("e") and (_measure(word[:-1]) > 1 or (_measure(word[:-1]) == 1 and not _is_short(word[:-1]))):
        word = word[:-1]
    return word[:-1] if word.endswith("ll") and _measure(word[:-1]) > 1 else word


def _without_inflection(word: str) -> str:
    """Take off a plural's -s, and -ed or -ing."""
    if word.endswith(("sses", "ies")) and len(word) > 3 + word.endswith("sses"):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    if word.endswith("eed") and len(word) > 3:
        return word[:-1] if _measure(word[:-3]) else word
    ending = next((one for one in ("ed", "ing") if word.endswith(one)), "")
    stem = word.removesuffix(ending)
    if not ending or not _has_vowel(stem):
        return word
    if stem.endswith(("at", "bl", "iz")) and len(stem) > 2:
        return stem + "e"
    if len(stem) > 1 and stem[-1] == stem[-2] and stem[-1] not in "aeioulsz":
        return stem[:-1]
    return stem + "e" if _measure(stem) == 1 and _is_short(stem) else stem


def _replaced(word: str, endings: Mapping[str, str], least: int) -> str:
    """Put in place of the longest of these endings its replacement, when what stands before it has that measure."""
    ending = max((one for one in endings if word.endswith(one) and len(word) > len(one)), key=len, default="")
    stem = word.removesuffix(ending)
    if not ending or _measure(stem) < least or (ending == "ion" and not stem.endswith(("s", "t"))):
        return word
    return stem + endings[ending]


def _pattern(stem: str) -> str:
    """Return "v" for each vowel and "c" for each byte of a consonant; a y is a vowel behind a consonant."""
    pattern = ""
    for letter in stem:
        is_vowel = letter in "aeiou" or (letter == "y" and pattern.endswith("c"))
        pattern += "v" if is_vowel else "c" * len(letter.encode())
    return pattern


def _measure(stem: str) -> int:
    """Return how often a vowel is followed by a consonant."""
    return _pattern(stem).count("vc")


def _has_vowel(stem: str) -> bool:
    return any(letter in "aeiou" or (letter == "y" and position) for position, letter in enumerate(stem))


def _is_short(stem: str) -> bool:
    """Tell whether `stem` ends consonant, vowel, consonant, the last of them none of w, x and y."""
    return _pattern(stem).endswith("cvc") and stem[-1] not in "wxy"
