"""Where sentences begin and end in news text, as exact offsets.

A line break ends a sentence (articles come one paragraph a line; headlines, captions and datelines stand on lines of
their own), unless the text is hard-wrapped; so does the border of a piece of furniture (see index.furniture). A row of
a table is one sentence, whatever stops stand in its cells. Within any other paragraph a sentence ends at `.`, `!`, `?`
or `…`, with the quotation marks and brackets that close behind it, when what follows can begin another.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.records import Mark, Span

# A full stop behind these is part of the word. Titles and the like always stand before a name,
_BEFORE_A_NAME = frozenset(
    "mr mrs ms mx dr drs prof profs sen sens rep reps gov govs gen gens col lt sgt cpl pvt capt cmdr adm maj brig rev "
    "fr st hon pres amb sec supt det insp messrs mt ft vs v ed eds approx ca cf".split()
)
# these before a number ("No. 10", "Oct. 5"), and elsewhere they end a sentence, as any other word does,
_BEFORE_A_NUMBER = frozenset("no nos p pp fig vol ch art est jan feb mar apr jun jul aug sept sep oct nov dec".split())
# and these may also end a sentence, which shows in the word behind them.
_MAY_END = frozenset(
    "mon tue tues wed thu thurs fri sat inc ltd co cos corp plc bros assn jr sr etc al dept univ ave blvd rd "
    "ph.d".split()
)
# Of the first and the last list, these alone are so written; the others without a capital are words ("he sat.").
_IN_LOWER_CASE = frozenset("vs v approx ca cf etc al".split())
_INITIALS = re.compile(r"(?:[a-z]\.)+[a-z]")  # "u.s", "j.d", "e.g"
_TIMES_OF_DAY = frozenset("a.m p.m am pm".split())
# What goes on behind them: "3 p.m. Monday", "3 p.m. ET", "3 p.m. (1900 GMT)", "3 p.m. Nairobi time".
_AFTER_TIME = re.compile(
    r"\s+(?:[(\d–—-]|[A-Z]{2,4}\b|[A-Z][a-z]+day\b|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"|(?:[A-Z]\w+ ){1,2}[Tt]ime\b)"
)
# Words that begin a sentence far more often than they follow an abbreviation inside one.
_OPENERS = frozenset(
    "the a an it he she they we you i this that these those there his her their its our in on at as but and or so for "
    "if when while after before although however meanwhile earlier later then since with by from to not no yes what "
    "who where why how according under officials".split()
)
# `“Will it hold?” Mr. Smith asked`: one sentence, where `“Will it hold?” He left.` are two.
_ATTRIBUTION = re.compile(
    r"\s+(?:[^\W\d_a-z][\w.’'-]*\s+){1,5}"
    r"(?:said|says|asked|asks|added|adds|told|tells|wrote|writes|replied|answered|shouted|posted|tweeted|recalled)\b"
)
_OPENING = {"”": "“", "’": "‘", "»": "«"}
_CLOSERS = "\"'”’»)]}"
# A run of stops (also the spaced dots ". . .") with what closes behind it. Each run is tried once, from its first stop
# on and as a whole: endless dots would otherwise take time that grows with the square of their number.
_END = re.compile(
    rf"(?<![.!?…。！？])(?<![.!?…][ \u00a0])[.!?…。！？]++(?:[ \u00a0]\.++(?!\w))*+[{re.escape(_CLOSERS)}]*+(?=\s|$)"
    rf"|[。！？]+[{re.escape(_CLOSERS)}」』]*"
)
# What stands before an item of a list, or of a law: "d. First item", "Article 4. No boats".
_ITEM_LABEL = re.compile(
    r"(?:[A-Za-z]|[ivxlc]{2,6}|[IVXLC]{2,6}"
    r"|(?:Article|Section|Rule|Clause|Annex|Schedule|§) ?\d{1,3}(?:\.\d{1,2})?[a-z]?)\."
)
_NEXT_WORD = re.compile(r"\s*[\"'“‘«(\[]*([^\W_][\w’'-]*)?")
_LAST_WORD = re.compile(r"([^\W\d_][\w.’'-]*?|\d+)[.!?…]+[\"'”’»)\]}]*$")
_WORD = re.compile(r"[^\W_]")
_BLANK = re.compile(r"\s*")
_PARAGRAPH = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_CLOSING_LINE = re.compile(rf"[.!?…:;|。！？][{re.escape(_CLOSERS)}]*\s*$")
WRAP_WIDTHS = range(50, 101)  # characters in a line of hard-wrapped text (mail: 72, old wires: 69, editors: 80)


def sentence_spans(text: str, marks: Sequence[Mark] = ()) -> list[Span]:
    """Return the sentences of `text`, in order, without the white space and the bars (of captions) around them.

    Every letter and digit lies in exactly one span, and each span holds at least one: a stray quotation mark or a row
    of stars is no sentence. `marks` come in order of place. Takes time linear in the text's length.
    """
    borders = sorted({end for mark in marks if mark.kind == "furniture" for end in (mark.start, mark.end)})
    cells = [mark.start for mark in marks if mark.kind == "cell"]
    return [
        Span(*_trim(text, *sentence))
        for paragraph in paragraphs(text)
        for line in (_lines(text, *paragraph) if _holds_one(cells, *paragraph) else [paragraph])
        for part in _cut(borders, *line)
        for sentence in ([part] if _holds_one(cells, *part) else _sentences_of(text, *part))
        if _WORD.search(text, *sentence)
    ]


def _cut(borders: Sequence[int], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a paragraph at the borders inside it."""
    inside = borders[bisect_right(borders, start) : bisect_left(borders, end)]
    yield from pairwise([start, *inside, end])


def _holds_one(places: Sequence[int], start: int, end: int) -> bool:
    return bisect_left(places, start) < bisect_left(places, end)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the lines of a paragraph; that rows are as long as one another is chance, and no text cut at a width."""
    yield from (match.span() for match in _PARAGRAPH.finditer(text, start, end))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while text[start].isspace() or text[start] == "|":
        start += 1
    while text[end - 1].isspace() or text[end - 1] == "|":
        end -= 1
    return start, end


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the paragraphs of `text` begin and end: its lines, those of a hard-wrapped text joined."""
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
    if match.end() >= end or mark[0] in "。！？":
        return True
    following = _NEXT_WORD.match(text, match.end(), end)
    word = (following and following[1]) or ""
    is_pause = mark.startswith(("..", ". .", ".\u00a0.", "…"))
    if not word and (mark[0] != "." or is_pause):
        # Only signs follow ("|", a dash, an emoji): they begin something new unless the dots merely pause.
        return not is_pause
    if word[:1].islower():
        # `"Really?" he said` goes on; so does `... and` and an unknown abbreviation.
        return False
    if is_pause:
        return True
    if mark[0] != ".":
        return not _is_attributed(text, begin, match, word, end)
    return _full_stop_ends(text, begin, match, word)


def _is_attributed(text: str, begin: int, match: re.Match[str], following: str, end: int) -> bool:
    """Tell whether a quotation that fills the sentence so far ends here, and its speaker is named next."""
    closing = match[0][-1]
    # A quotation longer than the 1,000 characters looked at is taken for one that fills the sentence.
    said = text[max(begin + 1, match.start() - 1_000) : match.start()]
    return (
        closing in "\"'”’»"
        and not _opens(following)
        and _ATTRIBUTION.match(text, match.end(), end) is not None
        and _OPENING.get(closing, closing) not in said
    )


def _full_stop_ends(text: str, begin: int, match: re.Match[str], following: str) -> bool:
    # No abbreviation is longer than the 24 characters looked at, so the cost of one full stop is bounded.
    last = _LAST_WORD.search(text, max(begin, match.start() - 24), match.start() + 1)
    if last is None or len(match[0]) > 1:  # a closing quotation mark or bracket stands behind the stop
        return True
    if _ITEM_LABEL.fullmatch(text, begin, match.end()):
        return False
    written = last[1].rpartition("-")[2]
    word = written.lower()
    if word in _TIMES_OF_DAY:
        return _AFTER_TIME.match(text, match.end()) is None
    if len(word) == 1 and written.isupper():  # an initial: "J. Smith"
        return _opens(following)
    if _INITIALS.fullmatch(word):
        return _opens(following)
    if word.isdigit():  # "1. First item" is one sentence
        return not _starts_line_item(text, begin, last.start(1))
    if word in _BEFORE_A_NUMBER:
        return not following[:1].isdigit()
    if written.islower() and word not in _IN_LOWER_CASE:
        return True
    if word in _BEFORE_A_NAME:
        return word in {"v", "ed", "st"} and _opens(following)
    return word not in _MAY_END or _opens(following)


def _opens(word: str) -> bool:
    """Tell whether `word` begins a sentence rather than follows an abbreviation; "It's" as "it" does."""
    return re.split("['’]", word.lower())[0] in _OPENERS


def _starts_line_item(text: str, begin: int, number_start: int) -> bool:
    return not text[begin:number_start].strip()
