"""What an article says of itself above its body: title, publisher, date, author. What it doesn't say stays None."""

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, takewhile

from index import furniture_words as words
from index.datelines import HeadLine, as_named, is_byline_below, is_paper, paper_in, read_head_line, written_by
from index.days import DATES, only_date
from index.front_matter import read_front_matter
from index.records import Span
from index.sentences import WRAP_WIDTHS, paragraphs

MAX_TITLE = 200  # characters; news headlines keep below 120, and a longer first line is a paragraph
MAX_TITLE_OF_A_HEAD = 400  # characters; one with a byline or a dateline right below it is a headline all the same
MAX_DATELINE = 110  # characters; a longer line that holds a date is a sentence of the story
MAX_PROSE_WORDS = 5  # in lower case; a line that holds a date among more of them is a sentence, too
HEADER_LINES = (
    8  # non-empty lines that may stand above the body: masthead, headline, kicker, byline, dateline, counters
)
_LONGEST_HEAD = 4_000  # characters
_LONGEST_OF_A_HEAD, _LINES_BETWEEN = 60, 3  # of a line between a paper's name and the dateline or byline, how many
_LEAST_TITLE_WORDS = 2  # of a headline that stands below other lines

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
_KICKER_PARTS = re.compile(r"\s*[|/›»·•:]\s*|\s+[-–—]\s+")
_NO_TITLE = re.compile(rf"(?i)<?https?://\S+>?|{words.CONTENTS}:?")
# "Source: Harbour Gazette": a field of a form above the text.
_PAPER_FIELD = re.compile(
    r"(?:Source|Publisher|Publication|Newspaper|Paper|Outlet): +(?P<paper>[^\W\d_a-z][^:;|]{1,50})"
)
# "Vellmouth, 8 November 2026. The council voted": a dateline that runs into the story.
_RUN_IN = re.compile(
    r"(?P<place>[^\W\d_a-z][^.:;–—\d]{1,40}), (?P<date>(?:[^.:;–—]|\.(?= \d)){0,30}\d{4})"
    r"(?: ?/[\w -]{2,30}/)?(?:[.:]| ?[–—]| --?) (?=[\"“‘']?[^\W\d_a-z])"
)
_BYLINE = re.compile(r"(?i:(?:(?:written|story|reporting|words|text) )?by:?) [^\W\d_a-z]")
_MAY_BE_A_NAME = re.compile(r"(?:Von|Par|Por) [^\W\d_a-z]")  # "Von Neumann Architecture" first is a title
_HEADING = re.compile(r"^#{1,2}\s+(?P<title>.+?)\s*#*$")
# "One lenta at last Monday 5 October 2026": a headline and its dateline, on one line of a page.
_DAY_BEHIND = re.compile(
    rf"(?<!\bon)(?<!\bof)(?<!\bby)(?<!\bsince)(?<!\buntil)\s+{words.WEEKDAY},?\s+(?=[^\s].*\d{{4}}$)"
)
# The name of a paper at an article's foot: "Harbour Herald, page 3. Published 07:10.", "© 2026 Harbour Herald".
_FOOT = re.compile(
    rf"(?P<paged>{words.NAME}), (?i:page|p\.) ?\d|(?i:©|\(c\)|copyright)(?: ©)? \d{{4}},? (?P<owner>{words.NAME})"
)
_SIGNED = re.compile(
    rf"(?m)^\(?(?i:(?:reporting|writing|reporting and writing) by:?) (?P<names>{words.NAME}(?: (?:in|at) {words.NAME})?"
    rf"(?:(?:,| and|, and) {words.NAME}(?: (?:in|at) {words.NAME})?){{0,5}})(?=[;.)])"
)


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
    front = read_front_matter(text) if markdown else None
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
    lines = [text[slice(*span)].strip() for span in spans[:HEADER_LINES]]
    if not lines:
        return Head(Header())
    lines[0] = _STORAGE_STAMP.sub("", lines[0])
    reader = _HeadReader(lines, markdown=markdown)
    header = reader.header()
    foot = None if reader.paper else _paper_at_the_foot(text)
    author = header.author or _writers_at_the_foot(text)
    header = replace(header, publisher=foot or header.publisher, author=author)
    labelled = sorted(reader.labels.items())
    return Head(header, tuple((spans[place], label) for place, label in labelled))


class _HeadReader:
    """Reads the lines above a body; `labels` says afterwards which of them are furniture."""

    def __init__(self, lines: list[str], *, markdown: bool) -> None:
        self._lines = lines
        self._read = [read_head_line(line) for line in lines]
        if _MAY_BE_A_NAME.match(lines[0]):
            self._read[0] = HeadLine()
        self._headings = [_HEADING.match(line) if markdown else None for line in lines]
        self._heading = self._headings[0]
        self.labels: dict[int, str] = {}
        self.paper: str | None = None

    def header(self) -> Header:
        """Return what the lines state."""
        self.paper = self._masthead()
        place = self._title_place(0)
        title = self._title_at(place) if place is not None else None
        named = _NAMED_DATELINE.match(self._lines[0])
        run_in = next(filter(None, map(day_run_in, self._lines)), None)
        published = only_date(named["date"]) if named else None
        if named and published:
            self.paper = named["publisher"].strip()
        published = published or run_in
        for above in range(place or 0):
            if _is_kicker(self._lines[above]):
                self.labels.setdefault(above, "kicker")
        found = Header(title, None, published)
        prose = 0
        for number, line in enumerate(self._lines):
            if number == place:
                found = self._dated(found, line[len(title or "") :])
            elif agency := _agency_dateline(line):
                found = self._dated(replace(found, publisher=agency["publisher"].strip()), agency[0])
                break
            else:
                prose += _is_prose(line) and not self._read[number].kind
                if prose > 1 or (len(line) > MAX_DATELINE and not self._read[number].kind):
                    break  # the body begins; one sentence above it may be the standfirst
                found = self._take(found, number, place)
        printed = self._days_of("publ")
        if len(printed) == 1 and self._days_of("updat", "modif"):
            found = replace(found, published=printed.pop())
        return replace(found, publisher=self.paper or found.publisher)

    def _days_of(self, *stamps: str) -> set[date]:
        """Return the days of the datelines that say of which kind they are: published, updated."""
        stamped = [read for line, read in zip(self._lines, self._read, strict=True) if line.lower().startswith(stamps)]
        return {read.published for read in stamped if read.kind and read.published}

    def _dated(self, found: Header, words_of_it: str) -> Header:
        return replace(found, published=found.published or only_date(words_of_it))

    def _take(self, found: Header, number: int, title_place: int | None) -> Header:
        """Add what a line other than the title states, and note whether it is furniture."""
        line, read = self._lines[number], self._read[number]
        if _is_prose(line) and not read.kind:
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
        elif (paper := paper_in(line)) and self._is_in_the_head(number, title_place):
            self.labels.setdefault(number, "masthead")
            self.paper = self.paper or paper
        elif is_byline_below(line) and self._is_beside_a_dateline(number, title_place):
            self.labels[number], author = "byline", written_by(line)
        found = replace(found, published=found.published or read.published, author=found.author or author)
        return self._dated(found, line)

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
        """Return the paper that the first line names, alone above headline and dateline."""
        paper = paper_in(self._lines[0])
        if not paper or self._heading or self._title_place(1) is None:
            return None
        if not any(read.kind for read in self._read) and not self._lines[0].isupper():
            return None
        self.labels[0] = "masthead"
        return paper

    def _title_place(self, first: int) -> int | None:
        """Return which line is the title: the first that is no masthead, dateline, byline, section or counter."""
        for place in range(first, len(self._lines)):
            line = self._lines[place]
            read = self._read[place]
            is_beside = read.kind or (place and read.dated) or place in self.labels or _is_kicker(line)
            if not is_beside or (place == 0 and self._heading):
                return place if self._title_at(place) else None
        return None

    def _title_at(self, place: int) -> str | None:
        line, rest = self._lines[place], self._lines[place + 1 :]
        if heading := self._headings[place]:
            return heading["title"]
        line = _DAY_BEHIND.split(line, maxsplit=1)[0] if only_date(line) else line
        in_a_head = len(self._read) > place + 1 and self._read[place + 1].kind is not None
        is_title = (
            0 < len(line) <= (MAX_TITLE_OF_A_HEAD if in_a_head else MAX_TITLE)
            and rest
            and (not place or len(line.split()) >= _LEAST_TITLE_WORDS)
            and not _goes_on(line, rest[0])
            and not _CAPTION.match(line)
            and not _SENTENCE_END.search(line)
            and not _NAMED_DATELINE.match(line)
            and not _agency_dateline(line)
            and not is_mostly_date(line)
            and any(character.isalpha() for character in line)
        )
        return line if is_title else None


def day_run_in(line: str) -> date | None:
    """Return the day in a dateline that runs into the story: "Vellmouth, 8 November 2026. The council voted"."""
    found = _RUN_IN.match(line)
    return only_date(found["date"]) if found and is_mostly_date(found["date"]) else None


def _paper_at_the_foot(text: str) -> str | None:
    """Return the paper that the last lines name as the one that printed the article."""
    for line in [line.strip() for line in text[-1_000:].splitlines() if line.strip()][-3:]:
        if found := _FOOT.match(line):
            name = (
                (found["paged"] or found["owner"]).partition(". ")[0].rstrip(".")
            )  # "© 2026 The Tide. All rights ..."
            if is_paper(name, maybe=True):
                return as_named(name)
    return None


def _writers_at_the_foot(text: str) -> str | None:
    """Return whom an agency names below its article: "(Reporting by A in B and C; editing by D)"."""
    found = _SIGNED.search(text[-1_000:])
    names = re.split(r", (?:and )?| and ", found["names"]) if found else []
    return ", ".join(re.split(r" (?:in|at) ", name)[0] for name in names if name) or None


def _is_kicker(line: str) -> bool:
    parts = {part.strip() for part in _KICKER_PARTS.split(line.casefold())}
    return parts <= words.SECTIONS or line.isdecimal() or bool(_NO_TITLE.fullmatch(line))


def _goes_on(line: str, below: str) -> bool:
    """Tell whether `line` is the first line of a sentence that was broken at a fixed width."""
    return len(line) in WRAP_WIDTHS and below[0].islower() and not _BYLINE.match(below)


def _agency_dateline(line: str) -> re.Match[str] | None:
    match = _AGENCY_DATELINE.match(line)
    return match if match and match["place"].isupper() else None  # else "The Alliance (Geneva) - an old one -"


def _is_prose(line: str) -> bool:
    """Tell whether a line is a sentence of the story or above it, so that a date in it is not the article's."""
    if is_mostly_date(line):
        return False
    in_lower_case = sum(word[0].islower() for word in line.split())
    return bool(_PROSE_END.search(line)) or in_lower_case > MAX_PROSE_WORDS


def is_mostly_date(line: str) -> bool:
    """Tell whether a day is more than half of a line."""
    return any((match := pattern.search(line)) and len(match[0]) * 2 > len(line) for pattern in DATES)
