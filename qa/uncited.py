"""A reply from the list of articles: from counts, titles, days and what files state of themselves. It cites nothing."""

from collections.abc import Iterable

from qa.records import Answer, Pointer


def from_the_list(
    asked: str, standalone: str, told: str, pointers: Iterable[Pointer], suggestions: tuple[str, ...] = ()
) -> Answer:
    """Return what is told of the articles, as an answer with a status of its own."""
    return Answer(
        question=asked,
        standalone_question=standalone,
        status="about_collection",
        answer=told,
        short_answer=None,
        statements=(),
        citations=(),
        views=(),
        engine="collection",
        dropped=0,
        incomplete=False,
        fallback_reason=None,
        confidence=1.0,
        pointers=tuple(pointers),
        suggestions=suggestions,
    )
