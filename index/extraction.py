"""What the readers of HTML, PDF and Word files share: what they return, how they fail, and how lines become a text.

What a document doesn't state of itself stays None, no date is guessed, and nothing outside the file is looked at.
"""

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from index.article_lists import stated_name
from index.errors import UnreadableArticle
from index.head_titles import MAX_TITLE
from index.headers import Header
from index.records import Mark

_UNSEEN = re.compile("[\x00-\x08\v\f\x0e-\x1f\x7f\u00ad\ufeff\ufffe\uffff]")
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})
_BROKEN = re.compile(r"(?<![.!?…:;。！？|\s])[ \t]*\n[ \t]*(?=[a-zß-ÿ])")
_NO_TITLE = re.compile(
    r"(?i)þÿ.*|microsoft \w+ - .*|untitled.*|(?:word )?document ?\d*|(?:powerpoint )?presentation ?\d*|slide ?\d*"
    r"|.*\.(?:docx?|pptx?|xlsx?|pdf|indd|qxp|tex|rtf|odt|pages|txt|html?)"
)


class Extraction(NamedTuple):
    """What a document says; `extractor` names what read it, with its version; `marks` are in order of place.

    `faults` are the parts that could not be read: the name of each ("FILE page 3") and the reason.
    """

    text: str
    header: Header
    extractor: str
    marks: tuple[Mark, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()


def shown_title(stated: object, text: str, header: Header) -> str | None:
    """Return the title among a file's metadata, unless it is a file's name or the text shows another."""
    title = stated_name(stated)
    if not title or " " not in title or len(title) > MAX_TITLE or _NO_TITLE.fullmatch(title):
        return header.title
    shown = re.sub(r"\W+", "", title).casefold() in re.sub(r"\W+", "", text[:4000]).casefold()
    return title if shown or not header.title else header.title


@contextmanager
def naming(file: str, kind: str, library: str) -> Iterator[None]:
    """Turn what a parser trips over into an UnreadableArticle that names the file, and keep its log to itself."""
    logging.getLogger(library).setLevel(logging.CRITICAL)
    try:
        yield
    except UnreadableArticle:
        raise
    except ImportError as error:
        raise UnreadableArticle(file, f"a part of Footnote is missing ({error}). Install it again.") from error
    except Exception as error:  # a damaged file may trip any part of a parser
        said = (re.sub(r"'?<.*?>'? ?", "", str(error)).strip() or type(error).__name__).splitlines()[0][:120]
        raise UnreadableArticle(file, f"it is damaged, cut short or not {kind} ({said}). Save it again.") from error


def unbroken(paragraph: str) -> str:
    """Return a paragraph whose line breaks in the middle of a sentence are blanks; others part lines."""
    return _BROKEN.sub(" ", paragraph)


def tidy(lines: Iterable[str]) -> str:
    """Return lines as a text with one paragraph a line, spaces single, and nothing in it that cannot be stored."""
    text = "\n".join("\n".join(lines).splitlines()).translate(LIGATURES)
    text = _UNSEEN.sub("", text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))
