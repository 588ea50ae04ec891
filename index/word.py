"""A Word file becomes text, title, publisher and date; the text is an extraction, stored as it was made."""

import io
import zipfile
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING

from index.article_lists import stated_name
from index.errors import UnreadableArticle
from index.extraction import Extraction, naming, shown_title, tidy
from index.headers import read_header

if TYPE_CHECKING:  # it takes long to import, and few folders hold such files
    from docx.oxml.xmlchemy import BaseOxmlElement

MAX_UNPACKED = 50_000_000  # bytes; a Word file is a zip, which may unpack to a thousand times its size
MAX_PARAGRAPHS = 200_000  # as many take some 10 seconds

# What stands in a text box comes twice, the second time for old versions of Word.
_NOT_TWICE = "[not(ancestor::*[local-name()='Fallback'])]"
_WORD_LINES = f"(.//w:p[not(ancestor::w:tr)]|.//w:tr[not(ancestor::w:tr)]){_NOT_TWICE}"
_WORD_SIGNS = "(.//w:t|.//w:tab|.//w:br|.//w:cr|.//w:noBreakHyphen)[not(ancestor::w:moveFrom)]"
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def extract_docx(file: str, content: bytes) -> Extraction:
    """Return the lines and tables of a Word file, its tracked changes accepted. Raises UnreadableArticle."""
    import docx  # noqa: PLC0415

    if content.startswith(b"\xd0\xcf\x11\xe0"):  # an older container, around old files as around encrypted ones
        raise UnreadableArticle(file, "it is encrypted or an old .doc file. Save it as .docx without a password.")
    with naming(file, "a Word file", "docx"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                raise UnreadableArticle(
                    file, f"it unpacks to more than {MAX_UNPACKED // 1_000_000} MB. Take out its pictures."
                )
        document = docx.Document(io.BytesIO(content))
        body = document.element.body
        if body.getroottree().docinfo.internalDTD is not None:
            raise UnreadableArticle(file, "it defines XML entities, which Word never does. Save it again with Word.")
        if body.xpath("count(.//w:p)") > MAX_PARAGRAPHS:
            raise UnreadableArticle(file, f"it has over {MAX_PARAGRAPHS:,} paragraphs. Split it.")
        text = tidy(map(_docx_line, body.xpath(_WORD_LINES)))
        # Word calls the style Title whatever its id and its shown name are in the user's language.
        styles = {style.style_id for style in document.styles if style.name and style.name.casefold() == "title"}
        titles = (stated_name(_docx_line(part)) for part in body.xpath(".//w:p") if part.style in styles)
        header = read_header(text, markdown=False)
        title = next(filter(None, titles), None) or shown_title(document.core_properties.title, text, header)
    if not text:
        raise UnreadableArticle(file, "it holds no text. Remove it, or save its text.")
    return Extraction(text, replace(header, title=title), f"python-docx {version('python-docx')}")


def _docx_line(part: "BaseOxmlElement") -> str:
    """Return a paragraph's text, or a table row's: its cells in one line, a sole cell as it is."""
    if part.tag.endswith("}tr"):
        cells = part.xpath("./w:tc|./w:sdt/w:sdtContent/w:tc")
        texts = ["\n".join(map(_docx_line, cell.xpath(f"(.//w:p){_NOT_TWICE}"))).strip() for cell in cells]
        filled = list(filter(None, texts))
        return filled[0] if len(filled) == 1 else " | ".join(" ".join(text.split()) for text in filled)
    # The paragraphs of a text box, inside this one, are lines of their own.
    signs = (sign for sign in part.xpath(_WORD_SIGNS) if next(sign.iterancestors(part.tag)) is part)
    return "".join(_SIGNS.get(sign.tag.rpartition("}")[2]) or sign.text or "" for sign in signs)
