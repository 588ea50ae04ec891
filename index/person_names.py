"""Names of persons as bylines and records write them: in capitals, the family name first; and nobody's."""

import re

from index import furniture_words as words

_LAST_FIRST = re.compile(
    rf"(?P<last>(?:(?:de|der|van|von|la|le|Mc|Mac|O[’'])[ ]?)*{words.CAPITALISED}(?:[ -]{words.CAPITALISED})?), "
    rf"(?P<first>{words.CAPITALISED}(?:[ -](?:{words.CAPITALISED}))?)"
)
_IN_ROWS = re.compile(r"\s*;\s*")


def in_order(written: str, *, is_catalogued: bool = False) -> str:
    """Return names of which each stands with the family name first, as they are said: "LIND, Ada" is Ada Lind.

    Others are left as they are: "Ada Lind, Tom Nobbs" are two, and so are "Lind, Nobbs", unless a catalogue has it so.
    """
    parts = _IN_ROWS.split(written.strip(" ;"))
    found = [_LAST_FIRST.fullmatch(part) for part in parts]
    if len(parts) == 1 and found[0] and not (_is_one(found[0]) or (is_catalogued and " " not in found[0]["last"])):
        return written
    return ", ".join(
        f"{cased(one['first'])} {cased(one['last'])}" if one else part for one, part in zip(found, parts, strict=True)
    )


def is_nobody(name: str) -> bool:
    """Tell whether a name is what programs put for a writer who has none: "admin", "Super User"."""
    return name.casefold().strip(" .") in words.NOBODY


def _is_one(found: re.Match[str]) -> bool:
    """Tell "LIND, Ada" and "Lind, Ada M." from "Lind, Nobbs" and "Ada Lind, Tom Nobbs"."""
    return " " not in found["last"] and (
        found["last"].isupper() != found["first"].isupper() or found["first"][-1] == "."
    )


def cased(names: str) -> str:
    """Return persons' names, in capitals in many bylines, as they are written in a text; "JD" stays."""
    written = names.split()
    first = [not place or written[place - 1].endswith((",", "and", "&")) for place in range(len(written))]
    return " ".join(_cased(word, first=one) for word, one in zip(written, first, strict=True))


def _cased(word: str, *, first: bool) -> str:
    if not word.isupper() or len(word) == 1 or "." in word or not re.search("[AEIOUYÄÖÜÅÆØÁÉÍÓÚ]", word):
        return word
    if word.lower() in words.PARTICLES and not first:
        return word.lower()
    return re.sub(r"(MC(?=\w{3}))?([^\W\d_]+)", lambda part: (part[1] or "").capitalize() + part[2].capitalize(), word)
