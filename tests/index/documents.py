"""What the tests of documents share: a story, small files of each kind, and the properties that all readers have."""

import io
import socket
import zipfile
from collections.abc import Callable
from contextlib import suppress

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import UnreadableArticle
from index.extraction import Extraction

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=25)
STORY = [
    "The harbour of Quillon froze over on Monday night, and eleven ships lay still until the ice broke.",
    "“Nobody had seen such ice since my grandfather’s days,” said Odile Tarn, who keeps the tide tables.",
    "The port will pay each crew 40 crowns a day, which the council had promised after the last frost.",
]


def refusal(extract: Callable[[str, bytes], Extraction], content: bytes) -> UnreadableArticle:
    with pytest.raises(UnreadableArticle) as caught:
        extract("in/a file", content)
    return caught.value


def drawn(lines: list[str]) -> bytes:
    shown = b" ".join(b"(%s) Tj T*" % line.encode("cp1252") for line in lines)
    return b"BT /F1 11 Tf 72 720 Td 14 TL " + shown + b" ET"


def pdf(*pages: bytes, info: bytes = b"", resources: bytes = b"", more: tuple[bytes, ...] = ()) -> bytes:
    """Return a PDF with these content streams; the objects `more` are numbered from 5 + twice the pages on."""
    kids = b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(len(pages)))
    font = b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] /MediaBox [0 0 612 792] >>" % (len(pages), kids),
        b"<< %s >>" % info,
    ]
    for number, stream in enumerate(pages):
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R /Resources << %s %s >> >>"
            % (4 + 2 * number, font, resources)
        )
    objects += more
    made, offsets = b"%PDF-1.4\n", []
    for number, written in enumerate(objects, 1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer << /Size %d /Root 1 0 R /Info 3 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def word(*paragraphs: str, title: str = "", xml: str = "") -> bytes:
    """Return a Word file of these paragraphs, with `xml` in front of them."""
    document, stream = docx.Document(), io.BytesIO()
    document.core_properties.title = title
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if xml:
        box = parse_xml(f"<w:body {nsdecls('w')} xmlns:mc='urn:mc'>{xml}</w:body>")
        for number, element in enumerate(box):
            document.element.body.insert(number, element)
    document.save(stream)
    return stream.getvalue()


def edited(content: bytes, part: str, edit: Callable[[bytes], bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, edit(old.read(name)) if name == part else old.read(name))
    return stream.getvalue()


def reader_properties(*specimens: tuple[Callable[[str, bytes], Extraction], bytes]) -> type:
    """Return tests that hold for a reader whatever bytes it gets; `specimens` are readers with files for them."""

    @pytest.mark.parametrize(("extract", "content"), specimens)
    class TestWhateverTheBytes:
        @repeatable
        @given(edits=st.lists(st.tuples(st.floats(0, 0.999), st.binary(max_size=4)), min_size=1, max_size=8))
        def test_only_our_error_comes_out_and_the_text_can_be_stored(self, extract, content, edits):
            damaged = bytearray(content)
            for place, written in edits:
                start = int(place * len(damaged))
                damaged[start : start + len(written)] = written
            text = "fine"
            with suppress(UnreadableArticle):
                text = extract("a", bytes(damaged)).text
            assert text.encode().replace(b"\x00", b"").decode() == text.strip()

        def test_the_same_bytes_give_the_same(self, extract, content):
            assert extract("a", content) == extract("a", content)

        def test_nothing_is_logged_or_fetched(self, extract, content, capfd, caplog, monkeypatch):
            looked_up = []
            monkeypatch.setattr(socket, "getaddrinfo", lambda *place, **_: looked_up.append(place))
            monkeypatch.setattr(socket.socket, "connect", lambda _, place: looked_up.append(place))
            extract("a", content)
            with suppress(UnreadableArticle):
                extract("a", content[:700])
            assert (looked_up, caplog.records, capfd.readouterr()) == ([], [], ("", ""))

    return TestWhateverTheBytes
