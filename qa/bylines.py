"""Questions for the article itself: who wrote it, which paper printed it. Then alone is furniture an answer."""

import re

from index.words import content_stems

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


_ASKS_WHO_SENT = re.compile(
    r"\bwho (?:sent|wrote|writes|has sent|has written)\b[^?]{0,40}\b(?:e-?mail|mail|message)s?\b"
    r"|\bfrom whom (?:is|was)\b[^?]{0,30}\b(?:e-?mail|mail|message)s?\b"
    r"|\bwho (?:is|was) the sender\b",
    re.IGNORECASE,
)
_MAY_BE_IN_A_STORY = re.compile(
    r"\b(?:the|an?|this|that) (?:[\w-]+ ){0,2}"
    r"(?:reports?|reviews?|interviews?|analys[ei]s|comments?|commentary|features?|posts?)\b",
    re.IGNORECASE,
)
_WRITTEN_WORK = re.compile(
    r"^\W*(?:who|which (?:reporter|journalist|author))\s+(?:wrote|has written|is the (?:author|writer) of)\s+"
    r"(?P<title>.+)$"
    r"|^\W*(?:by whom|who) was\s+(?P<other>.+?)\s+written(?: by)?\W*$",
    re.IGNORECASE,
)
# What such a question is asked with, which no article need hold.
_ASKED_WITH = frozenset(
    content_stems(
        "wrote write written penned authored filed author writer reporter journalist correspondent columnist byline "
        "reported covered article story report piece column comment commentary editorial review interview analysis "
        "feature post sent sender mail email message name"
    )
)


def asks_who_wrote(question: str) -> bool:
    """Tell whether a question asks who wrote an article, or about something; "the report" may be one in a story."""
    if asks_for_the_writer(question):
        return True
    return "byline" in furniture_asked_for(question) and not _MAY_BE_IN_A_STORY.search(question)


def asks_who_sent(question: str) -> bool:
    """Tell whether a question asks who sent a mail."""
    return _ASKS_WHO_SENT.search(question) is not None


def work_asked_about(question: str) -> str:
    """Return what a question asks the writer of, by its title if it is one: "Two clocks" of "Who wrote Two clocks?"."""
    match = _WRITTEN_WORK.match(question)
    return (match["title"] or match["other"]).strip(" ?!.\"“”'‘’") if match else ""


def topic_of_the_work(question: str) -> list[str]:
    """Return the stems of what the article is about whose writer is asked for."""
    return [stem for stem in content_stems(question) if stem not in _ASKED_WITH]


def furniture_asked_for(question: str) -> frozenset[str]:
    """Return the sorts of furniture that answer a question: none, unless it asks who wrote or printed something."""
    sorts: set[str] = set()
    if _ASKS_WHO_WROTE.search(question):
        sorts |= {"byline", "dateline"}  # many a dateline names the writer, too
    if _ASKS_WHICH_PAPER.search(question):
        sorts |= {"masthead", "dateline"}
    return frozenset(sorts)
