"""Rows of a table that meet a condition: "Which sites have fewer than 10 workers?", "smaller in 2025 than in 2024".

As with superlatives, a column is read only where each of its numbers has one reading and all have one unit, and no cell
is empty. The question's number must be of that unit, and count what the column does. Rows that sum up are left out.
"""

import operator
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from index.words import STOP_WORDS, stems
from qa.cell_values import amounts, unit_of
from qa.heading_words import asking_words, heads_for
from qa.table_orders import asks_for_a_row, order_asked_for, values_in
from qa.table_questions import (
    Asked,
    heading_stems,
    holds_more,
    is_sum,
    named_columns,
    named_rows,
    narrowed,
    unexplained,
)
from qa.tables import Row, Table

# Comparatives, and what they ask for beside a number; "higher" may be of anything that is counted.
_MORE = {"more": "", "greater": "", "higher": "high", "larger": "large", "bigger": "large", "longer": "long",
         "taller": "tall", "deeper": "deep", "wider": "wide", "heavier": "heavy",
         "more expensive": "expensive"}  # fmt: skip
_LESS = {"less": "", "fewer": "", "lower": "high", "smaller": "large", "shorter": "long", "narrower": "wide",
         "lighter": "heavy", "cheaper": "cheap", "less expensive": "expensive"}  # fmt: skip
_LOOSE = frozenset(("", "high", "large"))
_WORDS = {
    word: number for number, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2)
}
_WORDS |= {word: 10 * number for number, word in enumerate("twenty thirty forty fifty".split(), 2)}
_NUMBER = rf"[£$€¥]?\s?(?:\d(?:[\d.,\s]*\d)?|\b(?:{'|'.join(_WORDS)})\b)"
_ANY_MORE, _ANY_LESS = ("|".join(sorted(words, key=len, reverse=True)) for words in (_MORE, _LESS))
_CONDITION = re.compile(
    rf"""\b(?:between\s(?P<low>{_NUMBER})(?P<low_unit>[^\d?,]{{0,12}}?)\sand\s(?P<high>{_NUMBER})
    |(?:(?P<ge>at\sleast|a\sminimum\sof|(?:no|not)\s(?:less|fewer|lower)\sthan)
       |(?P<le>at\smost|up\sto|a\smaximum\sof|(?:no|not)\s(?:more|higher|greater)\sthan)
       |(?P<eq>exactly|precisely)
       |(?P<gt>(?:{_ANY_MORE})\sthan|over|above|exceeding|in\sexcess\sof)
       |(?P<lt>(?:{_ANY_LESS})\sthan|under|below))\s(?P<number>{_NUMBER}))
    |(?<![\d.,])(?P<before>{_NUMBER})(?P<unit>[^\d?,]{{0,12}}?)\sor\s
     (?:(?P<up>more|over|above|higher)|(?:less|fewer|under|below|lower))\b""",
    re.IGNORECASE | re.VERBOSE,
)
_COMPARED = re.compile(rf"\b(?:(?P<more>{_ANY_MORE})|(?:{_ANY_LESS}))\b(?=.*(?P<than>\bthan\b))", re.IGNORECASE)
_NO_CONDITION = re.compile(
    r"\bor\b|\b(?:not|no|never|neither|nor|without|except|other|than|only)\b|n['’]t\b", re.IGNORECASE
)
_WHO = re.compile(r"^\W*who\b", re.IGNORECASE)
_UNIT_BEHIND = re.compile(r"\s*(per\s?cent\b|[£$€¥%°]|[^\W\d_]+)", re.IGNORECASE)
_DIGITS = re.compile(rf"\d(?:[\d.,\s]*\d)?|\b(?:{'|'.join(_WORDS)})\b")
_NEXT_WORD = re.compile(r"\s*([^\W\d_]+)")
_SCALED = re.compile(r"(?<!\d\s)\b(?:thousand|million|billion)s?\b", re.IGNORECASE)
_PERSONS = frozenset(stems("people persons"))
_OF_PERSONS = frozenset(
    stems("staff employees workers workforce personnel headcount population inhabitants residents capacity seats "
          "passengers spectators visitors members attendance deaths fatalities injured electorate")
)  # fmt: skip
_LIKE_YEARS = (1000, 2100)
_Bound = tuple[Callable[[float, float], bool], float]


@dataclass(frozen=True, slots=True)
class Met:
    """The rows that meet a question's condition; `literal` where the question names their column in full."""

    rows: tuple[Row, ...]
    literal: bool


@dataclass(frozen=True, slots=True)
class _Condition:
    """What is asked of a number: `bounds` are the numbers as written, each with how a value compares with it.

    `before` and `behind` are the question around it, `measure` what its comparative asks for.
    """

    bounds: tuple[tuple[Callable[[float, float], bool], str], ...]
    before: str
    behind: str
    measure: str


def meeting(table: Table, asked: Asked) -> Met | None:
    """Return the rows that meet the condition of a question; None where it has none, no row does or one is in doubt."""
    if not _asks_for_rows(table, asked):
        return None
    if condition := _condition(_WHO.sub("which", asked.text)):
        return _by_number(table, condition)
    return _by_column(table, asked)


def _asks_for_rows(table: Table, asked: Asked) -> bool:
    heads = heading_stems(table.columns[table.names])
    if _WHO.search(asked.text):
        return heads.isdisjoint(asked.stems)
    is_count = re.search(r"\bhow many\b", asked.text, re.IGNORECASE) is not None
    return asked.noun in heads if is_count else asks_for_a_row(table, asked, asked.noun)


def _condition(question: str) -> _Condition | None:
    found = list(_CONDITION.finditer(question))
    if len(found) != 1:
        return None
    (one,) = found
    before, behind = question[: one.start()], question[one.end() :]
    if _NO_CONDITION.search(f"{before} | {behind}") or order_asked_for(f"{before} {behind}"):
        return None
    word = " ".join((one["gt"] or one["lt"] or "").lower().removesuffix("than").split())
    measure = {**_MORE, **_LESS}.get(word, "")
    if one["low"]:
        low = one["low"] + one["low_unit"]
        return _Condition(((operator.ge, low), (operator.le, one["high"])), before, behind, measure)
    if one["before"]:
        compare = operator.ge if one["up"] else operator.le
        return _Condition(((compare, one["before"] + one["unit"]),), before, behind, measure)
    kind = next(kind for kind in ("ge", "le", "eq", "gt", "lt") if one[kind])
    return _Condition(((getattr(operator, kind), one["number"]),), before, behind, measure)


def _by_number(table: Table, condition: _Condition) -> Met | None:
    words = ["", condition.measure] if condition.measure in _LOOSE else [condition.measure]
    asked = [Asked(f"{condition.before} {word} {condition.behind}") for word in words]
    columns, literal = next((found for one in asked if (found := named_columns(table, one))[0]), ([], False))
    if len(columns) != 1 or named_rows(table, asked[0]) or not _measures(table, columns, condition.measure):
        return None
    (column,) = columns
    told = amounts(row.cells[column].text for row in table.rows if column in row.cells and not is_sum(table, row))
    if told is None:
        return None
    bounds, rest = _bounds(table, column, told.unit, condition)
    plain = Asked(f"{condition.before} {rest}")
    rows = _rows(table, plain, columns)
    numbers = (values_in(rows, column) if rows else None) or []
    if not bounds or _are_years(numbers, told.unit, [number for _, number in bounds]):
        return None
    kept = [
        row
        for row, value in zip(rows, numbers, strict=False)
        if all(compare(value, number) for compare, number in bounds)
    ]
    return Met(tuple(kept), literal) if kept else None


def _rows(table: Table, asked: Asked, columns: Collection[int]) -> list[Row]:
    """Return the rows that a question is about, none where the table leaves a word of it unexplained."""
    every = [row for row in table.rows if not is_sum(table, row)]
    rows, by = narrowed(table, every, asked, but=columns)
    if not rows or holds_more(every, rows[0], by):
        return []
    texts = [*(rows[0].cells[one].text for one in by), *(table.columns[one] for one in columns)]
    return [] if any(unexplained(table, asked, texts)) else rows


def _measures(table: Table, columns: Collection[int], measure: str) -> bool:
    """Tell whether these columns are what a comparative asks for: nothing but a length is "longer"."""
    heads = heads_for(frozenset(stems(measure)), measure)
    return measure in _LOOSE or all(not heads.isdisjoint(heading_stems(table.columns[one])) for one in columns)


def _bounds(table: Table, column: int, written: str, condition: _Condition) -> tuple[list[_Bound], str]:
    """Return the bounds in the column's unit, none where units differ or are in doubt, and what stands behind them."""
    heading = table.columns[column]
    caption = _caption(table)
    own, above = unit_of(f"{heading} {written}"), unit_of(caption)
    signs = own.signs | unit_of(written, known=False).signs
    behind, rest = _split(condition.behind, signs)
    made = []
    for compare, text in condition.bounds:
        digits = _DIGITS.search(text.lower())
        beside = _DIGITS.sub(" ", text.lower())
        unit = unit_of(beside) if unit_of(beside).scale > 1 else unit_of(f"{beside} {behind}")
        told = amounts([str(_WORDS.get(digits[0], digits[0]))]) if digits else None
        is_one = unit.signs <= signs | above.signs and ("%" in unit.signs) == ("%" in signs)
        is_scaled = unit.scale > 1 if own.scale > 1 else not _SCALED.search(caption)
        if told is None or not is_one or not is_scaled or not _counts(rest, heading, written):
            return [], rest
        made.append((compare, told.values[0] * unit.scale / own.scale))
    return made, rest


def _caption(table: Table) -> str:
    """Return what stands above a table without its head, which tells the units of single columns."""
    text = table.above
    for heading in filter(None, table.columns):
        text = text.replace(heading, " ")
    return text


def _split(behind: str, signs: Collection[str]) -> tuple[str, str]:
    """Return the words of units right behind a number, those of a column's cells among them, and the rest."""
    place = 0
    while found := _UNIT_BEHIND.match(behind, place):
        if unit_of(found[1]) == unit_of("") and not unit_of(found[1], known=False).signs.issubset(signs):
            break
        place = found.end()
    return behind[:place], behind[place:]


def _counts(rest: str, heading: str, written: str) -> bool:
    """Tell whether the word right behind a number, if it is one of content, is what a column counts."""
    found = _NEXT_WORD.match(rest)
    if not found or found[1].lower() in STOP_WORDS:
        return True
    heads, (stem, *_) = heading_stems(heading), stems(found[1])
    if stem in _PERSONS:
        return not heads.isdisjoint(_OF_PERSONS | _PERSONS)
    return stem in {*stems(heading), *stems(written), *asking_words(heads)}


def _are_years(numbers: Collection[float], unit: str, bounds: Collection[float]) -> bool:
    """Tell whether a column may hold years, where the question's numbers are none."""
    first, last = _LIKE_YEARS
    is_like = not unit.strip() and all(first <= one <= last and one == int(one) for one in numbers)
    return is_like and not all(first <= one <= last for one in bounds)


def _by_column(table: Table, asked: Asked) -> Met | None:
    """Return the rows of which one column holds more, or less, than another of the same unit."""
    found = list(_COMPARED.finditer(asked.text))
    if len(found) != 1:
        return None
    (one,) = found
    before, between, behind = (
        asked.text[: one.start()],
        asked.text[one.end() : one.start("than")],
        asked.text[one.end("than") :],
    )
    plain = Asked(f"{before} {between} {behind}")
    columns, literal = named_columns(table, plain)
    if len(columns) != 2 or not literal or _NO_CONDITION.search(plain.text) or named_rows(table, plain):
        return None
    pair = _in_order(table, columns, Asked(f"{before} {between}"), Asked(behind))
    measure = {**_MORE, **_LESS}[" ".join(one[0].lower().split())]
    rows = _rows(table, plain, columns) if pair and _measures(table, columns, measure) else []
    if not rows or not all(column in row.cells for row in rows for column in columns):
        return None
    is_one = amounts(row.cells[column].text for row in rows for column in columns) is not None
    first, second = (values_in(rows, column) for column in pair)
    if not is_one or not first or not second or len({unit_of(table.columns[column]) for column in columns}) != 1:
        return None
    compare = operator.gt if one["more"] else operator.lt
    kept = tuple(row for row, left, right in zip(rows, first, second, strict=True) if compare(left, right))
    return Met(kept, literal) if kept else None


def _in_order(table: Table, columns: Collection[int], before: Asked, behind: Asked) -> list[int]:
    """Return the column named before "than" and the one behind it, by the words that tell them apart; else none."""
    every = {one: heading_stems(table.columns[one]) for one in columns}
    apart = {
        one: words.difference(*(other for key, other in every.items() if key != one)) for one, words in every.items()
    }
    first = [one for one, words in apart.items() if words and words <= before.stems and words.isdisjoint(behind.stems)]
    last = [one for one, words in apart.items() if words and words <= behind.stems and words.isdisjoint(before.stems)]
    return [*first, *last] if len(first) == len(last) == 1 else []
