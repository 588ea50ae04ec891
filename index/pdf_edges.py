"""What a printed page has around its text: running heads, page numbers and the numbers of its lines."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from index.pdf_rows import Row

_PAGE_NUMBER = re.compile(
    r"(?i)[-–—|\s]*(?:page|seite|pagina|página|p\.?)?\s*(\d{1,4}|[ivxlc]{1,7})\s*(?:(?:/|of|von|de|sur|di)\s*\d{1,4})?[-–—|\s.]*"
)
_LINE_NUMBER = re.compile(r"\d{1,4}")
_STEPS = (1, 2, 5, 10)
_MIN_LINE_NUMBERS = 4


def without_edges(pages: Sequence[list[Row]], heights: Sequence[float]) -> tuple[list[list[Row]], dict[int, list[Row]]]:
    """Return the rows of each page without its number and what is repeated at its top or foot.

    What is repeated is returned once, with the page (from 0) on which it stands first; page numbers are dropped.
    """
    pages = [list(rows) for rows in pages]
    heads: dict[int, list[Row]] = {}
    seen: set[str] = set()
    for edge in (0, -1, 0, -1, 0, -1):
        keys = [_key(rows[edge]) if rows else "" for rows in pages]
        often = {key for key, count in Counter(keys).items() if key and count > max(1, len(pages) // 2)}
        often |= _repeated_apart(pages, keys, edge)
        numbers = [_number(rows[edge]) if rows else None for rows in pages]
        shifts = Counter(number - place for place, number in enumerate(numbers) if number)
        for place, (rows, key) in enumerate(zip(pages, keys, strict=True)):
            if key in often:
                if key not in seen:
                    seen.add(key)
                    heads.setdefault(place, []).append(rows[edge])
                del rows[edge]
            elif rows and _PAGE_NUMBER.fullmatch(rows[edge].text):
                number = numbers[place]
                if (
                    (number and shifts[number - place] > 1)
                    or _is_apart(rows, edge)
                    or _in_margin(rows[edge], heights[place])
                ):
                    del rows[edge]
    return pages, heads


def _key(row: Row) -> str:
    return re.sub(r"[\d\W_]+", " ", re.sub(r"(?i)\bpage\b", "", row.text)).strip().casefold()


def _number(row: Row) -> int | None:
    match = _PAGE_NUMBER.fullmatch(row.text)
    return int(match[1]) if match and match[1].isdecimal() else None


def _repeated_apart(pages: Sequence[list[Row]], keys: Sequence[str], edge: int) -> set[str]:
    """Return what stands three times at the same height and apart from the text: the name of a chapter."""
    places: dict[str, list[float]] = {}
    for rows, key in zip(pages, keys, strict=True):
        if key and _is_apart(rows, edge):
            places.setdefault(key, []).append(rows[edge].middle)
    return {key for key, heights in places.items() if len(heights) > 2 and max(heights) - min(heights) < 4}


def _is_apart(rows: list[Row], edge: int) -> bool:
    if len(rows) < 4:
        return len(rows) < 2 or abs(rows[edge].middle - rows[1 if edge == 0 else -2].middle) > 2 * rows[edge].size
    gaps = [one.middle - other.middle for one, other in pairwise(rows)]
    return gaps[edge] > 1.3 * median(gaps)


def _in_margin(row: Row, height: float) -> bool:
    return height > 0 and not 0.08 * height < row.middle < 0.92 * height


def without_line_numbers(pages: Sequence[list[Row]]) -> list[list[Row]]:
    """Return the rows of each page without the numbers that count them, before or behind the text."""
    found = list(pages)
    for at in (0, -1):
        numbered = [_numbered(rows, at) for rows in found]
        places = [_edges(rows, one, at) for rows, one in zip(found, numbered, strict=True) if _is_count(rows, one, at)]
        if not places:
            continue
        low, high = min(low for low, _ in places), max(high for _, high in places)
        for page, (rows, one) in enumerate(zip(found, numbered, strict=True)):
            near = {place for place, _ in one if low - 1 <= rows[place].units[at][0].right <= high + 1}
            bared = [_without(row, at) if place in near else row for place, row in enumerate(rows)]
            found[page] = [row for row in bared if row.units]
    return found


def _numbered(rows: list[Row], at: int) -> list[tuple[int, int]]:
    """Return the places of the rows that have a number at one end, and the numbers."""
    return [
        (place, int(row.units[at][0].text))
        for place, row in enumerate(rows)
        if len(row.units[at]) == 1 and _LINE_NUMBER.fullmatch(row.units[at][0].text) and _stands_off(row, at)
    ]


def _stands_off(row: Row, at: int) -> bool:
    if len(row.units) == 1:
        return True
    one, other = row.units[:2] if at == 0 else row.units[-2:]
    return other[0].left - one[-1].right > 0.6 * row.size


def _edges(rows: list[Row], numbered: list[tuple[int, int]], at: int) -> tuple[float, float]:
    edges = [rows[place].units[at][0].right for place, _ in numbered]
    return min(edges), max(edges)


def _is_count(rows: list[Row], numbered: list[tuple[int, int]], at: int) -> bool:
    """Tell whether numbers rise by one step from row to row, stand in a column, and have prose beside them."""
    if len(numbered) < _MIN_LINE_NUMBERS:
        return False
    steps = [other - one for (_, one), (_, other) in pairwise(numbered)]
    step, rising = Counter(steps).most_common(1)[0]
    if step not in _STEPS or rising < 0.9 * len(steps):
        return False
    low, high = _edges(rows, numbered, at)
    texts = [_without(rows[place], at).text for place, _ in numbered if len(rows[place].units) > 1]
    within = sum(text[:1].islower() for text in texts)
    return high - low < 8 and len(texts) > 2 and within >= 0.25 * len(texts)


def _without(row: Row, at: int) -> Row:
    return replace(row, units=row.units[1:] if at == 0 else row.units[:-1])
