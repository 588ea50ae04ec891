"""What a model writes, as it comes, becomes statements with the numbers of the passages that they cite.

Both forms are read in one pass, and end a statement at the same place however the text was cut on its way.
"""

import json
import re
from typing import NamedTuple, Protocol

LONGEST_STATEMENT = 2_000  # characters; a sentence without an end is cut there
_AHEAD = 48  # characters behind a sentence's end that may still be its citation markers

_NUMBERS = r"\^?\d{1,3}(?:\s?(?:[,;–-]|and|&)\s?\^?\d{1,3}){0,9}"
_SOURCE = r"(?:[Ss]ources?|[Pp]assages?)"
# The ways in which models cite: [1][2], [1, 2], [^1], 【1】, 【1†source】, (1), (Source 1), [Passage 2], Source 1.
_MARKER = (
    rf"(?:\[(?:{_SOURCE}:?\s)?{_NUMBERS}\]|【{_NUMBERS}[^】\n]{{0,20}}】|\((?:{_SOURCE}:?\s)?\^?\d{{1,2}}(?:,\s?\d{{1,2}}){{0,9}}\)"
    rf"|(?<!\w){_SOURCE}\s\d{{1,2}}(?:(?:,\s?|\sand\s)\d{{1,2}}){{0,9}}(?!\w))"
)
# Within a sentence, only those that are nothing else.
_MARKER_INSIDE = re.compile(rf"\s*(?:\[(?:{_SOURCE}:?\s)?{_NUMBERS}\]|【{_NUMBERS}[^】\n]{{0,20}}】)")
_MARKERS_AT_END = re.compile(rf"(?:\s*{_MARKER})+\s*(?P<stop>[.!?…]?)\s*$")
_MARKERS_AT_START = re.compile(rf"^\s*(?:{_MARKER}\s*[:.]?\s*)+")
_INTRODUCED = re.compile(
    rf"^(?:according to|as (?:stated|reported|mentioned) in|in|from|per)\s(?:the\s)?(?P<marker>{_MARKER}),?\s*",
    re.IGNORECASE,
)
_END = re.compile(
    rf"(?:[.!?…]+[\"'”’)\]]*|(?:\s?{_MARKER})+[.!?…]+)(?P<markers>(?:[ \t]*{_MARKER})*)"
    rf"(?=[ \t]+[\"“'(\[*-]*[^\W_]|\s*\n|\s*$)"
    rf"|(?P<line>(?<!\s)\s*\n|^\s*\n)"
)
_DIGITS = re.compile(r"\d{1,3}")
_RANGE = re.compile(r"(\d{1,3})\s?[–-]\s?\^?(\d{1,3})")
_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|st|gen|sen|rep|gov|col|lt|sgt|prof|no|vs|jan|feb|mar|apr|aug|sept?|oct|nov|dec)|\b[a-z])\.$",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")
_ITEM_NUMBER = re.compile(r"\s*\d{1,2}\.")
_EMPHASIS = re.compile(r"\*\*|__|`")


class Written(NamedTuple):
    """A statement as a model wrote it: its words, the numbers of passages that it cites, the quote that it gives."""

    text: str
    passages: tuple[int, ...]
    quote: str = ""


class Statements(Protocol):
    """Takes what a model writes, piece by piece, and gives statements back as soon as each is complete."""

    def feed(self, piece: str) -> list[Written]:
        """Return the statements that are complete with this piece."""

    def end(self, *, cut: bool) -> list[Written]:
        """Return what is left; nothing of a statement whose end is missing because the answer was cut."""


class WrittenStatements:
    """Reads statements in whichever form the model chose to write: JSON or sentences with markers."""

    def __init__(self) -> None:
        self._begun = ""
        self._form: Statements | None = None

    def feed(self, piece: str) -> list[Written]:
        """See Statements.feed."""
        if self._form is None:
            self._begun += piece
            if len(self._begun.strip()) < len("```json"):  # the longest beginning that tells
                return []
            self._form = _form_of(self._begun)
            piece = self._begun
        return self._form.feed(piece)

    def end(self, *, cut: bool) -> list[Written]:
        """See Statements.end."""
        if self._form is None:
            self._form = _form_of(self._begun)
            return self._form.feed(self._begun) + self._form.end(cut=cut)
        return self._form.end(cut=cut)


def _form_of(beginning: str) -> Statements:
    return JSONStatements() if re.match(r"\s*(?:```|\{|\[\s*\{)", beginning) else SentenceStatements()


class SentenceStatements:
    """Statements are sentences, or lines; the markers in and behind one are its citations."""

    def __init__(self) -> None:
        self._left = ""
        self._looked = 0  # up to here no statement ends

    def feed(self, piece: str) -> list[Written]:
        """See Statements.feed."""
        self._left += piece
        return self._complete(len(self._left) - _AHEAD)

    def end(self, *, cut: bool) -> list[Written]:
        """See Statements.end."""
        found = self._complete(len(self._left))
        rest, self._left, self._looked = self._left, "", 0
        return found if cut else found + _statement(rest)

    def _complete(self, up_to: int) -> list[Written]:
        """Return the statements that end before `up_to`; what stands behind it is needed to see where they do."""
        found: list[Written] = []
        while self._looked < up_to:
            match = _END.search(self._left, self._looked)
            if match is None or match.start() >= up_to:
                if up_to >= LONGEST_STATEMENT:
                    self._left, up_to = self._left[LONGEST_STATEMENT:], up_to - LONGEST_STATEMENT
                    self._looked = 0
                    continue
                self._looked = max(self._looked, min(up_to, len(self._left)))
                break
            before = self._left[max(0, match.start() - 8) : match.start() + 1]
            if _ABBREVIATION.search(before) or _ITEM_NUMBER.fullmatch(self._left, 0, match.start() + 1):
                self._looked = match.start() + 1
                continue
            found += _statement(self._left[: match.end()])
            self._left, up_to, self._looked = self._left[match.end() :], up_to - match.end(), 0
        return found


def _statement(text: str) -> list[Written]:
    bare = _BULLET.sub("", _EMPHASIS.sub("", text)).strip()
    cited: list[int] = []
    if introduced := _INTRODUCED.match(bare):
        cited += _numbers_in(introduced["marker"])
        bare = bare[introduced.end() :]
        bare = bare[:1].upper() + bare[1:]
    if leading := _MARKERS_AT_START.match(bare):
        cited += _numbers_in(leading[0])
        bare = bare[leading.end() :]
    if trailing := _MARKERS_AT_END.search(bare):
        cited += _numbers_in(trailing[0])
        bare = bare[: trailing.start()].rstrip() + trailing["stop"]
    cited += [number for marker in _MARKER_INSIDE.findall(bare) for number in _numbers_in(marker)]
    bare = _MARKER_INSIDE.sub("", bare).strip()
    return [Written(bare, tuple(dict.fromkeys(cited)))] if re.search(r"[^\W_]", bare) else []


def _numbers_in(marker: str) -> list[int]:
    ranges = [number for first, last in _RANGE.findall(marker) for number in range(int(first), min(int(last), 99) + 1)]
    return ranges + [int(number) for number in _DIGITS.findall(marker)]


class JSONStatements:
    """Statements are the innermost objects of what should be JSON; each is read when its bracket closes."""

    def __init__(self) -> None:
        self._object: list[str] | None = None
        self._in_string = self._escaped = False

    def feed(self, piece: str) -> list[Written]:
        """See Statements.feed."""
        found: list[Written] = []
        for character in piece:
            if self._object is not None:
                self._object.append(character)
            if self._in_string:
                self._in_string = self._escaped or character != '"'
                self._escaped = character == "\\" and not self._escaped
            elif character == '"':
                self._in_string = self._object is not None
            elif character == "{":
                self._object = [character]
            elif character == "}" and self._object is not None:
                found += _from_json("".join(self._object))
                self._object = None
        return found

    def end(self, *, cut: bool) -> list[Written]:  # noqa: ARG002 - an object without its end is no statement anyway
        """See Statements.end."""
        return []


def _from_json(text: str) -> list[Written]:
    try:
        found = json.loads(text, strict=False)
    except (json.JSONDecodeError, RecursionError):
        return []
    statement, passages, quote = found.get("statement"), found.get("passages"), found.get("quote")
    if not isinstance(statement, str):
        return []
    numbers = [one for one in passages if isinstance(one, int)] if isinstance(passages, list) else []
    quoted = quote if isinstance(quote, str) else ""
    return [Written(one.text, tuple(dict.fromkeys([*numbers, *one.passages])), quoted) for one in _statement(statement)]
