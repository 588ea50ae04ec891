"""The words of a line of a web page: text, links, buttons, raised signs and formulas become one string."""

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from index.page_signs import (
    RAISED_BY_STYLE,
    class_words,
    is_named_note_sign,
    is_note_sign,
    is_raised,
    is_unseen,
    sort_of,
)
from index.superscripts import raised

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table "
    "tbody td tfoot th thead tr ul".split()
)
# What a browser shows otherwise than as text, or not at all; what is deleted or struck out the writer took back.
NO_TEXT = frozenset(
    "annotation annotation-xml applet area audio canvas col colgroup datalist del embed frame frameset head iframe "
    "input link map meta noembed noframes noscript object optgroup option param rp rt s script select source strike "
    "style template textarea title track video".split()
)
_UNFOLDING = frozenset("h2 h3 h4 h5 h6 summary dt".split())
_LONGEST_SIGN = 30  # characters; what stands raised and is longer is a text in small print
_LONGEST_BRACKETED = 200  # several notes' signs: [1][2][citation needed]
_READ_AHEAD = 40
_BACK = re.compile(r"[\s^↩↑⇑\ufe0e]*")
_SHORT_SIGN = re.compile(r"\s*(?:\[[^\[\]]{1,12}\]|\(?\d{1,3}\)?|[*†‡§¶#]{1,3}|[\s^↩↑⇑\ufe0e]{1,4})\s*")
_LONGEST_LABEL = 40  # characters
LABEL = re.compile(
    r"(?i)(?:advertisement|ads?|sponsored|share(?: this.*| on .*)?|print|e-?mail|tweet|comments?|loading.*|close|menu"
    r"|\d+ comments?|read more|more|skip (?:to|advert).*|copy link|save|listen|follow)\W*"
)
_SHOWN_BY_PICTURE = frozenset("math tex latex formula equation emoji".split())
_STYLED = re.compile(r"^\{\\(?:display|text)style\s*(.*)\}$", re.DOTALL)


class Stretch(NamedTuple):
    """What a part of a line is: a `Mark` within the line."""

    start: int
    end: int
    kind: str
    label: str


class Words:
    """Text that grows piece by piece, its white space single, with what is known of its parts."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._space = False
        self._end = ""
        self.linked = self.operated = 0
        self.stretches: list[Stretch] = []

    def __len__(self) -> int:
        return self._length

    def __str__(self) -> str:
        return "".join(self._pieces)

    def add(self, text: str, *, linked: bool = False, operated: bool = False) -> None:
        words = text.split()
        if not words:
            self._space = self._space or bool(text)
            return
        between = " " if self._length and (self._space or text[0].isspace()) else ""
        piece = between + " ".join(words)
        self._pieces.append(piece)
        self._length += len(piece)
        self._space = text[-1].isspace()
        self._end = (self._end + piece)[-80:]
        self.linked += linked * len(piece)
        self.operated += operated * len(piece)

    def pause(self, sign: str) -> None:
        """Put a sign directly behind the last word."""
        self._space = False
        self.add(sign)

    def begins_with_blank(self, piece: int) -> bool:
        """Tell whether a piece, by its number, begins with the blank before its first word."""
        return piece < len(self._pieces) and self._pieces[piece][0] == " "

    @property
    def pieces(self) -> int:
        """How many pieces there are."""
        return len(self._pieces)

    @property
    def before(self) -> str:
        """The last words, with the space that will stand behind them."""
        return self._end + " " * (self._space and bool(self._length))


class Inline:
    """Reads the elements inside of a line one by one, each at its start and at its end."""

    def __init__(self, notes: frozenset[str]) -> None:
        self.words = Words()
        self._notes = notes
        self._links = self._buttons = 0
        # Marked parts that haven't ended: the element, its sort, the characters and pieces before it.
        self._open: list[tuple[HtmlElement, str, int, int]] = []

    def begin(self, element: "HtmlElement") -> bool:
        """Read an element's start, less its text. False when neither that is to be read nor its end."""
        tag = element.tag
        if tag in NO_TEXT or is_unseen(element):
            return False
        if is_raised(element) and self._sign(element):
            return False
        if tag in ("a", "button") and self._is_sign(element):
            return False
        if (
            tag == "button"
            and _is_operated(element)
            and LABEL.fullmatch(" ".join(_beginning(element, _LONGEST_LABEL).split()))
        ):
            return False
        if tag == "img":
            self.words.add(_picture(element))
            return False
        if _is_apart(element):
            self.words.add(" ")
        self._links += tag == "a"
        self._buttons += _is_operated(element)
        if (sort := sort_of(element)) and not any(around[1] == sort for around in self._open):
            self._open.append((element, sort, len(self.words), self.words.pieces))
        self.add("“" if tag == "q" else None)
        return True

    def finish(self, element: "HtmlElement") -> None:
        """Read the end of an element that has begun."""
        tag = element.tag
        self._links -= tag == "a"
        self._buttons -= _is_operated(element)
        self.add("”" if tag == "q" else None)
        if self._open and self._open[-1][0] is element:
            self._note_stretch(self.words, *self._open.pop()[1:])
        parent = element.getparent()
        # In a formula, the second part of these stands above the first.
        if parent is not None and parent.tag in ("msup", "mfrac") and parent[0] is element:
            self.add("^" if parent.tag == "msup" else "/")

    def add(self, text: str | None) -> None:
        if text:
            self.words.add(text, linked=self._links > 0, operated=self._buttons > 0)

    def take(self) -> Words:
        """Return the words so far, and go on with none."""
        taken, self.words = self.words, Words()
        for _, sort, start, piece in self._open:
            self._note_stretch(taken, sort, start, piece)
        self._open = [(element, sort, 0, 0) for element, sort, *_ in self._open]
        return taken

    @staticmethod
    def _note_stretch(words: Words, sort: str, start: int, piece: int) -> None:
        start += words.begins_with_blank(piece)
        if len(words) > start:
            words.stretches.append(Stretch(start, len(words), "furniture", sort))

    def _sign(self, element: "HtmlElement") -> bool:
        sign = _beginning(element, _LONGEST_BRACKETED + 1)
        if len(sign) > (_LONGEST_BRACKETED if sign.strip().startswith("[") else _LONGEST_SIGN):
            return False
        parent = element.getparent()
        around = [
            element,
            *element.iter("a"),
            *([parent] if parent is not None and parent.tag in ("a", "span") else []),
        ]
        is_note = any(map(is_note_sign, around))
        self.words.add(
            raised(self.words.before, sign, _behind(element), is_note=is_note, notes=self._notes),
            operated=self._buttons > 0,
        )
        return True

    def _is_sign(self, element: "HtmlElement") -> bool:
        """Tell whether a link is a note's sign in the text, or leads from the note back to it.

        A bare number in a sentence is one only where the place that it leads to says so: "as Section 2 says".
        """
        text = _beginning(element, _LONGEST_SIGN) if len(element) <= 2 else ""
        if not text or not is_note_sign(element) or not _SHORT_SIGN.fullmatch(text):
            return False
        if text.strip("() ").isdigit() and (self.words.before[-1:] in " ([" or not is_named_note_sign(element)):
            return bool(_BACK.fullmatch(text))
        return len(self.words) > 0 or bool(_BACK.fullmatch(text))


def _is_apart(element: "HtmlElement") -> bool:
    """Tell whether a part of a byline or a dateline stands beside another, parted from it by the style alone."""
    before, around = element.getprevious(), element.getparent()
    if before is None or (before.tail or "") or before.tag != "span" or element.tag != "span":
        return False
    return bool(sort_of(element) or sort_of(before) or (around is not None and sort_of(around)))


def _is_operated(element: "HtmlElement") -> bool:
    """Tell whether an element is a button; one in a heading unfolds what it heads."""
    return element.tag in ("button", "label") and not any(
        around.tag in _UNFOLDING for around in islice(element.iterancestors(), 3)
    )


def note_signs(page: "HtmlElement") -> frozenset[str]:
    """Return the raised signs that begin a block of the page: its notes'."""
    found = set()
    for sign in filter(is_raised, page.iter("sup", *RAISED_BY_STYLE)):
        inner, outer = sign, sign.getparent()
        while outer is not None and not (outer.text or "").strip() and outer[0] is inner:
            if outer.tag in BLOCKS:
                found.add(" ".join(_beginning(sign, _LONGEST_SIGN).split()).strip("[]()."))
                break
            inner, outer = outer, outer.getparent()
    return frozenset(found)


def _behind(element: "HtmlElement") -> str:
    """Return the beginning of what stands behind an element."""
    while not (element.tail or "") and element.getnext() is None and element.getparent() is not None:
        element = element.getparent()
        if element.tag in BLOCKS:
            return ""
    if element.tail:
        return str(element.tail)[:_READ_AHEAD]
    follower = element.getnext()
    if follower is None or follower.tag in BLOCKS:
        return ""
    return _beginning(follower, _READ_AHEAD)


def _beginning(element: "HtmlElement", length: int) -> str:
    """Return the first characters of an element's text."""
    found = ""
    for text in element.itertext():
        found += text[:length]
        if len(found) >= length:
            break
    return found[:length]


def _picture(element: "HtmlElement") -> str:
    """Return the words that a picture stands for: a formula or an emoji."""
    shown = (element.get("alt") or "").strip()
    if not shown or not any(word.startswith(tuple(_SHOWN_BY_PICTURE)) for word in class_words(element)):
        return ""
    styled = _STYLED.match(shown)
    return styled[1].strip() if styled else shown
