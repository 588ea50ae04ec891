"""What a web page says of its article in the tags of its head, in its JSON-LD and in its headline.

Where these differ, what the page shows as its title counts. What is stated of the page and not of the article, as the
day on which an encyclopaedia's page was made, is left out.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from index.article_lists import stated_date, stated_name, stated_writers
from index.datelines import is_organisation, is_paper
from index.furniture_words import SECTIONS
from index.headers import Header

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_PUBLISHER_TAGS = ("publisher", "dc.publisher", "dcterms.publisher", "citation_journal_title")
_WRITER_TAGS = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author", "byl")
_DATE_TAGS = (
    *("article:published_time", "og:article:published_time", "og:published_time", "datepublished"),
    *("parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "publication_date"),
    *("dc.date.issued", "dcterms.issued", "dc.date", "citation_publication_date", "citation_date", "date"),
)
_ARTICLE_TYPE = re.compile(r"(?:Article|(?:Blog|SocialMedia|DiscussionForum)Posting|Report)$")
_PLAIN_TYPES = frozenset({"Article", "TechArticle", "ScholarlyArticle"})  # they need not be news
_WRAPPING = re.compile(r"^\s*(?://|/\*)?\s*(?:<!\[CDATA\[|<!--)\s*(?:\*/)?|(?://|/\*)?\s*(?:\]\]>|-->)\s*(?:\*/)?\s*$")
_PARTS = re.compile(r"\s+[|–—·•»«-]+\s+|\s*[|»]\s*|:\s+")
_INNER = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")
_DEEPEST = 3  # objects around an article's, as in {"@graph": [{"mainEntity": ...}]}
_HOME = frozenset({"/", "./", "index.html", "/index.html"})
_DASHES = " |–—·•»«:-"
_SHORT = 3  # words in a section's name at most, fewer than in a headline
_LONGEST_NAME = 60  # characters of a publisher's name
_MOST_PUBLISHERS = 50  # elements that name one; a page with more is a list
_WORD = re.compile(r"\w+")


class MarkedUp(NamedTuple):
    """What the fields of a web page say of its article; `text` is empty unless they hold it, too."""

    header: Header = Header()
    text: str = ""


class _Linked(NamedTuple):
    """What JSON-LD says of an article and its site; `name` is another title, `is_plain` that it need not be news."""

    header: Header = Header()
    text: str = ""
    name: str | None = None
    section: str | None = None
    site: str | None = None
    is_plain: bool = False


def read_page_fields(page: "HtmlElement") -> MarkedUp:
    """Return what the tags in a page's head, its JSON-LD and its headline state."""
    tags: dict[str, str] = {}
    for tag in page.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        tags.setdefault(name.lower(), tag.get("content") or "")
    headlines = list(page.iter("h1"))
    names = [shown_name(headline) for headline in headlines]
    shared, window = stated_name(tags.get("og:title")), stated_name(page.findtext(".//title"))
    linked = _linked_data(page, {*names, shared, window})
    core = _shown_part(page, window or shared)
    publisher = _publisher(page, tags, linked, core or (names[0] if len(names) == 1 else shared), window)
    sections = {tags.get("article:section"), linked.section, publisher}
    headline = None
    if len(headlines) == 1 and not _is_section(headlines[0], sections, shared, window):
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
    if headline and title and title.endswith(headline) and _PARTS.split(title)[0].casefold() in SECTIONS:
        title = headline  # "Opinion | Ice and no end of it"
    stated = None if is_apart or is_wiki else linked.header.published  # when the page was made
    published = next(filter(None, (stated_date(tags.get(name)) for name in _DATE_TAGS)), stated)
    writers = (linked.header.author, *(stated_writers(tags.get(name)) for name in _WRITER_TAGS))
    author = next(filter(None, (without_publisher(names, publisher) for names in writers)), None)
    return MarkedUp(Header(title, publisher, published, author), linked.text)


def without_publisher(writers: str | None, publisher: str | None) -> str | None:
    """Return the writers less the publisher, which many pages name as one; None when nobody else is left."""
    named = [one for one in (writers or "").split(", ") if one.casefold() != (publisher or "").casefold()]
    return ", ".join(named) or None


def shown_name(heading: "HtmlElement") -> str | None:
    """Return what a heading says, on one line; a break in it parts words."""
    parts = heading.xpath("descendant::text() | descendant::br | descendant::div | descendant::p")
    return stated_name("".join(part if isinstance(part, str) else " " for part in parts))


def _publisher(
    page: "HtmlElement", tags: dict[str, str], linked: _Linked, headline: str | None, window: str | None
) -> str | None:
    names = [stated_name(tags.get("og:site_name")), linked.header.publisher]
    names += [stated_name(tags.get(name)) for name in _PUBLISHER_TAGS]
    names += [_publisher_among_properties(page), linked.site, _site_in_window(page, headline, window)]
    return next((name for name in names if name and "://" not in name), None)


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
    parts = [part.strip(_DASHES) for part in _PARTS.split(window.replace(headline, "", 1).strip(_DASHES))]
    added = [part for part in parts if part.casefold() not in SECTIONS | {""}]
    if len(added) == 1 and (is_paper(added[0]) or is_organisation(added[0])):
        return added[0]
    known = [shown_name(link) or "" for link in page.iter("a") if link.get("href") in _HOME]
    parts = _PARTS.split(window)
    if headline in known:  # the page's one heading of the first rank is its logo
        return headline if len(parts) > 1 and headline in parts else None
    known += page.xpath("//text()[contains(., '©')]")[:5]
    for part in reversed(_PARTS.split(window.replace(headline, "", 1).strip(_DASHES))):
        name = re.compile(rf"(?<!\w){re.escape(part)}(?!\w)", re.IGNORECASE)
        if part and len(part) <= _LONGEST_NAME and any(map(name.search, known)):
            return part
    return None


def _shown_part(page: "HtmlElement", title: str | None) -> str | None:
    """Return the part of a title that is a heading of the page, too."""
    headings = (shown_name(heading) for tag in ("h1", "h2") for heading in page.iter(tag))
    parts = [name for name in islice(headings, 200) if name and title and (_begins(title, name) or name == title)]
    part = max(parts, key=len, default=None)
    rest = (title or "")[len(part or "") :]
    return part if part and _length(part) >= max(map(_length, _PARTS.split(rest))) else None


def _begins(title: str, part: str) -> bool:
    """Tell whether a title begins with a part and a dash behind it."""
    return title.startswith(part) and bool(_PARTS.match(title, len(part)))


def _is_section(headline: "HtmlElement", sections: set[str | None], shared: str | None, window: str | None) -> bool:
    """Tell whether a headline names the site or a section of it, and not the article."""
    name = shown_name(headline) or ""
    if any(name.casefold() == section.casefold() for section in sections if section):
        return True
    if name == shared:
        return False
    links = [*headline.iter("a"), *headline.iterancestors("a")]
    if any(link.get("href") in _HOME and shown_name(link) == name for link in links):
        return True
    first, *others = _PARTS.split(window or shared or "")
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


def _linked_data(page: "HtmlElement", headings: set[str | None]) -> _Linked:
    """Return what JSON-LD says of the page's article; of several articles, the one under one of `headings`."""
    scripts = page.xpath("//script[contains(translate(@type, 'DJLNOS', 'djlnos'), 'ld+json')]/text()")
    nodes = list(_nodes(scripts))
    sites = {stated_name(_plain(node.get("name"))) for node in nodes if "WebSite" in _kinds(node)} - {None}
    site = sites.pop() if len(sites) == 1 else None
    articles = [node for node in nodes if any(_ARTICLE_TYPE.search(kind) for kind in _kinds(node))]
    if len(articles) > 1:
        articles = [node for node in articles if stated_name(_plain(node.get("headline"))) in headings]
    if not articles:
        return _Linked(site=site)
    article = articles[0]
    publisher = article.get("publisher")
    if isinstance(publisher, list) and len(publisher) == 1:
        publisher = publisher[0]
    if isinstance(publisher, dict) and "name" not in publisher:  # it stands elsewhere in the graph, and is pointed at
        publisher = next((node for node in nodes if node.get("@id") == publisher.get("@id", "")), None)
    title, published = stated_name(_plain(article.get("headline"))), stated_date(article.get("datePublished"))
    text = _plain(article.get("articleBody"))
    return _Linked(
        Header(title, stated_name(_plain(publisher)), published, _writers(article, nodes)),
        text if isinstance(text, str) else "",
        stated_name(_plain(article.get("name"))),
        stated_name(_plain(article.get("articleSection"))),
        site,
        is_plain=all(kind in _PLAIN_TYPES for kind in _kinds(article)),
    )


def _writers(article: dict[str, object], nodes: list[dict[str, object]]) -> str | None:
    stated = article.get("author")
    known = {name: node for node in reversed(nodes) if isinstance(name := node.get("@id"), str)}
    named = []
    for one in stated if isinstance(stated, list) else [stated]:
        named.append(_plain(one))
        if isinstance(one, dict) and "name" not in one and isinstance(name := one.get("@id"), str):
            named.append(_plain(known.get(name)))  # it stands elsewhere in the graph
    return stated_writers(named)


def _nodes(scripts: Iterable[str]) -> Iterator[dict[str, object]]:
    for script in scripts:
        try:
            found = json.loads(_WRAPPING.sub("", script).strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):  # the page's slip; its other tags may say the same
            continue
        yield from _nodes_in(found, _DEEPEST)


def _nodes_in(found: object, depth: int) -> Iterator[dict[str, object]]:
    for node in found if isinstance(found, list) else [found]:
        if isinstance(node, dict):
            yield node
            for name in _INNER if depth else ():
                yield from _nodes_in(node.get(name), depth - 1)


def _kinds(node: dict[str, object]) -> list[str]:
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _plain(value: object) -> object:
    """Return `value` with the character references resolved that many pages leave in their JSON-LD."""
    if isinstance(value, dict):
        value = value.get("name")
    return html.unescape(value) if isinstance(value, str) else value
