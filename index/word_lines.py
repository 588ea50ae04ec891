"""The text of a Word file's paragraphs: what is hidden is left out; what is raised, and formulas, stay readable."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.extraction import unbroken
from index.superscripts import raised
from index.symbols import sign_of
from index.word_xml import attribute, local_name, select

if TYPE_CHECKING:
    from index.word_xml import Element

_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# What stands in a text box comes twice, once for old versions of Word; its paragraphs are lines of their own.
_LEFT_OUT = frozenset("moveFrom del Fallback txbxContent rPr pPr p instrText delText".split())
_READ_AHEAD = 40  # characters before and behind a raised sign that tell what it is
_OFF = frozenset(("0", "false", "off"))
_ROOTS = {"2": "√", "3": "∛", "4": "∜"}


_PRIVATE = re.compile("[\uf020-\uf0ff]")
_FONT = "./w:rPr/w:rFonts/@w:ascii"
_POSITION = "./w:rPr/w:position/@w:val"  # half points above the line


@dataclass(frozen=True, slots=True)
class Lines:
    """Reads paragraphs; the styles are those whose letters are hidden or raised."""

    hidden: frozenset[str] = field(default=frozenset())
    raised: frozenset[str] = field(default=frozenset())

    def text(self, paragraph: "Element") -> str:
        """Return what a paragraph says."""
        style = next(iter(select(paragraph, "./w:pPr/w:pStyle/@w:val")), "")
        pieces: list[tuple[str, bool, bool]] = []
        for piece in self._pieces(paragraph, style in self.hidden):
            last = pieces[-1] if pieces else None
            if last and last[1:] == piece[1:]:
                pieces[-1] = (last[0] + piece[0], *piece[1:])
            else:
                pieces.append(piece)
        text = ""
        for number, (said, is_raised, is_note) in enumerate(pieces):
            if is_raised:
                behind = "".join(piece[0][:_READ_AHEAD] for piece in pieces[number + 1 : number + 4])
                is_label = (
                    (not text or text.isspace())
                    and len(behind.split(maxsplit=1)[:1] or "") > 0
                    and behind[:1].isalpha()
                )
                text += f"{said} " if is_label else raised(text[-_READ_AHEAD:], said, behind, is_note=is_note)
            else:
                text += said
        return unbroken(text)

    def _pieces(self, parent: "Element", hidden: bool) -> Iterator[tuple[str, bool, bool]]:
        """Yield text, whether it is raised, and whether a note's sign stands in its run."""
        for child in parent:
            name = local_name(child)
            if name == "r" and "wordprocessingml" in child.tag:
                yield from self._run(child, hidden)
            elif name in ("oMath", "oMathPara"):
                yield formula(child), False, False
            elif name == "sdt" and select(child, "./w:sdtPr/w:showingPlcHdr"):  # "Click here to enter text"
                continue
            elif name not in _LEFT_OUT and isinstance(child.tag, str):
                yield from self._pieces(child, hidden)

    def _run(self, run: "Element", hidden: bool) -> Iterator[tuple[str, bool, bool]]:
        style = next(iter(select(run, "./w:rPr/w:rStyle/@w:val")), "")
        struck = (_is_on(select(run, f"./w:rPr/w:{name}"), otherwise=False) for name in ("strike", "dstrike"))
        if _is_on(select(run, "./w:rPr/w:vanish"), hidden or style in self.hidden) or any(struck):
            return
        heights = select(run, "./w:rPr/w:vertAlign/@w:val")
        is_raised = heights[-1] == "superscript" if heights else style in self.raised
        is_raised = is_raised or any(str(height).isdecimal() and int(height) for height in select(run, _POSITION))
        is_note = bool(select(run, "./w:footnoteReference|./w:endnoteReference"))
        for child in run:
            name = local_name(child)
            if name == "t":
                yield _in_font(child.text or "", select(run, _FONT)), is_raised or is_note, is_note
            elif name == "sym":
                yield _in_font(_private(attribute(child, "char")), [attribute(child, "font")]), is_raised, False
            elif name in _SIGNS:
                yield _SIGNS[name], False, False
            elif name not in _LEFT_OUT and isinstance(child.tag, str):
                yield from self._pieces(child, hidden)


def _private(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _in_font(text: str, fonts: list[str]) -> str:
    """Return text with the codes of a font's own signs as these."""
    if text.isascii() or not _PRIVATE.search(text):
        return text
    font = str(fonts[0]) if fonts else ""
    return _PRIVATE.sub(lambda match: sign_of(ord(match[0]), font), text)


def _is_on(switches: list["Element"], otherwise: bool) -> bool:
    if not switches:
        return otherwise
    return attribute(switches[-1], "val") not in _OFF


def formula(element: "Element") -> str:
    """Return a formula on one line: (a + b)/c, x^2, √(n)."""
    parts = {local_name(child): child for child in element}
    name = local_name(element)
    if name == "t":
        return element.text or ""
    if name == "f":
        return f"{_grouped(parts.get('num'))}/{_grouped(parts.get('den'))}"
    if name in ("sSup", "sSub", "sSubSup"):
        low = f"_{_grouped(parts['sub'])}" if "sub" in parts else ""
        high = f"^{_grouped(parts['sup'])}" if "sup" in parts else ""
        return f"{_grouped(parts.get('e'))}{low}{high}"
    if name == "rad":
        degree = formula(parts["deg"]) if "deg" in parts else ""
        sign = _ROOTS.get(degree or "2", f"{degree}√")
        return f"{sign}({formula(parts['e']) if 'e' in parts else ''})"
    if name == "d":
        begin, end, between = (_sign(element, sign) for sign in ("begChr", "endChr", "sepChr"))
        inside = f"{between or ','} ".join(formula(child) for child in element if local_name(child) == "e")
        return f"{'(' if begin is None else begin}{inside}{')' if end is None else end}"
    if name == "func":
        return f"{formula(parts['fName']) if 'fName' in parts else ''} {_grouped(parts.get('e'))}"
    if name in ("limLow", "limUpp"):
        around = "_" if name == "limLow" else "^"
        return f"{formula(parts['e']) if 'e' in parts else ''}{around}{_grouped(parts.get('lim'))}"
    if name == "sPre":
        return (
            f"^{_grouped(parts.get('sup'))}_{_grouped(parts.get('sub'))} {formula(parts['e']) if 'e' in parts else ''}"
        )
    if name in ("m", "mr", "eqArr"):
        return ("; " if name != "mr" else " ").join(_said(element))
    if name == "nary":
        limits = "".join(
            f"{sign}{_grouped(parts[part])}" for sign, part in (("_", "sub"), ("^", "sup")) if part in parts
        )
        return f"{_sign(element, 'chr') or '∫'}{limits} {formula(parts['e']) if 'e' in parts else ''}"
    return (" " if name == "oMathPara" else "").join(_said(element))


def _sign(element: "Element", name: str) -> str | None:
    """Return a sign that a formula's properties state; None where they don't."""
    stated = select(
        element, f"./*[substring(local-name(), string-length(local-name()) - 1) = 'Pr']/*[local-name()='{name}']/@*"
    )
    return str(stated[0]) if stated else None


def _said(element: Iterable["Element"]) -> Iterator[str]:
    yield from (
        formula(child)
        for child in element
        if local_name(child) not in _LEFT_OUT and not local_name(child).endswith("Pr")
    )


def _grouped(element: "Element | None") -> str:
    text = formula(element).strip() if element is not None else ""
    return text if text.isalnum() or (text[:1] == "(" and text[-1:] == ")" and text.count("(") == 1) else f"({text})"
