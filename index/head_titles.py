"""Which line above an article's body may be its title, by what stands in it and below it."""

import re

from index import furniture_words as words
from index.head_lines import agency_dateline, goes_on, is_mostly_date

MAX_TITLE = 200  # characters; news headlines keep below 120, and a longer first line is a paragraph
MAX_TITLE_OF_A_HEAD = 400  # characters; one with a byline or a dateline right below it is a headline all the same
_LEAST_WORDS = 2  # of a headline that stands below other lines
# "Example Daily (22/10/2025): The story" and "LONDON, Oct 21 (Agency) - The story".
NAMED_DATELINE = re.compile(r"^(?P<publisher>[^\W\d][\w .&'’-]{1,40}?) \((?P<date>[^()]{6,30})\):\s")
_SENTENCE_END = re.compile(r"[.;:,…][\"'”’)\]]*$")
_OF_CONTENTS = re.compile(r"(?:(?:\. ?){3,}|…\s*|\t)\s*\d{1,4}$")  # "The harbour ........ 7"
# Lines that stand first without being titles: captions, images, addresses, bylines.
_CAPTION = re.compile(
    r"\||!\[|https?://|FILE [-–—] "
    r"|(?i:(?:file )?(?:photo|photograph|image|picture)s?(?: credit)?(?: by|:)|credit:|caption:)"
)

OF_THE_SENDER = re.compile(r"(?i:(?:media |press )?contacts?:|(?:from|to|cc|sent|date):)")
MINUTES = re.compile(r"(?i)[#* ]*(?:(?:draft|approved|unconfirmed) )?(?:minutes|agenda) (?:of|for)\b")
HEADING = re.compile(r"^#{1,2}\s+(?P<title>.+?)\s*#*$")
# "One lenta at last Monday 5 October 2026": a headline and its dateline, on one line of a page.
DAY_BEHIND = re.compile(
    rf"(?<!\bon)(?<!\bof)(?<!\bby)(?<!\bsince)(?<!\buntil)\s+{words.WEEKDAY},?\s+(?=[^\s].*\d{{4}}$)"
)


def may_be_title(line: str, below: str, *, is_first: bool, in_a_head: bool) -> bool:
    """Tell whether a line may be a title; `below` is the next, `in_a_head` that it says when or by whom."""
    return (
        0 < len(line) <= (MAX_TITLE_OF_A_HEAD if in_a_head else MAX_TITLE)
        and (is_first or len(line.split()) >= _LEAST_WORDS)
        and not goes_on(line, below)
        and not _CAPTION.match(line)
        and not _SENTENCE_END.search(line)
        and not NAMED_DATELINE.match(line)
        and not agency_dateline(line)
        and not is_mostly_date(line)
        and not _OF_CONTENTS.search(line)
        and any(character.isalpha() for character in line)
    )
