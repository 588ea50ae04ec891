"""What a question's wording demands of an answer's form: a number, a time, a name, and something that it doesn't say.

Only where no right answer can lack it: "Who ...?" may be answered by "a young man", but "What is the name of ...?" not.
"""

import re

from qa.same_answer import answer_key

YES, NO = "Yes", "No"
_TO_TWELVE = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_NUMBER = (
    rf"\d|\b(?:an?|{_TO_TWELVE}|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|millions?|billions?|dozens?|half|both|once|twice|"
    r"single|several|few|many|most|none?|no|all|every|only|couple)\b"
)
_UNIT_OF_TIME = r"\b(?:second|minute|hour|day|night|week|month|year|decade|centur)"
_MONTH = r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_WEEKDAY = r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_TIME = (
    rf"\d|{_UNIT_OF_TIME}|{_MONTH}|{_WEEKDAY}|\b(?:today|tonight|yesterday|tomorrow|morning|noon|afternoon|evening|midnight|"
    r"weekend|spring|summer|autumn|fall|winter|after|before|during|since|until|when|while|once|later|earlier|soon|now|"
    r"recently|ago|last|next|early|late|eve|end|start|time|never|immediately)"
)
_HOUR = (
    r"\d[:.h]\d\d|\b\d{1,2} ?(?:[ap]\.?m\b|uhr|h\b|hours)|\bo['’]?clock\b|"
    r"\b(?:noon|midday|midnight|dawn|dusk|sunrise|sunset|morning|afternoon|evening|night|minutes?|half|quarter|"
    rf"past|lunchtime|{_TO_TWELVE})\b"
)
# A word that says more than when or how much: no day is a reason.
_NO_MERE_TIME = (
    r"\b(?!(?:in|on|by|at|until|till|since|from|to|late|later|early|mid|last|next|this|the|of|and|an?|about|around|half|"
    r"years?|months?|weeks?|days?|spring|summer|autumn|fall|winter|today|yesterday|tomorrow|morning|evening|noon|"
    r"(?:jan|febr)uary|march|april|may|june|july|august|(?:septem|octo|novem|decem)ber|"
    rf"(?:mon|tues|wednes|thurs|fri|satur|sun)day|{_TO_TWELVE}|million|billion|percent|per|cent)\b)[^\W\d_]{{2,}}"
)
_NAME = r"(?-i:[^\W\d_a-z])|\d"
_ASKS_FOR_WORDS = re.compile(r"\b(?:who|whom|whose|what|which|when|where|why|how)\b", re.IGNORECASE)
AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|must)\b"
_ASKS_WHETHER = re.compile(rf"^(?:and |but |so )?{AUXILIARY}", re.IGNORECASE)
_CHOICE = re.compile(r"\bor\b", re.IGNORECASE)
# The first that a question matches decides. Question, and what its answer must hold.
_DEMANDS = [
    (re.compile(question, re.IGNORECASE), re.compile(answer, re.IGNORECASE))
    for question, answer in (
        (r"\bhow (?:many|old)\b", _NUMBER),
        (r"^\W*(?:(?:and|but|so) )?(?:why|how come|for what reason|what (?:is|was) the reason)\b", _NO_MERE_TIME),
        (r"\bhow long\b", rf"{_NUMBER}|{_UNIT_OF_TIME}|\b(?:until|since|long|brief|short)"),
        (r"\b(?:what|which) (?:exact )?time\b(?! (?:of|zone|frame|limit|span|period))", _HOUR),
        (rf"\b(?:which|what) (?:day|date) (?:of|in) {_MONTH}", r"\d|\b(?:first|second|third|\w+(?:st|nd|rd|th))\b"),
        (
            r"\b(?:which|what) (?:day|date)\b|\bwhen (?:is|are|was|were|did|does|do|will|had|has|have|can|should)\b",
            _TIME,
        ),
        (r"\b(?:which|what) year\b", r"\d|\b(?:last|this|next) year"),
        (
            r"\bname of\b|\bwhat(?: is|'s|’s| was) the name\b|\bwhat (?:is|was|are|were) .{1,60} (?:named|called)\b",
            _NAME,
        ),
        (r"\b(?:which|what) (?:country|countries|city|cities|town|state|company|newspaper|agency)\b", _NAME),
    )
]


def asks_whether(question: str) -> bool:
    """Tell whether a question wants yes or no, so that no words of an article are its answer by themselves."""
    return _ASKS_WHETHER.search(question) is not None and not _CHOICE.search(question)


def has_the_form(question: str, answer: str) -> bool:
    """Tell whether `answer` may answer `question`, as far as its form goes."""
    # "Which was it, A or B?" and "Did A do B?" are answered with the question's own words; what asks for a word is not.
    if _ASKS_FOR_WORDS.search(question) and not _CHOICE.search(question) and answer_key(answer) <= answer_key(question):
        return False
    demand = next((answer_form for wording, answer_form in _DEMANDS if wording.search(question)), None)
    return demand is None or demand.search(answer) is not None
