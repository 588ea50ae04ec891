"""What a web page's JSON-LD says of its article and of its site."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from index.article_lists import stated_date, stated_name, stated_writers
from index.headers import Header

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_ARTICLE_TYPE = re.compile(r"(?:Article|(?:Blog|SocialMedia|DiscussionForum)Posting|Report)$")
_PLAIN_TYPES = frozenset({"Article", "TechArticle", "ScholarlyArticle"})  # they need not be news
_WRAPPING = re.compile(r"^\s*(?://|/\*)?\s*(?:<!\[CDATA\[|<!--)\s*(?:\*/)?|(?://|/\*)?\s*(?:\]\]>|-->)\s*(?:\*/)?\s*$")
_INNER = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")
_DEEPEST = 3  # objects around an article's, as in {"@graph": [{"mainEntity": ...}]}
_PAGE_TYPES = frozenset({"WebPage", "ItemPage", "FAQPage", "MedicalWebPage"})


class LinkedData(NamedTuple):
    """What JSON-LD says of an article and its site; `name` is another title, `is_plain` that it need not be news."""

    header: Header = Header()
    text: str = ""
    name: str | None = None
    section: str | None = None
    site: str | None = None
    is_plain: bool = False


def linked_data(page: "HtmlElement", headings: set[str | None]) -> LinkedData:
    """Return what JSON-LD says of the page's article; of several articles, the one under one of `headings`."""
    scripts = page.xpath("//script[contains(translate(@type, 'DJLNOS', 'djlnos'), 'ld+json')]/text()")
    nodes = list(_nodes(scripts))
    sites = {stated_name(_plain(node.get("name"))) for node in nodes if "WebSite" in _kinds(node)} - {None}
    site = sites.pop() if len(sites) == 1 else None
    articles = [node for node in nodes if any(_ARTICLE_TYPE.search(kind) for kind in _kinds(node))]
    if len(articles) > 1:
        articles = [node for node in articles if stated_name(_plain(node.get("headline"))) in headings]
    of_the_page = _day_of_the_page(nodes, headings)
    if not articles:
        return LinkedData(Header(published=of_the_page), site=site)
    article = articles[0]
    publisher = article.get("publisher")
    if isinstance(publisher, list) and len(publisher) == 1:
        publisher = publisher[0]
    if isinstance(publisher, dict) and "name" not in publisher:  # it stands elsewhere in the graph, and is pointed at
        publisher = next((node for node in nodes if node.get("@id") == publisher.get("@id", "")), None)
    title, published = stated_name(_plain(article.get("headline"))), stated_date(article.get("datePublished"))
    text = _plain(article.get("articleBody"))
    return LinkedData(
        Header(title, stated_name(_plain(publisher)), published or of_the_page, _writers(article, nodes)),
        text if isinstance(text, str) else "",
        stated_name(_plain(article.get("name"))),
        stated_name(_plain(article.get("articleSection"))),
        site,
        is_plain=all(kind in _PLAIN_TYPES for kind in _kinds(article)),
    )


def _day_of_the_page(nodes: Iterable[dict[str, object]], headings: set[str | None]) -> date | None:
    """Return the day that a page of one article states of itself: no list of articles, nor the site's first page."""
    for node in nodes:
        name, address = stated_name(_plain(node.get("name"))), node.get("url") or node.get("@id")
        is_page = bool(_kinds(node)) and set(_kinds(node)) <= _PAGE_TYPES
        is_headed = name is not None and any(heading is not None and heading in name for heading in headings)
        if is_page and is_headed and urlsplit(address if isinstance(address, str) else "/").path.strip("/"):
            return stated_date(node.get("datePublished"))
    return None


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
