"""Findings that give the same answer: how sure they are together, and which of them tells it best."""

import math
from collections.abc import Sequence

from qa.article_sentences import is_headline
from qa.findings import Finding
from qa.same_answer import answer_key, says_the_same
from qa.values import moment

COMPANION_SHARE = 0.6  # of the best confidence, which further sentences need to stand beside the best
# What another article that gives the same answer takes off the remaining doubt, as a share of its own confidence.
_AGREEMENT = 0.3


def grouped(found: Sequence[Finding]) -> list[list[Finding]]:
    """Put findings that give the same answer together, best first.

    One joins a group when it says the same as every member: "5 August" and "6 August" are not one answer because
    "August" is the same as either.
    """
    groups: list[tuple[list[frozenset[str]], list[Finding]]] = []
    for one in found:
        key = answer_key(one.answer)
        for keys, group in groups:
            if all(says_the_same(other, key) for other in keys):
                keys.append(key)
                group.append(one)
                break
        else:
            groups.append(([key], [one]))
    return [group for _, group in groups]


def pooled(group: Sequence[Finding]) -> float:
    """One answer found in several articles strengthens itself."""
    by_article: dict[str, float] = {}
    for one in group:
        by_article.setdefault(one.article_id, one.confidence)
    first, *others = by_article.values()
    return 1 - (1 - first) * math.prod(1 - _AGREEMENT * other for other in others)


def told_best(group: Sequence[Finding]) -> list[Finding]:
    """Put first what says the answer best: "2 September 2024" before "September", a sentence before the headline."""
    if not group:
        return []
    first = group[0]
    near = [one for one in group if one.confidence >= COMPANION_SHARE * first.confidence]
    fuller = [one for one in near if _names_more_of_a_day(one, first)]
    told = [one for one in near if not _is_headline(one)] if _is_headline(first) else []
    better = next(iter([*fuller, *told]), first)
    return [better, *(one for one in group if one is not better)]


def _names_more_of_a_day(one: Finding, other: Finding) -> bool:
    full, part = moment(one.answer), moment(other.answer)
    return full is not None and part is not None and full != part and full.holds(part)


def _is_headline(finding: Finding) -> bool:
    return is_headline(finding.wording, finding.passage.title)
