"""Do the citations stand, and do they support? Evaluators of one answer; scores are 0 to 1."""

from collections.abc import Mapping, Sequence

from eval.cases import Case, GoldSpan
from eval.text_matching import marker_numbers
from qa.records import Answer, Citation, Statement, View


def overlaps(start: int, end: int, gold: GoldSpan) -> bool:
    """Do they share at least half of the shorter one? Touching at an edge is not enough."""
    shared = min(end, gold.end) - max(start, gold.start)
    return shared > 0 and 2 * shared >= min(end - start, gold.end - gold.start)


def all_citations(answer: Answer) -> tuple[Citation, ...]:
    """Every distinct citation of an answer, those inside statements and views included."""
    nested = [citation for statement in answer.statements for citation in statement.citations]
    viewed = [citation for view in answer.views for citation in view.citations]
    return tuple(dict.fromkeys([*answer.citations, *nested, *viewed]))


def is_exact(citation: Citation, articles: Mapping[str, str]) -> bool:
    """article.text[start:end] == quote, with 0 <= start < end <= len(text): Python would read a negative start too."""
    text = articles.get(citation.file)
    if text is None or not 0 <= citation.start < citation.end <= len(text):
        return False
    return text[citation.start : citation.end] == citation.quote


def malformed(answer: Answer) -> str | None:
    """Why the answer breaks its own promises, or None: an answer has statements, each statement and view a citation.

    Markers name citations; statements' citations are the answer's; a refusal cites nothing, and neither does a reply
    about the collection; confidence is 0 to 1.
    """
    if not 0 <= answer.confidence <= 1:
        return f"the confidence {answer.confidence} is not between 0 and 1"
    if answer.status == "not_in_sources":
        return "it refuses and cites" if all_citations(answer) or answer.statements else None
    if answer.status == "about_collection":
        return "it tells of the collection and cites" if all_citations(answer) or answer.statements else None
    if not answer.statements:
        return "it answers without a statement"
    parts: list[Statement | View] = [*answer.statements, *answer.views]
    if not all(part.citations for part in parts):
        return "a statement or a view has no citation"
    numbers = [citation.number for citation in answer.citations]
    if sorted(numbers) != list(range(1, len(numbers) + 1)):
        return "the citations are not numbered from 1, each once"
    if set(all_citations(answer)) != set(answer.citations):
        return "a statement or a view cites what the answer does not list"
    quoted = " ".join(part.text for part in answer.statements)
    dangling = marker_numbers(answer.answer) - marker_numbers(quoted) - set(numbers)
    return f"markers without a citation: {sorted(dangling)}" if dangling else None


def _meets_gold(citation: Citation, gold: Sequence[GoldSpan]) -> bool:
    return any(citation.file == span.file and overlaps(citation.start, citation.end, span) for span in gold)


def _units(answer: Answer) -> list[tuple[Citation, ...]]:
    """The citations of each thing said: the statements, or where there are none, the views."""
    if answer.statements:
        return [statement.citations for statement in answer.statements]
    return [view.citations for view in answer.views]


def citation_recall(case: Case, answer: Answer) -> float | None:
    """ALCE's citation recall (Gao et al. 2023, section 3): the share of statements that their citations support.

    There a model judges support; here a citation supports if it overlaps a gold span of its file. A true statement
    beyond the gold thus counts as unsupported. None where there is no gold or nothing said.
    """
    units = _units(answer)
    if not case.gold or not units:
        return None
    supported = [any(_meets_gold(citation, case.gold) for citation in unit) for unit in units]
    return sum(supported) / len(units)


def citation_precision(case: Case, answer: Answer) -> float | None:
    """ALCE's citation precision (Gao et al. 2023, section 3): the share of citations that are needed.

    A citation is needed if its statement is supported and it supports by itself, or the rest would not without it.
    With support read off the gold, that is: it overlaps a gold span. A statement without a citation adds nothing.
    """
    citations = [citation for unit in _units(answer) for citation in unit]
    if not case.gold or not citations:
        return None
    return sum(_meets_gold(citation, case.gold) for citation in citations) / len(citations)


def rests_on_gold(case: Case, answer: Answer) -> bool:
    """Does at least one citation overlap a gold span?"""
    return any(_meets_gold(citation, case.gold) for citation in all_citations(answer))


def cites_all_sources(case: Case, answer: Answer) -> float | None:
    """1 if a gold span is cited in every article that holds one. None where the gold stands in a single article."""
    if len(case.gold_files) < 2:
        return None
    met = {citation.file for citation in all_citations(answer) if _meets_gold(citation, case.gold)}
    return float(met >= case.gold_files)
