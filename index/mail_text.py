"""The text of a message: what its writer says, and which lines are an earlier mail's, a signature or its headers."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from index.records import Mark
from index.web_pages import extract_message

_QUOTED = re.compile(r"\s?>")
# "On Mon, 5 Mar 2024 at 10:12, Odile Tarn <o@tide.example> wrote:", also over two lines.
_INTRODUCES = re.compile(
    r"(?i)\s*(?:on|am|le|el|il|den|op)\b.{4,300}\b(?:wrote|schrieb|écrit|escribió|scritto|skrev|schreef)\s*:\s*"
)
_ORIGINAL = re.compile(r"(?i)\s*-{2,}\s*original (?:message|appointment)\s*-{2,}\s*")
_RULE = re.compile(r"\s*_{10,}\s*")
_HEADER = re.compile(r"(?i)\s*\*?(?:from|sent|date|to|cc|subject):\*?\s")
_SIGNATURE = re.compile(r"--[ \xa0]?")
_LONGEST_LINE = 400  # characters; a longer one is a paragraph
_LONGEST_SIGNATURE = 15  # lines; more is a text between rules
_QUOTES_OF_PAGES = (
    "//blockquote[@type='cite']|//*[@id='divRplyFwdMsg' or contains(@class, 'gmail_quote')"
    " or contains(@class, 'yahoo_quoted') or contains(@class, 'protonmail_quote') or @class='moz-cite-prefix']"
    # Outlook puts the earlier message behind a heading of its own, not into an element.
    "|//*[@id='divRplyFwdMsg' or @id='appendonsend'][1]/following-sibling::*"
)


class Body(NamedTuple):
    """A text of a message's, and its marks."""

    text: str
    marks: tuple[Mark, ...] = ()


def whole_text(lines: Iterable[tuple[str, str]], bodies: Sequence[Body]) -> tuple[str, tuple[Mark, ...]]:
    """Return the lines of the headers, each marked as its label says, and the bodies below them, with all marks."""
    text = ""
    marks: list[Mark] = []
    for line, label in lines:
        if label:
            marks.append(Mark(len(text), len(text) + len(line), "furniture", label))
        text += line + "\n"
    for body in bodies:
        text += "\n" if text else ""
        marks += (mark._replace(start=mark.start + len(text), end=mark.end + len(text)) for mark in body.marks)
        text += body.text
    return text, tuple(marks)


def plain_body(text: str, *, is_forward: bool = False) -> Body:
    """Return a text whose line ends are line feeds, with earlier mails and a signature marked.

    What somebody forwards is what the message says, and is not marked.
    """
    lines = [_storable(line) for line in re.split(r"\r\n|\r|\n", text)]
    while lines and not lines[-1].strip():
        lines.pop()
    labels = _labels(lines, is_forward)
    marks: list[Mark] = []
    place, above = 0, ""
    for line, label in zip(lines, labels, strict=True):
        end = place + len(line)
        if label and label == above and marks:
            marks[-1] = marks[-1]._replace(end=end if line.strip() else marks[-1].end)
        elif label and line.strip():
            marks.append(Mark(place, end, "furniture", label))
        place, above = end + 1, label
    return Body("\n".join(lines), tuple(marks))


def _storable(line: str) -> str:
    return re.sub("[\x00-\x08\v\f\x0e-\x1f\x7f\ufeff\ufffe\uffff]", "", line).rstrip()


def _labels(lines: Sequence[str], is_forward: bool) -> list[str]:
    """Return what each line is: "quoted", "signature" or "", the message's own."""
    labels = ["quoted" if _QUOTED.match(line) and not is_forward else "" for line in lines]
    lines = [line if len(line) <= _LONGEST_LINE else "" for line in lines]
    has_own = False
    for number, line in enumerate(lines):
        if has_own and not is_forward and _begins_earlier(lines, number):
            labels[number:] = ["quoted"] * (len(lines) - number)
            break
        introduction = _introduction(lines, number)
        if introduction and "quoted" in labels[number + introduction : number + introduction + 3]:
            labels[number : number + introduction] = ["quoted"] * introduction
        has_own = has_own or bool(line and not labels[number])
    starts = [number for number, line in enumerate(lines) if _SIGNATURE.fullmatch(line) and not labels[number]]
    if starts:
        start = starts[-1]
        end = next((number for number in range(start, len(lines)) if labels[number]), len(lines))
        if end - start <= _LONGEST_SIGNATURE:
            labels[start:end] = ["signature"] * (end - start)
    return labels


def _introduction(lines: Sequence[str], number: int) -> int:
    """Return how many lines from this one on say who wrote what is quoted below."""
    both = " ".join(lines[number : number + 2])
    return 1 if _INTRODUCES.fullmatch(lines[number]) else 2 if _INTRODUCES.fullmatch(both) else 0


def _begins_earlier(lines: Sequence[str], number: int) -> bool:
    """Tell whether an earlier mail begins in this line, with its headers or a line above them."""
    if _ORIGINAL.fullmatch(lines[number]):
        return True
    block = lines[number + 1 : number + 5] if _RULE.fullmatch(lines[number]) else lines[number : number + 4]
    return bool(block) and block[0].lstrip("* ").lower().startswith("from:") and sum(map(_is_header, block)) >= 3


def _is_header(line: str) -> bool:
    return bool(_HEADER.match(line))


def page_body(file: str, source: str, *, is_forward: bool = False) -> Body:
    """Return what a message written as a web page says. Raises UnreadableArticle."""
    return Body(*extract_message(file, b"\xef\xbb\xbf" + source.encode(), "" if is_forward else _QUOTES_OF_PAGES))
