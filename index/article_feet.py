"""What an article says of itself below its body: the paper that printed it, who wrote it, and who that is."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from index import furniture_sentences as known
from index import furniture_words as words
from index.datelines import as_named, is_paper, named_alone, read_head_line
from index.records import Mark

_NAMES_THE_WRITER = frozenset({"byline", "dateline"})
_REACH = 1_000  # characters from the end
_LINES = 3
# The name of a paper at an article's foot: "Harbour Herald, page 3. Published 07:10.", "© 2026 Harbour Herald".
_FOOT = re.compile(
    rf"(?P<paged>{words.NAME}), (?i:page|p\.) ?\d|(?i:©|\(c\)|copyright)(?: ©)? \d{{4}},? (?P<owner>{words.NAME})"
)
_SIGNED = re.compile(
    rf"(?m)^\(?(?i:(?:reporting|writing|reporting and writing) by:?) (?P<names>{words.NAME}(?: (?:in|at) {words.NAME})?"
    rf"(?:(?:,| and|, and) {words.NAME}(?: (?:in|at) {words.NAME})?){{0,5}})(?=[;.)])"
)
_SENTENCE = re.compile(r".{20,}?(?:[.!?](?= |$)|$)")
_AGENCY = re.compile(rf"(?:The )?{words.AGENCY}", re.IGNORECASE)
_MOST_ON_THE_WRITER = 6  # paragraphs
_MOST_BELOW = 3  # paragraphs under a heading
_LEAST_PROSE = 8  # words


def paper_at_the_foot(text: str) -> str | None:
    """Return the paper that the last lines name as the one that printed the article."""
    lines = [line.strip() for line in text[-_REACH:].splitlines() if line.strip()][-_LINES:]
    return next(filter(None, map(paper_named_as_owner, lines)), None)


def paper_named_as_owner(line: str) -> str | None:
    """Return the paper that a line such as "© 2026 Harbour Herald. All rights reserved." begins with."""
    found = _FOOT.match(line)
    name = (found["paged"] or found["owner"]).partition(". ")[0].rstrip(".") if found else ""
    return as_named(name) if is_paper(name, maybe=True) else None


def writers_at_the_foot(text: str) -> str | None:
    """Return whom an agency names below its article: "(Reporting by A in B and C; editing by D)"."""
    found = _SIGNED.search(text[-_REACH:])
    names = re.split(r", (?:and )?| and ", found["names"]) if found else []
    return ", ".join(re.split(r" (?:in|at) ", name)[0] for name in names if name) or None


def writer_in(text: str, marks: Sequence[Mark]) -> str | None:
    """Return the writer whom the first byline names, of those that are marked."""
    bylines = [
        (" ".join(text[one.start : one.end].split()), one.label)
        for one in marks
        if one.kind == "furniture" and one.label in _NAMES_THE_WRITER
    ]
    writers = (
        read_head_line(line).author or (named_alone(line) if label == "byline" else None) for line, label in bylines
    )
    return next(filter(None, writers), None)


def tells_who_helped(sentence: str) -> bool:
    """Tell whether a sentence names those who helped to write the article: "Ada Lind contributed to this report".

    A full name stands there, an office beside a name, or an agency: "Ministers contributed to this report" is told.
    """
    found = known.HELPED.fullmatch(sentence)
    if not found or not (found["to"] or found["did"]):
        return False
    named = [word.strip(",;") for word in found["who"].split()]
    if not all(word[:1].isupper() or word in known.BESIDE_WRITERS for word in named):
        return False
    has_name = any(one[:1].isupper() and other[:1].isupper() for one, other in pairwise(named))
    return has_name or bool(known.WRITERS & set(named)) or _AGENCY.fullmatch(found["who"]) is not None


def lines_on_the_writer(paragraphs: Sequence[str], marked: AbstractSet[int]) -> Iterator[int]:
    """Yield which of an article's paragraphs tell of its writer: below them stands nothing but furniture.

    `marked` are the places of those that are furniture. Whom the story tells of is not its writer.
    """
    first = max(1, len(paragraphs) - _MOST_ON_THE_WRITER)
    headed = (place for place in range(first, len(paragraphs)) if _heads_the_writer(paragraphs, place, marked))
    end = next(headed, len(paragraphs))
    yield from range(end, len(paragraphs))
    for place in reversed(range(first, end)):
        name = _writer_told_of(paragraphs[place])
        if name is not None and not _is_in_the_story(name, paragraphs[:place], marked):
            yield place
        elif place not in marked:
            break


def _heads_the_writer(paragraphs: Sequence[str], place: int, marked: AbstractSet[int]) -> bool:
    """Tell whether a paragraph is a heading such as "About the author", and all below it that is told is of somebody.

    What follows in its own line is of the writer, too.
    """
    if not known.ABOUT_THE_WRITER.fullmatch(paragraphs[place]):
        return False
    below = [paragraphs[other] for other in range(place + 1, len(paragraphs)) if other not in marked]
    return len(below) <= _MOST_BELOW and all(map(known.OF_SOMEBODY.match, below))


def _writer_told_of(paragraph: str) -> str | None:
    """Return the last name of whom a paragraph tells as one tells of a writer, "" for one without a name."""
    beginning = _SENTENCE.match(paragraph)
    told = known.WRITERS_LIFE.fullmatch(beginning[0]) if beginning else None
    return (told["who"] or "").rpartition(" ")[2] if told else None


def _is_in_the_story(name: str, above: Sequence[str], marked: AbstractSet[int]) -> bool:
    prose = (one for place, one in enumerate(above) if place not in marked and len(one.split()) >= _LEAST_PROSE)
    return bool(name) and any(name in one for one in prose)
