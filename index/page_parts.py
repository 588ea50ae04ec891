"""Which part of a page holds the article, and which elements stand around it or between its parts.

The part is the element with the most words that were found to be the article's, and few others.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from index import foreign_words as words
from index.page_finding import words_of
from index.page_lines import HEADINGS, Line
from index.page_signs import (
    is_beside,
    is_comments,
    is_doubtfully_beside,
    is_facts,
    is_notes,
    is_plainly_beside,
    said,
    sort_of,
)

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

TEXT_TAGS = frozenset("p li dd dt blockquote pre figcaption caption tr address".split())
_COST = 0.6  # of a word beside the article, in words of it, when its part of the page is chosen
_NEVER = frozenset("nav footer form dialog menu fieldset".split())
_WHOLE = frozenset("html body main article".split())
_ARTICLE = 30  # words; a page's shortest
_TEASER = 150  # words; what is longer is a story
_CORRECTION = re.compile(r"(?i)(?:correction|clarification|this article was (?:amended|corrected|updated))s?\b")
_LEADS_AWAY = re.compile(
    r"(?i)(?:read|see|more|also|related|further|you (?:may|might)|follow|share|recommended|our "
    r"|most (?:read|viewed|popular|shared)|trending)"
)
_STOP = re.compile(r"[.!?]")
_SENTENCE = 6  # words
_ASKS = re.compile(
    r"(?i)\b(?:sign up|subscribe|newsletter|advert|sponsored|your (?:inbox|e-?mail)|all rights reserved)"
)
# What a box asks of who reads it, or says of the site itself.
_URGES = re.compile(
    r"(?i)(?:^|[.!?:] )(?:please |just |help |why not )?(?:donate|support|join|follow|share|like|put|get|try|download"
    r"|shop|buy|click|tap|scan|discover|become|save|enjoy|watch|listen|log|tell|help|give|send us|write to us)\b"
    r"|\b(?:this (?:story|article|page|post)|readers like you|our (?:readers|supporters|members|journalism|app|website"
    r"|stories|podcasts?)|free trial|your friends)\b"
)
_OPERATED = ("a", "button", "form", "input", "select", "iframe")
_COMMENTS = re.compile(
    rf"(?i)(?:(?P<count>\d[\d.,]*) )?(?:readers?['’]? )?(?:comments?|{words.COMMENTS})(?P<behind> ?\(\d+\))?:?"
)


@dataclass(slots=True)
class Sums:
    """Of the lines in an element: words that were found, others, all, and those in links."""

    found: int = 0
    other: int = 0
    words: int = 0
    linked: float = 0


def sums_of(
    order: Sequence["HtmlElement"],
    lines: Sequence[Line],
    counts: Sequence[int],
    found: Sequence[bool],
    dropped: "AbstractSet[HtmlElement]" = frozenset(),
) -> dict["HtmlElement", Sums]:
    """Return the sums of each element; what is in `dropped` doesn't count. `order` is that of the document."""
    sums: dict[HtmlElement, Sums] = {}
    for line, count, is_found in zip(lines, counts, found, strict=True):
        if line.element in dropped:
            continue
        own = sums.setdefault(line.element, Sums())
        own.found += count * is_found
        own.other += count * (not is_found and line.table is None)  # a table is found by its first rows
        own.words += count
        own.linked += count * (line.linked + line.operated) / len(line.text)
    for element in reversed(order):
        parent = element.getparent()
        if parent is not None and (own_sums := sums.get(element)):
            above = sums.setdefault(parent, Sums())
            above.found += own_sums.found
            above.other += own_sums.other
            above.words += own_sums.words
            above.linked += own_sums.linked
    return sums


def beside(
    order: Sequence["HtmlElement"],
    sums: dict["HtmlElement", Sums],
    headed: "AbstractSet[HtmlElement]",
    trust: float,
    said_below: "AbstractSet[HtmlElement]" = frozenset(),
) -> set["HtmlElement"]:
    """Return the elements that stand around the article or between its parts, with all that is in them.

    One that holds a good part of what was found is none, nor one of whose words more than `trust` were found, nor one
    with a headline in it. What is `said_below` goes where an article is left without it.
    """
    whole = max((one.found for one in sums.values()), default=0)
    dropped: set[HtmlElement] = set()
    for element in order:
        own = sums.get(element)
        if own is None or not isinstance(element.tag, str):
            continue
        goes = element in said_below and whole - own.found >= _ARTICLE
        goes = goes or _is_another(element) or (_is_furniture(element, own) and _may_go(element, own, whole, trust))
        if element.getparent() in dropped or (goes and element not in headed):
            dropped.add(element)
    return dropped


def under_comments(lines: Sequence[Line], headed: "AbstractSet[HtmlElement]") -> set["HtmlElement"]:
    """Return the elements that hold what readers say, as their heading tells: "23 comments".

    The heading begins the element, or, where it counts them, stands before it.
    """
    found: set[HtmlElement] = set()
    for before, line in pairwise(lines):
        heading = _COMMENTS.fullmatch(line.text) if line.element.tag in HEADINGS else None
        if not heading or line.element in found:
            continue
        outermost, known = line.element, {before.element, *before.element.iterancestors(), *headed}
        while (parent := outermost.getparent()) is not None and parent not in known and parent.tag not in _WHOLE:
            outermost = parent
        if outermost is not line.element:
            found.add(outermost)
        elif heading["count"] or heading["behind"]:
            found.add(outermost)
            found.update(one for one in outermost.itersiblings() if one not in headed)
    return found


def _may_go(element: "HtmlElement", own: Sums, whole: int, trust: float) -> bool:
    """Tell whether the names of an element outweigh that something in it was found."""
    if is_comments(element) and whole - own.found >= _ARTICLE:  # readers may say more than the article does
        return True
    if is_plainly_beside(element):
        return own.found < whole * 0.6
    return own.found * 8 < whole or (own.found * 4 < whole and (not trust or own.found < own.words * trust))


def _is_another(element: "HtmlElement") -> bool:
    """Tell whether an element is the teaser of another story: its headline is a link."""
    if element.tag != "article" or next(element.iterancestors("article"), None) is not None:
        return False
    headings = [heading for tag in ("h2", "h3", "h4") for heading in element.iter(tag)]
    is_linked = any(
        heading.find(".//a") is not None or next(heading.iterancestors("a"), None) is not None
        for heading in headings[:2]
    )
    return is_linked and len(words_of(element.text_content())) < _TEASER


def _is_furniture(element: "HtmlElement", own: Sums) -> bool:
    if element.tag in _WHOLE or element.tag in TEXT_TAGS or element.tag in HEADINGS:
        return False
    if element.tag in _NEVER:  # a form may be around the whole page
        return True
    if element.tag == "aside":
        return not (is_facts(element) or is_notes(element) or _is_correction(element) or _is_told_aside(element))
    if element.tag == "header":
        return next(element.iterancestors("article", "main"), None) is None
    if element.tag in ("ul", "ol") and _is_announced(element):
        return False
    if element.tag in ("ul", "ol", "div", "section") and own.linked > own.words * 0.7 and own.words > 5:
        return not is_notes(element) and sort_of(element) != "byline"
    return is_beside(element) and not _is_told_box(element)


def _is_told_box(element: "HtmlElement") -> bool:
    """Tell whether a box within an article is named like one beside it, but tells a part of it and asks for nothing."""
    if not is_doubtfully_beside(element) or next(element.iterancestors("article", "main"), None) is None:
        return False
    if next(element.iter(*_OPERATED), None) is not None or not _tells(element):
        return False
    return not _URGES.search(said(element)) and not _URGES.match(_heading_of(element))


def _is_told_aside(element: "HtmlElement") -> bool:
    """Tell whether an aside within an article tells a part of it, in sentences without links."""
    if is_beside(element) or next(element.iterancestors("article"), None) is None:
        return False
    return next(element.iter("a", "form"), None) is None and _tells(element)


def _tells(element: "HtmlElement") -> bool:
    """Tell whether an element has a whole sentence, asks for no address and does not lead elsewhere."""
    text = said(element)
    if _LEADS_AWAY.match(_heading_of(element) or text) or _ASKS.search(text):
        return False
    return any(len(one.split()) >= _SENTENCE for one in _STOP.split(text)[:-1])


def _heading_of(element: "HtmlElement") -> str:
    return next((said(one) for one in element.iter(*HEADINGS)), "")


def _is_correction(element: "HtmlElement") -> bool:
    """Tell whether a box says what was wrong in the article."""
    heading = next((one for one in element.iter(*HEADINGS, "p", "strong")), None)
    return heading is not None and bool(_CORRECTION.match(heading.text_content()[:80].strip()))


def is_announced_item(element: "HtmlElement") -> bool:
    """Tell whether an element is an item of a list that the sentence before it leads to."""
    around = element.getparent()
    return element.tag == "li" and around is not None and around.tag in ("ul", "ol") and _is_announced(around)


def _is_announced(element: "HtmlElement") -> bool:
    """Tell whether the sentence before a list leads to it: "Three ships sank:"."""
    before = element.getprevious()
    text = said(before) if before is not None and before.tag == "p" else ""
    return text.endswith(":") and len(text.split()) > 2 and not _LEADS_AWAY.match(text)


def part_of(
    order: Sequence["HtmlElement"], sums: dict["HtmlElement", Sums], headed: "AbstractSet[HtmlElement]"
) -> "HtmlElement | None":
    """Return the element that holds the most of the article and the least beside it; of equals, the innermost."""
    best, most = None, 0.0
    for element in reversed(order):
        own = sums.get(element)
        if own and (worth := own.found - _COST * own.other) > most:
            best, most = element, worth
    while best is not None and (best.tag in TEXT_TAGS or best.tag in HEADINGS):
        best = best.getparent()
    if best is None:
        return None
    for above in [best, *best.iterancestors()]:  # the headline and the standfirst may stand above
        if sums[above].other > sums[above].found * 0.5 + 60:
            break
        if above in headed:
            return above
    return best
