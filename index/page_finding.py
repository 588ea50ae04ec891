"""Where in a page the article stands: trafilatura says it, and for what it cannot say, the page's own prose does.

trafilatura tells a page's article from the rest well, but drops words and paragraphs of it. So it is asked which lines
of the page are the article's, never for the text.
"""

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from itertools import islice
from typing import TYPE_CHECKING

from index.page_lines import HEADINGS, Line

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

MAX_ELEMENTS = 12_000  # the time that trafilatura takes grows with their square, here to some seconds
MAX_INLINE = 300  # beside one another: they cost the most, and the article is found without them
_MAX_UNMENDED = 60_000  # elements
_MAX_TEXT = 2_000_000  # characters, more than any article has
_DEEPEST = 250  # elements around a line; the time grows with their square, too
_MAY_BE_EMPTY = frozenset("br img body html meta td th head link title".split())
_EMPTIED = "emptied"
_MAX_ROWS = 30  # of a table; it is known by these
_INLINE = "a abbr b big cite code em font i mark small span strong sub sup tt u".split()
_PLAIN = "abbr button data label output q time".split()  # dropped with their words otherwise
_RUN = 12  # words; shorter ones stand in several sentences
_WORD = re.compile(r"[^\W\u3040-\u9fff]+|[\u3040-\u9fff]")
_PROSE = re.compile(r"[.!?…。！？,，、；;][\"'”’»)\]]*(?:\s|$)|[。！？，、]")
_NOT_THE_ARTICLE = [
    "//*[self::div or self::section or self::ul][contains(concat(' ', @class, ' ', @id), ' related')]"
    "[not(.//h1) and string-length(normalize-space(.)) < 2000]",
    # The teaser of another story: its headline is a link.
    "//article[.//h2//a or .//h3//a or .//a//h2 or .//a//h3]"
    "[not(.//h1) and not(ancestor::article) and string-length(normalize-space(.)) < 600]",
]


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters; each Chinese or Japanese character is one."""
    return _WORD.findall(text.casefold())


def found_lines(page: "HtmlElement", lines: Sequence[Line]) -> list[bool]:
    """Return for each line whether trafilatura takes it for the article's."""
    too_large = sum(1 for _ in page.iter()) > _MAX_UNMENDED or sum(len(line.text) for line in lines) > _MAX_TEXT
    if too_large or _is_deep(lines):
        return [False] * len(lines)
    tree = _mended(page)
    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        return [False] * len(lines)
    from trafilatura import bare_extraction  # noqa: PLC0415 - it takes half a second to import

    found = bare_extraction(tree, include_comments=False, favor_precision=True, prune_xpath=_NOT_THE_ARTICLE)
    assert not isinstance(found, dict)  # only the deprecated form of the call returns one
    return _matches(lines, (found.text or "").splitlines() if found else ())


def prose_lines(lines: Iterable[Line]) -> list[bool]:
    """Return for each line whether it reads like a paragraph of some length with few links."""
    return [
        len(words_of(line.text)) >= 12
        and line.linked * 3 < len(line.text)
        and bool(_PROSE.search(line.text))
        and line.element.tag not in HEADINGS
        for line in lines
    ]


def _is_deep(lines: Sequence[Line]) -> bool:
    return any(next(islice(line.element.iterancestors(), _DEEPEST, None), None) is not None for line in lines)


def _mended(page: "HtmlElement") -> "HtmlElement":
    """Return a copy of a page without what makes trafilatura lose words, or take long."""
    from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415

    tree = deepcopy(page)
    etree.strip_elements(tree, "noscript", "sup", with_tail=False)
    etree.strip_tags(tree, *_PLAIN)
    for element in reversed(list(tree.iter())):
        if element.tag in ("p", "li", "td", "th"):  # names such as "link" and "bottom" cost them their place
            for name in ("class", "id", "style", "rowspan", "colspan"):
                element.attrib.pop(name, None)
        if not len(element) and not (element.text or "").strip() and element.tag not in _MAY_BE_EMPTY:
            element.tag = _EMPTIED
        elif sum(child.tag in _INLINE for child in element) > MAX_INLINE:
            etree.strip_tags(element, *_INLINE)
    etree.strip_tags(tree, _EMPTIED)
    for rows in [part for part in tree.iter("table", "tbody") if len(part) > _MAX_ROWS]:
        del rows[_MAX_ROWS:]
    return tree


def _matches(lines: Sequence[Line], found: Iterable[str]) -> list[bool]:
    texts = {tuple(words_of(line)) for line in found}
    runs = {words[at : at + _RUN] for words in texts for at in range(len(words) - _RUN + 1)}
    matched = []
    for line in lines:
        words = tuple(words_of(line.text))
        # A line may have been cut or joined: a long run of its words tells.
        is_part = any(words[at : at + _RUN] in runs for at in range(len(words) - _RUN + 1))
        matched.append(bool(words) and (words in texts or is_part))
    return matched
