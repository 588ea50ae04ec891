"""Questions for the article itself: who wrote it, which paper printed it. Then alone is furniture an answer."""

import re

_ARTICLE = (
    r"(?:article|story|report|piece|column|comment|commentary|editorial|review|interview|analysis|feature|post)s?\b"
)
_ASKS_WHO_WROTE = re.compile(
    rf"\bwho\b[^?]{{0,30}}\b(?:wrote|writes|written|penned|authored|filed)\b[^?]{{0,40}}\b{_ARTICLE}"
    rf"|\bwho (?:reported|wrote) (?:on|about)\b|\b(?:author|writer)s?\b[^?]{{0,20}}\bof\b[^?]{{0,30}}\b{_ARTICLE}"
    rf"|\b(?:which|what) (?:reporter|journalist|correspondent|columnist|author)s? (?:wrote|reported|covered)\b"
    rf"|\bby whom\b[^?]{{0,30}}\b{_ARTICLE}[^?]{{0,60}}\bwritten\b|\bbyline\b",
    re.IGNORECASE,
)
_ASKS_WHICH_PAPER = re.compile(
    r"\b(?:which|what) (?:news)?(?:papers?|outlets?|publications?|publishers?|magazines?|sites?|agenc(?:y|ies))\b"
    r"[^?]{0,20}\b(?:reported|published|printed|wrote|ran|carried|broke|covered)\b",
    re.IGNORECASE,
)


_ASKS_FOR_THE_WRITER = re.compile(
    r"\b(?:who|author|writer|whom|reporter)s?\b[^?]{0,40}\b(?:article|column|editorial|story about)\b|\bbyline\b",
    re.IGNORECASE,
)


def asks_for_the_writer(question: str) -> bool:
    """Tell whether a question asks who wrote an article: whom its story names did not."""
    return _ASKS_WHO_WROTE.search(question) is not None and _ASKS_FOR_THE_WRITER.search(question) is not None


def furniture_asked_for(question: str) -> frozenset[str]:
    """Return the sorts of furniture that answer a question: none, unless it asks who wrote or printed something."""
    sorts: set[str] = set()
    if _ASKS_WHO_WROTE.search(question):
        sorts |= {"byline", "dateline"}  # many a dateline names the writer, too
    if _ASKS_WHICH_PAPER.search(question):
        sorts |= {"masthead", "dateline"}
    return frozenset(sorts)
