"""A Word file gives the article's text and what it states of it, or an error that says what to do."""

import io
from datetime import date

import docx
import pytest

import index.word_package
from index.word import extract_docx
from tests.index.documents import STORY, edited, reader_properties, refusal, word


def run(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


def word_text(xml: str) -> str:
    return extract_docx("a.docx", word(xml=xml)).text


class TestWord:
    def test_its_paragraphs_are_lines(self):
        assert extract_docx("a.docx", word(*STORY)).text == "\n".join(STORY)

    def test_breaks_are_lines_and_tabs_are_spaces(self):
        assert extract_docx("a.docx", word("One\ntwo\tthree  four", "", " ")).text == "One\ntwo three four"

    def test_tracked_changes_count_as_accepted(self):
        deleted = "<w:del><w:r><w:delText>not </w:delText></w:r></w:del>"
        moved = f"<w:moveFrom>{run('gone ')}</w:moveFrom>"
        paragraph = f"<w:p>{run('She ')}<w:ins>{run('gladly ')}</w:ins>{deleted}{moved}{run('agreed.')}</w:p>"
        assert word_text(paragraph) == "She gladly agreed."

    def test_links_controls_and_tags_are_read(self):
        inner = f"<w:hyperlink>{run('a link')}</w:hyperlink><w:smartTag>{run(' and a tag')}</w:smartTag>"
        assert word_text(f"<w:sdt><w:sdtContent><w:p>{inner}</w:p></w:sdtContent></w:sdt>") == "a link and a tag"

    def test_soft_hyphens_are_dropped(self):
        assert extract_docx("a.docx", word("It is so\u00adft.")).text == "It is soft."

    def test_a_text_box_is_read_once_and_after_its_paragraph(self):
        box = f"<w:txbxContent><w:p>{run('In the box.')}</w:p></w:txbxContent>"
        both = f"<w:r><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></w:r>"
        assert word_text(f"<w:p>{run('One ')}{both}{run('goes on.')}</w:p>") == "One goes on.\nIn the box."

    def test_a_row_of_a_table_is_a_line(self):
        def cell(*texts: str) -> str:
            return "<w:tc>" + "".join(f"<w:p>{run(text)}</w:p>" for text in texts) + "</w:tc>"

        inner = f"<w:tbl><w:tr>{cell('in')}{cell('side')}</w:tr></w:tbl>"
        rows = [cell("Ship") + cell("Crew"), cell("Alma", "May") + cell() + f"<w:tc>{inner}</w:tc>", cell("One", "two")]
        table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
        assert word_text(table) == "Ship | Crew\nAlma May | in side\nOne\ntwo"

    def test_the_paragraph_in_the_style_title_is_the_title(self):
        document, stream = docx.Document(), io.BytesIO()
        document.add_paragraph("The Tide")
        document.add_paragraph("Ice in Quillon", style="Title")
        document.add_paragraph("March 5, 2024")
        document.core_properties.title = "The template of 2019"
        document.save(stream)
        found = extract_docx("a.docx", stream.getvalue()).header
        assert (found.title, found.published) == ("Ice in Quillon", date(2024, 3, 5))

    @pytest.mark.parametrize(
        ("stated", "title"),
        [("Ice in Quillon", "Ice in Quillon"), ("Word Document", None), ("ice final.docx", None), ("", None)],
    )
    def test_the_property_title_counts_when_it_is_one(self, stated: str, title: str | None):
        assert extract_docx("a.docx", word(*STORY, title=stated)).header.title == title

    def test_the_times_in_its_properties_are_no_date(self):
        assert extract_docx("a.docx", word(*STORY)).header.published is None

    @pytest.mark.parametrize("entity", ['"ha"', 'SYSTEM "file:///etc/passwd"'])
    def test_entities_are_refused_unread(self, entity: str):
        def attack(xml: bytes) -> bytes:
            doctype = f"<!DOCTYPE d [<!ENTITY a {entity}><!ENTITY b '&a;&a;&a;'>]><w:document".encode()
            return xml.replace(b"<w:document", doctype, 1).replace(b"harbour", b"&a; &b;", 1)

        assert "entities" in refusal(extract_docx, edited(word(*STORY), "word/document.xml", attack)).reason

    def test_a_bomb_is_not_unpacked(self):
        bomb = edited(word(*STORY), "word/styles.xml", lambda xml: xml + b" " * index.word_package.MAX_UNPACKED)
        assert "unpacks to more than 50 MB" in refusal(extract_docx, bomb).reason

    def test_too_many_paragraphs_are_refused(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(index.word_package, "MAX_PARAGRAPHS", 2)
        assert "over 2 paragraphs" in refusal(extract_docx, word(*STORY)).reason

    def test_an_empty_document_is_refused(self):
        assert "holds no text" in refusal(extract_docx, word("", " ")).reason

    def test_an_old_or_encrypted_one_is_refused_with_the_remedy(self):
        content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
        assert "Save it as .docx without a password." in refusal(extract_docx, content).reason

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"Words.",
            word(*STORY)[:5000],
            edited(word(*STORY), "word/document.xml", lambda xml: xml[:900]),
            edited(word(*STORY), "word/document.xml", lambda xml: xml.replace(b"<w:p>", b"<w:p>" * 300, 1)),
            edited(word(*STORY), "[Content_Types].xml", lambda xml: xml.replace(b"wordprocessingml", b"spreadsheetml")),
        ],
    )
    def test_a_damaged_one_is_refused(self, content: bytes):
        error = refusal(extract_docx, content)
        assert "damaged, cut short or not a Word file" in error.reason
        assert " at 0x" not in error.reason  # the same file, the same words


TestWhateverTheBytes = reader_properties((extract_docx, word(*STORY, title="Ice in Quillon")))
