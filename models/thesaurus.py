"""Questions in other words, for training: words exchanged for synonyms or for the name of their kind, from WordNet.

People rarely ask in an article's words, and the questions of the datasets were written beside their text. WordNet 3.0
(Princeton University, a licence that permits everything but asks for its notice) is read as Debian's `wordnet-base`
lays it out: https://wordnet.princeton.edu/documentation/wndb5wn. A word is exchanged only where one of its senses is
by far the commonest in WordNet's own tagged text, and only for a word whose commonest sense is the same.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from models.made_words import past

_FILES = {"n": "noun", "v": "verb", "a": "adj"}
_TYPES = {"1": "n", "2": "v", "3": "a", "5": "a"}  # of a sense key
_PREDOMINANT = 0.6  # of a word's tagged uses
_LIKELY = 0.4  # the same of the word that takes its place
_TOO_GENERAL = frozenset(
    "entity object thing mortal soul whole unit artifact matter substance person someone individual abstraction group "
    "relation attribute state event act action activity time amount quantity measure part piece kind place way "
    "content".split()
)
_KEPT = frozenset(
    "what which whose when where does much many more most less least than first last year years month week today name "
    "named called have been being will would could should might must shall with from into over about after before "
    "during while between among against under other another same such only also just even ever never there their "
    "this that these those they them people person take took taken make made come came went give gave given long "
    "organization structure instrument measure percent million billion thousand hundred dozen number according kind "
    "type sort city country state".split()
)
_WORD = re.compile(r"(?<![\w'’-])[a-z]{4,}(?![\w'’-])")
_DOUBLED = re.compile(r"[^aeiou]*[aeiou][bdgmnprt]")


class Form(NamedTuple):
    """How a word stands in a question: of which lemma and part of speech, and with which ending ("", s, ed, ing)."""

    lemma: str
    part: str
    ending: str


class Thesaurus:
    """WordNet's words by their commonest senses."""

    def __init__(self, folder: Path) -> None:
        """`folder` holds index.noun, data.noun, cntlist.rev and the rest."""
        self._senses: dict[tuple[str, str], list[str]] = {}
        self._words: dict[tuple[str, str], list[str]] = {}
        self._kinds: dict[tuple[str, str], list[str]] = {}
        self._exceptions: dict[str, dict[str, str]] = {}
        for part, name in _FILES.items():
            self._read(folder, part, name)
        self._counts: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
        for line in (folder / "cntlist.rev").read_text().splitlines():
            key, sense, count = line.split()
            lemma, _, rest = key.partition("%")
            if rest[0] in _TYPES:
                self._counts[lemma, _TYPES[rest[0]]][int(sense)] = int(count)

    def _read(self, folder: Path, part: str, name: str) -> None:
        for line in (folder / f"index.{name}").read_text().splitlines():
            if not line.startswith(" "):
                fields = line.split()
                self._senses[fields[0], part] = fields[-int(fields[2]) :]
        for line in (folder / f"data.{name}").read_text().splitlines():
            if line.startswith(" "):
                continue
            fields = line.split(" | ")[0].split()
            count = int(fields[3], 16)
            words = [re.sub(r"\(\w+\)$", "", word) for word in fields[4 : 4 + 2 * count : 2]]
            pointers = fields[5 + 2 * count :]
            self._words[part, fields[0]] = words
            self._kinds[part, fields[0]] = [
                offset for mark, offset in zip(pointers[0::4], pointers[1::4], strict=False) if mark == "@"
            ]
        lines = (folder / f"{name}.exc").read_text().splitlines()
        self._exceptions[part] = {form: lemma for form, lemma, *_ in map(str.split, lines)}

    def reworded(self, question: str, chance: random.Random, most: int = 3) -> str:
        """Exchange up to `most` words of a question, each with a chance of two in three; names stay."""
        left = most

        def other(match: re.Match[str]) -> str:
            nonlocal left
            if not left or match[0] in _KEPT or chance.random() < 1 / 3:
                return match[0]
            others = self.others(match[0])
            left -= bool(others)
            return chance.choice(others) if others else match[0]

        return _WORD.sub(other, question)

    def asked_otherwise(self, question: str, chance: random.Random) -> str:
        """Return a question as people type it: every third reworded, every sixth without capitals and marks."""
        if chance.random() < 1 / 3:
            question = self.reworded(question, chance)
        if question.startswith("Why ") and chance.random() < 1 / 3:
            question = f"{chance.choice(('For what reason', 'How come'))} {question.removeprefix('Why ')}"
        return question.lower().rstrip("?. ") if chance.random() < 1 / 6 else question

    def others(self, word: str) -> list[str]:
        """Return what may stand for a word, in its form; nothing where its sense is open."""
        forms = [form for form in self._forms(word) if (form.lemma, form.part) in self._senses]
        rated = [(*self._commonest(form.lemma, form.part), form) for form in forms]
        if not rated:
            return []
        total = sum(uses for uses, _, _, _ in rated)
        uses, share, synset, form = max(rated)
        if uses * share < _PREDOMINANT * max(total, 1) and len(rated) + len(self._senses[form.lemma, form.part]) > 2:
            return []
        named = [one for one in self._words[form.part, synset] if self._is_commonly(one, form.part, synset)]
        if form.part == "n":
            for kind in self._kinds[form.part, synset][:1]:
                named += [one for one in self._words["n", kind] if "_" not in one and self._is_commonly(one, "n", kind)]
        return [
            _inflected(one.replace("_", " "), form)
            for one in dict.fromkeys(named)
            if one.lower() == one and one[:5] != form.lemma[:5] and one not in _TOO_GENERAL
        ]

    def _commonest(self, lemma: str, part: str) -> tuple[int, float, str]:
        """Return how often a word is tagged, the share of its commonest sense, and that sense's synset."""
        counts, senses = self._counts.get((lemma, part), {}), self._senses[lemma, part]
        total = sum(counts.values())
        sense = max(counts, key=lambda one: counts[one]) if counts else 1
        share = counts[sense] / total if total else 1 / len(senses)
        return total, share, senses[min(sense, len(senses)) - 1]

    def _is_commonly(self, lemma: str, part: str, synset: str) -> bool:
        if (lemma.lower(), part) not in self._senses:
            return False
        uses, share, commonest = self._commonest(lemma.lower(), part)
        return uses > 0 and commonest == synset and share >= _LIKELY

    def _forms(self, word: str) -> Iterator[Form]:
        yield from (Form(word, part, "") for part in _FILES)
        for part, ending in (("n", "s"), ("v", "ed")):
            if word in self._exceptions[part]:
                yield Form(self._exceptions[part][word], part, ending)
        if word.endswith("s") and not word.endswith("ss"):
            for lemma in {word[:-1], word.removesuffix("es"), word.removesuffix("ies") + "y"} - {word, word + "y"}:
                yield from (Form(lemma, part, "s") for part in "nv")
        for ending in ("ed", "ing"):
            if word.endswith(ending):
                stem = word.removesuffix(ending)
                stems = {stem, stem + "e", stem[:-1] + "y" if stem.endswith("i") else stem}
                stems |= {stem[:-1]} if stem[-2:-1] == stem[-1:] else set()
                yield from (Form(lemma, "v", ending) for lemma in sorted(stems))


def _inflected(words: str, form: Form) -> str:
    """Put the ending of `form` on another word: a noun's last word, a verb's first."""
    if form.part == "v":
        first, space, rest = words.partition(" ")
        return _with_ending(first, form.ending) + space + rest
    before, space, last = words.rpartition(" ")
    return before + space + _with_ending(last, form.ending)


def _with_ending(word: str, ending: str) -> str:
    if ending == "s":
        if word.endswith("y") and word[-2:-1] not in "aeiou":
            return f"{word[:-1]}ies"
        return f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"
    if ending == "ed":
        doubled = past(word) == f"{word}ed" and _DOUBLED.fullmatch(word)
        return f"{word}{word[-1]}ed" if doubled else past(word)
    if ending == "ing":
        stem = word[:-1] if word.endswith("e") and not word.endswith(("ee", "ye")) else word
        return f"{stem}{stem[-1]}ing" if stem == word and _DOUBLED.fullmatch(word) else f"{stem}ing"
    return word
