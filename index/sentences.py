"""Where sentences begin and end in news text, as exact offsets.

A line break ends a sentence (articles come one paragraph a line; headlines, captions and datelines stand on lines of
their own), unless the text is hard-wrapped. Within a paragraph a sentence ends at `.`, `!`, `?` or `…`, with the
quotation marks and brackets that close behind it, when what follows can begin another.
"""

import re
from collections.abc import Iterator

from index.records import Span

# A full stop behind these is part of the word. Titles and the like always stand before a name:
_BEFORE_A_NAME = frozenset(
    "mr mrs ms dr prof sen rep gov gen col lt sgt capt cmdr adm maj rev fr sr st hon pres amb sec supt det insp "
    "messrs mt ft no nos vs v fig vol pp ed eds art ch approx ca cf al".split()
)
# and these may also end a sentence, which shows in the word behind them:
_MAY_END = frozenset(
    "jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thurs fri sat sun inc ltd co corp plc jr sr "
    "etc est dept univ ave blvd rd bn mn a.m p.m am pm u.s u.k u.n e.u d.c u.s.a u.s.s.r ph.d m.d b.a m.a".split()
)
# Words that begin a sentence far more often than they follow an abbreviation inside one.
_OPENERS = frozenset(
    "the a an it he she they we you i this that these those there his her their its our in on at as but and or so for "
    "if when while after before although however meanwhile earlier later then since with by from to not no yes what "
    "who where why how according under officials".split()
)
_CLOSERS = "\"'”’»)]}"
_END = re.compile(rf"(?:[.!?…。！？]+)[{re.escape(_CLOSERS)}]*(?=\s|$)|[。！？]+[{re.escape(_CLOSERS)}」』]*")
_NEXT_WORD = re.compile(r"\s*[\"'“‘«(\[]*([^\W_][\w’'-]*)?")
_LAST_WORD = re.compile(r"([^\W\d_][\w.’'-]*?|\d+)[.!?…]+[\"'”’»)\]}]*$")
_WORD = re.compile(r"[^\W_]")
_BLANK = re.compile(r"\s*")
_PARAGRAPH = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_CLOSING_LINE = re.compile(rf"[.!?…:;|。！？][{re.escape(_CLOSERS)}]*\s*$")
WRAP_WIDTHS = range(50, 101)  # characters in a line of hard-wrapped text (mail: 72, old wires: 69, editors: 80)


def sentence_spans(text: str) -> list[Span]:
    """Return the sentences of `text`, in order, without the white space and the bars (of captions) around them.

    Every letter and digit lies in exactly one span, and each span holds at least one: a stray quotation mark or a row
    of stars is no sentence. Takes time linear in the text's length.
    """
    return [
        Span(*_trim(text, *sentence))
        for paragraph in _paragraphs(text)
        for sentence in _sentences_of(text, *paragraph)
        if _WORD.search(text, *sentence)
    ]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while text[start].isspace() or text[start] == "|":
        start += 1
    while text[end - 1].isspace() or text[end - 1] == "|":
        end -= 1
    return start, end


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    lines = [match.span() for match in _PARAGRAPH.finditer(text)]
    if not _is_hard_wrapped(text, lines):
        yield from lines
        return
    start = None
    for position, (line_start, line_end) in enumerate(lines):
        start = line_start if start is None else start
        follower = lines[position + 1] if position + 1 < len(lines) else None
        gap = text[line_end : follower[0]] if follower else ""
        # A blank line or a short last line ends a paragraph of wrapped text.
        if follower is None or len(gap.replace("\r\n", "\n")) > 1 or line_end - line_start < WRAP_WIDTHS.start:
            yield start, line_end
            start = None


def _is_hard_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Tell text whose every line was cut at a fixed width: its full lines are alike and end in mid-sentence."""
    if len(lines) < 4:
        return False
    lengths = sorted(end - start for start, end in lines)
    longest = lengths[-1]
    full = [span for span in lines if span[1] - span[0] > longest - 15]
    open_ended = sum(not _CLOSING_LINE.search(text[start:end][-8:]) for start, end in full)
    return longest in WRAP_WIDTHS and len(full) * 2 > len(lines) and open_ended * 2 > len(full)


def _sentences_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = _skip_blank(text, start, end)
    for match in _END.finditer(text, start, end):
        stop = match.end()
        if stop <= begin or not _ends_sentence(text, begin, match, end):
            continue
        yield begin, stop
        begin = _skip_blank(text, stop, end)
    if end > begin:
        yield begin, end


def _skip_blank(text: str, start: int, end: int) -> int:
    match = _BLANK.match(text, start, end)
    return match.end() if match else start


def _ends_sentence(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    mark = match[0]
    if match.end() >= end:
        return True
    following = _NEXT_WORD.match(text, match.end(), end)
    word = following[1] if following else None
    if mark[0] in "。！？":
        return True
    if word is None:
        # Only signs follow ("...", "|", an emoji): they begin something new unless the dots merely pause.
        return not mark.startswith(("...", "…"))
    if word[0].islower():
        # `"Really?" he said` goes on; so does `... and` and an unknown abbreviation.
        return False
    if not mark.startswith(".") or mark.startswith(".."):
        return True
    return _full_stop_ends(text, begin, match, word)


def _full_stop_ends(text: str, begin: int, match: re.Match[str], following: str) -> bool:
    # No abbreviation is longer than the 24 characters looked at, so the cost of one full stop is bounded.
    last = _LAST_WORD.search(text, max(begin, match.start() - 24), match.start() + 1)
    if last is None:
        return True
    word = last[1].lower()
    if len(match[0]) > 1:  # a closing quotation mark or bracket stands behind the stop
        return True
    if word in _BEFORE_A_NAME:
        return word in {"no", "v", "ed", "art", "st"} and following.lower() in _OPENERS
    if len(word) == 1 and word.isalpha() and last[1].isupper():  # an initial: "J. Smith"
        return following.lower() in _OPENERS
    if word in _MAY_END or re.fullmatch(r"(?:[a-z]\.)+[a-z]", word):
        return following.lower() in _OPENERS
    # "1. First item" is one sentence.
    return not (word.isdigit() and _starts_line_item(text, begin, last.start(1)))


def _starts_line_item(text: str, begin: int, number_start: int) -> bool:
    return not text[begin:number_start].strip()
