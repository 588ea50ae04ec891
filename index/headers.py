"""What an article says of itself above its body: title, publisher, date. What it doesn't say stays None."""

import re
from dataclasses import dataclass
from datetime import date, datetime

import yaml

from index.sentences import WRAP_WIDTHS

MAX_TITLE = 200  # characters; news headlines keep below 120, and a longer first line is a paragraph
MAX_DATELINE = 110  # characters; a longer line that holds a date is a sentence of the story
MAX_PROSE_WORDS = 5  # in lower case; a line that holds a date among more of them is a sentence, too
HEADER_LINES = 6  # non-empty lines that may stand above the body: headline, kicker, byline, dateline, counters
_MAX_FRONT_MATTER = 20_000  # characters; what reaches further is a text between two rules

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_DATES = (
    re.compile(r"\b(?P<year>\d{4})[-/](?P<number>\d{2})[-/](?P<day>\d{2})(?!\d)"),
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b"),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<year>\d{{4}})\b"),
    re.compile(r"\b(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<year>\d{4})\b"),
)
# When a page was stored, not when it was published: collectors put it before the headline, on the same line.
_STORAGE_STAMP = re.compile(r"^date \d{4}-\d{2}-\d{2}(?:\s+|$)")
# "Example Daily (22/10/2025): The story" and "LONDON, Oct 21 (Agency) - The story".
_NAMED_DATELINE = re.compile(r"^(?P<publisher>[^\W\d][\w .&'’-]{1,40}?) \((?P<date>[^()]{6,30})\):\s")
_AGENCY_DATELINE = re.compile(
    r"^(?P<place>[^\W\d_]{3,})[\w .,'’/-]{0,60}? \((?P<publisher>[A-Z][\w .&'’-]{1,30})\) (?:--?|[–—]) "
)
_SENTENCE_END = re.compile(r"[.;:,…][\"'”’)\]]*$")
_PROSE_END = re.compile(r"(?<![ap]\.m)[.!?…][\"'”’)\]]*$")
# Lines that stand first without being titles: captions, images, addresses, bylines.
_CAPTION = re.compile(
    r"\||!\[|https?://|FILE [-–—] "
    r"|(?i:(?:file )?(?:photo|photograph|image|picture)s?(?: credit)?(?: by|:)|credit:|caption:)"
)
_BYLINE = re.compile(r"(?i:(?:(?:written|story|reporting|words|text) )?by:?) [^\W\d_a-z]")
_HEADING = re.compile(r"^#{1,2}\s+(?P<title>.+?)\s*#*$")


@dataclass(frozen=True, slots=True)
class Header:
    """What an article states about itself."""

    title: str | None = None
    publisher: str | None = None
    published: date | None = None


def read_header(text: str, *, markdown: bool) -> Header:
    """Return what the first lines of `text` state; with `markdown`, front matter and a `#` heading count too."""
    if markdown:
        front, body = _front_matter(text)
        found = _plain_header(body, markdown=True)
        return Header(
            front.title or found.title, front.publisher or found.publisher, front.published or found.published
        )
    return _plain_header(text, markdown=False)


def _plain_header(text: str, *, markdown: bool) -> Header:
    lines = [line.strip() for line in text[:4000].splitlines()]
    lines = [line for line in lines if line][:HEADER_LINES]
    if not lines:
        return Header()
    lines[0] = _STORAGE_STAMP.sub("", lines[0])
    named = _NAMED_DATELINE.match(lines[0])
    published = _only_date(named["date"]) if named else None
    publisher = named["publisher"].strip() if named and published else None
    title = _title(lines, markdown=markdown)
    prose = 0
    for line in lines[1:] if title else lines:
        if agency := _agency_dateline(line):
            return Header(title, publisher or agency["publisher"].strip(), published or _only_date(agency[0]))
        prose += _is_prose(line)
        if len(line) > MAX_DATELINE or prose > 1:  # the body begins; one sentence above it may be the standfirst
            break
        if not _is_prose(line):
            published = published or _only_date(line)
    return Header(title, publisher, published)


def _title(lines: list[str], *, markdown: bool) -> str | None:
    line, *rest = lines
    heading = _HEADING.match(line) if markdown else None
    if heading:
        return heading["title"]
    is_title = (
        0 < len(line) <= MAX_TITLE
        and rest
        and not _goes_on(line, rest[0])
        and not _CAPTION.match(line)
        and not _BYLINE.match(line)
        and not _SENTENCE_END.search(line)
        and not _NAMED_DATELINE.match(line)
        and not _agency_dateline(line)
        and not _is_mostly_date(line)
        and any(character.isalpha() for character in line)
    )
    return line if is_title else None


def _goes_on(line: str, below: str) -> bool:
    """Tell whether `line` is the first line of a sentence that was broken at a fixed width."""
    return len(line) in WRAP_WIDTHS and below[0].islower() and not _BYLINE.match(below)


def _agency_dateline(line: str) -> re.Match[str] | None:
    match = _AGENCY_DATELINE.match(line)
    return match if match and match["place"].isupper() else None  # else "The Alliance (Geneva) - an old one -"


def _is_prose(line: str) -> bool:
    """Tell whether a line is a sentence of the story or above it, so that a date in it is not the article's."""
    if _is_mostly_date(line):
        return False
    in_lower_case = sum(word[0].islower() for word in line.split())
    return bool(_PROSE_END.search(line)) or in_lower_case > MAX_PROSE_WORDS


def _is_mostly_date(line: str) -> bool:
    return any((match := pattern.search(line)) and len(match[0]) * 2 > len(line) for pattern in _DATES)


def _only_date(line: str) -> date | None:
    """Return the one date in `line`; None when it holds none, several, or one that can be read two ways."""
    found = {parsed for pattern in _DATES for match in pattern.finditer(line) if (parsed := _date_of(match))}
    return found.pop() if len(found) == 1 else None


def _date_of(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    year = int(parts["year"])
    if parts.get("month"):
        months = [number for number, name in enumerate(_MONTHS, 1) if name.startswith(parts["month"].lower())]
        days = [(months[0], int(parts["day"]))] if len(months) == 1 else []
    elif parts.get("number"):
        days = [(int(parts["number"]), int(parts["day"]))]
    else:
        first, second = int(parts["first"]), int(parts["second"])
        days = [(second, first), (first, second)]  # day first or month first: only one may make sense
    dates = {made for month, day in days if (made := _make_date(year, month, day))}
    return dates.pop() if len(dates) == 1 else None


def _make_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _front_matter(text: str) -> tuple[Header, str]:
    """Return what YAML front matter states, and the text below it."""
    start = text[:_MAX_FRONT_MATTER]
    if not (match := re.match(r"---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|$)", start, re.DOTALL)):
        return Header(), text
    try:
        fields = yaml.safe_load(match[1])
    except (yaml.YAMLError, AttributeError, LookupError, RecursionError, ValueError):  # what PyYAML's parts may raise
        return Header(), text  # it only looks like front matter
    if not isinstance(fields, dict):
        return Header(), text
    published = fields.get("date", fields.get("published"))
    if isinstance(published, datetime):
        published = published.date()
    elif not isinstance(published, date):
        published = _only_date(published) if isinstance(published, str) else None
    return (
        Header(_string(fields.get("title")), _string(fields.get("publisher", fields.get("source"))), published),
        text[match.end() :],
    )


def _string(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    # YAML writes a character beyond U+FFFF as two halves, each escaped; a half alone is no character.
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip() or None
