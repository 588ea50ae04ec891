"""A sentence that joins two facts becomes two, so that each is checked by itself."""

import re

_SUBJECT = r"(?:(?:he|she|it|they|there|this|these|those|the|a|an|his|her|its|their)\b|(?-i:[^\W\d_a-z]))"
# A comma or a semicolon before "and" parts clauses, as editors write; without one, only a pronoun behind it shows that.
_JOINED = re.compile(
    rf"(?:[,;]\s+(?:and|but|while|whereas)\s+|;\s+)(?={_SUBJECT})|\s+and\s+(?=(?:he|she|it|they|there)\b)",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must|should|shall|said|says|"
    r"\w+ed|became|began|came|fell|found|gave|got|held|kept|left|lost|made|met|paid|put|ran|rose|sank|saw|sent|sold|"
    r"took|told|went|won|wrote|built|brought|cost|costs|takes?|makes?|gives?|sells?|shows?|wants?|plans?)\b",
    re.IGNORECASE,
)
_LEAST_WORDS = 3  # of a clause


def clauses(statement: str) -> list[str]:
    """Return the sentences that a statement joins, each with a subject and a verb of its own; itself where it is one.

    Words in quotation marks are one thing, whatever they join.
    """
    parts, start = [], 0
    for match in _JOINED.finditer(statement):
        before = statement[start : match.start()]
        whole = not sum(statement.count(mark, 0, match.start()) for mark in '"“”') % 2
        if whole and _is_a_clause(before) and _is_a_clause(statement[match.end() :]):
            parts.append(before)
            start = match.end()
    parts.append(statement[start:])
    return [_sentence(one) for one in parts] if len(parts) > 1 else [statement]


def _is_a_clause(words: str) -> bool:
    return len(words.split()) >= _LEAST_WORDS and _VERB.search(words) is not None


def _sentence(clause: str) -> str:
    bare = clause.strip().rstrip(",;")
    return f"{bare[:1].upper()}{bare[1:]}" + ("" if bare[-1:] in {".", "!", "?", "”", '"'} else ".")
