"""Questions as statements, with their answers and with others of their kind: statements that are made by program."""

import random
import re
from collections.abc import Iterator

from models.made_names import NAME, NUMBER, names
from models.made_words import NOT_SUPPORTED, PAST_OF_PARTICIPLE, capital, past
from models.reader_data import ParagraphQuestion, sentences

_WHO = re.compile(
    r"^(?:Who|What|Which(?: [a-z]+){1,3}?) (?P<rest>(?!do\b|does\b|did\b|can\b|could\b|would\b|should\b|might\b|else\b)"
    r"(?:(?:is|was|are|were) (?:the|a|an|[a-z]+ed)\b|(?:has|had|have) [a-z]+(?:ed|en)\b|[a-z]+(?:ed|s)\b).{4,})\?$"
)
_HOW_MANY = re.compile(r"^How many (?P<what>[a-z]+(?: [a-z]+)?) (?P<rest>(?:were|was|are|have|had|[a-z]+ed)\b.{3,})\?$")
_PARTICIPLES = "|".join(sorted(PAST_OF_PARTICIPLE, key=len, reverse=True))
_WAS_DONE = re.compile(
    r"^(?P<asked>When|Where|In what year|In which year|On what date|By whom|In what \w+) (?P<was>was|were|is|are) "
    rf"(?P<subject>.{{2,60}}?) (?P<done>[a-z]+ed|{_PARTICIPLES}|born)(?P<more> [^?]+)?\?$"
)
_DID = re.compile(
    rf"^(?P<asked>When|Where|In what year|In which year|Why) did "
    rf"(?P<subject>{NAME.pattern}|(?:the|his|her|their) [a-z]+(?: [a-z]+)?|he|she|they|it) "
    r"(?P<verb>(?!not\b|ever\b|first\b|the\b)[a-z]+)(?P<more> [^?]+)?\?$"
)
_IS_WHAT = re.compile(r"^(?:What|Who) (?P<is>is|was|are|were) (?P<subject>(?:the|a|an|[A-Z]).{4,80})\?$")
_LEAD_OF = {"By whom": "by "}
_LEADS = "in on at by during since from after before to near because".split()
_ENDS_LOOSE = re.compile(r"\b(?:in|on|at|by|for|with|to|from|of|as|about|into|called|named|known)\?$")


def stated(question: ParagraphQuestion, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """A question as a statement, with its answer and with another of the same kind that stands nearby."""
    cuts = sentences(question.paragraph)
    start, end = chance.choice(question.spans)
    place = next((n for n, cut in enumerate(cuts) if cut[1] > start), len(cuts) - 1)
    low, high = cuts[max(0, place - chance.randint(0, 1))][0], cuts[min(len(cuts) - 1, place + chance.randint(0, 1))][1]
    evidence, answer = question.paragraph[low:high].strip(), question.paragraph[start:end]
    if _ENDS_LOOSE.search(question.question) or len(answer) > 60 or end > high:
        return
    if (
        match := _WAS_DONE.match(question.question)
        or _DID.match(question.question)
        or _IS_WHAT.match(question.question)
    ):
        yield from _worded(match, question.paragraph, (start, end), evidence, chance)
    elif match := _HOW_MANY.match(question.question):
        if not (number := NUMBER.fullmatch(answer)):
            return
        pool = [one for one in NUMBER.findall(question.paragraph) if one != answer]
        wrong = chance.choice(pool) if pool else str(int(re.sub(r"\D", "", number[0]) or 1) + chance.randint(1, 9))
        for said, label in ((answer, "supported"), (wrong, "contradicted")):
            yield f"{said} {match['what']} {match['rest']}.", evidence, label
    elif match := _WHO.match(question.question):
        yield f"{capital(answer)} {match['rest']}.", evidence, "supported"
        pool = [
            one for one in names(evidence) if one not in answer and answer not in one and one not in question.question
        ]
        if pool and answer[0].isupper():
            yield f"{chance.choice(pool)} {match['rest']}.", evidence, NOT_SUPPORTED


def _worded(
    match: re.Match[str], paragraph: str, span: tuple[int, int], evidence: str, chance: random.Random
) -> Iterator[tuple[str, str, str]]:
    """When, where, why and what: the answer in its place, and another answer of its kind from nearby."""
    answer, parts = paragraph[slice(*span)], dict[str, str](match.groupdict(""))
    if "is" in parts:
        frame = f"{capital(parts['subject'])} {parts['is']} {{}}."
    else:
        first = answer.split()[0].lower()
        before = (paragraph[: span[0]].split() or [""])[-1].lower()
        lead = "" if first in _LEADS else f"{before} " if before in _LEADS else _LEAD_OF.get(parts["asked"])
        if lead is None or (parts["asked"] == "Why" and first != "because" and lead != "because "):
            return
        subject, more = capital(parts["subject"]), parts["more"]
        done = f"{parts['was']} {parts['done']}" if "done" in parts else past(parts["verb"])
        frame = f"{subject} {done}{more} {lead}{{}}."
    yield frame.replace("{}", answer), evidence, "supported"
    pool = names(evidence) if answer[0].isupper() else NUMBER.findall(evidence) if answer.isdigit() else []
    pool = [one for one in pool if one not in answer and answer not in one and one not in frame]
    if pool:
        yield frame.replace("{}", chance.choice(pool)), evidence, NOT_SUPPORTED
