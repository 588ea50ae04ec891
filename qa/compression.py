"""Is a statement a sentence of the articles with words left out, and none of those that turn its meaning?

A statement keeps the sentence's words in their order. It may leave out what stands between two words of one clause, a
clause, or what leads up to the first word of a later clause; not the way into the middle of another clause, which has a
subject of its own: from "Krug won in Sundholm and Moore lost in Quillon" doesn't follow "Krug lost in Quillon". It may
leave out neither denials, doubts and conditions of a clause that it takes words from, nor what bounds a number.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from index.spelling import plain_form
from index.words import STOP_WORDS, stems

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_NUMBERS = {word: float(number) for number, word in enumerate(f"{_ONES} eighteen nineteen".split(), 1)}
_NUMBERS |= {
    word: 10.0 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9}
_SCALES |= {"trillion": 1e12, "tn": 1e12}
_SIGNS = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen", "%": "percent"}
_PIECE = re.compile(
    r"(?P<sign>[$£€¥])|(?P<number>(?:(?<![^\s(])[-−])?(?:\d+(?:,\d{3})*(?:\.\d+)?|\.\d+))(?:st|nd|rd|th)?"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)?)|(?P<percent>%)|(?P<end>[,;:!?—–()]|\s-\s)"
)
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_PER_CENT = re.compile(r"\bper cent\b", re.IGNORECASE)
_NOT_ONLY = re.compile(r"\bnot (?:only|just|merely)\b(.{0,200}?)\bbut also\b", re.IGNORECASE)
_SAID_BEHIND = re.compile(
    r"^(?P<what>.+),[\"”']? (?P<who>[^,.]{1,60} (?:said|says|told [^,.]{1,40})(?: on \w+)?)[.]?$", re.DOTALL
)
_SAID_BY = re.compile(r"^(?P<what>.+),[\"”']? (?:said|says) (?P<who>[^,.]{1,60})(?:,[^,.]{1,60})?[.]?$", re.DOTALL)
_ACCORDING_TO = re.compile(r"^According to (?P<who>[^,]{2,60}), (?P<what>.+)$", re.DOTALL)

_FREE = frozenset("a an the that also of has have had".split())  # to be left out or put in anywhere
_SAID = "said"
_SAME = {"would": "will", "were": "was", "are": "is"}
_SAME |= dict.fromkeys("says say states stated state told".split(), _SAID)
_MONTHS = "january february march april May june july august september october november december".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_PREPOSITIONS = frozenset("in on at after before during for since until by because with".split())
_GOVERNING = _PREPOSITIONS | frozenset("of from to by against near between among over under behind".split())
_RELATIVES = frozenset("who whom whose which where".split())
_COMPARE = frozenset("from to than against".split())
_CHOICES = 8  # for the next word
_LONGEST_WAYS = 64  # of finding a statement in a sentence that are followed; more are for words that stand there often
_PRONOUNS = frozenset("he she it they".split())
_JOINS = frozenset(
    "and or but although though while whereas when because as after before since until who whom whose which where "
    "that".split()
)
# A clause from which words are taken keeps these,
_DENIALS = frozenset("not never no none neither nor without nobody nothing cannot hardly false untrue".split())
_TURNS = frozenset(  # and words that make of what they govern something that is denied, doubtful or to come
    plain_form(stem)
    for word in (
        "unable ban deny refuse fail reject avoid stop prevent claim allege suspect accuse consider seem appear "
        "believe expect plan propose want hope threaten urge demand request offer promise aim intend try attempt doubt "
        "fear suggest argue ask"
    ).split()
    for stem in stems(word)
)
_DOUBTS = frozenset(
    "may might could would will shall should must ought perhaps probably possibly likely unlikely reportedly allegedly "
    "apparently supposedly potential planned proposed alleged".split()
)
_CONDITIONS = frozenset("if unless whether".split())
# And what stands right before a word stays, when it says how many of them, or how near to a number.
_QUANTITIES = frozenset(
    "all every each most few some only half many both any no least than over under above below nearly almost about "
    "around up to more less fewer roughly former late ex first second third last next other another".split()
)
_SENTENCES_KEPT = 4_096
_KEPT_AS_THEY_ARE = _JOINS | _DENIALS | _DOUBTS | _QUANTITIES | _CONDITIONS
_LONGEST_ACRONYM = 3


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number in the one form in which it is compared; `clause` counts from 0."""

    text: str
    clause: int
    opener: str  # of its clause: "who", "and", ..., a comma or the like, or nothing where the sentence begins
    first: bool  # in its clause
    last: bool
    name: bool

    @property
    def number(self) -> bool:
        """Whether it is a number."""
        return self.text[0].isdigit() or self.text[0] == "-"

    @property
    def in_passing(self) -> bool:
        """Whether its clause may be: ", who replaced Lind," and ", a friend of Moore,"."""
        return self.opener == "," or self.opener in _RELATIVES

    @property
    def free(self) -> bool:
        """Whether it may be left out or put in."""
        return self.text in _FREE


@lru_cache(maxsize=_SENTENCES_KEPT)  # every statement is held against the same ones
def tokens(text: str) -> tuple[Token, ...]:
    """Return the words of a text, spellings and ways to write a number or a day made one."""
    clauses: list[tuple[str, list[tuple[str, bool]]]] = [("", [])]
    for word, name, ends in _words(text):
        if (ends or word in _JOINS) and any(one not in _JOINS for one, _ in clauses[-1][1]):
            clauses.append((word or ",", []))
        elif word in _JOINS:
            clauses[-1] = (word, clauses[-1][1])
        if word:
            clauses[-1][1].append((word, name))
    return tuple(
        Token(
            word,
            clause,
            opener,
            first=all(before in _JOINS | _FREE for before, _ in words[:place]),
            last=place + 1 == len(words),
            name=name,
        )
        for clause, (opener, words) in enumerate(clauses)
        for place, (word, name) in enumerate(_days(words))
    )


def _days(words: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Put the day before the month: "August 5" is "5 August"."""
    for place, (word, name) in enumerate(words[:-1]):
        day = words[place + 1][0]
        if (
            name
            and word in _MONTHS
            and day.isdigit()
            and len(day) < 3
            and not (place and words[place - 1][0].isdigit())
        ):
            words[place], words[place + 1] = words[place + 1], words[place]
    return words


def _words(text: str) -> Iterator[tuple[str, bool, bool]]:
    """Yield word, whether it is a name, and whether a clause ends here instead."""
    plain = _NOT_ONLY.sub(
        r"\1and", _PER_CENT.sub("percent", _DOTTED.sub(lambda found: found[0].replace(".", ""), text))
    )
    waiting: float | None = None
    sign = ""
    for piece in _PIECE.finditer(plain):
        raw = piece["word"] or ""
        word = raw.lower().replace("’", "'")
        value = float(piece["number"].replace(",", "").replace("−", "-")) if piece["number"] else _NUMBERS.get(word)
        if waiting is not None and word in _SCALES:
            waiting *= _SCALES[word]
            continue
        if waiting is not None and value is not None and piece["word"] and waiting in _NUMBERS.values() and value < 10:
            waiting += value  # "twenty-four"
            continue
        if waiting is not None:
            yield f"{waiting:.15g}", False, False
            if sign:
                yield sign, False, False
            waiting, sign = None, ""
        if piece["sign"]:
            sign = _SIGNS[piece["sign"]]
        elif value is not None:
            waiting = value
        elif piece["percent"]:
            yield "percent", False, False
        elif piece["end"]:
            yield "", False, True
        else:
            yield from ((one, raw[0].isupper(), False) for one in _forms(raw, word))
    if waiting is not None:
        yield f"{waiting:.15g}", False, False
        if sign:
            yield sign, False, False


def _forms(raw: str, word: str) -> Iterator[str]:
    if raw == "May" or (raw.isupper() and 1 < len(raw) <= _LONGEST_ACRONYM):
        yield raw  # "US" is not "us", nor is the month what may be
    elif word.endswith("n't"):
        yield from (word.removesuffix("n't"), "not")
    elif word in STOP_WORDS or word in _KEPT_AS_THEY_ARE or word in _MONTHS or word in _WEEKDAYS or word in _SAME:
        yield _SAME.get(word, word)
    else:
        yield from (plain_form(stem) for stem in stems(re.sub(r"'s$|'$", "", word)))


def is_compression(statement: str, source: str) -> bool:
    """Tell whether `statement` is `source` with words left out that don't turn its meaning; a time may change place."""
    return any(_compressed(mine, theirs) for mine in _orders(statement) for theirs in _orders(source))


def denials(text: str) -> int:
    """Return how many words of a text deny something."""
    return sum(token.text in _DENIALS for token in tokens(text))


def _orders(text: str) -> Iterator[tuple[Token, ...]]:
    """Yield a sentence's words, then with "On Monday," at its end, and with who said it at its beginning."""
    found = tokens(text)
    yield found
    if said := _SAID_BEHIND.match(text) or _SAID_BY.match(text) or _ACCORDING_TO.match(text):
        yield tokens(f"{said['who'].removesuffix(' said')} said that {said['what']}")
    opening = text.partition(",")[0]
    if found and found[0].text in _PREPOSITIONS and len(opening.split()) <= 6 and "," in text:
        yield tokens(f"{text.rstrip(' .')[len(opening) + 1 :].strip()} {opening}")


def _compressed(statement: Sequence[Token], source: Sequence[Token]) -> bool:
    wanted = [token for token in statement if not token.free]
    if all(token.text in STOP_WORDS or token.text == _SAID for token in wanted):
        return False
    if statement == source:
        return True
    keeps = {token.text for token in statement}
    if any(token.text in _CONDITIONS and token.text not in keeps for token in source):
        return False
    places: dict[str, list[int]] = {}
    for place, token in enumerate(source):
        places.setdefault(token.text, []).append(place)
    paths: Iterable[tuple[int, ...]] = [
        (place,) for place in places.get(wanted[0].text, []) if not _governed(source, place)
    ]
    for following in wanted[1:]:
        paths = list(islice(_longer(source, paths, places.get(following.text, [])), _LONGEST_WAYS))
    return any(_keeps_the_meaning(source, path) for path in paths)


def _longer(
    source: Sequence[Token], paths: Iterable[tuple[int, ...]], places: Sequence[int]
) -> Iterator[tuple[int, ...]]:
    """Yield the paths that go on to one of these places, which rise, each to at most a few."""
    for path in paths:
        first = bisect_right(places, path[-1])
        yield from ((*path, place) for place in places[first : first + _CHOICES] if _may_follow(source, path, place))


def _governed(source: Sequence[Token], place: int) -> bool:
    """Tell whether a word is only part of what is spoken of there: "Brenn" in "two lighthouses on Brenn"."""
    before = next((one for one in reversed(source[:place]) if one.text not in {"a", "an", "the"}), None)
    return (
        before is not None
        and before.clause == source[place].clause
        and before.text in _GOVERNING
        and before.text != before.opener
    )


def _may_follow(source: Sequence[Token], path: Sequence[int], place: int) -> bool:
    """Tell whether a statement that went so far through a sentence may go on to this place."""
    left, reached = source[path[-1]], source[place]
    gap = [token for token in source[path[-1] + 1 : place] if not token.free]
    if (
        reached.opener == ","
        and left.clause < reached.clause
        and left.in_passing
        and source[path[0]].clause == left.clause
    ):
        return False  # it would make of what is said in passing what the sentence is about
    if not gap:
        return True
    if left.number and not gap[0].number and gap[0].text not in STOP_WORDS and reached.text not in STOP_WORDS:
        return False  # what a number counts stands next to it
    if any(token.number for token in gap) and any(token.text in _COMPARE for token in gap):
        return False  # "7 percent in July from 6 percent in June"
    if left.clause == reached.clause:
        return True
    if reached.first and reached.opener in _RELATIVES:
        return left.last and left.clause == reached.clause - 1
    if reached.first:
        between = [one for one in gap if left.clause < one.clause < reached.clause]
        return reached.opener != "," or (
            all(one.opener != "that" for one in between) and (not between or between[0].in_passing)
        )
    # "The bank said that it would cut": the one before is the one meant, where no other is named between.
    lead = [token for token in gap if token.clause == reached.clause and token.text not in _JOINS]
    return (
        reached.opener == "that"
        and len(lead) == 1
        and lead[0].text in _PRONOUNS
        and not any(token.name and token.text not in _MONTHS and token.text not in _WEEKDAYS for token in gap)
    )


def _keeps_the_meaning(source: Sequence[Token], path: Sequence[int]) -> bool:
    taken = set(path)
    clauses = {source[place].clause for place in path}
    # "It is not true that ...": what governs a clause stands before it.
    governed = max((token.clause for token in source if token.opener == "that" and token.clause in clauses), default=-1)
    left_out = [
        (place, token)
        for place, token in enumerate(source)
        if place not in taken and (token.clause in clauses or token.clause < governed)
    ]
    last = path[-1]
    if any(token.text in _DENIALS or (place < last and token.text in _DOUBTS | _TURNS) for place, token in left_out):
        return False
    if any(
        token.number and [one.text for one in source[place + 1 : place + 3]] == ["of", "the"]
        for place, token in left_out
    ):
        return False  # "two of the three"
    return not any(
        token.text in _QUANTITIES and (place + 1 in taken or (place + 2 in taken and source[place + 2].number))
        for place, token in left_out
    )
