"""Which paper or site a web page is of: its tags, its JSON-LD, its microdata, the end of its window's title."""

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.article_lists import stated_name
from index.datelines import is_paper
from index.furniture_words import PLATFORMS, SECTIONS
from index.offices import is_organisation
from index.page_linked_data import LinkedData

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_PUBLISHER_TAGS = ("publisher", "dc.publisher", "dcterms.publisher", "citation_journal_title")
TITLE_PARTS = re.compile(r"\s+[|–—·•»«-]+\s+|\s*[|»]\s*|:\s+")
HOME = frozenset({"/", "./", "index.html", "/index.html"})
_DASHES = " |–—·•»«:-"
_LONGEST_NAME = 60  # characters of a publisher's name
_BY = re.compile(r"by ", re.IGNORECASE)
_DAY = re.compile(r"[A-Z][a-z]{2,8}(?: \d{1,2})?,? \d{4}")
_NO_NAMES = frozenset("www blog blogs news online web app m en de com co org gov".split())  # of a host
_MOST_PUBLISHERS = 50  # elements that name one; a page with more is a list


def shown_name(heading: "HtmlElement") -> str | None:
    """Return what a heading says, on one line; a break in it parts words."""
    parts = heading.xpath("descendant::text() | descendant::br | descendant::div | descendant::p")
    return stated_name("".join(part if isinstance(part, str) else " " for part in parts))


def publisher_of(
    page: "HtmlElement", tags: dict[str, str], linked: LinkedData, headline: str | None, window: str | None
) -> str | None:
    """Return who publishes a page; where writers of all kinds publish, only where the page names nobody else."""
    names = [stated_name(tags.get("og:site_name")), linked.header.publisher]
    names += [stated_name(tags.get(name)) for name in _PUBLISHER_TAGS]
    names += [_publisher_among_properties(page), linked.site, _site_in_window(page, headline, window)]
    named = [name for name in names if name and "://" not in name]
    return next((name for name in named if name.casefold() not in PLATFORMS), next(iter(named), None))


def _host(page: "HtmlElement") -> frozenset[str]:
    """Return the names in the address that a page gives as its own: "daily" of "https://www.daily.example/2026/ice"."""
    stated = page.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    try:
        host = urlsplit(stated[0]).hostname if stated else None
    except ValueError:  # no address
        return frozenset()
    return frozenset(map(_squeezed, (host or "").split(".")[:-1])) - _NO_NAMES


def _squeezed(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def _publisher_among_properties(page: "HtmlElement") -> str | None:
    """Return the one publisher that the page's elements name, in the way of schema.org's microdata."""
    found = set()
    for element in page.xpath("//*[@itemprop='publisher']")[:_MOST_PUBLISHERS]:
        inner = element.xpath("(.//*[@itemprop='name'])[1]")
        if inner or element.get("itemscope") is None:
            named = inner[0] if inner else element
            found.add(stated_name(named.get("content") or named.text_content()))
    name = found.pop() if len(found) == 1 else None
    return name if name and len(name) <= _LONGEST_NAME else None


def _site_in_window(page: "HtmlElement", headline: str | None, window: str | None) -> str | None:
    """Return what the window's title adds to the headline, where the page's logo or its copyright says the same.

    The name of a paper or an office needs no other to say so.
    """
    if not headline or not window or headline not in window:
        return None
    parts = [part.strip(_DASHES) for part in TITLE_PARTS.split(window.replace(headline, "", 1).strip(_DASHES))]
    whole = {part.strip(_DASHES) for part in TITLE_PARTS.split(window)}
    added = [part for part in parts if part in whole and part.casefold() not in SECTIONS]
    if added and (is_paper(added[-1]) or (len(added) == 1 and is_organisation(added[0]))):
        return added[-1]
    host = _host(page)
    if site := next((part for part in added if _squeezed(part) in host), None):
        return site
    if added and added[-1].casefold() in PLATFORMS:  # "Ice in the harbour | by Ada Lind | The Ice Notebook | Medium"
        others = [part for part in added[:-1] if not (_BY.match(part) or _DAY.fullmatch(part))]
        return others[0] if len(others) == 1 and len(added) > len(others) + 1 else None
    known = [shown_name(link) or "" for link in page.iter("a") if link.get("href") in HOME]
    parts = TITLE_PARTS.split(window)
    if headline in known:  # the page's one heading of the first rank is its logo
        return headline if len(parts) > 1 and headline in parts else None
    known += page.xpath("//text()[contains(., '©')]")[:5]
    for part in reversed(TITLE_PARTS.split(window.replace(headline, "", 1).strip(_DASHES))):
        name = re.compile(rf"(?<!\w){re.escape(part)}(?!\w)", re.IGNORECASE)
        if part and len(part) <= _LONGEST_NAME and any(map(name.search, known)):
            return part
    return None
