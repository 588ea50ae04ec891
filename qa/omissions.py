"""What a follow-up leaves out of the question before it: "And when?", "And in Villanera?", "And the Italian one?"."""

import re

from index.mentions import MONTHS
from qa.answer_types import AUXILIARY
from qa.persons import NAME_WORD

_LEAD = r"^\W*(?:(?:and|but|so|ok|okay)\b,?\s*)?(?:(?:what|how) about\s+)?"
_NAME = rf"(?:the\s+)?{NAME_WORD}(?:\s+(?:of\s+|the\s+)*{NAME_WORD})*"
_PLACES = "in|at|on|for|from|of|to|with|by"
_ASKS_ONLY = re.compile(rf"{_LEAD}(?P<asks>when|where|why|how)\W*$", re.IGNORECASE)
_YEAR = r"(?:19|20)\d\d"
_PLACE_ONLY = re.compile(
    rf"{_LEAD}(?P<place>{_PLACES})\s+(?:(?P<name>(?-i:{_NAME}))|(?P<year>{_YEAR}))\W*$", re.IGNORECASE
)
_NAME_ONLY = re.compile(
    rf"^\W*(?:(?:and|but)\s+)?(?:and|but|what about|how about)\s+(?P<name>(?-i:{_NAME}))\W*$", re.IGNORECASE
)
_KIND_ONLY = re.compile(
    rf"^\W*(?:and|but|what about|how about)\s+(?:of\s+)?the\s+(?P<kind>(?-i:{NAME_WORD}))(?:\s+ones?)?\W*$",
    re.IGNORECASE,
)
_ASKED = re.compile(rf"^(?P<asks>when|where|why|how)\s+(?P<rest>{AUXILIARY}.+)$", re.IGNORECASE)
_WHETHER = re.compile(rf"^{AUXILIARY}.+$", re.IGNORECASE)
_KIND = re.compile(rf"\bthe (?P<kind>{NAME_WORD})(?= [a-z])")
_NAMED = re.compile(_NAME)
_A_MONTH = re.compile(rf"(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)
_FIRST_WORD = re.compile(r"^\W*\w+\s")


def completed(question: str, earlier: str) -> str | None:
    """Return the question before with the one thing changed that this one gives; None where it gives more, or less."""
    earlier = earlier.strip()
    if match := _ASKS_ONLY.match(question):
        return _asking(match["asks"], earlier)
    if match := _PLACE_ONLY.match(question):
        place = re.compile(rf"\b{match['place']}\s+(?-i:{_YEAR if match['year'] else _NAME})", re.IGNORECASE)
        return _replaced(place, earlier, f"{match['place'].lower()} {match['name'] or match['year']}")
    if match := _KIND_ONLY.match(question):
        made = _replaced(_KIND, earlier, f"the {match['kind']}")
        if made:
            return made
    if match := _NAME_ONLY.match(question):
        return _replaced(_NAMED, earlier, match["name"])
    return None


def _asking(asks: str, earlier: str) -> str | None:
    asks = asks[:1].upper() + asks[1:].lower()
    if match := _ASKED.match(earlier):
        return f"{asks} {match['rest']}"
    if _WHETHER.match(earlier):
        return f"{asks} {earlier[:1].lower()}{earlier[1:]}"
    return None


def _replaced(pattern: re.Pattern[str], earlier: str, by: str) -> str | None:
    """Return the earlier question with the only match behind its first word replaced, None where there isn't one.

    A month stands in for a month, and for nothing else.
    """
    first = _FIRST_WORD.match(earlier)
    found = list(pattern.finditer(earlier, first.end() if first else 0))
    if len(found) != 1 or bool(_A_MONTH.search(found[0][0])) != bool(_A_MONTH.search(by)):
        return None
    return earlier[: found[0].start()] + by + earlier[found[0].end() :]
