"""A PDF gives the article's text, in the order in which it is read, or an error that says what to do."""

import io
import zlib
from collections import Counter
from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter
from reportlab.pdfbase.pdfmetrics import stringWidth

import index.pdf_reading
from index import pdf_words
from index.extraction import Extraction
from index.headers import Header
from index.pdf import extract_pdf
from index.pdf_layout import in_reading_order
from index.pdf_paragraphs import joined, read_paragraphs
from index.pdf_rows import page_rows
from index.pdf_words import Word
from tests.index.documents import drawn, pdf, reader_properties, refusal, repeatable

LINES = ["Ice in Quillon", "By Odile Tarn", "March 5, 2024"]
WRAPPED = [
    "The harbour of Quillon froze over on Monday night, and eleven ships lay still un-",
    "til the ice broke. Nobody had seen such ice in the well-",
    "known and much-loved port since the Anglo-",
    "Danish war. It is well-known there that ice comes from the north, and each time",
    "the council pays.",
    "The port will pay each crew 40 crowns a day.",
]
PROSE = (
    "The harbour of Quillon froze over on Monday night, and eleven ships lay still until the ice broke. Nobody had "
    "seen such ice in the well-known and much-loved port since the Anglo-Danish war. It is well-known there that "
    "ice comes from the north, and each time the council pays.\nThe port will pay each crew 40 crowns a day."
)


def encrypted(password: str, algorithm: str = "RC4-128") -> bytes:
    writer, stream = PdfWriter(clone_from=io.BytesIO(pdf(drawn(WRAPPED)))), io.BytesIO()
    writer.encrypt(password, "the owner's", algorithm=algorithm)
    writer.write(stream)
    return stream.getvalue()


def with_forms_in_forms(depth: int) -> bytes:
    """Return a PDF whose second page draws forms that draw forms, nine times each."""
    forms = []
    for number in range(10, 10 + depth):
        stream = b"/X Do " * 9 if number < 9 + depth else b"BT ET"
        inner = b"/Resources << /XObject << /X %d 0 R >> >> /Length %d" % (number + 1, len(stream))
        forms.append(b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] %s >>\nstream\n%s\nendstream" % (inner, stream))
    first = b"/XObject << /X 10 0 R >>"
    return pdf(drawn(WRAPPED), b"/X Do " * 9, drawn(WRAPPED), resources=first, more=tuple(forms))


class TestPdf:
    def test_broken_lines_and_words_are_joined_into_paragraphs(self):
        assert extract_pdf("a.pdf", pdf(drawn(WRAPPED))).text == PROSE

    def test_a_paragraph_goes_on_over_running_heads_and_page_numbers(self):
        pages = [["The Tide, issue 9", *WRAPPED[:3], "1"], ["The Tide, issue 9", *WRAPPED[3:], "2"]]
        assert extract_pdf("a.pdf", pdf(*map(drawn, pages))).text == f"The Tide, issue 9\n{PROSE}"

    def test_only_a_full_line_goes_on_before_a_capital(self):
        full = "The harbour of Quillon froze over on Monday night, as the keeper of the tides,"
        lines = [
            full,
            "Odile Tarn, told us.",
            "Ships",
            "The crews of eleven ships had to wait until the ice broke on the next day.",
            full,
        ]
        assert extract_pdf("a.pdf", pdf(drawn(lines))).text.splitlines() == [
            f"{full} Odile Tarn, told us.",
            "Ships",
            lines[3],
            full,
        ]

    def test_a_line_that_begins_in_small_letters_belongs_to_the_one_before(self):
        assert extract_pdf("a.pdf", pdf(drawn(["Ice holds", "eleven ships", *WRAPPED]))).text == (
            f"Ice holds eleven ships\n{PROSE}"
        )

    def test_items_stay_lines_of_their_own(self):
        lines = [WRAPPED[0][:-4], "• ice", "1. ships", WRAPPED[3]]
        assert extract_pdf("a.pdf", pdf(drawn(lines))).text.count("\n") == 3

    def test_ligatures_are_letters(self):
        cmap = b"begincmap 1 beginbfchar <01> <FB01> endbfchar endcmap"
        font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
        stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap)
        made = pdf(b"BT /F2 9 Tf (\x01rst) Tj ET", resources=b"/Font << /F2 7 0 R >>", more=(stream, font))
        made = made.replace(b"/Font << /F1", b"/Other << /F1")
        assert extract_pdf("a.pdf", made).text == "first"

    def test_the_letters_of_a_ligature_whose_boxes_are_smaller_belong_to_their_word(self):
        # As Chromium's files have them: "fi" has a box around its own shape, other letters one of their font's height.
        signs = [
            pdf_words._Sign(0, ord("f"), 447.8, 450.8, 100.0, 107.7, " ", True),
            pdf_words._Sign(1, ord("i"), 450.8, 453.9, 100.0, 107.7, "", True),
            pdf_words._Sign(2, ord("t"), 454.1, 460.5, 97.3, 108.9, ""),
        ]
        assert [("".join(chr(sign.code) for sign in word), raised) for word, _, raised in pdf_words._words(signs)] == [
            ("fit", False)
        ]

    def test_a_ligature_that_begins_a_line_is_measured_by_the_line_s_height(self):
        # The room behind its shape is 0.08 of the line's height, which is 0.12 of its own.
        signs = [
            pdf_words._Sign(0, ord("f"), 223.43, 226.51, 690.75, 700.0, "\n", True),
            pdf_words._Sign(1, ord("i"), 226.51, 229.59, 690.75, 700.0, "", True),
            pdf_words._Sign(2, ord("l"), 230.71, 234.03, 687.93, 701.89, ""),
            pdf_words._Sign(3, ord("e"), 234.03, 241.41, 687.93, 701.89, ""),
        ]
        assert ["".join(chr(sign.code) for sign in word) for word, *_ in pdf_words._words(signs)] == ["file"]

    def test_title_and_date_come_from_the_text_above_the_body(self):
        found = extract_pdf("a.pdf", pdf(drawn(LINES + WRAPPED), info=b"/CreationDate (D:20190101000000Z)"))
        assert found.header == Header("Ice in Quillon", None, date(2024, 3, 5), "Odile Tarn")

    def test_no_date_comes_from_the_file(self):
        found = extract_pdf("a.pdf", pdf(drawn(WRAPPED), info=b"/CreationDate (D:20240305) /ModDate (D:20240305)"))
        assert found.header == Header()

    @pytest.mark.parametrize(
        ("stated", "title"),
        [
            (b"/Title (Ice in Quillon: eleven ships)", "Ice in Quillon: eleven ships"),
            (b"/Title (Microsoft Word - ice final.doc)", None),
            (b"/Title (the ice.indd)", None),
            (b"/Title (untitled document)", None),
            (b"/Title (ice)", None),
            (b"/Title (%s)" % (b"word " * 50), None),
            (b"/Title <FEFFD83D0020D83D0020>", None),
            (b"/Title 7", None),
            (b"/Title", None),
        ],
    )
    def test_a_title_among_the_metadata_counts_when_it_is_one(self, stated: bytes, title: str | None):
        assert extract_pdf("a.pdf", pdf(drawn(WRAPPED), info=stated)).header.title == title

    def test_a_title_of_two_lines_is_known_by_the_metadata(self):
        made = pdf(
            drawn(["Ice in Quillon", "And Eleven Ships", *WRAPPED]), info=b"/Title (Ice in Quillon and eleven ships)"
        )
        assert extract_pdf("a.pdf", made).header.title == "Ice in Quillon and eleven ships"

    def test_broken_metadata_cost_nothing_else(self):
        assert extract_pdf("a.pdf", pdf(drawn(WRAPPED)).replace(b"/Info 3 0 R", b"/Info 7")).text == PROSE

    def test_the_title_that_is_shown_beats_one_that_is_not(self):
        found = extract_pdf("a.pdf", pdf(drawn(LINES + WRAPPED), info=b"/Title (Press release template)"))
        assert found.header.title == "Ice in Quillon"

    @pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
    def test_an_empty_password_opens_it(self, algorithm: str):
        assert extract_pdf("a.pdf", encrypted("", algorithm)).text == PROSE

    def test_another_password_is_asked_to_be_removed(self):
        assert "encrypted. Save it without a password." in refusal(extract_pdf, encrypted("secret")).reason

    def test_scanned_pages_are_sent_to_text_recognition(self):
        assert "OCR" in refusal(extract_pdf, pdf(b"q 612 0 0 792 0 0 cm /Scan Do Q", b"")).reason

    def test_too_many_pages_are_refused_with_the_limit(self):
        assert "it has 2,001 pages; 2,000 are read. Split it." in refusal(extract_pdf, pdf(*[b""] * 2001)).reason

    def test_the_count_that_it_states_does_not_matter(self):
        made = pdf(drawn(WRAPPED)).replace(b"/Count 1 ", b"/Count 9999999 ")
        assert extract_pdf("a.pdf", made).text == PROSE

    def test_reading_stops_at_the_time_limit(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(index.pdf_reading, "MAX_PDF_SECONDS", 0)
        assert "longer than 0 seconds to read. Split it." in refusal(extract_pdf, pdf(drawn(WRAPPED))).reason

    def test_a_busy_machine_is_no_fault_of_the_file(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(index.pdf_reading, "_MAX_WAITED", 0)
        assert (
            "as the machine is busy. Split it, or index again later."
            in refusal(extract_pdf, pdf(drawn(WRAPPED))).reason
        )

    def test_a_page_that_keeps_the_reader_busy_is_named_and_the_others_are_read(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(index.pdf_reading, "MAX_PAGE_SECONDS", 1)
        found = extract_pdf("a.pdf", with_forms_in_forms(8))
        assert found.text.startswith("The harbour of Quillon")
        assert found.faults[0][0] == "a.pdf page 2"
        assert "Save it again with another program." in found.faults[0][1]

    def test_a_bomb_is_not_unpacked(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(index.pdf_reading, "MAX_MEGABYTES", 200)
        packed = zlib.compress(b" " * 200_000_000, 1)
        made = pdf(b"@").replace(
            b"<< /Length 1 >>\nstream\n@", b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s" % (len(packed), packed)
        )
        assert "fills the memory" in refusal(extract_pdf, made).reason

    def test_a_page_of_one_huge_drawing_is_read(self):
        made = pdf(drawn(WRAPPED), b"BT /F1 9 Tf 9 9 Td (A map) Tj ET " + b"0 0 m 9 9 l S " * 20_000)
        assert extract_pdf("a.pdf", made).text == f"{PROSE}\nA map"

    @pytest.mark.parametrize("share", [0, 0.02, 0.5, 0.97])
    def test_one_that_was_cut_short_is_refused(self, share: float):
        made = pdf(drawn(WRAPPED))
        assert "damaged, cut short or not a PDF" in refusal(extract_pdf, made[: int(len(made) * share)]).reason

    def test_a_tree_of_pages_that_bites_its_tail_is_refused(self):
        made = pdf(drawn(WRAPPED)).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")
        assert "damaged" in refusal(extract_pdf, made).reason


TestWhateverTheBytes = reader_properties((extract_pdf, pdf(drawn(WRAPPED), info=b"/Title (Ice in Quillon)")))


def placed(*lines: tuple[float, float, str], size: float = 10, font: bytes = b"/F1") -> bytes:
    """Return a content stream with lines at their places, in points from the lower left."""
    shown = b"".join(b"1 0 0 1 %g %g Tm (%s) Tj " % (x, y, text.encode("cp1252")) for x, y, text in lines)
    return b"BT %s %g Tf %sET " % (font, size, shown)


def column(x: float, y: float, lines: list[str], step: float = 12) -> list[tuple[float, float, str]]:
    return [(x, y - step * number, line) for number, line in enumerate(lines)]


def justified(x: float, y: float, lines: list[str], width: float) -> list[tuple[float, float, str]]:
    """Return the words of lines at their places, the blanks between them stretched until each line is so wide."""
    shown = []
    for number, line in enumerate(lines):
        words = line.split()
        blank = (width - sum(stringWidth(word, "Helvetica", 10) for word in words)) / (len(words) - 1)
        place = x
        for word in words:
            shown.append((place, y - 12 * number, word))
            place += stringWidth(word, "Helvetica", 10) + blank
    return shown


def read(*pages: bytes) -> Extraction:
    return extract_pdf("a.pdf", pdf(*pages))


def marked(found: Extraction, kind: str) -> list[tuple[str, str]]:
    return [(found.text[mark.start : mark.end], mark.label) for mark in found.marks if mark.kind == kind]


LEFT = [
    "The harbour of Quillon froze over on",
    "Monday night, and eleven ships lay",
    "still until the ice broke in the late",
    "morning. Nobody in the town had seen",
    "such ice since the old war, said the",
]
RIGHT = [
    "keeper of the tide tables. The port",
    "will pay each crew 40 crowns a day,",
    "which the council had promised them",
    "after the last frost. Each time the",
    "ice comes from the north, it is said.",
]


class TestColumns:
    WHOLE = " ".join(LEFT + RIGHT)

    @pytest.mark.parametrize("shift", [0, 5])
    def test_they_are_read_one_after_the_other(self, shift: float):
        drawing = placed(*column(50, 700, LEFT), *column(300, 700 - shift, RIGHT))
        assert read(drawing).text == self.WHOLE

    def test_whatever_order_they_are_drawn_in(self):
        rows = [line for pair in zip(column(50, 700, LEFT), column(300, 700, RIGHT), strict=True) for line in pair]
        assert read(placed(*rows)).text == self.WHOLE

    def test_three_are_three(self):
        drawing = placed(*column(40, 700, LEFT), *column(225, 702, RIGHT), *column(410, 699, LEFT), size=9)
        assert read(drawing).text == " ".join(LEFT + RIGHT) + "\n" + " ".join(LEFT)

    def test_blanks_that_stand_one_below_the_other_part_no_columns(self):
        edge = 50 + max(stringWidth(line, "Helvetica", 10) for line in LEFT)
        drawing = placed(*column(50, 700, LEFT), (edge + 4, 652, "old"), *column(edge + 50, 700, RIGHT))
        assert read(drawing).text == " ".join([*LEFT, "old", *RIGHT])

    @pytest.mark.parametrize("gutter", [7, 12])
    def test_a_gutter_may_be_no_wider_than_the_blanks_of_justified_lines(self, gutter: float):
        width, step = 190, 190 + gutter  # the blanks are some 5 to 9 points wide
        columns = [justified(10 + step * place, 700, lines, width) for place, lines in enumerate((LEFT, RIGHT, LEFT))]
        rows = sorted((word for one in columns for word in one), key=lambda word: (-word[1], word[0]))
        assert read(placed(*rows)).text == " ".join(LEFT + RIGHT) + "\n" + " ".join(LEFT)

    def test_a_headline_over_both_comes_first_and_a_line_below_last(self):
        drawing = placed((50, 740, "Eleven ships lie still in Quillon, and the ice is thick"), size=18)
        drawing += placed(*column(50, 700, LEFT), *column(300, 700, RIGHT))
        drawing += placed((50, 600, "This report was written by the harbour office and stands below both columns."))
        assert read(drawing).text.splitlines()[0].startswith("Eleven ships lie still")
        assert self.WHOLE in read(drawing).text
        assert read(drawing).text.splitlines()[-1].startswith("This report was written")

    def test_a_sentence_goes_on_over_a_note_at_the_foot_of_a_column(self):
        drawing = placed(*column(50, 700, LEFT), *column(300, 700, RIGHT))
        drawing += placed((50, 620, "1 The ice was measured twice."), size=7)
        assert read(drawing).text.splitlines() == [self.WHOLE, "1 The ice was measured twice."]


class TestWords:
    def test_words_without_blanks_between_them_are_parted_by_their_gaps(self):
        shown, x = [], 50.0
        for word in "The instructions are in the file.".split():
            shown.append((x, 700, word))
            x += stringWidth(word, "Helvetica", 10) + 2
        assert read(placed(*shown)).text == "The instructions are in the file."

    def test_kerned_letters_stay_together(self):
        assert read(b"BT /F1 10 Tf 50 700 Td [(th) -30 (e har) 20 (bour)] TJ ET").text == "the harbour"

    def test_letters_that_are_spaced_out_are_words(self):
        assert read(b"BT /F1 10 Tf 2 Tc 50 700 Td (THE TIDE) Tj ET").text == "THE TIDE"
        assert read(b"BT /F1 10 Tf 50 700 Td (T H E   T I D E) Tj ET").text == "THE TIDE"

    def test_a_note_s_sign_doesn_t_melt_into_a_number_and_a_power_stays_one(self):
        def raised(before: bytes, sign: bytes, behind: bytes) -> str:
            return read(
                b"BT /F1 10 Tf 50 700 Td (%s) Tj /F1 6 Tf 4 Ts (%s) Tj /F1 10 Tf 0 Ts (%s) Tj ET"
                % (before, sign, behind)
            ).text

        assert raised(b"It cost 45", b"3", b" million.") == "It cost 45 million."
        assert raised(b"It cost 10", b"6", b" crowns.") == "It cost 10^6 crowns."
        assert raised(b"the 21", b"st", b" ship") == "the 21st ship"

    def test_a_large_first_letter_belongs_to_its_word(self):
        drawing = placed((50, 680, "T"), size=30)
        drawing += placed((70, 693, LEFT[0][1:]), (70, 681, LEFT[1]), *column(50, 669, LEFT[2:]))
        assert read(drawing).text == " ".join(LEFT)

    def test_a_line_along_the_edge_stands_apart(self):
        aside = b"BT /F1 8 Tf 0 1 -1 0 30 300 Tm (Draft of 5 March) Tj ET "
        found = read(aside + placed(*column(50, 700, LEFT)))
        assert found.text == " ".join(LEFT) + "\nDraft of 5 March"
        assert marked(found, "furniture") == [("Draft of 5 March", "text aside")]

    def test_a_page_that_lies_on_its_side_is_read(self):
        lines = [b"0 1 -1 0 %d 50 Tm (%s) Tj " % (100 + 12 * number, line.encode()) for number, line in enumerate(LEFT)]
        assert read(b"BT /F1 10 Tf %s ET" % b"".join(lines)).text == " ".join(LEFT)

    def test_an_end_of_ten_thousand_letters_costs_no_other(self):
        found = read(placed((50, 700, "x" * 50_000)), placed(*column(50, 700, LEFT)))
        assert " ".join(LEFT) in found.text


class TestHyphens:
    def text(self, first: str, second: str) -> str:
        lines = [f"The council met in the {first}-", f"{second} of the old town and spoke of the ice."]
        return read(placed(*column(50, 700, lines)), placed((50, 700, "He is well-known. 12 ships."))).text

    def test_a_broken_word_is_whole_again(self):
        assert "in the harbour of" in self.text("har", "bour")

    @pytest.mark.parametrize(
        ("first", "second"), [("Anglo", "Danish"), ("well", "known"), ("12", "point"), ("old", "town")]
    )
    def test_a_word_s_own_hyphen_stays(self, first: str, second: str):
        assert f"in the {first}-{second} of" in self.text(first, second)


class TestWhatStandsAroundTheText:
    def test_pages_keep_their_numbers_and_a_sentence_its_words(self):
        pages = [
            placed(*column(50, 700, lines), (300, 30, str(number))) for number, lines in enumerate((LEFT, RIGHT), 1)
        ]
        found = read(*pages)
        assert found.text == " ".join(LEFT + RIGHT)
        assert marked(found, "page") == [(" ".join(LEFT), "1"), (" ".join(RIGHT), "2")]

    def test_a_running_head_is_kept_once_and_marked(self):
        texts = [LEFT, RIGHT, ["In the end the crews were paid."]]
        pages = [
            placed((50, 760, f"The Tide {number}"), *column(50, 700, lines)) for number, lines in enumerate(texts, 7)
        ]
        found = read(*pages)
        assert marked(found, "furniture") == [("The Tide 7", "running head")]
        assert found.text == "The Tide 7\n" + " ".join(LEFT + RIGHT) + "\nIn the end the crews were paid."

    def test_a_running_head_is_no_title_where_the_text_has_one(self):
        pages = [placed((50, 760, f"Odile Tarn {number}"), *column(50, 700, LEFT)) for number in (7, 8, 9)]
        pages[0] += placed((50, 730, "Ice in Quillon"), size=20)
        assert read(*pages).header.title == "Ice in Quillon"

    def test_what_lies_beside_the_page_is_not_read(self):
        drawing = placed((50, 700, "In the end the crews were paid."), (-300, 700, "Slug"), (50, -40, "Slug"))
        assert read(drawing).text == "In the end the crews were paid."

    def test_the_numbers_of_lines_are_left_out(self):
        lines = column(50, 700, LEFT + RIGHT)
        numbers = [(30, y, str(number)) for number, (_, y, _) in enumerate(lines, 1)]
        assert read(placed(*lines, *numbers)).text == " ".join(LEFT + RIGHT)

    def test_the_numbers_of_items_are_not(self):
        items = [f"{number} Ships in the harbour" for number in range(1, 7)]
        assert read(placed(*column(50, 700, items))).text.splitlines() == items


class TestTables:
    ROWS = (("", "Adult", "Child"), ("Single", "12.00", "6.00"), ("Return", "21.40", "7.40"))

    def drawing(self, rows: Iterable[tuple[str, ...]]) -> bytes:
        cells = [
            (50 + 90 * place, 500 - 14 * number, cell)
            for number, row in enumerate(rows)
            for place, cell in enumerate(row)
            if cell
        ]
        return placed(*column(50, 700, LEFT), *cells)

    def test_a_row_is_a_line_and_a_cell_knows_its_headings(self):
        found = read(self.drawing(self.ROWS))
        assert found.text.splitlines()[1:] == ["Adult Child", "Single 12.00 6.00", "Return 21.40 7.40"]
        assert marked(found, "cell") == [
            ("12.00", "Single, Adult"),
            ("6.00", "Single, Child"),
            ("21.40", "Return, Adult"),
            ("7.40", "Return, Child"),
        ]

    def test_an_empty_cell_shifts_no_other(self):
        found = read(self.drawing([*self.ROWS, ("Weekly", "", "19.00")]))
        assert marked(found, "cell")[-1] == ("19.00", "Weekly, Child")

    def test_a_last_row_may_end_in_an_empty_cell(self):
        found = read(self.drawing([*self.ROWS, ("Weekly", "19.00", "")]))
        assert marked(found, "cell")[-1] == ("19.00", "Weekly, Adult")

    def test_a_row_of_one_cell_names_the_group_below_it(self):
        head, single, back = self.ROWS
        found = read(self.drawing([("Fare", *head[1:]), ("On weekdays",), single, back, ("On Sundays",), single]))
        assert found.text.splitlines()[2] == "On weekdays"
        assert [mark for mark in marked(found, "cell") if mark[0] == "12.00"] == [
            ("12.00", "On weekdays, Single, Adult"),
            ("12.00", "On Sundays, Single, Adult"),
        ]

    def test_what_two_columns_taken_for_one_are_headed_by_is_not_said(self):
        rows = [
            (None, "Ferry", None, "Bus", None),
            (None, "Single", "Return", "Single", "Return"),
            ("Adult", "6.10", "11.20", "2.00", None),
            ("Child", None, "7.40", None, "2.50"),
        ]
        cells = [
            (50 + 41 * place, 500 - 18 * number, cell)
            for number, row in enumerate(rows)
            for place, cell in enumerate(row)
            if cell
        ]
        assert not any("6.10" in label for _, label in marked(read(placed(*column(50, 700, LEFT), *cells)), "cell"))

    def test_the_lines_of_a_cell_in_the_middle_are_joined_within_it(self):
        said = ["No ship may leave the old", "quay at night in the winter", "months of the year."]
        cells = [(50, 500, "Lind"), *column(120, 500, said), (290, 500, "Aye"), (50, 458, "Orr")]
        cells += [*column(120, 458, ["Nothing should be sold", "before the vote."]), (290, 458, "No")]
        cells += [(50, 518, "Who"), (120, 518, "What was said"), (290, 518, "Vote")]
        found = read(placed(*column(50, 700, LEFT), *cells))
        assert found.text.splitlines()[1:] == [
            "Who What was said Vote",
            f"Lind {' '.join(said)} Aye",
            "Orr Nothing should be sold before the vote. No",
        ]

    def test_a_cell_of_two_lines_is_one(self):
        lines = [(50, 500, "Fare"), (140, 500, "Price"), (50, 484, "Single"), (140, 484, "12.00")]
        lines += [
            (50, 468, "Return on the"),
            (140, 462, "21.40"),
            (50, 456, "same day"),
            (50, 440, "Weekly"),
            (140, 440, "50.00"),
        ]
        assert "\nReturn on the same day 21.40\nWeekly 50.00" in read(placed(*column(50, 700, LEFT), *lines)).text

    def test_where_nothing_shows_what_heads_a_column_nothing_is_said(self):
        found = read(self.drawing([("Dead", "4"), ("Injured", "27"), ("Coaches", "3")]))
        assert found.text.splitlines()[1:] == ["Dead 4", "Injured 27", "Coaches 3"]
        assert marked(found, "cell") == []


class TestPagesThatGiveNoText:
    def test_they_are_named_and_the_others_read(self):
        picture = b"q 612 0 0 792 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI Q"
        found = read(placed(*column(50, 700, LEFT)), picture, picture, b"", placed(*column(50, 700, LEFT)))
        (name, reason), *others = found.faults
        assert (name, others) == ("a.pdf pages 2-3", [])
        assert "no text but pictures" in reason
        assert "OCR" in reason
        assert [label for _, label in marked(found, "page")] == ["1", "5"]

    @pytest.mark.parametrize(
        "line",
        [
            "7KH KDUERXU RI 4XLOORQ IURCH RYHU RQ 0RQGDB QLJKW DQG HOHYHQ VKLSV ODB VWLOO",  # each letter 29 signs off
            " ".join(f"/g{number}" for number in range(20, 60)),
        ],
    )
    def test_letters_that_stand_for_others_are_not_indexed(self, line: str):
        assert "letters" in refusal(extract_pdf, pdf(placed((50, 700, line)))).reason
        assert read(placed(*column(50, 700, LEFT)), placed((50, 700, line))).faults[0][0] == "a.pdf page 2"

    def test_signs_without_meaning_are_not_indexed(self):
        cmap = b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
        cmap += b"1 beginbfrange <20> <7E> <E020> endbfrange endcmap"
        stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap)
        font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
        made = pdf(placed((50, 700, LEFT[0]), font=b"/F2"), resources=b"/Font << /F2 7 0 R >>", more=(stream, font))
        made = made.replace(b"/Font << /F1", b"/Other << /F1")
        assert "letters cannot be told" in refusal(extract_pdf, made).reason

    @pytest.mark.parametrize("line", ["Tel. 0123 456 789, fax 0123 456 780, 2026-03-05", "BBC, ITV, CNN, NBC"])
    def test_numbers_and_short_forms_are_text(self, line: str):
        assert read(placed((50, 700, line))).text == line


@repeatable
@given(
    places=st.lists(
        st.tuples(st.floats(0, 600), st.floats(0, 780), st.text("abc.- 12", min_size=1, max_size=9), st.floats(4, 40)),
        min_size=1,
        max_size=40,
    )
)
def test_no_letter_is_lost_or_made_up_wherever_words_stand(places):
    """What lies one upon the other may be read in any order; page numbers and hyphens at line ends may go."""
    words = [Word(text, x, x + len(text) * size / 2, y, y + size, size) for x, y, text, size in places if text.strip()]
    rows = in_reading_order(page_rows(words))
    kept = Counter("".join(word.text for row in rows for unit in row.units for word in unit))
    assert kept == Counter("".join(word.text for word in words))
    text, marks = joined(read_paragraphs([rows], {}), ["1"])
    assert Counter(text) - kept <= Counter({" ": 10_000, "\n": 10_000})
    assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)
