"""What in an article is furniture, as far as its page tells: who wrote it and when, whose picture it is.

Such lines stay in the text, so that they can be found and shown; their marks keep them from being answers.
"""

import re
from itertools import islice

from index.datelines import read_head_line
from index.foreign_words import LINKS
from index.furniture_words import FULL_NAME
from index.headers import MAX_DATELINE
from index.page_lines import HEADINGS, Line
from index.page_parts import is_announced_item
from index.page_signs import is_beside, is_standfirst, sort_of
from index.page_words import Stretch

_PAGE = frozenset("html body main article".split())
_CLOSED = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_POINTER = re.compile(
    r"(?i)(?:read|see|also|watch|listen|more|related|recommended|in pictures)\b[\w’' ]{0,30}:"
    rf"|(?:read|see) (?:also|more|next)\b|also (?:in|on) [^.]{{2,60}}:|(?:{LINKS})\b"
)
_SIGN_UP = re.compile(
    r"(?i)(?:sign up|subscribe|join|get|follow)\b[^.]*\b(?:newsletters?|inbox|subscribers?|readers)\b"
)
# How long something takes: "Prep time: 20 mins", but not "3 hours ago", "6 min read".
_LASTS = re.compile(
    r"(?i)(?!.*\b(?:ago|read|reading|listen|updated|published)\b).*\d ?(?:mins?|minutes?|hrs?|hours?)\b"
)
_SENTENCE = 8  # words
_LEAST_SHARE = 0.3  # of a line's characters that stand in a part named as a byline or a dateline
_ABOUT_A_WRITER = re.compile(rf"{FULL_NAME} (?:is|was|has|writes|reports|covers|works|joined|lives) ")
_MAX_BLURB = 200  # characters
_CREDIT = re.compile(
    r"(?i)(?:^|(?<=[.!?”\"’)|]\s)|\()(?:(?:photo|photograph|photographer|photography|image|picture|illustration|graphic"
    r"|credit|foto|bild)s?(?: credit)?(?: by\b|\s*[:/©|])|©)[^.]{0,80}\.?$"
)
_AGENCY = re.compile(
    r"(?i)[\w .,&’'-]{2,60}\s?/\s?[\w /.,&’'-]{0,40}(?:getty|afp|reuters|\bap\b|epa|shutterstock)[\w .]{0,20}$"
)


def furniture_sort(line: Line) -> str | None:
    """Return as what a line is marked: "byline", "dateline", "link", "blurb"; None for text."""
    tag = line.element.tag
    if tag in HEADINGS or line.table is not None:
        return None
    is_text = tag in ("dd", "dt") or is_announced_item(line.element) or _is_linked_sentence(line)
    if is_links(line) and not is_text:
        return "byline" if len(line.text) <= MAX_DATELINE and _stated_sort(line) == "byline" else "link"
    if _POINTER.match(line.text) and (line.linked or is_beside(line.element) or is_standfirst(line.element)):
        return "link"
    if len(line.text) < _MAX_BLURB and _SIGN_UP.match(line.text):
        return "blurb"
    if len(line.text) > MAX_DATELINE or tag in ("figcaption", "li"):
        return None
    return _stated_sort(line)


def _is_prose(text: str) -> bool:
    """Tell whether a line is a whole sentence, whatever its element is called: "On 3 March the plan was read ..."."""
    return len(text.split()) >= _SENTENCE and bool(_CLOSED.search(text)) and not read_head_line(text).kind


def is_links(line: Line) -> bool:
    """Tell whether a line is a link and little else."""
    return line.linked * 10 > len(line.text) * 8


def _is_linked_sentence(line: Line) -> bool:
    """Tell whether a paragraph is a sentence of the story that leads elsewhere: a headline has no stop."""
    is_sentence = len(line.text.split()) >= _SENTENCE and bool(_CLOSED.search(line.text))
    return is_sentence and line.element.tag == "p" and not _POINTER.match(line.text)


def stretches_of(line: Line) -> list[Stretch]:
    """Return what parts of a line are to be marked: a table's cells, a caption's credit."""
    if line.element.tag != "figcaption":
        return [one for one in line.stretches if one.kind == "cell"]
    marked = [one for one in line.stretches if one.label == "credit"]
    if not marked and (found := _CREDIT.search(line.text) or _AGENCY.match(line.text)):
        marked = [Stretch(*found.span(), "furniture", "credit")]
    return marked


def _stated_sort(line: Line) -> str | None:
    """Return "byline" or "dateline" where the names of a short line's elements, or of most of its words, say so."""
    around = [line.element, *islice(line.element.iterancestors(), 2)]
    sorts = [sort_of(element) for element in around if element.tag not in _PAGE]
    said = next((sort for sort in sorts if sort in ("byline", "dateline")), None)
    parts = [one for one in line.stretches if one.label in ("byline", "dateline")]
    share = sum(one.end - one.start for one in parts) / len(line.text)
    tells_of_its_writer = said == "byline" and _ABOUT_A_WRITER.match(line.text)
    if share < _LEAST_SHARE and (not said or (_is_prose(line.text) and not tells_of_its_writer)):
        return None
    if not said and _CLOSED.search(line.text):
        return None
    if said == "byline" or any(one.label == "byline" for one in parts):
        return "byline"
    return None if _LASTS.match(line.text) else "dateline"
