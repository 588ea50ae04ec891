"""One outcome -> one verdict: every measure of it, whether it passes, and if not, why in words."""

from collections.abc import Mapping

from eval import citation_metrics, metrics
from eval.cases import Case
from eval.records import Outcome, RetrievalScores, Verdict
from eval.retrieval_metrics import retrieval_scores
from qa.records import Answer


def judge(outcome: Outcome, articles: Mapping[str, str]) -> Verdict:
    """The verdict on one outcome; `articles` maps a file to its text."""
    case, answer = outcome.case, outcome.answer
    if answer is None:
        return _no_reply(case, outcome.error)
    retrieval = retrieval_scores(case, outcome.passages)
    citations = citation_metrics.all_citations(answer)
    exact = sum(citation_metrics.is_exact(citation, articles) for citation in citations)
    flaw = citation_metrics.malformed(answer)
    failures = [f"the answer is malformed: {flaw}"] if flaw else []
    if exact < len(citations):
        failures.append(
            f"{len(citations) - exact} of {len(citations)} quotes are not the article's words at that place"
        )
    failures += _content_failures(case, answer, retrieval)
    if outcome.error:
        failures.append(outcome.error)
    right = metrics.answer_right(case, answer)
    return Verdict(
        kind=case.kind,
        answerable=case.answerable,
        passed=not failures,
        failures=tuple(failures),
        replied=outcome.error is None,
        refused=metrics.refused(answer),
        right=right,
        confidence=answer.confidence,
        exact=metrics.answer_exact(case, answer),
        f1=metrics.answer_f1(case, answer),
        citations=len(citations),
        citations_exact=exact,
        well_formed=flaw is None,
        citation_recall=citation_metrics.citation_recall(case, answer),
        citation_precision=citation_metrics.citation_precision(case, answer),
        cites_all_sources=_cites_all_sources(case, answer),
        retrieval=retrieval,
        disagreement_found=metrics.disagreement_found(case, answer),
        false_alarm=metrics.false_alarm(case, answer),
        follow_up_resolved=_resolved(retrieval, right) if case.kind == "follow_up" else None,
        deterministic=None if outcome.again is None else metrics.same_answer(answer, outcome.again),
    )


def _no_reply(case: Case, error: str | None) -> Verdict:
    """An exception instead of an answer is wrong by every measure that counts right answers."""
    scored = 0.0 if metrics.scores_short_answer(case) else None
    return Verdict(
        kind=case.kind,
        answerable=case.answerable,
        passed=False,
        failures=(error or "no answer",),
        replied=False,
        refused=False,
        right=False,
        confidence=0.0,
        exact=scored,
        f1=scored,
        retrieval=retrieval_scores(case, ()),
        disagreement_found=False if case.kind == "disagreement" else None,
        follow_up_resolved=False if case.kind == "follow_up" else None,
    )


def _content_failures(case: Case, answer: Answer, retrieval: RetrievalScores | None) -> list[str]:
    """What is wrong with what was said, whole and well cited or not."""
    if not case.answerable:
        return [] if metrics.refused(answer) else ["answered, though the articles don't say it"]
    if metrics.refused(answer):
        return ["refused, though the articles say it"]
    failures: list[str] = []
    if not metrics.answer_right(case, answer):
        sides = case.kind == "disagreement"
        failures.append("not every side is shown with its article" if sides else "the answer holds nothing accepted")
    if not citation_metrics.rests_on_gold(case, answer):
        failures.append("no citation meets the words expected")
    if case.kind == "agreement" and metrics.false_alarm(case, answer):
        failures.append("shows a disagreement where the articles agree")
    if case.kind == "follow_up" and not (retrieval and retrieval.holds_gold):
        failures.append("the follow-up's own question does not retrieve the words expected")
    return failures


def _resolved(retrieval: RetrievalScores | None, right: bool) -> bool:
    """A follow-up is resolved if it is answered right and its stand-alone question retrieves the gold."""
    return right and retrieval is not None and retrieval.holds_gold


def _cites_all_sources(case: Case, answer: Answer) -> float | None:
    """Disagreements aside, which must cite every side anyway, and refusals, which cite nothing."""
    if case.kind == "disagreement" or metrics.refused(answer):
        return None
    return citation_metrics.cites_all_sources(case, answer)
