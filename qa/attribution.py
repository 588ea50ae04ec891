"""Who says so: whom an article names for what it reports, where it does not say it as its own."""

import re

from index.mentions import MONTHS

_SAY = (
    r"(?:said|says|say|told|tells|claim(?:s|ed)?|confirm(?:s|ed)?|report(?:s|ed)|announce[sd]?|state[sd]|argue[sd]?|"
    r"insist(?:s|ed)?|describe[sd]?|warn(?:s|ed)?|suggest(?:s|ed)?|note[sd]|add(?:s|ed)(?= that|:|,)|"
    r"call(?:s|ed)(?! (?:off|for|on|an?|elections?)\b)|den(?:y|ies|ied)|"
    r"estimate[sd]?|predict(?:s|ed)?|allege[sd]?|acknowledge[sd]?|stress(?:es|ed)?|declare[sd]?)"
)
_NAME = r"(?-i:[^\W\d_a-z])[\w.'’-]*"
_ROLE = (
    r"(?:(?:a|an|the|several|some|two|three|many|one)\s+)?(?:[\w'’.-]+\s+){0,4}?"
    r"(?:sources?|officials?|spokes(?:man|woman|person|people)|reports?|witnesses|experts?|diplomats?|ministers?|"
    r"police|leaders?|authorities|ministry|mayor|government|company|court|reporters?|analysts?|observers|aides?|"
    r"residents|scientists?|researchers?)"
)
_WHERE = rf"(?:\s+(?:of|in|for|at)\s+(?:the\s+)?{_NAME})?"
_SPEAKER = rf"(?:{_ROLE}(?:\s+{_NAME}){{0,3}}{_WHERE}|(?:the\s+)?{_NAME}(?:\s+(?:of|de|von|van|der|al|{_NAME})){{0,5}})"
_BETWEEN = r"(?:,[^,]{1,60},)?(?:\s+(?:on \w+day|also|later|earlier|now|has|have|had|reportedly))*"
_PRONOUN = re.compile(
    r"^(?:he|she|it|they|we|i|this|that|these|those|there|who|which|but|and|however|meanwhile|(?:no|some|any|every)(?:body|one)|"
    r"many|some|most|all|none|others)$",
    re.IGNORECASE,
)
# A capital at the beginning of a sentence is no name's: "As Moore said", "In May Moore said".
_LEADING = re.compile(
    rf"^(?:in|on|at|as|after|before|by|since|while|when)\s+(?:(?:{'|'.join(MONTHS)})\s+)?", re.IGNORECASE
)
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\baccording to (?P<speaker>{_SPEAKER})",
        # "US sources claim (that) ...", "CNN also reported ..."
        rf"(?:^|[.,;:“”\"]\s+|\b(?:but|and|while|as)\s+)(?P<speaker>{_SPEAKER}){_BETWEEN}\s+{_SAY}\b",
        # "...," Moore said / said Moore
        rf"[,?!][”\"’']\s*(?P<speaker>{_SPEAKER})\s+{_SAY}\b",
        rf"[,?!][”\"’']?\s+{_SAY}\s+(?P<speaker>{_SPEAKER})",
        rf",\s*(?P<speaker>{_SPEAKER})\s+{_SAY}\.?[”\"]?$",
    )
)


def speaker(sentence: str) -> str | None:
    """Return whom a sentence names for what it says; None where it speaks for itself, or names only "he"."""
    for pattern in _PATTERNS:
        match = pattern.search(sentence)
        if match:
            named = " ".join(match["speaker"].split()).rstrip(".")
            named = _LEADING.sub("", named)
            return named if named and not _PRONOUN.match(named.split()[0]) else None
    return None
