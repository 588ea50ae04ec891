"""An RTF file gives its paragraphs, tables and notes, each letter right, and nothing that it hides."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import rtf
from index.errors import UnreadableArticle
from index.extraction import Extraction
from index.rtf import extract_rtf

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=100)


def read(body: bytes, head: bytes = rb"\ansi\ansicpg1252") -> Extraction:
    return extract_rtf("a.rtf", rb"{\rtf1" + head + b" " + body + b"}")


def text(body: bytes, head: bytes = rb"\ansi\ansicpg1252") -> str:
    return read(body, head).text


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableArticle) as caught:
        extract_rtf("a.rtf", content)
    return caught.value.reason


class TestLetters:
    @pytest.mark.parametrize(
        ("written", "said"),
        [
            (rb"Caf\'e9", "Café"),
            (rb"\u8220?yes\u8221?", "“yes”"),
            (rb"\ldblquote yes\rdblquote\emdash he said", "“yes”—he said"),
            (rb"\uc2\u233\'3f\'3f s", "é s"),
            (rb"\uc0\u233 s", "és"),
            (rb"\u-10179?\u-8704? one", "😀 one"),
            (rb"a\~b \{c\} \\ d\_e so\-ft", "a b {c} \\ d-e soft"),
            (rb"{\upr{Wal?sa}{\*\ud{Wa\u322?\u281?sa}}}", "Wałęsa"),
            (b"one\r\n two", "one two"),
        ],
    )
    def test_each_way_of_writing_one_is_read(self, written: bytes, said: str):
        assert text(written) == said

    def test_a_font_says_how_its_bytes_are_read_and_two_may_be_one_sign(self):
        fonts = rb"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Times;}{\f2\fcharset128 Mincho;}}"
        assert text(fonts + rb"\'e9 {\f1 \'cb\'b8\'e4} {\f2 \'95\'5c\'95\\} \'e9") == "é Лёд 表表 é"

    @pytest.mark.parametrize("letter", [rb"m", rb"\'6d", rb"\u-3987?"])
    def test_a_letter_of_the_font_symbol_is_a_sign(self, letter: bytes):
        fonts = rb"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset2 Symbol;}{\f2\fcharset2 Wingdings;}}"
        assert text(fonts + rb"5 {\f1 " + letter + rb"}g {\f2 l}") == "5 μg •"

    def test_an_unknown_code_page_leaves_the_usual_one(self):
        assert text(rb"\'e9", rb"\ansi\ansicpg99999") == "é"

    @repeatable
    @given(said=st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp", "Cf", "Cn", "Co"]), min_size=1))
    def test_any_letters_come_back(self, said: str):
        codes = said.encode("utf-16-le")
        units = [int.from_bytes(codes[at : at + 2], "little", signed=True) for at in range(0, len(codes), 2)]
        assert text(b"".join(rb"\u%d?" % unit for unit in units)) == text_of(said)


def text_of(said: str) -> str:
    for ligature, letters in {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}.items():
        said = said.replace(ligature, letters)
    return said


class TestWhatIsShown:
    @pytest.mark.parametrize(
        "hidden",
        [
            rb"{\v secret }",
            rb"\v secret \v0 ",
            rb"\strike secret \strike0 ",
            rb"{\striked1 secret }",
            rb"{\deleted secret }",
            rb"{\*\generator secret;}",
            rb"{\header secret\par}",
            rb"{\pict\pngblip 89504e47}",
            rb"{\pict\bin7 sec{et}}",
            rb'{\field{\*\fldinst{HYPERLINK "http://secret"}}}',
            rb"{\*\annotation secret}",
            rb"{\xe secret}",
        ],
    )
    def test_what_nobody_sees_is_left_out(self, hidden: bytes):
        assert text(rb"She will " + hidden + rb"not resign.") == "She will not resign."

    def test_what_a_link_or_a_text_box_shows_is_text(self):
        assert text(rb'see {\field{\*\fldinst{HYPERLINK "x"}}{\fldrslt here}}') == "see here"
        assert "In a box." in text(rb"Words. {\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt In a box.\par}}{\shprslt x}}")

    @pytest.mark.parametrize("word", [rb"\footnote", rb"\*\footnote"])
    def test_a_note_stands_at_the_end_and_its_sign_nowhere(self, word: bytes):
        body = (
            rb"The toll is 45{\super\chftn 3{"
            + word
            + rb"\pard\plain{\super\chftn} It rose in May.}} million.\par Next."
        )
        assert text(body) == "The toll is 45 million.\nNext.\nIt rose in May."

    def test_what_is_moved_up_is_raised(self):
        assert text(rb"It cost 45{\up6 3} million.") == "It cost 45 million."

    def test_a_large_first_letter_belongs_to_its_word(self):
        assert text(rb"\pard\dropcapli3\dropcapt1 T\par\pard he ice broke.\par It thawed.") == (
            "The ice broke.\nIt thawed."
        )

    def test_the_parts_of_a_formula_stay_apart(self):
        fraction = rb"{\mf{\mnum{\mr a+1}}{\mden{\mr b}}}{\msSup{\me{\mr c}}{\msup{\mr 2}}}"
        assert text(rb"{\mmath{\*\moMath " + fraction + rb"}}") == "(a+1)/(b)c^(2)"

    def test_a_power_stays_readable(self):
        assert text(rb"10{\super 6} in 5 m{\super 2}") == "10^6 in 5 m²"


class TestTables:
    FARES = (
        rb"Fares\par{\trowd\intbl Fare\cell Single\cell Return\cell\row}"
        rb"{\intbl Child\cell\cell 4.90\cell\row\pard}After it.\par"
    )

    def test_a_row_is_a_line_and_its_cells_know_what_heads_them(self):
        found = read(self.FARES)
        assert found.text == "Fares\nFare | Single | Return\nChild | | 4.90\nAfter it."
        marked = [(found.text[mark.start : mark.end], mark.label) for mark in found.marks]
        assert marked == [("Child", "Fare"), ("4.90", "Child, Return")]

    def test_a_cell_over_several_columns_or_rows_heads_all_of_them(self):
        four = rb"\cellx1000\cellx2000\cellx3000\cellx4000 "
        found = read(
            rb"\pard\intbl\trowd\trhdr\cellx1000\cellx2000\cellx4010 Region\cell Means\cell 2026\cell\row"
            rb"\trowd\trhdr" + four + rb"\cell\cell Child\cell Adult\cell\row"
            rb"\trowd\clvmgf" + four + rb"North\cell Bus\cell 3\cell 7\cell\row"
            rb"\trowd\clvmrg" + four + rb"\cell Train\cell 8\cell 9\cell\row\pard"
        )
        marked = {found.text[mark.start : mark.end]: mark.label for mark in found.marks}
        assert marked["7"] == "North, Bus, 2026, Adult"
        assert marked["8"] == "North, Train, 2026, Child"

    def test_a_unit_stands_among_the_headings(self):
        ends = rb"\cellx1000\cellx2000\cellx3000\cellx4000 "
        found = read(
            rb"\pard\intbl\trowd\cellx1000\cellx2000\cellx4000 Plan\cell Capital\cell Revenue\cell\row"
            rb"\trowd" + ends + rb"\cell \'a3000\cell 2026\cell 2027\cell\row"
            rb"\trowd" + ends + rb"Close\cell 0\cell -412\cell -430\cell\row\pard"
        )
        assert found.marks[-1].label == "Close, Revenue, 2027"

    def test_a_cell_that_is_said_to_be_merged_with_the_one_before_belongs_to_it(self):
        found = read(
            rb"\pard\intbl\trowd\trhdr\cellx1000\cellx2000\clmrg\cellx3000 Fare\cell 2026\cell\cell\row"
            rb"\trowd\cellx1000\cellx2000\cellx3000 Child\cell 3\cell 7\cell\row\pard"
        )
        assert [mark.label for mark in found.marks] == ["Fare", "Child, 2026", "Child, 2026"]

    def test_paragraphs_of_a_cell_stay_in_its_row(self):
        assert text(rb"\pard\intbl a\par b\cell c\cell\row\pard d") == "a b | c\nd"


class TestHeader:
    def test_the_title_is_what_the_file_states_and_the_rest_what_the_text_shows(self):
        body = (
            rb"{\info{\title The ferry sails again}{\author Root}}The ferry sails again\par The Tide, 5 March 2024\par "
        )
        found = read(body + rb"The ferry sailed again on Tuesday, the port said.")
        assert (found.header.title, found.header.published) == ("The ferry sails again", date(2024, 3, 5))
        assert "Root" not in found.text


class TestRefusals:
    def test_another_kind_of_file(self):
        assert refusal(b"PK\x03\x04") == "it is no RTF file. Save it as RTF, or under the suffix of what it is."

    def test_one_that_is_cut_short(self):
        assert refusal(rb"{\rtf1 She will {\b not") == "it is cut short: groups in it are not closed. Save it again."

    def test_one_without_text(self):
        assert refusal(rb"{\rtf1{\pict 00}}") == "it holds no text. Remove it, or save its text."

    def test_groups_within_groups(self):
        assert "nested too deeply" in refusal(rb"{\rtf1" + b"{" * 100_000)

    def test_one_of_too_many_parts(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(rtf, "MAX_PARTS", 10)
        assert "words and signs. Split it." in refusal(rb"{\rtf1" + rb"\'41" * 20 + b"}")

    def test_what_stands_behind_the_document_is_left_out(self):
        assert extract_rtf("a.rtf", rb"{\rtf1 Words.}{\b more}").text == "Words."

    @repeatable
    @given(noise=st.text("{}\\abu'0*-5 \n", max_size=40))
    def test_noise_is_read_or_refused(self, noise: str):
        try:
            extract_rtf("a.rtf", rb"{\rtf1 a " + noise.encode() + b"}")
        except UnreadableArticle as error:
            assert error.reason.endswith(".")  # noqa: PT017
