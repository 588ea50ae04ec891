"""What a model writes, as it comes, becomes statements with the numbers of the passages that they cite.

Both forms are read in one pass, and end a statement at the same place however the text was cut on its way.
"""

import json
import re
from typing import Any, NamedTuple

from qa.prompts import visible

LONGEST_STATEMENT = 2_000  # characters; a sentence without an end is cut there
_WINDOW = LONGEST_STATEMENT + 500  # characters looked at for its end
_LONGEST_WORD = 64
_LONGEST_MARKER = 110

_NUMBERS = r"\^?\d{1,3}(?:\s?(?:[,;–-]|and|&)\s?\^?\d{1,3}){0,9}"
_SOURCE = r"(?:[Ss]ources?|[Pp]assages?)"
# The ways in which models cite: [1][2], [1, 2], [^1], 【1】, 【1†source】, (1), (Source 1), [Passage 2], Source 1.
_MARKER = (
    rf"(?:\[(?:{_SOURCE}:?\s)?{_NUMBERS}\]|【{_NUMBERS}[^】\n]{{0,20}}】|\((?:{_SOURCE}:?\s)?\^?\d{{1,2}}(?:,\s?\d{{1,2}}){{0,9}}\)"
    rf"|(?<!\w){_SOURCE}\s\d{{1,2}}(?:(?:,\s?|\sand\s)\d{{1,2}}){{0,9}}(?!\w))"
)
# Within a sentence, only those that are nothing else.
_MARKER_INSIDE = re.compile(rf"\s*(?:\[(?:{_SOURCE}:?\s)?{_NUMBERS}\]|【{_NUMBERS}[^】\n]{{0,20}}】)")
_MARKERS_AT_END = re.compile(rf"(?<!\s)(?:\s*{_MARKER}){{1,9}}\s*(?P<stop>[.!?…]?)\s*$")
_MARKERS_AT_START = re.compile(rf"^\s*(?:{_MARKER}\s*[:.]?\s*)+")
_INTRODUCED = re.compile(
    rf"^(?:according to|as (?:stated|reported|mentioned) in|in|from|per)\s(?:the\s)?(?P<marker>{_MARKER})[,:]?\s*"
    rf"|^(?:the\s)?(?:(?:passage|article|source)\s(?:from\s|in\s)?)?(?P<subject>{_MARKER})\s(?:says|states|reports|mentions|notes)\s(?:that\s)?",
    re.IGNORECASE,
)
_END = re.compile(
    rf"(?:[.!?…]+[\"'”’)\]*_`]*|(?:\s?{_MARKER}){{1,9}}[.!?…]+)(?P<markers>(?:[ \t]*{_MARKER}){{0,9}})"
    rf"(?=[ \t]+[\"“'(\[*_`-]*[^\W_]|\s*\n|\s*$)"
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
_EMPHASIS = re.compile(r"```\w*|\*\*|__|`")
# A whole word that is part of no marker: what ends before it ends there whatever comes behind it.
_SETTLES = re.compile(
    rf"(?<![^\W\d_])(?!(?:sources?|passages?|and)(?![^\W\d_]))[^\W\d_]{{1,{_LONGEST_WORD}}}(?=[\W\d_])", re.IGNORECASE
)
_GOES_ON = re.compile(r"[ \t]+[\"“'(\[*_`-]*([^\W\d_])")
_JSON = re.compile(r'\{\s*"')
_MAY_BE_JSON = re.compile(r"\{\s*$")
_SPARE_COMMA = re.compile(r",\s*(?=[\]}])")


class Written(NamedTuple):
    """A statement as a model wrote it: its words, the numbers of passages that it cites, the quote that it gives."""

    text: str
    passages: tuple[int, ...]
    quote: str = ""


class WrittenStatements:
    """Takes what a model writes, piece by piece, and gives statements back as soon as each is complete.

    In whichever form the model chose to write: sentences with markers, or JSON, or sentences and then JSON.
    """

    def __init__(self) -> None:
        self._held = ""
        self._sentences = SentenceStatements()
        self._json: JSONStatements | None = None

    def feed(self, piece: str) -> list[Written]:
        """Return the statements that are complete with this piece."""
        if self._json:
            return self._json.feed(piece)
        self._held += piece
        if begins := _JSON.search(self._held):
            before, rest = self._held[: begins.start()], self._held[begins.start() :]
            self._json = JSONStatements()
            return self._sentences.feed(before) + self._sentences.end(cut=False) + self._json.feed(rest)
        may_begin = _MAY_BE_JSON.search(self._held)
        sure = may_begin.start() if may_begin else len(self._held)
        before, self._held = self._held[:sure], self._held[sure:]
        return self._sentences.feed(before)

    def end(self, *, cut: bool) -> list[Written]:
        """Return what is left; nothing of a statement whose end is missing because the answer was cut."""
        if self._json:
            return self._json.end(cut=cut)
        return self._sentences.feed(self._held) + self._sentences.end(cut=cut)


class SentenceStatements:
    """Statements are sentences, or lines; the markers in and behind one are its citations."""

    def __init__(self) -> None:
        self._left = ""
        self._looked = 0  # up to here no statement ends
        self._settled = 0  # what ends before here ends there whatever comes

    def feed(self, piece: str) -> list[Written]:
        """See WrittenStatements.feed."""
        known = len(self._left)
        self._left += piece
        marker = self._left.rfind("【", max(0, known - _LONGEST_MARKER))
        marker_open = marker >= max(0, len(self._left) - _LONGEST_MARKER) and not re.search(
            "[】\n]", self._left[marker:]
        )
        up_to = marker if marker_open else len(self._left)
        for word in _SETTLES.finditer(self._left, max(self._settled, known - _LONGEST_MARKER)):
            if word.end() <= up_to:
                self._settled = word.start()
        return self._complete(self._settled)

    def end(self, *, cut: bool) -> list[Written]:
        """See WrittenStatements.end."""
        found = self._complete(len(self._left))
        rest = self._left
        self._drop(len(rest))
        return found if cut else found + _statement(rest)

    def _complete(self, up_to: int) -> list[Written]:
        """Return the statements that end before `up_to`; what stands behind it is needed to see where they do."""
        found: list[Written] = []
        while self._looked < up_to:
            match = _END.search(self._left, self._looked, _WINDOW)
            if match is None or match.start() >= min(up_to, LONGEST_STATEMENT):
                if up_to < LONGEST_STATEMENT:
                    self._looked = up_to
                    break
                up_to -= self._drop(LONGEST_STATEMENT)
            elif self._goes_on(match):
                self._looked = match.start() + 1
            else:
                found += _statement(self._left[: match.end()])
                up_to -= self._drop(match.end())
        return found

    def _goes_on(self, match: re.Match[str]) -> bool:
        """Tell whether the full stop is one of an abbreviation, or of a list's number."""
        if match["line"]:
            return False
        if _ITEM_NUMBER.fullmatch(self._left, 0, match.start() + 1):
            return True
        following = _GOES_ON.match(self._left, match.end())
        before = self._left[max(0, match.start() - 8) : match.start() + 1]
        return not match["markers"] and bool(_ABBREVIATION.search(before) or (following and following[1].islower()))

    def _drop(self, size: int) -> int:
        self._left = self._left[size:]
        self._looked, self._settled = 0, max(0, self._settled - size)
        return size


def _statement(text: str) -> list[Written]:
    bare = _BULLET.sub("", visible(_EMPHASIS.sub("", text)).strip())
    cited: list[int] = []
    if introduced := _INTRODUCED.match(bare):
        cited += _numbers_in(introduced["marker"] or introduced["subject"])
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
        """See WrittenStatements.feed."""
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
        """See WrittenStatements.end."""
        return []


def _from_json(text: str) -> list[Written]:
    found = _loaded(text) or _loaded(_SPARE_COMMA.sub("", text))
    statement, passages, quote = found.get("statement"), found.get("passages"), found.get("quote")
    if not isinstance(statement, str):
        return []
    given = passages if isinstance(passages, list) else [passages]
    numbers = [number for one in given if type(one) in {int, str} for number in _numbers_in(str(one)[:_LONGEST_MARKER])]
    quoted = quote if isinstance(quote, str) else ""
    return [Written(one.text, tuple(dict.fromkeys([*numbers, *one.passages])), quoted) for one in _statement(statement)]


def _loaded(text: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(text, strict=False, parse_int=lambda digits: int(digits[:9]))
    except (ValueError, RecursionError):
        return {}
    return found
