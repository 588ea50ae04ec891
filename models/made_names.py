"""Names and numbers in sentences, as far as a pattern finds them: for statements that are made by program."""

import re

NAME = re.compile(r"\b[A-Z][a-zà-ÿ'’-]+(?: (?:(?:of|the|de|van|von) )?[A-Z][a-zà-ÿ'’-]+)*")
NUMBER = re.compile(r"(?<![\w.,])\d[\d,.]*\d|(?<![\w.,])\d(?![\w])")
STARTERS = frozenset(
    (
        "The A An In On At It He She They This That These Those After Before When While As For From By With But And "
        "However If Although There Its His Her Their Some Many Most One Both During Since Under Of To Such Other "
        "According"
    ).split()
)


def names(text: str) -> list[str]:
    """Return the names of a text, in their order; a capital at its start alone is none."""
    found = []
    for match in NAME.finditer(text):
        name = match[0]
        first, _, rest = name.partition(" ")
        if first in STARTERS:
            name = rest
        capital_by_place = match.start() == 0 and " " not in name  # such as "Industries grew"
        if name and name[0].isupper() and name.split()[0] not in STARTERS and not capital_by_place:
            found.append(name)
    return found
