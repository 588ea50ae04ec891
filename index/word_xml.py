"""Finding elements in a Word file's XML."""

from functools import cache
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMES = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}


@cache
def _compiled(path: str) -> etree.XPath:
    return etree.XPath(path, namespaces=_NAMES)


def select(element: "_Element", path: str, **values: str) -> list[Any]:
    """Return what an XPath finds from an element on; "w:" stands before the names of Word's own elements."""
    found = _compiled(path)(element, **values)
    return found if isinstance(found, list) else [found]


def attribute(element: "_Element", name: str) -> str:
    """Return one of Word's own attributes, or ""."""
    return element.get(f"{{{_NAMES['w']}}}{name}") or ""


def local_name(element: "_Element") -> str:
    """Return an element's name without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
