"""The numbers of a table's column, where every cell has one reading and all have one unit; else none.

"1.234" may be a thousand or one, "about 90" is not one number, and what is empty may have been the most: a column with
such a cell is not put in order.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from qa.values import moment

_AMOUNT = re.compile(
    r"(?P<before>[^\d\s.,+−-]{0,4})\s?(?P<sign>[+−-]?)(?P<digits>\d[\d.,  ]*\d|\d)\s?(?P<after>[^\d]{0,30})"
)
_EMPHASIS = re.compile(r"^([*_`]{1,3})(.*)\1$")  # of Markdown; a star behind a number points to a note
_CLOCK = re.compile(r"(?P<hour>[01]?\d|2[0-4])(?:[.:](?P<minute>[0-5]\d))?\s?(?P<half>[ap]\.?m\.?)?", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_SPACED = re.compile(r"\d{1,3}(?:[  ]\d{3})+")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_MAYBE_GROUPED = re.compile(r"\d{1,3}\.\d{3}")  # a thousand in many countries
_UNSURE = re.compile(
    r"[*†‡?~≈<>]|\b(?:about|around|over|under|up to|or|and|to|est\w*|approx\w*|circa)\b|\bc\.?\s?(?=\d)", re.IGNORECASE
)


_UNIT_WORD = re.compile(r"[£$€¥%°]|[^\W\d_]+")
_PER_CENT = re.compile(r"\bper\s?cent(?:age)?\b", re.IGNORECASE)
_CURRENCIES = frozenset("£$€¥")
_SCALES = {"thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9}
_UNITS = {
    word: words[0]
    for words in (
        line.split()
        for line in """
        £ pound
        € euro
        $ dollar
        ¥ yen
        %
        °
        km kilometre kilometer
        m metre meter
        cm centimetre centimeter
        mm millimetre millimeter
        kg kilogram
        t tonne
        ha hectare
        mph
        """.strip().splitlines()
    )
    for word in words
}


class _Reading(NamedTuple):
    value: float
    unit: str


class Amounts(NamedTuple):
    """The numbers of cells, and the unit that all of them name, as it is written; empty where they name none."""

    values: list[float]
    unit: str


class Unit(NamedTuple):
    """What numbers count: `scale` is 1e6 of "£ million", and `signs` the currency, the per cent, the kilometres."""

    scale: float
    signs: frozenset[str]


def unit_of(text: str, known: bool = True) -> Unit:
    """Return the unit that these words name; other words than those of units are signs too, unless only `known`."""
    words = [word.lower() for word in _UNIT_WORD.findall(_PER_CENT.sub("%", text))]
    is_money = not _CURRENCIES.isdisjoint(words)
    scale, signs = 1.0, set[str]()
    for word in words:
        own = word if word in _SCALES or word in _UNITS else word.removesuffix("s")
        if own in _SCALES or (own == "m" and is_money):
            scale *= _SCALES.get(own, 1e6)
        elif own in _UNITS or not known:
            signs.add(_UNITS.get(own, word))
    return Unit(scale, frozenset(signs))


def values(cells: Iterable[str]) -> list[float] | None:
    """Return the numbers of these cells, days and times of day as numbers that grow; None where one is in doubt."""
    texts = _plain(cells)
    for read in (_amount, _time, _day):
        if found := _agreed(read, texts):
            return found.values
    return None


def amounts(cells: Iterable[str]) -> Amounts | None:
    """Return the numbers of these cells, none of which is a day or a time; None where one is in doubt."""
    return _agreed(_amount, _plain(cells))


def _plain(cells: Iterable[str]) -> list[str]:
    return [_EMPHASIS.sub(r"\2", " ".join(cell.split())) for cell in cells]


def _agreed(read: Callable[[str], _Reading | None], texts: Sequence[str]) -> Amounts | None:
    """Return what all texts are read as; None where one cannot be, or their units differ."""
    told = [one for text in texts if (one := read(text))]
    units = {one.unit for one in told}
    return Amounts([one.value for one in told], units.pop()) if len(told) == len(texts) and len(units) == 1 else None


def _amount(text: str) -> _Reading | None:
    found = _AMOUNT.fullmatch(text)
    if not found or _UNSURE.search(text) or _MAYBE_GROUPED.fullmatch(found["digits"]):
        return None
    digits = found["digits"]
    if _GROUPED.fullmatch(digits) or _SPACED.fullmatch(digits):
        digits = re.sub(r"[,  ]", "", digits)
    if not _PLAIN.fullmatch(digits):
        return None
    value = float(digits) * (-1 if found["sign"] in {"-", "−"} else 1)
    return _Reading(value, f"{found['before']} {found['after'].strip().lower()}")


def _time(text: str) -> _Reading | None:
    found = _CLOCK.fullmatch(text)
    if not found or not (found["minute"] or found["half"]):
        return None
    hour, half = int(found["hour"]), (found["half"] or "").lower()[:1]
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + 12 * (half == "p") if half else hour
    return _Reading(60 * hour + int(found["minute"] or 0), "half" if half else "clock")


def _day(text: str) -> _Reading | None:
    day = moment(text)
    if day is None or day.month is None:
        return None
    named = f"{day.year is not None} {day.day is not None}"
    return _Reading((day.year or 0) * 400 + day.month * 32 + (day.day or 0), named)
