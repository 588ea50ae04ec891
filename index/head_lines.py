"""What a line above an article's body looks like: a section, a sentence, a day, a dateline that runs into the story."""

import re
from datetime import date

from index import furniture_words as words
from index.days import DATES, only_date
from index.sentences import WRAP_WIDTHS

MAX_PROSE_WORDS = 5  # in lower case; a line that holds a date among more of them is a sentence, too
_AGENCY_DATELINE = re.compile(
    r"^(?P<place>[^\W\d_]{3,})[\w .,'’/-]{0,60}? \((?P<publisher>[A-Z][\w .&'’-]{1,30})\) (?:--?|[–—]) "
)
_PROSE_END = re.compile(r"(?<![ap]\.m)[.!?…][\"'”’)\]]*$")
_KICKER_PARTS = re.compile(r"\s*[|/›»·•:]\s*|\s+[-–—]\s+")
_NO_TITLE = re.compile(rf"(?i)<?https?://\S+>?|{words.CONTENTS}:?")
# "Vellmouth, 8 November 2026. The council voted": a dateline that runs into the story.
_RUN_IN = re.compile(
    r"(?P<place>[^\W\d_a-z][^.:;–—\d]{1,40}), (?P<date>(?:[^.:;–—]|\.(?= \d)){0,30}\d{4})"
    r"(?: ?/[\w -]{2,30}/)?(?:[.:]| ?[–—]| --?) (?=[\"“‘']?[^\W\d_a-z])"
)
# "PORT ELSA, Aug. 14, 2025 -- The city", "LONDON (14 August 2025) — Six people"
_WIRED_IN = re.compile(
    r"(?P<place>[^\W\d_a-z]{3,}[^:;–—\d()]{0,40}?),? \(?"
    r"(?P<date>(?:\d|(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))[^:;–—()]{3,28}\d{4})\)?"
    r"(?: ?/[\w -]{2,30}/)? ?(?:--?|[–—]) (?=[\"“‘']?[^\W\d_a-z])"
)
_BYLINE = re.compile(r"(?i:(?:(?:written|story|reporting|words|text) )?by:?) [^\W\d_a-z]")


def day_run_in(line: str) -> date | None:
    """Return the day in a dateline that runs into the story: "Vellmouth, 8 November 2026. The council voted"."""
    found = _RUN_IN.match(line) or _WIRED_IN.match(line)
    return only_date(found["date"]) if found and is_mostly_date(found["date"]) else None


def is_of_another_day(line: str) -> bool:
    """Tell whether a line gives a day of the story, by what stands before that: "Opened: 3 May 1871"."""
    label = words.OF_ANOTHER_DAY.match(line)
    return bool(label) and is_mostly_date(line[label.end() :] if label else "")


def is_kicker(line: str) -> bool:
    """Tell whether a line names sections alone, or is a number or an address."""
    parts = {part.strip() for part in _KICKER_PARTS.split(line.casefold())}
    return parts <= words.SECTIONS or line.isdecimal() or bool(_NO_TITLE.fullmatch(line))


def goes_on(line: str, below: str) -> bool:
    """Tell whether `line` is the first line of a sentence that was broken at a fixed width."""
    return len(line) in WRAP_WIDTHS and below[0].islower() and not _BYLINE.match(below)


def agency_dateline(line: str) -> re.Match[str] | None:
    """Return what "LONDON, Oct 21 (Agency) - The story" says before the story: `place` and `publisher`."""
    match = _AGENCY_DATELINE.match(line)
    return match if match and match["place"].isupper() else None  # else "The Alliance (Geneva) - an old one -"


def is_prose(line: str) -> bool:
    """Tell whether a line is a sentence of the story or above it, so that a date in it is not the article's."""
    if is_mostly_date(line):
        return False
    in_lower_case = sum(word[0].islower() for word in line.split())
    return bool(_PROSE_END.search(line)) or in_lower_case > MAX_PROSE_WORDS


def is_mostly_date(line: str) -> bool:
    """Tell whether a day is more than half of a line."""
    return any((match := pattern.search(line)) and len(match[0]) * 2 > len(line) for pattern in DATES)
