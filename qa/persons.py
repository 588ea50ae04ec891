"""Whom "he" or "her" in a follow-up means: the one person whom the last answer, or the question before, names."""

import re
from collections.abc import Sequence

from index.mentions import MONTHS
from index.words import STOP_WORDS
from qa.records import Turn

_PRONOUN = re.compile(r"\b(?P<owner>his|hers?)\b|\b(?:he|she|him)\b", re.IGNORECASE)
# Behind "her" where it means somebody, and not what is hers: "beside her in the boat".
_NO_THING = frozenset("in at on by to from for with of and or as if when before after about again back out".split())
NAME_WORD = r"[^\W\d_a-z][\w’'-]*"
# A first and a last name, or one name alone; what stands in quotation marks is a title.
_FULL_NAME = re.compile(rf"(?P<before>\b\w+ |[“\"])?(?P<name>{NAME_WORD}(?: (?:van|von|de|der|al|bin|{NAME_WORD}))+)")
_ONE_NAME = re.compile(rf"(?P<before>\b\w+ |[“\"])?\b(?P<name>{NAME_WORD})")
# Behind these stands a place, a day or a body: "at the Old House", "on Friday", "in Quillon".
_NO_PERSON = frozenset("the a an in at on near into since".split())
_NO_NAMES = STOP_WORDS | frozenset(month.lower() for month in MONTHS) | {"yes", "no", "not", "nobody", "according"}
_MORE = re.compile(r"\s*(?:,|and|&)\s+(?:and\s+)?[^\W\d_a-z]")  # "Ida Krug and Aldo Tarn"
_WORD = re.compile(r"[\w’'-]+")
_DAY = re.compile(r"day$")
_ASKS_WHO = re.compile(r"^\W*who(?:m|se)?\b", re.IGNORECASE)


def with_the_person(question: str, earlier: str, since: Sequence[Turn]) -> str | None:
    """Return the question with the name for the pronoun, None where nobody or more than one may be meant.

    `earlier` is the question before it, as it stands alone; `since` that turn and those behind it.
    """
    pronouns = list(_PRONOUN.finditer(question))
    if not pronouns:
        return None
    replies = [turn.content for turn in reversed(since) if turn.role == "assistant"]
    asks_who = _ASKS_WHO.match(earlier) is not None  # then a reply begins with the one; else one name may be a place
    named = [_first_person(text, earlier) for text in replies] if asks_who else []
    others = [_only_person(text, by_one_name=False) for text in replies]
    # A name that shares a word with the question, as "Quillon Open" does, is rather that of what was asked about.
    named += [one for one in others if one and not set(one.split()) & set(_WORD.findall(earlier))]
    named.append(_only_person(earlier))
    name = next(filter(None, named), None)
    if name is None or name.split()[-1] in question:
        return None
    made = question
    for match in reversed(pronouns):
        said = f"{name}'s" if _is_owner(match, question) else name
        made = made[: match.start()] + said + made[match.end() :]
    return made


def _only_person(text: str, *, by_one_name: bool = True) -> str | None:
    """Return the one person whom a text names; by the first and last name, if it gives any so."""
    full = list(_FULL_NAME.finditer(text))
    found = list(dict.fromkeys(match["name"] for match in full if _may_be_a_person(match)))
    if not found and by_one_name and not full:
        found = list(dict.fromkeys(match["name"] for match in _ONE_NAME.finditer(text) if _may_be_a_person(match)))
    return found[0] if len(found) == 1 else None


def _first_person(text: str, asked: str) -> str | None:
    """Return the one with whose name a reply to "Who?" begins; None where it begins otherwise."""
    match = _FULL_NAME.match(text.lstrip('"“*# ')) or _ONE_NAME.match(text.lstrip('"“*# '))
    if not match or not _may_be_a_person(match) or _MORE.match(match.string, match.end()):
        return None
    return None if set(match["name"].split()) & set(_WORD.findall(asked)) else match["name"]


def _may_be_a_person(match: re.Match[str]) -> bool:
    before = (match["before"] or "").strip()
    first = match["name"].split()[0].lower()
    quoted = before in ("“", '"')
    return not quoted and before.lower() not in _NO_PERSON and first not in _NO_NAMES and not _DAY.search(first)


def _is_owner(match: re.Match[str], question: str) -> bool:
    if match["owner"] is None or match[0].lower() == "hers":
        return match["owner"] is not None
    behind = re.match(r"\s+(\w+)", question[match.end() :])
    return match[0].lower() == "his" or (behind is not None and behind[1].lower() not in _NO_THING)
