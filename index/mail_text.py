"""The text of a message: what its writer says, and which lines are an earlier mail's, a signature or its headers."""

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from index.records import Mark, Span, overlapping
from index.web_pages import extract_message

_QUOTED = re.compile(r"\s?>")
_QUOTE_SIGN = re.compile(r"^\s?>(?: |(?=>)|$)")
# "On Mon, 5 Mar 2024 at 10:12, Odile Tarn <o@tide.example> wrote:", also over two lines.
_INTRODUCES = re.compile(
    r"(?i)\s*(?:on|am|le|el|il|den|op)\b.{4,300}\b(?:wrote|schrieb|écrit|escribió|scritto|skrev|schreef)\s*:\s*"
)
_ORIGINAL = re.compile(
    r"(?i)\s*-{2,}\s*(?:original (?:message|appointment)|ursprüngliche nachricht|message d['’]origine|mensaje original"
    r"|messaggio originale|oorspronkelijk bericht)\s*-{2,}\s*"
)
# Behind it stands what the message passes on.
_PASSED_ON = re.compile(
    r"(?i)\s*(?:begin |-{2,}\s*)(?:forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado"
    r"|messaggio inoltrato|doorgestuurd bericht)[^\w]*"
)
_LEAST_QUOTED = 2  # lines
_RULE = re.compile(r"\s*_{10,}\s*")
_FROM = re.compile(r"(?i)[\s*]*(?:from|von|de|da|van|från|fra)\s?:")
_HEADER = re.compile(
    r"(?i)\s*\*?(?:from|sent|date|to|cc|subject|von|gesendet|datum|an|betreff|de|envoyé|à|objet|enviado|fecha|para|asunto"
    r"|da|inviato|data|a|oggetto|van|verzonden|aan|onderwerp|från|skickat|till|ämne|fra|sendt|til|emne)\s?:\*?\s"
)
_SIGNATURE = re.compile(r"--[ \xa0]?")
_OF_A_LIST = re.compile(r"(?i).{1,80} mailing list\W*")
_LEGAL = re.compile(
    r"(?i)\W*(?:(?:confidentiality|legal|privacy) (?:notice|note|disclaimer)\b|disclaimer:"
    r"|(?:the (?:information|contents?) (?:contained )?in )?this (?:e-?mail|message|communication)\b.{0,120}"
    r"\b(?:confidential|privileged|intended (?:only|solely)))"
)
_SENT_FROM = re.compile(
    r"(?i)\W*(?:sent (?:from|via|with) (?:my|mail for|outlook|yahoo|proton|samsung|blackberry|android)\b.{0,60}"
    r"|get outlook for (?:ios|android)\W*|von meinem .{1,40} gesendet\W*|envoyé de(?:puis)? mon .{1,40}"
    r"|enviado desde mi .{1,40}|inviato da(?:l mio)? .{1,40})"
)
_LONGEST_LINE = 400  # characters; a longer one is a paragraph
_LONGEST_SIGNATURE = 15  # lines; more is a text between rules
_PASSES_ON = (
    "contains(substring(normalize-space(.), 1, 40), 'Forwarded message')"
    " or starts-with(normalize-space(.), 'Begin forwarded message')"
)
_QUOTES_OF_PAGES = (
    "(//blockquote[@type='cite']|//*[@id='divRplyFwdMsg' or contains(@class, 'gmail_quote')"
    " or contains(@class, 'yahoo_quoted') or contains(@class, 'protonmail_quote') or @class='moz-cite-prefix'])"
    f"[not(ancestor-or-self::*[self::blockquote or contains(@class, 'gmail_quote')][{_PASSES_ON}])]"
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
    lines = _unquoted(lines, 0 if is_forward else _passed_on(lines))
    return Body("\n".join(lines), tuple(_marks(lines, _labels(lines, is_forward))))


def _passed_on(lines: Sequence[str]) -> int:
    """Return below which line a message passes on another, as it says; how many lines there are where it doesn't."""
    return next((number for number, line in enumerate(lines) if _PASSED_ON.fullmatch(line)), len(lines))


def _unquoted(lines: Sequence[str], first: int) -> list[str]:
    """Return the lines with one sign of quotation less from the first on: what is passed on is said by its writer."""
    signed = [number for number, line in enumerate(lines) if number >= first and _QUOTE_SIGN.match(line)]
    if len(signed) < _LEAST_QUOTED:  # "> 5 metres"
        return list(lines)
    return [_QUOTE_SIGN.sub("", line) if number >= first else line for number, line in enumerate(lines)]


def _marks(lines: Sequence[str], labels: Sequence[str]) -> list[Mark]:
    """Return a mark for each run of lines with one label."""
    marks: list[Mark] = []
    place, above = 0, ""
    for line, label in zip(lines, labels, strict=True):
        end = place + len(line)
        if label and label == above and marks:
            marks[-1] = marks[-1]._replace(end=end if line.strip() else marks[-1].end)
        elif label and line.strip():
            marks.append(Mark(place, end, "furniture", label))
        place, above = end + 1, label
    return marks


def _storable(line: str) -> str:
    return re.sub("[\x00-\x08\v\f\x0e-\x1f\x7f\ufeff\ufffe\uffff]", "", line).rstrip()


def _labels(lines: Sequence[str], is_forward: bool) -> list[str]:
    """Return what each line is: "quoted", "signature" or "", the message's own."""
    passed_on = 0 if is_forward else _passed_on(lines)
    labels = ["quoted" if number < passed_on and _QUOTED.match(line) else "" for number, line in enumerate(lines)]
    lines = [line if len(line) <= _LONGEST_LINE else "" for line in lines]
    has_own = False
    for number, line in enumerate(lines):
        if has_own and number < passed_on and _begins_earlier(lines, number):
            labels[number:] = ["quoted"] * (len(lines) - number)
            break
        introduction = _introduction(lines, number)
        if introduction and "quoted" in labels[number + introduction : number + introduction + 3]:
            labels[number : number + introduction] = ["quoted"] * introduction
        has_own = has_own or bool(line and not labels[number])
    return _with_signatures(lines, labels)


def _with_signatures(lines: Sequence[str], labels: list[str]) -> list[str]:
    """Return labels with those of what mail programs, lists and firms put below what somebody writes."""
    own = [number for number, label in enumerate(labels) if not label]
    for number in own:
        if _SENT_FROM.fullmatch(lines[number]):
            labels[number] = "signature"
    starts = [[number for number in own if begins(lines, number)] for begins in (_begins_signature, _begins_notice)]
    for start in (found[-1] for found in starts if found):
        end = next((number for number in range(start, len(labels)) if labels[number]), len(labels))
        if end - start <= _LONGEST_SIGNATURE:
            labels[start:end] = ["signature"] * (end - start)
    return labels


def _begins_signature(lines: Sequence[str], number: int) -> bool:
    return bool(_SIGNATURE.fullmatch(lines[number]))


def _begins_notice(lines: Sequence[str], number: int) -> bool:
    """Tell whether a line begins what a firm puts below each mail, or a list's own foot."""
    below = lines[number + 1] if number + 1 < len(lines) else ""
    is_foot = _RULE.fullmatch(lines[number]) and _OF_A_LIST.fullmatch(below)
    return bool(is_foot or (number and _LEGAL.match(lines[number])))


def _introduction(lines: Sequence[str], number: int) -> int:
    """Return how many lines from this one on say who wrote what is quoted below."""
    both = " ".join(lines[number : number + 2])
    return 1 if _INTRODUCES.fullmatch(lines[number]) else 2 if _INTRODUCES.fullmatch(both) else 0


def _begins_earlier(lines: Sequence[str], number: int) -> bool:
    """Tell whether an earlier mail begins in this line, with its headers or a line above them."""
    if _ORIGINAL.fullmatch(lines[number]):
        return True
    block = lines[number + 1 : number + 5] if _RULE.fullmatch(lines[number]) else lines[number : number + 4]
    return bool(block) and bool(_FROM.match(block[0])) and sum(map(_is_header, block)) >= 3


def _earlier_in(lines: Sequence[str]) -> int | None:
    """Return in which line of a page an earlier mail begins with its headers, as Outlook writes them; None for none."""
    short = [line if len(line) <= _LONGEST_LINE else "" for line in lines]
    passed_on = _passed_on(short)
    return next((number for number in range(1, passed_on) if _begins_earlier(short, number)), None)


def _is_header(line: str) -> bool:
    return bool(_HEADER.match(line))


def page_body(file: str, source: str, *, is_forward: bool = False) -> Body:
    """Return what a message written as a web page says. Raises UnreadableArticle."""
    text, marks = extract_message(file, b"\xef\xbb\xbf" + source.encode(), "" if is_forward else _QUOTES_OF_PAGES)
    lines = text.split("\n")
    ends = accumulate(len(line) + 1 for line in lines)
    spans = [Span(end - len(line) - 1, end - 1) for line, end in zip(lines, ends, strict=True)]
    furniture = [mark for mark in marks if mark.kind == "furniture"]
    labels = ["other" if around else "" for around in overlapping(furniture, spans)]
    if not is_forward and (earlier := _earlier_in(lines)) is not None:
        labels[earlier:] = ["quoted"] * (len(labels) - earlier)
        marks = tuple(mark for mark in marks if mark.start < spans[earlier].start)
    found = [mark for mark in _marks(lines, _with_signatures(lines, labels)) if mark.label in ("quoted", "signature")]
    return Body(text, tuple(sorted((*marks, *found))))
