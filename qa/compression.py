"""Is a statement a sentence of the articles with words left out, and none of those that turn its meaning?

A statement keeps the sentence's words in their order. It may leave out what stands between two words of one clause, a
clause, or what leads up to the first word of a later clause; not the way into the middle of another clause, which has a
subject of its own: from "Krug won in Sundholm and Moore lost in Quillon" doesn't follow "Krug lost in Quillon". It may
leave out neither denials, doubts and conditions of a clause that it takes words from, nor what bounds a number.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from index.spelling import plain_form
from index.words import STOP_WORDS, stems
from qa.tokens import CONDITIONS, DENIALS, DOUBTS, JOINS, MONTHS, QUANTITIES, RELATIVES, SAID, WEEKDAYS, Token, tokens

_SAID_BEHIND = re.compile(
    r"^(?P<what>.+),[\"”']? (?P<who>[^,.]{1,60} (?:said|says|told [^,.]{1,40})(?: on \w+)?)[.]?$", re.DOTALL
)
_SAID_BY = re.compile(r"^(?P<what>.+),[\"”']? (?:said|says) (?P<who>[^,.]{1,60})(?:,[^,.]{1,60})?[.]?$", re.DOTALL)
_ACCORDING_TO = re.compile(r"^According to (?P<who>[^,]{2,60}), (?P<what>.+)$", re.DOTALL)
_PREPOSITIONS = frozenset("in on at after before during for since until by because with".split())
_GOVERNING = _PREPOSITIONS | frozenset("of from to by against near between among over under behind".split())
_COMPARE = frozenset("from to than against".split())
_CHOICES = 8  # for the next word
_LONGEST_WAYS = 64  # of finding a statement in a sentence that are followed; more are for words that stand there often
_SENTENCES_KEPT = 4_096
_PRONOUNS = frozenset("he she it they".split())
_TURNS = frozenset(  # words that make of what they govern something that is denied, doubtful or to come
    plain_form(stem)
    for word in (
        "unable ban deny refuse fail reject avoid stop prevent claim allege suspect accuse consider seem appear "
        "believe expect plan propose want hope threaten urge demand request offer promise aim intend try attempt doubt "
        "fear suggest argue ask"
    ).split()
    for stem in stems(word)
)


def is_compression(statement: str, source: str) -> bool:
    """Tell whether `statement` is `source` with words left out that don't turn its meaning; a time may change place."""
    return any(_compressed(mine, theirs) for mine in _orders(statement) for theirs in _orders(source))


def denials(text: str) -> int:
    """Return how many words of a text deny something."""
    return sum(token.text in DENIALS for token in tokens(text))


@lru_cache(maxsize=_SENTENCES_KEPT)  # every statement is held against the same ones
def _orders(text: str) -> tuple[tuple[Token, ...], ...]:
    """Return a sentence's words, then with who said it at its beginning, and with "On Monday," at its end."""
    found = tokens(text)
    orders = [found]
    if said := _SAID_BEHIND.match(text) or _SAID_BY.match(text) or _ACCORDING_TO.match(text):
        orders.append(tokens(f"{said['who'].removesuffix(' said')} said that {said['what']}"))
    opening = text.partition(",")[0]
    if found and found[0].text in _PREPOSITIONS and len(opening.split()) <= 6 and "," in text:
        orders.append(tokens(f"{text.rstrip(' .')[len(opening) + 1 :].strip()} {opening}"))
    return tuple(orders)


def _compressed(statement: Sequence[Token], source: Sequence[Token]) -> bool:
    wanted = [token for token in statement if not token.free]
    if all(token.text in STOP_WORDS or token.text == SAID for token in wanted):
        return False
    if statement == source:
        return True
    keeps = {token.text for token in statement}
    if any(token.text in CONDITIONS and token.text not in keeps for token in source):
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
    if reached.first and reached.opener in RELATIVES:
        return left.last and left.clause == reached.clause - 1
    if reached.first:
        between = [one for one in gap if left.clause < one.clause < reached.clause]
        return reached.opener != "," or (
            all(one.opener != "that" for one in between) and (not between or between[0].in_passing)
        )
    # "The bank said that it would cut": the one before is the one meant, where no other is named between.
    lead = [token for token in gap if token.clause == reached.clause and token.text not in JOINS]
    return (
        reached.opener == "that"
        and len(lead) == 1
        and lead[0].text in _PRONOUNS
        and not any(token.name and token.text not in MONTHS and token.text not in WEEKDAYS for token in gap)
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
    if any(token.text in DENIALS or (place < last and token.text in DOUBTS | _TURNS) for place, token in left_out):
        return False
    if any(
        token.number and [one.text for one in source[place + 1 : place + 3]] == ["of", "the"]
        for place, token in left_out
    ):
        return False  # "two of the three"
    return not any(
        token.text in QUANTITIES and (place + 1 in taken or (place + 2 in taken and source[place + 2].number))
        for place, token in left_out
    )
