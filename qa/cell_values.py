"""The numbers of a table's column, where every cell has one reading and all have one unit; else none.

"1.234" may be a thousand or one, "about 90" is not one number, and what is empty may have been the most: a column with
such a cell is not put in order.
"""

import re
from collections.abc import Iterable
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


class _Reading(NamedTuple):
    value: float
    unit: str


def values(cells: Iterable[str]) -> list[float] | None:
    """Return the numbers of these cells, days and times of day as numbers that grow; None where one is in doubt."""
    texts = [_EMPHASIS.sub(r"\2", " ".join(cell.split())) for cell in cells]
    for read in (_amount, _time, _day):
        found = [read(text) for text in texts]
        told = [one for one in found if one is not None]
        if len(told) == len(texts) and len({one.unit for one in told}) == 1:
            return [one.value for one in told]
    return None


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
