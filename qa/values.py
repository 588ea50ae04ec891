"""Days and amounts that answers name, and whether two of them can both be right."""

import re
from dataclasses import dataclass

from index.mentions import MONTHS
from index.words import STOP_WORDS
from qa.tokens import JOINS, QUANTITIES, Token, tokens

_NUMERIC_DAY = re.compile(
    r"\b(?:(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})|(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y>\d{4}))\b"
)
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b(?!['’]?s|[-/–]\d\d\b)")  # neither the 1890s nor the season of 2019/20
_MONTH = re.compile(
    r"\b(sept|" + "|".join(f"{name}|{name[:3]}" for name in MONTHS if name != "may") + r"|(?-i:May|MAY))\b\.?",
    re.IGNORECASE,
)
_DAY = re.compile(r"\b(?<![:.])([1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b(?!\s*(?:%|[:/.]\d|[ap]\.?m\b))")
_ROUGHLY = frozenset(
    "most least over under above below nearly almost about around up more less fewer "
    "aproxim roughly rough some estim close circa".split()
)
# What makes of a number the least or the most that it can be: nothing more, or less, can then be said to differ.
_LEAST = frozenset("over above least more exced exceed".split())
_MOST = frozenset("under below most up less fewer many much".split())
_NOT_ONE_NUMBER = frozenset("and half quarter dozen".split())
# What makes of a day the end or the beginning of a time, in its words or right before them.
_ENDS = "before|after|by|until|till|since|from|between"
_NO_DAY = re.compile(rf"\b(?:{_ENDS}|earlier|later)\b", re.IGNORECASE)
_NO_DAY_BEHIND = re.compile(rf"\b(?:{_ENDS}|earlier than|later than)(?:\s+the)?\s*$", re.IGNORECASE)
_NO_UNITS = QUANTITIES | JOINS | STOP_WORDS
_ROUGH_SHARE = 0.25  # "over 100" and "about 120" may both be right; 100 and 150 hardly
_ROUNDED_SHARE = 0.05  # "6 trillion" is 5.88 rounded; that 12 were 10 is no rounding
_WORDS_BEFORE, _WORDS_BEHIND = 24, 32  # characters around an answer in which "about" or the unit stands


@dataclass(frozen=True, slots=True)
class Moment:
    """A day as far as it is named: its year, its month, its day of the month."""

    year: int | None
    month: int | None
    day: int | None

    def differs(self, other: "Moment") -> bool | None:
        """Tell whether both cannot be meant; None where they name nothing that could be compared."""
        pairs = [(self.year, other.year), (self.month, other.month), (self.day, other.day)]
        both = [one != two for one, two in pairs if one is not None and two is not None]
        return any(both) if both else None

    def holds(self, other: "Moment") -> bool:
        """Tell whether this names all that the other names of a day."""
        pairs = [(self.year, other.year), (self.month, other.month), (self.day, other.day)]
        return all(theirs is None or own == theirs for own, theirs in pairs)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit, where one is named; `rough` where it is said to be about so many, or a bound.

    `bound` is 1 where it is the least that it can be, -1 where it is the most.
    """

    value: float
    unit: str | None
    rough: bool
    bound: int = 0

    def counts_the_same(self, other: "Amount") -> bool:
        """Tell whether both are of one unit, as far as units are named."""
        return not self.unit or not other.unit or self.unit == other.unit

    def differs(self, other: "Amount") -> bool | None:
        """Tell whether both cannot be right; None where they count different things."""
        if not self.counts_the_same(other):
            return None
        if _rounded(self.value, other.value):
            return False
        low, high = sorted((self, other), key=lambda one: one.value)
        if low.bound > 0 or high.bound < 0:
            return False  # "more than 40" and 57, "up to 60" and 41
        if self.rough or other.rough:
            return abs(self.value - other.value) > _ROUGH_SHARE * max(abs(self.value), abs(other.value))
        return True


def moment(words: str, before: str = "") -> Moment | None:
    """Return the one day that `words` name, which stand behind `before`; None where they name none, or several."""
    if _NO_DAY.search(words) or _NO_DAY_BEHIND.search(before):
        return None  # "before 1 June"
    numeric = list(_NUMERIC_DAY.finditer(words))
    if len(numeric) == 1:
        return _numeric(numeric[0])
    named = years(words)
    months = {_month_number(one) for one in _MONTH.findall(words)}
    days = {int(one) for one in _DAY.findall(_YEAR.sub(" ", words))} if months else set()
    if max(len(named), len(months), len(days)) > 1 or not (named or months):
        return None
    return Moment(*(next(iter(found), None) for found in (named, months, days)))


def amount(before: str, words: str, behind: str) -> Amount | None:
    """Return the one amount that `words` name, which stand between the others; None where they name not just one."""
    found = tokens(words + _first_words(behind))
    own = tokens(words)
    numbers = [token for token in own if token.number]
    if len(numbers) != 1 or any(token.text in _NOT_ONE_NUMBER for token in own):
        return None
    place = next((n for n, token in enumerate(found) if token.number), None)
    if place is None:
        return None
    leading = [token.text for token in (*tokens(before[-_WORDS_BEFORE:])[-3:], *own[: own.index(numbers[0])])][-3:]
    around = {*leading[-2:], *(token.text for token in own)}
    bound = (not _LEAST.isdisjoint(leading)) - (not _MOST.isdisjoint(leading))
    if bound and not {"no", "not"}.isdisjoint(leading):
        bound = -bound
    return Amount(float(found[place].text), _unit(found[place + 1 :]), not _ROUGHLY.isdisjoint(around), bound)


def years(words: str) -> set[int]:
    """Return the years that these words name."""
    return {int(one) for one in _YEAR.findall(words)}


def _numeric(match: re.Match[str]) -> Moment:
    if match["year"]:
        return Moment(int(match["year"]), int(match["month"]), int(match["day"]))
    first, second = int(match["a"]), int(match["b"])
    if first > 12:
        return Moment(int(match["y"]), second, first)
    if second > 12:
        return Moment(int(match["y"]), first, second)
    return Moment(int(match["y"]), None, None)  # 03/04: nobody can tell


def _month_number(name: str) -> int:
    return next(number for number, full in enumerate(MONTHS, 1) if full.startswith(name.lower()[:3]))


def _first_words(behind: str) -> str:
    """Return what of the words right behind an answer may belong to it: "5.88" goes on with "trillion miles"."""
    return re.split(r"[.,;:()]", behind[:_WORDS_BEHIND])[0]


def _unit(behind: tuple[Token, ...]) -> str | None:
    return next((token.text for token in behind[:1] if not token.number and token.text not in _NO_UNITS), None)


def _rounded(one: float, other: float) -> bool:
    """Tell whether one is the other, rounded to the digits that it has."""
    coarse, fine = sorted((one, other), key=_significant)
    near = abs(one - other) <= _ROUNDED_SHARE * max(abs(one), abs(other))
    return coarse == fine or (near and _digits(fine, _significant(coarse)) == coarse)


def _significant(value: float) -> int:
    return max(1, len(f"{abs(value):.15g}".replace(".", "").strip("0")))


def _digits(value: float, digits: int) -> float:
    return float(f"{value:.{digits}g}")
