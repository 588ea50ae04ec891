"""Which publishers and which days a question names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

# "FOX News - Health", "The Roar | Sports Writers Blog", "Live Science: ...": what comes behind is a section or a motto.
_TAIL = re.compile(r"\s+[-–|].*$|:\s.*$|\.(?:com|org|net|co\.uk)\b.*$", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['&.][^\W_]+)*")
_POSSESSIVE = re.compile(r"'s\b", re.IGNORECASE)
MONTHS = "january february march april may june july august september october november december".split()
_MONTH = r"\b(?P<month>sept|" + "|".join(f"{name}|{name[:3]}" for name in MONTHS) + r")\b\.?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_DAYS = (
    re.compile(r"\b(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})\b"),
    re.compile(rf"{_MONTH}\s+(?P<day>\d{{1,2}}){_ORDINAL}\b(?:,?\s+(?P<year>\d{{4}})\b)?", re.IGNORECASE | re.ASCII),
    re.compile(
        rf"\b(?P<day>\d{{1,2}}){_ORDINAL}\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>\d{{4}})\b)?", re.IGNORECASE | re.ASCII
    ),
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day as a question names it, with or without a year."""

    year: int | None
    month: int
    day: int

    def is_on(self, published: date | None) -> bool:
        """Tell whether an article of that date was published on this day."""
        return (
            published is not None
            and (published.month, published.day) == (self.month, self.day)
            and self.year in {None, published.year}
        )


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a question names of where and when its answer was published."""

    publishers: frozenset[str]
    days: tuple[Day, ...]


def mentions(question: str, publishers: Iterable[str]) -> Mentions:
    """Return those of `publishers` that the question names, and the days that it names."""
    words = _words(question)
    named = frozenset(publisher for publisher in publishers if _names(words, publisher))
    return Mentions(named, _days(question))


def _words(text: str) -> list[str]:
    """Return the words of `text`, those of "Fortune's" and "Reader’s Digest" being Fortune, and Reader and Digest."""
    return _WORD.findall(_POSSESSIVE.sub("", text.replace("’", "'")))


def _names(words: list[str], publisher: str) -> bool:
    """Tell whether `words` hold the publisher's name.

    Many a paper is named with an ordinary word (Fortune, The Age): a name of one word, "the" aside, must be capitalised
    as it is in print, unless the question has no capitals at all.
    """
    name = _words(_TAIL.sub("", publisher)) or _words(publisher)
    if not name:
        return False
    bare = name[1:] if len(name) > 1 and name[0].lower() == "the" else name
    lowered, wanted = [word.lower() for word in words], [word.lower() for word in bare]
    careless = not any(word[0].isupper() for word in words)
    for place in range(len(words) - len(wanted) + 1):
        if lowered[place : place + len(wanted)] != wanted:
            continue
        with_article = place > 0 and lowered[place - 1] == "the"
        if len(wanted) > 1 or (careless and (len(name) == 1 or with_article)):
            return True
        if words[place][0].isupper() and (place > 0 or len(words) == 1 or words[place] == bare[0]):
            return True
    return False


def _days(question: str) -> tuple[Day, ...]:
    found = []
    for pattern in _DAYS:
        for match in pattern.finditer(question):
            parts = match.groupdict()
            month = int(parts["number"]) if parts.get("number") else _month(parts["month"])
            year, day = parts.get("year"), int(parts["day"])
            if 1 <= month <= 12 and 1 <= day <= 31:
                found.append(Day(int(year) if year else None, month, day))
    return tuple(dict.fromkeys(found))


def _month(name: str) -> int:
    return next(number for number, full in enumerate(MONTHS, 1) if full.startswith(name.lower()[:3]))
