"""What a column's heading is asked for with: "How many people work in ...?" is a question for "Staff" or "Employees".

Only what is asked for in plain words again and again; whatever else a question means, the reader tells.
"""

import re

from index.words import stems

# Words of headings, and behind the bar, those with which a question asks for the same without naming it.
_SORTS = tuple(
    (frozenset(stems(heads)), frozenset(stems(f"{heads} {asked}")))
    for heads, asked in (
        line.split("|")
        for line in """
        staff employees workers workforce jobs personnel headcount|work works worked employ employed employs
        population inhabitants residents|live lives lived
        price cost fare charge fee admission|cost costs pay pays paid cheap cheaper expensive dear
        length|long
        duration|long take takes took
        distance|far
        height altitude elevation|tall high
        depth|deep
        width breadth|wide broad
        weight|heavy weigh weighs weighed
        age|old
        area size extent|large big
        speed|fast
        temperature|warm hot cold
        rain rainfall precipitation|rain rained fell fall
        winner victor champion|won win wins
        departure departs dep leaves|leave leaves left depart go start
        arrival arrives arr|arrive arrives arrived reach get
        author writer|write wrote written
        director|directed direct
        capacity seats|seat seats hold holds
        spending expenditure budget|spend spends spent
        revenue sales turnover income|earn earns earned sell sold
        profit profits earnings|earn earns earned
        attendance spectators visitors audience crowd|attended came visited watched
        births|born
        deaths fatalities|died die dead killed
        injured injuries wounded|hurt injured
        goals|score scored
        electorate|eligible
        destroyed|lost lose
        train bus ferry flight tram boat|leave leaves depart departs go goes arrive arrives call calls stop stops
        """.strip().splitlines()
    )
)
# What "when" and "where" ask for, which are no words of content.
_WHEN = frozenset(stems("date day time when"))
_WHERE = frozenset(stems("place location venue where"))
_ASKS_WHEN = re.compile(r"\bwhen\b|\b(?:what|which) (?:date|day|time|year)\b", re.IGNORECASE)
_ASKS_WHERE = re.compile(r"\bwhere\b", re.IGNORECASE)
# What measures, so that a question for one of them is never answered by another: a length is no depth.
MEASURES = frozenset(
    stems("staff population length depth width weight age height speed temperature births deaths jobs")
)
# What the superlatives ask for that name no column.
_ASKED_BY = {
    "longest": "length", "shortest": "length", "tallest": "height", "highest": "height", "deepest": "depth",
    "widest": "width", "heaviest": "weight", "lightest": "weight", "oldest": "age", "youngest": "age",
    "fastest": "speed", "slowest": "speed", "cheapest": "price", "dearest": "price", "hottest": "temperature",
    "warmest": "temperature", "coldest": "temperature", "wettest": "rain", "driest": "rain",
}  # fmt: skip


def heads_for(asked: frozenset[str], question: str) -> frozenset[str]:
    """Return the stems of the headings that a question with these stems asks for without naming them."""
    found = {stem for heads, words in _SORTS if not words.isdisjoint(asked) for stem in heads}
    found |= _WHEN if _ASKS_WHEN.search(question) else frozenset()
    found |= _WHERE if _ASKS_WHERE.search(question) else frozenset()
    for word in question.lower().split():
        if superlative := _ASKED_BY.get(word.strip("?,.")):
            found |= next(heads for heads, _ in _SORTS if stems(superlative)[0] in heads)
    return frozenset(found)


def asking_words(headings: frozenset[str]) -> frozenset[str]:
    """Return the stems with which a question asks for a column of these headings' stems."""
    return frozenset(stem for heads, words in _SORTS if not heads.isdisjoint(headings) for stem in words)


def measure_asked_for(asked: frozenset[str]) -> frozenset[str]:
    """Return the stems of headings of the one measure that a question asks for by its words; none, where not one."""
    found = [heads for heads, words in _SORTS if not words.isdisjoint(asked) and not heads.isdisjoint(MEASURES)]
    return found[0] if len(found) == 1 else frozenset()
