"""Finding elements in a Word file's XML."""

from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:  # it takes long to import, and few folders hold such files
    from lxml.etree import XPath, _Element  # type: ignore[import-untyped]

    Element: TypeAlias = _Element

_NAMES = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}


@cache
def _compiled(path: str) -> "XPath":
    from lxml.etree import XPath  # noqa: PLC0415

    return XPath(path, namespaces=_NAMES)


def select(element: "Element", path: str, **values: str) -> list[Any]:
    """Return what an XPath finds from an element on; "w:" stands before the names of Word's own elements."""
    found = _compiled(path)(element, **values)
    return found if isinstance(found, list) else [found]


def attribute(element: "Element", name: str) -> str:
    """Return one of Word's own attributes, or ""."""
    return element.get(f"{{{_NAMES['w']}}}{name}") or ""


def local_name(element: "Element") -> str:
    """Return an element's name without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
