"""A Rich Text Format file becomes text, title, publisher and date; the text is an extraction, stored as it was made.

What is hidden or deleted is left out, notes stand at the end, and tables' cells know what heads them. No library of
those that may be used does so: striprtf keeps hidden and deleted text and drops notes.
"""

import codecs
import re
from dataclasses import dataclass, field, replace

from index.blocks import Run, Table, blocks_as_text, joined
from index.errors import UnreadableArticle
from index.extraction import Extraction, naming, shown_title
from index.headers import read_header
from index.rtf_tables import RowShape, RowShapes, table_of
from index.rtf_words import CHARACTER_SETS, CODE_PAGES, FORMULA_PARTS, NO_TEXT, SIGNS, TEXT_BEHIND_STAR
from index.symbols import sign_of

MAX_GROUPS = 1_000  # one within another; programs write some twenty
MAX_PARTS = 3_000_000  # words, signs and stretches of text: as many take some 10 seconds

_EXTRACTOR = "Footnote's RTF reader 1"
_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|(?P<stray>\\)",
    re.DOTALL,
)
_OF_SIGNS = ("symbol", "signs")  # the font Symbol and others whose letters are signs
_PRIVATE_USE = 0xF000


def extract_rtf(file: str, content: bytes) -> Extraction:
    """Return the paragraphs, tables and notes of an RTF file. Raises UnreadableArticle."""
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n\x00").startswith(b"{\\rtf"):
        raise UnreadableArticle(file, "it is no RTF file. Save it as RTF, or under the suffix of what it is.")
    with naming(file, "an RTF file", "rtf"):
        reader = _Reader(file)
        reader.read(content)
        text, marks = blocks_as_text(reader.blocks())
        header = read_header(text, markdown=False)
    if not text:
        raise UnreadableArticle(file, "it holds no text. Remove it, or save its text.")
    title = shown_title(joined(reader.title), text, header)
    return Extraction(text, replace(header, title=title), _EXTRACTOR, marks)


@dataclass(slots=True)
class _Group:
    """What holds until the end of a group."""

    is_skipped: bool = False
    is_hidden: bool = False
    is_raised: bool = False
    in_table: bool = False
    is_drop: bool = False  # a large first letter, in a paragraph of its own
    code_page: str | None = None
    stand_in: int = 1  # how many characters stand behind one of Unicode, for programs that don't know it
    destination: str = ""
    font: int | None = None


@dataclass(slots=True)
class _Story:
    """The body, or a note: paragraphs and tables, and what is being read of them."""

    blocks: list[str | Table] = field(default_factory=list)
    rows: list[tuple[list[str], RowShape]] = field(default_factory=list)
    shapes: RowShapes = field(default_factory=RowShapes)
    row: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    def end_cell(self) -> None:
        self.row.append(joined(self.runs))
        self.runs = []

    def end_row(self) -> None:
        if any(run.text.strip() for run in self.runs):
            self.end_cell()
        self.runs = []
        self.rows.append((self.row, self.shapes.shape))
        self.row = []

    def end_paragraph(self) -> None:
        if self.row:
            self.end_row()
        if self.rows:
            self.blocks.append(table_of(self.rows))
            self.rows = []
        self.blocks.append(joined(self.runs))
        self.runs = []


class _Reader:
    def __init__(self, file: str) -> None:
        self.title: list[Run] = []
        self._file = file
        self._body = _Story()
        self._notes: list[_Story] = []
        self._stories = [self._body]
        self._groups: list[_Group] = []
        self._group = _Group()
        self._code_page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._default_font = 0
        self._bytes = bytearray()
        self._to_skip = 0
        self._behind_star = False

    def blocks(self) -> list[str | Table]:
        """Return the paragraphs and tables, those of the notes last."""
        for story in (self._body, *self._notes):
            story.end_paragraph()
        return [block for story in (self._body, *self._notes) for block in story.blocks]

    def read(self, content: bytes) -> None:
        place, end, parts = content.index(b"{"), len(content), 0
        while place < end and (match := _TOKEN.match(content, place)):
            place, parts = match.end(), parts + 1
            if parts > MAX_PARTS:
                raise UnreadableArticle(self._file, f"it has over {MAX_PARTS:,} words and signs. Split it.")
            if match.lastgroup in ("word", "number") and match["word"] == b"bin":
                place += max(0, int(match["number"] or 0))  # so many bytes of a picture
            elif match.lastgroup:
                self._take(match)
            if not self._groups:  # whatever stands behind the document is none of it
                break
        self._flush()
        if self._groups:
            raise UnreadableArticle(self._file, "it is cut short: groups in it are not closed. Save it again.")

    def _take(self, match: re.Match[bytes]) -> None:
        kind = match.lastgroup
        if kind == "brace":
            self._flush()
            self._to_skip = 0
            (self._open if match["brace"] == b"{" else self._close)()
        elif kind == "text":
            self._add(match["text"])
        elif kind == "hex":
            self._add(bytes.fromhex(match["hex"].decode()), characters=1)
        elif kind in ("word", "number"):
            number = int(match["number"]) if match["number"] else None
            self._word(match["word"].decode(), number)
        elif kind == "sign":
            self._sign(match["sign"].decode("latin-1"))

    def _open(self) -> None:
        if len(self._groups) >= MAX_GROUPS:
            raise UnreadableArticle(
                self._file, f"its groups are nested too deeply (over {MAX_GROUPS:,}). Save it anew."
            )
        self._groups.append(self._group)
        self._group = replace(self._group, destination="")
        self._behind_star = False

    def _close(self) -> None:
        if self._group.destination == "note":
            self._stories.pop()
        is_formula = self._group.destination == "formula"
        self._group = self._groups.pop()
        if is_formula:
            self._say(")")

    def _add(self, said: bytes, characters: int = 0) -> None:
        """Take bytes as text; `characters` is 1 where several bytes stand for one sign that can be skipped."""
        if self._to_skip:
            skipped = min(self._to_skip, characters or len(said))
            self._to_skip -= skipped
            said = b"" if characters else said[skipped:]
        if said and not (self._group.is_skipped or self._group.is_hidden):
            self._bytes += said
        elif said.startswith(b"Symbol") and self._fonts.get(self._group.font or 0) == "signs":  # in the list of fonts
            self._know_font("symbol")

    def _flush(self) -> None:
        if self._bytes:
            said = self._decoded(bytes(self._bytes))
            self._bytes.clear()
            if self._group.destination == "title":
                self.title.append(Run(said))
            else:
                self._stories[-1].runs.append(Run(said, self._group.is_raised))

    def _decoded(self, said: bytes) -> str:
        page = self._group.code_page or self._code_page
        return "".join(sign_of(code, page) for code in said) if page in _OF_SIGNS else said.decode(page, "replace")

    def _say(self, said: str) -> None:
        self._flush()
        if not (self._group.is_skipped or self._group.is_hidden):
            target = self.title if self._group.destination == "title" else self._stories[-1].runs
            target.append(Run(said, self._group.is_raised))

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._behind_star = True
        elif self._to_skip:
            self._to_skip -= 1
        elif sign in "\r\n":
            self._word("par", None)
        elif sign in "{}\\":
            self._add(sign.encode())  # it may be the second byte of a sign
        elif sign in SIGNS:
            self._say(SIGNS[sign])

    def _word(self, word: str, number: int | None) -> None:
        self._flush()
        behind_star, self._behind_star = self._behind_star, False
        group = self._group
        if word == "u":
            if number is not None:
                code = number % 0x10000
                page = group.code_page if _PRIVATE_USE <= code <= _PRIVATE_USE + 0xFF else None
                self._say(sign_of(code, page) if page in _OF_SIGNS else chr(code))
            self._to_skip = group.stand_in
            return
        self._to_skip = 0
        if word in NO_TEXT or (behind_star and word not in TEXT_BEHIND_STAR):
            group.is_skipped = True
        elif word in ("info", "upr", "fonttbl"):
            group.is_skipped = True
            group.destination = word
        elif word in ("ud", "title") and group.is_skipped:
            self._within_skipped(word)
        elif word == "footnote" and not group.is_skipped:
            group.destination = "note"
            self._notes.append(_Story())
            self._stories.append(self._notes[-1])
            group.in_table = group.is_raised = False
        elif word in FORMULA_PARTS and not group.is_skipped:
            self._say(FORMULA_PARTS[word])
            group.destination = "formula" if FORMULA_PARTS[word].endswith("(") else ""
        elif not self._look(word, number) and not group.is_skipped:
            self._place(word, number)

    def _within_skipped(self, word: str) -> None:
        """Read what stands in a group that is skipped otherwise: the title, and text beside its copy in ASCII."""
        around = {"ud": "upr", "title": "info"}[word]
        if self._groups and self._groups[-1].destination == around:
            self._group.is_skipped = False
            self._group.destination = word

    def _look(self, word: str, number: int | None) -> bool:
        """Take a word that says how text behind it is written or shown; return whether it was one."""
        group, is_on = self._group, number != 0
        if word in ("v", "deleted", "htmlrtf", "strike", "striked"):
            group.is_hidden = is_on
        elif word == "plain":
            group.is_hidden = group.is_raised = False
            group.code_page = self._fonts.get(self._default_font)
        elif word in ("super", "nosupersub", "up"):
            group.is_raised = word != "nosupersub" and is_on
        elif word in ("intbl", "pard"):
            group.in_table = word == "intbl"
            group.is_drop = group.is_drop and word == "intbl"
        elif word == "dropcapli":
            group.is_drop = True
        elif word == "uc":
            group.stand_in = max(0, min(number or 0, 99))
        elif word == "f":
            group.font = number or 0
            group.code_page = self._fonts.get(group.font)
        elif word == "deff":
            self._default_font = number or 0
        elif word == "fcharset":
            self._know_font(CHARACTER_SETS.get(number or 0))
        elif word in CODE_PAGES:
            self._code_page = CODE_PAGES[word]
        elif word in ("ansicpg", "cpg") and number:
            self._know_code_page(word, number)
        else:
            return False
        return True

    def _know_font(self, code_page: str | None) -> None:
        if code_page and self._group.font is not None:
            self._fonts[self._group.font] = code_page

    def _know_code_page(self, word: str, number: int) -> None:
        name = {65001: "utf-8", 10000: "mac-roman"}.get(number, f"cp{number}")
        try:
            codecs.lookup(name)
        except LookupError:
            return
        if word == "cpg":
            self._know_font(name)
        else:
            self._code_page = name

    def _place(self, word: str, number: int | None) -> None:
        """Take a word that ends a paragraph, a cell or a row, tells of a row, or stands for a sign."""
        story = self._stories[-1]
        if story.shapes.take(word, number):
            return
        if word == "cell":
            story.end_cell()
        elif word == "row":
            story.end_row()
        elif word in ("par", "sect", "page", "column") and not self._group.in_table:
            if not self._group.is_drop:
                story.end_paragraph()
        elif word in SIGNS:
            self._say(SIGNS[word])
