"""What an article says of itself below its body: the paper that printed it, and who wrote it."""

import re

from index import furniture_words as words
from index.datelines import as_named, is_paper

_REACH = 1_000  # characters from the end
_LINES = 3
# The name of a paper at an article's foot: "Harbour Herald, page 3. Published 07:10.", "© 2026 Harbour Herald".
_FOOT = re.compile(
    rf"(?P<paged>{words.NAME}), (?i:page|p\.) ?\d|(?i:©|\(c\)|copyright)(?: ©)? \d{{4}},? (?P<owner>{words.NAME})"
)
_SIGNED = re.compile(
    rf"(?m)^\(?(?i:(?:reporting|writing|reporting and writing) by:?) (?P<names>{words.NAME}(?: (?:in|at) {words.NAME})?"
    rf"(?:(?:,| and|, and) {words.NAME}(?: (?:in|at) {words.NAME})?){{0,5}})(?=[;.)])"
)


def paper_at_the_foot(text: str) -> str | None:
    """Return the paper that the last lines name as the one that printed the article."""
    for line in [line.strip() for line in text[-_REACH:].splitlines() if line.strip()][-_LINES:]:
        if found := _FOOT.match(line):
            name = (
                (found["paged"] or found["owner"]).partition(". ")[0].rstrip(".")
            )  # "© 2026 The Tide. All rights ..."
            if is_paper(name, maybe=True):
                return as_named(name)
    return None


def writers_at_the_foot(text: str) -> str | None:
    """Return whom an agency names below its article: "(Reporting by A in B and C; editing by D)"."""
    found = _SIGNED.search(text[-_REACH:])
    names = re.split(r", (?:and )?| and ", found["names"]) if found else []
    return ", ".join(re.split(r" (?:in|at) ", name)[0] for name in names if name) or None
