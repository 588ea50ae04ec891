"""Where to read on: exact words of articles that are shown beside an answer and support none of it."""

from collections.abc import Sequence

from qa.citations import CitationLedger
from qa.records import Answer, Pointer, Support


def pointer(ledger: CitationLedger, support: Support) -> Pointer | None:
    """Return the place of these words, None where the article doesn't hold them."""
    found = ledger.locate(support)
    if found is None:
        return None
    return Pointer(
        found.article_id, found.file, found.title, found.publisher, found.published,
        found.start, found.end, found.quote, found.page, found.shown,
    )  # fmt: skip


def hints(answer: Answer) -> list[str]:
    """Return in lines what stands beside an answer that is none: where to read on, and what to ask instead."""
    unknown = [f"“{word}”" for word in answer.unknown_words]
    said = [f"No article has the word{'s' if len(unknown) > 1 else ''} {_listed(unknown)}."] if unknown else []
    heading = "Nearest, and no answer:" if answer.status == "not_in_sources" else "Among them:"
    lines = [*said, heading] if answer.pointers else said
    for one in answer.pointers:
        about = [one.title or one.file, one.publisher, one.published and one.published.isoformat()]
        lines.append(f"- {' · '.join(part for part in about if part)}: “{' '.join(one.quote.split())}”")
    if answer.suggestions:
        lines.append(f"You could ask: {' '.join(answer.suggestions)}")
    return lines


def _listed(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last
