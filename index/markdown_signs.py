"""The signs of Markdown within a paragraph: what a reader is not shown, and which words they set apart.

After CommonMark 0.31 (emphasis by its algorithm), with one reading of our own: a star or an underscore between a digit
and a letter or digit is no sign, as "2*3*4" without its stars would be another number.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

LookKind = Literal[
    "sign", "strong", "emphasis", "code", "heading", "item", "quotation", "rule", "head", "row", "cell", "edge"
]
_TOKEN = re.compile(r"\\[!-/:-@\[-`{-~]|`+|!?\[|\]|<(?=https?://[^\s<>]+>|[\w.+-]+@[\w.-]+>)|\*+|_+")
_DESTINATION = re.compile(
    r"\((?:\s*(?:<[^<>\n]*>|[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*)\)"
)
_MOST_RUNS = 1_000  # of stars and underscores in a paragraph; more are no emphasis
_MOST_OPEN = 100  # brackets within one another


class Look(NamedTuple):
    """How a stretch of a text is to be shown. It lies in one line; a "sign" or the "edge" of a cell is not shown."""

    start: int
    end: int
    kind: LookKind


@dataclass(slots=True)
class _Run:
    """Stars or underscores one after another, as many as are still to be matched."""

    start: int
    end: int
    sign: str
    opens: bool
    closes: bool
    size: int  # at first


def inline_looks(text: str, start: int, end: int) -> list[Look]:
    """Return the looks of the paragraph `text[start:end]`, in order of place, each within a line."""
    looks: list[Look] = []
    runs: list[_Run] = []
    brackets: list[tuple[int, int]] = []
    ticks = _closing_ticks(text, start, end)
    place = start
    while match := _TOKEN.search(text, place, end):
        written, place = match[0], match.end()
        if written[0] == "\\":
            looks.append(Look(match.start(), match.start() + 1, "sign"))
        elif written[0] == "`":
            if closing := ticks.get(match.start()):
                looks += [Look(*match.span(), "sign"), Look(place, closing, "code")]
                place = closing + len(written)
                looks.append(Look(closing, place, "sign"))
        elif written[0] == "<":
            place = text.index(">", place) + 1
            looks += [Look(*match.span(), "sign"), Look(place - 1, place, "sign")]
        elif written == "]":
            destination = _DESTINATION.match(text, place, end) if brackets else None
            opened = brackets.pop() if brackets else None
            if opened and destination:
                place = destination.end()
                looks += [Look(*opened, "sign"), Look(match.start(), place, "sign")]
        elif written[-1] == "[":
            brackets = [*brackets[-_MOST_OPEN:], match.span()]
        else:
            runs.append(_run(text, match, start, end))
    looks += _emphasis(runs) if len(runs) <= _MOST_RUNS else []
    return sorted(part for look in looks for part in _by_line(text, look))


def without_signs(text: str) -> str:
    """Return words of a Markdown text without its signs, also without those that are cut off from their partners."""
    looks = inline_looks(text, 0, len(text))
    return shown_without(text, 0, looks).strip("*_` ") or text


def shown_without(words: str, start: int, looks: list[Look]) -> str:
    """Return `words`, which stand at `start` of a text, without the signs among that text's looks."""
    parts, place = [], start
    for look in looks:
        if look.kind == "sign" and look.end > place and look.start < start + len(words):
            parts.append(words[place - start : max(place, look.start) - start])
            place = max(place, look.end)
    return "".join([*parts, words[max(0, place - start) :]])


def _closing_ticks(text: str, start: int, end: int) -> dict[int, int]:
    """Return where the code that each run of backticks may open ends: before the next run of the same length."""
    found: dict[int, int] = {}
    last: dict[int, int] = {}
    for match in re.compile("`+").finditer(text, start, end):
        if (size := len(match[0])) in last:
            found[last[size]] = match.start()
        last[size] = match.start()
    return found


def _run(text: str, match: re.Match[str], start: int, end: int) -> _Run:
    before = text[match.start() - 1] if match.start() > start else " "
    after = text[match.end()] if match.end() < end else " "
    from_left = not after.isspace() and (not _is_punctuation(after) or before.isspace() or _is_punctuation(before))
    from_right = not before.isspace() and (not _is_punctuation(before) or after.isspace() or _is_punctuation(after))
    opens, closes = from_left, from_right
    if match[0][0] == "_":
        opens = from_left and (not from_right or _is_punctuation(before))
        closes = from_right and (not from_left or _is_punctuation(after))
    if before.isalnum() and after.isalnum() and (before.isdigit() or after.isdigit()):
        opens = closes = False
    return _Run(*match.span(), match[0][0], opens, closes, len(match[0]))


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _emphasis(runs: list[_Run]) -> Iterator[Look]:
    """Match runs from within, as CommonMark does."""
    open_runs: list[_Run] = []
    for closer in runs:
        while closer.closes and closer.start < closer.end:
            place = next((n for n in range(len(open_runs) - 1, -1, -1) if _match(open_runs[n], closer)), None)
            if place is None:
                break
            opener = open_runs[place]
            width = 2 if min(opener.end - opener.start, closer.end - closer.start) > 1 else 1
            yield Look(opener.end - width, opener.end, "sign")
            yield Look(opener.end, closer.start, "strong" if width == 2 else "emphasis")
            yield Look(closer.start, closer.start + width, "sign")
            opener.end -= width
            closer.start += width
            del open_runs[place + (opener.start < opener.end) :]
        if closer.opens and closer.start < closer.end:
            open_runs.append(closer)


def _match(opener: _Run, closer: _Run) -> bool:
    if opener.sign != closer.sign:
        return False
    either = opener.closes or closer.opens
    return not (either and (opener.size + closer.size) % 3 == 0 and (opener.size % 3 or closer.size % 3))


def _by_line(text: str, look: Look) -> Iterator[Look]:
    for match in re.compile(r"[^\r\n]+").finditer(text, look.start, look.end):
        yield Look(*match.span(), look.kind)
