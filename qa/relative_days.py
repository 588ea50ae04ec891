"""Which day "on Tuesday" is, seen from the day on which an article came out: only where there is no doubt.

A weekday of something that has happened is the last such day up to the article's own. What is to come, what somebody
is quoted with, and what stands beside another time ("on Tuesday, 3 March", "on the Tuesday after") is left alone.
"""

import re
from datetime import date, timedelta

from index.mentions import MONTHS
from qa.records import SaidDay

_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTH = rf"(?:{'|'.join(MONTHS)}|{'|'.join(name[:3] for name in MONTHS if name != 'may')}|sept)"
_PART = r"(?: (?:morning|noon|afternoon|evening|night))?"
_OTHER_TIME = rf"(?:,? (?:the )?\d|,? {_MONTH}\b|,? of\b|,? (?:after|before|next|last|following|a week|when|week)\b)"
_WEEKDAY = re.compile(
    rf"\b(?P<words>(?:(?:early|late) )?on (?P<day>{'|'.join(_WEEKDAYS)}){_PART})\b(?!{_OTHER_TIME})", re.IGNORECASE
)
_NEAR = re.compile(r"(?<!\bin )(?<!\bof )\b(?P<words>yesterday|tomorrow)\b(?!['’]s)", re.IGNORECASE)
_STEPS = {"yesterday": -1, "tomorrow": 1}
# What is to come, or was to come then, or happened before something else; each makes a weekday another week's.
_NOT_SURELY_PAST = re.compile(
    r"\b(?:will|would|shall|should|may|might|could|can|must|is to|are to|was to|were to|due|plan(?:s|ned)?|going to|if|"
    r"schedul\w+|expect\w*|until|till|from|by|before|next|hope\w*|want\w*|had|every|each|usually|always|ago|"
    r"invit\w+|summon\w*|call(?:s|ed) (?:for|on)|urge[sd]?|opens|begins|starts|meets|decides|votes|ends|closes|"
    r"takes place|continues?|resumes?|plays?|travels?)\b",
    re.IGNORECASE,
)
# Where a sentence begins so, it tells of that time, and its weekdays are of it.
_TELLS_OF_THEN = re.compile(
    rf"^\W*(?:(?:in|during|since|by|on \d+|at the end of) (?:early |late |mid-)?(?:{_MONTH}|\d{{4}}|"
    r"(?:spring|summer|autumn|winter))|(?:(?:one|two|three|a few|several|\w+) )?(?:weeks?|months?|years?|days?) "
    r"(?:ago|earlier|later|before)|last|earlier|then|at first|back then|that)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"^[^“”«»„]*[”»]|“[^”]*”?|\"[^\"]*\"?|«[^»]*»?|„[^“”]*[“”]?")
_ENDS_A_QUOTATION = re.compile(r"[^\"]*[.,!?]\"")  # one that began in the sentence before


def days_said(words: str, published: date | None) -> tuple[SaidDay, ...]:
    """Return the relative days in an article's words with the days that they surely are, in order, each once."""
    if published is None:
        return ()
    plain = " ".join(words.split())
    if plain.count('"') % 2 and _ENDS_A_QUOTATION.match(plain):
        plain = plain[plain.index('"') + 1 :]
    plain = _QUOTED.sub(lambda match: " " * len(match[0]), plain)
    found: list[tuple[int, SaidDay]] = []
    for match in _NEAR.finditer(plain):
        day = published + timedelta(days=_STEPS[match["words"].lower()])
        found.append((match.start(), SaidDay(match["words"], day)))
    if not _NOT_SURELY_PAST.search(plain) and not _TELLS_OF_THEN.search(plain):
        for match in _WEEKDAY.finditer(plain):
            back = (published.weekday() - _WEEKDAYS.index(match["day"].lower())) % 7
            found.append((match.start(), SaidDay(match["words"], published - timedelta(days=back))))
    return tuple(dict.fromkeys(one for _, one in sorted(found, key=lambda each: each[0])))
