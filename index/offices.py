"""What a line says of an office: a council or a company by its name, what a writer is, below a byline."""

import re

from index import furniture_words as words
from index.datelines import HeadLine, is_capitalised, is_paper, paper_among

_MOST_WORDS = 7  # in the name of an office
_OFFICE = re.compile(words.SHORT_ROLE)
_AT_WORK = re.compile(rf"Reporting from {words.NAME}")


def is_organisation(name: str) -> bool:
    """Tell whether a name is that of a council, a ministry, a company: "The Harbour Board", "Ministry of Tides"."""
    parts = name.casefold().split()
    heads = {part for part, behind in zip(parts, [*parts[1:], "of"], strict=False) if behind in ("of", "for", "in")}
    return 1 < len(parts) <= _MOST_WORDS and is_capitalised(name) and bool(heads & words.ORGANISATIONS)


def read_office(line: str) -> HeadLine | None:
    """Return what a line right below a byline states: "Business reporter, Coast News", "Coast News, Vellmouth"."""
    if _AT_WORK.fullmatch(line):
        return HeadLine("byline")
    first, *behind = [part.strip() for part in line.split(",")]
    is_paper_first = is_paper(first, maybe=not first.startswith("The "))
    if len(behind) > 2 or not all(map(is_capitalised, behind)) or not (is_paper_first or _OFFICE.fullmatch(first)):
        return None
    return HeadLine("byline", publisher=paper_among(line))


def is_office(line: str) -> bool:
    """Tell whether a line says what a writer is, and nothing else: "Environment correspondent"."""
    return _OFFICE.fullmatch(line) is not None
