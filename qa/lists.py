"""Lists as their articles make them: what introduces one, and all of its items, told together or not at all.

A list is at least two lines that begin with a bullet or a number, or sentences behind "three main causes" that begin
with "First", "Second". What stands right before it, a heading or a sentence with a colon, says what it lists.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from index.records import Article, Passage, Span
from index.words import content_stems, stems
from qa.article_sentences import articles_of, as_passage
from qa.citations import ArticleSource
from qa.findings import Finding
from qa.records import Draft, DraftStatement, Support
from qa.rows import is_row

MOST_ITEMS = 12
FOUND_BY_WORDS = 0.55  # confidence in a list whose heading says what is asked for
_LEAST_TELLING = 0.2  # of the words that name a list: each counts by how rarely its article uses it
_ARTICLES_READ, _ARTICLES_KEPT = 4, 64
_OPENING = 600  # characters of an article that tell what it is about, beside its title
_BULLET = re.compile(r"\s*(?:[-*•‣◦–]|\d{1,2}[.)]|\(?[a-z]\))\s+\S")
_HEADING = re.compile(r"\s*#{1,6}\s|[^.!?:;,]{3,80}:?$")
_COUNTED = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|several|\d{1,2}) (?:[\w-]+ ){0,3}?[\w-]{3,}s\b", re.IGNORECASE
)
_ORDINAL = re.compile(
    r"\W*(?:(?:the )?(?:first|second|third|fourth|fifth|sixth)(?:ly)?|finally|lastly|last)\b", re.IGNORECASE
)
_ASKS_FOR_THINGS = re.compile(r"^\W*(?:(?:and|so)\W+)*(?:what|which|name|list|give|tell)\b", re.IGNORECASE)
# What a question for a list says beside what is listed.
_ASKING = frozenset(
    content_stems("name list give tell main all every points point item items thing things kind kinds say")
)


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list of a passage: the sentences that introduce it, none or up to two, and those of its items."""

    passage: Passage
    lead: tuple[Span, ...]
    items: tuple[Span, ...]

    @property
    def introduced_by(self) -> str:
        """The words that say what it lists."""
        return " ".join(self.passage.chunk.words(*one) for one in self.lead)

    def statements(self) -> tuple[DraftStatement, ...]:
        """Return the items, behind the sentence that introduces them if one does."""
        lead = [one for one in self.lead if not _is_heading(self.passage.chunk.words(*one))]
        told = [*lead[-1:], *self.items[:MOST_ITEMS]]
        supports = [Support(self.passage, one) for one in told]
        return tuple(DraftStatement(one.wording, (one,)) for one in supports)


class Lists:
    """Looks for lists in the articles whose passages were found."""

    def __init__(self, articles: ArticleSource) -> None:
        self._articles = articles

    def around(self, question: str, finding: Finding) -> ListBlock | None:
        """Return the list of which a finding is an item, or which it introduces; None for a question for one thing."""
        if not _ASKS_FOR_THINGS.match(question):
            return None
        article = self._articles.article(finding.article_id)
        place = finding.sentence.start
        for block in _blocks_of(article) if article else ():
            introducing = [one for one in block.lead if not _is_heading(block.passage.chunk.words(*one))]
            if any(one.start <= place < one.end for one in (*introducing, *block.items)):
                return block
        return None

    def by_words(self, question: str, passages: Sequence[Passage]) -> Draft | None:
        """Return the list whose heading names what is asked for, in an article about the rest of the question."""
        wanted = frozenset(content_stems(question)) - _ASKING
        if not wanted or not _ASKS_FOR_THINGS.match(question):
            return None
        for article in islice(articles_of(self._articles, passages), _ARTICLES_READ):
            if block := _named(wanted, article):
                return Draft(block.statements(), FOUND_BY_WORDS)
        return None


def _named(wanted: frozenset[str], article: Article) -> ListBlock | None:
    """Return the list whose introduction holds most of these words, where title and opening hold the rest."""
    about = frozenset(content_stems(f"{article.title or ''} {article.text[:_OPENING]}"))
    named = [(one, wanted & frozenset(content_stems(one.introduced_by))) for one in _blocks_of(article)]
    able = [(block, words) for block, words in named if words and wanted <= words | about]
    often = Counter(stems(article.text)) if able else Counter()
    # "Recommendations" tells more than "inquiry", of which all of the article is.
    told = [(sum(1 / often[word] for word in words), block) for block, words in able]
    telling, best = max(told, key=lambda one: one[0], default=(0.0, None))
    return best if telling >= _LEAST_TELLING else None


@lru_cache(maxsize=_ARTICLES_KEPT)
def _blocks_of(article: Article) -> tuple[ListBlock, ...]:
    return tuple(list_blocks(as_passage(article)))


def list_blocks(passage: Passage) -> Iterator[ListBlock]:
    """Yield the lists of a passage, in order."""
    chunk = passage.chunk
    told = [one for one in chunk.told() if not is_row(chunk, one)]
    texts = [chunk.words(*one) for one in told]
    begins = [_begins_a_line(chunk.text, one.start - chunk.start) for one in told]
    place = 0
    while place < len(told):
        items, behind = _lines(texts, begins, place)
        if not items:
            items, behind = _sentences(texts, place)
        if len(items) > 1:
            yield ListBlock(passage, _lead(told, texts, items[0]), tuple(told[one] for one in items))
        place = max(place + 1, behind)


def _lines(texts: Sequence[str], begins: Sequence[bool], place: int) -> tuple[list[int], int]:
    """Return the places of the lines from `place` on that are items, and where what follows them begins."""
    items: list[int] = []
    while place < len(texts):
        if not (_BULLET.match(texts[place]) if begins[place] else items):
            break
        items.append(place)  # a line, or what goes on in it
        place += 1
    return items, place


def _sentences(texts: Sequence[str], place: int) -> tuple[list[int], int]:
    """Return the places of "First ...", "Second ..." behind a sentence at `place` that counts them."""
    if not _COUNTED.search(texts[place]):
        return [], place
    items = [one for one in range(place + 1, min(len(texts), place + 1 + MOST_ITEMS)) if _ORDINAL.match(texts[one])]
    near = bool(items) and items[0] == place + 1
    return (items, items[-1] + 1) if near else ([], place)


def _lead(told: Sequence[Span], texts: Sequence[str], first: int) -> tuple[Span, ...]:
    """Return what introduces a list whose first item stands at `first`: a sentence, a heading above it, or either."""
    before = first - 1
    lead: list[Span] = []
    if before >= 0 and (texts[before].rstrip().endswith(":") or _COUNTED.search(texts[before])):
        lead.insert(0, told[before])
        before -= 1
    if before >= 0 and _is_heading(texts[before]):
        lead.insert(0, told[before])
    return tuple(lead)


def _is_heading(text: str) -> bool:
    return _HEADING.match(text) is not None and not text.rstrip().endswith(":")


def _begins_a_line(text: str, place: int) -> bool:
    place -= 1
    while place >= 0 and text[place] in " \t":
        place -= 1
    return place < 0 or text[place] == "\n"
