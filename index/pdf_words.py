"""The words of a PDF's pages and their places, read by PDFium: `python -m index.pdf_words FIRST SECONDS MB ALL < FILE`.

PDFium is native code: a made-up file can crash it, fill the memory or keep it busy for hours, and nothing inside of a
process stops that. So it reads in a process of its own (`index.pdf_reading` starts it), which ends when a page takes
more than SECONDS of work, or all of them more than ALL. Each line that it writes is JSON: first a Document, then the
pages from FIRST (counted from 0) on, unless there are more than are read.
"""

import ctypes
import json
import math
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from statistics import median
from types import ModuleType
from typing import NamedTuple

from index.limits import limit_memory, limit_work

MAX_PAGES = 2_000
MAX_WORD = 1_000  # characters; a longer run without a blank is cut, so that one page cannot be one word

_WORD_GAP = 0.1  # of a line's height; between letters it is 0, and kerning is mostly negative
_SEEN = 0.02  # of a line's height: a blank that is narrower is none
_BLANKS = frozenset((0x9, 0xA, 0xD, 0x20, 0xA0, 0x3000, *range(0x2000, 0x200B)))
_LINE_ENDS = frozenset((0xA, 0xD))
_HYPHENS = frozenset((0x2, 0xFFFE))  # what PDFium calls a hyphen at a line's end
_BULLETS = frozenset((0xF0B7, 0xF0A7, 0xF076, 0xF0D8, 0xF0FC))  # of the symbol fonts that word processors use
_TURN = math.pi / 2
_EXACT = 0.01  # points; the boxes of a font's letters are larger than what is drawn


Box = tuple[float, float, float, float]


class Word(NamedTuple):
    """A word and its place, in points from the page's lower left.

    It may be `glued` to the word before, with no blank between them, and `raised` above its line.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool = False
    glued: bool = False
    raised: bool = False


@dataclass(slots=True)
class Page:
    """What is on a page. `aside` is what runs in another direction than most; `noise` counts signs without meaning."""

    label: str = ""
    height: float = 0
    words: list[Word] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    signs: int = 0
    noise: int = 0
    objects: int = 0
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """What is true of a whole file, or the error that PDFium met: "password", or its own words."""

    pages: int = 0
    title: str = ""
    error: str = ""


class _Sign(NamedTuple):
    place: int
    code: int
    left: float
    right: float
    bottom: float
    top: float
    blank: str  # what stands before it: "", " ", "\n", or "?" for a blank that PDFium made up
    of_ligature: bool = False  # whose letters have boxes of their own shapes, not of their font


def main() -> None:
    """Read the file on standard input."""
    from pypdfium2 import PdfDocument, PdfiumError, raw  # noqa: PLC0415

    def tell(found: Document | Page) -> None:
        sys.stdout.write(json.dumps(asdict(found)) + "\n")
        sys.stdout.flush()

    first, seconds, megabytes, whole = map(int, sys.argv[1:])
    content = sys.stdin.buffer.read()
    limit_memory(megabytes)
    limit_work(whole)
    _alarm(seconds)
    try:
        document = PdfDocument(content)
    except PdfiumError as error:
        tell(Document(error="password" if error.err_code == raw.FPDF_ERR_PASSWORD else str(error)))
        return
    title = ""
    with suppress(ValueError):  # halves of characters: a broken title is none
        title = document.get_metadata_dict().get("Title", "")
    tell(Document(len(document), title))
    for number in range(first, len(document) if len(document) <= MAX_PAGES else 0):
        _alarm(seconds)
        try:
            page = document[number]
            text = page.get_textpage()
            found = read_page(text.raw, raw, page.get_bbox())
            found.height, found.objects = page.get_height(), raw.FPDFPage_CountObjects(page.raw)
            text.close()
            page.close()
        except PdfiumError as error:
            found = Page(fault=f"it is damaged ({error}). Save it again.")
        found.label = document.get_page_label(number) or str(number + 1)
        tell(found)


def _alarm(seconds: int) -> None:
    """Have the system end this process when the next page is not read in time; only a signal ends native code."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)  # of work: a busy machine is no fault of the page


def read_page(text: object, raw: ModuleType, seen: Box) -> Page:
    """Return the words of a page that PDFium has loaded, as far as they lie in `seen`: left, bottom, right, top."""
    page = Page()
    turned: dict[float, list[_Sign]] = {}
    signs: list[_Sign] = []
    turns = 0.0
    for sign in _signs(text, raw, page, seen):
        signs.append(sign)
        if sign.blank:  # no word changes its direction
            turns = round(raw.FPDFText_GetCharAngle(text, sign.place) / _TURN, 2) % 4
        turned.setdefault(turns, []).append(sign)
    if not signs:
        return page
    main_turn = max(turned, key=lambda turns: (len(turned[turns]), -turns))
    for turns, others in turned.items():
        if turns != main_turn:
            page.aside += "".join(sign.blank.replace("?", " ") + chr(sign.code) for sign in others).split("\n")
    upright = [_upright(sign, main_turn) for sign in turned[main_turn]]
    for line in _lines(upright):
        for word in _words(line):
            page.words.append(_styled(word, text, raw))
    return page


def _signs(text: object, raw: ModuleType, page: Page, seen: Box) -> Iterator[_Sign]:
    box = raw.FS_RECTF()
    into = ctypes.byref(box)
    blank, height = "\n", 0.0
    for index in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, index)
        if code in _BLANKS:
            if code in _LINE_ENDS:
                blank = "\n"
            elif not blank or blank == "?":
                blank = "?" if raw.FPDFText_IsGenerated(text, index) == 1 else " "
            continue
        raw.FPDFText_GetLooseCharBox(text, index, into)
        if box.right < seen[0] or box.top < seen[1] or box.left > seen[2] or box.bottom > seen[3]:
            continue
        page.signs += 1
        if code in _HYPHENS:
            code = 0x2D
        elif code in _BULLETS:
            code = 0x2022
        elif code < 0x20 or 0xE000 <= code <= 0xF8FF or code == 0xFFFD or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            page.noise += 1
            continue
        of_ligature = False
        if height != box.top - box.bottom:
            drawn = _drawn(text, index, raw)
            edges = (box.left, box.right, box.bottom, box.top)
            of_ligature = max(abs(one - other) for one, other in zip(drawn, edges, strict=True)) < _EXACT
            height = 0.0 if of_ligature else box.top - box.bottom
        yield _Sign(index, code, box.left, box.right, box.bottom, box.top, blank, of_ligature)
        blank = ""


def _drawn(text: object, index: int, raw: ModuleType) -> Box:
    """Return the box of what is drawn for a sign: left, right, bottom, top."""
    edges = tuple(ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text, index, *edges)
    return edges[0].value, edges[1].value, edges[2].value, edges[3].value


def _upright(sign: _Sign, turns: float) -> _Sign:
    if turns == 3:
        return sign._replace(left=sign.bottom, right=sign.top, bottom=-sign.right, top=-sign.left)
    if turns == 2:
        return sign._replace(left=-sign.right, right=-sign.left, bottom=-sign.top, top=-sign.bottom)
    if turns == 1:
        return sign._replace(left=-sign.top, right=-sign.bottom, bottom=sign.left, top=sign.right)
    return sign


def _lines(signs: Iterable[_Sign]) -> Iterator[list[_Sign]]:
    """Yield runs of signs that stand one behind the other on a line."""
    line: list[_Sign] = []
    for sign in signs:
        if line:
            last = line[-1]
            height = min(sign.top - sign.bottom, last.top - last.bottom)
            overlap = min(sign.top, last.top) - max(sign.bottom, last.bottom)
            is_drop = height < 0.45 * max(sign.top - sign.bottom, last.top - last.bottom)
            goes_on = not is_drop and overlap > 0.4 * height and -0.6 * height < _gap(last, sign) < height
            if not goes_on or len(line) >= MAX_WORD * 4:
                yield line
                line = []
        line.append(sign)
    if line:
        yield line


def _gap(last: _Sign, sign: _Sign) -> float:
    """Return the room between two signs; the letters of a ligature have one place."""
    return 0.0 if sign.left == last.left and sign.right == last.right else sign.left - last.right


def _words(line: list[_Sign]) -> Iterator[tuple[list[_Sign], bool, bool]]:
    """Yield the words of a line, each with whether it is glued to the one before and raised above the line.

    A gap wider than the letters' usual one parts words; a blank does when it is one that can be seen, for there are
    files with a blank behind each letter, and files without any.
    """
    gaps = [_gap(last, sign) for last, sign in pairwise(line)]
    usual = median([gap for gap, sign in zip(gaps, line[1:], strict=True) if not sign.blank] or [0.0])
    blanks = sum(sign.blank != "" for sign in line[1:])
    trusted = blanks <= 0.6 * len(gaps) or len(gaps) < 4  # else the letters are spaced out: a word's gap is wider still
    if not trusted:
        usual = median(gaps)
    word, raised, glued = [line[0]], False, False
    base = next((sign for sign in line if not sign.of_ligature), line[0])  # a ligature is lower than its line
    for gap, sign in zip(gaps, line[1:], strict=True):
        height = base.top - base.bottom
        parted = gap - usual > _WORD_GAP * height or (trusted and sign.blank == " " and gap > _SEEN * height)
        above = raised if sign.of_ligature else _stands_above(sign, base)
        if word == [base] and base is line[0] and _stands_above(base, sign):  # the line begins with a note's sign
            yield word, False, True
            word, glued, base = [sign], not parted, sign
            continue
        if parted or above != raised or len(word) >= MAX_WORD:
            yield word, glued, raised
            word, glued, raised = [], not parted, above
        word.append(sign)
        if not above and not sign.of_ligature:
            base = sign
    yield word, glued, raised


def _stands_above(sign: _Sign, base: _Sign) -> bool:
    height = base.top - base.bottom
    if sign.of_ligature or base.of_ligature:
        return False
    return sign.top - sign.bottom < 0.88 * height and sign.bottom > base.bottom + 0.12 * height


def _styled(word: tuple[list[_Sign], bool, bool], text: object, raw: ModuleType) -> Word:
    signs, glued, raised = word
    matrix = raw.FS_MATRIX()
    first = signs[0]
    size = raw.FPDFText_GetFontSize(text, first.place)
    if raw.FPDFText_GetMatrix(text, first.place, ctypes.byref(matrix)):
        size *= math.hypot(matrix.c, matrix.d)
    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(80)
    raw.FPDFText_GetFontInfo(text, first.place, name, 80, ctypes.byref(flags))
    bold = b"bold" in name.value.lower() or b"black" in name.value.lower()
    letters = "".join(chr(sign.code) for sign in signs)
    usual = next((sign for sign in signs if not sign.of_ligature), first)
    places = (round(first.left, 1), round(signs[-1].right, 1), round(usual.bottom, 1), round(usual.top, 1))
    return Word(letters, *places, round(size, 1), bold, glued, raised)


if __name__ == "__main__":
    main()
