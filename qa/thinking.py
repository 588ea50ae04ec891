"""What a model writes that is no statement is set apart as it comes: thoughts in tags go, rows become sentences.

"| Child | 4.20 | [2]" below "| Ticket | Price |" becomes "Ticket Child: Price 4.20. [2]", which can be checked.
"""

import re

_TAG = r"think|thinking|thought|thoughts|reasoning|reflection|scratchpad"
_OPENS = re.compile(rf"<(?:{_TAG})>", re.IGNORECASE)
_CLOSES = re.compile(rf"</(?:{_TAG})>", re.IGNORECASE)
_MAY_BE_A_TAG = re.compile(r"</?[a-z]{0,10}$", re.IGNORECASE)
_LONGEST_ROW = 2_000  # characters; more is no row of a table
_RULE = re.compile(r"[\s|:+-]*")
_MARKERS = re.compile(r"(?:\s*\[[\d,\s]{1,20}\])+")


class Thoughts:
    """Leaves out what stands between tags of thinking; of a thought that doesn't end, all that follows."""

    def __init__(self) -> None:
        self._held = ""
        self._thinks = False

    def feed(self, piece: str) -> str:
        """Return what is no thought, as far as that is known with this piece."""
        self._held += piece
        said = ""
        while match := (_CLOSES if self._thinks else _OPENS).search(self._held):
            said += "" if self._thinks else self._held[: match.start()]
            self._held = self._held[match.end() :]
            self._thinks = not self._thinks
        begins = _MAY_BE_A_TAG.search(self._held)
        sure = begins.start() if begins else len(self._held)
        said += "" if self._thinks else self._held[:sure]
        self._held = self._held[sure:]
        return said

    def end(self) -> str:
        """Return what is left."""
        return "" if self._thinks else self._held


class Tables:
    """Turns each row of a table into a sentence; the rest passes as it comes."""

    def __init__(self) -> None:
        self._line = ""  # one that began with a bar
        self._in_row = False
        self._fresh = True  # at the beginning of a line
        self._heads: list[str] | None = None

    def feed(self, piece: str) -> str:
        """Return the piece, and each row when its line is whole."""
        return "".join(self._taken(character) for character in piece)

    def end(self) -> str:
        """Return the row that no line's end closed."""
        return self._row() if self._in_row else ""

    def _taken(self, character: str) -> str:
        if self._in_row:
            self._line += character
            return self._row() if character == "\n" or len(self._line) > _LONGEST_ROW else ""
        if self._fresh and character == "|":
            self._in_row, self._line = True, character
            return ""
        if character == "\n":
            self._fresh = True
        elif not character.isspace():
            self._fresh, self._heads = False, None
        return character

    def _row(self) -> str:
        line, self._line, self._in_row, self._fresh = self._line.strip(), "", False, True
        if _RULE.fullmatch(line):
            return ""
        markers = "".join(_MARKERS.findall(line)).strip()
        cells = [cell.strip() for cell in _MARKERS.sub("", line).strip("|. ").split("|")]
        if self._heads is None:
            self._heads = cells
            return ""
        named = [f"{head} {cell}".strip() for head, cell in zip(self._heads, cells, strict=False) if cell]
        return f"{named[0]}: {'; '.join(named[1:])}. {markers}\n" if len(named) > 1 else ""
