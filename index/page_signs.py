"""What the names of a page's elements (class, id, role, itemprop, rel) tell of what stands in them."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_SLUG = re.compile(r"[^\W_]+")
_LONGEST_NAMES = 2_000  # characters of classes; no page of sense has more
_NOTE_SIGNS = frozenset("footnote footnotes reference noteref fn fnref footref endnote sidenote cite citation".split())
_NOTE_PLACES = _NOTE_SIGNS | frozenset("note notes ftn ftnt edn en ref refs cit".split())
RAISED_BY_STYLE = ("span", "small", "font", "i", "em", "a", "b")
_RAISED = frozenset("sup superscript".split())
_NOTES = frozenset("footnote footnotes endnote endnotes notes references reflist".split())
_BYLINE = frozenset(
    "byline author authors writer by contributor contributors reporter "
    "autor autoren autores auteur auteurs firma".split()
)
_DATELINE = frozenset("dateline date datetime time timestamp published pubdate posted when meta datum fecha".split())
_CREDIT = frozenset("credit credits photographer photocredit copyright".split())
_STANDFIRST = frozenset("standfirst lead lede intro deck dek summary subtitle subhead strapline kicker teaser".split())
_FACTS = frozenset("factbox infobox".split())
_FACT_BOXES = re.compile(r" (?:(?:fact|info|data|key|explainer) ?box|corrections?|clarifications?) ")
_BLOCKS = frozenset("block widget module component slice".split())
_FIELDS = frozenset("field label value detail spec".split())
# What stands around and between an article: single names, and names that stand side by side.
_BESIDE = frozenset(
    "comments disqus cookie cookies consent gdpr onetrust newsletter subscribe subscription signup paywall related "
    "recommended recommendation recommendations trending popular share sharing sharebar sharedaddy social addthis "
    "breadcrumb breadcrumbs pagination pager sidebar sponsor sponsored advert advertisement advertising ad ads "
    "adsbygoogle promo promos outbrain taboola menu navbar nav navigation navbox catlinks toc editsection footer login "
    "modal popup overlay tags tagcloud toolbar noprint jumplink siteheader masthead topbar teasers relatedposts "
    "printfooter colophon hatnote dialog alertdialog tooltip skiplink donate membership".split()
)
_PLAINLY_BESIDE = frozenset(
    "comments disqus cookie cookies consent gdpr onetrust newsletter related relatedposts recommended recommendations "
    "trending outbrain taboola breadcrumb breadcrumbs pagination navbox catlinks sharedaddy".split()
)
# Of these, what stands in boxes of the article as well, whose sentences decide.
_DOUBTFULLY_BESIDE = frozenset(
    "promo promos social donate share sharing tooltip dialog membership signup menu popular tags sidebar".split()
)
_DOUBTFUL_PAIRS = re.compile(r" (?:call to action|read more|sign up) ")
_PAIRS = re.compile(
    r" (?:(?:read|more|most|up|also) (?:more|next|also|on|from|stories|articles|news|posts|read|popular|viewed"
    r"|shared|like)"
    r"|latest (?:news|posts|stories|articles)|sign up|author (?:bio|box|info|card|profile)|about (?:the )?author"
    r"|(?:post|article|entry|page) (?:nav|navigation|tags|actions|tools|footer)|you may|follow us|call to action"
    r"|comment (?:list|form|area|section|thread)|site (?:header|footer|nav|notice)|skip (?:to|link)|mw jump"
    r"|jump (?:to )?nav|doc (?:toc|backlink)|tag (?:list|cloud)|tool (?:bar|tip)|head(?:er)? nav|print only"
    r"|(?:deals?|buy|affiliate) (?:widget|box|buttons?|links?|disclosure)) "
)
_MORE = re.compile(
    r" (?:more|most|latest|popular|top) (?:stories|articles|news|posts|read|popular|viewed|shared|from|on) "
)
_COMMENTS = frozenset("comments disqus".split())
_COMMENT_PARTS = re.compile(r" comment (?:list|area|section|thread) ")
_UNSEEN = re.compile(
    r" (?:editsection|sr only|screen reader text|visually hidden|visuallyhidden|hidden visually|headerlink) "
)

_CLIPPED = ("clip:rect(0", "clip-path:inset(50%)", "clip:rect(1px")


@lru_cache(maxsize=20_000)  # pages repeat few names many times
def _words_of(names: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _NAME.findall(names[:_LONGEST_NAMES]))


@lru_cache(maxsize=20_000)
def _in_a_row(names: str) -> str:
    return f" {' '.join(_NAME.findall(names[:_LONGEST_NAMES])).lower()} "


def _names(element: "HtmlElement") -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"


def said(element: "HtmlElement") -> str:
    """Return all that an element says, on one line."""
    return " ".join(element.text_content().split())


def class_words(element: "HtmlElement") -> frozenset[str]:
    """Return the words in an element's class, id and role, in small letters."""
    return _words_of(_names(element)) if element.attrib else frozenset()


def is_note_sign(element: "HtmlElement") -> bool:
    """Tell whether an element's names, or the place that it links to, show it to be a note's sign."""
    place = (element.get("href") or "").partition("#")
    return bool(_NOTE_SIGNS & class_words(element) or (not place[0] and place[1])) or element.get("role") in (
        "doc-noteref",
        "doc-backlink",
    )


def is_named_note_sign(element: "HtmlElement") -> bool:
    """Tell whether an element's names, or the name of the place that it links to, are those of a note's sign."""
    fragment = (element.get("href") or "").partition("#")[2]
    named = _NOTE_SIGNS & class_words(element) or _NOTE_PLACES & _words_of(fragment)
    return bool(named) or element.get("role") in ("doc-noteref", "doc-backlink")


def is_raised(element: "HtmlElement") -> bool:
    """Tell whether an element stands raised: by its tag, or by a class or a style that says so."""
    if element.tag == "sup":
        return True
    if element.tag not in RAISED_BY_STYLE or not element.attrib:
        return False
    style = re.sub(r"\s", "", element.get("style") or "").lower()
    return "vertical-align:super" in style or not _RAISED.isdisjoint((element.get("class") or "").lower().split())


def is_notes(element: "HtmlElement") -> bool:
    """Tell whether an element holds the article's notes."""
    return bool(_NOTES & class_words(element)) or (element.get("role") or "").startswith("doc-")


def is_unseen(element: "HtmlElement") -> bool:
    """Tell what a page keeps for those who hear it, or shows under the mouse alone."""
    if not element.attrib:
        return False
    style = (element.get("style") or "").replace(" ", "").lower()
    return bool(_UNSEEN.search(_in_a_row(_names(element)))) or any(part in style for part in _CLIPPED)


def is_beside(element: "HtmlElement") -> bool:
    """Tell whether an element is named like what stands around an article: its comments, what to read next, ..."""
    if not element.attrib or _NOTES & class_words(element) or is_facts(element):
        return False
    names = _names(element)
    if not _are_of_what_is_beside(names):
        return False
    # Makers of pages name a section by its heading: "share-prices" shares nothing.
    return not _is_named_by_its_heading(element) or _are_of_what_is_beside(names.replace(element.get("id") or "", ""))


def _are_of_what_is_beside(names: str) -> bool:
    return bool(_BESIDE & _words_of(names)) or bool(_PAIRS.search(_in_a_row(names)))


def _is_named_by_its_heading(element: "HtmlElement") -> bool:
    words = _SLUG.findall((element.get("id") or "").casefold())
    heading = next(element.iter("h1", "h2", "h3", "h4", "h5", "h6"), None) if len(words) > 1 else None
    return heading is not None and _SLUG.findall("".join(heading.itertext())[:_LONGEST_NAMES].casefold()) == words


def is_plainly_beside(element: "HtmlElement") -> bool:
    """Tell whether an element's names leave little doubt: comments, consent, what else there is to read."""
    return is_beside(element) and (
        bool(_PLAINLY_BESIDE & class_words(element)) or bool(_MORE.search(_in_a_row(_names(element))))
    )


def is_doubtfully_beside(element: "HtmlElement") -> bool:
    """Tell whether an element is named like what stands around an article by words that say little alone."""
    words, row = class_words(element), _in_a_row(_names(element))
    is_other = bool(_BESIDE & words - _DOUBTFULLY_BESIDE) or bool(_PAIRS.search(_DOUBTFUL_PAIRS.sub("  ", row)))
    return not is_other and element.get("role") not in ("dialog", "alertdialog", "tooltip", "menu")


def is_comments(element: "HtmlElement") -> bool:
    """Tell whether an element is named as what readers say below an article."""
    return bool(_COMMENTS & class_words(element)) or bool(_COMMENT_PARTS.search(_in_a_row(_names(element))))


def is_pull_quote(element: "HtmlElement") -> bool:
    """Tell whether an element is named as one that shows a sentence of the article a second time."""
    return "pullquote" in class_words(element) or " pull quote " in _in_a_row(_names(element))


def is_standfirst(element: "HtmlElement") -> bool:
    """Tell whether an element is named like the sentence under a headline."""
    return bool(_STANDFIRST & class_words(element)) or element.get("itemprop") in ("description", "alternativeHeadline")


def is_facts(element: "HtmlElement") -> bool:
    """Tell whether an element is a box of facts that belongs to the article."""
    return bool(_FACTS & class_words(element)) or bool(_FACT_BOXES.search(_in_a_row(_names(element))))


def is_field(element: "HtmlElement") -> bool:
    """Tell whether an element is named like a field of a form that was filled in: a place, a price."""
    return bool(_FIELDS & class_words(element))


def is_block(element: "HtmlElement") -> bool:
    """Tell whether an element is named as one of the blocks of which a page was put together, and as none beside it."""
    return bool(_BLOCKS & class_words(element)) and not is_beside(element)


def sort_of(element: "HtmlElement") -> str | None:
    """Return "byline", "dateline" or "credit" where an element's names say that it is one."""
    if element.tag == "time":
        return "dateline"
    if not element.attrib:
        return None
    properties = {element.get("itemprop"), element.get("rel")}
    words = class_words(element)
    if properties & {"author", "creator"} or words & _BYLINE:
        return "byline"
    if "datePublished" in properties or words & _DATELINE:
        return "dateline"
    return "credit" if words & _CREDIT or properties & {"copyrightHolder", "creditText"} else None
