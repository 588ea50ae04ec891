"""What of a text is furniture: lines that tell of the article, its paper or its pages, and nothing of the story.

Bylines, datelines, credits, front matter, contents, links to other articles, blurbs, navigation: they can be found and
shown, and never answer. Precise rather than eager: what may be a sentence of the story is left alone. The words that
furniture is known by are in index.furniture_words.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from index import furniture_sentences as known
from index import furniture_words as words
from index.article_feet import lines_on_the_writer, tells_who_helped
from index.datelines import is_byline_below, is_capitalised, read_head_line
from index.exports import record_lines
from index.front_matter import read_front_matter
from index.headers import read_head
from index.records import Mark, Span
from index.sentences import paragraphs, sentence_spans

_LONGEST_LINE = 300  # characters; what a line of furniture begins with stands in so many
_LONGEST_ITEM = 120  # characters of an entry in a list of contents or of links
_LONGEST_CREDIT = 120
_FOOT = 4  # paragraphs at the end that may hold bylines and datelines
_DECORATION = " \t\r\n\f*_>#•-–—|"
_AFTER_A_HEADING = r"\s*(?:[:»→|]|[-–—>]\s|$)"
_LINES = {
    # "Recommended: two pills a day, said the doctor." is a sentence: a headline begins with a capital.
    "link": re.compile(
        rf"{words.LINKS}(?!:\s+(?-i:[a-z])\S*\s(?:.{{0,280}})?[.!?][\"'”’]?\s*$){_AFTER_A_HEADING}", re.IGNORECASE
    ),
    "contents": re.compile(words.CONTENTS + rf"(?:{_AFTER_A_HEADING}|(?<=table of contents)\s)", re.IGNORECASE),
    "blurb": re.compile(words.TEASERS + r"\s*:", re.IGNORECASE),
    "advertisement": re.compile(words.ADVERTISEMENTS + r"\W*$", re.IGNORECASE),
    "share": re.compile(rf"(?:{words.SHARE_LINE})\W*$", re.IGNORECASE),
    "credit": re.compile(words.AGENCY_SIGN_OFF + "$"),
    "end": re.compile(r"ENDS?$"),  # of a press release
    "tags": re.compile(words.TAGS, re.IGNORECASE),
}
_LINK = re.compile(r"\[([^\[\]\n]{1,80})\]\([^()\s]{0,200}\)")  # of Markdown
# Of Markdown, what makers of sites put there and no reader sees: comments, calls of templates.
_MARKUP = re.compile(
    r"<!--(?:(?!-->).){0,2000}-->|^[ \t]*(?:\{\{[<%].{0,500}?[%>]\}\}|\{%.{0,500}?%\})[ \t]*$", re.M | re.S
)
_PAGE_NUMBER = re.compile(words.PAGE_NUMBER, re.IGNORECASE)
_SENTENCES = {
    label: re.compile("|".join(f"(?:{one})" for one in patterns), 0 if label in known.CAPITALS else re.IGNORECASE)
    for label, patterns in known.SENTENCES.items()
}
_ITEM = re.compile(r"\s*(?:[-–•*·]|\d{1,3}[.)])\s+\S|.{1,80}?(?:\.{3,}|\s{2,}|\s)\(?(?:p\.|page)? ?\d{1,4}\)?\s*$")
_SEPARATOR = re.compile(r"\s*[|>»›·•/,]\s*|\s{2,}|\s[-–—]\s")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]*_]*$")
# The end of a caption: "... waiting. Photo: Echo/Brill", "... last week - ADA LIND/AFP |", "... (Gazette/Suri)".
_CREDIT_BEGINS = re.compile(r"(?<=[.!?…|\"”’)] )(?=[^\W\d_a-z(])|(?<=\s[-–—] )|\(")
_NOTE = re.compile(r"\^|[\[(]?\d{1,3}[\])]?[.)]? (?=[^\W\d_])(?![A-Z][a-z]+\.? \d{4})")  # "1 The Post, 5 October 1965."
_PICTURE = re.compile(words.PICTURE, re.IGNORECASE)
_TWO_NAMES = re.compile(r"[A-Z][\w.-]*/[A-Z][\w. -]*[a-z][\w. -]*")
_STAMP = re.compile(words.STAMP, re.IGNORECASE)
_OF_AN_AGENCY = re.compile(rf"(?:^|[/|,(]|\bvia |\s){words.AGENCY}(?:\W*$|[/|])", re.IGNORECASE)


def furniture(text: str, *, markdown: bool = False, beside: Sequence[Mark] = ()) -> tuple[Mark, ...]:
    """Return the furniture of `text`, in order of place, none of it overlapping another or the marks `beside`.

    Marks of pages don't count among those, as all of a text lies in its pages.
    """
    found: list[Mark] = []
    if front := read_front_matter(text):
        found.append(_mark(text, front.span, "front matter"))
    found += (_mark(text, span, label) for span, label in read_head(text, markdown=markdown).lines)
    lines = [Span(*line) for line in paragraphs(text) if not text[slice(*line)].isspace()]
    if markdown:
        found += (_mark(text, one.span(), "markup") for one in _MARKUP.finditer(text))
    found += _of_lines(text, lines)
    found += _of_sentences(text, lines)
    found += _of_the_foot(text, lines)
    found += _of_pages(text, lines)
    found += _on_the_writer(text, lines, [*found, *(mark for mark in beside if mark.kind == "furniture")])
    return _apart(found, [mark for mark in beside if mark.kind != "page"])


def _mark(text: str, span: Iterable[int], label: str) -> Mark:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Mark(start, end, "furniture", label)


def _apart(found: Iterable[Mark], beside: Sequence[Mark]) -> tuple[Mark, ...]:
    """Keep what was found first where two overlap."""
    kept = sorted(beside)
    new: list[Mark] = []
    for mark in found:
        place = bisect_left(kept, mark)
        around = kept[max(0, place - 1) : place + 1]
        if mark.start < mark.end and not any(one.overlaps(mark.start, mark.end) for one in around):
            kept.insert(place, mark)
            new.append(mark)
    return tuple(sorted(new))


def _plain(text: str, span: Span) -> str:
    return text[span.start : min(span.end, span.start + _LONGEST_LINE)].strip(_DECORATION)


def _of_lines(text: str, lines: Sequence[Span]) -> Iterator[Mark]:
    heading: str | None = None  # of a list of links or of contents that goes on
    plain = [_plain(text, line) for line in lines]
    records = record_lines(plain)
    for number, (line, shown) in enumerate(zip(lines, plain, strict=True)):
        follower = lines[number + 1] if number + 1 < len(lines) else None
        label = _label_of(text[line.start : min(line.end, line.start + _LONGEST_LINE)].strip())
        if number in records:
            label = "record"
        if label is None and heading and _is_item(text, line):
            label = heading
        elif heading or label in {"link", "contents"}:
            heading = label if label in {"link", "contents"} and _is_heading(label, shown) else None
        if follower and heading and text[line.end : follower.start].count("\n") > 1 and not _is_item(text, follower):
            heading = None
        if label:
            yield _mark(text, line, label)
        elif credit := _credit(text, line):
            yield _mark(text, credit, "credit")


def _is_heading(label: str, shown: str) -> bool:
    """Tell whether a line says what follows it, and nothing of that."""
    match = _LINES[label].match(shown)
    return shown.endswith(":") or (match is not None and match.end() == len(shown))


def _label_of(written: str) -> str | None:
    shown = _LINK.sub(r"\1", written).strip(_DECORATION)
    for label, pattern in _LINES.items():
        if pattern.match(shown):
            return label
    if _PAGE_NUMBER.fullmatch(written):
        return "running head"
    if _consists_of(shown, words.SHARE, least=1):
        return "share"
    is_navigation = shown.casefold() in words.SURE_NAVIGATION or _consists_of(
        shown, words.NAVIGATION | words.SECTIONS, least=3
    )
    return "navigation" if is_navigation else None


def _consists_of(shown: str, known: frozenset[str], least: int) -> bool:
    """Tell whether a line is a row of such words, at most every third of them another."""
    parts = [one.casefold() for one in _SEPARATOR.split(shown) if one]
    strange = [one for one in parts if one not in known]
    return len(parts) >= least and 3 * len(strange) <= len(parts) - (least == 1) and all(len(one) < 25 for one in parts)


def _is_item(text: str, line: Span) -> bool:
    written = text[line.start : min(line.end, line.start + _LONGEST_LINE)]
    return (
        line.end - line.start <= _LONGEST_ITEM
        and bool(_ITEM.match(written))
        and not _SENTENCE_END.search(written.strip())
    )


def _credit(text: str, line: Span) -> Span | None:
    """Return where a line tells whose a picture is, at its end; the caption before it stays."""
    first = max(line.start, line.end - _LONGEST_CREDIT)
    end = line.end
    while end > first and text[end - 1] in _DECORATION:
        end -= 1
    begins = [match.start() for match in _CREDIT_BEGINS.finditer(text, first, end)]
    begins += [line.start + len(text[line.start : end]) - len(text[line.start : end].lstrip(_DECORATION))] * (
        first == line.start
    )
    begins.sort(key=lambda start: (not _PICTURE.match(text, start), text[start] != "(" or text[end - 1] != ")", start))
    for start in begins:
        said = text[start:end].strip("() ")
        picture = _PICTURE.match(said)
        name = said[picture.end() :] if picture else said
        if not name or _SENTENCE_END.search(name) or not is_capitalised(name.replace("/", " ").replace("via ", "of ")):
            continue
        if picture or _OF_AN_AGENCY.search(name) or (text[start] == "(" and _TWO_NAMES.fullmatch(name)):
            return Span(start, end)
    return None


def _of_sentences(text: str, lines: Sequence[Span]) -> Iterator[Mark]:
    starts = [line.start for line in lines]
    for span in sentence_spans(text):
        shown = _plain(text, span)
        if _LINES["blurb"].match(shown):  # what follows in its line tells more of what is to come
            line = lines[bisect_right(starts, span.start) - 1]
            yield _mark(text, (span.start, line.end), "blurb")
        if span.end - span.start < _LONGEST_LINE:
            for label, pattern in _SENTENCES.items():
                if pattern.fullmatch(shown):
                    yield _mark(text, span, label)
            if tells_who_helped(shown):
                yield _mark(text, span, "byline")


def _of_the_foot(text: str, lines: Sequence[Span]) -> Iterator[Mark]:
    for line in lines[1:][-_FOOT:]:
        shown = text[slice(*line)].strip(_DECORATION) if line.end - line.start < _LONGEST_LINE else ""
        if _NOTE.match(shown):
            continue
        read = read_head_line(shown.rstrip("."))
        # A day alone may be one of the story: "Everton 0-1 Moor End: February 26, 2022".
        if read.kind and (read.publisher or read.author or not read.published or _STAMP.match(shown)):
            yield _mark(text, line, read.kind)
    if len(lines) > 2:
        before, last = (text[slice(*line)].strip(_DECORATION) for line in lines[-2:])
        if (
            len(last.split()) == 2
            and is_byline_below(last)
            and _SENTENCE_END.search(before)
            and len(before) > 2 * len(last)
        ):
            yield _mark(text, lines[-1], "byline")


def _on_the_writer(text: str, lines: Sequence[Span], found: Sequence[Mark]) -> Iterator[Mark]:
    shown = [text[slice(*line)].strip(_DECORATION) for line in lines]
    starts, ends = {mark.start for mark in found}, {mark.end for mark in found}
    whole = (_mark(text, line, "") for line in lines)
    marked = {place for place, line in enumerate(whole) if line.start in starts or line.end in ends}
    for place in lines_on_the_writer(shown, marked):
        yield _mark(text, lines[place], "bio")


def _of_pages(text: str, lines: Sequence[Span]) -> Iterator[Mark]:
    """Yield the numbers of pages, three or more that follow one another, and the heads beside them."""
    shown = [_plain(text, line) for line in lines]
    bare = [place for place, line in enumerate(shown) if line.isdecimal() and len(line) < 4]
    runs = [[int(shown[place]) for place in bare[n : n + 3]] for n in range(len(bare))]
    numbered = {
        place for n, run in enumerate(runs) if run == [run[0], run[0] + 1, run[0] + 2] for place in bare[n : n + 3]
    }
    numbered |= {place for place, line in enumerate(shown) if _PAGE_NUMBER.fullmatch(line)}
    for place in sorted(numbered):
        yield _mark(text, lines[place], "running head")
    beside = Counter(shown[near] for place in numbered for near in (place - 1, place + 1) if 0 <= near < len(shown))
    heads = {line for line, count in beside.items() if count > 2 and len(line) < 80 and not _SENTENCE_END.search(line)}
    for place, line in enumerate(shown):
        if line in heads and {place - 1, place + 1} & numbered:
            yield _mark(text, lines[place], "running head")
