"""A form above an article: lines of a name and what is filled in, as databases of newspapers print them.

"Headline: ...", "Publication: ...", "Date: ...", "Byline: ..." stand one a line, two of them or more.
"""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from index.datelines import HeadLine, as_named, is_capitalised, is_paper, paper_in, read_head_line
from index.days import only_date
from index.head_lines import is_kicker

_SORTS = {
    name: sort
    for sort, names in {
        "title": "headline|title|subject",
        "paper": "publication|newspaper|paper|outlet",
        "publisher": "publisher|source",
        "day": "date|sent|published|publication date|date of publication|issue date",
        "writer": "author|authors|byline|writer|reporter|written by|from",
        "more": "to|cc|contact|media contact|press contact|"
        "section|length|edition|page|pages|load-date|language|word count|url|link|document type",
        "work": "isbn|genre|price|publisher's price|format|rating|director|cast|starring|running time",
    }.items()
    for name in names.split("|")
}
_FIELD = re.compile(r"(?:\*\*|__)?(?P<name>[A-Za-z][A-Za-z -]{1,24}?)(?::(?:\*\*|__)?|(?:\*\*|__):)\s+(?P<value>\S.*)")
_ADDRESS = re.compile(r"<[^<>]{1,100}>|\S{1,60}@\S{1,60}")
_LEAST = 2  # fields of different sorts
_LONGEST_NAME = 60  # characters of a publisher's name
_MOST_NAME_WORDS = 6
_LONGEST_FIELD = 200  # characters; with a longer line the body begins


class Form(NamedTuple):
    """Which line holds the title and what it is, and what the other fields state, by their lines."""

    title_place: int | None
    title: str | None
    read: dict[int, HeadLine]


def read_form(lines: Sequence[str]) -> Form | None:
    """Return the form among the lines of an article's head; None where fewer than two fields stand there."""
    if lines and not any(map(str.isalnum, lines[0])):
        return None  # front matter, which plain text has not
    above = takewhile(lambda line: len(line) <= _LONGEST_FIELD or _field(line), lines)
    found = {place: field for place, line in enumerate(above) if (field := _field(line))}
    sorts = {sort for sort, _ in found.values()}
    says_so = bool(lines) and lines[0].casefold().startswith("headline:")
    if (len(sorts) < _LEAST and not says_so) or not sorts - {"more"}:
        return None
    titles = [(place, value) for place, (sort, value) in found.items() if sort == "title"]
    title_place, title = titles[0] if len(titles) == 1 else (None, None)
    above_it = range(title_place or 0)
    if "work" in sorts or not all(place in found or _is_above_a_title(lines[place]) for place in above_it):
        # It is of the book or the film that the article is about.
        return Form(None if title_place else title_place, title, dict.fromkeys(set(found) - {0}, HeadLine()))
    # "Source: Ministry of Health" beside a date alone may be where a figure is from, "Publisher: Quay Books" a book's.
    is_whole = title is not None and len(sorts) > _LEAST
    read = {place: _read(sort, value, is_whole=is_whole) for place, (sort, value) in found.items() if sort != "title"}
    return Form(title_place, title, read)


def _is_above_a_title(line: str) -> bool:
    return bool(read_head_line(line).kind or paper_in(line) or is_kicker(line))


def _field(line: str) -> tuple[str, str] | None:
    """Return the sort of a field, and what is filled in."""
    found = _FIELD.fullmatch(line)
    sort = _SORTS.get(found["name"].casefold()) if found else None
    return (sort, found["value"].strip("*_ ")) if found and sort else None


def _read(sort: str, value: str, *, is_whole: bool) -> HeadLine:
    if sort == "writer":
        name = _ADDRESS.sub("", value).strip(' "')
        return HeadLine("byline", author=read_head_line(f"By {name}").author if name else None)
    if sort == "day":
        return HeadLine("dateline", only_date(value))
    if sort == "more":
        return HeadLine("dateline")
    is_sure = sort == "paper" or is_whole
    is_name = len(value) <= _LONGEST_NAME and is_capitalised(value) and not re.search(r"[\d,;:|/]", value)
    if is_name and (is_paper(value, maybe=True) or (is_sure and len(value.split()) <= _MOST_NAME_WORDS)):
        return HeadLine("dateline", publisher=as_named(value))
    read = read_head_line(value)
    return HeadLine("dateline", read.published, read.publisher)
