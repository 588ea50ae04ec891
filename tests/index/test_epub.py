"""A book gives an article for each chapter, in the order of reading, with what the book states of itself."""

import io
import zipfile
from datetime import date

import pytest

from index import archives, epub
from index.errors import UnreadableArticle
from index.records import Article
from index.sources import SourceFile, SourceReader

CHAPTERS = {
    "one.xhtml": "<h1>The ice</h1><p>The harbour of Quillon froze on Monday night.</p><p>Eleven ships lay still.</p>",
    "two.xhtml": "<h1>The thaw</h1><p>On Friday the ice broke, and the ships sailed.</p>",
}
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
)
STATED = (
    "<dc:title>Winter in Quillon</dc:title><dc:creator>Odile Tarn</dc:creator><dc:publisher>Tide Books</dc:publisher>"
    "<dc:date opf:event='modification'>2025-01-01</dc:date><dc:date>2024-03-05</dc:date>"
)


def book(
    chapters: dict[str, str] = CHAPTERS,
    *,
    stated: str = STATED,
    spine: list[str] | None = None,
    parts: dict[str, str] | None = None,
) -> bytes:
    order = list(chapters) if spine is None else spine
    items = "".join(
        f"<item id='{name}' href='{name}' media-type='application/xhtml+xml'/>" for name in {*chapters, *order}
    )
    opf = (
        "<package xmlns='http://www.idpf.org/2007/opf' xmlns:dc='http://purl.org/dc/elements/1.1/' "
        f"xmlns:opf='http://www.idpf.org/2007/opf'><metadata>{stated}</metadata><manifest>{items}"
        "<item id='nav' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/></manifest><spine>"
        f"<itemref idref='nav'/>{''.join(f'<itemref idref={name!r}/>' for name in order)}</spine></package>"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("META-INF/container.xml", CONTAINER)
        package.writestr("OPS/book.opf", opf)
        package.writestr(
            "OPS/nav.xhtml", "<html><body><nav>Contents of the book, chapter by chapter</nav></body></html>"
        )
        for name, body in chapters.items():
            page = f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{body}</body></html>'
            package.writestr(f"OPS/{name}", f'<?xml version="1.0" encoding="utf-8"?>{page}')
        for name, part in (parts or {}).items():
            package.writestr(name, part)
    return packed.getvalue()


def read(content: bytes) -> tuple[list[Article], dict[str, str]]:
    return SourceReader().articles(SourceFile("in/a.epub", content))


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableArticle) as caught:
        read(content)
    return caught.value.reason


class TestBook:
    def test_each_chapter_is_an_article_with_what_the_book_states(self):
        found, faults = read(book())
        assert faults == {}
        assert [(one.file, one.title) for one in found] == [
            ("in/a.epub#1", "Winter in Quillon: The ice"),
            ("in/a.epub#2", "Winter in Quillon: The thaw"),
        ]
        assert {(one.publisher, one.published, one.author) for one in found} == {
            ("Tide Books", date(2024, 3, 5), "Odile Tarn")
        }
        assert found[0].text == "The ice\nThe harbour of Quillon froze on Monday night.\nEleven ships lay still."

    def test_they_come_in_the_order_of_reading(self):
        found, _ = read(book(spine=["two.xhtml", "one.xhtml"]))
        assert [one.title for one in found] == ["Winter in Quillon: The thaw", "Winter in Quillon: The ice"]

    def test_a_cover_is_no_chapter(self):
        found, faults = read(book({"cover.xhtml": "<img src='cover.png' alt=''/>", **CHAPTERS}))
        assert (len(found), faults) == (2, {})

    def test_its_notes_are_read(self):
        note = "<aside epub:type='footnote'><p>The ice was two metres thick that day.</p></aside>"
        [article], _ = read(book({"one.xhtml": CHAPTERS["one.xhtml"] + note}))
        assert article.text.endswith("\nThe ice was two metres thick that day.")

    @pytest.mark.parametrize("said", ["<ul><li>the ice</li><li>the wind</li></ul>", "<footer>the ice</footer>"])
    def test_nothing_in_it_is_taken_for_what_stands_around_an_article(self, said: str):
        [chapter], _ = read(book({"one.xhtml": f"{CHAPTERS['one.xhtml']}<table><tr><td>12</td></tr></table>{said}"}))
        assert "the ice" in chapter.text.split("\n")

    @pytest.mark.parametrize(
        "number",
        [
            "<span epub:type='pagebreak' id='p12'>12</span>",
            "<span role='doc-pagebreak'>12</span>",
            "<span class='pagenum'>[Pg 12]</span>",
        ],
    )
    def test_the_number_of_a_printed_page_stands_in_no_sentence(self, number: str):
        [chapter], _ = read(book({"one.xhtml": f"<p>The ships {number}sailed on Friday.</p>"}))
        assert chapter.text == "The ships sailed on Friday."

    def test_a_damaged_page_is_named_and_costs_no_other(self):
        content = bytearray(book())
        place = content.index(b"OPS/two.xhtml") + 30
        content[place : place + 30] = bytes(30)
        articles, faults = read(bytes(content))
        assert [article.title for article in articles] == ["Winter in Quillon: The ice"]
        assert "its page two.xhtml could not be read: the part OPS/two.xhtml in it is damaged" in faults["in/a.epub#2"]

    def test_a_missing_page_is_named_and_costs_no_other(self):
        found, faults = read(book(spine=["gone.xhtml", "one.xhtml"]))
        assert [one.file for one in found] == ["in/a.epub#2"]
        assert faults == {"in/a.epub#1": "its page gone.xhtml is missing. Export the book again."}

    def test_what_it_does_not_state_is_none(self):
        [article], _ = read(book({"one.xhtml": "<p>Some words of a chapter stand here.</p>"}, stated=""))
        assert (article.publisher, article.published, article.author) == (None, None, None)


class TestRefusals:
    def test_one_that_is_protected(self):
        locked = (
            "<encryption xmlns='urn:oasis:names:tc:opendocument:xmlns:container' xmlns:e='http://www.w3.org/2001/04/xmlenc#'>"
            "<e:EncryptedData><e:EncryptionMethod Algorithm='http://www.w3.org/2001/04/xmlenc#aes128-cbc'/>"
            "</e:EncryptedData></encryption>"
        )
        assert refusal(book(parts={"META-INF/encryption.xml": locked})).startswith("it is protected against copying.")
        fonts = locked.replace("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "http://www.idpf.org/2008/embedding")
        assert read(book(parts={"META-INF/encryption.xml": fonts}))[0]

    @pytest.mark.parametrize("content", [b"PK\x03\x04", b"words", book()[:-400]])
    def test_no_book(self, content: bytes):
        assert refusal(content).startswith("it is damaged, cut short or not an EPUB book")

    def test_one_without_chapters(self):
        assert refusal(book({})) == "it holds no article: it is empty."

    def test_one_that_unpacks_to_gigabytes(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(archives, "MAX_UNPACKED", 10_000)
        assert "it unpacks to more than" in refusal(book({"one.xhtml": "<p>" + "words " * 3_000 + "</p>"}))

    def test_one_of_too_many_files(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(archives, "MAX_ENTRIES", 3)
        assert "over 3 files" in refusal(book())

    def test_one_of_too_many_chapters(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(epub, "MAX_CHAPTERS", 1)
        assert "over 1 chapters" in refusal(book())

    def test_a_page_outside_of_it_is_not_looked_for(self):
        found, faults = read(book(spine=["../../../etc/passwd", "one.xhtml"]))
        assert len(found) == len(faults) == 1
