"""Days as articles write them, with all of year, month and day."""

import re
from datetime import date

from index.foreign_words import MONTHS

_MONTHS = "january february march april may june july august september october november december".split()
_WEEKDAYS = "mon tue wed thu fri sat sun".split()
_CENTURIES = (1900, 2000)
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_FOREIGN_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DATES = (
    re.compile(r"\b(?P<year>\d{4})[-/](?P<number>\d{2})[-/](?P<day>\d{2})(?!\d)"),
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b"),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<year>\d{{4}})\b"),
    # "12. März 2026", "1er août 2026", "21 de mayo de 2026"
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:er|\.|º|°)?\s+(?:de\s+)?(?P<foreign>{_FOREIGN_MONTH})\b\.?(?:\s+del?)?\s+"
        r"(?P<year>\d{4})\b",
        re.IGNORECASE,
    ),
    # Before the next: the day of the week tells which figure is the month, and of which century "26" is.
    re.compile(
        rf"\b(?P<weekday>{'|'.join(_WEEKDAYS)})[a-z]{{0,6}}\.?,? (?P<first>\d{{1,2}})[/.](?P<second>\d{{1,2}})"
        r"[/.](?P<year>\d{4}|\d{2})\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<year>\d{4})\b"),
)


def only_date(line: str) -> date | None:
    """Return the one date in `line`; None when it holds none, several, or one that can be read two ways."""
    found = {parsed for pattern in DATES for match in pattern.finditer(line) if (parsed := _date_of(match))}
    return found.pop() if len(found) == 1 else None


def in_words(day: date) -> str:
    """Return a day as it is told: "6 October 2026"."""
    return f"{day.day} {day:%B %Y}"


def without_days(line: str, sign: str) -> str:
    """Return `line` with `sign` in place of each day, also of one that can be read two ways."""

    def replaced(match: re.Match[str]) -> str:
        return match[0] if match.groupdict().get("month") and _date_of(match) is None else sign

    for pattern in DATES:
        line = pattern.sub(replaced, line)
    return line


def _date_of(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    year = int(parts["year"])
    if parts.get("month"):
        months = [number for number, name in enumerate(_MONTHS, 1) if name.startswith(parts["month"].lower())]
        days = [(months[0], int(parts["day"]))] if len(months) == 1 else []
    elif parts.get("foreign"):
        days = [(MONTHS[parts["foreign"].lower()], int(parts["day"]))]
    elif parts.get("number"):
        days = [(int(parts["number"]), int(parts["day"]))]
    else:
        first, second = int(parts["first"]), int(parts["second"])
        days = [(second, first), (first, second)]  # day first or month first: only one may make sense
    years = [century + year for century in _CENTURIES] if len(parts["year"]) < 4 else [year]
    dates = {made for one in years for month, day in days if (made := _make_date(one, month, day))}
    if weekday := parts.get("weekday"):
        dates = {one for one in dates if one.weekday() == _WEEKDAYS.index(weekday.lower())}
    return dates.pop() if len(dates) == 1 else None


def _make_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
