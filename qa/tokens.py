"""A sentence becomes words and numbers in the one form in which they are compared, with the clauses they stand in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index import mentions
from index.spelling import plain_form
from index.words import STOP_WORDS, stems

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_NUMBERS = {word: float(number) for number, word in enumerate(f"{_ONES} eighteen nineteen".split(), 1)}
_NUMBERS |= {
    word: 10.0 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9}
_SCALES |= {"trillion": 1e12, "tn": 1e12}
_SIGNS = {sign: plain_form(word) for sign, word in zip("$£€¥%", "dollar pound euro yen percent".split(), strict=True)}
_PIECE = re.compile(
    r"(?P<sign>[$£€¥])|(?P<number>(?:(?<![^\s(])[-−])?(?:\d+(?:,\d{3})*(?:\.\d+)?|\.\d+))(?:st|nd|rd|th)?"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)?)|(?P<percent>%)|(?P<end>[,;:!?—–()]|\s-\s)"
)
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_PER_CENT = re.compile(r"\bper cent\b", re.IGNORECASE)
_NOT_ONLY = re.compile(r"\bnot (?:only|just|merely)\b(.{0,200}?)\bbut also\b", re.IGNORECASE)
FREE = frozenset("a an the that also of has have had".split())  # to be left out or put in anywhere
SAID = "said"
_SAME = {"would": "will", "were": "was", "are": "is"}
_SAME |= dict.fromkeys("says say states stated state told".split(), SAID)
MONTHS = [month if month != "may" else "May" for month in mentions.MONTHS]
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
RELATIVES = frozenset("who whom whose which where".split())
JOINS = frozenset(
    "and or but although though while whereas when because as after before since until who whom whose which where "
    "that".split()
)
# What no statement may lack that the words around it have (qa.compression): what denies them,
DENIALS = frozenset("not never no none neither nor without nobody nothing cannot hardly false untrue".split())
# what makes them doubtful or puts them off,
DOUBTS = frozenset(
    "may might could would will shall should must ought perhaps probably possibly likely unlikely reportedly allegedly "
    "apparently supposedly potential planned proposed alleged".split()
)
# what makes them depend on something,
CONDITIONS = frozenset("if unless whether".split())
# and, right before a word, what says how many, or which of them.
QUANTITIES = frozenset(
    "all every each most few some only half many both any no least than over under above below nearly almost about "
    "around up to more less fewer roughly former late ex first second third last next other another".split()
)
_KEPT_AS_THEY_ARE = JOINS | DENIALS | DOUBTS | QUANTITIES | CONDITIONS
_LONGEST_ACRONYM = 3


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number in the one form in which it is compared; `clause` counts from 0."""

    text: str
    clause: int
    opener: str  # of its clause: "who", "and", ..., a comma or the like, or nothing where the sentence begins
    first: bool  # in its clause
    last: bool
    name: bool

    @property
    def number(self) -> bool:
        """Whether it is a number."""
        return self.text[0].isdigit() or self.text[0] == "-"

    @property
    def in_passing(self) -> bool:
        """Whether its clause may be: ", who replaced Lind," and ", a friend of Moore,"."""
        return self.opener == "," or self.opener in RELATIVES

    @property
    def free(self) -> bool:
        """Whether it may be left out or put in."""
        return self.text in FREE


def tokens(text: str) -> tuple[Token, ...]:
    """Return the words of a text, spellings and ways to write a number or a day made one."""
    clauses: list[tuple[str, list[tuple[str, bool]]]] = [("", [])]
    for word, name, ends in _words(text):
        if (ends or word in JOINS) and any(one not in JOINS for one, _ in clauses[-1][1]):
            clauses.append((word or ",", []))
        elif word in JOINS:
            clauses[-1] = (word, clauses[-1][1])
        if word:
            clauses[-1][1].append((word, name))
    return tuple(
        Token(
            word,
            clause,
            opener,
            first=all(before in JOINS | FREE for before, _ in words[:place]),
            last=place + 1 == len(words),
            name=name,
        )
        for clause, (opener, words) in enumerate(clauses)
        for place, (word, name) in enumerate(_days(words))
    )


def _days(words: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Put the day before the month: "August 5" is "5 August"."""
    for place, (word, name) in enumerate(words[:-1]):
        day = words[place + 1][0]
        if name and word in MONTHS and day.isdigit() and len(day) < 3 and not (place and words[place - 1][0].isdigit()):
            words[place], words[place + 1] = words[place + 1], words[place]
    return words


def _words(text: str) -> Iterator[tuple[str, bool, bool]]:
    """Yield word, whether it is a name, and whether a clause ends here instead."""
    plain = _PER_CENT.sub("percent", _DOTTED.sub(lambda found: found[0].replace(".", ""), text))
    number: float | None = None
    sign = ""
    for piece in (*_PIECE.finditer(_NOT_ONLY.sub(r"\1and", plain)), None):
        raw = (piece and piece["word"]) or ""
        word = raw.lower().replace("’", "'")
        value = _value(piece["number"], word) if piece else None
        if number is not None and word in _SCALES:
            number *= _SCALES[word]
            continue
        if number in _NUMBERS.values() and number is not None and raw and value is not None and value < 10:
            number += value  # "twenty-four"
            continue
        if number is not None:
            yield f"{number:.15g}", False, False
            yield from [(sign, False, False)] if sign else []
            number, sign = None, ""
        if piece is None:
            return
        if piece["sign"]:
            sign = _SIGNS[piece["sign"]]
        elif value is not None:
            number = value
        elif piece["percent"]:
            yield _SIGNS["%"], False, False
        elif piece["end"]:
            yield "", False, True
        else:
            yield from ((one, raw[0].isupper(), False) for one in _forms(raw, word))


def _value(digits: str | None, word: str) -> float | None:
    return float(digits.replace(",", "").replace("−", "-")) if digits else _NUMBERS.get(word)


def _forms(raw: str, word: str) -> Iterator[str]:
    if raw == "May" or (raw.isupper() and 1 < len(raw) <= _LONGEST_ACRONYM):
        yield raw  # "US" is not "us", nor is the month what may be
    elif word.endswith("n't"):
        yield from (word.removesuffix("n't"), "not")
    elif word in STOP_WORDS or word in _KEPT_AS_THEY_ARE or word in MONTHS or word in WEEKDAYS or word in _SAME:
        yield _SAME.get(word, word)
    else:
        yield from (plain_form(stem) for stem in stems(re.sub(r"'s$|'$", "", word)))
