"""A Word file gives the article's text and what it states of it, or an error that says what to do."""

import io
import re
import zipfile
from datetime import date

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls

import index.archives
import index.word_package
from bench.hostile_named import saying_of_its_size
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
        assert extract_docx("a.docx", word("One\nTwo\tthree  four", "", " ")).text == "One\nTwo three four"

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
        assert word_text(table) == "Ship | Crew\nAlma May | | in side\nOne\ntwo"

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
        bomb = edited(word(*STORY), "word/styles.xml", lambda xml: xml + b" " * index.archives.MAX_UNPACKED)
        assert "unpacks to more than 50 MB" in refusal(extract_docx, bomb).reason

    def test_nor_is_one_that_lies_about_its_size(self):
        bomb = edited(word(*STORY), "word/styles.xml", lambda xml: xml + b" " * index.archives.MAX_UNPACKED)
        lying = saying_of_its_size(bomb, b"word/styles.xml", 1_000)
        assert "word/styles.xml in it is damaged" in refusal(extract_docx, lying).reason

    def test_nor_one_that_is_packed_as_no_document_is(self):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_BZIP2) as package:
            package.writestr("word/document.xml", b" " * 1_000)
        assert "packed as in no document" in refusal(extract_docx, packed.getvalue()).reason

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


def styled(text: str, properties: str) -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def superscript(text: str) -> str:
    return styled(text, "<w:vertAlign w:val='superscript'/>")


class TestRaisedSigns:
    @pytest.mark.parametrize(
        ("before", "sign", "behind", "text"),
        [
            ("It cost 45", "3", " million.", "It cost 45 million."),
            ("It cost 10", "6", " crowns.", "It cost 10^6 crowns."),
            ("the 21", "st", " ship", "the 21st ship"),
            ("40 m", "2", " of ice", "40 m² of ice"),
            ("It broke.", "*", " So it did.", "It broke. So it did."),
        ],
    )
    def test_a_note_s_sign_goes_and_a_power_stays(self, before: str, sign: str, behind: str, text: str):
        assert word_text(f"<w:p>{run(before)}{superscript(sign)}{run(behind)}</w:p>") == text

    def test_what_is_moved_up_is_raised_too(self):
        moved = styled("3", "<w:position w:val='8'/>")
        assert word_text(f"<w:p>{run('It cost 45')}{moved}{run(' million.')}</w:p>") == "It cost 45 million."

    def test_a_sign_in_two_runs_is_one(self):
        assert word_text(f"<w:p>{run('10')}{superscript('1')}{superscript('2')}{run(' ships')}</w:p>") == "10^12 ships"

    def test_the_sign_before_a_note_stays_apart_from_its_words(self):
        assert word_text(f"<w:p>{superscript('1')}{run('The ice was measured twice.')}</w:p>") == (
            "1 The ice was measured twice."
        )


class TestNotes:
    def document(self, kind: str, body: str) -> bytes:
        made, stream = docx.Document(io.BytesIO(word(xml=body))), io.BytesIO()
        part = Part(
            PackURI(f"/word/{kind}s.xml"),
            f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml",
            f"<w:{kind}s {nsdecls('w')}><w:{kind} w:type='separator' w:id='0'><w:p>{run('rule')}</w:p></w:{kind}>"
            f"<w:{kind} w:id='1'><w:p>{run('It is draft 3.')}</w:p></w:{kind}></w:{kind}s>".encode(),
            made.part.package,
        )
        made.part.relate_to(part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}s")
        made.save(stream)
        return stream.getvalue()

    @pytest.mark.parametrize("kind", ["footnote", "endnote"])
    def test_they_are_lines_behind_the_text_and_their_signs_melt_into_no_number(self, kind: str):
        body = f"<w:p>{run('It cost 45')}<w:r><w:{kind}Reference w:id='1'/></w:r>{run(' crowns.')}</w:p>"
        assert extract_docx("a.docx", self.document(kind, body)).text == "It cost 45 crowns.\nIt is draft 3."

    def test_a_sign_of_the_writer_s_own_goes_too(self):
        reference = "<w:r><w:footnoteReference w:id='1' w:customMarkFollows='1'/><w:t>7</w:t></w:r>"
        body = f"<w:p>{run('It cost 45')}{reference}{run(' crowns.')}</w:p>"
        assert extract_docx("a.docx", self.document("footnote", body)).text.startswith("It cost 45 crowns.")


class TestWhatIsNotSeen:
    @pytest.mark.parametrize(
        ("switch", "text"),
        [
            ("<w:vanish/>", "Seen."),
            ("<w:vanish w:val='0'/>", "Seen. Hidden."),
            ("<w:strike/>", "Seen."),
            ("<w:dstrike w:val='true'/>", "Seen."),
            ("<w:strike w:val='0'/>", "Seen. Hidden."),
        ],
    )
    def test_hidden_words_are_not_read(self, switch: str, text: str):
        assert word_text(f"<w:p>{run('Seen.')}{styled(' Hidden.', switch)}</w:p>") == text

    def test_a_field_that_waits_to_be_filled_in_says_nothing(self):
        field = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here.')}</w:sdtContent></w:sdt>"
        assert word_text(f"<w:p>{run('Seen.')}{field}</w:p>") == "Seen."

    def test_where_the_end_of_a_paragraph_was_deleted_it_goes_on(self):
        mark = "<w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>"
        assert word_text(f"<w:p>{mark}{run('She left ')}</w:p><w:p>{run('on Monday.')}</w:p>") == "She left on Monday."

    def test_nor_are_words_in_a_hidden_style_or_one_based_on_it(self):
        def hide(xml: bytes) -> bytes:
            styles = b"<w:style w:type='character' w:styleId='A'><w:rPr><w:vanish/></w:rPr></w:style>"
            styles += b"<w:style w:type='character' w:styleId='B'><w:basedOn w:val='A'/></w:style></w:styles>"
            return xml.replace(b"</w:styles>", styles)

        hidden = styled(" Hidden.", "<w:rStyle w:val='B'/>")
        made = word(xml=f"<w:p>{run('Seen.')}{hidden}</w:p>")
        assert extract_docx("a.docx", edited(made, "word/styles.xml", hide)).text == "Seen."


class TestPrintedForms:
    @pytest.mark.parametrize(("letter", "between"), [("T", ""), ("T", "<w:p/>"), ("A ship sank. T", "")])
    def test_a_large_first_letter_belongs_to_its_word(self, letter: str, between: str):
        drop = f"<w:p><w:pPr><w:framePr w:dropCap='drop' w:lines='3'/></w:pPr>{run(letter)}</w:p>{between}"
        assert word_text(f"{drop}<w:p>{run('he ice broke.')}</w:p>") == f"{letter}he ice broke."

    def test_a_word_of_one_letter_stays_apart(self):
        drop = f"<w:p><w:pPr><w:framePr w:dropCap='drop'/></w:pPr>{run('A ')}</w:p>"
        assert word_text(f"{drop}<w:p>{run('ship sank.')}</w:p>") == "A ship sank."

    @pytest.mark.parametrize(
        "sign",
        [
            "<w:r><w:sym w:font='Symbol' w:char='F06D'/></w:r>",
            styled("\uf06d", "<w:rFonts w:ascii='Symbol'/>"),
        ],
    )
    def test_a_sign_of_the_font_symbol_is_that_sign(self, sign: str):
        assert word_text(f"<w:p>{run('It weighs 5 ')}{sign}{run('g.')}</w:p>") == "It weighs 5 μg."

    def test_strict_files_are_read(self):
        content = word("The ice broke.")
        for part in ("word/document.xml", "_rels/.rels", "word/_rels/document.xml.rels", "word/styles.xml"):
            content = edited(
                content,
                part,
                lambda xml: re.sub(
                    rb"http://schemas.openxmlformats.org/(wordprocessingml|officeDocument|drawingml)/2006/",
                    rb"http://purl.oclc.org/ooxml/\1/",
                    xml,
                ),
            )
        assert extract_docx("a.docx", content).text == "The ice broke."

    @pytest.mark.parametrize(
        ("formula", "text"),
        [
            ("<m:f><m:num>{a}</m:num><m:den>{b}</m:den></m:f>", "a/b"),
            ("<m:sSup><m:e>{a}</m:e><m:sup>{b}</m:sup></m:sSup>", "a^b"),
            ("<m:func><m:fName>{a}</m:fName><m:e>{b}</m:e></m:func>", "a b"),
            ("<m:limLow><m:e>{a}</m:e><m:lim>{b}</m:lim></m:limLow>", "a_b"),
            ("<m:m><m:mr><m:e>{a}</m:e><m:e>{b}</m:e></m:mr><m:mr><m:e>{b}</m:e></m:mr></m:m>", "a b; b"),
            ("<m:d><m:dPr><m:begChr m:val='|'/><m:endChr m:val='|'/></m:dPr><m:e>{a}</m:e></m:d>", "|a|"),
            ("<m:rad><m:deg/><m:e>{a}</m:e></m:rad>", "√(a)"),
            ("<m:f><m:num>{a}<m:r><m:t> + 1</m:t></m:r></m:num><m:den>{b}</m:den></m:f>", "(a + 1)/b"),
        ],
    )
    def test_formulas_are_on_one_line(self, formula: str, text: str):
        said = formula.format(**{name: f"<m:r><m:t>{name}</m:t></m:r>" for name in "ab"})
        names = "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"
        assert word_text(f"<w:p>{run('So ')}<m:oMath {names}>{said}</m:oMath>{run('.')}</w:p>") == f"So {text}."


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(text)}</w:p></w:tc>"


def table(*rows: str, look: str = "") -> str:
    return f"<w:tbl><w:tblPr>{look}</w:tblPr>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell_labels(xml: str) -> list[tuple[str, str]]:
    found = extract_docx("a.docx", word(*STORY, xml=xml))
    return [(found.text[mark.start : mark.end], mark.label) for mark in found.marks]


class TestCells:
    HEAD = cell("") + cell("Adult") + cell("Child")

    def test_each_knows_its_row_and_its_column(self):
        assert cell_labels(table(self.HEAD, cell("Return") + cell("21.40") + cell("7.40"))) == [
            ("21.40", "Return, Adult"),
            ("7.40", "Return, Child"),
        ]

    def test_an_empty_cell_shifts_no_other(self):
        assert cell_labels(table(self.HEAD, cell("Return") + cell("") + cell("7.40"))) == [("7.40", "Return, Child")]

    def test_a_heading_over_two_columns_heads_both(self):
        above = cell("") + cell("2026", "<w:gridSpan w:val='2'/>")
        rows = [f"<w:trPr><w:tblHeader/></w:trPr>{row}" for row in (above, self.HEAD)]
        assert cell_labels(table(*rows, cell("Return") + cell("21.40") + cell("7.40"))) == [
            ("21.40", "Return, 2026, Adult"),
            ("7.40", "Return, 2026, Child"),
        ]

    def test_a_cell_merged_downwards_heads_every_row_of_it(self):
        first = cell("North", "<w:vMerge w:val='restart'/>") + cell("Bus") + cell("3")
        second = cell("", "<w:vMerge/>") + cell("Train") + cell("8")
        found = dict(cell_labels(table(cell("Region") + cell("Means") + cell("Lines"), first, second)))
        assert (found["3"], found["8"]) == ("North, Bus, Lines", "North, Train, Lines")

    def test_words_in_the_first_row_head_words_only_where_the_table_says_so(self):
        rows = [cell("Ship") + cell("Captain"), cell("Alma") + cell("Odile Tarn")]
        assert dict(cell_labels(table(*rows)))["Odile Tarn"] == "Alma"
        look = "<w:tblLook w:firstRow='1'/>"
        assert dict(cell_labels(table(*rows, look=look)))["Odile Tarn"] == "Alma, Captain"

    def test_a_large_table_costs_seconds(self):
        row = "".join(cell(str(number)) for number in range(50))
        assert len(cell_labels(table(*[row] * 100))) == 49 * 100


TestWhateverTheBytes = reader_properties((extract_docx, word(*STORY, title="Ice in Quillon")))
