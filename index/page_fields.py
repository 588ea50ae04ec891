"""What a web page says of its article in the tags of its head, in its JSON-LD and in its headline.

Where these differ, what the page shows as its title counts. What is stated of the page and not of the article, as the
day on which an encyclopaedia's page was made, is left out.
"""

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from index.article_lists import stated_date, stated_name, stated_writers
from index.furniture_words import SECTIONS
from index.headers import Header
from index.page_linked_data import linked_data
from index.page_sites import HOME, TITLE_PARTS, publisher_of, shown_name

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_WRITER_TAGS = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author", "byl")
_CATALOGUED = frozenset({"dc.creator", "dcterms.creator", "citation_author"})  # "Lind, Ada"
_DATE_TAGS = (
    *("article:published_time", "og:article:published_time", "og:published_time", "datepublished"),
    *("parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "publication_date"),
    *("dc.date.issued", "dcterms.issued", "dc.date", "citation_publication_date", "citation_date", "date"),
)
_SHORT = 3  # words in a section's name at most, fewer than in a headline
_WORD = re.compile(r"\w+")


class MarkedUp(NamedTuple):
    """What the fields of a web page say of its article; `text` is empty unless they hold it, too."""

    header: Header = Header()
    text: str = ""


def read_page_fields(page: "HtmlElement") -> MarkedUp:
    """Return what the tags in a page's head, its JSON-LD and its headline state."""
    tags: dict[str, str] = {}
    for tag in page.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        tags.setdefault(name.lower(), tag.get("content") or "")
    headlines = list(page.iter("h1")) or _named_as_headlines(page)
    names = [shown_name(headline) for headline in headlines]
    shared, window = stated_name(tags.get("og:title")), stated_name(page.findtext(".//title"))
    linked = linked_data(page, {*names, shared, window})
    core = _shown_part(page, window or shared)
    publisher = publisher_of(page, tags, linked, core or (names[0] if len(names) == 1 else shared), window)
    sections = {tags.get("article:section"), linked.section, publisher}
    headline = None
    is_named = len(headlines) == 1 and headlines[0].tag != "h1"
    if is_named or (len(headlines) == 1 and not _is_section(headlines[0], sections, shared, window)):
        headline = names[0]
    shown = list(filter(None, (shared, headline, window)))
    described = linked.header.title if linked.is_plain else None
    is_wiki = "mediawiki" in tags.get("generator", "").lower()
    is_apart = bool(described and shown) and not any(
        described == one if is_wiki else _are_alike(described, one) for one in shown
    )
    titles = [linked.header.title, shared, headline, window]
    if _is_of_the_site(linked.header.title, publisher, shown):
        titles = titles[1:]
    if is_apart:  # it describes what the page is about
        titles = [linked.name if any(_are_alike(linked.name, one) for one in shown) else None, headline, shared, window]
    others = (publisher, None if headline or len(names) != 1 else names[0])
    title = next(filter(None, (_without_site(_without_site(one, others[0]), others[1]) for one in titles)), None)
    if core and title and core != publisher and _begins(title, core):
        title = core  # "Quillon - an encyclopaedia" over "Quillon"
    if headline and title and is_named and title.endswith(headline):
        title = headline  # "Notes on the tide: Ice and no end of it", as a blog heads its window
    if headline and title and title.endswith(headline) and TITLE_PARTS.split(title)[0].casefold() in SECTIONS:
        title = headline  # "Opinion | Ice and no end of it"
    stated = None if is_apart or is_wiki else linked.header.published  # when the page was made
    published = next(filter(None, (stated_date(tags.get(name)) for name in _DATE_TAGS)), stated)
    writers = (
        linked.header.author,
        *(stated_writers(tags.get(name), is_catalogued=name in _CATALOGUED) for name in _WRITER_TAGS),
    )
    author = next(filter(None, (without_publisher(names, publisher) for names in writers)), None)
    return MarkedUp(Header(title, publisher, published, author), linked.text)


def _named_as_headlines(page: "HtmlElement") -> list["HtmlElement"]:
    """Return the headings of a lower rank that are named as an article's title, as makers of blogs set it."""
    return list(
        page.xpath("//*[self::h2 or self::h3][contains(@class, 'entry-title') or contains(@class, 'post-title')]")
    )


def without_publisher(writers: str | None, publisher: str | None) -> str | None:
    """Return the writers less the publisher, which many pages name as one; None when nobody else is left."""
    named = [one for one in (writers or "").split(", ") if one.casefold() != (publisher or "").casefold()]
    return ", ".join(named) or None


def _shown_part(page: "HtmlElement", title: str | None) -> str | None:
    """Return the part of a title that is a heading of the page, too."""
    headings = (shown_name(heading) for tag in ("h1", "h2") for heading in page.iter(tag))
    parts = [name for name in islice(headings, 200) if name and title and (_begins(title, name) or name == title)]
    part = max(parts, key=len, default=None)
    rest = (title or "")[len(part or "") :]
    return part if part and _length(part) >= max(map(_length, TITLE_PARTS.split(rest))) else None


def _begins(title: str, part: str) -> bool:
    """Tell whether a title begins with a part and a dash behind it."""
    return title.startswith(part) and bool(TITLE_PARTS.match(title, len(part)))


def _is_section(headline: "HtmlElement", sections: set[str | None], shared: str | None, window: str | None) -> bool:
    """Tell whether a headline names the site or a section of it, and not the article."""
    name = shown_name(headline) or ""
    if any(name.casefold() == section.casefold() for section in sections if section):
        return True
    if name == shared:
        return False
    links = [*headline.iter("a"), *headline.iterancestors("a")]
    if any(link.get("href") in HOME and shown_name(link) == name for link in links):
        return True
    first, *others = TITLE_PARTS.split(window or shared or "")
    if name.casefold() == first.casefold() and max(map(_length, others), default=0) > 2 * _length(name):
        return True  # "The Tide - Ice in the harbour and no end of it"
    if any(name.casefold() == part.casefold() for part in others):
        # "Minister resigns | Politics | The Tide"; but "The Tide: Ice in the harbour", "Opinion | Ice and no end"
        known = {section.casefold() for section in sections if section} | SECTIONS
        return first.casefold() not in known
    titles = list(filter(None, (shared, window)))
    is_short = _length(name) <= _SHORT < max(map(_length, titles), default=0)
    return is_short and not any(_are_alike(name, title) for title in titles)


def _length(name: str) -> int:
    return len(_WORD.findall(name))


def _are_alike(one: str | None, other: str | None) -> bool:
    """Tell whether two titles share half of the words of the shorter."""
    words = [set(_WORD.findall((title or "").casefold())) for title in (one, other)]
    shorter = min(map(len, words))
    return shorter > 0 and len(words[0] & words[1]) * 2 >= shorter


def _is_of_the_site(title: str | None, site: str | None, shown: list[str]) -> bool:
    """Tell whether JSON-LD repeats a title of the site's own: two others say the same of the article, and not this."""
    bare = [_without_site(one, site) for one in (title, *shown)]
    others = list(filter(None, bare[1:]))
    agree = len(others) > 1 and all(_are_alike(others[0], one) for one in others[1:])
    return bool(title) and agree and not any(_are_alike(bare[0], one) for one in others)


def _without_site(title: str | None, site: str | None) -> str | None:
    """Return a title without the site's name before or behind it; None when nothing else is left."""
    if not title or not site:
        return title
    name, dash = re.escape(site), r"[|–—·•»«:-]+"
    return re.sub(rf"^{name}(?:\s*{dash}\s+|$)|\s+{dash}\s+{name}$", "", title, flags=re.IGNORECASE) or None
