"""Files that once broke the service, made to a size: what each packs, hides, repeats or lies about."""

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable

_STORY = "The ice at the quay was not moved, said the harbour master, and ships waited."
_WORD_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _lines(piece: str) -> Callable[[int], bytes]:
    return lambda number: ("Ice in the harbour\n" + piece * number).encode()


def _titled(number: int) -> bytes:
    return json.dumps({"title": "ice " * number, "text": f"{_STORY} " * 200}).encode()


def _published(number: int) -> bytes:
    blanks = "\u00a0" * number  # YAML itself folds ordinary ones
    front = f'---\ntitle: Ice\npublisher: "Quay{blanks}Post"\n---\n'
    return (front + f"# Ice\n\n{_STORY}\n").encode()


def _no_articles(number: int) -> bytes:
    return json.dumps([1] * number + [{"title": "Ice", "text": _STORY}]).encode()


def _accents(number: int) -> bytes:
    return (f"Ice\n\n{_STORY} e" + "\u0301" * number + "\n").encode()


def pdf_of(objects: list[bytes]) -> bytes:
    """Return a PDF of these objects, numbered from 1, whose first is the catalogue."""
    body, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    tail = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + head + tail


def _stream(content: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream" % (len(packed), more, packed)


def _page_of(stream: bytes, forms: list[bytes], names: bytes = b"") -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 5 0 R/Resources<</Font<</F 4 0 R>>%s>>>>" % names
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    return pdf_of(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, font, stream, *forms]
    )


def _pdf_word(number: int) -> bytes:
    return _page_of(_stream(b"BT /F .01 Tf 10 700 Td (%s) Tj ET" % (b"a" * number)), [])


def _pdf_forms(number: int) -> bytes:
    """Return a page that shows a form which shows a form: 12 KB say `number` * 5,000 signs."""
    fonts = b"/Resources<</Font<</F 4 0 R>>>>"
    words = b"BT /F 9 Tf 10 700 Td (%s) Tj ET" % b" ".join([b"The ice was not moved."] * 220)
    inner = _stream(words, b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]" + fonts)
    return _page_of(_stream(b"/X Do\n" * number), [inner], b"/XObject<</X 6 0 R>>")


def _pdf_predictor(number: int) -> bytes:
    more = b"/DecodeParms<</Predictor 12/Columns %d/Colors 32/BitsPerComponent 16>>" % (number * 1_000)
    return _page_of(_stream(b"\0" * 50_000_000, more), [])


def _word(body: str) -> bytes:
    import docx  # noqa: PLC0415 - few of the files need it

    stream = io.BytesIO()
    docx.Document().save(stream)
    written = io.BytesIO()
    with zipfile.ZipFile(stream) as given, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for part in given.infolist():
            own = part.filename == "word/document.xml"
            made.writestr(part.filename, body if own else given.read(part))
    return written.getvalue()


def _word_nested(number: int) -> bytes:
    inner = "<w:p><w:r><w:t>Ice came.</w:t></w:r>" * number + "</w:p>" * number
    return _word(f'<w:document xmlns:w="{_WORD_SPACE}"><w:body>{inner}</w:body></w:document>')


def _word_boxes(number: int) -> bytes:
    opened = "<w:p><w:r><w:t>Ice came.</w:t><w:pict><w:txbxContent>" * number
    inner = opened + "<w:p><w:r><w:t>Ships.</w:t></w:r></w:p>" + "</w:txbxContent></w:pict></w:r></w:p>" * number
    return _word(f'<w:document xmlns:w="{_WORD_SPACE}"><w:body>{inner}</w:body></w:document>')


def saying_of_its_size(content: bytes, name: bytes, size: int) -> bytes:
    """Return a zip that says of one of its files that it unpacks to `size` bytes."""
    place, made = content.rfind(b"PK\x01\x02"), bytearray(content)
    while place >= 0:
        (length,) = struct.unpack_from("<H", made, place + 28)
        if made[place + 46 : place + 46 + length] == name:
            struct.pack_into("<I", made, place + 24, size)
        place = content.rfind(b"PK\x01\x02", 0, place)
    return bytes(made)


def _word_lying(number: int) -> bytes:
    text = "<w:p><w:r><w:t>" + "Ice came. " * (number * 100_000) + "</w:t></w:r></w:p>"
    made = _word(f'<w:document xmlns:w="{_WORD_SPACE}"><w:body>{text}</w:body></w:document>')
    return saying_of_its_size(made, b"word/document.xml", 1_000)


# What each is called, its suffix, its first size, and what makes it to a size.
NAMED: dict[str, tuple[str, int, Callable[[int], bytes]]] = {
    "lines of a letter": (".txt", 1_200_000, _lines("a\n")),
    "lines of two letters": (".txt", 800_000, _lines("ab\n")),
    "empty lines": (".txt", 2_400_000, _lines("\n")),
    "a title": (".json", 62_500, _titled),
    "a publisher of blanks": (".md", 2_500, _published),
    "a list of no articles": (".json", 250_000, _no_articles),
    "a letter with accents": (".txt", 2_400_000, _accents),
    "PDF, a word": (".pdf", 12_500, _pdf_word),
    "PDF, a form again and again": (".pdf", 1_000, _pdf_forms),
    "PDF, a predictor": (".pdf", 25, _pdf_predictor),
    "Word, nested paragraphs": (".docx", 500, _word_nested),
    "Word, boxes in boxes": (".docx", 200, _word_boxes),
    "Word, another size than it says": (".docx", 5, _word_lying),
}
