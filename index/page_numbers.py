"""Numbers of a page's lists that say more than how many items stand above: the list begins elsewhere, or has letters.

Laws and rules are cited by them. What is numbered from 1 on is read without, as before.
"""

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

from index.list_numbers import shown_number
from index.page_lines import Line

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_FAR = 3  # elements around a line in which its list's item is looked for
_LONGEST = 6  # figures of a number
_KINDS = frozenset("1aAiI")


def list_numbers(lines: Sequence[Line]) -> dict[int, str]:
    """Return what is shown before lines of numbered lists, by the lines' places: "4.", "d."."""
    numbered: dict[HtmlElement, dict[HtmlElement, str]] = {}
    seen: set[HtmlElement] = set()
    found: dict[int, str] = {}
    for place, line in enumerate(lines):
        item = _item(line.element)
        around = item.getparent() if item is not None else None
        if item is None or around is None or around.tag != "ol" or item in seen:
            continue
        seen.add(item)
        if around not in numbered:
            numbered[around] = _numbers_in(around)
        number = numbered[around].get(item)
        if number and not line.text.startswith(number):
            found[place] = number
    return found


def _item(element: "HtmlElement") -> "HtmlElement | None":
    return next((one for one in (element, *islice(element.iterancestors(), _FAR)) if one.tag == "li"), None)


def _numbers_in(ordered: "HtmlElement") -> dict["HtmlElement", str]:
    items = [child for child in ordered if child.tag == "li"]
    start, kind = _stated(ordered.get("start")), ordered.get("type") or "1"
    values = [_stated(item.get("value")) for item in items]
    goes_down = ordered.get("reversed") is not None
    says_more = start not in (None, 1) or kind in _KINDS - {"1"} or goes_down
    if not says_more and all(value in (None, place) for place, value in enumerate(values, 1)):
        return {}
    number = (len(items) if goes_down else 1) if start is None else start
    found: dict[HtmlElement, str] = {}
    for item, value in zip(items, values, strict=True):
        number = number if value is None else value
        found[item] = f"{shown_number(number, kind)}."
        number += -1 if goes_down else 1
    return found


def _stated(number: str | None) -> int | None:
    written = (number or "").strip()
    is_one = written.removeprefix("-").isdecimal() and len(written) <= _LONGEST
    return int(written) if is_one else None
