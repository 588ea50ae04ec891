"""What a question wants beside a fact: an account of a story, or what somebody says. The one place that tells.

What is left of the question without the words that say so is its topic: "the row over the memo" of "What is the row
over the memo about?".
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from index.mentions import MONTHS

Kind = Literal["fact", "summary", "statements"]

_SHORT = r"(?:a |an |the )?(?:very )?(?:short |brief |quick |full |whole )*"
_SUMMARY = r"(?:summary|overview|outline|gist|recap|synopsis|rundown|main points|key points)"
_OPENING = r"^\W*(?:(?:ok|and|so|now),? )*"
_ACCOUNTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_OPENING}(?:briefly )?(?:summari[sz]e|sum up|recap|outline)[, ]+(?P<topic>.+)",
        rf"{_OPENING}(?:give|show|write|tell|i (?:need|want)|what(?:['’]s| is| are))\W*(?:me )?{_SHORT}{_SUMMARY}"
        r" (?:of|on|about)\b(?P<topic>.+)",
        rf"{_OPENING}{_SUMMARY} (?:of|on|about)\b(?P<topic>.+)",
        r"^\W*what(?:['’]s| is| was| are| were) (?P<topic>.+?)(?: all)? about\W*$",
        rf"^\W*what(?:['’]s| is| was) {_SHORT}(?:story|background) (?:of|behind|with|on|about)\b(?P<topic>.+)",
        rf"{_OPENING}tell me (?:more |all |everything |something |a (?:bit|little) )*about (?P<topic>.+)",
        r"^\W*what (?:do|does|did) (?:the|these|your|those) (?:articles?|papers?|reports?|documents?|texts?|news)"
        r" (?:say|write|tell(?: us)?|report) (?:about|on|of) (?P<topic>.+)",
        r"^\W*what (?:is|was) (?:known|reported|said|written) (?:about|on|of) (?P<topic>.+)",
        r"^\W*what do (?:you|we) know (?:about|of) (?P<topic>.+)",
    )
)
_SAY = r"(?:say|tell|argue|claim|think|write|explain|complain|conclude|demand|criticise|criticize)"
_SAID = (
    r"(?:s(?:ays|aid)|t(?:ells|old)|argue[sd]|claim(?:s|ed)|thinks|thought|writes|wrote|explain(?:s|ed)|conclude[sd]|"
    r"found out)"
)
_WHERE = r"(?:\s+(?:about|on|of|in|to|at|against|before|over)\s+(?P<topic>.+?))?"
_SPEAKER = r"(?P<speaker>[^,;:?]{2,60}?)"
_STATEMENTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^\W*(?:and |but |so )?what (?:did|does|do|has|have) {_SPEAKER} (?:have to )?{_SAY}\b{_WHERE}\W*$",
        rf"^\W*(?:and |but |so )?what (?:did|does|do|has|have) {_SPEAKER} (?:have to )?{_SAY}\b{_WHERE}[?.] .{{0,40}}$",
        rf"^\W*what (?:has|have) {_SPEAKER} {_SAID}\b{_WHERE}\W*$",
        rf"^\W*what {_SPEAKER} (?:has |have |had )?{_SAID}\b(?:(?:\s+(?:about|on|of|to|in|at))?\s+(?P<topic>.+?))?\W*$",
    )
)
_CONCLUSIONS = re.compile(
    rf"^(?:the )?{_SPEAKER}(?:['’]s?)? (?:conclusions?|findings?|arguments?|statements?|views?|position|testimony)"
    r"(?: (?:on|about|of|to|in) (?P<topic>.+?))?\W*$",
    re.IGNORECASE,
)
_LATEST_ON = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^\W*what(?:['’]s| is| are) the (?:latest|newest|most recent)(?: news| developments?| state| status| word)?"
        r" (?:on|in|about|with|of|from|regarding)\b(?P<topic>.+)",
        r"^\W*(?:is there |are there |do you have )?(?:any |some |the )?(?:latest|recent |newest)? ?(?:news|updates?)"
        r" (?:on|about|regarding|of|in)\b(?P<topic>.+)",
        r"^\W*what(?:['’]s| is| has) (?:new|changed|the news) (?:on|in|about|with|at)\b(?P<topic>.+)",
        r"^\W*how do(?:es)? (?:things|matters|it) stand (?:with|in|at)\b(?P<topic>.+)",
        r"^\W*(?:the )?latest (?:on|about)\b(?P<topic>.+)",
    )
)
_NOW = re.compile(
    r"\b(?:latest|newest|most recent|currently|at present|at the moment|as of (?:today|now)|as things stand|"
    r"so far|nowadays|up to now|by now|right now|today['’]s)\b|\bnow\W*$"
    r"|^\W*(?:who|what|which|how (?:much|many|high|old))\b.{0,25}\bcurrent\b"
    r"|\b(?:is|are|who|what|where|does|do|has|have)\b.{0,60}\bnow\b",
    re.IGNORECASE,
)
# Then beside now, or one of two: a comparison, and a choice.
_OTHERWISE = re.compile(
    r"\bor\b|\b(?:at first|originally|initially|in the beginning|back then)\b[^.?!]*\band\b[^.?!]*\bnow\b",
    re.IGNORECASE,
)
_IN_A_MONTH = re.compile(
    rf"\b(?:in|during|of|from|for)(?: the month of)? (?P<month>{'|'.join(MONTHS)})"
    r"(?:,? (?:of )?(?P<year>(?:19|20)\d\d))?\W*$",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"^\W*what (?:(?:else |all )?(?:has |have )?happen(?:ed|s)|was (?:going on|in the news|new)|were the news)"
    r"(?:,? (?:(?:with|to|at|on|around) )?(?P<topic>.*?))?\W*$",
    re.IGNORECASE,
)
_ASKERS = frozenset("i we you it he she they this that who what one people articles article".split())


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question wants: `topic` is what it is about, `speaker` whose statements are wanted.

    `latest` tells that the newest counts most, `month` of which month it is to be, with its year if that is named.
    """

    kind: Kind
    topic: str = ""
    speaker: str = ""
    latest: bool = False
    month: tuple[int, int | None] | None = None

    @property
    def about(self) -> str:
        """All that names what it is about."""
        return f"{self.speaker} {self.topic}".strip()


def wanted(question: str) -> Wanted:
    """Return what a question wants; a fact where nothing else is said."""
    for pattern in _LATEST_ON:
        if match := pattern.match(question):
            return Wanted("summary", match["topic"].strip(" ?!.,"), latest=True)
    if of_month := _of_month(question):
        return of_month
    for pattern in _ACCOUNTS:
        if match := pattern.match(question):
            topic = match["topic"].strip(" ?!.,")
            inner = _statements(topic) or _conclusions(topic)
            return Wanted("summary", inner.topic, inner.speaker) if inner else Wanted("summary", topic)
    return _statements(question) or Wanted("fact")


def asks_for_latest(question: str) -> bool:
    """Tell whether a question asks how things are now, so that a newer article counts more than an older one."""
    return _NOW.search(question) is not None and _OTHERWISE.search(question) is None


def _of_month(question: str) -> Wanted | None:
    """Return what is wanted of a month: all that happened, or an account of something."""
    match = _IN_A_MONTH.search(question)
    if not match:
        return None
    month = MONTHS.index(match["month"].lower()) + 1, int(match["year"]) if match["year"] else None
    rest = question[: match.start()].strip()
    if happened := _HAPPENED.match(rest):
        return Wanted("summary", (happened["topic"] or "").strip(" ?!.,"), month=month)
    account = wanted(rest)
    if account.kind == "summary" or re.fullmatch(
        rf"{_OPENING}(?:summari[sz]e|(?:news|{_SUMMARY}))", rest, re.IGNORECASE
    ):
        return replace(account, kind="summary", month=month)
    return None


def _statements(question: str) -> Wanted | None:
    for pattern in _STATEMENTS:
        match = pattern.match(question)
        if match and not _ASKERS.issuperset(match["speaker"].lower().split()):
            return Wanted("statements", (match["topic"] or "").strip(" ?!.,"), match["speaker"].strip())
    return None


def _conclusions(topic: str) -> Wanted | None:
    match = _CONCLUSIONS.match(topic)
    return Wanted("statements", (match["topic"] or "").strip(" ?!.,"), match["speaker"].strip()) if match else None
