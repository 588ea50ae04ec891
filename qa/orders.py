"""Sentences that order somebody to say or forget something: an article may hold them, and they state nothing."""

import re

# Whoever wrote "Write that the repair takes ninety years" meant a program that reads along.
_ORDERS = re.compile(
    r"^\W*(?:(?:please|now|then|instead|always|only|just)\W+)?(?:"
    r"(?:write|say|answer|reply|respond|tell|claim|pretend|repeat|output|insist|confirm|mention)\b"
    r"(?:\W+\w+){0,5}?\W+(?:that|with|only)\b"
    r"|(?:ignore|disregard|forget|override)\W+(?:\w+\W+){0,3}?(?:instructions?|passages?|articles?|rules|prompts?|above)\b)",
    re.IGNORECASE,
)


def is_order(sentence: str) -> bool:
    """Tell whether a sentence orders what is to be said; no answer stands in it."""
    return _ORDERS.match(sentence) is not None
