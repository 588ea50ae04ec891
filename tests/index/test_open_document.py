"""An OpenDocument text gives its paragraphs, tables and notes, and nothing that it hides; a bad one is refused."""

import io
import struct
import zipfile
from datetime import date

import pytest

from index import archives, open_document
from index.errors import UnreadableArticle
from index.extraction import Extraction
from index.open_document import extract_odt

NAMES = "office text table style fo draw xlink".split()
SPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in NAMES)
SPACES = SPACES.replace("xmlns:fo:1.0", "xmlns:xsl-fo-compatible:1.0") + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
KIND = "application/vnd.oasis.opendocument.text"
PROSE = "<text:p>The ferry sailed again on Tuesday.</text:p>"


def odt(
    body: str = PROSE,
    *,
    styles: str = "",
    title: str = "",
    kind: str = KIND,
    doctype: str = "",
    parts: dict[str, bytes] | None = None,
) -> bytes:
    content = (
        f"{doctype}<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    meta = (
        f"<office:document-meta {SPACES}><office:meta><dc:title>{title}</dc:title></office:meta></office:document-meta>"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", kind)
        package.writestr("content.xml", content)
        package.writestr("meta.xml", meta)
        for name, part in (parts or {}).items():
            package.writestr(name, part)
    return packed.getvalue()


def read(body: str = PROSE, *, styles: str = "", title: str = "") -> Extraction:
    return extract_odt("a.odt", odt(body, styles=styles, title=title))


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableArticle) as caught:
        extract_odt("a.odt", content)
    return caught.value.reason


class TestText:
    def test_a_paragraph_is_a_line_with_its_tabs_spaces_and_breaks(self):
        body = (
            "<text:h>Ice</text:h><text:p>One<text:s text:c='3'/>two<text:tab/>three<text:line-break/>Four "
            "<text:span>five</text:span>, six</text:p>"
        )
        assert read(body).text == "Ice\nOne two three\nFour five, six"

    @pytest.mark.parametrize("shape", ["draw:custom-shape", "draw:rect", "draw:text-box"])
    def test_words_in_a_shape_stand_in_no_sentence(self, shape: str):
        body = f"<text:p>It <draw:g><{shape}><text:p>In it.</text:p></{shape}></draw:g>sailed.</text:p>"
        assert read(body).text == "It sailed.\nIn it."

    def test_lists_sections_and_text_boxes_are_read(self):
        body = (
            "<text:list><text:list-item><text:p>First</text:p></text:list-item></text:list>"
            "<text:section><text:p>Within</text:p></text:section>"
            "<text:p>Beside<draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box></draw:frame>"
            " it</text:p>"
        )
        assert read(body).text == "First\nWithin\nBeside it\nIn a box"

    @pytest.mark.parametrize(
        "hidden",
        [
            "<text:span text:style-name='H'>secret</text:span>",
            "<text:span text:style-name='S'>secret</text:span>",
            "<office:annotation><text:p>secret</text:p></office:annotation>",
            "<text:hidden-text>secret</text:hidden-text>",
            "<!-- secret -->",
            "<text:change-start text:change-id='1'/>",
        ],
    )
    def test_what_nobody_sees_is_left_out_and_not_what_stands_behind_it(self, hidden: str):
        styles = (
            "<style:style style:name='H'><style:text-properties text:display='none'/></style:style>"
            "<style:style style:name='S'><style:text-properties style:text-line-through-style='solid'/></style:style>"
        )
        changes = "<text:tracked-changes><text:deletion><text:p>secret</text:p></text:deletion></text:tracked-changes>"
        assert read(f"{changes}<text:p>She will {hidden}not resign.</text:p>", styles=styles).text == (
            "She will not resign."
        )

    def test_a_hidden_section_is_left_out(self):
        assert read(f"<text:section text:display='none'><text:p>secret</text:p></text:section>{PROSE}").text == (
            "The ferry sailed again on Tuesday."
        )

    def test_a_note_stands_at_the_end_and_its_sign_nowhere(self):
        said = "<text:note-body><text:p>It rose.</text:p></text:note-body>"
        note = f"<text:note><text:note-citation>3</text:note-citation>{said}</text:note>"
        assert read(f"<text:p>The toll is 45{note} million.</text:p>{PROSE}").text == (
            "The toll is 45 million.\nThe ferry sailed again on Tuesday.\nIt rose."
        )

    @pytest.mark.parametrize("height", ["super 58%", "33% 80%"])
    def test_a_power_stays_readable(self, height: str):
        styles = f"<style:style style:name='S'><style:text-properties style:text-position='{height}'/></style:style>"
        assert read("<text:p>10<text:span text:style-name='S'>6</text:span> tonnes</text:p>", styles=styles).text == (
            "10^6 tonnes"
        )


class TestTables:
    def row(self, *cells: str) -> str:
        return "<table:table-row>" + "".join(cells) + "</table:table-row>"

    def cell(self, text: str, *, columns: int = 1, rows: int = 1) -> str:
        spans = f"table:number-columns-spanned='{columns}' table:number-rows-spanned='{rows}'"
        return f"<table:table-cell {spans}><text:p>{text}</text:p></table:table-cell>"

    def test_a_row_is_a_line_and_its_cells_know_what_heads_them(self):
        head = self.row(self.cell("Fare"), self.cell("Single"), self.cell("Return"))
        child = self.row(self.cell("Child"), "<table:table-cell/>", self.cell("4.90"))
        found = read(
            f"{PROSE}<table:table><table:table-header-rows>{head}</table:table-header-rows>{child}</table:table>"
        )
        assert found.text.splitlines()[1:] == ["Fare | Single | Return", "Child | | 4.90"]
        marked = [(found.text[mark.start : mark.end], mark.label) for mark in found.marks]
        assert marked[-1] == ("4.90", "Child, Return")

    def test_a_cell_over_several_columns_or_rows_heads_all_of_them(self):
        covered = "<table:covered-table-cell/>"
        cell, row = self.cell, self.row
        heads = row(cell("Region", rows=2), cell("Means", rows=2), cell("2026", columns=2), covered)
        heads += row(covered, covered, cell("Child"), cell("Adult"))
        first = row(cell("North", rows=2), cell("Bus"), cell("3"), cell("7"))
        second = row(covered, cell("Train"), cell("8"), cell("9"))
        found = read(
            f"<table:table><table:table-header-rows>{heads}</table:table-header-rows>{first}{second}</table:table>"
        )
        marked = {found.text[mark.start : mark.end]: mark.label for mark in found.marks}
        assert marked["7"] == "North, Bus, 2026, Adult"
        assert marked["8"] == "North, Train, 2026, Child"
        assert found.text.splitlines()[-1] == "| Train | 8 | 9"

    def test_empty_cells_that_are_said_to_be_repeated_a_million_times_are_none(self):
        cell = "<table:table-cell><text:p>a</text:p></table:table-cell>"
        cells = f"{cell}<table:table-cell table:number-columns-repeated='1000000'/>"
        assert read(f"<table:table>{self.row(cells)}</table:table>").text == "a"

    def test_too_many_cells_are_refused(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(open_document, "_MAX_CELLS", 10)
        cell = "<table:table-cell table:number-columns-repeated='900'><text:p>a</text:p></table:table-cell>"
        assert "cells in tables. Split it." in refusal(odt(f"<table:table>{self.row(cell)}</table:table>"))


class TestHeader:
    def test_the_title_is_what_is_styled_as_one(self):
        styles = "<style:style style:name='P1' style:parent-style-name='Title'/>"
        assert (
            read(f"<text:p text:style-name='P1'>Ferry sails</text:p>{PROSE}", styles=styles).header.title
            == "Ferry sails"
        )

    def test_or_what_the_file_states_and_the_day_is_what_the_text_shows(self):
        body = f"<text:p>The Tide, 5 March 2024</text:p>{PROSE}<text:p>Ferry sails again, says port</text:p>"
        header = read(body, title="Ferry sails again, says port").header
        assert (header.title, header.published) == ("Ferry sails again, says port", date(2024, 3, 5))


class TestRefusals:
    def test_another_kind_of_document(self):
        assert "another kind" in refusal(odt(kind="application/vnd.oasis.opendocument.spreadsheet"))

    def test_no_zip(self):
        assert refusal(b"\x89PNG").startswith("it is damaged, cut short or not an OpenDocument text")

    def test_an_encrypted_one(self):
        manifest = b"<manifest><encryption-data/></manifest>"
        assert refusal(odt(parts={"META-INF/manifest.xml": manifest})) == "it is encrypted. Save it without a password."

    def test_one_without_text(self):
        assert refusal(odt("<text:p/>")) == "it holds no text. Remove it, or save its text."

    def test_entities_are_neither_expanded_nor_read(self):
        doctype = '<!DOCTYPE a [<!ENTITY a "lol"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
        assert "defines XML entities" in refusal(odt("<text:p>&a;&b;</text:p>", doctype=doctype))

    def test_one_that_unpacks_to_gigabytes(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(archives, "MAX_UNPACKED", 10_000)
        assert "it unpacks to more than" in refusal(odt(f"<text:p>{'a' * 20_000}</text:p>"))

    def test_one_whose_zip_lies_of_its_size_is_not_unpacked_further(self, monkeypatch: pytest.MonkeyPatch):
        content = odt(f"<text:p>{'a' * 20_000}</text:p>")
        [entry] = [one for one in zipfile.ZipFile(io.BytesIO(content)).infolist() if one.filename == "content.xml"]
        lie = content.replace(struct.pack("<L", entry.file_size), struct.pack("<L", 50))
        assert "damaged" in refusal(lie)

    def test_one_of_too_many_paragraphs(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(open_document, "MAX_PARAGRAPHS", 2)
        assert "over 2 paragraphs" in refusal(odt(PROSE * 3))

    def test_elements_within_elements_end(self):
        assert refusal(odt("<text:section>" * 100_000)).endswith("Save it again.")
