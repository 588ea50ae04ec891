"""What an article says of itself above its body: title, publisher, date, author. What it doesn't say stays None."""

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, pairwise, takewhile

from index import furniture_words as words
from index.article_feet import paper_at_the_foot, paper_named_as_owner, writers_at_the_foot
from index.datelines import (
    HeadLine,
    as_named,
    is_byline_below,
    is_paper,
    named_alone,
    paper_behind,
    paper_beside_a_byline,
    paper_in,
    read_head_line,
    written_by,
)
from index.days import only_date
from index.exports import WIRE_SIGNS, cited, read_export, record_lines
from index.form_fields import read_form
from index.front_matter import read_front_matter
from index.head_lines import (
    agency_dateline,
    day_run_in,
    is_kicker,
    is_of_another_day,
    is_prose,
)
from index.head_titles import DAY_BEHIND, HEADING, MINUTES, NAMED_DATELINE, OF_THE_SENDER, may_be_title
from index.offices import is_office, is_organisation, read_office
from index.records import Span
from index.sentences import paragraphs

MAX_DATELINE = 110  # characters; a longer line that holds a date is a sentence of the story
HEADER_LINES = (
    8  # non-empty lines that may stand above the body: masthead, headline, kicker, byline, dateline, counters
)
_LONGEST_HEAD = 4_000  # characters
_LONGEST_OF_A_HEAD, _LINES_BETWEEN = 60, 3  # of a line between a paper's name and the dateline or byline, how many
_MOST_NAMES = 2  # of a person; three that end in "Club" are one
_MASTHEAD_LINES = 4  # among the first of which a masthead stands: "Vol. 112" or an address may be above it

# When a page was stored, not when it was published: collectors put it before the headline, on the same line.
_STORAGE_STAMP = re.compile(r"^date \d{4}-\d{2}-\d{2}(?:\s+|$)")
# "Source: Harbour Gazette": a field of a form above the text.
_PAPER_FIELD = re.compile(
    r"(?:Source|Publisher|Publication|Newspaper|Paper|Outlet): +(?P<paper>[^\W\d_a-z][^:;|]{1,50})"
)
_MAY_BE_A_NAME = re.compile(r"(?:Von|Par|Por) [^\W\d_a-z]")  # "Von Neumann Architecture" first is a title


@dataclass(frozen=True, slots=True)
class Header:
    """What an article states about itself."""

    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above an article's body: what it states, and which of its lines are furniture, of what sort."""

    header: Header
    lines: tuple[tuple[Span, str], ...] = ()


def read_header(text: str, *, markdown: bool) -> Header:
    """Return what the first lines of `text` state; with `markdown`, front matter and a `#` heading count too."""
    return read_head(text, markdown=markdown).header


def read_head(text: str, *, markdown: bool) -> Head:
    """Return what stands above the body of `text`; front matter, which only `markdown` has, is not among its lines."""
    if exported := read_export(text):
        return Head(Header(*exported[:4]), exported.lines)
    front = read_front_matter(text) if markdown or text.startswith("% ") else None
    head = _plain_head(text, front.span.end if front else 0, markdown=markdown)
    if not front:
        return head
    found = head.header
    header = Header(
        front.title or found.title,
        front.publisher or found.publisher,
        front.published or found.published,
        front.author or found.author,
    )
    return replace(head, header=header)


def _plain_head(text: str, start: int, *, markdown: bool) -> Head:
    beginning = text[start : start + _LONGEST_HEAD]
    spans = [Span(start + one, start + end) for one, end in paragraphs(beginning) if beginning[one:end].strip()]
    shown = [text[slice(*span)].strip() for span in spans]
    records = record_lines(shown)
    owner = next(filter(None, (paper_named_as_owner(shown[place]) for place in sorted(records))), None)
    spans = [span for place, span in enumerate(spans) if place not in records]
    lines = [text[slice(*span)].strip(WIRE_SIGNS if records else None) for span in spans[:HEADER_LINES]]
    if not lines:
        return Head(Header())
    lines[0] = _STORAGE_STAMP.sub("", lines[0])
    between = [text[before.end : after.start] for before, after in pairwise(spans[:HEADER_LINES])]
    apart = {place for place, blank in enumerate(between, 1) if blank.count("\n") > 1}
    reader = _HeadReader(lines, apart, markdown=markdown)
    header = reader.header()
    foot = None if reader.paper else paper_at_the_foot(text)
    author = header.author or writers_at_the_foot(text)
    header = replace(header, publisher=foot or header.publisher or owner, author=author)
    labelled = sorted(reader.labels.items())
    return Head(header, tuple((spans[place], label) for place, label in labelled))


class _HeadReader:
    """Reads the lines above a body; `labels` says afterwards which of them are furniture.

    `apart` are those below a blank line.
    """

    def __init__(self, lines: list[str], apart: set[int], *, markdown: bool) -> None:
        self._lines, self._apart = lines, apart
        self._form = read_form(lines)
        fields = self._form.read if self._form else {}
        self._read = [fields.get(place) or cited(line) or read_head_line(line) for place, line in enumerate(lines)]
        for place, line in enumerate(lines):
            if MINUTES.match(line) or (not place and _MAY_BE_A_NAME.match(line)):
                self._read[place] = HeadLine()
        self._headings = [HEADING.match(line) if markdown else None for line in lines]
        self._heading = self._headings[0]
        self.labels: dict[int, str] = {}
        self.paper: str | None = None

    def header(self) -> Header:
        """Return what the lines state."""
        self.paper = self._masthead()
        place = self._title_place(0)
        title = self._title_at(place) if place is not None else None
        named = NAMED_DATELINE.match(self._lines[0])
        run_in = next(filter(None, map(day_run_in, self._lines)), None)
        published = only_date(named["date"]) if named else None
        if named and published:
            self.paper = named["publisher"].strip()
        published = published or run_in
        for above in range(place or 0):
            if is_kicker(self._lines[above]):
                self.labels.setdefault(above, "kicker")
        named_behind, paper = paper_behind(title) if title else (None, None)
        found = Header(named_behind or title, None, published)
        self.paper = self.paper or paper
        prose = 0
        for number, line in enumerate(self._lines):
            if number == place:
                found = self._dated(found, line if self._is_of_a_meeting(number) else line[len(title or "") :])
            elif agency := agency_dateline(line):
                found = self._dated(replace(found, publisher=agency["publisher"].strip()), agency[0])
                break
            else:
                prose += is_prose(line) and not self._read[number].kind
                if prose > 1 or (len(line) > MAX_DATELINE and not self._read[number].kind):
                    break  # the body begins; one sentence above it may be the standfirst
                found = self._take(found, number, place)
        printed = self._days_of("publ")
        if len(printed) == 1 and self._days_of("updat", "modif"):
            found = replace(found, published=printed.pop())
        return replace(found, publisher=self.paper or found.publisher)

    def _is_of_a_meeting(self, number: int) -> bool:
        """Tell whether a title says of which day it has the minutes, and is no headline: "Minutes of 1912 found"."""
        line = self._lines[number]
        return bool(MINUTES.match(line)) and (line[-4:].isdecimal() or self.labels.get(number - 1) == "masthead")

    def _days_of(self, *stamps: str) -> set[date]:
        """Return the days of the datelines that say of which kind they are: published, updated."""
        stamped = [read for line, read in zip(self._lines, self._read, strict=True) if line.lower().startswith(stamps)]
        return {read.published for read in stamped if read.kind and read.published}

    def _dated(self, found: Header, words_of_it: str) -> Header:
        return replace(found, published=found.published or only_date(words_of_it))

    def _take(self, found: Header, number: int, title_place: int | None) -> Header:
        """Add what a line other than the title states, and note whether it is furniture."""
        line, read = self._lines[number], self._read[number]
        if self._form and number in self._form.read:
            if read.kind:
                self.labels.setdefault(number, read.kind)
            self.paper = self.paper or read.publisher
            return replace(found, published=found.published or read.published, author=found.author or read.author)
        if (is_prose(line) or is_of_another_day(line) or day_run_in(line)) and not read.kind:
            return found
        author = read.author
        if read.kind:
            self.labels.setdefault(number, read.kind)
            self.paper = self.paper or read.publisher
        elif only_date(line):
            self.labels.setdefault(number, "dateline")
        elif (field := _PAPER_FIELD.fullmatch(line)) and is_paper(field["paper"], maybe=True):
            self.labels.setdefault(number, "dateline")
            self.paper = self.paper or as_named(field["paper"])
        elif (paper := self._paper_in(number)) and self._is_in_the_head(number, title_place):
            self.labels.setdefault(number, "masthead")
            self.paper = self.paper or paper
        elif (
            is_organisation(line)
            and len(line.split()) > _MOST_NAMES
            and self._is_beside_a_dateline(number, title_place)
        ):
            self.labels[number] = "masthead"
        elif is_byline_below(line) and self._is_beside_a_dateline(number, title_place):
            self.labels[number], author = "byline", written_by(line)
        elif self._is_above_an_office(number, title_place):
            self.labels[number], author = "byline", named_alone(line)
        elif self._is_below_a_byline(number, title_place) and (office := read_office(line)):
            self.labels[number], self.paper = "byline", self.paper or office.publisher
        found = replace(found, published=found.published or read.published, author=found.author or author)
        return self._dated(found, line)

    def _is_below_a_byline(self, number: int, title_place: int | None) -> bool:
        return title_place is not None and number > title_place and self.labels.get(number - 1) == "byline"

    def _is_above_an_office(self, number: int, title_place: int | None) -> bool:
        """Tell whether a name stands alone above what its bearer does: "Nell Ashdown", "Environment correspondent"."""
        if title_place is None or number <= title_place or not is_byline_below(self._lines[number]):
            return False
        return any(map(is_office, self._lines[number + 1 : number + 2]))

    def _paper_in(self, number: int) -> str | None:
        """Return the paper that a line consists of; between a byline and a day, less must tell that it is one."""
        line, beside = self._lines[number], {read.kind for read in self._read[number - 1 : number + 2 : 2]}
        return paper_in(line) or (paper_beside_a_byline(line) if beside == {"byline", "dateline"} else None)

    def _is_in_the_head(self, number: int, title_place: int | None) -> bool:
        """Tell whether a line below the title stands above or beside one that says when it was printed, or by whom."""
        below = zip(self._read[number + 1 :], self._lines[number + 1 :], strict=True)
        head = takewhile(lambda one: one[0].kind or len(one[1]) <= _LONGEST_OF_A_HEAD, islice(below, _LINES_BETWEEN))
        in_it = title_place is not None and number > title_place and any(read.kind for read, _ in head)
        return in_it or self._is_beside_a_dateline(number, title_place)

    def _is_beside_a_dateline(self, number: int, title_place: int | None) -> bool:
        if title_place is None or number < title_place:
            return False
        beside = self._read[number - 1 : number + 2]
        below_the_title = number - 1 == title_place and (
            only_date(self._lines[title_place]) is not None or written_by(self._lines[number]) is not None
        )
        return below_the_title or any(read.kind == "dateline" for read in beside)

    def _masthead(self) -> str | None:
        """Return the paper that a line names, alone above headline and dateline, with nothing but such above it."""
        for place, line in enumerate(self._lines[:_MASTHEAD_LINES]):
            paper = None if self._headings[place] else paper_in(line)
            sure = any(read.kind for read in self._read) or line.isupper()
            if paper and sure and self._title_place(place + 1) is not None:
                self.labels[place] = "masthead"
                return paper
            if self._is_issuer(place):
                self.labels[place] = "masthead"
            elif not self._read[place].kind and not is_kicker(line):
                break
        return None

    def _is_issuer(self, place: int) -> bool:
        """Tell whether a line names who gives out a press release, or whose minutes are below, and is no headline."""
        if place + 1 < len(self._lines) and MINUTES.match(self._lines[place + 1]):
            return is_organisation(as_named(self._lines[place].lstrip("# ")))
        if place + 1 >= len(self._lines) or self._read[place + 1].kind != "dateline":
            return False
        beside = [self._lines[place + 1], *self._lines[place - 1 : place]]
        is_release = any(map(words.RELEASE.search, beside))
        return is_release and is_organisation(self._lines[place]) and self._title_place(place + 1) is not None

    def _title_place(self, first: int) -> int | None:
        """Return which line is the title: the first that is no masthead, dateline, byline, section or counter."""
        if self._form and self._form.title_place is not None:
            return self._form.title_place if self._form.title_place >= first else None
        for place in range(first, len(self._lines)):
            line = self._lines[place]
            read = self._read[place]
            is_beside = read.kind or (place and read.dated) or place in self.labels or is_kicker(line)
            is_beside = is_beside or self._is_a_name_in_the_head(place) or bool(OF_THE_SENDER.match(line))
            if not is_beside or (place == 0 and self._heading and not self.labels):
                return place if self._title_at(place) else None
        return None

    def _is_a_name_in_the_head(self, place: int) -> bool:
        """Tell whether a line is a name that goes on with the lines of a paper and a day, apart from a headline."""
        if not self.paper or not place or place in self._apart or place + 1 not in self._apart:
            return False
        return is_byline_below(self._lines[place]) and self._read[place - 1].kind == "dateline"

    def _title_at(self, place: int) -> str | None:
        line, rest = self._lines[place], self._lines[place + 1 :]
        if self._form and place == self._form.title_place:
            return self._form.title
        if heading := self._headings[place]:
            return heading["title"]
        line = DAY_BEHIND.split(line, maxsplit=1)[0] if only_date(line) else line
        in_a_head = len(self._read) > place + 1 and self._read[place + 1].kind is not None
        is_title = rest and may_be_title(line, rest[0], is_first=not place, in_a_head=in_a_head)
        return line if is_title else None
