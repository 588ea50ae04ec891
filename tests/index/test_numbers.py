"""Numbers that a reader sees before items and headings are read where they say more than that there is a list."""

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import nsdecls

from index.list_numbers import shown_number
from index.open_document import extract_odt
from index.sentences import sentence_spans
from index.web_pages import extract_html
from index.word import extract_docx
from tests.index.documents import edited, word

STORY = "<p>The reservoir above Dalby has fallen to a third of what it holds, the board said on Thursday.</p>"


@pytest.mark.parametrize(
    ("number", "kind", "shown"),
    [
        (4, "1", "4"),
        (4, "01", "04"),
        (4, "a", "d"),
        (28, "A", "BB"),
        (0, "a", "0"),
        (1949, "I", "MCMXLIX"),
        (9, "i", "ix"),
        (5000, "i", "5000"),
        (3, "?", "3"),
    ],
)
def test_a_number_is_shown_in_the_list_s_own_signs(number: int, kind: str, shown: str):
    assert shown_number(number, kind) == shown


class TestPages:
    @pytest.mark.parametrize(
        ("ordered", "lines"),
        [
            ('<ol start="4"><li>No boats.</li><li>No fishing.</li></ol>', ["4. No boats.", "5. No fishing."]),
            ('<ol><li>No boats.</li><li value="7">No fishing.</li></ol>', ["1. No boats.", "7. No fishing."]),
            ('<ol type="a"><li>No boats.</li><li><p>No fishing.</p></li></ol>', ["a. No boats.", "b. No fishing."]),
            ("<ol reversed><li>No boats.</li><li>No fishing.</li></ol>", ["2. No boats.", "1. No fishing."]),
            ("<ol><li>No boats.</li><li>No fishing.</li></ol>", ["No boats.", "No fishing."]),
            ('<ol start="4"><li>4. No boats.</li><li>No fishing.</li></ol>', ["4. No boats.", "5. No fishing."]),
            ('<ol start="x"><li>No boats.</li><li>No fishing.</li></ol>', ["No boats.", "No fishing."]),
            ("<ul><li>No boats.</li><li>No fishing.</li></ul>", ["No boats.", "No fishing."]),
        ],
    )
    def test_a_list_that_begins_elsewhere_or_has_letters_is_numbered(self, ordered: str, lines: list[str]):
        page = f"<html><body><article><h1>Rules</h1>{STORY}{ordered}{STORY}</article></body></html>"
        assert extract_html("a.html", page.encode()).text.split("\n")[2:4] == lines


LEVEL = '<w:lvl w:ilvl="{}"><w:start w:val="{}"/><w:numFmt w:val="{}"/>{}<w:lvlText w:val="{}"/></w:lvl>'


def numbered(paragraphs: str, *levels: str, lists: str = "", **styles: int) -> list[str]:
    """Return the lines of a document whose list 1 has these levels; `styles` are numbered by it on theirs."""
    document = docx.Document(io.BytesIO(word(xml=paragraphs)))
    for name in styles:
        style = document.styles.add_style(name, 1)
        style.element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 1
    saved = io.BytesIO()
    document.save(saved)
    listed = (
        f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="5">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>{lists}</w:numbering>'
    )
    return extract_docx("a.docx", edited(saved.getvalue(), "word/numbering.xml", lambda _: listed.encode())).text.split(
        "\n"
    )


def item(text: str, depth: int = 0, number: int = 1) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


class TestWord:
    def test_items_have_the_label_of_their_level(self):
        levels = LEVEL.format(0, 4, "decimal", "", "Article %1."), LEVEL.format(1, 1, "lowerLetter", "", "(%2)")
        paragraphs = item("Boats") + item("None.", 1) + item("Never.", 1) + item("Fish") + item("None.", 1)
        shown = ["Article 4. Boats", "(a) None.", "(b) Never.", "Article 5. Fish", "(a) None."]
        assert numbered(paragraphs, *levels) == shown

    def test_a_label_holds_the_numbers_above(self):
        levels = LEVEL.format(0, 1, "upperRoman", "", "%1"), LEVEL.format(1, 1, "decimal", "", "%1.%2")
        assert numbered(item("Boats") + item("None.", 1), *levels) == ["I Boats", "I.1 None."]

    def test_bullets_and_items_of_no_list_have_none(self):
        paragraphs = item("Boats") + item("Fish", number=0) + item("Eels", number=9)
        assert numbered(paragraphs, LEVEL.format(0, 1, "bullet", "", "·")) == ["Boats", "Fish", "Eels"]

    def test_another_list_of_the_kind_goes_on_or_begins_anew(self):
        lists = (
            '<w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="5"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
        paragraphs = item("Boats") + item("Fish", number=2) + item("Eels", number=3)
        level = LEVEL.format(0, 1, "decimal", "", "%1.")
        assert numbered(paragraphs, level, lists=lists) == ["1. Boats", "2. Fish", "1. Eels"]

    def test_a_style_numbers_its_paragraphs_on_the_level_that_names_it(self):
        levels = (
            LEVEL.format(0, 1, "decimal", "", "%1"),
            LEVEL.format(1, 1, "decimal", '<w:pStyle w:val="Sub"/>', "%1.%2"),
        )
        sub = '<w:p><w:pPr><w:pStyle w:val="Sub"/></w:pPr><w:r><w:t>Depth</w:t></w:r></w:p>'
        assert numbered(item("Boats") + sub, *levels, Sub=1) == ["1 Boats", "1.1 Depth"]


NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "style", "table")
)
NUMBERS = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" '
    'style:num-suffix="." text:start-value="4"/><text:list-level-style-number text:level="2" style:num-format="a" '
    'style:num-suffix=")"/></text:list-style><text:list-style style:name="B"><text:list-level-style-bullet '
    'text:level="1"/></text:list-style>'
)
OUTLINE = (
    '<text:outline-style style:name="O"><text:outline-level-style text:level="1" style:num-format="I"/>'
    '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
)


def open_text(body: str, styles: str) -> list[str]:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        content = f"<office:body><office:text>{body}</office:text></office:body>"
        styled = f"<office:automatic-styles>{styles}</office:automatic-styles>"
        package.writestr("content.xml", f"<office:document-content {NAMES}>{styled}{content}</office:document-content>")
    return extract_odt("a.odt", packed.getvalue()).text.split("\n")


def listed(*items: str, style: str = "L", more: str = "") -> str:
    held = "".join(f"<text:list-item>{one}</text:list-item>" for one in items)
    return f'<text:list text:style-name="{style}" {more}>{held}</text:list>'


class TestOpenDocument:
    def test_items_have_the_label_of_their_level(self):
        inner = "<text:p>Boats</text:p><text:list><text:list-item><text:p>None.</text:p></text:list-item></text:list>"
        body = listed(inner, "<text:p>Fish</text:p><text:p>More of it.</text:p>")
        assert open_text(body, NUMBERS) == ["4. Boats", "a) None.", "5. Fish", "More of it."]

    def test_a_list_begins_anew_unless_it_goes_on(self):
        one = listed("<text:p>Boats</text:p>")
        on = listed("<text:p>Fish</text:p>", more='text:continue-numbering="true"')
        assert open_text(one + on + one, NUMBERS) == ["4. Boats", "5. Fish", "4. Boats"]

    def test_bullets_have_none(self):
        assert open_text(listed("<text:p>Boats</text:p>", style="B"), NUMBERS) == ["Boats"]

    def test_headings_are_numbered_as_the_outline_says(self):
        body = "".join(f'<text:h text:outline-level="{depth}">Boats</text:h>' for depth in (1, 2, 2, 1))
        assert open_text(body, OUTLINE) == ["I Boats", "I.1 Boats", "I.2 Boats", "II Boats"]


class TestTabs:
    TABS = (
        '<ul role="tablist"><li><a role="tab" href="#s" aria-controls="s">Summer</a></li>'
        '<li><a role="tab" href="#w">Winter</a></li></ul>'
    )

    def test_what_a_tab_is_called_stands_above_its_panel(self):
        panels = (
            '<div id="s" role="tabpanel"><p>Open from 9 to 18 on every day of the week.</p></div>'
            '<div id="w" role="tabpanel" hidden><p>Open from 10 to 15 and never in the week.</p></div>'
        )
        page = f"<html><body><article><h1>Hours</h1>{STORY}{self.TABS}{panels}{STORY}</article></body></html>"
        assert extract_html("a.html", page.encode()).text.split("\n")[2:6] == [
            "Summer",
            "Open from 9 to 18 on every day of the week.",
            "Winter",
            "Open from 10 to 15 and never in the week.",
        ]

    def test_a_tab_of_links_is_no_heading(self):
        panel = '<div id="s" role="tabpanel"><ul><li><a href="/a">Boats</a></li></ul></div>'
        page = f"<html><body><article><h1>Hours</h1>{STORY}{self.TABS}{panel}{STORY}</article></body></html>"
        assert "Summer" not in extract_html("a.html", page.encode()).text


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("d. No boats after dark. Never.", ["d. No boats after dark.", "Never."]),
        ("IV. No boats.", ["IV. No boats."]),
        ("Article 4. No boats.", ["Article 4. No boats."]),
        ("It is Article 4. The dam is low.", ["It is Article 4.", "The dam is low."]),
        ("It was he and I. The dam is low.", ["It was he and I.", "The dam is low."]),
    ],
)
def test_what_stands_before_an_item_is_no_sentence_of_its_own(text: str, sentences: list[str]):
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences
