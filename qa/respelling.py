"""A question in the articles' own spelling: a reader knows a name by its letters alone."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise

from index.spelling import LEAST_LETTERS, can_vary, consonants, corrections, distance, other_spellings
from index.verbs import with_other_forms
from index.words import STOP_WORDS, content_words, names, plain, stems, written_forms

_TWO_NAMES = re.compile(r"(?<![^\W_])([^\W\d_a-z][^\W_]+)(?= ([^\W\d_a-z][^\W_]+))")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_LEAST_BESIDE, _LETTERS_FOR_TWO = 3, 6  # letters of words beside a name: that they be alike, and that two may differ
_MOST_DOUBTFUL = 10  # more are no slips, but another language; each takes some 10 ms among 20 passages


def respelt(question: str, texts: Sequence[str], is_word: Callable[[str], bool]) -> str:
    """Return the question with what no text spells as it does, names and slips, spelt as most texts do.

    `is_word` tells whether a word in lower case is a usual one: that is no slip, and no usual word in another spelling.
    Nobody who asks about Iran means iron.
    """
    composed = spelt = unicodedata.normalize("NFC", question)  # a letter and its accent are one word's
    named = names(composed) if composed != composed.lower() else set()
    doubtful = [word for word in content_words(composed) if can_vary(word) and (word in named or not is_word(word))]
    if len(doubtful) > _MOST_DOUBTFUL:
        return question
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)  # plain word -> its forms, in how many texts each
    for text in texts if doubtful else ():
        for known, form in written_forms(text).items():
            written[known][form] += 1
    for word in doubtful:
        stands = plain(word) in written or any(_are_forms(plain(word), other) for other in written)
        near = [] if stands else _near(plain(word), written, is_word)
        forms = sum((written[one] for one in near), Counter[str]())
        if forms:
            best = min(forms, key=lambda form: (-forms[form], form))
            spelt = re.sub(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", best, spelt, flags=re.IGNORECASE)
    spelt = _joined(spelt, texts)
    spelt = _beside_a_name(spelt, texts, names(spelt))
    return question if spelt == composed else spelt


def _joined(question: str, texts: Sequence[str]) -> str:
    """Return the question with two words made one where the articles know them only so: "Cloud Works", "Cloudworks"."""
    lowered = [text.lower() for text in texts]
    for one, other in pairwise(_WORD.findall(question)):
        both = (one + other).lower()
        if len(both) < _LETTERS_FOR_TWO or not both.isalpha() or not any(both in text for text in lowered):
            continue
        whole = re.compile(rf"(?<![^\W_]){one}{other}(?![^\W_])", re.IGNORECASE)
        apart = re.compile(rf"(?<![^\W_]){one}\W+{other}(?![^\W_])", re.IGNORECASE)
        forms = Counter(form for text in texts for form in set(whole.findall(text)))
        if forms and not any(map(apart.search, texts)):
            best = min(forms, key=lambda form: (-forms[form], form))
            question = apart.sub(best, question)
    return question


def _beside_a_name(question: str, texts: Sequence[str], named: Collection[str]) -> str:
    """Return the question with what stands beside a name spelt as it is there: "Hallow Key" as "Hallow Quay".

    A laxer likeness is enough, also between usual words: of a name of two words, one is known. `named` are the words
    that may be a name's; headlines in capitals name nobody.
    """
    follows, leads = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for text in texts:
        for one, other in _TWO_NAMES.findall(text):
            if not (one.isupper() or other.isupper()) and STOP_WORDS.isdisjoint((one.lower(), other.lower())):
                follows[plain(one)].add(other)
                leads[plain(other)].add(one)
    spelt = _WORD.findall(question)
    for place, (one, other) in enumerate(pairwise(map(_bare, spelt))):
        before = leads[other] or leads[other.removesuffix("s")]  # "marko rubios job"
        if other in map(plain, follows[one]) or one in map(plain, before):
            continue
        for changed, word, known in ((place + 1, other, follows[one]), (place, one, before)):
            alike = {plain(form): form for form in sorted(known) if _are_alike(word, plain(form))}
            if len(alike) == 1 and _bare(spelt[changed].lower()) in named:
                spelt[changed] = alike.popitem()[1] + spelt[changed][len(word) :]
    words = iter(spelt)
    return _WORD.sub(lambda _: next(words), question)


def _bare(word: str) -> str:
    """Return a word as it is compared, without the sign of possession."""
    return re.sub(r"['’]s?$", "", plain(word))


def _are_alike(one: str, other: str) -> bool:
    """Tell whether two plain words that stand beside the same name may be one, and are not forms of one word."""
    if one == other or min(len(one), len(other)) < _LEAST_BESIDE or with_other_forms(stems(one)) & set(stems(other)):
        return False
    allowed = 2 if min(len(one), len(other)) >= _LETTERS_FOR_TWO else 1
    return consonants(_sounding(one)) == consonants(_sounding(other)) or (
        min(len(one), len(other)) >= LEAST_LETTERS and distance(one, other, allowed) <= allowed
    )


def _sounding(word: str) -> str:
    return re.sub(r"c(?![eihy])", "k", word.replace("qu", "k"))


def _are_forms(one: str, other: str) -> bool:
    """Tell whether one word is the other with an ending: "derail" is no slip where "derailed" stands."""
    return (one.startswith(other) or other.startswith(one)) and stems(one) == stems(other)


def _near(word: str, written: Collection[str], is_word: Callable[[str], bool]) -> list[str]:
    others = other_spellings(word, written)
    if is_word(word):
        return [one for one in others if not is_word(one)]
    return others or corrections(word, written)
