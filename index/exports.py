"""Articles as databases of newspapers export them, with a record around the text: fields of two letters, or in a row.

What fields have names that say what they are ("Byline: ...") are read by `index.form_fields`.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

from index import furniture_words as words
from index.datelines import HeadLine, as_named, named_alone, read_head_line
from index.days import only_date
from index.person_names import cased
from index.records import Span

_LINE = re.compile(r"\S[^\r\n]*")
_MOST_LINES = 60  # of a head
# The codes of Factiva's fields; those of the story's text and its headline are no furniture.
_SORTS = dict.fromkeys("SE CR WC ET SC ED PG VOL LA CY CT RF CO IN NS RE IPC IPD PUB AN CLM DE".split(), "record") | {
    "HD": "title",
    "BY": "byline",
    "PD": "dateline",
    "SN": "dateline",
    "LP": "text",
    "TD": "text",
    "ART": "text",
}
_CODE = re.compile(rf"(?P<code>{'|'.join(_SORTS)})(?:\s+(?P<value>\S.*))?\s*")
_NEEDED = ({"HD"}, {"WC", "PD", "SN", "AN"}, {"LP", "TD"})
_TEXTS = {"LP", "TD"}
_LEAST_CODES = 5
_COUNT = re.compile(r"\d[\d,.]{0,6} words\s*")
_SHORT_NAME = re.compile(r"[A-Z0-9]{3,8}\s*")
_ABOVE, _BELOW = 5, 9  # lines above and below the count of words that may be of the record
_TIME = re.compile(r"\d\d:\d\d(?::\d\d)?(?: [A-Z]{3,4})?\s*")
_LANGUAGE_OR_PAGE = re.compile(r"[A-Z]?\d{1,3}|[A-Z][a-z]{3,14}")
_OWNED = re.compile(r"(?i)(?:©|\(c\)|copyright)")


# Around the lines that agencies sent by wire: "^By ADA LIND=".
WIRE_SIGNS = "^<= \t\r\n"
# "Lind, Ada. The Dalby Times; Dalby [Dalby]05 Mar 2024: A4."
_CITED = re.compile(
    rf"(?:(?P<last>{words.CAPITALISED}), (?P<first>[^\W\d_a-z][\w’'-]*(?: [A-Z])?)\. )?(?P<paper>{words.NAME}); "
    r"[^;:]{2,60}?\]? ?(?P<day>\d{1,2} [A-Z][a-z]{2,8} \d{4})(?:: [\w.-]{1,12})?\.?"
)


class Exported(NamedTuple):
    """What the record of an exported article states, and which of its lines are furniture, of what sort."""

    title: str | None
    publisher: str | None
    published: date | None
    author: str | None
    lines: tuple[tuple[Span, str], ...]


class _Field(NamedTuple):
    code: str
    sign: Span  # its code
    values: list[Span]


def read_export(text: str) -> Exported | None:
    """Return what the record around an exported article states; None where its fields have names or there is none."""
    first = _LINE.search(text)
    if first and _CODE.fullmatch(text, *first.span()):
        return _read_coded(text, [Span(*found.span()) for found in _LINE.finditer(text)])
    head = islice(_LINE.finditer(text), _MOST_LINES)
    return _read_row(text, [Span(*found.span()) for found in head])


def record_lines(shown: Sequence[str]) -> frozenset[int]:
    """Return which lines are of a record that stands around an article, beside the fields that state something."""
    if not any(words.EXPORTED.fullmatch(line) for line in shown):
        return frozenset()
    return frozenset(place for place, line in enumerate(shown) if words.RECORD.fullmatch(line))


def cited(line: str) -> HeadLine | None:
    """Return what a line states that cites an article as a record does: its writer, the paper, the day."""
    found = _CITED.fullmatch(line)
    day = only_date(found["day"]) if found else None
    if not found or not day:
        return None
    writer = cased(f"{found['first']} {found['last']}") if found["last"] else None
    return HeadLine("dateline", day, as_named(found["paper"]), writer, dated=True)


def _read_coded(text: str, lines: Sequence[Span]) -> Exported | None:
    """Return what a record says whose fields have codes: "HD Ice in the harbour", "WC 612 words"."""
    fields = list(_fields(text, lines))
    codes = {one.code for one in fields}
    if len(codes) < _LEAST_CODES or not all(codes & one for one in _NEEDED):
        return None
    said = {one.code: " ".join(text[slice(*span)].strip() for span in one.values) for one in reversed(fields)}
    paper, writer = said.get("SN"), said.get("BY")
    return Exported(
        said.get("HD") or None,
        as_named(paper) if paper else None,
        only_date(said.get("PD", "")),
        read_head_line(f"By {writer}").author if writer else None,
        tuple(_furniture(fields)),
    )


def _fields(text: str, lines: Sequence[Span]) -> Iterator[_Field]:
    """Yield the fields of a record; behind the headline, a code that the text has had begins no other."""
    field: _Field | None = None
    seen: set[str] = set()
    for line in lines:
        found = _CODE.fullmatch(text, *line)
        if found and found["code"] not in seen and _begins_a_field(found, is_behind_the_text=bool(seen & _TEXTS)):
            if field:
                yield field
            seen.add(found["code"])
            field = _Field(found["code"], Span(*found.span("code")), [])
            if found["value"]:
                field.values.append(Span(found.start("value"), line.end))
        elif field:
            field.values.append(line)
    if field:
        yield field


def _begins_a_field(found: re.Match[str], *, is_behind_the_text: bool) -> bool:
    """Tell "RE fen : Fenwick" from "RE the dam: it held", a line of the story."""
    value = found["value"]
    if not is_behind_the_text or not value or found["code"] in ("TD", "ART"):
        return True
    return value.startswith("Document ") if found["code"] == "AN" else found["code"] == "PUB" or " : " in value


def _furniture(fields: Sequence[_Field]) -> Iterator[tuple[Span, str]]:
    for field in fields:
        sort = _SORTS[field.code]
        yield field.sign, "record"
        if sort not in ("text", "title"):
            yield from ((span, sort) for span in field.values)


def _read_row(text: str, lines: Sequence[Span]) -> Exported | None:
    """Return what a record says whose fields follow one another without names: "612 words", a day, the paper, ..."""
    shown = [text[slice(*line)].strip() for line in lines]
    place = next((place for place in range(1, min(_ABOVE, len(lines))) if _COUNT.fullmatch(shown[place])), None)
    published = only_date(shown[place + 1]) if place and place + 1 < len(lines) else None
    if place is None or not published:
        return None
    below = place + 2 + bool(_TIME.fullmatch(shown[place + 2])) if place + 2 < len(lines) else len(lines)
    if below + 1 >= len(lines) or not _SHORT_NAME.fullmatch(shown[below + 1]):
        return None
    labels = {place: "record", place + 1: "dateline", below: "dateline"}
    labels |= dict.fromkeys(range(place + 2, below), "record")
    for number, line in islice(enumerate(shown), below + 1, place + _BELOW):
        if not (_SHORT_NAME.fullmatch(line) or _LANGUAGE_OR_PAGE.fullmatch(line) or _OWNED.match(line)):
            break
        labels[number] = "record"
    above = list(range(place))
    told = [number for number in above if shown[number].casefold() not in words.SECTIONS]
    writer = read_head_line(shown[above[-1]]).author or named_alone(shown[above[-1]])
    if writer and len(told) > 1:
        labels[above.pop()] = "byline"
    labels |= dict.fromkeys(above[:-1], "kicker")
    furniture = tuple((lines[number], label) for number, label in sorted(labels.items()))
    return Exported(shown[above[-1]], as_named(shown[below]), published, writer if len(told) > 1 else None, furniture)
