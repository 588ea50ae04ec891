"""A Word file's package: opened within bounds, its strict form read as the usual one, its notes and its styles."""

import io
import re
import zipfile
from typing import TYPE_CHECKING

from index.archives import Package
from index.errors import UnreadableArticle
from index.word_xml import attribute, select

if TYPE_CHECKING:  # it takes long to import, and few folders hold such files
    from docx.document import Document

    from index.word_xml import Element

MAX_PARAGRAPHS = 200_000  # as many take some 10 seconds

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_NOTES = ("/footnotes", "/endnotes")


def open_word(file: str, content: bytes) -> "Document":
    """Return the document that a Word file holds. Raises UnreadableArticle when it is none that can be read."""
    import docx  # noqa: PLC0415

    if content.startswith(b"\xd0\xcf\x11\xe0"):  # an older container, around old files as around encrypted ones
        raise UnreadableArticle(file, "it is encrypted or an old .doc file. Save it as .docx without a password.")
    Package(file, content).refuse_untrue_sizes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if _STRICT.search(archive.read("_rels/.rels")):
            content = _transitional(archive)
    document = docx.Document(io.BytesIO(content))
    body = document.element.body
    if body.getroottree().docinfo.internalDTD is not None:
        raise UnreadableArticle(file, "it defines XML entities, which Word never does. Save it again with Word.")
    if select(body, "count(.//w:p)")[0] > MAX_PARAGRAPHS:
        raise UnreadableArticle(file, f"it has over {MAX_PARAGRAPHS:,} paragraphs. Split it.")
    return document


def _transitional(archive: zipfile.ZipFile) -> bytes:
    """Return a package of strict Office Open XML with the names that all readers know."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        for part in archive.infolist():
            content = archive.read(part)
            if part.filename.endswith((".xml", ".rels")):
                content = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", content)
            package.writestr(part.filename, content)
    return written.getvalue()


def notes(document: "Document") -> list["Element"]:
    """Return the footnotes and the endnotes of a document, without the lines that part them from the text."""
    from docx.oxml import parse_xml  # noqa: PLC0415

    found: list[Element] = []
    for kind in _NOTES:
        for relation in document.part.rels.values():
            if not relation.is_external and relation.reltype.endswith(kind):
                root = parse_xml(relation.target_part.blob)
                if root.getroottree().docinfo.internalDTD is None:
                    found += select(root, "./*[not(@w:type) or @w:type='normal']")
    return found


def named_styles(document: "Document", name: str) -> set[str]:
    """Return the ids of the styles of this name, which Word gives them in English in every language."""
    return {style.style_id for style in document.styles if style.name and style.name.casefold() == name}


def styles_with(document: "Document", test: str) -> set[str]:
    """Return the ids of the styles whose letters have a property, and of those that are based on them."""
    root = document.styles.element
    based: dict[str, list[str]] = {}
    for style in select(root, "./w:style[w:basedOn]"):
        based.setdefault(attribute(style.find("./{*}basedOn"), "val") or "", []).append(
            attribute(style, "styleId") or ""
        )
    found: set[str] = set()
    waiting = select(root, f"./w:style[w:rPr/{test}]/@w:styleId")
    while waiting:
        if (one := str(waiting.pop())) not in found:
            found.add(one)
            waiting += based.get(one, ())
    return found
