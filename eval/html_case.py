"""One open case on the page: asked, expected, answered, cited in context, timed."""

import re
from collections.abc import Mapping
from html import escape

from eval.cases import Case
from eval.citation_metrics import all_citations, is_exact, overlaps
from eval.records import Judged
from eval.wording import expected_lines
from qa.records import Answer, Citation

CONTEXT = 140  # characters of the article shown on either side of a quote
# Control characters and lone surrogates: legal in a Python string, not in a page.
_NOT_HTML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def text(value: str) -> str:
    """Any text as HTML shows it: nothing in it is markup."""
    return escape(_NOT_HTML.sub("\ufffd", value))


def case_card(judged: Judged, articles: Mapping[str, str], flipped: bool) -> str:
    """A case as a disclosure: one line closed, everything open."""
    case, verdict = judged.outcome.case, judged.verdict
    state = "passed" if verdict.passed else "failed"
    tags = [f'<span class="tag {"good" if verdict.passed else "bad"}">{state}</span>']
    tags += [f'<span class="tag">{label}</span>' for label in (case.kind.replace("_", " "), *(["must"] * case.must))]
    tags += ['<span class="tag">changed since the baseline</span>'] * flipped
    reasons = "".join(f'<p class="bad">{text(reason)}</p>' for reason in verdict.failures)
    return (
        f'<details class="case {state}" id="case-{text(case.id)}" data-kind="{case.kind}" '
        f'data-state="{state}{" flipped" if flipped else ""}">'
        f"<summary>{''.join(tags)}<strong>{text(case.question.text)}</strong>{reasons}</summary>"
        f'<div class="body">{_asked(case)}{_expected(case)}{_answered(judged)}{_cited(judged, articles)}'
        f"{_gold(case, articles)}{_timed(judged)}</div></details>"
    )


def _asked(case: Case) -> str:
    lines = [f"<p>{turn.role}: {text(turn.content)}</p>" for turn in case.question.history]
    filters = case.question.filters
    if filters:
        bounds = f"{filters.published_from or '…'} to {filters.published_to or '…'}"
        lines.append(f"<p>published {bounds}; publishers: {text(', '.join(filters.publishers) or 'any')}</p>")
    asked = f"<h3>Asked after</h3>{''.join(lines)}" if lines else ""
    note = f'<p class="soft">{text(case.note)}</p>' if case.note else ""
    return f'<p class="soft"><code>{text(case.id)}</code></p>{note}{asked}'


def _expected(case: Case) -> str:
    lines = "".join(f"<li>{text(line)}</li>" for line in expected_lines(case))
    return f"<h3>Expected</h3><ul>{lines}</ul>"


def _gold(case: Case, articles: Mapping[str, str]) -> str:
    """The words that a right answer may cite, folded away: there can be many."""
    if not case.gold:
        return ""
    quotes = "".join(
        f'<p class="soft">{text(span.file)} {span.start} to {span.end}</p>'
        f"<blockquote>{_in_context(articles[span.file], span.start, span.end)}</blockquote>"
        for span in case.gold
    )
    places = "1 place" if len(case.gold) == 1 else f"{len(case.gold)} places"
    return f"<details><summary>Where the articles say it: {places}</summary>{quotes}</details>"


def _answered(judged: Judged) -> str:
    answer, verdict = judged.outcome.answer, judged.verdict
    if answer is None:
        return "<h3>Answered</h3><p>nothing: an exception instead of an answer</p>"
    shown = "The articles don't say." if answer.status == "not_in_sources" else answer.answer
    facts = [f"engine {answer.engine}", f"confidence {answer.confidence:.3f}"]
    facts += [f"short answer “{answer.short_answer}”"] if answer.short_answer else []
    facts += [f"F1 {verdict.f1:.2f}"] if verdict.f1 is not None else []
    facts += [f"{answer.dropped} statements dropped"] if answer.dropped else []
    facts += ["not the same when asked twice"] if verdict.deterministic is False else []
    facts += [f"fell back: {answer.fallback_reason}"] if answer.fallback_reason else []
    alone = ""
    if answer.standalone_question != judged.outcome.case.question.text:
        alone = f'<p class="soft">asked on its own: {text(answer.standalone_question)}</p>'
    return (
        f'<h3>Answered</h3>{alone}<p class="answer">{text(shown)}</p>{_views(answer)}'
        f'<p class="soft">{text(" · ".join(facts))}</p>'
    )


def _views(answer: Answer) -> str:
    views = "".join(f"<li>{text(', '.join(view.publishers))}: {text(view.answer)}</li>" for view in answer.views)
    return f"<h3>Sides shown</h3><ul>{views}</ul>" if views else ""


def _cited(judged: Judged, articles: Mapping[str, str]) -> str:
    answer, case = judged.outcome.answer, judged.outcome.case
    if answer is None or not (citations := all_citations(answer)):
        return ""
    return "<h3>Cited</h3>" + "".join(_citation(citation, case, articles) for citation in citations)


def _citation(citation: Citation, case: Case, articles: Mapping[str, str]) -> str:
    tags = ""
    if any(span.file == citation.file and overlaps(citation.start, citation.end, span) for span in case.gold):
        tags = '<span class="tag good">expected</span>'
    about = [citation.file, f"{citation.start} to {citation.end}", citation.title, citation.publisher]
    about += [citation.published.isoformat()] if citation.published else []
    line = f'<p class="soft">[{citation.number}] {tags}{text(" · ".join(part for part in about if part))}</p>'
    if is_exact(citation, articles):
        quoted = _in_context(articles[citation.file], citation.start, citation.end)
        return f"{line}<blockquote>{quoted}</blockquote>"
    return (
        f'{line}<p class="bad">These are not the article\'s words at that place:</p>'
        f"<blockquote>{text(citation.quote)}</blockquote>"
    )


def _in_context(article: str, start: int, end: int) -> str:
    """The words at start:end marked, with what stands around them."""
    before, after = max(0, start - CONTEXT), min(len(article), end + CONTEXT)
    return (
        f"{'…' if before else ''}{text(article[before:start])}<mark>{text(article[start:end])}</mark>"
        f"{text(article[end:after])}{'…' if after < len(article) else ''}"
    )


def _timed(judged: Judged) -> str:
    outcome = judged.outcome
    stages = outcome.answer.timings_ms if outcome.answer else {}
    parts = [f"{stage} {milliseconds:.1f}" for stage, milliseconds in stages.items()]
    parts.append(f"answer as called {outcome.answer_ms:.1f}")
    parts += [f"search as called {outcome.search_ms:.1f}"] if outcome.search_ms is not None else []
    return f'<h3>Milliseconds</h3><p class="soft">{text(" · ".join(parts))}</p>'
