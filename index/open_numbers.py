"""The numbers that an OpenDocument text shows before the items of its lists and before its headings."""

from typing import TYPE_CHECKING, NamedTuple

from index.list_numbers import shown_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element  # type: ignore[import-untyped]

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_LEVELS = 10
_HEADINGS = ""  # the list that a document's headings are numbered by


class _Level(NamedTuple):
    kind: str
    before: str
    behind: str
    start: int
    shown_levels: int


class OpenNumbers:
    """Counts through a text's lists and headings, in their order."""

    def __init__(self, styles: "Iterable[_Element]") -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, list[int]] = {}
        self._lists: list[str] = []  # the styles of the lists around
        self._item = ""  # what stands before the next paragraph
        for root in styles:
            for one in root.iter(f"{_TEXT}list-style"):
                self._levels[one.get(f"{_STYLE}name", "")] = dict(_levels(one, "list-level-style-number"))
            for one in root.iter(f"{_TEXT}outline-style"):
                self._levels[_HEADINGS] = dict(_levels(one, "outline-level-style"))

    def begin_list(self, element: "_Element") -> None:
        """Begin a list; one that is in no other counts anew, unless it says that it goes on."""
        style = element.get(f"{_TEXT}style-name") or (self._lists[-1] if self._lists else "")
        goes_on = element.get(f"{_TEXT}continue-numbering") == "true" or element.get(f"{_TEXT}continue-list")
        if not self._lists and not goes_on:
            self._counts.pop(style, None)
        self._lists.append(style)

    def end_list(self) -> None:
        """End the innermost list."""
        self._lists.pop()

    def begin_item(self, element: "_Element") -> None:
        """Count an item of the innermost list."""
        if not self._lists:  # no list is around it, as there should be
            return
        stated = element.get(f"{_TEXT}start-value")
        depth = min(len(self._lists), _LEVELS) - 1
        self._item = self._next(self._lists[-1], depth, _figure(stated, 1) if stated else None)

    def before(self, paragraph: "_Element") -> str:
        """Return what is shown before a paragraph, with a blank behind it; "" where nothing is."""
        shown, self._item = self._item, ""
        is_heading = paragraph.tag == f"{_TEXT}h" and paragraph.get(f"{_TEXT}is-list-header") != "true"
        if is_heading and not self._lists and _HEADINGS in self._levels:
            depth = min(_figure(paragraph.get(f"{_TEXT}outline-level"), 1), _LEVELS) - 1
            shown = self._next(_HEADINGS, depth, None)
        return f"{shown} " if shown else ""

    def _next(self, style: str, depth: int, stated: int | None) -> str:
        counts = self._counts.setdefault(style, [0] * _LEVELS)
        levels = self._levels.get(style, {})
        level = levels.get(depth)
        first = level.start if level else 1
        counts[depth] = stated if stated is not None else counts[depth] + 1 if counts[depth] else first
        counts[depth + 1 :] = [0] * (_LEVELS - depth - 1)
        if level is None or not level.kind:
            return ""
        places = range(max(0, depth + 1 - level.shown_levels), depth + 1)
        kinds = [(counts[place] or 1, levels[place].kind) for place in places if place in levels and levels[place].kind]
        return f"{level.before}{'.'.join(shown_number(*one) for one in kinds)}{level.behind}".strip()


def _levels(style: "_Element", name: str) -> "Iterable[tuple[int, _Level]]":
    for level in style.iterfind(f"{_TEXT}{name}"):
        yield (
            _figure(level.get(f"{_TEXT}level"), 1) - 1,
            _Level(
                level.get(f"{_STYLE}num-format", ""),
                level.get(f"{_STYLE}num-prefix", ""),
                level.get(f"{_STYLE}num-suffix", ""),
                _figure(level.get(f"{_TEXT}start-value"), 1),
                _figure(level.get(f"{_TEXT}display-levels"), 1),
            ),
        )


def _figure(stated: str | None, otherwise: int) -> int:
    return min(int(stated), 99_999) if stated and stated.isdecimal() and len(stated) < 9 else otherwise
