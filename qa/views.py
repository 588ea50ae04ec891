"""The sides that a comparison found become views: who says what, in how many articles, and how many independent ones.

Articles that print the same report count once: near copies (`index.copies`), and those whose sentences are the same
word for word.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from index.copies import Sketch, near_copies
from index.days import in_words
from qa.attribution import speaker
from qa.citations import CitationLedger
from qa.comparison import Side
from qa.findings import Finding
from qa.readable import bare
from qa.records import Citation, DraftStatement, Support, View
from qa.updates import CHANGED

MOST_VIEWS = 5  # side by side, more are not compared but counted
_SAME_SENTENCE = 8  # words; shorter ones are the same by chance
_LONGEST_SHOWN = 80  # characters of a view's answer in the note
_REPORTED = r"(?:said|reported|stated|put|gave|announced)"
_BEFORE = r"(?:earlier|previously|initially|first)"
# With these words an article itself says that what was reported before holds no longer; a later date alone doesn't.
_UPDATES = re.compile(
    r"\b(?:now|no longer|(?:has|have|had) (?:since|risen|grown|climbed|fallen)|(?:rose|fell)\b.{0,40}\bto|"
    r"(?:up|down) from|corrected|correction|revised|updated|earlier reports|"
    rf"had {_BEFORE}|{_BEFORE} {_REPORTED}|{_REPORTED} {_BEFORE})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Differences:
    """What the articles say where they differ: the best supported sides, of `found` in all; no sides where they agree.

    `updated` tells that the first side replaces the others, as its article says itself: then nobody disagrees.
    """

    sides: tuple[Side, ...]
    found: int
    updated: bool
    sketches: Mapping[str, Sketch]

    @classmethod
    def of(cls, sides: Sequence[Side], sketches: Mapping[str, Sketch]) -> "Differences":
        """Order the sides by their independent articles, then their articles, then the earliest date.

        Where each side is of other days than all others, the newest comes first: it may know more.
        """

        def support(side: Side) -> tuple[int, int, date]:
            dates = [one.passage.published for one in side.findings if one.passage.published]
            return -independent(_said(side.findings), sketches), -len(side.findings), min(dates, default=date.max)

        ordered = sorted(sides, key=support)
        if _are_apart([[one.passage.published for one in side.findings] for side in ordered]):
            ordered.sort(key=lambda side: max(one.passage.published or date.min for one in side.findings), reverse=True)
        later = _update(ordered)
        if later:
            ordered = [later, *(side for side in ordered if side is not later)]
        return cls(tuple(ordered[:MOST_VIEWS]), len(sides), later is not None, sketches)

    def missing(self, citations: Collection[Citation]) -> list[Side]:
        """Return the sides of which none of these citations holds words."""
        return [side for side in self.sides if not any(_shows(side, citation) for citation in citations)]

    def views(self, ledger: CitationLedger) -> tuple[View, ...]:
        """Return a view for each side whose words the articles hold; nothing unless two are left, or in an update."""
        made = [] if self.updated else [_view(side, ledger, self.sketches) for side in self.sides]
        views = tuple(one for one in made if one)
        return views if len(views) > 1 else ()

    def note(self, views: Sequence[View]) -> str | None:
        """Return one sentence about how the articles differ, where they do."""
        if self.updated:
            return CHANGED
        if not views:
            return None
        apart = _are_apart([one.published for one in views])
        days = [f"{in_words(max(one.published))}, " if apart else "" for one in views]
        told = zip(views, days, strict=True)
        said = ", ".join(f"{_quoted(one.answer)} ({day}{one.counted})" for one, day in told)
        if apart and self.found == len(self.sides):
            return f"The articles differ, the newest first: {said}."
        if self.found > len(self.sides):
            return f"The articles give {self.found} different answers; these have most support: {said}."
        return f"The articles differ: {said}."


NO_DIFFERENCES = Differences((), 0, updated=False, sketches={})


def stated(side: Side) -> DraftStatement:
    """Return what a side says as a statement: its surest sentence."""
    first = side.findings[0]
    return DraftStatement(first.wording, (Support(first.passage, first.sentence),))


def independent(said: Collection[tuple[str, str]], sketches: Mapping[str, Sketch]) -> int:
    """Return of how many independent articles these pairs of an article's id and its sentence are."""
    articles = {article_id for article_id, _ in said}
    groups = near_copies({key: one for key, one in sketches.items() if key in articles})
    merged: list[set[str]] = []
    for group in groups:
        wordings = {" ".join(words.split()) for article_id, words in said if article_id in group}
        long = {wording for wording in wordings if len(wording.split()) >= _SAME_SENTENCE}
        same = [other for other in merged if long & other]
        merged = [*(other for other in merged if other not in same), wordings.union(*same)]
    return len(merged)


def _view(side: Side, ledger: CitationLedger, sketches: Mapping[str, Sketch]) -> View | None:
    """Return the view with a citation for each article that has the words; None when none has."""
    cited = {one: ledger.locate(Support(one.passage, one.sentence)) for one in side.findings}
    citations = tuple(citation for citation in cited.values() if citation)
    held = tuple(one for one, citation in cited.items() if citation)
    if not held:
        return None
    speakers = [speaker(one.words) for one in held]
    return View(
        answer=bare(held[0].answer, held[0].passage.file),
        citations=citations,
        publishers=tuple(dict.fromkeys(one.publisher for one in citations if one.publisher)),
        published=tuple(sorted({one.published for one in citations if one.published})),
        speaker=speakers[0] if len(set(speakers)) == 1 else None,
        articles=len(held),
        independent=independent(_said(held), sketches),
    )


def _shows(side: Side, citation: Citation) -> bool:
    return any(
        citation.article_id == one.article_id
        and citation.start < one.sentence.end
        and one.sentence.start < citation.end
        for one in side.findings
    )


def _update(sides: Sequence[Side]) -> Side | None:
    """Return the side that is later than all others and itself says that what was known before has changed."""
    for side in sides:
        own = [one.passage.published for one in side.findings]
        before = [one.passage.published for other in sides if other is not side for one in other.findings]
        pairs = [(day, other) for day in own for other in before]
        later = bool(pairs) and all(day and other and day > other for day, other in pairs)
        if later and any(_UPDATES.search(one.words) for one in side.findings):
            return side
    return None


def _are_apart(days: Sequence[Sequence[date | None]]) -> bool:
    """Tell whether of groups of days each is known and before or behind all of every other."""
    known = [[day for day in group if day] for group in days]
    if len(days) < 2 or not all(known) or sum(map(len, known)) < sum(map(len, days)):
        return False
    spans = sorted((min(group), max(group)) for group in known)
    return all(before[1] < behind[0] for before, behind in pairwise(spans))


def _said(found: Sequence[Finding]) -> list[tuple[str, str]]:
    return [(one.article_id, one.words) for one in found]


def _quoted(answer: str) -> str:
    words = " ".join(answer.split())
    return f"“{words if len(words) <= _LONGEST_SHOWN else words[:_LONGEST_SHOWN].rsplit(' ', 1)[0] + ' …'}”"
