"""The words of a text as lexical search sees them: tokens, stop words, stems."""

import re
import unicodedata

import snowballstemmer

# Function words of English, and the words a question is built from; they say nothing about which passage answers.
STOP_WORDS = frozenset(
    """
    a about after again against all also am an and any are aren't as at be because been before being between both but by
    can can't could couldn't did didn't do does doesn't doing don't down during each else few for from further had
    hadn't has hasn't have haven't having he her here hers herself him himself his how i if in into is isn't it its
    itself just let's me more most my myself no nor not now of off on once only or other our ours out over own please
    same shall she should so some such tell than that the their theirs them themselves then there these they this those
    through to too under until up us very was wasn't we were weren't what when where which while who whom whose why will
    with won't would you your yours
    """.split()
)
_TOKEN = re.compile(r"[^\W_]+(?:[.'’\-‑–][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_PARTS = re.compile(r"[^\W_]+")
# The original Porter algorithm, because that is what FTS5's tokenizer of this name implements.
_STEMMER = snowballstemmer.stemmer("porter")


def tokens(text: str) -> list[str]:
    """Return the words of `text` in lower case; "12-point" and "U.S" are one word each, a possessive ending is cut."""
    return [_POSSESSIVE.sub("", match[0]).lower() for match in _TOKEN.finditer(text)]


def content_words(text: str) -> list[str]:
    """Return the distinct words of `text` that are no stop words, in order; all of them when it has no others."""
    words = list(dict.fromkeys(tokens(text)))
    return [word for word in words if word.replace("’", "'") not in STOP_WORDS] or words


def stems(text: str) -> list[str]:
    """Return the stems that FTS5 keeps for `text`: accents removed, hyphenated words taken apart, Porter-stemmed."""
    plain = "".join(
        character for character in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(character)
    )
    parts: list[str] = _PARTS.findall(plain)
    stemmed: list[str] = _STEMMER.stemWords(parts)
    return stemmed


def content_stems(text: str) -> list[str]:
    """Return the distinct stems of the content words of `text`, in order."""
    return list(dict.fromkeys(stem for word in content_words(text) for stem in stems(word)))
