"""Can two answers both be right? By what was asked for: a day, an amount, a thing, or yes and no.

Each function returns True where they cannot, False where they say the same, and None where nothing can be told: above
all where the sentences around them may tell of different matters, such as another year, a part, or a second time.
"""

import re

from index.spelling import plain_form
from index.words import STOP_WORDS
from qa.findings import Finding
from qa.opposites import says_the_opposite
from qa.relative_days import days_said
from qa.same_answer import answer_key, says_the_same
from qa.tokens import DENIALS, FREE, tokens
from qa.values import Amount, Moment, amount, moment, years

_REFUSALS = frozenset(plain_form(stem) for stem in "fail refus reject deni dismiss declin unabl lack".split())
_DENY = DENIALS | _REFUSALS
_SAY_NOTHING = STOP_WORDS | FREE | {"said", "yet", "ever", "even"}
_OF_A_PART = re.compile(
    r"\balone\b|\b(?:a|per|each|every) (?:day|week|month|year|person|head)\b|\bdaily\b|\bannually\b", re.IGNORECASE
)
_WHICH_TIME = frozenset("first second third fourth fifth last next another previous will".split())


def moments_differ(one: Finding, other: Finding) -> bool | None:
    """Compare the days that two findings name."""
    first, second = _moment(one), _moment(other)
    if not first or not second:
        return None
    differ = first.differs(second)
    if not differ:
        return differ
    another_year = first.year != second.year and (first.year in years(other.words) or second.year in years(one.words))
    return None if another_year or _tells_both(one, other) or not _same_time(one, other) else True


def amounts_differ(one: Finding, other: Finding) -> bool | None:
    """Compare the amounts that two findings name."""
    first, second = figure(one), figure(other)
    if not first or not second:
        return None
    differ = first.differs(second)
    if not differ:
        return differ
    if bool(_OF_A_PART.search(one.words)) != bool(_OF_A_PART.search(other.words)):
        return None
    whole = max(first.value, second.value)  # "900 jobs, 300 of them in Quillon"
    part = one if first.value < second.value else other
    of_it = f"{whole:.15g}" in {token.text for token in tokens(part.words)}
    return None if of_it or _tells_both(one, other) or not _same_time(one, other) else True


def things_differ(one: Finding, other: Finding, given: frozenset[str]) -> bool | None:
    """Compare what two findings name, beside the question's words `given`, as an answer's key."""
    first, second = (answer_key(finding.answer) - given for finding in (one, other))
    if not first or not second:
        return None
    if says_the_same(first, second):
        return False
    return None if _tells_both(one, other) else True


def verdicts_differ(one: Finding, other: Finding, given: frozenset[str], statement: str) -> bool | None:
    """Compare whether two sentences say or deny what is asked, as a statement and in its words `given`, as tokens."""
    first, second = (
        True if says_the_opposite(statement, finding.words) else denies(finding.words, given)
        for finding in (one, other)
    )
    return None if first is None or second is None else first != second


def figure(finding: Finding) -> Amount | None:
    """Return the one amount that a finding names, None where it names not just one."""
    return amount(_before(finding), finding.answer, _behind(finding))


def _moment(finding: Finding) -> Moment | None:
    """Return the day that a finding names, or that its weekday is by its article's date."""
    named = moment(finding.answer, _before(finding))
    if named:
        return named
    answer = finding.answer.lower()
    said = {
        one.day
        for one in days_said(finding.words, finding.passage.published)
        if one.words.lower() in answer or answer in one.words.lower()
    }
    day = said.pop() if len(said) == 1 else None
    return Moment(day.year, day.month, day.day) if day else None


def _before(finding: Finding) -> str:
    return finding.passage.chunk.words(finding.sentence.start, finding.span.start)


def _behind(finding: Finding) -> str:
    return finding.passage.chunk.words(finding.span.end, finding.sentence.end)


def _tells_both(one: Finding, other: Finding) -> bool:
    """Tell whether a sentence says the other's answer too: "founded in 1600, dissolved in 1874" denies neither."""
    first, second = answer_key(one.answer), answer_key(other.answer)
    return first <= answer_key(other.words) or second <= answer_key(one.words)


def _same_time(one: Finding, other: Finding) -> bool:
    """Tell whether nothing shows that the sentences are of other times, or other ones of several."""
    named = [years(finding.words) - years(finding.answer) for finding in (one, other)]
    if all(named) and named[0].isdisjoint(named[1]):
        return False
    times = [{token.text for token in tokens(finding.words)} & _WHICH_TIME for finding in (one, other)]
    return times[0] == times[1]


def denies(sentence: str, given: frozenset[str]) -> bool | None:
    """Tell whether a sentence denies what is asked; None where it doesn't speak of it, or denies something else."""
    asked = given - _SAY_NOTHING
    if asked & _DENY:
        return None  # "Did she reject it?" is answered yes by what denies
    found = tokens(sentence)
    clauses = {token.clause for token in found if token.text in asked}
    if not clauses:
        return None
    own = [token for token in found if token.clause in clauses]
    denying = [place for place, token in enumerate(own) if token.text in _DENY]
    if not denying:
        return False
    denied = (next((token.text for token in own[n + 1 :] if token.text not in _SAY_NOTHING), "") for n in denying)
    return True if any(word in asked for word in denied) else None
