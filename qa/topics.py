"""What an article is about goes without saying in it: its title names the bridge, its sentences say "it" or nothing.

"Where is Sorvania's money printed?" is answered by "the printing works in Dolna", in an article on Sorvania, and a
reader that sees the sentence alone misses the name. So it is asked again without the names that the title holds, and
only of such articles.
"""

import re
from collections.abc import Sequence

from index.records import Passage

_CAPITAL = r"[^\W\d_a-z][\w-]*(?:['’](?!s\b)\w*)?"
_PLACED = r"(?:in|at|of|on|for|to|from|by|with|about|near)\s+"
_NAMES = re.compile(
    rf"(?P<placed>\b{_PLACED})?(?P<the>\bthe\s+)?(?P<name>\b{_CAPITAL}(?:\s+(?:of\s+)?{_CAPITAL})*)(?P<own>['’]s)?"
)
_FIRST_WORD = re.compile(r"^\W*[\w'’-]+\s*")
_WORD = re.compile(r"\w+")
_QUOTES = re.compile(r"[\"“‘«]|(?:^|\s)'")  # a title that is asked about is no topic
_LEAST_LETTERS = 3


def without_topic(question: str, passages: Sequence[Passage]) -> tuple[str, list[Passage]] | None:
    """Return the question without its names, and the passages of articles whose titles hold all of them.

    A name behind "the" leaves its last word: "the Corran Bridge" is "the bridge". None where there are no names, or no
    such article.
    """
    first = _FIRST_WORD.match(question)
    found = list(_NAMES.finditer(question, first.end() if first else 0))
    names = {word.casefold() for one in found for word in _WORD.findall(one["name"]) if len(word) >= _LEAST_LETTERS}
    about = [one for one in passages if names <= {word.casefold() for word in _WORD.findall(one.title or "")}]
    if not names or not about or _QUOTES.search(question):
        return None
    made = question
    for one in reversed(found):
        made = made[: one.start()] + _left_of(one, made[one.end() :]) + made[one.end() :]
    return re.sub(r"\s+(?=[?.,!]|\s)", "", made).strip(), about


def _left_of(match: re.Match[str], behind: str) -> str:
    """Return what stays where a name stood: "the bridge" of "the Corran Bridge", "the" of "the Corran bridge"."""
    *before, last = match["name"].split()
    if not match["the"] or match["own"]:
        return ""
    if before:
        return f"{match['placed'] or ''}the {last.lower()}"
    return f"{match['placed'] or ''}the" if re.match(r"\s+[a-z]", behind) else ""
