"""The words of a printed page become rows, each over all columns, from top to bottom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from index.pdf_words import Word
from index.superscripts import raised

_MOST_DROPS = 50  # on a page; more large letters begin no paragraphs
_DROP = 1.7  # times the size of the text: a letter that begins a paragraph over several lines

Unit = tuple[Word, ...]  # words with no blank between them, as a number and the raised sign of its note


@dataclass(frozen=True)
class Row:
    """Units that stand on one line, from left to right; `block` numbers the column that they are in."""

    units: tuple[Unit, ...]
    block: int = 0

    @cached_property
    def left(self) -> float:
        return self.units[0][0].left

    @cached_property
    def right(self) -> float:
        return max(unit[-1].right for unit in self.units)

    @cached_property
    def middle(self) -> float:
        return _middle(self.units[0])

    @cached_property
    def size(self) -> float:
        return median(unit[0].size for unit in self.units)

    @cached_property
    def is_bold(self) -> bool:
        return all(word.bold for unit in self.units for word in unit)

    @cached_property
    def text(self) -> str:
        return said(self.units)


def said(cell: Iterable[Unit]) -> str:
    """Return the words of a row or of a cell."""
    return " ".join(map(unit_text, cell))


def unit_text(unit: Unit) -> str:
    """Return the words of a unit as they are read: a note's sign goes, a power stays one."""
    if len(unit) == 1:
        return unit[0].text
    text = ""
    for number, word in enumerate(unit):
        if word.raised:
            behind = "".join(part.text for part in unit[number + 1 :])
            is_label = not text and len(behind) > 2  # of the note that begins here
            text += f"{word.text} " if is_label else raised(text, word.text, behind, is_note=False)
        else:
            text += word.text
    return text or "".join(word.text for word in unit)


def page_rows(words: Sequence[Word]) -> list[Row]:
    """Return the rows of a page from top to bottom, each over all columns."""
    units = _units(words)
    if not units:
        return []
    usual = median(unit[0].size for unit in units for _ in unit[0].text)
    drops = [unit for unit in units if _is_drop(unit, usual)]
    large = [unit for unit in units if unit[0].size > _DROP * usual]
    drops = drops if len(drops) <= _MOST_DROPS else []
    drops = [drop for drop in drops if not any(other != drop and _is_level(drop, other) for other in large)]
    rows = _rows(unit for unit in units if unit not in drops) if len(drops) < len(units) else _rows(units)
    known = {unit_text(unit).lower().strip(".,;:") for unit in units}
    for drop in drops if len(drops) < len(units) else ():
        rows = _with_drop(rows, drop, known)
    return rows


def _units(words: Iterable[Word]) -> list[Unit]:
    units: list[list[Word]] = []
    for word in words:
        if word.glued and units:
            units[-1].append(word)
        else:
            units.append([word])
    return [tuple(unit) for unit in units]


def _middle(unit: Unit) -> float:
    word = next((word for word in unit if not word.raised), unit[0])
    return (word.bottom + word.top) / 2


def _rows(units: Iterable[Unit]) -> list[Row]:
    rows: list[list[Unit]] = []
    for unit in sorted(units, key=lambda unit: (-_middle(unit), unit[0].left)):
        height = unit[0].top - unit[0].bottom
        if rows and abs(_middle(rows[-1][0]) - _middle(unit)) < 0.4 * min(height, _height(rows[-1][0])):
            rows[-1].append(unit)
        else:
            rows.append([unit])
    return [Row(tuple(sorted(row, key=lambda unit: unit[0].left))) for row in rows]


def _height(unit: Unit) -> float:
    return unit[0].top - unit[0].bottom


def _is_drop(unit: Unit, usual: float) -> bool:
    text = unit_text(unit)
    return len(text) <= 2 and text[-1].isalpha() and text[-1].isupper() and unit[0].size > _DROP * usual


def _is_level(one: Unit, other: Unit) -> bool:
    return abs(_middle(one) - _middle(other)) < 0.4 * _height(one)


def _with_drop(rows: list[Row], drop: Unit, known: set[str]) -> list[Row]:
    """Put a large first letter before the first word of the line at its head; a letter alone is a row of its own."""
    letter = drop[0]
    beside = [
        number
        for number, row in enumerate(rows)
        if letter.bottom < row.middle < letter.top
        and any(0 <= unit[0].left - letter.right + 1 < letter.size * 0.8 for unit in row.units)
    ]
    if len(beside) < 2:
        return sorted([*rows, Row((drop,))], key=lambda row: -row.middle)
    row = rows[beside[0]]
    # The letter stands in the middle of a row where there is a column to the left of it.
    at = next(place for place, unit in enumerate(row.units) if unit[0].left >= letter.right - 1)
    first = row.units[at]
    begun, behind = unit_text(drop), unit_text(first)
    is_word = begun in ("A", "I", "O") and behind.lower() in known and (begun + behind).lower() not in known
    glued = (letter._replace(left=first[0].left, top=first[0].top, bottom=first[0].bottom, size=first[0].size),)
    units = [(glued + first)] if not is_word else [glued, first]
    rows[beside[0]] = Row((*row.units[:at], *units, *row.units[at + 1 :]))
    return rows
