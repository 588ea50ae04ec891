"""Is the answer right? Evaluators of one answer; scores are 0 to 1."""

from eval.cases import Case, GoldView
from eval.text_matching import holds, plain_text, token_f1, without_markers, words
from qa.records import Answer, View


def answer_text(answer: Answer) -> str:
    """The answer as prose, without its markers."""
    return without_markers(answer.answer)


def short_text(answer: Answer) -> str:
    """The bare words where the engine found them, else the whole answer."""
    return answer.short_answer or answer_text(answer)


def refused(answer: Answer) -> bool:
    """Did the system say that the articles don't answer it?"""
    return answer.status == "not_in_sources"


def scores_short_answer(case: Case) -> bool:
    """Does the case accept whole answers? A list accepts its items instead, a disagreement its sides."""
    return case.kind != "disagreement" and bool(case.accepted.answers or case.accepted.patterns)


def answer_exact(case: Case, answer: Answer) -> float | None:
    """Exact match (Rajpurkar et al. 2016): 1 if the short answer is an accepted one, both normalised by `words`.

    A pattern that matches the whole short answer accepts it too. A refusal scores 0. None unless
    `scores_short_answer`.
    """
    if not scores_short_answer(case):
        return None
    if refused(answer):
        return 0.0
    accepted, given = case.accepted, short_text(answer)
    same_words = any(words(given) == words(gold) for gold in accepted.answers)
    return float(same_words or any(pattern.fullmatch(plain_text(given)) for pattern in accepted.patterns))


def answer_f1(case: Case, answer: Answer) -> float | None:
    """Token F1 (Rajpurkar et al. 2016) of the short answer, the best over the accepted ones.

    An exact answer has 1, also by a pattern; a refusal 0. None unless `scores_short_answer`.
    """
    exact = answer_exact(case, answer)
    if exact is None or exact or refused(answer):
        return exact
    given = words(short_text(answer))
    return max((token_f1(given, words(gold)) for gold in case.accepted.answers), default=0.0)


def answer_right(case: Case, answer: Answer) -> bool:
    """Is it answered, and does the answer hold what is accepted?

    One accepted answer must stand, as whole words, in the short answer or in a statement, or one pattern match either
    of them. Where the case has `all_of`, one alternative of every inner list must stand in any of them instead. A
    disagreement is answered right where every side is shown. What is reckoned stands in the note.
    """
    if refused(answer):
        return False
    if case.kind == "disagreement":
        return bool(disagreement_found(case, answer))
    texts = _said(answer)
    if case.kind == "arithmetic" and answer.note:
        texts.append(answer.note)
    spoken = [words(text) for text in texts]

    def stands(phrase: str) -> bool:
        return any(holds(one, words(phrase)) for one in spoken)

    accepted = case.accepted
    if accepted.all_of:
        return all(any(stands(option) for option in options) for options in accepted.all_of)
    if any(stands(gold) for gold in accepted.answers):
        return True
    return any(
        pattern.search(form) for pattern in accepted.patterns for text in texts for form in (text, plain_text(text))
    )


def _said(answer: Answer) -> list[str]:
    """The short answer and each statement; patterns may be anchored to one of them, so they stay apart."""
    statements = [without_markers(statement.text) for statement in answer.statements]
    return [answer.short_answer, *statements] if answer.short_answer else statements


def disagreement_found(case: Case, answer: Answer) -> bool | None:
    """Does the answer show every side of the case, each in a view of its own that cites an article of that side?

    A view shows a side if its words, or those it quotes, hold an accepted answer of the side. None for other kinds.
    """
    if case.kind != "disagreement":
        return None
    return _each_in_its_own(list(case.views), list(answer.views))


def _each_in_its_own(sides: list[GoldView], views: list[View]) -> bool:
    """Can every side be given a view of its own? Tries all ways; there are two or three of each."""
    if not sides:
        return True
    first, *rest = sides
    fitting = (position for position, view in enumerate(views) if _shows(first, view))
    return any(_each_in_its_own(rest, views[:position] + views[position + 1 :]) for position in fitting)


def _shows(side: GoldView, view: View) -> bool:
    files = {span.file for span in side.spans}
    if not any(citation.file in files for citation in view.citations):
        return False
    spoken = words(" \n ".join([view.answer, *(citation.quote for citation in view.citations)]))
    return any(holds(spoken, words(gold)) for gold in side.answers)


def false_alarm(case: Case, answer: Answer) -> bool | None:
    """Does the answer show sides where the articles do not disagree? None for disagreements and refusals."""
    if case.kind == "disagreement" or refused(answer):
        return None
    return len(answer.views) >= 2


def same_answer(first: Answer, second: Answer) -> bool:
    """Are the two answers equal in everything but their timings?"""
    return all(
        getattr(first, name) == getattr(second, name) for name in Answer.__dataclass_fields__ if name != "timings_ms"
    )
