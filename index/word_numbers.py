"""The numbers that Word shows before paragraphs: its lists and numbered headings count by rules of their own."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from index.list_numbers import KINDS_OF_WORD, shown_number
from index.word_xml import attribute, select

if TYPE_CHECKING:
    from docx.document import Document

    from index.word_xml import Element

_LEVELS = 9
_MOST_BASES = 20  # styles that one is based on
_LONGEST_LABEL = 40
_PLACE = re.compile(r"%([1-9])")


class _Level(NamedTuple):
    start: int
    kind: str  # "bullet" and what else is no number: ""
    shown: str  # "Article %1.", "%1.%2"
    style: str  # whose paragraphs are on this level


@dataclass(slots=True)
class Numbers:
    """Counts through a document's paragraphs, in their order."""

    _levels: dict[str, dict[int, _Level]]  # by the number of a list
    _counted_with: dict[str, str]  # lists that are of one kind go on with one another's numbers
    _restarts: dict[str, dict[int, int]]
    _styles: dict[str, tuple[str, int]]
    _counts: dict[str, list[int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def before(self, paragraph: "Element") -> str:
        """Return what is shown before the next paragraph, with a blank behind it; "" where nothing is."""
        if not self._levels or not select(paragraph, "./w:pPr[w:pStyle or w:numPr]"):
            return ""
        number, depth = self._list_of(paragraph)
        level = self._levels.get(number, {}).get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(self._counted_with[number], [0] * _LEVELS)
        if number not in self._begun:
            self._begun.add(number)
            for place, start in self._restarts[number].items():
                counts[place:] = [start - 1 if place == depth else 0, *[0] * (_LEVELS - place - 1)]
        counts[depth] = counts[depth] + 1 if counts[depth] else self._start(number, depth)
        counts[depth + 1 :] = [0] * (_LEVELS - depth - 1)
        shown = self._shown(number, level, counts) if level.kind else ""
        return f"{shown} " if shown and len(shown) <= _LONGEST_LABEL else ""

    def _start(self, number: str, depth: int) -> int:
        return self._restarts[number].get(depth, self._levels[number][depth].start)

    def _shown(self, number: str, level: _Level, counts: list[int]) -> str:
        def one(found: re.Match[str]) -> str:
            depth = int(found[1]) - 1
            of_it = self._levels[number].get(depth)
            return shown_number(counts[depth] or self._start(number, depth), of_it.kind or "1") if of_it else ""

        return " ".join(_PLACE.sub(one, level.shown).split())

    def _list_of(self, paragraph: "Element") -> tuple[str, int]:
        style = next(iter(select(paragraph, "./w:pPr/w:pStyle/@w:val")), "")
        number, depth = self._styles.get(str(style), ("", 0))
        own = next(iter(select(paragraph, "./w:pPr/w:numPr/w:numId/@w:val")), None)
        stated = next(iter(select(paragraph, "./w:pPr/w:numPr/w:ilvl/@w:val")), None)
        return (number if own is None else str(own)), (depth if stated is None else _figure(stated, 0))


def numbers_of(document: "Document") -> Numbers:
    """Return what counts the numbered paragraphs of a document."""
    root = _numbering(document)
    kinds = {} if root is None else {attribute(one, "abstractNumId"): one for one in select(root, "./w:abstractNum")}
    levels: dict[str, dict[int, _Level]] = {}
    counted_with, restarts = {}, {}
    for listed in [] if root is None else select(root, "./w:num"):
        number, kind = attribute(listed, "numId"), str(next(iter(select(listed, "./w:abstractNumId/@w:val")), ""))
        if kind not in kinds:
            continue
        levels[number] = dict(_levels(kinds[kind])) | dict(_levels(listed, "./w:lvlOverride/w:lvl"))
        counted_with[number] = kind
        restarts[number] = {
            _figure(attribute(one, "ilvl"), 0): _figure(start, 1)
            for one in select(listed, "./w:lvlOverride")
            for start in select(one, "./w:startOverride/@w:val")
        }
    return Numbers(levels, counted_with, restarts, _numbered_styles(document, levels))


def _numbering(document: "Document") -> "Element | None":
    from docx.oxml import parse_xml  # noqa: PLC0415

    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith("/numbering"):
            root: Element = parse_xml(relation.target_part.blob)
            return root if root.getroottree().docinfo.internalDTD is None else None
    return None


def _levels(parent: "Element", path: str = "./w:lvl") -> list[tuple[int, _Level]]:
    found = []
    for level in select(parent, path):
        start, kind, shown, style = (
            str(next(iter(select(level, f"./w:{name}/@w:val")), ""))
            for name in ("start", "numFmt", "lvlText", "pStyle")
        )
        one = _Level(_figure(start, 1), KINDS_OF_WORD.get(kind or "decimal", ""), shown, style)
        found.append((_figure(attribute(level, "ilvl"), 0), one))
    return found


def _numbered_styles(document: "Document", levels: dict[str, dict[int, _Level]]) -> dict[str, tuple[str, int]]:
    """Return the list and the level of the styles whose paragraphs are numbered, by their own or by their base."""
    styles = {attribute(one, "styleId"): one for one in select(document.styles.element, "./w:style")}
    found: dict[str, tuple[str, int]] = {}
    for name in styles:
        base = name
        for _ in range(_MOST_BASES):
            number = str(next(iter(select(styles[base], "./w:pPr/w:numPr/w:numId/@w:val")), ""))
            if number:
                stated = next(iter(select(styles[base], "./w:pPr/w:numPr/w:ilvl/@w:val")), None)
                linked = (depth for depth, level in levels.get(number, {}).items() if level.style == base)
                found[name] = number, next(linked, 0) if stated is None else _figure(stated, 0)
                break
            base = str(next(iter(select(styles[base], "./w:basedOn/@w:val")), ""))
            if base not in styles:
                break
    return found


def _figure(stated: object, otherwise: int) -> int:
    written = str(stated)
    return min(int(written), 99_999) if written.isdecimal() and len(written) < 9 else otherwise
